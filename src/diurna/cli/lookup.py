"""`diurna show`, `search`, `explain` and `check`: reading a chronicle by reference and by words."""

from collections.abc import Iterator
from typing import TYPE_CHECKING, Annotated

import typer

from diurna.cli.check import check_chronicle
from diurna.cli.console import Advance, Answer, Block, Lines, Table, progress, tell
from diurna.cli.explain import explain_two_events
from diurna.cli.findings import claims_as_csv, compare_reports, moment, show_findings
from diurna.cli.kinds import checking, explaining, showing
from diurna.cli.references import ReferenceArgument, resolve
from diurna.cli.session import JsonOption, session_of
from diurna.cli.together import explain_article_in_event
from diurna.errors import ConfigurationError, DiurnaError, problem
from diurna.model import Problem, Ref

if TYPE_CHECKING:
    from diurna.runners import Chronicle

__all__ = ["check", "compare", "explain", "search", "show"]


def show(  # noqa: PLR0913  # each is an option of the command
    context: typer.Context,
    reference: Annotated[str, ReferenceArgument],
    claims: Annotated[bool, typer.Option("--claims", help="Of an event: who says what, and does it agree.")] = False,
    as_csv: Annotated[bool, typer.Option("--csv", help="With --claims: a line for each statement, as CSV.")] = False,
    as_of: Annotated[
        str, typer.Option("--as-of", metavar="TIME", help="With --claims: as it was known then (2017-05-22T12:00Z).")
    ] = "",
    as_json: Annotated[bool, JsonOption] = False,
) -> None:
    """Show a record.

    Of an event its sources, context, changes and related events with what they share; of a day its events.
    """
    with session_of(context).open() as chronicle:
        ref = resolve(chronicle, reference)
        if (as_csv or as_of) and not claims:
            raise ConfigurationError(f"`{'--csv' if as_csv else '--as-of'}` goes with `--claims`.")
        then = moment(as_of) if as_of else None
        if as_csv:
            typer.echo(claims_as_csv(chronicle, ref, then), nl=False)
            return
        if claims:
            tell(show_findings(chronicle, ref, then), as_json=as_json)
            return
        tell(showing(ref)(chronicle, ref), as_json=as_json)


def compare(
    context: typer.Context,
    reference: Annotated[str, ReferenceArgument],
    articles: Annotated[
        list[str] | None, typer.Argument(metavar="[ARTICLE]...", help="Articles of it; all of them, if none is named.")
    ] = None,
    as_json: Annotated[bool, JsonOption] = False,
) -> None:
    """Say what each report of an event states that the others lack, and the other way round.

    Figures, times and places are compared; `diurna show EVENT --claims` has all that is stated.
    """
    with session_of(context).open() as chronicle:
        event = resolve(chronicle, reference)
        tell(compare_reports(chronicle, event, [resolve(chronicle, one) for one in articles or []]), as_json=as_json)


def search(
    context: typer.Context,
    words: Annotated[list[str], typer.Argument(metavar="WORDS...", help="Words that must all be there.")],
    limit: Annotated[int, typer.Option("--limit", min=1, max=1000, help="Most of each to list.")] = 20,
    as_json: Annotated[bool, JsonOption] = False,
) -> None:
    """Find events and articles by words.

    Of events headline, lede, topics and entities are searched, of articles title, lede and text; the last word may be
    unfinished.
    """
    with session_of(context).open() as chronicle:
        hits = chronicle.store.views.search(" ".join(words), limit)
        found = chronicle.store.views.search_articles(" ".join(words), limit)
    rows = [(hit.date.isoformat(), hit.headline, f"event:{hit.event}", hit.permalink) for hit in hits]
    blocks: list[Block] = []
    if rows:
        blocks.append(Table(("date", "headline", "reference", "permalink"), rows, "Events" if found else ""))
    if found:
        reports = [hit.report for hit in found]
        told = [(str(report.day or ""), report.host, report.title, f"article:{report.id}") for report in reports]
        blocks.append(Table(("published", "source", "title", "reference"), told, "Articles"))
    if not blocks:
        blocks.append(Lines(["No event and no article has all these words."]))
    tell(Answer({"query": " ".join(words), "events": hits, "articles": found}, blocks), as_json=as_json)


