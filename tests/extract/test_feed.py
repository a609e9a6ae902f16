"""Feeds: what items give, dates in every style, and feeds that are broken, hostile or none."""

import time
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from diurna.extract.feed import FeedReading, FeedSettings, read_feed
from diurna.model import Author, Dating, Image, Paragraph
from tests.extract.captures import OBSERVED, capture_of

SENTENCE = "The ferry to Kestrel Island stays in port while the engineers look at its second engine. "
BODY = f"""<p>{SENTENCE * 5}</p><h2>What is <em>known</em></h2><p>{SENTENCE * 4}</p><ul><li>No one was hurt</li></ul>
<blockquote><p>We wait for parts.</p></blockquote><script>alert(1)</script>
<img src="https://feeds.feedburner.com/~r/n/1" width="1" height="1">
<p>The post Ferry stays in port appeared first on The Kestrel Post.</p>"""
RSS = f"""<?xml version="1.0" encoding="UTF-8"?>
<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:dc="http://purl.org/dc/elements/1.1/"
 xmlns:media="http://search.yahoo.com/mrss/" xmlns:atom="http://www.w3.org/2005/Atom">
<channel><title>The Kestrel Post</title><link>/</link><language>en-gb</language><ttl>30</ttl>
<atom:link rel="next" href="?page=2"/>
<item><title>Ferry stays in port &amp;amp; waits</title><link>/2017/05/22/ferry?a=1&amp;b=2</link><guid>ferry-1</guid>
<pubDate>Mon, 22 May 2017 10:00:00 EST</pubDate><dc:creator>Harbour desk</dc:creator><category>Transport</category>
<description>&lt;p&gt;An engine failed.&lt;/p&gt;</description><content:encoded><![CDATA[{BODY}]]></content:encoded>
<media:content url="/i/ferry.jpg" medium="image" width="800" height="600">
<media:credit>Post</media:credit></media:content>
</item>
<item><title>Second</title><link>https://n.example/second</link><description>Only a summary.</description></item>
</channel></rss>"""


def read(text: str | bytes, limits: FeedSettings | None = None, media_type: str = "") -> FeedReading:
    content = text.encode() if isinstance(text, str) else text
    return read_feed(content, capture_of(content, media_type=media_type), limits or FeedSettings())


def rss(items: str, head: str = "") -> str:
    return f'<rss version="2.0"><channel><title>T</title>{head}{items}</channel></rss>'


def item(number: int, **fields: str) -> str:
    given = {"title": f"Title {number}", "link": f"https://n.example/{number}", "guid": f"g{number}"} | fields
    return "<item>" + "".join(f"<{name}>{value}</{name}>" for name, value in given.items() if value) + "</item>"


def whats(reading: FeedReading) -> list[str]:
    return [found.what for found in reading.problems]


def test_an_item_with_its_whole_text() -> None:
    reading = read(RSS)
    assert reading.problems == ()
    assert (reading.title, reading.home, reading.language) == ("The Kestrel Post", "https://n.example/", "en-GB")
    assert reading.interval == timedelta(minutes=30)
    assert reading.next_page == "https://n.example/feeds/all.xml?page=2"
    article = reading.articles[0]
    assert article.title == "Ferry stays in port & waits"
    assert article.url == "https://n.example/2017/05/22/ferry?a=1&b=2"
    assert article.whole
    assert article.lede == "An engine failed."
    assert article.paragraphs == (
        Paragraph((SENTENCE * 5).strip()),
        Paragraph("What is known", "heading"),
        Paragraph((SENTENCE * 4).strip()),
        Paragraph("No one was hurt", "item"),
        Paragraph("We wait for parts.", "quote"),
    )
    assert [(left.reason, left.text[:8]) for left in article.dropped] == [("navigation", "The post")]
    assert article.byline == (Author("Harbour desk", "desk"),)
    assert article.tags == ("Transport",)
    assert article.language == "en-GB"
    assert article.published == Dating(
        datetime(2017, 5, 22, 15, tzinfo=UTC), "second", "feed pubDate", "Mon, 22 May 2017 10:00:00 EST", 0.9
    )
    assert article.image == Image("https://n.example/i/ferry.jpg", credit="Post", width=800, height=600)


