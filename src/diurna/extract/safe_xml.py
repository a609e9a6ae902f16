"""XML that strangers wrote, made safe to parse: in one encoding, without a document type, and well-formed."""

import codecs
import html.entities
import re
import xml.parsers.expat

from lxml import etree

from diurna.extract.page_marks import decode_page, is_binary

__all__ = ["decode_xml", "is_html", "well_formed"]

# Namespaces by the prefixes that feeds use for them, for those that forget to declare one.
_NAMESPACES = {
    "atom": "http://www.w3.org/2005/Atom",
    "content": "http://purl.org/rss/1.0/modules/content/",
    "dc": "http://purl.org/dc/elements/1.1/",
    "dcterms": "http://purl.org/dc/terms/",
    "feedburner": "http://rssnamespace.org/feedburner/ext/1.0",
    "itunes": "http://www.itunes.com/dtds/podcast-1.0.dtd",
    "media": "http://search.yahoo.com/mrss/",
    "news": "http://www.google.com/schemas/sitemap-news/0.9",
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "slash": "http://purl.org/rss/1.0/modules/slash/",
    "sy": "http://purl.org/rss/1.0/modules/syndication/",
    "wfw": "http://wellformedweb.org/CommentAPI/",
    "xlink": "http://www.w3.org/1999/xlink",
}
_MOST_PREFIXES = 100
_LONGEST_ENTITY = 100  # characters that an entity of the document's own may stand for
_MOST_ENTITIES = 200
_MOST_REFERENCES = 10_000  # to them
_LONGEST_DOCTYPE = 64 << 10

_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")
_DECLARATION = re.compile(r"\s*<\?xml\b[^>]{0,400}>", re.IGNORECASE)
_BEFORE_ROOT = re.compile(r"(?:\s+|<\?.{0,4000}?\?>|<!--.*?-->)*", re.DOTALL)
_DOCTYPE = re.compile(r"<!DOCTYPE\b[^<>\[]{0,2000}", re.IGNORECASE)
_ENTITY = re.compile(
    rf"<!ENTITY\s+([A-Za-z_][\w.-]{{0,60}})\s+(?:\"([^\"&%<]{{0,{_LONGEST_ENTITY}}})\"|'([^'&%<]{{0,{_LONGEST_ENTITY}}})')\s*>"
)
_SUBSET_SIGN = re.compile(r"[\]\"']|<!--")
_ANY_ENTITY = re.compile(r"<!ENTITY\b", re.IGNORECASE)
_REFERENCE = re.compile(r"&([A-Za-z_][\w.-]{0,60});")
_LOOSE_AMPERSAND = re.compile(r"&(?!#\d{1,7};|#[xX][0-9a-fA-F]{1,6};|[A-Za-z_][\w.-]{0,60};)")
_CDATA = re.compile(r"<!\[CDATA\[.*?(?:\]\]>|\Z)", re.DOTALL)
_PREFIX = re.compile(r"</?([A-Za-z_][\w.-]{0,40}):[A-Za-z_]|\s([A-Za-z_][\w.-]{0,40}):[A-Za-z_][\w.-]{0,40}\s?=")
_ROOT = re.compile(r"<[A-Za-z_][\w.:-]*")
_HTML = re.compile(r"<(?:!doctype\s+html|html|head|body)\b", re.IGNORECASE)
_XML_NAMES = frozenset(("amp", "lt", "gt", "quot", "apos"))


def decode_xml(content: bytes, media_type: str) -> tuple[str, bool]:
    """Read XML into text without declaration, document type and control characters; empty where it is no text.

    Short entities that the document declares for itself are put in place, as are those of HTML; the second value is
    False where others were declared: nested ones, long ones, or ones of another file.
    """
    text = _decode(content, media_type)
    if is_binary(text):
        return "", True
    text = _CONTROL.sub("", text.lstrip("\ufeff"))
    declaration = _DECLARATION.match(text)
    text = text[declaration.end() :] if declaration else text
    text, own, safe = _without_doctype(text.lstrip())
    return _with_entities(text, own), safe


def _decode(content: bytes, media_type: str) -> str:
    head = content[:4]
    for encoding, marks in (
        ("utf-32-be", (codecs.BOM_UTF32_BE, b"\0\0\0<")),
        ("utf-32-le", (codecs.BOM_UTF32_LE, b"<\0\0\0")),
        ("utf-16-be", (b"\0<\0?", b"\0<\0r", b"\0<\0f")),
        ("utf-16-le", (b"<\0?\0", b"<\0r\0", b"<\0f\0")),
        ("cp037", (b"\x4c\x6f\xa7\x94",)),
    ):
        if head in marks:
            return content.decode(encoding, "replace")
    return decode_page(content, media_type)


