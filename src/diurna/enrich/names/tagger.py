"""Who, where and what a text names: people, bodies, places, nationalities, events, works, on top of a model's own view.

The model's spans, the gazetteer's and runs of capitalised words are candidates; evidence about each is weighed, and the
best reading of the text is kept. Without a model the rest does what it can.
"""

from collections.abc import Callable, Mapping
from itertools import pairwise

from spacy.language import Language
from spacy.tokens import Doc
from spacy.tokens import Span as Tokens

import diurna.enrich.extensions  # noqa: F401  # it declares what documents carry
from diurna.enrich.found import Name, Words, words_of
from diurna.enrich.gazetteer import scan
from diurna.enrich.names.candidates import candidates, trimmed
from diurna.enrich.names.choice import CLASSES, Scores, best_spans, score, second_look, second_scores
from diurna.enrich.names.evidence import LABELS, Known, Surroundings
from diurna.enrich.names.familiar import FAMILIAR
from diurna.enrich.names.kinds import kind_of, label_of
from diurna.enrich.names.weights import FIRST, SECOND
from diurna.enrich.settings import NamesSettings
from diurna.model import Span

__all__ = ["Names", "NamesSettings", "known_of", "make_names", "with_names"]

_DATELINES = frozenset({"place", "country", "capital", "city"})
_AFTER_DATELINE = frozenset({"(", ",", "-", "--", "–", "—"})
_NUMBERS = frozenset({"CARDINAL", "ORDINAL", "DATE", "TIME", "PERCENT", "MONEY", "QUANTITY"})
_COUNTRIES = frozenset({"demonym", "country", "capital", "city"})
_DIRECTIONS = frozenset({"north", "south", "east", "west", "northern", "southern", "eastern", "western"})


class Names:
    """Finds the names of a document; reads `doc.ents` if a model left any, and `doc.user_data["diurna_known"]`.

    The latter maps words to kinds: names that the chronicle knows.
    """

    def __init__(self, settings: NamesSettings) -> None:
        self.settings = settings

    def __call__(self, doc: Doc) -> Doc:
        words = words_of(doc)
        known = known_of(doc, words, gazetteer=self.settings.gazetteer)
        spans = candidates(words, [*known.model, *known.listed])
        known = with_names(known, doc, words, spans)
        about = Surroundings(words, known)
        first: list[Scores] = [score(about.evidence(start, end), FIRST) for start, end in spans]
        seen = second_look(words, spans, first, self.settings.bias)
        second = second_scores(first, seen, SECOND)
        found = [(spans[at], CLASSES[of]) for at, of in best_spans(spans, second, self.settings.bias)]
        kinds = _with_directions(words, {span: kind_of(words, known, span, of) for span, of in found})
        kinds = _with_datelines(words, known, kinds)
        if common := _common_short_forms(words):
            kinds = {
                span: kind for span, kind in kinds.items() if words.text[span[0]] not in common or span[1] - span[0] > 1
            }
        doc._.diurna_names = tuple(
            Name(Span(words.start[start], words.end[end - 1]), kind) for (start, end), kind in kinds.items()
        )
        if self.settings.entities:
            _set_entities(doc, words, known, kinds)
        return doc


def _with_datelines(words: Words, known: Known, kinds: dict[tuple[int, int], str]) -> dict[tuple[int, int], str]:
    """Names with the listed places in capitals that open a line before a bracket, comma or dash: datelines."""
    taken = {at for start, end in kinds for at in range(start, end)}
    added: dict[tuple[int, int], str] = {}
    for (start, end), listed in known.listed.items():
        opens = start == 0 or "\n" in words.text[start - 1]
        capitals = all(word.isupper() or not word.isalpha() for word in words.text[start:end])
        followed = end < len(words.text) and words.text[end] in _AFTER_DATELINE
        if opens and capitals and followed and listed in _DATELINES and taken.isdisjoint(range(start, end)):
            added[start, end] = "place"
    return dict(sorted({**kinds, **added}.items())) if added else kinds


def _common_short_forms(words: Words) -> set[str]:
    """Short forms that the text explains by common words: the ICBM of "an intercontinental ballistic missile (ICBM)"
    is no name. With them their plurals.
    """
    found: set[str] = set()
    for at in range(1, len(words.text) - 2):
        short = words.text[at + 1].removesuffix("s")
        if words.text[at] != "(" or words.text[at + 2] != ")" or not 2 <= len(short) <= 8 or not short.isupper():
            continue
        before: list[str] = []
        for word in reversed(words.text[max(0, at - 2 * len(short)) : at]):
            if word.isalpha() and word.islower():
                before.append(word)
            elif word != "-":
                break
        if any(_is_short_for(short.lower(), before[count::-1]) for count in range(1, len(before))):
            found |= {short, short + "s"}
    return found


