"""Numbers that measure and count nothing: dates, clock times, names, codes, telephone numbers, scores, list numbers."""

from diurna.enrich.quantities.numbers import DIGITS, SYMBOL, WORD, Pieces, Read
from diurna.enrich.quantities.words import CARDINALS, MONTHS, NAMERS, word_set

__all__ = ["part_of_code", "part_of_date", "part_of_name", "skip_after"]

_ORDINAL_ENDS = word_set("st nd rd th")
_HYPHENS = frozenset("-–—‑")
_CLOCK = word_set("am pm gmt utc bst est edt cet kst pst pdt et hrs")
_FIRST_YEAR, _LAST_YEAR = 1400, 2100
_MODERN_YEAR = 1800


def skip_after(pieces: Pieces, index: int) -> int:
    """Where reading goes on after digits that are an ordinal, a clock time, a date or a code; `index` where not.

    Jumps over "10:30", "2012-04-05", "3/4/2012", "555-0100", "2-1-0", "1.2.3", "19th", "1990s", "2015-16".
    """
    text, glued = pieces.text, pieces.glued
    after = text[index + 1]
    if not glued(index + 1):
        return _past_groups(pieces, index)
    decade = after == "s" and text[index].endswith("0") and len(text[index]) in (2, 4) and text[index].isdigit()
    if after.lower() in _ORDINAL_ENDS or decade or after in ("er", "ème"):
        return index + 2
    if after in ("'", "’") and text[index + 2] == "s" and glued(index + 2):
        return index + 3
    end = index
    marks = set()
    while text[end + 1] in _CHAIN and glued(end + 1) and pieces.kind[end + 2] == DIGITS and glued(end + 2):
        marks.add(text[end + 1])
        end += 2
    links = (end - index) // 2
    if links == 0:
        return index
    if links > 1 or ":" in marks or "." in marks:
        return end + 1
    first, last = text[index], text[end]
    if marks == {"/"}:
        fraction = first.isdigit() and last.isdigit() and len(first) <= len(last) < 4 and int(first) < int(last)
        return index if fraction and int(last) in (2, 3, 4, 5, 6, 8, 10, 12, 16, 32, 64, 100) else end + 1
    if _yearlike(first) and (len(last) == 2 or _yearlike(last)):
        return end + 1
    if (
        (len(first) == 3 and len(last) == 4 and first.isdigit())
        or (len(first) > 4 and first.isdigit() and len(last) != len(first))
        or (first[0] == "0" and "." not in first)
    ):
        return end + 1
    return index


def _past_groups(pieces: Pieces, index: int) -> int:
    """Past three or more groups of digits that blanks part, unless they are thousands: a telephone number, a table."""
    end = index + 1
    while pieces.kind[end] == DIGITS and pieces.start[end] == pieces.end[end - 1] + 1:
        end += 1
    groups = end - index
    thousands = (
        groups < 6
        and len(pieces.text[index]) < 4
        and all(len(written) == 3 for written in pieces.text[index + 1 : end])
    )
    return end if groups > 2 and not thousands else index


_CHAIN = frozenset("-–/:.‑")


def _yearlike(written: str) -> bool:
    return len(written) == 4 and written.isdigit() and _FIRST_YEAR <= int(written) <= _LAST_YEAR


def part_of_code(pieces: Pieces, index: int) -> bool:
    """Whether letters or a name's hyphen touch a number in front: `Covid-19`, `G7`, `F-16`, `scp2-173m`, `#3`."""
    if not pieces.glued(index):
        return False
    kind, before = pieces.kind[index - 1], pieces.text[index - 1]
    if pieces.kind[index] != DIGITS:
        # A slug ("past-six-decades"), or the end of "mid-thirty".
        return before == "-" and pieces.glued(index - 1) and pieces.kind[index - 2] == WORD
    if kind == WORD:
        return before not in _MONEY_LETTERS
    if before in ("#", "№", "@", "_", "/", "\\", ".", ":", "’", "'", "="):
        return before not in ("’", "'") or not _opens_quote(pieces, index - 1)
    if before in _HYPHENS and pieces.glued(index - 1):
        # "mid-40", "F-16": a letter before the hyphen; "8-10" is read from its first number.
        return pieces.kind[index - 2] == WORD and pieces.lower[index - 2] not in CARDINALS and before == "-"
    return False


_MONEY_LETTERS = word_set(
    """Rs RS USD EUR GBP US RM Rp AUD CAD INR JPY CNY CHF HKD SGD RMB KRW ZAR MXN Rs. usd eur gbp EGP SAR AED"""
)


