"""`diurna corrections`: people's decisions as a file, so that a team can share them."""

import sys
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, BinaryIO

import typer
from msgspec import Struct, field

from diurna.cli.console import Advance, Answer, Block, Lines, Pairs, Table, progress, remark, tell, tell_source
from diurna.cli.references import is_here
from diurna.cli.session import JsonOption, session_of
from diurna.cli.shared_events import as_here, members_of
from diurna.cli.swapped_in import swapped_in
from diurna.errors import ConfigurationError, problem
from diurna.extract.judgement_lines import HEADER, NumberedJudgement, judgement_line, read_judgement_lines
from diurna.group.membership import Membership
from diurna.model import Entry, Judgement, Problem, Ref, parse_ref

if TYPE_CHECKING:
    from diurna.runners import Chronicle

__all__ = ["corrections"]

corrections = typer.Typer(
    help="Share corrections: write people's decisions to a file, and take them from one.\n\n"
    "`diurna correct` makes them.",
    no_args_is_help=True,
    rich_markup_mode=None,
)

_BATCH_LINES = 100
_BATCH_BYTES = 1 << 20
_HELD_PROBLEMS = 1_000
_SHOWN_PROBLEMS = 20
_WORDS_SHOWN = 80
_MOST_DECISIONS = 200
"""About one record. An event is assembled anew, with all of its decisions, for each that comes, then and in every later
rebuild: 500 took 5 s here, and 5,000 more than 100 s."""


@corrections.command("export")
def export_corrections(
    context: typer.Context,
    file: Annotated[str, typer.Argument(metavar="[FILE]", help="File to write; - for standard output.")] = "-",
    replace: Annotated[bool, typer.Option("--replace", help="Write over a file that is there already.")] = False,
    erasures: Annotated[bool, typer.Option("--erasures", help="Write decisions to erase articles, too.")] = False,
    as_json: Annotated[bool, JsonOption] = False,
) -> None:
    """Write people's decisions as JSON lines, in the order in which they came: taken back ones, and retractions, too.

    Decisions to erase an article are left out unless you ask for them.
    """
    target = Path(file)
    if file != "-" and target.exists() and not (replace and target.is_file()):
        raise ConfigurationError(f"{file}: there is a file here already. Choose another name, or say --replace.")
    counts = Counter[str]()
    with session_of(context).open() as chronicle, progress() as advance:
        lines = _written(chronicle, counts, advance, erasures=erasures)
        if file == "-":
            for line in lines:
                tell_source(line.decode("utf-8"))
        else:
            with swapped_in(target) as stream:
                stream.writelines(lines)
    left_out = counts["left out"]
    told = [f"Decisions written to {file}: {counts['written']:,}."]
    if left_out:
        told.append(f"Decisions to erase an article, left out: {left_out:,}. With --erasures they are written.")
    if file != "-":
        data = {"file": file, "written": counts["written"], "erasures_left_out": left_out}
        tell(Answer(data, [Lines(told)]), as_json=as_json)
    elif left_out:
        remark(told[1])


@corrections.command("import")
def import_corrections(
    context: typer.Context,
    file: Annotated[str, typer.Argument(metavar="FILE", help="File of JSON lines; - for standard input.")],
    erasures: Annotated[
        bool, typer.Option("--erasures", help="Erase what the file says was erased. It cannot be taken back.")
    ] = False,
    as_json: Annotated[bool, JsonOption] = False,
) -> None:
    """Take people's decisions from a file. What is good is taken, the rest is told; twice adds nothing.

    A decision about a record that is not here yet is kept, and takes effect when the record comes; a merge or a move
    wants its events here.
    """
    outcome = _Taken()
    with (
        _opened(file) as stream,
        session_of(context).open(read_only=False) as chronicle,
        progress() as advance,
    ):
        lines = _counted(read_judgement_lines(stream, "stdin" if file == "-" else file), advance, _count_lines(stream))
        _take_all(chronicle, lines, outcome, erasures=erasures)
    _tell_taken(outcome, as_json=as_json)


# ------------------------------------------------------------------------------------------------ export


