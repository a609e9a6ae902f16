"""Times of a text: which words are one, what they mean, and when that was."""

from datetime import UTC, datetime, timedelta

import pytest
import spacy
from hypothesis import given, settings
from hypothesis import strategies as st

from diurna.enrich.found import Time
from diurna.enrich.times.tagger import TimesSettings, find_times

# A Monday.
PUBLISHED = datetime(2017, 5, 22, 10, 15, tzinfo=UTC)


def read(text: str, published: datetime | None = PUBLISHED, **chosen: object) -> list[tuple[str, str, str]]:
    """Words, type and value of each time."""
    return [(words(text, time), time.timex.type, time.timex.value) for time in times(text, published, **chosen)]


def times(text: str, published: datetime | None = PUBLISHED, **chosen: object) -> tuple[Time, ...]:
    return find_times(text, published, TimesSettings(**chosen))  # type: ignore[arg-type]


def words(text: str, time: Time) -> str:
    return text[time.span.start : time.span.end]


def values(text: str, **chosen: object) -> list[str]:
    return [value for _, _, value in read(text, **chosen)]  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("text", "value", "span"),
    [
        ("The treaty was signed on May 22, 2017, in Oslo.", "2017-05-22", "May 22, 2017"),
        ("The treaty was signed on 22 May 2017 in Oslo.", "2017-05-22", "22 May 2017"),
        ("On the 22nd of May they signed.", "2017-05-22", "the 22nd of May"),
        ("It began on Monday, May 15, and lasted.", "2017-05-15", "Monday, May 15"),
        ("The file is dated 2017-05-21.", "2017-05-21", "2017-05-21"),
        ("They were seen on 21/5/2017 near the port.", "2017-05-21", "21/5/2017"),
        ("They were seen on 5/21/2017 near the port.", "2017-05-21", "5/21/2017"),
        ("They met on Dec. 31 to sign.", "2016-12-31", "Dec. 31"),
        ("The offer, which expires June 3, will not be renewed.", "2017-06-03", "June 3"),
        ("Talks will resume on Jan. 9.", "2018-01-09", "Jan. 9"),
        ("It rained in April.", "2017-04", "April"),
        ("It will open in October.", "2017-10", "October"),
        ("It opened in October.", "2016-10", "October"),
        ("It opened last June.", "2016-06", "last June"),
        ("They will vote next March.", "2018-03", "next March"),
        ("It closed in late October 2015.", "2015-10", "late October 2015"),
        ("A strike in January this year cost millions.", "2017-01", "January this year"),
        ("He was born in 1958.", "1958", "1958"),
        ("In the mid-1990s the mine closed.", "199", "the mid-1990s"),
        ("She grew up in the '80s.", "198", "the '80s"),
        ("Fashions of the sixties returned.", "196", "the sixties"),
        ("A building of the 19th century burned.", "18", "the 19th century"),
        ("The quake came in the summer of 2012.", "2012-SU", "the summer of 2012"),
        ("It closed last winter.", "2016-WI", "last winter"),
        ("Profit rose in the first quarter.", "2017-Q1", "the first quarter"),
        ("The third-quarter loss of 2016 was small.", "2016-Q3", "third-quarter"),
        ("It shrank in the second half of 2016.", "2016-H2", "the second half of 2016"),
        ("Sales fell in fiscal 2016.", "2016", "fiscal 2016"),
        ("It must end by the end of the year.", "2017", "the end of the year"),
        ("They fired on Sunday.", "2017-05-21", "Sunday"),
        ("They fired on Monday.", "2017-05-22", "Monday"),
        ("Ministers will meet on Thursday.", "2017-05-25", "Thursday"),
        ("On Thursday, ministers are expected to meet.", "2017-05-25", "Thursday"),
        ("On Thursday, ministers met.", "2017-05-18", "Thursday"),
        ("The police said Thursday that it was over.", "2017-05-18", "Thursday"),
        ("They met last Monday.", "2017-05-15", "last Monday"),
        ("They meet next Monday.", "2017-05-29", "next Monday"),
        ("It was over the weekend.", "2017-W20-WE", "the weekend"),
        ("He fell ill in the small hours of Sunday.", "2017-05-21", "the small hours of Sunday"),
        ("They marched on the 38th anniversary.", "XXXX-XX-XX", "the 38th anniversary"),
        ("It was up from five per cent in December.", "2016-12", "December"),
        ("They have waited since June.", "2016-06", "June"),
        ("It opens in June.", "2017-06", "June"),
        ("He left yesterday.", "2017-05-21", "yesterday"),
        ("He leaves the day after tomorrow.", "2017-05-24", "the day after tomorrow"),
        ("It was last week's second test.", "2017-W20", "last week"),
        ("Three tests took place this month.", "2017-05", "this month"),
        ("They will try again early next year.", "2018", "early next year"),
        ("He was freed two weeks ago.", "2017-W19", "two weeks ago"),
        ("He was freed ten days ago.", "2017-05-12", "ten days ago"),
        ("He was jailed 18 months ago.", "2015-11", "18 months ago"),
        ("He was jailed a year ago.", "2016", "a year ago"),
        ("He was freed on Christmas Day.", "2016-12-25", "Christmas Day"),
        ("It happened on Easter Monday 2016.", "2016-03-28", "Easter Monday 2016"),
        ("The vote fell on Election Day 2016.", "2016-11-08", "Election Day 2016"),
        ("They ate turkey on Thanksgiving.", "2016-11-24", "Thanksgiving"),
        ("Everybody is safe now.", "PRESENT_REF", "now"),
        ("That was never done in the past.", "PAST_REF", "the past"),
        ("They hope to return in the near future.", "FUTURE_REF", "the near future"),
        ("More will come in the coming weeks.", "FUTURE_REF", "the coming weeks"),
        ("Everybody relaxed, now that it was over.", "PRESENT_REF", "now"),
        ("In January nineteen ninety-seven it closed.", "1997-01", "January nineteen ninety-seven"),
        ("It froze in the winter of two thousand and six.", "2006-WI", "the winter of two thousand and six"),
        ("It rained in april and thundered.", "2017-04", "april"),
        ("They left in august, all of them.", "2016-08", "august"),
        ("The fair runs from 3 to 5 June in Oslo.", "2017-06-03", "3"),
        ("The fair of 3-5 June 2016 was dull.", "2016-06-03", "3"),
        ("It sank in the last half of 2015.", "2015-H2", "the last half of 2015"),
        ("He resigned the day before last Friday's ruling.", "2017-05-18", "the day before last Friday"),
        ("It began the day after May 3.", "2017-05-04", "the day after May 3"),
        ("They met in the week of March 8.", "2017-W10", "the week of March 8"),
        ("Exports grew over the past year.", "2016", "the past year"),
        ("The offer had been due to expire on Friday.", "2017-05-19", "Friday"),
        ("The vote, originally scheduled for Friday, was lost.", "2017-05-19", "Friday"),
        ("Most members had filed reports by Friday.", "2017-05-19", "Friday"),
        ("The police did not call him a suspect until Friday.", "2017-05-19", "Friday"),
        ("Until Friday, they had not called him a suspect.", "2017-05-19", "Friday"),
        ("Until Friday, shops will be closed.", "2017-05-26", "Friday"),
        ("They said he need not pay until Friday.", "2017-05-26", "Friday"),
        ("She asked them to leave before Friday.", "2017-05-26", "Friday"),
        ("Polls held before Friday's vote were close.", "2017-05-19", "Friday"),
        ("The loan was extended through July.", "2017-07", "July"),
        ("It will be paid on an undisclosed date in November.", "2017-11", "November"),
        ("The judge set Friday as the day of the hearing.", "2017-05-19", "Friday"),
        ("Sales rose in the quarter ended Sept. 30.", "2016-Q3", "the quarter"),
    ],
)
def test_a_date_is_read(text: str, value: str, span: str) -> None:
    assert (span, "DATE", value) in read(text)


