"""The sample articles and their gold labels: they are fresh, true to each other, and marked where they are fiction."""

from __future__ import annotations

import itertools
import json
import re
import shutil
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from lxml import html

from samples.make import articles as maker

SAMPLES = Path(__file__).resolve().parents[2] / "samples"
MARK = "Fictional: place and body are invented for Diurna's samples."
FORCES = {"states", "claims", "denies", "warns", "believes", "asks", "condemns", "threatens", "promises"}
OF_NO_EVENT = {"briefing", "live blog", "review", "spam"}
UNDATED = "articles/www.westmarchgazette.example/strike-velmora-feature.html"
FUTURE = "articles/m.harbournews.example/velmora-dockers-court-ruling.html"
SEASON = r"2017-0[456]-\d\d"
YEAR_BEFORE = r"2016-05-(?:28|29)"


@cache
def gold(name: str) -> list[dict[str, Any]]:
    lines = (SAMPLES / "gold" / f"{name}.jsonl").read_text(encoding="utf-8").splitlines()
    return [json.loads(line) for line in lines]


ARTICLES = {article["article"]: article for article in gold("articles")}
every_article = pytest.mark.parametrize("article", ARTICLES.values(), ids=ARTICLES)


def page(article: dict[str, Any]) -> html.HtmlElement:
    """The page, read in the encoding that it really has."""
    markup = (SAMPLES / article["article"]).read_bytes().decode(article["encoding"])
    return html.document_fromstring(re.sub(r"<meta[^>]*charset[^>]*>", "", markup, flags=re.IGNORECASE))


def words_of(root: html.HtmlElement) -> str:
    """All that a page says, in its elements, attributes and linked data."""
    data = [json.loads(text) for text in root.xpath("//script[@type='application/ld+json']/text()") if ",," not in text]
    attributes = [str(value) for value in root.xpath("//@*")]
    return " ".join(" ".join([root.text_content(), *attributes, *strings(data)]).split())


def strings(value: object) -> list[str]:
    if isinstance(value, str):
        return [value]
    values = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    return [text for part in values for text in strings(part)]


def test_pages_and_gold_are_fresh() -> None:
    assert maker.main(["--check"]) == 0


def test_check_tells_of_a_stale_and_of_a_spare_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    for name in ("days", "articles", "gold"):
        shutil.copytree(SAMPLES / name, tmp_path / name)
    files = maker.made()
    monkeypatch.setattr(maker, "SAMPLES", tmp_path)
    monkeypatch.setattr(maker, "made", lambda: files)
    assert maker.main(["--check"]) == 0
    (tmp_path / "gold/copies.jsonl").write_text("", encoding="utf-8")
    (tmp_path / "articles/spare.html").write_text("", encoding="utf-8")
    assert maker.main(["--check"]) == 1
    told = capsys.readouterr().err
    assert "gold/copies.jsonl" in told
    assert "articles/spare.html" in told
    assert maker.main([]) == 0
    assert not (tmp_path / "articles/spare.html").exists()


def test_there_is_enough() -> None:
    assert len(ARTICLES) >= 64
    assert len({article["outlet"] for article in ARTICLES.values()}) >= 9
    assert len(gold("claims")) >= 150
    assert {article["language"] for article in ARTICLES.values()} >= {"en", "es", "de"}
    assert sum(article["event"] is None for article in ARTICLES.values()) >= 6
    assert set(ARTICLES) == {path.relative_to(SAMPLES).as_posix() for path in SAMPLES.glob("articles/**/*.html")}


@every_article
def test_a_page_says_what_gold_says(article: dict[str, Any]) -> None:
    root = page(article)
    said = words_of(root)
    for wanted in (article["title"], *article["text"], *article["key_points"]):
        assert wanted in said
    for unwanted in article["not_text"]:
        assert unwanted in said
        assert not any(unwanted in paragraph for paragraph in article["text"])


@every_article
def test_a_page_tells_its_address_and_its_host_is_made_up(article: dict[str, Any]) -> None:
    root = page(article)
    url = article["url"]
    addresses = [*root.xpath("//link[@rel='canonical']/@href"), *root.xpath("//meta[@property='og:url']/@content")]
    saved = re.search(r"<!-- saved from url=\((\d{4})\)(\S+) -->", (SAMPLES / article["article"]).read_text("latin-1"))
    if saved:
        assert int(saved[1]) == len(saved[2])
        addresses.append(saved[2])
    assert set(addresses) == {url}
    assert (urlsplit(url).hostname or "").endswith(".example")
    assert article["article"].split("/")[1] == urlsplit(url).hostname


@every_article
def test_fiction_is_marked(article: dict[str, Any]) -> None:
    assert (MARK in page(article).xpath("string(//body)")) == article["fictional"]


@every_article
def test_times_are_in_order(article: dict[str, Any]) -> None:
    if article["article"] == UNDATED:
        assert article["published"] is None
        assert not re.search(r"2017|Posted", page(article).text_content())
        return
    day = {FUTURE: r"2071-06-19"}.get(article["article"], YEAR_BEFORE if "2016" in str(article["event"]) else SEASON)
    form = day if article["granularity"] == "day" else rf"{day}T\d\d:\d\d:00Z"
    assert re.fullmatch(form, article["published"])
    assert article["modified"] is None or (
        re.fullmatch(form, article["modified"]) and article["modified"] > article["published"]
    )


