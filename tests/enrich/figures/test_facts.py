"""Facts that no figure gives: what caused it, who did it, whose it is, of what type it was."""

import time
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from diurna.enrich.figures.facts import facts_of, may_tell


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The fire was caused by a gas leak, police said.", [("cause", "gas leak")]),
        ("Velmair blamed a cracked window for the loss of pressure.", [("cause", "cracked window")]),
        ("The outage was due to faulty software at the grid.", [("cause", "faulty software")]),
        ("A charger for forklift trucks started Monday's fire.", [("cause", "charger for forklift trucks")]),
        ("They said that lightning was to blame.", [("cause", "lightning")]),
        ("The cause of the blast was a loose bolt.", [("cause", "loose bolt")]),
        ("Russia was blaming the August attack on rebel forces.", [("perpetrator", "rebel forces")]),
        ("Velmora blamed Westmarch for the shots.", [("perpetrator", "Westmarch")]),
        ("The ministry accused the border guards of firing first.", [("perpetrator", "border guards")]),
        ("The ferry belongs to the Tessany Line, which runs six others.", [("owner", "Tessany Line")]),
        ("Westmarch fired a medium-range ballistic missile.", [("type", "medium-range ballistic missile")]),
        ("A cracked rail threw the night express off the line.", [("cause", "cracked rail")]),
        ("“A broken bolt in the wing, and no bird, brought it down.”", [("cause", "broken bolt in the wing")]),
        ("They said that lightning had struck the rocket.", [("cause", "lightning")]),
        ("Police spoke of a mechanical failure.", [("cause", "mechanical failure")]),
        ("An inspector laid it to an overheated transformer.", [("cause", "overheated transformer")]),
        ("The brakes had failed, a passenger said.", [("cause", "brakes had failed")]),
        ("Rain is to blame.", [("cause", "Rain")]),
        ("The traces led to the signals service.", [("perpetrator", "signals service")]),
        ("The firm must answer for it, villagers say.", [("perpetrator", "firm")]),
        ("The army said that border guards had opened fire.", [("perpetrator", "border guards")]),
        ("They were ballistic missiles, the ministry said.", [("type", "ballistic missiles")]),
        ("A ballistic missile of the Heron class was tested.", [("type", "ballistic missile")]),
        ("The craft was an unarmed weather drone that had lost its way.", [("type", "unarmed weather drone")]),
        ("A broken window was found.", []),
        ("The attack was carried out by Feb 22 militants.", []),
        ("The team made a mistake.", []),
        ("It was a missile.", []),
        ("The army launched an inquiry.", []),
        ("They fired a cook.", []),
        ("She was born in May.", []),
    ],
)
def test_what_is_told_outright_is_found(text: str, expected: list[tuple[str, str]]) -> None:
    assert [(attribute, text[start:end]) for attribute, start, end in facts_of(text)] == expected
    assert not expected or may_tell(text)


@given(st.text(max_size=300))
def test_any_text_gives_places_that_lie_in_it_and_do_not_overlap(text: str) -> None:
    places = sorted((start, end) for _, start, end in facts_of(f"It was caused by {text}, and blamed on {text}"))
    assert all(0 <= start < end <= 2 * len(text) + 40 for start, end in places)
    assert all(one[1] <= other[0] for one, other in pairwise(places))


@pytest.mark.parametrize(
    "piece",
    [
        "a of ",
        "word ",
        "caused by ",
        "the cause of a ",
        "that was ",
        "blamed the a ",
        "An a faulty a ",
        "of the b from ",
    ],
)
def test_long_sentences_take_linear_time(piece: str) -> None:
    def seconds(count: int) -> float:
        started = time.process_time()
        list(facts_of(piece * count))
        return time.process_time() - started

    seconds(100)
    assert seconds(4_000) < 40 * max(seconds(400), 0.002)
