"""Which sentences may hold a statement, and forms of reporting words."""

import pytest
import spacy
from hypothesis import given
from hypothesis import strategies as st

from diurna.enrich.claims.cues import FORCES, HEDGES, NOUN_OF, NOUNS, VERB_OF, VERBS, may_hold_statement
from diurna.enrich.claims.forms import plural, verb_forms
from diurna.enrich.found import words_of

_TOKENS = spacy.blank("en")


def _selected(text: str) -> bool:
    words = words_of(_TOKENS.make_doc(text))
    return may_hold_statement(words, 0, len(words.text))


@pytest.mark.parametrize(
    "text",
    [
        "The dam is safe, officials said.",
        "According to the ministry, nobody was hurt.",
        "He called the vote “a farce”.",
        "Reports that the bridge had fallen were wrong.",
        "Lopez supports the bill.",
        "She plans to appeal.",
        "Mayor: We will rebuild",
        "There were warnings about the river.",
    ],
)
def test_sentences_with_cues_are_looked_at(text: str) -> None:
    assert _selected(text)


@pytest.mark.parametrize(
    "text",
    [
        "The river rose by two metres overnight.",
        "Twelve houses in the old state capital were flooded.",
        "The plan took four years.",
        "It rained.",
    ],
)
def test_sentences_without_cues_are_not(text: str) -> None:
    assert not _selected(text)


def test_only_the_tokens_asked_about_count() -> None:
    words = words_of(_TOKENS.make_doc("It rained. Kim said so."))
    assert not may_hold_statement(words, 0, 3)
    assert may_hold_statement(words, 3, len(words.text))


@pytest.mark.parametrize(
    ("verb", "forms"),
    [
        ("say", {"say", "says", "saying", "said"}),
        ("deny", {"deny", "denies", "denying", "denied"}),
        ("admit", {"admit", "admits", "admitting", "admitted"}),
        ("argue", {"argue", "argues", "arguing", "argued"}),
        ("agree", {"agree", "agrees", "agreeing", "agreed"}),
        ("echo", {"echo", "echoes", "echoing", "echoed"}),
        ("stress", {"stress", "stresses", "stressing", "stressed"}),
        ("label", {"label", "labels", "labeling", "labelling", "labeled", "labelled"}),
        ("opt", {"opt", "opts", "opting", "opted"}),
    ],
)
def test_verb_forms(verb: str, forms: set[str]) -> None:
    assert set(verb_forms(verb)) == forms


def test_plurals() -> None:
    assert [plural(noun) for noun in ("claim", "reply", "speech", "survey")] == [
        "claims",
        "replies",
        "speeches",
        "surveys",
    ]


def test_every_cue_has_a_force_and_a_use() -> None:
    for word, cues in {**VERBS, **NOUNS}.items():
        for cue in cues:
            assert cue.force in FORCES
            assert set(cue.frames) <= set("cqoigasw"), word
            assert cue.leads or set(cue.frames) - {"w"}, word
    assert "wants" in FORCES
    assert VERB_OF["said"] == "say"
    assert NOUN_OF["denials"] == "denial"
    assert "might" in HEDGES


@given(st.text(max_size=200))
def test_any_text_is_answered(text: str) -> None:
    assert _selected(text) in (True, False)
