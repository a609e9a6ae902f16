"""Denials and withdrawals that give no figure: which finding each speaks of, or which assertion of somebody else's.

"The ministry denied that any drone had crossed" belongs to the count of drones that others give; "police denied having
used tear gas" stands beside the marchers' "tear gas had been fired". Told only where the words leave little doubt: who
is accused denies it, or two words of the matter are shared, or it answers the sentence before.
"""

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from functools import lru_cache
from itertools import pairwise

from msgspec.structs import replace

from diurna.group.terms import COMMON, stems
from diurna.model import Article, Claim, Span
from diurna.reconcile.align import Said
from diurna.reconcile.origins import PRONOUNS, name_key, named_alone
from diurna.reconcile.values import Range

__all__ = ["Remark", "remarks_of", "taken_back_by", "with_disputes"]

_LONGEST = 80
"""Characters of what is denied that are given as its words."""
_NEAR = 320
"""Characters from a statement to the one that answers it."""
_SHARED = 2
"""Words of the matter, none of them a name, that a denial shares with what it denies."""
_SHARE = 0.6
"""Of the words of the matter in a denial, the share that must be shared, unless two stand side by side in both."""

_ANSWERS = re.compile(
    r"(?:(?:it|this|that|they|he|she)\s)?(?:[\w’']+\s){0,3}?(?:nothing of the (?:kind|sort)(?:\s\w+){0,2}|no such thing"
    r"|not (?:so|true)|untrue|false|baseless|nonsense|a lie|lies|(?:an|a pure|pure) invention)"
    r"|there (?:is|was|are|were) no such \w+"
    r"|(?:we|it|they) did not (?:cause|do) (?:it|this)"
    r"|(?:it|this|that|the (?:report|charge|claim|accusation|allegation)s?)",
    re.IGNORECASE,
)
_POINTING = frozenset(["it", "this", "that"])
_NEGATIVE = re.compile(
    r"^(?:no|none|nobody|nothing)\b|\b(?:was|were|had|is|are|has|have|did|does|do)(?:\snot|n['’]t)\b|\bnever\b",
    re.IGNORECASE,
)
# A clause is denied, or what somebody is charged with; an offer, bail or a visa is refused.
_CLAUSE = re.compile(
    r"^(?:that|having|\w+ing)\b|\b(?:claim|report|charge|accusation|allegation|suggestion|rumour|fault|blame|wrongdoing"
    r"|responsibility|involvement|role|part)s?\b",
    re.IGNORECASE,
)
_OWN_PART = re.compile(
    r"\b(?:not (?:its|his|her|their|our|my) \w+|not (?:ours|theirs|own|one of)|(?:its|his|her|their) own"
    r"|(?:its|his|her|their) propert(?:y|ies)|fault|responsib\w+|involve\w+|blame\w*"
    r"|wrongdoing|any (?:role|part)|behind|guilt\w*|(?:was|were|is|are)(?:\snot|n['’]t)?\sthe\s\w+)\b",
    re.IGNORECASE,
)
_FACTS = frozenset(("perpetrator", "owner", "cause", "type"))
_TOOK_BACK = re.compile(
    r"^\W*(?P<who>[^,;:“”\"]{2,60}?)\s(?:has\s|have\s|had\s|later\s|since\s)*"
    r"(?:(?:withdr(?:ew|awn|aws)|retract(?:ed|s)|took back|takes? back|taken back|recanted|disowned)"
    r"\s(?:its|his|her|their|the|an?|that)\s(?:\w+\s){0,2}?(?P<what>claim|statement|report|charge|accusation|announcement"
    r"|assertion|allegation|version|explanation|figure|toll|count|estimate|number|word|account|remark)s?"
    r"|no longer (?:says?|stands? by|claims?|holds?|maintains?))\b"
)
_FIGURES = frozenset(("figure", "toll", "count", "estimate", "number"))
_LOWER = re.compile(r"(?<![\w’'-])[a-z][a-z’'-]+")
_IDLE = frozenset(
    stems("charge claim report accusation allegation mean say said deny denied use used have single fault")
)
_PLAIN = frozenset(("states", "claims", "reports"))
_VERBAL = frozenset(("states", "claims", "reports", "criticises", "believes", "confirms", "warns"))


class Remark(Said, frozen=True):
    """A statement that gives no figure, with its `content`, and whether it `answers` the sentence before."""

    content: str = ""
    answers: bool = False

    @property
    def retorts(self) -> bool:
        """Whether it denies something or takes it back."""
        return self.denies or self.withdraws


def taken_back_by(sentence: str) -> str:
    """Who takes something back in a sentence, as it names them; empty where it only points to them."""
    found = _TOOK_BACK.search(sentence)
    who = named_alone(found["who"]) if found is not None else ""
    return who if who.casefold() not in PRONOUNS else ""


