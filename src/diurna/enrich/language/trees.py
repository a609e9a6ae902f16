"""Dependency trees as a spaCy model's tagger and parser make them, for some sentences of a text, all at once.

spaCy's parser decides step by step (transitions of the arc-eager system, Goldberg and Nivre 2012, with Honnibal and
Johnson's non-monotonic moves, 2015). Where sentences begin is given here, so each is worked on by itself, and one
product of matrices scores the next step of all. Trees and tags are those that spaCy gives for the whole text with the
same sentences.
"""

from collections.abc import Iterator, Sequence
from typing import Any

import numpy as np
from msgspec import Struct
from spacy.tokens import Doc
from thinc.api import Model

from diurna.enrich.language.vectors import FastVectors, Floats

__all__ = ["Range", "TreeMaker", "Trees"]

Range = tuple[int, int]
"""Tokens from the first up to, not including, the second."""

_SHIFT, _REDUCE, _LEFT, _RIGHT, _BREAK = range(5)
_MOVES = {"S": _SHIFT, "D": _REDUCE, "L": _LEFT, "R": _RIGHT, "B": _BREAK}
_LIFTED = "||"
_SUBTOKEN = "subtok"
_NONE = -1
# Rows of vectors parsed at once: 4 kB each.
_ROWS = 8192


class Trees(Struct):
    """Heads, labels and tags of a text's tokens; what was not parsed is its own head and has empty ones."""

    heads: list[int]
    labels: list[str]
    tags: list[str]


class _Sentence:
    """One sentence's state: which words are on the stack, which are back in the buffer, who has which head."""

    __slots__ = (
        "after",
        "back",
        "base",
        "bound",
        "heads",
        "labels",
        "lefts",
        "next",
        "rights",
        "stack",
        "stuck",
        "under",
    )

    def __init__(self, base: int, size: int, after: int) -> None:
        self.base = base
        self.bound = size
        self.after = after
        self.next = 0
        self.stack: list[int] = []
        self.back: list[int] = []
        self.stuck = [False] * size
        self.heads = [_NONE] * size
        self.labels = [_NONE] * size
        # Children last attached on either side, and under each the one attached before it.
        self.lefts = [_NONE] * size
        self.rights = [_NONE] * size
        self.under = [_NONE] * size


