"""Which entity names are: persons, bodies, places and governments, within a text and across outlets."""

import json
import re
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bench.entity_resolution import Read, read_labels, score_entities
from diurna.enrich.entities.keys import filing_keys
from diurna.enrich.entities.resolver import EntitySettings, KnownName, Resolution, lookup_keys, resolve
from diurna.enrich.found import Name
from diurna.model import Span, entity_id

KINDS = {"p": "person", "o": "organisation", "l": "place", "g": "group"}


def marked(text: str) -> tuple[str, list[Name]]:
    """A text whose names are marked as [p:Kim Jong-un], and these names."""
    plain, names, at = "", [], 0
    for found in re.finditer(r"\[([polg]):([^\]]*)\]", text):
        plain += text[at : found.start()]
        names.append(Name(Span(len(plain), len(plain) + len(found[2])), KINDS[found[1]]))
        plain += found[2]
        at = found.end()
    return plain + text[at:], names


def known(*links: str) -> dict[str, list[KnownName]]:
    """What lists know from wikilinks, written as `Title` or `words=Title`, under the keys of each."""
    filed: dict[str, list[KnownName]] = {}
    for link in links:
        words, _, title = link.rpartition("=")
        for key in filing_keys(words or title, ""):
            filed.setdefault(key, []).append(KnownName(words or title, f"entity:{entity_id(title)}", title))
    return filed


def resolution(text: str, *links: str, published: date | None = None) -> Resolution:
    plain, names = marked(text)
    filed = known(*links)
    asked = {key: filed[key] for key in lookup_keys(plain) if key in filed}
    return resolve(plain, names, asked, published=published)


def told(text: str, *links: str, published: date | None = None) -> list[str]:
    """Canonical name of each name's entity, in order; with a question mark where it isn't sure."""
    result = resolution(text, *links, published=published)
    names = {known.ref: known.name for known in result.namings}
    return [names[one.candidates[0].ref] + ("" if one.sure else "?") for one in result.resolved]


def reasons(text: str, *links: str) -> list[str]:
    return [one.candidates[0].because for one in resolution(text, *links).resolved]


# ------------------------------------------------------------------------------------------------- persons


def test_spellings_and_surname_are_one_person() -> None:
    text = "[p:Kim Jong-un] came. [p:Kim Jong Un] spoke and [p:KIM JONG-UN] listened. [p:Kim] left."
    assert len({one.candidates[0].ref for one in resolution(text).resolved}) == 1
    assert told(text)[-1] == "Kim Jong-un"
    assert reasons(text)[-1] == "surname of Kim Jong-un, named before"


def test_two_outlets_give_a_person_in_no_list_one_entity() -> None:
    outlets = (
        "[p:Yun Sang-ok] spoke.",
        "[p:YUN SANG OK] spoke.",
        "[p:Yun Sang-Ok]’s speech",
        "Mr. [p:Yun Sang Ok] said",
    )
    assert len({resolution(text).resolved[0].candidates[0].ref for text in outlets}) == 1


def test_bearers_of_one_surname_stay_apart() -> None:
    text = "[p:Kim Jong-un] rules. [p:Kim] spoke.\n[p:Kim Jong-nam] died. [p:Kim] was 45.\nNobody saw [p:Kim] again."
    assert told(text)[:4] == ["Kim Jong-un", "Kim Jong-un", "Kim Jong-nam", "Kim Jong-nam"]
    last = resolution(text).resolved[4]
    assert not last.sure
    assert len(last.candidates) == 2
    assert last.candidates[0].score == last.candidates[1].score
    assert last.candidates[0].ref < last.candidates[1].ref


def test_a_surname_goes_on_standing_for_whom_it_stood() -> None:
    text = "[p:Ann Orvel] won. [p:Orvel] spoke. [p:Orvel] left with [p:Tom Orvel], her son.\n[p:Orvel] was tired."
    assert told(text)[-1] == "Ann Orvel"


def test_titles_tell_bearers_of_one_surname_apart() -> None:
    text = (
        "President [p:Moon Jae-in] met Minister [p:Moon Hye-won]. "
        "President [p:Moon] spoke.\nThe two disagree. Minister [p:Moon] said so."
    )
    assert told(text)[2:] == ["Moon Jae-in", "Moon Hye-won"]


