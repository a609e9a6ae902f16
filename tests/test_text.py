"""Text is cut where a reader would: at the end of a sentence, else at a word."""

import pytest

from diurna.text import cut_at_sentence, first_sentence, whole_sentences


@pytest.mark.parametrize(
    ("text", "limit", "cut"),
    [
        ("A ferry sank. Nobody was hurt in the end.", 30, "A ferry sank."),
        ("A ferry sank near the old harbour", 20, "A ferry sank near …"),
        ("A ferry sank.", 30, "A ferry sank."),
        ("It was Dr. Lund who saw the ferry go down", 20, "It was Dr. Lund who …"),
        ("x" * 40, 10, "xxxxxxxxx …"),
        ("", 10, ""),
    ],
)
def test_text_is_cut_at_a_sentence_or_a_word(text: str, limit: int, cut: str) -> None:
    assert cut_at_sentence(text, limit) == cut


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("The ferry sank. Crews said that the ...", "The ferry sank."),
        ("Crews said that the…", "Crews said that the …"),
        ("Three are dead in Velmora", "Three are dead in Velmora"),
        ("", ""),
    ],
)
def test_a_sentence_that_breaks_off_is_not_shown_as_one(text: str, shown: str) -> None:
    assert whole_sentences(text) == shown


def test_a_text_without_title_is_called_by_its_first_sentence() -> None:
    assert first_sentence("The ferry sank. Nobody\nwas hurt.") == "“The ferry sank.” (first words)"
    assert first_sentence(" \n") == ""
