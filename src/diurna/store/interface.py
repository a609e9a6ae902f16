"""What a stage may ask of storage. Every store passes the same conformance suite (`tests/store`)."""

from collections.abc import Iterable, Iterator, Sequence
from contextlib import AbstractContextManager
from datetime import date, datetime
from typing import Any, Protocol, TypeVar

from msgspec import Struct

from diurna.model import Annotation, Article, Dating, Entity, Event, Link, Problem, Reason, Ref, Report
from diurna.store.understood import Understood

__all__ = [
    "ArticleHit",
    "Companion",
    "Counts",
    "Facts",
    "Feed",
    "Hit",
    "Learned",
    "Pair",
    "Posting",
    "Recurring",
    "Schedule",
    "Source",
    "Store",
    "Views",
    "Wanted",
]

T = TypeVar("T", bound=Struct)


class Counts(Struct, frozen=True):
    """How much the chronicle holds: views that are current, and facts."""

    events: int
    entries: int
    entities: int
    sources: int
    days: int
    revisions: int
    captures: int
    problems: int
    reports: int = 0


class Companion(Struct, frozen=True):
    """Entity, topic, source or category with its page and the number of events it has (or shares with another)."""

    id: str
    name: str
    permalink: str
    count: int


class Source(Struct, frozen=True):
    """Publisher as citations show it: id, name, page and host."""

    id: str
    name: str
    permalink: str
    host: str


class Hit(Struct, frozen=True):
    """Event found by a search, better ones first; `snippet` is a piece of its text."""

    event: str
    permalink: str
    headline: str
    date: date
    score: float
    snippet: str


class ArticleHit(Struct, frozen=True):
    """Report found by a search, better ones first; `snippet` is a piece of its text."""

    report: Report
    score: float
    snippet: str


class Recurring(Struct, frozen=True):
    """How many articles a publisher has and how many had each key, at the last closed epoch and `_now`."""

    epoch: int
    articles: int
    counts: dict[str, int]
    articles_now: int
    counts_now: dict[str, int]


class Feed(Struct, frozen=True, kw_only=True):
    """Feed or sitemap that is asked now and then, and its health.

    `source` is the main host of its publisher; `kind` is `feed` or `sitemap`. Times are in UTC: `asked` last,
    `succeeded` last, `changed` when it last brought a new article, `due` next. `interval` is in seconds; `failures`
    counts those since the last success, `error` tells the last one.
    """

    url: str
    source: str
    due: datetime
    kind: str = "feed"
    name: str = ""
    etag: str = ""
    last_modified: str = ""
    interval: float = 0.0
    asked: datetime | None = None
    succeeded: datetime | None = None
    changed: datetime | None = None
    error: str = ""
    failures: int = 0
    articles: int = 0


class Wanted(Struct, frozen=True, kw_only=True):
    """Page that is to be fetched: where it was found, what was said of it there, and how often it was tried in vain."""

    url: str
    due: datetime
    found_in: str = ""
    kind: str = "page"
    title: str = ""
    published: Dating | None = None
    tries: int = 0
    error: str = ""


class Posting(Struct, frozen=True):
    """Event (its rank) that has a feature, and how many events had been observed when it was first seen to."""

    event: int
    rank: int


class Pair(Struct, frozen=True):
    """Two events and how much they share; `gap` is their distance in days. The score never changes with later arrivals.

    One that is not `shown` is too weak for a reader; it is kept for measuring.
    """

    event: str
    other: str
    score: float
    gap: int
    shown: bool = True
    reasons: tuple[Reason, ...] = ()


