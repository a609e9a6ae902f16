"""What a measure is of: distances flown, altitudes, prices, shares, named by words near it or by the noun measured."""

from msgspec import Struct

from diurna.enrich.figures.grammar import BE, DETERMINERS, PREPOSITIONS, Sentence
from diurna.enrich.figures.words import CAPACITY, CUES, DIMENSIONS, FLYING, NAMELESS, lemma, word_set
from diurna.model import Quantity

__all__ = ["Measure", "dimension_of", "name_measure"]

_LEFT, _RIGHT = 9, 5
_FLIGHT_WINDOW = 60
_AGE_AFTER = frozenset(["old"])
_POLL_WORDS = word_set(
    """
    vote votes voted election ballot ballots poll polls candidate round runoff turnout
    """
)
_WINNING = word_set("win take get receive have score poll obtain secure gain")
_PARENTS = word_set("mother father parent")
_OFFSETS = word_set("ago later earlier before from")
_PERIODS = word_set("in over during throughout last past next coming recent previous first every")
_GOODS = word_set("barrel tonne ton share ounce litre liter gallon kilo kilogram bushel pound head ticket")
_LINKS = word_set("from to at by about around almost only nearly just for with over")
_LIGHT = word_set("have give get take do make come go be put keep set see find")
_PRONOUNS = word_set("it they he she we i you them there")
_DEFAULTS = {
    "length": "distance",
    "speed": "speed",
    "mass": "weight",
    "duration": "duration",
    "temperature": "temperature",
    "area": "area",
    "money": "amount",
    "share": "share",
    "magnitude": "magnitude",
}
_CHANGES = word_set(
    """
    rise fall grow shrink increase decrease drop climb decline jump surge plunge go come reach stand total hit average
    remain exceed
    """
)
_COUNTING = word_set("count record register track log detect tally measure")
_WEAK = word_set(
    """
    up down for long from off near outside below short apart take have within south north east west
    """
)


class Measure(Struct, frozen=True):
    """Name of what is measured, and the token of the word that gave it; -1 where the unit alone did."""

    attribute: str
    at: int = -1


def dimension_of(quantity: Quantity, written: str) -> str:
    """Kind of a quantity by its unit: `length`, `speed`, `mass`, `money`, …; empty for a plain count."""
    unit = quantity.unit.lower()
    if unit == "year of age":
        return "age"
    if unit == "magnitude":
        return unit
    if not unit:
        return "money" if written[:1] in "$€£¥" and written else ""
    if "cubic" in unit or "litre" in unit or "liter" in unit or "gallon" in unit:
        return "rate" if " per " in unit else "volume"
    if (" per " in f" {unit} " and "per cent" not in unit) or "/" in unit or unit in {"knot", "mph", "km/h", "mach"}:
        return "speed" if any(word in unit for word in ("hour", "second", "knot", "mph", "km/h", "mach")) else "rate"
    if "square" in unit:
        return "area"
    last = unit.replace("-", " ").split()[-1]
    return (
        DIMENSIONS.get(unit.replace(" ", "_"))
        or DIMENSIONS.get(last)
        or (
            "money"
            if any(sign in written for sign in "$€£¥") or (len(unit) == 3 and quantity.unit.isupper())
            else "other"
        )
    )


def is_period(sentence: Sentence, first: int, last: int) -> bool:
    """Whether a duration only says when: "two years ago", "in the past 12 months", "over ten years"."""
    if sentence.word(last) in _OFFSETS:
        return True
    before = sentence.word(first - 1)
    return before in _PERIODS and sentence.word(first - 2) not in {"sentenced", "jail", "prison", "sentence"}


