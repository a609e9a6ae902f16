"""Views of events, entities, sources and days in the SQLite store."""

import base64
import hashlib
from collections.abc import Iterable, Sequence
from datetime import date
from itertools import chain
from typing import Any
from urllib.parse import urlsplit

import msgspec
from msgspec.structs import replace
from sqlalchemy import Select, Table, and_, delete, func, literal, select, text

from diurna.model import Capture, Citation, Entity, Entry, Event, Problem, Ref, Report, Revision, make_id
from diurna.registry import publisher_of
from diurna.store import queries, schema
from diurna.store.articles import match_query
from diurna.store.database import Database
from diurna.store.facts import SqliteFacts
from diurna.store.interface import Companion, Counts, Hit, Source
from diurna.store.mentions import MentionViews
from diurna.store.queries import CURRENT, SHOWN
from diurna.store.touch import card, pages_of
from diurna.text import segment, url_key

__all__ = ["SqliteViews", "publisher_host", "source_host", "source_id"]

_ENCODER = msgspec.json.Encoder()
_DECODER = msgspec.json.Decoder(Event)
_CHUNK = 500
_FREQUENT = 300
"""How many of the most frequent are looked up at once: several pages of a site show some of them."""
_MOBILE = ("www.", "m.", "mobile.", "amp.", "edition.")


def source_host(citation: Citation) -> str:
    """Host that stands for a citation's publisher: without `www.` and its like; archived copies count for the
    original.
    """
    url = citation.url
    if "//web.archive.org/web/" in url or "//archive.org/web/" in url:
        start = url.find("http", url.find("/web/"))
        url = url[start:] if start > 0 else url
    try:
        host = (urlsplit(url).hostname or "").lower()
    except ValueError:
        return ""
    return publisher_host(host)


def publisher_host(host: str) -> str:
    """Host that stands for a publisher: its main domain if the registry knows it, else the host without `www.` and its
    like.
    """
    if known := publisher_of(host):
        return known.domains[0]
    for prefix in _MOBILE:
        if host.startswith(prefix) and host.count(".") > 1:
            host = host[len(prefix) :]
    return host


def source_id(host: str) -> str:
    """Identifier of the source that a host stands for."""
    return make_id("source", host)


def _timeless(report: Report) -> tuple[Report, tuple[str, ...]]:
    """A report without the times at which its versions came; their order stays."""
    return replace(report, versions=()), tuple(version.article for version in report.versions)


def _as_sources_list(event: Event, sources: list[str]) -> tuple[object, ...]:
    """What the pages of an event's sources show of it; their feeds are of articles."""
    return (card(event), event.day, sources)


