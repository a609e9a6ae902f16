"""The quantities of a text: values with unit, bounds and rounding as written, and counts with what they count.

`diurna_quantities` reads the text by itself; where earlier components left times, names or tags, it heeds them.
"""

from bisect import bisect_right

from msgspec.structs import replace
from spacy.language import Language
from spacy.tokens import Doc

import diurna.enrich.extensions  # noqa: F401  # it declares what documents carry
from diurna.enrich.found import Number, words_of
from diurna.enrich.quantities.numbers import Pieces, pieces_of
from diurna.enrich.quantities.reading import Found, Reader
from diurna.enrich.quantities.units import UNITS
from diurna.enrich.settings import QuantitiesSettings
from diurna.model import Quantity, Span

__all__ = ["Quantities", "QuantitiesSettings", "make_quantities"]


@Language.factory(
    "diurna_quantities",
    assigns=["doc._.diurna_quantities", "doc.spans"],
    default_config={"dollar": "US dollar", "durations": True, "vague": True},
)
def make_quantities(nlp: Language, name: str, dollar: str, durations: bool, vague: bool) -> "Quantities":
    """Make the tagger of quantities; the arguments are those of `QuantitiesSettings`."""
    return Quantities(QuantitiesSettings(dollar=dollar, durations=durations, vague=vague))


class Quantities:
    """Tagger of quantities: leaves `doc._.diurna_quantities` and the spans `diurna_quantities`."""

    def __init__(self, settings: QuantitiesSettings) -> None:
        """Take the settings."""
        self._settings = settings

    def __call__(self, doc: Doc) -> Doc:
        """Find the document's quantities, left to right."""
        pieces = pieces_of(_text(doc))
        reader = Reader(pieces, _tags(doc, pieces))
        times = _Spans([time.span for time in doc._.diurna_times if time.timex.type != "DURATION"])
        names = _Spans([name.span for name in doc._.diurna_names if name.kind in _NUMBERED])
        found = [
            Number(Span(one.start, one.end), self._named(one.quantity))
            for one in reader.found()
            if self._wanted(one) and not times.meet(one.at) and not names.hold(one.at)
        ]
        doc._.diurna_quantities = tuple(found)
        spans = (doc.char_span(one.span.start, one.span.end, alignment_mode="expand") for one in found)
        doc.spans["diurna_quantities"] = [span for span in spans if span is not None]
        return doc

    def _wanted(self, one: Found) -> bool:
        unit = UNITS.get(one.quantity.unit)
        if not self._settings.durations and unit is not None and unit.kind == "time":
            return False
        return self._settings.vague or one.quantity.value is not None or one.quantity.upper is not None

    def _named(self, quantity: Quantity) -> Quantity:
        head, per, rest = quantity.unit.partition(" per ")
        return replace(quantity, unit=self._settings.dollar + per + rest) if head == "dollar" else quantity


# Kinds of names that hold numbers which measure nothing: "Channel 4", "Windows 10", "Resolution 2356".
_NUMBERED = frozenset(["organisation", "product", "work", "event", "law"])


class _Spans:
    """Spans of a text, asked whether a place lies in one."""

    def __init__(self, spans: list[Span]) -> None:
        self._spans = sorted(spans)
        self._starts = [span.start for span in self._spans]

    def meet(self, at: Span) -> bool:
        """Whether the place begins within a span."""
        index = bisect_right(self._starts, at.start) - 1
        return index >= 0 and at.start < self._spans[index].end

    def hold(self, at: Span) -> bool:
        """Whether the place begins within a span, but not where that begins."""
        return self.meet(at) and at.start not in self._starts[bisect_right(self._starts, at.start) - 1 :][:1]


def _text(doc: Doc) -> str:
    """The document's text, put together from words that components share: `doc.text` walks over all tokens anew."""
    words = words_of(doc)
    following = [*words.start[1:], 0]
    parts = zip(words.text, words.end, following, strict=True) if words.text else ()
    return "".join([word if end >= start else f"{word} " for word, end, start in parts])


def _tags(doc: Doc, pieces: Pieces) -> list[str] | None:
    """Penn Treebank tags of the pieces, where a tagger ran; empty where it left a sentence out."""
    codes = doc.to_array(["TAG"])
    if not codes.any():
        return None
    strings = doc.vocab.strings
    places = doc.to_array(["IDX"])
    tags = {int(place): strings[int(code)] for place, code in zip(places, codes, strict=True) if code}
    return [tags.get(start, "") for start in pieces.start]
