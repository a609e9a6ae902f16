"""Who speaks in an event, and what each says: the statements of all its members, by the one on whose word they rest."""

from collections.abc import Iterator, Sequence
from datetime import datetime

from msgspec import Struct
from msgspec.structs import replace

from diurna.model import Article, Claim, Span
from diurna.reconcile.findings import Testimony
from diurna.reconcile.origins import name_origins, origin_words

__all__ = ["Saying", "Speaker", "speakers_of"]

_COVERED = 0.7
"""Share of what is said that a statement within it has to have, for the outer one to only pass it on."""

_LONGEST = 1_000
"""Characters of one statement; more is a passage with a missing end of quotation."""


class Saying(Struct, frozen=True):
    """Something said: spans of its words in the text of one article, its claim, and the other articles that have it in
    the same words. `voices` are those behind the outlet, nearest first; `mode` and `force` as in `Claim`.
    """

    claim: str
    report: str
    kind: str
    outlet: str
    content: tuple[Span, ...]
    article: Article
    voices: tuple[str, ...]
    mode: str
    force: str
    negated: bool
    at: datetime | None
    also: tuple[str, ...] = ()


class Speaker(Struct, frozen=True):
    """Somebody who is said to have said something, under the fullest name, and what, in the order of publication."""

    name: str
    ref: str
    sayings: tuple[Saying, ...]
    outlets: tuple[str, ...]


def speakers_of(members: Sequence[Testimony]) -> tuple[Speaker, ...]:
    """Those who speak in an event: whom more outlets quote first, then who spoke first."""
    said = [(member, claim, words) for member in sorted(members, key=_order) for claim, words in _statements(member)]
    refs = {claim.id: _ref(claim, words) for _, claim, words in said}
    known = name_origins((words, refs[claim.id]) for _, claim, words in said)
    found: dict[str, dict[str, Saying]] = {}
    meant: dict[str, str] = {}
    for member, claim, words in said:
        name = known[words]
        meant[name] = meant.get(name) or refs[claim.id]
        sayings = found.setdefault(name, {})
        key = " ".join(" ".join(_cut(member.article, span) for span in claim.content).casefold().split())
        first = sayings.get(key)
        sayings[key] = _saying(member, claim) if first is None else _told_again(first, member.outlet)
    speakers = [
        Speaker(
            name,
            meant[name],
            tuple(sayings.values()),
            tuple(dict.fromkeys(outlet for one in sayings.values() for outlet in (one.outlet, *one.also))),
        )
        for name, sayings in found.items()
    ]
    return tuple(sorted(speakers, key=lambda speaker: -len(speaker.outlets)))


def _statements(member: Testimony) -> Iterator[tuple[Claim, str]]:
    """What a member says that others say of the event, each with the words for who does. Of two that stand one within
    the other the inner is told if it is nearly all that is said, by another speaker; else the outer.
    """
    sentences: dict[Span, list[tuple[Claim, str]]] = {}
    for claim in member.annotation.claims:
        if claim.kind == "statement" and claim.content and claim.id not in member.another:
            sentences.setdefault(claim.sentence, []).append((claim, origin_words(claim, "")))
    for stated in sentences.values():
        left = set()
        for inner, words in stated:
            for outer, speaker in stated:
                if inner is not outer and _is_within(inner, outer):
                    passed_on = words != speaker and _told(inner) >= _COVERED * _length(outer)
                    left.add(outer.id if passed_on else inner.id)
        for claim, words in stated:
            named = any(voice.words.strip() == words and voice.kind != "unnamed" for voice in claim.chain)
            if named and claim.id not in left and _length(claim) <= _LONGEST:
                yield claim, words


def _saying(member: Testimony, claim: Claim) -> Saying:
    published = member.article.published
    return Saying(
        claim=claim.id,
        report=member.report,
        kind=claim.of.partition(":")[0],
        outlet=member.outlet,
        content=claim.content,
        article=member.article,
        voices=tuple(voice.words for voice in claim.chain if voice.kind != "outlet"),
        mode=claim.mode,
        force=claim.force,
        negated=claim.negated,
        at=member.first or (published.time if published is not None else None),
    )


def _told_again(saying: Saying, outlet: str) -> Saying:
    if outlet in (saying.outlet, *saying.also):
        return saying
    return replace(saying, also=(*saying.also, outlet))


def _ref(claim: Claim, words: str) -> str:
    return next((voice.ref for voice in claim.chain if voice.words.strip() == words), "")


def _is_within(inner: Claim, outer: Claim) -> bool:
    if (_length(outer), outer.id) <= (_length(inner), inner.id):
        return False
    return outer.content[0].start <= inner.content[0].start and inner.content[-1].end <= outer.content[-1].end


def _told(claim: Claim) -> int:
    """Characters of a statement with who says it."""
    return _length(claim) + sum(span.end - span.start for span in (*claim.source, *claim.cue))


def _length(claim: Claim) -> int:
    return sum(span.end - span.start for span in claim.content)


def _cut(article: Article, span: Span) -> str:
    return article.text[span.start : span.end]


def _order(member: Testimony) -> tuple[bool, float, str]:
    at = member.first or (member.article.published.time if member.article.published is not None else None)
    return at is None, at.timestamp() if at is not None else 0.0, member.report
