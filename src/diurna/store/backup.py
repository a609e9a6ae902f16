"""Backups: a chronicle's store, archive, configuration and corrections in one file, and the way back.

A backup is a tar archive, packed by zstd or gzip. Its last member is the manifest: the size and SHA-256 of every other
one, and the name of what the chronicle held. `diurna.toml`, the store and the archive come back as they were; the
corrections, one judgement a line, are only for people to read, and for `diurna corrections import` elsewhere.
"""

import gzip
import hashlib
import io
import os
import shutil
import tarfile
import tempfile
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path, PurePosixPath
from typing import IO, cast

import msgspec
import zstandard
from msgspec import Struct

from diurna import __version__
from diurna.config import FILE_NAME
from diurna.errors import ConfigurationError, DiurnaError
from diurna.model import Capture, Judgement
from diurna.store.sqlite import SqliteStore

__all__ = ["CORRECTIONS", "MANIFEST", "Backup", "Manifest", "Stored", "restore_backup", "write_backup"]

CORRECTIONS = "corrections.jsonl"
MANIFEST = "manifest.json"
FORMAT = 1
"""Raised when a backup's members change so that an older version could not restore it."""

Advance = Callable[[str, int, int], None]

_BLOCK = 1 << 20
_LARGEST_MANIFEST = 16 << 20
_ZSTD, _GZIP = b"\x28\xb5\x2f\xfd", b"\x1f\x8b"


class Backup(Struct, frozen=True):
    """What goes into a backup: a chronicle's folder, its store, and the folder of its archive."""

    folder: Path
    store: SqliteStore
    archive: Path


class Stored(Struct, frozen=True, forbid_unknown_fields=True):
    """File of a backup: its path in the chronicle's folder, its size in bytes and its SHA-256 in hexadecimal."""

    path: str
    size: int
    sha256: str


class Manifest(Struct, frozen=True, kw_only=True):
    """What a backup holds. `chronicle` is the digest that names the chronicle's state; `made` when it was written."""

    format: int = FORMAT
    diurna: str
    chronicle: str
    configuration: str
    made: datetime
    files: tuple[Stored, ...]


# ------------------------------------------------------------------------------------------------ writing


def write_backup(
    backup: Backup, target: Path, made: datetime, configuration: str, advance: Advance = lambda *_: None
) -> Manifest:
    """Write a backup file; it appears when it is whole. Others may read and write the chronicle meanwhile.

    Raises:
        ConfigurationError: the file is there already, or its folder is not.
        DiurnaError: a file of the archive is missing or shorter than the store says.
    """
    if target.exists():
        raise ConfigurationError(
            f"{target}: there is a file here already. Choose another name; backups are never overwritten."
        )
    if not target.parent.is_dir():
        raise ConfigurationError(f"{target.parent}: there is no such folder. Make it first.")
    partial = target.with_name(f".{target.name}.{os.getpid()}.part")
    with tempfile.TemporaryDirectory(prefix=".diurna-backup-", dir=target.parent) as scratch:
        copy = Path(scratch) / backup.store.path.name
        backup.store.copy_to(copy)
        with SqliteStore(copy, read_only=True) as store:
            last, digest = store.facts.last(Capture), store.views.digest()
            corrections = b"".join(_corrections(store))
        try:
            with (
                partial.open("xb") as file,
                _packed(file, target.name) as stream,
                tarfile.open(fileobj=stream, mode="w|", format=tarfile.PAX_FORMAT) as tar,
            ):
                members = [*_archive_members(backup, last), (copy, copy.name, copy.stat().st_size)]
                writer = _Writer(tar, advance, sum(size for _, _, size in members))
                writer.add_bytes(FILE_NAME, (backup.folder / FILE_NAME).read_bytes())
                for path, name, size in members:
                    writer.add_file(path, name, size)
                writer.add_bytes(CORRECTIONS, corrections)
                manifest = Manifest(
                    diurna=__version__,
                    chronicle=digest,
                    configuration=configuration,
                    made=made,
                    files=tuple(writer.stored),
                )
                writer.add_bytes(MANIFEST, msgspec.json.format(msgspec.json.encode(manifest), indent=2))
            _sync(partial)
            partial.replace(target)
            _sync(target.parent)
        finally:
            partial.unlink(missing_ok=True)
    return manifest


