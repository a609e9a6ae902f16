"""Fetches addresses and writes down each that came, so that a test can kill it half-way.

Reads one JSON document from standard input: `jobs`, `file`, `settings`.
"""

import json
import os
import sys
from collections.abc import Sequence
from pathlib import Path

from diurna.ingest.fetch import Fetched, FetchSettings, HostState, Job, fetch_all


def main() -> None:
    order = json.loads(sys.stdin.read())
    settings = FetchSettings(**order["settings"] | {"allow_addresses": ("127.0.0.0/8",)})
    with Path(order["file"]).open("ab") as out:

        def deliver(came: Sequence[Fetched], states: Sequence[HostState]) -> list[Job]:
            for each in came:
                row = {"url": each.job.url, "digest": each.arrival.capture.digest if each.arrival else ""}
                out.write(json.dumps(row).encode() + b"\n")
            out.flush()
            os.fsync(out.fileno())
            return []

        fetch_all([Job(url, "feed") for url in order["jobs"]], {}, settings, deliver)


if __name__ == "__main__":
    main()
