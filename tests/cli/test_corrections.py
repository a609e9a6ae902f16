"""`correct`: people's decisions, and the refusal of those that make no sense."""

import json
from pathlib import Path

import pytest

from tests.cli.conftest import FERRY, LINES, STRIKE, Call, event_of, told, write_lines


def last_decision(call: Call) -> str:
    decision = told(call("correct", "list", "--json"))["decisions"][-1]["judgement"]
    return f"judgement:{decision['id']}"


def headline(call: Call, ref: str) -> str:
    return str(told(call("show", ref, "--json"))["event"]["headline"])


def test_rename_keeps_the_permalink_and_retract_takes_it_back(filled: Call) -> None:
    ref = event_of(filled, "market")
    before = told(filled("show", ref, "--json"))["event"]
    result = filled("correct", "rename", ref, "A market  day", "--note", "shorter")
    assert result.exit_code == 0, result.output
    after = told(filled("show", ref, "--json"))["event"]
    assert after["headline"] == "A market day"
    assert after["permalink"] == before["permalink"]
    change = after["changes"][-1]
    assert (change["kind"], change["by"], change["reason"]) == ("renamed", "person:Ada", "shorter")
    assert filled("correct", "retract", last_decision(filled), "--by", "Grace").exit_code == 0
    assert headline(filled, ref) == before["headline"]
    states = told(filled("correct", "list", ref, "--json"))["decisions"]
    assert [state["retracted"] for state in states] == [True]


def test_merged_event_leads_to_the_other_and_comes_back(filled: Call) -> None:
    one, two = event_of(filled, "strike"), event_of(filled, "resumes")
    there = told(filled("show", two, "--json"))["event"]
    assert filled("correct", "merge", one, there["permalink"]).exit_code == 0
    merged = told(filled("show", one, "--json"))["event"]
    assert (merged["status"], merged["into"]) == ("merged", there["permalink"])
    assert len(told(filled("show", two, "--json"))["event"]["members"]) == 2
    assert told(filled("check", "--json"))["sound"]
    assert filled("correct", "retract", last_decision(filled)).exit_code == 0
    assert told(filled("show", one, "--json"))["event"]["status"] == "current"
    assert headline(filled, one) == STRIKE


def test_merging_in_a_circle_is_refused(filled: Call) -> None:
    one, two, three = (event_of(filled, word) for word in ("strike", "resumes", "market"))
    for words, says in (((one, one), "into itself"), ((one, "Northport"), "one other event")):
        refused = filled("correct", "merge", *words)
        assert (refused.exit_code, refused.stdout) == (2, "")
        assert says in refused.stderr
    assert filled("correct", "merge", one, two).exit_code == 0
    circle = filled("correct", "merge", two, one)
    assert circle.exit_code == 2
    assert "circle" in circle.stderr
    stale = filled("correct", "merge", three, one)
    assert stale.exit_code == 2
    assert "Merge into that one" in stale.stderr
    assert filled("correct", "rename", one, "x").exit_code == 2
    assert len(told(filled("correct", "list", "--json"))["decisions"]) == 1


def test_wording_that_joined_can_be_split_off_but_not_the_founder(filled: Call, tmp_path: Path) -> None:
    reworded = {**LINES[3], "text": "The fish auction of Westbay is called off"}
    assert filled("add", write_lines(tmp_path / "later.jsonl", reworded)).exit_code == 0
    ref = event_of(filled, "auction")
    members = [member["ref"] for member in told(filled("show", ref, "--json"))["event"]["members"]]
    assert len(members) == 2
    founder = filled("correct", "split", ref, members[0])
    assert founder.exit_code == 2
    assert "keeps its permalink" in founder.stderr
    stranger = filled("correct", "split", event_of(filled, "strike"), members[1])
    assert stranger.exit_code == 2
    result = filled("correct", "split", ref, members[1])
    assert result.exit_code == 0, result.output
    assert told(filled("show", members[1], "--json"))["event"] != ref
    assert [member["ref"] for member in told(filled("show", ref, "--json"))["event"]["members"]] == members[:1]
    explained = filled("explain", members[1]).stdout
    assert "person:Ada\t\tdecides" in explained
    assert "overruled" in explained
    assert told(filled("check", "--json"))["sound"]