class Facts(Protocol):
    """Primary and derived records: appended, never changed. Order of arrival is their order."""

    def append(self, record: Struct) -> int:
        """Keep a record; returns its arrival number, 0 when one of its kind and id is there already."""

    def get(self, kind: type[T], identifier: str) -> T | None:
        """The record of this kind and id."""

    def get_many(self, kind: type[T], identifiers: Iterable[str]) -> dict[str, T]:
        """The records of these ids that are there."""

    def numbers(self, kind: type[Struct], identifiers: Iterable[str]) -> dict[str, int]:
        """Arrival numbers of the records of these ids that are there."""

    def about(self, kind: type[T], key: str) -> list[T]:
        """Records by what they are about, as they arrived.

        The key of a Revision is its day, of a Judgement its subject, of a Permalink what it leads to, of an
        Article its URL, of an Annotation its article, of an Entry its day, of a Capture its digest, of a Problem its
        place.
        """

    def arrivals(self, kind: type[T], key: str) -> list[tuple[int, T]]:
        """Records by what they are about, each with its arrival number."""

    def starting(self, kind: type[T], prefix: str, *, by_key: bool = False, limit: int = 20) -> list[T]:
        """Records whose id, or what they are about (as `about` has it), begins with some characters; in that order."""

    def last(self, kind: type[T]) -> T | None:
        """The record of a kind that arrived last."""

    def scan(self, *kinds: type[Struct], after: int = 0) -> Iterator[tuple[int, Struct]]:
        """Records of these kinds with their arrival numbers, as they arrived."""

    def count(self, kind: type[Struct]) -> int:
        """How many records of a kind there are."""

    def erase(self, records: Iterable[Annotation | Article | Problem]) -> None:
        """Take the words out of articles, which leaves their tombstones; remove annotations, and problems that quote
        them.
        """


