"""Articles on the command line: added from files and the web, shown, explained, checked, withdrawn and erased."""

import contextlib
import sqlite3
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.cli.conftest import Call, told
from tests.cli.test_sources import FETCH
from tests.ingest.feed_servers import FeedHost, FeedServers, answer
from tests.made_articles import BOX, BRIDGE, FERRY, MARKET, feed_of, lines_of, many, page_of

TITLE = "Ferry Aurora runs aground"
ADDRESS = "https://coast.example/ferry"


@pytest.fixture
def web() -> Iterator[FeedHost]:
    with FeedServers(count=1, start=100) as servers:
        yield servers.hosts[0]


@pytest.fixture
def call(call: Call, home: Path) -> Call:
    """`call` on an empty chronicle that may ask this machine."""
    assert call("init").exit_code == 0
    settings = home / "diurna.toml"
    settings.write_text(settings.read_text(encoding="utf-8") + FETCH, encoding="utf-8")
    return call


def write_page(folder: Path, name: str, *paragraphs: str, **said: str) -> Path:
    folder.mkdir(exist_ok=True)
    title = said.pop("title", TITLE)
    made = page_of("x", title, paragraphs, None, **{"canonical": ADDRESS, "published": "2017-05-21T06:00:00Z"} | said)
    (folder / name).write_bytes(made.content)
    return folder / name


def the_article(call: Call, words: str = "ferry") -> str:
    (hit,) = told(call("search", words, "--json"))["articles"]
    return f"article:{hit['report']['id']}"


def test_saved_page_is_shown_explained_and_sound(call: Call, tmp_path: Path) -> None:
    added = told(call("add", write_page(tmp_path / "in", "a.html", *FERRY), "--json"))
    assert (added["captures"], added["articles"], added["problems"]) == (1, 1, [])
    ref = the_article(call, "tugs reach")
    shown = told(call("show", ref, "--json"))
    for name in (ref, ref[:14], ADDRESS, "/article/coast-example/ferry-aurora-runs-aground"):
        assert told(call("show", name, "--json")) == shown
    article: dict[str, Any] = shown["article"]
    assert [paragraph["text"] for paragraph in article["paragraphs"]] == list(FERRY)
    assert shown["report"]["day"] == "2017-05-21"
    text = call("show", ref).stdout
    assert "2017-05-21" in text
    assert "sure)" in text
    assert FERRY[0] in text
    explained = call("explain", ref).stdout
    assert "article:published_time" in explained
    assert "nobody else's" in explained
    assert told(call("explain", ref, "--json"))["published"]["written"] == "2017-05-21T06:00:00Z"
    assert call("check", ref).exit_code == 0
    assert told(call("check", "--json"))["sound"]
    version = f"article:{article['id']}"
    assert told(call("show", version, "--json"))["ref"] == ref


def test_versions_and_copies_are_shown_and_explained(call: Call, tmp_path: Path) -> None:
    folder = tmp_path / "in"
    write_page(folder, "a.html", *FERRY)
    write_page(folder, "b.html", *FERRY, "Two of the crew were hurt.", modified="2017-05-21T09:00:00Z")
    write_page(folder, "c.html", *FERRY, canonical="https://north.example/7", title="Ship stuck off Northport")
    added = told(call("add", folder, "--json"))
    assert (added["articles"], added["articles_new_versions"], added["copies"]) == (2, 1, 1)
    shown = call("show", ADDRESS).stdout
    assert "2 outlets, 1 origin" in shown
    assert "Versions" in shown
    explained = call("explain", ADDRESS).stdout
    assert "Two of the crew were hurt." in explained
    copy = told(call("explain", "https://north.example/7", "--json"))["copy"]
    assert [judgement["verdict"] for judgement in copy] == ["copy"]
    assert "words" in call("explain", "https://north.example/7").stdout
    assert told(call("show", ADDRESS, "--json"))["copies"] == [
        told(call("show", "https://north.example/7", "--json"))["ref"]
    ]


