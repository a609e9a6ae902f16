"""Events assembled from their members: history, status, headline, sources, lede, cover, entities."""

from datetime import UTC, date, datetime

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from diurna.group.events import Dossier, Reading, Standing, assemble, revision_order, standings
from diurna.model import Article, Entry, Event, Image, Judgement, Revision, Topic, Wikilink, entity_id
from diurna.text import url_key
from tests.group.made import KBS, YNA, item, state

FIRST = item("North Korea fires a missile.", ["North Korea"], [YNA], topics=["Missile tests"])
SECOND = item(
    "North Korea fires a missile from Pukchang.", ["North Korea", "Pukchang"], [YNA, KBS], topics=["Missile tests"]
)
OTHER = item("Iran votes.", ["Iran"])
MEMBERS = {FIRST.id: "j1", SECOND.id: "j2"}


def dossier(*revisions: Revision, entries: tuple[Entry, ...] = (FIRST, SECOND), **fields: object) -> Dossier:
    members = {entry.id: f"j{number}" for number, entry in enumerate(entries, 1)}
    lists: dict[str, list[Revision]] = {}
    for revision in revisions:
        lists.setdefault(revision.curator, []).append(revision)
    found = tuple(states for own in lists.values() if (states := standings(own, members)))
    known = {
        "id": "v",
        "rank": 1,
        "permalink": "/news/2017/05/21/north-korea-fires-a-missile",
        "entries": {entry.id: entry for entry in entries},
        "members": members,
        "standings": found,
    }
    return Dossier(**(known | fields))  # type: ignore[arg-type]


def history(event: Event) -> list[tuple[str, int | None]]:
    """Kinds of change, each with its hour."""
    return [(change.kind, change.available.hour if change.available else None) for change in event.changes]


# ---------------------------------------------------------------------------------------------------- history


def test_added_edited_withdrawn_restored() -> None:
    event = assemble(
        dossier(state(1, OTHER), state(2, FIRST), state(3, SECOND), state(4, OTHER), state(5, SECOND), state(6, SECOND))
    )
    assert history(event) == [("added", 2), ("edited", 3), ("withdrawn", 4), ("restored", 5)]
    added, edited, withdrawn, restored = event.changes
    assert (added.before, added.after) == ("", FIRST.text)
    assert (edited.before, edited.after, edited.reason) == (FIRST.text, SECOND.text, "text, links, sources")
    assert (withdrawn.before, withdrawn.after) == (SECOND.text, "")
    assert restored.after == SECOND.text
    assert edited.by == "Current events/2017 May 21@3"
    assert event.status == "current"


def test_withdrawn_event_keeps_its_last_wording_and_sources() -> None:
    event = assemble(dossier(state(1, FIRST), state(2, SECOND), state(3, OTHER)))
    assert (event.status, event.headline) == ("withdrawn", SECOND.text)
    assert [citation.url for citation in event.citations] == [YNA, KBS]
    assert [origin.number for origin in event.origins] == [2]


def test_page_blanked_and_restored() -> None:
    event = assemble(dossier(state(1, FIRST), state(2), state(3, FIRST)))
    assert history(event) == [("added", 1), ("withdrawn", 2), ("restored", 3)]
    assert event.status == "current"


def test_edited_back_is_two_edits() -> None:
    event = assemble(dossier(state(1, FIRST), state(2, SECOND), state(3, FIRST)))
    assert history(event) == [("added", 1), ("edited", 2), ("edited", 3)]
    assert event.headline == FIRST.text


def test_event_known_from_one_state_without_time_has_no_history() -> None:
    undated = msgspec.structs.replace(state(1, FIRST), available=None, number=None)
    assert assemble(dossier(undated)).changes == ()


def test_undated_states_come_first_and_keep_their_order() -> None:
    undated = [
        msgspec.structs.replace(state(number, entry), available=None) for number, entry in ((1, FIRST), (2, SECOND))
    ]
    event = assemble(dossier(*undated, state(3, OTHER)))
    assert history(event) == [("added", None), ("edited", None), ("withdrawn", 3)]


