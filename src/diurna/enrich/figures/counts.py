"""What is counted of people and things: killed, injured, launched, …, and what stands for none and for one."""

import re
from collections.abc import Iterator

from msgspec import Struct

from diurna.enrich.figures.grammar import BE, DETERMINERS, HAVE, PREPOSITIONS, Sentence
from diurna.enrich.figures.words import CAPACITY, INTRANSITIVE, PERSONS, STATES, TOLLS, TRANSITIVE, lemma, word_set

__all__ = ["LONGEST_OF", "Governor", "govern_count", "none_said", "one_said", "part_said"]


class Governor(Struct, frozen=True):
    """What decides the attribute of a count: its name, and the token of the verb or noun that says so."""

    attribute: str
    at: int
    inherited: bool = False
    """Whether it is that of the count before: "22 people, including six children"."""
    listed: bool = True
    """Whether the list names it; counts joined by "and" share only such a name."""


_POSSESSED = re.compile(r".*['’]s\s")
_OBJECT_WINDOW = 14
LONGEST_OF = 6
_LONGEST_GAP = 5
_ROLES = word_set("casualties aboard hostages survived seats votes displaced homeless")
_PARTS = frozenset(["including", "among", "includes", "included"])
_AFTER_PASSIVE = word_set(
    """
    in by when during on as after at and or , . ; since near with over inside outside along overnight while
    across early late yesterday today monday tuesday wednesday thursday friday saturday sunday this last but
    because from under amid between following before ) " ” : for to that there here including among so - – —
    according many most into some through around off around off instantly dead alive earlier also while
    throughout despite
    """
)
_TOLL_LINKS = word_set(
    """
    of to at reached was is were stands stood hit passed surpassed exceeded topped put rises rose number numbered total
    totalled
    """
)
_OBJECT_STOPS = word_set(
    """
    that who whom which when where while after because but if although until than as
    """
)
_LEAVING = frozenset(["left", "leaving", "leaves", "leave"])
_NONE = frozenset(["no", "nobody", "none"])
_ZERO_LINKS = word_set(
    """
    reports report of immediate word reported known confirmed further other civilian serious major new any one
    were was is are be to people has have had been person militants soldiers early sign signs or
    """
)
_NOT_ONE = word_set("number series group lot few couple day week month year result total")


def govern_count(
    sentence: Sentence, first: int, last: int, before: Governor | None, before_last: int = -1
) -> Governor | None:
    """What is said of the things counted by the tokens from `first` to before `last`; None where nothing listed is.

    `before` is the governor of the count before in the same sentence, which a part of it inherits; `before_last` where
    that count ends.
    """
    lower = sentence.tokens.lower
    if before is not None and (_is_part(sentence, first, last) or sentence.compared(first)):
        return Governor(before.attribute, before.at, inherited=True)
    state = _state(sentence, first, last)
    if state is not None and state.attribute not in _ROLES:
        return state
    governor = _among(sentence, last) if sentence.word(last) == "among" else None
    if governor is None:
        governor = _as_object(sentence, first)
    if governor is None and not _whole(sentence, first, before_last):
        governor = _as_subject(sentence, first, last)
    if governor is None and state is not None:
        return state
    if governor is None:
        governor = _numbered(sentence, first) or _toll(sentence, first) or _sought(sentence, first)
    if (
        governor is None
        and before is not None
        and before.listed
        and sentence.word(first - 1) in {"and", ","}
        and not (sentence.word(last) in BE or sentence.word(last) in HAVE)
        and _joined(sentence, first)
    ):
        governor = Governor(before.attribute, before.at)
    if (
        governor is None
        and sentence.word(first - 1) in {"claimed", "claiming", "killing"}
        and lower[last - 1] == "lives"
    ):
        governor = Governor("killed", first - 1)
    return governor


def _whole(sentence: Sentence, first: int, before_last: int) -> bool:
    """Whether the count is the whole that the one before is of: "48 of | 248 trusts", "two of the country's | nine"."""
    return before_last >= 0 and first - before_last <= LONGEST_OF and sentence.word(before_last) == "of"


