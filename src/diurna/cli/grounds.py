"""Plain words for what grouping looks at in two records, and for how an article came into its event."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from diurna.cli.console import Table
from diurna.group.membership import founded_by_report
from diurna.group.score import Feature
from diurna.model import Entry, Judgement, Reason, Report

if TYPE_CHECKING:
    from diurna.runners import Chronicle

__all__ = ["GROUNDS", "best_grounds", "ground", "how_placed", "pair_table", "title_of"]

GROUNDS = {
    "words": "words in common, rare ones first",
    "names": "names in common, rare ones first",
    "figures": "figures in common",
    "same year": "the same year named",
    "other weekday": "other days of the week named",
    "same day": "the same day of the event",
    "other day": "another day of the event",
    "other day of the undated": "perhaps another day; one of them is undated",
    "days apart": "time between the two",
    "words of one outlet": "words in common that are their outlet's",
    "entry": "one is an item of a list",
    "words of an entry": "words in common with the item",
    "other language": "two languages",
    "marks across languages": "names and numbers that both languages write alike",
    "lead in its crowd": "how alike their openings are",
    "people": "people that both open with, or only one",
    "places": "places that both open with, or only one",
    "other town": "another town",
    "crowding": "how few others are like them",
    "bias": "to begin with: two records are seldom on one event",
}
"""What each feature of a pair's score means."""

_LEAST = 0.005
_SHORT = 3


def ground(name: str) -> str:
    """What a feature is, in plain words."""
    return GROUNDS.get(name, name)


def best_grounds(reasons: Sequence[Reason]) -> str:
    """The weightiest features that a judgement names, with what each gave to the odds."""
    found = [reason for reason in reasons if reason.kind == "feature" and reason.name != "bias"]
    best = sorted(found, key=lambda reason: -abs(reason.weight))[:_SHORT]
    return "; ".join(f"{ground(reason.name)} {reason.weight:+.2f}" for reason in best)


def pair_table(pairs: Sequence[tuple[str, Sequence[Feature]]]) -> Table:
    """What each feature gave to the odds of some pairs, a column for each, in the order of all that it gave."""
    given = [{feature.name: feature for feature in features} for _, features in pairs]
    total: dict[str, float] = {}
    for features in given:
        for feature in features.values():
            if abs(feature.gave) >= _LEAST:
                total[feature.name] = total.get(feature.name, 0.0) + abs(feature.gave)
    names = sorted(total, key=lambda name: (-total[name], name))
    rows = [(ground(name), *(_gave(features.get(name)) for features in given)) for name in names]
    rows.append(("together", *(f"{sum(feature.gave for feature in features.values()):+.2f}" for features in given)))
    columns = ("what speaks for one event (+) or against it (-)", *(head for head, _ in pairs))
    return Table(columns, rows if pairs else [], "What each gave to the logarithm of the odds")


def how_placed(chronicle: "Chronicle", judgement: Judgement | None) -> str:
    """By whose judgement a report is in its event, and why."""
    if judgement is None:
        return ""
    if judgement.by_person:
        note = f": {judgement.note}" if judgement.note else ""
        return f"{judgement.by.removeprefix('person:')} decided so{note}"
    reason = judgement.reasons[0] if judgement.reasons else None
    if reason is not None and reason.kind == "cited":
        return f"an item of a list cites its page ({judgement.by})"
    if reason is not None and reason.kind == "copy":
        return f"it has the text of {title_of(chronicle, reason.ref)}, which is there ({judgement.by})"
    if reason is not None and reason.kind == "feature":
        sure = f", {judgement.score:.0%} sure that both tell of one event" if judgement.score is not None else ""
        if judgement.object == f"event:{founded_by_report(judgement.subject.partition(':')[2])}":
            return f"it founded the event: {title_of(chronicle, reason.ref)} came nearest{sure} ({judgement.by})"
        return f"most like {title_of(chronicle, reason.ref)}{sure} ({judgement.by})"
    return f"it founded the event: nothing that was known is like it ({judgement.by})"


def title_of(chronicle: "Chronicle", ref: str) -> str:
    """What people know a report or an entry by."""
    kind, _, identifier = ref.partition(":")
    if kind == "article":
        report: Report | None = chronicle.store.views.report(identifier)
        return f"“{report.title}” ({report.host})" if report is not None else ref
    entry = chronicle.store.facts.get(Entry, identifier)
    return f"the item “{entry.text}”" if entry is not None else ref


def _gave(feature: Feature | None) -> str:
    if feature is None or abs(feature.gave) < _LEAST:
        return ""
    return (
        f"{feature.gave:+.2f} ({feature.value:g})"
        if feature.name not in ("bias", "crowding")
        else f"{feature.gave:+.2f}"
    )
