"""The stream of records: what joins, what keeps its name, what a snapshot restores, and what no input may break."""

import time
from collections import defaultdict
from collections.abc import Sequence
from random import Random

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from diurna.group.membership import founded_by_report
from diurna.group.stream import Grouper, GroupSettings, Move
from diurna.group.traits import Traits
from tests.group.made_traits import Kept, Said, events, record, story, whole

ARTICLES = [f"article:a{number}" for number in range(14)]
ENTRIES = [f"entry:e{number}" for number in range(4)]
SUBJECTS = [story(1, 16), story(2, 16), f"{story(1, 8)} {story(2, 8)}", story(3, 16), "spam", ""]


Step = tuple[str, int, int, int, int]

STEPS = st.lists(
    st.tuples(
        st.sampled_from(ARTICLES * 3 + ENTRIES),
        st.integers(0, len(SUBJECTS) - 1),
        st.integers(0, 3),
        st.sampled_from([0, 1, 2, 3, 5, 8, 15, 40]),
        st.sampled_from([0, 0, 1, 2, 9]),
    ),
    min_size=4,
    max_size=40,
)


def stream_of(steps: Sequence[Step]) -> list[Traits]:
    """Records of few stories in any order of days; now and then one comes again in another reading."""
    outlets = ["", "coast.example", "north.example"]
    return [
        record(ref, f"{SUBJECTS[subject]} more{more}", day, outlet=outlets[(subject + more + day) % 3], told=told)
        for ref, subject, more, day, told in steps
    ]


COMPELLED = st.tuples(
    st.dictionaries(
        st.sampled_from(ARTICLES), st.sampled_from([founded_by_report("a0"), founded_by_report("a3"), "event-e0"])
    ),
    st.dictionaries(
        st.sampled_from(ARTICLES),
        st.lists(st.sampled_from([founded_by_report("a1"), founded_by_report("a3"), "event-e1"]), max_size=2),
    ),
)


def event_for(traits: Traits) -> str:
    """The event that a list has an entry in: two entries of four share one."""
    return f"event-e{int(traits.ref[-1]) // 2}" if traits.is_entry else ""


def settled(grouper: Grouper, ref: str, event: str, said: Said, told: dict[str, str]) -> None:
    move = grouper.settle(ref, event, said)
    events([move] if move is not None else [], told)


def run(grouper: Grouper, stream: Sequence[Traits], said: Said) -> list[list[Move]]:
    return [grouper.place(traits, said, event_for(traits)) for traits in stream]


@settings(max_examples=40, deadline=None)
@given(STEPS, COMPELLED, st.integers(0, 40), st.integers(0, 40), st.sampled_from([5, 12, 30, 1000]))
def test_what_a_snapshot_restores_goes_on_alike(
    steps: list[Step], compelled: tuple[dict[str, str], dict[str, list[str]]], one: int, other: int, live: int
) -> None:
    stream, said = stream_of(steps), Said(*compelled)
    limits = GroupSettings(live=live)
    through = Grouper(limits)
    uninterrupted = run(through, stream, said)
    kept, at = Kept(), 0
    grouper = Grouper(limits)
    moves: list[list[Move]] = []
    for cut in sorted((one, other)):
        moves += run(grouper, stream[at:cut], said)
        at = max(at, cut)
        kept.take(grouper)
        assert kept.sorted() == whole(grouper)
        grouper = Grouper(limits, kept.sorted())
    moves += run(grouper, stream[at:], said)
    assert moves == uninterrupted
    assert whole(grouper) == whole(through)


@settings(max_examples=30, deadline=None)
@given(STEPS, COMPELLED, st.sampled_from([6, 1000]))
def test_moves_tell_all_and_nothing_compelled_is_broken(
    steps: list[Step], compelled: tuple[dict[str, str], dict[str, list[str]]], live: int
) -> None:
    stream, said = stream_of(steps), Said(*compelled)
    grouper = Grouper(GroupSettings(live=live))
    told: dict[str, str] = {}
    for traits in stream:
        moves = grouper.place(traits, said, event_for(traits))
        assert len({move.ref for move in moves}) == len(moves)
        events(moves, told)
        for ref, event in told.items():
            if grouper.is_live(ref):
                assert grouper.event_of(ref) == event, ref
        for ref in (ref for ref in told if grouper.is_live(ref)):
            event = grouper.event_of(ref) or ""
            if ref.startswith("entry:"):
                known = grouper.traits(ref)
                assert known is not None
                assert event == event_for(known)
            if said.anchor(ref):
                assert event == said.anchor(ref)
            elif ref == traits.ref and event != founded_by_report(ref.partition(":")[2]):
                assert event not in said.never(ref)


