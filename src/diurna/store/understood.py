"""What a stage may ask of storage about what was understood of articles: the part of `Views` that is about it."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Protocol

from msgspec import Struct

from diurna.model import Annotation, Article, Naming, Report

__all__ = ["KnownAs", "SpeaksIn", "Understood", "Unread"]


class Unread(Struct, frozen=True):
    """Article that waits to be understood, and its arrival number; of an entry (`kind`), its words as an article."""

    number: int
    article: Article
    kind: str = "article"


class SpeaksIn(Struct, frozen=True):
    """Report in which an entity speaks, and in how many of its sentences."""

    report: Report
    sentences: int


class KnownAs(Struct, frozen=True):
    """Words that a list uses for an entity (its id) of this name; `key` is what such words are compared by."""

    key: str
    entity: str
    words: str
    name: str


class Understood(Protocol):
    """Annotations, the entities that articles name, and the names that lists teach."""

    def add_unread(self, article: str) -> None:
        """Note that an article or an entry (its id) waits to be understood."""

    def unread(self, after: int, limit: int) -> list[Unread]:
        """Articles that wait, in order of arrival, those behind an arrival number."""

    def count_unread(self) -> int:
        """How many articles wait."""

    def put_annotation(self, annotation: Annotation) -> None:
        """Let an annotation be its article's current one, and its mentions and claims be found by their ids."""

    def drop_annotation(self, article: str) -> None:
        """Let an article (its id) have no annotation, and not wait for one."""

    def annotation_of(self, article: str) -> str | None:
        """Id of an article's current annotation."""

    def article_of(self, part_id: str) -> str | None:
        """Id of the article that a mention or claim (its id) stands in."""

    def parts_starting(self, prefix: str, limit: int = 20) -> list[str]:
        """Ids of mentions and claims that begin with some characters, in order."""

    def put_named(self, new: Report, namings: Sequence[Naming], read_as: Sequence[str] = ()) -> list[str]:
        """Set which entities a report names; the ids of those that more or fewer reports name now.

        `read_as` are ids of entities that its words were taken for before people decided otherwise.
        """

    def named_in(self, report_id: str) -> list[str]:
        """Ids of the entities that a report names."""

    def reports_naming(self, entity: str, limit: int = 200) -> list[Report]:
        """The newest reports that name an entity, newest first; undated ones last."""

    def reports_read_as(self, entity: str) -> list[Report]:
        """Reports with words that were taken for an entity, whatever people decided of them, in order of arrival."""

    def count_naming(self, entity: str) -> int:
        """How many reports name an entity."""

    def naming(self, entity: str) -> Naming | None:
        """What is known of an entity that articles name."""

    def namings_called(self, name: str) -> list[Naming]:
        """Entities that articles name and that are called so, in any case of letters; the name as written first."""

    def namings_starting(self, prefix: str, limit: int = 20) -> list[Naming]:
        """Entities that articles name and whose ids begin with some characters, in order."""

    def put_spoken(self, new: Report, sentences: Mapping[str, int]) -> None:
        """Set in how many sentences of a report entities (their ids) speak; touches the pages that quote it."""

    def spoken_in(self, entity: str, month: str | None = None, limit: int = 200) -> list[SpeaksIn]:
        """The newest reports in which an entity speaks, newest first and undated ones last; of all or of one month
        (`2017-05`, empty for undated ones).
        """

    def spoken_months(self, entity: str) -> list[tuple[str, int]]:
        """Months (`2017-05`, empty for undated reports) in which an entity speaks, oldest first, with the number of
        sentences.
        """

    def speakers_of(self, report: str) -> list[str]:
        """Ids of the entities that speak in a report, in order."""

    def much_spoken(self, above: int) -> list[str]:
        """Ids of the entities that speak in more than so many sentences, in order."""

    def put_one_with(self, entity: str, into: str) -> None:
        """Let an entity (its id) be one with another; with itself, it stands for itself again."""

    def one_with(self, entity: str) -> str:
        """Id of the entity that an entity is one with; its own where nobody said so."""

    def add_list_names(self, names: Iterable[KnownAs], since: int) -> None:
        """Note words that lists use for an entity, known from an arrival number on."""

    def list_names(self, keys: Sequence[str], before: int) -> list[KnownAs]:
        """What lists call by some names (their keys), as known before an arrival number."""
