"""How well copies of one wire text are found, and how seldom others are taken for copies.

Edits are made by rule from a stream of reports, as editors make them: cut from the end, another headline, a local
paragraph, another spelling, metric units, a credit in front. What is measured is the share of edited reports that are
found among the whole stream and judged copies of their original. And the stream itself goes through, in order: its
judgements are counted, and a sample of them is written for the eye.
"""

import gzip
import json
import random
import re
import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import datetime
from itertools import combinations
from pathlib import Path
from typing import Any

from msgspec.structs import replace

from diurna.group.copies import CopySettings, Signature, judge_copy, signature
from diurna.model import Article, Dating, Judgement, Paragraph

__all__ = ["EDITS", "Index", "measure_copies", "read_gold", "read_stream", "score_copies"]

CANDIDATES = 10
"""Candidates that share most bands, which are compared exactly."""


class Index:
    """Which articles have which bands: in memory here, in the store of a chronicle."""

    def __init__(self) -> None:
        self._articles: dict[int, list[Article]] = {}

    def add(self, article: Article, found_by: Signature) -> None:
        """Keep an article that is no copy."""
        for band in found_by.bands:
            self._articles.setdefault(band, []).append(article)

    def candidates(self, found_by: Signature) -> list[Article]:
        """Articles that share bands, those with the most first, then those that came first."""
        shared: Counter[str] = Counter()
        articles: dict[str, Article] = {}
        for band in found_by.bands:
            for article in self._articles.get(band, ()):
                shared[article.id] += 1
                articles.setdefault(article.id, article)
        ranked = sorted(articles, key=lambda identifier: (-shared[identifier], identifier))
        return [articles[identifier] for identifier in ranked[:CANDIDATES]]


def measure_copies(stream: Path, sample: Path | None = None, edited: int = 300) -> Iterator[dict[str, Any]]:
    """Run a stream through, then `edited` reports of it in each edit; write 100 judged pairs to `sample`."""
    settings = CopySettings()
    articles = list(read_stream(stream))
    begin = time.perf_counter()
    signatures = [signature(article) for article in articles]
    signing = time.perf_counter() - begin
    index, judgements, compared = Index(), list[Judgement](), 0
    begin = time.perf_counter()
    for article, found_by in zip(articles, signatures, strict=True):
        candidates = index.candidates(found_by)
        compared += len(candidates)
        judgement = judge_copy(article, candidates, settings)
        if judgement is None:
            index.add(article, found_by)
        else:
            judgements.append(judgement)
    judging = time.perf_counter() - begin
    copies = {judgement.subject for judgement in judgements}
    yield {
        "measure": "copies in a stream",
        "articles": len(articles),
        "copies": len(judgements),
        "same words": sum(judgement.score == 1 for judgement in judgements),
        "candidates an article": round(compared / len(articles), 2),
        "ms an article, signature": round(signing / len(articles) * 1000, 3),
        "ms an article, candidates and judgement": round(judging / len(articles) * 1000, 3),
    }
    if sample is not None:
        _write_sample(judgements, articles, sample)
    founders = [article for article in articles if f"article:{article.id}" not in copies]
    yield from _measure_edits(founders, index, edited)


def score_copies(
    gold: Iterable[tuple[str, str]],
    predicted: Iterable[tuple[str, str]],
    ignored: Iterable[frozenset[str]] = (),
) -> dict[str, Any]:
    """Precision and recall over pairs of articles that are one text.

    Pairs are closed first: two copies of one text are copies of each other, whichever of them is named as the origin.
    `ignored` pairs count neither for nor against: versions of one address, and texts that took each other's place.
    """
    left_out = set(ignored)
    expected, found = _closed(gold) - left_out, _closed(predicted) - left_out
    right = len(expected & found)
    precision = right / len(found) if found else float(not expected)
    recall = right / len(expected) if expected else 1.0
    return {
        "measure": "copies",
        "pairs": len(expected),
        "found": len(found),
        "precision": round(precision, 4),
        "recall": round(recall, 4),
        "missed": sorted("  ".join(sorted(pair)) for pair in expected - found),
        "wrong": sorted("  ".join(sorted(pair)) for pair in found - expected),
    }


