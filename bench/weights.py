"""Weights of the evidence on a page's blocks, fitted on the pages of the sets whose gold tells what is text.

Pages are read by the project's own reader, in the quality setting, and each block is labelled by the gold. Where that
is an article's whole text (`readability`), a block is text if most of its runs of four words are in it; a block of
fewer words is if the gold has it letter for letter, but tells nothing where it stands outside the article's container.
Where the gold is snippets (`trafilatura`), a block with at least as many to keep as to leave out is text, one with
fewer is none, and one without any tells nothing.

Then the logistic loss is minimised by Newton's method, which ends in a few steps and needs nothing but Python. The L2
penalty counts each weight by the standard deviation of its evidence; the weight of the empty name has none.
"""

import json
import math
import re
import sys
import tempfile
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from enum import StrEnum
from pathlib import Path
from typing import Any
from unittest.mock import patch

from msgspec import Struct

from bench.chronicles import read_rows
from bench.extraction import read_pages
from bench.predict import TASKS
from bench.score import score_set
from diurna.extract import body, body_weights
from diurna.extract.body_blocks import Page
from diurna.extract.body_judge import Judged, evidence, judge_blocks, spaceless
from diurna.extract.page import read_page
from diurna.extract.settings import ExtractSettings

Tables = dict[str, dict[str, float]]

_SETS = ("trafilatura", "readability")
# Of the loss against the penalty, as first fitted (scikit-learn's C).
_TRUST = {"BULK": 0.02, "QUALITY": 0.005}
_RUN = 4  # words
# A page with its whole text labels 125 blocks, one with snippets 6. So a block of the former counts by its length, as
# for the scorer, and one of the latter counts 1.
_PER_CHARACTER = 0.0025
_MOST_CHARACTERS = 800
_LEAST = 0.02
_SETTLED = 1e-6
_MOST_STEPS = 50
_NAMED = re.compile(r"(?m)^BULK = \{")


class Half(StrEnum):
    """Pages of a set by their number, from 1, in the order of its file."""

    ODD = "odd"
    EVEN = "even"


class Example(Struct, frozen=True):
    """Block that the gold tells about: the half its page is in, whether it is text, the evidence in each setting."""

    half: Half
    is_text: bool
    counts: float
    rows: Tables


class Told(Struct, frozen=True):
    """What one set tells: its examples, and by page the second opinions, which take most of the time to get."""

    folder: Path
    examples: list[Example]
    opinions: dict[str, Mapping[str, str]]


def learn_weights(folder: Path, halves: Sequence[Half], write: bool) -> Iterator[str]:
    """Lines to print: both tables as Python, or for each half to learn on what its weights reach on the other."""
    sets = [folder / "extraction" / name for name in _SETS]
    absent = [str(path) for path in sets if not path.is_dir()]
    if absent:
        sys.exit(f"no weights without the sets they are learned on (not part of the repository): {', '.join(absent)}")
    told = [_read_set(path) for path in sets]
    for half in halves:
        tables = _fit_tables([example for one in told for example in one.examples if example.half == half])
        for one in told:
            yield from map(json.dumps, _score_other(one, half, tables))
    if not halves:
        source = _as_python(_fit_tables([example for one in told for example in one.examples]))
        if write:
            path = Path(body_weights.__file__)
            before = _NAMED.split(path.read_text(encoding="utf-8"), maxsplit=1)[0]
            path.write_text(before + source + "\n", encoding="utf-8")
        yield source


def _half(number: int) -> Half:
    return Half.ODD if number % 2 else Half.EVEN


def _read_set(folder: Path) -> Told:
    """Read all pages of a set, listening to what the reader has for its judgement."""
    gold = _read_gold(folder)
    told = Told(folder, [], {})
    heard: list[tuple[Page, Mapping[str, str], str]] = []

    def listen(page: Page, opinions: Mapping[str, str], linked: str, weights: Mapping[str, float]) -> list[Judged]:
        heard.append((page, opinions, linked))
        return judge_blocks(page, opinions, linked, weights)

    with patch.object(body, "judge_blocks", listen):
        for number, (name, capture, content) in enumerate(read_pages(folder), 1):
            read_page(content, capture, ExtractSettings(thoroughness="quality"))
            for page, opinions, linked in heard:
                told.opinions[name] = opinions
                told.examples.extend(_examples(page, opinions, linked, gold[name], _half(number)))
            heard.clear()
    return told


def _read_gold(folder: Path) -> dict[str, dict[str, Any]]:
    return {row["id"]: row for row in read_rows(next(folder.glob("gold.jsonl*")))}


def _examples(
    page: Page, opinions: Mapping[str, str], linked: str, gold: Mapping[str, Any], half: Half
) -> Iterator[Example]:
    label = _by_text(gold["text"]) if "text" in gold else _by_snippets(gold)
    _, alone = evidence(page, {}, linked)
    judged, heard = evidence(page, opinions, linked)
    for item, bulk, quality in zip(judged, alone, heard, strict=True):
        is_text = label(item)
        if is_text is None:
            continue
        length = min(len(item.block.text), _MOST_CHARACTERS)
        counts = _PER_CHARACTER * length + _LEAST if "text" in gold else 1.0
        yield Example(half, is_text, counts, {"BULK": bulk, "QUALITY": quality if opinions else {}})


def _by_text(text: str) -> Callable[[Judged], bool | None]:
    runs, letters = _runs(text), spaceless(text).casefold()

    def label(item: Judged) -> bool | None:
        own = _runs(item.block.text)
        if own:
            return (own & runs).total() > own.total() / 2
        found = spaceless(item.block.text).casefold() in letters
        return None if found and not item.in_main else found

    return label