@pytest.mark.parametrize(
    ("full", "short"),
    [
        ("Andrés Manuel López Obrador", "López Obrador"),
        ("Luiz Inácio Lula da Silva", "Lula"),
        ("Abdel Fattah al-Sisi", "el-Sisi"),
        ("Martin Luther King Jr.", "King"),
        ("Aung San Suu Kyi", "Suu Kyi"),
        ("Ursula von der Leyen", "von der Leyen"),
        ("Xi Jinping", "Xi"),
        ("Jae-in Moon", "Moon"),
        ("Muammar Qadhafi", "Gaddafi"),
    ],
)
def test_short_forms_stand_for_the_person_named_before(full: str, short: str) -> None:
    refs = [one.candidates[0].ref for one in resolution(f"[p:{full}] came. [p:{short}] left.").resolved]
    assert refs[0] == refs[1]
    assert resolution(f"[p:{full}] came. [p:{short}] left.").resolved[1].sure


@pytest.mark.parametrize(
    ("one", "other"),
    [("Paul Orvel", "Paul Orvel Jr."), ("Ahmad Nawaf Al-Jaber Al-Orvel", "Nawaf Al-Jaber Al-Orvel")],
)
def test_generations_are_two_persons(one: str, other: str) -> None:
    first, second = resolution(f"[p:{one}] and [p:{other}] came.").resolved
    assert first.candidates[0].ref != second.candidates[0].ref


@pytest.mark.parametrize(
    ("written", "title"),
    [
        ("Volodymyr Zelenskyy", "Volodymyr Zelensky"),
        ("Moammar Gadhafi", "Muammar Gaddafi"),
        ("Yusuf Sharif", "Youssef Sharif"),
        ("Orbán Viktor", "Viktor Orbán"),
        ("ABE SHINZO", "Shinzo Abe"),
        ("Recep Tayyip Erdogan", "Recep Tayyip Erdoğan"),
    ],
)
def test_other_spellings_find_the_listed_person(written: str, title: str) -> None:
    result = resolution(f"[p:{written}] spoke.", title)
    assert result.resolved[0].candidates[0].ref == f"entity:{entity_id(title)}"
    assert result.resolved[0].sure


@pytest.mark.parametrize(("one", "other"), [("Jean Smith", "Jan Smith"), ("Hassan Ovali", "Hussein Ovali")])
def test_names_that_only_sound_alike_are_two(one: str, other: str) -> None:
    assert told(f"[p:{one}] spoke.", other) == [one]


def test_a_surname_alone_is_sure_only_where_lists_and_time_agree() -> None:
    assert told("[p:Putin] spoke.", published=date(2017, 5, 14)) == ["Vladimir Putin"]
    assert told("[p:Orvel] spoke.") == ["Orvel?"]


def test_a_given_name_needs_its_title() -> None:
    assert told("Pope [p:Francis] prayed.", "Pope Francis") == ["Pope Francis"]
    assert told("Nurse [p:Francis] prayed.", "Pope Francis")[0].endswith("?")


def test_the_family_of_somebody_named() -> None:
    assert told("[p:Ann Orvel] won. [g:The Orvels] cheered.") == ["Ann Orvel", "Orvel family"]


def test_a_place_is_not_the_person_of_that_name() -> None:
    assert told("[p:Paris Hilton] flew to [l:Paris]. [p:Paris] laughed.") == ["Paris Hilton", "Paris", "Paris Hilton"]


# ------------------------------------------------------------------------------------------------- bodies


@pytest.mark.parametrize("words", ["UN", "U.N.", "the United Nations", "UNITED NATIONS"])
def test_the_united_nations(words: str) -> None:
    assert told(f"[o:{words}] met.") == ["United Nations"]


@pytest.mark.parametrize(
    "text",
    [
        "[o:Orvel Joint Command] ([o:OJC]) met.",
        "[o:OJC] ([o:Orvel Joint Command]) met.",
        "[o:OJC], the [o:Orvel Joint Command], met.",
        "The [o:Orvel Joint Command], or [o:OJC], met.",
        "The [o:Orvel Joint Command] met. [o:OJC] said so.",
    ],
)
def test_acronyms_are_what_the_text_says(text: str) -> None:
    assert set(told(text)) == {"Orvel Joint Command"}


