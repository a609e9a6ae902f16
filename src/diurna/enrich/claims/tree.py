"""Dependency trees of a document as plain lists, so that looking for statements costs little beside parsing."""

from collections.abc import Iterable, Iterator
from typing import Any

from spacy.tokens import Doc

from diurna.enrich.found import Words, words_of
from diurna.enrich.language.parser import parsed
from diurna.model import Span

__all__ = ["LOOSE", "MARKS", "SUBJECTS", "VERBAL", "Piece", "Tree", "joined", "trimmed", "without"]

Piece = tuple[int, int]
"""Tokens from the first up to, not including, the second."""

SUBJECTS = frozenset(["nsubj", "nsubjpass", "csubj", "expl"])
VERBAL = frozenset(
    ["ROOT", "ccomp", "xcomp", "advcl", "relcl", "acl", "pcomp", "conj", "parataxis", "dep", "csubj", "appos"]
)
MARKS = frozenset(["“", "„", "«", "‟", "``", "”", "»", '"', "''"])
"""Tokens that open or close a quotation."""
_HELPING = frozenset(["aux", "auxpass", "neg", "advmod"])
LOOSE = frozenset([",", ";", ":", "•", "-", "--", "–", "—", "―", ".", "and", "but"])
"""Marks and words that lie between what is said and the rest of a sentence."""


class Tree:
    """Heads, labels, children and edges of subtrees, by token; sentences without a parse have the label ``""``."""

    def __init__(self, doc: Doc) -> None:
        self.words: Words = words_of(doc)
        self.lower = self.words.lower
        trees = parsed(doc)
        self.head, self.dep = trees.heads, trees.labels
        size = self.size = len(self.head)
        marks: Any = doc.to_array("SENT_START")
        starts = [at for at, mark in enumerate(marks.tolist()) if mark == 1]
        if not size:
            starts = []
        elif not starts or starts[0] != 0:
            starts.insert(0, 0)
        self.sentences: list[Piece] = list(zip(starts, [*starts[1:], size], strict=False))
        self.sentence_of = [0] * size
        for number, (start, end) in enumerate(self.sentences):
            self.sentence_of[start:end] = [number] * (end - start)
        self.kids: list[list[int]] = [[] for _ in range(size)]
        self.says = [False] * size
        for at, head in enumerate(self.head):
            if head != at and not (self.dep[at] in _HELPING and self._quote_between(at, head)):
                self.kids[head].append(at)
                if self.dep[at] == "ccomp":
                    self.says[head] = True
        self.left = list(range(size))
        self.right = list(range(size))
        self._spread()

    def _quote_between(self, at: int, head: int) -> bool:
        """Whether an auxiliary stands in a quotation that its verb is outside of, which parsers see fit."""
        return head - at > 2 and not MARKS.isdisjoint(self.lower[at + 1 : head])

    def _spread(self) -> None:
        """Carry the edges of each subtree up to its head, leaves first."""
        left, right, head = self.left, self.right, self.head
        open_kids = [0] * self.size
        for at, above in enumerate(head):
            if above != at:
                open_kids[above] += 1
        ready = [at for at, count in enumerate(open_kids) if count == 0]
        for at in ready:
            above = head[at]
            if above == at:
                continue
            if left[at] < left[above]:
                left[above] = left[at]
            if right[at] > right[above]:
                right[above] = right[at]
            open_kids[above] -= 1
            if open_kids[above] == 0:
                ready.append(above)

    def subtree(self, at: int) -> Piece:
        """A word with everything that depends on it."""
        return self.left[at], self.right[at] + 1

    def kid(self, at: int, *labels: str) -> int | None:
        """First child with one of the labels."""
        dep = self.dep
        for kid in self.kids[at]:
            if dep[kid] in labels:
                return kid
        return None

    def kids_with(self, at: int, labels: Iterable[str]) -> Iterator[int]:
        """Children with one of the labels, in the order of the text."""
        dep = self.dep
        return (kid for kid in self.kids[at] if dep[kid] in labels)

    def span(self, piece: Piece) -> Span:
        """Where the tokens stand in the text."""
        return Span(self.words.start[piece[0]], self.words.end[piece[1] - 1])


def joined(pieces: Iterable[Piece]) -> list[Piece]:
    """Pieces in order, those that touch or overlap made one."""
    out: list[Piece] = []
    for start, end in sorted(pieces):
        if start >= end:
            continue
        if out and start <= out[-1][1]:
            out[-1] = (out[-1][0], max(out[-1][1], end))
        else:
            out.append((start, end))
    return out


def without(pieces: Iterable[Piece], holes: Iterable[Piece]) -> list[Piece]:
    """What is left of pieces when others are cut out of them."""
    out = joined(pieces)
    for start, end in joined(holes):
        left: list[Piece] = []
        for first, last in out:
            if end <= first or start >= last:
                left.append((first, last))
                continue
            if first < start:
                left.append((first, start))
            if end < last:
                left.append((end, last))
        out = left
    return out


def trimmed(piece: Piece, lower: list[str], loose: frozenset[str]) -> Piece:
    """A piece without loose marks and white space at its ends."""
    start, end = piece
    while start < end and (lower[start] in loose or lower[start].isspace()):
        start += 1
    while end > start and (lower[end - 1] in loose or lower[end - 1].isspace()):
        end -= 1
    return start, end
