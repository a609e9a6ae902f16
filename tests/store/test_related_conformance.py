"""What every store promises of related events: postings, frequencies as of a rank, pairs with their context."""

import msgspec
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from diurna.model import Reason, Tag
from diurna.store.interface import Pair, Posting, Store
from tests.store.made import entity_id, event_of, linked, put


def test_postings_are_in_the_order_they_were_noted(store: Store) -> None:
    first, second = event_of(1, "a"), event_of(2, "b")
    with store.writing():
        store.views.add_postings(first, 1, ["e:Moon", "w:vote"])
        store.views.add_postings(second, 2, ["e:Moon"])
    assert store.views.postings("e:Moon") == [Posting(1, 1), Posting(2, 2)]
    assert store.views.postings("w:vote") == [Posting(1, 1)]
    assert store.views.postings("w:none") == []


def test_feature_that_an_event_has_is_noted_once(store: Store) -> None:
    first, second = event_of(1, "a"), event_of(2, "b")
    with store.writing():
        store.views.add_postings(first, 1, ["e:Moon"])
        store.views.add_postings(second, 2, ["e:Moon"])
        store.views.add_postings(first, 2, ["e:Moon", "e:Seoul"])
    assert store.views.postings("e:Moon") == [Posting(1, 1), Posting(2, 2)]
    assert store.views.postings("e:Seoul") == [Posting(1, 2)]


def test_frequency_is_that_among_the_first_events(store: Store) -> None:
    with store.writing():
        for rank in (1, 2, 5):
            store.views.add_postings(event_of(rank, "a"), rank, ["e:Moon"])
    assert [store.views.frequencies(["e:Moon"], rank) for rank in range(7)] == [[0], [1], [2], [2], [2], [3], [3]]
    assert store.views.frequencies(["e:Seoul", "e:Moon"], 9) == [0, 3]


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.tuples(st.integers(1, 6), st.lists(st.sampled_from("abc"), max_size=3)), max_size=12))
def test_what_is_remembered_is_what_is_written(store: Store, notes: list[tuple[int, list[str]]]) -> None:
    with store.writing():
        store.views.clear()
    known = 0
    for rank, features in notes:
        known = max(known, rank)
        with store.writing():
            store.views.add_postings(event_of(rank, ""), known, features)
    remembered = {feature: store.views.postings(feature) for feature in "abc"}
    store.refresh()  # type: ignore[attr-defined]
    assert {feature: store.views.postings(feature) for feature in "abc"} == remembered
    for postings in remembered.values():
        assert len({posting.event for posting in postings}) == len(postings)


def test_a_new_event_is_noted_as_any_other(store: Store) -> None:
    """Frequencies are the same whether lists are held, only counted, or read again; a new event spares the look
    only.
    """
    with store.writing():
        for rank in range(1, 7):
            store.views.put_event(event_of(rank, f"{rank}"))
            store.views.add_postings(event_of(rank, f"{rank}"), rank, ["e:Moon", f"w:{rank % 2}"], new=rank > 2)
            if rank == 3:
                assert [posting.event for posting in store.views.postings("w:1")] == [1, 3]
        held = [store.views.frequencies(["e:Moon", "w:0", "w:1", "w:2"], rank) for rank in (1, 4, 6)]
    store.refresh()  # type: ignore[attr-defined]
    assert [store.views.frequencies(["e:Moon", "w:0", "w:1", "w:2"], rank) for rank in (6, 4, 1)] == held[::-1]
    assert held == [[1, 0, 1, 0], [4, 2, 2, 0], [6, 3, 3, 0]]
    assert [posting.rank for posting in store.views.postings("e:Moon")] == [1, 2, 3, 4, 5, 6]


