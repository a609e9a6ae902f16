"""Feeds that a site's page names as its own, and what it says of the site."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from diurna.extract.feed_links import FeedLink, HomePage, read_home

HOME = "https://coast.example/home/"


def read(head: str, media_type: str = "text/html", address: str = HOME) -> HomePage:
    return read_home(f"<!DOCTYPE html>{head}".encode(), media_type, address)


def link(href: str, kind: str = "application/rss+xml", rel: str = "alternate", title: str = "") -> str:
    return f'<link rel="{rel}" type="{kind}" title="{title}" href="{href}">'


def test_name_language_and_feeds_in_the_order_of_the_page() -> None:
    home = read(
        '<html lang="sv-SE"><head><title>Start | Coast</title>'
        '<meta property="og:site_name" content="The Coast &amp; Co">'
        + link("/feed.xml", title="All  news")
        + link("atom", "APPLICATION/ATOM+XML", "Alternate home")
        + link("https://other.example/f.json", "application/feed+json")
        + link("../rdf", "application/rdf+xml")
        + "</head><body><p>Hello</p></body></html>"
    )
    assert home == HomePage(
        name="The Coast & Co",
        language="sv-SE",
        feeds=(
            FeedLink("https://coast.example/feed.xml", "All news"),
            FeedLink("https://coast.example/home/atom"),
            FeedLink("https://other.example/f.json"),
            FeedLink("https://coast.example/rdf"),
        ),
    )


def test_what_is_no_feed_of_the_site_is_left_out() -> None:
    links = [
        link("/de/", "text/html"),
        link("/style", "text/css", "stylesheet"),
        link("/feed", rel="self"),
        link("/comments/feed/"),
        link("/x", title="Coast » Comments Feed"),
        link("javascript:alert(1)"),
        link("file:///etc/passwd"),
        link(""),
        link("/feed"),
        link("/feed"),
    ]
    assert read(f"<head>{''.join(links)}</head>").feeds == (FeedLink("https://coast.example/feed"),)


def test_base_counts_and_title_stands_in_for_a_name() -> None:
    home = read(f'<head><base href="https://cdn.example/s/"><title> Coast\n News </title>{link("feed")}</head>')
    assert (home.name, home.feeds) == ("Coast News", (FeedLink("https://cdn.example/s/feed"),))


def test_encoding_is_the_one_that_the_server_names() -> None:
    content = "<html><title>Küste</title></html>".encode("latin-1")
    assert read_home(content, "text/html; charset=iso-8859-1", HOME).name == "Küste"


def test_page_with_feeds_without_end_gives_some() -> None:
    assert len(read("".join(link(f"/{number}") for number in range(500))).feeds) == 50


@pytest.mark.parametrize("content", [b"", b"\0\0", b"<", b"<!-- -->", b"plain words", b"\xff\xfe<"])
def test_what_is_no_page_names_nothing(content: bytes) -> None:
    assert read_home(content, "text/html", HOME).feeds == ()


@given(st.binary(max_size=300), st.sampled_from(["text/html", "text/html; charset=utf-16", ""]))
def test_any_bytes_are_taken(content: bytes, media_type: str) -> None:
    assert isinstance(read_home(b"<head><link rel=alternate " + content, media_type, HOME), HomePage)
