"""Figures: what is measured in a text, of what, and how much; from quantities and times that the tests make by hand."""

from datetime import UTC, datetime

import pytest
import spacy
from hypothesis import given, settings
from hypothesis import strategies as st
from spacy.lang.en import English
from spacy.tokens import Doc

from diurna.enrich.figures.tagger import FigureSettings, FigureTagger
from diurna.enrich.figures.words import word_set
from diurna.enrich.found import Figure, Name, Number, Statement, Time
from diurna.model import Interval, Quantity, Span, Timex

TOKENIZER = spacy.blank("en").tokenizer
TAGGER = FigureTagger(FigureSettings())
PIECES = [
    *sorted(
        word_set("killed 9 people , . and of the were not “ 🚀 KILLED to toll no by among including who since a day")
    ),
    *sorted(word_set("東京 wounded at said ( ) percent fired Sunday in from 's")),
    "\n",
    "\u0000",
]


def read(text: str, *numbers: tuple[str, float, str, str]) -> list[Figure]:
    """Figures of a text whose quantities are given as (words, value, unit, counted), in order."""
    doc = TOKENIZER(text)
    doc._.diurna_quantities = _numbers(text, numbers)
    return list(TAGGER(doc)._.diurna_figures)


def _numbers(text: str, numbers: tuple[tuple[str, float, str, str], ...]) -> tuple[Number, ...]:
    found, at = [], 0
    for words, value, unit, counted in numbers:
        start = text.index(words, at)
        at = start + len(words)
        found.append(Number(Span(start, at), Quantity(value, unit, counted=counted)))
    return tuple(found)


def pairs(figures: list[Figure]) -> list[tuple[str, float | None]]:
    return [(one.attribute, one.quantity.value if one.quantity else None) for one in figures]


def words(text: str, spans: tuple[Span, ...]) -> list[str]:
    return [text[span.start : span.end] for span in spans]


@pytest.mark.parametrize(
    ("text", "number", "attribute"),
    [
        ("At least 9 people were killed in the fire.", ("9 people", 9, "", "people"), "killed"),
        ("The blast killed 9 people.", ("9 people", 9, "", "people"), "killed"),
        ("9 people died when the roof fell in.", ("9 people", 9, "", "people"), "killed"),
        ("The toll rose to 9 on Friday.", ("9", 9, "", ""), "killed"),
        ("The fire claimed the lives of 9 sailors.", ("9 sailors", 9, "", "sailors"), "killed"),
        ("Police spoke of the killing of 9 people.", ("9 people", 9, "", "people"), "killed"),
        ("9 dead in ferry fire", ("9 dead", 9, "", "dead"), "killed"),
        ("9 sailors are feared dead.", ("9 sailors", 9, "", "sailors"), "killed"),
        ("The storm left 9 people injured.", ("9 people", 9, "", "people"), "injured"),
        ("Clashes left 3 dead and 9 wounded.", ("9 wounded", 9, "", "wounded"), "injured"),
        ("9 men have gone missing.", ("9 men", 9, "", "men"), "missing"),
        ("Police detained 9 protesters.", ("9 protesters", 9, "", "protesters"), "arrested"),
        ("9 villagers have fled.", ("9 villagers", 9, "", "villagers"), "displaced"),
        ("The navy fired 9 missiles.", ("9 missiles", 9, "", "missiles"), "launched"),
        ("9 houses were destroyed.", ("9 houses", 9, "", "houses"), "destroyed"),
        ("The bill has support in 9 countries.", ("9 countries", 9, "", "countries"), "countries"),
        ("The ferry can carry 350.", ("350", 350, "", ""), "capacity"),
        ("The ministry put the number of victims at 9.", ("9", 9, "", ""), "casualties"),
        ("9,000 residents left their homes.", ("9,000 residents", 9000, "", "residents"), "displaced"),
        ("The missile flew 500 km.", ("500 km", 500, "kilometre", ""), "distance flown"),
        ("The missile reached an altitude of 500 km.", ("500 km", 500, "kilometre", ""), "altitude"),
        ("The rocket climbed higher than 500 km.", ("500 km", 500, "kilometre", ""), "altitude"),
        ("The dam is 61 metres high.", ("61 metres", 61, "metre", ""), "height"),
        ("It fell 500 km from the coast.", ("500 km", 500, "kilometre", ""), "distance"),
        ("The ferry made a crossing of 22 km.", ("22 km", 22, "kilometre", ""), "crossing"),
        ("The quake had a depth of 10 km.", ("10 km", 10, "kilometre", ""), "depth"),
        ("The firm paid $3m to the thieves.", ("$3m", 3e6, "US dollar", ""), "paid"),
        ("The house costs €300,000.", ("€300,000", 3e5, "euro", ""), "cost"),
        ("A contract worth $110bn was signed.", ("$110bn", 110e9, "US dollar", ""), "value"),
        ("They demanded a ransom of $300.", ("$300", 300, "US dollar", ""), "ransom"),
        ("Turnout was 77.2 percent.", ("77.2 percent", 77.2, "percent", ""), "turnout"),
        ("She won 66.1 percent of the vote.", ("66.1 percent", 66.1, "percent", ""), "vote share"),
        ("Prices rose by 14 percent.", ("14 percent", 14, "percent", ""), "rise"),
        ("Oil fell to $48 a barrel.", ("$48 a barrel", 48, "US dollar", ""), "price"),
        ("The plane was flying at 30,000 feet.", ("30,000 feet", 30000, "foot", ""), "altitude"),
        ("Shares fell 2 percent.", ("2 percent", 2, "percent", ""), "fall"),
        ("A magnitude 5.3 quake struck.", ("5.3", 5.3, "magnitude", ""), "magnitude"),
        ("A 21-year-old man drove.", ("21-year-old", 21, "year of age", ""), "age"),
        ("Winds of 90 km/h were measured.", ("90 km/h", 90, "kilometre per hour", ""), "winds"),
    ],
)
def test_names_what_is_measured(text: str, number: tuple[str, float, str, str], attribute: str) -> None:
    figures = [one for one in read(text, number) if text[one.measured.start : one.measured.end] == number[0]]
    assert pairs(figures) == [(attribute, number[1])]


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("12 gunmen killed a guard.", ("12 gunmen", 12, "", "gunmen")),
        ("A report on 12 attacks said that nobody survived.", ("12 attacks", 12, "", "attacks")),
        ("He was killed after 12 years in office.", ("12 years", 12, "year", "")),
    ],
)
def test_no_toll_of_those_who_did_it(text: str, number: tuple[str, float, str, str]) -> None:
    assert ("killed", number[1]) not in pairs(read(text, number))


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("The two countries signed a pact.", ("two countries", 2, "", "countries")),
        ("It was one of the clubs.", ("one of the clubs", 1, "", "clubs")),
        ("It failed two years ago.", ("two years", 2, "year", "")),
        ("It failed in the past 12 months.", ("12 months", 12, "month", "")),
    ],
)
def test_what_only_points_back_or_says_when_is_no_figure(text: str, number: tuple[str, float, str, str]) -> None:
    assert read(text, number) == []


