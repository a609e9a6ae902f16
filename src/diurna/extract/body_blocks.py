"""Blocks of a web page: its text cut where a browser would begin a new line, each with the containers it stands in."""

import re
import unicodedata
from collections.abc import Iterator, Mapping
from typing import cast

from lxml import etree
from msgspec import Struct

from diurna.extract.body_names import Named, judge_names
from diurna.extract.clean_text import clean_text

__all__ = ["Block", "Container", "Page", "Picture", "walk_page"]

_LONGEST_CELL = 600  # characters of a cell that holds data
_BREAK = "\x1e"  # a line break of the page, in raw text; it counts as white space
_LONGEST_BLOCK = 50_000  # characters
_LONGEST_SRCSET = 10_000
_MOST_PICTURES = 300
_LATE = ("data-src", "data-lazy-src", "data-original", "data-lazy", "data-full-src", "data-hi-res-src", "data-image")

_SKIPPED = frozenset(
    [
        "script",
        "style",
        "template",
        "svg",
        "head",
        "nav",
        "button",
        "select",
        "option",
        "textarea",
        "input",
        "iframe",
        "object",
        "embed",
        "video",
        "audio",
        "canvas",
        "map",
        "datalist",
        "noscript",
        "noframes",
        "math",
        "progress",
        "meter",
        "applet",
        "frame",
        "frameset",
        "dialog",
    ]
)
_BLOCKS = frozenset(
    [
        "p",
        "div",
        "section",
        "article",
        "main",
        "aside",
        "header",
        "footer",
        "nav",
        "ul",
        "ol",
        "li",
        "dl",
        "dt",
        "dd",
        "table",
        "tr",
        "td",
        "th",
        "thead",
        "tbody",
        "tfoot",
        "caption",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "blockquote",
        "pre",
        "figure",
        "figcaption",
        "form",
        "fieldset",
        "details",
        "summary",
        "address",
        "hr",
        "center",
        "body",
        "hgroup",
        "legend",
        "menu",
        "dir",
        "search",
        "amp-story-page",
    ]
)
_MAY_HOLD = frozenset(("span", "small", "cite", "amp-ad"))  # inline, and parted from the text where their names say so
_CONTROLS = frozenset(("button", "input", "select", "textarea"))
_NO_FIELDS = frozenset(("hidden", "button", "image", "reset"))
_HEADINGS = {"h1": 1, "h2": 2, "h3": 3, "h4": 4, "h5": 5, "h6": 6}
_UNNAMED = Named()
_GOOD_LENGTH = 80  # characters of a block that reads like a sentence


class Container(Struct, eq=False):
    """Element that holds blocks: what its names say, and how much text stands in it.

    `good` counts characters of long blocks that are not mostly links, `controls` all
    fields and buttons, `fields` those that a reader fills in. A table of `layout` holds the page and no data.
    """

    tag: str
    up: "Container | None"
    depth: int
    named: Named = _UNNAMED
    chars: int = 0
    linked: int = 0
    good: int = 0
    blocks: int = 0
    links: int = 0
    controls: int = 0
    fields: int = 0
    order: int = 0
    layout: bool = False

    def chain(self) -> Iterator["Container"]:
        """Itself and what it stands in, from inside out."""
        at: Container | None = self
        while at is not None:
            yield at
            at = at.up

    def chain_top(self) -> "Container":
        """The outermost of what it stands in: the page's body."""
        at = self
        while at.up is not None:
            at = at.up
        return at


class Block(Struct, eq=False):
    """Text between two line starts. `kind`: `paragraph`, `heading`, `quote`, `item`, `cell` or `caption`."""

    text: str
    kind: str
    within: Container
    linked: int
    links: int
    bold: int
    order: int

    @property
    def link_share(self) -> float:
        """How much of its text carries links."""
        return self.linked / len(self.text) if self.text else 0.0

    @property
    def good(self) -> bool:
        """Whether it reads like a sentence of running text."""
        return len(self.text) >= _GOOD_LENGTH and self.linked * 2 < len(self.text)


