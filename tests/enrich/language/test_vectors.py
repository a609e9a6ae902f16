"""Vectors of tokens: as spaCy makes them, whatever stands around, and however much is kept from before."""

from typing import Any

import numpy as np
import pytest
import spacy
from numpy.typing import NDArray
from spacy.language import Language
from spacy.tokens import Doc
from thinc.api import Model, chain

from diurna.enrich.language import vectors as fast_vectors
from diurna.enrich.language.vectors import FastVectors
from diurna.enrich.settings import DEFAULT_MODEL

AnyModel = Model[Any, Any]

TEXTS = [
    "The governor didn't say why Harrow Mills closed its plant in Port Alma.",
    "She's\n\nleft. 1,200 workers (in all) went on strike — again!",
    "No.",
    "Ünïcode 你好 😀 \x00 ''quoted'' U.S.-led e-mail@example.org",
]


@pytest.fixture(scope="module")
def nlp() -> Language:
    return spacy.load(DEFAULT_MODEL, exclude=["attribute_ruler", "lemmatizer", "senter"])


@pytest.fixture(scope="module", params=["ner", "tok2vec"])
def model(nlp: Language, request: pytest.FixtureRequest) -> AnyModel:
    component: Any = nlp.get_pipe(request.param)
    model: AnyModel = component.model
    return model.layers[0].layers[0] if request.param == "ner" else model


def fast(model: AnyModel) -> FastVectors:
    found = FastVectors.of(model)
    assert found is not None
    return found


def agree(found: NDArray[Any], expected: NDArray[Any]) -> bool:
    return found.shape == expected.shape and bool(np.allclose(found, expected, atol=2e-5))


def test_vectors_are_spacys(nlp: Language, model: AnyModel) -> None:
    docs = [nlp.make_doc(text) for text in TEXTS]
    expected = np.concatenate(model.predict(docs))
    vectors = fast(model)
    assert agree(vectors(docs), expected)
    assert agree(vectors(docs), expected), "from what was kept"
    assert agree(vectors(docs[2:]), expected[-len(docs[2]) - len(docs[3]) :])
    assert np.abs(expected).max() > 1


def test_a_token_that_the_tokenizer_gave_another_norm_has_another_vector(nlp: Language, model: AnyModel) -> None:
    vectors = fast(model)
    # "n't" within "didn't" counts as "not", and by itself as it is written.
    for doc in (nlp.make_doc("I didn't."), Doc(nlp.vocab, words=["I", "did", "n't", "."])):
        assert agree(vectors([doc]), np.concatenate(model.predict([doc])))


def test_ranges_are_as_texts_of_their_own(nlp: Language, model: AnyModel) -> None:
    doc = nlp.make_doc(TEXTS[0])
    part = doc[3:9].as_doc()
    vectors = fast(model)
    assert agree(vectors.within([doc], [[(3, 9), (0, 0)]]), np.concatenate(model.predict([part])))
    whole = vectors([doc])
    # What is farther from a range's edges than vectors reach does not show that it was cut there.
    inner = vectors.within([doc], [[(1, len(doc))]])
    assert agree(inner[vectors.reach :], whole[1 + vectors.reach :])
    assert not agree(inner[:1], whole[1:2])


def test_texts_longer_than_what_is_worked_on_at_a_time(
    nlp: Language, model: AnyModel, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(fast_vectors, "_ROWS", 7)
    docs = [nlp.make_doc(text) for text in TEXTS]
    assert agree(fast(model)(docs), np.concatenate(model.predict(docs)))


def test_what_is_kept_is_bounded(nlp: Language, model: AnyModel, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fast_vectors, "_MOST_FORMS", 16)
    vectors = fast(model)
    docs = [nlp.make_doc(text) for text in TEXTS]
    # One by one they fit, two of them together don't, and a text with more forms than are kept makes room for itself.
    for some in ([docs[0]], [docs[1]], docs, [docs[0]], docs[1:]):
        assert agree(vectors(some), np.concatenate(model.predict(some)))
        assert len(vectors._rows) < len(vectors._table)


def test_a_form_has_the_same_bits_whatever_was_read_before(nlp: Language, model: AnyModel) -> None:
    text = nlp.make_doc("Harrow Mills closed its plant in Port Alma.")
    expected = fast(model)([text]).tobytes()
    for count in (1, 2, 5, 23, 24, 25, 90):
        vectors = fast(model)
        # One of the text's own words among others, then the rest: by itself, it would be multiplied as a vector.
        vectors([Doc(nlp.vocab, words=[*(f"made{at}up" for at in range(count - 1)), "Alma"])])
        vectors([Doc(nlp.vocab, words=["plant"])])
        assert vectors([text]).tobytes() == expected


def test_no_texts_and_empty_texts(nlp: Language, model: AnyModel) -> None:
    vectors = fast(model)
    assert vectors([]).shape == (0, vectors.width)
    assert vectors([nlp.make_doc("")]).shape == (0, vectors.width)


def test_a_model_built_in_another_way_has_none(model: AnyModel) -> None:
    embedding, encoding = model.layers
    assert FastVectors.of(embedding) is None
    assert FastVectors.of(chain(embedding, encoding, encoding)) is None
    assert FastVectors.of(encoding) is None
