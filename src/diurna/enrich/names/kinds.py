"""What kind of thing a name is, in the words of `Mention` and in the labels of spaCy's models."""

import re

from diurna.enrich.found import Words
from diurna.enrich.gazetteer import titled
from diurna.enrich.names.evidence import Known
from diurna.enrich.names.words import EVENT_HEADS, HEADS, LAW_HEADS, NOUNS, OPENING_HEADS, PLACE_HEADS, WORK_HEADS

__all__ = ["kind_of", "kind_of_title", "label_of"]

_KINDS = {
    "NORP": "group",
    "LANGUAGE": "group",
    "EVENT": "event",
    "WORK_OF_ART": "work",
    "PRODUCT": "product",
    "LAW": "law",
}
_LISTED = {
    "demonym": "group",
    "group": "group",
    "language": "group",
    "event": "event",
    "work": "work",
    "law": "law",
    "product": "product",
    "currency": "product",
}
_LABELS = {
    "person": "PERSON",
    "organisation": "ORG",
    "place": "GPE",
    "group": "NORP",
    "event": "EVENT",
    "work": "WORK_OF_ART",
    "product": "PRODUCT",
    "law": "LAW",
}
_REGIONS = frozenset(
    {
        "sea",
        "ocean",
        "river",
        "lake",
        "gulf",
        "bay",
        "strait",
        "mountain",
        "mountains",
        "mount",
        "desert",
        "east",
        "west",
    }
)
_SITES = frozenset({"facility", "site", "complex", "plant", "base"})
_QUALIFIER = re.compile(r" \([^()]*\)$")
_SMALL = frozenset({"of", "the", "and", "for", "in", "on", "de", "la", "du", "del"})
_PLACES = frozenset({"GPE", "LOC", "FAC"})
_QUOTES = frozenset("\"“”‘«»'")
_ADJECTIVES = ("an", "ish", "ese", "ic", "ist", "ists", "ans", "ians", "im", "ims", "ew", "ews")


def kind_of(words: Words, known: Known, span: tuple[int, int], of: str) -> str:
    """Kind of a name of one of the four classes; `other` is told apart by list, head word, model and surroundings."""
    if of != "other":
        return of
    start, end = span
    listed = known.listed.get(span, "").removeprefix("weak ")
    if listed in _LISTED and words.lower[start] not in LAW_HEADS:
        return _LISTED[listed]
    last = words.lower[end - 1]
    if listed in _LISTED:
        return "law"
    if end - start > 1 and OPENING_HEADS.get(words.lower[start]) == "event":
        return "event"
    model = _KINDS.get(known.model.get(span, ""))
    if model == "group" or (model and last not in LAW_HEADS and last not in EVENT_HEADS):
        return model
    if end - start > 1 and last in _SITES:
        return "place"
    for heads, kind in ((LAW_HEADS, "law"), (EVENT_HEADS, "event"), (WORK_HEADS, "work")):
        if last in heads or last.removesuffix("s") in heads:
            return kind
    if start and words.text[start - 1] in _QUOTES:
        return "work"
    before = NOUNS.get(words.lower[start - 1]) if start else None
    if before in ("event", "work", "law"):
        return before
    if end - start == 1 and last.endswith(_ADJECTIVES):
        return "group"
    return "product" if end - start == 1 else "work"


def kind_of_title(title: str) -> str:
    """Kind of the thing of an encyclopedia's title: as lists have it, else by its head word; empty where none tells.

    A title whose words are not capitalised ("Intermediate-range ballistic missile") is no name.
    """
    listing = titled(title)
    if listing is not None:
        return "group" if listing.role == "demonym" else listing.kind
    parts = _QUALIFIER.sub("", title).split()
    if len(parts) < 2 or not all(part[:1].isupper() or part in _SMALL for part in parts):
        return ""
    return OPENING_HEADS.get(parts[0].lower()) or HEADS.get(parts[-1].lower(), "")


def label_of(words: Words, known: Known, span: tuple[int, int], kind: str) -> str:
    """Label of OntoNotes for a name: places are countries, cities and states (GPE), buildings (FAC) or others (LOC)."""
    label = _LABELS.get(kind, "PRODUCT")
    if label != "GPE":
        return label
    model = known.model.get(span)
    if model in _PLACES:
        return model
    if span in known.listed:
        return label
    last = words.lower[span[1] - 1]
    if last in _REGIONS:
        return "LOC"
    return "FAC" if last in PLACE_HEADS and span[1] - span[0] > 1 else label
