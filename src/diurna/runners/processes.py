"""Processes that work beside the writer: ended with the one that started them, replaced when they break."""

import os
import threading
import time
from collections.abc import Callable
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from multiprocessing import get_context
from typing import Any, Generic, TypeVar

__all__ = ["GIVEN_UP", "Processes", "processes_for"]

J = TypeVar("J")
R = TypeVar("R")

GIVEN_UP = (BrokenProcessPool, TimeoutError)
"""What waiting for a result raises when its process ended, or does not come to an end."""


def processes_for(count: int) -> int:
    """How many processes a setting asks for: 0 takes one for each core, up to 8."""
    return count or min(8, os.cpu_count() or 1)


class Processes(Generic[J, R]):
    """Up to `count` processes that do one kind of job; `start` runs first in each, with `given`."""

    def __init__(self, count: int, work: Callable[[J], R], start: Callable[..., None], *given: Any) -> None:
        self.count = count
        self._work = work
        self._start = start
        self._given = given
        self._pool: ProcessPoolExecutor | None = None

    def submit(self, job: J) -> "Future[R]":
        """Have a job done; processes are started when the first one comes."""
        if self._pool is None:
            self._pool = ProcessPoolExecutor(
                self.count,
                mp_context=get_context("spawn"),
                initializer=_begin,
                initargs=(self._start, *self._given),
            )
        return self._pool.submit(self._work, job)

    def restart(self) -> None:
        """End all processes, also one that hangs; the next job starts others."""
        pool, self._pool = self._pool, None
        if pool is None:
            return
        for process in list((pool._processes or {}).values()):  # a process that hangs ends only so
            process.kill()
        pool.shutdown(wait=False, cancel_futures=True)

    def close(self) -> None:
        """End the processes."""
        if self._pool is not None:
            self._pool.shutdown(wait=True, cancel_futures=True)
            self._pool = None


def _begin(start: Callable[..., None], *given: Any) -> None:
    threading.Thread(target=_end_with, args=(os.getppid(),), daemon=True).start()
    start(*given)


def _end_with(parent: int) -> None:
    """End this process when the one that started it is gone: one that was killed could not say goodbye."""
    while os.getppid() == parent:
        time.sleep(1.0)
    os._exit(1)