def remarks_of(
    claims: Iterable[Claim], article: Article, report: str, outlet: str, at: datetime | None
) -> Iterator[Remark]:
    """Statements of a report that deny, take back or assert something; whoever speaks is told by `voice` later."""
    text = article.text
    for claim in claims:
        if claim.kind != "statement" or not claim.content:
            continue
        piece = max(claim.content, key=lambda span: span.end - span.start)
        content, sentence = text[piece.start : piece.end], text[claim.sentence.start : claim.sentence.end]
        clause = content.strip('“”"').removeprefix("that ")
        back = _TOOK_BACK.search(sentence)
        denies = claim.force == "denies"
        negative = claim.force in _VERBAL and not claim.negated and _NEGATIVE.search(clause) is not None
        answers = (denies or claim.force in _PLAIN) and _ANSWERS.fullmatch(clause.rstrip(" .,")) is not None
        answers = answers and (denies or clause.rstrip(" .,").casefold() not in _POINTING)
        if not (denies or negative or back or answers or claim.force in _VERBAL):
            continue
        if denies and not answers and _CLAUSE.search(content) is None:
            continue
        start = piece.start + content.find(clause)
        span = _shortened(text, Span(start, piece.end))
        yield Remark(
            claim=replace(claim, measured=span),
            report=report,
            outlet=outlet,
            at=at,
            range=Range("words", words=matter(clause)),
            words=text[span.start : span.end],
            about="",
            sentence=sentence,
            attribute="",
            context=frozenset(),
            withdraws=back is not None,
            denies=back is None and (denies or negative or answers),
            content=clause,
            answers=answers,
        )


def with_disputes(
    groups: Sequence[Sequence[Said]], remarks: Sequence[Remark], origins: Mapping[str, str]
) -> list[list[Said]]:
    """The groups of claims that answer one question, with denials and withdrawals that speak of them, and after them
    groups of assertions that somebody denies or takes back. `origins` names that of each claim by its id.
    """
    found = [list(group) for group in groups]
    _echo(found, remarks, origins)
    retorts = [remark for remark in sorted(remarks, key=_order) if remark.retorts and remark.claim.id in origins]
    if not retorts:
        return found
    matters = _Matters(found, [one for one in remarks if not one.retorts and one.claim.id in origins], origins)
    for retort in retorts:
        matters.place(retort)
    return [sorted(group, key=_order) for group in found]


def _echo(groups: list[list[Said]], remarks: Sequence[Remark], origins: Mapping[str, str]) -> None:
    """Add to each fact who says it again in other words: "it repeated that lightning had struck"."""
    told = {(one.report, one.claim.sentence) for group in groups for one in group if one.range.kind == "words"}
    common = _common([one.content for one in remarks])
    plain = [one for one in remarks if not one.retorts and one.claim.id in origins]
    worded = [(one, frozenset(stems(one.content))) for one in plain]
    for number, group in enumerate(groups):
        facts = [
            one for one in group if one.range.kind == "words" and one.attribute in _FACTS and one.range.words - common
        ]
        for remark, words in worded if facts else ():
            if (remark.report, remark.claim.sentence) in told:
                continue
            for fact in facts:
                again = origins[remark.claim.id] == origins[fact.claim.id] or _HOLDS.search(remark.sentence)
                blames = fact.attribute != "perpetrator" or _BLAMES.search(remark.content)
                if again and blames and fact.range.words <= words:
                    groups[number].append(replace(remark, range=fact.range, attribute=fact.attribute))
                    break


_BLAMES = re.compile(r"\b(?:blam\w+|behind|responsib\w+|fault|guilt\w*|did it|done it|answer for|carried out)\b")
_HOLDS = re.compile(
    r"\b(?:(?:repeat|insist|maintain)\w*|h(?:e|o)lds? to|st(?:ands?|ood) by|st(?:icks?|uck) (?:to|with)"
    r"|ke(?:pt|eps?) to)\b"
)


