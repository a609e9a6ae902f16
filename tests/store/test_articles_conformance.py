"""What every store promises of reports: views of articles in versions, their families, texts to search in."""

from datetime import UTC, date, datetime

from msgspec.structs import replace

from diurna.model import Article, Paragraph, Report, Version, make_id
from diurna.store.interface import Source, Store
from diurna.store.views import source_id

WHEN = datetime(2017, 5, 22, 9, tzinfo=UTC)
SOURCE = source_id("coast.example")


def article_of(number: int, title: str = "", text: str = "", *, whole: bool = True) -> Article:
    return Article(
        id=f"a{number}",
        capture=f"c{number}",
        component="page/2",
        url=f"https://coast.example/{number}",
        title=title or f"Report {number}",
        paragraphs=(Paragraph(text),) if text else (),
        whole=whole,
    )


def report_of(rank: int, *articles: Article, day: date | None = None) -> Report:
    return Report(
        id=make_id("report", str(rank)),
        rank=rank,
        address=f"coast.example/{rank}",
        permalink=f"/article/coast-example/{rank}",
        host="coast.example",
        source=SOURCE,
        title=articles[0].title if articles else "",
        day=day,
        versions=tuple(Version(article.id, article.capture, WHEN, WHEN, article.whole) for article in articles),
    )


def put(store: Store, report: Report, article: Article | None) -> None:
    with store.writing():
        store.views.put_source(Source(SOURCE, "Coast", "/source/coast-example", "coast.example"))
        if article is not None:
            store.facts.append(article)
        store.views.put_report(report, article)


def test_report_is_found_by_id_permalink_and_each_version(store: Store) -> None:
    first, second = article_of(1), article_of(2)
    report = report_of(1, first, second)
    put(store, report, second)
    views = store.views
    assert views.report(report.id) == report
    assert views.report_at(report.permalink) == report
    assert [views.report_of(article.id) for article in (first, second)] == [report, report]
    assert (views.report("x"), views.report_at("/x"), views.report_of("x")) == (None, None, None)
    assert (views.last_report(), views.count_reports(SOURCE), views.counts().reports) == (1, 1, 1)


def test_former_version_still_leads_to_its_report(store: Store) -> None:
    first, second = article_of(1), article_of(2)
    put(store, report_of(1, first), first)
    later = report_of(1, second)
    put(store, later, second)
    assert store.views.report_of("a1") == store.views.report_of("a2") == later
    assert store.views.last_report() == 1


def test_newest_of_a_source_come_first_undated_last_and_withdrawn_not_at_all(store: Store) -> None:
    days = [date(2017, 5, 20), None, date(2017, 5, 22), date(2017, 5, 22)]
    reports = [report_of(rank, article_of(rank), day=day) for rank, day in enumerate(days, 1)]
    gone = replace(report_of(5, article_of(5), day=date(2017, 6, 1)), status="withdrawn")
    for report in (*reports, gone):
        put(store, report, article_of(report.rank))
    views = store.views
    assert [report.rank for report in views.reports_of(SOURCE)] == [4, 3, 1, 2]
    assert [report.rank for report in views.reports_of(SOURCE, limit=2)] == [4, 3]
    assert (views.count_reports(SOURCE), views.last_report()) == (4, 5)
    assert [report.rank for report in views.scan_reports()] == [1, 2, 3, 4, 5]
    assert views.reports_of("nobody") == []


def test_scan_of_more_than_one_piece_leaves_nothing_out(store: Store) -> None:
    with store.writing():
        store.views.put_source(Source(SOURCE, "Coast", "/source/coast-example", "coast.example"))
        for rank in range(1, 2102):
            store.views.put_report(report_of(rank), None)
    assert [report.rank for report in store.views.scan_reports()] == list(range(1, 2102))


def test_family_holds_the_founder_and_its_copies_in_order_of_arrival(store: Store) -> None:
    founder, copy, other = (report_of(rank, article_of(rank)) for rank in (1, 2, 3))
    put(store, replace(copy, copy_of=founder.id, agency="Wire"), article_of(2))
    put(store, founder, article_of(1))
    put(store, other, article_of(3))
    assert [report.rank for report in store.views.family(founder.id)] == [1, 2]
    assert [report.rank for report in store.views.family(other.id)] == [3]
    assert store.views.family(copy.id) == []