def _opens_quote(pieces: Pieces, index: int) -> bool:
    written = pieces.text[index + 1]
    return not pieces.glued(index) and not (len(written) == 2 and written.isdigit())


def part_of_date(pieces: Pieces, read: Read, *, measured: bool) -> bool:
    """Whether a number is a day, a year or an hour. `measured`: a unit or a currency stands beside it."""
    first, end, lower = read.first, read.end, pieces.lower
    if measured and read.written == "digits" and pieces.lower[end] == "year" and _yearlike(pieces.text[first]):
        return read.scale == 1.0  # "2022 year-end inflation"
    if measured or read.written != "digits":
        return False
    before, after, written = lower[first - 1] if first else "", lower[end], pieces.text[first]
    dotted = before == "." and first > 1 and lower[first - 2] in MONTHS
    value = read.value or 0
    if read.end - first > 1:
        return False
    if (before in MONTHS or dotted) and value < 32 and not (before in ("may", "march") and _verbs(pieces, first)):
        return True
    plain = after not in ("may", "march", "mar") or pieces.text[end][:1].isupper()
    if after in MONTHS and value < 32 and (plain or before in ("on", "of", "since", "until", "by")):
        return True
    if after == "of" and lower[end + 1] in MONTHS:
        return True
    if before in ("and", "to", "-", "–", ",", "or") and value < 32 and _day_before(pieces, first - 1):
        return not _noun_follows(pieces, end)
    if value < 25 and (after in ("a", "p") and lower[end + 1] in (".", "m") and lower[end + 2] in ("m", ".")):
        return True
    if after in _CLOCK or (after == "o" and lower[end + 1] in ("'", "’")):
        return value <= 2400
    return _is_year(pieces, read, before, written)


def _verbs(pieces: Pieces, first: int) -> bool:
    """Whether `may` or `march` before a number is a verb: "may 10 people", not "May 19"."""
    return pieces.text[first - 1].islower() and _noun_follows(pieces, first + 1)


def _day_before(pieces: Pieces, at: int) -> bool:
    """Whether a day of a month ends just before piece `at`: "May 19 | and 20"."""
    if at < 2 or pieces.kind[at - 1] != DIGITS:
        return False
    before = pieces.lower[at - 2]
    return before in MONTHS or (before == "." and at > 2 and pieces.lower[at - 3] in MONTHS)


def _noun_follows(pieces: Pieces, end: int) -> bool:
    word = pieces.lower[end]
    return (pieces.kind[end] == WORD and len(word) > 3 and word.endswith("s")) or word in ("people", "men", "women")


_YEAR_BEFORE = word_set(
    """in of by since until till from before after during late early mid through between to and or the for its spring
    summer autumn fall winter year circa ca fiscal around a this that his her their our following than later"""
)
_COUNTING = word_set("""at least than over nearly almost some about roughly around approximately another""")


def _is_year(pieces: Pieces, read: Read, before: str, written: str) -> bool:
    if not _yearlike(written) or read.scale != 1.0:
        return False
    value = int(written)
    follows = _noun_follows(pieces, read.end)
    if before in MONTHS or before in ("in", "since", "by", "until", "fiscal", "mid", "late", "early"):
        return value >= _MODERN_YEAR or not follows
    if before in _COUNTING and follows:
        return False
    if value < _MODERN_YEAR:
        return not follows and (before in _YEAR_BEFORE or pieces.kind[read.first - 1] == SYMBOL)
    # Of "1950 troops" and "the 1988 sales", numbers of people are meant only in the first.
    people = pieces.lower[read.end] in ("people", "men", "women", "troops", "soldiers", "children", "jobs", "civilians")
    return not (people and before not in ("the", "its", "of", "in", "for"))


