"""Why articles are in one event, or are not, as `diurna explain` has it."""

import hashlib
from pathlib import Path

import pytest

from diurna.group.feature_words import FEATURE_WORDS
from diurna.group.score import FEATURES
from tests.cli.conftest import Call, home_of, ref_of, rows, told
from tests.cli.made_events import BRIEFING, DIVERS, GROUNDED, OPENED, SAFE, TRAFFIC, YEAR_BEFORE


def test_every_feature_has_plain_words() -> None:
    assert set(FEATURE_WORDS) >= {*FEATURES, "crowding", "bias"}


@pytest.mark.parametrize("swapped", [False, True])
def test_why_an_article_is_in_its_event(grouped: Call, swapped: bool) -> None:
    pair = [DIVERS, home_of(grouped, DIVERS)]
    answer = grouped("explain", *(reversed(pair) if swapped else pair), "--json")
    why = told(answer)
    assert (why["joined"], why["reasons"]) == (True, [])
    assert why["judgement"]["by"] == "stream/1"
    assert {couple["other"] for couple in why["pairs"]} == {ref_of(grouped, name) for name in (GROUNDED, SAFE)}
    assert why["mean"] == pytest.approx(sum(couple["counted"] for couple in why["pairs"]) / 2, abs=1e-3)
    assert why["mean"] > why["bar"] > 0
    for couple in why["pairs"]:
        assert 0 < couple["probability"] <= 1
        assert {feature["name"] for feature in couple["features"]} <= FEATURE_WORDS.keys()
    text = grouped("explain", *pair).stdout
    assert text.startswith("It is in this event: most like “")
    assert FEATURE_WORDS["words"] in text
    together = float(text.splitlines()[-1].split("\t")[1])
    assert together == pytest.approx(sum(one["gave"] for one in why["pairs"][0]["features"]), abs=0.01)


def test_why_an_article_is_not_in_an_event(grouped: Call) -> None:
    ferry = home_of(grouped, GROUNDED)
    other = told(grouped("explain", OPENED, ferry, "--json"))
    assert other["joined"] is False
    assert other["mean"] < other["bar"]
    assert "The score keeps them apart" in other["reasons"][-1]
    briefing = grouped("explain", BRIEFING, ferry).stdout
    assert "Kept out of all events: a briefing, because its title says “morning briefing”." in briefing
    assert len(rows(briefing, "Its members, those first that it is most like")) == 3
    later = grouped("explain", YEAR_BEFORE, ferry).stdout
    assert "Closed: its reports are of 2017-05-22 to 2017-05-23, 365 days from the other; after 11 days" in later
    assert home_of(grouped, YEAR_BEFORE) != ferry
    both = grouped("explain", GROUNDED, SAFE)
    assert (both.exit_code, "two events are held against each other" in both.stderr) == (2, True)


def test_why_two_events_are_not_one(grouped: Call) -> None:
    ferry, later, bridge = (home_of(grouped, name) for name in (GROUNDED, YEAR_BEFORE, TRAFFIC))
    apart = told(grouped("explain", ferry, later, "--json"))["one_event"]
    assert any(reason.startswith("Closed: ") for reason in apart["reasons"])
    assert len(apart["pairs"]) == 3
    assert told(grouped("explain", ferry, bridge, "--json"))["one_event"]["mean"] < 0.1
    shown = grouped("explain", ferry, bridge).stdout
    assert shown.startswith(("Related", "Not related"))
    assert "The score keeps them apart" in shown
    ferryman = f"event:{told(grouped('search', 'ferryman', '--json'))['events'][0]['event']}"
    assert "never merged by a score" in grouped("explain", bridge, ferryman).stdout


def test_event_and_article_say_what_they_are_most_like(grouped: Call) -> None:
    event = home_of(grouped, GROUNDED)
    (first, *others) = told(grouped("explain", event, "--json"))["members"]
    assert first["article"] == ref_of(grouped, GROUNDED)
    assert rows(grouped("explain", event).stdout, "Reports")[0][1].startswith("it founded the event: ")
    assert {one["mate"] for one in others} <= {ref_of(grouped, GROUNDED), ref_of(grouped, SAFE)}
    assert all(one["judgement"]["reasons"] and one["judgement"]["score"] > 0.3 for one in others)
    assert FEATURE_WORDS["words"] in rows(grouped("explain", event).stdout, "Reports")[1][3]
    explained = told(grouped("explain", DIVERS, "--json"))
    assert explained["event"] == event
    assert explained["nearest"][0]["ref"] in (ref_of(grouped, GROUNDED), ref_of(grouped, SAFE))
    assert rows(grouped("explain", DIVERS).stdout, "Judgements on its event")[0][-1] == "decides"
    assert "is not compared with others" in grouped("explain", BRIEFING).stdout
    deciding = f"judgement:{explained['deciding']['id']}"
    assert "Why: most like “" in grouped("explain", deciding).stdout


def test_explaining_writes_nothing(grouped: Call, home: Path) -> None:
    ferry, bridge = home_of(grouped, GROUNDED), home_of(grouped, TRAFFIC)

    def held() -> dict[str, str]:
        files = (path for path in home.rglob("*") if path.is_file())
        return {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in files}

    before = held()
    for words in ((ferry,), (DIVERS,), (DIVERS, ferry), (DIVERS, bridge), (ferry, bridge)):
        assert grouped("explain", *words).exit_code == 0
    after = held()
    assert {name: after[name] for name in before if not name.endswith("-shm")} == {
        name: digest for name, digest in before.items() if not name.endswith("-shm")
    }
