"""Which claims of an event answer one question: the same attribute, of the same thing or people, in the same scope."""

import re
from collections.abc import Hashable, Sequence
from datetime import datetime
from functools import cached_property

from msgspec import Struct

from diurna.group.terms import COMMON, stems
from diurna.model import Article, Claim, Span
from diurna.reconcile.attributes import excludes, group_of, likeness, moves, named_by_cue
from diurna.reconcile.origins import origin_words
from diurna.reconcile.values import Range, compatible, range_of

__all__ = ["Said", "align", "alignment", "said_of"]

BAR = 0.5
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


_AROUND = 80
"""Characters on either side of a value whose words are its context."""


class Said(Struct, frozen=True, dict=True):
    """A claim on a figure, a time or a fact, with what aligning and judging it need of the report that it stands in.

    `report` is the report's id, `outlet` whose report it is, `at` when it was published, None where nobody says.
    `attribute` is what is measured, `context` stems of the words around, `voice` who says it, empty for the outlet.
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
    attribute: str
    context: frozenset[str]
    voice: str = ""
    group: str = ""
    period: bool = False
    revises: bool = False

    @property
    def counts(self) -> bool:
        """Whether it is only told what is counted ("40 million crowns"), and not what of it."""
        quantity = self.claim.quantity
        return quantity is not None and not quantity.unit and self.attribute == quantity.counted.split(" ")[-1]

    @cached_property
    def stems(self) -> frozenset[str]:
        """What the claim is about, as stems; empty where that is people in general."""
        found = frozenset(stems(self.about)) - COMMON - _GENERIC
        return found - frozenset(stems(self.attribute))


def said_of(claim: Claim, article: Article, report: str, outlet: str, first: datetime | None = None) -> Said | None:
    """A claim as it is aligned; None for a claim that gives no value. `first` is when its text was first published, if
    that was before.
    """
    text = article.text
    found = range_of(claim, text) if claim.attribute else None
    if found is None or claim.measured is None:
        return None
    about = " ".join(_cut(text, span) for span in claim.subject)
    words = _cut(text, claim.measured)
    counted = claim.quantity.counted if claim.quantity is not None else ""
    before, after = text[max(0, claim.measured.start - 24) : claim.measured.start], text[claim.measured.end :][:16]
    sentence = _cut(text, claim.sentence)
    start, end = claim.measured.start, claim.measured.end
    ahead, behind = text[min(claim.sentence.start, start) : start], text[end : max(claim.sentence.end, end)]
    near = [word for word in stems(f"{ahead[-_AROUND:]} {behind[:_AROUND]}") if word not in COMMON and word.isalpha()]
    attribute = named_by_cue(claim.attribute, found.kind, counted, ahead, behind)
    return Said(
        claim,
        report,
        outlet,
        first or (article.published.time if article.published is not None else None),
        found,
        words,
        about,
        sentence,
        attribute,
        frozenset(near),
        origin_words(claim, ""),
        group_of(attribute, f"{counted} {words} {about}") if found.kind == "count" else "",
        _PERIOD.search(after) is not None or _PERIOD_BEFORE.search(before) is not None,
        _REVISED.search(sentence) is not None,
    )


def alignment(one: Said, other: Said) -> float:
    """How surely two claims answer one question (below 0: they do not)."""
    if _stand_apart(one, other):
        return -1.0
    return _likeness(one, other) - (_OWN if _contradicts_itself(one, other) else 0.0)


def _stand_apart(one: Said, other: Said) -> bool:
    """Whether two figures of one sentence are of two things, unless one puts the other right."""
    beside = one.report == other.report and one.claim.sentence == other.claim.sentence
    return beside and not one.revises and not compatible(one.range, other.range)


def _contradicts_itself(one: Said, other: Said) -> bool:
    """Whether one report has two values on one speaker's word; those of two speakers are a dispute that it tells of."""
    own = one.report == other.report and (one.voice == other.voice or not moves(one.attribute))
    return own and not one.revises and not compatible(one.range, other.range)


