"""What a person or a program reads: tables and text on a terminal, tab-separated lines in a pipe, JSON on request.

All words of records pass through `inert`, whatever the form, and nothing is ever read as Rich's markup.
"""

import json
import re
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any

import msgspec
from msgspec import Struct
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, SpinnerColumn, TextColumn, TimeElapsedColumn
from rich.table import Table as RichTable
from rich.text import Text

__all__ = [
    "Advance",
    "Answer",
    "Block",
    "Lines",
    "Marked",
    "Pairs",
    "Table",
    "complain",
    "inert",
    "progress",
    "remark",
    "tell",
    "tell_source",
]

_STYLES = {
    "content": ("what is said", "italic"),
    "cue": ("how it is said", "bold"),
    "source": ("who says so", "reverse"),
    "person": ("person", "cyan"),
    "organisation": ("organisation", "blue"),
    "place": ("place", "green"),
    "group": ("group", "bright_black"),
    "event": ("event", "bright_red"),
    "work": ("work", "bright_blue"),
    "product": ("product", "bright_cyan"),
    "law": ("law", "bright_green"),
    "time": ("time", "magenta underline"),
    "quantity": ("quantity", "yellow underline"),
}
"""How a terminal shows what words are, with the name in its key."""

Advance = Callable[[str, int, int], None]
"""Hears of the stage of some work, how much of it is done, and of how much (0 where nobody knows)."""

# Terminal control sequences: with parameters (CSI), with a text (OSC, DCS, SOS, PM, APC), and short ones.
_SEQUENCE = re.compile(
    "(?:\x1b\\[|\x9b)[0-?]*[ -/]*[@-~]?"
    "|(?:\x1b[\\]PX^_]|[\x9d\x90\x98\x9e\x9f])[^\x07\x1b\x9c\n]*(?:\x07|\x1b\\\\|\x9c)?"
    "|\x1b[ -/]*[0-~]?"
)
# Controls, line and paragraph separators, overrides and isolates of writing direction, what has no width and no use in
# running text, halves of characters. Joiners and single direction marks stay: Persian, Hindi and emoji need them.
_UNSAFE = re.compile(
    "[\x00-\x1f\x7f-\x9f\u00ad\u200b\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb\ud800-\udfff\U000e0000-\U000e007f]"
)
_UNSAFE_BUT_LINES = re.compile(_UNSAFE.pattern.replace("\x00-\x1f", "\x00-\x09\x0b-\x1f"))
# A reference with a whole id: its beginning names the record as well, and leaves room for what the table is about.
_SHORTENED = re.compile(r"^([a-z]+:[a-z2-7]{8})[a-z2-7]{16}$")
_NUMBER = re.compile(r"[-+]?[\d,]+(\.\d+)?%?|")


class Pairs(Struct, frozen=True):
    """Facts about one thing, each with its name; those without value are left out."""

    rows: Sequence[tuple[str, str]]
    title: str = ""


class Table(Struct, frozen=True):
    """Several things with the same facts. A terminal shows references in the place of permalinks, which are long."""

    columns: Sequence[str]
    rows: Sequence[Sequence[str]]
    title: str = ""


class Lines(Struct, frozen=True):
    """Running text, line by line."""

    lines: Sequence[str]
    title: str = ""


class Marked(Struct, frozen=True):
    """Running text with words that are something: each line is a sequence of words and the kinds they are of.

    A terminal shows kinds by colour and shape, with a key; a pipe gets the text alone.
    """

    lines: Sequence[Sequence[tuple[str, Sequence[str]]]]
    title: str = ""


Block = Pairs | Table | Lines | Marked


class Answer(Struct, frozen=True):
    """What a command has to say: as data for programs, as blocks for people."""

    data: Any
    blocks: Sequence[Block]


def inert(text: str) -> str:
    """Text that does nothing to a terminal: without control sequences and characters, on one line.

    Doctest:
        >>> inert("Quake\\x1b[2J hits\\nTown\\u202e")
        'Quake hits Town'
    """
    return " ".join(_UNSAFE.sub(" ", _SEQUENCE.sub("", text)).split())


def tell(answer: Answer, *, as_json: bool = False) -> None:
    """Write an answer to standard output in the form that its reader wants."""
    if as_json:
        sys.stdout.write(_json_text(answer.data) + "\n")
    elif sys.stdout.isatty():
        _tell_terminal(answer)
    else:
        _tell_pipe(answer)


def tell_source(text: str) -> None:
    """Write lines to standard output as they are; what is unsafe on a terminal is written as an escape."""
    sys.stdout.write(_escaped(text))


def remark(text: str) -> None:
    """Say something beside the answer, on standard error."""
    _say(text, "")


