"""What is written for people and programs: nothing that a record says acts on the terminal, in any form."""

import io
import json
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from diurna.cli.console import Answer, Block, Lines, Pairs, Table, complain, inert, progress, tell, tell_source

HOSTILE = "Quake \x1b[31mred\x1b]0;title\x07 \x9b2J[bold]x[/bold] \u202eright\u2066 \x00\x07tail\n\ttwo"


class Terminal(io.StringIO):
    """A stream that says it is a terminal."""

    def isatty(self) -> bool:
        return True


def terminal(monkeypatch: pytest.MonkeyPatch, name: str) -> Terminal:
    """Put a terminal in the place of a standard stream; within the test, since pytest sets its own before."""
    stream = Terminal()
    monkeypatch.setattr(sys, name, stream)
    monkeypatch.setenv("TERM", "xterm")
    monkeypatch.setenv("COLUMNS", "200")
    return stream


@given(
    st.text(alphabet=st.one_of(st.characters(), st.sampled_from("\x1b\x9b[]0;m\x07\x9c\u202e\u2066\n")), max_size=60)
)
def test_inert_text_holds_no_control_character_and_no_override(text: str) -> None:
    quiet = inert(text)
    assert not [c for c in quiet if ord(c) < 32 or 127 <= ord(c) < 160 or c in "\u2028\u2029\u202d\u202e\u2066\u2069"]
    assert inert(quiet) == quiet


def test_inert_keeps_words_and_drops_sequences_whole() -> None:
    assert inert(HOSTILE) == "Quake red [bold]x[/bold] right tail two"
    assert inert("می\u200cخواهم 👩\u200d🚀 [red]") == "می\u200cخواهم 👩\u200d🚀 [red]"


@pytest.mark.parametrize("block", [Pairs([("name", HOSTILE)]), Table(("a",), [(HOSTILE,)], HOSTILE), Lines([HOSTILE])])
def test_terminal_shows_markup_as_written_and_no_sequences(block: Block, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NO_COLOR", "1")
    stream = terminal(monkeypatch, "stdout")
    tell(Answer(None, [block]))
    shown = stream.getvalue()
    assert "[bold]x[/bold] right tail two" in shown
    plain = shown.replace("\x1b[1m", "").replace("\x1b[2m", "").replace("\x1b[0m", "")
    assert not set(plain) & set("\x1b\x9b\x07\x00\u202e\u2066")


def test_colour_ends_where_no_color_is_set(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NO_COLOR", "1")
    stream = terminal(monkeypatch, "stderr")
    complain("gone")
    without = stream.getvalue()
    monkeypatch.delenv("NO_COLOR")
    stream = terminal(monkeypatch, "stderr")
    complain("gone")
    assert "\x1b[1;31m" in stream.getvalue()
    assert "31m" not in without


def test_terminal_shows_references_in_one_piece_and_no_permalinks(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NO_COLOR", "1")
    stream = terminal(monkeypatch, "stdout")
    monkeypatch.setenv("COLUMNS", "70")
    reference = "event:" + "a" * 24
    tell(Answer(None, [Table(("headline", "reference", "permalink"), [("word " * 30, reference, "/news/x")])]))
    assert reference[:14] in stream.getvalue()  # eight characters of an id name it, and leave room
    assert reference not in stream.getvalue()
    assert "/news/x" not in stream.getvalue()
    assert max(map(len, stream.getvalue().splitlines()[1:])) <= 70  # but for the dim heading


def test_pipe_gets_tabs_and_no_boxes(capsys: pytest.CaptureFixture[str]) -> None:
    tell(Answer(None, [Table(("a", "b"), [("1", "x\ty"), ("2", "")]), Pairs([("k", "v"), ("none", "")])]))
    assert capsys.readouterr().out == "a\tb\n1\tx y\n2\t\n\nk\tv\n"


def test_json_says_the_same_with_escapes(capsys: pytest.CaptureFixture[str]) -> None:
    tell(Answer({"text": HOSTILE}, ()), as_json=True)
    written = capsys.readouterr().out
    assert json.loads(written) == {"text": HOSTILE}
    assert not set(written) & set("\x1b\x9b\x07\u202e\u2066")


def test_source_text_keeps_its_spaces(capsys: pytest.CaptureFixture[str]) -> None:
    tell_source('a = "two  spaces"\n')
    assert capsys.readouterr().out == 'a = "two  spaces"\n'


def test_complaint_keeps_its_lines_and_nothing_else(capsys: pytest.CaptureFixture[str]) -> None:
    complain("one\x1b[2J\n  two")
    assert capsys.readouterr().err == "Error: one\ntwo\n"


def test_no_bar_where_standard_error_is_no_terminal(capsys: pytest.CaptureFixture[str]) -> None:
    with progress() as advance:
        advance("pages", 1, 2)
    assert capsys.readouterr() == ("", "")


def test_bar_on_a_terminal_is_on_standard_error(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    stream = terminal(monkeypatch, "stderr")
    with progress() as advance:
        advance("[red]pages\x07", 1, 2)
    assert "[red]pages" in stream.getvalue()
    assert "1/2" in stream.getvalue()
    assert "\x07" not in stream.getvalue()
    assert capsys.readouterr().out == ""
