import time
from importlib.resources import files

import pytest
import spacy
from hypothesis import given, settings
from hypothesis import strategies as st

from diurna.enrich.found import words_of
from diurna.enrich.gazetteer import KINDS, OPEN, _gazetteer, demonym, fold, listings, persons_by_surname, scan, titled
from diurna.registry import agencies

nlp = spacy.blank("en")


def first(words: str) -> str:
    readings = listings(words)
    return readings[0].name if readings else ""


def scanned(text: str) -> dict[str, str]:
    """Names found in a text, each with its best reading."""
    words = words_of(nlp(text))
    return {text[words.start[match.start] : words.end[match.end - 1]]: match.readings[0].name for match in scan(words)}


@pytest.mark.parametrize(
    ("words", "name"),
    [
        ("North Korea", "North Korea"),
        ("DPRK", "North Korea"),
        ("D.P.R.K.", "North Korea"),
        ("Democratic People's Republic of Korea", "North Korea"),
        ("Cote d’Ivoire", "Ivory Coast"),
        ("CÔTE D'IVOIRE", "Ivory Coast"),
        ("Kiev", "Kyiv"),
        ("Köln", "Cologne"),
        ("Rangoon", "Yangon"),
        ("UN", "United Nations"),
        ("U.N.", "United Nations"),
        ("Unesco", "UNESCO"),
        ("Daesh", "Islamic State"),
        ("al Shabab", "Al-Shabaab (militant group)"),
        ("KCNA", "Korean Central News Agency"),
        ("Kim Jong Un", "Kim Jong-un"),
        ("KIM JONG-UN", "Kim Jong-un"),
        ("Recep Tayyip Erdogan", "Recep Tayyip Erdoğan"),
        ("Volodymyr Zelensky", "Volodymyr Zelenskyy"),
        ("Aung San Suu Kyi", "Aung San Suu Kyi"),
    ],
)
def test_other_spellings_are_the_one_thing_wikipedia_has_a_title_for(words: str, name: str) -> None:
    assert first(words) == name


def test_a_listing_says_what_is_known_of_the_thing() -> None:
    seoul = titled("Seoul")
    assert seoul is not None
    assert (seoul.kind, seoul.role, seoul.country) == ("place", "capital", "South Korea")
    assert seoul.ids == ("geonames:1835848",)
    korea = titled("North Korea")
    assert korea is not None
    assert (korea.kind, korea.role, korea.ids, korea.weight) == ("place", "country", ("iso3166:KP",), 1.0)
    moon = titled("Moon Jae-in")
    assert moon is not None
    assert (moon.kind, moon.role, moon.country, moon.years) == ("person", "head of state", "South Korea", (2017, 2022))
    assert titled("Seoul, Atlantis") is None


def test_several_terms_are_one_span_and_an_office_still_held_is_open() -> None:
    trump, modi = titled("Donald Trump"), titled("Narendra Modi")
    assert trump is not None
    assert modi is not None
    assert trump.years == (2017, OPEN)
    assert modi.years == (2014, OPEN)


def test_acronyms_that_are_words_must_be_written_as_acronyms() -> None:
    assert first("US") == first("U.S.") == "United States"
    assert first("WHO") == "World Health Organization"
    assert listings("us") == listings("Who") == listings("who") == ()
    assert first("Nato") == first("NATO") == "NATO"


def test_all_readings_are_given_best_first() -> None:
    assert [reading.name for reading in listings("Georgia")][:2] == ["Georgia (country)", "Georgia (U.S. state)"]
    assert {reading.name for reading in listings("Washington")} >= {"Washington, D.C.", "Washington (state)"}
    congo = listings("Congolese")
    assert {reading.country for reading in congo} == {"Democratic Republic of the Congo", "Republic of the Congo"}


@pytest.mark.parametrize(
    ("words", "name"),
    [
        ("Kenyan", "Kenya"),
        ("Kenyans", "Kenya"),
        ("Filipinos", "Philippines"),
        ("Britons", "United Kingdom"),
        ("Frenchmen", "France"),
        ("Dutch", "Netherlands"),
        ("South Korean", "South Korea"),
        ("European", "Europe"),
    ],
)
def test_demonyms_lead_to_the_place(words: str, name: str) -> None:
    found = demonym(words)
    assert found is not None
    assert found.name == name
    assert found.kind == "place"


def test_a_place_is_no_demonym() -> None:
    assert demonym("Kenya") is None
    assert demonym("Chineses") is None
    assert {reading.kind for reading in listings("Punjab")} == {"place"}


