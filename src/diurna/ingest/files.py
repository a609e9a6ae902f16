"""Files, folders and archives on this machine, each file read for what its bytes are."""

import io
import os
import stat
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from urllib.parse import quote

from msgspec import structs

from diurna.errors import problem
from diurna.ingest.arrivals import Arrival, PageVersion, Reading, capture_of
from diurna.ingest.bundles import Budget, Counted, Tally, Window, size_of, spooled
from diurna.ingest.containers import ContainerError, Peeked, Unpacked
from diurna.ingest.days import day_of_name
from diurna.ingest.encodings import encoding_of, first_fault, printable
from diurna.ingest.export import read_export
from diurna.ingest.lines import read_addresses, read_articles, read_entries
from diurna.ingest.recognise import COMPRESSED, HEAD_BYTES, recognise, refusal, saved_from
from diurna.ingest.settings import IngestSettings
from diurna.ingest.tars import read_tar
from diurna.ingest.warc import read_warc
from diurna.ingest.zips import DOCUMENT, read_zip
from diurna.model import Problem

__all__ = ["read_path"]

# What browsers put beside a saved page: not worth a message each.
_BESIDE_PAGES = {"picture", "media", "code"}
_WHOLE = {
    "page": "text/html",
    "feed": "application/xml",
    "sitemap": "application/xml",
    "opml": "text/x-opml",
}
_ARCHIVES = ("zip", "tar")


def read_path(path: Path, settings: IngestSettings, observed: datetime) -> Iterator[Arrival | Problem]:
    """Read a file, or all files of a folder and its folders in the order of their names.

    Names in messages and addresses are relative to the folder, so a chronicle does not tell where it was made.
    """
    try:
        mode = path.stat().st_mode
    except (OSError, ValueError) as error:
        yield _unreadable(printable(path.name), error)
        return
    if stat.S_ISDIR(mode):
        yield from _read_folder(path, settings, observed)
    else:
        yield from _read_file(path, path.name, (settings, observed))


def _unreadable(where: str, error: OSError | ValueError) -> Problem:
    return problem(
        "The file cannot be read.",
        where,
        received=(error.strerror or type(error).__name__) if isinstance(error, OSError) else "a name no file can have",
        allowed="a file or folder that exists and that you may read",
        next_step="check the name and its permissions",
        severity="error",
    )


def _left_out(what: str, where: str, received: str, next_step: str) -> Problem:
    return problem(
        what, where, received=received, allowed="regular files in the folder", next_step=next_step, severity="notice"
    )


# ------------------------------------------------------------------------------------------------ folders


def _read_folder(folder: Path, settings: IngestSettings, observed: datetime) -> Iterator[Arrival | Problem]:
    where = printable(folder.name or ".")
    tally = Tally(where)
    found = False
    for path in _walk(folder, tally):
        name = path.relative_to(folder).as_posix()
        if isinstance(reason := _reason_to_skip(path, folder), Problem):
            yield reason
            continue
        if reason:
            continue
        found = True
        yield from _read_file(path, name, (settings, observed), tally)
    yield from tally.problems()
    if not found:
        yield _left_out("The folder holds no files to read.", where, "none", "check that it is the folder you meant")


def _walk(folder: Path, tally: Tally) -> Iterator[Path]:
    """All entries below a folder but folders, in the order of their names; symbolic links are not followed."""
    stack = [folder]
    while stack:
        path = stack.pop()
        if path != folder and path.name.startswith("."):
            tally.add("hidden", path.relative_to(folder).as_posix())
            continue
        if path != folder and (path.is_symlink() or not path.is_dir()):
            yield path
            continue
        try:
            below = sorted(path.iterdir(), key=os.fsencode, reverse=True)
        except OSError:
            yield path
            continue
        stack += below


