"""The command line: `diurna`, its global options, and what its exit codes mean."""

import errno
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Annotated, Any

import typer
from typer.core import TyperGroup

from diurna import __version__
from diurna.cli import corrections, export, intake, lookup, setup, sharing, sources, upkeep
from diurna.cli.console import complain
from diurna.cli.session import Session
from diurna.errors import DiurnaError

__all__ = ["app", "main"]

_EPILOG = """\b
Exit codes:
  0    done
  1    a fault, or `check` found something
  2    wrong call or wrong configuration
  3    done, but part of the input was not taken
  4    another process is writing to the chronicle
  5    a later version of Diurna wrote the store
  130  interrupted; what was acknowledged is kept

\b
A reference (REF) is kind:id (event:k3j2…, also its first 6 characters or more), a permalink
(/news/2017/05/22/…, also as an address or file of the site), a day (2017-05-22) or an entity's name.
NO_COLOR is honoured; in a pipe there is no colour, and tables are separated by tabs.
"""


class Commands(TyperGroup):
    """The commands, with faults told as messages and exit codes."""

    def invoke(self, ctx: Any) -> Any:
        """Run the command that was called."""
        try:
            return super().invoke(ctx)
        except DiurnaError as error:
            complain(str(error))
            raise typer.Exit(error.exit_code) from error
        except KeyboardInterrupt:
            complain("interrupted. What was acknowledged is kept; run the command again to go on.")
            raise typer.Exit(130) from None
        except OSError as error:
            if error.errno == errno.EPIPE:
                raise
            place = f"{error.filename}: " if error.filename else ""
            complain(f"{place}{error.strerror or error}. What was acknowledged before is kept.")
            raise typer.Exit(1) from error


app = typer.Typer(
    name="diurna",
    cls=Commands,
    help="Turns news reporting into a sourced, linked chronicle, on your own machine.",
    epilog=_EPILOG,
    no_args_is_help=True,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)


def _tell_version(asked: bool) -> None:
    if asked:
        typer.echo(f"diurna {__version__}")
        raise typer.Exit


@app.callback()
def _global_options(
    context: typer.Context,
    chronicle: Annotated[
        Path | None,
        typer.Option(
            "--chronicle",
            metavar="DIR",
            envvar="DIURNA_CHRONICLE",
            help="Folder of the chronicle; without it the nearest one from here upwards.",
        ),
    ] = None,
    version: Annotated[
        bool, typer.Option("--version", callback=_tell_version, is_eager=True, help="Print the version and stop.")
    ] = False,
) -> None:
    if context.obj is None:
        context.obj = Session()
    context.obj.chronicle = chronicle


_COMMANDS: tuple[Callable[..., None], ...] = (
    setup.init,
    intake.add,
    intake.update,
    upkeep.publish,
    lookup.show,
    lookup.search,
    lookup.explain,
    lookup.compare,
    lookup.check,
    upkeep.rebuild,
    upkeep.reprocess,
    upkeep.backup,
    upkeep.restore,
    setup.config,
)
for _command in _COMMANDS:
    app.command()(_command)
app.add_typer(corrections.correct, name="correct")
app.add_typer(sharing.corrections, name="corrections")
app.add_typer(sources.source, name="source")
app.add_typer(export.export, name="export")


def main() -> None:
    """Run `diurna` with the arguments it was called with."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="backslashreplace")
    app(prog_name="diurna")
