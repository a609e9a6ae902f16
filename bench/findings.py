"""How well claims are aligned and judged, on the labelled set in `bench/reconcile/` (its rules: `RULES.md` there).

Gold statements are met by claims of the same article whose measured words overlap theirs. Alignment is scored over
pairs of statements: in one finding by the labels, and in one by the project. A finding has the state and the count of
origins of the found finding that has most of its statements. A false contradiction is a finding that the labels do not
call contradicted, and whose values all agree by the labels, found to be contradicted.
"""

import json
import time
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, datetime
from itertools import combinations
from pathlib import Path
from typing import Any, NamedTuple

from diurna.enrich.annotate import Annotator
from diurna.enrich.settings import EnrichSettings
from diurna.enrich.task import Task
from diurna.group.claim_places import Scene, place_claims
from diurna.model import Article, Dating, Finding, Paragraph, Span, When
from diurna.reconcile.findings import Testimony, findings_of

__all__ = ["HALVES", "measure_findings", "time_findings"]

HALVES = ("first", "second")
SET = Path(__file__).parent / "reconcile"
AGREEING = frozenset(("agreed", "refined", "claimed by one party"))
Row = dict[str, Any]


class _Half(NamedTuple):
    events: list[Row]
    articles: dict[str, list[Row]]
    statements: dict[str, list[Row]]
    findings: dict[str, Row]


def measure_findings(halves: Sequence[str] = HALVES) -> Iterator[Row]:
    """Figures of each half of the set, beside a baseline: one finding for each attribute's name, agreed where several
    outlets have it.
    """
    annotator = Annotator(EnrichSettings())
    for name in halves:
        half = _read(SET / name)
        found = {event["event"]: _findings(annotator, event, half.articles[event["event"]]) for event in half.events}
        yield {"half": name, "method": "findings", **_score(half, found)}
        yield {"half": name, "method": "baseline", **_score(half, found, baseline=True)}


def time_findings(count: int = 300, runs: int = 3) -> Row:
    """Processor seconds in which the findings of one event of so many different reports are made, at best: the set's
    own reports, taken for one event. What was understood of them is not counted.
    """
    annotator = Annotator(EnrichSettings())
    halves = [_read(SET / name) for name in HALVES]
    rows = [row for half in halves for reports in half.articles.values() for row in reports]
    members = []
    for number in range(count):
        row = rows[number % len(rows)]
        article = _article({**row, "article": f"{row['article']}-{number}"})
        annotation = annotator.annotate(Task(article=article, outlet=row["outlet"], known={})).annotation
        members.append(Testimony(article.id, article, annotation, f"{row['outlet']} {number}"))
    found = findings_of("event", members)
    seconds = []
    for _ in range(runs):
        began = time.process_time()
        findings_of("event", members)
        seconds.append(time.process_time() - began)
    statements = sum(len(one.statements) for one in found)
    return {"reports": count, "statements": statements, "findings": len(found), "seconds": round(min(seconds), 2)}


def _read(folder: Path) -> _Half:
    def rows(name: str) -> list[Row]:
        return [json.loads(line) for line in (folder / f"{name}.jsonl").read_text(encoding="utf-8").splitlines()]

    articles: dict[str, list[Row]] = defaultdict(list)
    statements: dict[str, list[Row]] = defaultdict(list)
    for row in rows("articles"):
        articles[row["event"]].append(row)
    for row in rows("statements"):
        statements[row["event"]].append(row)
    return _Half(rows("events"), articles, statements, {row["finding"]: row for row in rows("findings")})


class _Found(NamedTuple):
    """A finding as it is scored: its statements by article and place, its state, how many origins it has."""

    places: list[tuple[str, int, int]]
    attribute: str
    state: str
    origins: int


def _findings(annotator: Annotator, event: Row, rows: Sequence[Row]) -> list[_Found]:
    day = datetime.fromisoformat(event["day"]).date()
    scene = Scene(event["event"], When(day, day, "day", "list", listed=day))
    members: list[Testimony] = []
    spans: dict[str, Span] = {}
    for row in rows:
        article = _article(row)
        annotation = annotator.annotate(Task(article=article, outlet=row["outlet"], known={})).annotation
        placed = place_claims(article, annotation, [scene])
        elsewhere = frozenset(claim for claim, place in placed.items() if place.event != event["event"])
        source = _source(row, rows)
        members.append(
            Testimony(
                row["article"],
                article,
                annotation,
                row["outlet"],
                source,
                _first(row, rows),
                elsewhere,
                genre=row.get("kind", "report"),
            )
        )
        for claim in annotation.claims:
            if claim.measured is not None or claim.content:
                spans[claim.id] = claim.measured or max(claim.content, key=lambda span: span.end - span.start)

    def found(one: Finding) -> _Found:
        places = [(said.report, spans[said.claim].start, spans[said.claim].end) for said in one.statements]
        return _Found(places, one.attribute, one.state, len(one.origins))

    return [found(one) for one in findings_of(event["event"], members)]


