"""Archives of files (ZIP and tar) as folders that were packed: their members, names that lead nowhere, and limits."""

import io
import os
import re
import tempfile
from collections.abc import Iterator
from typing import IO, TYPE_CHECKING

from msgspec import Struct

from diurna.errors import problem
from diurna.ingest.containers import ContainerError
from diurna.ingest.encodings import printable
from diurna.ingest.settings import IngestSettings
from diurna.model import Problem

if TYPE_CHECKING:
    from _typeshed import WriteableBuffer

__all__ = ["NOWHERE", "Budget", "Counted", "Member", "Tally", "Window", "clean_name", "is_hidden", "size_of", "spooled"]

NOWHERE = -1
"""Offset of a fault that lies in no place of a file, so that reading cannot go on behind it."""

_IN_MEMORY = 1 << 20
_READ = 64 << 10
_LONGEST_NAME = 1000


class Member(Struct, frozen=True):
    """A file of an archive: its name made safe, and its bytes. They are read before the next member is asked for."""

    name: str
    stream: io.RawIOBase


class Budget:
    """What one input may still cost, whatever lies packed in it: files looked at and bytes unpacked."""

    def __init__(self, size: int, settings: IngestSettings) -> None:
        self.settings = settings
        self._size = max(1, size)
        self._members = 0
        self._unpacked = 0

    def member(self) -> None:
        """Count one more file.

        Raises:
            ContainerError: there are too many, or what was unpacked is too much already.
        """
        self._members += 1
        most = self.settings.max_members
        if self._members > most:
            raise ContainerError(
                "The archive holds too many files.",
                received=f"more than {most:,}",
                allowed=f"at most {most:,} files (ingest.max_members)",
                next_step="the files before that were read; unpack it and add the folder, or raise the limit",
                member=NOWHERE,
            )
        self.unpacked(0)

    def unpacked(self, size: int) -> None:
        """Count unpacked bytes.

        Raises:
            ContainerError: they are too many, by themselves or for the size of the input.
        """
        settings = self.settings
        self._unpacked += size
        most = min(settings.max_total_bytes, max(settings.ratio_from, settings.max_ratio * self._size))
        if self._unpacked > most:
            raise ContainerError(
                "The archive unpacks to far more than pages would: it may be a decompression bomb.",
                received=f"more than {most:,} bytes out of {self._size:,}",
                allowed=f"at most {settings.max_ratio} bytes out of one (ingest.max_ratio), and at most "
                f"{settings.max_total_bytes:,} bytes (ingest.max_total_bytes)",
                next_step="unpack it yourself and look, or raise the limits if you trust it",
                member=NOWHERE,
            )


class Counted(io.RawIOBase):
    """A stream whose bytes are taken from a budget."""

    def __init__(self, inner: io.RawIOBase, budget: Budget) -> None:
        super().__init__()
        self._inner = inner
        self._budget = budget

    def readable(self) -> bool:
        """Reading is all it can do."""
        return True

    def readinto(self, target: "WriteableBuffer") -> int:
        """Read; 0 at the end."""
        count = self._inner.readinto(target) or 0
        self._budget.unpacked(count)
        return count


class Window(io.RawIOBase):
    """A part of a seekable file as a file of its own; others may read in that file at the same time, in turns."""

    def __init__(self, inner: io.RawIOBase | IO[bytes], start: int, size: int) -> None:
        super().__init__()
        self._inner = inner
        self._start = start
        self._size = size
        self._position = 0

    def readable(self) -> bool:
        """It is read."""
        return True

    def seekable(self) -> bool:
        """It is read in any order."""
        return True

    def tell(self) -> int:
        """Position in the part."""
        return self._position

    def seek(self, offset: int, whence: int = io.SEEK_SET) -> int:
        """Go to a position in the part; the position reached."""
        base = {io.SEEK_SET: 0, io.SEEK_CUR: self._position, io.SEEK_END: self._size}[whence]
        self._position = max(0, base + offset)
        return self._position

    def readinto(self, target: "WriteableBuffer") -> int:
        """Read up to the part's end.

        Raises:
            ContainerError: the file ends before the part does.
        """
        view = memoryview(target).cast("B")
        wanted = min(len(view), self._size - self._position)
        if wanted <= 0:
            return 0
        self._inner.seek(self._start + self._position)
        block = self._inner.read(wanted) or b""
        if not block:
            raise ContainerError(
                "The archive ends in the middle.",
                received=f"a file of {self._size:,} bytes ends after {self._position:,}",
                allowed="a whole archive",
                next_step="get the archive again, and compare its size or checksum with the original's",
                member=self._position,
            )
        view[: len(block)] = block
        self._position += len(block)
        return len(block)


