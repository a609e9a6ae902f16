"""Times, quantities and claims as a reader meets them."""

import re
from datetime import datetime, timedelta

from diurna.enrich.quantities.units import in_system
from diurna.model import Interval, Quantity, Span, Timex, Voice
from diurna.publish.article_lines import moment_day
from diurna.publish.wording import MONTHS, one_line

__all__ = [
    "FORCES",
    "amount_words",
    "chain_words",
    "interval_words",
    "number_words",
    "plural_unit",
    "quantity_words",
    "quoted",
    "span_text",
    "time_words",
]

_CLOCK = re.compile(r"T(\d\d:\d\d)")

FORCES = {
    "states": "says",
    "claims": "claims",
    "denies": "denies",
    "endorses": "endorses",
    "reports": "is reported to say",
    "confirms": "confirms",
    "warns": "warns",
    "believes": "believes",
    "asks": "asks",
    "orders": "demands",
    "promises": "promises",
    "wants": "wants",
    "suggests": "suggests",
    "praises": "praises",
    "criticises": "criticises",
    "appears": "appears",
}
"""Forces of cues as verbs; one that is not here is shown by its own name."""


def span_text(text: str, spans: tuple[Span, ...]) -> str:
    """The words of spans that may lie apart; what lies between is shown left out."""
    return " … ".join(one_line(text[span.start : span.end]) for span in spans)


def quoted(words: str, longest: int = 300) -> str:
    """Words in one line, cut where they are long."""
    return words if len(words) <= longest else f"{words[: longest - 1].rsplit(' ', 1)[0]}…"


def chain_words(chain: tuple[Voice, ...]) -> str:
    """An attribution chain from the nearest speaker to the origin: `Coast Post ← Yonhap ← KCNA`."""
    return " ← ".join(one_line(voice.words) for voice in chain)


def interval_words(interval: Interval | None) -> str:
    """A time as a reader meets it: `22 May 2017`, `May 2017`, `22 May 2017, 05:59 UTC`; empty where it is unknown."""
    if interval is None or (interval.start is None and interval.end is None):
        return ""
    start, end = interval.start, interval.end
    if start is None or end is None:
        return f"from {_moment(start)}" if start is not None else f"until {_moment(end)}" if end is not None else ""
    match interval.granularity:
        case "year":
            return str(start.year)
        case "month":
            return f"{MONTHS[start.month - 1]} {start.year}"
        case "day":
            return moment_day(start.date())
        case "minute" | "second" | "hour":
            return _moment(start)
    last = end - timedelta(seconds=1)
    if start.date() == last.date():
        return f"{moment_day(start.date())}, {start:%H:%M} to {end:%H:%M} UTC"
    if last - start > timedelta(days=366):
        return f"{start.year} to {last.year}" if start.year != last.year else str(start.year)
    return f"{moment_day(start.date())} to {moment_day(last.date())}"


def time_words(timex: Timex, interval: Interval | None) -> str:
    """What a time expression means: its interval, and of a time of the clock without a zone what the clock showed."""
    words = interval_words(interval)
    clock = _CLOCK.search(timex.value) if interval is not None and interval.granularity == "day" else None
    return f"{words}, {clock.group(1)} local time" if words and clock else words


def quantity_words(quantity: Quantity) -> str:
    """A quantity's normal form: value, bounds, unit or counted things, and what it is in the other system of units."""
    said = amount_words(quantity)
    if quantity.unit and quantity.value is not None:
        metric = in_system(quantity, "metric")
        other = metric if metric.unit != quantity.unit else in_system(quantity, "imperial")
        if other.unit != quantity.unit and other.value is not None:
            said += f" (about {_number(other.value)} {plural_unit(other.unit, other.value)})"
    return said


def number_words(quantity: Quantity) -> str:
    """The number alone with its bounds, without unit: for a column of figures."""
    if quantity.value is not None:
        return f"{quantity.modifier} {_number(quantity.value)}".strip()
    if quantity.lower is not None and quantity.upper is not None:
        return f"{_number(quantity.lower)} to {_number(quantity.upper)}"
    if quantity.lower is not None:
        return f"at least {_number(quantity.lower)}"
    return f"at most {_number(quantity.upper)}" if quantity.upper is not None else quantity.modifier


def amount_words(quantity: Quantity) -> str:
    """The number with its unit, or with what is counted."""
    if quantity.counted and not quantity.unit and quantity.value is not None and 0 < quantity.value < 1:
        return f"{quantity.modifier} {quantity.value:.0%} of {quantity.counted}".strip()
    of = plural_unit(quantity.unit, quantity.value) if quantity.unit else quantity.counted
    return f"{number_words(quantity)} {of}".strip()


def _number(value: float) -> str:
    if value == int(value) and abs(value) < 1e15:
        return f"{int(value):,}"
    return f"{value:,.4g}" if abs(value) < 100 else f"{value:,.0f}"


def plural_unit(unit: str, value: float | None) -> str:
    """Name of a unit behind a number."""
    if not unit or value == 1 or unit in ("percent", "hertz", "celsius", "fahrenheit") or unit.endswith("s"):
        return unit
    head, per, rest = unit.partition(" per ")
    for one, many in (("foot", "feet"), ("inch", "inches"), ("pound sterling", "pounds sterling")):
        if head.endswith(one):
            return head[: -len(one)] + many + per + rest
    if head.startswith("degree "):
        return "degrees " + head.removeprefix("degree ") + per + rest
    return f"{head}s{per}{rest}"


def _moment(time: datetime) -> str:
    return f"{moment_day(time.date())}, {time:%H:%M} UTC"
