"""What kind of news an event is that no editor has filed, in the categories of the portal, or nothing where unsure.

A small model that can be read: lists of cues of the language of news for each category, and two coefficients for each,
all in category_words.toml. The evidence for a category is the weights of its cues, more in a title than in what
follows; the odds of a category are exp(bias) * (1 + evidence) ** gain.
"""

import math
import re
import tomllib
from collections.abc import Iterator, Sequence
from functools import cache, lru_cache
from importlib.resources import files
from itertools import islice
from typing import NamedTuple

from msgspec import Struct

__all__ = [
    "CATEGORIES",
    "DEFAULTS",
    "CategoryGuess",
    "CategorySettings",
    "CategoryText",
    "Evidence",
    "category_evidence",
    "guess_category",
    "guess_from",
    "is_read",
    "portal_category",
]

Evidence = dict[tuple[int, str], float]
"""What an article gives: for a category, by its place in CATEGORIES, and the words of a cue."""

# Names of the portal's categories, as it writes them today.
CATEGORIES = (
    "Armed conflicts and attacks",
    "Arts and culture",
    "Business and economy",
    "Disasters and accidents",
    "Health and environment",
    "International relations",
    "Law and crime",
    "Politics and elections",
    "Science and technology",
    "Sports",
)

# Headings that editors of the portal wrote on other days for what it calls by one of these names today.
_VARIANTS = {
    "armed conflict and attacks": "Armed conflicts and attacks",
    "armed conflicts and attack": "Armed conflicts and attacks",
    "attacks and armed conflicts": "Armed conflicts and attacks",
    "art and culture": "Arts and culture",
    "business and economics": "Business and economy",
    "business and the economy": "Business and economy",
    "economy and business": "Business and economy",
    "accidents and disasters": "Disasters and accidents",
    "disaster and accidents": "Disasters and accidents",
    "disasters and accident": "Disasters and accidents",
    "environment and health": "Health and environment",
    "international relation": "International relations",
    "crime and law": "Law and crime",
    "law and crimes": "Law and crime",
    "politics and election": "Politics and elections",
    "elections and politics": "Politics and elections",
    "technology and science": "Science and technology",
    "sport": "Sports",
}
_NAMES = {name.casefold(): name for name in CATEGORIES} | _VARIANTS

_WEIGHTS = {"strong": 3.0, "plain": 2.0, "weak": 1.0}
# A title's cue counts double; one in the rest of the opening half as much as one in the lede.
_IN_TITLE, _IN_LEDE, _IN_REST = 2.0, 1.0, 0.5
# How often one cue counts in one article: one word over and over is no more evidence.
_MOST_TIMES = 2
_MOST_WORDS_TOLD = 5
# Words are kept with what they tell; longer ones, which are none, are read in pieces.
_WORDS_KEPT = 65_536
_WORD = re.compile(r"\w{1,40}")


class CategorySettings(Struct, frozen=True, kw_only=True):
    """How sure a guess must be to be shown, and what it is made from.

    Attributes:
        least_sureness: Sureness below which a category is left empty.
        least_evidence: Weight of the cues, over all reports, below which it is left empty.
        articles: Reports of an event that are read, the first.
        characters: Characters of a report's running text that are read.
        languages: Languages that the lists of cues are written in.
    """

    least_sureness: float = 0.7
    least_evidence: float = 6.0
    articles: int = 12
    characters: int = 600
    languages: tuple[str, ...] = ("en",)


DEFAULTS = CategorySettings()


class CategoryText(Struct, frozen=True):
    """What a category is guessed from: an article's title, its lede, and the paragraphs that it opens with."""

    title: str
    lede: str
    paragraphs: tuple[str, ...] = ()
    language: str = ""


class CategoryGuess(Struct, frozen=True):
    """Category of an event, with how sure it is (the share of such guesses that are right) and the words that told."""

    name: str
    sureness: float
    words: tuple[str, ...]


class _Cue(NamedTuple):
    """One thing that a word tells: a category, by its place in CATEGORIES, and how much."""

    category: int
    weight: float


class _Lists(NamedTuple):
    """The cues: whole words, beginnings of words by their text, and for a word the words that may follow it."""

    words: dict[str, tuple[_Cue, ...]]
    beginnings: dict[str, tuple[_Cue, ...]]
    shortest: int
    pairs: dict[str, dict[str, tuple[_Cue, ...]]]
    biases: tuple[float, ...]
    gains: tuple[float, ...]


def guess_category(texts: Sequence[CategoryText], settings: CategorySettings = DEFAULTS) -> CategoryGuess | None:
    """Guess the category of an event from its articles; None where no category is sure enough.

    Each article counts the same. Its copies should be left out by who calls.
    """
    read = (text for text in texts if is_read(text, settings))
    return guess_from([category_evidence(text, settings) for text in islice(read, settings.articles)], settings)


