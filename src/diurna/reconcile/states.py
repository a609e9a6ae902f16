"""How the claims of one finding stand to each other, by rules that are tried in order; the first that fits names it."""

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, timedelta
from math import log10

from diurna.reconcile.align import Said
from diurna.reconcile.attributes import family_of, moves
from diurna.reconcile.values import Range, compatible, finer, tells_clock

__all__ = ["ASIDE", "RULES", "judge", "outliers"]

RULES = {
    "R1": ("withdrawn", "who said it took it back, and gives no other value"),
    "R2": ("corrected", "who said it replaced it, and said that the first was wrong"),
    "R3": ("denied", "a party denies it and gives no value of its own"),
    "R4": ("updated", "the quantity moves, and what differs is later"),
    "R5": ("contradicted", "values that cannot both be true stand side by side"),
    "R6": ("refined", "a later value agrees with the earlier ones and is more exact"),
    "R7": ("agreed", "two origins or more, and all values can be true together"),
    "R8": ("claimed by one party", "only one origin says it"),
}
"""State that each rule gives, and what it says, in words."""

ASIDE = frozenset(("opinion", "satire"))
"""Kinds of pieces whose figures are shown, marked, and make nobody agree or differ."""

_BOTH_WAYS = frozenset(("missing",))
"""What moves, and falls as much as it rises."""

_TOGETHER = timedelta(hours=1)
_TYPING = 0.08
"""How near to a power of ten a factor must be, in its logarithm, for a figure to look mistyped: "5000 km" for 500."""


def judge(said: Sequence[Said], origins: Mapping[int, str]) -> str:
    """The rule that fits claims in the order of publication; `origins` names that of each by its place in the list."""
    earnest = [at for at, one in enumerate(said) if not _is_aside(one)]
    rule = _rule([said[at] for at in earnest] or said, [origins[at] for at in earnest or range(len(said))])
    return rule if earnest or rule not in _DISPUTES else "R8"


_DISPUTES = ("R1", "R2", "R3", "R5")


def _is_aside(one: Said) -> bool:
    """Whether a value is an outlet's own in a piece of opinion, or anybody's in satire."""
    return one.genre in ASIDE and (one.genre == "satire" or not one.voice)


def _rule(said: Sequence[Said], of: Sequence[str]) -> str:
    if _withdrawn(said, of):
        return "R1"
    if _corrects(said, of):
        return "R2"
    if _denied(said, of):
        return "R3"
    values = [at for at, one in enumerate(said) if not (one.denies or one.withdraws)] or list(range(len(said)))
    said, of = [said[at] for at in values], [of[at] for at in values]
    if moves(said[0].attribute):
        current = [at for at, one in enumerate(said) if not _is_recalled(at, said, of)]
        said, of = [said[at] for at in current], [of[at] for at in current]
    latest = dict(zip(of, said, strict=True))
    clashing = [
        (one, other) for at, one in enumerate(said) for other in said[:at] if not compatible(one.range, other.range)
    ]
    if clashing:
        if len(latest) == 1 and said[0].range.kind == "words":
            return "R6"  # one speaker's word for it, and later a better one
        if _supersedes(said, of):
            return "R4"
        held = list(latest.values())
        own = any(one.report == other.report for one, other in clashing)
        if own or any(not compatible(a.range, b.range) for at, a in enumerate(held) for b in held[:at]):
            return "R5"
        if _at_one_time(clashing):
            return "R5"
    elif moves(said[0].attribute) and _rises(said):
        return "R4"
    elif any(_refines(one, said[:at]) for at, one in enumerate(said)):
        return "R6"
    return "R7" if len(latest) > 1 else "R8"


def _at_one_time(clashing: Sequence[tuple[Said, Said]]) -> bool:
    """Whether values that cannot both be true were given in one hour, or nobody knows when."""
    return any(one.at is None or other.at is None or abs(one.at - other.at) < _TOGETHER for one, other in clashing)


def _withdrawn(said: Sequence[Said], of: Sequence[str]) -> bool:
    """Whether who took a value back gives none instead, and nobody has stated it since."""
    last = next((at for at in reversed(range(len(said))) if said[at].withdraws), None)
    if last is None:
        return False
    since = [one for at, one in enumerate(said) if at > last and not (one.denies or one.withdraws)]
    also = [one for at, one in enumerate(said) if one.report == said[last].report and of[at] == of[last]]
    return not since and all(one.withdraws for one in also)


def _denied(said: Sequence[Said], of: Sequence[str]) -> bool:
    """Whether somebody denies a value that another gives, and has none of their own."""
    holders = {of[at] for at, one in enumerate(said) if not one.denies}
    return bool(holders) and any(one.denies and of[at] not in holders for at, one in enumerate(said))


def _corrects(said: Sequence[Said], of: Sequence[str]) -> bool:
    """Whether an origin replaced its own value by another, and said so."""
    return any(
        one.revises and of[at] == of[before] and not compatible(one.range, said[before].range)
        for at, one in enumerate(said)
        for before in range(at)
    )


