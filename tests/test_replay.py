"""Any history, rebuilt from its facts or taken in by another process midway, gives the same chronicle."""

import shutil
from pathlib import Path
from tempfile import mkdtemp

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from diurna.ingest import Arrival
from diurna.model import Judgement
from diurna.runners import Chronicle
from tests.made_lists import (
    LAUNCH,
    LAUNCH_EDITED,
    PROTEST,
    QUAKE,
    VOTE,
    contents,
    html,
    judged,
    lines,
    new_chronicle,
    saved,
    state,
)

ITEMS = [
    LAUNCH,
    LAUNCH_EDITED,
    LAUNCH.replace("fires", "launches").replace("[https://yna", "[https://kbs.example/2 (KBS)] [https://yna"),
    QUAKE,
    QUAKE.replace("two", "three"),
    VOTE,
    PROTEST,
    PROTEST.replace("Thousands march", "Crowds gather").replace("[[Caracas]]", "[[Caracas]], [[Venezuela]]"),
]
PAGE = html("https://yna.example/launch", "Missile", "It flew for half an hour.", "https://yna.example/launch.jpg")

STATES = st.tuples(
    st.just("state"),
    st.lists(st.tuples(st.sampled_from(ITEMS), st.booleans()), max_size=4),
    st.sampled_from(["a", "b", ""]),
)
LINES = st.tuples(
    st.just("lines"),
    st.sampled_from(["Rain falls.", "Rain falls in Perth.", "A dam breaks.", ""]),
    st.sampled_from("xy"),
)
DECISIONS = st.tuples(
    st.sampled_from(["merge", "apart", "belongs", "retract", "rename"]), st.integers(0, 9), st.integers(0, 9)
)
STEPS = st.lists(STATES | LINES | DECISIONS | st.just(("page", 0, 0)), max_size=10)


def arrival_of(number: int, step: tuple[str, object, object]) -> Arrival:
    match step:
        case ("state", list() as items, str() as site):
            texts = [f"{'**' if nested and place else '*'}{text}" for place, (text, nested) in enumerate(items)]
            shuffled = number * 7 % 60  # so that older revisions arrive later, too
            return state(shuffled, *texts, site=f"{site}.example") if site else saved(f"{number}.wiki", *texts)
        case ("lines", str() as text, key):
            line = {"date": "2017-05-21", "id": key, "text": text, "withdrawn": not text, "revision": number}
            return lines(f"{number}.jsonl", line)
        case _:
            return PAGE


def judgement_of(chronicle: Chronicle, number: int, step: tuple[str, int, int]) -> Judgement | None:
    """What a person would decide about the events there are now."""
    kind, one, other = step
    views = chronicle.store.views
    events = [event for rank in range(1, views.last_rank() + 1) if (event := views.event_of_rank(rank)) is not None]
    if not events:
        return None
    first, second = events[one % len(events)], events[other % len(events)]
    entry = first.members[other % len(first.members)].ref
    match kind:
        case "merge" if first.id != second.id:
            return judged(number, f"event:{first.id}", "same", f"event:{second.id}")
        case "rename":
            return judged(number, f"event:{first.id}", "renamed", f"event:{first.id}", f"Renamed {number}")
        case "apart":
            return judged(number, entry, "apart", f"event:{first.id}")
        case "belongs":
            return judged(number, entry, "belongs", f"event:{second.id}")
        case "retract":
            made = [record for _, record in chronicle.store.facts.scan(Judgement) if isinstance(record, Judgement)]
            by_people = [record for record in made if record.by_person and record.verdict != "retracted"]
            if by_people:
                subject = f"judgement:{by_people[one % len(by_people)].id}"
                return judged(number, subject, "retracted", subject)
    return None


def do(chronicle: Chronicle, work: Arrival | Judgement) -> None:
    if isinstance(work, Judgement):
        chronicle.decide([work])
    else:
        chronicle.add([work])


@pytest.mark.slow
@settings(max_examples=40, deadline=None)
@given(STEPS, st.integers(0, 9))
def test_rebuilding_and_taking_in_halves_change_nothing(steps: list[tuple[str, object, object]], cut: int) -> None:
    folder = Path(mkdtemp())
    try:
        done: list[Arrival | Judgement] = []
        with new_chronicle(folder / "whole") as chronicle:
            for number, step in enumerate(steps, 1):
                is_input = step[0] in ("state", "lines", "page")
                work = arrival_of(number, step) if is_input else judgement_of(chronicle, number, step)  # type: ignore[arg-type]
                if work is not None:
                    do(chronicle, work)
                    done.append(work)
            views, known, digest = contents(chronicle), list(chronicle.store.facts.scan()), chronicle.digest()
            chronicle.rebuild()
            assert chronicle.digest() == digest
            rebuilt = contents(chronicle)
            for table, rows in views.items():
                assert rebuilt[table] == rows, table
            assert list(chronicle.store.facts.scan()) == known
        with new_chronicle(folder / "halves") as chronicle:
            for work in done[:cut]:
                do(chronicle, work)
        with Chronicle(folder / "halves") as chronicle:
            for work in done[cut:]:
                do(chronicle, work)
            assert contents(chronicle) == views
    finally:
        shutil.rmtree(folder)
