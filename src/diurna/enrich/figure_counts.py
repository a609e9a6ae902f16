"""What is counted of people and things: killed, injured, arrested, launched, …, and what stands for none and for one."""

from collections.abc import Iterator

from msgspec import Struct

from diurna.enrich.figure_grammar import BE, DETERMINERS, HAVE, PREPOSITIONS, Sentence
from diurna.enrich.figure_words import INTRANSITIVE, PERSONS, STATES, TOLLS, TRANSITIVE, lemma

__all__ = ["Governor", "govern_count", "none_said", "one_said"]


class Governor(Struct, frozen=True):
    """What decides the attribute of a count: its name, and the token of the verb or noun that says so."""

    attribute: str
    at: int
    inherited: bool = False
    """Whether it is that of the count before: "22 people, including six children"."""


_OBJECT_WINDOW = 14
_PARTS = frozenset(["including", "among", "includes", "included"])
_AFTER_PASSIVE = frozenset(
    ["in", "by", "when", "during", "on", "as", "after", "at", "and", "or", ",", ".", ";", "since", "near", "with", "over", "inside", "outside", "along", "overnight", "while", "across", "early", "late", "yesterday", "today", "monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday", "this", "last", "but", "because", "from", "under", "amid", "between", "following", "before", ")", '"', "”", ":", "for", "to", "that", "there", "here", "including", "among", "so", "-", "–", "—", "according", "many", "most", "into", "some", "through", "around", "off", "around", "off", "instantly", "dead", "alive", "earlier", "also", "while", "throughout", "despite"]
)
_TOLL_LINKS = frozenset(["of", "to", "at", "reached", "was", "is", "were", "stands", "stood", "hit", "passed", "surpassed", "exceeded", "topped", "put", "rises", "rose"])
_OBJECT_STOPS = frozenset(["that", "who", "whom", "which", "when", "where", "while", "after", "because", "but", "if", "although", "until", "than", "as"])
_LEAVING = frozenset(["left", "leaving", "leaves", "leave"])
_NONE = frozenset(["no", "nobody", "none"])
_ZERO_LINKS = frozenset(
    ["reports", "report", "of", "immediate", "word", "reported", "known", "confirmed", "further", "other", "civilian", "serious", "major", "new", "any", "one", "were", "was", "people", "has", "have", "had", "been", "person", "militants", "soldiers", "early", "sign", "signs", "or"]
)
_NOT_ONE = frozenset(["number", "series", "group", "lot", "few", "couple", "day", "week", "month", "year", "result", "total"])


def govern_count(sentence: Sentence, first: int, last: int, before: Governor | None) -> Governor | None:
    """What is said of the things counted by the tokens from `first` to before `last`; None where nothing listed is.

    `before` is the governor of the count before in the same sentence, which a part of it inherits.
    """
    lower = sentence.tokens.lower
    if before is not None and (_is_part(sentence, first, last) or sentence.compared(first)):
        return Governor(before.attribute, before.at, inherited=True)
    state = _state(sentence, first, last)
    if state is not None:
        return state
    governor = _as_object(sentence, first)
    if governor is None:
        governor = _as_subject(sentence, first, last)
    if governor is None:
        governor = _toll(sentence, first)
    if governor is None and before is not None and sentence.word(first - 1) in {"and", ","} and _joined(sentence, first):
        governor = Governor(before.attribute, before.at)
    if governor is None and sentence.word(first - 1) in {"claimed", "claiming", "killing"} and lower[last - 1] == "lives":
        governor = Governor("killed", first - 1)
    return governor


def _is_part(sentence: Sentence, first: int, last: int) -> bool:
    """Whether the count is a part of another: "including six children", "eight of them women"."""
    before, after = sentence.word(first - 1), sentence.word(last)
    if before in _PARTS:
        return True
    if before == "them" and sentence.word(first - 2) in {"among", "of"}:
        return True
    if before in {"whom", "which"} and sentence.word(first - 2) == "of":
        return True
    return (after == "of" and sentence.word(last + 1) in {"them", "whom"}) or (
        sentence.word(last - 1) in {"them", "whom"} and sentence.word(last - 2) == "of"
    )


