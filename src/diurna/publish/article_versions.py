"""Section of an article's page that tells its states, and what its publisher changed from one to the next."""

from collections.abc import Sequence
from datetime import datetime
from typing import ClassVar

from msgspec import Struct

from diurna.group.versions import Difference, difference
from diurna.model import Article
from diurna.publish.article_lines import moment_words
from diurna.publish.blocks import Block, Edit, EditedPart, Edits, Mark, Paragraphs
from diurna.publish.excerpts import count_words, nearby
from diurna.publish.materials import ArticleMaterial
from diurna.publish.page import Section
from diurna.publish.wording import counted

__all__ = ["ChangedPart", "VersionLine", "Versions", "versions"]

_MOST_STATES = 20
_MOST_PARTS = 40
"""Changes of one state that are shown; with more of them it is another text."""

_LABELS = {"headline": "Headline", "byline": "Byline", "lede": "Lede", "published": "Published",
           "modified": "Modified", "key points": "Key points", "text": "Text"}  # fmt: skip
_OF_SUMMARIES = ("headline", "published", "modified")
_QUOTED = ("text", "lede", "key points")
_LONGEST_RUN = 25
"""Words of a paragraph that came or went which are shown in a row, where texts are not shown whole."""


class ChangedPart(Struct, frozen=True, kw_only=True, omit_defaults=True, forbid_unknown_fields=True):
    """What changed: `kind` is `headline`, `byline`, `lede`, `published`, `modified`, `key points` or `text` (one
    paragraph); the words as they stayed, went and came."""

    kind: str
    words: tuple[Mark, ...]


class VersionLine(Struct, frozen=True, kw_only=True, omit_defaults=True, forbid_unknown_fields=True):
    """State of an article: as of when it stood so, and what differs from the one before; `left_out` are more.

    One that is not `whole` is the summary of a feed.
    """

    available: datetime
    whole: bool
    changes: tuple[ChangedPart, ...] = ()
    left_out: int = 0


class Versions(Section, frozen=True, kw_only=True, tag="versions"):
    """States of an article, oldest first; `left_out` are older ones that are not listed."""

    title: ClassVar[str] = "Versions"

    versions: tuple[VersionLine, ...]
    left_out: int = 0
    language: str = ""

    def blocks(self) -> tuple[Block, ...]:
        """As of when each stood, with what went struck out and what came marked."""
        told = [f"{counted(len(self.versions) + self.left_out, 'state')} seen."]
        if self.left_out:
            told.append(f"The last {len(self.versions)} are listed.")
        edits = tuple(self._edit(place, line) for place, line in enumerate(self.versions))
        return (Paragraphs((" ".join(told),), role="note"), Edits(edits, self.language))

    def _edit(self, place: int, line: VersionLine) -> Edit:
        first = place == 0 and not self.left_out
        before = self.versions[place - 1] if place else None
        if before is not None and before.whole != line.whole:
            what = "the whole article" if line.whole else "a summary"
        elif first:
            what = "first state" if line.whole else "a summary"
        else:
            amount = len(line.changes) + line.left_out
            what = f"{counted(amount, 'change')}" if amount else "nothing that is shown here changed"
        note = what + (f", {line.left_out:,} of them not shown" if line.left_out else "")
        parts = tuple(EditedPart(_LABELS.get(part.kind, part.kind), part.words) for part in line.changes)
        return Edit(f"As of {moment_words(line.available)}", note, parts)


def versions(material: ArticleMaterial) -> Versions | None:
    """States of an article that has more than one."""
    article = material.article
    if article is None or len(material.versions) < 2:
        return None
    shown = material.versions[-_MOST_STATES:]
    words = None if material.site.full_text else material.site.excerpt_words
    lines = []
    for place, (version, state) in enumerate(shown):
        found = _changes(shown[place - 1][1], state) if place else []
        parts = _within(found, words)
        lines.append(
            VersionLine(
                available=version.available, whole=version.whole, changes=parts, left_out=len(found) - len(parts)
            )
        )
    left_out = len(material.versions) - len(shown)
    return Versions(versions=tuple(lines), left_out=left_out, language=article.language)


def _changes(before: Article, after: Article) -> list[Difference]:
    """What changed; between a summary and the whole article only headline and dates are compared.

    The lede is often the first paragraph too: that it changed is told once.
    """
    found = difference(before, after)
    if before.whole != after.whole:
        return [one for one in found if one.kind in _OF_SUMMARIES]
    ledes = {text for one in found if one.kind == "lede" for text in (one.before, one.after) if text}
    return [one for one in found if one.kind != "text" or not {one.before, one.after} - {""} <= ledes]


def _within(found: list[Difference], words: int | None) -> tuple[ChangedPart, ...]:
    """The first changes, each with its words; of the publisher's text only twice so many `words` in all."""
    parts: list[ChangedPart] = []
    spent = 0
    for one in found[:_MOST_PARTS]:
        marks = _marks(one)
        if words is not None and one.kind in _QUOTED:
            if spent >= 2 * words:
                continue
            marks = nearby(marks, min(words, _LONGEST_RUN))
            spent += sum(count_words(mark.text) for mark in marks)
        parts.append(ChangedPart(kind=one.kind, words=tuple(marks)))
    return tuple(parts)


def _marks(one: Difference) -> Sequence[Mark]:
    if one.pieces:
        return [Mark(piece.kind, piece.text) for piece in one.pieces]
    texts = [_readable(text) if one.kind in ("published", "modified") else text for text in (one.before, one.after)]
    return [Mark(kind, text) for kind, text in zip(("removed", "added"), texts, strict=True) if text]


def _readable(written: str) -> str:
    """A time as `difference` writes it, in words."""
    try:
        return moment_words(datetime.fromisoformat(written), "day" if len(written) == len("2017-05-22") else "minute")
    except ValueError:
        return written
