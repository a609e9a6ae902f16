"""The search index: equal events give equal bytes, a day touches one quarter, unspaced scripts are cut alike."""

import hashlib
import re
import sys
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from random import Random

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

import diurna.publish
from diurna.publish.search_index import (
    INDEX_NAME,
    SCRIPTS,
    VERSION,
    SearchRecord,
    encode_index,
    encode_shard,
    group_by_shard,
    read_index,
    shard_name,
)
from diurna.text import segment

STATIC = Path(diurna.publish.__file__).parent / "static"

plain_text = st.text(st.characters(exclude_categories=["Cs"]), max_size=30)
chronicles = st.lists(
    st.builds(
        SearchRecord,
        url=st.from_regex(r"news/[a-z]{1,12}\.html", fullmatch=True),
        title=plain_text,
        text=plain_text,
        date=st.dates(date(1999, 1, 1), date(2030, 12, 31)).map(date.isoformat),
        category=st.sampled_from(["", "Sport", "Armed conflict"]),
        contexts=st.lists(st.sampled_from(["North Korea", "北京", "</script>"]), max_size=3).map(tuple),
    ),
    min_size=1,
    max_size=20,
    unique_by=lambda record: record.url,
)
unspaced = st.text(st.sampled_from("中国人会議東京ミサイルがกรุงเทพฯ𠮷"), min_size=1, max_size=12)


@dataclass(frozen=True)
class Written:
    """Files of a search index: the shards by name, and the list."""

    shards: dict[str, bytes]
    index: bytes


def write(records: Sequence[SearchRecord]) -> Written:
    encoded = [encode_shard(group) for group in group_by_shard(records).values()]
    return Written({shard.name: content for shard, content in encoded}, encode_index(shard for shard, _ in encoded))


def made(url: str, day: str = "2017-05-22", title: str = "Missile test", text: str = "") -> SearchRecord:
    return SearchRecord(url=url, title=title, text=text, date=day)


# ------------------------------------------------------------------------------------------------------ the index


@given(chronicles, st.randoms(use_true_random=False))
def test_order_of_arrival_does_not_show(records: list[SearchRecord], random: Random) -> None:
    shuffled = list(records)
    random.shuffle(shuffled)
    assert write(shuffled) == write(records)


@given(chronicles)
def test_each_event_is_in_the_file_of_its_quarter_once(records: list[SearchRecord]) -> None:
    written = write(records)
    found = []
    for name, content in written.shards.items():
        file = msgspec.json.decode(content)
        assert (file["version"], file["name"]) == (VERSION, name)
        events = [msgspec.convert(event, SearchRecord) for event in file["records"]]
        assert all(shard_name(event.date) == name for event in events)
        assert [event.date for event in events] == sorted((event.date for event in events), reverse=True)
        found.extend(events)
    expected = [msgspec.structs.replace(r, text="" if r.text == r.title else r.text) for r in records]
    assert sorted(found, key=lambda event: event.url) == sorted(expected, key=lambda event: event.url)


@given(chronicles)
def test_list_tells_what_the_files_hold(records: list[SearchRecord]) -> None:
    written = write(records)
    shards = read_index(written.index)
    assert [shard.name for shard in shards] == sorted(written.shards, reverse=True)
    for shard in shards:
        content = written.shards[shard.name]
        held = [record for record in records if shard_name(record.date) == shard.name]
        assert (shard.size, shard.digest) == (len(content), hashlib.sha256(content).hexdigest()[:16])
        assert (shard.count, shard.first, shard.last) == (
            len(held),
            min(record.date for record in held),
            max(record.date for record in held),
        )
        assert shard.categories == tuple(sorted({record.category for record in held} - {""}))


def test_a_new_day_changes_one_shard_and_its_line() -> None:
    months = [(year, month) for year in (2016, 2017) for month in range(1, 13)]
    before = [made(f"news/{year}/{month}.html", f"{year}-{month:02}-09") for year, month in months]
    after = [*before, made("news/new.html", "2017-05-10")]
    old, new = write(before), write(after)
    assert [name for name in new.shards if old.shards.get(name) != new.shards[name]] == ["2017-q2"]
    renewed, _ = encode_shard([record for record in after if shard_name(record.date) == "2017-q2"])
    kept = [shard for shard in read_index(old.index) if shard.name != renewed.name]
    assert encode_index([*kept, renewed]) == new.index


@pytest.mark.parametrize(
    ("day", "name"),
    [("2017-01-01", "2017-q1"), ("2017-03-31", "2017-q1"), ("2017-04-01", "2017-q2"), ("0999-12-31", "0999-q4")],
)
def test_shards_are_quarters(day: str, name: str) -> None:
    assert shard_name(day) == name


