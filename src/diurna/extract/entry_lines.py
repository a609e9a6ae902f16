"""Entries as JSON lines: the documented way in for any list of events, one object a line.

`EntryLine` is the schema: each field says what it means, and `msgspec.json.schema(EntryLine)` gives the JSON Schema.
"""

import re
from datetime import UTC, date, datetime
from typing import Annotated, Any

import msgspec
from msgspec import Meta, Struct, structs

from diurna.errors import problem
from diurna.extract.citations import read_address
from diurna.extract.clean_text import Cleaned, clean, clean_text
from diurna.extract.titles import page_title
from diurna.model import Citation, Entry, Problem, Topic, Wikilink, entry_id

__all__ = ["EntityName", "EntryLine", "EntryReading", "LineLink", "LineSource", "read_line"]

# Characters of an entry's text, as for items of wiki pages.
LONGEST = 20_000

_LANGUAGE = re.compile(r"[A-Za-z]{2,8}(?:-[A-Za-z0-9]{1,8})*")
_NAMES_SPACED = re.compile(
    "[^\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3005-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff]"
)


class EntityName(Struct, frozen=True, forbid_unknown_fields=True):
    """Entity that an entry is about, with the words that its text names it with."""

    name: Annotated[str, Meta(description="Name of the entity, as an encyclopedia would title its page.")]
    shown: Annotated[str, Meta(description="Words in the text that name it, if they differ from the name.")] = ""


class LineLink(Struct, frozen=True, forbid_unknown_fields=True):
    """Link from words of the text to an encyclopedia page."""

    start: Annotated[int, Meta(ge=0, description="Where the linked words begin, in Unicode code points of `text`.")]
    end: Annotated[int, Meta(ge=0, description="Where they end: `text[start:end]`.")]
    target: Annotated[str, Meta(description="Title of the page.")]
    site: Annotated[str, Meta(description="Interwiki or language prefix; empty for the list's own wiki.")] = ""
    section: Annotated[str, Meta(description="Section of the page.")] = ""


class LineSource(Struct, frozen=True, forbid_unknown_fields=True):
    """Source that an entry cites."""

    url: Annotated[str, Meta(description="Address of the report; http or https.")]
    publisher: Annotated[str, Meta(description="Whose report it is: `Reuters`.")] = ""
    via: Annotated[str, Meta(description="Who carried it, if somebody else: `The Guardian`.")] = ""
    title: Annotated[str, Meta(description="Headline of the report.")] = ""


