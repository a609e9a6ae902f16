"""What the documents tell readers to type is what `diurna` takes, and on the sample days it does what they say."""

import re
from pathlib import Path

import pytest
from typer.testing import CliRunner

from diurna.cli import app
from tests.docs.markdown_files import ROOT, Typed, blocks, documents, typed

TYPED = sorted({line for document in documents() for line in typed(document)}, key=lambda line: line.words)
READING = ("show", "search", "explain", "compare", "check", "config")
TUTORIAL = ROOT / "docs" / "tutorial.md"


def _command(words: tuple[str, ...]) -> tuple[str, ...]:
    """The words that name the command: without global options, arguments and options of its own."""
    words = words[1:]
    while words and words[0].startswith("--"):
        words = words[2:] if words[0] == "--chronicle" else words[1:]
    if words[:1] in (("correct",), ("corrections",), ("source",)):
        return words[:2]
    return words[:1]


@pytest.mark.parametrize("command", sorted({_command(line.words) for line in TYPED} - {()}), ids=" ".join)
def test_commands_in_the_documents_are_there(command: tuple[str, ...]) -> None:
    if command == ("COMMAND",):
        return
    told = CliRunner().invoke(app, [*command, "--help"])
    assert told.exit_code == 0, told.output
    assert f"{' '.join(command)}" in told.output


@pytest.mark.parametrize("line", TYPED, ids=lambda line: " ".join(line.words)[:60])
def test_options_in_the_documents_are_known(line: Typed) -> None:
    command = _command(line.words)
    if command in ((), ("COMMAND",)):
        return
    told = CliRunner().invoke(app, [*command, "--help"]).output
    at = line.words.index(command[-1])
    for option in (word for word in line.words[at:] if word.startswith("--")):
        assert option in told, f"{line.document.name}: {' '.join(line.words)}"


@pytest.fixture(scope="module")
def added(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, str]:
    """The chronicle of the tutorial's offline way, and what was said when its articles were added."""
    home = tmp_path_factory.mktemp("tutorial") / "may-2017"
    days, articles = ROOT / "samples" / "days", ROOT / "samples" / "articles"
    done = CliRunner().invoke(app, ["init", str(home)])
    for path in (days / "2017-05-22.wiki", days, articles):
        assert done.exit_code == 0, done.output
        done = CliRunner().invoke(app, ["--chronicle", str(home), "add", str(path)])
    assert done.exit_code == 0, done.output
    return home, done.output


@pytest.fixture(scope="module")
def samples(added: tuple[Path, str]) -> Path:
    """The chronicle of the tutorial's offline way."""
    return added[0]


@pytest.mark.slow
@pytest.mark.parametrize("document", [ROOT / "README.md", TUTORIAL], ids=lambda document: document.name)
def test_commands_that_look_find_what_the_documents_name(document: Path, samples: Path) -> None:
    lines = [" ".join(line.words) for line in typed(document)]
    asked = [line.words[1:] for line in typed(document) if line.words[1] in READING]
    assert asked, lines
    for words in asked:
        done = CliRunner().invoke(app, ["--chronicle", str(samples), *words])
        assert done.exit_code == 0, (words, done.output)
        assert "No event has all these words" not in done.output, words


@pytest.mark.slow
def test_the_tutorial_shows_the_reasons_that_the_program_gives(samples: Path) -> None:
    explained = [block for block in blocks(TUTORIAL, "console") if block.startswith("$ diurna explain")]
    assert len(explained) == 2
    for block in explained:
        command, *shown = block.splitlines()
        done = CliRunner().invoke(app, ["--chronicle", str(samples), *command.split()[2:]])
        assert _missing(shown, done.output) == []


@pytest.mark.slow
def test_the_tutorial_counts_the_articles_that_come_in(added: tuple[Path, str]) -> None:
    block = next(block for block in blocks(TUTORIAL, "console") if block.startswith("$ diurna add ../samples/articles"))
    assert _missing(block.splitlines()[1:], added[1]) == []


@pytest.mark.slow
def test_the_tutorial_shows_what_is_understood_of_an_article(samples: Path) -> None:
    """Tables of the document may leave out lines and columns; what they show stands so in the program's."""
    block = next(block for block in blocks(TUTORIAL, "console") if "\nWho says what\n" in block)
    command, *shown = block.splitlines()
    done = CliRunner().invoke(app, ["--chronicle", str(samples), *command.split()[2:]])
    told = [line.split("\t") for line in done.output.splitlines()]
    lines = [re.split(r" {2,}", line) for line in shown if line.strip()]
    assert len(lines) > 8
    assert [line for line in lines if not any(_are_in_order(line, row) for row in told)] == []


def _are_in_order(cells: list[str], row: list[str]) -> bool:
    rest = iter(row)
    return all(cell in rest for cell in cells)


def _missing(shown: list[str], output: str) -> list[str]:
    """Lines of a document that a command did not say, whatever the spaces between words."""
    told = {" ".join(line.split()) for line in output.splitlines()}
    return [line for line in shown if line.strip() and " ".join(line.split()) not in told]


def test_the_tutorial_uses_every_command() -> None:
    used = {_command(line.words)[0] for line in typed(TUTORIAL) if _command(line.words)}
    known = set(re.findall(r"^### diurna (\w+)", (ROOT / "docs" / "reference" / "cli.md").read_text(), re.MULTILINE))
    assert known - used == {"rebuild"}
