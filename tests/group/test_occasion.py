"""When and where an event happened: what one article tells, what its members agree on, under which day it is filed."""

import time
from collections.abc import Mapping
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from diurna.enrich.times.tagger import find_times
from diurna.group.occasion import (
    Told,
    ToldDay,
    ToldPart,
    ToldPlace,
    Vote,
    clash,
    entry_told,
    filing_day,
    reported_days,
    same,
    settle_when,
    settle_where,
    told_occasions,
)
from diurna.model import Annotation, Article, Candidate, Dating, Interval, Mention, Naming, Paragraph, Span, Timex, When
from tests.group.made import DAY, item

PUBLISHED = date(2017, 5, 22)  # a Monday
PLACES = {
    "Averil": ("geonames:1", "listed as a city in Velmora"),
    "Capitola": ("geonames:2", "listed as a city in Velmora"),
    "Orle": ("", "listed as a region in Velmora"),
    "Europe": ("", "listed as a continent"),
    "Velmora": ("iso3166:VM", "listed as a country"),
    "Norland": ("iso3166:NL", "listed as a country"),
    "Senate (Velmora)": ("", "a name that is in no list"),
    "Lake Tessany": ("", "a name that is in no list"),
}


def read(text: str, published: date | None = PUBLISHED, title: str = "") -> Told:
    """What an article tells whose times are tagged as they are in earnest, and whose places are those listed above."""
    moment = datetime(published.year, published.month, published.day, tzinfo=UTC) if published else None
    article = Article(
        id="a",
        capture="c",
        component="made/1",
        title=title,
        paragraphs=tuple(Paragraph(block) for block in text.split("\n\n")),
        published=Dating(moment, "day", "text", "", 1.0) if moment else None,
    )
    times = [
        Mention(
            id=f"t{number}",
            of="article:a",
            span=found.span,
            text=text[found.span.start : found.span.end],
            kind="time",
            timex=found.timex,
            interval=found.interval,
        )
        for number, found in enumerate(find_times(text, moment))
    ]
    mentions = sorted([*times, *_place_mentions(text, PLACES)], key=lambda mention: mention.span)
    namings = tuple(Naming(f"entity:{name}", name, "place", (ids,) if ids else ()) for name, (ids, _) in PLACES.items())
    return told_occasions(
        article,
        Annotation(id="n", of="article:a", component="made/1", mentions=tuple(mentions), namings=namings),
    )


def _place_mentions(text: str, places: Mapping[str, tuple[str, str]]) -> list[Mention]:
    found = []
    for name, (_, because) in places.items():
        for shown in (name, name.upper()):
            at = text.find(shown)
            while at >= 0:
                candidates = (Candidate(f"entity:{name}", 0.9, because),)
                span = Span(at, at + len(name))
                found.append(
                    Mention(
                        id=f"p{at}",
                        of="article:a",
                        span=span,
                        text=shown,
                        kind="place",
                        candidates=candidates,
                        sure=True,
                    )
                )
                at = text.find(shown, at + 1)
    return found


def first(told: Told) -> tuple[str, str]:
    day = told.days[0]
    return day.first.isoformat(), day.rule


def known(day: str, weight: float = 0.9, rule: str = "act", published: str = "") -> Told:
    when = date.fromisoformat(day)
    told = ToldDay(when, when, "day", weight, rule, (f"m-{day}",))
    return Told(days=(told,), published=date.fromisoformat(published) if published else None)


@pytest.mark.parametrize(
    ("text", "day", "rule"),
    [
        ("A ferry caught fire off the coast on Sunday, and forty people jumped into the water.", "2017-05-21", "act"),
        ("A clerk who was fired last week shot at two men on Saturday, and fled by car.", "2017-05-20", "act"),
        ("Teachers marched through the city over their pay.", "2017-05-22", "published"),
        ("The council will vote on Friday on a tunnel under the bay, its speaker said.", "2017-05-22", "published"),
        ("The dam has leaked since 2009, and the valley below it was cleared on Saturday.", "2017-05-20", "act"),
        ("Police held two men at a farm before dawn on Sunday.", "2017-05-21", "act"),
        ("Output fell in the week ended 13 May, the bureau said on Monday.", "2017-05-22", "attributed"),
        ("Its test of a rocket a day earlier had failed. A council met on it on Saturday.", "2017-05-20", "act"),
        ("Ministers condemned Friday's launch. They met on Sunday for three hours.", "2017-05-21", "act"),
    ],
)
def test_the_day_of_the_main_act_comes_first(text: str, day: str, rule: str) -> None:
    assert first(read(text)) == (day, rule)


