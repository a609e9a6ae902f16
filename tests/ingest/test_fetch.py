"""Fetching from many hosts: what comes, where it leads, what is kept."""

import time
from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any

import pytest

from diurna.ingest.fetch import Fetched, FetchSettings, HostState, Job, fetch_all
from diurna.ingest.network import Manners
from tests.ingest.feed_servers import RSS, FeedHost, FeedServers, answer, packed, raw, redirect, slow, versioned
from tests.ingest.fetch_runs import QUICK, fetch

# ------------------------------------------------------------------------------------------------ what comes


def test_a_feed_arrives(host: FeedHost) -> None:
    url = host.feed("/feed")
    run = fetch(Job(url, "feed", source="paper"))
    (fetched,) = run.fetched
    assert fetched.job.source == "paper"
    assert (fetched.status, fetched.problem, fetched.moved_to, fetched.unchanged) == (200, None, "", False)
    arrival = fetched.arrival
    assert arrival is not None
    assert arrival.form == "feed"
    assert arrival.content == RSS.format(title="Feed /feed", link=url).encode()
    assert (arrival.capture.asked, arrival.capture.answered, arrival.capture.via) == (url, url, "web")
    assert arrival.capture.media_type == "application/rss+xml"
    assert arrival.capture.available is None
    assert arrival.capture.redirects == ()
    assert host.paths_asked == ["/robots.txt", "/feed"]
    assert run.report.requests == 2
    assert run.report.received == len(arrival.content)


def test_time_comes_from_the_clock(host: FeedHost) -> None:
    now = datetime(2026, 1, 2, 3, 4, 5, tzinfo=UTC)
    run = fetch(host.feed("/feed"), manners=Manners(clock=lambda: now), delay=0.0)
    arrival = run.fetched[0].arrival
    assert arrival is not None
    assert arrival.capture.observed == now
    assert run.states[host.name].robots_at == now


def test_who_asks_and_how(host: FeedHost) -> None:
    fetch(host.feed("/feed"), user_agent="Diurna/test (desk@paper.example)")
    (request,) = host.asked("/feed")
    assert request.headers["User-Agent"] == "Diurna/test (desk@paper.example)"
    assert "gzip" in request.headers["Accept-Encoding"]
    assert "Cookie" not in request.headers
    assert request.headers["Host"] == host.name


