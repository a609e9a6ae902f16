"""What every store promises of facts: appended, never changed, in the order of their arrival."""

from datetime import UTC, date, datetime

import msgspec
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from diurna.model import (
    Annotation,
    Article,
    Author,
    Capture,
    Claim,
    Dating,
    Dropped,
    Entry,
    Image,
    Judgement,
    Mention,
    Paragraph,
    Permalink,
    Problem,
    Revision,
    Source,
    Span,
    make_id,
)
from diurna.store.facts import KINDS
from diurna.store.interface import Store
from tests.model.record_strategies import records
from tests.store.made import capture_of

DAY = date(2017, 5, 22)
ENTRY = Entry(id="e1", day=DAY, text="Seoul votes.")
REVISION = Revision(id="r1", curator="local", day=DAY, capture="c1", entries=("e1",))
JUDGEMENT = Judgement(id="j1", subject="entry:e1", verdict="belongs", object="event:v1", by="founding/1")
CAPTURE = capture_of(b"* Seoul votes.")
ONE_OF_EACH = [
    (
        Annotation(
            id="n1",
            of="article:a1",
            component="enrich/1",
            mentions=(Mention(id="m1", of="article:a1", span=Span(0, 5), text="Seoul", kind="place"),),
            claims=(Claim(id="k1", of="article:a1", kind="statement", sentence=Span(0, 12)),),
        ),
        "article:a1",
    ),
    (Article(id="a1", capture="c1", component="page/1", url="https://news.example/a"), "https://news.example/a"),
    (CAPTURE, CAPTURE.digest),
    (ENTRY, "2017-05-22"),
    (JUDGEMENT, "entry:e1"),
    (Permalink(id="/news/2017/05/22/seoul-votes", ref="event:v1"), "event:v1"),
    (Problem(id="p1", what="x", where="days.wiki:3", received="", allowed="", next_step=""), "days.wiki:3"),
    (REVISION, "2017-05-22"),
    (Source(id="s1", host="news.example", name="Example News"), "news.example"),
]


def test_one_of_each_kind_is_here() -> None:
    assert {type(record) for record, _ in ONE_OF_EACH} == set(KINDS.values())


@pytest.mark.parametrize(("record", "key"), ONE_OF_EACH, ids=lambda value: type(value).__name__)
def test_kept_record_is_found_by_id_and_by_what_it_is_about(store: Store, record: msgspec.Struct, key: str) -> None:
    kind = type(record)
    with store.writing():
        store.facts.append(record)
    assert store.facts.get(kind, record.id) == record  # type: ignore[attr-defined]
    assert store.facts.last(kind) == record
    assert store.facts.count(kind) == 1
    if key:
        assert store.facts.about(kind, key) == [record]
        assert store.facts.about(kind, key + "0") == []


def test_appending_twice_keeps_one_and_says_so(store: Store) -> None:
    with store.writing():
        number = store.facts.append(ENTRY)
        assert number > 0
        assert store.facts.append(ENTRY) == 0
        assert store.facts.append(JUDGEMENT) > number
    assert store.facts.count(Entry) == 1


def test_record_that_is_there_never_changes(store: Store) -> None:
    with store.writing():
        store.facts.append(ENTRY)
        store.facts.append(msgspec.structs.replace(ENTRY, text="Something else."))
    assert store.facts.get(Entry, "e1") == ENTRY


def test_same_id_in_two_kinds_is_two_records(store: Store) -> None:
    source = Source(id="e1", host="news.example", name="Example News")
    with store.writing():
        assert store.facts.append(ENTRY)
        assert store.facts.append(source)
    assert store.facts.get(Source, "e1") == source
    assert store.facts.get(Entry, "e1") == ENTRY


def test_arrivals_are_numbered_as_append_said(store: Store) -> None:
    revisions = [msgspec.structs.replace(REVISION, id=name) for name in ("r9", "r1", "r5")]
    with store.writing():
        numbers = [store.facts.append(revision) for revision in revisions]
    assert store.facts.arrivals(Revision, "2017-05-22") == list(zip(numbers, revisions, strict=True))
    assert numbers == sorted(numbers)
    assert store.facts.last(Revision) == revisions[-1]


def test_nothing_is_found_where_nothing_is(store: Store) -> None:
    assert store.facts.get(Entry, "e1") is None
    assert store.facts.get_many(Entry, ["e1", "e2"]) == {}
    assert store.facts.get_many(Entry, []) == {}
    assert store.facts.last(Entry) is None
    assert list(store.facts.scan()) == []


def test_many_are_got_at_once_however_many(store: Store) -> None:
    entries = {f"e{number}": Entry(id=f"e{number}", day=DAY, text=str(number)) for number in range(1203)}
    with store.writing():
        for entry in entries.values():
            store.facts.append(entry)
    assert store.facts.get_many(Entry, [*entries, "e0", "none"]) == entries
    backwards = list(reversed(entries))
    assert list(store.facts.get_many(Entry, backwards)) == backwards


