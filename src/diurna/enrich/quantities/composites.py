"""Quantities in two units that make one: "6ft 2in", "5'10\"", "two hours and ten minutes", "15 dollars 50"."""

from collections.abc import Callable

from diurna.enrich.quantities.measures import is_money
from diurna.enrich.quantities.numbers import DIGITS, WORD, Pieces
from diurna.enrich.quantities.words import CARDINALS, word_set

__all__ = ["composed"]

_PARTS: dict[str, dict[str, int]] = {
    "foot": {"inch": 12},
    "yard": {"foot": 3},
    "stone": {"pound": 14},
    "pound": {"ounce": 16},
    "kilogram": {"gram": 1000},
    "metre": {"centimetre": 100},
    "kilometre": {"metre": 1000},
    "year": {"month": 12},
    "week": {"day": 7},
    "day": {"hour": 24},
    "hour": {"minute": 60},
    "minute": {"second": 60},
}
_CENTS = word_set("cent penny kopeck paisa sen centime centavo pfennig jiao") | {"US cent"}
_Reading = Callable[[int], tuple[float | None, str, int]]


def composed(pieces: Pieces, unit: str, end: int, read: _Reading) -> tuple[str, float, int, int] | None:
    """What follows a quantity in a smaller unit: the unit of both, how much is added, its figures, and where it ends.

    `read` gives value, unit and end of the number at a piece. None where nothing is added.
    """
    if not unit:
        return _marked(pieces, end)
    money = is_money(unit) and unit not in _CENTS
    parts = _PARTS.get(unit, {})
    if not money and not parts:
        return None
    at = end
    joined = pieces.lower[at] in ("and", "&") or (pieces.lower[at] == "," and not money)
    at += joined
    at += joined and pieces.lower[at] == "and"
    if pieces.kind[at] != DIGITS and pieces.lower[at] not in CARDINALS:
        return None
    value, smaller, last = read(at)
    if value is None or value < 0:
        return None
    base = smaller.removesuffix(" of age")
    if base in parts and value < parts[base]:
        return unit + smaller[len(base) :], value / parts[base], 1 if parts[base] < 20 else 2, last
    if money and smaller in _CENTS and value < 100 and (smaller == "penny") == unit.endswith("pound"):
        return unit, value / 100, 2, last
    ends = money and pieces.kind[last] != WORD
    if (joined and not ends) or smaller or value != int(value):
        return None
    return _bare(pieces, unit, value, last, money=money)


def _bare(pieces: Pieces, unit: str, value: float, last: int, *, money: bool) -> tuple[str, float, int, int] | None:
    """Cents and inches that go without saying: "15 dollars 50", "6ft 2"."""
    follows = pieces.kind[last] == WORD and pieces.lower[last] not in ("more", "each", "and", "or", "per", "tall", "in")
    if follows or (pieces.glued(last) and pieces.kind[last] == WORD):
        return None
    if money and 10 <= value < 100 and pieces.kind[last - 2] == WORD:
        return unit, value / 100, 2, last
    if unit == "foot" and value < 12:
        return unit, value / 12, 1, last
    return None


def _marked(pieces: Pieces, end: int) -> tuple[str, float, int, int] | None:
    """Feet and inches by their marks: 5'10"."""
    text = pieces.text
    if text[end] not in ("'", "′", "’") or not pieces.glued(end) or pieces.kind[end + 1] != DIGITS:
        return None
    if not pieces.glued(end + 1) or text[end + 2] not in ('"', "″", "”", "'") or not pieces.glued(end + 2):
        return None
    inches = float(text[end + 1].replace(",", ""))
    return ("foot", inches / 12, 1, end + 3) if inches < 12 else None
