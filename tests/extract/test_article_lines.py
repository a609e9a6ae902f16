"""Articles as JSON lines and as JSON-LD: the schema, what good ones give, and what bad ones tell."""

import json
import time
from datetime import UTC, datetime
from typing import Any

import jsonschema
import msgspec
import pytest

from diurna.extract.article_lines import ArticleLine, ArticleLineReading, read_article_line
from diurna.model import Article, Author, Dating, Image, Paragraph
from tests.extract.captures import capture_of

GOOD: dict[str, Any] = {
    "title": "Ferry  stays in port\u200b",
    "url": "https://n.example/ferry",
    "id": "7",
    "text": "The ferry stays.\n\nIts engine\nfailed.",
    "lede": "An engine failed.",
    "published": "2017-05-22T10:00:00+02:00",
    "modified": "2017-05-23",
    "byline": ["Jane Doe and Wei Li", {"name": "Kestrel Post", "kind": "desk"}],
    "publisher": "The Kestrel Post",
    "language": "en-gb",
    "section": "Islands",
    "tags": ["Transport", "Transport"],
    "image": {"url": "https://n.example/i.jpg", "caption": "The ferry", "credit": "Post", "alt": "A ship"},
    "key_points": ["Nobody was hurt"],
}
DATA: dict[str, Any] = {
    "@context": "https://schema.org",
    "@type": "NewsArticle",
    "headline": "Ferry stays &amp; waits",
    "description": "An engine failed.",
    "articleBody": "The ferry stays.\n\nIts engine failed.",
    "url": "https://n.example/ferry",
    "datePublished": "2017-05-22T10:00:00+02:00",
    "dateModified": "2017-05-23T10:00:00Z",
    "author": [{"@type": "Person", "name": "Jane Doe"}, {"@type": "Organization", "name": "Island Watch"}],
    "publisher": {"@type": "Organization", "name": "The Kestrel Post"},
    "inLanguage": "en",
    "articleSection": "Islands",
    "keywords": "ferry, transport",
    "image": {"@type": "ImageObject", "url": "https://n.example/i.jpg", "caption": "The ferry", "width": 800},
}


def read(line: object) -> ArticleLineReading:
    return read_article_line(json.dumps(line).encode(), "lines:9", capture_of(b"", "file:///lines.jsonl"))


def one(line: object) -> Article:
    (article,) = read(line).articles
    return article


def test_a_full_line() -> None:
    reading = read(GOOD)
    assert reading.problems == ()
    (article,) = reading.articles
    assert (article.title, article.url, article.lede) == (
        "Ferry stays in port",
        "https://n.example/ferry",
        "An engine failed.",
    )
    assert article.paragraphs == (Paragraph("The ferry stays."), Paragraph("Its engine failed."))
    assert article.byline == (Author("Jane Doe"), Author("Wei Li"), Author("Kestrel Post", "desk"))
    assert (article.publisher, article.language, article.section) == ("The Kestrel Post", "en-GB", "Islands")
    assert (article.tags, article.key_points) == (("Transport",), ("Nobody was hurt",))
    assert article.image == Image("https://n.example/i.jpg", "The ferry", "Post", "A ship")
    written = "2017-05-22T10:00:00+02:00"
    assert article.published == Dating(
        datetime(2017, 5, 22, 8, tzinfo=UTC), "second", "article line published", written, 0.9
    )
    assert article.modified is not None
    assert article.modified.granularity == "day"
    assert article.whole


def test_least_lines() -> None:
    assert one({"title": "T"}).title == "T"
    assert not one({"title": "T"}).whole
    assert one({"title": "", "text": "words", "published": None, "id": "1"}).paragraphs == (Paragraph("words"),)


@pytest.mark.parametrize(
    ("text", "paragraphs"),
    [
        ("One.\nTwo.\nThree.", ["One.", "Two.", "Three."]),
        ("One goes\non here.\n\nTwo.", ["One goes on here.", "Two."]),
        ("One goes on\nand on here,\nto its end.\n    Two is\nindented\nthere.",
         ["One goes on and on here, to its end.", "Two is indented there."]),
        ("One.\r\nTwo.\r\n", ["One.", "Two."]),
    ],
)  # fmt: skip
def test_paragraphs_of_plain_text(text: str, paragraphs: list[str]) -> None:
    assert [paragraph.text for paragraph in one({"title": "T", "text": text}).paragraphs] == paragraphs


def test_paragraphs_count_before_text_and_have_kinds() -> None:
    article = one({"title": "T", "text": "x", "paragraphs": ["One.", {"text": "Two", "kind": "heading"}, " "]})
    assert article.paragraphs == (Paragraph("One."), Paragraph("Two", "heading"))


def test_without_an_address_publisher_and_id_make_one() -> None:
    assert one({"title": "T", "publisher": "The Post", "id": "a/1 2"}).url == "urn:article:the-post:a%2F1%202"
    assert one({"title": "T", "id": 7}).url == "urn:article:unnamed:7"
    first, other = one({"title": "T", "text": "a"}), one({"title": "T", "text": "b"})
    assert first.url.startswith("urn:article:unnamed:")
    assert first.url != other.url
    assert first.url == one({"title": "T", "text": "a", "section": "x"}).url


@pytest.mark.parametrize(
    ("line", "day"),
    [
        ({"url": "https://coastpost.test/2017/may/22/launch"}, "2017-05-22"),
        ({"url": "https://coastpost.test/oct/03/2016/launch"}, "2016-10-03"),
        ({"url": "https://coastpost.test/2017/may/22/launch", "published": "2017-05-21"}, "2017-05-21"),
        ({"url": "https://coastpost.test/2030/may/22/launch"}, None),
        ({"url": "https://coastpost.test/launch"}, None),
    ],
)
def test_an_address_tells_the_day_where_the_line_does_not(line: dict[str, str], day: str | None) -> None:
    published = one({"title": "A launch", "text": "words"} | line).published
    assert (published.time.date().isoformat() if published else None) == day


