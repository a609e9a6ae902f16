"""How what is known of one question changed: who said it first, and what each later statement did to its state."""

from collections.abc import Mapping, Sequence

from diurna.model import Step
from diurna.reconcile.align import Said
from diurna.reconcile.states import RULES, judge
from diurna.reconcile.values import compatible, finer

__all__ = ["history_of"]

_MOST = 24
"""Steps that are told; what comes after them repeats what was said."""


def history_of(said: Sequence[Said], origins: Mapping[int, str]) -> tuple[Step, ...]:
    """Steps of claims in the order of publication; `origins` names that of each by its place in the list. A claim that
    says again what its origin said is none.
    """
    steps: list[Step] = []
    for at, one in enumerate(said):
        if len(steps) == _MOST:
            break
        if at and not _is_news(one, at, said, origins):
            continue
        rule = judge(said[: at + 1], {place: origins[place] for place in range(at + 1)})
        steps.append(Step(claim=one.claim.id, at=one.at, state=RULES[rule][0], rule=rule))
    return tuple(steps)


def _is_news(one: Said, at: int, said: Sequence[Said], origins: Mapping[int, str]) -> bool:
    """Whether a claim has a new origin, or another value than its origin gave before, or a more exact one."""
    own = [said[place] for place in range(at) if origins[place] == origins[at]]
    if not own or one.revises or one.withdraws:
        return True
    return any(not compatible(one.range, other.range) for other in own[-1:]) or all(
        finer(one.range, other.range) for other in own
    )
