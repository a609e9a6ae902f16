"""Fetching from many hosts: what comes, how politely, what is refused, what is kept."""

import asyncio
import time
from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from typing import Any

import pytest
from msgspec import Struct

from diurna.ingest.fetch import Fetched, FetchReport, FetchSettings, HostState, Job, fetch_all
from diurna.ingest.network import Manners
from tests.ingest.feed_servers import (
    RSS,
    FeedHost,
    FeedServers,
    answer,
    bomb,
    drip,
    endless,
    in_turn,
    mute,
    packed,
    raw,
    redirect,
    slow,
    versioned,
)

QUICK: dict[str, Any] = {
    "allow_addresses": ("127.0.0.0/8",),
    "delay": 0.02,
    "time_limit": 20.0,
    "batch_seconds": 0.05,
    "backoff": 0.05,
    "slow_after": 0.3,
    "answer_timeout": 0.5,
    "connect_timeout": 0.5,
    "read_timeout": 0.5,
}


class Run(Struct):
    """What one update gave."""

    fetched: list[Fetched]
    states: dict[str, HostState]
    report: FetchReport

    def of(self, url: str) -> Fetched:
        (found,) = [each for each in self.fetched if each.job.url == url]
        return found

    def told(self, url: str) -> str:
        """What was told of an address."""
        told = self.of(url).problem
        assert told is not None
        return f"{told.what} {told.received}"


def fetch(
    *jobs: str | Job,
    hosts: dict[str, HostState] | None = None,
    manners: Manners | None = None,
    more: Callable[[Fetched], list[Job]] = lambda _: [],
    **settings: object,
) -> Run:
    fetched: list[Fetched] = []
    states: dict[str, HostState] = dict(hosts or {})

    def deliver(came: Sequence[Fetched], changed: Sequence[HostState]) -> list[Job]:
        fetched.extend(came)
        states.update((state.host, state) for state in changed)
        return [job for each in came for job in more(each)]

    wanted = [job if isinstance(job, Job) else Job(job, "feed") for job in jobs]
    chosen = FetchSettings(**(QUICK | settings))
    report = fetch_all(wanted, hosts or {}, chosen, deliver, manners)
    assert report.delivered == len(fetched)
    return Run(fetched, states, report)


@pytest.fixture
def servers() -> Iterator[FeedServers]:
    with FeedServers() as running:
        yield running
        assert all(host.most_at_once <= 1 for host in running.hosts)
        assert not any(host.trespasses for host in running.hosts)


@pytest.fixture
def host(servers: FeedServers) -> FeedHost:
    return servers.hosts[0]


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


# ------------------------------------------------------------------------------------------------ robots.txt


def test_what_robots_txt_forbids_is_not_asked_for(host: FeedHost) -> None:
    host.robots = "User-agent: *\nDisallow: /all\n\nUser-agent: Diurna\nDisallow: /us\n"
    host.forbidden = ("/us",)
    run = fetch(host.feed("/us/feed"), host.feed("/all/feed"))
    assert "robots.txt forbids" in run.told(host.url("/us/feed"))
    assert run.of(host.url("/all/feed")).arrival is not None


def test_robots_txt_is_kept_for_a_day(host: FeedHost) -> None:
    host.robots = "User-agent: *\nDisallow: /a\n"
    host.forbidden = ("/a",)
    url, start = host.feed("/a"), datetime(2026, 1, 2, tzinfo=UTC)
    now = [start]
    manners = Manners(clock=lambda: now[0])
    states = fetch(url, manners=manners, delay=0.0).states
    now[0] = start + timedelta(hours=23)
    states = fetch(url, manners=manners, hosts=states, delay=0.0).states
    assert host.paths_asked == ["/robots.txt"]
    host.robots, host.forbidden = "", ()
    now[0] = start + timedelta(hours=25)
    assert fetch(url, manners=manners, hosts=states, delay=0.0).of(url).arrival is not None
    assert host.paths_asked == ["/robots.txt", "/robots.txt", "/a"]


