"""Arithmetic on TIMEX3 values: the interval that a value stands for, steps forward and back, feasts of a year."""

import re
from datetime import UTC, date, datetime, timedelta, tzinfo
from functools import lru_cache

from diurna.enrich.times.words import HOLIDAYS
from diurna.model import Interval

__all__ = [
    "coarse",
    "day_of",
    "end_day",
    "first_day",
    "holiday",
    "interval_of",
    "month_of",
    "quarter_of",
    "step",
    "week_of",
]

_VALUE = re.compile(
    r"(?P<year>\d{4})(?:-(?:Q(?P<quarter>[1-4])|H(?P<half>[12])|W(?P<week>\d\d)(?P<weekend>-WE)?|(?P<season>SP"
    r"|SU|FA|WI)"
    r"|(?P<month>\d\d)(?:-(?P<day>\d\d))?))?"
    r"(?:T(?:(?P<part>MO|MI|AF|EV|NI|DT)|(?P<hour>\d\d)(?::(?P<minute>\d\d)(?::(?P<second>\d\d))?)?))?"
)
_SEASON_MONTHS = {"SP": 3, "SU": 6, "FA": 9, "WI": 12}
# Hours of the parts of a day, as newspapers use them.
_PART_HOURS = {"MO": (5, 12), "MI": (11, 14), "AF": (12, 18), "EV": (17, 23), "NI": (18, 30), "DT": (6, 18)}


def day_of(day: date) -> str:
    """Value of a day: `2017-05-22`."""
    return day.isoformat()


def week_of(day: date) -> str:
    """Value of the week that a day lies in: `2017-W21`, weeks of ISO 8601."""
    year, week, _ = day.isocalendar()
    return f"{year:04}-W{week:02}"


def month_of(day: date) -> str:
    """Value of a day's month: `2017-05`."""
    return f"{day.year:04}-{day.month:02}"


def quarter_of(day: date) -> str:
    """Value of a day's quarter: `2017-Q2`."""
    return f"{day.year:04}-Q{(day.month + 2) // 3}"


def coarse(day: date, unit: str) -> str:
    """Value of the unit that a day lies in: `D`, `W`, `WE`, `M`, `Q` or `Y`."""
    if unit == "D":
        return day_of(day)
    if unit == "W":
        return week_of(day)
    if unit == "WE":
        return week_of(day) + "-WE"
    if unit == "M":
        return month_of(day)
    return quarter_of(day) if unit == "Q" else f"{day.year:04}"


def step(day: date, count: int, unit: str) -> date | None:
    """The day `count` units after a day, or before it; None beyond the calendar. A month's last days stay in it."""
    try:
        if unit in ("D", "W", "WE"):
            return day + timedelta(days=count * (1 if unit == "D" else 7))
        months = day.year * 12 + day.month - 1 + count * {"M": 1, "Q": 3, "Y": 12}[unit]
        year, month = divmod(months, 12)
        return date(year, month + 1, min(day.day, _days_of(year, month + 1)))
    except (ValueError, OverflowError):
        return None


def _days_of(year: int, month: int) -> int:
    if month == 12:
        return 31
    return (date(year, month + 1, 1) - date(year, month, 1)).days


def first_day(value: str) -> date | None:
    """The first day of a value's interval, on the writer's calendar."""
    bounds = _bounds(value)
    return bounds[0].date() if bounds else None


def end_day(value: str) -> date | None:
    """The day after a value's interval."""
    bounds = _bounds(value)
    return bounds[1].date() if bounds else None


def interval_of(value: str, zone: tzinfo | None = UTC) -> Interval | None:
    """Interval of a DATE or TIME value as it is in a time zone; None for values with an X and days no calendar has.

    Without a zone, days count in UTC and a time of the clock is known to its day only.
    """
    if zone is None and re.search(r"T\d", value):
        value = value.partition("T")[0]
    bounds = _bounds(value)
    if bounds is None:
        return None
    start, end, granularity = bounds
    try:
        return Interval(_utc(start, zone or UTC), _utc(end, zone or UTC), granularity)
    except (OverflowError, ValueError):
        return None


def _utc(time: datetime, zone: tzinfo) -> datetime:
    return time.replace(tzinfo=zone).astimezone(UTC)


