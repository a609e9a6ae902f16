"""Mark-up of one item made whole: what was opened is closed, and what opens nothing is taken out, before it is parsed.

mwparserfromhell goes back and tries again where brackets do not match; 20,000 characters of `{{a|` keep it busy for 15
seconds. After this pass, which reads its input once, all that reaches it is balanced and at most `DEEPEST` levels deep.
"""

import re
from typing import Literal

from msgspec import Struct

__all__ = ["Balanced", "balance", "strip_quotes"]

DEEPEST = 16
# Templates, links, footnotes and the like in one item; real ones reach some sixty.
MOST_PIECES = 500

_TOKEN = re.compile(
    r"(?P<braces>\{{2,}|\}{2,})|(?P<url>\[{1,2}(?=\s?(?:(?:https?|ftp):)?//))|(?P<link>\[\[)|(?P<close>\]\]?)|(?P<open>\[)"
    r"|<(?P<slash>/?)(?P<tag>[a-zA-Z][a-zA-Z0-9]*)(?P<inside>[^<>]*)>|(?P<less><)"
)
_NAME = re.compile(r"""\bname\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s/>"']+))""", re.IGNORECASE)
_HIDDEN = re.compile(r"display\s*:\s*none", re.IGNORECASE)
_DROPPED_WORDS = """
    s strike del math chem gallery timeline score imagemap includeonly style templatestyles ce
"""
_DROPPED = frozenset(_DROPPED_WORDS.split())
_INLINE_WORDS = """
    abbr b bdi bdo big cite code data dfn em font i ins kbd mark noinclude onlyinclude pre q rb rp rt rtc ruby samp
    section small span strong sub sup time tt u var wbr references
"""
_INLINE = frozenset(_INLINE_WORDS.split())
_BLOCK_WORDS = """
    blockquote br caption center dd div dl dt hr h1 h2 h3 h4 h5 h6 li ol p table td th tr ul
"""
_BLOCK = frozenset(_BLOCK_WORDS.split())
_CLOSERS = {"template": "}}", "argument": "}}}", "url": "]", "ref": "</ref>", "drop": "</s>"}

Kind = Literal["template", "argument", "link", "url", "ref", "drop"]


class Balanced(Struct, frozen=True):
    """Mark-up that can be parsed at once, and what was mended: pieces never closed, nested too deep, or too many."""

    text: str
    unclosed: int = 0
    too_deep: int = 0


