"""Where quotations open and close."""

import time

import pytest
import spacy
from hypothesis import given
from hypothesis import strategies as st

from diurna.enrich.claims.quotes import Quotation, paragraphs_of, quotations
from diurna.enrich.found import words_of

_TOKENS = spacy.blank("en")
_TOKENS.max_length = 1 << 31


def _found(text: str) -> list[tuple[str, Quotation]]:
    doc = _TOKENS.make_doc(text)
    words = words_of(doc)
    return [(doc[one.start : one.end].text, one) for one in quotations(words, paragraphs_of(words))]


@pytest.mark.parametrize(
    ("text", "quoted"),
    [
        ("“We know,” he said. “We wait.”", ["“We know,”", "“We wait.”"]),
        ('"We know," he said. "We wait."', ['"We know,"', '"We wait."']),
        ("''We know,'' he said. ''We wait.''", ["''We know,''", "''We wait.''"]),
        ("“He said ‘never’ twice,” she said.", ["“He said ‘never’ twice,”"]),
        ("“Open “again” there.", ["“Open “again”"]),
        ("The dogs' owner didn't.", []),
        ("‘We know,’ he said. ‘We wait.’", ["‘We know,’", "‘We wait.’"]),
        ("‘He said “never” twice,’ she said.", ["‘He said “never” twice,’"]),
        ("‘The workers’ dam isn’t safe,’ he said.", ["‘The workers’ dam isn’t safe,’"]),
        ("It is ‘in our interests’ now.", ["‘in our interests’"]),
        ("(‘We know’)", ["‘We know’"]),
        ("He said: ‘We wait. It’s late.", []),
        ("The ’90s were the workers’ years.", []),
        ("A closing mark” alone.", []),
    ],
)
def test_marks(text: str, quoted: list[str]) -> None:
    assert [words for words, _ in _found(text)] == quoted


def test_a_paragraph_ends_what_is_never_closed() -> None:
    ((words, quote),) = _found("He said: “We wait\n\nNothing came.")
    assert words == "“We wait"
    assert not quote.closed


def test_an_opening_mark_carries_a_quotation_on() -> None:
    found = _found("“We wait.\n\n“We hope.\n\n“We go.”")
    assert [quote.goes_on for _, quote in found] == [False, True, True]
    assert [quote.closed for _, quote in found] == [False, False, True]


def test_a_closed_quotation_is_not_carried_on() -> None:
    assert [quote.goes_on for _, quote in _found("“We wait.”\n\n“We hope.”")] == [False, False]


@pytest.mark.parametrize("marks", ['" a', "“a ", "''a ", "” ", "“\n\n", "‘ a", "‘as’ ", "a’ ‘", "‘“"])
def test_many_marks_take_linear_time(marks: str) -> None:
    words = words_of(_TOKENS.make_doc(marks * 10_000))
    begun = time.process_time()
    quotations(words, paragraphs_of(words))
    assert time.process_time() - begun < 2


@given(st.text(alphabet="a .,\n\"'“”‘’«»", max_size=80))
def test_quotations_are_apart_and_in_order(text: str) -> None:
    words = words_of(_TOKENS.make_doc(text))
    end = 0
    for quote in quotations(words, paragraphs_of(words)):
        assert end <= quote.start < quote.end <= len(words.text)
        end = quote.end
