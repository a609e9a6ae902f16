"""Small chronicles, a way to call `diurna` on them as a person does, and to read what it says."""

import json
import shutil
import sqlite3
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner, Result

from diurna.cli import app
from diurna.cli.session import Session
from tests.cli.made_events import make_chronicle

Call = Callable[..., Result]

SIREN = "Sirens sound in Northport after a test of the harbour’s alarm"
FERRY = "The ferry Aurora resumes its line between Northport and Southport"
STRIKE = "Crews of the ferry Aurora begin a strike in Northport"
MARKET = "The weekly market of Eastville opens again"

LINES: list[dict[str, Any]] = [
    {
        "date": "2017-05-21",
        "text": FERRY,
        "category": "Business and economy",
        "topics": ["Northport ferries"],
        "entities": ["Northport", "Southport", {"name": "MV Aurora", "shown": "Aurora"}],
        "sources": [{"url": "https://news.example/ferry", "publisher": "Example News"}],
        "id": "ferry",
    },
    {
        "date": "2017-05-22",
        "text": STRIKE,
        "category": "Business and economy",
        "topics": ["Northport ferries"],
        "entities": ["Northport", {"name": "MV Aurora", "shown": "ferry Aurora"}],
        "sources": [{"url": "https://other.example/strike", "publisher": "Other Paper"}],
        "id": "strike",
    },
    {"date": "2017-05-22", "text": SIREN, "entities": ["Northport"], "id": "siren"},
    {"date": "2017-05-22", "text": MARKET, "entities": ["Eastville"], "id": "market"},
]


def write_lines(path: Path, *lines: dict[str, Any]) -> Path:
    """Write entries as JSON lines."""
    path.write_text("".join(json.dumps(line) + "\n" for line in lines), encoding="utf-8")
    return path


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """Folder of the chronicle that `call` works on."""
    return tmp_path / "home"


@pytest.fixture
def call(home: Path, monkeypatch: pytest.MonkeyPatch) -> Call:
    """Calls `diurna --chronicle HOME …`; each call is a minute later than the one before."""
    monkeypatch.setenv("DIURNA_PERSON", "Ada")
    monkeypatch.delenv("DIURNA_CHRONICLE", raising=False)
    runner = CliRunner()
    minutes = iter(range(10_000))

    def clock() -> datetime:
        return datetime(2024, 1, 1, tzinfo=UTC) + timedelta(minutes=next(minutes))

    def run(*words: object, **how: Any) -> Result:
        session = Session(clock=clock)
        return runner.invoke(app, ["--chronicle", str(home), *map(str, words)], obj=session, **how)

    return run


@pytest.fixture
def filled(call: Call, tmp_path: Path) -> Call:
    """`call` on a chronicle of four events."""
    assert call("init").exit_code == 0
    added = call("add", write_lines(tmp_path / "lines.jsonl", *LINES))
    assert (added.exit_code, added.stderr) == (0, "")
    return call


@pytest.fixture(scope="session")
def made_events(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Folder of the chronicle of `made_events`, made once."""
    folder = tmp_path_factory.mktemp("grouped") / "home"
    make_chronicle(folder)
    return folder


@pytest.fixture
def grouped(call: Call, made_events: Path, home: Path) -> Call:
    """`call` on a copy of a chronicle of two items of a list and seven articles."""
    shutil.copytree(made_events, home)
    return call


def told(result: Result) -> Any:
    """What a command said as JSON."""
    assert result.exit_code in (0, 1, 3), result.output
    return json.loads(result.stdout)


def event_of(call: Call, word: str) -> str:
    """Reference of the one event that has a word."""
    (event,) = told(call("search", word, "--json"))["events"]
    return f"event:{event['event']}"


def rows(text: str, title: str) -> list[list[str]]:
    """Rows of a table of an answer in a pipe."""
    block = f"\n{text}".partition(f"\n{title}\n")[2].partition("\n\n")[0]
    return [line.split("\t") for line in block.splitlines()[1:]]


def home_of(call: Call, name: str) -> str:
    """Reference of the event that an article is in."""
    event = told(call("show", name, "--json"))["event"]
    return str(event)


def ref_of(call: Call, name: str) -> str:
    return str(told(call("show", name, "--json"))["ref"])


def members(call: Call, event: str) -> list[str]:
    return [member["ref"] for member in told(call("show", event, "--json"))["event"]["members"]]


def last_decision(call: Call) -> str:
    return f"judgement:{told(call('correct', 'list', '--json'))['decisions'][-1]['judgement']['id']}"


def edit_store(home: Path, *statements: str) -> None:
    """Change the store behind Diurna's back."""
    connection = sqlite3.connect(home / "chronicle.db")
    with connection:
        for statement in statements:
            assert connection.execute(statement).rowcount, statement
    connection.close()