def test_an_item_with_a_summary_leads_to_its_page() -> None:
    reading = read(RSS)
    first, second = reading.found
    assert (first.whole, second.whole) == (True, False)
    assert second.url == "https://n.example/second"
    assert second.source == "https://n.example/feeds/all.xml"
    assert second.published is None
    article = reading.articles[1]
    assert not article.whole
    assert (article.lede, article.paragraphs, article.published) == ("Only a summary.", (), None)


def test_a_text_that_is_cut_is_not_whole() -> None:
    cut = BODY.replace("<script>", "<p>And then […]</p><script>").replace("The post Ferry", "Continue reading Ferry")
    article = read(RSS.replace(BODY, cut)).articles[0]
    assert not article.whole
    assert article.paragraphs == ()


def test_atom_with_markup_as_elements() -> None:
    text = f"""<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="de" xml:base="https://b.example/x/">
    <title type="html">T &amp;lt;3</title><link href="/home"/>
    <entry><id>urn:1</id><title type="html">A &lt;b>b&lt;/b></title>
    <link rel="alternate" href="a.html"/><link rel="enclosure" type="image/png" href="p.png"/>
    <published>2017-05-22T10:00:00+02:00</published><updated>2017-05-23T10:00:00+02:00</updated>
    <author><name>Jane Doe</name></author><summary>S</summary>
    <content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml"><p>{SENTENCE * 6}</p><p>{SENTENCE * 6}</p></div>
    </content>
    </entry></feed>"""
    reading = read(text)
    article = reading.articles[0]
    assert (reading.title, reading.home, reading.language) == ("T <3", "https://b.example/home", "de")
    assert (article.title, article.url) == ("A b", "https://b.example/x/a.html")
    assert article.whole
    assert len(article.paragraphs) == 2
    assert article.byline == (Author("Jane Doe"),)
    assert article.image == Image("https://b.example/x/p.png")
    assert article.published is not None
    assert article.published.time == datetime(2017, 5, 22, 8, tzinfo=UTC)
    assert article.modified is not None
    assert (article.modified.found, article.modified.time.day) == ("feed updated", 23)


def test_rdf_and_its_dates() -> None:
    text = """<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/"
    xmlns:dc="http://purl.org/dc/elements/1.1/"><channel rdf:about="x"><title>T</title>
    <link>https://n.example/</link></channel><item rdf:about="https://n.example/1"><title>One</title><link>https://n.example/1</link>
    <dc:date>2017-05-22</dc:date></item>
    </rdf:RDF>"""
    article = read(text).articles[0]
    assert article.title == "One"
    assert article.published == Dating(datetime(2017, 5, 22, tzinfo=UTC), "day", "feed dc:date", "2017-05-22", 0.9)
    assert article.modified is None


@pytest.mark.parametrize(
    ("written", "time", "granularity", "sureness"),
    [
        ("Mon, 22 May 2017 10:00:00 GMT", "2017-05-22T10:00", "second", 0.9),
        ("Mon, 22 May 2017 10:00:00 +0900", "2017-05-22T01:00", "second", 0.9),
        ("22 May 17 10:00 PDT", "2017-05-22T17:00", "minute", 0.9),
        ("Mon, 22 May 17 10:00:00 +0900", "2017-05-22T01:00", "second", 0.9),
        ("Mon, 22 May 2017 10:00:00", "2017-05-22T10:00", "second", 0.8),
        ("2017-05-22T10:00:00.5Z", "2017-05-22T10:00", "second", 0.9),
        ("2017-05-22 10:00", "2017-05-22T10:00", "minute", 0.8),
        ("2017-05-22", "2017-05-22T00:00", "day", 0.9),
        ("lun., 22 mai 2017 10:00:00 +0200", "2017-05-22T08:00", "second", 0.9),
        ("22. Mai 2017", "2017-05-22T00:00", "day", 0.9),
        ("2017年5月22日", "2017-05-22T00:00", "day", 0.9),
        ("1495447200", "2017-05-22T10:00", "second", 0.9),
        ("05/06/2017", "2017-05-06T00:00", "day", 0.5),
    ],
)
def test_dates_in_every_style(written: str, time: str, granularity: str, sureness: float) -> None:
    reading = read(rss(item(1, pubDate=written), "<language>en-us</language>"))
    published = reading.articles[0].published
    assert published is not None
    assert published.time == datetime.fromisoformat(time).replace(tzinfo=UTC)
    assert (published.granularity, published.sureness, published.written) == (granularity, sureness, written)
    assert reading.problems == ()


