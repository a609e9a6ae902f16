"""Predictions for the bench's sets of time expressions, by the tagger alone."""

import gzip
import json
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from diurna.enrich.times.tagger import find_times

__all__ = ["predict_timex"]


def predict_timex(folder: Path) -> Iterator[dict[str, Any]]:
    """Time expressions of each document, read against its date."""
    with gzip.open(folder / "docs.jsonl.gz", "rt", encoding="utf-8") as lines:
        for line in lines:
            row = json.loads(line)
            published = datetime.fromisoformat(row["dct"]).replace(tzinfo=UTC)
            yield {"id": row["id"], "timex": [_row(time) for time in find_times(row["text"], published)]}


def _row(time: Any) -> dict[str, Any]:
    found = {"start": time.span.start, "end": time.span.end, "type": time.timex.type, "value": time.timex.value}
    return found | {"mod": time.timex.mod} if time.timex.mod else found
