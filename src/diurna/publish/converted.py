"""What is stated, in other units: converted by us, with no more figures than are known, beside what was printed."""

from functools import lru_cache
from typing import Literal

from msgspec.structs import replace

from diurna.enrich.gazetteer import listings
from diurna.enrich.quantities.units import in_system, significant
from diurna.enrich.times.zones import zone_of_place
from diurna.model import Event, Quantity
from diurna.publish.understood_words import amount_words

__all__ = ["converted", "zone_name"]

System = Literal["metric", "imperial"]


@lru_cache(maxsize=1 << 14)
def converted(quantity: Quantity | None, system: System) -> str:
    """A quantity in words, in a system of units; empty where it is in that system, or has no unit."""
    if quantity is None or not quantity.unit:
        return ""
    bounds = [bound for bound in (quantity.lower, quantity.upper) if bound is not None]
    if quantity.digits is None and quantity.value is None and bounds:
        quantity = replace(quantity, digits=max(significant(f"{bound:.12g}") for bound in bounds))
    other = in_system(quantity, system)
    return amount_words(other) if other.unit != quantity.unit else ""


def zone_name(event: Event) -> str:
    """Time zone of the place of an event, by its name in the tz database; empty where it is not known."""
    if event.located is None:
        return ""
    # Birmingham is in two countries: of those that are, nothing is told.
    countries = {place.country for place in listings(event.located.name) if place.kind == "place"}
    zone = zone_of_place(event.located.name) if len(countries) == 1 else None
    return str(getattr(zone, "key", ""))
