"""Finding the events that a new one is related to, at a cost that does not grow with the chronicle.

An event is looked up by what it tells of; of each thing only the latest events that told of it are met, so common
things cost no more than rare ones. The most promising are scored in full (`relate.score`).
"""

from collections import OrderedDict
from collections.abc import Sequence
from heapq import nsmallest

from msgspec import Struct

from diurna.errors import DiurnaError
from diurna.model import Event, Reason
from diurna.relate.score import PLACES, Features, Score, Scorer, features_of, words_of
from diurna.relate.score import Reason as ScoredReason
from diurna.store.interface import Pair, Views

__all__ = ["COMPONENT", "Neighbours", "RelateSettings"]

COMPONENT = "related/1"
_KEPT_FEATURES = 50_000


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


class Neighbours:
    """Keeps the pairs of related events up to date as events come and change."""

    def __init__(self, views: Views, settings: RelateSettings) -> None:
        self._views = views
        self._settings = settings
        self._features: OrderedDict[int, tuple[Features, Event]] = OrderedDict()

    def forget(self) -> None:
        """Drop what is held in memory."""
        self._features.clear()

    def observe(self, event: Event, *, new: bool) -> None:
        """Score an event against its candidates: the earlier ones for a new event, for a changed one its old pairs
        too.
        """
        features = self._note(event)
        rank = event.rank if new else self._views.last_rank()
        self._views.add_postings(event, rank, features.features, new=new)
        scorer = Scorer(features, _AsOf(self._views, event.rank))
        others = self._candidates(event, scorer)
        if not new:
            former = self._views.events([pair.other for pair in self._views.pairs_of(event.id)])
            others = list(dict.fromkeys([*others, *sorted(other.rank for other in former.values())]))
            self._views.drop_pairs(event.id)
        self._load(others)
        self._views.put_pairs(pair for other in others if (pair := self._pair(event, scorer, other)) is not None)

    def drop(self, event: Event) -> None:
        """Take back an event's pairs, as when it has become part of another."""
        self._features.pop(event.rank, None)
        self._views.drop_pairs(event.id)

    def compare(self, event: Event, other: Event) -> Pair:
        """How strongly two events are related and why, whether or not that is enough to keep the pair."""
        earlier, later = sorted((event, other), key=lambda one: one.rank)
        scorer = Scorer(self._features_of(later.rank)[0], _AsOf(self._views, later.rank))
        return self._judged(event, other, scorer.score(self._features_of(earlier.rank)[0]))

    def _candidates(self, event: Event, scorer: Scorer) -> list[int]:
        """Ranks of the most promising earlier events; of equals the later ones."""
        gains: dict[int, float] = {}
        lookups = scorer.lookups()
        self._views.load_postings([feature for feature, _ in lookups])
        for feature, gain in lookups:
            left = self._settings.met
            for posting in reversed(self._views.postings(feature)):
                if posting.rank < event.rank:
                    gains[posting.event] = gains.get(posting.event, 0.0) + gain
                    left -= 1
                    if not left:
                        break
        gains.pop(event.rank, None)
        best = nsmallest(self._settings.scored, ((-round(gain, PLACES), -rank) for rank, gain in gains.items()))
        return [-rank for _, rank in best]

    def _pair(self, event: Event, scorer: Scorer, other_rank: int) -> Pair | None:
        other_features, other = self._features_of(other_rank)
        if other_rank > event.rank:
            features, _ = self._features_of(event.rank)
            scored = Scorer(other_features, _AsOf(self._views, other.rank)).score(features)
        else:
            scored = scorer.score(other_features)
        if not scored.value or (not scored.context and scored.value < self._settings.kept_floor):
            return None
        return self._judged(event, other, scored)

    def _judged(self, event: Event, other: Event, scored: Score) -> Pair:
        shown = bool(scored.context) or (len(scored.reasons) > 1 and scored.value >= self._settings.word_floor)
        reasons = self._reasons(scored.reasons, event, other)
        return Pair(event.id, other.id, scored.value, abs((event.day - other.day).days), shown, reasons)

    def _reasons(self, scored: Sequence[ScoredReason], event: Event, other: Event) -> tuple[Reason, ...]:
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

    def _note(self, event: Event) -> Features:
        names = list(dict.fromkeys(tag.name for tag in event.entities))
        addresses = [citation.url for citation in event.citations]
        features = features_of(event.headline, event.day, names, (), addresses)
        self._features[event.rank] = (features, event)
        self._features.move_to_end(event.rank)
        if len(self._features) > _KEPT_FEATURES:
            self._features.popitem(last=False)
        return features

    def _load(self, ranks: Sequence[int]) -> None:
        """Have some events' features, and their postings, at hand."""
        missing = [rank for rank in ranks if rank not in self._features]
        if missing:
            noted = [self._note(event) for event in self._views.events_of_ranks(missing)]
            self._views.frequencies([name for features in noted for name in features.features], self._views.last_rank())

    def _features_of(self, rank: int) -> tuple[Features, Event]:
        if rank not in self._features:
            self._load([rank])
        if rank not in self._features:
            raise DiurnaError(f"the event of rank {rank} has postings but no view. Run `diurna rebuild`.")
        return self._features[rank]
