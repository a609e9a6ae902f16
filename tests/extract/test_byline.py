"""Bylines name people, agencies, desks and bodies, each once and without what stands around the name."""

from __future__ import annotations

import json
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import html

from diurna.extract.byline import read_byline, read_names
from diurna.extract.linked_data import link, same_name
from diurna.extract.page_marks import read_marks
from diurna.model import Author

SITES = frozenset({"coastpost", "coastposttest"})


def byline(head: str, body: str = "<h1>Missile lands</h1><p>Text.</p>") -> tuple[Author, ...]:
    root = html.document_fromstring(f"<html><head><title>Missile lands</title>{head}</head><body>{body}</body></html>")
    marks = read_marks(root)
    return read_byline(root, marks, link(marks.nodes, {same_name(marks.title)}, []), SITES)


def names(told: tuple[Author, ...]) -> list[str]:
    return [author.name for author in told]


def ld(author: object) -> str:
    node = {"@type": "NewsArticle", "headline": "Missile lands", "author": author}
    return f'<script type="application/ld+json">{json.dumps(node)}</script>'


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("By Ana Kim", [("Ana Kim", "person")]),
        ("By Ana Kim and Lee Park in Seoul, Reuters", [("Ana Kim", ""), ("Lee Park", ""), ("Reuters", "agency")]),
        ("Ana Kim, Lee Park & Jo Roh", [("Ana Kim", ""), ("Lee Park", ""), ("Jo Roh", "")]),
        ("Ana Kim, Senior Correspondent", [("Ana Kim", "")]),
        ("Ana Kim | Political Editor", [("Ana Kim", "")]),
        ("Von Ana Kim und Lee Park", [("Ana Kim", ""), ("Lee Park", "")]),
        ("Par Ana Kim avec AFP", [("Ana Kim", ""), ("AFP", "agency")]),
        ("Por Ana Kim", [("Ana Kim", "")]),
        ("Ana Kim for the Associated Press", [("Ana Kim", ""), ("Associated Press", "agency")]),
        ("ana.kim@coastpost.test Ana Kim", [("Ana Kim", "")]),
        ("Ana Kim Monday, May 22, 2017", [("Ana Kim", "")]),
        ("Posted by Ana Kim on May 22, 2017", [("Ana Kim", "")]),
        ("Agence France-Presse", [("Agence France-Presse", "agency")]),
        ("Korean Central News Agency", [("Korean Central News Agency", "agency")]),
        ("World desk", [("World desk", "desk")]),
        ("Coast Post Staff", [("Coast Post Staff", "desk")]),
        ("Sportredaktion", [("Sportredaktion", "desk")]),
        ("Institute of Coasts", [("Institute of Coasts", "organisation")]),
        ("Interview: Ana Kim", [("Ana Kim", "")]),
        ("View all posts by Ana Kim", [("Ana Kim", "")]),
        ("Kim, Ana", [("Kim, Ana", "")]),
        ("Martin King, Jr.", [("Martin King, Jr.", "")]),
        ("記者 金安娜", [("金安娜", "")]),
    ],
)
def test_names_are_read_out_of_a_line(written: str, expected: list[tuple[str, str]]) -> None:
    assert read_names(written) == [Author(name, kind or "person") for name, kind in expected]


def test_known_agencies_have_their_own_name() -> None:
    assert read_names("Ana Kim, NTZ", {"NTZ": "North Times Agency"}) == [
        Author("Ana Kim"),
        Author("North Times Agency", "agency"),
    ]


def test_linked_data_speaks_first_and_tells_bodies_from_people() -> None:
    head = ld([{"@type": "Person", "name": "Ana Kim"}, {"@type": "Organization", "name": "Sea Watch"}])
    assert byline(head + '<meta name="author" content="Lee Park">') == (
        Author("Ana Kim"),
        Author("Sea Watch", "organisation"),
    )


def test_where_meta_elements_name_more_people_they_count() -> None:
    head = ld({"@type": "Person", "name": "Ana Kim"}) + '<meta name="author" content="Ana Kim, Lee Park">'
    assert names(byline(head)) == ["Ana Kim", "Lee Park"]


def test_an_outlets_own_name_is_no_author_but_a_person_may_have_it() -> None:
    assert byline(ld({"name": "Coast Post"})) == ()
    assert names(byline(ld({"@type": "Person", "name": "Coast Post"}))) == ["Coast Post"]


@pytest.mark.parametrize(
    "nobody", ["admin", "Administrator", "https://x.test/ana", "a@x.test", "{{author}}", "1234", ""]
)
def test_nobody_is_no_author(nobody: str) -> None:
    assert byline(ld({"name": nobody})) == ()


@pytest.mark.parametrize(
    "line",
    [
        '<p><a rel="author" href="/ana">Ana Kim</a></p>',
        '<span itemprop="author"><span itemprop="name">Ana Kim</span>, Reporter</span>',
        '<div class="byline">By Ana Kim <time>May 22, 2017</time></div>',
        '<span class="author vcard"><a href="/author/ana">Ana Kim</a></span>',
        "<p>By Ana Kim</p>",
    ],
)
def test_elements_and_lines_near_the_title_name_the_author(line: str) -> None:
    assert names(byline("", f"<div><h1>Missile lands</h1>{line}<p>Text of it.</p></div>")) == ["Ana Kim"]


def test_authors_of_comments_and_teasers_are_not_the_articles() -> None:
    rest = '<div id="comments"><span class="author">Lee Park</span></div><aside><a rel="author">Jo Roh</a></aside>'
    assert byline("", f"<div><h1>Missile lands</h1><p>Text.</p></div>{rest}") == ()


def test_each_name_stands_once() -> None:
    assert names(byline(ld(["Ana Kim", "By Ana Kim", "ANA KIM"]))) == ["Ana Kim"]


@settings(max_examples=80, deadline=None)
@given(st.text(max_size=200))
def test_any_byline_gives_sound_names(written: str) -> None:
    for author in read_names(written):
        assert author.name == author.name.strip()
        assert 1 < len(author.name) <= 100
        assert author.kind in {"person", "agency", "desk", "organisation"}


@pytest.mark.parametrize("unit", ["2017-", "a: ", "@", "with ", "by ", "AP/", "("])
def test_hostile_bylines_cost_little(unit: str) -> None:
    started = time.perf_counter()
    read_names(unit * 50_000)
    assert time.perf_counter() - started < 1
