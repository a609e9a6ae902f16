"""One event: assembled from its members again whenever one of them comes, changes or goes."""

from collections import OrderedDict
from collections.abc import Collection, Iterable, Sequence

import msgspec

from diurna.components import Settings
from diurna.group.events import Dossier, Move, Placement, Reading, assemble, regrouped
from diurna.group.lists import DayLists
from diurna.group.membership import Membership
from diurna.group.reported import Digest, Telling, digest, report_on
from diurna.model import Annotation, Article, Entry, Event, Judgement, Member, entity_id
from diurna.pipeline.outcome import Outcome
from diurna.pipeline.reports import known_name
from diurna.pipeline.understanding import Understanding
from diurna.relate.neighbours import Neighbours
from diurna.store.interface import Source, Store
from diurna.store.views import source_host, source_id
from diurna.text import slugify, url_key

__all__ = ["Events"]

_KEPT_DIGESTS = 4_000
"""Articles whose digests are held in memory, about 10 kB each."""


class Events:
    """Keeps the views of events. Call it inside `store.writing()`."""

    def __init__(
        self, store: Store, settings: Settings, membership: Membership, lists: DayLists, understanding: Understanding
    ) -> None:
        self._store = store
        self._settings = settings
        self._membership = membership
        self._lists = lists
        self._understanding = understanding
        self._permalinks = understanding.permalinks
        self._neighbours = Neighbours(store.views, settings.related)
        self._digests: OrderedDict[tuple[str, str], Digest] = OrderedDict()
        self.decided: dict[str, str] = {}
        """Ids of people's judgements that are being taken in, by the events that they concern."""

    def forget(self) -> None:
        """Drop what is held in memory."""
        self._neighbours.forget()
        self._digests.clear()
        self.decided.clear()

    def refresh(
        self, identifier: str, entries: set[str], outcome: Outcome, reports: Collection[str] = frozenset()
    ) -> None:
        """Assemble an event again; `entries` and `reports` (their ids) are those that may have joined it."""
        views, facts = self._store.views, self._store.facts
        before = views.event(identifier)
        into = self._membership.merged_into(identifier)
        former = {member.ref.partition(":")[2]: None for member in before.members} if before else {}
        articles = {member.ref for member in before.members if member.ref.startswith("article:")} if before else set()
        held = {entry: None for entry in former if f"article:{entry}" not in articles}
        candidates = [*held, *sorted(entries - set(held))]
        homes = {entry: self._membership.home_of(entry) for entry in candidates}
        members = [entry for entry, home in homes.items() if home == identifier]
        if into != identifier:
            members = [entry for entry in candidates if self._membership.event_of(entry) == identifier]
        records = facts.get_many(Entry, members)
        members = [entry for entry in members if entry in records]
        tellings = self._tellings(identifier, into, before, reports)
        if not members and not tellings:
            if before is not None:
                self._close(before, reports, outcome)
            return
        judged = {entry: judgement.id for entry in members if (judgement := self._membership.judgement_of(entry))}
        guests = frozenset(entry for entry in members if self._membership.event_of(entry) != identifier)
        founders = [records[members[0]]] if members else []
        reported = report_on(tellings, list(records.values()), self._settings.category) if tellings else None
        decided, moved = self._decided_of(identifier, before), self._moved_of(identifier, before, reports)
        dossier = Dossier(
            id=identifier,
            rank=before.rank if before else views.last_rank() + 1,
            permalink=before.permalink if before else self._new_permalink(identifier, founders, tellings),
            entries=records,
            members=judged,
            standings=self._lists.standings(judged, records.values(), guests) if members else (),
            readings=self._readings(records.values()),
            present=self._lists.present(judged, records.values()),
            decisions=self._decisions(identifier, members),
            taken_back=self._taken_back(identifier),
            into=self._permalinks.of_event(into) if into != identifier else "",
            parent=self._parent(records.values(), identifier),
            reported=reported,
            also=self._also(before, reports, identifier),
            decided=decided,
            placements=self._placements(decided),
            moves=self._moves(identifier, moved),
            moved=moved,
        )
        if tellings or dossier.also:
            self._understanding.compare(records[entry] for entry in members)
        event = self._understanding.with_entities(assemble(dossier))
        if not members:  # reports alone give nobody a page; three that name somebody do
            paged = tuple(tag for tag in event.entities if views.has_entity(tag.ref.partition(":")[2]))
            event = msgspec.structs.replace(event, entities=paged)
        if event == before:
            return
        self._put(event, records.values())
        outcome.events += before is None
        outcome.changed += before is not None
        if event.status == "merged":
            self._neighbours.drop(event)
        else:
            self._neighbours.observe(event, before)

    def lists(self, identifier: str, report: str) -> bool:
        """Whether an event's view has a report (its id), or would have it: there is none yet."""
        view = self._store.views.event(identifier)
        return view is None or any(one.ref == f"article:{report}" for one in (*view.members, *view.also))

    def _tellings(self, identifier: str, into: str, before: Event | None, joined: Collection[str]) -> list[Telling]:
        """The reports of an event, in the order they came."""
        views = self._store.views
        held = [one.ref.partition(":")[2] for one in before.members if one.ref.startswith("article:")] if before else []
        tellings = []
        for identity in dict.fromkeys([*held, *sorted(joined)]):
            home = self._membership.report_home(identity)
            if into != identifier:
                home = self._membership.report_event(identity)
            judgement = self._membership.report_judgement(identity)
            report = views.report(identity) if home == identifier else None
            if report is None or judgement is None or report.status == "erased":
                continue
            told = self._digest(report.current)
            if told is None:
                continue
            picture = views.picture(url_key(told.image.url)) if told.image else None
            family = report.copy_of or report.id
            tellings.append(Telling(report, told, judgement.id, family, picture))
        return sorted(tellings, key=lambda telling: telling.report.rank)

    def _new_permalink(self, identifier: str, founders: Sequence[Entry], tellings: Sequence[Telling]) -> str:
        """The address of a new event: the day and the words of what founded it."""
        if founders:
            return self._permalinks.for_event(identifier, founders[0].day, founders[0].text)
        first = report_on(tellings[:1], [], self._settings.category)
        return self._permalinks.for_event(identifier, first.day, first.headline)

    def _digest(self, article: str) -> Digest | None:
        """What events are told of by an article (its id), as it is understood today."""
        key = (article, self._store.views.annotation_of(article) or "")
        held = self._digests.get(key)
        if held is not None:
            self._digests.move_to_end(key)
            return held
        found = self._store.facts.get(Article, article)
        if found is None:
            return None
        annotation = self._understanding.of(article) or Annotation(
            id="", of=f"article:{article}", component="", language=found.language
        )
        held = self._digests[key] = digest(found, annotation, self._settings.category)
        if len(self._digests) > _KEPT_DIGESTS:
            self._digests.popitem(last=False)
        return held

    def _also(self, before: Event | None, joined: Collection[str], identifier: str) -> tuple[Member, ...]:
        """Reports of other events that tell of this one too."""
        held = [one.ref.partition(":")[2] for one in before.also] if before else []
        found = []
        for report in {*held, *joined}:
            view = self._store.views.report(report)
            if view is None or view.status != "current" or self._membership.report_home(report) == identifier:
                continue
            told = [one for one in self._membership.told_in(report) if self._standing(one.object) == identifier]
            if told:
                found.append((view.rank, Member(f"article:{report}", told[-1].id)))
        return tuple(member for _, member in sorted(found, key=lambda one: one[0]))

    def _standing(self, event: str) -> str:
        return self._membership.merged_into(event.partition(":")[2])

    def _decided_of(self, identifier: str, before: Event | None) -> tuple[str, ...]:
        held = before.decided if before else ()
        new = self.decided.get(identifier)
        return tuple(dict.fromkeys([*held, *([new] if new else [])]))

    def _moved_of(self, identifier: str, before: Event | None, reports: Iterable[str]) -> tuple[str, ...]:
        """Judgements by which later evidence brought reports here, or took them away."""
        here = f"event:{identifier}"
        moves = (move for report in sorted(reports) for move in self._membership.moves_of(report))
        new = [later.id for earlier, later in moves if here in (earlier.object, later.object)]
        return tuple(dict.fromkeys([*(before.moved if before else ()), *new]))

    def _moves(self, identifier: str, moved: Sequence[str]) -> tuple[Move, ...]:
        """What later evidence did to an event, reports that went the same way together."""
        found: dict[tuple[bool, str], Move] = {}
        made = self._store.facts.get_many(Judgement, moved)
        for judgement in (made[identifier] for identifier in moved):
            report = judgement.subject.partition(":")[2]
            earlier = next(one for one, later in self._membership.moves_of(report) if later.id == judgement.id)
            came = judgement.object == f"event:{identifier}"
            other = (earlier if came else judgement).object.partition(":")[2]
            view = self._store.views.report(report)
            known = found.get((came, other))
            titles = (*(known.titles if known else ()), view.title if view else "")
            found[came, other] = Move(titles, self._permalinks.of_event(other), judgement.by, came)
        return tuple(found.values())

    def _placements(self, decided: Sequence[str]) -> tuple[Placement, ...]:
        made = self._store.facts.get_many(Judgement, decided)
        found = []
        for judgement in (made[identifier] for identifier in decided if identifier in made):
            report = self._store.views.report(judgement.subject.partition(":")[2])
            retracted = self._membership.ever(f"judgement:{judgement.id}")
            found.append(Placement(judgement, report.title if report else "", retracted[0] if retracted else None))
        return tuple(found)

    def _decisions(self, identifier: str, members: list[str]) -> tuple[Judgement, ...]:
        """People's judgements about an event, and those by which others became part of it."""
        parts = {event for entry in members if (event := self._membership.event_of(entry))}
        events = [identifier, *sorted(parts - {identifier})]
        about = [judgement for event in events for judgement in self._membership.judgements(f"event:{event}")]
        return tuple(
            judgement
            for judgement in about
            if judgement.by_person and (judgement.verdict == "same" or judgement.subject == f"event:{identifier}")
        )

    def _taken_back(self, identifier: str) -> tuple[tuple[Judgement, Judgement], ...]:
        """People's judgements about an event that somebody took back, each with the judgement that did."""
        made = [judgement for judgement in self._membership.ever(f"event:{identifier}") if judgement.by_person]
        pairs = ((judgement, self._membership.ever(f"judgement:{judgement.id}")) for judgement in made)
        return tuple((judgement, retractions[0]) for judgement, retractions in pairs if retractions)

    def _close(self, event: Event, reports: Iterable[str], outcome: Outcome) -> None:
        """Let an event that nobody belongs to any more lead to where its first member is now."""
        if not event.members:
            return
        kind, _, founder = event.members[0].ref.partition(":")
        home = self._membership.home_of(founder) if kind == "entry" else self._membership.report_home(founder)
        if home == event.id:  # all its reports were erased, and their words with them
            closed = Event(
                id=event.id,
                rank=event.rank,
                permalink=event.permalink,
                day=event.day,
                filed=event.filed,
                headline="Withdrawn",
                status="withdrawn",
                decided=event.decided,
            )
        else:
            moved = self._moved_of(event.id, event, reports)
            told = [change for change in event.changes if change.kind not in ("came", "went")]
            closed = msgspec.structs.replace(
                event,
                status="merged",
                into=self._permalinks.of_event(home or ""),
                moved=moved,
                changes=(*told, *regrouped(self._moves(event.id, moved))),
            )
        if closed != event:
            self._store.views.put_event(closed)
            self._neighbours.drop(closed)
            outcome.changed += 1

    def _readings(self, entries: Iterable[Entry]) -> dict[str, Reading]:
        views, facts = self._store.views, self._store.facts
        found = {}
        for key in dict.fromkeys(url_key(citation.url) for entry in entries for citation in entry.citations):
            identifier = views.reading(key)
            article = facts.get(Article, identifier) if identifier else None
            if article is not None:
                picture = views.picture(url_key(article.image.url)) if article.image else None
                found[key] = Reading(article, picture)
        return found

    def _parent(self, entries: Iterable[Entry], identifier: str) -> str:
        for entry in entries:
            home = self._membership.home_of(entry.parent) if entry.parent else None
            if home is not None and home != identifier:
                return f"event:{home}"
        return ""

    def _put(self, event: Event, entries: Iterable[Entry]) -> None:
        views = self._store.views
        for tag in event.entities:
            identifier = tag.ref.partition(":")[2]
            if not views.has_entity(identifier):
                path = self._permalinks.give(f"/context/{slugify(tag.name)}", tag.ref)
                views.put_entity(identifier, tag.name, path)
        for citation in event.citations:
            host = source_host(citation)
            if host and not views.has_source(source_id(host)):
                path = self._permalinks.give(f"/source/{slugify(host)}", f"source:{source_id(host)}")
                name = known_name(self._store.facts, host) or citation.via or citation.publisher or host
                views.put_source(Source(source_id(host), name, path, host))
        views.put_event(event)
        carried = {tag.ref for tag in event.entities}
        linked = [link for entry in entries for link in entry.links]
        linked += [link for topic in event.topics for link in topic.links]
        names = [(entity_id(link.target, link.site), link.shown) for link in linked if link.shown]
        views.add_aliases(sorted({name for name in names if f"entity:{name[0]}" in carried}))
