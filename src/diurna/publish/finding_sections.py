"""Section of an event's page that tells what is claimed, by whom, on whose word, and whether it agrees."""

from collections import Counter
from collections.abc import Sequence
from datetime import UTC, datetime
from typing import ClassVar

from msgspec import Struct

from diurna.model import Finding, Stated
from diurna.publish.article_lines import ReportLine
from diurna.publish.blocks import Anchor, Block, Cell, Chart, Charts, Measure, Paragraphs, Quotation, Switches, Table
from diurna.publish.claim_decisions import DecisionLine, decision_items, decision_lines
from diurna.publish.converted import converted, zone_name
from diurna.publish.finding_charts import ChartLine, charts_of
from diurna.publish.finding_history import StepLine, history_items, step_lines
from diurna.publish.finding_quotes import Sentences, quotation
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

    `voices` are those of its chain behind the outlet; `role` is that of the origin, as in `Stated`. `lower` and `upper`
    bound what the words may mean, in the finding's unit (of a time, in seconds since 1970 UTC), inclusive, absent for
    open. The words stand at `start` of the `sentence`, which is left out where more of the article would be shown than
    its settings allow. `metric` and `imperial` are the figure in that system, converted by us, where it is in another.
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
    role: str = ""
    sentence: str = ""
    start: int = 0
    genre: str = ""
    metric: str = ""
    imperial: str = ""


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
    history: tuple[StepLine, ...] = ()

    @property
    def anchor(self) -> str:
        """Where it stands on its page."""
        return f"finding-{self.finding.partition(':')[2]}"

    @property
    def name(self) -> str:
        """What is measured, and of whom where that is told."""
        return f"{self.attribute}: {self.group}" if self.group else self.attribute


class Findings(Section, frozen=True, kw_only=True, tag="findings"):
    """What is claimed of the event: attribute by attribute, what is in dispute first."""

    title: ClassVar[str] = "Who says what, and does it agree"

    findings: tuple[FindingLine, ...]
    silent: tuple[str, ...] = ()
    """Parties that are named, and from whom no statement is recorded."""
    decided: tuple[DecisionLine, ...] = ()
    charts: tuple[ChartLine, ...] = ()
    zone: str = ""
    """Time zone of the event's place, by its name in the tz database."""
    place: str = ""

    def blocks(self) -> tuple[Block, ...]:
        """How many of each state, a table of what several say, and one of what one report alone says."""
        several = [line for line in self.findings if line.state != _ALONE]
        alone = sorted((line for line in self.findings if line.state == _ALONE), key=lambda line: -line.reports)
        shown: list[Block] = []
        said = [one for line in self.findings for one in line.statements]
        units = any(one.metric or one.imperial for one in said)
        times = any(one.at is not None for one in said)
        switches = (Switches(units, times, self.zone, self.place),) if units or times else ()
        if several:
            counts = Counter(line.state for line in several)
            told = ", ".join(f"{SIGNS[state]} {state}: {counts[state]}" for state in SIGNS if counts[state])
            pictures = Charts(tuple(Chart(one.title, one.description, one.spec, one.note) for one in self.charts))
            shown = [Paragraphs((told,), role="note"), *((pictures,) if self.charts else ()), *switches]
            shown.append(Table("What several parties state", _HEAD, _rows(several)))
        else:
            shown += switches
        if alone:
            shown.append(Table("What one party alone states", _HEAD, _rows(alone[:_MOST])))
        if len(alone) > _MOST:
            more = counted(len(alone) - _MOST, "other finding")
            shown.append(Paragraphs((f"The page’s data has {more} of one party.",), role="note"))
        changed = history_items([(line.name, line.history) for line in several])
        if changed is not None:
            shown += [Paragraphs(("How it changed:",), role="note"), changed]
        if self.silent:
            shown.append(Paragraphs((f"No statement is recorded from {', '.join(self.silent)}.",), role="note"))
        if self.decided:
            shown += [Paragraphs(("Decided by people:",), role="note"), decision_items(self.decided)]
        return tuple(shown)


_ALONE = "claimed by one party"
_HEAD = ("What", "State", "As printed", "On whose word", "Reported by, first")
_OUTLETS = 3
_TOLD_ROLES = ("party", "bystander")


def _rows(lines: Sequence[FindingLine]) -> tuple[tuple[Cell, ...], ...]:
    return tuple(row for line in lines for row in _rows_of(line))


