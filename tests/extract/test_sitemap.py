"""Sitemaps: of pages, of news, of sitemaps; streams with a bound on everything."""

import time
from datetime import UTC, datetime

import pytest

from diurna.extract.found import ListingSettings
from diurna.extract.sitemap import SitemapReading, read_sitemap
from tests.extract.captures import capture_of

SPACE = 'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"'
NEWS = """<url><loc>https://n.example/ferry</loc><lastmod>2017-05-23</lastmod>
<news:news><news:publication><news:name>The Kestrel Post</news:name>
<news:language>en</news:language></news:publication>
<news:publication_date>2017-05-22T10:00:00+02:00</news:publication_date><news:title>Ferry &amp; port</news:title>
<news:keywords>ferry, Kestrel Island</news:keywords></news:news>
<image:image><image:loc>https://n.example/i.jpg</image:loc><image:title>Not the title</image:title></image:image>
</url>"""


def read(text: str | bytes, limits: ListingSettings | None = None) -> SitemapReading:
    content = text.encode() if isinstance(text, str) else text
    return read_sitemap(content, capture_of(content, "https://n.example/sitemap.xml"), limits or ListingSettings())


def urlset(inner: str) -> str:
    return (
        f'<?xml version="1.0" encoding="UTF-8"?><urlset {SPACE} '
        'xmlns:news="http://www.google.com/schemas/sitemap-news/0.9" '
        f'xmlns:image="http://www.google.com/schemas/sitemap-image/1.1">{inner}</urlset>'
    )


def urls(reading: SitemapReading) -> list[str]:
    return [found.url for found in reading.pages]


def whats(reading: SitemapReading) -> list[str]:
    return [found.what for found in reading.problems]


def test_a_news_sitemap() -> None:
    reading = read(urlset(NEWS))
    assert reading.problems == ()
    (found,) = reading.pages
    assert (found.url, found.title, found.publisher) == ("https://n.example/ferry", "Ferry & port", "The Kestrel Post")
    assert (found.language, found.tags) == ("en", ("ferry", "Kestrel Island"))
    assert found.published is not None
    assert (found.published.time, found.published.found) == (
        datetime(2017, 5, 22, 8, tzinfo=UTC),
        "sitemap publication_date",
    )
    assert found.modified is not None
    assert (found.modified.granularity, found.modified.found) == ("day", "sitemap lastmod")
    assert found.source == "https://n.example/sitemap.xml"


def test_a_change_is_no_publication() -> None:
    (found,) = read(urlset("<url><loc>https://n.example/1</loc><lastmod>2017-05-23T01:02:03Z</lastmod></url>")).pages
    assert found.published is None
    assert found.modified is not None


def test_an_index_names_sitemaps() -> None:
    inner = "<sitemap><loc>/news.xml.gz</loc><lastmod>2017-05-23</lastmod></sitemap>"
    reading = read(f"<sitemapindex {SPACE}>{inner}</sitemapindex>")
    assert reading.pages == ()
    assert [found.url for found in reading.sitemaps] == ["https://n.example/news.xml.gz"]
    assert reading.sitemaps[0].modified is not None


def test_a_plain_list_is_a_sitemap_too() -> None:
    assert urls(read("https://n.example/1\r\nhttps://n.example/2\r\n")) == [
        "https://n.example/1",
        "https://n.example/2",
    ]


def test_no_namespace_a_wrong_one_and_other_prefixes() -> None:
    assert urls(read("<urlset><url><loc> https://n.example/1 </loc></url></urlset>")) == ["https://n.example/1"]
    other = '<s:urlset xmlns:s="http://www.google.com/schemas/sitemap/0.84"><s:url><s:loc>https://n.example/1</s:loc>'
    assert urls(read(other + "</s:url></s:urlset>")) == ["https://n.example/1"]
    undeclared = "<urlset><url><loc>https://n.example/1</loc><news:title>T</news:title></url></urlset>"
    assert [found.title for found in read(undeclared).pages] == ["T"]


@pytest.mark.parametrize("loc", ["javascript:alert(1)", "", "file:///x", "https://"])
def test_addresses_that_are_none_are_left_out(loc: str) -> None:
    reading = read(urlset(f"<url><loc>{loc}</loc></url><url><loc>https://n.example/2</loc></url>"))
    assert urls(reading) == ["https://n.example/2"]
    assert whats(reading) == ["url without an address left out"]


def test_what_breaks_off_is_read_as_far_as_it_goes() -> None:
    text = urlset("".join(f"<url><loc>https://n.example/{n}</loc></url>" for n in range(10)))
    reading = read(text[: text.index("/7<")])
    assert urls(reading) == [f"https://n.example/{n}" for n in range(7)]
    assert whats(reading) == ["the sitemap is malformed"]


def test_entities_stay_off() -> None:
    bomb = "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 10 if n else "lol"}">' for n in range(12))
    text = f'<!DOCTYPE urlset [{bomb}<!ENTITY x SYSTEM "file:///etc/hostname">]><urlset><url>'
    before = time.process_time()
    reading = read(text + "<loc>https://n.example/1</loc><news:title>&e11;&x;T</news:title></url></urlset>")
    assert time.process_time() - before < 1
    assert [len(found.title) < 50 for found in reading.pages] in ([True], [])


def test_addresses_are_counted_and_each_counts_once() -> None:
    text = urlset("".join(f"<url><loc>https://n.example/{n // 2}</loc></url>" for n in range(100)))
    reading = read(text, ListingSettings(max_addresses=20))
    assert urls(reading) == [f"https://n.example/{n}" for n in range(20)]
    assert whats(reading) == ["only the first addresses of the sitemap were taken"]
    assert len(read(text, ListingSettings(max_addresses=50)).pages) == 50


@pytest.mark.parametrize("piece", ["<a/>", "<a>", "<url><loc>", "<!-- x -->", "<loc>x</loc>"])
def test_elements_without_end_cost_little(piece: str) -> None:
    before = time.process_time()
    read(urlset(piece * 200_000), ListingSettings(max_addresses=1_000))
    assert time.process_time() - before < 3


def test_a_sitemap_that_is_too_large_is_read_to_its_limit() -> None:
    text = urlset("".join(f"<url><loc>https://n.example/{n:06}</loc></url>" for n in range(2_000)))
    reading = read(text, ListingSettings(max_bytes=20_000))
    assert 300 < len(reading.pages) < 500
    assert whats(reading) == ["only the beginning of the sitemap was read", "the sitemap is malformed"]


@pytest.mark.parametrize("content", [b"", b"<html><body>x</body></html>", b"<rss/>", b"words\n", b"<", b"\x00" * 100])
def test_what_is_no_sitemap_is_told(content: bytes) -> None:
    reading = read(content)
    assert reading.pages == ()
    assert [found.severity for found in reading.problems][-1] == "error"
