"""ZIP archives (PKWARE's APPNOTE 6.3, with ZIP64), read along their list of contents, which is never held whole.

A WACZ (WARC files with their indexes in a ZIP, WACZ 1.1) is one: of it only the WARC files are read.
"""

import io
import re
import stat
import struct
import zlib
from array import array
from bisect import bisect_right
from collections.abc import Iterator
from typing import TYPE_CHECKING

from msgspec import Struct

from diurna.ingest.bundles import NOWHERE, Budget, Counted, Member, Tally, Window, clean_name, is_hidden, size_of
from diurna.ingest.containers import ContainerError, Unpacked
from diurna.model import Problem

if TYPE_CHECKING:
    from _typeshed import WriteableBuffer

__all__ = ["DOCUMENT", "read_zip"]

DOCUMENT = "document"
"""What `read_zip` yields of a document or program that is a ZIP archive."""

_READ = 64 << 10
_END = struct.Struct("<4s4H2LH")
_LOCATOR = struct.Struct("<4sLQL")
_END_64 = struct.Struct("<4sQ2H2L4Q")
_ENTRY = struct.Struct("<4s6H3L5H2L")
_LOCAL = struct.Struct("<4s5H3L2H")
_METHODS = {0: "", 8: "deflate", 12: "bzip2", 93: "zstd"}
_ENCRYPTED = 0x1 | 0x40 | 0x2000
_UNIX = 3
# Office documents, books and programs say by these files what they are.
_DOCUMENT_SIGNS = {"[Content_Types].xml", "mimetype", "META-INF/MANIFEST.MF", "AndroidManifest.xml"}
_WACZ_PAGES = re.compile(r"archive/[^\n]*\.warc(?:\.gz|\.zst)?", re.IGNORECASE)


class _Entry(Struct, frozen=True):
    """One entry of the list of contents; `offset` is that of its own header in the file."""

    name: str
    flags: int
    method: int
    crc: int
    packed: int
    size: int
    offset: int
    mode: int


class _Directory(Struct, frozen=True):
    """Where the list of contents lies, and what its offsets lack where other bytes stand before the archive."""

    start: int
    size: int
    shift: int


def read_zip(file: io.RawIOBase, where: str, budget: Budget) -> Iterator[Member | Problem | str]:
    """Yield the files of a ZIP archive in the order of its list of contents; `DOCUMENT` where it is one.

    Each must be read before the next is asked for. Those that are hidden, encrypted, links, or lie over one another are
    counted and told of at the end.
    """
    tally = Tally(where)
    try:
        directory = _find_directory(file)
        survey = _survey(file, directory, budget)
        if survey.document:
            yield DOCUMENT
            return
        for entry in _entries(file, directory):
            if survey.wacz and not _WACZ_PAGES.fullmatch(entry.name):
                continue
            name = _wanted(entry, tally)
            if not name:
                continue
            budget.member()
            content = _content(file, entry, survey.starts, budget)
            if content is None:
                tally.add("overlap", name)
            else:
                yield Member(name, content)
    except ContainerError as fault:
        yield fault.problem(where, "error")
    yield from tally.problems()


# ------------------------------------------------------------------------------------------------ contents


def _find_directory(file: io.RawIOBase) -> _Directory:
    size = size_of(file)
    file.seek(max(0, size - _END.size - 0xFFFF))
    tail = _read(file, min(size, _END.size + 0xFFFF))
    at = tail.rfind(b"PK\x05\x06", 0, max(0, len(tail) - _END.size + 4))
    if at < 0:
        raise _damage("no list of contents at its end: it is cut", size)
    _, disk, _, _, _, length, offset, _ = _END.unpack_from(tail, at)
    end = size - len(tail) + at
    if at >= _LOCATOR.size and tail[at - _LOCATOR.size :].startswith(b"PK\x06\x07"):
        # ZIP64: the record that counts stands before the locator.
        end -= _LOCATOR.size + _END_64.size
        file.seek(max(0, end))
        record = _read(file, _END_64.size)
        if not record.startswith(b"PK\x06\x06") or len(record) < _END_64.size:
            raise _damage("no ZIP64 list of contents at its end", end)
        _, _, _, _, disk, _, _, _, length, offset = _END_64.unpack(record)
    shift = end - length - offset
    if disk or shift < 0:
        raise _damage("one volume of several" if disk else "a list of contents longer than the file", end)
    return _Directory(end - length, length, shift)


