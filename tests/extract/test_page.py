"""Pages of news: what they say of themselves is taken, whatever form and encoding they are in."""

from __future__ import annotations

import html
import json
from datetime import UTC, datetime

import pytest

from diurna.extract.page import COMPONENT, read_page
from diurna.extract.page_marks import decode_page, shown
from diurna.extract.settings import ExtractSettings
from diurna.model import Article, make_id
from tests.extract.news_pages import URL, article, capture, ld, meta, news, reading


def names(taken: Article) -> tuple[str, ...]:
    return tuple(author.name for author in taken.byline)


def published(taken: Article) -> datetime | None:
    return taken.published.time if taken.published else None


def image_url(head: str) -> str:
    image = article("<title>A launch</title>" + head).image
    return image.url if image else ""


def test_linked_data_gives_every_field() -> None:
    taken = article(
        ld(
            news(
                description="The projectile flew 500 km, the joint chiefs said.",
                image={
                    "@type": "ImageObject",
                    "url": "/photos/launch.jpg",
                    "caption": "A launch seen in the capital",
                    "creditText": "Ana Kim / Agency",
                    "width": "1200 px",
                    "height": {"@type": "QuantitativeValue", "value": 800},
                },
                author=[{"@type": "Person", "name": "By Ana Kim"}, "Lee Park"],
                publisher={"@type": "Organization", "name": "Coast Post", "logo": {"url": "/l.png"}},
                datePublished="2017-05-22T09:30:00+09:00",
                dateModified="2017-05-22T01:00:00Z",
                inLanguage="en_gb",
            )
        )
        + '<link rel="canonical" href="/world/launch-report#top">'
    )
    assert taken.id == make_id("article", "c1", COMPONENT, "quality")
    assert (taken.component, taken.capture, taken.url) == ("page/2", "c1", URL)
    assert taken.title == "Missile lands in the sea"
    assert taken.lede == "The projectile flew 500 km, the joint chiefs said."
    assert names(taken) == ("Ana Kim", "Lee Park")
    assert taken.publisher == "Coast Post"
    assert published(taken) == datetime(2017, 5, 22, 0, 30, tzinfo=UTC)
    assert taken.modified is not None
    assert taken.modified.time == datetime(2017, 5, 22, 1, tzinfo=UTC)
    assert taken.language == "en-GB"
    assert taken.canonical == "https://www.coastpost.test/world/launch-report"
    assert taken.image is not None
    assert taken.image.url == "https://www.coastpost.test/photos/launch.jpg"
    assert (taken.image.caption, taken.image.credit) == ("A launch seen in the capital", "Ana Kim / Agency")
    assert taken.image.width == 1200
    assert taken.paragraphs == ()


def test_open_graph_speaks_where_there_is_no_linked_data() -> None:
    taken = article(
        meta(
            og_title="Missile lands in the sea",
            og_description="It flew 500 km.",
            og_image="https://cdn.test/a/launch.jpg",
            **{"og_image:width": "1200", "og_image:height": "630", "og_image:alt": "Smoke over a hill"},
            og_site_name="Coast Post",
            og_locale="ko_KR",
            article_published_time="2017-05-22 09:30:00 +0900",
            article_author="https://social.test/ana",
        )
        + '<meta name="author" content="Ana Kim and Lee Park">'
    )
    assert (taken.title, taken.lede, taken.publisher) == ("Missile lands in the sea", "It flew 500 km.", "Coast Post")
    assert taken.image is not None
    assert (taken.image.width, taken.image.height, taken.image.alt) == (1200, 630, "Smoke over a hill")
    assert published(taken) == datetime(2017, 5, 22, 0, 30, tzinfo=UTC)
    assert taken.language == "en"  # what the page itself is marked as comes before the card's locale
    assert names(taken) == ("Ana Kim", "Lee Park")


