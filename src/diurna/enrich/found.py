"""What the taggers leave on a spaCy document, and its words as plain lists.

Every component reads and writes `doc._.diurna_*`: tuples of the records below, in the order of the text, with spans in
code points of `doc.text`. `diurna.enrich.extensions` declares them. spaCy is not imported here, since commands that
read no text need not wait for it.
"""

from typing import TYPE_CHECKING, Any

from msgspec import Struct

from diurna.model import Interval, Quantity, Span, Timex

if TYPE_CHECKING:
    from spacy.tokens import Doc

__all__ = ["Figure", "Name", "Number", "Statement", "Time", "Words", "words_of"]


class Name(Struct, frozen=True):
    """Span that names an entity. `kind` as in `Mention`: person, organisation, place, event, work, group, …"""

    span: Span
    kind: str


class Time(Struct, frozen=True):
    """Time expression with its TIMEX3 value and, where it can be told, its interval."""

    span: Span
    timex: Timex
    interval: Interval | None = None


class Number(Struct, frozen=True):
    """Quantity with its normal form; `span` covers qualifier, number and unit or counted thing ("about 60 people")."""

    span: Span
    quantity: Quantity


class Statement(Struct, frozen=True):
    """Attribution: source, cue and content, each maybe empty or in pieces; fields as in `Claim`."""

    sentence: Span
    source: tuple[Span, ...] = ()
    cue: tuple[Span, ...] = ()
    content: tuple[Span, ...] = ()
    mode: str = "indirect"
    force: str = "states"
    negated: bool = False
    hedged: bool = False
    parent: int | None = None
    """Index of the statement that this one is nested in: what its source is said to have said."""


class Figure(Struct, frozen=True):
    """What is measured, of what, and its quantity or time; fields as in `Claim`."""

    sentence: Span
    attribute: str
    measured: Span
    subject: tuple[Span, ...] = ()
    quantity: Quantity | None = None
    interval: Interval | None = None
    negated: bool = False
    hedged: bool = False
    statement: int | None = None
    """Index of the statement whose content it stands in."""


class Words(Struct, frozen=True):
    """Tokens of a document as plain lists of one length: as written, in lower case, where each starts and ends."""

    text: list[str]
    lower: list[str]
    start: list[int]
    end: list[int]


def words_of(doc: "Doc") -> Words:
    """The document's tokens as lists, made once a document: loops over them cost a fraction of loops over tokens."""
    words: Words | None = doc.user_data.get("diurna_words")
    if words is None:
        strings = doc.vocab.strings
        orths: Any = doc.to_array("ORTH")
        starts: Any = doc.to_array("IDX")
        text: list[str] = [strings[orth] for orth in orths.tolist()]
        start: list[int] = starts.tolist()
        end = [first + len(word) for first, word in zip(start, text, strict=True)]
        words = Words(text, [word.lower() for word in text], start, end)
        doc.user_data["diurna_words"] = words
    return words
