"""Traits of articles and entries: what is compared follows from the text, whatever the text."""

from datetime import date

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from diurna.group.terms import key_of, stem, stems
from diurna.group.traits import traits_of_article, traits_of_entry, unpacked
from diurna.model import Annotation, Article, Mention, Paragraph, Span, Timex
from tests.group.made import item

DAY = date(2017, 5, 21)


def article(title: str, *paragraphs: str) -> Article:
    return Article(
        id="a1",
        capture="c1",
        component="made/1",
        publisher="coast.example",
        url="https://coast.example/1",
        title=title,
        paragraphs=tuple(map(Paragraph, paragraphs)),
        language="en",
    )


def read(made: Article) -> Annotation:
    return Annotation(id="n1", of=f"article:{made.id}", component="none", language="en")


def test_title_weighs_more_than_the_body() -> None:
    made = article("Ferry aground", "A ship lay on the rocks.", "Tugs came.")
    keys, weights = unpacked(traits_of_article(made, read(made), DAY).words)
    weight = dict(zip(keys.tolist(), weights.tolist(), strict=True))
    assert weight[key_of(stem("ferry"))] > weight[key_of(stem("tugs"))] > 0
    assert weight[0] == 0


def test_day_and_years_are_those_of_the_article() -> None:
    made = article("Quake", "On Sunday, as in 1999 and 2011, the ground shook.")
    traits = traits_of_article(made, read(made), DAY)
    assert traits.day == DAY.toordinal()
    assert traits.years == {1999, 2011}
    assert traits.weekdays == 1 << 6
    assert traits_of_article(made, read(made), None).day == 0


def test_article_opens_with_people_and_places_by_the_last_words_of_their_names() -> None:
    made = article(
        "Moon meets Obama", "Moon Jae-in met Barack Obama Jr in Seoul.", "x " * 400, "Obama’s wife saw Busan."
    )
    names = {
        "Moon Jae-in": "person",
        "Barack Obama Jr": "person",
        "Seoul": "place",
        "Obama’s": "person",
        "Busan": "place",
    }
    mentions = tuple(
        Mention(id=name, of=f"article:{made.id}", span=Span(at, at + len(name)), text=name, kind=kind)
        for name, kind in names.items()
        for at in [made.text.index(name)]
    )
    traits = traits_of_article(made, replace(read(made), mentions=mentions), DAY)
    assert [key for key, _ in traits.people] == [key_of("obama"), key_of("jae")]  # in the title, and twice
    assert [key for key, _ in traits.places] == [key_of("seoul")]


def test_passages_are_sentences_that_name_a_day_and_no_lines_of_the_page() -> None:
    made = article(
        "Quake", "Updated: 2017-05-14 | Foreign desk", "On 2017-05-20 a bridge fell.", "On 2017-05-20 it rained."
    )
    days = ["2017-05-14", "2017-05-20"]
    mentions = tuple(
        Mention(id=day, of="a1", span=Span(at, at + 10), text=day, kind="time", timex=Timex("DATE", day))
        for day in days
        for at in [made.text.index(day)]
    )
    passages = traits_of_article(made, replace(read(made), mentions=mentions), DAY).passages
    assert [made.text[one.start : one.end].strip() for one in passages] == ["On 2017-05-20 a bridge fell."]


def test_what_an_article_says_of_a_day_in_several_sentences_goes_together() -> None:
    made = article(
        "Quake", "On 2017-05-20 a bridge fell.", "It was old.", "Nobody knew.", "On 2017-05-20 it rained hail."
    )
    mentions = tuple(
        Mention(id=f"d{at}", of="a1", span=Span(at, at + 10), text="d", kind="time", timex=Timex("DATE", "2017-05-20"))
        for at in [made.text.index("2017-05-20"), made.text.rindex("2017-05-20")]
    )
    (passage,) = traits_of_article(made, replace(read(made), mentions=mentions), DAY).passages
    assert {key_of(word) for word in stems("old hail")} <= set(passage.after)
    assert not {key_of(word) for word in stems("hail")} & set(passage.words)


def test_entry_is_one_and_has_its_links_as_names() -> None:
    entry = item("North Korea fires a missile", ["North Korea"])
    traits = traits_of_entry(entry)
    assert traits.is_entry
    assert traits.ref == f"entry:{entry.id}"
    assert len(unpacked(traits.names)[0]) == 2
    assert traits.day == DAY.toordinal()


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=200), st.lists(st.text(max_size=300), max_size=3))
def test_any_text_has_traits_in_order_with_sound_weights(title: str, paragraphs: list[str]) -> None:
    made = article(title, *paragraphs)
    one, two = (traits_of_article(made, read(made), DAY) for _ in range(2))
    assert one == two
    for packed in (one.words, one.lead, one.names, one.marks):
        keys, weights = unpacked(packed)
        assert keys[0] == 0
        assert (np.diff(keys.astype(int)) > 0).all()
        assert np.isfinite(weights).all()
        assert (weights[1:] >= 1).all()