def name_count(sentence: Sentence, first: int, last: int, counted: str) -> tuple[str, int]:
    """Name of a count that no listed verb governs: the things counted; of mere people, the verb said of them.

    "99 countries", "338 tickets"; "some 600 residents left | …". The second is the token that gave the name.
    """
    *described, head = (_POSSESSED.split(counted)[-1].split() or [counted])[-3:]
    name = " ".join([*(word for word in described if not word.istitle()), head])
    name = " ".join(word if word[1:] != word[1:].lower() else word.lower() for word in name.split())
    head = head.lower()
    tokens, lower = sentence.tokens, sentence.tokens.lower
    at = sentence.verb_before(first, 3)
    modal = at is not None and sentence.word(at - 1) in {"can", "could", "may"}
    if at is not None and modal and lemma(lower[at]) in CAPACITY:
        return "capacity", at
    if lemma(head) not in PERSONS:
        return name, last - 1
    verb = sentence.verb_after(last, 8)
    main = None if verb is None else verb if tokens.verb(verb) else sentence.main_verb(verb)
    if main is None or main >= sentence.last or not tokens.verb(main) or tokens.reporting(main):
        return name, last - 1
    if lower[main].endswith("ing") or lemma(lower[main]) in TRANSITIVE:
        return name, last - 1
    return lower[main], main


def part_said(sentence: Sentence, last: int) -> Governor | None:
    """What is said of so many of a whole that ends before `last`: "six of the nine provinces | were closed"."""
    verb = sentence.verb_after(last, 8)
    main = None if verb is None else sentence.main_verb(verb)
    if main is None or main >= sentence.last or not sentence.tokens.verb(main) or sentence.tokens.reporting(main):
        return None
    return Governor(sentence.word(main), main, listed=False)


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
        if name is not None and at == last and lemma(word) in TRANSITIVE and not _closed(sentence, at):
            name = None
        if name is None:
            continue
        if at == last - 1 and first == at:
            continue
        if at == last and word in {"lives", "bodies"}:
            continue
        if not _noun_follows(sentence, at):
            return Governor(name, at)
    if (
        sentence.word(last).endswith("ly")
        and (name := STATES.get(sentence.word(last + 1)))
        and _closed(sentence, last + 1)
    ):
        return Governor(name, last + 1)
    if sentence.word(last) == "others" and (name := STATES.get(sentence.word(last + 1))):
        return Governor(name, last + 1)
    return None if lower[last - 1] != "lives" else Governor("killed", last - 1)


def _closed(sentence: Sentence, at: int) -> bool:
    """Whether a participle takes no object: "22 people killed | in …", not "12 gunmen killed | 22 people"."""
    after = sentence.word(at + 1)
    return not after or after in _AFTER_PASSIVE or after.endswith("ly") or not after[:1].isalnum()


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
    """The verb that is said of the count: passive, reduced ("22 people killed in …"), or intransitive.

    Where a relative clause hangs on the count, the verb after it is asked too.
    """
    lower = sentence.tokens.lower
    verb = sentence.verb_after(last)
    for _ in range(2):
        if verb is None:
            return None
        if lower[verb] in {"including", "included"}:
            verb = sentence.verb_after(verb + 1)
            continue
        governor = _said_of(sentence, verb, last)
        relative = any(lower[at] in {"who", "which", "that"} for at in range(last, min(last + 3, verb)))
        if governor is not None or not relative:
            return governor
        main = sentence.main_verb(verb)
        verb = None if main is None else sentence.verb_after(main + 1, 12)
    return None


def _said_of(sentence: Sentence, verb: int, last: int) -> Governor | None:
    """What the chain of verbs that begins there says of its subject, which ends before `last`."""
    tokens, lower = sentence.tokens, sentence.tokens.lower
    chain = not tokens.verb(verb)
    main = sentence.main_verb(verb) if chain else verb
    if main is None:
        return None
    word = lower[main]
    base = lemma(word)
    passive = chain and any(lower[at] in BE for at in range(verb, main))
    if passive and (name := STATES.get(word)):
        return Governor(name, main)
    if passive and word == "among":
        return _among(sentence, main)
    if passive and (word, sentence.word(main + 1)) == ("on", "board"):
        return Governor("aboard", main)
    if passive and (word, sentence.word(main + 1)) == ("out", "of"):
        return next((Governor(_OUT_OF[near], main) for near in _near(sentence, main) if near in _OUT_OF), None)
    if passive and word in _HELD_TO:
        return _held_to(sentence, main)
    if base in INTRANSITIVE and not passive:
        return Governor(INTRANSITIVE[base], main)
    phrase = (base, sentence.word(main + 1))
    if phrase in _PHRASES:
        return Governor(_PHRASES[phrase], main)
    if base in {"leave", "lose"} and not passive:
        lost = next(
            (_LOST[lower[at]] for at in range(main + 1, min(main + 4, sentence.last)) if lower[at] in _LOST), None
        )
        return Governor(lost, main) if lost else None
    name = TRANSITIVE.get(base)
    if name is None or (word.endswith("ing") and not passive):
        return None
    if passive:
        return Governor(name, main)
    if chain or lower[main - 1] in {"and", "or"} or word.endswith("s"):
        return None
    return Governor(name, main) if _closed(sentence, main) and main - last <= _LONGEST_GAP else None


