"""Which claims of an event answer one question: the same attribute, of the same thing or people, in the same scope."""

import re
from collections.abc import Hashable, Sequence
from datetime import datetime
from functools import cached_property

from msgspec import Struct
from msgspec.structs import replace

from diurna.group.terms import COMMON, stems
from diurna.model import Article, Claim, Span
from diurna.reconcile.attributes import (
    excludes,
    family_of,
    is_people,
    is_settled,
    likeness,
    named_by_cue,
)
from diurna.reconcile.decided import Decided
from diurna.reconcile.origins import origin_words
from diurna.reconcile.scopes import scope_of
from diurna.reconcile.values import FEW, Range, compatible, range_of, tells_clock

__all__ = ["Said", "align", "alignment", "far_apart", "said_of", "same_figure"]

BAR = 0.5
"""Mean likeness to the claims of a finding from which a claim belongs to it."""

_PERIOD = re.compile(
    r"^\W{0,3}(?:of \w+ )?(?:a|per|each|every)\s(?:second|minute|day|week|month|year|hour|night)\b"
    r"|^\s(?:daily|weekly|monthly|annually)\b"
)
_EACH = re.compile(r"\b[Ee](?:ach|very) (?:day|week|month|year) of\b")
_PERIOD_BEFORE = re.compile(r"\b(?:daily|weekly|monthly|annual|each day|every day|average of|averaging)\W{1,3}$")
_REVISED = re.compile(
    r"\band not\b|\b(?:correct(?:ed|s|ion|ing)|revis(?:ed|es|ion|ing)|lowered|withdr(?:ew|awn|aws)|mistake|in error"
    r"|wrong(?:ly)?"
    r"|not \w+ as (?:earlier|first|previously)|earlier (?:figure|toll|count|report|statement)|misstated"
    r"|miscount\w*|retracted|(?:brought|taken|put|raised|lowered|cut) (?:that|it|them|the \w+) (?:down|up|to|from))\b",
    re.IGNORECASE,
)
_RECALLED = re.compile(
    r"\b(?:at first|initially|originally|(?:had )?first (?:spoken?|said|put|gave|given|reported|told|announced))\b",
    re.IGNORECASE,
)
_WITHDRAWN = re.compile(
    r"\b(?:with(?:drew|drawn|draws)|retract(?:ed|s)|took back|takes? back|taken back|recanted|disowned)\b"
    r"(?:\s[\w’'-]+){0,4}?\s(?:claim|statement|report|charge|accusation|announcement|assertion|allegation|version"
    r"|explanation|figure|toll|count|estimate|number|word|account|remark)s?\b"
    r"|\bwithdrew what (?:it|they|he|she) (?:had )?(?:said|told)\b"
    r"|\bno longer (?:says?|stands? by|claims?|holds?|maintains?|speaks? of)\b",
    re.IGNORECASE,
)
# Of these the subject tells what is measured, not the attribute.
_VAGUE = frozenset(
    ("share", "vote share", "number", "distance", "duration", "rise", "fall", "rate", "price", "percent")
)
_GENERIC = frozenset(stems("people person persons others body bodies dead victims man men lives figure total number"))


_GLOSS = re.compile(r"\s?[(\[/]\s?|,?\s(?:or|that is,?)\s")
_ONE = frozenset(("cause", "owner"))

_AROUND = 80
"""Characters on either side of a value whose words are its context."""


