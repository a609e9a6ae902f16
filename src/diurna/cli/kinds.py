"""The one list of kinds of record, with what `show`, `explain`, `check` and `correct` do for each.

A stage that brings a new kind, or can say more about an old one, adds its handlers here.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

from msgspec import Struct

from diurna.cli import articles, check, claims, correct, entities, explain, findings, parts, regroup, show
from diurna.cli.console import Answer
from diurna.cli.correct import Correction, Wish
from diurna.errors import ConfigurationError
from diurna.model import Judgement, Problem, Ref

if TYPE_CHECKING:
    from diurna.runners import Chronicle

__all__ = ["KINDS", "Kind", "checking", "correcting", "explaining", "showing"]

Show = Callable[["Chronicle", Ref], Answer]
Check = Callable[["Chronicle", Ref], Iterator[Problem]]


class Kind(Struct, frozen=True):
    """Kind of record, and the handlers it has. `corrections` go by what a person wants: `rename`, `merge`, …."""

    name: str
    show: Show
    explain: Show | None = None
    check: Check | None = None
    corrections: Mapping[str, Correction] = {}


KINDS = (
    Kind(
        "article",
        articles.show_article,
        articles.explain_article,
        articles.check_article,
        {
            "detach": regroup.detach_report,
            "move": regroup.move_report,
            "pin": regroup.pin_report,
            "withdraw": articles.withdraw_article,
        },
    ),
    Kind("capture", show.show_capture, check=check.check_capture),
    Kind(
        "claim",
        parts.show_claim,
        parts.show_claim,
        corrections={
            "attribute": claims.name_claim,
            "join": claims.join_claims,
            "misread": claims.misread_claim,
            "part": claims.part_claims,
        },
    ),
    Kind("day", show.show_day, check=check.check_day),
    Kind(
        "entity",
        entities.show_entity,
        entities.explain_entity,
        check.check_named,
        {"merge": entities.merge_entity, "split": entities.split_entity},
    ),
    Kind("entry", show.show_entry, explain.explain_entry, check.check_entry),
    Kind(
        "event",
        show.show_event,
        explain.explain_event,
        check.check_event,
        {
            "merge": correct.merge_event,
            "pin": regroup.pin_event,
            "rename": correct.rename_event,
            "split": regroup.split_event,
        },
    ),
    Kind("finding", findings.explain_finding, findings.explain_finding),
    Kind(
        "judgement",
        show.show_judgement,
        explain.explain_judgement,
        check.check_judgement,
        {"retract": correct.retract_judgement},
    ),
    Kind("mention", parts.show_mention, parts.show_mention),
    Kind("problem", show.show_problem),
    Kind("revision", show.show_revision, check=check.check_revision),
    Kind("source", show.show_source, check=check.check_named),
)


def showing(ref: Ref) -> Show:
    """What `show` does for a record of this kind."""
    return _kind(ref).show


def explaining(ref: Ref) -> Show:
    """What `explain` does for a record of this kind."""
    handler = _kind(ref).explain
    if handler is None:
        raise _lacks(ref, "explained", [kind.name for kind in KINDS if kind.explain])
    return handler


def checking(ref: Ref) -> Check:
    """What `check` does for a record of this kind."""
    handler = _kind(ref).check
    if handler is None:
        raise _lacks(ref, "checked alone", [kind.name for kind in KINDS if kind.check])
    return handler


def correcting(action: str, ref: Ref) -> Callable[["Chronicle", Ref, Wish], list[Judgement]]:
    """What a correction does for a record of this kind."""
    handler = _kind(ref).corrections.get(action)
    if handler is None:
        raise _lacks(ref, f"given to `correct {action}`", [kind.name for kind in KINDS if action in kind.corrections])
    return handler


def _kind(ref: Ref) -> Kind:
    for kind in KINDS:
        if kind.name == ref.kind:
            return kind
    raise _lacks(ref, "shown", [kind.name for kind in KINDS])


def _lacks(ref: Ref, what: str, able: Sequence[str]) -> ConfigurationError:
    return ConfigurationError(
        f"{ref}: a record of the kind `{ref.kind}` cannot be {what}; these can: {', '.join(able)}."
    )