def _runs(text: str) -> Counter[tuple[str, ...]]:
    words = re.findall(r"\w+", text.casefold())
    return Counter(tuple(words[at : at + _RUN]) for at in range(len(words) - _RUN + 1))


def _by_snippets(gold: Mapping[str, Any]) -> Callable[[Judged], bool | None]:
    wanted = [" ".join(snippet.split()) for snippet in gold.get("with", [])]
    unwanted = [" ".join(snippet.split()) for snippet in gold.get("without", [])]

    def label(item: Judged) -> bool | None:
        text = " ".join(item.block.text.split())
        keep = sum(snippet in text for snippet in wanted)
        leave = sum(snippet in text for snippet in unwanted)
        return keep >= leave if keep or leave else None

    return label


def _fit_tables(examples: list[Example]) -> Tables:
    """Weights of both settings; blocks that are not weighed in a setting have no evidence, and are left out."""
    return {name: _fit([example for example in examples if example.rows[name]], name) for name in _TRUST}


def _fit(examples: list[Example], setting: str) -> dict[str, float]:
    names = ["", *sorted({name for example in examples for name in example.rows[setting]})]
    places = {name: place for place, name in enumerate(names)}
    rows = [
        [(0, 1.0), *sorted((places[name], value) for name, value in example.rows[setting].items())]
        for example in examples
    ]
    penalty = [0.0, *(variance / _TRUST[setting] for variance in _variances(rows, len(names))[1:])]
    weights = [0.0] * len(names)
    for _ in range(_MOST_STEPS):
        slope = [cost * weight for cost, weight in zip(penalty, weights, strict=True)]
        curve = [[0.0] * place + [cost] for place, cost in enumerate(penalty)]  # symmetric: its lower half
        for example, row in zip(examples, rows, strict=True):
            likely = (1 + math.tanh(sum([weights[place] * value for place, value in row]) / 2)) / 2
            error = example.counts * (likely - example.is_text)
            bend = example.counts * likely * (1 - likely)
            for last, (place, value) in enumerate(row, 1):
                slope[place] += error * value
                line, share = curve[place], bend * value
                for other, factor in row[:last]:
                    line[other] += share * factor
        step = _solve(curve, slope)
        weights = [weight - change for weight, change in zip(weights, step, strict=True)]
        if max(map(abs, step)) < _SETTLED:
            return {name: round(weight, 3) + 0.0 for name, weight in zip(names, weights, strict=True)}  # no -0.0
    raise ArithmeticError(f"the weights of {setting} did not settle in {_MOST_STEPS} steps")


def _variances(rows: list[list[tuple[int, float]]], width: int) -> list[float]:
    sums, squares = [0.0] * width, [0.0] * width
    for row in rows:
        for place, value in row:
            sums[place] += value
            squares[place] += value * value
    return [square / len(rows) - (total / len(rows)) ** 2 for total, square in zip(sums, squares, strict=True)]


def _solve(matrix: list[list[float]], right: list[float]) -> list[float]:
    """Solve for a positive definite matrix of which the lower half is given, by Cholesky's method."""
    roots: list[list[float]] = []
    found: list[float] = []
    for line, value in zip(matrix, right, strict=True):
        root: list[float] = []
        for place, above in enumerate([*roots, root]):
            rest = line[place] - sum([one * other for one, other in zip(root, above, strict=False)])
            root.append(rest / above[place] if above is not root else math.sqrt(rest))
        roots.append(root)
        found.append((value - sum([one * other for one, other in zip(root, found, strict=False)])) / root[-1])
    for place in reversed(range(len(found))):
        found[place] /= roots[place][place]
        for before in range(place):
            found[before] -= roots[place][before] * found[place]
    return found


def _score_other(told: Told, learned: Half, tables: Tables) -> Iterator[dict[str, Any]]:
    """F1 of the pages that the tables were not learned on, by the sets' scorer, in both settings."""
    other = Half.EVEN if learned == Half.ODD else Half.ODD
    pages = [page for number, page in enumerate(read_pages(told.folder), 1) if _half(number) == other]
    gold = _read_gold(told.folder)

    def predict(settings: ExtractSettings) -> Iterator[dict[str, Any]]:
        for name, capture, content in pages:
            opinions = told.opinions.get(name, {})
            changed: dict[str, Any] = {**tables, "ask": lambda _, opinions=opinions: opinions}
            with patch.multiple(body, **changed):
                article = read_page(content, capture, settings).article
            yield {"id": name, "text": "\n\n".join([*article.key_points, article.text]) if article is not None else ""}

    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch) / "extraction" / told.folder.name
        folder.mkdir(parents=True)
        rows = "".join(json.dumps(gold[name]) + "\n" for name, _, _ in pages)
        (folder / "gold.jsonl").write_text(rows, encoding="utf-8")
        scorer = told.folder.parent.parent / "score.py"
        if scorer.exists():
            (Path(scratch) / "score.py").symlink_to(scorer.resolve())
        for thoroughness in ("quality", "bulk"):
            settings = ExtractSettings(thoroughness=thoroughness)
            with patch.dict(TASKS, extraction=lambda _, settings=settings: predict(settings)):
                figures = score_set(folder)
            yield {
                "set": f"extraction/{told.folder.name}",
                "setting": thoroughness,
                "learned on": learned,
                "scored on": other,
                "pages": len(pages),
                "f1": figures["f1"],
            }


def _as_python(tables: Tables) -> str:
    lines: list[str] = []
    for setting, table in tables.items():
        lines += [f"{setting} = {{", *(f'    "{name}": {weight},' for name, weight in table.items()), "}", ""]
    return "\n".join(lines).rstrip()
