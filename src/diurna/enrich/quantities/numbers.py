"""Numbers as texts write them: digits with separators, number words, scales, fractions, and words for many."""

import re
from bisect import bisect_left

from msgspec import Struct

from diurna.enrich.quantities.units import significant
from diurna.enrich.quantities.words import CARDINALS, DENOMINATORS, SCALES, VAGUE, VULGAR, word_set

__all__ = ["DIGITS", "SYMBOL", "WORD", "Pieces", "Read", "pieces_of", "read_number"]

WORD, DIGITS, SYMBOL = 0, 1, 2
# Every choice begins with another character, and no group repeats what it may begin with: linear in the text.
_PIECE = re.compile(r"([^\W\d_]+)|([0-9]+(?:,[0-9]{2,3}(?![0-9]))*(?:\.[0-9]+)?)|\S")
_LINE = re.compile(r"[\n\r]")
# Beyond this a run of digits is no number that anybody counted with.
_MOST_DIGITS = 24
_MOST_WORDS = 14
_THOUSANDS = re.compile(r"[0-9]{1,3}(?:,[0-9]{2,3})*,[0-9]{3}(?:\.[0-9]+)?$")


class Pieces(Struct, frozen=True):
    """Words, numbers and signs of a text as lists of one length; one sentinel at the end saves asking for it."""

    kind: list[int]
    text: list[str]
    lower: list[str]
    start: list[int]
    end: list[int]
    opening: frozenset[int] = frozenset()
    """Pieces that open a line."""

    def glued(self, index: int) -> bool:
        """Whether this piece touches the one before it."""
        return index > 0 and self.start[index] == self.end[index - 1]


class Read(Struct, frozen=True):
    """Number that was read: pieces `first` to before `end`.

    `value` is None of a word for many (`dozens`), whose least is `lower`. `raw` is the number without its scale.
    """

    first: int
    end: int
    value: float | None
    digits: int | None = None
    lower: float | None = None
    raw: float = 0.0
    scale: float = 1.0
    modifier: str = ""
    written: str = "word"
    """How: `digits`, `word`, `fraction`, `vague`, or `year`, which is none."""


def pieces_of(text: str) -> Pieces:
    """Cut a text into words, numbers and other signs."""
    length = len(text)
    matches = list(_PIECE.finditer(text))
    kind = [(match.lastindex or 3) - 1 for match in matches]
    parts = [match.group() for match in matches]
    start = [match.start() for match in matches]
    end = [match.end() for match in matches]
    opening = frozenset(bisect_left(start, match.end()) for match in _LINE.finditer(text)) | {0}
    kind += [SYMBOL] * 3
    parts += [""] * 3
    start += [length + 1, length + 3, length + 5]
    end += [length + 2, length + 4, length + 6]
    return Pieces(kind, parts, [part.lower() for part in parts], start, end, opening)


def read_number(pieces: Pieces, index: int) -> Read | None:
    """The number that begins at a piece, with its scale; None where none does. "A" before it is taken in."""
    word = pieces.lower[index]
    if pieces.kind[index] == DIGITS:
        read = _digits(pieces, index)
    elif word in CARDINALS:
        read = _cardinal(pieces, index)
    elif word in SCALES and index and pieces.lower[index - 1] in ("a", "an"):
        counts = word in ("dozen", "score", "lakh", "crore", "lac")
        read = (
            _scaled(pieces, Read(index - 1, index, 1.0, 1, raw=1.0)) if counts else _cardinal(pieces, index, index - 1)
        )
    elif word == "half" or word in ("quarter", "third"):
        read = _fraction(pieces, index)
    elif word in VULGAR:
        read = Read(index, index + 1, VULGAR[word], written="fraction")
    elif word in VAGUE or word == "couple":
        read = _vague(pieces, index)
    else:
        read = None
    return read