@pytest.mark.parametrize(
    ("text", "value", "span"),
    [
        ("It flew at 5:59 a.m. local time.", "2017-05-22T05:59", "5:59 a.m. local time"),
        ("It flew at half past nine in the evening.", "2017-05-22T21:30", "half past nine in the evening"),
        ("It flew at twelve minutes past six.", "2017-05-22T06:12", "twelve minutes past six"),
        ("It flew at a quarter to noon.", "2017-05-22T11:45", "a quarter to noon"),
        ("It flew at ten past five in the morning.", "2017-05-22T05:10", "ten past five in the morning"),
        ("It flew at 0530 GMT.", "2017-05-22T05:30", "0530 GMT"),
        ("It flew at 10 p.m. Wednesday.", "2017-05-17T22:00", "10 p.m. Wednesday"),
        ("It ended at noon Thursday.", "2017-05-18T12:00", "noon Thursday"),
        ("Curfew begins at 2000 hours.", "2017-05-22T20:00", "2000 hours"),
        ("The bell rang at 4 o'clock in the afternoon.", "2017-05-22T16:00", "4 o'clock in the afternoon"),
        ("Polls close at 5 p.m. EST, Nov. 6.", "2017-11-06T17:00", "5 p.m. EST, Nov. 6"),
        ("They fired it early Monday morning.", "2017-05-22TMO", "early Monday morning"),
        ("It happened on Sunday night.", "2017-05-21TNI", "Sunday night"),
        ("It happened last night.", "2017-05-21TNI", "last night"),
        ("She spoke this evening.", "2017-05-22TEV", "this evening"),
        ("He arrives tomorrow morning.", "2017-05-23TMO", "tomorrow morning"),
        ("The log says 2017-05-21T23:40:10Z.", "2017-05-21T23:40:10", "2017-05-21T23:40:10Z"),
        ("He left three hours ago.", "2017-05-22T07", "three hours ago"),
        ("They met at four o'clock in the afternoon.", "2017-05-22T16:00", "four o'clock in the afternoon"),
        ("They met at half past three o'clock.", "2017-05-22T03:30", "half past three o'clock"),
        ("They met at quarter to one o'clock.", "2017-05-22T00:45", "quarter to one o'clock"),
        ("The bomb went off at 4 in the morning.", "2017-05-22T04:00", "4 in the morning"),
        ("It ended around five in the evening on Sunday.", "2017-05-21T17:00", "five in the evening on Sunday"),
        ("The bells rang at 12 at night.", "2017-05-22T00:00", "12 at night"),
        ("It broke out again at 4:30 in the afternoon.", "2017-05-22T16:30", "4:30 in the afternoon"),
        ("She speaks at 7 o'clock tonight.", "2017-05-22T19:00", "7 o'clock tonight"),
        ("She spoke at 7:30 this morning.", "2017-05-22T07:30", "7:30 this morning"),
        ("She spoke at 11 p.m. last night.", "2017-05-21T23:00", "11 p.m. last night"),
        ("She spoke at 19:30 yesterday evening.", "2017-05-21T19:30", "19:30 yesterday evening"),
        ("The rule takes effect at midnight on Sunday.", "2017-05-28T24:00", "midnight on Sunday"),
        ("They attacked at dawn.", "2017-05-22TMO", "dawn"),
        ("They attacked before dawn on Friday.", "2017-05-19TMO", "dawn on Friday"),
        ("Five people were killed overnight.", "2017-05-21TNI", "overnight"),
        ("The guests will stay here overnight.", "2017-05-22TNI", "overnight"),
    ],
)
def test_a_time_of_day_is_read(text: str, value: str, span: str) -> None:
    found = [(span_, value_) for span_, kind, value_ in read(text) if kind == "TIME"]
    assert found == [(span, value)]


