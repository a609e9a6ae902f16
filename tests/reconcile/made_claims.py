"""Reports made for the tests of findings, read by the annotator as a chronicle reads them."""

from datetime import UTC, datetime, timedelta
from functools import cache

from diurna.enrich.annotate import Annotator
from diurna.enrich.settings import EnrichSettings
from diurna.enrich.task import Task
from diurna.model import Article, Dating, Finding, Paragraph
from diurna.reconcile.findings import Testimony, findings_of

START = datetime(2017, 5, 21, 6, tzinfo=UTC)


@cache
def annotator() -> Annotator:
    """One for all tests: it takes a second to load."""
    return Annotator(EnrichSettings())


def said(text: str, outlet: str = "Coast Post", hours: float = 0, source: str = "") -> Testimony:
    """What a report says that an outlet published some hours after the first."""
    time = START + timedelta(hours=hours)
    article = Article(
        id=f"{outlet} {hours} {text}",
        capture="",
        component="made/1",
        publisher=outlet,
        language="en",
        paragraphs=tuple(Paragraph(part) for part in text.split("\n\n")),
        published=Dating(time, "minute", "text", "", 1.0),
    )
    annotation = annotator().annotate(Task(article=article, outlet=outlet, known={})).annotation
    return Testimony(article.id, article, annotation, outlet, source)


def found(*members: Testimony) -> tuple[Finding, ...]:
    """Findings of an event that these reports tell of."""
    return findings_of("event", members)


def finding(attribute: str, *members: Testimony) -> Finding:
    """The first finding of an attribute."""
    return next(one for one in found(*members) if one.attribute == attribute)
