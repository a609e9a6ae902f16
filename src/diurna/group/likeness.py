"""Whether two texts are one: aligned word by word, with the figures and names that tell one report from another.

A copy keeps most of the shorter text in order, has the opening of one of the two, and tells no other figures and names
than the original: the same form filled in with others is another report. Paragraphs that were put in do not count.
"""

import re
import unicodedata
from collections.abc import Iterable, Sequence
from difflib import SequenceMatcher
from typing import NamedTuple, TypeVar

from msgspec import Struct

from diurna.group.shingles import shingles
from diurna.model import Article, Reason
from diurna.text import segment

__all__ = ["CopySettings", "Likeness", "Text", "compare_texts", "read_text"]

_ACCENTS = re.compile("[\u0300-\u036f]")
_POINTED = re.compile(r"\b(?:[^\W\d_]\.){2,}")
_DATELINE = re.compile(r"\A[^()]{0,60}\([^()]{2,30}\)\s*[-–—]\s")  # `SEOUL, May 12 (Agency) - `
_WORD = re.compile(r"\w+")
_SMALL = {
    word: float(place)
    for place, word in enumerate(
        ("two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"), 2
    )
}
_NUMBER = re.compile(rf"([0-9]+(?:[.,:][0-9]+)*|\b(?:{'|'.join(_SMALL)})\b)(?:[\s-]?([^\W\d_]+))?", re.IGNORECASE)
_T = TypeVar("_T")


