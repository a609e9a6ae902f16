"""Events that articles make: their pages, the articles' own, the days they stand on; corrections."""

import json
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import msgspec
import pytest

from diurna.cli.grounds import pair_table
from diurna.group.feature_words import FEATURE_WORDS, feature_words
from diurna.group.score import FEATURES, Feature
from diurna.model import Event, Judgement, Member, Paragraph, Report, When
from diurna.publish.article_lines import ReportLine
from diurna.publish.bar import stands_out
from diurna.publish.blocks import Items
from diurna.publish.event_reports import MemberLine, Reports
from diurna.publish.membership_lines import FeatureLine, WhyLine, passage_of
from diurna.publish.ripples import with_ripples
from diurna.publish.site import publish_site
from diurna.publish.site_settings import SiteSettings
from diurna.publish.why_words import percent, when_words
from diurna.runners import Chronicle
from tests.made_articles import lines_of
from tests.made_lists import judged, lines, take
from tests.publish.made_reports import ferry
from tests.publish.published import SETTINGS, differing, new_chronicle, published, tree

FERRY = (
    "A ferry with 140 people on board ran aground on the Hollow Bank off Port Averil in Velmora on Tuesday, and nine "
    "of them were hurt, the coast guard said.",
    "The Grey Heron had left Port Averil at dawn in thick fog. Tugs from the harbour took all passengers ashore.",
    "Captain Lena Maurer told the coast guard that the steering of the Grey Heron had failed near the Hollow Bank.",
)
FERRY_AGAIN = (
    "Nine people were hurt on Tuesday when the ferry Grey Heron ran aground on the Hollow Bank off Port Averil.",
    "The coast guard said 140 passengers were taken ashore by tugs. Thick fog lay on the harbour of Port Averil.",
    "The steering of the ferry failed, Captain Lena Maurer told the coast guard after the Grey Heron ran aground.",
)
BREAD = (
    "Bakers in Quillford won a prize for rye bread on Wednesday after a contest of 30 bakeries in the town hall.",
    "Judges praised the crust. The bakers of Quillford will bake for a school fair in June.",
)
DAY = "news/2017/05/16/"


def article(address: str, title: str, paragraphs: tuple[str, ...], published: str) -> dict[str, object]:
    return {
        "url": f"https://{address}",
        "title": title,
        "paragraphs": list(paragraphs),
        "published": f"2017-05-{published}:00:00Z",
        "language": "en",
        "publisher": address.partition(".")[0].title(),
    }


FIRST = article("clarion.example/ferry", "Ferry aground off Port Averil, nine hurt", FERRY, "16T09")
SECOND = article("gazette.example/heron", "Grey Heron ferry runs aground in fog", FERRY_AGAIN, "16T11")
LONE = article("clarion.example/bread", "Quillford bakers win prize for rye bread", BREAD, "17T10")
BELL = article(
    "gazette.example/sea",
    "Bell of Selm church is cast anew",
    ("A bell of the church of Selm was cast anew on Thursday. It weighs two tonnes.",),
    "18T09",
)
ROUND = "Morning briefing: a ferry, a prize and the weather"
BRIEFING = article("gazette.example/briefing", ROUND, (*FERRY_AGAIN[:1], *BREAD), "17T12")


def add(chronicle: Chronicle, *articles: dict[str, object]) -> None:
    for one in articles:
        take(chronicle, [lines_of(f"{str(one['url']).rpartition('/')[2]}.jsonl", one)])
        chronicle.understand()


def report(chronicle: Chronicle, title: str) -> Report:
    (found,) = [one for one in chronicle.store.views.scan_reports() if title in one.title]
    return found


def event_of(chronicle: Chronicle, title: str) -> Event:
    ref = f"article:{report(chronicle, title).id}"
    views = chronicle.store.views
    (found,) = [
        event
        for day, _ in views.days()
        for event in views.events_on(day)
        if any(member.ref == ref for member in event.members)
    ]
    return found


