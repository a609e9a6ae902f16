"""`diurna export`: the claims or the findings of a whole chronicle as a table, for a spreadsheet or a program."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from msgspec import Struct

from diurna.cli.console import Advance, Answer, Lines, progress, tell, tell_source
from diurna.cli.session import JsonOption, session_of
from diurna.cli.swapped_in import swapped_in
from diurna.errors import ConfigurationError

if TYPE_CHECKING:
    from diurna.store.interface import Store

__all__ = ["export"]

export = typer.Typer(
    help="Write the claims or the findings of the whole chronicle as a table: CSV or Parquet.\n\n"
    "`diurna show EVENT --claims --csv` writes those of one event.",
    no_args_is_help=True,
    rich_markup_mode=None,
)

_FileArgument = typer.Argument(
    metavar="[FILE]", help="File to write: .csv or .parquet; - for CSV on standard output.", show_default=False
)
_ReplaceOption = typer.Option("--replace", help="Write over a file that is there already.")


@export.command("claims")
def export_claims(
    context: typer.Context,
    file: Annotated[str, _FileArgument] = "-",
    replace: Annotated[bool, _ReplaceOption] = False,
    as_json: Annotated[bool, JsonOption] = False,
) -> None:
    """Write every claim: its event and finding, what it gives, on whose word, and the sentence that it stands in.

    Claims on no known event come last. Parquet needs `diurna[parquet]`.
    """
    from diurna.publish.export_rows import ClaimRow, claim_rows

    _export(context, _Wanted(ClaimRow, claim_rows, file, replace), as_json=as_json)


@export.command("findings")
def export_findings(
    context: typer.Context,
    file: Annotated[str, _FileArgument] = "-",
    replace: Annotated[bool, _ReplaceOption] = False,
    as_json: Annotated[bool, JsonOption] = False,
) -> None:
    """Write every finding: its event, what is measured, the state with its rule, and the values as printed.

    Parquet needs `diurna[parquet]`.
    """
    from diurna.publish.export_rows import FindingRow, finding_rows

    _export(context, _Wanted(FindingRow, finding_rows, file, replace), as_json=as_json)


class _Wanted(Struct, frozen=True):
    """Rows that are asked for, their kind, and where they go."""

    kind: type[Struct]
    rows: "Callable[[Store, Advance], Iterator[Struct]]"
    file: str
    replace: bool


def _export(context: typer.Context, wanted: _Wanted, *, as_json: bool) -> None:
    from diurna.publish.export_files import csv_lines, parquet_is_installed, write_parquet

    form = _form(wanted)
    if form == "parquet":
        parquet_is_installed()
    elif form == "-" and as_json:
        raise ConfigurationError("--json tells of the file that was written: name one.")
    written = 0

    def counted(rows: Iterator[Struct]) -> Iterator[Struct]:
        nonlocal written
        for row in rows:
            written += 1
            yield row

    with session_of(context).open() as chronicle, progress() as advance:
        rows = counted(wanted.rows(chronicle.store, advance))
        if form == "-":
            for line in csv_lines(wanted.kind, rows):
                tell_source(line)
            return
        with swapped_in(Path(wanted.file)) as stream:
            if form == "parquet":
                write_parquet(stream, wanted.kind, rows)
            else:
                stream.writelines(line.encode("utf-8", "replace") for line in csv_lines(wanted.kind, rows))
    columns = len(wanted.kind.__struct_fields__)
    told = Lines([f"Rows written to {wanted.file}: {written:,}, with {columns} columns."])
    tell(
        Answer({"file": wanted.file, "rows": written, "columns": wanted.kind.__struct_fields__}, [told]),
        as_json=as_json,
    )


def _form(wanted: _Wanted) -> str:
    """How the rows are written: `csv`, `parquet`, or `-` for standard output.

    Raises:
        ConfigurationError: the file's name says neither, there is one already, or its folder is not there.
    """
    if wanted.file == "-":
        return "-"
    target = Path(wanted.file)
    form = target.suffix.lower().removeprefix(".")
    if form not in ("csv", "parquet"):
        raise ConfigurationError(f"{wanted.file}: the name of the file tells its form: .csv or .parquet.")
    if not target.absolute().parent.is_dir():
        raise ConfigurationError(f"{wanted.file}: there is no folder {target.parent}. Make it, or name another.")
    if target.exists() and not (wanted.replace and target.is_file()):
        raise ConfigurationError(f"{wanted.file}: there is a file here already. Choose another name, or say --replace.")
    return form