def guess_from(evidence: Sequence[Evidence], settings: CategorySettings = DEFAULTS) -> CategoryGuess | None:
    """Guess the category of an event from what each of its articles gives: `category_evidence` of those that can be
    read.
    """
    read = evidence[: settings.articles]
    if not read:
        return None
    sums = [0.0] * len(CATEGORIES)
    told: dict[tuple[int, str], float] = {}
    for given in read:
        for (category, word), weight in given.items():
            sums[category] += weight / len(read)
            told[category, word] = told.get((category, word), 0.0) + weight
    if sum(sums) < settings.least_evidence:
        return None
    chances = _chances(sums)
    best = max(range(len(CATEGORIES)), key=lambda category: chances[category])
    if chances[best] < settings.least_sureness:
        return None
    words = sorted((-weight, word) for (category, word), weight in told.items() if category == best)
    return CategoryGuess(CATEGORIES[best], round(chances[best], 3), tuple(word for _, word in words[:_MOST_WORDS_TOLD]))


def portal_category(heading: str) -> str:
    """The portal's name today of the category that a list's heading names; another heading stays as it is printed."""
    plain = " ".join(heading.casefold().replace("&", " and ").split())
    return _NAMES.get(plain, heading)


def category_evidence(text: CategoryText, settings: CategorySettings = DEFAULTS) -> Evidence:
    """Weigh the cues of one article: for a category, by its place in CATEGORIES, and a cue's words, what they give."""
    length = settings.characters
    rest = _beginning(text.paragraphs, 2 * length)
    # The lede of many articles is their first paragraph.
    rest = rest[len(text.lede) :] if text.lede and rest.startswith(text.lede) else rest
    lede = text.lede
    if not lede:
        lede, rest = rest[: length // 2], rest[length // 2 :]
    evidence: Evidence = {}
    times: dict[str, int] = {}
    for part, factor in ((text.title, _IN_TITLE), (lede, _IN_LEDE), (rest, _IN_REST)):
        for words, cues in _cues_in(part[:length]):
            times[words] = seen = times.get(words, 0) + 1
            if seen > _MOST_TIMES:
                continue
            for category, weight in cues:
                key = (category, words)
                evidence[key] = evidence.get(key, 0.0) + factor * weight
    return evidence


def is_read(text: CategoryText, settings: CategorySettings) -> bool:
    """Whether there are lists of cues for a text's language."""
    language = re.split("[-_]", text.language.casefold(), maxsplit=1)[0]
    return not language or language in settings.languages


def _beginning(paragraphs: Sequence[str], length: int) -> str:
    parts: list[str] = []
    for paragraph in paragraphs:
        parts.append(paragraph[:length])
        length -= len(paragraph) + 1
        if length <= 0:
            break
    return "\n".join(parts)


def _chances(evidence: Sequence[float]) -> list[float]:
    lists = _lists()
    odds = [
        math.exp(bias) * (1 + amount) ** gain
        for amount, bias, gain in zip(evidence, lists.biases, lists.gains, strict=True)
    ]
    total = sum(odds)
    return [share / total for share in odds]


def _cues_in(passage: str) -> Iterator[tuple[str, tuple[_Cue, ...]]]:
    """The cues of a passage in their order. Two words that are a cue together are none by themselves."""
    words = _WORD.findall(passage.casefold())
    words.append("")
    taken = 0
    for place, tells in enumerate(map(_what_tells, words)):
        if tells is None or place < taken:
            continue
        cues, follows = tells
        if follows is not None and (both := follows.get(words[place + 1])):
            taken = place + 2
            yield f"{words[place]} {words[place + 1]}", both
        elif cues:
            yield words[place], cues


@lru_cache(maxsize=_WORDS_KEPT)
def _what_tells(word: str) -> tuple[tuple[_Cue, ...], dict[str, tuple[_Cue, ...]] | None] | None:
    """What a word is a cue of, and with which words behind it; None where of nothing, as most words are.

    In each category the whole word counts before its longest beginning in the lists.
    """
    lists = _lists()
    cues = {cue.category: cue for cue in lists.words.get(word, ())}
    for length in range(len(word), lists.shortest - 1, -1):
        for cue in lists.beginnings.get(word[:length], ()):
            cues.setdefault(cue.category, cue)
    follows = lists.pairs.get(word)
    return (tuple(cues.values()), follows) if cues or follows else None


@cache
def _lists() -> _Lists:
    raw = tomllib.loads((files("diurna.group") / "category_words.toml").read_text(encoding="utf-8"))
    words: dict[str, dict[int, float]] = {}
    for category, name in enumerate(CATEGORIES):
        for strength, weight in _WEIGHTS.items():
            for quoted, single in re.findall(r"'([^']+)'|(\S+)", raw[name][strength]):
                words.setdefault(quoted or single, {}).setdefault(category, weight)
    whole: dict[str, tuple[_Cue, ...]] = {}
    beginnings: dict[str, tuple[_Cue, ...]] = {}
    pairs: dict[str, dict[str, tuple[_Cue, ...]]] = {}
    for word, weights in words.items():
        cues = tuple(_Cue(category, weight) for category, weight in weights.items())
        first, _, second = word.partition(" ")
        if second:
            pairs.setdefault(first, {})[second] = cues
        elif word.endswith("*"):
            beginnings[word[:-1]] = cues
        else:
            whole[word] = cues
    shortest = min(map(len, beginnings))
    biases = tuple(float(raw[name]["bias"]) for name in CATEGORIES)
    gains = tuple(float(raw[name]["gain"]) for name in CATEGORIES)
    return _Lists(whole, beginnings, shortest, pairs, biases, gains)
