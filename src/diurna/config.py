"""Configuration: one TOML file, read into typed settings. An unknown key is an error that lists the known ones."""

import difflib
import tomllib
from pathlib import Path
from typing import Any, TypeVar

import msgspec
from msgspec import Struct

from diurna.errors import ConfigurationError

__all__ = ["FILE_NAME", "find_chronicle", "read_settings", "write_toml"]

T = TypeVar("T", bound=Struct)

FILE_NAME = "diurna.toml"


def find_chronicle(start: Path) -> Path:
    """The nearest folder, from `start` upwards, that holds a `diurna.toml`.

    Raises:
        ConfigurationError: there is none.
    """
    for folder in (start, *start.parents):
        if (folder / FILE_NAME).is_file():
            return folder
    raise ConfigurationError(
        f"no {FILE_NAME} in this folder or above it. "
        "Make a chronicle here with `diurna init`, or name one with --chronicle DIR."
    )


def read_settings(path: Path, kind: type[T]) -> T:
    """Read a TOML file into settings of a given type; what it leaves out keeps its default.

    Raises:
        ConfigurationError: the file is no TOML, has an unknown key or a value of the wrong type.
    """
    try:
        with path.open("rb") as file:
            raw = tomllib.load(file)
    except FileNotFoundError:
        raise ConfigurationError(f"{path.name}: there is no such file. `diurna init` writes one.") from None
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise ConfigurationError(f"{path.name}: this is not valid TOML: {error}.") from error
    _reject_unknown(raw, kind, path.name, "")
    try:
        return msgspec.convert(raw, kind)
    except msgspec.ValidationError as error:
        raise ConfigurationError(f"{path.name}: {error}. `diurna config` prints what is in force.") from error


def write_toml(settings: Struct, title: str = "") -> str:
    """Settings as TOML text, tables in the order of their fields."""
    lines, tables = [], []
    for name, value in msgspec.structs.asdict(settings).items():
        key = f"{title}.{name}" if title else name
        if value is None:
            continue  # TOML has no word for nothing
        if isinstance(value, Struct):
            tables.append(f"[{key}]\n{write_toml(value, key)}")
        else:
            lines.append(f"{name} = {_toml_value(value)}\n")
    return "".join(lines) + ("\n" if lines and tables else "") + "\n".join(tables)


def _toml_value(value: object) -> str:
    if isinstance(value, tuple | list):
        return f"[{', '.join(_toml_value(item) for item in value)}]"
    return msgspec.json.encode(value).decode()


def _reject_unknown(raw: dict[str, Any], kind: type[Struct], file: str, table: str) -> None:
    known = {field.encode_name: field.type for field in msgspec.structs.fields(kind)}
    for key, value in raw.items():
        if key not in known:
            near = difflib.get_close_matches(key, known, n=1)
            hint = f" Did you mean `{near[0]}`?" if near else ""
            place = f"[{table}]" if table else "the top level"
            raise ConfigurationError(
                f"{file}: unknown key `{key}` at {place}.{hint} Known keys there: {', '.join(sorted(known))}."
            )
        inner = known[key]
        if isinstance(value, dict) and isinstance(inner, type) and issubclass(inner, Struct):
            _reject_unknown(value, inner, file, f"{table}.{key}" if table else key)
