"""Grouping side by side with what people use today, in one run: quality on the sets, and articles a second.

    python -m bench.grouping_rivals [FOLDER...] [--singletons] [--batch N]

- **TF-IDF** (scikit-learn: sublinear counts, English stop words, title and text) with agglomerative clustering, average
  link, cosine distance: cut at 0.8 everywhere, and at the best cut for the set alone, chosen by its own gold: more than
  any user could have.
- **taranis-story-clustering**, the story clustering of Taranis AI: keywords of a batch of articles make a graph, its
  Louvain communities are topics, and the articles of a topic are parted by the likeness of their first five sentences.
  Cut 0.5 is its own; the best of several is chosen like above. It is given a whole set at once (`initial_clustering`),
  which is more than a stream knows, and with `--batch` so many at a time (`initial_clustering`, then
  `incremental_clustering_v2`, with what is grouped handed back as its bot does). It leaves articles
  with fewer than five tags out: they count as alone.

What had to be replaced in taranis-story-clustering 0.8.1, whose code is otherwise run as it is installed:

- the model `paraphrase-multilingual-MiniLM-L12-v2`, which it takes from a hub as it is imported: the vectors of
  wordllama (256 dimensions, those that come with its package). They are weaker at paraphrase and many times as fast, so
  with the real one quality may be better, and speed is worse;
- the stop words of NLTK data (English, German): scikit-learn's English ones. NLTK itself is there, its tokenizer needs
  no data;
- torch and sentence-transformers, of which it then needs a cosine, a maximum and a mean: the same in numpy;
- its tags, which bots of Taranis AI write: the people, organisations and places that this project's own enrichment
  found, 20 at most, in the order of the text; where they are fewer than 8, filled up with the words of the article that
  TF-IDF in the set rates highest. Their time is not counted.

Both take a set as a whole: articles a second are those of one pass over it, and an answer after each arrival would cost
a pass each. The pass of TF-IDF grows with the square of the articles, in time and in memory (20,000 take 3.2 GB).

All of them run in an environment that uv makes in a temporary folder; nothing of it is in the project's locks. Every
method takes the articles in the order of their ids. Time is that of the processor, on one core, with one thread in the
numeric libraries; for the project's own grouper (if `bench.grouping` is there) it has enrichment in it, which the
other methods do not do: the speed of grouping alone is measured elsewhere.
"""

import importlib
import importlib.util
import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated, Any, NamedTuple

import typer
from rich.console import Console
from rich.table import Table

from bench.grouping_sets import Row, read_set, with_singletons, write_set
from bench.score import DEFAULT_SETS
from diurna.enrich.annotate import Annotator
from diurna.enrich.settings import EnrichSettings
from diurna.enrich.task import Task
from diurna.model import Article, Dating, Paragraph

__all__ = ["Figures", "compare", "score_groups"]

# matplotlib: what polyfuzz takes from it is gone from 3.9 on.
NEEDS = (
    "scikit-learn==1.9.1",
    "polyfuzz==0.4.3",
    "matplotlib==3.8.4",
    "networkx==3.6.1",
    "nltk==3.10.4",
    "wordllama==0.4.0.post1",
    "typing-extensions==4.16.0",
)
TARANIS = "taranis-story-clustering==0.8.1"
TFIDF_CUTS = (0.8, *(cut / 100 for cut in range(50, 98, 2) if cut != 80))
TARANIS_CUTS = (0.5, 0.35, 0.65)
_METHODS = Path(__file__).parent / "grouping_rival_methods.py"
_TAGS = {"person": "PER", "organisation": "ORG", "place": "LOC"}
_MOST_TAGS = 20
_ONE_THREAD = {f"{library}_NUM_THREADS": "1" for library in ("OPENBLAS", "OMP", "MKL")}


class Figures(NamedTuple):
    """What a method reached on a set: B-cubed, and articles a second (0: not measured)."""

    method: str
    set: str
    f1: float
    precision: float
    recall: float
    speed: float


def compare(folders: Sequence[Path], batch: int = 0) -> Iterator[Figures]:
    """Figures of every method on every set, all in this run."""
    tags: dict[str, dict[str, str]] = {}
    annotator = Annotator(EnrichSettings())
    with tempfile.TemporaryDirectory() as scratch:
        python = _environment(Path(scratch) / "environment")
        for folder in folders:
            rows, _ = read_set(folder)
            asked = [_asked(row, tags, annotator) for row in rows]
            yield from _ours(folder, len(rows))
            yield from _rival(python, folder, {"method": "tf-idf", "rows": asked, "cuts": TFIDF_CUTS})
            for size in dict.fromkeys((0, batch)):
                question = {"method": "taranis", "rows": asked, "cuts": TARANIS_CUTS, "batch": size}
                yield from _rival(python, folder, question)


def score_groups(folder: Path, rows: Iterable[Row]) -> tuple[float, float, float]:
    """B-cubed F1, precision and recall of predictions, by the scorer that lies with the project's sets."""
    with tempfile.NamedTemporaryFile("w", suffix=".jsonl", encoding="utf-8") as file:
        file.writelines(json.dumps(row) + "\n" for row in rows)
        file.flush()
        scorer = [sys.executable, str(DEFAULT_SETS / "score.py"), "grouping"]
        done = subprocess.run(
            [*scorer, "--gold", str(folder), "--pred", file.name], capture_output=True, text=True, check=False
        )
    if done.returncode:
        sys.exit(f"{folder}: the scorer refused the predictions: {done.stderr.strip()}")
    figures = json.loads(done.stdout)
    return figures["bcubed_f1"], figures["bcubed_precision"], figures["bcubed_recall"]


