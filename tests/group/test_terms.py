"""Words as grouping compares them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from diurna.group.terms import BUCKETS, COMMON, key_of, stem, stems


@pytest.mark.parametrize(
    ("one", "other"), [("talks", "talk"), ("countries", "country"), ("witnesses", "witness"), ("walking", "walked")]
)
def test_forms_of_one_word_are_one(one: str, other: str) -> None:
    assert stem(one) == stem(other)


@pytest.mark.parametrize("word", ["virus", "crisis", "glass", "king", "bed", "is", ""])
def test_endings_that_are_none_stay(word: str) -> None:
    assert stem(word) == word


@given(st.text())
def test_any_text_has_stems_with_keys_above_nothing(text: str) -> None:
    assert all(0 < key_of(word) < BUCKETS for word in stems(text))


def test_common_words_are_words_as_stems_come() -> None:
    assert all(word == word.casefold().strip() and word for word in COMMON)
