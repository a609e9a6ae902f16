"""Portal pages: days, categories, topics, items, and pages that are wrong."""

import time
from datetime import date

import pytest

from diurna.extract.wikitext import PortalReading, read_days
from diurna.model import Entry

MAY_5 = date(2017, 5, 5)
WRAPPERS = {
    "header": "{{Current events header|2017|05|5}}\n<!-- All news items below this line -->\n%s\n<!-- All news -->|}",
    "content": "{{Current events|year=2017|month=05|day=5|content=\n<!-- below -->\n%s\n}}",
    "content in lines": "{{Current events\n| year = 2017\n| month = May\n| day = 5\n| content =\n%s}}",
    "top": "{{Current events|year=2017|month=05|day=5|top=yes}}\n%s\n"
    "{{Current events|year=2017|month=05|day=5|bottom=yes}}",
}
CITED = "[http://n.example/1 (''N'')]"


def entries(reading: PortalReading) -> tuple[Entry, ...]:
    assert [day.day for day in reading.days] == [MAY_5]
    return reading.days[0].entries


def page(items: str) -> str:
    return WRAPPERS["header"] % items


@pytest.mark.parametrize("wrapper", WRAPPERS.values(), ids=WRAPPERS)
@pytest.mark.parametrize("heading", [";%s", "; '''%s'''", "'''%s'''", "== %s ==", "===%s===", "'''[[%s]]''':"])
def test_every_wrapper_with_every_heading(wrapper: str, heading: str) -> None:
    items = (
        heading % "Law and crime"
        + f"\n*[[Trial]]\n**A court rules. {CITED}\n\n"
        + heading % "Sports"
        + f"\n*A game ends. {CITED}"
    )
    reading = read_days(wrapper % items, "page")
    assert [(entry.category, [topic.text for topic in entry.topics], entry.text) for entry in entries(reading)] == [
        ("Law and crime", ["Trial"], "A court rules."),
        ("Sports", [], "A game ends."),
    ]
    assert reading.problems == ()


@pytest.mark.parametrize("wrapper", WRAPPERS.values(), ids=WRAPPERS)
def test_without_headings_there_is_no_category(wrapper: str) -> None:
    assert [entry.category for entry in entries(read_days(wrapper % f"*A court rules. {CITED}", "page"))] == [""]


def test_first_bullet_may_start_deep_and_a_line_may_name_several_topics() -> None:
    made = entries(
        read_days(
            page(
                f"**[[War]]\n***[[Siege of A#End|End]]\n****A falls. {CITED}\n"
                + f"**[[B shooting]], [[C shooting]]\n***Two die. {CITED}"
            ),
            "p",
        )
    )
    assert [[topic.text for topic in entry.topics] for entry in made] == [["War", "End"], ["B shooting, C shooting"]]
    assert [[link.target for link in topic.links] for topic in made[1].topics] == [["B shooting", "C shooting"]]
    assert made[0].topics[1].links[0].section == "End"


def test_items_nest_under_items() -> None:
    parent, child, grandchild, other = entries(
        read_days(
            page(f"*[[War]]\n**A falls. {CITED}\n***B answers. {CITED}\n****C too. {CITED}\n**D stays. {CITED}"), "p"
        )
    )
    assert (parent.parent, child.parent, grandchild.parent, other.parent) == (None, parent.id, child.id, None)
    assert {tuple(topic.text for topic in entry.topics) for entry in (parent, child, grandchild, other)} == {("War",)}


def test_lines_that_go_on() -> None:
    made = entries(
        read_days(page(f"*[[War]]\n*:in A\n**B falls.\n**: It burns. {CITED}\n*C ends\nlate. {CITED}\n:At last."), "p")
    )
    assert [entry.text for entry in made] == ["B falls. It burns.", "C ends late. At last."]
    assert [topic.text for topic in made[0].topics] == ["War in A"]