def _entries(file: io.RawIOBase, directory: _Directory) -> Iterator[_Entry]:
    """The list of contents, entry by entry; others may read in the file meanwhile."""
    position, end = directory.start, directory.start + directory.size
    held, at = b"", 0

    def at_hand(wanted: int) -> bool:
        nonlocal held, at
        if len(held) - at < wanted:
            held, at = held[at:], 0
            file.seek(position + len(held))
            held += _read(file, min(max(_READ, wanted), end - position - len(held)))
        return len(held) - at >= wanted

    while position < end:
        if not at_hand(_ENTRY.size) or held[at : at + 4] != b"PK\x01\x02":
            raise _damage("a damaged list of contents", position)
        fields = _ENTRY.unpack_from(held, at)
        (_, made, _, flags, method, _, _, crc, packed, size, name, extra, comment, _, _, attributes, offset) = fields
        whole = _ENTRY.size + name + extra + comment
        if not at_hand(whole):
            raise _damage("a damaged list of contents", position)
        names = held[at + _ENTRY.size : at + _ENTRY.size + name]
        more = held[at + _ENTRY.size + name : at + _ENTRY.size + name + extra]
        at += whole
        position += whole
        size, packed, offset = _wide_fields(more, size, packed, offset)
        mode = attributes >> 16 if made >> 8 == _UNIX else 0
        yield _Entry(_name(names), flags, method, crc, packed, size, offset + directory.shift, mode)


def _name(raw: bytes) -> str:
    """Many archivers write UTF-8 without saying so."""
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError:
        return raw.decode("cp437")


