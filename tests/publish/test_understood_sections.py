"""What pages show of what was understood: marks that stand off the text, tables, and articles on entities' pages."""

import json
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from lxml import etree, html
from markdown_it import MarkdownIt
from msgspec import structs

from diurna.model import (
    Annotation,
    Article,
    Candidate,
    Claim,
    Interval,
    Mention,
    Naming,
    Paragraph,
    Quantity,
    Span,
    Timex,
    Voice,
    entity_id,
)
from diurna.publish.build import build_page, chrome_of
from diurna.publish.data import render_json, render_xml
from diurna.publish.html import render_html
from diurna.publish.markdown import render_markdown
from diurna.publish.materials import Directory
from diurna.publish.page import Page
from diurna.publish.site_settings import SiteSettings
from diurna.store.interface import Store
from diurna.store.sqlite import SqliteStore
from tests.publish.hostile import HOSTILE
from tests.publish.made_reports import FERRY, ferry, put_report, report_id

SITE = SiteSettings(title="Acta", base_url="https://acta.example/")
WHOLE = structs.replace(SITE, full_text=True)
TEXTS = (
    "The ferry of Port Selm lay on a bank on Monday.",
    "Ida Lund, the harbour master, denied that 40 people were hurt. “The tide was low,” she told the Tidewire.",
    "Selm may be the town or its river.",
)
LUND, SELM, RIVER = (f"entity:{entity_id(name)}" for name in ("Ida Lund", "Port Selm", "Selm (river)"))
MONDAY = datetime(2017, 5, 22, tzinfo=UTC)
XML = {"d": "urn:diurna:page:1"}


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    opened = SqliteStore(tmp_path / "chronicle.db")
    yield opened
    opened.close()


def article(*texts: str) -> Article:
    return ferry(lede="A ferry lay on a bank.", paragraphs=tuple(map(Paragraph, texts)), key_points=())


def span(words: str, text: str) -> Span:
    start = text.index(words)
    return Span(start, start + len(words))


def named(words: str, kind: str, text: str, *refs: str, sure: bool = True) -> Mention:
    candidates = tuple(Candidate(ref, 0.9 - number / 10, f"reason {number}") for number, ref in enumerate(refs))
    return Mention(
        id=f"m{words}", of="", span=span(words, text), text=words, kind=kind, candidates=candidates, sure=sure
    )


def understood(of: Article) -> Annotation:
    """What a careful reader would make of `TEXTS`."""
    text = of.text
    forty = Quantity(40, "", digits=1, counted="people")
    voices = (Voice("The Daily Clarion", "outlet"), Voice("Ida Lund", "person", span("Ida Lund", text), LUND))
    denied = Claim(
        id="denied",
        of="",
        kind="statement",
        sentence=span(TEXTS[1].partition(" “")[0], text),
        source=(span("Ida Lund, the harbour master", text),),
        cue=(span("denied", text),),
        content=(span("that 40 people were hurt", text),),
        chain=voices,
        mode="indirect",
        force="denies",
    )
    hurt = structs.replace(
        denied,
        id="hurt",
        kind="figure",
        attribute="injured",
        subject=(span("people", text),),
        measured=span("40 people", text),
        quantity=forty,
        negated=True,
        hedged=True,
        within="denied",
    )
    quoted = structs.replace(
        denied,
        id="quoted",
        sentence=span(TEXTS[1].partition("hurt. ")[2], text),
        source=(span("she", text),),
        cue=(span("told", text),),
        content=(span("“The tide was low,”", text),),
        mode="direct",
        force="states",
    )
    day = Interval(MONDAY, MONDAY + timedelta(days=1), "day")
    monday = Mention(
        id="mMonday",
        of="",
        span=span("Monday", text),
        text="Monday",
        kind="time",
        timex=Timex("DATE", "2017-05-22", anchor="published"),
        interval=day,
    )
    people = Mention(id="m40", of="", span=span("40 people", text), text="40 people", kind="quantity", quantity=forty)
    start = text.index(TEXTS[2])
    mentions = (
        named("Port Selm", "place", text, SELM),
        monday,
        named("Ida Lund", "person", text, LUND),
        people,
        structs.replace(
            named("Selm", "place", text, SELM, RIVER, sure=False), id="mSelm", span=Span(start, start + len("Selm"))
        ),
    )
    namings = (
        Naming(LUND, "Ida Lund", "person"),
        Naming(SELM, "Port Selm", "place", ("geonames:7",)),
        Naming(RIVER, "Selm (river)", "place"),
    )
    return Annotation(
        id="a",
        of=f"article:{of.id}",
        component="enrich/1",
        mentions=mentions,
        claims=(denied, quoted, hurt),
        namings=namings,
    )


