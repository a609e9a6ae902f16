"""Compressed input, unpacked as a stream: gzip, bzip2, xz and zstd, of any number of members, within limits."""

import bz2
import io
import lzma
import zlib
from collections import deque
from typing import TYPE_CHECKING, BinaryIO, Protocol

import zstandard

from diurna.errors import problem
from diurna.ingest.settings import IngestSettings
from diurna.model import Problem

if TYPE_CHECKING:
    from _typeshed import WriteableBuffer

__all__ = ["ContainerError", "Peeked", "Unpacked"]

_READ = 64 << 10
# One byte of zstd may become 32 KiB, all at once; a small piece bounds what one step can make of it (64 MiB).
_READ_ZSTD = 2 << 10
_ZSTD_WINDOW = 128 << 20
# The strongest preset of xz (-9) asks for 65 MiB.
_XZ_MEMORY = 192 << 20
# Members whose beginnings are remembered for those who read a little behind.
_BEGINNINGS = 10_000
_MAGIC = {"gzip": b"\x1f\x8b", "bzip2": b"BZh", "zstd": b"\x28\xb5\x2f\xfd", "xz": b"\xfd7zXZ\x00"}


class ContainerError(Exception):
    """A compressed input cannot be read further; `member` is the offset at which its current member began."""

    def __init__(self, reason: str, *, received: str, allowed: str, next_step: str, member: int) -> None:
        super().__init__(reason)
        self.reason, self.received, self.allowed, self.next_step, self.member = (
            reason,
            received,
            allowed,
            next_step,
            member,
        )

    def problem(self, where: str, severity: str = "warning") -> Problem:
        """Tell of the fault."""
        return problem(
            self.reason,
            where,
            received=self.received,
            allowed=self.allowed,
            next_step=self.next_step,
            severity=severity,
        )


class _Decompressor(Protocol):
    """One member's decompressor: what zlib, bz2 and zstandard offer, made alike."""

    @property
    def eof(self) -> bool: ...

    @property
    def unused_data(self) -> bytes: ...

    def step(self, data: bytes, most: int) -> bytes: ...

    @property
    def hungry(self) -> bool: ...


class _Gzip:
    _format = 31

    def __init__(self) -> None:
        self._inner = zlib.decompressobj(wbits=self._format)

    @property
    def eof(self) -> bool:
        return self._inner.eof

    @property
    def unused_data(self) -> bytes:
        return self._inner.unused_data

    @property
    def hungry(self) -> bool:
        return not self._inner.unconsumed_tail

    def step(self, data: bytes, most: int) -> bytes:
        return self._inner.decompress(self._inner.unconsumed_tail + data, most)


class _Deflate(_Gzip):
    """What ZIP archives hold: gzip's own compression without its frame."""

    _format = -15


class _Bzip2:
    def __init__(self) -> None:
        self._inner: bz2.BZ2Decompressor | lzma.LZMADecompressor = bz2.BZ2Decompressor()

    @property
    def eof(self) -> bool:
        return self._inner.eof

    @property
    def unused_data(self) -> bytes:
        return self._inner.unused_data

    @property
    def hungry(self) -> bool:
        return self._inner.needs_input

    def step(self, data: bytes, most: int) -> bytes:
        return self._inner.decompress(data, most)


class _Xz(_Bzip2):
    """Its decompressor has the same face as that of bzip2."""

    def __init__(self) -> None:
        self._inner = lzma.LZMADecompressor(lzma.FORMAT_XZ, memlimit=_XZ_MEMORY)


class _Zstd:
    def __init__(self) -> None:
        self._inner = zstandard.ZstdDecompressor(max_window_size=_ZSTD_WINDOW).decompressobj()

    @property
    def eof(self) -> bool:
        return self._inner.eof

    @property
    def unused_data(self) -> bytes:
        return self._inner.unused_data

    @property
    def hungry(self) -> bool:
        return True

    def step(self, data: bytes, most: int) -> bytes:
        return self._inner.decompress(data)


_MAKERS: dict[str, type[_Gzip] | type[_Bzip2] | type[_Zstd]] = {
    "gzip": _Gzip,
    "bzip2": _Bzip2,
    "zstd": _Zstd,
    "xz": _Xz,
    "deflate": _Deflate,
}