def _corrections(store: SqliteStore) -> Iterator[bytes]:
    for _, judgement in store.facts.scan(Judgement):
        if isinstance(judgement, Judgement) and judgement.by_person:
            yield msgspec.json.encode(judgement) + b"\n"


def _archive_members(backup: Backup, last: Capture | None) -> Iterator[tuple[Path, str, int]]:
    """Files of the archive up to the last capture that the copied store knows; what came later is left out."""
    if last is None:
        return
    for path in sorted(backup.archive.glob("*.warc.gz")):
        if path.name < last.archive:
            yield path, f"{backup.archive.name}/{path.name}", path.stat().st_size
    yield backup.archive / last.archive, f"{backup.archive.name}/{last.archive}", last.offset + last.length


class _Writer:
    """Writes members into a tar stream and notes their digests."""

    def __init__(self, tar: tarfile.TarFile, advance: Advance, total: int) -> None:
        self._tar = tar
        self._advance = advance
        self._done, self._total = 0, total
        self.stored: list[Stored] = []

    def add_bytes(self, name: str, content: bytes) -> None:
        self._add(io.BytesIO(content), name, len(content))

    def add_file(self, path: Path, name: str, size: int) -> None:
        try:
            there = path.stat().st_size
        except FileNotFoundError:
            there = -1
        if there < size:
            raise DiurnaError(
                f"{name}: the archive's file {'is missing' if there < 0 else f'has {there:,} of {size:,} bytes'}. "
                "Run `diurna check`; no backup was written."
            )
        with path.open("rb") as file:
            self._add(file, name, size)

    def _add(self, file: IO[bytes], name: str, size: int) -> None:
        told = tarfile.TarInfo(name)
        told.size, told.mode = size, 0o644
        reader = _Digesting(file, lambda count: self._count(name, count))
        self._tar.addfile(told, cast("IO[bytes]", reader))
        self.stored.append(Stored(name, size, reader.state.hexdigest()))

    def _count(self, name: str, count: int) -> None:
        self._done += count
        self._advance(name, min(self._done, self._total), self._total)


class _Digesting:
    """File that digests what is read from it."""

    def __init__(self, file: IO[bytes], count: Callable[[int], None]) -> None:
        self._file = file
        self._count = count
        self.state = hashlib.sha256()

    def read(self, size: int = -1) -> bytes:
        block = self._file.read(size)
        self.state.update(block)
        self._count(len(block))
        return block


@contextmanager
def _packed(file: IO[bytes], name: str) -> Iterator[IO[bytes]]:
    """A stream packed as the file's name says: `.gz` and `.tgz` by gzip, `.tar` not at all, others by zstd."""
    if name.endswith((".gz", ".tgz")):
        with gzip.GzipFile(filename="", fileobj=file, mode="wb", compresslevel=6, mtime=0) as packed:
            yield cast("IO[bytes]", packed)
    elif name.endswith(".tar"):
        yield file
    else:
        with zstandard.ZstdCompressor(level=3, write_checksum=True).stream_writer(file, closefd=False) as stream:
            yield cast("IO[bytes]", stream)


# ------------------------------------------------------------------------------------------------ restoring


def restore_backup(source: Path, target: Path, advance: Advance = lambda *_: None) -> Manifest:
    """Bring a chronicle back from a backup. The folder appears when all of it is there, verified and readable.

    Raises:
        ConfigurationError: the file is no backup, or the folder is not empty.
        DiurnaError: the backup is damaged: cut off, changed, or with members that no backup has.
        StoreTooNew: a later version of Diurna wrote it.
    """
    if target.is_symlink() or (target.exists() and (not target.is_dir() or any(target.iterdir()))):
        raise ConfigurationError(
            f"{target}: this is not an empty folder. Restore into a new one; nothing is overwritten."
        )
    target = target.absolute()
    target.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix=".diurna-restore-", dir=target.parent) as scratch:
        folder = Path(scratch) / "chronicle"
        folder.mkdir()
        try:
            with source.open("rb") as file, _unpacked(file) as stream, tarfile.open(fileobj=stream, mode="r|") as tar:
                manifest = _extract(tar, folder, advance)
        except FileNotFoundError:
            raise ConfigurationError(f"{source}: there is no such file.") from None
        except (tarfile.TarError, zstandard.ZstdError, gzip.BadGzipFile, zlib.error, EOFError) as error:
            raise _damaged(f"it cannot be unpacked ({error})") from error
        _open_stores(folder)
        (folder / CORRECTIONS).unlink(missing_ok=True)  # the store has them; beside it they would only grow old
        for path in sorted(folder.rglob("*"), reverse=True):
            _sync(path)
        folder.replace(target)
        _sync(target.parent)
    return manifest


