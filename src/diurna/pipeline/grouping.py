"""Which event each article is in: the stream of grouping, fed from the store and kept in it."""

import gc
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import date

import msgspec
from msgspec import defstruct
from msgspec.structs import asdict, fields, replace

from diurna.components import Settings
from diurna.group.genre import APART
from diurna.group.membership import Membership, apart_event, founded_by_report
from diurna.group.neighbourhood import Neighbour
from diurna.group.score import Feature
from diurna.group.stream import COMPONENT as STREAM
from diurna.group.stream import Grouper, Move, Row
from diurna.group.traits import Passage, Traits, traits_of_article, traits_of_entry
from diurna.model import Annotation, Article, Capture, Entry, Judgement, Reason, Report, make_id
from diurna.pipeline.reports import urls_of
from diurna.pipeline.understanding import Understanding
from diurna.store.interface import Store
from diurna.text import url_key

__all__ = ["CITED", "PLACING", "STREAM", "Grouping"]

CITED = "cited/1"
_FETCHED = ("web", "warc", "api")
"""Ways of arrival that tell when a page was there; a file says only when it was read."""

_REASONS = 8
PLACING = ("apart", "belongs")
"""Verdicts that say which event a report is in, or is not."""

_TRAITS = msgspec.msgpack.Decoder(Traits)
# A row is kept in two parts beside its traits, each as its fields by name.
_KEPT = defstruct("_KEPT", [(one.name, one.type) for one in fields(Neighbour) if one.name != "traits"])
_STATE = defstruct("_STATE", [(one.name, one.type) for one in fields(Row) if one.name != "kept"])
_STATES = msgspec.msgpack.Decoder(tuple[_KEPT, _STATE])  # type: ignore[valid-type]
_ENCODER = msgspec.msgpack.Encoder()


