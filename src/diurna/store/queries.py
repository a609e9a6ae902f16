"""Statements that run for each record or page, made once: SQLAlchemy takes longer to build one than SQLite to run
it.
"""

from functools import cache

from sqlalchemy import ColumnElement, Select, Table, and_, bindparam, delete, func, select, text, update
from sqlalchemy.dialects.sqlite import Insert, insert

from diurna.store.schema import (
    alias,
    citing,
    entity,
    event,
    event_source,
    event_tag,
    fact,
    meta,
    page,
    pair,
    picture,
    posting,
    reading,
    source,
)

__all__ = [
    "ADD_ALIAS",
    "ADD_CITING",
    "ADD_ENTITY",
    "ADD_EVENT_SOURCE",
    "ADD_FACT",
    "ADD_PICTURE",
    "ADD_POSTING",
    "ADD_SOURCE",
    "ADD_TAG",
    "ADD_TEXT",
    "ALIASES_OF",
    "CITING",
    "COUNTS",
    "CURRENT",
    "DAY_AFTER",
    "DAY_BEFORE",
    "DROP_CITING",
    "DROP_FACT",
    "DROP_PAIR",
    "DROP_PAIRS",
    "DROP_READING",
    "DROP_SOURCES",
    "DROP_TAGS",
    "DROP_TEXT",
    "ENTITY",
    "EVENTS",
    "EVENTS_OF_RANKS",
    "EVENTS_ON",
    "EVENT_AT",
    "FACT",
    "FACTS",
    "FACTS_ABOUT",
    "LAST_RANK",
    "LISTED",
    "NESTED_IN",
    "NUMBER",
    "ONE_EVENT",
    "OTHERS_ON",
    "PAGES_OF_ENTITIES",
    "PAIRED",
    "PAIRED_RANKS",
    "PAIRS",
    "PICTURE",
    "PLACES",
    "POSTINGS",
    "READING",
    "RELATED",
    "RENAME_SOURCE",
    "SET_EVENT",
    "SET_FACT",
    "SET_META",
    "SET_PAGE",
    "SET_PAIR",
    "SET_READING",
    "SHOWN",
    "SOURCE",
    "TAGS_OF",
    "companions_of",
    "newest_events",
    "years_with_events",
]

SHOWN = event.c.status != "merged"
CURRENT = event.c.status == "current"

ADD_FACT = insert(fact).on_conflict_do_nothing().returning(fact.c.seq)
FACTS = select(fact.c.id, fact.c.body).where(
    fact.c.kind == bindparam("kind"), fact.c.id.in_(bindparam("ids", expanding=True))
)
FACT = select(fact.c.body).where(fact.c.kind == bindparam("kind"), fact.c.id == bindparam("id"))
NUMBER = select(fact.c.seq).where(fact.c.kind == bindparam("kind"), fact.c.id == bindparam("id"))
FACTS_ABOUT = (
    select(fact.c.seq, fact.c.body)
    .where(fact.c.kind == bindparam("kind"), fact.c.about == bindparam("about"))
    .order_by(fact.c.seq)
)

ONE_EVENT = select(event.c.body).where(event.c.id == bindparam("id"))
EVENT_AT = select(event.c.body).where(event.c.permalink == bindparam("permalink"))
EVENTS_OF_RANKS = select(event.c.body).where(event.c.rank.in_(bindparam("ranks", expanding=True)))
EVENTS = select(event.c.body).where(event.c.id.in_(bindparam("ids", expanding=True)))
EVENTS_ON = select(event.c.body).where(event.c.day == bindparam("day"), SHOWN).order_by(event.c.rank)
NESTED_IN = select(event.c.body).where(event.c.parent == bindparam("parent"), SHOWN).order_by(event.c.rank)
DAY_BEFORE = select(func.max(event.c.day)).where(event.c.day < bindparam("day"), SHOWN)
DAY_AFTER = select(func.min(event.c.day)).where(event.c.day > bindparam("day"), SHOWN)
CITING = select(citing.c.event).where(citing.c.address == bindparam("address")).order_by(citing.c.rank)

