"""Joining records into groups by the probabilities of their pairs: the two groups that belong together most, first.

How much two groups belong together is the mean probability over all pairs between them (average link). Groups that
people or lists know to be different never join.
"""

from collections.abc import Sequence

import numpy as np
from msgspec import Struct
from numpy.typing import NDArray

__all__ = ["Atom", "group"]


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

    `sums` holds for each two atoms the sum of the probabilities over their pairs.
    """
    count = len(atoms)
    sums = sums.copy()
    sizes = np.array([len(atom.members) for atom in atoms], float)
    groups: list[list[int] | None] = [[at] for at in range(count)]
    anchors = [atom.anchor for atom in atoms]
    nevers = [atom.never for atom in atoms]
    apart = np.eye(count, dtype=bool)
    told = [at for at in range(count) if anchors[at] or nevers[at]]
    for one in told:
        for other in told:
            apart[one, other] = one == other or _never(anchors, nevers, one, other)
    while True:
        links = sums / np.outer(sizes, sizes)
        links[apart] = -1
        best = int(np.argmax(np.round(links, 4)))
        one, other = sorted(divmod(best, count))
        if not count or links[one, other] < bar:
            return [sorted(group) for group in groups if group is not None]
        first, second = groups[one], groups[other]
        if first is None or second is None:
            raise AssertionError("a group that is gone cannot be joined")
        groups[one], groups[other] = [*first, *second], None
        sums[one] += sums[other]
        sums[:, one] = sums[one]
        sizes[one] += sizes[other]
        anchors[one] = anchors[one] or anchors[other]
        nevers[one] |= nevers[other]
        sums[other] = sums[:, other] = 0
        apart[other] = apart[:, other] = True
        for third in told if anchors[one] or nevers[one] else ():
            if groups[third] is not None and third != one:
                apart[one, third] = apart[third, one] = _never(anchors, nevers, one, third)


def _never(anchors: Sequence[str], nevers: Sequence[frozenset[str]], one: int, other: int) -> bool:
    return (
        (bool(anchors[one]) and bool(anchors[other]) and anchors[one] != anchors[other])
        or (bool(anchors[one]) and anchors[one] in nevers[other])
        or (bool(anchors[other]) and anchors[other] in nevers[one])
    )
