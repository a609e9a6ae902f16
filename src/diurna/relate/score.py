"""How strongly two events are related: the rare things that both tell of, against all that each tells of.

An event is a bag of terms: its entities, its topics and words. A word counts 1 where the headline says it and
`IMPLIED` more for each place that only implies it: the name of one of its entities or topics, and the address of a
report it cites, which often carries that report's headline. A pair's value is the cosine of the two bags with every
term weighed by its rarity (inverse document frequency: Spärck Jones, 1972; fields that add up to one bag: Robertson,
Zaragoza and Taylor, 2004). It is 0 where nothing is shared and 1 where everything is, and it is the sum of what each
shared term brings, so the reasons explain all of it.

Frequencies are those among the events observed up to the later of the two. Nothing else of the chronicle enters, so
a value, once computed, holds for good. Nothing here reads or writes.
"""

from __future__ import annotations

import datetime
import math
import operator
import re
import unicodedata
from collections.abc import Iterator, Sequence
from typing import Literal, NamedTuple, Protocol, cast
from urllib.parse import unquote, urlsplit

import msgspec

__all__ = [
    "Features",
    "Frequencies",
    "Kind",
    "Reason",
    "Score",
    "Scorer",
    "Term",
    "feature_of",
    "features_of",
    "score",
    "weight",
    "words_of",
]

Kind = Literal["entity", "topic", "word"]

IMPLIED = 0.7
"""What a word counts for being implied rather than said: √½, so that two events that both only imply it share half as
much as two that say it. MAP on related/cep is flat there: 0.651 at 0.5, 0.663
at 0.7, 0.651 at 0.8, 0.662 at 1."""

PAIR = 0.7
"""What a pair of characters counts against a word: √½, for nearly every character is in two pairs."""

STEM = 5
"""Letters kept of a word. Five join Syria and Syrian, migrant and migration. MAP on related/cep: 0.657
with four, 0.663 with five, 0.634 with six."""

SLUG_WORDS = 3
"""A part of an address with fewer words than these is a section of a site, not a headline."""

CANDIDATE_WORDS = 24
"""How many words of an event, the rarest, are looked up to find candidates. MAP on related/cep: 0.659 with 16, 0.663
with 24 or with all."""

MOST_WORDS = 64
"""Words kept of an event, those its headline says first before those implied: it bounds the cost of a pair."""

SMOOTHING = 0.5
"""Added to a term's count: in a chronicle of two events, what both share still counts for something."""

PLACES = 6
"""Decimals kept, so that no comparison depends on the last bit of a logarithm."""

_STOP_WORDS = """
a about above across after again against all along also although am amid among an and another any are around as at be
because been before being below between both but by can could did do does doing down during each either else ever
every few first five for former four from further had has have having he her here hers him his how however i if in
into is it its itself just last least less many may me might more most much must my near new no nor not now of off on
once one only onto or other our out over own per said same say says second seven she should since six so some such ten
than that the their them then there these they third this those though three through to too toward towards two under
until up upon us very via was we were what when where whether which while who whom whose why will with within without
would yet you your
monday tuesday wednesday thursday friday saturday sunday january february march april june july august september october
november december
"""
STOP_WORDS = frozenset(_STOP_WORDS.split())

_ENDINGS = ("ians", "ings", "ian", "ing", "ish", "ese", "ies", "ed", "es", "an", "is", "s", "y", "i", "e", "a")
_POSSESSIVE = re.compile(r"['’][sS]\b|['’]")
_ACCENTS = re.compile("[\u0300-\u036f]")
_UNSPACED = (
    "\u0e00-\u0eff"  # Thai, Lao
    "\u0f00-\u109f"  # Tibetan, Burmese
    "\u1780-\u17ff"  # Khmer
    "\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff"  # kana, Han
    "\uac00-\ud7af"  # Hangul: spaced, but its particles hang on the noun
    "\U00020000-\U0003ffff"  # Han, further planes
)
_RUN = re.compile(rf"(?P<unspaced>[{_UNSPACED}]+)|[^\W_{_UNSPACED}]+")


def feature_of(kind: Kind, name: str) -> str:
    """What two events are compared by, as one word: `entity:Kim Jong-un`, `word:missil`."""
    return f"{kind}:{name}"


