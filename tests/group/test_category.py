"""Categories of events that no editor has filed: what tells them, how sure it is, and when nothing is said."""

import re
import tomllib
from importlib.resources import files

import pytest
from hypothesis import given
from hypothesis import strategies as st

from diurna.group.category import (
    CATEGORIES,
    CategorySettings,
    CategoryText,
    category_evidence,
    guess_category,
    portal_category,
)

NEWS = {
    "Armed conflicts and attacks": CategoryText(
        "Suicide bomber strikes army convoy",
        "Militants attacked soldiers near the northern front line on Monday, and at least nine troops were killed.",
        ("The insurgents said that the airstrikes of last week had called for revenge.",),
    ),
    "Arts and culture": CategoryText(
        "Singer's last album wins film prize",
        "The musician wrote the songs for a movie that opened the film festival, and its actors sang them on stage.",
    ),
    "Business and economy": CategoryText(
        "Inflation slows as central bank holds rates",
        "Shares rose after the company reported higher quarterly profits, and investors bought bonds.",
    ),
    "Disasters and accidents": CategoryText(
        "Earthquake of magnitude 6.1 shakes coast",
        "Rescuers dug through the rubble for survivors, and firefighters fought blazes that aftershocks had set off.",
    ),
    "Health and environment": CategoryText(
        "Hospitals fill as virus spreads",
        "Health officials want more people vaccinated against the outbreak; one dose, doctors say, halves infections.",
    ),
    "International relations": CategoryText(
        "Foreign ministers meet on sanctions",
        "The ambassador was called home before the summit, where a treaty between both countries is to be signed.",
    ),
    "Law and crime": CategoryText(
        "Man arrested after robbery",
        "Police say that the suspect, charged with murder, goes before a judge on Friday; prosecutors ask for prison.",
    ),
    "Politics and elections": CategoryText(
        "Opposition wins election by a thousand votes",
        "The prime minister's party lost its majority in parliament, and two candidates want a new ballot.",
    ),
    "Science and technology": CategoryText(
        "Spacecraft reaches orbit of asteroid",
        "The astronomers' telescope saw it; a software update had been sent by the space agency's engineers.",
    ),
    "Sports": CategoryText(
        "Late goal sends champions into semi-final",
        "The coach praised his players after the match; the team plays for the league title next, in its own stadium.",
    ),
}
SURE = CategorySettings(least_sureness=0.0)


@pytest.mark.parametrize("name", CATEGORIES)
def test_news_of_each_category_is_told(name: str) -> None:
    guess = guess_category([NEWS[name]])
    assert guess is not None
    assert guess.name == name
    assert CategorySettings().least_sureness <= guess.sureness <= 1
    assert guess.words


def test_words_that_told_most_are_given_first() -> None:
    guess = guess_category([CategoryText("Jury trial", "Jury hears of the robbery; a man listens.")])
    assert guess is not None
    assert guess.name == "Law and crime"
    assert guess.words[0] == "jury"
    assert set(guess.words) == {"jury", "trial", "robbery", "man"}


@pytest.mark.parametrize(
    "text",
    [
        CategoryText("", ""),
        CategoryText("Police", ""),
        CategoryText("A quiet afternoon in the garden", "The roses were in bloom, and the bench had been painted."),
        CategoryText("12 345", "… 🙂🙂🙂 \x00\x01"),
    ],
    ids=["nothing", "one word", "no cue", "no words"],
)
def test_without_evidence_nothing_is_said(text: CategoryText) -> None:
    assert guess_category([text], SURE) is None


def test_evidence_for_two_categories_leaves_it_empty() -> None:
    mixed = CategoryText(
        "Senator's trial", "The senator, charged with bribery, faces a jury; his party's candidate leads in the polls."
    )
    assert guess_category([mixed]) is None
    guess = guess_category([mixed], SURE)
    assert guess is not None
    assert guess.name in ("Law and crime", "Politics and elections")
    assert guess.sureness < CategorySettings().least_sureness


def test_other_articles_of_the_event_settle_a_doubt() -> None:
    doubtful = CategoryText("Minister and judge", "The minister talked to a judge about the vote.")
    clear = [NEWS["Law and crime"], NEWS["Law and crime"]]
    alone = guess_category([doubtful], SURE)
    together = guess_category([doubtful, *clear])
    assert alone is not None
    assert alone.sureness < CategorySettings().least_sureness
    assert together is not None
    assert together.name == "Law and crime"