def test_card_then_head_are_the_last_resort() -> None:
    card = (
        '<meta name="twitter:title" content="Card title"><meta name="twitter:image" content="//cdn.test/p/launch.jpg">'
    )
    taken = article('<title>Head title</title><meta name="description" content="Of the head.">' + card)
    assert (taken.title, taken.lede) == ("Card title", "Of the head.")
    assert taken.image is not None
    assert taken.image.url == "https://cdn.test/p/launch.jpg"
    assert article("<title>Head title</title>").title == "Head title"


_RELEASE = "<p>The fire aboard the ferry Grey Heron began at 7.41 this morning and was under control by 10.15.</p>" * 2


@pytest.mark.parametrize(
    ("body", "title"),
    [
        (
            "<h3>Fire aboard the Grey Heron: first statement</h3>" + _RELEASE,
            "Fire aboard the Grey Heron: first statement",
        ),
        ("<h3>Latest news</h3>" + _RELEASE, "Press office - Release"),
        ("<h3>Press release: fire aboard</h3>" + _RELEASE, "Press office - Release"),
        ("<h3>Fire aboard the ferry</h3><h3>Tugs this morning</h3>" + _RELEASE, "Press office - Release"),
        (_RELEASE + "<h3>Fire aboard the Grey Heron</h3>", "Press office - Release"),
        ("<h1>Velmora</h1><h3>Fire aboard the Grey Heron</h3>" + _RELEASE, "Press office - Release"),
    ],
)
def test_heading_over_the_text_stands_for_a_title_that_names_a_kind_of_page(body: str, title: str) -> None:
    assert article("<title>Press office - Release</title>", body).title == title


def test_title_of_a_drawing_is_no_title() -> None:
    assert article("", "<svg><title>Menu</title></svg><title>Launch</title>").title == "Launch"


@pytest.mark.parametrize(
    "written",
    [
        lambda raw: raw.replace("}", ",}"),
        html.escape,
        lambda raw: f"<!-- {raw} -->",
        lambda raw: f"//<![CDATA[\n{raw}\n//]]>",
        lambda raw: raw + ";",
        lambda raw: raw.replace("sea", "\tsea"),
        lambda raw: f'[[{{"@type": "BreadcrumbList"}}, {raw}]]',
        lambda raw: f'{{"@graph": [{raw}]}}',
        lambda raw: f'{{"@type": "WebPage", "mainEntity": {raw}}}',
        lambda raw: '{"@type": "Organization"}' + raw,
        lambda raw: raw.replace('"NewsArticle"', '["http://schema.org/ReportageNewsArticle"]'),
    ],
)
def test_linked_data_is_read_in_the_forms_that_sites_serve(written) -> None:  # type: ignore[no-untyped-def]
    raw = written(json.dumps(news(description="It flew 500 km.")))
    result = reading(f'<title>Other</title><script type="application/ld+json">{raw}</script>')
    assert result.article is not None
    assert (result.article.title, result.article.lede) == ("Missile lands in the sea", "It flew 500 km.")
    assert result.problems == ()


def test_of_broken_linked_data_the_plain_fields_are_kept_and_it_is_told() -> None:
    broken = '{"@type":"NewsArticle","headline":"Missile \\u2013 \\"lands\\"","datePublished":"2017-05-22", "image": [{'
    result = reading(f'<title>Other</title><script type="application/ld+json">{broken}</script>')
    assert result.article is not None
    assert result.article.title == 'Missile – "lands"'
    assert published(result.article) == datetime(2017, 5, 22, tzinfo=UTC)
    (told,) = result.problems
    assert (told.severity, told.where, told.capture) == ("notice", URL, "c1")


