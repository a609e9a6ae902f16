"""Which kind of input bytes are, told by their beginning; the name helps only where that could be several things."""

import codecs
import re
from pathlib import PurePosixPath

from diurna.errors import problem
from diurna.ingest.encodings import encoding_of
from diurna.ingest.json_kinds import recognise_json
from diurna.model import Problem

__all__ = ["COMPRESSED", "HEAD_BYTES", "TAKEN", "picture_type", "recognise", "refusal", "saved_from"]

HEAD_BYTES = 64 << 10

COMPRESSED = ("gzip", "bzip2", "zstd", "xz")

TAKEN = (
    "an HTML page, a feed, a sitemap, an OPML file, a list of addresses, JSON lines of articles or of entries, portal "
    "wikitext, a MediaWiki XML export or a WARC file, each as it is, packed with gzip, bzip2, xz or zstd, or in a ZIP, "
    "WACZ or tar archive"
)

# What is recognised but not taken: how a message names it, and what its owner can do.
_REFUSED = {
    "empty": ("an empty file", "check whether the download or the copy was complete"),
    "xml": ("XML of another kind", "if it should be a wiki's export, make it with Special:Export or from a dump"),
    "json": (
        "JSON, but neither articles nor entries",
        'write one object a line: an article with at least "title" and "url", an entry with "date" and "text"',
    ),
    "text": ("plain text without list items", "add the page's HTML or wikitext (its source), not its rendered text"),
    "code": ("a script or a style sheet", "leave it out"),
    "mhtml": ("a page saved as MHTML", "save it as HTML"),
    "picture": ("a picture", "leave it out"),
    "media": ("a sound or a film", "leave it out"),
    "pdf": ("a PDF document", "add the HTML page instead"),
    "document": ("an office document, a book or a program made of a ZIP archive", "add the HTML page instead"),
    "7z": ("a 7z archive", "unpack it, or take the bzip2 form of the dump"),
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
    (b"\xfd7zXZ\x00", "xz"),
    (b"WARC/", "warc"),
    (b"%PDF-", "pdf"),
    (b"PK\x03\x04", "zip"),
    (b"PK\x05\x06", "zip"),
    (b"7z\xbc\xaf\x27\x1c", "7z"),
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

# How XML without a byte order mark begins in encodings of several bytes a character (XML 1.0, appendix F).
_WIDE = (
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (b"<\0\0\0", "utf-32-le"),
    (b"\0\0\0<", "utf-32-be"),
    (b"<\0", "utf-16-le"),
    (b"\0<", "utf-16-be"),
)

# But for tab, line feeds of all kinds and escape, which terminals leave in texts.
_CONTROLS = bytes({*range(32)} - set(b"\t\n\v\f\r\x1b"))
_BEFORE_ROOT = re.compile(r"(?:\s+|<\?.*?\?>|<!--.*?-->)*", re.DOTALL)
_ROOT = re.compile(r"<(!doctype\s+[\w:.-]+|[A-Za-z_][\w:.-]*)", re.IGNORECASE)
_DOCTYPE_END = re.compile(r"[^\[>]*(?:\[.*?\]\s*)?>", re.DOTALL)
_ROOTS = {
    "mediawiki": "export",
    "html": "page",
    "head": "page",
    "body": "page",
    "rss": "feed",
    "feed": "feed",
    "rdf": "feed",
    "channel": "feed",  # CDF, and RSS whose root was forgotten
    "urlset": "sitemap",
    "sitemapindex": "sitemap",
    "opml": "opml",
    "svg": "picture",
}
# RDF is also used for what is no feed; RSS 0.9 and 1.0 name their vocabulary.
_RSS_IN_RDF = re.compile(r"purl\.org/(?:rss|net/rss)|netscape\.com/rdf|channel\.netscape", re.IGNORECASE)
# HTML in which the root element was left out begins with one of these.
_HTML_STARTS = {"title", "meta", "link", "script", "style", "base"}
_PORTAL = re.compile(
    r"\{\{\s*(?:portal:)?current[ _]events\b|^[*#:;]+\s*(?:'{2,5})?\[|^\*+[^\n]*\[(?:\[|https?://)|^;\s*\S[^\n]*\n\s*\*",
    re.IGNORECASE | re.MULTILINE,
)
_BULLET = re.compile(r"^\*", re.MULTILINE)
_ADDRESS = re.compile(r"<?https?://[^\s<>\"]+>?(?:\s+#.*|\t.*)?$", re.IGNORECASE)
_NAMED_PORTAL = {".wiki", ".wikitext", ".mediawiki", ".mw"}
_NAMED_LINES = {".jsonl", ".ndjson", ".jsonlines"}
_NAMED_PAGE = {".html", ".htm", ".xhtml", ".shtml"}
_NAMED_CODE = {".css", ".js", ".mjs", ".map"}
# What Internet Explorer and the browsers after it write into a saved page, and SingleFile in its own words.
_SAVED_FROM = re.compile(
    rb"<!--\s*saved from url=\(\d+\)(https?://[^\s<>\"]+)\s*-->|<!--\s*Page saved with SingleFile\s+url:\s*(https?://[^\s<>\"]+)"
)

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
        `page`, `feed`, `sitemap`, `opml`, `addresses`, `articles`, `entries`, `portal`, `export` or `warc`; an archive:
        `zip` (a WACZ too: its list of contents tells it) or `tar`; a compressed form, whose content is recognised in
        turn; or one of the kinds that `refusal` tells of.
    """
    for magic, kind in _MAGIC:
        if head.startswith(magic):
            return kind
    if head[:4] == b"RIFF":
        return "picture" if head[8:12] == b"WEBP" else "media"
    if head[4:8] == b"ftyp":
        return "picture" if head[8:12] in {b"avif", b"heic", b"mif1"} else "media"
    if head[257:262] == b"ustar" or _opens_old_tar(head[:512]):
        return "tar"
    if head[:3] == b"\x50\x2a\x4d" or head[1:4] == b"\x2a\x4d\x18":
        return "zstd"  # a skippable frame
    # UTF-16 cut in the middle of a character is whole but for that character.
    text = head.decode(_encoding(head), "replace").lstrip("\ufeff")
    if not text.strip():
        return "empty" if "\0" not in text else "binary"
    if _has_controls(text):
        return "binary"
    start = text.lstrip()
    root = _ROOT.match(text, _BEFORE_ROOT.match(text).end())  # type: ignore[union-attr]  # it matches nothing too
    if root is not None and (told := _recognise_root(root, start)):
        return told  # an encoding of its own makes no page binary
    if text.count("\ufffd") > len(text) // 4:
        return "binary"
    return _recognise_text(start, len(head) >= HEAD_BYTES, PurePosixPath(name).suffix.lower())


def _encoding(head: bytes) -> str:
    return next((encoding for start, encoding in _WIDE if head.startswith(start)), "") or encoding_of(head)


def _opens_old_tar(block: bytes) -> bool:
    """Whether a block is a tar header from before POSIX: it has no sign, but a checksum over itself."""
    digits = block[148:156].strip(b" \0")
    if len(block) < 512 or not block[0] or not re.fullmatch(rb"[0-7]{1,7}", digits):
        return False
    return int(digits, 8) == sum(block[:148]) + 8 * ord(" ") + sum(block[156:])


def _has_controls(text: str) -> bool:
    raw = text.encode()
    return "\0" in text or len(raw) - len(raw.translate(None, _CONTROLS)) > len(text) // 4


def _recognise_text(start: str, cut: bool, suffix: str) -> str:
    if re.match(r'\{\s*["}]|\[\s*[{"\]\d]', start):
        return recognise_json(start, cut=cut, named_lines=suffix in _NAMED_LINES)
    if suffix in _NAMED_LINES:
        return "entries"
    if suffix in _NAMED_CODE:
        return "code"
    if _lists_addresses(start, cut):
        return "addresses"
    if _PORTAL.search(start) or suffix in _NAMED_PORTAL:
        return "portal"
    if suffix in _NAMED_PAGE:
        return "page"
    if re.match(r"(?:From|MIME-Version|Snapshot-Content-Location):\s", start):
        return "mhtml"
    return "portal" if _BULLET.search(start) else "text"


def _recognise_root(root: re.Match[str], start: str) -> str | None:
    name = root[1].lower()
    if name.startswith("!doctype"):
        doctype = name.split()[-1]
        # Some feeds have the document type of a page.
        end = _DOCTYPE_END.match(root.string, root.end())
        behind = _ROOT.match(root.string, _BEFORE_ROOT.match(root.string, end.end()).end()) if end else None  # type: ignore[union-attr]
        inner = _kind_of_root(behind[1].lower(), root.string) if behind else ""
        if inner in {"feed", "sitemap", "opml"}:
            return inner
        return "page" if doctype == "html" else _kind_of_root(doctype, root.string) or "xml"
    if kind := _kind_of_root(name, root.string):
        return kind
    return "xml" if start.startswith("<?xml") else "page" if name in _HTML_STARTS else None


def _kind_of_root(name: str, text: str) -> str:
    """Kind that the root element tells, whatever prefix its namespace has; empty where it tells none."""
    local = name.rpartition(":")[2]
    if local == "rdf":
        return "feed" if _RSS_IN_RDF.search(text) else "xml"
    return _ROOTS.get(local, "")


def _lists_addresses(start: str, cut: bool) -> bool:
    """Whether most lines of a text begin with a web address, blank lines and comments left aside."""
    lines = start.splitlines()
    if cut and len(lines) > 1:
        lines = lines[:-1]
    told = [line.strip() for line in lines if line.strip() and not line.lstrip().startswith("#")]
    right = sum(1 for line in told if _ADDRESS.match(line))
    return right > 0 and right * 2 >= len(told)


def saved_from(content: bytes) -> str:
    """Address that a browser wrote into a page when it saved it; empty where none did.

    Doctest:
        >>> saved_from(b"<!-- saved from url=(0026)https://news.example/a.html --><html>")
        'https://news.example/a.html'
    """
    found = _SAVED_FROM.search(content, 0, 4096)
    return (found[1] or found[2]).decode("ascii", "replace").replace("\ufffd", "") if found else ""


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
