"""WARC files: pages, feeds and pictures as they were served, one to a record (ISO 28500). Damage is stepped over."""

import io
import re
from collections import Counter
from collections.abc import Iterator
from datetime import datetime
from hashlib import blake2b
from typing import TYPE_CHECKING, BinaryIO, cast
from urllib.parse import urlsplit

from fastwarc.stream_io import BrotliReader, ChunkedReader, GzipReader, ZstdReader
from fastwarc.warc import ArchiveIterator, HeaderMap, WarcRecord, WarcRecordType
from msgspec import structs

from diurna.errors import problem
from diurna.ingest.arrivals import Arrival, Reading, Way, capture_of
from diurna.ingest.bundles import NOWHERE, Counted
from diurna.ingest.containers import ContainerError, Unpacked
from diurna.ingest.encodings import printable
from diurna.ingest.lines import read_articles
from diurna.ingest.recognise import HEAD_BYTES, picture_type, recognise
from diurna.model import Problem

if TYPE_CHECKING:
    from _typeshed import WriteableBuffer

__all__ = ["read_warc"]

_TYPES = WarcRecordType.response | WarcRecordType.resource | WarcRecordType.conversion | WarcRecordType.revisit
_HEADERS = 64 << 10
_STARTS = {
    "": b"\nWARC/1.",
    "gzip": b"\x1f\x8b\x08",
    "zstd": b"\x28\xb5\x2f\xfd",
    "bzip2": b"BZh",
    "xz": b"\xfd7zXZ\x00",
}
_HTML = ("text/html", "application/xhtml+xml")
# Media types under which servers send pages, feeds and sitemaps; what they are is judged by their bytes.
_MAY_BE_TAKEN = {"text/plain", "application/octet-stream", "application/gzip", "application/x-gzip", "text/json"}
_FORMS = {"page", "feed", "sitemap", "opml"}
_OTHER = "of other kinds"
# Scripts' data are full of titles with addresses, as of menus; an article has a text.
_TEXT_WRITTEN = re.compile(rb'"(?:text|body|content|articleBody)"\s*:\s*["\[]')


class _BadRecordError(Exception):
    """One record cannot be used; its arguments are what, received, allowed and next step."""


def read_warc(file: io.RawIOBase, packed: str, reading: Reading) -> Iterator[Arrival | Problem]:
    """Yield the pages, feeds, sitemaps and pictures of a WARC, plain or packed record by record.

    A page that was found unchanged (a revisit) is one more capture of the bytes that an earlier record of the file
    holds. What a server answered with another status than 200, and other media, are counted and told of at the end.
    """
    left_out: Counter[str] = Counter()
    seen = _Seen(file, packed, reading)
    start: int | None = 0
    faults = pages = 0
    while start is not None:
        fault: tuple[int, str] | None = None
        for thing in _read_from(start, seen):
            if isinstance(thing, tuple):
                fault = thing
            elif isinstance(thing, str):
                left_out[thing] += 1
            else:
                pages += isinstance(thing, Arrival)
                yield thing
        if fault is None:
            break
        faults += 1
        goes_on = fault[0] != NOWHERE and faults <= reading.settings.max_restarts
        start = _next_start(file, fault[0] + 1, packed, reading) if goes_on else None
        yield _damaged(fault, start, reading)
    if left_out or not pages:
        counts = ", ".join(f"{count:,} {reason}" for reason, count in sorted(left_out.items())) or "none at all"
        yield problem(
            "Records that are no whole page were left out." if pages else "The WARC holds no pages.",
            reading.where,
            received=counts,
            allowed="HTML pages, feeds, sitemaps and pictures that were answered with status 200",
            next_step="nothing, if these were not pages you want",
            severity="notice" if pages else "error",
        )


def _damaged(fault: tuple[int, str], start: int | None, reading: Reading) -> Problem:
    goes_on = f"reading went on at byte {start:,}" if start is not None else "nothing behind it was read"
    return problem(
        "The WARC is damaged or cut.",
        reading.where,
        received=fault[1] if fault[0] == NOWHERE else f"{fault[1]}, at byte {fault[0]:,}",
        allowed="whole WARC records",
        next_step=f"{goes_on}; get the file again, and add it again: nothing is doubled",
    )


def _next_start(file: io.RawIOBase, offset: int, packed: str, reading: Reading) -> int | None:
    """Find where the next record or member may begin, at or after an offset: where it does open as a WARC record."""
    try:
        return next(_starts(file, offset, packed, reading), None)
    except ContainerError:
        return None  # the archive that the WARC lies in ends here


