"""Which pages show an event: the rule by which publishing knows what to write again."""

from collections.abc import Iterator

from diurna.model import Event

__all__ = ["card", "pages_of"]


def card(event: Event) -> tuple[str, ...]:
    """What other pages show of an event; when it changes they must be written again."""
    happened = event.happened.isoformat() if event.happened else ""
    day = (event.day.isoformat(), event.filed, happened)
    return (event.permalink, event.headline, *day, event.status, event.into, event.language)


def pages_of(event: Event, sources: list[str]) -> Iterator[str]:
    """References of the pages that list an event, its own first."""
    day = event.day.isoformat()
    yield f"event:{event.id}"
    yield from (f"day:{day}", f"month:{day[:7]}", f"year:{event.day.year}")
    if event.category:
        yield f"category:{event.category}"
    for tag in event.entities:
        yield tag.ref
        if tag.role == "topic":
            yield tag.ref.replace("entity:", "topic:", 1)
    for source in sources:
        yield f"source:{source}"
    if event.parent:
        yield event.parent
