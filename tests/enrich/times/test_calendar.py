"""Arithmetic on the values of times."""

from datetime import UTC, date, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from diurna.enrich.times.calendar import coarse, first_day, holiday, interval_of, step
from diurna.enrich.times.clock import zone_of
from diurna.enrich.times.words import mod_of, number_of


@pytest.mark.parametrize(
    "value",
    ["2017-02-30", "2017-13", "0000", "2017-W54", "9999-12-31", "2017-05-22T25:00", "XXXX-05", "P3D", ""],
)
def test_a_value_off_the_calendar_has_no_interval(value: str) -> None:
    assert interval_of(value) is None


def test_a_winter_reaches_into_the_next_year() -> None:
    interval = interval_of("2016-WI")
    assert interval is not None
    assert (interval.start, interval.end) == (datetime(2016, 12, 1, tzinfo=UTC), datetime(2017, 3, 1, tzinfo=UTC))


def test_midnight_may_be_24_hours() -> None:
    interval = interval_of("2017-05-22T24:00")
    assert interval is not None
    assert interval.start == datetime(2017, 5, 23, tzinfo=UTC)


def test_a_zone_moves_a_day() -> None:
    interval = interval_of("2017-05-22", timezone(timedelta(hours=9)))
    assert interval is not None
    assert interval.start == datetime(2017, 5, 21, 15, tzinfo=UTC)


@given(st.dates(min_value=date(1, 1, 8), max_value=date(9998, 12, 24)), st.sampled_from(["D", "W", "M", "Q", "Y"]))
def test_a_day_lies_in_the_interval_of_its_unit(day: date, unit: str) -> None:
    interval = interval_of(coarse(day, unit))
    assert interval is not None
    assert interval.start is not None
    assert interval.end is not None
    assert interval.start.date() <= day < interval.end.date()
    assert first_day(coarse(day, unit)) == interval.start.date()


@given(st.dates(), st.integers(-40_000, 40_000), st.sampled_from(["D", "W", "M", "Q", "Y"]))
def test_a_step_forward_and_back_leads_home(day: date, count: int, unit: str) -> None:
    there = step(day, count, unit)
    if there is not None:
        back = step(there, -count, unit)
        # A month's last days are cut where the other month is shorter.
        assert back is not None
        assert timedelta(0) <= day - back <= timedelta(days=0 if unit in "DW" else 3)


@pytest.mark.parametrize(
    ("name", "year", "day"),
    [
        ("easter", 2017, date(2017, 4, 16)),
        ("easter", 2000, date(2000, 4, 23)),
        ("good friday", 2024, date(2024, 3, 29)),
        ("thanksgiving", 1999, date(1999, 11, 25)),
        ("memorial day", 2017, date(2017, 5, 29)),
        ("election day", 2016, date(2016, 11, 8)),
        ("labor day", 2017, date(2017, 9, 4)),
        ("easter", 0, None),
        ("christmas", 10_000, None),
    ],
)
def test_feasts_fall_where_they_fell(name: str, year: int, day: date | None) -> None:
    assert holiday(name, year) == day


@pytest.mark.parametrize(
    ("name", "day", "hours"),
    [
        ("KST", date(2017, 5, 22), 9.0),
        ("ET", date(2017, 5, 22), -4.0),
        ("ET", date(2017, 1, 22), -5.0),
        ("ET", date(2006, 3, 20), -5.0),
        ("ET", date(2007, 3, 20), -4.0),
        ("Eastern Standard Time", date(2017, 5, 22), -5.0),
        ("Pacific Daylight Time", date(2017, 1, 22), -7.0),
        ("GMT+5:30", None, 5.5),
        ("UTC", None, 0.0),
    ],
)
def test_zones_are_known_by_their_letters(name: str, day: date | None, hours: float) -> None:
    zone = zone_of(name, day)
    assert zone is not None
    assert zone.utcoffset(datetime(2017, 1, 1)) == timedelta(hours=hours)  # noqa: DTZ001


def test_letters_that_name_no_zone_give_none() -> None:
    assert zone_of("NEXT", None) is None


@pytest.mark.parametrize(
    ("words", "number"),
    [
        ("two", 2), ("twenty-four", 24), ("a hundred", 100), ("one hundred and five", 105), ("two thousand", 2000),
        ("1,200", 1200), ("2 1/2", 2.5), ("2½", 2.5), ("six and a half", 6.5), ("a couple of", 2), ("half a", 0.5),
        ("several", None), ("a few", None), ("dozens of", None),
    ],
)  # fmt: skip
def test_numbers_are_read(words: str, number: float | None) -> None:
    assert number_of(words) == number


def test_words_without_a_modifier_give_none() -> None:
    assert mod_of("blue") == ""
    assert mod_of(None) == ""
