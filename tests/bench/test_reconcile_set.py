"""The labelled set of statements holds together: words stand where labels say, and references lead somewhere."""

import json
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from diurna.reconcile.states import RULES

SET = Path(__file__).parent.parent.parent / "bench" / "reconcile"
HALVES = sorted(folder.name for folder in SET.iterdir() if folder.is_dir())


def rows(half: str, name: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in (SET / half / f"{name}.jsonl").read_text(encoding="utf-8").splitlines()]


@pytest.mark.parametrize("half", HALVES)
def test_statements_stand_in_their_articles(half: str) -> None:
    texts = {row["article"]: row["text"] for row in rows(half, "articles")}
    statements = rows(half, "statements")
    assert len({row["statement"] for row in statements}) == len(statements)
    for row in statements:
        assert row["sentence"] in texts[row["article"]], row["statement"]
        assert row["fragment"] in row["sentence"], row["statement"]


@pytest.mark.parametrize("half", HALVES)
def test_findings_follow_from_their_statements(half: str) -> None:
    findings = {row["finding"]: row for row in rows(half, "findings")}
    origins: dict[str, set[str]] = {finding: set() for finding in findings}
    for row in rows(half, "statements"):
        if row["finding"] is not None:
            assert findings[row["finding"]]["event"] == row["event"]
            origins[row["finding"]].add(row["origin"])
    for name, row in findings.items():
        assert len(origins[name]) == row["origins"], name
        assert RULES[row["rule"]][0] == row["state"], name


@pytest.mark.parametrize("half", HALVES)
def test_articles_are_dated_and_said_to_be_fictional(half: str) -> None:
    events = {row["event"] for row in rows(half, "events")}
    for row in rows(half, "articles"):
        assert row["event"] in events
        assert datetime.fromisoformat(row["published"]).tzinfo is not None
        assert "Fictional: place and body are invented" in row["text"]
