"""Taking one article's words out of bytes that hold others too: a line of JSON lines, an item of a feed."""

import html
import re
from collections.abc import Callable, Collection, Iterator
from operator import itemgetter

import msgspec

from diurna.text import url_key

__all__ = ["without_article"]

_TAG = re.compile(r"<(/?)((?:[A-Za-z_][\w.-]{0,20}:)?(?:item|entry))(?:\s[^<>]*)?>", re.IGNORECASE)
_ADDRESS = re.compile(r"(?:https?:)?//[^\s\"'<>\\]+|urn:[^\s\"'<>\\]+")
_ESCAPE = re.compile(r"\\(?:u([0-9A-Fa-f]{4})|(.))")
_SPACES = {"n": " ", "r": " ", "t": " ", "f": " ", "b": " "}


def without_article(content: bytes, form: str, addresses: Collection[str], words: Collection[str]) -> bytes | None:
    """The bytes without the lines or items that name one of the addresses or titles; None where that cannot be done.

    `form` is `articles` or `feed`. Lines stay, empty, so that the others keep their numbers. The result holds none of
    `words`, or it is None: then all of the bytes must go.
    """
    text = content.decode("utf-8", "surrogateescape")
    keys = {url_key(address) for address in addresses}
    told = [plain for word in words if (plain := " ".join(word.split()))]

    def names(piece: str) -> bool:
        plain = _plain(piece)
        if any(url_key(address) in keys for address in _ADDRESS.findall(plain)):
            return True
        return any(word in plain for word in told)

    if form == "articles":
        left = "\n".join("" if names(line) else line for line in text.split("\n"))
    elif form == "feed":
        left = (
            _without_object(text, names) if text.lstrip("\ufeff \t\r\n").startswith("{") else _without_item(text, names)
        )
    else:
        return None
    plain = _plain(left)
    if left == text or any(word in plain for word in told):
        return None
    return left.encode("utf-8", "surrogateescape")


def _without_item(text: str, names: Callable[[str], bool]) -> str:
    """XML without the items, RSS's or Atom's, that name an article."""
    kept, place = [], 0
    for start, end in _items(text):
        if names(text[start:end]):
            kept.append(text[place:start])
            place = end
    return "".join([*kept, text[place:]])


def _items(text: str) -> Iterator[tuple[int, int]]:
    """Where items begin and end: each from its tag to the next closing one of that name."""
    open_: dict[str, int] = {}
    found = []
    for tag in _TAG.finditer(text):
        closing, name = tag.groups()
        if not closing:
            open_.setdefault(name, tag.start())
        elif name in open_:
            found.append((open_.pop(name), tag.end()))
    place = 0
    for start, end in sorted(found, key=itemgetter(0)):
        if start >= place:
            yield start, end
            place = end


def _without_object(text: str, names: Callable[[str], bool]) -> str:
    """JSON Feed without the items that name an article."""
    try:
        feed = msgspec.json.decode(text.lstrip("\ufeff"))
        items = feed["items"]
        left = [item for item in items if not names(msgspec.json.encode(item).decode())]
        return text if len(left) == len(items) else msgspec.json.encode({**feed, "items": left}).decode()
    except (msgspec.MsgspecError, UnicodeError, RecursionError, KeyError, TypeError):
        return text


def _plain(piece: str) -> str:
    """Words as a reader sees them: without escapes of JSON and references of XML, spaces one by one."""
    return " ".join(html.unescape(_ESCAPE.sub(_unescaped, piece)).split())


def _unescaped(found: re.Match[str]) -> str:
    return chr(int(found[1], 16)) if found[1] else _SPACES.get(found[2], found[2])
