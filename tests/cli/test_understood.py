"""What was understood of articles on the command line: shown with marks, explained, corrected, checked, read again."""

import contextlib
import re
import sqlite3
from pathlib import Path
from typing import Any

import pytest

from diurna.cli import intake
from diurna.cli.articles import show_article
from diurna.cli.console import tell
from diurna.cli.references import resolve
from diurna.enrich.annotate import Annotator
from diurna.enrich.task import Annotated, Task
from diurna.runners import Chronicle
from tests.cli.conftest import Call, last_decision, rows, told, write_lines
from tests.cli.test_articles import write_page
from tests.cli.test_console import terminal

LAUNCH = (
    "SEOUL, May 22 (Yonhap) -- North Korea fired a missile on Sunday that flew 500 km, South Korea's military said.",
    "“This type of missile should be mass-produced,” Kim Jong-un was quoted as saying by the Korean Central News "
    "Agency (KCNA).",
    "President Moon Jae-in met his security council within an hour. Moon said the launch was a grave challenge.",
)
FIRE = (
    "Twelve people were killed in a fire on a ferry, Velmora Harbour Hospital said on Monday.",
    "The Harbour Clinic of Velmora took in 31 others, its director told reporters.",
)
LAUNCHED, BURNED = "https://coast.example/launch", "https://north.example/fire"
LIST = {
    "date": "2017-05-21",
    "text": "A ferry burns in the harbour of Velmora",
    "entities": ["Harbour Clinic of Velmora", "Velmora Harbour Hospital"],
    "id": "fire",
}
CLINIC, HOSPITAL = "Harbour Clinic of Velmora", "Velmora Harbour Hospital"


@pytest.fixture
def call(call: Call, tmp_path: Path) -> Call:
    """`call` on a chronicle of two articles that were understood, and of a list that names two hospitals."""
    assert call("init").exit_code == 0
    (tmp_path / "home" / "diurna.toml").write_text("[run]\nworkers = 1\n", encoding="utf-8")
    assert call("add", write_lines(tmp_path / "list.jsonl", LIST)).exit_code == 0
    folder = tmp_path / "in"
    said = {"published": "2017-05-22T06:00:00Z"}
    write_page(folder, "a.html", *LAUNCH, title="A launch in the north", canonical=LAUNCHED, **said)
    write_page(folder, "b.html", *FIRE, title="A ferry burns", canonical=BURNED, **said)
    added = told(call("add", folder, "--json"))
    assert (added["articles"], added["articles_understood"], added["problems"]) == (2, 2, [])
    return call


def annotation(call: Call, ref: str = LAUNCHED) -> dict[str, Any]:
    found: dict[str, Any] = told(call("show", ref, "--json"))["annotation"]
    return found


def mention(call: Call, words: str, ref: str = LAUNCHED) -> dict[str, Any]:
    found: dict[str, Any] = next(one for one in annotation(call, ref)["mentions"] if one["text"] == words)
    return found


def names(call: Call, ref: str = LAUNCHED) -> dict[str, list[str]]:
    """What an article names, as `show` lists it: row by name."""
    return {row[0]: row for row in rows(call("show", ref).stdout, "Who and what is named")}


# ---------------------------------------------------------------------------------------------------- shown


def test_a_pipe_has_the_text_alone_and_what_was_understood_in_tables(call: Call) -> None:
    shown = call("show", LAUNCHED).stdout
    assert "\x1b" not in shown
    assert all(f"\n{paragraph}\n" in shown for paragraph in LAUNCH)
    said = rows(shown, "Who says what")
    quoted = next(row for row in said if "mass-produced" in row[2])
    assert quoted[0].startswith("coast.example ← ")
    assert "Kim Jong-un" in quoted[0].split(" ← ")[-1]
    assert (quoted[1], quoted[3]) == ("says", "direct")
    figures = rows(shown, "Figures")
    assert ["500 km", "500 kilometres (about 310 miles)"] in [row[1:3] for row in figures]
    assert names(call)["Moon Jae-in"][1:4] == ["person", "Moon Jae-in, Moon", "2"]
    assert ["Sunday", "21 May 2017", "DATE", "2017-05-21"] in [row[:4] for row in rows(shown, "Times")]
    for row in (*said, *figures):
        assert told(call("show", row[-1], "--json"))["ref"] == row[-1]


