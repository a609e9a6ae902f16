"""Search on a static host: small JSON files, one of events and one of articles per quarter of a year, and their list.

The reader's browser loads the quarters, newest first, finds in them what is asked (`static/search.js`) and puts it in
order by the vendored MiniSearch. The files hold plain text in a fixed order, so equal records give equal bytes, and a
new day rewrites one quarter and the list. Articles that nothing dates have a file of their own.
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
    "read_shard",
    "shard_name",
]

VERSION = 2  # of both files' format; search.js refuses another
INDEX_NAME = "index.json"
SCRIPTS = ("minisearch.js", "search.js")  # in this order on the search page


class SearchRecord(Struct, frozen=True, array_like=True):
    """Event or article as search knows it: its page relative to the site's root, words, ISO date, names of contexts.

    One that has a `publisher` is an article; only such may have no date.
    """

    url: str
    title: str
    text: str
    date: str
    category: str = ""
    contexts: tuple[str, ...] = ()
    publisher: str = ""


class SearchShard(Struct, frozen=True):
    """One file in the list: `name` (`2017-q2`, the file is `2017-q2.json`), days covered, size, digest, and the `kind`
    of its records, `event` or `article`. Undated ones cover the days from "" to ""."""

    name: str
    first: str
    last: str
    count: int
    size: int
    digest: str
    categories: tuple[str, ...] = ()
    kind: str = "event"


class _ShardFile(Struct, frozen=True):
    version: int
    name: str
    records: tuple[SearchRecord, ...]


class _IndexFile(Struct, frozen=True):
    version: int
    shards: tuple[SearchShard, ...]


def shard_name(day: str, kind: str = "event") -> str:
    """Name the quarter that an ISO date falls in: `2017-05-22` is in `2017-q2`, for articles in `2017-q2-articles`.

    Articles without one are in `undated-articles`. `ValueError` where it is no date.
    """
    if kind == "article" and not day:
        return "undated-articles"
    when = date.fromisoformat(day)
    return f"{when.year:04}-q{(when.month + 2) // 3}" + ("-articles" if kind == "article" else "")


def group_by_shard(records: Iterable[SearchRecord]) -> dict[str, list[SearchRecord]]:
    """Part records into their files, in the order of their names."""
    groups: dict[str, list[SearchRecord]] = {}
    for record in records:
        groups.setdefault(_file_of(record), []).append(record)
    return dict(sorted(groups.items()))


def encode_shard(records: Sequence[SearchRecord]) -> tuple[SearchShard, bytes]:
    """Write one quarter's events or articles as the bytes of its file, newest first, with its line in the list.

    The order of `records` does not matter. `ValueError` where there are none, they belong to several files, share a
    page, or a page's address leaves the site.
    """
    ordered = tuple(sorted(map(_checked, records), key=lambda record: record.url))
    ordered = tuple(sorted(ordered, key=lambda record: record.date, reverse=True))
    names = {_file_of(record) for record in ordered}
    if len(names) != 1:
        raise ValueError(f"search shard: received records of {sorted(names) or 'no quarter'}, expected one quarter's")
    if len({record.url for record in ordered}) != len(ordered):
        raise ValueError(f"search shard {names.pop()}: two records have one page, expected one per page")
    name = names.pop()
    content = inert_json(msgspec.json.encode(_ShardFile(VERSION, name, ordered))) + b"\n"
    shard = SearchShard(
        name=name,
        first=ordered[-1].date,
        last=ordered[0].date,
        count=len(ordered),
        size=len(content),
        digest=hashlib.sha256(content).hexdigest()[:16],
        categories=tuple(sorted({record.category for record in ordered if record.category})),
        kind="article" if ordered[0].publisher else "event",
    )
    return shard, content


def encode_index(shards: Iterable[SearchShard]) -> bytes:
    """Write the list of shards, newest quarter first and undated ones last; `ValueError` where one is twice."""
    ordered = tuple(sorted(shards, key=lambda shard: (bool(shard.last), shard.name), reverse=True))
    if len({shard.name for shard in ordered}) != len(ordered):
        raise ValueError("search index: one shard is listed twice, expected each quarter once")
    return msgspec.json.format(msgspec.json.encode(_IndexFile(VERSION, ordered)), indent=1) + b"\n"


def read_shard(shard: SearchShard, content: bytes) -> tuple[SearchRecord, ...] | None:
    """Read a file that `encode_shard` wrote, to renew some of its records; None where it is not the one in the list."""
    if hashlib.sha256(content).hexdigest()[:16] != shard.digest:
        return None
    try:
        file = msgspec.json.decode(content, type=_ShardFile)
    except msgspec.DecodeError:
        return None
    return file.records if (file.version, file.name) == (VERSION, shard.name) else None


def read_index(content: bytes) -> tuple[SearchShard, ...]:
    """Read a list that `encode_index` wrote, to renew one shard's line.

    One of another version gives no shards, so that all are rewritten. `msgspec.DecodeError` where it is no such list.
    """
    index = msgspec.json.decode(content, type=_IndexFile)
    return index.shards if index.version == VERSION else ()


def _file_of(record: SearchRecord) -> str:
    return shard_name(record.date, "article" if record.publisher else "event")


def _checked(record: SearchRecord) -> SearchRecord:
    """Hold a record's page to the site; a text that only repeats the title is left out."""
    head = record.url.split("/", 1)[0]
    if not record.url or not head or ":" in head or "\\" in record.url or ".." in record.url.split("/"):
        raise ValueError(f"search record: received the page {record.url!r}, expected one relative to the site's root")
    return msgspec.structs.replace(record, text="") if record.text == record.title else record
