"""An entry's identity is what a reader sees of it on its day, whatever list carried it."""

from datetime import date

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from diurna.model import Citation, Entry, Topic, Wikilink, entry_id
from tests.model.record_strategies import records

ENTRY = Entry(
    id="",
    day=date(2017, 5, 21),
    text="Pohang sends relief workers up the coast.",
    category="Disasters and accidents",
    topics=(Topic("2017 floods", (Wikilink(0, 11, "2017 floods", "2017 floods"),)),),
    links=(Wikilink(0, 6, "Pohang", "Pohang"),),
    citations=(Citation("https://news.example/pohang", "Example News"),),
)


@given(records(Entry), st.text(), st.none() | st.text(), st.text())
def test_id_depends_neither_on_parent_nor_on_language_nor_on_the_id_given(
    entry: Entry, given_id: str, parent: str | None, language: str
) -> None:
    elsewhere = msgspec.structs.replace(entry, id=given_id, parent=parent, language=language)
    assert entry_id(elsewhere) == entry_id(entry)


@pytest.mark.parametrize(
    "change",
    [
        {"day": date(2017, 5, 22)},
        {"text": "Pohang sends relief workers down the coast."},
        {"category": "Science and technology"},
        {"topics": ()},
        {"topics": (Topic("2017 floods"),)},
        {"links": ()},
        {"links": (Wikilink(0, 6, "Pohang", "Pohang", "History"),)},
        {"links": (Wikilink(0, 6, "Pohang", "Pohang", site="ko"),)},
        {"links": (Wikilink(0, 5, "Pohang", "Pohan"),)},
        {"citations": ()},
        {"citations": (Citation("https://news.example/pohang", "Example News", "Wire"),)},
        {"citations": (Citation("https://news.example/pohang-2", "Example News"),)},
    ],
)
def test_id_depends_on_all_that_a_reader_sees(change: dict[str, object]) -> None:
    assert entry_id(msgspec.structs.replace(ENTRY, **change)) != entry_id(ENTRY)


@given(records(Entry), records(Entry))
def test_entries_of_one_id_look_alike(one: Entry, other: Entry) -> None:
    seen = [(entry.day, entry.category, entry.text, entry.links, entry.citations) for entry in (one, other)]
    if seen[0] != seen[1]:
        assert entry_id(one) != entry_id(other) or [link.shown for link in one.links] != [
            link.shown for link in other.links
        ]