@pytest.mark.parametrize(
    ("text", "number", "expected"),
    [
        ("They dug.\n\nTwo were caught at once.", ("Two", 2, "", ""), [("number", 2)]),
        ("There had been eleven.\n\nThe tunnel is long.", ("eleven", 11, "", ""), [("number", 11)]),
        ("Work stopped at six on Monday.", ("six", 6, "", ""), []),
        ("A driver of 51 stayed.", ("51", 51, "", ""), [("age", 51)]),
        ("A family of six lives there.", ("six", 6, "", ""), [("family", 6)]),
        ("They are searching for 9 men.", ("9 men", 9, "", "men"), [("missing", 9)]),
        ("Around 9 people are out of their homes.", ("9 people", 9, "", "people"), [("displaced", 9)]),
        ("Around 9 people are out of work.", ("9 people", 9, "", "people"), [("unemployed", 9)]),
        (
            "Seoul put the length of Sunday's flight at 500 km.",
            ("500 km", 500, "kilometre", ""),
            [("distance flown", 500)],
        ),
    ],
)
def test_bare_numbers_and_what_hangs_on_a_word_before(
    text: str, number: tuple[str, float, str, str], expected: list[tuple[str, float]]
) -> None:
    assert pairs(read(text, number)) == expected


def test_dead_who_were_dug_out_are_not_missing() -> None:
    text = "Four people are missing and five had been dug out dead."
    assert pairs(read(text, ("Four people", 4, "", "people"), ("five", 5, "", ""))) == [("missing", 4), ("killed", 5)]


def test_objects_joined_and_singles_count_one_by_one() -> None:
    text = "A bomb killed a nurse, a clerk's child and two soldiers and injured another ten."
    figures = [one for one in read(text, ("two soldiers", 2, "", "soldiers"), ("ten", 10, "", "")) if one.quantity]
    assert pairs(figures) == [("killed", 1), ("killed", 2), ("injured", 10)]
    assert words(text, figures[0].subject) == ["nurse"]
    assert words(text, figures[1].subject) == ["soldiers"]


def test_a_part_has_the_name_of_its_whole() -> None:
    text = "19 people including five children were killed, eight of them at home."
    figures = read(text, ("19 people", 19, "", "people"), ("five children", 5, "", "children"), ("eight", 8, "", ""))
    assert pairs(figures) == [("killed", 19), ("killed", 5), ("killed", 8)]


