"""Tar archives (POSIX.1 ustar and pax, GNU, and older), read from front to back without holding their list of files."""

import io
import tarfile
from collections.abc import Iterator
from typing import TYPE_CHECKING

from diurna.errors import problem
from diurna.ingest.bundles import Budget, Member, Tally, Window, clean_name, is_hidden, size_of
from diurna.ingest.containers import ContainerError
from diurna.model import Problem

if TYPE_CHECKING:
    from _typeshed import WriteableBuffer

__all__ = ["read_tar"]

_BLOCK = 512
_READ = 64 << 10
# Names and extended headers are held in memory; no file system has names as long as this.
_LONGEST_HEADER = 256 << 10
_LINKS = {tarfile.LNKTYPE, tarfile.SYMTYPE, tarfile.CHRTYPE, tarfile.BLKTYPE, tarfile.FIFOTYPE}
_REGULAR = {tarfile.REGTYPE, tarfile.AREGTYPE, tarfile.CONTTYPE}


class _Blocks:
    """The archive as blocks of 512 bytes. Where it can be sought in, what is left out costs nothing."""

    def __init__(self, stream: io.RawIOBase) -> None:
        self._stream = stream
        self._seekable = stream.seekable()
        self._size = size_of(stream) if self._seekable else 0
        self.position = 0

    def read(self, size: int) -> bytes:
        """Read so many bytes, or fewer at the end."""
        if self._seekable:
            self._stream.seek(self.position)
        blocks = []
        while size and (block := self._stream.read(min(size, _READ))):
            blocks.append(block)
            size -= len(block)
            self.position += len(block)
        return b"".join(blocks)

    def skip_to(self, position: int) -> None:
        """Go on at a position that lies further on; many archives lack what would fill their last block.

        Raises:
            ContainerError: the archive ends before.
        """
        if self._seekable:
            self.position = max(self.position, min(position, self._size))
        while self.position < position and self.read(min(position - self.position, _READ)):
            pass
        if position - self.position >= _BLOCK:
            raise _cut(self.position)

    def content(self, size: int) -> io.RawIOBase:
        """The next bytes as a file of their own."""
        return Window(self._stream, self.position, size) if self._seekable else _Content(self, size)


class _Content(io.RawIOBase):
    """A member's bytes, in the order in which they come."""

    def __init__(self, blocks: _Blocks, size: int) -> None:
        super().__init__()
        self._blocks = blocks
        self._end = blocks.position + size

    def readable(self) -> bool:
        """Reading is all it can do."""
        return True

    def readinto(self, target: "WriteableBuffer") -> int:
        """Read up to the member's end."""
        view = memoryview(target).cast("B")
        wanted = min(len(view), _READ, self._end - self._blocks.position)
        if wanted <= 0:
            return 0
        block = self._blocks.read(wanted)
        if not block:
            raise _cut(self._blocks.position)
        view[: len(block)] = block
        return len(block)


def _cut(position: int) -> ContainerError:
    return ContainerError(
        "The archive ends in the middle.",
        received=f"its end in a file, at byte {position:,}",
        allowed="a whole tar archive",
        next_step="get the archive again, and compare its size or checksum with the original's",
        member=position,
    )


def read_tar(stream: io.RawIOBase, where: str, budget: Budget) -> Iterator[Member | Problem]:
    """Yield the files of a tar archive in its order; each must be read before the next is asked for.

    Links, devices, hidden and sparse files are counted and told of at the end. Behind a damaged place, reading goes on
    at the next header.
    """
    tally = Tally(where)
    try:
        yield from _members(_Blocks(stream), where, budget, tally)
    except ContainerError as fault:
        yield fault.problem(where)
    yield from tally.problems()


