"""Every record of the model: JSON round trips, and the rules all of them keep."""

import inspect

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec import Struct

import diurna.model
from tests.model.record_strategies import records

RECORDS = [
    kind
    for name in diurna.model.__all__
    if inspect.isclass(kind := getattr(diurna.model, name)) and issubclass(kind, Struct)
]


def test_all_nouns_of_the_design_are_records() -> None:
    nouns = [
        "Source",
        "Capture",
        "Entry",
        "Article",
        "Mention",
        "Entity",
        "Claim",
        "Judgement",
        "Event",
        "Finding",
        "Link",
        "Story",
        "Problem",
    ]
    assert set(nouns) <= {kind.__name__ for kind in RECORDS}


@pytest.mark.parametrize("kind", RECORDS, ids=lambda kind: kind.__name__)
@settings(max_examples=40, deadline=None)
@given(data=st.data())
def test_round_trip_through_json_changes_nothing(kind: type[Struct], data: st.DataObject) -> None:
    record = data.draw(records(kind))
    encoded = msgspec.json.encode(record)
    decoded = msgspec.json.decode(encoded, type=kind)
    assert decoded == record
    assert msgspec.json.encode(decoded) == encoded
    assert hash(decoded) == hash(record)


@pytest.mark.parametrize("kind", RECORDS, ids=lambda kind: kind.__name__)
def test_record_is_frozen(kind: type[Struct]) -> None:
    assert kind.__struct_config__.frozen


def test_time_without_zone_is_told_from_one_with() -> None:
    told = b'{"id":"c","asked":"","answered":"","media_type":"","digest":"","size":0,"via":"",'
    told += b'"observed":"2017-05-22T10:00:00Z"}'
    capture = msgspec.json.decode(told, type=diurna.model.Capture)
    assert capture.observed.utcoffset() is not None


def test_record_of_wrong_type_is_refused() -> None:
    with pytest.raises(msgspec.ValidationError, match="date"):
        msgspec.json.decode(b'{"id":"e","day":"2017-02-31","text":"x"}', type=diurna.model.Entry)
