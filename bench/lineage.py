"""How well the new wording of an item is told from another item of its day: edits of known kinds against all other
pairs.

Edits are made from the sample days by rule: words taken from another item replace a share of an item's words, an item
is cut to half, its sources change, its links go. What is measured is the share of edits recognised, and of pairs of
different items of one day taken for one.
"""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import msgspec

from diurna.extract.wikitext import read_days
from diurna.group.lineage import LineageSettings, similarity
from diurna.model import Citation, Entry

SAMPLES = Path(__file__).parent.parent / "samples" / "days"


def measure_lineage() -> dict[str, Any]:
    """Share of edits recognised by kind, and of different items taken for one, with the settings' defaults."""
    settings = LineageSettings()
    days = [
        read_days(path.read_text(encoding="utf-8"), path.name).days[0].entries
        for path in sorted(SAMPLES.glob("*.wiki"))
    ]
    figures: dict[str, Any] = {}
    for name, edit in EDITS.items():
        scores = [
            similarity(edit(entry, entries[place - 1]), entry, settings)[0]
            for entries in days
            for place, entry in enumerate(entries)
            if len(entries) > 1
        ]
        figures[name] = round(sum(score >= settings.threshold for score in scores) / len(scores), 4)
    others = [
        similarity(one, other, settings)[0]
        for entries in days
        for place, one in enumerate(entries)
        for other in entries[:place]
    ]
    figures["different items taken for one"] = round(
        sum(score >= settings.threshold for score in others) / len(others), 4
    )
    figures["highest score of different items"] = max(others)
    return {"measure": "lineage", "items": sum(map(len, days)), "pairs of different items": len(others), **figures}


def _reworded(share: int) -> Callable[[Entry, Entry], Entry]:
    """Replace every `share`-th word by one of another item; links go with the words."""

    def edit(entry: Entry, other: Entry) -> Entry:
        mine, theirs = entry.text.split(), other.text.split()
        mixed = [theirs[place % len(theirs)] if place % share == 0 else word for place, word in enumerate(mine)]
        return msgspec.structs.replace(entry, text=" ".join(mixed), links=entry.links[::2])

    return edit


def _halved(entry: Entry, _: Entry) -> Entry:
    words = entry.text.split()
    return msgspec.structs.replace(entry, text=" ".join(words[: len(words) // 2 + 1]), links=entry.links[:1])


def _resourced(entry: Entry, other: Entry) -> Entry:
    reworded = _reworded(5)(entry, other)
    return msgspec.structs.replace(reworded, citations=(Citation("https://another.example/report"),))


def _resourced_with_links(entry: Entry, other: Entry) -> Entry:
    return msgspec.structs.replace(_resourced(entry, other), links=entry.links)


def _extended(entry: Entry, other: Entry) -> Entry:
    """Add half of another item's words and a source."""
    words = other.text.split()
    more = (*entry.citations, Citation("https://another.example/report"))
    return msgspec.structs.replace(entry, text=f"{entry.text} {' '.join(words[: len(words) // 2])}", citations=more)


EDITS: dict[str, Callable[[Entry, Entry], Entry]] = {
    "every fourth word other": _reworded(4),
    "every other word other": _reworded(2),
    "cut to half": _halved,
    "half of another item added": _extended,
    "every fifth word and all sources other": _resourced_with_links,
    "every fifth word, half of the links and all sources other": _resourced,
}
