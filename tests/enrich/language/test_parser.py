"""Trees of the sentences that may hold a statement: spaCy's own, in the sentences given, and none elsewhere."""

import time

import pytest
import spacy
from spacy.language import Language
from spacy.tokens import Doc

from diurna.enrich.language import trees as model_parses
from diurna.enrich.language.model import load
from diurna.enrich.language.parser import Parser, ParserSettings, parsed
from diurna.enrich.settings import DEFAULT_MODEL

TEXTS = [
    "The mill burned down on Friday. “We lost everything,” said Olga Brandt, whose father, she recalled, had built it "
    "in 1954. Rain fell all night. According to the fire brigade of Port Alma, nobody was hurt; what caused it isn't "
    "known.",
    "Officials denied on Tuesday that the minister, who was asked about it by reporters, had ever met the man that the "
    "newspaper claims she did. They had no comment. What did he say to whom, and when, she wondered.",
    # Arcs that cross, heads that change, words that are taken back.
    "A man came in who was wearing a red hat. He asked what they had been waiting for. What the mayor said he wanted "
    "was never built. The bridge, he said, that his father built has fallen. The storm that forecasters said would "
    "miss the coast hit it. Officials say the dam the company built last year leaked. While the police searched the "
    "house burned down. The ship sank the crew said on Monday. Kim the leader said ships had left.",
    "HE SAID THE SHIPS LEFT. Nobody else saw them leave. \n\n - Kim told Reuters (by phone): no - ",
    "",
]


@pytest.fixture(scope="module")
def nlp() -> Language:
    nlp = load()
    nlp.add_pipe("diurna_parser")
    return nlp


@pytest.fixture(scope="module")
def everything() -> Language:
    nlp = load()
    nlp.add_pipe("diurna_parser", config={"everything": True})
    return nlp


@pytest.fixture(scope="module")
def plain() -> Language:
    return spacy.load(DEFAULT_MODEL, exclude=["attribute_ruler", "lemmatizer", "senter", "ner"])


def expected(nlp: Language, plain: Language, text: str) -> Doc:
    """What spaCy makes of a text with the same sentences."""
    doc = nlp.get_pipe("diurna_sentences")(plain.make_doc(text))
    for name in ("tok2vec", "tagger", "parser"):
        doc = plain.get_pipe(name)(doc)
    return doc


def trees(doc: Doc) -> list[tuple[int, str, str]]:
    return [(token.head.i, token.dep_, token.tag_) for token in doc]


@pytest.mark.parametrize("text", TEXTS)
def test_trees_and_tags_are_spacys_and_sentences_stay(everything: Language, plain: Language, text: str) -> None:
    doc = everything(text)
    other = expected(everything, plain, text)
    assert trees(doc) == trees(other)
    assert [span.start for span in doc.sents] == [span.start for span in other.sents]
    assert all(sum(token.dep_ == "ROOT" for token in span) == 1 for span in doc.sents)


def test_only_sentences_that_may_hold_a_statement_are_parsed(nlp: Language, plain: Language) -> None:
    doc = nlp(TEXTS[0])
    sentences = list(doc.sents)
    assert [any(token.dep_ for token in span) for span in sentences] == [False, True, False, True]
    other = expected(nlp, plain, TEXTS[0])
    for span in sentences:
        if span[0].dep_:
            assert trees(doc)[span.start : span.end] == trees(other)[span.start : span.end]
        else:
            assert all(token.head == token and not token.tag_ and not token.pos_ for token in span)
    assert [span.start for span in sentences] == [span.start for span in other.sents]


def test_parts_of_speech_follow_from_tags(everything: Language) -> None:
    doc = everything("Olga Brandt said two old mills quickly burned.")
    assert [token.pos_ for token in doc] == ["PROPN", "PROPN", "VERB", "NUM", "ADJ", "NOUN", "ADV", "VERB", "PUNCT"]


def test_lists_say_what_tokens_say(nlp: Language, plain: Language) -> None:
    for doc in (nlp(TEXTS[0]), expected(nlp, plain, TEXTS[0])):
        found = parsed(doc)
        assert list(zip(found.heads, found.labels, found.tags, strict=True)) == trees(doc)


def test_batches_change_nothing(nlp: Language) -> None:
    many = TEXTS * 3
    assert [trees(doc) for doc in nlp.pipe(many, batch_size=5)] == [trees(nlp(text)) for text in many]


def test_groups_of_sentences_change_nothing(everything: Language, monkeypatch: pytest.MonkeyPatch) -> None:
    whole = trees(everything(TEXTS[1]))
    monkeypatch.setattr(model_parses, "_ROWS", 10)
    assert trees(everything(TEXTS[1])) == whole


def test_sentences_longer_than_the_settings_allow_are_left_out(nlp: Language) -> None:
    parser = Parser(nlp, ParserSettings(most_tokens=8))
    doc = nlp.get_pipe("diurna_sentences")(nlp.make_doc("He said he left. She said that she would not leave so soon."))
    assert [bool(token.dep_) for token in parser(doc)] == [True] * 5 + [False] * 10


def test_a_text_that_was_parsed_is_left_as_it_is(nlp: Language) -> None:
    doc = Doc(nlp.vocab, words=["He", "said", "no"], heads=[1, 1, 0], deps=["a", "ROOT", "c"])
    assert [label for _, label, _ in trees(nlp.get_pipe("diurna_parser")(doc))] == ["a", "ROOT", "c"]


def test_it_works_in_a_pipeline_without_tagger_and_parser(nlp: Language) -> None:
    stranger = spacy.blank("en")
    stranger.add_pipe("diurna_sentences")
    stranger.add_pipe("diurna_parser")
    text = "She said it rained."
    assert trees(stranger(text)) == trees(nlp(text))
    assert stranger(text)[1].dep_ == "ROOT"


def test_a_model_built_in_another_way_parses_slowly_and_the_same_sentences(
    nlp: Language, monkeypatch: pytest.MonkeyPatch
) -> None:
    fast = nlp(TEXTS[0])
    monkeypatch.setattr(model_parses.TreeMaker, "of", lambda *parts: None)
    doc = nlp.get_pipe("diurna_sentences")(nlp.make_doc(TEXTS[0]))
    slow = Parser(nlp, ParserSettings())(doc)
    assert [bool(token.dep_) for token in slow] == [bool(token.dep_) for token in fast]
    same = [one == other for one, other in zip(trees(slow), trees(fast), strict=True)]
    # Words at the edges of sentences see other neighbours.
    assert sum(same) > 0.9 * len(same)


def test_time_grows_with_the_length_alone(nlp: Language) -> None:
    def seconds(times: int) -> float:
        text = "He said that she said that they said so, " * times
        begun = time.process_time()
        assert nlp(text)[1].dep_
        return time.process_time() - begun

    seconds(5)
    # Eight times the text takes 64 times as long where something is looked at again and again.
    assert seconds(400) < 24 * max(seconds(50), 0.02)
