"""Claims and findings of a whole chronicle as rows of a table, read event by event so that memory stays small."""

from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime

from msgspec import Struct

from diurna.model import Claim, Event, Finding, Report, Span, Stated
from diurna.publish.event_findings import findings_among, text_source, told_of
from diurna.publish.event_members import standings
from diurna.publish.finding_sections import ordered
from diurna.publish.membership_lines import Standing
from diurna.publish.readings import Readings
from diurna.publish.site_settings import SiteSettings
from diurna.reconcile.findings import Testimony
from diurna.reconcile.origins import origin_words
from diurna.reconcile.speaking import speakers_by_claim
from diurna.reconcile.values import range_of
from diurna.store.interface import Store

__all__ = ["ClaimRow", "FindingRow", "claim_rows", "finding_rows"]

Advance = Callable[[str, int, int], None]

_EVENTS, _REPORTS = 100, 1000
"""Events and reports after which what was held of them in memory is let go."""


class ClaimRow(Struct, frozen=True, kw_only=True):
    """A claim, the event that it speaks of, the finding that it belongs to, and the words that it stands on.

    `event` to `headline` are empty where it speaks of none that is known, `finding` to `rule` where it gives nothing
    that is compared. `kind`: `figure` or `statement`. `lower` and `upper` bound what the words may mean, in `unit`,
    None for open; `earliest` and `latest` those of a time, in UTC. `origin` is on whose word it rests, with its `role`;
    `chain` runs from the outlet to the origin. `article` is the text that it stands in, an entry of a list where that
    says it. Offsets count characters of the article's text: of the sentence, and of `words`.
    """

    event: str
    day: date | None
    headline: str
    finding: str
    attribute: str
    about: str
    group: str
    state: str
    rule: str
    claim: str
    kind: str
    words: str
    lower: float | None
    upper: float | None
    unit: str
    earliest: datetime | None
    latest: datetime | None
    mode: str
    force: str
    negated: bool
    hedged: bool
    denied: bool
    outlier: bool
    origin: str
    role: str
    chain: tuple[str, ...]
    outlet: str
    article: str
    title: str
    genre: str
    url: str
    published: datetime | None
    sentence: str
    sentence_start: int
    sentence_end: int
    words_start: int | None
    words_end: int | None


class FindingRow(Struct, frozen=True, kw_only=True):
    """A finding with its event: how many statements, reports and origins, and what was printed, each wording once.

    `said_first` and `said_last` are when the first and the last statement was published, where that is known.
    """

    event: str
    day: date
    headline: str
    finding: str
    attribute: str
    about: str
    group: str
    kind: str
    unit: str
    state: str
    rule: str
    statements: int
    reports: int
    origins: int
    origin_names: tuple[str, ...]
    words: tuple[str, ...]
    said_first: datetime | None
    said_last: datetime | None


class _Told(Struct, frozen=True):
    """What the reports of an event say of it, and what was found in that."""

    event: Event
    standings: dict[str, Standing]
    testimonies: list[Testimony]
    findings: tuple[Finding, ...]


def finding_rows(store: Store, advance: Advance = lambda *_: None) -> Iterator[FindingRow]:
    """Findings of all events, in the order in which the events arrived; of one event what is in dispute first."""
    for told in _events(store, advance):
        yield from (_finding_row(told.event, one) for one in ordered(told.findings))


def claim_rows(store: Store, advance: Advance = lambda *_: None) -> Iterator[ClaimRow]:
    """All claims of articles that are shown, each once: those on events in the order in which these arrived, then those
    on nothing known; of one article in the order of its text.
    """
    for told in _events(store, advance):
        found = {stated.claim: (one, stated) for one in told.findings for stated in one.statements}
        for said in told.testimonies:
            standing = told.standings.get(said.report)
            source = _source(said, standing.report if standing is not None else None)
            for claim in said.annotation.claims:
                if claim.id not in said.elsewhere:
                    yield _claim_row(claim, source, told.event, found.get(claim.id))
    yield from _on_nothing_known(store, advance)


# ------------------------------------------------------------------------------------------------ inner parts


class _Source(Struct, frozen=True):
    """What a text says, the report that it is of (None for a list’s entry), and who speaks, by the ids of claims."""

    said: Testimony
    report: Report | None
    speakers: dict[str, str]


def _source(said: Testimony, report: Report | None) -> _Source:
    return _Source(said, report, speakers_by_claim(said.article, said.annotation.claims))


def _events(store: Store, advance: Advance) -> Iterator[_Told]:
    views, last = store.views, store.views.last_rank()
    for start in range(1, last + 1, _EVENTS):
        ranks = range(start, min(start + _EVENTS, last + 1))
        readings = Readings(views, store)
        for event in sorted(views.events_of_ranks(ranks), key=lambda event: event.rank):
            if event.status == "merged":
                continue
            told = standings(event, (*event.members, *event.also), views, readings, SiteSettings())
            said = told_of(event, told, readings)
            found = findings_among(event, said, readings)
            yield _Told(event, {one.report.id: one for one in told}, said, found)
        advance("events", ranks[-1], last)