def test_what_was_announced_counts_less_than_what_happened() -> None:
    told = read("The ministry announced on Sunday that a bridge fell into the river on Friday, killing two.")
    assert first(told) == ("2017-05-19", "act")
    assert [day.rule for day in told.days if day.first == date(2017, 5, 21)] == ["said"]


def test_where_nothing_else_is_told_the_announcement_is_what_happened() -> None:
    assert first(read("The ministry announced on Sunday that it closes four mines.")) == ("2017-05-21", "said")


def test_a_day_that_lies_ahead_is_kept_as_such() -> None:
    told = read("Leaders of both lands are to meet in Averil on 2 June, an aide said.")
    assert ("2017-06-02", "ahead") in [(day.first.isoformat(), day.rule) for day in told.days]
    assert told.days[0].first == PUBLISHED


def test_the_day_of_the_dateline_is_that_of_the_place() -> None:
    told = read("AVERIL, May 23 (Tidewire) - Two trains met on one track near the harbour.", date(2017, 5, 22))
    assert first(told) == ("2017-05-23", "dateline")


def test_a_weekday_is_placed_by_a_line_above_the_text() -> None:
    told = read("23 May 2017\n\nTwo trains met on one track near the harbour on Sunday, and nine were hurt.", None)
    assert first(told) == ("2017-05-21", "act")
    assert told.days[0].mentions == ("t1",)


def test_a_weekday_six_days_back_is_tomorrows_where_the_sun_is_up_already() -> None:
    saturday = date(2017, 5, 13)
    told = read("A missile rose from a hill near Orle early on Sunday, at about 5:27 a.m., the army said.", saturday)
    assert {day.first for day in told.days if day.rule != "published"} == {date(2017, 5, 14)}
    told = read("A missile rose from a hill near Orle last Sunday, the army said.", saturday)
    assert date(2017, 5, 7) in {day.first for day in told.days}
    told = read("A missile rose from a hill near Orle on Monday, the army said.", saturday)
    assert told.days[0].first == date(2017, 5, 8)


def test_a_weekday_without_any_date_stays_a_part_of_one() -> None:
    told = read("Two trains met on one track near the harbour on Friday, and nine were hurt.", None)
    assert told.days == ()
    assert [(part.value, part.rule) for part in told.parts] == [("XXXX-WXX-5", "act")]


def test_a_week_has_its_first_and_last_day() -> None:
    told = read("Prices of bread rose last week in all of the markets that were asked.")
    week = next(day for day in told.days if day.precision == "week")
    assert (week.first, week.last) == (date(2017, 5, 15), date(2017, 5, 21))


def test_the_time_of_the_day_belongs_to_the_day_as_written() -> None:
    told = read("A tram left the rails on Sunday at 11:30 pm, and its driver was hurt.")
    assert (told.days[0].first, told.days[0].precision) == (date(2017, 5, 21), "hour")


def test_places_have_their_precision_and_the_finest_in_the_lede_comes_first() -> None:
    told = read("Two trams met in Averil, Velmora, on Sunday. Towns of the Orle and all of Europe were shocked.")
    assert [(place.name, place.precision) for place in told.places] == [
        ("Averil", "city"),
        ("Velmora", "country"),
        ("Orle", "region"),
    ]
    assert told.places[0].mentions == ("p17",)


def test_a_place_knows_the_country_it_is_listed_in() -> None:
    told = read("Two trams met in Averil, Velmora, on Sunday.")
    assert [(place.name, place.within) for place in told.places] == [("Averil", "Velmora"), ("Velmora", "")]


