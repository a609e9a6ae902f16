"""WARC files: HTML pages in them, and damage stepped over."""

import gzip
import re
import zlib
from datetime import UTC, datetime
from pathlib import Path

import pytest
import zstandard

from tests.ingest.conftest import Pack, Read

HTML = b"<!DOCTYPE html><title>Page</title><p>Text</p>"


def record(
    number: int,
    block: bytes,
    *headers: str,
    kind: str = "response",
    media: str = "application/http; msgtype=response",
) -> bytes:
    more = "".join(f"{header}\r\n" for header in headers)
    return (
        (
            f"WARC/1.1\r\nWARC-Type: {kind}\r\nWARC-Target-URI: http://news.example/{number}\r\n{more}"
            f"WARC-Date: 2017-05-22T10:00:{number % 60:02d}Z\r\nWARC-Record-ID: <urn:uuid:0000-{number:012d}>\r\n"
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
    assert told.received == "1 not answered with status 200, 2 of other kinds"
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


@pytest.mark.parametrize("pack", [bytes, gzip.compress])
def test_cut_in_a_records_headers_is_told(tmp_path: Path, read_all: Read, pack: Pack) -> None:
    first, second = pages(2)
    cut = second[: second.index(b"Content-Type: application")]
    arrivals, (told,) = read_all(write(tmp_path / "crawl", pack(first) + pack(cut)))
    assert len(arrivals) == 1
    assert "damaged or cut" in told.what


@pytest.mark.parametrize("length", ["-1", "99999999999999999999", "12x", "1"])
def test_bad_length_costs_one_record(tmp_path: Path, read_all: Read, length: str) -> None:
    first, second, third = pages(3)
    broken = re.sub(rb"Content-Length: \d+", b"Content-Length: " + length.encode(), second)
    arrivals, problems = read_all(write(tmp_path / "crawl.warc", first + broken + third))
    assert [arrival.where[-1] for arrival in arrivals] == ["0", "2"]
    assert problems


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
    assert "no pages" in told.what


# ------------------------------------------------------------------------------------------------ other kinds

RSS = b'<?xml version="1.0"?><rss version="2.0"><channel><title>News</title></channel></rss>'
SITEMAP = b'<?xml version="1.0"?><urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"></urlset>'
JSON_FEED = b'{"version": "https://jsonfeed.org/version/1.1", "title": "News", "items": []}'
ARTICLES = (
    b'[{"title": "A", "url": "http://a.example/1", "text": "One."},\n{"title": "B", "url": "http://a.example/2"}]'
)


def test_feeds_sitemaps_and_json_are_taken_for_what_they_are(tmp_path: Path, read_all: Read) -> None:
    content = b"".join(
        [
            record(0, answer(RSS, media="application/rss+xml")),
            record(1, answer(RSS, media="text/html; charset=latin-1")),
            record(2, answer(gzip.compress(SITEMAP), media="application/x-gzip")),
            record(3, answer(JSON_FEED, media="application/json")),
            record(4, answer(ARTICLES, media="application/json")),
            record(5, answer(b'[{"title": "Home", "url": "/"}]', media="application/json")),
            record(6, answer(b"User-agent: *\nDisallow: /", media="text/plain")),
            record(7, answer(b"var a = 1", media="text/javascript")),
        ]
    )
    arrivals, (told,) = read_all(write(tmp_path / "crawl.warc", content))
    assert [arrival.form for arrival in arrivals] == ["feed", "feed", "sitemap", "feed", "articles"]
    assert arrivals[1].capture.media_type == "text/html; charset=latin-1"
    assert arrivals[2].content == SITEMAP
    assert arrivals[4].content.count(b"\n") == 2
    assert arrivals[4].capture.answered == arrivals[4].where == "http://news.example/4"
    assert arrivals[4].capture.available is not None
    assert told.received == "3 of other kinds"


def test_texts_cut_pages_and_screenshots_are_counted(tmp_path: Path, read_all: Read) -> None:
    shot = record(3, b"\x89PNG\r\n\x1a\n", kind="resource", media="image/png")
    content = b"".join(
        [
            record(0, answer(HTML)),
            record(1, b"A page's text.", kind="conversion", media="text/plain"),
            record(2, answer(HTML), "WARC-Truncated: length"),
            shot.replace(b"http://news.example/3", b"urn:view:http://news.example/3"),
        ]
    )
    arrivals, (told,) = read_all(write(tmp_path / "crawl.warc", content))
    assert len(arrivals) == 1
    assert told.received == "1 cut short by the crawler, 1 of other kinds, 1 texts without their pages (WET)"


# ------------------------------------------------------------------------------------------------ revisits


def revisit(number: int, *headers: str, block: bytes = b"HTTP/1.1 304 Not Modified\r\n\r\n") -> bytes:
    return record(number, block, *headers, kind="revisit")


@pytest.mark.parametrize("pack", [bytes, gzip.compress, zstandard.compress])
def test_revisit_is_another_capture_of_the_earlier_bytes(tmp_path: Path, read_all: Read, pack: Pack) -> None:
    first, second = (HTML + str(at).encode() for at in range(2))
    records = [
        record(0, b"x", kind="metadata"),
        record(1, answer(first), "WARC-Payload-Digest: sha1:AAAA"),
        record(2, answer(gzip.compress(second), "Content-Encoding: gzip")),
        revisit(3, "WARC-Payload-Digest: sha1:aaaa"),
        revisit(
            4,
            "WARC-Refers-To-Target-URI: http://news.example/2",
            "WARC-Refers-To-Date: 2017-05-22T10:00:02Z",
            block=b"",
        ),
        revisit(5, "WARC-Payload-Digest: sha1:BBBB"),
        revisit(6, "WARC-Payload-Digest: sha1:AAAA", block=b"HTTP/1.1 404 Not Found\r\n\r\n"),
        record(7, answer(HTML)),
    ]
    arrivals, (told,) = read_all(write(tmp_path / "crawl", b"".join(map(pack, records))))
    assert [(arrival.where[-1], arrival.content) for arrival in arrivals] == [
        ("1", first),
        ("2", second),
        ("3", first),
        ("4", second),
        ("7", HTML),
    ]
    again = arrivals[2].capture
    assert (again.answered, again.digest) == ("http://news.example/3", arrivals[0].capture.digest)
    assert again.available == datetime(2017, 5, 22, 10, 0, 3, tzinfo=UTC)
    assert told.received == "1 found unchanged, of which the file holds no page, 1 not answered with status 200"


def test_revisit_in_a_file_packed_as_one_finds_only_what_it_can_reach(tmp_path: Path, read_all: Read) -> None:
    records = [
        record(0, answer(HTML), "WARC-Payload-Digest: sha1:A"),
        record(1, answer(HTML + b"1"), "WARC-Payload-Digest: sha1:B"),
        revisit(2, "WARC-Payload-Digest: sha1:A"),
        revisit(3, "WARC-Payload-Digest: sha1:B"),
    ]
    arrivals, (told,) = read_all(write(tmp_path / "crawl.warc.gz", gzip.compress(b"".join(records))))
    assert [arrival.where[-1] for arrival in arrivals] == ["0", "1", "2"]
    assert told.received.startswith("1 found unchanged")


def test_places_of_pages_are_forgotten_beyond_the_limit(tmp_path: Path, read_all: Read) -> None:
    many = [record(at, answer(HTML), f"WARC-Payload-Digest: sha1:{at}") for at in range(60)]
    again = [revisit(60 + at, f"WARC-Payload-Digest: sha1:{at}") for at in range(60)]
    path = write(tmp_path / "crawl.warc", b"".join(many + again))
    assert len(read_all(path)[0]) == 120
    assert 60 < len(read_all(path, max_revisits=20)[0]) < 90
