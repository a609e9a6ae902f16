"""Vectors of tokens in their context, from a spaCy model's own weights, several times as fast as spaCy makes them.

spaCy's small models embed a token by hashes of its form (Miranda et al., Multi hash embeddings in spaCy, 2022) and mix
its neighbours in by layers of convolution with maxout. The weights and the order of work are kept; but what depends on
a token's form alone is kept from one text to the next, products of matrices are NumPy's over many texts at once, and
nothing is noted down for training. Vectors agree with spaCy's to the last bits of single precision.
"""

from collections.abc import Iterator, Sequence
from typing import Any, Self

import numpy as np
from numpy.typing import NDArray
from spacy.tokens import Doc
from thinc.api import Model

__all__ = ["FastVectors", "Floats", "Maxout", "leaves"]

Floats = NDArray[np.float32]

# Attributes that a token's form alone decides; any other is part of what an embedding is kept under.
_OF_FORM = frozenset({"ORTH", "LOWER", "PREFIX", "SUFFIX", "SHAPE", "IS_SPACE", "IS_ALPHA", "IS_DIGIT", "IS_TITLE"})
# Rows that are worked on at a time, so that a layer's input and output stay in the processor's cache.
_ROWS = 512
# Forms that are embedded at a time.
_FORMS = 512
# Forms kept: 3.8 kB each. 600 articles of the set entities/worldwide have 24,000.
_MOST_FORMS = 16_384
_EPSILON = np.float32(1e-8)


def leaves(model: Model[Any, Any]) -> list[Model[Any, Any]]:
    """Innermost layers of a model, in the order in which they work."""
    return [leaf for layer in model.layers for leaf in leaves(layer)] if model.layers else [model]


class Maxout:
    """Layer of a network: the largest of several linear maps, made to have mean 0 and variance 1."""

    def __init__(self, maxout: Model[Any, Any], norm: Model[Any, Any]) -> None:
        weights = np.asarray(maxout.get_param("W"), dtype=np.float32)
        self.width, self.pieces, inputs = weights.shape
        # Piece by piece, so that the largest is found by comparing whole blocks.
        self.weights: Floats = np.ascontiguousarray(weights.transpose(1, 0, 2).reshape(-1, inputs).T)
        bias = np.asarray(maxout.get_param("b"), dtype=np.float32)
        self.bias: Floats = np.ascontiguousarray(bias.T.reshape(-1))
        self._gain: Floats = np.asarray(norm.get_param("G"), dtype=np.float32)
        self._shift: Floats = np.asarray(norm.get_param("b"), dtype=np.float32)

    def largest(self, products: Floats, out: Floats) -> Floats:
        """Largest of each row's pieces, normalised; `products` are input times weights, without the bias."""
        products += self.bias
        width = self.width
        np.maximum(products[:, :width], products[:, width : 2 * width], out=out)
        for piece in range(2, self.pieces):
            np.maximum(out, products[:, piece * width : (piece + 1) * width], out=out)
        out -= out.mean(axis=1, keepdims=True)
        variance = np.einsum("ij,ij->i", out, out)
        variance /= np.float32(width)
        variance += _EPSILON
        out *= (1 / np.sqrt(variance))[:, None]
        out *= self._gain
        out += self._shift
        return out


