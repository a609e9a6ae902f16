"""Section of an article's page that tells its states, and what its publisher changed from one to the next."""

from datetime import datetime
from typing import ClassVar

from msgspec import Struct

from diurna.group.versions import Difference, difference
from diurna.model import Article
from diurna.publish.article_lines import moment_words
from diurna.publish.blocks import Block, Edit, EditedPart, Edits, Mark, Paragraphs
from diurna.publish.excerpts import nearby
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


class ChangedPart(Struct, frozen=True, kw_only=True, omit_defaults=True, forbid_unknown_fields=True):
    """What changed: `kind` is `headline`, `byline`, `lede`, `published`, `modified`, `key points` or `text` (one
    paragraph); the words as they stayed, went and came."""

    kind: str
    words: tuple[Mark, ...]


class VersionLine(Struct, frozen=True, kw_only=True, omit_defaults=True, forbid_unknown_fields=True):
    """State of an article: when it was seen, and what differs from the one before. `left_out` counts further changes.

    One that is not `whole` is the summary of a feed.
    """

    seen: datetime
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
        """When each was seen, with what went struck out and what came marked."""
        told = [f"{counted(len(self.versions) + self.left_out, 'state')} seen."]
        if self.left_out:
            told.append(f"The last {len(self.versions)} are listed.")
        edits = tuple(self._edit(place, line) for place, line in enumerate(self.versions))
        return (Paragraphs((" ".join(told),), role="note"), Edits(edits, self.language))

    def _edit(self, place: int, line: VersionLine) -> Edit:
        first = place == 0 and not self.left_out
        before = self.versions[place - 1] if place else None
        if before is not None and before.whole != line.whole:
            what = "the whole article" if line.whole else "a feed's summary"
        elif first:
            what = "first state" if line.whole else "a feed's summary"
        else:
            amount = len(line.changes) + line.left_out
            what = f"{counted(amount, 'change')}" if amount else "nothing that is shown here changed"
        note = what + (f", {line.left_out:,} of them not shown" if line.left_out else "")
        parts = tuple(EditedPart(_LABELS.get(part.kind, part.kind), part.words) for part in line.changes)
        return Edit(f"Seen {moment_words(line.seen)}", note, parts)


def versions(material: ArticleMaterial) -> Versions | None:
    """States of an article that has more than one."""
    article = material.article
    if article is None or len(material.versions) < 2:
        return None
    shown = material.versions[-_MOST_STATES:]
    longest = 0 if material.site.full_text else material.site.excerpt_words
    lines = []
    for place, (version, state) in enumerate(shown):
        parts = _parts(shown[place - 1][1], state, longest) if place else []
        lines.append(
            VersionLine(
                seen=version.available,
                whole=version.whole,
                changes=tuple(parts[:_MOST_PARTS]),
                left_out=max(0, len(parts) - _MOST_PARTS),
            )
        )
    left_out = len(material.versions) - len(shown)
    return Versions(versions=tuple(lines), left_out=left_out, language=article.language)


def _parts(before: Article, after: Article, longest: int) -> list[ChangedPart]:
    """What changed; between a summary and the whole article only headline and dates are compared."""
    found = difference(before, after)
    if before.whole != after.whole:
        found = tuple(one for one in found if one.kind in _OF_SUMMARIES)
    texts = {(one.before, one.after) for one in found if one.kind == "text"}
    told = (one for one in found if one.kind != "lede" or (one.before, one.after) not in texts)
    return [ChangedPart(kind=one.kind, words=_marks(one, longest)) for one in told]


def _marks(one: Difference, longest: int) -> tuple[Mark, ...]:
    """Words of a change; with `longest` only so many in a row, and of what stayed only what is near."""
    pieces = [Mark(piece.kind, piece.text) for piece in one.pieces]
    if not pieces:
        pieces = [Mark(kind, text) for kind, text in (("removed", one.before), ("added", one.after)) if text]
    return nearby(pieces, longest) if longest and one.kind in ("text", "lede", "key points") else tuple(pieces)
