"""Forms of numbers that are times: ISO dates, 5/22/2017, years, "1990-91", "the mid-1990s", "the 20th century"."""

import re
from datetime import date

from diurna.enrich.times.calendar import day_of
from diurna.enrich.times.days import year_of
from diurna.enrich.times.scene import Form, Reading, Scene, form
from diurna.enrich.times.words import ORDINALS, any_of, mod_of, number_of

__all__ = ["CENTURY_FORMS", "DECADE_FORMS", "FISCAL_FORMS", "NUMERIC_FORMS", "YEAR_FORMS"]

_EDGE = (
    r"(?P<edge>early|late|mid|about|around|circa|(?:the )?(?:very )?(?:end|beginning|start|middle|close"
    r"|early part|latter part) of)"
)
_ISO = form(r"(?P<year>\d{4})-(?P<month>[01]\d)-(?P<day>[0-3]\d)")
_NUMERIC = form(r"(?P<a>[0-3]?\d)(?P<mark>[/.-])(?P<b>[0-3]?\d)(?P=mark)(?P<year>(?:19|20)\d\d|\d\d)(?![/.-]?\d)")
_DECADE = form(
    rf"(?:{_EDGE.replace('edge', 'edge0')}[ -])?(?:(?P<the>the) )?(?:{_EDGE}[ -]?(?:the )?)?(?P<year>(?:1[0-9]"
    rf"|20)\d0|[’'‘`]?[1-9]0)[’']?s"
)
_DECADE_WORD = form(
    rf"(?:the )?(?:{_EDGE}[ -])?(?P<century>nineteen[ -])?(?P<word>twenties|thirties|forties|fifties|sixties"
    rf"|seventies|eighties|nineties)"
)
_YEAR = form(
    rf"(?:{_EDGE}[ -])?(?:the year (?:of )?|(?P<fiscal>fiscal(?: year)?|fy) )?(?P<year>(?:1[0-9]"
    rf"|20)\d\d)(?:[-–/](?P<to>(?:(?:19|20)\d\d|\d\d)))?"
    r"(?P<era> (?:a\.?d|b\.?c(?:\.?e)?|c\.?e)\b\.?)?(?P<beyond> and beyond| or (?:later|earlier))?"
)
_SHORT = form(r"[’'‘`](?P<year>\d\d)(?!\d|[’']?s|[’'])")
_WORDS = form(
    r"(?:the year )?(?:(?P<century>nineteen|eighteen|seventeen|twenty)[ -](?:(?P<hundred>hundred)"
    r"|(?:oh[ -])?(?P<rest>one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen"
    r"|fourteen|fifteen|sixteen|seventeen|eighteen|nineteen|"
    r"(?:twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety)(?:[ -](?:one|two|three|four|five|six|seven|eight"
    r"|nine))?))"
    r"|two thousand(?: (?:and )?(?P<few>one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve)"
    r"(?! (?:hundred|thousand)))?)"
)
_CENTURY = form(
    rf"(?:the )?(?:{_EDGE}[ -])?(?P<nth>\d{{1,2}}(?:st|nd|rd|th)|{any_of(ORDINALS)})[ -](?P<what>century"
    rf"|centuries|millennium)(?P<era> b\.?c\.?(?:e\.?)?)?"
)
_TENS = {"twenties": 2, "thirties": 3, "forties": 4, "fifties": 5, "sixties": 6, "seventies": 7, "eighties": 8,
         "nineties": 9}  # fmt: skip
