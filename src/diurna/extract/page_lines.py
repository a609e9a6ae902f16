"""Lines of a wiki page as its list is made of: without comments, wrappers told apart, pieces that span lines joined."""

import re
from collections.abc import Iterator

from msgspec import Struct

from diurna.extract.wikitext_text import LONGEST

__all__ = ["Line", "Wrapper", "page_lines"]

# Characters for our own use while a page is cut into lines; the page's control characters are taken out before.
_JOINT = "\x01"  # a line end that was inside a comment or a wrapper
_WRAPPER = "\x02"
_CUT = "\x03"  # a comment that nobody closed

_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ufffe\uffff]")
_HIDDEN = re.compile(r"<!--|<nowiki\s*>", re.IGNORECASE)
_NOWIKI_END = re.compile(r"</nowiki\s*>", re.IGNORECASE)
_HEADER = re.compile(
    r"\{\{\s{0,9}(?:portal:)?current[ _]events(?:[ _](?:header|box|day)(?:[ _]?\d)?)?\s{0,9}(?=[|}])", re.IGNORECASE
)
_CONTENT = re.compile(r"\|\s{0,9}content\s{0,9}=", re.IGNORECASE)
_LONGEST_HEADER = 600
_MOST_JOINED = 40  # lines that one template or footnote may take
_STRUCTURE = ("*", "#", ";", "=", "'''", _WRAPPER)
_BEFORE_PUNCTUATION = frozenset(",.;:!?)")


class Line(Struct, frozen=True):
    """Line of a page, with its number; what spans several lines has the number of the first."""

    number: int
    text: str
    cut: bool = False  # whether a comment that nobody closed took its end


class Wrapper(Struct, frozen=True):
    """Template that opens or closes a day, with its parameters by name and by number."""

    line: int
    parameters: dict[str, str]

    @property
    def closes(self) -> bool:
        """Whether it stands below the day's list."""
        return self.parameters.get("bottom", "").lower() in ("yes", "y", "1", "true")


def page_lines(wikitext: str) -> Iterator[Line | Wrapper]:
    """Cut a page into lines and wrappers; takes time in proportion to its length."""
    text = wikitext.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
    text, headers = _take_wrappers(_without_comments(_CONTROL.sub("", text)))
    physical = text.split("\n")
    number, at, wrappers = 1, 0, 0
    while at < len(physical):
        taken = _joined(physical, at)
        line = "\n".join(physical[at : at + taken])
        after = number + line.count("\n") + line.count(_JOINT) + 1
        pieces = line.replace(_JOINT, "").split(_WRAPPER)
        for index, piece in enumerate(pieces):
            if index:
                yield Wrapper(number, headers[wrappers])
                wrappers += 1
            if piece.strip() or not line.strip():
                yield Line(number, piece.replace(_CUT, ""), _CUT in piece)
        number, at = after, at + taken


def _without_comments(text: str) -> str:
    """Take out comments; one that nobody closed goes to the end of its line."""
    parts: list[str] = []
    at = 0
    unclosed = {"<!--": False, "<nowiki>": False}
    for found in _HIDDEN.finditer(text):
        if found.start() < at:
            continue
        if found.group() != "<!--":
            end = None if unclosed["<nowiki>"] else _NOWIKI_END.search(text, found.end())
            unclosed["<nowiki>"] = end is None
            if end is not None:
                parts.append(text[at : end.end()])
                at = end.end()
            continue
        stop = -1 if unclosed["<!--"] else text.find("-->", found.end())
        unclosed["<!--"] = stop < 0
        before = text[at : found.start()]
        if stop < 0:
            line_end = text.find("\n", found.end())
            at = len(text) if line_end < 0 else line_end
            parts += [before, _CUT]
            continue
        at = stop + 3
        if text[at : at + 1] in _BEFORE_PUNCTUATION:
            before = before.rstrip(" ")
        parts += [before, _JOINT * text.count("\n", found.start(), at)]
    return "".join([*parts, text[at:]])


def _take_wrappers(text: str) -> tuple[str, list[dict[str, str]]]:
    """Put a single character in each wrapper's place, and read its parameters."""
    parts: list[str] = []
    headers: list[dict[str, str]] = []
    at = 0
    for found in _HEADER.finditer(text):
        if found.start() < at:
            continue
        head = text[found.end() : found.end() + _LONGEST_HEADER]
        content = _CONTENT.search(head)
        closing = head.find("}}")
        ends = [end for end in (content.start() if content else -1, closing) if end >= 0]
        end = min(ends) if ends else len(head.partition("\n")[0])
        taken = end
        if content is not None and end == content.start():
            taken = content.end()
        elif ends:
            taken = end + 2
        headers.append(_parameters(head[:end]))
        stop = found.end() + taken
        parts += [text[at : found.start()], _WRAPPER, _JOINT * text.count("\n", found.start(), stop)]
        at = stop
    return "".join([*parts, text[at:]]), headers


def _parameters(head: str) -> dict[str, str]:
    values: dict[str, str] = {}
    count = 0
    for part in head.replace(_JOINT, "").split("|")[1:]:
        name, equals, value = part.partition("=")
        if equals:
            values[name.strip().lower()] = value.strip()
        else:
            count += 1
            values[str(count)] = part.strip()
    return values


def _joined(lines: list[str], at: int) -> int:
    """How many lines from `at` on make one: a template, link or footnote left open takes in lines up to its end.

    Where a bullet or a heading comes first, nobody closed it, and the line stands alone.
    """
    balance = _open_pieces(lines[at])
    if balance <= 0:
        return 1
    length = len(lines[at])
    for taken in range(1, min(_MOST_JOINED, len(lines) - at)):
        line = lines[at + taken]
        length += len(line)
        if line.lstrip().startswith(_STRUCTURE) or length > LONGEST:
            return 1
        balance += _open_pieces(line)
        if balance <= 0:
            return taken + 1
    return 1


_REF = re.compile(r"<ref\b[^<>]*(?<!/)>|(</ref\s*>)", re.IGNORECASE)


def _open_pieces(line: str) -> int:
    if "{{" not in line and "}}" not in line and "[[" not in line and "]]" not in line and "<" not in line:
        return 0
    refs = sum(-1 if found[1] else 1 for found in _REF.finditer(line)) if "<" in line else 0
    links = line.count("[[") - line.count("]]")
    return (
        max(line.count("{{") - line.count("}}"), 0)
        + max(links, 0)
        + max(refs, 0)
        - (max(line.count("}}") - line.count("{{"), 0) + max(-links, 0) + max(-refs, 0))
    )