@settings(max_examples=60, deadline=None)
@given(STEPS, COMPELLED, st.data())
def test_decision_moves_what_it_names_and_taking_it_back_restores_all(
    steps: list[Step], compelled: tuple[dict[str, str], dict[str, list[str]]], data: st.DataObject
) -> None:
    stream, said = stream_of(steps), Said(*compelled)
    grouper = Grouper(GroupSettings())
    run(grouper, stream, said)
    refs = sorted({traits.ref for traits in stream if not traits.is_entry})
    assume(refs)
    where = {traits.ref: grouper.event_of(traits.ref) or "" for traits in stream}
    ref = data.draw(st.sampled_from(refs))
    to = data.draw(st.sampled_from(["", *sorted(set(where.values())), "event-new"]))
    before = whole(grouper)
    nevers = {} if to else {ref: [where[ref]]}
    move = grouper.settle(ref, to, Said(anchors={ref: to} if to else {}, nevers=nevers))
    now = {other: grouper.event_of(other) or "" for other in where}
    assert {other for other in where if now[other] != where[other]} == ({ref} if move is not None else set())
    assert now[ref] == (to or now[ref])
    assert to or now[ref] != where[ref]
    settled(grouper, ref, where[ref], Said(), dict(where))
    assert {other: grouper.event_of(other) for other in where} == where
    assert [row.event for row in whole(grouper)] == [row.event for row in before]


def test_event_that_somebody_is_moved_into_keeps_its_name_though_they_are_older() -> None:
    grouper = Grouper(GroupSettings())
    told = events(grouper.place(record("article:a", story(1), 1)))
    for name in ("b", "c"):
        events(grouper.place(record(f"article:{name}", story(2), 1)), told)
    home, said = founded_by_report("b"), Said(anchors={"article:a": founded_by_report("b")})
    settled(grouper, "article:a", home, said, told)
    events(grouper.place(record("article:d", story(2), 1), said), told)
    assert set(told.values()) == {home}
    settled(grouper, "article:a", founded_by_report("a"), Said(), told)
    events(grouper.place(record("article:e", story(2), 1)), told)
    assert told == {name: home if name != "article:a" else founded_by_report("a") for name in told}


def test_founder_that_is_moved_away_leaves_the_name_to_the_others() -> None:
    grouper = Grouper(GroupSettings())
    told: dict[str, str] = {}
    for name, text in (("z", story(2)), ("a", story(1)), ("b", story(1)), ("c", story(1))):
        events(grouper.place(record(f"article:{name}", text, 1)), told)
    home, other = founded_by_report("a"), founded_by_report("z")
    said = Said(anchors={"article:a": other}, nevers={"article:a": [home]})
    settled(grouper, "article:a", other, said, told)
    events(grouper.place(record("article:d", story(1), 1), said), told)
    assert (told["article:a"], told["article:z"]) == (other, other)
    assert (told["article:b"], told["article:c"]) == (home, home)


def test_late_evidence_brings_two_events_together_under_the_older_name() -> None:
    halves = [story(1, 12), story(2, 12)]
    grouper = Grouper(GroupSettings())
    told = events(grouper.place(record("article:a", halves[0], 1)))
    events(grouper.place(record("article:b", halves[1], 1)), told)
    assert told == {"article:a": founded_by_report("a"), "article:b": founded_by_report("b")}
    joined: list[Move] = []
    for number in range(6):
        joined += grouper.place(record(f"article:c{number}", " ".join(halves), 2))
        events(joined, told)
    assert set(told.values()) == {founded_by_report("a")}
    assert [move.event for move in joined if move.ref == "article:b"][-1] == founded_by_report("a")


def test_detached_report_goes_and_the_founders_side_keeps_the_name() -> None:
    grouper = Grouper(GroupSettings())
    told: dict[str, str] = {}
    texts = {"a": story(1), "b": f"{story(1)} {story(2, 12)}", "c": story(1)}
    for name, text in texts.items():
        events(grouper.place(record(f"article:{name}", text, 1)), told)
    home = founded_by_report("a")
    assert set(told.values()) == {home}
    said = Said(nevers={"article:b": [home]})
    settled(grouper, "article:b", "", said, told)
    assert told == {"article:a": home, "article:b": founded_by_report("b"), "article:c": home}
    events(grouper.place(record("article:d", story(1), 1), said), told)
    assert told["article:b"] == founded_by_report("b")


def test_detached_founder_leaves_the_event_to_the_others() -> None:
    grouper = Grouper(GroupSettings())
    told: dict[str, str] = {}
    for name in ("a", "b", "c"):
        events(grouper.place(record(f"article:{name}", story(1), 1)), told)
    home = founded_by_report("a")
    settled(grouper, "article:a", "", Said(nevers={"article:a": [home]}), told)
    assert told["article:b"] == told["article:c"]
    assert told["article:a"] != told["article:b"]


def test_anchored_report_is_where_it_is_said_to_be_however_unlike() -> None:
    grouper = Grouper(GroupSettings())
    told = events(grouper.place(record("article:a", story(1), 1)))
    events(grouper.place(record("article:b", story(2), 30)), told)
    said = Said(anchors={"article:b": founded_by_report("a")})
    settled(grouper, "article:b", founded_by_report("a"), said, told)
    assert set(told.values()) == {founded_by_report("a")}
    settled(grouper, "article:b", "", Said(), told)
    assert told["article:b"] == founded_by_report("b")


