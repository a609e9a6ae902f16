"""Findings of one event: its members' claims aligned, each group judged by the rules of `states`."""

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import datetime

from msgspec import Struct

from diurna.model import Annotation, Article, Claim, Finding, Stated
from diurna.reconcile.align import Said, align, said_of
from diurna.reconcile.origins import name_origins, origin_words
from diurna.reconcile.states import RULES, is_denied, judge, outliers

__all__ = ["Testimony", "findings_of"]


class Testimony(Struct, frozen=True):
    """What one member of an event says: the report's id, its article with what was understood of it, the outlet's name,
    whose text it is (`source`: an agency, or the outlet that a copy is of) and when that was `first` published, if
    before the report; and ids of claims that speak of something else.
    """

    report: str
    article: Article
    annotation: Annotation
    outlet: str
    source: str = ""
    first: datetime | None = None
    elsewhere: frozenset[str] = frozenset()


def findings_of(event: str, members: Sequence[Testimony]) -> tuple[Finding, ...]:
    """What is stated of an event and whether it agrees: what most reports tell first, then by first publication."""
    said, names, voiced = [], {}, []
    for member in members:
        for claim in member.annotation.claims:
            if claim.kind != "figure" or claim.id in member.elsewhere or claim.attribute in _IDLE:
                continue
            if claim.attribute == "time" and not _CLOCK.search(_measured(claim, member.article)):
                continue
            found = said_of(claim, member.article, member.report, member.outlet, member.first)
            if found is None:
                continue
            words = origin_words(claim, member.source or member.outlet)
            ref = next((voice.ref for voice in claim.chain if voice.words.strip() == words), "")
            voiced.append((words, ref))
            names[claim.id] = words
            said.append(found)
    known = name_origins(voiced)
    findings = [_finding(event, group, names, known) for group in align(said)]
    return tuple(sorted(findings, key=lambda finding: (-len(finding.origins), -finding.reports)))


_IDLE = frozenset(("age", "words"))
"""Attributes of which nothing is told that two reports could differ on: when somebody spoke, how old somebody is."""


_CLOCK = re.compile(
    r"(?<![\d.])\d{1,2}[:.]\d\d(?![.\d])|\d\s?[ap]\.?m\b|\bnoon\b|\bmidnight\b|o['’]clock", re.IGNORECASE
)


def _measured(claim: Claim, article: Article) -> str:
    return article.text[claim.measured.start : claim.measured.end] if claim.measured is not None else ""


def _finding(event: str, said: Sequence[Said], names: Mapping[str, str], known: Mapping[str, str]) -> Finding:
    of = {number: known[names[one.claim.id]] for number, one in enumerate(said)}
    mistyped = set(outliers(said))
    attributes = Counter(one.attribute for one in said)
    subjects = Counter(one.about for one in said if one.about)
    first, rule = said[0], judge(said, of)
    return Finding(
        id=said[0].claim.id,
        event=event,
        attribute=max(attributes, key=lambda name: attributes[name]),
        about=max(subjects, key=lambda words: subjects[words], default=""),
        group=first.group,
        kind=first.range.kind if first.range.kind in ("time", "words") else "number",
        unit=first.range.unit,
        state=RULES[rule][0],
        rule=rule,
        statements=tuple(
            Stated(
                claim=one.claim.id,
                report=one.report,
                outlet=one.outlet,
                words=one.words,
                origin=of[number],
                voices=tuple(voice.words for voice in one.claim.chain if voice.kind != "outlet"),
                at=one.at,
                lower=one.range.lower,
                upper=one.range.upper,
                denied=is_denied(one),
                outlier=number in mistyped,
            )
            for number, one in enumerate(said)
        ),
        origins=tuple(dict.fromkeys(of.values())),
    )
