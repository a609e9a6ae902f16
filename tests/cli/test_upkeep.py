"""`check`, `rebuild`, `publish`, `backup` and `restore`, and what every exit code stands for."""

import os
import signal
import sqlite3
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from filelock import FileLock

from diurna import ingest
from tests.cli.conftest import Call, edit_store, event_of, told, write_lines


def test_sound_chronicle_is_well(filled: Call) -> None:
    result = filled("check")
    assert (result.exit_code, result.stdout) == (
        0,
        "The chronicle (4 events, 4 entries and 1 captures): all is well.\n",
    )
    assert told(filled("check", "--json"))["faults"] == []
    for ref in (event_of(filled, "strike"), "2017-05-22", "Northport"):
        assert filled("check", ref).exit_code == 0


def flip_a_byte(home: Path) -> None:
    (archive,) = (home / "archive").glob("*.warc.gz")
    content = bytearray(archive.read_bytes())
    content[len(content) // 2] ^= 0xFF
    archive.write_bytes(content)


@pytest.mark.parametrize(
    ("damage", "says"),
    [
        (flip_a_byte, "bytes are damaged or missing"),
        (lambda home: next((home / "archive").glob("*.gz")).unlink(), "bytes are damaged or missing"),
        (lambda home: edit_store(home, "DELETE FROM fact WHERE kind = 'judgement'"), "names one that is not there"),
        (
            lambda home: edit_store(
                home,
                "UPDATE fact SET body = replace(CAST(body AS TEXT), 'begin a', 'began a') WHERE kind = 'entry'",
            ),
            "An entry was changed",
        ),
        (
            lambda home: edit_store(
                home,
                'UPDATE fact SET body = replace(CAST(body AS TEXT), \'"shown":"Northport"\', \'"shown":"Elsewhere"\')',
            ),
            "does not lie where it says",
        ),
        (
            lambda home: edit_store(home, "UPDATE event SET rank = 9 WHERE rank = 4"),
            "An event is missing",
        ),
        (
            lambda home: edit_store(home, "DELETE FROM fact WHERE kind = 'permalink' AND about LIKE 'event:%'"),
            "address is not its own",
        ),
        (
            lambda home: edit_store(home, "UPDATE entity SET permalink = '/context/x' WHERE name = 'Eastville'"),
            "has moved",
        ),
    ],
)
def test_damage_is_found_and_told(filled: Call, home: Path, damage: Callable[[Path], None], says: str) -> None:
    damage(home)
    result = filled("check")
    assert result.exit_code == 1, result.output
    assert says in result.stdout
    data = told(filled("check", "--json"))
    assert data["sound"] is False
    assert all(fault["next_step"] for fault in data["faults"])


def test_overwritten_pages_of_the_store_are_told_without_a_traceback(filled: Call, home: Path) -> None:
    assert filled("rebuild").exit_code == 0
    store = home / "chronicle.db"
    content = store.read_bytes()
    told_at_all = 0
    for page in range(1, len(content) // 4096, 3):
        store.write_bytes(content[: page * 4096] + b"\xff" * 4096 + content[(page + 1) * 4096 :])
        result = filled("check")
        assert result.exit_code in (0, 1)
        assert result.exception is None or isinstance(result.exception, SystemExit), (page, result.exception)
        told_at_all += result.exit_code
    assert told_at_all > 5


def test_rebuild_computes_the_same_chronicle(filled: Call) -> None:
    filled("correct", "rename", event_of(filled, "market"), "A market day")
    data = told(filled("rebuild", "--json"))
    assert data["before"] == data["digest"]
    assert data["events"] == 4


def test_publish_writes_a_site_and_then_only_what_changed(filled: Call, tmp_path: Path) -> None:
    site = tmp_path / "site"
    first = filled("publish", site, "--workers", "1", "--json")
    assert told(first)["written"] > 0, first.output
    assert (site / "index.html").is_file()
    again = told(filled("publish", site, "--workers", "1", "--json"))
    assert (again["written"], again["removed"]) == (0, 0)
    assert set(told(first)) >= {"digest", "configuration", "version"}


@pytest.mark.parametrize("name", ["backup.tar.zst", "backup.tar.gz", "backup.tar"])
def test_backup_comes_back_whole(filled: Call, tmp_path: Path, name: str) -> None:
    ref = event_of(filled, "market")
    filled("correct", "rename", ref, "A market day")
    made = told(filled("backup", tmp_path / name, "--json"))
    restored = filled("restore", tmp_path / name, tmp_path / "back", "--json")
    assert told(restored)["manifest"]["chronicle"] == made["manifest"]["chronicle"]
    there = ["--chronicle", str(tmp_path / "back")]
    assert told(filled(*there, "check", "--json"))["sound"]
    assert told(filled(*there, "show", ref, "--json")) == told(filled("show", ref, "--json"))
    assert told(filled(*there, "rebuild", "--json"))["digest"] == made["manifest"]["chronicle"]
    assert filled(*there, "add", tmp_path / "lines.jsonl").exit_code == 0
    assert filled("restore", tmp_path / name, tmp_path / "back").exit_code == 2
    assert filled("backup", tmp_path / name).exit_code == 2


# ------------------------------------------------------------------------------------------------ exit codes


def test_second_writer_is_turned_away(filled: Call, home: Path, tmp_path: Path) -> None:
    more = write_lines(tmp_path / "more.jsonl", {"date": "2017-05-23", "text": "Something else"})
    with FileLock(home / "chronicle.db.lock"):
        for words in (["add", more], ["rebuild"], ["correct", "rename", event_of(filled, "market"), "x"]):
            result = filled(*words)
            assert result.exit_code == 4, (words, result.output)
            assert "another process is writing" in result.stderr
        assert filled("search", "ferry").exit_code == 0
        assert filled("backup", tmp_path / "b.tar").exit_code == 0
    assert filled("add", more).exit_code == 0


def test_store_of_a_later_version_is_left_alone(filled: Call, home: Path, tmp_path: Path) -> None:
    edit = sqlite3.connect(home / "chronicle.db")
    edit.execute("PRAGMA user_version = 99")
    edit.close()
    for words in (
        ["search", "x"],
        ["add", tmp_path],
        ["check"],
        ["rebuild"],
        ["publish", tmp_path / "s"],
        ["backup", tmp_path / "b"],
    ):
        result = filled(*words)
        assert result.exit_code == 5, (words, result.output)
        assert "schema 99" in result.stderr
    assert not (tmp_path / "b").exists()


def test_file_that_is_no_store_is_a_fault(filled: Call, home: Path) -> None:
    (home / "chronicle.db").write_bytes(b"not a database at all" * 100)
    result = filled("search", "x")
    assert result.exit_code == 1
    assert "diurna restore" in result.stderr


def test_wrong_calls_are_refused(filled: Call, tmp_path: Path) -> None:
    for words in (
        ["add"],
        ["show"],
        ["nonsense"],
        ["search", "x", "--limit", "0"],
        ["restore", tmp_path / "no", tmp_path / "x"],
    ):
        assert filled(*words).exit_code == 2, words
    elsewhere = filled("--chronicle", tmp_path / "nowhere", "check")
    assert elsewhere.exit_code == 2
    assert "diurna init" in elsewhere.stderr


def test_interrupted_work_says_what_is_kept(filled: Call, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    def interrupted(*_: object) -> Iterator[object]:
        raise KeyboardInterrupt

    monkeypatch.setattr(ingest, "read", interrupted)
    result = filled("add", tmp_path)
    assert result.exit_code == 130
    assert "is kept" in result.stderr


@pytest.mark.slow
def test_interrupt_of_a_real_process_keeps_the_chronicle(filled: Call, home: Path) -> None:
    words = [sys.executable, "-m", "diurna", "--chronicle", str(home), "add", "-"]
    # A shell that runs the tests in the background has its children ignore interrupts.
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    process = subprocess.Popen(words, stdin=subprocess.PIPE, stderr=subprocess.PIPE)
    signal.signal(signal.SIGINT, before)
    assert process.stdin is not None
    process.stdin.write(b"* not the whole\n" * 100_000)  # more than a pipe holds: returns when it is being read
    process.send_signal(signal.SIGINT)
    _, said = process.communicate(timeout=20)
    assert process.returncode == 130, said
    assert b"is kept" in said
    assert told(filled("check", "--json"))["sound"]


def test_help_names_every_command_and_exit_code(call: Call) -> None:
    text = call("--help").stdout
    commands = ["init", "add", "update", "publish", "show", "search", "explain", "correct", "check", "rebuild"]
    for word in [*commands, "backup", "restore", "config"]:
        assert f"\n  {word} " in text
    for code in ("0 ", "1 ", "2 ", "3 ", "4 ", "5 ", "130"):
        assert f"\n    {code}" in text
    assert call("--version").stdout.startswith("diurna ")


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_completion_offers_events_and_nothing_a_shell_would_run(
    filled: Call, home: Path, tmp_path: Path, shell: str
) -> None:
    hostile = {"date": "2017-05-23", "text": "Port $(touch owned) `touch owned` \"; touch owned; ' closes"}
    filled("add", write_lines(tmp_path / "hostile.jsonl", hostile))
    ref = event_of(filled, "owned")
    environment = {
        **os.environ,
        "DIURNA_CHRONICLE": str(home),
        "_DIURNA_COMPLETE": f"complete_{shell}",
        "_TYPER_COMPLETE_ARGS": f"diurna show {ref[:12]}",
        "_TYPER_COMPLETE_FISH_ACTION": "get-args",
        "COMP_WORDS": f"diurna show {ref[:12]}",
        "COMP_CWORD": "2",
    }
    done = subprocess.run(
        [sys.executable, "-m", "diurna"], env=environment, capture_output=True, text=True, check=False, timeout=60
    )
    assert ref.removeprefix("event:") in done.stdout, done
    assert not set("$`;") & set(done.stdout)


def test_hostile_headlines_are_inert_in_every_command(call: Call, tmp_path: Path) -> None:
    call("init")
    text = "Quake \x1b[31mred\x1b]0;title\x07 [bold]hits[/bold] \u202ethgir \x9b2J town"
    line = {"date": "2017-05-22", "text": text, "category": "\x1b[2Jcat", "entities": ["Town \x1b[1m"], "id": "\x1bkey"}
    added = call("add", write_lines(tmp_path / "bad\x1b[31m.jsonl", line))
    ref = event_of(call, "quake")
    calls = [["show", ref], ["show", ref, "--json"], ["search", "quake"], ["explain", ref], ["explain", ref, "--json"]]
    calls += [
        ["show", "2017-05-22"],
        ["check", "--problems"],
        ["correct", "rename", ref, text + "x"],
        ["correct", "list"],
    ]
    for result in (added, *(call(*words) for words in calls), call("show", "no\x1b[31mthing\u202e")):
        assert not set(result.output) & set("\x1b\x9b\x07\u202e"), result.output
    assert "[bold]hits[/bold]" in call("show", ref).stdout
