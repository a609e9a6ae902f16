"""`diurna publish`, `rebuild`, `backup` and `restore`: the site, the views, and what outlives a disk."""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import msgspec
import typer

from diurna import __version__
from diurna.cli.console import Advance, Answer, Block, Lines, Pairs, progress, remark, tell
from diurna.cli.session import JsonOption, session_of
from diurna.errors import ConfigurationError
from diurna.model import Annotation, Article, Capture, Judgement, Problem, Revision

if TYPE_CHECKING:
    from diurna.runners import Chronicle

__all__ = ["backup", "publish", "rebuild", "reprocess", "restore"]

_STAGES = ("extract", "enrich", "group")


def publish(
    context: typer.Context,
    target: Annotated[Path, typer.Argument(metavar="DIR", help="Folder of the site.")],
    workers: Annotated[
        int | None, typer.Option("--workers", min=1, max=64, help="Processes that render pages; else as configured.")
    ] = None,
    full: Annotated[bool, typer.Option("--full", help="Look at every page again, not only at what changed.")] = False,
    as_json: Annotated[bool, JsonOption] = False,
) -> None:
    """Write the chronicle's site; only what changed is written again."""
    from diurna.publish.site import publish_site

    session = session_of(context)
    with session.open() as chronicle:  # a store of an older version, or none, is told before any work
        folder, configuration = chronicle.folder, chronicle.settings_digest()
        if waiting := chronicle.store.views.count_unread():
            remark(f"{waiting:,} articles wait to be understood; `diurna update` sees to it.")
    with progress() as advance:
        published = publish_site(folder, target, workers=workers, full=full, progress=advance)
    facts = [
        ("site", str(target)),
        ("pages looked at", f"{published.pages:,}"),
        ("files written", f"{published.written:,}"),
        ("unchanged", f"{published.unchanged:,}"),
        ("removed", f"{published.removed:,}"),
        ("chronicle", published.digest),
        ("configuration", configuration),
        ("version", __version__),
    ]
    data = {**msgspec.to_builtins(published), "configuration": configuration, "version": __version__}
    tell(Answer(data, [Pairs(facts)]), as_json=as_json)


def rebuild(context: typer.Context, as_json: Annotated[bool, JsonOption] = False) -> None:
    """Compute all views again from facts and judgements."""
    with session_of(context).open(read_only=False) as chronicle, progress() as advance:
        facts, before = chronicle.store.facts, chronicle.digest()
        total = sum(facts.count(kind) for kind in (Revision, Article, Annotation, Capture, Judgement))
        done = 0

        def count() -> None:
            nonlocal done
            done += 1
            advance("facts", done, total)

        chronicle.rebuild(count)
        after, events = chronicle.digest(), chronicle.store.views.last_rank()
    same = "as before" if after == before else f"it was {before}"
    told = [Lines([f"Computed {events:,} events from {total:,} facts. The chronicle's digest is {after}, {same}."])]
    tell(Answer({"events": events, "facts": total, "before": before, "digest": after}, told), as_json=as_json)


def reprocess(
    context: typer.Context,
    stage: Annotated[str, typer.Argument(metavar="STAGE", help="Which stage: extract, enrich or group.")],
    as_json: Annotated[bool, JsonOption] = False,
) -> None:
    """Run a stage again over all its inputs, in the order they arrived.

    `extract` reads every kept page and feed again, with today's extractors and what was learned since. What reads
    otherwise is kept beside what was read then and shown from now on. `enrich` has every article understood again:
    who, where, when, how much, and who says so. `group` places every article into events again; what people decided
    stays.
    """
    if stage not in _STAGES:
        raise ConfigurationError(f"{stage}: there is no such stage to run again; these can be: {', '.join(_STAGES)}.")
    with session_of(context).open(read_only=False) as chronicle, progress() as advance:
        again = {"extract": _extract_again, "enrich": _understand_again, "group": _group_again}
        answer = again[stage](chronicle, advance)
    tell(answer, as_json=as_json)


