"""Assembling an event from its members: what its page says, and how that changed over the revisions of its list."""

import math
from collections.abc import Collection, Iterable, Iterator, Sequence
from datetime import date

from msgspec import Struct
from msgspec.structs import replace

from diurna.group.category import portal_category
from diurna.group.reported import Reported, cover_of
from diurna.model import (
    Article,
    Change,
    Citation,
    Entry,
    Event,
    Judgement,
    Lede,
    Member,
    Origin,
    Revision,
    Tag,
    Topic,
    entity_id,
)
from diurna.text import LONGEST_LEDE, cut_at_sentence, url_key

__all__ = ["Dossier", "Placement", "Reading", "Standing", "assemble", "revision_order", "standings"]


class Reading(Struct, frozen=True):
    """What a cited page says of itself: the article read from its capture, and the capture of its image if there is
    one.
    """

    article: Article
    image_capture: str | None = None


class Standing(Struct, frozen=True):
    """State of an event in one revision of a list: the wording that stood there, or None once it was taken out."""

    revision: Revision
    entry: str | None


class Placement(Struct, frozen=True):
    """A person's judgement that puts a report, by its title, into the event or out of it; `retracted` takes it back."""

    judgement: Judgement
    title: str
    retracted: Judgement | None = None


class Move(Struct, frozen=True):
    """Reports that later evidence brought from another event (`came`), or took to one: the titles, its permalink."""

    titles: tuple[str, ...]
    other: str
    by: str
    came: bool


class Dossier(Struct, frozen=True, kw_only=True):
    """All that an event is assembled from.

    An event without entries has `reported`. `standings` has one sequence for
    each list the event stands in, its own before those of events merged into it; `members` maps entries to the
    judgement that puts them here, in order of arrival; `decisions` are people's judgements about it, `placements` those
    about its reports, `decided` the ids of these.
    """

    id: str
    rank: int
    permalink: str
    entries: dict[str, Entry]
    members: dict[str, str]
    standings: tuple[tuple[Standing, ...], ...]
    present: frozenset[str] = frozenset()
    readings: dict[str, Reading] = {}
    decisions: tuple[Judgement, ...] = ()
    taken_back: tuple[tuple[Judgement, Judgement], ...] = ()
    into: str = ""
    parent: str = ""
    reported: Reported | None = None
    also: tuple[Member, ...] = ()
    decided: tuple[str, ...] = ()
    placements: tuple[Placement, ...] = ()
    moves: tuple[Move, ...] = ()
    moved: tuple[str, ...] = ()


def revision_order(revisions: Sequence[Revision]) -> list[Revision]:
    """Revisions of one list and day in the order they were published: by number; one without stands where it
    arrived.
    """
    newest, placed = 0, []
    for arrived, revision in enumerate(revisions):
        newest = max(newest, revision.number or 0)
        placed.append((revision.number or newest, arrived, revision))
    return [revision for _, _, revision in sorted(placed, key=lambda row: row[:2])]


def standings(revisions: Sequence[Revision], members: Collection[str]) -> tuple[Standing, ...]:
    """An event's states over the ordered revisions of one list; repeats are left out, and so is what precedes its
    first.
    """
    states: list[Standing] = []
    keys = {
        key
        for revision in revisions
        for key, entry in zip(revision.keys, revision.entries, strict=False)
        if entry in members
    }
    for revision in revisions:
        entry = next((entry for entry in revision.entries if entry in members), None)
        if entry is None and not revision.whole and keys.isdisjoint(revision.withdrawn):
            continue
        if (states or entry is not None) and (not states or states[-1].entry != entry):
            states.append(Standing(revision, entry))
    return tuple(states)


def assemble(dossier: Dossier) -> Event:
    """The event as its members tell it now. A person's word stands above the list's; nothing is made up."""
    event = _listed(dossier) if dossier.entries else _found(dossier)
    event = replace(event, changes=(*event.changes, *regrouped(dossier.moves), *_moved(event)), moved=dossier.moved)
    reported = dossier.reported
    if reported is None:
        return replace(event, also=dossier.also, decided=dossier.decided)
    return replace(
        event,
        happened=event.happened if dossier.entries else reported.happened,
        occurred=reported.occurred,
        located=reported.located,
        lede=event.lede or reported.lede,
        cover=event.cover or reported.cover,
        citations=event.citations if dossier.entries else reported.citations,
        members=(*event.members, *reported.members),
        independent=reported.independent,
        also=dossier.also,
        decided=dossier.decided,
    )