def _digits(pieces: Pieces, index: int) -> Read | None:
    written = pieces.text[index]
    end = index + 1
    if len(written) > _MOST_DIGITS:
        return None
    if "," in written and not _THOUSANDS.match(written):
        # A decimal comma: "2,5 percent".
        written = written.replace(",", ".") if written.count(",") == 1 and "." not in written else ""
        if not written:
            return None
    elif pieces.lower[end] == "," and pieces.text[end + 1] == "000" and pieces.glued(end) and len(written) < 4:
        written, end = written + "000", end + 2  # "80, 000", as spaced by some
    elif len(written) < 4 and written.isdigit() and written[0] != "0":
        written, end = _spaced_thousands(pieces, index)
    value = float(written.replace(",", ""))
    read = Read(index, end, value, significant(written), raw=value, written="digits")
    mixed = _and_fraction(pieces, read)
    if mixed is not None:
        read = mixed
    elif (
        pieces.lower[end] == "/"
        and pieces.kind[end + 1] == DIGITS
        and pieces.glued(end)
        and pieces.glued(end + 1)
        and pieces.lower[end + 2] != "/"
        and (bottom := _denominator(pieces.text[end + 1])) > value > 0
    ):
        read = Read(index, end + 2, value / bottom, written="fraction", raw=value / bottom)
    return _scaled(pieces, read)


def _spaced_thousands(pieces: Pieces, index: int) -> tuple[str, int]:
    """Digits in groups of three parted by spaces, as in "1 250 000": at least two spaces, or a narrow one."""
    written, end, spaces = pieces.text[index], index + 1, 0
    if index and pieces.kind[index - 1] == DIGITS:
        return written, end
    while (
        end - index < 6
        and pieces.kind[end] == DIGITS
        and len(pieces.text[end]) == 3
        and pieces.start[end] == pieces.end[end - 1] + 1
    ):
        written += pieces.text[end]
        end += 1
        spaces += 1
    zeros = written.endswith("000")
    if not spaces or (spaces == 1 and not zeros) or pieces.kind[end] == DIGITS:
        return pieces.text[index], index + 1
    return written, end


def _denominator(written: str) -> int:
    bottom = int(written) if written.isdigit() and len(written) < 4 else 0
    return bottom if bottom in (2, 3, 4, 5, 6, 8, 10, 12, 16, 32, 64, 100) else 0


def _and_fraction(pieces: Pieces, read: Read) -> Read | None:
    """A whole number with a fraction: "10 1/2", "10½", "two and a half", "three and three quarters"."""
    end, value = read.end, read.value or 0.0
    word = pieces.lower[end]
    if word in VULGAR:
        return Read(read.first, end + 1, value + VULGAR[word], raw=value + VULGAR[word], written=read.written)
    at = end + 1 if word == "-" and pieces.glued(end) and pieces.glued(end + 1) else end
    if (
        pieces.kind[at] == DIGITS
        and pieces.lower[at + 1] == "/"
        and pieces.kind[at + 2] == DIGITS
        and pieces.glued(at + 1)
        and pieces.glued(at + 2)
        and len(pieces.text[at]) == 1
        and (bottom := _denominator(pieces.text[at + 2])) > float(pieces.text[at]) > 0
    ):
        value += float(pieces.text[at]) / bottom
        return Read(read.first, at + 3, value, raw=value, written=read.written)
    at = end
    hyphen = pieces.lower[at] == "-"
    at += hyphen
    if pieces.lower[at] != "and":
        return None
    at += 1 + (pieces.lower[at + 1] == "-")
    top = 1 if pieces.lower[at] in ("a", "one") else CARDINALS.get(pieces.lower[at], 0)
    below = pieces.lower[at + 1 + (pieces.lower[at + 1] == "-")]
    bottom = DENOMINATORS.get(below, 0)
    if below.endswith("s") != (top > 1) or not 0 < top < bottom or bottom > 10:
        return None
    value += top / bottom
    return Read(read.first, at + 2 + (pieces.lower[at + 1] == "-"), value, raw=value, written=read.written)


