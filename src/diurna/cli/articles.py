"""What `show`, `explain`, `check` and `correct` do with articles: versions, copies, dates, and what was left out."""

from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import TYPE_CHECKING

from diurna.cli.check import annotation_faults, capture_faults
from diurna.cli.check_events import placing_faults
from diurna.cli.console import Answer, Block, Lines, Pairs, Table
from diurna.cli.correct import Wish, decided
from diurna.cli.faults import missing
from diurna.cli.reported import events_of, explained_place, genre_text
from diurna.cli.show import event_table, filled, found_report, time_text
from diurna.cli.understood import explained_names, marked_text, understood_of, understood_tables
from diurna.errors import ConfigurationError
from diurna.group.copies import origin_of
from diurna.group.membership import Membership
from diurna.group.versions import difference
from diurna.model import Article, Capture, Dating, Event, Image, Judgement, Problem, Ref, Report, Version
from diurna.pipeline.reports import urls_of
from diurna.registry import agency_names
from diurna.text import url_key

if TYPE_CHECKING:
    from diurna.runners import Chronicle

__all__ = ["check_article", "explain_article", "show_article", "withdraw_article"]


def show_article(chronicle: "Chronicle", ref: Ref) -> Answer:
    """What was read from a page: who wrote it, when, what it says, its versions and its copies."""
    report, article = found_report(chronicle, ref)
    events = _citing(chronicle, article)
    event, also = events_of(chronicle, report)
    blocks: list[Block] = [Lines([article.lede] if article.lede else [], title=article.title or article.url)]
    blocks.append(Pairs(_facts(chronicle, report, article)))
    if article.key_points:
        blocks.append(Lines([f"- {point}" for point in article.key_points], "Key points"))
    understood = understood_of(chronicle, article, report)
    if article.paragraphs:
        blocks.append(marked_text(article, understood, "Text" if article.whole else "Summary"))
    if understood is not None:
        blocks += understood_tables(article, understood)
    elif article.paragraphs:
        blocks.append(Lines(["It waits to be understood: `diurna update` sees to it."]))
    blocks += filled(_versions(chronicle, report), _copies(chronicle, report), event_table(events, "Cited by"))
    blocks += filled(event_table([event] if event is not None else [], "Its event"), event_table(also, "Tells of too"))
    data = {
        "ref": f"article:{report.id}",
        "report": report,
        "article": article,
        "annotation": understood.annotation if understood is not None else None,
        "copies": [f"article:{other.id}" for other in _family(chronicle, report) if other.id != report.id],
        "events": [f"event:{citing.id}" for citing in events],
        "event": f"event:{event.id}" if event is not None else None,
        "tells_of": [f"event:{other.id}" for other in also],
        "claim_events": {f"claim:{claim}": of.event or None for claim, of in understood.events.items()}
        if understood
        else {},
    }
    return Answer(data, blocks)


def explain_article(chronicle: "Chronicle", ref: Ref) -> Answer:
    """Where each part of an article was found, what was left out of its text and why, whose copy it is and why."""
    report, article = found_report(chronicle, ref)
    if report.status == "erased":
        decided = _decision(chronicle, report)
        return Answer({"ref": f"article:{report.id}", "status": "erased", "decision": decided}, [Lines([decided])])
    dates = [_dating("published", article.published), _dating("modified", article.modified)]
    known = "published times nobody states" if article.published is None else ""
    blocks: list[Block] = [
        Pairs(
            [
                ("reference", f"article:{report.id}"),
                ("read by", article.component),
                ("from", f"capture:{article.capture}"),
                ("learned from", f"{article.epoch:,} epochs of this publisher" if article.epoch else "nothing so far"),
                ("no date", known),
            ],
            article.title or article.url,
        )
    ]
    dated = [row for row in dates if row is not None]
    if dated:
        blocks.append(Table(("date", "says", "found in", "as written", "sure"), dated, "Dates"))
    dropped = [(block.reason, block.because, block.text) for block in article.dropped]
    if dropped:
        blocks.append(Table(("reason", "because", "text"), dropped, "Left out of the text"))
    else:
        blocks.append(Lines(["Nothing of the page's text was left out that looked like text."]))
    blocks += filled(explained_names(chronicle, article))
    judged = [
        judgement
        for version in report.versions
        for judgement in chronicle.store.facts.about(Judgement, f"article:{version.article}")
        if judgement.verdict == "copy"
    ]
    for judgement in judged:
        origin = chronicle.store.views.report_of(judgement.object.partition(":")[2])
        rows = [(reason.kind, reason.name) for reason in judgement.reasons]
        title = (
            f"Its text is that of “{origin.title if origin else judgement.object}” (score {judgement.score or 0:.2f})"
        )
        blocks.append(Table(("ground", "found"), rows, title))
    copies = _copies(chronicle, report)
    if not copies.rows:
        blocks.append(Lines(["Its text is nobody else's, as far as this chronicle goes."]))
    elif not judged:
        blocks.append(Lines(["It was here before the others that have its text: they were held against it."]))
    blocks += filled(copies, _changes(chronicle, report))
    placed, told = explained_place(chronicle, report)
    blocks[1:1] = told
    data = {
        "ref": f"article:{report.id}",
        "component": article.component,
        "epoch": article.epoch,
        "published": article.published,
        "modified": article.modified,
        "dropped": article.dropped,
        "copy": judged,
        **placed,
    }
    return Answer(data, blocks)


