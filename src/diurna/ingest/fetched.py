"""What fetching takes and gives: jobs, what came of each, and how hosts are."""

from datetime import datetime

from msgspec import Struct

from diurna.ingest.arrivals import Arrival
from diurna.model import Problem

__all__ = ["FetchReport", "Fetched", "HostState", "Job"]


class Job(Struct, frozen=True):
    """One address to fetch.

    `kind` is `feed`, `page`, `sitemap` or `home`. `etag` and `last_modified` are what the server said of the version
    that we have; empty where we have none. `source` is handed through.
    """

    url: str
    kind: str
    etag: str = ""
    last_modified: str = ""
    source: str = ""


class HostState(Struct, frozen=True):
    """How a host is to be treated, kept from one update to the next.

    `host` is a name with its port, where that is not the scheme's own. `robots` holds the lines of its robots.txt that
    concern us, got at `robots_at` (None: never). `failures` counts faults in a row; a dead host is left alone until
    `open_until`, and no host is asked before `next_at`.
    """

    host: str
    robots: str = ""
    robots_at: datetime | None = None
    failures: int = 0
    open_until: datetime | None = None
    next_at: datetime | None = None


class Fetched(Struct, frozen=True):
    """What came of one job.

    `status` is the last answer's, 0 where none came. `arrival` holds what is new; `unchanged` says that the server has
    nothing newer. `moved_to` is where the job's address leads for good (301, 308). `etag` and `last_modified` are to be
    given with the next job. `fresh_for` says for how many seconds the server calls its answer fresh. `retry_at` is when
    to come back, where the server or the host's state says so; without a problem the host was not asked for this job.
    `passing` says that what went wrong may pass: another try may go better.
    """

    job: Job
    status: int = 0
    arrival: Arrival | None = None
    moved_to: str = ""
    etag: str = ""
    last_modified: str = ""
    unchanged: bool = False
    problem: Problem | None = None
    retry_at: datetime | None = None
    fresh_for: float | None = None
    passing: bool = False


class FetchReport(Struct, frozen=True):
    """What one update did: `requests` made (robots.txt included), jobs `delivered` and `left`, `received` bytes.

    `out_of_time` says that the time limit ended it.
    """

    requests: int
    delivered: int
    left: int
    received: int
    seconds: float
    out_of_time: bool
