"""Articles as they come: known ones, new versions in their order, copies, dates, boxes that recur, decisions."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from functools import partial
from itertools import permutations
from pathlib import Path

import pytest

from diurna.ingest import Arrival, read
from diurna.model import Article, Judgement, Report
from diurna.pipeline.reports import report_id
from diurna.runners import Chronicle
from diurna.text import url_key
from tests.made_articles import (
    BOX,
    BRIDGE,
    FERRY,
    MARKET,
    about_report,
    check_same,
    everything,
    feed_of,
    learned,
    lines_of,
    many,
    page_of,
    reports,
)
from tests.made_lists import OBSERVED, new_chronicle, saved, take

ADDRESS = "https://coast.example/ferry"
TITLE = "Ferry Aurora runs aground"


@pytest.fixture
def chronicle(tmp_path: Path) -> Iterator[Chronicle]:
    Chronicle.create(tmp_path / "chronicle", "[run]\nworkers = 1\n")
    with Chronicle(tmp_path / "chronicle", clock=lambda: OBSERVED) as made:
        yield made


def shown(chronicle: Chronicle, report: Report) -> Article:
    """The article that a report shows."""
    article = chronicle.store.facts.get(Article, report.current)
    assert article is not None
    return article


def one(chronicle: Chronicle) -> tuple[Report, Article]:
    """The only report, and the article that it shows."""
    (report,) = reports(chronicle)
    return report, shown(chronicle, report)


def of(chronicle: Chronicle, address: str) -> Report:
    """The report at an address."""
    report = chronicle.store.views.report(report_id(url_key(address)))
    assert report is not None
    return report


def check_rebuild(chronicle: Chronicle) -> None:
    """A rebuilt chronicle is the same, and rebuilding adds no fact and teaches nothing."""
    views, facts, taught = everything(chronicle), list(chronicle.store.facts.scan()), learned(chronicle)
    chronicle.rebuild()
    check_same(views, everything(chronicle))
    assert list(chronicle.store.facts.scan()) == facts
    assert learned(chronicle) == taught
    assert chronicle.store.check() == []


# ---------------------------------------------------------------------------------------------------- the same again


def test_same_article_again_is_known_however_it_comes(chronicle: Chronicle) -> None:
    first = chronicle.add([page_of(ADDRESS, TITLE, FERRY, published="2017-05-21T06:00:00Z")])
    assert (first.articles, first.versions, first.captures) == (1, 0, 1)
    again = chronicle.add([page_of(ADDRESS, TITLE, FERRY, published="2017-05-21T06:00:00Z")])
    assert (again.articles, again.versions, again.captures, again.known) == (0, 0, 0, 1)
    elsewhere = page_of(f"{ADDRESS}?utm_source=feed", TITLE, FERRY, published="2017-05-21T06:00:00+00:00")
    other_bytes = chronicle.add([elsewhere])
    assert (other_bytes.articles, other_bytes.versions, other_bytes.captures, other_bytes.known) == (0, 0, 1, 1)
    report, article = one(chronicle)
    assert len(report.versions) == 1
    assert [paragraph.text for paragraph in article.paragraphs] == list(FERRY)
    check_rebuild(chronicle)


def states() -> list[Arrival]:
    """One page at four times: the death toll rises, then the headline changes, then the page says when it changed."""
    texts = [FERRY, (*FERRY, "Two of the crew were hurt."), (*FERRY, "Four of the crew were hurt."), FERRY[:2]]
    titles = [TITLE, TITLE, "Ferry Aurora runs aground, four hurt", TITLE]
    hours = [6, 8, 9, 11]
    return [
        page_of(ADDRESS, title, text, published="2017-05-21T06:00:00Z", modified=f"2017-05-21T{hour:02}:00:00Z")
        for title, text, hour in zip(titles, texts, hours, strict=True)
    ]


def test_changed_article_is_a_new_version_in_order_whatever_the_order_of_arrival(tmp_path: Path) -> None:
    seen = set()
    for number, order in enumerate(permutations(range(4))):
        if number % 4:
            continue  # six of the 24 orders
        with new_chronicle(tmp_path / str(number)) as chronicle:
            made = states()
            outcome = chronicle.add([made[place] for place in order])
            assert (outcome.articles, outcome.versions) == (1, 3)
            report, article = one(chronicle)
            versions = [chronicle.store.facts.get(Article, version.article) for version in report.versions]
            hours = [version.modified.time.hour for version in versions if version and version.modified]
            assert hours == [6, 8, 9, 11]
            assert [paragraph.text for paragraph in article.paragraphs] == list(FERRY[:2])
            seen.add((report.title, report.day, tuple(version.capture for version in report.versions)))
            check_rebuild(chronicle)
    assert len(seen) == 1
    assert next(iter(seen))[1] == date(2017, 5, 21)


def test_versions_without_dates_go_by_when_we_had_them(chronicle: Chronicle) -> None:
    later, earlier = OBSERVED + timedelta(days=2), OBSERVED + timedelta(days=1)
    take(chronicle, [page_of(ADDRESS, TITLE, FERRY, observed=later)])
    take(chronicle, [page_of(ADDRESS, TITLE, FERRY[:2], observed=earlier)])
    report, article = one(chronicle)
    assert [version.observed for version in report.versions] == [earlier, later]
    assert len(article.paragraphs) == 3
    assert (report.day, article.published) == (None, None)
    check_rebuild(chronicle)


# ---------------------------------------------------------------------------------------------------- addresses


def test_canonical_address_counts_within_its_publisher_only(chronicle: Chronicle) -> None:
    home = "https://www.coast.example/news/ferry"
    take(chronicle, [page_of("https://m.coast.example/a/17", TITLE, FERRY, canonical=home)])
    take(chronicle, [page_of(home, TITLE, (*FERRY, "Two of the crew were hurt, a doctor said."))])
    stranger = page_of("https://thief.example/x", "Win a prize", MARKET, canonical=home)
    take(chronicle, [stranger])
    coast, thief = reports(chronicle)
    assert (coast.address, coast.host, len(coast.versions)) == ("coast.example/news/ferry", "coast.example", 2)
    assert (thief.address, thief.host, len(thief.versions)) == ("thief.example/x", "thief.example", 1)
    assert thief.url == "https://thief.example/x"
    assert chronicle.store.views.reading(url_key(home)) == coast.current
    assert chronicle.store.views.reading("m.coast.example/a/17") == coast.versions[0].article
    check_rebuild(chronicle)


def test_stranger_cannot_speak_for_a_cited_page(chronicle: Chronicle) -> None:
    cited = "https://coast.example/ferry"
    take(chronicle, [saved("day.wiki", f"A ferry runs aground near [[Northport]]. [{cited} (Coast)]")])
    take(chronicle, [page_of("https://thief.example/x", "Win a prize", MARKET, canonical=cited)])
    assert chronicle.store.views.reading(url_key(cited)) is None
    (event,) = chronicle.store.views.events_on(date(2017, 5, 21))
    assert event.lede is None
    take(chronicle, [page_of(cited, TITLE, FERRY)])
    assert chronicle.store.views.reading(url_key(cited)) == of(chronicle, cited).current
    check_rebuild(chronicle)


def test_files_without_an_address_are_told_apart(chronicle: Chronicle) -> None:
    take(chronicle, [page_of("file:one.html", TITLE, FERRY), page_of("file:two.html", "Bridge opens", BRIDGE)])
    take(chronicle, [page_of("file:one.html", "Market sells out", MARKET)])
    take(chronicle, [page_of("file:one.html", TITLE, FERRY[:2])])
    found = reports(chronicle)
    assert [report.title for report in found] == [TITLE, "Bridge opens", "Market sells out"]
    assert [len(report.versions) for report in found] == [2, 1, 1]
    assert len({report.permalink for report in found}) == 3
    check_rebuild(chronicle)


def test_file_with_a_canonical_address_stands_there(chronicle: Chronicle) -> None:
    take(chronicle, [page_of("file:one.html", TITLE, FERRY, canonical=ADDRESS)])
    report, _ = one(chronicle)
    assert (report.address, report.host) == ("coast.example/ferry", "coast.example")


# ---------------------------------------------------------------------------------------------------- feeds and dates


FEED = feed_of(
    "https://coast.example/feed",
    (ADDRESS, TITLE, "A ferry with 212 people on board runs aground.", "Sun, 21 May 2017 06:30:00 GMT"),
)


def test_summary_gives_way_to_the_page_and_dates_it(chronicle: Chronicle) -> None:
    take(chronicle, [FEED])
    report, article = one(chronicle)
    assert (article.whole, article.lede) == (False, "A ferry with 212 people on board runs aground.")
    outcome = chronicle.add([page_of(ADDRESS, TITLE, FERRY)])
    assert (outcome.articles, outcome.versions) == (0, 0)
    report, article = one(chronicle)
    assert article.whole
    assert article.published is not None
    assert (article.published.time, article.published.found) == (
        datetime(2017, 5, 21, 6, 30, tzinfo=UTC),
        "feed pubDate",
    )
    assert report.day == date(2017, 5, 21)
    known = chronicle.add([feed_of("https://coast.example/other", (ADDRESS, TITLE, "Another summary.", ""))])
    assert (known.articles, known.versions, known.known) == (0, 0, 1)
    assert one(chronicle)[1] == article
    check_rebuild(chronicle)


def test_date_of_a_page_outweighs_a_less_sure_one_and_none_is_the_time_of_fetching(chronicle: Chronicle) -> None:
    undated = feed_of("https://coast.example/feed", ("https://coast.example/bridge", "Bridge opens", "It opens.", ""))
    take(chronicle, [FEED, undated])
    dated = page_of(ADDRESS, TITLE, FERRY, published="2017-05-21T05:00:00Z")
    take(chronicle, [dated, page_of("https://coast.example/bridge", "Bridge opens", BRIDGE)])
    take(
        chronicle, [lines_of("m.jsonl", {"title": "Market", "url": "https://w.example/m", "text": "\n\n".join(MARKET)})]
    )
    ferry, bridge, market = (shown(chronicle, report) for report in reports(chronicle))
    assert ferry.published is not None
    assert ferry.published.sureness >= 0.9
    assert [bridge.published, market.published, bridge.modified, market.modified] == [None] * 4
    assert [report.day for report in reports(chronicle)][1:] == [None, None]
    times = {article.published.time for article in (ferry, bridge, market) if article.published}
    assert OBSERVED not in times


# ---------------------------------------------------------------------------------------------------- boilerplate


def boxes(chronicle: Chronicle) -> list[bool]:
    """Of each report in order of arrival whether the box stands in the text that it shows."""
    return [BOX in shown(chronicle, report).text for report in reports(chronicle)]


def test_box_is_dropped_after_an_epoch_and_reprocess_cleans_the_first_pages(chronicle: Chronicle) -> None:
    take(chronicle, many(7))
    assert boxes(chronicle) == [True] * 4 + [False] * 3
    last = shown(chronicle, reports(chronicle)[-1])
    (dropped,) = [block for block in last.dropped if block.text == BOX]
    assert (dropped.reason, dropped.because) == ("boilerplate", "on 4 of 4 pages")
    assert last.epoch == 1
    check_rebuild(chronicle)
    taught = learned(chronicle)
    outcome = chronicle.reprocess()
    assert boxes(chronicle) == [False] * 7
    assert outcome.problems == []
    assert {name: learned(chronicle)[name] for name in ("block", "publisher")} == {
        name: taught[name] for name in ("block", "publisher")
    }
    check_rebuild(chronicle)


def test_reprocess_twice_changes_nothing(chronicle: Chronicle) -> None:
    take(chronicle, [*many(7), FEED, page_of(ADDRESS, TITLE, FERRY), *states()])
    lines = lines_of("m.jsonl", {"title": "Market", "url": "https://w.example/m", "text": "\n\n".join(MARKET)})
    take(chronicle, [lines, page_of("https://wire.example/m", "Market", MARKET), page_of("file:a.html", "B", BRIDGE)])
    before = reports(chronicle)
    chronicle.reprocess()
    after = reports(chronicle)
    assert [(report.id, report.permalink, len(report.versions), report.copy_of, report.day) for report in after] == [
        (report.id, report.permalink, len(report.versions), report.copy_of, report.day) for report in before
    ]
    views, facts, taught = everything(chronicle), list(chronicle.store.facts.scan()), learned(chronicle)
    sequence = chronicle.store.views.sequence()
    again = chronicle.reprocess()
    assert (again.articles, again.versions, again.copies, again.captures) == (0, 0, 0, 0)
    check_same(views, everything(chronicle))
    assert (list(chronicle.store.facts.scan()), learned(chronicle)) == (facts, taught)
    assert chronicle.store.views.touched(sequence) == []


# ---------------------------------------------------------------------------------------------------- copies


def copies() -> list[Arrival]:
    """One text at three outlets, the second with a line more, and another text."""
    hosts = ["north.example", "south.example", "east.example"]
    texts = [FERRY, ("Our reporter was at the scene.", *FERRY), FERRY]
    same = [
        page_of(f"https://{host}/a{place}", f"{TITLE} ({place})", text, published=f"2017-05-21T0{9 - place}:00:00Z")
        for place, (host, text) in enumerate(zip(hosts, texts, strict=True))
    ]
    return [*same, page_of("https://west.example/m", "Market sells out", MARKET)]


def test_copies_are_gathered_under_the_founder_with_their_grounds(chronicle: Chronicle) -> None:
    outcome = chronicle.add(copies())
    assert outcome.copies == 2
    founder, second, third, market = reports(chronicle)
    assert [report.copy_of for report in (founder, second, third, market)] == [founder.id] * 3 + [""]
    assert [report.id for report in chronicle.store.views.family(founder.id)] == [founder.id, second.id, third.id]
    judged = [fact for _, fact in chronicle.store.facts.scan(Judgement) if isinstance(fact, Judgement)]
    assert [judgement.subject for judgement in judged] == [f"article:{second.current}", f"article:{third.current}"]
    assert {judgement.object for judgement in judged} == {f"article:{founder.current}"}
    assert all(judgement.reasons and judgement.score for judgement in judged)
    check_rebuild(chronicle)


def test_new_version_of_a_copy_stays_in_its_family(chronicle: Chronicle) -> None:
    take(chronicle, copies())
    changed = page_of("https://south.example/a1", TITLE, (*FERRY, "Two of the crew were hurt, a doctor said."))
    outcome = chronicle.add([changed])
    assert (outcome.articles, outcome.versions) == (0, 1)
    founder, second, third, _ = reports(chronicle)
    assert len(second.versions) == 2
    assert [report.id for report in chronicle.store.views.family(founder.id)] == [founder.id, second.id, third.id]
    check_rebuild(chronicle)


# ---------------------------------------------------------------------------------------------------- decisions


def test_withdrawn_article_is_not_shown_and_comes_back(chronicle: Chronicle) -> None:
    take(chronicle, [saved("day.wiki", f"A ferry runs aground near [[Northport]]. [{ADDRESS} (Coast)]")])
    take(chronicle, [page_of(ADDRESS, TITLE, FERRY), FEED])
    views = chronicle.store.views
    (event,) = views.events_on(date(2017, 5, 21))
    report, article = one(chronicle)
    assert views.reading(url_key(ADDRESS)) == article.id
    decision = about_report(1, report.id, "withdrawn")
    chronicle.decide([decision])
    withdrawn, _ = one(chronicle)
    assert withdrawn.status == "withdrawn"
    assert (views.reading(url_key(ADDRESS)), views.search_articles("Aurora"), views.count_reports(report.source)) == (
        None,
        [],
        0,
    )
    check_rebuild(chronicle)
    take(chronicle, [page_of(ADDRESS, TITLE, FERRY[:2], observed=OBSERVED + timedelta(days=1))])
    assert one(chronicle)[0].status == "withdrawn"
    retraction = Judgement(
        id="r1", subject=f"judgement:{decision.id}", verdict="retracted", object=f"judgement:{decision.id}",
        by="person:Ida", made=OBSERVED,
    )  # fmt: skip
    chronicle.decide([retraction])
    back, article = one(chronicle)
    assert (back.status, len(back.versions)) == ("current", 2)
    assert views.reading(url_key(ADDRESS)) == article.id
    assert [hit.report.id for hit in views.search_articles("harbour Auro")] == [back.id]
    assert views.events_on(date(2017, 5, 21))[0].permalink == event.permalink
    check_rebuild(chronicle)


def test_cited_page_gives_its_event_words_and_takes_them_back(chronicle: Chronicle) -> None:
    take(chronicle, [page_of(ADDRESS, TITLE, FERRY)])
    take(chronicle, [saved("day.wiki", f"A ferry runs aground near [[Northport]]. [{ADDRESS} (Coast)]")])
    report, _ = one(chronicle)
    before = everything(chronicle)
    decision = about_report(1, report.id, "withdrawn")
    chronicle.decide([decision])
    assert everything(chronicle)["report"] != before["report"]
    check_rebuild(chronicle)


def test_the_digest_names_what_is_held_and_not_when_it_came(tmp_path: Path) -> None:
    digests = set()
    for day in (1, 2):
        folder = tmp_path / f"run-{day}"
        Chronicle.create(folder, "")
        with Chronicle(folder, clock=partial(datetime, 2026, 1, day, tzinfo=UTC)) as chronicle:
            text = "Ferries stood still. " * 40
            page = f"<html><head><title>Ferry strike</title></head><body><p>{text}</p></body></html>"
            (tmp_path / "page.html").write_text(page, encoding="utf-8")
            chronicle.add(read(str(tmp_path / "page.html"), chronicle.settings.ingest, chronicle.clock()))
            assert chronicle.store.views.last_report() == 1
            digests.add(chronicle.digest())
    assert len(digests) == 1
