"""Names that news readers are taken to know: countries, cities, demonyms, bodies, armed groups, people in office.

The facts stand in `gazetteer_data/*.tsv`, made by `gazetteer/make.py` from GeoNames, CLDR and our own reviewed lists;
publishers come from `diurna.registry`. Nothing is read before the first question, and then once a process.
"""

import math
import re
from functools import cache, lru_cache
from importlib.resources import files
from typing import NamedTuple

from anyascii import anyascii
from msgspec import Struct

from diurna.enrich.found import Words
from diurna.registry import all_publishers

__all__ = ["Listing", "Match", "demonym", "fold", "listings", "persons_by_surname", "scan", "titled"]

OPEN = 9999
"""End of an office that was still held when the list was written."""

KINDS = ("person", "organisation", "place", "group", "event", "work", "law", "product", "language", "currency")

# Words that stand in names in lower case.
_CONNECTING = """
    of the and for in on at to with against by from s a an al el ad ar as ash az ul ud ur bin bint ben ibn abu de da do
    dos das du del della des di d e i y et la le les los las lo von van der den ter ten zu zur und af av til
"""
_CONNECTORS = frozenset(_CONNECTING.split())
# Of these, the ones a name may begin with; "the" is no part of a name here.
_OPENING = "al el ad an ar as ash at az de da du di van von"
_OPENERS = frozenset(_OPENING.split())
_HYPHENS = frozenset("-‐‑‒–—")
# Acronyms that in a line of capitals are more likely the word.
_SPELT_LIKE_WORDS = """
    US IS IT WHO AU AN AS AM AT BE BY DO GO HE IF IN ME MY NO OF ON OR SO TO UP WE PLA ACT AID AIDS ARM CAR PEN SAS MEND
    FAO MAY WAR ARMS FAST HOPE PACE SAD TAR LEA PA ICE CAN CARE MIT MAS SEA
"""
_WORDS_TOO = frozenset(_SPELT_LIKE_WORDS.split())
# What publishers are called that mostly means something else, with or without "The" before it.
_OTHER_THINGS = """
    age asahi amnesty atlantic australian bloomberg danas dawn delo diplomat east fars forbes fortune gleaner hill hina
    hindu independent index inquirer intercept kan kremlin liberation local mehr mirror nation national observer paper
    petra press punch reforma scotsman slate sputnik standard star stuff sun tempo time times trend trust vanguard
    verge vox wired world namibian guardian telegraph economist
"""
_WEAK_TITLES = frozenset(_OTHER_THINGS.split())
# Papers whose article makes them plain: "The Guardian", not "the guardian".
_PLAIN_WITH_ARTICLE = frozenset({"the guardian", "the economist", "the telegraph", "the independent"})
_ACRONYM = re.compile(r"[A-Z][A-Z0-9&]+")
_POSSESSIVE = re.compile(r"'s\b")
_DROPPED = str.maketrans("", "", ".'`\"")
_PIECE = re.compile(r"[a-z0-9]+|,")
_LONGEST_WORD = 60
# Capitals of this length are an acronym that we do not know, rather than a town.
_SHORT = 4


class Listing(Struct, frozen=True):
    """One thing that a name stands for.

    `name` is the title of its English Wikipedia article, a demonym's that of its country. `kind` as in `Mention`, and
    `language`, `currency`. `ids`: `iso3166:KP`, `geonames:1871859`, `iso4217:KPW`, `iso639:ko`. `country` is the
    canonical name of the country it belongs to. `role`: `country`, `capital`, `city`, `region`, `demonym`,
    `head of state`, `armed group`, `news agency`, …. `weight` (0 to 1): how likely this reading is when nothing else is
    known. `years` (from, to) in office or in the public eye, with what lay between; `OPEN` where no end is known. A
    `weak` reading is of words that mostly mean something else ("Reading", "Nice", "Sun"): take it only where the text
    speaks for it.
    """

    name: str
    kind: str
    ids: tuple[str, ...] = ()
    country: str = ""
    role: str = ""
    weight: float = 0.5
    years: tuple[int, int] | None = None
    weak: bool = False


class Match(NamedTuple):
    """Tokens `start` to `end` (exclusive) of a text, and what they may name, best first."""

    start: int
    end: int
    readings: tuple[Listing, ...]


def listings(words: str) -> tuple[Listing, ...]:
    """What exactly these words may name, best first; empty if unknown.

    Case, diacritics, hyphens and dots do not matter, but acronyms that are words ("US", "IS", "WHO") must be written as
    acronyms.
    """
    if len(words) > 200:
        return ()
    gazetteer = _gazetteer()
    acronym = _acronym(words)
    if acronym and acronym in gazetteer.rows_of:
        return gazetteer.readings(acronym)
    return gazetteer.readings(" ".join(fold(words)))


def titled(name: str) -> Listing | None:
    """The thing whose canonical name this is, to the letter: for `Listing.country`, and for wikilinks' targets."""
    return _gazetteer().titled(name)


