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

__all__ = ["Archive"]

_ROLL_BYTES = 1 << 30
"""A new file is begun past this size, so that archives can be copied piece by piece."""

_HEAD = 1 << 20


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

    def keep(self, capture: Capture, content: bytes) -> Capture:
        """Append a capture's bytes; returns the capture with its place in the archive.

        Raises:
            DiurnaError: the disk is full or the archive cannot be written.
        """
        member = _member(capture, content)
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


def _member(capture: Capture, content: bytes) -> bytes:
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


def _contents(member: bytes) -> Iterator[bytes]:
    for record in ArchiveIterator(io.BytesIO(member), parse_http=False):
        yield record.reader.read()
