"""What every store promises of annotations: what waits for one, whom reports name, and what lists call things."""

from datetime import date

from diurna.model import Annotation, Claim, Mention, Naming, Span, make_id
from diurna.store.interface import Store
from diurna.store.understood import KnownAs
from tests.store.test_articles_conformance import article_of, put, report_of

KIM = Naming("entity:kim", "Kim Jong-un", "person", ("wikidata:Q56226",))
SEOUL = Naming("entity:seoul", "Seoul", "place")


def annotation_of(article: str, number: int = 1) -> Annotation:
    of = f"article:{article}"
    mention = Mention(id=make_id("mention", article), of=of, span=Span(0, 3), text="Kim", kind="person")
    claim = Claim(id=make_id("claim", article), of=of, kind="statement", sentence=Span(0, 9))
    return Annotation(
        id=f"n{number}{article}", of=of, component="enrich/1", mentions=(mention,), claims=(claim,), namings=(KIM,)
    )


def test_articles_wait_in_the_order_they_came_until_they_are_annotated(store: Store) -> None:
    articles = [article_of(number) for number in (1, 2, 3)]
    for number, article in enumerate(articles, 1):
        put(store, report_of(number, article), article)
    with store.writing():
        for article in (articles[2], articles[0], articles[1], articles[0]):
            store.views.add_unread(article.id)
        store.views.add_unread("no such article")
    waiting = store.views.unread(0, 10)
    assert [unread.article for unread in waiting] == articles
    assert [unread.article for unread in store.views.unread(waiting[0].number, 1)] == [articles[1]]
    with store.writing():
        store.views.put_annotation(annotation_of("a2"))
    assert [unread.article.id for unread in store.views.unread(0, 10)] == ["a1", "a3"]
    assert store.views.count_unread() == 2


def test_the_last_annotation_counts_and_its_parts_are_found(store: Store) -> None:
    first, second = annotation_of("a1"), annotation_of("a1", 2)
    with store.writing():
        store.views.put_annotation(first)
        store.views.put_annotation(second)
    views = store.views
    assert views.annotation_of("a1") == second.id
    for part in (second.mentions[0].id, second.claims[0].id):
        assert views.article_of(part) == "a1"
        assert views.parts_starting(part[:8]) == [part]
    with store.writing():
        views.drop_annotation("a1")
    assert views.annotation_of("a1") is None
    assert views.article_of(second.claims[0].id) is None


def test_reports_that_name_an_entity_come_newest_first(store: Store) -> None:
    old, new = report_of(1, article_of(1), day=date(2017, 5, 14)), report_of(2, article_of(2), day=date(2017, 5, 22))
    put(store, old, article_of(1))
    put(store, new, article_of(2))
    with store.writing():
        assert store.views.put_named(old, [KIM, SEOUL]) == ["kim", "seoul"]
        assert store.views.put_named(new, [KIM]) == ["kim"]
    views = store.views
    assert [report.id for report in views.reports_naming("kim")] == [new.id, old.id]
    assert (views.count_naming("kim"), views.count_naming("seoul"), views.count_naming("none")) == (2, 1, 0)
    assert views.naming("kim") == KIM
    assert views.named_in(old.id) == ["kim", "seoul"]
    before = views.sequence()
    with store.writing():
        assert views.put_named(old, [KIM]) == ["seoul"]
    assert {"entity:seoul", f"article:{old.id}"} <= set(views.touched(before))
    assert views.count_naming("seoul") == 0


def test_entities_that_articles_name_are_found_by_name_and_by_the_beginning_of_their_ids(store: Store) -> None:
    report = report_of(1, article_of(1))
    other = Naming("entity:kimono", "kim jong-un", "person")
    put(store, report, article_of(1))
    with store.writing():
        store.views.put_named(report, [KIM, SEOUL, other])
    views = store.views
    assert views.namings_called("Kim Jong-un") == [KIM, other]
    assert views.namings_called("kim jong-un") == [other, KIM]
    assert views.namings_called("Kim") == []
    assert views.namings_starting("kim") == [KIM, other]
    assert views.namings_starting("kim", 1) == [KIM]
    assert views.namings_starting("x") == []


