"""What `diurna correct` makes of a person's wish: judgements that say so, or a refusal. Nothing is ever deleted."""

from collections.abc import Callable
from datetime import datetime
from typing import TYPE_CHECKING

from msgspec import Struct

from diurna.cli.show import fact, view_of_event
from diurna.errors import ConfigurationError
from diurna.extract.judgement_lines import LONGEST_HEADLINE, identified
from diurna.group.membership import Membership, founded_by
from diurna.model import Event, Judgement, Ref

if TYPE_CHECKING:
    from diurna.runners import Chronicle

__all__ = [
    "ALONE",
    "Correction",
    "Wish",
    "decided",
    "merge_event",
    "open_event",
    "rename_event",
    "retract_judgement",
    "split_entries",
]

ALONE = "alone"
"""Text of the wish that a judgement be taken back without those that were made with it."""


class Wish(Struct, frozen=True, kw_only=True):
    """What a person wants of a record: other records or words it takes, who wants it, when, and a note."""

    by: str
    made: datetime
    note: str = ""
    text: str = ""
    others: tuple[Ref, ...] = ()


Correction = Callable[["Chronicle", Ref, Wish], list[Judgement]]


def rename_event(chronicle: "Chronicle", ref: Ref, wish: Wish) -> list[Judgement]:
    """Give an event another headline; its permalink stays."""
    event = open_event(chronicle, ref)
    text = " ".join(wish.text.split())
    if not text:
        raise ConfigurationError("the new headline is empty; give its words.")
    if len(text) > LONGEST_HEADLINE:
        raise ConfigurationError(f"the new headline has {len(text):,} characters; {LONGEST_HEADLINE:,} are allowed.")
    if text == event.headline:
        raise ConfigurationError(f"event:{event.id} has this headline already; nothing was changed.")
    return [decided(f"event:{event.id}", "renamed", f"event:{event.id}", wish, text)]


def merge_event(chronicle: "Chronicle", ref: Ref, wish: Wish) -> list[Judgement]:
    """Make an event part of another: its permalink then leads there."""
    if len(wish.others) != 1 or wish.others[0].kind != "event":
        raise ConfigurationError("an event is merged into one other event; give its reference.")
    event, into = open_event(chronicle, ref), view_of_event(chronicle, wish.others[0])
    if event.id == into.id:
        raise ConfigurationError(f"event:{event.id} cannot be merged into itself; give two events.")
    if Membership(chronicle.store.facts).merged_into(into.id) == event.id:
        raise ConfigurationError(
            f"event:{into.id} is part of event:{event.id} already; the other way round they would go in a circle. "
            "To turn it round, retract that judgement first: `diurna correct list` has it."
        )
    if into.status == "merged":
        raise ConfigurationError(
            f"event:{into.id} was merged into {into.into} itself. Merge into that one: "
            f"`diurna correct merge {ref} {into.into}`."
        )
    return [decided(f"event:{event.id}", "same", f"event:{into.id}", wish)]


def split_entries(chronicle: "Chronicle", ref: Ref, wish: Wish) -> list[Judgement]:
    """Take entries out of an event, each to an event of its own; the founding entry stays with the permalink."""
    event = open_event(chronicle, ref)
    members = [member.ref for member in event.members]
    others = list(dict.fromkeys(str(other) for other in wish.others))
    if not others:
        raise ConfigurationError(
            "no entry or article is named that should be split off; `diurna explain EVENT` lists them."
        )
    strangers = [other for other in others if other not in members]
    if strangers:
        raise ConfigurationError(
            f"{', '.join(strangers)} is not in event:{event.id}. Its members are: {', '.join(members)}."
        )
    if members[0] in others:
        raise ConfigurationError(
            f"{members[0]} founded event:{event.id} and keeps its permalink, so it cannot be split off. "
            "Split off the others instead."
        )
    membership = Membership(chronicle.store.facts)
    stuck = [other for other in others if membership.merged_into(founded_by(other.partition(":")[2])) == event.id]
    if stuck:
        raise ConfigurationError(
            f"{', '.join(stuck)} founded an event that was merged into event:{event.id}. Retract that merge instead: "
            "`diurna correct list` has its judgement."
        )
    return [decided(other, "apart", f"event:{event.id}", wish) for other in others]


def retract_judgement(chronicle: "Chronicle", ref: Ref, wish: Wish) -> list[Judgement]:
    """Take back a person's judgement, with all that was decided in one go with it; everything stays on record."""
    judgement = fact(chronicle, Judgement, ref)
    if judgement.verdict == "retracted":
        raise ConfigurationError(f"{ref} is itself a retraction; decide anew instead of retracting it.")
    if not judgement.by_person:
        raise ConfigurationError(
            f"{ref} is a judgement of the component {judgement.by}; only people's judgements are retracted. "
            "Overrule it with `diurna correct split` or `merge`, of an article with `move` or `detach`."
        )
    if judgement.verdict == "erased":
        raise ConfigurationError(f"{ref} is an erasure: what it removed is gone and cannot come back.")
    if chronicle.store.facts.about(Judgement, str(ref)):
        raise ConfigurationError(f"{ref} was retracted before; nothing was changed.")
    together = [judgement] if wish.text == ALONE else _in_one_go(chronicle, judgement)
    refs = [f"judgement:{one.id}" for one in together]
    return [decided(one, "retracted", one, wish) for one in refs]


# ------------------------------------------------------------------------------------------------ inner parts


def _in_one_go(chronicle: "Chronicle", judgement: Judgement) -> list[Judgement]:
    """A person's judgements about the reports of one event that one command made, of which one is given; in order."""
    view = chronicle.store.views.event(judgement.object.partition(":")[2])
    if view is None or not judgement.subject.startswith("article:"):
        return [judgement]
    facts = chronicle.store.facts
    about = facts.get_many(Judgement, view.decided).values()
    together = [
        one for one in about if (one.by, one.made, one.object) == (judgement.by, judgement.made, judgement.object)
    ]
    standing = [one for one in together if not facts.about(Judgement, f"judgement:{one.id}")]
    return standing if judgement in standing else [judgement]


def open_event(chronicle: "Chronicle", ref: Ref) -> Event:
    """The event that a reference means, which is not merged into another.

    Raises:
        ConfigurationError: there is none, or it is merged.
    """
    event = view_of_event(chronicle, ref)
    if event.status == "merged":
        raise ConfigurationError(
            f"event:{event.id} was merged into {event.into}. Correct that one, or retract the merge."
        )
    return event


def decided(subject: str, verdict: str, thing: str, wish: Wish, value: str = "") -> Judgement:
    """A person's judgement, as the wish has it."""
    judgement = Judgement(
        id="", subject=subject, verdict=verdict, object=thing, by=wish.by, value=value, note=wish.note, made=wish.made
    )
    return identified(judgement)