def put(store: Store, of: Article, annotation: Annotation | None = None) -> None:
    """An article of which an annotation was made."""
    put_report(store, of)
    made = structs.replace(annotation or understood(of), of=f"article:{of.id}")
    with store.writing():
        store.facts.append(made)
        store.views.put_annotation(made)


def page_of(store: Store, ref: str = "", site: SiteSettings = SITE) -> Page:
    page = build_page(ref or f"article:{report_id(FERRY)}", store.views, site, Directory(store.views, store))
    assert page is not None
    return page


def told(page: Page, tag: str) -> dict[str, Any]:
    """A section's fields as machines get them."""
    found: list[dict[str, Any]] = json.loads(render_json(page))["sections"]
    return next((section for section in found if section["section"] == tag), {})


def document(page: Page) -> Any:
    return html.document_fromstring(render_html(page, chrome_of(SITE)))


def shown(page: Page, identifier: str) -> str:
    """Words of a section as a browser shows them."""
    (section,) = document(page).iterfind(f".//section[@id='{identifier}']")
    return " ".join(" ".join(section.itertext()).split())


# ---------------------------------------------------------------------------------------------------- an article's page


def test_marks_stand_off_a_text_that_stays_as_it_is(store: Store) -> None:
    put(store, article(*TEXTS))
    excerpt = told(page_of(store), "excerpt")
    assert excerpt["texts"] == list(TEXTS)
    marked = [(TEXTS[mark["passage"]][mark["start"] : mark["end"]], mark["kind"]) for mark in excerpt["marks"]]
    assert marked == [
        ("Port Selm", "place"),
        ("Monday", "time"),
        ("Ida Lund, the harbour master", "source"),
        ("Ida Lund", "person"),
        ("denied", "cue"),
        ("that 40 people were hurt", "content"),
        ("40 people", "quantity"),
        ("“The tide was low,”", "content"),
        ("she", "source"),
        ("told", "cue"),
        ("Selm", "place"),
    ]
    notes = {mark["kind"]: mark.get("note", "") for mark in excerpt["marks"]}
    assert (notes["time"], notes["quantity"], notes["cue"]) == ("22 May 2017", "40 people", "says")
    assert notes["place"] == "place: not sure which"
    assert notes["source"] == "The Daily Clarion ← Ida Lund"


def test_marks_are_shown_with_a_key_and_say_what_they_stand_for(store: Store) -> None:
    put(store, article(*TEXTS))
    page = page_of(store)
    (excerpt,) = document(page).iterfind(".//section[@id='excerpt']")
    marks = [(mark.get("class"), mark.text_content(), mark.get("title")) for mark in excerpt.iterfind(".//p/mark")]
    assert ("time", "Monday", "22 May 2017") in marks
    assert ("content quantity", "40 people", "40 people") in marks
    assert ("source person", "Ida Lund", "Ida Lund") in marks
    (key,) = excerpt.iterfind(".//ul[@class='key']")
    assert [mark.text for mark in key.iterfind(".//mark")] == [
        "person",
        "place",
        "time",
        "quantity",
        "who says so",
        "how it is said",
        "what is said",
    ]
    assert [" ".join(p.text_content().split()) for p in excerpt.iterfind(".//div[@class='text prose']/p")] == list(
        TEXTS
    )


def test_an_excerpt_that_ends_within_a_mark_cuts_it(store: Store) -> None:
    put(store, article(*TEXTS))
    words = len(TEXTS[0].split()) + 8
    excerpt = told(page_of(store, site=structs.replace(SITE, excerpt_words=words)), "excerpt")
    assert excerpt["texts"][-1] == "Ida Lund, the harbour master, denied that 40 …"
    last = [(excerpt["texts"][1][mark["start"] : mark["end"]], mark["kind"]) for mark in excerpt["marks"][-2:]]
    assert last == [("that 40", "content"), ("40", "quantity")]


