"""How hosts are treated: robots.txt, pauses, back-off, and dead ones."""

import asyncio
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from typing import Any

import pytest

from diurna.ingest.fetch import HostState
from diurna.ingest.network import Manners
from tests.ingest.feed_servers import (
    RSS,
    FeedHost,
    FeedServers,
    answer,
    in_turn,
    mute,
    raw,
    redirect,
)
from tests.ingest.fetch_runs import fetch

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
