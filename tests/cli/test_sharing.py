"""`corrections`: decisions as a file that another chronicle takes."""

import json
import tarfile
from pathlib import Path
from typing import Any

import pytest

from diurna.runners import Chronicle
from tests.cli.conftest import LINES, STRIKE, Call, event_of, home_of, last_decision, told, write_lines
from tests.cli.made_events import ARTICLES, DIVERS, GROUNDED, OPENED, SAFE, TRAFFIC, YEAR_BEFORE, article, items
from tests.made_lists import OBSERVED

BOATS = {"title": "Boats for sale", "url": "https://news.example/boats", "text": "Three boats are sold in Eastville."}


@pytest.fixture
def shared(filled: Call, tmp_path: Path) -> Path:
    """A file: one event renamed; another merged and set free again."""
    one, two = event_of(filled, "strike"), event_of(filled, "resumes")
    filled("correct", "rename", two, "The line runs again", "--note", "said so at the harbour", "--by", "Grace")
    filled("correct", "merge", one, two)
    decision = told(filled("correct", "list", "--json"))["decisions"][-1]["judgement"]["id"]
    filled("correct", "retract", f"judgement:{decision}", "--note", "two days")
    file = tmp_path / "team.jsonl"
    result = filled("corrections", "export", file)
    assert (result.exit_code, result.stdout) == (0, f"Decisions written to {file}: 3.\n")
    return file


@pytest.fixture
def other(filled: Call, tmp_path: Path) -> Call:
    """`filled` on another chronicle, of the same four events."""
    place = ["--chronicle", str(tmp_path / "other")]

    def run(*words: object, **how: Any) -> Any:
        return filled(*place, *words, **how)

    assert run("init").exit_code == 0
    assert run("add", tmp_path / "lines.jsonl").exit_code == 0
    return run


def decisions(call: Call) -> list[dict[str, Any]]:
    return [one["judgement"] for one in told(call("correct", "list", "--json"))["decisions"]]


def headline(call: Call, ref: str) -> str:
    return str(told(call("show", ref, "--json"))["event"]["headline"])


def lines_of(file: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in file.read_text(encoding="utf-8").splitlines()]


def write(file: Path, *lines: dict[str, Any]) -> Path:
    return write_lines(file, *lines)


def test_team_has_the_same_decisions_in_the_same_order(filled: Call, other: Call, shared: Path) -> None:
    ferry, strike = event_of(other, "resumes"), event_of(other, "strike")
    taken = told(other("corrections", "import", shared, "--json"))
    assert (taken["taken"], taken["already_known"], taken["waiting"], taken["problems"]) == (3, 0, 0, [])
    assert decisions(other) == decisions(filled)
    assert [one["verdict"] for one in decisions(other)] == ["renamed", "same", "retracted"]
    assert headline(other, ferry) == "The line runs again"
    assert headline(other, strike) == STRIKE
    assert told(other("check", "--json"))["sound"]
    before = other("show", ferry, "--json").stdout
    assert other("rebuild").exit_code == 0
    assert other("show", ferry, "--json").stdout == before


def test_author_time_and_note_are_in_the_events_history(other: Call, shared: Path) -> None:
    other("corrections", "import", shared)
    change = told(other("show", event_of(other, "Southport"), "--json"))["event"]["changes"][-1]
    made = lines_of(shared)[1]["made"]
    assert (change["by"], change["reason"]) == ("person:Grace", "said so at the harbour")
    assert change["at"] == made if "at" in change else made in json.dumps(change)


def test_twice_adds_nothing_and_bytes_come_back(other: Call, shared: Path, tmp_path: Path) -> None:
    other("corrections", "import", shared)
    again = told(other("corrections", "import", shared, "--json"))
    assert (again["taken"], again["already_known"], again["events_changed"]) == (0, 3, 0)
    back = tmp_path / "back.jsonl"
    assert other("corrections", "export", back).exit_code == 0
    assert back.read_bytes() == shared.read_bytes()


