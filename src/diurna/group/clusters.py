"""Joining records into groups by the probabilities of their pairs: the two groups that belong together most, first.

How much two groups belong together is the mean probability over all pairs between them (average link). Groups that
people or lists know to be different never join.
"""

from collections.abc import Sequence

import numpy as np
from msgspec import Struct
from numpy.typing import NDArray

__all__ = ["Atom", "Bounds", "group"]


class Atom(Struct, frozen=True):
    """What is not taken apart: one record, the copies of one text, or the grown part of an event.

    `members` are its slots, `anchor` the event that it surely belongs to (empty: any), `never` the events that it is
    not to be in; `first` and `last` are the ordinals of its days, 0 where it has none.
    """

    members: tuple[int, ...]
    anchor: str = ""
    never: frozenset[str] = frozenset()
    first: int = 0
    last: int = 0


class Bounds(Struct, frozen=True):
    """When two groups are one: from which mean probability over their pairs, of which a record has at most `most` in
    any one group, and if together they span no more than `longest` days.
    """

    bar: float
    most: int
    longest: int


def group(atoms: Sequence[Atom], sums: NDArray[np.float64], bounds: Bounds) -> list[list[int]]:
    """Groups of atoms (by their places in `atoms`), each in order.

    `sums` holds for each two atoms the sum of the probabilities over their pairs, in ten-thousandths.
    """
    state = _State(atoms, sums.copy(), bounds)
    while (best := state.best()) is not None:
        state.join(*best)
    return [sorted(group) for group in state.groups if group is not None]


class _State:
    """Groups on the way: what they are made of, what is said of them, and which must stay apart."""

    def __init__(self, atoms: Sequence[Atom], sums: NDArray[np.float64], bounds: Bounds) -> None:
        count = len(atoms)
        self.groups: list[list[int] | None] = [[at] for at in range(count)]
        self._bounds = bounds
        self._sums = sums
        self._sizes = np.array([len(atom.members) for atom in atoms], float)
        self._anchors = [atom.anchor for atom in atoms]
        self._nevers = [atom.never for atom in atoms]
        self._first = np.array([atom.first for atom in atoms])
        self._last = np.array([atom.last for atom in atoms])
        self._told = {at for at in range(count) if self._anchors[at] or self._nevers[at]}
        self._apart = np.eye(count, dtype=bool)
        for at in range(count):
            self._part(at)

    def best(self) -> tuple[int, int] | None:
        """The two groups that belong together most, the earlier first; None where none do."""
        count = len(self.groups)
        if count < 2:  # nothing to join
            return None
        # Of a record's pairs with a large group only its nearest are known: those count as all.
        pairs = np.minimum(np.outer(self._sizes, self._sizes), self._bounds.most * np.minimum.outer(*[self._sizes] * 2))
        links = np.round(self._sums / (1e4 * pairs), 4)
        links[self._apart] = -1
        one, other = sorted(divmod(int(np.argmax(links)), count))
        return (one, other) if links[one, other] >= self._bounds.bar else None

    def join(self, one: int, other: int) -> None:
        """Make one group of two."""
        self.groups[one] = [*(self.groups[one] or ()), *(self.groups[other] or ())]
        self.groups[other] = None
        self._sums[one] += self._sums[other]
        self._sums[:, one] = self._sums[one]
        self._sums[other] = self._sums[:, other] = 0
        self._sizes[one] += self._sizes[other]
        self._anchors[one] = self._anchors[one] or self._anchors[other]
        self._nevers[one] |= self._nevers[other]
        if one in self._told or other in self._told:
            self._told.add(one)
        days = [day for day in (self._first[one], self._first[other]) if day]
        self._first[one] = min(days, default=0)
        self._last[one] = max(self._last[one], self._last[other])
        self._apart[other] = self._apart[:, other] = True
        self._part(one)

    def _part(self, one: int) -> None:
        """Note which groups must not join one: what is said of both, and the days that they would span."""
        dated = (self._first > 0) & (self._first[one] > 0)
        span = np.maximum(self._last, self._last[one]) - np.minimum(self._first, self._first[one])
        barred = dated & (span > self._bounds.longest)
        for third in self._told if one in self._told else ():
            barred[third] |= _never(self._anchors, self._nevers, one, third)
        for third, still in enumerate(self.groups):
            if still is None or third == one:
                barred[third] = True
        self._apart[one] = self._apart[:, one] = barred


def _never(anchors: Sequence[str], nevers: Sequence[frozenset[str]], one: int, other: int) -> bool:
    return (
        (bool(anchors[one]) and bool(anchors[other]) and anchors[one] != anchors[other])
        or (bool(anchors[one]) and anchors[one] in nevers[other])
        or (bool(anchors[other]) and anchors[other] in nevers[one])
    )
