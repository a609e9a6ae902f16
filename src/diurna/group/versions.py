"""The same article again, or a changed one: what a publisher altered after publication.

Texts are compared paragraph by paragraph, and paragraphs that changed word by word (Ratcliff and Obershelp's matching
of `difflib`). Blocks that one of the two readings dropped as boilerplate are no change: the publisher's pages had
taught less when the other was read.
"""

import re
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher

from msgspec import Struct

from diurna.model import Article, Author, Dating

__all__ = ["Difference", "Piece", "difference", "same_article"]

# A word, a run of space, or one sign; scripts without spaces go by character.
_TOKEN = re.compile(
    r"\s+|[^\W\u0e01-\u0eff\u1000-\u109f\u1780-\u17ff\u3005-\u31ff\u3400-\u9fff\uf900-\ufaff\U00020000-\U000323af]+|."
)
_ALIKE = 0.5
"""Likeness from which a paragraph in the place of another is that paragraph changed."""

_LONGEST = 5_000
"""Tokens of a paragraph that are compared word by word; a longer one is shown as taken out and put in."""

_WINDOW = 8
"""Blocks among which the one is looked for that a new block may have been."""


class Piece(Struct, frozen=True):
    """Words of a changed text that stayed (`same`), went (`removed`) or came (`added`)."""

    kind: str
    text: str


class Difference(Struct, frozen=True):
    """One thing that differs between two versions of an article.

    `kind`: `headline`, `byline`, `lede`, `published`, `modified`, `key points` (one of them) or `text` (one paragraph).
    What has no `before` was added, what has no `after` removed; `pieces` tell a changed text word by word.
    """

    kind: str
    before: str
    after: str
    pieces: tuple[Piece, ...] = ()


def same_article(one: Article, other: Article) -> bool:
    """Whether two readings show the same article: headline, text, key points and dates are equal.

    A summary from a feed is not the same as the whole article.
    """
    return (
        one.whole == other.whole
        and _plain(one.title) == _plain(other.title)
        and _same_dating(one.published, other.published)
        and _same_dating(one.modified, other.modified)
        and _kept(one.key_points, other) == _kept(other.key_points, one)
        and _paragraphs(one, other) == _paragraphs(other, one)
    )


def difference(before: Article, after: Article) -> tuple[Difference, ...]:
    """What changed from one version of an article to the next, headline first, then dates, then the text in order."""
    changes = [
        ("headline", _plain(before.title), _plain(after.title)),
        ("byline", _names(before.byline), _names(after.byline)),
        ("lede", _plain(before.lede), _plain(after.lede)),
    ]
    found = [Difference(kind, old, new, _pieces(old, new)) for kind, old, new in changes if old != new]
    for kind, old_dating, new_dating in (
        ("published", before.published, after.published),
        ("modified", before.modified, after.modified),
    ):
        if not _same_dating(old_dating, new_dating):
            found.append(Difference(kind, _shown(old_dating), _shown(new_dating)))
    old_points, new_points = _kept(before.key_points, after), _kept(after.key_points, before)
    found += _block_differences("key points", old_points, new_points)
    found += _block_differences("text", _paragraphs(before, after), _paragraphs(after, before))
    return tuple(found)


def _plain(text: str) -> str:
    return " ".join(text.split())


def _names(byline: Sequence[Author]) -> str:
    return ", ".join(author.name for author in byline)


def _paragraphs(article: Article, other: Article) -> list[str]:
    """Paragraphs of an article without those that the other reading dropped as boilerplate."""
    return _kept([paragraph.text for paragraph in article.paragraphs], other)


def _kept(texts: Sequence[str], other: Article) -> list[str]:
    dropped = {_plain(block.text) for block in other.dropped if block.reason == "boilerplate"}
    return [plain for plain in map(_plain, texts) if plain and plain not in dropped]


def _same_dating(one: Dating | None, other: Dating | None) -> bool:
    """Whether two datings tell one time: a day agrees with any moment of it, wherever each was found."""
    if one is None or other is None:
        return one is other
    if "day" in (one.granularity, other.granularity):
        return one.time.date() == other.time.date()
    if "minute" in (one.granularity, other.granularity):
        return one.time.replace(second=0, microsecond=0) == other.time.replace(second=0, microsecond=0)
    return one.time == other.time


def _shown(dating: Dating | None) -> str:
    if dating is None:
        return ""
    return dating.time.date().isoformat() if dating.granularity == "day" else dating.time.isoformat()


def _block_differences(kind: str, before: Sequence[str], after: Sequence[str]) -> Iterator[Difference]:
    """Blocks taken out, put in and changed, in the order in which they stand."""
    for tag, start, end, begin, until in SequenceMatcher(None, before, after).get_opcodes():
        if tag != "equal":
            yield from _replaced(kind, before[start:end], after[begin:until])


def _replaced(kind: str, before: Sequence[str], after: Sequence[str]) -> Iterator[Difference]:
    """Pair each new block with the first old one left that it is like; what has no pair went or came."""
    place = 0
    for new in after:
        pair = next((at for at in range(place, min(place + _WINDOW, len(before))) if _is_like(before[at], new)), None)
        if pair is None:
            yield Difference(kind, "", new)
            continue
        for old in before[place:pair]:
            yield Difference(kind, old, "")
        yield Difference(kind, before[pair], new, _pieces(before[pair], new))
        place = pair + 1
    for old in before[place:]:
        yield Difference(kind, old, "")


def _is_like(old: str, new: str) -> bool:
    """Whether a block may be the other changed, by its words."""
    matcher = SequenceMatcher(None, _words(old), _words(new))
    return matcher.real_quick_ratio() >= _ALIKE and matcher.quick_ratio() >= _ALIKE and matcher.ratio() >= _ALIKE


def _words(text: str) -> list[str]:
    return [token for token in _TOKEN.findall(text) if not token.isspace()]


def _pieces(before: str, after: str) -> tuple[Piece, ...]:
    """Changed text word by word: joining `same` and `removed` gives the old text, `same` and `added` the new one."""
    old, new = _TOKEN.findall(before), _TOKEN.findall(after)
    if max(len(old), len(new)) > _LONGEST:
        return tuple(Piece(kind, text) for kind, text in (("removed", before), ("added", after)) if text)
    pieces = []
    for tag, start, end, begin, until in SequenceMatcher(str.isspace, old, new).get_opcodes():
        if tag == "equal":
            pieces.append(Piece("same", "".join(old[start:end])))
            continue
        if start < end:
            pieces.append(Piece("removed", "".join(old[start:end])))
        if begin < until:
            pieces.append(Piece("added", "".join(new[begin:until])))
    return tuple(pieces)
