"""A store of schema 1 is brought up to date: facts stay, articles are read in today's form, views are made anew."""

import sqlite3
from datetime import date
from pathlib import Path
from typing import Any

import msgspec
import pytest

from diurna.cli.check import check_chronicle
from diurna.errors import StoreTooNew
from diurna.model import Article, Author, Capture, Judgement
from diurna.runners import Chronicle
from diurna.store.schema import SCHEMA_VERSION
from diurna.store.sqlite import SqliteStore
from tests.made_articles import FERRY, check_same, everything, page_of, reports
from tests.made_lists import OBSERVED, saved, take

TABLES = Path(__file__).with_name("schema_1.sql")
ADDRESS = "https://coast.example/ferry"
COMMON = (
    "meta",
    "fact",
    "event",
    "entity",
    "alias",
    "source",
    "event_tag",
    "event_source",
    "reading",
    "citing",
    "page",
)


def article_of(capture: str) -> dict[str, Any]:
    """An article as `page/1` kept it."""
    return {
        "id": "aaaaaaaaaaaaaaaaaaaaaaaa",
        "capture": capture,
        "component": "page/1",
        "url": ADDRESS,
        "canonical": "",
        "title": "Ferry Aurora runs aground",
        "lede": "A ferry with 212 people on board.",
        "paragraphs": [],
        "byline": ["Harbour Desk"],
        "publisher": "Coast",
        "published": "2017-05-21T06:00:00Z",
        "modified": None,
        "language": "en",
        "image": None,
        "key_points": [],
    }


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A chronicle with a day's list and a cited page, in a store of schema 1."""
    home = tmp_path / "home"
    Chronicle.create(home, "[run]\nworkers = 1\n")
    with Chronicle(home, clock=lambda: OBSERVED) as chronicle:
        take(chronicle, [saved("day.wiki", f"A ferry is in trouble near [[Northport]]. [{ADDRESS} (Coast)]")])
        take(chronicle, [page_of(ADDRESS, "Ferry Aurora runs aground", FERRY)])
        capture = chronicle.store.facts.last(Capture)
        assert capture is not None
    old = sqlite3.connect(home / "old.db", isolation_level=None)
    old.executescript(TABLES.read_text(encoding="utf-8"))
    old.execute("ATTACH ? AS new", (str(home / "chronicle.db"),))
    for table in COMMON:
        old.execute(f"INSERT INTO main.{table} SELECT * FROM new.{table}")  # noqa: S608  (our own names)
    old.execute("DELETE FROM fact WHERE kind = 'permalink' AND about LIKE 'article:%'")
    body = msgspec.json.encode(article_of(capture.id))
    changed = old.execute("UPDATE fact SET id = ?, body = ? WHERE kind = 'article'", (article_of("")["id"], body))
    assert changed.rowcount == 1
    old.close()
    (home / "old.db").replace(home / "chronicle.db")
    return home


def facts(folder: Path) -> list[tuple[int, str, str]]:
    connection = sqlite3.connect(folder / "chronicle.db")
    rows = connection.execute("SELECT seq, kind, id FROM fact ORDER BY seq").fetchall()
    connection.close()
    return rows


def check_brought_up(folder: Path, before: list[tuple[int, str, str]]) -> None:
    with Chronicle(folder, clock=lambda: OBSERVED) as chronicle:
        assert not chronicle.store.stale
        (report,) = reports(chronicle)
        article = chronicle.store.facts.get(Article, report.current)
        assert article is not None
        assert (article.component, article.whole, article.byline) == ("page/1", False, (Author("Harbour Desk"),))
        assert article.published is not None
        assert (article.published.written, article.published.time.hour) == ("2017-05-21T06:00:00Z", 6)
        assert report.day == date(2017, 5, 21)
        (event,) = chronicle.store.views.events_on(date(2017, 5, 21))
        assert event.lede is not None
        assert event.lede.text == "A ferry with 212 people on board."
        assert list(check_chronicle(chronicle, lambda *_: None)) == []
        views = everything(chronicle)
        chronicle.rebuild()
        check_same(views, everything(chronicle))
        assert chronicle.store.facts.count(Judgement) == 1
    after = facts(folder)
    assert after[: len(before)] == before
    assert [kind for _, kind, _ in after[len(before) :]] == ["permalink"]


def test_next_writing_open_brings_it_up_to_date(folder: Path) -> None:
    before = facts(folder)
    with pytest.raises(StoreTooNew, match=f"schema 1, older than {SCHEMA_VERSION}"):
        Chronicle(folder, read_only=True)
    assert facts(folder) == before
    check_brought_up(folder, before)


def test_views_are_made_anew_though_the_first_try_was_cut_short(folder: Path) -> None:
    before = facts(folder)
    with SqliteStore(folder / "chronicle.db") as store:
        assert store.stale
    check_brought_up(folder, before)


def test_old_article_is_read_again_and_becomes_whole(folder: Path) -> None:
    with Chronicle(folder, clock=lambda: OBSERVED) as chronicle:
        (old,) = reports(chronicle)
        chronicle.reprocess()
        (report,) = reports(chronicle)
        article = chronicle.store.facts.get(Article, report.current)
        assert article is not None
        assert (report.id, report.permalink) == (old.id, old.permalink)
        assert [paragraph.text for paragraph in article.paragraphs] == list(FERRY)
        assert article.published is not None
        views = everything(chronicle)
        chronicle.rebuild()
        check_same(views, everything(chronicle))
