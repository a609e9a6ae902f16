"""What one call of `diurna` works on: the chronicle that was named, or the one around this folder, and the clock."""

import getpass
import os
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import typer
from msgspec import Struct, field

from diurna.config import FILE_NAME, find_chronicle
from diurna.errors import ConfigurationError

if TYPE_CHECKING:
    from diurna.runners import Chronicle

__all__ = ["JsonOption", "Session", "person", "session_of"]

JsonOption = typer.Option("--json", help="Write JSON instead of text.")


def _now() -> datetime:
    return datetime.now(UTC)


class Session(Struct):
    """The folder named by `--chronicle` or DIURNA_CHRONICLE, if any, and where the time comes from."""

    chronicle: Path | None = None
    clock: Callable[[], datetime] = field(default=_now)

    def folder(self) -> Path:
        """The chronicle's folder.

        Raises:
            ConfigurationError: the folder that was named holds no chronicle, or there is none around.
        """
        if self.chronicle is None:
            return find_chronicle(Path.cwd())
        if not (self.chronicle / FILE_NAME).is_file():
            raise ConfigurationError(
                f"{self.chronicle}: no {FILE_NAME} in this folder, so it is no chronicle. "
                f"Make one with `diurna init {self.chronicle}`, or name another with --chronicle DIR."
            )
        return self.chronicle

    def open(self, *, read_only: bool = True) -> "Chronicle":
        """Open the chronicle; a store of an older version is brought up to date only when it may be written."""
        from diurna.runners import Chronicle  # here, so that help and completion need not wait for every stage

        return Chronicle(self.folder(), read_only=read_only, clock=self.clock)


def session_of(context: typer.Context) -> Session:
    """The session that the call's global options made."""
    session = context.find_object(Session)
    return session if session is not None else Session()


def person(name: str) -> str:
    """Who decides, as judgements name him: `person:NAME`.

    Raises:
        ConfigurationError: no name was given, and neither DIURNA_PERSON nor the system has one.
    """
    try:
        said = name or os.environ.get("DIURNA_PERSON", "") or getpass.getuser()
    except (OSError, KeyError, ImportError):
        said = ""
    said = " ".join(said.split())
    if not said or not said.isprintable():
        raise ConfigurationError("nobody is named who decides. Say --by NAME, or set DIURNA_PERSON.")
    return f"person:{said}"
