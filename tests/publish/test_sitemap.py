"""Sitemaps, robots.txt and OpenSearch: what their standards demand, and only where the site knows its address."""

from datetime import date

import pytest
from lxml import etree

from diurna.publish import sitemap
from diurna.publish.site_settings import SiteSettings
from diurna.publish.sitemap import SitemapLine, render_opensearch, render_robots, render_sitemaps

NS = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
SITE = SiteSettings(title="Acta & <Diurna>", base_url="https://acta.example/a&b/")
LINES = [
    SitemapLine("news/2017/05/22/slug.html", date(2017, 5, 23)),
    SitemapLine("context/kim.html"),
    SitemapLine("news/2016/12/31/slug.html", date(2016, 12, 31)),
    SitemapLine("news/2017/05/22/index.html"),
    SitemapLine("news/index.html"),
    SitemapLine("index.html"),
]


def locations(content: bytes) -> list[str]:
    return [element.text or "" for element in etree.fromstring(content).iter(f"{NS}loc")]


def test_pages_go_by_year_and_the_index_names_all_files() -> None:
    files = render_sitemaps(LINES, SITE)
    assert sorted(files) == ["sitemap-2016-1.xml", "sitemap-2017-1.xml", "sitemap-pages-1.xml", "sitemap.xml"]
    assert locations(files["sitemap.xml"]) == [f"https://acta.example/a&b/{name}" for name in sorted(files)[:-1]]
    assert locations(files["sitemap-2017-1.xml"]) == [
        "https://acta.example/a&b/news/2017/05/22/index.html",
        "https://acta.example/a&b/news/2017/05/22/slug.html",
    ]
    assert locations(files["sitemap-pages-1.xml"])[0].endswith("/context/kim.html")


def test_lastmod_stands_only_where_it_is_known() -> None:
    files = render_sitemaps(LINES, SITE)
    known = [element.text for element in etree.fromstring(files["sitemap-2017-1.xml"]).iter(f"{NS}lastmod")]
    assert known == ["2017-05-23"]
    index = [element.text for element in etree.fromstring(files["sitemap.xml"]).iter(f"{NS}lastmod")]
    assert index == ["2016-12-31", "2017-05-23"]


def test_no_file_holds_more_than_the_protocol_allows(monkeypatch: pytest.MonkeyPatch) -> None:
    assert sitemap.LARGEST == 50_000
    monkeypatch.setattr(sitemap, "LARGEST", 2)
    files = render_sitemaps([SitemapLine(f"news/2017/05/22/{n}.html") for n in range(5)], SITE)
    assert [len(locations(files[f"sitemap-2017-{n}.xml"])) for n in (1, 2, 3)] == [2, 2, 1]


def test_the_order_of_pages_does_not_matter() -> None:
    assert render_sitemaps(LINES, SITE) == render_sitemaps(LINES[::-1], SITE)


def test_a_site_without_an_address_has_only_robots() -> None:
    site = SiteSettings(title="Acta")
    assert render_sitemaps(LINES, site) == {}
    assert render_opensearch(site) == b""
    assert render_robots(site) == b"User-agent: *\nAllow: /\n"


def test_robots_names_the_sitemap() -> None:
    assert render_robots(SITE).decode().splitlines()[-1] == "Sitemap: https://acta.example/a&b/sitemap.xml"


def test_opensearch_names_the_search_page() -> None:
    root = etree.fromstring(render_opensearch(SITE))
    namespace = "{http://a9.com/-/spec/opensearch/1.1/}"
    assert root.findtext(f"{namespace}ShortName") == "Acta & <Diurna>"
    (url,) = root.findall(f"{namespace}Url")
    assert url.get("template") == "https://acta.example/a&b/search.html?q={searchTerms}"
