"""Which claims of an event answer one question: the same attribute, of the same thing or people, in the same scope."""

import re
from collections.abc import Sequence
from datetime import datetime

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
    r"\b(?:correct(?:ed|s|ion)|revis(?:ed|es|ion)|lowered|withdr(?:ew|awn|aws)|mistake|in error|wrong(?:ly)?|not \w+ as"
    r" (?:earlier|first|previously)|earlier (?:figure|toll|count|report|statement)|misstated|miscount\w*|retracted)\b",
    re.IGNORECASE,
)
# Of these the subject tells what is measured, not the attribute.
_VAGUE = frozenset(
    ("share", "vote share", "number", "distance", "duration", "rise", "fall", "rate", "price", "percent")
)
_GENERIC = frozenset(stems("people person persons others body bodies dead victims man men lives figure total number"))


class Said(Struct, frozen=True):
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

    @property
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
    if one.range.kind != other.range.kind or (one.range.unit != other.range.unit and one.range.kind == "money"):
        return -1.0
    if one.group != other.group or one.period != other.period:
        return -1.0
    alike = likeness(one.attribute, other.attribute)
    if not alike:
        return -1.0
    agree = compatible(one.range, other.range)
    if one.range.kind == "words" and not agree and one.attribute.startswith("place"):
        return -1.0  # a town and its country, a hospital and its town: two places need not exclude each other
    beside = one.report == other.report and one.claim.sentence == other.claim.sentence
    if beside and not agree and not one.revises:
        return -1.0  # two figures of one sentence are of two things
    score = alike + (0.2 if agree else 0.0)
    ours, theirs = one.stems, other.stems
    if ours and theirs:
        score += 0.2 if ours & theirs else -0.5 if one.attribute in _VAGUE or other.attribute in _VAGUE else -0.2
    return score


def align(claims: Sequence[Said]) -> list[list[Said]]:
    """Claims by what they answer, each group in the order of publication, and the groups in that of their first."""
    groups: list[list[Said]] = []
    for said in sorted(claims, key=_order):
        best, found = BAR, -1
        for number, group in enumerate(groups):
            scores = [alignment(said, other) for other in group]
            mean = sum(scores) / len(scores)
            if mean > best and min(scores) >= 0 - (len(group) > _SMALL):
                best, found = mean, number
        if found < 0:
            groups.append([said])
        else:
            groups[found].append(said)
    return groups


_SMALL = 4
"""Claims from which a finding is big enough that one of them may be of another scope by mistake."""


def _order(said: Said) -> tuple[bool, float, str, int]:
    at = said.at.timestamp() if said.at is not None else 0.0
    return said.at is None, at, said.report, said.claim.measured.start if said.claim.measured else 0


def _cut(text: str, span: Span) -> str:
    return text[span.start : span.end]