class FastVectors:
    """Token vectors of one model. Not to be shared by threads."""

    def __init__(self, columns: list[str], hashes: list[Model[Any, Any]], mix: Maxout, layers: list[Maxout]) -> None:
        self._columns = columns
        self._hashes = hashes
        self._mix = mix
        self._layers = layers
        self._key_columns = ["ORTH", *(column for column in columns if column not in _OF_FORM)]
        self.width = mix.width
        # The first layer's weights for the token before, the token itself, the token after, side by side.
        first = layers[0]
        self._spread: Floats = np.hstack(np.split(first.weights, 3))
        self._scratch: _Scratch | None = None
        self._rows: dict[int, int] = {}
        # By form: its embedding, then the first layer's three products. Row 0 is what stands between texts: zeros.
        self._table: Floats = np.zeros((_MOST_FORMS, self.width + self._spread.shape[1]), dtype=np.float32)

    @classmethod
    def of(cls, model: Model[Any, Any]) -> Self | None:
        """The same vectors as this model's, or None where it is built in another way than spaCy's small models."""
        parts = leaves(model)
        names = [part.name for part in parts]
        hashes = [part for part in parts if part.name == "hashembed"]
        count = len(hashes)
        head = ["extract_features", "list2ragged", *["ints-getitem", "hashembed"] * count]
        head += ["maxout", "layernorm", "dropout", "ragged2list"]
        layer = ["expand_window", "maxout", "layernorm", "dropout"]
        depth = (len(names) - len(head)) // len(layer)
        if not count or depth < 1 or names != head + layer * depth:
            return None
        blocks = [node for node in model.walk() if node.name.startswith("residual(") and ")>>" not in node.name]
        windows = [part for part in parts if part.name == "expand_window"]
        padded = [node for node in model.walk() if node.name.startswith("with_array") and node.attrs.get("pad")]
        if (
            len(blocks) != depth
            or any(window.attrs["window_size"] != 1 for window in windows)
            or [node.attrs["pad"] for node in padded] != [depth]
        ):
            return None
        mixing = len(head) - len(layer)
        starts = [len(head) + len(layer) * number + 1 for number in range(depth)]
        return cls(
            list(parts[0].attrs["columns"]),
            hashes,
            Maxout(parts[mixing], parts[mixing + 1]),
            [Maxout(parts[start], parts[start + 1]) for start in starts],
        )

    @property
    def reach(self) -> int:
        """How many tokens to either side a token's vector depends on."""
        return len(self._layers)

    def __call__(self, docs: Sequence[Doc]) -> Floats:
        """Vectors of all tokens of these texts, one row each, one text after the other."""
        return self.within(docs, [[(0, len(doc))] for doc in docs])

    def within(self, docs: Sequence[Doc], ranges: Sequence[Sequence[tuple[int, int]]]) -> Floats:
        """Vectors of ranges of tokens, for each text in order, as if nothing stood around them."""
        depth = self.reach
        between = np.zeros(depth, dtype=np.intp)
        pieces = [between]
        wanted: list[NDArray[np.intp]] = []
        at = depth
        for rows in self._rows_of(docs, ranges):
            pieces += [rows, between]
            wanted.append(np.arange(at, at + len(rows)))
            at += len(rows) + depth
        if not wanted:
            return np.empty((0, self.width), dtype=np.float32)
        sequence = np.concatenate(pieces)
        whole: Floats = np.empty((len(sequence), self.width), dtype=np.float32)
        scratch = self._scratch
        if scratch is None:
            widest = max(layer.bias.shape[0] for layer in self._layers)
            scratch = self._scratch = _Scratch(_ROWS + 2 * depth, self.width, widest)
        for first in range(0, len(sequence), _ROWS):
            last = min(first + _ROWS, len(sequence))
            low, high = max(first - depth, 0), min(last + depth, len(sequence))
            whole[first:last] = self._encoded(sequence[low:high], scratch)[first - low : last - low]
        return whole[np.concatenate(wanted)]

    def _encoded(self, sequence: NDArray[np.intp], scratch: "_Scratch") -> Floats:
        count, width = len(sequence), self.width
        kept = self._table.take(sequence, axis=0, out=scratch.kept[:count], mode="clip")
        # Rows before the first and after the last are zeros.
        vectors = scratch.vectors[: count + 2]
        vectors[count + 1] = 0
        current = vectors[1:-1]
        current[:] = kept[:, :width]
        first = self._layers[0]
        block = first.bias.shape[0]
        before, itself, after = (kept[:, width + part * block : width + (part + 1) * block] for part in range(3))
        products, largest, windows = scratch.products[:count], scratch.largest[:count], scratch.windows[:count]
        products[:] = itself
        products[1:] += before[:-1]
        products[:-1] += after[1:]
        current += first.largest(products, largest)
        for layer in self._layers[1:]:
            windows[:, :width] = vectors[:-2]
            windows[:, width : 2 * width] = current
            windows[:, 2 * width :] = vectors[2:]
            np.matmul(windows, layer.weights, out=products)
            current += layer.largest(products, largest)
        return current

    def _rows_of(self, docs: Sequence[Doc], ranges: Sequence[Sequence[tuple[int, int]]]) -> Iterator[NDArray[np.intp]]:
        """Rows of the table for each range's tokens; forms that are new are embedded first."""
        keys = [self._keys(doc) for doc in docs]
        pieces = [[some[low:high] for low, high in wanted] for some, wanted in zip(keys, ranges, strict=True)]
        new = {key for some in pieces for piece in some for key in piece if key not in self._rows}
        if len(self._rows) + len(new) + 1 >= _MOST_FORMS and new:
            self._rows.clear()
            new = {key for some in pieces for piece in some for key in piece}
            wanted = max(_MOST_FORMS, len(new) + 2)
            if wanted != len(self._table):
                self._table = np.zeros((wanted, self._table.shape[1]), dtype=np.float32)
        if new:
            self._embed(docs, keys, new)
        find = self._rows.__getitem__
        for some in pieces:
            for piece in some:
                yield np.fromiter(map(find, piece), dtype=np.intp, count=len(piece))

    def _keys(self, doc: Doc) -> list[int]:
        if not len(doc):
            return []
        values = _attributes(doc, self._key_columns)
        key = values[:, 0].copy()
        for column in range(1, values.shape[1]):
            key *= np.uint64(0x9E3779B97F4A7C15)
            key ^= values[:, column]
        mixed: list[int] = key.tolist()
        return mixed

    def _embed(self, docs: Sequence[Doc], keys: list[list[int]], new: set[int]) -> None:
        features: list[NDArray[np.uint64]] = []
        for doc, some in zip(docs, keys, strict=True):
            positions = []
            for position, key in enumerate(some):
                if key in new:
                    new.discard(key)
                    self._rows[key] = len(self._rows) + 1
                    positions.append(position)
            if positions:
                features.append(_attributes(doc, self._columns)[positions])
        found = np.vstack(features)
        hashed = [part.predict(np.ascontiguousarray(found[:, at])) for at, part in enumerate(self._hashes)]
        inputs: Floats = np.hstack(hashed)
        row = len(self._rows) - len(found) + 1
        for first in range(0, len(found), _FORMS):
            part = inputs[first : first + _FORMS]
            embedded: Floats = np.empty((len(part), self.width), dtype=np.float32)
            self._mix.largest(_row_by_row(part, self._mix.weights), embedded)
            kept = self._table[row + first : row + first + len(part)]
            kept[:, : self.width] = embedded
            kept[:, self.width :] = _row_by_row(embedded, self._spread)


def _row_by_row(rows: Floats, weights: Floats) -> Floats:
    """Product whose rows have the same bits wherever they stand and whatever stands beside them.

    A product of two matrices may round a row otherwise by its place among the others, on some processors and not on
    others; a row alone is multiplied as a vector.
    """
    products: Floats = np.matmul(rows[:, None, :], weights)
    return products[:, 0]


class _Scratch:
    """Room that layers work in, made once: the system would clear new memory each time."""

    def __init__(self, rows: int, width: int, wide: int) -> None:
        self.kept: Floats = np.empty((rows, width + 3 * wide), dtype=np.float32)
        self.vectors: Floats = np.zeros((rows + 2, width), dtype=np.float32)
        self.products: Floats = np.empty((rows, wide), dtype=np.float32)
        self.largest: Floats = np.empty((rows, width), dtype=np.float32)
        self.windows: Floats = np.empty((rows, 3 * width), dtype=np.float32)


def _attributes(doc: Doc, columns: Sequence[str]) -> NDArray[np.uint64]:
    values: Any = doc.to_array(list(columns))
    found: NDArray[np.uint64] = values.reshape(len(doc), len(columns))
    return found
