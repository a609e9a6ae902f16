"""Forms of a company's year: quarters, halves, fiscal years, and the period a year before the one reported."""

import re

from diurna.enrich.times.calendar import first_day, quarter_of, step
from diurna.enrich.times.days import date_at
from diurna.enrich.times.scene import Form, Reading, Scene, form
from diurna.enrich.times.words import ORDINALS, UNITS

__all__ = ["HALF_FORMS", "QUARTER_FORMS", "YEAR_END_FORMS", "quarter_at", "reported_period", "year_before"]

_ORDINAL = r"(?P<nth>first|second|third|fourth|final|1st|2nd|3rd|4th)"


# A company's report compares a quarter with that of the year before, in the paragraph at hand.
_REPORT_REACH = 700


def year_before(scene: Scene, start: int, times: int = 1) -> str:
    """The quarter a year before the one that is being reported, empty where none is."""
    if not scene.period or start - scene.period_end > times * _REPORT_REACH:
        return ""
    year, quarter = scene.period.split("-")
    return f"{int(year) - 1:04}-{quarter}"


_ENDED = re.compile(r"\s(?:that\s)?(?:ended|ending)\s(?:on\s)?")


def _quarter_ended(scene: Scene, end: int) -> str:
    """The quarter of the calendar that ends where "the quarter ended Sept. 30" says, give or take the last week's days.

    Empty where no date follows, or one that ends no quarter of the calendar.
    """
    behind = _ENDED.match(scene.after(end, 20))
    day = first_day(date_at(scene, end + behind.end())) if behind else None
    if day is None:
        return ""
    near = [
        other for shift in (-7, 0, 7) if (other := step(day, shift, "D")) and other.month % 3 == 0 and other.day > 23
    ]
    return quarter_of(near[0]) if near else ""


def quarter_at(rel: str, found: re.Match[str], scene: Scene) -> Reading:
    """`this quarter`, `the latest quarter`; `the quarter` is the one being reported, else the last that is over."""
    start, end = found.start(), found.end()
    ended = _quarter_ended(scene, end)
    if rel in ("the current", "this"):
        value = scene.relative(0, "Q")
    elif rel in ("next", "the next", "the coming", "the following", "coming"):
        value = scene.relative(1, "Q")
    elif rel in ("last", "previous", "the previous", "the prior", "the preceding", "the last"):
        value = scene.relative(-1, "Q")
    elif rel.startswith("that") and re.fullmatch(r"\d{4}-Q\d", scene.spoken):
        return Reading(start, end, "DATE", scene.spoken, "", "spoken")
    elif scene.period and start - scene.period_end <= 4 * _REPORT_REACH:
        value = scene.period
    else:
        value = ended or scene.relative(-1, "Q")
    own = bool(ended) and ended != value  # counted in a year of the company's own
    return Reading(start, end, "DATE", value, "", scene.anchor, not own)


def reported_period(rel: str, found: re.Match[str], scene: Scene) -> Reading | None:
    """`the latest period`, `the corresponding period last year`: in a company's report only."""
    start, end = found.start(), found.end()
    if not scene.period:
        return None
    if rel in ("the latest", "the current"):
        return Reading(start, end, "DATE", scene.period, "", "spoken")
    if (found["kind"] or "").lower() not in ("corresponding", "comparable"):
        return None
    tail = re.match(r"\s(?:last\syear|a\syear\s(?:ago|earlier))", scene.after(end, 16))
    value = year_before(scene, start) or "XXXX-QX"
    return Reading(start, end + (tail.end() if tail else 0), "DATE", value, "", "spoken")


_QUARTER = form(
    r"(?:(?:(?P<rel>this|last|next) year[’']s|(?:the|its|a)(?: (?P<ago>year-(?:ago|earlier)))?) )?(?:(?P<year>\d{4}) )?"
    rf"(?P<fiscal>fiscal[ -])?{_ORDINAL}[ -](?P<fiscal2>fiscal[ -])?quarter"
    r"(?: (?:of )?(?:fiscal )?(?P<year2>\d{4})| of (?P<rel2>this|last|next|the) year)?(?P<ago2>,? a year (?:ago"
    r"|earlier))?"
)
_YEAR_AGO = form(
    r"(?:the )?year-(?:ago|earlier)(?: (?:third |second |first |fourth )?(?:period|quarter|month|half))"
    r"|year-(?:ago|earlier)|(?:the )?quarter,? a year (?:ago|earlier)"
    r"|last year[’']s (?:quarter|period)"
)
_YEAR_PERIOD = form(r"(?:the )?(?P<year>(?:19|20)\d\d) (?P<word>period|quarter|fiscal year|season|calendar year)")
_END = form(
    r"year(?:-|[’']s | )end|(?:the )?end of (?:the|this) (?P<unit>year|month|week)|(?P<unit2>month|quarter)-end"
)
_HALF = form(
    r"(?:the )?(?P<nth>first|second|latter|last)[ -]half(?: of (?:(?P<year>\d{4})|(?P<rel>this|last|next|the) year))?"
)


