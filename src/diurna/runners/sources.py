"""The sources of a chronicle: who they are, which feeds are asked, and what a new address turns out to be."""

from datetime import datetime
from urllib.parse import urlsplit

from msgspec import Struct
from msgspec.structs import replace

from diurna.components import Settings
from diurna.errors import problem
from diurna.extract.feed import read_feed
from diurna.extract.feed_links import read_home
from diurna.extract.outline import OutlineSource
from diurna.extract.sitemap import read_sitemap
from diurna.ingest import Arrival
from diurna.ingest.fetched import Fetched, HostState, Job
from diurna.model import Problem, Source, make_id
from diurna.registry import publisher_of
from diurna.store.interface import Feed, Store
from diurna.store.views import publisher_host

__all__ = [
    "Description",
    "Probe",
    "described",
    "description",
    "feed_of",
    "host_of",
    "probe",
    "subscribe",
    "unsubscribe",
    "wish_of",
]


class Probe(Struct, frozen=True, kw_only=True):
    """What an address is: a `feed` or `sitemap` with so many items, or a `page` that names feeds; else a problem."""

    url: str
    kind: str = ""
    name: str = ""
    home: str = ""
    language: str = ""
    items: int = 0
    newest: datetime | None = None
    feeds: tuple[str, ...] = ()
    problems: tuple[Problem, ...] = ()


class Description(Struct, frozen=True, kw_only=True):
    """What is known of a publisher: a user's words before the registry's; `basis` names the pages that say so."""

    host: str
    name: str
    home: str = ""
    country: str = ""
    language: str = ""
    kind: str = ""
    basis: tuple[tuple[str, str], ...] = ()


def host_of(url: str) -> str:
    """Main host of the publisher that an address belongs to; empty where it has none."""
    try:
        host = (urlsplit(url).hostname or "").lower()
    except ValueError:
        return ""
    return publisher_host(host) if host else ""


def probe(urls: list[str], settings: Settings, hosts: dict[str, HostState]) -> list[Probe]:
    """Fetch addresses and tell what they are, in their order; nothing is kept."""
    from diurna.ingest.fetch import fetch_all  # only those who ask the web wait for aiohttp

    found: dict[str, Probe] = {}

    def deliver(batch: "list[Fetched] | tuple[Fetched, ...]", _: object) -> list[Job]:
        for fetched in batch:
            found[fetched.job.url] = _probed(fetched, settings)
        return []

    fetch_all([Job(url, "home") for url in urls], hosts, settings.fetch, deliver)  # type: ignore[arg-type]
    return [found.get(url) or Probe(url=url, problems=(_unanswered(url),)) for url in urls]


def _probed(fetched: Fetched, settings: Settings) -> Probe:
    url = fetched.moved_to or fetched.job.url
    if fetched.arrival is None:
        return Probe(url=url, problems=(fetched.problem or _unanswered(url),))
    arrival: Arrival = fetched.arrival
    content, capture = arrival.content, arrival.capture
    if arrival.form == "feed":
        reading = read_feed(content, capture, settings.feeds)
        times = [article.published.time for article in reading.articles if article.published is not None]
        return Probe(
            url=url,
            kind="feed",
            name=reading.title,
            home=reading.home,
            language=reading.language,
            items=len(reading.articles),
            newest=max(times, default=None),
            problems=reading.problems,
        )
    if arrival.form == "sitemap":
        listed = read_sitemap(content, capture, settings.listings)
        items = len(listed.pages) + len(listed.sitemaps)
        return Probe(url=url, kind="sitemap", items=items, problems=listed.problems)
    if arrival.form == "page":
        home = read_home(content, capture.media_type, capture.answered)
        feeds = tuple(link.url for link in home.feeds)
        return Probe(url=url, kind="page", name=home.name, home=url, language=home.language, feeds=feeds)
    return Probe(url=url, kind=arrival.form)


def _unanswered(url: str) -> Problem:
    return problem(
        "The address was not asked: its host rests, or the time was over.",
        url,
        received="no answer",
        allowed="an answer",
        next_step="try again later, or add it unseen with --unseen",
        severity="error",
    )


def described(store: Store, wish: Source) -> Source | None:
    """A user's description of a publisher as it is to be kept; None where the newest one says the same."""
    known = store.facts.about(Source, wish.host)
    fields = (wish.host, wish.name, wish.home, wish.country, wish.language, wish.kind)
    source = replace(wish, id=make_id("source", *fields, str(len(known))))
    return None if known and replace(known[-1], id=source.id) == source else source


def description(store: Store, host: str) -> Description:
    """What is known of a publisher, field by field from the user, then from the registry."""
    told = store.facts.about(Source, host)[-1:]
    own = told[0] if told else Source(id="", host=host, name="")
    known = publisher_of(host)
    if known is None:
        return Description(
            host=host,
            name=own.name or host,
            home=own.home,
            country=own.country,
            language=own.language,
            kind=own.kind,
        )
    languages = ", ".join(known.languages)
    basis = [("country", known.basis.country), ("language", known.basis.languages), ("kind", known.basis.kind)]
    given = {"country": own.country, "language": own.language, "kind": own.kind}
    return Description(
        host=host,
        name=own.name or known.name,
        home=own.home or known.home,
        country=own.country or known.country,
        language=own.language or languages,
        kind=own.kind or known.kind,
        basis=tuple((field, page) for field, page in basis if page and not given[field]),
    )


def subscribe(store: Store, feed: Feed) -> bool:
    """Ask a feed from now on; whether it was not asked before. Call it while writing."""
    known = store.schedule.feed(feed.url)
    if known is None:
        store.schedule.put_feed(feed)
    return known is None


def feed_of(source: OutlineSource, due: datetime) -> Feed | None:
    """The feed that an OPML file lists; None for a mere site."""
    if not source.feed:
        return None
    return Feed(url=source.feed, source=host_of(source.home or source.feed), due=due, name=source.name)


def wish_of(store: Store, listed: OutlineSource) -> Source | None:
    """A publisher as an OPML file describes it; None where it says nothing new, or somebody described it before."""
    host = host_of(listed.home or listed.feed)
    if not host or not (listed.country or listed.kind or listed.language) or store.facts.about(Source, host):
        return None
    known = publisher_of(host)
    fields = {"country": listed.country, "language": listed.language, "kind": listed.kind}
    if known is not None:  # what the registry says too need not be kept
        theirs = {"country": known.country, "language": next(iter(known.languages), ""), "kind": known.kind}
        fields = {name: value for name, value in fields.items() if value != theirs[name]}
        if not any(fields.values()):
            return None
    return Source(id="", host=host, name="" if known else listed.name, home=listed.home, **fields)


def unsubscribe(store: Store, feeds: list[Feed]) -> None:
    """Ask feeds no more; articles that came from them stay. Call it while writing."""
    for feed in feeds:
        store.schedule.drop_feed(feed.url)
