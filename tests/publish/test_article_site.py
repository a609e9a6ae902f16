"""Articles on a published site: only what changed is written, and it comes to what a look at everything would give."""

import json
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from diurna.model import Report, Source, make_id
from diurna.runners import Chronicle
from diurna.text import url_key
from tests.made_lists import judged, lines, take
from tests.publish.made_pages import FERRY_PAGE, coast_pages, saved_article
from tests.publish.published import differing, new_chronicle, published

ENTRY: dict[str, object] = {
    "date": "2017-05-21",
    "id": "1",
    "text": "A ferry runs aground off Port Selm.",
    "sources": [{"url": FERRY_PAGE}],
}
OTHER: dict[str, object] = {
    "date": "2017-05-20",
    "id": "2",
    "text": "Voters choose a mayor.",
    "sources": [{"url": "https://x.example/"}],
}


def ferry_of(chronicle: Chronicle) -> Report:
    article = chronicle.store.views.reading(url_key(FERRY_PAGE))
    report = chronicle.store.views.report_of(article or "")
    assert report is not None
    return report


def pages_of(chronicle: Chronicle) -> None:
    take(chronicle, coast_pages())


def cite(chronicle: Chronicle) -> None:
    take(chronicle, [lines("days.jsonl", ENTRY, OTHER)])


def headline(chronicle: Chronicle) -> None:
    take(chronicle, [lines("days.jsonl", ENTRY | {"text": "A ferry sits on a bank off Port Selm."}, OTHER)])


def no_more(chronicle: Chronicle) -> None:
    take(chronicle, [lines("days.jsonl", ENTRY | {"text": "A ferry sits on a bank.", "sources": []}, OTHER)])


def withdraw(chronicle: Chronicle) -> None:
    report = ferry_of(chronicle)
    chronicle.decide([judged(7, f"article:{report.id}", "withdrawn", f"capture:{report.versions[-1].capture}")])


def describe(chronicle: Chronicle) -> None:
    source = Source(id=make_id("s"), host="clarion.example", name="The Clarion of Selm", kind="agency")
    with chronicle.writing():
        chronicle.describe(source)


def another(chronicle: Chronicle) -> None:
    text = ("The mayor of Port Selm opened the new lighthouse on Monday morning before a small crowd of sailors.",)
    told = saved_article("https://clarion.example/light", "Lighthouse", text * 3, published="2017-01-22T10:00:00Z")
    take(chronicle, [told])


CHANGES: dict[str, tuple[Callable[[Chronicle], None], ...]] = {
    "an event cites an article that was read": (pages_of, cite),
    "an article is read that an event cites": (cite, pages_of),
    "the event gets another headline": (pages_of, cite, headline),
    "the event cites it no more": (pages_of, cite, no_more),
    "the article is withdrawn": (pages_of, cite, withdraw),
    "its publisher is described": (pages_of, cite, describe),
    "another quarter gets an article": (pages_of, another),
}


@pytest.mark.parametrize("name", CHANGES)
def test_a_change_gives_the_site_that_a_rebuilt_chronicle_gives(name: str, tmp_path: Path) -> None:
    *before, last = CHANGES[name]
    with new_chronicle(tmp_path / "chronicle") as chronicle:
        for change in before:
            change(chronicle)
    first = published(tmp_path / "chronicle", tmp_path / "site")
    with Chronicle(tmp_path / "chronicle") as chronicle:
        last(chronicle)
    after = published(tmp_path / "chronicle", tmp_path / "site")
    assert after != first
    with Chronicle(tmp_path / "chronicle") as chronicle:
        chronicle.rebuild()
    assert differing(after, published(tmp_path / "chronicle", tmp_path / "fresh", full=True)) == []