class CopySettings(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What makes one text of two.

    Measured by `python -m bench copies`: of 300 reports of stream/reuters, 97% or more are found again in each of ten
    kinds of edit, and the 21,578 reports give 658 copies. With the publishers left out, pairs of 0.5 to 0.6 alike that
    are more than three days apart are series: forms filled in anew.

    Attributes:
        same_words: Share of the shorter text's words that stand in the longer one, in runs and in order.
        same_outlet_words: The same for two articles of one publisher, whose follow-ups and tables are alike.
        kept_words: Share of the words that stand there in the shorter text's paragraphs that are not new.
        opening_words: Words from the beginning that one of the two must have of the other.
        opening_share: How many of them, as a share.
        changed_figures: Most figures of the shared paragraphs that may be exchanged for others, as a share.
        changed_names: Most names of the shared paragraphs that may be exchanged for others, as a share.
        days_apart: Days between two publications beyond which only the same words are one text.
        min_words: Words below which only identical texts are one.
        identical_words: Words below which no texts are one.
        max_words: Words of a text that are compared; two texts of 5,000 words take 0.7 seconds at worst.
    """

    same_words: float = 0.55
    kept_words: float = 0.75
    same_outlet_words: float = 0.9
    opening_words: int = 30
    opening_share: float = 0.6
    changed_figures: float = 0.2
    changed_names: float = 0.2
    days_apart: int = 3
    min_words: int = 40
    identical_words: int = 20
    max_words: int = 5_000


class _Figure(NamedTuple):
    """Number as written; where its unit is known, its value in metric units and what is measured."""

    written: float
    value: float
    measure: str


class Text(NamedTuple):
    """Article cut up for comparing: its words, where each paragraph ends among them, its figures and names."""

    words: list[str]
    ends: list[int]
    figures: list[frozenset[_Figure]]
    names: list[frozenset[str]]


def read_text(article: Article, settings: CopySettings) -> Text:
    """Cut an article into words. Names are words that the text never writes in lower case.

    In scripts without case nothing says what is a name, so every word counts as one.
    """
    shown: list[str] = []
    pieces, ends, figures = [], [], []
    for place, paragraph in enumerate(article.paragraphs):
        text = _plain(paragraph.text if place else _DATELINE.sub("", paragraph.text, count=1))
        piece = _WORD.findall(segment(text))[: settings.max_words - len(shown)]
        shown += piece
        pieces.append(piece)
        ends.append(len(shown))
        figures.append(_figures(text))
    plain = {word for word in shown if word.islower()}
    names = [
        frozenset(word.casefold() for word in piece if not word.islower() and word[0].isalpha()) - plain
        for piece in pieces
    ]
    return Text([word.casefold() for word in shown], ends, figures, names)


def _plain(text: str) -> str:
    """Text without accents and without the points of `U.S.` and `p.m.`, which some outlets write and some do not."""
    bare = _ACCENTS.sub("", unicodedata.normalize("NFD", text))
    return _POINTED.sub(lambda word: word.group().replace(".", ""), unicodedata.normalize("NFC", bare))


def _figures(text: str) -> frozenset[_Figure]:
    """Numbers of a text, in digits or small English words; those of a known unit also in metric units."""
    plain = unicodedata.normalize("NFKC", text)
    found = set()
    for written, word in _NUMBER.findall(plain):
        value = _SMALL.get(written.casefold()) or _number(written)
        measure, factor = _UNITS.get(word.casefold(), ("", 1.0))
        found.add(_Figure(value, round(value * factor, 6), measure))
    return frozenset(found)


def _number(written: str) -> float:
    """Value of digits with points, commas and colons: the last of them parts a fraction unless three digits follow.

    A time of day is a number too: 4:59 and 4.59 are the same.
    """
    *groups, last = re.split("[.,:]", written)
    marks = re.findall("[.,:]", written)
    if marks and (len(last) != len("000") or (len(set(marks)) > 1 and marks[-1] not in marks[:-1])):
        return float(f"{''.join(groups)}.{last}")
    return float("".join([*groups, last]))


class Likeness(NamedTuple):
    """How alike two texts are: words in common, of so many; figures of the shorter that the longer lacks, of so many.

    `strange` counts figures of the shared paragraphs that the other text lacks, whichever text has more of them.
    """

    same: int
    of: int
    share: float
    exchanged: tuple[str, ...] = ()
    figures: int = 0
    strange: int = 0
    identical: bool = False

    def reasons(self) -> tuple[Reason, ...]:
        """What a reader may check."""
        reasons = [Reason("words", f"{self.same} of {self.of} words", self.share, self.same, self.of)]
        if self.exchanged:
            told = "; ".join(self.exchanged[:_TOLD])
            reasons.append(Reason("figures", told, 0.0, len(self.exchanged), self.figures))
        return tuple(reasons)


_TOLD = 5
"""Figures that a reason spells out."""

_RUN = 3
"""Words that a run in common has at least; shorter ones are chance."""

_PUT_IN = 0.2
"""Share of a paragraph's words in common below which it was put in, or cut out of the other text."""

_LEAD_NAMES = 0.15
"""Share of the first paragraph's names that editors exchange: `the U.S.` for `the United States`."""

_ROUNDING = 0.06
"""Converted figures are rounded: 300 miles become 480 or 500 km."""

_UNITS = {
    word: (measure, factor)
    for measure, factor, names in (
        ("length", 1.609344, "mile miles mi meile meilen mille milles milla millas miglia"),
        ("length", 1.0, "km kms kilometre kilometres kilometer kilometers kilomètre kilomètres kilómetros chilometri"),
        ("length", 0.0003048, "foot feet ft fuß pieds pies"),
        ("length", 0.0009144, "yard yards yd"),
        ("length", 0.001, "m metre metres meter meters metern mètre mètres metro metros metri"),
        ("length", 0.0000254, "inch inches zoll pouces pulgadas"),
        ("length", 0.00001, "cm centimetre centimetres centimeter centimeters zentimeter centimètres centímetros"),
        ("length", 0.000001, "mm millimetre millimetres millimeter millimeters millimètres milímetros"),
        ("area", 0.40468564, "acre acres"),
        ("area", 1.0, "ha hectare hectares hektar hectáreas"),
        ("mass", 0.45359237, "pound pounds lb lbs pfund livres libras"),
        ("mass", 0.02834952, "ounce ounces oz"),
        ("mass", 1.0, "kg kilo kilos kilogram kilograms kilogramme kilogrammes kilogramm kilogramos"),
        ("mass", 907.18474, "ton tons"),
        ("mass", 1000.0, "tonne tonnes tonnen toneladas"),
        ("volume", 3.785411784, "gallon gallons"),
        ("volume", 1.0, "litre litres liter liters litros"),
    )
    for word in names.split()
}


def compare_texts(one: Text, other: Text, settings: CopySettings) -> Likeness | None:
    """Likeness of two texts that are copies, None of others."""
    shorter = min(len(one.words), len(other.words))
    if shorter < settings.identical_words:
        return None
    if one.words == other.words:
        return Likeness(shorter, shorter, 1.0, identical=True)
    if shorter < settings.min_words or not shingles(one.words) & shingles(other.words):
        return None
    runs = _runs(one.words, other.words)
    same = sum(size for _, _, size in runs)
    share = round(same / shorter, 4)
    if share < settings.same_words or not _has_opening(one, other, runs, settings):
        return None
    mine = _shared_paragraphs(one, [(start, size) for start, _, size in runs])
    theirs = _shared_paragraphs(other, [(start, size) for _, start, size in runs])
    if len(one.words) > len(other.words):
        one, other, mine, theirs = other, one, theirs, mine
    if _leads_differ(one, mine[:1], other, theirs[:1]):
        return None
    if same < settings.kept_words * sum(one.ends[place] - [0, *one.ends][place] for place in mine):
        return None
    figures = _all(one.figures, mine)
    strange = _strange(figures, _all(other.figures, range(len(other.ends))))
    missing = _strange(_all(other.figures, theirs), _all(one.figures, range(len(one.ends))))
    clashing = min(len(strange), len(missing))
    names, namesakes = _all(one.names, mine), _all(other.names, theirs)
    exchanged = min(len(names.difference(other.words)), len(namesakes.difference(one.words)))
    if clashing > settings.changed_figures * len(figures) or exchanged > settings.changed_names * len(names):
        return None
    shown = tuple(f"{figure.written:g}" for figure in strange)
    return Likeness(same, shorter, share, shown, len(figures), max(len(strange), len(missing)))


def _leads_differ(one: Text, mine: Sequence[int], other: Text, theirs: Sequence[int]) -> bool:
    """Whether the first paragraphs in common tell other figures or names: 12 dead are other news than 15 dead."""
    figures, others = _all(one.figures, mine), _all(other.figures, theirs)
    everywhere, elsewhere = _all(one.figures, range(len(one.ends))), _all(other.figures, range(len(other.ends)))
    if _strange(figures, elsewhere) and _strange(others, everywhere):
        return True
    names, namesakes = _all(one.names, mine), _all(other.names, theirs)
    lost, found = names.difference(other.words), namesakes.difference(one.words)
    return min(len(lost), len(found)) > _LEAD_NAMES * min(len(names), len(namesakes))


def _strange(figures: frozenset[_Figure], others: frozenset[_Figure]) -> list[_Figure]:
    """Figures that another text lacks, in this or another unit."""
    return sorted(figure for figure in figures - others if not any(_is_same_measure(figure, other) for other in others))


def _is_same_measure(one: _Figure, other: _Figure) -> bool:
    if not one.measure or not other.measure:
        return one.written == other.written
    return one.measure == other.measure and abs(one.value - other.value) <= _ROUNDING * max(one.value, other.value)


def _runs(one: list[str], other: list[str]) -> list[tuple[int, int, int]]:
    """Runs of words that stand in both texts in the same order: where in each, and how long."""
    blocks = SequenceMatcher(None, one, other).get_matching_blocks()
    return [(block.a, block.b, block.size) for block in blocks if block.size >= _RUN]


def _has_opening(one: Text, other: Text, runs: list[tuple[int, int, int]], settings: CopySettings) -> bool:
    """Whether one of the two has the other's opening; what is less than half as long has that of the longer one.

    A follow-up that repeats the background has neither's.
    """
    limit = min(settings.opening_words, len(one.words), len(other.words))
    covered = [sum(max(0, min(run[side] + run[2], limit) - run[side]) for run in runs) for side in (0, 1)]
    if 2 * len(one.words) < len(other.words):
        covered = covered[1:]
    elif 2 * len(other.words) < len(one.words):
        covered = covered[:1]
    return max(covered) >= settings.opening_share * limit


def _shared_paragraphs(text: Text, runs: list[tuple[int, int]]) -> list[int]:
    """Paragraphs that stand in the other text, at least in part; the others were put in, or cut out there."""
    covered = [False] * len(text.words)
    for start, size in runs:
        covered[start : start + size] = [True] * size
    starts = [0, *text.ends]
    return [
        place
        for place, end in enumerate(text.ends)
        if end > starts[place] and sum(covered[starts[place] : end]) >= _PUT_IN * (end - starts[place])
    ]


def _all(parts: list[frozenset[_T]], places: Iterable[int]) -> frozenset[_T]:
    return frozenset().union(*(parts[place] for place in places))
