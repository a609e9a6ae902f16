"""Feeds of news: RSS from 0.9 to 2.0 and Atom, read by feedparser after they were made safe and cut to size."""

import html
import io
import re
from datetime import timedelta
from typing import Any

from diurna.extract.faults import Faults
from diurna.extract.feed_items import (
    COMPONENT,
    FeedReading,
    FeedSettings,
    RawDate,
    RawFeed,
    RawItem,
    compose,
)
from diurna.extract.json_feed import read_json_feed
from diurna.extract.page_marks import absolute, pixels
from diurna.extract.safe_xml import decode_xml, is_html, well_formed
from diurna.model import Capture, Image

__all__ = ["COMPONENT", "FeedReading", "FeedSettings", "read_feed"]

_ALLOWED = "a feed: RSS, Atom or JSON Feed"
_ITEM = re.compile(r"<(?:[A-Za-z_][\w.-]{0,20}:)?(?:item|entry)(?=[\s>/])", re.IGNORECASE)
_TOKEN = re.compile(
    r"<!\[CDATA\[.*?(?:\]\]>|\Z)|<!--.*?(?:-->|\Z)|<(?:[A-Za-z_][\w.-]{0,20}:)?(item|entry)(?=[\s>/])|<[A-Za-z_]|&",
    re.DOTALL | re.IGNORECASE,
)
# feedparser takes 42 microseconds for an element and 5 for a reference; a feed has 6 to 30 elements for an item.
_ELEMENT_WORK = 8
_MOST_WORK = 500_000
_LONGEST_TAIL = 64 << 10  # characters behind the last item
_ITEM_END = re.compile(r"</(?:[A-Za-z_][\w.-]{0,20}:)?(?:item|entry)\s{0,9}>", re.IGNORECASE)
_GUID = re.compile(
    r"<(?:guid|id)\b[^<>]{0,200}>\s{0,100}(?:<!\[CDATA\[)?\s{0,100}(https?://[^\s<>\]]{1,2000})", re.IGNORECASE
)
_FEED_LINK = re.compile(r"<link\b[^<>]{0,500}application/(?:rss|atom)\+xml[^<>]{0,500}>", re.IGNORECASE)
_HREF = re.compile(r"href\s*=\s*[\"']?([^\"'\s<>]+)", re.IGNORECASE)
_HEAD = 256 << 10  # characters of a page in which it may name its feeds
_PERIODS = {"hourly": 3_600, "daily": 86_400, "weekly": 604_800, "monthly": 2_592_000, "yearly": 31_536_000}
_SHORTEST, _LONGEST = timedelta(minutes=1), timedelta(days=31)
_MOST_LINKS = 20
_PICTURE = re.compile(r"\.(?:jpe?g|png|webp|gif|avif)(?:$|\?)", re.IGNORECASE)
_TRACKER = re.compile(r"feedburner\.com/~|doubleclick\.|/pixel|/beacon|stats\.wordpress", re.IGNORECASE)
_MAILED = re.compile(r"\S{1,100}@\S{1,100}\s{0,5}\(([^()]{1,200})\)")
_SMALLEST = 64  # pixels a side of a picture
# What feedparser raises where markup is not as it expects; it has no error of its own for that.
_PARSER_FAULTS = (AssertionError, AttributeError, LookupError, RecursionError, TypeError, ValueError)


def read_feed(content: bytes, capture: Capture, settings: FeedSettings) -> FeedReading:
    """Read a feed: its items as articles, and what pages they lead to. Nothing is fetched, and no markup is kept.

    Feeds are cut at `max_bytes` and behind `max_items` before they are parsed, so that none takes longer than a few
    seconds; what is malformed is read as far as it goes.
    """
    faults = Faults(capture)
    if not content.removeprefix(b"\xef\xbb\xbf").strip(b"\0\t\n\r\f "):
        faults.tell("the feed is empty", "no text", _ALLOWED, "check its address", "error")
        return FeedReading(problems=faults.problems())
    if len(content) > settings.max_bytes:
        allowed = f"at most {settings.max_bytes:,} bytes (feeds.max_bytes)"
        faults.tell("only the beginning of the feed was read", f"{len(content):,} bytes", allowed, "raise it")
        content = content[: settings.max_bytes]
    if content.removeprefix(b"\xef\xbb\xbf").lstrip()[:1] in (b"{", b"["):
        raw = read_json_feed(content, settings, faults)
    else:
        raw = _read_xml(content, capture, settings, faults)
    return compose(raw, capture, settings, faults) if raw else FeedReading(problems=faults.problems())


