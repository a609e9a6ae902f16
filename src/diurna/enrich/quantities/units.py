"""Units of measure: their names in texts, and quantities in another unit with their rounding kept (pint).

A unit is named in the singular, in British spelling: `kilometre`, `mile per hour`, `degree Celsius`, `US dollar`.
"""

import math
from functools import cache
from typing import TYPE_CHECKING, Literal

from msgspec import Struct
from msgspec.structs import replace

from diurna.model import Quantity

if TYPE_CHECKING:
    from pint import UnitRegistry

__all__ = ["ABBREVIATIONS", "SPELLINGS", "UNITS", "Unit", "in_system", "known_bounds", "normalised", "significant"]


class Unit(Struct, frozen=True):
    """Unit of measure: its kind (length, mass, …), what pint calls it, and the system it belongs to."""

    name: str
    kind: str
    pint: str
    system: str = ""


# name | kind | pint | other spellings, singular | abbreviations (case counts) | metric, imperial or neither
_TABLE = """
metre | length | meter | meter | m | metric
kilometre | length | kilometer | kilometer, km, kms, klick | km, kms, Km, KM | metric
centimetre | length | centimeter | centimeter | cm, cms | metric
decimetre | length | decimeter | decimeter | dm | metric
millimetre | length | millimeter | millimeter | mm | metric
micrometre | length | micrometer | micrometer, micron | µm, μm, um | metric
nanometre | length | nanometer | nanometer | nm | metric
picometre | length | picometer | picometer | | metric
hectometre | length | hectometer | hectometer | hm | metric
decametre | length | decameter | decameter, dekametre, dekameter | | metric
angstrom | length | angstrom | | Å |
mile | length | mile | | mi | imperial
nautical mile | length | nautical_mile | | nmi | imperial
yard | length | yard | | yd, yds | imperial
foot | length | foot | feet | ft | imperial
inch | length | inch | inches | in | imperial
furlong | length | furlong | | | imperial
fathom | length | fathom | | | imperial
light year | length | light_year | light-year, lightyear | ly |
astronomical unit | length | astronomical_unit | | |
parsec | length | parsec | | |
square metre | area | meter ** 2 | square meter, sq m, sq metre, sq meter | m², sqm, m2 | metric
square kilometre | area | kilometer ** 2 | square kilometer, sq km, square km, sq kilometre | km², km2 | metric
square centimetre | area | centimeter ** 2 | square centimeter, sq cm | cm², cm2 | metric
square millimetre | area | millimeter ** 2 | square millimeter, sq mm | mm², mm2 | metric
square mile | area | mile ** 2 | sq mile, sq mi | mi², mi2 | imperial
square foot | area | foot ** 2 | square feet, sq foot, sq feet, sq ft | ft², sqft, ft2 | imperial
square yard | area | yard ** 2 | sq yard, sq yd | | imperial
square inch | area | inch ** 2 | sq inch, sq in | in², in2 | imperial
acre | area | acre | | | imperial
hectare | area | hectare | | ha | metric
litre | volume | liter | liter | l, L, ltr | metric
millilitre | volume | milliliter | milliliter | ml, mL, cc | metric
centilitre | volume | centiliter | centiliter | cl, cL | metric
hectolitre | volume | hectoliter | hectoliter | hl |  metric
cubic metre | volume | meter ** 3 | cubic meter | m³, m3, cbm | metric
cubic kilometre | volume | kilometer ** 3 | cubic kilometer | km³, km3 | metric
cubic decimetre | volume | decimeter ** 3 | cubic decimeter | dm³, dm3 | metric
cubic millimetre | volume | millimeter ** 3 | cubic millimeter | mm³, mm3 | metric
decilitre | volume | deciliter | deciliter | dl, dL | metric
cubic centimetre | volume | centimeter ** 3 | cubic centimeter | cm³, cm3 | metric
cubic foot | volume | foot ** 3 | cubic feet, cu ft | ft³, ft3 | imperial
cubic yard | volume | yard ** 3 | | | imperial
cubic inch | volume | inch ** 3 | | in³ | imperial
cubic mile | volume | mile ** 3 | | | imperial
gallon | volume | gallon | | gal | imperial
quart | volume | quart | | qt | imperial
pint | volume | pint | | pt | imperial
cup | volume | cup | cupful | | imperial
tablespoon | volume | tablespoon | tbsp | tbsp | imperial
teaspoon | volume | teaspoon | tsp | tsp | imperial
fluid ounce | volume | fluid_ounce | fl oz | | imperial
barrel | volume | oil_barrel | bbl | bbl | imperial
acre-foot | volume | acre * foot | acre-feet | | imperial
bushel | volume | bushel | | | imperial
hogshead | volume | hogshead | | | imperial
gram | mass | gram | gramme | g, gm, gms | metric
kilogram | mass | kilogram | kilogramme, kilo | kg, kgs, Kg, KG | metric
milligram | mass | milligram | milligramme | mg | metric
microgram | mass | microgram | microgramme | µg, μg, mcg, ug | metric
tonne | mass | metric_ton | metric ton, metric tonne | t | metric
ton | mass | short_ton | short ton, long ton | | imperial
pound | mass | pound | lb | lb, lbs | imperial
ounce | mass | ounce | | oz | imperial
troy ounce | mass | troy_ounce | | | imperial
stone | mass | stone | stone | st | imperial
carat | mass | carat | | |
kilotonne | mass | kilometric_ton | kiloton | kt |
megatonne | mass | megametric_ton | megaton | Mt |
gigatonne | mass | gigametric_ton | gigaton | Gt |
second | time | second | sec | s, sec, secs |
minute | time | minute | min | min, mins |
hour | time | hour | hr | h, hr, hrs |
day | time | day | | |
night | time | day | | |
week | time | week | wk | wk, wks |
fortnight | time | fortnight | | |
month | time | month | | |
year | time | year | yr | yr, yrs |
decade | time | decennium | | |
century | time | century | centuries | |
millennium | time | millennium | millennia, millenniums | |
millisecond | time | millisecond | | ms |
microsecond | time | microsecond | | µs |
nanosecond | time | nanosecond | | ns |
year of age | age | year | | |
month of age | age | month | | |
week of age | age | week | | |
day of age | age | day | | |
kilometre per hour | speed | kilometer / hour | kph, kmph | kph, kmph, kmh, KPH | metric
mile per hour | speed | mile / hour | mph | mph, MPH | imperial
knot | speed | knot | | kn, kt, kts | imperial
metre per second | speed | meter / second | | | metric
mach | speed | | | |
degree Celsius | temperature | degree_Celsius | celsius, celcius, centigrade | °C, ℃ | metric
degree Fahrenheit | temperature | degree_Fahrenheit | fahrenheit, farenheit | °F, ℉ | imperial
kelvin | temperature | kelvin | | K |
degree | angle | degree | deg | ° |
radian | angle | radian | | rad |
byte | data | byte | | |
kilobyte | data | kilobyte | | KB, kB, kb |
megabyte | data | megabyte | | MB, mb |
gigabyte | data | gigabyte | gig | GB |
terabyte | data | terabyte | | TB |
petabyte | data | petabyte | | PB |
exabyte | data | exabyte | | EB |
zettabyte | data | zettabyte | | ZB |
yottabyte | data | yottabyte | | YB |
bit | data | bit | | |
kilobit | data | kilobit | | kbit |
megabit | data | megabit | | Mbit |
gigabit | data | gigabit | | Gbit |
kilobit per second | data rate | kilobit / second | | kbps, Kbps |
megabit per second | data rate | megabit / second | | Mbps, mbps |
gigabit per second | data rate | gigabit / second | | Gbps, gbps |
megapixel | image | | | MP |
pixel | image | pixel | | px |
joule | energy | joule | | J |
kilojoule | energy | kilojoule | | kJ |
megajoule | energy | megajoule | | MJ |
gigajoule | energy | gigajoule | | GJ |
terajoule | energy | terajoule | | TJ |
calorie | energy | kilocalorie | kcal | kcal |
kilowatt-hour | energy | kilowatt_hour | kilowatt hour | kWh, KWh, kwh |
megawatt-hour | energy | megawatt_hour | megawatt hour | MWh |
gigawatt-hour | energy | gigawatt_hour | gigawatt hour | GWh |
terawatt-hour | energy | terawatt_hour | terawatt hour | TWh |
british thermal unit | energy | Btu | | BTU, Btu |
watt | power | watt | | W |
kilowatt | power | kilowatt | | kW, KW, kw |
megawatt | power | megawatt | | MW |
gigawatt | power | gigawatt | | GW |
terawatt | power | terawatt | | TW |
horsepower | power | horsepower | horsepower, brake horsepower | hp, bhp |
volt | potential | volt | | V |
kilovolt | potential | kilovolt | | kV |
ampere | current | ampere | amp | |
milliampere-hour | charge | milliampere * hour | | mAh |
ohm | resistance | ohm | | Ω |
hertz | frequency | hertz | | Hz |
kilohertz | frequency | kilohertz | | kHz |
megahertz | frequency | megahertz | | MHz |
gigahertz | frequency | gigahertz | | GHz |
revolution per minute | frequency | revolution / minute | | rpm, RPM |
decibel | loudness | | | dB |
newton | force | newton | | N |
kilonewton | force | kilonewton | | kN |
newton-metre | torque | newton * meter | newton metre, newton meter, newton-meter | Nm |
foot-pound | torque | foot * pound_force | foot pound, pound-foot | |
pascal | pressure | pascal | | Pa |
kilopascal | pressure | kilopascal | | kPa |
hectopascal | pressure | hectopascal | | hPa |
millibar | pressure | millibar | | mbar |
atmosphere | pressure | atmosphere | | atm |
megapascal | pressure | megapascal | | MPa |
bar | pressure | bar | | |
pound per square inch | pressure | pound_force_per_square_inch | psi | psi |
sievert | dose | sievert | | Sv |
millisievert | dose | millisievert | | mSv |
microsievert | dose | microsievert | | µSv, μSv |
becquerel | activity | becquerel | | Bq |
gray | dose | gray | | Gy |
lumen | light | lumen | | lm |
lux | light | lux | lux | lx |
tesla | magnetism | tesla | | |
mole | amount | mole | | mol |
percent | share | percent | per cent, pct | % |
percentage point | share | percent | percentage-point, pp | pp |
basis point | share | | | bps, bp |
per mille | share | | | ‰ |
part per million | share | ppm | | ppm |
part per billion | share | | | ppb |
"""

