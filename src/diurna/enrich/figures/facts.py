"""Facts that no figure gives, and reports differ on: what caused it, who did it, whose it is, of what type it was.

Only what a text says outright is taken: "caused by", "blamed", "accused … of", "belongs to", "fired a missile".
"""

import re
from collections.abc import Iterator

from diurna.enrich.figures.words import PERSONS, lemma, word_set

__all__ = ["facts_of", "may_tell"]

_TRIGGERS = re.compile(
    r"\b(?:cause[ds]?|causing|triggered|sparked|started|set off|brought about|touched off|blam(?:e|ed|es|ing)|at fault"
    r"|due to|attributed to|put down to|suspected|accuse[ds]|claimed responsibility|carried out by|done by|committed by"
    r"|behind|belong(?:s|ed|ing) to|owned by|owner|operator|operated by|property of|fired|launched|tested|test-fired"
    r"|shot down|let off|to it|traced? to|traces|stem(?:s|med) from|down to|must answer|responsible|missiles?|rockets?"
    r"|drones?|craft|aircraft|satellites?|balloons?|torpedo(?:es)?|fail\w*|fault\w*|error|mistake|defect\w*|leak\w*"
    r"|circuit|spark\w*|lightning|bacteria|virus|sabotage|arson|negligence|overheat\w*|broken|cracked|loose|burst"
    r"|split|frayed|planted|carried out|opened fire|fired first|shot first|staged|hacked|broke into|blew up|set fire"
    r"|poisoned|sabotaged|done it|done this|snapped|gave way|worn|corroded|jammed|blown|rust\w*|fatigue)\b",
    re.IGNORECASE,
)
_STOP = (
    r"(?:and|but|or|was|were|is|are|had|has|have|said|says|saying|which|who|that|when|where|while|after|before|because"
    r"|as|for|on|in|at|to|by|from|into|over|during|since|until|if|though|although|not|will|would|could|may|might|told"
    r"|near|off|with|under|against|around|across|through|without|about|towards?|above|below|behind|amid|despite)"
)
_NOUN = rf"(?!{_STOP}\b)[\w’'-]+"
_DETERMINER = r"(?:(?:[Aa]n?|[Tt]he|[Ii]ts|[Tt]heir|[Hh]is|[Hh]er|[Ss]ome|[Aa]nother|[Oo]ne)\s)?"
_PHRASE = rf"{_DETERMINER}(?P<what>{_NOUN}(?:\s(?:of\s{_DETERMINER})?{_NOUN}){{0,6}})"
_WIDE = rf"{_DETERMINER}(?P<what>{_NOUN}(?:\s(?:(?:of|for|in|at|from)\s{_DETERMINER})?{_NOUN}){{0,8}})"
_CLAUSE = r"(?:^[“\"]?|[,;:“\"-]\s|\s[“\"]|\b(?:that|and|said|says)\s)"
_ASIDE = r"(?:,\s(?:and|but)\s(?:not|no)\s[^,]{1,40},)?"
_DONE = r"(?:caused|triggered|sparked|started|brought\sabout|set\soff|touched\soff)"
_SENT = (
    r"(?:threw|sent|put|brought|made|doomed|sank|wrecked|ruined|derailed|knocked|tore|ripped|blew|cut|forced|left|struck"
    r"|hit|led|let|stopped|killed|plunged|shut|tripped)"
)
_STRUCK = (
    r"(?:planted|carried\sout|opened\sfire|fired\sfirst|shot\sfirst|staged|hacked|broke\sinto|blew\sup"
    r"|set\sfire\sto|poisoned|sabotaged|done\s(?:it|this))"
)
_EVENT = r"(?:the|an?|this|that|these|its|all|another|it\b|[A-Z][a-z]+day)"
_FIRED = r"(?:fired|launched|tested|test-fired|shot\sdown|let\soff)"

