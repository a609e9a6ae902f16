"""A text on a page with what was understood of it: marks that stand off the text, and the pieces they cut it into."""

from collections.abc import Iterable, Iterator, Sequence

from msgspec import Struct

from diurna.model import Article, Claim, Mention, Span
from diurna.publish.blocks import Passage, Piece
from diurna.publish.marks import Marking, markings, pieces
from diurna.publish.understood import Understood
from diurna.publish.understood_words import FORCES, chain_words, quantity_words, time_words
from diurna.publish.wording import one_line

__all__ = ["MarkLine", "key_of", "marked_passages", "marks_of"]

_KEY = ("person", "organisation", "place", "time", "quantity", "source", "cue", "content")


class MarkLine(Struct, frozen=True, kw_only=True, omit_defaults=True, forbid_unknown_fields=True):
    """Words of a passage that are something: `text[start:end]` of the passage with this number, from 0.

    `kind` is that of a mention (`person`, `time`, …), or of a piece of a statement (`source`, `cue`, `content`); `note`
    says what it stands for, `page` is the path of the page of what is named.
    """

    passage: int
    start: int
    end: int
    kind: str
    note: str = ""
    page: str = ""


def marks_of(texts: Sequence[str], article: Article, understood: Understood | None) -> tuple[MarkLine, ...]:
    """Marks of passages that stand in an article's text, in the order of the text."""
    if understood is None:
        return ()
    annotation, text = understood.annotation, article.text
    marked = markings(annotation)
    mentions = {mention.id: mention for mention in annotation.mentions}
    claims = {claim.id: claim for claim in annotation.claims}
    found: list[MarkLine] = []
    paragraphs = _paragraphs(article)
    first = 0
    for number, passage in enumerate(texts):
        words = passage.removesuffix(" …")
        start = next((at for at, paragraph in paragraphs if one_line(paragraph).startswith(words)), len(text))
        end = start + len(words)
        if not text.startswith(words, start):
            continue  # it stands there with other spaces, which spans would count
        while first < len(marked) and marked[first].span.end <= start and marked[first].span.start < start:
            first += 1
        for place in range(first, len(marked)):
            marking = marked[place]
            if marking.span.start >= end:
                break
            if marking.span.end > start:
                note, page = _said_of(marking, mentions, claims, understood)
                found.append(
                    MarkLine(
                        passage=number,
                        start=max(marking.span.start, start) - start,
                        end=min(marking.span.end, end) - start,
                        kind=marking.kind,
                        note=note,
                        page=page,
                    )
                )
    return tuple(found)


def marked_passages(passages: Iterable[Passage], marks: Sequence[MarkLine]) -> tuple[Passage, ...]:
    """Passages cut into pieces at their marks."""
    by_passage: dict[int, list[MarkLine]] = {}
    for mark in marks:
        by_passage.setdefault(mark.passage, []).append(mark)
    return tuple(
        Passage(passage.text, passage.kind, _pieces(passage.text, by_passage[number]))
        if number in by_passage
        else passage
        for number, passage in enumerate(passages)
    )


def key_of(marks: Iterable[MarkLine]) -> tuple[str, ...]:
    """Kinds of marks that a key explains, in a fixed order; those of other names come last."""
    kinds = {mark.kind for mark in marks}
    return (*(kind for kind in _KEY if kind in kinds), *sorted(kinds - set(_KEY)))


def _paragraphs(article: Article) -> Iterator[tuple[int, str]]:
    """Paragraphs of an article, each with its place in the article's text."""
    at = 0
    for paragraph in article.paragraphs:
        yield at, paragraph.text
        at += len(paragraph.text) + 2


def _pieces(text: str, marks: Sequence[MarkLine]) -> tuple[Piece, ...]:
    spans = [Marking(Span(mark.start, mark.end), mark.kind, str(number)) for number, mark in enumerate(marks)]
    found = []
    for piece in pieces(text, spans, Span(0, len(text))):
        over = [marks[int(marking.about)] for marking in piece.marks]
        nearest = over[-1:] if over else []
        found.append(
            Piece(
                piece.text,
                tuple(dict.fromkeys(mark.kind for mark in over)),
                "; ".join(dict.fromkeys(mark.note for mark in nearest if mark.note)),
                next((mark.page for mark in reversed(over) if mark.page), ""),
            )
        )
    return tuple(found)


def _said_of(
    marking: Marking, mentions: dict[str, Mention], claims: dict[str, Claim], understood: Understood
) -> tuple[str, str]:
    """What a mark stands for in words, and the page of what it names."""
    mention = mentions.get(marking.about)
    if mention is None:
        claim = claims[marking.about]
        said = {"source": chain_words(claim.chain), "cue": FORCES.get(claim.force, claim.force)}
        return said.get(marking.kind) or f"said by {chain_words(claim.chain) or 'somebody'}", ""
    if mention.quantity is not None:
        return quantity_words(mention.quantity), ""
    if mention.timex is not None:
        return time_words(mention.timex, mention.interval) or mention.timex.value, ""
    if ref := understood.meant(mention):
        return one_line(understood.naming(ref, mention).name), understood.page(ref)
    return f"{mention.kind}: not sure which" if mention.candidates else mention.kind, ""
