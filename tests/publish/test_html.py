"""HTML pages: what readers, browsers and screen readers rely on, and what hostile text must not do."""

import re
from datetime import date
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree
from lxml import html as parser

from diurna.publish.blocks import (
    Anchor,
    Block,
    Cell,
    Figure,
    Group,
    Groups,
    Item,
    Items,
    Notice,
    Paragraphs,
    Table,
    Tags,
)
from diurna.publish.html import STATIC, Chrome, render_html
from diurna.publish.page import Page, ShownSection

HOSTILE = (
    "</title></script><script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "' onmouseover='alert(1)",
    "{{ 7 * 7 }}{% raw %}",
    "<!-- --><![CDATA[",
    "&lt;b&gt; &amp;amp;",
)
UNSAFE = (
    "javascript:alert(1)",
    "JaVaScRiPt:alert(1)",
    " javascript:alert(1)",
    "java\tscript:alert(1)",
    "\x01javascript:alert(1)",
    "data:text/html,<script>alert(1)</script>",
    "vbscript:x",
    "file:///etc/passwd",
    "mailto:a@example.org",
    "//evil.example/",
    "/\\evil.example",
    "\\\\evil.example",
    "../../../etc/passwd",
    "news/../../x",
    "https://",
    "https:///x",
    "http://a\nb",
)
CHROME = Chrome(
    title="Acta",
    tagline="Day by day",
    base_url="https://acta.example/c/",
    version="1.2.3",
    nav=(Anchor("Latest", "index"), Anchor("Search", "search"), Anchor("About", "about")),
)
LINKED = ("a", "area", "base", "link", "form", "img", "script", "iframe", "object", "embed", "use")


def blocks_of(word: str, href: str = "context/x") -> tuple[Block, ...]:
    """One of each block with the same words in every field that a reader sees, and the same address in every link."""
    anchor = Anchor(word, href, word, "")
    item = Item(
        anchor,
        day=date(2017, 5, 22),
        label=word + "!",
        note=word,
        tags=(anchor,),
        tags_title=word,
        details=(word,),
        details_title=word,
        status=word,
        before=word,
        after=word,
    )
    return (
        Notice(word, word, anchor),
        Paragraphs((word,), source=anchor, role=word, language=word),
        *(Items((item,), style=style) for style in ("plain", "cards", "sources", "related", "changes", word)),
        Groups((Group(anchor, (item,), (Group(anchor, (item,)),)),), style=word),
        Figure("", word, word, word, href),
        Figure("images/a.png", word, word, word, href, 3, 2),
        Table(word, (word,), ((Cell(word, href, word), Cell(word, href, word)),)),
        Table(word, (word,), ((Cell(word, href, word), Cell(""), Cell(word)),), style="calendar"),
        Tags((anchor,), (3,)),
    )


def page_of(word: str, href: str = "context/x", kind: str = "event") -> Page:
    """A page with the same words everywhere."""
    anchor = Anchor(word, href, word, "")
    return Page(
        kind=kind,
        path="news/2017/05/22/x",
        title=word,
        language=word,
        description=word,
        day=date(2017, 5, 22),
        breadcrumbs=(anchor,),
        previous=anchor,
        next=anchor,
        lead=blocks_of(word, href),
        sections=(ShownSection("one", word, blocks_of(word, href)), ShownSection("two", "", blocks_of(word, href))),
        feeds=(anchor,),
        provenance=(word, anchor),
        json_ld='{"headline":"' + word.replace("\\", "\\\\").replace('"', '\\"') + '"}',
    )


def tree_of(page: Page, chrome: Chrome = CHROME) -> parser.HtmlElement:
    """The document as a browser reads it."""
    return parser.document_fromstring(render_html(page, chrome).encode())


def shape(tree: parser.HtmlElement) -> list[tuple[str, list[str]]]:
    """Elements and the names of their attributes, in order."""
    return [(str(node.tag), sorted(map(str, node.attrib))) for node in tree.iter(etree.Element)]


def simple(kind: str = "event", path: str = "news/2017/05/22/x", blocks: tuple[Block, ...] = ()) -> Page:
    """A page with one section."""
    return Page(kind=kind, path=path, title="Title", sections=(ShownSection("s", "S", blocks),))


