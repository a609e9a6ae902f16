"""Section of an event's page on when and where it happened, as its reports tell, and what else follows from them."""

from datetime import date
from typing import ClassVar

from msgspec import Struct

from diurna.publish.article_lines import moment_day
from diurna.publish.blocks import Anchor, Block, Fact, Facts
from diurna.publish.materials import EventMaterial
from diurna.publish.page import Section
from diurna.publish.paths import category_path
from diurna.publish.why_words import (
    DAY_NOT_TOLD,
    DAY_UNKNOWN,
    filed_words,
    percent,
    place_rule_words,
    precision_words,
    time_rule_words,
    when_words,
)
from diurna.publish.wording import counted, one_line

__all__ = ["Occasion", "WordsLine", "occasion"]

_WRITING = ("dateline", "published")
_SHOWN = 4
"""Words that a reader is shown for a time or a place; data have them all."""


class Part(Struct, frozen=True, kw_only=True, omit_defaults=True, forbid_unknown_fields=True):
    """Line of a section as data."""


class WordsLine(Part, frozen=True, kw_only=True):
    """Words of a report that say when or where; `mention` is the id of the mention that they are."""

    mention: str
    words: str
    article: str
    page: str
    publisher: str

    def anchor(self, place: str) -> Anchor:
        """As a reader meets them: they lead to their line on the article's page."""
        return Anchor(f"{self.publisher}: “{self.words}”", f"{self.page}#{place}")


class Occasion(Section, frozen=True, kw_only=True, tag="occasion"):
    """When and where the event happened and why it is filed under its day; how many sources report it.

    `first` to `last` are the days on which it happened, or is to (`rule` is `ahead`), known to a `precision` by a
    `rule`; absent where no words tell them. `days` says the same in words, also that nothing tells. `filed_because` is
    the rule that gave the day it is filed under. `place` is an entity's reference. `sureness` is given where the
    category is guessed, from `category_words`. `independent` counts reports that are no copies of each other, of
    different outlets.
    """

    title: ClassVar[str] = "When and where"

    filed: date
    filed_because: str = ""
    first: date | None = None
    last: date | None = None
    precision: str = ""
    rule: str = ""
    days: str = ""
    says_when: tuple[WordsLine, ...] = ()
    first_reported: date | None = None
    place: str = ""
    place_name: str = ""
    place_page: str = ""
    place_precision: str = ""
    place_rule: str = ""
    says_where: tuple[WordsLine, ...] = ()
    category: str = ""
    category_page: str = ""
    sureness: float | None = None
    category_words: tuple[str, ...] = ()
    independent: int = 0
    reports: int = 0

    @property
    def last_day(self) -> date:
        """The last day on which it happened, or the one it is filed under."""
        return self.last or self.filed

    @property
    def expected(self) -> date | None:
        """The day on which it is to happen, where words tell that to the day."""
        return self.first if self.rule == "ahead" and self.precision in ("hour", "day") else None

    def blocks(self) -> tuple[Block, ...]:
        """A list of facts, each with its grounds."""
        grounds = _grounds(self.precision, time_rule_words(self.rule))
        term = "Expected" if self.rule == "ahead" else "Happened"
        if self.filed_because == "list" and self.first is not None and not self.first <= self.filed <= self.last_day:
            term = "Told by reports"
        lines = [Fact(term, (Anchor(self.days),), note=grounds)]
        lines += self._told("Time told by", self.says_when, "")
        if self.first_reported:
            lines.append(Fact("First reported", (Anchor(moment_day(self.first_reported)),)))
        because = filed_words(self.filed_because)
        lines.append(
            Fact("Filed under", (Anchor(moment_day(self.filed)),), note=f"because {because}" if because else "")
        )
        if self.place_name:
            grounds = _grounds(self.place_precision, place_rule_words(self.place_rule))
            lines.append(Fact("Where", (Anchor(self.place_name, self.place_page),), note=grounds))
            lines += self._told("Place told by", self.says_where, f"name-{self.place.partition(':')[2]}")
        if self.sureness is not None:
            words = ", ".join(f"“{word}”" for word in self.category_words)
            note = f"guessed, {percent(self.sureness)} sure" + (f", from {words}" if words else "")
            lines.append(Fact("Category", (Anchor(self.category, self.category_page),), note=note))
        count = counted(self.independent, "independent source")
        lines.append(Fact("Reported by", (Anchor(count),), note=f"in {counted(self.reports, 'report')}"))
        return (Facts(tuple(lines)),)

    @staticmethod
    def _told(term: str, says: tuple[WordsLine, ...], place: str) -> list[Fact]:
        if not says:
            return []
        more = len(says) - _SHOWN
        anchors = tuple(line.anchor(place or f"mention-{line.mention}") for line in says[:_SHOWN])
        return [Fact(term, anchors, note=f"and {more} more" if more > 0 else "")]


def _grounds(precision: str, rule: str) -> str:
    return "; ".join(filter(None, (precision_words(precision), rule)))


def occasion(material: EventMaterial) -> Occasion | None:
    """When and where an event happened that has reports."""
    event = material.event
    members = sum(member.ref.startswith("article:") for member in event.members)
    if not members:
        return None
    when, where = event.occurred, event.located
    if when is not None and when.rule in _WRITING:
        when = None
    guessed = event.sureness is not None and bool(event.category)
    linked = guessed and event.status == "current"
    return Occasion(
        filed=event.day,
        filed_because=event.filed,
        first=when.first if when else None,
        last=when.last if when else None,
        precision=when.precision if when else "",
        rule=when.rule if when else "",
        days=when_words(when) if when else DAY_UNKNOWN if event.filed == "seen" else DAY_NOT_TOLD,
        says_when=_says(when.mentions if when else (), material),
        first_reported=event.occurred.announced if event.occurred else None,
        place=where.ref if where else "",
        place_name=one_line(where.name) if where else "",
        place_page=material.directory.entity_page(where.ref) if where else "",
        place_precision=where.precision if where else "",
        place_rule=where.rule if where else "",
        says_where=_says(where.mentions if where else (), material),
        category=one_line(event.category) if guessed else "",
        category_page=category_path(event.category) if linked else "",
        sureness=event.sureness if guessed else None,
        category_words=event.category_words,
        independent=event.independent,
        reports=members,
    )


def _says(mentions: tuple[str, ...], material: EventMaterial) -> tuple[WordsLine, ...]:
    found = ((mention, material.words.get(mention)) for mention in mentions)
    return tuple(
        WordsLine(
            mention=mention,
            words=one_line(told.words),
            article=told.line.article,
            page=told.line.page,
            publisher=told.line.publisher,
        )
        for mention, told in found
        if told is not None
    )
