import time
from datetime import UTC, datetime
from itertools import pairwise

import pytest
import spacy
from hypothesis import given, settings
from hypothesis import strategies as st

from diurna.enrich.found import Name, Number, Time
from diurna.enrich.quantities.tagger import Quantities, QuantitiesSettings, make_quantities
from diurna.model import Interval, Quantity, Span, Timex

_PIECES = """one five twenty hundred million and half a dozen to between or 3 10 1,000 2.5 - / km ft in people percent $
    of the more than about point quarter third several few no none casualties old year 's . , ( )"""
_NLP = spacy.blank("en")
_TAGGER = Quantities(QuantitiesSettings())


def read(text: str) -> list[Number]:
    return list(_TAGGER(_NLP.make_doc(text))._.diurna_quantities)


def only(text: str) -> Quantity:
    found = read(text)
    assert len(found) == 1, found
    return found[0].quantity


def values(text: str) -> list[tuple[float | None, str]]:
    return [(one.quantity.value, one.quantity.unit) for one in read(text)]


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("a hundred and six boats sank", 106),
        ("half a dozen boats sank", 6),
        ("two and a half boats", 2.5),
        ("one hundred twenty-three boats", 123),
        ("three hundred thousand and five boats", 300_005),
        ("a million and a half boats", 1_500_000),
        ("twenty-five hundred boats", 2500),
        ("1,250,000 boats", 1_250_000),
        ("1 250 000 boats", 1_250_000),
        ("12,50,000 boats", 1_250_000),
        ("4.5 million boats", 4_500_000),
        ("10 1/2 boats", 10.5),
        ("3½ boats", 3.5),
        ("a quarter of the boats", 0.25),
        ("three-quarters of the boats", 0.75),
        ("two thirds of the boats", 2 / 3),
        ("half of the boats", 0.5),
        ("one in five boats", 0.2),
        ("nine out of 10 boats", 0.9),
        ("a quarter of a million boats", 250_000),
        ("one point six billion boats", 1_600_000_000),
        ("no casualties were seen", 0),
        ("none of the boats sank", 0),
    ],
)
def test_numbers_are_read_however_they_are_written(text: str, value: float) -> None:
    assert only(text).value == pytest.approx(value)


@pytest.mark.parametrize(
    ("text", "value", "lower", "upper", "modifier"),
    [
        ("about 60 boats", 60, None, None, "about"),
        ("some 60 boats", 60, None, None, "some"),
        ("More than 60 boats", 60, 60, None, "more than"),
        ("at least another 60 boats", 60, 60, None, "at least"),
        ("more than five dozen boats", 60, 60, None, "more than"),
        ("60 or more boats", 60, 60, None, "or more"),
        ("60+ boats", 60, 60, None, "or more"),
        ("nearly 60 boats", 60, None, 60, "nearly"),
        ("as many as 60 boats", 60, None, 60, "as many as"),
        ("up to 60 boats", 60, None, 60, "up to"),
        ("no fewer than 60 boats", 60, 60, None, "no fewer than"),
        ("no more than 60 boats", 60, None, 60, "no more than"),
        ("fewer than 60 boats", 60, None, 60, "fewer than"),
        ("dozens of boats", None, 24, None, "dozens"),
        ("hundreds of thousands of boats", None, 200_000, None, "hundreds of thousands"),
        ("several hundred boats", None, 300, None, "several"),
        ("a couple of boats", 2, None, None, "a couple of"),
        ("300 to 400 boats", None, 300, 400, ""),
        ("10-15 boats", None, 10, 15, ""),
        ("between 3 and 5 million boats", None, 3e6, 5e6, "between"),
        ("two or three boats", None, 2, 3, ""),
        ("about 3,000-4,000 boats", None, 3000, 4000, "about"),
    ],
)
def test_bounds_follow_the_words(
    text: str, value: float | None, lower: float | None, upper: float | None, modifier: str
) -> None:
    found = only(text)
    assert (found.value, found.lower, found.upper, found.modifier) == (value, lower, upper, modifier)
    assert found.counted == "boats"