def _on_nothing_known(store: Store, advance: Advance) -> Iterator[ClaimRow]:
    """Claims that speak of no event that their article tells of, and those of articles that are in none."""
    total = store.views.last_report()
    readings = Readings(store.views, store)
    for number, report in enumerate(store.views.scan_reports(), 1):
        advance("articles", report.rank, total)
        if not number % _REPORTS:
            readings = Readings(store.views, store)
        article = readings.articles([report.current]).get(report.current) if report.status == "current" else None
        understood = readings.understood(article, report) if article is not None else None
        if article is None or understood is None:
            continue
        places = readings.places(report)
        homeless = not places or places[0][1].verdict == "tells"
        outlet = readings.publisher(report)[0]
        said = Testimony(report.id, article, understood.annotation, outlet, text_source(report, article, readings))
        source = _source(said, report)
        for claim in understood.annotation.claims:
            spoken = understood.events.get(claim.id)
            if spoken.event == "" if spoken is not None else homeless:
                yield _claim_row(claim, source, None, None)


def _claim_row(claim: Claim, source: _Source, event: Event | None, found: tuple[Finding, Stated] | None) -> ClaimRow:
    said, report, text = source.said, source.report, source.said.article.text
    one, stated = found if found is not None else (None, None)
    spans = (claim.measured,) if claim.measured is not None else claim.content
    bounds = _bounds_in(*found) if found is not None else _bounds(claim, text)
    published = said.article.published
    origin = source.speakers.get(claim.id) or origin_words(claim, said.source or said.outlet)
    voices = tuple(voice.words for voice in claim.chain if voice.kind != "outlet")
    return ClaimRow(
        event=event.permalink if event is not None else "",
        day=event.day if event is not None else None,
        headline=event.headline if event is not None else "",
        finding=f"finding:{one.id}" if one is not None else "",
        attribute=one.attribute if one is not None else claim.attribute,
        about=one.about if one is not None else _cut(text, claim.subject),
        group=one.group if one is not None else "",
        state=one.state if one is not None else "",
        rule=one.rule if one is not None else "",
        claim=f"claim:{claim.id}",
        kind=claim.kind,
        words=_cut(text, spans),
        lower=None if bounds.timed else bounds.lower,
        upper=None if bounds.timed else bounds.upper,
        unit=bounds.unit,
        earliest=_moment(bounds.lower) if bounds.timed else None,
        latest=_moment(bounds.upper) if bounds.timed else None,
        mode=claim.mode,
        force=claim.force,
        negated=claim.negated,
        hedged=claim.hedged,
        denied=stated is not None and stated.denied,
        outlier=stated is not None and stated.outlier,
        origin=stated.origin if stated is not None else origin,
        role=stated.role if stated is not None else "",
        chain=(said.outlet, *(stated.voices if stated is not None else voices)),
        outlet=said.outlet,
        article=claim.of if report is None else f"article:{report.id}",
        title=report.title if report is not None else "",
        genre=report.genre if report is not None else "",
        url=report.url if report is not None else "",
        published=published.time if published is not None else None,
        sentence=text[claim.sentence.start : claim.sentence.end],
        sentence_start=claim.sentence.start,
        sentence_end=claim.sentence.end,
        words_start=spans[0].start if spans else None,
        words_end=spans[-1].end if spans else None,
    )


class _Bounds(Struct, frozen=True):
    """Bounds of what a claim's words may mean, in a unit; of a time, in seconds since 1970."""

    lower: float | None = None
    upper: float | None = None
    unit: str = ""
    timed: bool = False


def _bounds_in(one: Finding, stated: Stated) -> _Bounds:
    return _Bounds(stated.lower, stated.upper, one.unit, one.kind == "time")


def _bounds(claim: Claim, text: str) -> _Bounds:
    given = range_of(claim, text) if claim.kind == "figure" else None
    return _Bounds(given.lower, given.upper, given.unit, given.kind == "time") if given is not None else _Bounds()


def _finding_row(event: Event, one: Finding) -> FindingRow:
    times = [stated.at for stated in one.statements if stated.at is not None]
    return FindingRow(
        event=event.permalink,
        day=event.day,
        headline=event.headline,
        finding=f"finding:{one.id}",
        attribute=one.attribute,
        about=one.about,
        group=one.group,
        kind=one.kind,
        unit=one.unit,
        state=one.state,
        rule=one.rule,
        statements=len(one.statements),
        reports=one.reports,
        origins=len(one.origins),
        origin_names=one.origins,
        words=tuple(dict.fromkeys(stated.words for stated in one.statements)),
        said_first=min(times, default=None),
        said_last=max(times, default=None),
    )


def _cut(text: str, spans: tuple[Span, ...]) -> str:
    """The words of spans as printed; what lies between them is shown left out."""
    return " … ".join(text[span.start : span.end] for span in spans)


def _moment(seconds: float | None) -> datetime | None:
    return datetime.fromtimestamp(seconds, UTC) if seconds is not None else None
