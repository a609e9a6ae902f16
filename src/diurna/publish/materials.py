"""What the sections of a page are made from: views read once by `build.py`, so that no section asks the store."""

from collections.abc import Iterable
from datetime import date

from msgspec import Struct

from diurna.model import Article, Citation, Entity, Event, Finding, Judgement, Link, Ref, Report, Version
from diurna.publish.article_lines import ReportLine
from diurna.publish.event_members import Words
from diurna.publish.membership_lines import Standing, WhyLine
from diurna.publish.paths import site_path, topic_path
from diurna.publish.readings import Readings, Tally, TextFamily
from diurna.publish.site_settings import SiteSettings
from diurna.publish.spoken_lines import SpokenLine
from diurna.publish.understood import Understood
from diurna.reconcile.speakers import Speaker
from diurna.runners.sources import Description
from diurna.store.interface import Companion, Counts, Store, Views
from diurna.store.views import source_host, source_id

__all__ = [
    "ArticleMaterial",
    "DaysMaterial",
    "Directory",
    "EventMaterial",
    "Neighbour",
    "Place",
    "SiteMaterial",
    "SpanMaterial",
    "SpokenMaterial",
    "SubjectMaterial",
]


class Directory:
    """Where entities, topics and sources have their pages, and what was read; asks the store once for each.

    Pages are given for good, so one directory may serve all pages that are built from one state of the store. Without
    the `store` behind the views it knows of no article's words.
    """

    def __init__(self, views: Views, store: Store | None = None) -> None:
        self._views = views
        self._entities: dict[str, str] = {}
        self._sources: dict[str, tuple[str, str]] = {}
        self.readings = Readings(views, store)

    def learn(self, refs: Iterable[str]) -> None:
        """Look up the pages of many entities (`entity:…`) in one question."""
        missing = {ref.partition(":")[2]: ref for ref in refs if ref not in self._entities}
        if missing:
            known = self._views.entity_pages(list(missing))
            self._entities.update({ref: known.get(identifier, "") for identifier, ref in missing.items()})

    def entity_page(self, ref: str) -> str:
        """Path of the page of `entity:…`; empty where there is none."""
        permalink = self._permalink(ref)
        return site_path(permalink)

    def topic_page(self, ref: str) -> str:
        """Path of the page of `entity:…` as a topic; empty where there is none."""
        return topic_path(self._permalink(ref))

    def source_page(self, citation: Citation) -> str:
        """Path of the page of a citation's publisher; empty where there is none."""
        return self._source(citation)[0]

    def source_name(self, citation: Citation) -> str:
        """Host of a citation's publisher, for one that has no name."""
        return self._source(citation)[1]

    def _source(self, citation: Citation) -> tuple[str, str]:
        host = source_host(citation)
        found = self._sources.get(host)
        if found is None:
            source = self._views.source(source_id(host)) if host else None
            found = self._sources[host] = (site_path(source.permalink), host) if source else ("", host)
        return found

    def _permalink(self, ref: str) -> str:
        if ref not in self._entities:
            self.learn([ref])
        return self._entities[ref]


class Neighbour(Struct, frozen=True):
    """Related event with the link that leads to it."""

    link: Link
    event: Event


class EventMaterial(Struct, frozen=True, kw_only=True):
    """An event with what stands around it: its parent, the events nested in it, related ones, best first.

    `reports` are those in it, `also` those on something else that tell of it too, in the order they came; `words` those
    that say when and where, by the ids of their mentions; `findings` what they state and whether it agrees, `speakers`
    who is said to have said what, `silent` parties of whom nothing is recorded, `decisions`
    what people decided of its claims; of one article's statements
    `statement_words` words are given, None for all.
    """

    event: Event
    parent: Event | None
    nested: tuple[Event, ...]
    related: tuple[Neighbour, ...]
    directory: Directory
    reports: tuple[Standing, ...] = ()
    also: tuple[Standing, ...] = ()
    words: dict[str, Words] = {}
    findings: tuple[Finding, ...] = ()
    speakers: tuple[Speaker, ...] = ()
    silent: tuple[str, ...] = ()
    decisions: tuple[Judgement, ...] = ()
    statement_words: int | None = 0


