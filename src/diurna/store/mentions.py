"""Views of what articles name and claim in the SQLite store: who is named where, and what is still to be read."""

from collections.abc import Iterable, Sequence

import msgspec
from sqlalchemy import bindparam, delete, func, or_, select
from sqlalchemy.dialects.sqlite import insert as upsert

from diurna.model import Annotation, Article, Entry, Naming, Report, entry_article
from diurna.store.database import Database
from diurna.store.schema import annotated, fact, list_name, mentioned, naming, one_with, part, report, unread
from diurna.store.spoken import SpokenViews
from diurna.store.understood import KnownAs, Unread

__all__ = ["MentionViews"]

_REPORTS = msgspec.json.Decoder(Report)
_ARTICLES = msgspec.json.Decoder(Article)
_ENTRIES = msgspec.json.Decoder(Entry)
_CHUNK = 500
_KEPT_IDS = 50_000
"""Articles whose annotation's id is held in memory, about 200 bytes each."""

_FACT_OF = select(fact.c.seq, fact.c.id).where(
    or_(fact.c.kind == "article", fact.c.kind == "entry"), fact.c.id == bindparam("of")
)
_ADD_UNREAD = upsert(unread).from_select(["number", "article"], _FACT_OF).prefix_with("OR IGNORE")
_DROP_UNREAD = delete(unread).where(unread.c.article == bindparam("of"))
_UNREAD = (
    select(unread.c.number, fact.c.kind, fact.c.body)
    .join(fact, fact.c.seq == unread.c.number)
    .where(unread.c.number > bindparam("after"))
    .order_by(unread.c.number)
    .limit(bindparam("limit"))
)
_COUNT_UNREAD = select(func.count()).select_from(unread)
_SET = upsert(annotated)
_SET_ANNOTATED = _SET.on_conflict_do_update(index_elements=("article",), set_={"annotation": _SET.excluded.annotation})
_ANNOTATED = select(annotated.c.annotation).where(annotated.c.article == bindparam("article"))
_DROP_ANNOTATED = delete(annotated).where(annotated.c.article == bindparam("of"))
_ADD_PART = upsert(part).on_conflict_do_nothing()
_DROP_PARTS = delete(part).where(part.c.article == bindparam("of"))
_PART = select(part.c.article).where(part.c.id == bindparam("id"))
_ADD_NAMING = upsert(naming).on_conflict_do_nothing()
_NAMING = select(naming).where(naming.c.id == bindparam("id"))
_CALLED = (
    select(naming)
    .where(func.lower(naming.c.name) == bindparam("lower"))
    .order_by(naming.c.name != bindparam("name"), naming.c.name, naming.c.id)
)
_ADD_MENTIONED = upsert(mentioned).on_conflict_do_nothing()
_DROP_MENTIONED = delete(mentioned).where(mentioned.c.report == bindparam("of"))
_COUNTED = mentioned.c.counted.is_(True)
_NAMED_IN = (
    select(mentioned.c.entity).where(mentioned.c.report == bindparam("report"), _COUNTED).order_by(mentioned.c.entity)
)
_EVER_IN = select(mentioned.c.entity).where(mentioned.c.report == bindparam("report"))
_COUNT_NAMING = select(func.count()).where(mentioned.c.entity == bindparam("entity"), _COUNTED)
_READ_AS = (
    select(report.c.body)
    .join(mentioned, mentioned.c.report == report.c.id)
    .where(mentioned.c.entity == bindparam("entity"))
    .order_by(report.c.rank)
)
_ORPHANS = delete(naming).where(
    naming.c.id == bindparam("of"), ~select(mentioned.c.entity).where(mentioned.c.entity == naming.c.id).exists()
)
_NAMED_BY = (
    select(report.c.body)
    .join(mentioned, mentioned.c.report == report.c.id)
    .where(mentioned.c.entity == bindparam("entity"), _COUNTED)
    .order_by(mentioned.c.day.desc(), mentioned.c.rank.desc())
    .limit(bindparam("limit"))
)
_ADD_ONE_WITH = upsert(one_with)
_DROP_ONE_WITH = delete(one_with).where(one_with.c.entity == bindparam("of"))
_ONE_WITH = select(one_with.c.into).where(one_with.c.entity == bindparam("entity"))
_ADD_LIST_NAME = upsert(list_name).on_conflict_do_nothing()
_LIST_NAMES = (
    select(list_name.c.key, list_name.c.entity, list_name.c.words, list_name.c.name)
    .where(list_name.c.key.in_(bindparam("keys", expanding=True)), list_name.c.since < bindparam("before"))
    .order_by(list_name.c.key, list_name.c.since, list_name.c.entity, list_name.c.words)
)


