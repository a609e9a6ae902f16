"""Templates as they read on the page: `{{nowrap}}`, `{{lang}}`, `{{flag}}`, `{{ill}}`, dates, currencies, footnotes."""

import re
from collections.abc import Callable
from typing import Protocol

from mwparserfromhell.nodes import Template, Text
from mwparserfromhell.wikicode import Wikicode

from diurna.extract.citations import cite_template, read_address
from diurna.extract.conversions import convert
from diurna.model import Citation

__all__ = ["Call", "Writer", "write_template"]


class Writer(Protocol):
    """What a template may do to the text it stands in."""

    def walk(self, code: Wikicode) -> None:
        """Write a piece of mark-up, links and citations with it."""

    def plain(self, code: Wikicode) -> str:
        """Read a piece of mark-up as clean text."""

    def verbatim(self, code: Wikicode) -> str:
        """Read a title or a URL as written."""

    def write(self, text: str) -> None:
        """Write text."""

    def mark(self) -> None:
        """Note that something was left out here."""

    def link(self, target: str, shown: str) -> None:
        """Write a link."""

    def cite(self, citation: Citation) -> None:
        """Cite a source here."""

    def unsafe(self, url: str, fault: str) -> None:
        """Tell that a URL was left out."""

    def mended(self, url: str) -> None:
        """Tell that a URL had no scheme and was taken as https."""

    def unknown(self, name: str, shown: str) -> None:
        """Tell of a template that nobody here knows."""


# Parameters of one template that are read; the longest citations have some thirty.
_MOST_PARAMETERS = 100


class Call:
    """One use of a template: its name in lower case, and its parameters by number and by name."""

    def __init__(self, node: Template, writer: Writer) -> None:
        self.name = re.sub(r"[\s_]+", " ", str(node.name)).strip().lower().removeprefix("template:").strip()
        self.writer = writer
        self._values: dict[str, Wikicode] = {}
        count = 0
        for parameter in node.params[:_MOST_PARAMETERS]:
            if parameter.showkey:
                self._values[str(parameter.name).strip().lower()] = parameter.value
            else:
                count += 1
                self._values[str(count)] = parameter.value

    def text(self, *names: str) -> str:
        """Clean text of the first of these parameters that has any."""
        for name in names:
            if name in self._values and (text := self.writer.plain(self._values[name])):
                return text
        return ""

    def raw(self, *names: str) -> str:
        """Mark-up of the first of these parameters that has any, as written."""
        return next((text for name in names if (text := str(self._values.get(name, "")).strip())), "")

    def verbatim(self, name: str) -> str:
        """A parameter that is an address: as written, but for templates in it."""
        return self.writer.verbatim(self._values[name]).strip() if name in self._values else ""

    def has(self, name: str) -> bool:
        """Whether a parameter is given."""
        return name in self._values

    def numbered(self) -> list[str]:
        """Clean texts of the unnamed parameters, in order, up to the first that is missing."""
        texts: list[str] = []
        while len(texts) < 40 and str(len(texts) + 1) in self._values:
            texts.append(self.writer.plain(self._values[str(len(texts) + 1)]))
        return texts

    def named(self) -> list[str]:
        """Names of the parameters that are not numbers."""
        return [name for name in self._values if not name.isdigit()]

    def walk(self, *names: str) -> None:
        """Write the first of these parameters that is not blank."""
        for name in names:
            if name in self._values and not _blank(self._values[name]):
                self.writer.walk(self._values[name])
                return


def _blank(code: Wikicode) -> bool:
    return all(isinstance(node, Text) and not str(node).strip() for node in code.nodes)


Handler = Callable[[Call], None]


def write_template(node: Template, writer: Writer) -> None:
    """Write what a template shows; of one that nobody here knows, its first unnamed parameter if that reads as text."""
    call = Call(node, writer)
    handler = _HANDLERS.get(call.name)
    if handler is None:
        handler = next((found for pattern, found in _PATTERNS if pattern.match(call.name)), _unknown)
    handler(call)


# ---------------------------------------------------------------------------------------------------- text


def _dropped(call: Call) -> None:
    call.writer.mark()


def _first(call: Call) -> None:
    call.walk("1")


def _second(call: Call) -> None:
    call.walk("text" if call.has("text") else "2")


def _last(call: Call) -> None:
    numbered = [name for name in ("4", "3", "2", "1") if call.raw(name)]
    call.walk(*numbered[:1])


def _constant(text: str) -> Handler:
    return lambda call: call.writer.write(text)


