"""Of which event each claim of an article speaks, as its page and `diurna show` tell it."""

from collections.abc import Mapping, Sequence

from msgspec import Struct

from diurna.group.claim_places import Scene, place_claims
from diurna.model import Annotation, Article, Event, Judgement, Span, When
from diurna.publish.excerpts import first_words
from diurna.publish.wording import one_line

__all__ = ["NOWHERE", "SpokenOf", "claim_events"]


class SpokenOf(Struct, frozen=True):
    """Event that a claim speaks of: reference and headline, both empty where it is none that the article tells of;
    whether that is another than the article's own; and the rule that said so, in words.
    """

    event: str = ""
    title: str = ""
    other: bool = False
    rule: str = ""

    @property
    def words(self) -> str:
        """Where a claim stands that is not of the article's own event; else empty."""
        if not self.other:
            return ""
        return (
            f"of “{first_words(self.title, _WORDS)}”: {self.rule}"
            if self.event
            else f"of no event known here: {self.rule}"
        )


_WORDS = 10

NOWHERE: Mapping[str, SpokenOf] = {}
"""An article that is in no event."""

_RULES = {
    "day": "its sentence names the day",
    "other time": "its sentence names another time",
    "aftermath": "its sentence sums up what came of it",
    "sentence": "its sentence tells of that",
    "town": "its sentence names the town",
    "before": "as the sentence before",
    "thing": "it goes on about what the sentences before tell of",
    "article": "the article's own event",
}


def claim_events(
    article: Article, annotation: Annotation, places: Sequence[tuple[Event, Judgement]]
) -> Mapping[str, SpokenOf]:
    """Of which event each claim speaks, by its id; `places` are the events that the article tells of, its own first."""
    if not places or places[0][1].verdict == "tells":
        return NOWHERE
    own = places[0][0].id
    titles = {event.id: one_line(event.headline) for event, _ in places}
    scenes = [Scene(event.id, _when(event), event.located, _passage(judgement)) for event, judgement in places]
    return {
        claim: SpokenOf(
            f"event:{place.event}" if place.event else "",
            titles.get(place.event, ""),
            place.event != own,
            _RULES[place.rule],
        )
        for claim, place in place_claims(article, annotation, scenes).items()
    }


def _when(event: Event) -> When | None:
    """When an event happened; of one that a list has and no report tells of, the day of the list."""
    listed = any(member.ref.startswith("entry:") for member in event.members)
    if event.occurred is not None or not listed:
        return event.occurred
    return When(event.day, event.day, "day", "list", listed=event.day)


def _passage(judgement: Judgement) -> Span | None:
    """The sentence by which an article tells of an event, where that is how it is known to."""
    start, dash, end = judgement.value.partition("-")
    return Span(int(start), int(end)) if dash and start.isdecimal() and end.isdecimal() else None