UNITS: dict[str, Unit] = {}
"""Units by name."""
SPELLINGS: dict[str, str] = {}
"""Names of units by what texts write in words, in lower case, singular and plural."""
ABBREVIATIONS: dict[str, str] = {}
"""Names of units by abbreviation; capitals count."""


def _plurals(words: str) -> tuple[str, ...]:
    if words.endswith("foot"):
        return words, words[:-4] + "feet"
    if words.endswith(("inch", "x")):
        return words, words + "es"
    head, _, rest = words.partition(" per ")
    head = head if head.endswith(("s", "feet", "z")) else head + "s"
    return words, f"{head} per {rest}" if rest else head


def _read_table() -> None:
    for row in _TABLE.strip().splitlines():
        name, kind, pint, others, short, system = (cell.strip() for cell in row.split("|"))
        UNITS[name] = Unit(name, kind, pint, system)
        for words in [name.lower(), *(other.strip() for other in others.split(",") if other.strip())]:
            for spelling in _plurals(words):
                SPELLINGS.setdefault(spelling, name)
            if kind == "temperature":
                SPELLINGS.update(
                    dict.fromkeys((f"{degrees} {words}" for degrees in ("degree", "degrees", "deg")), name)
                )
        for sign in short.split(","):
            if sign.strip():
                ABBREVIATIONS[sign.strip()] = name


