"""Two attacks of one event: counts of two places, of two days, over a longer time."""

from tests.reconcile.made_claims import finding, found, said

TUESDAY = "A missile killed 18 people in the city on Tuesday, May 16, the observatory said."
WEDNESDAY = "Barrel bombs killed 12 people in the village on Wednesday, May 17, the observatory said."


def states(*texts: str) -> dict[tuple[str, ...], str]:
    members = [said(text, f"Outlet {number}", number * 9) for number, text in enumerate(texts)]
    return {
        tuple(stated.words for stated in one.statements): one.state for one in found(*members) if one.kind == "number"
    }


def test_tolls_of_two_days_are_two_findings() -> None:
    assert states(TUESDAY, WEDNESDAY) == {
        ("18 people",): "claimed by one party",
        ("12 people",): "claimed by one party",
    }


def test_a_toll_that_rose_on_another_day_is_the_same() -> None:
    text = "The toll of the missile in the city rose to 22 people killed on Wednesday, May 17, the observatory said."
    assert states(TUESDAY, text) == {("18 people", "22 people"): "updated"}


def test_a_count_over_a_longer_time_is_another_question() -> None:
    text = "Since Saturday at least 68 people have been killed in the city, the observatory said."
    assert len(states(TUESDAY, text)) == 2


def test_two_days_of_the_calendar_neither_agree_nor_differ() -> None:
    one = finding(
        "time of explosion",
        said("The bomb exploded on Monday, police said."),
        said("The bomb exploded on Tuesday, the hospital said.", "Morning Ledger", 9),
    )
    assert one.state == "claimed by one party"


def test_values_of_one_hour_that_differ_do_not_agree_for_being_one_speakers() -> None:
    one = finding(
        "killed",
        said("Exactly 1,300 people were killed in the attack, the coalition said."),
        said("More than 1,400 people were killed in the attack, the coalition said.", "Morning Ledger"),
    )
    assert one.state == "contradicted"