def _without_doctype(text: str) -> tuple[str, dict[str, str], bool]:
    """Take out the document type; read what short entities it declares."""
    before = _BEFORE_ROOT.match(text)
    start = before.end() if before else 0
    doctype = _DOCTYPE.match(text, start)
    if doctype is None:
        return text, {}, True
    end = doctype.end()
    if text[end : end + 1] != "[":
        return text[:start] + text[end + 1 :], {}, True
    stop = _subset_end(text, end)
    subset = text[end : min(stop, end + _LONGEST_DOCTYPE)]
    found = _ENTITY.findall(subset)[:_MOST_ENTITIES]
    own = {name: double or single for name, double, single in found}
    close = text.find(">", stop)
    rest = text[close + 1 :] if 0 <= close < stop + 50 else text[stop:]
    return text[:start] + rest, own, len(_ANY_ENTITY.findall(subset)) <= len(found)


def _subset_end(text: str, start: int) -> int:
    """Place behind the `]` that ends the internal subset; one inside quotes or comments ends nothing."""
    at, longest = start, start + _LONGEST_DOCTYPE
    while (sign := _SUBSET_SIGN.search(text, at, longest)) is not None:
        if sign.group() == "]":
            return sign.end()
        close = text.find("-->" if sign.group() == "<!--" else sign.group(), sign.end(), longest)
        if close < 0:
            break
        at = close + 1
    root = _ROOT.search(text, start)
    return root.start() if root else len(text)


def _with_entities(text: str, own: dict[str, str]) -> str:
    """Put what named entities stand for in their place; what XML itself escapes stays escaped."""
    left = _MOST_REFERENCES

    def resolved(found: re.Match[str]) -> str:
        nonlocal left
        name = found[1]
        if name in _XML_NAMES:
            return found[0]
        meant = html.entities.html5.get(name + ";", "")
        if name in own:
            left -= 1
            meant = own[name] if left >= 0 else ""
        if not meant:
            return f"&amp;{name};"
        return meant.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")

    return _REFERENCE.sub(resolved, text) if "&" in text else text


def is_html(text: str) -> bool:
    """Whether text that should be a list begins as a web page does."""
    before = _BEFORE_ROOT.match(text)
    return _HTML.match(text, before.end() if before else 0) is not None


def well_formed(text: str) -> tuple[bytes, bool]:
    """Give text as XML that any parser takes, in UTF-8; the second value is False where it had to be mended.

    What is open is closed, loose ampersands are escaped, forgotten namespaces declared; empty where nothing helps.
    """
    raw = text.encode("utf-8", "replace")
    if _parses(raw):
        return raw, True
    mended = _with_namespaces(_escaped(text))
    raw = mended.encode("utf-8", "replace")
    if _parses(raw):
        return raw, False
    parser = etree.XMLParser(recover=True, resolve_entities=False, no_network=True, load_dtd=False, encoding="utf-8")
    try:
        root = etree.fromstring(raw, parser)
    except (etree.LxmlError, ValueError):
        return b"", False
    if root is None:
        return b"", False
    raw = etree.tostring(root, encoding="utf-8")
    return (raw, False) if _parses(raw) else (b"", False)


def _parses(raw: bytes) -> bool:
    parser = xml.parsers.expat.ParserCreate(namespace_separator=" ")
    try:
        parser.Parse(raw, True)
    except xml.parsers.expat.ExpatError:
        return False
    return True


def _escaped(text: str) -> str:
    """Escape ampersands that begin no entity, outside of CDATA."""
    parts: list[str] = []
    at = 0
    for found in _CDATA.finditer(text):
        parts += [_LOOSE_AMPERSAND.sub("&amp;", text[at : found.start()]), found.group()]
        if not found.group().endswith("]]>"):
            parts.append("]]>")
        at = found.end()
    return "".join([*parts, _LOOSE_AMPERSAND.sub("&amp;", text[at:])])


def _with_namespaces(text: str) -> str:
    """Declare at the root the prefixes that are used and nowhere declared."""
    used: dict[str, None] = {}
    for found in _PREFIX.finditer(text):
        used.setdefault(found[1] or found[2])
        if len(used) > _MOST_PREFIXES:
            break
    missing = [name for name in used if name not in ("xml", "xmlns") and f"xmlns:{name}" not in text]
    root = _ROOT.search(text)
    if root is None or not missing:
        return text
    declared = "".join(f' xmlns:{name}="{_NAMESPACES.get(name, "urn:undeclared:" + name)}"' for name in missing)
    return text[: root.end()] + declared + text[root.end() :]