_read_table()
# These plurals are other things in the news: places to drink, what is thrown, animals.
for _plural in ("bars", "stones", "moles", "grays", "teslas"):
    SPELLINGS.pop(_plural, None)

_STANDARD = {
    "length": "metre",
    "area": "square metre",
    "volume": "litre",
    "mass": "kilogram",
    "time": "second",
    "age": "year of age",
    "speed": "kilometre per hour",
    "temperature": "degree Celsius",
    "angle": "degree",
    "data": "byte",
    "data rate": "megabit per second",
    "energy": "joule",
    "power": "watt",
    "frequency": "hertz",
    "pressure": "pascal",
    "share": "percent",
}
_METRIC = {
    "mile": "kilometre",
    "nautical mile": "kilometre",
    "furlong": "metre",
    "fathom": "metre",
    "yard": "metre",
    "foot": "metre",
    "inch": "centimetre",
    "square mile": "square kilometre",
    "square foot": "square metre",
    "square yard": "square metre",
    "square inch": "square centimetre",
    "acre": "hectare",
    "cubic foot": "cubic metre",
    "cubic yard": "cubic metre",
    "cubic inch": "cubic centimetre",
    "cubic mile": "cubic kilometre",
    "acre-foot": "cubic metre",
    "gallon": "litre",
    "quart": "litre",
    "pint": "litre",
    "cup": "millilitre",
    "tablespoon": "millilitre",
    "teaspoon": "millilitre",
    "fluid ounce": "millilitre",
    "barrel": "litre",
    "bushel": "litre",
    "pound": "kilogram",
    "ounce": "gram",
    "stone": "kilogram",
    "ton": "tonne",
    "mile per hour": "kilometre per hour",
    "knot": "kilometre per hour",
    "degree Fahrenheit": "degree Celsius",
}
_IMPERIAL = {
    "kilometre": "mile",
    "metre": "foot",
    "decimetre": "inch",
    "centimetre": "inch",
    "millimetre": "inch",
    "square kilometre": "square mile",
    "square metre": "square foot",
    "square centimetre": "square inch",
    "square millimetre": "square inch",
    "hectare": "acre",
    "litre": "gallon",
    "hectolitre": "gallon",
    "centilitre": "fluid ounce",
    "millilitre": "fluid ounce",
    "cubic metre": "cubic foot",
    "cubic kilometre": "cubic mile",
    "cubic centimetre": "cubic inch",
    "gram": "ounce",
    "kilogram": "pound",
    "milligram": "ounce",
    "tonne": "ton",
    "kilometre per hour": "mile per hour",
    "metre per second": "mile per hour",
    "degree Celsius": "degree Fahrenheit",
}