@pytest.mark.parametrize(
    ("text", "kind", "value", "span"),
    [
        ("A three-year study ended.", "DURATION", "P3Y", "three-year"),
        ("It lasted two decades.", "DURATION", "P20Y", "two decades"),
        ("It lasted at least 20 more years.", "DURATION", "P20Y", "at least 20 more years"),
        ("It took several hours.", "DURATION", "PTXH", "several hours"),
        ("They were gone for 2 1/2 years.", "DURATION", "P2Y6M", "2 1/2 years"),
        ("They fought for years.", "DURATION", "PXY", "for years"[4:]),
        ("They ruled it for hundreds of years.", "DURATION", "PXY", "hundreds of years"),
        ("It took two and a half hours.", "DURATION", "PT2H30M", "two and a half hours"),
        ("He waited a month.", "DURATION", "P1M", "a month"),
        ("In the past 24 hours, five died.", "DURATION", "PT24H", "the past 24 hours"),
        ("In recent weeks it grew.", "DURATION", "PXW", "recent weeks"),
        ("An eight-month-old truce broke.", "DURATION", "P8M", "eight-month-old"),
        ("They meet every Monday.", "SET", "XXXX-WXX-1", "every Monday"),
        ("They rest on Sundays.", "SET", "XXXX-WXX-7", "Sundays"),
        ("They march each July.", "SET", "XXXX-07", "each July"),
        ("They train twice a week.", "SET", "P1W", "twice a week"),
        ("They pay $300 a month.", "SET", "P1M", "a month"),
        ("They meet annually.", "SET", "P1Y", "annually"),
        ("They test it every two years.", "SET", "P2Y", "every two years"),
        ("The plant runs 24 hours a day.", "SET", "P1D", "24 hours a day"),
    ],
)
def test_durations_and_sets_are_read(text: str, kind: str, value: str, span: str) -> None:
    assert (span, kind, value) in read(text)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The missile was fired on May 14. A week earlier, talks had failed.", ["2017-05-14", "2017-05-07"]),
        ("It was fired on May 14. The next day, Seoul protested.", ["2017-05-14", "2017-05-15"]),
        ("It was fired on May 14. Two days later it rained.", ["2017-05-14", "2017-05-16"]),
        ("It was fired on May 14. Later that day, Tokyo protested.", ["2017-05-14", "2017-05-14"]),
        ("Sales doubled in 2014. That year, three plants opened.", ["2014", "2014"]),
        ("Sales doubled in 2014. The following year they fell.", ["2014", "2015"]),
        ("They met on April 24 and 25.", ["2017-04-24", "2017-04-25"]),
        ("They met on April 3, 5 and 7.", ["2017-04-03", "2017-04-05", "2017-04-07"]),
        ("They left on June 30, 22 of them ill.", ["2017-06-30"]),
        ("They met in March 2016. On the 22nd they parted.", ["2016-03", "2016-03-22"]),
        ("Sales doubled in 2014. The next day they fell.", ["2014", "XXXX-XX-XX"]),
        ("Sales doubled in 2014. The next year they fell.", ["2014", "2015"]),
        ("Sales doubled in 2014, after a loss the year before.", ["2014", "2013"]),
        ("It struck twice, most recently in March 2016.", ["2016-03"]),
        ("It rose on May 12, as on the previous Friday.", ["2017-05-12", "2017-05-05"]),
        ("Profit fell in the third quarter of 2015. In that quarter it paid tax.", ["2015-Q3", "2015-Q3"]),
    ],
)
def test_a_time_may_count_from_the_one_spoken_of(text: str, expected: list[str]) -> None:
    assert values(text) == expected
    assert times(text)[-1].timex.anchor in ("spoken", "published", "itself")


