"""Rows as CSV and Parquet: what is written is what is read."""

import csv
from collections.abc import Iterator
from datetime import UTC, date, datetime
from io import BytesIO, StringIO
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec import Struct
from msgspec.structs import asdict

from diurna.publish import export_files
from diurna.publish.export_files import csv_lines, write_parquet


class Row(Struct, frozen=True):
    words: str
    chain: tuple[str, ...]
    number: int
    lower: float | None
    day: date | None
    at: datetime | None
    denied: bool


texts = st.text(st.characters(codec="utf-8"))
names = st.text(st.characters(codec="utf-8", exclude_characters="| "), min_size=1)
made = st.builds(
    Row,
    words=texts,
    chain=st.lists(names).map(tuple),
    number=st.integers(0, 2**40),
    lower=st.none() | st.floats(allow_nan=False, allow_infinity=False),
    day=st.none() | st.dates(),
    at=st.none() | st.datetimes(timezones=st.just(UTC)),
    denied=st.booleans(),
)


def read(cells: dict[str, str]) -> Row:
    """A row as a program reads it back from its cells."""
    return Row(
        words=cells["words"],
        chain=tuple(cells["chain"].split(" | ")) if cells["chain"] else (),
        number=int(cells["number"]),
        lower=float(cells["lower"]) if cells["lower"] else None,
        day=date.fromisoformat(cells["day"]) if cells["day"] else None,
        at=datetime.fromisoformat(cells["at"]) if cells["at"] else None,
        denied={"true": True, "false": False}[cells["denied"]],
    )


@given(rows=st.lists(made, max_size=5))
def test_csv_is_read_back_as_it_was_written(rows: list[Row]) -> None:
    text = "".join(csv_lines(Row, rows))
    assert [read(cells) for cells in csv.DictReader(StringIO(text, newline=""))] == rows


def test_csv_is_written_a_row_at_a_time() -> None:
    given_out = []

    def rows() -> Iterator[Row]:
        for number in range(3):
            given_out.append(number)
            yield Row("seven", (), number, None, None, None, denied=False)

    lines = iter(csv_lines(Row, rows()))
    assert next(lines) == "words,chain,number,lower,day,at,denied\n"
    assert given_out == []
    assert next(lines) == "seven,,0,,,,false\n"
    assert given_out == [0]


@settings(deadline=None)  # the first call loads pyarrow
@given(rows=st.lists(made, max_size=5))
def test_parquet_is_read_back_as_it_was_written(rows: list[Row]) -> None:
    assert as_parquet(rows) == [asdict(row) | {"chain": list(row.chain)} for row in rows]


def test_parquet_is_written_in_groups_of_rows(monkeypatch: pytest.MonkeyPatch) -> None:
    parquet = pytest.importorskip("pyarrow.parquet", reason="pyarrow, the extra `parquet`, is not installed")
    monkeypatch.setattr(export_files, "_BATCH", 10)
    stream = BytesIO()
    write_parquet(stream, Row, (Row("seven", ("a",), number, 1.0, None, None, denied=True) for number in range(25)))
    assert parquet.ParquetFile(stream).metadata.num_row_groups == 3
    assert parquet.read_table(stream).column("number").to_pylist() == list(range(25))


def as_parquet(rows: list[Row]) -> list[dict[str, Any]]:
    parquet = pytest.importorskip("pyarrow.parquet", reason="pyarrow, the extra `parquet`, is not installed")
    stream = BytesIO()
    write_parquet(stream, Row, rows)
    stream.seek(0)
    return list(parquet.read_table(stream).to_pylist())
