"""The quantities of a text: values with unit, bounds and rounding as written, and counts with what they count.

`diurna_quantities` reads the text by itself; where earlier components left times, names or tags, it heeds them.
"""

from bisect import bisect_right
from collections.abc import Callable

from msgspec import Struct
from spacy.language import Language
from spacy.tokens import Doc

from diurna.enrich.found import Number
from diurna.enrich.quantity_reading import Reader
from diurna.model import Span

__all__ = ["Quantities", "QuantitiesSettings", "make_quantities"]


class QuantitiesSettings(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Settings of `diurna_quantities`.

    Attributes:
        dollar: Which currency a bare dollar sign or the word alone means.
        durations: Whether lengths of time ("six years") are quantities too; dates and clock times never are.
        none: Whether "no casualties" and "none of them" are counts of 0.
        vague: Whether words for many and few ("dozens", "several") are quantities without a value.
    """

    dollar: str = "US dollar"
    durations: bool = True
    none: bool = True
    vague: bool = True


@Language.factory(
    "diurna_quantities",
    assigns=["doc._.diurna_quantities", "doc.spans"],
    default_config={"dollar": "US dollar", "durations": True, "none": True, "vague": True},
)
def make_quantities(nlp: Language, name: str, dollar: str, durations: bool, none: bool, vague: bool) -> Callable[[Doc], Doc]:
    """Make the tagger of quantities; the arguments are those of `QuantitiesSettings`."""
    return Quantities(QuantitiesSettings(dollar=dollar, durations=durations, none=none, vague=vague))
