"""A whole site, as crawlers and programs meet it: every link leads somewhere, and every file is what its name says."""

import json
import re
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urljoin, urlsplit

import jsonschema
import pytest
import xmlschema
from lxml import etree, html
from markdown_it import MarkdownIt

from diurna.publish.render import PAGE_SUFFIXES
from tests.publish.published import tree
from tests.sample_site import BASE

pytestmark = pytest.mark.slow

ATOM = "{http://www.w3.org/2005/Atom}"
MAP = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
OTHERS = ("schema/", "search/", "static/", "images/", "sitemap", "opensearch", "robots")
MARKDOWN = MarkdownIt("commonmark").enable("table")


@pytest.fixture(scope="module")
def files(sample_site: Path) -> dict[str, bytes]:
    return {path: content for path, content in tree(sample_site).items() if content != b"a folder"}


def of_pages(files: dict[str, bytes], suffix: str) -> dict[str, bytes]:
    """Files of pages in one form, by their path without extension."""
    return {
        path.removesuffix(suffix): content
        for path, content in files.items()
        if path.endswith(suffix) and not path.startswith(OTHERS) and not path.endswith(".feed.json")
    }


def missing(files: dict[str, bytes], path: str, links: Iterator[str]) -> list[str]:
    """Links of a file that lead to no file of the site; those that lead out of it are left alone."""
    base = urljoin(BASE, path)
    lost = []
    for link in links:
        target = urljoin(base, link)
        if target.startswith(BASE) and unquote(urlsplit(target).path.lstrip("/")) not in files:
            lost.append(f"{path} → {link}")
    return lost


def links_of_html(content: bytes) -> Iterator[str]:
    for element in html.document_fromstring(content).iter():
        for name in ("href", "src", "action"):
            if link := element.get(name):
                yield link


def links_of_markdown(content: bytes) -> Iterator[str]:
    for token in MARKDOWN.parse(content.decode()):
        for inner in token.children or ():
            if inner.type in ("link_open", "image"):
                yield str(inner.attrs.get("href") or inner.attrs.get("src"))


def links_of_json(value: Any, key: str = "") -> Iterator[str]:
    """Files that a page's data names by a path from the root."""
    match value:
        case dict():
            for name, inner in value.items():
                if name == "provenance":  # its pages are the lists' own
                    continue
                yield from links_of_json(inner, name)
        case list():
            for inner in value:
                yield from links_of_json(inner, key)
        case str() if value and key in ("page", "redirect", "read"):
            yield f"/{value}.json"
        case str() if value and key in ("file", "definition"):
            yield f"/{value}"
        case str() if value and key in ("permalink", "into"):
            yield f"{value}.html"


def links_of_atom(content: bytes) -> Iterator[str]:
    yield from (str(link.get("href")) for link in etree.fromstring(content).iter(f"{ATOM}link"))


def links_of_json_feed(content: bytes) -> Iterator[str]:
    feed = json.loads(content)
    yield from (feed["home_page_url"], feed["feed_url"], *(item["url"] for item in feed["items"]))


def test_every_page_stands_in_all_four_forms(files: dict[str, bytes]) -> None:
    forms = {suffix: set(of_pages(files, suffix)) for suffix in PAGE_SUFFIXES}
    assert len(forms[".html"]) > 600
    for suffix, pages in forms.items():
        assert pages == forms[".html"], suffix


def test_every_link_inside_the_site_leads_to_a_file(files: dict[str, bytes]) -> None:
    lost = []
    for path, content in files.items():
        match path.split(".", 1)[-1]:
            case "html":
                lost += missing(files, path, links_of_html(content))
            case "md":
                lost += missing(files, path, links_of_markdown(content))
            case "atom":
                lost += missing(files, path, links_of_atom(content))
            case "feed.json":
                lost += missing(files, path, links_of_json_feed(content))
    for page, content in of_pages(files, ".json").items():
        lost += missing(files, f"{page}.json", links_of_json(json.loads(content)))
        feeds = json.loads(content).get("feeds", ())
        lost += [f"{page} → {feed['page']}" for feed in feeds if f"{feed['page']}.atom" not in files]
    assert lost == []


def test_every_page_is_led_to(files: dict[str, bytes]) -> None:
    met, waiting = {"index.html"}, ["index.html"]
    while waiting:
        path = waiting.pop()
        for link in links_of_html(files[path]):
            target = urljoin(urljoin(BASE, path), link).removeprefix(BASE).partition("#")[0].partition("?")[0]
            if target in files and target not in met and target.endswith(".html"):
                met.add(target)
                waiting.append(target)
    merged = {f"{page}.html" for page, content in of_pages(files, ".json").items() if b'"redirect"' in content}
    assert merged
    pages = {f"{page}.html" for page in of_pages(files, ".html")}
    empty = {page for page in pages if b"0 events." in files[page]}  # what only merged or withdrawn events name
    withdrawn = {page for page in pages - met if page.startswith("article/") and b"Withdrawn." in files[page]}
    assert withdrawn, "an article that was taken out keeps its page, and stands in no list"
    assert pages - met - merged - empty - withdrawn == set()