# ---------------------------------------------------------------------------------------------------- hostile text


@pytest.mark.parametrize("word", HOSTILE)
@pytest.mark.parametrize("kind", ["event", "day", "search"])
def test_hostile_text_is_only_text(word: str, kind: str) -> None:
    tame = tree_of(page_of("tame", kind=kind))
    hostile = tree_of(page_of(word, kind=kind))
    assert shape(hostile) == shape(tame)
    assert hostile.xpath("string(//h1)") == word
    assert hostile.xpath("string(//h2)") == word
    assert hostile.xpath("string(//*[@class='text']/p)") == word


@settings(max_examples=30, deadline=None)
@given(st.text(alphabet=st.sampled_from("<>&\"'={}%/ -!a;:\\`\u2028\u202ebs"), min_size=1, max_size=40))
def test_no_text_makes_an_element(word: str) -> None:
    word = f"w{word}w"
    assert shape(tree_of(page_of(word))) == shape(tree_of(page_of("tame")))


def test_hostile_chrome_is_only_text() -> None:
    chrome = Chrome(title=HOSTILE[0], tagline=HOSTILE[1], language=HOSTILE[1], version=HOSTILE[0], base_url=HOSTILE[1])
    tame = Chrome(title="a", tagline="a", language="en", version="a", base_url="https://a.example")
    assert shape(tree_of(simple(), chrome)) == shape(tree_of(simple(), tame))


def test_json_ld_cannot_close_its_script() -> None:
    tree = tree_of(Page(kind="about", path="about", title="t", json_ld='{"a":"</script><script>alert(1)"}'))
    (script,) = tree.xpath("//script")
    assert script.get("type") == "application/ld+json"
    assert script.text == '{"a":"\\u003c/script>\\u003cscript>alert(1)"}'


@pytest.mark.parametrize("href", UNSAFE)
def test_unsafe_addresses_are_words(href: str) -> None:
    words = "follow me"
    tree = tree_of(page_of(words, href))
    assert words in tree.xpath("string(//main)")
    assert not [link for link in tree.xpath("//main//a") if link.text == words]
    for node in tree.iter(*LINKED):
        for name in ("href", "src", "action", "data"):
            value = node.get(name)
            assert value is None or "script:" not in value.lower()
            assert value is None or "evil" not in value
            assert value is None or "etc/passwd" not in value


def test_pictures_come_from_the_site_only() -> None:
    for source in (
        "https://cdn.example/a.png",
        "javascript:alert(1)",
        "data:image/png;base64,xx",
        "//cdn.example/a.png",
    ):
        tree = tree_of(simple(blocks=(Figure(source, "alt", "caption", href="https://cdn.example/a.png"),)))
        assert not tree.xpath("//main//img")
        assert tree.xpath("string(//p[@class='picture-link']/a/@href)") == "https://cdn.example/a.png"


# ---------------------------------------------------------------------------------------------------- addresses


@pytest.mark.parametrize(
    ("path", "root"),
    [
        ("index", "./"),
        ("about", "./"),
        ("context/x", "../"),
        ("news/2017/index", "../../"),
        ("news/2017/05/22/x", "../" * 4),
    ],
)
def test_addresses_are_relative_to_the_page(path: str, root: str) -> None:
    anchors = (
        Anchor("a", "news/2017/05/index"),
        Anchor("b", "context/x#related"),
        Anchor("c", "schema/page.schema.json"),
        Anchor("d", "#s"),
        Anchor("e", "https://e.example/a b?c=1&d=2"),
        Anchor("f", "context/st.-john"),
        Anchor("g", "source/point.md"),
    )
    tree = tree_of(simple("about", path, (Tags(anchors),)))
    assert tree.get("data-root") == root
    assert [link.get("href") for link in tree.xpath("//ul[@class='tags']//a")] == [
        f"{root}news/2017/05/index.html",
        f"{root}context/x.html#related",
        f"{root}schema/page.schema.json",
        "#s",
        "https://e.example/a%20b?c=1&d=2",
        f"{root}context/st.-john.html",
        f"{root}source/point.md.html",
    ]
    assert tree.xpath("//link[@rel='stylesheet']/@href") == [f"{root}static/site.css"]