def _written(chronicle: "Chronicle", counts: Counter[str], advance: Advance, *, erasures: bool) -> Iterator[bytes]:
    total = chronicle.store.facts.count(Judgement)
    yield HEADER
    for done, (_, judgement) in enumerate(chronicle.store.facts.scan(Judgement), 1):
        advance("decisions", done, total)
        if not isinstance(judgement, Judgement) or not judgement.by_person:
            continue
        if judgement.verdict == "erased" and not erasures:
            counts["left out"] += 1
            continue
        counts["written"] += 1
        other = judgement.object if judgement.object != judgement.subject else ""
        known = _known_as(chronicle, judgement.subject), _known_as(chronicle, other)
        yield judgement_line(judgement, *known, members_of(chronicle, judgement))


def _known_as(chronicle: "Chronicle", name: str) -> str:
    """What people know a record by: its page, its name or its first words; empty where nothing is known of it."""
    kind, _, identifier = name.partition(":")
    views = chronicle.store.views
    match kind:
        case "event":
            event = views.event(identifier)
            return event.permalink if event is not None else ""
        case "article":
            report = views.report(identifier)
            return report.permalink if report is not None else ""
        case "entity":
            entity = views.entity(identifier) or views.naming(identifier)
            return entity.name if entity is not None else ""
        case "entry":
            entry = chronicle.store.facts.get(Entry, identifier)
            return f"{entry.day.isoformat()} {entry.text[:_WORDS_SHOWN]}" if entry is not None else ""
        case _:
            return ""


# ------------------------------------------------------------------------------------------------ import


class _Taken(Struct):
    """What came of an import. Of the problems the first are held, to be told; the chronicle keeps all.

    `renamed` has references of judgements that are about other events here, by those of the file.
    """

    taken: int = 0
    known: int = 0
    waiting: int = 0
    erased: int = 0
    events_new: int = 0
    events_changed: int = 0
    problems: int = 0
    errors: int = 0
    first_problems: list[Problem] = field(default_factory=list)
    renamed: dict[str, str] = field(default_factory=dict)


_Read = Iterator[NumberedJudgement | Problem]


def _take_all(chronicle: "Chronicle", lines: _Read, outcome: _Taken, *, erasures: bool) -> None:
    """Take lines in batches that are durable one by one, so that an import that was cut short can be run again."""
    to_erase: list[Judgement] = []
    while batch := list(islice(lines, _BATCH_LINES)):
        with chronicle.writing():
            for read in batch:
                for told in _take(chronicle, read, outcome, to_erase if erasures else None):
                    chronicle.store.facts.append(told)
                    outcome.problems += 1
                    outcome.errors += told.severity == "error"
                    if outcome.problems <= _HELD_PROBLEMS:
                        outcome.first_problems.append(told)
    for judgement in to_erase:
        chronicle.erase(judgement)


def _take(
    chronicle: "Chronicle", read: NumberedJudgement | Problem, outcome: _Taken, to_erase: list[Judgement] | None
) -> Iterator[Problem]:
    """Take one line; yields what is wrong with it, or should be known about it."""
    if isinstance(read, Problem):
        yield read
        return
    read, other = as_here(chronicle, read, outcome.renamed)
    if other is not None:
        yield other
    judgement = read.judgement
    before = chronicle.store.facts.get(Judgement, judgement.id)
    if before is not None and (before.value, before.note) != (judgement.value, judgement.note):
        yield problem(
            "decision is here already, and says something else",
            read.where,
            received=judgement.value or judgement.note,
            allowed=before.value or before.note or "neither words nor note",
            next_step=f"nothing; what was here first stays: `diurna show judgement:{judgement.id}`",
            severity="error",
        )
        return
    refused = _refusal(chronicle, read, erasing=to_erase is not None) if before is None else None
    if refused is not None:
        yield refused
        return
    waits = _waiting(chronicle, read)
    outcome.waiting += waits is not None
    if waits is not None:
        yield waits
    if before is not None:
        outcome.known += 1
        return
    if overruled := _overruled(chronicle, read):
        yield overruled
    outcome.taken += 1
    if judgement.verdict == "erased" and to_erase is not None:
        to_erase.append(judgement)
        outcome.erased += 1
        return
    changed = chronicle.pipeline.decide(judgement)
    outcome.events_changed += changed.changed
    outcome.events_new += changed.events


