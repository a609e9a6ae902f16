"""Who speaks in which sentences of an article: the entities that the chains of its claims name."""

from collections.abc import Callable

from diurna.model import Annotation, Claim, Span

__all__ = ["sentences_of_speakers"]


def sentences_of_speakers(
    annotation: Annotation, stands_for: Callable[[str, str], str]
) -> dict[str, dict[Span, list[Claim]]]:
    """Sentences in which each entity (by its reference) speaks, with the claims that it makes or passes on there; in
    the order of the text. The outlet itself does not count.

    `stands_for` tells the entity that a reference with some words stands for.
    """
    found: dict[str, dict[Span, list[Claim]]] = {}
    for claim in annotation.claims:
        if claim.kind == "statement" and not claim.content:
            continue
        refs = (stands_for(voice.ref, voice.words) for voice in claim.chain if voice.ref and voice.kind != "outlet")
        for ref in dict.fromkeys(refs):
            found.setdefault(ref, {}).setdefault(claim.sentence, []).append(claim)
    return found
