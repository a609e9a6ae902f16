"""Spans of a text that may be names: runs of capitalised words, what a model or a gazetteer found, and their parts."""

from collections.abc import Iterable

from diurna.enrich.found import Words
from diurna.enrich.names.words import COMMON_OPENERS, PARTICLES, TITLES

__all__ = ["Spans", "candidates", "opens_sentence", "trimmed"]

Spans = Iterable[tuple[int, int]]

# A run is cut after so many tokens, and a name has at most so many: lines in capitals may be long, names are not.
_LONGEST_RUN = 24
_LONGEST_NAME = 14
_MOST_EDGES = 8
_JOINS = frozenset({"of", "for", "and", "&", "'s", "’s", "the", "'", "’"})
_HYPHENS = frozenset("-‐‑–/")
_LISTING = frozenset({"ministry", "department", "committee", "faculty", "minister", "office"})
_SENTENCE_END = frozenset(".!?:;…•*")
_QUOTES = frozenset("\"'“”‘’«»`([")
_ARTICLES = frozenset({"the", "a", "an"})
_DAYS = frozenset(
    {"monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday", "january", "february", "march"}
    | {"april", "may", "june", "july", "august", "september", "october", "november", "december"}
)
_CURRENCIES = frozenset("$€£¥₦₹")
_POSSESSIVES = frozenset({"'s", "’s", "'", "’", "`s"})
_EDGE_MARKS = frozenset("\"'“”‘’«»`.,;:!?()[]{}-–—/|*#•…&")
_TRAILING = _EDGE_MARKS | _POSSESSIVES | {"or", "and", "of", "the", "in", "for", "with", "at", "on", "to"}


def candidates(words: Words, known: Spans) -> list[tuple[int, int]]:
    """Spans of tokens that may be names, in order. `known` are spans of a model or a gazetteer, already trimmed.

    Runs of words with a capital go on over particles ("de", "bin"), hyphens, "of", "and" and possessives where such a
    word follows. What is between two edges of a run is a candidate: edges are the run's ends, joining words, titles,
    hyphens, and where known spans begin and end.
    """
    text, lower = words.text, words.lower
    found: set[tuple[int, int]] = set(known)
    begins = {start for start, _ in found}
    ends = {end for _, end in found}
    at, count = 0, len(text)
    while at < count:
        word = text[at]
        if word == lower[at] or word == "I" or word[-1] in _CURRENCIES:
            at += 1
            continue
        stop = _run_end(words, at)
        if stop - at == 1 and not (at and text[at - 1].isdigit()):
            found.add((at, stop))
        else:
            _add_parts(words, at, stop, begins, ends, found)
        at = stop
    return sorted(found)


def _run_end(words: Words, start: int) -> int:
    """Where the run of capitalised words that begins at a token ends."""
    text, lower, first, last = words.text, words.lower, words.start, words.end
    count = min(len(text), start + _LONGEST_RUN)
    end = at = start + 1
    while at < count:
        word = text[at]
        if word != lower[at]:
            if "\n" in text[at - 1]:
                break
            at += 1
            end = at
        elif word in _HYPHENS and first[at] == last[at - 1] and at + 1 < count and first[at + 1] == last[at]:
            at += 2
            if text[at - 1][0].isalnum():
                end = at
            else:
                break
        elif word in PARTICLES or word in _JOINS:
            if at - end > 2 or (word == "the" and lower[at - 1] == "and"):
                break
            at += 1
        elif word.isdigit() and at == end and len(word) <= 4:
            at += 1
            end = at
        elif word == "," and lower[start] in _LISTING and at + 1 < count and text[at + 1] != lower[at + 1]:
            at += 1
        elif word in _QUOTES and at == end and at + 3 < count and _nickname(words, at):
            at += 4
            end = at
        else:
            break
    return end


def _nickname(words: Words, at: int) -> bool:
    """Whether a quotation mark opens a name within a name: Harold "Junior" Theriault."""
    text, lower = words.text, words.lower
    return text[at + 2] in _QUOTES and text[at + 1] != lower[at + 1] and text[at + 3] != lower[at + 3]


def _add_parts(  # noqa: PLR0913  # a run, what begins and ends in it, and where to add
    words: Words, start: int, stop: int, begins: set[int], ends: set[int], found: set[tuple[int, int]]
) -> None:
    """Add what lies between two edges of the run of tokens `start` to `stop`."""
    text, lower = words.text, words.lower
    lefts, rights = [start], []
    opener = opens_sentence(words, start)
    for at in range(start, stop):
        word = lower[at]
        plain = word.rstrip(".")
        capital = text[at] != word
        if at > start and at in begins:
            lefts.append(at)
        if at > start and at in ends:
            rights.append(at)
            lefts.append(at)
        if not capital and (word in _JOINS or word in PARTICLES or word in _HYPHENS):
            rights.append(at)
            if at + 1 < stop and (text[at + 1] != lower[at + 1] or word in _HYPHENS):
                lefts.append(at + 1)
        elif plain in TITLES or (word == "state" and lower[max(0, at - 2) : at] == ["secretary", "of"]):
            if lefts[-1] == at and word == "state":
                lefts.pop()
            elif at > start:
                rights.append(at)
            if at + 1 < stop:
                lefts.append(at + 1)
        elif word in _DAYS or (at == start and (word == "the" or (opener and word in COMMON_OPENERS))):
            lefts.append(at + 1)
        elif word.isdigit() or word == ",":
            rights.append(at)
            lefts.append(at + 1)
    rights.append(stop)
    if start > 0 and text[start - 1].isdigit() and len(text[start - 1]) <= 3:
        lefts.append(start - 1)
    lefts, rights = sorted(set(lefts)), sorted(set(rights))
    for left in lefts:
        near = [right for right in rights if left < right <= left + _LONGEST_NAME]
        for right in near[:_MOST_EDGES]:
            if text[left] == lower[left] and lower[left] in _JOINS:
                continue
            if not _bare_end(words, right - 1):
                found.add((left, right))


def _bare_end(words: Words, at: int) -> bool:
    """Whether a token cannot end a name: a joining word, an article, a hyphen."""
    word = words.text[at]
    return word == words.lower[at] and (word in _JOINS or word in PARTICLES or word in _HYPHENS)


def opens_sentence(words: Words, at: int) -> bool:
    """Whether a token stands first in a sentence, a line or a quotation, so that its capital says nothing."""
    while at > 0 and words.text[at - 1] in _QUOTES:
        at -= 1
    if at == 0:
        return True
    before = words.text[at - 1]
    return (before[-1] in _SENTENCE_END and (len(before) == 1 or not before[0].isupper())) or "\n" in before


def trimmed(words: Words, start: int, end: int) -> tuple[int, int]:
    """The span without articles, titles, possessives and punctuation at its edges; empty if nothing is left."""
    text, lower = words.text, words.lower
    while start < end and (lower[start] in _ARTICLES or lower[start] in _EDGE_MARKS or lower[start].isspace()):
        start += 1
    if "(" in text[start:end] and ")" not in text[start:end]:
        end = text.index("(", start)
    while start < end and (lower[end - 1] in _TRAILING or lower[end - 1].isspace()):
        end -= 1
    while start + 1 < end and lower[start].rstrip(".") in TITLES and text[start + 1] != lower[start + 1]:
        start += 1
    return start, end