class TreeMaker:
    """Tagger and parser of one model. Not to be shared by threads."""

    def __init__(self, vectors: FastVectors, tagger: Any, parser: Any) -> None:
        self._vectors = vectors
        softmax = tagger.model.layers[-1].layers[0]
        self._tag_weights: Floats = np.ascontiguousarray(np.asarray(softmax.get_param("W")).T)
        self._tag_bias: Floats = np.asarray(softmax.get_param("b"))
        self._tags: list[str] = list(tagger.labels)
        linear, lower, upper = parser.model.layers[0].layers[-1], parser.model.layers[1], parser.model.layers[2]
        self._linear: Floats = np.ascontiguousarray(np.asarray(linear.get_param("W")).T)
        self._linear_bias: Floats = np.asarray(linear.get_param("b"))
        weights = np.asarray(lower.get_param("W"))
        features, width, pieces, inputs = weights.shape
        self._features, self._width, self._pieces = features, width, pieces
        self._lower: Floats = np.ascontiguousarray(weights.transpose(0, 2, 1, 3).reshape(-1, inputs).T)
        self._padding: Floats = np.asarray(lower.get_param("pad"))[0].transpose(0, 2, 1).reshape(features, -1)
        self._bias: Floats = np.ascontiguousarray(np.asarray(lower.get_param("b")).T.reshape(-1))
        names = [parser.moves.get_class_name(at) for at in range(parser.moves.n_moves)]
        self._kinds = [_MOVES[name.partition("-")[0]] for name in names]
        self._labels = [name.partition("-")[2] for name in names]
        self._upper: Floats = np.ascontiguousarray(np.asarray(upper.get_param("W")).T)
        # What is added to the scores: the bias where a move is allowed. A row for each sum of 1 for Shift, 2 for arcs,
        # and 4 for Reduce; Break never is.
        bias: Floats = np.asarray(upper.get_param("b"))
        self._allowed: Floats = np.full((8, len(names)), -np.inf, dtype=np.float32)
        for code in range(8):
            for at, kind in enumerate(self._kinds):
                allowed = (kind == _SHIFT and code & 1) or (kind in (_LEFT, _RIGHT) and code & 2)
                if allowed or (kind == _REDUCE and code & 4):
                    self._allowed[code, at] = bias[at]

    @classmethod
    def of(cls, tok2vec: Any, tagger: Any, parser: Any) -> "TreeMaker | None":
        """Trees and tags as these components make them, or None where they are built in another way."""
        models: list[Model[Any, Any] | None] = [getattr(part, "model", None) for part in (tok2vec, tagger, parser)]
        if any(model is None for model in models) or not hasattr(parser, "moves"):
            return None
        shared, tagging, parsing = (model for model in models if model is not None)
        if tagging.name != "tok2vec-listener>>with_array(softmax)" or parsing.name != "parser_model":
            return None
        if [layer.name for layer in parsing.layers[0].layers] != ["tok2vec-listener", "list2array", "linear"]:
            return None
        lower, upper = parsing.layers[1:]
        names = [parser.moves.get_class_name(at) for at in range(parser.moves.n_moves)]
        if (
            [lower.name, upper.name] != ["precomputable_affine", "linear"]
            or lower.get_dim("nF") != 8
            or lower.get_dim("nP") < 2
            or parsing.attrs.get("unseen_classes")
            or parser.cfg.get("beam_width", 1) != 1
            or any(name.partition("-")[2] == _SUBTOKEN for name in names)
            or len(shared.layers) != 2
        ):
            return None
        vectors = FastVectors.of(shared)
        return None if vectors is None else cls(vectors, tagger, parser)

    def __call__(self, docs: Sequence[Doc], sentences: Sequence[Sequence[Range]]) -> list[Trees]:
        """Trees of these sentences of each text; a text's sentences are in order and apart from each other."""
        reach = self._vectors.reach + 2
        # Each sentence with its neighbours' words as far as its vectors and the parser's look ahead reach.
        ranges = [_widened(some, reach, len(doc)) for doc, some in zip(docs, sentences, strict=True)]
        vectors = self._vectors.within(docs, ranges)
        states: list[_Sentence] = []
        homes: list[tuple[int, int]] = []
        rows = 0
        for number, (doc, some, wide) in enumerate(zip(docs, sentences, ranges, strict=True)):
            at = 0
            for first, last in some:
                while wide[at][1] < last:
                    rows += wide[at][1] - wide[at][0]
                    at += 1
                states.append(_Sentence(rows + first - wide[at][0], last - first, len(doc) - last))
                homes.append((number, first))
            rows += sum(high - low for low, high in wide[at:])
        found = [Trees(list(range(len(doc))), [""] * len(doc), [""] * len(doc)) for doc in docs]
        if not states:
            return found
        for group, low, high in _grouped(states):
            self._parse(group, vectors[low:high], low)
        wanted = np.concatenate([np.arange(state.base, state.base + state.bound) for state in states])
        tags = (vectors[wanted] @ self._tag_weights + self._tag_bias).argmax(axis=1).tolist()
        done = 0
        for state, (number, first) in zip(states, homes, strict=True):
            trees = found[number]
            heads, labels = self._finished(state)
            size = state.bound
            trees.heads[first : first + size] = [first + head for head in heads]
            trees.labels[first : first + size] = labels
            trees.tags[first : first + size] = [self._tags[tag] for tag in tags[done : done + size]]
            done += size
        return found

    def _parse(self, states: list[_Sentence], vectors: Floats, low: int) -> None:
        reduced = vectors @ self._linear + self._linear_bias
        features, width = self._features, self._width
        # A row for each token as each feature, after those for none.
        parts: Floats = np.empty(((len(vectors) + 1) * features, width * self._pieces), dtype=np.float32)
        parts[:features] = self._padding
        np.matmul(reduced, self._lower, out=parts[features:].reshape(len(vectors), -1))
        parts[::features] += self._bias
        kinds = self._kinds
        offsets = np.arange(features)
        active = states
        while active:
            codes: list[int] = []
            ids: list[int] = []
            going: list[_Sentence] = []
            for state in active:
                code = _look(state, low, ids)
                if code >= 0:
                    going.append(state)
                    codes.append(code)
            active = going
            if not active:
                break
            rows = np.array(ids).reshape(-1, features)
            rows *= features
            rows += offsets
            summed = np.add.reduce(parts.take(rows, axis=0), axis=1)
            hidden = np.maximum(summed[:, :width], summed[:, width : 2 * width])
            for piece in range(2, self._pieces):
                np.maximum(hidden, summed[:, piece * width : (piece + 1) * width], out=hidden)
            scores = hidden @ self._upper
            scores += self._allowed.take(codes, axis=0)
            for state, move in zip(active, scores.argmax(axis=1).tolist(), strict=True):
                _do(state, kinds[move], move)

    def _finished(self, state: _Sentence) -> tuple[list[int], list[str]]:
        """Heads and labels of a sentence, in which arcs that cross have been put back where they belong."""
        heads = [at if head == _NONE else head for at, head in enumerate(state.heads)]
        labels = ["ROOT" if label == _NONE else self._labels[label] for label in state.labels]
        for at, label in enumerate(labels):
            if _LIFTED in label:
                labels[at], _, above = label.partition(_LIFTED)
                heads[at] = _lowered(at, above, heads, labels)
        roots = [at for at, head in enumerate(heads) if head == at]
        for root in roots[1:]:
            heads[root], labels[root] = roots[0], "dep"
        return heads, labels


