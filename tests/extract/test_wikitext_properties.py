"""What holds of every page, however broken."""

import unicodedata
from datetime import date

from hypothesis import given, settings
from hypothesis import strategies as st

from diurna.extract.entry_lines import read_line
from diurna.extract.wikitext import PortalReading, read_days
from diurna.extract.wikitext_text import read_passage

VALID = """{{Current events|year=2017|month=05|day=5|content=
<!-- All news items below this line -->
;Armed conflicts and attacks
*[[Civil War (A)|Civil War]]
**Forces take [[Town#Centre|the centre]], say [[it]] and {{nowrap|12 others}}. [http://n.example (''AFP'' via ''N'')]
***The [[UN]] answers.<ref name="x">{{cite news|url=http://n.example/2|title=T|work=[[W]]}}</ref>
'''Sports'''
*[[:fr:Match|A match]] ends {{convert|5|to|10|km|mi}} away. [http://m.example (M)], http://bare.example/3
*[[File:A.jpg|thumb|[[B]]]] A [[game]]s' night<br/> &nbsp;ends.<ref name=x />
}}
"""
PIECES = st.sampled_from(
    [
        "{{",
        "}}",
        "[[",
        "]]",
        "[http://a.example ",
        "[",
        "]",
        "|",
        "=",
        "<ref>",
        "</ref>",
        "<ref name=a/>",
        "<!--",
        "-->",
        "\n",
        "*",
        "''",
        "'''",
        ";",
        ":",
        "#",
        "<nowiki>",
        "</nowiki>",
        "{{{",
        "}}}",
        "&lt;",
        "&#x0;",
        "&#55555;",
        "convert|5|km|",
        "nowrap|",
        "File:",
        "//b.example",
        "javascript:",
        "<s>",
        "</s>",
        "\u200b",
        "e\u0301",
        "\x00",
        "\x04",
        "é",
        "word",
        " ",
        ".",
        "\ud800",
        "{{cite web|url=",
        "frac|",
        "Current events|",
        "2017|2|31",
        "==",
        "__TOC__",
        "(",
        ")",
    ]
)
TEXT = st.one_of(st.text(st.characters(), max_size=200), st.lists(PIECES, max_size=40).map("".join))
INVISIBLE = {"Cc", "Cs"}


def holds(reading: PortalReading) -> None:
    for day in reading.days:
        ids = {entry.id for entry in day.entries}
        assert len(ids) == len(day.entries)
        for entry in day.entries:
            assert entry.day == day.day
            assert entry.parent is None or entry.parent in ids
            for text, links in [(entry.text, entry.links), *((topic.text, topic.links) for topic in entry.topics)]:
                clean(text)
                assert text
                for link in links:
                    assert link.shown
                    assert text[link.start : link.end] == link.shown
                    assert link.target
            for citation in entry.citations:
                assert citation.url.startswith(("http://", "https://"))
                clean(citation.publisher)
                clean(citation.title)


def clean(text: str) -> None:
    assert unicodedata.is_normalized("NFC", text)
    assert text == " ".join(text.split())
    assert not any(unicodedata.category(character) in INVISIBLE for character in text)


@settings(max_examples=300, deadline=None)
@given(TEXT)
def test_any_text(text: str) -> None:
    holds(read_days(text, "p", date(2017, 5, 5)))


@settings(max_examples=300, deadline=None)
@given(TEXT)
def test_any_item(text: str) -> None:
    holds(read_days("{{Current events header|2017|05|5}}\n*It rains. " + text + " [http://n.example (N)]", "p"))


@settings(max_examples=300, deadline=None)
@given(st.integers(0, len(VALID)), st.integers(0, 60), TEXT)
def test_mutations_of_a_valid_page(at: int, length: int, text: str) -> None:
    holds(read_days(VALID[:at] + text + VALID[at + length :], "p", date(2017, 5, 5)))


@settings(max_examples=100, deadline=None)
@given(st.integers(0, len(VALID)))
def test_truncation(at: int) -> None:
    holds(read_days(VALID[:at], "p", date(2017, 5, 5)))


def test_the_valid_page_is_valid() -> None:
    reading = read_days(VALID, "p")
    assert [entry.text for entry in reading.days[0].entries] == [
        "Forces take the centre, say it and 12 others.",
        "The UN answers.",
        "A match ends 5 to 10 km (3.1 to 6.2 mi) away.",
        "A games' night ends.",
    ]
    assert reading.problems == ()


@settings(max_examples=200, deadline=None)
@given(st.text(st.characters(blacklist_characters="[]{}<>|'=_&\x04"), max_size=80))
def test_text_without_mark_up_keeps_its_words(text: str) -> None:
    passage = read_passage(text.replace("//", ""), "p")
    assert passage.links == []
    letters = [character for character in unicodedata.normalize("NFC", text) if character.isalpha()]
    kept = [character for character in passage.text if character.isalpha()]
    assert kept == letters


@settings(max_examples=200, deadline=None)
@given(
    st.one_of(
        st.binary(max_size=80),
        st.text(max_size=40).map(
            lambda text: ('{"date":"2017-05-05","text":"' + text + '"}').encode("utf-8", "replace")
        ),
    )
)
def test_any_line(raw: bytes) -> None:
    reading = read_line(raw, "l:1")
    assert (reading.entry is None) == any(found.severity == "error" for found in reading.problems)
    if reading.entry is not None:
        clean(reading.entry.text)
