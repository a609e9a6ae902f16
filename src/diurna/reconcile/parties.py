"""Who is a party to the matter, who looks on, who merely reports; and from which party no statement is recorded.

A party is one that is said outright to have done it, or to own it, or that says so of another. Who is none of that and
bears the name of an observer looks on. Of others nothing is told.
"""

import re
from collections.abc import Iterable, Sequence

from diurna.model import Annotation, Article
from diurna.reconcile.origins import name_key

__all__ = ["Parties"]

_ACCUSED = frozenset(("perpetrator", "owner"))
_ACCUSING = re.compile(r"\b(?:accus(?:e[ds]?|ing)|blam(?:e[ds]?|ing)|den(?:y|ies|ied)|claimed responsibility)\b")
_OBSERVER = re.compile(
    r"\b(?:observator(?:y|ies)|monitor(?:s|ing)?|observers?|watch|institutes?|survey|seismolog\w+|geolog\w+|experts?"
    r"|analysts?|researchers?|scientists?|universit(?:y|ies)|think tank|witness(?:es)?|residents?|villagers|network"
    r"|red cross|red crescent|united nations|UN|hospitals?|doctors?|medics?)\b",
    re.IGNORECASE,
)
_NAMED = re.compile(r"^(?:the\s)?[A-Z]")


class Parties:
    """The parties to an event, as its members name them; `silent` are those from whom they record no statement."""

    def __init__(self, members: Iterable[tuple[Article, Annotation, frozenset[str]]], origins: Sequence[str]) -> None:
        named: dict[frozenset[str], str] = {}
        spoken = [name_key(words) for words in origins]
        for article, annotation, elsewhere in members:
            text = article.text
            for claim in annotation.claims:
                if claim.id in elsewhere:
                    continue
                said = [voice.words for voice in claim.chain if voice.kind != "outlet"]
                spoken += [name_key(words) for words in said]
                if claim.kind == "figure" and claim.attribute in _ACCUSED and not claim.subject and claim.measured:
                    words = text[claim.measured.start : claim.measured.end]
                    if _NAMED.match(words):
                        named.setdefault(name_key(words), words)
                    if said and _ACCUSING.search(text, claim.sentence.start, claim.sentence.end):
                        named.setdefault(name_key(said[-1]), said[-1])
        self._named = {key: words for key, words in named.items() if key}
        self.silent = tuple(
            words for key, words in self._named.items() if not any(key & other for other in spoken if other)
        )

    def role_of(self, origin: str, outlets: Iterable[str]) -> str:
        """`party`, `bystander`, `reporter` for an outlet in its own name; empty where nothing tells."""
        if origin in outlets:
            return "reporter"
        key = name_key(origin)
        if any(key <= party or party <= key for party in self._named):
            return "party"
        return "bystander" if _OBSERVER.search(origin) else ""