def _starts(file: io.RawIOBase, offset: int, packed: str, reading: Reading) -> Iterator[int]:
    sign = _STARTS[packed]
    file.seek(offset)
    tail = b""
    while block := file.read(1 << 20):
        data = tail + block
        base = offset - len(tail)
        at = data.find(sign)
        while at >= 0:
            found = base + at + (0 if packed else 1)
            if not packed or _opens_a_record(file, found, packed, reading):
                yield found
            at = data.find(sign, at + 1)
        offset += len(block)
        tail = data[1 - len(sign) :]
        file.seek(offset)


def _opens_a_record(file: io.RawIOBase, offset: int, packed: str, reading: Reading) -> bool:
    file.seek(offset)
    try:
        return (Unpacked(file, packed, reading.settings).read(64) or b"").startswith(b"WARC/")
    except ContainerError:
        return False


class _Quiet(io.RawIOBase):
    """A stream that ends where it is damaged and keeps the fault: fastwarc's Rust panics on what a stream raises.

    It tells its position and skips forward, as fastwarc asks of streams.
    """

    def __init__(self, inner: io.RawIOBase) -> None:
        super().__init__()
        self._inner = inner
        self._position = 0
        self.fault: ContainerError | None = None

    def readable(self) -> bool:
        """Reading is what it can do."""
        return True

    def readinto(self, target: "WriteableBuffer") -> int:
        """Read; 0 at the end and at the fault."""
        if self.fault is not None:
            return 0
        try:
            count = self._inner.readinto(target) or 0
        except ContainerError as fault:
            self.fault = fault
            return 0
        self._position += count
        return count

    def tell(self) -> int:
        """Bytes read so far."""
        return self._position

    def seek(self, offset: int, whence: int = io.SEEK_SET) -> int:
        """Skip forward; the position reached."""
        left = offset - self._position if whence == io.SEEK_SET else offset
        while left > 0 and (block := self.read(min(left, _HEADERS))):
            left -= len(block)
        return self._position


class _Seen:
    """The WARC being read, and where in it pages lie, so that a record that says "as before" can be read.

    What is remembered is bounded: of two generations of places, the older is dropped when the newer is full.
    """

    def __init__(self, file: io.RawIOBase, packed: str, reading: Reading) -> None:
        self.file = file
        self.packed = packed
        self.reading = reading
        self._newer: dict[bytes, int] = {}
        self._older: dict[bytes, int] = {}

    def open(self, start: int) -> tuple["_Quiet", Unpacked | None]:
        """The records from an offset on, and what unpacks them."""
        self.file.seek(start)
        if not self.packed:
            return _Quiet(self.file), None
        unpacked = Unpacked(self.file, self.packed, self.reading.settings, start)
        return _Quiet(Counted(unpacked, self.reading.budget) if self.reading.depth else unpacked), unpacked

    def note(self, record: WarcRecord, offset: int | None) -> None:
        """Remember where a page lies."""
        if offset is not None:
            for key in _names(record):
                self._newer[key] = offset
            if len(self._newer) >= self.reading.settings.max_revisits:
                self._older, self._newer = self._newer, {}

    def earlier(self, record: WarcRecord) -> Arrival | None:
        """The page that a revisit found unchanged, as its own record tells it."""
        for key in _names(record, "WARC-Refers-To-"):
            offset = self._newer.get(key, self._older.get(key))
            if offset is not None and (arrival := self._read_again(offset, key)):
                return arrival
        return None

    def _read_again(self, offset: int, key: bytes) -> Arrival | None:
        position = self.file.tell()
        try:
            stream, _ = self.open(offset)
            for record in _records(stream):
                if key not in _names(record):
                    return None
                for thing in _page(record, self.reading):
                    return thing if isinstance(thing, Arrival) else None
        except (_BadRecordError, EOFError, OSError):
            return None
        finally:
            self.file.seek(position)
        return None


def _names(record: WarcRecord, prefix: str = "WARC-") -> list[bytes]:
    """What a revisit may name a page by: its address and time, and the digest of its bytes."""
    headers = record.headers
    address, date = headers.get(f"{prefix}Target-URI"), headers.get(f"{prefix}Date")
    names = [f"{address.strip().strip('<>')} {date}"] if address and date else []
    if digest := headers.get("WARC-Payload-Digest"):
        names.append(digest.lower())
    return [blake2b(name.encode("utf-8", "replace"), digest_size=16).digest() for name in names]


def _records(stream: _Quiet) -> Iterator[WarcRecord]:
    yield from ArchiveIterator(cast(BinaryIO, stream), record_types=_TYPES, parse_http=False, fsspec_args=False)


