"""What an entry of a list states is held against what reports state, each under the event that it speaks of."""

import csv
import json
from pathlib import Path

import pytest

from tests.cli.conftest import Call, told

LAUNCH = (
    "The Westmarch army reports that Velmora fired a Kestrel-4 medium-range missile that flew 500 km before landing in "
    "the Averil Sea."
)
ORDER = (
    "Velmora's official Hill News Agency reports that the president of the republic has approved the deployment of "
    "the Kestrel-4 medium-range missile and ordered that it be produced in series. The League Council will meet behind "
    "closed doors on Tuesday to discuss the test."
)
REPORT = (
    "Velmora is moving to produce the Kestrel-4 medium-range missile in series after a launch on Sunday.",
    "The order was reported by the Hill News Agency, which said that the president had approved its deployment.",
    "The Sunday launch was meant to test the missile in bad weather.",
    "Westmarch officials said that the missile flew 310 miles and reached an altitude of 348 miles.",
    "It is not the best that Velmora has done: on May 14 the Heron-2 missile flew 430 miles, it was said then.",
    "The League Council will meet on Tuesday to discuss the test.",
)


@pytest.fixture
def chronicle(call: Call, tmp_path: Path) -> Call:
    """Two entries of a list on two days, and a report on the second that tells of the first too."""
    entries = [
        {"date": "2017-05-21", "text": LAUNCH, "id": "launch"},
        {"date": "2017-05-22", "text": ORDER, "id": "order"},
    ]
    report = {
        "url": "https://trade.example/kestrel",
        "title": "Velmora to produce missiles in series after test",
        "paragraphs": REPORT,
        "published": "2017-05-22T12:00:00Z",
        "language": "en",
    }
    for name, rows in (("entries", entries), ("report", [report])):
        (tmp_path / f"{name}.jsonl").write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    assert call("init").exit_code == 0
    assert call("add", str(tmp_path / "entries.jsonl"), str(tmp_path / "report.jsonl")).exit_code == 0
    return call


def stated(call: Call, day: str) -> dict[str, list[str]]:
    """The words of each attribute's statements, of the one event of a day."""
    (event,) = told(call("show", day, "--json"))["events"]
    found = told(call("show", event["ref"], "--claims", "--json"))["findings"]
    return {one["finding"]["attribute"]: [said["words"] for said in one["finding"]["statements"]] for one in found}


def test_figure_of_an_entry_meets_that_of_a_report_on_the_day_after(chronicle: Call) -> None:
    launch, order = stated(chronicle, "2017-05-21"), stated(chronicle, "2017-05-22")
    assert sorted(launch["distance flown"]) == ["310 miles", "500 km"]
    assert launch["altitude"] == ["348 miles"]
    assert not {"distance flown", "altitude"} & order.keys()
    assert "430 miles" not in str(launch)


def test_statement_of_an_entry_is_shown_explained_and_checked(chronicle: Call) -> None:
    (event,) = told(chronicle("show", "2017-05-21", "--json"))["events"]
    found = told(chronicle("show", event["ref"], "--claims", "--json"))["findings"]
    flown = next(one["finding"] for one in found if one["finding"]["attribute"] == "distance flown")
    listed = next(said for said in flown["statements"] if said["words"] == "500 km")
    assert listed["kind"] == "entry"
    assert listed["outlet"] == "list local"
    assert LAUNCH in chronicle("explain", f"finding:{listed['claim']}").stdout
    assert LAUNCH in chronicle("show", f"claim:{listed['claim']}").stdout
    assert chronicle("check").exit_code == 0
    before = chronicle("show", event["ref"], "--claims").stdout
    assert chronicle("rebuild").exit_code == 0
    assert chronicle("show", event["ref"], "--claims").stdout == before
    assert chronicle("reprocess", "enrich").exit_code == 0
    assert chronicle("show", event["ref"], "--claims").stdout == before


def test_an_export_has_the_findings_of_the_pages_and_what_entries_state(chronicle: Call) -> None:
    findings = list(csv.DictReader(chronicle("export", "findings").stdout.splitlines()))
    for day in ("2017-05-21", "2017-05-22"):
        words = {row["attribute"]: set(row["words"].split(" | ")) for row in findings if row["day"] == day}
        assert words == {attribute: set(said) for attribute, said in stated(chronicle, day).items()}
    claims = list(csv.DictReader(chronicle("export", "claims").stdout.splitlines()))
    (flown,) = [row for row in claims if row["words"] == "500 km"]
    assert flown["article"].startswith("entry:")
    assert (flown["day"], flown["sentence"], flown["url"]) == ("2017-05-21", LAUNCH, "")
    assert float(flown["lower"]) <= 500_000 <= float(flown["upper"])
    assert flown["unit"] == "metre"