def name_measure(sentence: Sentence, first: int, last: int, dimension: str) -> Measure:
    """What the measure in the tokens from `first` to before `last` is of."""
    if dimension == "age" or (dimension == "duration" and sentence.word(last) == "old"):
        return Measure("age")
    if dimension == "share":
        found = _share(sentence, first, last)
        if found is not None:
            return found
    cues = CUES.get(dimension, {})
    if dimension == "money" and sentence.word(last - 1) in _GOODS and sentence.word(last - 2) in {"a", "per", "an"}:
        return Measure("price", last - 1)
    cue = _of_noun(sentence, first, cues) or _adjacent(sentence, first, last, cues)
    if cue is None:
        cue = _nearest_cue(sentence, first, last, cues)
        weak = cue is not None and sentence.word(cue.at) in _WEAK
        if cue is not None and cue.attribute in {"rise", "fall"} and sentence.word(first - 1) in {"to", "from", "at"}:
            cue = None
        if cue is None or weak:
            named = _named(sentence, first, dimension)
            if named is not None and (cue is None or named.at >= first - 3):
                return named
    if cue is None and not dimension and sentence.word(first - 1) == "of" and sentence.word(first - 2) in _PARENTS:
        return Measure("children", first - 2)
    if cue is None:
        return Measure(_DEFAULTS.get(dimension, "amount"))
    if cue.attribute == "distance flown" and sentence.word(first - 1) == "at" and not _put_at(sentence, first):
        return Measure("altitude", cue.at)
    near = sentence.tokens.lower[max(0, first - _FLIGHT_WINDOW) : last + _FLIGHT_WINDOW]
    if cue.attribute == "altitude" and FLYING.isdisjoint(near):
        return Measure("height", cue.at)
    return cue


def _put_at(sentence: Sentence, first: int) -> bool:
    """Whether a figure is one that somebody puts something at: "put the length of the flight at | 500 km"."""
    verb = sentence.verb_before(first, _FLIGHT_WINDOW)
    return verb is not None and lemma(sentence.word(verb)) in {"put", "estimate", "set", "place", "reckon"}


def _of_noun(sentence: Sentence, first: int, cues: dict[str, str]) -> Measure | None:
    """The noun before "of": "a crossing of | 22 km", "an altitude of | 2,000 km"."""
    if sentence.word(first - 1) != "of":
        return None
    noun = sentence.noun_before(first - 1)
    if noun is None:
        return None
    head = sentence.tokens.lower[noun[1] - 1]
    if lemma(head) in {"speak", "talk", "report", "warn", "tell", "know"} or head in _PARENTS:
        return None
    name = cues.get(head) or _phrase(sentence, *noun)
    return Measure(name, noun[1] - 1) if name else None


def _adjacent(sentence: Sentence, first: int, last: int, cues: dict[str, str]) -> Measure | None:
    """The word right after the measure: "nine metres long", "500 km from the coast" (but "flew 500 km from")."""
    word = sentence.word(last)
    name = "altitude" if word == "up" and "altitude" in cues.values() else cues.get(word)
    if name is None or word in {"for", "and"}:
        return None
    verb = sentence.verb_before(first, 4)
    if name == "distance" and verb is not None and lemma(sentence.word(verb)) in {"fly", "travel"}:
        return Measure("distance flown", verb)
    if name in {"rise", "fall"} and word not in {"higher", "lower", "more", "rise", "fall", "drop", "increase"}:
        return None
    return Measure(name, last)


def _share(sentence: Sentence, first: int, last: int) -> Measure | None:
    lower = sentence.tokens.lower
    if sentence.word(last) == "of" and sentence.word(last + 1) in {"the", "votes", "all"}:
        what = sentence.word(last + 1) if sentence.word(last + 1) != "the" else sentence.word(last + 2)
        if what in {"vote", "votes", "ballots", "valid"}:
            return Measure("vote share", last + 1)
    if sentence.word(last) == "of":
        end = sentence.phrase_end(last)
        name = _phrase(sentence, last + 1, end) if end > last + 1 else ""
        if name:
            return Measure(f"share of {name}", end - 1)
    verb = sentence.verb_before(first, 5)
    if verb is not None and lemma(lower[verb]) == "win":
        return Measure("vote share", verb)
    election = any(
        lower[at] in _POLL_WORDS for at in range(max(sentence.first, first - 30), min(sentence.last, last + 30))
    )
    if verb is not None and election and lemma(lower[verb]) in {"win", "take", "get", "receive", "score", "poll"}:
        return Measure("vote share", verb)
    return None