class _Balancer:
    def __init__(self) -> None:
        self.out: list[str] = []
        self.stack: list[tuple[Kind, int, str]] = []  # what is open, where in `out`, and the tag that opened it
        self.opened = self.unclosed = self.too_deep = self.brackets = 0

    def open(self, kind: Kind, text: str, tag: str = "") -> None:
        self.opened += 1
        if len(self.stack) >= DEEPEST or self.opened > MOST_PIECES:
            self.too_deep += 1
            return
        self.stack.append((kind, len(self.out), tag))
        self.out.append(text)

    def find(self, kinds: tuple[Kind, ...], barriers: tuple[Kind, ...], tag: str = "") -> int | None:
        """Level of the nearest open piece of one of these kinds, unless a barrier stands before it."""
        for level in range(len(self.stack) - 1, -1, -1):
            kind = self.stack[level][0]
            if kind in kinds and (not tag or self.stack[level][2] == tag):
                return level
            if kind in barriers:
                return None
        return None

    def close_down_to(self, level: int) -> None:
        """Close what is open above a level: a link's brackets are taken out, all else gets its end."""
        while len(self.stack) > level:
            kind, at, _ = self.stack.pop()
            self.unclosed += 1
            if kind == "link":
                self.out[at] = ""
                if at + 1 < len(self.out):  # of `[[Page|words` the words stay
                    self.out[at + 1] = self.out[at + 1].rpartition("|")[2]
            else:
                self.out.append(_CLOSERS[kind])

    def close(self, level: int) -> None:
        self.close_down_to(level + 1)
        kind, _, _ = self.stack.pop()
        self.out.append("]]" if kind == "link" else _CLOSERS[kind])

    def braces(self, run: str) -> None:
        left = len(run)
        if run[0] == "{":
            if left == 3:
                self.open("argument", "{{{")
                return
            for _ in range(min(left // 2, DEEPEST + 1)):
                self.open("template", "{{")
            return
        while left >= 2:
            level = self.find(("template", "argument"), ("ref", "drop"))
            if level is None or (self.stack[level][0] == "argument" and left < 3):
                return
            left -= 3 if self.stack[level][0] == "argument" else 2
            self.close(level)

    def bracket(self, run: str) -> None:
        """Close a link or a URL at `]` or `]]`; a bracket that closes neither nor an editor's `[…]` goes."""
        left = len(run)
        while left:
            level = self.find(("link", "url"), ("template", "argument", "ref", "drop"))
            if level is not None and self.stack[level][0] == "link" and left < 2:
                level = self.find(("url",), ("template", "argument", "ref", "drop"))
            if level is not None:
                left -= 2 if self.stack[level][0] == "link" else 1
                self.close(level)
                continue
            if self.brackets:
                self.brackets -= 1
                self.out.append("]")
            left -= 1

    def open_url(self) -> None:
        if self.stack and self.stack[-1][0] == "url":
            self.close_down_to(len(self.stack) - 1)
            self.out.append(" ")
        self.open("url", "[")

    def tag(self, name: str, slash: str, inside: str, source: str) -> None:
        if name in _DROPPED or (name in _INLINE and not slash and _HIDDEN.search(inside)):
            self.hidden(name, slash, inside)
        elif name == "ref":
            self.ref(slash, inside)
        elif slash and (level := self.find(("drop",), ("ref",), name)) is not None:
            self.close(level)
        elif name in _BLOCK:
            self.out.append(" ")
        elif name not in _INLINE:
            self.out.append("&lt;" + source[1:])

    def hidden(self, name: str, slash: str, inside: str) -> None:
        if slash:
            level = self.find(("drop",), ("ref",), name)
            if level is not None:
                self.close(level)
        elif not inside.endswith("/"):
            self.open("drop", "<s>", name)

    def ref(self, slash: str, inside: str) -> None:
        if slash:
            level = self.find(("ref",), ())
            if level is not None:
                self.close(level)
            return
        found = _NAME.search(inside)
        name = next((group for group in found.groups() if group), "") if found else ""
        name = re.sub(r"[^\w .:-]", "", name).strip()
        attribute = f' name="{name}"' if name else ""
        if inside.rstrip().endswith("/"):
            self.out.append(f"<ref{attribute}/>" if name else "")
            return
        level = self.find(("ref",), ())
        if level is not None:
            self.close(level)
            self.unclosed += 1
        self.open("ref", f"<ref{attribute}>", "ref")


def balance(source: str) -> Balanced:
    """Make the mark-up of one item whole, in one pass over it."""
    if not any(character in source for character in "{[<}]"):
        return Balanced(source)
    work = _Balancer()
    at = 0
    for found in _TOKEN.finditer(source):
        work.out.append(source[at : found.start()])
        at = found.end()
        kind = found.lastgroup
        text = found.group()
        if kind == "braces":
            work.braces(text)
        elif kind == "url":
            work.open_url()
        elif kind == "link":
            work.open("link", "[[")
        elif kind == "close":
            work.bracket(text)
        elif kind == "open":
            work.brackets += 1
            work.out.append("[")
        elif kind == "less":
            work.out.append("&lt;")
        else:
            work.tag(found["tag"].lower(), found["slash"], found["inside"], text)
    work.out.append(source[at:])
    work.close_down_to(0)
    return Balanced("".join(work.out), work.unclosed, work.too_deep)


_QUOTES = re.compile(r"'{2,}")
_QUOTES_IN_URL = re.compile(r"(//[^\s\[\]'|{}<>]+)''+")


def strip_quotes(source: str) -> str:
    """Take out the apostrophes that make text bold or italic, and keep those that are text.

    `the ''Titanic'''s` keeps one: where both kinds are odd in number, MediaWiki reads one `'''` as `'` before `''`.
    """
    if "''" not in source:
        return source
    source = _QUOTES_IN_URL.sub(r"\1 ", source)
    runs = list(_QUOTES.finditer(source))
    lengths = [3 if len(run.group()) == 4 else min(len(run.group()), 5) for run in runs]
    odd = sum(length in (3, 5) for length in lengths) % 2 and sum(length in (2, 5) for length in lengths) % 2
    kept = (
        _apostrophe(source, [run.start() for run, length in zip(runs, lengths, strict=True) if length == 3])
        if odd
        else -1
    )
    parts: list[str] = []
    at = 0
    for run, length in zip(runs, lengths, strict=True):
        parts += [source[at : run.start()], "'" * (len(run.group()) - length + (run.start() == kept))]
        at = run.end()
    return "".join([*parts, source[at:]])


def _apostrophe(source: str, starts: list[int]) -> int:
    """Which `'''` holds an apostrophe: after a word of one letter, else after any letter, else after a space."""

    def rank(start: int) -> int:
        if start == 0 or source[start - 1].isspace():
            return 2
        return 0 if start == 1 or source[start - 2].isspace() else 1

    return min(starts, key=rank) if starts else -1
