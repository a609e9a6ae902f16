"""Tables of the SQLite store, and the migrations that bring an older store up to them."""

import uuid
from collections.abc import Callable

from sqlalchemy import (
    Boolean,
    Column,
    Connection,
    Float,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Table,
    UniqueConstraint,
    text,
)

from diurna.errors import StoreTooNew

__all__ = [
    "SCHEMA_VERSION",
    "VIEW_TABLES",
    "alias",
    "citing",
    "entity",
    "event",
    "event_source",
    "event_tag",
    "fact",
    "meta",
    "migrate",
    "page",
    "pair",
    "picture",
    "posting",
    "reading",
    "source",
]

SCHEMA_VERSION = 1
"""Raised with each change of the tables; `MIGRATIONS[n]` takes a store from n to n + 1."""

metadata = MetaData()

meta = Table("meta", metadata, Column("key", String, primary_key=True), Column("value", String, nullable=False))

fact = Table(
    "fact",
    metadata,
    Column("seq", Integer, primary_key=True),
    Column("kind", String, nullable=False),
    Column("id", String, nullable=False),
    Column("about", String, nullable=False),
    Column("body", LargeBinary, nullable=False),
    UniqueConstraint("kind", "id"),
    Index("fact_about", "kind", "about"),
    sqlite_autoincrement=True,
)

event = Table(
    "event",
    metadata,
    Column("id", String, primary_key=True),
    Column("rank", Integer, nullable=False, unique=True),
    Column("permalink", String, nullable=False, unique=True),
    Column("day", String, nullable=False),
    Column("category", String, nullable=False),
    Column("status", String, nullable=False),
    Column("parent", String, nullable=False),
    Column("body", LargeBinary, nullable=False),
    Index("event_day", "day", "rank"),
    Index("event_category", "category", "day", "rank"),
    Index("event_parent", "parent"),
)

entity = Table(
    "entity",
    metadata,
    Column("id", String, primary_key=True),
    Column("name", String, nullable=False),
    Column("permalink", String, nullable=False, unique=True),
)

alias = Table(
    "alias",
    metadata,
    Column("entity", String, ForeignKey("entity.id"), primary_key=True),
    Column("words", String, primary_key=True),
    Column("nth", Integer, nullable=False),
    sqlite_with_rowid=False,
)

source = Table(
    "source",
    metadata,
    Column("id", String, primary_key=True),
    Column("name", String, nullable=False),
    Column("permalink", String, nullable=False, unique=True),
    Column("host", String, nullable=False),
)

# `day` and `rank` stand here as well, so that "the newest events of X" is one walk along an index.
event_tag = Table(
    "event_tag",
    metadata,
    Column("event", String, ForeignKey("event.id"), primary_key=True),
    Column("entity", String, ForeignKey("entity.id"), primary_key=True),
    Column("role", String, primary_key=True),
    Column("day", String, nullable=False),
    Column("rank", Integer, nullable=False),
    Index("event_tag_newest", "entity", "day", "rank"),
    sqlite_with_rowid=False,
)

event_source = Table(
    "event_source",
    metadata,
    Column("event", String, ForeignKey("event.id"), primary_key=True),
    Column("source", String, ForeignKey("source.id"), primary_key=True),
    Column("day", String, nullable=False),
    Column("rank", Integer, nullable=False),
    Index("event_source_newest", "source", "day", "rank"),
    sqlite_with_rowid=False,
)

# What pages cited by events say of themselves, by the key of their address (`text.url_key`).
reading = Table(
    "reading",
    metadata,
    Column("address", String, primary_key=True),
    Column("article", String, nullable=False),
    sqlite_with_rowid=False,
)

picture = Table(
    "picture",
    metadata,
    Column("address", String, primary_key=True),
    Column("capture", String, nullable=False),
    sqlite_with_rowid=False,
)

citing = Table(
    "citing",
    metadata,
    Column("address", String, primary_key=True),
    Column("event", String, ForeignKey("event.id"), primary_key=True),
    Column("rank", Integer, nullable=False),
    Index("citing_event", "event"),
    sqlite_with_rowid=False,
)

# `event` is the rank of the event that has the feature, `rank` how many events were known when it was first seen to.
posting = Table(
    "posting",
    metadata,
    Column("feature", String, primary_key=True),
    Column("nth", Integer, primary_key=True),
    Column("event", Integer, nullable=False),
    Column("rank", Integer, nullable=False),
    sqlite_with_rowid=False,
)

# Each pair stands twice, once from either side; the reasons only where event < other.
pair = Table(
    "pair",
    metadata,
    Column("event", String, primary_key=True),
    Column("other", String, primary_key=True),
    Column("score", Float, nullable=False),
    Column("gap", Integer, nullable=False),
    Column("shown", Boolean, nullable=False),
    Column("reasons", LargeBinary),
    Index("pair_best", "event", text("score DESC"), "gap", "other"),
    sqlite_with_rowid=False,
)

page = Table(
    "page",
    metadata,
    Column("ref", String, primary_key=True),
    Column("touched", Integer, nullable=False),
    Index("page_touched", "touched"),
    sqlite_with_rowid=False,
)

VIEW_TABLES = (citing, reading, picture, pair, posting, event_tag, event_source, alias, entity, source, event)
"""Views in an order in which they can be emptied; pages stay, so that a site learns what is gone."""

SEARCH_TABLE = """
CREATE VIRTUAL TABLE event_text USING fts5(
    headline, lede, names, tokenize = "unicode61 remove_diacritics 2 categories 'L* N* M* Co'"
)
"""


def _create(connection: Connection) -> None:
    metadata.create_all(connection)
    connection.execute(text(SEARCH_TABLE))
    connection.execute(meta.insert(), {"key": "identity", "value": uuid.uuid4().hex})


MIGRATIONS: dict[int, Callable[[Connection], None]] = {0: _create}
"""From version n to n + 1; version 0 is an empty file."""


def stored_version(connection: Connection) -> int:
    """Schema version of an open store; 0 for an empty file."""
    return int(connection.exec_driver_sql("PRAGMA user_version").scalar_one())


def migrate(connection: Connection, where: str) -> None:
    """Bring a store to `SCHEMA_VERSION` within the caller's transaction.

    Raises:
        StoreTooNew: a later version of Diurna wrote it.
    """
    version = stored_version(connection)
    if version > SCHEMA_VERSION:
        raise StoreTooNew(
            f"{where}: this store has schema {version}; this version of Diurna knows schemas up to {SCHEMA_VERSION}. "
            "Nothing was changed. Install a newer Diurna, or restore a backup made with this version."
        )
    while version < SCHEMA_VERSION:
        MIGRATIONS[version](connection)
        version += 1
        connection.exec_driver_sql(f"PRAGMA user_version = {version}")
