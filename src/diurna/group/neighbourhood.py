"""The live records with the pairs that they make: who is nearest to whom, and how crowded it is around each.

A record makes its pairs when it comes, and again when much more has come since: then more is known of what is rare.
"""

from collections.abc import Callable, Iterable, Sequence
from math import log

import numpy as np
from msgspec import Struct
from numpy.typing import NDArray

from diurna.group.live import Compared, Live
from diurna.group.score import RANKS, Feature, contributions, crowding, nearest, probability, score_pairs
from diurna.group.traits import Traits

__all__ = ["Neighbour", "Neighbourhood"]

_ANEW = 1.2
"""A record is compared anew when the live ones have become so many times as many as they were."""

_FAINT = log(0.02 / 0.98)
"""Odds below which a pair counts as none."""


class Neighbour(Struct, frozen=True):
    """A live record as a snapshot keeps it: its traits, its best likenesses, its pairs, and as of how many records.

    Of a pair the other's slot, the odds but for crowding, and whether this record chose it.
    """

    slot: int
    traits: Traits
    best: bytes
    pairs: tuple[tuple[int, float, bool], ...]
    compared: int


class Neighbourhood:
    """The live records by slot, each with its pairs: other slots, and the odds but for the crowding of both."""

    def __init__(self, most: int) -> None:
        self.live = Live(most)
        self.changed: set[int] = set()
        self.removed: set[int] = set()
        self._pairs: dict[int, dict[int, float]] = {}
        self._chosen: dict[int, set[int]] = {}
        self._compared: dict[int, int] = {}
        self._room = 1 << 10
        self._best = np.zeros((self._room, RANKS[1]), np.float32)
        self._crowd: dict[int, float] = {}

    def add(self, traits: Traits, is_open: Callable[[int], bool]) -> tuple[int, list[int]]:
        """Take a record in, with pairs to those that `is_open` allows; its slot, and those that had to go for it."""
        candidates = self.live.candidates(traits)
        compared = self.live.compare(traits, candidates)
        ranked = self._nearest(traits, compared)
        slot, gone = self.live.add(traits)
        for oldest in gone:
            self._forget(oldest)
        self._fit(slot)
        self._pairs[slot], self._chosen[slot] = {}, set()
        self._compared[slot] = len(self.live)
        self._observe(slot, compared.lead)
        here = [row for row, other in enumerate(candidates) if other in self._pairs]
        self._tell([candidates[row] for row in here], compared.lead[here])
        rows = [row for row in ranked if compared.slots[row] in self._pairs]
        others = [self.live.traits(compared.slots[row]) for row in rows]
        self._pair(slot, score_pairs(traits, others, compared, rows).odds(), is_open)
        self._chosen[slot] = set(self._pairs[slot])
        return slot, gone

    def refresh(self, slot: int, is_open: Callable[[int], bool]) -> None:
        """Compare a record anew, if many have come since it was."""
        if len(self.live) < _ANEW * self._compared[slot]:
            return
        self._compared[slot] = len(self.live)
        traits, former = self.live.traits(slot), self._pairs[slot]
        candidates = sorted({*self.live.candidates(traits), *former} - {slot})
        compared = self.live.compare(traits, candidates)
        rows = self._nearest(traits, compared)
        chosen = {candidates[row] for row in rows}
        rows += [row for row, other in enumerate(candidates) if slot in self._chosen[other] and other not in chosen]
        scored = score_pairs(traits, [self.live.traits(candidates[row]) for row in rows], compared, rows)
        self._observe(slot, compared.lead)
        for other in former:
            del self._pairs[other][slot]
        self.changed.update(former)
        self._pairs[slot] = {}
        self._pair(slot, scored.odds(), is_open)
        self._chosen[slot] = chosen & self._pairs[slot].keys()
        for other in former.keys() - self._pairs[slot].keys():
            self._chosen[other].discard(slot)

    def remove(self, slot: int) -> None:
        """Let a record go."""
        self.live.remove(slot)
        self._forget(slot)

    def likely(self, slot: int) -> dict[int, float]:
        """Slots that a record has pairs with, each with the probability that both tell of one event."""
        pairs = self._pairs[slot]
        crowds = self._crowd
        return {other: probability(static - crowds[slot] - crowds[other]) for other, static in pairs.items()}

    def sums(self, groups: Sequence[Sequence[int]]) -> NDArray[np.float64]:
        """Probabilities over the pairs of slots of each two groups, summed, in whole ten-thousandths."""
        place = {slot: at for at, slots in enumerate(groups) for slot in slots}
        large = max(groups, key=len, default=())
        sums = np.zeros((len(groups), len(groups)))
        for slot, at in place.items():
            if groups[at] is large and len(large) > 1:
                continue  # its pairs are those of the others with it
            for other, static in self._pairs[slot].items():
                there = place.get(other)
                if there is None or there == at or (other < slot and groups[there] is not large):
                    continue
                odds = static - self._crowd[slot] - self._crowd[other]
                if odds > _FAINT:
                    sums[at, there] += round(1e4 * probability(odds))
        both: NDArray[np.float64] = sums + sums.T
        return both

    def explain(self, traits: Traits, slot: int) -> tuple[float, list[Feature]]:
        """How surely a record, live or not, tells of the same event as a live one, and what each feature gave."""
        compared = self.live.compare(traits, [slot])
        pairs = score_pairs(traits, [self.live.traits(slot)], compared, [0])
        own = self.live.slot_of(traits.ref)
        both = (self._crowd[own] if own is not None else 0.0, self._crowd[slot])
        return probability(float(pairs.static[0]) - sum(both)), contributions(pairs, 0, both)

    def snapshot(self, slot: int) -> Neighbour:
        """A record as it is to be kept."""
        pairs = tuple((other, odds, other in self._chosen[slot]) for other, odds in sorted(self._pairs[slot].items()))
        best = self._best[slot % self._room].tobytes()
        return Neighbour(slot, self.live.traits(slot), best, pairs, self._compared[slot])

    def restore(self, several: Sequence[Neighbour]) -> None:
        """Take records in as they were kept, in the order of slots; none may be live yet."""
        if not several:
            return
        slots = [kept.slot for kept in several]
        self.live.restore([(kept.slot, kept.traits) for kept in several])
        while slots[-1] - slots[0] >= self._room:
            self._room *= 2
        self._best = np.zeros((self._room, RANKS[1]), np.float32)
        best = np.frombuffer(b"".join([kept.best for kept in several]), np.float32)
        self._best[np.array(slots) % self._room] = best.reshape(-1, RANKS[1])
        for kept in several:
            self._pairs[kept.slot] = {other: odds for other, odds, _ in kept.pairs}
            self._chosen[kept.slot] = {other for other, _, mine in kept.pairs if mine}
            self._compared[kept.slot] = kept.compared
        self._weigh(slots)

    # ------------------------------------------------------------------ inner parts

    def _nearest(self, traits: Traits, compared: Compared) -> list[int]:
        return nearest(traits, [self.live.traits(slot) for slot in compared.slots], compared)

    def _pair(self, slot: int, odds: Iterable[tuple[int, float]], is_open: Callable[[int], bool]) -> None:
        for other, static in odds:
            if is_open(other):
                self._pairs[slot][other] = self._pairs[other][slot] = static
                self.changed.add(other)

    def _forget(self, slot: int) -> None:
        others = self._pairs.pop(slot)
        del self._chosen[slot]
        for other in others:
            self._pairs[other].pop(slot, None)
            self._chosen[other].discard(slot)
        self.changed.update(others)
        self.changed.discard(slot)
        self.removed.add(slot)
        del self._compared[slot], self._crowd[slot]

    def _fit(self, slot: int) -> None:
        """Make room for a slot: what lives at once has a place of its own each."""
        oldest = next(iter(self._pairs), slot)
        while slot - oldest >= self._room:
            grown = np.zeros((2 * self._room, RANKS[1]), np.float32)
            for held in self._pairs:
                grown[held % (2 * self._room)] = self._best[held % self._room]
            self._best, self._room = grown, 2 * self._room

    def _observe(self, slot: int, likenesses: NDArray[np.float32]) -> None:
        """Take note of how like a record's lead is to those of others."""
        best = np.sort(likenesses)[::-1][: RANKS[1]]
        self._best[slot % self._room] = 0
        self._best[slot % self._room, : len(best)] = best
        self.changed.add(slot)
        self._weigh([slot])

    def _tell(self, others: Sequence[int], likenesses: NDArray[np.float32]) -> None:
        """Let others take note of how like their leads are to that of a new record."""
        rows = np.array(others, int) % self._room
        held = self._best[rows]
        least = held.argmin(axis=1)
        better = np.flatnonzero(likenesses > held[np.arange(len(rows)), least])
        self._best[rows[better], least[better]] = likenesses[better]
        told = [others[at] for at in better.tolist()]
        self.changed.update(told)
        self._weigh(told)

    def _weigh(self, slots: Sequence[int]) -> None:
        """Note how crowded it is around some records."""
        found = crowding(self._best[np.array(slots, int) % self._room])
        self._crowd.update(zip(slots, found.tolist(), strict=True))
