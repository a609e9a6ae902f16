"""The archive: every capture's bytes, in WARC files that only grow (ISO 28500:2017, gzip, a member a record)."""

import gzip
import io
import os
from collections.abc import Iterator
from contextlib import contextmanager
from io import FileIO
from pathlib import Path

import msgspec
from fastwarc.warc import ArchiveIterator, WarcRecord, WarcRecordType

from diurna.errors import DiurnaError
from diurna.model import Capture, content_digest

__all__ = ["Archive", "pack"]

_ROLL_BYTES = 1 << 30
"""A new file is begun past this size, so that archives can be copied piece by piece."""

_HEAD = 1 << 20

# A tombstone is a record without content, since readers of archives take an empty gzip member for the end. Its gzip
# header has an extra field, which fills the place, and the time 1, which no record of ours has: that tells it.
_TOMBSTONE = b"\x1f\x8b\x08\x04\x01\x00\x00\x00\x00\xff"
_NOTHING = gzip.compress(
    b"WARC/1.1\r\nWARC-Type: metadata\r\nWARC-Record-ID: <urn:diurna:erased>\r\n"
    b"WARC-Date: 1970-01-01T00:00:00Z\r\nContent-Length: 0\r\n\r\n\r\n\r\n",
    mtime=0,
)[10:]
_EMPTY = _TOMBSTONE + bytes(2) + _NOTHING
"""The smallest tombstone: 124 bytes. The smallest record that `pack` makes has 160."""

_PADDED = len(_EMPTY) + 65_535


class Archive:
    """Captured bytes in a folder of WARC files. `keep` appends; `seal` makes what was kept durable.

    Call `seal` before the store commits the captures: bytes that no committed capture points at, as a kill leaves
    them, are cut off by `trim` when the next writer begins.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._file: FileIO | None = None

    def trim(self, last: Capture | None) -> None:
        """Cut off what was written after the last committed capture; `last` is the newest capture by place.

        Whole files that no capture points at are not deleted but renamed, in case it is the store that was lost.
        """
        self.close()
        name, end = (last.archive, last.offset + last.length) if last else ("", 0)
        for path in self._paths():
            if path.name > name:
                path.rename(path.with_name(f"{path.name}.{content_digest(path.read_bytes()[:_HEAD])[:8]}.orphan"))
            elif path.name == name and path.stat().st_size > end:
                os.truncate(path, end)

    def keep(self, capture: Capture, content: bytes, packed: bytes = b"") -> Capture:
        """Append a capture's bytes, which `pack` may have packed already; the capture with its place in the archive.

        Raises:
            DiurnaError: the disk is full or the archive cannot be written.
        """
        member = packed or pack(capture, content)
        with self._told():
            file = self._writable(len(member))
            offset, rest = file.tell(), memoryview(member)
            while rest:
                rest = rest[file.write(rest) :]
        return msgspec.structs.replace(capture, archive=Path(str(file.name)).name, offset=offset, length=len(member))

    def seal(self) -> None:
        """Flush what was kept to the disk."""
        if self._file is not None:
            with self._told():
                os.fsync(self._file.fileno())

    def read(self, capture: Capture) -> bytes:
        """The bytes of a capture, checked against its digest.

        Raises:
            DiurnaError: the archive lacks them or they were changed.
        """
        where = f"{capture.archive} at byte {capture.offset}"
        if self.is_erased(capture):
            raise DiurnaError(f"{where}: the bytes of capture:{capture.id} were erased by a correction and are gone.")
        advice = "Run `diurna check`, then restore the archive from a backup."
        try:
            with (self.folder / capture.archive).open("rb") as file:
                file.seek(capture.offset)
                member = file.read(capture.length)
            content = next(_contents(member))
        except (OSError, StopIteration, EOFError, ValueError) as error:
            raise DiurnaError(
                f"{where}: capture:{capture.id} cannot be read ({str(error) or 'no record'}). {advice}"
            ) from error
        if content_digest(content) != capture.digest:
            raise DiurnaError(f"{where}: the bytes of capture:{capture.id} are not those that were kept. {advice}")
        return content

    def erase(self, capture: Capture) -> bool:
        """Overwrite a capture's bytes by a tombstone of the same length, so that all others keep their places.

        Whether there was something to overwrite. It is on the disk when this returns.

        Raises:
            DiurnaError: the archive cannot be written.
        """
        if self.is_erased(capture):
            return False
        with self._told():
            try:
                file = (self.folder / capture.archive).open("r+b", buffering=0)
            except FileNotFoundError:
                return False
            with file:
                file.seek(capture.offset)
                rest = memoryview(_tombstone(capture))
                while rest:
                    rest = rest[file.write(rest) :]
                os.fsync(file.fileno())
        return True

    def is_erased(self, capture: Capture) -> bool:
        """Whether a tombstone stands where a capture's bytes were."""
        try:
            with (self.folder / capture.archive).open("rb") as file:
                file.seek(capture.offset)
                return file.read(len(_TOMBSTONE)) == _TOMBSTONE
        except OSError:
            return False

    def close(self) -> None:
        """Let go of the open file."""
        if self._file is not None:
            self._file.close()
            self._file = None

    def _paths(self) -> list[Path]:
        return sorted(self.folder.glob("diurna-*.warc.gz"))

    def _writable(self, size: int) -> FileIO:
        if self._file is not None and self._file.tell() + size > _ROLL_BYTES:
            self.seal()
            self.close()
        if self._file is None:
            self.folder.mkdir(parents=True, exist_ok=True)
            paths = self._paths()
            number = len(paths) or 1
            if paths and paths[-1].stat().st_size + size > _ROLL_BYTES:
                number += 1
            self._file = (self.folder / f"diurna-{number:05d}.warc.gz").open("ab", buffering=0)
        return self._file

    @contextmanager
    def _told(self) -> Iterator[None]:
        try:
            yield
        except OSError as error:
            raise DiurnaError(
                f"{self.folder}: the archive could not be written ({error.strerror}). "
                "What was acknowledged before is kept. Look at free space and permissions, then run the command again."
            ) from error


def pack(capture: Capture, content: bytes) -> bytes:
    """One WARC `resource` record in a gzip member of its own; the same capture always gives the same bytes."""
    record = WarcRecord()
    record.init_headers(WarcRecordType.resource, f"diurna:{capture.id}".encode())
    record.headers["WARC-Date"] = (capture.available or capture.observed).strftime("%Y-%m-%dT%H:%M:%SZ")
    record.headers["WARC-Target-URI"] = capture.answered
    record.headers["Content-Type"] = capture.media_type
    record.set_bytes_content(content)
    plain = io.BytesIO()
    record.write(plain)
    return gzip.compress(plain.getvalue(), compresslevel=6, mtime=0)


def _tombstone(capture: Capture) -> bytes:
    """Gzip members (RFC 1952) that hold nothing, padded to the length that the capture's member had."""
    left, members = capture.length, []
    while left:
        size = min(left, _PADDED)
        if 0 < left - size < len(_EMPTY):
            size -= len(_EMPTY)
        padding = size - len(_EMPTY)
        members.append(_TOMBSTONE + padding.to_bytes(2, "little") + bytes(padding) + _NOTHING)
        left -= size
    return b"".join(members)


def _contents(member: bytes) -> Iterator[bytes]:
    for record in ArchiveIterator(io.BytesIO(member), parse_http=False):
        yield record.reader.read()