@pytest.mark.parametrize("written", ["yesterday", "2 hours ago", "32 May 2017", "{{date}}", "2018-01-01", "1970-01-01"])
def test_what_is_no_date_gives_none(written: str) -> None:
    reading = read(rss(item(1, pubDate=written)))
    assert reading.articles[0].published is None
    assert whats(reading) == ["dates left out"]


def test_no_date_is_none_and_nothing_to_tell() -> None:
    reading = read(rss(item(1)))
    assert reading.articles[0].published is None
    assert reading.problems == ()


def test_a_feed_that_writes_its_own_clock_is_not_believed() -> None:
    same = "Mon, 22 May 2017 10:00:01 GMT"
    reading = read(rss("".join(item(number, pubDate=same) for number in range(3))))
    assert [article.published and article.published.sureness for article in reading.articles] == [0.3] * 3
    assert whats(reading) == ["all items have the same time, which may be that of the feed"]
    days = read(rss("".join(item(number, pubDate="22 May 2017") for number in range(3))))
    assert [article.published and article.published.sureness for article in days.articles] == [0.9] * 3


def test_atom_with_nothing_but_the_time_of_its_change() -> None:
    entry = "<entry><id>1</id><title>T</title><updated>2017-05-22T10:00:00Z</updated></entry>"
    article = read(f'<feed xmlns="http://www.w3.org/2005/Atom"><title>F</title>{entry}</feed>').articles[0]
    assert article.published is not None
    assert (article.published.found, article.published.sureness) == ("feed updated", 0.5)


@pytest.mark.parametrize(
    "link",
    [
        "javascript:alert(1)",
        "data:text/html,x",
        "file:///etc/passwd",
        "http://",
        "https://n.example/feeds/all.xml",
        "mailto:a@b.c",
    ],
)
def test_links_that_are_no_addresses_are_left_out(link: str) -> None:
    reading = read(rss(item(1, link=link)))
    assert [what.partition(":")[0] for what in whats(reading)] == ["link left out"]
    assert reading.articles[0].url == ""
    assert reading.found == ()


def test_scripts_and_markup_in_titles_are_taken_out() -> None:
    title = "&lt;script&gt;alert(1)&lt;/script&gt;Ferry &lt;img src=x onerror=alert(1)&gt;&lt;b&gt;waits&lt;/b&gt;"
    assert read(rss(item(1, title=title))).articles[0].title == "Ferry waits"


def test_an_item_that_stands_twice_is_one() -> None:
    reading = read(rss(item(1) + item(1) + item(1)))
    assert len(reading.articles) == len(reading.found) == 1
    assert whats(reading) == ["items that stand in the feed twice left out"]
    assert reading.problems[0].received.endswith("(and 1 more)")


def test_items_that_share_a_guid_by_mistake_are_kept_apart() -> None:
    reading = read(rss(item(1, guid="x") + item(2, guid="x")))
    assert [article.title for article in reading.articles] == ["Title 1", "Title 2"]
    assert len({article.id for article in reading.articles}) == 2