class Picture(Struct, eq=False):
    """Picture in a page: its addresses as written, the best first, and the number of blocks before it."""

    addresses: tuple[str, ...]
    alt: str
    within: Container
    order: int
    width: str = ""
    height: str = ""


class Page(Struct):
    """Blocks and pictures of a page in order, and its containers; `whole` is whether all of it was walked.

    `elements` were walked, holding `written` characters of text; `names` counts characters of classes
    and ids, `longest_name` is the most of one element.
    """

    blocks: list[Block]
    containers: list[Container]
    pictures: list[Picture]
    elements: int = 0
    written: int = 0
    names: int = 0
    longest_name: int = 0
    whole: bool = True


class _Walk:
    def __init__(self, body: etree._Element) -> None:
        self.top = Container("body", None, 0)
        self.stack: list[Container] = [self.top]
        self.page = Page([], [self.top], [])
        self.pieces: list[str] = []
        self.linked = self.links = self.bold = self.open_links = self.open_bold = 0
        self.opened: list[etree._Element] = []

    def text(self, text: str | None) -> None:
        if text:
            self.pieces.append(text)
            if self.open_links and (length := len(text.strip())):
                self.linked += length
            if self.open_bold:
                self.bold += len(text.strip())

    def picture(self, element: etree._Element) -> None:
        if len(self.page.pictures) < _MOST_PICTURES and (addresses := _addresses(element)):
            get = element.get
            size = get("width") or "", get("height") or ""
            alt = " ".join((get("alt") or "").split())
            self.page.pictures.append(Picture(addresses, alt, self.stack[-1], len(self.page.blocks), *size))

    def open(self, element: etree._Element, tag: str, named: Named | None = None) -> None:
        if self.pieces:
            self.flush()
        up = self.stack[-1]
        container = Container(tag, up, up.depth + 1)
        if tag == "table":
            container.layout = _is_layout(element)
        length = len(element.get("class") or "") + len(element.get("id") or "")
        self.page.names += length
        if length > self.page.longest_name:
            self.page.longest_name = length
        container.named = named or judge_names(tag, cast("Mapping[str, str]", element.attrib))
        container.order = len(self.page.containers)
        self.page.containers.append(container)
        self.stack.append(container)
        self.opened.append(element)

    def close(self) -> None:
        if self.pieces:
            self.flush()
        container = self.stack.pop()
        self.opened.pop()
        if not (container.chars or container.controls or container.links):
            return
        up = self.stack[-1]
        up.chars += container.chars
        up.linked += container.linked
        up.good += container.good
        up.blocks += container.blocks
        up.links += container.links
        up.controls += container.controls
        up.fields += container.fields

    def flush(self) -> None:
        """End the block that is being read."""
        raw = self.pieces[0] if len(self.pieces) == 1 else "".join(self.pieces)
        linked, links, bold = self.linked, self.links, self.bold
        self.page.written += len(raw)
        self.pieces = []
        self.linked = self.links = self.bold = 0
        if not raw or raw.isspace():
            return
        parts = _paragraphs(raw) if _BREAK in raw else [raw]
        whole = sum(map(len, parts)) or 1
        for part in parts:
            text = " ".join(part[:_LONGEST_BLOCK].split())
            if not (text.isprintable() and (text.isascii() or unicodedata.is_normalized("NFC", text))):
                text = clean_text(text)
            if not text:
                continue
            share = len(part) / whole if len(parts) > 1 else 1.0
            self.add(text, min(round(linked * share), len(text)), round(links * share), round(bold * share))

    def add(self, text: str, linked: int, links: int, bold: int) -> None:
        within = self.stack[-1]
        block = Block(text, _kind(within), within, linked, links, bold, len(self.page.blocks))
        self.page.blocks.append(block)
        within.chars += len(text)
        within.linked += linked
        within.blocks += 1
        within.links += links
        if block.good:
            within.good += len(text)


def _addresses(element: etree._Element) -> tuple[str, ...]:
    """Addresses of a picture, those for scripts that load it late first: the plain one is then a stand-in."""
    found = [value for name in _LATE if (value := element.get(name))]
    for name in ("data-srcset", "data-lazy-srcset", "srcset"):
        if (value := element.get(name)) and not found:
            found.append(_widest(value))
    found.append(element.get("src") or "")
    return tuple(dict.fromkeys(url for raw in found if (url := raw.strip()) and not url.startswith("data:")))


