"""Wikitext of one item as clean text: its links with their spans, its sources, and what could not be read."""

import html
import re
from typing import Any

import mwparserfromhell.nodes as nodes
from mwparserfromhell.parser import Parser, ParserError
from mwparserfromhell.wikicode import Wikicode

from diurna.errors import problem
from diurna.extract.balance import DEEPEST, MOST_PIECES, balance, strip_quotes
from diurna.extract.citations import cite_label, names_source, read_address
from diurna.extract.clean_text import MARK, clean
from diurna.extract.templates import write_template
from diurna.extract.titles import PageName, read_page_name, shown_of
from diurna.model import Citation, Problem, Wikilink

__all__ = ["LONGEST", "Passage", "read_passage"]

# Characters of mark-up in one item; the longest items of real pages have some 3,000.
LONGEST = 20_000

_NOWIKI = re.compile(r"<nowiki\s*>([^<]*(?:<(?!/?nowiki)[^<]*)*)</nowiki\s*>|</?nowiki\s*/?>", re.IGNORECASE)
_MAGIC = re.compile(r"__[A-Z]{3,24}__")
_UNSAFE_LINK = re.compile(
    r"\[\s*((?:javascript|vbscript|data|file|blob|about|view-source|chrome|jar|livescript|ws|wss):[^\s\]\[]*|(?:https?:)?//(?=[\s\]]))([^\[\]]*)\]",
    re.IGNORECASE,
)
_LEFTOVER = re.compile(r"\{\||\|\}|\{\{+|\}\}+|\[\[|\]\]")
_PUBLISHER_BEHIND = re.compile(r"^\s?\(([^()\n]{2,60})\)")
_NOT_PLAIN = re.compile(r"[\[\]{}<>&|_=\x04]|//|''")


