"""Copies are understood once: what was found in one text holds for the same paragraphs of another."""

from bisect import bisect_right

from msgspec import Struct
from msgspec.structs import replace

from diurna.model import Article, Claim, Mention, Span

__all__ = ["Overlap", "moved_claims", "moved_mentions", "overlap"]

_BREAK = 2
"""Characters between two paragraphs of an article's text."""


class Overlap(Struct, frozen=True):
    """Paragraphs that two articles share word for word.

    `starts`, `ends` and `shifts` say which pieces of the one text stand in the other, and how far from their place;
    `rest` are the pieces of the other text that the one does not have; `share` is the part of it that it has.
    """

    starts: tuple[int, ...]
    ends: tuple[int, ...]
    shifts: tuple[int, ...]
    rest: tuple[Span, ...]
    share: float

    def moved(self, span: Span) -> Span | None:
        """Where a span of the one text stands in the other; None if it does not, or not in one piece."""
        at = bisect_right(self.starts, span.start) - 1
        if at < 0 or span.end > self.ends[at]:
            return None
        return Span(span.start + self.shifts[at], span.end + self.shifts[at])


def overlap(one: Article, other: Article) -> Overlap:
    """What of `other` is in `one`: each paragraph of `one` is found again at most once, in the order of the text."""
    places: dict[str, list[int]] = {}
    at = 0
    for paragraph in one.paragraphs:
        places.setdefault(paragraph.text, []).append(at)
        at += len(paragraph.text) + _BREAK
    pieces: list[tuple[int, int, int]] = []
    rest: list[Span] = []
    here = shared = 0
    for paragraph in other.paragraphs:
        found = places.get(paragraph.text)
        end = here + len(paragraph.text)
        if found:
            start = found.pop(0)
            pieces.append((start, start + len(paragraph.text), here - start))
            shared += len(paragraph.text)
        elif rest and rest[-1].end + _BREAK == here:
            rest[-1] = Span(rest[-1].start, end)
        else:
            rest.append(Span(here, end))
        here = end + _BREAK
    pieces.sort()
    length = sum(len(paragraph.text) for paragraph in other.paragraphs)
    return Overlap(
        starts=tuple(start for start, _, _ in pieces),
        ends=tuple(end for _, end, _ in pieces),
        shifts=tuple(shift for _, _, shift in pieces),
        rest=tuple(rest),
        share=shared / length if length else 0.0,
    )


def moved_mentions(mentions: tuple[Mention, ...], shared: Overlap) -> list[Mention]:
    """Mentions of the one text that stand in the other, at their place there."""
    found = ((mention, shared.moved(mention.span)) for mention in mentions)
    return [replace(mention, span=span) for mention, span in found if span is not None]


def moved_claims(claims: tuple[Claim, ...], shared: Overlap) -> list[Claim]:
    """Claims of the one text all of whose spans stand in the other; the voices named elsewhere keep their words."""
    moved = (_moved(claim, shared) for claim in claims)
    return [claim for claim in moved if claim is not None]


def _moved(claim: Claim, shared: Overlap) -> Claim | None:
    sentence = shared.moved(claim.sentence)
    pieces = {name: _all(getattr(claim, name), shared) for name in ("source", "cue", "content", "subject")}
    measured = shared.moved(claim.measured) if claim.measured is not None else None
    if sentence is None or any(spans is None for spans in pieces.values()):
        return None
    if claim.measured is not None and measured is None:
        return None
    chain = tuple(
        replace(voice, span=shared.moved(voice.span) if voice.span is not None else None) for voice in claim.chain
    )
    return replace(claim, sentence=sentence, measured=measured, chain=chain, **pieces)


def _all(spans: tuple[Span, ...], shared: Overlap) -> tuple[Span, ...] | None:
    moved = tuple(shared.moved(span) for span in spans)
    known = tuple(span for span in moved if span is not None)
    return known if len(known) == len(spans) else None