@pytest.mark.parametrize(
    ("text", "attribute", "hedged"),
    [
        ("No casualties were reported.", "casualties", False),
        ("Nobody was hurt in the fire.", "injured", False),
        ("No one was killed.", "killed", False),
        ("There were no immediate reports of injuries.", "injured", True),
    ],
)
def test_none_is_nought(text: str, attribute: str, hedged: bool) -> None:
    [figure] = read(text)
    assert (figure.attribute, figure.quantity.value if figure.quantity else None, figure.hedged) == (
        attribute,
        0,
        hedged,
    )


@pytest.mark.parametrize(
    ("text", "numbers", "expected"),
    [
        (
            "Since January more than 2,000 people have died.",
            [("2,000 people", 2000, "", "people")],
            [("killed in total", 2000)],
        ),
        ("So far this year 40 people have been killed.", [("40 people", 40, "", "people")], [("killed in total", 40)]),
        (
            "The toll rose to 22, up from 12 on Friday.",
            [("22", 22, "", ""), ("12", 12, "", "")],
            [("killed", 22), ("killed before", 12)],
        ),
        (
            "Inflation was 2.7%, up from 2.3% in March.",
            [("2.7%", 2.7, "percent", ""), ("2.3%", 2.3, "percent", "")],
            [("inflation", 2.7), ("inflation before", 2.3)],
        ),
        ("The plant builds 300 cars a day.", [("300 cars", 300, "", "cars")], [("built a day", 300)]),
        ("About 2,000 people die of it every year.", [("2,000 people", 2000, "", "people")], [("killed a year", 2000)]),
        (
            "Police arrested 40 people, down from 55 a year earlier.",
            [("40 people", 40, "", "people"), ("55", 55, "", "")],
            [("arrested", 40), ("arrested before", 55)],
        ),
        (
            "The budget rose from $4.8bn to $5.2bn.",
            [("$4.8bn", 4.8e9, "US dollar", ""), ("$5.2bn", 5.2e9, "US dollar", "")],
            [("budget before", 4.8e9), ("budget", 5.2e9)],
        ),
        (
            "Unemployment fell to 6.1% from 6.3%.",
            [("6.1%", 6.1, "percent", ""), ("6.3%", 6.3, "percent", "")],
            [("unemployment", 6.1), ("unemployment before", 6.3)],
        ),
    ],
)
def test_totals_comparisons_and_rates_are_told_apart(
    text: str, numbers: list[tuple[str, float, str, str]], expected: list[tuple[str, float]]
) -> None:
    assert pairs(read(text, *numbers)) == expected


@pytest.mark.parametrize(
    ("text", "number", "negated", "hedged"),
    [
        ("Up to 500 people could be killed.", ("500 people", 500, "", "people"), False, True),
        ("The army plans to fire 5 missiles.", ("5 missiles", 5, "", "missiles"), False, True),
        ("5 men are believed to have been killed.", ("5 men", 5, "", "men"), False, True),
        ("The army did not fire 5 missiles.", ("5 missiles", 5, "", "missiles"), True, False),
        ("The army fired 5 missiles, which may hit ships.", ("5 missiles", 5, "", "missiles"), False, False),
        ("In May the army fired 5 missiles.", ("5 missiles", 5, "", "missiles"), False, False),
    ],
)
def test_plans_and_denials(text: str, number: tuple[str, float, str, str], negated: bool, hedged: bool) -> None:
    [figure] = read(text, number)
    assert (figure.negated, figure.hedged) == (negated, hedged)


@pytest.mark.parametrize(
    ("text", "number", "agents"),
    [
        ("Rebels killed 9 sailors.", ("9 sailors", 9, "", "sailors"), [("perpetrator", "Rebels")]),
        ("A car bomb wounded 9 people.", ("9 people", 9, "", "people"), [("cause", "car bomb")]),
        ("9 people were killed in an air strike.", ("9 people", 9, "", "people"), [("cause", "air strike")]),
        ("9 people were shot dead by gunmen.", ("9 people", 9, "", "people"), []),
        ("9 people were killed by gunmen in Velm.", ("9 people", 9, "", "people"), [("perpetrator", "gunmen")]),
        ("9 sailors were killed on Sunday.", ("9 sailors", 9, "", "sailors"), []),
        ("The army said that 9 sailors died.", ("9 sailors", 9, "", "sailors"), []),
    ],
)
def test_perpetrators_and_causes(text: str, number: tuple[str, float, str, str], agents: list[tuple[str, str]]) -> None:
    told = [
        (one.attribute, text[one.measured.start : one.measured.end]) for one in read(text, number) if not one.quantity
    ]
    assert told == agents