def explain(
    context: typer.Context,
    reference: Annotated[str, ReferenceArgument],
    other: Annotated[str, typer.Argument(metavar="[REF]", help="A second event; or the event of an article.")] = "",
    as_json: Annotated[bool, JsonOption] = False,
) -> None:
    """Say why something is so.

    Of two events why they are related or not, and why they are not one; of an article and an event why it is in it or
    not; of one event why it has its members; of an entity whence its names come.
    """
    with session_of(context).open() as chronicle:
        ref = resolve(chronicle, reference)
        if not other:
            answer = explaining(ref)(chronicle, ref)
        else:
            second = resolve(chronicle, other)
            answer = _explained_pair(chronicle, ref, second)
    tell(answer, as_json=as_json)


def _explained_pair(chronicle: "Chronicle", ref: Ref, second: Ref) -> Answer:
    strangers = [str(named) for named in (ref, second) if named.kind not in ("article", "event")]
    if strangers or ref.kind == second.kind == "article":
        named = " and ".join(strangers or [str(ref), str(second)])
        raise ConfigurationError(f"{named}: two events are held against each other, or an article and an event.")
    if ref.kind == second.kind:
        return explain_two_events(chronicle, ref, second)
    article, event = (ref, second) if ref.kind == "article" else (second, ref)
    return explain_article_in_event(chronicle, article, event)


def check(
    context: typer.Context,
    reference: Annotated[str, ReferenceArgument] = "",
    problems: Annotated[
        bool, typer.Option("--problems", help="List the problems that input had, instead of checking.")
    ] = False,
    as_json: Annotated[bool, JsonOption] = False,
) -> None:
    """Check the chronicle, or one record.

    Looks at the storage, captured bytes, spans of links, permalinks, and whether events follow from facts.
    """
    with session_of(context).open(read_only=False) as chronicle:
        if problems:
            _tell_problems(chronicle, as_json)
            return
        with progress() as advance:
            faults = list(_faults(chronicle, reference, advance))
        counts = None if faults or reference else chronicle.store.views.counts()
    rows = [(fault.what, fault.where, fault.received, fault.allowed, fault.next_step) for fault in faults]
    blocks: list[Block] = [Table(("what", "where", "received", "expected", "next step"), rows)] if rows else []
    if counts:
        held = f"{counts.events:,} events, {counts.entries:,} entries and {counts.captures:,} captures"
        blocks.append(Lines([f"The chronicle ({held}): all is well."]))
    else:
        name = reference or "The chronicle"
        blocks.append(Lines([f"{name}: {len(faults):,} faults." if faults else f"{name}: all is well."]))
    data = {"sound": not faults, "checked": reference or "chronicle", "counts": counts, "faults": faults}
    tell(Answer(data, blocks), as_json=as_json)
    if faults:
        raise typer.Exit(1)


def _faults(chronicle: "Chronicle", reference: str, advance: Advance) -> Iterator[Problem]:
    if not reference:
        try:
            yield from check_chronicle(chronicle, advance)
        except DiurnaError as error:
            yield problem(
                "The check could not go on.",
                chronicle.store.path.name,
                received=str(error),
                allowed="a store that can be read",
                next_step="restore a backup with `diurna restore`",
                severity="error",
            )
        return
    ref = resolve(chronicle, reference)
    yield from checking(ref)(chronicle, ref)


def _tell_problems(chronicle: "Chronicle", as_json: bool) -> None:
    told = [one for _, one in chronicle.store.facts.scan(Problem) if isinstance(one, Problem)]
    columns = ("reference", "severity", "where", "what", "received", "expected", "next step")
    rows = [
        (f"problem:{one.id}", one.severity, one.where, one.what, one.received, one.allowed, one.next_step)
        for one in told
    ]
    block = Table(columns, rows) if rows else Lines(["No input had problems."])
    tell(Answer({"problems": told}, [block]), as_json=as_json)
