"""Where sentences begin: marks, quotations, abbreviations, paragraphs, and texts without any of them."""

import gc
import time

import pytest
import spacy
from hypothesis import given, settings
from hypothesis import strategies as st
from spacy.language import Language
from spacy.tokens import Doc

from diurna.enrich.found import Words, words_of
from diurna.enrich.language.sentences import SentencesSettings, find_sentences

BLANK = spacy.blank("en")


@pytest.fixture(scope="module")
def nlp() -> Language:
    nlp = spacy.blank("en")
    nlp.add_pipe("diurna_sentences")
    return nlp


def split(text: str) -> list[str]:
    doc = BLANK.make_doc(text)
    return [doc[first:last].text.strip() for first, last in find_sentences(words_of(doc))]


@pytest.mark.parametrize(
    "sentences",
    [
        # abbreviations, initials, titles
        ["Mr. Ito met Gen. Park and Lt. Col. Baker of No. 3 Wing at 3 p.m. Monday.", "Then he left."],
        ["The boat sank at 5 p.m.", "Rescuers came an hour later."],
        ["She moved to the U.S. in May.", "He stayed in the U.S.", "They wrote letters."],
        ["A spokesman for the U.S. Army and one for Harrow Mills Inc. Chief Executive J. R. Owen agreed."],
        ["The firm is Harrow Mills Inc.", "It makes paper."],
        ["They had a Plan B.", "The rest is unknown."],
        ["It happened in Sept. 1987.", "It cost $5.", "No. 7 won."],
        # quotations
        ["“Is it true?” he asked.", "“It is!”", "She sat down."],
        ["“Why now?” Prime Minister Olga Brandt asked.", "Nobody answered."],
        ["He said: “We came.", "We saw.”", "Then he stopped."],
        ['"It is over," he said.', '"We are going home."', '"And soon."'],
        ["“Nothing.”", "“Nothing at all?”", "They laughed."],
        # marks within a sentence
        ["He waited ... and waited.", "It was late (so they say. Or not.), and cold.", "(He left.)", "It rained."],
        ["Well… it may be so.", "He was tired…", "They left."],
        ["What?!", "No!", "The end."],
        # no space behind the mark, names in small letters, numbers
        ["He went home.", "Then he slept.", "al-Noor claimed it.", "Prices rose 3.5 percent.", "50 people came."],
        # capitals
        ["THE HARBOUR WAS SHUT.", "MR. BELL SAID THE U.S. NAVY HELPED.", "IT REOPENED."],
        # datelines
        ["SEOUL, May 22 (Yonhap) -- The North fired a missile.", "It fell into the sea."],
        ["PORT ALMA, Calif. (AP) — Rain fell.", "It stopped."],
    ],
)
def test_sentences_are_told_apart(sentences: list[str]) -> None:
    assert split(" ".join(sentences).replace("home. Then", "home.Then")) == sentences


def test_a_paragraph_ends_a_sentence_with_or_without_a_mark() -> None:
    assert split("Storm hits coast\n\nThe storm came at night.\n\nNobody was hurt") == [
        "Storm hits coast",
        "The storm came at night.",
        "Nobody was hurt",
    ]


def test_a_dateline_on_its_own_line_goes_with_the_first_sentence() -> None:
    assert split("HAVANA (AP) --\n\nRain fell. It stopped.") == ["HAVANA (AP) --\n\nRain fell.", "It stopped."]


def test_lines_of_a_list_are_sentences_and_lines_cut_by_width_are_not() -> None:
    assert split("Highest: 22 degrees\nLowest: 3 degrees\nRain: none") == [
        "Highest: 22 degrees",
        "Lowest: 3 degrees",
        "Rain: none",
    ]
    wrapped = (
        "The company said on Tuesday that it had agreed to buy the mill\nand the land around it from its owners, who "
        "had run the place\nfor many years. The owners said they would retire to a house\nnear Loch Brae, where their "
        "son lives with his family and keeps\nbees. They have no plans."
    )
    assert [one.replace("\n", " ") for one in split(wrapped)] == [
        "The company said on Tuesday that it had agreed to buy the mill and the land around it from its owners, who "
        "had run the place for many years.",
        "The owners said they would retire to a house near Loch Brae, where their son lives with his family and keeps "
        "bees.",
        "They have no plans.",
    ]


def test_a_text_without_marks_is_cut_where_it_can_be() -> None:
    sentences = find_sentences(made(["one", ",", "two"] * 300), SentencesSettings(most_tokens=50))
    assert max(last - first for first, last in sentences) <= 50
    assert all((last - 2) % 3 == 0 for _, last in sentences[:-1])


def test_every_token_is_told_and_a_parsed_text_is_left_alone(nlp: Language) -> None:
    doc = nlp("One came. Two went.")
    assert [token.is_sent_start for token in doc] == [True, False, False, True, False, False]
    words = ["One", "came", ".", "Two", "went", "."]
    parsed = Doc(nlp.vocab, words=words, heads=[1, 1, 1, 1, 1, 1], deps=["dep", "ROOT"] + ["dep"] * 4)
    assert len(list(nlp.get_pipe("diurna_sentences")(parsed).sents)) == 1
    assert len(nlp("")) == 0


@given(st.text(alphabet="aB1. \n\t?!…“”\"'()[]-:,é你😀\x00\u2028", max_size=80))
@settings(max_examples=150, deadline=None)
def test_sentences_cover_any_text_in_order(text: str) -> None:
    doc = BLANK.make_doc(text)
    sentences = find_sentences(words_of(doc))
    assert [first for first, _ in sentences] == [0, *(last for _, last in sentences[:-1])][: len(sentences)]
    assert all(first < last for first, last in sentences)
    assert (sentences[-1][1] if sentences else 0) == len(doc)


@pytest.mark.parametrize(
    "some", [["."], ["!"], ['"'], ["("], ["“", "?", "”", "Kim"], ["A."], ["a", "\n"], ["-", "\n\n"], ["a"]]
)
def test_time_grows_with_the_length_alone(some: list[str]) -> None:
    def seconds(size: int) -> float:
        words = made(some * (size // len(some)))
        gc.collect()
        gc.disable()  # what other tests left in memory is looked through in the middle of it otherwise
        try:
            return min(timed(words) for _ in range(3))
        finally:
            gc.enable()

    def timed(words: Words) -> float:
        begun = time.process_time()
        find_sentences(words)
        return time.process_time() - begun

    # Eight times the tokens take 64 times as long where something is looked at again and again.
    assert seconds(64_000) < 24 * max(seconds(8_000), 0.01)


def made(text: list[str]) -> Words:
    start = list(range(0, 20 * len(text), 20))
    for at, word in enumerate(text[1:], 1):
        start[at] = start[at - 1] + len(text[at - 1]) + (word.isalpha())
    return Words(text, [word.lower() for word in text], start, [at + len(w) for at, w in zip(start, text, strict=True)])
