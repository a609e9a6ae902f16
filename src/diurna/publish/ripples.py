"""Which pages show what changed elsewhere: events and the articles they cite, copies, and publishers with new names.

The store tells which records changed. What only joins two of them on a page is followed here, from the views as they
are and from the pages as they stand.
"""

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import TypeVar

import msgspec
from msgspec import Struct

from diurna.group.membership import Membership
from diurna.model import Article, Judgement, Report
from diurna.publish.build_articles import addresses_of
from diurna.publish.build_said import said_refs, speakers
from diurna.publish.paths import site_path
from diurna.publish.readings import ROUND_UPS, places_of
from diurna.publish.wording import one_line
from diurna.runners.sources import description
from diurna.store.interface import Store
from diurna.text import url_key

__all__ = ["stood_under", "with_ripples"]

B = TypeVar("B", bound=Struct)


class _PageBefore(Struct, frozen=True):
    page: str = ""


class _ReadBefore(Struct):
    read: str = ""
    report: _PageBefore = _PageBefore()


class _CitingSection(Struct):
    """Section of an event's page; in some, `sources` and `reports` are numbers of them."""

    section: str = ""
    headline: str = ""
    day: str = ""
    filed: str = ""
    happened: str = ""
    status: str = ""
    language: str = ""
    genre: str = ""
    first: str = ""
    last: str = ""
    place: str = ""
    sources: list[_ReadBefore] | int = []
    reports: list[_ReadBefore] | int = []

    def paths(self) -> set[str]:
        """The pages of articles that the section names."""
        cited = [line.read for line in self.sources] if not isinstance(self.sources, int) else []
        told = [line.report.page for line in self.reports] if not isinstance(self.reports, int) else []
        return {path for path in (*cited, *told) if path}


class _EventBefore(Struct):
    day: str = ""
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
    membership = Membership(store.facts)
    for ref in refs:
        kind, _, identifier = ref.partition(":")
        match kind:
            case "event":
                found.update(dict.fromkeys(_cited_by(identifier, store, site)))
            case "article":
                found.update(dict.fromkeys(_around(identifier, store, membership)))
                found.update(dict.fromkeys(_round_up(identifier, store, site)))
            case "source":
                found.update(dict.fromkeys(_of_renamed(identifier, store, membership, site)))
    found.update(dict.fromkeys(_beside(found, refs, store, membership)))
    found.update(dict.fromkeys(_days(found, store)))
    found.update(dict.fromkeys(speakers(list(found), store.views)))
    found.update(dict.fromkeys(said_refs(found, store.views, site, _months_before(found, store, site))))
    return list(found)


def stood_under(report: Report, site: Path) -> str:
    """Day (ISO) of an article as the site shows it so far; empty where it shows none."""
    before = _before(site, site_path(report.permalink), _ArticleBefore)
    return before.day if before is not None else ""


def _cited_by(identifier: str, store: Store, site: Path) -> Iterator[str]:
    """Articles that an event cites or that tell of it, now or when its page was written: all where their pages show it
    otherwise now, else those that came or went.
    """
    event = store.views.event(identifier)
    if event is None:
        return
    readings = (store.views.reading(url_key(citation.url)) for citation in event.citations)
    reports = [store.views.report_of(article) for article in readings if article]
    before = _before(site, site_path(event.permalink), _EventBefore)
    shown = before.sections if before else []
    paths = {path for section in shown for path in section.paths()}
    known = {f"article:{report.id}" for path in sorted(paths) if (report := store.views.report_at(f"/{path}"))}
    now = {f"article:{report.id}" for report in reports if report is not None}
    now |= {member.ref for member in (*event.members, *event.also) if member.ref.startswith("article:")}
    head = next((section for section in shown if section.section == "event"), None)
    same = head is not None and (head.headline, head.status, head.language, head.day, head.filed, head.happened) == (
        *(one_line(event.headline), event.status, event.language, event.day.isoformat(), event.filed),
        event.happened.isoformat() if event.happened else "",
    )
    told = next((section for section in shown if section.section == "occasion"), _CitingSection())
    occurred = (event.occurred.first.isoformat(), event.occurred.last.isoformat()) if event.occurred else ("", "")
    placed = (told.first, told.last, told.place) == (*occurred, event.located.ref if event.located else "")
    yield from sorted(now ^ known if same and placed else now | known)


