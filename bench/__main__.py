"""Command line of the bench: predict and score for quality, the others for what the sets do not measure."""

import json
import sys
import tomllib
from collections.abc import Iterable
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.console import Console
from rich.table import Table

from bench.archives import measure_archives
from bench.claims import claim_pipeline
from bench.copies import measure_copies
from bench.enrichment_speed import measure_enrichment
from bench.entity_resolution import measure_entities
from bench.extraction import measure_extraction
from bench.fetching import measure_fetching
from bench.findings import HALVES, measure_findings, time_findings
from bench.grouping import measure_grouping
from bench.grouping_speed import ARTICLES, measure_grouping_speed
from bench.lineage import measure_lineage
from bench.predict import TASKS, predict_set
from bench.sample_events import measure_sample_events
from bench.sample_figures import measure_figures
from bench.samples import measure_samples
from bench.score import DEFAULT_SETS, FLOORS, score_all
from bench.speed import measure_speed
from bench.weights import Half, learn_weights
from bench.whole_way import measure_whole_way

app = typer.Typer(help=__doc__, no_args_is_help=True, add_completion=False)


@app.command()
def predict(task: str, folder: Path, out: Path) -> None:
    """Write predictions for one set (a folder TASK/SET) as JSON lines."""
    if task not in TASKS:
        raise typer.BadParameter(f"{task} is no task of the project so far; expected one of {', '.join(sorted(TASKS))}")
    predict_set(task, folder, out)


@app.command()
def score(folder: Annotated[Path, typer.Argument(help="Folder of sets, TASK/SET.")] = DEFAULT_SETS) -> None:
    """Score every set in a folder for the tasks the project has, and hold each figure against bench/floors.toml."""
    sys.exit(score_all(folder))


@app.command()
def lineage() -> None:
    """Measure how edits of sample items are told from other items, as the settings of `lineage` cite it."""
    print(json.dumps(measure_lineage()))


@app.command()
def samples() -> None:
    """Measure how the project's own sample pages are read, outlet by outlet, and which copies are found."""
    _tell(measure_samples())


@app.command()
def copies(
    folder: Annotated[Path, typer.Argument(help="Folder of sets.")] = DEFAULT_SETS,
    eye: Annotated[Path | None, typer.Option(help="File for 100 pairs that a person should look at.")] = None,
) -> None:
    """Measure copies in a stream of reports, and how edited reports are told from others."""
    _tell(measure_copies(folder / "stream" / "reuters" / "articles.jsonl.gz", eye))


@app.command()
def extraction(
    folder: Annotated[Path, typer.Argument(help="A set with pages.")] = DEFAULT_SETS / "extraction" / "trafilatura",
    pages: Annotated[int, typer.Option(help="Pages to measure with; 0 takes them all.")] = 0,
) -> None:
    """Measure how fast pages are read, in both settings, beside plain trafilatura in its fast mode."""
    _tell([measure_extraction(folder, pages)])


@app.command()
def weights(
    folder: Annotated[Path, typer.Argument(help="Folder of sets.")] = DEFAULT_SETS,
    half: Annotated[
        list[Half] | None, typer.Option(help="Learn on these pages only, and score the others; may be given twice.")
    ] = None,
    write: Annotated[bool, typer.Option("--write", help="Put the tables into extract/body_weights.py.")] = False,
) -> None:
    """Fit the weights of the evidence on a page's blocks, and print them as Python; or measure them on unseen pages."""
    if half and write:
        raise typer.BadParameter("--write takes weights that are learned on all pages, so it goes without --half")
    for line in learn_weights(folder, half or [], write):
        print(line, flush=True)


@app.command()
def fetching() -> None:
    """Measure one update of 200 feeds on 50 local hosts, some slow, some dead, some hostile."""
    _tell([measure_fetching()])


@app.command()
def archives(
    folder: Annotated[Path, typer.Argument(help="Folder of sets; made-up pages are used without it.")] = DEFAULT_SETS,
    size: Annotated[int, typer.Option(help="Bytes of pages in the big archive.")] = 2 << 30,
    pages: Annotated[int, typer.Option(help="Pages in the archive that is broken off.")] = 10_000,
) -> None:
    """Measure memory on a big web archive, one process against two, and going on after a kill."""
    _tell(measure_archives(folder, size, pages))


@app.command()
def speed(
    folder: Annotated[Path, typer.Argument(help="Folder of sets; made-up entries are used without it.")] = DEFAULT_SETS,
    events: Annotated[int, typer.Option(help="Events to measure with; 0 takes the whole set.")] = 0,
) -> None:
    """Measure understanding articles, then adding, relating and publishing; one JSON object per measure."""
    slow = _hold(measure_enrichment(folder, 40), "enrichment")
    sys.exit(measure_speed(folder, events) | slow)


