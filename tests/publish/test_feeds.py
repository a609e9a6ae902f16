"""Feeds: what RFC 4287 and JSON Feed 1.1 demand, ids that stay, no clock, and links with or without an address."""

import re
from datetime import UTC, datetime
from urllib.parse import urljoin

import msgspec
import pytest
from lxml import etree

from diurna.model import Change
from diurna.publish.feeds import NEWEST, Feed, build_feed, render_atom, render_json_feed
from diurna.publish.site_settings import SiteSettings
from tests.publish.fake_views import FakeViews, make_event, small_chronicle
from tests.publish.hostile import HOSTILE, hostile_event

ATOM = "{http://www.w3.org/2005/Atom}"
PLACED = SiteSettings(title="Acta", tagline="Day by day", base_url="https://acta.example/news", version="0.1.0")
UNPLACED = SiteSettings(title="Acta")
INSTANT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ")
TAG = re.compile(r"tag:[A-Za-z0-9.@-]+,\d{4}(-\d\d(-\d\d)?)?:/\S*")


def feed_of(ref: str, views: FakeViews | None = None, site: SiteSettings = PLACED) -> Feed:
    feed = build_feed(ref, (views or small_chronicle()).as_views(), site)
    assert feed is not None
    return feed


def atom(feed: Feed, site: SiteSettings = PLACED) -> etree._Element:
    return etree.fromstring(render_atom(feed, site))


@pytest.mark.parametrize("ref", ["front", "entity:kim", "topic:nuclear", "category:Sports"])
@pytest.mark.parametrize("site", [PLACED, UNPLACED])
def test_atom_has_what_the_standard_demands(ref: str, site: SiteSettings) -> None:
    root = atom(feed_of(ref), site)
    for element in (root, *root.findall(f"{ATOM}entry")):
        for name in ("id", "title", "updated"):
            assert len(element.findall(f"{ATOM}{name}")) == 1, name
        assert TAG.fullmatch(element.findtext(f"{ATOM}id") or "")
        assert INSTANT.fullmatch(element.findtext(f"{ATOM}updated") or "")
        alternates = [link for link in element.findall(f"{ATOM}link") if link.get("rel") == "alternate"]
        assert len({(link.get("type"), link.get("hreflang")) for link in alternates}) == len(alternates) == 1
    assert root.findtext(f"{ATOM}author/{ATOM}name") == "Acta"
    assert [link.get("rel") for link in root.findall(f"{ATOM}link")].count("self") == 1
    ids = [entry.findtext(f"{ATOM}id") for entry in root.findall(f"{ATOM}entry")]
    assert len(ids) == len(set(ids)) > 0


@pytest.mark.parametrize("ref", ["front", "entity:kim", "topic:nuclear", "category:Sports"])
@pytest.mark.parametrize("site", [PLACED, UNPLACED])
def test_json_feed_has_what_the_standard_demands(ref: str, site: SiteSettings) -> None:
    content = msgspec.json.decode(render_json_feed(feed_of(ref), site))
    assert content["version"] == "https://jsonfeed.org/version/1.1"
    assert content["title"]
    assert content["items"]
    for item in content["items"]:
        assert TAG.fullmatch(item["id"])
        assert item["content_text"]
        assert INSTANT.fullmatch(item["date_published"])
        assert INSTANT.fullmatch(item["date_modified"])
        assert all(isinstance(tag, str) for tag in item.get("tags", []))


def test_both_forms_tell_the_same_events_newest_first() -> None:
    feed = feed_of("front")
    ids = [entry.findtext(f"{ATOM}id") for entry in atom(feed).findall(f"{ATOM}entry")]
    assert ids == [item["id"] for item in msgspec.json.decode(render_json_feed(feed, PLACED))["items"]]
    assert ids[0] == "tag:acta.example,2026:/news/2017/05/22/child"
    days = [entry.page[:15] for entry in feed.entries]
    assert days == sorted(days, reverse=True)


