"""In which place the thing happened that an article opens with, read from the places that its opening names."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from msgspec import Struct

from diurna.group.opening import OPENING, Opening
from diurna.model import Annotation, Mention, Naming

__all__ = ["ToldPlace", "is_worldwide", "told_places"]


class ToldPlace(Struct, frozen=True):
    """Place in which an article's news happened, as far as its opening tells.

    `precision`: `place` (a building, a river, or a name that no list has), `city`, `region` or `country`; `weight` from
    0 to 1. `rule`: `in` (it stands behind "in", "near"), `dateline`, `head` (the title has it), `aside` (of somebody
    "of" it, or of what was said in it) or `named`. `within` is
    the country or region that it is listed in, or the text has it in; empty where none is known.
    """

    ref: str
    name: str
    precision: str
    weight: float
    rule: str
    mentions: tuple[str, ...] = ()
    within: str = ""


@dataclass
class _Tally:
    """What was seen of one place: the odds that it is not the place, the best rule, its mentions."""

    precision: str
    within: str = ""
    against: float = 1.0
    rule: str = ""
    mentions: list[str] = field(default_factory=list)

    def see(self, weight: float, rule: str, mention: str = "") -> None:
        self.against *= 1 - weight
        if not self.rule or _RULES.index(rule) < _RULES.index(self.rule):
            self.rule = rule
        if mention and len(self.mentions) < _KEPT:
            self.mentions.append(mention)


_KEPT = 8
_LEDE = 200
_RULES = ("in", "dateline", "head", "aside", "named")
_BY_RULE = {"in": 0.6, "head": 0.35, "dateline": 0.3, "aside": 0.6, "named": 0.2}
_BY_SENTENCE = (1.0, 0.75, 0.55, 0.4, 0.35, 0.3, 0.25, 0.2)
# The finer place says more: "in Aleppo, Syria".
_BY_PRECISION = {"city": 1.0, "place": 0.7, "region": 0.85, "country": 0.7, "": 0.0}
_IN = re.compile(
    r"\b(?:[Ii]n|[Aa]t|[Nn]ear|[Oo]n|[Ii]nside|[Oo]utside|[Aa]round|[Aa]cross|[Oo]ff|[Tt]hroughout|[Oo]ver|[Ii]nto"
    r"|(?:[Nn]orth|[Ss]outh|[Ee]ast|[Ww]est|[Cc]ity|[Tt]own|[Vv]illage|[Ii]sland|[Pp]ort|[Pp]rovince|[Cc]oast|[Cc]apital"
    r"|[Oo]ut|[Oo]utskirts|[Ss]uburbs?|[Cc]entre|[Cc]enter|[Pp]arts?|[Ss]treets|[Cc]ountryside|miles|km|kilometers|kilometres)\sof)"
    r"(?:\s(?:the|a|an|northern|southern|eastern|western|central|north|south|east|west|downtown|coast|city|town|village"
    r"|suburb|province|state|capital|region|district|[a-z]+(?:ern|ese|ish|ian)|of))*\s$"
)
# "told reporters in Geneva": where somebody spoke of it.
_SPOKE_IN = re.compile(
    r"\b(?:said|says|told|speaking|spoke|announced|interview)\b[^,;]{0,40}\b(?:in|at|from)\s(?:the\s)?$"
)
# What the name of a body that sits somewhere ends or begins with. Things are done by it, not in it.
_BODY = re.compile(
    r"\b(?:Senate|Parliament|Congress|Assembly|House of \w+|Ministry|Department|Court|Police|Army|Party|Union|Council"
    r"|Committee|Commission|Agency|Bureau|Administration|Government|Cabinet|Federation of \w+|Association|Company"
    r"|Corp|Inc|Bank|Group|Times|Post|News|University Press)\b"
)
_WORLDWIDE = re.compile(
    r"\b(?:world-?wide|(?:around|across) the (?:world|globe)|global(?:ly)? (?:attack|outbreak|outage|cyber\w*)"
    r"|in (?:many|several) (?:other )?countries"
    r"|(?:\d+|dozens of|scores of) (?:other )?(?:countries|nations))\b",
    re.IGNORECASE,
)
_LAST = re.compile(r"[\s-]")
_COMMA = re.compile(r"\b[A-Z][\w’'.-]*,\s$|\b[Ii]n\s(?:[A-Z][\w’'.-]*\s){1,3}and\s$")
_DATELINE = re.compile(r"^[^\n.]{0,40}?(?:\([^)\n]{1,40}\)\s*[-–—]|\s[-–—]{1,2}\s|\s/|[-–—]{2})")
_LISTED = re.compile(
    r"(?:listed as an? |called an? )(former country|country|territory|US state|state|province|region|continent|city"
    r"|capital)"
)
_HOLDER = re.compile(r"(?:\bin|^capital of) ((?!no list)[^,;]+)")
_PRECISION = {
    "country": "country",
    "former country": "country",
    "territory": "country",
    "US state": "region",
    "state": "region",
    "province": "region",
    "region": "region",
    "continent": "",
    "city": "city",
    "capital": "city",
}


def told_places(opening: Opening, annotation: Annotation) -> tuple[ToldPlace, ...]:
    """Places in which the news of an article happened, best first."""
    namings = {naming.ref: naming for naming in annotation.namings if naming.kind == "place"}
    people = {_LAST.split(naming.name)[-1] for naming in annotation.namings if naming.kind == "person"}
    tallies: dict[str, _Tally] = {}
    for mention in annotation.mentions:
        if mention.span.start >= OPENING:
            break
        if mention.kind != "place" or not mention.sure or not mention.candidates:
            continue
        best = mention.candidates[0]
        naming = namings.get(best.ref)
        precision = _precision(naming, best.because) if naming else ""
        if naming is None or not precision or _BODY.search(naming.name):
            continue
        if precision == "place" and (annotation.language not in ("", "en") or naming.name in people):
            continue  # what an English model takes for the name of a place is often none in another language
        number = max(0, min(opening.sentence(mention.span.start), len(_BY_SENTENCE) - 1))
        rule = _rule(mention, opening)
        tally = tallies.setdefault(naming.ref, _Tally(precision, _within(best.because)))
        tally.see(_BY_RULE[rule] * _BY_SENTENCE[number] * _BY_PRECISION[precision], rule, mention.id)
    _see_title(tallies, namings, opening.title)
    told = [
        ToldPlace(
            ref,
            namings[ref].name,
            tally.precision,
            round(1 - tally.against, 3),
            tally.rule,
            (*tally.mentions,),
            tally.within,
        )
        for ref, tally in tallies.items()
    ]
    return tuple(sorted(told, key=lambda place: (-place.weight, place.name, place.ref)))


def _see_title(tallies: Mapping[str, _Tally], namings: Mapping[str, Naming], title: str) -> None:
    for ref, tally in tallies.items():
        name = namings[ref].name.partition(",")[0]
        at = title.find(name)
        if at >= 0 and not title[at - 1 : at].isalnum() and not title[at + len(name) : at + len(name) + 1].isalnum():
            tally.see(_BY_RULE["head"] * _BY_PRECISION[tally.precision], "head")


def _rule(mention: Mention, opening: Opening) -> str:
    before, after = opening.around(mention.span.start, mention.span.end)
    if mention.span.start <= 40 and not before.strip() and _DATELINE.match(after):
        return "dateline"
    behind = _IN.search(before) or _COMMA.search(before)
    if before.endswith(" of ") and not behind:
        return "aside"
    if behind and (after.startswith("-") or _SPOKE_IN.search(before)):
        return "aside"
    return "in" if behind else "named"


def is_worldwide(opening: Opening) -> bool:
    """Whether title or lede say that something happened in many countries: then none of them is the place."""
    end = next((start for start in opening.starts if start > _LEDE), len(opening.text))
    return _WORLDWIDE.search(f"{opening.title}\n{opening.text[:end]}") is not None


def _within(because: str) -> str:
    found = _HOLDER.search(because)
    return found.group(1) if found else ""


def _precision(naming: Naming, because: str) -> str:
    """How exact a place is, by its ids, else by what a list or the text calls it; empty for a continent."""
    kinds = {identifier.partition(":")[0] for identifier in naming.ids}
    if "geonames" in kinds:
        return "city"
    if "iso3166" in kinds:
        return "country"
    listed = _LISTED.match(because)
    return _PRECISION[listed.group(1)] if listed else "place"