def test_the_reporter_sits_elsewhere() -> None:
    told = read("CAPITOLA (Tidewire) - A ferry sank on Lake Tessany, officials said.", title="A ferry sinks")
    assert [(place.name, place.rule) for place in told.places] == [("Lake Tessany", "in"), ("Capitola", "dateline")]


def test_the_title_adds_to_a_place_of_the_text() -> None:
    text = "Velmora and Averil disagree over a tram."
    plain, headed = read(text), read(text, title="Averil wants its tram")
    assert plain.places[0].weight < headed.places[0].weight
    assert (headed.places[0].name, headed.places[0].rule) == ("Averil", "head")


@pytest.mark.parametrize(
    "text",
    [
        "No such ferry had burned since 1968. The harbour was shut for a day, and nobody was hurt.",
        "It was the third fire of 2017. The harbour was shut, the port said on Sunday.",
        "Guards have been on board since the attacks of 9/11/2001, the port said.",
        "A ferry burned in the harbour. Rules for ferries were drawn up after the Averil fire of 14 May 2008.",
        "Ferries that were built before 1 January 2022 must be inspected by December 2022, a minister said.",
        "The port has its own brigade.\n\nIt was founded on 12 March 1961 by nine men of the town.",
        "On Friday the harbour was shut. A like fire killed nine on 12 March 2016, the port said.",
        "Its rules are of 1 January 2022, the port said. A ferry that had left at dawn burned in the harbour.",
        "The port remembered the 3 May 2009 fire with a minute of silence.",
        "A ferry may be back in service on 7 January 2018 if the port agrees.",
        "On 14 May 2008 the port opened. It got its tenth ferry in 2016, and none has burned.",
    ],
)
def test_a_time_named_in_passing_is_no_day_of_an_undated_article(text: str) -> None:
    when = settle_when([Vote(read(text, None), "herald")])
    assert when is None


@pytest.mark.parametrize(
    ("text", "first", "last", "precision"),
    [
        ("A ferry burned in the harbour on 14 May 2017, and nobody was hurt.", "2017-05-14", "2017-05-14", "day"),
        ("A ferry burned. It was towed in on Sunday, 14 May 2017, by two boats.", "2017-05-14", "2017-05-14", "day"),
        ("A ferry burned in the harbour in May 2017, and nobody was hurt.", "2017-05-01", "2017-05-31", "month"),
    ],
)
def test_an_undated_article_that_tells_of_the_act_itself(text: str, first: str, last: str, precision: str) -> None:
    when = settle_when([Vote(read(text, None), "herald")])
    assert when is not None
    assert (when.first.isoformat(), when.last.isoformat(), when.precision) == (first, last, precision)
    assert filing_day(when, []) == ((when.first, "happened") if precision == "day" else None)


@pytest.mark.parametrize(
    "text",
    [
        "The man who leads the inquiry into the Jan. 6 riot was heard for nine hours.",
        "On 3 January a ferry burned in the harbour. The port has rules for its boats now.",
        "On September 11, 2001, two ferries burned. On September 11, 2001, a third sank.",
    ],
)
def test_what_a_dated_article_looks_back_on_is_not_its_day(text: str) -> None:
    told = read(text)
    when = settle_when([Vote(told, "herald")])
    assert when is not None
    assert (when.first, when.rule) == (PUBLISHED, "published")
    assert filing_day(when, reported_days([Vote(told, "herald")])) == (PUBLISHED, "reported")


def test_what_was_reported_before_a_day_did_not_happen_on_it() -> None:
    early = Vote(read("Prices fell, the office said.", date(2017, 5, 12)), "office")
    later = Vote(read("The office said on Monday that its prices were wrong.", date(2017, 5, 15)), "herald")
    when = settle_when([early, later])
    assert when is not None
    assert (when.first, when.rule, when.announced) == (date(2017, 5, 12), "published", date(2017, 5, 12))
    assert filing_day(when, reported_days([early, later])) == (date(2017, 5, 12), "reported")


