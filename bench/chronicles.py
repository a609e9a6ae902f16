"""Chronicles for measuring: sets of events as entries in a chronicle of their own, through the same doors as a
user's.
"""

import gzip
import json
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from diurna.ingest import read
from diurna.runners import Chronicle

OBSERVED = datetime(2026, 1, 1, tzinfo=UTC)
LIST = "bench"


def read_rows(path: Path) -> list[dict[str, Any]]:
    """Rows of a JSON lines file, plain or gzip."""
    content = gzip.decompress(path.read_bytes()) if path.suffix == ".gz" else path.read_bytes()
    return [json.loads(line) for line in content.decode().split("\n") if line.strip()]


def write_entries(events: list[dict[str, Any]], path: Path) -> None:
    """Write a set's events as entries in the project's own JSON lines."""
    with path.open("w", encoding="utf-8") as out:
        for event in events:
            entry = {
                "id": event["id"],
                "date": event["date"],
                "text": event["headline"],
                "entities": event["entities"],
                "sources": [
                    {key: value for key, value in source.items() if value} for source in event.get("sources", ())
                ],
            }
            out.write(json.dumps(entry, ensure_ascii=False) + "\n")


@contextmanager
def new_chronicle() -> Iterator[Chronicle]:
    """An empty chronicle in a folder that is gone afterwards."""
    with tempfile.TemporaryDirectory(prefix="diurna-bench-") as folder:
        Chronicle.create(Path(folder), "")
        with Chronicle(Path(folder)) as chronicle:
            yield chronicle


def add_file(chronicle: Chronicle, path: Path) -> None:
    """Add a file of entries as a list of its own."""
    chronicle.add(read(str(path), chronicle.settings.ingest, OBSERVED), LIST)