def _extract(tar: tarfile.TarFile, folder: Path, advance: Advance) -> Manifest:
    """Unpack all members, then hold them against the manifest, which is the last one."""
    found: dict[str, Stored] = {}
    for member in tar:
        content = tar.extractfile(member) if member.isreg() else None
        if content is None or not _safe(member.name) or member.name in found:
            raise _damaged(f"it has a member that no backup has: {member.name!r}")
        if member.name == MANIFEST:
            manifest = _read_manifest(content.read(_LARGEST_MANIFEST))
            _compare(manifest, found)
            if tar.next() is not None:
                raise _damaged("it has members behind the manifest")
            return manifest
        if member.size > shutil.disk_usage(folder).free:
            raise DiurnaError(f"{member.name}: needs {member.size:,} bytes, more than are free. Nothing was restored.")
        path = folder / member.name
        path.parent.mkdir(parents=True, exist_ok=True)
        reader = _Digesting(content, lambda _: None)
        with path.open("xb") as file:
            done = 0
            while block := reader.read(_BLOCK):
                file.write(block)
                done += len(block)
                advance(member.name, done, member.size)
        found[member.name] = Stored(member.name, done, reader.state.hexdigest())
    raise _damaged("it is cut off: the manifest, its last member, is missing")


def _safe(name: str) -> bool:
    """Whether a member stays in the folder: plain relative parts, as write_backup makes them."""
    parts = PurePosixPath(name).parts
    plain = name.isprintable() and "\\" not in name and ":" not in name and name == "/".join(parts)
    return bool(parts) and plain and not name.startswith("/") and not {"..", "."} & set(parts)


def _read_manifest(content: bytes) -> Manifest:
    try:
        manifest = msgspec.json.decode(content, type=Manifest)
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        raise _damaged(f"its manifest cannot be read ({error})") from error
    if manifest.format > FORMAT:
        raise DiurnaError(
            f"Diurna {manifest.diurna} wrote this backup in format {manifest.format}; this version knows "
            f"formats up to {FORMAT}. Install a newer Diurna. Nothing was restored."
        )
    return manifest


def _compare(manifest: Manifest, found: dict[str, Stored]) -> None:
    said = {stored.path: stored for stored in manifest.files}
    for path in sorted(said.keys() | found.keys()):
        if path not in found:
            raise _damaged(f"{path} is missing")
        if path not in said or said[path] != found[path]:
            raise _damaged(f"{path} is not the file that was backed up")
    if FILE_NAME not in found:
        raise _damaged(f"{FILE_NAME} is missing")


def _open_stores(folder: Path) -> None:
    """Let the store say whether this version can read it, before anything appears."""
    stores = sorted(folder.glob("*.db"))
    if len(stores) != 1:
        raise _damaged("it holds no store")
    with SqliteStore(stores[0]) as store:
        if faults := store.check():
            raise _damaged(f"its store is not sound: {faults[0]}")
        store.renew_identity()


@contextmanager
def _unpacked(file: IO[bytes]) -> Iterator[IO[bytes]]:
    """A stream of tar, whatever it is packed by."""
    head = file.read(4)
    file.seek(0)
    if head.startswith(_GZIP):
        with gzip.GzipFile(fileobj=file, mode="rb") as stream:
            yield cast("IO[bytes]", stream)
    elif head.startswith(_ZSTD):
        with zstandard.ZstdDecompressor().stream_reader(file) as reader:
            yield cast("IO[bytes]", reader)
    else:
        yield file


def _damaged(why: str) -> DiurnaError:
    return DiurnaError(f"this is no whole backup of a chronicle: {why}. Nothing was restored; take another backup.")


def _sync(path: Path) -> None:
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