def test_a_report_compares_with_the_quarter_of_the_year_before() -> None:
    text = "The company earned $2 million in the first quarter, up from $1 million a year ago."
    assert values(text) == ["2017-Q1", "2016-Q1"]


@pytest.mark.parametrize(
    "text",
    [
        "Prime Minister Theresa May spoke.",
        "They may leave.",
        "Soldiers march on the city.",
        "The second man ran.",
        "He writes for The Sunday Times.",
        "A fall in prices hurt them.",
        "They live on Spring Street.",
        "Flight 1847 was late.",
        "About 2000 people came.",
        "They counted 1,990 votes.",
        "Arsenal won 2-1.",
        "The score was 10:12.",
        "They sat in Room 2017.",
        "A 45-year-old man died.",
        "The girl, 5 years old, survived.",
        "Three-quarters of them agreed.",
        "Now, what does it mean?",
        "She works at 21st Century Fox.",
        "He read the 30 February 2017 edition.",
        "It opens at 25:00.",
        "The year 0000 does not exist.",
        "Mr Sun, 53, sat down.",
        'He appeared on "This Week".',
        'He appeared on "This Week With Jane Doe".',
        "Now for the weather.",
        "Today's youth reads less.",
        "They build the cars of tomorrow.",
        "VOA Today told the story.",
        "He drove off in a 2006 Toyota.",
        "He starred in the film High Noon.",
        "It was the dawn of another age.",
        "The post offers overnight delivery.",
        "Late in the day before leaving he spoke.",
        "An august body of men met.",
        "It killed 4 in the city.",
    ],
)
def test_what_only_looks_like_a_time_is_none(text: str) -> None:
    assert read(text) == []


