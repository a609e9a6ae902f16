"""Blocks that pages of articles have, as HTML: facts, texts of others, and what changed from one state to the next."""

from html import escape
from itertools import groupby

from diurna.publish.blocks import Anchor, Edit, EditedPart, Edits, Fact, Facts, Mark, Passage, Piece, Prose
from diurna.publish.html_place import Place

__all__ = ["edits", "facts", "prose"]

KINDS = {
    "person": "person",
    "organisation": "organisation",
    "place": "place",
    "time": "time",
    "quantity": "quantity",
    "source": "who says so",
    "cue": "how it is said",
    "content": "what is said",
}
"""What marks are called for readers; a kind that is not here goes by its own name."""

_MARKS = {"added": "ins", "removed": "del"}


def facts(block: Facts, level: int, place: Place) -> str:
    """Facts as a list of terms."""
    lines = "".join(_fact(fact, place) for fact in block.facts)
    return f'<dl class="facts">\n{lines}</dl>\n' if lines else ""


def _fact(fact: Fact, place: Place) -> str:
    values = ", ".join(place.link(value) for value in fact.values)
    note = f' <span class="note">{escape(fact.note)}</span>' if fact.note else ""
    basis = f' <span class="basis">({place.link(fact.basis)})</span>' if fact.basis else ""
    return f"<div><dt>{escape(fact.term)}</dt><dd>{values}{note}{basis}</dd></div>\n"


def prose(block: Prose, level: int, place: Place) -> str:
    """A text of others; its headings begin at the page's next level, items that follow each other are one list."""
    parts = []
    for kind, passages in groupby(block.passages, key=lambda passage: passage.kind):
        texts = [_words(passage, place) for passage in passages]
        match kind:
            case "item":
                parts.append(f"<ul>\n{''.join(f'<li>{text}</li>' for text in texts)}\n</ul>\n")
            case "quote":
                parts.append(f"<blockquote>\n{''.join(f'<p>{text}</p>' for text in texts)}\n</blockquote>\n")
            case "heading":
                parts += [f"<h{level}>{text}</h{level}>\n" for text in texts]
            case _:
                parts += [f"<p>{text}</p>\n" for text in texts]
    key = "".join(f'<li><mark class="{escape(kind)}">{escape(KINDS.get(kind, kind))}</mark></li>' for kind in block.key)
    key = f'<ul class="key" role="list" aria-label="Marks">{key}</ul>\n' if key else ""
    return f'{key}<div class="text prose"{place.lang(block.language)}>\n{"".join(parts)}</div>\n'


def _words(passage: Passage, place: Place) -> str:
    return "".join(_piece(piece, place) for piece in passage.pieces) if passage.pieces else escape(passage.text)


def _piece(piece: Piece, place: Place) -> str:
    if not piece.kinds:
        return escape(piece.text)
    words = place.link(Anchor(piece.text, piece.href)) if piece.href else escape(piece.text)
    note = f' title="{escape(piece.note)}"' if piece.note else ""
    return f'<mark class="{escape(" ".join(piece.kinds))}"{note}>{words}</mark>'


def edits(block: Edits, level: int, place: Place) -> str:
    """States of a text, each with what went struck out and what came marked."""
    lines = "".join(_edit(edit, block.language, place) for edit in block.edits)
    return f'<ol class="items changes" role="list">\n{lines}</ol>\n' if lines else ""


def _edit(edit: Edit, language: str, place: Place) -> str:
    note = f' <span class="note">{escape(edit.note)}</span>' if edit.note else ""
    parts = "".join(_part(part, language, place) for part in edit.parts)
    parts = f'<dl class="edit">\n{parts}</dl>\n' if parts else ""
    return f'<li><div class="what"><p class="line">{escape(edit.when)}{note}</p>\n{parts}</div></li>\n'


def _part(part: EditedPart, language: str, place: Place) -> str:
    words = "".join(_marked(mark) for mark in part.marks)
    return f"<div><dt>{escape(part.label)}</dt><dd{place.lang(language)}>{words}</dd></div>\n"


def _marked(mark: Mark) -> str:
    if mark.kind == "gap":
        return ' <span class="gap">…</span> '
    tag = _MARKS.get(mark.kind)
    return f"<{tag}>{escape(mark.text)}</{tag}>" if tag else escape(mark.text)