@pytest.mark.parametrize(
    ("text", "numbers", "expected"),
    [
        (
            "Six of the country's nine provinces were closed.",
            [("Six", 6, "", ""), ("nine provinces", 9, "", "provinces")],
            [("closed", 6), ("provinces", 9)],
        ),
        (
            "48 of 248 clinics had been hit.",
            [("48", 48, "", ""), ("248 clinics", 248, "", "clinics")],
            [("affected", 48), ("clinics", 248)],
        ),
        ("Half of the voters stayed at home.", [("Half of the voters", 0.5, "", "voters")], [("share of voters", 0.5)]),
    ],
)
def test_parts_of_wholes(
    text: str, numbers: list[tuple[str, float, str, str]], expected: list[tuple[str, float]]
) -> None:
    assert pairs(read(text, *numbers)) == expected


def test_a_parse_tells_the_subject() -> None:
    text = "The missile , which can carry a bomb , flew 500 km ."
    pieces = text.split()
    spoken = Doc(
        TOKENIZER("").vocab,
        words=pieces,
        heads=[1, 9, 1, 5, 5, 1, 7, 5, 1, 9, 11, 9, 9],
        deps=[
            "det",
            "nsubj",
            "punct",
            "nsubj",
            "aux",
            "relcl",
            "det",
            "dobj",
            "punct",
            "ROOT",
            "nummod",
            "dobj",
            "punct",
        ],
    )
    at = spoken.text.index("500 km")
    spoken._.diurna_quantities = (Number(Span(at, at + 6), Quantity(500.0, "kilometre")),)
    [figure] = TAGGER(spoken)._.diurna_figures
    assert (figure.attribute, words(spoken.text, figure.subject)) == ("distance flown", ["missile"])


def test_the_same_length_in_another_unit_is_the_same_measure() -> None:
    text = "The missile flew 500 km (310 miles) and reached a height of 560 km."
    figures = read(
        text, ("500 km", 500, "kilometre", ""), ("310 miles", 310, "mile", ""), ("560 km", 560, "kilometre", "")
    )
    assert pairs(figures) == [("distance flown", 500), ("distance flown", 310), ("altitude", 560)]
    assert [words(text, one.subject) for one in figures] == [["missile"]] * 3


def test_times_and_places_of_happenings() -> None:
    text = "On Sunday rebels fired a rocket near Velm, officials said on Monday. Sunday's launch failed."
    doc = TOKENIZER(text)
    day = Interval(datetime(2017, 5, 21, tzinfo=UTC), datetime(2017, 5, 22, tzinfo=UTC), "day")
    starts = [text.index("Sunday"), text.index("Monday"), text.index("Sunday's")]
    doc._.diurna_times = tuple(Time(Span(at, at + 6), Timex("DATE", "2017-05-21"), day) for at in starts)
    at = text.index("Velm")
    doc._.diurna_names = (Name(Span(at, at + 4), "place"),)
    figures = TAGGER(doc)._.diurna_figures
    told = [(one.attribute, text[one.measured.start : one.measured.end]) for one in figures]
    assert told == [
        ("time of firing", "Sunday"),
        ("type", "rocket"),
        ("place of firing", "Velm"),
        ("time of launch", "Sunday"),
    ]
    assert figures[0].interval == day
    assert words(text, figures[0].subject) == ["rebels", "fired"]


def test_a_figure_knows_its_innermost_statement() -> None:
    text = "Officials said the navy claimed that 9 sailors died. 4 survived."
    doc = TOKENIZER(text)
    doc._.diurna_quantities = _numbers(text, (("9 sailors", 9, "", "sailors"), ("4", 4, "", "")))
    outer, inner = Span(text.index("the navy"), text.index(".")), Span(text.index("9"), text.index("."))
    doc._.diurna_statements = tuple(Statement(Span(0, text.index(".") + 1), content=(one,)) for one in (outer, inner))
    assert [one.statement for one in TAGGER(doc)._.diurna_figures] == [1, None]


def test_works_in_a_strangers_pipeline() -> None:
    nlp = English()
    nlp.add_pipe("diurna_figures", config={"places": False, "singles": False})
    assert nlp("A man was killed.")._.diurna_figures == ()


def test_no_figures_without_words() -> None:
    assert TAGGER(Doc(spacy.blank("en").vocab))._.diurna_figures == ()


@settings(max_examples=60, deadline=None)
@given(
    st.lists(
        st.sampled_from(PIECES),
        max_size=60,
    )
)
def test_any_order_of_words_gives_spans_within_the_text(pieces: list[str]) -> None:
    text = " ".join(pieces)
    doc = TOKENIZER(text)
    starts = [at for at, sign in enumerate(text) if sign == "9"]
    doc._.diurna_quantities = tuple(Number(Span(at, at + 1), Quantity(9.0, "")) for at in starts)
    for figure in TAGGER(doc)._.diurna_figures:
        for span in (figure.sentence, figure.measured, *figure.subject):
            assert 0 <= span.start < span.end <= len(text)
        assert figure.attribute == figure.attribute.strip() != ""
