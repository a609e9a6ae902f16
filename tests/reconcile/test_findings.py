"""Findings of an event: what is aligned, on whose word it rests, which rule names its state."""

import pytest
from msgspec.structs import replace

from diurna.reconcile.findings import silent_parties
from diurna.reconcile.origins import may_speak, name_origins, named_alone
from tests.reconcile.made_claims import finding, found, said

FLIGHT = "The missile flew about 500 kilometres, South Korea's military said."


def test_figures_in_two_units_from_two_origins_agree() -> None:
    other = said("The missile flew 310 miles, Japan's defence ministry said.", "Morning Ledger", 2)
    one = finding("distance flown", said(FLIGHT), other)
    assert (one.state, len(one.statements), len(one.origins)) == ("agreed", 2, 2)
    assert [stated.words for stated in one.statements] == ["about 500 kilometres", "310 miles"]


def test_one_speaker_in_three_outlets_is_one_origin() -> None:
    outlets = ["Coast Post", "Morning Ledger", "Harbour News"]
    one = finding("distance flown", *(said(FLIGHT, outlet, at) for at, outlet in enumerate(outlets)))
    assert (one.state, one.reports, one.origins) == ("claimed by one party", 3, ("South Korea's military",))


def test_an_agencys_text_has_the_agency_as_its_origin() -> None:
    text = "Two ferries collided on Lake Tessany and four people were injured."
    one = finding("injured", said(text, source="Tidewire"), said(text, "Morning Ledger", 1, "Tidewire"))
    assert one.origins == ("Tidewire",)


def test_a_rising_toll_is_an_update() -> None:
    one = finding(
        "killed",
        said("Seven people were killed in the fire, the interior ministry said."),
        said("Twelve people were killed in the fire, the interior ministry said.", "Morning Ledger", 9),
    )
    assert (one.state, one.rule) == ("updated", "R4")


def test_tolls_that_differ_at_one_time_contradict_each_other() -> None:
    one = finding(
        "killed",
        said("Seven people were killed in the fire, the interior ministry said."),
        said("Twelve people were killed in the fire, the hospital said.", "Morning Ledger"),
    )
    assert (one.state, one.rule) == ("contradicted", "R5")


def test_a_toll_that_somebody_holds_to_after_a_higher_one_contradicts_it() -> None:
    one = finding(
        "killed",
        said("Seven people were killed in the fire, the interior ministry said."),
        said("Twelve people were killed in the fire, the hospital said.", "Morning Ledger", 3),
        said("Seven people were killed in the fire, the interior ministry said.", "Harbour News", 9),
    )
    assert one.state == "contradicted"


def test_a_more_exact_figure_refines() -> None:
    one = finding(
        "altitude",
        said("The missile reached an altitude of at least 500 kilometres, the interior ministry said."),
        said("The missile reached an altitude of 560 kilometres, the hospital said.", "Morning Ledger", 3),
    )
    assert one.state == "refined"


def test_a_higher_toll_is_an_update_where_the_first_was_a_bound() -> None:
    one = finding(
        "killed",
        said("At least 20 people were killed in the fire, the interior ministry said."),
        said("Twenty-two people were killed in the fire, the hospital said.", "Morning Ledger", 3),
    )
    assert one.state == "updated"


def test_a_clock_without_its_zone_agrees_with_any_time_that_it_can_be() -> None:
    one = finding(
        "time of explosion",
        said("The bomb exploded at 9:34 a.m. on Sunday, police said."),
        said("The bomb exploded at 8:34 p.m. on Saturday, the harbour office said.", "Morning Ledger"),
        said("The bomb exploded at 0034 GMT on Sunday, the hospital said.", "Harbour News"),
    )
    assert len(one.statements) == 3
    assert one.state in ("agreed", "refined")


def test_a_corrected_figure_is_told_as_such() -> None:
    one = finding(
        "killed",
        said("Twelve people were killed in the fire, the interior ministry said."),
        said("Seven people were killed in the fire, the interior ministry said, correcting its toll.", "Ledger", 3),
    )
    assert (one.state, one.rule) == ("corrected", "R2")


