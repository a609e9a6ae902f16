"""How surely two records tell of one event: features of the pair, each with what it gives to the odds.

The odds are logistic in the features. What is the same about a pair whoever else is live is its `static` part; what
depends on how crowded the neighbourhoods of both are (`crowding`) is added when the pair is looked at: in a day full of
reports on one election, likeness says less than in a quiet corner.
"""

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from math import exp, log1p

import numpy as np
from msgspec import Struct
from numpy.typing import NDArray

from diurna.group.index import Floats
from diurna.group.live import Compared
from diurna.group.occasion import clash, same
from diurna.group.traits import Leading, Traits
from diurna.group.weights import BIAS, FLOOR, FURTHEST, WEIGHTS

__all__ = [
    "FEATURES",
    "NEAREST",
    "RANKS",
    "Feature",
    "Pairs",
    "contributions",
    "crowding",
    "nearest",
    "probability",
    "score_pairs",
]

RANKS = (5, 15)
"""Of a record's likenesses, best first, those from rank to rank that tell how crowded its neighbourhood is: beyond the
other reports on its own event, in most cases."""

NEAREST = 12
"""Candidates, the most alike, that a record makes pairs with. With 20 or 30 the groups of the bench's sets get worse:
far ones only add noise to an average."""

_NEARNESS = {"words": 0.5, "lead": 0.25, "marks": 0.25}


class Feature(Struct, frozen=True):
    """One ground of a pair's score: its name, what was seen, and what that gave to the logarithm of the odds."""

    name: str
    value: float
    gave: float


FEATURES = (
    "words",
    "names",
    "figures",
    "same year",
    "other weekday",
    "same day",
    "other day",
    "other day of the undated",
    "days apart",
    "words of one outlet",
    "entry",
    "words of an entry",
    "other language",
    "marks across languages",
    "lead in its crowd",
    "people",
    "places",
    "other town",
)
"""Names of the features, in the order of the columns of `Pairs.values`."""

_WEIGHTS = np.array([WEIGHTS[name] for name in FEATURES])


class Pairs(Struct, frozen=True):
    """A record's pairs with those that are nearest: `values` has a row for each of `slots` and a column for each
    feature; `static` is what they give together, without crowding.
    """

    slots: list[int]
    values: NDArray[np.float64]
    static: NDArray[np.float64]

    def odds(self) -> Iterator[tuple[int, float]]:
        """Each slot with the logarithm of the pair's odds, but for crowding."""
        return zip(self.slots, self.static.tolist(), strict=True)


def nearest(traits: Traits, others: Sequence[Traits], compared: Compared) -> list[int]:
    """Rows of the candidates that are most alike, best first; of equals the later ones.

    Of another language they are as near as what most languages write alike.
    """
    foreign = [_foreign(traits, one) for one in others]
    alike = sum(share * getattr(compared, kind) for kind, share in _NEARNESS.items())
    if any(foreign):
        alike = np.where(foreign, compared.marks, alike)
    order = np.lexsort((-np.arange(len(compared.slots)), -np.round(alike, 5)))
    return [int(row) for row in order[:NEAREST]]


def score_pairs(traits: Traits, others: Sequence[Traits], compared: Compared, rows: Sequence[int]) -> Pairs:
    """Score a record's pairs with some of its candidates; `others` are the traits in those `rows`."""
    at = list(rows)
    values = np.zeros((len(at), len(FEATURES)))
    slots = [compared.slots[row] for row in at]
    if not at:
        return Pairs(slots, values, np.zeros(0))
    told = np.array([_told_of(traits, one) for one in others])
    entry, outlet, foreign = told[:, 0], told[:, 1], told[:, 2]
    lead = compared.lead[at]
    # An entry's one sentence is compared with what an article opens with.
    words = np.where(entry > 0, lead, compared.words[at])
    names = np.sqrt(np.maximum(compared.names[at], 0))
    values[:, 0] = np.sqrt(words)
    values[:, 1] = names
    values[:, 2:9] = told[:, 3:10]
    values[:, 9] = outlet * values[:, 0]
    values[:, 10] = entry
    values[:, 11] = entry * values[:, 0]
    values[:, 12] = foreign
    values[:, 13] = foreign * np.sqrt(np.maximum(compared.marks[at], 0))
    values[:, 14] = np.log(np.maximum(lead, FLOOR / 3))
    values[:, 15:18] = told[:, 10:]
    return Pairs(slots, values, np.round(BIAS + values @ _WEIGHTS, 4))


