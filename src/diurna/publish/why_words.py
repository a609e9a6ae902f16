"""Why a report is in an event, when and where that happened, and what kind of piece a report is, for readers."""

from datetime import date, timedelta

from diurna.model import When
from diurna.publish.article_lines import moment_day
from diurna.publish.wording import MONTHS

__all__ = [
    "DAY_NOT_TOLD",
    "DAY_UNKNOWN",
    "GENRE_WORDS",
    "filed_words",
    "genre_words",
    "percent",
    "place_rule_words",
    "precision_words",
    "time_rule_words",
    "unknown_day_words",
    "when_words",
]

GENRE_WORDS = {
    "report": "report",
    "briefing": "daily briefing",
    "live": "live blog",
    "review": "review of a week or a year",
    "listing": "listing",
    "spam": "advertisement",
    "opinion": "opinion",
    "satire": "satire",
}
"""Kinds of pieces in words."""

_PRECISIONS = {
    "hour": "to the hour",
    "day": "to the day",
    "week": "to the week",
    "month": "to the month",
    "year": "to the year",
    "place": "to the place",
    "city": "to the city",
    "region": "to the region",
    "country": "to the country",
}

_TIME_RULES = {
    "act": "the words stand with what was done",
    "clause": "the words begin what was done",
    "said": "the words stand with what was said",
    "attributed": "the words stand with who says so",
    "named": "the words are only referred to",
    "ahead": "the words look ahead",
    "since": "the words tell since when",
    "began": "the words count the days since it began, or tell since when it has gone on",
    "dateline": "the day of a dateline, for no report says more",
    "published": "the day of publication, for no report says more",
    "list": "the day of the list that has it",
}

_PLACE_RULES = {
    "in": "the name stands behind “in”, “near” or the like",
    "head": "a title names it",
    "dateline": "the place of a dateline",
    "aside": "the reports name it",
    "named": "the reports name it",
}

_FILED = {
    "list": "a list has it under this day",
    "happened": "it happened on this day",
    "reported": "it was first reported on this day",
    "seen": "it was first seen on this day, and nothing tells the day it happened",
}

DAY_UNKNOWN = "day unknown"
"""What is said of an event of which nothing tells the day, nor when it was reported."""

DAY_NOT_TOLD = "on a day that no report tells"
"""What is said of an event of which nothing tells the day."""


def genre_words(genre: str) -> str:
    """A kind of piece in words."""
    return GENRE_WORDS.get(genre, genre)


def precision_words(precision: str) -> str:
    """How exactly a time or a place is known."""
    return _PRECISIONS.get(precision, precision)


def time_rule_words(rule: str) -> str:
    """What in the reports decided when an event happened."""
    return _TIME_RULES.get(rule, "")


def place_rule_words(rule: str) -> str:
    """What in the reports decided where an event happened."""
    return _PLACE_RULES.get(rule, "")


def filed_words(rule: str) -> str:
    """Why an event is filed under its day."""
    return _FILED.get(rule, "")


def unknown_day_words(day: date) -> str:
    """That nothing tells the day of an event, and under which it is filed."""
    return f"{DAY_UNKNOWN.capitalize()}; filed under {day}, the day it was first seen."


def when_words(when: When) -> str:
    """The days on which an event happened: `14 May 2017`, `May 2017`, `14 May 2017 to 16 May 2017`."""
    first, last = when.first, when.last
    if first == last:
        return moment_day(first)
    if first.day == 1 and first.month == last.month and first.year == last.year and _ends_month(last):
        return f"{MONTHS[first.month - 1]} {first.year}"
    if (first.month, first.day, last.month, last.day) == (1, 1, 12, 31) and first.year == last.year:
        return str(first.year)
    return f"{moment_day(first)} to {moment_day(last)}"


def percent(share: float) -> str:
    """A probability as a reader meets it; one that is nearly sure is not called sure."""
    if share >= 0.995:
        return "over 99 %"
    return f"{share:.0%}".replace("%", " %") if share >= 0.01 else "under 1 %"


def _ends_month(day: date) -> bool:
    return day == date.max or (day + timedelta(days=1)).month != day.month
