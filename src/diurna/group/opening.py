"""The beginning of an article, sentence by sentence: what says what it reports."""

import re
from bisect import bisect_right
from datetime import date, timedelta

from msgspec import Struct

from diurna.model import Article, Dating

__all__ = ["HEADING", "OPENING", "Opening", "opening_of"]

OPENING = 3_000
"""Characters of running text that are looked at: a dozen sentences. What comes later is seldom what is reported."""


class Opening(Struct, frozen=True):
    """Beginning of an article's text with the offsets at which its sentences begin, and the day it was published.

    `lede` is the number of the first sentence proper: above it stand lines with a date, a place, a name.
    `published` is the publisher's calendar day, None where nobody says; `late` says that further east the next day may
    have begun by then.
    """

    title: str
    text: str
    starts: tuple[int, ...]
    lede: int
    published: date | None
    late: bool = False

    def sentence(self, at: int) -> int:
        """Number of the sentence that a place lies in, counted from the lede; negative above it."""
        return bisect_right(self.starts, at) - 1 - self.lede

    def alone(self, start: int, end: int) -> bool:
        """Whether a span stands in a line above the lede, or begins a short line of its own near it, or fills most of
        one; a line that ends as a sentence does may be one.
        """
        number = bisect_right(self.starts, start) - 1
        begin = self.starts[number]
        stop = self.starts[number + 1] if number + 1 < len(self.starts) else len(self.text)
        line = self.text[begin:stop].strip() if stop - begin <= _LINE else ""
        if not line or number > self.lede + 4:
            return number < self.lede
        if line.endswith((".", "!", "?")):
            return number < self.lede and not _WORDS.search(self.text[begin:start] + self.text[end:stop])
        leads = start == begin and _CALENDAR.search(self.text[start:end]) is not None
        return number < self.lede or leads or (len(line) <= HEADING and 2 * (end - start) >= len(line))

    def around(self, start: int, end: int) -> tuple[str, str]:
        """Some text of the same sentence before a span and after it."""
        number = self.sentence(start) + self.lede
        begin = self.starts[number]
        stop = self.starts[number + 1] if number + 1 < len(self.starts) else len(self.text)
        return self.text[max(begin, start - _REACH) : start], self.text[end : min(stop, end + _REACH)]


_REACH = 100
HEADING = 60
"""Characters up to which a line above the first sentence may be a date, a place or a name and no sentence."""
_LINE = 100
# "May 14 was one of them." is a sentence, "Geneva, 14 May." is none.
_WORDS = re.compile(r"(?<!\w)(?!(?:on|of|at|am|den|le|el|um)\b)[a-zà-öø-ÿ]{2,}")
_CALENDAR = re.compile(r"\d{4}|\d[./]\d")
_HEADINGS = 5
_SENTENCE = re.compile(r"[.!?\n](?:(?<=\n)\n*|[\"”’')]{0,2}\s+(?=[\"“‘'(]?[A-Z\d]))")
_NO_END = re.compile(
    r"\b(?:[A-Z]|Mr|Mrs|Ms|Dr|St|Gen|Col|Lt|Sgt|Sen|Rep|Gov|No|vs|Jan|Feb|Mar|Apr|Aug|Sept?|Oct|Nov|Dec"
    r"|[A-Z](?:\.[A-Z])+)\.$"
)


def opening_of(article: Article, longest: int = OPENING) -> Opening:
    """The part of an article that says what it reports, at most so many characters."""
    parts: list[str] = []
    length = 0
    for paragraph in article.paragraphs:
        parts.append(paragraph.text[: longest - length])
        length += len(paragraph.text) + 2
        if length >= longest:
            break
    text = "\n\n".join(parts)
    starts = [0]
    starts += [
        found.end()
        for found in _SENTENCE.finditer(text)
        if "\n" in found.group() or not _NO_END.search(text, max(0, found.start() - 7), found.start() + 1)
    ]
    ends = [*starts[1:_HEADINGS], len(text)]
    lede = next((number for number, end in enumerate(ends) if end - starts[number] > HEADING), 0)
    published = article.published.calendar_day if article.published else None
    return Opening(article.title, text, tuple(starts), lede, published, _is_late(article.published))


_FURTHEST_EAST = timedelta(hours=14)


def _is_late(published: Dating | None) -> bool:
    if published is None:
        return False
    return published.granularity == "day" or (published.time + _FURTHEST_EAST).date() > published.calendar_day