def _reason_to_skip(path: Path, folder: Path) -> Problem | bool:
    """Why a file of a folder is not read: told by a problem, or True where nobody needs to know."""
    where = printable(path.relative_to(folder).as_posix())
    try:
        if not path.is_symlink():
            return _unreadable(where, PermissionError(0, "no permission to list it")) if path.is_dir() else False
        target = path.resolve(strict=True)
        if not target.is_relative_to(folder.resolve()):
            return _left_out(
                "The link leads out of the folder and was left out.",
                where,
                "a symbolic link",
                "name its target on the command line, if you want it",
            )
        return target.is_dir()  # what lies in it is read in its own place
    except (OSError, RuntimeError):
        return _left_out(
            "The link leads nowhere and was left out.", where, "a broken or circular symbolic link", "mend or remove it"
        )


# ------------------------------------------------------------------------------------------------ files


def _read_file(
    path: Path, name: str, manner: tuple[IngestSettings, datetime], tally: Tally | None = None
) -> Iterator[Arrival | Problem]:
    settings, observed = manner
    try:
        # A pipe or a device would wait for ever, or never end.
        if not stat.S_ISREG(path.stat().st_mode):
            raise OSError(0, "a pipe, socket or device")
        with path.open("rb", buffering=0) as file:
            reading = Reading(
                where=printable(name),
                address="file:" + quote(os.fsencode(name)),
                settings=settings,
                observed=observed,
                budget=Budget(size_of(file), settings),
            )
            yield from _read_stream(file, reading, tally)
    except OSError as error:
        yield _unreadable(printable(name), error)


def _read_stream(file: io.RawIOBase, reading: Reading, tally: Tally | None) -> Iterator[Arrival | Problem]:
    """Unwrap compressed forms until something else is recognised, and read that; `tally` counts what lies beside."""
    packed: list[str] = []
    peeked = Peeked(file, HEAD_BYTES)
    kind = recognise(peeked.head, reading.where)
    if not file.seekable() and kind in {*COMPRESSED, "warc", "zip"}:
        yield from _read_spooled(peeked, reading, tally)
        return
    while kind in COMPRESSED:
        if len(packed) == reading.settings.max_nesting:
            yield _nested_too_deep(reading)
            return
        packed.append(kind)
        unpacked: io.RawIOBase = Unpacked(peeked, kind, reading.settings)
        peeked = Peeked(Counted(unpacked, reading.budget) if reading.depth else unpacked, HEAD_BYTES)
        kind = recognise(peeked.head, _without_suffixes(reading.where, len(packed)))
    if kind == "warc" and len(packed) <= 1:
        yield from read_warc(file, packed[0] if packed else "", reading)
    elif packed and kind in {"warc", "zip"}:
        yield from _read_spooled(peeked, reading, tally)
    elif kind in _ARCHIVES:
        yield from _read_archive(kind, file if file.seekable() and not packed else peeked, reading)
    elif tally is not None and kind in _BESIDE_PAGES:
        tally.add("beside", reading.where)
    else:
        yield from _read_kind(kind, peeked, reading)


def _read_kind(kind: str, peeked: Peeked, reading: Reading) -> Iterator[Arrival | Problem]:
    if kind in _WHOLE:
        yield from _read_whole_file(kind, peeked, reading)
    elif kind == "portal":
        yield from _read_portal(peeked, reading)
    elif kind == "articles":
        yield from read_articles(peeked, peeked.head, reading)
    elif kind == "entries":
        yield from read_entries(peeked, reading)
    elif kind == "addresses":
        yield from read_addresses(peeked, reading)
    elif kind == "export":
        yield from read_export(peeked, reading)
    else:
        yield from _refuse(kind, peeked, reading)


def _without_suffixes(name: str, count: int) -> str:
    for _ in range(count):
        stem, dot, suffix = name.rpartition(".")
        if dot and suffix.lower() in {"gz", "bz2", "zst", "gzip", "bzip2", "zstd", "xz"}:
            name = stem
    return name


# ------------------------------------------------------------------------------------------------ archives


