"""The language model: what is loaded, what is told where that fails, and entities just as spaCy finds them."""

import time
from collections.abc import Callable
from typing import Any

import pytest
import spacy
from hypothesis import given, settings
from hypothesis import strategies as st
from spacy.language import Language
from spacy.tokens import Doc, Span

from diurna.enrich.language.model import load
from diurna.enrich.language.recogniser import Entities
from diurna.enrich.settings import DEFAULT_MODEL
from diurna.errors import ConfigurationError

TEXTS = [
    "SEOUL, May 22 (Yonhap) -- North Korean leader Kim Jong-un met Swedish envoys from the Red Cross on Monday, the "
    "Korean Central News Agency said. It was the first visit in 12 years.",
    "“We don't know who did it,” said Maria Gonzalez of the University of Port Alma. At least 86 people, three of them "
    "from Norway's west coast, were hurt when two trains of the Great Northern Railway Company of Upper Canada met.",
    "Prices rose 3.5 percent to $4.2 billion in the year to March 31, 2016, said the U.S. Department of Agriculture.",
    "the minister of finance and the minister of defence of the republic of the congo did not reply",
    "LONDON BRIDGE IS FALLING DOWN, SAYS MAYOR SADIQ KHAN. HE WILL SPEAK TO THE BBC AT 5 P.M. ON TUESDAY.",
    "\n\nA\n\n Los Angeles\n\nNew York Times of London and Paris and Berlin and Rome and Madrid and Lisbon and Oslo",
    "你好 Kim 😀 said – “no!” \x01 1984",
    "",
]


@pytest.fixture(scope="module")
def nlp() -> Language:
    return load()


@pytest.fixture(scope="module")
def plain() -> Language:
    """spaCy's own pipeline, as far as entities go."""
    return spacy.load(DEFAULT_MODEL, exclude=["tok2vec", "tagger", "parser", "attribute_ruler", "lemmatizer", "senter"])


def entities(doc: Doc) -> list[tuple[int, int, str]]:
    return [(span.start, span.end, span.label_) for span in doc.ents]


def test_only_what_is_needed_runs(nlp: Language) -> None:
    assert nlp.pipe_names == ["diurna_sentences", "diurna_entities"]
    assert {"tok2vec", "tagger", "parser"} <= set(nlp.component_names)
    assert not {"attribute_ruler", "lemmatizer", "senter"} & set(nlp.component_names)
    component = nlp.get_pipe("diurna_entities")
    assert isinstance(component, Entities)
    assert component.fast
    assert "PERSON" in component.labels


def test_entities_are_those_that_spacy_finds(nlp: Language, plain: Language) -> None:
    sentences = nlp.get_pipe("diurna_sentences")
    found = list(nlp.pipe(TEXTS))
    expected = [plain.get_pipe("ner")(sentences(plain.make_doc(text))) for text in TEXTS]
    assert [entities(doc) for doc in found] == [entities(doc) for doc in expected]
    assert [[token.ent_iob_ for token in doc] for doc in found] == [[t.ent_iob_ for t in doc] for doc in expected]
    assert sum(len(doc.ents) for doc in found) > 25


def test_entities_are_spacys_without_sentences_too(nlp: Language, plain: Language) -> None:
    for text in TEXTS:
        doc = nlp.get_pipe("diurna_entities")(nlp.make_doc(text))
        assert entities(doc) == entities(plain(text))


@pytest.mark.parametrize(
    "words",
    [
        ["NATO", "Kim", "Angeles", "in", "\n\n", "United", "of"],
        ["Angeles", "on", "\n\n", "United", "York", "in", "of"],
    ],
)
def test_no_entity_begins_with_white_space(plain: Language, words: list[str]) -> None:
    """In these the scores alone would have one begin there."""
    doc, other = (Doc(plain.vocab, words=words) for _ in range(2))
    assert entities(Entities(plain.get_pipe("ner"))(doc)) == entities(plain.get_pipe("ner")(other))
    assert all(not doc[start].is_space for start, _, _ in entities(doc))