@pytest.mark.parametrize("day", ["2017-02-31", "May 2017", ""])
def test_a_wrong_date_is_refused(day: str) -> None:
    with pytest.raises(ValueError):  # noqa: PT011 (the text is Python's own)
        encode_shard([made("news/a.html", day)])


@pytest.mark.parametrize(
    "records",
    [
        [],
        [made("a.html", "2017-03-31"), made("b.html", "2017-04-01")],
        [made("a.html"), made("a.html", title="Another")],
    ],
    ids=["none", "two quarters", "one page twice"],
)
def test_a_shard_holds_one_quarter_and_a_page_once(records: list[SearchRecord]) -> None:
    with pytest.raises(ValueError, match="search shard"):
        encode_shard(records)


@pytest.mark.parametrize(
    "url",
    ["", "/a.html", "//evil.example/a", "javascript:alert(1)", "https://evil.example", "../a", "a/../../b", "a\\b"],
)
def test_pages_stay_on_the_site(url: str) -> None:
    with pytest.raises(ValueError, match="relative to the site's root"):
        encode_shard([made(url)])


def test_a_list_of_another_version_is_written_anew() -> None:
    _, content = encode_shard([made("a.html")])
    index = write([made("a.html")]).index
    assert len(read_index(index)) == 1
    assert read_index(index.replace(b'"version": 2', b'"version": 1')) == ()
    with pytest.raises(msgspec.DecodeError):
        read_index(content[:-9])


def test_a_quarter_is_listed_once() -> None:
    shard, _ = encode_shard([made("a.html")])
    with pytest.raises(ValueError, match="listed twice"):
        encode_index([shard, shard])


# ------------------------------------------------------------------------------------------------------ segmentation


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("中国人", "中国 国人 人"),
        ("G20峰会在杭州", "G20 峰会 会在 在杭 杭州 州"),
        ("東京、ミサイル", "東京 京 、 ミサ サイ イル ル"),
        ("ﾐｻｲﾙ", "ミサ サイ イル ル"),
        ("ไทย", "ไท ทย ย"),
        ("𠮷野", "𠮷野 野"),
        ("Côte d'Ivoire", "Côte d'Ivoire"),
        ("북한이 쐈다", "북한이 쐈다"),
        ("", ""),
    ],
)
def test_segment(text: str, words: str) -> None:
    assert segment(text).split() == words.split()


@given(unspaced, unspaced, unspaced)
def test_a_part_of_a_run_is_found_by_its_pieces(before: str, part: str, after: str) -> None:
    """The last piece is looked for as a prefix, the others as they are."""
    pieces = segment(before + part + after).split()
    *whole, last = segment(part).split()
    assert set(whole) <= set(pieces)
    assert any(piece.startswith(last) for piece in pieces)


def test_the_script_cuts_the_scripts_that_python_cuts() -> None:
    script = (STATIC / "search.js").read_text(encoding="utf-8")
    (ranges,) = re.findall(r"const UNSPACED =\s*/\[(.+)\]\+/gu;", script)
    theirs = re.compile("[" + re.sub(r"\\u\{([0-9a-f]+)\}", lambda code: f"\\U{int(code[1], 16):08x}", ranges) + "]")
    # characters that NFKC changes are others by the time they are cut
    settled = [c for c in map(chr, range(sys.maxunicode + 1)) if unicodedata.is_normalized("NFKC", c)]
    assert [hex(ord(c)) for c in settled if bool(theirs.match(c)) != (segment(c) != c)] == []


# ------------------------------------------------------------------------------------------------------ scripts


def test_vendored_script_is_the_one_whose_digest_stands_beside_it() -> None:
    digest, name = (STATIC / "minisearch.sha256").read_text(encoding="ascii").split()
    assert hashlib.sha256((STATIC / name).read_bytes()).hexdigest() == digest
    assert "Permission is hereby granted" in (STATIC / "minisearch.LICENSE.txt").read_text(encoding="utf-8")


def test_scripts_need_no_exception_from_a_strict_policy() -> None:
    for name in SCRIPTS:
        script = (STATIC / name).read_text(encoding="utf-8")
        assert not re.search(r"\beval\(|new Function\(|WebAssembly|importScripts", script), name
    ours = (STATIC / "search.js").read_text(encoding="utf-8")
    assert not re.search(r"(inner|outer)HTML|insertAdjacentHTML|document\.write|setAttribute|\.style\b|srcdoc", ours)


def test_the_script_asks_for_the_files_that_are_written() -> None:
    script = (STATIC / "search.js").read_text(encoding="utf-8")
    assert f'fetchJson("search/{INDEX_NAME}"' in script
    assert "fetchJson(`search/${shard.name}.json?v=${shard.digest}`)" in script
    assert f"const VERSION = {VERSION};" in script
