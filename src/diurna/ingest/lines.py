"""Entries, articles and addresses of a file of any length, cut into captures of whole lines."""

import io
import re
from collections.abc import Iterator

from msgspec import Struct

from diurna.errors import problem
from diurna.ingest.arrivals import Arrival, Reading, capture_of
from diurna.ingest.containers import ContainerError
from diurna.ingest.encodings import encoding_of, first_fault
from diurna.ingest.json_kinds import opens_with_article_line, unwrapped
from diurna.model import Problem

__all__ = ["read_addresses", "read_articles", "read_entries"]

_READ = 64 << 10
_OUTSIDE = re.compile(rb'["{}\[\]]')
_STRING_END = re.compile(rb'[^"\\]*+(?:\\.[^"\\]*+)*+"', re.DOTALL)

_Numbered = Iterator[tuple[int, bytes | None]]


class _Kind(Struct, frozen=True):
    """What the lines are: their form as an arrival, their media type, how they came, and a line's name in messages."""

    form: str
    media_type: str
    via: str
    line: str


_ENTRIES = _Kind("entries", "application/jsonl", "jsonl", "line")
_ARTICLES = _Kind("articles", "application/jsonl", "jsonl", "line")
_DOCUMENT = _Kind("articles", "application/jsonl", "jsonl", "article")
_ADDRESSES = _Kind("addresses", "text/plain", "file", "line")


def read_entries(stream: io.RawIOBase, reading: Reading) -> Iterator[Arrival | Problem]:
    """Cut JSON lines into captures of at most `chunk_lines` lines or `chunk_bytes` bytes; a longer line stands alone.

    The same file cut twice gives the same captures, and a file that only grew gives the same ones up to its old end.
    """
    yield from _cut(_numbered_lines(stream, reading.settings.max_line_bytes), _ENTRIES, reading)


def read_addresses(stream: io.RawIOBase, reading: Reading) -> Iterator[Arrival | Problem]:
    """Cut a list of addresses into captures, as `read_entries` does."""
    yield from _cut(_numbered_lines(stream, reading.settings.max_line_bytes), _ADDRESSES, reading)


def read_articles(stream: io.RawIOBase, head: bytes, reading: Reading) -> Iterator[Arrival | Problem]:
    """Cut JSON of articles into captures of JSON lines, as `read_entries` does; `head` is how the stream begins.

    It may have an article a line, be one article or a list of them, or an object that holds a list (`articles`,
    `@graph`). Of a document, each article becomes a line, and articles are counted in place of lines: it is written
    as it was but for its line feeds, which become spaces.
    """
    most = reading.settings.max_line_bytes
    if opens_with_article_line(head):
        yield from _cut(_numbered_lines(stream, most), _ARTICLES, reading)
    elif encoding_of(head) == "utf-16":
        yield _utf16(reading)
    else:
        yield from _cut(_numbered_articles(stream, reading), _DOCUMENT, reading)


def _cut(lines: _Numbered, kind: _Kind, reading: Reading) -> Iterator[Arrival | Problem]:
    settings = reading.settings
    held: list[bytes] = []
    size, first = 0, 1
    try:
        for number, line in lines:
            full = len(held) >= settings.chunk_lines or size + len(line or b"") > settings.chunk_bytes
            if held and (full or line is None):
                yield from _chunk(held, first, kind, reading)
                held, size = [], 0
            if line is None:
                yield _too_long(number, kind, reading)
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
            yield from _chunk(held, first, kind, reading)
        yield fault.problem(f"{reading.where}:{first + len(held)}")
        return
    if held:
        yield from _chunk(held, first, kind, reading)


def _numbered_lines(stream: io.RawIOBase, most: int) -> _Numbered:
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


def _numbered_articles(stream: io.RawIOBase, reading: Reading) -> _Numbered:
    """Objects of a JSON document, each as a line, counted from 1; None for one that is larger than allowed.

    Raises:
        ContainerError: the document ends in the middle of one.
    """
    number = 0
    for element in _elements(stream, reading.settings.max_line_bytes):
        for article in (unwrapped(element) or [element]) if element else [None]:
            number += 1
            yield number, article and article.replace(b"\r", b" ").replace(b"\n", b" ") + b"\n"


def _elements(stream: io.RawIOBase, most: int) -> Iterator[bytes | None]:
    """Outermost JSON objects of a stream, or those of the list that it is; None for one that is larger than allowed."""
    depth, outermost, inside = 0, -1, False  # `outermost` is the depth at which objects begin, once it is known
    held: list[bytes] = []  # the pieces of an object whose end was not seen yet
    size = 0
    while block := stream.read(_READ):
        at = start = 0
        while True:
            if inside:
                ended = _STRING_END.match(block, at)
                if ended is None:
                    escapes = len(block) - max(at, len(block.rstrip(b"\\")))
                    if escapes % 2:
                        block += stream.read(1) or b""  # what is escaped stood in the next block
                    break
                at, inside = ended.end(), False
            found = _OUTSIDE.search(block, at)
            if found is None:
                break
            at, sign = found.end(), found[0]
            if sign == b'"':
                inside = True
            elif sign in b"{[":
                if outermost < 0:
                    outermost = int(sign == b"[")
                if depth == outermost:
                    start, held, size = found.start(), [], 0
                depth += 1
            else:
                depth = max(0, depth - 1)
                if depth == outermost:
                    size += at - start
                    whole = b"".join([*held, block[start:at]]) if size <= most else None
                    if whole is None or whole.startswith(b"{"):
                        yield whole
        if depth > outermost >= 0:
            size += len(block) - start
            held = [*held, block[start:]] if size <= most else []
    if depth > outermost >= 0:
        raise ContainerError(
            "The JSON ends in the middle.",
            received=f"an article of which {size:,} bytes are there",
            allowed="a whole JSON document",
            next_step="what precedes that place was taken; get the whole file and add it again, nothing is doubled",
            member=0,
        )


def _chunk(lines: list[bytes], first: int, kind: _Kind, reading: Reading) -> Iterator[Arrival | Problem]:
    content = b"".join(lines)
    if not content.strip():
        return
    if fault := first_fault(content):
        line, received = fault
        yield problem(
            f"The {kind.line} holds bytes that are no UTF-8.",
            f"{reading.where}:{first + line - 1}",
            received=repr(received),
            allowed="UTF-8",
            next_step="the bytes were read as U+FFFD; save the file as UTF-8 and add it again",
        )
    yield Arrival(
        capture=capture_of(content, reading.way(kind.media_type, kind.via)),
        content=content,
        form=kind.form,
        where=reading.where,
        first_line=first,
    )


def _too_long(number: int, kind: _Kind, reading: Reading) -> Problem:
    return problem(
        f"The {kind.line} is too long and was left out.",
        f"{reading.where}:{number}",
        received=f"more than {reading.settings.max_line_bytes:,} bytes",
        allowed=f"at most {reading.settings.max_line_bytes:,} bytes (ingest.max_line_bytes)",
        next_step="check that each one ends where it should, or raise the limit",
    )


def _utf16(reading: Reading) -> Problem:
    return problem(
        "Lines are not in UTF-8.",
        f"{reading.where}:1",
        received="UTF-16",
        allowed="UTF-8",
        next_step="save the file as UTF-8 and add it again",
        severity="error",
    )