_NO_YEAR_AFTER = re.compile(
    r"\s?(?:%|°|(?:[a-z]+-)?(?:percent|per\scent|people|men|women|children|troops|soldiers|dead|killed|miles?|km"
    r"|kilomet|met(?:er|re)s?|feet|foot"
    r"|tons?|tonnes|pounds|kilos?|kg|lbs?|dollars|euros|yen|won|votes|seats|jobs|homes|houses|points?|shares"
    r"|words|pages|acres"
    r"|barrels|copies|years|months|weeks|days|hours|minutes|seconds|times|students|workers|employees|members"
    r"|others|more|hectares"
    r"|units|cars|vehicles|rounds|degrees|calories|watts|rpm|mph|kph|cc|square|cubic|or\sso|inhabitants"
    r"|residents|passengers"
    r"|migrants|refugees|protesters|prisoners|victims|cases|deaths|buildings|schools|companies|firms|families"
    r"|species|lives"
    r"|civilians|rebels|fighters|police|officers|million|billion|trillion|thousand|m|g|mm|cm|hp|hrs|GMT|UTC|BC"
    r"|inches|yards"
    r"|metric|rupees|pesos|francs|marks|rubles|roubles|pence|cents)\b)|[.,]\d|-(?:strong|member|mile|foot|meter"
    r"|metre|seat|page|year|odd|pound|ton|plus|room|km|bed|square)|\w|/\d"
)
_NO_YEAR_BEFORE = re.compile(
    r"(?:[$€£¥#№:,.\d/+=~_]|(?<!post)(?<!pre)-|(?:\b(?:about|around|some|over|than|nearly|almost|least|most"
    r"|Flight|flight|Room|room|No\.|no\.|number|Number|Boeing|Airbus|Highway|Route|route|Interstate"
    r"|page|pages|US|Rs|Rs\.|dlrs|PO\sBox|Box|extension|model|Model|Apt\.|Psalm|Section|section|Article|Windows"
    r"|Office|Peugeot|Section|chapter|block|lot|roughly|approximately|to|from|these|those|his|her"
    r"|[A-Z]{2,4}[\s-])\s?))$"
)
# "Her 1998 Toyota": the year it was built in, part of its name.
_CAR = re.compile(
    r"\s(?:Acura|Audi|Bentley|BMW|Buick|Cadillac|Chevrolet|Chevy|Chrysler|Corvette|Datsun|Dodge|Ferrari|Fiat|Ford|GMC"
    r"|Honda|Hyundai|Infiniti|Jaguar|Jeep|Kia|Lexus|Lincoln\s(?:Town|Continental|Navigator)|Mazda|Mercedes|Mercury"
    r"|Mitsubishi|Nissan|Oldsmobile|Peugeot|Plymouth|Pontiac|Porsche|Renault|Rolls-Royce|Saab|Saturn|Subaru|Suzuki"
    r"|Toyota|Volkswagen|Volvo)\b"
)
_SURE_BEFORE = re.compile(
    r"\b(?:in|since|until|till|by|during|before|after|early|late|mid|of|for|from|between|circa|through|as\sof"
    r"|back\sto|prior\sto|(?:Spring|Summer|Autumn|Fall|Winter|fiscal|year|election|throughout))[\s-]$",
    re.IGNORECASE,
)


def _read_iso(found: re.Match[str], scene: Scene) -> Reading | None:
    try:
        day = date(int(found["year"]), int(found["month"]), int(found["day"]))
    except ValueError:
        return None
    return Reading(found.start(), found.end(), "DATE", day_of(day), "", "itself")


def _read_numeric(found: re.Match[str], scene: Scene) -> Reading | None:
    """`5/22/2017`: the number beyond twelve is the day; where neither is, the setting says which comes first."""
    first, second = int(found["a"]), int(found["b"])
    if found["mark"] == "." and len(found["year"]) == 2:
        return None
    if len(found["year"]) == 2 and found["mark"] == "-" and not (first and second):
        return None
    year = year_of(found["year"]) or 0
    month_first = scene.month_first if scene.month_first is not None else found["mark"] == "/"
    month, day = (first, second) if (month_first and first <= 12) or second > 12 else (second, first)
    try:
        known = date(year, month, day)
    except ValueError:
        return None
    return Reading(found.start(), found.end(), "DATE", day_of(known), "", "itself")


def _read_decade(found: re.Match[str], scene: Scene) -> Reading | None:
    digits = found["year"].strip("’'‘`")
    edge = found["edge"] or found["edge0"]
    if len(digits) == 2:
        if not (found["year"] != digits or (found["the"] and found.group()[-1] == "s")):
            return None
        if found["year"] == digits and re.search(r"\bin\s$", scene.before(found.start(), 4)) and not found["the"]:
            return None
        digits = ("19" if int(digits) >= 20 else "20") + digits
    return Reading(found.start(), found.end(), "DATE", digits[:3], mod_of(edge), "itself")


def _read_decade_word(found: re.Match[str], scene: Scene) -> Reading | None:
    if not found["century"] and not found.group().lower().startswith("the"):
        return None
    if re.search(r"\b(?:in|into|the|his|her)\s$", scene.before(found.start(), 6)) and re.match(
        r"\s?[°,]?\s?(?:degrees|Fahrenheit)", scene.after(found.end(), 12)
    ):
        return None
    return Reading(
        found.start(), found.end(), "DATE", f"19{_TENS[found['word'].lower()]}", mod_of(found["edge"]), "itself"
    )


def _read_year(found: re.Match[str], scene: Scene) -> Reading | None:
    year = int(found["year"])
    edge, fiscal = found["edge"], found["fiscal"]
    before = scene.before(found.start(), 14)
    if not (fiscal or "year" in found.group().lower()):
        sure = _SURE_BEFORE.search(before) is not None or (
            bool(edge) and not (edge or "").lower().startswith(("about", "around"))
        )
        after = scene.after(found.end(), 24)
        if _NO_YEAR_AFTER.match(after) or _CAR.match(after):
            return None
        if not sure and (_NO_YEAR_BEFORE.search(before) or not 1500 <= year <= 2099):
            if not (
                1800 <= year <= 2099
                and re.search(
                    r"\b(?:to|from|about|around|than|some|his|her|these|those)\s$|[(,]\s?$|\d\s?[-–/]\s?$"
                    r"|\b[A-Z]{2,4}\s$",
                    before,
                )
            ):
                return None
            if re.search(r"\b(?:than|some|about|around)\s$", before):
                return None
        if sure and year < 1300 and not found["era"]:
            return None
        if (edge or "").lower() in ("about", "around") and not 1700 <= year <= 2060:
            return None
    mod = mod_of(edge)
    value = f"{year:04}"
    if found["era"] and "b" in found["era"].lower():
        return Reading(found.start(), found.end(), "DATE", f"BC{value}", mod, "itself", False)
    if found["beyond"]:
        mod = "ON_OR_BEFORE" if "earlier" in found["beyond"].lower() else "ON_OR_AFTER"
    if found["to"]:
        return _year_range(found, scene, year, mod)
    return Reading(found.start(), found.end(), "DATE", value, mod, "itself", not fiscal)


