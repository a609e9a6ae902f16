"""From whom an outlet has it: carriers, origins, and who "he" is."""

from functools import cache

import pytest
import spacy
from spacy.language import Language
from spacy.tokens import Doc

from diurna.enrich.claims.chains import chains
from diurna.enrich.found import Name
from diurna.model import Span, Voice

_NAMES = {
    "Ana Lopez": "person",
    "Lopez": "person",
    "Rui Silva": "person",
    "Reuters": "organisation",
    "Yonhap": "organisation",
    "KCNA": "organisation",
    "Water Ministry": "organisation",
}


@cache
def _pipeline() -> Language:
    nlp = spacy.blank("en")
    for name in ("diurna_sentences", "diurna_parser", "diurna_claims"):
        nlp.add_pipe(name)
    return nlp


def _read(text: str) -> Doc:
    doc = _pipeline()(text)
    found: dict[Span, Name] = {}
    for words, kind in _NAMES.items():
        at = text.find(words)
        while at >= 0:
            span = Span(at, at + len(words))
            if not any(other.start <= span.start and span.end <= other.end for other in found):
                found[span] = Name(span, kind)
            at = text.find(words, at + 1)
    doc._.diurna_names = tuple(sorted(found.values(), key=lambda name: name.span))
    return doc


def _told(text: str, cue: str, outlet: str = "The Daily") -> list[str]:
    return [voice.words for voice in _chain(text, cue, outlet)]


def _chain(text: str, cue: str, outlet: str = "The Daily") -> tuple[Voice, ...]:
    """Chain of the last statement with a cue."""
    doc = _read(text)
    cues = [" ".join(text[span.start : span.end] for span in one.cue) for one in doc._.diurna_statements]
    last = len(cues) - 1 - cues[::-1].index(cue)
    return chains(doc, outlet)[last]


@pytest.mark.parametrize(
    ("text", "cue", "told"),
    [
        ("Ana Lopez said the dam was safe.", "said", ["The Daily", "Ana Lopez"]),
        ("Ana Lopez told Reuters that the dam was safe.", "told", ["The Daily", "Reuters", "Ana Lopez"]),
        ("Minister of State Rui Silva said the dam was safe.", "said", ["The Daily", "Minister of State Rui Silva"]),
        ("Ana Lopez told reporters that the dam was safe.", "told", ["The Daily", "Ana Lopez"]),
        ("Ana Lopez told the United Nations that the dam was safe.", "told", ["The Daily", "Ana Lopez"]),
        ("“I believe it is safe,” Ana Lopez said.", "believe", ["The Daily", "Ana Lopez"]),
        ("The dam seems to be safe.", "seems", ["The Daily"]),
        ("Ana Lopez told the mayor that the dam was safe.", "told", ["The Daily", "Ana Lopez"]),
        ("Yonhap said that Ana Lopez had denied the theft.", "had denied", ["The Daily", "Yonhap", "Ana Lopez"]),
        ("Ana Lopez denied the theft, according to Yonhap.", "denied", ["The Daily", "Yonhap", "Ana Lopez"]),
        ("The dam was safe, Yonhap said, citing KCNA.", "said", ["The Daily", "Yonhap", "KCNA"]),
        ("“It is safe,” Lopez was quoted as saying by KCNA.", "was quoted as saying", ["The Daily", "KCNA", "Lopez"]),
        ("Ana Lopez said in a statement carried by KCNA that the dam was safe.", "said in a statement",
         ["The Daily", "KCNA", "Ana Lopez"]),
        ("Reports say that the dam is safe.", "say", ["The Daily", "Reports"]),
        ("There have been reports that the dam is old.", "reports", ["The Daily", "reports"]),
        ("It is believed that the dam is safe.", "is believed", ["The Daily", "unnamed"]),
        ("“It is safe,” Lopez was cited as saying by Yonhap.", "was cited as saying",
         ["The Daily", "Yonhap", "Lopez"]),
        ("Yonhap quoted Ana Lopez as saying that the dam was safe.", "quoted as saying",
         ["The Daily", "Yonhap", "Ana Lopez"]),
        ("“It is safe,” Lopez said, as quoted by Yonhap.", "said", ["The Daily", "Yonhap", "Lopez"]),
        ("It came after the election of the north’s new mayor, liberal Rui Silva, who favors a dam.", "favors",
         ["The Daily", "the north’s new mayor, liberal Rui Silva"]),
        ("The Water Ministry, which revealed that the dam was old, said it would hold.", "said",
         ["The Daily", "The Water Ministry"]),
        ("The dam is reportedly safe.", "reportedly", ["The Daily", "reportedly"]),
        ("Ana Lopez, the mayor of a town in the north, said the dam was safe.", "said", ["The Daily", "Ana Lopez"]),
    ],
)  # fmt: skip
def test_chain(text: str, cue: str, told: list[str]) -> None:
    assert _told(text, cue) == told


def test_an_outlet_is_no_carrier_of_its_own_words() -> None:
    assert _told("Ana Lopez told Reuters that the dam was safe.", "told", "Reuters") == ["Reuters", "Ana Lopez"]


def test_no_outlet_no_first_voice() -> None:
    assert _told("Ana Lopez said the dam was safe.", "said", "") == ["Ana Lopez"]


