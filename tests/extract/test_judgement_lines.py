"""Lines of corrections: what reads back as it was written, and what is told instead of taken."""

import io
import json
import time
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path
from typing import Any

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as some

from diurna.cli.correct import Wish, decided
from diurna.extract.judgement_lines import (
    HEADER,
    LONGEST_LINE,
    NumberedJudgement,
    judgement_line,
    read_judgement_lines,
)
from diurna.model import Judgement, Problem, make_id

ONE, TWO = f"event:{make_id('one')}", f"event:{make_id('two')}"
MADE = datetime(2024, 3, 1, 12, 30, tzinfo=UTC)
NAMES = some.text(min_size=1, max_size=20).map(lambda name: " ".join(name.split())).filter(str.isprintable).filter(bool)


def renamed(text: str = "A ferry runs again", note: str = "", by: str = "Ada", made: datetime = MADE) -> Judgement:
    return decided(ONE, "renamed", ONE, Wish(by=f"person:{by}", made=made, note=note), text)


def fields(**changes: Any) -> dict[str, Any]:
    """A good line with some fields changed; those that are None are left out."""
    line = {**json.loads(judgement_line(renamed())), "id": None, **changes}
    return {name: value for name, value in line.items() if value is not None}


def read(*lines: bytes | dict[str, Any]) -> list[NumberedJudgement | Problem]:
    raw = [line if isinstance(line, bytes) else json.dumps(line).encode() + b"\n" for line in lines]
    return list(read_judgement_lines(io.BytesIO(b"".join(raw)), "team.jsonl"))


def fault(*lines: bytes | dict[str, Any]) -> Problem:
    """The one problem that the one line is."""
    (told,) = read(*lines)
    assert isinstance(told, Problem), told
    return told


@given(
    some.text(min_size=1).map(lambda text: " ".join(text.split())).filter(bool),
    some.text(),
    NAMES,
    some.datetimes(min_value=datetime(2, 1, 1), max_value=datetime(9998, 1, 1), timezones=some.just(UTC)),  # noqa: DTZ001
)
def test_what_is_written_reads_as_it_was(text: str, note: str, by: str, made: datetime) -> None:
    judgement = renamed(text, note, by, made)
    (found,) = read(HEADER, judgement_line(judgement, "/news/x", ""))
    assert found == NumberedJudgement("team.jsonl:2", judgement, "/news/x")


@given(some.lists(some.binary(max_size=60), max_size=5))
def test_no_bytes_make_it_fall(lines: list[bytes]) -> None:
    for found in read(*(line + b"\n" for line in lines)):
        assert isinstance(found, Problem)


@given(
    some.dictionaries(
        some.sampled_from(["subject", "verdict", "object", "by", "made", "id", "value", "note"]),
        some.none() | some.integers() | some.text() | some.sampled_from([ONE, "9999-12-31T23:59:59-10:00", "entry:x"]),
    )
)
def test_no_fields_make_it_fall(changes: dict[str, Any]) -> None:
    (found,) = read(fields(**changes))
    assert isinstance(found, (Problem, NumberedJudgement))


def test_component_cannot_be_written() -> None:
    with pytest.raises(ValueError, match="only people"):
        judgement_line(msgspec.structs.replace(renamed(), by="lineage/1"))


def test_time_with_offset_is_the_same_decision() -> None:
    there = MADE.astimezone(timezone(timedelta(hours=9)))
    (found,) = read(fields(made=there.isoformat()))
    assert isinstance(found, NumberedJudgement)
    assert found.judgement == renamed()


def test_joined_files_marks_and_empty_lines_are_read_past() -> None:
    one, two = judgement_line(renamed()), judgement_line(renamed("Another"))
    found = read(b"\xef\xbb\xbf" + HEADER, one.replace(b"\n", b"\r\n"), b"\n", HEADER, two.rstrip(b"\n"))
    assert [read.where for read in found if isinstance(read, NumberedJudgement)] == ["team.jsonl:2", "team.jsonl:5"]


@pytest.mark.parametrize(
    ("changes", "what", "received"),
    [
        ({"by": "lineage/1"}, "component is not taken", "lineage/1"),
        ({"by": "Ada"}, "component is not taken", "Ada"),
        ({"by": "person:"}, "name cannot be read", "person:"),
        ({"by": "person:A\x1b[2Jda"}, "name cannot be read", "person:A"),
        ({"verdict": "adored"}, "nobody can decide that", "adored"),
        ({"verdict": "copy"}, "nobody can decide that", "copy"),
        ({"verdict": "withdrawn"}, "cannot be said of these", ONE),
        ({"object": TWO}, "is about one record", TWO),
        ({"verdict": "same"}, "one with itself", ONE),
        ({"subject": "/news/2017/05/22/x"}, "`subject` is no reference", "/news"),
        ({"object": "event:short"}, "`object` is no reference", "event:short"),
        ({"value": " \t"}, "words are missing", "0"),
        ({"value": "x" * 20_001}, "or too many", "20,001"),
        ({"made": "0001-01-01T00:00:00+09:00"}, "beyond the calendar", "0001"),
        ({"made": "2024-03-01T12:30:00"}, "no judgement of a person", "2024"),
        ({"made": None}, "no judgement of a person", "renamed"),
        ({"id": "x" * 24}, "was changed", "xxxx"),
    ],
)
def test_what_no_person_can_have_decided_is_told(changes: dict[str, Any], what: str, received: str) -> None:
    told = fault(fields(**changes))
    assert what in told.what
    assert received in told.received
    assert (told.where, told.severity) == ("team.jsonl:1", "error")
    assert told.allowed
    assert told.next_step


@pytest.mark.parametrize("raw", [b"{cut", b"\xff\xfe{\x00}\x00", b"[" * 100_000, b"\x00\x00", b"nonsense"])
def test_line_that_is_no_json_is_told_and_the_next_is_read(raw: bytes) -> None:
    told, good = read(raw + b"\n", judgement_line(renamed()))
    assert isinstance(told, Problem)
    assert told.what == "line is no JSON"
    assert isinstance(good, NumberedJudgement)
    assert good.where == "team.jsonl:2"


@pytest.mark.parametrize("raw", [b"[]", b"1", b'"x"', b"{}", b'{"date":"2017-05-22","text":"An entry"}'])
def test_json_of_something_else_is_told(raw: bytes) -> None:
    assert fault(raw).what == "line is no judgement of a person"


def test_endless_line_is_passed_over_and_not_held() -> None:
    started = time.monotonic()
    told, good = read(b"x" * (40 * LONGEST_LINE) + b"\n", judgement_line(renamed()))
    assert isinstance(told, Problem)
    assert told.what == "line is too long"
    assert isinstance(good, NumberedJudgement)
    assert good.where == "team.jsonl:2"
    assert time.monotonic() - started < 5
    assert read(b"x" * LONGEST_LINE)[0].what == "line is no JSON"  # type: ignore[union-attr]


def test_later_format_is_not_guessed_at() -> None:
    told = read(b'{"corrections":"diurna/2"}\n', judgement_line(renamed()))
    assert len(told) == 1
    assert isinstance(told[0], Problem)
    assert "format that is not known" in told[0].what


def test_lines_in_the_guide_are_good() -> None:
    guide = (Path(__file__).parents[2] / "docs" / "howto" / "correct.md").read_text(encoding="utf-8")
    example = guide.partition("```json\n")[2].partition("```")[0]
    (found,) = read(example.encode())
    assert isinstance(found, NumberedJudgement), found
    assert found.judgement.by == "person:Ada Quill"