def _refusal(chronicle: "Chronicle", read: NumberedJudgement, *, erasing: bool) -> Problem | None:
    """Why a decision is not taken in this chronicle."""
    judgement = read.judgement
    subject, thing = parse_ref(judgement.subject), parse_ref(judgement.object)
    if judgement.verdict == "erased" and not erasing:
        return _refused(
            "decision to erase an article is not taken from a file unasked",
            read.where,
            judgement.subject,
            "decisions that can be taken back",
            f"erase it here, `diurna correct withdraw {judgement.subject} --erase`, or import with --erasures",
        )
    if len(chronicle.store.facts.about(Judgement, judgement.subject)) >= _MOST_DECISIONS:
        allowed = f"at most {_MOST_DECISIONS:,} about one record"
        return _refused("too many decisions", read.where, judgement.subject, allowed, "leave out those that are past")
    if judgement.verdict == "retracted":
        return _refused_retraction(chronicle, read, thing)
    if thing.kind != "event" or judgement.verdict not in ("belongs", "same"):
        return None
    # A merge or a move that was kept for later would take a record away before there is where to take it.
    named = {} if read.members.get(judgement.object) == () else {judgement.object: read.object_is}  # people made it
    if judgement.verdict == "same":
        named[judgement.subject] = read.subject_is
    absent = [_told(name, words) for name, words in named.items() if not is_here(chronicle, parse_ref(name))]
    if absent:
        return _refused(
            f"event of a {'merge' if judgement.verdict == 'same' else 'move'} is not here",
            read.where,
            ", ".join(absent),
            "events of this chronicle",
            "add the days and articles that it comes from, then import the file again",
        )
    if judgement.verdict == "same" and Membership(chronicle.store.facts).merged_into(thing.id) == subject.id:
        return _refused(
            "events would be merged in a circle",
            read.where,
            f"{judgement.subject} into {judgement.object}",
            "a merge in one direction",
            f"retract the other one, `diurna correct list {judgement.object}` has it, then import the file again",
        )
    return None


def _refused_retraction(chronicle: "Chronicle", read: NumberedJudgement, thing: Ref) -> Problem | None:
    retracted = chronicle.store.facts.get(Judgement, thing.id)
    if retracted is None or (retracted.by_person and retracted.verdict not in ("erased", "retracted")):
        return None
    made = f"`{retracted.verdict}` by {retracted.by}"
    allowed = "a person's decision that is neither an erasure nor a retraction"
    next_step = "leave it out; to overrule a component use `diurna correct`"
    return _refused("decision cannot be taken back", read.where, f"{thing}: {made}", allowed, next_step)


def _waiting(chronicle: "Chronicle", read: NumberedJudgement) -> Problem | None:
    """That records which a decision names are not here yet."""
    judgement = read.judgement
    named = {judgement.subject: read.subject_is}
    if not judgement.object.startswith("entity:"):  # words may be given to an entity that nothing else names
        named.setdefault(judgement.object, read.object_is)
    if read.members.get(judgement.object) == () and judgement.verdict == "belongs":  # it comes with its first report
        del named[judgement.object]
    absent = [_told(name, words) for name, words in named.items() if not is_here(chronicle, parse_ref(name))]
    if not absent:
        return None
    return problem(
        "decision is about a record that is not here yet; it is kept and takes effect when the record comes",
        read.where,
        received=f"{judgement.verdict}: {', '.join(absent)}",
        allowed="records of this chronicle",
        next_step="add the days and articles that it comes from",
        severity="notice",
    )