def test_what_an_edit_changed_is_named() -> None:
    moved = msgspec.structs.replace(FIRST, id="moved", category="Science", topics=())
    event = assemble(dossier(state(1, FIRST), state(2, moved), entries=(FIRST, moved)))
    assert event.changes[-1].reason == "category, topics"


# ---------------------------------------------------------------------------------------------------- several lists


def test_standing_in_one_list_is_enough() -> None:
    elsewhere = state(1, FIRST, curator="other.example")
    event = assemble(dossier(state(1, FIRST), state(2, OTHER), elsewhere))
    assert event.status == "current"
    assert [origin.curator for origin in event.origins] == ["other.example"]
    assert ("withdrawn", 2) in history(event)


def test_both_lists_are_named_and_the_first_gives_the_headline() -> None:
    event = assemble(dossier(state(1, SECOND), state(2, FIRST, curator="other.example")))
    assert [origin.curator for origin in event.origins] == ["wiki.example", "other.example"]
    assert event.headline == SECOND.text
    assert [citation.url for citation in event.citations] == [YNA, KBS]


# ---------------------------------------------------------------------------------------------------- standings


def test_standings_leave_out_repeats_and_what_precedes_the_first() -> None:
    revisions = [state(1, OTHER), state(2, FIRST), state(3, FIRST, OTHER), state(4), state(5, OTHER), state(6, SECOND)]
    assert standings(revisions, MEMBERS) == (
        Standing(revisions[1], FIRST.id),
        Standing(revisions[3], None),
        Standing(revisions[5], SECOND.id),
    )
    assert standings([], MEMBERS) == ()
    assert standings(revisions, {"x": "j"}) == ()


def part(number: int, *entries: Entry, keys: tuple[str, ...] = (), withdrawn: tuple[str, ...] = ()) -> Revision:
    return msgspec.structs.replace(state(number, *entries), whole=False, number=None, keys=keys, withdrawn=withdrawn)


def test_part_of_a_list_withdraws_only_what_it_names() -> None:
    revisions = [part(1, FIRST, keys=("a",)), part(2, OTHER, keys=("b",)), part(3, withdrawn=("b",))]
    assert [found.entry for found in standings(revisions, MEMBERS)] == [FIRST.id]
    revisions += [part(4, SECOND, keys=("a",)), part(5, withdrawn=("a",)), part(6, SECOND, keys=("a",))]
    assert [found.entry for found in standings(revisions, MEMBERS)] == [FIRST.id, SECOND.id, None, SECOND.id]


def test_revisions_stand_by_number_and_those_without_where_they_arrived() -> None:
    five, three, nine = state(5), state(3), state(9)
    loose = [msgspec.structs.replace(state(number), number=None) for number in (11, 12)]
    assert revision_order([five, loose[0], three, nine, loose[1]]) == [three, five, loose[0], nine, loose[1]]
    assert revision_order([loose[0], three]) == [loose[0], three]


@given(st.lists(st.integers(1, 6) | st.none(), max_size=8))
def test_order_is_the_same_whether_made_at_once_or_one_by_one(numbers: list[int | None]) -> None:
    revisions = [
        msgspec.structs.replace(state(1), id=f"{place}", number=number and number * 10 + place)
        for place, number in enumerate(numbers)
    ]
    ordered: list[Revision] = []
    for revision in revisions:
        ordered = revision_order([*ordered, revision])
    assert ordered == revision_order(revisions)


# ---------------------------------------------------------------------------------------------------- parts of a page


def test_people_rename_and_the_last_name_counts() -> None:
    names = tuple(
        Judgement(
            id=f"n{hour}",
            subject="event:v",
            verdict="renamed",
            object="event:v",
            by="person:Ida",
            value=value,
            made=made,
        )
        for hour, value in ((7, "A missile"), (8, "The second missile"))
        for made in [datetime(2017, 5, 22, hour, tzinfo=UTC)]
    )
    event = assemble(dossier(state(1, FIRST), state(9, SECOND), decisions=names))
    assert event.headline == "The second missile"
    assert [kind for kind, _ in history(event)] == ["added", "edited", "renamed", "renamed"]
    assert event.changes[-1].by == "person:Ida"