def test_an_undated_article_does_not_take_an_event_back_in_time() -> None:
    old = read("On 14 May 2008 a ferry burned in the harbour. On 14 May 2008 another did.", None)
    dated = read("A ferry burned in the harbour.")
    when = settle_when([Vote(old, "a"), Vote(old, "b"), Vote(old, "c"), Vote(dated, "herald")])
    assert when is not None
    assert when.first == PUBLISHED


def test_the_day_of_a_dateline_is_one_of_reporting_also_with_its_hour() -> None:
    told = read("14.05.2017 08:50 | Harbour desk\n\nTwo trains met on one track near the harbour of the town.", None)
    when = settle_when([Vote(told, "herald")])
    assert when is not None
    assert (when.first, when.rule, told.written) == (date(2017, 5, 14), "dateline", date(2017, 5, 14))
    assert filing_day(when, reported_days([Vote(told, "herald")])) == (date(2017, 5, 14), "reported")


def test_the_day_a_page_was_printed_is_not_that_of_its_writing() -> None:
    text = "Printed on 30.06.2017\n\nRelease of 19 May 2017\n\nThe dam does not leak, and the valley below it is safe."
    assert read(text, None).written == date(2017, 5, 19)


def test_a_sentence_that_stands_above_the_lede_is_no_dateline() -> None:
    assert (
        read("Unity is rare. September 12, 2001, was a day of it.\n\nIt has not come back to the town.", None).written
        is None
    )


def test_copies_have_one_vote() -> None:
    wrong, right = known("2017-05-20"), known("2017-05-21")
    copies = [Vote(wrong, "wire")] * 5
    others = [Vote(right, "herald"), Vote(right, "post")]
    when = settle_when(copies + others)
    assert when is not None
    assert (when.first, when.mentions) == (date(2017, 5, 21), ("m-2017-05-21",))
    assert settle_when(copies + others) == settle_when(others + copies)


def test_days_of_writing_do_not_outvote_the_day_that_is_told() -> None:
    later = [Vote(known("2017-05-22", 0.4, "published", "2017-05-22"), f"f{number}") for number in range(6)]
    when = settle_when([*later, Vote(known("2017-05-21"), "herald")])
    assert when is not None
    assert (when.first, when.rule, when.announced) == (date(2017, 5, 21), "act", date(2017, 5, 22))


def test_an_entry_has_a_vote_and_its_day_wins_the_filing() -> None:
    told = entry_told(item("A ferry burns."))
    when = settle_when([Vote(told, "list"), *(Vote(known("2017-05-20", 0.9), name) for name in "abc")])
    assert when is not None
    assert when.first == date(2017, 5, 20)
    assert filing_day(when, [date(2017, 5, 20)]) == (DAY, "list")


def located(text: str, title: str = "") -> str:
    where = settle_where([Vote(read(text, title=title), "herald")])
    return where.name if where is not None else ""


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("A bridge fell into the river in Velmora on Sunday, and nine were hurt.", "Velmora"),
        ("A bridge fell into the river on the outskirts of Averil on Sunday.", "Averil"),
        ("A bridge fell into the river in Averil in the north of Velmora.", "Averil"),
        ("Velmora asked its banks to lend more. Velmora said that Velmora needs it.", ""),
        ("Anna Orr of Velmora, who leads the party, spoke against the tax.", ""),
        ("A minister told reporters in Averil that the tax would be cut.", ""),
        ("A Velmora-backed group lost a base in Norland on Sunday.", "Norland"),
        ("Raids were flown in Velmora and Norland on Sunday, the army said.", ""),
        ("Raids were flown in Velmora and Norland on Sunday, and one hit Averil.", ""),
        ("Ransom notes appeared on screens in Velmora and in 70 other countries on Friday.", ""),
        ("A ministry in Velmora asked its clerks to stay at home on Friday.", "Velmora"),
        ("Ransom notes appeared on screens around the world on Friday, in Velmora first.", ""),
        ("Screens of at least 74 countries went dark on Friday, and the banks in Velmora shut.", ""),
    ],
)
def test_a_place_is_where_the_act_happened_or_none(text: str, place: str) -> None:
    assert located(text) == place


