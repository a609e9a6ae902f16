"""Values as ranges: what two figures, times or words must have for both to be true."""

from datetime import UTC, datetime

import pytest
import spacy
from hypothesis import given
from hypothesis import strategies as st

from diurna.enrich.quantities.tagger import Quantities, QuantitiesSettings
from diurna.enrich.times.tagger import find_times
from diurna.model import Claim, Span
from diurna.reconcile.values import Range, compatible, finer, range_of

NLP = spacy.blank("en")
TAGGER = Quantities(QuantitiesSettings())
PUBLISHED = datetime(2017, 5, 22, 9, tzinfo=UTC)


def figure(words: str) -> Range:
    """The range of the one quantity in some words."""
    number = TAGGER(NLP.make_doc(f"It was {words}."))._.diurna_quantities[0]
    claim = Claim(id="c", of="a", kind="figure", sentence=Span(0, 1), measured=number.span, quantity=number.quantity)
    known = range_of(claim, words)
    assert known is not None
    return known


def moment(words: str) -> Range:
    """The range of the one time in some words."""
    time = find_times(f"It happened at {words}.", PUBLISHED)[0]
    claim = Claim(id="c", of="a", kind="figure", sentence=Span(0, 1), measured=time.span, interval=time.interval)
    known = range_of(claim, words)
    assert known is not None
    return known


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("310 miles", "500 km"),
        ("about 500 km", "more than 400 km"),
        ("at least 20 people", "22 people"),
        ("more than two dozen people", "30 people"),
        ("12,000 feet", "3,660 metres"),
        ("560 kilometres", "348 miles"),
        ("some 700 to 800 km", "about 435 miles"),
        ("487 people", "about 500 people"),
        ("nearly 1,000 people", "950 people"),
        ("two decades", "20 years"),
    ],
)
def test_what_rounding_and_units_make_differ_agrees(one: str, other: str) -> None:
    assert compatible(figure(one), figure(other))
    assert compatible(figure(other), figure(one))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("500 km", "700 km"),
        ("at least 20 people", "12 people"),
        ("fewer than 10 people", "12 people"),
        ("7 people", "12 people"),
        ("5000 km", "500 km"),
        ("2,000 km", "500 miles"),
    ],
)
def test_what_cannot_both_be_true_does_not_agree(one: str, other: str) -> None:
    assert not compatible(figure(one), figure(other))


def test_one_moment_in_three_zones_agrees() -> None:
    times = [moment("5:00 a.m. KST on May 22"), moment("2000 GMT on May 21"), moment("4 p.m. EDT on May 21")]
    assert all(compatible(one, other) for one in times for other in times)
    assert not compatible(times[0], moment("9 p.m. GMT on May 21"))


def test_an_hour_of_a_day_is_finer_than_the_day() -> None:
    hour, day = moment("2000 GMT on May 21"), moment("May 21, 2017")
    assert compatible(hour, day)
    assert finer(hour, day)
    assert not finer(day, hour)


def test_a_figure_is_finer_than_a_bound() -> None:
    assert finer(figure("22 people"), figure("at least 20 people"))
    assert not finer(figure("at least 20 people"), figure("22 people"))


bounds = st.none() | st.floats(-1e9, 1e9)


@given(bounds, bounds, bounds, bounds)
def test_that_two_ranges_meet_goes_both_ways(
    a: float | None, b: float | None, c: float | None, d: float | None
) -> None:
    one, other = Range("count", "", a, b), Range("count", "", c, d)
    assert compatible(one, other) == compatible(other, one)
    if a is None or b is None or a <= b:
        assert compatible(one, one)
