"""Sets thinned for measuring: events cut down to one article, whose mates are gone from the data."""

from collections import Counter
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bench.grouping_sets import Half, Row, read_set, with_singletons, write_set


def made_set(sizes: list[int]) -> tuple[list[Row], dict[str, str]]:
    """Events of the given sizes, their articles mixed."""
    ids = [(f"{place:02}-{event:02}", f"event {event}") for event, size in enumerate(sizes) for place in range(size)]
    rows = [{"id": of, "title": f"Ferry {of}", "text": "A ferry ran aground.", "published": None} for of, _ in ids]
    return sorted(rows, key=lambda row: str(row["id"])), dict(ids)


def alone(gold: dict[str, str]) -> int:
    return sum(count == 1 for count in Counter(gold.values()).values())


def test_half_of_the_articles_that_are_left_stand_alone() -> None:
    _, gold = with_singletons(*made_set([3] * 40), seed=1)
    assert alone(gold) / len(gold) == 0.5  # 30 events of one, 10 of three
    assert len(set(gold.values())) == 40


def test_half_of_the_events_lose_all_but_one_article() -> None:
    _, gold = with_singletons(*made_set([3] * 40), seed=1, half="events")
    assert sorted(Counter(gold.values()).values()) == [1] * 20 + [3] * 20


def test_events_of_one_article_count_as_they_are() -> None:
    rows, gold = made_set([1, 1, 2])
    assert with_singletons(rows, gold, seed=1) == (rows, gold)


def test_the_seed_alone_decides() -> None:
    rows, gold = made_set([2] * 30)
    assert with_singletons(rows, gold, seed=1) == with_singletons(rows, gold, seed=1)
    assert with_singletons(rows, gold, seed=1) != with_singletons(rows, gold, seed=2)


@given(
    st.lists(st.integers(1, 6), min_size=1, max_size=20), st.integers(0, 99), st.sampled_from(["articles", "events"])
)
def test_an_event_keeps_all_of_its_articles_or_one(sizes: list[int], seed: int, half: Half) -> None:
    rows, gold = made_set(sizes)
    left_rows, left = with_singletons(rows, gold, seed, half)
    before, after = Counter(gold.values()), Counter(left.values())
    assert {row["id"] for row in left_rows} == set(left)
    assert left_rows == [row for row in rows if row["id"] in left]
    assert all(after[event] in {1, before[event]} for event in before)
    assert alone(left) * 2 >= (len(left) if half == "articles" else len(before))


@pytest.mark.parametrize("half", ["articles", "events"])
def test_a_set_is_written_as_it_is_read(tmp_path: Path, half: Half) -> None:
    thinned = with_singletons(*made_set([4, 2, 2, 3]), seed=3, half=half)
    write_set(tmp_path / "one", *thinned)
    write_set(tmp_path / "two", *thinned)
    assert read_set(tmp_path / "one") == thinned
    for name in ("articles.jsonl.gz", "gold.jsonl.gz"):
        assert (tmp_path / "one" / name).read_bytes() == (tmp_path / "two" / name).read_bytes()
