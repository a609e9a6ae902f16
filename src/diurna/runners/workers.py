"""Extraction over processes: what each arrival holds is worked out beside the writer, and handed back in order."""

import logging
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future

from msgspec import Struct

from diurna.components import Settings
from diurna.errors import problem
from diurna.ingest import Arrival
from diurna.model import Problem
from diurna.pipeline.extraction import ARTICLE_FORMS, Extracted, Prepared, prepare
from diurna.runners.processes import GIVEN_UP, Processes, processes_for

__all__ = ["Ready", "Workers"]

_log = logging.getLogger(__name__)

_ALONE = 24
"""Arrivals that are read in this process before others are started: starting one takes about as long."""

_AHEAD_BYTES = 32 << 20
_AHEAD = 16
"""Bytes and, for each process, arrivals that are read ahead of the writer."""

_LONGEST = 120.0
"""Seconds after which a process that reads one arrival is given up. Within its limits no page takes a tenth of that."""

_settings: Settings


class Ready(Struct, frozen=True):
    """Arrival and what was made of it; nothing where the writer reads it itself, or knows it."""

    arrival: Arrival | Problem
    prepared: Prepared | None = None


class _Waiting(Struct):
    """Arrival that another process may be reading."""

    arrival: Arrival | Problem
    future: "Future[Prepared] | None" = None
    prepared: Prepared | None = None


class Workers:
    """Processes that read arrivals. `count` 0 takes one for each core, 1 reads all in this process."""

    def __init__(self, settings: Settings, count: int) -> None:
        self._settings = settings
        self._count = processes_for(count)
        self._processes = Processes(self._count, _read_here, _start, settings)
        self._alone = 0

    def read(self, arrivals: Iterable[Arrival | Problem], is_known: Callable[[Arrival], bool]) -> Iterator[Ready]:
        """Arrivals in their order, each with what it holds. Those that are known are passed on unread."""
        waiting: deque[_Waiting] = deque()
        held = 0
        for arrival in arrivals:
            waiting.append(self._begin(arrival, is_known))
            held += _size(arrival)
            while held > _AHEAD_BYTES or len(waiting) > _AHEAD * self._count or waiting[0].future is None:
                held -= _size(waiting[0].arrival)
                yield self._finish(waiting)
                if not waiting:
                    break
        while waiting:
            yield self._finish(waiting)

    def close(self) -> None:
        """End the processes."""
        self._processes.close()

    def _begin(self, arrival: Arrival | Problem, is_known: Callable[[Arrival], bool]) -> _Waiting:
        if isinstance(arrival, Problem) or arrival.form not in ARTICLE_FORMS or is_known(arrival):
            return _Waiting(arrival)
        self._alone += 1
        if self._count == 1 or self._alone <= _ALONE:
            return _Waiting(arrival, prepared=_read(arrival, self._settings))
        return _Waiting(arrival, future=self._processes.submit(arrival))

    def _finish(self, waiting: deque[_Waiting]) -> Ready:
        first = waiting.popleft()
        if first.future is None or isinstance(first.arrival, Problem):
            return Ready(first.arrival, first.prepared)
        try:
            return Ready(first.arrival, first.future.result(_LONGEST))
        except GIVEN_UP:
            self._processes.restart()
        # Which of those ahead broke the process is not known: they are read one by one.
        prepared = self._read_alone(first.arrival)
        for other in waiting:
            if other.future is not None and isinstance(other.arrival, Arrival):
                other.prepared, other.future = self._read_alone(other.arrival), None
        return Ready(first.arrival, prepared)

    def _read_alone(self, arrival: Arrival) -> Prepared:
        try:
            return self._processes.submit(arrival).result(_LONGEST)
        except GIVEN_UP as error:
            self._processes.restart()
            return _failed(arrival, error, "the process that read it ended, or did not come to an end")


def _size(arrival: Arrival | Problem) -> int:
    return len(arrival.content) if isinstance(arrival, Arrival) else 0


def _start(settings: Settings) -> None:
    global _settings  # noqa: PLW0603  # a process has its settings once, not with each arrival
    _settings = settings


def _read_here(arrival: Arrival) -> Prepared:
    return _read(arrival, _settings)


def _read(arrival: Arrival, settings: Settings) -> Prepared:
    try:
        return prepare(arrival, settings)
    except Exception as error:  # noqa: BLE001  # the boundary of one record: the others go on
        _log.exception("reading %s failed", arrival.where)
        return _failed(arrival, error, f"{type(error).__name__}: {error}")


def _failed(arrival: Arrival, error: BaseException, received: str) -> Prepared:
    told = problem(
        "Reading failed: this is a fault of Diurna. The bytes are kept.",
        arrival.capture.answered or arrival.where,
        received=received or type(error).__name__,
        allowed="any bytes, told of by a better message",
        next_step="report it with the page; `diurna reprocess extract` reads it again with a later version",
        severity="error",
    )
    return Prepared(extracted=Extracted(problems=(told,)), packed=b"")
