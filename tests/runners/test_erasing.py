"""Erasing an article: not a word of it is left in any file, its tombstone stays, and what came beside it stays too."""

import contextlib
import gzip
import zlib
from collections.abc import Iterator
from pathlib import Path

import pytest

from diurna.errors import DiurnaError, StoreBusy
from diurna.ingest import Arrival
from diurna.ingest.again import arrival_of
from diurna.model import Article, Capture, Judgement, Report
from diurna.pipeline.reports import report_id
from diurna.runners import Chronicle
from diurna.store.backup import Backup, restore_backup, write_backup
from diurna.text import url_key
from tests.made_articles import (
    BRIDGE,
    FERRY,
    MARKET,
    about_report,
    check_same,
    everything,
    feed_of,
    lines_of,
    page_of,
    reports,
)
from tests.made_lists import OBSERVED, arrival, saved, take

ADDRESS = "https://coast.example/a/17"
TITLE = "Ferry Aurora runs aground"
WORDS = ("runs aground", "ran aground", "harbour of Northport", "Tugs reached", "Divers will look")
ALONE = "[run]\nworkers = 1\n"


@pytest.fixture
def chronicle(tmp_path: Path) -> Iterator[Chronicle]:
    Chronicle.create(tmp_path / "home", ALONE)
    with Chronicle(tmp_path / "home", clock=lambda: OBSERVED) as made:
        yield made


def of(chronicle: Chronicle, address: str) -> Report:
    report = chronicle.store.views.report(report_id(url_key(address)))
    assert report is not None
    return report


def unpacked(content: bytes) -> bytes:
    """All that gzip members hold, however many, those behind broken ones too."""
    found, place = [], 0
    while (place := content.find(b"\x1f\x8b", place)) >= 0:
        with contextlib.suppress(zlib.error):
            found.append(zlib.decompressobj(31).decompress(content[place:]))
        place += 2
    return b"".join(found)


def where_is(folder: Path, *words: str) -> list[str]:
    """Names of files that hold one of some words, as they are or packed, in any case."""
    hits = []
    for path in sorted(folder.rglob("*")):
        if path.is_file():
            content = path.read_bytes()
            held = (content + unpacked(content)).lower() if path.suffix == ".gz" else content.lower()
            hits += [f"{path.name}: {word}" for word in words if word.lower().encode() in held]
    return hits


def check_rebuild(chronicle: Chronicle) -> None:
    views = everything(chronicle)
    chronicle.rebuild()
    check_same(views, everything(chronicle))
    assert chronicle.store.check() == []


def test_the_search_for_words_finds_them_before(chronicle: Chronicle) -> None:
    take(chronicle, [page_of(ADDRESS, TITLE, FERRY)])
    chronicle.store.scrub()
    found = where_is(chronicle.folder, *WORDS)
    assert {hit.partition(":")[0] for hit in found} == {"chronicle.db", "diurna-00001.warc.gz"}


def test_nothing_is_left_of_an_article_in_all_its_versions(chronicle: Chronicle) -> None:
    day = saved("day.wiki", f"A ferry is in trouble near [[Northport]]. [{ADDRESS} (Coast)]")
    other = page_of("https://coast.example/a/18", "Market sells out", MARKET)
    versions = [
        page_of(ADDRESS, TITLE, FERRY[:2], published="2017-05-21T06:00:00Z"),
        page_of(ADDRESS, TITLE, FERRY, published="2017-05-21T06:00:00Z", modified="2017-05-21T08:00:00Z"),
        page_of(ADDRESS + "?utm_source=x", TITLE + " again", FERRY, published="2017-05-21T06:00:00Z"),
    ]
    copy = page_of("https://north.example/c", "Ship stuck", MARKET)
    take(chronicle, [day, other, *versions, copy])
    before = everything(chronicle)
    report = of(chronicle, ADDRESS)
    assert len(report.versions) == 3
    erased = chronicle.erase(about_report(1, report.id, "erased"))
    assert (erased.captures, erased.articles, erased.shared, erased.redacted) == (3, 3, (), 0)
    assert erased.size == sum(len(version.content) for version in versions)
    assert where_is(chronicle.folder, *WORDS) == []
    tomb = of(chronicle, ADDRESS)
    assert (tomb.status, tomb.title, tomb.permalink, tomb.day) == ("erased", "", report.permalink, None)
    assert chronicle.store.views.search_articles("Tugs") == []
    for version in report.versions:
        capture = chronicle.store.facts.get(Capture, version.capture)
        assert capture is not None
        assert chronicle.archive.is_erased(capture)
        with pytest.raises(DiurnaError, match="erased by a correction"):
            chronicle.archive.read(capture)
    check_rebuild(chronicle)
    assert of(chronicle, ADDRESS) == tomb
    after = everything(chronicle)
    assert [row for row in after["event"] if b"Northport" in row[-1]]  # type: ignore[operator]
    rest = [row for row in before["report"] if row[0] != report.id]
    assert [row for row in after["report"] if row[0] != report.id] == rest
    chronicle.reprocess()
    assert of(chronicle, ADDRESS) == tomb


