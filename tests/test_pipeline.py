"""What arrives becomes events, the same way whether at once, in pieces, or replayed from facts."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import msgspec
import pytest

from diurna.model import Capture, Entry, Event, Judgement, Permalink, Revision
from diurna.runners import Chronicle
from tests.made_lists import (
    LAUNCH,
    LAUNCH_EDITED,
    POPE,
    PROTEST,
    QUAKE,
    VOTE,
    arrival,
    contents,
    html,
    judged,
    lines,
    new_chronicle,
    saved,
    state,
    take,
)

DAY = date(2017, 5, 21)


@pytest.fixture
def chronicle(tmp_path: Path) -> Iterator[Chronicle]:
    with new_chronicle(tmp_path / "chronicle") as made:
        yield made


def event(chronicle: Chronicle, words: str) -> Event:
    """The one event of the day whose headline has these words."""
    (found,) = [event for event in chronicle.store.views.events_on(DAY) if words in event.headline]
    return found


def facts(chronicle: Chronicle) -> list[object]:
    return [record for _, record in chronicle.store.facts.scan()]


def check_replay(chronicle: Chronicle) -> None:
    """A rebuilt chronicle is the same chronicle, and rebuilding adds no fact."""
    views, known = contents(chronicle), facts(chronicle)
    chronicle.rebuild()
    rebuilt = contents(chronicle)
    for table, rows in views.items():
        assert rebuilt[table] == rows, table
    assert facts(chronicle) == known
    assert chronicle.store.check() == []


# ---------------------------------------------------------------------------------------------------- one list


def test_same_input_twice_adds_nothing(chronicle: Chronicle) -> None:
    inputs = [
        saved("day.wiki", LAUNCH, QUAKE),
        state(7, VOTE),
        lines("l.jsonl", {"date": "2017-05-21", "text": "Rain falls."}),
    ]
    first = chronicle.add(inputs)
    assert (first.captures, first.events, first.entries, first.problems) == (3, 4, 4, [])
    views, known = contents(chronicle), facts(chronicle)
    sequence = chronicle.store.views.sequence()
    again = chronicle.add(inputs)
    assert (again.captures, again.events, again.entries, again.changed, again.known) == (0, 0, 0, 0, 3)
    assert (contents(chronicle), facts(chronicle)) == (views, known)
    assert chronicle.store.views.touched(sequence) == []


def test_revision_edits_withdraws_and_adds(chronicle: Chronicle) -> None:
    take(chronicle, [state(1, LAUNCH, QUAKE)])
    before = event(chronicle, "missile")
    take(chronicle, [state(2, LAUNCH_EDITED, VOTE)])
    after = event(chronicle, "missile")
    assert (after.id, after.permalink) == (before.id, before.permalink)
    assert [change.kind for change in after.changes] == ["added", "edited"]
    assert event(chronicle, "earthquake").status == "withdrawn"
    assert event(chronicle, "votes").status == "current"
    assert len(chronicle.store.views.events_on(DAY)) == 3
    check_replay(chronicle)


def test_withdrawn_item_comes_back_to_its_page(chronicle: Chronicle) -> None:
    take(chronicle, [state(1, LAUNCH, QUAKE), state(2, QUAKE), state(3, LAUNCH_EDITED, QUAKE)])
    launch = event(chronicle, "missile")
    assert [change.kind for change in launch.changes] == ["added", "withdrawn", "restored"]
    assert launch.status == "current"
    check_replay(chronicle)


def test_blanked_page_withdraws_everything_and_restores_it(chronicle: Chronicle) -> None:
    take(chronicle, [state(1, LAUNCH, QUAKE), state(2), state(3, LAUNCH, QUAKE)])
    for found in chronicle.store.views.events_on(DAY):
        assert [change.kind for change in found.changes] == ["added", "withdrawn", "restored"]
        assert found.status == "current"
    check_replay(chronicle)


def test_order_of_arrival_does_not_change_the_history(tmp_path: Path) -> None:
    states = [
        state(1, LAUNCH),
        state(2, LAUNCH_EDITED, QUAKE),
        state(3, LAUNCH_EDITED),
        state(4, LAUNCH_EDITED, QUAKE, VOTE),
    ]
    told = []
    for name, order in (("a", (0, 1, 2, 3)), ("b", (3, 1, 0, 2)), ("c", (1, 3, 2, 0))):
        with new_chronicle(tmp_path / name) as chronicle:
            take(chronicle, [states[place] for place in order])
            found = chronicle.store.views.events_on(DAY)
            told.append(
                {found.headline: [(c.kind, c.available, c.before, c.after) for c in found.changes] for found in found}
            )
            check_replay(chronicle)
    assert told[0] == told[1] == told[2]
    assert [kind for kind, *_ in told[0]["An earthquake near Tabriz kills two."]] == ["added", "withdrawn", "restored"]


def test_identical_headlines_have_two_permalinks(chronicle: Chronicle) -> None:
    other = LAUNCH.replace("yna.example/launch", "kbs.example/other")
    take(chronicle, [state(1, LAUNCH, other)])
    found = chronicle.store.views.events_on(DAY)
    assert [found.permalink for found in found] == [
        "/news/2017/05/21/north-korea-fires-a-missile-from-pukchang",
        "/news/2017/05/21/north-korea-fires-a-missile-from-pukchang-2",
    ]
    check_replay(chronicle)


def test_nested_item_knows_the_one_above_it(chronicle: Chronicle) -> None:
    take(chronicle, [state(1, f"*{LAUNCH}", f"**{QUAKE}")])
    parent, child = event(chronicle, "missile"), event(chronicle, "earthquake")
    assert child.parent == f"event:{parent.id}"
    assert chronicle.store.views.nested_in(f"event:{parent.id}") == [child]
    take(chronicle, [state(2, f"*{LAUNCH_EDITED}", f"**{QUAKE}")])
    assert event(chronicle, "earthquake").parent == f"event:{parent.id}"
    check_replay(chronicle)


# ---------------------------------------------------------------------------------------------------- several lists


def test_two_lists_share_an_event_of_the_same_words(chronicle: Chronicle) -> None:
    take(chronicle, [state(1, LAUNCH), state(2, LAUNCH, QUAKE, site="other.example"), state(3, VOTE)])
    launch = event(chronicle, "missile")
    assert launch.status == "current"
    assert [origin.curator for origin in launch.origins] == ["other.example"]
    check_replay(chronicle)


def test_another_list_under_the_same_name_is_refused_and_taken_under_its_own(chronicle: Chronicle) -> None:
    take(chronicle, [saved("one.wiki", LAUNCH, QUAKE, VOTE)])
    views = contents(chronicle)
    other = saved("two.wiki", POPE, PROTEST, "Rain falls on [[Perth]]. [https://abc.example/perth (ABC)]")
    refused = chronicle.add([other])
    assert [problem.severity for problem in refused.problems] == ["error"]
    assert "--list NAME" in refused.problems[0].next_step
    assert contents(chronicle) == views
    taken = chronicle.add([other], "second")
    assert taken.events == 3
    assert {found.status for found in chronicle.store.views.events_on(DAY)} == {"current"}
    again = chronicle.add([other], "second")
    assert (again.events, again.revisions, again.captures) == (0, 0, 0)
    check_replay(chronicle)


def test_later_state_of_a_file_that_keeps_an_item_is_taken(chronicle: Chronicle) -> None:
    take(chronicle, [saved("one.wiki", LAUNCH, QUAKE, VOTE), saved("one.wiki", LAUNCH_EDITED, POPE, PROTEST)])
    assert event(chronicle, "Francis").status == "current"
    assert event(chronicle, "votes").status == "withdrawn"
    check_replay(chronicle)


# ---------------------------------------------------------------------------------------------------- JSON lines


def line(text: str, key: str = "", **fields: object) -> dict[str, object]:
    return {"date": "2017-05-21", "text": text, "id": key, "list": "desk", **fields}


def test_line_with_a_known_id_is_the_new_wording(chronicle: Chronicle) -> None:
    take(chronicle, [lines("1", line("A dam breaks.", "a"), line("Rain falls.", "b"))])
    take(chronicle, [lines("2", line("Engineers close the sluices above the valley.", "a"))])
    found = event(chronicle, "Engineers")
    assert [change.kind for change in found.changes] == ["added", "edited"]
    assert found.permalink == "/news/2017/05/21/a-dam-breaks"
    assert event(chronicle, "Rain").status == "current"
    take(chronicle, [lines("3", line("", "a", withdrawn=True))])
    assert event(chronicle, "Engineers").status == "withdrawn"
    check_replay(chronicle)


def test_lines_of_one_file_are_states_one_after_the_other(chronicle: Chronicle) -> None:
    wordings = ["A dam breaks.", "Engineers close the sluices.", "Water reaches the town at dusk."]
    take(chronicle, [lines("1", *(line(text, "a") for text in wordings), line("", "a", withdrawn=True))])
    found = event(chronicle, "Water")
    assert [change.kind for change in found.changes] == ["added", "edited", "edited", "withdrawn"]
    check_replay(chronicle)


def test_id_sticks_to_an_event_that_was_there_before(chronicle: Chronicle) -> None:
    take(chronicle, [lines("1", line("A dam breaks."))])
    take(chronicle, [lines("2", line("A dam breaks.", "a", list="other"))])
    take(chronicle, [lines("3", line("Engineers close the sluices above the valley.", "a", list="other"))])
    assert len(chronicle.store.views.events_on(DAY)) == 1
    check_replay(chronicle)


def test_line_that_is_no_entry_is_told_and_the_rest_is_taken(chronicle: Chronicle) -> None:
    content = '{"date": "2017-05-21", "text": "Rain falls."}\nnot json\n{"date": "2017-02-31", "text": "Snow."}\n\n'
    outcome = chronicle.add([arrival(content, "entries", "list.jsonl")])
    assert outcome.events == 1
    assert [problem.where.rpartition(":")[2] for problem in outcome.problems] == ["2", "3"]


# ---------------------------------------------------------------------------------------------------- cited pages


@pytest.mark.parametrize("first", ["page", "entry"])
def test_cited_page_gives_lede_and_cover_whichever_comes_first(chronicle: Chronicle, first: str) -> None:
    read = html("https://yna.example/launch", "Missile", "It flew for half an hour.", "https://yna.example/launch.jpg")
    picture = arrival("not really a picture", "picture", "https://yna.example/launch.jpg", media_type="image/jpeg")
    inputs = [state(1, LAUNCH), read, picture]
    take(chronicle, inputs if first == "entry" else [picture, read, inputs[0]])
    launch = event(chronicle, "missile")
    assert launch.lede is not None
    assert launch.lede.text == "It flew for half an hour."
    assert launch.cover is not None
    assert launch.cover.url == "https://yna.example/launch.jpg"
    assert launch.cover.capture == picture.capture.id
    check_replay(chronicle)


# ---------------------------------------------------------------------------------------------------- decisions


@pytest.fixture
def decided(chronicle: Chronicle) -> Chronicle:
    """Three events of one day, the second nested in the first."""
    take(chronicle, [state(1, f"*{LAUNCH}", f"**{QUAKE}", VOTE)])
    return chronicle


def decide(chronicle: Chronicle, judgement: Judgement) -> Judgement:
    chronicle.decide([judgement])
    check_replay(chronicle)
    return judgement


def test_merged_event_redirects_and_its_parts_move(decided: Chronicle) -> None:
    launch, vote = event(decided, "missile"), event(decided, "votes")
    merge = decide(decided, judged(1, f"event:{launch.id}", "same", f"event:{vote.id}"))
    views = decided.store.views
    merged, target = views.event(launch.id), views.event(vote.id)
    assert merged is not None
    assert target is not None
    assert (merged.status, merged.into) == ("merged", vote.permalink)
    assert len(target.members) == 2
    assert event(decided, "earthquake").parent == f"event:{vote.id}"
    decide(decided, judged(2, f"judgement:{merge.id}", "retracted", f"judgement:{merge.id}"))
    again = views.event(launch.id)
    assert again is not None
    assert (again.status, again.into, len(again.members)) == ("current", "", 1)
    assert event(decided, "earthquake").parent == f"event:{launch.id}"


def test_merges_in_a_row_lead_to_the_last(decided: Chronicle) -> None:
    launch, vote, quake = (event(decided, words) for words in ("missile", "votes", "earthquake"))
    decide(decided, judged(1, f"event:{launch.id}", "same", f"event:{vote.id}"))
    decide(decided, judged(2, f"event:{vote.id}", "same", f"event:{quake.id}"))
    found = decided.store.views.events([launch.id, vote.id, quake.id])
    assert found[launch.id].into == found[vote.id].into == quake.permalink
    assert len(found[quake.id].members) == 3


def test_new_wording_of_a_merged_item_reaches_the_page_it_is_on(decided: Chronicle) -> None:
    launch, vote = event(decided, "missile"), event(decided, "votes")
    merge = decide(decided, judged(1, f"event:{launch.id}", "same", f"event:{vote.id}"))
    take(decided, [state(2, f"*{LAUNCH_EDITED}", f"**{QUAKE}", VOTE)])
    target = decided.store.views.event(vote.id)
    assert target is not None
    assert len(target.members) == 3
    check_replay(decided)
    decide(decided, judged(2, f"judgement:{merge.id}", "retracted", f"judgement:{merge.id}"))
    assert "500 km" in event(decided, "missile").headline


def test_entry_told_apart_founds_an_event_of_its_own(chronicle: Chronicle) -> None:
    take(chronicle, [state(1, LAUNCH), state(2, LAUNCH_EDITED)])
    launch = event(chronicle, "missile")
    edited = launch.members[1].ref
    apart = decide(chronicle, judged(1, edited, "apart", f"event:{launch.id}"))
    found = {event.permalink: event for event in chronicle.store.views.events_on(DAY)}
    assert len(found) == 2
    assert found[launch.permalink].status == "withdrawn"
    decide(chronicle, judged(2, f"judgement:{apart.id}", "retracted", f"judgement:{apart.id}"))
    assert event(chronicle, "500 km").permalink == launch.permalink


def test_entry_moved_to_another_event(decided: Chronicle) -> None:
    launch, vote = event(decided, "missile"), event(decided, "votes")
    moved = launch.members[0].ref
    move = decide(decided, judged(1, moved, "belongs", f"event:{vote.id}"))
    closed, target = decided.store.views.event(launch.id), decided.store.views.event(vote.id)
    assert closed is not None
    assert target is not None
    assert (closed.status, closed.into) == ("merged", vote.permalink)
    assert len(target.members) == 2
    decide(decided, judged(2, f"judgement:{move.id}", "retracted", f"judgement:{move.id}"))
    again = decided.store.views.event(launch.id)
    assert again is not None
    assert again.status == "current"


def test_renamed_event_keeps_its_permalink(decided: Chronicle) -> None:
    launch = event(decided, "missile")
    decide(decided, judged(1, f"event:{launch.id}", "renamed", f"event:{launch.id}", "A second test"))
    renamed = event(decided, "A second test")
    assert renamed.permalink == launch.permalink
    take(decided, [state(2, LAUNCH_EDITED, VOTE)])
    assert event(decided, "A second test").changes[-1].kind == "renamed"
    check_replay(decided)


def test_judgement_about_an_entry_that_is_not_there_harms_nothing(decided: Chronicle) -> None:
    vote = event(decided, "votes")
    decide(decided, judged(1, "entry:none", "belongs", f"event:{vote.id}"))
    decide(decided, judged(2, "event:none", "same", f"event:{vote.id}"))
    decide(decided, judged(3, f"event:{vote.id}", "same", f"event:{vote.id}"))
    assert event(decided, "votes") == vote or event(decided, "votes").status == "current"


# ---------------------------------------------------------------------------------------------------- faults


def test_what_failed_midway_leaves_nothing_and_can_be_done_again(
    chronicle: Chronicle, monkeypatch: pytest.MonkeyPatch
) -> None:
    take(chronicle, [state(1, LAUNCH)])
    views, known = contents(chronicle), facts(chronicle)
    inputs = [state(2, LAUNCH_EDITED, QUAKE), state(3, LAUNCH_EDITED, QUAKE, VOTE)]

    def failing() -> Iterator[object]:
        yield inputs[0]
        raise OSError("the drive is gone")

    with pytest.raises(OSError, match="drive"):
        chronicle.add(failing())  # type: ignore[arg-type]
    assert (contents(chronicle), facts(chronicle)) == (views, known)
    take(chronicle, inputs)
    assert [change.kind for change in event(chronicle, "missile").changes] == ["added", "edited"]
    for capture in chronicle.store.facts.scan(Capture):
        assert isinstance(capture[1], Capture)
        assert chronicle.archive.read(capture[1])
    check_replay(chronicle)


def test_writer_overtaken_by_another_goes_on_with_what_is_there_now(chronicle: Chronicle) -> None:
    take(chronicle, [state(1, LAUNCH)])
    with Chronicle(chronicle.folder) as other:
        take(other, [state(2, LAUNCH_EDITED, QUAKE)])
    take(chronicle, [state(3, QUAKE), state(4, LAUNCH_EDITED, QUAKE)])
    launch = event(chronicle, "missile")
    assert [change.kind for change in launch.changes] == ["added", "edited", "withdrawn", "restored"]
    check_replay(chronicle)


def test_facts_of_one_small_list(chronicle: Chronicle) -> None:
    take(chronicle, [state(1, LAUNCH, QUAKE)])
    kinds = {kind: chronicle.store.facts.count(kind) for kind in (Capture, Entry, Revision, Judgement)}
    assert kinds == {Capture: 1, Entry: 2, Revision: 1, Judgement: 2}
    assert chronicle.store.facts.count(Permalink) > 2
    assert msgspec.json.encode(chronicle.store.facts.last(Revision))


def test_events_merged_in_a_circle_do_not_redirect_to_each_other(decided: Chronicle) -> None:
    launch, vote = event(decided, "missile"), event(decided, "votes")
    decide(decided, judged(1, f"event:{launch.id}", "same", f"event:{vote.id}"))
    decide(decided, judged(2, f"event:{vote.id}", "same", f"event:{launch.id}"))
    found = decided.store.views.events([launch.id, vote.id])
    assert sorted(event.status for event in found.values()) == ["current", "merged"]


def test_file_put_back_to_an_earlier_state_counts(chronicle: Chronicle) -> None:
    for shown in (LAUNCH, LAUNCH_EDITED, LAUNCH):
        take(chronicle, [saved("day.wiki", shown, QUAKE)])
    missile = event(chronicle, "missile")
    assert [change.kind for change in missile.changes] == ["added", "edited", "edited"]
    assert "500 km" not in missile.headline
    before = facts(chronicle)
    take(chronicle, [saved("day.wiki", LAUNCH, QUAKE)])
    assert facts(chronicle) == before
    check_replay(chronicle)


def test_two_files_of_one_day_read_again_are_nothing_new(chronicle: Chronicle) -> None:
    both = [saved("one.wiki", LAUNCH, QUAKE), saved("two.wiki", LAUNCH_EDITED, QUAKE)]
    take(chronicle, both)
    before = facts(chronicle)
    take(chronicle, both)
    assert facts(chronicle) == before


def test_page_a_merge_leads_to_tells_of_it(decided: Chronicle) -> None:
    missile, quake = event(decided, "missile"), event(decided, "earthquake")
    decide(decided, judged(1, f"event:{quake.id}", "same", f"event:{missile.id}"))
    assert "merged" in [change.kind for change in event(decided, "missile").changes]
    check_replay(decided)


def test_what_a_person_replaced_and_took_back_is_told(decided: Chronicle) -> None:
    missile = event(decided, "missile")
    renaming = decide(decided, judged(1, f"event:{missile.id}", "renamed", f"event:{missile.id}", "Another headline"))
    (renamed,) = [change for change in event(decided, "Another").changes if change.kind == "renamed"]
    assert (renamed.before, renamed.after) == (missile.headline, "Another headline")
    taken = f"judgement:{renaming.id}"
    decide(decided, judged(2, taken, "retracted", taken))
    kinds = [change.kind for change in event(decided, "missile").changes]
    assert kinds[-2:] == ["renamed", "retracted"]
    check_replay(decided)
