"""Agencies that an article comes from are named; those that it only mentions are not."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from diurna.extract.credits import credited_agencies
from diurna.model import Author

NAMES = {
    "Reuters": "Reuters",
    "AP": "Associated Press",
    "The Associated Press": "Associated Press",
    "AFP": "Agence France-Presse",
    "Agence France-Presse": "Agence France-Presse",
    "Yonhap": "Yonhap News Agency",
    "Xinhua": "Xinhua News Agency",
    "dpa": "dpa",
    "EFE": "EFE",
    "ANSA": "ANSA",
}
TEXT = "A missile landed in the sea on Monday, the ministry said."


@pytest.mark.parametrize(
    ("opening", "agency"),
    [
        ("SEOUL (Reuters) - A missile landed.", "Reuters"),
        ("SEOUL, May 22 (Yonhap) -- A missile landed.", "Yonhap News Agency"),
        ("BEIJING, May 22 (Xinhua) -- A missile landed.", "Xinhua News Agency"),
        ("(AP) — A missile landed.", "Associated Press"),
        ("SEOUL, South Korea (AP) — A missile landed.", "Associated Press"),
        ("Berlin (dpa/lno) - Eine Rakete ist gelandet.", "dpa"),
        ("Berlin (dpa). Eine Rakete ist gelandet.", "dpa"),
        ("Paris (AFP) Eine Rakete ist gelandet.", "Agence France-Presse"),
        ("Madrid, 22 may (EFE).- Un misil cayó al mar.", "EFE"),
        ("(ANSA) - ROMA, 22 MAG - Un missile.", "ANSA"),
        ("REUTERS — A missile landed.", "Reuters"),
        ("By Ana Kim, Reuters", "Reuters"),
    ],
)
def test_datelines_credit(opening: str, agency: str) -> None:
    if opening.startswith("By"):
        assert credited_agencies([TEXT], (Author("Ana Kim"), Author("Reuters", "agency")), NAMES) == (agency,)
    else:
        assert credited_agencies([opening, TEXT, TEXT], (), NAMES) == (agency,)


@pytest.mark.parametrize(
    ("closing", "agencies"),
    [
        (TEXT + " — AFP", ("Agence France-Presse",)),
        (TEXT + " (dpa)", ("dpa",)),
        ("AP contributed", ("Associated Press",)),
        ("The Associated Press contributed to this report.", ("Associated Press",)),
        ("Ana Kim of the Associated Press in Seoul contributed to this report.", ()),
        ("Reuters and AFP contributed to this report", ("Reuters", "Agence France-Presse")),
        ("With reporting by Reuters", ("Reuters",)),
        ("Source: Xinhua", ("Xinhua News Agency",)),
        ("Quelle: kuestenpost.test, mli/dpa/AFP", ("dpa", "Agence France-Presse")),
        ("dpa/AFP", ("dpa", "Agence France-Presse")),
        ("(avec AFP)", ("Agence France-Presse",)),
        ("Mit Material von dpa und AFP", ("dpa", "Agence France-Presse")),
        ("Con información de EFE", ("EFE",)),
        ("© 2017 AFP", ("Agence France-Presse",)),
    ],
)
def test_closing_lines_credit(closing: str, agencies: tuple[str, ...]) -> None:
    expected = agencies or ("Associated Press",)
    assert credited_agencies([TEXT, TEXT, closing], (), NAMES) == expected


@pytest.mark.parametrize(
    "text",
    [
        "A witness told Reuters that it was loud.",
        "He spoke with Reuters.",
        "A man of Reuters (AP) was there.",
        "The AP reported - and others confirmed - a launch.",
        "Kim, according to Xinhua, was there.",
        "The ap on his phone (ap) - it rang.",
        "Photo: Reuters",
        "Follow AFP's account.",
    ],
)
def test_a_mention_is_no_credit(text: str) -> None:
    assert credited_agencies([text], (), NAMES) == ()
    assert credited_agencies([TEXT, TEXT, text], (), NAMES) == ()


def test_each_agency_is_named_once_in_the_order_of_the_article() -> None:
    paragraphs = ["SEOUL (Reuters) - A missile landed.", TEXT, "AFP and Reuters contributed to this report."]
    byline = (Author("AFP", "agency"),)
    assert credited_agencies(paragraphs, byline, NAMES) == ("Agence France-Presse", "Reuters")


def test_credits_in_the_middle_of_an_article_are_not_its_own() -> None:
    assert credited_agencies([TEXT] * 5 + ["SEOUL (Reuters) - A missile."] + [TEXT] * 5, (), NAMES) == ()


@given(st.lists(st.text(alphabet="AP (Reuters)-—. dpa/,", max_size=80), max_size=5))
def test_any_text_is_read(paragraphs: list[str]) -> None:
    assert set(credited_agencies(paragraphs, (), NAMES)) <= set(NAMES.values())


def test_no_names_no_credits() -> None:
    assert credited_agencies(["SEOUL (Reuters) - A missile landed."], (), {}) == ()


@pytest.mark.parametrize("unit", ["by ", "Reuters and ", "mit: ", "AP/", "( ", "— "])
def test_hostile_paragraphs_cost_little(unit: str) -> None:
    started = time.perf_counter()
    credited_agencies([unit * 10_000, unit * 50], (), NAMES)
    assert time.perf_counter() - started < 1


@pytest.mark.parametrize(
    ("text", "credited"),
    [
        ("PORT AVERIL, May 18 (Tidewire) - The government gave two tolls.", ("Tidewire",)),
        ("(Halyard) - Teachers marched through the capital.", ("Halyard",)),
        ("Port Averil, 18 May (Halyard News) — Teachers marched.", ("Halyard News",)),
        ("Jane Doe (Labour) - The member for Northport said no.", ()),
        ("The plan (Annex B) - a list of ports - was dropped.", ()),
        ("PORT AVERIL (a port) - The government gave two tolls.", ()),
    ],
)
def test_an_unknown_agency_is_credited_by_a_dateline_only(text: str, credited: tuple[str, ...]) -> None:
    assert credited_agencies([text], (), {"Reuters": "Reuters"}) == credited
