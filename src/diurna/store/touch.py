"""Which pages show an event: the rule by which publishing knows what to write again."""

from collections.abc import Iterator

from diurna.model import Event

__all__ = ["card", "pages_of"]


def card(event: Event) -> tuple[str, ...]:
    """What other pages show of an event; when it changes they must be written again."""
    return (event.permalink, event.headline, event.date.isoformat(), event.status, event.into, event.language)


def pages_of(event: Event, sources: list[str]) -> Iterator[str]:
    """References of the pages that list an event, its own first."""
    day, year = event.day.isoformat(), event.day.year
    yield f"event:{event.id}"
    yield from (f"day:{day}", f"month:{day[:7]}", f"year:{year}")
    if event.category:
        yield from (f"category:{event.category}", f"category:{event.category}/{year}")
    for tag in event.entities:
        yield from (tag.ref, f"{tag.ref}/{year}")
        if tag.role == "topic":
            topic = tag.ref.replace("entity:", "topic:", 1)
            yield from (topic, f"{topic}/{year}")
    for source in sources:
        yield from (f"source:{source}", f"source:{source}/{year}")
    if event.parent:
        yield event.parent
