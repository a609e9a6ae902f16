"""When feeds fall due."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from diurna.ingest.fetch_settings import FetchSettings
from diurna.ingest.schedule import Pace, Visit, next_pace

SETTINGS = FetchSettings()
START = datetime(2026, 1, 2, tzinfo=UTC)
URL = "https://news.example/feed"

visits = st.builds(
    lambda news, failed, hint, later: (news, failed, hint, later),
    st.booleans(),
    st.booleans(),
    st.none() | st.floats(0, 1e9),
    st.none() | st.floats(0, 7 * 86_400),
)


def seconds(pace: Pace, since: datetime = START) -> float:
    return (pace.due - since).total_seconds()


def pace_after(*news: bool, url: str = URL, start: Pace | None = None) -> Pace:
    pace = start or next_pace(url, None, Visit(START), SETTINGS)
    for each in news:
        pace = next_pace(url, pace, Visit(START, news=each), SETTINGS)
    return pace


@given(st.text(max_size=50), st.lists(visits, min_size=1, max_size=60))
@settings(deadline=None)
def test_intervals_stay_within_their_bounds(
    url: str, history: list[tuple[bool, bool, float | None, float | None]]
) -> None:
    pace, at = None, START
    for news, failed, hint, later in history:
        retry_at = None if later is None else at + timedelta(seconds=later)
        pace = next_pace(url, pace, Visit(at, news, failed, hint, retry_at), SETTINGS)
        assert SETTINGS.min_interval <= pace.interval <= SETTINGS.max_interval
        longest = max(SETTINGS.max_interval * (1 + SETTINGS.spread), later or 0.0)
        assert SETTINGS.min_interval <= seconds(pace, at) <= longest + 0.001
        assert retry_at is None or pace.due >= retry_at
        assert failed or hint is None or seconds(pace, at) >= min(hint, SETTINGS.max_interval) - 0.001
        at = pace.due


@given(st.floats(900, 172_800), st.booleans())
@settings(deadline=None)
def test_news_never_makes_it_later(interval: float, failed: bool) -> None:
    before = Pace(interval, 0, START)
    with_news = next_pace(URL, before, Visit(START, news=True, failed=failed), SETTINGS)
    without = next_pace(URL, before, Visit(START, failed=failed), SETTINGS)
    assert with_news.due <= without.due


def test_feed_with_much_news_is_visited_often() -> None:
    assert pace_after(*[True] * 10).interval == SETTINGS.min_interval


def test_feed_without_news_is_visited_seldom() -> None:
    assert pace_after(*[False] * 30).interval == SETTINGS.max_interval


def test_first_visit_says_nothing_of_the_rhythm() -> None:
    assert pace_after(url="a").interval == SETTINGS.first_interval
    assert next_pace("a", None, Visit(START, news=True), SETTINGS).interval == SETTINGS.first_interval


def test_interval_follows_a_steady_feed() -> None:
    """Something new every six hours: visits come closer together than that, and not by more than an order."""
    pace, at, last = pace_after(), START, START
    intervals = []
    while at < START + timedelta(days=60):
        at = pace.due
        news = (at - START) // timedelta(hours=6) > (last - START) // timedelta(hours=6)
        last = at
        pace = next_pace(URL, pace, Visit(at, news=news), SETTINGS)
        intervals.append(pace.interval)
    mean = sum(intervals[50:]) / len(intervals[50:])
    assert 0.6 * 3600 < mean < 6 * 3600


def test_failures_space_visits_and_keep_the_rhythm() -> None:
    pace = before = pace_after(True, True)
    waits = []
    for _ in range(12):
        pace = next_pace(URL, pace, Visit(START, failed=True), SETTINGS)
        waits.append(seconds(pace))
    assert waits == sorted(waits)
    assert waits[1] == pytest.approx(2 * waits[0])
    assert waits[-1] <= SETTINGS.max_interval * (1 + SETTINGS.spread)
    assert pace.failures == 12
    again = next_pace(URL, pace, Visit(START, news=False), SETTINGS)
    assert (again.failures, again.interval) == (0, before.interval * 1.25)


def test_hints_are_honoured_and_bounded() -> None:
    assert seconds(next_pace(URL, pace_after(), Visit(START, hint=30 * 3600), SETTINGS)) >= 30 * 3600
    yearly = next_pace(URL, pace_after(), Visit(START, hint=3e7), SETTINGS)
    assert seconds(yearly) <= SETTINGS.max_interval * (1 + SETTINGS.spread)
    assert yearly.interval == pace_after(False).interval


def test_retry_after_is_honoured_past_every_bound() -> None:
    retry_at = START + timedelta(days=6)
    assert next_pace(URL, pace_after(), Visit(START, failed=True, retry_at=retry_at), SETTINGS).due == retry_at


def test_feeds_fall_due_one_by_one_and_always_alike() -> None:
    paces = [pace_after(url=f"https://news.example/{number}") for number in range(1000)]
    dues = [seconds(pace) for pace in paces]
    assert dues == [seconds(pace_after(url=f"https://news.example/{number}")) for number in range(1000)]
    width = SETTINGS.first_interval * SETTINGS.spread
    tenths = [sum(1 for due in dues if int((due - SETTINGS.first_interval) / width * 10) == n) for n in range(10)]
    assert min(tenths) > 60
