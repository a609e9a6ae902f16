"""Sitemaps: pages of a site with their titles and times where a news sitemap gives them, and indexes of sitemaps."""

import re
from datetime import timedelta

from lxml import etree
from msgspec import Struct

from diurna.extract.address_list import read_addresses
from diurna.extract.faults import Faults, source_of
from diurna.extract.feed_items import RawDate, read_date
from diurna.extract.feed_text import plain_words
from diurna.extract.found import Found, ListingSettings
from diurna.extract.language import language_tag
from diurna.extract.page_marks import absolute
from diurna.model import Capture, Dating, Problem

__all__ = ["SitemapReading", "read_sitemap"]

_ALLOWED = "a sitemap: XML with <urlset> or <sitemapindex>, or one address a line"
_CHUNK = 64 << 10
_ELEMENTS_EACH = 100  # elements that one page may have on average: a sitemap in fifty languages has one for each
_LONGEST_VALUE = 10_000
_LONGEST_TITLE = 500
_MOST_TAGS = 20
_WANTED = frozenset(("loc", "lastmod", "publication_date", "title", "keywords", "language", "name"))
_ENTRIES = frozenset(("url", "sitemap"))
_ROOTS = frozenset(("urlset", "sitemapindex"))
_SPACE_BEFORE = re.compile(rb"(?:\xef\xbb\xbf)?\s*")


class SitemapReading(Struct, frozen=True, kw_only=True):
    """What a sitemap gave: pages, and further sitemaps."""

    pages: tuple[Found, ...] = ()
    sitemaps: tuple[Found, ...] = ()
    problems: tuple[Problem, ...] = ()


class _Full(Exception):
    """There are as many addresses as were wanted; this stops the parser and is no error."""


class _Target:
    """Hears the elements of a sitemap one after another, so that no tree is built and memory does not grow with it."""

    def __init__(self, capture: Capture, settings: ListingSettings, faults: Faults) -> None:
        self.capture = capture
        self.settings = settings
        self.faults = faults
        self.source = source_of(capture)
        self.base = capture.answered or capture.asked
        self.latest = capture.observed + timedelta(days=1)
        self.pages: dict[str, Found] = {}
        self.sitemaps: dict[str, Found] = {}
        self.root = ""
        self.entry = ""
        self.inside: list[str] = []
        self.fields: dict[str, str] = {}
        self.pieces: list[str] | None = None
        self.length = 0
        self.left = settings.max_addresses * _ELEMENTS_EACH

    def start(self, tag: str | bytes, attrib: object) -> None:
        self.left -= 1
        if self.left < 0:
            raise _Full
        name = _local(tag)
        self.root = self.root or name
        self.inside.append(name)
        if name in _ENTRIES and not self.entry:
            self.entry, self.fields = name, {}
        elif self.entry and self._is_wanted(name):
            self.pieces, self.length = [], 0

    def _is_wanted(self, name: str) -> bool:
        """Whether an element tells of the page itself; pictures and films of it have addresses and titles too."""
        return name in _WANTED and not {"image", "video"} & set(self.inside[-3:-1]) and name not in self.fields

    def data(self, data: str | bytes) -> None:
        if self.pieces is not None and self.length < _LONGEST_VALUE:
            self.pieces.append(str(data))
            self.length += len(data)

    def end(self, tag: str | bytes) -> None:
        name = _local(tag)
        if self.inside:
            self.inside.pop()
        if self.pieces is not None:
            if name in _WANTED:
                self.fields[name] = "".join(self.pieces).strip()[:_LONGEST_VALUE]
            self.pieces = None
        if self.entry and name == self.entry:
            self.entry = ""
            self._add(name)

    def comment(self, text: str | bytes) -> None:
        """Comments say nothing."""

    def close(self) -> None:
        """Nothing is left to do; what is open gave no address."""

    def _add(self, name: str) -> None:
        loc = self.fields.get("loc", "")
        url = absolute(self.base, loc)
        if not url or url == self.source:
            allowed = "<loc> with an http:// or https:// address"
            self.faults.tell(f"{name} without an address left out", loc, allowed, "tell the publisher")
            return
        where = self.sitemaps if name == "sitemap" else self.pages
        if url not in where and len(self.pages) + len(self.sitemaps) >= self.settings.max_addresses:
            raise _Full
        where.setdefault(url, self._found(url))

    def _found(self, url: str) -> Found:
        fields = self.fields
        language = language_tag(fields.get("language", ""))
        return Found(
            url=url,
            title=plain_words(fields.get("title", "")[:_LONGEST_TITLE]),
            published=self._date(fields.get("publication_date", ""), "sitemap publication_date", language),
            modified=self._date(fields.get("lastmod", ""), "sitemap lastmod", language),
            source=self.source,
            publisher=plain_words(fields.get("name", "")[:200]),
            language=language,
            tags=tuple(
                tag for part in fields.get("keywords", "").split(",")[:_MOST_TAGS] if (tag := plain_words(part))
            ),
        )

    def _date(self, written: str, found: str, language: str) -> Dating | None:
        if not written:
            return None
        dating = read_date(RawDate(written, found), language, self.latest)
        if dating is None:
            allowed = "a time as ISO 8601 has it, not in the future"
            self.faults.tell("dates left out", written, allowed, "the page itself may have one", "notice")
        return dating


