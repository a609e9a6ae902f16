"""Which kind of input bytes are, told by their beginning; the name helps only where that could be several things."""

import re
from pathlib import PurePosixPath

import msgspec

from diurna.errors import problem
from diurna.ingest.encodings import encoding_of
from diurna.model import Problem

__all__ = ["COMPRESSED", "HEAD_BYTES", "TAKEN", "picture_type", "recognise", "refusal"]

HEAD_BYTES = 64 << 10

COMPRESSED = ("gzip", "bzip2", "zstd")

TAKEN = (
    "portal wikitext, JSON lines of entries, a MediaWiki XML export, an HTML page or a WARC file, "
    "each as it is or packed with gzip, bzip2 or zstd"
)

# What is recognised but not taken: how a message names it, and what its owner can do.
_REFUSED = {
    "empty": ("an empty file", "check whether the download or the copy was complete"),
    "feed": ("an RSS or Atom feed", "add the pages that it links, saved as HTML"),
    "sitemap": ("a sitemap", "add the pages that it lists, saved as HTML"),
    "xml": ("XML of another kind", "if it should be a wiki's export, make it with Special:Export or from a dump"),
    "json": ("JSON, but not one entry a line", 'write one object a line, each with at least "date" and "text"'),
    "text": ("plain text without list items", "add the page's wikitext (its source), not its rendered text"),
    "code": ("a script or a style sheet", "leave it out"),
    "mhtml": ("a page saved as MHTML", "save it as HTML"),
    "picture": ("a picture", "leave it out"),
    "media": ("a sound or a film", "leave it out"),
    "pdf": ("a PDF document", "add the HTML page instead"),
    "zip": ("a ZIP archive, or a document made of one", "unpack it and add the folder"),
    "tar": ("a tar archive", "unpack it and add the folder"),
    "7z": ("a 7z archive", "unpack it, or take the bzip2 form of the dump"),
    "xz": ("xz", "unpack it, or pack it with gzip, bzip2 or zstd"),
    "database": (
        "an SQLite database",
        "use `diurna restore` for backups",
    ),
    "program": ("a program", "leave it out"),
    "binary": ("bytes of an unknown kind", "check that it is the file you meant"),
}

_MAGIC = (
    (b"\x1f\x8b", "gzip"),
    (b"BZh", "bzip2"),
    (b"\x28\xb5\x2f\xfd", "zstd"),
    (b"WARC/", "warc"),
    (b"%PDF-", "pdf"),
    (b"PK\x03\x04", "zip"),
    (b"PK\x05\x06", "zip"),
    (b"7z\xbc\xaf\x27\x1c", "7z"),
    (b"\xfd7zXZ\x00", "xz"),
    (b"SQLite format 3\x00", "database"),
    (b"\x7fELF", "program"),
    (b"MZ\x90\x00", "program"),
    (b"\x89PNG\r\n", "picture"),
    (b"\xff\xd8\xff", "picture"),
    (b"GIF87a", "picture"),
    (b"GIF89a", "picture"),
    (b"\x00\x00\x01\x00", "picture"),
    (b"ID3", "media"),
    (b"OggS", "media"),
)

_BEFORE_ROOT = re.compile(r"(?:\s+|<\?.*?\?>|<!--.*?-->)*", re.DOTALL)
_ROOT = re.compile(r"<(!doctype\s+[\w:.-]+|[A-Za-z][\w:.-]*)", re.IGNORECASE)
_ROOTS = {
    "mediawiki": "export",
    "html": "page",
    "head": "page",
    "body": "page",
    "rss": "feed",
    "feed": "feed",
    "rdf:rdf": "feed",
    "urlset": "sitemap",
    "sitemapindex": "sitemap",
    "svg": "picture",
}
# HTML in which the root element was left out begins with one of these.
_HTML_STARTS = {"title", "meta", "link", "script", "style", "base"}
_PORTAL = re.compile(
    r"\{\{\s*(?:portal:)?current[ _]events\b|^[*#:;]+\s*(?:'{2,5})?\[|^\*+[^\n]*\[(?:\[|https?://)|^;\s*\S[^\n]*\n\s*\*",
    re.IGNORECASE | re.MULTILINE,
)
_BULLET = re.compile(r"^\*", re.MULTILINE)
_NAMED_PORTAL = {".wiki", ".wikitext", ".mediawiki", ".mw"}
_NAMED_ENTRIES = {".jsonl", ".ndjson", ".jsonlines"}
_NAMED_PAGE = {".html", ".htm", ".xhtml", ".shtml"}
_NAMED_CODE = {".css", ".js", ".mjs", ".map"}