@pytest.mark.parametrize("status", [400, 401, 403, 404, 410])
def test_without_robots_txt_all_is_allowed(host: FeedHost, status: int) -> None:
    host.robots = answer("Disallow: /", "text/plain", status)
    url = host.feed("/feed")
    assert fetch(url).of(url).arrival is not None


@pytest.mark.parametrize("status", [500, 503, 429])
def test_while_robots_txt_cannot_be_had_nothing_is_asked(host: FeedHost, status: int) -> None:
    host.robots = answer("", status=status)
    host.forbidden = ("/feed",)
    run = fetch(host.feed("/feed"), host.feed("/feed2"), host.feed("/feed3"))
    (fetched,) = run.fetched  # told once
    assert f"status {status}" in run.told(fetched.job.url)
    assert fetched.retry_at is not None
    assert run.report.left == 2
    assert set(host.paths_asked) == {"/robots.txt"}
    assert len(host.seen) == 3


def test_an_older_robots_txt_serves_while_it_cannot_be_had(host: FeedHost) -> None:
    """RFC 9309, 2.4: an unreachable file may be replaced by the last one known."""
    host.robots = answer("", status=500)
    host.forbidden = ("/no",)
    url = host.feed("/yes")
    old = HostState(host.name, "User-agent: *\nDisallow: /no", datetime(2026, 1, 1, tzinfo=UTC))
    run = fetch(url, host.feed("/no"), hosts={host.name: old}, failures_to_open=9)
    assert run.of(url).arrival is not None
    assert "forbids" in run.told(host.url("/no"))


def test_robots_txt_behind_redirects(servers: FeedServers) -> None:
    a, b = servers.hosts[:2]
    a.robots = redirect(b.feed("/their-robots", answer("User-agent: *\nDisallow: /no\n", "text/plain")))
    a.forbidden = ("/no",)
    run = fetch(a.feed("/no"), a.feed("/yes"))
    assert "forbids" in run.told(a.url("/no"))
    assert run.of(a.url("/yes")).arrival is not None
    assert b.paths_asked == ["/their-robots"]


def test_robots_txt_that_redirects_for_ever_is_none(servers: FeedServers) -> None:
    a, b = servers.hosts[:2]
    a.robots, b.robots = redirect(b.url("/robots.txt")), redirect(a.url("/robots.txt"))
    run = fetch(a.feed("/feed"), b.feed("/feed"))
    assert all(each.arrival is not None for each in run.fetched)
    assert len(run.fetched) == 2


def test_robots_txt_that_leads_away_from_the_web(host: FeedHost) -> None:
    host.robots = redirect("file:///etc/passwd")
    url = host.feed("/feed")
    run = fetch(url)
    assert "Only web addresses" in run.told(url)
    assert set(host.paths_asked) == {"/robots.txt"}


def test_crawl_delay_is_kept(host: FeedHost) -> None:
    host.robots = "User-agent: *\nCrawl-delay: 0.2\n"
    fetch(*[host.feed(f"/{number}") for number in range(4)])
    times = [when for when, _ in host.seen]
    assert all(later - earlier >= 0.2 for earlier, later in pairwise(times[1:]))


def test_crawl_delay_has_a_bound(host: FeedHost) -> None:
    host.robots = "User-agent: *\nCrawl-delay: 86400\n"
    run = fetch(*[host.feed(f"/{number}") for number in range(3)], max_delay=0.1)
    assert run.report.delivered == 3


def test_delay_where_robots_txt_names_none(host: FeedHost) -> None:
    fetch(*[host.feed(f"/{number}") for number in range(3)], delay=0.15)
    times = [when for when, _ in host.seen]
    assert all(later - earlier >= 0.15 for earlier, later in pairwise(times))


