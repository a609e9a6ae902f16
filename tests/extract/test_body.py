"""The article's text in pages as outlets build them: what belongs to it is kept, and what is left out is told."""

from __future__ import annotations

import time
from datetime import UTC, datetime
from itertools import pairwise
from typing import Literal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from diurna.extract.page import PageReading, read_page
from diurna.extract.settings import ExtractSettings
from diurna.model import Article, Capture, Paragraph

URL = "https://www.coastpost.test/world/harbour-wall"
SENTENCES = [
    "The harbour wall of Port Averil gave way on Tuesday morning, and the sea ran into two streets behind it.",
    "Nobody was hurt, the mayor said, because the fishermen had left for the northern grounds before the storm came.",
    "Engineers had warned in March that the oldest part of the wall would not stand another winter without repair.",
    "The council then put the work off until the summer, since the bids it had received were twice what was planned.",
    "Pumps ran through the night, and by Wednesday the water stood no higher than the doorsteps of the lowest houses.",
    "A new wall will cost some nine million, the engineers now say, and it will take them a year and a half to build.",
]
TEXT = "".join(f"<p>{sentence}</p>" for sentence in SENTENCES)
MENU = '<nav><ul><li><a href="/">Home</a></li><li><a href="/world">World</a></li></ul></nav>'
FOOT = '<footer><p>Coast Post, Quay Street 1. All rights reserved.</p><a href="/terms">Terms</a></footer>'
Thoroughness = Literal["quality", "bulk"]


def read(body: str, head: str = "", thoroughness: Thoroughness = "quality") -> PageReading:
    page = (
        f'<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><title>Harbour wall breaks</title>{head}</head>'
        f"<body>{MENU}<main><article><h1>Harbour wall breaks</h1>{body}</article></main>{FOOT}</body></html>"
    )
    seen = datetime(2024, 1, 1, tzinfo=UTC)
    capture = Capture(id="c1", asked=URL, answered=URL, media_type="", digest="d", size=0, via="file", observed=seen)
    return read_page(page.encode(), capture, ExtractSettings(thoroughness=thoroughness))


def article(body: str, head: str = "", thoroughness: Thoroughness = "quality") -> Article:
    taken = read(body, head, thoroughness).article
    assert taken is not None
    return taken


def in_the_middle(box: str) -> str:
    parts = [f"<p>{sentence}</p>" for sentence in SENTENCES]
    return "".join([*parts[:3], box, *parts[3:]])


def reasons(taken: Article, words: str) -> set[str]:
    return {dropped.reason for dropped in taken.dropped if words in dropped.text}


both = pytest.mark.parametrize("thoroughness", ["quality", "bulk"])


@both
def test_plain_page_gives_its_paragraphs_and_nothing_else(thoroughness: Thoroughness) -> None:
    taken = article(TEXT, thoroughness=thoroughness)
    assert [paragraph.text for paragraph in taken.paragraphs] == SENTENCES
    assert {paragraph.kind for paragraph in taken.paragraphs} == {"paragraph"}
    assert taken.whole


@both
def test_kinds_of_blocks_are_kept(thoroughness: Thoroughness) -> None:
    mixed = (
        f"<p>{SENTENCES[0]}</p><h2>What the engineers say</h2><p>{SENTENCES[2]}</p>"
        f"<blockquote><p>We told them in March that it would not stand, and we told them again in May.</p></blockquote>"
        f"<p>{SENTENCES[3]}</p><p>{SENTENCES[4]} The council lists what is to be done:</p>"
        "<ul><li>The breach is closed with rock from the quarry.</li><li>The pumps stay until spring.</li></ul>"
        f"<p>{SENTENCES[5]}</p>"
    )
    kinds = {paragraph.text[:12]: paragraph.kind for paragraph in article(mixed, thoroughness=thoroughness).paragraphs}
    assert kinds["What the eng"] == "heading"
    assert kinds["We told them"] == "quote"
    assert kinds["The breach i"] == kinds["The pumps st"] == "item"
    assert kinds["A new wall w"] == "paragraph"


def test_text_is_clean() -> None:
    written = (
        "<p>The harbour&nbsp;wall of <a href='/p'>Port\u00a0Averil</a>, built in <b>18</b>90, gave\u200b way\n\t on "
        "<em>Tuesday</em>&shy; <span>morning</span>; the cafe\u0301 on the quay was shut, and the sea ran on.</p>"
    )
    first = article(written + TEXT).paragraphs[0].text
    assert first == (
        "The harbour wall of Port Averil, built in 1890, gave way on Tuesday morning; the café on the quay was shut, "
        "and the sea ran on."
    )


