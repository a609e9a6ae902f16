"""Pages of articles: what they show of a text that is another's, how sure its dates are, its copies and its states."""

import json
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from lxml import etree, html
from msgspec import structs

from diurna.model import Article, Author, Dating, Image, Judgement, Paragraph, make_id
from diurna.publish.build import build_page, chrome_of
from diurna.publish.data import render_json, render_xml
from diurna.publish.feeds import build_feed, render_atom, render_json_feed
from diurna.publish.html import render_html
from diurna.publish.markdown import render_markdown
from diurna.publish.materials import Directory
from diurna.publish.page import Page
from diurna.publish.site_settings import SiteSettings
from diurna.store.interface import Store
from diurna.store.sqlite import SqliteStore
from tests.publish.hostile import HOSTILE
from tests.publish.made_reports import FERRY, SEEN, article, decision, ferry, put_copies, put_report, report_id
from tests.store.made import event_of, put

SITE = SiteSettings(title="Acta", base_url="https://acta.example/")
WHOLE = structs.replace(SITE, full_text=True)
MARKS = {"same", "added", "removed", "gap"}


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    opened = SqliteStore(tmp_path / "chronicle.db")
    yield opened
    opened.close()


def page_of(store: Store, ref: str = "", site: SiteSettings = SITE) -> Page:
    page = build_page(ref or f"article:{report_id(FERRY)}", store.views, site, Directory(store.views, store))
    assert page is not None
    return page


def told(page: Page, tag: str) -> dict[str, Any]:
    """A section's fields as machines get them."""
    found: list[dict[str, Any]] = json.loads(render_json(page))["sections"]
    return next((section for section in found if section["section"] == tag), {})


def part(document: etree._Element, identifier: str) -> etree._Element:
    """The element of an id."""
    (found,) = document.iterfind(f".//*[@id='{identifier}']")
    return found


def shown(page: Page) -> str:
    """Words of a page as a browser shows them."""
    document = html.document_fromstring(render_html(page, chrome_of(SITE)))
    return " ".join(" ".join(map(str, part(document, "content").itertext())).split())


def everything(page: Page, site: SiteSettings = SITE) -> str:
    """Every form of a page, as one text."""
    forms = (render_html(page, chrome_of(site)), render_markdown(page))
    return "\n".join((*forms, render_json(page).decode(), render_xml(page).decode()))


# ---------------------------------------------------------------------------------------------------- what it says


def test_names_are_told_apart_and_dates_say_where_they_were_found(store: Store) -> None:
    put_report(store, ferry())
    text = shown(page_of(store))
    assert "Desk Clarion news desk" in text
    assert "Agency Tidewire" in text
    assert "Published 22 May 2017, 09:05 UTC stated in the page's linked data" in text
    assert "Modified 22 May 2017 likely: stated in the page's metadata" in text
    assert told(page_of(store), "particulars")["published"] == {
        "time": "2017-05-22T09:05:00Z",
        "granularity": "minute",
        "found": "json-ld datePublished",
        "written": "2017-05-22T09:05Z",
        "sureness": 0.97,
    }


@pytest.mark.parametrize(
    ("found", "sureness", "words"),
    [
        ("address", 0.95, "read from its address"),
        ("feed pubDate", 0.9, "stated in the publisher's feed"),
        ("htmldate", 0.7, "likely: found in the page by a search for dates"),
        ("guess htmldate", 0.5, "a guess: found in the page by a search for anything like a date"),
        ("a new place", 0.9, "found in a new place"),
    ],
)
def test_a_date_is_as_sure_as_its_words(store: Store, found: str, sureness: float, words: str) -> None:
    put_report(store, ferry(published=Dating(SEEN, "day", found, "x", sureness)))
    assert f"22 May 2017 {words}" in shown(page_of(store))


def test_the_time_of_capture_is_no_publication(store: Store) -> None:
    put_report(store, ferry(published=None, modified=None))
    page = page_of(store)
    assert page.day is None
    assert "Published unknown" in shown(page)
    assert "2017" not in render_markdown(page)
    (entry,) = build_feed("articles", store.views, SITE, Directory(store.views, store)).entries  # type: ignore[union-attr]
    assert entry.published is None


