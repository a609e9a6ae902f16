"""Sections of an article's page on the events that it tells of: the one it is in, others, or why it is in none."""

from typing import ClassVar

from msgspec import Struct
from msgspec.structs import replace

from diurna.group.genre import APART
from diurna.publish.blocks import Block, Items, Paragraphs
from diurna.publish.event_lines import EventLine, event_line
from diurna.publish.materials import ArticleMaterial
from diurna.publish.membership_lines import WhyLine, with_why
from diurna.publish.page import Section
from diurna.publish.why_words import genre_words
from diurna.publish.wording import one_line

__all__ = ["InEvent", "KeptOut", "PassingLine", "TellsOf", "in_event", "kept_out", "tells_of"]


class Part(Struct, frozen=True, kw_only=True, omit_defaults=True, forbid_unknown_fields=True):
    """Line of a section as data."""


class InEvent(Section, frozen=True, kw_only=True, tag="in_event"):
    """The event that the article is in, and why."""

    title: ClassVar[str] = "In the event"

    event: EventLine
    why: WhyLine

    def blocks(self) -> tuple[Block, ...]:
        """Its headline; the grounds may be unfolded."""
        return (Items((with_why(self.event.item(dated=True), self.why),), style="cards"),)


def in_event(material: ArticleMaterial) -> InEvent | None:
    """The event that an article is in."""
    own = next((place for place in material.places if place.why is not None), None)
    return InEvent(event=event_line(own.event), why=own.why) if own is not None and own.why is not None else None


class PassingLine(Part, frozen=True, kw_only=True):
    """Event that the article tells of in passing, and the sentence in which it does."""

    event: EventLine
    judgement: str
    sentence: str = ""


class TellsOf(Section, frozen=True, kw_only=True, tag="tells_of"):
    """Other events that the article tells of in passing, or is cited for."""

    title: ClassVar[str] = "Also tells of"

    events: tuple[PassingLine, ...]

    def blocks(self) -> tuple[Block, ...]:
        """Their headlines, each with the sentence."""
        lines = (
            replace(line.event.item(dated=True), note=f"“{line.sentence}”" if line.sentence else "")
            for line in self.events
        )
        return (Items(tuple(lines), style="cards"),)


def tells_of(material: ArticleMaterial) -> TellsOf | None:
    """Other events that an article tells of."""
    lines = tuple(
        PassingLine(event=event_line(place.event), judgement=f"judgement:{place.judgement.id}", sentence=place.sentence)
        for place in material.places
        if place.why is None
    )
    return TellsOf(events=lines) if lines else None


class KeptOut(Section, frozen=True, kw_only=True, tag="kept_out"):
    """What kind of piece the article is where it is no plain report, what says so, and whether it may join events."""

    title: ClassVar[str] = "Kind of piece"

    genre: str
    because: str = ""
    apart: bool = False

    def blocks(self) -> tuple[Block, ...]:
        """A sentence or two."""
        words = genre_words(self.genre)
        told = (
            f"{words[:1].upper()}{words[1:]}: {self.because.rstrip('.')}."
            if self.because
            else f"{words[:1].upper()}{words[1:]}."
        )
        left = " Pieces of this kind are kept out of events: they would tie together what has only a page in common."
        return (Paragraphs((told + (left if self.apart else ""),)),)


def kept_out(material: ArticleMaterial) -> KeptOut | None:
    """What kind of piece an article is, if it is no report."""
    report = material.report
    if material.article is None or report.genre in ("", "report"):
        return None
    return KeptOut(genre=report.genre, because=one_line(report.genre_because), apart=report.genre in APART)