ENTITY = select(entity).where(entity.c.id == bindparam("id"))
SOURCE = select(source).where(source.c.id == bindparam("id"))
ALIASES_OF = select(alias.c.words).where(alias.c.entity == bindparam("id")).order_by(alias.c.words)
PAGES_OF_ENTITIES = select(entity.c.id, entity.c.permalink).where(entity.c.id.in_(bindparam("ids", expanding=True)))

# A list of values as one value, so that the statement stays the same however long it is.
_FEATURES = func.json_each(bindparam("features")).table_valued("value")
POSTINGS = (
    select(posting.c.feature, posting.c.event, posting.c.rank)
    .where(posting.c.feature.in_(select(_FEATURES.c.value)))
    .order_by(posting.c.feature, posting.c.nth)
)
COUNTS = (
    select(posting.c.feature, func.count())
    .where(posting.c.feature.in_(select(_FEATURES.c.value)))
    .group_by(posting.c.feature)
)
_mirror = pair.alias("mirror")
_BEST_FIRST = (pair.c.score.desc(), pair.c.gap, pair.c.other)
PAIRS = (
    select(pair.c.other, pair.c.score, pair.c.gap, pair.c.shown, func.coalesce(pair.c.reasons, _mirror.c.reasons))
    .join(_mirror, and_(_mirror.c.event == pair.c.other, _mirror.c.other == pair.c.event))
    .where(pair.c.event == bindparam("event"))
    .order_by(*_BEST_FIRST)
)
RELATED = PAIRS.join(event, and_(event.c.id == pair.c.other, CURRENT)).where(pair.c.shown).limit(bindparam("limit"))
LISTED = (
    select(pair.c.score, pair.c.gap, pair.c.other)
    .join(event, and_(event.c.id == pair.c.other, CURRENT))
    .where(pair.c.event == bindparam("event"), pair.c.shown)
    .order_by(*_BEST_FIRST)
    .limit(bindparam("limit"))
)
TAGS_OF = (
    select(event_tag.c.event, event_tag.c.entity, entity.c.name, event_tag.c.role)
    .join(entity, entity.c.id == event_tag.c.entity)
    .where(event_tag.c.event.in_(bindparam("events", expanding=True)))
    .order_by(event_tag.c.event, event_tag.c.entity, event_tag.c.role)
)

LAST_RANK = select(func.coalesce(func.max(event.c.rank), 0))
OTHERS_ON = select(event.c.id).where(event.c.day == bindparam("day"), event.c.id != bindparam("id"), SHOWN).limit(1)
READING = select(reading.c.article).where(reading.c.address == bindparam("address"))
PICTURE = select(picture.c.capture).where(picture.c.address == bindparam("address"))
PLACES = select(pair.c.other, pair.c.score, pair.c.gap).where(pair.c.event == bindparam("event"), pair.c.shown)
PLACES = PLACES.order_by(pair.c.other)
PAIRED = select(pair.c.other, pair.c.score, pair.c.gap, pair.c.shown).where(pair.c.event == bindparam("event"))
PAIRED = PAIRED.order_by(pair.c.other)
PAIRED_RANKS = select(event.c.rank).join(pair, pair.c.other == event.c.id).where(pair.c.event == bindparam("event"))
# A pair stands under both of its events, which spares walking through all for those of one.
DROP_PAIRS = delete(pair).where(pair.c.event == bindparam("of"))
DROP_PAIR = delete(pair).where(pair.c.event == bindparam("of"), pair.c.other == bindparam("with"))

