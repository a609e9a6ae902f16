"""The sentences that findings rest on, as they were printed, with the words that give the value marked."""

from collections import Counter
from collections.abc import Iterable

from diurna.model import Finding, Stated
from diurna.publish.blocks import Anchor, Quotation
from diurna.publish.excerpts import count_words
from diurna.publish.wording import one_line

__all__ = ["Sentences", "quotation"]

_SHARE = 3
"""Times the words that an article's own page gives of its statements which an event's page gives of its sentences."""


class Sentences:
    """What of the articles' words an event's page may show; `limit` is what an article's own page gives, None for all.

    Findings come in the order in which they are shown, so that what is in dispute has its sentences first.
    """

    def __init__(self, found: Iterable[Finding], limit: int | None) -> None:
        given: Counter[str] = Counter()
        self._shown: set[tuple[str, str]] = set()
        for said in (said for one in found for said in one.statements):
            key = (said.report, said.sentence)
            count = count_words(said.sentence)
            if key not in self._shown and (limit is None or given[said.report] + count <= _SHARE * limit):
                given[said.report] += count
                self._shown.add(key)

    def of(self, said: Stated) -> tuple[str, int]:
        """The sentence of a statement in one line, and where its words stand in it; empty where it is not shown."""
        if (said.report, said.sentence) not in self._shown or not said.sentence:
            return "", 0
        before = said.sentence[: said.start]
        led = one_line(before) + (" " if before[-1:].isspace() else "")
        return led + one_line(said.sentence[said.start :]), len(led)


def quotation(sentence: str, start: int, words: str, source: Anchor, note: str) -> Quotation:
    """A sentence with its words marked."""
    end = start + len(words)
    return Quotation(sentence[:start], sentence[start:end], sentence[end:], source, note)
