"""Search on a static host: a small JSON file of events per quarter of a year, and one list of those files.

The reader's browser loads the quarters, newest first, finds in them what is asked (`static/search.js`) and puts it in
order by the vendored MiniSearch. The files hold plain text in a fixed order, so equal events give equal bytes, and a
new day rewrites one quarter and the list.
"""

import hashlib
from collections.abc import Iterable, Sequence
from datetime import date

import msgspec
from msgspec import Struct

from diurna.publish.data import inert_json

__all__ = [
    "INDEX_NAME",
    "SCRIPTS",
    "VERSION",
    "SearchRecord",
    "SearchShard",
    "encode_index",
    "encode_shard",
    "group_by_shard",
    "read_index",
    "shard_name",
]

VERSION = 1  # of both files' format; search.js refuses another
INDEX_NAME = "index.json"
SCRIPTS = ("minisearch.js", "search.js")  # in this order on the search page


class SearchRecord(Struct, frozen=True, array_like=True):
    """Event as search knows it: its page relative to the site's root, words, ISO date, names of contexts."""

    url: str
    title: str
    text: str
    date: str
    category: str = ""
    contexts: tuple[str, ...] = ()


class SearchShard(Struct, frozen=True):
    """One file of events in the list: `name` (`2017-q2`, the file is `2017-q2.json`), days covered, size, digest."""

    name: str
    first: str
    last: str
    count: int
    size: int
    digest: str
    categories: tuple[str, ...] = ()


class _ShardFile(Struct, frozen=True):
    version: int
    name: str
    events: tuple[SearchRecord, ...]


class _IndexFile(Struct, frozen=True):
    version: int
    shards: tuple[SearchShard, ...]


def shard_name(day: str) -> str:
    """Name the quarter that an ISO date falls in: `2017-05-22` is in `2017-q2`; `ValueError` where it is no date."""
    when = date.fromisoformat(day)
    return f"{when.year:04}-q{(when.month + 2) // 3}"


def group_by_shard(records: Iterable[SearchRecord]) -> dict[str, list[SearchRecord]]:
    """Part events into their quarters, in the order of the quarters."""
    groups: dict[str, list[SearchRecord]] = {}
    for record in records:
        groups.setdefault(shard_name(record.date), []).append(record)
    return dict(sorted(groups.items()))


def encode_shard(records: Sequence[SearchRecord]) -> tuple[SearchShard, bytes]:
    """Write one quarter's events as the bytes of its file, newest first, with the line that the list has for it.

    The order of `records` does not matter. `ValueError` where there are none, they span quarters, share a page, or a
    page's address leaves the site.
    """
    events = tuple(sorted(map(_checked, records), key=lambda record: record.url))
    events = tuple(sorted(events, key=lambda record: record.date, reverse=True))
    names = {shard_name(record.date) for record in events}
    if len(names) != 1:
        raise ValueError(f"search shard: received events of {sorted(names) or 'no quarter'}, expected one quarter's")
    if len({record.url for record in events}) != len(events):
        raise ValueError(f"search shard {names.pop()}: two events have one page, expected one event per page")
    name = names.pop()
    content = inert_json(msgspec.json.encode(_ShardFile(VERSION, name, events))) + b"\n"
    shard = SearchShard(
        name=name,
        first=events[-1].date,
        last=events[0].date,
        count=len(events),
        size=len(content),
        digest=hashlib.sha256(content).hexdigest()[:16],
        categories=tuple(sorted({record.category for record in events if record.category})),
    )
    return shard, content


def encode_index(shards: Iterable[SearchShard]) -> bytes:
    """Write the list of shards, newest quarter first, as the browser asks for it; `ValueError` where one is twice."""
    ordered = tuple(sorted(shards, key=lambda shard: shard.name, reverse=True))
    if len({shard.name for shard in ordered}) != len(ordered):
        raise ValueError("search index: one shard is listed twice, expected each quarter once")
    return msgspec.json.format(msgspec.json.encode(_IndexFile(VERSION, ordered)), indent=1) + b"\n"


def read_index(content: bytes) -> tuple[SearchShard, ...]:
    """Read a list that `encode_index` wrote, to renew one shard's line.

    One of another version gives no shards, so that all are rewritten. `msgspec.DecodeError` where it is no such list.
    """
    index = msgspec.json.decode(content, type=_IndexFile)
    return index.shards if index.version == VERSION else ()


def _checked(record: SearchRecord) -> SearchRecord:
    """Hold an event's page to the site; a text that only repeats the title is left out."""
    head = record.url.split("/", 1)[0]
    if not record.url or not head or ":" in head or "\\" in record.url or ".." in record.url.split("/"):
        raise ValueError(f"search record: received the page {record.url!r}, expected one relative to the site's root")
    return msgspec.structs.replace(record, text="") if record.text == record.title else record