def page(files: dict[str, bytes], path: str) -> dict[str, Any]:
    """The sections of a page by their names."""
    content = json.loads(files[f"{path.lstrip('/')}.json"])
    return {section["section"]: section for section in content["sections"]}


@pytest.fixture(scope="module")
def grown(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Chronicle, dict[str, bytes]]]:
    folder = tmp_path_factory.mktemp("reported")
    with new_chronicle(folder / "chronicle") as chronicle:
        add(chronicle, FIRST, SECOND, LONE, BRIEFING)
        yield chronicle, published(chronicle.folder, folder / "site")


Made = tuple[Chronicle, dict[str, bytes]]


def test_an_event_shows_its_reports_by_time_and_why_they_are_in_it(grown: Made) -> None:
    chronicle, files = grown
    event = event_of(chronicle, "Ferry aground")
    sections = page(files, event.permalink)
    told = sections["reports"]["reports"]
    assert [line["report"]["publisher"] for line in told] == ["Clarion", "Gazette"]
    assert told[0]["why"]["kind"] == "founded"
    why = told[1]["why"]
    assert (why["kind"], why["mate_title"]) == ("alike", FIRST["title"])
    assert why["probability"] > 0.5
    assert {"words", "bias"} <= {feature["name"] for feature in why["features"]}
    html = files[f"{event.permalink[1:]}.html"].decode()
    assert f"It is most like “{FIRST['title']}” (Clarion): {percent(why['probability'])} sure that" in html
    assert "for: how alike their words are" in html
    assert "sources" not in sections, "what reports alone tell is not listed a second time"
    data = json.loads(html.partition('<script type="application/ld+json">')[2].partition("</script>")[0])
    assert sorted(one["url"] for one in data["citation"]) == sorted(str(one["url"]) for one in (FIRST, SECOND))


def test_an_event_says_whose_headline_it_has_and_on_which_words_its_day_and_place_rest(grown: Made) -> None:
    chronicle, files = grown
    event = event_of(chronicle, "Ferry aground")
    best = next(one for one in chronicle.store.views.scan_reports() if f"article:{one.id}" == event.headline_of)
    sections = page(files, event.permalink)
    assert sections["event"]["headline"] == best.title
    assert sections["event"]["headline_page"] == best.permalink[1:]
    markdown = files[f"{event.permalink[1:]}.md"].decode()
    assert f"[Headline: {best.host.partition('.')[0].title()}’s](" in markdown
    occasion = sections["occasion"]
    assert (occasion["first"], occasion["precision"], occasion["filed_because"]) == ("2017-05-16", "day", "happened")
    assert {line["words"] for line in occasion["says_when"]} >= {"Tuesday"}
    assert occasion["independent"] == 2
    assert "2 independent sources" in markdown
    html = files[f"{event.permalink[1:]}.html"].decode()
    for line in occasion["says_when"]:
        assert f'{line["page"]}.html#mention-{line["mention"]}"' in html
        assert f'id="mention-{line["mention"]}"' in files[f"{line['page']}.html"].decode()
    place = occasion["place"].partition(":")[2]
    assert all(f'id="name-{place}"' in files[f"{line['page']}.html"].decode() for line in occasion["says_where"])


def test_an_article_says_which_event_it_is_in_or_why_it_is_in_none(grown: Made) -> None:
    chronicle, files = grown
    event = event_of(chronicle, "Ferry aground")
    sections = page(files, report(chronicle, "Grey Heron").permalink)
    assert sections["in_event"]["event"]["page"] == event.permalink[1:]
    assert sections["in_event"]["why"]["mate_title"] == FIRST["title"]
    assert "citers" not in sections
    briefing = page(files, report(chronicle, "briefing").permalink)
    assert "in_event" not in briefing
    assert (briefing["kept_out"]["genre"], briefing["kept_out"]["apart"]) == ("briefing", True)
    assert briefing["kept_out"]["because"]
    assert b"are kept out of events" in files[f"{report(chronicle, 'briefing').permalink[1:]}.md"]


