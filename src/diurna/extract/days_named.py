"""Days as portal pages name them: in a wrapper's parameters, or in a heading such as "May 5, 2004 (Wednesday)"."""

import re
from datetime import date

from diurna.extract.page_lines import Wrapper

__all__ = ["heading_day", "heading_year", "wrapper_day"]

_MONTHS_WORDS = """
    january february march april may june july august september october november december
"""
_MONTHS = _MONTHS_WORDS.split()
_MONTH = {name[:length]: number for number, name in enumerate(_MONTHS, 1) for length in (3, len(name))} | {"sept": 9}
_WEEKDAYS_WORDS = """
    monday tuesday wednesday thursday friday saturday sunday mon tue tues wed thu thur thurs fri sat sun
"""
_WEEKDAYS = frozenset(_WEEKDAYS_WORDS.split())
_PASSED_OVER = _WEEKDAYS | {"st", "nd", "rd", "th", "of", "the"}
_WORD = re.compile(r"[^\W\d_]+|\d+")
_ISO = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})$")
_LONGEST = 60


def wrapper_day(wrapper: Wrapper) -> date | str | None:
    """Day that a wrapper names; the words it names it with where there is no such day; None where it names none."""
    parts = [wrapper.parameters.get(name) or wrapper.parameters.get(number, "") for name, number in _PARAMETERS]
    if not all(parts) or any("{{" in part for part in parts):
        return None
    year, month, day = parts
    if not month.isdecimal():
        month = str(_MONTH.get(month.lower(), month))
    return _day(year, month, day)


_PARAMETERS = (("year", "1"), ("month", "2"), ("day", "3"))


def heading_day(text: str, year: int | None) -> date | str | None:
    """Day that a heading names, in the given year if it names none; its words where there is no such day; else None."""
    if len(text) > _LONGEST:
        return None
    if iso := _ISO.match(text.strip()):
        return _day(*iso.groups())
    words = [word for word in _WORD.findall(text.lower()) if word not in _PASSED_OVER]
    months = [word for word in words if word in _MONTH]
    numbers = [word for word in words if word.isdecimal()]
    if len(months) != 1 or len(words) != 1 + len(numbers):
        return None
    days = [number for number in numbers if len(number) <= 2]
    years = [number for number in numbers if len(number) == 4]
    if len(days) != 1 or len(days) + len(years) != len(numbers) or len(years) > 1:
        return None
    if not years and year is None:
        return None
    return _day(years[0] if years else str(year), str(_MONTH[months[0]]), days[0])


def heading_year(text: str) -> int | None:
    """Year of a heading that names a month, such as "May 2004"; None of any other."""
    words = _WORD.findall(text.lower()) if len(text) <= _LONGEST else []
    if len(words) == 2 and words[0] in _MONTH and len(words[1]) == 4 and words[1].isdecimal():
        return int(words[1])
    return None


def _day(year: str, month: str, day: str) -> date | str:
    written = f"{year}-{month}-{day}"
    if len(year) != 4:
        return written
    try:
        return date(int(year), int(month), int(day))
    except ValueError:
        return written
