"""What numbers are of that say nothing of it: "the office sticks to 63", "seven had gone, it said, and not six".

Of what was counted before in the same sentence; else of what the same number is of elsewhere in the event, where that
is one thing; else of what the report counted last. What none of that tells stays as it is.
"""

import re
from collections.abc import Sequence

from msgspec.structs import replace

from diurna.enrich.quantities.units import UNITS
from diurna.model import Quantity
from diurna.reconcile.align import Said, far_apart
from diurna.reconcile.attributes import family_of, is_people, is_settled
from diurna.reconcile.values import FEW, range_of

__all__ = ["is_bare", "with_names"]

_BARE = re.compile(
    r"(?:(?:own|new|latest|first|earlier|previous|true|real|total)\s)*(?:number|figure|count|toll)(?: in total)?"
)
_OF_THINGS = re.compile(r"\s(?:out )?of (?!them\b|whom\b|those\b)")
"""What a number is a part of: "five | of the train's eleven carriages"."""
_RECALLED = 500
"""Characters from the sentence that names what is counted to one that does so no more."""


def with_names(said: Sequence[Said]) -> list[Said]:
    """The same claims, in the same order (of each report in that of its text), bare numbers with what they are of."""
    known: dict[float, list[Said]] = {}
    for one in said:
        value = one.claim.quantity.value if one.claim.quantity is not None else None
        if value is not None and _tells(value) and not is_bare(one):
            known.setdefault(value, []).append(one)
    sums = [one for one in said if _is_sum(one)]
    named: list[Said] = []
    last: Said | None = None
    for one in said:
        found = one
        if last is not None and last.report != one.report:
            last = None
        if is_bare(one):
            beside = last is not None and last.claim.sentence == one.claim.sentence
            found = (
                (_as_before(one, last) if beside else None) or _as_elsewhere(one, known) or _as_before(one, last) or one
            )
        found = _as_money(found, sums)
        last = found if found.range.kind == "count" else last
        named.append(found)
    return named


def _tells(value: float) -> bool:
    """Whether a number is one that two things hardly share."""
    return value > FEW or value != int(value)


def _as_money(said: Said, sums: Sequence[Said]) -> Said:
    """A figure of millions that says nothing of what they are, as a sum where the event has sums of one currency."""
    quantity = said.claim.quantity
    plain = quantity is not None and not quantity.unit and not quantity.counted and (quantity.value or 0) >= _SUM
    if not plain or quantity is None or (is_settled(said.attribute) and family_of(said.attribute) != "price"):
        return said
    alike = [one for one in sums if not far_apart(said.range, one.range)]
    if len({(one.range.kind, _currency(one)) for one in alike}) != 1:
        return said
    return _like(said, quantity, alike[0]) or said


def _like(bare: Said, quantity: Quantity, other: Said) -> Said | None:
    """A number as one of what another is of, in its unit."""
    unit = other.claim.quantity.unit if other.claim.quantity is not None else ""
    found = range_of(replace(bare.claim, quantity=replace(quantity, unit=unit)), "")
    return replace(bare, attribute=other.attribute, range=found) if found is not None else None


def _is_sum(said: Said) -> bool:
    """Whether a figure is one of money: its unit is a currency, or it counts what may be one."""
    quantity = said.claim.quantity
    if quantity is None:
        return False
    named = bool(quantity.unit) and quantity.unit not in UNITS
    return named or not _CURRENCIES.isdisjoint(quantity.counted.casefold().split()[-1:])


def _currency(said: Said) -> str:
    quantity = said.claim.quantity
    return (quantity.unit or quantity.counted.split()[-1]) if quantity is not None else ""


_SUM = 1e6
_CURRENCIES = frozenset(("crowns", "marks", "dollars", "euros", "pounds", "francs", "pesos", "rupees"))


def is_bare(said: Said) -> bool:
    """Whether nothing is known of what a number is of."""
    quantity = said.claim.quantity
    plain = quantity is not None and not quantity.unit and not quantity.counted
    behind = said.sentence[said.place + len(said.words) :]
    return plain and not _OF_THINGS.match(behind) and _BARE.fullmatch(said.attribute) is not None


def _as_before(bare: Said, last: Said | None) -> Said | None:
    """A number as one of what was counted last in its report."""
    value = bare.claim.quantity.value if bare.claim.quantity is not None else None
    if last is None or bare.range.kind != "count" or far_apart(bare.range, last.range):
        return None
    if value is not None and value != int(value):
        return None
    quantity = last.claim.quantity
    near = bare.claim.sentence.start - last.claim.sentence.start <= _RECALLED
    people = quantity is not None and is_people(quantity.counted)
    return replace(bare, attribute=last.attribute) if near and people else None


def _as_elsewhere(bare: Said, known: dict[float, list[Said]]) -> Said | None:
    """A number as what the same number is of in its own report, else in any, in the unit that it has there."""
    quantity = bare.claim.quantity
    if quantity is None or quantity.value is None:
        return None
    alike = known.get(quantity.value, [])
    alike = [one for one in alike if one.report == bare.report] or alike
    if len({(family_of(one.attribute), one.range.kind, one.range.unit) for one in alike}) != 1:
        return None
    return _like(bare, quantity, alike[0])