# Inserts; `ADD_…` leaves what is there, `SET_…` puts the new in its place.
ADD_ENTITY = insert(entity).on_conflict_do_nothing()
ADD_SOURCE = insert(source).on_conflict_do_nothing()
ADD_ALIAS = insert(alias).on_conflict_do_nothing().returning(alias.c.entity)
ADD_PICTURE = insert(picture).on_conflict_do_nothing()
ADD_TAG, ADD_EVENT_SOURCE, ADD_CITING, ADD_POSTING = map(insert, (event_tag, event_source, citing, posting))
DROP_TAGS, DROP_SOURCES, DROP_CITING = (
    delete(table).where(table.c.event == bindparam("id")) for table in (event_tag, event_source, citing)
)
RENAME_SOURCE = (
    update(source)
    .where(source.c.id == bindparam("this"), source.c.name != bindparam("called"))
    .values(name=bindparam("called"))
    .returning(source.c.id)
)
_THIS_FACT = (fact.c.kind == bindparam("of"), fact.c.id == bindparam("this"))
DROP_FACT = delete(fact).where(*_THIS_FACT)
SET_FACT = update(fact).where(*_THIS_FACT).values(body=bindparam("body"))
ADD_TEXT = text("INSERT INTO event_text (rowid, headline, lede, names) VALUES (:rank, :headline, :lede, :names)")
DROP_TEXT = text("DELETE FROM event_text WHERE rowid = :rank")


def _set(table: Table, key: tuple[str, ...], changed: tuple[str, ...]) -> Insert:
    """Insert that changes some columns of the row with the same key, where there is one."""
    statement = insert(table)
    replaced = {name: statement.excluded[name] for name in changed}
    return statement.on_conflict_do_update(index_elements=key, set_=replaced)


SET_EVENT = _set(event, ("id",), ("day", "category", "status", "parent", "body"))
SET_PAIR = _set(pair, ("event", "other"), ("score", "gap", "shown", "reasons"))
SET_META = _set(meta, ("key",), ("value",))
SET_PAGE = _set(page, ("ref",), ("touched",))
SET_READING = _set(reading, ("address",), ("article",))
DROP_READING = delete(reading).where(reading.c.address == bindparam("address"))


def _membership(kind: str, role: bool) -> tuple[Table, ColumnElement[bool]]:
    """Table and condition by which events belong to an entity, a source or a category."""
    if kind == "source":
        return event_source, event_source.c.source == bindparam("id")
    if kind == "category":
        return event, event.c.category == bindparam("id")
    where = event_tag.c.entity == bindparam("id")
    return event_tag, and_(where, event_tag.c.role == bindparam("role")) if role else where


@cache
def newest_events(kind: str, *, role: bool, year: bool) -> Select[bytes]:
    """Newest current events of an entity, source or category: takes `id`, `limit`, and `role`, `first`, `last` as
    asked.
    """
    table, where = _membership(kind, role)
    query = select(event.c.body)
    if table is not event:
        query = query.join(table, table.c.event == event.c.id)
    query = query.where(where, CURRENT)
    if year:
        query = query.where(table.c.day >= bindparam("first"), table.c.day < bindparam("last"))
    order = (table.c.day.desc(), table.c.rank.desc())
    # Only tags may name an event twice: once for each role.
    query = query.group_by(table.c.day, table.c.rank) if table is event_tag and not role else query
    return query.order_by(*order).limit(bindparam("limit"))


@cache
def years_with_events(kind: str, *, role: bool) -> Select[str, int]:
    """Years of current events of an entity, source or category, with their number: takes `id`, and `role` as asked."""
    table, where = _membership(kind, role)
    year = func.substr(table.c.day, 1, 4)
    key = table.c.id if table is event else table.c.event
    query = select(year, func.count(func.distinct(key))).where(where)
    if table is not event:
        query = query.join(event, event.c.id == table.c.event)
    return query.where(CURRENT).group_by(year).order_by(year)


@cache
def companions_of(*, role: bool) -> Select[str, str, str, int]:
    """Entities that share most current events with one: takes `id`, `limit`, and the `role` it has in them as asked."""
    mine, other = event_tag.alias("mine"), event_tag.alias("other")
    shared = func.count(func.distinct(other.c.event))
    return (
        select(entity.c.id, entity.c.name, entity.c.permalink, shared.label("count"))
        .select_from(mine)
        .join(other, and_(other.c.event == mine.c.event, other.c.entity != mine.c.entity))
        .join(entity, entity.c.id == other.c.entity)
        .join(event, and_(event.c.id == mine.c.event, CURRENT))
        .where(mine.c.entity == bindparam("id"), *([mine.c.role == bindparam("role")] if role else []))
        .group_by(entity.c.id)
        .order_by(shared.desc(), entity.c.name, entity.c.id)
        .limit(bindparam("limit"))
    )