def test_the_pause_outlasts_the_run(host: FeedHost) -> None:
    run = fetch(host.feed("/1"))
    state = run.states[host.name]
    assert state.next_at is not None
    resting = {host.name: HostState(host.name, "", state.robots_at, next_at=datetime.now(UTC) + timedelta(seconds=0.5))}
    run = fetch(host.feed("/2"), hosts=resting)
    assert run.report.seconds >= 0.5


# ------------------------------------------------------------------------------------------------ back-off


def test_retry_after_is_kept_to(servers: FeedServers) -> None:
    host, other = servers.hosts[:2]
    url = host.feed("/feed", in_turn(answer("", status=429, Retry_After="1"), answer(RSS)))
    run = fetch(url, host.feed("/2"), *[other.feed(f"/{number}") for number in range(5)])
    assert run.of(url).arrival is not None
    times = {request.path: when for when, request in host.seen}
    first = next(when for when, request in host.seen if request.path == "/feed")
    assert times["/2"] - first >= 1.0  # the host rests as a whole
    assert other.seen[-1][0] - first < 1.0  # others go on


def test_retry_after_that_is_too_long_comes_back(host: FeedHost) -> None:
    url = host.feed("/feed", answer("", status=503, Retry_After="3600"))
    run = fetch(host.feed("/1"), url, host.feed("/2"))
    fetched = run.of(url)
    assert fetched.status == 503
    assert fetched.retry_at is not None
    assert 3500 < (fetched.retry_at - datetime.now(UTC)).total_seconds() < 3610
    assert "Retry-After: 3600" in run.told(url)
    assert run.of(host.url("/1")).arrival is not None
    assert run.report.left == 1
    assert len(host.asked("/2")) == 0
    state = run.states[host.name]
    assert (state.next_at, state.failures) == (fetched.retry_at, 0)
    again = fetch(host.url("/2"), hosts=run.states)
    assert (again.report.left, again.report.requests, again.fetched) == (1, 0, [])


def test_retry_after_as_a_date_and_without_end(host: FeedHost) -> None:
    date = {"Date": "Thu, 01 Jan 2026 00:00:00 GMT", "Retry_After": "Thu, 01 Jan 2026 02:00:00 GMT"}
    url = host.feed("/feed", answer("", "text/html", 503, **date))
    run = fetch(url)
    retry_at = run.of(url).retry_at
    assert retry_at is not None
    assert 7100 < (retry_at - datetime.now(UTC)).total_seconds() < 7210
    host.feed("/feed", answer("", status=429, Retry_After="9" * 30))
    retry_at = fetch(url, max_retry_after=100.0).of(url).retry_at
    assert retry_at is not None
    assert (retry_at - datetime.now(UTC)).total_seconds() < 110


def test_a_fault_that_passes_is_tried_again(host: FeedHost) -> None:
    url = host.feed("/feed", in_turn(answer("", status=502), raw(b""), answer(RSS)))
    run = fetch(url)
    assert run.of(url).arrival is not None
    assert run.states[host.name].failures == 0


def test_a_fault_that_stays_is_told(host: FeedHost) -> None:
    url = host.feed("/feed", answer("", status=500))
    run = fetch(url, failures_to_open=9)
    assert "status 500" in run.told(url)
    assert len(host.asked("/feed")) == 3
    assert run.of(url).retry_at is None


def test_pauses_grow_with_jitter(host: FeedHost) -> None:
    pauses: list[float] = []

    async def sleep(seconds: float) -> None:
        pauses.append(seconds)
        await asyncio.sleep(seconds / 1000)

    url = host.feed("/feed", answer("", status=500))
    now = datetime(2026, 1, 2, tzinfo=UTC)
    settings: dict[str, Any] = {"delay": 0.0, "backoff": 8.0, "retries": 4, "failures_to_open": 9, "max_wait": 20.0}
    fetch(url, manners=Manners(sleep, lambda: 0.5, lambda: now), **settings)
    assert pauses == [4.0, 8.0, 10.0, 10.0]


