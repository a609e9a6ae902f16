"""Events made of articles are corrected: reports moved, detached, pinned, split off; events merged and renamed."""

from pathlib import Path

from tests.cli.conftest import Call, home_of, last_decision, members, ref_of, told
from tests.cli.made_events import ARTICLES, BRIEFING, DIVERS, GROUNDED, OPENED, SAFE, TRAFFIC, YEAR_BEFORE


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


def test_moved_article_stays_until_the_decision_is_taken_back(grouped: Call) -> None:
    ferry = home_of(grouped, GROUNDED)
    said = decide(grouped, "move", BRIEFING, ferry, "--note", "it opens with it", "--by", "Grace")
    assert f"It is in {ferry} now" in said
    assert members(grouped, ferry)[-1] == ref_of(grouped, BRIEFING)
    change = told(grouped("show", ferry, "--json"))["event"]["changes"][-1]
    assert (change["kind"], change["by"], change["reason"]) == ("joined", "person:Grace", "it opens with it")
    why = told(grouped("explain", BRIEFING, ferry, "--json"))
    assert (why["joined"], why["judgement"]["by"]) == (True, "person:Grace")
    assert "Grace decided so: it opens with it" in grouped("explain", BRIEFING).stdout
    assert "already: Grace decided so" in refused(grouped, "move", BRIEFING, ferry)
    assert told(grouped("reprocess", "group", "--json"))["changed"] == 0
    assert home_of(grouped, BRIEFING) == ferry
    decide(grouped, "retract", last_decision(grouped))
    assert told(grouped("show", BRIEFING, "--json"))["event"] is None
    assert [change["kind"] for change in told(grouped("show", ferry, "--json"))["event"]["changes"]] == [
        "joined",
        "retracted",
    ]


def test_move_refuses_what_makes_no_sense(grouped: Call) -> None:
    ferry, bridge = home_of(grouped, GROUNDED), home_of(grouped, TRAFFIC)
    assert "correct pin" in refused(grouped, "move", SAFE, ferry)
    assert "into one event" in refused(grouped, "move", SAFE, GROUNDED)
    assert "these can: article" in refused(grouped, "move", ferry, bridge)
    ferryman = f"event:{told(grouped('search', 'ferryman', '--json'))['events'][0]['event']}"
    decide(grouped, "merge", ferryman, bridge)
    assert "was merged into" in refused(grouped, "move", SAFE, ferryman)
    assert grouped("correct", "withdraw", BRIEFING, "--erase").exit_code == 0
    assert "was erased" in refused(grouped, "move", BRIEFING, ferry)
    assert "was erased" in refused(grouped, "pin", BRIEFING)


def test_detached_article_finds_another_place_and_stays_out(grouped: Call) -> None:
    ferry, divers = home_of(grouped, GROUNDED), ref_of(grouped, DIVERS)
    assert "is not in" in refused(grouped, "detach", DIVERS, home_of(grouped, TRAFFIC))
    decide(grouped, "detach", DIVERS, "--note", "a day later")
    assert divers not in members(grouped, ferry)
    own = home_of(grouped, DIVERS)
    assert own not in (ferry, "None")
    assert members(grouped, own) == [divers]
    reasons = told(grouped("explain", DIVERS, ferry, "--json"))["reasons"]
    assert any(reason.startswith("Apart: Ada decided so: a day later") for reason in reasons)
    assert any(
        "is apart from" in reason for reason in told(grouped("explain", own, ferry, "--json"))["one_event"]["reasons"]
    )
    change = told(grouped("show", ferry, "--json"))["event"]["changes"][-1]
    assert (change["kind"], change["after"]) == ("detached", ARTICLES[DIVERS][1])
    assert told(grouped("reprocess", "group", "--json"))["changed"] == 0
    assert home_of(grouped, DIVERS) == own
    decide(grouped, "retract", last_decision(grouped))
    assert home_of(grouped, DIVERS) == ferry


def test_detach_refuses_what_makes_no_sense(grouped: Call) -> None:
    assert "is in no event: it is of the kind `briefing`" in refused(grouped, "detach", BRIEFING)
    assert "is all that" in refused(grouped, "detach", YEAR_BEFORE)


def test_pinned_reports_stay_whatever_the_score_says(grouped: Call, home: Path) -> None:
    ferry = home_of(grouped, GROUNDED)
    decide(grouped, "pin", SAFE)
    assert "already: Ada decided so" in refused(grouped, "pin", SAFE)
    decide(grouped, "pin", ferry)
    assert len(told(grouped("correct", "list", "--json"))["decisions"]) == 3
    assert "are pinned" in refused(grouped, "pin", ferry)
    assert "is in no event" in refused(grouped, "pin", BRIEFING)
    ferryman = f"event:{told(grouped('search', 'ferryman', '--json'))['events'][0]['event']}"
    assert "has no reports" in refused(grouped, "pin", ferryman)
    with (home / "diurna.toml").open("a", encoding="utf-8") as settings:
        settings.write("[group]\nbar = 1.5\n")
    assert told(grouped("reprocess", "group", "--json"))["changed"] > 0
    assert members(grouped, ferry) == [ref_of(grouped, name) for name in (GROUNDED, SAFE, DIVERS)]
    assert home_of(grouped, OPENED) != home_of(grouped, TRAFFIC)


