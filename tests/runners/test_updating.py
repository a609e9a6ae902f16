"""One update: what lists lead to is fetched and dated, what could not be had is tried again, feeds learn their pace."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from pathlib import Path

import pytest

from diurna.model import Article, Capture, Problem
from diurna.runners import Chronicle
from diurna.runners.updating import Update, Updated
from diurna.store.interface import Feed, Wanted
from tests.ingest.feed_servers import FeedHost, FeedServers, answer, in_turn, redirect, versioned
from tests.made_articles import BRIDGE, FERRY, about_report, feed_of, page_of, reports

SETTINGS = """
[run]
workers = 1
[fetch]
allow_addresses = ["127.0.0.0/8"]
delay = 0.01
batch_seconds = 0.02
backoff = 0.01
retries = 0
time_limit = 20.0
failures_to_open = 100
"""


class Clock:
    """A clock that a test turns."""

    def __init__(self) -> None:
        self.now = datetime(2017, 6, 1, 12, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def chronicle(tmp_path: Path, clock: Clock) -> Iterator[Chronicle]:
    Chronicle.create(tmp_path / "home", SETTINGS)
    with Chronicle(tmp_path / "home", clock=clock) as made:
        yield made


@pytest.fixture
def web() -> Iterator[FeedHost]:
    with FeedServers(count=1, start=120) as servers:
        yield servers.hosts[0]


def subscribe(chronicle: Chronicle, url: str, kind: str = "feed") -> None:
    with chronicle.writing():
        chronicle.store.schedule.put_feed(Feed(url=url, source="127.0.0.1", due=chronicle.clock(), kind=kind))


def update(chronicle: Chronicle) -> Updated:
    schedule, now = chronicle.store.schedule, chronicle.clock()
    return Update(chronicle).run(schedule.feeds(due=now), schedule.wanted(now))


def feed(chronicle: Chronicle) -> Feed:
    chronicle.store.refresh()
    (found,) = chronicle.store.schedule.feeds()
    return found


def page(title: str, *paragraphs: str) -> bytes:
    return page_of("x", title, paragraphs).content


def shown(chronicle: Chronicle) -> dict[str, Article]:
    found = {report.url: chronicle.store.facts.get(Article, report.current) for report in reports(chronicle)}
    return {url: article for url, article in found.items() if article is not None}


def test_pages_of_a_news_sitemap_are_fetched_and_dated_by_it(chronicle: Chronicle, web: FeedHost) -> None:
    url = web.feed("/ferry", answer(page("Ferry", *FERRY), "text/html"))
    told = (
        '<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" '
        'xmlns:news="http://www.google.com/schemas/sitemap-news/0.9">'
        f"<url><loc>{url}</loc><news:news><news:publication><news:name>C</news:name><news:language>en</news:language>"
        "</news:publication><news:publication_date>2017-05-21T06:00:00Z</news:publication_date>"
        "<news:title>Ferry</news:title></news:news></url></urlset>"
    )
    subscribe(chronicle, web.feed("/sitemap.xml", answer(told, "application/xml")), "sitemap")
    done = update(chronicle)
    assert (done.feeds, done.pages, done.outcome.articles) == (1, 1, 1)
    published = shown(chronicle)[url].published
    assert published is not None
    assert published.time == datetime(2017, 5, 21, 6, tzinfo=UTC)
    assert "sitemap" in published.found
    assert chronicle.store.schedule.count_wanted() == 0
    assert feed(chronicle).changed == chronicle.clock()


def test_page_that_cannot_be_had_is_tried_again_later_and_given_up(
    chronicle: Chronicle, clock: Clock, web: FeedHost
) -> None:
    url = web.feed("/broken", answer("no", "text/html", 503))
    with chronicle.writing():
        chronicle.store.schedule.want([Wanted(url=url, due=clock.now)])
    pauses = []
    for tries in range(1, 6):
        done = update(chronicle)
        assert done.pages == 1
        waiting = chronicle.store.schedule.wanted()
        if tries == 5:
            assert waiting == [], "it is given up"
            break
        (wanted,) = waiting
        assert wanted.tries == tries
        assert wanted.error
        pauses.append(wanted.due - clock.now)
        assert update(chronicle).pages == 0, "it is not due"
        clock.now = wanted.due + timedelta(seconds=1)
    assert all(later >= earlier for earlier, later in pairwise(pauses))
    assert pauses[0] >= timedelta(hours=1)
    assert len(web.asked("/broken")) == 5


def test_page_that_is_gone_is_wanted_no_more(chronicle: Chronicle, clock: Clock, web: FeedHost) -> None:
    with chronicle.writing():
        chronicle.store.schedule.want([Wanted(url=web.url("/gone"), due=clock.now)])
    done = update(chronicle)
    (told,) = done.outcome.problems
    assert told.where == web.url("/gone")
    assert chronicle.store.facts.count(Problem) == 1
    assert chronicle.store.schedule.wanted() == []


def test_unchanged_feed_is_asked_with_its_etag_and_less_often(
    chronicle: Chronicle, clock: Clock, web: FeedHost
) -> None:
    content = feed_of(web.url("/feed"), (web.url("/a"), "A", "Summary.", "")).content.decode()
    web.feed("/a", answer(page("A", *BRIDGE), "text/html"))
    subscribe(chronicle, web.feed("/feed", versioned(content, '"7"')))
    update(chronicle)
    first = feed(chronicle)
    assert (first.etag, first.articles, first.failures) == ('"7"', 1, 0)
    clock.now = first.due
    done = update(chronicle)
    second = feed(chronicle)
    assert (done.feeds, done.outcome.captures, done.outcome.problems) == (1, 0, [])
    assert web.asked("/feed")[1].headers["If-None-Match"] == '"7"'
    assert second.interval > first.interval
    assert (second.changed, second.succeeded) == (first.changed, clock.now)
    assert chronicle.store.facts.count(Capture) == 2


def test_failing_feed_keeps_its_etag_and_tells_why(chronicle: Chronicle, clock: Clock, web: FeedHost) -> None:
    content = feed_of(web.url("/feed"), (web.url("/a"), "A", "Summary.", "")).content.decode()
    web.feed("/a", answer(page("A", *BRIDGE), "text/html"))
    subscribe(chronicle, web.feed("/feed", in_turn(versioned(content, '"7"'), answer("no", status=500))))
    update(chronicle)
    succeeded = feed(chronicle).succeeded
    for failures in (1, 2):
        clock.now = feed(chronicle).due
        update(chronicle)
        state = feed(chronicle)
        assert (state.failures, state.succeeded, state.etag) == (failures, succeeded, '"7"')
        assert "500" in state.error


def test_feed_that_has_moved_for_good_is_asked_there(chronicle: Chronicle, clock: Clock, web: FeedHost) -> None:
    new = web.feed("/new", answer(feed_of(web.url("/new")).content))
    subscribe(chronicle, web.feed("/old", redirect(new, 301)))
    update(chronicle)
    assert feed(chronicle).url == new
    clock.now = feed(chronicle).due
    update(chronicle)
    assert (len(web.asked("/old")), len(web.asked("/new"))) == (1, 2)


@pytest.mark.parametrize("content", [page("Domain for sale", *BRIDGE), b"%PDF-1.7 none", b"\0\1\2"])
def test_feed_that_has_turned_into_something_else_tells_so(chronicle: Chronicle, web: FeedHost, content: bytes) -> None:
    subscribe(chronicle, web.feed("/feed", answer(content, "text/html")))
    done = update(chronicle)
    assert feed(chronicle).error
    assert done.outcome.articles == 0
    assert reports(chronicle) == []


def test_erased_article_is_not_fetched_into_the_archive_again(
    chronicle: Chronicle, clock: Clock, web: FeedHost
) -> None:
    url = web.feed("/ferry", answer(page("Ferry aground", *FERRY), "text/html"))
    item = (url, "Ferry aground", "Tugs reached it.", "")
    other = (web.feed("/b", answer(page("Bridge", *BRIDGE), "text/html")), "Bridge", "It opens.", "")
    first, second = feed_of(web.url("/feed"), item).content, feed_of(web.url("/feed"), other, item).content
    subscribe(chronicle, web.feed("/feed", in_turn(answer(first), answer(second))))
    update(chronicle)
    (report,) = reports(chronicle)
    chronicle.erase(about_report(1, report.id, "erased"))
    clock.now = feed(chronicle).due
    done = update(chronicle)
    assert done.outcome.articles == 1
    assert shown(chronicle)[other[0]].whole
    assert len(web.asked("/ferry")) == 1
    held = [
        chronicle.archive.read(fact)
        for _, fact in chronicle.store.facts.scan(Capture)
        if isinstance(fact, Capture) and not chronicle.archive.is_erased(fact)
    ]
    assert held
    assert not [content for content in held if b"Tugs" in content or b"aground" in content]
