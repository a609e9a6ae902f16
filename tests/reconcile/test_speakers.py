"""Who speaks in an event, and what each says: under the origin, copies once, whatever outlet carried it."""

from diurna.reconcile.speakers import Speaker, speakers_of
from tests.reconcile.made_claims import said

ORDER = "The president has approved the order, the Hill News Agency said, Tidewire reported."


def words(speaker: Speaker) -> list[str]:
    return [
        " ".join(saying.article.text[span.start : span.end] for span in saying.content) for saying in speaker.sayings
    ]


def test_one_speaker_through_two_outlets_is_named_once_with_both() -> None:
    text = "The bridge will stay closed until Friday, the port authority said."
    (speaker,) = speakers_of([said(text), said(text, "Morning Ledger", 2)])
    assert speaker.name == "the port authority"
    (saying,) = speaker.sayings
    assert words(speaker) == ["The bridge will stay closed until Friday"]
    assert (saying.outlet, saying.also) == (said(text).outlet, ("Morning Ledger",))
    assert speaker.outlets == (said(text).outlet, "Morning Ledger")


def test_what_is_passed_on_stands_under_the_one_who_said_it() -> None:
    (speaker,) = speakers_of([said("Tidewire reported that the army said the bridge was mined.")])
    assert speaker.name == "the army"
    assert speaker.sayings[0].voices == ("Tidewire", "the army")


def test_who_is_quoted_by_more_outlets_comes_first_and_nobody_who_is_unnamed() -> None:
    union = "The strike will go on, the dockers' union said."
    port = "The port will open on Monday, the harbour board said. The cranes were reportedly sold."
    found = speakers_of([said(port), said(union, "Morning Ledger", 1), said(union, "Harbour News", 2)])
    assert [speaker.name for speaker in found] == ["the dockers' union", "the harbour board"]


def test_statements_on_something_else_are_left_out() -> None:
    member = said("The bridge will stay closed until Friday, the port authority said.")
    elsewhere = frozenset(claim.id for claim in member.annotation.claims)
    assert (
        speakers_of([type(member)(member.report, member.article, member.annotation, member.outlet, another=elsewhere)])
        == ()
    )
