"""The stream: each record joins an event or founds one as it comes, and may bring others together or part them.

A new record is compared with the live ones that share what is rare in it. The events that it may belong to are then
grouped anew, all their records together with it, since one more report often shows what two others are about. An event
goes by the first of its records: groups that join keep the older name, and of one that parts the founder's side does.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence

from msgspec import Struct

from diurna.group.clusters import Atom, Bounds, group
from diurna.group.compelled import NOTHING_COMPELLED, Compelled
from diurna.group.membership import apart_event, founded_by_report
from diurna.group.neighbourhood import Neighbour, Neighbourhood
from diurna.group.score import NEAREST, Feature
from diurna.group.traits import Passage, Traits

__all__ = [
    "COMPONENT",
    "GroupSettings",
    "Grouper",
    "Move",
    "Row",
]

COMPONENT = "stream/1"

_GROWN = 24
"""Records that an event has when it is taken apart no more: what that costs grows with their square."""

_STAND = 12
"""Latest records of a grown event that stand for it."""

_EVENTS = 8
"""Events that are grouped anew together."""

_ALIKE = 0.5
"""Probability of one event with an entry from which an article that names its day may tell of it in several sentences:
an entry says in one what they say."""

_ROUNDS = 3
"""Times that a new record may widen the neighbourhood that is grouped anew, where what it joined has others near."""


class GroupSettings(Struct, frozen=True, forbid_unknown_fields=True):
    """How articles become events.

    Attributes:
        bar: Mean probability over the pairs of two groups from which they are one event.
        live: Articles and entries that new ones are compared with, the latest.
        silence_days: Days without a report after which an event is closed to new ones; one that has gone on for days
            stays open for as many more, at most twice as long.
        longest_days: Days that an event's reports may span, if nobody joins more by hand.
        passing: Share of what a sentence says that an event's report must open with, for an article with that sentence
            to tell of the event in passing.
    """

    bar: float = 0.3
    live: int = 20_000
    silence_days: int = 10
    longest_days: int = 60
    passing: float = 0.4


class Move(Struct, frozen=True):
    """A record's new event; `rest_of` is an earlier event whose older records, live no more, go with it.

    `mate` is the record in its event that it is most like, with `probability`; of a record that founds an event the one
    that it comes nearest to and was not joined with.
    """

    ref: str
    event: str
    mate: str = ""
    probability: float = 0.0
    rest_of: str = ""


class Row(Struct, frozen=True):
    """A live record as a snapshot keeps it, with its event; `founder` is the order of that one's first record."""

    kept: Neighbour
    order: int
    event: str
    founder: int
    first: int
    last: int
    solid: bool
    gone: bool


class _Event:
    """An event of live records. `order` is that of its founder, `solid` are records that stay together, `first` and
    `last` ordinals of days; `gone` says that some of its records live no more.
    """

    __slots__ = ("event", "first", "gone", "last", "order", "slots", "solid")

    def __init__(self, event: str, order: int) -> None:
        self.event = event
        self.order = order
        self.slots: list[int] = []
        self.solid: set[int] = set()
        self.first = self.last = 0
        self.gone = False

    def span(self, days: Iterable[int]) -> None:
        """Let the event span some days; 0 is no day."""
        known = [day for day in (self.first, self.last, *days) if day]
        self.first, self.last = (min(known), max(known)) if known else (0, 0)


class _Part(Struct, frozen=True):
    """What is grouped: a record, or the solid part of an event, with the order and the event that go with it.

    `decided` says that a person decided about it, `fresh` that it has just come.
    """

    atom: Atom
    slots: tuple[int, ...]
    order: int
    event: str
    of: _Event
    decided: bool = False
    fresh: bool = False


