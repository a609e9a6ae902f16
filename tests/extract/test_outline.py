"""OPML in and out."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from diurna.extract.clean_text import clean_text
from diurna.extract.found import ListingSettings
from diurna.extract.outline import Outline, OutlineSource, read_outline, write_outline
from tests.extract.captures import capture_of

OPML = """<?xml version="1.0" encoding="ISO-8859-1"?><opml version="1.1"><head><title>Mine</title></head><body>
<outline text="News"><outline text="Asia &amp; Pacific">
<outline text="Kestrel Post" title="The Kestrel Post" type="rss" xmlUrl="https://n.example/feed" htmlUrl="https://n.example/"
 language="en-us"/></outline>
<outline TEXT="Lower" xmlurl="feed://l.example/rss"/></outline>
<outline text="A site" type="link" url="https://s.example/"/>
<outline text="Bad" xmlUrl="javascript:alert(1)"/><outline text="Again" xmlUrl="https://n.example/feed"/>
</body></opml>"""


def read(text: str | bytes, most: int = 100) -> Outline:
    content = text.encode() if isinstance(text, str) else text
    return read_outline(content, capture_of(content, "file:///feeds.opml"), ListingSettings(max_addresses=most))


def test_folders_feeds_and_sites() -> None:
    outline = read(OPML)
    assert outline.title == "Mine"
    assert outline.sources == (
        OutlineSource(
            name="The Kestrel Post",
            home="https://n.example/",
            feed="https://n.example/feed",
            language="en-US",
            category="News/Asia & Pacific",
        ),
        OutlineSource(name="Lower", feed="http://l.example/rss", category="News"),
        OutlineSource(name="A site", home="https://s.example/"),
    )
    assert [found.what for found in outline.problems] == [
        "xmlurl left out: its scheme is javascript:",
        "feeds that are listed twice",
    ]


NAMES = st.text(st.characters(codec="utf-8", exclude_categories=["C"]), max_size=20).map(
    lambda text: clean_text(text.replace("<", "").replace("&", "").replace("/", "")).strip()
)
SOURCES = st.lists(
    st.builds(
        OutlineSource,
        name=NAMES,
        home=st.sampled_from(["", "https://h.example/?a=1&b=%22"]),
        feed=st.integers(0, 99).map(lambda n: f"https://n.example/{n}?a=1&b=2"),
        language=st.sampled_from(["", "en", "zh-Hans"]),
        category=st.lists(NAMES.filter(bool), max_size=3).map("/".join),
        country=st.sampled_from(["", "KR"]),
        kind=st.sampled_from(["", "state media", "agency"]),
    ),
    max_size=8,
    unique_by=lambda source: source.feed,
)


@given(SOURCES)
@settings(max_examples=60, deadline=None)
def test_what_is_written_is_read_again(sources: list[OutlineSource]) -> None:
    written = write_outline(sources, 'Mine & "yours" <b>')
    outline = read(written)
    assert sorted(outline.sources, key=lambda source: source.feed) == sorted(sources, key=lambda source: source.feed)
    assert write_outline(outline.sources, 'Mine & "yours" <b>') == written
    assert etree.fromstring(written.encode()).get("version") == "2.0"


def test_names_with_signs_of_markup_come_back() -> None:
    source = OutlineSource(name="\"Fish & Chips\" > 'Peas'", feed="https://n.example/feed")
    assert read(write_outline([source])).sources == (source,)


def test_malformed_outlines_are_read_as_far_as_they_go() -> None:
    outline = read('<opml><body><outline text="Fish & chips" xmlUrl="https://n.example/feed?a=1&b=2"/><outline text="')
    assert [(source.name, source.feed) for source in outline.sources] == [
        ("Fish & chips", "https://n.example/feed?a=1&b=2")
    ]
    assert [found.what for found in outline.problems] == ["the outline is malformed"]


def test_sources_are_counted() -> None:
    outline = read(write_outline(OutlineSource(name="x", feed=f"https://n.example/{n}") for n in range(9)), most=3)
    assert len(outline.sources) == 3
    assert [found.what for found in outline.problems] == ["only the first sources were taken"]


@pytest.mark.parametrize("content", ["", "words", "<rss/>", "<html/>", "<opml" * 10_000])
def test_what_is_no_outline_is_told(content: str) -> None:
    outline = read(content)
    assert outline.sources == ()
    assert outline.problems[-1].severity in ("error", "warning")


def test_deep_folders_and_entities_cost_little() -> None:
    deep = '<outline text="a">' * 5_000 + '<outline text="b" xmlUrl="https://n.example/feed"/>'
    assert len(read(f"<opml><body>{deep}</body></opml>").sources) <= 1
    bomb = "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 10 if n else "lol"}">' for n in range(12))
    text = f'<!DOCTYPE opml [{bomb}]><opml><body><outline text="&e11;" xmlUrl="https://n.example/f"/></body></opml>'
    assert len(read(text).sources[0].name) < 50