def _wide_fields(extra: bytes, size: int, packed: int, offset: int) -> tuple[int, int, int]:
    """Sizes and offset, taken from the ZIP64 field where they are too large for their own place."""
    fields = [size, packed, offset]
    while len(extra) >= 4:
        kind, length = struct.unpack_from("<HH", extra)
        if kind == 1:
            values = list(struct.unpack(f"<{length // 8}Q", extra[4 : 4 + length // 8 * 8])) if length else []
            fields = [values.pop(0) if field == 0xFFFFFFFF and values else field for field in fields]
            break
        extra = extra[4 + length :]
    return fields[0], fields[1], fields[2]


class _Survey(Struct, frozen=True):
    """What the list of contents tells as a whole: where files start, in order, and of what kind the archive is."""

    starts: "array[int]"
    wacz: bool
    document: bool


def _survey(file: io.RawIOBase, directory: _Directory, budget: Budget) -> _Survey:
    starts = array("Q")
    described = pages = document = False
    for entry in _entries(file, directory):
        if len(starts) > budget.settings.max_members:
            break  # the files before that are read, then the budget is spent
        starts.append(min(entry.offset, (1 << 64) - 1))
        described = described or entry.name == "datapackage.json"
        pages = pages or bool(_WACZ_PAGES.fullmatch(entry.name))
        document = document or entry.name in _DOCUMENT_SIGNS
    starts = array("Q", sorted([*starts, directory.start]))
    return _Survey(starts, described and pages, document)


def _wanted(entry: _Entry, tally: Tally) -> str:
    """Safe name of a member that is a file to be read; empty for others, which are counted."""
    name, odd = clean_name(entry.name)
    kind = stat.S_IFMT(entry.mode)
    reason = ""
    if entry.name.endswith("/") or kind == stat.S_IFDIR:
        return ""
    if kind not in {0, stat.S_IFREG}:
        reason = "link"
    elif is_hidden(name):
        reason = "hidden"
    elif entry.flags & _ENCRYPTED:
        reason = "encrypted"
    elif entry.method not in _METHODS:
        reason = "method"
    if reason or odd:
        tally.add(reason or "name", name if reason else entry.name)
    return "" if reason else name


# ------------------------------------------------------------------------------------------------ files


def _content(file: io.RawIOBase, entry: _Entry, starts: "array[int]", budget: Budget) -> io.RawIOBase | None:
    """A member's bytes; None where it lies over another one or over the list of contents."""
    following = bisect_right(starts, entry.offset)
    twice = following >= 2 and starts[following - 2] == entry.offset
    if twice or following == len(starts):
        return None
    file.seek(entry.offset)
    header = _read(file, _LOCAL.size)
    if len(header) < _LOCAL.size or not header.startswith(b"PK\x03\x04"):
        return _Faulty(_damage(f"no header of {entry.name!r}", entry.offset))
    *_, name, extra = _LOCAL.unpack(header)
    start = entry.offset + _LOCAL.size + name + extra
    if start + entry.packed > starts[following]:
        return None
    if not entry.method:
        return _Stored(file, start, entry) if entry.packed == entry.size else None
    packed = Window(file, start, entry.packed)
    unpacked = Unpacked(packed, _METHODS[entry.method], budget.settings)
    return _Checked(Counted(unpacked, budget), entry)


class _Faulty(io.RawIOBase):
    """A member that cannot be read."""

    def __init__(self, fault: ContainerError) -> None:
        super().__init__()
        self._fault = fault

    def readable(self) -> bool:
        """One learns why when reading it."""
        return True

    def readinto(self, target: "WriteableBuffer") -> int:
        """Tell why."""
        raise self._fault


class _Checked(io.RawIOBase):
    """An unpacked member, held against the size and the checksum that the archive tells."""

    def __init__(self, inner: io.RawIOBase, entry: _Entry) -> None:
        super().__init__()
        self._inner = inner
        self._entry = entry
        self._size = self._crc = 0

    def readable(self) -> bool:
        """Reading is all it can do."""
        return True

    def readinto(self, target: "WriteableBuffer") -> int:
        """Read; the end is reached only by a whole member."""
        view = memoryview(target).cast("B")
        count = self._inner.readinto(view) or 0
        self._crc = zlib.crc32(view[:count], self._crc)
        self._size += count
        if (view and not count) or self._size > self._entry.size:
            _check(self._size, self._crc, self._entry)
        return count


class _Stored(Window):
    """A member that is not packed, so that it can be read in any order; read from front to back, it is checked."""

    def __init__(self, inner: io.RawIOBase, start: int, entry: _Entry) -> None:
        super().__init__(inner, start, entry.size)
        self._entry = entry
        self._checked = self._crc = 0

    def seek(self, offset: int, whence: int = io.SEEK_SET) -> int:
        """Go to a position; from then on nothing is checked."""
        self._checked = NOWHERE
        return super().seek(offset, whence)

    def readinto(self, target: "WriteableBuffer") -> int:
        """Read up to the member's end."""
        view = memoryview(target).cast("B")
        before = self.tell()
        count = super().readinto(view)
        if before == self._checked:
            self._crc = zlib.crc32(view[:count], self._crc)
            self._checked += count
        if view and not count and self._checked == self._entry.size:
            _check(self._checked, self._crc, self._entry)
        return count


def _check(size: int, crc: int, entry: _Entry) -> None:
    if size != entry.size or crc != entry.crc:
        raise ContainerError(
            "The file in the archive is damaged.",
            received=f"{size:,} bytes with checksum {crc:08x}",
            allowed=f"{entry.size:,} bytes with checksum {entry.crc:08x}",
            next_step="get the archive again; the other files were taken",
            member=entry.offset,
        )


def _read(file: io.RawIOBase, size: int) -> bytes:
    blocks = []
    while size > 0 and (block := file.read(size)):
        blocks.append(block)
        size -= len(block)
    return b"".join(blocks)


def _damage(received: str, position: int) -> ContainerError:
    return ContainerError(
        "The ZIP archive is damaged.",
        received=f"{received} (byte {position:,})",
        allowed="a whole ZIP archive of one volume",
        next_step="get the archive again, and compare its size or checksum with the original's",
        member=position,
    )
