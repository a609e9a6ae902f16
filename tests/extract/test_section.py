"""Sections and tags are taken from where a page names them, each tag once."""

from __future__ import annotations

import json

from lxml import html

from diurna.extract.linked_data import Linked, link
from diurna.extract.page_marks import Marks, read_marks
from diurna.extract.section import read_section, read_tags


def section(head: str, url: str = "https://coastpost.test/") -> str:
    root = html.document_fromstring(f"<html><head><title>Missile lands</title>{head}</head><body>x</body></html>")
    marks, linked = marked(head)
    return read_section(root, marks, linked, url)


def marked(head: str) -> tuple[Marks, Linked]:
    root = html.document_fromstring(f"<html><head><title>Missile lands</title>{head}</head><body>x</body></html>")
    marks = read_marks(root)
    return marks, link(marks.nodes, set(), [])


def ld(**node: object) -> str:
    return f'<script type="application/ld+json">{json.dumps({"@type": "NewsArticle", **node})}</script>'


def test_linked_data_and_meta_elements_name_the_section() -> None:
    assert section(ld(articleSection=["World", "Asia"])) == "World"
    assert section('<meta property="article:section" content="Asia &amp;amp; Pacific">') == "Asia & Pacific"
    assert section(ld(articleSection="Home") + '<meta property="article:section" content="World">') == "World"


def test_breadcrumbs_name_it_above_the_title() -> None:
    items = [
        {"@type": "ListItem", "position": at, "name": name}
        for at, name in enumerate(["Home", "World", "Missile lands"])
    ]
    assert section(ld(**{"@type": "BreadcrumbList", "itemListElement": items})) == "World"


def test_addresses_name_it_where_nothing_else_does() -> None:
    assert section("", "https://coastpost.test/world/2017/05/22/launch") == "World"
    assert section("", "https://coastpost.test/en/middle-east/launch") == "Middle east"
    assert section("", "https://coastpost.test/launch") == ""
    assert section("", "https://coastpost.test/2017/05/22/launch") == ""
    assert section("", "http://[bad") == ""


def test_tags_are_cut_at_commas_and_stand_once() -> None:
    head = ld(keywords=["Korea", "Missiles, Navy"]) + '<meta name="keywords" content="korea, Launch, ,#Sea">'
    assert read_tags(*marked(head)) == ("Korea", "Missiles", "Navy", "Launch", "Sea")