def test_a_body_that_sits_in_a_country_is_no_place() -> None:
    assert located("The bill was voted down in the Senate (Velmora) on Sunday by nine votes.") == ""
    assert located("The bill was voted down in the Senate (Velmora) on Sunday, and Averil shut its bridges.") == ""


def test_a_title_alone_places_no_country() -> None:
    assert located("The tax was cut on Sunday, and its opponents went home.", title="Velmora cuts its tax") == ""


def test_of_several_reports_most_must_tell_of_the_whole_world() -> None:
    wide = Vote(Told(worldwide=True), "wire")
    town = Told(places=(ToldPlace("entity:Averil", "Averil", "city", 0.6, "in", ("t",)),))
    assert settle_where([wide, *(Vote(town, name) for name in "abc")]) is not None
    assert settle_where([wide, Vote(town, "a")]) is None


def test_places_are_voted_on_by_families() -> None:
    one, other = (Told(places=(ToldPlace(f"entity:{n}", n, "city", 0.6, "in", (n,)),)) for n in ("Averil", "Capitola"))
    where = settle_where([Vote(one, "wire"), Vote(one, "wire"), Vote(other, "herald"), Vote(other, "post")])
    assert where is not None
    assert (where.name, where.precision, where.mentions) == ("Capitola", "city", ("Capitola",))
    assert settle_where([]) is None


def test_of_a_country_and_a_town_in_it_the_town_is_taken() -> None:
    country = ToldPlace("entity:Velmora", "Velmora", "country", 0.9, "in", ("c",))
    town = ToldPlace("entity:Averil", "Averil", "city", 0.5, "in", ("t",), "Velmora")
    far = ToldPlace("entity:Capitola", "Capitola", "city", 0.5, "in", ("f",), "Norland")
    where = settle_where([Vote(Told(places=(country, town, far)), "wire")])
    assert where is not None
    assert (where.name, where.mentions) == ("Averil", ("t",))
    seldom = ToldPlace("entity:Averil", "Averil", "city", 0.2, "named", ("t",), "Velmora")
    where = settle_where([Vote(Told(places=(country, seldom)), "wire")])
    assert where is not None
    assert where.name == "Velmora"


@pytest.mark.parametrize(
    ("when", "published", "filed"),
    [
        (None, [], None),
        (None, [date(2017, 5, 22)], (date(2017, 5, 22), "reported")),
        (When(date(2017, 5, 21), date(2017, 5, 21), "day", "act"), [date(2017, 5, 22)], (DAY, "happened")),
        (
            When(date(2017, 5, 1), date(2017, 5, 31), "month", "act"),
            [date(2017, 5, 22)],
            (date(2017, 5, 22), "reported"),
        ),
        (
            When(date(2017, 6, 2), date(2017, 6, 2), "day", "ahead"),
            [date(2017, 5, 22)],
            (date(2017, 5, 22), "reported"),
        ),
        (When(date(2017, 5, 23), date(2017, 5, 23), "day", "act"), [PUBLISHED], (date(2017, 5, 23), "happened")),
        (When(date(2017, 5, 1), date(2017, 5, 31), "month", "act"), [], None),
        (When(date(1968, 1, 1), date(1968, 12, 31), "year", "act"), [], None),
        (When(date(2017, 6, 2), date(2017, 6, 2), "day", "ahead"), [], None),
        (When(DAY, DAY, "day", "dateline", announced=DAY), [], (DAY, "reported")),
        (When(date(2017, 5, 21), date(2017, 5, 21), "day", "act"), [], (DAY, "happened")),
    ],
)
def test_filing(when: When | None, published: list[date], filed: tuple[date, str] | None) -> None:
    assert filing_day(when, published) == filed


def test_one_misdated_report_does_not_move_the_event() -> None:
    published = [date(1, 1, 1), date(2017, 5, 22), date(2017, 5, 23)]
    when = When(date(2017, 5, 21), date(2017, 5, 21), "day", "act")
    assert filing_day(when, published) == (DAY, "happened")
    assert filing_day(None, published) == (date(2017, 5, 22), "reported")


