"""Which pages must be written again: every one that shows what has changed, and no other."""

from collections.abc import Callable
from datetime import date

import msgspec
import pytest

from diurna.model import Event, Lede, Reason
from diurna.store.interface import Pair, Store
from diurna.store.views import source_id
from tests.store.made import DAY, entity_id, event_of, linked, put

EARLIER, LATER = date(2017, 4, 30), date(2018, 1, 2)


def touched_by(store: Store, *events: Event) -> set[str]:
    """Pages that setting these events touches."""
    before = store.views.sequence()
    put(store, *events)
    return set(store.views.touched(before))


def link(store: Store, *pairs: Pair) -> set[str]:
    """Pages that setting these pairs touches."""
    before = store.views.sequence()
    with store.writing():
        store.views.put_pairs(pairs)
    return set(store.views.touched(before))


def edited(event: Event, **fields: object) -> Event:
    return msgspec.structs.replace(event, **fields)


def test_new_event_touches_every_page_that_lists_it(store: Store) -> None:
    event = event_of(
        1, "Moon speaks", entities=(*linked("Moon"), *linked("Vote", role="topic")), urls=["https://a.example/1"]
    )
    moon, vote, source = entity_id("Moon"), entity_id("Vote"), source_id("a.example")
    assert touched_by(store, event) == {
        f"event:{event.id}",
        "day:2017-05-22",
        "month:2017-05",
        "year:2017",
        "category:Armed conflicts and attacks",
        f"entity:{moon}",
        f"entity:{vote}",
        f"topic:{vote}",
        f"source:{source}",
    }


def test_same_event_again_touches_nothing(store: Store) -> None:
    event = event_of(1, "Moon speaks")
    put(store, event)
    assert touched_by(store, event) == set()


def test_first_event_of_a_day_touches_the_days_beside(store: Store) -> None:
    put(store, event_of(1, "Before", day=EARLIER), event_of(2, "After", day=LATER))
    touched = touched_by(store, event_of(3, "Between"))
    assert {"day:2017-04-30", "month:2017-04", "year:2017", "day:2018-01-02", "month:2018-01", "year:2018"} <= touched
    assert not {f"event:{event_of(rank, '').id}" for rank in (1, 2)} & touched


def test_second_event_of_a_day_leaves_the_days_beside_alone(store: Store) -> None:
    put(store, event_of(1, "Before", day=EARLIER), event_of(2, "After", day=LATER), event_of(3, "Between"))
    touched = touched_by(store, event_of(4, "Between too"))
    assert not {"day:2017-04-30", "month:2017-04", "day:2018-01-02", "month:2018-01", "year:2018"} & touched
    assert "day:2017-05-22" in touched


def test_last_event_of_a_day_that_is_merged_away_touches_the_days_beside(store: Store) -> None:
    event = event_of(2, "Between")
    put(store, event_of(1, "Before", day=EARLIER), event, event_of(3, "After", day=LATER))
    merged = edited(event, status="merged", into="/news/2017/04/30/e1")
    assert {"day:2017-04-30", "day:2018-01-02"} <= touched_by(store, merged)
    assert {"day:2017-04-30", "day:2018-01-02"} <= touched_by(store, event)


def test_entity_that_an_event_no_longer_carries_is_touched(store: Store) -> None:
    event = event_of(1, "Moon speaks", entities=linked("Moon", "Seoul"), urls=["https://a.example/1"])
    put(store, event)
    touched = touched_by(store, edited(event, entities=linked("Moon"), citations=()))
    assert {
        f"entity:{entity_id('Seoul')}",
        f"source:{source_id('a.example')}",
    } <= touched


@pytest.mark.parametrize(
    "change",
    [
        lambda event: edited(event, headline="Moon speaks again"),
        lambda event: edited(event, status="withdrawn"),
        lambda event: edited(event, status="merged", into="/news/2017/05/22/e9"),
        lambda event: edited(event, happened=LATER),
        lambda event: edited(event, day=LATER),
    ],
    ids=["headline", "withdrawn", "merged", "happened", "day"],
)
def test_what_other_pages_show_of_an_event_touches_them(store: Store, change: Callable[[Event], Event]) -> None:
    event, related, stranger = event_of(1, "Moon speaks"), event_of(2, "Moon listens"), event_of(3, "Rain in Perth")
    nested = edited(event_of(4, "A question is asked"), parent=f"event:{event.id}")
    put(store, event, related, stranger, nested)
    link(store, Pair(related.id, event.id, 0.5, 0))
    touched = touched_by(store, change(event))
    assert {f"event:{event.id}", f"event:{related.id}", f"event:{nested.id}"} <= touched
    assert f"event:{stranger.id}" not in touched


def test_what_only_its_own_page_shows_leaves_related_pages_alone(store: Store) -> None:
    event, related = event_of(1, "Moon speaks"), event_of(2, "Moon listens")
    put(store, event, related)
    link(store, Pair(related.id, event.id, 0.5, 0))
    touched = touched_by(
        store, edited(event, lede=Lede("He spoke for an hour.", "Example News", "https://a.example/1"))
    )
    assert f"event:{event.id}" in touched
    assert f"event:{related.id}" not in touched


def test_nested_event_touches_the_page_it_is_nested_in(store: Store) -> None:
    parent = event_of(1, "Talks begin")
    put(store, parent)
    assert f"event:{parent.id}" in touched_by(
        store, edited(event_of(2, "One side leaves"), parent=f"event:{parent.id}")
    )


