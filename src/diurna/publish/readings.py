"""What was read of what is cited: articles by their addresses, texts that several outlets share, who publishes them."""

import heapq
from collections import Counter, OrderedDict
from collections.abc import Iterable, Sequence
from datetime import date

from msgspec import Struct
from msgspec.structs import replace

from diurna.enrich.entities.merging import Merges
from diurna.group.copies import origin_of
from diurna.group.lists import DayLists
from diurna.group.membership import Membership
from diurna.model import CLAIM_VERDICTS, Annotation, Article, Entry, Event, Judgement, Report, Revision
from diurna.publish.article_lines import ReportLine, report_line
from diurna.publish.claim_events import claim_events
from diurna.publish.paths import site_path
from diurna.publish.understood import Understood
from diurna.reconcile.findings import Testimony
from diurna.registry import publisher_of
from diurna.runners.sources import Description, description
from diurna.store.interface import Store, Views
from diurna.text import url_key

__all__ = ["NEWEST_ARTICLES", "ROUND_UPS", "Readings", "Tally", "TextFamily", "places_of"]

ROUND_UPS = frozenset(("briefing", "live", "review"))
"""Kinds of pieces that tell of many things, and stand beside the events of their day."""

NEWEST_ARTICLES = 200
"""Articles that the list of all articles, and a source's page, name; the search finds the others."""

_FAMILIES_KEPT = 1000


class TextFamily(Struct, frozen=True):
    """Reports with one text, in order of arrival: which of them it comes from, who wrote it, and what says so.

    One alone has neither origin nor agency.
    """

    reports: tuple[Report, ...]
    origin: str = ""
    agency: str = ""
    because: str = ""

    @property
    def outlets(self) -> int:
        """How many publishers have the text."""
        return len({report.host for report in self.reports})


class Tally(Struct, frozen=True):
    """How many current articles there are, how many of each source (by its id), the newest, and each day's round-ups:
    pieces on many things at once."""

    articles: int = 0
    by_source: dict[str, int] = {}
    newest: tuple[Report, ...] = ()
    round_ups: dict[date, tuple[Report, ...]] = {}


