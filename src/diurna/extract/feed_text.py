"""Text of feed items: HTML or plain words cut into paragraphs, without scripts, trackers and the feed's own footers."""

import html
import re
from itertools import pairwise

from lxml import etree
from msgspec import Struct

from diurna.extract.body_blocks import Block, walk_page
from diurna.extract.clean_text import clean_text
from diurna.extract.page_marks import pixels
from diurna.model import Dropped, Image, Paragraph

__all__ = ["ItemText", "plain_paragraphs", "plain_words", "read_html", "read_plain"]

_MOST_ELEMENTS = 20_000  # of one item; a live page of a day has a few thousand
_MOST_CHARACTERS = 1_000_000
_SMALLEST = 64  # pixels a side of a picture; trackers and emoji have less
_LONGEST_FOOTER = 300
_MARKUP = re.compile(r"<(?:/|!--)?[a-z][^<>]*>|&(?:#\d{1,7}|#x[0-9a-f]{1,6}|[a-z]{2,30});", re.IGNORECASE)
# What blog programs and feed makers put below an item, in the words they ship with.
_FOOTERS = (
    r"the (?:post|article) .{1,250} (?:first )?appeared (?:first )?on .{1,100}",
    r".{0,20}\bappeared first on .{1,100}",
    r"(?:continue|keep) reading\b.{0,250}",
    r"(?:read|see|view|find out|learn)\b.{0,20}\bmore\b.{0,60}",
    r"read (?:the )?(?:full|whole|rest)\b.{0,150}",
    r"(?:click|tap) here to (?:read|continue|view)\b.{0,100}",
    r"(?:weiterlesen|lire la suite|leer más|leia mais|continua a leggere|lees verder|läs mer|читать далее)\W{0,5}",
    r"(?:阅读全文|続きを読む|계속 읽기)\W{0,5}",
    r"(?:view|leave|\d{1,6}) comments?\W{0,5}",
    r"submitted by .{1,60}",
    r"\[?(?:link|comments)\]?(?:\s+\[comments\])?",
    r"share (?:this|on) .{1,80}",
    r"filed under:? .{1,200}",
    r"(?:©|copyright) .{1,200}all rights reserved\W{0,3}",
)
_FOOTER = re.compile("|".join(_FOOTERS), re.IGNORECASE)
_READ_ON = re.compile(r"(?:\[(?:…|\.\.\.|&hellip;|&#8230;)\]|…|\.\.\.)\s{0,3}[\W]{0,3}$")
_TRACKER = re.compile(
    r"feedburner\.com/~|doubleclick\.|/pixel|pixel\.|tracking|/beacon|stats\.wordpress|feedsportal", re.IGNORECASE
)
_KINDS = {"heading": "heading", "quote": "quote", "item": "item"}


class ItemText(Struct, frozen=True):
    """Text of one item: its blocks, what was left out of it, its first picture; `cut` where it ends in mid-thought."""

    paragraphs: tuple[Paragraph, ...] = ()
    dropped: tuple[Dropped, ...] = ()
    image: Image | None = None
    cut: bool = False

    @property
    def length(self) -> int:
        """Characters of running text."""
        return sum(len(paragraph.text) for paragraph in self.paragraphs)

    @property
    def words(self) -> str:
        """All of it on one line."""
        return " ".join(paragraph.text for paragraph in self.paragraphs)


def read_html(raw: str) -> ItemText:
    """Cut an item's text at its blocks, whether it is HTML, HTML that was escaped twice, or plain words."""
    raw = raw[:_MOST_CHARACTERS]
    if "<" not in raw and "&lt;" in raw:
        raw = html.unescape(raw)
    if not _MARKUP.search(raw):
        return read_plain(raw)
    parser = etree.HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True, no_network=True)
    try:
        root: etree._Element | None = etree.fromstring(f"<body><div>{raw}</div>".encode("utf-8", "replace"), parser)
    except etree.LxmlError:
        root = None
    body: etree._Element | None = None if root is None else root.find("body")
    if body is None:
        return ItemText()
    page = walk_page(body, _MOST_ELEMENTS)
    return _composed([_paragraph(block) for block in page.blocks], _picture(body))


