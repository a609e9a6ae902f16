"""On whose word a figure rests where no chain says it: who counts, who is cited, who spoke in the sentence before."""

import time

import pytest

from diurna.reconcile.origins import origin_words
from diurna.reconcile.speaking import speakers_by_claim
from tests.reconcile.made_claims import said


def speaker_of(text: str, figure: str) -> str:
    """Who gives a figure of a text; empty for the outlet itself."""
    member = said(text)
    found = speakers_by_claim(member.article, member.annotation.claims)
    words = {
        claim.id: member.article.text[claim.measured.start : claim.measured.end]
        for claim in member.annotation.claims
        if claim.measured is not None
    }
    (claim,) = [identifier for identifier, measured in words.items() if figure in measured]
    return found.get(claim, "")


@pytest.mark.parametrize(
    ("text", "figure", "expected"),
    [
        ("The institute put the focus 6 kilometres under the lake bed.", "6 kilometres", "The institute"),
        ("The insurers' union valued the damage at 18 million crowns.", "18 million", "The insurers' union"),
        ("More than 300 people had to leave, the mayor of Corrin said.", "300 people", "the mayor of Corrin"),
        ("At least 8 people died, Harbour News reported, citing police.", "8 people", "police"),
        (
            "Five carriages left the rails, the railway said. More than thirty people were hurt, it said.",
            "thirty people",
            "the railway",
        ),
        ("The price was high, the hospital said. Thirty operations had been put off.", "Thirty", "the hospital"),
        ("The bank was robbed, police said.\n\nThe bridge is 1,200 metres long.", "1,200 metres", ""),
        ("Seven people were killed in the fire.", "Seven", ""),
    ],
)
def test_who_gives_a_figure(text: str, figure: str, expected: str) -> None:
    assert speaker_of(text, figure) == expected


def test_a_chain_that_was_read_is_kept() -> None:
    member = said(
        "Seven people were killed in the fire, the interior ministry said. Police counted nine injured people."
    )
    found = speakers_by_claim(member.article, member.annotation.claims)
    for claim in member.annotation.claims:
        if words := origin_words(claim, ""):
            assert found[claim.id] == words


def test_long_sentences_take_linear_time() -> None:
    def seconds(count: int) -> float:
        member = said("The " + "big old " * count + "house was 12 metres high.")
        started = time.process_time()
        speakers_by_claim(member.article, member.annotation.claims)
        return time.process_time() - started

    seconds(10)
    assert seconds(2_000) < 60 * max(seconds(200), 0.002)