class Views(Understood, Protocol):
    """Computed from facts; `clear` and computing them again changes nothing a reader sees."""

    # Events
    def put_event(self, event: Event) -> None:
        """Set an event's view, its entities, sources and searchable text; touches every page that shows it."""

    def event(self, identifier: str) -> Event | None:
        """The event of this id."""

    def events(self, identifiers: Sequence[str]) -> dict[str, Event]:
        """The events of these ids."""

    def event_at(self, permalink: str) -> Event | None:
        """The event of this permalink."""

    def event_of_rank(self, rank: int) -> Event | None:
        """The event that was the n-th to arrive."""

    def events_of_ranks(self, ranks: Sequence[int]) -> list[Event]:
        """The events that were the n-th to arrive, for each n given; in no order."""

    def last_rank(self) -> int:
        """How many events have arrived."""

    def nested_in(self, parent: str) -> list[Event]:
        """Events whose entry stands under that of `parent` (`event:…`), in order of arrival."""

    def events_on(self, day: date) -> list[Event]:
        """Events filed under a day, in order of arrival; merged ones are left out."""

    def recent_events(self, limit: int) -> list[Event]:
        """The newest events by day, then by arrival, newest first; current ones only."""

    def permalinks(self) -> list[str]:
        """Permalinks of all events that are not merged, of entities and of sources, in order."""

    # Days
    def days(self, prefix: str = "") -> list[tuple[date, int]]:
        """Days that have events, oldest first, with their number; `prefix` is `2017` or `2017-05`."""

    def day_beside(self, day: date, step: int) -> date | None:
        """The nearest day with events before (`step` -1) or after (+1) a day."""

    # Entities (role `linked` or `topic`), sources, categories. Lists of events are newest first, current ones only.
    def put_entity(self, identifier: str, name: str, permalink: str) -> None:
        """Set an entity; one that is there keeps its first name and page."""

    def has_entity(self, identifier: str) -> bool:
        """Whether an entity is there."""

    def put_source(self, source: Source) -> None:
        """Set a source; one that is there keeps its first name and page."""

    def rename_source(self, identifier: str, name: str) -> None:
        """Show a source under another name; one that no event and no article has yet is left for later."""

    def has_source(self, identifier: str) -> bool:
        """Whether a source is there."""

    def add_aliases(self, pairs: Iterable[tuple[str, str]]) -> None:
        """Note words that an entity (its id) was shown with."""

    def find_entity(self, name: str) -> list[Entity]:
        """Entities of this name or alias, or with this page; the name as written first."""

    def entity(self, identifier: str) -> Entity | None:
        """The entity of this id."""

    def entity_pages(self, identifiers: Sequence[str]) -> dict[str, str]:
        """Permalinks of entities by their ids."""

    def crowded(self, above: int) -> set[str]:
        """Entities, sources and categories (as references) that have more than so many events."""

    def source(self, identifier: str) -> Source | None:
        """The source of this id."""

    def events_with(self, what: Ref, *, role: str = "", year: int | None = None, limit: int = 200) -> list[Event]:
        """Events that carry `entity:…`, cite `source:…` or stand under `category:…`."""

    def years_of(self, what: Ref, *, role: str = "") -> list[tuple[int, int]]:
        """Years with events of an entity, source or category, oldest first, with their number."""

    def companions(self, what: Ref, limit: int = 20) -> list[Companion]:
        """Entities that share most events with `entity:…`, or with the events under `topic:…`; ties by name."""

    def most_frequent(self, kind: str, *, role: str = "", limit: int = 300) -> list[Companion]:
        """Entities, sources or categories (`kind`) with most events; ties by name."""

    def counts(self) -> Counts:
        """How much there is."""

    def digest(self) -> str:
        """Name of what the views hold: a digest over every event, by permalink. No time of a run goes into it."""

    # Related events
    def add_postings(self, event: Event, rank: int, features: Sequence[str], *, new: bool = False) -> None:
        """Note that an event has features, observed when `rank` events were known; a feature it had already is left.

        A `new` event had none, which spares looking.
        """

    def latest(self, features: Sequence[str], before: int, most: int) -> list[list[int]]:
        """For each feature, ranks of the latest events that were seen to have it before an event; the last first."""

    def postings(self, feature: str) -> list[Posting]:
        """Events that have a feature, in the order they were noted."""

    def frequencies(self, features: Sequence[str], rank: int) -> list[int]:
        """How many of the first `rank` events had each feature."""

    def put_pairs(self, pairs: Iterable[Pair]) -> None:
        """Set pairs of events (each given once, kept for both), dropped before; touches the pages that list them."""

    def pairs_of(self, event: str) -> list[Pair]:
        """All scored pairs that touch an event, best first: score, then nearness in time, then id."""

    def paired(self, event: str) -> list[int]:
        """Ranks of the events that an event has pairs with, lowest first."""

    def drop_pairs(self, event: str) -> None:
        """Take back all pairs of an event, before they are scored anew."""

    def related(self, event: str, limit: int | None = 10) -> list[Link]:
        """The best related events that are current, with the entities both carry; without `limit` all that were
        scored.
        """

    # Articles
    def put_report(self, new: Report, article: Article | None) -> None:
        """Set a report's view and its searchable text (none without an article); touches the pages that show it."""

    def report(self, identifier: str) -> Report | None:
        """The report of this id."""

    def report_at(self, permalink: str) -> Report | None:
        """The report of this permalink."""

    def report_of(self, article: str) -> Report | None:
        """The report that an article is a version of."""

    def family(self, identifier: str) -> list[Report]:
        """Reports with one text, gathered under a report: its copies and itself, in order of arrival."""

    def reports_of(self, source: str, limit: int = 200) -> list[Report]:
        """The newest reports of a source that are current, newest first; undated ones last."""

    def count_reports(self, source: str) -> int:
        """How many current reports a source has."""

    def scan_reports(self) -> Iterator[Report]:
        """All reports, in order of arrival."""

    def last_report(self) -> int:
        """How many reports have arrived."""

    def search_articles(self, query: str, limit: int = 20) -> list[ArticleHit]:
        """Reports whose title, lede or text have all the words of the query, better ones first."""

    def scrub_texts(self) -> None:
        """Make the searchable texts anew, so that no index keeps a word of what was taken out."""

    # Cited pages
    def put_reading(self, address: str, article: str) -> None:
        """Note the article that a page's address (`url_key`) now stands for."""

    def drop_reading(self, address: str) -> None:
        """Let a page's address stand for no article."""

    def reading(self, address: str) -> str | None:
        """Id of the article read from a page."""

    def put_picture(self, address: str, capture: str) -> None:
        """Note the capture that holds a picture's bytes."""

    def picture(self, address: str) -> str | None:
        """Id of the capture that holds a picture's bytes."""

    def citing(self, address: str) -> list[str]:
        """Ids of the events that cite a page, or show a picture, in order of arrival."""

    # Pages that must be written again
    def touch(self, pages: Iterable[str]) -> None:
        """Note that what these pages show has changed (`event:…`, `day:2017-05-22`, `entity:…`, `topic:…`)."""

    def touched(self, after: int = 0) -> list[str]:
        """Pages touched since a sequence number, in a fixed order."""

    def sequence(self) -> int:
        """The number of the last touch."""

    def moment(self, sequence: int) -> str:
        """What tells a touch from one that has its number in a copy of the store; empty for one that is not known."""

    def search(self, query: str, limit: int = 20) -> list[Hit]:
        """Events whose headline, lede, topics or entities have all the words of the query."""

    def clear(self) -> None:
        """Throw all views away; every page they had counts as touched."""


