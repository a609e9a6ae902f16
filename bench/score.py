"""Scoring every set against its floors."""

import json
import subprocess
import sys
import tempfile
import tomllib
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.table import Table

from bench.predict import TASKS, predict_set

DEFAULT_SETS = Path(__file__).parent.parent.parent / "shared" / "bench"
FLOORS = Path(__file__).parent / "floors.toml"


def score_all(folder: Path) -> int:
    """Predict and score every set of the project's tasks; returns 1 if a figure lies below its floor."""
    sets = sorted(path for task in TASKS for path in folder.glob(f"{task}/*") if path.is_dir())
    if not sets:
        print(
            f"{folder}: no sets here, so no quality was measured (they are not part of the repository).",
            file=sys.stderr,
        )
        return 0
    floors = tomllib.loads(FLOORS.read_text(encoding="utf-8"))
    table = Table("set", "figure", "value", "floor", "")
    failed = False
    for path in sets:
        name = f"{path.parent.name}/{path.name}"
        figures = score_set(path)
        print(json.dumps({"set": name, **figures}))
        for figure, floor in floors.get(name, {}).items():
            holds = figures[figure] >= floor
            failed |= not holds
            table.add_row(name, figure, f"{figures[figure]:.4f}", f"{floor:.4f}", "holds" if holds else "BELOW")
    Console(stderr=True).print(table)
    return int(failed)


def score_set(path: Path) -> dict[str, Any]:
    """Figures of one set, by the scorer that lies with the sets."""
    scorers = [base / "score.py" for base in (path.parent.parent, DEFAULT_SETS)]
    scorer = next((scorer for scorer in scorers if scorer.exists()), None)
    if scorer is None:
        sys.exit(f"no scorer: expected score.py in {path.parent.parent} or beside the project's sets")
    with tempfile.NamedTemporaryFile(suffix=".jsonl") as predictions:
        predict_set(path.parent.name, path, Path(predictions.name))
        command = [sys.executable, str(scorer), path.parent.name, "--gold", str(path), "--pred", predictions.name]
        done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode:
        sys.exit(f"{path}: the scorer refused the predictions: {done.stderr.strip()}")
    figures: dict[str, Any] = json.loads(done.stdout)
    return figures
