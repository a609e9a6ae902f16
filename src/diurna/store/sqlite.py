"""The SQLite store: one file in WAL mode, one writer, many readers."""

import sqlite3
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from filelock import FileLock, Timeout
from sqlalchemy import URL, Connection, ExceptionContext, create_engine, delete, event, select
from sqlalchemy.pool import NullPool

from diurna.errors import DiurnaError, StoreBusy, StoreTooNew
from diurna.store.database import Database
from diurna.store.facts import SqliteFacts
from diurna.store.learned import SqliteLearned
from diurna.store.migrations import migrate, stored_version
from diurna.store.schedule import SqliteSchedule
from diurna.store.schema import SCHEMA_VERSION, meta
from diurna.store.views import SqliteViews

__all__ = ["SqliteStore"]

_BUSY_MILLISECONDS = 5000
_MIGRATION_SECONDS = 10.0
_BUSY = "another process is writing to this chronicle. Nothing was changed; try again when it has ended."
_READ = (
    "another process reads this chronicle, so what was removed still stands in its files. "
    "Run the command again when it has ended."
)
_DAMAGED = "this is no store of Diurna, or it is damaged ({}). Restore a backup with `diurna restore`."
_UNWRITABLE = (
    "the store could not be written ({}). What was acknowledged before is kept. "
    "Look at free space and permissions, then run the command again."
)


