"""How one update fares over 200 feeds on 50 local hosts, some slow, some dead, some hostile."""

import resource
import time
from collections.abc import Sequence

from diurna.ingest.fetch import Fetched, FetchSettings, HostState, Job, fetch_all
from tests.ingest.feed_crowd import PER_HOST, Crowd, seen_by
from tests.ingest.feed_servers import FeedServers

__all__ = ["measure_fetching"]

HOSTS, DEAD = 45, 5
TIME_LIMIT = 120.0


def measure_fetching() -> dict[str, float]:
    """Run one update, and a second one with what the first learned; returns what came, and what the hosts saw.

    Delays, waits and the pages behind the feeds are those of the default settings, but for the time limit.
    """
    figures: dict[str, float] = {}
    with FeedServers(count=HOSTS) as servers:
        crowd = Crowd(servers, DEAD, pause=0.5)
        settings = FetchSettings(allow_addresses=("127.0.0.0/8",), time_limit=TIME_LIMIT)
        came: dict[str, Fetched] = {}
        states: dict[str, HostState] = {}

        def deliver(fetched: Sequence[Fetched], changed: Sequence[HostState]) -> list[Job]:
            came.update((each.job.url, each) for each in fetched)
            states.update((state.host, state) for state in changed)
            time.sleep(0.05)  # as long as a store takes for a batch
            return [
                Job(crowd.pages[each.job.url], "page")
                for each in fetched
                if each.arrival is not None and each.job.url in crowd.pages
            ]

        for turn in ("first", "second"):
            known = came.copy()
            came.clear()
            jobs = [
                Job(url, "feed", known[url].etag, known[url].last_modified) if url in known else Job(url, "feed")
                for url in crowd.feeds
            ]
            report = fetch_all(jobs, dict(states), settings, deliver)
            figures |= {
                f"{turn}: seconds": round(report.seconds, 1),
                f"{turn}: requests": report.requests,
                f"{turn}: delivered": report.delivered,
                f"{turn}: left": report.left,
                f"{turn}: good feeds and pages that came": sum(
                    each.arrival is not None or each.unchanged
                    for url, each in came.items()
                    if url in crowd.pages or url in crowd.pages.values()
                ),
                f"{turn}: problems told": sum(each.problem is not None for each in came.values()),
                f"{turn}: out of time": float(report.out_of_time),
            }
        figures |= {"hosts": HOSTS + DEAD, "feeds": len(crowd.feeds), "good feeds": len(crowd.good)}
        assert len(crowd.feeds) == (HOSTS + DEAD) * PER_HOST
        figures |= seen_by(servers)
    figures["peak memory, MB, servers included"] = round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024)
    return figures
