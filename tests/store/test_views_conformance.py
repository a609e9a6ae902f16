"""What every store promises of views: events by day, by what they carry and by their words."""

from datetime import date

import msgspec
import pytest

from diurna.model import Event, Lede, Ref, Topic
from diurna.store.interface import Companion, Store
from diurna.store.views import source_id
from tests.store.made import DAY, entity_id, event_of, linked, put

YONHAP, KBS = "https://en.yna.example/a", "https://news.kbs.example/b"
SEOUL, MOON, BUSAN = "Seoul", "Moon Jae-in", "Busan"


def headlines(events: list[Event]) -> list[str]:
    return [event.headline for event in events]


@pytest.fixture
def filled(store: Store) -> Store:
    """Five events over three days; the fourth was withdrawn, the fifth merged."""
    put(
        store,
        event_of(1, "Moon takes office", day=date(2017, 5, 10), entities=linked(MOON, SEOUL), urls=[YONHAP]),
        event_of(2, "Busan opens a port", day=date(2016, 12, 31), entities=linked(BUSAN), urls=[KBS]),
        event_of(
            3, "Moon visits Busan", entities=(*linked(MOON, BUSAN), *linked(SEOUL, role="topic")), urls=[YONHAP, KBS]
        ),
        msgspec.structs.replace(event_of(4, "Seoul is calm", entities=linked(SEOUL, MOON)), status="withdrawn"),
        msgspec.structs.replace(
            event_of(5, "Moon in Busan", entities=linked(MOON, BUSAN)), status="merged", into="/news/2017/05/22/e3"
        ),
    )
    return store


def test_event_is_found_by_id_permalink_and_rank(filled: Store) -> None:
    event = filled.views.event_at("/news/2017/05/22/e3")
    assert event is not None
    assert filled.views.event(event.id) == event
    assert filled.views.event_of_rank(3) == event
    assert filled.views.events([event.id, "none", event.id]) == {event.id: event}
    assert filled.views.last_rank() == 5


def test_nothing_is_found_in_an_empty_store(store: Store) -> None:
    views = store.views
    assert (views.event("v"), views.event_at("/x"), views.event_of_rank(1)) == (None, None, None)
    assert (views.last_rank(), views.days(), views.recent_events(5), views.day_beside(DAY, 1)) == (0, [], [], None)
    assert (views.entity("x"), views.source("x"), views.find_entity("x"), views.search("x")) == (None, None, [], [])
    assert views.counts().events == 0


def test_day_shows_withdrawn_events_and_leaves_merged_ones_out(filled: Store) -> None:
    assert headlines(filled.views.events_on(DAY)) == ["Moon visits Busan", "Seoul is calm"]
    assert headlines(filled.views.recent_events(9)) == ["Moon visits Busan", "Moon takes office", "Busan opens a port"]
    assert headlines(filled.views.recent_events(1)) == ["Moon visits Busan"]


def test_days_by_year_and_by_month(filled: Store) -> None:
    december, tenth = (date(2016, 12, 31), 1), (date(2017, 5, 10), 1)
    assert filled.views.days() == [december, tenth, (DAY, 2)]
    assert filled.views.days("2017") == [tenth, (DAY, 2)]
    assert filled.views.days("2016-12") == [december]
    assert filled.views.days("2017-06") == []


def test_day_beside(filled: Store) -> None:
    assert filled.views.day_beside(DAY, -1) == date(2017, 5, 10)
    assert filled.views.day_beside(DAY, 1) is None
    assert filled.views.day_beside(date(2017, 1, 1), 1) == date(2017, 5, 10)
    assert filled.views.day_beside(date(2016, 12, 31), -1) is None


def test_nested_events(store: Store) -> None:
    parent = event_of(1, "Talks begin")
    child = msgspec.structs.replace(event_of(2, "One side leaves"), parent=f"event:{parent.id}")
    put(store, parent, child)
    assert store.views.nested_in(f"event:{parent.id}") == [child]
    assert store.views.nested_in(f"event:{child.id}") == []


def test_events_with_an_entity_are_newest_first_and_current_only(filled: Store) -> None:
    seoul = Ref("entity", entity_id(SEOUL))
    assert headlines(filled.views.events_with(seoul)) == ["Moon visits Busan", "Moon takes office"]
    assert headlines(filled.views.events_with(seoul, role="linked")) == ["Moon takes office"]
    assert headlines(filled.views.events_with(Ref("topic", seoul.id))) == ["Moon visits Busan"]
    assert headlines(filled.views.events_with(seoul, limit=1)) == ["Moon visits Busan"]
    assert headlines(filled.views.events_with(Ref("entity", entity_id(BUSAN)), year=2016)) == ["Busan opens a port"]
    assert filled.views.events_with(Ref("entity", entity_id("Ulsan"))) == []