def test_items_without_title_or_link() -> None:
    reading = read(rss(item(1, title="", description="Words.") + item(2, link="") + "<item/>" + item(4, title="")))
    assert [(article.title, article.lede, article.url) for article in reading.articles] == [
        ("", "Words.", "https://n.example/1"),
        ("Title 2", "", ""),
    ]
    assert [found.url for found in reading.found] == ["https://n.example/1", "https://n.example/4"]
    assert whats(reading) == ["items without title, text and link left out"]


def test_ids_follow_from_capture_and_item_alone() -> None:
    first, again = read(RSS), read(RSS.replace("</channel>", f"{item(9)}</channel>"))
    assert [article.id for article in again.articles[:2]] == [article.id for article in first.articles]


# ---------------------------------------------------------------------------------------------------- hostile


def test_entities_never_grow() -> None:
    names = "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 10 if n else "lol" * 20}">' for n in range(12))
    text = f'<?xml version="1.0"?><!DOCTYPE rss [{names}]>' + rss(item(1, title="A &e11; B"))
    before = time.process_time()
    reading = read(text)
    assert time.process_time() - before < 1
    assert len(reading.articles[0].title) < 100
    assert "entities of the feed left out" in whats(reading)


def test_one_long_entity_is_not_put_in_many_times() -> None:
    text = f'<!DOCTYPE rss [<!ENTITY e "{"x" * 100_000}">]>' + rss(item(1, description="&e;" * 1_000))
    assert len(read(text).articles[0].lede) < 10_000
    many = f'<!DOCTYPE rss [<!ENTITY e "{"x" * 99}">]>' + rss(item(1, description="&e;" * 100_000))
    before = time.process_time()
    read(many)
    assert time.process_time() - before < 3


def test_entities_of_other_files_are_not_read(tmp_path: Path) -> None:
    secret = tmp_path / "secret"
    secret.write_text("SECRET", encoding="utf-8")
    text = f'<!DOCTYPE rss [<!ENTITY x SYSTEM "file://{secret}"><!ENTITY % y SYSTEM "file://{secret}">%y;]>'
    reading = read(text + rss(item(1, description="a &x; b")))
    assert "SECRET" not in str(reading)
    assert "entities of the feed left out" in whats(reading)
    assert read(str(secret)).articles == ()


def test_short_entities_of_the_feed_and_those_of_html_are_read() -> None:
    text = '<!DOCTYPE rss [<!ENTITY post "Kestrel Post">]>' + rss(
        item(1, title="&post; &ndash; caf&eacute; &nbsp; &lt;3")
    )
    assert read(text).articles[0].title == "Kestrel Post – café <3"


def test_a_hundred_thousand_items_are_cut_before_they_are_parsed() -> None:
    text = rss("".join(item(number) for number in range(100_000)), "") + "<!-- end -->"
    before = time.process_time()
    reading = read(text, FeedSettings(max_bytes=64 << 20, max_items=500))
    assert time.process_time() - before < 4
    assert [article.title for article in reading.articles] == [f"Title {number}" for number in range(500)]
    assert whats(reading) == ["only the first items of the feed were read"]
    assert reading.problems[0].received == "100,000 items"


def test_a_feed_that_is_too_large_is_read_to_its_limit() -> None:
    text = rss("".join(item(number) for number in range(1_000)))
    reading = read(text, FeedSettings(max_bytes=20_000))
    assert 100 < len(reading.articles) < 300
    assert whats(reading) == ["only the beginning of the feed was read", "the feed is malformed"]


@pytest.mark.parametrize(
    "piece",
    [
        "<b>",
        "<",
        "<!--",
        "<![CDATA[",
        "&",
        "<a b='",
        "</",
        "<?",
        "]]>",
        "<x:y>",
        '<p style="',
        "<item>",
        "&lt;!--",
        "&#0;",
    ],
)
def test_no_markup_takes_long(piece: str) -> None:
    before = time.process_time()
    read(rss(item(1) + item(2, description=piece * 40_000)))
    read(rss(item(1)) + piece * 40_000)
    assert time.process_time() - before < 6