def _read_archive(kind: str, stream: io.RawIOBase, reading: Reading) -> Iterator[Arrival | Problem]:
    """Read the files of an archive as those of a folder. A fault that concerns all of it ends it."""
    if reading.depth == reading.settings.max_nesting:
        yield _nested_too_deep(reading)
        return
    read_members = read_zip if kind == "zip" else read_tar
    tally = Tally(reading.where)
    found = False
    for member in read_members(stream, reading.where, reading.budget):
        if member == DOCUMENT:
            yield refusal(DOCUMENT, reading.where)
            return
        if isinstance(member, Problem):
            found = True
            yield member
        elif not isinstance(member, str):
            found = True
            yield from _read_stream(member.stream, reading.member(member.name), tally)
    yield from tally.problems()
    if not found:
        yield _left_out(
            "The archive holds no files to read.", reading.where, "none", "check that it is the one you meant"
        )


def _read_spooled(stream: io.RawIOBase, reading: Reading, tally: Tally | None) -> Iterator[Arrival | Problem]:
    """Read a stream that must be read with jumps from a temporary file."""
    for copy in spooled(stream, reading.settings):
        if isinstance(copy, Window):
            yield from _read_stream(copy, reading, tally)
        else:
            yield copy.problem(reading.where)


def _refuse(kind: str, peeked: Peeked, reading: Reading) -> Iterator[Problem]:
    if kind == "empty":
        # It may be empty because its container is damaged.
        try:
            peeked.read()
        except ContainerError as fault:
            yield fault.problem(reading.where, "error")
            return
    yield refusal(kind, reading.where)


def _nested_too_deep(reading: Reading) -> Problem:
    return problem(
        "The file is packed too many times.",
        reading.where,
        received="compressed data in compressed data, or archives in archives",
        allowed=f"{reading.settings.max_nesting} (ingest.max_nesting)",
        next_step="unpack it",
        severity="error",
    )


def _read_whole(stream: io.RawIOBase, most: int, reading: Reading) -> bytes | Problem:
    """All bytes of a stream. No part is taken of a cut or too large page: what it lacks would seem withdrawn."""
    blocks: list[bytes] = []
    size = 0
    try:
        while block := stream.read(HEAD_BYTES):
            blocks.append(block)
            size += len(block)
            if size > most:
                return problem(
                    "The page is too large.",
                    reading.where,
                    received=f"more than {most:,} bytes",
                    allowed=f"at most {most:,} bytes (ingest.max_text_bytes, ingest.max_page_bytes or "
                    "ingest.max_feed_bytes)",
                    next_step="check that the file is one page, or raise the limit",
                    severity="error",
                )
    except ContainerError as fault:
        return fault.problem(reading.where, "error")
    return b"".join(blocks)


def _read_portal(stream: io.RawIOBase, reading: Reading) -> Iterator[Arrival | Problem]:
    content = _read_whole(stream, reading.settings.max_text_bytes, reading)
    if isinstance(content, Problem):
        yield content
        return
    if fault := first_fault(content):
        line, received = fault
        yield problem(
            "The page holds bytes that are no text.",
            f"{reading.where}:{line}",
            received=repr(received),
            allowed="UTF-8, or UTF-16 with a byte order mark",
            next_step=f"the bytes were read as U+FFFD; save the page as UTF-8 (it was read as {encoding_of(content)})",
        )
    day = day_of_name(reading.where)
    yield Arrival(
        capture=capture_of(content, reading.way("text/x-wiki", "file")),
        content=content,
        form="portal",
        where=reading.where,
        page=PageVersion(day=day) if day else None,
    )


def _read_whole_file(kind: str, stream: io.RawIOBase, reading: Reading) -> Iterator[Arrival | Problem]:
    settings = reading.settings
    content = _read_whole(stream, settings.max_page_bytes if kind == "page" else settings.max_feed_bytes, reading)
    if isinstance(content, Problem):
        yield content
        return
    media_type = "application/feed+json" if kind == "feed" and content.lstrip()[:1] == b"{" else _WHOLE[kind]
    way = reading.way(media_type, "file")
    if kind == "page" and (address := saved_from(content)):
        way = structs.replace(way, asked=address)
    yield Arrival(capture=capture_of(content, way), content=content, form=kind, where=reading.where)