def test_events_of_a_source_and_of_a_category(filled: Store) -> None:
    kbs = Ref("source", source_id("news.kbs.example"))
    assert headlines(filled.views.events_with(kbs)) == ["Moon visits Busan", "Busan opens a port"]
    assert headlines(filled.views.events_with(kbs, year=2016)) == ["Busan opens a port"]
    category = Ref("category", "Armed conflicts and attacks")
    assert len(filled.views.events_with(category)) == 3
    assert headlines(filled.views.events_with(category, year=2016)) == ["Busan opens a port"]


def test_entity_met_in_text_and_topic_counts_an_event_once(store: Store) -> None:
    put(store, event_of(1, "Moon speaks", entities=(*linked(MOON), *linked(MOON, role="topic"))))
    moon = Ref("entity", entity_id(MOON))
    assert headlines(store.views.events_with(moon)) == ["Moon speaks"]
    assert store.views.years_of(moon) == [(2017, 1)]
    assert [found.count for found in store.views.most_frequent("entity")] == [1]
    assert store.views.companions(Ref("entity", moon.id)) == []


def test_years(filled: Store) -> None:
    assert filled.views.years_of(Ref("entity", entity_id(BUSAN))) == [(2016, 1), (2017, 1)]
    assert filled.views.years_of(Ref("source", source_id("en.yna.example"))) == [(2017, 2)]
    assert filled.views.years_of(Ref("category", "Armed conflicts and attacks")) == [(2016, 1), (2017, 2)]
    assert filled.views.years_of(Ref("entity", "none")) == []


def test_companions_count_shared_current_events(filled: Store) -> None:
    found = [(other.name, other.count) for other in filled.views.companions(Ref("entity", entity_id(MOON)))]
    assert found == [(SEOUL, 2), (BUSAN, 1)]
    assert len(filled.views.companions(Ref("entity", entity_id(MOON)), limit=1)) == 1


def test_most_frequent(filled: Store) -> None:
    entities = [(other.name, other.count) for other in filled.views.most_frequent("entity")]
    assert entities == [(BUSAN, 2), (MOON, 2), (SEOUL, 2)]
    topics = [(other.name, other.count) for other in filled.views.most_frequent("entity", role="topic")]
    assert topics == [(SEOUL, 1)]
    sources = [(other.name, other.count) for other in filled.views.most_frequent("source", limit=1)]
    assert sources == [("en.yna.example", 2)]
    category = "Armed conflicts and attacks"
    assert filled.views.most_frequent("category") == [Companion(id=category, name=category, permalink="", count=3)]


def test_counts(filled: Store) -> None:
    counts = filled.views.counts()
    assert (counts.events, counts.days, counts.entities, counts.sources) == (3, 3, 3, 2)


def test_entity_keeps_its_first_name_and_page(store: Store) -> None:
    with store.writing():
        store.views.put_entity("x", "Kyiv", "/context/kyiv")
        store.views.put_entity("x", "Kiev", "/context/kiev")
        store.views.add_aliases([("x", "Kyiv"), ("x", "the capital"), ("x", "the capital")])
    found = store.views.entity("x")
    assert found is not None
    assert (found.name, found.permalink, found.aliases) == ("Kyiv", "/context/kyiv", ("the capital",))
    assert store.views.has_entity("x")
    assert not store.views.has_entity("y")


def test_entity_is_found_by_name_alias_or_page(store: Store) -> None:
    with store.writing():
        store.views.put_entity("x", "georgia", "/context/georgia")
        store.views.put_entity("y", "Georgia", "/context/georgia-2")
        store.views.add_aliases([("x", "the Caucasus state")])
    assert [entity.id for entity in store.views.find_entity("Georgia")] == ["y", "x"]
    assert [entity.id for entity in store.views.find_entity("The Caucasus state")] == ["x"]
    assert [entity.id for entity in store.views.find_entity("/context/georgia-2")] == ["y"]


def test_edited_event_is_found_by_what_it_carries_now(store: Store) -> None:
    event = event_of(1, "Moon visits Busan", entities=linked(MOON, BUSAN), urls=[YONHAP])
    put(store, event)
    put(
        store, msgspec.structs.replace(event_of(1, "Moon visits Ulsan", entities=linked(MOON), urls=[KBS]), id=event.id)
    )
    assert store.views.events_with(Ref("entity", entity_id(BUSAN))) == []
    assert store.views.events_with(Ref("source", source_id("en.yna.example"))) == []
    assert len(store.views.events_with(Ref("source", source_id("news.kbs.example")))) == 1
    assert store.views.search("Busan") == []
    assert len(store.views.search("Ulsan")) == 1
    assert store.views.citing("en.yna.example/a") == []
    assert store.views.citing("news.kbs.example/b") == [event.id]


def test_an_address_stands_for_its_last_reading_and_its_first_picture(store: Store) -> None:
    with store.writing():
        store.views.put_reading("news.example/a", "one")
        store.views.put_reading("news.example/a", "two")
        store.views.put_picture("news.example/a.jpg", "three")
        store.views.put_picture("news.example/a.jpg", "four")
    assert store.views.reading("news.example/a") == "two"
    assert store.views.picture("news.example/a.jpg") == "three"
    assert (store.views.reading("x"), store.views.picture("x"), store.views.citing("x")) == (None, None, [])