def test_initials_of_two_bodies_are_neither() -> None:
    text = "[o:Orvel Joint Command] and [o:Outer Justice Court] met. [o:OJC] said so."
    assert told(text)[-1] == "OJC"


def test_initials_of_two_letters_are_too_few() -> None:
    assert told("[g:Western Orvel] fell. [o:WO] won.")[1] != "Western Orvel"


def test_what_follows_a_preposition_is_no_short_name() -> None:
    assert told("The [o:Voice to Orvel] spoke. [o:Orvel] listened.")[1] == "Orvel"


def test_listed_acronyms_need_no_explanation() -> None:
    assert told("[o:KCNA] said so.") == ["Korean Central News Agency"]


def test_short_names_of_bodies_in_the_text() -> None:
    assert told("[o:Orvel Water Board] met. The [o:Water Board] left.") == ["Orvel Water Board"] * 2
    assert told("[o:Orvel Motor Co] grew. [o:Orvel] said so.")[1] == told("[o:Orvel Motor Co] grew.")[0]
    assert told("[o:Lumera Windows] came from [o:Lumera].")[1] == "Lumera"


def test_bodies_that_every_country_has_are_their_country_s() -> None:
    text = "[l:South Korea]'s [o:National Security Council] met. In [l:Japan] nobody did."
    assert told(text)[1] == "National Security Council (South Korea)"
    text = "[l:Japan] and [l:South Korea] met. The [o:Electoral Commission] said so."
    assert told(text)[2].endswith("?")


def test_another_country_s_body_is_not_the_listed_one() -> None:
    text = "[l:Jordan] is safe, the [o:Food and Drug Administration] said. [l:Jordan] waits. [l:Amman] is calm."
    assert told(text)[1] == "Food and Drug Administration (Jordan)"
    assert told("[l:Texas] waits. The [o:Food and Drug Administration] met.")[1] == "Food and Drug Administration"


def test_a_body_is_that_of_whoever_calls_it() -> None:
    text = "[l:Japan] fears [l:North Korea]. [p:Moon Jae-in] called his [o:National Security Council]."
    assert told(text)[3] == "National Security Council (South Korea)"


def test_spellings_of_bodies_meet_across_outlets() -> None:
    outlets = ("[o:U.S. Harbour Command]", "[o:US Harbor Command]", "the [o:United States Harbor Command]")
    assert len({resolution(text).resolved[0].candidates[0].ref for text in outlets}) == 1


# ------------------------------------------------------------------------------------------------- places


@pytest.mark.parametrize(
    ("text", "entity"),
    [
        ("[l:Pyongyang] said that it had fired.", "North Korea"),
        ("[l:Pyongyang]'s nuclear programme grows.", "North Korea"),
        ("Talks between Tokyo and [l:Pyongyang] failed.", "North Korea"),
        ("He was born in [l:Pyongyang].", "Pyongyang"),
        ("They marched through [l:Pyongyang]'s streets.", "Pyongyang"),
        ("They fly to [l:Pyongyang] today.", "Pyongyang"),
        ("[l:PYONGYANG], May 3 (Wire) - All is quiet.", "Pyongyang"),
        ("[l:PYONGYANG] (Wire) - All is quiet.", "Pyongyang"),
        ("The London museum in [l:Pyongyang]-based hands.", "Pyongyang"),
        ("He praised [l:Pyongyang].", "North Korea"),
        ("[l:Pyongyang], however, said no.", "North Korea"),
    ],
)
def test_capitals_act_or_are_places(text: str, entity: str) -> None:
    assert told(text) == [entity]


def test_a_capital_keeps_both_readings() -> None:
    candidates = resolution("[l:Seoul] said no.").resolved[0].candidates
    assert [one.ref for one in candidates[:2]] == [f"entity:{entity_id(name)}" for name in ("South Korea", "Seoul")]
    assert candidates[0].because == "capital that stands for the government of South Korea"
    assert told("[l:Seoul] and [l:Tokyo] said no.") == ["South Korea", "Japan"]


