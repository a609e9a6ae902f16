"""Feeds that a web page names as its own (RSS autodiscovery: `<link rel="alternate" type="application/rss+xml">`)."""

from lxml import etree
from msgspec import Struct

from diurna.extract.page_marks import MOST_BYTES, absolute, decode_page, shown

__all__ = ["FeedLink", "HomePage", "read_home"]

_TYPES = {"application/rss+xml", "application/atom+xml", "application/feed+json", "application/rdf+xml"}
_MOST = 50
_COMMENTS = ("/comments/feed", "comments")


class FeedLink(Struct, frozen=True):
    """Feed that a page names: its address and what the page calls it."""

    url: str
    title: str = ""


class HomePage(Struct, frozen=True):
    """What a site's page says of the site: its name, its language, and its feeds, the first one its main one."""

    name: str = ""
    language: str = ""
    feeds: tuple[FeedLink, ...] = ()


def read_home(content: bytes, media_type: str, address: str) -> HomePage:
    """Read the head of a site's page; feeds of comments are left out."""
    text = decode_page(content[:MOST_BYTES], media_type).replace("\0", "")
    parser = etree.HTMLParser(encoding="utf-8", remove_comments=True, no_network=True)
    try:
        root: etree._Element | None = etree.fromstring(text.encode("utf-8", "replace"), parser)
    except etree.LxmlError:
        root = None
    if root is None:
        return HomePage()
    base = next((absolute(address, element.get("href") or "") for element in root.iter("base")), "") or address
    names = {
        element.get("property") or element.get("name"): element.get("content") or "" for element in root.iter("meta")
    }
    title = next(("".join(map(str, element.itertext())) for element in root.iter("title")), "")
    feeds: dict[str, FeedLink] = {}
    for element in root.iter("link"):
        is_feed = (element.get("type") or "").strip().lower() in _TYPES
        if is_feed and "alternate" in (element.get("rel") or "").lower().split() and len(feeds) < _MOST:
            url, name = absolute(base, element.get("href") or ""), shown(element.get("title") or "", 200)
            if url and not any(mark in f"{url} {name}".lower() for mark in _COMMENTS):
                feeds.setdefault(url, FeedLink(url, name))
    name = shown(names.get("og:site_name") or names.get("application-name") or title, 200)
    return HomePage(name=name, language=(root.get("lang") or "").strip(), feeds=tuple(feeds.values()))