def test_standard_output_and_input_stand_for_a_file(filled: Call, other: Call, shared: Path) -> None:
    for words in (["corrections", "export"], ["corrections", "export", "-"]):
        assert filled(*words).stdout == shared.read_text(encoding="utf-8")
    result = other("corrections", "import", "-", input=shared.read_bytes() + b"{cut\n")
    assert result.exit_code == 3
    assert "decisions taken\t3\n" in result.stdout
    assert "error: line is no JSON. Next: correct it (" in result.stdout
    assert "\nwhere\treceived\texpected\nstdin:5\t{cut\t" in result.stdout
    assert "\x1b" not in result.output


def test_file_that_is_there_stays_unless_it_is_to_be_replaced(filled: Call, shared: Path, tmp_path: Path) -> None:
    before = shared.read_bytes()
    filled("correct", "rename", event_of(filled, "market"), "A market day")
    refused = filled("corrections", "export", shared)
    assert refused.exit_code == 2
    assert "--replace" in refused.stderr
    assert shared.read_bytes() == before
    assert told(filled("corrections", "export", shared, "--replace", "--json"))["written"] == 4
    assert shared.read_bytes().startswith(before)
    assert filled("corrections", "export", tmp_path, "--replace").exit_code == 2
    assert not list(tmp_path.glob(".diurna-*"))


def test_lines_say_what_people_know_records_by(filled: Call, shared: Path) -> None:
    _, first, second, third = lines_of(shared)
    ferry = told(filled("show", event_of(filled, "Southport"), "--json"))["event"]["permalink"]
    assert (first["subject_is"], first.get("object_is")) == (ferry, None)
    assert second["object_is"] == ferry
    assert "subject_is" not in third


@pytest.mark.parametrize("words", [["nowhere.jsonl"], ["."], []])
def test_no_file_is_a_wrong_call(other: Call, words: list[str]) -> None:
    assert other("corrections", "import", *words).exit_code == 2


def test_bad_lines_are_told_and_the_rest_is_taken(other: Call, shared: Path, tmp_path: Path) -> None:
    header, rename, *rest = lines_of(shared)
    forged = {**rename, "by": "lineage/1"}
    file = write(tmp_path / "bad.jsonl", header, forged, {**rename, "value": "Sunk"}, {**rename, "verdict": "x"}, *rest)
    result = other("corrections", "import", file, "--json")
    assert result.exit_code == 3
    taken = json.loads(result.stdout)
    assert [(told["where"], told["severity"]) for told in taken["problems"]] == [
        (f"{file}:2", "error"),
        (f"{file}:4", "error"),
    ]
    assert taken["taken"] == 3
    assert [one["by"] for one in decisions(other)] == ["person:Grace", "person:Ada", "person:Ada"]
    kept = other("check", "--problems").stdout
    assert "component is not taken" in kept
    contrary = told(other("corrections", "import", shared, "--json"))
    assert (contrary["already_known"], contrary["taken"]) == (2, 0)
    assert contrary["problems"][0]["what"] == "decision is here already, and says something else"
    assert headline(other, event_of(other, "Southport")) == "Sunk"


def test_decision_on_what_is_not_here_is_told_and_kept(filled: Call, shared: Path, tmp_path: Path) -> None:
    ferry = event_of(filled, "Southport")
    empty = ["--chronicle", str(tmp_path / "empty")]
    filled(*empty, "init")
    result = filled(*empty, "corrections", "import", shared, "--json")
    assert result.exit_code == 3
    taken = json.loads(result.stdout)
    assert (taken["taken"], taken["waiting"]) == (2, 2)
    rename, merge, retraction = taken["problems"]
    assert [told["severity"] for told in (rename, merge, retraction)] == ["notice", "error", "notice"]
    assert ferry in rename["received"]
    assert "/news/2017/05/21/" in rename["received"]
    assert "kept" in rename["what"]
    assert "is not here" in merge["what"]
    again = json.loads(filled(*empty, "corrections", "import", shared, "--json").stdout)
    assert (again["taken"], again["already_known"], again["waiting"]) == (0, 2, 2)
    filled(*empty, "add", tmp_path / "lines.jsonl")
    filled(*empty, "rebuild")
    assert headline(filled, ferry) == "The line runs again"
    assert headline(lambda *words: filled(*empty, *words), ferry) == "The line runs again"
    late = told(filled(*empty, "corrections", "import", shared, "--json"))
    assert (late["taken"], late["already_known"], late["problems"]) == (1, 2, [])
    event = told(filled(*empty, "show", event_of(filled, "strike"), "--json"))["event"]
    assert event["status"] == "current"  # its merge came after the retraction, and is retracted all the same