def test_nothing_is_asked_of_other_hosts() -> None:
    page = page_of("word", "https://news.example/a")
    tree = tree_of(page)
    fetched = [*tree.xpath("//img/@src | //script/@src"), *tree.xpath("//link[@rel='stylesheet' or @rel='icon']/@href")]
    assert fetched
    assert not [address for address in fetched if "://" in address]
    assert "://" not in re.sub(r"/\*.*?\*/", "", (STATIC / "site.css").read_text(encoding="utf-8"), flags=re.DOTALL)


def test_links_out_say_so() -> None:
    tree = tree_of(page_of("word", "https://news.example/a"))
    links = tree.xpath("//main//a[starts-with(@href, 'https://news.example')]")
    assert len(links) > 20
    assert {link.get("rel") for link in links} == {"nofollow noopener external"}


def test_every_file_the_page_asks_for_is_shipped() -> None:
    tree = tree_of(simple("search", "search"))
    asked = tree.xpath("//link[@rel='stylesheet' or @rel='icon']/@href | //script/@src")
    assert len(asked) == 4
    for address in asked:
        assert (STATIC / Path(address).name).is_file()


def test_formats_feeds_and_canonical() -> None:
    page = Page(kind="topic", path="topic/x", title="t", feeds=(Anchor("this topic", "topic/x"),))
    tree = tree_of(page)
    alternates = {link.get("type"): link.get("href") for link in tree.xpath("//link[@rel='alternate']")}
    assert alternates == {
        "text/markdown": "x.md",
        "application/json": "x.json",
        "application/xml": "x.xml",
        "application/atom+xml": "../topic/x.atom",
        "application/feed+json": "../topic/x.feed.json",
    }
    assert {*alternates.values(), "../api.html"} == set(tree.xpath("//footer//a/@href"))
    found = tree.xpath("//link[@rel='search']")
    assert [(link.get("type"), link.get("href")) for link in found] == [
        ("application/opensearchdescription+xml", "../opensearch.xml")
    ]
    assert tree.xpath("string(//link[@rel='canonical']/@href)") == "https://acta.example/c/topic/x.html"
    unknown = tree_of(page, Chrome(title="Acta"))
    assert not unknown.xpath(
        "//link[@rel='canonical'] | //meta[@property='og:url'] | //meta[@property='og:image'] | //link[@rel='search']"
    )


def test_redirect_page_leads_on() -> None:
    notice = Notice("merged", "Told elsewhere:", Anchor("There", "news/2017/05/21/new"))
    page = Page(
        kind="redirect", path="news/2017/05/22/old", title="Old", redirect="news/2017/05/21/new", lead=(notice,)
    )
    tree = tree_of(page)
    target = "../../../../news/2017/05/21/new.html"
    assert tree.xpath("string(//meta[@http-equiv='refresh']/@content)") == f"0; url={target}"
    assert tree.xpath("//main//a/@href") == [target, target]
    assert tree.xpath("string(//link[@rel='canonical']/@href)") == "https://acta.example/c/news/2017/05/21/new.html"
    assert tree.xpath("string(//meta[@name='robots']/@content)") == "noindex"


@pytest.mark.parametrize("href", UNSAFE)
def test_redirect_never_leaves_the_site(href: str) -> None:
    tree = tree_of(Page(kind="redirect", path="old", title="Old", redirect=href))
    assert not tree.xpath("//meta[@http-equiv='refresh'] | //link[@rel='canonical'] | //main//a")
    outside = tree_of(Page(kind="redirect", path="old", title="Old", redirect="https://evil.example/"))
    assert not outside.xpath("//meta[@http-equiv='refresh'] | //link[@rel='canonical'] | //main//a")


# ---------------------------------------------------------------------------------------------------- structure


