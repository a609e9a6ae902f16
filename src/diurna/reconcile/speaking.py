"""On whose word a figure rests: by its chain, else by its sentence, else by the sentence before that it goes on from.

News names a speaker once and goes on: "…, the railway said. Four people were killed. More than thirty were hurt, it
said." And it lets those speak who count: "The institute put the depth at six kilometres."
"""

import re
from collections.abc import Iterable

from msgspec.structs import replace

from diurna.model import Article, Claim, Span
from diurna.reconcile.origins import PRONOUNS, may_speak, named_alone, origin_words

__all__ = ["speakers_by_claim"]

_STOP = (
    r"(?:and|but|or|was|were|is|are|had|has|have|which|who|that|when|where|while|after|before|because|as|on|by|from|into"
    r"|over|during|since|until|if|though|although|not|will|would|could|may|might|also|too|then|only|still|first|later|cannot"
    r"|can|did|does|do|been|being|further|there|this|these|those|it|they|he|she|we|i|you|how|what|more|most|least)"
)
_NOUN = rf"(?!(?i:{_STOP})\b|\w+ly\b)[\w’'&.-]*[\w’']"
_ARTICLE = r"(?:(?:[Tt]he|[Aa]n?|[Ii]ts|[Tt]heir|[Oo]ne)\s)?"
_LINK = r"(?:(?:of|for|from|in|at)\s(?:the\s|a\s)?)?"
_NAME = rf"(?P<who>{_ARTICLE}(?!\w+ing\b){_NOUN}(?:\s{_LINK}{_NOUN}){{0,6}}?)"
_ASIDE = r"(?:,\s[^,;:“”\"]{3,60},)?"
_COUNTING = (
    r"(?:puts?|gave|gives?|count(?:s|ed)?|measure[sd]|value[sd]|logged|registered|record(?:s|ed)|estimate[sd]|pegged"
    r"|reckon(?:s|ed)|report(?:s|ed)|show(?:s|ed)|found|finds|noted|notes|confirmed|admitted|expects?|insists?|held|raised|lowered|set|kept|keeps"
    r"|made\sit|kept\sto|keeps\sto|stands?\sby|stood\sby|st(?:icks|uck)\s(?:to|with)|boast(?:s|ed)|s(?:poke|peaks)\sof|sa(?:y|ys|id)(?=\s(?:\d|about\s\d|some\s\d|only\s\d)))"
)
_SAYING = (
    r"(?:said|says?|reported|reports|found|noted|notes|added|shows?|showed|announced|admitted|told\s\w+"
    r"|measured|estimate[sd]|reckon(?:s|ed)|calculate[sd]|counted|believes?)"
)
_RULES = tuple(
    re.compile(pattern)
    for pattern in (
        rf"\b(?:citing|quoting)\s{_NAME}(?=[.,;]|$)",
        rf"\b[Bb]y\s{_NAME}[’']s?\s(?:\w+\s)?(?:reckoning|count|account|figures|estimate|measure)\b",
        rf",\s{_NAME}{_ASIDE}\s{_SAYING}(?=[\s.,;:]|$)",
        rf"(?:^|[;:]\s|\band\s|,\sbut\s|\s-\s){_NAME}{_ASIDE}\s(?:(?:too,|still)\s)?{_COUNTING}\s",
    )
)
_PAST_PERFECT = re.compile(r"\bhad\s(?:\w+ly\s)?(?:been\s)?\w+(?:ed|en|n|t|ught)\b|\bhad\sbeen\b")
_GOES_ON = re.compile(r"^[“\"]?(?:They|Of them|He|She|None|Another|\w+ (?:of them|others|more))\b")
_REACH = 2
"""Sentences after a speaker was named up to which what nobody is named for may still be that one's."""


def speakers_by_claim(article: Article, claims: Iterable[Claim]) -> dict[str, str]:
    """The words for whoever speaks, of each figure that somebody other than the outlet gives, by the claim's id."""
    text, found = article.text, dict[str, str]()
    last, since, place, paragraph = "", 0, -1, True
    for claim in sorted(claims, key=lambda one: (one.sentence.start, one.sentence.end)):
        if claim.sentence.start != place:
            since += 1
            paragraph = "\n" not in text[max(place, 0) : claim.sentence.start].strip(" ") if place >= 0 else False
            place = claim.sentence.start
        words = _of_own_part(text, claim) or origin_words(claim, "")
        if (not words and _by_pronoun(claim)) or _OWN.match(words) or _UNNAMED.fullmatch(words):
            words = last or words
        if not words and claim.kind == "figure":
            words = _named_in(text, claim)
        if words:
            last, since = words, 0
        elif claim.kind == "figure" and last and since <= _REACH and _goes_on(text, claim.sentence, same=paragraph):
            words = last
        if words:
            found[claim.id] = words
    return found


def _by_pronoun(claim: Claim) -> bool:
    voices = [voice for voice in claim.chain if voice.kind != "outlet"]
    return bool(voices) and voices[-1].words.strip().casefold() in PRONOUNS


def _of_own_part(text: str, claim: Claim) -> str:
    """Who gives a figure in the part of its sentence after a semicolon: "…; | the police made it 22,000"."""
    if claim.kind != "figure" or claim.measured is None:
        return ""
    at = text.rfind(";", claim.sentence.start, claim.measured.start)
    return _named_in(text, replace(claim, sentence=Span(at + 2, claim.sentence.end))) if at >= 0 else ""


def _named_in(text: str, claim: Claim) -> str:
    """Who gives a figure by the words of its sentence, where no chain was read."""
    sentence = text[claim.sentence.start : claim.sentence.end]
    at = claim.measured.start - claim.sentence.start if claim.measured is not None else 0
    for number, rule in enumerate(_RULES):
        for found in rule.finditer(sentence):
            counts = number == len(_RULES) - 1
            who = named_alone(found["who"])
            if not who or who.casefold() in PRONOUNS or not may_speak(who):
                continue
            if not counts or (found.end() <= at and at - found.end() <= _NEAR):
                return who
    return ""


_OWN = re.compile(r"(?:its|their|his|her)\s", re.IGNORECASE)
"""What is somebody's own speaks for that one: "its register shows"."""

_UNNAMED = re.compile(
    r"(?:an?|the|one|another)\s(?:spokes(?:man|woman|person)|officials?|officer|representative|director|secretary)",
    re.IGNORECASE,
)
"""Who speaks for whoever spoke before: "a spokesman"."""
_NEAR = 90
"""Characters from the verb of who counts to the figure."""


def _goes_on(text: str, span: Span, *, same: bool) -> bool:
    """Whether a sentence goes on with what was said in the one before: it tells of what had been, or of the same."""
    sentence = text[span.start : span.end]
    goes_on = _GOES_ON.search(sentence) is not None
    return (_PAST_PERFECT.search(sentence) is not None and (same or goes_on)) or (same and goes_on)
