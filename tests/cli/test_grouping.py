"""Events made of articles on the command line: shown, explained, corrected, checked, and grouped again."""

import hashlib
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from diurna.cli.grounds import GROUNDS
from diurna.cli.references import complete_event
from diurna.group.score import FEATURES
from diurna.ingest import Arrival
from diurna.runners import Chronicle
from tests.cli.conftest import Call, told
from tests.cli.test_understood import rows
from tests.cli.test_upkeep import edit_store
from tests.made_articles import lines_of
from tests.made_lists import OBSERVED, arrival

GROUNDED = "https://coast.example/1"
SAFE = "https://north.example/2"
DIVERS = "https://island.example/3"
OPENED = "https://north.example/4"
TRAFFIC = "https://coast.example/5"
BRIEFING = "https://coast.example/6"
YEAR_BEFORE = "https://coast.example/7"
ITEM = "Eastville opens its rebuilt bridge over the river Orle to traffic"

ARTICLES: dict[str, tuple[str, str, tuple[str, ...]]] = {
    GROUNDED: (
        "2017-05-22",
        "Ferry Aurora runs aground off Northport with 212 people on board",
        (
            "The ferry Aurora ran aground outside the harbour of Northport early on Sunday with 212 people on board, "
            "the coast guard said.",
            "Tugs reached the ship within forty minutes, and all passengers were brought ashore by noon.",
            "Divers will look at the hull on Monday before anybody decides whether the ship can be towed to Southport.",
        ),
    ),
    SAFE: (
        "2017-05-22",
        "Passengers safe after ferry Aurora hits rocks near Northport",
        (
            "All 212 passengers of the ferry Aurora are safe after the ship hit rocks near Northport on Sunday.",
            "The coast guard sent three tugs, and the harbour of Northport was closed to other ships until evening.",
            "A spokesman said that the Aurora had left Southport at five o'clock and lost its way in fog.",
        ),
    ),
    DIVERS: (
        "2017-05-23",
        "Divers examine hull of grounded ferry Aurora",
        (
            "Divers began to examine the hull of the ferry Aurora on Monday, a day after it ran aground off Northport "
            "with 212 people on board.",
            "The coast guard of Northport wants to know whether the ship can be towed to Southport this week.",
        ),
    ),
    OPENED: (
        "2017-05-22",
        "Eastville opens rebuilt bridge over the Orle",
        (
            "Workers in Eastville opened the rebuilt bridge over the river Orle on Saturday, four years after a flood "
            "had torn away two of its piers.",
            "The town paid 9 million crowns for it, a third more than its council had expected.",
        ),
    ),
    TRAFFIC: (
        "2017-05-22",
        "Bridge over the Orle carries traffic again in Eastville",
        (
            "Buses and cars crossed the river Orle in Eastville on Saturday for the first time in four years, over a "
            "bridge rebuilt for 9 million crowns.",
            "A flood had torn away two piers of the old bridge over the Orle.",
        ),
    ),
    BRIEFING: (
        "2017-05-22",
        "Morning briefing: ferry, bridge, strawberries",
        (
            "The ferry Aurora ran aground outside Northport on Sunday with 212 people on board.",
            "Eastville opened its bridge over the Orle.",
            "Strawberries are early in Westbay.",
        ),
    ),
    YEAR_BEFORE: (
        "2016-05-22",
        "Ferry Aurora runs aground off Northport with 180 people on board",
        (
            "The ferry Aurora ran aground on a sandbank off Northport on Sunday with 180 people on board, the coast "
            "guard said.",
            "The ship came free with the tide and reached Southport two hours late.",
        ),
    ),
}


def article(address: str, day: str = "") -> Arrival:
    """An article as it comes, on another day if asked."""
    stated, title, paragraphs = ARTICLES[address]
    said: dict[str, object] = {"title": title, "url": address, "paragraphs": list(paragraphs), "language": "en"}
    return lines_of(f"{address[-1]}{day}.jsonl", {**said, "published": f"{day or stated}T06:00:00Z"})