def read_gold(folder: Path) -> tuple[list[tuple[str, str]], set[frozenset[str]]]:
    """Pairs of pages that carry one text, and pairs that count neither way, of a folder as `samples/gold`."""
    pages = [json.loads(line) for line in (folder / "articles.jsonl").read_text(encoding="utf-8").splitlines()]
    rows = [json.loads(line) for line in (folder / "copies.jsonl").read_text(encoding="utf-8").splitlines()]
    sets: dict[str, list[str]] = {}
    for row in rows:
        sets.setdefault(row["set"], []).append(row["article"])
    pairs = [(members[0], member) for members in sets.values() for member in members[1:]]
    addresses: dict[str, list[str]] = {}
    for page in pages:
        addresses.setdefault(page["url"], []).append(page["article"])
    ignored = {frozenset(pair) for versions in addresses.values() for pair in combinations(versions, 2)}
    for row in rows:
        if row["earlier_set"]:
            ignored |= {frozenset((row["article"], earlier)) for earlier in sets.get(row["earlier_set"], ())}
    return pairs, ignored


def read_stream(path: Path) -> Iterator[Article]:
    """Articles of a stream of reports, whose paragraphs begin with spaces."""
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        for line in lines:
            row = json.loads(line)
            blocks = (" ".join(block.split()) for block in re.split(r"\n {2,}(?=\S)", row["text"]))
            dating = None
            if row["published"]:
                dating = Dating(datetime.fromisoformat(row["published"]), "second", "bench", row["published"], 1.0)
            yield Article(
                id=row["id"],
                capture=row["id"],
                component="bench",
                title=row["title"],
                publisher=row["publisher"],
                paragraphs=tuple(Paragraph(block) for block in blocks if block),
                published=dating,
            )


def _measure_edits(founders: Sequence[Article], index: Index, edited: int) -> Iterator[dict[str, Any]]:
    """Share of edited reports found and judged copies of their original, by edit."""
    settings = CopySettings()
    source = random.Random(20170522)
    strange = [block.text for article in founders for block in article.paragraphs if 15 < len(block.text.split()) < 50]
    whole = [article for article in founders if len(article.text.split()) >= 120 and len(article.paragraphs) > 3]
    chosen = source.sample(whole, min(edited, len(whole)))
    for name, edit in EDITS.items():
        found = judged = 0
        for article in chosen:
            blocks = edit([block.text for block in article.paragraphs], source, strange)
            copy = replace(
                article, id="copy", publisher="another outlet", paragraphs=tuple(Paragraph(block) for block in blocks)
            )
            candidates = index.candidates(signature(copy))
            judgement = judge_copy(copy, candidates, settings)
            found += article in candidates
            judged += judgement is not None and judgement.object == f"article:{article.id}"
        yield {
            "measure": f"copies with edits: {name}",
            "articles": len(chosen),
            "found": round(found / len(chosen), 4),
            "judged": round(judged / len(chosen), 4),
        }


def _write_sample(judgements: Sequence[Judgement], articles: Sequence[Article], sample: Path) -> None:
    """Write 100 pairs side by side, for a person to look at."""
    by_ref = {f"article:{article.id}": article for article in articles}
    with sample.open("w", encoding="utf-8") as out:
        for judgement in random.Random(1987).sample(judgements, min(100, len(judgements))):
            reasons = "; ".join(f"{reason.kind}: {reason.name}" for reason in judgement.reasons)
            out.write(f"\n=== {judgement.score} · {reasons}\n")
            for article in (by_ref[judgement.object], by_ref[judgement.subject]):
                out.write(f"\n--- {article.id} {article.title}\n{article.text}\n")


def _closed(pairs: Iterable[tuple[str, str]]) -> set[frozenset[str]]:
    group: dict[str, set[str]] = {}
    for one, other in pairs:
        joined = group.get(one, {one}) | group.get(other, {other})
        for member in joined:
            group[member] = joined
    return {frozenset((one, other)) for one, members in group.items() for other in members if one != other}


