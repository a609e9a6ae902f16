"""A chronicle of texts that want to be more than text: on the site they are words, and no file lies outside it."""

import json
import re
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from lxml import etree, html
from markdown_it import MarkdownIt

from diurna.publish.site import publish_site
from tests.made_lists import html as saved_page
from tests.made_lists import lines, page, saved, take
from tests.publish.hostile import HOSTILE
from tests.publish.published import new_chronicle, tree

MORE = [
    *HOSTILE,
    "a\u202egnp.exe\u202c reversed \u2066left\u2069",
    "..",
    "index",
    "con: nul; aux",
    "Donaudampfschifffahrt" * 20,
    "javascript:alert(1)",
    "data:text/html,<script>alert(1)</script>",
    "%2e%2e%2f%2e%2e%2fetc",
    "{{7*7}} {% raw %} ${7*7}",
    '" onmouseover="alert(1)" x="',
]
ADDRESSES = [
    "javascript:alert(1)",
    "JaVaScRiPt:alert(1)",
    "data:text/html,<script>alert(1)</script>",
    'https://evil.example/"onmouseover="alert(1)',
    "https://evil.example/</script><script>alert(1)</script>",
    "https://user:password@evil.example/",
    "//evil.example/",
    "https://paper.example/a)b](javascript:alert(1))",
    "https://paper.example/\u202egnp",
]
CONTROLS = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ufffe\uffff]")


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("hostile")
    with new_chronicle(folder / "chronicle") as chronicle:
        told: list[dict[str, object]] = [
            {
                "date": "2017-05-21",
                "id": f"{number}",
                "text": text,
                "category": text,
                "topics": [text, [text, "[[b]]"]],
                "entities": [text, {"name": f"{text} too", "shown": text[:3]}],
                "sources": [{"url": address, "publisher": text, "via": text, "title": text} for address in ADDRESSES],
            }
            for number, text in enumerate(MORE)
        ]
        take(chronicle, [lines("hostile.jsonl", *told)], "</script><script>alert(1)</script>")
        items = [
            f"*{text} [[{text}|x {text}]] [{ADDRESSES[place % len(ADDRESSES)]} ({text})]"
            for place, text in enumerate(MORE)
        ]
        take(chronicle, [saved(f"{name}.wiki", *some) for name, some in (("../../up", items), ("b", [page(*items)]))])
        cited = saved_page(
            "https://evil.example/",
            "</title><script>alert(1)</script>",
            "&lt;script&gt;alert(1)&lt;/script&gt;",
            "javascript:alert(1)",
        )
        take(chronicle, [cited])
        assert len(chronicle.store.views.days()) >= 1
        assert chronicle.store.views.last_rank() > 20
    publish_site(folder / "chronicle", folder / "site", workers=1)
    assert sorted(path.name for path in folder.iterdir()) == ["chronicle", "site"]
    return folder / "site"


@pytest.fixture(scope="module")
def files(site: Path) -> dict[str, bytes]:
    return {path: content for path, content in tree(site).items() if content != b"a folder"}


def test_names_of_files_are_plain(files: dict[str, bytes]) -> None:
    for path in files:
        assert re.fullmatch(r"[a-z0-9/._-]+", path.removesuffix(".LICENSE.txt")), path
        assert all(part not in ("", ".", "..") and len(part) <= 100 for part in path.split("/")), path


def test_html_holds_no_markup_but_ours(files: dict[str, bytes]) -> None:
    for path, content in files.items():
        if not path.endswith(".html"):
            continue
        text = content.decode()
        assert not CONTROLS.search(text), path
        document = html.document_fromstring(text)
        for element in document.iter(etree.Element):
            assert not [name for name in map(str, element.attrib) if name.startswith("on") or name == "style"], path
            for name in ("href", "src", "action"):
                address = element.get(name, "")
                assert urlsplit(address).scheme in ("", "http", "https"), f"{path}: {address}"
                assert not address.startswith("//"), f"{path}: {address}"
            if element.get("http-equiv") == "refresh":
                assert re.fullmatch(r"0; url=(\.\./)+[a-z0-9/-]+\.html", str(element.get("content")))
        scripts = list(document.iter("script"))
        for script in scripts:
            if script.get("type") == "application/ld+json":
                json.loads(str(script.text))
            else:
                assert path == "search.html"
                assert str(script.get("src")).startswith("./static/")
        assert not list(document.iter("iframe", "object", "embed", "base", "style", "b", "svg:script"))
        assert [form.get("id") for form in document.iter("form")] in ([], ["search-form"])


def test_data_and_feeds_are_well_formed(files: dict[str, bytes]) -> None:
    schema = etree.XMLSchema(etree.fromstring(files["schema/page.xsd"]))
    for path, content in files.items():
        if path.endswith((".json", ".feed.json")):
            json.loads(content)
        elif path.endswith((".xml", ".atom")):
            document = etree.fromstring(content, etree.XMLParser(resolve_entities=False))
            if not path.startswith(("sitemap", "opensearch")) and path.endswith(".xml"):
                schema.assertValid(document)


def test_markdown_holds_no_markup_of_texts(files: dict[str, bytes]) -> None:
    parser = MarkdownIt("commonmark").enable(["table", "strikethrough"])
    for path, content in files.items():
        if not path.endswith(".md"):
            continue
        text = content.decode()
        assert not CONTROLS.search(text), path
        for token in parser.parse(text):
            assert token.type != "html_block", path
            for inner in token.children or ():
                assert inner.type != "html_inline", path
                address = str(inner.attrs.get("href") or inner.attrs.get("src") or "")
                assert urlsplit(address).scheme in ("", "http", "https"), f"{path}: {address}"


def test_texts_for_terminals_and_feeds_carry_no_commands(files: dict[str, bytes]) -> None:
    for path, content in files.items():
        if path.endswith((".json", ".xml", ".atom")) and not path.startswith("schema/"):
            assert not CONTROLS.search(content.decode()), path


def test_search_files_lead_into_the_site_only(files: dict[str, bytes]) -> None:
    shards = [path for path in files if re.fullmatch(r"search/\d{4}-q\d\.json", path)]
    assert shards
    for path in shards:
        for url, title, *_ in json.loads(files[path])["records"]:
            assert url in files
            assert not CONTROLS.search(title)


def test_direction_of_a_text_ends_with_it(files: dict[str, bytes]) -> None:
    """A text that turns the direction of writing turns no other: marks of direction are closed or left out."""
    opened, closed = re.compile("[\u202a\u202b\u202d\u202e]"), re.compile("\u202c")
    for path, content in files.items():
        if path.endswith(".html"):
            for element in html.document_fromstring(content.decode()).iter(etree.Element):
                for text in (element.text or "", element.tail or ""):
                    assert len(opened.findall(text)) <= len(closed.findall(text)), f"{path}: {text[:80]!r}"