def test_changed_lines_of_one_address_are_two_articles() -> None:
    assert one(GOOD).id != one({**GOOD, "title": "Ferry leaves"}).id
    assert one(GOOD).id == one(GOOD).id


@pytest.mark.parametrize(
    ("change", "what"),
    [
        ({"foo": 1, "bar": 2}, "unknown fields left out"),
        ({"published": "soon"}, "date left out: published"),
        ({"published": 5}, "field cannot be read: published"),
        ({"published": "2030-01-01"}, "date left out: published"),
        ({"url": "javascript:alert(1)"}, "URL left out: its scheme is javascript:"),
        ({"image": "data:image/png,x"}, "picture left out: its scheme is data:"),
        ({"image": {"caption": "x"}}, "field cannot be read: image"),
        ({"tags": ["a", 5]}, "field cannot be read: tags"),
        ({"tags": "a"}, "field cannot be read: tags"),
        ({"byline": {"name": "x"}}, "field cannot be read: byline"),
        ({"language": "not a tag"}, "language left out"),
        ({"title": 5}, "field cannot be read: title"),
        ({"key_points": [[]]}, "field cannot be read: key_points"),
        ({"text": "x" * 1_000_001}, "only the beginning of the text was taken"),
    ],
)
def test_what_is_good_of_a_line_is_taken(change: dict[str, Any], what: str) -> None:
    reading = read({**GOOD, **change})
    assert [found.what for found in reading.problems] == [what]
    assert (reading.problems[0].where, reading.problems[0].capture) == ("lines:9", "capture0")
    assert [article.section for article in reading.articles] == ["Islands"]


def test_unknown_fields_are_told_with_the_known_ones() -> None:
    (found,) = read({**GOOD, "headline": "x"}).problems
    assert found.received == "headline"
    assert "key_points" in found.allowed
    assert found.severity == "notice"


@pytest.mark.parametrize(
    "raw",
    [b"", b"{", b"[1]", b"5", b"\xff\xfe", b"[" * 100_000, b"{}",
     b'{"title": " \xe2\x80\x8b"}', b'{"id": "1", "url": "x"}'],
)  # fmt: skip
def test_a_line_without_title_and_text_gives_no_article(raw: bytes) -> None:
    reading = read_article_line(raw, "lines:1", capture_of(raw))
    assert reading.articles == ()
    assert [found.severity for found in reading.problems][-1] == "error"


# ---------------------------------------------------------------------------------------------------- JSON-LD


def test_linked_data_of_one_article() -> None:
    reading = read(DATA)
    assert reading.problems == ()
    (article,) = reading.articles
    assert (article.title, article.url) == ("Ferry stays & waits", "https://n.example/ferry")
    assert article.paragraphs == (Paragraph("The ferry stays."), Paragraph("Its engine failed."))
    assert article.byline == (Author("Jane Doe"), Author("Island Watch", "organisation"))
    assert (article.publisher, article.section, article.tags) == ("The Kestrel Post", "Islands", ("ferry", "transport"))
    assert article.image == Image("https://n.example/i.jpg", caption="The ferry", width=800)
    assert article.published is not None
    assert (article.published.time.hour, article.published.found) == (8, "json-ld datePublished")
    assert article.modified is not None


def test_linked_data_in_lists_and_graphs_with_references() -> None:
    who = {"@id": "#p", "@type": "Organization", "name": "The Kestrel Post"}
    second = {
        **DATA,
        "@type": ["Thing", "ReportageNewsArticle"],
        "url": "https://n.example/2",
        "publisher": {"@id": "#p"},
    }
    for document in ({"@graph": [DATA, who, second]}, [DATA, [second], who]):
        reading = read(document)
        assert [article.url for article in reading.articles] == ["https://n.example/ferry", "https://n.example/2"]
        assert [article.publisher for article in reading.articles] == ["The Kestrel Post"] * 2


def test_linked_data_without_text_or_address() -> None:
    bare = {
        "@type": "NewsArticle",
        "headline": "H",
        "datePublished": "soon",
        "publisher": "The Post",
        "identifier": "x1",
    }
    reading = read(bare)
    assert [found.what for found in reading.problems] == ["date left out: datePublished"]
    assert (reading.articles[0].url, reading.articles[0].whole) == ("urn:article:the-post:x1", False)
    empty = read({"@type": "NewsArticle"})
    assert empty.articles == ()
    assert [found.what for found in empty.problems] == ["article has neither title nor text"]


def test_linked_data_of_the_wrong_kind_does_not_make_it_fail() -> None:
    for name in DATA:
        if name != "@type":
            wrong: tuple[object, ...] = (5, None, [], {}, [[]], [{"@id": {}}], {"@type": 5, "name": [3]})
            for value in wrong:
                reading = read({**DATA, name: value})
                assert reading.articles or reading.problems


def test_schema_holds_lines() -> None:
    schema = msgspec.json.schema(ArticleLine)
    jsonschema.validate(GOOD, schema)
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate({**GOOD, "foo": 1}, schema)
    for described in schema["$defs"].values():
        assert all(content.get("description") for content in described["properties"].values())


def test_a_line_is_read_in_a_millisecond() -> None:
    raw = json.dumps({**GOOD, "text": "The ferry stays in port.\n" * 30}).encode()
    capture = capture_of(raw)
    times = []
    for _ in range(5):
        before = time.process_time()
        for _ in range(100):
            read_article_line(raw, "l:1", capture)
        times.append((time.process_time() - before) / 100)
    assert min(times) < 0.001  # 0.0002 on a quiet machine