# ------------------------------------------------------------------------------------------------ dead hosts


def test_a_dead_host_is_told_once(servers: FeedServers) -> None:
    dead = servers.dead()
    urls = [f"{dead}/{number}" for number in range(10)]
    run = fetch(*urls, servers.hosts[0].feed("/feed"))
    failed = [each for each in run.fetched if each.problem is not None]
    assert len(failed) == 1
    assert "could not be reached" in run.told(failed[0].job.url)
    assert failed[0].problem is not None
    assert "9 more addresses" in failed[0].problem.next_step
    assert run.report.left == 9
    state = run.states[dead.removeprefix("http://")]
    assert (state.failures, state.open_until) == (3, failed[0].retry_at)
    assert run.of(servers.hosts[0].url("/feed")).arrival is not None


def test_a_dead_host_is_left_alone_and_then_tried_once(host: FeedHost) -> None:
    url = host.feed("/feed", answer("", status=500))
    host.feed("/other", answer("", status=500))
    now = [datetime(2026, 1, 2, tzinfo=UTC)]
    manners = Manners(clock=lambda: now[0])
    settings: dict[str, Any] = {"delay": 0.0, "backoff": 0.0, "open_for": 3600.0, "manners": manners}
    states = fetch(url, **settings).states
    assert states[host.name].open_until == now[0] + timedelta(hours=1)
    count = len(host.seen)
    now[0] += timedelta(minutes=59)
    assert fetch(url, hosts=states, **settings).report.left == 1
    assert len(host.seen) == count
    now[0] += timedelta(minutes=2)
    states = fetch(url, host.url("/other"), hosts=states, **settings).states  # half open: one request decides
    assert len(host.seen) == count + 1
    assert states[host.name].open_until == now[0] + timedelta(hours=2)
    host.feed("/feed")
    now[0] += timedelta(hours=3)
    run = fetch(url, hosts=states, **settings)
    assert run.of(url).arrival is not None
    assert (run.states[host.name].failures, run.states[host.name].open_until) == (0, None)


def test_a_host_that_never_answers(servers: FeedServers) -> None:
    with mute() as listener:
        url = "http://{}:{}/feed".format(*listener.getsockname())
        run = fetch(url, answer_timeout=0.1, connect_timeout=0.1)
    assert "did not answer in time" in run.told(url)
    assert run.report.seconds < 5


def test_name_that_does_not_exist() -> None:
    run = fetch("http://no-such-host.invalid/feed")
    assert "could not be reached" in run.told("http://no-such-host.invalid/feed")


def test_a_redirect_to_a_dead_host_comes_back(servers: FeedServers) -> None:
    dead, host = servers.dead(), servers.hosts[0]
    urls = [host.feed(f"/{number}", redirect(f"{dead}/{number}")) for number in range(4)]
    run = fetch(*urls)
    assert len(run.fetched) == 4
    assert sum(each.problem is not None for each in run.fetched) == 1
    assert all(each.retry_at is not None for each in run.fetched)


# ------------------------------------------------------------------------------------------------ hostile servers


@pytest.mark.parametrize("coding", ["gzip", "deflate", "br"])
def test_bombs_do_not_go_off(host: FeedHost, coding: str) -> None:
    url = host.feed("/feed", bomb(coding, 64 << 20))
    run = fetch(url, host.feed("/next"))
    assert "too large" in run.told(url)
    assert run.of(host.url("/next")).arrival is not None


def test_bomb_in_a_file(host: FeedHost) -> None:
    url = host.feed("/sitemap.gz", answer(packed(bytes(64 << 20), "gzip"), "application/gzip"))
    assert "compressed file cannot be read" in fetch(Job(url, "sitemap")).told(url)


