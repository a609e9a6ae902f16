"""Decisions that came before their records: they hold once the records come, and after a rebuild just the same."""

from pathlib import Path
from typing import Any

import pytest

from tests.cli.conftest import LINES, Call, event_of, told, write_lines


@pytest.mark.parametrize("action", ["rename", "split"])
def test_decision_that_came_first_holds_when_its_record_comes(filled: Call, tmp_path: Path, action: str) -> None:
    later = write_lines(tmp_path / "later.jsonl", {**LINES[3], "text": "The weekly market of Eastville is called off"})
    assert filled("add", later).exit_code == 0
    market = event_of(filled, "market")
    members = [member["ref"] for member in told(filled("show", market, "--json"))["event"]["members"]]
    assert len(members) == 2
    words = ["A market day"] if action == "rename" else [members[1]]
    assert filled("correct", action, market, *words).exit_code == 0
    file = tmp_path / "ahead.jsonl"
    filled("corrections", "export", file)

    def other(*words: object) -> Any:
        return filled("--chronicle", str(tmp_path / "other"), *words)

    other("init")
    taken = told(other("corrections", "import", file, "--json"))
    assert (taken["taken"], taken["waiting"]) == (1, 1)
    for path in (tmp_path / "lines.jsonl", later):
        assert other("add", path).exit_code == 0
    live = told(other("show", market, "--json"))["event"]
    there = told(filled("show", market, "--json"))["event"]
    assert (live["headline"], live["status"]) == (there["headline"], there["status"])
    assert [member["ref"] for member in live["members"]] == [member["ref"] for member in there["members"]]
    parted = [told(call("show", members[1], "--json")) for call in (filled, other)]
    assert parted[0]["event"] == parted[1]["event"]
    assert told(other("check", "--json"))["sound"]
    other("rebuild")
    assert told(other("show", market, "--json"))["event"] == live