def test_new_words_for_an_entity_touch_its_page_once(store: Store) -> None:
    with store.writing():
        store.views.put_entity("x", "Kyiv", "/context/kyiv")
    for expected in ({"entity:x", "topic:x"}, set()):
        before = store.views.sequence()
        with store.writing():
            store.views.add_aliases([("x", "the capital")])
        assert set(store.views.touched(before)) == expected


def test_touches_are_numbered_by_transaction(store: Store) -> None:
    with store.writing():
        store.views.touch(["day:2017-05-22", "event:a"])
    first = store.views.sequence()
    with store.writing():
        store.views.touch(["event:a"])
    assert store.views.sequence() > first
    assert store.views.touched(first) == ["event:a"]
    assert store.views.touched() == ["day:2017-05-22", "event:a"]


def test_clear_touches_every_page_there_was(store: Store) -> None:
    put(store, event_of(1, "Moon speaks", entities=linked("Moon")))
    pages, before = store.views.touched(), store.views.sequence()
    with store.writing():
        store.views.clear()
    assert store.views.touched(before) == pages


# ---------------------------------------------------------------------------------------------------- pairs


@pytest.fixture
def crowded(store: Store) -> Store:
    """Event 1 with ten related ones (2 to 11, scores 0.9 to 0.45) and two spare events, 12 and 13."""
    put(store, *(event_of(rank, f"Event {rank}") for rank in range(1, 14)))
    link(store, *(pair(1, rank, round(1 - rank / 20, 2)) for rank in range(2, 12)))
    return store


def identifier(rank: int) -> str:
    return event_of(rank, "").id


def page(rank: int) -> str:
    return f"event:{identifier(rank)}"


def pair(one: int, other: int, score: float, *, gap: int = 0, shown: bool = True) -> Pair:
    return Pair(identifier(one), identifier(other), score, gap, shown, (Reason("entity", "Moon", score),))


def related_to(store: Store, rank: int) -> list[str]:
    return [found.target for found in store.views.related(identifier(rank))]


def test_pair_below_the_first_ten_touches_only_the_other_page(crowded: Store) -> None:
    assert link(crowded, pair(12, 1, 0.3)) == {page(12)}
    assert identifier(12) not in related_to(crowded, 1)


def test_pair_among_the_first_ten_touches_both_pages(crowded: Store) -> None:
    assert link(crowded, pair(12, 1, 0.6)) == {page(1), page(12)}
    assert identifier(12) in related_to(crowded, 1)
    assert identifier(11) not in related_to(crowded, 1)


def test_ties_go_by_nearness_in_time(crowded: Store) -> None:
    assert link(crowded, pair(12, 1, 0.45, gap=3)) == {page(12)}


def test_pair_that_is_not_shown_touches_nothing(crowded: Store) -> None:
    assert link(crowded, pair(12, 1, 0.99, shown=False)) == set()
    assert identifier(12) not in related_to(crowded, 1)
    assert identifier(12) in {found.other for found in crowded.views.pairs_of(identifier(1))}


def test_hidden_pair_takes_no_place_among_the_ten(crowded: Store) -> None:
    link(crowded, pair(12, 1, 0.99, shown=False))
    with crowded.writing():
        crowded.views.drop_pairs(identifier(2))
    assert link(crowded, pair(13, 1, 0.1)) == {page(1), page(13)}


def test_withdrawn_event_gives_its_place_to_the_next(crowded: Store) -> None:
    assert link(crowded, pair(12, 1, 0.3)) == {page(12)}
    touched = touched_by(crowded, edited(event_of(2, "Event 2"), status="withdrawn"))
    assert page(1) in touched
    assert related_to(crowded, 1)[-1] == identifier(12)
    assert page(1) in touched_by(crowded, event_of(2, "Event 2"))
    assert identifier(12) not in related_to(crowded, 1)


def test_edited_headline_touches_only_pages_that_list_it(crowded: Store) -> None:
    link(crowded, pair(12, 1, 0.3))
    touched = touched_by(crowded, edited(event_of(12, "Event 12"), headline="Event twelve"))
    assert page(1) not in touched
    touched = touched_by(crowded, edited(event_of(1, "Event 1"), headline="Event one"))
    assert {page(rank) for rank in range(2, 13)} <= touched
    assert page(13) not in touched


def test_dropped_pairs_touch_pages_that_listed_them(crowded: Store) -> None:
    link(crowded, pair(12, 1, 0.3), pair(12, 13, 0.5))
    before = crowded.views.sequence()
    with crowded.writing():
        crowded.views.drop_pairs(identifier(12))
    assert set(crowded.views.touched(before)) == {page(12), page(13)}
    assert crowded.views.pairs_of(identifier(12)) == []
    assert crowded.views.pairs_of(identifier(13)) == []


def test_touches_of_one_transaction_know_its_own_pairs(crowded: Store) -> None:
    before = crowded.views.sequence()
    with crowded.writing():
        crowded.views.put_pairs([pair(12, 1, 0.6)])
        crowded.views.put_pairs([pair(13, 1, 0.47)])
    assert page(1) in crowded.views.touched(before)
    assert identifier(13) not in related_to(crowded, 1)
    assert link(crowded, pair(13, 12, 0.2)) == {page(12), page(13)}


def test_days_of_the_touch_tests_differ() -> None:
    assert EARLIER < DAY < LATER
