"""How fast articles are understood, against spaCy's full small pipeline in the same run, by time of the processor.

The parts take turns on the same articles, a few at a time, so that what else the machine does falls on all of them.
"""

import gzip
import json
import multiprocessing
import resource
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import spacy

from bench.chronicles import read_rows
from bench.score import DEFAULT_SETS
from diurna.enrich.annotate import Annotator
from diurna.enrich.language.model import load
from diurna.enrich.settings import DEFAULT_MODEL, EnrichSettings
from diurna.enrich.task import Task
from diurna.model import Article, Dating, Paragraph

WORDS = 600
_SAMPLES = Path(__file__).parent.parent / "samples" / "gold" / "articles.jsonl"
_FULL = "full spaCy small"
_WHOLE = "the whole of enrichment"
_PUBLISHED = Dating(datetime(2017, 5, 22, 12, tzinfo=UTC), "second", "meta", "2017-05-22T12:00:00Z", 1.0)


def measure_enrichment(sets: Path = DEFAULT_SETS, count: int = 40, turn: int = 8) -> Iterator[dict[str, Any]]:
    """Rows of figures: articles of 600 words a second of processor time for each part, and times as fast as full spaCy.

    Last the peak memory of a process that does all.
    """
    texts = list(made_articles(sets, count + turn))
    warm, texts = texts[:turn], texts[turn:]
    parts = _parts()
    for part in parts.values():
        part(warm)
    seconds: dict[str, list[float]] = {name: [] for name in parts}
    for first in range(0, len(texts), turn):
        some = texts[first : first + turn]
        for name, part in parts.items():
            begun = time.process_time()
            part(some)
            seconds[name].append(time.process_time() - begun)
    for name, taken in seconds.items():
        ratios = [full / own for full, own in zip(seconds[_FULL], taken, strict=True)]
        yield {
            "measure": name,
            "articles": len(texts),
            "articles a second": round(len(texts) / sum(taken), 2),
            "value": round(sum(seconds[_FULL]) / sum(taken), 2),
            "least and most in a turn": [round(min(ratios), 2), round(max(ratios), 2)],
        }
    with ProcessPoolExecutor(1, mp_context=multiprocessing.get_context("spawn")) as pool:
        peak = pool.submit(_peak_memory, texts).result()
    yield {"measure": "peak memory of a process in MB, " + _WHOLE, "articles": len(texts), "value": peak}


def made_articles(sets: Path, count: int) -> Iterator[str]:
    """Articles of about 600 words: paragraphs of news in a row, cut where they are that long, over and over."""
    paragraphs = [paragraph for paragraph in _paragraphs(sets) if len(paragraph.split()) > 5]
    article: list[str] = []
    words = made = 0
    while made < count:
        for paragraph in paragraphs:
            article.append(paragraph)
            words += len(paragraph.split())
            if words >= WORDS:
                yield "\n\n".join(article)
                article, words, made = [], 0, made + 1
                if made == count:
                    return


def _paragraphs(sets: Path) -> Iterator[str]:
    world = sets / "entities" / "worldwide" / "docs.jsonl.gz"
    wire = sets / "stream" / "reuters" / "articles.jsonl.gz"
    if world.exists():
        for row in read_rows(world):
            yield from row["text"].split("\n\n")
    elif wire.exists():
        with gzip.open(wire, "rt", encoding="utf-8") as file:
            for _, line in zip(range(5000), file, strict=False):
                yield " ".join(json.loads(line)["text"].split())
    else:
        for row in read_rows(_SAMPLES):
            yield from row["text"]


def _parts() -> dict[str, Callable[[Sequence[str]], None]]:
    full = spacy.load(DEFAULT_MODEL)
    names = load()
    parsing = load()
    parsing.add_pipe("diurna_parser")
    parsing.disable_pipe("diurna_entities")
    annotator = Annotator(EnrichSettings())
    return {
        _FULL: lambda texts: _read(full, texts),
        "the model's names alone": lambda texts: _read(names, texts),
        "sentences and trees of those with statements": lambda texts: _read(parsing, texts),
        _WHOLE: lambda texts: _annotate(annotator, texts),
    }


def _read(nlp: Any, texts: Sequence[str]) -> None:
    for _ in nlp.pipe(texts):
        pass


def _annotate(annotator: Annotator, texts: Sequence[str]) -> None:
    for number, text in enumerate(texts):
        paragraphs = tuple(Paragraph(part) for part in text.split("\n\n"))
        article = Article(
            id=f"article:{number}",
            capture="",
            component="bench",
            paragraphs=paragraphs,
            published=_PUBLISHED,
            language="en",
        )
        annotator.annotate(Task(article=article, outlet="Made up"))


def _peak_memory(texts: Sequence[str]) -> int:
    _annotate(Annotator(EnrichSettings()), texts)
    return round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024)
