"""Markup of web pages: from bytes in any encoding to what head and linked data say, bounded whatever the bytes are."""

import codecs
import html
import re
from itertools import islice
from urllib.parse import urljoin

from lxml import etree
from lxml import html as html_parser
from msgspec import Struct
from msgspec.structs import replace

from diurna.extract.citations import read_address
from diurna.extract.clean_text import clean_text
from diurna.extract.linked_data import Node, parse_linked
from diurna.model import Image

__all__ = [
    "MOST_BYTES",
    "Marks",
    "absolute",
    "decode_page",
    "is_binary",
    "parse_page",
    "pixels",
    "read_marks",
    "shown",
]

MOST_BYTES = 4 << 20

_MOST_ELEMENTS = 5_000
_MOST_PICTURES = 50
_MOST_VALUES = 20  # of one name
_MOST_HEADINGS = 10
_LONGEST_VALUE = 20_000  # characters of one value before it is cleaned

_CHARSET = re.compile(
    rb"<(?:meta\b[^>]{0,400}?\bcharset|\?xml\b[^>]{0,200}?\bencoding)\s{0,9}=\s{0,9}[\"']?\s{0,9}([\w.:-]+)",
    re.IGNORECASE,
)
# The names that pages use and what browsers read them as (WHATWG Encoding); other families by pattern.
_READ_AS = {
    "ascii": "cp1252",
    "us-ascii": "cp1252",
    "iso-8859-1": "cp1252",
    "latin1": "cp1252",
    "latin-1": "cp1252",
    "iso-8859-9": "cp1254",
    "iso-8859-11": "cp874",
    "tis-620": "cp874",
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "gb18030": "gb18030",
    "big5": "big5hkscs",
    "shift_jis": "cp932",
    "shift-jis": "cp932",
    "sjis": "cp932",
    "x-sjis": "cp932",
    "euc-jp": "euc_jp",
    "euc-kr": "cp949",
    "ks_c_5601-1987": "cp949",
    "iso-2022-jp": "iso2022_jp",
    "macintosh": "mac_roman",
    "windows-874": "cp874",
}
_FAMILY = re.compile(r"iso-8859-(?:[2-8]|1[03-6])|windows-125[0-8]|koi8-[ru]|ibm866")

_CONTROL = re.compile("[\x00-\x08\x0e-\x1a\x1c-\x1f]")
_TAG = re.compile(r"<(/?)([a-z][a-z0-9]*)\b[^<>]*>", re.IGNORECASE)
_ESCAPED = re.compile(r"&(?:#\d{1,7}|#x[0-9a-f]{1,6}|[a-z][a-z0-9]{1,30});", re.IGNORECASE)
_INLINE = frozenset(
    ("a", "abbr", "b", "big", "cite", "em", "font", "i", "mark", "q", "s", "small", "span", "strong", "sub", "sup", "u")
)
_BLOCK = frozenset(("br", "div", "h1", "h2", "h3", "h4", "h5", "h6", "img", "li", "ol", "p", "section", "ul"))
_UNPAIRED = frozenset(("br", "img", "p"))


class Marks(Struct):
    """What a page's markup says, as written: meta elements by name, links by relation, pictures, linked data.

    `faulty` is whether some linked data could not be parsed.
    """

    metas: dict[str, list[str]]
    links: dict[str, str]
    pictures: list[Image]
    headings: list[str]
    nodes: list[Node]
    title: str = ""
    language: str = ""
    base: str = ""
    faulty: bool = False

    def meta(self, *names: str) -> list[str]:
        """Values of the meta elements of these names, in the order of the names."""
        return [value for name in names for value in self.metas.get(name, ())]


def decode_page(content: bytes, media_type: str) -> str:
    """Read text as its byte order mark says, else as UTF-8 if it is that whatever it declares, else as it declares.

    Pages that are UTF-8 and say Latin-1 are many, and text of another encoding is hardly ever valid UTF-8. A page
    with no declaration that is not mostly UTF-8 is windows-1252.
    """
    for mark, encoding in (
        (codecs.BOM_UTF8, "utf-8"),
        (codecs.BOM_UTF16_LE, "utf-16-le"),
        (codecs.BOM_UTF16_BE, "utf-16-be"),
    ):
        if content.startswith(mark):
            return content[len(mark) :].decode(encoding, "replace")
    found = _CHARSET.search(content[: 64 << 10]) or re.search(rb"charset=[\"']?([\w.:-]+)", media_type.encode())
    name = found[1].decode("ascii", "replace").lower() if found else ""
    declared = _READ_AS.get(name) or (name if _FAMILY.fullmatch(name) else "")
    if declared == "iso2022_jp" and b"\x1b" in content:
        return content.decode(declared, "replace")
    try:
        return codecs.getincrementaldecoder("utf-8")().decode(content, len(content) < MOST_BYTES)
    except UnicodeDecodeError:
        text = content.decode("utf-8", "replace")
    faults = text.count("\ufffd")
    right = len(text) - len(text.encode("ascii", "ignore")) - faults
    if right >= (10 if declared else 1) * faults:
        return text
    return content.decode(declared or "cp1252", "replace")


