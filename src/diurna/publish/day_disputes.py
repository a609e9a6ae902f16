"""Section of a day's page that tells at a glance what of its events is contradicted, denied, corrected or withdrawn."""

from collections import Counter
from collections.abc import Iterable
from typing import ClassVar

from msgspec import Struct

from diurna.model import Event, Finding
from diurna.publish.blocks import Block, Cell, Paragraphs, Table
from diurna.publish.event_findings import event_findings
from diurna.publish.event_members import standings
from diurna.publish.excerpts import first_words
from diurna.publish.finding_sections import SIGNS
from diurna.publish.materials import DaysMaterial, Directory
from diurna.publish.page import Section
from diurna.publish.paths import site_path
from diurna.publish.site_settings import SiteSettings
from diurna.publish.wording import counted, one_line
from diurna.reconcile.states import RULES
from diurna.store.interface import Views

__all__ = ["DISPUTED", "Disputes", "disputes", "findings_of_events"]

DISPUTED = ("contradicted", "denied", "corrected", "withdrawn")
"""States of what a reader of the day must know is not settled, in the order in which they are shown."""

_SHOWN, _MOST = 12, 60
"""Findings that the page of a day shows, and that its data have; the events' own pages have them all."""

_HEADLINE = 14
"""Words of a headline that a line has room for."""

_ORIGINS = 6
"""Origins of a finding that its line names; those with a wording of their own come first."""


class Part(Struct, frozen=True, kw_only=True, omit_defaults=True, forbid_unknown_fields=True):
    """Line of a section as data."""


class OriginValues(Part, frozen=True, kw_only=True):
    """What an origin gives, in each of the wordings that were printed; whether it denies it, or looks mistyped."""

    origin: str
    words: tuple[str, ...]
    denied: bool = False
    outlier: bool = False

    @property
    def told(self) -> str:
        """As a reader meets it."""
        doubt = " (denied)" if self.denied else " (looks mistyped)" if self.outlier else ""
        return f"{self.origin}: {' / '.join(self.words)}{doubt}"


class DisputeLine(Part, frozen=True, kw_only=True):
    """Finding that is in dispute, and the event that it is of: `page` leads to it there.

    `origins` is how many there are; `values` are those of the first of them.
    """

    finding: str
    attribute: str
    about: str = ""
    group: str = ""
    state: str
    rule: str
    because: str
    event: str
    headline: str
    page: str
    origins: int
    values: tuple[OriginValues, ...]

    @property
    def name(self) -> str:
        """What is measured, and of whom where that is told."""
        return f"{self.attribute}: {self.group}" if self.group else self.attribute

    def row(self) -> tuple[Cell, ...]:
        """As a reader meets it."""
        place = f"{self.page}#finding-{self.finding.partition(':')[2]}"
        more = f"; and {self.origins - len(self.values)} more" if self.origins > len(self.values) else ""
        return (
            Cell(self.name, place, f"{SIGNS[self.state]}\N{NO-BREAK SPACE}{self.state}"),
            Cell("; ".join(value.told for value in self.values) + more),
            Cell(first_words(self.headline, _HEADLINE), self.page),
        )


class Disputes(Section, frozen=True, kw_only=True, tag="disputes"):
    """What of the day's events is in dispute: contradicted first, then denied, corrected, withdrawn; of one state that
    with more origins first, then that of more reports, then in the order in which the events arrived. `updated` counts
    figures that only moved; `left_out` findings are not named.
    """

    title: ClassVar[str] = "In dispute"

    disputes: tuple[DisputeLine, ...]
    updated: int = 0
    left_out: int = 0

    def blocks(self) -> tuple[Block, ...]:
        """How many of each state, and a table with the values by origin."""
        counts = Counter(line.state for line in self.disputes)
        told = [f"{SIGNS[state]} {state}: {counts[state]}" for state in DISPUTED if counts[state]]
        told += [f"{SIGNS['updated']} updated since first told: {self.updated}"] if self.updated else []
        shown: list[Block] = [Paragraphs((f"{', '.join(told)}.",), role="note")]
        if self.disputes:
            head = ("What", "On whose word, as printed", "Event")
            rows = tuple(line.row() for line in self.disputes[:_SHOWN])
            shown.append(Table("What is in dispute", head, rows))
        more = max(0, len(self.disputes) - _SHOWN) + self.left_out
        if more:
            shown.append(
                Paragraphs((f"{counted(more, 'more finding')} in dispute on the pages of the events.",), role="note")
            )
        return tuple(shown)


def disputes(material: DaysMaterial) -> Disputes | None:
    """What is in dispute among the findings of a day's events."""
    found = [(event, one) for event, findings in material.findings for one in findings if one.state in DISPUTED]
    updated = sum(one.state == "updated" for _, findings in material.findings for one in findings)
    if not found and not updated:
        return None
    found.sort(key=lambda pair: _order(*pair))
    lines = tuple(_line(event, one) for event, one in found[:_MOST])
    return Disputes(disputes=lines, updated=updated, left_out=len(found) - len(lines))


def findings_of_events(
    events: Iterable[Event], views: Views, directory: Directory, site: SiteSettings
) -> tuple[tuple[Event, tuple[Finding, ...]], ...]:
    """What is stated of current events, for those of which anything is."""
    found = []
    for event in events:
        if event.status == "current" and any(one.ref.startswith("article:") for one in (*event.members, *event.also)):
            told = standings(event, (*event.members, *event.also), views, directory.readings, site)
            found.append((event, event_findings(event, told, directory.readings)))
    return tuple((event, findings) for event, findings in found if findings)


def _order(event: Event, one: Finding) -> tuple[int, int, int, int, str]:
    return DISPUTED.index(one.state), -len(one.origins), -one.reports, event.rank, one.id


def _line(event: Event, one: Finding) -> DisputeLine:
    return DisputeLine(
        finding=f"finding:{one.id}",
        attribute=one.attribute,
        about=one_line(one.about),
        group=one.group,
        state=one.state,
        rule=one.rule,
        because=RULES[one.rule][1],
        event=f"event:{event.id}",
        headline=one_line(event.headline),
        page=site_path(event.permalink),
        origins=len(one.origins),
        values=_values(one),
    )


def _values(one: Finding) -> tuple[OriginValues, ...]:
    """What each origin gives, those first that have a wording which none before them has."""
    values = [_of_origin(one, origin) for origin in one.origins]
    met: set[str] = set()
    new: list[bool] = []
    for value in values:
        new.append(not met.issuperset(value.words))
        met.update(value.words)
    ordered = sorted(zip(new, values, strict=True), key=lambda pair: not pair[0])
    return tuple(value for _, value in ordered[:_ORIGINS])


def _of_origin(one: Finding, origin: str) -> OriginValues:
    said = [stated for stated in one.statements if stated.origin == origin]
    return OriginValues(
        origin=one_line(origin),
        words=tuple(dict.fromkeys(one_line(stated.words) for stated in said)),
        denied=any(stated.denied for stated in said),
        outlier=any(stated.outlier for stated in said),
    )
