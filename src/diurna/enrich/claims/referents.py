"""Who is meant by he, who, the official or the report, where the article leaves only one reading."""

from bisect import bisect_right

from msgspec.structs import replace
from spacy.tokens import Doc

from diurna.enrich.claims.lexicon import LINKS, PERSONS
from diurna.enrich.claims.quotes import paragraphs_of
from diurna.enrich.claims.voices import PRONOUNS, Speaker, Voices, medium
from diurna.enrich.found import Name
from diurna.model import Span, Voice

__all__ = ["Referents"]

_TITLES = {"mr.": "he", "mr": "he", "sir": "he", "lord": "he", "mrs.": "she", "mrs": "she", "ms.": "she", "ms": "she",
           "miss": "she", "dame": "she", "lady": "she", "king": "he", "queen": "she"}  # fmt: skip
_BODIES = frozenset(["organisation", "place", "document"])
_RELATIVE = frozenset(["who", "which", "that"])
# Paragraphs back in which "the ministry" may have been named; speakers that are kept in mind.
_FAR = 6
_MOST_KEPT = 40
_MOST_NAMED = 12
# Tokens between a possessor and the person who is his: Kim's top security adviser.
_MOST_BETWEEN = 4


class Referents:
    """Remembers who spoke, in the order of the text."""

    def __init__(self, doc: Doc, reader: Voices) -> None:
        self._doc = doc
        self._reader = reader
        self._paragraphs = [start for start, _ in paragraphs_of(reader.words)]
        self._heard: list[tuple[int, Speaker]] = []
        self._speakers: dict[Span, Speaker] = {}
        self._gender: dict[str, str] = {}
        self._persons = [name for name in reader.names if name.kind == "person"]
        self._person_starts = [name.span.start for name in self._persons]
        self._surnames = {_surname(reader, name) for name in self._persons}
        for name in self._persons:
            self._learn(name)
        self._bodies: dict[str, list[Name]] = {}
        for name in reader.names:
            if name.kind == "organisation":
                known = self._bodies.setdefault(reader.text[name.span.start : name.span.end].split()[-1].lower(), [])
                if len(known) < _MOST_KEPT:
                    known.append(name)

    def voice(self, speaker: Speaker) -> Voice:
        """Voice that a source stands for; its own words where that is not sure."""
        if speaker.head in _RELATIVE and speaker.last - speaker.first == 1:
            return self._before_relative(speaker)
        found: Speaker | None = None
        if speaker.pronoun in ("he", "she"):
            found = self._person(speaker)
        elif speaker.pronoun == "it":
            found = self._body(speaker)
        elif self._reader.words.lower[speaker.first] in ("the", "that", "this") and speaker.name is None:
            found = self._named_before(speaker)
        if found is None:
            if not speaker.pronoun:
                self._heard.append((self._paragraph(speaker.first), speaker))
                del self._heard[:-_MOST_KEPT]
            return speaker.voice
        self._heard.append((self._paragraph(speaker.first), replace(found, first=speaker.first, last=speaker.last)))
        del self._heard[:-_MOST_KEPT]
        if speaker.pronoun and found.name is not None:
            self._gender.setdefault(_surname(self._reader, found.name), speaker.pronoun)
        return found.voice

    def hear(self, speaker: Speaker) -> None:
        """Keep in mind who carried a statement."""
        self._heard.append((self._paragraph(speaker.first), speaker))
        del self._heard[:-_MOST_KEPT]

    def report(self, speaker: Speaker) -> Speaker:
        """The one publisher that spoke in this paragraph or the one before, for its report."""
        if speaker.name is not None or speaker.voice.kind != "document":
            return speaker
        if self._reader.words.lower[speaker.first] not in ("the", "that", "this", "its"):
            return speaker
        found = self._body(speaker, papers=True)
        return speaker if found is None else replace(found, first=speaker.first, last=speaker.last)

    def _body(self, speaker: Speaker, papers: bool = False) -> Speaker | None:
        """The one organisation or government that spoke in this paragraph, else in the one before it."""
        here = self._paragraph(speaker.first)
        for paragraph in (here, here - 1):
            heard = [
                one
                for at, one in self._heard
                if at == paragraph
                and one.head not in PRONOUNS
                and one.voice.kind in (("organisation",) if papers else _BODIES)
                and not one.voice.words.lower().endswith("s")
                and (not papers or medium(one.voice.words))
            ]
            if heard:
                found = _distinct(self._reader, heard)
                return found[0] if len(found) == 1 else None
        return None

    def _paragraph(self, token: int) -> int:
        return bisect_right(self._paragraphs, token) - 1

    def _learn(self, name: Name) -> None:
        """A title before a name, or as its first word, tells whether he or she is meant."""
        first, _ = self._reader.tokens(name.span)
        lower = self._reader.words.lower
        for word in (lower[first], lower[first - 1] if first else ""):
            if word in _TITLES:
                self._gender.setdefault(_surname(self._reader, name), _TITLES[word])

    def _fits(self, speaker: Speaker, pronoun: str) -> bool:
        if speaker.voice.kind != "person":
            return False
        gender = self._gender.get(_surname(self._reader, speaker.name)) if speaker.name is not None else None
        return gender is None or gender == pronoun

    def _person(self, speaker: Speaker) -> Speaker | None:
        """The one person who spoke or was named in this paragraph, else in the one before it."""
        here = self._paragraph(speaker.first)
        for paragraph in (here, here - 1):
            if paragraph < 0:
                return None
            heard = _distinct(
                self._reader, [one for at, one in self._heard if at == paragraph and self._fits(one, speaker.pronoun)]
            )
            named = self._named_in(paragraph, speaker)
            if len(heard) == 1:
                # Another person named since the last speech may be meant as well.
                since = [one for one in named if one.first > heard[0].first and not _alike(self._reader, one, heard[0])]
                return heard[0] if not [one for one in since if self._is_subject(one)] else None
            if len(heard) > 1:
                return None
            if len(named) == 1:
                return named[0]
            if named:
                return None
        return None

    def _named(self, name: Name) -> Speaker:
        known = self._speakers.get(name.span)
        if known is None:
            known = self._speakers[name.span] = self._reader.speaker(name.span)
        return known

    def _owned(self, name: Name) -> Speaker | None:
        """The person who is told by whom he belongs to: "Kim's adviser", not Kim."""
        words = self._reader.words
        first, end = self._reader.tokens(name.span)
        if words.lower[end : end + 1] not in (["’s"], ["'s"], ["’"], ["'"]):
            return None
        for at in range(end + 1, min(end + 1 + _MOST_BETWEEN, len(words.lower))):
            word = words.lower[at]
            if word in PERSONS:
                whole = self._doc[at].left_edge.i
                return self._reader.speaker(Span(words.start[min(whole, first)], words.end[at]))
            if word in LINKS or not word[:1].isalpha():
                return None
        return None

    def _named_in(self, paragraph: int, speaker: Speaker) -> list[Speaker]:
        """Different persons named in a paragraph, before the speaker."""
        words = self._reader.words
        start = words.start[self._paragraphs[paragraph]]
        after = self._paragraphs[paragraph + 1 : paragraph + 2]
        end = min(words.start[speaker.first], words.start[after[0]] if after else words.start[speaker.first])
        names = self._persons[bisect_right(self._person_starts, start - 1) : bisect_right(self._person_starts, end - 1)]
        found = [self._owned(name) or self._named(name) for name in names[-_MOST_NAMED:]]
        return _distinct(self._reader, [one for one in found if self._fits(one, speaker.pronoun)])

    def _is_subject(self, speaker: Speaker) -> bool:
        tokens = self._doc[speaker.first : speaker.last]
        return any(token.dep_ in ("nsubj", "nsubjpass") for token in tokens)

    def _named_before(self, speaker: Speaker) -> Speaker | None:
        """The one source with the same head word that was named in the last paragraphs ("the ministry")."""
        here = self._paragraph(speaker.first)
        bare = speaker.voice.words.lower()
        same = [
            one
            for at, one in self._heard
            if one.head == speaker.head and here - at <= _FAR and one.voice.words.lower() != bare
        ]
        for name in self._bodies.get(speaker.head, ()):
            if name.span.end > self._reader.words.start[speaker.first]:
                break
            same.append(self._named(name))
        told = _described(speaker)
        found = _distinct(self._reader, [one for one in same if told <= set(one.voice.words.lower().split())])
        return found[0] if len(found) == 1 else None

    def _before_relative(self, speaker: Speaker) -> Voice:
        """The noun that a relative clause tells of."""
        verb = self._doc[speaker.first].head
        for _ in range(4):
            if verb.dep_ == "relcl":
                noun = verb.head
                if noun.i < speaker.first:
                    words = self._reader.words
                    last = max(noun.i, min(verb.left_edge.i, speaker.first) - 1)
                    while last > noun.i and words.lower[last] == ",":
                        last -= 1
                    told = noun.head if noun.dep_ == "appos" and noun.head.lower_ in PERSONS else noun
                    meant = self._reader.speaker(Span(words.start[told.left_edge.i], words.end[last]))
                    if not meant.pronoun:
                        self._heard.append((self._paragraph(speaker.first), meant))
                    return meant.voice
            if verb.head is verb:
                break
            verb = verb.head
        return speaker.voice


def _described(speaker: Speaker) -> set[str]:
    """The words between an article and a noun, which tell which one is meant: "the district office"."""
    words = speaker.voice.words.lower().split()
    at = words.index(speaker.head) if speaker.head in words else len(words)
    return {word for word in words[1:at] if not word.endswith(("'s", "’s"))}


def _surname(reader: Voices, name: Name | None) -> str:
    return reader.text[name.span.start : name.span.end].split()[-1].lower() if name is not None else ""


def _alike(reader: Voices, one: Speaker, other: Speaker) -> bool:
    """Whether two sources are one person's names, or the same words."""
    if one.name is not None and other.name is not None:
        return _surname(reader, one.name) == _surname(reader, other.name)
    return one.voice.words.lower() == other.voice.words.lower()


def _distinct(reader: Voices, speakers: list[Speaker]) -> list[Speaker]:
    """Different ones among sources, each as it was named most fully."""
    found: list[Speaker] = []
    for speaker in speakers:
        for at, other in enumerate(found):
            if _alike(reader, speaker, other):
                if len(speaker.voice.words) > len(other.voice.words):
                    found[at] = speaker
                break
        else:
            found.append(speaker)
    return found
