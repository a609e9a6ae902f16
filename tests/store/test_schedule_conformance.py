"""What every store promises of the schedule: feeds and pages by when they are due, and what is known of hosts."""

from datetime import UTC, datetime, timedelta, timezone

from msgspec.structs import replace

from diurna.ingest.fetch import HostState
from diurna.model import Dating
from diurna.store.interface import Feed, Store, Wanted

NOON = datetime(2017, 5, 22, 12, tzinfo=UTC)
FEED = Feed(
    url="https://coast.example/feed",
    source="coast.example",
    due=NOON,
    name="Coast",
    etag='"7"',
    interval=900.5,
    asked=NOON - timedelta(hours=1),
    error="it answered 500",
    failures=2,
    articles=17,
)
OTHER = Feed(url="https://a.example/feed", source="a.example", due=NOON + timedelta(microseconds=1), kind="sitemap")
PAGE = Wanted(
    url="https://coast.example/1",
    due=NOON,
    found_in=FEED.url,
    title="Ferry",
    published=Dating(NOON, "minute", "feed pubDate", "noon", 0.9),
)


def test_feed_comes_back_and_is_replaced(store: Store) -> None:
    with store.writing():
        store.schedule.put_feed(FEED)
    assert store.schedule.feed(FEED.url) == FEED
    later = replace(FEED, due=NOON + timedelta(days=1), failures=0, error="")
    with store.writing():
        store.schedule.put_feed(later)
    assert store.schedule.feeds() == [later]
    assert store.schedule.feeds(due=NOON) == []


def test_feeds_are_chosen_by_source_and_by_when_they_are_due(store: Store) -> None:
    with store.writing():
        store.schedule.put_feed(FEED)
        store.schedule.put_feed(OTHER)
    schedule = store.schedule
    assert schedule.feeds() == [OTHER, FEED]
    assert schedule.feeds(source="coast.example") == [FEED]
    assert schedule.feeds(due=NOON) == [FEED]
    assert schedule.feeds(due=NOON + timedelta(microseconds=1)) == [OTHER, FEED]
    assert schedule.feeds(source="a.example", due=NOON) == []
    elsewhere = NOON.astimezone(timezone(timedelta(hours=9)))
    assert schedule.feeds(due=elsewhere) == [FEED]
    assert schedule.feeds(due=elsewhere - timedelta(microseconds=1)) == []


def test_dropped_feed_is_gone_and_dropping_nothing_is_nothing(store: Store) -> None:
    with store.writing():
        store.schedule.put_feed(FEED)
        store.schedule.drop_feed(FEED.url)
        store.schedule.drop_feed("https://nobody.example/")
    assert (store.schedule.feed(FEED.url), store.schedule.feeds()) == (None, [])


def test_page_is_wanted_once_and_keeps_its_state(store: Store) -> None:
    with store.writing():
        assert store.schedule.want([PAGE, replace(PAGE, title="Again")]) == [PAGE]
        tried = replace(PAGE, tries=2, due=NOON + timedelta(hours=4), error="no answer")
        store.schedule.put_wanted(tried)
        assert store.schedule.want([PAGE]) == []
    assert store.schedule.wanted() == [tried]
    assert store.schedule.wanted(due=NOON) == []
    with store.writing():
        store.schedule.got([PAGE.url, "https://nobody.example/"])
        store.schedule.got([])
    assert (store.schedule.wanted(), store.schedule.count_wanted()) == ([], 0)


def test_pages_that_have_waited_longest_come_first(store: Store) -> None:
    pages = [replace(PAGE, url=f"https://c.example/{n}", due=NOON - timedelta(minutes=n % 3)) for n in range(6)]
    with store.writing():
        store.schedule.want(pages)
    order = [page.url[-1] for page in store.schedule.wanted()]
    assert order == ["2", "5", "1", "4", "0", "3"]
    assert [page.url[-1] for page in store.schedule.wanted(due=NOON - timedelta(minutes=1), limit=3)] == ["2", "5", "1"]
    assert store.schedule.count_wanted() == 6


def test_hosts_are_remembered(store: Store) -> None:
    one, two = HostState("a.example"), HostState("b.example:81", robots="Disallow: /x", open_until=NOON, failures=3)
    with store.writing():
        store.schedule.put_host("a.example", one)
        store.schedule.put_host("b.example:81", replace(two, failures=1))
        store.schedule.put_host("b.example:81", two)
    assert store.schedule.hosts(HostState) == {"a.example": one, "b.example:81": two}


def test_rebuilding_views_leaves_it_alone(store: Store) -> None:
    with store.writing():
        store.schedule.put_feed(FEED)
        store.schedule.want([PAGE])
        store.views.clear()
    assert (store.schedule.feeds(), store.schedule.wanted()) == ([FEED], [PAGE])
