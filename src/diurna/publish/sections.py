"""The one list of page sections. HTML, Markdown, JSON, XML and both schemas render what stands here, and nothing else.

To add a section to a page: write a subclass of `Section` with a tag, its fields (what machines get) and its `blocks`
(what readers see); write a builder that makes it from the page's material, or gives None; put the builder into the list
of that page, where the section should stand. Its type reaches JSON, XML and both schemas through the builder's return
annotation.
"""

import types
from collections.abc import Callable, Iterable
from typing import TypeVar, get_args, get_type_hints

from diurna.publish import (
    article_events,
    article_lists,
    article_sections,
    article_versions,
    day_disputes,
    event_occasion,
    event_reports,
    event_sections,
    finding_sections,
    list_sections,
    reported_lists,
    said_sections,
    site_sections,
    speaker_sections,
    understood_sections,
)
from diurna.publish.materials import (
    ArticleMaterial,
    DaysMaterial,
    EventMaterial,
    SiteMaterial,
    SpanMaterial,
    SpokenMaterial,
    SubjectMaterial,
)
from diurna.publish.page import Section

__all__ = [
    "ABOUT_SECTIONS",
    "API_SECTIONS",
    "ARTICLES_SECTIONS",
    "ARTICLE_SECTIONS",
    "DAY_SECTIONS",
    "EVENT_SECTIONS",
    "FRONT_BESIDE",
    "FRONT_DAYS",
    "FRONT_SECTIONS",
    "LISTING_SECTIONS",
    "MONTH_DAYS",
    "MONTH_SECTIONS",
    "SAID_SECTIONS",
    "SEARCH_SECTIONS",
    "SECTION_TYPES",
    "SUBJECT_SECTIONS",
    "YEARS_SECTIONS",
    "YEAR_SECTIONS",
    "make_sections",
]

M = TypeVar("M")

EVENT_SECTIONS: tuple[Callable[[EventMaterial], Section | None], ...] = (
    event_sections.happening,
    event_occasion.occasion,
    finding_sections.findings,
    speaker_sections.speakers,
    event_sections.sources,
    event_reports.reports,
    event_reports.also_told,
    event_sections.cover,
    event_sections.changes,
    event_sections.context,
    event_sections.related,
    event_sections.parent,
    event_sections.nested,
    event_sections.filing,
)
"""An event's page, in the order of the reference site."""

ARTICLE_SECTIONS: tuple[Callable[[ArticleMaterial], Section | None], ...] = (
    article_sections.article_head,
    article_sections.key_points,
    article_sections.particulars,
    article_sections.text,
    article_events.kept_out,
    article_events.in_event,
    article_events.tells_of,
    understood_sections.statements,
    understood_sections.figures,
    understood_sections.named,
    understood_sections.times,
    article_sections.lead_image,
    article_sections.copies,
    article_versions.versions,
    article_sections.citers,
    article_sections.corrections,
)
"""An article's page: what it says, what it says of itself, and what became of it."""

DAY_SECTIONS: tuple[Callable[[DaysMaterial], Section | None], ...] = (
    day_disputes.disputes,
    list_sections.day_events,
    reported_lists.also_reported,
    reported_lists.round_ups,
    list_sections.day_withdrawn,
)
MONTH_SECTIONS: tuple[Callable[[SpanMaterial], Section | None], ...] = (list_sections.month_calendar,)
MONTH_DAYS: tuple[Callable[[DaysMaterial], Section | None], ...] = (list_sections.days_of_month,)
YEAR_SECTIONS: tuple[Callable[[SpanMaterial], Section | None], ...] = (list_sections.months_of_year,)
YEARS_SECTIONS: tuple[Callable[[SpanMaterial], Section | None], ...] = (list_sections.years,)

SUBJECT_SECTIONS: tuple[Callable[[SubjectMaterial], Section | None], ...] = (
    list_sections.subject,
    article_lists.publisher,
    article_lists.articles_of_source,
    list_sections.chronicle,
    said_sections.said,
    article_lists.named_in,
    list_sections.companions,
    list_sections.other_years,
)
"""Pages of entities, topics, categories and sources."""

SAID_SECTIONS: tuple[Callable[[SpokenMaterial], Section | None], ...] = (said_sections.said_in_month,)
"""Pages of what an entity says in a month."""

FRONT_DAYS: tuple[Callable[[DaysMaterial], Section | None], ...] = (list_sections.latest_days,)
FRONT_BESIDE: tuple[Callable[[DaysMaterial], Section | None], ...] = (reported_lists.also_reported,)
FRONT_SECTIONS: tuple[Callable[[SiteMaterial], Section | None], ...] = (
    article_lists.articles_of_front,
    site_sections.top_topics,
    site_sections.ways,
)
ARTICLES_SECTIONS: tuple[Callable[[SiteMaterial], Section | None], ...] = (article_lists.articles_by_day,)
LISTING_SECTIONS: tuple[Callable[[SiteMaterial], Section | None], ...] = (site_sections.listing,)
SEARCH_SECTIONS: tuple[Callable[[SiteMaterial], Section | None], ...] = (site_sections.ways,)
ABOUT_SECTIONS: tuple[Callable[[SiteMaterial], Section | None], ...] = (
    site_sections.purpose,
    site_sections.holdings,
    site_sections.top_sources,
    site_sections.citing,
    site_sections.licence,
)
API_SECTIONS: tuple[Callable[[SiteMaterial], Section | None], ...] = (
    site_sections.files,
    site_sections.addresses,
    site_sections.feeds,
)

_LISTS: tuple[tuple[Callable[..., Section | None], ...], ...] = (
    EVENT_SECTIONS,
    ARTICLE_SECTIONS,
    ARTICLES_SECTIONS,
    DAY_SECTIONS,
    MONTH_SECTIONS,
    MONTH_DAYS,
    YEAR_SECTIONS,
    YEARS_SECTIONS,
    SUBJECT_SECTIONS,
    SAID_SECTIONS,
    FRONT_DAYS,
    FRONT_BESIDE,
    FRONT_SECTIONS,
    LISTING_SECTIONS,
    SEARCH_SECTIONS,
    ABOUT_SECTIONS,
    API_SECTIONS,
)


def make_sections(builders: Iterable[Callable[[M], Section | None]], material: M) -> tuple[Section, ...]:
    """Sections of a page, in the order of their list, without those that have nothing to say."""
    return tuple(section for build in builders if (section := build(material)) is not None)


def _section_types() -> tuple[type[Section], ...]:
    found: dict[type[Section], None] = {}
    for build in (build for builders in _LISTS for build in builders):
        result = get_type_hints(build)["return"]
        for kind in get_args(result) or (result,):
            if kind is not types.NoneType:
                found.setdefault(kind)
    return tuple(found)


SECTION_TYPES = _section_types()
"""Every kind of section that a page may have, in the order of the lists."""