def test_seats_of_government_go_by_their_names() -> None:
    assert told("The [o:White House] said no.") == ["White House"]
    refs = [one.ref for one in resolution("The [o:White House] said no.").resolved[0].candidates]
    assert f"entity:{entity_id('United States')}" in refs


def test_halves_of_the_one_pair_that_a_text_is_about() -> None:
    assert told("[l:North Korea] and [l:South Korea] met. [l:The North] left.")[2] == "North Korea"
    assert told("[l:South Sudan] voted. [l:the South] is poor.")[1] == "South Sudan"
    assert told("[l:South Korea] and [l:South Sudan] met. [l:the South] is rich.")[2] == "South"
    assert told("[l:Texas] is warm. [l:the South] is poor.")[1] == "South"


def test_demonyms_are_their_country() -> None:
    assert told("[g:North Korean] soldiers and [g:Americans]") == ["North Korea", "United States"]


@pytest.mark.parametrize(
    ("text", "entity"),
    [
        ("[l:Georgia] voted. [l:Tbilisi] was calm.", "Georgia (country)"),
        ("[l:Georgia] voted. [l:Atlanta] was calm.", "Georgia (U.S. state)"),
        ("[l:Georgia] voted.", "Georgia (country)?"),
        ("[l:Congo] voted. [l:Kinshasa] was calm.", "Democratic Republic of the Congo"),
        ("[l:Congo] voted. [l:Brazzaville] was calm.", "Republic of the Congo"),
        ("[l:Birmingham], [l:Alabama], was calm.", "Birmingham, Alabama"),
        ("[l:Manchester], [l:England], was calm.", "Manchester"),
        ("[l:Washington] state voted.", "Washington (state)"),
        ("[l:New York] voted.", "New York City"),
        ("[l:Victoria] voted. [l:Sydney] and [l:Melbourne] did not.", "Victoria (state)"),
    ],
)
def test_places_of_one_name_are_told_by_the_others(text: str, entity: str) -> None:
    assert told(text)[0] == entity


# ------------------------------------------------------------------------------------------------- lists


def test_words_and_titles_of_wikilinks_meet_names_in_texts() -> None:
    links = ("Terminal High Altitude Area Defense", "THAAD=Terminal High Altitude Area Defense")
    assert told("[o:THAAD] works.", *links) == ["Terminal High Altitude Area Defense"]
    assert told("[o:National Front] lost.", "National Front=National Front (France)") == ["National Front (France)"]


def test_words_in_lower_case_are_no_name_of_their_target() -> None:
    assert told("[o:Removal] grew.", "removal=Impeachment of Park Geun-hye") == ["Removal"]


def test_an_earlier_article_s_entity_is_met_again_in_another_order() -> None:
    earlier = KnownName("Orvel Tamas", "entity:abc", "Orvel Tamas", "person", 3, "text")
    filed = {key: [earlier] for key in filing_keys("Orvel Tamas", "person")}
    plain, names = marked("[p:Tamas Orvel] spoke.")
    assert resolve(plain, names, filed).resolved[0].candidates[0].ref == "entity:abc"


def test_lookup_keys_ask_for_every_spelling_of_what_is_filed() -> None:
    for text, title in (
        ("Leader KIM JONG UN spoke", "Kim Jong-un"),
        ("the U.S. Air Force’s drone", "United States Air Force"),
        ("In the Ministry of Foreign Affairs they", "Ministry of Foreign Affairs (Turkey)"),
        ("Mr Gadhafi and Moammar Gadhafi", "Muammar Gaddafi"),
        ("and Macron said", "Emmanuel Macron"),
    ):
        assert set(lookup_keys(text)) & set(filing_keys(title, "")), title


# ------------------------------------------------------------------------------------------- any input


NAMES = st.lists(
    st.tuples(st.integers(0, 60), st.integers(0, 20), st.sampled_from(["person", "place", "organisation"]))
)


