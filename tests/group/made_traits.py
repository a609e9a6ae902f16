"""Traits made by hand for the tests of the stream: a record is a day and some words, all of them rare or common."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date

import numpy as np

from diurna.group.occasion import Told
from diurna.group.stream import Grouper, Move, Row
from diurna.group.terms import key_of
from diurna.group.traits import Traits
from diurna.group.when import ToldDay

DAY = date(2021, 3, 1).toordinal()


def packed(words: Iterable[str]) -> tuple[bytes, bytes]:
    """Words as traits hold them, each of weight 1; key 0 stands in each."""
    keys = sorted({key_of(word) for word in words})
    return np.array([0, *keys], np.uint32).tobytes(), np.array([0, *[1] * len(keys)], np.float32).tobytes()


def record(ref: str, words: str, day: int = 0, *, outlet: str = "", told: int = 0) -> Traits:
    """An article or entry of a day (counted from a first one, from 1 on; 0 for none) that tells of another."""
    said = words.split()
    happened = date.fromordinal(DAY + told) if told else None
    days = (ToldDay(happened, happened, "day", 1.0, "act"),) if happened is not None else ()
    return Traits(
        ref=ref,
        record=ref.partition(":")[2],
        outlet=outlet,
        language="en",
        day=DAY + day if day else 0,
        words=packed(said),
        lead=packed(said[:12]),
        names=packed(word for word in said if word[0].isupper()),
        marks=packed(word for word in said if word[0].isupper()),
        years=frozenset({2021}) if day else frozenset(),
        told=Told(days),
    )


def story(number: int, words: int = 24) -> str:
    """Words that no other story has."""
    return " ".join([f"Name{number} Place{number}", *(f"word{number}x{at}" for at in range(words))])


class Said:
    """What people say of records, by reference."""

    def __init__(
        self, anchors: Mapping[str, str] | None = None, nevers: Mapping[str, Sequence[str]] | None = None
    ) -> None:
        self.anchors = dict(anchors or {})
        self.nevers = {ref: frozenset(events) for ref, events in (nevers or {}).items()}

    def anchor(self, ref: str) -> str:
        return self.anchors.get(ref, "")

    def never(self, ref: str) -> frozenset[str]:
        return self.nevers.get(ref, frozenset())

    def by_person(self, ref: str) -> bool:
        return ref in self.anchors or ref in self.nevers


class Kept:
    """Rows as a store keeps them: those of each snapshot over those of the ones before."""

    def __init__(self) -> None:
        self.rows: dict[int, Row] = {}

    def take(self, grouper: Grouper) -> None:
        rows, removed = grouper.changes()
        for slot in removed:
            self.rows.pop(slot, None)
        self.rows.update((row.kept.slot, row) for row in rows)

    def sorted(self) -> list[Row]:
        return [self.rows[slot] for slot in sorted(self.rows)]


def whole(grouper: Grouper) -> list[Row]:
    """Every row, as a snapshot of all would have it."""
    grouper._near.changed.update(grouper._home)
    return grouper.changes()[0]


def events(moves: Iterable[Move], known: dict[str, str] | None = None) -> dict[str, str]:
    """The event of each record after some moves."""
    found = {} if known is None else known
    found.update((move.ref, move.event) for move in moves)
    return found
