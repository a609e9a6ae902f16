"""By whom and by what people are harmed and things destroyed: perpetrators and causes, as the text names them."""

from collections.abc import Iterator

from diurna.enrich.figures.grammar import PREPOSITIONS, Sentence
from diurna.enrich.figures.words import HAPPENINGS, PERSONS, lemma, word_set

__all__ = ["HARM", "agents_of"]

HARM = word_set("killed injured destroyed damaged abducted displaced")
"""Attributes of which perpetrator and cause are told."""

_MEANS = word_set(
    """
    bomb missile rocket mortar shell mine landmine grenade bullet gas airstrike gunfire fire storm wave disease
    virus outbreak cholera accident drone shellfire device weapon hail heatwave avalanche lightning
    """
)
_ACTORS = word_set(
    """
    force army troop military militia group government regime coalition police navy gang mob warplane jet aircraft
    helicopter plane rebel extremist jihadist islamist separatist syndicate cartel brigade
    """
)
_ENDS = word_set("who which that whom where when while after as because but if until than since and or")
_MARKS = word_set(", ; : . ! ? ( ) “ ” — –") | {'"'}
_REACH = 12
_LONGEST = 8


def agents_of(sentence: Sentence, at: int, first_counted: int) -> Iterator[tuple[str, int, int]]:
    """Attribute, first token and the one after the last: `perpetrator` or `cause` of what the word at a token says.

    Those harmed are counted from `first_counted` on: before the word they suffer, after it somebody acts:
    "rebels | killed 9", "a car bomb | killed 9", "9 were killed by | gunmen |", "killed in | an explosion |".
    """
    tokens = sentence.tokens
    done_to = first_counted < at or not tokens.verb(at) or tokens.passive(at)
    if not done_to:
        subject = sentence.subject_of(at)
        name = _role(sentence, *subject) if subject is not None else ""
        if subject is not None and name:
            yield name, *subject
            return
    link = at + 1
    while link < min(at + _REACH, sentence.last):
        word = sentence.word(link)
        if word in _MARKS or word in _ENDS or (tokens.verb(link) and word != "following"):
            return
        if word in {"by", "in", "from", "during"}:
            first, last = _phrase(sentence, link + 1)
            name = _role(sentence, first, last) if last > first else ""
            if name == "cause" or (name and word == "by"):
                yield name, first, last
                link = last
                continue
        link += 1


def _phrase(sentence: Sentence, first: int) -> tuple[int, int]:
    """The noun phrase that begins there, without its article."""
    if sentence.word(first) in {"a", "an", "the", "another", "what"}:
        first += 1
    last = first
    while last < min(first + _LONGEST, sentence.last):
        word = sentence.word(last)
        if word in _MARKS or word in _ENDS or word in PREPOSITIONS or sentence.ends_phrase(last):
            break
        last += 1
    return first, last


def _role(sentence: Sentence, first: int, last: int) -> str:
    """What the phrase is by its last word: a happening or a means is a cause, people and forces are perpetrators."""
    head = sentence.word(last - 1)
    base = lemma(head)
    if head in HAPPENINGS or base in _MEANS or (head.endswith("s") and base in HAPPENINGS):
        return "cause"
    if base in PERSONS or base in _ACTORS:
        return "perpetrator"
    text = sentence.tokens.words.text
    named = all(text[at][:1].isupper() or text[at] in {"-", "of", "the", "'s", "’s"} for at in range(first, last))
    return "perpetrator" if named and head.isalpha() and not sentence.dated(last - 1) else ""
