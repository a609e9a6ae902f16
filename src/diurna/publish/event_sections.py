"""Sections of an event's page, in the order of the reference site's: sources, cover, changes, context, related."""

from datetime import date, datetime
from typing import ClassVar

from msgspec import Struct

from diurna.model import Citation, Reason
from diurna.publish.bar import is_found
from diurna.publish.blocks import Anchor, Block, Figure, Item, Items, Notice, Paragraphs, Tags
from diurna.publish.event_lines import EventLine, PageName, event_line, topic_names
from diurna.publish.materials import EventMaterial, Neighbour
from diurna.publish.page import Section
from diurna.publish.paths import category_path, image_path, outside_url, site_path
from diurna.publish.why_words import filed_words, unknown_day_words
from diurna.publish.wording import one_line
from diurna.text import url_key, whole_sentences

__all__ = [
    "ChangeLine",
    "Changes",
    "Context",
    "ContextLine",
    "Cover",
    "Filing",
    "Happening",
    "Nested",
    "Parent",
    "Related",
    "RelatedLine",
    "SourceLine",
    "Sources",
    "changes",
    "context",
    "cover",
    "filing",
    "happening",
    "nested",
    "parent",
    "reason_sentence",
    "related",
    "sources",
]


class Part(Struct, frozen=True, kw_only=True, omit_defaults=True, forbid_unknown_fields=True):
    """Line of a section as data."""


# ---------------------------------------------------------------------------------------------------- the event


class Happening(Section, frozen=True, kw_only=True, tag="event"):
    """The event itself: its reference, the day it is filed under by the rule `filed` (`list`, `happened`, `reported`,
    or `seen` where nothing tells a day), the day it happened, absent where nothing tells that to the day, its opening
    words and who wrote them.

    `headline_of` is the report whose title the headline is, where one gave it; an event is `reported` where no list has
    it.
    """

    leading: ClassVar[bool] = True

    event: str
    headline: str
    permalink: str
    day: date
    filed: str = ""
    happened: date | None = None
    status: str
    into: str = ""
    language: str = ""
    lede: str = ""
    lede_publisher: str = ""
    lede_url: str = ""
    headline_of: str = ""
    headline_page: str = ""
    headline_publisher: str = ""
    reported: bool = False

    def blocks(self) -> tuple[Block, ...]:
        """A notice where it was taken back, whose title the headline is, a note where it happened on another day, its
        lede."""
        shown: list[Block] = []
        if self.status == "withdrawn":
            told = "The list that told of this event has taken it back. This is what stood there."
            gone = "All reports of this event were taken out of the chronicle."
            shown.append(Notice("withdrawn", gone if self.reported else told))
        if self.headline_publisher:
            outlet = self.headline_publisher
            owner = f"{outlet}’" if outlet.endswith("s") else f"{outlet}’s"
            shown.append(Paragraphs((), source=Anchor(f"Headline: {owner}", self.headline_page)))
        if self.filed == "seen":
            shown.append(Paragraphs((unknown_day_words(self.day),), role="note"))
        elif self.happened is not None and self.happened != self.day:
            shown.append(Paragraphs((f"Happened on {self.happened}; filed under {self.day}.",), role="note"))
        if self.lede:
            source = Anchor(self.lede_publisher or self.lede_url, self.lede_url) if self.lede_url else None
            shown.append(Paragraphs((self.lede,), source=source, role="lede", language=self.language))
        return tuple(shown)


def happening(material: EventMaterial) -> Happening:
    """The event of an event's page."""
    event = material.event
    found = is_found(event)
    lede = None if found and event.status == "withdrawn" else event.lede  # nothing of what was taken out is shown
    best = next((one.line for one in material.reports if one.line.article == event.headline_of), None)
    return Happening(
        event=f"event:{event.id}",
        headline=one_line(event.headline),
        permalink=event.permalink,
        day=event.day,
        filed=event.filed,
        happened=event.happened,
        status=event.status,
        into=event.into,
        language=event.language,
        lede=whole_sentences(lede.text) if lede else "",
        lede_publisher=one_line(lede.publisher) if lede else "",
        lede_url=outside_url(lede.url) if lede else "",
        headline_of=event.headline_of,
        headline_page=best.page if best else "",
        headline_publisher=best.publisher if best else "",
        reported=found,
    )


# ---------------------------------------------------------------------------------------------------- sources, cover


class SourceLine(Part, frozen=True, kw_only=True):
    """Source as an event cites it. `page` is its publisher's page here, `read` the page of the article that was read
    there; `url` is empty where it is no web address."""

    publisher: str
    via: str = ""
    url: str = ""
    title: str = ""
    page: str = ""
    read: str = ""


