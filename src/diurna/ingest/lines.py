"""Entries as JSON lines: a file of any length, cut into captures of whole lines."""

import io
from collections.abc import Iterator

from diurna.errors import problem
from diurna.ingest.arrivals import Arrival, Reading, capture_of
from diurna.ingest.containers import ContainerError
from diurna.ingest.encodings import encoding_of, first_fault
from diurna.model import Problem

__all__ = ["read_entries"]

_READ = 64 << 10


def read_entries(stream: io.RawIOBase, reading: Reading) -> Iterator[Arrival | Problem]:
    """Cut JSON lines into captures of at most `chunk_lines` lines or `chunk_bytes` bytes; a longer line stands alone.

    The same file cut twice gives the same captures, and a file that only grew gives the same ones up to its old end.
    """
    settings = reading.settings
    held: list[bytes] = []
    size, first = 0, 1
    try:
        for number, line in _numbered_lines(stream, settings.max_line_bytes):
            full = len(held) >= settings.chunk_lines or size + len(line or b"") > settings.chunk_bytes
            if held and (full or line is None):
                yield from _chunk(held, first, reading)
                held, size = [], 0
            if line is None:
                yield _too_long(number, reading)
                continue
            if number == 1 and encoding_of(line) == "utf-16":
                yield _utf16(reading)
                return
            if not held:
                first = number
            held.append(line)
            size += len(line)
    except ContainerError as fault:
        if held:
            yield from _chunk(held, first, reading)
        yield fault.problem(f"{reading.where}:{first + len(held)}")
        return
    if held:
        yield from _chunk(held, first, reading)


def _numbered_lines(stream: io.RawIOBase, most: int) -> Iterator[tuple[int, bytes | None]]:
    """Lines with their ends, counted from 1; None for one that is longer than allowed. A cut last line is dropped."""
    number, long = 1, False
    held: list[bytes] = []  # the pieces of a line whose end was not seen yet
    size = 0
    while block := stream.read(_READ):
        start = 0
        while (end := block.find(b"\n", start)) >= 0:
            held.append(block[start : end + 1])
            size += end + 1 - start
            yield number, None if long or size > most else b"".join(held)
            number, long, held, size, start = number + 1, False, [], 0, end + 1
        if start < len(block):
            size += len(block) - start
            if long or size > most:
                long, held = True, []
            else:
                held.append(block[start:])
    if size:
        yield number, None if long else b"".join(held)


def _chunk(lines: list[bytes], first: int, reading: Reading) -> Iterator[Arrival | Problem]:
    content = b"".join(lines)
    if not content.strip():
        return
    if fault := first_fault(content):
        line, received = fault
        yield problem(
            "The line holds bytes that are no UTF-8.",
            f"{reading.where}:{first + line - 1}",
            received=repr(received),
            allowed="UTF-8",
            next_step="the bytes were read as U+FFFD; save the file as UTF-8 and add it again",
        )
    yield Arrival(
        capture=capture_of(content, reading.way("application/jsonl", "jsonl")),
        content=content,
        form="entries",
        where=reading.where,
        first_line=first,
    )


def _too_long(number: int, reading: Reading) -> Problem:
    return problem(
        "The line is too long and was left out.",
        f"{reading.where}:{number}",
        received=f"more than {reading.settings.max_line_bytes:,} bytes",
        allowed=f"at most {reading.settings.max_line_bytes:,} bytes a line (ingest.max_line_bytes)",
        next_step="check that each entry ends in a line feed, or raise the limit",
    )


def _utf16(reading: Reading) -> Problem:
    return problem(
        "JSON lines are not in UTF-8.",
        f"{reading.where}:1",
        received="UTF-16",
        allowed="UTF-8",
        next_step="save the file as UTF-8 and add it again",
        severity="error",
    )
