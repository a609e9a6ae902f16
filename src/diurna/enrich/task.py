"""What the taggers are given and what they give back: one article, and what was understood of it.

Nothing here loads a language model, so that the process that writes need not.
"""

from collections.abc import Mapping

from msgspec import Struct, field

from diurna.enrich.entities.resolver import KnownName
from diurna.model import Annotation, Article, Problem, content_digest, make_id

__all__ = ["COMPONENT", "Annotated", "Like", "Task", "annotation_id"]

COMPONENT = "enrich/2"


class Like(Struct, frozen=True):
    """Article with much of the same text, and what was understood of it: a copy's origin, or an earlier version."""

    article: Article
    annotation: Annotation


class Task(Struct, frozen=True, kw_only=True):
    """Article to be understood: `outlet` names its publisher, `known` what lists call by words that occur in it; of an
    entry (`kind`), its words as an article.

    With `like`, only what is not in that one's text is read; the rest is taken over.
    """

    article: Article
    outlet: str = ""
    known: Mapping[str, tuple[KnownName, ...]] = field(default_factory=dict)
    like: Like | None = None
    kind: str = "article"

    @property
    def of(self) -> str:
        """Reference of what is to be understood."""
        return f"{self.kind}:{self.article.id}"


class Annotated(Struct, frozen=True):
    """What was understood of an article, and what was given up."""

    annotation: Annotation
    problems: tuple[Problem, ...] = ()


def annotation_id(annotation: Annotation, encoded: bytes) -> str:
    """Identifier of an annotation: by its article, its component, and all that it says."""
    return make_id("annotation", annotation.of, annotation.component, content_digest(encoded))