# Each with what it tells of; who acts is a perpetrator wherever a cause is told.
_RULES = tuple(
    (attribute, re.compile(pattern))
    for attribute, pattern in (
        ("cause", rf"\b{_DONE}\sby\s{_PHRASE}"),
        ("blamed on", rf"\b[Bb]lam(?:ed|es|ing|e)\s(?:the|an?|its|their|this|that)\s[\w’'\s-]{{1,40}}?\son\s{_PHRASE}"),
        ("cause", rf"\b[Bb]lam(?:ed|es|ing|e)\s(?:it\s|this\s)?(?:on\s)?(?!for\b){_PHRASE}"),
        ("cause", rf"\b(?:due|attributed|put\sdown)\sto\s{_PHRASE}"),
        ("cause", rf"\b[Tt]he\scause\s(?:of\s[\w\s]{{1,40}}?\s)?(?:was|is)\s{_PHRASE}"),
        ("cause", rf"{_CLAUSE}{_WIDE}\s(?:had\s)?{_DONE}\s{_EVENT}"),
        ("cause", rf"{_CLAUSE}{_WIDE}\s(?:was|were|is|are)\s(?:to\sblame|at\sfault|behind\s(?:it|the)\b)"),
        ("cause", rf"{_CLAUSE}{_WIDE}\s(?:is|are|was|were)\ssuspected\b"),
        ("cause", rf"\blaid\s(?:it|this|that|the\s\w+)\sto\s{_PHRASE}"),
        ("cause", rf"\b(?:traced\sto|stem(?:s|med)\sfrom)\s{_PHRASE}"),
        ("cause", rf"{_CLAUSE}{_WIDE}\s(?:had\s)?(?:set|brought)\s(?:it|them|the\s\w+)\s(?:off|down)\b"),
        ("mishap", rf"{_CLAUSE}{_WIDE}{_ASIDE}\s(?:(?:had|has)\s|(?:was|were)\swhat\s)?{_SENT}\b"),
        ("mishap", rf"\b(?:sp(?:oke|eaks|eaking)\sof|suspect(?:s|ed)?|point(?:s|ed)\sto)\s{_PHRASE}"),
        (
            "mishap",
            rf"{_CLAUSE}[Tt]he\s(?P<what>{_NOUN}(?:\s{_NOUN})?\s(?:had\s)?(?:failed|burst|snapped|gave\sway))\b",
        ),
        ("mishap", rf"\b[Ii]t\s(?:was|is|had\sbeen)\s{_PHRASE}"),
        ("perpetrator", rf"{_CLAUSE}{_PHRASE}(?:,[^,]{{1,40}},)?\s(?:(?:had|has|have)\s)?{_STRUCK}\b"),
        ("perpetrator", rf"\btraces\s(?:led|lead|point|pointed)\sto\s{_PHRASE}"),
        ("perpetrator", rf"\b[Aa]ccus(?:ed|es)\s{_PHRASE}\sof\b"),
        ("perpetrator", rf"{_CLAUSE}{_PHRASE}\s(?:must\sanswer|(?:was|were|is|are)\sresponsible)\sfor\b"),
        ("perpetrator", rf"{_CLAUSE}{_PHRASE}\s(?:(?:has|have|had)\s)?claimed\sresponsibility\b"),
        ("perpetrator", rf"\b(?:done|carried\sout|committed)\sby\s{_PHRASE}"),
        ("owner", rf"\b(?:belong(?:s|ed|ing)\sto|owned\sby|property\sof|operated\sby)\s{_PHRASE}"),
        ("owner", rf"\b(?:owner|operator)\s(?:was|is|as)\s{_PHRASE}"),
        ("kind", rf"\b(?:was|were|is|are|flying|flew|(?:calls?|called)\sit)\s{_PHRASE}"),
        ("kind", rf"{_CLAUSE}[Aa]n?\s(?P<what>{_NOUN}(?:\s{_NOUN}){{0,5}})\s(?:was|were|has|had|of|that|from|over)\b"),
        ("type", rf"\b{_FIRED}\s(?:an?|one|its|another|two|three)\s{_PHRASE}"),
    )
)
_FLIERS = word_set("craft missile rocket drone aircraft projectile satellite balloon helicopter jet plane torpedo")
_MISHAPS = word_set(
    """
    failure fault faulty defect defective error mistake leak leaking circuit spark lightning bacteria virus sabotage
    arson negligence overheated overheating broken cracked loose burst split frayed worn corroded jammed blown rust
    rusted fatigue mechanical electrical technical failed snapped gave
    """
)
_NOBODY = word_set(
    "it they he she we i you him her them us this that what nobody no-one somebody whom each both others"
)
_DATES = word_set(
    """
    january february march april may june july august september october november december jan feb mar apr jun jul aug
    sep sept oct nov dec monday tuesday wednesday thursday friday saturday sunday today yesterday
    """
)
_ACTORS = word_set(
    """
    force army troop military militia group government regime coalition police navy gang mob rebel extremist company
    firm operator contractor ministry union authority agency team attacker hacker clerk
    """
)


_NAMES = {"blamed on": "cause", "mishap": "cause", "kind": "type"}
"""Rules that hold only of some words, by what they tell."""
_PAIR = 2


def may_tell(sentence: str) -> bool:
    """Whether a sentence has a word by which such facts are told."""
    return _TRIGGERS.search(sentence) is not None


def facts_of(sentence: str) -> Iterator[tuple[str, int, int]]:
    """Attribute and place in the sentence of each fact that it tells, in the order of the rules; no place twice."""
    taken: list[tuple[int, int]] = []
    for attribute, pattern in _RULES:
        for found in pattern.finditer(sentence):
            start, end = found.span("what")
            words = found["what"].split()
            if any(start < last and first < end for first, last in taken) or words[0].lower() in _NOBODY:
                continue
            if any(word.isdigit() or (word[:1].isupper() and word.lower() in _DATES) for word in words):
                continue
            if attribute == "type" and not any(lemma(word.lower()) in _FLIERS for word in words):
                continue
            if attribute == "kind":
                words = words[: _flier(words)]
                end = start + len(" ".join(words))
                if len(words) < _PAIR:
                    continue
            if attribute == "mishap" and _MISHAPS.isdisjoint(word.lower() for word in words):
                continue
            taken.append(found.span() if attribute == "blamed on" else (start, end))
            name = _NAMES.get(attribute, attribute)
            yield ("perpetrator" if name == "cause" and _acts(words, opening=start == 0) else name), start, end


def _flier(words: list[str]) -> int:
    """How many words of a phrase go up to the first that names something that flies; 0 where none does."""
    return next((at + 1 for at, word in enumerate(words) if lemma(word.lower()) in _FLIERS), 0)


def _acts(words: list[str], *, opening: bool) -> bool:
    """Whether a phrase names somebody: a proper name (not one word that opens a sentence), people, a body."""
    head = lemma(words[-1].lower())
    named = all(word[:1].isupper() for word in words) and (len(words) > 1 or not opening)
    return head in PERSONS or head in _ACTORS or named