def test_box_that_recurs_is_explained(call: Call, tmp_path: Path) -> None:
    folder = tmp_path / "in"
    folder.mkdir()
    for number, made in enumerate(many(6)):
        content = made.content.replace(b"<head>", f'<head><link rel="canonical" href="{made.where}">'.encode())
        (folder / f"{number}.html").write_bytes(content)
    assert told(call("add", folder, "--json"))["articles"] == 6
    last = told(call("explain", many(6)[5].where, "--json"))
    assert [(block["reason"], block["because"]) for block in last["dropped"] if block["text"] == BOX] == [
        ("boilerplate", "on 4 of 4 pages")
    ]
    assert BOX in told(call("show", many(6)[0].where, "--json"))["article"]["paragraphs"][-1]["text"]
    reprocessed = told(call("reprocess", "extract", "--json"))
    assert (reprocessed["captures"], reprocessed["changed"] > 0, reprocessed["problems"]) == (6, True, [])
    assert told(call("reprocess", "extract", "--json"))["changed"] == 0
    text = [each["text"] for each in told(call("show", many(6)[0].where, "--json"))["article"]["paragraphs"]]
    assert BOX not in text
    assert call("reprocess", "relate").exit_code == 2


def test_lost_view_of_an_article_is_found(call: Call, home: Path, tmp_path: Path) -> None:
    call("add", write_page(tmp_path / "in", "a.html", *FERRY))
    ref = the_article(call)
    with contextlib.closing(sqlite3.connect(home / "chronicle.db")) as connection, connection:
        connection.execute("DELETE FROM report")
    checked = call("check")
    assert checked.exit_code == 1
    assert "A page that was given is gone." in checked.stdout
    assert call("rebuild").exit_code == 0
    assert call("check").exit_code == 0
    assert the_article(call) == ref


# ---------------------------------------------------------------------------------------------------- from the web


def offer(web: FeedHost) -> str:
    for name, text in (("ferry", FERRY), ("bridge", BRIDGE)):
        web.feed(f"/{name}", answer(page_of("x", f"The {name} report", text).content, "text/html"))
    items = [(web.url(f"/{name}"), f"The {name} report", f"About the {name}.", "") for name in ("ferry", "bridge")]
    return web.feed("/feed", answer(feed_of(web.url("/feed"), *items).content))


def test_feed_file_brings_summaries_and_with_fetch_the_pages(call: Call, web: FeedHost, tmp_path: Path) -> None:
    offer(web)
    file = tmp_path / "feed.xml"
    items = [(web.url(f"/{name}"), f"The {name} report", f"About the {name}.", "") for name in ("ferry", "bridge")]
    file.write_bytes(feed_of(web.url("/feed"), *items).content)
    added = told(call("add", file, "--json"))
    assert (added["articles"], added["captures"]) == (2, 1)
    assert web.seen == []
    ref = the_article(call, "about the ferry")
    assert not told(call("show", ref, "--json"))["article"]["whole"]
    assert "only a summary" in call("show", ref).stdout
    file.write_bytes(file.read_bytes() + b"\n")
    fetched = told(call("add", "--fetch", file, "--json"))
    assert (fetched["addresses_asked"], fetched["articles"], fetched["problems"]) == (2, 0, [])
    assert told(call("show", ref, "--json"))["article"]["whole"]


def test_same_feed_file_can_be_fetched_later(call: Call, web: FeedHost, tmp_path: Path) -> None:
    offer(web)
    file = tmp_path / "feed.xml"
    file.write_bytes(feed_of(web.url("/feed"), (web.url("/ferry"), "The ferry report", "About it.", "")).content)
    assert told(call("add", file, "--json"))["articles"] == 1
    assert told(call("add", "--fetch", file, "--json"))["addresses_asked"] == 1


def test_address_lists_pages_and_feeds_of_the_web(call: Call, web: FeedHost, tmp_path: Path) -> None:
    feed = offer(web)
    page = told(call("add", web.url("/ferry"), "--json"))
    assert (page["addresses_asked"], page["articles"]) == (1, 1)
    listed = tmp_path / "pages.txt"
    listed.write_text(f"# mine\n{web.url('/ferry')}\n{web.url('/bridge')}\n{web.url('/gone')}\n", encoding="utf-8")
    result = call("add", listed, "--json")
    added = told(result)
    assert (added["addresses_asked"], added["articles"]) == (2, 1), added
    assert [problem["where"] for problem in added["problems"]] == [web.url("/gone")]
    assert result.exit_code == 3
    again = told(call("add", feed, "--json"))
    assert (again["addresses_asked"], again["articles"]) == (1, 0)
    assert told(call("update", "--json"))["addresses_asked"] == 0


