"""Command line of the bench: predict, score, speed, lineage."""

import json
import sys
from pathlib import Path
from typing import Annotated

import typer

from bench.lineage import measure_lineage
from bench.predict import TASKS, predict_set
from bench.score import DEFAULT_SETS, score_all
from bench.speed import measure_speed

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
def speed(
    folder: Annotated[Path, typer.Argument(help="Folder of sets; made-up entries are used without it.")] = DEFAULT_SETS,
    events: Annotated[int, typer.Option(help="Events to measure with; 0 takes the whole set.")] = 0,
) -> None:
    """Measure adding, relating and publishing; one JSON object per measure."""
    sys.exit(measure_speed(folder, events))


if __name__ == "__main__":
    app()