class Grouper:
    """Groups records as they come. Its state is that of its rows, whatever came in between."""

    def __init__(self, settings: GroupSettings, rows: Iterable[Row] = ()) -> None:
        self._settings = settings
        self._near = Neighbourhood(settings.live)
        self._live = self._near.live
        self._orders: dict[int, int] = {}
        self._home: dict[int, _Event] = {}
        self._named: dict[str, _Event] = {}
        self._own: dict[int, str] = {}
        self._fresh = -1
        self._restore(list(rows))

    # ------------------------------------------------------------------ placing

    def place(self, traits: Traits, compelled: Compelled = NOTHING_COMPELLED, event: str = "") -> list[Move]:
        """Take a record in, or in again in another reading; what moved, itself first. `event` is that of an entry."""
        former = self._live.slot_of(traits.ref)
        order, before = -1, ""
        if former is not None:
            order, before = self._orders[former], self._home[former].event
            self._near.remove(former)
            self._leave(former)
        slot, gone = self._near.add(traits, self._openness(traits))
        for oldest in gone:
            home = self._leave(oldest)
            home.gone = True
            home.solid.update(home.slots)
            self._near.changed.update(home.slots)
        self._orders[slot] = order if order >= 0 else slot
        name = self._own[slot] = event or founded_by_report(traits.ref.partition(":")[2])
        home = self._named.setdefault(name, _Event(name, self._orders[slot]))
        home.order = min(home.order, self._orders[slot])
        home.slots.append(slot)
        home.span([traits.day])
        self._home[slot] = home
        self._fresh = slot
        moves = self._regroup(slot, {slot: before}, compelled)
        self._fresh = -1
        return moves

    def settle(self, ref: str, event: str, compelled: Compelled) -> Move | None:
        """Put a live record into an event, or if that is empty where it fits best; None if that is where it is.

        All others stay where they are: so it is done when a person decides about a record, or takes that back.
        """
        slot = self._live.slot_of(ref)
        if slot is None:
            return None
        home = self._home[slot]
        event = event or self._likeliest(slot, compelled.never(ref))
        if event == home.event:
            return None
        home.slots.remove(slot)
        home.solid.discard(slot)
        if not home.slots:
            del self._named[home.event]
        elif not home.gone:
            home.first = home.last = 0
            home.span(self._live.traits(other).day for other in home.slots)
        fresh = self._home[slot] = self._named.setdefault(event, _Event(event, self._orders[slot]))
        fresh.slots = sorted([*fresh.slots, slot])
        fresh.span([self._live.traits(slot).day])
        self._near.changed.update(home.slots, fresh.slots)
        return self._move(slot, "")

    def join_copy(self, of: str, day: int) -> str | None:
        """The event of a copy published on a day: that of the text it has, if that is live and not far in time.

        None where it has to find a place of its own.
        """
        slot = self._live.slot_of(of)
        if slot is None:
            return None
        origin = self._live.traits(slot).day
        if origin and day and abs(origin - day) > self._settings.silence_days:
            return None
        self._home[slot].span([day])
        self._near.changed.update(self._home[slot].slots)
        return self._home[slot].event

    def is_live(self, ref: str) -> bool:
        """Whether a record is among the live ones."""
        return self._live.slot_of(ref) is not None

    def remove(self, ref: str) -> None:
        """Group with a record no more: it was taken out of the chronicle."""
        slot = self._live.slot_of(ref)
        if slot is not None:
            self._near.remove(slot)
            self._leave(slot)

    def event_of(self, ref: str) -> str | None:
        """The event that a live record is in."""
        slot = self._live.slot_of(ref)
        return self._home[slot].event if slot is not None else None

    def traits(self, ref: str) -> Traits | None:
        """Traits of a live record."""
        slot = self._live.slot_of(ref)
        return self._live.traits(slot) if slot is not None else None

    def near(self, ref: str) -> list[tuple[str, float]]:
        """Live records that a live one has pairs with, and how surely each tells of the same event; best first."""
        slot = self._live.slot_of(ref)
        likely = self._near.likely(slot) if slot is not None else {}
        found = [(self._live.traits(other).ref, sure) for other, sure in likely.items()]
        return sorted(found, key=lambda mate: (-mate[1], mate[0]))

    def passing(self, ref: str) -> list[tuple[str, Passage, float]]:
        """Events that a live article tells of in passing: the day it names is theirs, and so is much of the sentence.

        Each with the sentence that tells most of it, and how much of what that says their records open with.
        """
        slot = self._live.slot_of(ref)
        if slot is None:
            return []
        traits, own = self._live.traits(slot), self._home[slot]
        best: dict[str, tuple[Passage, float]] = {}
        for other, sure in sorted(self._near.likely(slot).items()):
            home = self._home[other]
            theirs = self._live.traits(other)
            days = {told.first.toordinal() for told in theirs.told.days[:1] if told.first == told.last}
            if home is own or (own.first and own.first == own.last and own.first in days):
                continue
            for passage in traits.passages:
                if passage.day in days:
                    share = self._live.share(passage.words, theirs)
                    if theirs.is_entry and sure >= _ALIKE:
                        share = max(share, self._live.covered({*passage.words, *passage.after}, theirs))
                    if share >= self._settings.passing and share > best.get(home.event, (passage, 0.0))[1]:
                        best[home.event] = passage, share
        return [(event, passage, share) for event, (passage, share) in sorted(best.items())]

    def explain(self, traits: Traits, other: str) -> tuple[float, list[Feature]] | None:
        """How surely a record and a live one tell of one event, and what each feature gave; None if that is gone."""
        slot = self._live.slot_of(other)
        return self._near.explain(traits, slot) if slot is not None else None

    # ------------------------------------------------------------------ snapshots

    def changes(self) -> tuple[list[Row], list[int]]:
        """Rows that differ from those of the last snapshot, and slots that are gone; the next ones start from here."""
        changed = [self._row(slot) for slot in sorted(self._near.changed) if slot in self._home]
        removed = sorted(self._near.removed)
        self._near.changed.clear()
        self._near.removed.clear()
        return changed, removed

    def _row(self, slot: int) -> Row:
        home = self._home[slot]
        kept, order = self._near.snapshot(slot), self._orders[slot]
        return Row(kept, order, home.event, home.order, home.first, home.last, slot in home.solid, home.gone)

    def _restore(self, rows: Sequence[Row]) -> None:
        self._near.restore([row.kept for row in rows])
        for row in rows:
            slot = row.kept.slot
            self._orders[slot] = row.order
            traits = row.kept.traits
            self._own[slot] = row.event if traits.is_entry else founded_by_report(traits.ref.partition(":")[2])
            home = self._home[slot] = self._named.setdefault(row.event, _Event(row.event, row.founder))
            home.span([row.first, row.last])
            home.gone |= row.gone
            home.slots.append(slot)
            if row.solid:
                home.solid.add(slot)

    # ------------------------------------------------------------------ grouping anew

    def _openness(self, traits: Traits) -> Callable[[int], bool]:
        """Whether the event at a slot is still open to a record, by their days."""
        silence, longest, day = self._settings.silence_days, self._settings.longest_days, traits.day

        def is_open(slot: int) -> bool:
            home = self._home.get(slot)
            if home is None or not day or not home.last:
                return home is not None
            gap = max(home.first - day, day - home.last, 0)
            span = max(home.last, day) - min(home.first, day)
            return gap <= silence + min(home.last - home.first, silence) and span <= longest

        return is_open

    def _leave(self, slot: int) -> _Event:
        """Let a record go from its event; that event."""
        home = self._home.pop(slot)
        home.slots.remove(slot)
        home.solid.discard(slot)
        del self._orders[slot], self._own[slot]
        if not home.slots:
            del self._named[home.event]
        return home

    def _regroup(self, slot: int, before: Mapping[int, str], compelled: Compelled) -> list[Move]:
        """Group a record's neighbourhood anew; what moved. `before` has events that records count as having been in."""
        near = self._around([slot], compelled)
        former: dict[int, str] = {}
        whole: dict[str, int] = {}
        for _ in range(_ROUNDS):
            for home in near:
                for one in home.slots:
                    former.setdefault(one, before.get(one, home.event))
                if home.gone and home.slots:
                    whole.setdefault(home.event, home.slots[0])
                for one in home.slots:
                    if one not in home.solid:
                        self._near.refresh(one, self._openness(self._live.traits(one)))
            if len(near) == 1 and len(near[0].slots) == 1 and self._may_stay(slot, compelled):
                break
            known = {home.event for home in near}
            self._rearrange(near, compelled)
            near = self._around(self._home[slot].slots, compelled)
            if {home.event for home in near} <= known:
                break
        moves = []
        for one in sorted(former, key=lambda one: (one != slot, one)):
            home = self._home[one]
            rest = next((event for event, first in whole.items() if first == one and event != home.event), "")
            if former[one] != home.event:
                moves.append(self._move(one, rest))
        return moves

    def _may_stay(self, slot: int, compelled: Compelled) -> bool:
        """Whether nobody says that a record belongs elsewhere than where it is."""
        ref, event = self._live.traits(slot).ref, self._home[slot].event
        return compelled.anchor(ref) in ("", event) and event not in compelled.never(ref)

    def _around(self, slots: Sequence[int], compelled: Compelled) -> list[_Event]:
        """The event of some records, and those that one of them may belong to, the likeliest first."""
        own = self._home[slots[0]]
        best: dict[str, tuple[float, _Event]] = {}
        for slot in slots[-_STAND:]:
            for other, sure in self._near.likely(slot).items():
                home = self._home[other]
                if home is not own and sure >= self._settings.bar / 2 and sure > best.get(home.event, (0.0, home))[0]:
                    best[home.event] = sure, home
        ranked = [home for _, home in sorted(best.values(), key=lambda found: (-found[0], found[1].order))]
        wanted = {compelled.anchor(self._live.traits(slot).ref) for slot in slots} - {"", own.event}
        if wanted:
            ranked = list(dict.fromkeys([*(self._named[e] for e in sorted(wanted) if e in self._named), *ranked]))
        return [own, *ranked[:_EVENTS]]

    def _rearrange(self, near: Sequence[_Event], compelled: Compelled) -> None:
        """Make the events of some events' records anew."""
        refs = [self._live.traits(slot).ref for home in near for slot in home.slots]
        known = {compelled.anchor(ref) for ref in refs} | {event for ref in refs for event in compelled.never(ref)}
        parts = [part for home in near for part in self._parts(home, compelled, known)]
        sums = self._near.sums([part.slots for part in parts])
        for at, part in enumerate(parts):
            if part.decided:  # whom a person puts elsewhere takes nobody along
                for to, other in enumerate(parts):
                    event = part.atom.anchor or other.of.event
                    if other.of.event in part.atom.never or (other.of.event != event and not other.fresh):
                        sums[at, to] = sums[to, at] = 0
        made: dict[str, list[_Part]] = {}
        bounds = Bounds(self._settings.bar, NEAREST, self._settings.longest_days)
        for found in group([part.atom for part in parts], sums, bounds):
            mine = [parts[at] for at in found]
            first = min(mine, key=lambda part: part.order)
            event = next((part.atom.anchor for part in mine if part.atom.anchor), first.event)
            made.setdefault(event, []).extend(mine)  # those that are surely one are, however unlike
        for home in near:
            del self._named[home.event]
        for event, mine in made.items():
            self._found(event, mine)

    def _found(self, event: str, parts: Sequence[_Part]) -> None:
        """Let some parts be an event."""
        fresh = self._named.get(event) or _Event(event, min(part.order for part in parts))
        fresh.order = min(fresh.order, *(part.order for part in parts))
        fresh.slots = sorted({*fresh.slots, *(slot for part in parts for slot in part.slots)})
        solid = [part for part in parts if len(part.slots) > 1 or part.slots[0] in part.of.solid]
        fresh.solid |= {slot for part in solid for slot in part.slots}
        fresh.gone |= any(part.of.gone for part in solid)
        fresh.span([self._live.traits(slot).day for slot in fresh.slots])
        fresh.span(day for part in solid for day in (part.of.first, part.of.last))
        for slot in fresh.slots:
            self._home[slot] = fresh
        self._named[event] = fresh
        self._near.changed.update(fresh.slots)

    def _parts(self, home: _Event, compelled: Compelled, known: set[str]) -> Iterable[_Part]:
        """What an event is made of when it is grouped anew.

        Its name goes with its solid part or its entry, else with its first record that nobody took out of it.
        """
        if len(home.slots) > _GROWN:
            home.solid.update(home.slots)
        if home.solid:
            slots = tuple(sorted(home.solid))
            anchor = home.event if home.event in known or self._has_entry(slots) else ""
            atom = Atom(slots, anchor, self._never(slots, compelled), home.first, home.last)
            yield _Part(atom, slots, home.order, home.event, home)
        singles = [slot for slot in home.slots if slot not in home.solid]
        nevers = {slot: self._never([slot], compelled) for slot in singles}
        heir = -1 if home.solid or self._has_entry(singles) else self._heir(home, singles, nevers)
        for slot in singles:
            traits = self._live.traits(slot)
            named = traits.is_entry or slot == heir
            own = home.event if named else self._name_alone(slot, nevers[slot])
            said = compelled.anchor(traits.ref)
            anchor = said or (own if traits.is_entry or own in known else "")
            atom = Atom((slot,), anchor, nevers[slot], traits.day, traits.day)
            decided = compelled.by_person(traits.ref)
            fresh = slot == self._fresh
            # Whoever came into an event by a person's word may be older than it; its name it does not take.
            order = home.order if slot == heir else max(self._orders[slot], home.order + 1)
            yield _Part(atom, (slot,), order, own, home, decided, fresh)

    def _heir(self, home: _Event, slots: Sequence[int], nevers: Mapping[int, frozenset[str]]) -> int:
        """The record that an event's name goes with: its founder, else the first that nobody took out of it."""
        heirs = [slot for slot in slots if home.event not in nevers[slot]]
        founder = next((slot for slot in heirs if self._own[slot] == home.event), -1)
        if founder >= 0 or any(home.event == apart_event(self._report(slot)) for slot in slots):
            return founder  # what was taken out of an event by itself has its own name again as soon as it may
        return min(heirs, key=lambda slot: self._orders[slot], default=-1)

    def _name_alone(self, slot: int, barred: frozenset[str]) -> str:
        """The event of a record that is in none with others: the one it founded, unless others are in it still."""
        held = self._named.get(self._own[slot])
        others = held is not None and (bool(held.solid - {slot}) if held is self._home[slot] else True)
        return apart_event(self._report(slot)) if others or self._own[slot] in barred else self._own[slot]

    def _likeliest(self, slot: int, barred: frozenset[str]) -> str:
        """The event that a record fits best, other than those it must not be in; one of its own where none will do."""
        home, sums = self._home[slot], Counter[str]()
        for other, sure in self._near.likely(slot).items():
            sums[self._home[other].event] += round(1e4 * sure)
        best, most = "", self._settings.bar
        for event in sorted(sums.keys() - barred, key=lambda event: (-sums[event], self._named[event].order)):
            others = len(self._named[event].slots) - (event == home.event)
            mean = sums[event] / (1e4 * min(others, NEAREST))
            if mean > most or (mean == most and not best):
                best, most = event, mean
        if best:
            return best
        alone = home.slots == [slot] and home.event not in barred
        return home.event if alone else self._name_alone(slot, barred)

    def _report(self, slot: int) -> str:
        return self._live.traits(slot).ref.partition(":")[2]

    def _has_entry(self, slots: Iterable[int]) -> bool:
        return any(self._live.traits(slot).is_entry for slot in slots)

    def _never(self, slots: Iterable[int], compelled: Compelled) -> frozenset[str]:
        return frozenset().union(*(compelled.never(self._live.traits(slot).ref) for slot in slots))

    def _move(self, slot: int, rest: str) -> Move:
        """A record's move, with the one that it is most like in its event, or anywhere if it is alone there."""
        home, likely = self._home[slot], self._near.likely(slot)
        inside = [other for other in likely if self._home[other] is home]
        mates = inside if len(home.slots) > 1 else list(likely)
        ref = self._live.traits(slot).ref
        if not mates:
            return Move(ref, home.event, rest_of=rest)
        mate = max(mates, key=lambda other: (likely[other], -other))
        return Move(ref, home.event, self._live.traits(mate).ref, likely[mate], rest)
