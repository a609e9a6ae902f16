"""Pages: what each family shows, and when there is none."""

from collections.abc import Sequence
from datetime import UTC, date, datetime

import pytest

from diurna.model import Change, Citation, Image, Lede, Origin, Ref
from diurna.publish.blocks import Anchor, Figure, Groups, Items, Notice, Paragraphs, Table, Tags
from diurna.publish.build import FIXED_PAGES, build_page, chrome_of, year_refs
from diurna.publish.event_sections import Changes, Cover, Filing, Happening, Nested, Parent, Related, Sources
from diurna.publish.list_sections import LISTED, Chronicle, OtherYears
from diurna.publish.materials import Directory
from diurna.publish.page import Page
from diurna.publish.sections import EVENT_SECTIONS, SECTION_TYPES
from diurna.publish.site_settings import SiteSettings
from tests.publish.fake_views import COUNCIL, FakeViews, make_event, make_link, small_chronicle

SITE = SiteSettings(
    title="Acta", version="0.1.0", chronicle_digest="chronicledigest", configuration_digest="confdigest"
)


def build(ref: str, views: FakeViews | None = None) -> Page:
    page = build_page(ref, (views or small_chronicle()).as_views(), SITE)
    assert page is not None
    return page


def section(page: Page, kind: type) -> object:
    return next(found for found in page.data if isinstance(found, kind))


def blocks(page: Page, name: str) -> tuple[object, ...]:
    return next(found.blocks for found in page.sections if found.name == name)


def test_an_event_has_the_parts_of_the_reference_in_its_order() -> None:
    page = build("event:first")
    assert [part.name for part in page.sections] == [
        "sources",
        "cover",
        "changes",
        "context",
        "related",
        "nested",
        "filing",
    ]
    assert (page.kind, page.path, page.day) == ("event", "news/2017/05/22/first", date(2017, 5, 22))
    assert page.breadcrumbs == (
        Anchor("International relations", "category/international-relations"),
        Anchor("North Korea's weapons", "topic/nuclear"),
        Anchor("Tests"),
    )
    (lede,) = page.lead
    assert isinstance(lede, Paragraphs)
    assert lede.texts == ("The council will meet on Tuesday.",)
    assert lede.source == Anchor("USA Today", "https://www.usatoday.com/story/")


def test_related_events_name_their_context_and_reasons_in_words_and_numbers() -> None:
    (items,) = blocks(build("event:first"), "related")
    assert isinstance(items, Items)
    first = items.items[0]
    assert first.anchor.href == "news/2017/05/21/before"
    assert (first.tags_title, first.tags[0]) == ("Context", Anchor("Kim Jong-un", "context/kim"))
    assert first.details == (
        "Kim Jong-un: 2 of 1,204 events, weight 0.600",
        "word missile: 12 of 1,204 events, weight 0.212",
    )


def test_related_leaves_out_events_that_are_not_there() -> None:
    views = FakeViews([make_event("first")], [make_link("first", "nowhere")])
    assert not any(isinstance(found, Related) for found in build("event:first", views).data)


def test_changes_are_dated_where_their_revision_was() -> None:
    (items,) = blocks(build("event:first"), "changes")
    assert isinstance(items, Items)
    assert [(item.label, item.anchor.text) for item in items.items] == [
        ("added", "2017-05-22 09:30 UTC"),
        ("edited", "undated revision"),
    ]
    assert (items.items[1].before, items.items[1].after) == ("Kim approves.", "Kim orders.")


def test_an_event_that_was_only_added_shows_no_changes_but_machines_get_them() -> None:
    event = make_event("first", changes=(Change("added", datetime(2017, 5, 22, tzinfo=UTC), "Portal:x@1"),))
    page = build("event:first", FakeViews([event]))
    assert any(isinstance(found, Changes) for found in page.data)
    assert "changes" not in [found.name for found in page.sections]


def test_provenance_names_page_revision_and_licence() -> None:
    page = build("event:first")
    assert page.provenance == (
        Anchor(
            "From Portal:Current events/2017 May 22, en.wikipedia.org, revision 2",
            "https://en.wikipedia.org/w/index.php?oldid=2",
        ),
        Anchor(
            "Text by the contributors to en.wikipedia.org, under CC BY-SA 3.0",
            "https://creativecommons.org/licenses/by-sa/3.0/",
        ),
    )
    unlicensed = FakeViews([make_event("first", origins=(Origin("mine"),))])
    assert build("event:first", unlicensed).provenance == (Anchor("From the list mine"),)