class Term(NamedTuple):
    """One thing an event tells of: `strength` is how plainly it does, `shown` the spelling for a reader."""

    feature: str
    strength: float
    shown: str

    @property
    def kind(self) -> Kind:
        """`entity`, `topic` or `word`."""
        return cast(Kind, self.feature.partition(":")[0])

    @property
    def name(self) -> str:
        """Name of the entity or topic, or stem of the word."""
        return self.feature.partition(":")[2]


class Features(msgspec.Struct, frozen=True):
    """What an event tells of, as far as its relations go; no feature occurs twice. Made by `features_of`.

    `by_feature`, `features` and `strengths_squared` are those of `terms`, at hand because every comparison wants them.
    """

    terms: tuple[Term, ...]
    day: datetime.date
    by_feature: dict[str, Term]
    features: tuple[str, ...]
    strengths_squared: tuple[float, ...]

    def names_of(self, kind: Kind) -> tuple[str, ...]:
        """The event's entities, topics or word stems, in its own order."""
        return tuple(term.name for term in self.terms if term.kind == kind)


class Frequencies(Protocol):
    """Of how many events, observed up to the later one of a pair and with it, each thing is told."""

    @property
    def events(self) -> int: ...

    def of(self, features: Sequence[str]) -> list[int]: ...


class Reason(msgspec.Struct, frozen=True):
    """Why two events are related: one shared term, what it adds to the value, and in how many of how many events."""

    kind: Kind
    name: str
    shown: str
    share: float
    frequency: int
    events: int


class Score(msgspec.Struct, frozen=True):
    """How strongly two events are related, 0 to 1, with the reasons, which add up to it, strongest first."""

    value: float
    reasons: tuple[Reason, ...]

    @property
    def context(self) -> tuple[str, ...]:
        """The entities and topics that both events have; empty where only words join them."""
        return tuple(reason.name for reason in self.reasons if reason.kind != "word")


_ENDING = re.compile(r"\.[a-z]{3,5}$")
_PAIR = re.compile(rf"[{_UNSPACED}]{{1,2}}")


def _tokens(text: str) -> Iterator[tuple[str, str]]:
    """The words of a text that may carry meaning, as (stem, spelling)."""
    plain = _ACCENTS.sub("", unicodedata.normalize("NFKD", text))
    plain = _POSSESSIVE.sub("", unicodedata.normalize("NFC", plain)).casefold()
    for match in _RUN.finditer(plain):
        run = match.group()
        if match.group("unspaced"):
            for start in range(max(1, len(run) - 1)):
                yield run[start : start + 2], run[start : start + 2]
        elif len(run) > 2 and run not in STOP_WORDS and not run.isdecimal():
            yield _stem(run), run


def _stem(word: str) -> str:
    if word.isascii():
        for ending in _ENDINGS:
            if word.endswith(ending) and len(word) - len(ending) >= STEM - 1:
                word = word[: -len(ending)]
                break
    return word[:STEM]


def words_of(text: str) -> tuple[str, ...]:
    """The stems of a text's words in order, each once.

    Case, accents, possessives, numbers, stop words and words of one or two letters are dropped and a stem is a word's
    first letters; scripts that don't part words by spaces give pairs of neighbouring characters.

    >>> words_of("Iraqi forces enter Mosul's old city")
    ('iraq', 'forc', 'enter', 'mosul', 'old', 'city')
    >>> words_of("巴格达市")
    ('巴格', '格达', '达市')
    """
    return tuple(dict.fromkeys(stem for stem, _ in _tokens(text)))


def _slugs(address: str) -> Iterator[str]:
    """The parts of an address that read like a headline."""
    try:
        path = urlsplit(address).path
    except ValueError:
        return
    for part in _ENDING.sub("", unquote(path)).split("/"):
        if len(set(_tokens(part))) >= SLUG_WORDS:
            yield part