class Readings:
    """Asks a store once for what pages tell of articles and their publishers."""

    def __init__(self, views: Views, store: Store | None) -> None:
        self._views = views
        self._store = store
        self._descriptions: dict[str, Description] = {}
        self._families: OrderedDict[str, TextFamily] = OrderedDict()
        self._names: dict[str, tuple[str, str]] = {}
        self._tally: Tally | None = None
        self._membership = Membership(store.facts) if store is not None else None
        self._lists = DayLists(store.facts) if store is not None else None
        self._merges = Merges(self._membership.judgements if self._membership is not None else lambda _: ())

    def articles(self, identifiers: Iterable[str]) -> dict[str, Article]:
        """The articles of these ids that are there."""
        return self._store.facts.get_many(Article, identifiers) if self._store is not None else {}

    def page_of(self, url: str) -> str:
        """Path of the page of the article that was read at an address; empty where none is shown."""
        article = self._views.reading(url_key(url)) if self._store is not None else None
        report = self._views.report_of(article) if article else None
        return site_path(report.permalink) if report is not None and report.status == "current" else ""

    def description(self, host: str) -> Description:
        """What is known of a publisher."""
        found = self._descriptions.get(host)
        if found is None:
            found = description(self._store, host) if self._store is not None else Description(host=host, name=host)
            self._descriptions[host] = found
        return found

    def decisions(self, report: Report) -> tuple[tuple[Judgement, Judgement | None], ...]:
        """People's judgements about a report, as they were made, each with the one that took it back."""
        if self._store is None:
            return ()
        about = self._store.facts.about(Judgement, f"article:{report.id}")
        made = (judgement for judgement in about if judgement.by_person)
        return tuple(
            (judgement, next(iter(self._store.facts.about(Judgement, f"judgement:{judgement.id}")), None))
            for judgement in made
        )

    def claim_decisions(self, members: Iterable[Testimony]) -> list[Judgement]:
        """What people decided of claims of some reports and entries and did not take back, in the order they came."""
        if self._membership is None:
            return []
        refs = dict.fromkeys(f"{one.annotation.of.partition(':')[0]}:{one.report}" for one in members)
        made = {
            judgement.id: judgement
            for ref in refs
            for judgement in self._membership.judgements(ref)
            if judgement.verdict in CLAIM_VERDICTS
        }
        return sorted(made.values(), key=lambda one: (one.made.timestamp() if one.made else 0.0, one.id))

    def annotation(self, article: str) -> Annotation | None:
        """Names, times and claims of an article (its id)."""
        identifier = self._views.annotation_of(article) if self._store is not None else None
        return self._store.facts.get(Annotation, identifier) if self._store is not None and identifier else None

    def entries(self, event: Event) -> tuple[tuple[Entry, Revision], ...]:
        """The entries that stand for an event in lists, each in its newest wording, with that state of the list."""
        refs = [member.ref for member in event.members if member.ref.startswith("entry:")]
        if self._store is None or self._lists is None or not refs:
            return ()
        made = self._store.facts.get_many(Entry, [ref.partition(":")[2] for ref in refs])
        newest = [states[-1] for states in self._lists.standings(list(made), made.values())]
        standing = {state.entry: state.revision for state in newest if state.entry is not None}
        return tuple((made[entry], revision) for entry, revision in standing.items())

    def understood(self, article: Article, report: Report) -> Understood | None:
        """What was understood of a report's article."""
        annotation = self.annotation(article.id)
        if annotation is None:
            return None
        return Understood(annotation, self._views, self._merges, claim_events(article, annotation, self.places(report)))

    def judgements(self, identifiers: Iterable[str]) -> dict[str, Judgement]:
        """The judgements of these ids that are there."""
        return self._store.facts.get_many(Judgement, identifiers) if self._store is not None else {}

    def places(self, report: Report) -> tuple[tuple[Event, Judgement], ...]:
        """The event that a report is in, if it is in one, then those that it tells of too, each with the judgement
        that says so; events that were merged are left out for those they were merged into.
        """
        known = self._membership is not None and report.status == "current"
        return places_of(report, self._views, self._membership) if known and self._membership is not None else ()

    def publisher(self, report: Report) -> tuple[str, str]:
        """Name and path of the page of a report's publisher."""
        found = self._names.get(report.source)
        if found is None:
            source = self._views.source(report.source)
            found = (source.name, site_path(source.permalink)) if source else (report.host, "")
            self._names[report.source] = found
        return found

    def family(self, report: Report) -> TextFamily:
        """The current reports that share a report's text, itself among them, and where the text comes from."""
        if not report.copy_of:
            return TextFamily((report,))
        found = self._families.get(report.copy_of)
        if found is None:
            found = self._families[report.copy_of] = self._gathered(report.copy_of)
            if len(self._families) > _FAMILIES_KEPT:
                self._families.popitem(last=False)
        return found

    def lines(self, reports: Sequence[Report]) -> tuple[ReportLine, ...]:
        """Reports as pages list them."""
        known = self.articles([report.current for report in reports])
        return tuple(self._line(report, known.get(report.current)) for report in reports)

    def tally(self) -> Tally:
        """Count all articles; goes through them once."""
        if self._tally is None:
            counts: Counter[str] = Counter()
            newest: list[tuple[date, int, Report]] = []
            round_ups: dict[date, list[Report]] = {}
            for report in self._views.scan_reports():
                if report.status != "current":
                    continue
                counts[report.source] += 1
                if report.genre in ROUND_UPS and report.day is not None:
                    round_ups.setdefault(report.day, []).append(report)
                one = (report.day or date.min, report.rank, report)
                if len(newest) < NEWEST_ARTICLES:
                    heapq.heappush(newest, one)
                elif one[:2] > newest[0][:2]:
                    heapq.heapreplace(newest, one)
            ordered = (report for *_, report in sorted(newest, key=lambda one: one[:2], reverse=True))
            beside = {day: tuple(reports) for day, reports in round_ups.items()}
            self._tally = Tally(counts.total(), dict(counts), tuple(ordered), beside)
        return self._tally

    def _line(self, report: Report, article: Article | None) -> ReportLine:
        family = self.family(report)
        origin = next((other for other in family.reports if other.id == family.origin), None)
        named = self.publisher(origin)[0] if origin is not None and origin.id != report.id else ""
        return report_line(report, article, self.publisher(report)[0], named)

    def _gathered(self, identifier: str) -> TextFamily:
        reports = tuple(other for other in self._views.family(identifier) if other.status == "current")
        known = self.articles([other.current for other in reports])
        credited = {name.casefold() for article in known.values() for name in article.agencies}
        texts, agencies, of = [], {}, {}
        for report in reports:
            article = known.get(report.current)
            if article is None:
                continue
            of[article.id] = report.id
            texts.append(replace(article, publisher=report.host))
            own = self.publisher(report)[0]
            if name := self._agency(report.host) or (own if own.casefold() in credited else ""):
                agencies[report.host] = name
        if len(texts) < 2:
            return TextFamily(reports)
        origin = origin_of(texts, agencies)
        return TextFamily(reports, of[origin.article], origin.agency, origin.because)

    def _agency(self, host: str) -> str:
        """Name of a publisher that sells its reports to others; empty for one that does not."""
        known = publisher_of(host)
        if known is not None and known.wire:
            return known.name
        described = self.description(host)
        return described.name if described.kind == "agency" else ""


def places_of(report: Report, views: Views, membership: Membership) -> tuple[tuple[Event, Judgement], ...]:
    """The event that a report is in, if it is in one, then those that it tells of too, each with the judgement that
    says so; events that were merged are left out for those they were merged into.
    """
    own = membership.report_judgement(report.id)
    found: dict[str, tuple[Event, Judgement]] = {}
    for judgement in ([own] if own is not None else []) + membership.told_in(report.id):
        home = membership.merged_into(judgement.object.partition(":")[2])
        event = views.event(home) if home not in found else None
        if event is not None and event.status != "merged":
            found[home] = (event, judgement)
    return tuple(found.values())