_PHRASES = {
    ("take", "part"): "took part",
    ("taken", "part"): "took part",
    ("fall", "ill"): "infected",
    ("fall", "sick"): "infected",
    ("go", "missing"): "missing",
    ("fall", "victim"): "casualties",
    ("fall", "victims"): "casualties",
}
_LOST = {"lives": "killed", "life": "killed", "homes": "displaced", "home": "displaced", "houses": "displaced"}
_OUT_OF = dict.fromkeys(("work", "job", "jobs"), "unemployed") | dict.fromkeys(("home", "homes", "houses"), "displaced")
_HELD_TO = word_set(
    """
    found dug pulled recovered declared pronounced believed feared thought reported confirmed presumed said known listed
    """
)


def _near(sentence: Sentence, at: int) -> list[str]:
    """The words after a token, as far as what it is out of may stand."""
    return [sentence.word(near) for near in range(at + 2, at + 5)]


def _among(sentence: Sentence, at: int) -> Governor | None:
    """What is said of those whom the count is among: "were among at least 22 people killed", "was among the dead"."""
    lower = sentence.tokens.lower
    for near in range(at + 1, min(at + 10, sentence.last)):
        name = STATES.get(lower[near]) if near < at + 6 else None
        if name is None and sentence.tokens.verb(near):
            name = TRANSITIVE.get(lemma(lower[near]))
            if name is None:
                return None
        if name:
            return Governor(name, near)
    return None


def _held_to(sentence: Sentence, at: int) -> Governor | None:
    """What the count is held to be: "feared dead", "believed to have been killed"."""
    lower = sentence.tokens.lower
    for near in range(at + 1, min(at + 6, sentence.last)):
        base = lemma(lower[near])
        name = STATES.get(lower[near]) or INTRANSITIVE.get(base)
        if name is None and sentence.tokens.verb(near):
            name = TRANSITIVE.get(base)
        if name:
            return Governor(name, near)
    return None


def _numbered(sentence: Sentence, first: int) -> Governor | None:
    """The things whose number is given: "the number of cases has risen to | 32"."""
    found = sentence.number_of(first)
    if found is None:
        return None
    words = sentence.tokens.lower[found[0] : found[1]]
    if "out" in {words[-1], sentence.word(found[1])}:
        return Governor("unemployed", found[1] - 1)
    name = STATES.get(words[-1])
    verb = sentence.verb_after(found[1], 4)
    if name is None and verb is not None and verb < first:
        main = sentence.main_verb(verb)
        name = TRANSITIVE.get(lemma(sentence.tokens.lower[main])) if main is not None else None
    return Governor(name or " ".join(words[:4]), found[1] - 1)


def _toll(sentence: Sentence, first: int) -> Governor | None:
    """A noun for what was done, of so many: "the death toll rose to | 22", "the killing of | one person"."""
    if sentence.word(first - 1) not in _TOLL_LINKS:
        return None
    lower = sentence.tokens.lower
    for at in range(first - 1, max(sentence.first, first - _OBJECT_WINDOW) - 1, -1):
        word = lower[at]
        if word in TOLLS and word != "missing":
            if word == "toll" and sentence.word(at - 1) in {"injury", "casualty"}:
                return Governor("injured" if lower[at - 1] == "injury" else "casualties", at)
            return Governor(TOLLS[word], at)
        if word in {",", ";", ":"} and at < first - 1:
            return None
    return None


def _sought(sentence: Sentence, first: int) -> Governor | None:
    """Those who are looked for: "still searching for | one man"."""
    sought = sentence.word(first - 1) == "for" and lemma(sentence.word(first - 2)) in {"search", "look", "hunt"}
    return Governor("missing", first - 2) if sought else None


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
                if _phrase_ends(sentence, noun + 1):
                    yield at, noun + 1
                break
            if not word[:1].isalpha() or word in DETERMINERS or word in PREPOSITIONS or word == "and":
                break


def _phrase_ends(sentence: Sentence, at: int) -> bool:
    """Whether no noun goes on there: "a child | in", not "a child | labour survivor"."""
    word = sentence.word(at)
    return not word[:1].isalnum() or word == "as" or word in DETERMINERS or (word != "of" and sentence.ends_phrase(at))
