"""JSON lines: cut into captures of whole lines, whatever their length."""

import gzip
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from diurna.ingest import Arrival, IngestSettings, read
from tests.ingest.conftest import OBSERVED, Read


def line(text: str) -> bytes:
    return json.dumps({"date": "2017-05-05", "text": text}).encode() + b"\n"


def test_chunks_hold_whole_lines_and_know_their_first(tmp_path: Path, read_all: Read) -> None:
    lines = [line(f"Event {number}.") for number in range(2500)]
    path = tmp_path / "days.jsonl"
    path.write_bytes(b"".join(lines))
    arrivals, problems = read_all(path)
    assert not problems
    assert [(arrival.first_line, arrival.content.count(b"\n")) for arrival in arrivals] == [
        (1, 1000),
        (1001, 1000),
        (2001, 500),
    ]
    assert b"".join(arrival.content for arrival in arrivals) == path.read_bytes()
    assert {(arrival.form, arrival.capture.via) for arrival in arrivals} == {("entries", "jsonl")}


def test_a_file_that_grew_gives_the_same_captures_up_to_its_old_chunks(tmp_path: Path, read_all: Read) -> None:
    path = tmp_path / "days.jsonl"
    path.write_bytes(b"".join(line(str(number)) for number in range(2000)))
    before = [arrival.capture.id for arrival in read_all(path)[0]]
    path.write_bytes(path.read_bytes() + line("more"))
    after = [arrival.capture.id for arrival in read_all(path)[0]]
    assert after[:2] == before
    assert len(after) == 3


def test_giant_line_stands_alone_and_one_over_the_limit_is_left_out(tmp_path: Path, read_all: Read) -> None:
    giant, over = line("g" * 300_000), line("o" * 600_000)
    path = tmp_path / "days.jsonl"
    path.write_bytes(line("a") + giant + line("b") + over + b"\n" + line("c").rstrip())
    arrivals, (told,) = read_all(path, chunk_bytes=200_000, max_line_bytes=500_000)
    assert [(arrival.first_line, arrival.content) for arrival in arrivals] == [
        (1, line("a")),
        (2, giant),
        (3, line("b")),
        (5, b"\n" + line("c").rstrip()),
    ]
    assert told.where == "days.jsonl:4"
    assert "500,000" in told.received


def test_invalid_utf8_is_told_with_its_line(tmp_path: Path, read_all: Read) -> None:
    path = tmp_path / "days.jsonl"
    path.write_bytes(line("a") * 1200 + line("caf?").replace(b"?", b"\xe9") + line("b"))
    arrivals, (told,) = read_all(path)
    assert told.where == "days.jsonl:1201"
    assert "caf\ufffd" in arrivals[1].text


