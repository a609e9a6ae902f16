"""What `diurna show` says of each kind of record: all of it, with what it is joined to."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from typing import TYPE_CHECKING, TypeVar

from msgspec import Struct

from diurna.cli.console import Answer, Block, Lines, Pairs, Table
from diurna.cli.grounds import title_of
from diurna.cli.reported import FILED, also_table, category_text, report_table
from diurna.errors import ConfigurationError
from diurna.group.feature_words import feature_words
from diurna.group.membership import Membership
from diurna.group.when import WRITING
from diurna.model import (
    Article,
    Capture,
    Change,
    Entry,
    Event,
    Judgement,
    Link,
    Origin,
    Problem,
    Reason,
    Ref,
    Report,
    Revision,
    Topic,
    When,
    Where,
)

if TYPE_CHECKING:
    from diurna.runners import Chronicle

__all__ = [
    "LISTED",
    "absent",
    "brief",
    "by_year",
    "event_table",
    "fact",
    "filled",
    "found_report",
    "latest",
    "problem_pairs",
    "reason_table",
    "show_capture",
    "show_day",
    "show_entry",
    "show_event",
    "show_judgement",
    "show_problem",
    "show_revision",
    "show_source",
    "time_text",
    "view_of_event",
]

T = TypeVar("T", bound=Struct)

LISTED = 20
"""Events listed with an entity or a source; the site has them all."""


# ------------------------------------------------------------------------------------------------ events and days


def when_text(when: When | None) -> str:
    """When an event happened, to the precision that its reports give; that they were written tells no day."""
    if when is None or when.rule in WRITING:
        return ""
    days = when.first.isoformat() if when.first == when.last else f"{when.first} to {when.last}"
    return days if when.precision in ("day", "hour") else f"{days} (the {when.precision})"


def where_text(where: Where | None) -> str:
    """Where an event happened, with how exact that is."""
    return f"{where.name} ({where.precision})" if where is not None else ""


def show_event(chronicle: "Chronicle", ref: Ref) -> Answer:
    """An event with its sources, its context, its changes, and the related events with what they share."""
    views = chronicle.store.views
    event = view_of_event(chronicle, ref)
    related = views.related(event.id)
    others = views.events([link.target for link in related])
    nested = views.nested_in(str(ref))
    reports = report_table(chronicle, event)
    lede = [f"{event.lede.text} — {event.lede.publisher or event.lede.url}"] if event.lede else []
    blocks: list[Block] = [
        Lines(lede, title=event.headline),
        Pairs(
            [
                ("reference", f"event:{event.id}"),
                ("permalink", event.permalink),
                ("filed under", event.day.isoformat()),
                ("which is", FILED.get(event.filed, event.filed) if event.filed != "list" else ""),
                ("status", _status(event)),
                ("happened", when_text(event.occurred)),
                ("place", where_text(event.located)),
                ("category", category_text(event)),
                ("headline of", title_of(chronicle, event.headline_of) if event.headline_of else ""),
                ("topics", _topic_path(event.topics)),
                ("part of", _headline_of(chronicle, event.parent)),
                ("cover", event.cover.url if event.cover else ""),
                *(("list", _origin_text(origin)) for origin in event.origins),
            ]
        ),
    ]
    blocks += filled(
        reports,
        also_table(chronicle, event),
        Table(
            ("publisher", "address"),
            [(_publisher(citation.publisher, citation.via), citation.url) for citation in event.citations],
            "Sources",
        ),
        Table(
            ("name", "role", "reference"), [(tag.name, tag.role, tag.ref) for tag in event.entities], title="Context"
        ),
        Table(("when", "what", "by", "from", "to"), [_change_row(change) for change in event.changes], "Changes"),
        _related_table(related, others),
        event_table(nested, "Events under it"),
    )
    data = {
        "ref": f"event:{event.id}",
        "event": event,
        "related": [{"link": link, "event": brief(others[link.target])} for link in related if link.target in others],
        "nested": [brief(other) for other in nested],
    }
    return Answer(data, blocks)


def show_day(chronicle: "Chronicle", ref: Ref) -> Answer:
    """The events of a day."""
    events = chronicle.store.views.events_on(date.fromisoformat(ref.id))
    if not events:
        near = [chronicle.store.views.day_beside(date.fromisoformat(ref.id), step) for step in (-1, 1)]
        named = " and ".join(day.isoformat() for day in near if day)
        hint = (
            f" The nearest days that have some: {named}."
            if named
            else " It has no events at all; `diurna add` takes them in."
        )
        raise ConfigurationError(f"the chronicle has no events on {ref.id}.{hint}")
    data = {"day": ref.id, "events": [brief(event) for event in events]}
    return Answer(data, [event_table(events, ref.id)])


# ------------------------------------------------------------------------------------------------ sources


def show_source(chronicle: "Chronicle", ref: Ref) -> Answer:
    """A publisher that events cite, and the latest of them."""
    views = chronicle.store.views
    source = views.source(ref.id)
    if source is None:
        raise absent(ref)
    years = views.years_of(ref)
    events = views.events_with(ref, limit=LISTED)
    count = sum(number for _, number in years)
    facts = [("reference", str(ref)), ("page", source.permalink), ("host", source.host), ("events", by_year(years))]
    blocks: list[Block] = [
        Pairs(facts, title=source.name),
        *filled(event_table(events, latest(len(events), count, "events"))),
    ]
    data = {
        "ref": str(ref),
        "source": source,
        "events": count,
        "years": dict(years),
        "latest": [brief(event) for event in events],
    }
    return Answer(data, blocks)


# ------------------------------------------------------------------------------------------------ facts


def show_entry(chronicle: "Chronicle", ref: Ref) -> Answer:
    """An item of a curated day in one wording, the revisions it stood in, and the event it belongs to."""
    entry = fact(chronicle, Entry, ref)
    home = Membership(chronicle.store.facts).home_of(entry.id)
    revisions = [
        found for found in chronicle.store.facts.about(Revision, entry.day.isoformat()) if entry.id in found.entries
    ]
    blocks: list[Block] = [
        Lines([], title=entry.text),
        Pairs(
            [
                ("reference", str(ref)),
                ("day", entry.day.isoformat()),
                ("category", entry.category),
                ("topics", _topic_path(entry.topics)),
                ("language", entry.language),
                ("under", f"entry:{entry.parent}" if entry.parent else ""),
                ("event", _headline_of(chronicle, f"event:{home}" if home else "")),
            ]
        ),
        *filled(
            Table(
                ("words", "page", "span"),
                [
                    (link.shown, _target(link.site, link.target, link.section), f"{link.start}:{link.end}")
                    for link in entry.links
                ],
                "Links",
            ),
            Table(
                ("publisher", "address"),
                [(_publisher(citation.publisher, citation.via), citation.url) for citation in entry.citations],
                "Sources",
            ),
            Table(
                ("list", "page", "revision", "reference"),
                [(found.curator, found.page, str(found.number or ""), f"revision:{found.id}") for found in revisions],
                "Stood in",
            ),
        ),
    ]
    data = {
        "ref": str(ref),
        "entry": entry,
        "event": f"event:{home}" if home else None,
        "revisions": [f"revision:{found.id}" for found in revisions],
    }
    return Answer(data, blocks)


def show_revision(chronicle: "Chronicle", ref: Ref) -> Answer:
    """One state of a curated day, with the items that stood in it."""
    revision = fact(chronicle, Revision, ref)
    entries = chronicle.store.facts.get_many(Entry, revision.entries)
    rows = [(f"entry:{entry}", entries[entry].text if entry in entries else "") for entry in revision.entries]
    blocks: list[Block] = [
        Pairs(
            [
                ("reference", str(ref)),
                ("list", revision.curator),
                ("day", revision.day.isoformat()),
                ("page", revision.page),
                ("address", revision.url),
                ("number", str(revision.number or "")),
                ("published", time_text(revision.available)),
                ("licence", revision.licence),
                ("states", "all of the day" if revision.whole else "only the items below"),
                ("takes back", ", ".join(revision.withdrawn)),
                ("capture", f"capture:{revision.capture}"),
            ]
        ),
        *filled(Table(("reference", "text"), rows, "Items")),
    ]
    return Answer({"ref": str(ref), "revision": revision}, blocks)


def show_capture(chronicle: "Chronicle", ref: Ref) -> Answer:
    """Bytes as they came, and where the archive keeps them."""
    capture = fact(chronicle, Capture, ref)
    facts = [
        ("reference", str(ref)),
        ("asked", capture.asked),
        ("answered", capture.answered if capture.answered != capture.asked else ""),
        ("type", capture.media_type),
        ("size", f"{capture.size:,} bytes"),
        ("SHA-256", capture.digest),
        ("came by", capture.via),
        ("observed", time_text(capture.observed)),
        ("available", time_text(capture.available)),
        ("archive", f"{capture.archive}, {capture.length:,} bytes from {capture.offset:,}"),
    ]
    return Answer({"ref": str(ref), "capture": capture}, [Pairs(facts)])


def show_judgement(chronicle: "Chronicle", ref: Ref) -> Answer:
    """A decision: who decided what, why, and whether it stands."""
    judgement = fact(chronicle, Judgement, ref)
    retracting = chronicle.store.facts.about(Judgement, str(ref))
    facts = [
        ("reference", str(ref)),
        ("subject", judgement.subject),
        ("verdict", judgement.verdict),
        ("object", judgement.object if judgement.object != judgement.subject else ""),
        ("value", judgement.value),
        ("by", judgement.by),
        ("made", time_text(judgement.made)),
        ("score", "" if judgement.score is None else f"{judgement.score:.4f}"),
        ("note", judgement.note),
        *(("retracted", f"{time_text(other.made)} by {other.by}") for other in retracting),
    ]
    data = {"ref": str(ref), "judgement": judgement, "retracted": [f"judgement:{other.id}" for other in retracting]}
    return Answer(data, [Pairs(facts), *filled(reason_table(judgement.reasons))])


def show_problem(chronicle: "Chronicle", ref: Ref) -> Answer:
    """Bad input: what was wrong, where, and what to do."""
    problem = fact(chronicle, Problem, ref)
    return Answer({"ref": str(ref), "problem": problem}, [problem_pairs(problem)])


# ------------------------------------------------------------------------------------------------ shared by handlers


def fact(chronicle: "Chronicle", kind: type[T], ref: Ref) -> T:
    """The stored record that a reference means.

    Raises:
        ConfigurationError: there is none.
    """
    record = chronicle.store.facts.get(kind, ref.id)
    if record is None:
        raise absent(ref)
    return record


def view_of_event(chronicle: "Chronicle", ref: Ref) -> Event:
    """The view of the event that a reference means.

    Raises:
        ConfigurationError: there is none.
    """
    event = chronicle.store.views.event(ref.id)
    if event is None:
        raise absent(ref)
    return event


def found_report(chronicle: "Chronicle", ref: Ref) -> tuple[Report, Article]:
    """The report that a reference names, itself or one of its versions, and the article to show.

    Raises:
        ConfigurationError: there is none.
    """
    views, facts = chronicle.store.views, chronicle.store.facts
    report = views.report(ref.id)
    if report is not None:
        article = facts.get(Article, report.current)
    else:
        report, article = views.report_of(ref.id), facts.get(Article, ref.id)
    if report is None or article is None:
        raise ConfigurationError(f"there is no {ref} in this chronicle. `diurna search` finds articles by their words.")
    return report, article


def time_text(time: datetime | None) -> str:
    """Time in UTC to the second, or nothing."""
    return f"{time:%Y-%m-%d %H:%M:%S} UTC" if time else ""


def event_table(events: Sequence[Event], title: str = "") -> Table:
    """Events in a list."""
    rows = [
        (event.day.isoformat(), event.headline + _mark(event), f"event:{event.id}", event.permalink) for event in events
    ]
    return Table(("date", "headline", "reference", "permalink"), rows, title)


def reason_table(reasons: Iterable[Reason], title: str = "Reasons") -> Table:
    """Grounds of a score, each with its part of it and how common what is shared was."""
    rows = [
        (
            f"{reason.weight:.4f}",
            reason.kind,
            feature_words(reason.name) if reason.kind == "feature" else reason.name,
            _frequency(reason),
        )
        for reason in reasons
    ]
    return Table(("weight", "kind", "shared", "had by"), rows, title)


def problem_pairs(problem: Problem) -> Pairs:
    """A problem, fact by fact."""
    return Pairs(
        [
            ("reference", f"problem:{problem.id}"),
            ("what", problem.what),
            ("where", problem.where),
            ("received", problem.received),
            ("allowed", problem.allowed),
            ("do next", problem.next_step),
            ("severity", problem.severity),
            ("capture", f"capture:{problem.capture}" if problem.capture else ""),
        ]
    )


def absent(ref: Ref) -> ConfigurationError:
    """That there is no such record."""
    return ConfigurationError(f"there is no {ref} in this chronicle; `diurna search WORDS` finds events.")


def filled(*tables: Table) -> list[Table]:
    """Tables that have rows."""
    return [table for table in tables if table.rows]


def brief(event: Event) -> dict[str, str]:
    """What a program needs of an event in a list."""
    return {
        "ref": f"event:{event.id}",
        "permalink": event.permalink,
        "date": event.day.isoformat(),
        "happened": event.happened.isoformat() if event.happened else "",
        "headline": event.headline,
        "status": event.status,
    }


def _mark(event: Event) -> str:
    return "" if event.status == "current" else f" ({event.status})"


def _status(event: Event) -> str:
    withdrawn = "withdrawn by its list" if event.origins else "all its articles were withdrawn or erased"
    return {"merged": f"merged into {event.into}", "withdrawn": withdrawn}.get(event.status, "")


def _frequency(reason: Reason) -> str:
    return "" if reason.count is None else f"{reason.count:,} of {reason.total or 0:,} events"


def _publisher(publisher: str, via: str) -> str:
    return f"{publisher} via {via}" if via else publisher


def _target(site: str, target: str, section: str) -> str:
    return (f"{site}:" if site else "") + target + (f"#{section}" if section else "")


def _topic_path(topics: Sequence[Topic]) -> str:
    return " › ".join(topic.text for topic in topics)


def _origin_text(origin: Origin) -> str:
    number = str(origin.number or "")
    said = (origin.curator, origin.page, number, origin.url, origin.licence)
    return " · ".join(part for part in dict.fromkeys(said) if part)


def _headline_of(chronicle: "Chronicle", ref: str) -> str:
    event = chronicle.store.views.event(ref.partition(":")[2]) if ref else None
    return f"{event.headline} ({ref})" if event else ref


def _change_row(change: Change) -> tuple[str, ...]:
    what = f"{change.kind}: {change.reason}" if change.reason else change.kind
    before = change.before if change.before != change.after else ""
    return (time_text(change.available), what, change.by, before, change.after)


def _related_table(related: Sequence[Link], others: dict[str, Event]) -> Table:
    rows = []
    for link in related:
        other = others.get(link.target)
        if other is not None:
            shared = ", ".join(
                dict.fromkeys([tag.name for tag in link.context] or [reason.name for reason in link.reasons])
            )
            rows.append(
                (
                    f"{link.score:.4f}",
                    other.day.isoformat(),
                    other.headline,
                    shared,
                    f"event:{other.id}",
                    other.permalink,
                )
            )
    return Table(("score", "date", "headline", "shares", "reference", "permalink"), rows, "Related")


def by_year(years: Sequence[tuple[int, int]]) -> str:
    """Numbers of events by year, with their sum where there are several years."""
    total = sum(number for _, number in years)
    parts = ", ".join(f"{number:,} in {year}" for year, number in years)
    return f"{total:,}: {parts}" if len(years) > 1 else parts


def latest(shown: int, count: int, things: str) -> str:
    """Title of a list of the newest things of many: `Latest 20 of 312 events`."""
    return things.capitalize() if shown == count else f"Latest {shown} of {count:,} {things}"
