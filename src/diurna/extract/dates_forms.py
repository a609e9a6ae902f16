"""Dates as they are written: ISO 8601, RFC 5322, numbers in three orders, and words in the languages of news."""

import re
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta

from msgspec import Struct

from diurna.extract.dates_words import MONTHS, half_of_day, zone_minutes

__all__ = ["Moment", "find_moments", "month_first", "read_moment"]

LONGEST = 400

_MARKS = "[\u200e\u200f\u202a-\u202e\u2066-\u2069]"
_NAME = r"[^\W\d_][^\W\d_]*(?:\.[^\W\d_]\b)?"  # `ม.ค` has a full stop inside
_DAY = r"(?P<{0}>\d{{1,2}})(?:st|nd|rd|th|er|º|ª|°)?"
_LINK = r"(?:\.?\s*(?:de|of|do|d['’]|di|ta['’])?\s*|[-./]\s?)"
_FORMS = re.compile(
    "|".join(
        (
            # 2017-05-22, 2017/5/22, 2017.05.22, 2017年5月22日, 2017년 5월 22일
            r"(?P<y1>(?:19|2[05])\d\d)\s?(?P<s1>[-/.]|年|년)\s?(?P<m1>\d{1,2})\s?(?:(?P=s1)|月|월)\s?(?P<d1>\d{1,2})(?!\d)(?:\s?[日일])?",
            # 22.05.2017, 5/22/2017, 22-05-17
            r"(?P<a2>\d{1,2})(?P<s2>\s?[-/.]\s?)(?P<b2>\d{1,2})(?P=s2)(?P<y2>(?:(?:19|2[05])\d\d|\d\d))(?![\d.]|[-/]\d)",
            # 20170522, 20170522T101500Z
            r"(?P<y3>(?:19|20)\d\d)(?P<m3>[01]\d)(?P<d3>[0-3]\d)(?:T?(?P<clock3>[0-2]\d[0-5]\d(?:[0-5]\d)?))?(?!\d)",
            # 22 May 2017, 22. Mai 2017, 22 de mayo de 2017, 22-May-17
            rf"{_DAY.format('d4')}{_LINK}(?P<n4>{_NAME})(?:\.?,?\s*(?:de[l]?|of|do)?\s*|[-./]\s?)['’]?"
            r"(?P<y4>(?:19|2[05])\d\d|(?<=[-'’])\d\d)(?!\d)",
            # 22 tháng 5, 2017
            r"(?P<d5>\d{1,2})\s+tháng\s+(?P<m5>\d{1,2}),?\s+(?:năm\s+)?(?P<y5>(?:19|20)\d\d)(?!\d)",
            # May 22, 2017; May 22 2017; Mon May 22 10:15:00 EDT 2017
            rf"(?P<n6>(?<![^\W_]){_NAME})\.?\s*[-/]?\s*{_DAY.format('d6')}(?:,|\s|[-/.]|ี)\s*"
            r"(?:(?P<clock6>\d{1,2}:\d\d(?::\d\d)?)\s+(?P<zone6>(?:[A-Za-z]{1,5}(?:[+-]\d\d:?\d\d)?\s+)?))?"
            r"(?P<y6>(?:19|2[05])\d\d)(?!\d)",
            # 2017. május 22.; 2017 m. gegužės 22 d.; 2017 May 22
            rf"(?P<y7>(?:19|20)\d\d)(?:\.|\s?m\.)?,?[\s-]\s*(?P<n7>{_NAME})\.?[\s-]\s*(?P<d7>\d{{1,2}})(?!\d|:)",
        )
    )
)
_CLOCK = re.compile(
    r"(?:[T\s,;|@•·–—\-(]|at|um|à|às|ore|alle|kl|kell|klo|om|godz|saat|o|a|las|lúc|в|о|år)*?\.?\s*"
    r"(?P<before>上午|下午|早上|晚上|凌晨|午前|午後|오전|오후)?\s*"
    r"(?<!\d)(?P<hour>[01]?\d|2[0-4])(?:\s?[:h時时点시Hu.]\s?(?P<minute>[0-5]\d)(?:\s?[:分분]\s?(?P<second>[0-5]\d)"
    r"(?:[.,]\d{1,9})?)?)?(?:분|分)?\s*(?P<half>[apAP]\.?\s?[mM]\b\.?|[πμ]\.?μ\.?)?"
    r"\s*(?:hrs|hours|Uhr|h(?![a-z])|uur)?\s*\(?(?P<zone>Z\b|(?:UTC|GMT)?\s?[+\-−]\d\d?:?(?:\d\d)?(?!\d)|[A-Za-zМСК]{1,5}\b)?",
)
_CLOCK_BEFORE = re.compile(
    r"(?P<hour>[01]?\d|2[0-3])[:.h](?P<minute>[0-5]\d)(?::(?P<second>[0-5]\d))?\s*(?P<half>[apAP]\.?[mM]\b\.?)?"
    r"\s*(?:Uhr|hrs|h)?\s*(?P<zone>[A-Z]{2,5}\b)?\s*(?:[,|•·–—/-]|on|am|vom|del?|le|\(|\s)*(?:[^\W\d]{2,12}\.?,?\s*)?$",
)
_EPOCH = re.compile(r"\d{10}(?:\d{3})?(?:\.\d{1,6})?")
_OFFSET = re.compile(r"(?:UTC|GMT)?\s?([+\-−])(\d\d?):?(\d\d)?", re.IGNORECASE)


class Moment(Struct, frozen=True):
    """Date that was read: its time in UTC, the day on the writer's calendar, and how much of it was written.

    `granularity`: `day`, `minute` or `second`; `zoned` whether a zone was named, `doubtful` whether day and month
    could change places. A time of midnight is a day.
    """

    time: datetime
    day: date
    granularity: str
    written: str
    start: int
    zoned: bool = False
    doubtful: bool = False