WORDS = [*TEXTS[0].split(), *TEXTS[2].split(), "\n\n", ".", ",", "’s", "“"]


@given(st.lists(st.sampled_from(WORDS), max_size=40))
@settings(max_examples=60, deadline=None)
def test_entities_of_any_order_of_words_are_spacys(words: list[str]) -> None:
    pipelines = made()
    doc = pipelines[0](Doc(pipelines[1].vocab, words=words))
    assert entities(doc) == entities(pipelines[1].get_pipe("ner")(Doc(pipelines[1].vocab, words=words)))


def made(kept: list[tuple[Callable[[Doc], Doc], Language]] = []) -> tuple[Callable[[Doc], Doc], Language]:  # noqa: B006
    if not kept:
        nlp = spacy.load(
            DEFAULT_MODEL, exclude=["tok2vec", "tagger", "parser", "attribute_ruler", "lemmatizer", "senter"]
        )
        kept.append((Entities(nlp.get_pipe("ner")), nlp))
    return kept[0]


def test_an_entity_longer_than_those_followed_at_once_is_spacys(
    nlp: Language, plain: Language, monkeypatch: pytest.MonkeyPatch
) -> None:
    text = TEXTS[1]
    expected = entities(plain(text))
    assert max(end - start for start, end, _ in expected) >= 4
    monkeypatch.setattr("diurna.enrich.language.recogniser._ROUNDS", 1)
    assert entities(nlp.get_pipe("diurna_entities")(nlp.make_doc(text))) == expected


def test_batches_change_nothing(nlp: Language) -> None:
    many = TEXTS * 3
    assert [entities(doc) for doc in nlp.pipe(many, batch_size=5)] == [entities(nlp(text)) for text in many]


def test_entities_that_are_there_already_are_respected(nlp: Language, plain: Language) -> None:
    def marked(pipeline: Language) -> Doc:
        doc = pipeline.make_doc("Alice Springs said the Reserve Bank of Alma met in Oslo.")
        doc.set_ents([Span(doc, 0, 2, "ORG")])
        return doc

    doc = nlp.get_pipe("diurna_entities")(marked(nlp))
    assert entities(doc) == entities(plain.get_pipe("ner")(marked(plain)))
    assert (0, 2, "ORG") in entities(doc)


def test_a_recogniser_of_another_kind_runs_as_it_is() -> None:
    nlp = spacy.blank("en")
    ruler: Any = nlp.add_pipe("entity_ruler")
    ruler.add_patterns([{"label": "PLACE", "pattern": "Alma"}])
    found = Entities(ruler)
    assert not found.fast
    assert entities(found(nlp.make_doc("Rain in Alma."))) == [(2, 3, "PLACE")]


def test_a_model_that_is_not_there_is_an_error_that_says_what_to_do() -> None:
    with pytest.raises(ConfigurationError, match=r"'no_such_model'.*enrich\.model.*not installed.*pip"):
        load("no_such_model")


def test_a_package_that_is_no_model_is_an_error() -> None:
    with pytest.raises(ConfigurationError, match=r"'msgspec'.*can't be loaded"):
        load("msgspec")


def test_a_model_that_recognises_no_names_is_an_error(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(spacy, "load", lambda name, exclude: spacy.blank("en"))
    with pytest.raises(ConfigurationError, match="no component `ner`"):
        load()


@pytest.mark.parametrize("text", ["!" * 6_000, "a-" * 6_000, "Kim said. " * 3 + "(" * 3_000 + " Then he left."])
def test_long_runs_without_a_space_take_little_time(nlp: Language, text: str) -> None:
    begun = time.process_time()
    doc = nlp.make_doc(text)
    # spaCy's own tokenizer takes 4 seconds for the first.
    assert time.process_time() - begun < 1
    assert doc.text == text