def _state(sentence: Sentence, first: int, last: int) -> Governor | None:
    """A state as the thing counted, or right after it: "22 dead", "40 people injured", "338 passengers"."""
    lower = sentence.tokens.lower
    for at in (last - 1, last):
        word = sentence.word(at)
        name = STATES.get(word)
        if name is None and at == last and lemma(word) in TRANSITIVE and not _noun_follows(sentence, at):
            name = TRANSITIVE[lemma(word)] if word.endswith(("ed", "ung", "ot", "urt")) else None
        if name is None:
            continue
        if at == last - 1 and first == at:
            continue
        if at == last and word in {"lives", "bodies"}:
            continue
        if not _noun_follows(sentence, at):
            return Governor(name, at)
    if sentence.word(last) == "others" and (name := STATES.get(sentence.word(last + 1))):
        return Governor(name, last + 1)
    return None if lower[last - 1] != "lives" else Governor("killed", last - 1)


def _noun_follows(sentence: Sentence, at: int) -> bool:
    """Whether the word only describes what follows: "22 wounded soldiers", "12 injured people"."""
    after = sentence.word(at + 1)
    return bool(after) and (after in PERSONS or lemma(after) in PERSONS) and after not in {"police", "others", "other"}


def _as_object(sentence: Sentence, first: int) -> Governor | None:
    """The transitive verb whose object the count is, also across other objects: "killed a nurse and | two soldiers"."""
    lower, joined = sentence.tokens.lower, False
    for at in range(first - 1, max(sentence.first, first - _OBJECT_WINDOW) - 1, -1):
        word = lower[at]
        if word in {"and", ",", "or"}:
            joined = True
        elif word in _LEAVING:
            return None
        elif sentence.tokens.verb(at):
            name = TRANSITIVE.get(lemma(word))
            if name is None or sentence.tokens.passive(at):
                return None
            if joined and sentence.word(at - 1) not in {"", ","} and _participle_of_count(sentence, at, first):
                return None
            return Governor(name, at)
        elif word in _OBJECT_STOPS or word in BE or word in HAVE or word in {";", ":", "."}:
            return None
        elif word in PREPOSITIONS and not joined:
            if at == first - 1 and word not in {"about", "around", "over", "up", "to", "between", "above", "under"}:
                return None
            if at < first - 1 and word not in {"about", "around", "over", "up", "to", "of", "between"}:
                return None
    return None


def _participle_of_count(sentence: Sentence, verb: int, first: int) -> bool:
    """Whether the verb is said of what stands before it, so that a count after "and" is not its object.

    "22 people killed and 40 | …", "22 people killed in the blast, and 40 | …".
    """
    after = sentence.word(verb + 1)
    return after in {"and", ",", "in", "by", "on", "when", "as", "during", "after", "at"} and verb + 1 < first


def _as_subject(sentence: Sentence, first: int, last: int) -> Governor | None:
    """The verb that is said of the count: passive, reduced ("22 people killed in …"), or intransitive."""
    verb = sentence.verb_after(last)
    if verb is None:
        return None
    tokens, lower = sentence.tokens, sentence.tokens.lower
    if _part_named(sentence, last, verb):
        following = sentence.verb_after(verb + 1)
        verb = verb if following is None else following
    chain = lower[verb] in BE or lower[verb] in HAVE or not tokens.verb(verb)
    main = sentence.main_verb(verb) if chain else verb
    if main is None or main >= sentence.last:
        return None
    word = lower[main]
    base = lemma(word)
    passive = chain and any(lower[at] in BE for at in range(verb, main))
    if word == "among" and passive:
        following = sentence.verb_after(main + 1, 12)
        if following is not None and (name := TRANSITIVE.get(lemma(lower[following]))):
            return Governor(name, following)
        return next((Governor(STATES[lower[at]], at) for at in range(main + 1, min(main + 6, sentence.last)) if lower[at] in STATES), None)
    if passive and (name := STATES.get(word)):
        return Governor(name, main)
    if passive and word in {"believed", "feared", "thought", "reported", "confirmed", "presumed", "said", "known", "listed"}:
        for at in range(main + 1, min(main + 5, sentence.last)):
            name = STATES.get(lower[at]) or (TRANSITIVE.get(lemma(lower[at])) if tokens.verb(at) else None)
            name = name or INTRANSITIVE.get(lemma(lower[at]))
            if name:
                return Governor(name, at)
        return None
    if base in INTRANSITIVE and not passive:
        return Governor(INTRANSITIVE[base], main)
    if word in {"lost", "lose", "losing"} and sentence.word(main + 2) in {"lives", "life"}:
        return Governor("killed", main)
    name = TRANSITIVE.get(base)
    if name is None or (word.endswith("ing") and not passive):
        return None
    if passive:
        return Governor(name, main)
    if chain or lower[main - 1] in {"and", "or"} or word.endswith("s"):
        return None
    after = sentence.word(main + 1)
    return Governor(name, main) if not after or after in _AFTER_PASSIVE or after.endswith("ly") else None


