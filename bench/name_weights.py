"""Weights of the evidence for names, fitted on sets with marked names.

Every document goes through the default model; what `diurna_names` takes for candidates is labelled by the gold: the
class of the name that has exactly this span, or none. Where the gold parts what stands together, the parts are one here
("African" and "Union", "University of" and "Auckland"), since a reader takes them for one.

Sets whose licence lets their weights be shipped (CC BY: wikigold) give all of the weights; a set without a licence
only corrects the few dozen that it disagrees with most, as it might have set thresholds.

The weights are those of a semi-Markov conditional random field (Sarawagi and Cohen, 2004): the probability of a
reading, that is a set of candidates without overlaps, goes with the exponential of its sum of scores; readings of
candidates that do not overlap are independent. The loss, with an L2 penalty, is minimised by Adam (Kingma and Ba,
2015). First the weights of the spans' own evidence are fitted, then those of the second look, on what the first make
of the texts.
"""

import json
import re
import sys
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import spacy
from msgspec import Struct
from spacy.tokens import Doc

from bench.chronicles import read_rows
from diurna.enrich.found import Words, words_of
from diurna.enrich.names.candidates import candidates
from diurna.enrich.names.choice import CLASSES, EXTREME, Scores, best_spans, score, second_look, second_scores
from diurna.enrich.names.evidence import Surroundings
from diurna.enrich.names.tagger import known_of, with_names
from diurna.enrich.names.words import HEADS
from diurna.enrich.settings import EnrichSettings

__all__ = ["Example", "Tables", "example", "f1", "fit_tables", "read_examples", "written"]

Array = np.ndarray[Any, np.dtype[np.float64]]
Rows = list[list[tuple[str, float]]]
Table = dict[str, Scores]

TYPES = {"PER": 0, "ORG": 1, "LOC": 2, "MISC": 3}
_BIAS = 0.3
_NONE = 4
_L2 = 1.5
CORRECTED = (36, 12)
_STEPS = 120
_RATE = 0.1


class Tables(Struct, frozen=True):
    """Weights of the spans' own evidence, and of the second look."""

    first: Table
    second: Table


class Example(Struct, frozen=True):
    """A document's candidates with their evidence and gold classes; `marked` are the set's own names."""

    words: Words
    spans: list[tuple[int, int]]
    evidence: list[list[str]]
    gold: list[int]
    marked: frozenset[tuple[int, int, int]]
    weight: float = 1.0


def example(doc: Doc, marked: Iterable[tuple[int, int, int]], weight: float = 1.0) -> Example:
    """A document that a model has read, with its marked names (start, end, class)."""
    words = words_of(doc)
    known = known_of(doc, words)
    spans = candidates(words, [*known.model, *known.listed])
    about = Surroundings(words, with_names(known, doc, words, spans))
    names = frozenset(marked)
    joined = {(start, end): of for start, end, of in _joined(doc.text, sorted(names))}
    gold = [joined.get((words.start[start], words.end[end - 1]), _NONE) for start, end in spans]
    return Example(words, spans, [about.evidence(*span) for span in spans], gold, names, weight)


def _joined(text: str, names: Sequence[tuple[int, int, int]]) -> list[tuple[int, int, int]]:
    """Marked names, with the parts of one body joined: place or nationality before a body's noun, or after "of"."""
    body, place, other = TYPES["ORG"], TYPES["LOC"], TYPES["MISC"]
    found: list[tuple[int, int, int]] = []
    for start, end, of in names:
        if found and text[found[-1][1] : start] == " ":
            first, last, before = found[-1]
            words = re.split(r"\W+", text[start:end])
            if of == body and HEADS.get(words[-1].lower()) == "organisation" and len(words) <= 4:
                found[-1] = (first, end, body)
                continue
            if before == body and of in (place, other) and text[first:last].endswith((" of", " for")):
                found[-1] = (first, end, body)
                continue
        found.append((start, end, of))
    return found


def read_examples(folder: Path, weight: float = 1.0) -> list[Example]:
    """The documents of a set, read by the default model."""
    nlp = spacy.load(EnrichSettings().model, exclude=["tagger", "parser", "attribute_ruler", "lemmatizer"])
    gold = {row["id"]: row["entities"] for row in read_rows(next(folder.glob("gold.jsonl*")))}
    return [
        example(nlp(row["text"]), [(one["start"], one["end"], TYPES[one["type"]]) for one in gold[row["id"]]], weight)
        for row in read_rows(next(folder.glob("docs.jsonl*")))
    ]