def _quoted(call: Call) -> None:
    if not call.raw("1"):
        call.writer.write('"')
        return
    call.writer.write("“")
    call.walk("1")
    call.writer.write("”")


def _sic(call: Call) -> None:
    call.walk("1")
    if call.raw("hide") not in ("y", "yes"):
        call.writer.write(" [sic]" if call.raw("1") else "[sic]")


def _circa(call: Call) -> None:
    call.writer.write(" – ".join(f"c. {text}" for text in call.numbered() if text) or "c.")


def _fraction(call: Call) -> None:
    parts = [part for part in call.numbered() if part][:3]
    if len(parts) == 3:
        call.writer.write(f"{parts[0]} {parts[1]}/{parts[2]}")
    elif parts:
        call.writer.write("/".join(parts if len(parts) == 2 else ["1", *parts]))


def _nihongo(call: Call) -> None:
    call.walk("1")
    others = ", ".join(text for name in ("2", "3") if (text := call.text(name)))
    if others:
        call.writer.write(f" ({others})" if call.raw("1") else others)


def _convert(call: Call) -> None:
    options = {name: call.text(name) for name in ("abbr", "adj", "sp", "sigfig")}
    call.writer.write(convert(call.numbered(), options))


def _unknown(call: Call) -> None:
    text = call.text("1") if not call.name.startswith("#") and ":" not in call.name else ""
    reads = any(character.isalpha() for character in text) and "://" not in text
    call.writer.unknown(call.name, text if reads else "")
    if reads:
        call.walk("1")
    else:
        call.writer.mark()


# ---------------------------------------------------------------------------------------------------- links

# ISO 3166 and IOC codes that flag templates are called by in lists of news.
_COUNTRY_CODES = """
    afg Afghanistan, arg Argentina, aus Australia, aut Austria, bel Belgium, bgd Bangladesh, ban Bangladesh, bra
    Brazil, can Canada, che Switzerland, sui Switzerland, chl Chile, chi Chile, chn China, cod Democratic Republic of
    the Congo, col Colombia, cub Cuba, cze Czech Republic, deu Germany, ger Germany, dnk Denmark, den Denmark, egy
    Egypt, esp Spain, est Estonia, eth Ethiopia, eu European Union, fin Finland, fra France, gbr United Kingdom, uk
    United Kingdom, geo Georgia (country), grc Greece, gre Greece, hkg Hong Kong, hrv Croatia, cro Croatia, hun
    Hungary, idn Indonesia, ina Indonesia, ind India, irl Republic of Ireland, irn Iran, iri Iran, irq Iraq, isr
    Israel, ita Italy, jpn Japan, jor Jordan, ken Kenya, kor South Korea, lbn Lebanon, lby Libya, mex Mexico, mmr
    Myanmar, mys Malaysia, mas Malaysia, nga Nigeria, ngr Nigeria, nld Netherlands, ned Netherlands, nor Norway, nzl
    New Zealand, pak Pakistan, per Peru, phl Philippines, phi Philippines, pol Poland, prk North Korea, prt Portugal,
    por Portugal, pse Palestine, qat Qatar, rou Romania, rus Russia, sau Saudi Arabia, ksa Saudi Arabia, sdn Sudan,
    som Somalia, srb Serbia, sgp Singapore, svk Slovakia, svn Slovenia, swe Sweden, syr Syria, tha Thailand, tun
    Tunisia, tur Turkey, twn Taiwan, ukr Ukraine, us United States, usa United States, ven Venezuela, vnm Vietnam, vie
    Vietnam, yem Yemen, zaf South Africa, rsa South Africa, zwe Zimbabwe, zim Zimbabwe
"""
_COUNTRIES = {
    code: country
    for code, _, country in (pair.strip().partition(" ") for pair in " ".join(_COUNTRY_CODES.split()).split(","))
}


def _flag(call: Call) -> None:
    country = call.text("1")
    country = _COUNTRIES.get(country.lower(), country)
    call.writer.link(country, call.text("name") or re.sub(r" \(.*\)$", "", country))


def _flag_unlinked(call: Call) -> None:
    country = call.text("1")
    call.writer.write(_COUNTRIES.get(country.lower(), country))


def _country(call: Call) -> None:
    country = _COUNTRIES[call.name]
    call.writer.link(country, call.text("name") or re.sub(r" \(.*\)$", "", country))


def _interlanguage(call: Call) -> None:
    title = call.text("1")
    call.writer.link(title, call.text("lt", "display") or title)