def test_entry_of_a_merged_event_is_freed_by_retracting_the_merge(filled: Call) -> None:
    one, two = event_of(filled, "strike"), event_of(filled, "resumes")
    entry = told(filled("show", one, "--json"))["event"]["members"][0]["ref"]
    filled("correct", "merge", one, two)
    refused = filled("correct", "split", two, entry)
    assert refused.exit_code == 2
    assert "Retract that merge" in refused.stderr


def test_retracting_what_cannot_be_is_refused(filled: Call) -> None:
    ref = event_of(filled, "market")
    founding = told(filled("explain", ref, "--json"))["members"][0]["judgement"]["id"]
    assert "component founding/1" in filled("correct", "retract", f"judgement:{founding}").stderr
    filled("correct", "rename", ref, "One")
    decision = last_decision(filled)
    assert filled("correct", "retract", decision).exit_code == 0
    twice = filled("correct", "retract", decision)
    assert twice.exit_code == 2
    assert "retracted before" in twice.stderr
    assert "itself a retraction" in filled("correct", "retract", last_decision(filled)).stderr
    wrong = filled("correct", "retract", ref)
    assert wrong.exit_code == 2
    assert "these can: judgement" in wrong.stderr


@pytest.mark.parametrize("text", ["", "  \t", "x" * 20_001])
def test_empty_and_endless_headlines_are_refused(filled: Call, text: str) -> None:
    assert filled("correct", "rename", event_of(filled, "market"), text).exit_code == 2


def test_decisions_travel_to_another_chronicle(filled: Call, tmp_path: Path) -> None:
    one, two = event_of(filled, "strike"), event_of(filled, "resumes")
    filled("correct", "rename", two, "The line runs again")
    filled("correct", "merge", one, two)
    filled("correct", "retract", last_decision(filled))
    file = tmp_path / "decisions.jsonl"
    assert filled("correct", "export", file).exit_code == 0
    assert len(file.read_text(encoding="utf-8").splitlines()) == 3
    assert filled("correct", "export", file).exit_code == 2
    other = ["--chronicle", str(tmp_path / "other")]
    assert filled(*other, "init").exit_code == 0
    early = filled(*other, "correct", "import", file)
    assert early.exit_code == 2
    assert "Add the days it comes from first" in early.stderr
    filled(*other, "add", tmp_path / "lines.jsonl")
    taken = filled(*other, "correct", "import", file)
    assert taken.stdout.startswith("Decisions taken: 3;"), taken.output
    assert filled(*other, "correct", "import", file).stdout.startswith("Decisions taken: 0;")
    assert headline(filled, two) == "The line runs again"
    for place in ([], other):
        assert told(filled(*place, "show", two, "--json"))["event"]["headline"] == "The line runs again"
        assert told(filled(*place, "show", one, "--json"))["event"]["status"] == "current"


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ({"by": "lineage/1"}, "no person's decision"),
        ({"verdict": "adored"}, "no person's decision"),
        ({"object": "event:aaaa"}, "was changed"),
        ({"extra": 1, "subject": "nonsense"}, "is no reference"),
        (None, "this is no judgement"),
    ],
)
def test_forged_decisions_are_refused_and_nothing_is_taken(
    filled: Call, tmp_path: Path, change: dict[str, object] | None, says: str
) -> None:
    ref = event_of(filled, "resumes")
    filled("correct", "rename", ref, "Changed")
    file = tmp_path / "decisions.jsonl"
    filled("correct", "export", file)
    good = file.read_text(encoding="utf-8")
    other = ["--chronicle", str(tmp_path / "other")]
    filled(*other, "init")
    filled(*other, "add", tmp_path / "lines.jsonl")
    bad = "{cut" if change is None else json.dumps({**json.loads(good), **change})
    file.write_text(good + bad + "\n", encoding="utf-8")
    refused = filled(*other, "correct", "import", file)
    assert refused.exit_code == 2
    assert says in refused.stderr
    assert "line 2" in refused.stderr
    assert told(filled(*other, "show", ref, "--json"))["event"]["headline"] == FERRY