class EntryLine(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One line of a list: an event, told in a sentence or two, on the day it belongs to."""

    date: Annotated[date, Meta(description="Day that the entry stands on, YYYY-MM-DD.")]
    text: Annotated[
        str,
        Meta(
            description="What happened, as plain text of at most 20,000 characters; may be empty only where the "
            "line is `withdrawn` and has an `id`."
        ),
    ]
    category: Annotated[str, Meta(description="Heading that it stands under, such as `Law and crime`.")] = ""
    topics: Annotated[
        tuple[str | tuple[str, ...], ...],
        Meta(description="Topics above it, from the widest to the nearest; a level may be a list of several names."),
    ] = ()
    entities: Annotated[
        tuple[str | EntityName, ...],
        Meta(description="Entities it is about. Where the text has the name, the first place is linked."),
    ] = ()
    links: Annotated[tuple[LineLink, ...], Meta(description="Links whose places in the text are known.")] = ()
    sources: Annotated[tuple[LineSource, ...], Meta(description="Sources it cites, in order.")] = ()
    id: Annotated[
        str, Meta(description="The list's own name of the entry; a later line with the same one is its new wording.")
    ] = ""
    list: Annotated[str, Meta(description="Name of the list, such as a host name.")] = ""
    available: Annotated[
        Annotated[datetime, Meta(tz=True)] | None,
        Meta(description="When the list published this wording, as RFC 3339 with an offset."),
    ] = None
    language: Annotated[str, Meta(description="Language of the text, as a BCP 47 tag such as `en` or `zh-Hans`.")] = ""
    withdrawn: Annotated[bool, Meta(description="Whether the list takes the entry back.")] = False
    page: Annotated[str, Meta(description="Title of the page that the entry stands on.")] = ""
    url: Annotated[str, Meta(description="Address of that page; http or https.")] = ""
    revision: Annotated[Annotated[int, Meta(ge=0)] | None, Meta(description="Number of the page's revision.")] = None
    licence: Annotated[str, Meta(description="Licence of the text, such as `CC BY-SA 4.0`.")] = ""


class EntryReading(Struct, frozen=True):
    """What a line held. `entry` is None where it held none: bad input, or a withdrawal that names only its `key`.

    `key` is the list's own id of the entry; `curator` the list; `day` None where even that could not be read.
    """

    entry: Entry | None
    problems: tuple[Problem, ...] = ()
    day: date | None = None
    key: str = ""
    curator: str = ""
    withdrawn: bool = False
    available: datetime | None = None
    page: str = ""
    url: str = ""
    revision: int | None = None
    licence: str = ""


_DECODER = msgspec.json.Decoder(EntryLine)
_FIELDS = {field.encode_name: field for field in structs.fields(EntryLine)}
_TYPES = {name: field.type for name, field in _FIELDS.items()}
_ITEMS: dict[str, Any] = {
    "topics": str | tuple[str, ...],
    "entities": str | EntityName,
    "links": LineLink,
    "sources": LineSource,
}


def read_line(raw: bytes, where: str) -> EntryReading:
    """Read one line of a list. If its day and its text are good, what else is good is taken; the rest is told."""
    raw = raw.removeprefix(b"\xef\xbb\xbf").strip()
    reader = _Reader(where)
    try:
        line = _DECODER.decode(raw)
    except (msgspec.ValidationError, UnicodeDecodeError, RecursionError, msgspec.DecodeError) as error:
        mended = reader.mend(raw, error)
        if mended is None:
            return EntryReading(None, tuple(reader.problems))
        line = mended
    return reader.read(line)


class _Reader:
    """One line on its way to an entry, and what was wrong with it."""

    def __init__(self, where: str) -> None:
        self.where = where
        self.problems: list[Problem] = []

    # ------------------------------------------------------------------------------------------ bad lines

    def mend(self, raw: bytes, error: Exception) -> EntryLine | None:
        """Take the good fields of a line that does not fit the schema; None where its day or its text is not good."""
        try:
            fields = msgspec.json.decode(raw)
        except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
            shown = raw[:200].decode("utf-8", "replace")
            self.tell(
                "line is no JSON", shown, "one JSON object in UTF-8 on each line", f"correct it ({error})", "error"
            )
            return None
        if not isinstance(fields, dict):
            self.tell(
                "line is no JSON object", str(fields), "one JSON object on each line", "put the entry in {…}", "error"
            )
            return None
        unknown = [name for name in fields if name not in _FIELDS]
        if unknown:
            self.tell(
                "unknown fields left out", ", ".join(unknown), ", ".join(_FIELDS), "rename or remove them", "notice"
            )
        if fields.get("withdrawn") is True and fields.get("id"):
            fields.setdefault("text", "")
        good: dict[str, Any] = {}
        for name in _FIELDS:
            if name in fields:
                self._take(name, fields[name], good)
            elif name in ("date", "text"):
                self.tell(f"field missing: {name}", ", ".join(fields), "date and text", "add it", "error")
        if "date" not in good or "text" not in good:
            return None
        return EntryLine(**good)

    def _take(self, name: str, value: Any, good: dict[str, Any]) -> None:
        essential = name in ("date", "text")
        if name in _ITEMS and isinstance(value, list):
            taken = [item for item in value if self._fits(name, item, _ITEMS[name], "warning")]
            good[name] = tuple(msgspec.convert(_known(item, _ITEMS[name]), _ITEMS[name]) for item in taken)
        elif self._fits(name, value, _TYPES[name], "error" if essential else "warning"):
            good[name] = msgspec.convert(value, _TYPES[name])

    def _fits(self, name: str, value: Any, wanted: Any, severity: str) -> bool:
        known = _known(value, wanted)
        if known is not value and len(known) < len(value):
            unknown = [field for field in value if field not in known]
            self.tell(
                f"unknown fields in {name} left out",
                ", ".join(unknown),
                "the fields of the schema",
                "remove them",
                "notice",
            )
        try:
            msgspec.convert(known, wanted)
        except msgspec.ValidationError as error:
            received = msgspec.json.encode(value).decode("utf-8", "replace")
            allowed = "a day of the calendar, YYYY-MM-DD" if name == "date" else str(error)
            self.tell(f"field cannot be read: {name}", received, allowed, "correct it", severity)
            return False
        return True

    # ------------------------------------------------------------------------------------------ good lines

    def read(self, line: EntryLine) -> EntryReading:
        """Make the entry of a line that fits the schema."""
        entry = self._entry(line)
        url = line.url and self._address(line.url)
        return EntryReading(
            entry,
            tuple(self.problems),
            line.date,
            clean_text(line.id),
            clean_text(line.list),
            line.withdrawn,
            line.available.astimezone(UTC) if line.available is not None else None,
            clean_text(line.page),
            url,
            line.revision,
            clean_text(line.licence),
        )

    def _entry(self, line: EntryLine) -> Entry | None:
        if len(line.text) > LONGEST:
            self.tell(
                "text is too long", line.text[:200], f"at most {LONGEST:,} characters", "shorten or split it", "error"
            )
            return None
        cleaned = clean(line.text)
        if not cleaned.text:
            if not (line.withdrawn and line.id):
                self.tell("text is empty", line.text, "what happened, in a sentence", "fill in the field text", "error")
            return None
        links = self._links(line, cleaned)
        entry = Entry(
            id="",
            day=line.date,
            text=cleaned.text,
            category=clean_text(line.category),
            topics=tuple(topic for level in line.topics if (topic := _topic(level)).text),
            links=links + self._entities(line, cleaned.text, links),
            citations=self._citations(line),
            language=self._language(line.language),
        )
        return structs.replace(entry, id=entry_id(entry))

    def _links(self, line: EntryLine, cleaned: Cleaned) -> tuple[Wikilink, ...]:
        links: list[Wikilink] = []
        for link in line.links:
            title = clean_text(page_title(link.target))
            if not link.start < link.end <= len(line.text) or not title:
                received = f"{link.start}–{link.end}: {link.target}"
                self.tell(
                    "link lies outside the text", received, f"0 to {len(line.text)}, and a target", "correct its place"
                )
                continue
            span = cleaned.span(link.start, link.end)
            if span is not None:
                shown = cleaned.text[span[0] : span[1]]
                links.append(Wikilink(*span, title, shown, clean_text(link.section), clean_text(link.site)))
        return tuple(sorted(links, key=lambda link: (link.start, link.end)))

    def _entities(self, line: EntryLine, text: str, links: tuple[Wikilink, ...]) -> tuple[Wikilink, ...]:
        """Link each entity at the first free place that names it; one that the text does not name has an empty span."""
        names: dict[str, str] = {}
        for item in line.entities:
            name, shown = (item, "") if isinstance(item, str) else (item.name, item.shown)
            if title := clean_text(page_title(name, capital=False)):
                names.setdefault(title, clean_text(shown))
            else:
                self.tell("entity without a name left out", name, "a name", "name it, or remove it")
        taken = [(link.start, link.end) for link in links]
        targets = {link.target for link in links}
        places: dict[str, tuple[int, int]] = {}
        # Longer names choose first, so that "South China Sea" is not linked to China.
        for title in sorted(names, key=lambda name: -len(names[name] or name)):
            if title not in targets and (place := _first_place(text, names[title] or title, taken)) is not None:
                places[title] = place
                taken.append(place)
        found = [Wikilink(*places[title], title, text[slice(*places[title])]) for title in names if title in places]
        found.sort(key=lambda link: link.start)
        absent = [Wikilink(0, 0, title, "") for title in names if title not in places and title not in targets]
        return (*found, *absent)

    def _citations(self, line: EntryLine) -> tuple[Citation, ...]:
        citations: dict[Citation, None] = {}
        for source in line.sources:
            if url := self._address(source.url):
                words = (clean_text(word) for word in (source.publisher, source.via, source.title))
                citations[Citation(url, *words)] = None
        return tuple(citations)

    def _address(self, url: str) -> str:
        address = read_address(url)
        if not address.url:
            self.tell("URL left out: " + address.fault, url, "http:// and https:// addresses with a host", "correct it")
        return address.url

    def _language(self, tag: str) -> str:
        if tag and not _LANGUAGE.fullmatch(tag):
            self.tell("language left out", tag, "a BCP 47 tag such as en or zh-Hans", "correct it")
            return ""
        return tag

    def tell(self, what: str, received: str, allowed: str, next_step: str, severity: str = "warning") -> None:
        """Tell what is wrong with the line."""
        self.problems.append(
            problem(what, self.where, received=received, allowed=allowed, next_step=next_step, severity=severity)
        )


def _known(value: Any, wanted: Any) -> Any:
    """An object without the fields that its schema lacks; anything else as it is."""
    if not isinstance(value, dict):
        return value
    schema = EntityName if wanted is _ITEMS["entities"] else wanted
    if not isinstance(schema, type) or not issubclass(schema, Struct):
        return value
    fields = schema.__struct_fields__
    return {name: content for name, content in value.items() if name in fields}


def _topic(level: str | tuple[str, ...]) -> Topic:
    """One level of the topic path: its names, each a link, separated by commas."""
    names = [name for name in map(clean_text, (level,) if isinstance(level, str) else level) if name]
    links: list[Wikilink] = []
    at = 0
    for name in names:
        links.append(Wikilink(at, at + len(name), page_title(name), name))
        at += len(name) + 2
    return Topic(", ".join(names), tuple(links))


def _first_place(text: str, words: str, taken: list[tuple[int, int]]) -> tuple[int, int] | None:
    """First place where a text has these words and no link; as whole words in scripts that put spaces between them."""
    at = text.find(words)
    while at >= 0:
        end = at + len(words)
        if _bounded(text, at, end) and all(end <= start or at >= stop for start, stop in taken):
            return at, end
        at = text.find(words, at + 1)
    return None


def _bounded(text: str, start: int, end: int) -> bool:
    return not (_in_word(text[start - 1 : start], text[start]) or _in_word(text[end : end + 1], text[end - 1]))


def _in_word(neighbour: str, edge: str) -> bool:
    """Whether two characters side by side belong to one word."""
    if not neighbour or not (neighbour.isalnum() and edge.isalnum()):
        return False
    return bool(_NAMES_SPACED.match(neighbour) and _NAMES_SPACED.match(edge))