class SqliteStore:
    """Facts and views of one chronicle in one SQLite file.

    Durable means durable: a transaction that ended is on disk (`synchronous = FULL`). A lock file beside the store
    keeps writers apart; readers see the state of when they first looked.

    Raises:
        StoreTooNew: a later version of Diurna wrote the file.
        DiurnaError: the file is no store, or is damaged.
    """

    def __init__(self, path: Path, *, read_only: bool = False) -> None:
        self.path = path
        self._lock = FileLock(path.with_name(path.name + ".lock"))
        self._writing = False
        if read_only and not path.exists():
            raise DiurnaError(f"{path}: there is no store here. Make one with `diurna init`.")
        self._engine = create_engine(URL.create("sqlite", database=str(path)), poolclass=NullPool)
        event.listen(self._engine, "connect", self._prepare)
        event.listen(self._engine, "begin", self._begin)
        event.listen(self._engine, "handle_error", self._tell)
        self._connection = self._engine.connect()
        try:
            self._migrate(read_only=read_only)
        except BaseException:
            self.close()
            raise
        database = Database(self._connection, self._tell_fault)
        self._facts = SqliteFacts(database)
        self._views = SqliteViews(database)
        self._learned = SqliteLearned(database)
        self._schedule = SqliteSchedule(database)
        self._version = self._data_version()

    @property
    def facts(self) -> SqliteFacts:
        """Primary and derived records."""
        return self._facts

    @property
    def views(self) -> SqliteViews:
        """What is computed from them."""
        return self._views

    @property
    def learned(self) -> SqliteLearned:
        """What was learned from articles."""
        return self._learned

    @property
    def schedule(self) -> SqliteSchedule:
        """What to ask of the web next."""
        return self._schedule

    @property
    def stale(self) -> bool:
        """Whether the views are those of an older version and must be computed again."""
        return self._connection.execute(select(meta.c.value).where(meta.c.key == "stale")).first() is not None

    def renewed(self) -> None:
        """Note, within a transaction, that the views were computed again."""
        self._connection.execute(delete(meta).where(meta.c.key == "stale"))

    def scrub(self) -> None:
        """Overwrite what was removed, on the disk and in the journal, so that no tool finds it in the store's files.

        Raises:
            StoreBusy: somebody reads the store.
        """
        with self._locked(_MIGRATION_SECONDS):
            self._connection.rollback()
            self._connection.exec_driver_sql("COMMIT")
            self._connection.exec_driver_sql("VACUUM")
            is_read = self._connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)").scalar_one()
            self._connection.exec_driver_sql("BEGIN")
            self._connection.rollback()
        if is_read:
            raise StoreBusy(f"{self.path}: {_READ}")

    @property
    def identity(self) -> str:
        """Name of this store, given when it was made or restored."""
        query = select(meta.c.value).where(meta.c.key == "identity")
        return str(self._connection.execute(query).scalar_one())

    def renew_identity(self) -> None:
        """Take another name, so that sites of the state before are written anew."""
        with self.writing():
            self._connection.execute(meta.update().where(meta.c.key == "identity"), {"value": uuid.uuid4().hex})

    @contextmanager
    def writing(self, wait: float = 0.0) -> Iterator[bool]:
        """One transaction: all of it is kept, durably, when the block ends; nothing of it when it raises.

        `wait` is how many seconds to wait for another writer. The value says whether another process has written since
        this one looked last, so that what callers remember is stale.

        Raises:
            StoreBusy: another process is writing.
            DiurnaError: the disk is full or the store cannot be written.
        """
        if self._writing:
            raise RuntimeError("a transaction is open already")
        with self._locked(wait):
            self._connection.rollback()
            self._writing = True
            try:
                self._connection.begin()
                yield self._is_overtaken()
                self._views.flush()
                self._connection.commit()
            except BaseException:
                self._connection.rollback()
                self._views.forget()
                raise
            finally:
                self._writing = False

    def refresh(self) -> None:
        """Look at the newest state from here on."""
        self._connection.rollback()
        self._views.forget()

    def check(self) -> list[str]:
        """What is wrong with the storage itself, in words; empty when all is well."""
        try:
            told = self._connection.exec_driver_sql("PRAGMA integrity_check(20)").scalars().all()
            rows = self._connection.exec_driver_sql("PRAGMA foreign_key_check").all()
        except DiurnaError as error:
            return [str(error)]
        faults = [f"{self.path.name}: {line}" for line in told if line != "ok"]
        faults += [
            f"{self.path.name}: row {row[1]} of {row[0]} points at a row of {row[2]} that is not there" for row in rows
        ]
        return faults

    def copy_to(self, target: Path) -> None:
        """Write a consistent copy of the store to a file that is not there yet, while others may read and write."""
        self._connection.rollback()
        self._connection.exec_driver_sql("COMMIT")
        self._connection.exec_driver_sql("VACUUM INTO ?", (str(target),))
        self._connection.exec_driver_sql("BEGIN")
        self._connection.rollback()

    def close(self) -> None:
        """Let go of files and connections."""
        self._connection.close()
        self._engine.dispose()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    # ------------------------------------------------------------------ inner parts

    def _migrate(self, *, read_only: bool) -> None:
        version = stored_version(self._connection)
        if version == SCHEMA_VERSION:
            return
        if version > SCHEMA_VERSION:
            migrate(self._connection, str(self.path))  # raises, naming both versions
        if read_only:
            raise StoreTooNew(
                f"{self.path}: this store has schema {version}, older than {SCHEMA_VERSION}; "
                "any command that writes brings it up to date, for example `diurna check`."
            )
        with self._locked(_MIGRATION_SECONDS):
            self._connection.rollback()
            self._writing = True
            migrate(self._connection, str(self.path))
            self._connection.commit()
            self._writing = False

    @contextmanager
    def _locked(self, wait: float) -> Iterator[None]:
        try:
            self._lock.acquire(timeout=wait)
        except Timeout:
            raise StoreBusy(f"{self.path}: {_BUSY}") from None
        except OSError as error:
            raise DiurnaError(f"{self.path}: {_UNWRITABLE.format(error.strerror)}") from error
        try:
            yield
        finally:
            self._lock.release()

    def _is_overtaken(self) -> bool:
        """Whether another process has written since this one looked last; then nothing remembered holds."""
        version = self._data_version()
        if version == self._version:
            return False
        self._version = version
        self._views.forget()
        return True

    def _data_version(self) -> int:
        return int(self._connection.exec_driver_sql("PRAGMA data_version").scalar_one())

    def _tell(self, context: ExceptionContext) -> None:
        if context.original_exception is not None:
            self._tell_fault(context.original_exception)

    def _tell_fault(self, fault: BaseException) -> None:
        """Tell a fault of the file, the disk or another process in our words; a wrong statement is a bug and stays
        one.
        """
        match getattr(fault, "sqlite_errorcode", 0) & 0xFF:
            case sqlite3.SQLITE_BUSY | sqlite3.SQLITE_LOCKED:
                raise StoreBusy(f"{self.path}: {_BUSY}") from fault
            case sqlite3.SQLITE_CORRUPT | sqlite3.SQLITE_NOTADB:
                text = _DAMAGED
            case sqlite3.SQLITE_FULL | sqlite3.SQLITE_IOERR | sqlite3.SQLITE_READONLY | sqlite3.SQLITE_CANTOPEN:
                text = _UNWRITABLE
            case _:
                return
        raise DiurnaError(f"{self.path}: {text.format(fault)}") from fault

    @staticmethod
    def _prepare(connection: Any, _record: object) -> None:
        connection.isolation_level = None  # SQLAlchemy's `begin` event below says when a transaction starts
        for pragma in (
            f"busy_timeout = {_BUSY_MILLISECONDS}",
            "journal_mode = WAL",
            "synchronous = FULL",
            "foreign_keys = ON",
            "cache_size = -65536",
            "temp_store = MEMORY",
        ):
            connection.execute(f"PRAGMA {pragma}")

    def _begin(self, connection: Connection) -> None:
        connection.exec_driver_sql("BEGIN IMMEDIATE" if self._writing else "BEGIN")