class Passage:
    """Text of one item as it is read off its mark-up: raw pieces first, then clean text with spans."""

    def __init__(self, where: str, within: "Passage | None" = None) -> None:
        self.where = where
        self.citations: list[Citation] = []
        self.problems: list[Problem] = []
        self.named: dict[str, list[Citation]] = {}  # footnotes that this passage names, for others to call
        self.called: list[tuple[int, str]] = []  # calls of named footnotes: how many citations come before, the name
        self.text = ""
        self.links: list[Wikilink] = []
        self._parts: list[str] = []
        self._length = 0
        self._found: list[tuple[int, int, PageName]] = []
        # Clean texts of pieces already read, so that nested templates are not read twice at each level.
        self._plain: dict[int, str] = within._plain if within is not None else {}

    # ------------------------------------------------------------------------------------------ what templates call

    def write(self, text: str) -> None:
        """Write text."""
        if text:
            self._parts.append(text)
            self._length += len(text)

    def mark(self) -> None:
        """Note that something was left out here."""
        self.write(MARK)

    def cite(self, citation: Citation) -> None:
        """Cite a source here; one cited twice counts once."""
        if citation not in self.citations:
            self.citations.append(citation)
        self.mark()

    def link(self, target: str, shown: str) -> None:
        """Write a link."""
        start = self._length
        self.write(shown)
        name = read_page_name(target)
        if name.kind == "page":
            self._found.append((start, self._length, name))

    def plain(self, code: Wikicode) -> str:
        """Read a piece of mark-up as clean text, without its sources."""
        known = self._plain.get(id(code))
        if known is None:
            inner = Passage(self.where, self)
            inner.walk(code)
            known = self._plain[id(code)] = inner.finish().text
        return known

    def verbatim(self, code: Wikicode) -> str:
        """Read a title or a URL as written, but for templates in it."""
        written: list[str] = []
        for node in code.nodes:
            if isinstance(node, nodes.Text | nodes.HTMLEntity | nodes.ExternalLink):
                written.append(str(node))
            elif isinstance(node, nodes.Template):
                inner = Passage(self.where, self)
                write_template(node, inner)
                written += inner._parts
        return "".join(written).replace(MARK, "")

    def walk(self, code: Wikicode) -> None:
        """Write a piece of mark-up, links and citations with it."""
        siblings = code.nodes
        skip = 0
        for at, node in enumerate(siblings):
            following = siblings[at + 1] if at + 1 < len(siblings) else None
            if isinstance(node, nodes.Text):
                self._text(str(node.value)[skip:])
                skip = 0
            elif isinstance(node, nodes.Wikilink):
                skip = self._wikilink(node, following)
            elif isinstance(node, nodes.ExternalLink):
                skip = self._external(node, following)
            elif isinstance(node, nodes.Template):
                write_template(node, self)
            elif isinstance(node, nodes.Tag):
                self._tag(node)
            elif isinstance(node, nodes.HTMLEntity):
                self.write(html.unescape(str(node)))
            elif isinstance(node, nodes.Argument):
                if node.default is not None:
                    self.walk(node.default)
            elif isinstance(node, nodes.Heading):
                self.walk(node.title)

    def unsafe(self, url: str, fault: str) -> None:
        """Tell that a URL was left out."""
        self._tell(
            "URL left out: " + fault, url, "http:// and https:// addresses with a host", "correct or remove the link"
        )

    def mended(self, url: str) -> None:
        """Tell that a URL had no scheme and was taken as https."""
        self._tell("URL without a scheme, read as https", url, "http:// and https:// addresses", "", "notice")

    def unknown(self, name: str, shown: str) -> None:
        """Tell of a template that nobody here knows."""
        what = "unknown template, first parameter kept" if shown else "unknown template, left out"
        self._tell(f"{what}: {{{{{name[:60]}}}}}", name, "the templates that the format reference lists", "", "notice")

    # ------------------------------------------------------------------------------------------ kinds of node

    def _text(self, text: str) -> None:
        if "&" in text:
            text = html.unescape(text)
        self.write(_LEFTOVER.sub("", text))

    def _wikilink(self, node: nodes.Wikilink, following: object) -> int:
        """Write a link; returns how many letters of the next text belong to its last word (`[[bomb]]ing`)."""
        target = self.verbatim(node.title)
        name = read_page_name(target)
        if name.kind in ("file", "category", "language"):
            self.mark()
            return 0
        trail = 0
        if isinstance(following, nodes.Text):
            text = str(following.value)
            while trail < min(len(text), 40) and text[trail].islower():
                trail += 1
        start = self._length
        if node.text is not None and str(node.text).strip():
            self.walk(node.text)
        else:
            self.write(shown_of(target, None if node.text is None else ""))
        if trail and isinstance(following, nodes.Text):
            self.write(str(following.value)[:trail])
        if name.kind == "page":
            self._found.append((start, self._length, name))
        return trail

    def _external(self, node: nodes.ExternalLink, following: object) -> int:
        """Cite a source; words of the sentence in its label stay. Returns how much text behind it was its name."""
        raw = self.verbatim(node.url)
        label = self.plain(node.title) if node.title is not None else ""
        address = read_address(raw)
        after = str(following.value) if isinstance(following, nodes.Text) else ""
        kept = node.title is not None and not names_source(label, "".join(self._parts[-8:])[-200:], after)
        if not address.url:
            self.unsafe(raw, address.fault)
        if kept and node.title is not None:
            self.walk(node.title)
        else:
            self.mark()
        if not address.url:
            return 0
        if address.mended:
            self.mended(raw)
        if kept:
            self.cite(cite_label(address.url, label))
            return 0
        behind = _PUBLISHER_BEHIND.match(after) if node.brackets and not label else None
        if behind is not None and behind[1][0].isupper() and len(behind[1].split()) <= 6:
            self.cite(cite_label(address.url, f"({behind[1]})"))
            return behind.end()
        self.cite(cite_label(address.url, label))
        return 0

    def _tag(self, node: nodes.Tag) -> None:
        name = str(node.tag).strip().lower()
        if name == "s":
            self.mark()
        elif name == "ref":
            self._footnote(node)
        elif name not in ("li", "dd", "dt", "hr"):
            self.walk(node.contents)

    def _footnote(self, node: nodes.Tag) -> None:
        name = str(node.get("name").value).strip() if node.has("name") else ""
        self.mark()
        if node.self_closing or node.contents is None:
            self.called.append((len(self.citations), name))
            return
        inner = Passage(self.where, self)
        inner.walk(node.contents)
        inner.finish()
        links = [child for child in node.contents.nodes if isinstance(child, nodes.ExternalLink)]
        cited = inner.citations
        if len(links) == 1 and len(cited) == 1 and links[0].title is not None:
            # A footnote's link is labelled with the title; who published it stands behind.
            rest = "".join(str(child) for child in node.contents.nodes if not isinstance(child, nodes.ExternalLink))
            label = self.plain(links[0].title)
            cited = [cite_label(cited[0].url, label, read_passage(rest, self.where).text if rest.strip() else "")]
        self.problems += inner.problems
        for citation in cited:
            self.cite(citation)
        if name:
            self.named.setdefault(name, cited)

    def _tell(self, what: str, received: str, allowed: str, next_step: str, severity: str = "warning") -> None:
        next_step = next_step or "look whether the text reads as it should"
        self.problems.append(
            problem(what, self.where, received=received, allowed=allowed, next_step=next_step, severity=severity)
        )

    # ------------------------------------------------------------------------------------------ whole passages

    def read(self, source: str) -> None:
        """Read mark-up: make it whole, parse it, write it."""
        source = _MAGIC.sub("", _NOWIKI.sub(_inert, source)).replace("\n", " ").lstrip("*#:; \t")
        source = _UNSAFE_LINK.sub(self._refuse, source)
        whole = balance(strip_quotes(source))
        if whole.unclosed:
            self._tell("mark-up is not closed", source, "as many closing as opening brackets and tags", "", "notice")
        if whole.too_deep:
            self._tell(
                "mark-up is nested too deep or too dense, part taken as text",
                source,
                f"{DEEPEST} levels, {MOST_PIECES} pieces",
                "",
            )
        try:
            self.walk(_parsed(whole.text))
        except (ParserError, RecursionError):
            self._parts, self._length, self._found = [], 0, []
            self._tell("mark-up cannot be parsed", source, "wikitext", "correct the mark-up", "error")

    def finish(self) -> "Passage":
        """Make the text clean and put the links' spans in it."""
        cleaned = clean("".join(self._parts), separators=True)
        self.text = cleaned.text
        for start, end, name in self._found:
            span = cleaned.span(start, end)
            if span is not None:
                shown = self.text[span[0] : span[1]]
                self.links.append(Wikilink(*span, name.title, shown, name.section, name.site))
        self.links.sort(key=lambda link: (link.start, link.end))
        return self

    def _refuse(self, found: re.Match[str]) -> str:
        self.unsafe(found[1], read_address(found[1]).fault)
        return (
            found[2]
            if not names_source(found[2], found.string[: found.start()][-80:], found.string[found.end() :][:1])
            else MARK
        )


def read_passage(source: str, where: str) -> Passage:
    """Read the mark-up of one item, topic or heading, at most `LONGEST` characters of it."""
    passage = Passage(where)
    if _NOT_PLAIN.search(source):
        passage.read(source)
    else:
        passage.write(source.lstrip("*#:; \t"))
    return passage.finish()


def _parsed(text: str) -> Wikicode:
    make: Any = Parser  # its methods have no types
    code: Wikicode = make().parse(text, skip_style_tags=True)
    return code


def _inert(found: re.Match[str]) -> str:
    """Text between nowiki tags, with all that mark-up is made of written as entities."""
    if found[1] is None:
        return ""
    return re.sub(r"[\[\]{}<>'|=*#:;_/]", lambda character: f"&#{ord(character.group())};", found[1])
