"""JSON Feed 1.0 and 1.1: items as articles, and values of the wrong kind passed over."""

import json
from datetime import UTC, datetime
from typing import Any

import pytest

from diurna.extract.feed import FeedReading, FeedSettings, read_feed
from diurna.extract.json_feed import is_json_feed
from diurna.model import Author, Image
from tests.extract.captures import capture_of

SENTENCE = "The ferry to Kestrel Island stays in port while the engineers look at its second engine. "
ITEM: dict[str, Any] = {
    "id": "1",
    "url": "/1",
    "title": "Ferry <stays> & waits",
    "content_html": f"<p>{SENTENCE * 10}</p><p>{SENTENCE}</p>",
    "summary": "An engine failed.",
    "date_published": "2017-05-22T10:00:00+02:00",
    "date_modified": "2017-05-22T12:00:00+02:00",
    "image": "/i.jpg",
    "tags": ["Transport", 5],
}
FEED: dict[str, Any] = {
    "version": "https://jsonfeed.org/version/1.1",
    "title": "The Kestrel Post",
    "home_page_url": "https://n.example/",
    "language": "en",
    "next_url": "https://n.example/feed.json?page=2",
    "authors": [{"name": "Jane Doe"}],
    "items": [ITEM],
}


def read(feed: object, limits: FeedSettings | None = None) -> FeedReading:
    content = json.dumps(feed).encode()
    return read_feed(content, capture_of(content, "https://n.example/feed.json"), limits or FeedSettings())


def test_a_full_feed() -> None:
    reading = read(FEED)
    assert reading.problems == ()
    assert (reading.title, reading.home, reading.language) == ("The Kestrel Post", "https://n.example/", "en")
    assert reading.next_page == "https://n.example/feed.json?page=2"
    article = reading.articles[0]
    assert (article.title, article.url) == ("Ferry <stays> & waits", "https://n.example/1")
    assert (article.lede, article.whole, len(article.paragraphs)) == ("An engine failed.", True, 2)
    assert article.byline == (Author("Jane Doe"),)
    assert article.tags == ("Transport",)
    assert article.image == Image("https://n.example/i.jpg")
    assert article.published is not None
    assert (article.published.time, article.published.found) == (
        datetime(2017, 5, 22, 8, tzinfo=UTC),
        "feed date_published",
    )
    assert article.modified is not None
    assert reading.found[0].whole


def test_version_1_has_one_author_and_plain_text_has_paragraphs() -> None:
    text = f"{SENTENCE * 9}\n\nTolls < 5 & > 3.\n\n{SENTENCE}"
    item = {"id": 2, "content_text": text, "external_url": "https://o.example/x", "author": {"name": "Wei Li"}}
    article = read({**FEED, "version": "https://jsonfeed.org/version/1", "items": [item]}).articles[0]
    assert article.byline == (Author("Wei Li"),)
    assert article.url == "https://o.example/x"
    assert [paragraph.text for paragraph in article.paragraphs][1] == "Tolls < 5 & > 3."


@pytest.mark.parametrize(
    "change",
    [
        {"title": 5},
        {"title": None, "date_published": 5},
        {"authors": "x", "author": 3},
        {"tags": {"a": 1}},
        {"attachments": [{"url": 1, "mime_type": None}, 3]},
        {"content_html": ["x"], "image": {}},
        {"date_published": "soon"},
    ],
)
def test_values_of_the_wrong_kind_are_passed_over(change: dict[str, Any]) -> None:
    reading = read({**FEED, "items": [{**ITEM, **change}]})
    assert [article.url for article in reading.articles] == ["https://n.example/1"]


def test_items_that_are_no_objects_and_links_that_are_no_addresses() -> None:
    reading = read({**FEED, "items": [3, None, {**ITEM, "url": "javascript:alert(1)"}]})
    assert [found.what for found in reading.problems] == [
        "items that are no objects left out",
        "link left out: its scheme is javascript:",
    ]
    assert reading.articles[0].url == ""


def test_items_are_counted() -> None:
    reading = read(
        {**FEED, "items": [{**ITEM, "id": str(n), "date_published": f"2017-05-{n + 1:02}"} for n in range(20)]},
        FeedSettings(max_items=5),
    )
    assert len(reading.articles) == 5
    assert [found.what for found in reading.problems] == ["only the first items of the feed were read"]


def test_what_a_json_feed_is() -> None:
    assert is_json_feed(FEED)
    assert not is_json_feed({"version": 1})
    assert not is_json_feed([FEED])
