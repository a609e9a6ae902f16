"""Which event an entry belongs to, by the judgements there are; and the states of lists that a day has."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import msgspec
import pytest

from diurna.group.lists import DayLists
from diurna.group.membership import Membership, founded_by
from diurna.model import Judgement, Revision
from diurna.store.interface import Store
from diurna.store.sqlite import SqliteStore
from tests.group.made import DAY, item, state

FIRST, SECOND, OTHER = item("Rain falls."), item("Rain falls in Perth."), item("A dam breaks.")


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with SqliteStore(tmp_path / "chronicle.db") as opened:
        yield opened


def keep(store: Store, *records: msgspec.Struct) -> list[int]:
    with store.writing():
        return [store.facts.append(record) for record in records]


def judged(identifier: str, subject: str, verdict: str, target: str, by: str = "person:Ida") -> Judgement:
    return Judgement(id=identifier, subject=subject, verdict=verdict, object=target, by=by)


def component(identifier: str, subject: str, target: str) -> Judgement:
    return judged(identifier, subject, "belongs", target, "lineage/1")


# ---------------------------------------------------------------------------------------------------- membership


def test_entry_nobody_has_placed_has_no_event(store: Store) -> None:
    membership = Membership(store.facts)
    assert membership.event_of("e") is None
    assert membership.home_of("e") is None


def test_first_word_of_a_component_counts_and_the_last_of_a_person(store: Store) -> None:
    keep(store, component("1", "entry:e", "event:a"), component("2", "entry:e", "event:b"))
    assert Membership(store.facts).event_of("e") == "a"
    keep(store, judged("3", "entry:e", "belongs", "event:c"), judged("4", "entry:e", "belongs", "event:d"))
    keep(store, component("5", "entry:e", "event:f"))
    assert Membership(store.facts).event_of("e") == "d"


def test_entry_told_apart_is_in_the_event_it_founds(store: Store) -> None:
    keep(store, component("1", "entry:e", "event:a"), judged("2", "entry:e", "apart", "event:a"))
    assert Membership(store.facts).event_of("e") == founded_by("e")


def test_retracted_word_does_not_count_and_stays_on_record(store: Store) -> None:
    keep(store, component("1", "entry:e", "event:a"), judged("2", "entry:e", "belongs", "event:b"))
    keep(store, judged("3", "judgement:2", "retracted", "judgement:2"))
    membership = Membership(store.facts)
    assert membership.event_of("e") == "a"
    assert [judgement.id for judgement in membership.judgements("entry:e")] == ["1"]
    assert store.facts.get(Judgement, "2") is not None


def test_merges_are_followed_to_their_end(store: Store) -> None:
    keep(store, component("1", "entry:e", "event:a"))
    keep(store, judged("2", "event:a", "same", "event:b"), judged("3", "event:b", "same", "event:c"))
    membership = Membership(store.facts)
    assert membership.merged_into("a") == "c"
    assert membership.event_of("e") == "a"
    assert membership.home_of("e") == "c"


def test_merges_in_a_circle_end_at_one_event(store: Store) -> None:
    keep(store, judged("1", "event:c", "same", "event:b"), judged("2", "event:b", "same", "event:c"))
    keep(store, judged("3", "event:a", "same", "event:c"), judged("4", "event:d", "same", "event:d"))
    membership = Membership(store.facts)
    assert [membership.merged_into(event) for event in "abcd"] == ["b", "b", "b", "d"]


def test_replay_sees_what_had_arrived_by_then(store: Store) -> None:
    placed, moved, retracted = keep(
        store,
        component("1", "entry:e", "event:a"),
        judged("2", "entry:e", "belongs", "event:b"),
        judged("3", "judgement:2", "retracted", "judgement:2"),
    )
    membership = Membership(store.facts)
    seen = []
    for membership.horizon in (placed - 1, placed, moved, retracted, None):
        seen.append(membership.event_of("e"))
    assert seen == [None, "a", "b", "a", "a"]


# ---------------------------------------------------------------------------------------------------- lists of a day


def members(*entries: msgspec.Struct) -> dict[str, str]:
    return {entry.id: "j" for entry in entries}  # type: ignore[attr-defined]


def test_lists_of_a_day_by_name(store: Store) -> None:
    one, two, other = state(1, FIRST), state(2, SECOND), state(3, FIRST, curator="another.example")
    keep(store, two, other, one)
    lists = DayLists(store.facts)
    assert lists.whole("wiki.example", DAY) == [one, two]
    assert lists.whole("nobody.example", DAY) == []
    found = lists.standings(members(FIRST, SECOND), [FIRST, SECOND])
    assert [[standing.revision for standing in states] for states in found] == [[other], [one, two]]


def test_revision_that_has_just_arrived_counts(store: Store) -> None:
    keep(store, state(1, FIRST))
    lists = DayLists(store.facts)
    assert len(lists.whole("wiki.example", DAY)) == 1
    second = state(2, SECOND)
    (number,) = keep(store, second)
    lists.add(number, second)
    assert [revision.number for revision in lists.whole("wiki.example", DAY)] == [1, 2]


def part(number: int, *entries: msgspec.Struct, key: str = "", day: date = DAY, withdrawn: str = "") -> Revision:
    plain = state(number, curator="desk", day=day)
    return msgspec.structs.replace(
        plain,
        entries=tuple(entry.id for entry in entries),  # type: ignore[attr-defined]
        number=None,
        whole=False,
        keys=(key,) if key else (),
        withdrawn=(withdrawn,) if withdrawn else (),
    )


@pytest.mark.parametrize("looked_first", [True, False])
def test_parts_of_a_list_are_found_by_entry_and_by_key(store: Store, looked_first: bool) -> None:
    revisions = [part(1, FIRST, key="a"), part(2, OTHER, key="b"), part(3, SECOND, key="a"), part(4, withdrawn="a")]
    lists = DayLists(store.facts)
    if looked_first:
        assert lists.whole("desk", DAY) == []
    for revision in revisions:
        (number,) = keep(store, revision)
        lists.add(number, revision)
    (states,) = lists.standings(members(FIRST, SECOND), [FIRST, SECOND])
    assert [standing.entry for standing in states] == [FIRST.id, SECOND.id, None]
    (states,) = lists.standings(members(OTHER), [OTHER])
    assert [standing.entry for standing in states] == [OTHER.id]


def test_item_may_move_to_another_day(store: Store) -> None:
    later = msgspec.structs.replace(SECOND, id="later", day=date(2017, 5, 22))
    keep(store, part(1, FIRST, key="a"), part(2, later, key="a", day=later.day), part(3, withdrawn="a", day=later.day))
    (states,) = DayLists(store.facts).standings(members(FIRST, later), [later, FIRST])
    assert [standing.entry for standing in states] == [FIRST.id, "later", None]


def test_days_no_longer_held_are_read_again(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("diurna.group.lists._KEPT_DAYS", 2)
    days = [date(2017, 5, number) for number in range(1, 6)]
    keep(store, *(state(number, FIRST, day=day) for number, day in enumerate(days, 1)))
    lists = DayLists(store.facts)
    for _ in range(2):
        assert [len(lists.whole("wiki.example", day)) for day in days] == [1] * 5


def test_replay_sees_only_revisions_that_had_arrived(store: Store) -> None:
    numbers = keep(store, state(1, FIRST), state(2, SECOND))
    lists = DayLists(store.facts)
    lists.horizon = numbers[0]
    assert [revision.number for revision in lists.whole("wiki.example", DAY)] == [1]
