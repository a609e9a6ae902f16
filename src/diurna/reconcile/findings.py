"""Findings of one event: its members' claims aligned, each group judged by the rules of `states`."""

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime

from msgspec import Struct
from msgspec.structs import replace

from diurna.model import Annotation, Article, Claim, Finding, Stated
from diurna.reconcile.align import Said, align, said_of
from diurna.reconcile.bare import is_bare, with_names
from diurna.reconcile.decided import Decided
from diurna.reconcile.disputes import Remark, remarks_of, taken_back_by, with_disputes
from diurna.reconcile.history import history_of
from diurna.reconcile.origins import name_origins
from diurna.reconcile.parties import Parties
from diurna.reconcile.scenes import common_places, told_by_claim
from diurna.reconcile.speaking import speakers_by_claim
from diurna.reconcile.states import ASIDE, RULES, judge, outliers
from diurna.reconcile.values import tells_clock

__all__ = ["Testimony", "findings_of", "silent_parties"]


class Testimony(Struct, frozen=True):
    """What one member of an event says: the report's id, its article with what was understood of it, the outlet's name,
    whose text it is (`source`: an agency, or the outlet that a copy is of) and when that was `first` published, if
    before the report; and ids of claims that speak of something `elsewhere`, and of those among them that speak of
    `another` event that is known. `genre` is that of the report.
    """

    report: str
    article: Article
    annotation: Annotation
    outlet: str
    source: str = ""
    first: datetime | None = None
    elsewhere: frozenset[str] = frozenset()
    another: frozenset[str] = frozenset()
    genre: str = "report"

    @property
    def published(self) -> datetime | None:
        """When its text was first published; None where nobody says."""
        return self.first or (self.article.published.time if self.article.published is not None else None)


def findings_of(event: str, members: Sequence[Testimony], decided: Decided = Decided()) -> tuple[Finding, ...]:  # noqa: B008  # it is frozen
    """What is stated of an event and whether it agrees: what most reports tell first, then by first publication.
    `decided` is what people said of its claims.
    """
    said, names, voiced = [], {}, []
    remarks: list[Remark] = []
    scenes = [told_by_claim(member.article, member.annotation) for member in members]
    common = common_places([frozenset[str]().union(*(one.places for one in told.values())) for told in scenes])
    for member, told in zip(members, scenes, strict=True):
        speakers = speakers_by_claim(member.article, member.annotation.claims)
        remarks += _remarks(member, speakers)
        before: Said | None = None
        for claim in member.annotation.claims:
            if claim.kind != "figure" or claim.id in member.elsewhere or claim.attribute in _IDLE:
                continue
            if claim.attribute.startswith("time") and not _is_moment(claim, member.article):
                continue
            if claim.attribute == "time" and not tells_clock(_measured(claim, member.article)):
                continue
            found = said_of(claim, member.article, member.report, member.outlet, member.first)
            if found is None:
                continue
            if claim.id in decided.misread:
                continue
            revises = found.revises or _put_right(claim, member.article)
            where, day = told[claim.id].places - common, told[claim.id].day
            found = replace(found, voice=speakers.get(claim.id, ""), genre=member.genre, revises=revises)
            found = replace(found, where=where, day=day)
            found = found.as_glossed(before, member.article.text)
            before = found
            if name := decided.names.get(claim.id):
                found = replace(found, attribute=name)
            recanting = taken_back_by(found.sentence) if found.withdraws else ""
            words = recanting or speakers.get(claim.id, member.source or member.outlet)
            ref = next((voice.ref for voice in claim.chain if voice.words.strip() == words), "")
            voiced.append((words, ref))
            names[claim.id] = words
            said.append(found)
    known = name_origins(voiced)
    named = {claim: known[words] for claim, words in names.items()} | _named_alike(remarks, known)
    parties = _parties(members, list(known.values()))
    outlets = {member.outlet for member in members} | {member.source for member in members}
    roles = {origin: parties.role_of(origin, outlets) for origin in dict.fromkeys(named.values())}
    groups = with_disputes(align(with_names(said), decided), remarks, named)
    groups = [group for group in groups if not all(is_bare(one) for one in group)]
    findings = [_finding(event, group, named, roles) for group in groups]
    return tuple(sorted(findings, key=lambda finding: (-len(finding.origins), -finding.reports)))


