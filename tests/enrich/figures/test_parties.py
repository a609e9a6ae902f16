"""Who the dead of a report are, and the toll that it leads with."""

import pytest
import spacy

from diurna.enrich.figures.parties import Toll, lead_toll, party_of
from diurna.enrich.figures.tagger import FigureSettings, FigureTagger
from diurna.enrich.found import Number
from diurna.model import Quantity, Span

TOKENIZER = spacy.blank("en").tokenizer
TAGGER = FigureTagger(FigureSettings())


@pytest.mark.parametrize(
    ("words", "party"),
    [
        ("soldiers", "fighters"),
        ("rebel fighters", "fighters"),
        ("members of the Taliban", "fighters"),
        ("villagers", "civilians"),
        ("aid workers", "civilians"),
        ("schoolchildren", ""),
        ("children", "children"),
        ("young women", "women"),
        ("people", ""),
    ],
)
def test_party_of_words(words: str, party: str) -> None:
    assert party_of(words) == party


@pytest.mark.parametrize(
    ("text", "numbers", "toll"),
    [
        ("A blast killed 9 people.", [("9 people", 9, "people")], Toll(9, None)),
        ("A blast killed 9 soldiers.", [("9 soldiers", 9, "soldiers")], Toll(None, 9)),
        (
            "Raids killed 30 rebels and eight civilians, three of them children.",
            [("30 rebels", 30, "rebels"), ("eight civilians", 8, "civilians"), ("three", 3, "children")],
            Toll(8, 30, 3),
        ),
        (
            "A raid killed 22 people. Six civilians died. The rest of the dead were fighters.",
            [("22 people", 22, "people"), ("Six civilians", 6, "civilians")],
            Toll(6, 16),
        ),
        (
            "Ten children were among at least 48 people killed.",
            [("Ten children", 10, "children"), ("at least 48 people", 48, "people")],
            Toll(48, None, 10),
        ),
        (
            "Ten children and five women were killed.",
            [("Ten children", 10, "children"), ("five women", 5, "women")],
            Toll(15, None, 10, 5),
        ),
        ("A blast hurt 9 people.", [("9 people", 9, "people")], Toll()),
        ("More than 9,000 people have died since March.", [("More than 9,000 people", 9000, "people")], Toll()),
    ],
)
def test_the_toll_that_a_report_leads_with(text: str, numbers: list[tuple[str, float, str]], toll: Toll) -> None:
    doc = TOKENIZER(text)
    doc._.diurna_quantities = tuple(
        Number(Span(text.index(words), text.index(words) + len(words)), Quantity(value, "", counted=counted))
        for words, value, counted in numbers
    )
    assert lead_toll(TAGGER(doc)._.diurna_figures, text) == toll