def _widest(candidates: str) -> str:
    """Address with the largest width or density of a `srcset`."""
    best, address = -1.0, ""
    for candidate in re.split(r",\s+", candidates[:_LONGEST_SRCSET]):
        url, _, size = candidate.strip().partition(" ")
        found = re.fullmatch(r"([0-9.]{1,8})[wx]", size.strip())
        try:
            width = float(found[1]) if found else 0.0
        except ValueError:
            width = 0.0
        if url and width > best:
            best, address = width, url.strip(",")
    return address


def _paragraphs(raw: str) -> list[str]:
    """Cut text at empty lines, as two line breaks in a row make them."""
    parts: list[str] = []
    held: list[str] = []
    for line in raw.split(_BREAK):
        if line.strip():
            held.append(line)
        elif held:
            parts.append(" ".join(held))
            held = []
    return [*parts, " ".join(held)] if held else parts


def _is_layout(table: etree._Element) -> bool:
    """Whether a table only puts things in their places: it holds tables, or fewer than two rows of cells, or prose."""
    if table.get("role") == "presentation" or table.find(".//table") is not None:
        return True
    rows = [cells for row in table.iter("tr") if len(cells := row.findall("td") + row.findall("th")) > 1]
    if len(rows) < 2:
        return True
    return any(len("".join(map(str, cell.itertext()))) > _LONGEST_CELL for cells in rows for cell in cells)


def _kind(within: Container) -> str:
    if within.tag in ("td", "th") and not any(box.layout for box in within.chain() if box.tag == "table"):
        return "cell"
    at: Container | None = within
    for _ in range(8):
        if at is None:
            break
        tag = at.tag
        if tag in _HEADINGS:
            return "heading"
        if tag in ("figcaption", "caption"):
            return "caption"
        if tag == "blockquote":
            return "quote"
        if tag in ("li", "dt", "dd"):
            return "item"
        if tag in ("td", "th", "article", "main", "section", "body"):
            break
        at = at.up
    return "paragraph"


def walk_page(body: etree._Element, most_elements: int) -> Page:
    """Cut a page into blocks, in time proportional to its size; no markup is too deep, since nothing is recursive."""
    walk = _Walk(body)
    walker = etree.iterwalk(body, events=("start", "end"))
    next(walker, None)  # the body itself
    walk.text(body.text)
    left = most_elements
    for event, element in walker:
        tag = cast("str", element.tag)
        if event == "start":
            left -= 1
            if left < 0:
                walk.page.whole = False
                break
            if tag.__class__ is not str or tag in _SKIPPED:
                walker.skip_subtree()
                if tag in _CONTROLS:
                    walk.stack[-1].controls += 1
                    walk.stack[-1].fields += tag != "button" and element.get("type") not in _NO_FIELDS
                elif tag == "noscript":
                    for image in element.iter("img"):
                        walk.picture(image)
                continue
            if tag in _BLOCKS:
                walk.open(element, tag)
            elif tag in _MAY_HOLD and (named := judge_names(tag, cast("Mapping[str, str]", element.attrib))).reason:
                walk.open(element, tag, named)
            elif tag == "br":
                walk.pieces.append(_BREAK)
            elif tag == "img":
                walk.picture(element)
            elif tag == "a":
                walk.open_links += 1
                walk.links += 1
            elif tag in ("b", "strong"):
                walk.open_bold += 1
            elif tag == "q":
                walk.pieces.append("“")
            walk.text(element.text)
        else:
            if element is body:
                break
            if tag.__class__ is not str:
                pass
            elif walk.opened and walk.opened[-1] is element:
                walk.close()
            elif tag == "a":
                walk.open_links -= 1
            elif tag in ("b", "strong"):
                walk.open_bold -= 1
            elif tag == "q":
                walk.pieces.append("”")
            walk.text(element.tail)
    while len(walk.stack) > 1:
        walk.close()
    if walk.pieces:
        walk.flush()
    walk.page.elements = most_elements - left
    return walk.page
