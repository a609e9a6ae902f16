"""Finding the events that a new one is related to, at a cost that does not grow with the chronicle.

An event is looked up by what it tells of; of each thing only the latest events that told of it are met, so common
things cost no more than rare ones. The most promising are scored in full (`relate.score`). An event that has changed
is related anew only where that changed what it tells of.
"""

from collections import OrderedDict
from collections.abc import Sequence
from datetime import date
from heapq import nsmallest

from msgspec import Struct

from diurna.errors import DiurnaError
from diurna.model import Event, Reason, Tag
from diurna.relate.score import PLACES, Features, Score, Scorer, features_of, words_of
from diurna.relate.score import Reason as ScoredReason
from diurna.store.interface import Pair, Views

__all__ = ["COMPONENT", "Neighbours", "RelateSettings"]

COMPONENT = "related/1"
_KEPT_FEATURES = 20_000
"""Events held in memory, about 15 kB each."""


class RelateSettings(Struct, frozen=True, forbid_unknown_fields=True):
    """How many earlier events are met and scored for a new one.

    Attributes:
        met: Latest events looked at for each thing an event tells of.
        scored: Most promising of those met, which are scored in full and kept.
        reasons: Reasons kept with a pair, the weightiest.
        word_floor: Score from which a pair that shares words, two at least, but no entity is shown. Lower ones may be
            right, but a reader cannot see why.
        kept_floor: Score from which such a pair is kept at all.
    """

    met: int = 100
    scored: int = 30
    reasons: int = 6
    word_floor: float = 0.2
    kept_floor: float = 0.02


class _AsOf:
    """Frequencies among the first `events` events."""

    def __init__(self, views: Views, events: int) -> None:
        self._views = views
        self._events = events

    @property
    def events(self) -> int:
        return self._events

    def of(self, features: Sequence[str]) -> list[int]:
        return self._views.frequencies(features, self._events)


class _Known(Struct, frozen=True):
    """What is held of an event: all that its relations depend on. One that is `gone` has none."""

    id: str
    day: date
    gone: bool
    entities: tuple[Tag, ...]
    features: Features


