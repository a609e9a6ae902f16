"""Entities as a spaCy model's recogniser finds them, decided for many tokens at once.

spaCy decides token by token (transitions B, I, L, U, O). But outside of an entity its network sees nothing of what was
decided before, so there all tokens are decided in one product of matrices; and within an entity it sees where that
began, so all entities that could begin anywhere are followed side by side. The decisions are the same.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import islice
from typing import Any, Self

import numpy as np
from numpy.typing import NDArray
from spacy.tokens import Doc, Span
from thinc.api import Model

from diurna.enrich.fast_vectors import FastVectors, Floats

__all__ = ["Entities"]

# Entities longer than this are followed one by one, and only where they are met.
_ROUNDS = 12
_BATCH = 64
_MOST_TOKENS = 20_000


class _Moves:
    """What the recogniser may do, as columns of its scores."""

    def __init__(self, names: Sequence[str]) -> None:
        at = {name: column for column, name in enumerate(names)}
        self.labels = [name[2:] for name in names if name.startswith("B-")]
        self.begin = np.array([at[f"B-{label}"] for label in self.labels])
        self.within = np.array([at[f"I-{label}"] for label in self.labels])
        self.last = np.array([at[f"L-{label}"] for label in self.labels])
        unit = [at[f"U-{label}"] for label in self.labels]
        # Columns that may be chosen outside of an entity, in the order of the scores: the first of equals wins.
        columns = sorted([*self.begin.tolist(), *unit, at["O"]])
        self.outside = np.array(columns)
        begins, units = (
            dict(zip(self.begin.tolist(), range(99), strict=False)),
            dict(zip(unit, range(99), strict=False)),
        )
        self.begins = np.array([begins.get(column, -1) for column in columns])
        self.units = np.array([units.get(column, -1) for column in columns])


class _Steps:
    """The recogniser's network after its vectors: from the tokens that it looks at to scores of moves."""

    def __init__(self, model: Model[Any, Any], names: Sequence[str]) -> None:
        linear, lower, upper = model.layers[0].layers[-1], model.layers[1], model.layers[2]
        self._linear: Floats = np.ascontiguousarray(linear.get_param("W").T)
        self._linear_bias: Floats = linear.get_param("b")
        weights = np.asarray(lower.get_param("W"))
        _, width, pieces, inputs = weights.shape
        self._width, self._pieces = width, pieces
        # Three tokens are looked at: the next one, the first and the last of the entity so far.
        self._token, self._begun, self._before = (
            np.ascontiguousarray(part.transpose(1, 0, 2).reshape(-1, inputs).T) for part in weights
        )
        padding = np.asarray(lower.get_param("pad"))[0].transpose(0, 2, 1).reshape(3, -1)
        self._bias: Floats = np.ascontiguousarray(lower.get_param("b").T.reshape(-1))
        self._closed_bias: Floats = padding[1] + padding[2] + self._bias
        self._upper: Floats = upper.get_param("W")
        self._upper_bias: Floats = upper.get_param("b")
        self.moves = _Moves(names)
        self._outside: Floats = np.ascontiguousarray(self._upper[self.moves.outside].T)
        self._outside_bias: Floats = self._upper_bias[self.moves.outside]
        self._first_wins = self.moves.within < self.moves.last

    def reduced(self, vectors: Floats) -> Floats:
        return vectors @ self._linear + self._linear_bias

    def token_part(self, reduced: Floats) -> Floats:
        return reduced @ self._token

    def outside(self, token_part: Floats) -> Floats:
        """Scores of the moves outside of an entity, for every token."""
        return self._hidden(token_part + self._closed_bias) @ self._outside + self._outside_bias

    def begun_part(self, reduced: Floats) -> Floats:
        return reduced @ self._begun

    def goes_on(self, token_part: Floats, begun_part: Floats, before: Floats, label: NDArray[np.intp]) -> Any:
        """Whether entities of these labels go on beyond their next tokens, as far as the scores tell."""
        hidden = self._hidden(token_part + begun_part + before @ self._before + self._bias)
        within, last = self.moves.within[label], self.moves.last[label]
        goes_on = np.einsum("ij,ij->i", hidden, self._upper[within]) + self._upper_bias[within]
        ends = np.einsum("ij,ij->i", hidden, self._upper[last]) + self._upper_bias[last]
        return (goes_on > ends) | ((goes_on == ends) & self._first_wins[label])

    def _hidden(self, summed: Floats) -> Floats:
        hidden = np.maximum(summed[:, : self._width], summed[:, self._width : 2 * self._width])
        for piece in range(2, self._pieces):
            np.maximum(hidden, summed[:, piece * self._width : (piece + 1) * self._width], out=hidden)
        return hidden