def _read_from(start: int, seen: _Seen) -> Iterator[Arrival | Problem | str | tuple[int, str]]:
    """Read records from an offset: arrivals and problems, reasons why records were left out, and at last a fault."""
    stream, unpacked = seen.open(start)
    position, reason = 0, ""
    try:
        for record in _records(stream):
            position = record.stream_pos
            offset = unpacked.member_at(position) if unpacked else start + position
            if record.headers.get("Content-Length") is None:
                reason = "a record without its length"
                break
            try:
                if record.record_type == WarcRecordType.revisit:
                    yield _revisit(record, seen)
                    continue
                for thing in _page(record, seen.reading):
                    if isinstance(thing, Arrival):
                        seen.note(record, offset)
                    yield thing
            except _BadRecordError as bad:
                what, received, allowed, next_step = bad.args
                where = _address(record) or seen.reading.where
                yield problem(what, where, received=received, allowed=allowed, next_step=next_step)
            except EOFError as error:
                reason = str(error)
                break
    except OSError as error:
        reason = str(error)
    if stream.fault is not None:
        yield stream.fault.member, f"{stream.fault.reason} {stream.fault.received}"
    elif reason:
        yield (unpacked.member if unpacked else start + position), reason


# ------------------------------------------------------------------------------------------------ records


def _address(record: WarcRecord) -> str:
    return printable((record.headers.get("WARC-Target-URI") or "").strip().strip("<>"))


def _is_of_the_web(address: str) -> bool:
    try:
        return urlsplit(address).scheme.lower() in {"http", "https"}
    except ValueError:
        return False


def _revisit(record: WarcRecord, seen: _Seen) -> Arrival | str:
    """The page that was found unchanged, at this record's address and time; or in words why there is none."""
    block = record.reader.read(min(record.content_length, _HEADERS))
    if block.startswith(b"HTTP/"):
        headers = HeaderMap()
        headers.parse(io.BytesIO(block))
        if headers.status_code not in {200, 304}:
            return "not answered with status 200"
    address = _address(record)
    earlier = seen.earlier(record) if _is_of_the_web(address) else None
    if earlier is None:
        return "found unchanged, of which the file holds no page"
    way = Way(
        asked=address,
        answered=address,
        media_type=earlier.capture.media_type,
        via="warc",
        observed=seen.reading.observed,
        available=_date(record),
    )
    return structs.replace(earlier, capture=capture_of(earlier.content, way), where=address)


def _page(record: WarcRecord, reading: Reading) -> Iterator[Arrival | Problem | str]:
    """Make an arrival of a record, or say in words why it is none."""
    media_type = (record.headers.get("Content-Type") or "").strip()
    is_answer = media_type.lower().startswith("application/http")
    if reason := _reason_to_skip(record, media_type):
        yield reason
        return
    length = record.content_length
    block = _block(record, min(length, _HEADERS))
    headers, size = HeaderMap(), 0
    if is_answer:
        size = headers.parse(io.BytesIO(block))
        if headers.status_code != 200:
            yield "not answered with status 200"
            return
        media_type = (headers.get("Content-Type") or "").strip()
    if not _may_be_taken(media_type):
        yield _OTHER
        return
    if length > _most(reading) + _HEADERS:
        if not is_answer and "html" not in media_type.lower():
            yield _OTHER
            return
        raise _too_large(length, reading)
    block += _block(record, length - len(block))
    content = _decoded(block[size:], headers, reading) if is_answer else block
    form, content = _form_of(content, media_type, reading)
    if not form:
        yield _OTHER
        return
    address = _address(record)
    if form in {"page", "picture"} and len(content) > reading.settings.max_page_bytes:
        raise _too_large(len(content), reading)
    if not _is_of_the_web(address):
        raise _BadRecordError(
            "The record's page has no web address.",
            address or "no WARC-Target-URI",
            "http:// or https://",
            "the page was left out",
        )
    way = Way(
        asked=address,
        answered=address,
        media_type=picture_type(content) or printable(media_type[:200]) or "text/html",
        via="warc",
        observed=reading.observed,
        available=_date(record),
    )
    if form == "articles":
        inner = structs.replace(reading, where=address, address=address)
        for thing in read_articles(io.BytesIO(content), content[:HEAD_BYTES], inner):  # type: ignore[arg-type]  # it reads
            if isinstance(thing, Arrival):
                yield structs.replace(thing, capture=capture_of(thing.content, way))
            else:
                yield thing
        return
    yield Arrival(capture=capture_of(content, way), content=content, form=form, where=address)


