"""The records that new ones are compared with: found by what is rare in them, never all by all.

Frequencies are those among the live records, so they follow the news and need no more room than it. Whatever a
comparison gives depends on the records that are live and on their order alone.
"""

from array import array
from collections.abc import Iterable, Sequence

import numpy as np
from msgspec import Struct
from numpy.typing import NDArray

from diurna.group.index import FIELDS, Floats, Index
from diurna.group.terms import COMMON, key_of, stem
from diurna.group.traits import Traits, unpacked

__all__ = ["CANDIDATES", "Compared", "Live"]

CANDIDATES = 24
"""Records that a new one is compared with in full, the most promising: twice as many as it makes pairs with. With 40
the groups of the bench's sets are no better."""

_RARE = {"words": 24, "lead": 12, "marks": 12, "names": 12}
"""Rare terms of a record that are looked up, at most, the weightiest."""

_RARE_SHARE, _RARE_LEAST = 0.02, 60
"""A term is looked up if no more than this share of the live records have it, or this many."""

_FEW = 12
_COMMON = {"words": 4, "lead": 4, "marks": 4, "names": 4}
_LATEST = 60
"""Where rare terms lead to fewer than a few records, the weightiest of the others lead to their latest ones."""

_BEFORE_COMMON = 80
"""How many of the records that count as seen before the first one had each of the common words."""


class Compared(Struct, frozen=True):
    """A record against its candidates, one row of each array for each of `slots`; likenesses go from 0 to 1."""

    slots: list[int]
    words: Floats
    lead: Floats
    names: Floats
    marks: Floats


class Live:
    """The live records by slot: slots count up as records come, and the oldest go when there are too many."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._index = Index()
        self._index.know([key_of(stem(word)) for word in sorted(COMMON)], _BEFORE_COMMON)
        self._stale: set[int] = set()
        self._traits: dict[int, Traits] = {}
        self._slots: dict[str, int] = {}
        self._next = 0

    def __len__(self) -> int:
        return len(self._traits)

    def slot_of(self, ref: str) -> int | None:
        """Where a record is; None where it is not live."""
        return self._slots.get(ref)

    def traits(self, slot: int) -> Traits:
        """The record at a slot."""
        return self._traits[slot]

    def slots(self) -> Iterable[int]:
        """Slots of the live records, oldest first."""
        return self._traits.keys()

    def add(self, traits: Traits, slot: int | None = None) -> tuple[int, list[int]]:
        """Take a record in; its slot, and the slots that had to go for it."""
        slot = self._next if slot is None else slot
        self._next = slot + 1
        self._index.add(slot, traits)
        self._traits[slot] = traits
        self._slots[traits.ref] = slot
        gone = []
        while len(self._traits) > self._most:
            gone.append(next(iter(self._traits)))
            self.remove(gone[-1])
        return slot, gone

    def restore(self, several: Sequence[tuple[int, Traits]]) -> None:
        """Take many records in at once, each at its slot, in order of arrival."""
        self._index.restore(several)
        self._traits.update(several)
        self._slots.update((traits.ref, slot) for slot, traits in several)
        self._next = several[-1][0] + 1 if several else self._next

    def remove(self, slot: int) -> None:
        """Let a record go."""
        traits = self._traits.pop(slot)
        self._index.remove(slot)
        self._stale.add(slot)
        if self._slots.get(traits.ref) == slot:
            del self._slots[traits.ref]

    def candidates(self, traits: Traits, most: int = CANDIDATES) -> list[int]:
        """Slots of the live records that share most of what is rare, in order of arrival."""
        count = len(self._traits)
        if count <= most:
            return list(self._traits)
        limit = max(_RARE_LEAST, int(_RARE_SHARE * count))
        gains = self._gains(self._index.postings(traits, [_RARE[field] for field in FIELDS], limit, count))
        if np.count_nonzero(gains) < _FEW:  # of what everybody writes about nothing is rare: then the latest
            common = self._index.postings(traits, [_COMMON[field] for field in FIELDS], count, count)
            gains = self._gains((slots[-_LATEST:], gain) for slots, gain in common)
        oldest = next(iter(self._traits))
        found = np.flatnonzero(gains > 0)
        if len(found) > most:
            gains = np.round(gains[found], 3)
            best = np.flatnonzero(gains >= np.partition(gains, -most)[-most])
            order = np.lexsort((-best, -gains[best]))  # of equals the later ones
            found = np.sort(found[best[order[:most]]])
        slots: list[int] = (found + oldest).tolist()
        return slots

    def _gains(self, hits: Iterable[tuple["array[int]", float]]) -> NDArray[np.float64]:
        """What terms bring to each live record that has them, by its slot as counted from the oldest."""
        oldest = next(iter(self._traits))
        held = list(hits)
        if not held:
            return np.zeros(0)
        at = np.frombuffer(b"".join([slots for slots, _ in held]), np.int64) - oldest
        weights = np.repeat([weight for _, weight in held], [len(slots) for slots, _ in held])
        live = at >= 0
        gains: NDArray[np.float64] = np.bincount(at[live], weights[live]).astype(float)
        self._stale = {slot for slot in self._stale if slot > oldest}
        gains[[slot - oldest for slot in self._stale if slot - oldest < len(gains)]] = 0
        return gains

    def compare(self, traits: Traits, slots: Sequence[int]) -> Compared:
        """Likenesses of a record to live ones."""
        found = self._index.likenesses(traits, slots, len(self._traits))
        return Compared(list(slots), **dict(zip(FIELDS, found, strict=True)))

    def covered(self, words: Iterable[int], traits: Traits) -> float:
        """How much of what a record opens with some words (keys) say, each weighted by how rare it is; from 0 to 1."""
        lead = unpacked(traits.lead)[0]
        weights = self._index.rarity(lead.tolist(), len(self._traits))
        there = np.isin(lead, np.array(sorted(words), np.uint32))
        total = float(weights.sum())
        return round(float(weights[there].sum()) / total, 3) if total else 0.0

    def share(self, words: Sequence[int], traits: Traits) -> float:
        """How much of what some words (keys) say a record opens with, each weighted by how rare it is; from 0 to 1."""
        weights = self._index.rarity(words, len(self._traits))
        there = np.isin(np.array(words, np.uint32), unpacked(traits.lead)[0])
        total = float(weights.sum())
        return round(float(weights[there].sum()) / total, 3) if total else 0.0