def _local(tag: str | bytes) -> str:
    return str(tag).rpartition("}")[2].rpartition(":")[2].lower()


def read_sitemap(content: bytes, capture: Capture, settings: ListingSettings) -> SitemapReading:
    """Read a sitemap of pages or news, an index of sitemaps, or a plain list of addresses.

    `lastmod` is kept as the time of the last change; it says nothing of when a page was published. XML is read as a
    stream with its entities off, and as far as it goes.
    """
    start = _SPACE_BEFORE.match(content)
    if content[start.end() if start else 0 :][:1] not in (b"<", b"\xff", b"\xfe", b"\0", b""):
        listed = read_addresses(content, capture, settings)
        return SitemapReading(pages=listed.pages, problems=listed.problems)
    faults = Faults(capture)
    if len(content) > settings.max_bytes:
        allowed = f"at most {settings.max_bytes:,} bytes (listings.max_bytes)"
        faults.tell("only the beginning of the sitemap was read", f"{len(content):,} bytes", allowed, "raise it")
    target = _Target(capture, settings, faults)
    broken = _stream(content[: settings.max_bytes], target)
    if target.root not in _ROOTS and not (target.pages or target.sitemaps):
        shown = content[:60].decode("utf-8", "replace")
        faults.tell("this is no sitemap", shown, _ALLOWED, "check its address", "error")
    elif broken == "full":
        allowed = f"at most {settings.max_addresses:,} addresses (listings.max_addresses)"
        count = len(target.pages) + len(target.sitemaps)
        faults.tell("only the first addresses of the sitemap were taken", f"more than {count:,}", allowed, "raise it")
    elif broken:
        faults.tell("the sitemap is malformed", broken, "well-formed XML", "tell the publisher", "notice")
    return SitemapReading(
        pages=tuple(target.pages.values()), sitemaps=tuple(target.sitemaps.values()), problems=faults.problems()
    )


def _stream(content: bytes, target: _Target) -> str:
    """Feed a parser piece by piece; what it tells of where it had to stop or mend, `full` where it was enough."""
    parser = etree.XMLParser(
        target=target, recover=True, resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False
    )
    try:
        for at in range(0, len(content), _CHUNK):
            parser.feed(content[at : at + _CHUNK])
        parser.close()
    except _Full:
        return "full"
    except etree.LxmlError as error:
        return str(error)
    faults = parser.feed_error_log
    return str(faults[0].message) if len(faults) else f"it ends inside <{target.inside[-1]}>" if target.inside else ""
