"""WARC files: HTML pages in them, and damage stepped over."""

import gzip
import zlib
from datetime import UTC, datetime
from pathlib import Path

import pytest
import zstandard

from tests.ingest.conftest import Pack, Read

HTML = b"<!DOCTYPE html><title>Page</title><p>Text</p>"


def record(
    number: int, block: bytes, *, kind: str = "response", media: str = "application/http; msgtype=response"
) -> bytes:
    return (
        (
            f"WARC/1.1\r\nWARC-Type: {kind}\r\nWARC-Target-URI: http://news.example/{number}\r\n"
            f"WARC-Date: 2017-05-22T10:00:00Z\r\nWARC-Record-ID: <urn:uuid:00000000-0000-0000-0000-{number:012d}>\r\n"
            f"Content-Type: {media}\r\nContent-Length: {len(block)}\r\n\r\n"
        ).encode()
        + block
        + b"\r\n\r\n"
    )


def answer(body: bytes, *headers: str, status: str = "200 OK", media: str = "text/html; charset=utf-8") -> bytes:
    return "\r\n".join([f"HTTP/1.1 {status}", f"Content-Type: {media}", *headers, "", ""]).encode() + body


def pages(count: int) -> list[bytes]:
    # Each page is too varied to be packed away to nothing.
    return [record(at, answer(HTML + bytes(f"{at * 7919 % 10007:x}" * 200, "ascii"))) for at in range(count)]


def write(path: Path, content: bytes) -> Path:
    path.write_bytes(content)
    return path


@pytest.mark.parametrize("pack", [bytes, gzip.compress, zstandard.compress])
def test_pages_arrive_with_address_and_time(tmp_path: Path, read_all: Read, pack: Pack) -> None:
    content = b"".join(pack(each) for each in pages(3))
    arrivals, problems = read_all(write(tmp_path / "crawl", content))
    assert not problems
    assert [arrival.where for arrival in arrivals] == [f"http://news.example/{at}" for at in range(3)]
    arrival = arrivals[0]
    assert arrival.content.startswith(HTML)
    capture = arrival.capture
    assert capture.asked == capture.answered == "http://news.example/0"
    assert (capture.media_type, capture.via, arrival.form) == ("text/html; charset=utf-8", "warc", "page")
    assert capture.available == datetime(2017, 5, 22, 10, tzinfo=UTC)


def test_coded_bodies_are_decoded(tmp_path: Path, read_all: Read) -> None:
    chunked = b"%x\r\n%s\r\n0\r\n\r\n" % (len(HTML), HTML)
    coded = gzip.compress(HTML)
    content = b"".join(
        [
            record(0, answer(gzip.compress(HTML), "Content-Encoding: gzip")),
            record(1, answer(zlib.compress(HTML), "Content-Encoding: deflate")),
            record(2, answer(chunked, "Transfer-Encoding: chunked")),
            record(
                3,
                answer(
                    b"%x\r\n%s\r\n0\r\n\r\n" % (len(coded), coded),
                    "Transfer-Encoding: chunked",
                    "Content-Encoding: gzip",
                ),
            ),
            record(4, answer(HTML, "Content-Encoding: gzip", "Transfer-Encoding: chunked")),
            record(5, HTML, kind="resource", media="text/html"),
            record(6, HTML, kind="conversion", media="text/html"),
        ]
    )
    arrivals, problems = read_all(write(tmp_path / "crawl.warc", content))
    assert not problems
    assert [arrival.content for arrival in arrivals] == [HTML] * 7


def test_other_answers_and_media_are_counted(tmp_path: Path, read_all: Read) -> None:
    content = b"".join(
        [
            record(0, answer(HTML)),
            record(1, answer(HTML, status="404 Not Found")),
            record(2, answer(b"%PDF-1.7", media="application/pdf")),
            record(3, answer(b"<svg xmlns='http://www.w3.org/2000/svg'/>", media="image/svg+xml")),
            record(4, b"GET / HTTP/1.1\r\n\r\n", kind="request", media="application/http; msgtype=request"),
        ]
    )
    arrivals, (told,) = read_all(write(tmp_path / "crawl.warc", content))
    assert len(arrivals) == 1
    assert told.received == "2 neither HTML nor a picture, 1 not answered with status 200"
    assert told.severity == "notice"


def test_picture_is_known_by_its_bytes(tmp_path: Path, read_all: Read) -> None:
    png = b"\x89PNG\r\n\x1a\n and the rest"
    content = b"".join([record(0, answer(png, media="image/png")), record(1, answer(png, media="text/html"))])
    arrivals, problems = read_all(write(tmp_path / "crawl.warc", content))
    assert [(arrival.form, arrival.capture.media_type) for arrival in arrivals] == [("picture", "image/png")] * 2
    assert problems == []


def test_page_over_the_limit_and_hidden_bomb_are_left_out(tmp_path: Path, read_all: Read) -> None:
    bomb = gzip.compress(HTML + b" " * 5_000_000)
    content = b"".join(
        [
            record(0, answer(HTML + b" " * 300_000)),
            record(1, answer(bomb, "Content-Encoding: gzip")),
            record(2, answer(HTML)),
        ]
    )
    arrivals, problems = read_all(write(tmp_path / "crawl.warc", content), max_page_bytes=100_000)
    assert [arrival.where for arrival in arrivals] == ["http://news.example/2"]
    assert [(told.what, told.where) for told in problems] == [
        ("The page is too large.", "http://news.example/0"),
        ("The page is too large.", "http://news.example/1"),
    ]


def test_address_that_is_none_of_the_web_is_refused(tmp_path: Path, read_all: Read) -> None:
    content = record(0, answer(HTML)).replace(b"http://news.example/0", b"javascript:alert(0)")
    arrivals, problems = read_all(write(tmp_path / "crawl.warc", content + record(1, answer(HTML))))
    assert len(arrivals) == 1
    assert "no web address" in problems[0].what


@pytest.mark.parametrize("pack", [bytes, gzip.compress, zstandard.compress])
def test_cut_is_told_and_the_rest_taken(tmp_path: Path, read_all: Read, pack: Pack) -> None:
    content = b"".join(pack(each) for each in pages(4))
    arrivals, (told,) = read_all(write(tmp_path / "crawl", content[:-40]))
    assert [arrival.where for arrival in arrivals] == [f"http://news.example/{at}" for at in range(3)]
    assert "damaged or cut" in told.what


def test_damaged_member_is_stepped_over(tmp_path: Path, read_all: Read) -> None:
    members = [gzip.compress(each) for each in pages(5)]
    broken = bytearray(members[2])
    broken[60:70] = bytes(10)
    members[2] = bytes(broken)
    arrivals, problems = read_all(write(tmp_path / "crawl.warc.gz", b"".join(members)))
    assert [arrival.where[-1] for arrival in arrivals] == ["0", "1", "3", "4"]
    assert len(problems) == 1
    assert f"at byte {len(members[0]) + len(members[1]):,}" in problems[0].received


def test_garbage_between_records_is_stepped_over(tmp_path: Path, read_all: Read) -> None:
    first, second, third = pages(3)
    content = first + b"garbage garbage\r\n\r\n" + second + third
    arrivals, problems = read_all(write(tmp_path / "crawl.warc", content))
    assert [arrival.where[-1] for arrival in arrivals] == ["0", "1", "2"]
    assert len(problems) == 1


def test_warc_without_pages_says_so(tmp_path: Path, read_all: Read) -> None:
    arrivals, (told,) = read_all(write(tmp_path / "crawl.warc", record(0, b"x", kind="metadata", media="text/plain")))
    assert not arrivals
    assert "no HTML pages" in told.what
