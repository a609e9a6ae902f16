"""Views in memory, for tests of what is made from them: the same answers as a store gives, from plain lists."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, date, datetime
from typing import cast

from diurna.model import (
    Change,
    Citation,
    Entity,
    Event,
    Image,
    Lede,
    Link,
    Origin,
    Reason,
    Ref,
    Report,
    Tag,
    Topic,
    Wikilink,
)
from diurna.store.interface import Companion, Counts, Source, Views
from diurna.store.views import source_host, source_id


class FakeViews:
    """Views of a few events. What it is given is what it has; entities and sources follow from the events."""

    def __init__(self, events: Iterable[Event], links: Iterable[Link] = ()) -> None:
        self.all = {event.id: event for event in events}
        self.links: dict[str, list[Link]] = {}
        for link in links:
            self.links.setdefault(link.source, []).append(link)
        self.entities: dict[str, Entity] = {}
        self.sources: dict[str, Source] = {}
        for event in self.all.values():
            for tag in event.entities:
                bare = tag.ref.partition(":")[2]
                self.entities.setdefault(
                    bare, Entity(id=bare, name=tag.name, permalink=f"/context/{bare}", aliases=(f"the {tag.name}",))
                )
            for citation in event.citations:
                if host := source_host(citation):
                    found = Source(source_id(host), citation.publisher or host, f"/source/{host}", host)
                    self.sources.setdefault(found.id, found)

    def event(self, identifier: str) -> Event | None:
        return self.all.get(identifier)

    def events(self, identifiers: Sequence[str]) -> dict[str, Event]:
        return {found: self.all[found] for found in identifiers if found in self.all}

    def event_at(self, permalink: str) -> Event | None:
        return next((event for event in self.all.values() if event.permalink == permalink), None)

    def nested_in(self, parent: str) -> list[Event]:
        return [event for event in self._shown() if event.parent == parent]

    def events_on(self, day: date) -> list[Event]:
        return [event for event in self._shown() if event.day == day]

    def recent_events(self, limit: int) -> list[Event]:
        return self._newest(self.all.values())[:limit]

    def days(self, prefix: str = "") -> list[tuple[date, int]]:
        found = Counter(event.day for event in self._shown() if event.day.isoformat().startswith(prefix))
        return sorted(found.items())

    def day_beside(self, day: date, step: int) -> date | None:
        days = [found for found, _ in self.days()]
        beside = [found for found in days if (found < day if step < 0 else found > day)]
        return (max(beside) if step < 0 else min(beside)) if beside else None

    def entity(self, identifier: str) -> Entity | None:
        return self.entities.get(identifier)

    def entity_pages(self, identifiers: Sequence[str]) -> dict[str, str]:
        return {found: self.entities[found].permalink for found in identifiers if found in self.entities}

    def source(self, identifier: str) -> Source | None:
        return self.sources.get(identifier)

    def events_with(self, what: Ref, *, role: str = "", year: int | None = None, limit: int = 200) -> list[Event]:
        events = [event for event in self.all.values() if self._has(event, what, role)]
        return [event for event in self._newest(events) if year in (None, event.day.year)][:limit]

    def years_of(self, what: Ref, *, role: str = "") -> list[tuple[int, int]]:
        return sorted(Counter(event.day.year for event in self.events_with(what, role=role, limit=10**9)).items())

    def companions(self, what: Ref, limit: int = 20) -> list[Companion]:
        found: Counter[str] = Counter()
        for event in self.events_with(what, limit=10**9):
            found.update({tag.ref.partition(":")[2] for tag in event.entities} - {what.id})
        return self._counted(found, limit)

    def most_frequent(self, kind: str, *, role: str = "", limit: int = 300) -> list[Companion]:
        current = self._newest(self.all.values())
        if kind == "category":
            names = Counter(event.category for event in current if event.category)
            return [Companion(name, name, "", count) for name, count in _ordered(names)][:limit]
        if kind == "source":
            hosts = Counter(
                source
                for event in current
                for source in {source_id(source_host(citation)) for citation in event.citations}
                if source in self.sources
            )
            known = [self.sources[source] for source in hosts]
            known.sort(key=lambda source: (-hosts[source.id], source.name))
            return [Companion(source.id, source.name, source.permalink, hosts[source.id]) for source in known][:limit]
        found: Counter[str] = Counter()
        for event in current:
            found.update({tag.ref.partition(":")[2] for tag in event.entities if role in ("", tag.role)})
        return self._counted(found, limit)

    def counts(self) -> Counts:
        return Counts(
            events=len(self._newest(self.all.values())),
            entries=len(self.all),
            entities=len(self.entities),
            sources=len(self.sources),
            days=len(self.days()),
            revisions=1,
            captures=1,
            problems=0,
        )

    def reading(self, address: str) -> str | None:
        return None

    def reports_of(self, source: str, limit: int = 200) -> list[Report]:
        return []

    def count_reports(self, source: str) -> int:
        return 0

    def reports_naming(self, entity: str, limit: int = 200) -> list[Report]:
        return []

    def count_naming(self, entity: str) -> int:
        return 0

    def spoken_months(self, entity: str) -> list[tuple[str, int]]:
        return []

    def one_with(self, entity: str) -> str:
        return entity

    def scan_reports(self) -> Iterator[Report]:
        yield from ()

    def related(self, event: str, limit: int = 10) -> list[Link]:
        return self.links.get(event, [])[:limit]

    def as_views(self) -> Views:
        """For the type checker: what publishing asks of views is here, what other stages ask is not."""
        return cast(Views, self)

    def _shown(self) -> list[Event]:
        return sorted((event for event in self.all.values() if event.status != "merged"), key=lambda event: event.rank)

    @staticmethod
    def _newest(events: Iterable[Event]) -> list[Event]:
        current = [event for event in events if event.status == "current"]
        return sorted(current, key=lambda event: (event.day, event.rank), reverse=True)

    @staticmethod
    def _has(event: Event, what: Ref, role: str) -> bool:
        match what.kind:
            case "category":
                return event.category == what.id
            case "source":
                return any(source_id(source_host(citation)) == what.id for citation in event.citations)
            case "topic":
                role = "topic"
        return any(tag.ref == f"entity:{what.id}" and role in ("", tag.role) for tag in event.entities)

    def _counted(self, found: Counter[str], limit: int) -> list[Companion]:
        known = [self.entities[identifier] for identifier in found]
        known.sort(key=lambda entity: (-found[entity.id], entity.name))
        return [Companion(entity.id, entity.name, entity.permalink, found[entity.id]) for entity in known][:limit]


def _ordered(found: Counter[str]) -> list[tuple[str, int]]:
    return sorted(found.items(), key=lambda pair: (-pair[1], pair[0]))


# ---------------------------------------------------------------------------------------------------- a small chronicle

TEST = Tag("entity:nuclear", "North Korea and weapons of mass destruction", "topic")
KIM = Tag("entity:kim", "Kim Jong-un")
KCNA = Tag("entity:kcna", "Korean Central News Agency")
COUNCIL = Tag("entity:council", "United Nations Security Council")


def make_event(identifier: str, day: str = "2017-05-22", **changed: object) -> Event:
    """An event with everything that an event may have; `changed` fields replace what it would have."""
    when = date.fromisoformat(day)
    fields: dict[str, object] = {
        "id": identifier,
        "rank": 1,
        "permalink": f"/news/{when:%Y/%m/%d}/{identifier}",
        "day": when,
        "filed": "list",
        "happened": when,
        "headline": f"Kim Jong-un approves the missile of {identifier}.",
        "language": "en",
        "category": "International relations",
        "topics": (
            Topic("North Korea's weapons", (Wikilink(0, 11, TEST.name, "North Korea"),)),
            Topic("Tests"),
        ),
        "entities": (KIM, KCNA, TEST),
        "citations": (
            Citation("https://www.nytimes.com/2017/05/22/test.html?_r=0", "The New York Times"),
            Citation("https://www.france24.com/en/x", "AFP", via="France 24", title="Mass production"),
        ),
        "lede": Lede("The council will meet on Tuesday.", "USA Today", "https://www.usatoday.com/story/"),
        "cover": Image("https://images.example/a.png", caption="A launch", credit="KCNA", alt="A missile"),
        "changes": (
            Change("added", datetime(2017, 5, 22, 9, 30, tzinfo=UTC), "Portal:Current events/2017 May 22@1"),
            Change("edited", None, "Portal:Current events/2017 May 22@2", before="Kim approves.", after="Kim orders."),
        ),
        "origins": (
            Origin(
                "en.wikipedia.org",
                "Portal:Current events/2017 May 22",
                "https://en.wikipedia.org/w/index.php?oldid=2",
                2,
                "CC BY-SA 3.0",
            ),
        ),
    }
    return Event(**(fields | changed))  # type: ignore[arg-type]


def make_link(source: str, target: str, score: float = 0.8125) -> Link:
    """A link by two shared entities."""
    return Link(
        source=source,
        target=target,
        kind="context",
        score=score,
        context=(KIM, TEST),
        reasons=(
            Reason("entity", "Kim Jong-un", 0.6, 2, 1204, "entity:kim"),
            Reason("word", "missile", 0.2125, 12, 1204),
        ),
    )


def small_chronicle() -> FakeViews:
    """Five days in two months and two years, with a nested, a withdrawn and a merged event."""
    child = make_event(
        "child", rank=3, parent="event:first", headline="The council condemns it.", entities=(COUNCIL, TEST)
    )
    events = [
        make_event("first"),
        make_event(
            "plain", rank=2, category="", topics=(), entities=(), citations=(), lede=None, cover=None, changes=()
        ),
        child,
        make_event("gone", rank=4, status="withdrawn"),
        make_event("merged", rank=5, status="merged", into="/news/2017/05/22/first"),
        make_event("before", "2017-05-21", rank=6, happened=date(2017, 5, 20)),
        make_event("sports", "2017-05-20", rank=7, category="Sports", topics=()),
        make_event("april", "2017-04-30", rank=8),
        make_event("older", "2016-12-31", rank=9, category="Law and Crime"),
    ]
    return FakeViews(events, [make_link("first", "before"), make_link("first", "older", 0.5)])
