"""Input that holds an erased article: what is left of it without that article."""

from collections.abc import Collection

from msgspec.structs import replace

from diurna.components import Settings
from diurna.extract.redaction import without_article
from diurna.ingest import Arrival
from diurna.ingest.arrivals import Way, capture_of
from diurna.model import Article
from diurna.pipeline.extraction import Prepared, prepare
from diurna.pipeline.reports import urls_of

__all__ = ["redacted", "without"]


def redacted(arrival: Arrival, articles: Collection[Article]) -> Arrival | None:
    """The arrival without some of its articles, as another capture; None where they cannot be told apart in it."""
    addresses = {url for article in articles for url in urls_of(article) if url}
    left = without_article(arrival.content, arrival.form, addresses, {article.title for article in articles})
    if left is None:
        return None
    before = arrival.capture
    way = Way(
        asked=before.asked,
        answered=before.answered,
        media_type=before.media_type,
        via=before.via,
        observed=before.observed,
        available=before.available,
    )
    return replace(arrival, capture=replace(capture_of(left, way), redirects=before.redirects), content=left)


def without(
    refused: Collection[str], arrival: Arrival, prepared: Prepared, settings: Settings
) -> tuple[Arrival, Prepared] | None:
    """Input and what was made of it without the articles of these ids; None where nothing of it may be kept."""
    if not refused:
        return arrival, prepared
    articles = [article for article in prepared.extracted.articles if article.id in refused]
    left = redacted(arrival, articles) if len(articles) < len(prepared.extracted.articles) else None
    return (left, prepare(left, settings)) if left is not None else None
