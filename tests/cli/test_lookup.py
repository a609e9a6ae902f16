"""`show`, `search` and `explain`, by every kind of reference."""

import pytest

from tests.cli.conftest import FERRY, MARKET, SIREN, STRIKE, Call, event_of, told


def test_event_shows_sources_context_and_related(filled: Call) -> None:
    ref = event_of(filled, "strike")
    shown = filled("show", ref).stdout
    assert shown.splitlines()[0] == STRIKE
    assert "Other Paper\thttps://other.example/strike" in shown
    assert "MV Aurora\tlinked\tentity:" in shown
    assert FERRY in shown[shown.index("\nRelated\n") :]
    data = told(filled("show", ref, "--json"))
    assert data["event"]["headline"] == STRIKE
    best = data["related"][0]
    assert best["event"]["headline"] == FERRY
    assert {tag["name"] for tag in best["link"]["context"]} >= {"MV Aurora", "Northport"}
    assert best["link"]["reasons"][0]["weight"] > 0


def test_event_answers_to_all_its_names(filled: Call) -> None:
    ref = event_of(filled, "market")
    permalink = told(filled("show", ref, "--json"))["event"]["permalink"]
    names = [
        ref[: len("event:") + 6],
        ref.removeprefix("event:"),
        ref.removeprefix("event:")[:8],
        permalink,
        f"https://chronicle.example/sub{permalink}.html?x=1#top",
        f"https://chronicle.example{permalink}",
        f"build/site{permalink}.json",
        f"event:{permalink}",
    ]
    for name in names:
        result = filled("show", name, "--json")
        assert result.exit_code == 0, (name, result.output)
        assert told(result)["ref"] == ref, name


@pytest.mark.parametrize(
    "name", ["2017-05-22", "day:2017-05-22", "/news/2017/05/22/", "https://c.example/news/2017/05/22/index.html"]
)
def test_day_lists_its_events(filled: Call, name: str) -> None:
    result = told(filled("show", name, "--json"))
    assert sorted(event["headline"] for event in result["events"]) == sorted([STRIKE, SIREN, MARKET])
    assert filled("show", name).stdout.splitlines()[1] == "date\theadline\treference\tpermalink"


@pytest.mark.parametrize(
    "name", ["MV Aurora", "mv aurora", "/context/mv-aurora", "/topic/mv-aurora", "entity:MV Aurora"]
)
def test_entity_shows_its_events_and_company(filled: Call, name: str) -> None:
    data = told(filled("show", name, "--json"))
    assert data["entity"]["name"] == "MV Aurora"
    assert [event["headline"] for event in data["latest"]] == [STRIKE, FERRY]
    assert "Northport" in {other["name"] for other in data["companions"]}
    assert data["events"] == 2


def test_source_and_cited_address(filled: Call) -> None:
    source = told(filled("show", "/source/other-example", "--json"))["source"]
    assert source["host"] == "other.example"
    assert (
        told(filled("show", "https://www.other.example/strike?utm_source=x", "--json"))["event"]["headline"] == STRIKE
    )


def test_records_lead_from_one_to_the_next(filled: Call) -> None:
    event = told(filled("show", event_of(filled, "strike"), "--json"))["event"]
    member = event["members"][0]
    entry = told(filled("show", member["ref"], "--json"))
    assert entry["entry"]["text"] == STRIKE
    assert entry["event"] == f"event:{event['id']}"
    revision = told(filled("show", entry["revisions"][0], "--json"))["revision"]
    assert revision["entries"] == [entry["entry"]["id"]]
    capture = told(filled("show", f"capture:{revision['capture']}", "--json"))["capture"]
    assert capture["media_type"]
    judgement = told(filled("show", f"judgement:{member['judgement']}", "--json"))["judgement"]
    assert (judgement["subject"], judgement["by"]) == (member["ref"], "founding/1")


def test_search_finds_by_words_and_says_when_nothing_is_found(filled: Call) -> None:
    lines = filled("search", "ferry", "northport").stdout.splitlines()
    assert lines[0] == "date\theadline\treference\tpermalink"
    assert sorted(line.split("\t")[1] for line in lines[1:]) == sorted([FERRY, STRIKE])
    assert len(told(filled("search", "northport", "--limit", "1", "--json"))["events"]) == 1
    nothing = filled("search", "volcano")
    assert (nothing.exit_code, nothing.stdout) == (0, "No event and no article has all these words.\n")


