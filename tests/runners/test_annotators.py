"""Annotators: results keep the order of articles, and one that kills or hangs its process is told of."""

from collections.abc import Mapping
from concurrent.futures import Future
from typing import Any

import pytest
from msgspec.structs import replace

from diurna.enrich.settings import EnrichSettings
from diurna.enrich.task import Annotated, Task
from diurna.errors import ConfigurationError
from diurna.model import Article, Paragraph
from diurna.runners import annotators as module
from diurna.runners.annotators import Annotators, Planned
from diurna.runners.processes import Processes
from tests.runners.hostile_tasks import Deadly

SETTINGS = EnrichSettings()


def task(number: int, known: Mapping[str, tuple[Any, ...]] | None = None) -> Task:
    """The n-th article. In German, so that no test waits for the language model of another process."""
    text = f"Am 2017-05-{number + 1:02} flog Moon Jae-in {number + 500} km weit nach Tokyo."
    article = Article(
        id=f"a{number}",
        capture="c",
        component="page/1",
        url=f"https://coast.example/{number}",
        language="de",
        paragraphs=(Paragraph(text),),
    )
    return Task(article=article, outlet="Coast", known={} if known is None else known)


def read(tasks: list[Planned], count: int) -> list[Annotated]:
    annotators = Annotators(SETTINGS, count)
    try:
        return list(annotators.read(tasks, len(tasks)))
    finally:
        annotators.close()


def of(found: list[Annotated]) -> list[str]:
    return [one.annotation.of for one in found]


def test_few_articles_are_read_without_other_processes(monkeypatch: pytest.MonkeyPatch) -> None:
    def refused(*_: object) -> None:
        raise AssertionError("a process was started")

    monkeypatch.setattr(Processes, "submit", refused)
    found = read([Planned(task(number)) for number in range(4)], 2)
    assert of(found) == [f"article:a{number}" for number in range(4)]
    dates = [[m.text for m in one.annotation.mentions if m.timex is not None] for one in found]
    assert dates == [[f"2017-05-{number + 1:02}"] for number in range(4)]


def test_what_needs_others_before_it_is_finished_when_its_turn_has_come() -> None:
    finished: list[str] = []

    def finish(given: Task) -> Task:
        finished.append(given.article.id)
        return replace(given, outlet="Finished")

    annotators = Annotators(SETTINGS, 1)
    results = annotators.read([Planned(task(0)), Planned(task(1), finish), Planned(task(2), finish)], 3)
    assert next(results).annotation.of == "article:a0"
    assert finished == []
    assert next(results).annotation.of == "article:a1"
    assert finished == ["a1"]
    assert of(list(results)) == ["article:a2"]
    annotators.close()


@pytest.mark.slow
def test_processes_give_the_same_in_the_same_order(monkeypatch: pytest.MonkeyPatch) -> None:
    alone = read([Planned(task(number)) for number in range(24)], 1)
    monkeypatch.setattr(module, "_ALONE", 0)
    monkeypatch.setattr(module, "_AHEAD", 2)
    yielded: list[str] = []
    turns: list[tuple[str, int]] = []

    def finish(given: Task) -> Task:
        turns.append((given.article.id, len(yielded)))
        return given

    planned = [Planned(task(number), finish if number % 3 == 2 else None) for number in range(24)]
    annotators = Annotators(SETTINGS, 2)
    found = []
    for one in annotators.read(planned, 24):
        found.append(one)
        yielded.append(one.annotation.of)
    annotators.close()
    assert found == alone
    assert turns == [(f"a{number}", number) for number in range(2, 24, 3)], "all before it were handed on"


@pytest.mark.slow
def test_an_article_that_kills_its_process_is_told_and_the_rest_goes_on(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "_ALONE", 0)
    restarts = _counted_restarts(monkeypatch)
    found = read([Planned(one) for one in (task(0), task(1, Deadly()), task(2))], 2)
    check_told(found, 1)
    assert restarts, "processes that broke were replaced"


def test_an_article_that_hangs_its_process_is_given_up_and_the_rest_goes_on(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "_ALONE", 0)
    monkeypatch.setattr(module, "_LONGEST", 0.05)
    restarts = _counted_restarts(monkeypatch)
    hanging = task(1)

    def submitted(_: object, given: Task) -> "Future[Annotated]":
        future: Future[Annotated] = Future()
        if given is not hanging:
            future.set_result(module._read(module._annotator(SETTINGS), given))
        return future

    monkeypatch.setattr(Processes, "submit", submitted)
    check_told(read([Planned(one) for one in (task(0), hanging, task(2))], 2), 1)
    assert len(restarts) == 2, "once with the others, once alone"


def check_told(found: list[Annotated], failed: int) -> None:
    """Every article has its place; of the one that failed a Problem tells, and the others were understood."""
    assert of(found) == [f"article:a{number}" for number in range(len(found))]
    for number, one in enumerate(found):
        assert bool(one.annotation.mentions) is (number != failed)
        assert [problem.where for problem in one.problems] == [f"https://coast.example/{failed}"] * (number == failed)
    (told,) = found[failed].problems
    assert (told.severity, told.received) == ("error", "the process that read it ended, or did not come to an end")


def test_a_fault_of_ours_is_told_and_leaves_an_empty_annotation(monkeypatch: pytest.MonkeyPatch) -> None:
    class Failing:
        def annotate(self, given: Task) -> Annotated:
            raise ZeroDivisionError("by nought") if given.article.id == "a1" else ConfigurationError("no such model")

    monkeypatch.setattr(module, "_annotator", lambda _: Failing())
    (failed,) = read([Planned(task(1))], 1)
    (told,) = failed.problems
    assert (told.where, told.received, told.severity) == (
        "https://coast.example/1",
        "ZeroDivisionError: by nought",
        "error",
    )
    assert "reprocess enrich" in told.next_step
    assert (failed.annotation.of, failed.annotation.mentions, failed.annotation.language) == ("article:a1", (), "de")
    with pytest.raises(ConfigurationError, match="no such model"):
        read([Planned(task(2))], 1)


def _counted_restarts(monkeypatch: pytest.MonkeyPatch) -> list[None]:
    restarts: list[None] = []
    whole = Processes.restart

    def counted(self: "Processes[Any, Any]") -> None:
        restarts.append(None)
        whole(self)

    monkeypatch.setattr(Processes, "restart", counted)
    return restarts
