"""What the SQLite store knows of the web: feeds with their health, pages that are wanted, and hosts' states.

Neither facts nor views: it says what to ask next, and may be lost without loss to the chronicle.
"""

from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from typing import TypeVar

import msgspec
from msgspec import Struct
from sqlalchemy import bindparam, delete, func, select
from sqlalchemy.dialects.sqlite import insert

from diurna.store.database import Database
from diurna.store.interface import Feed, Wanted
from diurna.store.schema import feed, host, wanted

__all__ = ["SqliteSchedule"]

T = TypeVar("T", bound=Struct)

_ENCODER = msgspec.json.Encoder()
_FEEDS = msgspec.json.Decoder(Feed)
_WANTED = msgspec.json.Decoder(Wanted)

_new_feed, _new_wanted, _new_host = insert(feed), insert(wanted), insert(host)
_SET_FEED = _new_feed.on_conflict_do_update(
    index_elements=("url",), set_={name: _new_feed.excluded[name] for name in ("source", "due", "body")}
)
_SET_WANTED = _new_wanted.on_conflict_do_update(
    index_elements=("url",), set_={name: _new_wanted.excluded[name] for name in ("due", "body")}
)
_ADD_WANTED = _new_wanted.on_conflict_do_nothing().returning(wanted.c.url)
_SET_HOST = _new_host.on_conflict_do_update(index_elements=("name",), set_={"body": _new_host.excluded.body})
_FEED = select(feed.c.body).where(feed.c.url == bindparam("url"))
_DROP_FEED = delete(feed).where(feed.c.url == bindparam("url"))
_DROP_WANTED = delete(wanted).where(wanted.c.url == bindparam("url"))
_HOSTS = select(host.c.name, host.c.body)


class SqliteSchedule:
    """Feeds, wanted pages and hosts; each is one row that is replaced."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def put_feed(self, record: Feed) -> None:
        """Set a feed's state."""
        row = {"url": record.url, "source": record.source, "due": _stamp(record.due), "body": _ENCODER.encode(record)}
        self._database.rows(_SET_FEED, row)

    def feed(self, url: str) -> Feed | None:
        """The feed of this address."""
        body = self._database.value(_FEED, {"url": url})
        return _FEEDS.decode(body) if body is not None else None

    def drop_feed(self, url: str) -> None:
        """Ask a feed no more."""
        self._database.rows(_DROP_FEED, {"url": url})

    def feeds(self, source: str = "", due: datetime | None = None) -> list[Feed]:
        """Feeds, of one source and due by some time if asked, by address."""
        query = select(feed.c.body).order_by(feed.c.url)
        if source:
            query = query.where(feed.c.source == source)
        if due is not None:
            query = query.where(feed.c.due <= _stamp(due))
        return [_FEEDS.decode(body) for body in self._database.execute(query).scalars()]

    def want(self, pages: Iterable[Wanted]) -> list[Wanted]:
        """Note pages to be fetched, and give those that were not wanted already."""
        return [page for page in pages if self._database.rows(_ADD_WANTED, self._row(page))]

    def put_wanted(self, page: Wanted) -> None:
        """Set the state of a page to be fetched."""
        self._database.rows(_SET_WANTED, self._row(page))

    def got(self, urls: Sequence[str]) -> None:
        """Want pages no more."""
        self._database.many(_DROP_WANTED, [{"url": url} for url in urls])

    def wanted(self, due: datetime | None = None, limit: int = 100_000) -> list[Wanted]:
        """Pages to be fetched, by some time if asked, those that have waited longest first."""
        query = select(wanted.c.body).order_by(wanted.c.due, wanted.c.url).limit(limit)
        if due is not None:
            query = query.where(wanted.c.due <= _stamp(due))
        return [_WANTED.decode(body) for body in self._database.execute(query).scalars()]

    def count_wanted(self) -> int:
        """How many pages are to be fetched."""
        return int(self._database.execute(select(func.count()).select_from(wanted)).scalar_one())

    def hosts(self, kind: type[T]) -> dict[str, T]:
        """What is remembered of hosts, by name."""
        return {name: msgspec.json.decode(body, type=kind) for name, body in self._database.rows(_HOSTS, {})}

    def put_host(self, name: str, state: Struct) -> None:
        """Remember something of a host."""
        self._database.rows(_SET_HOST, {"name": name, "body": _ENCODER.encode(state)})

    @staticmethod
    def _row(page: Wanted) -> dict[str, object]:
        return {"url": page.url, "due": _stamp(page.due), "body": _ENCODER.encode(page)}


def _stamp(time: datetime) -> str:
    """A time as text that sorts as times do."""
    return time.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")
