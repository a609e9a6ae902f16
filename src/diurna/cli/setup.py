"""`diurna init` and `diurna config`: a new chronicle, and the settings that are in force."""

import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Annotated, Any

import msgspec
import typer
from msgspec import Struct

from diurna import __version__
from diurna.cli.console import Answer, tell, tell_source
from diurna.cli.session import JsonOption, session_of
from diurna.config import FILE_NAME, write_toml
from diurna.errors import ConfigurationError

__all__ = ["config", "init"]


def init(
    context: typer.Context,
    folder: Annotated[
        Path | None, typer.Argument(metavar="[DIR]", help="Folder to make; without it --chronicle's, or this one.")
    ] = None,
    title: Annotated[str, typer.Option("--title", help="Name of the chronicle.")] = "",
    exist_ok: Annotated[bool, typer.Option("--exist-ok", help="Leave a chronicle that is there already.")] = False,
) -> None:
    """Make a chronicle: a folder with diurna.toml and an empty store."""
    from diurna.runners import Chronicle

    place = folder or session_of(context).chronicle or Path()
    if exist_ok and (place / FILE_NAME).is_file():
        with Chronicle(place) as chronicle:
            settled = chronicle.settings.chronicle.title
        tell_source(f"“{settled}” is in {_named(place)} already.\n")
        return
    if place.exists() and not place.is_dir():
        raise ConfigurationError(f"{place}: this is a file. Name a folder.")
    Chronicle.create(place, _first_settings(title))
    at = "" if place == Path() else f" --chronicle {place}"
    tell_source(
        f"Made a chronicle in {_named(place)}. Its settings: {place / FILE_NAME}.\n"
        f"Next: put days in with `diurna{at} add SOURCE…`, then make its site with `diurna{at} publish DIR`.\n"
    )


def config(context: typer.Context, as_json: Annotated[bool, JsonOption] = False) -> None:
    """Print all settings in force, and where each comes from."""
    with session_of(context).open() as chronicle:
        settings, digest = chronicle.settings, chronicle.settings_digest()
        said = set(_names(tomllib.loads((chronicle.folder / FILE_NAME).read_text(encoding="utf-8"))))
    if as_json:
        known = _names(msgspec.to_builtins(settings))
        origins = {name: "file" if name in said else "default" for name in known}
        data = {"version": __version__, "digest": digest, "settings": settings, "from": origins}
        tell(Answer(data, ()), as_json=True)
        return
    lines = [f"# Diurna {__version__}; name of this configuration: {digest}", *_annotated(write_toml(settings), said)]
    tell_source("\n".join(lines) + "\n")


def _named(place: Path) -> str:
    return "this folder" if place == Path() else str(place)


def _first_settings(title: str) -> str:
    """The first diurna.toml: what people change first, each with its default."""
    from diurna.components import ChronicleSettings, CuratedSettings
    from diurna.ingest import IngestSettings

    chosen = msgspec.structs.replace(ChronicleSettings(), **({"title": title} if title else {}))
    chronicle, curated, ingest = map(_lines_of, (chosen, CuratedSettings(), IngestSettings()))
    return "\n".join(
        [
            "# Settings of this chronicle: those that people change first. A line behind # shows the default;",
            "# take the # away to change it. `diurna config` prints all settings there are, with their values.",
            "",
            "[chronicle]",
            chronicle["title"],
            "# One line under the name.",
            f"# {chronicle['tagline']}",
            "# Address the site will have, such as https://example.org/chronicle/; feeds and the sitemap need it.",
            f"# {chronicle['base_url']}",
            "",
            "[curated]",
            "# Name of the list that files belong to, where neither they nor `diurna add --list NAME` say.",
            f"# {curated['list_name']}",
            "# Licence of those files, shown on their pages; empty for your own.",
            f"# {curated['licence']}",
            "",
            "[ingest]",
            "# Name that wikis hear when pages are fetched; they want a contact in it, such as a mail address.",
            f"# {ingest['user_agent']}",
            "",
        ]
    )


def _lines_of(settings: Struct) -> dict[str, str]:
    return {line.partition(" = ")[0]: line for line in write_toml(settings).splitlines() if " = " in line}


def _names(settings: dict[str, Any], table: str = "") -> Iterator[str]:
    for key, value in settings.items():
        name = f"{table}.{key}" if table else key
        if isinstance(value, dict):
            yield from _names(value, name)
        else:
            yield name


def _annotated(toml: str, said: set[str]) -> Iterator[str]:
    table = ""
    for line in toml.splitlines():
        if line.startswith("["):
            table = line.strip("[]")
        key, equals, _ = line.partition(" = ")
        name = f"{table}.{key}" if table else key
        yield f"{line}  # {FILE_NAME if name in said else 'default'}" if equals else line