def crowding(lead: Floats) -> NDArray[np.float64]:
    """What crowded neighbourhoods take from the odds of each of some records' pairs.

    Rows hold the best likenesses of a record's lead, `RANKS[1]` of them in any order, 0 where there are fewer.
    """
    low, high = RANKS
    density = np.sort(lead, axis=1)[:, : high - low].sum(axis=1) / np.float32(high - low)
    found: NDArray[np.float64] = np.round(0.5 * WEIGHTS["lead in its crowd"] * np.log(np.maximum(density, FLOOR)), 4)
    return found


def probability(odds: float) -> float:
    """The probability that goes with a logarithm of odds."""
    return round(1 / (1 + exp(-odds)), 4) if -50 < odds < 50 else float(odds > 0)


def contributions(pairs: Pairs, row: int, crowds: tuple[float, float]) -> list[Feature]:
    """What each feature of a pair gave, the weightiest first; `crowds` are the crowdings of both records."""
    found = [
        Feature(name, round(float(value), 3), round(float(value * weight), 3))
        for name, value, weight in zip(FEATURES, pairs.values[row], _WEIGHTS, strict=True)
        if value * weight
    ]
    found.append(Feature("crowding", round(sum(crowds), 3), -round(sum(crowds), 3)))
    found.append(Feature("bias", 1.0, BIAS))
    return sorted(found, key=lambda feature: (-abs(feature.gave), feature.name))


def _told_of(one: Traits, other: Traits) -> tuple[float, ...]:
    """What is told of a pair besides likeness: whether one is an entry, both are of one outlet, and of two languages;
    what parts them, and whom and where each opens with.
    """
    foreign = _foreign(one, other)
    outlet = bool(one.outlet) and one.outlet == other.outlet
    flags = float(one.is_entry or other.is_entry), float(outlet), float(foreign)
    return *flags, *_apart(one, other), *_opened_with(one, other, names_alike=not foreign)


def _opened_with(one: Traits, other: Traits, *, names_alike: bool) -> tuple[float, float, float]:
    """How much the people and places that each opens with are in the other too: 1 all, -1 none; and whether it
    happened in two towns, each of which only one of them names.

    0 where one of them opens with none. Two languages seldom write a place alike (`names_alike`).
    """
    people = places = towns = 0.0
    if not ((one.people and other.people) or (one.places and other.places) or (one.town and other.town)):
        return people, places, towns
    ours, theirs = memoryview(one.words[0]).cast("I"), memoryview(other.words[0]).cast("I")
    if one.people and other.people:
        people = 2 * max(_share(one.people, theirs), _share(other.people, ours)) - 1
    if names_alike and one.places and other.places:
        places = 2 * max(_share(one.places, theirs), _share(other.places, ours)) - 1
    if names_alike and one.town and other.town:
        towns = 1.0 - max(_share(one.town, theirs), _share(other.town, ours))
    return people, places, towns


def _share(names: Leading, words: memoryview) -> float:
    """Share of some leading names that are among a record's words (keys, in order)."""
    found, last = 0.0, len(words) - 1
    for key, weight in names:
        if words[min(bisect_left(words, key), last)] == key:
            found += weight
    return found


def _foreign(one: Traits, other: Traits) -> bool:
    if one.language == other.language:
        return False
    first, second = (traits.language.partition("-")[0] for traits in (one, other))
    return bool(first and second) and first != second


def _apart(one: Traits, other: Traits) -> tuple[float, ...]:
    """What parts two records, or holds them together, besides their words; the columns from `figures` on."""
    least = min(len(one.figures), len(other.figures))
    figures = len(one.figures & other.figures) if least else 0
    weekdays = one.weekdays and other.weekdays and not one.weekdays & other.weekdays
    dated = bool(one.day and other.day)
    alike = same(one.told, other.told)
    parted = clash(one.told, other.told, alike) ** 0.5
    return (
        (figures / least) ** 0.5 if least else 0.0,
        float(not one.years.isdisjoint(other.years)),
        float(bool(weekdays)),
        alike,
        parted if dated else 0.0,
        0.0 if dated else parted,
        min(log1p(abs(one.day - other.day)), FURTHEST) if dated else 0.0,
    )
