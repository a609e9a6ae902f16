"""A page as CommonMark, an event's in the look of the reference: date, headline, lede, sources, changes, related with
context.

No text of a record can become markup: white space is made one space, and what CommonMark or its GitHub dialect would
read as structure, emphasis, code, HTML, a link or an address is escaped. Links lead to the other pages' `.md`, relative
to this one, and out of the site only by http and https.
"""

import re
from collections.abc import Iterable
from datetime import UTC
from functools import lru_cache
from itertools import groupby

from diurna.publish.blocks import (
    Anchor,
    Block,
    Cell,
    Charts,
    Edit,
    Edits,
    Fact,
    Facts,
    Figure,
    Group,
    Groups,
    Item,
    Items,
    Mark,
    Notice,
    Paragraphs,
    Passage,
    Prose,
    Quotation,
    Switches,
    Table,
    Tags,
)
from diurna.publish.page import Page, ShownSection
from diurna.publish.paths import day_path, outside_url, relative_path

__all__ = ["inert", "render_markdown"]

_MARKUP = re.compile(r"[\\`*_\[\]<>|~#]")
_ENTITY = re.compile(r"&(?=#?\w+;)")
_ADDRESS = re.compile(r"(?<=\w):(?=//)|(?<=\bwww)\.|(?<=[\w.+-])@(?=[\w-]+\.)", re.IGNORECASE)
_STARTS = re.compile(r"(\d{0,9})(?=(?<=\d)[.)](?:\s|$)|(?<!\d)[=+-])")
_CONTROL = re.compile("[\x00-\x1f\x7f-\x9f\ud800-\udfff\u2028\u2029]+")
_SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:")
_FILE = re.compile(r"\.(?:atom|jpg|json|png|webp|xml|xsd)$")
_DESTINATION = re.compile(r"[()\\]|&(?=#?\w+;)")


def render_markdown(page: Page) -> str:
    """Write a page as CommonMark; the same page gives the same text."""
    writer = _Writer(page.path)
    parts = list(_head(page, writer))
    for block in page.lead:
        parts += writer.block(block, 3)
    for section in page.sections:
        parts += _section(page, section, writer)
    parts += _foot(page, writer)
    return "\n\n".join(part for part in parts if part) + "\n"


@lru_cache(maxsize=32768)
def inert(text: str) -> str:
    """Text that reads as itself wherever a line of CommonMark may hold it, at its start as well as within."""
    if not text.isprintable():
        text = _CONTROL.sub(" ", text)
    text = _MARKUP.sub(_escaped, " ".join(text.split()))
    if "&" in text:
        text = _ENTITY.sub(_escaped, text)
    if "://" in text or "@" in text or "www" in text.lower():
        text = _ADDRESS.sub(_escaped, text)
    if text.endswith("!"):  # what follows may be a link, and would be a picture
        text = f"{text[:-1]}\\!"
    start = _STARTS.match(text)
    return f"{text[: start.end()]}\\{text[start.end() :]}" if start else text


def _escaped(found: re.Match[str]) -> str:
    return f"\\{found.group()}"


def _head(page: Page, writer: "_Writer") -> Iterable[str]:
    """The date of an event, linked to its day; of other pages the way to them. Then the title."""
    if page.day and page.kind in ("event", "redirect"):
        day = writer.link(Anchor(page.day.isoformat(), day_path(page.day)))
        yield f"### Day unknown, seen {day}" if page.undated else f"### {day}"
    elif page.breadcrumbs:
        yield " / ".join(map(writer.link, page.breadcrumbs))
    yield f"# {inert(page.title)}"


def _section(page: Page, section: ShownSection, writer: "_Writer") -> Iterable[str]:
    if page.kind == "event" and section.name == "cover" and any(one.name == "sources" for one in page.sections):
        return  # stands among the sources, as the reference has it
    yield f"### {inert(section.title)}:"
    blocks = list(section.blocks)
    if page.kind == "event" and section.name == "sources":
        pictures = [block for other in page.sections if other.name == "cover" for block in other.blocks]
        blocks = [_with_cover(block, picture) for block in blocks for picture in pictures[:1]] or blocks
    for block in blocks:
        yield from writer.block(block, 4)


