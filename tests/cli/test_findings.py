"""`show EVENT --claims`, `explain FINDING` and `compare`: who states what of an event, and whether it agrees."""

import csv
import json
from pathlib import Path

import pytest

from tests.cli.conftest import Call, told

FIRST = (
    "PORT AVERIL, May 18 (Tidewire) - Seven people were killed when a ferry burned off Port Averil on Thursday, the "
    "interior ministry said. The ferry had sailed about 22 kilometres. It carried 412 passengers, an office said."
)
SECOND = (
    "At least five people were killed in a fire on a ferry off Port Averil on Thursday, the coast guard said. The "
    "ferry had sailed 14 miles before the fire broke out, it said. Nine people were injured."
)


@pytest.fixture
def ferry(call: Call, tmp_path: Path) -> tuple[Call, str]:
    """A chronicle with two reports on one fire, and the reference of their event."""
    rows = [
        {
            "url": f"https://{paper}.example/ferry",
            "title": "Ferry burns off Port Averil",
            "text": text,
            "published": f"2017-05-18T{hour:02}:00:00Z",
            "language": "en",
        }
        for paper, text, hour in (("one", FIRST, 8), ("two", SECOND, 8))
    ]
    file = tmp_path / "articles.jsonl"
    file.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    assert call("init").exit_code == 0
    assert call("add", str(file)).exit_code == 0
    found = told(call("search", "ferry", "--json"))["events"]
    assert len(found) == 1
    return call, f"event:{found[0]['event']}"


def test_findings_of_an_event_are_shown_with_their_states(ferry: tuple[Call, str]) -> None:
    call, event = ferry
    data = told(call("show", event, "--claims", "--json"))["findings"]
    states = {one["finding"]["attribute"]: one["finding"]["state"] for one in data}
    assert states["killed"] == "agreed"
    assert states["injured"] == "claimed by one party"
    killed = next(one["finding"] for one in data if one["finding"]["attribute"] == "killed")
    assert sorted(killed["origins"]) == ["the coast guard", "the interior ministry"]
    shown = call("show", event, "--claims").stdout
    assert "killed\t= agreed\t" in shown
    assert "Seven people\tthe interior ministry" in shown


def test_finding_is_explained_by_its_sentences_and_its_rule(ferry: tuple[Call, str]) -> None:
    call, event = ferry
    data = told(call("show", event, "--claims", "--json"))["findings"]
    killed = next(one["finding"] for one in data if one["finding"]["attribute"] == "killed")
    explained = call("explain", f"finding:{killed['id'][:8]}").stdout
    assert "rule R7" in explained
    assert "At least five people were killed in a fire on a ferry off Port Averil on Thursday" in explained
    assert "5 to …" in explained
    second = killed["statements"][1]["claim"]
    assert told(call("explain", f"finding:{second}", "--json"))["finding"] == killed


def test_reports_are_compared(ferry: tuple[Call, str]) -> None:
    call, event = ferry
    reports = told(call("compare", event, "--json"))["reports"]
    only = [{one["attribute"] for one in report["only_here"]} for report in reports]
    assert "injured" in only[1]
    assert "injured" not in only[0]
    assert "only here\tinjured\tNine people" in call("compare", event, reports[1]["article"]).stdout


def test_statements_are_rows_of_csv(ferry: tuple[Call, str]) -> None:
    call, event = ferry
    rows = list(csv.DictReader(call("show", event, "--claims", "--csv").stdout.splitlines()))
    killed = {row["words"]: row for row in rows if row["attribute"] == "killed"}
    assert set(killed) == {"Seven people", "At least five people"}
    assert (killed["At least five people"]["lower"], killed["At least five people"]["upper"]) == ("5", "")
    assert {row["state"] for row in killed.values()} == {"agreed"}
    times = [row for row in rows if row["attribute"].startswith("time")]
    assert all(row["lower"].startswith("2017-05-1") for row in times)
    assert call("show", event, "--csv").exit_code == 2


def test_what_cannot_be_compared_is_refused(ferry: tuple[Call, str]) -> None:
    call, event = ferry
    article = told(call("compare", event, "--json"))["reports"][0]["article"]
    assert "`--claims` is for events" in call("show", article, "--claims").stderr
    assert call("compare", article).exit_code == 2
    assert call("explain", "finding:aaaaaaaa").exit_code == 2


def test_claims_are_shown_as_they_were_known_at_a_time(ferry: tuple[Call, str]) -> None:
    call, event = ferry
    rows = list(
        csv.DictReader(
            call("show", event, "--claims", "--csv", "--as-of", "2017-05-18T09:00+01:00").stdout.splitlines()
        )
    )
    assert rows
    assert not list(
        csv.DictReader(call("show", event, "--claims", "--csv", "--as-of", "2017-05-17").stdout.splitlines())
    )
    assert call("show", event, "--claims", "--as-of", "yesterday").exit_code == 2
    assert call("show", event, "--as-of", "2017-05-18").exit_code == 2
