"""What every store promises of what was learned: counts as of the last closed epoch and up to now, bands that share."""

import pytest

from diurna.store.interface import Recurring, Store

EPOCH = 4


def observe(store: Store, of: str, *articles: list[str]) -> None:
    with store.writing():
        for keys in articles:
            store.learned.observe(of, keys, EPOCH)


def test_nothing_is_known_of_a_stranger(store: Store) -> None:
    assert store.learned.recurring("coast.example", ["k"]) == Recurring(0, 0, {}, 0, {})
    assert store.learned.recurring("coast.example", []) == Recurring(0, 0, {}, 0, {})


def test_counts_of_an_epoch_show_when_it_is_closed(store: Store) -> None:
    observe(store, "coast.example", ["box", "a"], ["box", "b"], ["box", "box"])
    assert store.learned.recurring("coast.example", ["box", "a", "z"]) == Recurring(0, 0, {}, 3, {"box": 3, "a": 1})
    observe(store, "coast.example", ["c"])
    closed = Recurring(1, 4, {"box": 3, "a": 1}, 4, {"box": 3, "a": 1})
    assert store.learned.recurring("coast.example", ["box", "a"]) == closed
    observe(store, "coast.example", ["box"])
    after = Recurring(1, 4, {"box": 3, "a": 1}, 5, {"box": 4, "a": 1})
    assert store.learned.recurring("coast.example", ["box", "a"]) == after
    observe(store, "coast.example", [], [], [])
    assert store.learned.recurring("coast.example", ["box"]) == Recurring(2, 8, {"box": 4}, 8, {"box": 4})


def test_publishers_do_not_mix(store: Store) -> None:
    observe(store, "coast.example", *[["box"]] * 4)
    observe(store, "north.example", ["box"])
    assert store.learned.recurring("north.example", ["box"]) == Recurring(0, 0, {}, 1, {"box": 1})


def test_many_keys_are_asked_at_once(store: Store) -> None:
    keys = [f"k{number}" for number in range(3000)]
    observe(store, "coast.example", keys)
    assert store.learned.recurring("coast.example", keys).counts_now == dict.fromkeys(keys, 1)


def test_key_that_one_article_had_long_ago_is_forgotten_and_others_are_not(store: Store) -> None:
    observe(store, "coast.example", ["once", "twice"], ["twice"])
    with store.writing():
        for _ in range(300):
            store.learned.observe("coast.example", ["now"], 1)
    assert store.learned.recurring("coast.example", ["once", "twice"]).counts == {"twice": 2}


def test_articles_that_share_most_bands_come_first_ties_by_id(store: Store) -> None:
    with store.writing():
        store.learned.add_bands("b", [1, 2, 3])
        store.learned.add_bands("a", [1, 2, 9])
        store.learned.add_bands("c", [-(2**63), 2**63 - 1])
        store.learned.add_bands("d", [2])
        store.learned.add_bands("d", [2])
        store.learned.add_bands("e", [])
    sharing = store.learned.sharing
    assert sharing([1, 2, 3], 10) == ["b", "a", "d"]
    assert sharing([1, 2], 10) == ["a", "b", "d"]
    assert sharing([1, 2, 3], 1) == ["b"]
    assert sharing([2**63 - 1], 10) == ["c"]
    assert (sharing([], 10), sharing([77], 10)) == ([], [])
    with store.writing():
        store.learned.drop_bands("b")
        store.learned.drop_bands("nobody")
    assert sharing([1, 2, 3], 10) == ["a", "d"]


def test_transaction_that_came_to_nothing_taught_nothing(store: Store) -> None:
    def break_off() -> None:
        with store.writing():
            store.learned.observe("coast.example", ["box"], EPOCH)
            store.learned.add_bands("a", [1])
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        break_off()
    assert store.learned.recurring("coast.example", ["box"]).articles_now == 0
    assert store.learned.sharing([1], 10) == []


def test_clearing_the_views_forgets_nothing(store: Store) -> None:
    observe(store, "coast.example", *[["box"]] * 4)
    with store.writing():
        store.learned.add_bands("a", [1])
        store.views.clear()
    assert store.learned.recurring("coast.example", ["box"]).counts == {"box": 4}
    assert store.learned.sharing([1], 10) == ["a"]
