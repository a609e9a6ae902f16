"""JSON lines: the schema, what good lines give, and what bad ones tell."""

import json
import time
from datetime import UTC, date, datetime
from typing import Any

import jsonschema
import msgspec
import pytest

from diurna.extract.entry_lines import EntryLine, EntryReading, read_line
from diurna.model import Citation, Topic, Wikilink

GOOD: dict[str, Any] = {
    "date": "2017-05-22",
    "text": "A fleet  leaves the South China Sea for China\u200b, and Bob waves.",
    "category": "Armed conflicts",
    "topics": ["War", ["B shooting", "C shooting"]],
    "entities": ["China", "South China Sea", {"name": "Robert", "shown": "Bob"}, "Absent", "hin"],
    "links": [{"start": 2, "end": 7, "target": "naval_fleet", "section": "Ships"}],
    "sources": [{"url": "http://n.example/1", "publisher": "AFP", "via": "N", "title": "T"}],
    "id": "7",
    "list": "my list",
    "available": "2017-05-22T10:00:00+02:00",
    "language": "en",
    "page": "May",
    "url": "https://l.example/may",
    "revision": 3,
    "licence": "CC0",
}


def read(line: dict[str, Any]) -> EntryReading:
    return read_line(json.dumps(line).encode(), "list:9")


def test_a_full_line() -> None:
    reading = read(GOOD)
    entry = reading.entry
    assert entry is not None
    assert entry.text == "A fleet leaves the South China Sea for China, and Bob waves."
    assert entry.day == date(2017, 5, 22)
    assert entry.links == (
        Wikilink(2, 7, "Naval fleet", "fleet", "Ships"),
        Wikilink(19, 34, "South China Sea", "South China Sea"),
        Wikilink(39, 44, "China", "China"),
        Wikilink(50, 53, "Robert", "Bob"),
        Wikilink(0, 0, "Absent", ""),
        Wikilink(0, 0, "hin", ""),
    )
    assert entry.topics == (
        Topic("War", (Wikilink(0, 3, "War", "War"),)),
        Topic(
            "B shooting, C shooting",
            (Wikilink(0, 10, "B shooting", "B shooting"), Wikilink(12, 22, "C shooting", "C shooting")),
        ),
    )
    assert entry.citations == (Citation("http://n.example/1", "AFP", "N", "T"),)
    assert (reading.key, reading.curator, reading.page, reading.revision) == ("7", "my list", "May", 3)
    assert reading.available == datetime(2017, 5, 22, 8, tzinfo=UTC)
    assert reading.problems == ()


def test_scripts_without_spaces_have_no_word_bounds() -> None:
    entry = read({"date": "2019-01-01", "text": "在美國與中国大陆", "entities": ["中国"]}).entry
    assert entry is not None
    assert entry.links == (Wikilink(4, 6, "中国", "中国"),)


def test_least_line() -> None:
    entry = read({"date": "2019-01-01", "text": "x"}).entry
    assert entry is not None
    assert len(entry.id) == 24


@pytest.mark.parametrize(
    ("change", "what"),
    [
        ({"foo": 1}, "unknown fields left out"),
        ({"revision": "x"}, "field cannot be read: revision"),
        ({"available": "2017-05-22T10:00:00"}, "field cannot be read: available"),
        ({"topics": [1, "War"]}, "field cannot be read: topics"),
        ({"sources": [{"url": "javascript:alert(1)"}]}, "URL left out: its scheme is javascript:"),
        ({"sources": [{"publisher": "N"}]}, "field cannot be read: sources"),
        ({"sources": [{"url": "http://n.example", "by": "x"}]}, "unknown fields in sources left out"),
        ({"url": "file:///x"}, "URL left out: its scheme is file:"),
        ({"links": [{"start": 5, "end": 500, "target": "x"}]}, "link lies outside the text"),
        ({"links": [{"start": -1, "end": 5, "target": "x"}]}, "field cannot be read: links"),
        ({"language": "not a tag"}, "language left out"),
        ({"entities": [" "]}, "entity without a name left out"),
        ({"category": 5}, "field cannot be read: category"),
    ],
)
def test_what_is_good_of_a_line_is_taken(change: dict[str, Any], what: str) -> None:
    reading = read({**GOOD, **change})
    assert [found.what for found in reading.problems] == [what]
    assert reading.problems[0].where == "list:9"
    assert reading.entry is not None
    assert reading.key == "7"


def test_unknown_fields_are_told_with_the_known_ones() -> None:
    assert "licence" in read({**GOOD, "license": "x"}).problems[0].allowed


@pytest.mark.parametrize(
    "raw",
    [
        b"",
        b"{",
        b"[1]",
        b"\xff\xfe",
        b"[" * 100_000,
        b'{"date": "2017-02-31", "text": "x"}',
        b'{"date": "2017-02-01"}',
        b'{"text": "x"}',
        b'{"date": "2017-02-01", "text": " \xe2\x80\x8b "}',
        b'{"date": "2017-02-01", "text": 5}',
        b'{"date": "2017-02-01", "text": "' + b"x" * 20_001 + b'"}',
        b'{"date": 20170201, "text": "x"}',
    ],
)
def test_a_line_without_day_or_text_gives_no_entry(raw: bytes) -> None:
    reading = read_line(raw, "list:1")
    assert reading.entry is None
    assert [found.severity for found in reading.problems] == ["error"]


def test_a_withdrawal_needs_no_text() -> None:
    reading = read({"date": "2017-02-01", "id": "7", "withdrawn": True})
    assert (reading.entry, reading.key, reading.day, reading.withdrawn) == (None, "7", date(2017, 2, 1), True)
    assert reading.problems == ()


def test_byte_order_mark_and_line_ends() -> None:
    assert read_line(b'\xef\xbb\xbf{"date":"2017-02-01","text":"x"}\r\n', "l:1").entry is not None


def test_schema_holds_lines() -> None:
    schema = msgspec.json.schema(EntryLine)
    jsonschema.validate(GOOD, schema)
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate({**GOOD, "foo": 1}, schema)
    properties = schema["$defs"]["EntryLine"]["properties"]
    assert all(content.get("description") for content in properties.values())


def test_a_line_is_read_in_100_microseconds() -> None:
    raw = json.dumps({key: value for key, value in GOOD.items() if key != "links"} | {"text": "A fleet leaves China."})
    times = []
    for _ in range(5):
        before = time.process_time()
        for _ in range(200):
            read_line(raw.encode(), "l:1")
        times.append((time.process_time() - before) / 200)
    assert min(times) < 0.0002  # 0.0001 on a quiet machine