def features_of(
    headline: str,
    day: datetime.date,
    entities: Sequence[str],
    topics: Sequence[str] = (),
    addresses: Sequence[str] = (),
) -> Features:
    """What an event tells of, from its headline, the names of its entities and topics and the reports it cites."""
    fields = (
        (1.0, [headline]),
        (IMPLIED, [*entities, *topics]),
        (IMPLIED, [slug for address in addresses for slug in _slugs(address)]),
    )
    strengths: dict[str, float] = {}
    shown: dict[str, str] = {}
    for strength, texts in fields:
        words: dict[str, str] = {}
        for text in texts:
            for stem, word in _tokens(text):
                words.setdefault(stem, word)
        for stem, word in words.items():
            strengths[stem] = strengths.get(stem, 0.0) + strength * (PAIR if _PAIR.fullmatch(stem) else 1.0)
            shown.setdefault(stem, word)
    terms = (
        *(Term(feature_of("entity", name), 1.0, name) for name in dict.fromkeys(entities)),
        *(Term(feature_of("topic", name), 1.0, name) for name in dict.fromkeys(topics)),
        *(Term(feature_of("word", stem), strengths[stem], shown[stem]) for stem in list(strengths)[:MOST_WORDS]),
    )
    return Features(
        terms=terms,
        day=day,
        by_feature={term.feature: term for term in terms},
        features=tuple(term.feature for term in terms),
        strengths_squared=tuple(term.strength**2 for term in terms),
    )


def weight(frequency: int, events: int) -> float:
    """How much a thing tells that is told of in so many of the events; never nothing, the rarer the more."""
    return math.log((events + 1) / (frequency + SMOOTHING))


class Scorer:
    """One event, the later of each pair, held against earlier ones.

    `frequencies` are those of the events observed up to it and with it. Find candidates by adding up, for each earlier
    event, the gains of the `lookups` it has; score the best of them.
    """

    def __init__(self, event: Features, frequencies: Frequencies) -> None:
        self._frequencies = frequencies
        self._events = frequencies.events
        self._squares: dict[int, float] = {}
        self._terms = event.by_feature
        self._counts = dict(zip(event.features, frequencies.of(event.features), strict=True))
        self._norm = self._norm_of(event)

    def lookups(self) -> tuple[tuple[str, float], ...]:
        """By what to look candidates up, and what an earlier event gains for having it: all of the event's entities
        and topics, and its rarest words."""
        gains = [
            (feature, term.strength * self._square_of(self._counts[feature])) for feature, term in self._terms.items()
        ]
        words = [(feature, gain) for feature, gain in gains if feature.startswith("word:")]
        words.sort(key=lambda lookup: (-round(lookup[1], PLACES), lookup[0]))
        return (*(lookup for lookup in gains if not lookup[0].startswith("word:")), *words[:CANDIDATE_WORDS])

    def score(self, earlier: Features) -> Score:
        """How strongly the event is related to an earlier one, and why."""
        common = self._terms.keys() & earlier.by_feature.keys()
        if not common:
            return Score(value=0.0, reasons=())
        shared = [(earlier.by_feature[feature], self._terms[feature]) for feature in common]
        norm = self._norm * self._norm_of(earlier)
        shares = [a.strength * b.strength * self._square_of(self._counts[a.feature]) for a, b in shared]
        reasons = [
            Reason(
                kind=a.kind,
                name=a.name,
                shown=min(a.shown, b.shown, key=lambda word: (len(word), word)),
                share=round(share / norm, PLACES),
                frequency=self._counts[a.feature],
                events=self._events,
            )
            for (a, b), share in zip(shared, shares, strict=True)
        ]
        reasons.sort(key=lambda reason: (-reason.share, reason.kind, reason.name))
        return Score(value=round(math.fsum(shares) / norm, PLACES), reasons=tuple(reasons))

    def _square_of(self, count: int) -> float:
        square = self._squares.get(count)
        if square is None:
            square = self._squares[count] = weight(count, self._events) ** 2
        return square

    def _norm_of(self, event: Features) -> float:
        # fsum is exact, so that neither the order of terms nor that of the two events shows in a value.
        counts = self._frequencies.of(event.features)
        try:
            squares = list(map(self._squares.__getitem__, counts))
        except KeyError:
            squares = list(map(self._square_of, counts))
        return math.sqrt(math.fsum(map(operator.mul, event.strengths_squared, squares)))


def score(a: Features, b: Features, frequencies: Frequencies) -> Score:
    """How strongly two events are related, and why; the order of the two makes no difference.

    `frequencies` are those of the events observed up to the later of the two and with it.
    """
    return Scorer(b, frequencies).score(a)