class MentionViews(SpokenViews):
    """What was understood of articles, and what was not read for it yet."""

    def __init__(self, database: Database) -> None:
        super().__init__(database)
        self._current: dict[str, str] = {}

    def forget(self) -> None:
        """Drop what is held in memory, after a transaction that came to nothing."""
        super().forget()
        self._current.clear()

    # ------------------------------------------------------------------ articles that wait to be read

    def add_unread(self, article: str) -> None:
        """Note that an article or an entry (its id) waits to be understood."""
        self._database.rows(_ADD_UNREAD, {"of": article})

    def unread(self, after: int, limit: int) -> list[Unread]:
        """Articles that wait, in order of arrival, those behind an arrival number."""
        rows = self._database.rows(_UNREAD, {"after": after, "limit": limit})
        return [
            Unread(number, entry_article(_ENTRIES.decode(body)) if kind == "entry" else _ARTICLES.decode(body), kind)
            for number, kind, body in rows
        ]

    def count_unread(self) -> int:
        """How many articles wait."""
        return int(self._database.value(_COUNT_UNREAD, {}))

    # ------------------------------------------------------------------ annotations

    def put_annotation(self, annotation: Annotation) -> None:
        """Let an annotation be its article's current one, and its mentions and claims be found by their ids."""
        article = annotation.of.partition(":")[2]
        self._database.rows(_SET_ANNOTATED, {"article": article, "annotation": annotation.id})
        self._current.pop(article, None)
        self._database.rows(_DROP_UNREAD, {"of": article})
        self._database.rows(_DROP_PARTS, {"of": article})
        ids = [mention.id for mention in annotation.mentions] + [claim.id for claim in annotation.claims]
        self._database.many(_ADD_PART, [{"id": identifier, "article": article} for identifier in ids])

    def drop_annotation(self, article: str) -> None:
        """Let an article (its id) have no annotation, and not wait for one."""
        self._current.pop(article, None)
        for statement in (_DROP_UNREAD, _DROP_ANNOTATED, _DROP_PARTS):
            self._database.rows(statement, {"of": article})

    def annotation_of(self, article: str) -> str | None:
        """Id of an article's current annotation."""
        found = self._current.get(article)
        if found is None:
            found = self._database.value(_ANNOTATED, {"article": article})
            if found is not None:
                if len(self._current) >= _KEPT_IDS:
                    self._current.clear()
                self._current[article] = found
        return found

    def article_of(self, part_id: str) -> str | None:
        """Id of the article that a mention or claim (its id) stands in."""
        found: str | None = self._database.value(_PART, {"id": part_id})
        return found

    def parts_starting(self, prefix: str, limit: int = 20) -> list[str]:
        """Ids of mentions and claims that begin with some characters, in order."""
        within = (part.c.id >= prefix, part.c.id < prefix + "~")
        return list(self._database.execute(select(part.c.id).where(*within).order_by(part.c.id).limit(limit)).scalars())

    # ------------------------------------------------------------------ who is named where

    def put_named(self, new: Report, namings: Sequence[Naming], read_as: Sequence[str] = ()) -> list[str]:
        """Set which entities a report names; the ids of those that more or fewer reports name now.

        `read_as` are ids of entities that its words were taken for before people decided otherwise.
        """
        before = set(self._database.column(_NAMED_IN, {"report": new.id}))
        ever = set(self._database.column(_EVER_IN, {"report": new.id}))
        after = {known.ref.partition(":")[2]: known for known in namings}
        self._database.rows(_DROP_MENTIONED, {"of": new.id})
        day = new.day.isoformat() if new.day else ""
        for identifier, known in sorted(after.items()):
            row = {"id": identifier, "name": known.name, "kind": known.kind, "ids": " ".join(known.ids)}
            self._database.rows(_ADD_NAMING, row)
        for identifier in sorted({*after, *read_as}):
            place = {"entity": identifier, "report": new.id, "day": day, "rank": new.rank}
            self._database.rows(_ADD_MENTIONED, place | {"counted": identifier in after})
        for identifier in sorted(ever - {*after, *read_as}):
            self._database.rows(_ORPHANS, {"of": identifier})
        self.touch({f"entity:{identifier}" for identifier in before | set(after)} | {f"article:{new.id}"})
        return sorted(before ^ set(after))

    def named_in(self, report_id: str) -> list[str]:
        """Ids of the entities that a report names."""
        return self._database.column(_NAMED_IN, {"report": report_id})

    def reports_naming(self, entity: str, limit: int = 200) -> list[Report]:
        """The newest reports that name an entity, newest first; undated ones last."""
        return [_REPORTS.decode(body) for body in self._database.column(_NAMED_BY, {"entity": entity, "limit": limit})]

    def reports_read_as(self, entity: str) -> list[Report]:
        """Reports with words that were taken for an entity, whatever people decided of them, in order of arrival."""
        return [_REPORTS.decode(body) for body in self._database.column(_READ_AS, {"entity": entity})]

    def count_naming(self, entity: str) -> int:
        """How many reports name an entity."""
        return int(self._database.value(_COUNT_NAMING, {"entity": entity}))

    def naming(self, entity: str) -> Naming | None:
        """What is known of an entity that articles name."""
        rows = self._database.rows(_NAMING, {"id": entity})
        return _naming(*rows[0]) if rows else None

    def namings_called(self, name: str) -> list[Naming]:
        """Entities that articles name and that are called so, in any case of letters; the name as written first."""
        return [_naming(*row) for row in self._database.rows(_CALLED, {"lower": name.lower(), "name": name})]

    def namings_starting(self, prefix: str, limit: int = 20) -> list[Naming]:
        """Entities that articles name and whose ids begin with some characters, in order."""
        within = (naming.c.id >= prefix, naming.c.id < prefix + "~")
        found = self._database.execute(select(naming).where(*within).order_by(naming.c.id).limit(limit))
        return [_naming(*row) for row in found]

    def put_one_with(self, entity: str, into: str) -> None:
        """Let an entity (its id) be one with another; with itself, it stands for itself again."""
        self._database.rows(_DROP_ONE_WITH, {"of": entity})
        if into != entity:
            self._database.rows(_ADD_ONE_WITH, {"entity": entity, "into": into})
        self.touch({f"{kind}:{identifier}" for kind in ("entity", "topic") for identifier in (entity, into)})

    def one_with(self, entity: str) -> str:
        """Id of the entity that an entity is one with; its own where nobody said so."""
        into: str | None = self._database.value(_ONE_WITH, {"entity": entity})
        return into or entity

    # ------------------------------------------------------------------ names that lists teach

    def add_list_names(self, names: Iterable[KnownAs], since: int) -> None:
        """Note words that lists use for an entity, known from an arrival number on."""
        rows = [
            {"key": known.key, "entity": known.entity, "words": known.words, "name": known.name, "since": since}
            for known in names
        ]
        if rows:
            self._database.many(_ADD_LIST_NAME, rows)

    def list_names(self, keys: Sequence[str], before: int) -> list[KnownAs]:
        """What lists call by some names (their keys), as known before an arrival number."""
        found: list[KnownAs] = []
        for start in range(0, len(keys), _CHUNK):
            asked = {"keys": list(keys[start : start + _CHUNK]), "before": before}
            found += [KnownAs(*row) for row in self._database.execute(_LIST_NAMES, asked)]
        return found


def _naming(identifier: str, name: str, kind: str, ids: str) -> Naming:
    return Naming(f"entity:{identifier}", name, kind, tuple(ids.split()))
