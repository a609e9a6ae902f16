"""Measures that `{{convert}}` shows in two units: `{{convert|500|km|mi}}` reads "500 km (310 mi)"."""

import math
import re

from msgspec import Struct

__all__ = ["convert"]


class Unit(Struct, frozen=True):
    """Unit of measure: its symbol, its name in one and in many, what it measures, its size in SI, its usual partner."""

    symbol: str
    one: str
    many: str
    measures: str
    size: float
    partner: str
    offset: float = 0.0


# Sizes are the international definitions (NIST SP 811, appendix B).
_TABLE = """
km     | km      | kilometre              | kilometres             | length   | 1000              | mi
m      | m       | metre                  | metres                 | length   | 1                 | ft
cm     | cm      | centimetre             | centimetres            | length   | 0.01              | in
mm     | mm      | millimetre             | millimetres            | length   | 0.001             | in
mi     | mi      | mile                   | miles                  | length   | 1609.344          | km
yd     | yd      | yard                   | yards                  | length   | 0.9144            | m
ft     | ft      | foot                   | feet                   | length   | 0.3048            | m
in     | in      | inch                   | inches                 | length   | 0.0254            | cm
nmi    | nmi     | nautical mile          | nautical miles         | length   | 1852              | km
km2    | km²     | square kilometre       | square kilometres      | area     | 1000000           | sqmi
m2     | m²      | square metre           | square metres          | area     | 1                 | sqft
ha     | ha      | hectare                | hectares               | area     | 10000             | acre
acre   | acres   | acre                   | acres                  | area     | 4046.8564224      | ha
sqmi   | sq mi   | square mile            | square miles           | area     | 2589988.110336    | km2
sqft   | sq ft   | square foot            | square feet            | area     | 0.09290304        | m2
t      | t       | tonne                  | tonnes                 | mass     | 1000              | LT
kg     | kg      | kilogram               | kilograms              | mass     | 1                 | lb
g      | g       | gram                   | grams                  | mass     | 0.001             | oz
lb     | lb      | pound                  | pounds                 | mass     | 0.45359237        | kg
oz     | oz      | ounce                  | ounces                 | mass     | 0.028349523125    | g
LT     | long tons  | long ton            | long tons              | mass     | 1016.0469088      | t
ST     | short tons | short ton           | short tons             | mass     | 907.18474         | t
st     | st      | stone                  | stone                  | mass     | 6.35029318        | kg
l      | L       | litre                  | litres                 | volume   | 0.001             | USgal
m3     | m³      | cubic metre            | cubic metres           | volume   | 1                 | cuft
cuft   | cu ft   | cubic foot             | cubic feet             | volume   | 0.028316846592    | m3
USgal  | US gal  | US gallon              | US gallons             | volume   | 0.003785411784    | l
impgal | imp gal | imperial gallon        | imperial gallons       | volume   | 0.00454609        | l
oilbbl | bbl     | barrel                 | barrels                | volume   | 0.158987294928    | m3
km/h   | km/h    | kilometre per hour     | kilometres per hour    | speed    | 0.277777777777778 | mph
mph    | mph     | mile per hour          | miles per hour         | speed    | 0.44704           | km/h
m/s    | m/s     | metre per second       | metres per second      | speed    | 1                 | ft/s
ft/s   | ft/s    | foot per second        | feet per second        | speed    | 0.3048            | m/s
kn     | kn      | knot                   | knots                  | speed    | 0.514444444444444 | km/h
C      | °C      | degree Celsius         | degrees Celsius        | heat     | 1                 | F
F      | °F      | degree Fahrenheit      | degrees Fahrenheit     | heat     | 0.555555555555556 | C
K      | K       | kelvin                 | kelvins                | heat     | 1                 | C
hPa    | hPa     | hectopascal            | hectopascals           | pressure | 100               | inHg
mbar   | mbar    | millibar               | millibars              | pressure | 100               | inHg
inHg   | inHg    | inch of mercury        | inches of mercury      | pressure | 3386.388640341    | hPa
psi    | psi     | pound per square inch  | pounds per square inch | pressure | 6894.757293168    | kPa
kPa    | kPa     | kilopascal             | kilopascals            | pressure | 1000              | psi
kW     | kW      | kilowatt               | kilowatts              | power    | 1000              | hp
MW     | MW      | megawatt               | megawatts              | power    | 1000000           | hp
hp     | hp      | horsepower             | horsepower             | power    | 745.699871582     | kW
"""
_OFFSETS = {"C": 273.15, "F": 459.67 * 5 / 9, "K": 0.0}
_ALIASES = {
    "kilometre": "km", "kilometres": "km", "kilometer": "km", "kilometers": "km", "metre": "m", "metres": "m",
    "meter": "m", "meters": "m", "mile": "mi", "miles": "mi", "foot": "ft", "feet": "ft", "inch": "in", "inches": "in",
    "yard": "yd", "yards": "yd", "NM": "nmi", "sqkm": "km2", "sqm": "m2", "acres": "acre", "hectare": "ha",
    "hectares": "ha", "kilogram": "kg", "kilograms": "kg", "pound": "lb", "pounds": "lb", "lbs": "lb", "tonne": "t",
    "tonnes": "t", "MT": "t", "long ton": "LT", "short ton": "ST", "L": "l", "litre": "l", "litres": "l",
    "gal": "USgal", "U.S.gal": "USgal", "bbl": "oilbbl", "kph": "km/h", "kmh": "km/h", "knot": "kn", "knots": "kn",
    "kt": "kn", "°C": "C", "°F": "F", "degC": "C", "degF": "F", "sq mi": "sqmi", "sq ft": "sqft", "m²": "m2",
    "km²": "km2", "m³": "m3", "mb": "mbar",
}  # fmt: skip
_BETWEEN = {
    "to": " to ", "and": " and ", "or": " or ", "-": "–", "–": "–", "to(-)": "–", "by": " by ", "x": " by ", "×": " × ",
    "+/-": " ± ", "±": " ± ",
}  # fmt: skip
_NUMBER = re.compile(r"[+\-−]?\d[\d,]*(?:\.\d+)?|[+\-−]?\.\d+")
_FRACTION = re.compile(r"(?:(\d+)[+ ])?(\d+)[/⁄](\d+)")