class SqliteViews(MentionViews):
    """Views as tables; what a page needs is one or two walks along an index."""

    def __init__(self, database: Database) -> None:
        super().__init__(database)
        self._last_event: tuple[str, Event | None] | None = None
        self._frequent: dict[tuple[str, str], list[Companion]] = {}
        self._known_entities: set[str] = set()
        self._known_sources: set[str] = set()
        self._known_aliases: set[tuple[str, str]] = set()

    # ------------------------------------------------------------------ events

    def put_event(self, event: Event) -> None:
        """Set an event's view, its entities, sources and searchable text; touches every page that shows it."""
        before = self.event(event.id)
        if before == event:
            return
        sources = self._source_ids(event)
        touched = set(pages_of(event, sources))
        if before is not None:
            touched |= set(pages_of(before, self._source_ids(before)))
            if _as_sources_list(before, self._source_ids(before)) == _as_sources_list(event, sources):
                touched -= {f"source:{source}" for source in sources}
            if card(before) != card(event):
                touched |= {f"event:{other}" for other in (*self._listing(event.id), *self._nested_ids(event.id))}
        was_filed, is_filed = before is not None and before.status != "merged", event.status != "merged"
        moved = before is not None and before.day != event.day
        if was_filed and before is not None and (moved or not is_filed):
            touched |= self._around_day_alone(before)
        if is_filed and (moved or not was_filed):
            touched |= self._around_day_alone(event)
        if before is not None and before.status != event.status:
            self._relist(event.id)
        self._frequent.clear()
        self._write_event(event)
        self._write_tags(event, sources, new=before is None)
        self._write_text(event, new=before is None)
        self.touch(touched)

    def event(self, identifier: str) -> Event | None:
        """The event of this id."""
        if self._last_event is None or self._last_event[0] != identifier:
            self._last_event = (identifier, self._one(queries.ONE_EVENT, id=identifier))
        return self._last_event[1]

    def events(self, identifiers: Sequence[str]) -> dict[str, Event]:
        """The events of these ids."""
        found: dict[str, Event] = {}
        for start in range(0, len(identifiers), _CHUNK):
            asked = {"ids": list(identifiers[start : start + _CHUNK])}
            some = map(_DECODER.decode, self._database.execute(queries.EVENTS, asked).scalars())
            found.update({event.id: event for event in some})
        return found

    def event_at(self, permalink: str) -> Event | None:
        """The event of this permalink."""
        return self._one(queries.EVENT_AT, permalink=permalink)

    def event_of_rank(self, rank: int) -> Event | None:
        """The event that was the n-th to arrive."""
        return next(iter(self.events_of_ranks([rank])), None)

    def events_of_ranks(self, ranks: Sequence[int]) -> list[Event]:
        """The events that were the n-th to arrive, for each n given; in no order."""
        bodies = self._database.execute(queries.EVENTS_OF_RANKS, {"ranks": list(ranks)}).scalars()
        return [_DECODER.decode(body) for body in bodies]

    def events_on(self, day: date) -> list[Event]:
        """Events filed under a day, in order of arrival; merged ones are left out."""
        return self._events(queries.EVENTS_ON, day=day.isoformat())

    def recent_events(self, limit: int) -> list[Event]:
        """The newest events by day, then by arrival, newest first; current ones only."""
        column = schema.event.c
        newest = select(column.body).where(CURRENT).order_by(column.day.desc(), column.rank.desc())
        return self._events(newest.limit(limit))

    def nested_in(self, parent: str) -> list[Event]:
        """Events whose entry stands under that of `parent` (`event:…`), in order of arrival."""
        return self._events(queries.NESTED_IN, parent=parent)

    def permalinks(self) -> list[str]:
        """Permalinks of all events that are not merged, of entities and of sources, in order."""
        shown = select(schema.event.c.permalink).where(SHOWN)
        every = shown.union_all(select(schema.entity.c.permalink), select(schema.source.c.permalink))
        return sorted(self._database.execute(every).scalars())

    # ------------------------------------------------------------------ days

    def days(self, prefix: str = "") -> list[tuple[date, int]]:
        """Days that have events, oldest first, with their number; `prefix` is `2017` or `2017-05`."""
        query = select(schema.event.c.day, func.count()).where(SHOWN).group_by(schema.event.c.day)
        if prefix:
            query = query.where(schema.event.c.day >= prefix, schema.event.c.day < prefix + "~")
        rows = self._database.execute(query.order_by(schema.event.c.day))
        return [(date.fromisoformat(day), count) for day, count in rows]

    def day_beside(self, day: date, step: int) -> date | None:
        """The nearest day with events before (`step` -1) or after (+1) a day."""
        query = queries.DAY_BEFORE if step < 0 else queries.DAY_AFTER
        found = self._database.value(query, {"day": day.isoformat()})
        return date.fromisoformat(found) if found else None

    # ------------------------------------------------------------------ entities, sources, categories

    def put_entity(self, identifier: str, name: str, permalink: str) -> None:
        """Set an entity; one that is there keeps its first name and page."""
        row = {"id": identifier, "name": name, "permalink": permalink}
        self._database.rows(queries.ADD_ENTITY, row)
        self._known_entities.add(identifier)

    def has_entity(self, identifier: str) -> bool:
        """Whether an entity is there."""
        if identifier not in self._known_entities and self._row(queries.ENTITY, identifier):
            self._known_entities.add(identifier)
        return identifier in self._known_entities

    def put_source(self, source: Source) -> None:
        """Set a source; one that is there keeps its first name and page."""
        row = msgspec.structs.asdict(source)
        self._database.rows(queries.ADD_SOURCE, row)
        self._known_sources.add(source.id)

    def rename_source(self, identifier: str, name: str) -> None:
        """Show a source under another name; one that no event and no article has yet is left for later."""
        if name and self._database.rows(queries.RENAME_SOURCE, {"this": identifier, "called": name}):
            self._frequent.clear()
        if self.has_source(identifier):
            self.touch({f"source:{identifier}"})

    def has_source(self, identifier: str) -> bool:
        """Whether a source is there."""
        if identifier not in self._known_sources and self._row(queries.SOURCE, identifier):
            self._known_sources.add(identifier)
        return identifier in self._known_sources

    def add_aliases(self, pairs: Iterable[tuple[str, str]]) -> None:
        """Note words that an entity (its id) was shown with."""
        rows = []
        for pair in pairs:
            if pair in self._known_aliases:
                continue
            self._known_aliases.add(pair)
            identifier, words = pair
            rows.append({"entity": identifier, "words": words, "nth": len(words)})
        if rows:
            new = self._database.execute(queries.ADD_ALIAS, rows)
            self.touch({f"{kind}:{identifier}" for identifier in new.scalars() for kind in ("entity", "topic")})

    def entity(self, identifier: str) -> Entity | None:
        """The entity of this id."""
        row = self._row(queries.ENTITY, identifier)
        if row is None:
            return None
        _, name, permalink = row
        aliases = tuple(self._database.column(queries.ALIASES_OF, {"id": identifier}))
        known = self.naming(identifier)
        return Entity(
            id=identifier,
            name=name,
            kind=known.kind if known else "",
            permalink=permalink,
            aliases=tuple(alias for alias in aliases if alias != name),
            ids=known.ids if known else (),
        )

    def source(self, identifier: str) -> Source | None:
        """The source of this id."""
        row = self._row(queries.SOURCE, identifier)
        return Source(*row) if row is not None else None

    def find_entity(self, name: str) -> list[Entity]:
        """Entities of this name or alias, or with this page; the name as written first."""
        known, alias = schema.entity.c, schema.alias.c
        by_alias = select(alias.entity).where(func.lower(alias.words) == name.lower())
        same = (func.lower(known.name) == name.lower()) | (known.permalink == name) | known.id.in_(by_alias)
        found = self._database.execute(select(known.id).where(same).order_by(known.name != name, known.name, known.id))
        return [entity for identifier in found.scalars() if (entity := self.entity(identifier)) is not None]

    def events_with(self, what: Ref, *, role: str = "", year: int | None = None, limit: int = 200) -> list[Event]:
        """Events that carry `entity:…` (or `topic:…`), cite `source:…` or stand under `category:…`, newest first."""
        asked: dict[str, Any] = {"id": what.id, "limit": limit}
        role = "topic" if what.kind == "topic" else role
        if role:
            asked["role"] = role
        if year is not None:
            asked |= {"first": f"{year:04d}", "last": f"{year:04d}~"}
        return self._events(queries.newest_events(what.kind, role=bool(role), year=year is not None), **asked)

    def years_of(self, what: Ref, *, role: str = "") -> list[tuple[int, int]]:
        """Years with events of an entity, source or category, oldest first, with their number."""
        role = "topic" if what.kind == "topic" else role
        asked = {"id": what.id} | ({"role": role} if role else {})
        rows = self._database.rows(queries.years_with_events(what.kind, role=bool(role)), asked)
        return [(int(found), count) for found, count in rows]

    def companions(self, what: Ref, limit: int = 20) -> list[Companion]:
        """Entities that share most events with `entity:…`, or with the events under `topic:…`; ties by name."""
        is_topic = what.kind == "topic"
        asked = {"id": what.id, "limit": limit} | ({"role": "topic"} if is_topic else {})
        rows = self._database.rows(queries.companions_of(role=is_topic), asked)
        return [Companion(*row) for row in rows]

    def entity_pages(self, identifiers: Sequence[str]) -> dict[str, str]:
        """Permalinks of entities by their ids."""
        pages: dict[str, str] = {}
        for start in range(0, len(identifiers), _CHUNK):
            asked = {"ids": list(identifiers[start : start + _CHUNK])}
            pages.update((row.id, row.permalink) for row in self._database.execute(queries.PAGES_OF_ENTITIES, asked))
        return pages

    def crowded(self, above: int) -> set[str]:
        """Entities, sources and categories (as references) that have more than so many events."""
        found = set()
        tags, sources, events = schema.event_tag.c, schema.event_source.c, schema.event.c
        for kind, column in (("entity", tags.entity), ("source", sources.source), ("category", events.category)):
            query = select(column).group_by(column).having(func.count() > above)
            found |= {f"{kind}:{identifier}" for identifier in self._database.execute(query).scalars()}
        return found

    def most_frequent(self, kind: str, *, role: str = "", limit: int = 300) -> list[Companion]:
        """Entities, sources or categories (`kind`) with most events; ties by name."""
        known = self._frequent.get((kind, role))
        if known is None or limit > _FREQUENT:
            known = self._frequent[kind, role] = self._most_frequent(kind, role, max(limit, _FREQUENT))
        return known[:limit]

    def _most_frequent(self, kind: str, role: str, limit: int) -> list[Companion]:
        if kind == "category":
            column = schema.event.c.category
            counted = func.count()
            query = select(
                column.label("id"), column.label("name"), literal("").label("permalink"), counted.label("count")
            )
            query = query.where(CURRENT, column != "").group_by(column).order_by(counted.desc(), column)
        else:
            table, link = (
                (schema.source, schema.event_source) if kind == "source" else (schema.entity, schema.event_tag)
            )
            counted = func.count(func.distinct(link.c.event))
            query = (
                select(table.c.id, table.c.name, table.c.permalink, counted.label("count"))
                .select_from(link)
                .join(table, table.c.id == link.c[kind])
                .join(schema.event, and_(schema.event.c.id == link.c.event, CURRENT))
                .group_by(table.c.id)
                .order_by(counted.desc(), table.c.name, table.c.id)
            )
            if role:
                query = query.where(link.c.role == role)
        return [Companion(**row) for row in self._database.execute(query.limit(limit)).mappings()]

    def counts(self) -> Counts:
        """How much there is."""
        events = self._database.execute(
            select(func.count(), func.count(func.distinct(schema.event.c.day))).where(CURRENT)
        ).one()
        facts = SqliteFacts(self._database)
        return Counts(
            events=events[0],
            days=events[1],
            entities=self._count(schema.entity),
            sources=self._count(schema.source),
            entries=facts.count(Entry),
            revisions=facts.count(Revision),
            captures=facts.count(Capture),
            problems=facts.count(Problem),
            reports=self.last_report(),
        )

    def digest(self) -> str:
        """Name of what the views hold: a digest over every event and report. No time of a run goes into it."""
        state = hashlib.sha256()
        bodies = self._database.execute(select(schema.event.c.body).order_by(schema.event.c.permalink)).scalars()
        for body in chain(bodies, (_ENCODER.encode(_timeless(report)) for report in self.scan_reports())):
            state.update(len(body).to_bytes(8, "big"))
            state.update(body)
        return base64.b32encode(state.digest()[:15]).decode("ascii").lower()

    # ------------------------------------------------------------------ search

    def search(self, query: str, limit: int = 20) -> list[Hit]:
        """Events whose headline, lede, topics or entities have all the words of the query; the last may be
        unfinished.
        """
        match = match_query(query)
        if not match:
            return []
        rows = self._database.execute(
            text(
                "SELECT event.id, event.permalink, event.body, bm25(event_text, 4.0, 1.0, 2.0) AS badness "
                "FROM event_text JOIN event ON event.rank = event_text.rowid "
                "WHERE event_text MATCH :match AND event.status != 'merged' "
                "ORDER BY badness, event.rank DESC LIMIT :limit"
            ),
            {"match": match, "limit": limit},
        )
        hits = []
        for row in rows:
            event = _DECODER.decode(row.body)
            snippet = event.lede.text if event.lede else ""
            hits.append(
                Hit(
                    event=row.id,
                    permalink=row.permalink,
                    headline=event.headline,
                    date=event.day,
                    score=round(-row.badness, 4),
                    snippet=snippet[:200],
                )
            )
        return hits

    def clear(self) -> None:
        """Throw all views away; every page they had counts as touched."""
        for table in schema.VIEW_TABLES:
            self._database.execute(delete(table))
        self._database.execute(text("DELETE FROM event_text"))
        self._database.execute(text("DELETE FROM article_text"))
        self.forget()
        self.touch(self._database.execute(select(schema.page.c.ref)).scalars().all())

    def forget(self) -> None:
        """Drop what is held in memory, after a transaction that came to nothing."""
        super().forget()
        self._frequent.clear()
        self._last_event = None
        self._known_entities.clear()
        self._known_sources.clear()
        self._known_aliases.clear()

    # ------------------------------------------------------------------ inner parts

    def _write_event(self, event: Event) -> None:
        row = {
            "id": event.id,
            "rank": event.rank,
            "permalink": event.permalink,
            "day": event.day.isoformat(),
            "category": event.category,
            "status": event.status,
            "parent": event.parent,
            "body": _ENCODER.encode(event),
        }
        self._database.rows(queries.SET_EVENT, row)
        self._last_event = (event.id, event)
        self._last_rank = None if self._last_rank is None else max(self._last_rank, event.rank)

    def _write_tags(self, event: Event, sources: list[str], *, new: bool) -> None:
        place = {"event": event.id, "day": event.day.isoformat(), "rank": event.rank}
        if not new:
            for statement in (queries.DROP_TAGS, queries.DROP_SOURCES, queries.DROP_CITING):
                self._database.rows(statement, {"id": event.id})
        tags = {(tag.ref.partition(":")[2], tag.role) for tag in event.entities}
        if tags:
            rows: list[dict[str, Any]] = [place | {"entity": entity, "role": role} for entity, role in sorted(tags)]
            self._database.many(queries.ADD_TAG, rows)
        if sources:
            self._database.many(queries.ADD_EVENT_SOURCE, [place | {"source": source} for source in sources])

        pages = [citation.url for citation in event.citations]
        keys = sorted({url_key(url) for url in (*pages, *([event.cover.url] if event.cover else []))})
        if keys:
            cited = [{"address": key, "event": event.id, "rank": event.rank} for key in keys]
            self._database.many(queries.ADD_CITING, cited)

    def _write_text(self, event: Event, *, new: bool) -> None:
        names = [event.category, *(topic.text for topic in event.topics), *(tag.name for tag in event.entities)]
        if not new:
            self._database.rows(queries.DROP_TEXT, {"rank": event.rank})
        self._database.rows(
            queries.ADD_TEXT,
            {
                "rank": event.rank,
                "headline": segment(event.headline),
                "lede": segment(event.lede.text) if event.lede else "",
                "names": segment(" · ".join(names)),
            },
        )

    def _nested_ids(self, event: str) -> list[str]:
        """Events nested in one, merged ones too; their pages name it."""
        query = select(schema.event.c.id).where(schema.event.c.parent == f"event:{event}")
        return list(self._database.execute(query).scalars())

    def _around_day_alone(self, event: Event) -> set[str]:
        """Pages beside an event's day that lead to it or past it, if no other event is filed under that day."""
        asked = {"day": event.day.isoformat(), "id": event.id}
        if self._database.rows(queries.OTHERS_ON, asked):
            return set()
        around = set()
        for step in (-1, 1):
            beside = self.day_beside(event.day, step)
            if beside is not None:
                around |= {f"day:{beside}", f"month:{beside:%Y-%m}", f"year:{beside.year}"}
        return around

    def _source_ids(self, event: Event) -> list[str]:
        hosts = dict.fromkeys(host for citation in event.citations if (host := source_host(citation)))
        return sorted(source_id(host) for host in hosts)

    def _events(self, query: Select[bytes], **asked: Any) -> list[Event]:
        return [_DECODER.decode(body) for body in self._database.column(query, asked)]

    def _one(self, query: Select[bytes], **asked: Any) -> Event | None:
        body = self._database.value(query, asked)
        return _DECODER.decode(body) if body is not None else None

    def _row(self, query: Select[Any], identifier: str) -> tuple[Any, ...] | None:
        return next(iter(self._database.rows(query, {"id": identifier})), None)

    def _count(self, table: Table) -> int:
        return int(self._database.execute(select(func.count()).select_from(table)).scalar_one())
