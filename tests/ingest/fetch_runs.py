"""Runs of fetching for tests: quick settings, and what came of a run, easy to look at."""

from collections.abc import Callable, Sequence
from typing import Any

from msgspec import Struct

from diurna.ingest.fetch import Fetched, FetchReport, FetchSettings, HostState, Job, fetch_all
from diurna.ingest.network import Manners

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
