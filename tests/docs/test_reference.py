"""The generated reference follows the code, covers all of it, and says when it is stale."""

import json
import re
import tomllib
from collections.abc import Iterator
from pathlib import Path

import jsonschema
import msgspec
import pytest
import typer
from msgspec import Struct

from diurna.cli import app
from diurna.components import COMPONENTS, Settings
from diurna.extract.entry_lines import EntryLine, read_line
from diurna.model import derived, parts, primary, views
from docs import generate
from tests.docs.markdown_files import ROOT, blocks

REFERENCE = ROOT / "docs" / "reference"


def test_reference_is_what_the_code_says() -> None:
    assert generate.stale() == [], "run `make docs`"


def test_a_changed_missing_or_left_over_file_is_named(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    generate.write(tmp_path)
    assert generate.main(["--check", "--folder", str(tmp_path)]) == 0
    page = tmp_path / "cli.md"
    page.write_text(page.read_text(encoding="utf-8").replace("diurna add", "diurna put"), encoding="utf-8")
    (tmp_path / "formats.md").unlink()
    (tmp_path / "old.md").write_text("gone from the code", encoding="utf-8")
    assert generate.main(["--check", "--folder", str(tmp_path)]) == 1
    told = capsys.readouterr().err
    assert "make docs" in told
    assert [name for name in ("cli.md", "formats.md", "old.md", "records.md") if f"/{name} " in told] == [
        "cli.md",
        "formats.md",
        "old.md",
    ]
    assert generate.main(["--folder", str(tmp_path)]) == 0
    assert generate.stale(tmp_path) == []


def test_every_command_and_option_is_documented() -> None:
    text = (REFERENCE / "cli.md").read_text(encoding="utf-8")
    for path, options in _commands(typer.main.get_command(app), "diurna"):
        assert f"\n### {path}\n" in text
        section = text.partition(f"\n### {path}\n")[2].partition("\n### ")[0]
        assert [option for option in options if f"`{option}" not in section] == [], path


def test_every_key_of_the_configuration_is_documented() -> None:
    text = (REFERENCE / "configuration.md").read_text(encoding="utf-8")
    tables = dict(_tables(Settings))
    assert {"enrich", "enrich.times", "publish"} <= tables.keys()
    for name, keys in tables.items():
        section = re.split(r"\n##+ ", re.split(rf"\n##+ \[{re.escape(name)}\]\n", text)[1])[0]
        assert keys, name
        assert [key for key in keys if f"| `{key}` |" not in section] == [], name
        assert "see above" not in section, "each key says what it is for"


def test_the_defaults_that_are_shown_are_those_in_force() -> None:
    text = (REFERENCE / "configuration.md").read_text(encoding="utf-8")
    (defaults,) = re.findall(r"```toml\n(.*?)```", text, re.DOTALL)
    assert msgspec.convert(tomllib.loads(defaults), Settings) == Settings()


def test_every_component_that_spacy_is_offered_is_documented() -> None:
    components = (REFERENCE / "components.md").read_text(encoding="utf-8")
    configuration = (REFERENCE / "configuration.md").read_text(encoding="utf-8")
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    offered = project["entry-points"]["spacy_factories"]
    assert "diurna_times" in offered
    for name in offered:
        (row,) = [line for line in components.splitlines() if line.startswith(f"| `{name}` |")]
        does, _, leaves, settings = (cell.strip() for cell in row.strip("|").split("|")[1:])
        assert does, name
        assert leaves, name
        anchor = settings.partition("configuration.md#")[2].strip(")")
        assert not settings or f"\n### [{anchor.replace('enrich', 'enrich.', 1)}]\n" in configuration, name


def test_every_component_and_noun_is_documented() -> None:
    components = (REFERENCE / "components.md").read_text(encoding="utf-8")
    assert [part.name for part in COMPONENTS if f"`{part.name}`" not in components] == []
    records = (REFERENCE / "records.md").read_text(encoding="utf-8")
    for module in (primary, derived, views, parts):
        for name in module.__all__:
            noun = getattr(module, name)
            if isinstance(noun, type) and issubclass(noun, Struct):
                section = records.partition(f"\n### {name}\n")[2].partition("\n### ")[0]
                assert [field for field in noun.__struct_fields__ if f"| `{field}` |" not in section] == [], name


def test_examples_of_entries_fit_their_schema_and_are_read_without_problems() -> None:
    lines = "".join(blocks(REFERENCE / "formats.md", "jsonl")).splitlines()
    own = "".join(blocks(ROOT / "docs" / "howto" / "add-your-own-list.md", "jsonl")).splitlines()
    assert len(lines) == len(generate.ENTRY_EXAMPLES)
    assert own
    schema = json.loads((REFERENCE / generate.ENTRY_SCHEMA).read_text(encoding="utf-8"))
    for line in (*lines, *own):
        jsonschema.validate(json.loads(line), schema)
        assert read_line(line.encode(), "formats.md").problems == (), line


def test_examples_of_entries_show_every_sort_of_field() -> None:
    shown = {name for line in generate.ENTRY_EXAMPLES for name in json.loads(line)}
    assert set(EntryLine.__struct_fields__) - shown == {"licence", "links", "page", "revision", "url"}


def test_schema_of_entries_refuses_what_is_no_entry() -> None:
    schema = json.loads((REFERENCE / generate.ENTRY_SCHEMA).read_text(encoding="utf-8"))
    for wrong in ({"text": "no date"}, {"date": "2017-05-12", "text": "x", "colour": 1}):
        with pytest.raises(jsonschema.ValidationError):
            jsonschema.validate(wrong, schema)


def _tables(kind: type[Struct], before: str = "") -> Iterator[tuple[str, list[str]]]:
    """Tables of settings by their names in the file, each with its own keys."""
    for table in msgspec.structs.fields(kind):
        if _is_table(table.type):
            keys = [key.name for key in msgspec.structs.fields(table.type) if not _is_table(key.type)]
            yield before + table.name, keys
            yield from _tables(table.type, f"{before}{table.name}.")


def _is_table(hint: object) -> bool:
    return isinstance(hint, type) and issubclass(hint, Struct)


def _commands(group: object, before: str) -> list[tuple[str, list[str]]]:
    found = []
    for name, command in getattr(group, "commands", {}).items():
        path = f"{before} {name}"
        options = [given.opts[0] for given in command.params if given.param_type_name == "option" and not given.hidden]
        found += _commands(command, path) or [(path, options)]
    return found