class Said(Struct, frozen=True, dict=True):
    """A claim on a figure, a time or a fact, with what aligning and judging it need of the report that it stands in.

    `report` is the report's id, `outlet` whose report it is, `at` when it was published, None where nobody says.
    `attribute` is what is measured, `context` stems of the words around, `voice` who says it, empty for the outlet.
    `revises` tells that its sentence puts an earlier value right, `recalls` that it gives one from before too,
    `withdraws` that it takes one back, `denies` that a value is denied; `genre` is that of the report, `where` the
    places of which it speaks, but for those of which all reports do, `day` the one on which it says it happened.
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
    recalls: bool = False
    withdraws: bool = False
    genre: str = "report"
    denies: bool = False
    where: frozenset[str] = frozenset()
    day: int | None = None

    @property
    def place(self) -> int:
        """Where in its sentence the value stands."""
        measured = self.claim.measured
        return measured.start - self.claim.sentence.start if measured is not None else 0

    @property
    def counts(self) -> bool:
        """Whether it is only told what is counted ("40 million crowns"), and not what of it."""
        quantity = self.claim.quantity
        return quantity is not None and not quantity.unit and self.attribute == quantity.counted.split(" ")[-1]

    def as_glossed(self, last: "Said | None", text: str) -> "Said":
        """A figure that only puts the one before it into another unit, as that one: "above 2,000 km (1,200 mi)"."""
        if last is None or last.claim.sentence != self.claim.sentence or last.range.kind != self.range.kind:
            return self
        here, there = self.claim, last.claim
        if here.quantity is None or there.quantity is None or here.measured is None or there.measured is None:
            return self
        glossed = here.quantity.unit != there.quantity.unit and _GLOSS.fullmatch(
            text, there.measured.end, here.measured.start
        )
        return replace(self, range=last.range, attribute=last.attribute) if glossed else self

    @property
    def outright(self) -> bool:
        """Whether it is told outright what caused it, or whose it is: of that an event has one."""
        return self.range.kind == "words" and not self.claim.subject and self.attribute in _ONE

    @cached_property
    def counts_harm(self) -> bool:
        """Whether it counts dead or hurt, whose day is that of what happened."""
        return self.range.kind == "count" and family_of(self.attribute) in ("killed", "injured")

    @property
    def none(self) -> bool:
        """Whether it counts none."""
        return self.range.kind == "count" and self.range.upper == 0

    @cached_property
    def unnamed(self) -> bool:
        """Whether it counts people of whom nothing common is told."""
        return self.people and not is_settled(self.attribute)

    @property
    def people(self) -> bool:
        """Whether it counts people, or does not say what."""
        quantity = self.claim.quantity
        return quantity is not None and is_people(quantity.counted)

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
        scope_of(claim, attribute, f"{words} {about}", ahead, behind) if found.kind == "count" else "",
        _PERIOD.search(after) is not None
        or _PERIOD_BEFORE.search(before) is not None
        or _EACH.search(ahead) is not None,
        _REVISED.search(sentence) is not None,
        _RECALLED.search(sentence) is not None,
        _WITHDRAWN.search(sentence) is not None,
        denies=claim.force == "denies" and found.kind != "time",
    )


def alignment(one: Said, other: Said) -> float:
    """How surely two claims answer one question (below 0: they do not)."""
    if _stand_apart(one, other):
        return -1.0
    return _likeness(one, other) - (_OWN if _contradicts_itself(one, other) else 0.0)


def _stand_apart(one: Said, other: Said) -> bool:
    """Whether two figures of one sentence are of two things, unless one puts the other right."""
    beside = one.report == other.report and one.claim.sentence == other.claim.sentence
    told = one.revises or one.recalls or one.claim.negated or other.claim.negated or _dispute(one, other)
    return beside and not told and not compatible(one.range, other.range)


def _dispute(one: Said, other: Said) -> bool:
    """Whether a report tells of two speakers who give different values of one common attribute."""
    two = one.voice and other.voice and one.voice != other.voice
    named = one.claim.sentence == other.claim.sentence or one.attribute not in _VAGUE | _ANY
    return bool(two) and named and family_of(one.attribute) == family_of(other.attribute)


def _contradicts_itself(one: Said, other: Said) -> bool:
    """Whether one report has two values on one speaker's word; those of two speakers are a dispute that it tells of."""
    own = one.report == other.report and not _dispute(one, other)
    return own and not (one.revises or one.recalls) and not compatible(one.range, other.range)