def test_different_days_clash_and_one_day_does_not() -> None:
    fourteenth, twenty_first = known("2017-05-14"), known("2017-05-21")
    assert clash(fourteenth, twenty_first) > 0.7
    assert clash(fourteenth, fourteenth) == 0
    assert same(fourteenth, fourteenth) > 0.7
    assert same(fourteenth, twenty_first) == 0
    assert clash(fourteenth, Told()) == same(fourteenth, Told()) == 0


def test_a_day_apart_clashes_less_than_a_week() -> None:
    assert 0 < clash(known("2017-05-14"), known("2017-05-15")) < clash(known("2017-05-14"), known("2017-05-21"))


def test_days_of_writing_have_leeway() -> None:
    act, written = known("2017-05-14"), known("2017-05-16", 0.4, "published")
    assert clash(act, written) == 0
    assert clash(act, known("2017-05-30", 0.4, "published")) > 0.3


def test_a_week_that_holds_the_day_is_no_clash() -> None:
    week = Told(days=(ToldDay(date(2017, 5, 8), date(2017, 5, 14), "week", 0.45, "act"),))
    assert clash(week, known("2017-05-14")) == 0
    assert 0 < same(week, known("2017-05-14")) < same(known("2017-05-14"), known("2017-05-14"))


def test_weekdays_are_weak_evidence() -> None:
    friday, monday = (Told(parts=(ToldPart(f"XXXX-WXX-{number}", 0.9, "act"),)) for number in (5, 1))
    assert 0 < clash(friday, monday) < 0.3
    assert 0 < same(friday, friday) < 0.3
    assert clash(friday, friday) == 0
    assert clash(friday, known("2017-05-21")) > 0  # a Sunday
    assert clash(friday, known("2017-05-19")) == 0


DAYS = st.builds(
    lambda day, length, precision, weight, rule: ToldDay(
        day, min(day, date.max - timedelta(400)) + timedelta(length), precision, weight, rule
    ),
    st.dates(max_value=date.max - timedelta(400)),
    st.integers(0, 400),
    st.sampled_from(["hour", "day", "week", "month", "year"]),
    st.floats(0, 1),
    st.sampled_from(["act", "said", "published", "dateline", "ahead", "list"]),
)
PARTS = st.builds(
    ToldPart, st.sampled_from(["XXXX-WXX-1", "XXXX-WXX-7", "XXXX-02-29"]), st.floats(0, 1), st.just("act")
)
TOLDS = st.builds(
    lambda days, parts: Told(days=tuple(sorted(days, key=lambda day: -day.weight)), parts=tuple(parts)),
    st.lists(DAYS, max_size=4),
    st.lists(PARTS, max_size=2),
)


@given(TOLDS, TOLDS)
def test_clash_and_same_are_shares_and_have_no_direction(one: Told, other: Told) -> None:
    for measure in (clash, same):
        assert 0 <= measure(one, other) <= 1
        assert measure(one, other) == measure(other, one)
    assert clash(one, one) == 0


@given(st.lists(st.builds(Vote, TOLDS, st.sampled_from("abc")), max_size=6))
def test_the_order_of_members_does_not_change_the_day(votes: list[Vote]) -> None:
    when, again = settle_when(votes), settle_when(votes[::-1])
    assert (when is None) == (again is None)
    assert when is None or any(vote.told.days for vote in votes)
    if when is not None and again is not None:
        assert (when.first, when.last, when.rule) == (again.first, again.last, again.rule)


WORDS = [
    "Sunday",
    "on",
    "May",
    "31",
    "0000",
    "9999",
    "2017-02-30",
    "yesterday",
    "\n\n",
    ".",
    "“",
    "AVERIL",
    "(",
    "\x00",
    "🚢",
]


@given(
    st.lists(st.sampled_from(WORDS), max_size=40).map(" ".join), st.sampled_from([None, date.min, date.max, PUBLISHED])
)
def test_any_text_is_read(text: str, published: date | None) -> None:
    told = read(text, published)
    for day in told.days:
        assert day.first <= day.last
        assert 0 <= day.weight <= 1