def _article(row: Row) -> Article:
    published = datetime.fromisoformat(row["published"])
    return Article(
        id=row["article"],
        capture="",
        component="bench",
        title=row["title"],
        publisher=row["outlet"],
        published=Dating(published.astimezone(UTC), "minute", "bench", row["published"], 1.0, published.date()),
        language="en",
        paragraphs=tuple(Paragraph(part) for part in row["text"].split("\n\n") if part.strip()),
    )


def _source(row: Row, rows: Sequence[Row]) -> str:
    """Whose text an article has, as a chronicle would find out: its agency, or the outlet that it is a copy of."""
    if row.get("agency"):
        return str(row["agency"])
    return next((str(other["outlet"]) for other in rows if other["article"] == row.get("copy_of")), "")


def _first(row: Row, rows: Sequence[Row]) -> datetime | None:
    """When the text of a copy was first published; None where it is no copy."""
    of = row.get("copy_of")
    time = next((other["published"] for other in rows if other["article"] == of), None)
    return min(datetime.fromisoformat(time), datetime.fromisoformat(row["published"])).astimezone(UTC) if time else None


def _score(half: _Half, found: Mapping[str, Sequence[_Found]], *, baseline: bool = False) -> Row:
    pairs = {"gold": 0, "met": 0, "found": 0, "both": 0}
    counts: Counter[str] = Counter()
    for event, statements in half.statements.items():
        texts = {row["article"]: row["text"] for row in half.articles[event]}
        homes = {row["statement"]: _home(row, texts, found[event], baseline=baseline) for row in statements}
        counts["statements"] += len(statements)
        counts["met"] += sum(home is not None for home in homes.values())
        labels = {row["statement"]: row["finding"] for row in statements}
        for one, other in combinations(labels, 2):
            gold = labels[one] is not None and labels[one] == labels[other]
            same = homes[one] is not None and homes[one] == homes[other]
            pairs["gold"] += gold
            pairs["met"] += gold and homes[one] is not None and homes[other] is not None
            pairs["found"] += same
            pairs["both"] += gold and same
        by_name = {str(key): one for key, one in _named(found[event], baseline=baseline)}
        for finding in {label for label in labels.values() if label is not None}:
            row = half.findings[finding]
            votes = Counter(homes[name] for name in labels if labels[name] == finding and homes[name] is not None)
            best = by_name.get(str(votes.most_common(1)[0][0])) if votes else None
            counts["findings"] += 1
            counts["states"] += best is not None and best.state == row["state"]
            counts["origins"] += best is not None and best.origins == row["origins"]
            false = best is not None and best.state == "contradicted" and row["state"] in AGREEING
            counts["false contradictions"] += false
    precision = pairs["both"] / pairs["found"] if pairs["found"] else 0.0
    recall = pairs["both"] / pairs["gold"] if pairs["gold"] else 0.0
    return {
        "events": len(half.events),
        "statements": counts["statements"],
        "statements met": round(counts["met"] / max(1, counts["statements"]), 4),
        "findings": counts["findings"],
        "alignment precision": round(precision, 4),
        "alignment recall": round(recall, 4),
        "alignment recall of those met": round(pairs["both"] / max(1, pairs["met"]), 4),
        "alignment f1": round(2 * precision * recall / (precision + recall), 4) if precision + recall else 0.0,
        "state accuracy": round(counts["states"] / max(1, counts["findings"]), 4),
        "origins exact": round(counts["origins"] / max(1, counts["findings"]), 4),
        "false contradictions": counts["false contradictions"],
    }


def _home(row: Row, texts: Mapping[str, str], found: Sequence[_Found], *, baseline: bool) -> str | None:
    """The finding that has a claim on the words of a gold statement."""
    text = texts[row["article"]]
    start = text.find(row["sentence"])
    start = text.find(row["fragment"], max(start, 0))
    end = start + len(row["fragment"])
    for key, one in _named(found, baseline=False):
        if any(article == row["article"] and first < end and start < last for article, first, last in one.places):
            return one.attribute if baseline else key
    return None


def _named(found: Sequence[_Found], *, baseline: bool) -> Iterator[tuple[str, _Found]]:
    """Findings with what they go by: their number, or for the baseline the name of their attribute."""
    if not baseline:
        yield from ((str(number), one) for number, one in enumerate(found))
        return
    places: dict[str, list[tuple[str, int, int]]] = defaultdict(list)
    for one in found:
        places[one.attribute] += one.places
    for name, held in places.items():
        outlets = len({article for article, _, _ in held})
        yield name, _Found(held, name, "agreed" if outlets > 1 else "claimed by one party", outlets)
