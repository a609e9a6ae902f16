"""Findings of an event, made of what its reports say of it, and of what others say of it in passing."""

from collections.abc import Iterable
from datetime import UTC, datetime

from diurna.model import Article, Event, Finding
from diurna.publish.membership_lines import Standing
from diurna.publish.readings import Readings
from diurna.reconcile.findings import Testimony, findings_of

__all__ = ["event_findings", "testimonies"]


def event_findings(event: Event, standings: Iterable[Standing], readings: Readings) -> tuple[Finding, ...]:
    """What is stated of an event and whether it agrees; `standings` are the reports in it and those that tell of it."""
    return findings_of(event.id, list(testimonies(event, standings, readings)))


def testimonies(event: Event, standings: Iterable[Standing], readings: Readings) -> Iterable[Testimony]:
    """What each report says of an event; its claims on something else are left out."""
    for standing in standings:
        report, article = standing.report, standing.article
        understood = readings.understood(article, report)
        if understood is None:
            continue
        here = f"event:{event.id}"
        outside = standing.judgement.verdict == "tells"
        elsewhere = frozenset(
            claim.id
            for claim in understood.annotation.claims
            if (spoken.event != here if (spoken := understood.events.get(claim.id)) is not None else outside)
        )
        family = readings.family(report)
        origin = next((other for other in family.reports if other.id == family.origin), None)
        source = family.agency or (readings.publisher(origin)[0] if origin is not None else "")
        credited = article.agencies[0] if len(article.agencies) == 1 else ""
        outlet = readings.publisher(report)[0]
        others = readings.articles(other.current for other in family.reports if other.id != report.id)
        first = min((_time(other) for other in (article, *others.values())), default=None, key=_later)
        yield Testimony(report.id, article, understood.annotation, outlet, source or credited, first, elsewhere)


def _time(article: Article) -> datetime | None:
    published = article.published
    return published.time if published is not None and published.granularity != "day" else None


def _later(time: datetime | None) -> tuple[bool, datetime]:
    """Times in their order, those that nobody states last."""
    return time is None, time or datetime.max.replace(tzinfo=UTC)
