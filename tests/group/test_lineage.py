"""Lineage: which item of a later revision is an earlier one in other words."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from diurna.group.lineage import LineageSettings, Match, match_entries, similarity
from diurna.model import Entry
from tests.group.made import KBS, WIRE, YNA, item

DEFAULTS = LineageSettings()
MARGIN = 0.03

LAUNCH = item(
    "North Korea fires a ballistic missile from Pukchang; it flies some 500 km and falls into the sea.",
    ["North Korea", "ballistic missile", "Pukchang"],
    [YNA],
)
BOMB = item("A bomb kills 22 people at a concert in Manchester.", ["Manchester"], [KBS])
MACRON = item("Emmanuel Macron is sworn in as President of France.", ["Emmanuel Macron", "President of France"], [WIRE])

SAME = {
    "edited lightly": (
        LAUNCH,
        item(
            "North Korea fires a ballistic missile from Pukchang. It flies about 500 km, then falls into the "
            "Sea of Japan.",
            ["North Korea", "ballistic missile", "Pukchang", "Sea of Japan"],
            [YNA],
        ),
    ),
    "rewritten with the same source": (
        LAUNCH,
        item(
            "A medium-range missile is launched by Pyongyang, its second test within a week, Seoul's military says.",
            ["Pyongyang", "Seoul"],
            [YNA],
        ),
    ),
    "a source added": (LAUNCH, item(LAUNCH.text, ["North Korea", "ballistic missile", "Pukchang"], [YNA, KBS])),
    "moved under another heading": (
        item(LAUNCH.text, ["North Korea"], [YNA], category="Armed conflicts and attacks"),
        item(LAUNCH.text, ["North Korea"], [YNA], category="International relations", topics=["Missile tests"]),
    ),
    "a number brought up to date": (
        BOMB,
        item("A bomb kills 23 people and injures 120 at a concert in Manchester.", ["Manchester"], [KBS]),
    ),
    "a number brought up to date from another source": (
        BOMB,
        item("A bomb kills 23 people and injures 120 at a concert in Manchester.", ["Manchester"], [WIRE]),
    ),
    "told at length": (
        item("Hassan Rouhani wins Iran's presidential election.", ["Hassan Rouhani"], [WIRE]),
        item(
            "Hassan Rouhani wins Iran's presidential election in the first round with 57 percent of the votes, ahead "
            "of the conservative cleric Ebrahim Raisi.",
            ["Hassan Rouhani", "Ebrahim Raisi"],
            [WIRE, KBS],
        ),
    ),
    "without links and sources, a little longer": (
        item("Heavy rain floods the old town."),
        item("Heavy rain floods the old town and its market."),
    ),
    "Chinese, edited lightly": (item("文在寅就任韩国总统", ["韩国"]), item("文在寅宣誓就任韩国第19任总统", ["韩国"])),
}

APART = {
    "two attacks in one city": (
        item("A car bomb kills at least twelve people in Mogadishu, Somalia.", ["Mogadishu", "Somalia"], [WIRE]),
        item("A suicide bomber kills five near a barracks in Mogadishu, Somalia.", ["Mogadishu", "Somalia"], [KBS]),
    ),
    "two earthquakes": (
        item("A magnitude 5.4 earthquake strikes northern Iran, killing two people.", ["Iran"], [WIRE]),
        item("A magnitude 6.1 earthquake strikes western Tibet, killing eight people.", ["Tibet"], [KBS]),
    ),
    "another event of one topic": (
        MACRON,
        item(
            "Emmanuel Macron names Édouard Philippe Prime Minister of France.",
            ["Emmanuel Macron", "Édouard Philippe"],
            [KBS],
        ),
    ),
    "two finals": (
        item("Chelsea win the Premier League at West Bromwich.", ["Chelsea F.C.", "Premier League"], [KBS]),
        item("Arsenal win the FA Cup against Chelsea.", ["Arsenal F.C.", "FA Cup", "Chelsea F.C."], [WIRE]),
    ),
    "one report tells of both": (LAUNCH, item("Iceland's parliament votes on a new budget.", ["Iceland"], [YNA])),
    "nonsense": (LAUNCH, item("LOL this page is mine now")),
}


def ids(cases: dict[str, tuple[Entry, Entry]]) -> list[str]:
    return [name.replace(" ", "-") for name in cases]


@pytest.mark.parametrize(("one", "other"), SAME.values(), ids=ids(SAME))
def test_one_item_in_other_words_is_matched_with_room_to_spare(one: Entry, other: Entry) -> None:
    assert one.id != other.id
    assert similarity(one, other, DEFAULTS)[0] >= DEFAULTS.threshold + MARGIN


@pytest.mark.parametrize(("one", "other"), APART.values(), ids=ids(APART))
def test_another_event_is_left_alone_with_room_to_spare(one: Entry, other: Entry) -> None:
    assert similarity(one, other, DEFAULTS)[0] <= DEFAULTS.threshold - MARGIN


TEXTS = st.text("ab c文字", max_size=8)
ITEMS = st.builds(
    item, TEXTS, st.lists(st.sampled_from("abc"), max_size=2), st.lists(st.sampled_from([YNA, KBS]), max_size=2)
)


@settings(deadline=None)
@given(ITEMS, ITEMS)
def test_similarity_is_a_share_is_symmetric_and_is_the_sum_of_its_reasons(one: Entry, other: Entry) -> None:
    value, reasons = similarity(one, other, DEFAULTS)
    assert 0 <= value <= 1
    assert value == similarity(other, one, DEFAULTS)[0]
    assert value == round(sum(reason.weight for reason in reasons), 4)


@given(ITEMS)
def test_item_is_wholly_like_itself(one: Entry) -> None:
    assert similarity(one, one, DEFAULTS)[0] == 1


# ---------------------------------------------------------------------------------------------------- matching


def pairs(matches: list[Match]) -> dict[str, str]:
    return {match.entry: match.event for match in matches}


def test_each_goes_to_the_event_it_is_most_like() -> None:
    quakes = [
        item("A magnitude 5.4 earthquake strikes northern Iran, killing two people.", ["Iran"], [WIRE]),
        item("A magnitude 5.0 earthquake strikes eastern Iran, killing three people.", ["Iran"], [KBS]),
    ]
    later = [
        item(
            "A magnitude 5.1 earthquake strikes eastern Iran, killing three people and injuring six.", ["Iran"], [KBS]
        ),
        item("A magnitude 5.4 earthquake strikes northern Iran, killing four people.", ["Iran"], [WIRE]),
    ]
    matches = match_entries(later, [("north", [quakes[0]]), ("east", [quakes[1]])], DEFAULTS)
    assert pairs(matches) == {later[0].id: "east", later[1].id: "north"}


def test_event_is_used_once() -> None:
    again = [item(LAUNCH.text + word, ["North Korea"], [YNA]) for word in (" Again.", "")]
    matches = match_entries(again, [("launch", [LAUNCH])], DEFAULTS)
    assert pairs(matches) == {again[1].id: "launch"}
    assert matches[0].score == 1.0


def test_any_wording_the_event_ever_had_counts() -> None:
    rewritten = item("Pyongyang tests a solid-fuel rocket.", ["Pyongyang"], [KBS])
    back = item("North Korea fires a ballistic missile from Pukchang, flying 500 km.", ["North Korea"], [YNA])
    assert match_entries([back], [("launch", [rewritten])], DEFAULTS) == []
    assert pairs(match_entries([back], [("launch", [rewritten, LAUNCH])], DEFAULTS)) == {back.id: "launch"}


def test_equal_scores_go_by_place_then_by_event() -> None:
    one, two = item("Rain.", [], [YNA]), item("Rain.", [], [KBS])
    old = item("Rain.", [], [WIRE])
    assert pairs(match_entries([one, two], [("b", [old]), ("a", [old])], DEFAULTS)) == {one.id: "a", two.id: "b"}


def test_nothing_to_match() -> None:
    assert match_entries([], [("a", [LAUNCH])], DEFAULTS) == []
    assert match_entries([LAUNCH], [], DEFAULTS) == []


def test_match_says_why() -> None:
    later = item("North Korea fires a missile from Pukchang.", ["North Korea", "Pukchang"], [YNA])
    (match,) = match_entries([later], [("launch", [LAUNCH])], DEFAULTS)
    assert {reason.kind for reason in match.reasons} == {"text", "links", "sources"}
    assert match.score == round(sum(reason.weight for reason in match.reasons), 4)
