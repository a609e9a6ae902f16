"""Which quotation belongs to which statement: beside its cue, later in its sentence, and on through its paragraph."""

from bisect import bisect_left
from collections.abc import Sequence

from diurna.enrich.claims.quotes import Quotation
from diurna.enrich.claims.tree import LOOSE, MARKS, Piece, Tree, joined, trimmed, without
from diurna.enrich.claims.verbs import SPOKEN, Draft

__all__ = ["Quoting", "tidied"]

_BESIDE_BEFORE = frozenset(["c", "q", "x"])
_BESIDE_AFTER = frozenset(["c", "q", "x", "p", "o", "pc", "according", "nc", "np"])
_LATER = frozenset(["c", "q", "x", "o", "p", "i", "po", "clear"])
_SPEECH = frozenset(["c", "q", "x", "o", "p", "i", "pc", "clear", "ac", "ap"])
_DASHES = frozenset(["-", "--", "–", "—", "―"])
_SINGLE = frozenset(["’", "'"])
_POSSESSIVE = frozenset(["’s", "'s"])
_SENTENCE_MARKS = frozenset([",", ".", "?", "!", "…"])
_JOINING = frozenset(["in", "on", "during", "after", "at", "as", "when", "before", "while", "of", "about", "to"])
_AFTER_SPEAKER = _DASHES | MARKS | _JOINING | {",", ".", ":", ";", "("}
# Tokens. A speaker between a quotation and its cue with all that is said of him; a name behind the cue.
_LONGEST_SPEAKER = 40
_LONGEST_NAME = 14
# Shorter quotations without a speaker are single words set off, or titles, rather than statements.
_LEAST_LONE = 8
_LEAST_LATER = 5
_MOST_NEAR = 50


