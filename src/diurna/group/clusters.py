"""Joining records into groups by the probabilities of their pairs: the two groups that belong together most, first.

How much two groups belong together is the mean probability over all pairs between them (average link), made larger
where the groups hold together loosely themselves. Groups that people or lists know to be different never join.
"""

from collections.abc import Sequence

import numpy as np
from msgspec import Struct
from numpy.typing import NDArray

__all__ = ["Atom", "group"]

_LOOSENESS = 0.5
"""How far the looseness of two groups counts: 0 for plain average link, 1 for the cosine of their centroids. On the
bench's sets 0.5 is as good as any, and wide topics (wikiref220) gain from it."""


class Atom(Struct, frozen=True):
    """What is not taken apart: one record, the copies of one text, or the grown part of an event.

    `members` are the slots that stand for it, `anchor` the event that it surely belongs to (empty: any), `never` the
    events that it is not to be in.
    """

    members: tuple[int, ...]
    anchor: str = ""
    never: frozenset[str] = frozenset()


def group(atoms: Sequence[Atom], sums: NDArray[np.float64], bar: float) -> list[list[int]]:
    """Groups of atoms (by their places in `atoms`), each in order.

    `sums` holds for each two atoms the sum of the probabilities over their pairs, on the diagonal that within each.
    """
    count = len(atoms)
    sums = sums.copy()
    sizes = np.array([len(atom.members) for atom in atoms], float)
    groups: list[list[int] | None] = [[at] for at in range(count)]
    anchors = [atom.anchor for atom in atoms]
    nevers = [atom.never for atom in atoms]
    apart = np.eye(count, dtype=bool)
    for one in range(count):
        for other in range(one):
            apart[one, other] = apart[other, one] = _never(anchors, nevers, one, other)
    while True:
        tight = (sizes + 2 * np.diagonal(sums)) / sizes**2
        links = sums / np.outer(sizes, sizes) / np.outer(tight, tight) ** (_LOOSENESS / 2)
        links[apart] = -1
        best = int(np.argmax(np.round(links, 4)))
        one, other = sorted(divmod(best, count))
        if not count or links[one, other] < bar:
            return [sorted(group) for group in groups if group is not None]
        first, second = groups[one], groups[other]
        if first is None or second is None:
            raise AssertionError("a group that is gone cannot be joined")
        groups[one], groups[other] = [*first, *second], None
        inner = sums[one, one] + sums[other, other] + sums[one, other]
        sums[one] += sums[other]
        sums[:, one] = sums[one]
        sums[one, one] = inner
        sizes[one] += sizes[other]
        anchors[one] = anchors[one] or anchors[other]
        nevers[one] |= nevers[other]
        sums[other] = sums[:, other] = 0
        sizes[other] = 1
        apart[other] = apart[:, other] = True
        for third, still in enumerate(groups):
            if still is not None and third != one:
                apart[one, third] = apart[third, one] = _never(anchors, nevers, one, third)


def _never(anchors: Sequence[str], nevers: Sequence[frozenset[str]], one: int, other: int) -> bool:
    return (
        (bool(anchors[one]) and bool(anchors[other]) and anchors[one] != anchors[other])
        or anchors[one] in nevers[other]
        or anchors[other] in nevers[one]
    )
