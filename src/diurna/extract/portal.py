"""Structure of a curated day: headings are categories, bullets nest topics and items, lines run on."""

import re

from msgspec import Struct, structs

from diurna.errors import problem
from diurna.extract.wikitext_text import LONGEST, Passage, read_passage
from diurna.model import Citation, Entry, Problem, Topic, entry_id

__all__ = ["DayList", "Footnotes"]

# Bullets nested deeper stand at this depth; real pages reach 6.
DEEPEST = 24
_LONGEST_CATEGORY = 200

Footnotes = dict[str, list[Citation]]

_WORD = re.compile(r"[^\W_]+(?:['’.-][^\W_]+)*")
_UNSPACED = re.compile("[\u0e01-\u0eff\u1000-\u109f\u1780-\u17d3\u3005-\u3007\u3041-\u30ff\u3400-\u4dbf\u4e00-\u9fff]")
_ENDS = tuple(".!?…。！？")
_AFTER_END = "\"'”’)]）」』"


class _Bullet:
    """One bullet with the lines that go on with it, and what is nested under it."""

    def __init__(self, depth: int, source: str, line: int, category: str) -> None:
        self.depth = depth
        self.sources = [source]
        self.line = line
        self.category = category
        self.children: list[_Bullet] = []
        self.passage: Passage | None = None


class _Above(Struct, frozen=True):
    """What stands over a bullet: topics from the widest on, and the nearest item."""

    topics: tuple[Topic, ...] = ()
    parent: str | None = None


