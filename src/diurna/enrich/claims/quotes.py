"""Quotations of a document: where each opens and closes, over sentences and paragraphs, or never."""

from msgspec import Struct

from diurna.enrich.claims.tree import Piece
from diurna.enrich.found import Words

__all__ = ["Quotation", "paragraphs_of", "quotations"]

_OPENING = frozenset(["“", "„", "«", "‟", "``"])
_CLOSING = frozenset(["”", "»"])
_STRAIGHT = frozenset(['"', "''", "'"])
_MARKS = _OPENING | _CLOSING | _STRAIGHT


class Quotation(Struct, frozen=True):
    """Quoted words with their marks, as tokens from `start` up to `end`.

    `closed` is false where its paragraph ends first. `goes_on` says that it carries on the quotation before it: a
    paragraph that opens with a mark after one that did not close it.
    """

    start: int
    end: int
    closed: bool = True
    goes_on: bool = False


def paragraphs_of(words: Words) -> list[Piece]:
    """Paragraphs as pieces of tokens: white space with a line end parts them."""
    out: list[Piece] = []
    start = 0
    for at, word in enumerate(words.text):
        if "\n" in word and word.isspace():
            if at > start:
                out.append((start, at))
            start = at + 1
    if start < len(words.text):
        out.append((start, len(words.text)))
    return out


def quotations(words: Words, paragraphs: list[Piece]) -> list[Quotation]:
    """Quotations between double marks, outermost ones only, in one pass."""
    out: list[Quotation] = []
    text, start_of, end_of = words.text, words.start, words.end
    for first, last in paragraphs:
        opened: int | None = None
        skip = -1
        for at in range(first, last):
            word = text[at]
            if word not in _MARKS or at == skip:
                continue
            after = at + 1
            if word == "'":
                # Two apostrophes for a mark, which tokenizers part where it closes.
                if after >= last or text[after] != "'" or start_of[after] != end_of[at]:
                    continue
                skip, after = after, after + 1
            if word in _STRAIGHT:
                closes = opened is not None
                if closes and after < last and start_of[at] > end_of[at - 1] and start_of[after] == end_of[after - 1]:
                    opened = at  # a space before and none after: another opening mark
                    continue
            else:
                closes = word in _CLOSING
            if closes:
                if opened is not None:
                    out.append(Quotation(opened, after, goes_on=_carries_on(out, opened, first)))
                    opened = None
            elif opened is None:
                opened = at
        if opened is not None and last - opened > 1:
            out.append(Quotation(opened, last, closed=False, goes_on=_carries_on(out, opened, first)))
    return out


def _carries_on(before: list[Quotation], opened: int, first: int) -> bool:
    return bool(before) and opened == first and not before[-1].closed and before[-1].end == first - 1
