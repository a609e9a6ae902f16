"""What `diurna explain` says of why reports are in one event, or are not: pairs, and what each feature gave to them."""

from collections.abc import Iterator, Sequence
from datetime import date
from typing import TYPE_CHECKING, Any

import msgspec
from msgspec import Struct

from diurna.cli.console import Answer, Block, Lines, Pairs, Table
from diurna.cli.grounds import how_placed, pair_table, title_of
from diurna.cli.show import filled, found_report, view_of_event
from diurna.errors import ConfigurationError
from diurna.group.genre import APART
from diurna.group.membership import Membership
from diurna.group.score import NEAREST, Feature
from diurna.group.stream import Grouper, GroupSettings
from diurna.model import Entry, Event, Judgement, Ref, Report

if TYPE_CHECKING:
    from diurna.runners import Chronicle

__all__ = ["LiveRecordsLost", "explain_article_in_event", "grouper_of", "one_event"]

_SHOWN = 5
"""Pairs whose features are shown."""

_STAND = 24
"""Latest members of an event that are held against another event's."""


_GONE = "None of its members is live any more (group.live keeps the latest), so no score is asked."

_KINDS = {"live": "a live page", "review": "a review", "listing": "a listing", "spam": "advertising"}


class LiveRecordsLost(ConfigurationError):
    """The live records of grouping cannot be read."""


class Couple(Struct, frozen=True):
    """Two records: how surely both tell of one event, as compared now, and as grouping counts it.

    Grouping counts 0 for a pair that is not among a record's nearest, or that a closed event keeps from being looked
    at; None stands for a record that is not live, which counts nothing any more.
    """

    one: str
    other: str
    probability: float
    counted: float | None
    features: tuple[Feature, ...]


def grouper_of(chronicle: "Chronicle") -> Grouper:
    """The live records as the last batch left them; reading them writes nothing.

    Raises:
        LiveRecordsLost: they cannot be decoded.
    """
    try:
        return chronicle.pipeline.grouping.grouper
    except (msgspec.MsgspecError, ValueError, KeyError, IndexError) as error:
        raise LiveRecordsLost(
            f"the live records of grouping cannot be read: {error}. `diurna reprocess group` makes them anew."
        ) from error


def explain_article_in_event(chronicle: "Chronicle", one: Ref, two: Ref) -> Answer:
    """Why a report is in an event, or why it is not: its pairs with the event's members, and what decided."""
    report, _ = found_report(chronicle, one)
    event, membership = view_of_event(chronicle, two), Membership(chronicle.store.facts)
    this, grouper = f"article:{report.id}", grouper_of(chronicle)
    home = membership.report_home(report.id)
    judgement = membership.report_judgement(report.id) if home == event.id else None
    told = next((one for one in membership.told_in(report.id) if _event_of(membership, one) == event.id), None)
    members = [member.ref for member in event.members if member.ref != this and grouper.is_live(member.ref)]
    couples = _couples(chronicle, report, members)
    bar = chronicle.settings.group.bar
    mean, would = _link(grouper, ([this], members), couples, bar)
    reasons: list[str] = []
    if judgement is not None:
        verdict = f"It is in this event: {how_placed(chronicle, judgement)}."
    else:
        verdict = "It is not in this event" + (", but tells of it in passing." if told is not None else ".")
        reasons = list(_why_not(chronicle, report, event))
        if not members:
            reasons.append(_GONE)
        elif couples:
            reasons.append(_by_score(mean, bar, would=would))
    blocks: list[Block] = [
        Lines([verdict, *reasons]),
        Pairs(
            [
                ("article", f"{title_of(chronicle, this)} {report.day or ''}".rstrip()),
                ("event", f"{event.day} {event.headline}"),
                ("is in", f"event:{home}" if home is not None else "no event"),
                ("by", f"judgement:{judgement.id}" if judgement is not None else ""),
                ("live members", f"{len(members):,} of {len(event.members):,}"),
                ("mean over them", "" if mean is None else f"{mean:.2f}"),
                ("bar", f"{bar:g} (group.bar)"),
            ]
        ),
        *_couple_tables(chronicle, couples, "Its members, those first that it is most like"),
    ]
    data = {
        "article": this,
        "event": f"event:{event.id}",
        "joined": judgement is not None,
        "judgement": judgement,
        "told_in_passing": told,
        "reasons": reasons,
        "mean": mean,
        "bar": bar,
        "would_join": would,
        "pairs": couples,
    }
    return Answer(data, blocks)