def test_a_whole_text_has_marks_in_every_passage_and_spaces_break_none(store: Store) -> None:
    odd = (TEXTS[0], TEXTS[1].replace("the harbour", "the  harbour"), TEXTS[2])
    of = article(*odd)
    put(store, of, structs.replace(understood(article(*TEXTS)), claims=(), mentions=(), id="none"))
    again = structs.replace(
        understood(article(*TEXTS)),
        claims=(),
        mentions=(
            named("Monday", "time", of.text),
            named("Tidewire", "organisation", of.text),
            named("river", "place", of.text),
        ),
        of=f"article:{of.id}",
    )
    with store.writing():
        store.facts.append(again)
        store.views.put_annotation(again)
    full = told(page_of(store, site=WHOLE), "full_text")
    texts = [line["text"] for line in full["passages"]]
    marked = [(mark["passage"], texts[mark["passage"]][mark["start"] : mark["end"]]) for mark in full["marks"]]
    assert marked == [(0, "Monday"), (2, "river")], "a passage whose spaces differ has none rather than wrong ones"


def test_statements_say_who_how_and_what(store: Store) -> None:
    put(store, article(*TEXTS))
    page = page_of(store)
    assert told(page, "statements")["statements"] == [
        {
            "claim": "claim:denied",
            "chain": ["The Daily Clarion", "Ida Lund"],
            "cue": "denied",
            "content": "that 40 people were hurt",
            "mode": "indirect",
            "force": "denies",
        },
        {
            "claim": "claim:quoted",
            "chain": ["The Daily Clarion", "Ida Lund"],
            "cue": "told",
            "content": "“The tide was low,”",
            "mode": "direct",
            "force": "states",
        },
    ]
    assert "The Daily Clarion ← Ida Lund that 40 people were hurt denies, indirect: “denied”" in shown(
        page, "statements"
    )
    assert "- The Daily Clarion ← Ida Lund: that 40 people were hurt (denies, indirect: “denied”)" in render_markdown(
        page
    )


def test_figures_names_and_times_are_tables(store: Store) -> None:
    put(store, article(*TEXTS))
    page = page_of(store)
    (figure,) = told(page, "figures")["figures"]
    assert figure == {
        "claim": "claim:hurt",
        "attribute": "injured",
        "words": "40 people",
        "means": "40 people",
        "subject": "people",
        "chain": ["The Daily Clarion", "Ida Lund"],
        "negated": True,
        "hedged": True,
    }
    assert "injured 40 people denied, unsure 40 people people The Daily Clarion ← Ida Lund" in shown(page, "figures")
    names = told(page, "named")["names"]
    assert [(line["name"], line.get("entity", ""), line["words"]) for line in names] == [
        ("Port Selm", SELM, ["Port Selm"]),
        ("Ida Lund", LUND, ["Ida Lund"]),
        ("Selm", "", ["Selm"]),
    ]
    assert [(one["name"], one["score"], one["because"]) for one in names[2]["readings"]] == [
        ("Port Selm", 0.9, "reason 0"),
        ("Selm (river)", 0.8, "reason 1"),
    ]
    assert "Port Selm (0.90: reason 0); or Selm (river) (0.80: reason 1)" in shown(page, "named")
    (time,) = told(page, "times")["times"]
    assert (time["words"], time["value"], time["begins"], time["ends"], time["means"]) == (
        "Monday",
        "2017-05-22",
        "2017-05-22T00:00:00Z",
        "2017-05-23T00:00:00Z",
        "22 May 2017",
    )
    assert article(*TEXTS).text[time["start"] : time["end"]] == "Monday"
    markdown = render_markdown(page)
    assert "| Monday | 22 May 2017 | 2017" in markdown.replace("\\", "")
    assert "| Ida Lund | person | Ida Lund | 1 |" in markdown


def test_xml_has_the_same_as_json(store: Store) -> None:
    put(store, article(*TEXTS))
    page = page_of(store)
    tree = etree.fromstring(render_xml(page))
    for tag, kept in (("statements", "statements"), ("figures", "figures"), ("named", "names"), ("times", "times")):
        (section,) = tree.iterfind(f".//d:{tag}[d:{kept}]", XML)
        assert len(section.findall(f"d:{kept}", XML)) == len(told(page, tag)[kept]) > 0
    contents = [element.text for element in tree.iterfind(".//d:statements/d:content", XML)]
    assert contents == ["that 40 people were hurt", "“The tide was low,”"]


@pytest.mark.parametrize(("site", "cut"), [(SITE, True), (WHOLE, False)])
def test_what_is_said_is_quoted_at_length_only_where_texts_are_shown(
    store: Store, site: SiteSettings, cut: bool
) -> None:
    long = "“" + "The tide was very low that day. " * 20 + "”"
    of = article(f"{long} Ida Lund said.")
    claim = structs.replace(
        understood(article(*TEXTS)).claims[0], content=(span(long, of.text),), source=(), cue=(span("said", of.text),)
    )
    put(store, of, Annotation(id="long", of="", component="enrich/1", claims=(claim,)))
    (line,) = told(page_of(store, site=site), "statements")["statements"]
    assert (len(line["content"]) <= 240) is cut
    assert line["content"].endswith("…") is cut
    assert long.startswith(line["content"].removesuffix("…"))


