"""How what is claimed of an event changed: for each finding who said it first, and each statement that altered it."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from msgspec import Struct

from diurna.model import Finding, Stated
from diurna.publish.blocks import Anchor, Item, Items
from diurna.publish.wording import counted, one_line

__all__ = ["StepLine", "history_item", "history_items", "step_lines"]


class StepLine(Struct, frozen=True, kw_only=True, omit_defaults=True, forbid_unknown_fields=True):
    """Statement that changed what is known: its claim and words, on whose word, which outlet had it when, and the state
    of the finding after it, by which rule.
    """

    claim: str
    words: str
    origin: str
    outlet: str
    at: datetime | None = None
    state: str
    rule: str


def step_lines(finding: Finding) -> tuple[StepLine, ...]:
    """The steps of a finding as data."""
    said: Mapping[str, Stated] = {one.claim: one for one in finding.statements}
    return tuple(
        StepLine(
            claim=f"claim:{step.claim}",
            words=one_line(said[step.claim].words),
            origin=one_line(said[step.claim].origin),
            outlet=said[step.claim].outlet,
            at=step.at,
            state=step.state,
            rule=step.rule,
        )
        for step in finding.history
    )


def history_items(histories: Sequence[tuple[str, tuple[StepLine, ...]]]) -> Items | None:
    """What changed, for those findings of which something did: name and steps of each."""
    items = tuple(history_item(name, steps) for name, steps in histories if len({step.state for step in steps[1:]}) > 1)
    return Items(items, style="changes") if items else None


def history_item(name: str, steps: Sequence[StepLine]) -> Item:
    """Who said it first, and what each later statement made of it, which a reader unfolds."""
    first = steps[0]
    note = f"first said{_when(first)} by {first.origin}: {first.words}"
    details = tuple(
        f"{_when(step).strip() or 'no time given'}: {step.words} ({step.origin}) → {step.state}" for step in steps[1:]
    )
    return Item(Anchor(name), note=note, details=details, details_title=counted(len(details), "change"))


def _when(step: StepLine) -> str:
    return step.at.strftime(" %Y-%m-%d %H:%M") if step.at is not None else ""
