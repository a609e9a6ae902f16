"""`diurna correct`: people's decisions, made, listed and taken back."""

import sys
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Annotated

import msgspec
import typer

from diurna.cli.console import Answer, Lines, Pairs, Table, tell
from diurna.cli.correct import ALONE, Wish
from diurna.cli.kinds import correcting
from diurna.cli.references import OptionalReference, ReferenceArgument, is_here, resolve
from diurna.cli.session import JsonOption, Session, person, session_of
from diurna.cli.show import time_text
from diurna.group.membership import Membership
from diurna.model import CLAIM_VERDICTS, Judgement, parse_ref
from diurna.publish.claim_decisions import decided_words

if TYPE_CHECKING:
    from diurna.runners import Chronicle

__all__ = ["correct"]

correct = typer.Typer(
    help="Overrule the chronicle.\n\nEvery decision is kept with your name, and can be retracted.",
    no_args_is_help=True,
    rich_markup_mode=None,
)

_SHARED_SHOWN = 10

By = Annotated[str, typer.Option("--by", metavar="NAME", help="Who decides; else DIURNA_PERSON, or your login name.")]
Note = Annotated[str, typer.Option("--note", help="Why, for those who read it later.")]
Reference = Annotated[str, ReferenceArgument]


@correct.command()
def rename(context: typer.Context, event: Reference, text: str, by: By = "", note: Note = "") -> None:
    """Give an event another headline. Its permalink stays."""
    session = session_of(context)
    _decide(session, "rename", [event], Wish(by=person(by), made=session.clock(), note=note, text=text))


@correct.command()
def merge(context: typer.Context, record: Reference, into: Reference, by: By = "", note: Note = "") -> None:
    """Make an event part of another, or say that two entities are one. The first's permalink leads to the second."""
    session = session_of(context)
    _decide(session, "merge", [record, into], Wish(by=person(by), made=session.clock(), note=note))


@correct.command()
def move(context: typer.Context, article: Reference, event: Reference, by: By = "", note: Note = "") -> None:
    """Put an article into an event. No later evidence takes it out again."""
    session = session_of(context)
    _decide(session, "move", [article, event], Wish(by=person(by), made=session.clock(), note=note))


@correct.command()
def detach(
    context: typer.Context,
    article: Reference,
    event: Annotated[str, OptionalReference] = "",
    by: By = "",
    note: Note = "",
) -> None:
    """Take an article out of its event. It joins the next best one, or founds one of its own."""
    session = session_of(context)
    names = [article, event] if event else [article]
    _decide(session, "detach", names, Wish(by=person(by), made=session.clock(), note=note))


@correct.command()
def pin(context: typer.Context, record: Reference, by: By = "", note: Note = "") -> None:
    """Keep an article in the event where it is, or all articles that an event has now, whatever else comes."""
    session = session_of(context)
    _decide(session, "pin", [record], Wish(by=person(by), made=session.clock(), note=note))


@correct.command()
def split(
    context: typer.Context,
    record: Reference,
    parts: Annotated[
        list[str],
        typer.Argument(
            metavar="PART...", help="Articles or entries of an event; or words, and the entity that they name."
        ),
    ],
    by: By = "",
    note: Note = "",
) -> None:
    """Make articles of an event an event of their own, or entries each one; or take words from an entity.

    The new event has its permalink from the first article. Of an entity: `split ENTITY WORDS [OTHER]`.

    Where articles have those words, the other entity is meant, or without it one of their own.
    """
    session = session_of(context)
    _decide(session, "split", [record, *parts], Wish(by=person(by), made=session.clock(), note=note))


@correct.command()
def attribute(context: typer.Context, claim: Reference, name: str, by: By = "", note: Note = "") -> None:
    """Say what a claim's figure is of, such as `altitude`. It is compared with others by that name."""
    session = session_of(context)
    _decide(session, "attribute", [claim], Wish(by=person(by), made=session.clock(), note=note, text=name))


@correct.command()
def join(
    context: typer.Context,
    claim: Reference,
    others: Annotated[list[str], typer.Argument(metavar="CLAIM...", help="Claims that answer the same question.")],
    by: By = "",
    note: Note = "",
) -> None:
    """Say that claims of an event answer one question, whatever their words and values."""
    session = session_of(context)
    _decide(session, "join", [claim, *others], Wish(by=person(by), made=session.clock(), note=note))