def one_event(chronicle: "Chronicle", event: Event, other: Event) -> tuple[dict[str, Any], list[Block]]:
    """Why two events are not one: pairs between their members, and what keeps them apart."""
    grouper, bar = grouper_of(chronicle), chronicle.settings.group.bar
    sides = [[ref for ref in _refs(one) if grouper.is_live(ref)][-_STAND:] for one in (event, other)]
    couples = [
        couple
        for at, theirs in ((0, sides[1]), (1, [ref for ref in sides[0] if ref.startswith("entry:")]))
        for ref in sides[at]
        if (report := _report(chronicle, ref)) is not None
        for couple in _couples(chronicle, report, theirs)
    ]
    couples.sort(key=lambda couple: (-couple.probability, couple.one, couple.other))
    mean, would = _link(grouper, (sides[0], sides[1]), couples, bar)
    reasons = list(_why_two(chronicle, event, other))
    if couples:
        reasons.append(_by_score(mean, bar, would=would))
    elif not reasons:
        reasons.append(_GONE)
    data = {"mean": mean, "bar": bar, "would_join": would, "reasons": reasons, "pairs": couples[:_STAND]}
    blocks: list[Block] = [Lines(reasons, "One event?")]
    return data, [*blocks, *_couple_tables(chronicle, couples, "Pairs of their members, best first")]


# ------------------------------------------------------------------------------------------------ pairs


def _couples(chronicle: "Chronicle", report: Report, others: Sequence[str]) -> list[Couple]:
    """A report with each of some live records, those first that are surest to tell of the same event."""
    this, grouper = f"article:{report.id}", grouper_of(chronicle)
    near = dict(grouper.near(this))
    is_live = grouper.is_live(this)
    return [
        Couple(this, other, sure, near.get(other, 0.0) if is_live else None, tuple(features))
        for other, sure, features in chronicle.pipeline.grouping.explain(report, others)
    ]


def _link(
    grouper: Grouper, sides: tuple[Sequence[str], Sequence[str]], couples: Sequence[Couple], bar: float
) -> tuple[float | None, bool | None]:
    """Mean over the pairs of two groups, and whether grouping would join them by it; None where nothing tells."""
    if not couples:
        return None, None
    groups = [[ref for ref in side if grouper.is_live(ref)] for side in sides]
    if not all(groups):
        return round(sum(couple.probability for couple in couples) / len(couples), 4), None
    total = sum(sure for ref in groups[0] for mate, sure in grouper.near(ref) if mate in groups[1])
    sizes = [len(refs) for refs in groups]
    mean = round(total / min(sizes[0] * sizes[1], NEAREST * min(sizes)), 4)
    return mean, mean >= bar


def _couple_tables(chronicle: "Chronicle", couples: Sequence[Couple], title: str) -> list[Table]:
    """The best pairs, and what each feature gave to them."""
    best = couples[:_SHOWN]
    one_side = len({couple.one for couple in best}) == 1
    rows = [
        (
            str(number),
            f"{couple.probability:.2f}",
            "not live" if couple.counted is None else f"{couple.counted:.2f}",
            *(() if one_side else (title_of(chronicle, couple.one),)),
            title_of(chronicle, couple.other),
            couple.other,
        )
        for number, couple in enumerate(best, 1)
    ]
    columns = ("pair", "sure", "counts as", *(() if one_side else ("one",)), "record" if one_side else "other")
    count = f" ({len(couples)} in all)" if len(couples) > _SHOWN else ""
    shown = Table((*columns, "reference"), rows, title + count)
    return filled(shown, pair_table([(str(number), couple.features) for number, couple in enumerate(best, 1)]))


def _by_score(mean: float | None, bar: float, *, would: bool | None) -> str:
    if would is None:
        return (
            f"It is not among the live records, so no score is asked; the mean over the pairs would be "
            f"{mean or 0:.2f}, the bar is {bar:g}."
        )
    if would:
        return f"By the score they would be one now: the mean over their pairs is {mean or 0:.2f}, the bar {bar:g}."
    return f"The score keeps them apart: the mean over their pairs is {mean or 0:.2f}, the bar is {bar:g}."


