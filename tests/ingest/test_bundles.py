"""Archives of files: read as folders, with hostile names, bombs, damage and WARC files in them."""

import bz2
import gzip
import io
import json
import lzma
import struct
import tarfile
import tracemalloc
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from diurna.ingest import Arrival, IngestSettings, read
from diurna.ingest.bundles import clean_name
from tests.ingest.conftest import OBSERVED, Pack, Read
from tests.ingest.test_warc import answer, record, revisit

HTML = b"<!DOCTYPE html><title>Page</title><p>Text</p>"


def zipped(files: dict[str, bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", method) as archive:
        for name, content in files.items():
            archive.writestr(zipfile.ZipInfo(name), content, method)
    return target.getvalue()


def tarred(files: dict[str, bytes], form: int = tarfile.PAX_FORMAT) -> bytes:
    target = io.BytesIO()
    with tarfile.open(fileobj=target, mode="w", format=form) as archive:
        for name, content in files.items():
            info = tarfile.TarInfo(name)
            info.size = len(content)
            archive.addfile(info, io.BytesIO(content))
    return target.getvalue()


def write(path: Path, content: bytes) -> Path:
    path.write_bytes(content)
    return path


def pages(count: int) -> dict[str, bytes]:
    return {f"2017/page {at}.html": HTML + f"<p>{at * 7919 % 10007:x}</p>".encode() * 50 for at in range(count)}


def tar_gz(files: dict[str, bytes]) -> bytes:
    return gzip.compress(tarred(files))


MAKERS: dict[str, Callable[[dict[str, bytes]], bytes]] = {
    "zip": zipped,
    "stored": lambda files: zipped(files, zipfile.ZIP_STORED),
    "bzip2": lambda files: zipped(files, zipfile.ZIP_BZIP2),
    "tar": tarred,
    "gnu": lambda files: tarred(files, tarfile.GNU_FORMAT),
    "tar.gz": tar_gz,
    "tar.xz": lambda files: lzma.compress(tarred(files)),
    "tar.bz2": lambda files: bz2.compress(tarred(files)),
    "zip.gz": lambda files: gzip.compress(zipped(files)),
}


@pytest.mark.parametrize("maker", MAKERS)
def test_archive_is_read_as_a_folder(tmp_path: Path, read_all: Read, maker: str) -> None:
    files = {**pages(3), "p.png": b"\x89PNG\r\n\x1a\n", ".hidden.html": HTML, "__MACOSX/x.html": HTML, "feed": b"<rss>"}
    arrivals, problems = read_all(write(tmp_path / "saved", MAKERS[maker](files)))
    assert [arrival.form for arrival in arrivals] == ["page"] * 3 + ["feed"]
    assert [arrival.content for arrival in arrivals[:3]] == list(pages(3).values())
    assert arrivals[0].where == "saved!/2017/page 0.html"
    assert arrivals[0].capture.answered == "file:saved!/2017/page%200.html"
    assert [told.received.partition(",")[0] for told in problems] == ["2", "1"]
    assert {told.severity for told in problems} == {"notice"}


def test_same_archive_twice_gives_the_same_captures(tmp_path: Path, read_all: Read) -> None:
    first = read_all(write(tmp_path / "a.zip", zipped(pages(3))))[0]
    second = read_all(write(tmp_path / "a.zip", zipped(pages(4))))[0]
    assert [arrival.capture.id for arrival in second[:3]] == [arrival.capture.id for arrival in first]


@pytest.mark.parametrize("maker", ["zip", "tar", "gnu"])
def test_names_that_lead_out_become_safe_and_are_told(tmp_path: Path, read_all: Read, maker: str) -> None:
    names = [
        "../../etc/cron.html",
        "/abs.html",
        "C:\\win\\a.html",
        "a\x1b[31m\n.html",
        "ok.html",
        "x/" * 300 + "d.html",
    ]
    files = {name: HTML + name.encode() for name in names}
    arrivals, (told,) = read_all(write(tmp_path / "a", MAKERS[maker](files)))
    assert [arrival.where for arrival in arrivals] == [
        "a!/etc/cron.html",
        "a!/abs.html",
        "a!/win/a.html",
        "a!/a\ufffd[31m\ufffd.html",
        "a!/ok.html",
        "a!/" + "x/" * 300 + "d.html",
    ]
    assert told.received.startswith("4, ")
    assert told.where == "a"
    assert {path.name for path in tmp_path.iterdir()} == {"a"}


@given(st.text(max_size=40))
def test_any_name_becomes_a_path_below_the_archive(raw: str) -> None:
    name, _ = clean_name(raw)
    parts = name.split("/")
    assert name.isprintable()
    assert name
    assert not {"", ".", ".."} & set(parts)


def test_links_and_devices_are_left_out(tmp_path: Path, read_all: Read) -> None:
    target = io.BytesIO()
    with tarfile.open(fileobj=target, mode="w") as archive:
        for kind in (tarfile.SYMTYPE, tarfile.LNKTYPE, tarfile.CHRTYPE, tarfile.FIFOTYPE, tarfile.DIRTYPE):
            info = tarfile.TarInfo(f"x{kind.decode()}.html")
            info.type, info.linkname = kind, "/etc/passwd"
            archive.addfile(info)
    (told,) = read_all(write(tmp_path / "a.tar", target.getvalue()))[1][:1]
    assert told.received.startswith("4, ")

    link = zipfile.ZipInfo("link.html")
    link.create_system, link.external_attr = 3, 0o120777 << 16
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as zip_archive:
        zip_archive.writestr(link, "/etc/passwd")
        zip_archive.writestr("a.html", HTML)
    arrivals, (told,) = read_all(write(tmp_path / "a.zip", packed.getvalue()))
    assert [arrival.where for arrival in arrivals] == ["a.zip!/a.html"]
    assert "Links" in told.what


def test_encrypted_and_oddly_packed_files_are_told(tmp_path: Path, read_all: Read) -> None:
    content = bytearray(zipped({"secret.html": HTML, "odd.html": HTML, "a.html": HTML}))
    first = content.index(b"PK\x01\x02")
    second = content.index(b"PK\x01\x02", first + 1)
    content[first + 8] |= 1
    content[second + 10] = 98
    arrivals, problems = read_all(write(tmp_path / "a.zip", bytes(content)))
    assert [arrival.where for arrival in arrivals] == ["a.zip!/a.html"]
    assert [told.received for told in problems] == ["1, the first: secret.html", "1, the first: odd.html"]


def test_documents_made_of_zip_are_refused(tmp_path: Path, read_all: Read) -> None:
    arrivals, (told,) = read_all(write(tmp_path / "a.docx", zipped({"[Content_Types].xml": b"<a/>", "b.html": HTML})))
    assert not arrivals
    assert "office document" in told.received


def test_bytes_before_a_zip_are_skipped(tmp_path: Path, read_all: Read) -> None:
    content = b"PK\x03\x04 nothing" + zipped(pages(2))
    assert len(read_all(write(tmp_path / "a.zip", content))[0]) == 2


def test_zip64(tmp_path: Path, read_all: Read) -> None:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as archive, archive.open("a.html", "w", force_zip64=True) as file:
        file.write(HTML)
    plain = target.getvalue()
    at = plain.index(b"PK\x01\x02")
    entry, end = bytearray(plain[at : plain.index(b"PK\x05\x06")]), bytearray(plain[plain.index(b"PK\x05\x06") :])
    # The sizes and the offset move into the entry's ZIP64 field, and the end gets its ZIP64 form.
    wide = struct.pack("<HHQQQ", 1, 24, len(HTML), len(HTML), 0)
    entry[20:28] = b"\xff" * 8
    entry[42:46] = b"\xff" * 4
    name = struct.unpack_from("<H", entry, 28)[0]
    entry[30:32] = struct.pack("<H", len(wide))
    entry = entry[: 46 + name] + wide
    record_64 = struct.pack("<4sQ2H2L4Q", b"PK\x06\x06", 44, 45, 45, 0, 0, 1, 1, len(entry), at)
    locator = struct.pack("<4sLQL", b"PK\x06\x07", 0, at + len(entry), 1)
    end[12:20] = b"\xff" * 8
    (arrival,), problems = read_all(write(tmp_path / "a.zip", plain[:at] + entry + record_64 + locator + end))
    assert arrival.content == HTML
    assert not problems


# ------------------------------------------------------------------------------------------------ damage


@pytest.mark.parametrize("maker", ["zip", "stored"])
def test_damaged_member_of_a_zip_is_left_out(tmp_path: Path, read_all: Read, maker: str) -> None:
    content = bytearray(MAKERS[maker](pages(3)))
    second = content.index(b"PK\x03\x04", 4)
    content[second + 70] ^= 0xFF
    arrivals, (told,) = read_all(write(tmp_path / "a.zip", bytes(content)))
    assert [arrival.where[-6] for arrival in arrivals] == ["0", "2"]
    assert "damaged" in told.what
    assert told.where == "a.zip!/2017/page 1.html"


def test_cut_zip_is_told(tmp_path: Path, read_all: Read) -> None:
    arrivals, problems = read_all(write(tmp_path / "a.zip", zipped(pages(3))[:-80]))
    assert not arrivals
    assert problems[0].severity == "error"
    assert "cut" in problems[0].received


@pytest.mark.parametrize("pack", [bytes, gzip.compress])
def test_cut_tar_gives_what_precedes_the_cut(tmp_path: Path, read_all: Read, pack: Pack) -> None:
    whole = tarred(pages(3), tarfile.USTAR_FORMAT)
    cut = whole[: whole.index(b"2017/page 2.html") + 600]
    arrivals, problems = read_all(write(tmp_path / "a.tar", pack(cut)))
    assert len(arrivals) == 2
    assert "ends in the middle" in problems[0].what
    assert problems[0].where == "a.tar!/2017/page 2.html"


def test_damaged_header_of_a_tar_is_stepped_over(tmp_path: Path, read_all: Read) -> None:
    content = bytearray(tarred(pages(3), tarfile.USTAR_FORMAT))
    content[content.index(b"2017/page 1.html")] ^= 0xFF
    arrivals, (told,) = read_all(write(tmp_path / "a.tar", bytes(content)))
    assert [arrival.where[-6] for arrival in arrivals] == ["0", "2"]
    assert "damaged" in told.what


@given(st.data())
def test_no_damage_raises(tmp_path_factory: pytest.TempPathFactory, data: st.DataObject) -> None:
    whole = MAKERS[data.draw(st.sampled_from(sorted(MAKERS)))](pages(3))
    start = data.draw(st.integers(4, len(whole)))
    noise = data.draw(st.binary(max_size=30))
    path = tmp_path_factory.getbasetemp() / "damaged"
    path.write_bytes(whole[:start] + noise + whole[data.draw(st.integers(start, len(whole))) :])
    for thing in read(str(path), IngestSettings(), OBSERVED):
        if isinstance(thing, Arrival):
            assert thing.where.startswith("damaged!/") or thing.form != "page"


# ------------------------------------------------------------------------------------------------ bombs


def test_bomb_in_a_zip_stops_the_archive(tmp_path: Path, read_all: Read) -> None:
    # Each member is within the size of a page, all together are not.
    bombs = {f"{at}.html": HTML + b" " * 3_000_000 for at in range(20)}
    path = write(tmp_path / "a.zip", zipped(bombs))
    arrivals, problems = read_all(path, ratio_from=10 << 20, max_ratio=20)
    assert len(arrivals) == 3
    assert "bomb" in problems[-1].what
    assert problems[-1].where == "a.zip"
    assert len(problems) == 2
    assert len(read_all(path)[0]) == 20


def test_packed_bombs_in_a_zip_share_its_budget(tmp_path: Path, read_all: Read) -> None:
    bombs = {f"{at}.html.gz": gzip.compress(HTML + b" " * 3_000_000) for at in range(20)}
    arrivals, problems = read_all(write(tmp_path / "a.zip", zipped(bombs)), ratio_from=1 << 20, max_ratio=1500)
    assert len(arrivals) < 20
    assert "bomb" in problems[-1].what


def test_overlapping_members_are_left_out(tmp_path: Path, read_all: Read) -> None:
    content = zipped({"a.html": HTML, "b.html": HTML + b"b"})
    at = content.index(b"PK\x01\x02")
    end = content.index(b"PK\x05\x06")
    entries = content[at:end]
    # The first file once more, under its name: all three entries are listed, two of them are one.
    first = entries[: entries.index(b"PK\x01\x02", 4)]
    tail = bytearray(content[end:])
    tail[8:12] = struct.pack("<HH", 3, 3)
    tail[12:16] = struct.pack("<L", len(entries) + len(first))
    arrivals, (told,) = read_all(write(tmp_path / "a.zip", content[:at] + entries + first + tail))
    assert [arrival.where for arrival in arrivals] == ["a.zip!/b.html"]
    assert told.received == "2, the first: a.html"


def test_archives_in_archives_are_read_up_to_the_limit(tmp_path: Path, read_all: Read) -> None:
    content = zipped({"c.zip": zipped({"b.tar": tarred({"a.html": HTML}), "b.html": HTML})})
    arrivals, (told,) = read_all(write(tmp_path / "d.zip", content))
    assert [arrival.where for arrival in arrivals] == ["d.zip!/c.zip!/b.html"]
    assert told.where == "d.zip!/c.zip!/b.tar"
    assert len(read_all(write(tmp_path / "d.zip", content), max_nesting=3)[0]) == 2


def test_too_many_members(tmp_path: Path, read_all: Read) -> None:
    for make in (zipped, tarred):
        arrivals, (told,) = read_all(write(tmp_path / "a", make(pages(12))), max_members=10)
        assert len(arrivals) == 10
        assert "too many files" in told.what


# ------------------------------------------------------------------------------------------------ WARC


def crawl(pack: Pack) -> bytes:
    records = [
        record(0, answer(HTML), "WARC-Payload-Digest: sha1:A"),
        b"garbage\r\n\r\n",
        record(1, answer(HTML + b"1")),
        revisit(2, "WARC-Payload-Digest: sha1:A"),
    ]
    return b"".join(map(pack, records))


@pytest.mark.parametrize("maker", ["zip", "stored", "tar", "tar.gz"])
@pytest.mark.parametrize("pack", [bytes, gzip.compress])
def test_warc_in_an_archive_is_read_with_jumps(tmp_path: Path, read_all: Read, maker: str, pack: Pack) -> None:
    arrivals, problems = read_all(write(tmp_path / "a", MAKERS[maker]({"crawl.warc": crawl(pack), "b.html": HTML})))
    assert [arrival.where for arrival in arrivals] == [
        "http://news.example/0",
        "http://news.example/1",
        "http://news.example/2",
        "a!/b.html",
    ]
    assert {told.where for told in problems} == {"a!/crawl.warc"}


def test_warc_is_not_read_again_where_only_the_archive_is_damaged(tmp_path: Path, read_all: Read) -> None:
    content = MAKERS["stored"]({"crawl.warc": b"".join(record(at, answer(HTML)) for at in range(5)), "b.html": HTML})
    broken = bytearray(content)
    broken[broken.index(b"PK\x01\x02") + 16] ^= 0xFF  # the checksum of the first file
    arrivals, problems = read_all(write(tmp_path / "a.zip", bytes(broken)))
    assert len(arrivals) == 6
    assert not problems  # a WARC is checked record by record

    tar = MAKERS["tar"]({"crawl.warc": b"".join(record(at, answer(HTML)) for at in range(50))})
    arrivals, problems = read_all(write(tmp_path / "a.tar", tar[: len(tar) // 2]))
    assert len({arrival.where for arrival in arrivals}) == len(arrivals) > 15
    assert [told.where for told in problems] == ["a.tar!/crawl.warc", "a.tar"]


def test_warc_that_spends_the_budget_is_given_up_once(tmp_path: Path, read_all: Read) -> None:
    packed = b"".join(gzip.compress(record(at, answer(HTML + b" " * 500_000))) for at in range(20))
    path = write(tmp_path / "a.zip", zipped({"crawl.warc.gz": packed, "b.html": HTML}))
    arrivals, problems = read_all(path, ratio_from=3 << 20, max_ratio=20)
    assert 3 < len(arrivals) < 8
    assert [told.where for told in problems] == ["a.zip!/crawl.warc.gz", "a.zip"]
    assert all("bomb" in told.what + told.received for told in problems)


def test_of_a_wacz_only_the_warcs_are_read(tmp_path: Path, read_all: Read) -> None:
    files = {
        "datapackage.json": b'{"profile": "data-package"}',
        "pages/pages.jsonl": b'{"format": "json-pages-1.0"}\n{"url": "http://news.example/0", "title": "Page"}\n',
        "indexes/index.cdx": b"example,news)/0 20170522",
        "archive/data.warc.gz": gzip.compress(record(0, answer(HTML))),
    }
    arrivals, problems = read_all(write(tmp_path / "a.wacz", zipped(files, zipfile.ZIP_STORED)))
    assert [arrival.where for arrival in arrivals] == ["http://news.example/0"]
    assert not problems


def test_spooling_is_bounded(tmp_path: Path, read_all: Read) -> None:
    many = b"".join(gzip.compress(record(at, answer(HTML)), mtime=0) for at in range(50))
    path = write(tmp_path / "a.tar.gz", MAKERS["tar.gz"]({"crawl.warc.gz": many, "b.html": HTML}))
    arrivals, problems = read_all(path, max_spool_bytes=len(many) // 2)
    assert 20 < len(arrivals) < 30
    assert arrivals[-1].where == "a.tar.gz!/b.html"
    assert any("too large" in told.what for told in problems)


# ------------------------------------------------------------------------------------------------ memory


def many_pages(count: int) -> Iterator[bytes]:
    for at in range(count):
        yield HTML + f"<p>{at}</p>".encode() * 2000


def write_warc(path: Path, count: int) -> None:
    with path.open("wb") as file:
        for at, page in enumerate(many_pages(count)):
            file.write(gzip.compress(record(at, answer(page), f"WARC-Payload-Digest: sha1:{at}"), 1))
            file.write(gzip.compress(revisit(at, f"WARC-Payload-Digest: sha1:{at}"), 1))


def write_tar(path: Path, count: int) -> None:
    with tarfile.open(path, "w") as archive:
        for at, page in enumerate(many_pages(count)):
            info = tarfile.TarInfo(f"{at}.html")
            info.size = len(page)
            archive.addfile(info, io.BytesIO(page))


def write_zip(path: Path, count: int) -> None:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
        for at, page in enumerate(many_pages(count)):
            archive.writestr(f"{at}.html", page)


def write_json(path: Path, count: int) -> None:
    with path.open("w") as file:
        for at, page in enumerate(many_pages(count)):
            article = {"title": str(at), "url": f"http://news.example/{at}", "text": page.decode()}
            file.write(("," if at else "[") + json.dumps(article, indent=1))
        file.write("]")


@pytest.mark.slow
@pytest.mark.parametrize("write_many", [write_warc, write_tar, write_zip, write_json])
def test_memory_does_not_grow_with_input(tmp_path: Path, write_many: Callable[[Path, int], None]) -> None:
    peaks, sizes = [], []
    for count in (150, 1200):
        write_many(tmp_path / "many", count)
        tracemalloc.start()
        sizes.append(
            sum(
                len(thing.content)
                for thing in read(str(tmp_path / "many"), IngestSettings(), OBSERVED)
                if isinstance(thing, Arrival)
            )
        )
        peaks.append(tracemalloc.get_traced_memory()[1])
        tracemalloc.stop()
    assert sizes[1] > 7 * sizes[0] > 7 * 1_000_000
    assert peaks[1] < peaks[0] + 500_000
