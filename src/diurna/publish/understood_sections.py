"""Sections of an article's page that tell what was understood of it: who, where, when, how much, and who says so."""

from datetime import datetime
from typing import ClassVar

from msgspec import Struct

from diurna.model import Article, Claim, Mention, Naming
from diurna.publish.blocks import Anchor, Block, Cell, Item, Items, Paragraphs, Table
from diurna.publish.claim_events import SpokenOf
from diurna.publish.excerpts import count_words
from diurna.publish.materials import ArticleMaterial
from diurna.publish.page import Section
from diurna.publish.understood import Understood
from diurna.publish.understood_words import (
    FORCES,
    interval_words,
    quantity_words,
    quoted,
    span_text,
    time_words,
)
from diurna.publish.wording import counted, one_line

__all__ = [
    "Figures",
    "Named",
    "Statements",
    "Times",
    "figure_lines",
    "figures",
    "name_lines",
    "named",
    "statement_lines",
    "statements",
    "time_lines",
    "times",
]

_MOST = 200
"""Lines of a table; an article of 3,000 words has about so many names and times. `diurna show` has all."""

_LONGEST_QUOTE = 240
"""Characters of what somebody is said to have said, where the site does not show articles whole."""


class Part(Struct, frozen=True, kw_only=True, omit_defaults=True, forbid_unknown_fields=True):
    """Line of a section as data."""


# ---------------------------------------------------------------------------------------------------- names


class Reading(Part, frozen=True, kw_only=True):
    """What a name may stand for: an entity, how well that fits (0 to 1), and why it was thought of."""

    entity: str
    name: str
    score: float
    because: str = ""
    page: str = ""


class NameLine(Part, frozen=True, kw_only=True):
    """Entity that the article names: the words it has for it, how often, and ids elsewhere.

    Where it is not sure which entity is meant, `entity` is empty and `readings` are what it may be.
    """

    name: str
    kind: str
    words: tuple[str, ...]
    times: int
    entity: str = ""
    page: str = ""
    ids: tuple[str, ...] = ()
    because: str = ""
    readings: tuple[Reading, ...] = ()


class Named(Section, frozen=True, kw_only=True, tag="named"):
    """Who and what the article names, in the order of the text."""

    title: ClassVar[str] = "Who and what is named"

    names: tuple[NameLine, ...]
    left_out: int = 0

    def blocks(self) -> tuple[Block, ...]:
        """A table of names; those that may stand for several entities say for which."""
        rows = tuple(
            (
                Cell(line.name, line.page, anchor=_anchor(line)),
                Cell(line.kind),
                Cell(_wordings(line)),
                Cell(str(line.times)),
            )
            for line in self.names
        )
        head = ("Name", "Kind", "In the text as", "Times")
        return (Table("Who and what the article names", head, rows), *_more(self.left_out, "name"))


def _anchor(line: NameLine) -> str:
    return f"name-{line.entity.partition(':')[2]}" if line.entity else ""


def _wordings(line: NameLine) -> str:
    if line.readings:
        return "; or ".join(f"{reading.name} ({reading.score:.2f}: {reading.because})" for reading in line.readings)
    return ", ".join(line.words)


def named(material: ArticleMaterial) -> Named | None:
    """Entities that an article names, and names that may stand for several."""
    lines = name_lines(material.understood) if material.understood is not None else []
    return Named(names=tuple(lines[:_MOST]), left_out=max(0, len(lines) - _MOST)) if lines else None


def name_lines(understood: Understood) -> list[NameLine]:
    """Each entity that is named once, in the order of the text; names that may stand for several beside them."""
    known = {naming.ref: naming for naming in understood.annotation.namings}
    groups: dict[str, list[Mention]] = {}
    for mention in understood.annotation.mentions:
        if mention.kind not in ("time", "quantity"):
            ref = understood.meant(mention) if mention.sure and mention.candidates else ""
            groups.setdefault(ref or f"{mention.kind} {mention.text}", []).append(mention)
    return [_name_line(ref, mentions, known, understood) for ref, mentions in groups.items()]


