"""What `diurna check` looks at in grouping: events list those that are in them, once, and live records can be read."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from diurna.cli.faults import REBUILD, fault, missing
from diurna.group.membership import Membership
from diurna.model import Entry, Event, Judgement, Problem, Report

if TYPE_CHECKING:
    from diurna.runners import Chronicle

__all__ = ["live_faults", "member_faults", "placing_faults", "twice_listed"]

_GROUP = "run `diurna reprocess group`, then check again"


def member_faults(chronicle: "Chronicle", event: Event, membership: Membership) -> Iterator[Problem]:
    """An event's members: each is there, in this event and no other, and so is the judgement that puts it there."""
    where, facts = f"event:{event.id}", chronicle.store.facts
    listed = (*event.members, *event.also)
    entries = facts.get_many(Entry, [member.ref.partition(":")[2] for member in event.members])
    judged = facts.get_many(Judgement, [member.judgement for member in listed])
    for member in listed:
        kind, _, identifier = member.ref.partition(":")
        if kind != "article" and identifier not in entries:
            yield missing(where, member.ref)
        if kind == "article" and chronicle.store.views.report(identifier) is None:
            yield missing(where, member.ref)
        if member.judgement not in judged:
            yield missing(where, f"judgement:{member.judgement}")
        elif judged[member.judgement].subject != member.ref:
            received = f"judgement:{member.judgement} on {judged[member.judgement].subject}"
            yield fault("A member's judgement is another's.", where, received, f"one on {member.ref}", REBUILD)
    if event.status == "merged":  # one that nobody is in any more still says who was
        return
    for member in event.members:
        kind, _, identifier = member.ref.partition(":")
        home = membership.report_home(identifier) if kind == "article" else event.id
        if home != event.id:
            yield fault(
                "An event lists a report that is in another.",
                where,
                member.ref,
                f"in event:{home or '(none)'}",
                REBUILD,
            )


def twice_listed(event: Event, listed: dict[str, str]) -> Iterator[Problem]:
    """No report is in two events; `listed` holds the event of each report that was met before."""
    for member in event.members if event.status != "merged" else ():
        if member.ref.startswith("article:"):
            before = listed.setdefault(member.ref, event.id)
            if before != event.id:
                received = f"event:{before} and event:{event.id}"
                yield fault("A report is in two events.", member.ref, received, "one event at most", REBUILD)


def placing_faults(chronicle: "Chronicle", report: Report, membership: Membership) -> Iterator[Problem]:
    """A report: the event that it is in lists it."""
    home = membership.report_home(report.id) if report.status != "erased" else None
    if home is None:
        return
    where, event = f"article:{report.id}", chronicle.store.views.event(home)
    if event is None:
        yield missing(where, f"event:{home}")
    elif event.status == "merged" or all(member.ref != where for member in event.members):
        received = f"event:{home} has other members" if event.status != "merged" else f"event:{home} is merged"
        yield fault("A report is not listed by the event that it is in.", where, received, where, REBUILD)


def live_faults(chronicle: "Chronicle") -> Iterator[Problem]:
    """The records that new ones are grouped with: each can be read, and is one that is here."""
    from diurna.cli.together import LiveRecordsLost, grouper_of

    try:
        grouper_of(chronicle)
    except LiveRecordsLost as error:
        yield fault("A live record of grouping cannot be read.", "live records", str(error), "what was kept", _GROUP)