def _ship(call: Call) -> None:
    """`{{USS|Nimitz|CVN-68}}`; a third parameter of 1 shows the hull number alone, 2 no number, 6 the name."""
    numbered = call.numbered()
    prefix, *rest = numbered if call.name == "ship" else [call.name.upper(), *numbered]
    name, hull, form = (*rest, "", "", "")[:3]
    title = f"{prefix} {name}".strip()
    target = f"{title} ({hull})" if hull else title
    shown = {"1": hull or title, "2": title, "3": f"{name} ({hull})" if hull else name, "5": title, "6": name}
    call.writer.link(target, shown.get(form, target))


def _link_of_first(call: Call) -> None:
    call.writer.link(call.text("1"), call.text("2") or call.text("1"))


# ---------------------------------------------------------------------------------------------------- times, money

_MONTHS_WORDS = """
    January February March April May June July August September October November December
"""
_MONTHS = _MONTHS_WORDS.split()


def _month(text: str) -> str:
    return _MONTHS[int(text) - 1] if text.isdigit() and 1 <= int(text[:4]) <= 12 else text


def _date_words(call: Call) -> str:
    year, month, day = (*call.numbered(), "", "", "")[:3]
    if not month:
        return year
    if not day:
        return f"{_month(month)} {year}"
    day = day.lstrip("0")
    return f"{day} {_month(month)} {year}" if call.raw("df") in ("y", "yes") else f"{_month(month)} {day}, {year}"


def _date(call: Call) -> None:
    call.writer.write(_date_words(call))


def _as_of(call: Call) -> None:
    if call.raw("alt"):
        call.walk("alt")
        return
    lead = "since" if call.raw("since") else "as of"
    lead = lead if call.raw("lc") in ("y", "yes", "on") else lead.capitalize()
    call.writer.write(f"{lead} {_date_words(call)}{call.text('post')}".rstrip())


_MONEY = {
    "us$": "US$", "usd": "US$", "$": "$", "a$": "A$", "aud": "A$", "ca$": "CA$", "c$": "C$", "cad": "CA$", "nz$": "NZ$",
    "nzd": "NZ$", "hk$": "HK$", "hkd": "HK$", "nt$": "NT$", "s$": "S$", "sgd": "S$", "€": "€", "eur": "€", "euro": "€",
    "£": "£", "gbp": "£", "₹": "₹", "inr": "₹", "indian rupee": "₹", "indianrupee": "₹", "¥": "¥",
    "jpy": "¥", "cn¥": "CN¥", "cny": "CN¥", "rmb": "CN¥", "₩": "₩", "krw": "₩", "rub": "₽", "₽": "₽", "₱": "₱",
    "php": "₱", "r$": "R$", "brl": "R$", "chf": "CHF ", "sek": "SEK ", "nok": "NOK ", "try": "₺", "ils": "₪",
    "nis": "₪", "ngn": "₦", "₦": "₦", "zar": "R", "uah": "₴",
}  # fmt: skip


def _money(call: Call) -> None:
    call.writer.write(_MONEY[call.name] + call.text("1") if call.raw("1") else _MONEY[call.name].strip())


def _currency(call: Call) -> None:
    code = call.text("2").lower() or "usd"
    call.writer.write(_MONEY.get(code, code.upper() + " ") + call.text("1", "amount"))


# ---------------------------------------------------------------------------------------------------- sources

_FIELDS = (
    "title",
    "work",
    "newspaper",
    "website",
    "magazine",
    "journal",
    "periodical",
    "encyclopedia",
    "network",
    "station",
    "publisher",
    "agency",
    "via",
)


def _cite(call: Call) -> None:
    call.writer.mark()
    for name in ("url", "chapter-url", "archive-url", "archiveurl"):
        if not (url := call.verbatim(name)):
            continue
        address = read_address(url)
        if not address.url:
            call.writer.unsafe(url, address.fault)
            continue
        if address.mended:
            call.writer.mended(url)
        call.writer.cite(cite_template(address.url, {field: call.text(field) for field in _FIELDS}))
        return


