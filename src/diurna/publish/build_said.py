"""What an entity says: the newest on its page, the rest on a page for each month; and which pages these are."""

from bisect import bisect
from collections.abc import Iterable, Iterator
from pathlib import Path

from diurna.publish.assemble import assemble
from diurna.publish.blocks import Anchor
from diurna.publish.materials import Directory, SpokenMaterial
from diurna.publish.page import Page
from diurna.publish.paths import FIXED_PATHS, said_path, site_path
from diurna.publish.said_sections import month_words
from diurna.publish.sections import SAID_SECTIONS, make_sections
from diurna.publish.site_settings import SiteSettings
from diurna.publish.spoken_lines import spoken_lines
from diurna.publish.wording import counted, one_line
from diurna.store.interface import Views

__all__ = ["SPOKEN", "all_said", "build_said", "said_by", "said_refs", "speakers"]

SPOKEN = 40
"""Statements that the page of an entity lists; with more it leads to a page for each month."""

SPOKEN_OF_MONTH = 1000
"""Statements that the page of a month lists: no page may grow without end. `diurna export claims` has them all."""

_UNDATED = "undated"


def said_by(entity: str, path: str, views: Views, site: SiteSettings, directory: Directory) -> SpokenMaterial | None:
    """What an entity (its id) says, for its page at `path`; None where it says nothing."""
    months = tuple(views.spoken_months(entity))
    if not months:
        return None
    total = sum(count for _, count in months)
    lines = spoken_lines(entity, views.spoken_in(entity, limit=SPOKEN), directory.readings, site)
    return SpokenMaterial(lines=lines[:SPOKEN], sentences=total, path=path, months=months if total > SPOKEN else ())


def build_said(identifier: str, views: Views, site: SiteSettings, directory: Directory) -> Page | None:
    """Page of what an entity says in a month (`ID/2017-05`); None where its own page has all that it says, and where
    it has no page.
    """
    entity_id, _, name = identifier.partition("/")
    month = "" if name == _UNDATED else name
    entity = views.entity(entity_id)
    months = [known for known, _ in _months(entity_id, views)]
    if entity is None or month not in months or views.one_with(entity_id) != entity_id:
        return None
    path = site_path(entity.permalink)
    spoken = views.spoken_in(entity_id, month, SPOKEN_OF_MONTH)
    lines = spoken_lines(entity_id, spoken, directory.readings, site)
    total = dict(views.spoken_months(entity_id))[month]
    place, named = months.index(month), one_line(entity.name)
    before, after = months[place - 1 : place], months[place + 1 : place + 2]
    head = Page(
        kind="entity",
        path=said_path(path, month),
        title=f"{named}: statements, {month_words(month)}",
        description=f"{named}, {month_words(month)}: {counted(total, 'statement')}.",
        breadcrumbs=(Anchor("Contexts", FIXED_PATHS["contexts"]), Anchor(named, path)),
        previous=_month(path, before[0]) if before else None,
        next=_month(path, after[0]) if after else None,
    )
    left_out = total - sum(one.sentences for one in spoken) + max(0, len(lines) - SPOKEN_OF_MONTH)
    material = SpokenMaterial(lines=lines[:SPOKEN_OF_MONTH], sentences=total, path=path, left_out=left_out)
    return assemble(head, make_sections(SAID_SECTIONS, material), site)


def all_said(views: Views) -> Iterator[str]:
    """References of all pages of what is said in a month."""
    for entity in views.much_spoken(SPOKEN):
        yield from _refs(entity, (month for month, _ in views.spoken_months(entity)))


def said_refs(refs: Iterable[str], views: Views, site: Path, stood: Iterable[str]) -> Iterator[str]:
    """Pages of what is said in a month that must be looked at again when these pages are: those that come or go, and of
    the months of articles that changed. `stood` are months in which such articles were dated before.
    """
    refs = list(refs)
    changed = set(stood)
    for ref in refs:
        report = views.report(ref.partition(":")[2]) if ref.startswith("article:") else None
        if report is not None:
            changed.add(report.day.isoformat()[:7] if report.day else "")
    for entity in [ref.partition(":")[2] for ref in refs if ref.startswith("entity:")]:
        known = views.entity_pages([entity]).get(entity)
        if not known:
            continue
        folder = (site / said_path(site_path(known), "")).parent
        standing = {_month_of(file.name) for file in folder.glob("*.json")} if folder.is_dir() else set()
        months = {month for month, _ in _months(entity, views)}
        yield from _refs(entity, sorted((months & changed) | _beside(standing, months)))


def speakers(refs: Iterable[str], views: Views) -> Iterator[str]:
    """Pages of the entities that speak in articles which changed."""
    for ref in refs:
        if ref.startswith("article:"):
            yield from (f"entity:{entity}" for entity in views.speakers_of(ref.partition(":")[2]))


def _months(entity: str, views: Views) -> list[tuple[str, int]]:
    """Months that have a page: none where the entity's own has all."""
    months = views.spoken_months(entity)
    return months if sum(count for _, count in months) > SPOKEN else []


def _beside(standing: set[str], months: set[str]) -> set[str]:
    """Months whose pages come or go, and those on either side of them, whose pages lead to them."""
    found = standing ^ months
    kept = sorted(standing & months)
    for month in standing ^ months:
        place = bisect(kept, month)
        found.update(kept[max(place - 1, 0) : place + 1])
    return found


def _refs(entity: str, months: Iterable[str]) -> Iterator[str]:
    yield from (f"said:{entity}/{month or _UNDATED}" for month in months)


def _month_of(name: str) -> str:
    month = name.removesuffix(".json")
    return "" if month == _UNDATED else month


def _month(path: str, month: str) -> Anchor:
    return Anchor(month_words(month), said_path(path, month))
