"""People correct what is compared: what a figure is of, what answers one question, what was misread."""

import json
from pathlib import Path
from typing import Any

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


def lines() -> str:
    rows = [
        {
            "url": f"https://{paper}.example/ferry",
            "title": "Ferry burns off Port Averil",
            "text": text,
            "published": "2017-05-18T08:00:00Z",
            "language": "en",
        }
        for paper, text in (("one", FIRST), ("two", SECOND))
    ]
    return "".join(json.dumps(row) + "\n" for row in rows)


@pytest.fixture
def ferry(call: Call, tmp_path: Path) -> tuple[Call, str]:
    """A chronicle with two reports on one fire, and the reference of their event."""
    (tmp_path / "articles.jsonl").write_text(lines(), encoding="utf-8")
    assert call("init").exit_code == 0
    assert call("add", str(tmp_path / "articles.jsonl")).exit_code == 0
    (found,) = told(call("search", "ferry", "--json"))["events"]
    return call, f"event:{found['event']}"


def findings(call: Call, event: str) -> list[dict[str, Any]]:
    return [one["finding"] for one in told(call("show", event, "--claims", "--json"))["findings"]]


def words(call: Call, event: str) -> dict[str, list[str]]:
    return {one["attribute"]: [said["words"] for said in one["statements"]] for one in findings(call, event)}


def claim(call: Call, event: str, said: str) -> str:
    found = [one["claim"] for finding in findings(call, event) for one in finding["statements"] if one["words"] == said]
    return f"claim:{found[0]}"


def test_what_is_exported_is_as_people_decided(ferry: tuple[Call, str], tmp_path: Path) -> None:
    call, event = ferry
    assert call("correct", "misread", claim(call, event, "Nine people")).exit_code == 0
    assert call("correct", "attribute", claim(call, event, "14 miles"), "way sailed").exit_code == 0
    assert call("export", "findings", str(tmp_path / "findings.csv")).exit_code == 0
    rows = (tmp_path / "findings.csv").read_text(encoding="utf-8")
    assert "Nine people" not in rows
    assert "way sailed" in rows


def test_a_misread_claim_is_left_out_until_that_is_taken_back(ferry: tuple[Call, str]) -> None:
    call, event = ferry
    before = words(call, event)
    made = call("correct", "misread", claim(call, event, "Nine people"), "--note", "they were counted twice")
    assert made.exit_code == 0
    assert "“Nine people” was misread" in made.stdout
    assert "injured" not in words(call, event)
    assert call("rebuild").exit_code == 0
    assert "injured" not in words(call, event)
    (decision,) = told(call("correct", "list", "--json"))["decisions"]
    assert call("correct", "retract", f"judgement:{decision['judgement']['id']}").exit_code == 0
    assert words(call, event) == before
    assert call("check").exit_code == 0


def test_a_figure_is_held_against_others_by_the_name_it_is_given(ferry: tuple[Call, str]) -> None:
    call, event = ferry
    assert call("correct", "attribute", claim(call, event, "Nine people"), "killed").exit_code == 0
    assert sorted(words(call, event)["killed"]) == ["At least five people", "Nine people", "Seven people"]
    assert call("correct", "attribute", claim(call, event, "Nine people"), " ").exit_code == 2


def test_claims_are_joined_and_parted_whatever_their_likeness(ferry: tuple[Call, str]) -> None:
    call, event = ferry
    seven, five = claim(call, event, "Seven people"), claim(call, event, "At least five people")
    assert call("correct", "part", seven, five).exit_code == 0
    parted = [one for one in findings(call, event) if one["attribute"] == "killed"]
    assert [len(one["statements"]) for one in parted] == [1, 1]
    nine = claim(call, event, "Nine people")
    assert call("correct", "join", seven, nine).exit_code == 0
    assert any({"Seven people", "Nine people"} <= set(said) for said in words(call, event).values())
    assert call("correct", "join", seven, five).exit_code == 0, "the later decision stands"
    together = [{said["claim"] for said in one["statements"]} for one in findings(call, event)]
    assert any({seven[6:], five[6:], nine[6:]} <= claims for claims in together)
    before = findings(call, event)
    assert call("rebuild").exit_code == 0
    assert call("reprocess", "enrich").exit_code == 0
    assert findings(call, event) == before


def test_decisions_travel_by_file_and_find_the_claim_by_its_words(ferry: tuple[Call, str], tmp_path: Path) -> None:
    call, event = ferry
    call("correct", "misread", claim(call, event, "Nine people"))
    shared = tmp_path / "shared.jsonl"
    assert call("corrections", "export", str(shared)).exit_code == 0
    assert "Nine people" in shared.read_text(encoding="utf-8")

    def other(*said: object) -> Any:
        return call("--chronicle", str(tmp_path / "other"), *said)

    assert other("init").exit_code == 0
    assert other("add", str(tmp_path / "articles.jsonl")).exit_code == 0
    (found,) = told(other("search", "ferry", "--json"))["events"]
    assert "injured" in words(other, f"event:{found['event']}")
    assert other("corrections", "import", str(shared)).exit_code == 0
    assert "injured" not in words(other, f"event:{found['event']}")


def test_the_page_of_the_event_and_no_other_is_made_again(ferry: tuple[Call, str], tmp_path: Path) -> None:
    call, event = ferry
    site = tmp_path / "site"
    assert call("publish", str(site)).exit_code == 0
    before = {path: path.read_bytes() for path in site.rglob("*.md")}
    call("correct", "misread", claim(call, event, "Nine people"), "--by", "Ada", "--note", "counted twice")
    assert call("publish", str(site)).exit_code == 0
    changed = {path for path, content in before.items() if path.read_bytes() != content}
    assert len(changed) == 2, "the event's page, and that of the article"
    page = next(path for path in changed if "news" in path.parts).read_text(encoding="utf-8")
    assert "“Nine people” was misread, and is left out" in page
    assert "Ada" in page
    assert "counted twice" in page
    whole = tmp_path / "whole"
    assert call("publish", str(whole)).exit_code == 0
    assert {
        path.relative_to(site): path.read_bytes() for path in site.rglob("*.json") if "static" not in path.parts
    } == {path.relative_to(whole): path.read_bytes() for path in whole.rglob("*.json") if "static" not in path.parts}


def test_what_is_no_figure_is_refused(ferry: tuple[Call, str]) -> None:
    call, event = ferry
    assert call("correct", "misread", event).exit_code == 2
    nine = claim(call, event, "Nine people")
    assert call("correct", "join", nine, nine).exit_code == 2
