"""How much of a publisher's text a page shows: the first words of it, and of what changed only what is around it."""

import re
from collections.abc import Sequence

from msgspec import Struct

from diurna.model import Article
from diurna.publish.blocks import Mark
from diurna.publish.wording import one_line

__all__ = ["Excerpted", "count_words", "excerpt", "first_words", "last_words", "nearby"]

# A word, or two signs of a script that has no spaces between words (the ranges of `diurna.text`).
_WORD = re.compile(
    "[\u0e01-\u0e3a\u0e40-\u0e4e\u0e81-\u0ece\u1000-\u1049\u1050-\u109f\u1780-\u17d3\u3005-\u3007\u3041-\u3096"
    "\u309d-\u309f\u30a1-\u30fa\u30fc-\u30ff\u3105-\u312f\u31f0-\u31ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff"
    "\U00020000-\U000323af]{1,2}"
    "|[^\\s\u0e01-\u0e3a\u0e40-\u0e4e\u0e81-\u0ece\u1000-\u1049\u1050-\u109f\u1780-\u17d3\u3005-\u3007\u3041-\u3096"
    "\u309d-\u309f\u30a1-\u30fa\u30fc-\u30ff\u3105-\u312f\u31f0-\u31ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff"
    "\U00020000-\U000323af]{1,40}"
)
_AROUND = 6
"""Words that are shown on each side of changed ones: enough to know the place, too few to read on."""


class Excerpted(Struct, frozen=True):
    """First words of a text, by paragraph; how many they are, and how many the text has, its lede left out."""

    texts: tuple[str, ...]
    words: int
    of_words: int


def excerpt(article: Article, limit: int) -> Excerpted:
    """The first words of an article's paragraphs and quotes; one that only says the lede again is left out."""
    lede = one_line(article.lede)
    texts = [
        text
        for found in article.paragraphs
        if found.kind != "heading" and (text := one_line(found.text)) and text != lede
    ]
    counts = [count_words(text) for text in texts]
    shown: list[str] = []
    left = limit
    for text, count in zip(texts, counts, strict=True):
        if left <= 0:
            break
        shown.append(first_words(text, left))
        left -= count
    total = sum(counts)
    return Excerpted(tuple(shown), min(max(limit, 0), total), total)


def count_words(text: str) -> int:
    """How many words a text has; of scripts without spaces two signs count as one."""
    return len(_WORD.findall(text))


def first_words(text: str, count: int) -> str:
    """The first words of a text, with an ellipsis where there are more."""
    words = list(_WORD.finditer(text))
    if len(words) <= count:
        return text
    return f"{text[: words[count - 1].end()]} …" if count > 0 else "…"


def last_words(text: str, count: int) -> str:
    """The last words of a text, from the first of them to the text's end."""
    words = list(_WORD.finditer(text))
    return text[words[-count].start() :] if len(words) > count else text


def nearby(marks: Sequence[Mark], longest: int) -> tuple[Mark, ...]:
    """A changed text without what stayed far from a change; at most `longest` words of what came or went in a row."""
    kept: list[Mark] = []
    for place, mark in enumerate(marks):
        if mark.kind != "same":
            kept.append(Mark(mark.kind, first_words(mark.text, longest)))
            continue
        before, after = place > 0, place < len(marks) - 1
        if count_words(mark.text) <= _AROUND * (before + after):
            kept.append(mark)
            continue
        kept += [Mark("same", _without_sign(first_words(mark.text, _AROUND)))] if before else []
        kept.append(Mark("gap"))
        kept += [Mark("same", last_words(mark.text, _AROUND))] if after else []
    return tuple(kept)


def _without_sign(text: str) -> str:
    return text.removesuffix(" …")
