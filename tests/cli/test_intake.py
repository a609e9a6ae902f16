"""`add` and `update`: what comes in, what came of it, and what could not be taken."""

from pathlib import Path

import pytest

from diurna.cli.intake import page_address
from tests.cli.conftest import FERRY, LINES, Call, event_of, told, write_lines
from tests.ingest.wiki_server import WikiServer

TITLE = "Portal:Current events/2017 May 22"
FIRST = (
    "{{Current events|year=2017|month=05|day=22|content=\n* [[Northport]] opens a bridge. [https://a.example/1 (A)]\n}}"
)
LATER = FIRST.replace("opens a bridge", "opens a long bridge").replace(
    "\n}}", "\n* [[Eastville]] closes a road. [https://a.example/2 (A)]\n}}"
)


def test_counts_tell_what_came_of_it_and_twice_adds_nothing(call: Call, tmp_path: Path) -> None:
    call("init")
    file = write_lines(tmp_path / "lines.jsonl", *LINES)
    first = told(call("add", file, "--json"))
    assert (first["items"], first["events_new"], first["problems"]) == (4, 4, [])
    second = told(call("add", file, "--json"))
    assert (second["captures"], second["items"], second["events_new"], second["already_known"]) == (0, 0, 0, 1)
    assert call("add", file).stdout.splitlines()[-1] == "problems\t0"


def test_bad_lines_are_told_good_ones_taken_and_the_code_says_so(call: Call, tmp_path: Path) -> None:
    call("init")
    file = tmp_path / "lines.jsonl"
    good = write_lines(file, LINES[0]).read_text(encoding="utf-8")
    file.write_text(
        good + "".join(f'{{"date": "2017-02-31", "text": "No such day {n}"}}\n' for n in range(25)), encoding="utf-8"
    )
    result = call("add", file)
    assert result.exit_code == 3
    assert "lines.jsonl:2" in result.stdout
    assert "and 5 more: diurna check --problems" in result.stdout
    assert result.stdout.count("lines.jsonl:") == 20
    assert event_of(call, "ferry")
    listed = call("check", "--problems")
    assert listed.exit_code == 0
    assert len(listed.stdout.splitlines()) == 1 + 25
    reference = listed.stdout.splitlines()[1].split("\t")[0]
    assert "2017-02-31" in call("show", reference).stdout


def test_nothing_but_missing_files_is_a_wrong_call(call: Call, tmp_path: Path) -> None:
    call("init")
    result = call("add", tmp_path / "nothing.here")
    assert result.exit_code == 2
    assert "no such file" in result.output


def test_missing_file_does_not_stop_the_others(call: Call, tmp_path: Path) -> None:
    call("init")
    result = call("add", tmp_path / "nothing.here", write_lines(tmp_path / "lines.jsonl", LINES[0]), "--json")
    assert result.exit_code == 3
    assert told(result)["events_new"] == 1


def test_standard_input_is_a_source(call: Call) -> None:
    call("init")
    result = call("add", "-", "--list", "mine", input=FIRST)
    assert result.exit_code == 0, result.output
    event = told(call("show", event_of(call, "bridge"), "--json"))["event"]
    assert event["origins"][0]["curator"] == "mine"


def test_portal_pages_of_two_lists_stand_side_by_side(call: Call, tmp_path: Path) -> None:
    call("init")
    page = tmp_path / "2017-05-22.wiki"
    page.write_text(FIRST, encoding="utf-8")
    assert told(call("add", page, "--list", "one", "--json"))["events_new"] == 1
    other = tmp_path / "other.wiki"
    other.write_text(LATER, encoding="utf-8")
    assert told(call("add", other, "--list", "two", "--json"))["events_new"] == 2


@pytest.mark.parametrize(
    ("version", "page"),
    [
        ("https://w.example/wiki/A_b?oldid=7", "https://w.example/wiki/A_b"),
        ("https://w.example/w/index.php?title=A_b&oldid=7", "https://w.example/w/index.php?title=A_b"),
        ("https://w.example/wiki/A_b", "https://w.example/wiki/A_b"),
    ],
)
def test_page_behind_a_version(version: str, page: str) -> None:
    assert page_address(version) == page


def test_update_fetches_what_is_new_on_known_pages(call: Call, home: Path) -> None:
    call("init")
    with WikiServer() as wiki:
        wiki.pages[TITLE] = [(100, FIRST)]
        address = f"{wiki.url}/wiki/{TITLE.replace(' ', '_')}"
        refused = call("add", address)
        assert refused.exit_code == 3
        assert "allow_private_addresses" in refused.stdout
        settings = home / "diurna.toml"
        settings.write_text(settings.read_text(encoding="utf-8") + "allow_private_addresses = true\n", encoding="utf-8")
        added = call("add", address, "--json")
        assert told(added)["events_new"] == 1, added.output
        assert told(call("update", "--json"))["captures"] == 0
        wiki.pages[TITLE].append((101, LATER))
        updated = told(call("update", "--json"))
    assert (updated["addresses_asked"], updated["captures"], updated["events_new"], updated["events_changed"]) == (
        1,
        1,
        1,
        1,
    )
    shown = told(call("show", event_of(call, "bridge"), "--json"))["event"]
    assert shown["headline"] == "Northport opens a long bridge."
    assert [change["kind"] for change in shown["changes"]] == ["added", "edited"]
    assert shown["origins"][0]["number"] == 101


def test_update_of_a_chronicle_without_wiki_pages_does_nothing(filled: Call) -> None:
    assert told(filled("update", "--json"))["addresses_asked"] == 0
    assert FERRY in filled("search", "ferry").stdout
