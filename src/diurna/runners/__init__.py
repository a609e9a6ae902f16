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
from diurna.ingest.again import arrival_of
from diurna.model import (
    Annotation,
    Article,
    Capture,
    Entry,
    Judgement,
    Problem,
    Revision,
    Source,
    content_digest,
    entry_article,
)
from diurna.pipeline import Outcome, Pipeline
from diurna.pipeline.extraction import ARTICLE_FORMS
from diurna.runners.annotators import Annotators, Planned
from diurna.runners.erasing import Erased, erase_article
from diurna.runners.sources import described
from diurna.runners.workers import Workers
from diurna.store.archive import Archive
from diurna.store.sqlite import SqliteStore
from diurna.store.understood import Unread

__all__ = ["ARCHIVE_FOLDER", "STORE_NAME", "Chronicle", "Erased"]

STORE_NAME = "chronicle.db"
ARCHIVE_FOLDER = "archive"
_BATCH_SECONDS = 5.0
_BATCH_BYTES = 64 << 20
_READ_AGAIN = ("file", "jsonl", "warc", "web")
"""Ways by which articles come; lists of days are read once."""


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
        self.workers = Workers(self.settings, self.settings.run.workers)
        self.annotators = Annotators(self.settings.enrich, self.settings.run.workers)
        if self.store.stale and not read_only:
            self.rebuild()

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
        *,
        follow: bool = False,
    ) -> Outcome:
        """Take input in batches; each batch is durable when `progress` hears of it. Stopped midway, the rest can
        follow. With `follow`, pages that feeds and lists lead to are noted to be fetched.
        """
        total = Outcome()
        self.pipeline.follows = follow
        waiting = self.workers.read(arrivals, self._is_known)
        done = False
        while not done:
            batch, bytes_taken, started = Outcome(), 0, time.monotonic()
            with self.writing():
                while time.monotonic() - started < _BATCH_SECONDS and bytes_taken < _BATCH_BYTES:
                    ready = next(waiting, None)
                    if ready is None:
                        done = True
                        break
                    bytes_taken += len(ready.arrival.content) if isinstance(ready.arrival, Arrival) else 0
                    batch.add(self.pipeline.take(ready.arrival, list_name, ready.prepared))
                self.archive.seal()
            total.add(batch)
            progress(total)
        return total

    def understand(self, progress: Callable[[Outcome], None] = lambda _: None) -> Outcome:
        """Have the articles that wait for it understood, in the order they came: who, where, when, how much, who says
        so. Each batch is durable when `progress` hears of it; stopped midway, the rest still waits.
        """
        total = Outcome()
        while expected := self.store.views.count_unread():  # articles give entries to be read
            if not self._understand(expected, total, progress):
                break
        return total

    def _understand(self, expected: int, total: Outcome, progress: Callable[[Outcome], None]) -> int:
        """Have those understood that wait now; how many they were."""
        ready = self.annotators.read(self._planned(self._waiting()), expected)
        done, read = False, 0
        while not done:
            batch, started, first = Outcome(), time.monotonic(), read
            with self.writing():
                while read == first or time.monotonic() - started < _BATCH_SECONDS:
                    annotated = next(ready, None)
                    if annotated is None:
                        done = True
                        break
                    batch.add(self.pipeline.keep_understood(annotated))
                    read += 1
            total.add(batch)
            progress(total)
        return read

    def understand_again(self, progress: Callable[[Outcome], None] = lambda _: None) -> Outcome:
        """Understand all articles again, in the order they came, with today's components: all of them or none."""
        total = Outcome()
        expected = self.store.facts.count(Article)
        with self.writing():
            for annotated in self.annotators.read(self._planned(self._read_before()), expected):
                total.add(self.pipeline.keep_understood(annotated))
                progress(total)
        return total

    def _read_before(self) -> Iterator[Unread]:
        """Articles, and entries that were read for their figures, in order of arrival."""
        for number, fact in self.store.facts.scan(Article, Entry):
            if isinstance(fact, Article):
                yield Unread(number, fact)
            elif isinstance(fact, Entry) and self.store.views.annotation_of(fact.id) is not None:
                yield Unread(number, entry_article(fact), "entry")

    def group_again(self, progress: Callable[[int, int], None] = lambda _, __: None) -> Outcome:
        """Place all articles and entries into events again, in the order they came: all of them or none.

        `progress` hears how many records were looked at, and of how many.
        """
        with self.writing():
            return self.pipeline.group_again(self._placed_before(progress))

    def _placed_before(self, progress: Callable[[int, int], None]) -> Iterator[Annotation | Entry]:
        """Entries as lists brought them, and what was understood of articles as it stands, in order of arrival."""
        facts, views = self.store.facts, self.store.views
        total = facts.count(Revision) + facts.count(Annotation)
        seen: set[str] = set()
        for done, (_, record) in enumerate(facts.scan(Revision, Annotation), 1):
            if isinstance(record, Revision):
                new = [entry for entry in dict.fromkeys(record.entries) if entry not in seen]
                seen.update(new)
                entries = facts.get_many(Entry, new)
                yield from (entries[entry] for entry in new if entry in entries)
            elif isinstance(record, Annotation):
                kind, _, identifier = record.of.partition(":")
                if kind == "article" and views.annotation_of(identifier) == record.id:
                    yield record
            progress(done, total)

    def _waiting(self) -> Iterator[Unread]:
        after = 0
        while waiting := self.pipeline.understanding.unread(after):
            yield from waiting
            after = waiting[-1].number

    def _planned(self, articles: Iterable[Unread]) -> Iterator[Planned]:
        """What each article is to be read with; a copy is read when what it is like has been."""
        understanding = self.pipeline.understanding
        for unread in articles:
            task = understanding.task(unread)
            yield Planned(task, understanding.finish if understanding.may_be_like(unread) else None)

    def decide(self, judgements: Iterable[Judgement]) -> Outcome:
        """Keep people's judgements, all or none of them."""
        total = Outcome()
        with self.writing():
            for judgement in judgements:
                total.add(self.pipeline.decide(judgement))
        return total

    def rebuild(self, progress: Callable[[], None] = lambda: None) -> None:
        """Compute all views again from facts and judgements; runs no extractor and no model."""
        with self.writing():
            self.pipeline.replay(progress)
            self.store.renewed()

    def describe(self, wish: Source) -> None:
        """Keep a user's description of a publisher; call it while writing."""
        source = described(self.store, wish)
        if source is not None:
            self.pipeline.describe(source)

    def erase(self, judgement: Judgement) -> Erased:
        """Keep a person's decision that an article be erased, and remove every byte of it that is kept."""
        return erase_article(self, judgement)

    def reprocess(self, progress: Callable[[Outcome], None] = lambda _: None) -> Outcome:
        """Read all captures again, in the order they came, with today's extractors and what was learned since.

        What reads otherwise than before is kept beside what was read then, and shown from now on: all or nothing.
        """
        total = Outcome()
        captures = (fact for _, fact in self.store.facts.scan(Capture) if isinstance(fact, Capture))
        with self.writing():
            for ready in self.workers.read(self._again(captures), lambda _: False):
                if ready.prepared is not None and isinstance(ready.arrival, Arrival):
                    total.add(self.pipeline.read_again(ready.arrival, ready.prepared))
                progress(total)
        return total

    def _again(self, captures: Iterable[Capture]) -> Iterator[Arrival]:
        for capture in captures:
            if capture.via in _READ_AGAIN and not self.archive.is_erased(capture):
                arrival = arrival_of(capture, self.archive.read(capture))
                if arrival.form in ARTICLE_FORMS:
                    yield arrival

    def digest(self) -> str:
        """Name of what the chronicle holds now: a digest over every event's view, by permalink."""
        return self.store.views.digest()

    def settings_digest(self) -> str:
        """Name of the configuration in force."""
        return content_digest(msgspec.json.encode(self.settings))[:16]

    def close(self) -> None:
        """Let go of files and processes."""
        self.workers.close()
        self.annotators.close()
        self.archive.close()
        self.store.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def _is_known(self, arrival: Arrival) -> bool:
        return self.store.facts.get(Capture, arrival.capture.id) is not None

    @contextmanager
    def writing(self) -> Iterator[None]:
        """A transaction over store and archive; the archive is first cut to what the store knows."""
        try:
            with self.store.writing() as overtaken:
                if overtaken:
                    self.pipeline.forget()
                self.archive.trim(self.store.facts.last(Capture))
                yield
                self.pipeline.grouping.keep()
        except BaseException:
            self.pipeline.forget()
            raise
