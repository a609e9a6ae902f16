"""Mark-up of one item: what text, links and sources come out of it."""

import pytest

from diurna.extract.wikitext_text import read_passage
from diurna.model import Citation, Wikilink

SOURCE = "http://news.example/1"


@pytest.mark.parametrize(
    ("source", "text", "links"),
    [
        ("A [[bomb]] goes off", "A bomb goes off", [(2, 6, "Bomb", "", "")]),
        ("[[Kim Jong-un|Kim]] speaks", "Kim speaks", [(0, 3, "Kim Jong-un", "", "")]),
        ("the [[bomb]]ing ends", "the bombing ends", [(4, 11, "Bomb", "", "")]),
        ("the [[Bomb|explosion]]s end", "the explosions end", [(4, 14, "Bomb", "", "")]),
        ("[[中国]]と日本", "中国と日本", [(0, 2, "中国", "", "")]),
        ("[[Battle of Sufa#After_math|after]]", "after", [(0, 5, "Battle of Sufa", "After math", "")]),
        ("[[red_square%2C_Moscow|x]]", "x", [(0, 1, "Red square, Moscow", "", "")]),
        ("[[ Johnson &amp;  Sons ]] close", "Johnson & Sons close", [(0, 14, "Johnson & Sons", "", "")]),
        ("[[ France | the French ]] vote", "the French vote", [(0, 10, "France", "", "")]),
        ("[[Georgia (country)|]] votes", "Georgia votes", [(0, 7, "Georgia (country)", "", "")]),
        ("[[Mastung, Pakistan|]] votes", "Mastung votes", [(0, 7, "Mastung, Pakistan", "", "")]),
        ("[[:fr:gare|station]] opens", "station opens", [(0, 7, "Gare", "", "fr")]),
        ("[[wikt:word]] of it", "wikt:word of it", [(0, 9, "word", "", "wikt")]),
        ("word [[fr:Mot]] of it", "word of it", []),
        ("a [[File:A.jpg|thumb|with [[Bob]] and [[Al]]]] b", "a b", []),
        ("a [[Image:A.jpg]][[Datei:B.png|x]] b", "a b", []),
        ("a [[Category:Things]] b", "a b", []),
        ("a [[:Category:things]] b", "a Category:things b", [(2, 17, "Category:Things", "", "")]),
        ("see [[#Early days|there]]", "see there", []),
        (
            "''[[The Times]]'' and '''[[Le Monde]]'''",
            "The Times and Le Monde",
            [(0, 9, "The Times", "", ""), (14, 22, "Le Monde", "", "")],
        ),
        ("e[[\u0301x]]", "éx", [(0, 2, "\u0301x", "", "")]),
    ],
)
def test_links(source: str, text: str, links: list[tuple[int, int, str, str, str]]) -> None:
    passage = read_passage(source, "page:1")
    assert passage.text == text
    assert [(link.start, link.end, link.target, link.section, link.site) for link in passage.links] == links
    assert all(text[link.start : link.end] == link.shown for link in passage.links)


