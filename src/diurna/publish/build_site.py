"""Pages that every site has once: front, lists of subjects, search, about, API."""

from collections import Counter
from collections.abc import Iterator
from datetime import date

from msgspec.structs import replace

from diurna.model import Event
from diurna.publish.assemble import ALL_EVENTS, assemble
from diurna.publish.bar import stands_out
from diurna.publish.materials import DaysMaterial, Directory, SiteMaterial
from diurna.publish.page import Page
from diurna.publish.paths import FIXED_PATHS
from diurna.publish.sections import (
    ABOUT_SECTIONS,
    API_SECTIONS,
    FRONT_BESIDE,
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
_FRONT_SEEN = 5000
"""Events that are looked at for some that stand out: a day may have thousands of which one report tells."""

_TOP = 24
_LISTED = 300
_FRONT_ARTICLES = 30

_LISTINGS = {
    "contexts": ("entity", "Contexts", "What events of this chronicle are about: people, places, bodies, things."),
    "topics": ("topic", "Topics", "What events of this chronicle are filed under."),
    "categories": ("category", "Categories", "The widest headings of this chronicle."),
    "sources": ("source", "Sources", "Publishers that this chronicle cites."),
}


def build_front(_: str, views: Views, site: SiteSettings, directory: Directory) -> Page:
    """The last days that have events, and ways on."""
    latest, beside = _latest_days(views, site)
    days = make_sections(FRONT_DAYS, DaysMaterial(days=latest, directory=directory, site=site))
    if not days and beside:  # nothing stands out: better what few report than nothing
        days = make_sections(FRONT_BESIDE, DaysMaterial(days=beside, directory=directory, site=site))
    tally = directory.readings.tally()
    newest = directory.readings.lines(tally.newest[:_FRONT_ARTICLES]) if not days else ()
    material = SiteMaterial(site=site, topics=_most_frequent("topic", views, _TOP), tally=tally, newest=newest)
    rest = make_sections(FRONT_SECTIONS, material)
    return assemble(_head("front", site.title, site.tagline or f"{site.title}: the latest events."), days + rest, site)


def build_listing(name: str, views: Views, site: SiteSettings, directory: Directory) -> Page:
    """The subjects of one kind that have most events; of sources also those that have articles only."""
    kind, title, description = _LISTINGS[name]
    if kind == "source":
        material = _publishers(views, site, directory)
    else:
        material = SiteMaterial(site=site, kind=kind, subjects=_most_frequent(kind, views, _LISTED))
    return assemble(_head(name, title, description), make_sections(LISTING_SECTIONS, material), site)


def build_search(_: str, __: Views, site: SiteSettings, ___: Directory) -> Page:
    """Where the reader searches; ways on for who cannot."""
    data = make_sections(SEARCH_SECTIONS, SiteMaterial(site=site))
    return assemble(_head("search", "Search", f"Search {site.title}."), data, site)


def build_about(_: str, views: Views, site: SiteSettings, directory: Directory) -> Page:
    """What this chronicle is, what it holds and how to cite it."""
    material = SiteMaterial(
        site=site,
        counts=views.counts(),
        sources=_most_frequent("source", views, _TOP),
        tally=directory.readings.tally(),
    )
    return assemble(
        _head("about", f"About {site.title}", f"What {site.title} is."), make_sections(ABOUT_SECTIONS, material), site
    )


def build_api(_: str, views: Views, site: SiteSettings, directory: Directory) -> Page:
    """How machines read the site."""
    newest = views.recent_events(1)
    tally = directory.readings.tally()
    material = SiteMaterial(
        site=site,
        subjects=_most_frequent("entity", views, 1),
        topics=_most_frequent("topic", views, 1),
        sources=_most_frequent("source", views, 1),
        example=newest[0] if newest else None,
        tally=tally,
        newest=directory.readings.lines(tally.newest[:1]),
    )
    return assemble(
        _head("api", "For machines", "Forms, addresses and feeds."), make_sections(API_SECTIONS, material), site
    )


def _head(name: str, title: str, description: str) -> Page:
    return Page(kind=name, path=FIXED_PATHS[name], title=title, description=description, feeds=(ALL_EVENTS,))


def _publishers(views: Views, site: SiteSettings, directory: Directory) -> SiteMaterial:
    """Publishers that are cited most, then those with most articles, each with what is known of it."""
    tally = directory.readings.tally()
    cited = views.most_frequent("source", limit=_LISTED)
    ids = {found.id for found in cited}
    others = [source for identifier in tally.by_source if identifier not in ids if (source := views.source(identifier))]
    others.sort(key=lambda source: (-tally.by_source[source.id], source.name, source.id))
    known = [*cited, *(Companion(source.id, source.name, source.permalink, 0) for source in others)]
    listed = known if len(known) <= _LISTED else known[:_LISTED]
    sources = {found.id: views.source(found.id) for found in listed}
    descriptions = {
        identifier: directory.readings.description(source.host) for identifier, source in sources.items() if source
    }
    subjects = tuple(_told_apart(listed, views))
    return SiteMaterial(site=site, kind="source", subjects=subjects, tally=tally, descriptions=descriptions)


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


_Days = tuple[tuple[date, tuple[Event, ...]], ...]


def _latest_days(views: Views, site: SiteSettings) -> tuple[_Days, _Days]:
    """The last days with events that stand out, and the last days with any; a long way back is not looked at."""
    newest = views.recent_events(1)
    day = newest[0].day if newest else None
    found: list[tuple[date, tuple[Event, ...]]] = []
    beside: list[tuple[date, tuple[Event, ...]]] = []
    seen = 0
    while day is not None and len(found) < _FRONT_DAYS and seen < _FRONT_SEEN:
        events = tuple(event for event in views.events_on(day) if event.status == "current")
        standing = tuple(event for event in events if stands_out(event, site))
        if standing:
            found.append((day, standing))
        if events and len(beside) < _FRONT_DAYS:
            beside.append((day, events))
        seen += len(events)
        day = views.day_beside(day, -1)
    return tuple(found), tuple(beside)