def _is_short_for(short: str, words: list[str]) -> bool:
    """Whether letters stand in these words in order, the first and the last of them at the beginning of a word."""
    if words[0][0] != short[0] or words[-1][0] != short[-1]:
        return False
    letters = iter("".join(words[:-1]))
    return all(letter in letters for letter in short[:-1])


def known_of(doc: Doc, words: Words, *, gazetteer: bool = True) -> Known:
    """What the model and the gazetteer say of a document's spans. Names do not go over the end of a line."""
    model: dict[tuple[int, int], str] = {}
    numbers: set[int] = set()
    for entity in doc.ents:
        label = entity.label_
        if label in LABELS:
            for start, end in _lines(words, entity.start, entity.end):
                inner = trimmed(words, start, end)
                if inner[0] < inner[1]:
                    model[inner] = label
        elif label in _NUMBERS:
            numbers.update(range(entity.start, entity.end))
    listed: dict[tuple[int, int], str] = {}
    if gazetteer:
        for match in scan(words):
            best = match.readings[0]
            kind = best.role if best.role in _COUNTRIES else best.kind
            listed[match.start, match.end] = f"weak {kind}" if best.weak else kind
    return Known(model, listed, frozenset(numbers))


def _lines(words: Words, start: int, end: int) -> list[tuple[int, int]]:
    """The parts of a span that stand in one line each."""
    breaks = [at for at in range(start, end) if "\n" in words.text[at]]
    if not breaks:
        return [(start, end)]
    edges = [start - 1, *breaks, end]
    return [(one + 1, other) for one, other in pairwise(edges) if one + 1 < other]


def with_names(known: Known, doc: Doc, words: Words, spans: list[tuple[int, int]]) -> Known:
    """What is known, with the familiar names and those of the chronicle among the spans."""
    learned: Mapping[str, str] = doc.user_data.get("diurna_known") or {}
    text = words.text
    listed = dict(known.listed)
    for start, end in spans:
        shown = text[start] if end - start == 1 else _shown(words, start, end)
        kind = learned.get(shown) or FAMILIAR.get(shown.lower())
        if kind and (shown in learned or (start, end) not in listed):
            listed[start, end] = kind
    return Known(known.model, listed, known.numbers)


def _shown(words: Words, start: int, end: int) -> str:
    """The words of a span as they stand in the text, whatever white space parts them."""
    parts = [words.text[start]]
    for at in range(start + 1, end):
        if words.start[at] > words.end[at - 1]:
            parts.append(" ")
        parts.append(words.text[at])
    return "".join(parts)


def _with_directions(words: Words, kinds: Mapping[tuple[int, int], str]) -> dict[tuple[int, int], str]:
    """Names, with directions that name places: "North and South Korea", and "the North" where both are spoken of.

    A direction alone is a place, and the article no part of it.
    """
    text, lower = words.text, words.lower
    found: dict[tuple[int, int], str] = {}
    named: set[str] = set()
    taken = {end - 1 for _, end in kinds}
    for (start, end), kind in kinds.items():
        if lower[end - 1] in _DIRECTIONS and (end - start == 1 or lower[start:end][:-1] == ["the"]):
            found[end - 1, end] = "place"
            continue
        found[start, end] = kind
        if kind == "place" and end - start > 1 and lower[start] in _DIRECTIONS:
            named.add(lower[start])
            if (
                start > 1
                and lower[start - 1] in ("and", "or")
                and lower[start - 2] in _DIRECTIONS
                and text[start - 2] != lower[start - 2]
                and start - 2 not in taken
            ):
                found[start - 2, start - 1] = kind
    if named:
        taken = {at for start, end in found for at in range(start, end)}
        for at in range(1, len(lower)):
            if lower[at] in named and lower[at - 1] == "the" and at not in taken and text[at][0].isupper():
                after = text[at + 1] if at + 1 < len(text) else ""
                if not after[:1].isupper() and after != "-":
                    found[at, at + 1] = "place"
    return dict(sorted(found.items()))


def _set_entities(doc: Doc, words: Words, known: Known, kinds: Mapping[tuple[int, int], str]) -> None:
    taken = {at for start, end in kinds for at in range(start, end)}
    entities = [
        entity
        for entity in doc.ents
        if entity.label_ not in LABELS and taken.isdisjoint(range(entity.start, entity.end))
    ]
    for (start, end), kind in kinds.items():
        entities.append(Tokens(doc, start, end, label=label_of(words, known, (start, end), kind)))
    doc.ents = sorted(entities, key=lambda entity: entity.start)


@Language.factory(
    "diurna_names",
    assigns=["doc._.diurna_names", "doc.ents"],
    default_config={"bias": 0.3, "gazetteer": True, "entities": True},
)
def make_names(
    nlp: Language,
    name: str,
    bias: float,
    gazetteer: bool,
    entities: bool,
) -> Callable[[Doc], Doc]:
    """Component of a spaCy pipeline that finds names; put it behind `ner` where there is one."""
    return Names(NamesSettings(bias=bias, gazetteer=gazetteer, entities=entities))