@lru_cache(maxsize=4096)
def _bounds(value: str) -> tuple[datetime, datetime, str] | None:
    """Beginning and end on the writer's clock, which stands here as if it were UTC."""
    try:
        if len(value) == 2:
            return (
                datetime(int(value) * 100, 1, 1, tzinfo=UTC),
                datetime(int(value) * 100 + 100, 1, 1, tzinfo=UTC),
                "century",
            )
        if len(value) == 3:
            return (
                datetime(int(value) * 10, 1, 1, tzinfo=UTC),
                datetime(int(value) * 10 + 10, 1, 1, tzinfo=UTC),
                "decade",
            )
        found = _VALUE.fullmatch(value)
        return _of_parts(found.groupdict()) if found else None
    except (ValueError, OverflowError):
        return None


def _of_parts(parts: dict[str, str | None]) -> tuple[datetime, datetime, str] | None:
    year = int(parts["year"] or 0)
    if parts["week"]:
        monday = datetime.fromisocalendar(year, int(parts["week"]), 1).replace(tzinfo=UTC)
        if parts["weekend"]:
            return monday + timedelta(days=5), monday + timedelta(days=7), "weekend"
        return monday, monday + timedelta(days=7), "week"
    for name, first, months in (
        ("quarter", int(parts["quarter"] or 1) * 3 - 2, 3),
        ("half", int(parts["half"] or 1) * 6 - 5, 6),
        ("season", _SEASON_MONTHS.get(parts["season"] or "", 1), 3),
        ("month", int(parts["month"] or 1), 1),
    ):
        if parts[name] and not parts["day"]:
            return datetime(year, first, 1, tzinfo=UTC), _after(year, first, months), "half" if name == "half" else name
    if not parts["day"]:
        return datetime(year, 1, 1, tzinfo=UTC), _after(year, 1, 12), "year"
    day = datetime(year, int(parts["month"] or 1), int(parts["day"]), tzinfo=UTC)
    if parts["part"]:
        first, last = _PART_HOURS[parts["part"]]
        return day + timedelta(hours=first), day + timedelta(hours=last), "part of day"
    if parts["hour"] is None:
        return day, day + timedelta(days=1), "day"
    return _of_clock(day, parts)


def _of_clock(day: datetime, parts: dict[str, str | None]) -> tuple[datetime, datetime, str] | None:
    hour, minute, second = (int(parts[name] or 0) for name in ("hour", "minute", "second"))
    if hour > 24 or minute > 59 or second > 59 or (hour == 24 and (minute or second)):
        return None
    start = day + timedelta(hours=hour, minutes=minute, seconds=second)
    if parts["second"]:
        return start, start + timedelta(seconds=1), "second"
    if parts["minute"]:
        return start, start + timedelta(minutes=1), "minute"
    return start, start + timedelta(hours=1), "hour"


def _after(year: int, month: int, months: int) -> datetime:
    extra, last = divmod(month - 1 + months, 12)
    return datetime(year + extra, last + 1, 1, tzinfo=UTC)


def holiday(name: str, year: int) -> date | None:
    """The day of a feast in a year; None where the year is off the calendar."""
    kind, month, day, count = HOLIDAYS[name]
    try:
        if kind == "fixed":
            return date(year, month, day)
        if kind == "easter":
            return _easter(year) + timedelta(days=count)
        if count < 0:
            last = date(year, month, _days_of(year, month))
            return last - timedelta(days=(last.weekday() - day) % 7)
        first = date(year, month, 1)
        if kind == "election":  # the Tuesday after the first Monday
            return first + timedelta(days=(0 - first.weekday()) % 7 + 1)
        return first + timedelta(days=(day - first.weekday()) % 7 + 7 * (count - 1))
    except (ValueError, OverflowError):
        return None


def _easter(year: int) -> date:
    """Easter Sunday of the Gregorian calendar, by the algorithm in Meeus, Astronomical Algorithms, chapter 8."""
    a, b, c = year % 19, year // 100, year % 100
    moon = (19 * a + b - b // 4 - (b - (b + 8) // 25 + 1) // 3 + 15) % 30
    sunday = (32 + 2 * (b % 4) + 2 * (c // 4) - moon - c % 4) % 7
    late = (a + 11 * moon + 22 * sunday) // 451
    month, day = divmod(moon + sunday - 7 * late + 114, 31)
    return date(year, month, day + 1)
