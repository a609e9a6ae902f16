"""What `show` and `explain` say of an event's reports, and of the events of a report."""

from typing import TYPE_CHECKING, Any

from diurna.cli.console import Block, Lines, Pairs, Table
from diurna.cli.grounds import best_grounds, how_placed, title_of
from diurna.group.membership import Membership
from diurna.model import Article, Event, Judgement, Report

if TYPE_CHECKING:
    from diurna.runners import Chronicle

__all__ = [
    "FILED",
    "also_table",
    "category_text",
    "events_of",
    "explained_place",
    "genre_text",
    "report_rows",
    "report_table",
]

_NEAREST = 8

_FAINT = 0.01
"""Probability from which a near record is listed."""

FILED = {
    "list": "the day of its list",
    "happened": "the day it happened",
    "reported": "the day it was reported, since nothing says on which day it happened",
    "seen": "the day it was first seen, since nothing says on which day it happened or was reported",
}
"""What the rule is by which an event is filed under its day."""


# ------------------------------------------------------------------------------------------------ of an event


def category_text(event: Event) -> str:
    """An event's category, and how surely it was guessed where no list gives it."""
    if event.sureness is None:
        return event.category
    words = f", by {', '.join(event.category_words)}" if event.category_words else ""
    return f"{event.category} (guessed, {event.sureness:.0%} sure{words})"


def report_table(chronicle: "Chronicle", event: Event) -> Table:
    """The reports that make an event: when, where, what, whose text, what kind, and by whose judgement."""
    views, rows = chronicle.store.views, list[tuple[str, ...]]()
    judgements = chronicle.store.facts.get_many(Judgement, [member.judgement for member in event.members])
    for member in event.members:
        report = views.report(member.ref.partition(":")[2]) if member.ref.startswith("article:") else None
        if report is None:
            continue
        judgement = judgements.get(member.judgement)
        rows.append(
            (
                _published(chronicle, report),
                report.host,
                report.title,
                _copy_of(chronicle, report),
                report.genre if report.status == "current" else f"{report.genre}, {report.status}",
                judgement.by if judgement is not None else "",
                member.ref,
            )
        )
    sources = "1 independent source" if event.independent == 1 else f"{event.independent:,} independent sources"
    reports = "1 report" if len(rows) == 1 else f"{len(rows):,} reports"
    columns = ("published", "outlet", "title", "copy of", "kind", "judged by", "reference")
    return Table(columns, rows, f"{reports}, {sources}")


def also_table(chronicle: "Chronicle", event: Event) -> Table:
    """Reports on something else that tell of an event too, with the words in which they do."""
    made = chronicle.store.facts.get_many(Judgement, [member.judgement for member in event.also])
    rows = []
    for member in event.also:
        report = chronicle.store.views.report(member.ref.partition(":")[2])
        if report is not None:
            words = _passage(chronicle, report, made.get(member.judgement))
            rows.append((report.host, report.title, words, member.ref))
    return Table(("outlet", "title", "in the words", "reference"), rows, "Told of in passing")


def report_rows(chronicle: "Chronicle", event: Event) -> tuple[list[dict[str, Any]], Table]:
    """Why each report of an event is in it: what it is most like, how surely, and by which features above all."""
    made = chronicle.store.facts.get_many(Judgement, [member.judgement for member in event.members])
    members: list[dict[str, Any]] = []
    rows = []
    for member in event.members:
        report = chronicle.store.views.report(member.ref.partition(":")[2])
        judgement = made.get(member.judgement)
        if report is None or not member.ref.startswith("article:"):
            continue
        mate = next((reason.ref for reason in judgement.reasons if reason.ref), "") if judgement is not None else ""
        members.append({"article": member.ref, "title": report.title, "judgement": judgement, "mate": mate})
        sure = f"{judgement.score:.2f}" if judgement is not None and judgement.score is not None and mate else ""
        rows.append(
            (
                f"{report.title} ({report.host})",
                how_placed(chronicle, judgement),
                sure,
                best_grounds(judgement.reasons) if judgement is not None else "",
                member.ref,
                f"judgement:{member.judgement}",
            )
        )
    return members, Table(("report", "is here because", "sure", "above all", "reference", "decision"), rows, "Reports")


# ------------------------------------------------------------------------------------------------ of a report


def genre_text(report: Report) -> str:
    """What kind of piece a report is, where it is no plain report, and what says so."""
    if report.genre == "report":
        return ""
    return f"{report.genre}: {report.genre_because}" if report.genre_because else report.genre


