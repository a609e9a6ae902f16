"""What `diurna check` looks at: bytes are those that came, spans lie where they say, views follow from facts."""

from collections.abc import Callable, Iterator
from datetime import date
from typing import TYPE_CHECKING

from msgspec import Struct

from diurna.cli.check_events import live_faults, member_faults, placing_faults, twice_listed
from diurna.cli.faults import REBUILD, RESTORE, fault, missing
from diurna.cli.show import fact
from diurna.errors import DiurnaError, problem
from diurna.group.membership import Membership
from diurna.model import (
    CLAIM_VERDICTS,
    Annotation,
    Article,
    Capture,
    Claim,
    Entry,
    Event,
    Judgement,
    Permalink,
    Problem,
    Ref,
    Revision,
    Span,
    Wikilink,
    content_digest,
    entry_id,
)
from diurna.pipeline.claim_decisions import loose_decisions

if TYPE_CHECKING:
    from diurna.runners import Chronicle

__all__ = [
    "annotation_faults",
    "capture_faults",
    "check_capture",
    "check_chronicle",
    "check_day",
    "check_entry",
    "check_event",
    "check_judgement",
    "check_named",
    "check_revision",
]

Advance = Callable[[str, int, int], None]

_ENRICH = f"run `diurna reprocess enrich`, then check again; if it stays, {RESTORE}"


def check_chronicle(chronicle: "Chronicle", advance: Advance) -> Iterator[Problem]:
    """Everything: the storage, every fact, every view. `advance` hears how far it has come."""
    for told in chronicle.store.check():
        yield problem(
            "The storage is damaged.",
            chronicle.store.path.name,
            received=told,
            allowed="a sound store",
            next_step=RESTORE,
        )
    facts, views = chronicle.store.facts, chronicle.store.views
    kinds: tuple[type[Struct], ...] = (Annotation, Capture, Entry, Revision, Permalink)
    total = sum(facts.count(kind) for kind in kinds)
    for done, (_, record) in enumerate(facts.scan(*kinds), 1):
        match record:
            case Annotation():
                yield from annotation_faults(chronicle, record)
            case Capture():
                yield from capture_faults(chronicle, record)
            case Entry():
                yield from _entry(record)
            case Revision():
                yield from _revision(chronicle, record)
            case Permalink():
                yield from _permalink(chronicle, record)
        advance("facts", done, total)
    last = views.last_rank()
    listed: dict[str, str] = {}
    membership = Membership(facts)
    for rank in range(1, last + 1):
        event = views.event_of_rank(rank)
        if event is None:
            yield fault("An event is missing.", f"rank {rank}", "no event", f"events of ranks 1 to {last}", REBUILD)
        else:
            yield from _event(chronicle, event, membership)
            yield from twice_listed(event, listed)
        advance("events", rank, last)
    reports = views.last_report()
    for done, report in enumerate(views.scan_reports(), 1):
        yield from placing_faults(chronicle, report, membership)
        advance("articles", done, reports)
    yield from live_faults(chronicle)


def annotation_faults(chronicle: "Chronicle", annotation: Annotation) -> Iterator[Problem]:
    """An annotation: each span of a mention or claim lies in its article's text, and mentions are its words."""
    article = chronicle.pipeline.understanding.text(annotation.of.partition(":")[2])
    if article is None:
        yield missing(f"annotation of {annotation.of}", annotation.of)
        return
    text = article.text
    for mention in annotation.mentions:
        found = text[mention.span.start : mention.span.end]
        if found != mention.text:
            yield fault(
                "A mention is not what stands in its article's text.",
                f"{annotation.of}:{mention.span.start}",
                mention.text,
                found,
                _ENRICH,
            )
    for claim in annotation.claims:
        outside = [span for span in _spans_of(claim) if not 0 <= span.start < span.end <= len(text)]
        if outside:
            yield fault(
                "A claim has a piece that is not in its article's text.",
                f"claim:{claim.id}",
                f"{outside[0].start} to {outside[0].end}",
                f"within 0 to {len(text)}",
                _ENRICH,
            )


