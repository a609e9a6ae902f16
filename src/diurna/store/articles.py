"""Views of articles in the SQLite store: reports with their versions, what cited pages say, and texts to search in."""

from collections.abc import Iterator
from typing import Any

import msgspec
from sqlalchemy import bindparam, delete, func, select, text
from sqlalchemy.dialects.sqlite import insert as upsert

from diurna.model import Article, Report
from diurna.store import queries
from diurna.store.database import Database
from diurna.store.interface import ArticleHit
from diurna.store.related import RelatedViews
from diurna.store.schema import lead_picture, report, version
from diurna.text import segment, url_key

__all__ = ["ArticleViews", "match_query"]

_ENCODER = msgspec.json.Encoder()
_DECODER = msgspec.json.Decoder(Report)
_KEPT_REPORTS = 20_000
"""Reports held in memory, about 2 kB each."""

_ONE = select(report.c.body).where(report.c.id == bindparam("id"))
_AT = select(report.c.body).where(report.c.permalink == bindparam("permalink"))
_OF = select(version.c.report).where(version.c.article == bindparam("article"))
_LAST = select(func.coalesce(func.max(report.c.rank), 0))
_FAMILY = select(report.c.body).where(report.c.family == bindparam("family")).order_by(report.c.rank)
_OF_SOURCE = (
    select(report.c.body)
    .where(report.c.source == bindparam("source"), report.c.status == "current")
    .order_by(report.c.day.desc(), report.c.rank.desc())
    .limit(bindparam("limit"))
)
_COUNT_OF_SOURCE = select(func.count()).where(report.c.source == bindparam("source"), report.c.status == "current")
_SET = upsert(report)
_CHANGED = ("source", "day", "status", "family", "body")
_SET_REPORT = _SET.on_conflict_do_update(index_elements=("id",), set_={name: _SET.excluded[name] for name in _CHANGED})
_ADD_VERSION = upsert(version).on_conflict_do_nothing()
_ADD_PICTURE = upsert(lead_picture)
_DROP_PICTURE = delete(lead_picture).where(lead_picture.c.report == bindparam("of"))
_SHOWING = select(lead_picture.c.report).where(lead_picture.c.address == bindparam("address"))
_DROP_TEXT = text("DELETE FROM article_text WHERE rowid = :rank")
_ADD_TEXT = text("INSERT INTO article_text (rowid, title, lede, body) VALUES (:rank, :title, :lede, :body)")


def match_query(query: str) -> str:
    """A query's pieces as FTS5 strings, in which nothing is an operator; the last one is a prefix."""
    valid = query.replace("\0", " ").encode("utf-8", "replace").decode()
    pieces = [piece for piece in segment(valid).split() if any(character.isalnum() for character in piece)]
    quoted = ['"' + piece.replace('"', '""') + '"' for piece in pieces]
    return " ".join(quoted) + "*" if quoted else ""


