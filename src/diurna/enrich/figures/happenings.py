"""When and where something happened: the times and places that hang on a verb or noun of happening."""

from diurna.enrich.figures.grammar import PREPOSITIONS, Sentence
from diurna.enrich.figures.words import FLYING, HAPPENINGS, lemma, word_set

__all__ = ["LOCATIVES", "happening_near"]

LOCATIVES = word_set(
    """
    in at near into off outside inside on over around from across towards toward of to within through
    """
)
_NOT_ITS_TIME = word_set("since until till by from for before after of through")
_STOPS = word_set(
    """
    ; : “ ” " — which who whom that because although but if than compared when after before while
    """
)
_SITES = word_set(
    """
    north south east west coast outskirts suburb town city village district province northeast northwest southeast
    southwest north-east north-west south-east south-west port neighbourhood neighborhood region capital area
    vicinity centre center heart edge part parts outskirts
    """
)
_POSSESSIVES = frozenset(("'s", "’s", "'", "’"))
_NO_VERBS = word_set("following including according regarding considering based")
_LIGHT = word_set("carry conduct stage hold make mount take suffer report be have do see schedule plan design")
_COMING = word_set("happen occur come go begin start")
_AS_NOUNS = frozenset({"fire", "storm"})  # as verbs they are shots and attacks
_NEAR = 7
_OPENING = 3
_WINDOW = 14


def happening_near(sentence: Sentence, first: int, last: int, *, place: bool) -> tuple[str, int] | None:
    """Name of the happening whose time or place the tokens tell, and the token that says so.

    The name is empty for a verb that is not on the list; of such verbs the times are told, the places are not.
    """
    before = sentence.word(first - 1)
    if place:
        if before not in LOCATIVES or (before in {"from", "of", "to"} and not _motion(sentence, first - 1)):
            return None
        if sentence.word(last) in _POSSESSIVES or sentence.word(last - 1) in _POSSESSIVES:
            return None
    else:
        if before in _NOT_ITS_TIME or sentence.word(first) in _NOT_ITS_TIME:
            return None
        described = _described(sentence, last)
        if described is not None:
            return described
    found = _left(sentence, first) or _right(sentence, first, last)
    if found is None or (not found[0] and (place or abs(first - found[1]) > _NEAR)):
        return None
    return found


def _described(sentence: Sentence, last: int) -> tuple[str, int] | None:
    """The happening that a time before it describes: "Sunday's | missile test", "the April 4 | attack"."""
    at = last + 1 if sentence.word(last) in _POSSESSIVES else last
    for near in range(at, min(at + 3, sentence.last)):
        word = sentence.word(near)
        if word in PREPOSITIONS or sentence.tokens.verb(near) or not word[:1].isalpha():
            return None
        name = _happening(sentence, near)
        if name is not None:
            return name, near
    return None


def _happening(sentence: Sentence, at: int) -> str | None:
    """The happening that the word there names: as a verb in any form, as a noun as it stands or in the plural."""
    word = sentence.word(at)
    if sentence.tokens.verb(at):
        return HAPPENINGS.get(lemma(word))
    if word.removesuffix("s") in _AS_NOUNS:
        return word.removesuffix("s")
    return HAPPENINGS.get(word) or (HAPPENINGS.get(lemma(word)) if word.endswith("s") else None)


def _what_came(sentence: Sentence, verb: int) -> tuple[str, int]:
    """What came about by a verb that only says so: "the explosion | happened", "a missile | went up"."""
    after = sentence.word(verb + 1)
    if lemma(sentence.word(verb)) == "go":
        subject = sentence.subject_of(verb)
        aloft = after == "up" and subject is not None and sentence.word(subject[1] - 1) in FLYING
        return ("launch", verb) if aloft else ("explosion", verb) if after == "off" else ("", verb)
    subject = sentence.subject_of(verb)
    name = _happening(sentence, subject[1] - 1) if subject is not None else None
    return (
        (name, subject[1] - 1)
        if subject is not None and name is not None
        else (HAPPENINGS.get(lemma(sentence.word(verb)), ""), verb)
    )


def _motion(sentence: Sentence, at: int) -> bool:
    """Whether "from", "of" or "to" follows the happening itself or a direction: "fired from", "north of"."""
    word = sentence.word(at - 1)
    return lemma(word) in HAPPENINGS or word in _SITES


def _left(sentence: Sentence, first: int) -> tuple[str, int] | None:
    lower, tokens = sentence.tokens.lower, sentence.tokens
    noun: tuple[str, int] | None = None
    for at in range(first - 1, max(sentence.first, first - _WINDOW) - 1, -1):
        word = lower[at]
        if word in _STOPS:
            break
        name = _happening(sentence, at)
        if tokens.verb(at) and word not in _NO_VERBS:
            if lemma(word) in _COMING:
                return _what_came(sentence, at)
            if tokens.reporting(at):
                return noun
            if name is None and lemma(word) in _LIGHT:
                return _what_came(sentence, at) if lower[at + 1] == "place" else noun
            return (name, at) if name is not None else noun or ("", at)
        if name is not None and noun is None and first - at <= _NEAR:
            noun = (name, at)
    return noun


def _right(sentence: Sentence, first: int, last: int) -> tuple[str, int] | None:
    """At the beginning of a clause the verb follows: "On Sunday a man drove …", "In Kandahar, a blast killed …"."""
    if first - sentence.first > _OPENING and sentence.word(first - 2) not in {",", "and", "that", "but"}:
        return None
    verb = sentence.verb_after(last)
    main = None if verb is None else sentence.main_verb(verb)
    if main is None or not sentence.tokens.verb(main) or sentence.tokens.reporting(main):
        return None
    lower = sentence.tokens.lower
    if lemma(lower[main]) in _COMING:
        return _what_came(sentence, main)
    name = _happening(sentence, main)
    if name is None and lemma(lower[main]) in _LIGHT:
        for near in range(main + 1, min(main + _WINDOW, sentence.last)):
            if sentence.tokens.verb(near) or lower[near] in {",", ";"}:
                return None
            name = _happening(sentence, near)
            if name is not None:
                return name, near
        return None
    return name or "", main