def _likeness(one: Said, other: Said) -> float:
    if one.range.kind != other.range.kind or one.period != other.period:
        return -1.0
    agree = compatible(one.range, other.range)
    if one.range.kind == "time" and not agree and not (tells_clock(one.words) and tells_clock(other.words)):
        return -1.0  # two days of one event need not exclude each other
    if one.group != other.group and not (agree and "" in (one.group, other.group) and one.report != other.report):
        return -1.0  # that all the dead are children need not be said twice
    if one.range.kind == "words" and not agree and not (one.outright and other.outright):
        return -1.0  # a town and its country, a quake and a tremor: different words need not exclude each other
    if one.none != other.none and not is_settled(one.attribute):
        return -1.0  # "none of the coins": of what is told by a verb that has no name here
    recalled = one.recalls or other.recalls or one.revises or other.revises
    if one.counts_harm and not (agree or recalled) and one.day is not None and other.day not in (None, one.day):
        return -1.0  # what happened on two days has two tolls
    alike = likeness(one.attribute, other.attribute)
    if _one_minute(one, other):
        alike = max(alike, _BY_NOUN)
    if far_apart(one.range, other.range):
        return -1.0
    same = agree and same_figure(one.range, other.range)
    if not alike and (one.range.kind in _TELLING or (one.unnamed and other.unnamed and one.range.kind == "count")):
        alike = _BY_KIND
    elif alike < _BY_NOUN and (_counts_it(one, other) or _counts_it(other, one)):
        alike = _BY_NOUN
    elif same and alike < _BY_FIGURE and not excludes(one.attribute, other.attribute):
        alike = _BY_FIGURE
    elif alike and ((one.counts and (one.attribute in _ANY or not agree)) or (one.attribute in _VAGUE and not agree)):
        named = one.counts and one.attribute not in _ANY
        alike = min(alike, _BY_NOUN if named else _BY_KIND)  # that both count crowns does not tell which crowns
        alike = min(alike, _BY_FIGURE) if one.attribute in _VAGUE and not agree else alike
    if not alike and (one.report == other.report or one.counts_harm or other.counts_harm):
        return -1.0  # two things of one sentence have its words in common
    score = alike + _CONTEXT * _overlap(one.context, other.context)
    score += _AGREE if agree else -_CLASH
    if same:
        score += _SAME if _is_odd(one) and _is_odd(other) else _ALIKE
    if not agree and (one.attribute in _VAGUE or other.attribute in _VAGUE) and not one.stems & other.stems:
        score -= _CLASH  # "rise": of what has to be told
    if one.range.kind == "count" and not agree and one.where and other.where and not one.where & other.where:
        score -= _ELSEWHERE
    ours, theirs = one.stems, other.stems
    if ours and theirs:
        vague = not same and (one.attribute in _VAGUE or other.attribute in _VAGUE)
        score += 0.2 if ours & theirs else -0.5 if vague else -0.2
    return score


def _one_minute(one: Said, other: Said) -> bool:
    """Whether two clocks show one minute, in whatever zone, that is not a round one: "8:42 p.m.", "18:42 GMT"."""
    ours, theirs = one.claim.interval, other.claim.interval
    if ours is None or theirs is None or ours.start is None or theirs.start is None:
        return False
    exact = ours.granularity == theirs.granularity == "minute" and compatible(one.range, other.range)
    return exact and ours.start.minute == theirs.start.minute and ours.start.minute % _ROUND != 0


_ROUND = 15
"""Minutes that clocks are rounded to."""


def _counts_it(one: Said, other: Said) -> bool:
    """Whether one is known by what it counts, and the other counts that: "pupils", "64 pupils have fallen ill"."""
    quantity = other.claim.quantity
    counted = quantity.counted.casefold().split()[-1:] if quantity is not None else []
    return counted == [one.attribute] and one.attribute not in _ANY


_TELLING = frozenset(("speed", "temperature", "mass", "area", "volume", "energy", "power"))
"""What a unit measures of which an event has hardly more than one."""