def check_article(chronicle: "Chronicle", ref: Ref) -> Iterator[Problem]:
    """An article: its captures and their bytes, its event, and that nothing is left of one that was erased."""
    report, _ = found_report(chronicle, ref)
    yield from placing_faults(chronicle, report, Membership(chronicle.store.facts))
    for version in report.versions:
        capture = chronicle.store.facts.get(Capture, version.capture)
        if capture is None:
            yield missing(f"article:{report.id}", f"capture:{version.capture}")
        elif report.status != "erased":
            yield from capture_faults(chronicle, capture)
            annotation = chronicle.pipeline.understanding.of(version.article)
            if annotation is not None:
                yield from annotation_faults(chronicle, annotation)
        elif not chronicle.archive.is_erased(capture):
            yield missing(f"article:{report.id}", "the end of its erasure: run `diurna correct withdraw --erase` again")


def withdraw_article(chronicle: "Chronicle", ref: Ref, wish: Wish) -> list[Judgement]:
    """Show an article no more; with the word `erase`, keep nothing of it either."""
    report, _ = found_report(chronicle, ref)
    verdict = "erased" if wish.text == "erase" else "withdrawn"
    if report.status == "withdrawn" and verdict == "withdrawn":
        raise ConfigurationError(f"article:{report.id} is withdrawn already; nothing was changed.")
    if report.status == "erased" and verdict == "withdrawn":
        raise ConfigurationError(f"article:{report.id} was erased; there is nothing left to withdraw.")
    this = f"article:{report.id}"
    if report.status == "erased":
        return [one for one in chronicle.store.facts.about(Judgement, this) if one.verdict == "erased"][:1]
    return [decided(this, verdict, this, wish, report.url)]


# ------------------------------------------------------------------------------------------------ inner parts


def _facts(chronicle: "Chronicle", report: Report, article: Article) -> list[tuple[str, str]]:
    source = chronicle.store.views.source(report.source)
    kinds = {author.name: f" ({author.kind})" if author.kind != "person" else "" for author in article.byline}
    image = article.image or Image("")
    picture = " ".join(part for part in (image.caption, f"[{image.credit}]" if image.credit else "") if part)
    return [
        ("reference", f"article:{report.id}"),
        ("permalink", report.permalink),
        ("address", article.url),
        ("canonical", article.canonical if article.canonical != article.url else ""),
        ("source", source.name if source else article.publisher or report.host),
        ("by", ", ".join(name + kind for name, kind in kinds.items())),
        ("credits", ", ".join(article.agencies)),
        ("published", _when(article.published)),
        ("modified", _when(article.modified)),
        ("kind", genre_text(report)),
        ("section", article.section),
        ("tags", ", ".join(article.tags)),
        ("language", article.language),
        ("image", picture or image.url),
        ("whole", "" if article.whole else "no, only a summary is known"),
        ("status", _decision(chronicle, report)),
        (
            "left out",
            f"blocks: {len(article.dropped):,}; diurna explain article:{report.id}" if article.dropped else "",
        ),
        ("read by", article.component),
        ("capture", f"capture:{article.capture}"),
    ]


