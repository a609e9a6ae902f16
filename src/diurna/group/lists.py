"""The lists of a day: which revisions each curator published, in order, and where an entry stands in them."""

from collections import OrderedDict
from collections.abc import Collection, Iterable
from datetime import date

from diurna.group.events import Standing, revision_order, standings
from diurna.model import Entry, Revision
from diurna.store.interface import Facts

__all__ = ["DayLists", "differing_entries"]

_KEPT_DAYS = 64
"""Days held in memory; inputs come day by day, so few are needed at once."""


class _Day:
    """All revisions of one day, by list."""

    def __init__(self) -> None:
        self.whole: dict[str, list[Revision]] = {}
        self.parts: dict[str, dict[str, list[tuple[int, Revision]]]] = {}

    def add(self, number: int, revision: Revision) -> None:
        if revision.whole:
            self.whole[revision.curator] = revision_order([*self.whole.get(revision.curator, ()), revision])
            return
        index = self.parts.setdefault(revision.curator, {})
        for name in {*revision.entries, *(f"key:{key}" for key in (*revision.keys, *revision.withdrawn))}:
            index.setdefault(name, []).append((number, revision))


class DayLists:
    """Looks up and remembers the revisions of days. With a `horizon` only those that had arrived by that number."""

    def __init__(self, facts: Facts) -> None:
        self._facts = facts
        self._days: OrderedDict[date, _Day] = OrderedDict()
        self.horizon: int | None = None

    def clear(self) -> None:
        """Forget what is held in memory."""
        self._days.clear()

    def add(self, number: int, revision: Revision) -> None:
        """Take note of a revision that has just arrived."""
        if revision.day in self._days:
            self._days[revision.day].add(number, revision)

    def whole(self, curator: str, day: date) -> list[Revision]:
        """Whole revisions of one list and day, in the order they were published."""
        return self._day(day).whole.get(curator, [])

    def standings(
        self, members: Collection[str], entries: Iterable[Entry], guests: frozenset[str] = frozenset()
    ) -> tuple[tuple[Standing, ...], ...]:
        """States of an event in each list that has one of its members, by the list's name and day.

        `guests` are members that came with an event merged into this one; their states come after its own.
        """
        days = [self._day(day) for day in sorted({entry.day for entry in entries})]
        found: list[tuple[Standing, ...]] = []
        for some in ([member for member in members if member not in guests], sorted(guests)):
            parts: dict[str, dict[int, Revision]] = {}
            for lists in days:
                found += [standings(lists.whole[curator], some) for curator in sorted(lists.whole)]
                for curator in sorted(lists.parts):
                    self._gather(lists.parts[curator], some, parts.setdefault(curator, {}))
            found += [standings([revision for _, revision in sorted(own.items())], some) for own in parts.values()]
        return tuple(states for states in found if states)

    @staticmethod
    def _gather(
        index: dict[str, list[tuple[int, Revision]]], members: Collection[str], found: dict[int, Revision]
    ) -> None:
        """Revisions that are not whole and speak of some members, or of the keys that these came with."""
        for member in members:
            for number, revision in index.get(member, ()):
                found[number] = revision
                for key in revision.keys:
                    found.update(index.get(f"key:{key}", ()))

    def present(self, members: Iterable[str], entries: Iterable[Entry]) -> frozenset[str]:
        """Members that stand in the newest whole revision of a list."""
        days = [self._day(day) for day in {entry.day for entry in entries}]
        newest = {entry for day in days for states in day.whole.values() for entry in states[-1].entries}
        return frozenset(newest.intersection(members))

    def _day(self, day: date) -> _Day:
        lists = self._days.get(day)
        if lists is None:
            lists = _Day()
            for number, revision in self._facts.arrivals(Revision, day.isoformat()):
                if self.horizon is None or number <= self.horizon:
                    lists.add(number, revision)
            self._days[day] = lists
            if len(self._days) > _KEPT_DAYS:
                self._days.popitem(last=False)
        self._days.move_to_end(day)
        return lists


def differing_entries(before: tuple[str, ...], revision: Revision, after: tuple[str, ...]) -> list[str]:
    """Entries that a revision of a day has and one beside it has not, and those that it lacks and they have."""
    here = set(revision.entries)
    added = [entry for entry in revision.entries if entry not in set(before) or (after and entry not in set(after))]
    return [*added, *(entry for entry in (*before, *after) if entry not in here)]