# How much weighs that the unit tells the question, that the words around are shared, that values agree, and that they
# are one figure; by hand, on `bench/reconcile`.
_BY_KIND, _BY_NOUN, _BY_FIGURE, _CONTEXT, _AGREE, _ALIKE, _SAME = 0.6, 0.6, 0.4, 0.8, 0.2, 0.3, 0.5
_CLASH = 0.1
_ELSEWHERE = 0.3
"""What parts counts of two places of one event."""
_OWN = 0.8
"""What parts two values of one report that cannot both be true: a report seldom contradicts itself."""
_ANY = frozenset(re.findall(r"\w+", "crowns dollars euros pounds francs people men women staff members days hours"))


def _overlap(ours: frozenset[str], theirs: frozenset[str]) -> float:
    least = min(len(ours), len(theirs))
    return len(ours & theirs) / max(least, 3) if least else 0.0


def _is_odd(said: Said) -> bool:
    """Whether a figure is one that two things hardly share: 6.5 or 1,376, not 300."""
    quantity = said.claim.quantity
    return quantity is not None and (quantity.digits or 0) >= _DIGITS


_DIGITS = 2


def far_apart(one: Range, other: Range) -> bool:
    """Whether figures differ in size so much that they hardly are of one thing, though open bounds let them agree."""
    if one.kind == "time":
        return not (_within(one.lower, other.upper) and _within(other.lower, one.upper))
    small, big = sorted((_size(one), _size(other)))
    return one.kind not in ("time", "words") and 0 < _FAR * small < big


def _within(start: float | None, end: float | None) -> bool:
    return start is None or end is None or start <= end + _NIGHT


_NIGHT = 12 * 3600.0
"""Seconds by which times may miss each other before they are hardly of one thing."""
_FAR = 12
"""Times that one figure may be another before they are hardly of one thing; a misprint has a zero too many."""


def _size(given: Range) -> float:
    return max(abs(given.lower or 0.0), abs(given.upper or 0.0))


def same_figure(one: Range, other: Range) -> bool:
    """Whether two ranges are about one figure that is not given by chance."""
    if None in (one.lower, one.upper, other.lower, other.upper) or one.kind in ("time", "words"):
        return False
    middle, beside = (one.lower + one.upper) / 2, (other.lower + other.upper) / 2  # type: ignore[operator]
    return abs(middle - beside) <= 0.05 * max(abs(middle), abs(beside)) and not (one.kind == "count" and middle <= FEW)


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

    def is_apart(self, said: Said, decided: Decided) -> bool:
        """Whether people said that a claim answers another question than one here."""
        return bool(decided.parted) and any(
            frozenset((said.claim.id, other.claim.id)) in decided.parted for other in self.claims
        )

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
    return said.attribute, said.range, said.group, said.period, said.stems, said.where, said.day


def align(claims: Sequence[Said], decided: Decided = Decided()) -> list[list[Said]]:  # noqa: B008  # it is frozen
    """Claims by what they answer, each group in the order of publication, and the groups in that of their first.
    What people decided stands above any likeness.
    """
    groups: list[_Group] = []
    alike: dict[tuple[str, bool], list[_Group]] = {}  # what is measured in other units is never one
    ordered = sorted(claims, key=_order)
    of_sets: dict[str, _Group] = {}
    for said in ordered:
        best, home = BAR, None
        candidates = alike.setdefault((said.range.kind, said.period), [])
        joined = decided.joined.get(said.claim.id, "")
        if joined in of_sets:
            home, candidates = of_sets[joined], []
        for group in candidates:
            if (fit := group.fit(said)) > best and not group.is_apart(said, decided):
                best, home = fit, group
        if home is None:
            home = _Group()
            groups.append(home)
            candidates.append(home)
        if joined:
            of_sets.setdefault(joined, home)
        home.add(said)
    return [group.claims for group in groups]


def _order(said: Said) -> tuple[bool, float, str, int]:
    at = said.at.timestamp() if said.at is not None else 0.0
    return said.at is None, at, said.report, said.claim.measured.start if said.claim.measured else 0


def _cut(text: str, span: Span) -> str:
    return text[span.start : span.end]
