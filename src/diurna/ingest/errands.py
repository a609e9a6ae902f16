"""Errands to many hosts at once, one request at a time to each: the loop that fetching runs on."""

import asyncio
from collections import deque
from collections.abc import Callable, Iterable, Mapping
from datetime import datetime, timedelta
from typing import Any
from urllib.parse import urljoin

import msgspec
from yarl import URL

from diurna.errors import problem
from diurna.ingest.encodings import printable
from diurna.ingest.fetch_settings import FetchSettings
from diurna.ingest.fetched import Fetched, HostState, Job
from diurna.ingest.hosts import after_answer, after_fault, free_at, host_of, is_open, rest
from diurna.ingest.network import Manners, RequestError, retry_after
from diurna.ingest.replies import arrival_of, fresh_for, most_of, problem_of, refused_status
from diurna.ingest.robots import Rules, lines_for_us, robots_url
from diurna.ingest.transfer import Ask, Reply, Transfer
from diurna.model import Problem

__all__ = ["Errands"]

_REDIRECTS = {301, 302, 303, 307, 308}
_FOR_GOOD = {301, 308}
_LATER = {408, 425, 429}
# Faults that will not pass: not implemented, no such version.
_FINAL = {501, 505}
_ROBOTS = Job(url="", kind="robots")
# Room past what is kept of a robots.txt, so that one that was cut can be told from one that was not.
_ROBOTS_ROOM = 512 << 10


class _Errand:
    """One job on its way: where it is now, the addresses before, and how often it was tried there.

    `robots_of` names the host whose robots.txt it is after; its job is then nobody's.
    """

    __slots__ = ("before", "for_good", "job", "moved_to", "robots_of", "tries", "url")

    def __init__(self, job: Job, url: URL, robots_of: str = "") -> None:
        self.job, self.url, self.robots_of = job, url, robots_of
        self.before: list[str] = []
        self.moved_to, self.for_good = "", True
        self.tries = 0


class _Host:
    """A host with what is to be asked of it. Errands after robots.txt come first: they need no leave."""

    def __init__(self, state: HostState) -> None:
        self.state = state
        self.rules: Rules | None = None
        self.awaits_robots = False
        self.first: deque[_Errand] = deque()
        self.queue: deque[_Errand] = deque()
        self.task: asyncio.Task[None] | None = None


