"""Who a source is: the words that name a voice, without what is told about it, and whether person, body or paper."""

from bisect import bisect_left, bisect_right

from msgspec import Struct
from spacy.tokens import Doc

from diurna.enrich.claims.lexicon import BODIES, GROUPS, LINKS, MEDIA, PAPERS, PERSONS, TALK, VAGUE
from diurna.enrich.found import Name, Words, words_of
from diurna.model import Span, Voice
from diurna.registry import publisher_named

__all__ = ["PRONOUNS", "Speaker", "Voices", "medium"]

PRONOUNS = {
    form: first
    for first, forms in {
        "he": "he him his himself",
        "she": "she her hers herself",
        "they": "they them their themselves",
        "it": "it its itself",
        "i": "i me my myself",
        "we": "we us our ourselves",
    }.items()
    for form in forms.split()
}
"""Pronouns that sources are told by, as their first form."""

_ENDS = frozenset([",", "(", "-", "--", "–", "—", ";", ":", "who", "which", "that", "whose", "whom"])
# Kinds of publishers that one speaks to for their own sake, not for print.
_SPEAKERS = frozenset(["government", "international organisation"])
_MOST_TITLES = 4
_POSSESSIVE = frozenset(["'s", "’s", "'", "’"])


class Speaker(Struct, frozen=True):
    """Source of a statement: its tokens, head word, the name that the head is part of, and its voice."""

    first: int
    last: int
    head: str
    voice: Voice
    name: Name | None = None
    pronoun: str = ""


class Voices:
    """Reads sources as voices, with the names that were found in the document."""

    def __init__(self, doc: Doc) -> None:
        self.text = doc.text
        self.words: Words = words_of(doc)
        self.names: tuple[Name, ...] = tuple(
            sorted(doc._.diurna_names, key=lambda name: (name.span.start, -name.span.end))
        )
        self.name_starts = [name.span.start for name in self.names]

    def tokens(self, span: Span) -> tuple[int, int]:
        """Tokens of a span of the text."""
        first = bisect_right(self.words.start, span.start) - 1
        return max(first, 0), max(bisect_left(self.words.start, span.end), first + 1)

    def names_within(self, first: int, last: int) -> list[Name]:
        """Names that begin among tokens."""
        start, end = self.words.start[first], self.words.end[last - 1]
        return list(self.names[bisect_left(self.name_starts, start) : bisect_left(self.name_starts, end)])

    def speaker(self, span: Span) -> Speaker:
        """Source that a span gives."""
        first, last = self.tokens(span)
        lower = self.words.lower
        names = self.names_within(first, last)
        named_until = -1
        end = first
        while end < last:
            for one in names:
                if one.span.start == self.words.start[end]:
                    named_until = max(named_until, one.span.end)
            if self.words.start[end] >= named_until and end > first and lower[end] in _ENDS | LINKS:
                if not self._joins(end, last):
                    break
                end += 1
            end += 1
        while end > first + 1 and lower[end - 1] in _POSSESSIVE:
            end -= 1
        longest = end
        while longest < last and lower[longest] in LINKS - {"who", "which", "that", "whose"}:
            longest += 1
            while longest < last and lower[longest] not in _ENDS | LINKS:
                longest += 1
        while longest > end and lower[longest - 1] in _POSSESSIVE:
            longest -= 1
        for one in names:  # Secretary of State Rex Tillerson, but not the mother of Rex Tillerson
            begun = bisect_left(self.words.start, one.span.start)
            titled = one.kind == "person" and begun > end and lower[begun - 1] not in LINKS
            if titled and one.span.end == self.words.end[longest - 1]:
                end = longest
        named = self._apposition(longest, last, names) if lower[end - 1] in PERSONS else None
        if named is not None:  # the mayor of Averil, Ana Lopez
            end = longest = named
        core = Span(self.words.start[first], self.words.end[end - 1])
        head = lower[end - 1]
        name = next((one for one in reversed(names) if one.span.end == core.end), None)
        kind = self._kind(first, end, head, name)
        shown = self.text[core.start : self.words.end[longest - 1]]
        return Speaker(
            first, last, head, Voice(shown, kind, core), name, PRONOUNS.get(head, "") if end - first == 1 else ""
        )

    def _joins(self, at: int, last: int) -> bool:
        """Whether a hyphen makes one word of two: "the Britain-based group"."""
        words = self.words
        joined = words.lower[at] == "-" and at + 1 < last
        return joined and words.end[at - 1] == words.start[at] and words.end[at] == words.start[at + 1]

    def _apposition(self, at: int, last: int, names: list[Name]) -> int | None:
        """Where the name of a person ends that a comma sets behind what he is."""
        if at >= last or self.words.lower[at] != ",":
            return None
        for one in names:
            begun, end = self.tokens(one.span)
            if one.kind == "person" and at < begun <= at + _MOST_TITLES and end <= last:
                between = self.words.lower[at + 1 : begun]
                return end if _ENDS.isdisjoint(between) and LINKS.isdisjoint(between) else None
        return None

    def _kind(self, first: int, end: int, head: str, name: Name | None) -> str:
        if end - first == 1 and head in PRONOUNS:
            return {"he": "person", "she": "person", "i": "person", "it": "", "they": "group", "we": "group"}[
                PRONOUNS[head]
            ]
        if (end - first == 1 and head in VAGUE) or (head in TALK and name is None):
            return "unnamed"
        if name is not None and name.kind in ("person", "organisation", "place", "group"):
            return name.kind
        if head in PAPERS:
            return "document"
        if head in GROUPS or self.words.lower[first] in ("some", "many", "several", "most"):
            return "group"
        if head in PERSONS:
            return "person"
        if head in BODIES or medium(self.text[self.words.start[first] : self.words.end[end - 1]]):
            return "organisation"
        proper = all(word[:1].isupper() for word in self.words.text[first:end])
        return "person" if proper and not self.names else ("group" if head.endswith("s") and not proper else "")


def medium(words: str) -> bool:
    """Whether words name a publisher, or something that news is published in."""
    bare = words.removeprefix("the ").removeprefix("The ").strip()
    if not bare:
        return False
    publisher = publisher_named(bare)
    if publisher is None:
        return bare.split()[-1].lower() in MEDIA
    return publisher.kind not in _SPEAKERS
