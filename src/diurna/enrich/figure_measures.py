"""What a measure is of: distances flown, altitudes, prices, shares, named by words near it or by the noun measured."""

from msgspec import Struct

from diurna.enrich.figure_grammar import BE, DETERMINERS, PREPOSITIONS, Sentence
from diurna.enrich.figure_words import CUES, DIMENSIONS, lemma
from diurna.model import Quantity

__all__ = ["Measure", "dimension_of", "name_measure"]

_LEFT, _RIGHT = 9, 5
_AGE_AFTER = frozenset(["old"])
_POLL_WORDS = frozenset(["vote", "votes", "voted", "election", "ballot", "ballots", "poll", "polls", "candidate", "round", "runoff", "turnout"])
_WINNING = frozenset(["win", "take", "get", "receive", "have", "score", "poll", "obtain", "secure", "gain"])
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
_CHANGES = frozenset(["rise", "fall", "grow", "shrink", "increase", "decrease", "drop", "climb", "decline", "jump", "surge", "plunge", "go", "come"])
_WEAK = frozenset(["up", "down", "for", "long", "from", "off", "near", "outside", "below", "short", "apart", "take", "have", "within", "south", "north", "east", "west"])


class Measure(Struct, frozen=True):
    """Name of what is measured, and the token of the word that gave it; -1 where the unit alone did."""

    attribute: str
    at: int = -1


def dimension_of(quantity: Quantity, written: str) -> str:
    """Kind of a quantity by its unit: `length`, `speed`, `mass`, `money`, …; empty for a plain count."""
    unit = quantity.unit.lower()
    if not unit:
        return "money" if written[:1] in "$€£¥" and written else ""
    if (" per " in f" {unit} " and "per cent" not in unit) or "/" in unit or unit in {"knot", "mph", "km/h", "mach"}:
        return "speed" if any(word in unit for word in ("hour", "second", "knot", "mph", "km/h", "mach")) else "rate"
    if "cubic" in unit or unit in {"litre", "liter", "gallon"}:
        return "volume"
    if "square" in unit:
        return "area"
    last = unit.replace("-", " ").split()[-1]
    return DIMENSIONS.get(unit.replace(" ", "_")) or DIMENSIONS.get(last) or (
        "money" if any(sign in written for sign in "$€£¥") or (len(unit) == 3 and quantity.unit.isupper()) else "other"
    )


def name_measure(sentence: Sentence, first: int, last: int, dimension: str) -> Measure:
    """What the measure in the tokens from `first` to before `last` is of."""
    if dimension == "duration" and sentence.word(last) in _AGE_AFTER:
        return Measure("age", last)
    if dimension == "share":
        found = _share(sentence, first, last)
        if found is not None:
            return found
    cue = _nearest_cue(sentence, first, last, CUES.get(dimension, {}))
    if cue is not None and sentence.word(cue.at) not in _WEAK:
        return cue
    named = _named(sentence, first)
    if named is not None and (cue is None or named.at >= first - 3):
        return named
    return cue or Measure(_DEFAULTS.get(dimension, "amount"))


def _share(sentence: Sentence, first: int, last: int) -> Measure | None:
    lower = sentence.tokens.lower
    if sentence.word(last) == "of" and sentence.word(last + 1) in {"the", "votes", "all"}:
        what = sentence.word(last + 1) if sentence.word(last + 1) != "the" else sentence.word(last + 2)
        if what in {"vote", "votes", "ballots", "valid"}:
            return Measure("vote share", last + 1)
    verb = sentence.verb_before(first, 5)
    election = any(lower[at] in _POLL_WORDS for at in range(max(sentence.first, first - 30), min(sentence.last, last + 30)))
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
        if name is not None:
            extra = 3 if any(lower[between] in {",", "and", "but"} for between in range(at, first)) else 0
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


def _named(sentence: Sentence, first: int) -> Measure | None:
    """The noun that the text measures: "a crossing of | 22 km", "turnout was | 77.2 percent", "sales rose to | $3bn"."""
    lower = sentence.tokens.lower
    before = sentence.word(first - 1)
    if before == "of":
        noun = sentence.noun_before(first - 1)
        if noun is not None:
            return Measure(" ".join(lower[noun[0] : noun[1]]), noun[1] - 1)
    at = first - 1
    while at > max(sentence.first, first - 4) and lower[at] in {"to", "at", "by", "about", "around", "almost", "only"}:
        at -= 1
    verb = at if at >= sentence.first and (sentence.tokens.verb(at) or lower[at] in BE) else None
    if verb is None:
        return None
    base = lemma(lower[verb])
    if lower[verb] in BE or base in _CHANGES or base in {"reach", "stand", "total", "hit", "average", "remain", "exceed"}:
        subject = sentence.subject_of(verb)
        if subject is not None:
            name = _phrase(sentence, *subject)
            if name:
                return Measure(name, subject[1] - 1)
    elif before not in PREPOSITIONS:
        return Measure(base, verb)
    return None


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
    return " ".join(kept[-4:] if "of" not in kept else kept[:4])
