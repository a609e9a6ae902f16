"""Relatedness: rare things shared count for more, every value explains itself, and later arrivals change nothing."""

from __future__ import annotations

import datetime
import math
from collections import Counter
from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from diurna.relate.score import (
    CANDIDATE_WORDS,
    IMPLIED,
    MOST_WORDS,
    STEM,
    Features,
    Scorer,
    feature_of,
    features_of,
    score,
    weight,
    words_of,
)

DAY = datetime.date(2017, 5, 14)


class Observed:
    """Frequencies counted over the events given, each with all its features."""

    def __init__(self, *events: Features) -> None:
        self.events = len(events)
        self._counts = Counter(term.feature for event in events for term in event.terms)

    def of(self, features: Sequence[str]) -> list[int]:
        return [self._counts[feature] for feature in features]


def event(headline: str, *entities: str, topics: tuple[str, ...] = (), cites: tuple[str, ...] = ()) -> Features:
    return features_of(headline, DAY, entities, topics, cites)


def strength_of(features: Features, word: str) -> float:
    (stem,) = words_of(word)
    return next((term.strength for term in features.terms if term.feature == feature_of("word", stem)), 0.0)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Syria", "Syrian"),
        ("Iraq", "Iraqi"),
        ("Houthi", "Houthis"),
        ("migrants", "migration"),
        ("São Paulo's", "Sao Paulo"),
        ("MOSUL", "Mosul"),
        ("Москва", "МОСКВА"),
    ],
)
def test_forms_of_one_word_share_a_stem(one: str, other: str) -> None:
    assert words_of(one) == words_of(other) != ()


def test_stop_words_numbers_and_short_words_carry_nothing() -> None:
    assert words_of("The 14 of them are in the EU, 2017") == ()


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("巴格达市", ("巴格", "格达", "达市")),
        ("日", ("日",)),
        ("iTunes音乐商店", ("itun", "音乐", "乐商", "商店")),
        ("평양", ("평양",)),
        ("กรุง", ("กร", "รุ", "ุง")),
    ],
)
def test_scripts_without_spaces_give_pairs_of_characters(text: str, words: tuple[str, ...]) -> None:
    assert words_of(text) == words


@given(st.text())
def test_any_text_gives_short_words_each_once(text: str) -> None:
    words = words_of(text)
    assert len(set(words)) == len(words)
    assert all(0 < len(word) <= STEM for word in words)
    assert words_of(text + " " + text) == words


def test_a_word_counts_for_each_place_that_says_or_implies_it() -> None:
    features = event("Rebels seize a town", "Marib Governorate", cites=("https://example.org/rebels-seize-marib-base",))
    assert strength_of(features, "town") == 1.0
    assert strength_of(features, "rebels") == pytest.approx(1.0 + IMPLIED)
    assert strength_of(features, "marib") == pytest.approx(2 * IMPLIED)
    assert strength_of(features, "governorate") == pytest.approx(IMPLIED)


def test_sections_and_hosts_of_an_address_are_no_headline() -> None:
    features = event("Town", cites=("https://example.org/middle-east/yemen/", "http://[broken", "news:12"))
    assert features == event("Town")


def test_a_long_text_keeps_what_its_headline_says_first() -> None:
    features = event(" ".join(f"{letter}{other}word" for letter in "abcdefghij" for other in "bcdfghjklm"))
    assert (
        features.names_of("word")
        == tuple(f"{letter}{other}wor" for letter in "abcdefghij" for other in "bcdfghjklm")[:MOST_WORDS]
    )


def test_a_repeated_entity_is_told_once() -> None:
    assert event("", "Yemen", "Yemen").names_of("entity") == ("Yemen",)


@given(st.integers(1, 10_000), st.integers(1, 10_000))
def test_rarer_is_heavier_and_nothing_is_weightless(frequency: int, more: int) -> None:
    events = frequency + more
    assert weight(frequency, events) > weight(events, events) > 0
    assert weight(frequency, events + 1) > weight(frequency, events)


def test_a_rare_entity_outweighs_a_common_one() -> None:
    common = [event(f"{letter * 4} speaks", "United States") for letter in "bcdfghjk"]
    now = event("Talks begin", "United States", "Sinai")
    rare, usual = event("Bomb explodes", "Sinai"), event("Bill passes", "United States")
    observed = Observed(*common, rare, usual, now)
    assert score(rare, now, observed).value > score(usual, now, observed).value > 0