def _ours(folder: Path, count: int) -> Iterator[Figures]:
    if importlib.util.find_spec("bench.grouping") is None:
        print("bench.grouping is not there yet, so the project's own grouper is left out.", file=sys.stderr)
        return
    predict = importlib.import_module("bench.grouping").predict_grouping
    begun = time.process_time()
    groups = list(predict(folder))
    seconds = time.process_time() - begun
    yield Figures("diurna (with enrichment)", folder.name, *score_groups(folder, groups), count / seconds)


def _rival(python: Path, folder: Path, question: dict[str, Any]) -> Iterator[Figures]:
    done = subprocess.run(
        [str(python), str(_METHODS)],
        input=json.dumps(question),
        capture_output=True,
        text=True,
        check=False,
        env=os.environ | _ONE_THREAD,
    )
    if done.returncode:
        sys.exit(f"{question['method']} failed on {folder}: {done.stderr.strip()[-2000:]}")
    answer = json.loads(done.stdout)
    batch = question.get("batch")
    name = question["method"] + (f", batches of {batch}" if batch else "")
    speed = len(question["rows"]) / answer["seconds"]
    scored = {
        cut: score_groups(folder, ({"id": of, "cluster": group} for of, group in groups.items()))
        for cut, groups in answer["groups"].items()
    }
    fixed, best = str(question["cuts"][0]), max(scored, key=lambda cut: scored[cut])
    yield Figures(f"{name}, cut {fixed}", folder.name, *scored[fixed], speed)
    yield Figures(f"{name}, best cut for the set ({best})", folder.name, *scored[best], 0.0)


def _environment(folder: Path) -> Path:
    """The interpreter of a scratch environment with the other methods in it.

    taranis-story-clustering goes in without its dependencies, since torch alone is gigabytes.
    """
    uv = Path(sys.executable).parent / "uv"
    python = folder / "bin" / "python"
    for arguments in (
        ("venv", "--python", sys.executable, str(folder)),
        ("pip", "install", "--python", str(python), *NEEDS),
        ("pip", "install", "--python", str(python), "--no-deps", TARANIS),
    ):
        done = subprocess.run(
            [str(uv), "--quiet", "--no-config", *arguments], stderr=subprocess.PIPE, text=True, check=False
        )
        if done.returncode:
            sys.exit(f"uv could not make the environment of the other methods: {done.stderr.strip()}")
    return python


def _asked(row: Row, tags: dict[str, dict[str, str]], annotator: Annotator) -> Row:
    if row["id"] not in tags:
        tags[row["id"]] = _tags(row, annotator)
    title, published = row["title"] or "", row["published"]
    return {"id": row["id"], "title": title, "text": row["text"], "published": published, "tags": tags[row["id"]]}


def _tags(row: Row, annotator: Annotator) -> dict[str, str]:
    written = row["published"]
    published = (
        Dating(datetime.fromisoformat(written).astimezone(UTC), "second", "bench", written, 1.0) if written else None
    )
    article = Article(
        id=f"article:{row['id']}",
        capture="",
        component="bench",
        title=row["title"] or "",
        paragraphs=tuple(Paragraph(part) for part in row["text"].split("\n\n") if part.strip()),
        published=published,
        language="en",
    )
    names: dict[str, str] = {}
    for mention in annotator.annotate(Task(article=article, outlet="", known={})).annotation.mentions:
        if mention.kind in _TAGS and len(names) < _MOST_TAGS:
            names.setdefault(mention.text, _TAGS[mention.kind])
    return names


def main(
    folders: Annotated[list[Path] | None, typer.Argument(help="Sets; without, all that the project has.")] = None,
    batch: Annotated[int, typer.Option(help="Give taranis so many articles at a time as well; 0: not.")] = 0,
    singletons: Annotated[
        bool, typer.Option("--singletons", help="Also measure with half of the articles, and events, alone.")
    ] = False,
    seed: Annotated[int, typer.Option(help="For which events are cut down to one article.")] = 0,
) -> None:
    """Print one table of all methods on all sets."""
    sets = folders or sorted(path for path in (DEFAULT_SETS / "grouping").glob("*") if path.is_dir())
    if not sets:
        sys.exit("no sets for grouping (they are not part of the repository): name a folder")
    os.environ.update(_ONE_THREAD)
    table = Table("method", "set", "B-cubed F1", "P", "R", "articles/s")
    with tempfile.TemporaryDirectory() as scratch:
        thinned: list[Path] = []
        for path in sets if singletons else ():
            rows, gold = read_set(path)
            for half in ("articles", "events"):
                thinned.append(Path(scratch) / f"{path.name}, half of {half} alone")
                write_set(thinned[-1], *with_singletons(rows, gold, seed, half))
        for row in compare([*sets, *thinned], batch):
            print(json.dumps(row._asdict()), flush=True)
            figures = (f"{figure:.3f}" for figure in (row.f1, row.precision, row.recall))
            table.add_row(row.method, row.set, *figures, f"{row.speed:.1f}" if row.speed else "")
    Console(stderr=True, width=140).print(table)


if __name__ == "__main__":
    typer.run(main)
