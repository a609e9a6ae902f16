"""What JSON holds: articles, entries, a feed or something else; and the articles of a document, one by one."""

import re
from collections.abc import Iterator

import msgspec

__all__ = ["is_article", "opens_with_article_line", "recognise_json", "unwrapped"]

_FEED_VERSION = re.compile(r'"version"\s*:\s*"https?:\\?/\\?/(?:www\.)?jsonfeed\.org\\?/')
_ARTICLE_TYPE = re.compile(
    r"(?:https?://schema\.org/|schema:)?(?:\w*NewsArticle|Article|Report|BlogPosting|LiveBlogPosting|Analysis\w*)"
)
_TYPE_WRITTEN = re.compile(rf'"@type"\s*:\s*\[?\s*"{_ARTICLE_TYPE.pattern}"')
_TOKEN = re.compile(r'"((?:[^"\\]|\\.)*)"(\s*:)?|[{}\[\]]', re.DOTALL)
_TITLES = ("title", "headline")
_NAMES = ("url", "id", "@id", "link")


def is_article(value: object) -> bool:
    """Whether a decoded JSON value is an article: schema.org says so, or it has a title and an address or an id."""
    if not isinstance(value, dict):
        return False
    types = value.get("@type")
    if any(isinstance(each, str) and _ARTICLE_TYPE.fullmatch(each) for each in _listed(types)):
        return True
    titled = any(isinstance(value.get(key), str) and value[key].strip() for key in _TITLES)
    return titled and any(value.get(key) for key in _NAMES)


def _listed(value: object) -> list[object]:
    return value if isinstance(value, list) else [value]


def unwrapped(document: bytes) -> list[bytes] | None:
    """Articles in a JSON object that holds a list of them (`articles`, `@graph`, …), as written; None in any other."""
    try:
        fields = msgspec.json.decode(document, type=dict[str, msgspec.Raw])
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        return None
    if is_article(_decoded(document)) or {"date", "text"} <= fields.keys():
        return None
    for name, value in fields.items():
        if bytes(value).lstrip().startswith(b"["):
            items = [bytes(item) for item in msgspec.json.decode(value, type=list[msgspec.Raw])]
            articles = [item for item in items if is_article(_decoded(item))]
            if articles:
                # A graph holds authors and pages too; of a list of articles, one that is none is worth a message.
                return articles if name == "@graph" else [item for item in items if item.lstrip().startswith(b"{")]
    return None


def _decoded(text: bytes | str) -> object:
    try:
        value: object = msgspec.json.decode(text)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        return None
    return value


def opens_with_article_line(head: bytes) -> bool:
    """Whether JSON begins with a line that is an article of its own, so that it can be read line by line."""
    first, end, _ = head.removeprefix(b"\xef\xbb\xbf").lstrip().partition(b"\n")
    return bool(end) and is_article(_decoded(first))


def recognise_json(start: str, *, cut: bool, named_lines: bool) -> str:
    """Name the kind of JSON from its beginning: `feed`, `articles`, `entries` or `json`.

    Entries have a date and a text, and no title. A first line or a document that is longer than what is seen of it is
    known by the keys that are seen. Lines that are not understood are `entries` where the file's name says lines: then
    each is told of.
    """
    if _FEED_VERSION.search(start[:4096]):
        return "feed"
    if not cut and (kind := _kind_of(start)):
        return kind
    lines = start.split("\n")
    for line in lines[:-1] if cut and len(lines) > 1 else lines:
        if kind := _kind_of(line):
            return kind
    if cut and (kind := _kind_written(start)):
        return kind
    return "entries" if named_lines else "json"


def _kind_of(text: str) -> str:
    value = _decoded(text)
    if is_article(value):
        return "articles"
    if isinstance(value, dict) and "date" in value and "text" in value:
        return "entries"
    return "articles" if any(is_article(item) for item in _items(value)) else ""


def _items(value: object) -> Iterator[object]:
    """The items of a list, or of an object's lists."""
    for each in [value] if isinstance(value, list) else value.values() if isinstance(value, dict) else ():
        if isinstance(each, list):
            yield from each


def _kind_written(start: str) -> str:
    """Judge a document of which only the beginning is seen by the keys of its first objects."""
    if _TYPE_WRITTEN.search(start):
        return "articles"
    keys = _keys_by_depth(start)
    outer, inner = (keys.get(1, set()), keys.get(3, set())) if start.startswith("{") else (keys.get(2, set()), set())
    if _names_an_article(outer):
        return "articles"
    if start.startswith("{") and {"date", "text"} <= outer:
        return "entries"
    return "articles" if _names_an_article(inner) else ""


def _names_an_article(keys: set[str]) -> bool:
    return not keys.isdisjoint(_TITLES) and not keys.isdisjoint(_NAMES)


def _keys_by_depth(start: str) -> dict[int, set[str]]:
    keys: dict[int, set[str]] = {}
    depth = 0
    for token in _TOKEN.finditer(start):
        if token[2]:
            keys.setdefault(depth, set()).add(token[1])
        elif token[0] in "{[":
            depth += 1
        elif token[0] in "}]":
            depth -= 1
    return keys
