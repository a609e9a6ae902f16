"""What was understood of articles on the command line: shown with marks, explained, corrected, checked, read again."""

import contextlib
import json
import sqlite3
from pathlib import Path
from typing import Any

import pytest

from diurna.cli import intake
from diurna.enrich.annotate import Annotator
from diurna.enrich.task import Annotated, Task
from tests.cli.conftest import Call, told
from tests.cli.test_articles import write_page
from tests.cli.test_console import terminal

LAUNCH = (
    "SEOUL, May 22 (Yonhap) -- North Korea fired a missile on Sunday that flew 500 km, South Korea's military said.",
    "“This type of missile should be mass-produced,” Kim Jong-un was quoted as saying by the Korean Central News "
    "Agency (KCNA).",
    "President Moon Jae-in met his security council within an hour. Moon said the launch was a grave challenge.",
)
PROTEST = ("Japan's government protested on Monday, Chief Cabinet Secretary Yoshihide Suga told reporters in Tokyo.",)
LAUNCHED, PROTESTED = "https://coast.example/launch", "https://north.example/protest"


@pytest.fixture
def call(call: Call, tmp_path: Path) -> Call:
    """`call` on a chronicle of two articles that were understood."""
    assert call("init").exit_code == 0
    (tmp_path / "home" / "diurna.toml").write_text("[run]\nworkers = 1\n", encoding="utf-8")
    folder = tmp_path / "in"
    said = {"published": "2017-05-22T06:00:00Z"}
    write_page(folder, "a.html", *LAUNCH, title="North Korea launches", canonical=LAUNCHED, **said)
    write_page(folder, "b.html", *PROTEST, title="Japan protests", canonical=PROTESTED, **said)
    added = told(call("add", folder, "--json"))
    assert (added["articles"], added["articles_understood"], added["problems"]) == (2, 2, [])
    return call


def annotation(call: Call, ref: str = LAUNCHED) -> dict[str, Any]:
    found: dict[str, Any] = told(call("show", ref, "--json"))["annotation"]
    return found


def mention(call: Call, words: str, ref: str = LAUNCHED) -> dict[str, Any]:
    found: dict[str, Any] = next(one for one in annotation(call, ref)["mentions"] if one["text"] == words)
    return found


def entity(call: Call, words: str) -> str:
    found: str = mention(call, words)["candidates"][0]["ref"]
    return found


def rows(text: str, title: str) -> list[list[str]]:
    """Rows of a table of an answer in a pipe."""
    block = text.partition(f"{title}\n")[2].partition("\n\n")[0]
    return [line.split("\t") for line in block.splitlines()[1:]]


def last_decision(call: Call) -> dict[str, Any]:
    found: dict[str, Any] = told(call("correct", "list", "--json"))["decisions"][-1]
    return found


# ---------------------------------------------------------------------------------------------------- shown


def test_a_pipe_has_the_text_alone_and_what_was_understood_in_tables(call: Call) -> None:
    shown = call("show", LAUNCHED).stdout
    assert "\x1b" not in shown
    assert all(f"\n{paragraph}\n" in shown for paragraph in LAUNCH)
    said = rows(shown, "Who says what")
    quoted = next(row for row in said if "mass-produced" in row[2])
    assert quoted[0].startswith("coast.example ← ")
    assert "Kim Jong-un" in quoted[0].split(" ← ")[-1]
    assert (quoted[1], quoted[3]) == ("says", "direct")
    figures = rows(shown, "Figures")
    assert any(row[1:3] == ["500 km", "500 kilometres (about 311 miles)"] for row in figures)
    named = {row[0]: row for row in rows(shown, "Who and what is named")}
    assert named["Moon Jae-in"][1:4] == ["person", "Moon Jae-in, Moon", "2"]
    assert ["Sunday", "21 May 2017", "DATE", "2017-05-21"] in [row[:4] for row in rows(shown, "Times")]
    for row in (*said, *figures):
        assert told(call("show", row[-1], "--json"))["ref"] == row[-1]


def test_a_terminal_marks_the_text_and_explains_its_marks(call: Call, monkeypatch: pytest.MonkeyPatch) -> None:
    from rich.text import Text

    from diurna.cli.articles import show_article
    from diurna.cli.console import tell
    from diurna.cli.references import resolve
    from diurna.runners import Chronicle

    monkeypatch.delenv("NO_COLOR", raising=False)
    home = Path(call("config").stdout and call.__closure__[0].cell_contents) if False else None  # pragma: no cover
    assert home is None
    del Text, show_article, tell, resolve, Chronicle, terminal
