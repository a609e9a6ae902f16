"""JSON Feed, versions 1.0 and 1.1 (jsonfeed.org)."""

import html
from typing import Any

import msgspec

from diurna.extract.faults import Faults
from diurna.extract.feed_items import FeedSettings, RawDate, RawFeed, RawItem
from diurna.model import Image

__all__ = ["is_json_feed", "read_json_feed"]

_ALLOWED = "a feed: RSS, Atom or JSON Feed"


def is_json_feed(value: object) -> bool:
    """Whether a parsed JSON value is a JSON Feed."""
    return isinstance(value, dict) and "jsonfeed.org/version/" in _text(value.get("version"))


def read_json_feed(content: bytes, settings: FeedSettings, faults: Faults) -> RawFeed | None:
    """Read a JSON Feed as it is written; fields of the wrong type are passed over."""
    try:
        feed = msgspec.json.decode(content.removeprefix(b"\xef\xbb\xbf").strip())
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        faults.tell("the feed is no JSON", f"{content[:60]!r}: {error}", _ALLOWED, "check its address", "error")
        return None
    items = feed.get("items") if isinstance(feed, dict) else None
    if not isinstance(feed, dict) or not (is_json_feed(feed) or (isinstance(items, list) and "title" in feed)):
        faults.tell("this is no feed", content[:60].decode("utf-8", "replace"), _ALLOWED, "check its address", "error")
        return None
    items = items if isinstance(items, list) else []
    if len(items) > settings.max_items:
        allowed = f"at most {settings.max_items:,} items (feeds.max_items)"
        faults.tell("only the first items of the feed were read", f"{len(items):,} items", allowed, "raise it")
    if not items:
        faults.tell("the feed has no items", _text(feed.get("title")), "items", "look again later", "notice")
    good = [item for item in items[: settings.max_items] if isinstance(item, dict)]
    if len(good) < min(len(items), settings.max_items):
        faults.tell("items that are no objects left out", str(items)[:100], "an object", "tell the publisher")
    everywhere = _authors(feed)
    return RawFeed(
        title=html.escape(_text(feed.get("title")), quote=False),
        home=_text(feed.get("home_page_url")),
        language=_text(feed.get("language")),
        items=tuple(_item(item, everywhere) for item in good),
        next_page=_text(feed.get("next_url")),
    )


def _item(item: dict[str, Any], everywhere: tuple[str, ...]) -> RawItem:
    identifier = item.get("id")
    key = str(identifier) if isinstance(identifier, str | int | float) and not isinstance(identifier, bool) else ""
    links = [
        _text(item.get("url")),
        _text(item.get("external_url")),
        key if key.startswith(("http:", "https:")) else "",
    ]
    published, modified = _text(item.get("date_published")), _text(item.get("date_modified"))
    attached = [part for part in _list(item.get("attachments")) if isinstance(part, dict)]
    pictures = [_text(item.get("image")), _text(item.get("banner_image"))]
    pictures += [_text(part.get("url")) for part in attached if _text(part.get("mime_type")).startswith("image/")]
    return RawItem(
        key=key,
        links=tuple(dict.fromkeys(link for link in links if link)),
        title=_text(item.get("title")),
        summary=_text(item.get("summary")),
        content=_text(item.get("content_html")) or _text(item.get("content_text")),
        plain=True,
        plain_content=not _text(item.get("content_html")),
        published=RawDate(published, "feed date_published") if published else None,
        modified=RawDate(modified, "feed date_modified") if modified else None,
        authors=_authors(item) or everywhere,
        tags=tuple(tag for tag in _list(item.get("tags")) if isinstance(tag, str)),
        language=_text(item.get("language")),
        images=tuple(Image(url) for url in pictures if url),
    )


def _authors(holder: dict[str, Any]) -> tuple[str, ...]:
    """Names of authors: a list since version 1.1, one before."""
    offered = [*_list(holder.get("authors")), holder.get("author")]
    return tuple(name for who in offered if (name := _text(who.get("name")) if isinstance(who, dict) else _text(who)))


def _text(value: object) -> str:
    return value if isinstance(value, str) else ""


def _list(value: object) -> list[Any]:
    return value if isinstance(value, list) else []
