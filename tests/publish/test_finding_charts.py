import json
import logging
import sys
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from diurna.model import Finding, Quantity, Stated
from diurna.publish.chart_svg import chart_svg
from diurna.publish.finding_charts import charts_of

EIGHT = datetime(2017, 5, 14, 8, tzinfo=UTC)
SVG = "{http://www.w3.org/2000/svg}"


def stated(words: str, origin: str, lower: float | None, upper: float | None, hours: float = 0, **more: Any) -> Stated:
    at = EIGHT + timedelta(hours=hours)
    told = {"report": origin, "outlet": "Coast Post", "at": at, **more}
    return Stated(claim=words, words=words, origin=origin, lower=lower, upper=upper, **told)


def finding(*statements: Stated, **changed: Any) -> Finding:
    told = {"attribute": "distance flown", "unit": "metre", "state": "contradicted", "rule": "R5", **changed}
    return Finding(
        id="abc",
        event="def",
        about="",
        group=told.pop("group", ""),
        kind=told.pop("kind", "number"),
        statements=statements,
        origins=tuple(dict.fromkeys(one.origin for one in statements)),
        **told,
    )


FLIGHT = finding(
    stated("more than 400 km", "Tokyo", 400_000, None, quantity=Quantity(400, "kilometre", 400, None, 1, "more than")),
    stated("310 miles", "Seoul", 491_000, 507_000, quantity=Quantity(310, "mile", digits=2)),
    stated("1,000 km", "KCNA", 1_000_000, 1_000_000, denied=True, quantity=Quantity(1000, "kilometre", digits=1)),
)
TOLL = finding(
    stated("nine", "radio", 9, 9),
    stated("at least 14", "police", 14, None, 3),
    stated("17", "the hospital", 17, 17, 5),
    attribute="killed",
    unit="",
    state="updated",
)


def spec_of(found: Finding, number: int = 0) -> dict[str, Any]:
    made: dict[str, Any] = json.loads(charts_of([found])[number].spec)
    return made


def values(spec: dict[str, Any], layer: int) -> list[dict[str, Any]]:
    held: list[dict[str, Any]] = spec["layer"][layer]["data"]["values"]
    return held


def test_values_stand_on_one_axis_with_a_sign_for_each_bound() -> None:
    spec = spec_of(FLIGHT)
    bars, ends, labels = (values(spec, layer) for layer in range(3))
    assert [(bar["from"], bar["denied"]) for bar in bars] == [(400, False), (491, False), (1000, True)]
    assert bars[0]["to"] == spec["layer"][0]["encoding"]["x"]["scale"]["domain"][1] > 1000
    assert [end["shape"] for end in ends] == ["M0,-1L0,1", "triangle-right", "M0,-1L0,1", "M0,-1L0,1", "circle"]
    assert labels[2]["label"] == "KCNA: “1,000 km” (denied)"
    assert spec["layer"][0]["encoding"]["x"]["axis"]["title"] == "kilometres"


def test_the_other_system_of_units_has_its_own_axis_at_its_places() -> None:
    ticks = values(spec_of(FLIGHT), 3)
    assert {tick["unit"] for tick in ticks} == {"miles"}
    assert {tick["label"]: round(tick["x"]) for tick in ticks}["200"] == 322


def test_a_picture_needs_two_values_in_numbers() -> None:
    assert charts_of([finding(stated("5", "A", 5, 5), stated("five", "B", 5, 5))]) == ()
    assert charts_of([finding(stated("5 a.m.", "A", 5, 5), stated("6 a.m.", "B", 6, 6), kind="time")]) == ()
    assert charts_of([finding(stated("a bomb", "A", None, None), stated("gas", "B", None, None), kind="words")]) == ()
    assert len(charts_of([FLIGHT] * 9)) == 4


def test_what_moves_is_shown_over_time_too_and_nothing_is_joined() -> None:
    made = charts_of([TOLL])
    assert [chart.title.partition(": ")[2] for chart in made] == [
        "the values stated, by origin",
        "the values stated, by the time of publication",
    ]
    signs = values(spec_of(TOLL, 1), 1)
    assert {sign["shape"] for sign in signs} == {"circle", "square", "triangle-up", "diamond"}
    assert "2017-05-14 11:00 police: “at least 14”" in made[1].description
    assert all(layer["mark"]["type"] != "line" for layer in spec_of(TOLL, 1)["layer"])


def test_a_description_says_what_the_picture_shows() -> None:
    assert charts_of([FLIGHT])[0].description == (
        "Tokyo: “more than 400 km”, at least 400 kilometres; Seoul: “310 miles”, 491 to 507 kilometres; "
        "KCNA: “1,000 km” (denied), 1,000 kilometres."
    )


def test_more_values_than_a_picture_holds_are_counted() -> None:
    many = finding(*(stated(str(number), f"source {number}", number, number) for number in range(13)))
    chart = charts_of([many])[0]
    assert chart.note == "The page’s data has 3 more values."
    assert len(values(json.loads(chart.spec), 0)) == 10


def test_pictures_take_the_colour_around_them_and_are_drawn_alike_every_time() -> None:
    hostile = finding(stated('5 <script>alert("1")</script>', "</svg><b>A", 5, 5), stated("7", "B", 7, None))
    chart = charts_of([hostile])[0]
    drawn = chart_svg(chart.spec, chart.title, chart.description)
    chart_svg.cache_clear()
    assert chart_svg(chart.spec, chart.title, chart.description) == drawn
    root = etree.fromstring(drawn)
    assert root.get("role") == "img"
    assert [child.tag for child in list(root)[:2]] == ["title", "desc"]
    assert {element.tag for element in root.iter()} <= {"svg", "title", "desc", "g", "path", "line", "text", "rect"}
    assert {element.get("fill", "none") for element in root.iter()} == {"none", "currentColor"}
    assert not root.xpath("//@style | //@href | //@class")
    assert any("<script>" in (text.text or "") for text in root.iter("text"))


def test_without_the_library_a_page_does_without_the_picture(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setitem(sys.modules, "vl_convert", None)
    chart_svg.cache_clear()
    with caplog.at_level(logging.WARNING):
        assert chart_svg("{}", "killed", "nine") == ""
    assert "killed" in caplog.text
    chart_svg.cache_clear()


def test_a_specification_that_cannot_be_drawn_is_left_out() -> None:
    chart_svg.cache_clear()
    assert chart_svg("{}", "killed", "nine") == ""


bounds = st.one_of(st.none(), st.floats(-1e12, 1e12), st.integers(-5, 5).map(float))


@settings(max_examples=60, deadline=None)
@given(st.lists(st.tuples(bounds, bounds), min_size=2, max_size=4), st.sampled_from(["", "metre", "US dollar"]))
def test_whatever_is_stated_lies_within_the_axis(pairs: list[tuple[float | None, float | None]], unit: str) -> None:
    ordered = [(low, high) if None in (low, high) or low <= high else (high, low) for low, high in pairs]  # type: ignore[operator]
    made = charts_of([finding(*(stated("x", str(at), *pair) for at, pair in enumerate(ordered)), unit=unit)])
    for chart in made:
        spec = json.loads(chart.spec)
        low, high = spec["layer"][0]["encoding"]["x"]["scale"]["domain"]
        assert low < high
        assert all(low <= bar["from"] <= bar["to"] <= high for bar in values(spec, 0))
        ticks = spec["layer"][0]["encoding"]["x"]["axis"]["values"]
        assert len(ticks) <= 7