def _scaled(pieces: Pieces, read: Read) -> Read:
    """The number times the scales that follow it: `million`, `hundred thousand`, `dozen`."""
    end, value, scale = read.end, read.value or 0.0, 1.0
    for _ in range(3):
        at = end + (pieces.lower[end] == "-")
        factor = SCALES.get(pieces.lower[at])
        if pieces.lower[at] in ("a", "an") and read.written == "fraction" and pieces.lower[at + 1] in SCALES:
            factor, at = SCALES[pieces.lower[at + 1]], at + 1
        elif pieces.lower[at] == "of" and read.written == "fraction" and pieces.lower[at + 1] == "a":
            factor, at = SCALES.get(pieces.lower[at + 2]), at + 2
        if factor is None or (pieces.lower[at] == "score" and scale == 1.0 and value not in (1, 2, 3, 4)):
            break
        scale *= factor
        end = at + 1
        if pieces.lower[end] in VULGAR:
            break
    if scale == 1.0:
        return read
    total = value * scale
    read = Read(read.first, end, total, read.digits or _figures(value), raw=value, scale=scale, written=read.written)
    if read.written == "word" and scale >= 1e6:
        half = _and_fraction(pieces, Read(read.first, end, 0.0))
        if half is not None and half.value:
            total += half.value * scale
            return Read(read.first, half.end, total, None, raw=value + half.value, scale=scale)
    return read


def _figures(value: float) -> int | None:
    return significant(f"{value:.6g}") if value == int(value) else None


def _cardinal(pieces: Pieces, index: int, first: int | None = None) -> Read | None:
    """A number in words, as in "two hundred and six thousand", with a fraction or a scale after it.

    `first` is the piece of an "a" before it, which counts as one.
    """
    total, current, at, last = 0.0, 0.0, index, 0.0
    if first is not None:
        current = 1.0
    index = index if first is None else first
    lower = pieces.lower
    while at - index < _MOST_WORDS:
        word = lower[at]
        if word in CARDINALS:
            number = CARDINALS[word]
            if last and not (last >= 20 > 10 > number > 0 or last == 100):
                # "Nineteen eighty-four" is a year; of "two three" the first is read.
                year = 10 < last < 21 <= number + 1 and at == index + 1
                return _year(pieces, index, at) if year else _done(pieces, index, at, total + current)
            current += number
            last = float(number)
        elif word == "hundred" and current:
            current *= 100
            last = 100.0
        elif word in ("thousand", "million", "billion", "trillion") and current:
            total += current * SCALES[word]
            current, last = 0.0, 100.0
        else:
            break
        at += 1
        if lower[at] == "-" and lower[at + 1] in CARDINALS and last >= 20 and pieces.glued(at):
            at += 1
        elif lower[at] == "and" and last == 100 and lower[at + 1] in CARDINALS:
            follows = lower[at + 2]
            if follows not in DENOMINATORS and CARDINALS[lower[at + 1]] < 100:
                at += 1
    return _done(pieces, index, at, total + current)


def _year(pieces: Pieces, index: int, at: int) -> Read:
    """A year in words, as far as it goes: "nineteen eighty-four"."""
    end = at + 1
    if pieces.lower[end] == "-" and pieces.lower[end + 1] in CARDINALS:
        end += 2
    return Read(index, end, None, written="year")


def _done(pieces: Pieces, index: int, end: int, value: float) -> Read | None:
    if pieces.lower[end] == "point" and CARDINALS.get(pieces.lower[end + 1], 10) < 10:
        decimals = ""
        while CARDINALS.get(pieces.lower[end + 1 + len(decimals)], 10) < 10 and len(decimals) < 9:
            decimals += str(CARDINALS[pieces.lower[end + 1 + len(decimals)]])
        written = f"{value:.0f}.{decimals}"
        spoken = Read(index, end + 1 + len(decimals), float(written), significant(written), raw=float(written))
        return _scaled(pieces, spoken)
    read = Read(index, end, value, significant(f"{value:.0f}") if value else 1, raw=value)
    raw_word = pieces.lower[end - 1]
    if raw_word in SCALES and raw_word != "hundred":
        read = Read(index, end, value, read.digits, raw=value / SCALES[raw_word], scale=SCALES[raw_word])
        mixed = _and_fraction(pieces, Read(index, end, 0.0))
        if mixed is not None and mixed.value and raw_word in ("million", "billion", "trillion"):
            return Read(index, mixed.end, value + mixed.value * read.scale, raw=read.raw, scale=read.scale)
        return read
    mixed = _and_fraction(pieces, read)
    if mixed is not None:
        return _scaled(pieces, mixed)
    # "Two thirds", "three-quarters of": a singular needs a hyphen or "of", since "one third" may be an ordinal.
    hyphen = pieces.lower[end] == "-"
    below = pieces.lower[end + hyphen]
    bottom = DENOMINATORS.get(below, 0)
    plural = below.endswith("s") and below != "quarters"
    follows = pieces.lower[end + hyphen + 1]
    if (
        bottom
        and 0 < value < bottom
        and below.endswith("s") == (value > 1)
        and (plural or hyphen or follows in ("of", "the") or follows in SCALES)
    ):
        return _scaled(pieces, Read(index, end + hyphen + 1, value / bottom, raw=value / bottom, written="fraction"))
    return _scaled(pieces, read)