class Errands:
    """Runs jobs, host by host, and calls `done` for each that came to an end.

    Each host has one task, and a redirect passes the errand on to the task of the host that it leads to. So no two
    requests to a host can overlap, and no errand waits for another while it keeps a host to itself.
    """

    def __init__(
        self,
        transfer: Transfer,
        settings: FetchSettings,
        manners: Manners,
        states: Mapping[str, HostState],
        done: Callable[[Fetched | None, tuple[HostState, ...]], None],
    ) -> None:
        self._transfer, self._settings, self._manners, self._states = transfer, settings, manners, states
        self._done = done
        self._hosts: dict[str, _Host] = {}
        self._changed: dict[str, HostState] = {}
        self._slots = asyncio.Semaphore(settings.max_hosts)
        self._room = asyncio.Event()
        self._room.set()
        self._held = 0
        self._under_way = 0
        self._longest_pause = max(settings.max_wait, settings.max_delay)
        self._deadline = manners.clock() + timedelta(seconds=settings.time_limit)
        self._ended: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self.requests = self.received = 0
        self.out_of_time = False

    # -------------------------------------------------------------------------------- from outside

    def add(self, jobs: Iterable[Job]) -> None:
        """Take more jobs; each is answered by one call of `done`, with None if it was left for another time."""
        for job in jobs:
            self._under_way += 1
            if self._ended.done():
                self._leave()
                continue
            try:
                url = self._transfer.guard.check(job.url).with_fragment(None)
            except RequestError as failure:
                self._finish(_Errand(job, URL()), problem=problem_of(failure, job.url))
                continue
            host = self._host(url)
            host.queue.append(_Errand(job, url))
            self._start(host)

    def free(self, size: int) -> None:
        """So many bytes were kept: there is room for others."""
        self._held -= size
        if self._held < self._settings.max_held_bytes:
            self._room.set()

    def fail(self, error: BaseException) -> None:
        """A fault of ours ends the run."""
        if not self._ended.done():
            self._ended.set_exception(error)

    def stop(self) -> None:
        """No more jobs will come."""
        if not self._ended.done():
            self._ended.set_result(None)

    async def run(self) -> None:
        """Run until `stop`, or until the time is over; what is not done then is left."""
        try:
            async with asyncio.timeout(self._settings.time_limit):
                await asyncio.shield(self._ended)
        except TimeoutError:
            self.out_of_time = True
        finally:
            self.stop()
            tasks = [host.task for host in self._hosts.values() if host.task is not None]
            for task in tasks:
                task.cancel()
            await asyncio.gather(*tasks, return_exceptions=True)
            while self._under_way:
                self._leave()

    # -------------------------------------------------------------------------------- hosts

    def _host(self, url: URL) -> _Host:
        name = host_of(url)
        if name not in self._hosts:
            self._hosts[name] = _Host(self._states.get(name, HostState(host=name)))
        return self._hosts[name]

    def _start(self, host: _Host) -> None:
        if host.task is None and not self._ended.done():
            host.task = asyncio.create_task(self._serve(host))
            host.task.add_done_callback(self._watch)

    def _watch(self, task: asyncio.Task[None]) -> None:
        if not task.cancelled() and (error := task.exception()) is not None:
            self.fail(error)

    def _set(self, host: _Host, state: HostState) -> None:
        host.state = self._changed[state.host] = state

    async def _serve(self, host: _Host) -> None:
        """Ask a host for one thing after the other."""
        while (errand := await self._next(host)) is not None:
            now = self._manners.clock()
            wait = (free_at(host.state, now) - now).total_seconds()
            if wait > 0:
                await self._manners.sleep(wait)
            await self._room.wait()
            async with self._slots:
                reply = await self._ask(errand)
            delay = self._settings.delay if host.rules is None else host.rules.delay
            self._set(host, rest(host.state, delay, self._manners.clock()))
            self._take(host, errand, reply)
        host.task = None

    async def _next(self, host: _Host) -> _Errand | None:
        """The errand whose turn it is; None where there is none, or none that the host can be asked for."""
        while host.first or host.queue:
            now = self._manners.clock()
            free = free_at(host.state, now)
            if free > self._deadline or (free - now).total_seconds() > self._longest_pause:
                self._give_up(host, free)
                return None
            if host.first:
                return host.first.popleft()
            if host.rules is None and not self._has_rules(host, now):
                if host.awaits_robots:
                    return None
                host.awaits_robots = True
                host.first.append(_Errand(_ROBOTS, robots_url(host.queue[0].url), robots_of=host.state.host))
                continue
            errand = host.queue.popleft()
            if host.rules is not None and host.rules.allows(errand.url):
                return errand
            self._finish(errand, problem=_forbidden(errand, host))
            await asyncio.sleep(0)  # thousands of addresses may be forbidden, and others have their turn too
        return None

    def _has_rules(self, host: _Host, now: datetime) -> bool:
        got = host.state.robots_at
        if got is None or (now - got).total_seconds() >= self._settings.robots_age:
            return False
        host.rules = Rules(host.state.robots, self._settings)
        return True

    def _give_up(self, host: _Host, free: datetime) -> None:
        """Leave what is queued at a host that cannot be asked soon; what was redirected here comes back."""
        while host.first:
            self._no_robots(host.first.popleft(), _resting(free))
        while host.queue:
            errand = host.queue.popleft()
            if errand.before:
                self._finish(errand, retry_at=free)
            else:
                self._leave()

    # -------------------------------------------------------------------------------- one request

    async def _ask(self, errand: _Errand) -> Reply | RequestError:
        self.requests += 1
        job, settings = errand.job, self._settings
        ask = Ask(errand.url, most_of(job, settings), job.etag, job.last_modified)
        if errand.robots_of:
            ask = Ask(errand.url, settings.max_robots_bytes + _ROBOTS_ROOM, cut=True)
        try:
            reply = await self._transfer.get(ask)
        except RequestError as failure:
            return failure
        self.received += reply.received
        return reply

    def _take(self, host: _Host, errand: _Errand, reply: Reply | RequestError) -> None:
        if isinstance(reply, RequestError):
            self._take_failure(host, errand, reply)
        elif reply.status in _LATER or reply.status >= 500:
            self._take_later(host, errand, reply)
        else:
            self._set(host, after_answer(host.state))
            if reply.status in _REDIRECTS and reply.location:
                self._follow(errand, reply)
            elif errand.robots_of:
                self._take_robots(errand, reply)
            else:
                self._take_answer(errand, reply)

    def _take_failure(self, host: _Host, errand: _Errand, failure: RequestError) -> None:
        now = self._manners.clock()
        if failure.unreachable:
            self._set(host, rest(after_fault(host.state, self._settings, now), self._pause(errand), now))
        if failure.passing and self._again(host, errand):
            return
        if errand.robots_of:
            self._no_robots(errand, failure)
            return
        told = problem_of(failure, str(errand.url), self._others(host))
        passing = failure.passing or failure.unreachable
        self._finish(errand, problem=told, retry_at=_opens(host, now), passing=passing)

    def _take_later(self, host: _Host, errand: _Errand, reply: Reply) -> None:
        """The server asks us to come back, or has a fault."""
        settings, now = self._settings, self._manners.clock()
        asked = retry_after(reply.retry_after, reply.date, now)
        state = after_answer(host.state)
        if asked is None and reply.status >= 500:
            state = after_fault(host.state, settings, now)
        asked = None if asked is None else min(asked, settings.max_retry_after)
        self._set(host, rest(state, (asked or 0.0) + self._pause(errand), now))
        if reply.status not in _FINAL and self._again(host, errand):
            return
        failure = _asks_to_wait(reply, settings)
        if errand.robots_of:
            self._no_robots(errand, failure)
            return
        retry_at = _opens(host, now) if asked is None else free_at(host.state, now)
        told = problem_of(failure, str(errand.url), self._others(host))
        passing = reply.status not in _FINAL
        self._finish(errand, status=reply.status, problem=told, retry_at=retry_at, passing=passing)

    def _pause(self, errand: _Errand) -> float:
        """Full jitter: https://aws.amazon.com/blogs/architecture/exponential-backoff-and-jitter/."""
        settings = self._settings
        return self._manners.jitter() * min(settings.max_wait, settings.backoff * 2.0**errand.tries)

    def _others(self, host: _Host) -> str:
        """What becomes of the other jobs of a host that is left alone; told once."""
        now = self._manners.clock()
        free = free_at(host.state, now)
        if (free - now).total_seconds() <= self._longest_pause:
            return ""
        return f"; the host is left alone until {free:%Y-%m-%d %H:%M} UTC, with {len(host.queue):,} more addresses"

    def _again(self, host: _Host, errand: _Errand) -> bool:
        """Queue an errand once more, behind the others, if it may be tried again in this run."""
        now = self._manners.clock()
        free = free_at(host.state, now)
        if errand.tries >= self._settings.retries or free > self._deadline:
            return False
        if (free - now).total_seconds() > self._settings.max_wait:
            return False
        errand.tries += 1
        (host.first if errand.robots_of else host.queue).append(errand)
        return True

    def _follow(self, errand: _Errand, reply: Reply) -> None:
        """Send an errand on to where a redirect leads."""
        settings, url = self._settings, str(errand.url)
        seen = [*errand.before, url]
        try:
            target = self._target(errand.url, reply.location)
            if str(target) in seen:
                raise _too_often("The server redirects in a loop.", str(target), settings)
            if len(seen) > settings.max_redirects:
                raise _too_often("The server redirects too often.", str(target), settings)
        except RequestError as failure:
            if not errand.robots_of:
                self._finish(errand, status=reply.status, problem=problem_of(failure, str(errand.url)))
            elif failure.passing:  # RFC 9309, 2.3.1.2: too many redirects, so there is none
                self._rule(errand, "")
            else:
                self._no_robots(errand, failure)
            return
        errand.before.append(url)
        errand.for_good = errand.for_good and reply.status in _FOR_GOOD
        errand.moved_to = str(target) if errand.for_good else errand.moved_to
        errand.url, errand.tries = target, 0
        host = self._host(target)
        (host.first if errand.robots_of else host.queue).appendleft(errand)
        self._start(host)

    def _target(self, url: URL, location: str) -> URL:
        try:
            target = self._transfer.guard.check(urljoin(str(url), location.strip())).with_fragment(None)
        except ValueError:
            raise _strayed("The server redirects to no address.", printable(location), "an address") from None
        if url.scheme == "https" and target.scheme == "http":
            raise _strayed("The server redirects from https to http.", str(target), "https stays https")
        return target

    # -------------------------------------------------------------------------------- robots.txt

    def _take_robots(self, errand: _Errand, reply: Reply) -> None:
        """RFC 9309, 2.3.1: what was got is kept to; where there is none, all is allowed."""
        self._rule(errand, lines_for_us(reply.body, self._settings) if reply.status in {200, 203} else "")

    def _rule(self, errand: _Errand, text: str) -> None:
        host = self._hosts[errand.robots_of]
        host.awaits_robots = False
        host.rules = Rules(text, self._settings)
        self._set(host, msgspec.structs.replace(host.state, robots=text, robots_at=self._manners.clock()))
        self._start(host)

    def _no_robots(self, errand: _Errand, failure: RequestError) -> None:
        """RFC 9309, 2.3.1.4: while it cannot be had nothing may be asked for, unless an older one is known."""
        host, now = self._hosts[errand.robots_of], self._manners.clock()
        host.awaits_robots = False
        soon = (free_at(host.state, now) - now).total_seconds() <= self._settings.max_wait
        if soon and host.state.robots_at is not None:
            host.rules = Rules(host.state.robots, self._settings)
        else:
            if soon:
                self._set(host, rest(host.state, self._settings.open_for, now))
            if host.queue:
                carrier = host.queue.popleft()
                told = problem_of(failure, str(errand.url), self._others(host))
                self._finish(carrier, problem=told, retry_at=free_at(host.state, now), passing=True)
        self._start(host)

    # -------------------------------------------------------------------------------- the end of a job

    def _take_answer(self, errand: _Errand, reply: Reply) -> None:
        job, addresses = errand.job, [*errand.before, str(errand.url)]
        if reply.status == 304 and (job.etag or job.last_modified):
            self._finish(
                errand,
                status=304,
                unchanged=True,
                moved_to=errand.moved_to,
                etag=reply.etag or job.etag,
                last_modified=reply.last_modified or job.last_modified,
                fresh_for=fresh_for(reply),
            )
            return
        if reply.status not in {200, 203}:
            self._finish(errand, status=reply.status, problem=problem_of(refused_status(reply.status), str(errand.url)))
            return
        came = arrival_of(job, reply, addresses, self._manners.clock(), self._settings)
        if isinstance(came, Problem):
            self._finish(errand, status=reply.status, problem=came)
            return
        self._held += len(came.content)
        if self._held >= self._settings.max_held_bytes:
            self._room.clear()
        self._finish(
            errand,
            status=reply.status,
            arrival=came,
            moved_to=errand.moved_to,
            etag=reply.etag,
            last_modified=reply.last_modified,
            fresh_for=fresh_for(reply),
        )

    def _finish(self, errand: _Errand, **what: Any) -> None:
        self._end(Fetched(job=errand.job, **what))

    def _leave(self) -> None:
        self._end(None)

    def _end(self, fetched: Fetched | None) -> None:
        self._under_way -= 1
        changed = tuple(self._changed.values())
        self._changed.clear()
        self._done(fetched, changed)


