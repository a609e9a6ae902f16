"""Which claims of an event answer one question: the same attribute, of the same thing or people, in the same scope."""

import re
from collections.abc import Hashable, Sequence
from datetime import datetime
from functools import cached_property

from msgspec import Struct

from diurna.group.terms import COMMON, stems
from diurna.model import Article, Claim, Span
from diurna.reconcile.attributes import group_of, likeness
from diurna.reconcile.values import Range, compatible, range_of

__all__ = ["Said", "align", "alignment", "said_of"]

BAR = 0.75
"""Mean likeness to the claims of a finding from which a claim belongs to it."""

_PERIOD = re.compile(
    r"^\W{0,3}(?:a|per|each|every)\s(?:day|week|month|year|hour|night)\b|^\s(?:daily|weekly|monthly|annually)\b"
)
_PERIOD_BEFORE = re.compile(r"\b(?:daily|weekly|monthly|annual|each day|every day|average of|averaging)\W{1,3}$")
_REVISED = re.compile(
    r"\b(?:correct(?:ed|s|ion|ing)|revis(?:ed|es|ion|ing)|lowered|withdr(?:ew|awn|aws)|mistake|in error|wrong(?:ly)?"
    r"|not \w+ as (?:earlier|first|previously)|earlier (?:figure|toll|count|report|statement)|misstated"
    r"|miscount\w*|retracted)\b",
    re.IGNORECASE,
)
# Of these the subject tells what is measured, not the attribute.
_VAGUE = frozenset(
    ("share", "vote share", "number", "distance", "duration", "rise", "fall", "rate", "price", "percent")
)
_GENERIC = frozenset(stems("people person persons others body bodies dead victims man men lives figure total number"))


class Said(Struct, frozen=True, dict=True):
    """A claim on a figure, a time or a fact, with what aligning and judging it need of the report that it stands in.

    `report` is the report's id, `outlet` whose report it is, `at` when it was published, None where nobody says.
    `revises` tells that its sentence puts an earlier value right.
    """

    claim: Claim
    report: str
    outlet: str
    at: datetime | None
    range: Range
    words: str
    about: str
    sentence: str
    group: str = ""
    period: bool = False
    revises: bool = False

    @property
    def attribute(self) -> str:
        """What is measured."""
        return self.claim.attribute

    @cached_property
    def stems(self) -> frozenset[str]:
        """What the claim is about, as stems; empty where that is people in general."""
        found = frozenset(stems(self.about)) - COMMON - _GENERIC
        return found - frozenset(stems(self.attribute))


def said_of(claim: Claim, article: Article, report: str, outlet: str) -> Said | None:
    """A claim as it is aligned; None for a claim that gives no value."""
    text = article.text
    found = range_of(claim, text) if claim.attribute else None
    if found is None or claim.measured is None:
        return None
    about = " ".join(_cut(text, span) for span in claim.subject)
    words = _cut(text, claim.measured)
    counted = claim.quantity.counted if claim.quantity is not None else ""
    before, after = text[max(0, claim.measured.start - 24) : claim.measured.start], text[claim.measured.end :][:16]
    sentence = _cut(text, claim.sentence)
    return Said(
        claim,
        report,
        outlet,
        article.published.time if article.published is not None else None,
        found,
        words,
        about,
        sentence,
        group_of(f"{counted} {words} {about}"),
        _PERIOD.search(after) is not None or _PERIOD_BEFORE.search(before) is not None,
        _REVISED.search(sentence) is not None,
    )


def alignment(one: Said, other: Said) -> float:
    """How surely two claims answer one question (below 0: they do not)."""
    return -1.0 if _stand_apart(one, other) else _likeness(one, other)


def _stand_apart(one: Said, other: Said) -> bool:
    """Whether two figures of one sentence are of two things, unless one puts the other right."""
    beside = one.report == other.report and one.claim.sentence == other.claim.sentence
    return beside and not one.revises and not compatible(one.range, other.range)


def _likeness(one: Said, other: Said) -> float:
    if one.range.kind != other.range.kind or one.group != other.group or one.period != other.period:
        return -1.0
    alike = likeness(one.attribute, other.attribute)
    if not alike:
        return -1.0
    agree = compatible(one.range, other.range)
    if one.range.kind == "words" and not agree and one.attribute.startswith("place"):
        return -1.0  # a town and its country, a hospital and its town: two places need not exclude each other
    score = alike + (0.2 if agree else 0.0)
    ours, theirs = one.stems, other.stems
    if ours and theirs:
        score += 0.2 if ours & theirs else -0.5 if one.attribute in _VAGUE or other.attribute in _VAGUE else -0.2
    return score


class _Group:
    """Claims that answer one question. Those that say the same of the same are held against others once."""

    def __init__(self) -> None:
        self.claims: list[Said] = []
        self._kinds: dict[Hashable, tuple[Said, int]] = {}
        self._beside: dict[tuple[str, Span], list[Said]] = {}

    def add(self, said: Said) -> None:
        self.claims.append(said)
        first, count = self._kinds.get(_kind(said), (said, 0))
        self._kinds[_kind(said)] = first, count + 1
        self._beside.setdefault((said.report, said.claim.sentence), []).append(said)

    def fit(self, said: Said) -> float:
        """Mean likeness of a claim to those here; below 0 where one of them rules it out."""
        beside = self._beside.get((said.report, said.claim.sentence), ())
        if any(_stand_apart(said, other) for other in beside):
            return -1.0
        scores = [(_likeness(said, other), count) for other, count in self._kinds.values()]
        if any(score < 0 for score, _ in scores):
            return -1.0
        return sum(score * count for score, count in scores) / len(self.claims)


def _kind(said: Said) -> Hashable:
    return said.attribute, said.range, said.group, said.period, said.stems


def align(claims: Sequence[Said]) -> list[list[Said]]:
    """Claims by what they answer, each group in the order of publication, and the groups in that of their first."""
    groups: list[_Group] = []
    for said in sorted(claims, key=_order):
        best, home = BAR, None
        for group in groups:
            if (fit := group.fit(said)) > best:
                best, home = fit, group
        if home is None:
            home = _Group()
            groups.append(home)
        home.add(said)
    return [group.claims for group in groups]


def _order(said: Said) -> tuple[bool, float, str, int]:
    at = said.at.timestamp() if said.at is not None else 0.0
    return said.at is None, at, said.report, said.claim.measured.start if said.claim.measured else 0


def _cut(text: str, span: Span) -> str:
    return text[span.start : span.end]
