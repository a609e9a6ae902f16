"""Erasing an article: its words leave the store, the archive and every index; a tombstone stays."""

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from msgspec import Struct

from diurna.ingest.again import arrival_of
from diurna.model import Annotation, Article, Capture, Judgement, Problem
from diurna.pipeline.redacting import redacted
from diurna.pipeline.reports import address_of, report_id, urls_of

if TYPE_CHECKING:
    from diurna.runners import Chronicle

__all__ = ["Erased", "erase_article"]


class Erased(Struct, frozen=True, kw_only=True):
    """What an erasure removed: texts read from the article, its captures and their bytes, problems that quoted it.

    Captures that held other articles too (a feed, say) were kept again without it: `redacted` of them. `shared` are the
    permalinks of other articles whose bytes are gone as well, since they could not be told apart.
    """

    articles: int
    captures: int
    size: int
    problems: int
    redacted: int = 0
    shared: tuple[str, ...] = ()


def erase_article(chronicle: "Chronicle", judgement: Judgement) -> Erased:
    """Keep a person's decision that an article be erased (its subject), and remove every byte of it that is kept.

    Done twice it does the rest, should the first time have been cut short. The article's address and the digests of
    its captures stay as a tombstone.

    Raises:
        StoreBusy: another process reads or writes the chronicle.
    """
    facts, views = chronicle.store.facts, chronicle.store.views
    with chronicle.writing():
        articles = _articles(chronicle, judgement.subject.partition(":")[2])
        addresses = {address for article in articles for address in urls_of(article) if address}
        problems = [told for address in sorted(addresses) for told in facts.about(Problem, address)]
        captures = facts.get_many(Capture, sorted({article.capture for article in articles}))
        others = dict(_others(chronicle, captures, articles))
        kept = [identifier for identifier in others if _redact(chronicle, captures[identifier], articles)]
        understood = [told for article in articles for told in facts.about(Annotation, f"article:{article.id}")]
        facts.erase([*articles, *problems, *understood])
        for article in articles:
            chronicle.store.learned.drop_bands(article.id)
            views.drop_annotation(article.id)
        chronicle.store.schedule.got(sorted(addresses))
        chronicle.pipeline.decide(judgement)
        # Its words are in events, their relations and what was counted of them: all views are made anew without it.
        chronicle.pipeline.grouping.keep()
        chronicle.pipeline.replay()
        views.scrub_texts()
        chronicle.archive.seal()
    gone = [capture for capture in captures.values() if chronicle.archive.erase(capture)]
    chronicle.store.scrub()
    lost = {permalink for identifier, links in others.items() if identifier not in kept for permalink in links}
    return Erased(
        articles=len(articles),
        captures=len(gone),
        size=sum(capture.size for capture in gone),
        problems=len(problems),
        redacted=len(kept),
        shared=tuple(sorted(lost)),
    )


def _articles(chronicle: "Chronicle", report: str) -> list[Article]:
    """All that was ever read from the captures of a report, by any version of an extractor."""
    facts, known = chronicle.store.facts, chronicle.store.views.report(report)
    if known is None:
        return []
    shown = facts.get_many(Article, [version.article for version in known.versions])
    urls = dict.fromkeys(article.url for article in shown.values())
    read = [article for url in urls for article in facts.about(Article, url)]
    return [article for article in read if report_id(address_of(article)) == report]


def _others(
    chronicle: "Chronicle", captures: dict[str, Capture], mine: Iterable[Article]
) -> Iterator[tuple[str, set[str]]]:
    """Permalinks of other articles that came in the same captures, by capture."""
    own, found = {article.id for article in mine}, dict[str, set[str]]()
    for _, fact in chronicle.store.facts.scan(Article):
        if isinstance(fact, Article) and fact.capture in captures and fact.id not in own:
            report = chronicle.store.views.report_of(fact.id)
            if report is not None:
                found.setdefault(fact.capture, set()).add(report.permalink)
    yield from found.items()


def _redact(chronicle: "Chronicle", capture: Capture, articles: list[Article]) -> bool:
    """Keep a capture's bytes again without an article, if it can be told apart in them."""
    if chronicle.archive.is_erased(capture):
        return True
    left = redacted(arrival_of(capture, chronicle.archive.read(capture)), articles)
    if left is None:
        return False
    chronicle.store.facts.append(chronicle.archive.keep(left.capture, left.content))
    return True
