"""Which entity a reference stands for once people have said that two are one, or that some words name another."""

from collections.abc import Callable, Iterable, Sequence

from diurna.enrich.entities.keys import name_tokens
from diurna.model import Judgement, make_id

__all__ = ["Merges", "apart_ref", "merges_of"]

Standing = Callable[[str], Sequence[Judgement]]
"""Judgements about a subject that nobody took back, in order of arrival."""


class Merges:
    """Follows people's judgements about entities: `same` and `apart`.

    `entity:A same entity:B`: whatever names A names B. `entity:A apart entity:B` with words as its value: where those
    words were taken for A, B is meant; with A as the object too, an entity of their own (`apart_ref`). The last word
    about a thing counts. Merges that run in a circle end at the least reference in it, and words never come back to the
    entity that they were parted from.
    """

    def __init__(self, standing: Standing) -> None:
        self._standing = standing

    def stands_for(self, ref: str, words: str = "") -> str:
        """The reference of the entity that `ref` stands for, for one of its names or, without words, for all."""
        path = [ref]
        parted = 0
        while True:
            target, by_words = self._step(path[-1], words)
            if target in path:
                back = path.index(target)
                return min(path[back:]) if back >= parted else path[-1]
            if by_words:
                parted = len(path)
            path.append(target)

    def stand_ins(self, refs: Iterable[str]) -> dict[str, str]:
        """Those of these references that stand for another entity than their own, and which."""
        found = ((ref, self.stands_for(ref)) for ref in refs)
        return {ref: target for ref, target in found if target != ref}

    def _step(self, ref: str, words: str) -> tuple[str, bool]:
        """Where a reference leads next, itself if nowhere, and whether its words lead there."""
        judged = [judgement for judgement in self._standing(ref) if judgement.by_person and judgement.subject == ref]
        if words:
            named = name_tokens(words)
            for judgement in reversed(judged):
                if judgement.verdict == "apart" and name_tokens(judgement.value) == named:
                    target = judgement.object if judgement.object.startswith("entity:") else ref
                    return (apart_ref(ref, words) if target == ref else target), True
        merged = [judgement.object for judgement in judged if judgement.verdict == "same"]
        return (merged[-1] if merged else ref), False


def merges_of(judgements: Iterable[Judgement]) -> Merges:
    """Merges over a list of judgements in order of arrival, of which those taken back later don't count."""
    about: dict[str, list[Judgement]] = {}
    retracted = set()
    for judgement in judgements:
        if judgement.verdict == "retracted":
            retracted.add(judgement.object.removeprefix("judgement:"))
        else:
            about.setdefault(judgement.subject, []).append(judgement)
    return Merges(lambda ref: [one for one in about.get(ref, ()) if one.id not in retracted])


def apart_ref(ref: str, words: str) -> str:
    """Reference of the entity that words name which were parted from another entity without saying to which."""
    return f"entity:{make_id('entity', 'apart', ref, ' '.join(name_tokens(words)))}"
