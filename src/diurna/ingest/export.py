"""MediaWiki's XML export: pages with their revisions, read as a stream, of any size, with bounded memory.

The format is MediaWiki's export schema, versions 0.3 to 0.11. Documents with a DTD or own entities are refused.
"""

import hashlib
import io
from collections.abc import Iterator
from datetime import datetime
from typing import Any

from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import ParseError, XMLParser

from diurna.errors import problem
from diurna.ingest.arrivals import Arrival, PageVersion, Reading, Way, capture_of
from diurna.ingest.containers import ContainerError
from diurna.ingest.days import day_of_title, names_a_day
from diurna.ingest.encodings import printable
from diurna.ingest.settings import IngestSettings
from diurna.ingest.wikis import site_of, version_url
from diurna.model import Problem

__all__ = ["base36_sha1", "read_export"]

_READ = 64 << 10
# Tags, comments and attributes that go on longer than this are no wiki's export; the parser holds them in memory.
_LONGEST_TOKEN = 8 << 20
_DEEPEST = 32
_MOST_NAMES = 500
_LONGEST_FIELD = 4096

# Where in the tree the fields stand that are read; a revision's extra slots stand deeper, under `content`.
_PAGE = ("mediawiki", "page")
_REVISION = (*_PAGE, "revision")
_FIELDS = {
    ("mediawiki", "siteinfo", "base"): "base",
    (*_PAGE, "title"): "title",
    (*_PAGE, "ns"): "namespace",
    (*_REVISION, "id"): "number",
    (*_REVISION, "timestamp"): "timestamp",
    (*_REVISION, "model"): "model",
    (*_REVISION, "text"): "text",
    (*_REVISION, "sha1"): "sha1",
}
_OF_REVISION = ("number", "timestamp", "model", "text", "sha1")


class _HostileXmlError(Exception):
    """The document has a shape that no export has."""


def base36_sha1(content: bytes) -> str:
    """SHA-1 as exports write it: in base 36, 31 digits. It tells damage, not malice."""
    number = int.from_bytes(hashlib.sha1(content, usedforsecurity=False).digest(), "big")
    digits = ""
    while number:
        number, digit = divmod(number, 36)
        digits = "0123456789abcdefghijklmnopqrstuvwxyz"[digit] + digits
    return digits.rjust(31, "0")


def read_export(stream: io.RawIOBase, reading: Reading) -> Iterator[Arrival | Problem]:
    """Yield each revision of each curated day of an export, in the export's order.

    Of an export that is cut or damaged, the revisions before that place are taken.
    """
    target = _Target(reading)
    parser: Any = XMLParser(target=target, forbid_dtd=True)
    fed = 0
    try:
        while block := stream.read(_READ):
            parser.feed(block)
            fed += len(block)
            yield from target.drain()
            if fed - parser.parser.CurrentByteIndex > _LONGEST_TOKEN:
                raise _HostileXmlError(f"a tag or comment of more than {_LONGEST_TOKEN:,} bytes")
        parser.close()
    except ParseError as error:
        yield from target.drain()
        yield _broken(error, parser.parser.CurrentByteIndex, target)
    except (DefusedXmlException, _HostileXmlError) as error:
        yield from target.drain()
        yield problem(
            "The export holds XML that no wiki writes; reading stopped there.",
            f"{reading.where}:{parser.parser.CurrentLineNumber}",
            received=str(error),
            allowed="an export as MediaWiki writes it, without DTD and entities",
            next_step="get the export from the wiki itself",
            severity="error",
        )
    except ContainerError as fault:
        yield from target.drain()
        yield fault.problem(f"{reading.where}, {target.place}")
    yield from target.summary()


def _broken(error: ParseError, offset: int, target: "_Target") -> Problem:
    cut = "no element found" in str(error) or "unclosed token" in str(error)
    line = error.position[0]
    return problem(
        "The export ends in the middle." if cut else "The export is damaged; reading stopped there.",
        f"{target.reading.where}:{line}",
        received=f"{error} at byte {offset:,} (unpacked), {target.place}",
        allowed="XML up to </mediawiki>",
        next_step="what precedes that place was taken; get the whole export and add it again, nothing is doubled",
    )


