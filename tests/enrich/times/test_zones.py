"""Time zones of places."""

from zoneinfo import ZoneInfo

import pytest

from diurna.enrich.times import zones
from diurna.enrich.times.zones import zone_of_dateline, zone_of_place


@pytest.mark.parametrize(
    ("place", "within", "zone"),
    [
        ("Seoul", "", "Asia/Seoul"),
        ("PYONGYANG", "", "Asia/Pyongyang"),
        ("Busan", "", "Asia/Seoul"),
        ("Houston", "", "America/Chicago"),
        ("Washington", "", "America/New_York"),
        ("Vladivostok", "", "Asia/Vladivostok"),
        ("London", "", "Europe/London"),
        ("London", "Canada", None),
        ("Somewhere", "Japan", "Asia/Tokyo"),
        ("Tokyo", "", "Asia/Tokyo"),
        ("Canada", "", None),
        ("Narnia", "", None),
        ("Barack Obama", "", None),
    ],
)
def test_a_place_keeps_its_countrys_or_citys_time(place: str, within: str, zone: str | None) -> None:
    assert zone_of_place(place, within) == (ZoneInfo(zone) if zone else None)


@pytest.mark.parametrize(
    ("text", "zone"),
    [
        ("SEOUL, South Korea (AP) -- Text.", "Asia/Seoul"),
        ("DAR ES SALAAM, Tanzania, May 19 (Agency) -- Text.", "Africa/Dar_es_Salaam"),
        ("PARIS - Text.", "Europe/Paris"),
        ("Paris is in France -- or so they say.", None),
        ("", None),
        ("A" * 5000, None),
    ],
)
def test_a_dateline_gives_the_zone_of_its_place(text: str, zone: str | None) -> None:
    assert zone_of_dateline(text) == (ZoneInfo(zone) if zone else None)


def test_every_zone_of_the_tables_is_in_the_tz_database() -> None:
    tables = (zones._ZONE_OF_COUNTRY, zones._ZONE_OF_CITY, zones._ZONE_OF_STATE)
    assert {str(ZoneInfo(key)) for table in tables for key in table.values()}