class ArticleViews(RelatedViews):
    """Reports, and what pages cited by events say of themselves."""

    def __init__(self, database: Database) -> None:
        super().__init__(database)
        self._known_reports: dict[str, Report] = {}

    def forget(self) -> None:
        """Drop what is held in memory, after a transaction that came to nothing."""
        super().forget()
        self._known_reports.clear()

    # ------------------------------------------------------------------ reports

    def put_report(self, new: Report, article: Article | None) -> None:
        """Set a report's view and its searchable text (none without an article); touches the pages that show it."""
        before = self.report(new.id)
        row = {
            "id": new.id,
            "rank": new.rank,
            "permalink": new.permalink,
            "source": new.source,
            "day": new.day.isoformat() if new.day else "",
            "status": new.status,
            "family": new.copy_of or new.id,
            "body": _ENCODER.encode(new),
        }
        self._database.rows(_SET_REPORT, row)
        self._hold(new)
        for known in new.versions:
            self._database.rows(_ADD_VERSION, {"article": known.article, "report": new.id})
        if before is None or before.versions != new.versions or before.status != new.status:
            if before is not None:
                self._database.rows(_DROP_TEXT, {"rank": new.rank})
            if article is not None and new.status == "current":
                words = {"title": article.title, "lede": article.lede, "body": article.text}
                cut = {name: segment(value) for name, value in words.items()}
                self._database.rows(_ADD_TEXT, {"rank": new.rank, **cut})
            self._show_picture(new, article)
        if before != new:
            families = {state.copy_of for state in (before, new) if state is not None and state.copy_of}
            kin = [other.id for family in sorted(families) for other in self.family(family)]
            self.touch({f"article:{new.id}", f"source:{new.source}", *(f"article:{other}" for other in kin)})

    def report(self, identifier: str) -> Report | None:
        """The report of this id."""
        held = self._known_reports.get(identifier)
        if held is None:
            held = self._report(_ONE, id=identifier)
            if held is not None:
                self._hold(held)
        return held

    def report_at(self, permalink: str) -> Report | None:
        """The report of this permalink."""
        return self._report(_AT, permalink=permalink)

    def report_of(self, article: str) -> Report | None:
        """The report that an article is a version of."""
        found = self._database.value(_OF, {"article": article})
        return self.report(found) if found is not None else None

    def family(self, identifier: str) -> list[Report]:
        """Reports with one text, gathered under a report: its copies and itself, in order of arrival."""
        return [_DECODER.decode(body) for body in self._database.column(_FAMILY, {"family": identifier})]

    def reports_of(self, source: str, limit: int = 200) -> list[Report]:
        """The newest reports of a source that are current, newest first; undated ones last."""
        asked = {"source": source, "limit": limit}
        return [_DECODER.decode(body) for body in self._database.column(_OF_SOURCE, asked)]

    def count_reports(self, source: str) -> int:
        """How many current reports a source has."""
        return int(self._database.value(_COUNT_OF_SOURCE, {"source": source}))

    def scan_reports(self) -> Iterator[Report]:
        """All reports, in order of arrival."""
        rank = 0
        while True:
            query = select(report.c.rank, report.c.body).where(report.c.rank > rank).order_by(report.c.rank).limit(1000)
            rows = self._database.execute(query).all()
            if not rows:
                return
            for row in rows:
                yield _DECODER.decode(row.body)
            rank = rows[-1].rank

    def last_report(self) -> int:
        """How many reports have arrived."""
        return int(self._database.value(_LAST, {}))

    def search_articles(self, query: str, limit: int = 20) -> list[ArticleHit]:
        """Reports whose title, lede or text have all the words of the query, better ones first."""
        match = match_query(query)
        if not match:
            return []
        rows = self._database.execute(
            text(
                "SELECT report.body AS body, bm25(article_text, 4.0, 2.0, 1.0) AS badness, "
                "snippet(article_text, -1, '', '', ' … ', 24) AS snippet "
                "FROM article_text JOIN report ON report.rank = article_text.rowid "
                "WHERE article_text MATCH :match AND report.status = 'current' "
                "ORDER BY badness, report.rank DESC LIMIT :limit"
            ),
            {"match": match, "limit": limit},
        )
        return [ArticleHit(_DECODER.decode(row.body), round(-row.badness, 4), row.snippet) for row in rows]

    def scrub_texts(self) -> None:
        """Make the searchable texts anew, so that no index keeps a word of what was taken out."""
        self._database.execute(text("INSERT INTO article_text (article_text) VALUES ('rebuild')"))

    # ------------------------------------------------------------------ cited pages

    def put_reading(self, address: str, article: str) -> None:
        """Note the article that a page's address now stands for."""
        self._database.rows(queries.SET_READING, {"address": address, "article": article})

    def drop_reading(self, address: str) -> None:
        """Let a page's address stand for no article."""
        self._database.rows(queries.DROP_READING, {"address": address})

    def reading(self, address: str) -> str | None:
        """Id of the article read from a page (`url_key` of its address)."""
        found: str | None = self._database.value(queries.READING, {"address": address})
        return found

    def put_picture(self, address: str, capture: str) -> None:
        """Note the capture that holds a picture's bytes."""
        row = {"address": address, "capture": capture}
        self._database.rows(queries.ADD_PICTURE, row)
        showing = self._database.column(_SHOWING, {"address": address})
        self.touch({f"article:{report}" for report in showing})

    def picture(self, address: str) -> str | None:
        """Id of the capture that holds a picture's bytes."""
        found: str | None = self._database.value(queries.PICTURE, {"address": address})
        return found

    def citing(self, address: str) -> list[str]:
        """Ids of the events that cite a page, in order of arrival."""
        return self._database.column(queries.CITING, {"address": address})

    # ------------------------------------------------------------------ inner parts

    def _show_picture(self, new: Report, article: Article | None) -> None:
        """Note which picture a report shows, so that its page is written again when the picture's bytes come."""
        self._database.rows(_DROP_PICTURE, {"of": new.id})
        if article is not None and article.image is not None and new.status == "current":
            row = {"report": new.id, "address": url_key(article.image.url)}
            self._database.rows(_ADD_PICTURE, row)

    def _hold(self, new: Report) -> None:
        if len(self._known_reports) >= _KEPT_REPORTS:
            self._known_reports.clear()
        self._known_reports[new.id] = new

    def _report(self, query: Any, **asked: str) -> Report | None:
        body = self._database.value(query, asked)
        return _DECODER.decode(body) if body is not None else None
