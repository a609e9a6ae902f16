"""`init` and `config`: a chronicle's settings, first and in force."""

import tomllib
from pathlib import Path

import pytest

from diurna.components import Settings
from diurna.config import read_settings
from tests.cli.conftest import Call, told


def test_init_writes_settings_that_can_be_read_and_says_what_next(call: Call, home: Path) -> None:
    title = 'Häuser "and" \\ more\u202e'
    result = call("init", "--title", title)
    assert result.exit_code == 0, result.output
    assert "add SOURCE" in result.stdout
    settings = read_settings(home / "diurna.toml", Settings)
    assert settings.chronicle.title == title
    assert settings == Settings(chronicle=settings.chronicle)


def test_first_settings_show_the_defaults_behind_their_marks(call: Call, home: Path) -> None:
    call("init")
    lines = (home / "diurna.toml").read_text(encoding="utf-8").splitlines()
    uncommented = "\n".join(line.removeprefix("# ") if " = " in line else line for line in lines)
    settings = tomllib.loads(uncommented)
    assert settings["curated"]["list_name"] == Settings().curated.list_name
    assert settings["ingest"]["user_agent"] == Settings().ingest.user_agent
    assert read_settings(home / "diurna.toml", Settings) == Settings()


def test_init_leaves_what_is_there(call: Call, home: Path) -> None:
    call("init", "--title", "One")
    again = call("init", "--title", "Two")
    assert again.exit_code == 2
    assert call("init", "--title", "Two", "--exist-ok").exit_code == 0
    assert read_settings(home / "diurna.toml", Settings).chronicle.title == "One"


def test_init_takes_a_folder_of_its_own(call: Call, tmp_path: Path) -> None:
    assert call("init", tmp_path / "a" / "b").exit_code == 0
    assert (tmp_path / "a" / "b" / "chronicle.db").is_file()
    file = tmp_path / "file"
    file.write_text("")
    assert call("init", file).exit_code == 2


def test_nearest_chronicle_upwards_is_taken(filled: Call, home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from typer.testing import CliRunner

    from diurna.cli import app

    below = home / "deep" / "down"
    below.mkdir(parents=True)
    monkeypatch.chdir(below)
    assert CliRunner().invoke(app, ["search", "ferry"]).exit_code == 0
    monkeypatch.chdir(home.parent)
    missing = CliRunner().invoke(app, ["search", "ferry"])
    assert missing.exit_code == 2
    assert "diurna init" in missing.stderr
    assert CliRunner().invoke(app, ["search", "ferry"], env={"DIURNA_CHRONICLE": str(home)}).exit_code == 0


def test_config_prints_toml_with_where_each_value_comes_from(call: Call, home: Path) -> None:
    call("init", "--title", "Mine")
    result = call("config")
    assert result.exit_code == 0
    assert 'title = "Mine"  # diurna.toml' in result.stdout
    assert 'language = "en"  # default' in result.stdout
    again = home / "again.toml"
    again.write_text(result.stdout, encoding="utf-8")
    assert read_settings(again, Settings) == read_settings(home / "diurna.toml", Settings)
    data = told(call("config", "--json"))
    assert data["from"]["chronicle.title"] == "file"
    assert data["from"]["related.met"] == "default"
    assert data["settings"]["chronicle"]["title"] == "Mine"


def test_unknown_setting_is_refused_by_every_command(call: Call, home: Path) -> None:
    call("init")
    settings = home / "diurna.toml"
    settings.write_text("[chronicle]\ntitel = 'x'\n", encoding="utf-8")
    for command in (["config"], ["search", "x"], ["check"], ["publish", "site"], ["rebuild"]):
        result = call(*command)
        assert result.exit_code == 2, command
        assert "Did you mean `title`" in result.stderr