def is_binary(text: str) -> bool:
    """Whether control characters make up more than a fiftieth of its start; pictures and archives have a tenth."""
    head = text[: 16 << 10]
    return len(_CONTROL.findall(head)) * 50 > len(head)


def parse_page(text: str, *, rich: bool = True) -> tuple[etree._Element | None, bool]:
    """Parse a page, once for all who read it; no tree where no HTML can be made of the text.

    The elements of a `rich` tree are those of lxml.html, which trafilatura asks for; plain ones are quicker to walk.
    The second value is whether its end was lost, because it is nested deeper than libxml2 goes (255 elements).
    """
    raw = text.replace("\0", "").encode("utf-8", "replace")
    kind = html_parser.HTMLParser if rich else etree.HTMLParser
    parser = kind(encoding="utf-8", remove_comments=True, remove_pis=True, no_network=True, collect_ids=False)
    try:
        root: etree._Element | None = etree.fromstring(raw, parser)
    except etree.LxmlError:
        return None, False
    return root, _was_cut(parser)


def _was_cut(parser: etree.HTMLParser) -> bool:
    """Whether the parser stopped before the end."""
    return any(entry.type == etree.ErrorTypes.ERR_RESOURCE_LIMIT for entry in parser.error_log)


def read_marks(root: etree._Element) -> Marks:
    """Collect the marks of a page."""
    marks = Marks({}, {}, [], [], [])
    for element in islice(root.iter("html", "base", "title", "h1", "meta", "link", "script"), _MOST_ELEMENTS):
        match element.tag:
            case "meta":
                _mark_meta(element, marks)
            case "link":
                for relation in (element.get("rel") or "").lower().split():
                    marks.links.setdefault(relation, element.get("href") or "")
            case "script" if (element.get("type") or "").strip().lower().startswith("application/ld+json"):
                nodes, whole = parse_linked(_inside(element))
                marks.nodes.extend(nodes)
                marks.faulty = marks.faulty or not whole
            case "title" if not marks.title and next(element.iterancestors("svg"), None) is None:
                marks.title = _inside(element)[:_LONGEST_VALUE]
            case "h1" if len(marks.headings) < _MOST_HEADINGS:
                marks.headings.append(_inside(element)[:_LONGEST_VALUE])
            case "html":
                marks.language = marks.language or element.get("lang") or element.get("xml:lang") or ""
            case "base":
                marks.base = marks.base or element.get("href") or ""
    return marks


def _inside(element: etree._Element) -> str:
    return "".join(str(piece) for piece in islice(element.itertext(), 200))


def _mark_meta(element: etree._Element, marks: Marks) -> None:
    content = (element.get("content") or "").strip()[:_LONGEST_VALUE]
    if not content:
        return
    names: set[str] = set()
    for attribute in ("property", "name", "itemprop", "http-equiv"):
        names.update((element.get(attribute) or "").lower().split()[:5])
    pictures = marks.pictures
    for name in sorted(names):
        if name in {"og:image", "og:image:url"} and len(pictures) < _MOST_PICTURES:
            if not pictures or pictures[-1].url != content:
                pictures.append(Image(content))
        elif name == "og:image:alt" and pictures:
            pictures[-1] = replace(pictures[-1], alt=content)
        elif name == "og:image:width" and pictures:
            pictures[-1] = replace(pictures[-1], width=pixels(content))
        elif name == "og:image:height" and pictures:
            pictures[-1] = replace(pictures[-1], height=pixels(content))
        values = marks.metas.setdefault(name, [])
        if len(values) < _MOST_VALUES:
            values.append(content)


def pixels(text: str) -> int | None:
    """Length in pixels as pages write it, None for 0, percentages and what is no number."""
    found = re.fullmatch(r"\s*([0-9]{1,5})(?:\.[0-9]*)?\s*(?:px)?\s*", text, re.IGNORECASE)
    return int(found[1]) or None if found else None


def shown(raw: str, longest: int) -> str:
    """Value as a reader sees it: entities decoded, those that were escaped twice too, and no markup inside it."""
    text = raw[:_LONGEST_VALUE]
    for _ in range(2):
        text = html.unescape(text) if _ESCAPED.search(text) else text
    if "<" in text:
        closed = _UNPAIRED | {name.lower() for slash, name in _TAG.findall(text) if slash}
        text = _TAG.sub(lambda tag: _untagged(tag, closed), text)
    text = clean_text(text)
    if len(text) <= longest:
        return text
    return (text[:longest].rpartition(" ")[0] or text[: longest - 1]).rstrip(" ,;:") + "…"


def _untagged(tag: re.Match[str], closed: frozenset[str]) -> str:
    name = tag[2].lower()
    if name not in closed or name not in _INLINE | _BLOCK:
        return tag[0]
    return "" if name in _INLINE else " "


def absolute(base: str, raw: str) -> str:
    """Address that a page means, empty unless it is http or https with a host."""
    raw = clean_text(html.unescape(raw))
    try:
        return read_address(urljoin(base, raw)).url if raw else ""
    except ValueError:
        return ""