def events_of(chronicle: "Chronicle", report: Report) -> tuple[Event | None, list[Event]]:
    """The event that a report is in, and those that it tells of too."""
    from diurna.publish.readings import places_of

    places = places_of(report, chronicle.store.views, Membership(chronicle.store.facts))
    own = places[0][0] if places and places[0][1].verdict != "tells" else None
    return own, [event for event, _ in places if event is not own]


def explained_place(chronicle: "Chronicle", report: Report) -> tuple[dict[str, Any], list[Block]]:
    """Why a report is in its event: the judgements about it, what kind of piece it is, and what is nearest to it."""
    from diurna.cli.together import grouper_of

    membership, this = Membership(chronicle.store.facts), f"article:{report.id}"
    event, also = events_of(chronicle, report)
    deciding = membership.report_judgement(report.id)
    near = grouper_of(chronicle).near(this)[:_NEAREST]
    judged = [one for one in membership.ever(this) if one.object.startswith("event:")]
    standing = {one.id for one in membership.judgements(this)}
    nearest = [
        (f"{sure:.2f}", title_of(chronicle, ref), _home(membership, ref), ref) for ref, sure in near if sure >= _FAINT
    ]
    rows: list[tuple[str, ...]] = [
        (
            f"judgement:{one.id}",
            one.verdict,
            one.object,
            one.by,
            "" if one.score is None else f"{one.score:.2f}",
            _weight(one, deciding, standing),
        )
        for one in judged
    ]
    blocks: list[Block] = [
        Pairs(
            [
                ("event", f"{event.headline} (event:{event.id})" if event is not None else "none"),
                ("because", how_placed(chronicle, deciding)),
                ("above all", best_grounds(deciding.reasons) if deciding is not None else ""),
                ("kind", f"{report.genre}: {report.genre_because}" if report.genre_because else report.genre),
                *(("tells of", f"{other.headline} (event:{other.id})") for other in also),
            ],
            "Its event",
        )
    ]
    if nearest:
        title = "Nearest to it, and how surely both tell of one event"
        blocks.append(Table(("sure", "record", "in", "reference"), nearest, title))
    elif not near and event is None:
        blocks.append(Lines(["It is not compared with others: pieces on many things, and what is no news, are not."]))
    if rows:
        columns = ("reference", "verdict", "object", "by", "score", "counts")
        blocks.append(Table(columns, rows, "Judgements on its event"))
    data = {
        "event": f"event:{event.id}" if event is not None else None,
        "deciding": deciding,
        "genre": report.genre,
        "genre_because": report.genre_because,
        "told_in_passing": [f"event:{other.id}" for other in also],
        "nearest": [{"ref": ref, "probability": sure} for ref, sure in near],
        "placements": judged,
    }
    return data, blocks


# ------------------------------------------------------------------------------------------------ inner parts


def _published(chronicle: "Chronicle", report: Report) -> str:
    article = chronicle.store.facts.get(Article, report.current)
    published = article.published if article is not None else None
    if published is None or published.granularity == "day":
        return str(report.day or "")
    return f"{published.time:%Y-%m-%d %H:%M}"


def _copy_of(chronicle: "Chronicle", report: Report) -> str:
    origin = chronicle.store.views.report(report.copy_of) if report.copy_of not in ("", report.id) else None
    return origin.host if origin is not None else ""


def _passage(chronicle: "Chronicle", report: Report, judgement: Judgement | None) -> str:
    """The words that a judgement points at, in the text as it is now."""
    article = chronicle.store.facts.get(Article, report.current)
    start, dash, end = judgement.value.partition("-") if judgement is not None else ("", "", "")
    if article is None or not dash or not start.isdigit() or not end.isdigit():
        return ""
    return article.text[int(start) : int(end)].strip()


def _home(membership: Membership, ref: str) -> str:
    kind, _, identifier = ref.partition(":")
    home = membership.report_home(identifier) if kind == "article" else membership.home_of(identifier)
    return f"event:{home}" if home is not None else ""


def _weight(judgement: Judgement, deciding: Judgement | None, standing: set[str]) -> str:
    if judgement.id not in standing:
        return "retracted"
    if judgement.verdict != "belongs":
        return "counts"
    if deciding is None or judgement.object != deciding.object:
        return "overruled"
    return "decides" if judgement.id == deciding.id else "agrees"