class Grouping:
    """Places articles into events. What is to be kept of its work are judgements; the caller keeps them."""

    def __init__(self, store: Store, settings: Settings, membership: Membership, understanding: Understanding) -> None:
        self._store = store
        self._settings = settings
        self._membership = membership
        self._understanding = understanding
        self._loaded: Grouper | None = None
        self._kept: set[int] = set()

    # ------------------------------------------------------------------ placing

    def place_report(self, report: Report, article: Article, annotation: Annotation) -> list[Judgement]:
        """Place a report as its current article tells it; what follows, for it and for others."""
        ref = f"article:{report.id}"
        if report.status != "current" or report.current != article.id or report.genre in APART:
            return []
        day = self._day(report, article)
        is_copy = any(one.verdict == "copy" for one in self._membership.judgements(f"article:{article.id}"))
        origin = report.copy_of if is_copy and report.copy_of != report.id else ""
        if origin and not self.anchor(ref):
            event = self.grouper.join_copy(f"article:{origin}", day.toordinal() if day else 0)
            if event is not None and self._membership.merged_into(event) not in self.never(ref):
                return self._judged(Move(ref, event, f"article:{origin}", 1.0), "copy")
        traits = replace(traits_of_article(article, annotation, day), ref=ref, outlet=report.host)
        moves = self.grouper.place(traits, self)
        judgements = [one for move in moves for one in self._judged(move)]
        judgements += self._told_in_passing(ref, self.grouper.event_of(ref) or "")
        return judgements

    def place_entry(self, entry: Entry, event: str) -> list[Judgement]:
        """Take in an entry that is in an event (its id): articles may join it, and those that it cites do."""
        traits = traits_of_entry(entry)
        known = replace(traits, language=traits.language or self._settings.chronicle.language)
        moves = self.grouper.place(known, self, event)
        judgements = [one for move in moves if move.ref.startswith("article:") for one in self._judged(move)]
        for citation in entry.citations:
            read = self._store.views.reading(url_key(citation.url))
            report = self._store.views.report_of(read) if read else None
            if report is not None:
                judgements += self._cited(report, event)
        return judgements

    def decided(self, decision: Judgement) -> list[Judgement]:
        """Where a report goes by a person's decision about it, or by its retraction: back to where it was before.

        Nothing else moves but copies of its text.
        """
        ref = decision.subject
        report = ref.partition(":")[2]
        taken_back = decision not in self._membership.judgements(ref)
        event = self.anchor(ref) or (self._before(decision) if taken_back else "")
        view = self._store.views.report(report)
        if not event and (view is None or view.genre in APART):
            return []
        here = self.grouper.event_of(ref) or self._membership.report_home(report)
        if not event and not taken_back and here and here not in self.never(ref):
            return []  # it is kept out of an event that it is not in
        if self.grouper.is_live(ref):
            move = self.grouper.settle(ref, event, self)
            return self._judged(move) if move is not None else []
        return self._judged(Move(ref, event or self._alone(report)))

    def remove(self, report: str) -> None:
        """Group with a report (its id) no more."""
        self.grouper.remove(f"article:{report}")

    # ------------------------------------------------------------------ what people and lists say

    def anchor(self, ref: str) -> str:
        """The event that a report surely belongs to, as a person or a list's citation has it."""
        if not ref.startswith("article:"):
            return ""
        made = self._membership.judgements(ref)
        by_people = [one for one in made if one.by_person and one.verdict in PLACING]
        if by_people:
            last = by_people[-1]
            if last.verdict == "belongs":
                return last.object.partition(":")[2]
        barred = {one.object for one in by_people}
        cited = [one.object for one in made if one.by == CITED and one.object not in barred]
        return cited[0].partition(":")[2] if cited else ""

    def never(self, ref: str) -> frozenset[str]:
        """Events that a report does not belong to: people say so, or moved it out of them."""
        if not ref.startswith("article:"):
            return frozenset()
        by_people = [one for one in self._membership.judgements(ref) if one.by_person and one.verdict in PLACING]
        if not by_people:
            return frozenset()
        barred = {one.object.partition(":")[2] for one in by_people if one.verdict == "apart"}
        if by_people[-1].verdict == "belongs":
            barred |= set(self._placed_before(by_people[-1])[-1:])
        return frozenset({*barred, *map(self._membership.merged_into, barred)} - {self.anchor(ref)})

    def by_person(self, ref: str) -> bool:
        """Whether a person says where a report belongs, or does not."""
        if not ref.startswith("article:"):
            return False
        return any(one.by_person and one.verdict in PLACING for one in self._membership.judgements(ref))

    def _before(self, decision: Judgement) -> str:
        """The event that a report was in before a decision about it; empty where it was in none, or may not be."""
        ref, barred = decision.subject, self.never(decision.subject)
        event = next((event for event in reversed(self._placed_before(decision)) if event not in barred), "")
        view = self._store.views.event(event) if event else None
        if view is None or view.status != "merged":
            return event
        others = [member.ref for member in view.members if member.ref != ref]
        return (self.grouper.event_of(others[0]) or "") if others else event  # it went where its other reports did

    def _placed_before(self, decision: Judgement) -> list[str]:
        """Events that a report was put into before a decision about it, by others than people."""
        made = self._membership.ever(decision.subject)
        before = made[: made.index(decision)]
        return [one.object.partition(":")[2] for one in before if one.verdict == "belongs" and not one.by_person]

    def _alone(self, report: str) -> str:
        """The event of a report that is in none with others."""
        own = founded_by_report(report)
        view = self._store.views.event(own)
        others = view is not None and any(member.ref != f"article:{report}" for member in view.members)
        return apart_event(report) if others or own in self.never(f"article:{report}") else own

    # ------------------------------------------------------------------ explaining

    def explain(self, report: Report, event_refs: Iterable[str]) -> list[tuple[str, float, list[Feature]]]:
        """How surely a report tells of the same event as each of some live records, and what each feature gave."""
        article = self._store.facts.get(Article, report.current)
        annotation = self._understanding.of(report.current)
        if article is None or annotation is None:
            return []
        ref = f"article:{report.id}"
        known = self.grouper.traits(ref)
        traits = known or replace(
            traits_of_article(article, annotation, self._day(report, article)), ref=ref, outlet=report.host
        )
        found = []
        for other in event_refs:
            told = self.grouper.explain(traits, other) if other != ref else None
            if told is not None:
                found.append((other, *told))
        return sorted(found, key=lambda one: (-one[1], one[0]))

    # ------------------------------------------------------------------ keeping

    def keep(self) -> None:
        """Write what changed of the live records; call it before a transaction ends."""
        if self._loaded is None:
            return
        rows, removed = self._loaded.changes()
        self._store.learned.drop_live(removed)
        self._kept.difference_update(removed)
        self._store.learned.put_live([self._packed(row) for row in rows])
        self._kept.update(row.kept.slot for row in rows)

    def forget(self) -> None:
        """Drop what is held in memory."""
        self._loaded = None
        self._kept.clear()

    def clear(self) -> None:
        """Let nothing be live, as before the first article."""
        self._store.learned.drop_live([slot for slot, _, _ in self._store.learned.live()])
        self.forget()

    @property
    def grouper(self) -> Grouper:
        """The live records and their events, read from the store when they are first asked for."""
        if self._loaded is None:
            rows = self._store.learned.live()
            self._kept = {slot for slot, _, _ in rows}
            with _all_of_it_stays():
                self._loaded = Grouper(self._settings.group, (_unpacked(row) for row in rows))
        return self._loaded

    def _packed(self, row: Row) -> tuple[int, bytes, bytes]:
        """A live record's slot, its traits (nothing where the store has them: they stay), and what else is kept."""
        state = asdict(row)
        kept = asdict(state.pop("kept"))
        traits = kept.pop("traits")
        slot = row.kept.slot
        return slot, b"" if slot in self._kept else _ENCODER.encode(traits), _ENCODER.encode((kept, state))

    # ------------------------------------------------------------------ inner parts

    def _day(self, report: Report, article: Article) -> date | None:
        if report.day is not None:
            return report.day
        capture = self._store.facts.get(Capture, article.capture)
        if capture is None:
            return None
        if capture.available is not None:
            return capture.available.date()
        return capture.observed.date() if capture.via in _FETCHED else None

    def _judged(self, move: Move, why: str = "") -> list[Judgement]:
        """The judgements that a move comes to."""
        said = self.by_person(move.ref) and self.anchor(move.ref) == move.event
        reports = [*([] if said else [move.ref]), *self._copies(move.ref)]
        if move.rest_of:
            event = self._store.views.event(move.rest_of)
            members = [member.ref for member in event.members] if event is not None else []
            reports += [ref for ref in members if ref.startswith("article:") and not self.grouper.is_live(ref)]
        return [self._judgement(ref, move, why) for ref in dict.fromkeys(reports)]

    def _copies(self, ref: str) -> list[str]:
        """Copies of a report's text that are where it is, or was until now, and nowhere by themselves."""
        report = ref.partition(":")[2]
        view = self._store.views.report(report)
        if (
            view is None or view.copy_of != report or (self.never(ref) and not self.anchor(ref))
        ):  # who is taken out goes alone
            return []
        been = {one.object.partition(":")[2] for one in self._membership.ever(ref) if one.verdict == "belongs"}
        family = [other.id for other in self._store.views.family(report) if other.id != report]
        return [
            f"article:{other}"
            for other in family
            if self._membership.report_event(other) in been
            and not self.grouper.is_live(f"article:{other}")
            and not self.anchor(f"article:{other}")
        ]

    def _judgement(self, ref: str, move: Move, why: str) -> Judgement:
        made = self._membership.ever(ref)
        reasons: tuple[Reason, ...] = ()
        if why:
            reasons = (Reason(why, "", 0.0, ref=move.mate),)
        elif move.mate:
            traits = self.grouper.traits(ref)
            told = self.grouper.explain(traits, move.mate) if traits is not None else None
            features = told[1][:_REASONS] if told is not None else []
            reasons = tuple(Reason("feature", one.name, one.gave, ref=move.mate) for one in features)
        return Judgement(
            id=make_id("judgement", ref, "belongs", move.event, STREAM, str(len(made))),
            subject=ref,
            verdict="belongs",
            object=f"event:{move.event}",
            by=STREAM,
            score=move.probability,
            reasons=reasons,
        )

    def _cited(self, report: Report, event: str) -> list[Judgement]:
        """That a list's entry cites a report, which puts it into the entry's event, or says that it tells of it too."""
        ref = f"article:{report.id}"
        made = self._membership.ever(ref)
        if any(one.by == CITED and one.object == f"event:{event}" for one in made):
            return []
        anchored = any(one.by == CITED and one.verdict == "belongs" for one in made)
        verdict = "tells" if anchored else "belongs"
        return [
            Judgement(
                id=make_id("judgement", ref, verdict, event, CITED),
                subject=ref,
                verdict=verdict,
                object=f"event:{event}",
                by=CITED,
                reasons=(Reason("cited", "", 0.0),),
            )
        ]

    def cited_by(self, report: Report, article: Article) -> list[Judgement]:
        """The judgements that follow from entries that cite a report which has just come."""
        events = dict.fromkeys(event for url in urls_of(article) for event in self._store.views.citing(url_key(url)))
        judgements: list[Judgement] = []
        for event in events:
            view = self._store.views.event(event)
            entries = [member.ref.partition(":")[2] for member in view.members] if view is not None else []
            cited = self._store.facts.get_many(Entry, entries).values()
            keys = {url_key(citation.url) for entry in cited for citation in entry.citations}
            if any(url_key(url) in keys for url in urls_of(article)):
                judgements += self._cited(report, event)
        return judgements

    def _told_in_passing(self, ref: str, own: str) -> list[Judgement]:
        """That an article tells of other events too: a sentence names their day and what they are about."""
        told = {one.object for one in self._membership.ever(ref)}
        found: Sequence[tuple[str, Passage, float]] = self.grouper.passing(ref)
        return [
            Judgement(
                id=make_id("judgement", ref, "tells", event, STREAM),
                subject=ref,
                verdict="tells",
                object=f"event:{event}",
                by=STREAM,
                value=f"{passage.start}-{passage.end}",
                score=share,
                reasons=(Reason("passage", date.fromordinal(passage.day).isoformat(), share),),
            )
            for event, passage, share in found
            if event != own and f"event:{event}" not in told
        ]


@contextmanager
def _all_of_it_stays() -> Iterator[None]:
    """Look for no garbage meanwhile: going through all that was made, over and over, takes as long as making it."""
    looks = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if looks:
            gc.enable()


def _unpacked(row: tuple[int, bytes, bytes]) -> Row:
    _, traits, packed = row
    kept, state = _STATES.decode(packed)
    return Row(kept=Neighbour(traits=_TRAITS.decode(traits), **asdict(kept)), **asdict(state))
