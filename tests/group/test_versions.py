"""Versions: the same article again, and what changed between two."""

from datetime import UTC, datetime

from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from diurna.group.versions import Difference, Piece, difference, same_article
from diurna.model import Article, Author, Dating, Dropped, Paragraph

FIRST = "A ferry burned off the island of Velmora on Thursday and 12 people died, the coast guard said."
SECOND = "The fire began in the engine room, and the crew gave it up within twenty minutes."
THIRD = "Ferries between the islands will sail again on Monday."
WORDS = st.lists(st.sampled_from(["the", "pier", "12", "港口", "said,", "Orlo", "a-b", "…"]), max_size=12).map(" ".join)


def article(*texts: str, title: str = "Ferry burns", capture: str = "c1", **fields: object) -> Article:
    return Article(
        id=capture,
        capture=capture,
        component="made/1",
        title=title,
        paragraphs=tuple(map(Paragraph, texts)),
        **fields,  # type: ignore[arg-type]
    )


def dating(hour: int = 0, granularity: str = "day", found: str = "meta") -> Dating:
    return Dating(datetime(2017, 5, 18, hour, tzinfo=UTC), granularity, found, "18 May", 0.9)


def test_the_same_article_from_another_capture_is_the_same() -> None:
    assert same_article(article(FIRST, SECOND), article(FIRST, f" {SECOND}\n", capture="c2", section="World"))


def test_where_a_date_was_found_and_how_exact_it_is_makes_no_version() -> None:
    one = article(FIRST, published=dating(9, "minute"))
    assert same_article(one, article(FIRST, published=dating(0, "day", "address")))
    assert not same_article(one, article(FIRST, published=dating(10, "minute")))
    assert not same_article(one, article(FIRST))


def test_headline_text_key_points_and_wholeness_make_a_version() -> None:
    one = article(FIRST, SECOND)
    for other in (
        replace(one, title="Ferry burns; 15 dead"),
        article(FIRST.replace("12", "15"), SECOND),
        article(FIRST),
        replace(one, key_points=("12 people died",)),
        replace(one, modified=dating()),
        replace(one, whole=False),
    ):
        assert not same_article(one, other)
        assert not same_article(other, one)


def test_a_block_that_was_learned_to_be_boilerplate_in_between_is_no_change() -> None:
    box = "Never miss a tide: our newsletter."
    before = article(FIRST, box, SECOND)
    after = replace(article(FIRST, SECOND), dropped=(Dropped(box, "boilerplate", "on 4 of 4 pages"),), epoch=1)
    assert same_article(before, after)
    assert difference(before, after) == ()
    assert not same_article(before, article(FIRST, SECOND))


def test_a_difference_names_each_part_that_changed() -> None:
    before = article(FIRST, SECOND, title="Ferry burns", byline=(Author("Harbour desk", "desk"),), published=dating())
    after = article(
        FIRST.replace("12", "15"),
        THIRD,
        title="Ferry burns off Velmora",
        byline=(Author("Wire Agency", "agency"),),
        lede="Fifteen died.",
        published=dating(),
        modified=dating(11, "minute"),
        key_points=("15 people died",),
    )
    assert [(change.kind, bool(change.before), bool(change.after)) for change in difference(before, after)] == [
        ("headline", True, True),
        ("byline", True, True),
        ("lede", False, True),
        ("modified", False, True),
        ("key points", False, True),
        ("text", True, True),
        ("text", False, True),
        ("text", True, False),
    ]


def test_a_changed_paragraph_is_told_word_by_word() -> None:
    (change,) = difference(article(FIRST, SECOND), article(FIRST.replace("12 people", "15 people"), SECOND))
    assert [piece for piece in change.pieces if piece.kind != "same"] == [Piece("removed", "12"), Piece("added", "15")]


def test_text_without_spaces_is_told_by_character() -> None:
    (change,) = difference(article("渡轮起火十二人死亡"), article("渡轮起火十五人死亡"))
    assert [piece for piece in change.pieces if piece.kind != "same"] == [Piece("removed", "二"), Piece("added", "五")]


def test_a_paragraph_put_in_is_no_change_of_its_neighbours() -> None:
    changes = difference(article(FIRST, SECOND), article(FIRST, THIRD, SECOND))
    assert changes == (Difference("text", "", THIRD),)


def test_a_very_long_paragraph_is_not_compared_word_by_word() -> None:
    long = " ".join(f"word{place}" for place in range(6_000))
    (change,) = difference(article(long), article(f"{long} more"))
    assert [piece.kind for piece in change.pieces] == ["removed", "added"]


@given(st.lists(WORDS, max_size=6), st.lists(WORDS, max_size=6), WORDS, WORDS)
def test_differences_hold_all_of_both_texts(old: list[str], new: list[str], title: str, other: str) -> None:
    """Pieces give back what was and what is; no difference at all means the same article."""
    before, after = article(*old, title=title), article(*new, title=other)
    changes = difference(before, after)
    assert (changes == ()) == same_article(before, after)
    for change in changes:
        if change.pieces:
            assert "".join(piece.text for piece in change.pieces if piece.kind != "added") == change.before
            assert "".join(piece.text for piece in change.pieces if piece.kind != "removed") == change.after
    texts = [text for text in old if text]
    for change in changes:
        if change.kind == "text" and change.before:
            texts.remove(change.before)
    texts += [change.after for change in changes if change.kind == "text" and change.after]
    assert sorted(texts) == sorted(text for text in new if text)
