"""A small chronicle, and a way to call `diurna` on it as a person does."""

import json
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner, Result

from diurna.cli import app
from diurna.cli.session import Session

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


def told(result: Result) -> Any:
    """What a command said as JSON."""
    assert result.exit_code in (0, 1, 3), result.output
    return json.loads(result.stdout)


def event_of(call: Call, word: str) -> str:
    """Reference of the one event that has a word."""
    (event,) = told(call("search", word, "--json"))["events"]
    return f"event:{event['event']}"
