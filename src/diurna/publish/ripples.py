"""Which pages show what changed elsewhere: events and the articles they cite, copies, and publishers with new names.

The store tells which records changed. What only joins two of them on a page is followed here, from the views as they
are and from the pages as they stand.
"""

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import TypeVar

import msgspec
from msgspec import Struct

from diurna.model import Article, Report
from diurna.publish.build_articles import addresses_of
from diurna.publish.paths import site_path
from diurna.runners.sources import description
from diurna.store.interface import Store
from diurna.text import url_key

__all__ = ["stood_under", "with_ripples"]

B = TypeVar("B", bound=Struct)


class _ReadBefore(Struct):
    read: str = ""


class _CitingSection(Struct):
    sources: list[_ReadBefore] = []


class _EventBefore(Struct):
    sections: list[_CitingSection] = []


class _PublisherSection(Struct):
    section: str = ""
    kind: str = ""


class _SourceBefore(Struct):
    title: str = ""
    sections: list[_PublisherSection] = []


class _ArticleBefore(Struct):
    day: str = ""


def with_ripples(refs: Sequence[str], store: Store, site: Path) -> list[str]:
    """These pages, and those that show something of them, each once: first what was given."""
    found = dict.fromkeys(refs)
    for ref in refs:
        kind, _, identifier = ref.partition(":")
        match kind:
            case "event":
                found.update(dict.fromkeys(_cited_by(identifier, store, site)))
            case "article":
                found.update(dict.fromkeys(_around(identifier, store)))
            case "source":
                found.update(dict.fromkeys(_of_renamed(identifier, store, site)))
    return list(found)


def stood_under(report: Report, site: Path) -> str:
    """Day (ISO) of an article as the site shows it so far; empty where it shows none."""
    before = _before(site, site_path(report.permalink), _ArticleBefore)
    return before.day if before is not None else ""


def _cited_by(identifier: str, store: Store, site: Path) -> Iterator[str]:
    """Articles that an event cites, or cited when its page was written."""
    event = store.views.event(identifier)
    if event is None:
        return
    readings = (store.views.reading(url_key(citation.url)) for citation in event.citations)
    reports = [store.views.report_of(article) for article in readings if article]
    before = _before(site, site_path(event.permalink), _EventBefore)
    paths = {line.read for section in before.sections for line in section.sources if line.read} if before else set()
    reports += [store.views.report_at(f"/{path}") for path in sorted(paths)]
    yield from (f"article:{report.id}" for report in reports if report is not None)


def _around(identifier: str, store: Store) -> Iterator[str]:
    """Events that cite an article, and the publishers of its copies, whose lists say whose text it is."""
    report = store.views.report(identifier)
    if report is None:
        return
    articles = store.facts.get_many(Article, [version.article for version in report.versions])
    for address in addresses_of(report, articles.values()):
        yield from (f"event:{event}" for event in store.views.citing(address))
    yield from _kin(report, store)


def _of_renamed(identifier: str, store: Store, site: Path) -> Iterator[str]:
    """All articles of a publisher whose name or kind is not what its page says, and their copies."""
    source = store.views.source(identifier)
    before = _before(site, site_path(source.permalink), _SourceBefore) if source is not None else None
    if source is None or before is None:
        return
    kinds = [section.kind for section in before.sections if section.section == "publisher"]
    if before.title == " ".join(source.name.split()) and kinds == [description(store, source.host).kind]:
        return
    for report in store.views.scan_reports():
        if report.source == identifier:
            yield f"article:{report.id}"
            yield from _kin(report, store)


def _kin(report: Report, store: Store) -> Iterable[str]:
    if not report.copy_of:
        return ()
    family = store.views.family(report.copy_of)
    return [ref for kin in family for ref in (f"article:{kin.id}", f"source:{kin.source}")]


def _before(site: Path, path: str, kind: type[B]) -> B | None:
    """A page's data as the site has it; None where it has none that can be read."""
    try:
        return msgspec.json.decode((site / f"{path}.json").read_bytes(), type=kind)
    except (OSError, msgspec.DecodeError):
        return None
