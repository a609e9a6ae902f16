"""JSON-LD: what schema.org is told of a page, and that no text gets out of it."""

from typing import Any

import msgspec
import pytest

from diurna.publish.build import FIXED_PAGES, build_page
from diurna.publish.site_settings import SiteSettings
from tests.publish.fake_views import FakeViews, make_event, small_chronicle
from tests.publish.hostile import HOSTILE, hostile_event

PLACED = SiteSettings(title="Acta", base_url="https://acta.example")


def raw(ref: str, views: FakeViews | None = None, site: SiteSettings = PLACED) -> str:
    page = build_page(ref, (views or small_chronicle()).as_views(), site)
    assert page is not None
    return page.json_ld


def told(ref: str, views: FakeViews | None = None, site: SiteSettings = PLACED) -> dict[str, Any]:
    content = msgspec.json.decode(raw(ref, views, site))
    assert isinstance(content, dict)
    return content


def test_an_event_page_is_about_an_event_and_cites_its_sources() -> None:
    content = told("event:first")
    assert (content["@context"], content["@type"]) == ("https://schema.org", "WebPage")
    event = content["mainEntity"]
    assert (event["@type"], event["startDate"]) == ("Event", "2017-05-22")
    assert event["about"][0] == {
        "@type": "Thing",
        "name": "Kim Jong-un",
        "url": "https://acta.example/context/kim.html",
    }
    assert [cited["publisher"]["name"] for cited in content["citation"]] == ["The New York Times", "AFP"]
    assert content["isBasedOn"] == ["https://en.wikipedia.org/w/index.php?oldid=2"]
    assert content["license"] == "https://creativecommons.org/licenses/by-sa/3.0/"
    crumbs = content["breadcrumb"]["itemListElement"]
    assert [crumb["position"] for crumb in crumbs] == [1, 2, 3]
    assert crumbs[1]["item"] == "https://acta.example/topic/nuclear.html"
    assert "item" not in crumbs[2], "a topic without a page is only a name"


def test_addresses_are_relative_to_the_page_where_the_site_has_none() -> None:
    content = told("event:first", site=SiteSettings(title="Acta"))
    assert content["url"] == "../../../../news/2017/05/22/first.html"


@pytest.mark.parametrize(
    "ref", [*FIXED_PAGES, "day:2017-05-22", "month:2017-05", "entity:kim", "category:Sports", "event:gone"]
)
def test_every_page_says_what_it_is(ref: str) -> None:
    content = told(ref)
    assert content["@type"].endswith("Page")
    assert content["isPartOf"]["name"] == "Acta"
    assert None not in content.values()


@pytest.mark.parametrize("text", HOSTILE)
def test_no_text_gets_out_of_it(text: str) -> None:
    views = FakeViews([hostile_event("first", text), make_event("other", rank=2)])
    for ref in ("event:first", "entity:hostile", "topic:hostile", f"category:{text}"):
        encoded = raw(ref, views)
        assert not set("<>&\u2028\u2029") & set(encoded)
        assert told(ref, views)["@context"] == "https://schema.org"
    name = " ".join(text.split())
    assert told("event:first", views)["mainEntity"].get("name", "") == name
