"""What one more article costs does not grow with the chronicle: nothing is walked through, and nothing read twice."""

import sqlite3
from collections.abc import Iterator
from pathlib import Path
from unittest.mock import patch

import pytest

from diurna.components import Settings
from diurna.group.reported import digest
from diurna.pipeline.events import Events
from diurna.runners import Chronicle
from diurna.runners.annotators import Annotators
from tests.pipeline.test_grouping import Shared, add, listed, opened, told


@pytest.fixture(scope="module")
def annotators() -> Iterator[Annotators]:
    made = Shared(Settings().enrich, 1)
    yield made
    Annotators.close(made)


@pytest.fixture
def chronicle(tmp_path: Path, annotators: Annotators) -> Iterator[Chronicle]:
    with opened(tmp_path / "chronicle", annotators) as made:
        yield made


def test_no_statement_for_an_article_walks_through_a_table(chronicle: Chronicle) -> None:
    add(chronicle, told(1, 0), told(2, 3), told(3, 4))
    driver: sqlite3.Connection = chronicle.store.views._database._driver
    asked: set[str] = set()
    driver.set_trace_callback(asked.add)
    add(chronicle, listed("one", 1), told(4, 1), told(5, 2, hour=9))
    driver.set_trace_callback(None)
    walked = {}
    for statement in asked:
        if statement.split(maxsplit=1)[0].upper() in ("SELECT", "UPDATE", "DELETE", "INSERT"):
            plan = [row[3] for row in driver.execute(f"EXPLAIN QUERY PLAN {statement}")]
            # What waits to be read is counted once for all.
            if any(step.startswith("SCAN") and "VIRTUAL" not in step and step != "SCAN unread" for step in plan):
                walked[statement] = plan
    assert any(statement.startswith("DELETE FROM pair") for statement in asked)
    assert walked == {}


def test_an_article_is_read_once_for_the_events_it_is_in(chronicle: Chronicle) -> None:
    with (
        patch("diurna.pipeline.events.digest", wraps=digest) as read,
        patch.object(Events, "refresh", autospec=True, side_effect=Events.refresh) as refreshed,
    ):
        for paper, text in enumerate([0, 1, 2, 0, 1, 2]):
            add(chronicle, told(paper, text, hour=6 + paper))
    assert max(len(event.members) for event in chronicle.store.views.recent_events(10)) > 2
    assert refreshed.call_count > 6
    assert read.call_count <= 6
