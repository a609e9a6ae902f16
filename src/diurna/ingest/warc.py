"""WARC files: HTML pages as they were served, one to a record (ISO 28500). Damaged places are stepped over."""

import io
from collections import Counter
from collections.abc import Iterator
from datetime import datetime
from typing import TYPE_CHECKING, BinaryIO, cast
from urllib.parse import urlsplit

from fastwarc.stream_io import BrotliReader, ChunkedReader, GzipReader, ZstdReader
from fastwarc.warc import ArchiveIterator, HeaderMap, WarcRecord, WarcRecordType

from diurna.errors import problem
from diurna.ingest.arrivals import Arrival, Reading, Way, capture_of
from diurna.ingest.containers import ContainerError, Unpacked
from diurna.ingest.encodings import printable
from diurna.ingest.recognise import HEAD_BYTES, picture_type, recognise
from diurna.model import Problem

if TYPE_CHECKING:
    from _typeshed import WriteableBuffer

__all__ = ["read_warc"]

_TYPES = WarcRecordType.response | WarcRecordType.resource | WarcRecordType.conversion
_HEADERS = 64 << 10
_STARTS = {
    "": b"\nWARC/1.",
    "gzip": b"\x1f\x8b\x08",
    "zstd": b"\x28\xb5\x2f\xfd",
    "bzip2": b"BZh",
}
_HTML = ("text/html", "application/xhtml+xml")


class _BadRecordError(Exception):
    """One record cannot be used; its arguments are what, received, allowed and next step."""


def read_warc(file: io.FileIO, packed: str, reading: Reading) -> Iterator[Arrival | Problem]:
    """Yield the HTML pages of a WARC, plain or packed record by record.

    Pages that a server answered with another status than 200, and other media, are counted and told of at the end.
    """
    left_out: Counter[str] = Counter()
    start: int | None = 0
    faults = pages = 0
    while start is not None:
        fault: tuple[int, str] | None = None
        for thing in _read_from(file, start, packed, reading):
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
        start = _next_start(file, fault[0] + 1, packed, reading) if faults <= reading.settings.max_restarts else None
        yield _damaged(fault, start, reading)
    if left_out or not pages:
        counts = ", ".join(f"{count:,} {reason}" for reason, count in sorted(left_out.items())) or "none at all"
        yield problem(
            "Records that are no whole HTML page were left out." if pages else "The WARC holds no HTML pages.",
            reading.where,
            received=counts,
            allowed="HTML pages that were answered with status 200",
            next_step="nothing, if these were not pages you want",
            severity="notice" if pages else "error",
        )


def _damaged(fault: tuple[int, str], start: int | None, reading: Reading) -> Problem:
    goes_on = f"reading went on at byte {start:,}" if start is not None else "nothing behind it was read"
    return problem(
        "The WARC is damaged or cut.",
        reading.where,
        received=f"{fault[1]}, at byte {fault[0]:,}",
        allowed="whole WARC records",
        next_step=f"{goes_on}; get the file again, and add it again: nothing is doubled",
    )


def _next_start(file: io.FileIO, offset: int, packed: str, reading: Reading) -> int | None:
    """Find where the next record or member may begin, at or after an offset: where it does open as a WARC record."""
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
                return found
            at = data.find(sign, at + 1)
        offset += len(block)
        tail = data[1 - len(sign) :]
        file.seek(offset)
    return None


def _opens_a_record(file: io.FileIO, offset: int, packed: str, reading: Reading) -> bool:
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


def _read_from(
    file: io.FileIO, start: int, packed: str, reading: Reading
) -> Iterator[Arrival | Problem | str | tuple[int, str]]:
    """Read records from an offset: arrivals and problems, reasons why records were left out, and at last a fault."""
    file.seek(start)
    unpacked = Unpacked(file, packed, reading.settings, start) if packed else None
    stream = _Quiet(unpacked or file)
    position, reason = 0, ""
    try:
        for record in ArchiveIterator(cast(BinaryIO, stream), record_types=_TYPES, parse_http=False, fsspec_args=False):
            position = record.stream_pos
            try:
                yield _page(record, reading)
            except _BadRecordError as bad:
                what, received, allowed, next_step = bad.args
                yield problem(
                    what, _address(record) or reading.where, received=received, allowed=allowed, next_step=next_step
                )
            except EOFError as error:
                reason = str(error)
                break
    except OSError as error:
        reason = str(error)
    if stream.fault is not None:
        yield stream.fault.member, f"{stream.fault.reason} {stream.fault.received}"
    elif reason:
        yield (unpacked.member if unpacked else start + position), reason


def _address(record: WarcRecord) -> str:
    return printable((record.headers.get("WARC-Target-URI") or "").strip().strip("<>"))


def _page(record: WarcRecord, reading: Reading) -> Arrival | str:
    """Make an arrival of a record, or say in words why it is none."""
    settings = reading.settings
    length = record.content_length
    if length > settings.max_page_bytes + _HEADERS:
        if record.record_type == WarcRecordType.response or "html" in (record.headers.get("Content-Type") or ""):
            raise _too_large(length, reading)
        return "neither HTML nor a picture"
    block = record.reader.read(length)
    if len(block) < length:
        raise EOFError(f"a record of {length:,} bytes ends after {len(block):,}")
    content, media_type = block, (record.headers.get("Content-Type") or "").strip()
    if media_type.lower().startswith("application/http"):
        headers = HeaderMap()
        size = headers.parse(io.BytesIO(block))
        if headers.status_code != 200:
            return "not answered with status 200"
        media_type = (headers.get("Content-Type") or "").strip()
        if not _may_be_html(media_type) and not media_type.lower().startswith("image/"):
            return "neither HTML nor a picture"
        content = _decoded(block[size:], headers, reading)
    picture = picture_type(content)
    if not picture and (not _may_be_html(media_type) or recognise(content[:HEAD_BYTES], "page.html") != "page"):
        return "neither HTML nor a picture"
    address = _address(record)
    if urlsplit(address).scheme.lower() not in {"http", "https"}:
        raise _BadRecordError(
            "The record's page has no web address.",
            address or "no WARC-Target-URI",
            "http:// or https://",
            "the page was left out",
        )
    way = Way(
        asked=address,
        answered=address,
        media_type=picture or printable(media_type[:200]) or "text/html",
        via="warc",
        observed=reading.observed,
        available=_date(record),
    )
    form = "picture" if picture else "page"
    return Arrival(capture=capture_of(content, way), content=content, form=form, where=address)


def _may_be_html(media_type: str) -> bool:
    """A record without a media type is judged by its content alone."""
    return not media_type or media_type.lower().startswith(_HTML)


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
    """Undo the transfer and content encodings of an HTTP answer, up to the size of a page."""
    most = reading.settings.max_page_bytes
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