_PICTURES = (
    (b"\xff\xd8\xff", "image/jpeg"),
    (b"\x89PNG\r\n\x1a\n", "image/png"),
    (b"GIF87a", "image/gif"),
    (b"GIF89a", "image/gif"),
)


def picture_type(head: bytes) -> str:
    """Media type of a picture that browsers show, by its first bytes; empty for anything else, SVG too."""
    if head[:4] == b"RIFF" and head[8:12] == b"WEBP":
        return "image/webp"
    if head[4:12] in (b"ftypavif", b"ftypavis"):
        return "image/avif"
    return next((media_type for start, media_type in _PICTURES if head.startswith(start)), "")


def recognise(head: bytes, name: str) -> str:
    """Name the kind of an input from its first bytes, up to `HEAD_BYTES`.

    Returns:
        `portal`, `entries`, `export`, `page` or `warc`; a compressed form, whose content is recognised in turn; or one
        of the kinds that `refusal` tells of.
    """
    for magic, kind in _MAGIC:
        if head.startswith(magic):
            return kind
    if head[:4] == b"RIFF":
        return "picture" if head[8:12] == b"WEBP" else "media"
    if head[4:8] == b"ftyp":
        return "picture" if head[8:12] in {b"avif", b"heic", b"mif1"} else "media"
    if head[257:262] == b"ustar":
        return "tar"
    if head[:3] == b"\x50\x2a\x4d" or head[1:4] == b"\x2a\x4d\x18":
        return "zstd"  # a skippable frame
    # UTF-16 cut in the middle of a character is whole but for that character.
    text = head.decode(encoding_of(head), "replace").lstrip("\ufeff")
    if not text.strip():
        return "empty" if "\0" not in text else "binary"
    if _reads_as_binary(text):
        return "binary"
    return _recognise_text(text, len(head) >= HEAD_BYTES, name)


def _reads_as_binary(text: str) -> bool:
    controls = sum(1 for character in text if ord(character) < 32 and character not in "\t\n\r\f\v\x1b")
    return "\0" in text or controls + text.count("\ufffd") > len(text) // 4


def _recognise_text(text: str, cut: bool, name: str) -> str:
    suffix = PurePosixPath(name).suffix.lower()
    start = text.lstrip()
    if re.match(r'\{\s*["}]', start):
        return _recognise_json(start, cut, suffix)
    if start[0] == "[" and re.match(r'\[\s*[{"\]\d]', start):
        return "json"
    root = _ROOT.match(text, _BEFORE_ROOT.match(text).end())  # type: ignore[union-attr]  # it matches nothing too
    if root is not None and (kind := _recognise_root(root[1].lower(), start)):
        return kind
    if suffix in _NAMED_ENTRIES:
        return "entries"
    if suffix in _NAMED_CODE:
        return "code"
    if _PORTAL.search(text) or suffix in _NAMED_PORTAL:
        return "portal"
    if suffix in _NAMED_PAGE:
        return "page"
    if re.match(r"(?:From|MIME-Version|Snapshot-Content-Location):\s", start):
        return "mhtml"
    return "portal" if _BULLET.search(text) else "text"


def _recognise_root(root: str, start: str) -> str | None:
    if root.startswith("!doctype"):
        doctype = root.split()[-1]
        return "page" if doctype == "html" else _ROOTS.get(doctype, "xml")
    if kind := _ROOTS.get(root):
        return kind
    if start.startswith("<?xml"):
        return "xml"
    return "page" if root in _HTML_STARTS else None


def _recognise_json(start: str, cut: bool, suffix: str) -> str:
    """Entries have a date and a text; a first line longer than the head is known by its keys."""
    lines = start.split("\n")
    for line in lines[:-1] if cut and len(lines) > 1 else lines:
        try:
            value = msgspec.json.decode(line)
        except msgspec.DecodeError:
            continue
        if isinstance(value, dict) and "date" in value and "text" in value:
            return "entries"
    if cut and len(lines) == 1 and re.search(r'"date"\s*:', start) and re.search(r'"text"\s*:', start):
        return "entries"
    return "entries" if suffix in _NAMED_ENTRIES else "json"


def refusal(kind: str, where: str) -> Problem:
    """Tell that an input of this kind is not taken, and what is."""
    looks_like, next_step = _REFUSED[kind]
    return problem(
        "This kind of input is not taken.",
        where,
        received=looks_like,
        allowed=TAKEN,
        next_step=next_step,
        severity="error",
    )