Edit = Callable[[list[str], random.Random, Sequence[str]], list[str]]

_SPELLINGS = {
    "labor": "labour", "program": "programme", "center": "centre", "favor": "favour", "color": "colour",
    "defense": "defence", "percent": "per cent", "pct": "per cent", "organization": "organisation", "mln": "million",
    "stabilize": "stabilise", "industrialized": "industrialised", "dlrs": "dollars", "dlr": "dollar", "cts": "cents",
    "said": "told reporters", "agency": "body", "canceled": "cancelled", "traveled": "travelled", "stg": "sterling",
}  # fmt: skip
_METRIC = {
    "miles": (1.609, "kilometres"), "feet": (0.3048, "metres"), "acres": (0.4047, "hectares"), "lbs": (0.4536, "kg"),
    "pounds": (0.4536, "kg"), "gallons": (3.785, "litres"), "inches": (2.54, "cm"),
}  # fmt: skip


def _cut(share: float) -> Edit:
    """Keep so much of a report, from the beginning; not less than 50 words."""

    def edit(blocks: list[str], source: random.Random, strange: Sequence[str]) -> list[str]:
        kept = max(1, round(len(blocks) * share))
        while len(" ".join(blocks[:kept]).split()) < 50:
            kept += 1
        return blocks[:kept]

    return edit


def _respelled(blocks: list[str], source: random.Random, strange: Sequence[str]) -> list[str]:
    pattern = re.compile(rf"\b({'|'.join(_SPELLINGS)})\b")
    return [pattern.sub(lambda word: _SPELLINGS[word.group()], block) for block in blocks]


def _metric(blocks: list[str], source: random.Random, strange: Sequence[str]) -> list[str]:
    """Put measures into a report that seldom has any, and then into metric units."""
    pattern = re.compile(rf"([0-9][0-9,.]*[0-9]|[0-9]) ({'|'.join(_METRIC)})\b")

    def converted(measure: re.Match[str]) -> str:
        factor, unit = _METRIC[measure[2]]
        return f"{round(float(measure[1].replace(',', '')) * factor, 1):g} {unit}"

    return [pattern.sub(converted, block) for block in blocks]


def _with_local(first: bool) -> Edit:
    def edit(blocks: list[str], source: random.Random, strange: Sequence[str]) -> list[str]:
        place = 0 if first else source.randrange(1, len(blocks) + 1)
        return [*blocks[:place], source.choice(strange), *blocks[place:]]

    return edit


def _credited(blocks: list[str], source: random.Random, strange: Sequence[str]) -> list[str]:
    return [f"PORTSMOUTH, Monday (Wire Agency) - {blocks[0]}", *blocks[1:], "Reporting by the foreign desk"]


def _clauses_cut(blocks: list[str], source: random.Random, strange: Sequence[str]) -> list[str]:
    """Cut what follows the last comma of every second paragraph but the first."""
    cut = [
        block.rpartition(",")[0] + "." if place % 2 and ", " in block else block for place, block in enumerate(blocks)
    ]
    return [block for block in cut if block.strip(".")]


def _all_of(*edits: Edit) -> Edit:
    def edit(blocks: list[str], source: random.Random, strange: Sequence[str]) -> list[str]:
        for step in edits:
            blocks = step(blocks, source, strange)
        return blocks

    return edit


EDITS: dict[str, Edit] = {
    "other spelling and words": _respelled,
    "metric units": _metric,
    "a credit in front": _credited,
    "cut to 60%": _cut(0.6),
    "cut to 30%": _cut(0.3),
    "clauses cut": _clauses_cut,
    "a local paragraph": _with_local(False),
    "a local paragraph on top": _with_local(True),
    "cut to 60%, respelled, metric, credit, a local paragraph": _all_of(
        _cut(0.6), _respelled, _metric, _credited, _with_local(False)
    ),
    "cut to 60%, respelled, a local paragraph on top": _all_of(_cut(0.6), _respelled, _with_local(True)),
}