@app.command()
def enrichment(
    folder: Annotated[
        Path, typer.Argument(help="Folder of sets; the sample articles are used without it.")
    ] = DEFAULT_SETS,
    articles: Annotated[int, typer.Option(help="Articles of 600 words to measure with.")] = 40,
) -> None:
    """Measure how fast articles are understood, beside full spaCy in the same run."""
    sys.exit(_hold(measure_enrichment(folder, articles), "enrichment"))


@app.command()
def grouping(
    folder: Annotated[Path, typer.Argument(help="Folder of sets.")] = DEFAULT_SETS,
    as_json: Annotated[bool, typer.Option("--json", help="Print one JSON object per measure.")] = False,
) -> None:
    """Measure how articles are grouped, also where half of them, or of the events, are made singletons."""
    rows = measure_grouping(sorted(path for path in (folder / "grouping").glob("*") if path.is_dir()))
    if as_json:
        _tell(rows)
        return
    table = Table("set", "variant", "articles", "events", "groups", "P", "R", "B-cubed F1")
    for row in rows:
        figures = (f"{row[figure]:.3f}" for figure in ("precision", "recall", "f1"))
        table.add_row(*(str(row[name]) for name in ("set", "variant", "articles", "events", "groups")), *figures)
    Console(width=110).print(table)


@app.command()
def grouping_speed(
    folder: Annotated[Path, typer.Argument(help="Folder of sets.")] = DEFAULT_SETS,
    articles: Annotated[int, typer.Option(help="Articles that the stream has.")] = ARTICLES,
) -> None:
    """Measure how fast enriched articles are grouped, what one costs late in the stream, and how memory goes."""
    stream = folder / "stream" / "reuters" / "articles.jsonl.gz"
    if not stream.exists():
        print(f"{stream}: not here, so the speed of grouping was not measured.", file=sys.stderr)
        return
    sys.exit(_hold(measure_grouping_speed(stream, articles), "grouping"))


@app.command()
def whole_way(
    articles: Annotated[int, typer.Option(help="Articles that the chronicle has.")] = 2_000,
    folder: Annotated[
        Path | None, typer.Option(help="Where chronicle and site stay for later runs; by default they go.")
    ] = None,
) -> None:
    """Measure saved pages to published event pages, and how soon one more article is on its event's page."""
    ceilings = tomllib.loads(FLOORS.read_text(encoding="utf-8"))["whole way"]
    late = 0
    for row in measure_whole_way(articles, folder):
        if row["measure"] in ceilings:
            ceiling = ceilings[row["measure"]]
            holds = row["shown"] == row["reports"] and row["seconds"] <= ceiling
            row |= {"ceiling": ceiling, "holds": holds}
            late |= not holds
        _tell([row])
    sys.exit(late)


@app.command()
def names(
    show: Annotated[bool, typer.Option("--show", help="Print what was read otherwise than labelled.")] = False,
) -> None:
    """Measure which entities the names of the project's own sample articles are taken for, against labels."""
    _tell(measure_entities(show))


@app.command()
def sample_events() -> None:
    """Measure how the project's own sample articles and entries are grouped, against labels."""
    _tell(measure_sample_events())


@app.command()
def figures() -> None:
    """Measure what the figures of the project's own sample articles are taken for, against labels."""
    _tell(measure_figures(claim_pipeline()))


@app.command()
def findings(half: Annotated[str, typer.Argument(help="first, second, or both.")] = "both") -> None:
    """Measure how claims of one event are aligned and judged, on the labelled set in bench/reconcile."""
    _tell(measure_findings(HALVES if half == "both" else (half,)))


@app.command()
def findings_speed(reports: Annotated[int, typer.Option(help="Reports of the event.")] = 300) -> None:
    """Measure how long the findings of one event of many different reports take."""
    _tell([time_findings(reports)])


def _hold(rows: Iterable[dict[str, Any]], section: str) -> int:
    """Print rows, those that have a floor in a section with whether they hold it; returns 1 if one does not."""
    floors = tomllib.loads(FLOORS.read_text(encoding="utf-8"))[section]
    below = 0
    for row in rows:
        if row["measure"] in floors:
            holds = row["value"] >= floors[row["measure"]]
            row |= {"floor": floors[row["measure"]], "holds": holds}
            below |= not holds
        _tell([row])
    return below


def _tell(rows: Iterable[dict[str, Any]]) -> None:
    for row in rows:
        print(json.dumps(row, ensure_ascii=False), flush=True)


if __name__ == "__main__":
    app()
