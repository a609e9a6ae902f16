"""Bringing an older store up to today's tables."""

import uuid
from collections.abc import Callable
from datetime import datetime
from typing import Any

import msgspec
from sqlalchemy import Connection, select, text

from diurna.errors import StoreTooNew
from diurna.model import Dating
from diurna.store import schema

__all__ = ["migrate", "stored_version"]

_REPORT_TABLES = (
    schema.report,
    schema.version,
    schema.lead_picture,
    schema.block,
    schema.publisher,
    schema.band,
    schema.feed,
    schema.wanted,
    schema.host,
)
_MENTION_TABLES = (
    schema.unread,
    schema.annotated,
    schema.part,
    schema.naming,
    schema.mentioned,
    schema.one_with,
    schema.list_name,
)


def _create(connection: Connection) -> None:
    schema.metadata.create_all(connection)
    connection.execute(text(schema.SEARCH_TABLE))
    connection.execute(text(schema.ARTICLE_SEARCH_TABLE))
    connection.execute(schema.meta.insert(), {"key": "identity", "value": uuid.uuid4().hex})


def _add_reports(connection: Connection) -> None:
    """Articles got paragraphs, kinds of authors and the places of their dates; views of reports follow by a rebuild."""
    for table in _REPORT_TABLES:
        table.create(connection)
    connection.execute(text(schema.ARTICLE_SEARCH_TABLE))
    kinds = select(schema.fact.c.seq, schema.fact.c.body).where(schema.fact.c.kind == "article")
    for number, body in connection.execute(kinds).all():
        connection.execute(
            schema.fact.update().where(schema.fact.c.seq == number), {"body": _with_places(msgspec.json.decode(body))}
        )
    _views_are_stale(connection)


def _add_mentions(connection: Connection) -> None:
    """Articles are understood; a rebuild notes those that wait for it, and the names that lists teach."""
    for table in _MENTION_TABLES:
        table.create(connection)
    _views_are_stale(connection)


def _add_live(connection: Connection) -> None:
    """Articles are grouped into events. Those that were understood before are when `reprocess group` is called."""
    schema.live.create(connection)
    _views_are_stale(connection)


def _add_spoken(connection: Connection) -> None:
    """Entities know in which reports they speak; a rebuild counts that."""
    schema.spoken.create(connection)
    _views_are_stale(connection)


def _views_are_stale(connection: Connection) -> None:
    connection.execute(schema.meta.insert().prefix_with("OR REPLACE"), {"key": "stale", "value": "views"})


def _with_places(article: dict[str, Any]) -> bytes:
    """An article of version 1 in today's form: its names were people's, its dates from linked data or meta elements."""
    for name in ("published", "modified"):
        if written := article.get(name):
            article[name] = Dating(datetime.fromisoformat(written), "second", "page", written, 0.9)
    article["byline"] = [{"name": name, "kind": "person"} for name in article.get("byline", ())]
    article["whole"] = False
    return msgspec.json.encode(article)


MIGRATIONS: dict[int, Callable[[Connection], None]] = {
    0: _create,
    1: _add_reports,
    2: _add_mentions,
    3: _add_live,
    4: _add_spoken,
}
"""From version n to n + 1; version 0 is an empty file and gets today's tables at once."""


def stored_version(connection: Connection) -> int:
    """Schema version of an open store; 0 for an empty file."""
    return int(connection.exec_driver_sql("PRAGMA user_version").scalar_one())


def migrate(connection: Connection, where: str) -> None:
    """Bring a store to `schema.SCHEMA_VERSION` within the caller's transaction.

    Raises:
        StoreTooNew: a later version of Diurna wrote it.
    """
    version = stored_version(connection)
    if version > schema.SCHEMA_VERSION:
        raise StoreTooNew(
            f"{where}: this store has schema {version}; "
            f"this version of Diurna knows schemas up to {schema.SCHEMA_VERSION}. "
            "Nothing was changed. Install a newer Diurna, or restore a backup made with this version."
        )
    while version < schema.SCHEMA_VERSION:
        MIGRATIONS[version](connection)
        version = version + 1 if version else schema.SCHEMA_VERSION
        connection.exec_driver_sql(f"PRAGMA user_version = {version}")
