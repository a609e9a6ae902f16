"""What `diurna explain` says: why two events are related, why an entry is where it is, whence a name comes."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from diurna.cli.console import Answer, Block, Lines, Pairs, Table
from diurna.cli.grounds import how_placed
from diurna.cli.reported import also_table, report_rows
from diurna.cli.show import fact, filled, reason_table, time_text, view_of_event
from diurna.cli.together import one_event
from diurna.errors import ConfigurationError
from diurna.group.membership import Membership
from diurna.model import Entry, Event, Judgement, Ref
from diurna.relate.neighbours import Neighbours
from diurna.store.interface import Pair

if TYPE_CHECKING:
    from diurna.runners import Chronicle

__all__ = ["explain_entry", "explain_event", "explain_judgement", "explain_two_events"]

_NEAREST = 3


# ------------------------------------------------------------------------------------------------ two events


def explain_two_events(chronicle: "Chronicle", one: Ref, two: Ref) -> Answer:
    """Why two events are related, or why they are not: what they share, how much that weighs, and what lies nearer."""
    event, other = view_of_event(chronicle, one), view_of_event(chronicle, two)
    if event.id == other.id:
        raise ConfigurationError(
            f"both references name event:{event.id}; give two events, or one to see what it is made of."
        )
    views, settings = chronicle.store.views, chronicle.settings.related
    places = {pair.other: place for place, pair in enumerate(views.pairs_of(event.id), 1)}
    listed = [link.target for link in views.related(event.id)]
    listed_there = [link.target for link in views.related(other.id)]
    pair = Neighbours(views, settings).compare(event, other)
    verdict = _verdict(pair, places, [event, other], chronicle)
    blocks: list[Block] = [
        Lines([verdict]),
        Pairs(
            [
                ("first", f"{event.day} {event.headline}"),
                ("second", f"{other.day} {other.headline}"),
                ("score", f"{pair.score:.4f}"),
                ("days apart", str(pair.gap)),
                ("place in the first's list", _place(listed, other.id)),
                ("place in the second's list", _place(listed_there, event.id)),
            ]
        ),
    ]
    if pair.reasons:
        blocks.append(reason_table(pair.reasons, "What they share"))
    nearest = {} if other.id in listed or event.id in listed_there else _nearest(chronicle, [event, other])
    for of, pairs in nearest.items():
        names = views.events([near.other for near in pairs])
        rows = [
            (f"{near.score:.4f}", names[near.other].headline, f"event:{near.other}", names[near.other].permalink)
            for near in pairs
        ]
        title = "Nearest to the first" if of == event.id else "Nearest to the second"
        blocks.append(Table(("score", "headline", "reference", "permalink"), rows, title))
    together, told = one_event(chronicle, event, other)
    blocks += told
    data = {
        "events": [f"event:{event.id}", f"event:{other.id}"],
        "related": other.id in listed or event.id in listed_there,
        "verdict": verdict,
        "score": pair.score,
        "days_apart": pair.gap,
        "reasons": pair.reasons,
        "nearest": {f"event:{of}": [_near(near) for near in pairs] for of, pairs in nearest.items()},
        "one_event": together,
    }
    return Answer(data, blocks)


def _verdict(pair: Pair, places: dict[str, int], events: Sequence[Event], chronicle: "Chronicle") -> str:
    """One sentence; the order of the cases is that of how relating goes."""
    settings = chronicle.settings.related
    for event in events:
        if event.status == "merged":
            return f"Not related: event:{event.id} was merged into {event.into}, which has its relations."
    if not pair.score:
        return "Not related: they share no entity, no topic and no word that tells anything."
    if not pair.shown:
        return (
            f"Not related: they share only words, which bring {pair.score:.4f}; two words at least and "
            f"{settings.word_floor:g} (related.word_floor) would be enough."
        )
    if pair.other not in places:
        return (
            "Not related: they share something, but others promised more: of the events met "
            f"(the latest {settings.met:,} for each thing shared, related.met) "
            f"only the best {settings.scored:,} (related.scored) are kept."
        )
    lists = [{link.target for link in chronicle.store.views.related(event.id)} for event in events]
    if pair.other in lists[0] or pair.event in lists[1]:
        return "Related: each reason below adds its weight to the score."
    return "Related, but shown by neither: each of the two has ten events that are nearer."


def _nearest(chronicle: "Chronicle", events: Sequence[Event]) -> dict[str, list[Pair]]:
    found = {event.id: chronicle.store.views.pairs_of(event.id)[:_NEAREST] for event in events}
    return {identifier: pairs for identifier, pairs in found.items() if pairs}


def _near(pair: Pair) -> dict[str, object]:
    return {"ref": f"event:{pair.other}", "score": pair.score, "shown": pair.shown}


def _place(listed: Sequence[str], identifier: str) -> str:
    return str(listed.index(identifier) + 1) if identifier in listed else ""


# ------------------------------------------------------------------------------------------------ one record


def explain_event(chronicle: "Chronicle", ref: Ref) -> Answer:
    """What an event is made of: each wording and report, what put it there, and what people decided."""
    event = view_of_event(chronicle, ref)
    facts = chronicle.store.facts
    entries = facts.get_many(Entry, [member.ref.partition(":")[2] for member in event.members])
    judgements = facts.get_many(Judgement, [member.judgement for member in event.members])
    decisions = [judgement for judgement in facts.about(Judgement, f"event:{event.id}") if judgement.by_person]
    blocks: list[Block] = [
        Pairs([("reference", f"event:{event.id}"), ("permalink", event.permalink)], title=event.headline)
    ]
    members: list[dict[str, Any]] = []
    for member in event.members:
        if member.ref.startswith("article:"):
            continue
        entry, judgement = entries.get(member.ref.partition(":")[2]), judgements.get(member.judgement)
        if entry is None or judgement is None:
            raise ConfigurationError(f"{member.ref}: a member of this event is missing. Run `diurna check`.")
        members.append({"entry": member.ref, "text": entry.text, "judgement": judgement})
        blocks.append(Pairs([("entry", member.ref), *_judgement_pairs(judgement)], title=entry.text))
        if judgement.reasons:
            blocks.append(reason_table(judgement.reasons))
    reports, table = report_rows(chronicle, event)
    members += reports
    blocks += filled(table, also_table(chronicle, event))
    decisions += facts.get_many(Judgement, event.decided).values()
    if decisions:
        blocks.append(
            Table(("reference", "verdict", "value", "by", "made"), [_row(one) for one in decisions], "Decisions")
        )
    data = {"ref": f"event:{event.id}", "permalink": event.permalink, "members": members, "decisions": decisions}
    return Answer(data, blocks)


def explain_entry(chronicle: "Chronicle", ref: Ref) -> Answer:
    """Why an entry belongs to its event: the judgements about it, and which one counts."""
    entry = fact(chronicle, Entry, ref)
    membership = Membership(chronicle.store.facts)
    deciding = membership.judgement_of(entry.id)
    home = membership.home_of(entry.id)
    judged = chronicle.store.facts.about(Judgement, str(ref))
    standing = {judgement.id for judgement in membership.judgements(str(ref))}
    rows = [
        (
            f"judgement:{judgement.id}",
            judgement.verdict,
            judgement.object,
            judgement.by,
            "" if judgement.score is None else f"{judgement.score:.4f}",
            _weight(judgement, deciding, standing),
        )
        for judgement in judged
    ]
    blocks: list[Block] = [
        Pairs([("reference", str(ref)), ("event", f"event:{home}" if home else "none")], title=entry.text),
        Table(("reference", "verdict", "object", "by", "score", "counts"), rows, "Judgements"),
    ]
    if deciding is not None and deciding.reasons:
        blocks.append(reason_table(deciding.reasons))
    data = {
        "ref": str(ref),
        "event": f"event:{home}" if home else None,
        "deciding": f"judgement:{deciding.id}" if deciding else None,
        "judgements": judged,
    }
    return Answer(data, blocks)


def explain_judgement(chronicle: "Chronicle", ref: Ref) -> Answer:
    """What a decision did: whether it counts, and what overrides it."""
    judgement = fact(chronicle, Judgement, ref)
    membership = Membership(chronicle.store.facts)
    standing = any(one.id == judgement.id for one in membership.judgements(judgement.subject))
    said = f"{judgement.subject} “{judgement.verdict}” {judgement.object}"
    told = [f"{judgement.by} decided: {said}." if judgement.by_person else f"{judgement.by} found: {said}."]
    if judgement.by.startswith("founding/"):
        told.append("The entry was new and like no other of its list and day, so it founded an event of its own.")
    elif judgement.by.startswith("key/"):
        told.append("The list gave it the same key as an earlier wording, so it is the same item.")
    elif judgement.by.startswith("lineage/"):
        told.append("A later revision of its list no longer had an earlier wording but had this one, which is like it.")
    elif judgement.subject.startswith("article:") and judgement.verdict == "belongs" and not judgement.by_person:
        told.append(f"Why: {how_placed(chronicle, judgement)}.")
    elif judgement.verdict == "tells":
        told.append("A sentence of it names the day of that event, and says much of what its reports open with.")
    counting: Judgement | None = judgement
    if not standing:
        told.append("It was retracted, so it does not count.")
    elif judgement.subject.startswith("article:") and judgement.verdict == "belongs":
        counting = membership.report_judgement(judgement.subject.partition(":")[2])
        if counting is not None and counting.id != judgement.id:
            rule = "a person's before a component's, and the latest"
            told.append(f"judgement:{counting.id} by {counting.by} counts instead: {rule}.")
    elif judgement.subject.startswith("entry:"):
        counting = membership.judgement_of(judgement.subject.partition(":")[2])
        if counting is not None and counting.id != judgement.id:
            rule = "a person's before a component's, the latest of a person's"
            told.append(f"judgement:{counting.id} by {counting.by} counts instead: {rule}.")
    counts = standing and counting is not None and counting.id == judgement.id
    blocks: list[Block] = [Lines(told), Pairs([("reference", str(ref)), *_judgement_pairs(judgement)])]
    if judgement.reasons:
        blocks.append(reason_table(judgement.reasons))
    return Answer({"ref": str(ref), "judgement": judgement, "counts": counts, "explanation": told}, blocks)


# ------------------------------------------------------------------------------------------------ inner parts


def _judgement_pairs(judgement: Judgement) -> list[tuple[str, str]]:
    return [
        ("judgement", f"judgement:{judgement.id}"),
        ("verdict", f"{judgement.verdict} {judgement.object}"),
        ("by", judgement.by),
        ("score", "" if judgement.score is None else f"{judgement.score:.4f}"),
        ("made", time_text(judgement.made)),
        ("note", judgement.note),
    ]


def _row(judgement: Judgement) -> tuple[str, ...]:
    value = judgement.value or (judgement.object if judgement.object != judgement.subject else "")
    if judgement.subject.startswith("article:"):
        value = f"{judgement.subject} → {value}"
    return (f"judgement:{judgement.id}", judgement.verdict, value, judgement.by, time_text(judgement.made))


def _weight(judgement: Judgement, deciding: Judgement | None, standing: set[str]) -> str:
    if judgement.id not in standing:
        return "retracted"
    return "decides" if deciding is not None and judgement.id == deciding.id else "overruled"