def test_what_one_source_reports_stands_beside_what_several_do(grown: Made) -> None:
    chronicle, files = grown
    ferry, bread = event_of(chronicle, "Ferry aground"), event_of(chronicle, "Quillford")
    (shown,) = page(files, f"{DAY}index")["day"]["groups"][0]["events"]
    assert shown["event"] == f"event:{ferry.id}"
    other = page(files, f"news/2017/05/{bread.day.day}/index")
    assert "day" not in other
    assert [line["event"] for line in other["also_reported"]["events"]] == [f"event:{bread.id}"]
    assert [line["genre"] for line in other["round_ups"]["reports"]] == ["briefing"]
    front = files["index.json"].decode()
    assert ferry.id in front
    assert bread.id not in front
    feed = files["index.atom"].decode()
    assert ferry.permalink in feed
    assert bread.permalink not in feed
    month = page(files, "news/2017/05/index")["days"]["days"]
    assert [day.get("also_reported", 0) for day in month] == [0, 1]
    assert bread.permalink.encode() in b"".join(files[name] for name in files if name.startswith("sitemap-"))
    assert bread.permalink[1:].encode() in b"".join(files[name] for name in files if name.startswith("search/2017-q2"))


def test_a_site_may_ask_for_more_sources_or_trust_an_outlet(tmp_path: Path) -> None:
    settings = '[publish]\nfront_sources = 3\nfront_outlets = ["www.clarion.example"]\n'
    with new_chronicle(tmp_path / "chronicle", SETTINGS + settings) as chronicle:
        add(chronicle, LONE, BELL)
        files = published(chronicle.folder, tmp_path / "site")
        trusted, other = event_of(chronicle, "Quillford"), event_of(chronicle, "Bell of Selm")
    assert trusted.id.encode() in files["index.json"]
    assert other.id.encode() not in files["index.json"]


def test_a_front_page_without_any_event_that_stands_out_shows_what_is_reported(tmp_path: Path) -> None:
    with new_chronicle(tmp_path / "chronicle") as chronicle:
        add(chronicle, LONE)
        files = published(chronicle.folder, tmp_path / "site")
    assert [line["headline"] for line in page(files, "index")["also_reported"]["events"]] == [LONE["title"]]


def test_events_of_lists_always_stand_out(grown: Made) -> None:
    event = event_of(grown[0], "Quillford")
    site = SiteSettings(front_sources=5)
    assert not stands_out(event, site)
    member = msgspec.structs.replace(event.members[0], ref="entry:x")
    assert stands_out(msgspec.structs.replace(event, members=(*event.members, member)), site)


def test_every_feature_of_the_score_has_words() -> None:
    assert {*FEATURES, "crowding", "bias"} <= set(FEATURE_WORDS)


def test_the_words_of_a_feature_are_the_same_everywhere_and_the_bar_is_told() -> None:
    line = FeatureLine("crowding", -0.4, feature_words("crowding"))
    why = WhyLine(kind="alike", judgement="judgement:x", mate="article:y", probability=0.41, bar=0.3, features=(line,))
    told = why.sentences()
    assert "41 % sure" in told[0]
    assert "30 % sure on average" in told[1]
    assert told[2] == f"−0.40 against: {FEATURE_WORDS['crowding']}"
    table = pair_table([("1", [Feature("crowding", 0.4, -0.4)])])
    assert table.rows[0][0] == FEATURE_WORDS["crowding"]


def test_copies_of_one_text_are_one_line_that_unfolds_and_data_have_all() -> None:
    lines = tuple(
        MemberLine(
            report=ReportLine(article=f"article:{number}", title="Ferry aground", page=f"a/{number}", publisher="Wire"),
            why=WhyLine(kind="founded", judgement="judgement:x"),
            text_of="" if number == 2 else "family:1",
        )
        for number in range(5)
    )
    section = Reports(reports=lines)
    (listed,) = section.blocks()
    assert isinstance(listed, Items)
    first, other = listed.items
    assert (first.folded_title, len(first.folded), other.folded) == ("and 3 copies", 3, ())
    assert len(msgspec.to_builtins(section)["reports"]) == 5
    few = Reports(reports=lines[:2]).blocks()[0]
    assert isinstance(few, Items)
    assert [item.folded for item in few.items] == [(), ()]