def test_merge_in_a_circle_is_told(filled: Call, other: Call, tmp_path: Path) -> None:
    one, two = event_of(filled, "strike"), event_of(filled, "market")
    filled("correct", "merge", one, two)
    other("correct", "merge", two, one)
    file = tmp_path / "circle.jsonl"
    filled("corrections", "export", file)
    result = other("corrections", "import", file)
    assert result.exit_code == 3
    assert "events would be merged in a circle" in result.stdout
    assert told(other("check", "--json"))["sound"]


def test_merge_waits_for_no_event(filled: Call, tmp_path: Path) -> None:
    one, two = event_of(filled, "strike"), event_of(filled, "market")
    filled("correct", "merge", one, two)
    file = tmp_path / "merge.jsonl"
    filled("corrections", "export", file)
    place = ["--chronicle", str(tmp_path / "half")]
    filled(*place, "init")
    for present, absent in ((LINES[3], one), (LINES[1], "")):
        filled(*place, "add", write(tmp_path / "half.jsonl", present))
        taken = json.loads(filled(*place, "corrections", "import", file, "--json").stdout)
        assert [told["received"].partition(" ")[0] for told in taken["problems"]] == ([absent] if absent else [])
        assert taken["taken"] == (0 if absent else 1)
    assert told(filled(*place, "show", one, "--json"))["event"]["status"] == "merged"


def test_later_decision_that_is_overruled_is_named(filled: Call, other: Call, shared: Path) -> None:
    ferry = event_of(other, "Southport")
    other("correct", "rename", ferry, "Sailing resumes")
    taken = told(other("corrections", "import", shared, "--json"))
    (notice,) = taken["problems"]
    assert notice["severity"] == "notice"
    assert "Sailing resumes" in notice["allowed"]
    assert headline(other, ferry) == "The line runs again"
    assert told(other("corrections", "import", shared, "--json"))["problems"] == []


def test_retraction_of_what_no_person_decided_is_told(other: Call, shared: Path, tmp_path: Path) -> None:
    founding = told(other("explain", event_of(other, "market"), "--json"))["members"][0]["judgement"]["id"]
    retraction = {
        **lines_of(shared)[3],
        "id": "",
        "subject": f"judgement:{founding}",
        "object": f"judgement:{founding}",
    }
    result = other("corrections", "import", write(tmp_path / "forged.jsonl", retraction))
    assert result.exit_code == 3
    assert "decision cannot be taken back" in result.stdout
    assert decisions(other) == []


def test_erasure_is_not_applied_unasked(filled: Call, other: Call, tmp_path: Path) -> None:
    articles = write_lines(tmp_path / "articles.jsonl", BOATS)
    for call in (filled, other):
        assert call("add", articles).exit_code == 0
    (found,) = told(filled("search", "boats", "--json"))["articles"]
    ref = f"article:{found['report']['id']}"
    assert filled("correct", "withdraw", ref, "--erase").exit_code == 0
    without, file = tmp_path / "without.jsonl", tmp_path / "with.jsonl"
    assert told(filled("corrections", "export", without, "--json")) == {
        "file": str(without),
        "written": 0,
        "erasures_left_out": 1,
    }
    assert len(lines_of(without)) == 1
    assert "left out: 1" in filled("corrections", "export").stderr
    assert filled("corrections", "export", file, "--erasures").exit_code == 0
    refused = other("corrections", "import", file)
    assert refused.exit_code == 3
    assert f"diurna correct withdraw {ref} --erase" in refused.stdout
    assert told(other("show", ref, "--json"))["article"]["title"] == "Boats for sale"
    asked = told(other("corrections", "import", file, "--erasures", "--json"))
    assert (asked["taken"], asked["erased"]) == (1, 1)
    assert told(other("show", ref, "--json"))["report"]["status"] == "erased"
    assert decisions(other) == decisions(filled)