def silent_parties(members: Sequence[Testimony]) -> tuple[str, ...]:
    """Parties that are named in an event, and from whom its members record no statement."""
    return _parties(members, ()).silent


def _remarks(member: Testimony, speakers: Mapping[str, str]) -> Iterator[Remark]:
    """What a member says that others say without a figure, each with the words for whoever does."""
    claims = [claim for claim in member.annotation.claims if claim.id not in member.elsewhere]
    for remark in remarks_of(claims, member.article, member.report, member.outlet, member.published):
        words = (taken_back_by(remark.sentence) if remark.withdraws else "") or speakers.get(remark.claim.id, "")
        if words and member.genre != "satire":
            yield replace(remark, voice=words, genre=member.genre)


def _named_alike(remarks: Sequence[Remark], known: Mapping[str, str]) -> dict[str, str]:
    """The origin of each remark by its claim's id, under the name that figures on its word have."""
    alike = name_origins([(words, "") for words in known] + [(one.voice, "") for one in remarks])
    names: dict[str, set[str]] = {}
    for words, name in known.items():
        names.setdefault(alike[words], set()).add(name)
    found = {}
    for one in remarks:
        same = names.get(alike[one.voice], set())
        found[one.claim.id] = known.get(one.voice) or (next(iter(same)) if len(same) == 1 else alike[one.voice])
    return found


def _parties(members: Sequence[Testimony], origins: Sequence[str]) -> Parties:
    return Parties(((one.article, one.annotation, one.elsewhere) for one in members), origins)


_IDLE = frozenset(("age", "words"))
"""Attributes of which nothing is told that two reports could differ on: when somebody spoke, how old somebody is."""


_WRONG = re.compile(
    r"^\s*(?:It|They|He|She|(?:The|Its) (?:first|earlier|previous) \w+)\s[^.]{0,40}?\b(?:was|were|had been)\s"
    r"(?:wrong|mistaken|in error|an error|a mistake|a slip|too high|too low)\b"
)


def _put_right(claim: Claim, article: Article) -> bool:
    """Whether the sentence after a value says that an earlier one was wrong."""
    return _WRONG.search(article.text[claim.sentence.end :][:_NEXT]) is not None


_NEXT = 160
_AFTER_DATELINE = re.compile(r"[\s.,]*(?:\d{4})?\s*(?:\([^)\n]{1,40}\)\s*)?[-–—]{1,2}\s")


_LENGTH = re.compile(r"\b(?:years|months|weeks|days|hours|minutes|decades)$")


def _is_moment(claim: Claim, article: Article) -> bool:
    """Whether a time is when something happened, and not how long it took ("in nine years") or a dateline's."""
    return not _LENGTH.search(_measured(claim, article)) and not _in_dateline(claim, article)


def _in_dateline(claim: Claim, article: Article) -> bool:
    """Whether a day is that of the dateline: "PORT AVERIL, May 18 (Tidewire) -"."""
    measured = claim.measured
    return (
        measured is not None and measured.start < _DATELINE and bool(_AFTER_DATELINE.match(article.text, measured.end))
    )


_DATELINE = 80


def _measured(claim: Claim, article: Article) -> str:
    return article.text[claim.measured.start : claim.measured.end] if claim.measured is not None else ""


def _finding(
    event: str,
    said: Sequence[Said],
    origins: Mapping[str, str],
    roles: Mapping[str, str],
) -> Finding:
    of = {number: origins[one.claim.id] for number, one in enumerate(said)}
    mistyped = set(outliers(said))
    given = [one for one in said if not isinstance(one, Remark)] or said
    attributes = Counter(one.attribute for one in given if one.attribute)
    subjects = Counter(one.about for one in said if one.about)
    first, rule = given[0], judge(said, of)
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
                voices=tuple(voice.words for voice in one.claim.chain if voice.kind != "outlet")
                or ((one.voice,) if one.voice else ()),
                at=one.at,
                lower=one.range.lower,
                upper=one.range.upper,
                denied=one.denies,
                outlier=number in mistyped,
                kind=one.claim.of.partition(":")[0],
                role=roles[of[number]],
                genre=one.genre if one.genre in ASIDE else "",
                sentence=one.sentence,
                start=one.place,
                quantity=one.claim.quantity,
            )
            for number, one in enumerate(said)
        ),
        origins=tuple(dict.fromkeys(of.values())),
        history=history_of(said, of),
    )