def test_pages_that_a_change_does_not_show_on_are_left_alone(tmp_path: Path) -> None:
    with new_chronicle(tmp_path / "chronicle") as chronicle:
        pages_of(chronicle)
        cite(chronicle)
    site = tmp_path / "site"
    published(tmp_path / "chronicle", site)
    with Chronicle(tmp_path / "chronicle") as chronicle:
        another(chronicle)
        untouched = [path for path in site.glob("article/*/*.html") if "clarion" not in str(path)]
    for path in untouched:
        path.write_bytes(b"left alone")
    published(tmp_path / "chronicle", site)
    assert len(untouched) == 3
    assert {path.read_bytes() for path in untouched} == {b"left alone"}


def test_search_feeds_and_sitemap_have_articles_until_they_are_withdrawn(tmp_path: Path) -> None:
    with new_chronicle(tmp_path / "chronicle") as chronicle:
        pages_of(chronicle)
        page = ferry_of(chronicle).permalink.lstrip("/")
    files = published(tmp_path / "chronicle", tmp_path / "site")
    shards = {shard["name"]: shard for shard in json.loads(files["search/index.json"])["shards"]}
    assert {name: shard["kind"] for name, shard in shards.items()} == {
        "2017-q2-articles": "article",
        "undated-articles": "article",
    }
    records = json.loads(files["search/2017-q2-articles.json"])["records"]
    assert f"{page}.html" in [record[0] for record in records]
    assert all(record[-1] for record in records)
    assert b"ferry" in files["source/clarion-example.atom"].lower()
    assert f"{page}.html".encode() in files["sitemap-articles-1.xml"]
    with Chronicle(tmp_path / "chronicle") as chronicle:
        withdraw(chronicle)
    after = published(tmp_path / "chronicle", tmp_path / "site")
    assert f"{page}.html" in after
    assert "source/clarion-example.atom" not in after
    for path in ("search/2017-q2-articles.json", "sitemap-articles-1.xml", "article/index.html", "index.html"):
        assert page.encode() not in after[path], path


def test_a_damaged_search_index_is_written_again_with_its_articles(tmp_path: Path) -> None:
    with new_chronicle(tmp_path / "chronicle") as chronicle:
        pages_of(chronicle)
    whole = published(tmp_path / "chronicle", tmp_path / "site")
    (tmp_path / "site" / "search" / "index.json").write_bytes(b"{}")
    shutil.rmtree(tmp_path / "site" / "article")
    with Chronicle(tmp_path / "chronicle") as chronicle:
        another(chronicle)
    after = published(tmp_path / "chronicle", tmp_path / "site")
    assert {path for path in whole if path.startswith("search/")} < {
        path for path in after if path.startswith("search/")
    }
    named = {shard["name"] for shard in json.loads(after["search/index.json"])["shards"]}
    assert named == {"2017-q1-articles", "2017-q2-articles", "undated-articles"}


def test_a_search_file_that_somebody_changed_is_made_from_the_chronicle(tmp_path: Path) -> None:
    with new_chronicle(tmp_path / "chronicle") as chronicle:
        pages_of(chronicle)
    published(tmp_path / "chronicle", tmp_path / "site")
    file = tmp_path / "site" / "search" / "2017-q1-articles.json"
    with Chronicle(tmp_path / "chronicle") as chronicle:
        another(chronicle)
    published(tmp_path / "chronicle", tmp_path / "site")
    file.write_bytes(file.read_bytes().replace(b"Lighthouse", b"Darkhouse!"))
    with Chronicle(tmp_path / "chronicle") as chronicle:
        text = ("The bakers of Port Selm baked a loaf as long as the pier on Tuesday and gave it to the gulls.",)
        loaf = saved_article("https://gazette.example/loaf", "Loaf", text * 3, published="2017-01-24T10:00:00Z")
        take(chronicle, [loaf])
    after = published(tmp_path / "chronicle", tmp_path / "site")
    titles = [record[1] for record in json.loads(after["search/2017-q1-articles.json"])["records"]]
    assert titles == ["Loaf", "Lighthouse"]
    assert differing(after, published(tmp_path / "chronicle", tmp_path / "fresh", full=True)) == []