def test_no_cookies_and_no_proxy(host: FeedHost, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("http_proxy", "http://127.7.7.7:9")
    first = host.feed("/1", answer(RSS, Set_Cookie="a=b; Path=/"))
    fetch(first, host.feed("/2"))
    assert [request.headers.get("Cookie") for request in host.asked("/2")] == [None]


def test_further_jobs_are_fetched_once(host: FeedHost) -> None:
    page = host.feed("/page", answer("<!DOCTYPE html><p>News</p>", "text/html"))
    run = fetch(
        host.feed("/1"),
        host.feed("/2"),
        host.url("/1"),
        more=lambda each: [Job(page, "page")] if each.job.kind == "feed" else [],
    )
    assert sorted(each.job.url for each in run.fetched) == [host.url("/1"), host.url("/2"), page]
    assert run.of(page).arrival is not None
    assert len(host.asked("/page")) == len(host.asked("/1")) == len(host.asked("/robots.txt")) == 1


def test_conditional_requests(host: FeedHost) -> None:
    url = host.feed("/feed", versioned(RSS, '"v1"'))
    first = fetch(url).of(url)
    assert (first.etag, first.unchanged) == ('"v1"', False)
    second = fetch(Job(url, "feed", etag=first.etag, last_modified="Thu, 01 Jan 2026 00:00:00 GMT")).of(url)
    assert (second.status, second.unchanged, second.arrival, second.problem) == (304, True, None, None)
    assert (second.etag, second.last_modified) == ('"v1"', "Thu, 01 Jan 2026 00:00:00 GMT")
    assert host.asked("/feed")[1].headers["If-Modified-Since"] == "Thu, 01 Jan 2026 00:00:00 GMT"


def test_not_modified_without_being_asked_is_no_answer(host: FeedHost) -> None:
    url = host.feed("/feed", answer("", status=304))
    assert "status 304" in fetch(url).told(url)


@pytest.mark.parametrize(
    ("headers", "seconds"),
    [
        ({"Cache_Control": "public, max-age=600"}, 600.0),
        ({"Cache_Control": "no-cache, max-age=600"}, None),
        ({"Date": "Thu, 01 Jan 2026 00:00:00 GMT", "Expires": "Thu, 01 Jan 2026 01:00:00 GMT"}, 3600.0),
        ({"Expires": "0"}, None),
        ({}, None),
    ],
)
def test_how_long_it_is_fresh(host: FeedHost, headers: dict[str, Any], seconds: float | None) -> None:
    url = host.feed("/feed", answer(RSS, **headers))
    assert fetch(url).of(url).fresh_for == seconds


@pytest.mark.parametrize("coding", ["gzip", "deflate", "br"])
def test_packed_bodies_are_unpacked(host: FeedHost, coding: str) -> None:
    text = RSS.format(title="Über", link="http://a.example/") * 1000
    url = host.feed("/feed", answer(packed(text.encode(), coding), Content_Encoding=coding))
    arrival = fetch(url).of(url).arrival
    assert arrival is not None
    assert arrival.content == text.encode()


def test_sitemap_as_a_gzip_file(host: FeedHost) -> None:
    text = b'<?xml version="1.0"?><urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"></urlset>'
    url = host.feed("/sitemap.xml.gz", answer(packed(text, "gzip"), "application/x-gzip"))
    arrival = fetch(Job(url, "sitemap")).of(url).arrival
    assert arrival is not None
    assert (arrival.form, arrival.content) == ("sitemap", text)


# ------------------------------------------------------------------------------------------------ redirects


def test_redirects_are_followed_and_recorded(servers: FeedServers) -> None:
    a, b = servers.hosts[:2]
    end = b.feed("/end", answer(RSS, ETag='"e"'))
    middle = b.feed("/middle", redirect("/end", 302))
    start = a.feed("/start", redirect(middle + "#part", 301))
    fetched = fetch(start).of(start)
    assert fetched.arrival is not None
    capture = fetched.arrival.capture
    assert (capture.asked, capture.redirects, capture.answered) == (start, (middle,), end)
    assert fetched.moved_to == middle  # what follows is for now only
    assert fetched.etag == '"e"'
    assert b.paths_asked == ["/robots.txt", "/middle", "/end"]


@pytest.mark.parametrize(("first", "second", "moved"), [(308, 301, 2), (302, 301, 0), (301, 307, 1)])
def test_what_moved_for_good(host: FeedHost, first: int, second: int, moved: int) -> None:
    end = host.feed("/2")
    middle = host.feed("/1", redirect("/2", second))
    start = host.feed("/0", redirect("/1", first))
    assert fetch(start).of(start).moved_to == ["", middle, end][moved]


def test_robots_are_asked_for_where_a_redirect_leads(servers: FeedServers) -> None:
    a, b = servers.hosts[:2]
    b.robots = "User-agent: *\nDisallow: /secret\n"
    b.forbidden = ("/secret",)
    start = a.feed("/start", redirect(b.feed("/secret/feed")))
    run = fetch(start)
    assert "robots.txt forbids" in run.told(start)
    assert b.paths_asked == ["/robots.txt"]


def test_hosts_that_redirect_to_each_other_do_not_wait_for_each_other(servers: FeedServers) -> None:
    a, b = servers.hosts[:2]
    ends = [a.feed("/end"), b.feed("/end")]
    jobs = [a.feed(f"/{number}", redirect(ends[1])) for number in range(5)]
    jobs += [b.feed(f"/{number}", redirect(ends[0])) for number in range(5)]
    run = fetch(*jobs)
    assert len(run.fetched) == 10
    assert all(each.arrival is not None for each in run.fetched)


def test_endless_redirects_end(host: FeedHost) -> None:
    loop = host.feed("/a", redirect("/b"))
    host.feed("/b", redirect("/a"))
    for number in range(20):
        host.feed(f"/{number}", redirect(f"/{number + 1}"))
    run = fetch(loop, host.url("/0"))
    assert "in a loop" in run.told(loop)
    assert "too often" in run.told(host.url("/0"))
    assert host.paths_asked.count("/6") == 0
    assert host.paths_asked.count("/5") == 1


@pytest.mark.parametrize(
    ("target", "told"),
    [
        ("file:///etc/passwd", "Only web addresses"),
        ("data:text/html,x", "Only web addresses"),
        ("ftp://example.org/x", "Only web addresses"),
        ("javascript:alert(1)", "Only web addresses"),
        ("http://user:word@127.0.0.1/x", "user name"),
        ("http://169.254.169.254/latest/meta-data", "local network"),
        ("http://10.0.0.1/", "local network"),
        ("http://100.64.0.1/", "local network"),
        ("http://[::1]/", "local network"),
        ("http://[::ffff:10.0.0.1]/", "local network"),
        ("http://[64:ff9b::a00:1]/", "local network"),
        ("http://[2002:a00:1::]/", "local network"),
        ("http://224.0.0.1/", "local network"),
        ("http://2130706433/", "local network"),
        ("http://[broken/", ""),
        ("http://a.example:99999/", ""),
    ],
)
def test_redirects_that_are_refused(host: FeedHost, target: str, told: str) -> None:
    location = target.encode("utf-8", "surrogateescape")
    head = b"HTTP/1.1 302 Found\r\nContent-Length: 0\r\nLocation: " + location + b"\r\n\r\n"
    url = host.feed("/feed", raw(head))
    run = fetch(url)
    assert told in run.told(url)
    assert run.report.requests == 2


def test_private_hosts_are_refused_unless_they_are_allowed(host: FeedHost) -> None:
    url = host.feed("/feed")
    run = fetch(url, url.replace(host.address, "localhost"), allow_addresses=())
    assert all(each.problem and "local network" in each.problem.what for each in run.fetched)
    assert len(run.fetched) == 2
    assert not host.seen
    run = fetch(url, allow_addresses=("127.0.99.0/24",))
    assert "local network" in run.told(url)


def test_addresses_that_are_none(host: FeedHost) -> None:
    for url in ("", "nonsense", "http://", "file:///etc/passwd", "http://[x", "feed://a.example/"):
        run = fetch(url)
        assert run.of(url).problem is not None
        assert run.of(url).arrival is None


# ------------------------------------------------------------------------------------------------ time and keeping


def test_the_time_limit_ends_it(host: FeedHost) -> None:
    urls = [host.feed(f"/{number}", slow(0.2, answer(RSS))) for number in range(50)]
    run = fetch(*urls, time_limit=1.5)
    assert run.report.out_of_time
    assert run.report.seconds < 2.5
    assert 1 <= run.report.delivered < 20
    assert run.report.delivered + run.report.left == 50


def test_a_turn_past_the_time_limit_is_not_waited_for(host: FeedHost) -> None:
    urls = [host.feed(f"/{number}") for number in range(5)]
    run = fetch(*urls, delay=30.0, time_limit=10.0)
    assert run.report.seconds < 3
    assert run.report.delivered == 0


def test_keeping_blocks_no_transfers_but_bounds_them(servers: FeedServers) -> None:
    text = RSS + "<!-- " + "x" * 100_000 + " -->"
    jobs = [Job(host.feed(f"/{number}", answer(text)), "feed") for host in servers.hosts for number in range(10)]
    held: list[int] = []
    kept = 0

    def deliver(came: Sequence[Fetched], _: Sequence[HostState]) -> list[Job]:
        nonlocal kept
        time.sleep(0.1)
        kept += sum(each.arrival is not None for each in came)
        held.append(sum(len(host.seen) - 1 for host in servers.hosts) - kept)
        return []

    settings = FetchSettings(**(QUICK | {"max_held_bytes": 500_000, "batch_bytes": 200_000, "delay": 0.0}))
    fetch_all(jobs, {}, settings, deliver)
    assert kept == 40
    assert max(held) > 0
    assert max(held) <= 5 + 4 + 2  # as many as are held, one under way at each host, and what waits in this batch


def test_a_fault_in_keeping_ends_the_run(host: FeedHost) -> None:
    def deliver(came: Sequence[Fetched], states: Sequence[HostState]) -> list[Job]:
        raise OSError("the disk is full")

    with pytest.raises(OSError, match="full"):
        fetch_all([Job(host.feed("/feed"), "feed")], {}, FetchSettings(**QUICK), deliver)


def test_nothing_to_do() -> None:
    assert fetch().report.requests == 0