# ------------------------------------------------------------------------------------------------ other reasons


def _why_not(chronicle: "Chronicle", report: Report, event: Event) -> Iterator[str]:
    """What besides the score keeps a report out of an event."""
    membership, this = Membership(chronicle.store.facts), f"article:{report.id}"
    if event.status == "merged":
        yield f"The event was merged into {event.into}."
    if report.status != "current":
        yield f"The article was {report.status}."
    elif report.genre in APART:
        kind = _KINDS.get(report.genre, f"a {report.genre}")
        yield f"Kept out of all events: {kind}, because {report.genre_because}."
    elif chronicle.pipeline.understanding.of(report.current) is None:
        yield "It waits to be understood: `diurna update` sees to it."
    for one in membership.judgements(this):
        if one.by_person and one.verdict == "apart" and _event_of(membership, one) == event.id:
            yield f"Apart: {how_placed(chronicle, one)} (judgement:{one.id})."
    placed = membership.report_judgement(report.id)
    kind = placed.reasons[0].kind if placed is not None and placed.reasons else ""
    if placed is not None and (placed.by_person or kind in ("cited", "copy")):
        yield f"It is in event:{_event_of(membership, placed)}: {how_placed(chronicle, placed)}."
    if report.day is not None:
        yield from _closed(chronicle.settings.group, _days(chronicle, event), (report.day, report.day))


def _why_two(chronicle: "Chronicle", event: Event, other: Event) -> Iterator[str]:
    """What besides the score keeps two events apart."""
    membership = Membership(chronicle.store.facts)
    for one, two in ((event, other), (other, event)):
        if one.status == "merged":
            same = " They are one." if one.into == two.permalink else ""
            yield f"event:{one.id} was merged into {one.into}.{same}"
    if all(any(ref.startswith("entry:") for ref in _refs(one)) for one in (event, other)):
        yield "Both have an item of a list, and two of those are never merged by a score; `diurna correct merge` can."
    for one, two in ((event, other), (other, event)):
        for ref in _refs(one):
            for said in membership.judgements(ref) if ref.startswith("article:") else ():
                if said.by_person and said.verdict == "apart" and _event_of(membership, said) == two.id:
                    yield f"{title_of(chronicle, ref)} is apart from event:{two.id}: {how_placed(chronicle, said)}."
    theirs = _days(chronicle, other)
    if theirs:
        yield from _closed(chronicle.settings.group, _days(chronicle, event), (min(theirs), max(theirs)))


def _closed(settings: GroupSettings, days: Sequence[date], other: tuple[date, date]) -> Iterator[str]:
    """That an event had ended for what was reported on some days, as grouping has it."""
    if not days:
        return
    first, last = min(days), max(days)
    gap = max((first - other[1]).days, (other[0] - last).days, 0)
    allowed = settings.silence_days + min((last - first).days, settings.silence_days)
    spanned = f"{first}" if first == last else f"{first} to {last}"
    if gap > allowed:
        yield (
            f"Closed: its reports are of {spanned}, {gap} days from the other; after {allowed} days without a report "
            f"(group.silence_days = {settings.silence_days}) it takes no more."
        )
    elif (max(last, other[1]) - min(first, other[0])).days > settings.longest_days:
        yield f"Closed: together they would span more than {settings.longest_days} days (group.longest_days)."


def _days(chronicle: "Chronicle", event: Event) -> list[date]:
    """Days on which an event's members were published."""
    reports = [_report(chronicle, ref) for ref in _refs(event)]
    entries = chronicle.store.facts.get_many(Entry, [ref.partition(":")[2] for ref in _refs(event)])
    days = [report.day for report in reports if report is not None and report.day is not None]
    return [*days, *(entry.day for entry in entries.values())]


def _refs(event: Event) -> list[str]:
    return [member.ref for member in event.members]


def _report(chronicle: "Chronicle", ref: str) -> Report | None:
    kind, _, identifier = ref.partition(":")
    return chronicle.store.views.report(identifier) if kind == "article" else None


def _event_of(membership: Membership, judgement: Judgement) -> str:
    """The event that a judgement names, after merges."""
    return membership.merged_into(judgement.object.partition(":")[2])
