"""Attribution chains: from the outlet through those who carry a statement to the one who made it."""

from spacy.tokens import Doc

from diurna.model import Voice

__all__ = ["chains"]


def chains(doc: Doc, outlet: str) -> tuple[tuple[Voice, ...], ...]:
    """For each statement of a document who speaks, from the outlet to the origin."""
    return tuple((Voice(outlet, "outlet"),) for _ in doc._.diurna_statements)
