"""Which live records have which terms, and how often each occurs: by what is rare, records are found and compared.

Terms of live records have numbers, small ones that are given again when they are free, so that what is kept of a term
lies close together however many the news has had. What is found and how alike two records are does not depend on them.
"""

from array import array
from collections.abc import Iterable, Sequence

import numpy as np
from msgspec import Struct
from numpy.typing import NDArray

from diurna.group.terms import BUCKETS
from diurna.group.traits import Traits

__all__ = ["FIELDS", "Floats", "Index"]

FIELDS = ("words", "lead", "marks", "names")
"""Kinds of terms. Words, lead and marks have one vocabulary, with the frequencies of `words`; names have their own."""

_KINDS = len(FIELDS)
_BITS = 2
_OWN = 0, 3  # fields whose terms are counted
_BEFORE = 200
"""Records that count as seen before the first one: what makes the hundredth record's frequencies sensible."""

_LOGS = np.log(np.arange(1 << 16) + 0.5).astype(np.float32)

Floats = NDArray[np.float32]
Ints = NDArray[np.int32]


class _Held(Struct, frozen=True):
    """A record's terms, field after field: the place of each (its number times four, and its field), its weight;
    `sizes` has how many there are in each field.
    """

    places: Ints
    weights: Floats
    sizes: tuple[int, ...]