class _Matters:
    """What the statements of an event are on, to find what a denial or a withdrawal is of."""

    def __init__(self, groups: list[list[Said]], assertions: Sequence[Remark], origins: Mapping[str, str]) -> None:
        self._groups = groups
        self._origins = origins
        self._assertions = assertions
        self._figures = [(number, one) for number, group in enumerate(groups) for one in group]
        self._reports: dict[str, list[tuple[int | None, Said]]] = {}
        for number, one in self._figures:
            self._reports.setdefault(one.report, []).append((number, one))
        for one in assertions:
            self._reports.setdefault(one.report, []).append((None, one))
        self._common = _common([one.content for one in assertions])
        self._asserted: dict[str, int] = {}
        self._known: dict[tuple[str, str], int | None] = {}

    def _matter(self, text: str) -> frozenset[str]:
        return matter(text) - self._common

    def place(self, retort: Remark) -> None:
        """Put a retort to what it speaks of; it is left out where that is not known."""
        if any(number is not None and self._says_so(one, retort) for number, one in self._beside(retort)):
            return
        key = retort.content, self._origin(retort)
        home = self._known.get(key)
        if home is None:
            home = self._home(retort)
        if home is not None:
            self._known[key] = home
            self._groups[home].append(retort)

    def _home(self, retort: Remark) -> int | None:
        if retort.answers and (named := self._denied_fact(retort, own_part=False)) is not None:
            return named
        if retort.answers:
            before = self._before(retort, lambda _: True)
            return before if before is not None else self._answered(retort)
        if retort.withdraws:
            return self._taken_back(retort)
        home = self._denied_fact(retort)
        if home is None and _OWN_PART.search(retort.content):
            home = self._before(retort, lambda one: one.range.kind == "words" and one.attribute in _FACTS)
        if home is None and retort.claim.force != "denies":
            words = matter(retort.content)
            return self._before(retort, lambda one: one.range.kind == "words" and bool(words & matter(one.words)))
        if home is None:
            home = self._denied_figure(retort)
        return home if home is not None else self._denied_assertion(retort, own=False)

    def _origin(self, one: Said) -> str:
        return self._origins[one.claim.id]

    def _beside(self, retort: Remark) -> Iterable[tuple[int | None, Said]]:
        return self._reports.get(retort.report, ())

    def _says_so(self, one: Said, retort: Remark) -> bool:
        """Whether a figure of a retort's own sentence already says that it is denied or taken back."""
        return one.claim.sentence == retort.claim.sentence and (
            (one.claim.force == "denies" and one.range.kind != "time") or (one.withdraws and retort.withdraws)
        )

    def _before(self, retort: Remark, fits: Callable[[Said], bool]) -> int | None:
        """What somebody else says in the sentences before, the nearest first; figures before assertions."""
        near: list[tuple[int, bool, int, int | None, Said]] = []
        for number, one in self._beside(retort):
            gap = _gap(one, retort)
            if not 0 <= gap <= _NEAR or self._origin(one) == self._origin(retort) or not fits(one):
                continue
            if number is not None or retort.claim.force == "denies" or retort.answers:
                near.append((gap, number is None, one.claim.measured.start if one.claim.measured else 0, number, one))
        if not near:
            return None
        *_, home, said = min(near, key=lambda found: found[:3])
        return home if home is not None else self._new("assertion", [said])

    def _denied_fact(self, retort: Remark, *, own_part: bool = True) -> int | None:
        """A cause, owner or perpetrator that a denial of its own part speaks of: who is named denies it."""
        own = name_key(self._origin(retort))
        if not own or (own_part and not _OWN_PART.search(retort.content)):
            return None
        for number, one in self._figures:
            fact = one.range.kind == "words" and one.attribute in _FACTS and not one.claim.subject
            if fact and own & name_key(one.words) and self._origin(one) != self._origin(retort):
                return number
        return None

    def _denied_figure(self, retort: Remark) -> int | None:
        """A finding on what is denied: most words of the matter are shared, and one of what is measured."""
        words, best, home = self._matter(retort.content), 0, None
        for number, one in self._figures:
            when_or_where = one.range.kind == "time" or one.attribute.startswith("place")
            if when_or_where or self._origin(one) == self._origin(retort):
                continue
            shared = words & matter(one.sentence)
            if len(shared) > best and _is_one(shared, words) and shared & _measured_stems(one):
                best, home = len(shared), number
        return home

    def _denied_assertion(self, retort: Remark, *, own: bool) -> int | None:
        """What somebody else asserts in the same words, or, of what is taken back, the same speaker."""
        words = self._matter(retort.content)
        told = []
        for one in self._assertions:
            same = self._origin(one) == self._origin(retort)
            if one.claim.sentence == retort.claim.sentence and retort.content in one.content:
                continue
            earlier = not own or _order(one) < _order(retort)
            if same is own and earlier and _matches(words, retort.content, one.content, self._common):
                told.append(one)
        if own and not told:
            told = self._only_own(retort, words)
        return self._new(_topic(retort.content, told), told) if told else None

    def _answered(self, retort: Remark) -> int | None:
        """What an answer is to that its own sentence names: "There is no such plan," it said of reports that …"""
        words = matter(retort.sentence)
        told = [
            one
            for one in self._assertions
            if self._origin(one) != self._origin(retort)
            and (one.report, one.claim.sentence) != (retort.report, retort.claim.sentence)
            and len(words & matter(one.sentence)) >= _SHARED
        ]
        return self._new(_topic(retort.sentence, told), told) if told else None

    def _only_own(self, retort: Remark, words: frozenset[str]) -> list[Remark]:
        """What somebody said before that shares a word of the matter with what they take back, if it is one thing."""
        earlier = [one for one in self._assertions if self._origin(one) == self._origin(retort)]
        told = [one for one in earlier if _order(one) < _order(retort) and words & matter(one.content)]
        return told if len({one.content for one in told}) == 1 else []

    def _taken_back(self, retort: Remark) -> int | None:
        words, origin = matter(retort.content), self._origin(retort)
        back = _TOOK_BACK.search(retort.sentence)
        own = [
            (number, one) for number, one in self._figures if self._origin(one) == origin and one.claim != retort.claim
        ]
        for number, one in own:
            if one.range.kind == "words" and words & matter(one.words) and _order(one) < _order(retort):
                return number
        if back is not None and back["what"] in _FIGURES:
            numbers = {number for number, one in own if one.range.kind not in ("words", "time")}
            meant = {number for number, one in own if matter(retort.sentence) & _measured_stems(one)} & numbers
            if len(meant or numbers) == 1:
                return (meant or numbers).pop()
        return self._denied_assertion(retort, own=True)

    def _new(self, topic: str, told: Sequence[Said]) -> int:
        for one in told:
            if one.claim.id in self._asserted:
                return self._asserted[one.claim.id]
        self._groups.append([replace(one, attribute=topic) for one in told])
        self._asserted |= {one.claim.id: len(self._groups) - 1 for one in told}
        return len(self._groups) - 1