class DayList:
    """List of one day while its page is read, line by line."""

    def __init__(self, where: str) -> None:
        self.where = where
        self.problems: list[Problem] = []
        self.lines = 0  # lines that belong to the list's structure
        self._category = ""
        self._roots: list[_Bullet] = []
        self._open: list[_Bullet] = []  # from the outermost to the last bullet
        self._interrupted = True  # whether a blank line or a heading stands between the last bullet and what comes

    def heading(self, name: str, line: int) -> None:
        """Begin a category."""
        self.lines += 1
        self._open.clear()
        self._interrupted = True
        if len(name) > _LONGEST_CATEGORY:
            self._tell(
                "category left out", line, name, f"at most {_LONGEST_CATEGORY} characters", "shorten the heading"
            )
            name = ""
        self._category = name.rstrip(": ")

    def blank(self) -> None:
        """Note a blank line: text after it goes on with no bullet."""
        self._interrupted = True

    def bullet(self, depth: int, source: str, line: int) -> None:
        """Add a bullet; its depth counts stars, and only tells what lies under what."""
        self.lines += 1
        if depth > DEEPEST:
            self._tell(
                "bullet nested too deep, taken at the deepest level", line, "*" * depth, f"at most {DEEPEST} stars",
                "use fewer", "notice",
            )  # fmt: skip
            depth = DEEPEST
        while self._open and self._open[-1].depth >= depth:
            self._open.pop()
        bullet = _Bullet(depth, source, line, self._category)
        (self._open[-1].children if self._open else self._roots).append(bullet)
        self._open.append(bullet)
        self._interrupted = False

    def goes_on(self, depth: int, source: str, line: int) -> None:
        """Go on with the text of the last bullet that stands at this depth or above it."""
        while len(self._open) > 1 and self._open[-1].depth > depth:
            self._open.pop()
        if self._open:
            self._open[-1].sources.append(source)
        else:
            self.paragraph(source, line)

    def paragraph(self, source: str, line: int) -> None:
        """Take a line without a bullet: it goes on with the bullet right above, or is an item if it cites a source."""
        if len(source) > LONGEST:
            self._refuse(source, line)
            return
        if self._open and not self._interrupted:
            if read_passage(source, self._at(line)).text:
                self._open[-1].sources.append(source)
            return
        passage = read_passage(source, self._at(line))
        if passage.citations and _reads_as_sentence(passage):
            self._tell("item without a bullet", line, passage.text, "items begin with *", "add the star", "notice")
            self.bullet(1, source, line)
            self._interrupted = True
        elif passage.text and (passage.citations or _reads_as_sentence(passage)):
            self._tell("text outside the list left out", line, passage.text, "items begin with *", "make it an item")

    # ------------------------------------------------------------------------------------------ reading

    def read(self, footnotes: Footnotes) -> None:
        """Read the text of all bullets, and collect the footnotes that they name."""
        waiting = list(self._roots)
        while waiting:
            bullet = waiting.pop()
            waiting += bullet.children
            if sum(map(len, bullet.sources)) > LONGEST:
                self._refuse(bullet.sources[0], bullet.line)
                continue
            bullet.passage = read_passage(" ".join(bullet.sources), self._at(bullet.line))
            for name, cited in bullet.passage.named.items():
                footnotes.setdefault(name, cited)

    def entries(self, day_entry: Entry, footnotes: Footnotes) -> tuple[Entry, ...]:
        """Make the day's entries, in the order of the page; `day_entry` is an entry that has the day and no more."""
        made: dict[str, Entry] = {}
        for root in self._roots:
            self._make(root, _Above(), (day_entry, footnotes, made))
        return tuple(made.values())

    def _make(self, bullet: _Bullet, above: _Above, day: tuple[Entry, Footnotes, dict[str, Entry]]) -> None:
        blank, footnotes, made = day
        passage = bullet.passage
        if passage is not None:
            self.problems += passage.problems
            citations = self._cited(passage, footnotes, bullet.line)
            if citations or passage.called or (not bullet.children and _reads_as_sentence(passage)):
                above = _Above(above.topics, self._item(bullet, (blank, above, made), citations))
            elif bullet.children:
                if passage.text:
                    topic = Topic(passage.text.rstrip(": "), tuple(passage.links))
                    above = _Above((*above.topics, topic), above.parent)
            elif passage.text:
                self._tell(
                    "topic without items", bullet.line, passage.text, "topics hold items, items cite sources",
                    "cite a source, or remove the line", "notice",
                )  # fmt: skip
        for child in bullet.children:
            self._make(child, above, day)

    def _item(
        self, bullet: _Bullet, day: tuple[Entry, _Above, dict[str, Entry]], citations: tuple[Citation, ...]
    ) -> str | None:
        blank, above, made = day
        passage = bullet.passage
        if passage is None or not passage.text:
            self._tell(
                "item without text",
                bullet.line,
                " ".join(bullet.sources),
                "text before the source",
                "say what happened",
                "error",
            )
            return above.parent
        if not citations and not passage.called:
            self._tell("no source cited", bullet.line, passage.text, "[url (Publisher)]", "cite one", "notice")
        entry = structs.replace(
            blank,
            text=passage.text,
            category=bullet.category,
            topics=above.topics,
            links=tuple(passage.links),
            citations=citations,
            parent=above.parent,
        )
        entry = structs.replace(entry, id=entry_id(entry))
        if entry.id in made:
            self._tell(
                "item stands twice, second one left out",
                bullet.line,
                entry.text,
                "each item once",
                "remove one",
                "notice",
            )
            return entry.id
        made[entry.id] = entry
        return entry.id

    def _cited(self, passage: Passage, footnotes: Footnotes, line: int) -> tuple[Citation, ...]:
        """Sources of an item, those of footnotes that it only calls in their places."""
        citations = list(passage.citations)
        for place, name in reversed(passage.called):
            if name not in footnotes:
                self._tell(
                    "footnote is called but nowhere given",
                    line,
                    name,
                    "a <ref name=…> with content on the page",
                    "give it",
                    "notice",
                )
            citations[place:place] = [cited for cited in footnotes.get(name, []) if cited not in citations]
        return tuple(citations)

    def _refuse(self, source: str, line: int) -> None:
        self._tell(
            "item is too long, left out", line, source[:200], f"at most {LONGEST:,} characters", "split it", "error"
        )

    def _at(self, line: int) -> str:
        return f"{self.where}:{line}"

    def _tell(self, what: str, line: int, received: str, *rest: str) -> None:
        allowed, next_step, severity = (*rest, "warning")[:3]
        self.problems.append(
            problem(what, self._at(line), received=received, allowed=allowed, next_step=next_step, severity=severity)
        )


def _reads_as_sentence(passage: Passage) -> bool:
    """Whether text without a source tells something, and is no mere name of a topic.

    It ends as sentences do and has three words outside its links, or it is long: nine words, five of them outside.
    """
    text = passage.text
    outside: list[str] = []
    at = 0
    for link in passage.links:
        outside.append(text[at : link.start])
        at = max(at, link.end)
    outside.append(text[at:])
    free = _words(" ".join(outside))
    ends = text.rstrip(_AFTER_END).endswith(_ENDS)
    return (ends and free >= 3) or (free >= 5 and _words(text) >= 9)


def _words(text: str) -> int:
    """Words of a text; of scripts without spaces, two characters count as one."""
    unspaced = len(_UNSPACED.findall(text))
    return len(_WORD.findall(_UNSPACED.sub(" ", text))) + unspaced // 2