def interrupted(_: Capture) -> bool:
    raise KeyboardInterrupt


def test_erased_again_it_does_the_rest(chronicle: Chronicle, monkeypatch: pytest.MonkeyPatch) -> None:
    take(chronicle, [page_of(ADDRESS, TITLE, FERRY), page_of(ADDRESS, TITLE, FERRY[:2])])
    judgement = about_report(1, of(chronicle, ADDRESS).id, "erased")
    with monkeypatch.context() as patch:
        patch.setattr(chronicle.archive, "erase", interrupted)
        with pytest.raises(KeyboardInterrupt):
            chronicle.erase(judgement)
    assert where_is(chronicle.folder, *WORDS)
    erased = chronicle.erase(judgement)
    assert erased.captures == 2
    assert where_is(chronicle.folder, *WORDS) == []
    assert chronicle.store.facts.count(Judgement) == 1
    assert chronicle.erase(judgement).captures == 0


def test_reader_that_still_sees_the_words_is_told_of(chronicle: Chronicle) -> None:
    take(chronicle, [page_of(ADDRESS, TITLE, FERRY)])
    judgement = about_report(1, of(chronicle, ADDRESS).id, "erased")
    chronicle.store._connection.exec_driver_sql("PRAGMA busy_timeout = 100")
    with Chronicle(chronicle.folder, read_only=True) as reader:
        assert reader.store.views.count_reports("") == 0  # opens a snapshot
        with pytest.raises(StoreBusy):
            chronicle.erase(judgement)
    chronicle.erase(judgement)
    assert where_is(chronicle.folder, *WORDS) == []


def test_page_that_is_wanted_still_is_forgotten_too(chronicle: Chronicle) -> None:
    """A feed's summary notes its page to be fetched, under its headline."""
    chronicle.add([shared_feed()], follow=True)
    assert [wanted.title for wanted in chronicle.store.schedule.wanted()] == [TITLE, "Market sells out"]
    chronicle.erase(about_report(1, of(chronicle, ADDRESS).id, "erased"))
    assert [wanted.title for wanted in chronicle.store.schedule.wanted()] == ["Market sells out"]
    assert where_is(chronicle.folder, *WORDS) == []


# ---------------------------------------------------------------------------------------------------- added again


@pytest.mark.parametrize("changed", [False, True])
def test_same_page_again_is_refused_and_not_kept(chronicle: Chronicle, *, changed: bool) -> None:
    first = page_of(ADDRESS, TITLE, FERRY)
    take(chronicle, [first])
    judgement = about_report(1, of(chronicle, ADDRESS).id, "erased")
    chronicle.erase(judgement)
    again = page_of(ADDRESS, TITLE, FERRY[:2]) if changed else first
    outcome = chronicle.add([again])
    (told,) = outcome.problems
    assert (told.where, told.severity) == (ADDRESS, "notice")
    assert "erased" in told.what
    assert judgement.id in told.next_step
    assert (outcome.articles, outcome.versions) == (0, 0)
    assert where_is(chronicle.folder, *WORDS) == []
    assert of(chronicle, ADDRESS).status == "erased"
    check_rebuild(chronicle)


def test_feed_that_still_has_it_is_taken_without_it(chronicle: Chronicle) -> None:
    items = [
        (ADDRESS, TITLE, "Tugs reached a ferry in the harbour of Northport.", "Sun, 21 May 2017 06:30:00 GMT"),
        ("https://coast.example/a/18", "Market sells out", "Strawberries are gone by eight.", ""),
    ]
    take(chronicle, [page_of(ADDRESS, TITLE, FERRY)])
    chronicle.erase(about_report(1, of(chronicle, ADDRESS).id, "erased"))
    outcome = chronicle.add([feed_of("https://coast.example/feed", *items)])
    assert outcome.articles == 1
    assert [told.where for told in outcome.problems] == [ADDRESS]
    assert where_is(chronicle.folder, *WORDS) == []
    chronicle.reprocess()
    assert of(chronicle, "https://coast.example/a/18").title == "Market sells out"
    check_rebuild(chronicle)