@settings(max_examples=80, deadline=None)
@given(st.text(max_size=70), NAMES)
def test_any_names_get_sorted_candidates_within_bounds(text: str, spans: list[tuple[int, int, str]]) -> None:
    names = [Name(Span(min(at, len(text)), min(at + length, len(text))), kind) for at, length, kind in spans]
    result = resolve(text, names, {})
    named = {known.ref for known in result.namings}
    assert len(result.resolved) == len(names)
    for one in result.resolved:
        scores = [candidate.score for candidate in one.candidates]
        assert scores
        assert scores == sorted(scores, reverse=True)
        assert all(0 <= score <= 1 and score == round(score, 4) for score in scores)
        assert {candidate.ref for candidate in one.candidates} <= named
        assert all(candidate.because for candidate in one.candidates)


@settings(max_examples=60, deadline=None)
@given(st.permutations(["Kim Jong-un", "Kim Jong-nam", "Kim", "Seoul", "Orvel Board", "OB"]), st.randoms())
def test_the_order_of_lists_changes_nothing(words: list[str], random: object) -> None:
    text = " said. ".join(f"[p:{one}]" if one.startswith("Kim") else f"[o:{one}]" for one in words)
    plain, names = marked(text)
    filed = known("Kim Jong-un", "Kim Jong-nam", "Kim=Kim Jong-un", "Seoul", "Orvel Board")
    turned = {key: list(reversed(found)) for key, found in reversed(filed.items())}
    assert resolve(plain, names, filed) == resolve(plain, names, turned)


def test_strictness_is_a_setting() -> None:
    plain, names = marked("[p:Kim Jong-un] came. [p:Kim] left.")
    strict = resolve(plain, names, {}, EntitySettings(sure=0.99))
    assert not any(one.sure for one in strict.resolved)


def test_many_names_take_time_in_proportion() -> None:
    pairs = [f"[p:Kim Aa{chr(97 + at % 26)}{chr(97 + at // 26 % 26)}] and [p:Kim] said so." for at in range(1500)]
    plain, names = marked("\n".join(pairs))
    assert len(resolve(plain, names, {}).resolved) == 3000


# ------------------------------------------------------------------------------------------- how it is measured


def test_scores_count_right_mentions_and_clusters(tmp_path: Path) -> None:
    texts = {"a": "Kim Jong-un came. Kim left.", "b": "KIM JONG UN spoke in Orvel."}
    rows = [
        {"article": "a", "words": "Kim Jong-un", "entity": "Kim Jong-un"},
        {"article": "a", "words": "Kim", "entity": "Kim Jong-un"},
        {"article": "b", "words": "KIM JONG UN", "entity": "Kim Il", "or": ["Kim Jong-un"]},
        {"article": "b", "words": "Orvel", "entity": "Orvel"},
    ]
    (tmp_path / "gold.jsonl").write_text("\n".join(map(json.dumps, rows)), encoding="utf-8")
    gold = read_labels(tmp_path / "gold.jsonl", texts)
    assert [one.words for one in gold["a"]] == ["Kim Jong-un", "Kim"]
    first = [Name(Span(0, 11), "person"), Name(Span(18, 21), "person")]
    second = [Name(Span(0, 11), "person")]
    pages = {
        "a": Read(texts["a"], tuple(first), resolve(texts["a"], first, {})),
        "b": Read(texts["b"], tuple(second), resolve(texts["b"], second, {})),
    }
    score = score_entities(gold, pages)
    assert (score["mentions"], score["found"], score["sure"], score["right"]) == (4, 3, 3, 3)
    assert (score["precision"], score["recall"]) == (1.0, 0.75)
    # In one cluster: two mentions of one gold entity and one of another; Orvel stands alone.
    assert score["b-cubed precision"] == round((2 * 2 / 3 + 1 / 3 + 1) / 4, 4)
    assert score["b-cubed recall"] == 1.0


def test_a_head_noun_alone_is_the_only_body_that_has_it() -> None:
    text = "The [o:Harbour Observatory for Safe Seas] warned. The [o:Observatory] counted nine wrecks."
    assert told(text) == ["Harbour Observatory for Safe Seas"] * 2
    two = "The [o:Hill Observatory of Orle] and the [o:Sea Observatory of Orle] met. The [o:Observatory] was silent."
    assert told(two)[2] not in ("Hill Observatory of Orle", "Sea Observatory of Orle")


def test_an_acronym_that_is_also_a_word_is_listed_where_it_is_a_name() -> None:
    assert told("Fighters of [o:IS] left the town.") == ["Islamic State"]
