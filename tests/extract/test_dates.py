"""When an article was published and changed: the most trusted place speaks, and what is no date of it does not."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import html

from diurna.extract.dates import Dates, read_dates
from diurna.extract.linked_data import link, same_name
from diurna.extract.page_marks import read_marks

URL = "https://www.coastpost.test/world/launch-report"
LATEST = datetime(2024, 1, 2, tzinfo=UTC)
TEXT = "<p>A missile was launched from the coast and landed in the sea, the ministry said in the morning.</p>" * 5


def dates(head: str, body: str = "", *, url: str = URL, language: str = "en-GB", thorough: bool = True) -> Dates:
    page = f'<html lang="{language}"><head><title>Missile lands</title>{head}</head><body>{body}</body></html>'
    root = html.document_fromstring(page)
    marks = read_marks(root)
    linked = link(marks.nodes, {same_name(marks.title)}, [url])
    return read_dates(root, marks, linked, url, LATEST, thorough=thorough)


def ld(**fields: object) -> str:
    node = {"@type": "NewsArticle", "headline": "Missile lands", **fields}
    return f'<script type="application/ld+json">{json.dumps(node)}</script>'


def meta(name: str, content: str) -> str:
    return f'<meta property="{name}" content="{content}">'


def shown(line: str, rest: str = "") -> str:
    return f"<div><h1>Missile lands</h1>{line}{TEXT}</div>{rest}"


def found(told: Dates) -> tuple[date | None, str]:
    return told.day, told.published.found if told.published else ""


def test_linked_data_tells_both_times_and_where_they_stand() -> None:
    told = dates(ld(datePublished="2017-05-22T09:30:00+09:00", dateModified="2017-05-22T18:00:00+09:00"))
    assert told.published is not None
    assert told.modified is not None
    assert told.published.time == datetime(2017, 5, 22, 0, 30, tzinfo=UTC)
    assert told.published.found == "json-ld datePublished"
    assert told.published.written == "2017-05-22T09:30:00+09:00"
    assert told.modified.time == datetime(2017, 5, 22, 9, 0, tzinfo=UTC)
    assert told.day == date(2017, 5, 22)


@pytest.mark.parametrize(
    "name",
    ["article:published_time", "dc.date.issued", "parsely-pub-date", "sailthru.date", "citation_publication_date"],
)
def test_meta_elements_tell_it(name: str) -> None:
    assert found(dates(meta(name, "2017-05-22"))) == (date(2017, 5, 22), "meta " + name)


@pytest.mark.parametrize(
    ("path", "day"),
    [
        ("/2017/05/22/launch", date(2017, 5, 22)),
        ("/news/20170522-launch", date(2017, 5, 22)),
        ("/launch-2017-05-22.html", date(2017, 5, 22)),
        ("/2017/may/22/launch", date(2017, 5, 22)),
        ("/world/2017/May/2/launch", date(2017, 5, 2)),
        ("/2017/oct/03", date(2017, 10, 3)),
        ("/2017/sept/03.html", date(2017, 9, 3)),
        ("/oct/03/2017/launch", date(2017, 10, 3)),
        ("/news/3/october/2017", date(2017, 10, 3)),
        ("/mayor/12/2017/", None),
        ("/2017/foo/22/launch", None),
        ("/2017/43/launch", None),
        ("/sport/2021-22/launch", None),
        ("/2017/02/31/launch", None),
        ("/article/1136087.launch", None),
    ],
)
def test_addresses_tell_a_day_only_where_they_name_one(path: str, day: date | None) -> None:
    assert dates("", url="https://coastpost.test" + path, thorough=False).day == day


@pytest.mark.parametrize(
    ("line", "language"),
    [
        ("<time datetime='2017-05-22T10:00:00Z'>Monday</time>", "en"),
        ("<span itemprop='datePublished' content='2017-05-22'>Monday</span>", "en"),
        ("<abbr class='published' title='2017-05-22T10:00:00Z'>Monday</abbr>", "en"),
        ("<p class='byline'>By our desk | May 22, 2017</p>", "en"),
        ("<div class='artikel-datum'>Montag, 22. Mai 2017, 10:00 Uhr</div>", "de"),
        ("<p>Publié le 22 mai 2017 à 10h00</p>", "fr"),
        ("<p>5/22/2017</p>", "en-US"),
        ("<span>22.05.2017</span>", "de"),
        ("<span>2017年5月22日</span>", "zh"),
    ],
)
def test_elements_and_lines_near_the_title_tell_it(line: str, language: str) -> None:
    assert dates("", shown(line), language=language, thorough=False).day == date(2017, 5, 22)


def test_published_and_updated_side_by_side_are_kept_apart() -> None:
    line = "<p class='meta'>Published 22 May 2017 10:00</p><p class='meta'>Updated 24 May 2017 3:15pm</p>"
    told = dates("", shown(line), thorough=False)
    assert told.day == date(2017, 5, 22)
    assert told.modified is not None
    assert told.modified.time == datetime(2017, 5, 24, 15, 15, tzinfo=UTC)


@pytest.mark.parametrize(
    "rest",
    [
        "<footer><p>Copyright 22 May 2017</p></footer>",
        "<div id='comments'><time datetime='2017-05-22'>22 May 2017</time></div>",
        "<aside class='related'><span class='date'>22 May 2017</span></aside>",
        "<ul class='recent-posts'><li><span class='post-date'>22/05/2017</span></li></ul>",
        "<p>In a speech that was held on 22 May 2017 the minister had said much about the missile and its range.</p>",
    ],
)
def test_dates_of_comments_teasers_rights_and_sentences_are_not_the_articles(rest: str) -> None:
    assert dates("", shown("", rest), thorough=False) == Dates()


@pytest.mark.parametrize(
    "value",
    [
        "1970-01-01T00:00:00Z",
        "0",
        "2031-01-01",
        "{{ date }}",
        "31.02.2017",
        "99999-12-31",
        "9" * 9_000,
        "-5",
        "0001-01-01",
    ],
)
def test_impossible_dates_are_passed_over_for_the_next_place(value: str) -> None:
    assert dates(ld(datePublished=value), thorough=False).published is None
    both = dates(ld(datePublished=value) + meta("article:published_time", "2017-05-22"))
    assert found(both) == (date(2017, 5, 22), "meta article:published_time")


def test_nothing_after_the_capture_is_believed() -> None:
    assert dates(ld(datePublished="2024-01-01T12:00:00Z")).published is not None
    assert dates(ld(datePublished="2024-01-03T00:00:00Z"), thorough=False).published is None


def test_a_page_without_a_date_has_none() -> None:
    assert dates("", shown("")) == Dates()


def test_an_address_corrects_a_day_that_a_move_of_the_site_made() -> None:
    told = dates(ld(datePublished="2019-06-17T18:28:00+02:00"), url="https://coastpost.test/2017/5/22/launch")
    assert found(told) == (date(2017, 5, 22), "address")


def test_the_day_is_that_of_the_publishers_clock() -> None:
    late = "2017-05-21T22:30:00Z"
    assert dates(ld(datePublished=late), url="https://kuestenpost.de/start").day == date(2017, 5, 22)
    assert dates(ld(datePublished=late), url="https://coastpost.test/2017/05/22/launch").day == date(2017, 5, 22)
    assert dates(ld(datePublished=late), url="https://coastpost.co.uk/launch").day == date(2017, 5, 21)
    assert dates(ld(datePublished="2017-05-21T22:30:00+01:00"), url="https://x.de/").day == date(2017, 5, 21)


def test_a_time_with_a_zone_is_better_than_one_without() -> None:
    head = ld(datePublished="2017-05-22T09:30:00") + meta("article:published_time", "2017-05-22T09:30:00+09:00")
    told = dates(head).published
    assert told is not None
    assert told.time == datetime(2017, 5, 22, 0, 30, tzinfo=UTC)


def test_no_page_was_changed_before_it_was_published() -> None:
    assert dates(ld(datePublished="2017-05-22", dateModified="2017-05-21")).modified is None


def test_sureness_rises_with_agreement_and_falls_with_doubt() -> None:
    def sureness(told: Dates) -> float:
        assert told.published is not None
        return told.published.sureness

    alone = sureness(dates(ld(datePublished="2017-05-22")))
    agreed = sureness(dates(ld(datePublished="2017-05-22"), url="https://coastpost.test/2017/05/22/launch"))
    doubtful = sureness(dates(ld(datePublished="05/06/2017")))
    unzoned = sureness(dates(ld(datePublished="2017-05-22T10:00:00")))
    changed = sureness(dates(ld(dateModified="2017-05-22"), thorough=False))
    assert 1 >= agreed > alone > unzoned > doubtful > 0
    assert changed == 0.5


def test_htmldate_is_asked_only_when_thorough() -> None:
    body = shown("", "<div class='teaser'><p class='date'>22 May 2017</p></div>")
    assert dates("", body, thorough=False).published is None
    told = dates("", body, thorough=True).published
    assert told is not None
    assert told.found.endswith("htmldate")
    assert told.sureness <= 0.7


def test_the_days_in_other_pages_addresses_are_not_the_pages_own() -> None:
    strip = "<ul class='more'><li><a href='https://coastpost.test/2017/05/10/vote'>Vote</a></li></ul>"
    assert dates("", shown("<p>Dockers wait at Gate 4.</p>", strip), thorough=True).published is None


@settings(max_examples=60, deadline=None)
@given(st.dictionaries(st.sampled_from(["datePublished", "dateModified", "dateCreated"]), st.text() | st.integers()))
def test_any_linked_data_is_read_without_a_fault(fields: dict[str, object]) -> None:
    told = dates(ld(**fields), shown("<p>22/05/2017</p>"), thorough=False)
    for dating in (told.published, told.modified):
        assert dating is None or (dating.time <= LATEST and 0 < dating.sureness <= 1)


def test_a_page_full_of_dates_costs_little() -> None:
    rows = "".join(f"<tr><td class='date'>{1 + number % 28}.05.2017</td></tr>" for number in range(20_000))
    told = dates("", shown("<p class='date'>22.05.2017</p>", f"<table>{rows}</table>"), thorough=False)
    assert told.day == date(2017, 5, 22)