def _overruled(chronicle: "Chronicle", read: NumberedJudgement) -> Problem | None:
    """That somebody decided otherwise here after the decision was made that arrives only now."""
    judgement = read.judgement
    alike = {"belongs", "apart"} if judgement.subject.startswith("entry:") else {judgement.verdict}
    if judgement.made is None or judgement.verdict not in ("apart", "belongs", "renamed", "same"):
        return None
    if judgement.verdict == "apart" and judgement.subject.startswith("entity:"):
        return None
    for other in reversed(Membership(chronicle.store.facts).judgements(judgement.subject)):
        said = (other.verdict, other.object, other.value)
        if other.made is None or other.verdict not in alike or other.made <= judgement.made:
            continue
        if said == (judgement.verdict, judgement.object, judgement.value):
            return None
        return problem(
            "decision overrules one that was made later: what arrives last counts",
            read.where,
            received=f"{judgement.by}, {judgement.made.isoformat(timespec='minutes')}: {_said(judgement)}",
            allowed=f"{other.by}, {other.made.isoformat(timespec='minutes')}: {_said(other)}",
            next_step=f"if the other should stand: diurna correct retract judgement:{judgement.id}",
            severity="notice",
        )
    return None


def _refused(what: str, where: str, received: str, allowed: str, next_step: str) -> Problem:
    return problem(what, where, received=received, allowed=allowed, next_step=next_step, severity="error")


def _told(name: str, words: str) -> str:
    return f"{name} ({words})" if words else name


def _said(judgement: Judgement) -> str:
    other = judgement.object if judgement.object != judgement.subject else ""
    return " ".join(part for part in (judgement.verdict, other, judgement.value) if part)


@contextmanager
def _opened(file: str) -> Iterator[BinaryIO]:
    if file == "-":
        yield sys.stdin.buffer
        return
    path = Path(file)
    if not path.exists():
        raise ConfigurationError(f"{file}: there is no such file.")
    if path.is_dir():
        raise ConfigurationError(f"{file}: this is a folder. Name a file of corrections in it.")
    with path.open("rb") as stream:
        yield stream


def _count_lines(stream: BinaryIO) -> int:
    """How many lines there are to read; 0 where that cannot be known before."""
    if not stream.seekable():
        return 0
    start = stream.tell()
    count = sum(piece.count(b"\n") for piece in iter(lambda: stream.read(_BATCH_BYTES), b""))
    stream.seek(start)
    return count


def _counted(lines: _Read, advance: Advance, total: int) -> _Read:
    for number, line in enumerate(lines, 1):
        advance("decisions", number, total)
        yield line


def _tell_taken(outcome: _Taken, *, as_json: bool) -> None:
    counts = [
        ("decisions taken", outcome.taken),
        ("already known", outcome.known),
        ("waiting for their record", outcome.waiting),
        ("articles erased", outcome.erased),
        ("events, new", outcome.events_new),
        ("events, changed", outcome.events_changed),
        ("problems", outcome.problems),
    ]
    data = {
        "taken": outcome.taken,
        "already_known": outcome.known,
        "waiting": outcome.waiting,
        "erased": outcome.erased,
        "events_new": outcome.events_new,
        "events_changed": outcome.events_changed,
        "problems_counted": outcome.problems,
        "problems": outcome.first_problems,
    }
    blocks: list[Block] = [*_problem_tables(outcome), Pairs([(name, f"{count:,}") for name, count in counts])]
    tell(Answer(data, blocks), as_json=as_json)
    if outcome.errors:
        raise typer.Exit(3)


def _problem_tables(outcome: _Taken) -> Iterator[Block]:
    """The first problems, those that say the same together, errors before notices."""
    ordered = sorted(outcome.first_problems, key=lambda told: told.severity != "error")[:_SHOWN_PROBLEMS]
    groups: dict[tuple[str, str, str], list[Problem]] = {}
    for told in ordered:
        groups.setdefault((told.severity, told.what, told.next_step), []).append(told)
    for (severity, what, next_step), group in groups.items():
        rows = [(told.where, told.received, told.allowed) for told in group]
        yield Table(("where", "received", "expected"), rows, f"{severity}: {what}. Next: {next_step}")
    if outcome.problems > len(ordered):
        yield Lines([f"and {outcome.problems - len(ordered):,} more: diurna check --problems"])
