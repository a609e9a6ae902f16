"""Of which event each claim of an article speaks, where the article tells of several: by its own time, place and act.

A report on this week's test recalls the one of last week, with its figures; those belong to that one. What no event of
the chronicle is known for stays unplaced rather than being put under the wrong one.
"""

import re
from bisect import bisect_right
from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from typing import TypeVar

from msgspec import Struct

from diurna.group.opening import Opening, opening_of
from diurna.group.terms import stems
from diurna.group.when import act_days
from diurna.model import Annotation, Article, Claim, Mention, Span, When, Where

__all__ = ["ClaimPlace", "Scene", "place_claims"]

_BESIDE = 1
"""Days beside an event's own that a time zone or a night explains, where no other event has that day."""

_SURE = 0.5
"""Score from which a name's best candidate is taken for what is meant."""

_PARTED = re.compile("[,;:]")
_UP_TO_NOW = re.compile(
    r"\b(?:now|so far|still|toll|the dead|in all|altogether|in total|the last|the (?:number|total) of"
    r"|(?:was|were|is|are) (?:waiting|burning|sheltering|recovering|being)"
    r"|(?:has|have) (?:\w+ )?(?:risen|climbed|died|cost|reached|been|found|raised|fallen|left|lost|claimed|grown))\b"
)
"""Words of a sentence that sums up what came of an event: its own time is later, it is no other event for that."""
_AFTERMATH = 30
"""Days after an event in which sentences sum up what came of it."""
_RELATIVE = re.compile(r"\b(?:that (?:was|were|had|have|has)|(?:who|which|whose)|the ones?)\b")


class Scene(Struct, frozen=True):
    """An event that an article tells of (its id): when and where it happened, and the sentence that tells of it."""

    event: str
    when: When | None = None
    where: Where | None = None
    passage: Span | None = None


class ClaimPlace(Struct, frozen=True):
    """The event that a claim speaks of; empty where none that the article tells of is meant.

    `rule`: `day` (its sentence names the event's day), `other time` (it names a time at which no event that the article
    tells of happened), `aftermath` (its time is later, and it sums up what came of the event: "the toll rose", or tells
    what is still to come), `sentence` (the one that tells of the event), `town` (its sentence names the event's town),
    `before` (nothing is said: as the sentence before in the paragraph), `thing` (it goes on about a thing that the
    sentences before speak of: "the missile"), `article` (the event that the article is in).
    """

    event: str
    rule: str


def place_claims(article: Article, annotation: Annotation, scenes: Sequence[Scene]) -> dict[str, ClaimPlace]:
    """Where each claim of an article belongs, by its id; the first scene is the event that the article is in."""
    if not scenes:
        return {}
    opening = opening_of(article, len(article.text) + 1)
    times = _by_sentence(opening, (_time(*told) for told in act_days(opening, annotation)))
    towns = _by_sentence(opening, _named(annotation, scenes))
    passages = {_number(opening, one.passage.end - 1): one for one in scenes[1:] if one.passage is not None}
    claims = _by_sentence(opening, ((claim.sentence.start, claim) for claim in annotation.claims))
    places: dict[str, ClaimPlace] = {}
    before = ClaimPlace(scenes[0].event, "article")
    thread = _Thread()
    dating = article.published
    published = (dating.day or dating.time.date()) if dating is not None else None
    for number, start in enumerate(opening.starts):
        if opening.text[max(start - 1, 0) : start] == "\n":  # of a paragraph or of a line
            before = ClaimPlace(scenes[0].event, "article")
        end = opening.starts[number + 1] if number + 1 < len(opening.starts) else len(opening.text)
        summed = _UP_TO_NOW.search(opening.text, start, end) is not None
        told = _Told(
            times.get(number, []), {ref for _, ref in towns.get(number, [])}, passages.get(number), summed, published
        )
        here = claims.get(number, [])
        goes_on = not told.times and any(thread.has(claim, opening.text) for _, claim in here)
        for _, claim in here:
            placed = _placed(_own_day(claim) or told.at(_point(claim), opening.text), told, scenes)
            places[claim.id] = placed or (ClaimPlace(thread.event, "thing") if goes_on else before)
        placed = _placed(next((time for _, time in told.times if not time.within), None), told, scenes)
        before = ClaimPlace(placed.event, "before") if placed is not None else before
        spoken_of = placed or _placed(next((time for _, time in told.times), None), told, scenes)
        thread.follow(spoken_of, opening.text[start:end])
    return places


# ------------------------------------------------------------------------------------------------ inner parts

T = TypeVar("T")


class _Time(Struct, frozen=True):
    """Days of which a sentence speaks; `within` says that a clause of its own does ("after the quake of May")."""

    first: date
    last: date
    within: bool