def _name_line(ref: str, mentions: list[Mention], known: dict[str, Naming], understood: Understood) -> NameLine:
    words = tuple(dict.fromkeys(one_line(mention.text) for mention in mentions))
    first = mentions[0]
    if not ref.startswith("entity:"):
        readings = tuple(
            Reading(
                entity=candidate.ref,
                name=known[candidate.ref].name if candidate.ref in known else candidate.ref,
                score=candidate.score,
                because=candidate.because,
                page=understood.page(candidate.ref),
            )
            for candidate in first.candidates
        )
        return NameLine(name=words[0], kind=first.kind, words=words, times=len(mentions), readings=readings)
    naming = understood.naming(ref, first)
    return NameLine(
        name=one_line(naming.name),
        kind=naming.kind or first.kind,
        words=words,
        times=len(mentions),
        entity=ref,
        page=understood.page(ref),
        ids=naming.ids,
        because=first.candidates[0].because,
    )


# ---------------------------------------------------------------------------------------------------- times


class TimeLine(Part, frozen=True, kw_only=True):
    """Time expression: its words, its TIMEX3 type and value, and the interval that it means, in UTC."""

    mention: str
    words: str
    start: int
    end: int
    type: str
    value: str
    mod: str = ""
    anchor: str = ""
    begins: datetime | None = None
    ends: datetime | None = None
    means: str = ""


class Times(Section, frozen=True, kw_only=True, tag="times"):
    """Times that the article speaks of, in the order of the text."""

    title: ClassVar[str] = "Times"

    times: tuple[TimeLine, ...]
    left_out: int = 0

    def blocks(self) -> tuple[Block, ...]:
        """A table of words and what they mean."""
        rows = tuple(
            (Cell(line.words, anchor=f"mention-{line.mention}"), Cell(line.means), Cell(line.value))
            for line in self.times
        )
        head = ("In the text", "Means", "TIMEX3")
        return (Table("Times that the article speaks of", head, rows), *_more(self.left_out, "time"))


def times(material: ArticleMaterial) -> Times | None:
    """Times of an article."""
    lines = time_lines(material.understood) if material.understood is not None else []
    return Times(times=tuple(lines[:_MOST]), left_out=max(0, len(lines) - _MOST)) if lines else None


def time_lines(understood: Understood) -> list[TimeLine]:
    """Every time expression, in the order of the text."""
    return [_time_line(mention) for mention in understood.annotation.mentions if mention.timex is not None]


def _time_line(mention: Mention) -> TimeLine:
    timex, interval = mention.timex, mention.interval
    return TimeLine(
        mention=mention.id,
        words=one_line(mention.text),
        start=mention.span.start,
        end=mention.span.end,
        type=timex.type if timex is not None else "",
        value=timex.value if timex is not None else "",
        mod=timex.mod if timex is not None else "",
        anchor=timex.anchor if timex is not None else "",
        begins=interval.start if interval is not None else None,
        ends=interval.end if interval is not None else None,
        means=time_words(timex, interval) if timex is not None else "",
    )


# ---------------------------------------------------------------------------------------------------- statements


class StatementLine(Part, frozen=True, kw_only=True):
    """Who says what: the chain from the nearest speaker to the origin, the cue, and what is said. `other_event` are
    words on where it belongs if not to the article's own event.
    """

    claim: str
    chain: tuple[str, ...]
    cue: str
    content: str
    mode: str
    force: str
    negated: bool = False
    hedged: bool = False
    event: str = ""
    other_event: str = ""


class Statements(Section, frozen=True, kw_only=True, tag="statements"):
    """What the article says that others say, in the order of the text."""

    title: ClassVar[str] = "Who says what"

    statements: tuple[StatementLine, ...]
    left_out: int = 0

    def blocks(self) -> tuple[Block, ...]:
        """Each statement under its speaker."""
        return (Items(tuple(map(self._item, self.statements)), style="sources"), *_more(self.left_out, "statement"))

    @staticmethod
    def _item(line: StatementLine) -> Item:
        doubts = ("not" if line.negated else "", "hedged" if line.hedged else "")
        how = ", ".join(filter(None, (FORCES.get(line.force, line.force), line.mode, *doubts)))
        of = f"of {line.other_event}" if line.other_event else ""
        note = "; ".join(filter(None, (f"{how}: “{line.cue}”", of)))
        return Item(Anchor(line.content), label=" ← ".join(line.chain) or "Somebody", note=note)


def statements(material: ArticleMaterial) -> Statements | None:
    """Statements of an article."""
    understood, article = material.understood, material.article
    if understood is None or article is None:
        return None
    lines = statement_lines(understood, article, None if material.site.full_text else _LONGEST_QUOTE)
    shown = lines[:_MOST] if material.site.full_text else _within_words(lines, material.site.statement_words)
    return Statements(statements=tuple(shown), left_out=len(lines) - len(shown)) if lines else None


