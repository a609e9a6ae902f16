"""Text that was encoded twice is mended, and text that only looks so is left alone."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from diurna.extract.mojibake import mend_mojibake


def twice(text: str) -> str:
    return text.encode().decode("cp1252", "replace") if "\ufffd" not in text else text


def test_text_encoded_twice_is_mended() -> None:
    text = "Die Zürcher Börse schloss höher, „trotz allem“ – für 3 €."
    broken = "".join(
        bytes([byte]).decode("cp1252") if byte not in (0x81, 0x8D, 0x8F, 0x90, 0x9D) else chr(byte)
        for byte in text.encode()
    )
    assert broken != text
    mended, count = mend_mojibake(broken)
    assert mended == text
    assert count == sum(character > "\x7f" for character in text)


@pytest.mark.parametrize(
    "text",
    [
        "Zürich, Genève, Kraków",
        "A page that shows Ã© where é belongs is broken: Zürich, Genève and Kraków are right.",
        "Ã©",
        "PORTUGAL: SÃO PAULO E A NAÇÃO",
        "Привет, Ðon",
    ],
)
def test_text_that_is_right_or_unsure_is_left_alone(text: str) -> None:
    assert mend_mojibake(text) == (text, 0)


@given(st.text())
def test_mending_never_fails_and_says_what_it_did(text: str) -> None:
    mended, count = mend_mojibake(text)
    assert (mended == text) == (count == 0)
