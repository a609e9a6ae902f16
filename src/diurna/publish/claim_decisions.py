"""What people decided of the claims of an event, as its page tells it."""

from collections.abc import Sequence
from datetime import datetime

from msgspec import Struct

from diurna.model import Judgement, quoted_claim
from diurna.publish.blocks import Anchor, Item, Items
from diurna.publish.wording import one_line

__all__ = ["DecisionLine", "decided_words", "decision_items", "decision_lines"]


class DecisionLine(Struct, frozen=True, kw_only=True, omit_defaults=True, forbid_unknown_fields=True):
    """Decision on a claim: what was decided, in words, by whom, when and why."""

    judgement: str
    decided: str
    by: str
    made: datetime | None = None
    reason: str = ""


def decided_words(judgement: Judgement) -> str:
    """What a decision on a claim says; empty for one that quotes nothing."""
    quote = quoted_claim(judgement.value)
    if quote is None:
        return ""
    words, other = f"“{one_line(quote.words)}”", f"“{one_line(quote.other_words)}”"
    return {
        "measures": f"{words} is of: {one_line(quote.name)}",
        "misread": f"{words} was misread, and is left out",
        "answers": f"{words} and {other} answer one question",
        "differs": f"{words} and {other} answer two questions",
    }.get(judgement.verdict, "")


def decision_lines(decisions: Sequence[Judgement]) -> tuple[DecisionLine, ...]:
    """Decisions as data."""
    return tuple(
        DecisionLine(
            judgement=f"judgement:{one.id}",
            decided=decided_words(one),
            by=one.by.removeprefix("person:"),
            made=one.made,
            reason=one_line(one.note),
        )
        for one in decisions
    )


def decision_items(lines: Sequence[DecisionLine]) -> Items:
    """Decisions as a list."""
    return Items(tuple(Item(Anchor(one.decided), label="decided", note=_note(one)) for one in lines), style="changes")


def _note(line: DecisionLine) -> str:
    made = line.made.strftime("%Y-%m-%d") if line.made is not None else ""
    return "; ".join(filter(None, (line.by, made, line.reason)))
