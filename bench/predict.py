"""Predictions in the form of the bench's README, made by the project's own stages with their default settings."""

import json
import tempfile
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any

from bench.attribution import predict_attribution
from bench.chronicles import LIST, add_file, new_chronicle, read_rows, write_entries
from bench.claims import predict_claims, predict_conflicts
from bench.entities import predict_entities
from bench.extraction import predict_extraction, predict_pubdate
from bench.grouping import predict_grouping
from bench.quantities import predict_quantities
from bench.timex import predict_timex
from diurna.model import Judgement, Link
from diurna.store.interface import Views

Rows = Iterator[dict[str, Any]]


def predict_set(task: str, folder: Path, out: Path) -> None:
    """Write one set's predictions as JSON lines; of claims, what the reports of each group differ on to a second file
    beside (`x.groups.jsonl` for `x.jsonl`).
    """
    rows = list(TASKS[task](folder)) if task == "claims" else TASKS[task](folder)
    _write(out, rows)
    if task == "claims" and any(folder.glob("groups.jsonl*")):
        facts = {row["id"]: row["facts"][0] for row in rows}
        _write(out.with_name(out.name.removesuffix(".jsonl") + ".groups.jsonl"), predict_conflicts(folder, facts))


def _write(out: Path, rows: Iterable[dict[str, Any]]) -> None:
    with out.open("w", encoding="utf-8") as lines:
        for row in rows:
            lines.write(json.dumps(row, ensure_ascii=False) + "\n")


def predict_related(folder: Path) -> Rows:
    """Related events of a chronicle made of the set's events, taken in the order of the file.

    First the links that a reader is shown, then the other pairs that were kept, each best first.
    """
    rows = read_rows(next(folder.glob("events.jsonl*")))
    with new_chronicle() as chronicle, tempfile.NamedTemporaryFile(suffix=".jsonl") as file:
        path = Path(file.name)
        write_entries(rows, path)
        add_file(chronicle, path)
        facts, views = chronicle.store.facts, chronicle.store.views
        events: dict[str, str] = {}
        ids: dict[str, str] = {}
        for row in rows:
            judged = facts.about(Judgement, f"key:{LIST}|{row['id']}")
            if judged:
                event = judged[0].object.partition(":")[2]
                events[row["id"]] = event
                ids.setdefault(event, row["id"])
        for row in rows:
            links = _links(views, events[row["id"]]) if row["id"] in events else []
            yield {
                "id": row["id"],
                "related": [
                    {"id": ids[link.target], "context": [tag.name for tag in link.context]}
                    for link in links
                    if link.target in ids
                ],
            }


def _links(views: Views, event: str) -> list[Link]:
    shown = {pair.other for pair in views.pairs_of(event) if pair.shown}
    return sorted(views.related(event, limit=None), key=lambda link: link.target not in shown)


TASKS: dict[str, Callable[[Path], Rows]] = {
    "attribution": predict_attribution,
    "claims": predict_claims,
    "entities": predict_entities,
    "extraction": predict_extraction,
    "grouping": predict_grouping,
    "pubdate": predict_pubdate,
    "quantities": predict_quantities,
    "related": predict_related,
    "timex": predict_timex,
}