def test_kinds() -> None:
    for text, kind in [
        ("Ana Lopez said the dam was safe.", "person"),
        ("KCNA said the dam was safe.", "organisation"),
        ("The report said the dam was safe.", "document"),
        ("Officials said the dam was safe.", "group"),
        ("A spokesman for the mayor said the dam was safe.", "person"),
        ("Reports said the dam was safe.", "unnamed"),
    ]:
        assert [voice.kind for voice in _chain(text, "said")] == ["outlet", kind], text


def test_he_is_the_one_who_spoke() -> None:
    voice = _chain("Ana Lopez said the dam was safe. She added that it was old.", "added")[-1]
    assert voice.words == "Ana Lopez"
    assert voice.span == Span(0, 9)


def test_he_stays_open_where_two_spoke() -> None:
    text = "Ana Lopez said the dam was safe. Rui Silva said it was not. He added that it was old."
    assert _chain(text, "added")[-1].words == "He"


def test_a_title_tells_who_is_meant() -> None:
    text = "Mr. Silva met Mrs. Lopez.\n\nThe ministry knew. She said the dam was safe."
    assert _chain(text, "said")[-1].words == "Lopez"


def test_she_stays_open_without_titles() -> None:
    text = "Rui Silva met Ana Lopez.\n\nThe ministry knew. She said the dam was safe."
    assert _chain(text, "said")[-1].words == "She"


def test_who_is_the_noun_before() -> None:
    assert _told("Ana Lopez, who said the dam was safe, left.", "said") == ["The Daily", "Ana Lopez"]


def test_the_ministry_is_the_one_that_was_named() -> None:
    text = "The Water Ministry knew of it.\n\nNobody left. The ministry said the dam was safe."
    assert _chain(text, "said")[-1].words == "Water Ministry"


def test_the_spokesman_is_the_one_before() -> None:
    text = "A spokesman for the mayor said the dam was safe. The spokesman declined to comment further."
    assert _chain(text, "declined")[-1].words == "A spokesman for the mayor"


def test_nothing_said_no_chains() -> None:
    assert chains(_read("It rained."), "The Daily") == ()


def test_the_report_is_its_publishers() -> None:
    text = "The dam was old, KCNA said.\n\n“It is safe,” Ana Lopez was quoted as saying by the report."
    assert [one.split()[-1] for one in _told(text, "was quoted as saying")] == ["Daily", "KCNA", "Lopez"]


def test_the_report_stays_where_two_published() -> None:
    text = "It was old, KCNA said. It was new, Yonhap said.\n\n“It is safe,” Lopez was quoted as saying by the report."
    assert _told(text, "was quoted as saying") == ["The Daily", "the report", "Lopez"]


def test_it_is_the_organisation_that_spoke() -> None:
    text = "The dam was old, KCNA said.\n\nNobody would look at it, it added."
    assert _told(text, "added") == ["The Daily", "KCNA"]


@pytest.mark.parametrize(
    "text",
    [
        "The dam was old, KCNA said. It was new, Yonhap said. Nobody would look, it added.",
        "The dam was old, KCNA said.\n\nIt rained.\n\nIt was cold.\n\nNobody would look, it added.",
        "Ana Lopez said the dam was old. Nobody would look, it added.",
    ],
)
def test_it_stays_open_where_none_or_two_spoke(text: str) -> None:
    assert _told(text, "added") == ["The Daily", "it"]


def test_he_is_not_the_one_whose_adviser_spoke() -> None:
    text = "Ana Lopez’s top adviser spoke in favor of the new dam, though she said it must not be closed."
    assert _told(text, "spoke in favor of") == ["The Daily", "Ana Lopez’s top adviser"]
    assert _told(text, "said") == ["The Daily", "Ana Lopez’s top adviser"]


def test_he_is_not_the_one_whose_adviser_was_named() -> None:
    text = "Rui Silva’s adviser met the engineers. He said the dam was safe."
    assert _chain(text, "said")[-1].words == "Rui Silva’s adviser"


def test_what_goes_round_is_unnamed() -> None:
    for text, cue in [
        ("Unconfirmed reports said the dam was weak.", "said"),
        ("There have been reports that the dam could break.", "reports"),
        ("The dam is reportedly safe.", "reportedly"),
        ("The dam is believed to be safe.", "is believed"),
    ]:
        assert _chain(text, cue)[-1].kind == "unnamed", text


def test_another_bodys_description_is_not_taken_for_a_name_with_the_same_noun() -> None:
    text = "The Water Ministry said that the dam was safe. Two people were dead, the transport ministry said."
    assert _told(text, "said")[-1] == "the transport ministry"
    text = "The Water Ministry said that the dam was safe. Two people were dead, the ministry said."
    assert _told(text, "said")[-1] != "the ministry"


def test_a_hyphen_makes_one_word_of_two_in_a_speakers_name() -> None:
    assert _told("The Britain-based group said that the dam was safe.", "said")[-1] == "The Britain-based group"
    assert _told("The US-led coalition said that the dam was safe.", "said")[-1] == "The US-led coalition"


def test_what_an_attack_leaves_nobody_says() -> None:
    doc = _read("The blast hit a market leaving at least three killed, according to police.")
    cues = [[doc.text[span.start : span.end] for span in one.cue] for one in doc._.diurna_statements]
    assert cues == [["according to"]]