def fit_tables(free: Sequence[Example], others: Sequence[Example], corrected: tuple[int, int] = CORRECTED) -> Tables:
    """Weights fitted on the free examples, so many of each table corrected by all examples together."""
    first = _fit(free, others, _own_evidence, corrected[0])

    def looked(ex: Example) -> Rows:
        scores = [score(one, first) for one in ex.evidence]
        own = [[(f"first {CLASSES[of]}", max(-EXTREME, min(EXTREME, one[of]))) for of in range(4)] for one in scores]
        seen = second_look(ex.words, ex.spans, scores, _BIAS)
        return [[*mine, *rest] for mine, rest in zip(own, seen, strict=True)]

    second = _fit(free, others, looked, corrected[1])
    diagonal = tuple(second.pop(f"first {of}")[at] for at, of in enumerate(CLASSES))
    second["first score"] = (diagonal[0], diagonal[1], diagonal[2], diagonal[3])
    return Tables(first, second)


def _own_evidence(ex: Example) -> Rows:
    return [[(piece, 1.0) for piece in one] for one in ex.evidence]


def _fit(free: Sequence[Example], others: Sequence[Example], rows_of: Callable[[Example], Rows], most: int) -> Table:
    """Weights of all evidence in the rows; a first score speaks for its own class alone."""
    rows = [rows_of(ex) for ex in [*free, *others]]
    names = sorted({piece for doc in rows for one in doc for piece, _ in one})
    allowed = np.ones((len(names), 4), dtype=bool)
    for at, of in enumerate(CLASSES):
        if f"first {of}" in names:
            allowed[names.index(f"first {of}")] = np.arange(4) == at
    problem = _problem(free, rows[: len(free)], names)
    found = _minimised(problem, allowed, np.zeros(allowed.shape))
    if most and others:
        problem = _problem([*free, *others], rows, names)
        apart = np.abs(_minimised(problem, allowed, found) - found)
        telling = apart * np.sqrt(np.square(problem.design).sum(axis=0))[:, None]
        found = _minimised(problem, telling >= np.sort(telling, axis=None)[-most], found)
    return {
        name: (round(row[0], 2), round(row[1], 2), round(row[2], 2), round(row[3], 2))
        for name, row in zip(names, found.tolist(), strict=True)
        if any(row)
    }


class _Problem(Struct, frozen=True):
    """Evidence of every candidate as a matrix, its gold class, the weight of its document, and what overlaps."""

    design: Any
    gold: Any
    weight: Any
    lattice: "Lattice"


def _problem(examples: Sequence[Example], rows: Sequence[Rows], names: Sequence[str]) -> _Problem:
    number = {name: at for at, name in enumerate(names)}
    design = np.zeros((sum(len(doc) for doc in rows), len(names)), dtype=np.float32)
    for at, one in enumerate(one for doc in rows for one in doc):
        for piece, amount in one:
            design[at, number[piece]] = amount
    gold = np.array([of for ex in examples for of in ex.gold])
    weight = np.repeat([ex.weight for ex in examples], [len(ex.spans) for ex in examples])
    return _Problem(design, gold, weight, _lattice(examples))


Lattice = list[tuple[tuple[tuple[int, int], ...], np.ndarray[Any, np.dtype[np.int64]]]]


def _lattice(examples: Sequence[Example]) -> Lattice:
    """Groups of overlapping candidates by their shape (first and last position of each), with their numbers."""
    found: dict[tuple[tuple[int, int], ...], list[list[int]]] = {}
    offset = 0
    for ex in examples:
        group: list[int] = []
        reach = -1
        for at, (start, end) in [*enumerate(ex.spans), (-1, (1 << 60, 1 << 60))]:
            if group and start >= reach:
                edges = sorted({edge for one in group for edge in ex.spans[one]})
                order = sorted(group, key=lambda one: (ex.spans[one][1], ex.spans[one][0]))
                shape = tuple((edges.index(ex.spans[one][0]), edges.index(ex.spans[one][1])) for one in order)
                found.setdefault(shape, []).append([offset + one for one in order])
                group = []
                reach = -1
            group.append(at)
            reach = max(reach, end)
        offset += len(ex.spans)
    return [(shape, np.array(numbers)) for shape, numbers in found.items()]


