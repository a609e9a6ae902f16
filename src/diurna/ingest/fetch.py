"""Fetches many addresses from many hosts at once, politely, and hands over what came to be kept as it comes.

The network runs in a thread of its own, so that it goes on while what came is kept; the keeping happens in the caller's
thread, where the store lives.
"""

import asyncio
import contextlib
import queue
import threading
import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor

from msgspec import Struct

from diurna.ingest.errands import Errands
from diurna.ingest.fetch_settings import FetchSettings
from diurna.ingest.fetched import Fetched, FetchReport, HostState, Job
from diurna.ingest.network import Manners
from diurna.ingest.transfer import Transfer

__all__ = ["Deliver", "FetchReport", "FetchSettings", "Fetched", "HostState", "Job", "fetch_all"]

Deliver = Callable[[Sequence[Fetched], Sequence[HostState]], Iterable[Job]]
"""Keeps what came, for good, with the states of the hosts, and gives further jobs."""


class _Ended(Struct, frozen=True):
    """One job came to an end, or was left (None); what changed about hosts meanwhile."""

    fetched: Fetched | None
    states: tuple[HostState, ...]


class _Network(threading.Thread):
    """The thread in which requests run. What comes of them is put on `came`: None at the end, or what broke it."""

    def __init__(self, settings: FetchSettings, manners: Manners, states: Mapping[str, HostState]) -> None:
        super().__init__(name="diurna-fetch", daemon=True)
        self._settings, self._manners, self._states = settings, manners, states
        self.came: queue.SimpleQueue[_Ended | BaseException | None] = queue.SimpleQueue()
        self._loop = asyncio.new_event_loop()
        self._up = threading.Event()
        self.errands: Errands | None = None

    def run(self) -> None:
        """Run until told to stop, or until the time is over."""
        # A name that nobody resolves holds its thread for many seconds, so every host may have one.
        executor = ThreadPoolExecutor(self._settings.max_hosts, "diurna-resolve")
        self._loop.set_default_executor(executor)
        try:
            self._loop.run_until_complete(self._run())
            self.came.put(None)
        except BaseException as error:  # noqa: BLE001  # the caller's thread raises it
            self.came.put(error)
        finally:
            self._up.set()
            self._loop.close()

    async def _run(self) -> None:
        async with Transfer(self._settings) as transfer:
            self.errands = Errands(
                transfer, self._settings, self._manners, self._states, lambda *ended: self.came.put(_Ended(*ended))
            )
            self._up.set()
            await self.errands.run()

    def tell(self, order: Callable[[Errands], None]) -> None:
        """Have something done in the thread of the network; nothing, if it has ended."""
        self._up.wait()
        if self.errands is not None and not self._loop.is_closed():
            # It may close in between; what it did not get to do is left then.
            with contextlib.suppress(RuntimeError):
                self._loop.call_soon_threadsafe(self._do, self.errands, order)

    @staticmethod
    def _do(errands: Errands, order: Callable[[Errands], None]) -> None:
        try:
            order(errands)
        except BaseException as error:  # noqa: BLE001  # the caller's thread raises it
            errands.fail(error)


class _Delivery:
    """What goes on in the caller's thread: what came is gathered, kept, and answered with further jobs."""

    def __init__(self, network: _Network, settings: FetchSettings, deliver: Deliver) -> None:
        self._network, self._settings, self._deliver = network, settings, deliver
        self._seen: set[tuple[str, str]] = set()
        self._under_way = 0
        self._over = False
        self.delivered = self.left = 0

    def run(self, jobs: Iterable[Job]) -> None:
        """Fetch all jobs and those that follow from them."""
        self._add(jobs)
        while self._under_way and not self._over:
            batch, states = self._gather()
            size = sum(len(fetched.arrival.content) for fetched in batch if fetched.arrival is not None)
            if batch or states:
                self._add(self._deliver(batch, states))
            self.delivered += len(batch)
            self._network.tell(lambda errands, size=size: errands.free(size))  # type: ignore[misc]  # bound early
        self.left += self._under_way

    def _add(self, jobs: Iterable[Job]) -> None:
        fresh = []
        for job in jobs:
            if (job.kind, job.url) not in self._seen:
                self._seen.add((job.kind, job.url))
                fresh.append(job)
        if fresh:
            self._under_way += len(fresh)
            self._network.tell(lambda errands: errands.add(fresh))

    def _gather(self) -> tuple[list[Fetched], list[HostState]]:
        """Wait for what comes, until it is enough for one batch."""
        batch: list[Fetched] = []
        states: dict[str, HostState] = {}
        size, until = 0, None
        while self._under_way and size < self._settings.batch_bytes:
            try:
                came = self._network.came.get(timeout=None if until is None else max(0.0, until - time.monotonic()))
            except queue.Empty:
                break
            if came is None:
                self._over = True
                break
            if isinstance(came, BaseException):
                raise came
            self._under_way -= 1
            states.update((state.host, state) for state in came.states)
            if came.fetched is None:
                self.left += 1
            else:
                batch.append(came.fetched)
                size += 0 if came.fetched.arrival is None else len(came.fetched.arrival.content)
            until = until or time.monotonic() + self._settings.batch_seconds
        return batch, list(states.values())


def fetch_all(
    jobs: Iterable[Job],
    hosts: Mapping[str, HostState],
    settings: FetchSettings,
    deliver: Deliver,
    manners: Manners | None = None,
) -> FetchReport:
    """Fetch jobs, and the further jobs that `deliver` gives, until all are done or `settings.time_limit` is over.

    `deliver` is called in this thread with small batches of what came; transfers go on meanwhile, as far as
    `settings.max_held_bytes` lets them. Whatever it kept is never asked for again here. A job that is left is not
    delivered: its host rests, or the time is over. A job is fetched once, however often it is given.
    """
    begun = time.monotonic()
    network = _Network(settings, manners or Manners(), hosts)
    network.start()
    delivery = _Delivery(network, settings, deliver)
    try:
        delivery.run(jobs)
    finally:
        network.tell(lambda errands: errands.stop())
        network.join()
    errands = network.errands
    return FetchReport(
        requests=errands.requests if errands else 0,
        delivered=delivery.delivered,
        left=delivery.left,
        received=errands.received if errands else 0,
        seconds=time.monotonic() - begun,
        out_of_time=errands is not None and errands.out_of_time,
    )
