"""`diurna source`: whose feeds are asked, how they fare, and OPML in and out."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import msgspec
import typer

from diurna.cli.console import Answer, Block, Lines, Pairs, Table, progress, remark, tell, tell_source
from diurna.cli.session import JsonOption, session_of
from diurna.cli.show import time_text
from diurna.errors import ConfigurationError
from diurna.model import Source
from diurna.registry import publisher_of

if TYPE_CHECKING:
    from diurna.cli.console import Advance
    from diurna.extract.outline import OutlineSource
    from diurna.runners import Chronicle
    from diurna.runners.sources import Probe
    from diurna.store.interface import Feed

__all__ = ["source"]

source = typer.Typer(
    help="Keep the sources: whose feeds are asked, and how they fare.\n\nArticles stay when their source is removed.",
    no_args_is_help=True,
    rich_markup_mode=None,
)

Name = Annotated[str, typer.Option("--name", help="Name of the publisher, as pages shall show it.")]
Country = Annotated[str, typer.Option("--country", metavar="CODE", help="Where it is based: GB, KR, … (ISO 3166).")]
Language = Annotated[
    str, typer.Option("--language", metavar="TAG", help="What it publishes in: en, pt-BR, … (BCP 47).")
]
KindOption = Annotated[str, typer.Option("--kind", help="agency, newspaper, broadcaster, government, state media, …")]
Unseen = Annotated[bool, typer.Option("--unseen", help="Take addresses as feeds without asking them first.")]


@source.command()
def add(  # noqa: PLR0913  # each is an option of the command
    context: typer.Context,
    addresses: Annotated[
        list[str], typer.Argument(metavar="ADDRESS...", help="Sites, feeds, sitemaps, or OPML files on this machine.")
    ],
    name: Name = "",
    country: Country = "",
    language: Language = "",
    kind: KindOption = "",
    unseen: Unseen = False,
    as_json: Annotated[bool, JsonOption] = False,
) -> None:
    """Have feeds asked from now on. Of a site the feeds that it names are taken."""
    from diurna.runners.sources import feed_of, subscribe, wish_of

    files = [address for address in addresses if not address.lower().startswith(("http://", "https://"))]
    for file in files:
        if not Path(file).is_file():
            raise ConfigurationError(f"{file}: this is no web address (https://…), and there is no such file.")
    if (name or country or language or kind) and (len(addresses) > 1 or files):
        raise ConfigurationError("--name, --country, --language and --kind describe one source; give one address.")
    with session_of(context).open(read_only=False) as chronicle, progress() as advance:
        now = chronicle.clock()
        outlined = [listed for file in files for listed in _outline(chronicle, file)]
        feeds = [feed for listed in outlined if (feed := feed_of(listed, now))]
        urls = [address for address in addresses if address not in files]
        probes = _seen(chronicle, urls, unseen=unseen, advance=advance)
        feeds += [feed for found in probes for feed in _feeds_of(chronicle, found, name)]
        with chronicle.writing():
            added = [feed for feed in feeds if subscribe(chronicle.store, feed)]
            for listed in outlined:
                if wish := wish_of(chronicle.store, listed):
                    chronicle.describe(wish)
            told = Source(id="", host="", name=name, country=country, language=language, kind=kind)
            for found in probes:
                _describe(chronicle, found, told)
        _tell_added(chronicle, added, feeds, probes, as_json=as_json)


@source.command("list")
def list_sources(
    context: typer.Context,
    opml: Annotated[bool, typer.Option("--opml", help="Write OPML, for feed readers and for `source add`.")] = False,
    as_json: Annotated[bool, JsonOption] = False,
) -> None:
    """List the feeds with their health: last success, last new article, error, next due."""
    from diurna.extract.outline import OutlineSource, write_outline
    from diurna.runners.sources import description

    with session_of(context).open() as chronicle:
        feeds = chronicle.store.schedule.feeds()
        about = {host: description(chronicle.store, host) for host in {feed.source for feed in feeds}}
        if opml:
            listed = [
                OutlineSource(
                    name=feed.name or about[feed.source].name,
                    home=about[feed.source].home,
                    feed=feed.url,
                    language=about[feed.source].language.partition(",")[0],
                    category=about[feed.source].name,
                    country=about[feed.source].country,
                    kind=about[feed.source].kind,
                )
                for feed in feeds
            ]
            tell_source(write_outline(listed, chronicle.settings.chronicle.title))
            return
        rows = [
            (
                about[feed.source].name,
                feed.url,
                about[feed.source].country,
                about[feed.source].language,
                about[feed.source].kind,
                time_text(feed.succeeded) or "never",
                time_text(feed.changed),
                time_text(feed.due),
                feed.error,
            )
            for feed in feeds
        ]
        columns = ("source", "feed", "country", "language", "kind", "last success", "last new", "next due", "error")
        waiting = chronicle.store.schedule.count_wanted()
        blocks: list[Block] = (
            [Table(columns, rows)] if rows else [Lines(["No feed is asked. `diurna source add` adds one."])]
        )
        if waiting:
            blocks.append(Lines([f"{waiting:,} pages are to be fetched: `diurna update` fetches them."]))
        data = [{**msgspec.to_builtins(feed), "publisher": msgspec.to_builtins(about[feed.source])} for feed in feeds]
        tell(Answer({"feeds": data, "wanted": waiting}, blocks), as_json=as_json)


@source.command()
def remove(
    context: typer.Context,
    addresses: Annotated[list[str], typer.Argument(metavar="ADDRESS...", help="Feeds, or hosts of sources.")],
) -> None:
    """Ask feeds no more. What came from them stays in the chronicle."""
    from diurna.runners.sources import unsubscribe

    with session_of(context).open(read_only=False) as chronicle:
        gone = [feed for address in addresses for feed in _named(chronicle, address)]
        with chronicle.writing():
            unsubscribe(chronicle.store, gone)
    tell(Answer([feed.url for feed in gone], [Lines([f"{feed.url} is asked no more." for feed in gone])]))


@source.command()
def check(
    context: typer.Context,
    addresses: Annotated[
        list[str] | None, typer.Argument(metavar="[ADDRESS]...", help="Feeds or hosts; else all.")
    ] = None,
    as_json: Annotated[bool, JsonOption] = False,
) -> None:
    """Ask feeds what they have, and tell what is wrong with them. Nothing is kept."""
    with session_of(context).open() as chronicle, progress() as advance:
        known = chronicle.store.schedule.feeds()
        feeds = [feed for address in addresses for feed in _named(chronicle, address)] if addresses else known
        probes = _seen(chronicle, [feed.url for feed in feeds], unseen=False, advance=advance)
    rows = [
        (found.url, found.kind or "-", f"{found.items:,}", time_text(found.newest), _worst(found)) for found in probes
    ]
    tell(
        Answer(
            [msgspec.to_builtins(found) for found in probes],
            [Table(("feed", "is", "items", "newest", "problem"), rows)],
        ),
        as_json=as_json,
    )
    if any(_is_bad(found) for found in probes):
        raise typer.Exit(1)


# ------------------------------------------------------------------------------------------------ inner parts


def _outline(chronicle: "Chronicle", file: str) -> "list[OutlineSource]":
    from diurna.extract.outline import read_outline
    from diurna.ingest.arrivals import Way, capture_of

    content = Path(file).read_bytes()
    way = Way(
        asked=file, answered=f"file:{Path(file).name}", media_type="text/x-opml", via="file", observed=chronicle.clock()
    )
    outline = read_outline(content, capture_of(content, way), chronicle.settings.listings)
    for told in outline.problems:
        remark(f"{told.what}: {told.received}. {told.next_step}")
    if not outline.sources:
        raise ConfigurationError(f"{file}: this OPML file lists no feeds, or it is none.")
    return list(outline.sources)


def _seen(chronicle: "Chronicle", urls: list[str], *, unseen: bool, advance: "Advance") -> "list[Probe]":
    """What addresses are; unseen ones are taken for feeds."""
    from diurna.ingest.fetch import HostState
    from diurna.runners.sources import Probe, probe

    if unseen:
        return [Probe(url=url, kind="feed") for url in urls]
    if not urls:
        return []
    advance("asking", 0, len(urls))
    return probe(urls, chronicle.settings, chronicle.store.schedule.hosts(HostState))


def _feeds_of(chronicle: "Chronicle", found: "Probe", name: str) -> "list[Feed]":
    from diurna.runners.sources import host_of
    from diurna.store.interface import Feed

    now, host = chronicle.clock(), host_of(found.home or found.url)
    if found.kind in ("feed", "sitemap"):
        return [Feed(url=found.url, source=host, due=now, kind=found.kind, name=name or found.name)]
    return [Feed(url=url, source=host, due=now, name=name or found.name) for url in found.feeds]


def _describe(chronicle: "Chronicle", found: "Probe", told: Source) -> None:
    """Keep what the user says of a publisher, else, where nobody has described it, what it says of itself."""
    from diurna.runners.sources import host_of

    host = host_of(found.home or found.url)
    known = chronicle.store.facts.about(Source, host)[-1:]
    said = any((told.name, told.country, told.language, told.kind))
    if not host or (not said and (known or publisher_of(host) or not _leads(found))):
        return
    own = Source(id="", host=host, name=found.name, home=found.home, language=found.language)
    before = known[0] if known else own if publisher_of(host) is None else Source(id="", host=host, name="")
    chronicle.describe(
        Source(
            id="",
            host=host,
            name=told.name or before.name,
            home=before.home,
            country=told.country.upper() or before.country,
            language=told.language or before.language,
            kind=told.kind or before.kind,
        )
    )


def _named(chronicle: "Chronicle", address: str) -> "list[Feed]":
    from diurna.runners.sources import host_of

    schedule = chronicle.store.schedule
    feed = schedule.feed(address)
    found = (
        [feed] if feed is not None else schedule.feeds(source=host_of(f"//{address.partition('://')[2] or address}"))
    )
    if not found:
        raise ConfigurationError(
            f"{address}: no feed of this address or host is asked. `diurna source list` lists them."
        )
    return found


def _tell_added(
    chronicle: "Chronicle", added: "list[Feed]", feeds: "list[Feed]", probes: "list[Probe]", *, as_json: bool
) -> None:
    from diurna.runners.sources import description

    blocks: list[Block] = []
    for feed in feeds:
        about = description(chronicle.store, feed.source)
        state = "is asked from now on" if feed in added else "was asked already"
        facts = [("country", about.country), ("language", about.language), ("kind", about.kind)]
        blocks.append(Pairs([("feed", f"{feed.url} {state}"), ("source", about.name), *facts]))
    bad = [found for found in probes if _is_bad(found) or not _leads(found)]
    no_feed = "it is no feed and names none; give the address of its feed"
    blocks += [Lines([f"{found.url}: {_worst(found) or no_feed}"]) for found in bad]
    if added:
        blocks.append(Lines(["`diurna update` fetches what they have."]))
    tell(
        Answer({"added": added, "known": [feed for feed in feeds if feed not in added], "failed": bad}, blocks),
        as_json=as_json,
    )
    if bad:
        raise typer.Exit(3)


def _leads(found: "Probe") -> bool:
    return found.kind in ("feed", "sitemap") or bool(found.feeds)


def _is_bad(found: "Probe") -> bool:
    return any(told.severity == "error" for told in found.problems)


def _worst(found: "Probe") -> str:
    order = {"error": 0, "warning": 1, "notice": 2}
    told = min(found.problems, key=lambda told: order.get(told.severity, 3), default=None)
    return f"{told.what} ({told.received})" if told is not None else ""
