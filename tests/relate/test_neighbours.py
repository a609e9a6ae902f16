"""Keeping related events costs the same however many events there are, and nothing where nothing about them changed."""

from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from unittest.mock import patch

import pytest
from msgspec.structs import replace

from diurna.model import Event, Member
from diurna.relate.neighbours import Neighbours, RelateSettings
from diurna.relate.score import Scorer
from diurna.store.interface import Store
from diurna.store.sqlite import SqliteStore
from tests.store.made import event_of, linked, put

LIMITS = RelateSettings(met=20, scored=8)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with SqliteStore(tmp_path / "chronicle.db") as made:
        yield made


def event(rank: int, headline: str = "Ministers vote on the harbour") -> Event:
    """An event like all others here, but for a word of its own."""
    made = event_of(rank, f"{headline} number{rank}", entities=linked("Moon", "Seoul"))
    return replace(made, members=(Member(f"article:{rank}", "judgement"),))


def observe(store: Store, near: Neighbours, now: Event, before: Event | None = None) -> bool:
    put(store, now)
    with store.writing():
        return near.observe(now, before)


def scored(store: Store, near: Neighbours, now: Event, before: Event | None = None) -> int:
    """How many pairs are scored for an event."""
    with patch.object(Scorer, "score", autospec=True, side_effect=Scorer.score) as score:
        observe(store, near, now, before)
    return score.call_count


def filled(store: Store, count: int) -> Neighbours:
    near = Neighbours(store.views, LIMITS)
    for rank in range(1, count + 1):
        observe(store, near, event(rank))
    return near


@pytest.mark.parametrize("count", [40, 160])
def test_a_new_event_meets_as_many_in_a_large_chronicle_as_in_a_small_one(store: Store, count: int) -> None:
    near = filled(store, count)
    near.forget()
    with patch.object(store.views, "events_of_ranks", wraps=store.views.events_of_ranks) as loaded:
        assert scored(store, near, event(count + 1)) == LIMITS.scored
    assert sum(len(call.args[0]) for call in loaded.call_args_list) == LIMITS.scored


@pytest.mark.parametrize("count", [40, 160])
def test_an_event_that_changes_meets_its_candidates_and_its_pairs_only(store: Store, count: int) -> None:
    near = filled(store, count)
    before = event(30)
    paired = len(store.views.pairs_of(before.id))
    assert 0 < paired <= 4 * LIMITS.scored
    assert scored(store, near, event(30, "Ministers reject the harbour"), before) <= LIMITS.scored + paired


def test_what_relations_do_not_depend_on_relates_nothing_anew(store: Store) -> None:
    near = filled(store, 12)
    before = event(9)
    pairs = store.views.pairs_of(before.id)
    more = replace(before, members=(*before.members, Member("article:more", "judgement")), independent=2)
    for _ in range(2):  # with what is held, and without
        assert scored(store, near, more, before) == 0
        assert not observe(store, near, more, before)
        near.forget()
    assert store.views.pairs_of(before.id) == pairs
    assert observe(store, near, event(9, "Ministers reject the harbour"), more)
    assert store.views.pairs_of(before.id) != pairs


def test_an_event_that_comes_back_is_related_again(store: Store) -> None:
    near = filled(store, 12)
    whole = event(9)
    merged = replace(whole, status="merged", into="/news/2017/05/22/e1")
    put(store, merged)
    with store.writing():
        near.drop(merged)
    assert store.views.pairs_of(whole.id) == []
    observe(store, near, event(13))
    assert whole.id not in {pair.other for pair in store.views.pairs_of(event(13).id)}
    assert observe(store, near, whole, merged)
    assert store.views.pairs_of(whole.id)


def test_features_are_noted_once_however_often_an_event_changes(store: Store) -> None:
    near = filled(store, 3)
    states = [event(2), event(2, "Ministers reject the harbour"), event(2), event(2, "Ministers reject the harbour")]
    for before, now in pairwise(states):
        observe(store, near, now, before)
        near.forget()
    for feature in ("entity:Moon", "word:minis", "word:rejec", "word:numb"):
        events = [posting.event for posting in store.views.postings(feature)]
        assert len(events) == len(set(events)), feature
    assert [posting.event for posting in store.views.postings("word:rejec")] == [2]
