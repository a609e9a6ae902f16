"""Sections of a day's page beside its events: what few sources report, and pieces on many things at once."""

from typing import ClassVar

from msgspec import Struct

from diurna.publish.article_lines import ReportLine
from diurna.publish.bar import stands_out
from diurna.publish.blocks import Block, Item, Items, Paragraphs
from diurna.publish.event_lines import EventLine, event_card
from diurna.publish.materials import DaysMaterial
from diurna.publish.page import Section
from diurna.publish.why_words import genre_words
from diurna.publish.wording import counted

__all__ = ["AlsoReported", "RoundUpLine", "RoundUps", "also_reported", "round_ups"]

_MOST = 300
"""Events and pieces that a list names: a day may have thousands of which one report tells. Search finds them all."""


class Part(Struct, frozen=True, kw_only=True, omit_defaults=True, forbid_unknown_fields=True):
    """Line of a section as data."""


class AlsoReported(Section, frozen=True, kw_only=True, tag="also_reported"):
    """Events of the day that too few sources report to stand among the others; `left_out` are not listed."""

    title: ClassVar[str] = "Also reported"

    events: tuple[EventLine, ...]
    left_out: int = 0

    def blocks(self) -> tuple[Block, ...]:
        """Headlines with their outlets."""
        listed = Items(tuple(event.item(dated=False, brief=True) for event in self.events))
        more = Paragraphs((f"{counted(self.left_out, 'more event')} not listed; the search finds them.",), role="note")
        return (listed, more) if self.left_out else (listed,)


def also_reported(material: DaysMaterial) -> AlsoReported | None:
    """Events of a day that few sources report, those with most of them first."""
    found = [
        event
        for _, events in material.days
        for event in events
        if event.status == "current" and not stands_out(event, material.site)
    ]
    if not found:
        return None
    found.sort(key=lambda event: (-event.independent, event.rank))
    lines = tuple(event_card(event, material.directory) for event in found[:_MOST])
    return AlsoReported(events=lines, left_out=len(found) - len(lines))


class RoundUpLine(Part, frozen=True, kw_only=True):
    """Piece on many things at once, and of what kind it is."""

    report: ReportLine
    genre: str

    def item(self) -> Item:
        """As a reader meets it."""
        item = self.report.item(named=True, dated=False)
        return Item(anchor=item.anchor, label=genre_words(self.genre), note=item.note)


class RoundUps(Section, frozen=True, kw_only=True, tag="round_ups"):
    """Briefings, live blogs and reviews that were published on the day; they are in no event."""

    title: ClassVar[str] = "Round-ups"

    reports: tuple[RoundUpLine, ...]
    left_out: int = 0

    def blocks(self) -> tuple[Block, ...]:
        """Titles with their kinds and outlets."""
        listed = Items(tuple(line.item() for line in self.reports))
        more = Paragraphs((f"{counted(self.left_out, 'more piece')} not listed.",), role="note")
        return (listed, more) if self.left_out else (listed,)


def round_ups(material: DaysMaterial) -> RoundUps | None:
    """Pieces of a day on many things."""
    found = material.round_ups
    lines = tuple(RoundUpLine(report=line, genre=genre) for line, genre in found[:_MOST])
    return RoundUps(reports=lines, left_out=len(found) - len(lines)) if lines else None
