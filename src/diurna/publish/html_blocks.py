"""Blocks of a page as HTML: one function for each, all text escaped on its way in.

They are plain functions and not templates because an event page has some 70 links: the same blocks as Jinja macros took
five times as long.
"""

import re
from collections.abc import Callable, Iterable
from html import escape
from typing import Any

from diurna.publish.blocks import (
    Block,
    Cell,
    Charts,
    Edits,
    Facts,
    Figure,
    Group,
    Groups,
    Item,
    Items,
    Notice,
    Paragraphs,
    Prose,
    Quotation,
    Switches,
    Table,
    Tags,
)
from diurna.publish.html_articles import edits, facts, prose
from diurna.publish.html_findings import cell_words, charts, switches
from diurna.publish.html_place import Place, host, written_day
from diurna.publish.page import ShownSection

__all__ = ["render_blocks", "render_sections"]

_DAY = re.compile(r"news/\d{4}/\d{2}/\d{2}/index")
_NAME = re.compile(r"[^a-z0-9_-]+")
STYLES = frozenset(("plain", "cards", "sources", "related", "changes"))
TEXT_ROLES = frozenset(("lede", "note"))


def render_sections(sections: Iterable[ShownSection], place: Place) -> str:
    """Sections with their headings; what stands in them begins one level deeper."""
    return "".join(_section(section, place) for section in sections)


def render_blocks(blocks: Iterable[Block], level: int, place: Place) -> str:
    """Blocks one after another; `level` is the number of the next heading, should one have headings."""
    return "".join([RENDERERS[type(block)](block, level, place) for block in blocks])


def _section(section: ShownSection, place: Place) -> str:
    name = escape(section.name)
    grouped = ' class="grouped"' if any(isinstance(block, Groups) for block in section.blocks) else ""
    blocks = render_blocks(section.blocks, 3 if section.title else 2, place)
    months = [block for block in section.blocks if isinstance(block, Table) and block.style == "calendar"]
    if len(months) > 1 and len(months) == len(section.blocks):
        blocks = f'<div class="months">\n{blocks}</div>\n'
    blocks = f'<div class="content">\n{blocks}</div>\n'
    title = f"<h2>{escape(section.title)}</h2>\n" if section.title else ""
    return f'<section id="{name}"{grouped}>\n{title}{blocks}</section>\n'


def _paragraphs(block: Paragraphs, level: int, place: Place) -> str:
    role = f" {block.role}" if block.role in TEXT_ROLES else ""
    texts = "".join(f"<p>{escape(text)}</p>\n" for text in block.texts)
    source = f'<p class="from">{place.link(block.source)}</p>\n' if block.source else ""
    language = place.lang(block.language)
    if source and language:
        texts = f"<div{language}>\n{texts}</div>\n"
        language = ""
    return f'<div class="text{role}"{language}>\n{texts}{source}</div>\n'


def _items(block: Items, level: int, place: Place) -> str:
    return _list(block.items, block.style, block.ordered, place)


def _list(items: Iterable[Item], style: str, ordered: bool, place: Place) -> str:
    tag = "ol" if ordered else "ul"
    style = style if style in STYLES else "plain"
    lines = "".join(_item(item, style, place) for item in items)
    return f'<{tag} class="items {style}" role="list">\n{lines}</{tag}>\n' if lines else ""


def _item(item: Item, style: str, place: Place) -> str:
    anchor = item.anchor
    line = place.link(anchor)
    status = ""
    if item.status != "current":
        word = escape(item.status)
        status = f' class="{_class(item.status)}"'
        line = f'<strong class="status">{word}</strong> {line}'
    if item.label and item.label != anchor.text:
        line = f'<span class="label">{escape(item.label)}</span> {line}'
    if item.note:
        line = f'{line} <span class="note">{escape(item.note)}</span>'
    if style == "sources":
        name = host(anchor.href)
        if name and name != anchor.text:
            line = f'{line} <span class="host">{escape(name)}</span>'
    parts = [f"<li{status}>"]
    if item.day:
        parts.append(f'<span class="when">{written_day(item.day)}</span>\n')
    parts.append(f'<div class="what"><p class="line">{line}</p>\n')
    if item.before or item.after:
        parts.append(_edit(item))
    if item.tags:
        title = f'<span class="shared-title">{escape(item.tags_title)}:</span> ' if item.tags_title else ""
        link = place.link
        tags = "".join([f"<li>{link(tag)}</li>\n" for tag in item.tags])
        parts.append(f'<div class="shared">{title}<ul role="list">\n{tags}</ul></div>\n')
    if item.details:
        sentences = "".join([f"<li>{escape(sentence)}</li>\n" for sentence in item.details])
        title = escape(item.details_title) or "Details"
        parts.append(f'<details><summary>{title}</summary>\n<ul role="list">\n{sentences}</ul></details>\n')
    if item.folded:
        others = "".join([f"<li>{place.link(anchor)}</li>\n" for anchor in item.folded])
        title = escape(item.folded_title) or "Others"
        parts.append(f'<details><summary>{title}</summary>\n<ul role="list">\n{others}</ul></details>\n')
    parts.append("</div></li>\n")
    return "".join(parts)


