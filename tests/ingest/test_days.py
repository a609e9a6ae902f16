"""Days in titles and file names."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from diurna.errors import ConfigurationError
from diurna.ingest import IngestSettings
from diurna.ingest.days import day_of_name, day_of_title, names_a_day

PATTERNS = IngestSettings().title_patterns
DAY = date(2017, 5, 22)


@pytest.mark.parametrize(
    "name",
    [
        "2017-05-22.wiki",
        "20170522",
        "Portal:Current_events_2017_May_22",
        "Portal%3ACurrent_events%2F2017_May_22.txt",
        "22 mai 2017.wiki",
        "days/2017/05/22.wiki",
        "x/../2017-05-22.wiki",
    ],
)
def test_day_in_a_name(name: str) -> None:
    assert day_of_name(name) == DAY


@pytest.mark.parametrize("name", ["2017-02-31.wiki", "120170522", "notes.txt", "2017 Foo 22", "1700", "2017-0522"])
def test_no_day_in_a_name(name: str) -> None:
    assert day_of_name(name) is None


@given(st.dates(date(1900, 1, 1), date(2200, 1, 1)))
def test_every_day_is_read_from_each_form(day: date) -> None:
    assert day_of_name(f"{day:%Y-%m-%d}.wiki") == day
    assert day_of_name(f"{day:%Y%m%d}") == day
    assert day_of_title(f"Portal:Current events/{day.year} {day:%B} {day.day}", PATTERNS) == day
    assert day_of_title(f"Portal:新聞動態/{day.year}年{day.month}月{day.day}日", PATTERNS) == day
    assert day_of_title(f"Portal:Current events/{day + timedelta(0):%Y-%m-%d}", PATTERNS) == day


def test_titles_of_other_pages_are_none() -> None:
    assert not names_a_day("Wikipedia:Articles for deletion/Log/2017 May 5", PATTERNS)
    assert not names_a_day("Portal:Current events/May 2017", PATTERNS)
    assert not names_a_day("2017 in science", PATTERNS)
    assert not names_a_day("Portal:Current events/2017 Foo 5", PATTERNS)
    assert names_a_day("Portal:Current events/2017 February 31", PATTERNS)
    assert day_of_title("Portal:Current events/2017 February 31", PATTERNS) is None


@pytest.mark.parametrize("pattern", ["(", r"(?P<year>\d+)"])
def test_a_pattern_that_cannot_name_a_day_is_refused(pattern: str) -> None:
    with pytest.raises(ConfigurationError, match="title_patterns"):
        IngestSettings(title_patterns=(pattern,))
