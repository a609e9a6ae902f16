"""The documents as the tests read them: files, links, anchors, and the commands that readers are told to type."""

import re
import shlex
from collections.abc import Iterator
from pathlib import Path

from msgspec import Struct

__all__ = ["ROOT", "Link", "Typed", "anchors", "blocks", "documents", "links", "typed"]

ROOT = Path(__file__).parents[2]
_FENCE = re.compile(r"^```(\w*)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
_LINK = re.compile(r"(?<!!)\[[^\]]*\]\(([^)\s]+)\)")
_CODE = re.compile(r"`[^`\n]+`")


class Link(Struct, frozen=True):
    """Where a document leads: a file relative to it, or an address, with an anchor or without."""

    document: Path
    target: str


class Typed(Struct, frozen=True):
    """A command line of `diurna` in a document, without the `$` before it."""

    document: Path
    words: tuple[str, ...]


def documents() -> list[Path]:
    """All Markdown files that belong to the project."""
    found = [*ROOT.glob("*.md"), *ROOT.glob("docs/**/*.md"), *ROOT.glob("samples/*.md")]
    return sorted(found)


def blocks(document: Path, language: str) -> list[str]:
    """The fenced blocks of a document in one language."""
    text = document.read_text(encoding="utf-8")
    return [found[2] for found in _FENCE.finditer(text) if found[1] == language]


def links(document: Path) -> Iterator[Link]:
    """Links of a document, outside code."""
    prose = _FENCE.sub("", document.read_text(encoding="utf-8"))
    # Code inside a link's words stays; code that only looks like a link goes.
    without_code = _CODE.sub(lambda found: found.group() if "](" not in found.group() else "", prose)
    for found in _LINK.finditer(without_code):
        yield Link(document, found[1])


def anchors(document: Path) -> set[str]:
    """Anchors of a document's headings, as forges make them."""
    prose = _FENCE.sub("", document.read_text(encoding="utf-8"))
    headings = re.findall(r"^#{1,6} (.+)$", prose, re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", heading.lower()).strip().replace(" ", "-") for heading in headings}


def typed(document: Path) -> Iterator[Typed]:
    """Commands of `diurna` that a document's console blocks tell to type, and whole ones in its running text."""
    for block in blocks(document, "console"):
        for line in block.splitlines():
            if line.startswith("$ diurna "):
                yield Typed(document, tuple(shlex.split(line[2:], comments=False)))
    prose = _FENCE.sub("", document.read_text(encoding="utf-8"))
    for code in re.findall(r"`(diurna [^`\n]+)`", prose):
        yield Typed(document, tuple(shlex.split(code)))