class Index:
    """Live records by their terms. In all that it keeps by number, number 0 stands for a term that no record has."""

    def __init__(self) -> None:
        self._room = 1 << 12
        self._numbers = np.zeros(2 * BUCKETS, np.int32)
        self._free: list[int] = []
        self._next = 1
        self._keys = np.zeros(self._room, np.int32)
        self._uses = np.zeros(self._room, np.int32)
        self._frequencies = np.zeros(self._room, np.int32)
        self._logs = np.full(self._room, _LOGS[0], np.float32)
        self._counts = np.zeros(_KINDS * self._room, np.int32)
        self._lengths = np.zeros(_KINDS * self._room, np.int32)
        self._scratch = np.zeros(_KINDS * self._room, np.float32)
        self._slots: list[array[int] | None] = [None] * (_KINDS * self._room)
        self._held: dict[int, _Held] = {}
        self._asked: tuple[Traits, Ints, _Held] | None = None

    def know(self, keys: Sequence[int], count: int) -> None:
        """Let some words count as frequent before any record came."""
        numbers = self._numbered(np.array(keys, np.int32))
        self._uses[numbers] += 1
        self._count(numbers, count)

    def add(self, slot: int, traits: Traits) -> None:
        """Take a record's terms in."""
        keys, weights, sizes = self._terms(traits)
        self._numbered(keys[weights > 0])
        self._asked = None
        held = self._held[slot] = self._read(keys, weights, sizes)
        self._uses[held.places >> _BITS] += 1
        self._count(_counted(held), 1)
        self._counts[held.places] += 1
        self._lengths[held.places] += 1
        slots = self._slots
        for place in held.places[weights > 0].tolist():
            known = slots[place]
            if known is None:
                slots[place] = array("q", (slot,))
            else:
                known.append(slot)

    def restore(self, several: Sequence[tuple[int, Traits]]) -> None:
        """Take many records' terms in at once, by slot in order of arrival; what comes of it is as from `add`."""
        if not several:
            return
        self._asked = None
        terms = [_terms(traits) for _, traits in several]
        keys = np.concatenate([one[0] for one in terms])
        weights = np.concatenate([one[1] for one in terms])
        sizes = np.array([one[2] for one in terms])
        there = weights > 0
        self._numbered(keys[there])
        fields = np.repeat(np.tile(np.arange(_KINDS, dtype=np.int32), len(several)), sizes.ravel())
        places = self._numbers.take(keys) * _KINDS + fields
        ends = np.cumsum(sizes.sum(axis=1)).tolist()
        for (slot, _), (_, own, size), first, last in zip(several, terms, [0, *ends], ends, strict=False):
            held = self._held[slot] = _Held(places[first:last].copy(), own, size)
            self._uses[held.places >> _BITS] += 1
        found = np.bincount(places[there], minlength=len(self._counts)).astype(np.int32)
        found[:_KINDS] += len(several)  # each has a term of no weight in each field
        self._counts += found
        self._lengths += found
        counted = (places >> _BITS)[(fields == _OWN[0]) | (fields == _OWN[1])]
        self._frequencies += np.bincount(counted, minlength=self._room).astype(np.int32)
        self._frequencies[0] = 0
        self._logs = _LOGS[np.minimum(self._frequencies, len(_LOGS) - 1)]
        self._post(places[there], np.repeat([slot for slot, _ in several], sizes.sum(axis=1))[there])

    def _post(self, places: Ints, slots: NDArray[np.int64]) -> None:
        """Note many slots at their terms' places."""
        both = np.sort(places.astype(np.int64) << 32 | slots - slots[0])  # slots are in order, the first is the least
        places, data = (both >> 32).astype(np.int32), ((both & 0xFFFFFFFF) + slots[0]).tobytes()
        starts = np.flatnonzero(np.diff(places, prepend=-1))
        bounds = (8 * starts).tolist()
        new = [array("q", data[first:last]) for first, last in zip(bounds, [*bounds[1:], len(data)], strict=True)]
        for place, added in zip(places[starts].tolist(), new, strict=True):
            known = self._slots[place]
            self._slots[place] = added if known is None else known + added

    def remove(self, slot: int) -> None:
        """Let a record's terms go."""
        self._asked = None
        held = self._held.pop(slot)
        places, slots = held.places, self._slots
        self._counts[places] -= 1
        counts = self._counts[places]
        for place in places[counts == 0].tolist():
            slots[place] = None
            self._lengths[place] = 0
        for place in places[self._lengths[places] > 2 * counts + 8].tolist():
            kept = array("q", (other for other in slots[place] or () if other in self._held))
            slots[place], self._lengths[place] = kept, len(kept)
        numbers = places >> _BITS
        self._uses[numbers] -= 1
        self._count(_counted(held), -1)
        gone = np.unique(numbers[self._uses[numbers] == 0])
        gone = gone[gone > 0]
        self._numbers[self._keys[gone]] = 0
        self._free += gone.tolist()

    def postings(
        self, traits: Traits, most: Sequence[int], limit: int, count: int
    ) -> Iterable[tuple["array[int]", float]]:
        """Slots that have the weightiest of a record's rare terms, `most` of each field, with the weight of each term.

        Some of the slots may be gone. `limit` is how many records may have a term that counts as rare, `count` how many
        there are.
        """
        keys, asked = self._look_up(traits)
        places, weights, sizes = asked.places, asked.weights, asked.sizes
        counts = self._counts[places]
        rare = np.flatnonzero((counts > 0) & (counts <= limit) & (weights > 0))
        worth = weights[rare] * self._idf(places[rare], count)
        ends = np.searchsorted(rare, np.cumsum(sizes)).tolist()
        for first, last, wanted in zip([0, *ends], ends, most, strict=False):
            at, gains = rare[first:last], worth[first:last]
            if last - first > wanted:
                best = np.lexsort((keys[at], -np.round(gains, 3)))[:wanted]
                at, gains = at[best], gains[best]
            held = [self._slots[place] for place in places[at].tolist()]
            yield from ((slots, gain) for slots, gain in zip(held, gains.tolist(), strict=True) if slots is not None)

    def likenesses(self, traits: Traits, slots: Sequence[int], count: int) -> Floats:
        """Cosines of a record with live ones, each term weighted by how rare it is: a row for each field."""
        if not slots:
            return np.zeros((_KINDS, 0), np.float32)
        _, mine = self._look_up(traits)
        own = mine.weights * self._idf(mine.places, count)
        held = [self._held[slot] for slot in slots]
        places = np.concatenate([one.places for one in held])
        scaled = np.concatenate([one.weights for one in held]) * self._idf(places, count)
        sizes = np.array([one.sizes for one in held]).ravel()
        starts = np.cumsum(sizes) - sizes
        self._scratch[mine.places] = own
        dots = np.add.reduceat(scaled * self._scratch.take(places), starts).reshape(-1, _KINDS)
        self._scratch[mine.places] = 0
        squares = np.add.reduceat(np.square(scaled), starts).reshape(-1, _KINDS)
        owns = np.add.reduceat(np.square(own), np.cumsum([0, *mine.sizes[:-1]]))
        lengths = np.sqrt(squares) * np.sqrt(owns)
        found: Floats = np.divide(dots, lengths, out=np.zeros_like(dots), where=lengths > 0).T
        return found

    def rarity(self, words: Sequence[int], count: int) -> Floats:
        """How much each of some words (keys) tells: the logarithm of one over its frequency."""
        return self._idf(self._numbers[np.array(words, np.int64)] * _KINDS, count)

    # ------------------------------------------------------------------ terms and their numbers

    def _look_up(self, traits: Traits) -> tuple[Ints, _Held]:
        """Keys of a record that need not be live, and its terms; asked for twice in a row they are there."""
        if self._asked is None or self._asked[0] is not traits:
            keys, weights, sizes = _terms(traits)
            self._asked = traits, keys, self._read(keys, weights, sizes)
        return self._asked[1:]

    def _terms(self, traits: Traits) -> tuple[Ints, Floats, tuple[int, ...]]:
        """A record's terms by their keys; asked for twice in a row they are there."""
        if self._asked is None or self._asked[0] is not traits:
            return _terms(traits)
        _, keys, held = self._asked
        return keys, held.weights, held.sizes

    def _read(self, keys: Ints, weights: Floats, sizes: tuple[int, ...]) -> _Held:
        """A record's terms where they are known."""
        fields = np.repeat(np.arange(_KINDS, dtype=np.int32), sizes)
        return _Held(self._numbers.take(keys) * _KINDS + fields, weights, sizes)

    def _numbered(self, keys: Ints) -> Ints:
        """Numbers of terms, new ones for those that have none."""
        fresh = keys[self._numbers[keys] == 0]
        for key in dict.fromkeys(fresh.tolist()):
            number = self._free.pop() if self._free else self._next
            self._next = max(self._next, number + 1)
            if number >= self._room:
                self._grow()
            self._numbers[key] = number
            self._keys[number] = key
        return self._numbers[keys]

    def _grow(self) -> None:
        for name in (
            "_keys",
            "_uses",
            "_frequencies",
            "_counts",
            "_lengths",
            "_scratch",
        ):
            held = getattr(self, name)
            setattr(self, name, np.concatenate([held, np.zeros_like(held)]))
        self._logs = np.concatenate([self._logs, np.full(self._room, _LOGS[0], np.float32)])
        self._slots += [None] * len(self._slots)
        self._room *= 2

    def _count(self, numbers: Ints, by: int) -> None:
        self._frequencies[numbers] += by
        self._frequencies[0] = 0
        self._logs[numbers] = _LOGS[np.minimum(self._frequencies[numbers], len(_LOGS) - 1)]

    def _idf(self, places: Ints, count: int) -> Floats:
        told: Floats = np.float32(np.log(count + _BEFORE + 1)) - self._logs.take(places >> _BITS)
        return told


def _terms(traits: Traits) -> tuple[Ints, Floats, tuple[int, ...]]:
    """A record's terms, field after field: keys, those of names apart from those of words, weights, and sizes."""
    packed = traits.words, traits.lead, traits.marks, traits.names
    keys = np.frombuffer(b"".join([one[0] for one in packed]), np.int32).copy()
    weights = np.frombuffer(b"".join([one[1] for one in packed]), np.float32)
    sizes = tuple([len(one[0]) // 4 for one in packed])
    keys[-sizes[-1] :] += BUCKETS
    return keys, weights, sizes


def _counted(held: _Held) -> Ints:
    """Numbers of the terms that the vocabularies count."""
    words, names = held.sizes[_OWN[0]], held.sizes[_OWN[1]]
    return np.concatenate([held.places[:words], held.places[-names:]]) >> _BITS