# Zones of the United States and Canada as they are written behind a time.
_AMERICAN_ZONE = re.compile(r"\b(?:[ECMP][SD]T|AK[SD]T|[ECMP]T)\b")


def month_first(language: str) -> bool:
    """Whether a numeric date with slashes has its month first: in the United States, the Philippines, and in English
    of no country."""
    primary, _, rest = language.lower().replace("_", "-").partition("-")
    region = rest.rpartition("-")[2]
    return region in ("us", "ph") or (primary == "en" and not region)


def read_moment(text: str, american: bool = False) -> Moment | None:
    """Read the value of a field that is a date: the first date in it, or the seconds since 1970."""
    text = text.strip()[:LONGEST]
    try:
        # By far the most frequent form, read at C speed.
        if len(text) >= 19 and text[4] == "-" and text[10] in "T ":
            return _of_iso(text)
    except ValueError:
        pass
    if _EPOCH.fullmatch(text):
        return _of_epoch(text)
    return next(find_moments(text, american), None)


def _of_iso(text: str) -> Moment:
    time = datetime.fromisoformat(re.sub(r"\s+(?=[+-]\d\d:?\d\d$|Z$)", "", text))
    if time.year < 2:
        raise ValueError(text)
    aware = time.astimezone(UTC) if time.tzinfo else time.replace(tzinfo=UTC)
    midnight = not (time.hour or time.minute or time.second)
    return Moment(
        aware.replace(microsecond=0), time.date(), "day" if midnight else "second", text, 0, time.tzinfo is not None
    )


def _of_epoch(text: str) -> Moment | None:
    seconds = float(text)
    try:
        time = datetime.fromtimestamp(int(seconds / 1000 if seconds > 1e11 else seconds), UTC)
    except (ValueError, OverflowError, OSError):
        return None
    return Moment(time, time.date(), "second", text, 0, True)


def find_moments(text: str, american: bool = False) -> Iterator[Moment]:
    """Find the dates in a short text, in its order. Days that no calendar has are passed over."""
    american = american or _AMERICAN_ZONE.search(text) is not None
    text = re.sub(_MARKS, "", text[:LONGEST])
    for found in _FORMS.finditer(text):
        if found.start() and text[found.start() - 1].isdigit():
            continue
        moment = _of_form(found, american)
        if moment is not None:
            yield moment


def _of_form(found: re.Match[str], american: bool) -> Moment | None:
    parts = found.groupdict()
    doubtful = False
    if parts["a2"]:
        first, second = int(parts["a2"]), int(parts["b2"])
        slash = parts["s2"].strip() != "."
        doubtful = slash and first <= 12 and second <= 12 and first != second
        day, month = (second, first) if (second > 12 or (american and slash)) and first <= 12 else (first, second)
        year = int(parts["y2"])
    else:
        form = next(number for number in "134567" if parts["y" + number])
        year, day = int(parts["y" + form]), int(parts["d" + form])
        month = int(parts["m" + form]) if form in "135" else MONTHS.get(parts["n" + form].casefold(), 0)
    year = year - 543 if year > 2400 else year + (2000 if year < 70 else 1900) if year < 100 else year
    try:
        known = date(year, month, day)
    except ValueError:
        return None
    return _with_clock(found, known, doubtful)


def _with_clock(found: re.Match[str], day: date, doubtful: bool) -> Moment:
    """Put to a day the time of day that stands behind or before it."""
    text, start, end = found.string, found.start(), found.end()
    hour = minute = second = None
    half = zone = ""
    if found["clock3"]:
        clock = found["clock3"]
        hour, minute, second = int(clock[:2]), int(clock[2:4]), int(clock[4:] or 0) if len(clock) > 4 else None
        zone = "Z" if text[end : end + 1] == "Z" else ""
    elif found["clock6"]:
        pieces = [int(piece) for piece in found["clock6"].split(":")]
        hour, minute, second = pieces[0], pieces[1], pieces[2] if len(pieces) > 2 else None
        zone = found["zone6"].strip()
    else:
        clocks = _CLOCK.match(text, end)
        if clocks is None or not (clocks["minute"] or half_of_day(clocks["half"] or clocks["before"] or "")):
            clocks = _CLOCK_BEFORE.search(text[max(0, start - 60) : start])
        elif clocks is not None:
            end = clocks.end()
        if clocks is not None:
            named = clocks.groupdict()
            hour, minute = int(named["hour"]), int(named["minute"] or 0)
            second = int(named["second"]) if named["second"] else None
            half = half_of_day(named["half"] or named.get("before") or "")
            zone = (named["zone"] or "").strip()
    midnight = datetime(day.year, day.month, day.day, tzinfo=UTC)
    written = text[start:end].strip()
    if hour is None or minute is None or hour > 24:
        return Moment(midnight, day, "day", written, start, False, doubtful)
    if half:
        hour = hour % 12 + (12 if half == "pm" else 0) if hour <= 12 else hour
    hour %= 24
    offset = _offset(zone, day)
    local = midnight.replace(hour=hour, minute=minute, second=min(second or 0, 59))
    try:
        time = local - timedelta(minutes=offset or 0)
    except OverflowError:
        return Moment(midnight, day, "day", written, start, False, doubtful)
    return Moment(time, day, "minute" if second is None else "second", written, start, offset is not None, doubtful)


def _offset(zone: str, day: date) -> int | None:
    if not zone:
        return None
    found = _OFFSET.fullmatch(zone)
    if found is None:
        return zone_minutes(zone, day)
    minutes = int(found[2]) * 60 + int(found[3] or 0)
    return (-minutes if found[1] != "+" else minutes) if minutes <= 14 * 60 else None
