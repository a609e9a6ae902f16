"""Small records that the store's tests are about, in our own words."""

from collections.abc import Sequence
from datetime import UTC, date, datetime

from diurna.model import Capture, Citation, Event, Tag, content_digest, make_id
from diurna.store.interface import Source, Store
from diurna.store.views import source_host, source_id

DAY = date(2017, 5, 22)


def entity_id(name: str) -> str:
    """Id of an entity in these tests."""
    return make_id("entity", "", name)


def linked(*names: str, role: str = "linked") -> tuple[Tag, ...]:
    """Tags of entities by name."""
    return tuple(Tag(f"entity:{entity_id(name)}", name, role) for name in names)


def event_of(
    rank: int, headline: str, *, day: date = DAY, entities: Sequence[Tag] = (), urls: Sequence[str] = ()
) -> Event:
    """The event that was the n-th to arrive."""
    return Event(
        id=make_id("event", str(rank)),
        rank=rank,
        permalink=f"/news/{day:%Y/%m/%d}/e{rank}",
        day=day,
        filed="list",
        happened=day,
        headline=headline,
        category="Armed conflicts and attacks",
        entities=tuple(entities),
        citations=tuple(Citation(url) for url in urls),
    )


def put(store: Store, *events: Event) -> None:
    """Set events with all that they name, in one transaction."""
    with store.writing():
        for event in events:
            for tag in event.entities:
                identifier = tag.ref.partition(":")[2]
                store.views.put_entity(identifier, tag.name, f"/context/{identifier}")
            for citation in event.citations:
                host = source_host(citation)
                store.views.put_source(Source(source_id(host), host, f"/source/{host}", host))
            store.views.put_event(event)


def capture_of(content: bytes, name: str = "list.jsonl") -> Capture:
    """Capture of some bytes, before the archive keeps them."""
    return Capture(
        id=make_id("capture", name, content),
        asked=name,
        answered=name,
        media_type="text/plain",
        digest=content_digest(content),
        size=len(content),
        via="file",
        observed=datetime(2017, 5, 23, tzinfo=UTC),
    )