def test_topics_and_words_count() -> None:
    now = event("Voters choose a president", "France", topics=("French presidential election",))
    plain = event("Crowds gather", "France")
    worded = event("Crowds gather as voters wait", "France")
    under = event("Crowds gather", "France", topics=("French presidential election",))
    observed = Observed(plain, worded, under, now)
    assert score(worded, now, observed).value > score(plain, now, observed).value
    assert score(under, now, observed).value > score(plain, now, observed).value
    assert set(score(under, now, observed).context) == {"France", "French presidential election"}


def test_words_alone_join_two_events_without_context() -> None:
    now, before = event("Houthi rocket strikes Najran", "Najran"), event("Houthis fire rockets", "Yemen")
    related = score(before, now, Observed(before, now))
    assert related.value > 0
    assert related.context == ()
    assert {reason.shown for reason in related.reasons} == {"houthi", "rocket"}


def test_context_is_exactly_what_both_have() -> None:
    now, before = event("Talks", "Yemen", "Oman", "Iran"), event("Visit", "Iran", "Yemen", "Qatar")
    assert set(score(before, now, Observed(before, now)).context) == {"Yemen", "Iran"}


def test_nothing_shared_is_nothing() -> None:
    now, before = event("Talks begin", "Oman"), event("Volcano erupts", "Chile")
    related = score(before, now, Observed(before, now))
    assert (related.value, related.reasons) == (0.0, ())
    empty = event("")
    assert score(empty, empty, Observed(empty)).value == 0.0


def test_reasons_name_counts_and_add_up() -> None:
    now, before = event("Rocket strikes Najran", "Najran", "Yemen"), event("Rocket hits Sanaa", "Yemen")
    other = event("Summit opens", "Yemen")
    related = score(before, now, Observed(before, other, now))
    by_name = {reason.name: reason for reason in related.reasons}
    assert (by_name["Yemen"].frequency, by_name["Yemen"].events) == (3, 3)
    assert (by_name["rocke"].frequency, by_name["rocke"].shown) == (2, "rocket")
    assert by_name["rocke"].share > by_name["Yemen"].share
    assert math.isclose(sum(reason.share for reason in related.reasons), related.value, abs_tol=1e-5)


names = st.lists(st.sampled_from(["Yemen", "Oman", "Iran", "Qatar", "Saudi Arabia"]), max_size=4)
headlines = st.lists(
    st.sampled_from(["rebels", "seize", "town", "rocket", "strikes", "port", "talks", "begin", "巴格达"]), max_size=7
)
events = st.builds(lambda words, entities: event(" ".join(words), *entities), headlines, names)


@given(events, events, st.lists(events, max_size=5))
def test_a_pair_is_symmetric_bounded_and_explained(a: Features, b: Features, others: list[Features]) -> None:
    observed = Observed(a, b, *others)
    related = score(a, b, observed)
    assert related == score(b, a, observed)
    assert 0.0 <= related.value <= 1.0
    assert math.isclose(sum(reason.share for reason in related.reasons), related.value, abs_tol=1e-4)
    assert [reason.share for reason in related.reasons] == sorted((r.share for r in related.reasons), reverse=True)
    assert set(related.context) == set(a.names_of("entity")) & set(b.names_of("entity"))


@given(events)
def test_an_event_is_wholly_related_to_itself(a: Features) -> None:
    assert score(a, a, Observed(a)).value == (1.0 if a.terms else 0.0)


@given(events, events, st.lists(events, max_size=5))
def test_lookups_gain_only_what_the_event_has(a: Features, b: Features, others: list[Features]) -> None:
    scorer = Scorer(b, Observed(a, b, *others))
    lookups = dict(scorer.lookups())
    assert lookups.keys() <= {term.feature for term in b.terms}
    gained = sum(lookups.get(term.feature, 0.0) for term in a.terms)
    assert (gained > 0) == (scorer.score(a).value > 0)


def test_lookups_take_all_names_and_the_rarest_words() -> None:
    words = [f"{letter}{other}word" for letter in "bcdfgh" for other in "aeiou"]
    now = event(" ".join(words), "Yemen", topics=("War in Yemen",))
    before = event(" ".join(words[:5]))
    lookups = Scorer(now, Observed(before, now)).lookups()
    found = [feature for feature, _ in lookups]
    assert feature_of("entity", "Yemen") in found
    assert feature_of("topic", "War in Yemen") in found
    assert sum(feature.startswith("word:") for feature in found) == CANDIDATE_WORDS
    assert not set(found) & {feature_of("word", stem) for stem in words_of(" ".join(words[:5]))}
