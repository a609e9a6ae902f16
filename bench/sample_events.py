"""How well the project's own sample articles and entries are grouped, against labels read from the texts.

Days first, then articles, through a chronicle as a user makes it. Of each label there is the event of its page or
entry; pages that are about no event of the labels (a forecast, a recipe) count as one each. B-cubed over all of them.
"""

import json
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from bench.chronicles import OBSERVED, new_chronicle
from bench.grouping import b_cubed
from diurna.group.membership import Membership
from diurna.ingest import read
from diurna.model import Entry, Report
from diurna.runners import Chronicle
from diurna.text import url_key

__all__ = ["measure_sample_events"]

SAMPLES = Path(__file__).parent.parent / "samples"


def measure_sample_events() -> Iterator[dict[str, Any]]:
    """B-cubed of the sample articles and entries, then each event that is fused with another, or split."""
    with new_chronicle() as chronicle:
        for folder in ("days", "articles"):
            chronicle.add(read(str(SAMPLES / folder), chronicle.settings.ingest, OBSERVED))
        chronicle.understand()
        labels, groups = _labelled(chronicle)
    cubed = b_cubed(labels, groups)
    figures = {"precision": round(cubed.precision, 4), "recall": round(cubed.recall, 4), "f1": round(cubed.f1, 4)}
    yield {"records": len(labels), "labelled events": len(set(labels.values())), **figures}
    found, wanted = defaultdict(set), defaultdict(set)
    for record, label in labels.items():
        found[groups[record]].add(label)
        wanted[label].add(groups[record])
    yield from ({"fused": sorted(fused)} for fused in found.values() if len(fused) > 1)
    yield from ({"split": label, "into": len(parts)} for label, parts in wanted.items() if len(parts) > 1)


def _labelled(chronicle: Chronicle) -> tuple[dict[str, str], dict[str, str]]:
    """The gold's event of each labelled record, and the one that it is in."""
    membership = Membership(chronicle.store.facts)
    reports = list(chronicle.store.views.scan_reports())
    by_address: dict[str, Report] = {url_key(report.url): report for report in reports}
    by_title = {report.title: report for report in reports}
    labels, groups = {}, {}
    for row in _rows("articles"):
        report = by_address.get(url_key(row["url"])) or by_title.get(row["title"])
        if row["version"] == 1 and report is not None:
            labels[row["article"]] = row["event"] or row["article"]
            groups[row["article"]] = membership.report_home(report.id) or row["article"]
    entries = {fact.text: fact.id for _, fact in chronicle.store.facts.scan(Entry) if isinstance(fact, Entry)}
    for row in _rows("events"):
        home = membership.home_of(entries[row["entry"]]) if row["entry"] in entries else None
        if home is not None:
            labels[row["entry"]], groups[row["entry"]] = row["event"], home
    return labels, groups


def _rows(name: str) -> Iterator[dict[str, Any]]:
    for line in (SAMPLES / "gold" / f"{name}.jsonl").read_text(encoding="utf-8").splitlines():
        yield json.loads(line)
