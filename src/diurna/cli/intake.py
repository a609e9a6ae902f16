"""`diurna add` and `diurna update`: what comes in, and what came of it."""

import shutil
import sys
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated
from urllib.parse import parse_qsl, urlencode, urlsplit

import msgspec
import typer

from diurna.cli.console import Advance, Answer, Block, Lines, Pairs, Table, progress, remark, tell
from diurna.cli.session import JsonOption, session_of
from diurna.errors import ConfigurationError
from diurna.model import Problem, Revision

if TYPE_CHECKING:
    from diurna.ingest import Arrival
    from diurna.ingest.mediawiki import Wanted
    from diurna.pipeline import Outcome
    from diurna.runners import Chronicle

__all__ = ["add", "is_wiki_address", "page_address", "update"]

_SHOWN_PROBLEMS = 20


def add(
    context: typer.Context,
    sources: Annotated[
        list[str],
        typer.Argument(metavar="SOURCE...", help="Files, folders, web addresses, or - for standard input."),
    ],
    list_name: Annotated[
        str, typer.Option("--list", metavar="NAME", help="Name of the list that these days belong to.")
    ] = "",
    fetch: Annotated[bool, typer.Option("--fetch", help="Fetch the pages that feeds among the files lead to.")] = False,
    as_json: Annotated[bool, JsonOption] = False,
) -> None:
    """Take days, entries, articles, saved pages, feeds and archives into the chronicle.

    A file is known by its content: portal wikitext, a wiki's export, JSON lines of entries or articles, HTML, RSS, Atom
    and JSON feeds, sitemaps, OPML, a list of addresses, WARC and WACZ, each as it is, packed, or in a zip or tar.
    """
    from diurna.pipeline import Outcome
    from diurna.runners.updating import Update
    from diurna.store.interface import Wanted

    asked: int | None = None
    with session_of(context).open(read_only=False) as chronicle, _paths(sources) as paths, progress() as advance:
        outcome, leading = Outcome(), Outcome()
        for path in paths:
            if _is_web(path) and not is_wiki_address(path):
                leading.wanted.append(Wanted(url=path, due=chronicle.clock()))
                continue
            came = chronicle.add(_counted(_read(chronicle, path), advance), list_name, follow=fetch)
            leading.wanted += came.wanted
            outcome.add(came)
        if outcome.sources:
            _subscribe(chronicle, outcome)
        if leading.wanted:
            updated = Update(chronicle, progress=lambda so_far: _advance(advance, so_far)).run([], leading.wanted)
            outcome.add(updated.outcome)
            asked = updated.pages
        outcome.add(_understand(chronicle, advance))
    _tell_outcome(outcome, as_json, asked)


def update(
    context: typer.Context,
    everything: Annotated[bool, typer.Option("--all", help="Ask every feed, not only those that are due.")] = False,
    as_json: Annotated[bool, JsonOption] = False,
) -> None:
    """Fetch what is due: feeds, the pages they lead to, and what is new on the wiki pages the chronicle knows."""
    from diurna.ingest.mediawiki import fetch
    from diurna.pipeline import Outcome
    from diurna.runners.updating import Update

    outcome = Outcome()
    with session_of(context).open(read_only=False) as chronicle, progress() as advance:
        pages = _known_pages(chronicle)
        for curator, wanted in pages.items():
            arrivals = fetch(wanted, chronicle.settings.ingest, chronicle.clock())
            # Pages added under a name of the user's keep it; others are named by their wiki.
            outcome.add(chronicle.add(_counted(arrivals, advance), curator))
        schedule, now = chronicle.store.schedule, chronicle.clock()
        feeds, due = schedule.feeds(due=None if everything else now), schedule.wanted(now)
        asked = sum(map(len, pages.values()))
        if feeds or due:
            updated = Update(chronicle, progress=lambda so_far: _advance(advance, so_far)).run(feeds, due)
            outcome.add(updated.outcome)
            asked += updated.feeds + updated.pages
            if updated.report.left:
                remark(f"{updated.report.left:,} addresses are left for the next update.")
        outcome.add(_understand(chronicle, advance))
    _tell_outcome(outcome, as_json, asked)


def is_wiki_address(url: str) -> bool:
    """Whether an address is one of a page on a MediaWiki site.

    Doctest:
        >>> is_wiki_address("https://en.wikipedia.org/wiki/Portal:Current_events/2017_May_22")
        True
        >>> is_wiki_address("https://news.example/2017/05/22/report")
        False
    """
    parts = urlsplit(url)
    names = {name for name, _ in parse_qsl(parts.query)}
    return "/wiki/" in parts.path or (parts.path.endswith("/index.php") and "title" in names)


def page_address(url: str) -> str:
    """Address of a wiki page's current state, from that of one of its versions.

    Doctest:
        >>> page_address("https://en.wikipedia.org/wiki/Portal:Current_events/2017_May_22?oldid=7")
        'https://en.wikipedia.org/wiki/Portal:Current_events/2017_May_22'
    """
    parts = urlsplit(url)
    kept = [(name, value) for name, value in parse_qsl(parts.query, keep_blank_values=True) if name != "oldid"]
    return parts._replace(query=urlencode(kept)).geturl()


# ------------------------------------------------------------------------------------------------ inner parts