def read_plain(raw: str) -> ItemText:
    """Cut an item's text that is no HTML."""
    return _composed([(Paragraph(text), "", "") for text in plain_paragraphs(raw[:_MOST_CHARACTERS])], None)


def _paragraph(block: Block) -> tuple[Paragraph, str, str]:
    """A block as a paragraph, the reason for which it is no part of the text, and what said so."""
    paragraph = Paragraph(block.text, _KINDS.get(block.kind, "paragraph"))
    if block.kind == "caption":
        return paragraph, "caption", "figcaption"
    for container in block.within.chain():
        if container.named.reason:
            return paragraph, container.named.reason, container.named.because
    return paragraph, "", ""


def _composed(blocks: list[tuple[Paragraph, str, str]], image: Image | None) -> ItemText:
    kept: list[Paragraph] = []
    dropped: list[Dropped] = []
    for paragraph, reason, because in blocks:
        if reason:
            dropped.append(Dropped(paragraph.text, reason, because))
        elif len(paragraph.text) <= _LONGEST_FOOTER and _FOOTER.fullmatch(paragraph.text):
            dropped.append(Dropped(paragraph.text, "navigation", "words that feed makers put below an item"))
        else:
            kept.append(paragraph)
    cut = bool(kept) and _READ_ON.search(kept[-1].text) is not None
    return ItemText(tuple(kept), tuple(dropped), image, cut)


def _picture(body: etree._Element) -> Image | None:
    """The first picture that is no tracker, with the caption of its figure."""
    for element in body.iter("img"):
        url = element.get("src") or ""
        lazy = element.get("data-src") or element.get("data-lazy-src") or ""
        url = lazy if lazy and (not url or url.startswith("data:")) else url
        width, height = pixels(element.get("width") or ""), pixels(element.get("height") or "")
        small = min(width or _SMALLEST, height or _SMALLEST) < _SMALLEST
        if not url or small or url.startswith("data:") or _TRACKER.search(url):
            continue
        figure = next(element.iterancestors("figure"), None)
        caption = figure.find(".//figcaption") if figure is not None else None
        words = "".join(map(str, caption.itertext())) if caption is not None else ""
        return Image(url, caption=words, alt=element.get("alt") or "", width=width, height=height)
    return None


def plain_words(raw: str) -> str:
    """One line of words from what may be HTML: titles, summaries, captions."""
    return (
        raw
        if not raw
        else read_html(raw).words or clean_text(html.unescape(raw))
        if _MARKUP.search(raw)
        else clean_text(raw)
    )


def plain_paragraphs(raw: str) -> list[str]:
    """Cut plain text into paragraphs: at empty lines, else at each line; at indented lines where it is wrapped."""
    lines = raw.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    filled = [line for line in lines if line.strip()]
    if len(filled) < 2:
        return [text for line in filled if (text := clean_text(" ".join(line.split())))]
    wrapped = _is_wrapped(filled)
    # Where empty lines part most of the text, a line end within a part is no more than a space.
    joined = wrapped or 3 * _count_gaps(lines) >= len(filled) - 1
    parts: list[list[str]] = [[]]
    for line in lines:
        empty = not line.strip()
        starts = not joined or (wrapped and len(line) - len(line.lstrip()) >= 2)
        if empty or starts:
            parts.append([])
        if not empty:
            parts[-1].append(line)
    return [text for part in parts if (text := clean_text(" ".join(" ".join(part).split())))]


def _count_gaps(lines: list[str]) -> int:
    """How many times filled lines follow on empty ones, the beginning left out."""
    inside = "\n".join(lines).strip().split("\n")
    return sum(1 for before, line in pairwise(inside) if line.strip() and not before.strip())


def _is_wrapped(lines: list[str]) -> bool:
    """Whether lines end where the page was full and not where a sentence was: most of them end in mid-sentence."""
    ends = sum(1 for line in lines[:-1] if line.rstrip()[-1:] in ".!?…。！？:;\"”'’»)")
    return max(map(len, lines)) <= 100 and ends * 2 < len(lines) - 1