def test_a_date_that_lies_in_the_future_is_left_out_and_told() -> None:
    told = reading(
        ld(news(datePublished="2031-05-22T09:00:00Z")), "<p>" + "A launch was seen. " * 20, url="https://a.test/x"
    )
    assert told.article is not None
    assert told.article.published is None
    (notice,) = (one for one in told.problems if "future" in one.what)
    assert (notice.severity, notice.received) == ("notice", "2031-05-22T09:00:00Z")
    known = reading(ld(news(datePublished="2017-05-22T09:00:00Z")), "<p>" + "A launch was seen. " * 20)
    assert not [one for one in known.problems if "future" in one.what]


def test_references_within_a_graph_are_followed() -> None:
    graph = [
        news(author={"@id": "#ana"}, publisher={"@id": "#post"}, image={"@id": "#photo"}),
        {"@type": "Person", "@id": "#ana", "name": "Ana Kim"},
        {"@type": "Organization", "@id": "#post", "name": "Coast Post"},
        {"@type": "ImageObject", "@id": "#photo", "contentUrl": "https://cdn.test/x/launch.jpg"},
    ]
    taken = article(ld({"@graph": graph}))
    assert (names(taken), taken.publisher) == (("Ana Kim",), "Coast Post")
    assert taken.image is not None
    assert taken.image.url == "https://cdn.test/x/launch.jpg"


def test_of_several_articles_the_one_at_this_address_counts() -> None:
    others = [news(headline="Another day", url="https://www.coastpost.test/other")]
    here = news(headline="This one", mainEntityOfPage={"@type": "WebPage", "@id": URL, "name": "Page"})
    assert article(ld([*others, here])).title == "This one"
    assert article(ld([*others, news(headline="This one")]) + meta(og_title="This one")).title == "This one"


def test_parts_of_lists_are_not_the_article() -> None:
    teasers = {"@type": "ItemList", "itemListElement": [news(headline="Teaser", description="Of another page.")]}
    taken = article(ld(teasers) + "<title>Launch</title>")
    assert (taken.title, taken.lede) == ("Launch", "")


@pytest.mark.parametrize(
    ("written", "title"),
    [
        ("Launch seen | Coast Post", "Launch seen"),
        ("Launch seen - World - The Coast Post", "Launch seen - World"),
        ("Coast Post: Launch seen", "Launch seen"),
        ("Launch seen – coastpost.test", "Launch seen"),
        ("Seoul - Pyongyang talks", "Seoul - Pyongyang talks"),
        ("Coast Post", "Coast Post"),
    ],
)
def test_name_of_the_site_is_cut_from_titles(written: str, title: str) -> None:
    assert article(meta(og_site_name="Coast Post") + f"<title>{written}</title>").title == title


def test_rest_behind_the_page_s_heading_is_cut() -> None:
    assert (
        article("<title>Launch - day two - World</title>", "<h1>Launch <b>- day two</b></h1>").title
        == "Launch - day two"
    )


def test_cut_texts_are_kept_as_they_are_unless_another_goes_on() -> None:
    assert article("<title>Launch</title>" + meta(og_description="It flew over...")).lede == "It flew over..."
    assert article(ld(news(headline="Missile la…")) + meta(og_title="Missile lands")).title == "Missile lands"


@pytest.mark.parametrize(
    "lede",
    [
        "Coast Post",
        "Read more",
        " ",
        "Missile lands in the sea | Coast Post",
        "This site uses cookies to improve what you see.",
        "News from the coast",
        "undefined",
        "{{ entry.teaser }}",
        "https://www.coastpost.test/",
    ],
)
def test_boilerplate_is_no_description(lede: str) -> None:
    site = {"@type": "WebSite", "name": "Coast Post", "description": "News from the coast"}
    head = ld(news(), site) + meta(og_description=lede)
    assert article(head).lede == ""
    assert article(head + '<meta name="description" content="It flew 500 km.">').lede == "It flew 500 km."


def test_one_word_of_a_script_without_spaces_is_a_description() -> None:
    assert article("<title>x y</title>" + meta(og_description="朝鮮發射飛彈")).lede == "朝鮮發射飛彈"


