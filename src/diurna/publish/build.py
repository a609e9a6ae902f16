"""Views become pages: the kind of a page's reference says which family builds it.

A page's reference is `event:ID`, `article:ID`, `day:2017-05-22`, `month:2017-05`, `year:2017`, `entity:ID`, `topic:ID`,
`category:NAME` or `source:ID` (these four also with `/2017` behind), `said:ID/2017-05`
(what an entity says in a month), or the name of a page that every site has once
(`FIXED_PATHS`).
"""

from collections.abc import Callable

from diurna.publish.blocks import Anchor
from diurna.publish.build_articles import build_article, build_articles
from diurna.publish.build_days import build_day, build_month, build_year, build_years
from diurna.publish.build_events import build_event
from diurna.publish.build_said import build_said
from diurna.publish.build_site import build_about, build_api, build_front, build_listing, build_search
from diurna.publish.build_subjects import SUBJECT_KINDS, build_subject, year_refs
from diurna.publish.html import Chrome
from diurna.publish.materials import Directory
from diurna.publish.page import Page
from diurna.publish.paths import FIXED_PATHS
from diurna.publish.site_settings import SiteSettings
from diurna.store.interface import Views

__all__ = ["FIXED_PAGES", "build_page", "chrome_of", "year_refs"]

FIXED_PAGES = tuple(FIXED_PATHS)
"""References of the pages that every site has once; they change with almost every event."""

_Build = Callable[[str, Views, SiteSettings, Directory], Page | None]

_FAMILIES: dict[str, _Build] = {
    "event": build_event,
    "article": build_article,
    "day": build_day,
    "month": build_month,
    "year": build_year,
    "said": build_said,
}
_FIXED: dict[str, _Build] = {
    "front": build_front,
    "years": build_years,
    "contexts": build_listing,
    "topics": build_listing,
    "categories": build_listing,
    "sources": build_listing,
    "articles": build_articles,
    "search": build_search,
    "about": build_about,
    "api": build_api,
}
_NAV = (
    Anchor("Latest", FIXED_PATHS["front"]),
    Anchor("Years", FIXED_PATHS["years"]),
    Anchor("Contexts", FIXED_PATHS["contexts"]),
    Anchor("Topics", FIXED_PATHS["topics"]),
    Anchor("Categories", FIXED_PATHS["categories"]),
    Anchor("Sources", FIXED_PATHS["sources"]),
    Anchor("Articles", FIXED_PATHS["articles"]),
    Anchor("Search", FIXED_PATHS["search"]),
    Anchor("About", FIXED_PATHS["about"]),
)


def build_page(ref: str, views: Views, site: SiteSettings, directory: Directory | None = None) -> Page | None:
    """The page of a reference; None where there is nothing (any more).

    A `directory` that is passed to many calls spares looking up entities again; make a new one when the store has
    changed.

    Raises:
        ValueError: the reference is of no kind that has pages, or its day is no date.
    """
    directory = directory or Directory(views)
    kind, colon, identifier = ref.partition(":")
    if colon and kind in SUBJECT_KINDS:
        return build_subject(kind, identifier, views, site, directory)
    build = _FAMILIES.get(kind) if colon else _FIXED.get(ref)
    if build is None:
        known = ", ".join([*(f"{name}:…" for name in (*_FAMILIES, *SUBJECT_KINDS)), *_FIXED])
        raise ValueError(f"{ref!r} names no page; expected one of {known}")
    return build(identifier or ref, views, site, directory)


def chrome_of(site: SiteSettings) -> Chrome:
    """What surrounds every page of a site in HTML."""
    return Chrome(
        title=site.title,
        tagline=site.tagline,
        base_url=site.base_url,
        language=site.language,
        version=site.version,
        nav=_NAV,
    )
