"""Quotations of a document: where each opens and closes, over sentences and paragraphs, or never."""

from msgspec import Struct

from diurna.enrich.claims.tree import Piece
from diurna.enrich.found import Words

__all__ = ["Quotation", "paragraphs_of", "quotations"]

_OPENING = frozenset(["“", "„", "«", "‟", "``"])
_CLOSING = frozenset(["”", "»"])
_STRAIGHT = frozenset(['"', "''", "'"])
_MARKS = _OPENING | _CLOSING | _STRAIGHT
_SINGLE_OPENING = "‘"
_SINGLE_CLOSING = "’"
_BEFORE_CLOSING = frozenset([".", ",", "?", "!", "…", "..."])


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
    """Quotations between double marks, or between single ones that curve, outermost ones only, in one pass."""
    out: list[Quotation] = []
    text, start_of, end_of = words.text, words.start, words.end
    singles = _single(words, paragraphs) if _SINGLE_OPENING in text else {}
    for first, last in paragraphs:
        opened: int | None = None
        skip = until = -1
        for at in range(first, last):
            word = text[at]
            if word == _SINGLE_OPENING and opened is None and at >= until and at in singles:
                until = singles[at]
                out.append(Quotation(at, until))
            if word not in _MARKS or at == skip or at < until:
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


def _single(words: Words, paragraphs: list[Piece]) -> dict[int, int]:
    """Where quotations between single marks end, by where they open.

    A mark that opens one stands behind a space or bracket. One that closes it stands behind a word and before a space
    or another mark; behind a sentence mark it is sure to, while behind an "s" it may be a possessor's (the workers’
    dam), which is passed over for one that is sure.
    """
    found: dict[int, int] = {}
    text, start_of, end_of = words.text, words.start, words.end
    for first, last in paragraphs:
        opened = likely = -1
        for at in range(first, last):
            word = text[at]
            if word == _SINGLE_OPENING:
                if at + 1 < last and start_of[at + 1] == end_of[at] and _stands_apart(words, at, first):
                    if opened >= 0 and likely >= 0:
                        found[opened] = likely
                    opened, likely = at, -1
            elif word == _SINGLE_CLOSING and opened >= 0 and at > opened + 1 and start_of[at] == end_of[at - 1]:
                if at + 1 < last and start_of[at + 1] == end_of[at] and text[at + 1][:1].isalnum():
                    continue
                if text[at - 1] in _BEFORE_CLOSING or text[at - 1][-1:].lower() != "s" or _mark_after(words, at, last):
                    found[opened] = at + 1
                    opened = likely = -1
                elif likely < 0:
                    likely = at + 1
        if opened >= 0 and likely >= 0:
            found[opened] = likely
    return found


def _stands_apart(words: Words, at: int, first: int) -> bool:
    """Whether a space, a bracket, a dash or a double mark stands before a token, or its paragraph begins."""
    return at == first or words.start[at] > words.end[at - 1] or words.text[at - 1][-1:] in '([{-–—“"'


def _mark_after(words: Words, at: int, last: int) -> bool:
    """Whether what follows a token is no word: a mark, white space with a line end, or nothing."""
    return at + 1 >= last or not words.text[at + 1][:1].isalnum()


def _carries_on(before: list[Quotation], opened: int, first: int) -> bool:
    return bool(before) and opened == first and not before[-1].closed and before[-1].end == first - 1