def test_related_are_best_first_with_what_both_carry(store: Store) -> None:
    one = event_of(1, "a", entities=(*linked("Moon", "Seoul"), *linked("Vote", role="topic")))
    two = event_of(2, "b", entities=(*linked("Seoul", "Moon"), *linked("Vote", role="topic")))
    three = event_of(3, "c", entities=linked("Moon", "Busan"))
    put(store, one, two, three)
    seoul = Reason("entity", "Seoul", 0.4, 2, 3, f"entity:{entity_id('Seoul')}")
    moon = Reason("entity", "Moon", 0.1, 3, 3, f"entity:{entity_id('Moon')}")
    with store.writing():
        store.views.put_pairs(
            [Pair(two.id, one.id, 0.5, 0, True, (seoul, moon)), Pair(three.id, one.id, 0.7, 1, True, (moon,))]
        )
    links = store.views.related(one.id)
    assert [(link.target, link.score, link.kind) for link in links] == [
        (three.id, 0.7, "context"),
        (two.id, 0.5, "context"),
    ]
    assert [tag.name for tag in links[1].context] == ["Seoul", "Moon", "Vote"]
    assert links[1].reasons == (seoul, moon)
    back = store.views.related(two.id)
    assert [(link.target, link.reasons) for link in back] == [(one.id, (seoul, moon))]
    assert store.views.related(one.id, limit=1) == links[:1]


def test_context_is_what_both_carry_now(store: Store) -> None:
    one, two = event_of(1, "a", entities=linked("Moon", "Seoul")), event_of(2, "b", entities=linked("Moon", "Seoul"))
    put(store, one, two)
    with store.writing():
        store.views.put_pairs([Pair(two.id, one.id, 0.5, 0)])
    put(store, msgspec.structs.replace(two, entities=linked("Seoul")))
    assert store.views.related(one.id)[0].context == (Tag(f"entity:{entity_id('Seoul')}", "Seoul"),)


def test_entity_linked_here_and_topic_there_is_shared_once(store: Store) -> None:
    one, two = event_of(1, "a", entities=linked("Vote")), event_of(2, "b", entities=linked("Vote", role="topic"))
    put(store, one, two)
    with store.writing():
        store.views.put_pairs([Pair(two.id, one.id, 0.5, 0)])
    assert [tag.name for tag in store.views.related(one.id)[0].context] == ["Vote"]
    assert [tag.name for tag in store.views.related(two.id)[0].context] == ["Vote"]


def test_ties_go_by_nearness_then_by_id(store: Store) -> None:
    events = [event_of(rank, "x") for rank in range(1, 6)]
    put(store, *events)
    with store.writing():
        store.views.put_pairs(
            [Pair(events[0].id, other.id, 0.5, gap) for other, gap in zip(events[1:], (2, 1, 1, 0), strict=True)]
        )
    near, *tied, far = [link.target for link in store.views.related(events[0].id)]
    assert (near, far) == (events[4].id, events[1].id)
    assert tied == sorted([events[2].id, events[3].id])


def test_withdrawn_and_merged_events_are_not_related(store: Store) -> None:
    one, two, three = event_of(1, "a"), event_of(2, "b"), event_of(3, "c")
    put(store, one, msgspec.structs.replace(two, status="withdrawn"), msgspec.structs.replace(three, status="merged"))
    with store.writing():
        store.views.put_pairs([Pair(one.id, two.id, 0.5, 0), Pair(one.id, three.id, 0.4, 0)])
    assert store.views.related(one.id) == []
    assert [link.target for link in store.views.related(two.id)] == [one.id]
    assert [pair.other for pair in store.views.pairs_of(one.id)] == [two.id, three.id]


def test_pair_put_again_is_the_new_one_from_both_sides(store: Store) -> None:
    one, two = event_of(1, "a"), event_of(2, "b")
    put(store, one, two)
    for score in (0.5, 0.25):
        with store.writing():
            store.views.put_pairs([Pair(one.id, two.id, score, 1, True, (Reason("word", "vote", score),))])
    assert store.views.pairs_of(one.id) == [Pair(one.id, two.id, 0.25, 1, True, (Reason("word", "vote", 0.25),))]
    assert store.views.pairs_of(two.id) == [Pair(two.id, one.id, 0.25, 1, True, (Reason("word", "vote", 0.25),))]