@pytest.mark.parametrize(
    ("name", "says"),
    [
        ("Nowhere Land", "names nothing"),
        ("event:aaaaaaaaaaaa", "there is no event:aaaaaaaaaaaa"),
        ("claim:aaaaaaaaaaaa", "there is no claim:aaaaaaaaaaaa"),
        ("mention:aaaaaaaaaaaa", "there is no mention:aaaaaaaaaaaa"),
        ("story:aaaaaaaaaaaa", "keeps no records of the kind `story`"),
        ("finding:aaaaaaaaaaaa", "show EVENT --claims` lists them"),
        ("/news/2017/05/22/never-was", "no record has this permalink"),
        ("2017-02-31", "no day of the calendar"),
        ("2016-01-01", "no events on 2016-01-01. The nearest days that have some: 2017-05-21"),
    ],
)
def test_unknown_references_are_refused_with_a_way_on(filled: Call, name: str, says: str) -> None:
    result = filled("show", name)
    assert (result.exit_code, result.stdout) == (2, "")
    assert says in result.stderr


def test_ambiguous_name_lists_what_it_may_be(filled: Call, tmp_path_factory: pytest.TempPathFactory) -> None:
    from tests.cli.conftest import write_lines

    line = {
        "date": "2017-05-23",
        "text": "Aurora lights the sky",
        "entities": [{"name": "Aurora (polar light)", "shown": "Aurora"}],
    }
    assert filled("add", write_lines(tmp_path_factory.mktemp("more") / "more.jsonl", line)).exit_code == 0
    result = filled("show", "aurora")
    assert result.exit_code == 2
    assert "Aurora (polar light)" in result.stderr
    assert "MV Aurora" in result.stderr


def test_related_events_are_explained_by_what_they_share(filled: Call) -> None:
    one, two = event_of(filled, "resumes"), event_of(filled, "strike")
    data = told(filled("explain", one, two, "--json"))
    assert data["related"] is True
    assert data["score"] == pytest.approx(sum(reason["weight"] for reason in data["reasons"]), abs=0.05)
    aurora = next(reason for reason in data["reasons"] if reason["name"] == "MV Aurora")
    assert (aurora["count"], aurora["total"]) == (2, 2)
    shown = told(filled("show", one, "--json"))["related"][0]
    assert shown["link"]["score"] == data["score"]
    assert told(filled("explain", two, one, "--json"))["score"] == data["score"]


def test_unrelated_events_are_explained_with_the_nearest(filled: Call) -> None:
    one, two = event_of(filled, "resumes"), event_of(filled, "market")
    result = filled("explain", one, two)
    assert result.stdout.startswith("Not related: they share no entity")
    data = told(filled("explain", one, two, "--json"))
    assert data["related"] is False
    assert data["nearest"][one][0]["ref"] == event_of(filled, "strike")


def test_event_is_explained_by_its_judgements(filled: Call) -> None:
    data = told(filled("explain", event_of(filled, "market"), "--json"))
    assert [member["text"] for member in data["members"]] == [MARKET]
    assert data["members"][0]["judgement"]["by"] == "founding/1"
    assert "founded an event" in filled("explain", "judgement:" + data["members"][0]["judgement"]["id"]).stdout


def test_entity_is_explained_by_its_names(filled: Call) -> None:
    data = told(filled("explain", "MV Aurora", "--json"))
    names = {name["words"]: name["event"] for name in data["names"]}
    assert names == {
        "MV Aurora": event_of(filled, "resumes"),
        "Aurora": event_of(filled, "resumes"),
        "ferry Aurora": event_of(filled, "strike"),
    }


def test_what_cannot_be_explained_is_refused(filled: Call) -> None:
    event = event_of(filled, "market")
    assert filled("explain", event, event).exit_code == 2
    assert filled("explain", event, "Northport").exit_code == 2
    refused = filled("explain", "2017-05-22")
    assert refused.exit_code == 2
    assert "these can: article, claim, entity, entry, event, finding, judgement, mention" in refused.stderr