def test_cut_gzip_gives_the_whole_lines_before_the_cut(tmp_path: Path, read_all: Read) -> None:
    import random

    draw = random.Random(1)
    lines = [line(draw.randbytes(40).hex()) for _ in range(3000)]
    packed = gzip.compress(b"".join(lines))
    path = tmp_path / "days.jsonl.gz"
    path.write_bytes(packed[: len(packed) // 2])
    arrivals, (told,) = read_all(path)
    taken = b"".join(arrival.content for arrival in arrivals)
    assert taken == b"".join(lines[: taken.count(b"\n")])
    assert 1300 < taken.count(b"\n") < 1600
    assert told.where == f"days.jsonl.gz:{taken.count(bytes([10])) + 1}"


def test_utf16_lines_are_refused(tmp_path: Path, read_all: Read) -> None:
    path = tmp_path / "days.jsonl"
    path.write_bytes(line("a").decode().encode("utf-16"))
    arrivals, (told,) = read_all(path)
    assert not arrivals
    assert told.received == "UTF-16"


# ------------------------------------------------------------------------------------------------ articles


def article(number: int, text: str = "Text.") -> dict[str, Any]:
    return {"url": f"http://news.example/{number}", "title": f'The "{number}"th \\ {{report', "text": text}


def in_lines(articles: list[dict[str, Any]]) -> str:
    return "".join(json.dumps(each) + "\n" for each in articles)


FORMS: dict[str, Callable[[list[dict[str, Any]]], str]] = {
    "lines": in_lines,
    "list": json.dumps,
    "indented": lambda articles: json.dumps(articles, indent=2),
    "wrapped": lambda articles: json.dumps({"status": "ok", "totalResults": 3, "articles": articles}, indent=1),
    "one after the other": lambda articles: "\n".join(json.dumps(each, indent=1) for each in articles),
    "windows": lambda articles: json.dumps(articles, indent=2).replace("\n", "\r\n"),
}


@pytest.mark.parametrize("form", FORMS)
def test_articles_arrive_as_lines_whatever_the_document(tmp_path: Path, read_all: Read, form: str) -> None:
    articles = [article(number, "ü\n" * (number % 50)) for number in range(2500)]
    path = tmp_path / "news.json"
    path.write_text(FORMS[form](articles), encoding="utf-8", newline="")
    arrivals, problems = read_all(path, max_line_bytes=64 << 20)
    assert not problems
    assert {(arrival.form, arrival.capture.via, arrival.capture.media_type) for arrival in arrivals} == {
        ("articles", "jsonl", "application/jsonl")
    }
    lines = [line for arrival in arrivals for line in arrival.content.splitlines()]
    assert [json.loads(line) for line in lines] == articles
    first = [1]
    for arrival in arrivals[:-1]:
        first.append(first[-1] + arrival.content.count(b"\n"))
    assert [arrival.first_line for arrival in arrivals] == first


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=8,
)


@given(st.lists(st.dictionaries(st.text(max_size=5), JSON, max_size=4), max_size=5), st.sampled_from([None, 1]))
def test_a_list_is_cut_between_its_objects(
    tmp_path_factory: pytest.TempPathFactory, more: list[dict[str, Any]], indent: int | None
) -> None:
    articles = [{**article(0), "more": each} for each in [{}, *more]]
    path = tmp_path_factory.getbasetemp() / "news.json"
    path.write_text(json.dumps(articles, indent=indent, ensure_ascii=False), encoding="utf-8", errors="replace")
    arrivals = [thing for thing in read(str(path), IngestSettings(), OBSERVED) if isinstance(thing, Arrival)]
    lines = [json.loads(line) for arrival in arrivals for line in arrival.content.split(b"\n") if line]
    assert lines == json.loads(path.read_text(encoding="utf-8"))


def test_blocks_may_end_anywhere(tmp_path: Path, read_all: Read) -> None:
    for shift in range(-3, 4):
        # An escaped quotation mark comes to lie across the end of a block of 64 KiB.
        articles = [article(1, "a" * ((64 << 10) - 70 + shift) + '\\"' * 8), article(2)]
        path = tmp_path / "news.json"
        path.write_text(json.dumps(articles))
        (arrival,), problems = read_all(path)
        assert not problems
        assert [json.loads(line) for line in arrival.content.splitlines()] == articles


def test_graph_keeps_only_its_articles(tmp_path: Path, read_all: Read) -> None:
    report = {"@type": "NewsArticle", "headline": "A", "author": [{"@type": "Person", "name": "Desk"}]}
    path = tmp_path / "page.json"
    path.write_text(json.dumps({"@context": "https://schema.org", "@graph": [{"@type": "WebPage"}, report]}))
    (arrival,), problems = read_all(path)
    assert not problems
    assert json.loads(arrival.content) == report


def test_cut_document_and_one_giant_article(tmp_path: Path, read_all: Read) -> None:
    whole = json.dumps([article(0), article(1, "g" * 600_000), article(2), article(3)])
    path = tmp_path / "news.json"
    path.write_text(whole[:-20])
    arrivals, (giant, cut) = read_all(path, max_line_bytes=500_000)
    assert [(arrival.first_line, arrival.content.count(b"\n")) for arrival in arrivals] == [(1, 1), (3, 1)]
    assert giant.where == "news.json:2"
    assert (cut.where, "ends in the middle" in cut.what) == ("news.json:4", True)


def test_a_bad_line_is_left_to_the_reader_of_lines(tmp_path: Path, read_all: Read) -> None:
    path = tmp_path / "news.jsonl"
    path.write_text(json.dumps(article(0)) + "\n{broken\n" + json.dumps(article(1)) + "\n")
    (arrival,), problems = read_all(path)
    assert not problems
    assert arrival.content == path.read_bytes()


# ------------------------------------------------------------------------------------------------ addresses


def test_list_of_addresses_is_cut_at_lines(tmp_path: Path, read_all: Read) -> None:
    path = tmp_path / "urls.txt"
    path.write_text("# mine\n" + "".join(f"https://news.example/{at}\n" for at in range(1500)))
    arrivals, problems = read_all(path)
    assert not problems
    assert [(arrival.form, arrival.first_line) for arrival in arrivals] == [("addresses", 1), ("addresses", 1001)]
    assert b"".join(arrival.content for arrival in arrivals) == path.read_bytes()
