"""Events in a file of corrections: one that goes by another founder in this chronicle is found by its members."""

from collections import Counter
from typing import TYPE_CHECKING

from msgspec.structs import replace

from diurna.errors import problem
from diurna.extract.judgement_lines import NumberedJudgement, identified
from diurna.group.membership import Membership
from diurna.model import Judgement, Problem, make_id

if TYPE_CHECKING:
    from diurna.runners import Chronicle

__all__ = ["as_here", "members_of"]

_MOST_MEMBERS = 50


def members_of(chronicle: "Chronicle", judgement: Judgement) -> dict[str, tuple[str, ...]]:
    """Records of each event that a judgement names, but for those that people put there; the first of them."""
    found = {}
    membership = Membership(chronicle.store.facts)
    for ref in dict.fromkeys((judgement.subject, judgement.object)):
        kind, _, identifier = ref.partition(":")
        event = chronicle.store.views.event(identifier) if kind == "event" else None
        if event is not None:
            members = [one.ref for one in event.members if not _by_person(membership, one.ref)]
            found[ref] = tuple(members[:_MOST_MEMBERS])
    return found


def as_here(
    chronicle: "Chronicle", read: NumberedJudgement, renamed: dict[str, str]
) -> tuple[NumberedJudgement, Problem | None]:
    """A decision about the events of this chronicle that have the members of those in the file, and that this is so.

    `renamed` takes note of the judgement's new identifier, and gives that of one which is taken back.
    """
    judgement = read.judgement
    if judgement.verdict == "retracted":
        name = renamed.get(judgement.subject, judgement.subject)
        taken_back = replace(judgement, subject=name, object=name)
        return replace(read, judgement=identified(taken_back)), None
    here = {ref: _home(chronicle, ref, members) for ref, members in read.members.items()}
    changed = {ref: event for ref, event in here.items() if event and event != ref}
    if not changed:
        return read, None
    subject, thing = (changed.get(ref, ref) for ref in (judgement.subject, judgement.object))
    if judgement.verdict == "same" and subject == thing:  # they are one here
        return read, None
    translated = identified(replace(judgement, subject=subject, object=thing))
    renamed[f"judgement:{judgement.id}"] = f"judgement:{translated.id}"
    told = problem(
        "event goes by another name here, since another report came first; its members tell which it is",
        read.where,
        received=", ".join(changed),
        allowed=", ".join(changed.values()),
        next_step=f"nothing, if they are one: `diurna show {next(iter(changed.values()))}`",
        severity="notice",
    )
    members = {changed.get(ref, ref): records for ref, records in read.members.items()}
    return replace(read, judgement=translated, members=members), told


def _home(chronicle: "Chronicle", ref: str, members: tuple[str, ...]) -> str:
    """The event here that most of an event's members are in, unless it is here itself; empty where none has most.

    One that people made of reports of another is an event of its own here, too.
    """
    event = chronicle.store.views.event(ref.partition(":")[2])
    membership = Membership(chronicle.store.facts)
    if event is not None and event.status != "merged":
        others = not members and any(not _by_person(membership, one.ref) for one in event.members)
        return f"event:{make_id('event', 'apart', ref)}" if others else ref
    homes = Counter(home for member in members if (home := _home_of(membership, member)))
    if not homes:
        return ""
    home, count = max(homes.items(), key=lambda each: (each[1], each[0]))
    return f"event:{home}" if 2 * count > homes.total() else ""


def _home_of(membership: Membership, member: str) -> str | None:
    kind, _, identifier = member.partition(":")
    return membership.report_home(identifier) if kind == "article" else membership.home_of(identifier)


def _by_person(membership: Membership, member: str) -> bool:
    kind, _, identifier = member.partition(":")
    judgement = membership.report_judgement(identifier) if kind == "article" else membership.judgement_of(identifier)
    return judgement is not None and judgement.by_person