def test_lines_of_articles_come_in_with_their_problems(call: Call, tmp_path: Path) -> None:
    file = tmp_path / "a.jsonl"
    good = lines_of("a", {"title": "Market sells out", "url": "https://west.example/m", "text": "\n\n".join(MARKET)})
    file.write_bytes(good.content + b'{"title": 7, "url": "https://west.example/n"}\n')
    result = call("add", file, "--json")
    added = told(result)
    assert added["articles"] == 1
    assert {problem["where"] for problem in added["problems"]} == {"a.jsonl:2"}


# ---------------------------------------------------------------------------------------------------- withdrawn, erased


def test_withdrawn_article_is_found_no_more_and_comes_back(call: Call, tmp_path: Path) -> None:
    call("add", write_page(tmp_path / "in", "a.html", *FERRY))
    ref = the_article(call)
    result = call("correct", "withdraw", ref, "--note", "wrong ship")
    assert result.exit_code == 0, result.output
    assert told(call("search", "ferry", "--json"))["articles"] == []
    assert told(call("show", ref, "--json"))["report"]["status"] == "withdrawn"
    assert call("correct", "withdraw", ref).exit_code == 2
    decision = told(call("correct", "list", "--json"))["decisions"][-1]["judgement"]
    assert (decision["verdict"], decision["note"], decision["by"]) == ("withdrawn", "wrong ship", "person:Ada")
    assert call("correct", "retract", f"judgement:{decision['id']}").exit_code == 0
    assert the_article(call) == ref
    assert told(call("check", "--json"))["sound"]


def test_erased_article_stays_erased(call: Call, home: Path, tmp_path: Path) -> None:
    file = write_page(tmp_path / "in", "a.html", *FERRY)
    call("add", file)
    ref = the_article(call)
    before = tmp_path / "before.tar"
    assert call("backup", before).exit_code == 0
    erased = call("correct", "withdraw", ref, "--erase")
    assert erased.exit_code == 0, erased.output
    assert "diurna publish" in erased.stdout
    held = b"".join(path.read_bytes() for path in home.rglob("*") if path.is_file())
    assert b"Tugs reached" not in held
    assert told(call("show", ref, "--json"))["report"]["status"] == "erased"
    assert call("check", ref).exit_code == 0
    assert told(call("check", "--json"))["sound"]
    decision = told(call("correct", "list", "--json"))["decisions"][-1]["judgement"]
    refused = call("correct", "retract", f"judgement:{decision['id']}")
    assert refused.exit_code == 2
    assert "cannot come back" in refused.stderr
    again = call("add", file, "--json")
    assert ["erased" in problem["what"] for problem in told(again)["problems"]] == [True]
    assert call("correct", "withdraw", ref).exit_code == 2
    assert call("correct", "withdraw", ref, "--erase").exit_code == 0
    assert call("rebuild").exit_code == 0
    assert told(call("show", ref, "--json"))["report"]["status"] == "erased"
    decisions = tmp_path / "decisions.jsonl"
    assert call("corrections", "export", decisions, "--erasures").exit_code == 0
    old = ["--chronicle", str(tmp_path / "old")]
    assert call("restore", before, tmp_path / "old").exit_code == 0
    assert len(told(call(*old, "search", "ferry", "--json"))["articles"]) == 1
    taken = told(call(*old, "corrections", "import", decisions, "--erasures", "--json"))
    assert (taken["taken"], taken["erased"]) == (1, 1)
    assert told(call(*old, "show", ref, "--json"))["report"]["status"] == "erased"
    held = b"".join(path.read_bytes() for path in (tmp_path / "old").rglob("*") if path.is_file())
    assert b"Tugs reached" not in held
    assert told(call(*old, "check", "--json"))["sound"]