def _spans_of(claim: Claim) -> Iterator[Span]:
    yield claim.sentence
    yield from (*claim.source, *claim.cue, *claim.content, *claim.subject)
    yield from (voice.span for voice in claim.chain if voice.span is not None)
    if claim.measured is not None:
        yield claim.measured


def check_event(chronicle: "Chronicle", ref: Ref) -> Iterator[Problem]:
    """An event, and the entries and reports it is made of."""
    event = chronicle.store.views.event(ref.id)
    if event is None:
        yield fault("An event with a permalink is missing.", str(ref), "no view of it", "its view", REBUILD)
        return
    yield from _event(chronicle, event, Membership(chronicle.store.facts))
    members = [member.ref.partition(":")[2] for member in event.members]
    for entry in chronicle.store.facts.get_many(Entry, members).values():
        yield from _entry(entry)


def check_day(chronicle: "Chronicle", ref: Ref) -> Iterator[Problem]:
    """A day: its revisions, entries and events."""
    for revision in chronicle.store.facts.about(Revision, ref.id):
        yield from _revision(chronicle, revision)
    for entry in chronicle.store.facts.about(Entry, ref.id):
        yield from _entry(entry)
    for event in chronicle.store.views.events_on(date.fromisoformat(ref.id)):
        yield from _event(chronicle, event, Membership(chronicle.store.facts))


def check_entry(chronicle: "Chronicle", ref: Ref) -> Iterator[Problem]:
    """An entry: its id, and the spans of its links."""
    yield from _entry(fact(chronicle, Entry, ref))


def check_capture(chronicle: "Chronicle", ref: Ref) -> Iterator[Problem]:
    """A capture: whether the archive still has its bytes."""
    yield from capture_faults(chronicle, fact(chronicle, Capture, ref))


def check_revision(chronicle: "Chronicle", ref: Ref) -> Iterator[Problem]:
    """A revision: its entries, its capture, and that capture's bytes."""
    revision = fact(chronicle, Revision, ref)
    yield from _revision(chronicle, revision)
    capture = chronicle.store.facts.get(Capture, revision.capture)
    if capture is not None:
        yield from capture_faults(chronicle, capture)


def check_judgement(chronicle: "Chronicle", ref: Ref) -> Iterator[Problem]:
    """A judgement: whether what it is about is there."""
    judgement = fact(chronicle, Judgement, ref)
    kinds: dict[str, type[Struct]] = {"entry": Entry, "judgement": Judgement}
    for name in dict.fromkeys((judgement.subject, judgement.object)):
        kind, _, identifier = name.partition(":")
        if kind == "event":
            there = chronicle.store.views.event(identifier) is not None
        elif kind == "article":
            there = chronicle.store.views.report(identifier) is not None or _is_fact(chronicle, identifier)
        else:
            there = kind not in kinds or chronicle.store.facts.get(kinds[kind], identifier) is not None
        if not there:
            yield missing(str(ref), name)
    if judgement.verdict in CLAIM_VERDICTS:
        yield from _loose(chronicle, judgement.subject)


def _loose(chronicle: "Chronicle", ref: str) -> Iterator[Problem]:
    """Decisions on claims of a report or an entry that find them no more."""
    kind, _, identifier = ref.partition(":")
    report = chronicle.store.views.report(identifier) if kind == "article" else None
    read = report.current if report is not None else identifier
    article, annotation = chronicle.pipeline.understanding.text(read), chronicle.pipeline.understanding.of(read)
    if article is not None and annotation is not None:
        yield from loose_decisions(Membership(chronicle.store.facts), ref, article, annotation)


def _is_fact(chronicle: "Chronicle", article: str) -> bool:
    return chronicle.store.facts.get(Article, article) is not None


def check_named(chronicle: "Chronicle", ref: Ref) -> Iterator[Problem]:
    """An entity or a source: whether it still has the page it was given."""
    for given in chronicle.store.facts.about(Permalink, str(ref)):
        yield from _permalink(chronicle, given)