@pytest.mark.parametrize(
    ("text", "value", "unit"),
    [
        ("It cost €3bn.", 3e9, "euro"),
        ("It cost $1.2 trillion.", 1.2e12, "US dollar"),
        ("It cost US$40m.", 4e7, "US dollar"),
        ("It cost A$30.", 30, "Australian dollar"),
        ("It cost Rs 5 crore.", 5e7, "rupee"),
        ("It cost 50 pence.", 50, "penny"),
        ("It cost 500 million won.", 5e8, "South Korean won"),
        ("It cost USD 200.", 200, "US dollar"),
        ("It cost 120 EUR.", 120, "euro"),
        ("It cost 15 dollars and 20 cents.", 15.2, "US dollar"),
        ("A fine of 500 pounds was set.", 500, "British pound"),
        ("They found 500 pounds of flour.", 500, "pound"),
        ("It fell by 0.25 percentage points.", 0.25, "percentage point"),
        ("Turnout was 52%.", 52, "percent"),
        ("It ran 500km.", 500, "kilometre"),
        ("It covers 12,000 sq km.", 12_000, "square kilometre"),
        ("It covers 40 m2.", 40, "square metre"),
        ("It holds 3 cubic metres.", 3, "cubic metre"),
        ("It weighs 3.5 tonnes.", 3.5, "tonne"),
        ("It did 90 miles per hour.", 90, "mile per hour"),
        ("It did 90 km/h.", 90, "kilometre per hour"),
        ("It was -5C.", -5, "degree Celsius"),
        ("It was minus 12 degrees Fahrenheit.", -12, "degree Fahrenheit"),
        ("It made 5 GWh.", 5, "gigawatt-hour"),
        ("The file has 20GB.", 20, "gigabyte"),
        ("They pump 100,000 barrels a day.", 100_000, "barrel per day"),
        ("It pays $70-a-share.", 70, "US dollar per share"),
        ("He waited two and a half hours.", 2.5, "hour"),
        ("She is 5 years old.", 5, "year of age"),
        ("A 45-year-old man left.", 45, "year of age"),
        ("Mary Poole, 45, left.", 45, "year of age"),
        ("He is aged 33.", 33, "year of age"),
        ("A 6.4-magnitude quake struck.", 6.4, "magnitude"),
        ("The quake measured 5.5 on the Richter scale.", 5.5, "magnitude"),
        ("It was built for children under 5.", 5, "year of age"),
        ("It reached Mach 5.", 5, "mach"),
        ("The 310-mile flight ended.", 310, "mile"),
        ("He is 6ft 2in.", 6 + 2 / 12, "foot"),
        ("He is 5'10\".", 5 + 10 / 12, "foot"),
        ("half an hour", 0.5, "hour"),
    ],
)
def test_units_and_currencies_are_named(text: str, value: float, unit: str) -> None:
    found = only(text)
    assert found.value == pytest.approx(value)
    assert found.unit == unit


@pytest.mark.parametrize(
    ("text", "counted"),
    [
        ("86 people were there", "people"),
        ("60 NHS trusts were hit", "NHS trusts"),
        ("another 12 wounded were found", "wounded"),
        ("three of the soldiers left", "soldiers"),
        ("125 staff members left", "staff members"),
        ("one man was seen", "man"),
        ("20 stones were thrown", "stones"),
        ("three bars were closed", "bars"),
        ("no civilian casualties were seen", "civilian casualties"),
        ("a 20,000-strong crowd came", "crowd"),
    ],
)
def test_what_is_counted_is_named_in_the_words_of_the_text(text: str, counted: str) -> None:
    assert only(text).counted == counted


@pytest.mark.parametrize(
    "text",
    [
        "The Boeing 747 landed.",
        "Covid-19 and the G7 in 2015.",
        "They drove on Route 66 on May 22, 2017.",
        "It happened on 3/4/2012, at 10:30 am, in the 1980s.",
        "The 1st, the 19th and the 23rd.",
        "United won 2-1.",
        "Call 555-0100 or +44 20 7946 0958.",
        "1. Go home",
        "2) Come back",
        "See page 3, section 4.2.1 and UN resolution 2356.",
        "No one was there, and one day he left.",
        "the 2015-16 season of Channel 4",
        "She lives at 123 Mill Street.",
        "in nineteen eighty-four",
        "An F-16 and flight MH17 with an AK-47.",
        "There are no plans.",
        "women in their 40s",
        "At half past nine, inflation for 2022 year-end was told.",
        "He came in a minute or two.",
    ],
)
def test_names_dates_codes_and_scores_are_no_quantities(text: str) -> None:
    assert read(text) == []


def test_headlines_and_capitals_are_read() -> None:
    assert values("ROCKETS HIT TOWN, AT LEAST 14 PEOPLE KILLED 30 KM AWAY") == [(14, ""), (30, "kilometre")]
    assert values("Blast Kills 14 In Market") == [(14, "")]


