"""What a claim gives, as a range: of a number in the unit that its kind is compared in, of time in UTC; or as words.

A figure stands for all that its words may mean: 310 miles for 491 to 507 kilometres, "at least 20" for 20 and more. Two
agree where their ranges meet. Nothing is added up or averaged; units are the only thing that is computed.
"""

import re
from datetime import UTC, datetime, timedelta

from msgspec import Struct

from diurna.enrich.quantities.units import UNITS, known_bounds, normalised
from diurna.group.terms import COMMON, stems
from diurna.model import Claim, Interval, Quantity

__all__ = ["FEW", "Range", "compatible", "finer", "range_of", "tells_clock"]

_ABOUT = re.compile(r"\b(?:about|some|around|roughly|approximately|estimated|or so|more or less|circa|an estimated)\b")
_UNDER = re.compile(r"\b(?:nearly|almost|close to|just under)\b")
_LEEWAY = 0.1
"""Share by which what is given as about a figure may differ from it, either way."""

FEW = 12
"""Counts up to which it says nothing that two reports give the same."""
_ROUNDED = 0.005
"""Share by which ranges may miss each other: conversions are printed with one figure more than is known."""


class Range(Struct, frozen=True):
    """Bounds (inclusive, None for open) between which a claim puts something: a number in `unit` (empty for counts), a
    `time` in seconds since 1970, or none where it gives `words` alone. `kind` is what its unit measures.
    """

    kind: str
    unit: str = ""
    lower: float | None = None
    upper: float | None = None
    words: frozenset[str] = frozenset()

    @property
    def width(self) -> float:
        """From bound to bound; infinite where one is open."""
        if self.lower is None or self.upper is None:
            return float("inf")
        return self.upper - self.lower


def range_of(claim: Claim, text: str) -> Range | None:
    """The range that a claim on a figure gives; None where it measures nothing."""
    if claim.quantity is not None:
        return _of_quantity(claim.quantity)
    if claim.interval is not None:
        shown = text[claim.measured.start : claim.measured.end] if claim.measured is not None else ""
        return _of_time(claim.interval, shown)
    if claim.measured is None:
        return None
    said = stems(text[claim.measured.start : claim.measured.end])
    words = frozenset(word for word in said if word not in COMMON) or frozenset(said)
    return Range("words", words=words - _UNTOLD) if words else None


_UNTOLD = frozenset(stems("mechanical technical failure fault problem error defect accident something unknown"))
"""Words that name no cause of their own: whoever says them can be right together with whoever names one."""


def _of_quantity(quantity: Quantity) -> Range:
    given = normalised(quantity)
    lower, upper = known_bounds(given)
    modifier = quantity.modifier.casefold()
    value = given.value
    open_or_both = (quantity.lower is None) == (quantity.upper is None)
    if value is not None and open_or_both and _ABOUT.search(modifier):
        lower, upper = _least(lower, value - abs(value) * _LEEWAY), _most(upper, value + abs(value) * _LEEWAY)
    if value is not None and lower is None and _UNDER.search(modifier):
        lower, upper = value - abs(value) * _LEEWAY, value
    unit = UNITS.get(given.unit)
    if given.unit == _DEGREE:
        return Range("temperature", _DEGREE, lower, upper)
    return Range(unit.kind if unit is not None else given.unit or "count", given.unit, lower, upper)


_DEGREE = "degree"
"""Degrees that nobody says the scale of: they may be of either."""


def _least(one: float | None, other: float) -> float:
    return other if one is None else min(one, other)


def _most(one: float | None, other: float) -> float:
    return other if one is None else max(one, other)


_SHOWN = re.compile(
    r"(?<![\d.])\d{1,2}[:.]\d\d(?![.\d])|\d\s?[ap]\.?m\b|\bnoon\b|\bmidnight\b|o['’]clock"
    r"|\b(?:half|quarter|minutes|five|ten|twenty)\s(?:past|to)\s\w|(?<!\d)\d{4}(?:\s(?:GMT|UTC|hours)\b|Z)",
    re.IGNORECASE,
)


def tells_clock(words: str) -> bool:
    """Whether words for a time give what a clock shows."""
    return _SHOWN.search(words) is not None


_CLOCK = ("hour", "minute", "second")
_EAST, _WEST = timedelta(hours=14), timedelta(hours=12)
_FIRST, _LAST = datetime(1, 1, 2, tzinfo=UTC), datetime(9999, 12, 30, tzinfo=UTC)


def _of_time(interval: Interval, words: str) -> Range | None:
    start, end = interval.start, interval.end
    if start is None and end is None:
        return None
    if interval.granularity in _CLOCK:
        return Range("time", "", _seconds(start), _seconds(end))
    if not tells_clock(words):
        last = _seconds(end)
        return Range("time", _DAYS, _seconds(start), None if last is None else last - 1)
    return _in_any_zone(Range("time", "", _seconds(start), _seconds(end)))


_DAYS = "day"
"""Unit of times that are days of the calendar, wherever that is."""


def _in_any_zone(given: Range) -> Range:
    """A day, or a clock's time without its zone: the day begins 14 hours before that of Greenwich in the furthest
    east.
    """
    east = None if given.lower is None else given.lower - _EAST.total_seconds()
    west = None if given.upper is None else given.upper + _WEST.total_seconds()
    return Range("time", "", east, west)


def _seconds(moment: datetime | None) -> float | None:
    return None if moment is None else min(max(moment, _FIRST), _LAST).timestamp()


def compatible(one: Range, other: Range) -> bool:
    """Whether two claims can both be true: their ranges meet, or the words of one are among the other's."""
    if one.kind == "words" or other.kind == "words":
        return one.kind == other.kind and (one.words <= other.words or other.words <= one.words)
    if one.kind == "time" and one.unit != other.unit:
        one, other = (_in_any_zone(given) if given.unit == _DAYS else given for given in (one, other))
    if one.unit != other.unit and _DEGREE in (one.unit, other.unit):
        return any(compatible(a, b) for a in _scales(one) for b in _scales(other))
    slack = 0.0 if one.kind in ("time", "count") else _ROUNDED
    return _reaches(one.upper, other.lower, slack) and _reaches(other.upper, one.lower, slack)


def _scales(given: Range) -> tuple[Range, ...]:
    """Degrees as Celsius, and as Fahrenheit put into Celsius."""
    if given.unit != _DEGREE:
        return (given,)
    lower, upper = (None if bound is None else (bound - 32) / 1.8 for bound in (given.lower, given.upper))
    return Range(given.kind, "", given.lower, given.upper), Range(given.kind, "", lower, upper)


def _reaches(upper: float | None, lower: float | None, slack: float) -> bool:
    return upper is None or lower is None or upper + slack * max(abs(upper), abs(lower)) >= lower


def finer(one: Range, other: Range) -> bool:
    """Whether a range is more exact than another that it is compatible with: less than half as wide."""
    if one.kind == "words":
        return other.words < one.words
    return one.width < other.width / 2 if other.width != float("inf") else one.width != float("inf")
