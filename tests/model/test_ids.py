"""Identifiers are digests over length-prefixed fields, and references have a kind."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from diurna.model import REF_KINDS, Ref, content_digest, make_id, parse_ref

FIELDS = st.lists(st.text(max_size=6) | st.binary(max_size=6), max_size=4)


def bytes_of(fields: list[str | bytes]) -> list[bytes]:
    return [field.encode() if isinstance(field, str) else field for field in fields]


@given(FIELDS, FIELDS)
def test_ids_are_equal_only_where_all_fields_are(one: list[str | bytes], other: list[str | bytes]) -> None:
    assert (make_id(*one) == make_id(*other)) == (bytes_of(one) == bytes_of(other))


@given(st.text(min_size=1, max_size=20), st.data())
def test_cutting_one_text_at_another_place_gives_another_id(text: str, data: st.DataObject) -> None:
    one, other = (data.draw(st.integers(0, len(text))) for _ in range(2))
    same = make_id(text[:one], text[one:]) == make_id(text[:other], text[other:])
    assert same == (one == other)


def test_an_empty_field_counts() -> None:
    assert len({make_id(), make_id(""), make_id("", ""), make_id("a"), make_id("a", ""), make_id("", "a")}) == 6


def test_id_is_short_and_safe_in_any_address() -> None:
    assert re.fullmatch("[a-z2-7]{24}", make_id("event", "Überschwemmung"))


def test_id_takes_text_that_is_no_valid_unicode() -> None:
    assert make_id("\ud800") != make_id("\ud801")


def test_ids_stay_what_they_are() -> None:
    assert make_id("entry", "2017-05-22") == "egulai3g3qw5lgdxeujari7c"
    assert content_digest(b"") == "4oymiquy7qobjgx36tejs35zeqt24qpemsnzgtfeswmrw6csxbkq"


@given(st.sampled_from(REF_KINDS), st.text(min_size=1))
def test_reference_is_read_as_it_is_written(kind: str, identifier: str) -> None:
    assert parse_ref(str(Ref(kind, identifier))) == Ref(kind, identifier)


@pytest.mark.parametrize(
    "text", ["", "event", "event:", ":abc", "events:abc", "EVENT:abc", "/news/2017/05/22/x", "http://x"]
)
def test_what_is_no_reference_is_told_with_what_is(text: str) -> None:
    with pytest.raises(ValueError, match="expected one of article:") as told:
        parse_ref(text)
    assert repr(text) in str(told.value)
