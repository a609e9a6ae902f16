"""Lines about events, entities and publishers, as many sections show them: data for machines, items for readers."""

from collections.abc import Iterable
from datetime import date

from msgspec import Struct, structs

from diurna.model import Event, Topic
from diurna.publish.blocks import Anchor, Group, Item
from diurna.publish.materials import Directory
from diurna.publish.paths import category_path, site_path
from diurna.publish.why_words import DAY_UNKNOWN
from diurna.publish.wording import one_line

__all__ = ["EventGroup", "EventLine", "PageName", "event_card", "event_line", "group_events", "topic_names"]

_MOST_PUBLISHERS = 6
"""Publishers that a line names; its data have them all."""

OTHER = "Other events"
"""Heading of events that stand under no category."""


class PageName(Struct, frozen=True, omit_defaults=True, forbid_unknown_fields=True):
    """Name with the page it leads to; without `page` it is only a name."""

    name: str
    page: str = ""

    def anchor(self) -> Anchor:
        """As a reader meets it."""
        return Anchor(self.name, self.page)


class EventLine(Struct, frozen=True, kw_only=True, omit_defaults=True, forbid_unknown_fields=True):
    """Event as other pages list it. `day` is the one it is filed under by the rule `filed`, `happened` the one it
    happened on, absent where nothing tells that to the day. `status` is `withdrawn` or empty.
    """

    event: str
    headline: str
    page: str
    day: date
    filed: str = ""
    happened: date | None = None
    status: str = ""
    language: str = ""
    contexts: tuple[PageName, ...] = ()
    publishers: tuple[str, ...] = ()

    def item(self, *, dated: bool, brief: bool = False) -> Item:
        """As a reader meets it; `dated` says whether the page has not said the day already, `brief` leaves its contexts
        out.
        """
        contexts = () if brief else self.contexts
        more = len(self.publishers) - _MOST_PUBLISHERS
        named = ", ".join(self.publishers[:_MOST_PUBLISHERS]) + (f" and {more} more" if more > 0 else "")
        return Item(
            anchor=Anchor(self.headline, self.page, language=self.language),
            day=self.day if dated else None,
            note="; ".join(filter(None, (DAY_UNKNOWN if self.filed == "seen" else "", named))),
            tags=tuple(context.anchor() for context in contexts),
            tags_title="Context" if contexts else "",
            status=self.status or "current",
        )


class EventGroup(Struct, frozen=True, omit_defaults=True, forbid_unknown_fields=True):
    """Events under a category or a topic, and the nearer topics below it."""

    name: str
    page: str = ""
    events: tuple[EventLine, ...] = ()
    groups: tuple["EventGroup", ...] = ()

    def group(self) -> Group:
        """As a reader meets it."""
        items = tuple(event.item(dated=False) for event in self.events)
        return Group(Anchor(self.name, self.page), items, tuple(group.group() for group in self.groups))


def event_line(event: Event) -> EventLine:
    """What any page may show of an event: its headline, page, date and status."""
    return EventLine(
        event=f"event:{event.id}",
        headline=one_line(event.headline),
        page=site_path(event.permalink),
        day=event.day,
        filed=event.filed,
        happened=event.happened,
        status="" if event.status == "current" else event.status,
        language=event.language,
    )


def event_card(event: Event, directory: Directory) -> EventLine:
    """What the pages of an event's own day show: also its contexts and who reported it."""
    line = event_line(event)
    contexts = {tag.ref: tag for tag in event.entities if tag.role != "topic"}
    names = dict.fromkeys(
        one_line(citation.publisher) or directory.source_name(citation) for citation in event.citations
    )
    return structs.replace(
        line,
        contexts=tuple(PageName(tag.name, directory.entity_page(tag.ref)) for tag in contexts.values()),
        publishers=tuple(name for name in names if name),
    )


def topic_names(event: Event, directory: Directory) -> tuple[PageName, ...]:
    """The topics an event stands under, widest first; a line that names several leads to the first that has a page."""
    pages = {tag.name: tag.ref for tag in event.entities if tag.role == "topic"}
    return tuple(PageName(one_line(topic.text), _topic_page(topic, pages, directory)) for topic in event.topics)


def group_events(events: Iterable[Event], directory: Directory) -> tuple[EventGroup, ...]:
    """Events of a day under their category and topics: categories by name, all else in order of arrival."""
    events = list(events)
    directory.learn(tag.ref for event in events for tag in event.entities)
    tree: dict[str, _Branch] = {}
    for event in events:
        category = one_line(event.category)
        if category not in tree:
            tree[category] = _Branch(PageName(category, category_path(event.category)) if category else PageName(OTHER))
        branch = tree[category]
        for topic in topic_names(event, directory):
            branch = branch.below.setdefault(topic.name, _Branch(topic))
        branch.events.append(event_card(event, directory))
    return tuple(tree[name].group() for name in sorted(tree, key=lambda name: (not name, name)))


class _Branch:
    def __init__(self, name: PageName) -> None:
        self.name = name
        self.events: list[EventLine] = []
        self.below: dict[str, _Branch] = {}

    def group(self) -> EventGroup:
        groups = tuple(branch.group() for branch in self.below.values())
        return EventGroup(self.name.name, self.name.page, tuple(self.events), groups)


def _topic_page(topic: Topic, pages: dict[str, str], directory: Directory) -> str:
    for name in (*(link.target for link in topic.links), topic.text):
        if name in pages:
            return directory.topic_page(pages[name])
    return ""