def _read_quarter(found: re.Match[str], scene: Scene) -> Reading:
    nth = found["nth"].lower()
    quarter = 4 if nth == "final" else ORDINALS.get(nth, 1)
    start = found.start()
    if re.match(r"its\b|a\s", found.group(), re.IGNORECASE):
        start = found.start("nth") if not found["fiscal"] else found.start("fiscal")
    elif "-" in scene.text[found.start("nth") : found.end()] and found.group().lower().startswith("the"):
        start += 4
    # "The fourth quarter ended Sept. 30" counts in a year of the company's own.
    ended = _quarter_ended(scene, found.end())
    fiscal = found["fiscal"] or found["fiscal2"] or (ended and not ended.endswith(f"Q{quarter}"))
    year = found["year"] or found["year2"]
    rel = (found["rel"] or found["rel2"] or "").lower()
    anchor = "itself" if year else scene.anchor
    if not year:
        if scene.today is None:
            return Reading(start, found.end(), "DATE", f"XXXX-Q{quarter}")
        number = scene.today.year
        if rel in ("last", "next"):
            number += 1 if rel == "next" else -1
        elif not rel:
            now = (scene.today.month + 2) // 3
            if quarter > now and scene.direction(start, found.end()) <= 0:
                number -= 1
            elif quarter < now - 1 and scene.direction(start, found.end()) > 0:
                number += 1
        if found["ago"] or found["ago2"]:
            number -= 1
        year = f"{number:04}"
    return Reading(start, found.end(), "DATE", f"{year}-Q{quarter}", "", anchor, not fiscal)


def _read_year_ago(found: re.Match[str], scene: Scene) -> Reading:
    value = year_before(scene, found.start(), 3 if re.search(r"period|quarter", found.group()) else 1)
    if value:
        return Reading(found.start(), found.end(), "DATE", value, "", "spoken")
    return Reading(found.start(), found.end(), "DATE", scene.relative(-1, "Y"), "", scene.anchor)


def _read_year_period(found: re.Match[str], scene: Scene) -> Reading:
    year, word = found["year"], found["word"].lower()
    if word in ("period", "quarter") and scene.period and found.start() - scene.period_end <= 2 * _REPORT_REACH:
        return Reading(found.start(), found.end(), "DATE", f"{year}-{scene.period[-2:]}", "", "spoken")
    if word == "season":
        return Reading(found.start(), found.end("year"), "DATE", year, "", "itself")
    return Reading(found.start(), found.end(), "DATE", year, "", "itself", "fiscal" not in word)


def _read_end(found: re.Match[str], scene: Scene) -> Reading:
    letter = UNITS[(found["unit"] or found["unit2"] or "year").lower()][0]
    return Reading(found.start(), found.end(), "DATE", scene.relative(0, letter), "END", scene.anchor)


def _read_half(found: re.Match[str], scene: Scene) -> Reading | None:
    half = 1 if found["nth"].lower() == "first" else 2
    rel, year = (found["rel"] or "").lower(), found["year"]
    if not rel and not year:
        return None
    if not year:
        if scene.today is None:
            return Reading(found.start(), found.end(), "DATE", f"XXXX-H{half}")
        year = f"{scene.today.year + (1 if rel == 'next' else -1 if rel == 'last' else 0):04}"
    return Reading(
        found.start(), found.end(), "DATE", f"{year}-H{half}", "", "itself" if found["year"] else scene.anchor
    )


_QUARTER_FORM = Form(_QUARTER, _read_quarter, frozenset({"quarter"}))
QUARTER_FORMS = (
    _QUARTER_FORM,
    Form(_YEAR_PERIOD, _read_year_period, frozenset({"period", "quarter", "year", "season"})),
)
YEAR_END_FORMS = (
    _QUARTER_FORM,
    Form(_YEAR_AGO, _read_year_ago, frozenset({"ago", "earlier", "quarter", "period"})),
    Form(_END, _read_end, frozenset({"end"})),
)
HALF_FORMS = (Form(_HALF, _read_half),)