def _members(blocks: _Blocks, where: str, budget: Budget, tally: Tally) -> Iterator[Member | Problem]:
    fields: dict[str, str] = {}
    faults, astray = 0, False
    while (block := blocks.read(_BLOCK)).strip(b"\0") or (astray and len(block) == _BLOCK):
        header = _header(block, astray)
        if header is None:
            if not astray:
                faults += 1
                given_up = faults > budget.settings.max_restarts
                yield _damaged(blocks.position - _BLOCK, given_up, where)
                if given_up:
                    return
            fields, astray = {}, True
            continue
        astray = False
        size = int(fields["size"]) if fields.get("size", "").isdecimal() else header.size
        if header.type == tarfile.GNUTYPE_SPARSE and block[482]:
            while (more := blocks.read(_BLOCK)) and more[504:505].strip(b"\0"):
                pass
        end = blocks.position + (size + _BLOCK - 1) // _BLOCK * _BLOCK
        if header.type in {tarfile.XHDTYPE, tarfile.SOLARIS_XHDTYPE, tarfile.GNUTYPE_LONGNAME}:
            if size > _LONGEST_HEADER:
                raise _damage("an extended header of", size, blocks.position)
            content = blocks.read(size)
            fields |= {"path": _text(content)} if header.type == tarfile.GNUTYPE_LONGNAME else _pax_fields(content)
        else:
            name = _wanted(header, fields, tally)
            if name:
                budget.member()
                yield Member(name, blocks.content(size))
            fields = {}
        blocks.skip_to(end)


def _wanted(header: tarfile.TarInfo, fields: dict[str, str], tally: Tally) -> str:
    """Safe name of a member that is a file to be read; empty for others, which are counted."""
    raw = fields.get("path", header.name)
    name, odd = clean_name(raw)
    if header.type in _LINKS:
        tally.add("link", name)
    elif header.type == tarfile.GNUTYPE_SPARSE or any(field.startswith("GNU.sparse") for field in fields):
        tally.add("sparse", name)
    elif header.type not in _REGULAR or raw.endswith("/"):
        return ""  # folders, and marks of the archiver for itself
    elif is_hidden(name):
        tally.add("hidden", name)
    else:
        if odd:
            tally.add("name", raw)
        return name
    return ""


def _header(block: bytes, astray: bool) -> tarfile.TarInfo | None:
    """Read a header; None where the block is none. Far from the right way, only one with the standard's sign is."""
    if len(block) < _BLOCK or (astray and block[257:262] != b"ustar"):
        return None
    try:
        header = tarfile.TarInfo.frombuf(block, "utf-8", "surrogateescape")
    except (tarfile.HeaderError, ValueError):
        return None
    return header if header.size >= 0 else None


def _pax_fields(content: bytes) -> dict[str, str]:
    """Records of a pax extended header: `LENGTH KEY=VALUE` and a line feed, the length counting all of it."""
    fields = {}
    while content:
        length, blank, _ = content.partition(b" ")
        if not blank or not length.isdigit() or len(length) > 7 or int(length) <= len(length):
            break
        key, sign, value = content[len(length) + 1 : int(length) - 1].partition(b"=")
        if sign:
            fields[key.decode("utf-8", "replace")] = _text(value)
        content = content[int(length) :]
    return fields


def _text(content: bytes) -> str:
    return content.rstrip(b"\0").decode("utf-8", "surrogateescape")


def _damage(what: str, size: int, position: int) -> ContainerError:
    return ContainerError(
        "The archive is damaged; reading stopped there.",
        received=f"{what} {size:,} bytes, at byte {position:,}",
        allowed="a tar archive",
        next_step="what precedes that place was taken; get the archive again",
        member=position,
    )


def _damaged(position: int, given_up: bool, where: str) -> Problem:
    return problem(
        "The archive is damaged or cut.",
        where,
        received=f"no header of a file at byte {position:,}",
        allowed="a whole tar archive",
        next_step=("nothing behind it was read" if given_up else "reading went on at the next header")
        + "; get the archive again, and add it again: nothing is doubled",
    )