def _extract_again(chronicle: "Chronicle", advance: Advance) -> Answer:
    total = chronicle.store.facts.count(Capture)
    done = 0

    def count(_: object) -> None:
        nonlocal done
        done += 1
        advance("captures", done, total)

    outcome = chronicle.reprocess(count)
    waiting = chronicle.store.views.count_unread()
    outcome.add(chronicle.understand(lambda so_far: advance("understanding", so_far.understood, waiting)))
    changed = outcome.versions + outcome.articles
    told = f"Read {done:,} captures again: {changed:,} articles read otherwise than before."
    return Answer(
        {"captures": done, "changed": changed, "understood": outcome.understood, "problems": outcome.problems},
        [Lines([told, *_told(outcome.problems)])],
    )


def _understand_again(chronicle: "Chronicle", advance: Advance) -> Answer:
    total = chronicle.store.facts.count(Article)
    outcome = chronicle.understand_again(lambda so_far: advance("articles", so_far.understood, total))
    told = f"Understood {outcome.understood:,} articles again: {outcome.annotations:,} otherwise than before."
    return Answer(
        {"articles": outcome.understood, "changed": outcome.annotations, "problems": outcome.problems},
        [Lines([told, *_told(outcome.problems)])],
    )


def _group_again(chronicle: "Chronicle", advance: Advance) -> Answer:
    views, count = chronicle.store.views, chronicle.store.facts.count
    before, events = count(Judgement), views.counts().events
    chronicle.group_again(lambda done, total: advance("records", done, total))
    changed, now = count(Judgement) - before, views.counts().events
    told = f"Placed all articles again: {changed:,} judgements are new; events: {now:,}, before {events:,}."
    return Answer({"changed": changed, "events": now, "events_before": events}, [Lines([told])])


def _told(problems: Sequence[Problem]) -> list[str]:
    return [f"{told.where}: {told.what}" for told in problems[:20]]


def backup(
    context: typer.Context,
    file: Annotated[Path, typer.Argument(metavar="FILE", help="File to write: .tar.zst, .tar.gz or .tar.")],
    as_json: Annotated[bool, JsonOption] = False,
) -> None:
    """Write the chronicle into one file.

    It holds store, archive, configuration, and people's corrections as JSON lines. Others may work meanwhile.
    """
    from diurna.store.backup import Backup, write_backup

    with session_of(context).open() as chronicle, progress() as advance:
        parts = Backup(chronicle.folder, chronicle.store, chronicle.archive.folder)
        manifest = write_backup(parts, file, chronicle.clock(), chronicle.settings_digest(), advance)
    size = file.stat().st_size
    told = Pairs(
        [
            ("backup", str(file)),
            ("files", f"{len(manifest.files):,}"),
            ("size", f"{size:,} bytes"),
            ("chronicle", manifest.chronicle),
            ("configuration", manifest.configuration),
            ("version", manifest.diurna),
        ]
    )
    tell(Answer({"path": str(file), "size": size, "manifest": manifest}, [told]), as_json=as_json)


def restore(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="A backup.")],
    folder: Annotated[Path, typer.Argument(metavar="DIR", help="Folder to make; it must not hold anything.")],
    as_json: Annotated[bool, JsonOption] = False,
) -> None:
    """Bring a chronicle back from a backup.

    Every file is verified before any appears in the folder, which must be empty or not there.
    """
    from diurna.store.backup import restore_backup

    with progress() as advance:
        manifest = restore_backup(file, folder, advance)
    told: list[Block] = [
        Pairs([("chronicle", manifest.chronicle), ("backed up", f"{manifest.made:%Y-%m-%d %H:%M:%S} UTC")]),
        Lines([f"Restored to {folder}. To look at everything in it: diurna --chronicle {folder} check"]),
    ]
    tell(Answer({"path": str(folder), "manifest": manifest}, told), as_json=as_json)