def test_surnames_find_the_people_that_news_calls_so() -> None:
    assert [person.name for person in persons_by_surname("Kim")][:2] == ["Kim Jong-un", "Kim Jong-il"]
    assert [person.name for person in persons_by_surname("Moon")] == ["Moon Jae-in"]
    for surname, name in {
        "Assad": "Bashar al-Assad",
        "al-Assad": "Bashar al-Assad",
        "Suu Kyi": "Aung San Suu Kyi",
        "Peña Nieto": "Enrique Peña Nieto",
        "von der Leyen": "Ursula von der Leyen",
        "Xi": "Xi Jinping",
        "Francis": "Pope Francis",
    }.items():
        assert persons_by_surname(surname)[0].name == name
    assert persons_by_surname("Jong-un") == persons_by_surname("II") == persons_by_surname("") == ()


def test_scan_takes_the_longest_names_from_left_to_right() -> None:
    text = (
        "Kim Jong-un told the Korean Central News Agency that South Korean troops near Pyongyang's airport, "
        "and those of the U.S. and the United Nations Security Council's envoy, must leave. Al-Qaeda was not named."
    )
    assert scanned(text) == {
        "Kim Jong-un": "Kim Jong-un",
        "Korean Central News Agency": "Korean Central News Agency",
        "South Korean": "South Korea",
        "Pyongyang": "Pyongyang",
        "U.S.": "United States",
        "United Nations Security Council": "United Nations Security Council",
        "Al-Qaeda": "Al-Qaeda",
    }


def test_scan_needs_capitals() -> None:
    assert scanned("he was reading in a nice bath, and the european union of turkey and china was formed by us") == {}
    assert scanned("Fighters of al-Shabaab and the central bank of Kenya") == {
        "al-Shabaab": "Al-Shabaab (militant group)",
        "Kenya": "Kenya",
    }


def test_names_keep_their_signs_and_end_with_the_line() -> None:
    assert scanned("He left Johnson & Johnson for Washington, D.C., in May") == {
        "Johnson & Johnson": "Johnson & Johnson",
        "Washington, D.C.": "Washington, D.C.",
    }
    assert scanned("Guinea-Bissau's army and a Taiwan-made chip") == {
        "Guinea-Bissau": "Guinea-Bissau",
        "Taiwan": "Taiwan",
    }
    assert scanned("They live in New\nYork County") == {"York": "York"}


def test_in_a_line_of_capitals_a_word_stays_a_word() -> None:
    assert scanned("TELL US WHERE IT WENT WRONG") == {}
    assert scanned("IRAN AND NORTH KOREA WARN EUROPEAN UNION") == {
        "IRAN": "Iran",
        "NORTH KOREA": "North Korea",
        "EUROPEAN UNION": "European Union",
    }
    assert scanned("Troops of the US left Mali.") == {"US": "United States", "Mali": "Mali"}


def test_towns_that_are_words_are_weak_and_capitals_are_not() -> None:
    assert listings("Mobile")[0].weak
    assert listings("Split")[0].weak
    assert not listings("Lima")[0].weak
    assert not listings("Chicago")[0].weak
    assert listings("The Sun")[0].weak
    assert not listings("The Guardian")[0].weak


def test_agencies_come_from_the_registry() -> None:
    missing = [agency.name for agency in agencies() if not listings(agency.name)]
    assert missing == []


def test_files_are_sorted_and_say_each_thing_once() -> None:
    folder = files("diurna.enrich") / "gazetteer_data"
    for file in folder.iterdir():
        lines = file.read_text("utf-8").splitlines()
        assert lines == sorted(set(lines)), file.name
        titles = [line.partition("\t")[0] for line in lines]
        assert len(titles) == len(set(titles)), file.name


def test_every_row_is_sound() -> None:
    gazetteer = _gazetteer()
    for row in range(len(gazetteer.rows)):
        reading = gazetteer.listing(row)
        assert reading.name == reading.name.strip() != ""
        assert reading.kind in KINDS
        assert reading.role
        assert 0 < reading.weight <= 1
        assert reading.years is None or 1700 < reading.years[0] <= reading.years[1]
        assert not reading.country or titled(reading.country) is not None
    keys = [key for key in gazetteer.rows_of if not key.isupper()]
    assert [key for key in keys if " ".join(fold(key)) != key and "&" not in key] == []


@given(st.text(max_size=300))
@settings(max_examples=80, deadline=None)
def test_any_text_is_scanned_without_overlaps(text: str) -> None:
    words = words_of(nlp(text))
    last = 0
    for match in scan(words):
        assert last <= match.start < match.end <= len(words.text)
        assert match.readings
        last = match.end


@pytest.mark.parametrize(
    "text",
    [
        "United " * 20_000,
        "of the " * 10_000,
        "KIM " * 20_000,
        "Democratic- " * 20_000,
        "É" * 200_000,
        "😀 Paris " * 10_000,
    ],
    ids=["openings", "connectors", "capitals", "hyphens", "one word", "emoji"],
)
def test_time_is_linear_in_length(text: str) -> None:
    doc = spacy.tokens.Doc(nlp.vocab, words=text.split())
    words = words_of(doc)
    before = time.process_time()
    scan(words)
    assert time.process_time() - before < 2