def test_items_without_sources() -> None:
    reading = read_days(page("*[[War]]\n**The war goes on in the north.\n*[[Peace]]\n*Peace talks"), "p")
    assert [entry.text for entry in entries(reading)] == ["The war goes on in the north."]
    assert [(found.severity, found.what, found.where) for found in reading.problems] == [
        ("notice", "no source cited", "p:4"),
        ("notice", "topic without items", "p:5"),
        ("notice", "topic without items", "p:6"),
    ]


def test_constructs_that_span_lines() -> None:
    source = "*A falls.<ref>{{cite news\n |url=http://n.example/1\n |title=A\n |work=N}}</ref>\n"
    source += "*B <!-- not\n*C yet --> falls. %s\n*D %s"
    reading = read_days(page(source % (CITED, CITED)), "p")
    assert [entry.text for entry in entries(reading)] == ["A falls.", "B falls.", "D"]
    assert entries(reading)[0].citations[0].publisher == "N"


def test_footnotes_may_be_given_elsewhere() -> None:
    reading = read_days(
        page(
            "*A falls.<ref name=x/>\n" + "*B falls.<ref name='x'>[http://n.example (N)]</ref>\n*C falls.<ref name=y />"
        ),
        "p",
    )
    assert [[cited.publisher for cited in entry.citations] for entry in entries(reading)] == [["N"], ["N"], []]
    assert [(found.what, found.where, found.received) for found in reading.problems] == [
        ("footnote is called but nowhere given", "p:5", "y")
    ]


def test_several_days_on_one_page() -> None:
    reading = read_days(
        f"= May 2004 =\n== [[May 5]], [[2004]] ==\n*A falls. {CITED}\n==6 May 2004 (Thursday)==\n"
        f"===Sports===\n*B falls. {CITED}\n"
        f"==May 7==\n*C falls. {CITED}\n=Elsewhere=\n*D falls. {CITED}",
        "p",
    )
    assert [(day.day.isoformat(), [(entry.text, entry.category) for entry in day.entries]) for day in reading.days] == [
        ("2004-05-05", [("A falls.", "")]),
        ("2004-05-06", [("B falls.", "Sports")]),
        ("2004-05-07", [("C falls.", "")]),
    ]
    assert [found.what for found in reading.problems] == ["lines that belong to no day left out"]


def test_the_texts_day_wins_over_the_names() -> None:
    reading = read_days(page(f"*A falls. {CITED}"), "p", date(2017, 5, 6))
    assert len(entries(reading)) == 1
    assert [found.severity for found in reading.problems] == ["notice"]
    assert read_days(page(f"*A falls. {CITED}"), "p", MAY_5).problems == ()


def test_the_names_day_counts_where_the_text_has_none() -> None:
    reading = read_days(f";Sports\n*A falls. {CITED}", "p", MAY_5)
    assert [entry.category for entry in entries(reading)] == ["Sports"]
    nameless = read_days(f"*A falls. {CITED}", "p")
    assert nameless.days == ()
    assert [found.severity for found in nameless.problems] == ["error"]


@pytest.mark.parametrize(
    "wrapper",
    [
        text.replace("05", "02").replace("May", "2").replace("5|", "31|").replace("5}}", "31}}")
        for text in (WRAPPERS["header"], WRAPPERS["content"])
    ],
)
def test_a_day_that_does_not_exist_is_an_error(wrapper: str) -> None:
    reading = read_days(wrapper % f"*A falls. {CITED}", "p", MAY_5)
    assert reading.days == ()
    assert [(found.what, found.severity, found.received) for found in reading.problems] == [
        ("no such day", "error", "2017-02-31")
    ]


def test_a_bad_day_leaves_the_others() -> None:
    reading = read_days(f"==February 31, 2017==\n*A falls. {CITED}\n==May 5, 2017==\n*B falls. {CITED}", "p")
    assert [entry.text for entry in entries(reading)] == ["B falls."]
    assert [(found.what, found.where) for found in reading.problems] == [("no such day", "p:1")]


