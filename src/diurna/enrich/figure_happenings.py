"""When and where something happened: the times and places that hang on a verb or noun of happening."""

from diurna.enrich.figure_grammar import BE, Sentence
from diurna.enrich.figure_words import HAPPENINGS, lemma, word_set

__all__ = ["LOCATIVES", "happening_near"]

LOCATIVES = word_set(
    """
    in at near into off outside inside on over around from across towards toward of to within through
    """
)
_AWAY = frozenset(["about", "said", "says"])
_NOT_ITS_TIME = word_set("since until till by from for before after of through")
_STOPS = word_set(
    """
    ; : “ ” " — which who whom that because although but if than compared
    """
)
_TIME_LINKS = word_set("in on at around about during early late over")
_WINDOW = 14
_NOUN_BEFORE = word_set("the a an another this that 's ’s")


def happening_near(sentence: Sentence, first: int, last: int, *, place: bool) -> tuple[str, int] | None:
    """Name of the happening whose time or place the tokens tell, and the token that says so."""
    before = sentence.word(first - 1)
    if not place and (before in _NOT_ITS_TIME or sentence.word(first) in _NOT_ITS_TIME):
        return None
    if place and (before not in LOCATIVES or (before in {"from", "of", "to"} and not _motion(sentence, first - 1))):
        return None
    return _left(sentence, first) or _right(sentence, first, last)


def _motion(sentence: Sentence, at: int) -> bool:
    """Whether "from", "of" or "to" follows the happening itself or a direction: "fired from", "north of"."""
    word = sentence.word(at - 1)
    return lemma(word) in HAPPENINGS or word in {
        "north", "south", "east", "west", "coast", "outskirts", "suburb", "town", "city", "village", "district", "province",
        "northeast", "northwest", "southeast", "southwest", "north-east", "north-west", "south-east", "south-west",
        "port", "neighbourhood", "neighborhood", "region", "capital", "area",
    }  # fmt: skip


def _left(sentence: Sentence, first: int) -> tuple[str, int] | None:
    lower, tokens = sentence.tokens.lower, sentence.tokens
    noun: tuple[str, int] | None = None
    for at in range(first - 1, max(sentence.first, first - _WINDOW) - 1, -1):
        word = lower[at]
        if word in _STOPS:
            break
        name = HAPPENINGS.get(word) or HAPPENINGS.get(lemma(word))
        if tokens.verb(at):
            if name is not None and not tokens.reporting(at):
                return name, at
            if tokens.reporting(at):
                return None if noun is None else noun
            return noun or ("", at)
        if name is not None and noun is None and first - at <= _WINDOW // 2 and word not in BE:
            noun = (name, at)
    return noun


def _right(sentence: Sentence, first: int, last: int) -> tuple[str, int] | None:
    """At the beginning of a clause the verb follows: "On Sunday a man drove …", "In Kandahar, a blast killed …"."""
    if first - sentence.first > 3 and sentence.word(first - 2) not in {",", "and", "that", "but"}:
        return None
    verb = sentence.verb_after(last)
    main = None if verb is None else sentence.main_verb(verb)
    if main is None or not sentence.tokens.verb(main) or sentence.tokens.reporting(main):
        return None
    lower = sentence.tokens.lower
    return HAPPENINGS.get(lower[main]) or HAPPENINGS.get(lemma(lower[main]), ""), main
