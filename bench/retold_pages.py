"""Saved pages by the thousand, for measuring: the project's own sample pages told again and again, each time as news
of its own.

Each round has all sample pages, on the same days. Every name but those of several events is another one in each round,
every word but the common ones takes the place of another with the same ending, and figures differ. So a round is news
that nobody has heard of, with as many reports on one event, copies, later versions and pages about nothing in
particular as the samples have. What a publisher has on all its pages stays as it is.
"""

import calendar
import json
import random
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

from msgspec import Struct

__all__ = ["Retelling", "RetoldPage", "Vocabulary", "retold_pages", "rounds_for"]

SAMPLES = Path(__file__).parent.parent / "samples"

_COMMON = 30
"""Sample events from which on a word is common, of 75 with the pages that stand alone."""

_WELL_KNOWN = 12
"""Sample events from which on a name stays: countries, capitals, bodies."""

_RECURS = 3
"""Pages of a publisher from which on a piece of text is the publisher's own."""

_ENDINGS = re.compile(r"(?:ing|ed|ly|s|e|n|t)?$")
_WORD = re.compile(r"&#?\w+;|[^\W\d_]{2,}|(?<![\d.,:/-])\d{2,3}(?:,\d{3})*(?![\d:/-])")
_MARKUP = re.compile(r"(<script\b.*?</script>|<style\b.*?</style>|<!--.*?-->|<[^>]*>)", re.DOTALL | re.IGNORECASE)
_CONTENT = re.compile(r"(?<=content=\")[^\"=]* [^\"=]*(?=\")")
_STRING = re.compile(r"\"(?:[^\"\\]|\\.)*\"")
_ADDRESS = re.compile(r"https?://[^\s\"'<>\\]+")
_NOTE = re.compile(r"Fictional: [^.<\"]*\.(?:\\n)*")
"""What the samples say of themselves: the same words in all rounds would be taken for one text."""

_ONSETS = ["b", "br", "c", "d", "dr", "f", "g", "gr", "h", "k", "l", "m", "n", "p", "r", "s", "st", "t", "tr", "v", "w"]
_VOWELS = ["a", "e", "i", "o", "u", "ai", "ea", "ou"]
_CODAS = ["ck", "ld", "ll", "m", "n", "nd", "r", "rd", "rn", "s", "st", "th"]
_CALENDAR = {
    name.lower()
    for names in (calendar.month_name, calendar.month_abbr, calendar.day_name, calendar.day_abbr)
    for name in names
} - {"march"}


class RetoldPage(Struct, frozen=True):
    """Page as a browser saved it: `event` is the label of what it tells of, empty for nothing in particular; `own` is
    that it is a report in English which its outlet wrote itself.
    """

    name: str
    content: bytes
    round: int
    event: str
    own: bool


class Vocabulary:
    """Words and names of the sample articles: which of them are common, and which are alike in form."""

    def __init__(self, rows: list[dict[str, Any]]) -> None:
        seen: defaultdict[str, set[str]] = defaultdict(set)
        language: dict[str, str] = {}
        lower, mixed = set[str](), set[str]()
        for row in rows:
            for word in re.findall(r"[^\W\d_]{2,}", " ".join([row["title"], *row["text"]])):
                seen[word.lower()].add(row["event"] or row["article"])
                language.setdefault(word.lower(), row["language"])
                if word.islower():
                    lower.add(word)
                elif not word.isupper():
                    mixed.add(word.lower())
        self.names = {word for word in mixed - lower - _CALENDAR if len(seen[word]) < _WELL_KNOWN}
        classes: defaultdict[tuple[str, str], list[str]] = defaultdict(list)
        for word in sorted(lower - _CALENDAR):
            if len(seen[word]) < _COMMON:
                ending = _ENDINGS.search(word)
                classes[language[word], ending.group() if ending else ""].append(word)
        self.classes = list(classes.values())


