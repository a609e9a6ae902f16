"""Pairs of live records: symmetric, bounded, kept and restored."""

import numpy as np
from msgspec.structs import replace

from diurna.group.neighbourhood import Neighbourhood
from tests.group.made_traits import record, story


def filled(most: int = 1000, count: int = 60) -> Neighbourhood:
    near = Neighbourhood(most)
    for number in range(count):
        near.add(
            record(f"article:{number}", f"{story(number % 6, 12)} more{number % 4}", 1 + number % 9), lambda _: True
        )
    return near


def test_pairs_are_symmetric_and_sums_are_those_of_the_pairs() -> None:
    near = filled()
    for slot in near.live.slots():
        for other, sure in near.likely(slot).items():
            assert near.likely(other)[slot] == sure
    groups = [list(range(at, 60, 6)) for at in range(6)]
    sums = near.sums(groups)
    assert (sums == sums.T).all()
    for one, slots in enumerate(groups):
        for other in range(one):
            likely = [near.likely(slot).get(mate, 0) for slot in slots for mate in groups[other]]
            assert sums[one, other] == sum(round(1e4 * sure) for sure in likely if sure > 0.02)


def test_what_is_in_another_language_is_near_by_its_names() -> None:
    common = " ".join(f"wort{number}" for number in range(12))
    same = [record(f"article:{number}", f"Velmora {common} {story(number, 4)}", 1) for number in range(20)]
    english = record("article:en", f"Velmora Averil {' '.join(f'word{number}' for number in range(16))}", 1)
    near = Neighbourhood(1000)
    for traits in (replace(english, language="en-GB"), *(replace(one, language="de") for one in same)):
        near.add(traits, lambda _: True)
    slot, _ = near.add(replace(record("article:new", f"Velmora Averil {common}", 1), language="de"), lambda _: True)
    assert 0 in near.likely(slot)


def test_closed_events_make_no_pairs() -> None:
    near = Neighbourhood(100)
    near.add(record("article:0", story(1), 1), lambda _: True)
    slot, _ = near.add(record("article:1", story(1), 1), lambda _: False)
    assert near.likely(slot) == {}
    assert near.likely(0) == {}


def test_snapshot_restores_pairs_and_crowding() -> None:
    near = filled()
    again = Neighbourhood(1000)
    again.restore([near.snapshot(slot) for slot in near.live.slots()])
    for slot in near.live.slots():
        assert again.likely(slot) == near.likely(slot)
        assert again.snapshot(slot) == near.snapshot(slot)


def test_explanation_gives_what_the_pair_has() -> None:
    near = filled(count=30)
    compared = False
    for slot in (28, 29):
        for other, sure in near.likely(slot).items():
            told, features = near.explain(near.live.traits(slot), other)
            odds = sum(feature.gave for feature in features)
            assert abs(told - 1 / (1 + np.exp(-odds))) < 0.01
            assert abs(told - sure) < 0.2
            compared = True
    assert compared


def test_what_expires_is_in_no_pair() -> None:
    near = filled(most=20, count=80)
    live = set(near.live.slots())
    assert len(live) == 20
    assert all(set(near.likely(slot)) <= live for slot in live)
    assert set(near._crowd) == live