def test_only_an_excerpt_is_shown_unless_the_whole_is_allowed(store: Store) -> None:
    put_report(store, ferry())
    end = "its 14 statement about the tide"
    excerpt = told(page_of(store), "excerpt")
    assert (excerpt["words"], excerpt["of_words"]) == (60, 165)
    assert sum(len(str(text).split()) for text in excerpt["texts"]) <= 62
    assert end not in everything(page_of(store))
    whole = page_of(store, site=WHOLE)
    assert end in everything(whole, WHOLE)
    document = html.document_fromstring(render_html(whole, chrome_of(WHOLE)))
    prose = part(document, "full_text")
    assert [element.text for element in prose.iter("h3")] == ["What is known"]
    assert len(list(prose.iter("li"))) == 2
    assert len(list(prose.iter("blockquote"))) == 1


def test_scripts_without_spaces_are_cut_too(store: Store) -> None:
    text = "渡轮在港口搁浅" * 60
    put_report(store, ferry(lede="", paragraphs=(Paragraph(text),), language="zh"))
    (shown_text,) = told(page_of(store), "excerpt")["texts"]
    assert len(str(shown_text)) < 130


def test_an_excerpt_does_not_say_the_lede_again(store: Store) -> None:
    put_report(store, ferry())
    assert shown(page_of(store)).count("ran aground off Port Selm on Monday") == 1


def test_a_picture_is_a_link_until_its_bytes_are_there(store: Store) -> None:
    put_report(store, ferry())
    assert not list(html.document_fromstring(render_html(page_of(store), chrome_of(SITE))).iter("img"))
    with store.writing():
        store.views.put_picture("clarion.example/ferry.jpg", "abc")
    (image,) = html.document_fromstring(render_html(page_of(store), chrome_of(SITE))).iter("img")
    assert image.get("src") == "../../images/abc.jpg"


def test_a_summary_of_a_feed_says_that_it_is_one(store: Store) -> None:
    put_report(store, ferry(whole=False, paragraphs=()))
    assert "Only a summary of this article" in shown(page_of(store))
    put_report(store, ferry(whole=False, paragraphs=()), ferry())
    text = shown(page_of(store))
    assert "Only a summary of this article" not in text
    assert "the whole article" in text


def test_linked_data_is_the_publishers_article_without_its_text(store: Store) -> None:
    put_report(store, ferry())
    main = json.loads(page_of(store).json_ld)["mainEntity"]
    assert (main["@type"], main["url"]) == ("NewsArticle", FERRY)
    assert main["datePublished"] == "2017-05-22T09:05:00+00:00"
    assert [author["@type"] for author in main["author"]] == ["Organization", "Organization"]
    assert "articleBody" not in main
    whole = json.loads(page_of(store, site=WHOLE).json_ld)["mainEntity"]
    assert "its 14 statement" in whole["articleBody"]


# ---------------------------------------------------------------------------------------------------- copies, states


def test_copies_name_their_origin_and_each_outlet(store: Store) -> None:
    reports = put_copies(store, ["ledger.example", "herald.example", "post.example"])
    page = page_of(store, f"article:{reports[1].id}")
    text = shown(page)
    assert (
        "3 outlets, 1 origin. The text comes from ledger.example (earliest published: 22 May 2017, 00:00 UTC)" in text
    )
    assert "It credits Tidewire." in text
    copies = told(page, "copies")
    assert copies["origin"] == f"article:{reports[0].id}"
    assert [line["article"] for line in copies["copies"]] == [f"article:{report.id}" for report in reports]
    assert json.loads(page.json_ld)["mainEntity"]["isBasedOn"]["url"].endswith("ferry-aground-says-ledger-example.html")
    assert "isBasedOn" not in json.loads(page_of(store, f"article:{reports[0].id}").json_ld)["mainEntity"]


def test_an_agencys_own_article_is_the_origin_however_late_it_came(store: Store) -> None:
    reports = put_copies(store, ["ledger.example", "reuters.com"], "Reuters")
    page = page_of(store, f"article:{reports[0].id}")
    assert told(page, "copies")["origin"] == f"article:{reports[1].id}"
    listed = told(page_of(store, f"source:{reports[0].source}"), "articles")["articles"]
    assert listed[0]["origin"] == "reuters.com"