def test_a_mistyped_figure_is_marked_and_not_averaged() -> None:
    one = finding(
        "distance flown",
        said("The missile flew 500 kilometres, South Korea's military said."),
        said("The missile flew 500 kilometres, Japan's defence ministry said.", "Morning Ledger", 1),
        said("The missile flew 5000 kilometres, the United States said.", "Harbour News", 2),
    )
    assert [stated.outlier for stated in one.statements] == [False, False, True]
    assert one.state == "contradicted"


def test_the_dead_of_a_group_are_not_the_dead_in_all() -> None:
    toll = "Twelve people were killed in the fire, the interior ministry said."
    part = "Three children were killed in the fire, the hospital said."
    kinds = {(one.group, one.state) for one in found(said(toll), said(part)) if one.attribute == "killed"}
    assert kinds == {("", "claimed by one party"), ("children", "claimed by one party")}


def test_findings_are_the_same_in_every_order_of_the_members() -> None:
    members = [
        said("At least 20 people were killed in the fire, the interior ministry said."),
        said("Twenty-two people were killed in the fire, the hospital said.", "Morning Ledger", 3),
        said("The fire began at 5:27 a.m. on Sunday. Nine people were injured.", "Harbour News", 4),
    ]
    assert found(*members) == found(*reversed(members))


def test_every_statement_is_a_passage_of_its_article() -> None:
    members = [said(FLIGHT), said("At least 20 people were killed, police said.", "Harbour News", 1)]
    texts = {member.report: member.article.text for member in members}
    stated = [stated for one in found(*members) for stated in one.statements]
    assert stated
    assert all(one.words in texts[one.report] for one in stated)


@pytest.mark.parametrize(
    ("names", "count"),
    [
        (["the interior ministry", "a spokesman for the interior ministry", "The ministry"], 1),
        (["the interior ministry", "the health ministry", "the ministry"], 3),
        (["South Korea's military", "the South Korean military"], 2),
        (["police", "Police", "the police"], 1),
    ],
)
def test_who_speaks_for_a_body_is_the_body(names: list[str], count: int) -> None:
    assert len(set(name_origins([(name, "") for name in names]).values())) == count


def test_a_value_that_was_taken_back_is_withdrawn() -> None:
    one = finding(
        "killed",
        said("Seven people were killed in the fire, the interior ministry said."),
        said("The interior ministry withdrew its statement that seven people had been killed.", "Morning Ledger", 5),
    )
    assert (one.state, one.rule) == ("withdrawn", "R1")


def test_history_tells_who_said_it_first_and_what_changed() -> None:
    one = finding(
        "killed",
        said("Seven people were killed in the fire, the interior ministry said."),
        said("Seven people were killed in the fire, the interior ministry said.", "Harbour News", 1),
        said("Twelve people were killed in the fire, the hospital said.", "Morning Ledger", 3),
        said("Seven people were killed in the fire, the interior ministry said.", "Clarion", 9),
    )
    claims = [stated.claim for stated in one.statements]
    assert [(step.claim, step.state) for step in one.history] == [
        (claims[0], "claimed by one party"),
        (claims[2], "updated"),
    ]
    assert one.state == "contradicted", "the ministry held to it"


def test_roles_of_those_who_speak() -> None:
    members = (
        said("Velmora accused Westmarch of moving the stones. Nine people were hurt, Velmora said."),
        said("Eight people were hurt, the Northern Observatory said.", "Morning Ledger", 1),
        said("Nine people were hurt.", "Harbour News", 2),
    )
    one = finding("injured", *members)
    assert [stated.role for stated in one.statements] == ["party", "bystander", "reporter"]
    assert silent_parties(members) == ("Westmarch",)
    more = said("The stones were never moved, Westmarch said.", "Clarion", 3)
    assert silent_parties((*members, more)) == ()


def test_a_figure_in_another_unit_says_what_it_puts() -> None:
    one = finding(
        "altitude",
        said("The missile reached an altitude of above 2,000 km (1,200 mi), the interior ministry said."),
        said("The missile reached an altitude of 1,312 miles, the hospital said.", "Morning Ledger", 3),
    )
    assert one.state == "refined"
    assert [stated.words for stated in one.statements] == ["above 2,000 km", "1,200 mi", "1,312 miles"]


