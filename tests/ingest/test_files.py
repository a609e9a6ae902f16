"""Files and folders: each kind, and what is wrong with some."""

import bz2
import gzip
import lzma
import os
import socket
import zlib
from datetime import date
from pathlib import Path

import pytest
import zstandard
from hypothesis import given
from hypothesis import strategies as st

from diurna.ingest import Arrival, IngestSettings, decode_text, read
from diurna.model import content_digest
from tests.ingest.conftest import OBSERVED, Pack, Read

PORTAL = "{{Current events|year=2017|month=05|day=5|content=\n;Désastres\n*Ein Schiff sinkt. [http://a.example (A)]\n}}"


def write(path: Path, content: bytes) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)
    return path


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_portal_page_in_every_encoding(tmp_path: Path, read_all: Read, encoding: str, end: str) -> None:
    content = PORTAL.replace("\n", end).encode(encoding)
    (arrival,), problems = read_all(write(tmp_path / "2017-05-05.wiki", content))
    assert not problems
    assert arrival.form == "portal"
    assert arrival.text == PORTAL
    assert arrival.content == content
    assert arrival.page is not None
    assert arrival.page.day == date(2017, 5, 5)
    capture = arrival.capture
    assert (capture.digest, capture.size, capture.via) == (content_digest(content), len(content), "file")
    assert capture.asked == capture.answered == "file:2017-05-05.wiki"
    assert (capture.observed, capture.available) == (OBSERVED, None)


def test_same_file_twice_is_one_capture_whatever_the_clock(tmp_path: Path, read_all: Read) -> None:
    path = write(tmp_path / "a.wiki", PORTAL.encode())
    first = read_all(path)[0][0].capture.id
    later = next(iter(read(str(path), IngestSettings(), OBSERVED.replace(year=2030))))
    assert isinstance(later, Arrival)
    assert later.capture.id == first
    write(path, PORTAL.encode() + b"\n")
    assert read_all(path)[0][0].capture.id != first


def test_invalid_utf8_is_read_and_told_with_its_line(tmp_path: Path, read_all: Read) -> None:
    content = PORTAL.encode().replace("é".encode(), b"\xe9")
    (arrival,), (told,) = read_all(write(tmp_path / "day.wiki", content))
    assert "D\ufffdsastres" in arrival.text
    assert arrival.content == content
    assert told.where == "day.wiki:2"
    assert "xe9" in told.received


@given(st.text(alphabet=st.characters(exclude_categories=["Cs"], exclude_characters="\ufeff\r"), max_size=60))
def test_decoding_gives_back_what_was_encoded(text: str) -> None:
    for encoding in ("utf-8", "utf-8-sig", "utf-16"):
        assert decode_text(text.replace("\n", "\r\n").encode(encoding)) == text


@pytest.mark.parametrize("pack", [gzip.compress, bz2.compress, lzma.compress, zstandard.compress])
@pytest.mark.parametrize("name", ["x.wiki.gz", "2017-05-05.bin"])
def test_packed_page_is_unwrapped_whatever_its_name(tmp_path: Path, read_all: Read, pack: Pack, name: str) -> None:
    (arrival,), problems = read_all(write(tmp_path / name, pack(PORTAL.encode())))
    assert not problems
    assert arrival.text == PORTAL


def test_packed_too_often_is_refused(tmp_path: Path, read_all: Read) -> None:
    content = gzip.compress(bz2.compress(PORTAL.encode()))
    assert read_all(write(tmp_path / "twice", content))[0][0].text == PORTAL
    arrivals, (told,) = read_all(write(tmp_path / "thrice", gzip.compress(content)))
    assert not arrivals
    assert "too many times" in told.what


