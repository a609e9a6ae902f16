"""The lead picture: its caption and its credit, wherever outlets put them, and never in the running text."""

from __future__ import annotations

import pytest

from diurna.extract.body_image import split_credit
from diurna.model import Image
from tests.extract.test_body import SENTENCES, TEXT, article

SHOWN = "Waves break over the wall of Port Averil on Tuesday."
SITE = "https://www.coastpost.test"


def image(body: str, head: str = "") -> Image:
    taken = article(body + TEXT, head)
    assert SHOWN not in taken.text
    assert [paragraph.text for paragraph in taken.paragraphs] == SENTENCES
    assert taken.image is not None
    return taken.image


@pytest.mark.parametrize(
    ("written", "caption", "credit"),
    [
        (f"{SHOWN} Photo: KCNA/EPA/REX/Shutterstock", SHOWN, "KCNA/EPA/REX/Shutterstock"),
        (f"{SHOWN} (Reuters/Desk Picture)", SHOWN, "Reuters/Desk Picture"),
        (f"{SHOWN} (Photo by Coast Desk / AFP)", SHOWN, "Coast Desk / AFP"),
        (f"{SHOWN} Foto: dpa", SHOWN, "dpa"),
        (f"{SHOWN} © Coast Post", SHOWN, "Coast Post"),
        (f"{SHOWN} | AFP", SHOWN, "AFP"),
        (f"{SHOWN} AP Photo/Coast Desk", SHOWN, "AP Photo/Coast Desk"),
        (f"{SHOWN} Image credit: Coast Desk", SHOWN, "Coast Desk"),
        ("Photo: Coast Desk", "", "Coast Desk"),
        (SHOWN, SHOWN, ""),
        ("The wall (built in 1890) and the sea.", "The wall (built in 1890) and the sea.", ""),
        ("The mayor (right) looks at the breach (left)", "The mayor (right) looks at the breach (left)", ""),
    ],
)
def test_credits_are_parted_from_captions(written: str, caption: str, credit: str) -> None:
    assert split_credit(written) == (caption, credit)


def test_caption_and_credit_of_a_figure_go_to_the_image() -> None:
    found = image(
        f"<figure><img src='/media/wall.jpg'><figcaption>{SHOWN} Photo: Coast Desk/EPA</figcaption></figure>",
        "<meta property='og:image' content='/media/wall.jpg'>",
    )
    assert (found.url, found.caption, found.credit) == (f"{SITE}/media/wall.jpg", SHOWN, "Coast Desk/EPA")


def test_credit_in_an_element_of_its_own() -> None:
    found = image(
        f"<div class='lead-media'><img src='/m/wall.jpg'><p class='caption-text'>{SHOWN}</p>"
        "<span class='photo-credit'>Coast Desk/Reuters</span></div>",
        "<meta property='og:image' content='/m/wall.jpg'>",
    )
    assert (found.caption, found.credit) == (SHOWN, "Coast Desk/Reuters")


@pytest.mark.parametrize(
    "picture",
    [
        "<img src='data:image/gif;base64,R0lGOD' data-src='/m/wall.jpg'>",
        "<img class='lazy' src='/m/1x1.gif' data-original='/m/wall.jpg'>",
        "<img srcset='/m/small.jpg 300w, /m/wall.jpg 1200w'>",
        "<div></div><noscript><img src='/m/wall.jpg'></noscript>",
    ],
)
def test_pictures_that_load_late_are_found(picture: str) -> None:
    found = image(f"<figure>{picture}<figcaption>{SHOWN}</figcaption></figure>")
    assert (found.url, found.caption) == (f"{SITE}/m/wall.jpg", SHOWN)


def test_sizes_of_one_picture_are_one_picture() -> None:
    found = image(
        f"<figure><img src='/m/wall-300x200.jpg'><figcaption>{SHOWN}</figcaption></figure>",
        "<meta property='og:image' content='https://www.coastpost.test/m/wall-1200x630.jpg'>",
    )
    assert (found.url, found.caption) == (f"{SITE}/m/wall-1200x630.jpg", SHOWN)


def test_caption_of_a_picture_further_down_is_neither_the_lead_s_nor_text() -> None:
    later = "<figure><img src='/m/pump.jpg'><figcaption>A pump on Quay Street.</figcaption></figure>"
    taken = article(
        f"<figure><img src='/m/wall.jpg'><figcaption>{SHOWN}</figcaption></figure>{TEXT}{later}"
        f"<p>{SENTENCES[0]} Yes.</p>",
        "<meta property='og:image' content='/m/wall.jpg'>",
    )
    assert taken.image is not None
    assert taken.image.caption == SHOWN
    assert "A pump" not in taken.text
    assert any(dropped.reason == "caption" and "A pump" in dropped.text for dropped in taken.dropped)