@lru_cache(maxsize=16_384)
def matter(text: str) -> frozenset[str]:
    """Stems of the words of a text that tell what it is on: no names, no common words, none of saying or denying."""
    return frozenset(stems(" ".join(_LOWER.findall(text)))) - COMMON - _IDLE


def _gap(one: Said, retort: Said) -> int:
    """Characters from the end of what is said to the retort; below 0 where it comes later or holds the retort."""
    said, answer = one.claim.measured, retort.claim.measured
    if said is None or answer is None:
        return -1
    if one.claim.sentence != retort.claim.sentence:
        return answer.start - one.claim.sentence.end
    return answer.start - max([said.end, *(span.end for span in one.claim.content)])


def _measured_stems(one: Said) -> frozenset[str]:
    counted = one.claim.quantity.counted if one.claim.quantity is not None else ""
    return matter(f"{one.attribute} {one.about} {one.words} {counted}")


def _is_one(shared: frozenset[str], words: frozenset[str]) -> bool:
    return len(shared) >= _SHARED and len(shared) >= _SHARE * len(words)


def _matches(words: frozenset[str], content: str, other: str, common: frozenset[str]) -> bool:
    """Whether two texts are on one matter, but for words that the whole event shares."""
    theirs = matter(other) - common
    shared = words & theirs
    if _is_one(shared, words) or shared == theirs != frozenset():
        return True
    pairs = _pairs(content) & _pairs(other)
    return len(shared) >= _SHARED and any(common.isdisjoint(pair) for pair in pairs)


def _common(contents: Sequence[str]) -> frozenset[str]:
    """Words of the matter in so many of an event's assertions that sharing them tells nothing."""
    counts = Counter(word for content in dict.fromkeys(contents) for word in matter(content))
    least = max(_FEW, _SHARE_OF_ALL * len(contents))
    return frozenset(word for word, count in counts.items() if count >= least)


_FEW = 6
_SHARE_OF_ALL = 0.1
"""Of an event's assertions, and at least so many, that have a word which tells nothing of what they are on."""


@lru_cache(maxsize=16_384)
def _pairs(text: str) -> frozenset[tuple[str, str]]:
    """Words of the matter that stand side by side."""
    told, found = matter(text), stems(text)
    return frozenset((one, other) for one, other in pairwise(found) if one in told and other in told)


def _topic(content: str, told: Sequence[Remark]) -> str:
    """The words of a denial from the first that is shared with what it denies to the last."""
    shared = frozenset[str]().union(*(matter(one.content) for one in told)) & matter(content)
    places = [found.span() for found in _LOWER.finditer(content) if stems(found.group())[0] in shared]
    return content[places[0][0] : places[-1][1]][:_LONGEST] if places else "assertion"


def _shortened(text: str, span: Span) -> Span:
    """The beginning of a passage, as far as whole words reach."""
    if span.end - span.start <= _LONGEST:
        return span
    cut = text.rfind(" ", span.start, span.start + _LONGEST)
    return Span(span.start, cut if cut > span.start else span.start + _LONGEST)


def _order(said: Said) -> tuple[bool, float, str, int]:
    at = said.at.timestamp() if said.at is not None else 0.0
    return said.at is None, at, said.report, said.claim.measured.start if said.claim.measured else 0