def test_line_breaks_part_words_and_two_of_them_part_paragraphs() -> None:
    taken = article(f"<div>{SENTENCES[0]}<br>{SENTENCES[1]}<br><br>{SENTENCES[2]}<br/>\n<br/>{SENTENCES[3]}</div>")
    assert [paragraph.text for paragraph in taken.paragraphs] == [f"{SENTENCES[0]} {SENTENCES[1]}", *SENTENCES[2:4]]


@both
@pytest.mark.parametrize("open_list", ["<ul>", '<ul class="key-points">'])
def test_key_points_are_kept_as_such(open_list: str, thoroughness: Thoroughness) -> None:
    points = [
        "The harbour wall of Port Averil has broken in a storm.",
        "Engineers had warned of it since the month of March.",
        "A new wall is said to cost some nine million.",
    ]
    listed = open_list + "".join(f"<li>{point}</li>" for point in points) + "</ul>"
    taken = article(listed + TEXT, thoroughness=thoroughness)
    assert taken.key_points == tuple(points)
    assert [paragraph.text for paragraph in taken.paragraphs] == SENTENCES


def test_heading_of_key_points_is_no_text() -> None:
    listed = "<h2>Key points</h2><ul><li>The harbour wall has broken.</li><li>Nobody was hurt by the water.</li></ul>"
    taken = article(listed + TEXT)
    assert len(taken.key_points) == 2
    assert taken.paragraphs[0] == Paragraph(SENTENCES[0])


def test_lists_in_the_text_are_no_key_points() -> None:
    listed = "<ul><li>The breach is closed with rock.</li><li>The pumps stay until the spring tides.</li></ul>"
    assert article(in_the_middle(listed)).key_points == ()


_BOXES = [
    (
        "advert",
        '<div class="company-profiles"><h3>How well do you know your suppliers?</h3><p>Our profiles of ten thousand '
        "companies save you weeks of research and show you what your competitors plan.</p>"
        "<p>Company profile - free sample</p><p>Thank you!</p><form><input name='mail'><button>Download</button></form>"
        "<p>By Marketdata</p></div>",
        "profiles of ten thousand",
    ),
    (
        "advert",
        "<div class='qx7'><h3>How well do you know your suppliers?</h3><p>Our profiles of ten thousand companies save "
        "you weeks of research.</p><p>Company profile - free sample</p><form><input name='mail'></form></div>",
        "profiles of ten thousand",
    ),
    (
        "newsletter",
        "<div class='css-1x'><p>Sign up for our morning newsletter and never miss what matters.</p>"
        "<form><input type='email'><button>Send</button></form></div>",
        "morning newsletter",
    ),
    (
        "newsletter",
        "<aside class='newsletter-signup'><h4>The Tide</h4><p>What the coast talks about, every day at six, in one "
        "letter that you can read in five minutes.</p></aside>",
        "every day at six",
    ),
    (
        "related",
        "<div class='related-stories'><h3>More on this</h3><ul><li><a href='/a'>Ferry runs aground off the western "
        "cape of Velmora</a></li><li><a href='/b'>Fish prices rise for the third month in a row</a></li></ul></div>",
        "Ferry runs aground",
    ),
    ("related", "<p><a href='/a'>Read more: Ferry runs aground off the western cape</a></p>", "Ferry runs aground"),
    ("advert", "<p>Advertisement</p>", "Advertisement"),
    ("share", "<div class='share-bar'><span>Share this article</span> <a href='#'>Mail</a></div>", "Share this"),
    (
        "consent",
        "<div id='cookie-banner'><p>We and our partners use cookies to show you what you may like. You can change your "
        "choice whenever you wish.</p><button>Accept</button></div>",
        "our partners use cookies",
    ),
]


@both
@pytest.mark.parametrize(("reason", "box", "words"), _BOXES)
def test_boxes_in_the_text_are_left_out_and_told(reason: str, box: str, words: str, thoroughness: Thoroughness) -> None:
    taken = article(in_the_middle(box), thoroughness=thoroughness)
    assert words not in taken.text
    assert [paragraph.text for paragraph in taken.paragraphs] == SENTENCES
    assert reason in reasons(taken, words)
    assert all(dropped.because for dropped in taken.dropped)


@both
def test_comments_author_notes_and_calls_to_follow_after_the_text_are_left_out(thoroughness: Thoroughness) -> None:
    after = (
        "<p>Follow us on Facebook and Twitter for more news of the coast.</p>"
        "<div class='author-bio'><p>The coast desk has reported on harbours and fish for the Post since 1998.</p></div>"
        '<div id="respond"><h3>Be the first to comment on "Harbour wall breaks"</h3><h3>Leave a comment</h3>'
        "<p>Your email address will not be published.</p><form><textarea></textarea></form></div>"
    )
    taken = article(TEXT + after, thoroughness=thoroughness)
    assert [paragraph.text for paragraph in taken.paragraphs] == SENTENCES
    assert "comments" in reasons(taken, "Be the first to comment")
    assert "byline" in reasons(taken, "coast desk has reported")
    assert "share" in reasons(taken, "Follow us on")