@pytest.mark.parametrize(
    ("source", "text", "citations"),
    [
        (f"It rains. [{SOURCE} (Reuters)]", "It rains.", [Citation(SOURCE, "Reuters")]),
        (f"It rains. [{SOURCE} (''The Times'')]", "It rains.", [Citation(SOURCE, "The Times")]),
        (f"It rains. [{SOURCE} ([[BBC News|BBC]])]", "It rains.", [Citation(SOURCE, "BBC")]),
        (f"It rains. [{SOURCE} (''AFP'' via ''FMT'')]", "It rains.", [Citation(SOURCE, "AFP", "FMT")]),
        (f"It rains. [{SOURCE} (''ABC'', Australia)]", "It rains.", [Citation(SOURCE, "ABC, Australia")]),
        (f"It rains. [{SOURCE} BBC News]", "It rains.", [Citation(SOURCE, "BBC News")]),
        (f"It rains [{SOURCE} BBC News].", "It rains.", [Citation(SOURCE, "BBC News")]),
        (f"It rains. [{SOURCE}]", "It rains.", [Citation(SOURCE)]),
        (f"It rains. [{SOURCE}] (BBC)", "It rains.", [Citation(SOURCE, "BBC")]),
        (f"It rains. {SOURCE}", "It rains.", [Citation(SOURCE)]),
        (f"It rains ({SOURCE}).", "It rains.", [Citation(SOURCE)]),
        (f"It rains. [[{SOURCE} (BBC)]]", "It rains.", [Citation(SOURCE, "BBC")]),
        (f"It rains. [{SOURCE} (BBC)", "It rains.", [Citation(SOURCE, "BBC")]),
        (f"It rains [{SOURCE} (BBC)], it snows.", "It rains, it snows.", [Citation(SOURCE, "BBC")]),
        (
            f"It rains. [{SOURCE} (A)], [http://b.example (B)]; and [http://c.example (C)].",
            "It rains.",
            [Citation(SOURCE, "A"), Citation("http://b.example", "B"), Citation("http://c.example", "C")],
        ),
        (f"He makes [{SOURCE} a speech] at noon.", "He makes a speech at noon.", [Citation(SOURCE, title="a speech")]),
        (f"So says [{SOURCE} Amnesty].", "So says Amnesty.", [Citation(SOURCE, "Amnesty")]),
        (
            f"It rains.<ref>[{SOURCE} Rain falls], The Sun</ref>",
            "It rains.",
            [Citation(SOURCE, "The Sun", "", "Rain falls")],
        ),
        (f"It rains.<ref>{SOURCE}</ref>", "It rains.", [Citation(SOURCE)]),
        (f"It rains.<ref>[{SOURCE} (BBC)]</ref>", "It rains.", [Citation(SOURCE, "BBC")]),
        (
            f"It rains.<ref name=a>{{{{cite news|url = {SOURCE}?a=1&amp;b=2|title=It ''is'' | work=[[Post]]}}}}</ref>",
            "It rains.",
            [Citation(SOURCE + "?a=1&b=2", "Post", "", "It is")],
        ),
        (
            f"It rains. {{{{cite web|url={SOURCE}|agency=AP|newspaper=Post}}}}",
            "It rains.",
            [Citation(SOURCE, "AP", "Post")],
        ),
        (f"It rains. {{{{Citation|url={SOURCE}|publisher=Met}}}}", "It rains.", [Citation(SOURCE, "Met")]),
        (f"It rains. [{SOURCE} (A)] [{SOURCE} (A)]", "It rains.", [Citation(SOURCE, "A")]),
        ("It rains. [//n.example/1 (A)]", "It rains.", [Citation("https://n.example/1", "A")]),
    ],
)
def test_citations(source: str, text: str, citations: list[Citation]) -> None:
    passage = read_passage(source, "page:1")
    assert passage.text == text
    assert passage.citations == citations


@pytest.mark.parametrize(
    "url",
    ["javascript:alert(1)", "data:text/html,x", "file:///etc/passwd", "ftp://a.example/x", "http://", "JavaScript:x"],
)
def test_unsafe_urls_are_told_and_cite_nothing(url: str) -> None:
    passage = read_passage(f"It rains. [{url} (Reuters)]", "page:7")
    assert passage.text == "It rains."
    assert passage.citations == []
    assert [(found.severity, found.where) for found in passage.problems] == [("warning", "page:7")]
    assert passage.problems[0].received.lower().startswith(url.lower()[:5])