def spooled(stream: io.RawIOBase, settings: IngestSettings) -> Iterator[Window | ContainerError]:
    """Put a stream into a temporary file, small ones in memory; yields it, and then the fault that cut it, if any.

    The file is gone when the iterator is closed.
    """
    most = settings.max_spool_bytes
    fault: ContainerError | None = None
    with tempfile.SpooledTemporaryFile(_IN_MEMORY) as file:
        size = 0
        try:
            while block := stream.read(min(_READ, most + 1 - size)):
                file.write(block[: most - size])
                size += len(block)
                if size > most:
                    fault = ContainerError(
                        "The archive in the archive is too large.",
                        received=f"more than {most:,} bytes",
                        allowed=f"at most {most:,} bytes (ingest.max_spool_bytes)",
                        next_step="unpack the outer archive and add the folder",
                        member=0,
                    )
                    break
        except ContainerError as error:
            fault = error
        yield Window(file, 0, min(size, most))
        if fault is not None:
            yield fault


# ------------------------------------------------------------------------------------------------ names


def clean_name(raw: str) -> tuple[str, bool]:
    """Name of a member as a path below the archive, and whether it tried to be another.

    Nothing is ever written under it; but messages and addresses show it.

    Doctest:
        >>> clean_name("pages/a.html"), clean_name("./a.html")
        (('pages/a.html', False), ('a.html', False))
        >>> clean_name("../../etc/passwd"), clean_name(r"C:\\days\\a.html")
        (('etc/passwd', True), ('days/a.html', True))
    """
    parts = raw.replace("\\", "/").split("/")
    odd = ".." in parts or parts[0] == "" or bool(re.match(r"[A-Za-z]:", parts[0]))
    parts[0] = re.sub(r"^[A-Za-z]:", "", parts[0])
    shown = printable("/".join(part for part in parts if part not in {"", ".", ".."}))
    # A letter that could not be decoded is no attempt; a line feed or an escape is.
    odd = odd or any(ord(character) < 32 or ord(character) == 127 for character in raw)
    if len(shown) > _LONGEST_NAME:
        shown, odd = shown[:_LONGEST_NAME], True
    return shown or "unnamed", odd


def is_hidden(name: str) -> bool:
    """Whether a member is hidden, or what a Mac put beside it."""
    return any(part.startswith(".") for part in name.split("/")) or name.startswith("__MACOSX/")


class Tally:
    """Files of one folder or archive that were left out or read under another name, by reason, told together."""

    def __init__(self, where: str) -> None:
        self._where = where
        self._told: dict[str, tuple[int, str]] = {}

    def add(self, reason: str, name: str) -> None:
        """Count a file; `reason` is one of those that `problems` knows."""
        count, first = self._told.get(reason, (0, printable(name)))
        self._told[reason] = (count + 1, first)

    def problems(self) -> Iterator[Problem]:
        """One message for each reason."""
        for reason, (count, first) in self._told.items():
            what, next_step, severity = _REASONS[reason]
            yield problem(
                what,
                self._where,
                received=f"{count:,}, the first: {first}",
                allowed="regular files in the folder or archive",
                next_step=next_step,
                severity=severity,
            )


_REASONS = {
    "hidden": (
        "Hidden files and folders were left out.",
        "rename what you want to add, or name it on the command line",
        "notice",
    ),
    "beside": (
        "Pictures, media, scripts and style sheets were left out.",
        "nothing, if they belong to saved pages",
        "notice",
    ),
    "link": ("Links and devices in the archive were left out.", "add what they lead to, if you want it", "notice"),
    "name": (
        "Files of the archive have names that lead out of it, or hold control characters.",
        "they were read under safe names; look at where the archive comes from",
        "warning",
    ),
    "encrypted": (
        "Encrypted files of the archive were left out.",
        "unpack it with its password and add the folder",
        "warning",
    ),
    "method": (
        "Files of the archive that are packed in a way that is not known were left out.",
        "unpack it and add the folder, or pack it with deflate, bzip2 or zstd",
        "warning",
    ),
    "sparse": ("Sparse files of the archive were left out.", "unpack it and add the folder", "warning"),
    "overlap": (
        "Files of the archive overlap, as in a decompression bomb; they were left out.",
        "get the archive from where it was made",
        "warning",
    ),
}


def size_of(file: io.RawIOBase | IO[bytes]) -> int:
    """Size of a seekable file; its position goes to the beginning."""
    size = file.seek(0, os.SEEK_END)
    file.seek(0)
    return size
