"""Taking one article's words out of bytes that hold others too: a line of JSON lines, an item of a feed."""

import html
import re
from collections.abc import Collection

from diurna.text import url_key

__all__ = ["without_article"]

_ITEM = re.compile(
    r"<((?:[A-Za-z_][\w.-]{0,20}:)?(?:item|entry))(?=[\s>])[^<>]*>.*?</\1\s*>", re.IGNORECASE | re.DOTALL
)
_ADDRESS = re.compile(r"(?:https?:)?//[^\s\"'<>\\]+|urn:[^\s\"'<>\\]+")


def without_article(content: bytes, form: str, addresses: Collection[str], words: Collection[str]) -> bytes | None:
    """The bytes without the lines or items that name one of the addresses or titles; None where that cannot be done.

    `form` is `articles` or `feed`. Lines stay, empty, so that the others keep their numbers. The result holds none of
    `words`, or it is None: then all of the bytes must go.
    """
    text = content.decode("utf-8", "surrogateescape")
    keys = {url_key(address) for address in addresses}
    if form == "articles":
        left = "\n".join("" if _names(line, keys, words) else line for line in text.split("\n"))
    elif form == "feed":
        left = _ITEM.sub(lambda item: "" if _names(item.group(), keys, words) else item.group(), text)
    else:
        return None
    if left == text or any(word in left for word in words if word):
        return None
    return left.encode("utf-8", "surrogateescape")


def _names(piece: str, keys: set[str], words: Collection[str]) -> bool:
    plain = html.unescape(piece.replace("\\/", "/"))
    if any(url_key(html.unescape(address)) in keys for address in _ADDRESS.findall(plain)):
        return True
    return any(word and word in plain for word in words)