class Retelling:
    """How the words of one round are told. Round 0 has them as they are."""

    def __init__(self, number: int, vocabulary: Vocabulary) -> None:
        self.number = number
        self._told: dict[str, str] = {}
        if number:
            drawn = random.Random(f"round {number}")  # the same pages on every machine
            for words in vocabulary.classes:
                self._told.update(zip(words, drawn.sample(words, len(words)), strict=True))
            self._told.update((name, _invented(drawn)) for name in sorted(vocabulary.names))

    def text(self, text: str) -> str:
        """A text in this round's words."""
        return _WORD.sub(lambda found: self._word(found.group()), text) if self.number else text

    def _word(self, word: str) -> str:
        if word[0] == "&":
            return word
        if word[0].isdigit():
            head, comma, rest = word.partition(",")
            return f"{32 + (int(head) + 37 * self.number) % 968}{comma}{rest}" if int(head) > 31 or comma else word
        told = self._told.get(word.lower(), word)
        if word.isupper():
            return told.upper()
        return told.capitalize() if word[0].isupper() else told


class _Sample(Struct, frozen=True):
    row: dict[str, Any]
    parts: list[str]
    """Text and markup in turn, text first."""


def retold_pages(rounds: Iterable[int]) -> Iterator[RetoldPage]:
    """The pages of each round, in the order of the samples' list. Names are such that files come in the order of their
    days, all rounds together.
    """
    rows = _rows()
    samples = [_Sample(row, _MARKUP.split(_read(row))) for row in rows]
    texts = {text for row in rows for text in (row["title"], *row["text"])}
    recurring: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for sample in samples:
        recurring[sample.row["outlet"]].update({part.strip() for part in sample.parts[::2]} - texts)
    addresses = {row["url"] for row in rows}
    vocabulary = Vocabulary(rows)
    for number in rounds:
        retelling = Retelling(number, vocabulary)
        for place, sample in enumerate(samples):
            row = sample.row
            html = _told_anew(sample.parts, retelling, recurring[row["outlet"]], addresses)
            address = _renamed(row["url"], number)
            saved = f"<!-- saved from url=({len(address):04}){address} -->\n"
            yield RetoldPage(
                name=f"{(row['published'] or 'undated')[:10]}/{number:04}-{place:03}.html",
                content=(saved + html).encode(row["encoding"], "replace"),
                round=number,
                event=row["event"] or "",
                own=(row["kind"], row["version"], row["language"]) == ("report", 1, "en") and not row["agencies"],
            )


def rounds_for(articles: int) -> int:
    """Rounds that have about so many articles."""
    return max(1, round(articles / len(_rows())))


def _rows() -> list[dict[str, Any]]:
    return [json.loads(line) for line in (SAMPLES / "gold" / "articles.jsonl").read_text("utf-8").splitlines()]


def _read(row: Mapping[str, Any]) -> str:
    html = (SAMPLES / str(row["article"])).read_bytes().decode(str(row["encoding"]), "replace")
    return _NOTE.sub("", html)


def _told_anew(parts: list[str], retelling: Retelling, recurring: Counter[str], addresses: set[str]) -> str:
    told = []
    for place, part in enumerate(parts):
        if place % 2 == 0:
            told.append(part if recurring[part.strip()] >= _RECURS else retelling.text(part))
            continue
        markup = _ADDRESS.sub(
            lambda found: _renamed(found.group(), retelling.number) if found.group() in addresses else found.group(),
            part,
        )
        if markup.startswith("<meta"):
            markup = _CONTENT.sub(lambda found: retelling.text(found.group()), markup)
        elif markup.startswith("<script") and "ld+json" in markup[:60]:
            markup = _STRING.sub(
                lambda found: retelling.text(found.group()) if " " in found.group() else found.group(), markup
            )
        told.append(markup)
    return "".join(told)


def _renamed(address: str, number: int) -> str:
    """Address of a page in a round: `…/report.html` is `…/report-r3.html` in the third."""
    if not number:
        return address
    stem, dot, ending = address.rpartition(".")
    return f"{stem}-r{number}.{ending}" if dot and "/" not in ending else f"{address.rstrip('/')}-r{number}"


def _invented(drawn: random.Random) -> str:
    syllables = drawn.randint(2, 3)
    return "".join(drawn.choice(_ONSETS) + drawn.choice(_VOWELS) for _ in range(syllables)) + drawn.choice(_CODAS)