class _Told(Struct, frozen=True):
    """What a sentence tells of where its claims belong: times, towns, the event that it is known to tell of, and
    whether it sums up what came of one.
    """

    times: list[tuple[int, _Time]]
    towns: set[str]
    passage: Scene | None
    summed: bool
    published: date | None

    def at(self, point: int, text: str) -> _Time | None:
        """The time that goes with what is said at a point: the nearest of its sentence, but for those of a clause on
        something else.
        """
        for start, time in sorted(self.times, key=lambda told: (abs(told[0] - point), told[0])):
            parted = time.within and _PARTED.search(text, min(start, point), max(start, point))
            if not parted and not _RELATIVE.search(text, point, start):
                return time
        return None


class _Thread:
    """What the last sentences that name a time speak of: the event that they tell of, and the words in them."""

    def __init__(self) -> None:
        self.event = ""
        self._words: set[str] = set()
        self._sentences = 0

    def follow(self, placed: ClaimPlace | None, sentence: str) -> None:
        """Take in a sentence: one that says of which event it speaks begins anew."""
        if placed is not None:
            self.event, self._words, self._sentences = placed.event, set(stems(sentence)), 0
        elif self._words:
            self._sentences += 1
            if self._sentences > _REACH:
                self._words = set()

    def has(self, claim: Claim, text: str) -> bool:
        """Whether a claim is about a thing that the thread speaks of, and takes it as known: "the missile flew"."""
        for span in claim.subject:
            head = stems(text[span.start : span.end])[-1:]
            if self._words.issuperset(head) and head and _KNOWN.search(text, max(0, span.start - 8), span.start):
                return True
        return False


_REACH = 3
"""Sentences without a time in which what was spoken of may be taken up again."""

_KNOWN = re.compile(r"\b(?:[Tt]he|[Tt]his|[Tt]hat|[Tt]hese|[Tt]hose|[Ii]ts)\s$")


def _own_day(claim: Claim) -> _Time | None:
    """The days that a claim on a time gives; of a clock's time nobody knows the zone."""
    interval = claim.interval
    if interval is None or interval.start is None or interval.granularity in ("hour", "minute", "second"):
        return None
    last = interval.end - timedelta(seconds=1) if interval.end is not None else interval.start
    return _Time(interval.start.date(), max(interval.start, last).date(), within=False)


def _placed(time: _Time | None, told: _Told, scenes: Sequence[Scene]) -> ClaimPlace | None:
    """Where a claim belongs by what its own sentence says; None where that says nothing."""
    own = scenes[0]
    if time is not None and time.first == time.last:
        order = [*([told.passage] if told.passage is not None else []), *scenes]
        listed = (scene for scene in order if scene.when is not None and scene.when.listed == time.first)
        found = next(listed, None) or next((scene for scene in order if _meets(scene, time)), None)
        if found is not None:
            return ClaimPlace(found.event, "day")
    if time is not None and own.when is not None and not _meets(own, time, _BESIDE):
        return ClaimPlace(own.event, "aftermath") if _follows(time, told, own.when) else ClaimPlace("", "other time")
    if time is None and told.passage is not None:
        return ClaimPlace(told.passage.event, "sentence")
    if told.towns and (own.where is None or own.where.ref not in told.towns):
        others = [scene for scene in scenes[1:] if scene.where is not None and scene.where.ref in told.towns]
        if len(others) == 1:
            return ClaimPlace(others[0].event, "town")
    return ClaimPlace(own.event, "day") if time is not None and own.when is not None else None


def _follows(time: _Time, told: _Told, when: When) -> bool:
    """Whether a sentence on a later time sums up what came of an event, or tells what is to come of it."""
    ahead = told.published is not None and time.first > max(told.published, when.last)
    return ahead or (told.summed and 0 < (time.first - when.last).days <= _AFTERMATH)


def _time(mention: Mention, first: date, last: date, rule: str) -> tuple[int, _Time]:
    return mention.span.start, _Time(first, last, rule in ("clause", "named"))


def _meets(scene: Scene, time: _Time, beside: int = 0) -> bool:
    """Whether an event may have happened at a time."""
    when = scene.when
    if when is None:
        return False
    first, last = when.first.toordinal() - beside, when.last.toordinal() + beside
    return time.first.toordinal() <= last and first <= time.last.toordinal()


def _named(annotation: Annotation, scenes: Sequence[Scene]) -> Iterable[tuple[int, str]]:
    """Where the towns of some events are named."""
    wanted = {scene.where.ref for scene in scenes if scene.where is not None and scene.where.precision != "country"}
    for mention in annotation.mentions:
        best = mention.candidates[0] if mention.candidates else None
        if best is not None and best.score >= _SURE and best.ref in wanted:
            yield mention.span.start, best.ref


def _point(claim: Claim) -> int:
    """Where in its sentence a claim says what it says."""
    if claim.measured is not None:
        return claim.measured.start
    return claim.content[0].start if claim.content else claim.sentence.start


def _number(opening: Opening, at: int) -> int:
    return bisect_right(opening.starts, at) - 1


def _by_sentence(opening: Opening, found: Iterable[tuple[int, T]]) -> dict[int, list[tuple[int, T]]]:
    sentences: dict[int, list[tuple[int, T]]] = {}
    for at, what in found:
        sentences.setdefault(_number(opening, at), []).append((at, what))
    return sentences
