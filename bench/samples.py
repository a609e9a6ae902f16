"""How well the project's own sample pages are read: titles, dates, texts, what must not be in them, key points."""

import itertools
import json
import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import unquote

from bench.chronicles import new_chronicle
from bench.copies import read_gold, score_copies
from diurna.ingest import read
from diurna.model import Article, Capture, Dating, Report
from diurna.runners import Chronicle

SAMPLES = Path(__file__).parent.parent / "samples"


def measure_samples() -> Iterator[dict[str, Any]]:
    """One row an outlet: how many pages, titles, days, key points and unwanted snippets, and the words in common; last
    the copies.
    """
    with new_chronicle() as chronicle:
        chronicle.add(read(str(SAMPLES / "articles"), chronicle.settings.ingest, chronicle.clock()))
        pages = dict(_read_pages(chronicle))
        yield from _measure_outlets({page: article for page, (article, _, _) in pages.items()})
        gold, ignored = read_gold(SAMPLES / "gold")
        shown = [page for page, (article, report, _) in pages.items() if article.id == report.current]
        pairs = [
            (one, other)
            for one, other in itertools.combinations(sorted(pages), 2)
            if pages[one][2] == pages[other][2] and pages[one][1].id != pages[other][1].id
        ]
        yield score_copies(gold, pairs, ignored) | {"pages shown": len(shown)}


def _read_pages(chronicle: Chronicle) -> Iterator[tuple[str, tuple[Article, Report, str]]]:
    """Articles of the sample pages, by path, each with its report and the family of copies it is in."""
    facts = chronicle.store.facts
    for report in chronicle.store.views.scan_reports():
        for version in report.versions:
            capture, article = facts.get(Capture, version.capture), facts.get(Article, version.article)
            if capture is not None and article is not None:
                path = "articles/" + unquote(capture.answered.removeprefix("file:"))
                yield path, (article, report, report.copy_of or report.id)


def _measure_outlets(articles: dict[str, Article]) -> Iterator[dict[str, Any]]:
    rows: dict[str, Counter[str]] = {}
    for line in (SAMPLES / "gold" / "articles.jsonl").read_text(encoding="utf-8").splitlines():
        gold = json.loads(line)
        row = rows.setdefault(gold["outlet"], Counter())
        row["pages"] += 1
        article = articles.get(gold["article"])
        if article is None:
            continue
        wanted, got = _words(" ".join(gold["text"])), _words(article.text)
        row["read"] += 1
        row["title"] += gold["title"].casefold() == article.title.casefold()
        row["day"] += _day(article.published) == (gold["published"] or "")[:10]
        row["key points"] += [*map(_plain, gold["key_points"])] == [*map(_plain, article.key_points)]
        row["unwanted"] += sum(_plain(snippet) in _plain(article.text) for snippet in gold["not_text"])
        row["wanted words"] += wanted.total()
        row["read words"] += got.total()
        row["common words"] += (wanted & got).total()
    for outlet, row in sorted(rows.items()):
        precision = row["common words"] / max(1, row["read words"])
        recall = row["common words"] / max(1, row["wanted words"])
        counts = {name: row[name] for name in ("pages", "read", "title", "day", "key points", "unwanted")}
        yield {"outlet": outlet, **counts, "precision": round(precision, 4), "recall": round(recall, 4)}


def _day(dating: Dating | None) -> str:
    return dating.time.date().isoformat() if dating else ""


def _plain(text: str) -> str:
    return " ".join(text.split()).casefold()


def _words(text: str) -> Counter[str]:
    return Counter(re.findall(r"\w+", text.casefold()))
