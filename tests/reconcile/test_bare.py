"""What numbers are of that say nothing of it."""

from tests.reconcile.made_claims import finding, found, said

SLIDE = "Six people are missing after the slide, the district office said."


def test_a_bare_number_is_of_what_the_same_number_is_of_elsewhere() -> None:
    one = finding(
        "turnout",
        said("Turnout was 63 per cent, the election office said."),
        said("The election office sticks to 63.", "Morning Ledger", 3),
    )
    assert [(stated.words, stated.lower) for stated in one.statements] == [("63 per cent", 62.5), ("63", 62.5)]


def test_a_bare_number_is_of_what_was_counted_before_it() -> None:
    text = (
        "Two people are missing after the slide, the police said. The district office said that there had been seven."
    )
    one = finding("missing", said(SLIDE), said(text, "Morning Ledger"))
    assert [stated.words for stated in one.statements] == ["Six people", "Two people", "seven"]


def test_a_number_with_decimals_counts_nobody() -> None:
    text = "Two people were killed in the quake. The survey measured it at 5.8."
    figures = [one for one in found(said(text)) if one.kind == "number"]
    assert [[stated.words for stated in one.statements] for one in figures] == [["Two people"]]


def test_a_number_of_a_whole_is_not_of_what_was_counted_before() -> None:
    text = "Four people were killed in the wreck. Five of the train's eleven carriages are on their sides."
    killed = [one for one in found(said(text)) if one.attribute == "killed"]
    assert [[stated.words for stated in one.statements] for one in killed] == [["Four people"]]


def test_millions_are_sums_where_the_event_has_sums_of_one_currency() -> None:
    banker = said("The buyer will pay 180 million euros, a banker said.")
    [one] = found(banker, said("The buyer will pay 210 million, the union said.", "Morning Ledger"))
    assert (one.state, one.unit) == ("contradicted", "euro")


def test_what_nothing_tells_of_is_no_finding() -> None:
    assert found(said("There had been eleven, he said.")) == ()