@pytest.mark.parametrize(
    ("source", "text"),
    [
        ("{{nowrap|US$5 million}} {{nobr|a ''b''}}", "US$5 million a b"),
        ("{{lang|fr|''été''}} {{lang-de|Haus}} {{transl|ar|ISO|al-Quds}}", "été Haus al-Quds"),
        ("{{convert|500|km|mi}}", "500 km (310 mi)"),
        ("{{convert|2000|km|mi|abbr=on}}", "2,000 km (1,200 mi)"),
        ("{{convert|500|km|mi|adj=on}} road", "500-kilometre (310 mi) road"),
        ("{{convert|500|km|mi|adj=on|sp=us}} road", "500-kilometer (310 mi) road"),
        ("{{convert|5|to|10|km|mi}}", "5 to 10 km (3.1 to 6.2 mi)"),
        ("{{convert|5|-|10|km|mi|0}}", "5–10 km (3–6 mi)"),
        ("{{convert|30|C}} {{convert|-40|F|C}}", "30 °C (86 °F) −40 °F (−40 °C)"),
        ("{{convert|7.2|kg|lb}}", "7.2 kg (16 lb)"),
        ("{{convert|5|ft|10|in|m}}", "5 ft 10 in (1.78 m)"),
        ("{{convert|1|mi|km|abbr=off}}", "1 mile (1.6 kilometres)"),
        ("{{convert|500|parsec|ly}}", "500 parsec"),
        ("{{convert|100|km|mi nmi}}", "100 km (62 mi; 54 nmi)"),
        ("{{flag|France}} {{flagu|Chad}} {{flagicon|USA}}{{USA}}", "France Chad United States"),
        ("{{ill|Jan Novak|cs|Jan Novák}} {{interlanguage link|A (b)|de|lt=A}}", "Jan Novak A"),
        ("{{abbr|UN|United Nations}}", "UN"),
        (
            "{{USS|Nimitz|CVN-68}} {{HMS|Hood||6}} {{ship|Russian frigate|Neva|10|2}}",
            "USS Nimitz (CVN-68) Hood Russian frigate Neva",
        ),
        ("teh{{sic}} {{sic|teh|hide=y}}", "teh[sic] teh"),
        ("{{circa|1900}} {{frac|1|2}} {{frac|3|1|2}}", "c. 1900 1/2 3 1/2"),
        ("a{{ndash}}b{{mdash}}c{{spaced ndash}}d{{snd}}e{{nbsp}}f{{'}}g", "a–b—c – d – e f'g"),
        ("{{as of|2017|5}} and {{as of|2017|5|22|lc=y|df=y}}", "As of May 2017 and as of 22 May 2017"),
        ("{{dts|2017|5|22}} {{start date|2017|05|02|df=y}}", "May 22, 2017 2 May 2017"),
        ("{{US$|5}} {{€|5 million}} {{GBP|7}} {{INR}}9", "US$5 €5 million £7 ₹9"),
        ("It rains{{cn|date=May 2017}}.{{dead link}}{{efn|No.}} {{better source|x}}", "It rains."),
        ("{{nowrap|{{nowrap|{{lang|fr|[[a]]}}}}}}", "a"),
        ("{{small|a}} <small>b</small> <s>gone</s> c<br/>d<span style='display:none'>hidden</span>", "a b c d"),
        ("a<nowiki>[[b]] ''c'' {{d}}</nowiki>", "a[[b]] ''c'' {{d}}"),
        ("the ''Titanic'''s '''end'''", "the Titanic's end"),
        ("l''''Est''' x", "l'Est x"),
        ("a&nbsp;b &amp; c &lt;d&gt; &#8212; e&thinsp;f", "a b & c <d> — e f"),
        ("zero\u200bwidth so\u00adft \u202edirec\u202ction\u2069 \ufeffmark", "zerowidth soft direction mark"),
        ("می\u200cخواهم a\u200cb", "می\u200cخواهم ab"),
        ("cafe\u0301 \u1100\u1161", "café 가"),
        ("__NOTOC__a |} {| b }} c", "a b c"),
        ("[He] said [it]", "[He] said [it]"),
        ("<script>alert(1)</script> is a title", "<script>alert(1)</script> is a title"),
        ("a ( ) b", "a ( ) b"),
        ("He said: –", "He said"),
        ("Group 5-", "Group 5-"),
    ],
)
def test_text_is_clean(source: str, text: str) -> None:
    assert read_passage(source, "page:1").text == text


def test_templates_that_link() -> None:
    passage = read_passage(
        "{{ill|Jan Novak|cs|J|lt=Jan}} {{flag|Chad}} {{USS|Nimitz|CVN-68|6}} {{nowrap|[[a|b]]}}", "page:1"
    )
    assert passage.links == [
        Wikilink(0, 3, "Jan Novak", "Jan"),
        Wikilink(4, 8, "Chad", "Chad"),
        Wikilink(9, 15, "USS Nimitz (CVN-68)", "Nimitz"),
        Wikilink(16, 17, "A", "b"),
    ]


@pytest.mark.parametrize(
    ("source", "text"), [("a {{zyx|some words}}", "a some words"), ("a {{zyx|k=v}}", "a"), ("a {{zyx|7}}", "a")]
)
def test_unknown_templates_are_named_in_a_notice(source: str, text: str) -> None:
    passage = read_passage(source, "page:3")
    assert passage.text == text
    assert [(found.severity, found.received, found.where) for found in passage.problems] == [
        ("notice", "zyx", "page:3")
    ]


@pytest.mark.parametrize(
    ("source", "text", "urls"),
    [
        ("a {{nowrap|b [http://x.example (X)]", "a b", ["http://x.example"]),
        ("a [[Page|words [http://x.example (X)]", "a words", ["http://x.example"]),
        ("a {{cite news|url=http://x.example|title=b", "a", ["http://x.example"]),
        ("a <ref>http://x.example b", "a", ["http://x.example"]),
        ("a {{nowrap|b ]] c}}", "a b c", []),
        ("a [[b {{nowrap|c]] d}}", "a b c d", []),
    ],
)
def test_what_was_not_closed_is_mended_and_told(source: str, text: str, urls: list[str]) -> None:
    passage = read_passage(source, "page:1")
    assert passage.text == text
    assert [citation.url for citation in passage.citations] == urls


def test_unclosed_mark_up_is_told() -> None:
    assert [found.severity for found in read_passage("a {{nowrap|b", "page:1").problems] == ["notice"]
    assert read_passage("a {{nowrap|b}}", "page:1").problems == []
