"""The append-only part of the SQLite store."""

from collections.abc import Iterable, Iterator
from typing import Any, TypeVar

import msgspec
from msgspec import Struct
from sqlalchemy import func, select

from diurna.errors import DiurnaError
from diurna.model import Annotation, Article, Capture, Entry, Judgement, Permalink, Problem, Revision, Source
from diurna.store import queries
from diurna.store.database import Database
from diurna.store.schema import fact

__all__ = ["KINDS", "SqliteFacts", "about"]

T = TypeVar("T", bound=Struct)

KINDS: dict[str, type[Struct]] = {
    kind.__name__.lower(): kind
    for kind in (Annotation, Article, Capture, Entry, Judgement, Permalink, Problem, Revision, Source)
}
_NAMES = {kind: name for name, kind in KINDS.items()}
_DECODERS = {name: msgspec.json.Decoder(kind) for name, kind in KINDS.items()}
_ENCODER = msgspec.json.Encoder()
_CHUNK = 500  # SQLite takes 32,766 variables in a statement; far below, since the lists are short in practice


def about(record: Struct) -> str:
    """What a record is looked up by, beside its id; see `Facts.about`."""
    match record:
        case Revision():
            return record.day.isoformat()
        case Judgement():
            return record.subject
        case Permalink():
            return record.ref
        case Article():
            return record.url
        case Entry():
            return record.day.isoformat()
        case Capture():
            return record.digest
        case Problem():
            return record.where
        case Annotation():
            return record.of
        case Source():
            return record.host
        case _:
            return ""


class SqliteFacts:
    """Facts in one table, in the order of their arrival."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def append(self, record: Struct) -> int:
        """Keep a record; returns its arrival number, 0 when one of its kind and id is there already."""
        row = {
            "kind": _NAMES[type(record)],
            "id": record.id,  # type: ignore[attr-defined]  # every kind of fact has one: tests/store checks it
            "about": about(record),
            "body": _ENCODER.encode(record),
        }
        return self._database.value(queries.ADD_FACT, row) or 0

    def get(self, kind: type[T], identifier: str) -> T | None:
        """The record of this kind and id."""
        return self.get_many(kind, [identifier]).get(identifier)

    def get_many(self, kind: type[T], identifiers: Iterable[str]) -> dict[str, T]:
        """The records of these ids that are there, in the order asked for."""
        name = _NAMES[kind]
        found: dict[str, T] = {}
        wanted = list(dict.fromkeys(identifiers))
        if len(wanted) == 1:
            body = self._database.value(queries.FACT, {"kind": name, "id": wanted[0]})
            return {wanted[0]: self._decode(name, body)} if body is not None else {}
        for start in range(0, len(wanted), _CHUNK):
            asked = {"kind": name, "ids": wanted[start : start + _CHUNK]}
            rows = self._database.execute(queries.FACTS, asked)
            found.update({identifier: self._decode(name, body) for identifier, body in rows})
        return {identifier: found[identifier] for identifier in wanted if identifier in found}

    def numbers(self, kind: type[Struct], identifiers: Iterable[str]) -> dict[str, int]:
        """Arrival numbers of the records of these ids that are there."""
        asked = {"kind": _NAMES[kind]}
        found = {
            identifier: self._database.value(queries.NUMBER, asked | {"id": identifier}) for identifier in identifiers
        }
        return {identifier: number for identifier, number in found.items() if number is not None}

    def about(self, kind: type[T], key: str) -> list[T]:
        """Records by what they are about, as they arrived."""
        return [record for _, record in self.arrivals(kind, key)]

    def arrivals(self, kind: type[T], key: str) -> list[tuple[int, T]]:
        """Records by what they are about, each with its arrival number."""
        name = _NAMES[kind]
        rows = self._database.rows(queries.FACTS_ABOUT, {"kind": name, "about": key})
        return [(seq, self._decode(name, body)) for seq, body in rows]

    def starting(self, kind: type[T], prefix: str, *, by_key: bool = False, limit: int = 20) -> list[T]:
        """Records whose id, or what they are about (as `about` has it), begins with some characters; in that order."""
        name, column = _NAMES[kind], fact.c.about if by_key else fact.c.id
        within = (fact.c.kind == name, column >= prefix, column < prefix + "\U0010ffff")
        query = select(fact.c.body).where(*within).order_by(column, fact.c.seq).limit(limit)
        return [self._decode(name, body) for body in self._database.execute(query).scalars()]

    def last(self, kind: type[T]) -> T | None:
        """The record of a kind that arrived last."""
        name = _NAMES[kind]
        query = select(fact.c.body).where(fact.c.kind == name).order_by(fact.c.seq.desc()).limit(1)
        body = self._database.execute(query).scalar_one_or_none()
        return self._decode(name, body) if body is not None else None

    def scan(self, *kinds: type[Struct], after: int = 0) -> Iterator[tuple[int, Struct]]:
        """Records of these kinds with their arrival numbers, as they arrived; read in pieces, so that others may
        write.
        """
        names = [_NAMES[kind] for kind in kinds] or list(KINDS)
        while True:
            query = (
                select(fact.c.seq, fact.c.kind, fact.c.body)
                .where(fact.c.kind.in_(names), fact.c.seq > after)
                .order_by(fact.c.seq)
                .limit(2000)
            )
            rows = self._database.execute(query).all()
            if not rows:
                return
            for row in rows:
                yield row.seq, self._decode(row.kind, row.body)
            after = rows[-1].seq

    def count(self, kind: type[Struct]) -> int:
        """How many records of a kind there are."""
        query = select(func.count()).where(fact.c.kind == _NAMES[kind])
        return int(self._database.execute(query).scalar_one())

    def erase(self, records: Iterable[Annotation | Article | Problem]) -> None:
        """Take the words out of articles, which leaves their tombstones; remove annotations, and problems that quote
        them.
        """
        for record in records:
            key: dict[str, Any] = {"of": _NAMES[type(record)], "this": record.id}
            if isinstance(record, Article):
                left = Article(
                    id=record.id,
                    capture=record.capture,
                    component=record.component,
                    url=record.url,
                    canonical=record.canonical,
                    publisher=record.publisher,
                    whole=record.whole,
                )
                self._database.rows(queries.SET_FACT, key | {"body": _ENCODER.encode(left)})
            else:
                self._database.rows(queries.DROP_FACT, key)

    @staticmethod
    def _decode(name: str, body: bytes) -> Any:
        try:
            return _DECODERS[name].decode(body)
        except msgspec.ValidationError as error:
            raise DiurnaError(
                f"a stored {name} cannot be read ({error}); the store is damaged or was changed by another program. "
                "Run `diurna check`, then `diurna restore` from a backup."
            ) from error