def _read_xml(content: bytes, capture: Capture, settings: FeedSettings, faults: Faults) -> RawFeed | None:
    text, safe = decode_xml(content, capture.media_type)
    if not text.strip():
        faults.tell("the feed is no text", repr(content[:40]), _ALLOWED, "check its address", "error")
        return None
    if is_html(text):
        faults.tell("the feed is a web page", text[:60], _ALLOWED, _other_feed(text, capture), "error")
        return None
    if not safe:
        allowed = "entities of XML and HTML, or short ones of the feed's own"
        faults.tell("entities of the feed left out", "a document type with others", allowed, "nothing to do", "notice")
    parsed = _parse(_cut(text, settings, faults), capture, faults)
    if parsed is None or not (parsed.version or parsed.entries):
        faults.tell("this is no feed", text.lstrip()[:60], _ALLOWED, "check its address", "error")
        return None
    feed = parsed.feed
    if not parsed.entries:
        faults.tell("the feed has no items", str(feed.get("title", "")), "items", "look again later", "notice")
    links = [link for link in feed.get("links", ())[:_MOST_LINKS] if isinstance(link, dict)]
    guids = frozenset(html.unescape(found[1]) for found in _GUID.finditer(text))
    return RawFeed(
        title=_text(feed.get("title")),
        home=_text(feed.get("link")) or _text(feed.get("href")),
        language=_text(feed.get("language")) or _text(feed.get("title_detail", {}).get("language")),
        items=tuple(_item(entry, parsed.version, guids) for entry in parsed.entries[: settings.max_items]),
        interval=_interval(feed),
        next_page=next((_text(link.get("href")) for link in links if link.get("rel") == "next"), ""),
    )


def _other_feed(text: str, capture: Capture) -> str:
    """What to do about a page in a feed's place: take the feed that the page itself names."""
    named = _FEED_LINK.search(text[:_HEAD])
    found = _HREF.search(named.group()) if named else None
    url = absolute(capture.answered or capture.asked, found[1]) if found else ""
    return f"take the feed that the page names: {url}" if url else "check its address; the page names no feed"


def _cut(text: str, settings: FeedSettings, faults: Faults) -> str:
    """Leave out the items behind the first `max_items`, and keep what stands behind the last.

    Where elements and references are more than the parser can read in a few seconds, all behind them is left out.
    """
    items = work = 0
    for found in _TOKEN.finditer(text):
        sign = found.group()
        if found[1]:
            items += 1
            if items > settings.max_items:
                return _without_items(text, found.start(), settings, faults)
        work += 1 if sign == "&" else _ELEMENT_WORK if not sign.startswith("<!") else 0
        if work > _MOST_WORK:
            allowed = f"at most {_MOST_WORK // _ELEMENT_WORK:,} elements"
            received = f"more, within {items:,} items"
            faults.tell("only the first elements of the feed were read", received, allowed, "tell the publisher")
            return text[: found.start()]
    return text


def _without_items(text: str, at: int, settings: FeedSettings, faults: Faults) -> str:
    """Take out all items from a place on."""
    count = settings.max_items + sum(1 for _ in _ITEM.finditer(text, at))
    allowed = f"at most {settings.max_items:,} items (feeds.max_items)"
    faults.tell("only the first items of the feed were read", f"{count:,} items", allowed, "raise it")
    end = max((found.end() for found in _ITEM_END.finditer(text, at)), default=len(text))
    return text[:at] + text[end : end + _LONGEST_TAIL]


def _parse(text: str, capture: Capture, faults: Faults) -> Any:
    """Let feedparser parse text that is well-formed by now, so that its lenient parser, which is slow, never runs."""
    import feedparser  # type: ignore[import-untyped]  # it has no types, and takes time that only feeds need

    raw, whole = well_formed(text)
    if not raw:
        return None
    if not whole:
        faults.tell("the feed is malformed", text.lstrip()[:60], "well-formed XML", "tell the publisher", "notice")
    headers = {"content-type": "application/xml; charset=utf-8", "content-location": capture.answered or capture.asked}
    try:
        # A stream, since bytes are tried as a file's name first. Markup is cut into paragraphs by us and none of it is
        # kept, so feedparser need not clean it: with its cleaning a feed of 1.2 MB took 1.9 seconds and hostile
        # comments a time that grew with their square; without, 0.2.
        return feedparser.parse(
            io.BytesIO(raw), response_headers=headers, resolve_relative_uris=False, sanitize_html=False
        )
    except _PARSER_FAULTS as error:
        faults.tell("the feed cannot be parsed", str(error), "well-formed XML", "tell the publisher", "error")
        return None


def _text(value: object) -> str:
    return value if isinstance(value, str) else ""


def _interval(feed: Any) -> timedelta | None:
    """How often the feed asks to be read: `ttl` in minutes, or the syndication module's period and frequency."""
    try:
        if ttl := _text(feed.get("ttl")).strip():
            interval = timedelta(minutes=float(ttl))
        else:
            period = _PERIODS[_text(feed.get("sy_updateperiod")).strip().lower()]
            interval = timedelta(seconds=period / float(_text(feed.get("sy_updatefrequency")).strip() or 1))
    except (KeyError, ValueError, OverflowError, ZeroDivisionError):
        return None
    return interval if _SHORTEST <= interval <= _LONGEST else None