def _minimised(problem: _Problem, allowed: Any, start: Array) -> Array:
    """Weights (evidence by class) of the least loss; those not allowed stay as they start."""
    design, weight = problem.design, problem.weight
    found = start.copy()
    mean, square = np.zeros_like(found), np.zeros_like(found)
    for step in range(1, _STEPS + 1):
        expected = _gradient(design @ found.astype(np.float32), problem.gold, problem.lattice) * weight[:, None]
        gradient = (design.T @ expected.astype(np.float32) + _L2 * found) / len(weight) * allowed
        mean = 0.9 * mean + 0.1 * gradient
        square = 0.99 * square + 0.01 * gradient * gradient
        rate = _RATE if step <= 0.8 * _STEPS else _RATE / 10
        found -= rate * (mean / (1 - 0.9**step)) / (np.sqrt(square / (1 - 0.99**step)) + 1e-8)
    return found


def _gradient(scores: Any, gold: Any, lattice: Lattice) -> Array:
    """Of the loss, by the scores: what is expected of every candidate and class, less what the gold says."""
    powers = np.exp(np.clip(scores, -30, 30))
    sums = powers.sum(axis=1)
    found = np.zeros_like(powers)
    for shape, numbers in lattice:
        last = max(end for _, end in shape)
        ahead = [np.ones(len(numbers)) for _ in range(last + 1)]
        behind = [np.ones(len(numbers)) for _ in range(last + 1)]
        for edge in range(1, last + 1):
            ahead[edge] = ahead[edge - 1].copy()
            for at, (start, end) in enumerate(shape):
                if end == edge:
                    ahead[edge] += ahead[start] * sums[numbers[:, at]]
        for edge in range(last - 1, -1, -1):
            behind[edge] = behind[edge + 1].copy()
            for at, (start, end) in enumerate(shape):
                if start == edge:
                    behind[edge] += behind[end] * sums[numbers[:, at]]
        for at, (start, end) in enumerate(shape):
            found[numbers[:, at]] = powers[numbers[:, at]] * (ahead[start] * behind[end] / ahead[last])[:, None]
    named = np.nonzero(gold < _NONE)[0]
    found[named, gold[named]] -= 1
    result: Array = found
    return result


def f1(examples: Sequence[Example], tables: Tables, bias: float = _BIAS) -> tuple[float, float, float]:
    """Precision, recall and strict F1 against the names as the set marks them."""
    right = told = marked = 0
    for ex in examples:
        first = [score(one, tables.first) for one in ex.evidence]
        second = second_scores(first, second_look(ex.words, ex.spans, first, bias), tables.second)
        found = {
            (ex.words.start[ex.spans[at][0]], ex.words.end[ex.spans[at][1] - 1], of)
            for at, of in best_spans(ex.spans, second, bias)
        }
        right += len(found & ex.marked)
        told += len(found)
        marked += len(ex.marked)
    precision, recall = right / max(told, 1), right / max(marked, 1)
    return round(precision, 4), round(recall, 4), round(2 * precision * recall / max(precision + recall, 1e-9), 4)


def written(tables: Tables) -> str:
    """The tables as lines of Python."""
    lines = []
    for name, table in (("FIRST", tables.first), ("SECOND", tables.second)):
        lines.append(f"{name}: dict[str, tuple[float, float, float, float]] = {{")
        for piece, row in sorted(table.items()):
            values = ", ".join(str(round(one, 1) + 0.0) for one in row)
            if any(round(one, 1) for one in row):
                lines.append(f"    {json.dumps(piece)}: ({values}),")
        lines += ["}", ""]
    return "\n".join(lines)


# wnut17-train is free too, but only unusual names are marked in it: with it at a weight of 0.25, precision on the other
# halves rose by 0.01 and recall fell by as much.
FREE = {"wikigold": 2.0}


def main(folders: Sequence[str]) -> None:
    """Fit on each half of the sets, measure on the other, then print the weights fitted on all."""
    sets = {Path(one).name: read_examples(Path(one), FREE.get(Path(one).name, 1.0)) for one in folders}
    for half in (0, 1):
        tables = _fitted({name: documents[half::2] for name, documents in sets.items()})
        for name, documents in sets.items():
            print(name, "half", half, f1(documents[half::2], tables), "other", f1(documents[1 - half :: 2], tables))
    tables = _fitted(sets)
    for name, documents in sets.items():
        print(name, "all", f1(documents, tables))
    print(written(tables))


def _fitted(sets: Mapping[str, Sequence[Example]]) -> Tables:
    return fit_tables(
        [ex for name, documents in sets.items() if name in FREE for ex in documents],
        [ex for name, documents in sets.items() if name not in FREE for ex in documents],
    )


if __name__ == "__main__":
    main(sys.argv[1:])
