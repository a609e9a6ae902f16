"""Quantities of the bench's sentences, as `diurna_quantities` reads them, named as the scorer names units."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import spacy

from bench.chronicles import read_rows
from diurna.enrich.quantities.counts import looks_plural
from diurna.enrich.quantities.tagger import make_quantities
from diurna.model import Quantity

__all__ = ["predict_quantities"]

# What the gold calls units that the scorer's own table of aliases leaves alone.
_NAMES = {
    "US dollar": "dollar",
    "British pound": "pound sterling",
    "franc": "swiss franc",
    "pound": "pound-mass",
    "tonne": "metric ton",
    "degree Celsius": "celsius",
    "degree Fahrenheit": "fahrenheit",
    "magnitude": "",
}


def predict_quantities(folder: Path) -> Iterator[dict[str, Any]]:
    """Value and unit of every quantity of the set's sentences; `several` and `a few` tell no value and are left out."""
    nlp = spacy.blank("en")
    tagger = make_quantities(nlp, "diurna_quantities", "US dollar", durations=True, vague=True)
    for row in read_rows(next(folder.glob("docs.jsonl*"))):
        numbers = tagger(nlp.make_doc(row["text"]))._.diurna_quantities
        yield {
            "id": row["id"],
            "quantities": [
                {"value": _value(one.quantity), "unit": _unit(one.quantity)}
                for one in numbers
                if one.quantity.modifier not in ("several", "a few")
            ],
        }


def _value(quantity: Quantity) -> float | list[float | None]:
    if quantity.value is None and quantity.upper is None:
        return (quantity.lower or 0) / 2  # the gold writes "thousands" as 1000, its least here is 2000
    if quantity.value is None:
        return [quantity.lower, quantity.upper]
    fraction = quantity.digits is None and 0 < quantity.value < 1
    return round(quantity.value, 2) if fraction else quantity.value  # the gold writes a third as 0.33


def _unit(quantity: Quantity) -> str:
    if quantity.unit:
        head, per, rest = quantity.unit.partition(" per ")
        return _NAMES.get(head, head) + per + rest
    words = quantity.counted.split()
    if not words or words[-1] in ("times", "time"):
        return ""
    return " ".join([*words[:-1], _singular(words[-1])])


def _singular(word: str) -> str:
    if not looks_plural(word.lower()) or not word.endswith("s"):
        return word
    if word.endswith("ies"):
        return word[:-3] + "y"
    return word[:-2] if word.endswith(("sses", "ches", "shes", "xes")) else word[:-1]
