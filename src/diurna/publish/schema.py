"""What a page's data may hold: JSON Schema 2020-12 and XML Schema 1.0, both made from the records themselves."""

from datetime import date, datetime
from typing import Any, get_args, get_origin

import msgspec
from msgspec import Struct

from diurna.publish.data import DOCUMENT_TYPE, NAMESPACE, members_of

__all__ = ["json_schema", "xsd_schema"]

_SIMPLE = {str: "string", int: "integer", float: "double", bool: "boolean", date: "date", datetime: "dateTime"}


def json_schema() -> bytes:
    """JSON Schema of a page's `.json`."""
    _, components = msgspec.json.schema_components((DOCUMENT_TYPE,), ref_template="#/$defs/{name}")
    ordered = {_plain(name): components[name] for name in sorted(components)}
    root = next(name for name in components if name.startswith("Document"))
    schema = {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "Page of a Diurna chronicle",
        "$ref": f"#/$defs/{_plain(root)}",
        "$defs": ordered,
    }
    return msgspec.json.format(_without_names(msgspec.json.encode(schema), root), indent=1) + b"\n"


def xsd_schema() -> bytes:
    """XML Schema of a page's `.xml`."""
    types: dict[str, list[str]] = {}
    _complex_type(DOCUMENT_TYPE, types)
    lines = [
        '<?xml version="1.0" encoding="UTF-8"?>',
        f'<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns="{NAMESPACE}" targetNamespace="{NAMESPACE}"'
        ' elementFormDefault="qualified">',
        f'<xs:element name="page" type="{_type_name(DOCUMENT_TYPE)}"/>',
        *(line for name in sorted(types) for line in types[name]),
        "</xs:schema>",
    ]
    return ("\n".join(lines) + "\n").encode()


def _plain(name: str) -> str:
    return name.partition("[")[0].partition("_")[0]


def _without_names(encoded: bytes, root: str) -> bytes:
    return encoded.replace(root.encode(), _plain(root).encode())


def _type_name(kind: Any) -> str:
    origin = get_origin(kind) or kind
    return f"{origin.__module__.rpartition('.')[2]}.{origin.__qualname__}"


def _complex_type(kind: Any, types: dict[str, list[str]]) -> str:
    """Describe a record and all that it holds; gives the name of its type."""
    name = _type_name(kind)
    if name in types:
        return name
    types[name] = []
    lines = [f'<xs:complexType name="{name}">', "<xs:sequence>"]
    for field in msgspec.structs.fields(kind):
        lines += _element(field, types)
    lines += ["</xs:sequence>", "</xs:complexType>"]
    types[name] = lines
    return name


def _element(field: msgspec.structs.FieldInfo, types: dict[str, list[str]]) -> list[str]:
    kind, bounds = field.type, "" if field.required else ' minOccurs="0"'
    if get_origin(kind) is tuple:
        kind, bounds = get_args(kind)[0], ' minOccurs="0" maxOccurs="unbounded"'
    members = members_of(kind)
    start = f'<xs:element name="{field.encode_name}"{bounds}'
    if len(members) > 1:
        choices = [
            f'<xs:element name="{member.__struct_config__.tag}" type="{_complex_type(member, types)}"/>'
            for member in members
        ]
        return [
            f"{start}>",
            "<xs:complexType>",
            "<xs:choice>",
            *choices,
            "</xs:choice>",
            "</xs:complexType>",
            "</xs:element>",
        ]
    only = members[0]
    if isinstance(only, type) and issubclass(only, Struct):
        return [f'{start} type="{_complex_type(only, types)}"/>']
    return [f'{start} type="xs:{_SIMPLE[only]}"/>']