def test_article_withdrawn_elsewhere_is_not_shown_when_it_comes(filled: Call, other: Call, tmp_path: Path) -> None:
    articles = write_lines(tmp_path / "articles.jsonl", BOATS)
    filled("add", articles)
    (found,) = told(filled("search", "boats", "--json"))["articles"]
    filled("correct", "withdraw", f"article:{found['report']['id']}", "--note", "asked for")
    file = tmp_path / "withdrawn.jsonl"
    filled("corrections", "export", file)
    early = told(other("corrections", "import", file, "--json"))
    assert (early["taken"], early["waiting"], early["problems"][0]["severity"]) == (1, 1, "notice")
    assert other("add", articles).exit_code == 0
    assert told(other("show", f"article:{found['report']['id']}", "--json"))["report"]["status"] == "withdrawn"


def test_long_file_is_taken_in_parts_and_no_record_drowns_in_decisions(
    filled: Call, other: Call, tmp_path: Path
) -> None:
    ferry = event_of(filled, "Southport")
    good = {"subject": ferry, "verdict": "renamed", "object": ferry, "by": "person:Ada"}
    lines = [
        {**good, "value": f"Sailing {number}", "made": f"2024-01-01T00:00:00.{number:06}Z"} for number in range(202)
    ]
    file = write(tmp_path / "long.jsonl", *lines)
    taken = json.loads(other("corrections", "import", file, "--json").stdout)
    assert (taken["taken"], [told["what"] for told in taken["problems"]]) == (200, ["too many decisions"] * 2)
    assert headline(other, ferry) == "Sailing 199"
    assert len(decisions(other)) == 200


def test_corrections_in_a_backup_can_be_taken(filled: Call, other: Call, shared: Path, tmp_path: Path) -> None:
    assert shared.is_file()
    assert filled("backup", tmp_path / "copy.tar").exit_code == 0
    with tarfile.open(tmp_path / "copy.tar") as copy:
        (name,) = [name for name in copy.getnames() if "correction" in name]
        content = copy.extractfile(name)
        assert content is not None
        result = other("corrections", "import", "-", "--json", input=content.read())
    assert (told(result)["taken"], told(result)["problems"]) == (3, [])


def test_decision_finds_an_event_that_goes_by_another_report(grouped: Call, tmp_path: Path) -> None:
    ferry, bridge = home_of(grouped, GROUNDED), home_of(grouped, TRAFFIC)
    grouped("correct", "rename", ferry, "The grounding of the Aurora")
    grouped("correct", "move", YEAR_BEFORE, ferry)
    grouped("correct", "split", ferry, DIVERS)
    grouped("correct", "move", OPENED, ferry, "--note", "a slip")
    grouped("correct", "retract", last_decision(grouped))
    file, place = tmp_path / "team.jsonl", tmp_path / "turned"
    grouped("corrections", "export", file)
    Chronicle.create(place, "[run]\nworkers = 1\n")
    with Chronicle(place, clock=lambda: OBSERVED) as chronicle:
        chronicle.add([items()])
        for address in reversed(ARTICLES):
            chronicle.add([article(address)])
            chronicle.understand()

    def turned(*words: object) -> Any:
        return grouped("--chronicle", place, *words)

    other = home_of(turned, SAFE)
    assert other not in (ferry, home_of(turned, TRAFFIC))
    taken = told(turned("corrections", "import", file, "--json"))
    assert taken["taken"] == len(lines_of(file)) - 1  # the first is the header
    assert {one["what"].partition(";")[0] for one in taken["problems"]} == {
        "event goes by another name here, since another report came first"
    }
    assert headline(turned, other) == "The grounding of the Aurora"
    assert home_of(turned, YEAR_BEFORE) == home_of(turned, GROUNDED) == other
    assert home_of(turned, DIVERS) not in (other, bridge)
    assert home_of(turned, OPENED) == home_of(turned, TRAFFIC)
    again = told(turned("corrections", "import", file, "--json"))
    assert (again["taken"], again["already_known"]) == (0, taken["taken"])
    assert told(turned("check", "--json"))["sound"]


def test_waiting_decision_is_listed_as_such(filled: Call, shared: Path, tmp_path: Path) -> None:
    empty = ["--chronicle", str(tmp_path / "empty")]
    filled(*empty, "init")
    filled(*empty, "corrections", "import", shared)
    listed = told(filled(*empty, "correct", "list", "--json"))["decisions"]
    assert [one["waiting"] for one in listed] == [True, True]
    assert not any(one["waiting"] for one in told(filled("correct", "list", "--json"))["decisions"])
