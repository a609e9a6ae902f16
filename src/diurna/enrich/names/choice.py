"""Which spans are names, and of what: scores from weighed evidence, a second look at the whole text, the best reading.

First every candidate is scored for each class by its own evidence. Then what the first scores make of the rest of the
text counts too: the same words elsewhere, longer names that they end or begin ("Moon" after "Moon Jae-in"), acronyms,
neighbours in a list. Of spans that overlap, those with the highest sum are kept. The weights were fitted as those of a
semi-Markov conditional random field (Sarawagi and Cohen, 2004).
"""

from bisect import bisect_right
from collections.abc import Mapping, Sequence
from math import exp

from diurna.enrich.found import Words

__all__ = ["CLASSES", "EXTREME", "Scores", "Weights", "best_spans", "score", "second_look", "second_scores"]

CLASSES = ("person", "organisation", "place", "other")

Scores = tuple[float, float, float, float]
"""How much speaks for each of `CLASSES`, against none (0)."""
Weights = Mapping[str, Scores]
Span = tuple[int, int]

EXTREME = 12.0
"""Scores beyond which a class is as good as sure; the second look sees none beyond."""
_HOPELESS = -4.0
"""First scores below which no second look makes a span a name: that adds 1 at the median and hardly ever over 4."""
_LIST_JOINS = frozenset({",", "and", "or", "&"})


def score(evidence: Sequence[str], weights: Weights) -> Scores:
    """Sum of the weights of the evidence, for each class."""
    person = organisation = place = other = 0.0
    for piece in evidence:
        weight = weights.get(piece)
        if weight is not None:
            person += weight[0]
            organisation += weight[1]
            place += weight[2]
            other += weight[3]
    return person, organisation, place, other


def best_spans(spans: Sequence[Span], scores: Sequence[Scores], bias: float) -> list[tuple[int, int]]:
    """Spans without overlaps whose best scores, each raised by `bias`, have the highest sum: (index, class) pairs.

    Weighted interval scheduling; spans that score nothing are left out.
    """
    worth = [max(one) + bias for one in scores]
    order = sorted((at for at, value in enumerate(worth) if value > 0), key=lambda at: (spans[at][1], spans[at][0]))
    ends: list[int] = []
    totals = [0.0]
    taken: list[tuple[int, int] | None] = [None]
    for at in order:
        start, end = spans[at]
        before = bisect_right(ends, start)
        total = totals[before] + worth[at]
        ends.append(end)
        if total > totals[-1]:
            totals.append(total)
            taken.append((at, before))
        else:
            totals.append(totals[-1])
            taken.append(None)
    found: list[tuple[int, int]] = []
    step = len(order)
    while step:
        choice = taken[step]
        if choice is None:
            step -= 1
        else:
            at, step = choice
            found.append((at, scores[at].index(max(scores[at]))))
    return found[::-1]


def second_look(
    words: Words, spans: Sequence[Span], scores: Sequence[Scores], bias: float
) -> list[list[tuple[str, float]]]:
    """What the rest of the text says of each span, given the first scores: pieces of evidence with their amounts."""
    chosen = {spans[at]: of for at, of in best_spans(spans, scores, bias)}
    elsewhere = _Elsewhere(words, spans, scores)
    parts = _Parts(words, chosen)
    starting = {start: of for (start, _), of in chosen.items()}
    ending = {end: of for (_, end), of in chosen.items()}
    lower, count = words.lower, len(words.lower)
    found: list[list[tuple[str, float]]] = []
    for at, (start, end) in enumerate(spans):
        if max(scores[at]) < _HOPELESS:
            found.append([])
            continue
        seen = elsewhere.of(at)
        seen += parts.of(start) if end - start == 1 else parts.alone(start, end)
        if (end < count and lower[end] in _LIST_JOINS) or (start and lower[start - 1] in _LIST_JOINS):
            seen += [(_BESIDE[of], 1.0) for of in _beside(lower, start, end, starting, ending)]
        found.append(seen)
    return found


def second_scores(scores: Sequence[Scores], seen: Sequence[list[tuple[str, float]]], weights: Weights) -> list[Scores]:
    """The first scores, with what the second look adds where it looked."""
    own = weights["first score"]
    found: list[Scores] = []
    for first, pieces in zip(scores, seen, strict=True):
        if not pieces:
            found.append(first)
            continue
        person = own[0] * max(-EXTREME, min(EXTREME, first[0]))
        organisation = own[1] * max(-EXTREME, min(EXTREME, first[1]))
        place = own[2] * max(-EXTREME, min(EXTREME, first[2]))
        other = own[3] * max(-EXTREME, min(EXTREME, first[3]))
        for piece, amount in pieces:
            weight = weights.get(piece)
            if weight is not None:
                person += weight[0] * amount
                organisation += weight[1] * amount
                place += weight[2] * amount
                other += weight[3] * amount
        found.append((person, organisation, place, other))
    return found


