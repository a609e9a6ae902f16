"""Markdown: the look of the reference, and no text that becomes markup."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from markdown_it.token import Token

from diurna.publish.build import build_page
from diurna.publish.markdown import inert, render_markdown
from diurna.publish.site_settings import SiteSettings
from tests.publish.fake_views import FakeViews, make_event, make_link, small_chronicle
from tests.publish.hostile import HOSTILE, hostile_event

SITE = SiteSettings(title="Acta")
PARSER = MarkdownIt("commonmark").enable(["table", "strikethrough"])
MARKUP = "\\`*_{}[]<>()#+-.!|~=&;:@/ \t\n\r0129ax'\"^$"


def render(ref: str, views: FakeViews | None = None) -> str:
    page = build_page(ref, (views or small_chronicle()).as_views(), SITE)
    assert page is not None
    return render_markdown(page)


def shape(text: str) -> list[str]:
    """Markup of a document, without its text and addresses."""
    return [token.type for token in flat(PARSER.parse(text)) if token.type != "text"]


def flat(tokens: list[Token]) -> list[Token]:
    return [one for token in tokens for one in ([token, *flat(token.children)] if token.children else [token])]


def test_an_event_looks_as_it_does_on_the_reference_site() -> None:
    lines = render("event:first").splitlines()
    assert lines[0] == "### [2017-05-22](../../../../news/2017/05/22/index.md)"
    assert lines[2] == "# Kim Jong-un approves the missile of first."
    assert lines[4] == "The council will meet on Tuesday."
    headings = [line for line in lines if line.startswith("### ")]
    assert headings[1:] == [
        "### Source:",
        "### Changes:",
        "### Context:",
        "### Related:",
        "### Parts:",
        "### Filed under:",
    ]
    source = lines.index("### Source:")
    assert lines[source + 2].startswith("1. [The New York Times](https://www.nytimes.com/2017/05/22/test.html?_r=0)")
    assert lines[source + 4].startswith("3. [Cover Image](https://images.example/a.png)")
    related = lines[lines.index("### Related:") + 2]
    assert "[Kim Jong-un approves the missile of before.](../../../../news/2017/05/21/before.md)" in related
    assert "_Context: [Kim Jong-un](../../../../context/kim.md), [North Korea and" in related


@given(st.text(st.sampled_from(MARKUP), max_size=40) | st.text(max_size=30))
def test_any_text_reads_as_itself(text: str) -> None:
    shown = " ".join(re.sub("[\x00-\x1f\x7f-\x9f\ud800-\udfff\u2028\u2029]+", " ", text).split())
    tokens = flat(PARSER.parse(inert(text)))
    assert {token.type for token in tokens} <= {"paragraph_open", "inline", "text", "paragraph_close", "text_special"}
    assert "".join(token.content for token in tokens if token.type in ("text", "text_special")) == shown


@pytest.mark.parametrize("text", HOSTILE)
@pytest.mark.parametrize(
    "ref", ["event:first", "day:2017-05-22", "entity:hostile", "topic:hostile", "front", "month:2017-05"]
)
def test_hostile_text_gives_the_same_markup_as_harmless_text(ref: str, text: str) -> None:
    def chronicle(words: str) -> FakeViews:
        events = [hostile_event("first", words), make_event("other", rank=2, headline=words, category=words)]
        return FakeViews(events, [make_link("first", "other")])

    if not "".join(c for c in text if c.isprintable()).strip():
        return
    assert shape(render(ref, chronicle(text))) == shape(render(ref, chronicle("Harmless words")))


@pytest.mark.parametrize("text", HOSTILE)
def test_links_lead_only_where_the_page_means_them_to(text: str) -> None:
    tokens = flat(PARSER.parse(render("event:first", FakeViews([hostile_event("first", text)]))))
    links = [str(token.attrs["href"]) for token in tokens if token.type == "link_open"]
    assert links
    allowed = ("../", "https://paper.example/", "https://creativecommons.org/")
    assert [link for link in links if not link.startswith(allowed)] == []


def test_a_table_keeps_its_columns() -> None:
    views = FakeViews([make_event("first")])
    tokens = flat(PARSER.parse(render("about", views)))
    assert sum(token.type == "table_open" for token in tokens) == 1
    assert "th_open" in {token.type for token in tokens}


def test_dates_and_numbers_stay_readable() -> None:
    assert inert("2017-05-22: 3.5 km, 1,204 people, AT&T (U.S.)") == "2017-05-22: 3.5 km, 1,204 people, AT&T (U.S.)"
    assert inert("1. first") == "1\\. first"
    assert inert("- item") == "\\- item"
    assert inert("AT&amp;T") == "AT\\&amp;T"


def test_the_same_page_gives_the_same_text() -> None:
    assert render("day:2017-05-22") == render("day:2017-05-22")