def test_times_that_no_calendar_has_are_left_aside() -> None:
    broken = Interval(None, None, "day")
    mentions = tuple(
        Mention(
            id=f"m{number}",
            of="article:a",
            span=Span(0, 4),
            text="then",
            kind="time",
            timex=Timex("DATE", value),
            interval=broken,
        )
        for number, value in enumerate(("0000-01-01", "2017-02-30", "2017", "XXXX-13-45"))
    )
    article = Article(id="a", capture="c", component="made/1", paragraphs=(Paragraph("then it was"),))
    annotation = Annotation(id="n", of="article:a", component="made/1", mentions=mentions)
    assert told_occasions(article, annotation).days == ()


@pytest.mark.parametrize(
    "text", ["on Sunday " * 20_000, "a" * 200_000, "In A, " * 30_000, "“" * 100_000, "Mr. A. " * 30_000]
)
def test_long_lines_take_no_time(text: str) -> None:
    article = Article(id="a", capture="c", component="made/1", paragraphs=(Paragraph(text),))
    mentions = tuple(
        Mention(
            id=f"m{at}",
            of="article:a",
            span=Span(at, at + 6),
            text="Sunday",
            kind="time",
            timex=Timex("DATE", "XXXX-WXX-7"),
        )
        for at in range(3, len(text), 10)
    )
    annotation = Annotation(id="n", of="article:a", component="made/1", mentions=mentions)

    def seconds() -> float:
        began = time.process_time()
        told_occasions(article, annotation)
        return time.process_time() - began

    assert min(seconds() for _ in range(3)) < 0.1  # the machine may be busy with something else


@pytest.mark.parametrize(
    ("text", "began"),
    [
        ("The strike that shut the harbour entered its fifth day on Friday with ships at anchor.", date(2017, 5, 15)),
        ("Talks broke down on Sunday, the third straight day of a strike that empties the shops.", date(2017, 5, 19)),
        ("Dockers blocked the gates for an eighth day on Sunday and no talks were planned.", date(2017, 5, 14)),
        ("On day three of the strike, ships lay at anchor off Averil on Monday.", date(2017, 5, 20)),
        ("The dockers of Averil have been on strike since Thursday and live on coffee.", date(2017, 5, 18)),
    ],
)
def test_counted_days_tell_when_what_goes_on_began(text: str, began: date) -> None:
    told = read(text)
    assert began in {day.first for day in told.days if day.rule == "began"}
    first = read("Dockers in Averil walked out over new cranes.", published=began)
    assert clash(told, first) == 0


@pytest.mark.parametrize(
    "text",
    [
        "Rain fell every third day on Sunday's course.",
        "Prices fell in the second week of May, the office said on Sunday.",
        "The three days of talks ended on Sunday.",
        "A ruling on Sunday ended the week-old strike in Averil.",
        "He was seen in Averil on Sunday for the first day.",
        "The paper has had a branch in Averil since Thursday.",
    ],
)
def test_other_counts_tell_of_no_beginning(text: str) -> None:
    assert not [day for day in read(text).days if day.rule == "began"]


def test_what_goes_on_is_filed_under_the_day_it_began() -> None:
    votes = [Vote(read(text, published), str(published)) for text, published in GOES_ON]
    when = settle_when(votes)
    assert when is not None
    assert (when.first, when.rule) == (date(2017, 5, 15), "began")
    assert filing_day(when, reported_days(votes)) == (date(2017, 5, 15), "happened")


GOES_ON = [
    ("Dockers in Averil stayed out for a third day on Wednesday.", date(2017, 5, 17)),
    ("The strike in Averil entered its fifth day on Friday.", date(2017, 5, 19)),
]


def test_weekday_of_an_undated_report_is_placed_by_the_dated_ones() -> None:
    dated = Vote(read("Police in Averil are looking for a bomber.", date(2017, 5, 22)), "dated")
    undated = Vote(read("A bomb killed two people in Averil on Sunday afternoon.", None), "undated")
    assert settle_when([undated]) is None
    when = settle_when([dated, undated])
    assert when is not None
    assert (when.first, when.rule) == (date(2017, 5, 21), "act")