def _with_cover(block: Block, picture: Block) -> Block:
    if not isinstance(block, Items) or not isinstance(picture, Figure):
        return block
    note = ", ".join(filter(None, (picture.caption, picture.credit)))
    item = Item(Anchor("Cover Image", picture.src or picture.href), note=note)
    return Items((*block.items, item), ordered=block.ordered, style=block.style)


def _foot(page: Page, writer: "_Writer") -> Iterable[str]:
    """The pages before and after, and where the text comes from."""
    turn = [("Before", page.previous), ("After", page.next)]
    links = [f"{word}: {writer.link(anchor)}" for word, anchor in turn if anchor]
    lines = [inert(line) if isinstance(line, str) else writer.link(line) for line in page.provenance]
    if links or lines:
        yield "* * *"
    yield " / ".join(links)
    yield "\n".join(f"- {line}" for line in lines)


class _Writer:
    """Writes blocks for the page at a path."""

    def __init__(self, path: str) -> None:
        self._root = relative_path(path, "")

    def block(self, block: Block, level: int) -> Iterable[str]:
        """Paragraphs, lists, tables and headings of a block; headings start at a level."""
        match block:
            case Paragraphs():
                yield from map(inert, block.texts)
                if block.source:
                    yield f"({self.link(block.source)})"
            case Items():
                yield self._items(block.items, ordered=block.ordered)
            case Groups():
                for group in block.groups:
                    yield from self._group(group, level)
            case Figure():
                yield self._figure(block)
            case Table():
                yield self._calendar(block) if block.style == "calendar" else self._table(block)
            case Charts():
                yield "\n".join(f"- {inert(chart.title)}: {inert(chart.description)}" for chart in block.charts)
            case Switches():
                return
            case Tags():
                numbers = [f" ({number:,})" for number in block.numbers] or [""] * len(block.anchors)
                pairs = zip(block.anchors, numbers, strict=True)
                yield ", ".join(f"{self.link(anchor)}{number}" for anchor, number in pairs)
            case Facts():
                yield "\n".join(f"- {self._fact(fact)}" for fact in block.facts)
            case Prose():
                for kind, passages in groupby(block.passages, key=lambda passage: passage.kind):
                    yield from _passages(kind, passages, level)
            case Edits():
                yield "\n".join(f"- {line}" for line in map(_edit, block.edits))
            case Notice():
                link = f" {self.link(block.link)}" if block.link else ""
                yield f"> **{inert(block.kind.capitalize())}.** {inert(block.text)}{link}"

    def link(self, anchor: Anchor) -> str:
        """An anchor: a link where it leads somewhere, words where it does not."""
        to = self._destination(anchor.href)
        text = inert(anchor.text)
        return f"[{text}]({to})" if to else text

    def _destination(self, href: str) -> str:
        if not href:
            return ""
        return _outside(href) if _SCHEME.match(href) else self._root + _inside(href)

    def _fact(self, fact: Fact) -> str:
        words = [f"**{inert(fact.term)}:** {', '.join(map(self.link, fact.values))}"]
        words += [f"({inert(fact.note)})"] if fact.note else []
        words += [f"({self.link(fact.basis)})"] if fact.basis else []
        return " ".join(words)

    def _items(self, items: Iterable[Item], *, ordered: bool) -> str:
        lines = []
        for number, item in enumerate(items, 1):
            bullet = f"{number}. " if ordered else "- "
            lines.append(bullet + f"  \n{' ' * len(bullet)}".join(self._item(item)))
        return "\n".join(lines)

    def _item(self, item: Item) -> Iterable[str]:
        """Lines of an item: what it is; how it read before and after; why it stands here."""
        words = [
            item.day.isoformat() if item.day else "",
            f"**{inert(item.status)}**" if item.status != "current" else "",
            f"{inert(item.label)}:" if item.label else "",
            self.link(item.anchor),
            f"({inert(item.note)})" if item.note else "",
        ]
        if item.tags:
            title = f"{inert(item.tags_title)}: " if item.tags_title else ""
            words.append(f"_{title}{', '.join(map(self.link, item.tags))}_")
        yield " ".join(filter(None, words))
        if item.before:
            yield f"Before: {inert(item.before)}"
        if item.after:
            yield f"After: {inert(item.after)}"
        if item.details:
            yield f"{inert(item.details_title or 'Details')}: {'; '.join(map(inert, item.details))}"
        if item.folded:
            yield inert(item.folded_title or f"and {len(item.folded):,} others")

    def _group(self, group: Group, level: int) -> Iterable[str]:
        yield f"{'#' * min(level, 6)} {self.link(group.anchor)}"
        if group.items:
            yield self._items(group.items, ordered=False)
        for below in group.groups:
            yield from self._group(below, level + 1)

    def _figure(self, figure: Figure) -> str:
        words = inert(figure.caption or figure.alt or "Image")
        credit = f" ({inert(figure.credit)})" if figure.credit else ""
        picture = self._destination(figure.src)
        if picture:
            return f"![{inert(figure.alt)}]({picture})\n{words}{credit}"
        return f"{self.link(Anchor(figure.caption or figure.alt or 'Image', figure.href))}{credit}"

    def _table(self, table: Table) -> str:
        rows = [" | ".join(inert(word) or " " for word in table.head), " | ".join("---" for _ in table.head)]
        for row in table.rows:
            cells = (f"{self.link(Anchor(_told(cell), cell.href))} {inert(cell.mark)}".strip() for cell in row)
            rows.append(" | ".join(cell or " " for cell in cells))
        lines = "\n".join(f"| {row} |" for row in rows)
        said = [self._quotation(one) for row in table.rows for cell in row for one in cell.opens]
        return f"{lines}\n\n" + "\n".join(said) if said else lines

    def _quotation(self, one: Quotation) -> str:
        note = f", {inert(one.note)}" if one.note else ""
        return f"- “{inert(one.before)}**{inert(one.words)}**{inert(one.after)}” ({self.link(one.source)}{note})"

    def _calendar(self, table: Table) -> str:
        days = [cell for row in table.rows for cell in row if cell.href]
        return ", ".join(f"{self.link(Anchor(cell.text, cell.href))} ({inert(cell.mark)})" for cell in days)


