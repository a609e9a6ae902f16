"""Times and quantities as a reader meets them."""

from datetime import UTC, datetime, timedelta

import pytest

from diurna.model import Interval, Quantity, Span, Timex, Voice
from diurna.publish.understood_words import (
    chain_words,
    interval_words,
    plural_unit,
    quantity_words,
    quoted,
    span_text,
    time_words,
)

MORNING = datetime(2017, 5, 21, 20, 59, tzinfo=UTC)
DAY = datetime(2017, 5, 22, tzinfo=UTC)


@pytest.mark.parametrize(
    ("interval", "words"),
    [
        (Interval(MORNING, MORNING + timedelta(minutes=1), "minute"), "21 May 2017, 20:59 UTC"),
        (Interval(DAY, DAY + timedelta(days=1), "day"), "22 May 2017"),
        (Interval(DAY.replace(day=1), DAY.replace(month=6, day=1), "month"), "May 2017"),
        (Interval(DAY.replace(month=1, day=1), DAY.replace(year=2018, month=1, day=1), "year"), "2017"),
        (Interval(DAY, DAY + timedelta(days=7), "week"), "22 May 2017 to 28 May 2017"),
        (Interval(DAY, DAY + timedelta(hours=12), "part of day"), "22 May 2017, 00:00 to 12:00 UTC"),
        (Interval(DAY, None, "day"), "from 22 May 2017, 00:00 UTC"),
        (Interval(None, None, "day"), ""),
        (None, ""),
    ],
)
def test_times_are_told_as_exactly_as_they_are_known(interval: Interval | None, words: str) -> None:
    assert interval_words(interval) == words


@pytest.mark.parametrize(
    ("quantity", "words"),
    [
        (Quantity(310, "mile", digits=2), "310 miles (about 499 kilometres)"),
        (Quantity(86, "", counted="people"), "86 people"),
        (Quantity(400, "kilometre", lower=400, digits=1, modifier="more than"), "more than 400 kilometres"),
        (Quantity(None, "", lower=24, counted="houses"), "at least 24 houses"),
        (Quantity(None, "percent", lower=3, upper=5), "3 to 5 percent"),
        (Quantity(1, "US dollar"), "1 US dollar"),
        (Quantity(6, "foot", digits=1), "6 feet"),
    ],
)
def test_quantities_have_number_unit_and_the_other_system(quantity: Quantity, words: str) -> None:
    assert quantity_words(quantity).startswith(words)


def test_pieces_that_lie_apart_are_parted() -> None:
    assert span_text("one two three", (Span(0, 3), Span(8, 13))) == "one … three"


def test_a_chain_runs_from_the_nearest_speaker_to_the_origin() -> None:
    assert (
        chain_words((Voice("Coast Post", "outlet"), Voice("KCNA"), Voice("Kim Jong-un")))
        == "Coast Post ← KCNA ← Kim Jong-un"
    )


def test_long_words_are_cut_at_a_space() -> None:
    assert quoted("one two three", 9) == "one two…"
    assert quoted("one two", 9) == "one two"


def test_a_clock_without_a_zone_keeps_its_hour() -> None:
    day = Interval(DAY, DAY + timedelta(days=1), "day")
    assert time_words(Timex("TIME", "2017-05-22T07:40", "APPROX"), day) == "22 May 2017, 07:40 local time"
    assert time_words(Timex("DATE", "2017-05-22"), day) == "22 May 2017"
    assert time_words(Timex("DURATION", "P1D"), None) == ""


@pytest.mark.parametrize(
    ("unit", "value", "words"),
    [("", 200, ""), ("kilometre", 1, "kilometre"), ("foot", 3, "feet"), ("percent", 3, "percent")],
)
def test_units_behind_a_number(unit: str, value: float, words: str) -> None:
    assert plural_unit(unit, value) == words