class DaysMaterial(Struct, frozen=True, kw_only=True):
    """Days with all their events (merged ones left out), in the order in which they are shown; `round_ups` are pieces
    of a day on many things, `findings` what is stated of its events, where a page tells that."""

    days: tuple[tuple[date, tuple[Event, ...]], ...]
    directory: Directory
    site: SiteSettings = SiteSettings()
    round_ups: tuple[tuple[ReportLine, str], ...] = ()
    findings: tuple[tuple[Event, tuple[Finding, ...]], ...] = ()


class SpanMaterial(Struct, frozen=True, kw_only=True):
    """Days of a month, a year or all time with the number of their events, oldest first."""

    year: int | None
    month: int | None
    counts: tuple[tuple[date, int], ...]


class SpokenMaterial(Struct, frozen=True, kw_only=True):
    """What an entity says, newest first: `lines` are those of a page, of `sentences` in all, of which `left_out` stand
    on no page; `months` are those (`2017-05`, empty where nothing dates it) that have pages of their own, with the
    number of sentences of each; `path` is that of the entity's page.
    """

    lines: tuple[SpokenLine, ...]
    sentences: int
    path: str
    left_out: int = 0
    months: tuple[tuple[str, int], ...] = ()


class SubjectMaterial(Struct, frozen=True, kw_only=True):
    """Entity, topic, category or source with its events, newest first.

    `path` is that of its page without a year, `years` the number of events of each; with `year` the events are of that
    year alone. Of a source, `description` is what is known of it, `articles` the number of those it has here, `reports`
    the newest of them. `spoken` is what an entity says.
    """

    ref: Ref
    name: str
    path: str
    years: tuple[tuple[int, int], ...]
    events: tuple[Event, ...]
    year: int | None = None
    entity: Entity | None = None
    host: str = ""
    companions: tuple[Companion, ...] = ()
    description: Description | None = None
    articles: int = 0
    reports: tuple[ReportLine, ...] = ()
    spoken: SpokenMaterial | None = None


class Place(Struct, frozen=True, kw_only=True):
    """Event that an article tells of: the one it is in has `why`, one that it tells of in passing a `sentence`."""

    event: Event
    judgement: Judgement
    why: WhyLine | None = None
    sentence: str = ""


class ArticleMaterial(Struct, frozen=True, kw_only=True):
    """A report with what its page shows; `article` is None where it is withdrawn or erased.

    `publisher` and `source` are name and path of its publisher's page, `family` the reports that share its text,
    `copies` lines about them, `events` those that cite it. `decisions` are people's judgements about it, each with the
    one that took it back; `picture` is the file of its lead image in the site; `understood` is None where nobody has
    read it for names, times and claims yet; `places` are the events that it tells of, the one it is in first.
    """

    report: Report
    article: Article | None
    publisher: str
    source: str
    versions: tuple[tuple[Version, Article], ...]
    family: TextFamily
    copies: tuple[ReportLine, ...]
    events: tuple[Event, ...]
    decisions: tuple[tuple[Judgement, Judgement | None], ...]
    picture: str
    site: SiteSettings
    understood: Understood | None = None
    places: tuple[Place, ...] = ()


class SiteMaterial(Struct, frozen=True, kw_only=True):
    """What the site's own pages tell: counts, the subjects with most events, days, an event as an example.

    `tally` counts articles, `newest` are the latest of them; `descriptions` are of the sources among `subjects`.
    """

    site: SiteSettings
    counts: Counts | None = None
    kind: str = ""
    subjects: tuple[Companion, ...] = ()
    topics: tuple[Companion, ...] = ()
    sources: tuple[Companion, ...] = ()
    example: Event | None = None
    tally: Tally = Tally()
    descriptions: dict[str, Description] = {}
    newest: tuple[ReportLine, ...] = ()
