"""Attribution chains: from the outlet through those who carry a statement to the one who made it."""

from msgspec.structs import replace
from spacy.tokens import Doc

from diurna.enrich.claims.cues import ADVERBS, NOUN_OF, VERB_OF
from diurna.enrich.claims.lexicon import CARRYING, CITING, TALK
from diurna.enrich.claims.referents import Referents
from diurna.enrich.claims.voices import PRONOUNS, Speaker, Voices, medium
from diurna.enrich.found import Statement
from diurna.model import Span, Voice
from diurna.registry import publisher_named

__all__ = ["chains"]

_STOPS = frozenset(
    ["that", ",", ".", ";", ":", '"', "“", "''", "``", "on", "in", "at", "during", "by", "after", "as", "but", "and"]
)
_MEETINGS = frozenset(["interview", "interviews", "conversation"])
_QUOTING = frozenset(["quoted", "quotes", "quoting", "cited", "cites", "citing", "reported"])
_FAR = 14
_LONGEST_NAME = 8


def chains(doc: Doc, outlet: str) -> tuple[tuple[Voice, ...], ...]:
    """For each statement of a document who speaks, from the outlet to the origin (Yonhap ← KCNA ← Kim Jong-un)."""
    statements: tuple[Statement, ...] = doc._.diurna_statements
    if not statements:
        return ()
    teller = _Teller(doc, outlet)
    own = [teller.voices(statement) for statement in statements]
    cited = teller.cited(statements)
    told: list[tuple[Voice, ...]] = []
    first = (Voice(outlet, "outlet"),) if outlet else ()
    for number in range(len(statements)):
        line: list[int] = []
        at: int | None = number
        while at is not None and at not in line and len(line) < 20:
            line.append(at)
            at = statements[at].parent
        chain = list(first)
        for step in reversed(line):
            for voice in (*own[step], *cited.get(step, ())):
                if not any(_same(voice, other) for other in chain):
                    chain.append(voice)
        told.append(tuple(chain))
    return tuple(told)


def _same(voice: Voice, other: Voice) -> bool:
    return (voice.words.lower(), voice.span) == (other.words.lower(), other.span) or (
        other.kind == "outlet" and voice.words.removeprefix("the ").lower() == other.words.removeprefix("the ").lower()
    )