def part_of_name(pieces: Pieces, read: Read, *, measured: bool) -> bool:
    """Whether a number is part of a name or numbers a thing: "Boeing 747", "No. 1", "day 3", "phase two"."""
    first, lower = read.first, pieces.lower
    if measured or not first:
        return not measured and (_numbers_list(pieces, read) or _addressed(pieces, read.end))
    before = lower[first - 1]
    if before == "or" and read.end == first + 1 and lower[first] == "two" and pieces.kind[read.end] != WORD:
        return True  # "a minute or two"
    if before == "past" and first > 1 and lower[first - 2] in ("half", "quarter", "five", "ten", "twenty", "minutes"):
        return True
    if before == "." and first > 1 and lower[first - 2] in ("no", "nos", "sec", "fig", "vol", "art", "ch", "pp", "p"):
        return True
    if before == "of" and first > 1 and lower[first - 2] == "group" and pieces.text[first - 2] != "group":
        return True
    if read.written == "word" and pieces.text[first].istitle() and pieces.text[first - 1].istitle():
        named = before not in _NO_NAMES and pieces.start[first] == pieces.end[first - 1] + 1 and first > 1
        return named and pieces.text[first - 2] not in (".", "!", "?", '"', "“")
    if before in NAMERS and not (before in ("no", "count", "line", "act", "engine") and read.written != "digits"):
        if before in ("no", "number", "numbers") and pieces.text[first - 1].islower() and read.written == "digits":
            return before != "no" or read.scale == 1.0
        return not (_noun_follows(pieces, read.end) and pieces.text[first - 1].islower())
    if (
        before in ("day", "week", "year", "world", "type", "plan", "title", "war", "test", "unit")
        and read.written == "digits"
    ):
        return not _noun_follows(pieces, read.end)
    if read.written != "digits" or read.end - first > 1:
        return False
    if _addressed(pieces, read.end):
        return True
    if _numbers_list(pieces, read):
        return True
    if before == "the" and not _noun_follows(pieces, read.end) and len(pieces.text[first]) > 2:
        # "The 486", "the 8088 chip"; "the 300 or so" counts.
        return lower[read.end] not in ("or", "most", "to", "were", "who", "people") and "," not in pieces.text[first]
    return _capital_before(pieces, read)


def _capital_before(pieces: Pieces, read: Read) -> bool:
    """Whether a name stands right before and no things that are counted right after: "Windows 10 is", "Apollo 11"."""
    at = read.first - 1
    word = pieces.text[at]
    if pieces.kind[at] != WORD or not word[:1].isupper() or pieces.start[read.first] != pieces.end[at] + 1:
        return False
    if (
        pieces.lower[at] in _NO_NAMES
        or at in pieces.opening
        or read.first in pieces.opening
        or pieces.text[at - 1] in (".", "!", "?", ":", '"', "“", "•")
    ):
        return False
    return not _counts(pieces, read.end)


_STREETS = word_set("""street st avenue ave road rd boulevard blvd lane drive square place plaza parkway terrace""")


def _addressed(pieces: Pieces, end: int) -> bool:
    """Whether capitalised words that end in the name for a street follow: "123 Mill Street"."""
    for at in range(end, end + 4):
        if pieces.kind[at] != WORD or not pieces.text[at][0].isupper():
            return False
        if at > end and pieces.lower[at] in _STREETS:
            return True
    return False


_NO_NAMES = word_set(
    """monday tuesday wednesday thursday friday saturday sunday about over at least more than nearly almost some the of
    in on by to with for and or only all another up around between from aged age just i rs usd eur kills kill killed
    killing injures injured injuring wounds wounded hurts hurt leaves leave left leaving claims says dead arrests
    arrested hits win wins won lost loses adds cuts hires fires jailed sees saw has have had are were is was buys
    sells"""
)


def _counts(pieces: Pieces, end: int) -> bool:
    """Whether one of the next three words looks like the plural of something."""
    for at in range(end, end + 3):
        if pieces.kind[at] != WORD:
            return False
        word = pieces.lower[at]
        if word in ("people", "men", "women", "children") or (
            len(word) > 3
            and word.endswith("s")
            and not word.endswith(("ss", "us", "is"))
            and word not in ("says", "was")
        ):
            return pieces.text[at].islower()
    return False


def _numbers_list(pieces: Pieces, read: Read) -> bool:
    """Whether a number opens a line and a point or a bracket follows: "1. ", "2) ", "(3) "."""
    if read.written != "digits" or read.end - read.first > 1 or len(pieces.text[read.first]) > 3:
        return False
    first = read.first
    opened = first > 0 and pieces.text[first - 1] == "("
    after = pieces.text[read.end]
    if after == ")" and opened:
        return (read.value or 0) < 30 and (first < 2 or pieces.text[first - 2] in (".", ":", ";", ","))
    if after == ")" and "(" not in pieces.text[max(0, first - 12) : first]:
        return (read.value or 0) < 30  # "1) … 2) …" within a line
    begins = first in pieces.opening or pieces.text[first - 1] in ("•", "*")
    return begins and after in (".", ")") and pieces.glued(read.end) and not pieces.glued(read.end + 1)
