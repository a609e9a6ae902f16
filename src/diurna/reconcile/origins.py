"""On whose word a claim rests: the last voice of its chain, one name for each throughout an event.

Copies of a text and reports that quote one speaker have one origin; so have a body and those who speak for it.
"""

import re
from collections.abc import Iterable, Mapping

from diurna.model import Claim

__all__ = ["PRONOUNS", "may_speak", "name_key", "name_origins", "named_alone", "origin_words"]

_SPEAKER = re.compile(
    r"\b(?:spokes(?:man|woman|person|people)|representatives?|officials?|statement|website|report|bulletin|briefing"
    r"|press office|account|post|tweet|letter|heads?|chiefs?|directors?|ministers?|secretary|officers?|agency|office"
    r"|service)\b(?:\s(?:for|of|from|at|by|in))?",
    re.IGNORECASE,
)
_ARTICLE = re.compile(r"^(?:the|a|an|its|their|his|her|one|another|some|several)\s+", re.IGNORECASE)
_POSSESSIVE = re.compile(r"['’]s\b|['’](?=\s|$)")
_WORD = re.compile(r"\w+")
PRONOUNS = frozenset(re.findall(r"\w+", "he she it they we i that this who which one those these its his her their"))
_PEOPLE = re.compile(
    r"\b(?:passengers|residents|villagers|farmers|witness(?:es)?|relatives|famil(?:y|ies)|workers|employees|drivers|critics"
    r"|opponents|neighbours|rivals?|supporters|members|customers|survivors|marchers|protesters|voters|former|lawyers?"
    r"|unions?|association)\b",
    re.IGNORECASE,
)
_GLUE = frozenset(
    re.findall(
        r"\w+", "the a an of for in at on and s from by to its their own country same local city town county village"
    )
)


def origin_words(claim: Claim, outlet: str) -> str:
    """The words for a claim's origin: the last voice of its chain that is named, else the outlet or its agency."""
    for voice in reversed(claim.chain):
        if voice.kind == "outlet":
            break
        words = voice.words.strip()
        if words and words.casefold() not in PRONOUNS and voice.kind != "unnamed" and may_speak(words):
            return words
    return outlet


def named_alone(words: str) -> str:
    """The words for a speaker without when and where they speak: "In Corrin the ministry", "the police now"."""
    return _WHEN.sub("", _WHERE.sub("", words.strip()))


def may_speak(words: str) -> bool:
    """Whether words can be those for a speaker: no number of things, no whole clause."""
    return len(words.split()) <= _MOST_WORDS and _NO_SPEAKER.match(words) is None


def name_origins(said: Iterable[tuple[str, str]]) -> Mapping[str, str]:
    """One name for each of the words that origins of an event go by; of those that mean one, the fullest.

    Each comes with the reference of its entity, empty where none is known.
    """
    keys: dict[str, frozenset[str]] = {}
    refs: dict[str, set[str]] = {}
    for words, ref in said:
        keys.setdefault(words, name_key(words) if _JOINT.search(words) is None else frozenset((words,)))
        if ref and _JOINT.search(words) is None:
            refs.setdefault(ref, set()).add(words)
    parent = {words: words for words in keys}

    def root(words: str) -> str:
        while parent[words] != words:
            words = parent[words]
        return words

    def join(one: str, other: str) -> None:
        first, second = sorted((root(one), root(other)), key=lambda words: (-len(keys[words]), len(words), words))
        if first != second:
            parent[second] = first

    for same in refs.values():
        first, *rest = sorted(same)
        for words in rest:
            join(first, words)
    by_key: dict[frozenset[str], str] = {}
    for words, key in keys.items():
        join(by_key.setdefault(key, words), words)
    for one in sorted(keys, key=lambda words: (-len(keys[words]), words)):
        # "the ministry" is the interior ministry unless another ministry speaks too.
        wider = {root(other) for other in keys if keys[one] < keys[other] and _same_body(one, other)} - {root(one)}
        if len(wider) == 1:
            join(one, wider.pop())
    return {words: root(words) for words in keys}


def _same_body(short: str, wide: str) -> bool:
    """Whether longer words may name who shorter ones name: passengers of Velmair are not Velmair."""
    return _PEOPLE.search(wide) is None or _PEOPLE.search(short) is not None


def name_key(words: str) -> frozenset[str]:
    """What of some words tells who is meant: without articles, and without the one who speaks for a body."""
    plain = _POSSESSIVE.sub("", _ARTICLE.sub("", words.strip()))
    found = {word.casefold() for word in _WORD.findall(_SPEAKER.sub(" ", plain))} - _GLUE
    found = found or {word.casefold() for word in _WORD.findall(plain)} - _GLUE
    return frozenset(word[:_STEM] for word in found)  # "Velmoran" and "Velmora's" are one


_WHERE = re.compile(r"^(?:By\s|In\s[A-Z]\w+(?:\s[A-Z]\w+)*,?\s(?=the\b|an?\b))")
_WHEN = re.compile(r"\s(?:now|too|also|still|later|then|on \w+day|yesterday|today)$")
_JOINT = re.compile(r"\band (?:the|its|their|an?|others?)\b|^[A-Z][\w’'.-]*(?:,? [A-Z][\w’'.-]*)* and [A-Z][\w’'.-]*$")
_MOST_WORDS = 14
_NO_SPEAKER = re.compile(
    r"(?:[Aa]nother|[Aa]bout|[Nn]early|[Oo]ver|[Mm]ore than|[Aa]t least)\s\d|\d[\d,.]*\s[a-z]"
    r"|(?:[Ww]ith|[Aa]ll|[Aa]s|[Oo]f|[Aa]mid|[Dd]espite|[Uu]nder)\s(?:the\b|\d|[a-z])"
)
_STEM = 6
