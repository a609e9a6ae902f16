"""Exports: full history as a stream, whatever is wrong with the file."""

import bz2
import gzip
import tracemalloc
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
import zstandard

from diurna.ingest import Arrival, IngestSettings, read
from diurna.ingest.export import base36_sha1
from tests.ingest.conftest import OBSERVED, Exports, Pack, Read, sha1_base36

DAY = "Portal:Current events/2017 May 5"
TEXT = '{{Current events header|2017|05|5}}\n;Arts\n* [[Ä & B]] <ref>"x"</ref> [http://a.example (A)]\n'


def write(path: Path, content: bytes) -> Path:
    path.write_bytes(content)
    return path


def packed_in_two(content: bytes, pack: Pack) -> bytes:
    """Two members, as multistream dumps have many."""
    return pack(content[: len(content) // 2]) + pack(content[len(content) // 2 :])


@pytest.mark.parametrize("pack", [bytes, gzip.compress, bz2.compress, zstandard.compress])
def test_every_revision_of_a_day_arrives(tmp_path: Path, read_all: Read, exports: Exports, pack: Pack) -> None:
    content = exports.whole(
        exports.page("Main Page", exports.revision(1, "hello"), ns=0),
        exports.page(DAY, exports.revision(10, TEXT), exports.revision(11, TEXT + "* more\n")),
        exports.page("Portal talk:Current events/2017 May 5", exports.revision(12, "talk"), ns=101),
    )
    arrivals, (left_out,) = read_all(write(tmp_path / "dump", packed_in_two(content, pack)))
    assert [arrival.text for arrival in arrivals] == [TEXT, TEXT + "* more\n"]
    arrival = arrivals[0]
    assert arrival.page is not None
    assert (arrival.page.site, arrival.page.title, arrival.page.number) == ("en.wikipedia.org", DAY, 10)
    assert arrival.page.available == arrival.capture.available == datetime(2017, 5, 5, 10, tzinfo=UTC)
    assert (arrival.page.day, arrival.page.licence) == (date(2017, 5, 5), "CC BY-SA 4.0")
    assert arrival.page.url == "https://en.wikipedia.org/wiki/Portal:Current_events/2017_May_5?oldid=10"
    assert (arrival.capture.answered, arrival.capture.asked) == (arrival.page.url, "file:dump")
    assert (arrival.capture.via, arrival.form) == ("export", "portal")
    assert left_out.severity == "notice"
    assert left_out.received.startswith("2 pages")


def test_other_languages_and_a_day_that_no_calendar_has(tmp_path: Path, read_all: Read, exports: Exports) -> None:
    titles = (
        "Portal:Aktuelle Ereignisse/5. Mai 2017",
        "Portal:新聞動態/2017年5月5日",
        DAY.replace("May 5", "February 31"),
    )
    content = exports.whole(
        *(exports.page(title, exports.revision(number, "*a")) for number, title in enumerate(titles))
    )
    arrivals, problems = read_all(write(tmp_path / "dump.xml", content))
    assert not problems
    assert [arrival.page and arrival.page.day for arrival in arrivals] == [date(2017, 5, 5), date(2017, 5, 5), None]


def test_hidden_damaged_foreign_and_stub_revisions(tmp_path: Path, read_all: Read, exports: Exports) -> None:
    whole = exports.revision(10, TEXT)
    start, end = whole.index("<text"), whole.index("</text>") + len("</text>")
    content = exports.whole(
        exports.page(
            DAY,
            whole[:start] + '<text bytes="9" deleted="deleted" />' + whole[end:],
            exports.revision(11, TEXT, sha1="0123"),
            whole.replace("<model>wikitext", "<model>json"),
            whole[:start] + '<text bytes="100" id="55" />' + whole[end:],
            exports.revision(12, ""),
            exports.revision(13, "*" * 3000),
        )
    )
    arrivals, problems = read_all(write(tmp_path / "dump.xml", content), max_text_bytes=2000)
    assert [arrival.page and arrival.page.number for arrival in arrivals] == [11, 12]
    assert [(told.what.split()[-1], told.severity) for told in problems] == [
        ("administrators.", "notice"),
        ("names.", "notice"),
        ("wikitext.", "notice"),
        ("large.", "warning"),
        ("stub.", "error"),
    ]


def test_extra_slots_and_contributors_do_not_stand_for_the_page(
    tmp_path: Path, read_all: Read, exports: Exports
) -> None:
    slot = "<content><slot>other</slot><id>1</id><model>json</model><text>{}</text><sha1>x</sha1></content>"
    revision = exports.revision(10, TEXT).replace("</revision>", slot + "</revision>")
    arrivals, problems = read_all(write(tmp_path / "dump.xml", exports.whole(exports.page(DAY, revision))))
    assert not problems
    assert [(arrival.text, arrival.page and arrival.page.number) for arrival in arrivals] == [(TEXT, 10)]


@pytest.mark.parametrize("share", [0.35, 0.6, 0.9, 0.9999])
def test_cut_export_gives_what_is_whole(tmp_path: Path, read_all: Read, exports: Exports, share: float) -> None:
    content = exports.whole(exports.page(DAY, *(exports.revision(number, TEXT * 3) for number in range(10, 60))))
    cut = content[: int(len(content) * share)]
    arrivals, problems = read_all(write(tmp_path / "dump.xml", cut))
    assert len(arrivals) == cut.count(b"</revision>")
    assert all(arrival.text == TEXT * 3 for arrival in arrivals)
    (told,) = problems
    assert "in the middle" in told.what
    assert DAY in told.received
    assert "byte" in told.received


@pytest.mark.parametrize("pack", [gzip.compress, bz2.compress, zstandard.compress])
def test_cut_packed_export_gives_what_is_whole(tmp_path: Path, read_all: Read, exports: Exports, pack: Pack) -> None:
    import random

    draw = random.Random(7)
    texts = [draw.randbytes(3000).hex() for _ in range(400)]
    content = exports.whole(exports.page(DAY, *(exports.revision(at, text) for at, text in enumerate(texts))))
    whole = pack(content)
    arrivals, problems = read_all(write(tmp_path / "dump.xml.x", whole[: len(whole) * 9 // 10]))
    assert [arrival.text for arrival in arrivals] == texts[: len(arrivals)]
    # bzip2 gives nothing of a block (900 kB) that is not whole.
    assert len(arrivals) >= 200
    assert "end in the middle" in problems[0].what
    assert DAY in problems[0].where


def test_damage_in_the_middle_is_told_and_what_precedes_is_taken(
    tmp_path: Path, read_all: Read, exports: Exports
) -> None:
    content = exports.whole(exports.page(DAY, exports.revision(10, TEXT), exports.revision(11, "XX", sha1="")))
    arrivals, (told,) = read_all(write(tmp_path / "dump.xml", content.replace(b">XX<", b">X</wrong><")))
    assert len(arrivals) == 1
    assert "damaged" in told.what


@pytest.mark.parametrize(
    "prologue",
    [
        '<!DOCTYPE mediawiki [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;">]>',
        '<!DOCTYPE mediawiki [<!ENTITY a SYSTEM "file:///etc/passwd">]>',
        '<!DOCTYPE mediawiki SYSTEM "http://127.0.0.1/x.dtd">',
    ],
)
def test_dtd_and_entities_are_refused(tmp_path: Path, read_all: Read, exports: Exports, prologue: str) -> None:
    content = exports.whole(exports.page(DAY, exports.revision(10, "X", sha1=""))).replace(b">X<", b">&a;<")
    arrivals, problems = read_all(write(tmp_path / "dump.xml", b'<?xml version="1.0"?>' + prologue.encode() + content))
    assert not arrivals
    assert "no wiki writes" in problems[0].what


@pytest.mark.parametrize(
    "bulk",
    ["<x " + "a" * (10 << 20), "<!--" + "a" * (10 << 20), "<a>" * 1000, "".join(f"<n{i}/>" for i in range(2000))],
)
def test_shapes_that_would_fill_memory_are_refused(tmp_path: Path, read_all: Read, exports: Exports, bulk: str) -> None:
    content = (exports.head + exports.page(DAY, exports.revision(10, TEXT)) + bulk).encode()
    arrivals, problems = read_all(write(tmp_path / "dump.xml", content))
    assert len(arrivals) == 1
    assert "no wiki writes" in problems[0].what


@pytest.mark.parametrize("pack", [bz2.compress, gzip.compress, zstandard.compress])
def test_bomb_is_stopped(tmp_path: Path, read_all: Read, exports: Exports, pack: Pack) -> None:
    head = (exports.head + exports.page(DAY, exports.revision(10, TEXT))).encode()
    bomb = pack(head + b"<page><title>x</title>" + b" " * (60 << 20))
    tracemalloc.start()
    try:
        arrivals, problems = read_all(write(tmp_path / "dump.xml.x", bomb), ratio_from=4 << 20)
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert len(arrivals) == 1
    assert "bomb" in problems[0].what
    # zstd makes up to 64 MiB of one piece before it can be stopped.
    assert peak < (80 << 20 if pack is zstandard.compress else 8 << 20)


def test_total_size_is_limited(tmp_path: Path, read_all: Read, exports: Exports) -> None:
    content = gzip.compress(exports.whole(exports.page(DAY, exports.revision(10, TEXT * 5000))))
    arrivals, problems = read_all(write(tmp_path / "dump.xml.gz", content), max_total_bytes=100_000)
    assert not arrivals
    assert "too large" in problems[0].what


def test_export_without_days_says_so(tmp_path: Path, read_all: Read, exports: Exports) -> None:
    content = exports.whole(exports.page("Main Page", exports.revision(1, "x"), ns=0))
    assert "no curated days" in read_all(write(tmp_path / "a.xml", content))[1][0].what
    assert "no pages" in read_all(write(tmp_path / "b.xml", exports.whole()))[1][0].what


def test_hostile_base_makes_no_address(tmp_path: Path, read_all: Read, exports: Exports) -> None:
    content = exports.whole(exports.page(DAY, exports.revision(10, TEXT)))
    for base in (b"javascript:alert(1)//x/y", b"", b"https://[bad/wiki/M"):
        changed = content.replace(b"https://en.wikipedia.org/wiki/Main_Page", base)
        (arrival,), _ = read_all(write(tmp_path / "dump.xml", changed))
        assert arrival.page is not None
        assert (arrival.page.url, arrival.page.site) == ("", "")
        assert arrival.capture.answered.startswith("file:dump.xml#")


def test_sha1_is_written_as_mediawiki_does() -> None:
    # The empty text's checksum, as every dump has it.
    assert base36_sha1(b"") == "phoiac9h4m842xq45sp7s6u21eteeq1"
    assert base36_sha1(TEXT.encode()) == sha1_base36(TEXT)


@pytest.mark.parametrize("suffix", ["xml", "xml.bz2"])
def test_memory_stays_bounded_on_a_long_export(tmp_path: Path, exports: Exports, suffix: str) -> None:
    """Twenty MB (plain) or six (packed): the peak stays far below, and does not grow with the export."""
    path = tmp_path / f"dump.{suffix}"
    with path.open("wb") as raw, bz2.open(raw, "wb") if suffix.endswith("bz2") else raw as file:
        for piece in exports.history(1000 if suffix == "xml" else 300, 20_000):
            file.write(piece)
    tracemalloc.start()
    count = 0
    try:
        for thing in read(str(path), IngestSettings(), OBSERVED):
            count += isinstance(thing, Arrival)
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert count == (1000 if suffix == "xml" else 300)
    assert peak < 4 << 20