def _look(state: _Sentence, low: int, ids: list[int]) -> int:
    """Go on as long as there is no choice; then tell what may be done, as a row of what is allowed; -1 at the end.

    The eight tokens that the parser looks at are added to `ids`: rows of the vectors from `low` on, plus 1; 0 for none.
    """
    stack, back, bound = state.stack, state.back, state.bound
    while True:
        if back:
            first = back[-1]
        elif state.next < bound:
            first = state.next
        elif stack:
            # The sentence has been read: only Reduce is left.
            _reduce(state)
            continue
        else:
            return -1
        if stack:
            break
        _shift(state)
    after = state.next
    second = first + 1 if not back else back[-2] if len(back) > 1 else after
    limit = bound + state.after
    base = state.base - low + 1
    top = stack[-1]
    depth = len(stack)
    own, left, right = state.lefts[first], state.lefts[top], state.rights[top]
    ids += (
        first + base,
        second + base if second < limit else 0,
        top + base,
        stack[-2] + base if depth > 1 else 0,
        stack[-3] + base if depth > 2 else 0,
        own + base if own >= 0 else 0,
        left + base if left >= 0 else 0,
        right + base if right >= 0 else 0,
    )
    code = 6 if depth > 1 else 2
    # Shift leaves at least one word to read, and takes no word that it was taken back from.
    return code | 1 if not state.stuck[first] and len(back) + limit - after > 1 else code


def _do(state: _Sentence, kind: int, label: int) -> None:
    if kind == _SHIFT:
        _shift(state)
    elif kind == _REDUCE:
        _reduce(state)
    elif kind == _LEFT:
        child = state.stack.pop()
        head = state.back[-1] if state.back else state.next
        old = state.heads[child]
        if old >= 0:
            # It was attached to the word below it on the stack, as that word's last child.
            state.rights[old] = state.under[child]
        state.heads[child], state.labels[child] = head, label
        state.under[child] = state.lefts[head]
        state.lefts[head] = child
        state.stuck[head] = False
    else:
        head = state.stack[-1]
        child = state.back[-1] if state.back else state.next
        state.heads[child], state.labels[child] = head, label
        state.under[child] = state.rights[head]
        state.rights[head] = child
        _shift(state)


def _shift(state: _Sentence) -> None:
    if state.back:
        state.stack.append(state.back.pop())
    else:
        state.stack.append(state.next)
        state.next += 1


def _reduce(state: _Sentence) -> None:
    top = state.stack.pop()
    if state.heads[top] < 0 and state.stack:
        # A word without a head goes back into the buffer.
        state.stuck[top] = True
        state.back.append(top)


def _lowered(at: int, above: str, heads: list[int], labels: list[str]) -> int:
    """Head of a word whose arc was lifted (Nivre and Nilsson 2005): the nearest below with the label it names."""
    queue = [heads[at]]
    seen = {at}
    while queue:
        below: list[int] = []
        for head in queue:
            for child, other in enumerate(heads):
                if other == head and child != head and child not in seen:
                    if labels[child] == above:
                        return child
                    seen.add(child)
                    below.append(child)
        queue = below
    return heads[at]


def _grouped(states: list[_Sentence]) -> Iterator[tuple[list[_Sentence], int, int]]:
    """Sentences that are parsed at once, with the rows of the vectors that they look at."""
    some: list[_Sentence] = []
    for state in states:
        if some and state.base + state.bound - some[0].base > _ROWS:
            yield some, some[0].base, some[-1].base + some[-1].bound + 1
            some = []
        some.append(state)
    yield some, some[0].base, some[-1].base + some[-1].bound + 1


def _widened(sentences: Sequence[Range], reach: int, size: int) -> list[Range]:
    """Sentences with `reach` tokens to either side, those that then touch made one."""
    ranges: list[Range] = []
    for first, last in sentences:
        low, high = max(first - reach, 0), min(last + reach, size)
        if ranges and low <= ranges[-1][1]:
            ranges[-1] = (ranges[-1][0], high)
        else:
            ranges.append((low, high))
    return ranges
