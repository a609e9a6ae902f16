"""What every store promises of transactions: all or nothing, one writer, readers who see one state."""

from collections.abc import Callable

import pytest

from diurna.errors import StoreBusy
from diurna.model import Capture, Entry
from diurna.store.interface import Pair, Store
from tests.store.made import DAY, capture_of, entity_id, event_of, linked, put

Opener = Callable[[], Store]


class StoppedError(Exception):
    """What ends a transaction in these tests."""


def fill(store: Store) -> None:
    """Write something of every kind."""
    one, two = event_of(1, "Moon speaks", entities=linked("Moon")), event_of(2, "Moon listens")
    store.facts.append(Entry(id="e1", day=DAY, text="Moon speaks."))
    store.views.put_entity(entity_id("Moon"), "Moon", "/context/moon")
    store.views.add_aliases([(entity_id("Moon"), "the president")])
    store.views.put_event(one)
    store.views.put_event(two)
    store.views.add_postings(one, 1, ["e:Moon"])
    store.views.put_pairs([Pair(two.id, one.id, 0.5, 0)])


def everything(store: Store) -> list[object]:
    """What the store holds of all that `fill` writes."""
    views, entity = store.views, store.views.entity(entity_id("Moon"))
    return [
        list(store.facts.scan()),
        views.digest(),
        entity,
        views.has_entity(entity_id("Moon")),
        [*views.postings("e:Moon")],
        views.frequencies(["e:Moon"], 9),
        views.related(event_of(1, "").id),
        views.touched(),
        views.search("moon"),
    ]


def test_what_raises_leaves_nothing(store: Store) -> None:
    before = everything(store)
    with pytest.raises(StoppedError), store.writing():  # noqa: PT012  (a transaction is the statement)
        fill(store)
        assert store.views.search("moon")
        raise StoppedError
    assert everything(store) == before


def test_what_raised_can_be_done_again(opened: Opener) -> None:
    store, other = opened(), opened()
    with pytest.raises(StoppedError), store.writing():  # noqa: PT012  (a transaction is the statement)
        fill(store)
        raise StoppedError
    with store.writing():
        fill(store)
    with other.writing():
        pass
    assert everything(store) == everything(other)
    assert store.views.postings("e:Moon")
    assert store.views.touched()
    entity = store.views.entity(entity_id("Moon"))
    assert entity is not None
    assert entity.aliases == ("the president",)


def test_a_rolled_back_transaction_keeps_what_was_before(store: Store) -> None:
    with store.writing():
        fill(store)
    before = everything(store)
    with pytest.raises(StoppedError), store.writing():  # noqa: PT012  (a transaction is the statement)
        store.views.clear()
        store.views.put_event(event_of(1, "Something else"))
        store.views.add_postings(event_of(3, ""), 3, ["e:Moon"])
        store.facts.append(Entry(id="e2", day=DAY, text="Another."))
        raise StoppedError
    assert everything(store) == before


def test_second_writer_is_told_that_the_store_is_busy(opened: Opener) -> None:
    store, other = opened(), opened()
    with store.writing():
        store.facts.append(capture_of(b"one"))
        with pytest.raises(StoreBusy, match="another process is writing"), other.writing():
            pytest.fail("two writers at once")
    with other.writing():
        assert other.facts.count(Capture) == 1
        other.facts.append(capture_of(b"two"))
    store.refresh()  # type: ignore[attr-defined]
    assert store.facts.count(Capture) == 2


def test_a_transaction_does_not_open_within_another(store: Store) -> None:
    with store.writing():
        store.facts.append(capture_of(b"one"))
        with pytest.raises(RuntimeError), store.writing():
            pytest.fail("a transaction in a transaction")
        store.facts.append(capture_of(b"two"))
    assert store.facts.count(Capture) == 2


def test_reader_sees_one_state_until_it_looks_again(opened: Opener) -> None:
    writer = opened()
    put(writer, event_of(1, "Moon speaks", entities=linked("Moon")))
    reader = opened()
    before = everything(reader)
    with writer.writing():
        writer.views.put_event(event_of(2, "Moon listens", entities=linked("Moon")))
        writer.views.add_postings(event_of(2, ""), 2, ["e:Moon"])
        assert everything(reader) == before
    assert everything(reader) == before
    assert reader.views.last_rank() == 1
    reader.refresh()  # type: ignore[attr-defined]
    assert reader.views.last_rank() == 2
    assert [posting.rank for posting in reader.views.postings("e:Moon")] == [2]
    assert everything(reader) == everything(writer)


def test_readers_do_not_hold_the_writer_up(opened: Opener) -> None:
    writer, reader = opened(), opened()
    assert reader.views.last_rank() == 0
    scanned = reader.facts.scan()
    for number in range(5):
        with writer.writing():
            writer.facts.append(capture_of(f"{number}".encode()))
        assert next(scanned, None) is None
    assert writer.facts.count(Capture) == 5


def test_writer_forgets_what_another_has_overtaken(opened: Opener) -> None:
    one, other = opened(), opened()
    first, second = event_of(1, "Moon speaks"), event_of(2, "Moon listens")
    with one.writing() as overtaken:
        one.views.put_event(first)
        one.views.add_postings(first, 1, ["e:Moon"])
    assert not overtaken
    with other.writing() as overtaken:
        other.views.put_event(second)
        other.views.add_postings(second, 2, ["e:Moon"])
    assert overtaken
    with one.writing() as overtaken:
        assert one.views.frequencies(["e:Moon"], 9) == [2]
        one.views.add_postings(second, 2, ["e:Moon"])
    assert overtaken
    with one.writing() as overtaken:
        assert len(one.views.postings("e:Moon")) == 2
    assert not overtaken


def test_what_was_written_is_there_when_opened_again(opened: Opener) -> None:
    store = opened()
    with store.writing():
        fill(store)
    before = everything(store)
    store.close()
    assert everything(opened()) == before


def test_sound_store_has_no_faults(store: Store) -> None:
    with store.writing():
        fill(store)
    assert store.check() == []
