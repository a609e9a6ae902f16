"""The live records: candidates are those that share what is rare, likenesses are cosines, what goes leaves nothing."""

from itertools import pairwise
from random import Random

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from diurna.group.index import FIELDS
from diurna.group.live import CANDIDATES, Live
from diurna.group.traits import Traits, unpacked
from tests.group.made_traits import record, story

WORDS = st.lists(
    st.sampled_from(["ash", "birch", "cedar", "Dover", "elm", "fir", "Goa", "hazel"]), min_size=1, max_size=6
)


def filled(texts: list[str], most: int = 1000) -> Live:
    live = Live(most)
    for number, text in enumerate(texts):
        live.add(record(f"article:{number}", text, 1))
    return live


def shared(one: Traits, other: Traits) -> int:
    """Keys that two records have in common, but for that which all have."""
    return len(np.intersect1d(unpacked(one.words)[0], unpacked(other.words)[0])) - 1


def test_few_records_are_all_candidates() -> None:
    live = filled([story(number) for number in range(10)])
    assert live.candidates(record("article:new", story(3), 1)) == list(range(10))


def test_candidates_are_those_that_brute_force_finds() -> None:
    chance = Random(5)
    live = filled([f"{story(chance.randrange(60), 8)} common plain" for _ in range(300)])
    for number in range(60):
        new = record("article:new", f"{story(number, 8)} common plain", 1)
        counts = {slot: shared(new, live.traits(slot)) for slot in live.slots()}
        expected = sorted(slot for slot, count in counts.items() if count > 2)
        found = live.candidates(new)
        assert len(expected) < CANDIDATES
        assert found == expected


def test_likeness_is_one_for_the_same_nothing_for_others_and_alike_both_ways() -> None:
    texts = [story(1), story(2), f"{story(1, 8)} {story(2, 8)}"]
    live = filled([*texts, *[story(number) for number in range(9, 30)]])
    rows = [live.compare(live.traits(slot), [0, 1, 2]).words for slot in range(3)]
    matrix = np.array(rows)
    assert np.allclose(np.diag(matrix), 1, atol=1e-5)
    assert np.allclose(matrix, matrix.T, atol=1e-5)
    assert matrix[0, 1] == 0
    assert 0.2 < matrix[0, 2] < 0.9


def test_rare_words_make_more_alike_than_frequent_ones() -> None:
    live = filled(["rare shared", "other frequent", *["frequent"] * 50])
    new = record("article:new", "rare frequent", 1)
    first, second = live.compare(new, [0, 1]).words
    assert first > second


@settings(max_examples=25, deadline=None)
@given(st.lists(WORDS, min_size=1, max_size=8), st.lists(WORDS, min_size=1, max_size=8), WORDS)
def test_what_went_leaves_nothing(stay: list[list[str]], go: list[list[str]], new: list[str]) -> None:
    plain, changed = Live(1000), Live(1000)
    for number, words in enumerate(stay):
        plain.add(record(f"article:{number}", " ".join(words), 1), number)
        changed.add(record(f"article:{number}", " ".join(words), 1), number)
    slots = [changed.add(record(f"article:gone{number}", " ".join(words), 1))[0] for number, words in enumerate(go)]
    for slot in slots:
        changed.remove(slot)
    traits = record("article:new", " ".join(new), 1)
    one, other = (live.compare(traits, range(len(stay))) for live in (plain, changed))
    for kind in ("words", "lead", "names", "marks"):
        assert (getattr(one, kind) == getattr(other, kind)).all()
    assert plain.candidates(traits, 3) == changed.candidates(traits, 3)


def test_oldest_go_when_there_are_too_many() -> None:
    live = Live(5)
    gone = [slot for number in range(12) for slot in live.add(record(f"article:{number}", story(number % 3), 1))[1]]
    assert gone == list(range(7))
    assert list(live.slots()) == list(range(7, 12))
    assert all(before < after for before, after in pairwise(live.slots()))
    assert live.slot_of("article:6") is None
    assert live.slot_of("article:7") == 7


def test_records_that_are_restored_together_are_found_as_if_they_had_come_one_by_one() -> None:
    chance = Random(7)
    came = filled([f"{story(chance.randrange(60), 8)} common plain" for _ in range(300)])
    for slot in (3, 50, 299):
        came.remove(slot)
    back = Live(1000)
    back.restore([(slot, came.traits(slot)) for slot in came.slots()])
    assert list(back.slots()) == list(came.slots())
    for both in (came, back):
        both.remove(100)
        assert both.add(record("article:new", f"{story(5, 8)} plain", 1), 300) == (300, [])
    for number in range(60):
        new = record("article:other", f"{story(number, 8)} common unheard", 1)
        found = back.candidates(new)
        assert found == came.candidates(new)
        one, other = came.compare(new, found), back.compare(new, found)
        assert all(np.array_equal(getattr(one, field), getattr(other, field)) for field in FIELDS)