def _forbidden(errand: _Errand, host: _Host) -> Problem:
    many = host.rules is not None and host.rules.too_many
    return problem(
        "The host's robots.txt forbids this address.",
        printable(str(errand.url)),
        received="more rules with wildcards than are read" if many else f"{robots_url(errand.url)} disallows it",
        allowed="addresses that robots may fetch",
        next_step="take the address out, or ask the site to allow it",
        severity="error",
    )


def _asks_to_wait(reply: Reply, settings: FetchSettings) -> RequestError:
    told = f", Retry-After: {printable(reply.retry_after)}" if reply.retry_after else ""
    return RequestError(
        "The server asks us to come back later." if reply.status < 500 or told else "The server has a fault.",
        received=f"status {reply.status}{told}",
        allowed=f"an answer within {settings.retries + 1} tries, pauses of at most {settings.max_wait:g} s",
        next_step="nothing: it is tried again by itself",
    )


def _resting(free: datetime) -> RequestError:
    return RequestError(
        "The robots.txt lies on a host that cannot be asked now.",
        received=f"a host that rests until {free:%Y-%m-%d %H:%M} UTC",
        allowed="a robots.txt that can be had",
        next_step="nothing: it is tried again by itself",
    )


def _strayed(what: str, received: str, allowed: str) -> RequestError:
    return RequestError(what, received=received, allowed=allowed, next_step="check the address")


def _too_often(what: str, received: str, settings: FetchSettings) -> RequestError:
    failure = _strayed(what, printable(received), f"at most {settings.max_redirects} (fetch.max_redirects), each new")
    failure.passing = True
    return failure


def _opens(host: _Host, now: datetime) -> datetime | None:
    return host.state.open_until if is_open(host.state, now) else None
