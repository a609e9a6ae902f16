"""Findings of an event, made of what its reports say of it, and of what others say of it in passing."""

from collections.abc import Iterable, Sequence
from datetime import UTC, datetime

from msgspec.structs import replace

from diurna.model import Article, Dating, Event, Finding, Report, entry_article
from diurna.publish.membership_lines import Standing
from diurna.publish.readings import Readings
from diurna.reconcile.decided import decided_of
from diurna.reconcile.findings import Testimony, findings_of

__all__ = ["event_findings", "findings_among", "text_source", "told_of"]


def event_findings(
    event: Event, standings: Iterable[Standing], readings: Readings, as_of: datetime | None = None
) -> tuple[Finding, ...]:
    """What is stated of an event and whether it agrees; `standings` are the reports in it and those that tell of it.
    Of a time, `as_of`, what had been published by then: that of which nobody says when it was is left out.
    """
    told = told_of(event, standings, readings)
    if as_of is not None:
        told = [one for one in told if one.published is not None and one.published <= as_of]
    return findings_among(event, told, readings)


def told_of(event: Event, standings: Iterable[Standing], readings: Readings) -> list[Testimony]:
    """What an event's entries and reports say of it."""
    return [*_listed(event, readings), *_testimonies(event, standings, readings)]


def findings_among(event: Event, told: Sequence[Testimony], readings: Readings) -> tuple[Finding, ...]:
    """The findings of what is told of an event, as people decided of its claims."""
    members = [(one.report, one.article, one.annotation) for one in told]
    return findings_of(event.id, told, decided_of(readings.claim_decisions(told), members)[0])


def _listed(event: Event, readings: Readings) -> Iterable[Testimony]:
    """What the entries say that stand for an event in lists, where they were read. An entry that cites one source
    speaks for that.
    """
    for entry, revision in readings.entries(event):
        annotation = readings.annotation(entry.id)
        if annotation is None:
            continue
        cited = {name for citation in entry.citations if (name := citation.via or citation.publisher)}
        source = cited.pop() if len(cited) == 1 else ""
        article = entry_article(entry)
        published = Dating(revision.available, "second", "list", "", 1.0) if revision.available is not None else None
        yield Testimony(entry.id, replace(article, published=published), annotation, f"list {revision.curator}", source)


def _testimonies(event: Event, standings: Iterable[Standing], readings: Readings) -> Iterable[Testimony]:
    """What each report says of an event; its claims on something else are left out."""
    for standing in standings:
        report, article = standing.report, standing.article
        understood = readings.understood(article, report)
        if understood is None:
            continue
        here = f"event:{event.id}"
        outside = standing.judgement.verdict == "tells"
        spoken = {claim.id: understood.events.get(claim.id) for claim in understood.annotation.claims}
        elsewhere = frozenset(
            claim for claim, of in spoken.items() if (of.event != here if of is not None else outside)
        )
        another = frozenset(claim for claim in elsewhere if outside or ((of := spoken[claim]) is not None and of.event))
        source, outlet = text_source(report, article, readings), readings.publisher(report)[0]
        others = readings.articles(other.current for other in readings.family(report).reports if other.id != report.id)
        first = min((_time(other) for other in (article, *others.values())), default=None, key=_later)
        yield Testimony(
            report.id, article, understood.annotation, outlet, source, first, elsewhere, another, report.genre
        )


def text_source(report: Report, article: Article, readings: Readings) -> str:
    """Whose text a report has, where that is told: an agency, or the outlet that it is a copy of."""
    family = readings.family(report)
    origin = next((other for other in family.reports if other.id == family.origin), None)
    source = family.agency or (readings.publisher(origin)[0] if origin is not None else "")
    return source or (article.agencies[0] if len(article.agencies) == 1 else "")


def _time(article: Article) -> datetime | None:
    published = article.published
    return published.time if published is not None and published.granularity != "day" else None


def _later(time: datetime | None) -> tuple[bool, datetime]:
    """Times in their order, those that nobody states last."""
    return time is None, time or datetime.max.replace(tzinfo=UTC)