def _block(record: WarcRecord, size: int) -> bytes:
    block = record.reader.read(size)
    if len(block) < size:
        raise EOFError(f"a record ends {size - len(block):,} bytes early")
    return block


def _reason_to_skip(record: WarcRecord, media_type: str) -> str:
    """Why a record is left out, by its headers alone; empty where they say nothing against it."""
    headers = record.headers
    if record.record_type == WarcRecordType.conversion and media_type.lower().startswith("text/plain"):
        return "texts without their pages (WET)"
    if headers.get("WARC-Truncated") or headers.get("WARC-Segment-Number"):
        return "cut short by the crawler"
    # Screenshots and texts that a crawler made have addresses of its own.
    if (headers.get("WARC-Target-URI") or "").strip("<> ").lower().startswith("urn:"):
        return _OTHER
    return ""


def _form_of(content: bytes, media_type: str, reading: Reading) -> tuple[str, bytes]:
    """Form that an answer's bytes have, and the bytes, unpacked where a sitemap or feed was sent packed."""
    if picture_type(content):
        return "picture", content
    packed = content.startswith(_STARTS["gzip"])
    if packed:
        try:
            content = _read_up_to(GzipReader(io.BytesIO(content)), reading.settings.max_feed_bytes + 1)
        except (OSError, ValueError):
            return "", b""
        if len(content) > reading.settings.max_feed_bytes:
            return "", b""
    kind = recognise(content[:HEAD_BYTES], "page.html" if _may_be_html(media_type) else "answer")
    if kind == "articles" and _TEXT_WRITTEN.search(content, 0, HEAD_BYTES):
        return kind, content
    return (kind if kind in _FORMS and not (packed and kind == "page") else ""), content


def _may_be_html(media_type: str) -> bool:
    """A record without a media type is judged by its content alone."""
    return not media_type or media_type.lower().startswith(_HTML)


def _may_be_taken(media_type: str) -> bool:
    name = media_type.partition(";")[0].strip().lower()
    return _may_be_html(name) or name.startswith("image/") or name.endswith(("xml", "json")) or name in _MAY_BE_TAKEN


def _most(reading: Reading) -> int:
    return max(reading.settings.max_page_bytes, reading.settings.max_feed_bytes)


def _date(record: WarcRecord) -> datetime | None:
    try:
        available = datetime.fromisoformat(record.headers.get("WARC-Date") or "")
    except ValueError:
        return None
    return available if available.tzinfo else None


def _too_large(size: int, reading: Reading) -> _BadRecordError:
    most = reading.settings.max_page_bytes
    return _BadRecordError(
        "The page is too large.",
        f"{size:,} bytes or more",
        f"at most {most:,} bytes (ingest.max_page_bytes)",
        "the page was left out; raise the limit if you need it",
    )


def _decoded(body: bytes, headers: HeaderMap, reading: Reading) -> bytes:
    """Undo the transfer and content encodings of an HTTP answer, up to the size of a page or feed."""
    most = _most(reading)
    coded = [headers.get("Transfer-Encoding") or "", headers.get("Content-Encoding") or ""]
    for coding in [name.strip().lower() for codings in coded for name in reversed(codings.split(","))]:
        inner = io.BytesIO(body)
        reader: ChunkedReader | GzipReader | BrotliReader | ZstdReader
        try:
            # Many archives hold decoded bodies under the headers of coded ones; then there is nothing to undo.
            if coding == "chunked" and body[:1].isalnum():
                reader = ChunkedReader(inner)
            elif coding in {"gzip", "x-gzip"} and body.startswith(b"\x1f\x8b"):
                reader = GzipReader(inner)
            elif coding == "deflate" and body[:1] == b"\x78":
                reader = GzipReader(inner, zlib=True)
            elif coding == "br" and body.lstrip()[:1] != b"<":
                reader = BrotliReader(inner)
            elif coding == "zstd" and body.startswith(b"\x28\xb5\x2f\xfd"):
                reader = ZstdReader(inner)
            else:
                continue
            body = _read_up_to(reader, most + 1)
        except (OSError, ValueError) as error:
            raise _BadRecordError(
                "The page's encoding is damaged.", str(error), f"a body in {coding}", "the page was left out"
            ) from error
        if len(body) > most:
            raise _too_large(len(body), reading)
    return body


def _read_up_to(reader: ChunkedReader | GzipReader | BrotliReader | ZstdReader, most: int) -> bytes:
    blocks: list[bytes] = []
    size = 0
    while size < most and (block := reader.read(min(_HEADERS, most - size))):
        blocks.append(block)
        size += len(block)
    return b"".join(blocks)