def test_what_is_dropped_is_cut_at_200_characters() -> None:
    long_box = f"<aside class='newsletter'><p>{'What the coast talks about. ' * 12}</p></aside>"
    cut = [dropped.text for dropped in article(in_the_middle(long_box)).dropped if "the coast talks" in dropped.text]
    assert cut
    assert all(len(text) == 200 and text.endswith("…") for text in cut)


def test_names_of_the_page_s_layout_do_not_cost_its_text() -> None:
    taken = article(f'<div class="has-sidebar share-enabled comments-open">{TEXT}</div>')
    assert [paragraph.text for paragraph in taken.paragraphs] == SENTENCES


def test_comments_longer_than_the_article_are_none_of_it() -> None:
    said = "<li><p>I have lived behind that wall for forty years and nobody asked me what I thought of it.</p></li>"
    taken = article(TEXT + f'<section id="comments"><ol>{said * 12}</ol></section>')
    assert [paragraph.text for paragraph in taken.paragraphs] == SENTENCES


def test_cells_of_a_table_s_row_make_one_paragraph() -> None:
    table = "<table><tr><th>Street</th><th>Water, cm</th></tr><tr><td>Quay Street</td><td>41</td></tr></table>"
    assert "Quay Street | 41" in [paragraph.text for paragraph in article(in_the_middle(table)).paragraphs]


def test_text_that_stands_in_linked_data_alone_is_taken() -> None:
    body = "\\n".join(SENTENCES)
    head = f'<script type="application/ld+json">{{"@type": "NewsArticle", "articleBody": "{body}"}}</script>'
    taken = article("<div id='root'></div>", head)
    assert [paragraph.text for paragraph in taken.paragraphs] == SENTENCES


def test_same_bytes_give_the_same_whatever_was_read_before() -> None:
    box = _BOXES[0][1]
    first = read(in_the_middle(box))
    for other, _ in pairwise([TEXT * 2, TEXT, box, TEXT]):
        read(other)
    assert read(in_the_middle(box)) == first


def test_settings_tell_articles_apart() -> None:
    assert article(TEXT).id != article(TEXT, thoroughness="bulk").id


_PIECES = ["<div>", "<p>word word ", "<li><a href=x>link text", "<b>x</b> ", "a<br>", "<table><tr><td>a", "<img src=a>",
           "<blockquote>", "<span class='share'>a</span>", "<form><input><p>x</form>", "<font>"]  # fmt: skip


@both
@pytest.mark.parametrize("piece", _PIECES)
def test_odd_pages_cost_seconds_at_most(piece: str, thoroughness: Thoroughness) -> None:
    started = time.process_time()
    reading = read(TEXT + piece * ((1 << 19) // len(piece)), thoroughness=thoroughness)
    assert time.process_time() - started < 4
    assert reading.article is not None or reading.problems


def test_page_nested_too_deep_is_told_and_its_beginning_is_kept() -> None:
    reading = read(TEXT + "<div>" * 100_000)
    assert reading.article is not None
    assert reading.article.paragraphs[0].text == SENTENCES[0]
    assert any("nested so deep" in told.what for told in reading.problems)


def test_page_too_large_for_a_second_opinion_is_told() -> None:
    reading = read(TEXT + "<i>.</i>" * 20_000)
    assert any("too large" in told.what and told.severity == "notice" for told in reading.problems)


_TAGS = st.sampled_from(
    ["p", "div", "ul", "li", "table", "td", "h2", "a", "span", "nav", "form", "figure", "blockquote"]
)
_NAMES = st.sampled_from(["", "share", "related", "caption", "article-body", "comments", "ad", "\u0301"])
_WORDS = st.one_of(st.sampled_from([*SENTENCES, "Read more", "x", " "]), st.text(max_size=12))


@settings(max_examples=60, deadline=None)
@given(st.lists(st.tuples(_TAGS, _NAMES, _WORDS, st.booleans()), max_size=30))
def test_any_markup_gives_clean_blocks(pieces: list[tuple[str, str, str, bool]]) -> None:
    body = "".join(
        f'<{tag} class="{name}">{words}{f"</{tag}>" if closed else ""}' for tag, name, words, closed in pieces
    )
    taken = read(body, thoroughness="bulk").article
    for paragraph in taken.paragraphs if taken else ():
        assert paragraph.text == " ".join(paragraph.text.split())
        assert paragraph.text
        assert paragraph.kind in {"paragraph", "heading", "quote", "item"}
