"""Denials and withdrawals that give no figure stand at what they speak of; those of nothing that was said stay out."""

import pytest

from diurna.model import Finding
from diurna.reconcile import findings
from tests.reconcile.made_claims import finding, found, said

DRONES = "Twelve drones crossed the border, the Velmoran army said."


def denied(*members: findings.Testimony) -> list[Finding]:
    """Findings in which somebody denies something."""
    return [one for one in found(*members) if any(stated.denied for stated in one.statements)]


def test_a_denial_without_a_figure_denies_the_figure() -> None:
    answer = said("Westmarch's foreign ministry denied that any drone had crossed the border.", "Ledger", 3)
    (one,) = denied(said(DRONES), answer)
    assert (one.state, one.rule) == ("denied", "R3")
    assert [(stated.words, stated.denied) for stated in one.statements] == [
        ("Twelve drones", False),
        ("any drone had crossed the border", True),
    ]
    assert len(one.origins) == 2


def test_a_denial_stands_beside_what_it_denies_where_neither_has_a_figure() -> None:
    (one,) = denied(
        said("Marchers said that tear gas had been fired near the parliament steps."),
        said("Police denied having used tear gas.", "Ledger", 2),
    )
    assert (one.attribute, one.state, one.origins) == ("tear gas", "denied", ("Marchers", "Police"))


def test_who_is_named_as_the_owner_denies_it() -> None:
    text = "The tanker belongs to Calder Shipping, the port authority said. Calder Shipping denied that it was its own."
    (one,) = denied(said(text))
    assert (one.attribute, one.state) == ("owner", "denied")


@pytest.mark.parametrize("answer", ["it had done no such thing", "this was untrue", "nothing of the kind had happened"])
def test_an_answer_denies_the_sentence_before(answer: str) -> None:
    text = f"The Hill Party said that two ballot boxes had gone missing. The election office said that {answer}."
    (one,) = denied(said(text))
    assert (one.attribute, one.state, one.statements[0].words) == ("missing", "denied", "two ballot boxes")


@pytest.mark.parametrize(
    "sentence",
    [
        "Westmarch's foreign ministry denied the reporters entry to the border town.",
        "Westmarch's foreign ministry rejected an offer of talks on the border.",
        "Westmarch's foreign ministry denied that the summit would be moved.",
        "The Velmoran army denied that any drone had crossed the border.",
    ],
)
def test_what_denies_nothing_that_another_said_stays_out(sentence: str) -> None:
    assert not denied(said(DRONES), said(sentence, "Ledger", 3))[1:]
    assert all(one.state != "denied" for one in found(said(DRONES), said(sentence, "Ledger", 3)))


def test_who_denies_and_gives_a_figure_contradicts() -> None:
    answer = said(
        "The hospital denied that twelve people had been killed. Three people were killed, the hospital said."
    )
    states = {one.state for one in found(said("Twelve people were killed, police said."), answer)}
    assert "denied" not in states


@pytest.mark.parametrize("cue", ["withdrew its claim", "took back its report", "no longer says"])
def test_a_cause_that_is_taken_back_is_withdrawn(cue: str) -> None:
    states = {
        one.attribute: (one.state, one.rule)
        for one in found(
            said("Velmair blamed a cracked window for the loss of pressure."),
            said(f"Velmair {cue} that a cracked window forced the airliner down.", "Ledger", 9),
        )
    }
    assert states["cause"] == ("withdrawn", "R1")


def test_a_toll_that_is_given_again_after_it_was_withdrawn_is_not_withdrawn() -> None:
    toll = "Seven people were killed in the fire, the interior ministry said."
    back = "The interior ministry withdrew its statement that seven people had been killed."
    one = finding("killed", said(toll), said(back, "Ledger", 5), said(toll, "Clarion", 9))
    assert (one.reports, one.state) == (3, "claimed by one party")
    assert [step.state for step in one.history] == ["claimed by one party", "withdrawn"]


def test_troops_that_are_withdrawn_withdraw_no_figure() -> None:
    assert all(one.state != "withdrawn" for one in found(said("Velmora withdrew 500 soldiers, the army said.")))


def test_a_value_that_the_next_sentence_puts_right_is_corrected() -> None:
    first = "Four soldiers were killed in the shooting, the Velmoran army said."
    later = "Three soldiers were killed in the shooting, the Velmoran army said. It was wrong to speak of four."
    states = {one.state for one in found(said(first), said(later, "Ledger", 20))}
    assert "corrected" in states


def test_every_denial_is_a_passage_of_its_article_in_any_order() -> None:
    members = (said(DRONES), said("Westmarch denied that any drone had crossed the border.", "Ledger", 3))
    texts = {member.report: member.article.text for member in members}
    assert all(stated.words in texts[stated.report] for one in found(*members) for stated in one.statements)
    assert found(*members) == found(*reversed(members))


def test_a_denial_in_quotation_marks_of_what_is_ones_own() -> None:
    text = "The drone belongs to the Velmoran army, the ministry said. “It is not ours,” the Velmoran army said."
    (one,) = denied(said(text))
    assert (one.attribute, one.state) == ("owner", "denied")


def test_an_answer_to_what_its_own_sentence_names() -> None:
    plan = said("Two officials said that the ministry would appeal against the judgment on the cleaners.")
    text = "“There is no such plan,” the health ministry said of reports that it would appeal against the judgment."
    (one,) = denied(plan, said(text, "Ledger", 3))
    assert one.state == "denied"


def test_words_that_a_whole_event_shares_do_not_make_a_denial_of_everything() -> None:
    topics = ["letter", "meeting", "inspection", "shipment", "visit", "protest", "budget", "treaty"]
    members = [said(f"An official said that chemical weapons were part of the {word}.", word) for word in topics]
    answer = said("The ministry denied that chemical weapons had crossed the river.", "Ledger", 3)
    assert not denied(*members, answer)


def test_who_says_a_cause_again_in_other_words_joins_it() -> None:
    one = finding(
        "cause",
        said("The fire was caused by lightning, the fire service said."),
        said("The fire service repeated that lightning had hit the roof of the hall.", "Ledger", 3),
    )
    assert (one.reports, one.state) == (2, "claimed by one party")