def test_chances_are_never_called_certain() -> None:
    assert [percent(share) for share in (1.0, 0.996, 0.974, 0.5, 0.001)] == [
        "over 99 %",
        "over 99 %",
        "97 %",
        "50 %",
        "under 1 %",
    ]


@pytest.mark.parametrize(
    ("first", "last", "words"),
    [
        ("2017-05-14", "2017-05-14", "14 May 2017"),
        ("2017-05-01", "2017-05-31", "May 2017"),
        ("2017-01-01", "2017-12-31", "2017"),
        ("2017-05-01", "2017-05-30", "1 May 2017 to 30 May 2017"),
        ("9999-12-01", "9999-12-31", "December 9999"),
    ],
)
def test_days_are_told_as_exactly_as_they_are_known(first: str, last: str, words: str) -> None:
    assert when_words(When(date.fromisoformat(first), date.fromisoformat(last), "day", "act")) == words


def test_a_sentence_is_quoted_only_where_all_versions_have_it_and_within_a_limit() -> None:
    one, other = ferry(lede="x"), ferry(lede="y", paragraphs=(Paragraph("Something else was here."),))
    told = msgspec.structs.replace(judged(1, "article:x", "tells", "event:y"), value="0-24")
    assert passage_of(told, [one], 60) == one.text[:24].strip()
    assert passage_of(told, [one], 3) == "A ferry with …"
    assert passage_of(told, [one, other], 60) == ""
    assert passage_of(told, [one], 0) == ""
    assert passage_of(msgspec.structs.replace(told, value="99999999-x"), [one], 60) == ""


# ---------------------------------------------------------------------------------------------------- corrections


def verdict(
    number: int, made: Report, word: str, target: str = "", note: str = "A collision is no grounding."
) -> Judgement:
    return msgspec.structs.replace(judged(number, f"article:{made.id}", word, target), note=note)


def test_a_site_that_follows_corrections_is_the_one_made_anew(tmp_path: Path) -> None:
    site = tmp_path / "site"
    with new_chronicle(tmp_path / "chronicle") as chronicle:
        steps = 0

        def check() -> set[str]:
            nonlocal steps
            steps += 1
            before = tree(site) if site.exists() else {}
            publish_site(chronicle.folder, site, workers=1)
            after = tree(site)
            assert differing(after, published(chronicle.folder, tmp_path / f"anew{steps}")) == []
            return set(differing(before, after))

        add(chronicle, FIRST, LONE)
        check()
        ferry = event_of(chronicle, "Ferry aground")
        first = report(chronicle, "Ferry aground")
        add(chronicle, SECOND)
        assert f"{ferry.permalink[1:]}.html" in check()
        second = report(chronicle, "Grey Heron")

        detached = verdict(1, second, "apart", f"event:{ferry.id}")
        chronicle.decide([detached])
        written = check()
        assert {f"{ferry.permalink[1:]}.json", f"{second.permalink[1:]}.json", f"{DAY}index.html"} <= written
        changes = page(tree(site), ferry.permalink)["changes"]["changes"]
        assert [(one["kind"], one["by"], one["after"]) for one in changes] == [("detached", "person:Ida", second.title)]
        html = tree(site)[f"{ferry.permalink[1:]}.html"].decode()
        assert f"“{second.title}”; Ida; A collision is no grounding." in html

        chronicle.decide([judged(2, f"judgement:{detached.id}", "retracted", f"judgement:{detached.id}")])
        check()
        chronicle.decide([verdict(3, second, "belongs", f"event:{ferry.id}")])
        check()
        why = page(tree(site), second.permalink)["in_event"]["why"]
        assert (why["kind"], why["by"], why["note"]) == ("decided", "Ida", "A collision is no grounding.")
        chronicle.decide([judged(4, f"event:{ferry.id}", "renamed", "", "A ferry sits on a bank")])
        assert f"{first.permalink[1:]}.html" in check(), "an article's page shows its event's headline"
        entry: dict[str, object] = {
            "date": "2017-05-16",
            "id": "1",
            "text": "The ferry Grey Heron runs aground off Port Averil in Velmora.",
            "sources": [{"url": FIRST["url"]}],
        }
        take(chronicle, [lines("days.jsonl", entry)])
        check()
        event = event_of(chronicle, "Ferry aground")
        sections = page(tree(site), event.permalink)
        assert [line["url"] for line in sections["sources"]["sources"]] == [FIRST["url"]]
        kinds = {line["report"]["article"]: line["why"]["kind"] for line in sections["reports"]["reports"]}
        assert kinds[f"article:{first.id}"] == "cited"
        add(chronicle, FIRST | {"title": "Ferry aground off Port Averil: nine hurt in fog"})
        check()
        capture = first.versions[-1].capture
        chronicle.decide([verdict(5, report(chronicle, "Ferry aground"), "withdrawn", f"capture:{capture}")])
        check()
        add(chronicle, BRIEFING)
        check()
        alone = event_of(chronicle, "Quillford")
        baker = report(chronicle, "Quillford")
        chronicle.decide([verdict(6, baker, "withdrawn", f"capture:{baker.versions[-1].capture}")])
        check()
        told = tree(site)[f"{alone.permalink[1:]}.md"].decode()
        assert "All reports of this event were taken out" in told
        assert BREAD[0] not in told