def demonym(words: str) -> Listing | None:
    """Country (or region, continent) whose people or things these words call: "Kenyan", "Filipinos", "French"."""
    for reading in listings(words):
        if reading.role == "demonym":
            return titled(reading.name)
    return None


def persons_by_surname(surname: str) -> tuple[Listing, ...]:
    """People of the lists that news calls by this surname alone, most prominent first: "Kim", "Putin", "Peña Nieto"."""
    gazetteer = _gazetteer()
    rows = gazetteer.surnames.get(" ".join(fold(surname)), [])
    return _ordered([gazetteer.listing(row) for row in rows])


def scan(words: Words) -> list[Match]:
    """Longest listed names in a text, left to right, without overlaps; in time linear in the number of tokens.

    Only words with a capital match, with "of", "al-" and the like between them; see `Listing.weak` for what to do with
    names that are common words.
    """
    gazetteer = _gazetteer()
    longest, text, lower = gazetteer.longest, words.text, words.lower
    found: list[Match] = []
    at, count = 0, len(text)
    while at < count:
        word = text[at]
        plain = lower[at]
        if word == plain and (plain not in longest or not (plain in _OPENERS or plain[0].isdigit())):
            at += 1
            continue
        if not (plain.isascii() and plain.isalnum()):
            pieces = fold(word)
            plain = pieces[0] if pieces else ""
        reach = longest.get(plain, 0)
        match = _longest_at(gazetteer, words, at, reach) if reach else None
        if (match is None or match.end == at + 1) and len(word) > 1 and not word[1].islower():
            match = _acronym_at(gazetteer, text, at) or match
        if match is None:
            at += 1
        else:
            found.append(match)
            at = match.end
    return found


def _longest_at(gazetteer: "_Gazetteer", words: Words, start: int, reach: int) -> Match | None:
    """The longest listed name that begins with this token and has at most `reach` pieces."""
    text, lower, rows_of = words.text, words.lower, gazetteer.rows_of
    end, best = 0, ""
    key, size, hyphen, capital = "", 0, False, False
    for at in range(start, min(len(text), start + 2 * reach)):
        word, plain = text[at], lower[at]
        if word in _HYPHENS:
            hyphen = True
            continue
        if word == plain and plain[:1].isalpha() and at > start and not hyphen and plain not in _CONNECTORS:
            break
        hyphen = False
        if plain.isascii() and plain.isalnum():
            size += 1
        else:
            pieces = fold(word)
            if not pieces:
                break
            size += len(pieces)
            plain = " ".join(pieces)
        if size > reach:
            break
        key = f"{key} {plain}" if key else plain
        capital = capital or word != lower[at] or word[0].isdigit()
        if capital and key in rows_of:
            end, best = at + 1, key
    if not end:
        return None
    readings = gazetteer.readings(best)
    if end == start + 1 and len(text[start]) <= _SHORT and text[start].isupper():
        readings = tuple(reading for reading in readings if reading.role != "city")  # "PPP" is no town of that name
    return Match(start, end, readings) if readings else None


def _acronym_at(gazetteer: "_Gazetteer", text: list[str], at: int) -> Match | None:
    """The listed acronym that this token is, unless it is a word in a line of capitals."""
    acronym = _acronym(text[at])
    if not acronym or acronym not in gazetteer.rows_of:
        return None
    if acronym in _WORDS_TOO and "." not in text[at]:
        beside = [word for word in (*text[max(0, at - 2) : at], *text[at + 1 : at + 3]) if word.isalpha()]
        if beside and all(word.isupper() and word not in gazetteer.rows_of for word in beside):
            return None
    return Match(at, at + 1, gazetteer.readings(acronym))


def _acronym(word: str) -> str:
    """An acronym without its dots: "U.S." is "US"; empty for other words."""
    plain = word.replace(".", "")
    return plain if _ACRONYM.fullmatch(plain) else ""


@lru_cache(maxsize=16384)
def fold(words: str) -> tuple[str, ...]:
    """What of words counts when names are compared: "Côte d'Ivoire" is (cote, divoire), "People's" (people, s)."""
    if len(words) > _LONGEST_WORD and " " not in words:
        return ()
    plain = (words if words.isascii() else anyascii(words)).lower()
    if "'" in plain:
        plain = _POSSESSIVE.sub(" s", plain)
    if "&" in plain:
        plain = plain.replace("&", " and ")
    return tuple(_PIECE.findall(plain.translate(_DROPPED)))


def _ordered(readings: list[Listing]) -> tuple[Listing, ...]:
    return tuple(sorted(readings, key=lambda reading: (reading.weak, -reading.weight, reading.name)))


def _city_weight(thousands: int) -> float:
    """0.2 for ten thousand people, 0.8 for ten million."""
    return round(min(0.8, max(0.15, 0.2 * math.log10(max(1, thousands)))), 2)