class Quoting:
    """Quotations of a document, and which token stands in which (-1: in none)."""

    def __init__(self, tree: Tree, quotes: list[Quotation]) -> None:
        self.tree = tree
        self.quotes = quotes
        self.of = [-1] * tree.size
        for number, quote in enumerate(quotes):
            self.of[quote.start : quote.end] = [number] * (quote.end - quote.start)

    def attach(self, draft: Draft) -> None:
        """Extend content to the edges of the quotations that it reaches into, and take those beside the cue."""
        lower, quotes = self.tree.lower, self.quotes
        inside = self.of[draft.anchor]
        touched = {self.of[at] for start, end in draft.content for at in (start, (start + end) // 2, end - 1)}
        if inside == -1 and draft.source and self.of[draft.source[0][1] - 1] != -1 and draft.frame == "q":
            draft.source, draft.speaker = [], None
        if inside == -1 and draft.source and self.of[draft.source[0][0]] != -1:
            quote = quotes[self.of[draft.source[0][0]]]
            if quote.end - quote.start >= _LEAST_LATER:
                rest = without(draft.source, [(quote.start, quote.end)])
                draft.source = [
                    (trimmed(piece, lower, LOOSE)[0], piece[1]) for piece in rest if _holds_word(piece, lower)
                ]
        hull = joined([*draft.cue, *draft.source])
        first, last = hull[0][0], hull[-1][1]
        if draft.frame == "q" and not draft.source:
            first = self._quoted_before(draft.cue[0][0])
        if draft.frame in _BESIDE_BEFORE:
            at = first - 1
            while at >= 0 and (lower[at] == "," or lower[at] in _DASHES):
                at -= 1
            if at >= 0 and self.of[at] not in (-1, inside) and self._reaches(quotes[self.of[at]], at, draft):
                touched.add(self.of[at])
        if draft.frame in _BESIDE_AFTER:
            at = last
            stop = min(self.tree.size, last + 4)
            while at < stop and (lower[at] in (",", ":") or lower[at] in _DASHES or lower[at].isspace()):
                at += 1
            if at < stop and self.of[at] not in (-1, inside) and quotes[self.of[at]].start == at:
                quote = quotes[self.of[at]]
                addressed = draft.frame == "c" and any(start >= quote.end for start, _ in draft.content)
                if not addressed:  # told "The Show" that
                    touched.add(self.of[at])
        draft.quoted = [quotes[number] for number in sorted(touched - {-1, inside})]
        for quote in draft.quoted:
            if quote.closed and quote.end > quote.start + 2 and lower[quote.end - 2] in _SENTENCE_MARKS:
                draft.content = [
                    (start, quote.end) if quote.start <= start + 1 and start < quote.end < end else (start, end)
                    for start, end in draft.content
                ]
        if draft.quoted and inside == -1 and draft.frame in _BESIDE_BEFORE and not draft.passive:
            self._speaker_beside(draft)
            self._up_to_speaker(draft)
        if last < self.tree.size and lower[last] == ":" and draft.cue[-1][1] == last:
            draft.cue = joined([*draft.cue, (last, last + 1)])
        draft.content = joined([*draft.content, *((quote.start, quote.end) for quote in draft.quoted)])

    def _reaches(self, quote: Quotation, at: int, draft: Draft) -> bool:
        """Whether a quotation ends at a token in the sentence of a cue, or before its sentence does."""
        same = self.tree.sentence_of[at] == self.tree.sentence_of[draft.cue[0][0]]
        return quote.end == at + 1 and (same or self.tree.lower[at - 1] != ".")

    def _quoted_before(self, at: int) -> int:
        """Where the words between a quotation and its cue begin, as in "…," Kim, 58, told us."""
        stop = max(0, at - _LONGEST_NAME, self.tree.sentences[self.tree.sentence_of[at]][0])
        for first in range(at, stop, -1):
            if self.of[first - 1] != -1:
                return first
        return at

    def _speaker_beside(self, draft: Draft) -> None:
        """Speaker between a quotation and the cue, or behind the cue that follows it, whatever the parse says."""
        tree, lower = self.tree, self.tree.lower
        first = draft.cue[0][0]
        ended = max((quote.end for quote in draft.quoted if quote.end <= first), default=-1)
        if ended < 0 or first - ended > _LONGEST_SPEAKER or tree.sentence_of[first] - tree.sentence_of[ended - 1] > 1:
            return
        gap = trimmed((ended, first), lower, _DASHES | {","})
        if gap[0] < gap[1]:
            if lower[gap[0]] in _AFTER_SPEAKER:
                return
            if not draft.source or draft.source[0][1] <= ended:
                draft.source = [gap]
                names = (at for at in range(gap[1] - 1, gap[0] - 1, -1) if tree.words.text[at][:1].isupper())
                draft.speaker = next(names, gap[1] - 1)
        elif not draft.source:
            start = end = draft.cue[-1][1]
            stop = min(tree.size, start + _LONGEST_NAME)
            while end < stop and lower[end] not in _AFTER_SPEAKER and not lower[end].isspace():
                end += 1
            if end > start:
                draft.source = [(start, end)]
                draft.speaker = end - 1

    def _up_to_speaker(self, draft: Draft) -> None:
        """Take the words in which a sentence goes on behind a quotation, up to the comma before who says it."""
        lower = self.tree.lower
        first = joined([*draft.cue, *draft.source])[0][0]
        for quote in draft.quoted:
            end = quote.end
            if quote.closed and 0 < first - 1 - end <= _LONGEST_SPEAKER and lower[first - 1] == ",":
                same = self.tree.sentence_of[end] == self.tree.sentence_of[first] == self.tree.sentence_of[end - 1]
                if same and lower[end] not in _AFTER_SPEAKER - _JOINING and lower[end - 2] not in _SENTENCE_MARKS:
                    draft.content.append((end, first - 1))

    def later(self, drafts: list[Draft]) -> None:
        """Give quotations to the statement whose cue stands before them in the sentence, or before a colon."""
        tree = self.tree
        within: dict[int, list[Draft]] = {}
        covered = [False] * len(self.quotes)
        for draft in drafts:
            if self.of[draft.anchor] == -1 and draft.frame in _LATER:
                within.setdefault(tree.sentence_of[draft.anchor], []).append(draft)
            for start, end in draft.content:
                for number in set(self.of[start:end]) - {-1}:
                    covered[number] = True
        for number, quote in enumerate(self.quotes):
            if covered[number] or quote.end - quote.start < _LEAST_LATER:
                continue
            sentence = tree.sentence_of[quote.start]
            before = self._word_before(quote.start)
            colon = before >= 0 and tree.lower[before] == ":"
            near = within.get(sentence) or within.get(tree.sentence_of[before] if colon else -1) or ()
            found = _nearest(near, quote.start)
            if found is None:
                continue
            end = max((last for _, last in found.content if last <= quote.start), default=-1)
            if end > found.anchor and tree.sentence_of[end - 1] == sentence:
                found.content.append((end, quote.start))
            self._add(found, quote)

    def carry_on(self, drafts: list[Draft], paragraphs: list[Piece]) -> list[Draft]:
        """Give quotations without a speaker of their own to who spoke last, and return those that remain as drafts.

        So does a quotation that follows a quoted statement in its paragraph, one that its paragraph's opening mark
        carries on, and a paragraph that is all quotation after one that ends with a statement.
        """
        tree = self.tree
        taken = {quote.start for draft in drafts for quote in draft.quoted}
        at_sentence: dict[int, Draft] = {}
        for draft in drafts:
            if draft.quoted and self.of[draft.anchor] == -1:
                at_sentence[tree.sentence_of[draft.anchor]] = draft
                at_sentence[tree.sentence_of[draft.quoted[-1].end - 1]] = draft
        before_whole = {
            start: paragraphs[number - 1]
            for number, (start, end) in enumerate(paragraphs)
            if number and self.of[start] != -1 and self._fills(self.quotes[self.of[start]], end)
        }
        lone: list[Draft] = []
        for quote in self.quotes:
            if quote.start in taken:
                continue
            found = None
            before = self._word_before(quote.start)
            if before >= 0:
                opens = before < quote.start - 1 and any(
                    "\n" in word for word in tree.words.text[before + 1 : quote.start]
                )
                apart = tree.sentence_of[before] != tree.sentence_of[quote.start]
                if quote.goes_on or (apart and not opens):
                    found = at_sentence.get(tree.sentence_of[before])
                if found is None and quote.start in before_whole:
                    found = _last_within(drafts, before_whole[quote.start])
            if found is not None:
                self._add(found, quote)
            elif quote.end - quote.start >= _LEAST_LONE and (
                not quote.closed or tree.lower[quote.end - 2] in _SENTENCE_MARKS
            ):
                found = Draft(quote.start, "states", "lone", [], [], [(quote.start, quote.end)], quoted=[quote])
                lone.append(found)
            if found is not None:
                at_sentence[tree.sentence_of[quote.end - 1]] = found
        return lone

    def _fills(self, quote: Quotation, end: int) -> bool:
        """Whether a quotation goes on to the end of its paragraph, and is no heading."""
        return quote.end >= end - 1 and (not quote.closed or self.tree.lower[quote.end - 2] in _SENTENCE_MARKS)

    def partly(self, draft: Draft) -> bool:
        """Whether a quotation of some length stands within what is said."""
        for start, end in draft.content:
            at = bisect_left(self.quotes, start, key=lambda quote: quote.start)
            if at < len(self.quotes) and self.quotes[at].start < end:
                return any(quote.end - quote.start >= _LEAST_LATER for quote in self.quotes[at : at + 2])
        return False

    def _word_before(self, at: int) -> int:
        at -= 1
        while at >= 0 and self.tree.lower[at].isspace():
            at -= 1
        return at

    @staticmethod
    def _add(draft: Draft, quote: Quotation) -> None:
        draft.quoted.append(quote)
        if draft.content and draft.content[-1][1] < quote.start:
            draft.content.append((quote.start, quote.end))  # as in an interview of a thousand paragraphs
        else:
            draft.content = joined([*draft.content, (quote.start, quote.end)])


def _nearest(drafts: Sequence[Draft], at: int) -> Draft | None:
    """The first statement before a quotation, unless a later one still lacks what is said."""
    found = None
    for draft in drafts[:_MOST_NEAR]:
        if draft.cue[-1][1] <= at and (found is None or not draft.content):
            found = draft
    return found


def _last_within(drafts: list[Draft], paragraph: Piece) -> Draft | None:
    """Last thing that somebody says in a paragraph."""
    found = None
    for number in range(bisect_left(drafts, paragraph[0], key=lambda draft: draft.anchor), len(drafts)):
        draft = drafts[number]
        if draft.anchor >= paragraph[1]:
            break
        if draft.source and draft.frame in _SPEECH and draft.force in SPOKEN:
            found = draft
    return found


def _holds_word(piece: Piece, lower: list[str]) -> bool:
    start, end = trimmed(piece, lower, LOOSE)
    return start < end


def tidied(tree: Tree, draft: Draft) -> None:
    """Cut cue and source out of content, and loose marks off its ends."""
    unclosed = {quote.end for quote in draft.quoted if not quote.closed}
    pieces = []
    for piece in without(draft.content, [*draft.cue, *draft.source]):
        start, end = trimmed(piece, tree.lower, LOOSE)
        if start < end:
            if tree.lower[end - 1] in _POSSESSIVE:
                end = _possessed(tree, draft, end)
            if end < tree.size and tree.lower[end] in _SINGLE and "‘" in tree.lower[start:end]:
                end += 1
            pieces.append((start, piece[1] if piece[1] in unclosed else end))
    draft.content = pieces


def _possessed(tree: Tree, draft: Draft, end: int) -> int:
    """Where content ends that the parse cuts behind a possessor: at the next mark."""
    taken = {at for first, last in (*draft.cue, *draft.source) for at in range(first, last)}
    limit = tree.sentences[tree.sentence_of[end - 1]][1]
    for at in range(end, min(limit, end + _LONGEST_NAME)):
        if at in taken or tree.lower[at] in MARKS:
            return end
        if tree.lower[at] in _SENTENCE_MARKS or tree.lower[at] in LOOSE:
            return at
    return end
