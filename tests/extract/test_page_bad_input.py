"""Pages that are damaged, hostile or no article: each gives a sound article or a problem, at a bounded cost."""

from __future__ import annotations

import pickle
import time
from datetime import UTC

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from diurna.extract.page import PageReading, read_page
from diurna.extract.settings import ExtractSettings
from tests.extract.news_pages import URL, article, capture, ld, news, reading


@pytest.mark.parametrize(
    ("content", "what"),
    [
        (b"", "empty"),
        (b"\xef\xbb\xbf", "no HTML"),
        (b" \n\0", "empty"),
        (b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 20, "no text"),
        (b"<html><body><p>Words without a head</p></body></html>", "neither title"),
        (b"<title>Just a moment...</title>", "notice in place"),
    ],
)
def test_what_is_no_article_is_told(content: bytes, what: str) -> None:
    result = read_page(content, capture())
    assert result.article is None
    told = result.problems[-1]
    assert what in told.what
    assert (told.where, told.capture) == (URL, "c1")
    assert told.severity in {"warning", "error"}


def test_only_the_first_part_of_a_huge_page_is_read() -> None:
    page = b"<title>Launch</title>" + "é".encode() * (3 << 20) + b'<meta name="description" content="Too late">'
    started = time.process_time()
    result = read_page(page, capture())
    assert time.process_time() - started < 2
    assert result.article is not None
    assert (result.article.title, result.article.lede) == ("Launch", "")
    assert {told.severity for told in result.problems} == {"notice"}
    assert "only the first 4 MiB" in result.problems[0].what


_OG = "<meta property='og:image' content='/a/b.jpg'>"
_LD = "<script type='application/ld+json'>["
_PIECES = ["<div>", "<svg><title>", _OG, _LD, "<h1>x", "<meta ", ", ", "&amp;", "{{", "en - ", "<b "]


@pytest.mark.parametrize("piece", _PIECES)
def test_repetition_costs_no_more_than_its_length(piece: str) -> None:
    for start in (
        "<title>Launch</title>",
        "<title>Launch</title><script type='application/ld+json'>{",
        "<title>Launch</title><meta name='description' content='",
    ):
        page = (start + piece * ((1 << 20) // len(piece))).encode()
        started = time.process_time()
        result = read_page(page, capture())
        assert time.process_time() - started < 3
        assert result.article is not None
        assert result.article.title == "Launch"


def test_deep_linked_data_is_told_not_followed() -> None:
    deep = '{"@graph":' * 100_000
    result = reading(f'<title>Launch</title><script type="application/ld+json">{deep}</script>')
    assert result.article is not None
    assert [told.severity for told in result.problems] == ["notice"]


_JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8) | st.just(URL),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(st.sampled_from(["@id", "name", "url", "width", "logo", "@type"]), inner, max_size=3)
    ),
    max_leaves=6,
)
_FIELDS = [
    "headline",
    "description",
    "author",
    "publisher",
    "image",
    "datePublished",
    "inLanguage",
    "url",
    "@id",
    "name",
]


@settings(max_examples=150, deadline=None)
@given(st.dictionaries(st.sampled_from(_FIELDS), _JSON))
def test_any_linked_data_gives_sound_fields(fields: dict[str, object]) -> None:
    taken = article(
        "<title>A launch</title>" + ld(news(**fields)).replace("</", "<\\/").replace("<\\/script>", "</script>")
    )
    assert taken.title
    assert taken.published is None or taken.published.time.tzinfo is UTC
    assert taken.image is None or taken.image.url.startswith(("http://", "https://"))


@settings(max_examples=150, deadline=None)
@given(st.binary(max_size=300), st.binary(max_size=100))
def test_any_bytes_give_an_article_or_a_problem(before: bytes, inside: bytes) -> None:
    for content in (before, before + b"<title>" + inside + b"</title>"):
        result = read_page(content, capture())
        assert (result.article is not None and (result.article.title or result.article.lede)) or result.problems


def whole_page(title: str, body: str, url: str) -> PageReading:
    page = f"<html lang=en><head><title>{title}</title></head><body>{body}</body></html>"
    return read_page(page.encode(), capture(url))


def test_front_page_is_no_article() -> None:
    teaser = "<li><a href='/{0}'>Number {0} of the headlines that a front page shows</a></li>"
    body = "<ul>" + "".join(teaser.format(number) for number in range(80)) + "</ul>"
    for url in ("https://www.coastpost.test/", "https://www.coastpost.test/world"):
        result = whole_page("Coast Post", body, url)
        assert result.article is None
        assert "leads to articles" in result.problems[-1].what


def test_consent_wall_is_no_article() -> None:
    body = "<h1>Before you continue</h1><p>We and our 734 partners value your privacy.</p><button>Accept all</button>"
    result = whole_page("Coast Post", body, URL)
    assert result.article is None
    assert "asks for consent" in result.problems[-1].what


def test_article_about_an_error_page_is_an_article() -> None:
    told = (
        "<p>The site of the ministry showed nothing but an error to its visitors for most of Tuesday, users said.</p>"
    )
    result = whole_page("Page not found", "<h1>The day the ministry went dark</h1>" + told * 20, URL)
    assert result.article is not None


def test_page_encoded_twice_is_mended_and_told() -> None:
    title = "Zürich schließt Börse für Währungen".encode().decode("latin-1")
    result = whole_page(title, "", URL)
    assert result.article is not None
    assert result.article.title == "Zürich schließt Börse für Währungen"
    assert [told.severity for told in result.problems if "encoded twice" in told.what] == ["notice"]


def test_settings_travel_to_other_processes() -> None:
    chosen = ExtractSettings(thoroughness="bulk", least_text=10)
    assert pickle.loads(pickle.dumps(chosen)) == chosen  # noqa: S301 - our own bytes
    result = reading("<title>Launch</title>")
    assert pickle.loads(pickle.dumps(result)) == result  # noqa: S301 - our own bytes