def test_a_withdrawn_copy_is_no_copy_any_more(store: Store) -> None:
    reports = put_copies(store, ["ledger.example", "herald.example"])
    with store.writing():
        store.views.put_report(structs.replace(reports[1], status="withdrawn"), None)
    assert not told(page_of(store, f"article:{reports[0].id}"), "copies")


def changed_ferry() -> Article:
    second = Paragraph("Three of them were hurt. Divers looked for a leak below the water line until the evening.")
    before = ferry()
    later = Dating(datetime(2017, 5, 23, 12, tzinfo=UTC), "minute", "json-ld dateModified", "x", 0.97)
    paragraphs = (before.paragraphs[0], second, *before.paragraphs[2:-1], Paragraph("Tugs freed it " * 60))
    return ferry(title="Ferry freed off Port Selm", paragraphs=paragraphs, modified=later)


def test_versions_mark_what_changed_word_by_word(store: Store) -> None:
    put_report(store, ferry(), changed_ferry())
    page = page_of(store)
    states = told(page, "versions")["versions"]
    first, second = states
    assert "changes" not in first
    kinds = [change["kind"] for change in second["changes"]]
    assert kinds[:3] == ["headline", "modified", "text"]
    assert {mark["kind"] for change in second["changes"] for mark in change["words"]} <= MARKS
    headline = second["changes"][0]["words"]
    assert "".join(mark["text"] for mark in headline if mark["kind"] != "removed") == "Ferry freed off Port Selm"
    document = html.document_fromstring(render_html(page, chrome_of(SITE)))
    edits = part(document, "versions")
    assert "Two" in [element.text for element in edits.iter("del")]
    assert "Three" in [element.text for element in edits.iter("ins")]
    assert r"\[-Two-\]{+Three+} of them were hurt" in render_markdown(page)


def test_versions_show_little_of_what_stayed_and_came(store: Store) -> None:
    put_report(store, ferry(), changed_ferry())
    page = page_of(store)
    assert "below the water line until" not in str(told(page, "versions"))
    assert str(told(page, "versions")).count("Tugs freed it") <= 9
    assert str(told(page_of(store, site=WHOLE), "versions")).count("Tugs freed it") == 60


# ---------------------------------------------------------------------------------------------------- events


def test_events_and_articles_lead_to_each_other(store: Store) -> None:
    event = event_of(1, "A ferry runs aground off Port Selm.", urls=[f"{FERRY}?utm_source=x"])
    put(store, event)
    report = put_report(store, ferry())
    assert [line["headline"] for line in told(page_of(store), "citers")["events"]] == [event.headline]
    (source,) = told(page_of(store, f"event:{event.id}"), "sources")["sources"]
    assert source["read"] == report.permalink.lstrip("/")
    put_report(store, ferry(), status="withdrawn")
    (source,) = told(page_of(store, f"event:{event.id}"), "sources")["sources"]
    assert "read" not in source


# ---------------------------------------------------------------------------------------------------- taken out


@pytest.mark.parametrize("verdict", ["withdrawn", "erased"])
def test_what_was_taken_out_says_so_and_shows_nothing_of_its_text(store: Store, verdict: str) -> None:
    state = ferry()
    report = put_report(store, state)
    with store.writing():
        store.facts.append(decision(report, verdict, "The desk asked for it."))
        if verdict == "erased":
            store.facts.erase([state])
    put_report(store, state, status=verdict)
    page = page_of(store)
    text = shown(page)
    assert f"{verdict.capitalize()}. Ida" in text
    assert "on 2 June 2017, saying: The desk asked for it" in text
    for word in ("aground off Port Selm on Monday", "Divers", "Forty people", "low tide", "Clarion news desk"):
        assert word not in everything(page)
    assert "mainEntity" not in json.loads(page.json_ld)
    assert (page.title == "Erased article") == (verdict == "erased")
    directory = Directory(store.views, store)
    assert build_feed(f"source:{report.source}", store.views, SITE, directory) is None
    assert directory.readings.tally().articles == 0


def test_a_decision_that_was_taken_back_is_told_and_the_article_shown(store: Store) -> None:
    report = put_report(store, ferry())
    made = decision(report, "withdrawn", "A mistake.")
    back = Judgement(
        id=make_id("judgement", "back"), subject=f"judgement:{made.id}", verdict="retracted", object="", by="person:Ben"
    )
    with store.writing():
        store.facts.append(made)
        store.facts.append(back)
    text = shown(page_of(store))
    assert "Divers" in text
    assert "withdrawn 2 June 2017, 12:00 UTC Ida; A mistake.; taken back by Ben" in text


