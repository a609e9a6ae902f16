"""Workers: arrivals keep their order, a page that kills or hangs its process is told, and the others go on."""

import os
import time
from collections.abc import Iterator
from concurrent.futures import Future
from pathlib import Path

import pytest
from msgspec.structs import replace

from diurna.components import Settings
from diurna.ingest import Arrival
from diurna.model import Problem
from diurna.pipeline.extraction import Prepared, prepare
from diurna.runners import workers as module
from diurna.runners.processes import Processes
from diurna.runners.workers import Workers
from tests.made_articles import FERRY, page_of
from tests.made_lists import saved
from tests.runners.hostile_pages import READ, Deadly, Endless

TOLD = Problem(id="p1", what="x", where="there", received="", allowed="", next_step="")


class Watched(Processes[Arrival, Prepared]):
    """Processes that are waited for until they read the endless page, and then no more: however long they take."""

    def submit(self, job: Arrival) -> "Future[Prepared]":
        if not isinstance(job.content, Endless):
            return super().submit(job)
        read = Path(os.environ[READ])
        read.unlink(missing_ok=True)
        future = super().submit(job)
        wait = future.result

        def result(longest: float) -> Prepared:
            while not read.exists() and not future.done():
                time.sleep(0.01)
            return wait(min(longest, 0.1))

        future.result = result  # type: ignore[method-assign,assignment]
        return future


def pages(count: int) -> list[Arrival]:
    return [page_of(f"https://coast.example/{number}", f"Ferry {number}", FERRY) for number in range(count)]


def of(content: type[bytes], name: str) -> Arrival:
    page = page_of(f"https://coast.example/{name}", name, FERRY)
    return replace(page, content=content(page.content))


def nobody(_: Arrival) -> bool:
    return False


def title(prepared: Prepared | None) -> str:
    return prepared.extracted.articles[0].title if prepared and prepared.extracted.articles else ""


def test_known_arrivals_problems_and_lists_are_passed_on_unread() -> None:
    arrivals: list[Arrival | Problem] = [*pages(3), saved("day.wiki", "An item."), TOLD]
    readies = list(Workers(Settings(), 1).read(arrivals, lambda arrival: arrival.capture.answered.endswith("1")))
    assert [ready.arrival for ready in readies] == arrivals
    assert [title(ready.prepared) for ready in readies] == ["Ferry 0", "", "Ferry 2", "", ""]
    assert [ready.prepared is None for ready in readies] == [False, True, False, True, True]


def test_fault_of_ours_is_told_and_the_bytes_are_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(arrival: Arrival, settings: Settings) -> Prepared:
        if arrival.where.endswith("1"):
            raise ZeroDivisionError("by nought")
        return prepare(arrival, settings)

    monkeypatch.setattr(module, "prepare", fail)
    readies = list(Workers(Settings(), 1).read(pages(3), nobody))
    assert [title(ready.prepared) for ready in readies] == ["Ferry 0", "", "Ferry 2"]
    failed = readies[1].prepared
    assert failed is not None
    (told,) = failed.extracted.problems
    assert (told.where, told.severity) == ("https://coast.example/1", "error")
    assert told.received == "ZeroDivisionError: by nought"


@pytest.mark.slow
def test_page_that_kills_or_hangs_its_process_is_told_and_the_rest_goes_on(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(module, "_ALONE", 2)
    monkeypatch.setattr(module, "Processes", Watched)
    monkeypatch.setenv(READ, str(tmp_path / "read"))
    arrivals: list[Arrival | Problem] = [*pages(4), of(Deadly, "deadly"), TOLD, of(Endless, "endless"), *pages(6)[4:]]
    both = Workers(Settings(), 2)
    try:
        readies = list(both.read(arrivals, nobody))
    finally:
        both.close()
    assert [ready.arrival for ready in readies] == arrivals
    titles = [title(ready.prepared) for ready in readies]
    assert titles == [*(f"Ferry {number}" for number in range(4)), "", "", "", "Ferry 4", "Ferry 5"]
    told = [ready.prepared.extracted.problems for ready in readies if ready.prepared and not title(ready.prepared)]
    assert [[problem.where for problem in problems] for problems in told] == [
        ["https://coast.example/deadly"],
        ["https://coast.example/endless"],
    ]
    assert all(problems[0].severity == "error" for problems in told)


def test_no_more_is_read_ahead_than_is_allowed(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever the input, a few arrivals and a few megabytes are held."""
    monkeypatch.setattr(module, "_ALONE", 0)
    monkeypatch.setattr(module, "_AHEAD_BYTES", 10_000)
    done: Future[Prepared] = Future()
    done.set_result(prepare(pages(1)[0], Settings()))
    monkeypatch.setattr(Processes, "submit", lambda *_: done)
    taken = 0

    def counted(size: int) -> Iterator[Arrival]:
        nonlocal taken
        page = pages(1)[0]
        for _ in range(200):
            taken += 1
            yield replace(page, content=page.content.ljust(size))

    for size, most in ((10, module._AHEAD * 2), (5_000, 3), (50_000, 1)):
        taken = given = 0
        for _ in Workers(Settings(), 2).read(counted(size), nobody):
            given += 1
            assert taken - given <= most
        assert given == 200