# ---------------------------------------------------------------------------------------------------- shared captures


def shared_feed() -> Arrival:
    return feed_of(
        "https://coast.example/feed",
        (ADDRESS, TITLE, "Tugs reached a ferry in the harbour of Northport.", "Sun, 21 May 2017 06:30:00 GMT"),
        ("https://coast.example/a/18", "Market sells out", "Strawberries are gone by eight.", ""),
    )


def shared_lines() -> Arrival:
    return lines_of(
        "all.jsonl",
        {"title": "Bridge opens", "url": "https://coast.example/a/19", "text": "\n\n".join(BRIDGE)},
        {"title": TITLE, "url": ADDRESS, "text": "\n\n".join(FERRY)},
        {"title": "Market sells out", "url": "https://coast.example/a/18", "text": "\n\n".join(MARKET)},
    )


@pytest.mark.parametrize("came", [shared_feed(), shared_lines()], ids=["feed", "lines"])
def test_others_of_one_capture_stay_readable(chronicle: Chronicle, came: Arrival) -> None:
    take(chronicle, [came])
    others = [report for report in reports(chronicle) if report.id != report_id(url_key(ADDRESS))]
    texts = [chronicle.store.facts.get(Article, report.current) for report in others]
    erased = chronicle.erase(about_report(1, of(chronicle, ADDRESS).id, "erased"))
    assert (erased.captures, erased.redacted, erased.shared) == (1, 1, ())
    assert where_is(chronicle.folder, *WORDS) == []
    assert [of(chronicle, report.url) for report in others] == others
    assert [chronicle.store.facts.get(Article, report.current) for report in others] == texts
    kept = chronicle.store.facts.last(Capture)
    assert kept is not None
    again = arrival_of(kept, chronicle.archive.read(kept))
    assert again.form == came.form
    assert b"Market sells out" in again.content
    check_rebuild(chronicle)
    chronicle.reprocess()
    assert [of(chronicle, report.url).title for report in others] == [report.title for report in others]
    check_rebuild(chronicle)


def test_what_cannot_be_told_apart_goes_too_and_is_said(chronicle: Chronicle) -> None:
    """The feed itself is named after the article."""
    items = ((ADDRESS, TITLE, "Tugs reached it.", ""), ("https://coast.example/a/18", "Market sells out", "Gone.", ""))
    named = feed_of("https://coast.example/feed", *items).content.replace(b">News<", f">News of: {TITLE}<".encode())
    take(chronicle, [arrival(named.decode(), "feed", "https://coast.example/feed")])
    other = of(chronicle, "https://coast.example/a/18")
    erased = chronicle.erase(about_report(1, of(chronicle, ADDRESS).id, "erased"))
    assert (erased.redacted, erased.shared) == (0, (other.permalink,))
    assert where_is(chronicle.folder, *WORDS) == []
    assert of(chronicle, other.url) == other


# ---------------------------------------------------------------------------------------------------- backups


def test_tombstone_comes_back_from_a_backup(chronicle: Chronicle, tmp_path: Path) -> None:
    take(chronicle, [page_of(ADDRESS, TITLE, FERRY), page_of("https://coast.example/a/18", "Market", MARKET)])
    chronicle.erase(about_report(1, of(chronicle, ADDRESS).id, "erased"))
    tomb = of(chronicle, ADDRESS)
    parts = Backup(chronicle.folder, chronicle.store, chronicle.archive.folder)
    write_backup(parts, tmp_path / "b.tar.gz", OBSERVED, "")
    assert b"ran aground" not in gzip.decompress((tmp_path / "b.tar.gz").read_bytes()).lower()
    restore_backup(tmp_path / "b.tar.gz", tmp_path / "back")
    with Chronicle(tmp_path / "back") as back:
        assert of(back, ADDRESS) == tomb
        back.rebuild()
        assert of(back, ADDRESS) == tomb
        (told,) = back.add([page_of(ADDRESS, TITLE, FERRY[1:])]).problems
        assert "erased" in told.what
    assert where_is(tmp_path / "back", *WORDS) == []