def test_entries_are_never_joined_but_with_articles() -> None:
    grouper = Grouper(GroupSettings())
    told = events(grouper.place(record("entry:1", story(1), 1), event="one"))
    events(grouper.place(record("entry:2", story(1), 1), event="two"), told)
    for number in range(5):
        events(grouper.place(record(f"article:{number}", story(1), 1)), told)
    assert (told["entry:1"], told["entry:2"]) == ("one", "two")
    assert grouper.event_of("entry:1") == "one"
    assert grouper.event_of("entry:2") == "two"
    assert {told[f"article:{number}"] for number in range(5)} <= {"one", "two"}


def test_entry_that_comes_late_gives_the_event_its_name() -> None:
    grouper = Grouper(GroupSettings())
    told: dict[str, str] = {}
    for number in range(3):
        events(grouper.place(record(f"article:{number}", story(1), 1)), told)
    events(grouper.place(record("entry:1", story(1), 1), event="one"), told)
    assert set(told.values()) == {"one"}


def test_grown_event_takes_more_and_keeps_its_name() -> None:
    grouper = Grouper(GroupSettings())
    told: dict[str, str] = {}
    for number in range(60):
        events(grouper.place(record(f"article:{number}", f"{story(1)} extra{number}", 1 + number // 10)), told)
    assert set(told.values()) == {founded_by_report("0")}


def test_event_outlives_its_founder() -> None:
    grouper = Grouper(GroupSettings(live=10))
    told: dict[str, str] = {}
    for number in range(40):
        events(grouper.place(record(f"article:{number}", story(1), 1)), told)
    assert set(told.values()) == {founded_by_report("0")}


def spans(stream: Sequence[Traits], told: dict[str, str]) -> dict[str, int]:
    days = defaultdict(list)
    for traits in stream:
        days[told[traits.ref]].append(traits.day)
    return {event: max(found) - min(found) for event, found in days.items() if all(found)}


@pytest.mark.parametrize("order", ["in order", "backwards", "mixed"])
@pytest.mark.parametrize("daily", [1, 3])
def test_chain_over_months_is_no_single_event(order: str, daily: int) -> None:
    stream = [
        record(f"article:{day}-{number}", " ".join(f"w{at}" for at in range(day, day + 20)), day)
        for day in range(1, 151)
        for number in range(daily)
    ]
    if order == "backwards":
        stream.reverse()
    if order == "mixed":
        Random(7).shuffle(stream)
    limits = GroupSettings()
    grouper = Grouper(limits)
    told: dict[str, str] = {}
    for traits in stream:
        events(grouper.place(traits), told)
    assert max(spans(stream, told).values()) <= limits.longest_days


def test_same_text_under_many_days_is_no_single_event() -> None:
    limits = GroupSettings()
    for seed in range(3):
        stream = [record(f"article:{at}", story(1), 1 + 3 * at) for at in range(50)]
        Random(seed).shuffle(stream)
        grouper = Grouper(limits)
        told: dict[str, str] = {}
        for traits in stream:
            events(grouper.place(traits), told)
        assert max(spans(stream, told).values()) <= limits.longest_days


def test_report_without_a_day_glues_no_two_that_are_far_apart() -> None:
    limits = GroupSettings()
    for order in ([1, 0, 200], [0, 1, 200], [200, 1, 0], [1, 200, 0]):
        grouper = Grouper(limits)
        told: dict[str, str] = {}
        for day in order:
            events(grouper.place(record(f"article:{day}", story(1), day)), told)
        assert told["article:1"] != told["article:200"], order


@pytest.mark.parametrize("words", [story(1), "spam", "", "buy buy buy now now"])
def test_thousands_of_the_same_cost_alike_and_break_nothing(words: str) -> None:
    grouper = Grouper(GroupSettings())
    seconds = []
    for part in range(4):
        started = time.process_time()
        for number in range(400):
            grouper.place(record(f"article:{part}-{number}", words, 1 + part))
        grouper.changes()
        seconds.append(time.process_time() - started)
    assert min(seconds[2:]) < 4 * max(seconds[:2])


def test_copies_join_the_event_of_their_text_in_its_days() -> None:
    grouper = Grouper(GroupSettings())
    grouper.place(record("article:a", story(1), 1))
    day = grouper.traits("article:a")
    assert day is not None
    assert grouper.join_copy("article:a", day.day + 5) == founded_by_report("a")
    assert grouper.join_copy("article:a", 0) == founded_by_report("a")
    assert grouper.join_copy("article:a", day.day + 30) is None
    assert grouper.join_copy("article:none", day.day) is None


def test_expired_records_are_gone_from_everything() -> None:
    grouper = Grouper(GroupSettings(live=20))
    for number in range(200):
        grouper.place(record(f"article:{number}", story(number % 7), 1))
    held = [
        value
        for holder in (grouper, grouper._near, grouper._live)
        for name, value in vars(holder).items()
        if isinstance(value, dict) and name != "_settings"
    ]
    assert max(len(one) for one in held) <= 20
    assert len(grouper._live) == 20