class Entities:
    """Sets `doc.ents` as the model's own recogniser does, which it stands in for.

    Texts that have entities already, and models built in another way than spaCy's small ones, go to that itself.
    """

    def __init__(self, recogniser: Callable[[Doc], Doc]) -> None:
        self._recogniser = recogniser
        self._vectors: FastVectors | None = None
        self._steps: _Steps | None = None
        parts = _parts(recogniser)
        if parts is not None:
            self._vectors, self._steps = parts

    @property
    def fast(self) -> bool:
        """Whether the model is built so that its decisions can be made here."""
        return self._steps is not None

    @property
    def labels(self) -> tuple[str, ...]:
        return tuple(getattr(self._recogniser, "labels", ()))

    def __call__(self, doc: Doc) -> Doc:
        self._find([doc])
        return doc

    def pipe(self, stream: Iterable[Doc], *, batch_size: int = _BATCH) -> Iterator[Doc]:
        """Read texts in batches."""
        texts = iter(stream)
        while batch := list(islice(texts, batch_size)):
            some: list[Doc] = []
            tokens = 0
            for doc in batch:
                some.append(doc)
                tokens += len(doc)
                if tokens > _MOST_TOKENS:
                    self._find(some)
                    some, tokens = [], 0
            self._find(some)
            yield from batch

    def _find(self, docs: Sequence[Doc]) -> None:
        fitting = [doc for doc in docs if len(doc)]
        if self._vectors is None or self._steps is None:
            for doc in fitting:
                self._recogniser(doc)
            return
        marks = []
        fresh = []
        for doc in fitting:
            values: NDArray[np.uint64] = doc.to_array(["SENT_START", "IS_SPACE", "ENT_IOB"])
            if values[:, 2].any():
                self._recogniser(doc)
            else:
                fresh.append(doc)
                marks.append(values)
        if fresh:
            for doc, spans in zip(fresh, self._spans(fresh, marks), strict=True):
                doc.set_ents([Span(doc, *span) for span in spans], default="outside")

    def _spans(self, docs: Sequence[Doc], marks: Sequence[NDArray[np.uint64]]) -> Iterator[list[tuple[int, int, str]]]:
        assert self._vectors is not None
        assert self._steps is not None
        steps, moves = self._steps, self._steps.moves
        starts, spaces = (np.concatenate([some[:, column] for some in marks]) == 1 for column in (0, 1))
        # Where an entity can't go on beyond the token: at the end of a text or of a sentence.
        ends = np.append(starts[1:], True)
        offsets = np.cumsum([len(doc) for doc in docs])
        ends[offsets - 1] = True
        reduced = steps.reduced(self._vectors(docs))
        tokens = steps.token_part(reduced)
        scores = steps.outside(tokens)
        scores[np.ix_(ends | spaces, moves.begins >= 0)] = -np.inf
        scores[np.ix_(spaces, moves.units >= 0)] = -np.inf
        chosen = scores.argmax(axis=1)
        begun = np.flatnonzero(moves.begins[chosen] >= 0)
        label = moves.begins[chosen[begun]]
        last = self._followed(tokens, reduced, ends, begun, label)
        found: list[tuple[int, int, str]] = [
            (first, end, moves.labels[kind])
            for first, end, kind in zip(begun.tolist(), last.tolist(), label.tolist(), strict=True)
        ]
        single = np.flatnonzero(moves.units[chosen] >= 0)
        found += [
            (at, at + 1, moves.labels[kind])
            for at, kind in zip(single.tolist(), moves.units[chosen[single]].tolist(), strict=True)
        ]
        found.sort()
        return self._apart(docs, found, lambda at, kind: self._end_of(tokens, reduced, ends, (at, kind)))

    def _followed(  # noqa: PLR0913  # one round's arrays
        self, tokens: Floats, reduced: Floats, ends: Any, begun: NDArray[np.intp], label: NDArray[np.intp]
    ) -> NDArray[np.intp]:
        """Where entities end that begin here; 0 for those not followed to their end."""
        assert self._steps is not None
        last = np.zeros(len(begun), dtype=np.intp)
        open_ = np.arange(len(begun))
        parts = self._steps.begun_part(reduced[begun])
        at = begun + 1
        for _ in range(_ROUNDS):
            if not len(open_):
                break
            on = self._steps.goes_on(tokens[at], parts[open_], reduced[at - 1], label[open_]) & ~ends[at]
            last[open_[~on]] = at[~on] + 1
            open_, at = open_[on], at[on] + 1
        return last

    def _end_of(self, tokens: Floats, reduced: Floats, ends: Any, entity: tuple[int, int]) -> int:
        assert self._steps is not None
        begun, kind = entity
        part = self._steps.begun_part(reduced[begun : begun + 1])
        label = np.array([kind])
        at = begun + 1
        while not ends[at] and self._steps.goes_on(tokens[at : at + 1], part, reduced[at - 1 : at], label)[0]:
            at += 1
        return at + 1

    def _apart(
        self, docs: Sequence[Doc], found: list[tuple[int, int, str]], end_of: Callable[[int, int], int]
    ) -> Iterator[list[tuple[int, int, str]]]:
        """Entities of each text, from the left; what begins within another's span was never begun."""
        assert self._steps is not None
        labels = self._steps.moves.labels
        offset, free, number = 0, 0, 0
        for doc in docs:
            spans = []
            limit = offset + len(doc)
            while number < len(found) and found[number][0] < limit:
                first, last, label = found[number]
                number += 1
                if first >= free:
                    free = last or end_of(first, labels.index(label))
                    spans.append((first - offset, free - offset, label))
            yield spans
            offset = limit


def _parts(recogniser: Any) -> tuple[FastVectors, _Steps] | None:
    """Vectors and steps of a recogniser, or None where it is built in another way."""
    model = getattr(recogniser, "model", None)
    moves = getattr(recogniser, "moves", None)
    if model is None or moves is None or model.name != "parser_model" or len(model.layers) != 3:
        return None
    tok2vec, lower, upper = model.layers
    if [lower.name, upper.name] != ["precomputable_affine", "linear"] or lower.get_dim("nF") != 3:
        return None
    if len(tok2vec.layers) != 3 or [layer.name for layer in tok2vec.layers[1:]] != ["list2array", "linear"]:
        return None
    if lower.get_dim("nP") < 2 or model.attrs.get("unseen_classes") or recogniser.cfg.get("beam_width", 1) != 1:
        return None
    vectors = FastVectors.of(tok2vec.layers[0])
    return (
        None if vectors is None else (vectors, _Steps(model, [moves.get_class_name(at) for at in range(moves.n_moves)]))
    )
