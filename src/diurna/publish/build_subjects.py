"""Pages of entities, topics, categories and sources, whole or of one year."""

import re

from msgspec import Struct
from msgspec.structs import replace

from diurna.model import Entity, Ref
from diurna.publish.assemble import assemble
from diurna.publish.blocks import Anchor, Notice
from diurna.publish.build_said import said_by
from diurna.publish.list_sections import LISTED, LISTED_OF_YEAR, subject
from diurna.publish.materials import Directory, SubjectMaterial
from diurna.publish.page import Page
from diurna.publish.paths import FIXED_PATHS, category_path, site_path, topic_path
from diurna.publish.readings import NEWEST_ARTICLES
from diurna.publish.sections import SUBJECT_SECTIONS, make_sections
from diurna.publish.site_settings import SiteSettings
from diurna.publish.wording import counted, one_line
from diurna.store.interface import Views

__all__ = ["SUBJECT_KINDS", "Known", "build_subject", "known_subject", "split_year", "year_refs"]

SUBJECT_KINDS = {
    "entity": Anchor("Contexts", FIXED_PATHS["contexts"]),
    "topic": Anchor("Topics", FIXED_PATHS["topics"]),
    "category": Anchor("Categories", FIXED_PATHS["categories"]),
    "source": Anchor("Sources", FIXED_PATHS["sources"]),
}
"""Kinds of subject, each with the page that lists them."""

_FED = frozenset(("entity", "topic", "category"))
_YEAR = re.compile(r"(.+)/(\d{4})", re.DOTALL)
_COMPANIONS = 20


class Known(Struct, frozen=True, kw_only=True):
    """What the views know of a subject: its name, the path of its page, and the entity or the host behind it."""

    name: str
    path: str
    entity: Entity | None = None
    host: str = ""


def split_year(identifier: str) -> tuple[str, int | None]:
    """Part `ID/2017` into the identifier and the year."""
    found = _YEAR.fullmatch(identifier)
    return (found.group(1), int(found.group(2))) if found else (identifier, None)


def known_subject(what: Ref, views: Views) -> Known | None:
    """Name and path of a subject; None where there is none."""
    if what.kind == "category":
        return Known(name=what.id, path=category_path(what.id))
    if what.kind == "source":
        source = views.source(what.id)
        return Known(name=source.name, path=site_path(source.permalink), host=source.host) if source else None
    entity = views.entity(what.id)
    if entity is None:
        return None
    path = topic_path(entity.permalink) if what.kind == "topic" else site_path(entity.permalink)
    return Known(name=entity.name, path=path, entity=entity)


def year_refs(ref: str, views: Views) -> tuple[str, ...]:
    """References of the pages of single years that belong to a subject's page, to be written (or removed) with it.

    `build_page` gives None for them while one page holds all events of the subject, so a site that writes them whenever
    it writes the subject's page is the same however its events arrived.
    """
    kind, _, identifier = ref.partition(":")
    if kind not in SUBJECT_KINDS or split_year(identifier)[1] is not None:
        return ()
    return tuple(f"{ref}/{year:04}" for year, _ in views.years_of(Ref(kind, identifier)))


def build_subject(kind: str, identifier: str, views: Views, site: SiteSettings, directory: Directory) -> Page | None:
    """Page of a subject, or of one of its years.

    None where the views don't know it; for a topic or category also where it has no current event; for a year where it
    has none in it, or one page holds all.
    """
    what, year = Ref(kind, identifier), None
    years = tuple(views.years_of(what))
    if not years:
        bare, year = split_year(identifier)
        if year is not None:
            what = Ref(kind, bare)
            years = tuple(views.years_of(what))
    known = known_subject(what, views)
    if known is None:
        return None
    if moved := _moved_to(what, views):
        return _redirect(what, known, moved)
    if not _has_page(what, years, year):
        return None
    limit = LISTED if year is None else LISTED_OF_YEAR
    companions = year is None and kind in ("entity", "topic")
    publishes = kind == "source" and year is None
    reports = tuple(views.reports_of(what.id, NEWEST_ARTICLES)) if publishes else ()
    articles = views.count_reports(what.id) if publishes else 0
    if kind == "entity" and year is None:
        reports, articles = tuple(views.reports_naming(what.id, NEWEST_ARTICLES)), views.count_naming(what.id)
    material = SubjectMaterial(
        ref=what,
        name=known.name,
        path=known.path,
        years=years,
        events=tuple(views.events_with(what, year=year, limit=limit)),
        year=year,
        entity=known.entity,
        host=known.host,
        companions=tuple(views.companions(what, _COMPANIONS)) if companions else (),
        description=directory.readings.description(known.host) if publishes else None,
        articles=articles,
        reports=directory.readings.lines(reports),
        spoken=said_by(what.id, known.path, views, site, directory) if kind == "entity" and year is None else None,
    )
    return assemble(_head(material), make_sections(SUBJECT_SECTIONS, material), site)


def _moved_to(what: Ref, views: Views) -> Known | None:
    """The entity that people said this one is one with, where that has a page of this kind."""
    into = views.one_with(what.id) if what.kind in ("entity", "topic") else what.id
    there = Ref(what.kind, into)
    if into == what.id or not _has_page(there, tuple(views.years_of(there)), None):
        return None
    return known_subject(there, views)


def _redirect(what: Ref, known: Known, moved: Known) -> Page:
    """The page leads to that of the entity which this one is one with."""
    material = SubjectMaterial(ref=what, name=known.name, path=known.path, years=(), events=(), entity=known.entity)
    notice = Notice("merged", f"{one_line(known.name)} is told under another name:", Anchor(moved.name, moved.path))
    return replace(_head(material), kind="redirect", redirect=moved.path, lead=(notice,), data=(subject(material),))


def _has_page(what: Ref, years: tuple[tuple[int, int], ...], year: int | None) -> bool:
    if year is not None:
        return sum(count for _, count in years) > LISTED and any(known == year for known, _ in years)
    return bool(years) or what.kind in ("entity", "source")


def _head(material: SubjectMaterial) -> Page:
    kind, year = material.ref.kind, material.year
    name = one_line(material.name)
    total = sum(count for known, count in material.years if year in (None, known))
    amounts = [counted(total), *([counted(material.articles, "article")] if material.articles else [])]
    before = [known for known, _ in material.years if year is not None and known < year]
    after = [known for known, _ in material.years if year is not None and known > year]
    up = (SUBJECT_KINDS[kind],) if year is None else (SUBJECT_KINDS[kind], Anchor(name, material.path))
    return Page(
        kind=kind,
        path=material.path if year is None else f"{material.path}/{year:04}",
        title=name if year is None else f"{name}, {year}",
        description=f"{name}{f', {year}' if year else ''}: {', '.join(amounts)}.",
        breadcrumbs=up,
        previous=Anchor(str(before[-1]), f"{material.path}/{before[-1]:04}") if before else None,
        next=Anchor(str(after[0]), f"{material.path}/{after[0]:04}") if after else None,
        feeds=(Anchor(name, material.path),) if kind in _FED or material.articles else (),
    )
