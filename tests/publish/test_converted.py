from datetime import date
from typing import Literal

import pytest

from diurna.model import Event, Quantity, Where
from diurna.publish.converted import converted, zone_name


@pytest.mark.parametrize(
    ("quantity", "system", "words"),
    [
        (Quantity(310, "mile", digits=2), "metric", "499 kilometres"),
        (Quantity(310, "mile", digits=2), "imperial", ""),
        (Quantity(500, "kilometre", digits=1, modifier="more than"), "imperial", "more than 310 miles"),
        (Quantity(None, "mile", 20, 30), "metric", "32 to 48 kilometres"),
        (Quantity(None, "foot", 1000), "metric", "at least 300 metres"),
        (Quantity(22, ""), "metric", ""),
        (Quantity(3e9, "euro", digits=1), "imperial", ""),
        (None, "metric", ""),
    ],
)
def test_a_figure_in_another_system_has_no_more_figures_than_are_known(
    quantity: Quantity | None, system: Literal["metric", "imperial"], words: str
) -> None:
    assert converted(quantity, system) == words


@pytest.mark.parametrize(
    ("place", "zone"), [("Pyongyang", "Asia/Pyongyang"), ("Seoul", "Asia/Seoul"), ("Velmora", ""), ("Birmingham", "")]
)
def test_the_zone_of_an_events_place_is_told_where_there_is_one(place: str, zone: str) -> None:
    where = Where("entity:x", place, "city", "dateline")
    day = date(2017, 5, 14)
    event = Event(id="x", rank=1, permalink="news/2017/05/14/x", day=day, headline="A launch", located=where)
    assert zone_name(event) == zone
