"""A page as data: one document, written as JSON and as XML from the same records.

The rules of the XML are general, so that a new section needs no code here. An element is named as its field. A tuple is
its element repeated. A record that may be one of several kinds stands in an element named by its tag, inside that of
its field. Fields that hold their default are left out. Characters that XML 1.0 cannot carry become U+FFFD.
"""

import re
from collections.abc import Callable
from datetime import date, datetime
from functools import cache
from types import UnionType
from typing import Any, Generic, TypeVar, Union, get_args, get_origin

import msgspec
from msgspec import Struct
from msgspec.structs import astuple

from diurna.publish.blocks import Anchor
from diurna.publish.page import Page, Section
from diurna.publish.sections import SECTION_TYPES

__all__ = [
    "DOCUMENT_TYPE",
    "NAMESPACE",
    "Document",
    "Pointer",
    "Provenance",
    "document",
    "inert_json",
    "members_of",
    "render_json",
    "render_xml",
    "xml_text",
]

FORMAT = 1
"""Raised when a field changes its meaning or goes; a new field or section does not raise it."""

NAMESPACE = "urn:diurna:page:1"

S = TypeVar("S", bound=Section)


class Pointer(Struct, frozen=True, omit_defaults=True, forbid_unknown_fields=True):
    """Words that lead to a page of this site, by its path."""

    text: str
    page: str = ""


class Provenance(Struct, frozen=True, kw_only=True, omit_defaults=True, forbid_unknown_fields=True):
    """List page that a page was made from, with revision number and licence."""

    curator: str
    page: str = ""
    url: str = ""
    number: int | None = None
    licence: str = ""


class Document(Struct, Generic[S], frozen=True, kw_only=True, omit_defaults=True, forbid_unknown_fields=True):
    """A page as machines get it. `page` and all paths run from the site's root, without leading slash or extension.

    `redirect` is the path of the page that took this one's place; `feeds` are paths too, to which `.atom` and
    `.feed.json` go.
    """

    format: int
    kind: str
    page: str
    title: str
    language: str = ""
    description: str = ""
    day: date | None = None
    redirect: str = ""
    breadcrumbs: tuple[Pointer, ...] = ()
    previous: Pointer | None = None
    next: Pointer | None = None
    feeds: tuple[Pointer, ...] = ()
    sections: tuple[S, ...] = ()
    provenance: tuple[Provenance, ...] = ()


DOCUMENT_TYPE: Any = Document[Union[SECTION_TYPES]]  # type: ignore[valid-type]  # noqa: UP007 - made from the list
"""The document with every section that the lists name: what decoders and schemas are made from."""

_JSON = msgspec.json.Encoder()


def document(page: Page) -> Document[Section]:
    """A page's data."""
    return Document(
        format=FORMAT,
        kind=page.kind,
        page=page.path,
        title=page.title,
        language=page.language,
        description=page.description,
        day=page.day,
        redirect=page.redirect,
        breadcrumbs=tuple(map(_pointer, page.breadcrumbs)),
        previous=_pointer(page.previous) if page.previous else None,
        next=_pointer(page.next) if page.next else None,
        feeds=tuple(map(_pointer, page.feeds)),
        sections=page.data,
        provenance=tuple(
            Provenance(
                curator=origin.curator, page=origin.page, url=origin.url, number=origin.number, licence=origin.licence
            )
            for origin in page.origins
        ),
    )


def render_json(page: Page) -> bytes:
    """A page as JSON, in UTF-8, in the order of its fields."""
    return inert_json(_JSON.encode(document(page))) + b"\n"


def inert_json(content: bytes) -> bytes:
    """JSON that a terminal may show: DEL and the controls of C1 are escaped too, as msgspec does those of C0."""
    return _CONTROL.sub(lambda found: b"\\u%04x" % ord(found.group().decode()), content)


def render_xml(page: Page) -> bytes:
    """A page as XML 1.0, in UTF-8; `schema.xsd_schema` describes it."""
    content = _writer(DOCUMENT_TYPE)(document(page))
    head = f'<?xml version="1.0" encoding="UTF-8"?>\n<page xmlns="{NAMESPACE}">'
    return f"{head}{content}</page>\n".encode("utf-8", "replace")


def members_of(kind: Any) -> tuple[Any, ...]:
    """Kinds that a type allows besides None: those of a union, or itself."""
    if get_origin(kind) in (Union, UnionType):
        return tuple(member for member in get_args(kind) if member is not type(None))
    return (kind,)


def _pointer(anchor: Anchor) -> Pointer:
    return Pointer(anchor.text, anchor.href)


# ---------------------------------------------------------------------------------------------------- XML

_Writer = Callable[[Any], str]
_CONTROL = re.compile(rb"\x7f|\xc2[\x80-\x9f]")  # in UTF-8
_SPECIAL = re.compile("[&<>\r\x7f-\x9f]|[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_ESCAPES = {"&": "&amp;", "<": "&lt;", ">": "&gt;", "\r": "&#13;"}


def xml_text(text: str) -> str:
    """Text as an XML element carries it."""
    if text.isprintable() and "&" not in text and "<" not in text and ">" not in text:
        return text
    return _SPECIAL.sub(_escape, text)


def _escape(found: re.Match[str]) -> str:
    character = found.group()
    if "\x7f" <= character <= "\x9f":  # XML may hold them, but a terminal that shows the file may obey them
        return f"&#{ord(character)};"
    return _ESCAPES.get(character, "\ufffd")


@cache
def _writer(kind: Any) -> _Writer:
    """Compile how the fields of a record are written; each kind of record once."""
    found = msgspec.structs.fields(kind)
    fields = [(f"<{one.encode_name}>", f"</{one.encode_name}>", one.default, _content_writer(one)) for one in found]

    def write(record: Any) -> str:
        parts = []
        for value, (start, end, default, content) in zip(astuple(record), fields, strict=True):
            if value is default or value == default:
                continue
            if type(value) is tuple:
                parts += [f"{start}{content(one)}{end}" for one in value]
            else:
                parts.append(f"{start}{content(value)}{end}")
        return "".join(parts)

    return write


def _content_writer(field: msgspec.structs.FieldInfo) -> _Writer:
    """How one value of a field is written between its tags."""
    kind = get_args(field.type)[0] if get_origin(field.type) is tuple else field.type
    members = members_of(kind)
    if len(members) > 1:
        return _write_tagged
    only = members[0]
    if isinstance(only, type) and issubclass(only, Struct):
        return _write_record
    try:
        return _SCALARS[only]
    except KeyError:
        raise TypeError(f"{field.name}: pages carry records, text, numbers and dates, not {only}") from None


def _write_tagged(value: Any) -> str:
    tag = value.__struct_config__.tag
    return f"<{tag}>{_write_record(value)}</{tag}>"


def _write_record(value: Any) -> str:
    kind: Any = type(value)  # compiled when first met, for records may hold their own kind
    return _writer(kind)(value)


def _write_time(value: datetime) -> str:
    return value.isoformat().replace("+00:00", "Z")


_SCALARS: dict[Any, _Writer] = {
    str: xml_text,
    int: repr,
    float: repr,
    bool: lambda value: "true" if value else "false",
    date: date.isoformat,
    datetime: _write_time,
}