def _units() -> dict[str, Unit]:
    units: dict[str, Unit] = {}
    for line in _TABLE.strip().splitlines():
        code, symbol, one, many, measures, size, partner = (cell.strip() for cell in line.split("|"))
        units[code] = Unit(symbol, one, many, measures, float(size), partner, _OFFSETS.get(code, 0.0))
    return units


_UNITS = _units()


class Amount(Struct, frozen=True):
    """Number as written, and its value."""

    written: str
    value: float


def convert(values: list[str], options: dict[str, str]) -> str:
    """Show a measure in its own unit and, rounded no finer than it was given, in the other.

    `values` are the template's unnamed parameters. Symbols are shown unless `abbr=off` asks for names; `adj=on` makes
    "500-kilometre". A unit that the table lacks is shown as written, without a second one.
    """
    values = [value.strip() for value in values]
    amounts: list[Amount] = []
    joints: list[str] = []
    at = 0
    while at < len(values):
        amount = _amount(values[at])
        if amount is None:
            break
        amounts.append(amount)
        at += 1
        if at + 1 < len(values) and values[at] in _BETWEEN and _amount(values[at + 1]) is not None:
            joints.append(_BETWEEN[values[at]])
            at += 1
        else:
            break
    rest = values[at:]
    if not amounts:
        return " ".join(value for value in values if value)
    if not rest or not rest[0]:
        return _join([amount.written for amount in amounts], joints)
    source = _unit(rest[0])
    if source is None:
        return f"{_join([amount.written for amount in amounts], joints)} {rest[0]}"
    if len(rest) >= 3 and (second := _amount(rest[1])) is not None:
        return _compound(amounts[0], source, second, rest[2:], options)
    targets = _targets(source, rest[1] if len(rest) > 1 else "")
    shown = _join([amount.written for amount in amounts], joints)
    shown += _named(source, amounts[-1].value, options, first=True)
    precision = _number(rest[2]) if len(rest) > 2 else None
    others = [_converted(amounts, joints, (source, target), precision, options) for target in targets]
    return f"{shown} ({'; '.join(others)})" if others else shown


def _amount(text: str) -> Amount | None:
    plain = text.replace(" ", "").replace("\u00a0", "")
    if _NUMBER.fullmatch(plain) and len(plain) <= 40:
        value = float(plain.replace(",", "").replace("−", "-"))
        if "," in plain:
            return Amount(plain, value)
        whole, dot, decimals = plain.lstrip("+-−").partition(".")
        sign = "−" if plain[0] in "-−" else ""
        return Amount(
            sign + (f"{int(whole):,}" if len(whole) > 4 or len(whole) == 4 else whole or "0") + dot + decimals, value
        )
    found = _FRACTION.fullmatch(text.strip())
    if found and len(text) <= 40 and int(found[3]):
        return Amount(text.strip().replace("+", " "), int(found[1] or 0) + int(found[2]) / int(found[3]))
    return None