def _decision(chronicle: "Chronicle", report: Report) -> str:
    """Who took an article out, when and why; empty for one that stands."""
    if report.status == "current":
        return ""
    made = [
        one for one in chronicle.store.facts.about(Judgement, f"article:{report.id}") if one.verdict == report.status
    ]
    judgement = made[-1]
    why = f": {judgement.note}" if judgement.note else ""
    return f"{report.status} by {judgement.by.removeprefix('person:')}, {time_text(judgement.made)}{why}"


def _when(dating: Dating | None) -> str:
    if dating is None:
        return ""
    shown = dating.time.date().isoformat() if dating.granularity == "day" else time_text(dating.time)
    return f"{shown} ({dating.found}, {dating.sureness:.0%} sure)"


def _dating(name: str, dating: Dating | None) -> tuple[str, ...] | None:
    if dating is None:
        return None
    shown = dating.time.date().isoformat() if dating.granularity == "day" else time_text(dating.time)
    return (name, shown, dating.found, dating.written, f"{dating.sureness:.0%}")


def _citing(chronicle: "Chronicle", article: Article) -> list[Event]:
    views = chronicle.store.views
    keys = dict.fromkeys(url_key(url) for url in urls_of(article) if url)
    citing = dict.fromkeys(event for key in keys for event in views.citing(key))
    events = views.events(list(citing)).values()  # an event cites its own reports too
    return [event for event in events if any(member.ref.startswith("entry:") for member in event.members)]


def _family(chronicle: "Chronicle", report: Report) -> list[Report]:
    return chronicle.store.views.family(report.copy_of or report.id)


def _versions(chronicle: "Chronicle", report: Report) -> Table:
    rows: list[tuple[str, ...]] = []
    if len(report.versions) > 1:
        changed = dict(_steps(chronicle, report))
        rows = [
            (
                time_text(version.available),
                "whole" if version.whole else "summary",
                ", ".join(changed.get(version.article, [])),
                f"article:{version.article}",
            )
            for version in report.versions
        ]
    return Table(("since", "is", "changed", "reference"), rows, "Versions")


def _steps(chronicle: "Chronicle", report: Report) -> Iterator[tuple[str, list[str]]]:
    """What changed with each whole version but the first."""
    for before, after in _pairs(chronicle, report):
        counts: dict[str, int] = {}
        for change in difference(before, after):
            counts[change.kind] = counts.get(change.kind, 0) + 1
        yield after.id, [f"{kind} ({count})" if count > 1 else kind for kind, count in counts.items()]


def _changes(chronicle: "Chronicle", report: Report) -> Table:
    times = {version.article: version.available for version in report.versions}
    rows = [
        (time_text(times[after.id]), change.kind, change.before, change.after)
        for before, after in _pairs(chronicle, report)
        for change in difference(before, after)
    ]
    return Table(("since", "what", "before", "after"), rows, "What changed between its versions")


def _pairs(chronicle: "Chronicle", report: Report) -> Iterator[tuple[Article, Article]]:
    whole: Sequence[Version] = [version for version in report.versions if version.whole]
    articles = chronicle.store.facts.get_many(Article, [version.article for version in whole])
    read = [articles[version.article] for version in whole if version.article in articles]
    yield from pairwise(read)


def _copies(chronicle: "Chronicle", report: Report) -> Table:
    family = [other for other in _family(chronicle, report) if other.status == "current"]
    rows: list[tuple[str, ...]] = []
    if len(family) > 1:
        known = chronicle.store.facts.get_many(Article, [other.current for other in family])
        articles = [known[other.current] for other in family if other.current in known]
        origin = origin_of(articles, agency_names()) if articles else None
        for other in family:
            mark = f"origin: {origin.because}" if origin is not None and origin.article == other.current else "copy"
            rows.append((other.host, other.title, mark, f"article:{other.id}"))
        credited = f", credited to {origin.agency}" if origin is not None and origin.agency else ""
        hosts = len({other.host for other in family})
        outlets = "1 outlet" if hosts == 1 else f"{hosts} outlets"
        return Table(("outlet", "title", "is", "reference"), rows, f"{outlets}, 1 origin{credited}")
    return Table(("outlet", "title", "is", "reference"), rows)
