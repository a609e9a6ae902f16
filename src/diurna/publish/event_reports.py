"""Sections of an event's page on the articles that tell of it: its reports, and reports on something else."""

from collections.abc import Sequence
from datetime import datetime
from typing import ClassVar

from msgspec import Struct
from msgspec.structs import replace

from diurna.publish.article_lines import ReportLine, moment_words
from diurna.publish.blocks import Anchor, Block, Item, Items, Paragraphs
from diurna.publish.materials import EventMaterial
from diurna.publish.membership_lines import Standing, WhyLine, with_why
from diurna.publish.page import Section
from diurna.publish.paths import outside_url
from diurna.publish.why_words import genre_words
from diurna.publish.wording import counted

__all__ = ["AlsoTold", "MemberLine", "Reports", "ToldLine", "also_told", "reports"]

_FOLDED = 2
"""Copies of one text from which on they are shown under the first report that has it."""

_MOST = 200
"""Reports that a page lists: a wire report may stand at hundreds of outlets, and an event may have thousands."""


class Part(Struct, frozen=True, kw_only=True, omit_defaults=True, forbid_unknown_fields=True):
    """Line of a section as data."""


class MemberLine(Part, frozen=True, kw_only=True):
    """Report of an event, and why it is one. `genre` is given of what is no plain report (`opinion`, `satire`),
    `text_of` (the same for all copies of one text) of what has copies.
    """

    report: ReportLine
    why: WhyLine
    published: datetime | None = None
    granularity: str = ""
    genre: str = ""
    url: str = ""
    text_of: str = ""

    def item(self, copies: Sequence["MemberLine"] = ()) -> Item:
        """As a reader meets it: its outlet, its title, when it was published, whose text it is; its copies folded."""
        line = self.report
        when = moment_words(self.published, self.granularity) if self.published else "undated"
        copied = f"text from {line.origin}" if line.origin else ""
        note = ", ".join(filter(None, (genre_words(self.genre) if self.genre else "", when, copied)))
        item = Item(Anchor(line.title, line.page, language=line.language), label=line.publisher, note=note)
        item = with_why(item, self.why)
        if not copies:
            return item
        folded = tuple(copy.report.named() for copy in copies)
        return replace(item, folded=folded, folded_title=f"and {len(copies):,} copies")


class Reports(Section, frozen=True, kw_only=True, tag="reports"):
    """Articles that tell of the event, by time of publication; `left_out` are not listed."""

    title: ClassVar[str] = "Reports"

    reports: tuple[MemberLine, ...]
    left_out: int = 0

    def blocks(self) -> tuple[Block, ...]:
        """Each report with its grounds, to be unfolded."""
        texts: dict[str, list[MemberLine]] = {}
        for line in self.reports:
            texts.setdefault(line.text_of or line.report.article, []).append(line)
        items: list[Item] = []
        for line in self.reports:
            first, *copies = texts[line.text_of or line.report.article]
            if len(copies) < _FOLDED:
                items.append(line.item())
            elif line is first:
                items.append(first.item(copies))
        listed = Items(tuple(items), ordered=True, style="sources")
        more = Paragraphs((f"{counted(self.left_out, 'more report')} not listed.",), role="note")
        return (listed, more) if self.left_out else (listed,)


def reports(material: EventMaterial) -> Reports | None:
    """Reports of an event, undated ones last."""
    ordered = sorted(material.reports, key=_moment)
    if not ordered:
        return None
    lines = tuple(map(_member_line, ordered[:_MOST]))
    return Reports(reports=lines, left_out=len(ordered) - len(lines))


def _moment(standing: Standing) -> tuple[str, int]:
    published = standing.article.published
    if published is not None:
        moment = published.time.isoformat()
    else:
        moment = f"{standing.report.day}T" if standing.report.day else "~"
    return moment, standing.report.rank


def _member_line(standing: Standing) -> MemberLine:
    published, genre = standing.article.published, standing.report.genre
    return MemberLine(
        report=standing.line,
        why=standing.why,
        published=published.time if published is not None else None,
        granularity=published.granularity if published is not None else "",
        genre="" if genre == "report" else genre,
        url=outside_url(standing.report.url),
        text_of=f"family:{standing.report.copy_of}" if standing.report.copy_of else "",
    )


class ToldLine(Part, frozen=True, kw_only=True):
    """Article on something else that tells of the event too, and the sentence in which it does."""

    report: ReportLine
    judgement: str
    sentence: str = ""


class AlsoTold(Section, frozen=True, kw_only=True, tag="also_told"):
    """Articles on something else that tell of the event in passing."""

    title: ClassVar[str] = "Also told in"

    reports: tuple[ToldLine, ...]
    left_out: int = 0

    def blocks(self) -> tuple[Block, ...]:
        """Each with the sentence in which it does."""
        listed = Items(tuple(map(self._item, self.reports)), style="sources")
        more = Paragraphs((f"{counted(self.left_out, 'more article')} not listed.",), role="note")
        return (listed, more) if self.left_out else (listed,)

    @staticmethod
    def _item(line: ToldLine) -> Item:
        item = line.report.item(named=False, dated=False)
        told = f"“{line.sentence}”" if line.sentence else ""
        return replace(item, label=line.report.publisher, note=", ".join(filter(None, (item.note, told))))


def also_told(material: EventMaterial) -> AlsoTold | None:
    """Articles on something else that tell of an event."""
    found = [one for one in material.also if not one.judgement.by.startswith("cited/")]  # they stand in the sources
    lines = tuple(
        ToldLine(report=one.line, judgement=f"judgement:{one.judgement.id}", sentence=one.sentence)
        for one in found[:_MOST]
    )
    return AlsoTold(reports=lines, left_out=len(found) - len(lines)) if lines else None