def test_a_feed_that_breaks_off_gives_what_is_whole_of_it() -> None:
    reading = read(rss(item(1) + item(2))[:-70])
    assert [article.title for article in reading.articles][:1] == ["Title 1"]
    assert whats(reading) == ["the feed is malformed"]


def test_loose_ampersands_and_forgotten_namespaces() -> None:
    text = rss(item(1, title="Fish & chips", **{"dc:creator": "Jane Doe"}).replace("/1<", "/1?a=1&b=2<"))
    reading = read(text)
    article = reading.articles[0]
    assert (article.title, article.url) == ("Fish & chips", "https://n.example/1?a=1&b=2")
    assert article.byline == (Author("Jane Doe"),)
    assert whats(reading) == ["the feed is malformed"]


@pytest.mark.parametrize(
    ("encoding", "declared"),
    [
        ("utf-8", "iso-8859-1"),
        ("cp1252", "iso-8859-1"),
        ("cp1252", "utf-8"),
        ("utf-16", "utf-16"),
        ("utf-16-le", "utf-16"),
        ("utf-16-be", "utf-16"),
        ("utf-32", "utf-32"),
        ("utf-8-sig", "nonsense"),
    ],
)
def test_encodings_that_are_declared_wrongly(encoding: str, declared: str) -> None:
    text = f'<?xml version="1.0" encoding="{declared}"?>' + rss(item(1, title="Café in Zürich"))
    assert read(text.encode(encoding)).articles[0].title == "Café in Zürich"


def test_a_page_in_a_feeds_place_names_the_feed() -> None:
    page = '<!DOCTYPE html><html><link rel="alternate" type="application/rss+xml" href="/rss"><body>Not found</html>'
    reading = read(page)
    assert whats(reading) == ["the feed is a web page"]
    assert reading.problems[0].next_step == "take the feed that the page names: https://n.example/rss"
    assert reading.problems[0].capture == "capture0"


@pytest.mark.parametrize(
    ("content", "what"),
    [
        (b"", "the feed is empty"),
        (b"\xef\xbb\xbf \n", "the feed is empty"),
        (b"plain words", "this is no feed"),
        (b"\x89PNG\r\n\x1a\n" + bytes(range(32)) * 9, "the feed is no text"),
        (b"<urlset><url/></urlset>", "this is no feed"),
        (b"<a>" * 100_000, "this is no feed"),
        (b'{"a": 1}', "this is no feed"),
        (b"{" * 1_000_000, "the feed is no JSON"),
        (b"[" * 1_000_000, "the feed is no JSON"),
        (b'<rss version="2.0"><channel><title>T</title></channel></rss>', "the feed has no items"),
    ],
)
def test_what_is_no_feed_is_told(content: bytes, what: str) -> None:
    reading = read(content)
    assert not reading.articles
    assert not reading.found
    assert what in whats(reading)


PIECES = """<item> </item> <title> </title> <link> </link> <guid> <![CDATA[ ]]> &amp; & <p> x https://n.example/
<content:encoded> <pubDate> 2017-05-22 <!DOCTYPE [ <!ENTITY ]> <feed> <entry> <feed%xmlns='http://www.w3.org/2005/Atom'>
<media:content%url='x'/> \x00 é <georss:point> <author>a@b%( <category%term=''/> <enclosure%url='data:'/>
<source%url='u'> </rss> <dc:date> <itunes:image%href='x'/>
<media:thumbnail/> <atom:link%rel='next'/> ></ <?xml?> <!-- -->"""


@given(st.lists(st.sampled_from([piece.replace("%", " ") for piece in PIECES.split()]), max_size=40))
@settings(max_examples=150, deadline=None)
def test_no_markup_makes_it_fail(pieces: list[str]) -> None:
    reading = read(rss("".join(pieces)))
    assert all(article.published is None or article.published.time <= OBSERVED for article in reading.articles)
    assert all(found.url.startswith(("http://", "https://")) for found in reading.found)