@correct.command()
def part(
    context: typer.Context,
    claim: Reference,
    others: Annotated[list[str], typer.Argument(metavar="CLAIM...", help="Claims that answer another question.")],
    by: By = "",
    note: Note = "",
) -> None:
    """Say that a claim answers another question than others do."""
    session = session_of(context)
    _decide(session, "part", [claim, *others], Wish(by=person(by), made=session.clock(), note=note))


@correct.command()
def misread(context: typer.Context, claim: Reference, by: By = "", note: Note = "") -> None:
    """Say that a claim was misread. It is left out of what is compared."""
    session = session_of(context)
    _decide(session, "misread", [claim], Wish(by=person(by), made=session.clock(), note=note))


@correct.command()
def retract(
    context: typer.Context,
    judgement: Reference,
    only: Annotated[bool, typer.Option("--only", help="Not what was decided in one go with it.")] = False,
    by: By = "",
    note: Note = "",
) -> None:
    """Take back a person's decision, and what the same command decided with it, as `split` does. All stay on record."""
    session = session_of(context)
    wish = Wish(by=person(by), made=session.clock(), note=note, text=ALONE if only else "")
    _decide(session, "retract", [judgement], wish)


@correct.command()
def withdraw(
    context: typer.Context,
    article: Reference,
    erase: Annotated[bool, typer.Option("--erase", help="Remove its bytes and what was read from them.")] = False,
    by: By = "",
    note: Note = "",
) -> None:
    """Show an article no more. With --erase nothing of it is kept but its address; that cannot be taken back."""
    session = session_of(context)
    wish = Wish(by=person(by), made=session.clock(), note=note, text="erase" if erase else "")
    if not erase:
        _decide(session, "withdraw", [article], wish)
        return
    if sys.stdin.isatty() and not typer.confirm(f"Erase {article}? It cannot be taken back."):
        raise typer.Abort
    with session.open(read_only=False) as chronicle:
        ref = resolve(chronicle, article)
        judgement = correcting("withdraw", ref)(chronicle, ref, wish)[0]
        erased = chronicle.erase(judgement)
    facts = [
        ("decision", f"judgement:{judgement.id}"),
        ("article", f"{judgement.value or judgement.subject} was erased"),
        ("captures", f"{erased.captures:,}, {erased.size:,} bytes"),
        ("texts read from it", f"{erased.articles:,}"),
        ("problems that quoted it", f"{erased.problems:,}"),
        (
            "kept again without it",
            f"{erased.redacted:,} that held others too" if erased.redacted else "",
        ),
    ]
    lines = [
        "Sites that were published before still show it: `diurna publish` writes its page anew.",
        "Backups made before still hold it: after restoring one, `diurna corrections import --erasures` what "
        "`diurna corrections export --erasures` writes now.",
    ]
    if erased.shared:
        lines.append(f"The bytes of {len(erased.shared):,} other articles came with its own and are gone too:")
        lines += erased.shared[:_SHARED_SHOWN]
    tell(Answer({"judgement": judgement, "erased": erased}, [Pairs(facts), Lines(lines)]))


@correct.command("list")
def list_decisions(
    context: typer.Context,
    event: Annotated[str, typer.Argument(metavar="[EVENT]", help="Only decisions about this record.")] = "",
    as_json: Annotated[bool, JsonOption] = False,
) -> None:
    """List people's decisions, all or those about one record."""
    with session_of(context).open() as chronicle:
        decisions = list(_decisions(chronicle))
        retracted = {one.subject for one in decisions if one.verdict == "retracted"}
        if event:
            named = str(resolve(chronicle, event))
            decisions = [one for one in decisions if named in (one.subject, one.object)]
        waiting = {
            one.id for one in decisions if not (_is_known(chronicle, one.subject) and _is_known(chronicle, one.object))
        }
    rows = [
        (
            f"judgement:{one.id}",
            one.subject,
            one.verdict,
            _object(one),
            one.by,
            time_text(one.made),
            "retracted" if f"judgement:{one.id}" in retracted else "waits for its record" if one.id in waiting else "",
            one.note,
        )
        for one in decisions
    ]
    columns = ("reference", "subject", "verdict", "object", "by", "made", "state", "note")
    block = (
        Table(columns, rows) if rows else Lines(["Nobody has decided anything about it." if event else "No decisions."])
    )
    states = [
        {"judgement": one, "retracted": f"judgement:{one.id}" in retracted, "waiting": one.id in waiting}
        for one in decisions
    ]
    tell(Answer({"decisions": states}, [block]), as_json=as_json)


