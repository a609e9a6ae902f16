"""A text with what was understood of it: cut into pieces, each with all that it is part of."""

from collections.abc import Iterable
from itertools import pairwise

from msgspec import Struct

from diurna.model import Annotation, Span

__all__ = ["STATEMENT_ROLES", "MarkedPiece", "Marking", "markings", "pieces"]

STATEMENT_ROLES = ("source", "cue", "content")


class Marking(Struct, frozen=True):
    """Span of a text that is something.

    `kind`: of a mention its own (`person`, `time`, …), of a piece of a statement its role (`source`, `cue`, `content`).
    `about` is the id of the mention or claim.
    """

    span: Span
    kind: str
    about: str


class MarkedPiece(Struct, frozen=True):
    """Piece of a text, and the markings that cover it: the widest first."""

    text: str
    marks: tuple[Marking, ...] = ()


def markings(annotation: Annotation) -> list[Marking]:
    """All that an annotation says of an article's text, in the order of the text."""
    found = [Marking(mention.span, mention.kind, mention.id) for mention in annotation.mentions]
    for claim in annotation.claims:
        if claim.kind == "statement":
            for role in STATEMENT_ROLES:
                found += [Marking(span, role, claim.id) for span in getattr(claim, role)]
    return sorted(found, key=lambda marking: (marking.span.start, -marking.span.end, marking.kind, marking.about))


def pieces(text: str, marked: Iterable[Marking], within: Span) -> list[MarkedPiece]:
    """A stretch of a text in pieces; a piece ends wherever a marking begins or ends."""
    inside = [one for one in marked if one.span.start < within.end and within.start < one.span.end]
    edges = {within.start, within.end}
    for one in inside:
        edges |= {max(one.span.start, within.start), min(one.span.end, within.end)}
    cuts = sorted(edges)
    found: list[MarkedPiece] = []
    open_now: list[Marking] = []
    following = iter(inside)
    upcoming = next(following, None)
    for start, end in pairwise(cuts):
        open_now = [one for one in open_now if one.span.end > start]
        while upcoming is not None and upcoming.span.start <= start:
            if upcoming.span.end > start:
                open_now.append(upcoming)
            upcoming = next(following, None)
        found.append(MarkedPiece(text[start:end], tuple(open_now)))
    return found
