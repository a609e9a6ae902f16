"""Which item of a later revision is an earlier item in other words.

Editors rewrite headlines, add sources and move items between headings; the event stays the same one. New wordings are
matched with events of the same list and day that no longer stand in the revision, the most alike first, one to one.
"""

from collections import Counter
from collections.abc import Iterable, Sequence

from msgspec import Struct

from diurna.model import Entry, Reason
from diurna.text import url_key, words

__all__ = ["COMPONENT", "LineageSettings", "Match", "match_entries", "similarity"]

COMPONENT = "lineage/1"

_SHORT = 3
"""Letters of `the`, `its`, `and`; a name that short is nearly always a link as well."""


class LineageSettings(Struct, frozen=True, forbid_unknown_fields=True):
    """How alike two wordings must be to count as one item; shares add up to 1.

    Measured by `python -m bench lineage` on edits of the sample days. Every clear case of `tests/group/test_lineage.py`
    is 0.03 or more from the threshold. Nearer are those that nobody could tell by words, links and sources: two
    earthquakes in one country, and an item whose every source and half of whose words were exchanged.

    Attributes:
        threshold: Likeness from which two wordings are one item.
        text_share: What words count.
        link_share: What linked pages count.
        source_share: What cited sources count.
    """

    threshold: float = 0.41
    text_share: float = 0.35
    link_share: float = 0.2
    source_share: float = 0.45


class Match(Struct, frozen=True):
    """New wording `entry` of event `event`, with the score and what it is made of."""

    entry: str
    event: str
    score: float
    reasons: tuple[Reason, ...]


def match_entries(
    new: Sequence[Entry], missing: Iterable[tuple[str, Sequence[Entry]]], settings: LineageSettings
) -> list[Match]:
    """Pair new wordings with events that lost theirs: `missing` gives each event's id and its wordings so far.

    Each entry and each event is used once; equal scores go by position in the revision, then by event id.
    """
    scored = []
    for event, wordings in missing:
        for place, entry in enumerate(new):
            value, reasons = max(
                (similarity(entry, wording, settings) for wording in wordings), key=lambda scored: scored[0]
            )
            if value >= settings.threshold:
                scored.append((-value, place, event, reasons))
    matches, entries_used, events_used = [], set(), set()
    for value, place, event, reasons in sorted(scored, key=lambda row: row[:3]):
        if place not in entries_used and event not in events_used:
            entries_used.add(place)
            events_used.add(event)
            matches.append(Match(new[place].id, event, -value, reasons))
    return matches


def similarity(one: Entry, other: Entry, settings: LineageSettings) -> tuple[float, tuple[Reason, ...]]:
    """How alike two wordings are, 0 to 1: words (Dice), linked pages (Jaccard) and cited sources (overlap).

    A source more says nothing against two wordings being one; a source alone says nothing for it, since one report may
    tell of several events. A part that both lack gives its share to the others.
    """
    if one.text == other.text:
        return 1.0, (Reason("text", "same words", 1.0),)
    parts = [
        ("text", settings.text_share, _dice(_telling_words(one), _telling_words(other))),
        ("links", settings.link_share, _jaccard(_targets(one), _targets(other))),
        ("sources", settings.source_share, _overlap(_urls(one), _urls(other))),
    ]
    present = [(name, share, value) for name, share, value in parts if value is not None]
    if not any(value for name, _, value in present if name != "sources"):
        return 0.0, ()
    whole = sum(share for _, share, _ in present)
    reasons = tuple(
        Reason(name, f"{value:.2f} alike", round(share * value / whole, 4)) for name, share, value in present
    )
    return round(sum(reason.weight for reason in reasons), 4), reasons


def _telling_words(entry: Entry) -> list[str]:
    """Words of an entry without the short ones that any sentence has."""
    every = words(entry.text)
    return [word for word in every if len(word) > _SHORT or not (word.isascii() and word.isalpha())] or every


def _targets(entry: Entry) -> set[str]:
    return {link.target for link in entry.links}


def _urls(entry: Entry) -> set[str]:
    return {url_key(citation.url) for citation in entry.citations}


def _dice(one: list[str], other: list[str]) -> float | None:
    if not one and not other:
        return None
    shared = (Counter(one) & Counter(other)).total()
    return 2 * shared / (len(one) + len(other))


def _overlap(one: set[str], other: set[str]) -> float | None:
    if not one and not other:
        return None
    return len(one & other) / (min(len(one), len(other)) or 1)


def _jaccard(one: set[str], other: set[str]) -> float | None:
    if not one and not other:
        return None
    return len(one & other) / len(one | other)
