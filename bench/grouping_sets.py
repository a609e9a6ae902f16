"""Grouping sets read, thinned and written: a chronicle is full of articles that stand alone, the sets are not.

Where every article has a mate, a method that joins too readily looks good. `with_singletons` makes sets in which many
have none. The mates are taken out of the data, since an article whose mates are still there is no singleton, whatever
a gold file says of it. Two constructions, since "half" may be counted in two ways:

- `articles`: events drawn at random lose all but one article until half of the articles that are left stand alone.
  True to the word, but of a set with large events little is left (of 772 articles in 66 events, about a seventh), and
  what it says of them hangs on the seed: take several.
- `events`: half of the events, drawn at random, lose all but one article. The set stays large.

Formats and gold stay those of the set, so any predictor and the scorer read what `write_set` wrote.
"""

import gzip
import json
import random
from collections import defaultdict
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, Literal

from bench.chronicles import read_rows

__all__ = ["read_set", "with_singletons", "write_set"]

Row = dict[str, Any]
Half = Literal["articles", "events"]


def read_set(folder: Path) -> tuple[list[Row], dict[str, str]]:
    """A set's articles in the order of their ids, and the event of each."""
    rows = sorted(read_rows(next(folder.glob("articles.jsonl*"))), key=lambda row: str(row["id"]))
    return rows, {row["id"]: row["cluster"] for row in read_rows(next(folder.glob("gold.jsonl*")))}


def with_singletons(
    rows: Sequence[Row], gold: Mapping[str, str], seed: int, half: Half = "articles"
) -> tuple[list[Row], dict[str, str]]:
    """The set with events cut down to one article each, until half of the articles, or of the events, stand alone.

    What stays keeps its order, its text and its event. An event that has one article from the start counts as it is.
    """
    drawn = random.Random(seed)
    events: dict[str, list[str]] = defaultdict(list)
    for row in rows:
        events[gold[row["id"]]].append(row["id"])
    order = sorted(events)
    drawn.shuffle(order)
    left, alone = len(rows), sum(len(ids) == 1 for ids in events.values())
    total = len(events) if half == "events" else None
    kept: set[str] = {row["id"] for row in rows}
    for event in order:
        if 2 * alone >= (left if total is None else total):
            break
        ids = events[event]
        if len(ids) > 1:
            kept.difference_update(ids)
            kept.add(drawn.choice(sorted(ids)))
            left -= len(ids) - 1
            alone += 1
    return [row for row in rows if row["id"] in kept], {of: event for of, event in gold.items() if of in kept}


def write_set(folder: Path, rows: Sequence[Row], gold: Mapping[str, str]) -> None:
    """Write a set in the format of the bench, the same bytes for the same rows."""
    folder.mkdir(parents=True, exist_ok=True)
    _write(folder / "articles.jsonl.gz", sorted(rows, key=lambda row: str(row["id"])))
    _write(folder / "gold.jsonl.gz", [{"id": of, "cluster": gold[of]} for of in sorted(gold)])


def _write(path: Path, rows: Sequence[Row]) -> None:
    lines = "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows)
    path.write_bytes(gzip.compress(lines.encode(), mtime=0))
