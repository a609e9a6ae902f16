"""`correct`: people's decisions, and the refusal of those that make no sense."""

from pathlib import Path

import pytest

from tests.cli.conftest import LINES, STRIKE, Call, event_of, told, write_lines


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