def _part_named(sentence: Sentence, last: int, verb: int) -> bool:
    """Whether the verb found only adds a part: "12 people, including ..., were killed"."""
    return sentence.word(verb) in {"including", "included"} or (
        sentence.word(last) in {"who", "which"} and sentence.word(verb) in {"said"}
    )


def _toll(sentence: Sentence, first: int) -> Governor | None:
    """A noun for what was done, of so many: "the death toll rose to | 22", "the killing of | one person"."""
    if sentence.word(first - 1) not in _TOLL_LINKS:
        return None
    lower = sentence.tokens.lower
    for at in range(first - 1, max(sentence.first, first - 10) - 1, -1):
        word = lower[at]
        if word in TOLLS and word not in {"missing"}:
            if word == "toll" and sentence.word(at - 1) in {"injury", "casualty"}:
                return Governor("injured" if lower[at - 1] == "injury" else "casualties", at)
            return Governor(TOLLS[word], at)
        if word in {",", ";", ":"} and at < first - 1:
            return None
    return None


def _joined(sentence: Sentence, first: int) -> bool:
    """Whether nothing but a noun phrase lies between the count and the one joined to it."""
    lower = sentence.tokens.lower
    return all(
        lower[at] not in _OBJECT_STOPS and not sentence.tokens.verb(at)
        for at in range(max(sentence.first, first - 6), first)
    )


def none_said(sentence: Sentence) -> Iterator[tuple[int, int, str, bool]]:
    """Places where none is said to be killed, hurt, missing: tokens, attribute, and whether only no report tells of it.

    "no casualties", "nobody was hurt", "no reports of injuries".
    """
    lower, tokens = sentence.tokens.lower, sentence.tokens
    at = sentence.first
    while at < sentence.last:
        word = lower[at]
        if word in _NONE:
            loose = False
            for after in range(at + 1, min(at + 8, sentence.last)):
                name = STATES.get(lower[after])
                base = lemma(lower[after])
                if name is None and (word != "no" or any(lower[k] in BE for k in range(at, after))):
                    name = TRANSITIVE.get(base) if tokens.passive(after) else INTRANSITIVE.get(base)
                if name is None and lower[after] == "damage":
                    name = "damaged"
                if name:
                    yield at, after + 1, name, loose
                    at = after
                    break
                if lower[after] not in _ZERO_LINKS and not lower[after].endswith("ly"):
                    break
                loose = loose or lower[after] in {"report", "reports", "reported", "word", "known", "sign", "signs"}
        at += 1


def one_said(sentence: Sentence) -> Iterator[tuple[int, int]]:
    """Phrases for one person, which count as one where people are killed, hurt or taken: "a nurse", "another man"."""
    lower = sentence.tokens.lower
    for at in range(sentence.first, sentence.last - 1):
        if lower[at] not in {"a", "an", "another"}:
            continue
        for noun in range(at + 1, min(at + 5, sentence.last)):
            word = lower[noun]
            if word in PERSONS and word not in _NOT_ONE and sentence.word(noun + 1) not in PERSONS:
                if sentence.word(noun + 1) not in {"of", "bomb", "bomber", "bombing", "-"}:
                    yield at, noun + 1
                break
            if not word[:1].isalpha() or word in DETERMINERS or word in PREPOSITIONS or word == "and":
                break