@pytest.mark.parametrize("kind", ["event", "day", "month", "year", "entity", "front", "search", "about", "redirect"])
def test_landmarks_and_one_headline(kind: str) -> None:
    page = Page(
        kind=kind,
        path="news/x",
        title="Title",
        breadcrumbs=(Anchor("a", "index"),),
        previous=Anchor("p", "news/p"),
        sections=(ShownSection("s", "S", blocks_of("w")),),
        redirect="index" if kind == "redirect" else "",
    )
    tree = tree_of(page)
    assert [node.tag for node in tree.body] in (["a", "header", "main", "footer"], ["a", "header", "main"])
    assert tree.body[0].get("href") == f"#{tree.xpath('string(//main/@id)')}"
    assert tree.xpath("//h1/text()") == ["Title"]
    names = tree.xpath("//nav/@aria-label")
    assert len(names) == len(set(names)) == len(tree.xpath("//nav"))
    ids = tree.xpath("//@id")
    assert len(ids) == len(set(ids))


def nested(depth: int) -> Group:
    return Group(Anchor(f"g{depth}"), (Item(Anchor("i")),), (nested(depth - 1),) if depth else ())


@pytest.mark.parametrize("depth", range(7))
@pytest.mark.parametrize("title", ["S", ""])
def test_headings_leave_no_gap(depth: int, title: str) -> None:
    groups = Groups((nested(depth), nested(0), nested(depth)))
    page = Page(kind="day", path="x", title="T", lead=(groups,), sections=(ShownSection("s", title, (groups,)),))
    levels = [int(node.tag[1]) for node in tree_of(page).xpath("//h1|//h2|//h3|//h4|//h5|//h6")]
    assert len(levels) == 1 + 2 * (2 * (depth + 1) + 1) + bool(title)
    assert levels[0] == 1
    assert all(after - before <= 1 for before, after in pairwise(levels))


def test_days_of_categories_stand_above_them() -> None:
    category = Group(Anchor("Disasters", "category/d"), (Item(Anchor("i")),))
    days = Groups((Group(Anchor("22 May", "news/2017/05/22/index"), (), (category,)),))
    tree = tree_of(simple("front", "index", (days,)))
    assert [node.get("class") for node in tree.xpath("//h3/.. | //h4/..")] == ["group day", "group depth-0"]


def test_event_page_is_in_the_order_of_its_parts() -> None:
    page = Page(
        kind="event",
        path="news/2017/05/22/x",
        title="Headline",
        day=date(2017, 5, 22),
        lead=(Paragraphs(("Lede.",), role="lede"),),
        sections=(
            ShownSection("sources", "Source", (Items((Item(Anchor("Reuters", "https://reuters.example/")),)),)),
            ShownSection("context", "Context", (Tags((Anchor("Kim Jong-un", "context/kim-jong-un"),)),)),
            ShownSection("related", "Related", (Items((Item(Anchor("Other", "news/2017/05/21/o")),)),)),
        ),
    )
    tree = tree_of(page)
    text = tree.xpath("string(//main)")
    parts = ["22", "Headline", "Lede.", "Source", "Reuters", "Related", "Other", "Context", "Kim Jong-un"]
    places = [text.index(part) for part in parts]
    assert places == sorted(places)
    assert tree.xpath("string(//p[@class='leaf']/a/@href)") == "../../../../news/2017/05/22/index.html"
    assert tree.xpath("string(//p[@class='leaf']//time/@datetime)") == "2017-05-22"
    assert tree.xpath("//div[@class='side']//h2/text()") == ["Context"]


def test_withdrawn_is_said_in_words() -> None:
    line = Items((Item(Anchor("Claim", "news/x"), status="withdrawn"),), style="cards")
    tree = tree_of(simple(blocks=(Notice("withdrawn", "Taken back."), line)))
    notice = tree.xpath("//*[@role='note']")[0]
    assert notice.xpath("normalize-space(p)") == "Withdrawn. Taken back."
    assert notice.xpath("span[@aria-hidden='true']")
    assert tree.xpath("string(//li//strong)") == "withdrawn"


def test_languages_and_directions() -> None:
    page = Page(
        kind="event",
        path="x",
        title="朝鮮試射飛彈",
        language="zh-Hant",
        lead=(Paragraphs(("導言",), source=Anchor("Source"), language="zh-Hant"),),
        sections=(ShownSection("s", "S", (Tags((Anchor("كيم", language="ar"), Anchor("Kim", language="en"))),)),),
    )
    tree = tree_of(page)
    assert tree.get("lang") == "en"
    assert tree.xpath("string(//h1/@lang)") == "zh-Hant"
    assert tree.xpath("string(//p[text()='導言']/ancestor::*[@lang][1]/@lang)") == "zh-Hant"
    assert not tree.xpath("//p[@class='from']/ancestor::div[@lang]")
    assert tree.xpath("//*[text()='كيم']/@lang | //*[text()='كيم']/@dir") == ["ar", "rtl"]
    assert not tree.xpath("//li[contains(., 'Kim')]//@lang")