def complain(text: str) -> None:
    """Say on standard error what went wrong."""
    _say(text, "Error: ")


@contextmanager
def progress() -> Iterator[Advance]:
    """A bar on standard error while work goes on; nothing where that is no terminal."""
    if not sys.stderr.isatty():
        yield lambda _stage, _done, _total: None
        return
    columns = (SpinnerColumn(), TextColumn("{task.description}", markup=False), BarColumn(bar_width=30))
    bar = Progress(
        *columns, MofNCompleteColumn(), TimeElapsedColumn(), console=_console(stderr=True), transient=True, expand=False
    )
    with bar:
        task = bar.add_task("", total=None)

        def advance(stage: str, done: int, total: int) -> None:
            bar.update(task, description=inert(stage)[:40], completed=done, total=total or None)

        yield advance


# ------------------------------------------------------------------------------------------------ forms


def _json_text(data: object) -> str:
    """JSON with two spaces of indent. What is unsafe on a terminal is written as an escape, so it means the same."""
    return _escaped(msgspec.json.format(msgspec.json.encode(data), indent=2).decode("utf-8"))


def _escaped(text: str) -> str:
    return _UNSAFE_BUT_LINES.sub(lambda found: json.dumps(found.group())[1:-1], text)


def _tell_pipe(answer: Answer) -> None:
    parts = []
    for block in answer.blocks:
        lines = [inert(block.title)] if block.title else []
        match block:
            case Pairs():
                lines += [f"{inert(name)}\t{inert(value)}" for name, value in block.rows if value]
            case Table():
                lines += ["\t".join(map(inert, row)) for row in (block.columns, *block.rows)]
            case Lines():
                lines += map(inert, block.lines)
            case Marked():
                lines += [inert("".join(words for words, _ in line)) for line in block.lines]
        parts.append("".join(f"{line}\n" for line in lines))
    sys.stdout.write("\n".join(part for part in parts if part))


def _tell_terminal(answer: Answer) -> None:
    console = _console()
    for place, block in enumerate(answer.blocks):
        if place:
            console.print()
        if block.title:
            console.print(Text(inert(block.title), style="bold"))
        match block:
            case Pairs():
                grid = RichTable.grid(padding=(0, 2))
                grid.add_column(style="dim", no_wrap=True)
                grid.add_column(overflow="fold")
                for name, value in block.rows:
                    if value:
                        grid.add_row(Text(inert(name)), Text(inert(value)))
                console.print(grid)
            case Table():
                console.print(_rich_table(block))
            case Lines():
                for line in block.lines:
                    console.print(Text(inert(line)))
            case Marked():
                _tell_marked(block, console)


def _tell_marked(block: Marked, console: Console) -> None:
    kinds = {kind for line in block.lines for _, found in line for kind in found}
    shown = [kind for kind in _STYLES if kind in kinds]
    if shown:
        console.print(Text("  ").join(Text(_STYLES[kind][0], style=_STYLES[kind][1]) for kind in shown))
        console.print()
    for line in block.lines:
        text = Text()
        for words, found in line:
            style = " ".join(_STYLES[kind][1] for kind in _STYLES if kind in found)
            text.append(_kept_spaces(words), style=style or None)
        console.print(text)


def _kept_spaces(words: str) -> str:
    """Inert words, with one space at either end where they had any."""
    before, after = " " * (words[:1].isspace()), " " * (len(words) > 1 and words[-1:].isspace())
    return f"{before}{inert(words)}{after}"


def _rich_table(block: Table) -> RichTable:
    table = RichTable(box=None, padding=(0, 2, 0, 0), header_style="dim")
    shown = [
        place for place, name in enumerate(block.columns) if name != "permalink" or "reference" not in block.columns
    ]
    for place in shown:
        name = block.columns[place]
        numbers = all(_NUMBER.fullmatch(row[place]) for row in block.rows)
        table.add_column(
            Text(inert(name)), justify="right" if numbers else "left", overflow="fold", no_wrap=name == "reference"
        )
    for row in block.rows:
        table.add_row(*(Text(_SHORTENED.sub(r"\1", inert(row[place]))) for place in shown))
    return table


def _console(*, stderr: bool = False) -> Console:
    """Rich's console; it leaves out colour where NO_COLOR is set or the terminal has none."""
    return Console(stderr=stderr, markup=False, highlight=False, emoji=False)


def _say(text: str, before: str) -> None:
    lines = [inert(line) for line in text.splitlines()]
    if sys.stderr.isatty():
        console = _console(stderr=True)
        console.print(Text(before, style="bold red").append("\n".join(lines), style="default not bold"))
    else:
        sys.stderr.write(before + "\n".join(lines) + "\n")
