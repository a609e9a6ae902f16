"""Section of an event's page that tells what is claimed, by whom, on whose word, and whether it agrees."""

from collections import Counter
from collections.abc import Sequence
from datetime import datetime
from typing import ClassVar

from msgspec import Struct

from diurna.model import Finding, Stated
from diurna.publish.article_lines import ReportLine
from diurna.publish.blocks import Block, Cell, Paragraphs, Table
from diurna.publish.materials import EventMaterial
from diurna.publish.page import Section
from diurna.publish.wording import counted, one_line
from diurna.reconcile.states import RULES

__all__ = ["SIGNS", "FindingLine", "Findings", "StatedLine", "finding_lines", "finding_name", "findings", "ordered"]

_MOST = 30
"""Findings that one party alone makes on the page; the data, and `diurna show EVENT --claims`, have all."""

SIGNS = {
    "contradicted": "≠",
    "denied": "✗",
    "corrected": "↺",
    "withdrawn": "⌫",
    "updated": "↗",
    "refined": "◎",
    "agreed": "=",
    "claimed by one party": "·",
}
"""A sign for each state, in the order in which findings are shown: what is in dispute first."""

_ORDER = {state: number for number, state in enumerate(SIGNS)}


class Part(Struct, frozen=True, kw_only=True, omit_defaults=True, forbid_unknown_fields=True):
    """Line of a section as data."""


class StatedLine(Part, frozen=True, kw_only=True):
    """One statement: its words, on whose word it rests, the outlet and article that has it, and when.

    `voices` are those of its chain behind the outlet. `lower` and `upper` bound what the words may mean, in the
    finding's unit (of a time, in seconds since 1970 UTC), inclusive, absent for open.
    """

    claim: str
    words: str
    origin: str
    outlet: str
    article: str
    page: str = ""
    at: datetime | None = None
    voices: tuple[str, ...] = ()
    lower: float | None = None
    upper: float | None = None
    denied: bool = False
    outlier: bool = False


class FindingLine(Part, frozen=True, kw_only=True):
    """What is stated of one attribute: its state, the rule that gave it, on whose word the statements rest."""

    finding: str
    attribute: str
    about: str = ""
    group: str = ""
    kind: str
    unit: str = ""
    state: str
    rule: str
    because: str
    origins: tuple[str, ...]
    reports: int
    statements: tuple[StatedLine, ...]

    @property
    def name(self) -> str:
        """What is measured, and of whom where that is told."""
        return f"{self.attribute}: {self.group}" if self.group else self.attribute


class Findings(Section, frozen=True, kw_only=True, tag="findings"):
    """What is claimed of the event: attribute by attribute, what is in dispute first."""

    title: ClassVar[str] = "Who says what, and does it agree"

    findings: tuple[FindingLine, ...]

    def blocks(self) -> tuple[Block, ...]:
        """How many of each state, a table of what several say, and one of what one report alone says."""
        several = [line for line in self.findings if line.state != _ALONE]
        alone = sorted((line for line in self.findings if line.state == _ALONE), key=lambda line: -line.reports)
        shown: list[Block] = []
        if several:
            counts = Counter(line.state for line in several)
            told = ", ".join(f"{SIGNS[state]} {state}: {counts[state]}" for state in SIGNS if counts[state])
            shown = [Paragraphs((told,), role="note"), Table("What several parties state", _HEAD, _rows(several))]
        if alone:
            shown.append(Table("What one party alone states", _HEAD, _rows(alone[:_MOST])))
        if len(alone) > _MOST:
            more = counted(len(alone) - _MOST, "other finding")
            shown.append(Paragraphs((f"The page’s data has {more} of one party.",), role="note"))
        return tuple(shown)


_ALONE = "claimed by one party"
_HEAD = ("What", "State", "As printed", "On whose word", "Reported by, first")
_OUTLETS = 3