def test_entities_that_become_one_are_looked_at_again_as_contexts_and_as_topics(store: Store) -> None:
    before = store.views.sequence()
    with store.writing():
        store.views.put_one_with("kim", "kim-jong-un")
    touched = set(store.views.touched(before))
    assert touched >= {f"{kind}:{name}" for kind in ("entity", "topic") for name in ("kim", "kim-jong-un")}


def test_an_entity_shows_what_articles_tell_of_it(store: Store) -> None:
    report = report_of(1, article_of(1))
    put(store, report, article_of(1))
    with store.writing():
        store.views.put_named(report, [KIM])
        store.views.put_entity("kim", "Kim Jong-un", "/context/kim-jong-un")
    entity = store.views.entity("kim")
    assert entity is not None
    assert (entity.kind, entity.ids) == (KIM.kind, KIM.ids)


def test_entities_are_one_until_they_are_not(store: Store) -> None:
    views = store.views
    assert views.one_with("kim") == "kim"
    with store.writing():
        views.put_one_with("kim", "kim-jong-un")
    assert views.one_with("kim") == "kim-jong-un"
    with store.writing():
        views.put_one_with("kim", "kim")
    assert views.one_with("kim") == "kim"


def test_names_of_lists_are_known_only_from_their_arrival_on(store: Store) -> None:
    early, late = KnownAs("kcna", "e1", "KCNA", "Korean Central News Agency"), KnownAs("kcna", "e2", "KCNA", "Another")
    with store.writing():
        store.views.add_list_names([early], 5)
        store.views.add_list_names([late, early], 9)
    names = store.views.list_names
    assert names(["kcna", "x"], 5) == []
    assert names(["kcna"], 6) == [early]
    assert names(["kcna"], 10) == [early, late]


def test_clearing_views_forgets_all_of_it(store: Store) -> None:
    report = report_of(1, article_of(1))
    put(store, report, article_of(1))
    with store.writing():
        store.views.add_unread("a1")
        store.views.put_named(report, [KIM])
        store.views.add_list_names([KnownAs("kim", "kim", "Kim", "Kim Jong-un")], 1)
        store.views.put_one_with("a", "b")
        store.views.clear()
    views = store.views
    assert (views.count_unread(), views.naming("kim"), views.list_names(["kim"], 9), views.one_with("a")) == (
        0,
        None,
        [],
        "a",
    )


def test_reports_in_which_an_entity_speaks_come_newest_first_and_by_month(store: Store) -> None:
    days = (date(2017, 5, 14), date(2017, 6, 2), None, date(2017, 5, 22))
    reports = [report_of(number, article_of(number), day=day) for number, day in enumerate(days, 1)]
    for number, report in enumerate(reports, 1):
        put(store, report, article_of(number))
    with store.writing():
        for report in reports:
            store.views.put_spoken(report, {"kim": 2, "seoul": 1})
    views = store.views
    june, later, may, undated = reports[1], reports[3], reports[0], reports[2]
    assert [(one.report.id, one.sentences) for one in views.spoken_in("kim")] == [
        (report.id, 2) for report in (june, later, may, undated)
    ]
    assert [one.report.id for one in views.spoken_in("kim", "2017-05")] == [later.id, may.id]
    assert [one.report.id for one in views.spoken_in("kim", "", limit=1)] == [undated.id]
    assert [one.report.id for one in views.spoken_in("kim", limit=1)] == [june.id]
    assert views.spoken_months("kim") == [("", 2), ("2017-05", 4), ("2017-06", 2)]
    assert views.speakers_of(may.id) == ["kim", "seoul"]
    assert (views.much_spoken(4), views.much_spoken(8)) == (["kim"], [])
    before = views.sequence()
    with store.writing():
        views.put_spoken(june, {"seoul": 3})
    assert set(views.touched(before)) == {"entity:kim", "entity:seoul"}
    assert views.spoken_months("kim") == [("", 2), ("2017-05", 4)]
    with store.writing():
        views.put_spoken(june, {})
    assert views.speakers_of(june.id) == []
    assert views.spoken_in("nobody") == []