def test_merged_event_says_where_it_went() -> None:
    event = assemble(dossier(state(1, FIRST), into="/news/2017/05/21/other"))
    assert (event.status, event.into) == ("merged", "/news/2017/05/21/other")


def test_day_of_the_permalink_stays_and_the_day_it_is_filed_under_follows_the_entry() -> None:
    later = msgspec.structs.replace(SECOND, day=date(2017, 5, 22))
    event = assemble(dossier(state(1, FIRST), state(2, later, day=date(2017, 5, 22)), entries=(FIRST, later)))
    assert event.permalink.startswith("/news/2017/05/21/")
    assert (event.day, event.filed, event.happened) == (date(2017, 5, 22), "list", date(2017, 5, 22))
    moved = event.changes[-1]
    assert (moved.kind, moved.before, moved.after, moved.reason) == ("filed", "2017-05-21", "2017-05-22", "list")


def test_an_event_that_stays_under_its_day_has_not_moved() -> None:
    assert all(change.kind != "filed" for change in assemble(dossier(state(1, FIRST))).changes)


def test_entities_are_links_then_topics_each_once() -> None:
    event = assemble(dossier(state(1, SECOND)))
    assert [(tag.name, tag.role) for tag in event.entities] == [
        ("North Korea", "linked"),
        ("Pukchang", "linked"),
        ("Missile tests", "topic"),
    ]
    assert event.entities[0].ref == f"entity:{entity_id('North Korea')}"


def test_topic_with_links_names_its_links_and_other_wikis_are_others() -> None:
    topic = Topic("Tests of the North", (Wikilink(0, 5, "North Korean tests", "Tests", site="ko"),))
    entry = msgspec.structs.replace(FIRST, topics=(topic,))
    event = assemble(dossier(state(1, entry), entries=(entry,)))
    assert event.entities[-1].name == "ko:North Korean tests"
    assert event.entities[-1].ref != f"entity:{entity_id('North Korean tests')}"


def article(url: str, lede: str = "", image: str = "") -> Article:
    return Article(
        id=url,
        capture="c",
        component="page/1",
        url=url,
        lede=lede,
        publisher="Example",
        image=Image(image) if image else None,
    )


@pytest.mark.parametrize("first_lede", ["", " North Korea fires a missile.", "fires a missile"])
def test_lede_is_the_first_that_says_more_than_the_headline(first_lede: str) -> None:
    readings = {
        url_key(YNA): Reading(article(YNA, first_lede)),
        url_key(KBS): Reading(article(KBS, " It flew for half an hour. ")),
    }
    both = msgspec.structs.replace(SECOND, id="both", text="North Korea fires a missile.")
    event = assemble(dossier(state(1, both), entries=(both,), readings=readings))
    assert event.lede is not None
    assert (event.lede.text, event.lede.url) == ("It flew for half an hour.", KBS)


def test_cover_whose_bytes_we_have_comes_first() -> None:
    readings = {
        url_key(YNA): Reading(article(YNA, image="https://yna.example/a.jpg")),
        url_key(KBS): Reading(article(KBS, image="https://kbs.example/b.jpg"), "c9"),
    }
    event = assemble(dossier(state(1, SECOND), readings=readings))
    assert event.cover is not None
    assert (event.cover.url, event.cover.capture, event.cover.credit) == ("https://kbs.example/b.jpg", "c9", "Example")
    without = {key: msgspec.structs.replace(reading, image_capture=None) for key, reading in readings.items()}
    event = assemble(dossier(state(1, SECOND), readings=without))
    assert event.cover is not None
    assert event.cover.url == "https://yna.example/a.jpg"