def _rows(lines: Sequence[FindingLine]) -> tuple[tuple[Cell, ...], ...]:
    return tuple(row for line in lines for row in _rows_of(line))


def _rows_of(line: FindingLine) -> list[tuple[Cell, ...]]:
    """A row for each origin and value of its own; the first has what is measured, and the state."""
    groups: dict[tuple[str, int], list[StatedLine]] = {}
    for said in line.statements:
        of = next((key for key, held in groups.items() if key[0] == said.origin and _meet(said, held)), None)
        groups.setdefault(of or (said.origin, len(groups)), []).append(said)
    rows: list[tuple[Cell, ...]] = []
    for number, alike in enumerate(groups.values()):
        first = alike[0]
        what = Cell(line.name, anchor=f"finding-{line.finding.partition(':')[2]}") if not number else Cell("")
        state = Cell(f"{SIGNS[line.state]} {line.state}" if not number else "")
        words = " / ".join(dict.fromkeys(one.words for one in alike))
        doubt = " (denied)" if first.denied else " (looks mistyped)" if first.outlier else ""
        at = first.at.strftime("%Y-%m-%d %H:%M") if first.at is not None else ""
        place = f"{first.page}#claim-{first.claim.partition(':')[2]}" if first.page else ""
        rows.append(
            (
                what,
                state,
                Cell(words + doubt, place),
                Cell(first.origin),
                Cell(", ".join(filter(None, (_outlets(alike), at)))),
            )
        )
    return rows


def _meet(said: StatedLine, held: Sequence[StatedLine]) -> bool:
    """Whether a statement may mean what others of one origin mean."""
    return all(
        (one.lower is None or said.upper is None or one.lower <= said.upper)
        and (one.upper is None or said.lower is None or said.lower <= one.upper)
        for one in held
    )


def _outlets(said: Sequence[StatedLine]) -> str:
    names = list(dict.fromkeys(one.outlet for one in said))
    more = f" and {len(names) - _OUTLETS} more" if len(names) > _OUTLETS else ""
    return ", ".join(names[:_OUTLETS]) + more


def findings(material: EventMaterial) -> Findings | None:
    """What is claimed of an event."""
    pages = {standing.report.id: standing.line for standing in (*material.reports, *material.also)}
    lines = finding_lines(material.findings, pages)
    return Findings(findings=lines) if lines else None


def ordered(found: Sequence[Finding]) -> list[Finding]:
    """Findings as they are shown: what is in dispute first, then what more reports have."""
    return sorted(found, key=lambda one: (_ORDER[one.state], -len(one.origins), -one.reports))


def finding_lines(found: Sequence[Finding], pages: dict[str, ReportLine]) -> tuple[FindingLine, ...]:
    """Findings as data, in the order in which they are shown; `pages` are lines of the reports, by their ids."""
    return tuple(
        FindingLine(
            finding=f"finding:{one.id}",
            attribute=one.attribute,
            about=one_line(one.about),
            group=one.group,
            kind=one.kind,
            unit=one.unit,
            state=one.state,
            rule=one.rule,
            because=RULES[one.rule][1],
            origins=one.origins,
            reports=one.reports,
            statements=tuple(_line(said, pages) for said in one.statements),
        )
        for one in ordered(found)
    )


def finding_name(one: Finding) -> str:
    """What a finding is of, in words."""
    return f"{one.attribute}: {one.group}" if one.group else one.attribute


def _line(said: Stated, pages: dict[str, ReportLine]) -> StatedLine:
    page = pages.get(said.report)
    return StatedLine(
        claim=f"claim:{said.claim}",
        words=one_line(said.words),
        origin=one_line(said.origin),
        outlet=said.outlet,
        article=f"article:{said.report}",
        page=page.page if page is not None else "",
        at=said.at,
        voices=said.voices,
        lower=said.lower,
        upper=said.upper,
        denied=said.denied,
        outlier=said.outlier,
    )
