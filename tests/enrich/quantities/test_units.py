import sys
from subprocess import run

import pytest
from hypothesis import given
from hypothesis import strategies as st

from diurna.enrich.quantities.units import UNITS, in_system, known_bounds, normalised, significant
from diurna.model import Quantity


@pytest.fixture(scope="module")
def loaded() -> None:
    """Pint's definitions, which take longer to read than an example may."""
    normalised(Quantity(1, "mile"), "kilometre")


def test_miles_become_kilometres_with_the_bounds_of_their_rounding() -> None:
    found = normalised(Quantity(310, "mile", digits=2), "kilometre")
    assert (found.value, found.lower, found.upper, found.unit) == (499, 491, 507, "kilometre")
    assert found.digits == 2


def test_bounds_of_the_text_outweigh_rounding() -> None:
    found = normalised(Quantity(310, "mile", lower=310, digits=2, modifier="more than"), "kilometre")
    assert (found.lower, found.upper) == (499, None)
    ranged = normalised(Quantity(None, "mile", lower=3, upper=5, digits=1), "kilometre")
    assert (ranged.value, ranged.lower, ranged.upper) == (None, 4.8, 8.0)


@pytest.mark.parametrize(
    ("unit", "value", "system", "expected", "to"),
    [
        ("mile", 26.2, "metric", 42.16, "kilometre"),
        ("degree Fahrenheit", 98.6, "metric", 37.0, "degree Celsius"),
        ("degree Celsius", -40.0, "imperial", -40.0, "degree Fahrenheit"),
        ("mile per hour", 71.1, "metric", 114.4, "kilometre per hour"),
        ("acre", 1.25, "metric", 0.5059, "hectare"),
        ("kilogram", 80.5, "imperial", 177.5, "pound"),
        ("mile per second", 4.55, "metric", 7.323, "kilometre per second"),
    ],
)
def test_units_change_with_the_system(unit: str, value: float, system: str, expected: float, to: str) -> None:
    found = in_system(Quantity(value, unit, digits=3), system)  # type: ignore[arg-type]
    assert found.value == pytest.approx(expected)
    assert found.unit == to


def test_what_belongs_to_the_system_or_is_no_measure_stays() -> None:
    for quantity in (Quantity(5, "kilometre", digits=1), Quantity(5, "US dollar", digits=1), Quantity(5, "", digits=1)):
        assert in_system(quantity, "metric") == quantity
    money = Quantity(5, "US dollar", digits=1)
    assert normalised(money) == money


def test_without_a_unit_the_one_for_comparing_is_taken() -> None:
    assert normalised(Quantity(2, "kilometre", digits=1)).unit == "metre"
    assert normalised(Quantity(2, "week of age", digits=1)).unit == "year of age"


@pytest.mark.parametrize(("unit", "to"), [("mile", "kilogram"), ("", "mile"), ("US dollar", "euro"), ("mile", "smoot")])
def test_what_cannot_be_converted_says_so(unit: str, to: str) -> None:
    with pytest.raises(ValueError, match="cannot be given"):
        normalised(Quantity(1, unit), to)


@pytest.mark.parametrize(
    ("written", "digits"), [("310", 2), ("310.0", 4), ("0.05", 1), ("1,015", 4), ("0", 1), ("100", 1), ("0.50", 2)]
)
def test_significant_figures_are_those_written(written: str, digits: int) -> None:
    assert significant(written) == digits


def test_small_counts_are_exact_and_round_numbers_are_not() -> None:
    assert known_bounds(Quantity(14, "", digits=2, counted="boats")) == (14, 14)
    assert known_bounds(Quantity(3000, "", digits=1, counted="boats")) == (2500, 3500)


@pytest.mark.usefixtures("loaded")
@given(st.floats(0.01, 1e9), st.integers(1, 6))
def test_a_conversion_there_and_back_stays_within_the_rounding(value: float, digits: int) -> None:
    found = normalised(Quantity(value, "mile", digits=digits), "kilometre")
    assert found.lower is not None
    assert found.upper is not None
    assert found.lower <= found.value <= found.upper  # type: ignore[operator]
    back = normalised(Quantity(found.value, "kilometre", digits=digits + 3), "mile")
    assert back.value == pytest.approx(value, rel=10.0**-digits)


def test_every_unit_is_known_to_pint() -> None:
    for unit in UNITS.values():
        if unit.pint:
            assert normalised(Quantity(1, unit.name, digits=3), unit.name).value == pytest.approx(1)


def test_pint_is_not_loaded_before_it_is_needed() -> None:
    code = "import sys, diurna.enrich.quantities.units; sys.exit('pint' in sys.modules)"
    assert run([sys.executable, "-c", code], check=False).returncode == 0