def _found(dossier: Dossier) -> Event:
    """An event that no list has, as its reports tell it."""
    reported = dossier.reported
    if reported is None:
        raise ValueError(f"event {dossier.id} has no members")
    renamed = [decision.value for decision in dossier.decisions if decision.verdict == "renamed"]
    changes = [*_decided(dossier, reported.headline), *_placed(dossier)]
    changes.sort(key=lambda change: change.available.timestamp() if change.available else -math.inf)
    return Event(
        id=dossier.id,
        rank=dossier.rank,
        permalink=dossier.permalink,
        day=reported.day,
        filed=reported.filed,
        happened=reported.happened,
        headline=renamed[-1] if renamed else reported.headline,
        headline_of="" if renamed else reported.headline_of,
        language=reported.language,
        status="merged" if dossier.into else "current" if reported.current else "withdrawn",
        into=dossier.into,
        category=reported.category.name if reported.category else "",
        sureness=reported.category.sureness if reported.category else None,
        category_words=reported.category.words if reported.category else (),
        entities=reported.entities,
        changes=tuple(changes),
    )


def _placed(dossier: Dossier) -> Iterator[Change]:
    """What people decided of the event's reports."""
    kinds = {"belongs": "joined", "apart": "detached"}
    for placement in dossier.placements:
        made = placement.judgement
        kind = kinds[made.verdict]
        if made.verdict == "belongs" and made.object != f"event:{dossier.id}":
            kind = "detached"
        yield Change(kind, made.made, made.by, after=placement.title, reason=made.note)
        if placement.retracted is not None:
            taken = placement.retracted
            yield Change("retracted", taken.made, taken.by, before=placement.title, reason=taken.note)


def regrouped(moves: Iterable[Move]) -> Iterator[Change]:
    """What later evidence did to an event, each reason with the titles of the reports."""
    for move in moves:
        more = f" and {len(move.titles) - 1:,} more" if len(move.titles) > 1 else ""
        before, after = (move.other, "") if move.came else ("", move.other)
        yield Change("came" if move.came else "went", None, move.by, before, after, f"“{move.titles[0]}”{more}")


def _listed(dossier: Dossier) -> Event:
    """An event that stands in a list, without what its reports add."""
    current = [states[-1] for states in dossier.standings if states[-1].entry is not None]
    last_known = [state for states in dossier.standings for state in reversed(states) if state.entry is not None]
    standing = (current or last_known)[0]
    entry = dossier.entries[str(standing.entry)]
    status = "merged" if dossier.into else "current" if current else "withdrawn"
    shown = [
        dossier.entries[entry]
        for state in current or last_known[:1]
        for entry in dict.fromkeys((state.entry, *(entry for entry in dossier.members if entry in dossier.present)))
        if entry is not None
    ]
    citations = _citations(shown)
    readings = [reading for citation in citations if (reading := dossier.readings.get(url_key(citation.url)))]
    changes = [*_changes(dossier), *_decided(dossier, entry.text), *_placed(dossier)]
    changes.sort(key=lambda change: change.available.timestamp() if change.available else -math.inf)
    return Event(
        id=dossier.id,
        rank=dossier.rank,
        permalink=dossier.permalink,
        day=entry.day,
        filed="list",
        happened=entry.day,
        headline=_headline(entry, dossier.decisions),
        language=entry.language,
        status=status,
        into=dossier.into,
        lede=_lede(readings, entry),
        cover=cover_of(
            (reading.article.image, reading.article.publisher, reading.image_capture) for reading in readings
        ),
        category=portal_category(entry.category),
        topics=entry.topics,
        entities=_tags(shown),
        citations=citations,
        members=tuple(Member(f"entry:{member}", judgement) for member, judgement in dossier.members.items()),
        parent=dossier.parent,
        changes=tuple(changes),
        origins=tuple(_origin(state.revision) for state in current or last_known[:1]),
    )


def _moved(event: Event) -> Iterator[Change]:
    """That an event is filed under another day than the first, which its permalink keeps."""
    first = _permalink_day(event.permalink)
    if event.day != first:
        yield Change("filed", None, "", first.isoformat(), event.day.isoformat(), event.filed)