@contextmanager
def _paths(sources: Sequence[str]) -> Iterator[list[str]]:
    """The sources as paths and addresses; standard input becomes a file named `stdin`."""
    with tempfile.TemporaryDirectory(prefix="diurna-") as scratch:
        paths = []
        for source in sources:
            if source == "-":
                path = Path(scratch) / "stdin"
                with path.open("wb") as file:
                    shutil.copyfileobj(sys.stdin.buffer, file)
                paths.append(str(path))
            else:
                paths.append(source)
        if not any(_is_web(path) or Path(path).exists() for path in paths):
            raise ConfigurationError(f"{', '.join(paths)}: there is no such file or folder, and it is no web address.")
        yield paths


def _read(chronicle: "Chronicle", source: str) -> Iterator["Arrival | Problem"]:
    from diurna.ingest import read

    yield from read(source, chronicle.settings.ingest, chronicle.clock())


def _counted(arrivals: Iterable["Arrival | Problem"], advance: Advance) -> Iterator["Arrival | Problem"]:
    for number, arrival in enumerate(arrivals, 1):
        advance(arrival.where, number, 0)
        yield arrival


def _is_web(source: str) -> bool:
    return source.lower().startswith(("http://", "https://"))


def _subscribe(chronicle: "Chronicle", outcome: "Outcome") -> None:
    """Have the feeds of OPML files asked from now on."""
    from diurna.runners.sources import feed_of, subscribe, wish_of

    now = chronicle.clock()
    with chronicle.writing():
        feeds = [feed for source in outcome.sources if (feed := feed_of(source, now))]
        added = [feed for feed in feeds if subscribe(chronicle.store, feed)]
        for source in outcome.sources:
            if wish := wish_of(chronicle.store, source):
                chronicle.describe(wish)
    told = f"Feeds that are asked from now on: {len(added):,}."
    remark(f"{told} `diurna update` fetches what they have, `diurna source list` shows them.")


def _understand(chronicle: "Chronicle", advance: Advance) -> "Outcome":
    """Have the articles that came, and those that still waited, read for who, where, when, how much and who says so."""
    waiting = chronicle.store.views.count_unread()
    return chronicle.understand(lambda so_far: advance("understanding", so_far.understood, waiting))


def _advance(advance: Advance, so_far: "Outcome") -> None:
    advance("fetching", so_far.captures + so_far.known, 0)


def _known_pages(chronicle: "Chronicle") -> dict[str, list["Wanted"]]:
    """Wiki pages by the list they belong to, each with the newest revision that is known of it."""
    from diurna.ingest.mediawiki import Wanted

    newest: dict[tuple[str, str], int] = {}
    for _, revision in chronicle.store.facts.scan(Revision):
        if isinstance(revision, Revision) and revision.whole and revision.url and revision.number:
            page = (revision.curator, page_address(revision.url))
            newest[page] = max(newest.get(page, 0), revision.number)
    pages: dict[str, list[Wanted]] = {}
    for (curator, url), number in sorted(newest.items()):
        pages.setdefault(curator, []).append(Wanted(url, number))
    return pages


def _tell_outcome(outcome: "Outcome", as_json: bool, asked: int | None = None) -> None:
    counts = [
        ("captures", outcome.captures),
        ("items", outcome.entries),
        ("articles", outcome.articles),
        ("articles, new versions", outcome.versions),
        ("copies", outcome.copies),
        ("articles understood", outcome.understood),
        ("events, new", outcome.events),
        ("events, changed", outcome.changed),
        ("already known", outcome.known),
        ("notices", sum(told.severity == "notice" for told in outcome.problems)),
        ("problems", sum(told.severity != "notice" for told in outcome.problems)),
    ]
    if asked is not None:
        counts.insert(0, ("addresses asked", asked))
    blocks: list[Block] = list(_problem_blocks(outcome.problems))
    blocks.append(Pairs([(name, f"{count:,}") for name, count in counts]))
    data = {name.replace(", ", "_").replace(" ", "_"): count for name, count in counts[:-2]}
    tell(
        Answer({**data, "problems": [msgspec.to_builtins(told) for told in outcome.problems]}, blocks), as_json=as_json
    )
    if any(told.severity == "error" for told in outcome.problems):
        raise typer.Exit(3)


def _problem_blocks(problems: Sequence[Problem]) -> Iterator[Block]:
    """The first problems, those that say the same together, worst first."""
    worst = {"error": 0, "warning": 1, "notice": 2}
    groups: dict[tuple[str, str, str], list[Problem]] = {}
    for told in sorted(problems, key=lambda told: worst.get(told.severity, 3)):
        groups.setdefault((told.severity, told.what, told.next_step), []).append(told)
    left = _SHOWN_PROBLEMS
    for (severity, what, next_step), group in groups.items():
        shown = group[:left]
        if shown:
            rows = [(told.where, told.received, told.allowed) for told in shown]
            count = f" ({len(group):,} times)" if len(group) > 1 else ""
            yield Table(
                ("where", "received", "expected"), rows, f"{severity}: {what.rstrip('.')}{count}. Next: {next_step}"
            )
        left -= len(shown)
    if problems and all(told.severity == "notice" for told in problems):
        yield Lines(["Notices need no work: all was taken in. They are listed again by: diurna check --problems"])
    if len(problems) > _SHOWN_PROBLEMS:
        yield Lines([f"and {len(problems) - _SHOWN_PROBLEMS:,} more: diurna check --problems"])
