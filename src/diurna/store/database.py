"""One connection to the SQLite file, and the short way for statements that run for each record or page.

SQLAlchemy takes about eight times as long to hand a small statement to SQLite as SQLite takes to run it. Statements
that stay the same are therefore compiled once, by SQLAlchemy, and run on the driver's own cursor; all others go through
SQLAlchemy. Which way a statement goes changes nothing else: both are in the same transaction, and faults are told
alike.
"""

import sqlite3
from collections.abc import Callable, Mapping, Sequence
from typing import Any, cast

from sqlalchemy import Connection, CursorResult, Executable
from sqlalchemy.dialects.sqlite import dialect
from sqlalchemy.sql.elements import ClauseElement

__all__ = ["Database", "Values"]

Values = Mapping[str, Any]
_DIALECT = dialect(paramstyle="qmark")


class _Compiled:
    """Statement as SQLite takes it: its text, the names of its values in order, and those that are given by itself."""

    def __init__(self, statement: ClauseElement) -> None:
        compiled = statement.compile(dialect=_DIALECT)
        self.statement = statement  # held, so that its identity is not given to another
        self.sql = str(compiled)
        self.names: tuple[str, ...] = tuple(compiled.positiontup or ())  # type: ignore[attr-defined]
        self.fixed = dict(compiled.params)

    def values(self, asked: Values) -> tuple[Any, ...]:
        fixed = self.fixed
        return tuple([asked[name] if name in asked else fixed[name] for name in self.names])


_COMPILED: dict[int, _Compiled] = {}
"""Statements that stay the same, by identity; those of one process serve all its connections."""


class Database:
    """A connection with its statements. `on_fault` tells a fault of SQLite in our words by raising, if it has any."""

    def __init__(self, connection: Connection, on_fault: Callable[[BaseException], None]) -> None:
        self._connection = connection
        self._driver = cast("sqlite3.Connection", connection.connection.driver_connection)
        self._on_fault = on_fault

    def execute(self, statement: Executable, values: Any = None) -> CursorResult[*tuple[Any, ...]]:
        """Run any statement through SQLAlchemy."""
        return self._connection.execute(statement, values)

    def rows(self, statement: ClauseElement, values: Values) -> list[tuple[Any, ...]]:
        """Rows of a statement that stays the same. Lists of values (`IN`) are not for this way."""
        compiled = self._ready(statement)
        try:
            return self._driver.execute(compiled.sql, compiled.values(values)).fetchall()
        except sqlite3.Error as error:
            self._on_fault(error)
            raise

    def column(self, statement: ClauseElement, values: Values) -> list[Any]:
        """First values of the rows."""
        return [row[0] for row in self.rows(statement, values)]

    def value(self, statement: ClauseElement, values: Values) -> Any:
        """First value of the first row; None where there is no row."""
        rows = self.rows(statement, values)
        return rows[0][0] if rows else None

    def many(self, statement: ClauseElement, several: Sequence[Values]) -> None:
        """Run a statement that gives nothing back for each of several sets of values."""
        compiled = self._ready(statement)
        try:
            self._driver.executemany(compiled.sql, [compiled.values(values) for values in several])
        except sqlite3.Error as error:
            self._on_fault(error)
            raise

    def _ready(self, statement: ClauseElement) -> _Compiled:
        if not self._connection.in_transaction():
            self._connection.begin()
        compiled = _COMPILED.get(id(statement))
        if compiled is None:
            compiled = _COMPILED[id(statement)] = _Compiled(statement)
        return compiled