class Learned(Protocol):
    """What was learned from articles as they came. A rebuild leaves it as it is: what followed from it is kept."""

    def recurring(self, of: str, keys: Sequence[str]) -> Recurring:
        """How many articles a publisher had, and how many of them had each key."""

    def observe(self, of: str, keys: Sequence[str], epoch_articles: int) -> None:
        """Count an article of a publisher; an epoch closes every `epoch_articles` articles."""

    def sharing(self, keys: Sequence[int], limit: int) -> list[str]:
        """Articles that share bands with a signature, those that share most first; at most `limit`."""

    def add_bands(self, article: str, keys: Sequence[int]) -> None:
        """Index an article's signature."""

    def drop_bands(self, article: str) -> None:
        """Forget an article's signature."""

    def live(self) -> list[tuple[int, bytes, bytes]]:
        """Records that new ones are grouped with, as they were put: slot, traits, state."""

    def put_live(self, rows: Sequence[tuple[int, bytes, bytes]]) -> None:
        """Set some of them; those that are there already, with empty traits, keep those they have."""

    def drop_live(self, slots: Iterable[int]) -> None:
        """Group with some of them no more."""


class Schedule(Protocol):
    """What to ask of the web next. It may be lost without loss to the chronicle."""

    def put_feed(self, record: Feed) -> None:
        """Set a feed's state."""

    def feed(self, url: str) -> Feed | None:
        """The feed of this address."""

    def drop_feed(self, url: str) -> None:
        """Ask a feed no more."""

    def feeds(self, source: str = "", due: datetime | None = None) -> list[Feed]:
        """Feeds, of one source and due by some time if asked, by address."""

    def want(self, pages: Iterable[Wanted]) -> list[Wanted]:
        """Note pages to be fetched, and give those that were not wanted already."""

    def put_wanted(self, page: Wanted) -> None:
        """Set the state of a page to be fetched."""

    def got(self, urls: Sequence[str]) -> None:
        """Want pages no more."""

    def wanted(self, due: datetime | None = None, limit: int = 100_000) -> list[Wanted]:
        """Pages to be fetched, by some time if asked, those that have waited longest first."""

    def count_wanted(self) -> int:
        """How many pages are to be fetched."""

    def hosts(self, kind: type[T]) -> dict[str, T]:
        """What is remembered of hosts, by name."""

    def put_host(self, name: str, state: Struct) -> None:
        """Remember something of a host."""


class Store(Protocol):
    """A chronicle's facts and views; one writer, many readers."""

    @property
    def facts(self) -> Facts:
        """Primary and derived records."""

    @property
    def views(self) -> Views:
        """What is computed from them."""

    @property
    def learned(self) -> Learned:
        """What was learned from articles."""

    @property
    def schedule(self) -> Schedule:
        """What to ask of the web next."""

    @property
    def identity(self) -> str:
        """Name of this store, given when it was made."""

    def writing(self) -> AbstractContextManager[Any]:
        """One transaction: all of it is kept, durably, when the block ends; nothing of it when it raises.

        Its value says whether another process has written since the last one, so that what callers remember is stale.

        Raises:
            StoreBusy: another process is writing.
        """

    def check(self) -> list[str]:
        """What is wrong with the storage itself, in words; empty when all is well."""

    def close(self) -> None:
        """Let go of files and connections."""