@pytest.mark.parametrize(
    ("text", "mod"),
    [
        ("It took more than two years.", "MORE_THAN"),
        ("It took nearly two years.", "LESS_THAN"),
        ("It took at least two years.", "EQUAL_OR_MORE"),
        ("It took up to two years.", "EQUAL_OR_LESS"),
        ("It took about two years.", "APPROX"),
        ("It began in early 2016.", "START"),
        ("It began in late 2016.", "END"),
        ("It began in the middle of 2016.", "MID"),
    ],
)
def test_a_qualifier_gives_the_modifier(text: str, mod: str) -> None:
    assert [time.timex.mod for time in times(text)] == [mod]


@pytest.mark.parametrize(
    ("text", "start", "end", "granularity"),
    [
        ("It flew on Sunday.", "2017-05-21T00:00", "2017-05-22T00:00", "day"),
        ("It flew at 5:59 a.m. KST on Sunday.", "2017-05-20T20:59", "2017-05-20T21:00", "minute"),
        ("It flew at 4:59 p.m. ET Sunday.", "2017-05-21T20:59", "2017-05-21T21:00", "minute"),
        ("It flew at 4:59 p.m. EST Sunday.", "2017-05-21T21:59", "2017-05-21T22:00", "minute"),
        ("It flew at 3 p.m. (0600 GMT) Sunday.", "2017-05-21T06:00", "2017-05-21T06:01", "minute"),
        ("It flew at 3 p.m. Sunday (0600 GMT).", "2017-05-21T06:00", "2017-05-21T06:01", "minute"),
        ("It flew at 1:40 a.m. (2340 GMT on Saturday).", "2017-05-20T23:40", "2017-05-20T23:41", "minute"),
        ("It flew at 5:59 a.m. local time on Sunday.", "2017-05-21T00:00", "2017-05-22T00:00", "day"),
        ("It flew last week.", "2017-05-15T00:00", "2017-05-22T00:00", "week"),
        ("It flew last weekend.", "2017-05-20T00:00", "2017-05-22T00:00", "weekend"),
        ("It flew this month.", "2017-05-01T00:00", "2017-06-01T00:00", "month"),
        ("It flew in the first quarter.", "2017-01-01T00:00", "2017-04-01T00:00", "quarter"),
        ("It flew last summer.", "2016-06-01T00:00", "2016-09-01T00:00", "season"),
        ("It flew in 2015.", "2015-01-01T00:00", "2016-01-01T00:00", "year"),
        ("It flew in the 1990s.", "1990-01-01T00:00", "2000-01-01T00:00", "decade"),
        ("It was built in the 19th century.", "1800-01-01T00:00", "1900-01-01T00:00", "century"),
        ("It flew on Sunday morning.", "2017-05-21T05:00", "2017-05-21T12:00", "part of day"),
        ("It flew in the past 24 hours.", "2017-05-21T10:15", "2017-05-22T10:15", "hour"),
        ("It flew in the past three weeks.", "2017-05-01T00:00", "2017-05-22T00:00", "week"),
        ("It was so in 2011-12.", "2011-01-01T00:00", "2013-01-01T00:00", "year"),
        ("It grew over the past year.", "2016-05-21T00:00", "2017-05-22T00:00", "year"),
        ("He was there for the last week.", "2017-05-15T00:00", "2017-05-22T00:00", "week"),
        ("It will grow in the next month.", "2017-05-22T00:00", "2017-06-21T00:00", "month"),
        ("It flew at 5:59 a.m. Seoul time on Sunday.", "2017-05-20T20:59", "2017-05-20T21:00", "minute"),
        ("It flew at 3 p.m. Seoul time (0600 GMT) Sunday.", "2017-05-21T06:00", "2017-05-21T06:01", "minute"),
        ("It flew at 3 p.m. Narnia time on Sunday.", "2017-05-21T00:00", "2017-05-22T00:00", "day"),
    ],
)
def test_the_interval_is_half_open_and_in_utc(text: str, start: str, end: str, granularity: str) -> None:
    (time,) = times(text)
    assert time.interval is not None
    assert time.interval.start == datetime.fromisoformat(start).replace(tzinfo=UTC)
    assert time.interval.end == datetime.fromisoformat(end).replace(tzinfo=UTC)
    assert time.interval.granularity == granularity