def test_split_reports_are_an_event_of_their_own(grouped: Call) -> None:
    ferry = home_of(grouped, GROUNDED)
    decide(grouped, "split", ferry, DIVERS, SAFE, "--note", "the rescue is another matter")
    rescue = home_of(grouped, SAFE)
    assert rescue == home_of(grouped, DIVERS) != ferry
    assert members(grouped, ferry) == [ref_of(grouped, GROUNDED)]
    assert "divers-examine" in told(grouped("show", rescue, "--json"))["event"]["permalink"]
    assert told(grouped("reprocess", "group", "--json"))["changed"] == 0
    assert set(members(grouped, rescue)) == {ref_of(grouped, DIVERS), ref_of(grouped, SAFE)}
    assert len(told(grouped("correct", "list", "--json"))["decisions"]) == 3
    decide(grouped, "retract", last_decision(grouped))
    assert len(told(grouped("correct", "list", "--json"))["decisions"]) == 6
    assert members(grouped, ferry) == [ref_of(grouped, name) for name in (GROUNDED, SAFE, DIVERS)]
    assert told(grouped("show", rescue, "--json"))["event"]["status"] == "merged"


def test_one_of_several_decisions_made_in_one_go_is_taken_back_alone(grouped: Call) -> None:
    ferry = home_of(grouped, GROUNDED)
    decide(grouped, "pin", ferry)
    pinned = told(grouped("correct", "list", "--json"))["decisions"]
    decide(grouped, "retract", f"judgement:{pinned[0]['judgement']['id']}", "--only")
    states = [one["retracted"] for one in told(grouped("correct", "list", "--json"))["decisions"]]
    assert states == [True, False, False, False]
    decide(grouped, "retract", f"judgement:{pinned[1]['judgement']['id']}")
    states = [one["retracted"] for one in told(grouped("correct", "list", "--json"))["decisions"]]
    assert states == [True, True, True, False, False, False]


def test_founder_is_detached_and_moved_and_split_off_like_any_other(grouped: Call) -> None:
    ferry, bridge = home_of(grouped, GROUNDED), home_of(grouped, TRAFFIC)
    rest = [ref_of(grouped, name) for name in (SAFE, DIVERS)]
    address = told(grouped("show", ferry, "--json"))["event"]["permalink"]
    for words in (("detach", GROUNDED), ("move", GROUNDED, bridge), ("split", ferry, GROUNDED)):
        decide(grouped, *words)
        assert members(grouped, ferry) == rest
        assert told(grouped("show", ferry, "--json"))["event"]["permalink"] == address
        assert home_of(grouped, GROUNDED) not in (ferry, "None")
        assert (home_of(grouped, GROUNDED) == bridge) == (words[0] == "move")
        decide(grouped, "retract", last_decision(grouped))
        assert members(grouped, ferry) == [ref_of(grouped, GROUNDED), *rest]


def test_pin_holds_a_report_in_its_own_event_when_a_merge_is_taken_back(grouped: Call) -> None:
    ferry, bridge = home_of(grouped, GROUNDED), home_of(grouped, TRAFFIC)
    before = members(grouped, ferry)
    decide(grouped, "merge", ferry, bridge)
    merge = last_decision(grouped)
    decide(grouped, "pin", bridge)
    assert home_of(grouped, SAFE) == bridge
    decide(grouped, "retract", merge)
    assert members(grouped, ferry) == before


def test_split_refuses_what_makes_no_sense(grouped: Call) -> None:
    ferry, bridge = home_of(grouped, GROUNDED), home_of(grouped, TRAFFIC)
    entry = next(ref for ref in members(grouped, bridge) if ref.startswith("entry:"))
    assert "is not in" in refused(grouped, "split", ferry, TRAFFIC)
    assert "one after the other" in refused(grouped, "split", bridge, TRAFFIC, entry)
    assert "keeps its permalink" in refused(grouped, "split", bridge, entry)
    assert "is not in" in refused(grouped, "split", ferry, entry)
    decide(grouped, "split", bridge, TRAFFIC, OPENED)
    assert home_of(grouped, OPENED) == home_of(grouped, TRAFFIC) != bridge
    decide(grouped, "pin", ferry)
    decide(grouped, "move", GROUNDED, home_of(grouped, TRAFFIC))
    assert members(grouped, ferry) == [ref_of(grouped, SAFE), ref_of(grouped, DIVERS)]
    assert "nothing would be left" in refused(grouped, "split", ferry, DIVERS, SAFE)


def test_event_without_an_item_is_renamed(grouped: Call) -> None:
    ferry = home_of(grouped, GROUNDED)
    before = told(grouped("show", ferry, "--json"))["event"]
    decide(grouped, "rename", ferry, "The grounding of the Aurora")
    after = told(grouped("show", ferry, "--json"))["event"]
    assert (after["headline"], after["headline_of"], after["permalink"]) == (
        "The grounding of the Aurora",
        "",
        before["permalink"],
    )
    decide(grouped, "retract", last_decision(grouped))
    assert told(grouped("show", ferry, "--json"))["event"]["headline"] == before["headline"]


def test_events_without_items_are_merged(grouped: Call) -> None:
    ferry, later = home_of(grouped, GROUNDED), home_of(grouped, YEAR_BEFORE)
    decide(grouped, "merge", later, ferry)
    assert members(grouped, ferry)[-1] == ref_of(grouped, YEAR_BEFORE)
    assert home_of(grouped, YEAR_BEFORE) == ferry
    assert "was merged into" in grouped("explain", YEAR_BEFORE, later).stdout
    assert "Retract that merge" in refused(grouped, "split", ferry, YEAR_BEFORE)
    decide(grouped, "retract", last_decision(grouped))
    assert home_of(grouped, YEAR_BEFORE) == later
    assert members(grouped, later) == [ref_of(grouped, YEAR_BEFORE)]
