"""Words that qualify a number, before it ("more than", "nearly") and behind it ("or more", "50+")."""

from msgspec.structs import replace

from diurna.enrich.quantities.numbers import DIGITS, Pieces, Read
from diurna.enrich.quantities.units import UNITS
from diurna.enrich.quantities.words import QUALIFIERS, QUALIFIERS_AFTER, SCALES, word_set

__all__ = ["AGE_WORDS", "qualified_after", "qualifier_before"]

AGE_WORDS = frozenset(["aged", "age", "ages"])
_BETWEEN = word_set("another additional further a an total of the reported")
_LASTING = word_set("for of is was just well took lasted little")


def qualified_after(pieces: Pieces, read: Read) -> tuple[Read, str, str]:
    """The number with what qualifies it from behind, how that bounds it, and the words: "100 or more", "20-odd"."""
    end = read.end
    word = pieces.lower[end]
    phrase = f"{word} {pieces.lower[end + 1]}"
    if phrase in QUALIFIERS_AFTER and pieces.lower[end + 2] not in SCALES:
        return replace(read, end=end + 2), QUALIFIERS_AFTER[phrase], phrase
    if word == "+" and pieces.glued(end) and pieces.kind[end + 1] != DIGITS:
        return replace(read, end=end + 1), "lower", "or more"
    if word == "-" and pieces.lower[end + 1] in ("plus", "odd"):
        plus = pieces.lower[end + 1] == "plus"
        return replace(read, end=end + 2), "lower" if plus else "about", "or more" if plus else "about"
    return read, "", ""


def qualifier_before(pieces: Pieces, first: int, unit: str) -> tuple[str, str, int]:
    """How the words before piece `first` bound the number there, those words, and the piece where they begin."""
    lower = pieces.lower
    if first and lower[first - 1] in AGE_WORDS and not unit:
        first -= 1
    for start in (first, _past_adjectives(lower, first)):
        for length in (4, 3, 2, 1):
            if start < length:
                continue
            phrase = " ".join(lower[start - length : start])
            bound = QUALIFIERS.get(phrase)
            if bound is not None and not _other_sense(lower, phrase, (start - length, first), unit):
                return bound, phrase, start - length
    return "", "", first


def _past_adjectives(lower: list[str], first: int) -> int:
    """Past what may stand between qualifier and number: "at least another 12", "more than a reported $5m"."""
    for _ in range(3):
        if first and lower[first - 1] in _BETWEEN:
            first -= 1
    return first


def _other_sense(lower: list[str], phrase: str, places: tuple[int, int], unit: str) -> bool:
    """Whether such a word means something else: "all over 10 towns", "over ten years", "about the 300"."""
    at, first = places
    before = lower[at - 1] if at else ""
    if phrase in ("over", "under", "above", "below", "beyond"):
        if before in ("the", "all"):
            return True
        measure = UNITS.get(unit)
        return phrase == "over" and measure is not None and measure.kind == "time" and before not in _LASTING
    if phrase in ("some", "about", "around") and first - at > 1:
        return lower[first - 1] in ("the", "of")
    return False
