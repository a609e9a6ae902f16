"""Events of the sets `grouping`, made by the stream of articles with its default settings.

All articles of a set come in the order of their ids, those with `published` too: it is nothing but an article's day. An
order that is no evidence favours no set, and the few that are dated are strewn among the others either way.

    python -m bench grouping [--json]

measures the sets, and each with half of its articles or events made singletons (`bench.grouping_sets`), all from one
pass of annotation.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, NamedTuple, get_args

from bench.chronicles import read_rows
from bench.grouping_sets import Half, Row, read_set, with_singletons
from diurna.enrich.settings import EnrichSettings
from diurna.enrich.task import Task
from diurna.group.membership import founded_by
from diurna.group.stream import Grouper, GroupSettings
from diurna.group.traits import Traits, traits_of_article
from diurna.model import Article, Dating, Paragraph
from diurna.runners.annotators import Annotators, Planned

__all__ = [
    "Cubed",
    "article_of",
    "b_cubed",
    "measure_grouping",
    "place_all",
    "predict_grouping",
    "traits_of",
    "traits_of_rows",
]

SEEDS = (0, 1, 2)


class Cubed(NamedTuple):
    """B-cubed figures: how pure the groups are that articles are in, and how whole."""

    precision: float
    recall: float
    f1: float


def predict_grouping(folder: Path) -> Iterator[dict[str, Any]]:
    """The event that each article of a set is in when the last one was placed."""
    rows = sorted(read_rows(next(folder.glob("articles.jsonl*"))), key=lambda row: str(row["id"]))
    events = place_all(traits_of_rows(rows))
    yield from ({"id": row["id"], "cluster": events[f"article:{row['id']}"]} for row in rows)


def place_all(stream: Iterable[Traits], settings: GroupSettings | None = None) -> dict[str, str]:
    """Event of each record (`article:…`, `entry:…`) when all were placed: late merges and splits have moved some."""
    grouper = Grouper(settings or GroupSettings())
    events: dict[str, str] = {}
    for traits in stream:
        own = founded_by(traits.record) if traits.is_entry else ""
        for move in grouper.place(traits, event=own):
            events[move.ref] = move.event
    return events


def traits_of_rows(rows: Sequence[Row]) -> list[Traits]:
    """Traits of a set's articles, in their order."""
    return list(traits_of([article_of(row) for row in rows]))


def traits_of(articles: Sequence[Article]) -> Iterator[Traits]:
    """Traits of articles, in their order; they are annotated over as many processes as there are cores."""
    annotators = Annotators(EnrichSettings(), 0)
    tasks = (Planned(Task(article=article, outlet=article.publisher, known={})) for article in articles)
    try:
        for article, annotated in zip(articles, annotators.read(tasks, len(articles)), strict=True):
            day = article.published.calendar_day if article.published is not None else None
            yield traits_of_article(article, annotated.annotation, day)
    finally:
        annotators.close()


def article_of(row: Row) -> Article:
    """A row of a set as an article; its url is no evidence, so it has none."""
    return Article(
        id=row["id"],
        capture="",
        component="bench",
        title=row["title"] or "",
        publisher=row["publisher"] or "",
        published=_published(row["published"]),
        language="en",
        paragraphs=tuple(Paragraph(line) for line in row["text"].split("\n") if line.strip()),
    )


def _published(written: str | None) -> Dating | None:
    if not written:
        return None
    value = datetime.fromisoformat(written).astimezone(UTC)
    return Dating(value, "second" if value.time().isoformat() != "00:00:00" else "day", "bench", written, 1.0)


def b_cubed(gold: Mapping[str, str], found: Mapping[str, str]) -> Cubed:
    """B-cubed of groups, as the scorer that lies with the sets has it (Bagga and Baldwin, 1998); all have a group."""
    if not gold:
        return Cubed(0.0, 0.0, 0.0)
    wanted, made = Counter(gold.values()), Counter(found[of] for of in gold)
    both = Counter((event, found[of]) for of, event in gold.items())
    precision = sum(count * count / made[group] for (_, group), count in both.items()) / len(gold)
    recall = sum(count * count / wanted[event] for (event, _), count in both.items()) / len(gold)
    return Cubed(precision, recall, 2 * precision * recall / (precision + recall))


def measure_grouping(folders: Iterable[Path], seeds: Sequence[int] = SEEDS) -> Iterator[dict[str, Any]]:
    """B-cubed figures of each set as it is, then with half of its articles, and of its events, made singletons."""
    for folder in folders:
        rows, gold = read_set(folder)
        traits = dict(zip((row["id"] for row in rows), traits_of_rows(rows), strict=True))
        yield _measure(folder.name, "", rows, gold, traits)
        for half in get_args(Half):
            for seed in seeds:
                some, some_gold = with_singletons(rows, gold, seed, half)
                yield _measure(folder.name, f"half of the {half} alone, seed {seed}", some, some_gold, traits)


def _measure(
    name: str, variant: str, rows: Sequence[Row], gold: Mapping[str, str], traits: Mapping[str, Traits]
) -> dict[str, Any]:
    events = place_all(traits[row["id"]] for row in rows)
    found = {row["id"]: events[f"article:{row['id']}"] for row in rows}
    figures = {name: round(value, 4) for name, value in b_cubed(gold, found)._asdict().items()}
    counts = {"articles": len(rows), "events": len(set(gold.values())), "groups": len(set(found.values()))}
    return {"set": name, "variant": variant or "as it is", **counts, **figures}
