"""Where and when each figure of a report is told to have happened: two attacks of one event have two tolls."""

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Sequence

from msgspec import Struct

from diurna.group.opening import opening_of
from diurna.group.when import act_days
from diurna.model import Annotation, Article, Mention

__all__ = ["Told", "common_places", "told_by_claim"]

_REACH = 240
"""Characters before a sentence in which a place may have been named that it goes on about."""
_ARTICLE = re.compile(r"^(?:the|al|el|ad|as|ash|ar)[ -]", re.IGNORECASE)
_LETTERS = re.compile(r"[^\W\d_]+")
_STEM = 5
"""Letters by which spellings of a name are one: Maghayir, Maghayer."""
_SUMMED = re.compile(r"\b(?:toll|rose|risen|climbed|raised|now|so far|total|still|number of)\b")
"""Words of a sentence whose day is that of a count, and not of what happened."""


class Told(Struct, frozen=True):
    """Places of which the sentence of a claim speaks, and the one day (as an ordinal) on which it says it happened."""

    places: frozenset[str] = frozenset()
    day: int | None = None


def told_by_claim(article: Article, annotation: Annotation) -> dict[str, Told]:
    """What each claim's sentence tells, by the claim's id; the place named last where it names none."""
    mentions = [mention for mention in annotation.mentions if mention.kind == "place"]
    starts = [mention.span.start for mention in mentions]
    days = sorted(
        (time.span.start, first.toordinal())
        for time, first, last, rule in act_days(opening_of(article, len(article.text) + 1), annotation)
        if first == last and rule != "clause"
    )
    found = {}
    for claim in annotation.claims:
        start, end = claim.sentence.start, claim.sentence.end
        first, last = bisect_left(starts, start), bisect_left(starts, end)
        named = mentions[first:last]
        if not named and first and start - starts[first - 1] <= _REACH:
            named = mentions[first - 1 : first]
        here = {day for at, day in days[bisect_left(days, (start, 0)) :] if at < end}
        day = here.pop() if len(here) == 1 and not _SUMMED.search(article.text, start, end) else None
        found[claim.id] = Told(frozenset(key for mention in named if (key := _key(mention))), day)
    return found


def common_places(reports: Sequence[frozenset[str]]) -> frozenset[str]:
    """Places that most reports name: of these all speak."""
    counts = Counter(key for keys in reports for key in keys)
    return frozenset(key for key, count in counts.items() if 2 * count > len(reports))


def _key(mention: Mention) -> str:
    words = _LETTERS.findall(_ARTICLE.sub("", mention.text.casefold()))
    return words[-1][:_STEM] if words else ""