def test_a_terminal_marks_the_text_under_a_key(call: Call, home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with Chronicle(home) as chronicle:
        answer = show_article(chronicle, resolve(chronicle, LAUNCHED))
    monkeypatch.delenv("NO_COLOR", raising=False)
    stream = terminal(monkeypatch, "stdout")
    tell(answer)
    shown = stream.getvalue()
    assert re.search(r"\x1b\[[\d;]*35mSunday\x1b\[0m", shown), "times are magenta"
    assert re.search(r"\x1b\[[\d;]*36mMoon Jae-in\x1b\[0m", shown), "people are cyan"
    assert re.search(r"\x1b\[[\d;]*\b3mThis type|\x1b\[[\d;]*3m“This type", shown), "what is said is italic"
    key = next(line for line in shown.splitlines() if "how it is said" in line)
    assert all(name in key for name in ("what is said", "who says so", "person", "place", "time", "quantity"))
    plain = re.sub(r"\x1b\[[\d;]*m", "", shown)
    assert all(paragraph in plain for paragraph in LAUNCH)


def test_colour_is_left_out_where_nobody_wants_it(call: Call, home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with Chronicle(home) as chronicle:
        answer = show_article(chronicle, resolve(chronicle, LAUNCHED))
    monkeypatch.setenv("NO_COLOR", "1")
    stream = terminal(monkeypatch, "stdout")
    tell(answer)
    assert not re.search(r"\x1b\[[\d;]*3[0-7]m", stream.getvalue())


def test_json_has_every_span_of_the_text(call: Call) -> None:
    found, text = annotation(call), "\n\n".join(LAUNCH)
    assert {"Kim Jong-un", "North Korea", "Sunday", "500 km"} <= {one["text"] for one in found["mentions"]}
    for one in found["mentions"]:
        assert text[one["span"]["start"] : one["span"]["end"]] == one["text"]
    quoted = next(claim for claim in found["claims"] if claim.get("mode") == "direct")
    assert "".join(text[span["start"] : span["end"]] for span in quoted["content"]) == LAUNCH[1].partition(" Kim")[0]


# ---------------------------------------------------------------------------------------------------- single parts


@pytest.mark.parametrize("command", ["show", "explain"])
def test_a_mention_is_found_by_the_beginning_of_its_id(call: Call, command: str) -> None:
    moon = mention(call, "Moon")
    whole = call(command, f"mention:{moon['id']}")
    assert whole.exit_code == 0, whole.output
    for name in (f"mention:{moon['id'][:6]}", moon["id"], moon["id"][:6]):
        assert call(command, name).stdout == whole.stdout
    assert "Moon said the launch was a grave challenge." in whole.stdout
    (best, *_) = rows(whole.stdout, "What it names, and what else it might")
    assert (best[0], best[3]) == ("Moon Jae-in", "meant")
    assert best[2] == moon["candidates"][0]["because"]
    assert told(call(command, moon["id"], "--json"))["mention"] == moon


def test_times_and_amounts_say_what_they_mean(call: Call) -> None:
    shown = call("show", f"mention:{mention(call, 'Sunday')['id']}").stdout
    assert "means\t21 May 2017\nbegins\t2017-05-21T00:00:00+00:00\nends before\t2017-05-22T00:00:00+00:00" in shown
    assert "held against\tthe time of publication" in shown
    shown = call("show", f"mention:{mention(call, '500 km')['id']}").stdout
    assert "value\t500\nunit\tkilometre\nfigures written\t1" in shown


@pytest.mark.parametrize("command", ["show", "explain"])
def test_a_claim_is_shown_in_its_sentence_with_who_says_so(call: Call, command: str) -> None:
    quoted = next(claim for claim in annotation(call)["claims"] if claim.get("mode") == "direct")
    for name in (f"claim:{quoted['id']}", f"claim:{quoted['id'][:6]}", quoted["id"][:6]):
        shown = call(command, name).stdout
        assert f"\n{LAUNCH[1]}\n" in shown
        assert "said by\tcoast.example (outlet) ← " in shown
        assert "how\tsays (direct)" in shown
    flown = next(one for one in annotation(call)["claims"] if one["kind"] == "figure" and one.get("quantity"))
    shown = call(command, f"claim:{flown['id']}").stdout
    assert f"attribute\t{flown['attribute']}" in shown
    assert "value\t500" in shown


def test_parts_of_an_article_that_was_erased_are_gone(call: Call) -> None:
    ref = f"mention:{mention(call, 'Moon')['id']}"
    assert call("show", ref).exit_code == 0
    assert call("correct", "withdraw", LAUNCHED, "--erase").exit_code == 0
    gone = call("show", ref)
    assert (gone.exit_code, gone.stdout) == (2, "")
    assert f"there is no {ref}" in gone.stderr


# ---------------------------------------------------------------------------------------------------- entities


def test_an_article_explains_its_names(call: Call) -> None:
    explained = rows(call("explain", LAUNCHED).stdout, "Whom and what it names")
    moon = next(row for row in explained if row[0] == "Moon" and row[4] == "meant")
    assert moon[1] == "Moon Jae-in"
    assert "Moon Jae-in" in moon[3]
    assert 0 < float(moon[2]) <= 1
    assert told(call("show", moon[5], "--json"))["mention"]["text"] == "Moon"


def test_an_entity_without_a_page_is_shown_and_explained_by_its_articles(call: Call) -> None:
    moon = mention(call, "Moon Jae-in")["candidates"][0]["ref"]
    shown = told(call("show", moon, "--json"))
    report = told(call("show", LAUNCHED, "--json"))["ref"]
    assert (shown["entity"]["name"], shown["entity"]["permalink"]) == ("Moon Jae-in", "")
    assert (shown["articles"], shown["latest_articles"]) == (1, [report])
    assert [said["sentence"] for said in shown["latest_statements"]] == ["Moon said the launch was a grave challenge."]
    for name in (moon[:14], "moon jae-in", moon.partition(":")[2]):
        assert told(call("show", name, "--json")) == shown
    called = rows(call("explain", "Moon Jae-in").stdout, "What articles call it")
    assert {row[0] for row in called} == {"Moon Jae-in", "Moon"}
    assert all(row[2] and row[3] == "A launch in the north" for row in called)


def test_merged_entities_are_one_until_the_decision_is_taken_back(call: Call) -> None:
    before = told(call("show", HOSPITAL, "--json"))
    assert (before["articles"], names(call, BURNED).keys() >= {CLINIC, HOSPITAL}) == (1, True)
    merged = call("correct", "merge", CLINIC, HOSPITAL, "--note", "one house")
    assert merged.exit_code == 0, merged.output
    assert CLINIC not in names(call, BURNED)
    assert set(names(call, BURNED)[HOSPITAL][2].split(", ")) == {CLINIC, HOSPITAL}
    clinic = call("show", CLINIC).stdout
    assert f"one with\t{HOSPITAL} (" in clinic
    assert rows(call("explain", HOSPITAL).stdout, "What articles call it")
    clinic_mention = f"mention:{mention(call, CLINIC, BURNED)['id']}"
    assert f"A person decided that it names {HOSPITAL}" in call("show", clinic_mention).stdout
    (listed,) = told(call("correct", "list", CLINIC, "--json"))["decisions"]
    assert (listed["judgement"]["verdict"], listed["judgement"]["note"]) == ("same", "one house")
    for words, says in (
        ((CLINIC, HOSPITAL), "are one already"),
        ((CLINIC, CLINIC), "into itself"),
        ((CLINIC, "2017-05-21"), "one other entity"),
    ):
        refused = call("correct", "merge", *words)
        assert refused.exit_code == 2
        assert says in refused.stderr
    assert told(call("check", "--json"))["sound"]
    assert call("rebuild").exit_code == 0
    assert CLINIC not in names(call, BURNED)
    assert call("correct", "retract", last_decision(call)).exit_code == 0
    assert names(call, BURNED).keys() >= {CLINIC, HOSPITAL}
    assert told(call("show", HOSPITAL, "--json")) == before


def test_words_are_split_from_an_entity_for_another_or_for_one_of_their_own(call: Call) -> None:
    split = call("correct", "split", "Kim Jong-un", "Kim Jong-un", "Moon Jae-in")
    assert split.exit_code == 0, split.output
    assert "Kim Jong-un" not in names(call)
    assert "Kim Jong-un" in names(call)["Moon Jae-in"][2]
    moon = mention(call, "Moon Jae-in")["candidates"][0]["ref"]
    assert f"\tapart\tKim Jong-un → {moon}\t" in call("correct", "list").stdout
    again = call("correct", "split", "Kim Jong-un", "Kim  Jong-un", "Moon Jae-in")
    assert again.exit_code == 2
    assert "nothing was changed" in again.stderr
    assert call("correct", "retract", last_decision(call)).exit_code == 0
    assert "Kim Jong-un" in names(call)
    old = names(call)["Kim Jong-un"][4]
    assert call("correct", "split", old, "Kim Jong-un").exit_code == 0
    own = names(call)["Kim Jong-un"][4]
    assert own.startswith("entity:")
    assert own != old
    assert told(call("show", own, "--json"))["articles"] == 1
    for words, says in (((" ",), "say which words"), (("Kim", "Moon Jae-in", "North Korea"), "one other entity")):
        refused = call("correct", "split", old, *words)
        assert refused.exit_code == 2
        assert says in refused.stderr
    assert told(call("check", "--json"))["sound"]


def test_decisions_about_entities_travel_and_wait_for_articles(call: Call, tmp_path: Path) -> None:
    assert call("correct", "merge", CLINIC, HOSPITAL).exit_code == 0
    assert call("correct", "split", "Kim Jong-un", "Kim Jong-un", "Moon Jae-in").exit_code == 0
    file = tmp_path / "decisions.jsonl"
    assert call("corrections", "export", file).exit_code == 0
    other = ["--chronicle", str(tmp_path / "other")]
    assert call(*other, "init").exit_code == 0
    assert told(call(*other, "corrections", "import", file, "--json"))["taken"] == 2
    assert call(*other, "add", tmp_path / "list.jsonl").exit_code == 0
    assert call(*other, "add", tmp_path / "in").exit_code == 0
    for ref in (LAUNCHED, BURNED):
        here, there = (rows(call(*at, "show", ref).stdout, "Who and what is named") for at in ([], other))
        assert here == there
        assert here


# ---------------------------------------------------------------------------------------------------- upkeep


def test_a_mention_whose_text_is_not_there_is_found(call: Call, home: Path) -> None:
    assert told(call("check", "--json"))["sound"]
    assert call("check", BURNED).exit_code == 0
    with contextlib.closing(sqlite3.connect(home / "chronicle.db")) as connection, connection:
        changed = connection.execute(
            'UPDATE fact SET body = replace(CAST(body AS TEXT), \'"text":"Sunday"\', \'"text":"Monday"\') '
            "WHERE kind = 'annotation'"
        )
        assert changed.rowcount
    checked = call("check")
    assert checked.exit_code == 1
    assert "A mention is not what stands in its article's text." in checked.stdout
    (fault,) = told(call("check", LAUNCHED, "--json"))["faults"]
    assert (fault["received"], fault["allowed"]) == ("Monday", "Sunday")
    assert call("check", BURNED).exit_code == 0


def test_reading_again_says_what_differs(call: Call, monkeypatch: pytest.MonkeyPatch) -> None:
    before = annotation(call)
    again = call("reprocess", "enrich")
    assert again.stdout == "Understood 2 articles again: 0 otherwise than before.\n"
    whole = Annotator.annotate

    def failing(self: Annotator, task: Task) -> Annotated:
        if task.article.canonical == LAUNCHED:
            raise RuntimeError("no such thing")
        return whole(self, task)

    monkeypatch.setattr(Annotator, "annotate", failing)
    failed = told(call("reprocess", "enrich", "--json"))
    assert (failed["articles"], failed["changed"]) == (2, 1)
    assert [(one["where"], one["received"]) for one in failed["problems"]] == [
        (LAUNCHED, "RuntimeError: no such thing")
    ]
    assert not annotation(call).get("mentions")
    assert "Nothing was found in it." in call("show", LAUNCHED).stdout
    monkeypatch.setattr(Annotator, "annotate", whole)
    told(call("reprocess", "enrich", "--json"))
    assert annotation(call) == before


def test_an_article_that_was_kept_before_a_kill_waits_and_is_understood_later(
    call: Call, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def killed(*_: object) -> None:
        raise KeyboardInterrupt

    url = "https://coast.example/protest"
    file = write_page(tmp_path / "more", "c.html", "Japan protested on Monday.", title="Protest", canonical=url)
    with monkeypatch.context() as patched:
        patched.setattr(intake, "_understand", killed)
        assert call("add", file).exit_code == 130
    assert annotation(call, url) is None
    assert "It waits to be understood" in call("show", url).stdout
    assert told(call("check", "--json"))["sound"]
    assert told(call("update", "--json"))["articles_understood"] == 1
    assert [one["text"] for one in annotation(call, url)["mentions"]] == ["Japan", "Monday"]
    assert told(call("update", "--json"))["articles_understood"] == 0