def test_the_tagger_works_in_any_pipeline_and_with_tags() -> None:
    doc = _NLP.make_doc("They met 20 Rohingya.")
    for token, tag in zip(doc, ("PRP", "VBD", "CD", "NNP", "."), strict=True):
        token.tag_ = tag
    assert _TAGGER(doc)._.diurna_quantities[0].quantity.counted == "Rohingya"
    assert only("They met 20 Rohingya.").counted == ""


def test_a_change_is_not_a_range() -> None:
    assert values("Rates rose from 5 to 7 percent.") == [(5, "percent"), (7, "percent")]
    assert values("Rates ranged from 5 to 7 percent.") == [(None, "percent")]
    assert values("Shares fell $2 to $3.") == [(2, "US dollar"), (3, "US dollar")]


@pytest.mark.parametrize(
    ("text", "digits"), [("310 miles", 2), ("310.0 miles", 4), ("1,015 miles", 4), ("2.5 million miles", 2)]
)
def test_rounding_is_kept_as_written(text: str, digits: int) -> None:
    assert only(text).digits == digits


def test_the_span_covers_qualifier_number_and_thing() -> None:
    text = "They saw more than 60 fishing boats there."
    (one,) = read(text)
    assert text[one.span.start : one.span.end] == "more than 60 fishing boats"
    doc = _TAGGER(_NLP.make_doc(text))
    assert [span.text for span in doc.spans["diurna_quantities"]] == ["more than 60 fishing boats"]


def test_numbers_within_dates_and_names_are_left_to_these() -> None:
    doc = _NLP.make_doc("Room Twelve Ltd sold 30 boats within 20 days, 5 days ago.")
    begin = doc.text.index("5 days ago")
    lasting = doc.text.index("20 days")
    doc._.diurna_times = (
        Time(Span(lasting, lasting + 7), Timex("DURATION", "P20D")),
        Time(
            Span(begin, begin + 10),
            Timex("DATE", "2017-05-17"),
            Interval(datetime(2017, 5, 17, tzinfo=UTC), None, "day"),
        ),
    )
    doc._.diurna_names = (Name(Span(0, 15), "organisation"),)
    found = [(one.quantity.value, one.quantity.unit) for one in _TAGGER(doc)._.diurna_quantities]
    assert found == [(30, ""), (20, "day")]


def test_settings_choose_dollar_durations_and_vague_words() -> None:
    nlp = spacy.blank("en")
    plain = make_quantities(nlp, "q", "Australian dollar", durations=False, vague=False)
    doc = plain(nlp.make_doc("Dozens paid $5 for six hours."))
    assert [(one.quantity.value, one.quantity.unit) for one in doc._.diurna_quantities] == [(5, "Australian dollar")]


@settings(max_examples=150, deadline=None)
@given(st.text(alphabet="0123456789,.-–/ $%€'\"()kmCF½²ao\n", max_size=60) | st.text(max_size=60))
def test_any_text_gives_ordered_spans_that_do_not_overlap(text: str) -> None:
    found = read(text)
    for one in found:
        assert 0 <= one.span.start < one.span.end <= len(text)
    for one, other in pairwise(found):
        assert one.span.end <= other.span.start


@settings(max_examples=100, deadline=None)
@given(st.lists(st.sampled_from(_PIECES.split()), max_size=30))
def test_any_mix_of_number_words_is_read_without_fault(words: list[str]) -> None:
    for one in read(" ".join(words)):
        quantity = one.quantity
        assert quantity.value is not None or quantity.lower is not None
        if quantity.lower is not None and quantity.upper is not None:
            assert quantity.lower <= quantity.upper


@pytest.mark.parametrize(
    "piece", ["7, ", "5 to ", "two and ", "1-", "1/2", "half a ", "123 ", "a1", "no other ", "5 ft 3 in ", "one in "]
)
def test_time_grows_with_length_only(piece: str) -> None:
    def spent(count: int) -> float:
        doc = _NLP.make_doc(piece * count)
        tries = []
        for _ in range(3):
            begin = time.process_time()
            _TAGGER(doc)
            tries.append(time.process_time() - begin)
        return min(tries)

    assert spent(4000) < 12 * max(spent(1000), 0.01)


def test_long_lines_and_ten_thousand_numbers_are_read() -> None:
    assert len(read("17 boats, " * 10_000)) == 10_000
    assert read("9" * 200_000) == []
    assert read("x" * 200_000) == []
