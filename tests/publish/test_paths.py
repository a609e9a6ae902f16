"""Paths of pages, and which addresses may be linked."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from diurna.model import Image
from diurna.publish.paths import (
    category_path,
    day_path,
    image_path,
    licence_url,
    month_path,
    outside_url,
    relative_path,
    site_path,
    topic_path,
    year_path,
)


def test_days_months_and_years_lie_in_each_other() -> None:
    assert day_path(date(2017, 5, 2)) == "news/2017/05/02/index"
    assert month_path(2017, 5) == "news/2017/05/index"
    assert year_path(987) == "news/0987/index"


def test_permalinks_are_paths() -> None:
    assert site_path("/news/2017/05/22/slug") == "news/2017/05/22/slug"
    assert topic_path("/context/kim") == "topic/kim"
    assert topic_path("") == ""


@pytest.mark.parametrize(
    ("name", "path"),
    [("Law and crime", "category/law-and-crime"), ("Sports", "category/sports")],
)
def test_plain_categories_have_plain_paths(name: str, path: str) -> None:
    assert category_path(name) == path


@pytest.mark.parametrize(
    "name", ["Law and Crime", "law and crime", "政治", "Law  and crime", "Index", "../x", "x" * 300, "!?"]
)
def test_other_categories_get_a_path_of_their_own(name: str) -> None:
    path = category_path(name)
    assert path.startswith("category/")
    assert path not in (category_path("Law and crime"), "category/index")
    assert len(path) < 110
    assert ".." not in path


@given(st.text(min_size=1), st.text(min_size=1))
def test_categories_do_not_share_a_path(one: str, other: str) -> None:
    assert (one == other) == (category_path(one) == category_path(other))


@pytest.mark.parametrize(
    ("url", "linked"),
    [
        ("https://a.example/x?y=1&z=2#w", "https://a.example/x?y=1&z=2#w"),
        ("http://www.mfa.gov.tr/no_-149_-22-mayıs", "http://www.mfa.gov.tr/no_-149_-22-mayıs"),
        (" HTTPS://a.example/ ", "HTTPS://a.example/"),
        ('https://a.example/"><script>', "https://a.example/%22%3E%3Cscript%3E"),
        ("https://a.example/a b", ""),
        ("javascript:alert(1)", ""),
        ("java\nscript:alert(1)", ""),
        ("data:text/html,x", ""),
        ("file:///etc/passwd", ""),
        ("//a.example/", ""),
        ("https://", ""),
        ("https://[bad", ""),
        ("https:///x", ""),
        ("", ""),
    ],
)
def test_only_web_addresses_are_linked(url: str, linked: str) -> None:
    assert outside_url(url) == linked


@given(st.text())
def test_no_linked_address_ends_its_attribute(url: str) -> None:
    assert not set(outside_url("https://a.example/" + url)) & set(' \t\n\r"<>\\^`{|}\x00')


def test_pictures_lie_where_their_capture_says() -> None:
    assert image_path(Image("https://a.example/x.JPEG#y", capture="abc")) == "images/abc.jpg"
    assert image_path(Image("https://a.example/x.svg", capture="abc")) == "images/abc.jpg"
    assert image_path(Image("https://a.example/x.png")) == ""


def test_licences_are_linked_by_name_or_address() -> None:
    assert licence_url("CC BY-SA 4.0") == "https://creativecommons.org/licenses/by-sa/4.0/"
    assert licence_url("https://a.example/licence") == "https://a.example/licence"
    assert licence_url("Public domain") == ""


def test_files_are_named_relative_to_a_page() -> None:
    assert relative_path("index", "context/kim.md") == "context/kim.md"
    assert relative_path("news/2017/05/22/slug", "context/kim.md") == "../../../../context/kim.md"
