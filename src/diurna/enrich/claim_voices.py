"""Who a source is: the words that name a voice, without what is told about it, and whether person, body or paper."""

from bisect import bisect_left, bisect_right

from msgspec import Struct
from spacy.tokens import Doc

from diurna.enrich.found import Name, Words, words_of
from diurna.model import Span, Voice
from diurna.registry import publisher_named

__all__ = ["PRONOUNS", "Speaker", "Voices", "medium"]

PRONOUNS = {
    "he": "he", "him": "he", "his": "he", "himself": "he", "she": "she", "her": "she", "hers": "she", "herself": "she",
    "they": "they", "them": "they", "their": "they", "it": "it", "its": "it", "i": "i", "we": "we", "my": "i", "our": "we",
}  # fmt: skip
"""Pronouns that sources are told by, as their first form."""

_ENDS = frozenset(
    [",", "(", "-", "--", "–", "—", ";", ":", "who", "which", "that", "whose", "whom", "'s", "’s", "'", "’"]
)
_LINKS = frozenset(
    "of for in at from with on to by near under among across against about who which that whose speaking writing".split()
)
_PAPERS = frozenset(
    "report reports statement statements document documents letter letters survey surveys poll polls study studies article "
    "articles email emails e-mail memo memos book filing lawsuit complaint indictment affidavit release bulletin dispatch "
    "editorial column review paper papers transcript message tweet post resolution communique communiqué record records data "
    "figures website site story stories note cable cables video ad analysis research findings results census index".split()
)
_VAGUE = frozenset("reports rumors rumours speculation some many others observers one people sources source".split())
_GROUPS = frozenset(
    "officials witnesses residents experts analysts critics scientists researchers doctors lawyers prosecutors investigators "
    "authorities rescuers activists protesters demonstrators voters supporters opponents aides advisers advisors allies "
    "lawmakers senators republicans democrats diplomats soldiers troops rebels militants families relatives survivors "
    "workers employees economists historians neighbours neighbors leaders ministers members spokesmen commanders police "
    "sources men women students parents fans locals economists economists insiders strategists reporters journalists".split()
)
_PERSONS = frozenset(
    "spokesman spokeswoman spokesperson minister president official leader secretary chief director ambassador governor "
    "mayor senator general colonel analyst expert lawyer doctor officer chairman chairwoman chair professor witness man woman "
    "candidate nominee adviser advisor aide prosecutor judge king queen pope envoy commander executive author resident "
    "premier chancellor congressman congresswoman lawmaker representative deputy scientist researcher reporter journalist "
    "editor founder manager member mother father wife husband son daughter brother sister friend diplomat economist "
    "student owner coach captain bishop priest activist source developer billionaire businessman".split()
)
_BODIES = frozenset(
    "ministry department government agency police army military navy force forces council committee parliament senate "
    "congress court office company firm group party campaign administration union organisation organization association "
    "commission bank bureau service network channel newspaper station university institute institution foundation charity "
    "team club league board authority authorities white house palace kremlin pentagon opposition regime state crown church".split()
)
_MEDIA = frozenset(
    "news times post tribune herald daily gazette journal guardian telegraph tv television radio newspaper magazine agency "
    "broadcaster channel network press media reporters journalists website show bbc cnn nbc abc cbs afp reuters".split()
)


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
            for name in names:
                if name.span.start == self.words.start[end]:
                    named_until = name.span.end
            if self.words.start[end] >= named_until and end > first and lower[end] in _ENDS | _LINKS:
                break
            end += 1
        longest = end
        while longest < last and lower[longest] in _LINKS - {"who", "which", "that", "whose"}:
            longest += 1
            while longest < last and lower[longest] not in _ENDS | _LINKS:
                longest += 1
        core = Span(self.words.start[first], self.words.end[end - 1])
        head = lower[end - 1]
        name = next((one for one in reversed(names) if one.span.end == core.end), None)
        kind = self._kind(first, end, head, name)
        shown = self.text[core.start : self.words.end[longest - 1]]
        return Speaker(
            first, last, head, Voice(shown, kind, core), name, PRONOUNS.get(head, "") if end - first == 1 else ""
        )

    def _kind(self, first: int, end: int, head: str, name: Name | None) -> str:
        if end - first == 1 and head in PRONOUNS:
            return {"he": "person", "she": "person", "i": "person", "it": "", "they": "group", "we": "group"}[
                PRONOUNS[head]
            ]
        if end - first == 1 and head in _VAGUE:
            return "unnamed"
        if name is not None and name.kind in ("person", "organisation", "place", "group"):
            return name.kind
        if head in _PAPERS:
            return "document"
        if head in _GROUPS or self.words.lower[first] in ("some", "many", "several", "most"):
            return "group"
        if head in _PERSONS:
            return "person"
        if head in _BODIES or medium(self.text[self.words.start[first] : self.words.end[end - 1]]):
            return "organisation"
        proper = all(word[:1].isupper() for word in self.words.text[first:end])
        return "person" if proper and not self.names else ("group" if head.endswith("s") and not proper else "")


def medium(words: str) -> bool:
    """Whether words name a publisher, or something that news is published in."""
    bare = words.removeprefix("the ").removeprefix("The ").strip()
    return bool(bare) and (publisher_named(bare) is not None or bare.split()[-1].lower() in _MEDIA)