_NAMES: tuple[tuple[Handler, str], ...] = (
    (
        _first,
        "nowrap|nobr|no break|nowrap begin|small|smaller|big|larger|em|strong|bold|b|italic|i|ital|emphasis|sup|sub|sc",
    ),
    (
        _first,
        "abbr|tooltip|abbrlink|vanchor|visible anchor|nbsp text|not a typo|proper name|as written|notatypo|samp|mono",
    ),
    (
        _first,
        "flatlist|plainlist|center|align|noitalic|noitalics|nonitalic|normal|nobold|script|"
        "unbulleted list|tq|highlight",
    ),
    (_second, "lang|langx|rtl-lang|wikt-lang|script/arabic"),
    (_last, "transl|transliteration|color|colour|font color|fontcolor|rtl|bdo"),
    (_nihongo, "nihongo|nihongo2|korean|hangul"),
    (_convert, "convert|cvt"),
    (_flag, "flag|flagcountry|flaglink|flagcu"),
    (_flag_unlinked, "flagu|flag unlinked|flagcountry unlinked"),
    (_interlanguage, "ill|interlanguage link|interlanguage link multi|link-interwiki|illm|red link|redlink"),
    (
        _ship,
        "uss|hms|hmas|hmcs|hmnzs|ins|usns|usat|uscgc|rms|ss|mv|ms|mt|rv|rfa|hnoms|hdms|hswms|ship|js|roks|sms|srv",
    ),
    (_link_of_first, "section link|slink|no redirect|noredirect|linktext|link"),
    (_sic, "sic"),
    (_circa, "circa|c.|ca."),
    (_fraction, "frac|fraction|sfrac"),
    (_as_of, "as of|since"),
    (_date, "dts|start date|start date and age|end date|date|dmy|mdy|release date"),
    (_currency, "currency"),
    (_quoted, '"|quote|quotation|qq'),
    (_cite, "citation|cite|vcite news|vcite web|vcite"),
    (
        _dropped,
        "flagicon|flag icon|flagdeco|efn|efn-ua|efn-lr|refn|#tag:ref|notetag|cn|"
        "citation needed|fact|dead link|deadlink|dl|webarchive|wayback|better source|"
        "better source needed|bsn|clarify|who|whom|by whom|when|where|which|why|"
        "according to whom|failed verification|fv|verify source|verification needed|vn|"
        "update inline|update after|update|dubious|specify|full|page needed|cbignore|"
        "subscription|subscription required|registration required|paywall|link note|sfn|sfnp|"
        "harvnb|rp|r|portal|portal inline|reflist|references|notelist|clear|-|anchor|anchors|"
        "main|see also|see|further|use dmy dates|use mdy dates|use british english|"
        "use american english|short description|pp|pp-protected|pp-semi-indef|pp-move-indef|toc|"
        "toclimit|notetoc|in lang|icon|es icon|fr icon|ar icon|image|citation style|"
        "unreliable source|unreliable source?|medrs|by|vague|weasel inline|peacock inline|"
        "pov statement|disputed inline|off topic|relevance inline|audio|listen|gap|pad|thinspace|"
        "shy|wbr|zwsp|col-begin|col-end|coord|void|bots|nobots|nowrap end|cref|ref label|"
        "note label|archived",
    ),
)


def _handlers() -> dict[str, Handler]:
    table: dict[str, Handler] = {}
    for handler, names in _NAMES:
        table.update(dict.fromkeys(names.split("|"), handler))
    for name, text in {
        "ndash": "–", "en dash": "–", "mdash": "—", "em dash": "—", "spaced ndash": " – ", "snd": " – ",
        "spnd": " – ", "sndash": " – ", "spaced en dash": " – ", "spaced mdash": " — ", "spaced em dash": " — ",
        "nbsp": " ", "space": " ", "spaces": " ", "nnbsp": " ", "thin space": " ", "hair space": " ", "'": "'",
        "'s": "'s", "=": "=", "!": "|", "(": "{", ")": "}", "·": " · ", "dot": " · ", "middot": " · ", "•": " • ",
        "bull": " • ", "bullet": " • ", "minus": "−", "times": "×", "+": "+", "±": "±", "pagename": "", "break": " ",
        "br": " ", "crlf": " ", "number sign": "#", "no.": "No.", "numero": "No.", "asterisk": "*", "sup2": "²",
    }.items():  # fmt: skip
        table[name] = _constant(text)
    table.update(dict.fromkeys(_MONEY, _money))
    for code in _COUNTRIES:
        table.setdefault(code, _country)
    return table


_HANDLERS = _handlers()
_PATTERNS: tuple[tuple[re.Pattern[str], Handler], ...] = (
    (re.compile(r"cite[ _-]"), _cite),
    (re.compile(r"lang-[a-z-]+$"), _first),
    (re.compile(r"(?:defaultsort|displaytitle|currentyear|currentmonth|currentday|#tag|sort)\b"), _dropped),
    (re.compile(r"(?:pp-|use .* (?:dates|english)$)"), _dropped),
)
