"""JSON, XML and their schemas: every kind of page conforms, and what was written can be read again."""

from typing import Any, get_args, get_origin

import jsonschema
import msgspec
import pytest
import xmlschema
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from diurna.model import Where
from diurna.publish.build import FIXED_PAGES, build_page
from diurna.publish.data import DOCUMENT_TYPE, NAMESPACE, document, members_of, render_json, render_xml, xml_text
from diurna.publish.page import Page
from diurna.publish.schema import json_schema, xsd_schema
from diurna.publish.site_settings import SiteSettings
from tests.publish.fake_views import FakeViews, make_event, make_link, small_chronicle
from tests.publish.hostile import HOSTILE, hostile_event

SITE = SiteSettings(
    title="Acta", version="0.1.0", chronicle_digest="a", configuration_digest="b", licence="CC BY-SA 3.0"
)
TEXT = st.text(st.characters(exclude_categories=["Cs"]), min_size=1)
REFS = [
    "event:first",
    "event:child",
    "event:before",
    "event:plain",
    "event:gone",
    "event:merged",
    "day:2017-05-22",
    "month:2017-05",
    "year:2017",
    "entity:kim",
    "topic:nuclear",
    "category:Sports",
    "source:nyt",
    *FIXED_PAGES,
]
VIEWS = small_chronicle()
VALIDATOR = jsonschema.Draft202012Validator(msgspec.json.decode(json_schema()))
XSD = xmlschema.XMLSchema10(xsd_schema())


def build(ref: str) -> Page:
    if ref == "source:nyt":
        ref = f"source:{next(iter(VIEWS.sources))}"
    page = build_page(ref, VIEWS.as_views(), SITE)
    assert page is not None
    return page


def read_xml(element: etree._Element, kind: Any) -> Any:
    """The record that an element of our XML was written from, by the types alone."""
    values: dict[str, Any] = {}
    for field in msgspec.structs.fields(kind):
        children = element.findall(f"{{{NAMESPACE}}}{field.encode_name}")
        if get_origin(field.type) is tuple:
            values[field.name] = tuple(_read_value(child, get_args(field.type)[0]) for child in children)
        elif children:
            values[field.name] = _read_value(children[0], field.type)
    return (get_origin(kind) or kind)(**values)


def _read_value(element: etree._Element, kind: Any) -> Any:
    members = members_of(kind)
    if len(members) > 1:
        (child,) = element
        tag = etree.QName(child).localname
        return read_xml(child, next(member for member in members if member.__struct_config__.tag == tag))
    if hasattr(members[0], "__struct_fields__"):
        return read_xml(element, members[0])
    return msgspec.convert(element.text or "", members[0], strict=False)


@pytest.mark.parametrize("ref", REFS)
def test_json_conforms_to_its_schema_and_decodes_to_the_same_document(ref: str) -> None:
    page = build(ref)
    encoded = render_json(page)
    VALIDATOR.validate(msgspec.json.decode(encoded))
    assert msgspec.json.decode(encoded, type=DOCUMENT_TYPE) == document(page)


@pytest.mark.parametrize("ref", REFS)
def test_xml_conforms_to_its_schema_and_reads_as_the_same_document(ref: str) -> None:
    page = build(ref)
    encoded = render_xml(page)
    XSD.validate(encoded.decode().partition("?>")[2])
    assert read_xml(etree.fromstring(encoded), DOCUMENT_TYPE) == document(page)


def test_the_schemas_refuse_what_is_not_theirs() -> None:
    content = msgspec.json.decode(render_json(build("event:first")))
    content["sections"][0]["weather"] = "fine"
    assert not VALIDATOR.is_valid(content)
    content = msgspec.json.decode(render_json(build("event:first")))
    content["sections"][0]["section"] = "weather"
    assert not VALIDATOR.is_valid(content)
    broken = render_xml(build("event:first")).decode().partition("?>")[2].replace("headline>", "heading>")
    assert not XSD.is_valid(broken)


def test_the_schemas_are_equal_each_time_and_valid() -> None:
    assert (json_schema(), xsd_schema()) == (json_schema(), xsd_schema())
    jsonschema.Draft202012Validator.check_schema(msgspec.json.decode(json_schema()))


def test_values_that_equal_their_default_are_left_out_wherever_they_come_from() -> None:
    made = msgspec.convert(msgspec.to_builtins(make_event("first")), type(make_event("first")))
    pages = [build_page("event:first", FakeViews([event]).as_views(), SITE) for event in (make_event("first"), made)]
    assert pages[0] is not None
    assert pages[1] is not None
    assert render_json(pages[0]) == render_json(pages[1])


@given(st.text())
def test_xml_text_reads_as_it_was_but_for_what_xml_cannot_carry(text: str) -> None:
    element = etree.fromstring(f"<a>{xml_text(text)}</a>".encode("utf-8", "replace"))
    carried = (" ", "\ud7ff"), ("\ue000", "\ufffd"), ("\U00010000", "\U0010ffff")
    legal = "".join(c if c in "\t\n\r" or any(a <= c <= z for a, z in carried) else "\ufffd" for c in text)
    assert (element.text or "") == legal


@settings(max_examples=60, deadline=None)
@given(TEXT, TEXT)
def test_any_text_survives_both_formats(headline: str, name: str) -> None:
    event = make_event("first", headline=headline, category=name, located=Where("entity:e", name, "city", "in"))
    views = FakeViews([event, make_event("other", rank=2, headline=name)], [make_link("first", "other")])
    page = build_page("event:first", views.as_views(), SITE)
    assert page is not None
    assert msgspec.json.decode(render_json(page), type=DOCUMENT_TYPE) == document(page)
    root = etree.fromstring(render_xml(page))
    shown = " ".join(headline.split())
    if all(c == "\t" or c.isprintable() or c in " \xa0" for c in shown):
        assert (root.findtext(f"{{{NAMESPACE}}}title") or "") == shown


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_breaks_neither_format(text: str) -> None:
    views = FakeViews(
        [hostile_event("first", text), make_event("other", rank=2, headline=text)], [make_link("first", "other")]
    )
    for ref in (
        "event:first",
        "day:2017-05-22",
        "month:2017-05",
        "entity:kim",
        f"category:{text}",
        "front",
        "categories",
    ):
        page = build_page(ref, views.as_views(), SITE)
        assert page is not None
        VALIDATOR.validate(msgspec.json.decode(render_json(page)))
        encoded = render_xml(page)
        XSD.validate(encoded.decode().partition("?>")[2])
        assert not etree.fromstring(encoded).xpath("//*[local-name()='script' or local-name()='img']")
