"""Dates as papers write them, in many languages and orders, are read; what no calendar has is no date."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from diurna.extract.dates_forms import find_moments, month_first, read_moment

DAY = date(2017, 5, 22)


@pytest.mark.parametrize(
    "written",
    [
        "2017-05-22",
        "2017/5/22",
        "2017.05.22",
        "20170522",
        "22.05.2017",
        "22.5.17",
        "22/05/2017",
        "5/22/2017",
        "22-May-17",
        "22 May '17",
        "Monday, 22 May 2017",
        "22nd of May, 2017",
        "May 22, 2017",
        "May 22nd 2017",
        "Montag, 22. Mai 2017",
        "lundi 22 mai 2017",
        "22 de mayo de 2017",
        "22 de maio de 2017",
        "22 maggio 2017",
        "22 mei 2017",
        "22 maja 2017",
        "22. května 2017",
        "22 мая 2017 г.",
        "22 травня 2017",
        "22 Μαΐου 2017",
        "2017. május 22.",
        "22 Mayıs 2017",
        "22 tháng 5, 2017",
        "22 พ.ค. 2560",
        "22 مايو 2017",
        "2017年5月22日",
        "2017년 5월 22일",
    ],
)
def test_days_are_read_in_the_orders_and_languages_of_news(written: str) -> None:
    moment = read_moment(written)
    assert moment is not None
    assert (moment.day, moment.granularity, moment.zoned) == (DAY, "day", False)


@pytest.mark.parametrize(
    ("written", "hour", "minute", "granularity", "zoned"),
    [
        ("2017-05-22T10:15:30+02:00", 8, 15, "second", True),
        ("2017-05-22T10:15:30.123Z", 10, 15, "second", True),
        ("2017-05-22 10:15:30 +0900", 1, 15, "second", True),
        ("20170522T101530Z", 10, 15, "second", True),
        ("2017-05-22 10:15", 10, 15, "minute", False),
        ("Mon, 22 May 2017 10:15:30 GMT", 10, 15, "second", True),
        ("Mon May 22 10:15:30 EDT 2017", 14, 15, "second", True),
        ("May 22, 2017 at 3:15 p.m. ET", 19, 15, "minute", True),
        ("May 22, 2017 12:15 AM", 0, 15, "minute", False),
        ("22 May 2017 3pm KST", 6, 0, "minute", True),
        ("22.05.2017, 15:15 Uhr", 15, 15, "minute", False),
        ("22. Mai 2017 um 15.15 Uhr MESZ", 13, 15, "minute", True),
        ("22 mai 2017 à 15h15", 15, 15, "minute", False),
        ("15:15, 22 May 2017", 15, 15, "minute", False),
        ("10.15am BST on Mon 22 May 2017", 9, 15, "minute", True),
        ("2017年5月22日 下午3:15", 15, 15, "minute", False),
        ("1495448130", 10, 15, "second", True),
        ("1495448130000", 10, 15, "second", True),
    ],
)
def test_times_and_zones_are_read(written: str, hour: int, minute: int, granularity: str, zoned: bool) -> None:
    moment = read_moment(written)
    assert moment is not None
    assert moment.time.replace(second=0) == datetime(2017, 5, 22, hour, minute, tzinfo=UTC)
    assert (moment.granularity, moment.zoned) == (granularity, zoned)


def test_the_day_is_the_writers_and_the_time_is_utc() -> None:
    moment = read_moment("2017-05-22T00:30:00+09:00")
    assert moment is not None
    assert (moment.day, moment.time) == (DAY, datetime(2017, 5, 21, 15, 30, tzinfo=UTC))


def test_eastern_time_is_in_summer_time_when_american_clocks_are() -> None:
    winter, summer = read_moment("Jan 22, 2017 3:15 pm ET"), read_moment("July 22, 2017 3:15 pm ET")
    assert winter is not None
    assert summer is not None
    assert (winter.time.hour, summer.time.hour) == (20, 19)


@pytest.mark.parametrize("written", ["05/06/2017", "5-6-2017"])
def test_the_pages_locale_says_whether_the_month_is_first(written: str) -> None:
    european, american = read_moment(written), read_moment(written, american=True)
    assert european is not None
    assert american is not None
    assert (european.day, american.day) == (date(2017, 6, 5), date(2017, 5, 6))
    assert european.doubtful
    assert american.doubtful


def test_a_full_stop_is_no_american_separator() -> None:
    moment = read_moment("05.06.2017", american=True)
    assert moment is not None
    assert (moment.day, moment.doubtful) == (date(2017, 6, 5), False)


@pytest.mark.parametrize(
    ("language", "first"),
    [("en-US", True), ("en", True), ("en_GB", False), ("de", False), ("", False), ("es-US", True)],
)
def test_months_are_first_in_american_pages(language: str, first: bool) -> None:
    assert month_first(language) is first


@pytest.mark.parametrize(
    "written",
    [
        "",
        "31.02.2017",
        "2017-13-22",
        "99999-01-01",
        "0000-00-00",
        "0001-01-01T00:00:00",
        "{{ page.date }}",
        "12 Foo 2017",
        "1.2.2017.3",
        "May 2017",
        "999999999999999",
        "1" * 5_000,
    ],
)
def test_what_no_calendar_has_is_no_date(written: str) -> None:
    assert read_moment(written) is None


def test_several_dates_are_found_in_their_order() -> None:
    found = [moment.day.day for moment in find_moments("Published 22 May 2017, updated May 24, 2017 3:15 pm")]
    assert found == [22, 24]


@given(st.text(alphabet="0123456789-/.: TZ+MayJun,年月日ะ٢", max_size=60), st.booleans())
def test_any_string_is_read_without_a_fault(written: str, american: bool) -> None:
    moment = read_moment(written, american)
    assert moment is None or moment.time.tzinfo is UTC


@given(st.datetimes(timezones=st.just(UTC)).filter(lambda time: time.year > 1900))
def test_times_in_iso_form_are_read_back(time: datetime) -> None:
    aware = time.replace(microsecond=0)
    moment = read_moment(aware.isoformat())
    assert moment is not None
    assert moment.time == aware
