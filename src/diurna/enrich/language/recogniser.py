"""Entities as a spaCy model's recogniser finds them, decided for many tokens at once.

spaCy decides token by token (transitions B, I, L, U, O). But outside of an entity its network sees nothing of what was
decided before, so there all tokens are decided in one product of matrices; and within an entity it sees where that
began, so all entities that could begin anywhere are followed side by side. The decisions are the same.
"""

from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from typing import Any

import numpy as np
from msgspec import Struct
from numpy.typing import NDArray
from spacy.tokens import Doc, Span
from thinc.api import Model

from diurna.enrich.language.vectors import FastVectors, Floats

__all__ = ["Entities"]

# Entities longer than this are followed one by one, and only where they are met.
_ROUNDS = 12
_BATCH = 64
_MOST_TOKENS = 20_000


_Found = tuple[int, int, int]
"""First token, token behind the last (0 where it isn't known yet), and number of the kind."""


class _Text(Struct):
    """What the decisions about texts' tokens rest on, a row for each token."""

    tokens: Floats
    reduced: Floats
    ends: NDArray[np.bool_]


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
        self._linear: Floats = np.ascontiguousarray(np.asarray(linear.get_param("W")).T)
        self._linear_bias: Floats = np.asarray(linear.get_param("b"))
        weights = np.asarray(lower.get_param("W"))
        _, width, pieces, inputs = weights.shape
        self._width, self._pieces = width, pieces
        # Three tokens are looked at: the next one, the first and the last of the entity so far.
        self._token, self._begun, self._before = (
            np.ascontiguousarray(part.transpose(1, 0, 2).reshape(-1, inputs).T) for part in weights
        )
        padding = np.asarray(lower.get_param("pad"))[0].transpose(0, 2, 1).reshape(3, -1)
        self._bias: Floats = np.ascontiguousarray(np.asarray(lower.get_param("b")).T.reshape(-1))
        self._closed_bias: Floats = padding[1] + padding[2] + self._bias
        self._upper: Floats = np.asarray(upper.get_param("W"))
        self._upper_bias: Floats = np.asarray(upper.get_param("b"))
        self.moves = _Moves(names)
        self._outside: Floats = np.ascontiguousarray(self._upper[self.moves.outside].T)
        self._outside_bias: Floats = self._upper_bias[self.moves.outside]
        self._first_wins = self.moves.within < self.moves.last

    def reduced(self, vectors: Floats) -> Floats:
        reduced: Floats = vectors @ self._linear + self._linear_bias
        return reduced

    def token_part(self, reduced: Floats) -> Floats:
        part: Floats = reduced @ self._token
        return part

    def outside(self, token_part: Floats) -> Floats:
        """Scores of the moves outside of an entity, for every token."""
        scores: Floats = self._hidden(token_part + self._closed_bias) @ self._outside + self._outside_bias
        return scores

    def begun_part(self, reduced: Floats) -> Floats:
        part: Floats = reduced @ self._begun
        return part

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