def test_a_page_says_how_much_it_leaves_out(store: Store) -> None:
    count = 230
    of = article(" ".join(f"On day {number:03} Person{number:03} said so{number:03}." for number in range(count)))
    text = of.text
    mentions: list[Mention] = []
    claims: list[Claim] = []
    whole = understood(article(*TEXTS))
    for number in range(count):
        day, person, said = f"day {number:03}", f"Person{number:03}", f"so{number:03}"
        mentions.append(structs.replace(whole.mentions[1], id=day, span=span(day, text), text=day))
        mentions.append(named(person, "person", text))
        place = (span(said, text),)
        claims.append(structs.replace(whole.claims[0], id=said, content=place, source=place, cue=place))
        claims.append(structs.replace(whole.claims[2], id=f"f{said}", measured=place[0], subject=()))
    put(store, of, Annotation(id="many", of="", component="enrich/1", mentions=tuple(mentions), claims=tuple(claims)))
    quoted = told(page_of(store), "statements")
    assert (len(quoted["statements"]), quoted["left_out"]) == (SITE.statement_words, count - SITE.statement_words)
    page = page_of(store, site=structs.replace(SITE, full_text=True))
    markdown = render_markdown(page)
    for tag, kept, thing in (
        ("statements", "statements", "statements"),
        ("figures", "figures", "figures"),
        ("named", "names", "names"),
        ("times", "times", "times"),
    ):
        section = told(page, tag)
        assert (len(section[kept]), section["left_out"]) == (200, 30)
        assert f"30 more {thing} not listed." in shown(page, tag)
        assert f"30 more {thing} not listed." in markdown


def test_nothing_understood_and_nothing_found_show_nothing(store: Store) -> None:
    of = article(*TEXTS)
    put_report(store, of)
    without = page_of(store)
    put(store, of, Annotation(id="nothing", of="", component="enrich/1"))
    for page in (without, page_of(store)):
        tags = {section["section"] for section in json.loads(render_json(page))["sections"]}
        assert not tags & {"statements", "figures", "named", "times"}
        assert "<mark" not in render_html(page, chrome_of(SITE))
        assert 'class="key"' not in render_html(page, chrome_of(SITE))


def test_nothing_of_an_article_that_was_taken_out_is_shown(store: Store) -> None:
    of = article(*TEXTS)
    put(store, of)
    put_report(store, of, status="withdrawn")
    everything = render_json(page_of(store)).decode() + render_html(page_of(store), chrome_of(SITE))
    assert "Ida Lund" not in everything
    assert "40 people" not in everything


@pytest.mark.parametrize("words", HOSTILE)
def test_hostile_words_do_nothing_in_any_form(store: Store, words: str) -> None:
    text = f"{words} said it."
    of, all_of_it = article(text), Span(0, len(words))
    mention = Mention(
        id="m",
        of="",
        span=all_of_it,
        text=words,
        kind="person",
        candidates=(Candidate(LUND, 0.9, words),),
        sure=True,
    )
    claim = structs.replace(
        understood(article(*TEXTS)).claims[0],
        chain=(Voice(words, "person", all_of_it),),
        source=(all_of_it,),
        cue=(Span(len(words) + 1, len(words) + 5),),
        content=(all_of_it,),
    )
    figure = structs.replace(claim, id="f", kind="figure", attribute=words, measured=all_of_it)
    unsure = structs.replace(mention, id="u", sure=False, kind=words)
    annotation = Annotation(
        id="hostile",
        of="",
        component="enrich/1",
        mentions=(mention, unsure),
        claims=(claim, figure),
        namings=(Naming(LUND, words, words),),
    )
    put(store, of, annotation)
    for site in (SITE, WHOLE):
        page = page_of(store, site=site)
        parsed = document(page)
        known = ("/static/", "application/ld+json")
        scripts = [
            one for one in parsed.iter("script") if not any(word in etree.tostring(one).decode() for word in known)
        ]
        assert scripts == []
        assert not parsed.xpath("//img | //@onerror | //@onmouseover | //section//a[starts-with(@href, 'javascript')]")
        etree.fromstring(render_xml(page))
        assert told(page, "named")["names"]
        rendered = MarkdownIt("commonmark").enable("table").render(render_markdown(page))
        assert not html.document_fromstring(rendered).xpath("//script | //img | //a[starts-with(@href, 'javascript')]")