def test_endless_pages_end(host: FeedHost) -> None:
    url = host.feed("/feed", endless())
    run = fetch(url, max_bytes=1 << 20)
    assert "too large" in run.told(url)
    assert run.report.requests == 2


def test_announced_size_is_believed(host: FeedHost) -> None:
    head = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: 999999999999\r\n\r\n"
    url = host.feed("/feed", raw(head))
    assert "999,999,999,999 bytes announced" in fetch(url).told(url)


def test_dripping_bodies_are_given_up(host: FeedHost) -> None:
    url = host.feed("/feed", drip())
    run = fetch(url)
    assert "too slowly" in run.told(url)
    assert len(host.asked("/feed")) == 1
    assert run.report.seconds < 5


def test_dripping_heads_are_given_up(host: FeedHost) -> None:
    url = host.feed("/feed", raw(b"HTTP/1.1 200 OK\r\n", *[b"X: y\r\n"] * 100, every=0.1))
    run = fetch(url, retries=0)
    assert "did not answer in time" in run.told(url)
    assert run.report.seconds < 5


def test_silence_in_a_body_is_given_up(host: FeedHost) -> None:
    url = host.feed("/feed", raw(b"HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\n<", b"rss/>", every=3))
    run = fetch(url, retries=0)
    assert "did not answer in time" in run.told(url)


@pytest.mark.parametrize(
    "head",
    [
        b"HTTP/1.1 200 OK\r\nX: " + b"y" * 100_000 + b"\r\n\r\n<rss/>",
        b"HTTP/1.1 200 OK\r\n" + b"".join(b"X%d: y\r\n" % number for number in range(5000)) + b"\r\n<rss/>",
        b"\x00\x01\x02\x03 nonsense\r\n\r\n",
        b"HTTP/1.1 200 OK\r\nContent-Length: -5\r\n\r\n<rss/>",
        b"HTTP/1.1 200 OK\r\nContent-Length: 99\r\n\r\n<rss/>",
        b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nZZZ\r\n<rss/>\r\n",
        b"HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: 6\r\n\r\n<rss/>",
        b"HTTP/1.1 200 OK\r\nContent-Encoding: zstd\r\nContent-Length: 6\r\n\r\n<rss/>",
        b"HTTP/1.1 200 OK\r\nContent-Encoding: gzip, gzip\r\nContent-Length: 6\r\n\r\n<rss/>",
    ],
)
def test_answers_that_are_none(host: FeedHost, head: bytes) -> None:
    url = host.feed("/feed", raw(head))
    run = fetch(url, host.feed("/next"))
    fetched = run.of(url)
    assert fetched.problem is not None
    assert fetched.arrival is None
    assert run.report.seconds < 5


@pytest.mark.parametrize("media_type", ["video/mp4", "application/pdf", "application/zip", "font/woff2"])
def test_kinds_that_are_not_read(host: FeedHost, media_type: str) -> None:
    url = host.feed("/feed", answer(b"%PDF-" * 100, media_type))
    assert media_type in fetch(url).told(url)


@pytest.mark.parametrize("body", [b"", b"%PDF-1.7", b"\x7fELF" + bytes(100), b"PK\x03\x04"])
def test_kinds_that_the_head_hides(host: FeedHost, body: bytes) -> None:
    url = host.feed("/feed", answer(body, "text/html"))
    assert fetch(url).of(url).problem is not None


@pytest.mark.parametrize("status", [204, 206, 400, 401, 403, 404, 410, 451])
def test_answers_without_content(host: FeedHost, status: int) -> None:
    url = host.feed("/feed", answer("no" if status != 204 else "", status=status))
    run = fetch(url)
    assert f"status {status}" in run.told(url)
    assert run.of(url).status == status
    assert len(host.asked("/feed")) == 1


def test_server_that_cannot_prove_itself(host: FeedHost) -> None:
    url = host.feed("/feed").replace("http:", "https:")
    run = fetch(url)
    assert "TLS" in run.told(url)


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
