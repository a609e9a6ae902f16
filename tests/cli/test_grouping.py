"""Events made of articles on the command line: shown, checked, and grouped again."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from diurna.cli.references import complete_event
from diurna.runners import Chronicle
from tests.cli.conftest import Call, edit_store, home_of, members, ref_of, rows, told
from tests.cli.made_events import ARTICLES, BRIEFING, DIVERS, GROUNDED, ITEM, OPENED, SAFE, TRAFFIC

# ---------------------------------------------------------------------------------------------------- shown


def test_event_without_an_item_shows_its_reports(grouped: Call) -> None:
    event = home_of(grouped, GROUNDED)
    assert members(grouped, event) == [ref_of(grouped, name) for name in (GROUNDED, SAFE, DIVERS)]
    shown = grouped("show", event).stdout
    table = rows(shown, "3 reports, 3 independent sources")
    assert "\npublished\toutlet\ttitle\tcopy of\tkind\tjudged by\treference\n" in shown
    assert table[0] == [
        "2017-05-22 06:00",
        "coast.example",
        ARTICLES[GROUNDED][1],
        "",
        "report",
        "stream/1",
        ref_of(grouped, GROUNDED),
    ]
    assert "happened\t2017-05-21" in shown
    assert "which is\tthe day it happened" in shown
    assert "headline of\t“" in shown


def test_event_of_a_list_shows_its_item_and_its_reports(grouped: Call) -> None:
    event = home_of(grouped, TRAFFIC)
    shown = grouped("show", event).stdout
    assert shown.splitlines()[0] == ITEM
    table = rows(shown, "2 reports, 2 independent sources")
    assert {row[6] for row in table} == {ref_of(grouped, OPENED), ref_of(grouped, TRAFFIC)}
    article = told(grouped("show", TRAFFIC, "--json"))
    assert article["event"] == event
    assert article["events"] == [event], "an item of it cites the page"
    assert told(grouped("show", GROUNDED, "--json"))["events"] == []


def test_article_shows_its_event_and_what_kind_of_piece_it_is(grouped: Call) -> None:
    shown = grouped("show", SAFE).stdout
    assert rows(shown, "Its event")[0][2] == home_of(grouped, SAFE)
    briefing = grouped("show", BRIEFING).stdout
    assert "kind\tbriefing: its title says “morning briefing”" in briefing
    assert told(grouped("show", BRIEFING, "--json"))["event"] is None


def test_completion_offers_articles(grouped: Call, home: Path) -> None:
    ref = ref_of(grouped, GROUNDED)
    with Chronicle(home, read_only=True) as chronicle:
        offered = complete_event(chronicle, ref[:14])
    assert [name for name, _ in offered] == [ref]
    assert offered[0][1].startswith("Ferry Aurora runs aground")


# ---------------------------------------------------------------------------------------------------- checked


def rewrite(home: Path, member: str) -> None:
    """Let the views of events list another report in the place of one."""
    edit_store(home, f"UPDATE event SET body = replace(CAST(body AS TEXT), '{member}', 'article:aaaaaa')")  # noqa: S608


@pytest.mark.parametrize(
    ("damage", "says"),
    [
        (lambda home, safe, ferry: rewrite(home, safe), "names one that is not there"),
        (lambda home, safe, ferry: rewrite(home, safe), "A report is not listed by the event that it is in."),
        (
            lambda home, safe, ferry: edit_store(home, "UPDATE live SET state = x'c1' WHERE slot = 1"),
            "A live record of grouping cannot be read.",
        ),
        (
            lambda home, safe, ferry: edit_store(
                home,
                "UPDATE fact SET body = replace(CAST(body AS TEXT), '\"belongs\"', '\"tells\"') "  # noqa: S608
                f"WHERE kind = 'judgement' AND about = '{safe}'",
            ),
            "An event lists a report that is in another.",
        ),
        (
            lambda home, safe, ferry: edit_store(
                home,
                f"UPDATE event SET body = (SELECT replace(CAST(body AS TEXT), '{ferry}', event.id) FROM event AS e "  # noqa: S608
                f"WHERE e.id = '{ferry}') WHERE id <> '{ferry}' AND rank = 1",
            ),
            "A report is in two events.",
        ),
    ],
)
def test_damage_to_events_is_found(
    grouped: Call, home: Path, damage: Callable[[Path, str, str], None], says: str
) -> None:
    safe, ferry = ref_of(grouped, SAFE), home_of(grouped, SAFE).partition(":")[2]
    assert told(grouped("check", "--json"))["sound"]
    assert grouped("check", SAFE).exit_code == 0
    damage(home, safe, ferry)
    checked = grouped("check")
    assert checked.exit_code == 1
    assert says in checked.stdout


# ---------------------------------------------------------------------------------------------------- again


def test_grouping_again_finds_the_same_events(grouped: Call) -> None:
    def seen() -> Any:
        return [told(grouped("show", name, "--json")) for name in ARTICLES]

    before = seen()
    again = told(grouped("reprocess", "group", "--json"))
    assert (again["changed"], again["events"]) == (0, again["events_before"])
    assert seen() == before
    assert told(grouped("check", "--json"))["sound"]


def test_grouping_again_follows_the_settings_and_comes_back(grouped: Call, home: Path) -> None:
    ferry, before = home_of(grouped, GROUNDED), told(grouped("rebuild", "--json"))["digest"]
    toml = home / "diurna.toml"
    usual = toml.read_text(encoding="utf-8")
    toml.write_text(usual + "[group]\nbar = 1.5\n", encoding="utf-8")
    parted = told(grouped("reprocess", "group", "--json"))
    assert parted["changed"] >= 2
    assert parted["events"] == parted["events_before"] + 3, "the report that an item cites stays with it"
    assert members(grouped, ferry) == [ref_of(grouped, GROUNDED)]
    rebuilt = told(grouped("rebuild", "--json"))
    assert rebuilt["before"] == rebuilt["digest"] != before
    assert told(grouped("check", "--json"))["faults"] == []
    toml.write_text(usual, encoding="utf-8")
    assert told(grouped("reprocess", "group", "--json"))["changed"] > 0
    assert len(members(grouped, ferry)) == 3
    assert told(grouped("check", "--json"))["faults"] == []
    assert told(grouped("reprocess", "group", "--json"))["changed"] == 0
    rebuilt = told(grouped("rebuild", "--json"))
    assert rebuilt["before"] == rebuilt["digest"]
