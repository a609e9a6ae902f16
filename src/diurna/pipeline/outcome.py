"""What some input came to."""

from msgspec import Struct

from diurna.extract.outline import OutlineSource
from diurna.model import Problem
from diurna.store.interface import Wanted

__all__ = ["Outcome"]

_COUNTS = (
    "captures",
    "known",
    "revisions",
    "entries",
    "articles",
    "versions",
    "copies",
    "events",
    "changed",
    "understood",
    "annotations",
)


class Outcome(Struct):
    """Counts of what some input came to, and the problems it had.

    `articles` are new, `versions` are new states of articles known before, `copies` those whose text another article
    has; `understood` are articles that were read for names, times, figures and claims, `annotations` those of which
    something else was understood than before; `wanted` are pages that were found and noted to be fetched, `sources`
    those that an OPML file names.
    """

    captures: int = 0
    known: int = 0
    revisions: int = 0
    entries: int = 0
    articles: int = 0
    versions: int = 0
    copies: int = 0
    events: int = 0
    changed: int = 0
    understood: int = 0
    annotations: int = 0
    wanted: list[Wanted] = []
    sources: list[OutlineSource] = []
    problems: list[Problem] = []

    def add(self, other: "Outcome") -> None:
        """Count another input's outcome in."""
        for name in _COUNTS:
            setattr(self, name, getattr(self, name) + getattr(other, name))
        self.wanted += other.wanted
        self.sources += other.sources
        self.problems += other.problems