def _within_words(lines: list[StatementLine], limit: int) -> list[StatementLine]:
    """The first statements, up to so many words of a publisher's text; what stands in one before is not counted."""
    shown: list[StatementLine] = []
    for line in lines:
        if not any(line.content in other.content for other in shown):
            limit -= count_words(line.content)
        if limit < 0:
            break
        shown.append(line)
    return shown


def statement_lines(understood: Understood, article: Article, longest: int | None = None) -> list[StatementLine]:
    """Every statement, in the order of the text; what is said is cut at `longest` characters."""
    found = (claim for claim in understood.annotation.claims if claim.kind == "statement" and claim.content)
    return [_statement_line(claim, article, longest, understood.events.get(claim.id, SpokenOf())) for claim in found]


def _statement_line(claim: Claim, article: Article, longest: int | None, of: SpokenOf) -> StatementLine:
    content = span_text(article.text, claim.content)
    return StatementLine(
        claim=f"claim:{claim.id}",
        chain=tuple(one_line(voice.words) for voice in claim.chain),
        cue=span_text(article.text, claim.cue),
        content=content if longest is None else quoted(content, longest),
        mode=claim.mode,
        force=claim.force,
        negated=claim.negated,
        hedged=claim.hedged,
        event=of.event,
        other_event=of.words,
    )


# ---------------------------------------------------------------------------------------------------- figures


class FigureLine(Part, frozen=True, kw_only=True):
    """What is measured, of what, how much, and who says so; `words` is as the article has it, `other_event` on where it
    belongs if not to the article's own event.
    """

    claim: str
    attribute: str
    words: str
    means: str
    subject: str = ""
    chain: tuple[str, ...] = ()
    negated: bool = False
    hedged: bool = False
    event: str = ""
    other_event: str = ""


class Figures(Section, frozen=True, kw_only=True, tag="figures"):
    """Figures, times and places that the article gives of something, in the order of the text."""

    title: ClassVar[str] = "Figures"

    figures: tuple[FigureLine, ...]
    left_out: int = 0

    def blocks(self) -> tuple[Block, ...]:
        """A table of figures."""
        others = any(line.other_event for line in self.figures)
        rows = tuple(
            (
                Cell(line.attribute, anchor=f"claim-{line.claim.partition(':')[2]}"),
                Cell(line.words, mark=_doubts(line)),
                Cell(line.means),
                Cell(line.subject),
                Cell(" ← ".join(line.chain)),
                *([Cell(line.other_event)] if others else []),
            )
            for line in self.figures
        )
        head = ("What", "In the text", "Means", "Of what", "Who says so", *(["Of another event"] if others else []))
        return (Table("What the article gives figures of", head, rows), *_more(self.left_out, "figure"))


def _doubts(line: FigureLine) -> str:
    return ", ".join(filter(None, ("denied" if line.negated else "", "unsure" if line.hedged else "")))


def figures(material: ArticleMaterial) -> Figures | None:
    """Figures of an article."""
    understood, article = material.understood, material.article
    if understood is None or article is None:
        return None
    lines = figure_lines(understood, article)
    return Figures(figures=tuple(lines[:_MOST]), left_out=max(0, len(lines) - _MOST)) if lines else None


def figure_lines(understood: Understood, article: Article) -> list[FigureLine]:
    """Every figure, in the order of the text."""
    found = (claim for claim in understood.annotation.claims if claim.kind == "figure")
    return [_figure_line(claim, article, understood.events.get(claim.id, SpokenOf())) for claim in found]


def _figure_line(claim: Claim, article: Article, of: SpokenOf) -> FigureLine:
    means = quantity_words(claim.quantity) if claim.quantity is not None else interval_words(claim.interval)
    return FigureLine(
        claim=f"claim:{claim.id}",
        attribute=claim.attribute,
        words=span_text(article.text, (claim.measured,)) if claim.measured is not None else "",
        means=means,
        subject=span_text(article.text, claim.subject),
        chain=tuple(one_line(voice.words) for voice in claim.chain),
        negated=claim.negated,
        hedged=claim.hedged,
        event=of.event,
        other_event=of.words,
    )


def _more(left_out: int, thing: str) -> tuple[Block, ...]:
    more = f"{counted(left_out, f'more {thing}')} not listed."
    return (Paragraphs((more,), role="note"),) if left_out else ()