@pytest.mark.parametrize(
    ("raw", "text"),
    [
        ("Kim&#8217;s", "Kim’s"),
        ("Kim&amp;#8217;s", "Kim’s"),
        ("AT&T and 3 < 4", "AT&T and 3 < 4"),
        ("<p>One</p><p>two <b>three</b></p>", "One two three"),
        ("if a<b then", "if a<b then"),
        ("one\u202e\u200b \n\t two\x07", "one two"),
        ("Cafe\u0301", "Café"),
        ("x" * 30, "x" * 19 + "…"),
        ("word " * 9, "word word word word…"),
    ],
)
def test_text_is_shown_as_a_reader_sees_it(raw: str, text: str) -> None:
    assert shown(raw, 20 if len(raw) == 30 or raw.startswith("word") else 100) == text


@pytest.mark.parametrize(
    ("content", "encoding"),
    [
        ("<meta charset='iso-8859-1'><title>Kraków – Zürich</title>", "utf-8"),
        ("<title>Zürich “Genève”</title>", "windows-1252"),
        ("<meta charset='iso-8859-1'><title>Zürich “Genève”</title>", "windows-1252"),
        (
            "<meta http-equiv='Content-Type' content='text/html; charset=windows-1251'><title>Москва</title>",
            "windows-1251",
        ),
        ("<meta charset=gb2312><title>朝鮮</title>", "gb18030"),
        ("<meta charset=Shift_JIS><title>北朝鮮</title>", "cp932"),
        ("<?xml version='1.0' encoding='EUC-KR'?><html><title>북한</title>", "euc-kr"),
        ("<meta charset=iso-2022-jp><title>北朝鮮</title>", "iso2022_jp"),
        ("<meta charset=rot13><title>Plain</title>", "ascii"),
        ("<meta charset=utf-16><title>Zürich</title>", "utf-8"),
        ("<title>Zürich</title>", "utf-8-sig"),
        ("<title>Zürich</title>", "utf-16"),
    ],
)
def test_encodings_are_found(content: str, encoding: str) -> None:
    assert decode_page(content.encode(encoding), "text/html") == content
    taken = read_page(content.encode(encoding), capture()).article
    assert taken is not None
    assert taken.title == content.partition("<title>")[2].partition("</title>")[0]


def test_one_broken_character_does_not_change_the_encoding() -> None:
    page = "<title>Zürich, Genève, Kraków</title>".encode() + b"<p>\xe9</p>"
    assert decode_page(page, "text/html").startswith("<title>Zürich, Genève, Kraków")


@pytest.mark.parametrize(
    "url",
    [
        "data:image/png;base64,AAAA",
        "javascript:alert(1)",
        "file:///etc/passwd",
        "https://cdn.test/img/site-logo.png",
        "https://cdn.test/applogos/coastpost.png",
        "https://cdn.test/img/defaultPromo.png",
        "https://cdn.test/img/default.jpg",
        "https://cdn.test/placeholder_16x9.jpg",
        "https://cdn.test/apple-touch-icon-180x180.png",
        "https://cdn.test/images/og-image.png",
        "https://cdn.test/themes/2020/facebook.jpg",
        "https://cdn.test/mark.svg",
        "https://cdn.test/1x1.gif",
        "#primaryimage",
        "https://cdn.test/house-mark.png?w=600",
    ],
)
def test_logos_trackers_and_stand_ins_are_no_cover(url: str) -> None:
    publisher = {"name": "Coast Post", "logo": {"@type": "ImageObject", "url": "https://cdn.test/house-mark.png"}}
    head = ld(news(publisher=publisher)) + meta(og_image=url)
    assert image_url(head) == ""
    second = '<meta name="twitter:image" content="https://cdn.test/2017/05/launch.jpg">'
    assert image_url(head + second) == "https://cdn.test/2017/05/launch.jpg"