class Neighbours:
    """Keeps the pairs of related events up to date as events come and change."""

    def __init__(self, views: Views, settings: RelateSettings) -> None:
        self._views = views
        self._settings = settings
        self._held: OrderedDict[int, _Known] = OrderedDict()

    def forget(self) -> None:
        """Drop what is held in memory."""
        self._held.clear()

    def observe(self, event: Event, before: Event | None) -> bool:
        """Score an event against its candidates: the earlier ones for a new event, for one that was otherwise `before`
        its old pairs too. Whether that was needed.
        """
        known = _known(event)
        former = None
        if before is not None and not _is_gone(before):  # of one that was, nothing was noted meanwhile
            former = self._held.get(event.rank) or _known(before)
        self._hold(event.rank, known)
        if known == former:
            return False
        features, noted = known.features.features, former.features.by_feature if former is not None else {}
        rank = event.rank if before is None else self._views.last_rank()
        fresh = [feature for feature in features if feature not in noted]
        self._views.add_postings(event, rank, fresh, new=before is None)
        scorer = Scorer(known.features, _AsOf(self._views, event.rank))
        others = self._candidates(event, scorer)
        if before is not None:
            others = list(dict.fromkeys([*others, *self._views.paired(event.id)]))
            self._views.drop_pairs(event.id)
        self._load(others)
        self._views.put_pairs(pair for other in others if (pair := self._pair(event, scorer, other)) is not None)
        return True

    def drop(self, event: Event) -> None:
        """Take back an event's pairs, as when it has become part of another."""
        self._held.pop(event.rank, None)
        self._views.drop_pairs(event.id)

    def compare(self, event: Event, other: Event) -> Pair:
        """How strongly two events are related and why, whether or not that is enough to keep the pair."""
        earlier, later = sorted((event, other), key=lambda one: one.rank)
        scorer = Scorer(self._known_at(later.rank).features, _AsOf(self._views, later.rank))
        scored = scorer.score(self._known_at(earlier.rank).features)
        return self._judged(self._known_at(event.rank), self._known_at(other.rank), scored)

    def _candidates(self, event: Event, scorer: Scorer) -> list[int]:
        """Ranks of the most promising earlier events; of equals the later ones."""
        gains: dict[int, float] = {}
        lookups = scorer.lookups()
        met = self._views.latest([feature for feature, _ in lookups], event.rank, self._settings.met)
        for (_, gain), others in zip(lookups, met, strict=True):
            for other in others:
                gains[other] = gains.get(other, 0.0) + gain
        gains.pop(event.rank, None)
        best = nsmallest(self._settings.scored, ((-round(gain, PLACES), -rank) for rank, gain in gains.items()))
        return [-rank for _, rank in best]

    def _pair(self, event: Event, scorer: Scorer, other_rank: int) -> Pair | None:
        known, other = self._known_at(event.rank), self._known_at(other_rank)
        if other.gone:
            return None
        if other_rank > event.rank:
            scored = Scorer(other.features, _AsOf(self._views, other_rank)).score(known.features)
        else:
            scored = scorer.score(other.features)
        if not scored.value or (not scored.context and scored.value < self._settings.kept_floor):
            return None
        return self._judged(known, other, scored)

    def _judged(self, event: _Known, other: _Known, scored: Score) -> Pair:
        shown = bool(scored.context) or (len(scored.reasons) > 1 and scored.value >= self._settings.word_floor)
        reasons = self._reasons(scored.reasons, event, other)
        return Pair(event.id, other.id, scored.value, abs((event.day - other.day).days), shown, reasons)

    def _reasons(self, scored: Sequence[ScoredReason], event: _Known, other: _Known) -> tuple[Reason, ...]:
        """The weightiest reasons as a reader wants them: what words of a shared name bring counts for the name."""
        tags = {tag.name: tag for tag in (*event.entities, *other.entities)}
        topics = [{tag.name for tag in one.entities if tag.role == "topic"} for one in (event, other)]
        names = sorted((reason for reason in scored if reason.kind != "word"), key=lambda reason: reason.frequency)
        words = {reason.name: reason for reason in scored if reason.kind == "word"}
        told = []
        for reason in names:
            parts = [words.pop(stem) for stem in words_of(reason.name) if stem in words]
            kind = "topic" if all(reason.name in both for both in topics) else "entity"
            share = round(reason.share + sum(part.share for part in parts), PLACES)
            ref = tags[reason.name].ref
            told.append(Reason(kind, reason.shown, share, reason.frequency, reason.events, ref))
        told += [Reason("word", word.shown, word.share, word.frequency, word.events) for word in words.values()]
        told.sort(key=lambda reason: (-reason.weight, reason.kind, reason.name))
        return tuple(told[: self._settings.reasons])

    def _hold(self, rank: int, known: _Known) -> None:
        self._held[rank] = known
        self._held.move_to_end(rank)
        if len(self._held) > _KEPT_FEATURES:
            self._held.popitem(last=False)

    def _load(self, ranks: Sequence[int]) -> None:
        """Have some events' features, and their postings, at hand."""
        missing = [rank for rank in ranks if rank not in self._held]
        if missing:
            loaded = {event.rank: _known(event) for event in self._views.events_of_ranks(missing)}
            for rank, known in loaded.items():
                self._hold(rank, known)
            names = [name for known in loaded.values() for name in known.features.features]
            self._views.frequencies(names, self._views.last_rank())

    def _known_at(self, rank: int) -> _Known:
        if rank not in self._held:
            self._load([rank])
        if rank not in self._held:
            raise DiurnaError(f"the event of rank {rank} has postings but no view. Run `diurna rebuild`.")
        return self._held[rank]


def _is_gone(event: Event) -> bool:
    """Whether an event has become part of another, or nobody is in it any more."""
    return event.status == "merged" or not event.members


def _known(event: Event) -> _Known:
    names = list(dict.fromkeys(tag.name for tag in event.entities))
    addresses = [citation.url for citation in event.citations]
    features = features_of(event.headline, event.day, names, (), addresses)
    return _Known(event.id, event.day, _is_gone(event), event.entities, features)
