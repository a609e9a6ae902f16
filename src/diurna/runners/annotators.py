"""Articles are understood over processes, each with a language model of its own; results come in order of arrival."""

import logging
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future
from functools import lru_cache
from typing import TYPE_CHECKING

import msgspec
from msgspec import Struct
from msgspec.structs import replace

from diurna.enrich.settings import EnrichSettings
from diurna.enrich.task import COMPONENT, Annotated, Task, annotation_id
from diurna.errors import ConfigurationError, problem
from diurna.model import Annotation
from diurna.runners.processes import GIVEN_UP, Processes, processes_for

if TYPE_CHECKING:
    from diurna.enrich.annotate import Annotator

__all__ = ["Annotators", "Planned"]

_log = logging.getLogger(__name__)

_ALONE = 16
"""Articles that are read in this process: starting others takes about as long."""

_AHEAD = 8
"""Articles, for each process, that are read ahead of the writer."""

_LONGEST = 300.0
"""Seconds after which a process that reads one article is given up. Within its limits none takes a tenth of that."""

_settings: EnrichSettings


class Planned(Struct, frozen=True):
    """Article to be understood. One with a `finish` is read when its turn has come: with what that adds to its task,
    which those before it must be understood for.
    """

    task: Task
    finish: Callable[[Task], Task] | None = None


class _Waiting(Struct):
    planned: Planned
    future: "Future[Annotated] | None" = None


class Annotators:
    """Processes that understand articles. `count` 0 takes one for each core, 1 reads all in this process.

    Raises:
        ConfigurationError: the language model that the settings name is not installed, or is none.
    """

    def __init__(self, settings: EnrichSettings, count: int) -> None:
        self._settings = settings
        self._count = processes_for(count)
        self._processes = Processes(self._count, _read_there, _start, settings)

    def read(self, planned: Iterable[Planned], expected: int) -> Iterator[Annotated]:
        """What is understood of articles, in their order; `expected` is about how many there are."""
        if self._count == 1 or expected <= _ALONE:
            for one in planned:
                yield self._read_here(one.finish(one.task) if one.finish is not None else one.task)
            return
        waiting: deque[_Waiting] = deque()
        for one in planned:
            waiting.append(_Waiting(one, self._processes.submit(one.task) if one.finish is None else None))
            while len(waiting) >= _AHEAD * self._count:
                yield self._next(waiting)
        while waiting:
            yield self._next(waiting)

    def close(self) -> None:
        """End the processes."""
        self._processes.close()

    def _next(self, waiting: deque[_Waiting]) -> Annotated:
        first = waiting.popleft()
        task = first.planned.task
        if first.planned.finish is not None:
            task = first.planned.finish(task)
        future = first.future or self._processes.submit(task)
        try:
            return future.result(_LONGEST)
        except GIVEN_UP:
            self._processes.restart()
        # Which of those ahead broke the process is not known: this one is read by itself, the others again.
        try:
            return self._processes.submit(task).result(_LONGEST)
        except GIVEN_UP:
            self._processes.restart()
            return _failed(task, "the process that read it ended, or did not come to an end")
        finally:
            for other in waiting:
                if other.future is not None and _is_lost(other.future):
                    other.future = self._processes.submit(other.planned.task)

    def _read_here(self, task: Task) -> Annotated:
        return _read(_annotator(self._settings), task)


def _is_lost(future: "Future[Annotated]") -> bool:
    """Whether a result has not come, and will not come: its processes have ended."""
    return not future.done() or future.cancelled() or future.exception() is not None


@lru_cache(maxsize=1)
def _annotator(settings: EnrichSettings) -> "Annotator":
    """A process has its language model once: loading it takes a second, and 200 MB."""
    from diurna.enrich.annotate import Annotator

    return Annotator(settings)


def _start(settings: EnrichSettings) -> None:
    global _settings  # noqa: PLW0603  # a process has its settings once, not with each article
    _settings = settings
    _annotator(settings)


def _read_there(task: Task) -> Annotated:
    return _read(_annotator(_settings), task)


def _read(annotator: "Annotator", task: Task) -> Annotated:
    try:
        return annotator.annotate(task)
    except ConfigurationError:
        raise
    except Exception as error:  # noqa: BLE001  # the boundary of one record: the others go on
        _log.exception("understanding %s failed", task.of)
        return _failed(task, f"{type(error).__name__}: {error}")


def _failed(task: Task, received: str) -> Annotated:
    article = task.article
    told = problem(
        "Understanding an article failed: this is a fault of Diurna. Its text is kept.",
        article.canonical or article.url,
        received=received,
        allowed="any text, told of by a better message",
        next_step="report it with the page; `diurna reprocess enrich` reads it again with a later version",
        severity="error",
    )
    nothing = Annotation(id="", of=task.of, component=COMPONENT, language=article.language)
    identifier = annotation_id(nothing, msgspec.json.encode(nothing))
    return Annotated(replace(nothing, id=identifier), (told,))
