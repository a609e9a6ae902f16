"""What people decided of claims: it attaches by words, the later of two decisions stands, joined ones stay so."""

from collections.abc import Sequence
from datetime import UTC, datetime

from hypothesis import given, settings
from hypothesis import strategies as st

from diurna.model import Judgement, QuotedClaim, quoted_claim
from diurna.reconcile.decided import claims_quoted, decided_of
from diurna.reconcile.findings import Testimony as Member
from diurna.reconcile.findings import findings_of
from tests.reconcile.made_claims import said

SENTENCES = (
    "Seven people were killed in the fire, the interior ministry said.",
    "Twelve people were injured in the fire, the hospital said.",
    "The ferry had sailed 14 miles, the coast guard said.",
)
WORDS = ("Seven people", "Twelve people", "14 miles")


def members() -> list[Member]:
    return [said(sentence, f"Paper {at}", at) for at, sentence in enumerate(SENTENCES)]


def judged(verdict: str, one: int, other: int, order: int) -> Judgement:
    """A decision that the claims of two reports answer one question (`answers`), or two (`differs`)."""
    reports = [f"article:{member.report}" for member in members()]
    quote = QuotedClaim(SENTENCES[one], WORDS[one], "", SENTENCES[other], WORDS[other])
    made = datetime(2017, 5, 22, 0, order, tzinfo=UTC)
    return Judgement(
        id=str(order),
        subject=reports[one],
        verdict=verdict,
        object=reports[other],
        by="person:Ada",
        value=quote.encoded(),
        made=made,
    )


def together(decisions: Sequence[Judgement]) -> list[set[str]]:
    told = members()
    decided, loose = decided_of(decisions, [(one.report, one.article, one.annotation) for one in told])
    assert not loose
    return [{stated.words for stated in one.statements} for one in findings_of("event", told, decided)]


PAIRS = [(0, 1), (1, 2), (0, 2)]


@settings(max_examples=30, deadline=None)
@given(st.lists(st.tuples(st.sampled_from(("answers", "differs")), st.sampled_from(PAIRS)), max_size=6))
def test_the_later_of_two_decisions_on_a_pair_stands(made: list[tuple[str, tuple[int, int]]]) -> None:
    decisions = [judged(verdict, *pair, order) for order, (verdict, pair) in enumerate(made)]
    last = {pair: verdict for verdict, pair in made}
    groups = together(decisions)
    for (one, other), verdict in last.items():
        if verdict == "answers":
            assert any({WORDS[one], WORDS[other]} <= group for group in groups)
    alone = [verdict for verdict in last.values() if verdict == "answers"]
    if not alone:
        assert groups == together([])


def test_a_decision_finds_its_claim_by_sentence_and_words_whatever_its_id() -> None:
    member = members()[0]
    (claim,) = claims_quoted(member.article, member.annotation, f"  {SENTENCES[0]} ", "Seven  people")
    assert member.article.text[slice(*_places(member, claim))] == "Seven people"
    assert claims_quoted(member.article, member.annotation, SENTENCES[0], "Eight people") == []
    assert claims_quoted(member.article, member.annotation, SENTENCES[1], "Seven people") == []


def _places(member: Member, identifier: str) -> tuple[int, int]:
    measured = next(one.measured for one in member.annotation.claims if one.id == identifier)
    assert measured is not None
    return measured.start, measured.end


def test_what_quotes_words_that_are_gone_is_told() -> None:
    told = members()[:2]
    lost = judged("answers", 0, 1, 1)
    quote = QuotedClaim("It rained.", "rained", "", SENTENCES[1], WORDS[1])
    gone = Judgement(
        id="gone",
        subject=lost.subject,
        verdict="answers",
        object=lost.object,
        by="person:Ada",
        value=quote.encoded(),
        made=lost.made,
    )
    _, loose = decided_of([lost, gone], [(one.report, one.article, one.annotation) for one in told])
    assert [one.id for one in loose] == ["gone"]
    elsewhere = judged("answers", 0, 2, 2)
    _, loose = decided_of([elsewhere], [(one.report, one.article, one.annotation) for one in told])
    assert loose == [], "the other report is in another event now"


def test_a_quote_reads_as_it_was_written() -> None:
    quote = QuotedClaim("He said “seven”.\n", "seven", name="killed")
    assert quoted_claim(quote.encoded()) == quote
    assert quoted_claim("a headline") is None