def _item(entry: Any, version: str, guids: frozenset[str]) -> RawItem:
    contents = [part for part in entry.get("content", ()) if isinstance(part, dict)]
    content = max((_text(part.get("value")) for part in contents), key=len, default="")
    summary = _text(entry.get("summary"))
    # Where an item has no summary, feedparser gives its content in that place.
    summary = (
        "" if contents and summary == _text(contents[0].get("value")) and "summary_detail" not in entry else summary
    )
    published, modified = _dates(entry, version)
    source = entry.get("source")
    return RawItem(
        key=_text(entry.get("id")),
        links=_links(entry, guids),
        title=_text(entry.get("title")),
        summary=summary,
        content=content,
        base=next((base for part in contents if (base := _text(part.get("base")))), ""),
        published=published,
        modified=modified,
        authors=_authors(entry),
        publisher=_text(source.get("title")) if isinstance(source, dict) else _text(entry.get("publisher")),
        tags=tuple(
            label for tag in entry.get("tags", ()) if (label := _text(tag.get("label")) or _text(tag.get("term")))
        ),
        language=_text(entry.get("language")) or _text(next((part.get("language") for part in contents), "")),
        images=tuple(_images(entry)),
    )


def _links(entry: Any, guids: frozenset[str]) -> tuple[str, ...]:
    """Addresses of the page behind an item, the best first; its guid only where that was written as an address.

    Where an item has no link, feedparser gives its guid in that place, made absolute even if it is none.
    """
    alternates = [
        _text(link.get("href"))
        for link in entry.get("links", ())[:_MOST_LINKS]
        if link.get("rel") == "alternate" and "html" in (link.get("type") or "html")
    ]
    link, identifier = _text(entry.get("link")), _text(entry.get("id"))
    written = bool(alternates) or link in guids or (link != identifier and not entry.get("guidislink"))
    offered = [
        _text(entry.get("feedburner_origlink")),
        link if written else "",
        *alternates,
        identifier if identifier in guids else "",
    ]
    return tuple(dict.fromkeys(link for link in offered if link))


def _dates(entry: Any, version: str) -> tuple[RawDate | None, RawDate | None]:
    """When an item was published and changed. A date that only says when it was changed is a weak sign of the first.

    What RSS has as `dc:date` comes as the date of a change too, and is the date of publication.
    """
    published, updated = _text(entry.get("published")), ""
    if "updated" in entry.keys():  # noqa: SIM118  # `in entry` would find `published` in its place
        updated = _text(dict.get(entry, "updated"))
    created = _text(entry.get("created"))
    atom = version.startswith("atom")
    if published:
        first: RawDate | None = RawDate(published, "feed published" if atom else "feed pubDate")
    elif created:
        first = RawDate(created, "feed created", 0.8)
    elif updated:
        first = RawDate(updated, "feed updated", 0.5) if atom else RawDate(updated, "feed dc:date")
    else:
        first = None
    changed = RawDate(updated, "feed updated") if updated and (atom or published) else None
    return first, changed


def _authors(entry: Any) -> tuple[str, ...]:
    """Names of authors. RSS wants an address with the name in brackets, which feedparser does not always part."""
    names = [_text(author.get("name")) for author in entry.get("authors", ()) if isinstance(author, dict)]
    names = [name for name in names if name and name.count("(") == name.count(")")] or [_text(entry.get("author"))]
    return tuple(found[1] if (found := _MAILED.fullmatch(name)) else name for name in names if name)


def _images(entry: Any) -> list[Image]:
    credit = next((_text(who.get("content")) for who in entry.get("media_credit", ()) if isinstance(who, dict)), "")
    offered = [
        (part, _text(part.get("url")), _text(part.get("medium")) == "image" or _is_picture(part))
        for part in entry.get("media_content", ())
        if isinstance(part, dict)
    ]
    offered += [
        (link, _text(link.get("href")), _is_picture(link))
        for link in entry.get("links", ())
        if link.get("rel") == "enclosure"
    ]
    offered += [
        (part, _text(part.get("url")), True) for part in entry.get("media_thumbnail", ()) if isinstance(part, dict)
    ]
    image = entry.get("image")
    if isinstance(image, dict):
        offered.append((image, _text(image.get("href")) or _text(image.get("url")), True))
    found: list[Image] = []
    for part, url, is_picture in offered[:_MOST_LINKS]:
        width, height = pixels(_text(part.get("width"))), pixels(_text(part.get("height")))
        small = min(width or _SMALLEST, height or _SMALLEST) < _SMALLEST
        if url and is_picture and not small and not _TRACKER.search(url):
            found.append(Image(url, credit=credit, width=width, height=height))
    return found


def _is_picture(part: Any) -> bool:
    kind = _text(part.get("type"))
    address = _text(part.get("url")) or _text(part.get("href"))
    return kind.startswith("image/") or (not kind.startswith(("audio/", "video/")) and bool(_PICTURE.search(address)))