def test_a_merged_event_leads_to_where_it_is_told_now() -> None:
    page = build("event:merged")
    assert (page.kind, page.redirect) == ("redirect", "news/2017/05/22/first")
    assert isinstance(page.lead[0], Notice)


def test_a_part_of_a_merged_event_is_part_of_the_one_it_went_into() -> None:
    merged = make_event("merged", rank=2, status="merged", into="/news/2017/05/22/first")
    part = make_event("part", rank=3, parent="event:merged")
    shown = section(build("event:part", FakeViews([make_event("first"), merged, part])), Parent)
    assert isinstance(shown, Parent)
    assert shown.event.event == "event:first"


def test_a_circle_of_merges_ends() -> None:
    one = make_event("one", status="merged", into="/news/2017/05/22/two")
    two = make_event("two", status="merged", into="/news/2017/05/22/one")
    part = make_event("part", parent="event:one")
    views = FakeViews([one, two, part])
    assert build("event:one", views).redirect == "news/2017/05/22/two"
    assert not any(isinstance(found, Parent) for found in build("event:part", views).data)


def test_a_withdrawn_event_says_so_and_keeps_what_was() -> None:
    page = build("event:gone")
    assert isinstance(page.lead[0], Notice)
    assert page.lead[0].kind == "withdrawn"
    assert any(isinstance(found, Sources) for found in page.data)
    filing = section(page, Filing)
    assert isinstance(filing, Filing)
    assert filing.category is not None
    assert filing.category.page == ""  # its category may have no page any more


def test_an_event_tells_its_date_where_that_is_not_its_day() -> None:
    note = build("event:before").lead[0]
    assert isinstance(note, Paragraphs)
    assert note.texts == ("Happened on 2017-05-20; filed under 2017-05-21.",)


def test_nested_events_and_their_parent_lead_to_each_other() -> None:
    nested = section(build("event:first"), Nested)
    assert isinstance(nested, Nested)
    assert [line.event for line in nested.events] == ["event:child"]
    parent = section(build("event:child"), Parent)
    assert isinstance(parent, Parent)
    assert parent.event.event == "event:first"


@pytest.mark.parametrize(
    "url", ["javascript:alert(1)", "data:text/html,x", "//evil.example", "https://", "http://[bad"]
)
def test_unsafe_addresses_are_dropped(url: str) -> None:
    event = make_event(
        "first",
        citations=(Citation(url, "Paper"),),
        lede=Lede("Words.", "Paper", url),
        cover=Image(url),
        origins=(Origin("list", url=url, licence=url),),
    )
    page = build("event:first", FakeViews([event]))
    sources, head = section(page, Sources), section(page, Happening)
    assert isinstance(sources, Sources)
    assert isinstance(head, Happening)
    assert (sources.sources[0].url, sources.sources[0].publisher, head.lede_url) == ("", "Paper", "")
    assert not any(isinstance(found, Cover) for found in page.data)
    assert not any(anchor.href for anchor in page.provenance if isinstance(anchor, Anchor))
    assert "isBasedOn" not in page.json_ld
    assert f'"url":"{url}"' not in page.json_ld


def test_a_cover_is_a_file_of_the_site_only_where_a_capture_holds_it() -> None:
    (plain,) = blocks(build("event:first"), "cover")
    assert isinstance(plain, Figure)
    assert (plain.src, plain.href) == ("", "https://images.example/a.png")
    held = make_event("first", cover=Image("https://images.example/a.png?x=1", capture="abc"))
    (shown,) = blocks(build("event:first", FakeViews([held])), "cover")
    assert isinstance(shown, Figure)
    assert shown.src == "images/abc.png"


def test_a_day_groups_events_by_category_and_topic_and_sets_withdrawn_ones_apart() -> None:
    page = build("day:2017-05-22")
    (groups,) = blocks(page, "day")
    assert isinstance(groups, Groups)
    assert [group.anchor.text for group in groups.groups] == ["International relations", "Other events"]
    topic = groups.groups[0].groups[0]
    assert topic.anchor == Anchor("North Korea's weapons", "topic/nuclear")
    assert [item.anchor.href[-5:] for item in topic.groups[0].items] == ["first", "child"]
    (withdrawn,) = blocks(page, "withdrawn")
    assert isinstance(withdrawn, Items)
    assert [item.status for item in withdrawn.items] == ["withdrawn"]
    assert page.previous == Anchor("21 May 2017", "news/2017/05/21/index")
    assert page.next is None