@pytest.mark.parametrize("pack", [gzip.compress, bz2.compress, lzma.compress, zstandard.compress])
def test_cut_page_is_not_taken_in_part(tmp_path: Path, read_all: Read, pack: Pack) -> None:
    whole = pack((PORTAL + os.urandom(9000).hex()).encode())
    arrivals, (told,) = read_all(write(tmp_path / "x.wiki.gz", whole[: len(whole) * 2 // 3]))
    assert not arrivals
    assert "end in the middle" in told.what or told.received.startswith("an empty file")
    assert told.severity == "error"


def test_damaged_gzip_is_told(tmp_path: Path, read_all: Read) -> None:
    whole = bytearray(gzip.compress(PORTAL.encode()))
    whole[-6] ^= 0xFF  # the checksum
    arrivals, (told,) = read_all(write(tmp_path / "x.wiki.gz", bytes(whole)))
    assert not arrivals
    assert "damaged" in told.what


def test_page_over_the_limit_is_refused(tmp_path: Path, read_all: Read) -> None:
    path = write(tmp_path / "x.wiki", PORTAL.encode() * 100)
    assert len(read_all(path, max_text_bytes=len(PORTAL.encode()) * 100)[0]) == 1
    arrivals, (told,) = read_all(path, max_text_bytes=1000)
    assert not arrivals
    assert "1,000" in told.allowed


def test_html_page(tmp_path: Path, read_all: Read) -> None:
    content = "<!DOCTYPE html><meta charset=latin-1><title>Zürich</title>".encode("latin-1")
    (arrival,), problems = read_all(write(tmp_path / "a b.html", content))
    assert not problems
    assert (arrival.form, arrival.content, arrival.page) == ("page", content, None)
    assert (arrival.capture.answered, arrival.capture.media_type) == ("file:a%20b.html", "text/html")


@pytest.mark.parametrize(
    ("content", "looks_like"), [(b"", "empty"), (bytes(range(256)), "unknown kind"), (b"%PDF-1.4", "PDF")]
)
def test_what_cannot_be_taken_is_named(tmp_path: Path, read_all: Read, content: bytes, looks_like: str) -> None:
    arrivals, (told,) = read_all(write(tmp_path / "x.wiki", content))
    assert not arrivals
    assert looks_like in told.received
    assert told.where == "x.wiki"
    assert str(tmp_path) not in repr(told)


def test_missing_file_is_told(tmp_path: Path, read_all: Read) -> None:
    for name in ("nothing.wiki", "bad\0name"):
        arrivals, (told,) = read_all(f"{tmp_path}/{name}")
        assert not arrivals
        assert told.severity == "error"
        assert str(tmp_path) not in repr(told)


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (b'<?xml version="1.0"?><rss version="2.0"></rss>', ("feed", "application/xml")),
        (b'{"version": "https://jsonfeed.org/version/1.1", "items": []}', ("feed", "application/feed+json")),
        (b"<urlset xmlns='http://www.sitemaps.org/schemas/sitemap/0.9'></urlset>", ("sitemap", "application/xml")),
        (b'<opml version="2.0"><body/></opml>', ("opml", "text/x-opml")),
    ],
)
@pytest.mark.parametrize("pack", [bytes, gzip.compress, lzma.compress])
def test_feeds_sitemaps_and_opml_arrive_whole(
    tmp_path: Path, read_all: Read, content: bytes, told: tuple[str, str], pack: Pack
) -> None:
    path = write(tmp_path / "x", pack(content))
    (arrival,), problems = read_all(path)
    assert not problems
    assert (arrival.content, arrival.form, arrival.capture.media_type) == (content, *told)
    assert not read_all(path, max_feed_bytes=20)[0]


def test_saved_page_was_asked_for_at_the_address_it_tells(tmp_path: Path, read_all: Read) -> None:
    content = b"<!DOCTYPE html>\n<!-- saved from url=(0026)https://news.example/a.html -->\n<html></html>"
    (arrival,), problems = read_all(write(tmp_path / "a.html", content))
    assert not problems
    assert arrival.capture.asked == "https://news.example/a.html"
    assert arrival.capture.answered == "file:a.html"


def test_xz_that_wants_too_much_memory_is_told(tmp_path: Path, read_all: Read) -> None:
    content = bytearray(lzma.compress(PORTAL.encode()))
    # The size of the dictionary stands in the header of the block: 39 is 3 GiB.
    at = content.index(b"\x21\x01")
    content[at + 2] = 39
    header_end = 12 + (content[12] + 1) * 4
    content[header_end - 4 : header_end] = zlib.crc32(bytes(content[12 : header_end - 4])).to_bytes(4, "little")
    arrivals, (told,) = read_all(write(tmp_path / "x.xz", bytes(content)))
    assert not arrivals
    assert "emory" in told.received


# ------------------------------------------------------------------------------------------------ folders


def test_folder_is_read_in_order_of_names_without_its_own_path(tmp_path: Path, read_all: Read) -> None:
    for name in ("b/2.wiki", "a.wiki", "b/1.wiki", "c.wiki"):
        write(tmp_path / "days" / name, f"* [[{name}]] [http://x.example (X)]".encode())
    arrivals, problems = read_all(tmp_path / "days")
    assert not problems
    assert [arrival.where for arrival in arrivals] == ["a.wiki", "b/1.wiki", "b/2.wiki", "c.wiki"]
    assert str(tmp_path) not in repr(arrivals)


def test_hidden_files_and_what_lies_beside_pages_are_counted(tmp_path: Path, read_all: Read) -> None:
    write(tmp_path / ".git" / "x.wiki", PORTAL.encode())
    write(tmp_path / ".hidden.wiki", PORTAL.encode())
    write(tmp_path / "day.wiki", PORTAL.encode())
    for name in ("a.png", "b.png"):
        write(tmp_path / "page_files" / name, b"\x89PNG\r\n\x1a\n")
    arrivals, (hidden, beside) = read_all(tmp_path)
    assert [arrival.where for arrival in arrivals] == ["day.wiki"]
    assert hidden.received.startswith("2, ")
    assert beside.received.startswith("2, ")
    assert {hidden.severity, beside.severity} == {"notice"}


def test_links_out_of_the_folder_and_loops_are_skipped(tmp_path: Path, read_all: Read) -> None:
    secret = write(tmp_path / "secret.wiki", PORTAL.encode())
    folder = tmp_path / "days"
    write(folder / "day.wiki", PORTAL.encode())
    (folder / "inside.wiki").symlink_to("day.wiki")
    (folder / "outside.wiki").symlink_to(secret)
    (folder / "up").symlink_to("..")
    (folder / "self").symlink_to("self")
    (folder / "loop").symlink_to(".")
    (folder / "gone").symlink_to("nowhere")
    arrivals, problems = read_all(folder)
    assert [arrival.where for arrival in arrivals] == ["day.wiki", "inside.wiki"]
    assert {told.where: told.what.split(" and ")[0] for told in problems} == {
        "outside.wiki": "The link leads out of the folder",
        "up": "The link leads out of the folder",
        "self": "The link leads nowhere",
        "gone": "The link leads nowhere",
    }


def test_odd_names_are_harmless(tmp_path: Path, read_all: Read) -> None:
    for name in (b"\xff\xfe.wiki", b"a\nb\x1b[31m.wiki", b"a..%2f..%2fetc.wiki", b"a\\..\\..\\x.wiki", b"[red].wiki"):
        Path(os.fsdecode(os.fsencode(tmp_path) + b"/" + name)).write_bytes(PORTAL.encode())
    arrivals, problems = read_all(tmp_path)
    assert not problems
    assert len(arrivals) == 5
    for arrival in arrivals:
        assert arrival.where.isprintable()
        arrival.where.encode()
        assert arrival.capture.answered.isascii()
        assert arrival.capture.answered.isprintable()


def test_pipes_and_sockets_are_not_waited_for(tmp_path: Path, read_all: Read) -> None:
    os.mkfifo(tmp_path / "pipe")
    with socket.socket(socket.AF_UNIX) as door:
        door.bind(str(tmp_path / "door"))
        arrivals, problems = read_all(tmp_path)
    assert not arrivals
    assert [told.where for told in problems] == ["door", "pipe"]


def test_empty_folder_is_told(tmp_path: Path, read_all: Read) -> None:
    assert "no files" in read_all(tmp_path)[1][0].what