@pytest.mark.parametrize(
    "url",
    [
        "https://cdn.test/sites/default/files/kim.jpg",
        "https://cdn.test/image/58215_default_1u.jpg",
        "https://cdn.test/workers-hang-new-search-company-logo-over-entrance.jpg",
        "https://cdn.test/2017/05/facebook.jpg",
        "https://cdn.test/silicon-valley.jpg",
        "https://cdn.test/catalogo.jpg",
        "https://cdn.test/missing-children.jpg",
        "https://cdn.test/new-pixel-phone.jpg",
    ],
)
def test_photographs_with_such_words_in_their_address_stay(url: str) -> None:
    assert image_url(meta(og_image=url)) == url


def test_pictures_too_small_to_be_a_cover_are_passed_over() -> None:
    small = meta(og_image="https://cdn.test/a/x.gif", **{"og_image:width": "1", "og_image:height": "1"})
    assert image_url(small) == ""
    assert image_url(ld(news(image={"url": "https://cdn.test/a/y.jpg", "width": 180, "height": 180}))) == ""


def test_widest_of_several_crops_is_taken() -> None:
    crops = [
        {"url": f"https://cdn.test/p/launch-{width}.jpg", "width": width, "height": 700} for width in (700, 1200, 900)
    ]
    assert image_url(ld(news(image=crops))) == "https://cdn.test/p/launch-1200.jpg"


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("2017-05-22T09:30:00.000Z", datetime(2017, 5, 22, 9, 30, tzinfo=UTC)),
        ("2017-05-22T23:30:00-0400", datetime(2017, 5, 23, 3, 30, tzinfo=UTC)),
        ("2017-05-22", datetime(2017, 5, 22, tzinfo=UTC)),
        ("2017-02-31", None),
        ("1970-01-01T00:00:00Z", None),
        ("0001-01-01T00:00:00+14:00", None),
        ("2031-01-01", None),
        ("yesterday", None),
    ],
)
def test_times_are_aware_and_possible(written: str, read: datetime | None) -> None:
    page = f"<title>Launch</title>{ld(news(datePublished=written))}".encode()
    seen = capture("https://coastpost.test/launch-report")
    taken = read_page(page, seen, ExtractSettings(thoroughness="bulk")).article
    assert taken is not None
    assert published(taken) == read


def test_time_with_a_zone_is_better_than_one_without() -> None:
    head = ld(news(datePublished="2017-05-22T09:30:00")) + meta(article_published_time="2017-05-22T09:30:00+09:00")
    assert published(article(head)) == datetime(2017, 5, 22, 0, 30, tzinfo=UTC)


def test_page_was_not_changed_before_it_was_published() -> None:
    assert article(ld(news(datePublished="2017-05-22", dateModified="2017-05-21"))).modified is None


def test_addresses_are_web_addresses() -> None:
    head = "<title>Launch</title>"
    assert article(head + '<link rel="canonical" href="javascript:alert(1)">').canonical == ""
    assert article(head + '<link rel="canonical" href="/">').canonical == ""
    assert article(head + '<link rel="canonical" href="http://[bad">').canonical == ""
    saved = article(head + '<link rel="canonical" href="https://coastpost.test/a">', url="file:///home/a.html")
    assert saved.url == "https://coastpost.test/a"
    assert article(head, url="file:///home/a.html").url == ""


@pytest.mark.parametrize(
    ("author", "byline"),
    [
        ("By Ana Kim, Lee Park and Jo Roh", ("Ana Kim", "Lee Park", "Jo Roh")),
        ("Kim, Ana", ("Kim, Ana",)),
        ("Martin King, Jr.", ("Martin King, Jr.",)),
        ("Coast Post", ()),
        ("ana@coastpost.test", ()),
        ("admin", ()),
    ],
)
def test_bylines_name_people(author: str, byline: tuple[str, ...]) -> None:
    assert names(article(ld(news(author={"name": author})) + meta(og_site_name="Coast Post"))) == byline