class Unpacked(io.RawIOBase):
    """The decompressed bytes of a stream. Reading raises `ContainerError` where it is damaged, cut, or a bomb.

    `taken` and `given` count compressed and decompressed bytes. Bytes after the last member that are no member of the
    same kind are ignored, as gzip and bzip2 do, when they are padding; else they are a fault.
    """

    def __init__(self, inner: BinaryIO | io.RawIOBase, kind: str, settings: IngestSettings, offset: int = 0) -> None:
        super().__init__()
        self._inner = inner
        self._kind = kind
        self._settings = settings
        self._decompressor: _Decompressor = _MAKERS[kind]()
        self._piece = _READ_ZSTD if kind == "zstd" else _READ
        self._rest = b""  # compressed, not yet given to the decompressor
        self._ready = memoryview(b"")  # decompressed, not yet asked for
        self._between = False  # whether the last member is finished and no other has begun
        self._broken: ContainerError | None = None
        self._beginnings = deque([(0, offset)], _BEGINNINGS)  # of members: decompressed and compressed offset
        self.member = offset
        self.taken = offset
        self.given = 0
        self._offset = offset

    def readable(self) -> bool:
        """Reading is all it can do."""
        return True

    def readinto(self, target: "WriteableBuffer") -> int:
        """Unpack into the target; 0 at the end."""
        view = memoryview(target).cast("B")
        while not self._ready:
            if self._broken is not None:
                raise self._broken
            try:
                if not self._fill():
                    return 0
            except ContainerError as fault:
                self._broken = fault
                raise
        count = min(len(view), len(self._ready))
        view[:count] = self._ready[:count]
        self._ready = self._ready[count:]
        return count

    def _fill(self) -> bool:
        """Do one step; False at the end of the stream. What a step made is given before its size is judged."""
        self._weigh()
        if (self._between or self._decompressor.hungry) and not self._rest:
            self._rest = self._inner.read(self._piece) or b""
            if not self._rest:
                if self._between:
                    return False
                raise self._fault("The compressed data end in the middle.", "they end before their last member does")
            self.taken += len(self._rest)
        if self._between and not self._begin_member():
            return True
        data, self._rest = self._rest, b""
        try:
            made = self._decompressor.step(data, _READ)
        except (zlib.error, lzma.LZMAError, OSError, EOFError, zstandard.ZstdError) as error:
            raise self._fault("The compressed data are damaged.", str(error)) from error
        if self._decompressor.eof:
            self._rest = self._decompressor.unused_data
            self._between = True
        self.given += len(made)
        self._ready = memoryview(made)
        return True

    def _begin_member(self) -> bool:
        """Go on to the next member behind any padding; False where more bytes must be read first."""
        self._rest = self._rest.lstrip(b"\0")
        if len(self._rest) < 4:
            more = self._inner.read(self._piece) or b""
            self.taken += len(more)
            self._rest += more
            if not self._rest.strip(b"\0"):
                self._rest = b""
                return False
        self.member = self.taken - len(self._rest)
        skippable = self._kind == "zstd" and self._rest[1:4] == b"\x2a\x4d\x18"
        if not self._rest.startswith(_MAGIC.get(self._kind, b"no second member")) and not skippable:
            raise self._fault("Other bytes follow the compressed data.", repr(self._rest[:16]))
        self._decompressor = _MAKERS[self._kind]()
        self._between = False
        self._beginnings.append((self.given, self.member))
        return True

    def member_at(self, given: int) -> int | None:
        """Compressed offset of the member whose first byte is that decompressed one; earlier members are forgotten."""
        while self._beginnings and self._beginnings[0][0] < given:
            self._beginnings.popleft()
        found = None
        for begins, offset in self._beginnings:
            if begins > given:
                break
            found = offset
        return found

    def _weigh(self) -> None:
        settings = self._settings
        if self.given > settings.max_total_bytes:
            raise ContainerError(
                "The input is too large when unpacked.",
                received=f"more than {settings.max_total_bytes:,} bytes",
                allowed=f"at most {settings.max_total_bytes:,} bytes (ingest.max_total_bytes)",
                next_step="split the file, or raise the limit if you trust it",
                member=self.member,
            )
        used = max(1, self.taken - self._offset - len(self._rest))
        if self.given > settings.ratio_from and self.given > settings.max_ratio * used:
            raise ContainerError(
                "The input unpacks to far more than pages would: it may be a decompression bomb.",
                received=f"{self.given:,} bytes out of {used:,}",
                allowed=f"at most {settings.max_ratio} bytes out of one (ingest.max_ratio)",
                next_step="unpack it yourself and look, or raise the limit if you trust it",
                member=self.member,
            )

    def _fault(self, reason: str, received: str) -> ContainerError:
        return ContainerError(
            reason,
            received=f"{received} (member at byte {self.member:,}, {self.taken:,} bytes read)",
            allowed=f"whole {self._kind} data",
            next_step="get the file again, and compare its size or checksum with the original's",
            member=self.member,
        )


class Peeked(io.RawIOBase):
    """A stream whose first bytes were looked at: `head`, up to `most` of them. Reading begins with them again.

    A fault met while looking is raised when reading comes to its place, so that what precedes it is not lost.
    """

    def __init__(self, inner: io.RawIOBase, most: int) -> None:
        super().__init__()
        self._inner = inner
        self._fault: ContainerError | None = None
        head = bytearray()
        try:
            while len(head) < most and (more := inner.read(most - len(head))):
                head += more
        except ContainerError as fault:
            self._fault = fault
        self.head = bytes(head)
        self._ready = memoryview(self.head)

    def readable(self) -> bool:
        """Reading is all it can do."""
        return True

    def readinto(self, target: "WriteableBuffer") -> int:
        """Read the head, then what follows it."""
        view = memoryview(target).cast("B")
        if self._ready:
            count = min(len(view), len(self._ready))
            view[:count] = self._ready[:count]
            self._ready = self._ready[count:]
            return count
        if self._fault is not None:
            raise self._fault
        return self._inner.readinto(view) or 0