def _told(cell: Cell) -> str:
    """The words of a cell with its time."""
    when = f"{cell.when.astimezone(UTC):%Y-%m-%d %H:%M} UTC" if cell.when is not None else ""
    return ", ".join(filter(None, (cell.text, when)))


def _passages(kind: str, passages: Iterable[Passage], level: int) -> Iterable[str]:
    """Passages of one kind that follow each other; items of a list stand together."""
    start = {"heading": f"{'#' * min(level, 6)} ", "quote": "> ", "item": "- "}.get(kind, "")
    lines = [start + inert(passage.text) for passage in passages]
    return ["\n".join(lines)] if kind == "item" else lines


def _edit(edit: Edit) -> str:
    lines = [f"{inert(edit.when)} ({inert(edit.note)})" if edit.note else inert(edit.when)]
    lines += [f"{inert(part.label)}: {_marked(part.marks)}" for part in edit.parts]
    return "  \n  ".join(lines)


def _marked(marks: Iterable[Mark]) -> str:
    """Changed words as `wdiff` writes them: those that went in `[-…-]`, those that came in `{+…+}`."""
    around = {"gap": (" … ", ""), "removed": ("[-", "-]"), "added": ("{+", "+}")}
    pieces = ((mark.text, *around.get(mark.kind, ("", ""))) for mark in marks)
    return inert("".join(f"{start}{text}{end}" for text, start, end in pieces))


@lru_cache(maxsize=32768)
def _outside(href: str) -> str:
    return _DESTINATION.sub(_escaped, outside_url(href))


@lru_cache(maxsize=32768)
def _inside(path: str) -> str:
    path = path.partition("#")[0]  # Markdown has no names for lines of a table
    target = path if _FILE.search(path) else f"{path}.md"
    return _DESTINATION.sub(_escaped, target.replace(" ", "%20"))
