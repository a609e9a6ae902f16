"""Running a chronicle on one machine: its folder, and work done in batches that are kept one after the other."""

import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from types import TracebackType
from typing import Self

import msgspec

from diurna.components import Settings
from diurna.config import FILE_NAME, read_settings
from diurna.errors import ConfigurationError
from diurna.ingest import Arrival
from diurna.model import Capture, Judgement, Problem, content_digest
from diurna.pipeline import Outcome, Pipeline
from diurna.store.archive import Archive
from diurna.store.sqlite import SqliteStore

__all__ = ["ARCHIVE_FOLDER", "STORE_NAME", "Chronicle"]

STORE_NAME = "chronicle.db"
ARCHIVE_FOLDER = "archive"
_BATCH_SECONDS = 5.0
_BATCH_BYTES = 64 << 20


class Chronicle:
    """A chronicle's folder: `diurna.toml`, the store and the archive.

    Raises:
        ConfigurationError: the folder has no `diurna.toml`, or a wrong one.
        StoreTooNew: a later version of Diurna wrote the store.
    """

    def __init__(self, folder: Path, *, read_only: bool = False, clock: Callable[[], datetime] | None = None) -> None:
        self.folder = folder
        self.clock = clock or (lambda: datetime.now(UTC))
        self.settings = read_settings(folder / FILE_NAME, Settings)
        self.archive = Archive(folder / ARCHIVE_FOLDER)
        self.store = SqliteStore(folder / STORE_NAME, read_only=read_only)
        self.pipeline = Pipeline(self.store, self.archive, self.settings)

    @classmethod
    def create(cls, folder: Path, settings_text: str) -> None:
        """Make a new chronicle in a folder: its configuration and an empty store.

        Raises:
            ConfigurationError: there is one already.
        """
        path = folder / FILE_NAME
        if path.exists():
            raise ConfigurationError(f"{path}: there is a chronicle here already. Use it, or choose another folder.")
        folder.mkdir(parents=True, exist_ok=True)
        SqliteStore(folder / STORE_NAME).close()
        path.write_text(settings_text, encoding="utf-8")

    def add(
        self,
        arrivals: Iterable[Arrival | Problem],
        list_name: str = "",
        progress: Callable[[Outcome], None] = lambda _: None,
    ) -> Outcome:
        """Take input in batches; each batch is durable when `progress` hears of it. Stopped midway, the rest can
        follow.
        """
        total = Outcome()
        waiting = iter(arrivals)
        done = False
        while not done:
            batch, bytes_taken, started = Outcome(), 0, time.monotonic()
            with self._writing():
                while time.monotonic() - started < _BATCH_SECONDS and bytes_taken < _BATCH_BYTES:
                    arrival = next(waiting, None)
                    if arrival is None:
                        done = True
                        break
                    bytes_taken += len(arrival.content) if isinstance(arrival, Arrival) else 0
                    batch.add(self.pipeline.take(arrival, list_name))
                self.archive.seal()
            total.add(batch)
            progress(total)
        return total

    def decide(self, judgements: Iterable[Judgement]) -> Outcome:
        """Keep people's judgements, all or none of them."""
        total = Outcome()
        with self._writing():
            for judgement in judgements:
                total.add(self.pipeline.decide(judgement))
        return total

    def rebuild(self, progress: Callable[[], None] = lambda: None) -> None:
        """Compute all views again from facts and judgements; runs no extractor and no model."""
        with self._writing():
            self.pipeline.replay(progress)

    def digest(self) -> str:
        """Name of what the chronicle holds now: a digest over every event's view, by permalink."""
        return self.store.views.digest()

    def settings_digest(self) -> str:
        """Name of the configuration in force."""
        return content_digest(msgspec.json.encode(self.settings))[:16]

    def close(self) -> None:
        """Let go of files."""
        self.archive.close()
        self.store.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    @contextmanager
    def _writing(self) -> Iterator[None]:
        """A transaction over store and archive; the archive is first cut to what the store knows."""
        try:
            with self.store.writing() as overtaken:
                if overtaken:
                    self.pipeline.forget()
                self.archive.trim(self.store.facts.last(Capture))
                yield
        except BaseException:
            self.pipeline.forget()
            raise