def test_articles_of_an_event_stay_as_they_are_until_it_is_told_otherwise(grown: Made) -> None:
    chronicle, _ = grown
    event = event_of(chronicle, "Ferry aground")
    own, day = f"event:{event.id}", f"day:{event.day}"
    assert with_ripples([own], chronicle.store, chronicle.folder.parent / "site") == [own, day]
    page = chronicle.folder.parent / "site" / f"{event.permalink[1:]}.json"
    told = page.read_bytes()
    try:
        page.write_bytes(told.replace(event.headline.encode(), b"Another headline"))
        members = [member.ref for member in (*event.members, *event.also)]
        told_by = [chronicle.store.views.speakers_of(ref.partition(":")[2]) for ref in sorted(members)]
        speakers = dict.fromkeys(f"entity:{one}" for found in told_by for one in found)
        found = with_ripples([own], chronicle.store, chronicle.folder.parent / "site")
        assert found == [own, *sorted(members), day, *speakers]
    finally:
        page.write_bytes(told)


def test_what_an_article_says_of_its_own_event_may_change_with_another_that_it_tells_of(tmp_path: Path) -> None:
    """Of which of the two a claim speaks follows from when and where both happened."""
    with new_chronicle(tmp_path / "chronicle") as chronicle:
        add(chronicle, FIRST, LONE)
        own, other = event_of(chronicle, "Ferry aground"), event_of(chronicle, "Quillford")
        ferry = f"article:{report(chronicle, 'Ferry aground').id}"
        told = Judgement(id="told", subject=ferry, verdict="tells", object=f"event:{other.id}", by="group/1")
        with chronicle.writing():
            chronicle.store.facts.append(told)
            chronicle.store.views.put_event(msgspec.structs.replace(other, also=(Member(ferry, told.id),)))
        site = tmp_path / "site"
        publish_site(chronicle.folder, site, workers=1)
        assert f"event:{own.id}" not in with_ripples([f"event:{other.id}"], chronicle.store, site)
        file = site / f"{other.permalink[1:]}.json"
        file.write_bytes(file.read_bytes().replace(b'"happened":"2017-05-17"', b'"happened":"2017-05-16"'))
        found = with_ripples([f"event:{other.id}"], chronicle.store, site)
        assert {ferry, f"event:{own.id}", f"day:{own.day}"} <= set(found)
