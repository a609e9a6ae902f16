"""Which of the pages that feeds, sitemaps and lists lead to are to be fetched."""

from datetime import datetime, timedelta

from diurna.extract.found import Found
from diurna.model import Article, Capture
from diurna.pipeline.extraction import Extracted
from diurna.store.interface import Store, Wanted
from diurna.text import url_key

__all__ = ["follow"]

_OLDEST = timedelta(days=7)
"""Of a feed or sitemap that was visited before, pages that were changed longer ago than this are not wanted."""


def follow(store: Store, extracted: Extracted, capture: Capture) -> list[Wanted]:
    """Note pages to be fetched that are not here whole, and sitemaps that changed since the last visit.

    Gives those that were not wanted already.
    """
    visited = store.schedule.feed(capture.asked) or store.schedule.feed(capture.answered)
    since = visited.succeeded if visited is not None else None
    oldest = since - _OLDEST if since is not None else None
    pages = [found for found in extracted.found if not found.whole and _is_newer(found, oldest)]
    wanted = [_wanted(found, capture, "page") for found in pages if not _is_here(store, found)]
    wanted += [_wanted(found, capture, "sitemap") for found in extracted.sitemaps if _is_newer(found, since)]
    return store.schedule.want(wanted)


def _is_newer(found: Found, since: datetime | None) -> bool:
    dating = found.modified or found.published
    return since is None or dating is None or dating.time >= since


def _is_here(store: Store, found: Found) -> bool:
    known = store.views.reading(url_key(found.url))
    article = store.facts.get(Article, known) if known else None
    return article is not None and article.whole


def _wanted(found: Found, capture: Capture, kind: str) -> Wanted:
    return Wanted(
        url=found.url,
        due=capture.observed,
        found_in=capture.answered,
        kind=kind,
        title=found.title,
        published=found.published,
    )