def _likeness(one: Said, other: Said) -> float:
    if one.range.kind != other.range.kind or one.group != other.group or one.period != other.period:
        return -1.0
    agree = compatible(one.range, other.range)
    if one.range.kind == "words" and not agree:
        return -1.0  # a town and its country, a quake and a tremor: different words need not exclude each other
    alike = likeness(one.attribute, other.attribute)
    same = agree and _same_figure(one.range, other.range)
    if not alike and one.range.kind in _TELLING:
        alike = _BY_KIND
    elif same and alike < _BY_FIGURE and not excludes(one.attribute, other.attribute):
        alike = _BY_FIGURE
    elif alike and ((one.counts and (one.attribute in _ANY or not agree)) or (one.attribute in _VAGUE and not agree)):
        alike = min(alike, _BY_KIND)  # that both count crowns does not tell which crowns
    score = alike + _CONTEXT * _overlap(one.context, other.context)
    score += _AGREE if agree else -_CLASH
    if same:
        score += _SAME if _is_odd(one) and _is_odd(other) else _ALIKE
    ours, theirs = one.stems, other.stems
    if ours and theirs:
        score += 0.2 if ours & theirs else -0.5 if one.attribute in _VAGUE or other.attribute in _VAGUE else -0.2
    return score


_TELLING = frozenset(("speed", "temperature", "mass", "area", "volume", "energy", "power"))
"""What a unit measures of which an event has hardly more than one."""

# How much weighs that the unit tells the question, that the words around are shared, that values agree, and that they
# are one figure; by hand, on the first half of `bench/reconcile`.
_BY_KIND, _BY_FIGURE, _CONTEXT, _AGREE, _ALIKE, _SAME = 0.6, 0.4, 0.6, 0.2, 0.3, 0.5
_CLASH = 0.1
_OWN = 0.8
"""What parts two values of one report that cannot both be true: a report seldom contradicts itself."""
_ANY = frozenset(re.findall(r"\w+", "crowns dollars euros pounds francs people men women staff members days hours"))
_FEW = 12
"""Counts up to which it says nothing that two reports give the same."""


def _overlap(ours: frozenset[str], theirs: frozenset[str]) -> float:
    least = min(len(ours), len(theirs))
    return len(ours & theirs) / max(least, 3) if least else 0.0


def _is_odd(said: Said) -> bool:
    """Whether a figure is one that two things hardly share: 6.5 or 1,376, not 300."""
    quantity = said.claim.quantity
    return quantity is not None and (quantity.digits or 0) >= _DIGITS


_DIGITS = 2


def _same_figure(one: Range, other: Range) -> bool:
    """Whether two ranges are about one figure that is not given by chance."""
    if None in (one.lower, one.upper, other.lower, other.upper) or one.kind in ("time", "words"):
        return False
    middle, beside = (one.lower + one.upper) / 2, (other.lower + other.upper) / 2  # type: ignore[operator]
    return abs(middle - beside) <= 0.05 * max(abs(middle), abs(beside)) and not (one.kind == "count" and middle <= _FEW)


class _Group:
    """Claims that answer one question. Those that say the same of the same are held against others once."""

    def __init__(self) -> None:
        self.claims: list[Said] = []
        self._kinds: dict[Hashable, tuple[Said, int]] = {}
        self._of_report: dict[str, list[Said]] = {}

    def add(self, said: Said) -> None:
        self.claims.append(said)
        first, count = self._kinds.get(_kind(said), (said, 0))
        self._kinds[_kind(said)] = first, count + 1
        self._of_report.setdefault(said.report, []).append(said)

    def fit(self, said: Said) -> float:
        """Mean likeness of a claim to those here; below 0 where one of them rules it out."""
        own = self._of_report.get(said.report, ())
        if any(_stand_apart(said, other) for other in own):
            return -1.0
        scores = [(_likeness(said, other), count) for other, count in self._kinds.values()]
        if any(score < 0 for score, _ in scores):
            return -1.0
        strange = _OWN if any(_contradicts_itself(said, other) for other in own) else 0.0
        return sum(score * count for score, count in scores) / len(self.claims) - strange


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