def items() -> Arrival:
    """A list with an item on the bridge, which cites an article, and another item."""
    content = (
        f'{{"date": "2017-05-20", "text": "{ITEM}", "entities": ["Eastville", "Orle"], "id": "bridge", '
        f'"sources": [{{"url": "{TRAFFIC}", "publisher": "Coast"}}]}}\n'
        '{"date": "2017-05-20", "text": "Eastville mourns the last ferryman of the Orle", "entities": ["Eastville"], '
        '"id": "ferryman"}\n'
    )
    return arrival(content, "entries", "file:items.jsonl", media_type="application/jsonl")


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Folder of a chronicle of two items and seven articles, added one after the other."""
    folder = tmp_path_factory.mktemp("grouped") / "home"
    Chronicle.create(folder, "[run]\nworkers = 1\n")
    with Chronicle(folder, clock=lambda: OBSERVED) as chronicle:
        chronicle.add([items()])
        for address in ARTICLES:
            chronicle.add([article(address)])
            chronicle.understand()
    return folder


@pytest.fixture
def call(call: Call, made: Path, home: Path) -> Call:
    """`call` on a copy of that chronicle."""
    shutil.copytree(made, home)
    return call


def home_of(call: Call, name: str) -> str:
    """Reference of the event that an article is in."""
    event = told(call("show", name, "--json"))["event"]
    return str(event)


def ref_of(call: Call, name: str) -> str:
    return str(told(call("show", name, "--json"))["ref"])


def members(call: Call, event: str) -> list[str]:
    return [member["ref"] for member in told(call("show", event, "--json"))["event"]["members"]]


def last_decision(call: Call) -> str:
    return f"judgement:{told(call('correct', 'list', '--json'))['decisions'][-1]['judgement']['id']}"


def refused(call: Call, *words: str) -> str:
    """What a correction that is not made says; nothing is changed by it."""
    before = told(call("correct", "list", "--json"))
    result = call("correct", *words)
    assert (result.exit_code, result.stdout) == (2, ""), result.output
    assert told(call("correct", "list", "--json")) == before
    return result.stderr


def decide(call: Call, *words: str) -> str:
    """Make a correction, after which all must be well, and a rebuild must change nothing; what it says."""
    result = call("correct", *words)
    assert result.exit_code == 0, result.output
    assert told(call("check", "--json"))["faults"] == []
    rebuilt = told(call("rebuild", "--json"))
    assert rebuilt["before"] == rebuilt["digest"]
    return result.stdout


# ---------------------------------------------------------------------------------------------------- shown


def test_event_without_an_item_shows_its_reports(call: Call) -> None:
    event = home_of(call, GROUNDED)
    assert members(call, event) == [ref_of(call, name) for name in (GROUNDED, SAFE, DIVERS)]
    shown = call("show", event).stdout
    table = rows(shown, "3 reports, 3 independent sources")
    assert "\npublished\toutlet\ttitle\tcopy of\tkind\tjudged by\treference\n" in shown
    assert table[0] == [
        "2017-05-22 06:00",
        "coast.example",
        ARTICLES[GROUNDED][1],
        "",
        "report",
        "stream/1",
        ref_of(call, GROUNDED),
    ]
    assert "happened\t2017-05-21" in shown
    assert "which is\tthe day it happened" in shown
    assert "headline of\t“" in shown


def test_event_of_a_list_shows_its_item_and_its_reports(call: Call) -> None:
    event = home_of(call, TRAFFIC)
    shown = call("show", event).stdout
    assert shown.splitlines()[0] == ITEM
    table = rows(shown, "2 reports, 2 independent sources")
    assert {row[6] for row in table} == {ref_of(call, OPENED), ref_of(call, TRAFFIC)}
    article = told(call("show", TRAFFIC, "--json"))
    assert article["event"] == event
    assert article["events"] == [event], "an item of it cites the page"
    assert told(call("show", GROUNDED, "--json"))["events"] == []


def test_article_shows_its_event_and_what_kind_of_piece_it_is(call: Call) -> None:
    shown = call("show", SAFE).stdout
    assert rows(shown, "Its event")[0][2] == home_of(call, SAFE)
    briefing = call("show", BRIEFING).stdout
    assert "kind\tbriefing: its title says “morning briefing”" in briefing
    assert told(call("show", BRIEFING, "--json"))["event"] is None


# ---------------------------------------------------------------------------------------------------- explained


def test_every_feature_has_plain_words() -> None:
    assert set(GROUNDS) >= {*FEATURES, "crowding", "bias"}


@pytest.mark.parametrize("swapped", [False, True])
def test_why_an_article_is_in_its_event(call: Call, swapped: bool) -> None:
    pair = [DIVERS, home_of(call, DIVERS)]
    answer = call("explain", *(reversed(pair) if swapped else pair), "--json")
    why = told(answer)
    assert (why["joined"], why["reasons"]) == (True, [])
    assert why["judgement"]["by"] == "stream/1"
    assert {couple["other"] for couple in why["pairs"]} == {ref_of(call, name) for name in (GROUNDED, SAFE)}
    assert why["mean"] == pytest.approx(sum(couple["counted"] for couple in why["pairs"]) / 2, abs=1e-3)
    assert why["mean"] > why["bar"] > 0
    for couple in why["pairs"]:
        assert 0 < couple["probability"] <= 1
        assert {feature["name"] for feature in couple["features"]} <= GROUNDS.keys()
    text = call("explain", *pair).stdout
    assert text.startswith("It is in this event: most like “")
    assert GROUNDS["words"] in text
    together = float(text.splitlines()[-1].split("\t")[1])
    assert together == pytest.approx(sum(one["gave"] for one in why["pairs"][0]["features"]), abs=0.01)


def test_why_an_article_is_not_in_an_event(call: Call) -> None:
    ferry = home_of(call, GROUNDED)
    other = told(call("explain", OPENED, ferry, "--json"))
    assert other["joined"] is False
    assert other["mean"] < other["bar"]
    assert "The score keeps them apart" in other["reasons"][-1]
    briefing = call("explain", BRIEFING, ferry).stdout
    assert "Kept out of all events: a briefing, because its title says “morning briefing”." in briefing
    assert len(rows(briefing, "Its members, those first that it is most like")) == 3
    later = call("explain", YEAR_BEFORE, ferry).stdout
    assert "Closed: its reports are of 2017-05-22 to 2017-05-23, 365 days from the other; after 11 days" in later
    assert home_of(call, YEAR_BEFORE) != ferry
    both = call("explain", GROUNDED, SAFE)
    assert (both.exit_code, "two events are held against each other" in both.stderr) == (2, True)


def test_why_two_events_are_not_one(call: Call) -> None:
    ferry, later, bridge = (home_of(call, name) for name in (GROUNDED, YEAR_BEFORE, TRAFFIC))
    apart = told(call("explain", ferry, later, "--json"))["one_event"]
    assert any(reason.startswith("Closed: ") for reason in apart["reasons"])
    assert len(apart["pairs"]) == 3
    assert told(call("explain", ferry, bridge, "--json"))["one_event"]["mean"] < 0.1
    shown = call("explain", ferry, bridge).stdout
    assert shown.startswith(("Related", "Not related"))
    assert "The score keeps them apart" in shown
    ferryman = f"event:{told(call('search', 'ferryman', '--json'))['events'][0]['event']}"
    assert "never merged by a score" in call("explain", bridge, ferryman).stdout


def test_event_and_article_say_what_they_are_most_like(call: Call) -> None:
    event = home_of(call, GROUNDED)
    (first, *others) = told(call("explain", event, "--json"))["members"]
    assert first["article"] == ref_of(call, GROUNDED)
    assert rows(call("explain", event).stdout, "Reports")[0][1].startswith("it founded the event: ")
    assert {one["mate"] for one in others} <= {ref_of(call, GROUNDED), ref_of(call, SAFE)}
    assert all(one["judgement"]["reasons"] and one["judgement"]["score"] > 0.3 for one in others)
    assert GROUNDS["words"] in rows(call("explain", event).stdout, "Reports")[1][3]
    explained = told(call("explain", DIVERS, "--json"))
    assert explained["event"] == event
    assert explained["nearest"][0]["ref"] in (ref_of(call, GROUNDED), ref_of(call, SAFE))
    assert rows(call("explain", DIVERS).stdout, "Judgements on its event")[0][-1] == "decides"
    assert "is not compared with others" in call("explain", BRIEFING).stdout
    deciding = f"judgement:{explained['deciding']['id']}"
    assert "Why: most like “" in call("explain", deciding).stdout


def test_explaining_writes_nothing(call: Call, home: Path) -> None:
    ferry, bridge = home_of(call, GROUNDED), home_of(call, TRAFFIC)

    def held() -> dict[str, str]:
        files = (path for path in home.rglob("*") if path.is_file())
        return {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in files}

    before = held()
    for words in ((ferry,), (DIVERS,), (DIVERS, ferry), (DIVERS, bridge), (ferry, bridge)):
        assert call("explain", *words).exit_code == 0
    after = held()
    assert {name: after[name] for name in before if not name.endswith("-shm")} == {
        name: digest for name, digest in before.items() if not name.endswith("-shm")
    }


# ---------------------------------------------------------------------------------------------------- corrected


def test_moved_article_stays_until_the_decision_is_taken_back(call: Call) -> None:
    ferry = home_of(call, GROUNDED)
    said = decide(call, "move", BRIEFING, ferry, "--note", "it opens with it", "--by", "Grace")
    assert f"It is in {ferry} now" in said
    assert members(call, ferry)[-1] == ref_of(call, BRIEFING)
    change = told(call("show", ferry, "--json"))["event"]["changes"][-1]
    assert (change["kind"], change["by"], change["reason"]) == ("joined", "person:Grace", "it opens with it")
    why = told(call("explain", BRIEFING, ferry, "--json"))
    assert (why["joined"], why["judgement"]["by"]) == (True, "person:Grace")
    assert "Grace decided so: it opens with it" in call("explain", BRIEFING).stdout
    assert "already: Grace decided so" in refused(call, "move", BRIEFING, ferry)
    assert told(call("reprocess", "group", "--json"))["changed"] == 0
    assert home_of(call, BRIEFING) == ferry
    decide(call, "retract", last_decision(call))
    assert told(call("show", BRIEFING, "--json"))["event"] is None
    assert [change["kind"] for change in told(call("show", ferry, "--json"))["event"]["changes"]] == [
        "joined",
        "retracted",
    ]


def test_move_refuses_what_makes_no_sense(call: Call) -> None:
    ferry, bridge = home_of(call, GROUNDED), home_of(call, TRAFFIC)
    assert "correct pin" in refused(call, "move", SAFE, ferry)
    assert "into one event" in refused(call, "move", SAFE, GROUNDED)
    assert "these can: article" in refused(call, "move", ferry, bridge)
    ferryman = f"event:{told(call('search', 'ferryman', '--json'))['events'][0]['event']}"
    decide(call, "merge", ferryman, bridge)
    assert "was merged into" in refused(call, "move", SAFE, ferryman)
    assert call("correct", "withdraw", BRIEFING, "--erase").exit_code == 0
    assert "was erased" in refused(call, "move", BRIEFING, ferry)
    assert "was erased" in refused(call, "pin", BRIEFING)


def test_detached_article_finds_another_place_and_stays_out(call: Call) -> None:
    ferry, divers = home_of(call, GROUNDED), ref_of(call, DIVERS)
    assert "is not in" in refused(call, "detach", DIVERS, home_of(call, TRAFFIC))
    decide(call, "detach", DIVERS, "--note", "a day later")
    assert divers not in members(call, ferry)
    own = home_of(call, DIVERS)
    assert own not in (ferry, "None")
    assert members(call, own) == [divers]
    reasons = told(call("explain", DIVERS, ferry, "--json"))["reasons"]
    assert any(reason.startswith("Apart: Ada decided so: a day later") for reason in reasons)
    assert any(
        "is apart from" in reason for reason in told(call("explain", own, ferry, "--json"))["one_event"]["reasons"]
    )
    change = told(call("show", ferry, "--json"))["event"]["changes"][-1]
    assert (change["kind"], change["after"]) == ("detached", ARTICLES[DIVERS][1])
    assert told(call("reprocess", "group", "--json"))["changed"] == 0
    assert home_of(call, DIVERS) == own
    decide(call, "retract", last_decision(call))
    assert home_of(call, DIVERS) == ferry


def test_detach_refuses_what_makes_no_sense(call: Call) -> None:
    assert "keeps its permalink" in refused(call, "detach", GROUNDED)
    assert "is in no event: it is of the kind `briefing`" in refused(call, "detach", BRIEFING)
    assert "is all that" in refused(call, "detach", YEAR_BEFORE)


def test_pinned_reports_stay_whatever_the_score_says(call: Call, home: Path) -> None:
    ferry = home_of(call, GROUNDED)
    decide(call, "pin", SAFE)
    assert "already: Ada decided so" in refused(call, "pin", SAFE)
    decide(call, "pin", ferry)
    assert len(told(call("correct", "list", "--json"))["decisions"]) == 3
    assert "are pinned" in refused(call, "pin", ferry)
    assert "is in no event" in refused(call, "pin", BRIEFING)
    ferryman = f"event:{told(call('search', 'ferryman', '--json'))['events'][0]['event']}"
    assert "has no reports" in refused(call, "pin", ferryman)
    with (home / "diurna.toml").open("a", encoding="utf-8") as settings:
        settings.write("[group]\nbar = 1.5\n")
    assert told(call("reprocess", "group", "--json"))["changed"] > 0
    assert members(call, ferry) == [ref_of(call, name) for name in (GROUNDED, SAFE, DIVERS)]
    assert home_of(call, OPENED) != home_of(call, TRAFFIC)


def test_split_reports_are_an_event_of_their_own(call: Call) -> None:
    ferry = home_of(call, GROUNDED)
    decide(call, "split", ferry, DIVERS, SAFE, "--note", "the rescue is another matter")
    rescue = home_of(call, SAFE)
    assert rescue == home_of(call, DIVERS) != ferry
    assert members(call, ferry) == [ref_of(call, GROUNDED)]
    assert "divers-examine" in told(call("show", rescue, "--json"))["event"]["permalink"]
    assert told(call("reprocess", "group", "--json"))["changed"] == 0
    assert set(members(call, rescue)) == {ref_of(call, DIVERS), ref_of(call, SAFE)}
    for decision in [
        f"judgement:{one['judgement']['id']}" for one in told(call("correct", "list", "--json"))["decisions"]
    ]:
        decide(call, "retract", decision)
    assert len(members(call, ferry)) == 3
    assert told(call("show", rescue, "--json"))["event"]["status"] == "merged"


def test_split_refuses_what_makes_no_sense(call: Call) -> None:
    ferry, bridge = home_of(call, GROUNDED), home_of(call, TRAFFIC)
    entry = next(ref for ref in members(call, bridge) if ref.startswith("entry:"))
    assert "founded" in refused(call, "split", ferry, SAFE, GROUNDED)
    assert "is not in" in refused(call, "split", ferry, TRAFFIC)
    assert "one after the other" in refused(call, "split", bridge, TRAFFIC, entry)
    assert "keeps its permalink" in refused(call, "split", bridge, entry)
    assert "is not in" in refused(call, "split", ferry, entry)
    decide(call, "split", bridge, TRAFFIC, OPENED)
    assert home_of(call, OPENED) == home_of(call, TRAFFIC) != bridge
    decide(call, "pin", ferry)
    decide(call, "move", GROUNDED, home_of(call, TRAFFIC))
    assert members(call, ferry) == [ref_of(call, SAFE), ref_of(call, DIVERS)]
    assert "nothing would be left" in refused(call, "split", ferry, DIVERS, SAFE)


def test_event_without_an_item_is_renamed(call: Call) -> None:
    ferry = home_of(call, GROUNDED)
    before = told(call("show", ferry, "--json"))["event"]
    decide(call, "rename", ferry, "The grounding of the Aurora")
    after = told(call("show", ferry, "--json"))["event"]
    assert (after["headline"], after["headline_of"], after["permalink"]) == (
        "The grounding of the Aurora",
        "",
        before["permalink"],
    )
    decide(call, "retract", last_decision(call))
    assert told(call("show", ferry, "--json"))["event"]["headline"] == before["headline"]


def test_events_without_items_are_merged(call: Call) -> None:
    ferry, later = home_of(call, GROUNDED), home_of(call, YEAR_BEFORE)
    decide(call, "merge", later, ferry)
    assert members(call, ferry)[-1] == ref_of(call, YEAR_BEFORE)
    assert home_of(call, YEAR_BEFORE) == ferry
    assert "was merged into" in call("explain", YEAR_BEFORE, later).stdout
    assert "Retract that merge" in refused(call, "split", ferry, YEAR_BEFORE)
    decide(call, "retract", last_decision(call))
    assert home_of(call, YEAR_BEFORE) == later
    assert members(call, later) == [ref_of(call, YEAR_BEFORE)]


def test_completion_offers_articles(call: Call, home: Path) -> None:
    ref = ref_of(call, GROUNDED)
    with Chronicle(home, read_only=True) as chronicle:
        offered = complete_event(chronicle, ref[:14])
    assert [name for name, _ in offered] == [ref]
    assert offered[0][1].startswith("Ferry Aurora runs aground")


# ---------------------------------------------------------------------------------------------------- checked


def rewrite(home: Path, member: str) -> None:
    """Let the views of events list another report in the place of one."""
    edit_store(home, f"UPDATE event SET body = replace(CAST(body AS TEXT), '{member}', 'article:aaaaaa')")  # noqa: S608


@pytest.mark.parametrize(
    ("damage", "says"),
    [
        (lambda home, safe, ferry: rewrite(home, safe), "names one that is not there"),
        (lambda home, safe, ferry: rewrite(home, safe), "A report is not listed by the event that it is in."),
        (
            lambda home, safe, ferry: edit_store(home, "UPDATE live SET state = x'c1' WHERE slot = 1"),
            "A live record of grouping cannot be read.",
        ),
        (
            lambda home, safe, ferry: edit_store(
                home,
                "UPDATE fact SET body = replace(CAST(body AS TEXT), '\"belongs\"', '\"tells\"') "  # noqa: S608
                f"WHERE kind = 'judgement' AND about = '{safe}'",
            ),
            "An event lists a report that is in another.",
        ),
        (
            lambda home, safe, ferry: edit_store(
                home,
                f"UPDATE event SET body = (SELECT replace(CAST(body AS TEXT), '{ferry}', event.id) FROM event AS e "  # noqa: S608
                f"WHERE e.id = '{ferry}') WHERE id <> '{ferry}' AND rank = 1",
            ),
            "A report is in two events.",
        ),
    ],
)
def test_damage_to_events_is_found(call: Call, home: Path, damage: Callable[[Path, str, str], None], says: str) -> None:
    safe, ferry = ref_of(call, SAFE), home_of(call, SAFE).partition(":")[2]
    assert told(call("check", "--json"))["sound"]
    assert call("check", SAFE).exit_code == 0
    damage(home, safe, ferry)
    checked = call("check")
    assert checked.exit_code == 1
    assert says in checked.stdout


# ---------------------------------------------------------------------------------------------------- again


def test_grouping_again_finds_the_same_events(call: Call) -> None:
    def seen() -> Any:
        return [told(call("show", name, "--json")) for name in ARTICLES]

    before = seen()
    again = told(call("reprocess", "group", "--json"))
    assert (again["changed"], again["events"]) == (0, again["events_before"])
    assert seen() == before
    assert told(call("check", "--json"))["sound"]


def test_grouping_again_follows_the_settings_and_comes_back(call: Call, home: Path) -> None:
    ferry, before = home_of(call, GROUNDED), told(call("rebuild", "--json"))["digest"]
    toml = home / "diurna.toml"
    usual = toml.read_text(encoding="utf-8")
    toml.write_text(usual + "[group]\nbar = 1.5\n", encoding="utf-8")
    parted = told(call("reprocess", "group", "--json"))
    assert parted["changed"] >= 2
    assert parted["events"] == parted["events_before"] + 3, "the report that an item cites stays with it"
    assert members(call, ferry) == [ref_of(call, GROUNDED)]
    rebuilt = told(call("rebuild", "--json"))
    assert rebuilt["before"] == rebuilt["digest"] != before
    assert told(call("check", "--json"))["faults"] == []
    toml.write_text(usual, encoding="utf-8")
    assert told(call("reprocess", "group", "--json"))["changed"] > 0
    assert len(members(call, ferry)) == 3
    assert told(call("check", "--json"))["faults"] == []
    assert told(call("reprocess", "group", "--json"))["changed"] == 0
    rebuilt = told(call("rebuild", "--json"))
    assert rebuilt["before"] == rebuilt["digest"]
