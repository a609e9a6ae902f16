"""Section of an entity's pages that lists what it is reported to have said."""

from typing import ClassVar

from msgspec import Struct

from diurna.publish.blocks import Anchor, Block, Items, Notice, Tags
from diurna.publish.materials import SpokenMaterial, SubjectMaterial
from diurna.publish.page import Section
from diurna.publish.paths import said_path
from diurna.publish.spoken_lines import SpokenLine
from diurna.publish.wording import MONTHS, counted

__all__ = ["MonthOfSpeech", "Said", "month_words", "said", "said_in_month"]


class MonthOfSpeech(Struct, frozen=True, kw_only=True, omit_defaults=True, forbid_unknown_fields=True):
    """Month with a page of its own for what is said in it, `2017-05`; empty for what nothing dates."""

    month: str
    page: str
    statements: int


class Said(Section, frozen=True, kw_only=True, tag="said"):
    """What an entity says, or passes on, in articles: newest first. There are `total` statements, in all or in the
    month of the page; `months` have them where one page does not. `left_out` are not listed at all.
    """

    title: ClassVar[str] = "Statements"

    statements: tuple[SpokenLine, ...]
    total: int
    left_out: int = 0
    months: tuple[MonthOfSpeech, ...] = ()

    def blocks(self) -> tuple[Block, ...]:
        """Dated sentences with their speakers, outlets and events; then the months that have the rest."""
        shown: list[Block] = [Items(tuple(line.item() for line in self.statements))]
        if self.months:
            more = f"These are the newest of {counted(self.total, 'statement')}; the pages of the months have more."
            shown.append(Notice("excerpt", more))
            anchors = tuple(Anchor(month_words(one.month), one.page) for one in self.months)
            shown.append(Tags(anchors, tuple(one.statements for one in self.months)))
        if self.left_out:
            more = f"These are the newest; {counted(self.left_out, 'statement')} before them are not listed here."
            shown.append(Notice("excerpt", more))
        return tuple(shown)


def said(material: SubjectMaterial) -> Said | None:
    """What the entity says that a page is about."""
    return _said(material.spoken) if material.spoken is not None else None


def said_in_month(material: SpokenMaterial) -> Said | None:
    """What an entity says in a month."""
    return _said(material)


def month_words(month: str) -> str:
    """A month as a reader meets it: `May 2017`."""
    return f"{MONTHS[int(month[5:7]) - 1]} {month[:4]}" if month else "Undated"


def _said(material: SpokenMaterial) -> Said | None:
    months = tuple(
        MonthOfSpeech(month=month, page=said_path(material.path, month), statements=count)
        for month, count in reversed(material.months)
    )
    if not material.lines:
        return None
    return Said(statements=material.lines, total=material.sentences, left_out=material.left_out, months=months)