def test_a_month_is_a_calendar_and_its_days() -> None:
    page = build("month:2017-05")
    (calendar,) = blocks(page, "month")
    assert isinstance(calendar, Table)
    cells = {cell.text: cell for row in calendar.rows for cell in row}
    assert (cells["22"].href, cells["22"].mark) == ("news/2017/05/22/index", "4 events")
    assert cells["23"].href == ""
    assert (page.previous, page.next) == (Anchor("April 2017", "news/2017/04/index"), None)


def test_a_year_leads_to_its_months_and_the_year_before() -> None:
    page = build("year:2017")
    (table,) = blocks(page, "months")
    assert isinstance(table, Table)
    assert [row[0].text for row in table.rows] == ["April", "May"]
    assert page.previous == Anchor("2016", "news/2016/index")


def test_an_entity_shows_events_by_year_newest_first_and_its_company() -> None:
    page = build("entity:kim")
    chronicle = section(page, Chronicle)
    assert isinstance(chronicle, Chronicle)
    assert [year.year for year in chronicle.years] == [2017, 2016]
    assert chronicle.years[0].events[0].event == "event:first"
    (company,) = blocks(page, "companions")
    assert isinstance(company, Tags)
    assert company.numbers == (5, 5)
    (lead,) = page.lead
    assert isinstance(lead, Paragraphs)
    assert lead.texts == ("5 events.", "Also shown as: the Kim Jong-un.")


@pytest.mark.parametrize(
    ("ref", "path"),
    [
        ("entity:kim", "context/kim"),
        ("topic:nuclear", "topic/nuclear"),
        ("category:Sports", "category/sports"),
        ("category:Law and Crime", "category/law-and-crime-"),
    ],
)
def test_subjects_that_can_be_followed_name_their_feed(ref: str, path: str) -> None:
    page = build(ref)
    assert page.path.startswith(path)
    assert [feed.href for feed in page.feeds] == [page.path]


def test_a_long_list_shows_the_newest_and_leads_to_pages_of_years() -> None:
    events = [make_event(f"e{n}", f"{2016 + n % 2}-05-{1 + n % 28:02}", rank=n + 1) for n in range(LISTED + 1)]
    views = FakeViews(events)
    page = build("entity:kim", views)
    chronicle, others = section(page, Chronicle), section(page, OtherYears)
    assert isinstance(chronicle, Chronicle)
    assert isinstance(others, OtherYears)
    assert (sum(len(year.events) for year in chronicle.years), chronicle.left_out) == (LISTED, 1)
    assert [year.page for year in others.years] == ["context/kim/2017", "context/kim/2016"]
    year = build("entity:kim/2016", views)
    assert (year.path, year.title) == ("context/kim/2016", "Kim Jong-un, 2016")
    assert year.next == Anchor("2017", "context/kim/2017")
    listed = section(year, Chronicle)
    assert isinstance(listed, Chronicle)
    assert (len(listed.years[0].events), listed.left_out) == (101, 0)
    assert year_refs("entity:kim", views.as_views()) == ("entity:kim/2016", "entity:kim/2017")


def test_there_are_no_pages_of_years_while_one_page_holds_all() -> None:
    views = small_chronicle().as_views()
    assert build_page("entity:kim/2017", views, SITE) is None
    assert build_page("category:Sports/2017", views, SITE) is None


def test_a_category_whose_name_looks_like_a_year_is_a_category() -> None:
    views = FakeViews([make_event("first", category="Games/2016")])
    assert build("category:Games/2016", views).title == "Games/2016"


@pytest.mark.parametrize(
    "ref",
    [
        "event:none",
        "day:2017-05-23",
        "month:2017-06",
        "year:2015",
        "entity:none",
        "topic:none",
        "topic:kim",
        "category:None",
        "source:none",
        "entity:none/2017",
    ],
)
def test_there_is_no_page_where_there_is_nothing(ref: str) -> None:
    assert build_page(ref, small_chronicle().as_views(), SITE) is None


@pytest.mark.parametrize("ref", ["nonsense", "claim:x", "event", "front:x", "day:2017-02-31"])
def test_other_references_are_refused(ref: str) -> None:
    with pytest.raises(ValueError, match=r"names no page|day"):
        build_page(ref, small_chronicle().as_views(), SITE)


@pytest.mark.parametrize("ref", FIXED_PAGES)
def test_fixed_pages_stand_even_on_an_empty_chronicle(ref: str) -> None:
    assert build(ref, FakeViews([])).kind == ref
    assert build(ref).path