@pytest.mark.parametrize(
    "text",
    ["", "hello", "<!DOCTYPE html><p>x", "#REDIRECT [[x]]", "\x00\x01\x02", "{{Portal:Current events/2017 May 5}}"],
)
def test_no_portal_page(text: str) -> None:
    reading = read_days(text, "p", MAY_5)
    assert reading.days == ()
    assert [found.severity for found in reading.problems] == ["error"]


def test_a_day_with_nothing_on_it() -> None:
    reading = read_days(page(""), "p")
    assert entries(reading) == ()
    assert [found.severity for found in reading.problems] == ["notice"]


def test_line_ends_marks_and_control_characters() -> None:
    text = "\ufeff" + page(f"*A fa\x00ll\x08s. {CITED}").replace("\n", "\r\n")
    assert [entry.text for entry in entries(read_days(text, "p"))] == ["A falls."]


def test_an_item_that_stands_twice_counts_once() -> None:
    reading = read_days(page(f"*A falls. {CITED}\n*A falls. {CITED}"), "p")
    assert len(entries(reading)) == 1
    assert [(found.what, found.where) for found in reading.problems] == [
        ("item stands twice, second one left out", "p:4")
    ]


def test_paragraphs_with_sources_are_items() -> None:
    reading = read_days(page(f"A town falls to the rebels. {CITED}\n\n{{{{Some footer}}}}\n[[Category:X]]"), "p")
    assert [entry.text for entry in entries(reading)] == ["A town falls to the rebels."]
    assert [found.severity for found in reading.problems] == ["notice"]


@pytest.mark.parametrize(
    "bad",
    [
        "*" + "x" * 3_000_000,
        "*a " + "{{a|" * 500_000,
        "*a " + "<!-- " * 400_000,
        "*a " + "{{a|" * 4_900,
        "*a " + "[[a|" * 4_900,
        "*a " + "<ref>" * 3_900,
        "*a " + '<a b="' * 3_000,
        "*" * 1_000 + "b",
    ],
    ids=["long", "braces", "comments", "templates", "links", "footnotes", "tags", "stars"],
)
def test_a_hostile_item_takes_little_time_and_leaves_the_others(bad: str) -> None:
    before = time.process_time()
    reading = read_days("{{Current events header|2017|05|5}}\n" + f"*A falls. {CITED}\n{bad}\n*B falls. {CITED}", "p")
    assert time.process_time() - before < 5
    texts = [entry.text for entry in entries(reading)]
    assert texts[0] == "A falls."
    assert texts[-1] == "B falls."
    assert reading.problems


def test_many_bullets_take_time_in_proportion() -> None:
    def seconds(count: int) -> float:
        text = page("".join(f"*Town {number} falls. {CITED}\n" for number in range(count)))
        before = time.process_time()
        assert len(entries(read_days(text, "p"))) == count
        return time.process_time() - before

    seconds(100)
    assert seconds(4_000) < 4 * (4 * seconds(500) + 0.2)


def test_a_normal_day_is_read_in_30_ms() -> None:
    item = "**The [[United Nations]] say that [[Some Person|she]] met {{nowrap|12 others}} in [[Geneva]] on Monday. "
    text = page("".join(f"*[[Topic {n}]]\n{item}{n} {CITED} [http://m.example/{n} (AFP via M)]\n" for n in range(15)))
    read_days(text, "p")
    times = []
    for _ in range(5):
        before = time.process_time()
        read_days(text, "p")
        times.append(time.process_time() - before)
    assert min(times) < 0.03


def test_problems_are_told_up_to_a_limit() -> None:
    reading = read_days(page("*[[A]]\n" * 3_000), "p")
    assert len(reading.problems) == 1001
    assert reading.problems[-1].what == "more problems than are told"