def test_scan_gives_chosen_kinds_in_order_of_arrival(store: Store) -> None:
    with store.writing():
        numbers = [store.facts.append(record) for record in (JUDGEMENT, ENTRY, REVISION, CAPTURE)]
    assert list(store.facts.scan(Entry, Revision)) == [(numbers[1], ENTRY), (numbers[2], REVISION)]
    assert [record for _, record in store.facts.scan()] == [JUDGEMENT, ENTRY, REVISION, CAPTURE]
    assert [record for _, record in store.facts.scan(after=numbers[1])] == [REVISION, CAPTURE]


def test_scan_of_more_than_one_piece_leaves_nothing_out(store: Store) -> None:
    with store.writing():
        for number in range(4100):
            store.facts.append(Permalink(id=f"/{number}", ref=""))
    assert [record.id for _, record in store.facts.scan(Permalink)] == [f"/{number}" for number in range(4100)]  # type: ignore[attr-defined]


def test_records_may_be_appended_while_they_are_scanned(store: Store) -> None:
    with store.writing():
        for number in range(3):
            store.facts.append(Permalink(id=f"/{number}", ref=""))
        for _, record in store.facts.scan(Permalink):
            store.facts.append(Judgement(id=record.id, subject="", verdict="same", object="", by="test/1"))  # type: ignore[attr-defined]
    assert store.facts.count(Judgement) == 3


@pytest.mark.parametrize("kind", KINDS.values(), ids=KINDS)
@settings(max_examples=10, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_any_record_comes_back_as_it_went_in(store: Store, kind: type[msgspec.Struct], data: st.DataObject) -> None:
    record = data.draw(records(kind))
    record = msgspec.structs.replace(record, id=make_id(msgspec.json.encode(record)))
    with store.writing():
        store.facts.append(record)
    assert store.facts.get(kind, record.id) == record


def test_time_comes_back_in_utc(store: Store) -> None:
    available = datetime(2017, 5, 22, 10, 30, 15, 250_000, tzinfo=UTC)
    with store.writing():
        store.facts.append(msgspec.structs.replace(CAPTURE, available=available))
    found = store.facts.get(Capture, CAPTURE.id)
    assert found is not None
    assert found.available == available
    assert str(found.available) == "2017-05-22 10:30:15.250000+00:00"


ARTICLE = Article(
    id="a1",
    capture="c1",
    component="page/2",
    url="https://news.example/a",
    canonical="https://news.example/b",
    title="Ferry aground",
    lede="It ran aground.",
    paragraphs=(Paragraph("Tugs came."),),
    key_points=("Nobody was hurt.",),
    byline=(Author("Harbour Desk", "desk"),),
    publisher="News",
    tags=("ferries",),
    published=Dating(datetime(2017, 5, 22, tzinfo=UTC), "day", "text", "yesterday", 0.5),
    image=Image("https://news.example/a.jpg", "The ferry"),
    whole=False,
    dropped=(Dropped("Subscribe!", "newsletter"),),
)


def test_erased_article_leaves_a_tombstone_in_its_place_and_its_problems_go(store: Store) -> None:
    problem = Problem(id="p1", what="x", where=ARTICLE.url, received="aground", allowed="", next_step="")
    other = msgspec.structs.replace(problem, id="p2", where="elsewhere")
    with store.writing():
        numbers = [store.facts.append(record) for record in (ARTICLE, problem, other, ENTRY)]
        store.facts.erase([ARTICLE, problem])
    tombstone = Article(
        id="a1",
        capture="c1",
        component="page/2",
        url="https://news.example/a",
        canonical="https://news.example/b",
        publisher="News",
        whole=False,
    )
    assert list(store.facts.scan()) == [(numbers[0], tombstone), (numbers[2], other), (numbers[3], ENTRY)]
    assert store.facts.about(Article, ARTICLE.url) == [tombstone]
    assert store.facts.get(Problem, "p1") is None
    with store.writing():
        assert store.facts.append(ARTICLE) == 0, "an article that was erased must not come back by its id"
        store.facts.erase([ARTICLE, problem])
        assert store.facts.append(JUDGEMENT) > numbers[-1]
    assert store.facts.get(Article, "a1") == tombstone


def test_erasing_in_a_transaction_that_came_to_nothing_erases_nothing(store: Store) -> None:
    def break_off() -> None:
        with store.writing():
            store.facts.erase([ARTICLE])
            raise KeyboardInterrupt

    with store.writing():
        store.facts.append(ARTICLE)
    with pytest.raises(KeyboardInterrupt):
        break_off()
    assert store.facts.get(Article, "a1") == ARTICLE
