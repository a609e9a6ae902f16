"""Views of related events in the SQLite store: postings, scored pairs, and the register of touched pages."""

import uuid
from bisect import bisect_left, bisect_right, insort
from collections.abc import Iterable, Iterator, Sequence

import msgspec
from sqlalchemy import delete, func, select

from diurna.model import Event, Link, Reason, Tag
from diurna.store import queries, schema
from diurna.store.database import Database
from diurna.store.interface import Pair, Posting

__all__ = ["RelatedViews"]

# Reasons are kept without their fields' names: there are six for each pair, and pairs are most of the store.
_REASONS = msgspec.msgpack.Decoder(list[tuple[str, str, float, int | None, int | None, str]])
_ENCODER = msgspec.msgpack.Encoder()
_CHUNK = 500
_SHOWN_LINKS = 10
_HELD_LINKS = 20
"""Best pairs of an event that are held in memory: more than a page lists, so that one may go without a new look."""
_KEPT_FEATURES = 200_000
"""Posting lists held in memory; past that the cache starts anew (a list of ten postings takes about 1 kB)."""
_KEPT_COUNTS = 2_000_000
"""Counts of features held in memory, about 100 bytes each."""
_KEPT_LISTS = 100_000
"""Lists of related events held in memory, about 1 kB each."""

_KEPT_MOMENTS = 10_000
"""Last touches that are told from those of a copy of the store, about 100 bytes each."""

_Place = tuple[float, int, str]
"""Place of a pair among others: the score below zero, days between, the other event; smaller is better."""
_Noted = tuple[list[int], list[int]]
"""Postings of a feature: events by rank, and the rank at which each was noted, which only grows."""


class _Best:
    """The best places of an event's pairs, best first; `whole` says that it has no others."""

    __slots__ = ("places", "whole")

    def __init__(self, places: list[_Place], *, whole: bool) -> None:
        self.places = places
        self.whole = whole


def _pieces(features: Sequence[str]) -> Iterator[dict[str, str]]:
    """Features as a statement takes them: a JSON list, not too long."""
    features = list(dict.fromkeys(features))
    for start in range(0, len(features), _CHUNK):
        yield {"features": msgspec.json.encode(features[start : start + _CHUNK]).decode()}