# ------------------------------------------------------------------------------------------------ one record


def capture_faults(chronicle: "Chronicle", capture: Capture) -> Iterator[Problem]:
    """What is wrong with a capture's bytes; those that were erased on purpose are not missed."""
    if chronicle.archive.is_erased(capture):
        return
    where = f"capture:{capture.id}"
    try:
        content = chronicle.archive.read(capture)
    except DiurnaError as error:
        yield fault("A capture's bytes are damaged or missing.", where, str(error), "the bytes that came", RESTORE)
        return
    if len(content) != capture.size or content_digest(content) != capture.digest:
        yield fault("A capture has other bytes.", where, f"{len(content)} bytes", f"{capture.size} bytes", RESTORE)


def _entry(entry: Entry) -> Iterator[Problem]:
    where = f"entry:{entry.id}"
    if entry_id(entry) != entry.id:
        yield fault("An entry was changed.", where, f"content of entry:{entry_id(entry)}", "what its id names", RESTORE)
    texts = [(entry.text, link) for link in entry.links]
    texts += [(topic.text, link) for topic in entry.topics for link in topic.links]
    for text, link in texts:
        if not _lies_in(link, text):
            received = f"{link.shown!r} at {link.start}:{link.end}"
            yield fault(
                "A link does not lie where it says.", where, received, f"{text[link.start : link.end]!r}", RESTORE
            )


def _lies_in(link: Wikilink, text: str) -> bool:
    return 0 <= link.start <= link.end <= len(text) and text[link.start : link.end] == link.shown


def _revision(chronicle: "Chronicle", revision: Revision) -> Iterator[Problem]:
    where = f"revision:{revision.id}"
    if chronicle.store.facts.get(Capture, revision.capture) is None:
        yield missing(where, f"capture:{revision.capture}")
    known = chronicle.store.facts.get_many(Entry, revision.entries)
    for entry in revision.entries:
        if entry not in known:
            yield missing(where, f"entry:{entry}")


def _permalink(chronicle: "Chronicle", given: Permalink) -> Iterator[Problem]:
    """A page once given must be there: its record's view has this address."""
    kind, _, identifier = given.ref.partition(":")
    views = chronicle.store.views
    finders: dict[str, Callable[[str], object]] = {
        "article": views.report,
        "event": views.event,
        "entity": views.entity,
        "source": views.source,
    }
    if kind not in finders:
        return
    shown = getattr(finders[kind](identifier), "permalink", None)
    named = kind != "entity" or views.count_naming(identifier) or views.events_with(Ref("entity", identifier), limit=1)
    if shown is None and not named:
        return  # what named it was erased
    if shown is None:
        yield fault(
            "A page that was given is gone.", given.id, f"no view of {given.ref}", "the page, for good", REBUILD
        )
    elif shown != given.id:
        yield fault("A page has moved.", str(given.ref), str(shown), given.id, REBUILD)


def _event(chronicle: "Chronicle", event: Event, membership: Membership) -> Iterator[Problem]:
    where = f"event:{event.id}"
    facts, views = chronicle.store.facts, chronicle.store.views
    given = facts.get(Permalink, event.permalink)
    if given is None or given.ref != where:
        received = given.ref if given else "no permalink"
        yield fault("An event's address is not its own.", where, f"{event.permalink}: {received}", where, REBUILD)
    if not event.members and event.status != "withdrawn":  # of one whose reports were all erased nothing is left
        yield fault("An event is made of nothing.", where, "no member", "one at least", REBUILD)
    yield from member_faults(chronicle, event, membership)
    if event.status == "merged" and views.event_at(event.into) is None:
        yield fault("A merged event leads nowhere.", where, event.into, "the permalink of an event", REBUILD)
    if event.parent and views.event(event.parent.partition(":")[2]) is None:
        yield missing(where, event.parent)
    others = [pair.other for pair in views.pairs_of(event.id)]
    there = views.events(others)
    for other in others:
        if other not in there:
            yield missing(where, f"event:{other}")