def _edit(item: Item) -> str:
    before = f"<div><dt>Before</dt><dd><del>{escape(item.before)}</del></dd></div>\n" if item.before else ""
    after = f"<div><dt>After</dt><dd><ins>{escape(item.after)}</ins></dd></div>\n" if item.after else ""
    return f'<dl class="edit">\n{before}{after}</dl>\n'


def _groups(block: Groups, level: int, place: Place) -> str:
    """Groups under headings; days that hold categories stand above them, so that categories look alike everywhere."""
    start = -1 if any(group.groups and _DAY.fullmatch(group.anchor.href) for group in block.groups) else 0
    return "".join([_group(group, block.style, (level, start), place) for group in block.groups])


def _group(group: Group, style: str, at: tuple[int, int], place: Place) -> str:
    """Heading, items and nearer groups; `at` is the heading's number and how many groups it stands in."""
    level, depth = at
    deeper = (min(level + 1, 6), min(depth + 1, 4))
    items = _list(group.items, style, False, place)
    nearer = "".join(_group(inner, style, deeper, place) for inner in group.groups)
    title = f"<h{level}>{place.link(group.anchor)}</h{level}>"
    kind = "day" if depth < 0 else f"depth-{depth}"
    return f'<div class="group {kind}">\n{title}\n<div class="members">\n{items}{nearer}</div>\n</div>\n'


def _figure(block: Figure, level: int, place: Place) -> str:
    credit = f' <span class="credit">{escape(block.credit)}</span>' if block.credit else ""
    origin = place.to(block.href)
    name = escape(host(block.href))
    file = "" if host(block.src) else place.url(block.src)
    if not file:
        words = escape(block.caption or block.alt or "Image")
        shown = f"<a{origin}>{words}</a>" if origin else words
        at = f' <span class="host">{name}</span>' if name else ""
        return f'<p class="picture-link">{shown}{at}{credit}</p>\n'
    size = f' width="{block.width}" height="{block.height}"' if block.width and block.height else ""
    if origin:
        credit += f' <a class="origin"{origin}>{name or "Original"}</a>'
    caption = escape(block.caption) + credit
    below = f"<figcaption>{caption}</figcaption>\n" if caption else ""
    return f'<figure>\n<img src="{file}" alt="{escape(block.alt)}"{size} decoding="async">\n{below}</figure>\n'


def _table(block: Table, level: int, place: Place) -> str:
    calendar = block.style == "calendar"
    name = escape(block.caption)
    caption = f"<caption>{name}</caption>\n" if name else ""
    words = "".join(f'<th scope="col">{escape(word)}</th>' if word else "<td></td>" for word in block.head)
    head = f"<thead><tr>{words}</tr></thead>\n" if words else ""
    rows = "".join(_calendar_row(row, place) for row in block.rows) if calendar else _rows(block.rows, place)
    kind = ' class="calendar"' if calendar else ""
    table = f"<table{kind}>\n{caption}{head}<tbody>\n{rows}</tbody>\n</table>\n"
    if calendar:
        return table
    name = name or "Table"
    return f'<div class="scroll" role="group" aria-label="{name}" tabindex="0">\n{table}</div>\n'


def _rows(rows: tuple[tuple[Cell, ...], ...], place: Place) -> str:
    """Rows; one without a name goes on with what the row above names, which is told to those who hear the table."""
    written, name = [], ""
    for row in rows:
        name = row[0].text or name
        written.append(_row(row, name, place))
    return "".join(written)