def test_search_wants_all_words_and_follows_the_shown_version(store: Store) -> None:
    first = article_of(1, "Ferry runs aground", "Tugs pulled the ship off a reef near Höfn.")
    report = report_of(1, first)
    put(store, report, first)
    put(store, report_of(2, article_of(2, "Tugs on strike")), article_of(2, "Tugs on strike"))
    views = store.views
    assert [hit.report.rank for hit in views.search_articles("tugs")] == [2, 1]  # a title counts for more
    assert [hit.report.rank for hit in views.search_articles("ree hofn")] == []  # only the last word may be unfinished
    assert [hit.report.rank for hit in views.search_articles("hofn ree")] == [1]
    assert "reef" in views.search_articles("reef")[0].snippet
    second = article_of(3, "Ferry afloat", "It sails again.")
    put(
        store,
        replace(report, title="Ferry afloat", versions=(*report.versions, *report_of(1, second).versions)),
        second,
    )
    assert [hit.report.title for hit in views.search_articles("ferry")] == ["Ferry afloat"]
    assert views.search_articles("reef") == []
    for hostile in ("", '"', "NEAR(", "a* OR b", "title:ferry)", "\0", "AND"):
        views.search_articles(hostile)


def test_withdrawn_report_is_not_found_until_it_is_current_again(store: Store) -> None:
    article = article_of(1, "Ferry runs aground")
    report = report_of(1, article)
    put(store, report, article)
    put(store, replace(report, status="withdrawn"), article)
    assert store.views.search_articles("ferry") == []
    put(store, report, article)
    assert [hit.report for hit in store.views.search_articles("ferry")] == [report]


def test_texts_are_still_found_once_they_are_made_anew(store: Store) -> None:
    article = article_of(1, "Ferry runs aground", "中国新闻 from the harbour")
    put(store, report_of(1, article), article)
    with store.writing():
        store.views.scrub_texts()
    assert len(store.views.search_articles("harbour")) == 1
    assert len(store.views.search_articles("新闻")) == 1


def test_change_touches_its_page_its_source_and_its_family_and_nothing_else_does(store: Store) -> None:
    founder, copy = report_of(1, article_of(1)), report_of(2, article_of(2))
    put(store, replace(founder, copy_of=founder.id), article_of(1))
    put(store, copy, article_of(2))
    put(store, report_of(3, article_of(3)), article_of(3))
    sequence = store.views.sequence()
    put(store, copy, article_of(2))
    assert store.views.touched(sequence) == []
    put(store, replace(copy, copy_of=founder.id), article_of(2))
    touched = set(store.views.touched(sequence))
    assert touched == {f"article:{founder.id}", f"article:{copy.id}", f"source:{SOURCE}"}
    sequence = store.views.sequence()
    put(store, copy, article_of(2))
    assert f"article:{founder.id}" in store.views.touched(sequence)


def test_addresses_stand_for_articles_until_they_are_dropped(store: Store) -> None:
    with store.writing():
        store.views.put_reading("coast.example/1", "a1")
        store.views.put_reading("coast.example/1", "a2")
        store.views.put_reading("coast.example/2", "a3")
        store.views.drop_reading("coast.example/2")
        store.views.drop_reading("coast.example/3")
    assert store.views.reading("coast.example/1") == "a2"
    assert store.views.reading("coast.example/2") is None


def test_clearing_drops_reports_and_texts_and_touches_their_pages(store: Store) -> None:
    article = article_of(1, "Ferry runs aground")
    report = report_of(1, article)
    put(store, report, article)
    sequence = store.views.sequence()
    with store.writing():
        store.views.clear()
    views = store.views
    assert (views.report(report.id), views.report_of("a1"), views.last_report()) == (None, None, 0)
    assert views.search_articles("ferry") == []
    assert f"article:{report.id}" in views.touched(sequence)