# ---------------------------------------------------------------------------------------------------- lists, feeds


def test_a_source_says_what_is_known_of_it_and_on_what_basis(store: Store) -> None:
    report = put_report(store, article("https://www.reuters.com/x", "Tides"), host="reuters.com")
    page = page_of(store, f"source:{report.source}")
    known = told(page, "publisher")
    assert (known["country"], known["kind"]) == ("GB", "agency")
    assert str(known["country_basis"]).startswith("https://")
    document = html.document_fromstring(render_html(page, chrome_of(SITE)))
    basis = [link for link in document.iter("a") if link.text == "basis"]
    assert {link.get("rel") for link in basis} == {"nofollow noopener external"}
    assert "United Kingdom" in shown(page)
    listed = told(page_of(store, "sources"), "listing")["subjects"]
    assert listed == [{"name": "The Daily Clarion", "page": page.path, "events": 0,
                       "articles": 1, "kind": "agency", "country": "GB"}]  # fmt: skip


def test_a_front_page_without_events_lists_the_newest_articles(store: Store) -> None:
    put_copies(store, ["ledger.example", "herald.example"])
    front = told(page_of(store, "front"), "front_articles")
    assert (front["articles"], front["publishers"], len(front["newest"])) == (2, 2, 2)
    put(store, event_of(1, "A ferry runs aground."))
    assert "newest" not in told(page_of(store, "front"), "front_articles")


def test_undated_articles_are_listed_last(store: Store) -> None:
    put_report(store, article("https://a.example/1", "Undated tides", published=None), host="a.example")
    put_report(store, article("https://a.example/2", "Dated tides"), host="a.example")
    days = told(page_of(store, "articles"), "articles_by_day")["days"]
    assert [(day.get("day"), len(day["articles"])) for day in days] == [("2017-05-22", 1), (None, 1)]


def test_the_feed_of_a_source_has_ledes_and_the_originals(store: Store) -> None:
    report = put_report(store, ferry())
    feed = build_feed(f"source:{report.source}", store.views, SITE, Directory(store.views, store))
    assert feed is not None
    (item,) = json.loads(render_json_feed(feed, SITE))["items"]
    assert item["external_url"] == FERRY
    assert item["date_published"] == "2017-05-22T09:05:00Z"
    assert "Monday" in item["content_text"]
    assert "Divers" not in render_json_feed(feed, SITE).decode() + render_atom(feed, SITE).decode()


# ---------------------------------------------------------------------------------------------------- hostile


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_words_of_an_article_are_words(store: Store, text: str) -> None:
    hostile = ferry(
        title=text,
        lede=text,
        paragraphs=tuple(Paragraph(text, kind) for kind in ("paragraph", "heading", "quote", "item")),
        key_points=(text,),
        byline=(Author(text), Author(text, "agency")),
        agencies=(text,),
        section=text,
        tags=(text,),
        language=text,
        image=Image(text, text, text, text),
        published=Dating(SEEN, "day", text, text, 0.9),
    )
    put_report(store, ferry(title="Before"), hostile)
    for site in (SITE, WHOLE):
        page = page_of(store, site=site)
        document = html.document_fromstring(render_html(page, chrome_of(site)))
        assert not list(document.iter("script"))[1:]
        for element in document.iter("a", "img", "link"):
            address = element.get("href") or element.get("src") or ""
            assert not address.lower().startswith(("javascript", "data", "//"))
        assert not [
            name for element in document.iter("*") for name in map(str, element.attrib) if name.startswith("on")
        ]
        render_markdown(page)


@pytest.mark.parametrize("url", ["javascript:alert(1)", "file:/etc/passwd", "data:text/html,x", "//evil.example/x"])
def test_only_web_addresses_are_linked(store: Store, url: str) -> None:
    put_report(store, ferry(url=url, image=Image(url, "A ferry")))
    page = page_of(store, f"article:{report_id(url)}")
    document = html.document_fromstring(render_html(page, chrome_of(SITE)))
    assert not [link for link in document.iter("a") if (link.get("href") or "").startswith(url[:6])]