def _nearest_cue(sentence: Sentence, first: int, last: int, cues: dict[str, str]) -> Measure | None:
    if not cues:
        return None
    lower, best, cost = sentence.tokens.lower, None, 99
    for at in range(first - 1, max(sentence.first, first - _LEFT) - 1, -1):
        word = lower[at]
        if word in {";", ":", "."} or first - at >= cost:
            break
        name = cues.get(word) or cues.get(lemma(word))
        if word in {"up", "down"} and (at < first - 2 or lemma(sentence.word(at - 1)) == "make"):
            name = None
        if name is not None:
            extra = 3 if any(lower[between] in {",", "and", "but"} for between in range(at, first)) else 0
            if lower[at - 1] in DETERMINERS and lower[at - 2] == "of" and lower[at - 3] in cues:
                best, cost = Measure(cues[lower[at - 3]], at - 3), first - at + extra
            else:
                best, cost = Measure(name, at), first - at + extra
            break
    for at in range(first, min(sentence.last, last + _RIGHT)):
        word = lower[at]
        if word in {",", ";", ":", ".", "and", "but"} or at - last + 1 >= cost:
            break
        name = cues.get(word) or cues.get(lemma(word))
        if name is not None:
            return Measure(name, at)
    return best


def _named(sentence: Sentence, first: int, dimension: str) -> Measure | None:
    """The noun that the text measures: "turnout was | 77.2 percent", "sales rose to | $3bn"."""
    lower = sentence.tokens.lower
    before, counted = sentence.word(first - 1), not dimension
    if counted and before in {"at", "of"} and sentence.word(first - 2) in {"number", "figure", "total"}:
        return Measure("number", first - 2)
    at = first - 1
    while at > max(sentence.first, first - 4) and lower[at] in _LINKS:
        at -= 1
    if at < sentence.first or not (sentence.tokens.verb(at) or lower[at] in BE):
        return None
    base = lemma(lower[at])
    if base in _COUNTING:
        return Measure("number", at) if counted else None
    if lower[at] in BE or (base in _CHANGES and dimension != "length"):
        subject = sentence.subject_of(at)
        name = _phrase(sentence, *subject) if subject is not None else ""
        return Measure(name, subject[1] - 1) if subject is not None and name else None
    if sentence.tokens.reporting(at):
        return Measure("number", at) if counted else None
    if counted and base in CAPACITY and sentence.word(at - 1) in {"can", "could", "may"}:
        return Measure("capacity", at)
    return Measure(base, at) if before not in PREPOSITIONS and base not in _LIGHT else None


def _phrase(sentence: Sentence, first: int, last: int) -> str:
    """A noun phrase as a name: its head with what stands before it, at most four words, no name of anybody."""
    text, lower = sentence.tokens.words.text, sentence.tokens.lower
    kept: list[str] = []
    for at in range(first, last):
        if lower[at] in PREPOSITIONS and lower[at] != "of":
            break
        if lower[at] in DETERMINERS or not lower[at][:1].isalpha() or (text[at][:1].isupper() and at > sentence.first):
            continue
        kept.append(lower[at])
    while kept and kept[-1] == "of":
        kept.pop()
    while kept and kept[0] == "of":
        kept.pop(0)
    if not kept or kept[-1] in _PRONOUNS or (len(kept) == 1 and kept[0] in NAMELESS):
        return ""
    return " ".join(kept[-4:] if "of" not in kept else kept[:4])