class Sources(Section, frozen=True, kw_only=True, tag="sources"):
    """What the event's lists cite for it, in their order."""

    title: ClassVar[str] = "Source"

    sources: tuple[SourceLine, ...]

    def blocks(self) -> tuple[Block, ...]:
        """Numbered links, named by their publishers."""
        return (Items(tuple(map(self._item, self.sources)), ordered=True, style="sources"),)

    @staticmethod
    def _item(line: SourceLine) -> Item:
        via = f"via {line.via}" if line.via else ""
        title = f"“{line.title}”" if line.title and line.title != line.publisher else ""
        anchor = Anchor(line.publisher or line.title or line.url or "Unnamed source", line.url)
        more = (Anchor(f"More from {line.via or line.publisher or 'this source'}", line.page),) if line.page else ()
        read = (Anchor("What we read", line.read),) if line.read else ()
        return Item(anchor, note=", ".join(filter(None, (title, via))), tags=read + more)


def sources(material: EventMaterial) -> Sources | None:
    """Sources of an event; its reports that no list cites stand in a section of their own."""
    told = {url_key(one.report.url) for one in material.reports if one.why.kind != "cited"}
    cited = (one for one in material.event.citations if url_key(one.url) not in told)
    lines = tuple(_source_line(citation, material) for citation in cited)
    return Sources(sources=lines) if lines else None


def _source_line(citation: Citation, material: EventMaterial) -> SourceLine:
    url = outside_url(citation.url)
    return SourceLine(
        publisher=one_line(citation.publisher),
        via=one_line(citation.via),
        url=url,
        title=one_line(citation.title),
        page=material.directory.source_page(citation) if url else "",
        read=material.directory.readings.page_of(url) if url else "",
    )


class Cover(Section, frozen=True, kw_only=True, tag="cover"):
    """Picture of a cited page. `file` lies in this site; without it there is only the address where it was shown."""

    title: ClassVar[str] = "Cover image"

    url: str = ""
    file: str = ""
    alt: str = ""
    caption: str = ""
    credit: str = ""
    width: int | None = None
    height: int | None = None

    def blocks(self) -> tuple[Block, ...]:
        """The picture, or a plain link to it."""
        return (Figure(self.file, self.alt, self.caption, self.credit, self.url, self.width, self.height),)


def cover(material: EventMaterial) -> Cover | None:
    """Cover image of an event."""
    image = material.event.cover
    if image is None or (is_found(material.event) and material.event.status == "withdrawn"):
        return None
    url, file = outside_url(image.url), image_path(image)
    if not url and not file:
        return None
    return Cover(
        url=url,
        file=file,
        alt=one_line(image.alt),
        caption=one_line(image.caption),
        credit=one_line(image.credit),
        width=image.width,
        height=image.height,
    )


# ---------------------------------------------------------------------------------------------------- changes


class ChangeLine(Part, frozen=True, kw_only=True):
    """What a list's revision, or a person, did to an event; where `available` is None, nothing says when."""

    kind: str
    by: str
    available: datetime | None = None
    before: str = ""
    after: str = ""
    reason: str = ""
    day: date | None = None


class Changes(Section, frozen=True, kw_only=True, tag="changes"):
    """How the event came to read as it does."""

    title: ClassVar[str] = "Changes"

    changes: tuple[ChangeLine, ...]

    def blocks(self) -> tuple[Block, ...]:
        """Kind, time, wording before and after; nothing where it was only ever added."""
        if all(change.kind == "added" for change in self.changes):
            return ()
        return (Items(tuple(map(self._item, self.changes)), style="changes"),)

    @staticmethod
    def _item(change: ChangeLine) -> Item:
        when = f"{change.available:%Y-%m-%d %H:%M} UTC" if change.available else "undated revision"
        by = change.by.removeprefix("person:")
        if change.kind == "filed":
            told = f"now filed under {change.after}, was {change.before}"
            because = filed_words(change.reason)
            return Item(Anchor(told), label=change.kind, note=f"because {because}" if because else "")
        if change.kind in ("came", "went"):
            other, way = change.before or change.after, "from" if change.kind == "came" else "to"
            return Item(
                Anchor(f"{way} {other}", site_path(other)),
                label=change.kind,
                note=f"{change.reason}, on later evidence",
            )
        if change.kind in ("joined", "detached"):
            note = "; ".join(filter(None, (f"“{change.after}”", by, change.reason)))
            return Item(Anchor(when), label=change.kind, note=note)
        note = "; ".join(filter(None, (by, change.reason)))
        return Item(Anchor(when), label=change.kind, note=note, before=change.before, after=change.after)


def changes(material: EventMaterial) -> Changes | None:
    """Changes of an event, as they happened."""
    lines = tuple(
        ChangeLine(
            kind=change.kind,
            by=one_line(change.by),
            available=change.available,
            before=one_line(change.before),
            after=one_line(change.after),
            reason=one_line(change.reason),
            day=change.day,
        )
        for change in material.event.changes
    )
    return Changes(changes=lines) if lines else None


# ---------------------------------------------------------------------------------------------------- context


class ContextLine(Part, frozen=True, kw_only=True):
    """Entity that an event names (`linked`) or stands under (`topic`)."""

    entity: str
    name: str
    roles: tuple[str, ...]
    page: str = ""


class Context(Section, frozen=True, kw_only=True, tag="context"):
    """Entities of the event."""

    title: ClassVar[str] = "Context"

    entities: tuple[ContextLine, ...]

    def blocks(self) -> tuple[Block, ...]:
        """Their names, each leading to its page."""
        return (Tags(tuple(Anchor(line.name, line.page) for line in self.entities)),)