def test_citing_is_in_order_of_arrival(store: Store) -> None:
    put(store, event_of(2, "Second", urls=[YONHAP]), event_of(1, "First", urls=[YONHAP + "?utm_source=x", YONHAP]))
    assert store.views.citing("en.yna.example/a") == [event_of(1, "").id, event_of(2, "").id]


# ---------------------------------------------------------------------------------------------------- search


@pytest.fixture
def searchable(store: Store) -> Store:
    """Events in several scripts."""
    put(
        store,
        event_of(1, "Ångström prize goes to Núñez"),
        event_of(2, "文在寅就任韩国总统"),
        event_of(3, "ประเทศไทยจัดการเลือกตั้ง"),
        event_of(4, "U.S. Navy says AT&T cables are safe"),
        msgspec.structs.replace(
            event_of(5, "Votes are counted", entities=linked("Jeju")),
            topics=(Topic("Island elections"),),
            lede=Lede("Ballots came by boat.", "Example News", YONHAP),
        ),
        msgspec.structs.replace(event_of(6, "Votes are counted twice"), status="merged", into="/news/2017/05/22/e5"),
        event_of(7, "東京タワーが光る"),
        event_of(8, "NOT a drill OR a test"),
    )
    return store


@pytest.mark.parametrize(
    ("query", "ranks"),
    [
        ("angstrom", [1]),
        ("ÅNGSTRÖM nunez", [1]),
        ("nuñ", [1]),
        ("文", [2]),
        ("总", [2]),
        ("统", [2]),
        ("韩国", [2]),
        ("韩国总统", [2]),
        ("国韩", []),
        ("タ", [7]),
        ("光る", [7]),
        ("เลือก", [3]),
        ("ประเทศ", [3]),
        ("ไ", [3]),
        ("us navy", []),
        ("U.S. navy", [4]),
        ("AT&T", [4]),
        ("nav", [4]),
        ("nav cables", []),
        ("cables nav", [4]),
        ("jeju", [5]),
        ("island elect", [5]),
        ("boat", [5]),
        ("votes counted", [5]),
        ("drill test", [8]),
        ("not", [8]),
    ],
)
def test_search(searchable: Store, query: str, ranks: list[int]) -> None:
    found = [hit.event for hit in searchable.views.search(query)]
    assert sorted(found) == sorted(event_of(rank, "").id for rank in ranks)


@pytest.mark.parametrize(
    "query",
    [
        "",
        "  ",
        '"',
        '""',
        "'",
        "*",
        "-",
        "navy*",
        '"navy',
        'navy"',
        'na"vy',
        "headline:navy",
        "navy NOT cables",
        "NEAR(navy cables)",
        "navy AND",
        "(navy",
        "{headline}: navy",
        "^navy",
        "navy + cables",
        "navy\0cables",
        "\udce9navy",
        "; DROP TABLE event_text",
        "\u200b",
        "\u0e31",
        "—",
    ],
)
def test_operators_in_a_query_are_words(searchable: Store, query: str) -> None:
    found = {hit.event for hit in searchable.views.search(query)}
    assert found <= {event_of(4, "").id}
    assert searchable.views.search("navy")


def test_search_puts_the_headline_before_other_text(store: Store) -> None:
    named = event_of(1, "A quiet day at sea", entities=linked("Typhoon Merbok"))
    headlined = event_of(2, "Typhoon nears the coast at night with rain")
    put(store, named, headlined)
    assert [hit.event for hit in store.views.search("typhoon")] == [headlined.id, named.id]
    assert len(store.views.search("typhoon", limit=1)) == 1


def test_a_hit_says_where_it_leads(searchable: Store) -> None:
    hit = searchable.views.search("boat")[0]
    assert (hit.permalink, hit.headline, hit.date) == ("/news/2017/05/22/e5", "Votes are counted", DAY)
    assert hit.snippet == "Ballots came by boat."
    assert hit.score > 0


# ---------------------------------------------------------------------------------------------------- digest, clear


def test_digest_depends_on_what_is_there_and_not_on_how_it_came(opened: object, filled: Store) -> None:
    before = filled.views.digest()
    event = filled.views.event_of_rank(1)
    assert event is not None
    put(filled, msgspec.structs.replace(event, headline="Moon is sworn in"))
    assert filled.views.digest() != before
    put(filled, event)
    assert filled.views.digest() == before
    everything = [filled.views.event_of_rank(rank) for rank in (5, 3, 1, 2, 4)]
    with filled.writing():
        filled.views.clear()
    assert filled.views.digest() != before
    put(filled, *(found for found in everything if found is not None))
    assert filled.views.digest() == before


def test_clear_leaves_no_view_and_every_fact(filled: Store) -> None:
    with filled.writing():
        filled.views.clear()
    views = filled.views
    assert (views.last_rank(), views.days(), views.search("moon"), views.most_frequent("entity")) == (0, [], [], [])
    assert views.citing("en.yna.example/a") == []
    assert not views.has_entity(entity_id(MOON))
    assert not views.has_source(source_id("en.yna.example"))
