"""`diurna export`: claims and findings of a whole chronicle as tables."""

import csv
import json
import sys
from pathlib import Path

import pytest

from diurna.model import Annotation
from diurna.runners import Chronicle
from tests.cli.conftest import Call, told

FERRY = (
    "Seven people were killed when a ferry burned off Port Averil on Thursday, the interior ministry said. The ferry "
    "had sailed about 22 kilometres when the fire broke out, at 5:40 a.m. GMT, it said."
)
AGAIN = (
    "At least five people were killed in a fire on a ferry off Port Averil on Thursday, the coast guard said. “Nobody "
    "is missing any more,” the harbour master of Port Averil said."
)
ALONE = "Bakers in Quillford sold 300 loaves of rye bread at a fair, the guild said."


@pytest.fixture
def ferry(call: Call, tmp_path: Path) -> Call:
    """A chronicle with two reports on one fire, and a column that is in no event."""
    rows = [
        {
            "url": f"https://{paper}.example/{paper}",
            "title": title,
            "text": text,
            "published": "2017-05-18T08:00:00Z",
            "language": "en",
        }
        for paper, title, text in (
            ("one", "Ferry burns off Port Averil", FERRY),
            ("two", "Ferry burns off Port Averil", AGAIN),
            ("six", "Morning briefing: bread, a ferry and the weather", ALONE),
        )
    ]
    file = tmp_path / "articles.jsonl"
    file.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    assert call("init").exit_code == 0
    assert call("add", str(file)).exit_code == 0
    return call


def read(file: Path) -> list[dict[str, str]]:
    with file.open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


def kept_claims(home: Path) -> int:
    with Chronicle(home, read_only=True) as chronicle:
        facts = chronicle.store.facts.scan(Annotation)
        return sum(len(fact.claims) for _, fact in facts if isinstance(fact, Annotation))


def test_every_claim_is_one_row_with_the_words_that_it_stands_on(ferry: Call, home: Path, tmp_path: Path) -> None:
    file = tmp_path / "claims.csv"
    answer = told(ferry("export", "claims", file, "--json"))
    rows = read(file)
    assert answer["rows"] == len(rows)
    assert answer["columns"] == list(rows[0])
    assert len({row["claim"] for row in rows}) == len(rows) == kept_claims(home)
    for row in rows:
        text = next(text for text in (FERRY, AGAIN, ALONE) if row["sentence"] in text)
        assert text[int(row["sentence_start"]) : int(row["sentence_end"])] == row["sentence"]
        if row["kind"] == "figure":
            assert text[int(row["words_start"]) : int(row["words_end"])] == row["words"]
    killed = {row["words"]: row for row in rows if row["attribute"] == "killed"}
    assert set(killed) == {"Seven people", "At least five people"}
    assert (killed["At least five people"]["lower"], killed["At least five people"]["upper"]) == ("5", "")
    assert {(row["state"], row["rule"]) for row in killed.values()} == {("agreed", "R7")}
    assert killed["Seven people"]["chain"].endswith(" | the interior ministry")
    assert {row["event"] for row in killed.values()} == {rows[0]["event"]}
    (clock,) = [row for row in rows if row["words"].startswith("5:40")]
    assert clock["earliest"].startswith("2017-05-18T05:40")
    assert clock["lower"] == ""
    assert {row["event"] for row in rows[-3:]} == {""}, "a briefing is in no event, and comes last"
    assert {row["sentence"] for row in rows[-3:]} == {ALONE}
    assert any(row["kind"] == "statement" and row["words"].startswith("“Nobody is missing") for row in rows)


def test_findings_are_rows_with_their_state_and_what_was_printed(ferry: Call, tmp_path: Path) -> None:
    assert ferry("export", "findings", tmp_path / "findings.csv").exit_code == 0
    rows = read(tmp_path / "findings.csv")
    (killed,) = [row for row in rows if row["attribute"] == "killed"]
    assert (killed["state"], killed["statements"], killed["origins"]) == ("agreed", "2", "2")
    assert set(killed["words"].split(" | ")) == {"Seven people", "At least five people"}
    claims = {row["finding"]: row for row in csv.DictReader(ferry("export", "claims").stdout.splitlines())}
    assert {row["finding"] for row in rows} == set(claims) - {""}
    assert ferry("export", "findings").stdout == (tmp_path / "findings.csv").read_text(encoding="utf-8")


def test_parquet_has_the_rows_of_the_csv(ferry: Call, tmp_path: Path) -> None:
    parquet = pytest.importorskip("pyarrow.parquet", reason="pyarrow, the extra `parquet`, is not installed")
    for what in ("claims", "findings"):
        for form in ("csv", "parquet"):
            assert ferry("export", what, tmp_path / f"{what}.{form}").exit_code == 0
        table = parquet.read_table(tmp_path / f"{what}.parquet")
        rows = read(tmp_path / f"{what}.csv")
        assert table.column_names == list(rows[0])
        assert [row["words"] for row in rows] == [
            words if isinstance(words, str) else " | ".join(words) for words in table.column("words").to_pylist()
        ]
    lower = parquet.read_table(tmp_path / "claims.parquet").column("lower").to_pylist()
    assert 5.0 in lower
    assert None in lower


def test_without_pyarrow_a_message_says_how_to_get_it(
    ferry: Call, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "pyarrow.parquet", None)
    answer = ferry("export", "claims", tmp_path / "claims.parquet")
    assert answer.exit_code == 2
    assert "pip install 'diurna[parquet]'" in answer.stderr
    assert not (tmp_path / "claims.parquet").exists()


def test_a_file_is_replaced_only_when_asked_and_its_name_tells_its_form(ferry: Call, tmp_path: Path) -> None:
    file = tmp_path / "claims.csv"
    file.write_text("mine", encoding="utf-8")
    assert "say --replace" in ferry("export", "claims", file).stderr
    assert file.read_text(encoding="utf-8") == "mine"
    assert ferry("export", "claims", file, "--replace").exit_code == 0
    assert file.read_text(encoding="utf-8").startswith("event,day,")
    assert ".csv or .parquet" in ferry("export", "claims", tmp_path / "claims.xlsx").stderr
    assert "there is no folder" in ferry("export", "claims", tmp_path / "none" / "claims.csv").stderr
    assert ferry("export", "claims", "--json").exit_code == 2
    assert [path.name for path in tmp_path.iterdir() if path.name.startswith(".diurna")] == []
