"""What the SQLite store has learned from articles as they came: blocks that recur at a publisher, bands of signatures.

Neither facts nor views: a rebuild leaves it as it is, since all that was derived from it is kept.
"""

from collections.abc import Iterable, Sequence

import msgspec
from sqlalchemy import bindparam, delete, func, select, update
from sqlalchemy.dialects.sqlite import insert

from diurna.store.database import Database
from diurna.store.interface import Recurring
from diurna.store.schema import band, block, live, publisher

__all__ = ["SqliteLearned"]

_KEPT_EPOCHS = 250
"""A key that one article has is forgotten after so many epochs of its publisher without a second one."""

_KEYS = func.json_each(bindparam("keys")).table_valued("value")
_PUBLISHER = select(publisher.c.pages, publisher.c.since, publisher.c.epoch).where(publisher.c.id == bindparam("id"))
_BLOCKS = select(block.c.key, block.c.pages, block.c.since).where(
    block.c.publisher == bindparam("publisher"), block.c.key.in_(select(_KEYS.c.value))
)
_new_publisher = insert(publisher)
_SET_PUBLISHER = _new_publisher.on_conflict_do_update(
    index_elements=("id",), set_={name: _new_publisher.excluded[name] for name in ("pages", "since", "epoch")}
)
_new_block = insert(block)
_ADD_BLOCK = _new_block.on_conflict_do_update(
    index_elements=("publisher", "key"), set_={"since": block.c.since + 1, "epoch": _new_block.excluded.epoch}
)
_CLOSE = (
    update(block)
    .where(block.c.publisher == bindparam("of"), block.c.since > 0)
    .values(pages=block.c.pages + block.c.since, since=0)
)
_FORGET = delete(block).where(
    block.c.publisher == bindparam("of"), block.c.pages == 1, block.c.since == 0, block.c.epoch < bindparam("before")
)
_SHARING = (
    select(band.c.article, func.count())
    .where(band.c.key.in_(select(_KEYS.c.value)))
    .group_by(band.c.article)
    .order_by(func.count().desc(), band.c.article)
    .limit(bindparam("limit"))
)
_ADD_BAND = insert(band).on_conflict_do_nothing()
_LIVE = select(live.c.slot, live.c.traits, live.c.state).order_by(live.c.slot)
_new_live = insert(live)
_ADD_LIVE = _new_live.on_conflict_do_update(
    index_elements=("slot",), set_={"traits": _new_live.excluded.traits, "state": _new_live.excluded.state}
)
_SET_LIVE = update(live).where(live.c.slot == bindparam("of")).values(state=bindparam("now"))
_DROP_LIVE = delete(live).where(live.c.slot == bindparam("of"))
_DROP_BANDS = delete(band).where(band.c.article == bindparam("of"))


class SqliteLearned:
    """Counts of keys by publisher, and the index of signatures."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def recurring(self, of: str, keys: Sequence[str]) -> Recurring:
        """How many articles a publisher had, and how many of them had each key."""
        rows = self._database.rows(_PUBLISHER, {"id": of})
        pages, since, epoch = rows[0] if rows else (0, 0, 0)
        if not rows or not keys:
            return Recurring(epoch, pages, {}, pages + since, {})
        asked = {"publisher": of, "keys": msgspec.json.encode(list(keys)).decode()}
        found = self._database.rows(_BLOCKS, asked)
        closed = {key: closed for key, closed, _ in found if closed}
        return Recurring(epoch, pages, closed, pages + since, {key: closed + open_ for key, closed, open_ in found})

    def observe(self, of: str, keys: Sequence[str], epoch_articles: int) -> None:
        """Count an article of a publisher; an epoch closes every `epoch_articles` articles."""
        rows = self._database.rows(_PUBLISHER, {"id": of})
        pages, since, epoch = rows[0] if rows else (0, 0, 0)
        counted = [{"publisher": of, "key": key, "pages": 0, "since": 1, "epoch": epoch} for key in dict.fromkeys(keys)]
        if counted:
            self._database.many(_ADD_BLOCK, counted)
        since += 1
        if since >= epoch_articles:
            self._database.rows(_CLOSE, {"of": of})
            self._database.rows(_FORGET, {"of": of, "before": epoch - _KEPT_EPOCHS})
            pages, since, epoch = pages + since, 0, epoch + 1
        self._database.rows(_SET_PUBLISHER, {"id": of, "pages": pages, "since": since, "epoch": epoch})

    def sharing(self, keys: Sequence[int], limit: int) -> list[str]:
        """Articles that share bands with a signature, those that share most first; at most `limit`."""
        if not keys:
            return []
        asked = {"keys": msgspec.json.encode(list(keys)).decode(), "limit": limit}
        return self._database.column(_SHARING, asked)

    def add_bands(self, article: str, keys: Sequence[int]) -> None:
        """Index an article's signature."""
        if keys:
            self._database.many(_ADD_BAND, [{"key": key, "article": article} for key in keys])

    def drop_bands(self, article: str) -> None:
        """Forget an article's signature."""
        self._database.rows(_DROP_BANDS, {"of": article})

    def live(self) -> list[tuple[int, bytes, bytes]]:
        """Records that new ones are grouped with, as they were put: slot, traits, state."""
        return [(slot, traits, state) for slot, traits, state in self._database.rows(_LIVE, {})]

    def put_live(self, rows: Sequence[tuple[int, bytes, bytes]]) -> None:
        """Set some of them; those that are there already, with empty traits, keep those they have."""
        new = [{"slot": slot, "traits": traits, "state": state} for slot, traits, state in rows if traits]
        known = [{"of": slot, "now": state} for slot, traits, state in rows if not traits]
        if new:
            self._database.many(_ADD_LIVE, new)
        if known:
            self._database.many(_SET_LIVE, known)

    def drop_live(self, slots: Iterable[int]) -> None:
        """Group with some of them no more."""
        dropped = [{"of": slot} for slot in slots]
        if dropped:
            self._database.many(_DROP_LIVE, dropped)
