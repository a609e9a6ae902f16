"""Adds files to a chronicle, or updates it, in small batches, and says what is kept; for tests that kill it."""

import sys
from datetime import UTC, datetime
from pathlib import Path

import diurna.runners
from diurna.ingest import read
from diurna.pipeline import Outcome
from diurna.runners import Chronicle
from diurna.runners.updating import Update


def main(folder: Path, *sources: str) -> None:
    """Add sources, or, without any, fetch all feeds and wanted pages; a line is printed for each batch that is kept."""
    diurna.runners._BATCH_SECONDS = 0.05

    def tell(outcome: Outcome) -> None:
        sys.stdout.write(f"{outcome.captures} {outcome.known}\n")
        sys.stdout.flush()

    with Chronicle(folder, clock=lambda: datetime(2017, 6, 1, tzinfo=UTC)) as chronicle:
        for source in sources:
            chronicle.add(read(source, chronicle.settings.ingest, chronicle.clock()), progress=tell)
        if not sources:
            schedule = chronicle.store.schedule
            Update(chronicle, progress=tell).run(schedule.feeds(), schedule.wanted())


if __name__ == "__main__":
    main(Path(sys.argv[1]), *sys.argv[2:])
