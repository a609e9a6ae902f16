"""Who the dead of a report are: civilians or fighters, children, women; and the toll of the event that it leads with.

A report on an attack gives several tolls: that of the event, of its parts, of earlier events, of the war. The toll of
the event is the one it gives first; later figures in the passage divide it, or add the parties it lacks.
"""

import re
from collections.abc import Iterable, Sequence

from msgspec import Struct

from diurna.enrich.figures.words import lemma, word_set
from diurna.enrich.found import Figure
from diurna.enrich.gazetteer import listings

__all__ = ["Toll", "lead_toll", "party_of"]

_FIGHTERS = word_set(
    """
    soldier troop fighter militant rebel jihadist jihadi insurgent gunman combatant terrorist militia militiaman
    paramilitary officer commander general colonel policeman police guard extremist mercenary recruit conscript
    guerrilla serviceman airman marine sniper pilot attacker bomber kurd peshmerga islamist extremists hijacker
    warrior martyrdom brigade lieutenant captain sergeant partisan force leader emir loyalist trooper
    """
)
_CIVILIANS = word_set(
    """
    civilian resident villager passenger worker journalist activist doctor nurse medic paramedic student teacher
    bystander family pupil shopper worshipper pilgrim refugee pedestrian citizen driver tourist volunteer patient
    reporter rescuer girl boy
    """
)
_CHILDREN = word_set("child boy girl baby infant toddler schoolchild teenager minor kid pupil newborn")
_WOMEN = word_set("woman mother wife girlfriend")
_FORCES = re.compile(r"\b(?:military|army|regime|forces|brigade|battalion|militia)\b", re.IGNORECASE)
_NAMED = re.compile(r"[A-Z][\w'’-]*(?: (?:(?:of|the|in|and) ){0,2}[A-Z][\w'’-]*){0,6}")
_MOSTLY = re.compile(
    r"\b(?:mostly|mainly|most of them|most of whom|most|majority of them|all of them|all|both|both of them)"
    r"(?: were| are)? (?:\w+ ){0,2}?(\w+)"
)
_REST = re.compile(
    r"\b(?:the rest|the others|the remaining|the remainder|others)\b[^.]{0,60}?\b(?:were|was|are)\b"
    r" (?:\w+ ){0,4}?(\w+)",
    re.IGNORECASE,
)
_PARTS = re.compile(r"\b(?:including|among them|among whom|of them|of whom|included)\W*$")
_AMONG = re.compile(r"(?: including [\w ]{1,30})? (?:(?:was|were|is|are) )?among (?!them|whom)")
_FOLLOWING = re.compile(
    r"[.,;:!?\"”]|\b(?:were|was|have|had|has|in|on|at|when|by|after|before|said|according|as|and|died|killed|during|includ\w+|among|amid|mostly|mainly|most|with|\d+)\b"
)
_PASSAGE = 1200
"""Characters after the first toll in which later figures still speak of the same event."""


class Toll(Struct, frozen=True):
    """The dead of one event as a report counts them, None where it gives no number of them."""

    civilians: int | None = None
    fighters: int | None = None
    children: int | None = None
    women: int | None = None


def party_of(words: str) -> str:
    """Party that the words for some people name: `fighters`, `civilians`, `children`, `women`; empty if none.

    The last word that tells counts: "family members of fighters" are what they are members of.
    """
    parties = [party for word in re.findall(r"[a-z]+", words.lower()) if (party := _party(lemma(word)))]
    if parties:
        return parties[-1]
    armed = any(one.role == "armed group" for name in _NAMED.findall(words) for one in listings(name))
    return "fighters" if armed or _FORCES.search(words) else ""


def _party(word: str) -> str:
    if word in _FIGHTERS:
        return "fighters"
    if word in _CHILDREN:
        return "children"
    if word in _WOMEN:
        return "women"
    return "civilians" if word in _CIVILIANS else ""


class _Count(Struct, frozen=True):
    value: int
    party: str
    part: bool
    sentence: int
    start: int
    civilians: bool
    """Whether they are called civilians outright."""


def lead_toll(figures: Sequence[Figure], text: str) -> Toll:
    """The dead of the event that a report leads with, by party.

    People of whom no more is said count as civilians, women and children as civilians too.
    """
    counts = [*_counts(figures, text)]
    if not counts:
        return Toll()
    here = [count for count in counts if count.sentence == counts[0].sentence]
    whole = next((count for count in here if not count.part), counts[0])
    near = [count for count in counts if abs(count.start - whole.start) <= _PASSAGE]
    children = _first(near, "children", whole.value)
    women = _first(near, "women", whole.value)
    civilians = _first(near, "civilians", whole.value)
    fighters = _first(near, "fighters", whole.value)
    party = whole.party
    if not party:
        party = next((c.party for c in near if c.value == whole.value and c.party and not c.part), "")
    if not party:
        party = _mostly(text, whole)
    if party == "fighters":
        fighters = whole.value
        if civilians == fighters:
            civilians = None
        return Toll(civilians, fighters, children, women)
    if (
        party == "children"
        and women is not None
        and any(one.party == "women" and not one.part and one.sentence == whole.sentence for one in near)
    ):
        return Toll(whole.value + women, None, children, women)
    if party:
        return Toll(whole.value, fighters if fighters != whole.value else None, children, women)
    if civilians is not None and fighters is None:
        rest = _REST.search(text, whole.start, whole.start + _PASSAGE)
        among = civilians < whole.value and any(one.part and one.civilians for one in near)
        if among or (rest is not None and party_of(rest[1]) == "fighters"):
            fighters = whole.value - civilians
    if fighters is not None and civilians is None:
        civilians = whole.value - fighters or None
    return Toll(civilians if fighters is not None and civilians is not None else whole.value, fighters, children, women)


def _first(counts: Iterable[_Count], party: str, most: int) -> int | None:
    return next((count.value for count in counts if count.party == party and count.value <= most), None)


def _mostly(text: str, whole: _Count) -> str:
    stop = text.find(".", whole.start)
    found = _MOSTLY.search(text, whole.start, stop if stop > 0 else whole.start + 200)
    return party_of(found[1]) if found is not None else ""


def _counts(figures: Iterable[Figure], text: str) -> Iterable[_Count]:
    for figure in figures:
        quantity = figure.quantity
        if figure.attribute != "killed" or figure.negated or quantity is None:
            continue
        value = quantity.value if quantity.value is not None else quantity.lower
        if not value or value != int(value) or quantity.value is None:
            continue
        words = " ".join(text[span.start : span.end] for span in figure.subject) or quantity.counted
        start, end = figure.measured.start, figure.measured.end
        party = party_of(words) or party_of(_FOLLOWING.split(text[end : end + 45], maxsplit=1)[0])
        part = _PARTS.search(text[max(0, start - 30) : start]) is not None or _AMONG.match(text, end) is not None
        yield _Count(int(value), party, part, figure.sentence.start, start, "civilian" in words.lower())
