"""Views of who speaks in which report in the SQLite store."""

from collections.abc import Mapping

import msgspec
from sqlalchemy import bindparam, delete, func, select
from sqlalchemy.dialects.sqlite import insert

from diurna.model import Report
from diurna.store.articles import ArticleViews
from diurna.store.schema import report, spoken
from diurna.store.understood import SpeaksIn

__all__ = ["SpokenViews"]

_REPORTS = msgspec.json.Decoder(Report)
_ADD = insert(spoken)
_DROP = delete(spoken).where(spoken.c.report == bindparam("of"))
_SPEAKERS = select(spoken.c.entity).where(spoken.c.report == bindparam("report")).order_by(spoken.c.entity)
_SPOKEN_IN = (
    select(report.c.body, spoken.c.sentences)
    .join(spoken, spoken.c.report == report.c.id)
    .where(spoken.c.entity == bindparam("entity"))
    .order_by(spoken.c.day.desc(), spoken.c.rank.desc())
    .limit(bindparam("limit"))
)
_SPOKEN_IN_MONTH = _SPOKEN_IN.where(spoken.c.month == bindparam("month"))
_MONTHS = (
    select(spoken.c.month, func.sum(spoken.c.sentences))
    .where(spoken.c.entity == bindparam("entity"))
    .group_by(spoken.c.month)
    .order_by(spoken.c.month)
)
_MUCH_SPOKEN = (
    select(spoken.c.entity)
    .group_by(spoken.c.entity)
    .having(func.sum(spoken.c.sentences) > bindparam("above"))
    .order_by(spoken.c.entity)
)


class SpokenViews(ArticleViews):
    """In which reports an entity speaks, and how often."""

    def put_spoken(self, new: Report, sentences: Mapping[str, int]) -> None:
        """Set in how many sentences of a report entities (their ids) speak; touches the pages that quote it."""
        before = self.speakers_of(new.id)
        if not before and not sentences:
            return
        day = new.day.isoformat() if new.day else ""
        self._database.rows(_DROP, {"of": new.id})
        place = {"report": new.id, "month": day[:7], "day": day, "rank": new.rank}
        for entity, count in sorted(sentences.items()):
            self._database.rows(_ADD, place | {"entity": entity, "sentences": count})
        self.touch({f"entity:{entity}" for entity in {*before, *sentences}})

    def spoken_in(self, entity: str, month: str | None = None, limit: int = 200) -> list[SpeaksIn]:
        """The newest reports in which an entity speaks, newest first and undated ones last; of all or of one month
        (`2017-05`, empty for undated ones).
        """
        asked = {"entity": entity, "limit": limit} | ({"month": month} if month is not None else {})
        rows = self._database.rows(_SPOKEN_IN if month is None else _SPOKEN_IN_MONTH, asked)
        return [SpeaksIn(_REPORTS.decode(body), sentences) for body, sentences in rows]

    def spoken_months(self, entity: str) -> list[tuple[str, int]]:
        """Months (`2017-05`, empty for undated reports) in which an entity speaks, oldest first, with the number of
        sentences.
        """
        return [(month, int(count)) for month, count in self._database.rows(_MONTHS, {"entity": entity})]

    def speakers_of(self, report: str) -> list[str]:
        """Ids of the entities that speak in a report, in order."""
        return self._database.column(_SPEAKERS, {"report": report})

    def much_spoken(self, above: int) -> list[str]:
        """Ids of the entities that speak in more than so many sentences, in order."""
        return self._database.column(_MUCH_SPOKEN, {"above": above})
