"""Average link: against a plain reference, and what people and lists compel."""

from itertools import combinations

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from diurna.group.clusters import Atom, Bounds
from diurna.group.clusters import group as group_within

LONGEST = 60


def group(atoms: list[Atom], sums: np.ndarray, bar: float, most: int = 1000) -> list[list[int]]:
    """Groups by probabilities, each record with pairs to all."""
    return group_within(atoms, 1e4 * sums, Bounds(bar, most, LONGEST))


EVENTS = st.sampled_from(["", "", "", "E", "F"])
NEVERS = st.frozensets(st.sampled_from(["E", "F"]), max_size=1)


@st.composite
def problems(draw: st.DrawFn, compelled: bool = False) -> tuple[list[Atom], np.ndarray, float]:
    count = draw(st.integers(1, 7))
    atoms = []
    slot = 0
    for _ in range(count):
        size = draw(st.integers(1, 3))
        anchor, never = (draw(EVENTS), draw(NEVERS)) if compelled else ("", frozenset[str]())
        first = draw(st.sampled_from([0, 0, 1000, 1030, 1055])) if compelled else 0
        last = first + draw(st.integers(0, 20)) if first else 0
        atoms.append(Atom(tuple(range(slot, slot + size)), anchor, never - {anchor}, first, last))
        slot += size
    sums = np.zeros((count, count))
    for one, other in combinations(range(count), 2):
        pairs = len(atoms[one].members) * len(atoms[other].members)
        sums[one, other] = sums[other, one] = draw(st.integers(0, 1000)) / 1000 * pairs
    return atoms, sums, draw(st.sampled_from([0.1, 0.3, 0.5, 0.9]))


def parted(atoms: list[Atom], one: list[int], other: list[int]) -> bool:
    anchors = [{atoms[at].anchor for at in side} - {""} for side in (one, other)]
    nevers = [{event for at in side for event in atoms[at].never} for side in (one, other)]
    days = [day for at in (*one, *other) for day in (atoms[at].first, atoms[at].last) if day]
    return (
        len(anchors[0] | anchors[1]) > 1
        or bool(anchors[0] & nevers[1])
        or bool(anchors[1] & nevers[0])
        or max(days, default=0) - min(days, default=0) > LONGEST
    )


def mean(atoms: list[Atom], sums: np.ndarray, one: list[int], other: list[int]) -> float:
    total = sum(sums[a, b] for a in one for b in other)
    return float(total / (sum(len(atoms[a].members) for a in one) * sum(len(atoms[b].members) for b in other)))


def reference(atoms: list[Atom], sums: np.ndarray, bar: float) -> list[list[int]]:
    """The same in the plainest way: of all two groups that may join those with the highest mean, first of equals."""
    groups = [[at] for at in range(len(atoms))]
    while True:
        allowed = [
            (round(mean(atoms, sums, one, other), 4), one, other)
            for one, other in combinations(groups, 2)
            if not parted(atoms, one, other)
        ]
        best = max(allowed, key=lambda found: found[0], default=None)
        if best is None or best[0] < bar:
            return sorted(sorted(one) for one in groups)
        groups[groups.index(best[1])] = best[1] + best[2]
        groups.remove(best[2])


@settings(max_examples=60, deadline=None)
@given(problems(compelled=True))
def test_groups_are_those_of_a_plain_average_link(problem: tuple[list[Atom], np.ndarray, float]) -> None:
    atoms, sums, bar = problem
    assert sorted(group(atoms, sums, bar)) == reference(atoms, sums, bar)


@settings(max_examples=60, deadline=None)
@given(problems(compelled=True))
def test_each_atom_is_in_one_group_and_nothing_compelled_is_broken(
    problem: tuple[list[Atom], np.ndarray, float],
) -> None:
    atoms, sums, bar = problem
    before = sums.copy()
    found = group(atoms, sums, bar)
    assert sorted(at for each in found for at in each) == list(range(len(atoms)))
    assert (sums == before).all()
    for each in found:
        anchors = {atoms[at].anchor for at in each} - {""}
        assert len(anchors) <= 1
        assert not anchors & {event for at in each for event in atoms[at].never}
        days = [day for at in each for day in (atoms[at].first, atoms[at].last) if day]
        assert max(days, default=0) - min(days, default=0) <= LONGEST


@settings(max_examples=40, deadline=None)
@given(problems())
def test_what_stays_apart_is_below_the_bar(problem: tuple[list[Atom], np.ndarray, float]) -> None:
    atoms, sums, bar = problem
    for one, other in combinations(group(atoms, sums, bar), 2):
        assert mean(atoms, sums, one, other) < bar + 1e-9


def test_sure_pairs_of_two_anchors_stay_apart_and_what_is_between_goes_to_the_likelier() -> None:
    atoms = [Atom((0,), "E"), Atom((1,)), Atom((2,), "F")]
    sums = np.array([[0, 0.8, 1], [0.8, 0, 0.9], [1, 0.9, 0]])
    assert sorted(group(atoms, sums, 0.3)) == [[0], [1, 2]]


def test_never_follows_a_group_as_it_grows() -> None:
    atoms = [Atom((0,), "E"), Atom((1,)), Atom((2,), "", frozenset({"E"}))]
    sums = np.array([[0, 0.8, 0], [0.8, 0, 0.9], [0, 0.9, 0]])
    assert sorted(group(atoms, sums, 0.1)) == [[0], [1, 2]]


def test_grown_parts_weigh_by_their_size() -> None:
    atoms = [Atom((0, 1, 2, 3)), Atom((4,))]
    assert group(atoms, np.array([[0, 1.0], [1.0, 0]]), 0.3) == [[0], [1]]
    assert group(atoms, np.array([[0, 1.2], [1.2, 0]]), 0.3) == [[0, 1]]


def test_record_with_pairs_to_the_nearest_alone_joins_a_large_group() -> None:
    atoms = [Atom(tuple(range(40))), Atom((40,))]
    sums = np.array([[0, 11.0], [11.0, 0]])
    assert group(atoms, sums, 0.5) == [[0], [1]]
    assert group(atoms, sums, 0.5, most=12) == [[0, 1]]


def test_nothing_makes_no_groups() -> None:
    assert group([], np.zeros((0, 0)), 0.3) == []