def test_versions_of_an_address_follow_each_other() -> None:
    later = [article for article in ARTICLES.values() if article["version"] == 2]
    assert len(later) >= 3
    for article in later:
        first = ARTICLES[article["article"].replace("~2", "")]
        assert first["url"] == article["url"]
        assert first["published"] == article["published"]
        assert first["text"] != article["text"]
        assert article["modified"]


def test_events_are_known_and_those_with_an_entry_are_real() -> None:
    events = {event["event"]: event for event in gold("events")}
    for article in ARTICLES.values():
        for event in {article["event"], *article["events_also"]} - {None}:
            assert article["fictional"] or not events[event]["fictional"]
    for event in events.values():
        assert bool(event["entry"]) != event["fictional"]
        if event["entry"]:
            assert (SAMPLES / "days" / f"{event['day']}.wiki").is_file()
        else:
            assert re.fullmatch(YEAR_BEFORE if "2016" in event["event"] else SEASON, event["day"])
    primary = {article["event"] for article in ARTICLES.values()}
    assert sum(event in primary for event in events) >= 47


def test_pages_about_no_single_event_say_what_they_tell_of() -> None:
    kinds = {article["kind"] for article in ARTICLES.values()}
    assert kinds == {*OF_NO_EVENT, "report", "opinion"}
    for article in ARTICLES.values():
        if article["kind"] in OF_NO_EVENT:
            assert article["event"] is None
            assert article["kind"] == "spam" or len(article["events_also"]) >= 2
        assert article["event"] not in article["events_also"]
    assert max(len(a["events_also"]) for a in ARTICLES.values() if a["kind"] == "briefing") >= 8


def test_events_that_are_alike_are_reported_by_several_outlets_each() -> None:
    outlets: dict[str, set[str]] = {}
    for article in ARTICLES.values():
        outlets.setdefault(article["event"], set()).add(article["outlet"])
    bombs = ["corrin-market-bomb", "corrin-station-bomb"]
    fixtures = ["velmora-cup-2016", "velmora-league-may-6", "velmora-cup-2017"]
    steps = ["merger-cleared", "merger-appeal", "merger-reversed", "averil-dock-strike", "averil-dock-ruling"]
    weekly = ["velmora-claims-may-11", "velmora-claims-may-18", "tessany-quake-april", "tessany-quake-may"]
    assert all(len(outlets[event]) >= 3 for event in bombs)
    for event in [*fixtures, *steps, *weekly, "corrin-arrests", "sarn-pass-coach", "sandwick-bus-lorry"]:
        assert len(outlets[event]) >= 2, event


def test_pages_lack_a_title_or_say_one_word() -> None:
    assert sum(not article["title"] for article in ARTICLES.values()) == 1
    assert [article["text"] for article in ARTICLES.values() if len(" ".join(article["text"]).split()) == 1] == [
        ["Test."]
    ]


def test_claims_stand_in_their_articles() -> None:
    events = {event["event"] for event in gold("events")}
    for claim in gold("claims"):
        article = ARTICLES[claim["article"]]
        assert sum(claim["sentence"] in paragraph for paragraph in article["text"]) == 1, claim
        assert claim["fragment"] in claim["sentence"]
        assert claim["event"] is None or claim["event"] in events
        assert claim["force"] in FORCES
        figures = [claim[name] for name in ("value", "lower", "upper") if claim[name] is not None]
        assert bool(figures) == bool(claim["unit"]), claim
        assert not figures or claim["attribute"]


def shingles(path: str) -> frozenset[tuple[str, ...]]:
    words = re.findall(r"\w+", " ".join(ARTICLES[path]["text"]).casefold())
    return frozenset(zip(*(words[n:] for n in range(4)), strict=False))


def test_copies_share_their_words_and_others_do_not() -> None:
    copies = {copy["article"]: copy for copy in gold("copies")}
    grams = {path: shingles(path) for path in ARTICLES}
    for one, other in itertools.combinations(ARTICLES, 2):
        if ARTICLES[one]["url"] == ARTICLES[other]["url"]:
            continue
        shared = len(grams[one] & grams[other]) / max(1, min(len(grams[one]), len(grams[other])))
        sets = [copies[path]["set"] if path in copies else path for path in (one, other)]
        forms = [ARTICLES[path]["recurs"] for path in (one, other)]
        if sets[0] == sets[1] or (forms[0] and forms[0] == forms[1]):
            assert shared > 0.4, (one, other)
        else:
            assert shared < 0.2, (one, other)


def test_copies_name_their_origin() -> None:
    copies = gold("copies")
    sets = {copy["set"] for copy in copies}
    for name in sets:
        members = [copy for copy in copies if copy["set"] == name]
        origins = [copy["article"] for copy in members if copy["role"] == "origin"]
        assert len(origins) <= 1
        assert len(members) >= 2
        for copy in members:
            assert copy["copies_of"] == (None if copy["role"] == "origin" else next(iter(origins), None))
    assert any(sum(copy["set"] == name for copy in copies) >= 5 for name in sets)
    assert any(not copy["credited"] for copy in copies)


@pytest.mark.parametrize("copy", gold("copies"), ids=lambda copy: copy["article"])
def test_a_credit_stands_on_the_page(copy: dict[str, Any]) -> None:
    article = ARTICLES[copy["article"]]
    name = copy["agency"].split()[0]
    assert (name in f"{article['byline']} {article['credit']} {article['text']}") == copy["credited"]