class _Teller:
    """Reads each statement's own voices, in the order of the text, so that pronouns find who spoke before."""

    def __init__(self, doc: Doc, outlet: str) -> None:
        self._reader = Voices(doc)
        self._referents = Referents(doc, self._reader)
        self._words = self._reader.words
        self._doc = doc
        self._outlet = publisher_named(outlet) if outlet else None

    def voices(self, statement: Statement) -> tuple[Voice, ...]:
        """Those who carry a statement, then its source."""
        carriers = self._carriers(statement)
        if not statement.source and statement.force == "appears":
            return carriers  # the outlet's own hedge
        if not statement.source:
            if statement.mode == "direct" and not statement.cue:
                return carriers
            return (*carriers, self._unnamed(statement))
        speaker = self._reader.speaker(statement.source[0])
        if statement.parent is not None and speaker.pronoun in ("i", "we"):
            return carriers  # who is quoted speaks of himself
        return (*carriers, self._referents.voice(speaker))

    def _unnamed(self, statement: Statement) -> Voice:
        """A voice that the text does not name: the noun or adverb that tells of it, else no words of the text."""
        if len(statement.cue) == 1:
            cue = statement.cue[0]
            shown = self._reader.text[cue.start : cue.end]
            word = shown.rsplit(None, 1)[-1].lower()
            if word in NOUN_OF and (word not in VERB_OF or word in TALK):
                return Voice(shown, "unnamed", cue)
            if word in ADVERBS:
                return Voice(word, "unnamed", cue)
        return Voice("unnamed", "unnamed")

    def cited(self, statements: tuple[Statement, ...]) -> dict[int, tuple[Voice, ...]]:
        """Whom a statement cites, by its number: "Yonhap said, citing the ministry"."""
        by_sentence: dict[Span, list[int]] = {}
        found: dict[int, tuple[Voice, ...]] = {}
        for number, statement in enumerate(statements):
            by_sentence.setdefault(statement.sentence, []).append(number)
        for group in by_sentence.values():
            for number in group[:_FAR]:
                citing = statements[number]
                if not citing.content or not citing.cue or not self._cites(citing):
                    continue
                first, last = self._reader.tokens(citing.content[0])
                if last - first > 2 * _LONGEST_NAME:
                    continue
                voice = self._referents.voice(self._reader.speaker(citing.content[0]))
                if not voice.kind:
                    continue
                for other in group[:_FAR]:
                    if other != number and statements[other].source[:1] == citing.source[:1] and citing.source:
                        found[other] = (voice,)
        return found

    def _cites(self, statement: Statement) -> bool:
        first, last = self._reader.tokens(statement.cue[-1])
        return any(word in CITING for word in self._words.lower[first:last])

    def _carriers(self, statement: Statement) -> tuple[Voice, ...]:
        """Media that a source spoke to or that carried its words, named behind the cue."""
        if not statement.cue:
            return ()
        lower = self._words.lower
        first, last = self._reader.tokens(statement.cue[-1])
        head, _ = self._reader.tokens(statement.cue[0])
        cue = lower[head:last]
        _, end = self._reader.tokens(statement.sentence)
        stop = min(end, last + _FAR)
        inside = next((span.start for span in statement.content if span.start >= self._words.start[first]), None)
        found: list[Speaker] = []
        if any(word in ("told", "tells", "telling", "tell") for word in cue):
            found += self._medium_at(last, stop)
        if "saying" in cue and not _QUOTING.isdisjoint(cue):
            by = next((at for at in range(head, min(last + 1, stop)) if lower[at] == "by"), None)
            if by is not None:
                found += self._named_at(by + 1, stop)
            found += self._quoting(head)
        for at in range(last, stop - 1):
            if inside is not None and self._words.start[at] >= inside:
                break
            if lower[at] in CARRYING and lower[at + 1] == "by":
                found += self._named_at(at + 2, min(end, at + 2 + _LONGEST_NAME))
            elif lower[at] in _MEETINGS and lower[at + 1] in ("with", "to", "on"):
                found += self._medium_at(at + 2, min(end, at + 2 + _LONGEST_NAME))
        carriers = []
        for one in map(self._referents.report, found):
            if not self._is_outlet(one.voice):
                voice = replace(one.voice, kind=one.voice.kind or "organisation")
                self._referents.hear(replace(one, voice=voice))
                carriers.append(voice)
        return tuple(carriers)

    def _quoting(self, at: int) -> list[Speaker]:
        """Who quotes somebody as saying something: the subject of the verb that the cue begins with."""
        verb = self._doc[at]
        subject = next((kid for kid in verb.lefts if kid.dep_ == "nsubj"), None)
        if subject is None or subject.lower_ in PRONOUNS:
            return []
        words = self._words
        return [self._reader.speaker(Span(words.start[subject.left_edge.i], words.end[subject.right_edge.i]))]

    def _medium_at(self, first: int, stop: int) -> list[Speaker]:
        found = self._named_at(first, stop)
        return [one for one in found if medium(one.voice.words) and one.voice.words != one.voice.words.lower()]

    def _named_at(self, first: int, stop: int) -> list[Speaker]:
        last = first
        while last < min(stop, first + _LONGEST_NAME) and self._words.lower[last] not in _STOPS:
            last += 1
        while last > first and self._words.text[last - 1].isspace():
            last -= 1
        if last == first:
            return []
        return [self._reader.speaker(Span(self._words.start[first], self._words.end[last - 1]))]

    def _is_outlet(self, voice: Voice) -> bool:
        if self._outlet is None:
            return False
        named = publisher_named(voice.words.removeprefix("the ").removeprefix("The "))
        return named is not None and named == self._outlet