def _is_recalled(at: int, values: Sequence[Said], of: Sequence[str]) -> bool:
    """Whether a report gives a figure only as that of before: it has a higher one, of the same origin or without one,
    or says so.
    """
    said = values[at]
    return any(
        other.report == said.report
        and (of[beside] == of[at] or said.recalls or not (said.voice and other.voice))
        and said.range.upper is not None
        and other.range.lower is not None
        and other.range.lower > said.range.upper
        for beside, other in enumerate(values)
    )


def _supersedes(said: Sequence[Said], of: Sequence[str]) -> bool:
    """Whether all that differs does so because it came later: an origin has a new figure, or the quantity rises and
    nobody comes back to less.
    """
    moving = moves(said[0].attribute)
    told = [(_told_at(one, said), one, origin) for one, origin in zip(said, of, strict=True)]
    told.sort(key=lambda known: (known[0] is None, known[0] or _NEVER))  # an undated one takes its place
    for at, (now, one, origin) in enumerate(told):
        for then, other, earlier in told[:at]:
            if compatible(one.range, other.range):
                continue
            if now is None or then is None or now - then < _TOGETHER:
                return False
            risen = (
                other.range.upper is not None and one.range.lower is not None and one.range.lower > other.range.upper
            )
            either_way = family_of(one.attribute) in _BOTH_WAYS
            if origin != earlier and not (moving and (risen or one.revises or either_way)):
                return False
    return True


_NEVER = datetime.max.replace(tzinfo=UTC)


def _told_at(one: Said, said: Sequence[Said]) -> datetime | None:
    """When a value was said; of one that nobody dates, when another that agrees with it was."""
    if one.at is not None:
        return one.at
    return min(
        (other.at for other in said if other.at is not None and compatible(one.range, other.range)), default=None
    )


def _rises(said: Sequence[Said]) -> bool:
    """Whether a later figure is higher than an earlier one that it is compatible with: first "at least 8", then 13."""
    known = [
        (one.at, one.claim.quantity.value) for one in said if one.at is not None and one.claim.quantity is not None
    ]
    return any(
        now is not None and before is not None and at - first >= _TOGETHER and now > before
        for place, (at, now) in enumerate(known)
        for first, before in known[:place]
    )


def _refines(one: Said, earlier: Sequence[Said]) -> bool:
    before = [other for other in earlier if other.at is not None and one.at is not None and other.at < one.at]
    return bool(before) and len(before) == len(earlier) and all(_finer(one, other) for other in before)


def _finer(one: Said, other: Said) -> bool:
    """Whether a claim is more exact than an earlier one; what was only put into another unit is not."""
    ours, theirs = one.claim.quantity, other.claim.quantity
    if ours is not None and ours.digits is None:
        return False  # "a quarter of a million" is as exact as it is put
    if one.range.kind == "time":
        return tells_clock(one.words) and not tells_clock(other.words) and finer(one.range, other.range)
    converted = ours is not None and theirs is not None and ours.unit != theirs.unit and _same_value(one, other)
    finer_by = (ours.digits or 0) - (theirs.digits or 0) if ours is not None and theirs is not None else 0
    converted = converted and finer_by <= 1  # 912 metres is no "about 3,000 feet"
    return finer(one.range, other.range) and not (converted and other.range.width != float("inf"))


def _same_value(one: Said, other: Said) -> bool:
    """Whether two figures are one, as far as conversions are rounded."""
    middle, beside = (_middle(said.range.lower, said.range.upper) for said in (one, other))
    return abs(middle - beside) <= _CONVERTED * max(abs(middle), abs(beside))


_CONVERTED = 0.02
"""Share by which a figure may miss the one that it was converted from: "310 miles" for 500 kilometres."""


def outliers(said: Sequence[Said]) -> list[int]:
    """Places of figures that look mistyped: ten times as much as all the others, which agree, or a tenth, …."""
    kinds: dict[Range, int] = {}
    for one in said:
        kinds[one.range] = kinds.get(one.range, 0) + 1
    strange = set()
    for odd in kinds:
        rest = [other for other in kinds if other != odd]
        agree = all(compatible(a, b) for number, a in enumerate(rest) for b in rest[:number])
        if kinds[odd] == 1 and len(said) > _PAIR and rest and agree and all(_far(odd, other) for other in rest):
            strange.add(odd)
    return [at for at, one in enumerate(said) if one.range in strange]


_PAIR = 2
"""Of two that differ nobody can say which is mistyped."""


def _far(one: Range, other: Range) -> bool:
    middles = [_middle(one.lower, one.upper), _middle(other.lower, other.upper)]
    small, big = min(middles), max(middles)
    power = log10(big / small) if small > 0 else 0.0
    return one.kind not in ("time", "words") and round(power) >= 1 and abs(power - round(power)) < _TYPING


def _middle(lower: float | None, upper: float | None) -> float:
    return (lower + upper) / 2 if lower is not None and upper is not None else 0.0