def _year_range(found: re.Match[str], scene: Scene, year: int, mod: str) -> Reading | None:
    """`1990-91`: two years; the value is the first, as TIMEX3 has none for the pair."""
    last = int(found["to"]) + (year // 100 * 100 if len(found["to"]) == 2 else 0)
    if not year < last <= year + 60:
        return Reading(found.start(), found.end("year"), "DATE", f"{year:04}", mod, "itself")
    if last == year + 1:
        return Reading(found.start(), found.end(), "DATE", f"{year:04}", mod, "itself", until=f"{last:04}")
    return Reading(
        found.start(),
        found.end(),
        "DURATION",
        f"P{last - year}Y",
        mod,
        "itself",
        since=f"{year:04}",
        until=f"{last:04}",
    )


def _read_short(found: re.Match[str], scene: Scene) -> Reading | None:
    if not re.search(
        r"\b(?:in|since|of|by|until|from|to|before|after|and|early|late|summer|fall|spring|winter|autumn)\s$",
        scene.before(found.start(), 10),
        re.IGNORECASE,
    ):
        return None
    year = year_of("'" + found["year"]) or 0
    return Reading(found.start(), found.end(), "DATE", f"{year:04}", "", "itself")


def _read_words(found: re.Match[str], scene: Scene) -> Reading | None:
    words = found.group().lower()
    if found["century"] is None:
        if not (
            words.startswith("the year")
            or found["few"]
            or re.search(r"\b(?:in|since|by|until|of|year)\s$", scene.before(found.start(), 8))
        ):
            return None
        if re.match(r"[\s-]\w+s\b", scene.after(found.end(), 12)) and not words.startswith("the year"):
            return None
        return Reading(
            found.start(), found.end(), "DATE", f"{2000 + int(number_of(found['few'] or 'zero') or 0)}", "", "itself"
        )
    if found["hundred"]:
        return None
    century = int(number_of(found["century"]) or 0)
    rest = int(number_of(found["rest"]) or 0)
    # "twenty ten" is a year where words before it say so; "twenty one" is a number.
    told = words.startswith("the year") or re.search(r"\b(?:in|since|by|until|of)\s$", scene.before(found.start(), 8))
    if century == 20 and (rest < 10 or not told):
        return None
    return Reading(found.start(), found.end(), "DATE", f"{century * 100 + rest:04}", "", "itself")


def _read_century(found: re.Match[str], scene: Scene) -> Reading | None:
    if found["what"][0].isupper() and re.match(r"\s[A-Z]", scene.after(found.end(), 3)):  # 21st Century Fox
        return None
    words = found["nth"].lower()
    nth = ORDINALS.get(words) or int(re.sub(r"\D", "", words) or 0)
    start = found.start()
    if found["what"].lower() == "millennium":
        return Reading(start, found.end(), "DATE", str(nth - 1), "", "itself", False) if 1 <= nth <= 9 else None
    if not 1 <= nth <= 30:
        return None
    if found["era"]:
        return Reading(start, found.end(), "DATE", f"BC{nth - 1:02}", mod_of(found["edge"]), "itself", False)
    return Reading(start, found.end(), "DATE", f"{nth - 1:02}", mod_of(found["edge"]), "itself")


_FISCAL = form(r"(?:the )?(?:current |last |next |this )?fiscal(?: year)? (?P<year>(?:19|20)\d\d|[’'`]\d\d)")


def _read_fiscal(found: re.Match[str], scene: Scene) -> Reading:
    return Reading(found.start(), found.end(), "DATE", f"{year_of(found['year']):04}", "", "itself", False)


YEAR_FORMS = (Form(_ISO, _read_iso), Form(_DECADE, _read_decade, frozenset({"s"})), Form(_YEAR, _read_year))
NUMERIC_FORMS = (
    Form(_NUMERIC, _read_numeric),
    Form(_DECADE, _read_decade, frozenset({"s"})),
    Form(_SHORT, _read_short),
)
DECADE_FORMS = (Form(_DECADE_WORD, _read_decade_word), Form(_WORDS, _read_words))
CENTURY_FORMS = (Form(_CENTURY, _read_century),)
FISCAL_FORMS = (Form(_FISCAL, _read_fiscal),)
