"""What the extractors make of one arrival: pure, so that it may be done in any process, in any order."""

from collections.abc import Iterator

from msgspec import Struct
from msgspec.structs import replace

from diurna.components import Settings
from diurna.extract.address_list import read_addresses
from diurna.extract.article_lines import read_article_line
from diurna.extract.feed import read_feed
from diurna.extract.found import Found
from diurna.extract.outline import OutlineSource, read_outline
from diurna.extract.page import read_page
from diurna.extract.sitemap import read_sitemap
from diurna.group.shingles import Signature, signature
from diurna.ingest import Arrival
from diurna.model import Article, Problem
from diurna.store.archive import pack

__all__ = ["ARTICLE_FORMS", "LISTS", "Extracted", "Prepared", "extract", "prepare"]


class Extracted(Struct, frozen=True, kw_only=True):
    """Articles with the signatures of their texts (same length), pages, sitemaps and sources found, and problems.

    `refresh` is how many seconds a feed says that it stays as it is.
    """

    articles: tuple[Article, ...] = ()
    signatures: tuple[Signature, ...] = ()
    found: tuple[Found, ...] = ()
    sitemaps: tuple[Found, ...] = ()
    sources: tuple[OutlineSource, ...] = ()
    refresh: float | None = None
    problems: tuple[Problem, ...] = ()


class Prepared(Struct, frozen=True, kw_only=True):
    """What another process made of an arrival: what was extracted, and the archive's record."""

    extracted: Extracted
    packed: bytes


def prepare(arrival: Arrival, settings: Settings) -> Prepared:
    """Do with an arrival all that needs no store."""
    return Prepared(extracted=extract(arrival, settings), packed=pack(arrival.capture, arrival.content))


def extract(arrival: Arrival, settings: Settings) -> Extracted:
    """Read an arrival of one of `ARTICLE_FORMS`; the same bytes and settings always give the same."""
    extracted = _READERS[arrival.form](arrival, settings)
    capture = arrival.capture
    # A file that a browser saved tells the address that it came from.
    url = capture.asked if capture.asked.startswith(("http://", "https://")) else capture.answered
    articles = tuple(article if article.url else replace(article, url=url) for article in extracted.articles)
    return replace(extracted, articles=articles, signatures=tuple(map(signature, articles)))


def _page(arrival: Arrival, settings: Settings) -> Extracted:
    reading = read_page(arrival.content, arrival.capture, settings.extract)
    articles = () if reading.article is None else (reading.article,)
    return Extracted(articles=articles, problems=reading.problems)


def _feed(arrival: Arrival, settings: Settings) -> Extracted:
    reading = read_feed(arrival.content, arrival.capture, settings.feeds)
    refresh = reading.interval.total_seconds() if reading.interval is not None else None
    articles = tuple(
        article if article.publisher or not reading.title else replace(article, publisher=reading.title)
        for article in reading.articles
    )
    return Extracted(articles=articles, found=reading.found, refresh=refresh, problems=reading.problems)


def _sitemap(arrival: Arrival, settings: Settings) -> Extracted:
    reading = read_sitemap(arrival.content, arrival.capture, settings.listings)
    return Extracted(found=reading.pages, sitemaps=reading.sitemaps, problems=reading.problems)


def _addresses(arrival: Arrival, settings: Settings) -> Extracted:
    reading = read_addresses(arrival.content, arrival.capture, settings.listings)
    return Extracted(found=reading.pages, problems=reading.problems)


def _outline(arrival: Arrival, settings: Settings) -> Extracted:
    reading = read_outline(arrival.content, arrival.capture, settings.listings)
    return Extracted(sources=reading.sources, problems=reading.problems)


def _articles(arrival: Arrival, settings: Settings) -> Extracted:
    articles: list[Article] = []
    problems: list[Problem] = []
    for number, line in _lines(arrival):
        reading = read_article_line(line, f"{arrival.where}:{number}", arrival.capture)
        articles += reading.articles
        problems += reading.problems
    return Extracted(articles=tuple(articles), problems=tuple(problems))


def _lines(arrival: Arrival) -> Iterator[tuple[int, bytes]]:
    for number, line in enumerate(arrival.content.splitlines(), arrival.first_line):
        if line.strip():
            yield number, line


_READERS = {
    "page": _page,
    "feed": _feed,
    "sitemap": _sitemap,
    "addresses": _addresses,
    "opml": _outline,
    "articles": _articles,
}
ARTICLE_FORMS = frozenset(_READERS)
"""Forms of arrivals that articles come from, or that lead to them."""

LISTS = frozenset(("sitemap", "addresses"))
"""Forms that hold nothing but addresses of pages."""
