"""Views of related events in the SQLite store: postings, scored pairs, and the register of touched pages."""

from bisect import bisect_right
from collections.abc import Iterable
from itertools import takewhile

import msgspec
from sqlalchemy import Connection, and_, delete, func, or_, select
from sqlalchemy.dialects.sqlite import insert

from diurna.model import Event, Link, Reason, Tag
from diurna.store import queries, schema
from diurna.store.interface import Pair, Posting

__all__ = ["RelatedViews"]

_REASONS = msgspec.json.Decoder(tuple[Reason, ...])
_ENCODER = msgspec.json.Encoder()
_SHOWN_LINKS = 10
_KEPT_FEATURES = 200_000
"""Posting lists held in memory; past that the cache starts anew (a list of ten postings takes about 1 kB)."""


class RelatedViews:
    """Postings, pairs and touched pages. Touches are gathered and written when the transaction ends."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._touched: set[str] = set()
        self._postings: dict[str, list[Posting]] = {}
        self._new_postings: list[dict[str, object]] = []
        self._worst: dict[str, tuple[float, int, str] | None] = {}

    # ------------------------------------------------------------------ postings

    def add_postings(self, event: Event, rank: int, features: Iterable[str]) -> None:
        """Note that an event has features, observed when `rank` events were known; a feature it had already is left."""
        for feature in features:
            known = self.postings(feature)
            since_founded = takewhile(lambda posting: posting.rank >= event.rank, reversed(known))
            if any(posting.event == event.id for posting in since_founded):
                continue
            known.append(Posting(event.id, rank))
            self._new_postings.append({"feature": feature, "event": event.id, "rank": rank})

    def postings(self, feature: str) -> list[Posting]:
        """Events that have a feature, in the order they were noted."""
        found = self._postings.get(feature)
        if found is None:
            if len(self._postings) >= _KEPT_FEATURES:
                self.flush()
                self._postings.clear()
            rows = self._connection.execute(queries.POSTINGS, {"feature": feature})
            found = [Posting(event, rank) for event, rank in rows]
            self._postings[feature] = found
        return found

    def frequency(self, feature: str, rank: int) -> int:
        """How many of the first `rank` events had a feature."""
        known = self.postings(feature)
        return bisect_right(known, rank, key=lambda posting: posting.rank)

    # ------------------------------------------------------------------ pairs

    def put_pairs(self, pairs: Iterable[Pair]) -> None:
        """Set the pairs of events that are scored (each given once, kept for both); touches pages whose list changes."""
        rows, listing = [], set()
        for pair in pairs:
            reasons = _ENCODER.encode(pair.reasons)
            for event, other in ((pair.event, pair.other), (pair.other, pair.event)):
                if pair.shown and self._is_listed(event, (-pair.score, pair.gap, other)):
                    listing.add(event)
                kept = reasons if event < other else None
                rows.append(
                    {"event": event, "other": other, "score": pair.score, "gap": pair.gap, "shown": pair.shown, "reasons": kept}
                )
        if rows:
            statement = insert(schema.pair)
            changed = {key: statement.excluded[key] for key in ("score", "gap", "shown", "reasons")}
            update = statement.on_conflict_do_update(index_elements=["event", "other"], set_=changed)
            self._connection.execute(update, rows)
        self._relist(listing)

    def pairs_of(self, event: str) -> list[Pair]:
        """All scored pairs that touch an event, best first: score, then nearness in time, then id."""
        return self._pairs(event, None)

    def related(self, event: str, limit: int | None = _SHOWN_LINKS) -> list[Link]:
        """The best related events that are current, with the entities both carry; without `limit` all that were scored."""
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
        listing = self._listing(event)
        columns = schema.pair.c
        self._connection.execute(delete(schema.pair).where(or_(columns.event == event, columns.other == event)))
        self._relist([*listing, event] if listing else [])

    # ------------------------------------------------------------------ pages

    def touch(self, pages: Iterable[str]) -> None:
        """Note that what these pages show has changed."""
        self._touched.update(pages)

    def touched(self, after: int = 0) -> list[str]:
        """Pages touched since a sequence number, in a fixed order."""
        query = select(schema.page.c.ref).where(schema.page.c.touched > after).order_by(schema.page.c.ref)
        return list(self._connection.execute(query).scalars())

    def sequence(self) -> int:
        """The number of the last touch."""
        return int(self._connection.execute(select(func.coalesce(func.max(schema.page.c.touched), 0))).scalar_one())

    # ------------------------------------------------------------------ transaction

    def flush(self) -> None:
        """Write what was gathered: postings and touched pages."""
        if self._new_postings:
            self._connection.execute(insert(schema.posting).on_conflict_do_nothing(), self._new_postings)
            self._new_postings = []
        if self._touched:
            number = self.sequence() + 1
            statement = insert(schema.page)
            update = statement.on_conflict_do_update(index_elements=["ref"], set_={"touched": statement.excluded.touched})
            self._connection.execute(update, [{"ref": ref, "touched": number} for ref in sorted(self._touched)])
            self._touched = set()

    def forget(self) -> None:
        """Drop what is held in memory, after a transaction that came to nothing."""
        self._postings.clear()
        self._new_postings = []
        self._touched = set()
        self._worst.clear()

    # ------------------------------------------------------------------ inner parts

    def _pairs(self, event: str, limit: int | None) -> list[Pair]:
        asked: dict[str, str | int] = {"event": event}
        query = queries.PAIRS
        if limit is not None:
            query = queries.RELATED
            asked["limit"] = limit
        rows = self._connection.execute(query, asked)
        return [
            Pair(event, other, score, gap, shown, _REASONS.decode(reasons)) for other, score, gap, shown, reasons in rows
        ]

    def _tags(self, events: list[str]) -> dict[str, list[Tag]]:
        found: dict[str, list[Tag]] = {}
        for event, entity, name, role in self._connection.execute(queries.TAGS_OF, {"events": events}):
            found.setdefault(event, []).append(Tag(f"entity:{entity}", name, role))
        return found

    def _is_listed(self, event: str, place: tuple[float, int, str]) -> bool:
        """Whether a pair of this place is, or comes, among those that an event's page lists."""
        worst = self._worst_shown(event)
        return worst is None or place <= worst

    def _listing(self, event: str) -> list[str]:
        """Events whose pages list this one as related, or would if it were current."""
        column = schema.pair.c
        query = select(column.other, column.score, column.gap).where(column.event == event, column.shown)
        rows = self._connection.execute(query.order_by(column.other)).all()
        return [row.other for row in rows if self._is_listed(row.other, (-row.score, row.gap, event))]

    def _relist(self, events: Iterable[str]) -> None:
        """Touch the pages of events whose list of related ones has changed."""
        for event in events:
            self.touch([f"event:{event}"])
            self._worst.pop(event, None)

    def _worst_shown(self, event: str) -> tuple[float, int, str] | None:
        if event not in self._worst:
            asked = {"event": event, "before": _SHOWN_LINKS - 1}
            row = self._connection.execute(queries.WORST_LISTED, asked).one_or_none()
            self._worst[event] = (-row.score, row.gap, row.other) if row else None
        return self._worst[event]