def test_the_front_page_shows_the_last_three_days() -> None:
    (groups,) = blocks(build("front"), "days")
    assert isinstance(groups, Groups)
    assert [group.anchor.text for group in groups.groups] == [
        "Monday, 22 May 2017",
        "Sunday, 21 May 2017",
        "Saturday, 20 May 2017",
    ]


def test_publishers_of_one_name_are_told_apart_by_their_hosts() -> None:
    wire, other = Citation("https://wire.example/1", "Wire"), Citation("https://paper.example/1", "Paper")
    carried = Citation("https://news.example/wire", "Wire")
    views = FakeViews([make_event("one", citations=(wire, other, carried))])
    (items,) = blocks(build("sources", views), "listing")
    assert isinstance(items, Items)
    names = [item.anchor.text for item in items.items]
    assert sorted(names) == ["Paper", "Wire (news.example)", "Wire (wire.example)"]


def test_the_about_page_says_how_to_cite() -> None:
    table, line = blocks(build("about"), "citing")
    assert isinstance(table, Table)
    assert isinstance(line, Paragraphs)
    cited = "Cite as: Acta, chronicle digest chronicledigest, configuration digest confdigest, made with Diurna 0.1.0."
    assert line.texts == (cited,)


def test_every_link_inside_the_site_leads_to_a_page_that_can_be_built() -> None:
    views = small_chronicle()
    refs = [*FIXED_PAGES]
    refs += [f"event:{found}" for found in views.all]
    refs += [f"day:{day}" for day, _ in views.days()]
    refs += sorted({f"month:{day:%Y-%m}" for day, _ in views.days()} | {f"year:{day.year}" for day, _ in views.days()})
    refs += [f"{kind}:{found}" for kind in ("entity", "topic") for found in views.entities]
    refs += [f"source:{found}" for found in views.sources]
    refs += [f"category:{found.id}" for found in views.most_frequent("category")]
    pages = [page for ref in refs if (page := build_page(ref, views.as_views(), SITE)) is not None]
    paths = [page.path for page in pages]
    assert len(paths) == len(set(paths))
    for page in pages:
        for href in _inside(page):
            assert href in paths or href.startswith(("schema/", "index.")), f"{page.path} leads to {href}"


def test_a_directory_asks_once_for_each_entity() -> None:
    views = small_chronicle()
    asked: list[str] = []
    answer = views.entity_pages

    def counting(identifiers: Sequence[str]) -> dict[str, str]:
        asked.extend(identifiers)
        return answer(identifiers)

    views.entity_pages = counting  # type: ignore[method-assign]
    directory = Directory(views.as_views())
    build_page("event:first", views.as_views(), SITE, directory)
    build_page("day:2017-05-22", views.as_views(), SITE, directory)
    assert sorted(asked) == sorted(set(asked))
    assert COUNCIL.ref.partition(":")[2] in asked


def test_every_section_has_a_tag_of_its_own() -> None:
    tags = [kind.__struct_config__.tag for kind in SECTION_TYPES]
    assert len(tags) == len(set(tags))
    assert {"event", "related", "chronicle", "holdings"} <= set(tags)
    assert len(EVENT_SECTIONS) == 14


def test_the_chrome_leads_to_pages_that_every_site_has() -> None:
    paths = {build(ref).path for ref in FIXED_PAGES}
    chrome = chrome_of(SITE)
    assert {anchor.href for anchor in chrome.nav} <= paths
    assert chrome.title == "Acta"


def test_source_pages_list_what_a_publisher_reported() -> None:
    views = small_chronicle()
    identifier = next(found.id for found in views.sources.values() if found.host == "nytimes.com")
    page = build(f"source:{identifier}", views)
    assert page.title == "The New York Times"
    assert page.description == f"The New York Times: {len(views.events_with(Ref('source', identifier)))} events."


def _inside(page: Page) -> set[str]:
    """Addresses of this site that stand anywhere in a page's blocks."""
    found: set[str] = set()

    def walk(value: object) -> None:
        if isinstance(value, tuple):
            for one in value:
                walk(one)
        elif hasattr(value, "__struct_fields__"):
            for name in value.__struct_fields__:
                inner = getattr(value, name)
                if name == "href" and inner and "://" not in inner:
                    found.add(inner)
                walk(inner)

    walk((page.lead, page.sections, page.breadcrumbs, page.previous or (), page.next or ()))
    return found