def test_tables_have_captions_and_scopes() -> None:
    table = Table("Counts", ("", "Number"), ((Cell("Events"), Cell("3", mark="about")),))
    days = (Cell("1", "news/2017/05/01/index", "1"), Cell("2", "news/2017/05/02/index", "14"))
    month = Table("May 2017", ("Mon", "Tue"), (days, (Cell(""), Cell("9"))), "calendar")
    tree = tree_of(simple("month", blocks=(table, month)))
    assert tree.xpath("//caption/text()") == ["Counts", "May 2017"]
    assert [(node.get("scope"), node.text) for node in tree.xpath("//th")] == [
        ("col", "Number"),
        ("row", "Events"),
        ("col", "Mon"),
        ("col", "Tue"),
    ]
    cells = tree.xpath("//table[@class='calendar']//td")
    assert [cell.xpath("string()") for cell in cells] == ["1 1 event", "2 14 events", "", "9"]
    assert [cell.get("class") for cell in cells] == ["heat-1", "heat-3", None, None]


def test_current_way_in_is_marked() -> None:
    tree = tree_of(simple("search", "search"))
    assert tree.xpath("//header//a[@aria-current='page']/text()") == ["Search"]
    assert not tree_of(simple("event", "news/x")).xpath("//a[@aria-current]")


def test_pictures_keep_their_room() -> None:
    tree = tree_of(
        simple(blocks=(Figure("images/a.png", "A launcher", "Caption", "KCNA", "https://x.example/a", 960, 540),))
    )
    (picture,) = tree.xpath("//figure/img")
    assert dict(picture.attrib) == {
        "src": "../../../../images/a.png",
        "alt": "A launcher",
        "width": "960",
        "height": "540",
        "decoding": "async",
    }
    assert tree.xpath("string(//meta[@property='og:image']/@content)") == "https://acta.example/c/images/a.png"


# ---------------------------------------------------------------------------------------------------- policy


@pytest.mark.parametrize("kind", ["event", "day", "search", "redirect"])
def test_policy_forbids_what_pages_do_not_have(kind: str) -> None:
    tree = tree_of(
        Page(kind=kind, path="x", title="t", redirect="y" if kind == "redirect" else "", lead=blocks_of("w"))
    )
    policy = tree.xpath("string(//meta[@http-equiv='Content-Security-Policy']/@content)")
    assert policy.startswith("default-src 'none'; ")
    assert "unsafe" not in policy
    assert ("script-src" in policy) == bool(tree.xpath("//script[@src]")) == (kind == "search")
    assert not tree.xpath("//style | //@style | //script[not(@src) and @type != 'application/ld+json']")
    assert not [name for node in tree.iter(etree.Element) for name in node.attrib if str(name).startswith("on")]


def test_search_page_has_what_its_script_looks_for() -> None:
    tree = tree_of(simple("search", "search"))
    script = (STATIC / "search.js").read_text(encoding="utf-8")
    asked = set(re.findall(r'getElementById\("([^"]+)"\)', script))
    assert asked
    assert asked <= set(tree.xpath("//@id"))
    labelled = set(tree.xpath("//label/@for"))
    assert set(tree.xpath("//form//input/@id | //form//select/@id")) == labelled
    assert tree.xpath("//noscript")


def test_front_page_does_not_show_its_name_twice() -> None:
    named = tree_of(Page(kind="front", path="index", title=CHROME.title))
    assert named.xpath("//h1[@class='hidden']/text()") == [CHROME.title]
    assert named.xpath("//title/text()") == [CHROME.title]
    other = tree_of(Page(kind="front", path="index", title="The last three days"))
    assert other.xpath("string(//h1/@class)") == "short"


def test_the_same_page_is_the_same_bytes() -> None:
    assert render_html(page_of("word"), CHROME) == render_html(page_of("word"), CHROME)