def _beside(found: Iterable[str], given: Sequence[str], store: Store, membership: Membership) -> list[str]:
    """Other events that articles tell of whose own event is told otherwise now: of which of them a claim speaks follows
    from when and where they happened.
    """
    beside: list[str] = []
    known = set(given)
    for ref in found:
        if ref.startswith("article:") and ref not in known:
            report = store.views.report(ref.partition(":")[2])
            places = places_of(report, store.views, membership) if report is not None else ()
            beside += [f"event:{event.id}" for event, _ in places if len(places) > 1]
    return beside


def _days(found: Iterable[str], store: Store) -> list[str]:
    """The days of events, whose pages tell what of them is in dispute."""
    events = store.views.events([ref.partition(":")[2] for ref in found if ref.startswith("event:")])
    return [f"day:{event.day}" for event in events.values() if event.status != "merged"]


def _months_before(found: Iterable[str], store: Store, site: Path) -> Iterator[str]:
    """Months (empty for undated) of articles as the site shows them so far."""
    for ref in found:
        report = store.views.report(ref.partition(":")[2]) if ref.startswith("article:") else None
        if report is not None:
            yield stood_under(report, site)[:7]


def _around(identifier: str, store: Store, membership: Membership) -> Iterator[str]:
    """Events that cite an article or that it tells of, the reports that are most like it, and the publishers of its
    copies, whose lists say whose text it is.
    """
    report = store.views.report(identifier)
    if report is None:
        return
    articles = store.facts.get_many(Article, [version.article for version in report.versions])
    for address in addresses_of(report, articles.values()):
        yield from (f"event:{event}" for event in store.views.citing(address))
    yield from _kin(report, store)
    family = store.views.family(report.copy_of) if report.copy_of else []
    for identity in {identifier, *(kin.id for kin in family)}:
        yield from _naming(identity, store, membership)


def _naming(identifier: str, store: Store, membership: Membership) -> Iterator[str]:
    """Events that a report is or was in, or tells of, and the reports that say they are most like it."""
    ref = f"article:{identifier}"
    judged = [judgement.object.partition(":")[2] for judgement in membership.ever(ref)]
    events = dict.fromkeys(home for event in judged if event for home in (event, membership.merged_into(event)))
    for event in store.views.events(list(events)).values():
        yield f"event:{event.id}"
        made = store.facts.get_many(Judgement, [member.judgement for member in event.members]).values()
        yield from (one.subject for one in made if any(reason.ref == ref for reason in one.reasons))


def _round_up(identifier: str, store: Store, site: Path) -> Iterator[str]:
    """The days on which an article stands, or stood, as a piece on many things."""
    report = store.views.report(identifier)
    if report is None:
        return
    before = _before(site, site_path(report.permalink), _EventBefore)
    kinds = {section.genre for section in before.sections} if before else set()
    if report.genre in ROUND_UPS and report.day is not None:
        yield f"day:{report.day}"
    if before is not None and before.day and not kinds.isdisjoint(ROUND_UPS):
        yield f"day:{before.day}"


def _of_renamed(identifier: str, store: Store, membership: Membership, site: Path) -> Iterator[str]:
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
            yield from _naming(report.id, store, membership)
            shown = {report.id, *(kin.id for kin in store.views.family(report.copy_of) if report.copy_of)}
            yield from (f"entity:{entity}" for one in sorted(shown) for entity in store.views.named_in(one))


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
