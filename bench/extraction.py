"""Articles out of the sets' pages: what the extractor takes, and how fast beside plain trafilatura."""

import logging
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from itertools import islice
from pathlib import Path
from typing import Any, Literal

from fastwarc.warc import ArchiveIterator, WarcRecordType

from diurna.extract.page import read_page
from diurna.extract.settings import ExtractSettings
from diurna.model import Article, Capture, content_digest

SEEN = datetime(2026, 1, 1, tzinfo=UTC)  # the sets do not say when their pages were fetched; all are older


def predict_extraction(folder: Path) -> Iterator[dict[str, Any]]:
    """Text, title, authors and day of each page. The text is what a reader is told: key points, then running text."""
    for name, capture, content in read_pages(folder):
        article = read_page(content, capture).article
        yield {"id": name, **(_row(article) if article is not None else {"text": ""})}


def predict_pubdate(folder: Path) -> Iterator[dict[str, Any]]:
    """Day of publication of each page."""
    for name, capture, content in read_pages(folder):
        article = read_page(content, capture).article
        yield {"id": name, "date": _day(article) if article is not None else None}


def _row(article: Article) -> dict[str, Any]:
    return {
        "text": "\n\n".join([*article.key_points, article.text]),
        "title": article.title,
        "author": [author.name for author in article.byline],
        "date": _day(article),
    }


def _day(article: Article) -> str | None:
    if article.published is None:
        return None
    return (article.published.day or article.published.time.date()).isoformat()


def read_pages(folder: Path) -> Iterator[tuple[str, Capture, bytes]]:
    """Pages of a set: id, capture and bytes."""
    with (folder / "pages.warc.gz").open("rb") as stream:
        for record in ArchiveIterator(stream, record_types=WarcRecordType.response):
            name = record.headers.get("X-Page-Id") or ""
            url = record.headers.get("WARC-Target-URI") or ""
            content = record.reader.read()
            capture = Capture(
                id=name,
                asked=url,
                answered=url,
                media_type="text/html",
                digest=content_digest(content),
                size=len(content),
                via="warc",
                observed=SEEN,
            )
            yield name, capture, content


def measure_extraction(folder: Path, limit: int = 0) -> dict[str, float]:
    """Pages per CPU second of one set in both settings and of plain trafilatura in its fast mode, in one run.

    The bulk setting and trafilatura take turns, three each, and the best turn of each counts, since other programs
    slow one or the other down.
    """
    from trafilatura import extract

    logging.getLogger("trafilatura").setLevel(logging.CRITICAL)
    pages = list(islice(read_pages(folder), limit or None))

    def read(thoroughness: Literal["quality", "bulk"]) -> None:
        settings = ExtractSettings(thoroughness=thoroughness)
        for _, capture, content in pages:
            read_page(content, capture, settings)

    def plain() -> None:
        for _, _, content in pages:
            extract(content, fast=True)

    turns = [(_seconds(plain), _seconds(lambda: read("bulk"))) for _ in range(3)]
    fast, bulk = (len(pages) / min(column) for column in zip(*turns, strict=True))
    return {
        "pages": len(pages),
        "trafilatura fast, pages per CPU second": round(fast, 1),
        "bulk, pages per CPU second": round(bulk, 1),
        "quality, pages per CPU second": round(len(pages) / _seconds(lambda: read("quality")), 1),
        "bulk against trafilatura fast": round(bulk / fast, 2),
    }


def _seconds(work: Callable[[], None]) -> float:
    started = time.process_time()
    work()
    return time.process_time() - started