class _Recognition:
    """Entities of texts, by a model's vectors and steps."""

    def __init__(self, vectors: FastVectors, steps: _Steps) -> None:
        self._vectors = vectors
        self._steps = steps

    def __call__(self, docs: Sequence[Doc], marks: Sequence[NDArray[np.uint64]]) -> Iterator[list[_Found]]:
        """Entities of each text; `marks` say for each token whether it starts a sentence, and whether it is a space."""
        moves = self._steps.moves
        starts, spaces = (np.concatenate([some[:, column] for some in marks]) == 1 for column in (0, 1))
        # Where an entity can't go on beyond the token: at the end of a text or of a sentence.
        ends = np.append(starts[1:], True)
        ends[np.cumsum([len(doc) for doc in docs]) - 1] = True
        reduced = self._steps.reduced(self._vectors(docs))
        tokens = self._steps.token_part(reduced)
        scores = self._steps.outside(tokens)
        scores[np.ix_(ends | spaces, moves.begins >= 0)] = -np.inf
        scores[np.ix_(spaces, moves.units >= 0)] = -np.inf
        chosen = scores.argmax(axis=1)
        begun = np.flatnonzero(moves.begins[chosen] >= 0)
        kinds = moves.begins[chosen[begun]]
        text = _Text(tokens, reduced, ends)
        last = self._followed(text, begun, kinds)
        found: list[_Found] = list(zip(begun.tolist(), last.tolist(), kinds.tolist(), strict=True))
        single = np.flatnonzero(moves.units[chosen] >= 0)
        found += zip(single.tolist(), (single + 1).tolist(), moves.units[chosen[single]].tolist(), strict=True)
        found.sort()
        return self._apart(docs, found, text)

    def _followed(self, text: _Text, begun: NDArray[np.intp], kinds: NDArray[np.intp]) -> NDArray[np.intp]:
        """Where entities end that begin here; 0 for those not followed to their end."""
        last = np.zeros(len(begun), dtype=np.intp)
        going = np.arange(len(begun))
        parts = self._steps.begun_part(text.reduced[begun])
        at = begun + 1
        for _ in range(_ROUNDS):
            if not len(going):
                break
            on = self._steps.goes_on(text.tokens[at], parts[going], text.reduced[at - 1], kinds[going])
            on &= ~text.ends[at]
            last[going[~on]] = at[~on] + 1
            going, at = going[on], at[on] + 1
        return last

    def _end_of(self, text: _Text, begun: int, kind: int) -> int:
        part = self._steps.begun_part(text.reduced[begun : begun + 1])
        kinds = np.array([kind])
        at = begun + 1
        while not text.ends[at]:
            if not self._steps.goes_on(text.tokens[at : at + 1], part, text.reduced[at - 1 : at], kinds)[0]:
                break
            at += 1
        return at + 1

    def _apart(self, docs: Sequence[Doc], found: list[_Found], text: _Text) -> Iterator[list[_Found]]:
        """Entities of each text, from the left; what begins within another's span was never begun."""
        offset, free, number = 0, 0, 0
        for doc in docs:
            spans = []
            limit = offset + len(doc)
            while number < len(found) and found[number][0] < limit:
                first, last, kind = found[number]
                number += 1
                if first >= free:
                    free = last or self._end_of(text, first, kind)
                    spans.append((first - offset, free - offset, kind))
            yield spans
            offset = limit

    @property
    def labels(self) -> list[str]:
        return self._steps.moves.labels


class Entities:
    """Sets `doc.ents` as the model's own recogniser does, which it stands in for.

    Texts that have entities already, and models built in another way than spaCy's small ones, go to that itself.
    """

    def __init__(self, recogniser: Any) -> None:
        self._recogniser = recogniser
        self._recognition = _recognition(recogniser)

    @property
    def fast(self) -> bool:
        """Whether the model is built so that its decisions can be made here."""
        return self._recognition is not None

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
        marks = []
        fresh = []
        for doc in docs:
            values: Any = doc.to_array(["SENT_START", "IS_SPACE", "ENT_IOB"]) if len(doc) else None
            if values is None:
                continue
            if self._recognition is None or values[:, 2].any():
                self._recogniser(doc)
            else:
                fresh.append(doc)
                marks.append(values)
        if fresh and self._recognition is not None:
            labels = self._recognition.labels
            for doc, found in zip(fresh, self._recognition(fresh, marks), strict=True):
                doc.set_ents([Span(doc, first, last, labels[kind]) for first, last, kind in found], default="outside")


def _recognition(recogniser: Any) -> _Recognition | None:
    """What decides as this recogniser does, or None where it is built in another way."""
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
    if vectors is None:
        return None
    return _Recognition(vectors, _Steps(model, [moves.get_class_name(at) for at in range(moves.n_moves)]))
