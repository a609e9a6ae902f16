"""Page of an event: its own, one that says it was withdrawn, or one that leads to the event it was merged into."""

from msgspec import structs

from diurna.model import Event
from diurna.publish.assemble import ALL_EVENTS, assemble, provenance, shortened
from diurna.publish.blocks import Anchor, Notice
from diurna.publish.event_findings import findings_among, told_of
from diurna.publish.event_lines import topic_names
from diurna.publish.event_members import standings, words_of
from diurna.publish.event_sections import happening
from diurna.publish.materials import Directory, EventMaterial, Neighbour
from diurna.publish.page import Page
from diurna.publish.paths import category_path, site_path
from diurna.publish.sections import EVENT_SECTIONS, make_sections
from diurna.publish.site_settings import SiteSettings
from diurna.publish.wording import one_line
from diurna.reconcile.findings import silent_parties
from diurna.reconcile.speakers import speakers_of
from diurna.store.interface import Views

__all__ = ["build_event"]

_LONGEST_CHAIN = 20
"""Merges that are followed; a longer chain can only be a circle."""


def build_event(identifier: str, views: Views, site: SiteSettings, directory: Directory) -> Page | None:
    """Page of an event; None where there is no such event."""
    event = views.event(identifier)
    if event is None:
        return None
    head = _head(event, directory)
    if event.status == "merged":
        return _redirect(head, event, directory)
    data = make_sections(EVENT_SECTIONS, _material(event, views, site, directory))
    return assemble(head, data, site)


def _head(event: Event, directory: Directory) -> Page:
    return Page(
        kind="event",
        path=site_path(event.permalink),
        title=one_line(event.headline),
        language=event.language,
        description=shortened(event.lede.text if event.lede else event.headline),
        day=event.day,
        undated=event.filed == "seen",
        breadcrumbs=_breadcrumbs(event, directory),
        feeds=(ALL_EVENTS,),
        provenance=provenance(event.origins),
        origins=event.origins,
    )


def _breadcrumbs(event: Event, directory: Directory) -> tuple[Anchor, ...]:
    """Category and topics, widest first; they lead somewhere while the event is current, and so has pages above it."""
    category = (Anchor(one_line(event.category), category_path(event.category)),) if event.category else ()
    way = (*category, *(topic.anchor() for topic in topic_names(event, directory)))
    return way if event.status == "current" else tuple(Anchor(step.text) for step in way)


def _redirect(head: Page, event: Event, directory: Directory) -> Page:
    """The page leads one merge on, so that it need not change when the other event does."""
    path = site_path(event.into)
    notice = Notice("merged", "This event is now told on another page:", Anchor("The other page", path))
    material = EventMaterial(event=event, parent=None, nested=(), related=(), directory=directory)
    return structs.replace(head, kind="redirect", redirect=path, lead=(notice,), data=(happening(material),))


def _material(event: Event, views: Views, site: SiteSettings, directory: Directory) -> EventMaterial:
    links = views.related(event.id)
    targets = views.events([_bare(link.target) for link in links]) if links else {}
    neighbours = tuple(
        Neighbour(link, target) for link in links if (target := targets.get(_bare(link.target))) is not None
    )
    parent = views.event(_bare(event.parent)) if event.parent else None
    reports = standings(event, event.members, views, directory.readings, site)
    also = standings(event, event.also, views, directory.readings, site)
    told = told_of(event, (*reports, *also), directory.readings)
    directory.learn(tag.ref for tags in (event.entities, *(link.context for link in links)) for tag in tags)
    return EventMaterial(
        event=event,
        parent=_standing(parent, views) if parent else None,
        nested=tuple(views.nested_in(f"event:{event.id}")),
        related=neighbours,
        directory=directory,
        reports=reports,
        also=also,
        words=words_of(event, reports, directory.readings),
        findings=findings_among(event, told, directory.readings),
        decisions=tuple(directory.readings.claim_decisions(told)),
        speakers=speakers_of(told),
        silent=silent_parties(told),
        statement_words=None if site.full_text else site.statement_words,
    )


def _standing(event: Event, views: Views) -> Event | None:
    """The event that an event was merged into in the end; itself where it was not merged."""
    for _ in range(_LONGEST_CHAIN):
        if event.status != "merged":
            return event
        target = views.event_at(event.into)
        if target is None:
            return None
        event = target
    return None


def _bare(ref: str) -> str:
    return ref.removeprefix("event:")