def _rows_of(line: FindingLine) -> list[tuple[Cell, ...]]:
    """A row for each origin and value of its own; the first has what is measured, and the state."""
    groups: dict[tuple[str, int], list[StatedLine]] = {}
    for said in line.statements:
        of = next((key for key, held in groups.items() if key[0] == said.origin and _alike(said, held)), None)
        groups.setdefault(of or (said.origin, len(groups)), []).append(said)
    rows: list[tuple[Cell, ...]] = []
    for number, alike in enumerate(groups.values()):
        first = alike[0]
        what = Cell(line.name, anchor=line.anchor) if not number else Cell("")
        state = Cell(f"{SIGNS[line.state]} {line.state}" if not number else "")
        values = tuple({one.words: _measure(one, line.kind) for one in reversed(alike)}.values())[::-1]
        words = " / ".join(value.text for value in values)
        doubt = " (denied)" if first.denied else " (looks mistyped)" if first.outlier else ""
        doubt += f" ({first.genre})" if first.genre else ""
        place = _place(first)
        rows.append(
            (
                what,
                state,
                Cell(words + doubt, place, opens=_sentences(alike), values=values, after=doubt),
                Cell(first.origin, mark=f"({first.role})" if first.role in _TOLD_ROLES else ""),
                Cell(_outlets(alike), when=first.at),
            )
        )
    return rows


def _measure(one: StatedLine, kind: str) -> Measure:
    """A value as printed, with what it is in other units; of a time the moment, where it is known to the hour."""
    moment = None
    if kind == "time" and one.lower is not None and one.upper is not None and one.upper - one.lower <= _HOUR:
        moment = datetime.fromtimestamp(one.lower, UTC)
    return Measure(one.words, one.metric, one.imperial, moment)


_HOUR = 3600


def _sentences(alike: Sequence[StatedLine]) -> tuple[Quotation, ...]:
    """The sentences of statements, each once, with those that have it."""
    told: dict[str, list[StatedLine]] = {}
    for one in alike:
        if one.sentence:
            told.setdefault(one.sentence, []).append(one)
    shown = []
    for sentence, same in list(told.items())[:_MOST_SENTENCES]:
        first = same[0]
        others = [one.outlet for one in same[1:] if one.outlet != first.outlet]
        at = first.at.strftime("%Y-%m-%d %H:%M") if first.at is not None else ""
        chain = "".join(f"← {voice} " for voice in first.voices).strip()
        also = f"also {', '.join(dict.fromkeys(others))}" if others else ""
        note = "; ".join(filter(None, (chain, at, also)))
        shown.append(quotation(sentence, first.start, first.words, Anchor(first.outlet, _place(first)), note))
    return tuple(shown)


_MOST_SENTENCES = 8


def _place(line: StatedLine) -> str:
    return f"{line.page}#claim-{line.claim.partition(':')[2]}" if line.page else ""


def _alike(said: StatedLine, held: Sequence[StatedLine]) -> bool:
    """Whether a statement is told in one row with others of its origin."""
    first = held[0]
    return (said.denied, said.genre) == (first.denied, first.genre) and _meet(said, held)


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
    lines = finding_lines(material.findings, pages, material.statement_words)
    decided = decision_lines(material.decisions)
    if not lines and not decided:
        return None
    zone, located = zone_name(material.event), material.event.located
    several = [one for one in ordered(material.findings) if one.state != _ALONE]
    return Findings(
        findings=lines,
        silent=material.silent,
        decided=decided,
        charts=charts_of(several),
        zone=zone,
        place=located.name if zone and located is not None else "",
    )


def ordered(found: Sequence[Finding]) -> list[Finding]:
    """Findings as they are shown: what is in dispute first, then what more reports have."""
    return sorted(found, key=lambda one: (_ORDER[one.state], -len(one.origins), -one.reports))


def finding_lines(
    found: Sequence[Finding], pages: dict[str, ReportLine], limit: int | None = None
) -> tuple[FindingLine, ...]:
    """Findings as data, in the order in which they are shown; `pages` are lines of the reports, by their ids, `limit`
    words that the page of an article gives of it, None for all.
    """
    found = ordered(found)
    sentences = Sentences(found, limit)
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
            statements=tuple(_line(said, pages, sentences) for said in one.statements),
            history=step_lines(one),
        )
        for one in found
    )


def finding_name(one: Finding) -> str:
    """What a finding is of, in words."""
    return f"{one.attribute}: {one.group}" if one.group else one.attribute


def _line(said: Stated, pages: dict[str, ReportLine], sentences: Sentences) -> StatedLine:
    page = pages.get(said.report)
    sentence, start = sentences.of(said)
    return StatedLine(
        claim=f"claim:{said.claim}",
        words=one_line(said.words),
        origin=one_line(said.origin),
        outlet=said.outlet,
        article=f"{said.kind}:{said.report}",
        page=page.page if page is not None else "",
        at=said.at,
        voices=said.voices,
        lower=said.lower,
        upper=said.upper,
        denied=said.denied,
        outlier=said.outlier,
        role=said.role,
        sentence=sentence,
        start=start,
        genre=said.genre,
        metric=converted(said.quantity, "metric"),
        imperial=converted(said.quantity, "imperial"),
    )