def context(material: EventMaterial) -> Context | None:
    """Entities of an event, each once."""
    roles: dict[str, list[str]] = {}
    names: dict[str, str] = {}
    for tag in material.event.entities:
        roles.setdefault(tag.ref, []).append(tag.role)
        names.setdefault(tag.ref, one_line(tag.name))
    page = material.directory.entity_page
    lines = [
        ContextLine(entity=ref, name=names[ref], page=page(ref), roles=tuple(dict.fromkeys(found)))
        for ref, found in roles.items()
    ]
    return Context(entities=tuple(lines)) if lines else None


# ---------------------------------------------------------------------------------------------------- related


class RelatedLine(Part, frozen=True, kw_only=True):
    """Event that shares entities with this one, how strongly, and on what grounds."""

    event: EventLine
    score: float
    context: tuple[PageName, ...] = ()
    reasons: tuple[Reason, ...] = ()


class Related(Section, frozen=True, kw_only=True, tag="related"):
    """Other events with the context they share, best first."""

    title: ClassVar[str] = "Related"

    events: tuple[RelatedLine, ...]

    def blocks(self) -> tuple[Block, ...]:
        """Headlines with the context they share; the grounds of the score may be unfolded."""
        return (Items(tuple(map(self._item, self.events)), ordered=True, style="related"),)

    @staticmethod
    def _item(line: RelatedLine) -> Item:
        event = line.event
        return Item(
            anchor=Anchor(event.headline, event.page, language=event.language),
            day=event.day,
            tags=tuple(name.anchor() for name in line.context),
            tags_title="Context" if line.context else "",
            details=tuple(map(reason_sentence, line.reasons)),
            details_title=f"Why related: {line.score:.3f}" if line.reasons else "",
            status=event.status or "current",
        )


def reason_sentence(reason: Reason) -> str:
    """A ground of a score in words and numbers: `Pukguksong-2: 2 of 1,204 events, weight 0.412`."""
    name = one_line(reason.name)
    named = name if reason.kind == "entity" else f"{reason.kind} {name}".strip()
    counted = (
        f"{reason.count:,} of {reason.total:,} events, "
        if reason.count is not None and reason.total is not None
        else ""
    )
    return f"{named}: {counted}weight {reason.weight:.3f}"


def related(material: EventMaterial) -> Related | None:
    """Events related to an event."""
    lines = tuple(_related_line(neighbour, material) for neighbour in material.related)
    return Related(events=lines) if lines else None


def _related_line(neighbour: Neighbour, material: EventMaterial) -> RelatedLine:
    page = material.directory.entity_page
    return RelatedLine(
        event=event_line(neighbour.event),
        score=neighbour.link.score,
        context=tuple(PageName(one_line(tag.name), page(tag.ref)) for tag in neighbour.link.context),
        reasons=neighbour.link.reasons,
    )


# ---------------------------------------------------------------------------------------------------- what is around


class Parent(Section, frozen=True, kw_only=True, tag="parent"):
    """The event under whose item this one stands."""

    title: ClassVar[str] = "Part of"

    event: EventLine

    def blocks(self) -> tuple[Block, ...]:
        """Its headline."""
        return (Items((self.event.item(dated=True),), style="cards"),)


def parent(material: EventMaterial) -> Parent | None:
    """The event above an event."""
    return Parent(event=event_line(material.parent)) if material.parent else None


class Nested(Section, frozen=True, kw_only=True, tag="nested"):
    """Events whose items stand under this one."""

    title: ClassVar[str] = "Parts"

    events: tuple[EventLine, ...]

    def blocks(self) -> tuple[Block, ...]:
        """Their headlines."""
        return (Items(tuple(event.item(dated=True) for event in self.events), style="cards"),)


def nested(material: EventMaterial) -> Nested | None:
    """The events below an event."""
    return Nested(events=tuple(map(event_line, material.nested))) if material.nested else None


class Filing(Section, frozen=True, kw_only=True, tag="filing"):
    """Where the event is filed: its category, the topics above it, widest first, and its place."""

    title: ClassVar[str] = "Filed under"

    category: PageName | None = None
    topics: tuple[PageName, ...] = ()
    place: str = ""

    def blocks(self) -> tuple[Block, ...]:
        """Category, topics and place in one row."""
        names = ((self.category,) if self.category else ()) + self.topics
        place = (Anchor(self.place),) if self.place else ()
        return (Tags(tuple(name.anchor() for name in names) + place),)


def filing(material: EventMaterial) -> Filing | None:
    """Where an event is filed."""
    event = material.event
    category = PageName(one_line(event.category), category_path(event.category)) if event.category else None
    topics = topic_names(event, material.directory)
    if event.status != "current":  # a category or topic has a page while it has current events
        category = PageName(category.name) if category else None
        topics = tuple(PageName(topic.name) for topic in topics)
    place = one_line(event.located.name) if event.located is not None else ""
    return Filing(category=category, topics=topics, place=place) if category or topics or place else None