def _number(text: str) -> int | None:
    return int(text) if re.fullmatch(r"-?\d{1,2}", text) else None


def _unit(code: str) -> Unit | None:
    return _UNITS.get(code) or _UNITS.get(_ALIASES.get(code, ""))


def _targets(source: Unit, wanted: str) -> list[Unit]:
    """Units to convert to: those asked for that measure the same; the usual partner where none is asked for."""
    if not wanted or _number(wanted) is not None:
        return [_UNITS[source.partner]]
    whole = _unit(wanted)
    units = [whole] if whole else [_unit(code) for code in re.split(r"[ +]", wanted)[:4]]
    return [unit for unit in units if unit is not None and unit.measures == source.measures and unit != source]


def _converted(
    amounts: list[Amount], joints: list[str], units: tuple[Unit, Unit], precision: int | None, options: dict[str, str]
) -> str:
    source, target = units
    results: list[float] = []
    shown: list[str] = []
    for amount in amounts:
        result = (amount.value * source.size + source.offset - target.offset) / target.size
        digits = _digits(amount, result, target, precision, options.get("sigfig", ""))
        results.append(result)
        shown.append(_written(result, digits))
    return _join(shown, joints) + _named(target, results[-1], options, first=False)


def _digits(amount: Amount, result: float, target: Unit, precision: int | None, figures: str) -> int:
    """Decimals to show: as fine as the input in relation to its size, and at least two significant figures."""
    if precision is not None:
        return max(-9, min(precision, 9))
    if not result:
        return 0
    size = math.floor(math.log10(abs(result)) + 2e-14)
    if figures.isdigit() and figures != "0":
        return min(int(figures), 15) - 1 - size
    plain = amount.written.replace(",", "").lstrip("−+-")
    if "." in plain:
        given = len(plain.partition(".")[2])
    else:
        given = len(plain.rstrip("0")) - len(plain) if plain.isdigit() else 1
    if target.measures == "heat":
        return max(given, 0)
    finer = math.floor(given + math.log10(abs(amount.value / result)) + 2e-14) if amount.value else 0
    return max(finer, 1 - size)


def _written(value: float, digits: int) -> str:
    rounded = round(value, digits)
    return f"{rounded:,.{max(digits, 0)}f}".replace("-", "−")


def _join(shown: list[str], joints: list[str]) -> str:
    parts = [shown[0]]
    for joint, amount in zip(joints, shown[1:], strict=False):
        parts += [joint, amount]
    return "".join(parts)


def _named(unit: Unit, value: float, options: dict[str, str], *, first: bool) -> str:
    """Unit behind its number: the symbol, or the name where `abbr=off` or `adj=on` (for the first unit) asks for it."""
    adjective = options.get("adj") in ("on", "mid") and options.get("abbr") != "on"
    spelled = (adjective and first) or options.get("abbr") in ("off", "out" if first else "in")
    one, many = unit.one, unit.many
    if options.get("sp") == "us":
        one, many = (name.replace("metre", "meter").replace("litre", "liter") for name in (one, many))
    if not spelled:
        return " " + unit.symbol
    if adjective and first:
        return "-" + one.replace(" ", "-")
    return " " + (one if value == 1 else many)


def _compound(first: Amount, unit: Unit, second: Amount, rest: list[str], options: dict[str, str]) -> str:
    """Show feet and inches, pounds and ounces, as one measure: "5 ft 10 in (1.78 m)"."""
    lesser = _unit(rest[0])
    if lesser is None or lesser.measures != unit.measures:
        return f"{first.written} {unit.symbol} {second.written} {rest[0]}"
    shown = f"{first.written} {unit.symbol} {second.written} {lesser.symbol}"
    total = first.value * unit.size + second.value * lesser.size
    targets = _targets(unit, rest[1] if len(rest) > 1 else "")
    if not targets:
        return shown
    size = total / targets[0].size
    digits = 2 - math.floor(math.log10(size) + 2e-14) if size > 0 else 0
    return f"{shown} ({_written(size, digits)}{_named(targets[0], size, options, first=False)})"