def _row(cells: tuple[Cell, ...], name: str, place: Place) -> str:
    heard = f'<span class="hidden">{escape(name)}</span>'
    written = []
    for at, cell in enumerate(cells):
        to = place.to(cell.href) if cell.href else ""
        text = f"<a{to}>{cell_words(cell)}</a>" if to else cell_words(cell)
        mark = f' <span class="mark">{escape(cell.mark)}</span>' if cell.mark else ""
        anchor = f' id="{escape(cell.anchor)}"' if cell.anchor else ""
        written.append(f"<td>{text}{mark}</td>" if at else f'<th scope="row"{anchor}>{text or heard}{mark}</th>')
    below = "".join(_opening(cell, len(cells), place) for cell in cells if cell.opens)
    return f"<tr>{''.join(written)}</tr>\n{below}"


def _opening(cell: Cell, columns: int, place: Place) -> str:
    """A row below a cell's that unfolds the sentences which it rests on; its words are marked for eye and ear."""
    said = "".join(_quotation(one, place) for one in cell.opens)
    count = len(cell.opens)
    title = f'{"Sentence" if count == 1 else f"{count} sentences"}<span class="hidden">: {escape(cell.text)}</span>'
    quoted = f'<details class="quoted"><summary>{title}</summary>\n<ul role="list">\n{said}</ul></details>'
    return f'<tr class="said"><td></td><td colspan="{columns - 1}">{quoted}</td></tr>\n'


def _quotation(one: Quotation, place: Place) -> str:
    sentence = f'{escape(one.before)}<mark class="quantity">{escape(one.words)}</mark>{escape(one.after)}'
    note = f' <span class="note">{escape(one.note)}</span>' if one.note else ""
    return f"<li><q>{sentence}</q> <cite>{place.link(one.source)}</cite>{note}</li>\n"


def _calendar_row(cells: tuple[Cell, ...], place: Place) -> str:
    written = []
    for cell in cells:
        if not cell.text:
            written.append("<td></td>")
            continue
        to = place.to(cell.href) if cell.href else ""
        unit = f'<span class="hidden"> event{"" if cell.mark == "1" else "s"}</span>' if cell.mark.isdecimal() else ""
        mark = f' <span class="count">{escape(cell.mark)}{unit}</span>' if cell.mark else ""
        day = f'<span class="number">{escape(cell.text)}</span>{mark}'
        written.append(f'<td class="heat-{_heat(cell.mark)}"><a{to}>{day}</a></td>' if to else f"<td>{day}</td>")
    return f"<tr>{''.join(written)}</tr>\n"


def _heat(mark: str) -> int:
    """How full a day of the calendar is, from 0 to 4, by the first number in its note."""
    found = re.search(r"\d+", mark)
    count = int(found.group()[:9]) if found else 0
    return sum(count >= least for least in (1, 6, 11, 21))


def _tags(block: Tags, level: int, place: Place) -> str:
    numbers = [f'\u00a0<span class="count">{number}</span>' for number in block.numbers]
    numbers += [""] * (len(block.anchors) - len(numbers))
    lines = "".join(
        f"<li>{place.link(anchor)}{number}</li>\n" for anchor, number in zip(block.anchors, numbers, strict=False)
    )
    return f'<ul class="tags" role="list">\n{lines}</ul>\n' if lines else ""


def _notice(block: Notice, level: int, place: Place) -> str:
    link = f" {place.link(block.link)}" if block.link else ""
    return (
        f'<div class="notice {_class(block.kind)}" role="note">\n<span class="sign" aria-hidden="true"></span>\n'
        f"<p><strong>{escape(block.kind.capitalize())}.</strong> {escape(block.text)}{link}</p>\n</div>\n"
    )


def _class(word: str) -> str:
    return _NAME.sub("-", word.lower())


RENDERERS: dict[type[Block], Callable[[Any, int, Place], str]] = {
    Paragraphs: _paragraphs,
    Items: _items,
    Groups: _groups,
    Figure: _figure,
    Table: _table,
    Switches: switches,
    Charts: charts,
    Tags: _tags,
    Facts: facts,
    Prose: prose,
    Edits: edits,
    Notice: _notice,
}
