"""Boilerplate: blocks that recur on a publisher's pages go, real paragraphs that recur stay; made pages, own words."""

from collections import Counter

from hypothesis import given
from hypothesis import strategies as st

from diurna.extract.boilerplate import (
    BoilerplateSettings,
    Seen,
    asked_keys,
    block_keys,
    epoch_of,
    lesson,
    without_boilerplate,
)
from diurna.model import Article, Image, Paragraph

SETTINGS = BoilerplateSettings()
BOX = "Never miss a tide: our newsletter brings the harbour to your inbox every morning."
SUBJECTS = ["Lighthouse", "Bakery", "Orchard", "Tramway", "Museum", "Quarry", "Chapel", "Viaduct", "Foundry", "Library"]
DAM = "The Orlo dam was finished in 1961 and holds the drinking water of three valleys."


def page(place: int, *more: str, title: str = "", **fields: object) -> Article:
    """One article of its own words, with more blocks in the middle of it."""
    name = SUBJECTS[place % len(SUBJECTS)] + str(place // len(SUBJECTS) or "")
    own = [
        f"The {name} of the town opens again on day {place} after a winter of repairs, its keepers said.",
        f"Visitors of the {name} pay {place + 3} crowns, and children who come with them pay nothing at all.",
        f"A second stage of the work on the {name} begins in {1990 + place} if the council finds the money.",
    ]
    texts = [*own[:2], *more, own[2]]
    return Article(
        id=f"a{place}",
        capture=f"c{place}",
        component="made/1",
        title=title or f"The {name}",
        publisher="Harbour News",
        paragraphs=tuple(map(Paragraph, texts)),
        **fields,  # type: ignore[arg-type]
    )


class Publisher:
    """What a chronicle keeps of one publisher: counts, and the counts of its last closed epoch."""

    def __init__(self) -> None:
        self.pages, self.counts = 0, Counter[str]()
        self.closed = Seen(0, 0, {})

    def read(self, article: Article) -> Article:
        """Read one page as of the last closed epoch, then learn from it."""
        read = without_boilerplate(article, self.closed, SETTINGS)
        known = {key: self.counts[key] for key in asked_keys(article) if key in self.counts}
        taught = lesson(article, Seen(self.pages, epoch_of(self.pages, SETTINGS), known), SETTINGS)
        assert set(taught) <= set(asked_keys(article))
        if taught:
            self.pages += 1
            self.counts.update(taught)
            if self.pages % SETTINGS.epoch_articles == 0:
                self.closed = Seen(self.pages, epoch_of(self.pages, SETTINGS), dict(self.counts))
        return read


def texts(article: Article) -> list[str]:
    return [block.text for block in article.paragraphs]


def test_a_box_on_every_page_goes_once_an_epoch_has_taught_it() -> None:
    publisher = Publisher()
    read = [publisher.read(page(place, BOX)) for place in range(6)]
    assert [BOX in texts(article) for article in read] == [True, True, True, True, False, False]
    assert [article.epoch for article in read] == [0, 0, 0, 0, 1, 1]
    (dropped,) = read[4].dropped
    assert (dropped.text, dropped.reason, dropped.because) == (BOX, "boilerplate", "on 4 of 4 pages of Harbour News")
    assert texts(read[4]) == texts(page(4))


def test_a_box_on_most_pages_goes() -> None:
    publisher = Publisher()
    for place in range(8):
        publisher.read(page(place, *[BOX] * (place % 4 != 1)))
    assert BOX not in texts(publisher.read(page(8, BOX)))


def test_background_of_a_running_subject_stays_and_the_box_beside_it_goes() -> None:
    publisher = Publisher()
    for place in range(8):
        if place % 2:
            publisher.read(page(place, DAM, BOX, title=f"Orlo dam, report {place}"))
        else:
            publisher.read(page(place, BOX))
    read = publisher.read(page(9, DAM, BOX, title="Engineers return to the Orlo dam"))
    assert DAM in texts(read)
    assert BOX not in texts(read)


def test_background_stays_where_all_that_is_known_of_an_outlet_is_about_one_subject() -> None:
    publisher = Publisher()
    for place in range(9):
        read = publisher.read(page(place, DAM, title=f"Orlo dam, report {place}"))
        assert DAM in texts(read)


def test_a_paragraph_in_three_of_nine_stories_stays_under_any_title() -> None:
    publisher = Publisher()
    for place in range(9):
        assert DAM in texts(publisher.read(page(place, DAM))) if place % 3 == 0 else publisher.read(page(place))


def test_a_word_of_the_publishers_name_is_no_subject() -> None:
    publisher = Publisher()
    for place in range(4):
        publisher.read(page(place, BOX, title=f"{SUBJECTS[place]} | Harbour News"))
    assert BOX not in texts(publisher.read(page(5, BOX, title="Museum | Harbour News")))


def test_updates_and_other_forms_of_one_article_teach_nothing() -> None:
    publisher = Publisher()
    first = page(0)
    for number in range(12):
        again = page(0, "One more line." if number % 2 else DAM, title=f"{first.title}, update {number}")
        read = publisher.read(again)
        assert texts(read) == texts(again)
    assert publisher.pages == 1


def test_the_same_title_with_other_words_teaches_nothing() -> None:
    publisher = Publisher()
    for place in range(9):
        publisher.read(page(place, BOX, title="In brief"))
    assert publisher.pages == 1


def test_a_box_of_one_section_goes_when_it_stood_on_many_pages() -> None:
    publisher = Publisher()
    for place in range(48):
        publisher.read(page(place, *[BOX] * (place % 4 == 0)))
    assert BOX not in texts(publisher.read(page(49, BOX)))


def test_lede_key_points_and_caption_are_looked_at_too() -> None:
    publisher = Publisher()
    motto = "All the news between the two piers."
    pages = [
        page(place, lede=motto, key_points=(BOX, f"Point {place}"), image=Image("i.jpg", caption="Pier at dawn"))
        for place in range(5)
    ]
    read = [publisher.read(article) for article in pages][-1]
    assert read.lede == ""
    assert read.key_points == ("Point 4",)
    assert read.image is not None
    assert read.image.caption == ""
    assert {block.text for block in read.dropped} == {motto, BOX, "Pier at dawn"}


def test_case_spaces_and_punctuation_do_not_matter_figures_do() -> None:
    one, other, third = (
        block_keys(Article(id="a", capture="c", component="made/1", paragraphs=(Paragraph(text),)))
        for text in ("Read 5 comments!", "READ  5 comments", "Read 6 comments")
    )
    assert one == other != third


@given(st.lists(st.tuples(st.integers(0, 30), st.booleans(), st.booleans()), max_size=30))
def test_nothing_is_lost_and_what_one_page_alone_has_stays(pages: list[tuple[int, bool, bool]]) -> None:
    """Every block of a page is in its article or in what was dropped, and only BOX and DAM ever go."""
    publisher = Publisher()
    for place, boxed, background in pages:
        article = page(place, *[BOX] * boxed, *[DAM] * background)
        read = publisher.read(article)
        gone = [block.text for block in read.dropped]
        assert sorted([*texts(read), *gone]) == sorted(texts(article))
        assert set(gone) <= {BOX, DAM}
