"""Hypothesis strategies for any record, made from the types of its fields."""

import types
import typing
from datetime import UTC, date, datetime

import msgspec
from hypothesis import strategies as st
from msgspec import Struct

_TEXT = st.text(max_size=12)
_OF_TYPE: dict[object, st.SearchStrategy[typing.Any]] = {
    str: _TEXT,
    int: st.integers(min_value=-(2**53), max_value=2**53),
    float: st.floats(allow_nan=False, allow_infinity=False),
    bool: st.booleans(),
    type(None): st.none(),
    date: st.dates(),
    datetime: st.datetimes(timezones=st.just(UTC)),
}


def strategy_of(kind: object) -> st.SearchStrategy[typing.Any]:
    """Values of a field's type: scalars, records, variable-length tuples, and unions of these."""
    if kind in _OF_TYPE:
        return _OF_TYPE[kind]
    arguments = typing.get_args(kind)
    match typing.get_origin(kind):
        case types.UnionType | typing.Union:
            return st.one_of([strategy_of(argument) for argument in arguments])
        case origin if origin is tuple and len(arguments) == 2 and arguments[1] is ...:
            return st.lists(strategy_of(arguments[0]), max_size=3).map(tuple)
    if isinstance(kind, type) and issubclass(kind, Struct):
        return records(kind)
    raise TypeError(f"no record may have a field of type {kind}")


def records(kind: type[Struct]) -> st.SearchStrategy[typing.Any]:
    """Records of a kind; an optional field is sometimes left out."""
    required: dict[str, st.SearchStrategy[typing.Any]] = {}
    optional: dict[str, st.SearchStrategy[typing.Any]] = {}
    for field in msgspec.structs.fields(kind):
        place = required if field.required else optional
        place[field.name] = strategy_of(field.type)
    return st.fixed_dictionaries(required, optional=optional).map(lambda fields: kind(**fields))