@pytest.mark.parametrize(("degrees", "state"), [("41.7C", "agreed"), ("107.1 degrees Fahrenheit", "agreed")])
def test_degrees_of_no_scale_may_be_of_either(degrees: str, state: str) -> None:
    one = finding(
        "temperature",
        said("The temperature in Corrin reached 41.7 degrees, the weather office said."),
        said(f"The temperature in Corrin reached {degrees}, the hospital said.", "Morning Ledger"),
    )
    assert one.state == state


def test_a_piece_of_opinion_is_marked_and_contradicts_nobody() -> None:
    report = said("Seven people were killed in the fire, the interior ministry said.")
    piece = replace(said("Seventy people were killed in the fire.", "The Longview", 1), genre="opinion")
    one = finding("killed", report, piece)
    assert one.state == "claimed by one party"
    assert [stated.genre for stated in one.statements] == ["", "opinion"]
    assert finding("killed", report, replace(piece, genre="report")).state != one.state


def test_two_speakers_who_differ_in_one_report_stand_in_one_finding() -> None:
    text = "The alliance said that 60,000 people had taken part in the march; the police, from the air, made it 22,000."
    [one] = found(said(text))
    assert (one.state, one.origins) == ("contradicted", ("The alliance", "the police"))


def test_a_part_and_a_whole_are_not_the_same_question() -> None:
    part = said("Six of its eleven carriages were derailed, the railway said.")
    other = said("Six carriages were derailed, the board said.", "Morning Ledger", 3)
    states = {tuple(stated.words for stated in one.statements): one.state for one in found(part, other)}
    assert "contradicted" not in states.values()


def test_one_among_the_dead_is_a_part() -> None:
    union = said("The union put the dead at eight, among them two cleaners.")
    other = said("Eight people were killed in the blast, the police said.", "Morning Ledger")
    assert [one.state for one in found(union, other) if len(one.statements) > 1] == ["agreed"]


def test_one_of_many_is_a_part_and_families_are_not_dead_themselves() -> None:
    one = said("Thirteen rebels were among 48 people executed in the village, the observatory said.")
    other = said("The fighting has killed 116 rebels, the observatory said. All the dead were from six families.", "B")
    assert {finding.state for finding in found(one, other) if finding.kind == "number"} == {"claimed by one party"}


def test_a_licence_is_not_the_number_aboard() -> None:
    union = said("The union said that 412 people had been aboard the ferry.")
    other = said("The licence allows 350 passengers, the ministry said.", "Morning Ledger")
    assert {one.state for one in found(union, other)} == {"claimed by one party"}


def test_a_clock_with_its_zone_is_no_more_exact_than_one_without() -> None:
    one = finding(
        "time of explosion",
        said("The bomb exploded at 6:12 a.m. on Sunday, police said."),
        said("The bomb exploded at 0412 GMT on Sunday, the hospital said.", "Harbour News", 3),
    )
    assert one.state == "agreed"


def test_a_value_that_nobody_dates_is_as_old_as_one_that_agrees_with_it() -> None:
    undated = said("About 50 people were injured in the blast, the police said.", "Coast Post")
    undated = replace(undated, article=replace(undated.article, published=None))
    one = finding(
        "injured",
        said("About 50 people were injured in the blast, the police said."),
        undated,
        said("59 people were injured in the blast, the chief constable said.", "Morning Ledger", 9),
    )
    assert one.state == "updated"


def test_names_of_speakers_are_without_when_and_where() -> None:
    named = [("The Port Authority", "entity:x"), ("the Union and the Port Authority", "entity:x"), ("the Union", "")]
    assert len(set(name_origins(named).values())) == 3
    assert named_alone("the police now") == "the police"
    assert named_alone("In Corrin the ministry") == "the ministry"


@pytest.mark.parametrize("words", ["Another 50", "18,243 runners", "With the death toll", "word " * 20])
def test_a_number_of_things_or_a_clause_is_no_speaker(words: str) -> None:
    assert not may_speak(words)


@pytest.mark.parametrize("words", ["38 North", "another official", "two of them", "Overseas ministry", "BBC Radio 4"])
def test_bodies_and_people_are_speakers(words: str) -> None:
    assert may_speak(words)
