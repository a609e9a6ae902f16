"""Section of an event's page that tells what each speaker says, in the words that were printed."""

from collections import Counter
from datetime import datetime
from typing import ClassVar

from msgspec import Struct

from diurna.publish.article_lines import ReportLine
from diurna.publish.blocks import Anchor, Block, Group, Groups, Item, Paragraphs
from diurna.publish.excerpts import count_words
from diurna.publish.materials import EventMaterial
from diurna.publish.page import Section
from diurna.publish.understood_words import FORCES, quoted, span_text
from diurna.publish.wording import counted, one_line
from diurna.reconcile.speakers import Saying

__all__ = ["SayingLine", "SpeakerLine", "Speakers", "speakers"]

_MOST_SPEAKERS = 24
_MOST_SAYINGS = 8
_LONGEST = 300
"""Characters of what somebody is said to have said."""
_SHARE = 3


class Part(Struct, frozen=True, kw_only=True, omit_defaults=True, forbid_unknown_fields=True):
    """Line of a section as data."""


class SayingLine(Part, frozen=True, kw_only=True):
    """What was said, as printed: the outlet that has it with its article, others that have the same words, when, and by
    whom it was passed on (`voices`, nearest to the outlet first).
    """

    claim: str
    words: str
    mode: str
    force: str
    outlet: str
    article: str
    page: str = ""
    at: datetime | None = None
    voices: tuple[str, ...] = ()
    also: tuple[str, ...] = ()
    negated: bool = False


class SpeakerLine(Part, frozen=True, kw_only=True):
    """Somebody who is said to have said something; `page` is the entity's, where it has one."""

    name: str
    entity: str = ""
    page: str = ""
    outlets: int
    sayings: tuple[SayingLine, ...]
    left_out: int = 0


class Speakers(Section, frozen=True, kw_only=True, tag="speakers"):
    """What each speaker says of the event, those first whom most outlets quote."""

    title: ClassVar[str] = "In their words"

    speakers: tuple[SpeakerLine, ...]
    left_out: int = 0

    def blocks(self) -> tuple[Block, ...]:
        """Statements under the names of those who made them."""
        groups = tuple(Group(Anchor(line.name, line.page), tuple(map(_item, line.sayings))) for line in self.speakers)
        more = counted(self.left_out, "other speaker") if self.left_out else ""
        note = (Paragraphs((f"Not shown: {more}.",), role="note"),) if more else ()
        return (Groups(groups, style="sources"), *note)


def _item(line: SayingLine) -> Item:
    bare = line.words.strip('“”"')
    words = f"“{bare}”" if line.mode == "direct" else line.words
    carried = " ← ".join((line.outlet, *line.voices))
    how = FORCES.get(line.force, line.force) if line.force != "states" else ""
    day = line.at.strftime("%Y-%m-%d %H:%M") if line.at is not None else ""
    also = f"also {', '.join(line.also[:3])}" + (f" and {len(line.also) - 3} more" if len(line.also) > 3 else "")
    doubt = f"not {how}" if line.negated and how else "not said" if line.negated else how
    return Item(
        Anchor(words, line.page), note="; ".join(filter(None, (carried, doubt, day, also if line.also else "")))
    )


def speakers(material: EventMaterial) -> Speakers | None:
    """What each speaker says of an event. Of one article no more words of each speaker are given than its own page
    gives of all, and thrice that of all; everybody has a turn before anybody has a second.
    """
    pages = {standing.report.id: standing.line for standing in (*material.reports, *material.also)}
    limit = material.statement_words
    chosen: dict[int, list[SayingLine]] = {number: [] for number in range(len(material.speakers))}
    given: Counter[tuple[str, int]] = Counter()
    for turn in range(_MOST_SAYINGS):
        for number, speaker in enumerate(material.speakers):
            if turn < len(speaker.sayings):
                saying = speaker.sayings[turn]
                words = quoted(span_text(saying.article.text, saying.content), _LONGEST)
                count = count_words(words)
                own, all_of_it = (saying.report, number), (saying.report, -1)
                if limit is None or (given[own] + count <= limit and given[all_of_it] + count <= _SHARE * limit):
                    given[own] += count
                    given[all_of_it] += count
                    chosen[number].append(_line(saying, words, pages.get(saying.report)))
    lines = [
        SpeakerLine(
            name=one_line(speaker.name),
            entity=speaker.ref,
            page=material.directory.entity_page(speaker.ref) if speaker.ref else "",
            outlets=len(speaker.outlets),
            sayings=tuple(chosen[number]),
            left_out=len(speaker.sayings) - len(chosen[number]),
        )
        for number, speaker in enumerate(material.speakers)
        if chosen[number]
    ]
    if not lines:
        return None
    return Speakers(speakers=tuple(lines[:_MOST_SPEAKERS]), left_out=max(0, len(lines) - _MOST_SPEAKERS))


def _line(saying: Saying, words: str, page: ReportLine | None) -> SayingLine:
    return SayingLine(
        claim=f"claim:{saying.claim}",
        words=words,
        mode=saying.mode,
        force=saying.force,
        outlet=saying.outlet,
        article=f"{saying.kind}:{saying.report}",
        page=page.page if page is not None else "",
        at=saying.at,
        voices=saying.voices,
        also=saying.also,
        negated=saying.negated,
    )
