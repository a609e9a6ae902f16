"""Pages that every site has once: front, lists of subjects, search, about, API."""

from collections import Counter
from collections.abc import Iterator
from datetime import date

from msgspec.structs import replace

from diurna.model import Event
from diurna.publish.assemble import ALL_EVENTS, assemble
from diurna.publish.materials import DaysMaterial, Directory, SiteMaterial
from diurna.publish.page import Page
from diurna.publish.paths import FIXED_PATHS
from diurna.publish.sections import (
    ABOUT_SECTIONS,
    API_SECTIONS,
    FRONT_DAYS,
    FRONT_SECTIONS,
    LISTING_SECTIONS,
    SEARCH_SECTIONS,
    make_sections,
)
from diurna.publish.site_settings import SiteSettings
from diurna.store.interface import Companion, Views

__all__ = ["build_about", "build_api", "build_front", "build_listing", "build_search"]

_FRONT_DAYS = 3
_TOP = 24

_LISTINGS = {
    "contexts": ("entity", "Contexts", "What events of this chronicle are about: people, places, bodies, things."),
    "topics": ("topic", "Topics", "What events of this chronicle are filed under."),
    "categories": ("category", "Categories", "The widest headings of this chronicle."),
    "sources": ("source", "Sources", "Publishers that this chronicle cites."),
}


def build_front(_: str, views: Views, site: SiteSettings, directory: Directory) -> Page:
    """The last days that have events, and ways on."""
    days = make_sections(FRONT_DAYS, DaysMaterial(days=_latest_days(views), directory=directory))
    rest = make_sections(FRONT_SECTIONS, SiteMaterial(site=site, topics=_most_frequent("topic", views, _TOP)))
    return assemble(_head("front", site.title, site.tagline or f"{site.title}: the latest events."), days + rest, site)


def build_listing(name: str, views: Views, site: SiteSettings, _: Directory) -> Page:
    """The subjects of one kind that have most events."""
    kind, title, description = _LISTINGS[name]
    material = SiteMaterial(site=site, kind=kind, subjects=_most_frequent(kind, views, 300))
    return assemble(_head(name, title, description), make_sections(LISTING_SECTIONS, material), site)


def build_search(_: str, __: Views, site: SiteSettings, ___: Directory) -> Page:
    """Where the reader searches; ways on for who cannot."""
    data = make_sections(SEARCH_SECTIONS, SiteMaterial(site=site))
    return assemble(_head("search", "Search", f"Search {site.title}."), data, site)


def build_about(_: str, views: Views, site: SiteSettings, __: Directory) -> Page:
    """What this chronicle is, what it holds and how to cite it."""
    material = SiteMaterial(site=site, counts=views.counts(), sources=_most_frequent("source", views, _TOP))
    return assemble(
        _head("about", f"About {site.title}", f"What {site.title} is."), make_sections(ABOUT_SECTIONS, material), site
    )


def build_api(_: str, views: Views, site: SiteSettings, __: Directory) -> Page:
    """How machines read the site."""
    newest = views.recent_events(1)
    material = SiteMaterial(
        site=site,
        subjects=_most_frequent("entity", views, 1),
        topics=_most_frequent("topic", views, 1),
        sources=_most_frequent("source", views, 1),
        example=newest[0] if newest else None,
    )
    return assemble(
        _head("api", "For machines", "Forms, addresses and feeds."), make_sections(API_SECTIONS, material), site
    )


def _head(name: str, title: str, description: str) -> Page:
    return Page(kind=name, path=FIXED_PATHS[name], title=title, description=description, feeds=(ALL_EVENTS,))


def _most_frequent(kind: str, views: Views, limit: int) -> tuple[Companion, ...]:
    if kind == "topic":
        return tuple(views.most_frequent("entity", role="topic", limit=limit))
    found = views.most_frequent(kind, limit=limit)
    return tuple(_told_apart(found, views) if kind == "source" else found)


def _told_apart(sources: list[Companion], views: Views) -> Iterator[Companion]:
    """Publishers, with their host where another has the same name: an agency's reports stand in many places."""
    names = Counter(source.name for source in sources)
    for found in sources:
        source = views.source(found.id) if names[found.name] > 1 else None
        yield replace(found, name=f"{found.name} ({source.host})") if source else found


def _latest_days(views: Views) -> tuple[tuple[date, tuple[Event, ...]], ...]:
    newest = views.recent_events(1)
    day = newest[0].day if newest else None
    found: list[tuple[date, tuple[Event, ...]]] = []
    while day is not None and len(found) < _FRONT_DAYS:
        events = tuple(event for event in views.events_on(day) if event.status == "current")
        if events:
            found.append((day, events))
        day = views.day_beside(day, -1)
    return tuple(found)