class RelatedViews:
    """Postings, pairs and touched pages. Touches are gathered and written when the transaction ends."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._touched: set[str] = set()
        self._postings: dict[str, _Noted] = {}
        self._new_postings: list[dict[str, object]] = []
        self._listed: dict[str, _Best] = {}
        self._counts: dict[str, int] = {}
        self._last_rank: int | None = None
        self._highest = 0  # rank among postings noted since the last look at the store

    # ------------------------------------------------------------------ postings

    def last_rank(self) -> int:
        """How many events have arrived."""
        if self._last_rank is None:
            self._last_rank = int(self._database.value(queries.LAST_RANK, {}))
        return self._last_rank

    def add_postings(self, event: Event, rank: int, features: Sequence[str], *, new: bool = False) -> None:
        """Note that an event has features, observed when `rank` events were known; a feature it had already is left.

        A `new` event had none, which spares looking.
        """
        if not new:
            self.load_postings(features)
            features = [feature for feature in dict.fromkeys(features) if not self._is_noted(event, feature)]
        counts = self._counts_of(features)
        for feature, count in zip(features, counts, strict=True):
            self._new_postings.append({"feature": feature, "nth": count, "event": event.rank, "rank": rank})
            self._counts[feature] = count + 1
            if feature in self._postings:
                events, ranks = self._postings[feature]
                events.append(event.rank)
                ranks.append(rank)
        self._highest = max(self._highest, rank)

    def load_postings(self, features: Sequence[str]) -> None:
        """Have the postings of some features at hand, by one statement for all that are not."""
        missing = [feature for feature in features if feature not in self._postings]
        if not missing:
            return
        self._write_postings()
        if len(self._postings) + len(missing) > _KEPT_FEATURES:
            self._postings.clear()
            missing = list(features)
        self._postings.update((feature, ([], [])) for feature in missing)
        for asked in _pieces(missing):
            for feature, event, rank in self._database.rows(queries.POSTINGS, asked):
                events, ranks = self._postings[feature]
                events.append(event)
                ranks.append(rank)
        self._counts.update((feature, len(self._postings[feature][0])) for feature in missing)

    def postings(self, feature: str) -> list[Posting]:
        """Events that have a feature, in the order they were noted."""
        self.load_postings([feature])
        return [Posting(event, rank) for event, rank in zip(*self._postings[feature], strict=True)]

    def latest(self, features: Sequence[str], before: int, most: int) -> list[list[int]]:
        """For each feature, ranks of the latest events that were seen to have it before an event; the last first."""
        self.load_postings(features)
        found = []
        for feature in features:
            events, ranks = self._postings[feature]
            end = bisect_left(ranks, before)
            found.append(events[max(0, end - most) : end][::-1])
        return found

    def frequencies(self, features: Sequence[str], rank: int) -> list[int]:
        """How many of the first `rank` events had each feature."""
        if rank >= max(self._highest, self.last_rank()):
            return self._counts_of(features)
        self.load_postings(features)
        return [bisect_right(self._postings[feature][1], rank) for feature in features]

    def _counts_of(self, features: Sequence[str]) -> list[int]:
        """How many events have each feature by now."""
        counted = self._counts.__getitem__
        try:
            return list(map(counted, features))
        except KeyError:
            missing = [feature for feature in features if feature not in self._counts]
        self._write_postings()
        if len(self._counts) + len(missing) > _KEPT_COUNTS:
            self._counts.clear()
            missing = list(features)
        self._counts.update((feature, 0) for feature in missing)
        for asked in _pieces(missing):
            self._counts.update(self._database.rows(queries.COUNTS, asked))
        return list(map(counted, features))

    def _is_noted(self, event: Event, feature: str) -> bool:
        events, ranks = self._postings[feature]
        return event.rank in events[bisect_left(ranks, event.rank) :]

    # ------------------------------------------------------------------ pairs

    def put_pairs(self, pairs: Iterable[Pair]) -> None:
        """Set the pairs of events that are scored (each given once, kept for both); touches pages whose list
        changes.
        """
        rows, sides = [], []
        for pair in pairs:
            reasons = _ENCODER.encode([msgspec.structs.astuple(reason) for reason in pair.reasons])
            for event, other in ((pair.event, pair.other), (pair.other, pair.event)):
                kept = reasons if event < other else None
                rows.append(
                    {
                        "event": event,
                        "other": other,
                        "score": pair.score,
                        "gap": pair.gap,
                        "shown": pair.shown,
                        "reasons": kept,
                    }
                )
                if pair.shown:
                    sides.append((event, (-pair.score, pair.gap, other)))
        if rows:
            self._database.many(queries.SET_PAIR, rows)
        self.touch(f"event:{event}" for event in {event for event, place in sides if self._enlist(event, place)})

    def pairs_of(self, event: str) -> list[Pair]:
        """All scored pairs that touch an event, best first: score, then nearness in time, then id."""
        return self._pairs(event, None)

    def related(self, event: str, limit: int | None = _SHOWN_LINKS) -> list[Link]:
        """The best related events that are current, with the entities both carry; without `limit` all that were
        scored.
        """
        pairs = self._pairs(event, limit)
        if not pairs:
            return []
        tags = self._tags([event, *(pair.other for pair in pairs)])
        mine = tags.get(event, [])
        links = []
        for pair in pairs:
            theirs = {tag.ref for tag in tags.get(pair.other, [])}
            shared = {tag.ref: tag for tag in reversed(mine) if tag.ref in theirs}
            weights = {reason.ref: reason.weight for reason in pair.reasons}
            context = sorted(shared.values(), key=lambda tag: (-weights.get(tag.ref, 0.0), tag.name, tag.ref))
            links.append(
                Link(
                    source=event,
                    target=pair.other,
                    kind="context",
                    score=pair.score,
                    context=tuple(context),
                    reasons=pair.reasons,
                )
            )
        return links

    def drop_pairs(self, event: str) -> None:
        """Take back all pairs of an event, before they are scored anew."""
        rows = self._database.rows(queries.PAIRED, {"event": event})
        places = [(other, (-score, gap, event)) for other, score, gap, shown in rows if shown]
        listing = [other for other, place in places if self._is_listed(other, place)]
        self._database.rows(queries.DROP_PAIRS, {"of": event})
        self._database.many(queries.DROP_PAIR, [{"of": row[0], "with": event} for row in rows])
        for other, place in places:
            held = self._listed.get(other)
            if held is not None and place in held.places:
                held.places.remove(place)
        self._listed.pop(event, None)
        self.touch(f"event:{other}" for other in ([*listing, event] if listing else ()))

    def paired(self, event: str) -> list[int]:
        """Ranks of the events that an event has pairs with, lowest first."""
        return sorted(self._database.column(queries.PAIRED_RANKS, {"event": event}))

    # ------------------------------------------------------------------ pages

    def touch(self, pages: Iterable[str]) -> None:
        """Note that what these pages show has changed."""
        self._touched.update(pages)

    def touched(self, after: int = 0) -> list[str]:
        """Pages touched since a sequence number, in a fixed order."""
        query = select(schema.page.c.ref).where(schema.page.c.touched > after).order_by(schema.page.c.ref)
        return list(self._database.execute(query).scalars())

    def sequence(self) -> int:
        """The number of the last touch."""
        return int(self._database.execute(select(func.coalesce(func.max(schema.page.c.touched), 0))).scalar_one())

    def moment(self, sequence: int) -> str:
        """What tells a touch from one that has its number in a copy of the store; empty for one that is not known."""
        query = select(schema.meta.c.value).where(schema.meta.c.key == f"moment:{sequence}")
        return str(self._database.execute(query).scalar() or "")

    # ------------------------------------------------------------------ transaction

    def flush(self) -> None:
        """Write what was gathered: postings and touched pages."""
        self._write_postings()
        if self._touched:
            number = self.sequence() + 1
            self._database.execute(queries.SET_PAGE, [{"ref": ref, "touched": number} for ref in sorted(self._touched)])
            self._database.execute(queries.SET_META, {"key": f"moment:{number}", "value": uuid.uuid4().hex})
            past = schema.meta.c.key == f"moment:{number - _KEPT_MOMENTS}"
            self._database.execute(delete(schema.meta).where(past))
            self._touched = set()

    def forget(self) -> None:
        """Drop what is held in memory, after a transaction that came to nothing."""
        self._postings.clear()
        self._counts.clear()
        self._last_rank = None
        self._highest = 0
        self._new_postings = []
        self._touched = set()
        self._listed.clear()

    # ------------------------------------------------------------------ inner parts

    def _pairs(self, event: str, limit: int | None) -> list[Pair]:
        asked: dict[str, str | int] = {"event": event}
        query = queries.PAIRS
        if limit is not None:
            query = queries.RELATED
            asked["limit"] = limit
        rows = self._database.rows(query, asked)
        return [
            Pair(event, other, score, gap, bool(shown), tuple(Reason(*told) for told in _REASONS.decode(reasons)))
            for other, score, gap, shown, reasons in rows
        ]

    def _tags(self, events: list[str]) -> dict[str, list[Tag]]:
        found: dict[str, list[Tag]] = {}
        for event, entity, name, role in self._database.execute(queries.TAGS_OF, {"events": events}):
            found.setdefault(event, []).append(Tag(f"entity:{entity}", name, role))
        return found

    def _write_postings(self) -> None:
        if self._new_postings:
            self._database.many(queries.ADD_POSTING, self._new_postings)
            self._new_postings = []

    def _is_listed(self, event: str, place: _Place) -> bool:
        """Whether a pair of this place is, or comes, among those that an event's page lists."""
        listed = self._list_of(event).places[:_SHOWN_LINKS]
        return len(listed) < _SHOWN_LINKS or place <= listed[-1]

    def _enlist(self, event: str, place: _Place) -> bool:
        """Put a pair into an event's list if it is good enough for it; whether the event's page shows it."""
        held = self._list_of(event)
        if place not in held.places:
            if not held.whole and place > held.places[-1]:
                return False
            insort(held.places, place)
            if len(held.places) > _HELD_LINKS:
                held.places.pop()
                held.whole = False
        return place in held.places[:_SHOWN_LINKS]

    def _listing(self, event: str) -> list[str]:
        """Events whose pages list this one as related, or would if it were current."""
        rows = self._database.rows(queries.PLACES, {"event": event})
        return [other for other, score, gap in rows if self._is_listed(other, (-score, gap, event))]

    def _relist(self, event: str) -> None:
        """Look the lists of an event's pairs up again: whether it may stand in them has changed."""
        for other, _, _ in self._database.rows(queries.PLACES, {"event": event}):
            self._listed.pop(other, None)

    def _list_of(self, event: str) -> _Best:
        """The best of the pairs that an event's page may list: those that it does list at least."""
        held = self._listed.get(event)
        if held is None or (len(held.places) < _SHOWN_LINKS and not held.whole):
            if len(self._listed) >= _KEPT_LISTS:
                self._listed.clear()
            rows = self._database.rows(queries.LISTED, {"event": event, "limit": _HELD_LINKS})
            places = [(-score, gap, other) for score, gap, other in rows]
            held = self._listed[event] = _Best(places, whole=len(rows) < _HELD_LINKS)
        return held