def test_no_page_loads_anything_from_elsewhere(files: dict[str, bytes]) -> None:
    for path, content in files.items():
        if not path.endswith(".html"):
            continue
        page = html.document_fromstring(content)
        for element in page.iter("img", "script", "link", "iframe", "object", "embed", "source", "video", "audio"):
            loaded = element.tag != "link" or element.get("rel") in ("stylesheet", "icon", "preload")
            for name in ("src", "srcset", "href", "data"):
                address = element.get(name, "")
                assert not loaded or not urlsplit(address).netloc, f"{path}: {address}"
        assert not list(page.iter("style", "base", "iframe", "object", "embed"))
        metas = (meta for meta in page.iter("meta") if meta.get("http-equiv") == "Content-Security-Policy")
        policies = [str(meta.get("content")) for meta in metas]
        assert len(policies) == 1
        assert policies[0].startswith("default-src 'none'")
        assert "unsafe" not in policies[0]
    for path, content in files.items():
        if path.endswith(".css"):
            assert not re.search(rb"@import|url\((?!['\"]?data:)", content), path


def test_pages_hold_to_the_published_schemas(files: dict[str, bytes]) -> None:
    validator = jsonschema.Draft202012Validator(json.loads(files["schema/page.json"]))
    schema = etree.XMLSchema(etree.fromstring(files["schema/page.xsd"]))
    xmlschema.XMLSchema10(files["schema/page.xsd"].decode())
    pages = of_pages(files, ".json")
    for page, content in pages.items():
        schema.assertValid(etree.fromstring(files[f"{page}.xml"]))
        if len(content) < 20_000 or page == "index":
            validator.validate(json.loads(content))
    kinds = {json.loads(content)["kind"] for content in pages.values()}
    assert len(kinds) > 15


def test_feeds_are_feeds(files: dict[str, bytes]) -> None:
    feeds = [path for path in files if path.endswith(".atom")]
    assert "index.atom" in feeds
    assert {path.split("/")[0] for path in feeds} >= {"context", "topic", "category", "source", "article"}
    ids = set()
    for path in feeds:
        feed = etree.fromstring(files[path])
        assert feed.tag == f"{ATOM}feed"
        ids.add(feed.findtext(f"{ATOM}id"))
        entries = feed.findall(f"{ATOM}entry")
        for entry in entries:
            assert entry.findtext(f"{ATOM}title")
            assert datetime.fromisoformat(str(entry.findtext(f"{ATOM}updated"))).tzinfo
        told = json.loads(files[path.replace(".atom", ".feed.json")])
        assert told["version"] == "https://jsonfeed.org/version/1.1"
        assert [item["id"] for item in told["items"]] == [entry.findtext(f"{ATOM}id") for entry in entries]
    assert len(ids) == len(feeds)
    assert len(etree.fromstring(files["index.atom"]).findall(f"{ATOM}entry")) == 50


def test_sitemap_names_every_page_once_and_no_redirect(files: dict[str, bytes]) -> None:
    named = []
    for location in etree.fromstring(files["sitemap.xml"]).iter(f"{MAP}loc"):
        part = files[str(location.text).removeprefix(BASE)]
        named += [str(found.text).removeprefix(BASE) for found in etree.fromstring(part).iter(f"{MAP}loc")]
    pages = {f"{page}.html" for page, content in of_pages(files, ".json").items() if b'"redirect"' not in content}
    topics = {page for page in pages if page.startswith("topic/") and page != "topic/index.html"}
    assert len(named) == len(set(named))
    withdrawn = {page for page in pages - set(named) if b"Withdrawn." in files[page]}
    assert {page for page in withdrawn if page.startswith("article/")} == withdrawn != set()
    assert set(named) == pages - withdrawn
    assert topics


def test_search_leads_to_every_event_and_article(files: dict[str, bytes]) -> None:
    listed = json.loads(files["search/index.json"])["shards"]
    found = [event[0] for shard in listed for event in json.loads(files[f"search/{shard['name']}.json"])["records"]]
    assert len(found) == len(set(found))
    told = [json.loads(content) for content in of_pages(files, ".json").values()]
    kinds = {f"{page['page']}.html": page for page in told if page["kind"] in ("event", "article")}
    gone = {page for page, data in kinds.items() if data["sections"][0]["status"] != "current"}
    withdrawn_articles = {page for page in gone if page.startswith("article/")}
    assert withdrawn_articles
    assert set(found) == set(kinds) - withdrawn_articles


def test_breadcrumbs_of_an_event_are_category_and_topics(files: dict[str, bytes]) -> None:
    page = next(
        page for page in of_pages(files, ".html") if "names-sunday-s-missile" in page or "korean-central" in page
    )
    document = html.document_fromstring(files[f"{page}.html"])
    (data,) = (script.text for script in document.iter("script"))
    told = json.loads(str(data))["breadcrumb"]["itemListElement"]
    (crumbs,) = (element for element in document.iter("nav") if element.get("class") == "breadcrumbs")
    shown = [link.text for link in crumbs.iter("a")]
    assert shown == ["International relations", "North Korea and weapons of mass destruction"]
    assert [step["name"] for step in told] == shown
    assert told[1]["item"] == f"{BASE}topic/north-korea-and-weapons-of-mass-destruction.html"