def test_an_entry_was_updated_when_its_list_last_changed_it() -> None:
    late = datetime(2017, 5, 24, 11, 0, 30, 999, tzinfo=UTC)
    changes = (
        Change("edited", late, "x"),
        Change("added", datetime(2017, 5, 22, tzinfo=UTC), "x"),
        Change("renamed", None, "y"),
    )
    dated, undated = (
        make_event("dated", changes=changes),
        make_event("undated", "2017-05-20", rank=2, changes=()),
    )
    root = atom(feed_of("front", FakeViews([dated, undated])))
    assert [entry.findtext(f"{ATOM}updated") for entry in root.findall(f"{ATOM}entry")] == [
        "2017-05-24T11:00:30Z",
        "2017-05-20T00:00:00Z",
    ]
    assert root.findtext(f"{ATOM}updated") == "2017-05-24T11:00:30Z"


def test_an_id_stays_when_headline_and_scheme_change() -> None:
    before = atom(feed_of("front", FakeViews([make_event("first")])))
    moved = SiteSettings(title="Acta", base_url="http://acta.example/")
    after = atom(feed_of("front", FakeViews([make_event("first", headline="Another wording")])), moved)
    assert before.findtext(f"{ATOM}entry/{ATOM}id") == after.findtext(f"{ATOM}entry/{ATOM}id")


def test_a_site_without_an_address_names_feeds_by_its_authority() -> None:
    named = SiteSettings(title="Acta", authority="editor@acta.example")
    assert (atom(feed_of("front"), named).findtext(f"{ATOM}id") or "").startswith("tag:editor@acta.example,2026:/")
    assert (atom(feed_of("front"), UNPLACED).findtext(f"{ATOM}id") or "").startswith("tag:diurna.invalid,")


@pytest.mark.parametrize("ref", ["front", "entity:kim"])
def test_relative_links_resolve_from_the_feed_to_what_absolute_ones_say(ref: str) -> None:
    feed = feed_of(ref)
    own = f"https://acta.example/news/{feed.path}.atom"
    relative = [urljoin(own, str(link.get("href"))) for link in atom(feed, UNPLACED).iter(f"{ATOM}link")]
    absolute = [str(link.get("href")) for link in atom(feed, PLACED).iter(f"{ATOM}link")]
    assert relative == absolute
    assert own in absolute
    items = msgspec.json.decode(render_json_feed(feed, UNPLACED))["items"]
    assert urljoin(own, items[0]["url"]) == f"https://acta.example/news/{feed.entries[0].page}.html"


def test_a_feed_holds_the_newest_fifty() -> None:
    views = FakeViews([make_event(f"e{n}", rank=n + 1) for n in range(NEWEST + 5)])
    feed = feed_of("entity:kim", views)
    assert len(feed.entries) == NEWEST
    assert feed.entries[0].page.endswith(f"/e{NEWEST + 4}")


@pytest.mark.parametrize("ref", ["source:x", "entity:none", "topic:kim", "category:None", "event:first", "nonsense"])
def test_there_is_no_feed_where_there_is_nothing_to_follow(ref: str) -> None:
    assert build_feed(ref, small_chronicle().as_views(), PLACED) is None


def test_an_empty_chronicle_has_a_valid_feed() -> None:
    root = atom(feed_of("front", FakeViews([])))
    assert root.findtext(f"{ATOM}updated") == "1970-01-01T00:00:00Z"
    assert root.findall(f"{ATOM}entry") == []


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_is_text(text: str) -> None:
    feed = feed_of("front", FakeViews([hostile_event("first", text)]))
    root = atom(feed)
    assert {etree.QName(element).namespace for element in root.iter(etree.Element)} == {ATOM[1:-1]}
    shown = "".join("�" if c in "\x00\x07\x1b\ufffe\uffff" else c for c in " ".join(text.split()))
    assert root.findtext(f"{ATOM}entry/{ATOM}title") == shown
    hrefs = [str(link.get("href")) for link in root.iter(f"{ATOM}link")]
    assert all(href.startswith(("https://", "http://")) for href in hrefs)
    item = msgspec.json.decode(render_json_feed(feed, PLACED))["items"][0]
    assert item["title"] == " ".join(text.split())
    assert item["external_url"].startswith("https://paper.example/")


def test_feeds_are_equal_each_time() -> None:
    assert render_atom(feed_of("front"), PLACED) == render_atom(feed_of("front"), PLACED)