@pytest.mark.parametrize(
    "text", ["It took three days.", "It is so now.", "It fell in fiscal 2016.", "Every Monday it rains."]
)
def test_what_no_calendar_tells_has_no_interval(text: str) -> None:
    assert [time.interval for time in times(text)] == [None]


def test_days_are_those_of_the_publishers_zone() -> None:
    late = datetime(2017, 5, 21, 22, 0, tzinfo=UTC)  # Monday morning in Seoul
    (time,) = times("It flew today at 7 a.m.", late, zone="Asia/Seoul")[:1]
    assert time.timex.value == "2017-05-22"
    assert time.interval is not None
    assert time.interval.start == datetime(2017, 5, 21, 15, tzinfo=UTC)
    (clock,) = times("It flew at 7 a.m.", late, zone="Asia/Seoul")
    assert clock.interval is not None
    assert clock.interval.start == datetime(2017, 5, 21, 22, tzinfo=UTC)


def test_a_day_of_publication_is_the_same_day_in_every_zone() -> None:
    (time,) = times("It flew today.", datetime(2017, 5, 22, tzinfo=UTC), zone="America/New_York")
    assert time.timex.value == "2017-05-22"


@pytest.mark.parametrize(
    ("dateline", "start"),
    [
        ("SEOUL, South Korea (AP) --", "2017-05-21T20:59"),
        ("SEOUL (AP) —", "2017-05-21T20:59"),
        ("LONDON -", "2017-05-22T04:59"),
        ("MIAMI _", "2017-05-22T09:59"),
        ("PORTLAND, Maine --", "2017-05-22T09:59"),
        ("PORTLAND, Oregon --", "2017-05-22T12:59"),
    ],
)
def test_a_time_of_the_clock_is_that_of_the_datelines_place(dateline: str, start: str) -> None:
    for words_ in ("5:59 a.m.", "5:59 a.m. local time"):
        (time,) = times(f"{dateline} It flew at {words_} today.", zone="Africa/Cairo")
        assert time.interval is not None
        assert time.interval.start == datetime.fromisoformat(start).replace(tzinfo=UTC)


def test_a_dateline_without_a_known_place_leaves_the_publishers_zone() -> None:
    (time,) = times("XYZZYVILLE (AP) -- It flew at 7 a.m. today.", zone="Asia/Seoul")
    assert time.interval is not None
    assert time.interval.start == datetime(2017, 5, 21, 22, tzinfo=UTC)
    (local,) = times("XYZZYVILLE (AP) -- It flew at 7 a.m. local time today.", zone="Asia/Seoul")
    assert local.interval is not None
    assert local.interval.granularity == "day"


def test_a_quarter_of_the_companys_own_year_has_no_interval() -> None:
    quarter, _ = times("Sales rose in the fourth quarter ended Sept. 30.")
    assert (quarter.timex.value, quarter.interval) == ("2016-Q4", None)


def test_an_unknown_zone_is_told() -> None:
    with pytest.raises(ValueError, match="Atlantis"):
        times("Today.", zone="Atlantis")


def test_the_dateline_is_the_anchor_where_it_is_earlier() -> None:
    text = "SEOUL, May 19 (Agency) -- The test took place on Thursday, officials said today."
    assert values(text) == ["2017-05-19", "2017-05-18", "2017-05-19"]
    assert times(text)[1].timex.anchor == "dateline"