_HALF_AFTER = word_set("""of the a an its their his her our my your all those these million billion dozen""")
_HALF_BEFORE = word_set("""about nearly almost over than least roughly around only just approximately""")
_NO_HALF = word_set("""first second other better latter last next top bottom front back final opening""")


def _fraction(pieces: Pieces, index: int) -> Read | None:
    """`half`, `a quarter of`, `a third of`, `quarter million`, `half a dozen`."""
    word, before, after = pieces.lower[index], pieces.lower[index - 1] if index else "", pieces.lower[index + 1]
    article = before in ("a", "one") or (before == "-" and index > 1 and pieces.lower[index - 2] in ("a", "one"))
    first = index - (1 if before in ("a", "one") else 2) if article else index
    value = 1 / DENOMINATORS[word]
    end = index + 1
    if word == "half":
        if before in _NO_HALF or after in ("time", "way", "brother", "sister", "hearted", "and", "ago", "past"):
            return None
        hyphen = after == "-" and pieces.glued(index + 1)
        if hyphen:
            after = pieces.lower[index + 2]
            if after not in SCALES and after not in ("hour", "mile", "inch", "acre", "day", "point", "percent", "a"):
                return None
        elif (after not in _HALF_AFTER and before not in _HALF_BEFORE and not article) or (
            after == "the" and pieces.lower[index + 2] in ("time", "battle", "story", "fun")
        ):
            return None
        # "Half a million", "half-a-dozen", "half an hour"
        at = end + hyphen
        if pieces.lower[at] in ("a", "an"):
            at += 1
            at += pieces.lower[at] == "-"
            end = at
    elif not (after in ("of", "-") or after in SCALES) or not (article or after in SCALES) or after == "-":
        return None
    return _scaled(pieces, Read(first, end, value, raw=value, written="fraction"))


def _vague(pieces: Pieces, index: int) -> Read | None:
    """Words for many and few, with what they multiply: `tens of thousands`, `several hundred`, `a couple of`."""
    word, before = pieces.lower[index], pieces.lower[index - 1] if index else ""
    first = index - 1 if before == "a" else index
    after = pieces.lower[index + 1]
    if word == "couple":
        if before != "a":
            return None
        end = index + 2 if after == "of" else index + 1
        factor = SCALES.get(pieces.lower[end])
        if after != "of" and factor is None and pieces.lower[end] != "more":
            return None
        scale = factor or 1.0
        return Read(first, end + (factor is not None), 2 * scale, 1, modifier="a couple of", raw=2, scale=scale)
    if word in ("several", "few"):
        if word == "few" and (before != "a" or after in ("of", "and")):
            return None
        end = index + 1
        lower = VAGUE[word]
        factor = SCALES.get(pieces.lower[end])
        if factor:
            lower, end = lower * factor, end + 1
        name = "several" if word == "several" else "a few"
        return Read(first, end, None, lower=lower, modifier=name, written="vague")
    if word == "scores" and after not in ("of", "more", "dead", "killed", "injured", "wounded", "were"):
        return None
    lower, end, modifier = VAGUE[word], index + 1, word
    if after == "of" and pieces.lower[index + 2] in VAGUE and pieces.lower[index + 2] not in ("several", "few"):
        lower *= VAGUE[pieces.lower[index + 2]] / 2
        modifier, end = f"{word} of {pieces.lower[index + 2]}", index + 3
    elif word == "tens":
        return None
    return Read(index, end, None, lower=lower, modifier=modifier, written="vague")