def test_articles_count_the_same_in_any_order() -> None:
    texts = [NEWS["Sports"], NEWS["Business and economy"], NEWS["Sports"]]
    assert guess_category(texts, SURE) == guess_category(texts[::-1], SURE)


def test_other_languages_are_not_read() -> None:
    text = NEWS["Sports"]
    for language, read in {"en": True, "en-GB": True, "EN_us": True, "": True, "de": False, "eng": False}.items():
        told = CategoryText(text.title, text.lede, text.paragraphs, language)
        assert (guess_category([told]) is not None) == read, language
    german = CategoryText("Trainer lobt Team nach Match", "Das Team gewann das Match.", (), "de")
    assert guess_category([german, text]) == guess_category([text])


def test_title_counts_more_than_lede_and_lede_more_than_the_rest() -> None:
    crime = CATEGORIES.index("Law and crime"), "robbery"
    title, lede, rest = (
        category_evidence(text)[crime]
        for text in (
            CategoryText("Robbery", "It rained."),
            CategoryText("Rain", "Robbery."),
            CategoryText("Rain", "It rained.", ("Robbery.",)),
        )
    )
    assert title > lede > rest > 0


def test_lede_that_opens_the_paragraphs_counts_once() -> None:
    lede = "A robbery shook the town."
    assert category_evidence(CategoryText("", lede, (lede, "More soon."))) == category_evidence(
        CategoryText("", lede, ("More soon.",))
    )


def test_one_word_over_and_over_is_little_evidence() -> None:
    twice, often = (category_evidence(CategoryText("", "robbery " * times)) for times in (2, 50))
    assert twice == often


def test_pair_of_words_counts_as_a_pair() -> None:
    evidence = category_evidence(CategoryText("", "The foreign minister spoke."))
    assert {word for _, word in evidence} == {"foreign minister"}


def test_whole_word_or_longest_beginning_counts_in_each_category() -> None:
    evidence = category_evidence(CategoryText("", "The president."))
    assert {CATEGORIES[category] for category, _ in evidence} == {"International relations", "Politics and elections"}
    evidence = category_evidence(CategoryText("", "The museumgoer's aunt, according to a presidio."))
    assert evidence == {(CATEGORIES.index("Arts and culture"), "museumgoer"): 3.0}


def test_only_the_opening_is_read() -> None:
    late = CategoryText("Notes", "It rained.", ("Rain. " * 400, "Robbery, murder, jury."))
    assert guess_category([late], SURE) is None


def test_lists_hold_each_cue_once_for_a_category_in_a_form_that_is_found() -> None:
    raw = tomllib.loads((files("diurna.group") / "category_words.toml").read_text(encoding="utf-8"))
    assert tuple(sorted(raw)) == CATEGORIES
    for category, name in enumerate(CATEGORIES):
        cues = [
            quoted or single
            for strength in ("strong", "plain", "weak")
            for quoted, single in re.findall(r"'([^']+)'|(\S+)", raw[name][strength])
        ]
        assert len(cues) == len(set(cues)), name
        for cue in cues:
            assert re.fullmatch(r"[a-z0-9]+(\*| [a-z0-9]+)?", cue), cue
            word = cue.removesuffix("*")
            assert (category, word) in category_evidence(CategoryText(word, "")), cue


@given(st.lists(st.builds(CategoryText, st.text(), st.text(), st.lists(st.text()).map(tuple), st.just("")), max_size=4))
def test_no_text_makes_it_fail(texts: list[CategoryText]) -> None:
    guess = guess_category(texts, SURE)
    assert guess is None or (guess.name in CATEGORIES and 0 < guess.sureness <= 1)


def test_endless_texts_cost_no_more_than_their_opening() -> None:
    word, police = "a" * 2_000_000, "police murder jury " * 100_000
    assert guess_category([CategoryText(word, word, (word,) * 3)]) is None
    guess = guess_category([CategoryText("", "", (police,) * 3)])
    assert guess is not None
    assert guess.name == "Law and crime"


@pytest.mark.parametrize(
    ("heading", "name"),
    [
        ("Sport", "Sports"),
        ("Law and Crime", "Law and crime"),
        ("Business & economy", "Business and economy"),
        ("Obituaries", "Obituaries"),
        ("", ""),
    ],
)
def test_a_heading_of_a_list_stands_under_the_name_that_the_portal_has_today(heading: str, name: str) -> None:
    assert portal_category(heading) == name