def test_without_publication_what_is_relative_stays_open() -> None:
    text = "It flew on Sunday, a week after May 3, and again last month, yesterday and on June 1, 2016."
    found = times(text, None)
    assert [time.timex.value for time in found] == [
        "XXXX-WXX-7", "P1W", "XXXX-05-03", "XXXX-XX", "XXXX-XX-XX", "2016-06-01",
    ]  # fmt: skip
    assert [time.interval is None for time in found] == [True, True, True, True, True, False]


def test_month_and_day_of_a_number_follow_the_setting() -> None:
    assert values("It was on 5/6/2017.", month_first=True) == ["2017-05-06"]
    assert values("It was on 5/6/2017.", month_first=False) == ["2017-06-05"]
    assert values("It was on 25/6/2017.", month_first=True) == ["2017-06-25"]


def test_the_component_works_in_a_strangers_pipeline() -> None:
    nlp = spacy.blank("en")
    nlp.add_pipe("diurna_times", config={"zone": "Asia/Seoul"})
    doc = nlp.make_doc("North Korea fired a missile on Sunday, two weeks after the last one.")
    doc._.diurna_published = PUBLISHED
    doc = nlp(doc)
    assert [time.timex.value for time in doc._.diurna_times] == ["2017-05-21", "P2W"]
    assert [(span.text, span.label_) for span in doc.spans["diurna_times"]] == [
        ("Sunday", "DATE"),
        ("two weeks", "DURATION"),
    ]


_WORDS = (
    "the last next this two 1,5 three and a half years year ago later week Monday May 31 February 29 2017 0000 9999 "
    "'98 1990s 10:30 25:00 a.m. GMT noon first quarter of end earlier every twice Easter summer - , \n \u00a0 İ "
    ". 5/6/2017 😀 22nd century now a 100000 days before after morning half past one o'clock dawn until had not filed "
    "through extended 3 to 5 June tonight SEOUL -- at Seoul time nineteen ninety-four recently Friday's past quarter "
    "ended Sept. 30 week of March 6 overnight tomorrow's youth"
)
_PIECES = st.sampled_from(_WORDS.split(" "))
_ANCHORS = st.sampled_from([PUBLISHED, None, datetime(1, 1, 1, tzinfo=UTC), datetime(9999, 12, 31, 23, 59, tzinfo=UTC)])


@settings(max_examples=120, deadline=None)
@given(st.lists(_PIECES, max_size=24).map(" ".join) | st.text(max_size=60), _ANCHORS)
def test_any_text_gives_spans_in_order_and_intervals_that_last(text: str, published: datetime | None) -> None:
    last = 0
    for time in find_times(text, published):
        assert last <= time.span.start < time.span.end <= len(text)
        last = time.span.end
        assert time.timex.type in ("DATE", "TIME", "DURATION", "SET")
        assert time.timex.value
        if time.interval is not None:
            assert time.interval.start is not None
            assert time.interval.end is not None
            assert timedelta(0) < time.interval.end - time.interval.start


@given(st.dates())
def test_a_written_date_comes_back(day: object) -> None:
    iso = str(day)
    assert values(f"It was on {iso}.") == [iso]


@pytest.mark.parametrize(
    "piece", ["the last ", "May ", "1-", "10:10:", "one hundred and ", "new year's ", "7 ", "3 to 5 June "]
)
def test_the_cost_grows_with_the_length_only(piece: str) -> None:
    # Eight thousand characters of the worst cases; a quadratic loop would need minutes.
    started = datetime.now(UTC)
    find_times(piece * (8_000 // len(piece)), PUBLISHED)
    assert datetime.now(UTC) - started < timedelta(seconds=10)


def test_the_day_in_the_east_may_be_ahead_of_that_of_publication() -> None:
    text = "SEOUL, May 14 (Agency) - The North fired a missile early on Sunday."
    found = find_times(text, datetime(2017, 5, 13, 22, 41, tzinfo=UTC))
    assert [(one.timex.value, one.timex.anchor) for one in found][1] == ("2017-05-14", "dateline")
    bare = "The North fired a missile early on Sunday, the military said."
    for hour, value in ((22, "2017-05-14"), (9, "2017-05-07")):
        (one,) = find_times(bare, datetime(2017, 5, 13, hour, tzinfo=UTC))
        assert one.timex.value == value