class _Target:
    """Receives the parser's events and makes arrivals of the revisions of curated days."""

    def __init__(self, reading: Reading) -> None:
        self.reading = reading
        self._done: list[Arrival | Problem] = []
        self._path: tuple[str, ...] = ()
        self._names: set[str] = set()
        self._field = ""
        self._pieces: list[str] = []
        self._size = 0
        self._values: dict[str, str] = {}
        self._text_attributes: dict[str, str] = {}
        self._too_large = False
        self._wanted = False
        self._first_other = ""
        self._others = 0
        self._days = 0
        self._stubs = 0

    # -------------------------------------------------------------------------------- what the parser calls

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        """An element begins."""
        name = tag.rpartition("}")[2]
        self._names.add(name)
        if len(self._path) >= _DEEPEST or len(self._names) > _MOST_NAMES:
            raise _HostileXmlError(f"elements nested {len(self._path)} deep, {len(self._names)} names of elements")
        self._path = (*self._path, name)
        if self._path == _PAGE:
            self._values = {"base": self._values.get("base", "")}
            self._wanted = False
        elif self._path == _REVISION:
            self._begin_revision()
        field = _FIELDS.get(self._path, "")
        if field == "text":
            self._text_attributes = attributes
        self._field = field if field not in _OF_REVISION or self._wanted else ""
        self._pieces, self._size = [], 0

    def data(self, text: str) -> None:
        """Characters of the innermost element."""
        if not self._field:
            return
        self._size += len(text) if text.isascii() else len(text.encode())
        if self._size > (self.reading.settings.max_text_bytes if self._field == "text" else _LONGEST_FIELD):
            self._too_large = self._too_large or self._field == "text"
            self._pieces = []
        else:
            self._pieces.append(text)

    def end(self, tag: str) -> None:
        """An element ends."""
        if self._field:
            self._values[self._field] = "".join(self._pieces)
            self._field, self._pieces = "", []
        if self._path == _REVISION and self._wanted:
            self._end_revision()
        elif self._path == _PAGE and not self._wanted:
            self._others += 1
            self._first_other = self._first_other or self._title
        self._path = self._path[:-1]

    def close(self) -> None:
        """The document ends."""

    # -------------------------------------------------------------------------------- what the reader calls

    def drain(self) -> list[Arrival | Problem]:
        """Give away what was made so far."""
        done, self._done = self._done, []
        return done

    @property
    def place(self) -> str:
        """Where in the export the parser stands, in a reader's words."""
        return f"page {printable(self._title)!r}" if self._title else "before the first page"

    def summary(self) -> Iterator[Problem]:
        """What was left out as a whole."""
        where, patterns = (
            self.reading.where,
            "titles that match ingest.title_patterns, as Portal:Current events/2017 May 5",
        )
        if self._stubs:
            yield problem(
                "The export names revisions without their texts: it is a stub.",
                where,
                received=f"{self._stubs:,} revisions without text",
                allowed="an export with the texts",
                next_step="take the dump of pages-meta-history or pages-articles, not of stubs",
                severity="error",
            )
        if self._others:
            yield problem(
                "Pages that are no curated days were left out." if self._days else "The export holds no curated days.",
                where,
                received=f"{self._others:,} pages, the first: {printable(self._first_other)}",
                allowed=patterns,
                next_step="nothing, if no other page is a list of a day's events",
                severity="notice" if self._days else "error",
            )
        elif not self._days:
            yield problem(
                "The export holds no pages.",
                where,
                received="no pages",
                allowed=patterns,
                next_step="check the titles that you asked the wiki for",
                severity="error",
            )

    # -------------------------------------------------------------------------------- revisions

    @property
    def _title(self) -> str:
        return self._values.get("title", "")

    def _begin_revision(self) -> None:
        if not self._wanted:
            self._wanted = _may_list(self._values.get("namespace", "")) and names_a_day(
                self._title, self.reading.settings.title_patterns
            )
            self._days += self._wanted
        for field in _OF_REVISION:
            self._values.pop(field, None)
        self._text_attributes, self._too_large = {}, False

    def _end_revision(self) -> None:
        values, settings = self._values, self.reading.settings
        text = values.get("text", "")
        version = _version(values, settings)
        where = version.url or f"{self.reading.where}: {printable(self._title)}@{version.number}"
        received = reason = ""
        if "deleted" in self._text_attributes:
            reason, received = "The revision's text was hidden by the wiki's administrators.", "no text"
        elif self._too_large:
            reason, received = "The revision is too large.", f"more than {settings.max_text_bytes:,} bytes"
        elif values.get("model", "wikitext") != "wikitext":
            reason, received = "The revision is no wikitext.", values["model"]
        elif not text and self._text_attributes.get("bytes", "0") != "0":
            self._stubs += 1
            return
        if reason:
            self._done.append(
                problem(
                    reason,
                    where,
                    received=received,
                    allowed=f"wikitext of at most {settings.max_text_bytes:,} bytes (ingest.max_text_bytes)",
                    next_step="the revision was left out, the others were taken",
                    severity="warning" if self._too_large else "notice",
                )
            )
            return
        content = text.encode()
        told = self._text_attributes.get("sha1") or values.get("sha1", "")
        if told and told.rjust(31, "0") != base36_sha1(content):
            self._done.append(_mismatch(where, told, base36_sha1(content)))
        self._done.append(self._arrival(content, version, where))

    def _arrival(self, content: bytes, version: PageVersion, where: str) -> Arrival:
        way = Way(
            asked=self.reading.address,
            answered=version.url or f"{self.reading.address}#{version.title}@{version.number}",
            media_type="text/x-wiki",
            via="export",
            observed=self.reading.observed,
            available=version.available,
        )
        return Arrival(capture=capture_of(content, way), content=content, form="portal", where=where, page=version)


def _may_list(namespace: str) -> bool:
    """Lists stand among articles, project pages or in namespaces a wiki added; not on talk pages (odd) or users'."""
    try:
        number = int(namespace or "0")
    except ValueError:
        return True
    return number in {0, 4} or (number >= 100 and number % 2 == 0)


def _version(values: dict[str, str], settings: IngestSettings) -> PageVersion:
    base, title = values.get("base", ""), values.get("title", "")
    number = int(values["number"]) if values.get("number", "").isdecimal() else None
    try:
        available = datetime.fromisoformat(values.get("timestamp", ""))
    except ValueError:
        available = None
    return PageVersion(
        site=site_of(base),
        title=title,
        url=version_url(base, title, number),
        number=number,
        available=available if available and available.tzinfo else None,
        licence=settings.licence,
        day=day_of_title(title, settings.title_patterns),
    )


def _mismatch(where: str, told: str, found: str) -> Problem:
    return problem(
        "The revision's text does not have the checksum that the export names.",
        where,
        received=found,
        allowed=told,
        next_step="it was taken as it is; if it reads oddly, get the export again",
        severity="notice",
    )