class _Elsewhere:
    """What the same words are taken for in the other places where they stand in the text."""

    def __init__(self, words: Words, spans: Sequence[Span], scores: Sequence[Scores]) -> None:
        lower = words.lower
        self._keys = [lower[start] if end - start == 1 else " ".join(lower[start:end]) for start, end in spans]
        self._shares = [_shares(one) for one in scores]
        self._sums: dict[str, list[float]] = {}
        self._counts: dict[str, int] = {}
        for key, shares in zip(self._keys, self._shares, strict=True):
            sums = self._sums.get(key)
            if sums is None:
                self._sums[key] = list(shares)
                self._counts[key] = 1
            else:
                self._counts[key] += 1
                for of in range(5):
                    sums[of] += shares[of]

    def of(self, at: int) -> list[tuple[str, float]]:
        key = self._keys[at]
        count = self._counts[key]
        if count == 1:
            return [("once", 1.0)]
        sums, shares = self._sums[key], self._shares[at]
        others = count - 1
        return [(name, (sums[of] - shares[of]) / others) for of, name in enumerate(_ELSEWHERE)]


_NONE = (0.0, 0.0, 0.0, 0.0, 1.0)
_BESIDE = tuple(f"beside {of}" for of in CLASSES)
_ELSEWHERE = (*(f"elsewhere {of}" for of in CLASSES), "elsewhere none")


def _shares(scores: Scores) -> tuple[float, float, float, float, float]:
    """Softmax of the scores; the last share is that of none."""
    if max(scores) < _HOPELESS:
        return _NONE
    one, two, three, four = (
        exp(min(scores[0], 30)),
        exp(min(scores[1], 30)),
        exp(min(scores[2], 30)),
        exp(min(scores[3], 30)),
    )
    total = 1.0 + one + two + three + four
    return one / total, two / total, three / total, four / total, 1.0 / total


class _Parts:
    """Single words that end, begin or stand in longer names of the text, and acronyms of these."""

    def __init__(self, words: Words, chosen: Mapping[Span, int]) -> None:
        self._words = words
        self._found: dict[str, dict[str, list[int]]] = {"ends": {}, "begins": {}, "inside": {}, "acronym of": {}}
        self._alone: dict[str, list[int]] = {}
        for (start, end), of in chosen.items():
            if end - start == 1:
                self._alone.setdefault(words.lower[start], [0, 0, 0, 0])[of] += 1
            else:
                self._add("ends", words.lower[end - 1], of)
                self._add("begins", words.lower[start], of)
                for word in words.lower[start + 1 : end - 1]:
                    self._add("inside", word, of)
                self._add("acronym of", "".join(word[0] for word in words.text[start:end] if word[0].isupper()), of)

    def _add(self, relation: str, word: str, of: int) -> None:
        self._found[relation].setdefault(word, [0, 0, 0, 0])[of] += 1

    def of(self, at: int) -> list[tuple[str, float]]:
        word, lower = self._words.text[at], self._words.lower[at]
        found: list[tuple[str, float]] = []
        for relation, counts in self._found.items():
            if relation == "acronym of":
                if not word.isupper() or len(word) < 2:
                    continue
                lower = word.replace(".", "")
            count = counts.get(lower)
            if count is not None:
                found.append((f"{relation} {CLASSES[count.index(max(count))]}", 1.0))
        return found

    def alone(self, start: int, end: int) -> list[tuple[str, float]]:
        """What the first or the last word of a longer name is taken for where it stands alone."""
        found: list[tuple[str, float]] = []
        for relation, at in (("first alone", start), ("last alone", end - 1)):
            count = self._alone.get(self._words.lower[at])
            if count is not None:
                found.append((f"{relation} {CLASSES[count.index(max(count))]}", 1.0))
        return found


def _beside(lower: list[str], start: int, end: int, starting: Mapping[int, int], ending: Mapping[int, int]) -> set[int]:
    """Classes of the names that stand before and after a span in a list: "Bearn, Gascony and Brittany"."""
    before = after = None
    if start > 1 and lower[start - 1] in _LIST_JOINS:
        before = ending.get(start - 1)
        if before is None and lower[start - 2] == ",":
            before = ending.get(start - 2)
    if end + 1 < len(lower) and lower[end] in _LIST_JOINS:
        after = starting.get(end + 1)
        if after is None and lower[end + 1] in _LIST_JOINS:
            after = starting.get(end + 2)
    return {of for of in (before, after) if of is not None}