class _Gazetteer:
    """The rows of the data files with what finds them; a row becomes a `Listing` when it is asked for."""

    def __init__(self) -> None:
        self.rows: list[tuple[str, str]] = []
        self.rows_of: dict[str, tuple[int, ...]] = {}
        self.longest: dict[str, int] = {}
        self.surnames: dict[str, list[int]] = {}
        self._listings: dict[int, Listing] = {}
        self._titles: dict[str, int] = {}
        folder = files("diurna.enrich") / "gazetteer_data"
        self._countries = dict(
            line.split("\t")[:2] for line in (folder / "codes.tsv").read_text("utf-8").splitlines() if line
        )
        for kind in KINDS:
            source = folder / f"{kind}.tsv"
            if source.is_file():
                self._add(kind, source.read_text("utf-8").splitlines())
        self._add_cities((folder / "cities.tsv").read_text("utf-8").splitlines())
        self._add_publishers()

    def readings(self, key: str) -> tuple[Listing, ...]:
        """What a folded name or an acronym may mean; rows below zero are weak readings."""
        rows = self.rows_of.get(key)
        return _ordered([self.listing(row) for row in rows]) if rows else ()

    def titled(self, name: str) -> Listing | None:
        """The listing with this canonical name; a place goes before those called after it."""
        if not self._titles:
            for row, (_, line) in enumerate(self.rows):
                self._titles.setdefault(line.partition("\t")[0], row)
        return self.listing(self._titles[name]) if name in self._titles else None

    def listing(self, row: int) -> Listing:
        """The row as a record; `~row` for a weak reading of it."""
        known = self._listings.get(row)
        if known is None:
            kind, line = self.rows[~row if row < 0 else row]
            known = self._listings[row] = self._parse(kind, line, row < 0)
        return known

    def _parse(self, kind: str, line: str, weak: bool) -> Listing:
        if kind == "city":
            name, code, number, thousands = line.split("\t")[:4]
            country, weight = self._countries[code], _city_weight(int(thousands))
            return Listing(name, "place", (f"geonames:{number}",), country, "city", weight, weak=weak)
        name, role, code, ids, prior, years = line.split("\t")[:6]
        first, _, last = years.partition("-")
        return Listing(
            name=name,
            kind=kind,
            ids=tuple(ids.split()),
            country=self._countries.get(code, code),
            role=role,
            weight=float(prior),
            years=(int(first), int(last or OPEN)) if first else None,
            weak=weak,
        )

    def _add(self, kind: str, lines: list[str]) -> None:
        for line in lines:
            fields = line.split("\t")
            row = len(self.rows)
            self.rows.append((kind, line))
            for name in fields[6].split("|"):
                self._add_name(name, row)
            if len(fields) > 7:
                for surname in fields[7].split("|"):
                    self.surnames.setdefault(surname, []).append(row)

    def _add_cities(self, lines: list[str]) -> None:
        """Title, country, GeoNames' number, thousands of people, names; without names, the title up to its comma."""
        first = len(self.rows)
        self.rows += [("city", line) for line in lines]
        for row, line in enumerate(lines, first):
            if line[-1] == "\t":
                self._add_name(line[: line.index("\t")].partition(",")[0].lower(), row)
            else:
                for name in line[line.rindex("\t") + 1 :].split("|"):
                    self._add_name(name, row)

    def _add_name(self, name: str, row: int) -> None:
        """Files hold names folded, `?` before a weak one, acronyms in capitals."""
        if name[0] == "?":
            name, row = name[1:], ~row
        rows = self.rows_of.get(name)
        if rows is None:
            self.rows_of[name] = (row,)
            if " " not in name:
                self.longest.setdefault(name, 1)
                return
            first, size = name[: name.index(" ")], name.count(" ") + 1
            if size > self.longest.get(first, 0):
                self.longest[first] = size
        elif row not in rows and ~row not in rows:
            self.rows_of[name] = (*rows, row)

    def _add_publishers(self) -> None:
        """Publishers of the registry that the lists do not have; what is also the name of something else is weak."""
        known = {line.partition("\t")[0] for kind, line in self.rows if kind == "organisation"}
        for publisher in all_publishers():
            if publisher.name in known or not publisher.kind:
                continue
            role = "news agency" if publisher.wire else publisher.kind
            row = len(self.rows)
            weight = 0.85 if publisher.wire else 0.6
            self.rows.append(("organisation", f"{publisher.name}\t{role}\t{publisher.country}\t\t{weight}\t"))
            for name in dict.fromkeys((publisher.name, *publisher.aliases)):
                key = _acronym(name) or " ".join(fold(name))
                bare = key.removeprefix("the ")
                weak = key in self.rows_of or len(key) < 4 or (bare in _WEAK_TITLES and key not in _PLAIN_WITH_ARTICLE)
                if key and (" " in key or key.isupper() or key not in self.rows_of):
                    self._add_name(f"?{key}" if weak and not key.isupper() else key, row)


@cache
def _gazetteer() -> _Gazetteer:
    return _Gazetteer()
