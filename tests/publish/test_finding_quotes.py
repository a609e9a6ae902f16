"""The sentences that findings rest on: word for word, with their words marked, and no more than is allowed."""

from collections.abc import Sequence

from diurna.model import Finding, Stated
from diurna.publish.blocks import Anchor
from diurna.publish.finding_quotes import Sentences, quotation

SENTENCE = "The interior  ministry said that\nseven people had died."


def stated(report: str, sentence: str = SENTENCE, words: str = "seven people") -> Stated:
    start = sentence.index(words)
    return Stated(claim=report, report=report, outlet="o", words=words, origin="x", sentence=sentence, start=start)


def finding(statements: Sequence[Stated]) -> Finding:
    return Finding(
        id="f",
        event="e",
        attribute="killed",
        about="",
        group="",
        kind="number",
        unit="",
        state="agreed",
        rule="R7",
        statements=tuple(statements),
        origins=("x",),
    )


def test_sentence_is_given_in_one_line_with_the_place_of_its_words() -> None:
    said = stated("a")
    sentence, start = Sentences([finding([said])], None).of(said)
    assert sentence == "The interior ministry said that seven people had died."
    marked = quotation(sentence, start, said.words, Anchor("o"), "")
    assert (marked.before, marked.words, marked.after) == (
        "The interior ministry said that ",
        "seven people",
        " had died.",
    )


def test_of_one_article_no_more_words_are_given_than_its_settings_allow() -> None:
    sentences = [f"In town number {number} seven people had died that day." for number in range(9)]
    said = [stated("a", sentence) for sentence in sentences] + [stated("b", sentences[0])]
    shown = Sentences([finding(said)], 10)
    given = [one for one in said if shown.of(one)[0]]
    assert [one.report for one in given] == ["a", "a", "a", "b"]
    assert len([one for one in said if Sentences([finding(said)], None).of(one)[0]]) == len(said)