# ------------------------------------------------------------------------------------------------ inner parts


def _decide(session: Session, action: str, names: Sequence[str], wish: Wish) -> None:
    with session.open(read_only=False) as chronicle:
        ref, rest = resolve(chronicle, names[0]), names[1:]
        if (action, ref.kind) == ("split", "entity"):
            wish, rest = msgspec.structs.replace(wish, text=rest[0]), rest[1:]
        wish = msgspec.structs.replace(wish, others=tuple(resolve(chronicle, name) for name in rest))
        judgements = correcting(action, ref)(chronicle, ref, wish)
        outcome = chronicle.decide(judgements)
        rows = [
            (f"judgement:{one.id}", one.verdict, one.subject, _object(one) or one.object, one.by) for one in judgements
        ]
        naming = {one.object: chronicle.store.views.count_naming(one.object.partition(":")[2]) for one in judgements}
        homes = [] if ref.kind == "claim" else _homes(chronicle, judgements)
    if ref.kind == "claim":
        done = "The event's findings follow it at once, its page with the next `diurna publish`."
        done += " To take it back: diurna correct retract REFERENCE"
        told = [(f"judgement:{one.id}", one.verdict, one.subject, decided_words(one), one.by) for one in judgements]
        tell(Answer(judgements, [Table(("reference", "verdict", "subject", "says", "by"), told), Lines([done])]))
        return
    done = f"Events changed: {outcome.changed:,}; new: {outcome.events:,}."
    if ref.kind == "entity":
        counts = "; ".join(f"{other}: {count:,}" for other, count in naming.items())
        done += f" It holds for all articles, also those that come later. Articles that name it now: {counts}."
    done += " To take it back: diurna correct retract REFERENCE"
    table = Table(("reference", "verdict", "subject", "object", "by"), rows)
    tell(Answer(judgements, [table, Lines([*homes, done])]))


def _homes(chronicle: "Chronicle", judgements: Sequence[Judgement]) -> list[str]:
    """The events in which the articles are now that were decided about, and the copies of their texts with them."""
    facts, membership, views = chronicle.store.facts, Membership(chronicle.store.facts), chronicle.store.views
    taken_back = facts.get_many(Judgement, [one.subject.partition(":")[2] for one in judgements])
    about = [taken_back.get(one.subject.partition(":")[2], one) for one in judgements]
    named = dict.fromkeys(one.subject.partition(":")[2] for one in about if one.subject.startswith("article:"))
    stay = {one.subject.partition(":")[2] for one in about if one.verdict == "apart"} if len(named) > 1 else set()
    homes: dict[str, list[str]] = {}
    for report in named.keys() - stay:
        homes.setdefault(membership.report_home(report) or "", []).append(report)
    found, lines = views.events(list(homes)), []
    for home, reports in sorted(homes.items()):
        which = "It is" if len(named) == 1 else f"{len(reports):,} of the articles are"
        place = (
            f"event:{home} now: {found[home].headline} ({found[home].permalink})" if home in found else "no event now"
        )
        lines.append(f"{which} in {place}")
        family = {one.id for report in reports for one in views.family(report)} - named.keys()
        copies = sum(membership.report_home(one) == home for one in family)
        if copies:
            lines.append(f"Copies of the same text that are there, too: {copies:,}.")
    return lines


def _object(judgement: Judgement) -> str:
    """What a decision's verdict goes to: a headline, another record, or words and the entity that they name."""
    if judgement.verdict in CLAIM_VERDICTS:
        return decided_words(judgement)
    other = judgement.object if judgement.object != judgement.subject else ""
    if judgement.subject.startswith("entity:") and judgement.value and other:
        return f"{judgement.value} → {other}"
    return judgement.value or other


def _is_known(chronicle: "Chronicle", ref: str) -> bool:
    """Whether the chronicle has what a decision is about; an entity may be one that nothing names yet."""
    return ref.startswith("entity:") or is_here(chronicle, parse_ref(ref))


def _decisions(chronicle: "Chronicle") -> Iterator[Judgement]:
    for _, judgement in chronicle.store.facts.scan(Judgement):
        if isinstance(judgement, Judgement) and judgement.by_person:
            yield judgement
