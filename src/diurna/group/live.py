"""The records that new ones are compared with: found by what is rare in them, never all by all.

Frequencies are those among the live records, so they follow the news and need no more room than it. Whatever a
comparison gives depends on the records that are live and on their order alone.
"""

from array import array
from collections.abc import Iterable, Sequence

import numpy as np
from msgspec import Struct
from numpy.typing import NDArray

from diurna.group.terms import BUCKETS, COMMON, key_of, stem
from diurna.group.traits import Traits, unpacked

__all__ = ["CANDIDATES", "Compared", "Live"]

CANDIDATES = 40
"""Records that a new one is compared with in full, the most promising."""

_RARE_TERMS = 24
_RARE_NAMES = 12
_RARE_SHARE, _RARE_LEAST = 0.02, 60
"""A term is looked up if no more than this share of the live records have it, or this many."""

_BEFORE, _BEFORE_COMMON = 200, 80
"""Records that count as seen before the first one, and how many of them had each of the common words: what makes the
hundredth record's frequencies sensible."""

_LOGS = np.log(np.arange(1 << 16) + 0.5).astype(np.float32)

Floats = NDArray[np.float32]


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
        self._words = _Terms(_BEFORE)
        self._words.know(np.array([key_of(stem(word)) for word in sorted(COMMON)], np.uint32), _BEFORE_COMMON)
        self._lead = _Terms(_BEFORE, self._words)
        self._names = _Terms(_BEFORE)
        self._marks = _Terms(_BEFORE, self._words)
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
        for terms, packed in self._fields(traits):
            terms.add(slot, *unpacked(packed))
        self._traits[slot] = traits
        self._slots[traits.ref] = slot
        gone = []
        while len(self._traits) > self._most:
            gone.append(next(iter(self._traits)))
            self.remove(gone[-1])
        return slot, gone

    def remove(self, slot: int) -> None:
        """Let a record go."""
        traits = self._traits.pop(slot)
        for terms, packed in self._fields(traits):
            terms.remove(slot, unpacked(packed)[0])
        if self._slots.get(traits.ref) == slot:
            del self._slots[traits.ref]

    def candidates(self, traits: Traits, most: int = CANDIDATES) -> list[int]:
        """Slots of the live records that share most of what is rare, in order of arrival."""
        count = len(self._traits)
        if count <= most:
            return list(self._traits)
        limit = max(_RARE_LEAST, int(_RARE_SHARE * count))
        oldest = next(iter(self._traits))
        hits = [
            *self._words.postings(unpacked(traits.words), _RARE_TERMS, limit, count),
            *self._lead.postings(unpacked(traits.lead), _RARE_TERMS // 2, limit, count),
            *self._marks.postings(unpacked(traits.marks), _RARE_TERMS // 2, limit, count),
            *self._names.postings(unpacked(traits.names), _RARE_NAMES, limit, count),
        ]
        if not hits:
            return []
        at = np.concatenate([slots for slots, _ in hits]) - oldest
        weights = np.repeat([weight for _, weight in hits], [len(slots) for slots, _ in hits])
        live = at >= 0
        gains = np.round(np.bincount(at[live], weights[live]), 3)
        found = np.flatnonzero(gains)
        if len(found) > most:
            order = np.lexsort((-found, -gains[found]))  # of equals the later ones
            found = np.sort(found[order[:most]])
        return [slot for slot in (found + oldest).tolist() if slot in self._traits]

    def compare(self, traits: Traits, slots: Sequence[int]) -> Compared:
        """Likenesses of a record to live ones."""
        count = len(self._traits)
        return Compared(
            list(slots),
            words=self._words.cosines(unpacked(traits.words), slots, count),
            lead=self._lead.cosines(unpacked(traits.lead), slots, count),
            names=self._names.cosines(unpacked(traits.names), slots, count),
            marks=self._marks.cosines(unpacked(traits.marks), slots, count),
        )

    def share(self, words: Sequence[int], traits: Traits) -> float:
        """How much of what some words (keys) say a record opens with, each weighted by how rare it is; from 0 to 1."""
        keys = np.array(words, np.uint32)
        weights = self._words.rarity(keys, len(self._traits))
        there = np.isin(keys, unpacked(traits.lead)[0])
        total = float(weights.sum())
        return round(float(weights[there].sum()) / total, 3) if total else 0.0

    def _fields(self, traits: Traits) -> tuple[tuple["_Terms", tuple[bytes, bytes]], ...]:
        return (
            (self._words, traits.words),
            (self._lead, traits.lead),
            (self._names, traits.names),
            (self._marks, traits.marks),
        )


class _Terms:
    """One kind of term: which live records have which, and how often each occurs. `shared` lends its frequencies."""

    def __init__(self, before: int, shared: "_Terms | None" = None) -> None:
        self._before = before
        self._counts = np.zeros(BUCKETS, np.int32)
        self._lends = shared is None
        self._frequencies: NDArray[np.int32] = np.zeros(BUCKETS, np.int32) if shared is None else shared._frequencies
        self._held: dict[int, tuple[NDArray[np.uint32], Floats]] = {}
        self._slots: dict[int, array[int]] = {}
        self._scratch = np.zeros(BUCKETS, np.float32)

    def know(self, keys: NDArray[np.uint32], count: int) -> None:
        """Let some terms count as frequent before any record came."""
        self._frequencies[keys] += count

    def add(self, slot: int, keys: NDArray[np.uint32], weights: Floats) -> None:
        self._held[slot] = keys, weights
        self._counts[keys] += 1
        if self._lends:
            self._frequencies[keys] += 1
        slots = self._slots
        for key in keys.tolist():
            held = slots.get(key)
            if held is None:
                slots[key] = array("q", (slot,))
            else:
                held.append(slot)

    def remove(self, slot: int, keys: NDArray[np.uint32]) -> None:
        del self._held[slot]
        self._counts[keys] -= 1
        if self._lends:
            self._frequencies[keys] -= 1
        for key, left in zip(keys.tolist(), self._counts[keys].tolist(), strict=True):
            if not left:
                del self._slots[key]
            elif len(self._slots[key]) > 2 * left + 8:
                self._slots[key] = array("q", (held for held in self._slots[key] if held in self._held))

    def postings(
        self, terms: tuple[NDArray[np.uint32], Floats], most: int, limit: int, count: int
    ) -> Iterable[tuple[NDArray[np.int64], float]]:
        """Slots that have the weightiest of a record's rare terms, with the weight of each term."""
        keys, weights = terms
        counts = self._counts[keys]
        rare = np.flatnonzero((counts > 0) & (counts <= limit) & (keys > 0))
        if not len(rare):
            return
        worth = weights[rare] * self._idf(keys[rare], count)
        if len(rare) > most:
            best = np.lexsort((keys[rare], -np.round(worth, 3)))[:most]
            rare, worth = rare[best], worth[best]
        for key, weight in zip(keys[rare].tolist(), worth.tolist(), strict=True):
            yield np.frombuffer(self._slots[key], np.int64), weight

    def cosines(self, terms: tuple[NDArray[np.uint32], Floats], slots: Sequence[int], count: int) -> Floats:
        """Likeness of a record's terms to those of live ones, each weighted by how rare it is among them."""
        if not slots:
            return np.zeros(0, np.float32)
        keys, weights = terms
        own = weights * self._idf(keys, count)
        length = float(np.sqrt(own @ own))
        held = [self._held[slot] for slot in slots]
        theirs = np.concatenate([one[0] for one in held])
        scaled = np.concatenate([one[1] for one in held]) * self._idf(theirs, count)
        starts = np.cumsum([0, *(len(one[0]) for one in held[:-1])])
        self._scratch[keys] = own
        dots = np.add.reduceat(scaled * self._scratch[theirs], starts)
        self._scratch[keys] = 0
        lengths = np.sqrt(np.add.reduceat(scaled * scaled, starts)) * length
        found: Floats = np.divide(dots, lengths, out=np.zeros_like(dots), where=lengths > 0)
        return found

    def rarity(self, keys: NDArray[np.uint32], count: int) -> Floats:
        return self._idf(keys, count)

    def _idf(self, keys: NDArray[np.uint32], count: int) -> Floats:
        known = np.minimum(self._frequencies[keys], len(_LOGS) - 1)
        gained: Floats = np.maximum(np.float32(np.log(count + self._before + 1)) - _LOGS[known], 0)
        return gained