def significant(written: str) -> int:
    """Significant figures of a number as written: of `310` two, of `310.0` four, of `0.05` one."""
    digits = written.replace(",", "").lstrip("+-−0")
    whole, point, part = digits.partition(".")
    if not point:
        return len(whole.rstrip("0")) or 1
    return len(whole + part) if whole else len(part.lstrip("0")) or 1


def known_bounds(quantity: Quantity) -> tuple[float | None, float | None]:
    """Between which numbers the true one lies: the bounds that the text gives, else those of its rounding.

    310 as written has two figures and stands for 305 to 315. Counts up to 100 that nothing qualifies are exact.
    """
    value, digits = quantity.value, quantity.digits
    if quantity.lower is not None or quantity.upper is not None or value is None:
        return quantity.lower, quantity.upper
    exact = not quantity.unit and not quantity.modifier and abs(value) <= _EXACT and value == int(value)
    if not digits or not value or exact:
        return value, value
    half = 10.0 ** (math.floor(math.log10(abs(value))) - digits + 1) / 2
    return value - half, value + half


# By judgement: reporters count people and things up to a hundred one by one.
_EXACT = 100


def normalised(quantity: Quantity, to: str | None = None) -> Quantity:
    """The quantity in another unit, with the bounds of its rounding: 310 miles are 499 km, 491 to 507.

    Without `to`, the unit that Diurna compares its kind in: metre, square metre, litre, kilogram, second, kilometre per
    hour, degree Celsius, byte, joule, watt. Values are given with one figure more than is known. Money, counts and
    units that pint does not know come back as they are; a unit of another kind raises ValueError.
    """
    asked = to is not None
    if to is None:
        unit = UNITS.get(quantity.unit)
        to = _STANDARD.get(unit.kind, "") if unit else ""
    source, target = _pint_name(quantity.unit), _pint_name(to)
    if not source or not target:
        if to and to != quantity.unit and asked:
            raise ValueError(f"{quantity.unit or 'a count'} cannot be given in {to}")
        return quantity
    lower, upper = known_bounds(quantity)
    figures = (quantity.digits or 5) + 1
    converted = (_convert(number, source, target, figures) for number in (quantity.value, lower, upper))
    value, lower, upper = converted
    return replace(quantity, unit=to, value=value, lower=lower, upper=upper)


def in_system(quantity: Quantity, system: Literal["metric", "imperial"]) -> Quantity:
    """The quantity in the unit that the other system uses in its place, bounds kept; as it is where it belongs there.

    Rates are converted in their first unit: miles per gallon give kilometres per gallon.
    """
    table = _METRIC if system == "metric" else _IMPERIAL
    head, _, rest = quantity.unit.partition(" per ")
    to = table.get(quantity.unit) or (f"{table[head]} per {rest}" if rest and head in table else "")
    return normalised(quantity, to) if to else quantity


def _pint_name(name: str) -> str:
    unit = UNITS.get(name)
    if unit is not None:
        return unit.pint
    head, _, rest = name.partition(" per ")
    above, below = UNITS.get(head), UNITS.get(rest)
    if above is None or below is None or not above.pint or not below.pint:
        return ""
    return f"({above.pint}) / ({below.pint})"


def _convert(number: float | None, source: str, target: str, figures: int) -> float | None:
    if number is None:
        return None
    import pint  # it takes half a second to load, and few runs convert anything

    registry = _registry()
    try:
        value = float(registry.Quantity(number, source).to(target).magnitude)
    except pint.DimensionalityError as error:
        raise ValueError(f"{source} cannot be given in {target}: they measure different things") from error
    return _rounded(value, figures)


def _rounded(value: float, figures: int) -> float:
    if not value or not math.isfinite(value):
        return value
    return round(value, figures - 1 - math.floor(math.log10(abs(value))))


@cache
def _registry() -> "UnitRegistry[float]":
    from pint import UnitRegistry

    registry: UnitRegistry[float] = UnitRegistry()
    registry.define("decennium = 10 * year")  # pint's decade is a step of ten in a logarithm
    return registry
