"""Rows of one kind as a file: CSV, or Parquet where pyarrow is installed; written as they come."""

import csv
from collections.abc import Iterable, Iterator
from datetime import date, datetime
from itertools import chain, islice
from typing import TYPE_CHECKING, Any, BinaryIO, get_args, get_type_hints

import msgspec
from msgspec import Struct

from diurna.errors import ConfigurationError

if TYPE_CHECKING:
    import pyarrow

__all__ = ["csv_lines", "parquet_is_installed", "write_parquet"]

_BATCH = 2_000
"""Rows of a group of a Parquet file, which are held in memory together."""


class _Line:
    """Takes what `csv` writes, a line at a time."""

    def __init__(self) -> None:
        self.text = ""

    def write(self, text: str) -> None:
        """Take a line."""
        self.text = text


def csv_lines(kind: type[Struct], rows: Iterable[Struct]) -> Iterator[str]:
    """Rows as lines of CSV (RFC 4180, but for `\\n`), the names of the columns first.

    Nothing is an empty cell, times are ISO 8601 in UTC, yes and no are `true` and `false`; several values of one cell
    are parted by ` | `.
    """
    line = _Line()
    writer = csv.writer(line, lineterminator="\r\n")  # so that cells with either of them are quoted
    for cells in chain((kind.__struct_fields__,), (_cells(row) for row in rows)):
        writer.writerow(cells)
        yield line.text.removesuffix("\r\n") + "\n"


def parquet_is_installed() -> None:
    """Make sure that Parquet can be written.

    Raises:
        ConfigurationError: pyarrow, which writes it, is not installed.
    """
    try:
        import pyarrow.parquet  # noqa: F401
    except ImportError as error:
        raise ConfigurationError(
            "Parquet is written by pyarrow, which is not installed. Install it with `pip install 'diurna[parquet]'`, "
            "or name a .csv file."
        ) from error


def write_parquet(stream: BinaryIO, kind: type[Struct], rows: Iterable[Struct]) -> None:
    """Write rows as Parquet, with a type for each column: numbers, days, times in UTC, lists of text."""
    import pyarrow
    import pyarrow.parquet

    schema = pyarrow.schema([(name, _arrow(told)) for name, told in get_type_hints(kind).items()])
    left = iter(rows)
    with pyarrow.parquet.ParquetWriter(stream, schema, compression="zstd") as writer:
        while batch := list(islice(left, _BATCH)):
            columns = zip(*map(msgspec.structs.astuple, batch), strict=True)
            arrays = [pyarrow.array(column, field.type) for column, field in zip(columns, schema, strict=True)]
            writer.write_batch(pyarrow.record_batch(arrays, schema=schema))


def _arrow(told: Any) -> "pyarrow.DataType":
    """Type of a column, from that of a field."""
    import pyarrow

    kinds = {
        str: pyarrow.string(),
        bool: pyarrow.bool_(),
        int: pyarrow.int64(),
        float: pyarrow.float64(),
        date: pyarrow.date32(),
        datetime: pyarrow.timestamp("us", "UTC"),
        tuple[str, ...]: pyarrow.list_(pyarrow.string()),
    }
    found = [one for one in (told, *get_args(told)) if one in kinds]
    return kinds[found[0]]


def _cells(row: Struct) -> tuple[str, ...]:
    return tuple(_cell(value) for value in msgspec.structs.astuple(row))


def _cell(value: Any) -> str:
    match value:
        case None:
            return ""
        case bool():
            return "true" if value else "false"
        case float():
            return repr(value).removesuffix(".0")
        case tuple():
            return " | ".join(value)
        case date():
            return value.isoformat()
    return str(value)