def _permalink_day(permalink: str) -> date:
    return date.fromisoformat("-".join(permalink.split("/")[2:5]))


def _headline(entry: Entry, decisions: Sequence[Judgement]) -> str:
    names = [decision.value for decision in decisions if decision.verdict == "renamed"]
    return names[-1] if names else entry.text


def _citations(entries: Sequence[Entry]) -> tuple[Citation, ...]:
    return tuple({citation.url: citation for entry in reversed(entries) for citation in entry.citations}.values())


def _tags(entries: Sequence[Entry]) -> tuple[Tag, ...]:
    """Entities of an event in the order they are met: in the text first, then the topics above it."""
    tags: dict[tuple[str, str], Tag] = {}
    for entry in entries:
        for link in entry.links:
            tag = Tag(f"entity:{entity_id(link.target, link.site)}", _name(link.target, link.site))
            tags.setdefault((tag.ref, ""), tag)
        for topic in entry.topics:
            for name, site in _topic_names(topic):
                tag = Tag(f"entity:{entity_id(name, site)}", _name(name, site), "topic")
                tags.setdefault((tag.ref, "topic"), tag)
    return tuple(tags.values())


def _topic_names(topic: Topic) -> Iterator[tuple[str, str]]:
    """What a topic line names: its links, or the words themselves."""
    if topic.links:
        yield from ((link.target, link.site) for link in topic.links)
    elif topic.text:
        yield topic.text, ""


def _name(target: str, site: str) -> str:
    return f"{site}:{target}" if site else target


def _lede(readings: Sequence[Reading], entry: Entry) -> Lede | None:
    """The first cited page's own description that says more than the headline does."""
    for reading in readings:
        article = reading.article
        if article.lede and article.lede.strip() not in entry.text:
            return Lede(cut_at_sentence(article.lede, LONGEST_LEDE), article.publisher, article.url)
    return None


def _origin(revision: Revision) -> Origin:
    return Origin(revision.curator, revision.page, revision.url, revision.number, revision.licence)


def _changes(dossier: Dossier) -> Iterator[Change]:
    """How the event's item changed in each list, oldest first; a first appearance is told only where its time is
    known.
    """
    for states in dossier.standings:
        before: Entry | None = None
        was_in = False
        for state in states:
            revision = state.revision
            by = f"{revision.page or revision.curator}" + (f"@{revision.number}" if revision.number else "")
            after = dossier.entries[state.entry] if state.entry is not None else None
            if after is None:
                yield Change(
                    "withdrawn", revision.available, by, before=before.text if before else "", day=revision.day
                )
                was_in = False
                continue
            if before is None:
                if revision.available is not None or len(states) > 1:
                    yield Change("added", revision.available, by, after=after.text, day=revision.day)
            elif not was_in:
                yield Change("restored", revision.available, by, before.text, after.text, day=revision.day)
            else:
                said = _what_changed(before, after)
                yield Change("edited", revision.available, by, before.text, after.text, said, revision.day)
            before, was_in = after, True


def _what_changed(before: Entry, after: Entry) -> str:
    """Names of the parts that differ, by the words of the record's documentation."""
    parts = {
        "text": before.text != after.text,
        "category": before.category != after.category,
        "topics": before.topics != after.topics,
        "links": [(link.target, link.section) for link in before.links]
        != [(link.target, link.section) for link in after.links],
        "sources": before.citations != after.citations,
    }
    return ", ".join(name for name, differs in parts.items() if differs)


def _decided(dossier: Dossier, headline: str) -> Iterator[Change]:
    """What people decided, in the order they did; `headline` is what the list says now. What was taken back is told
    too.
    """
    kinds = {"renamed": "renamed", "same": "merged", "apart": "parted"}
    standing = [decision for decision in dossier.decisions if decision.verdict in kinds]
    made = [*standing, *(decision for decision, _ in dossier.taken_back if decision.verdict in kinds)]
    for decision in sorted(made, key=_moment):
        before = headline if decision.verdict == "renamed" else ""
        yield Change(kinds[decision.verdict], decision.made, decision.by, before, decision.value, decision.note)
        headline = decision.value or headline
    for decision, retraction in dossier.taken_back:
        if decision.verdict in kinds:
            yield Change("retracted", retraction.made, retraction.by, decision.value, reason=retraction.note)


def _moment(decision: Judgement) -> float:
    return decision.made.timestamp() if decision.made else -math.inf
