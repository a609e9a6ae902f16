"""How fast articles are grouped, once they are enriched: on one core, in a stream that goes on and on.

Some thousand reports of a news wire (the set `stream/reuters`, without those that have a title only) are annotated and
made into traits; that is not measured. Then they come again and again, each round on later days and with other names:
every word and name but the commonest, and every figure, gets another number in each round, so that a round is news that
nobody has heard of, as dense as the one before. Rounds are whole weeks apart, so weekdays stay true.

    python -m bench grouping-speed [--articles N]

Time is that of the processor, in this process; the numeric libraries get one thread. What takes place outside of
placing (making the rounds) is left out.
"""

import statistics
import time
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from datetime import date
from functools import wraps
from itertools import count, islice
from pathlib import Path
from resource import RUSAGE_SELF, getrusage
from typing import Any
from unittest.mock import patch

import numpy as np
from msgspec.structs import replace
from numpy.typing import NDArray
from threadpoolctl import threadpool_limits  # type: ignore[import-untyped]

from bench.copies import read_stream
from bench.grouping import traits_of
from diurna.group import neighbourhood
from diurna.group.live import Live
from diurna.group.stream import Grouper, GroupSettings
from diurna.group.terms import BUCKETS
from diurna.group.traits import Traits, unpacked

__all__ = ["Rounds", "measure_grouping_speed", "measure_stream"]

POOL = 3_000
ARTICLES = 200_000
BLOCK = 2_000
"""Articles that one cost is taken over."""

BLOCKS = 6
"""Blocks that a median is taken over: some whole rounds, since the reports of one differ in cost."""

_CHANGES = 500
"""Articles after which the changes are taken, as an update does to keep them."""

_COMMON_WORDS, _COMMON_NAMES = 2_000, 200
_PARTS = (
    ("candidates", Live, "candidates"),
    ("comparing", Live, "compare"),
    ("comparing", neighbourhood, "score_pairs"),
    ("index", Live, "add"),
    ("index", Live, "remove"),
)
_REST, _TAKING = "regrouping", "taking changes"


def measure_grouping_speed(stream: Path, articles: int = ARTICLES) -> Iterator[dict[str, Any]]:
    """Rows of figures for a stream that is made of the first reports of a set."""
    reports = islice((article for article in read_stream(stream) if article.paragraphs), POOL)
    return measure_stream(list(traits_of(list(reports))), articles)


def measure_stream(
    pool: Sequence[Traits], articles: int, live: int = GroupSettings().live, block: int = BLOCK
) -> Iterator[dict[str, Any]]:
    """Memory as the stream goes on, articles a second, how much of that speed is kept to the end, and where time goes.

    Speed and parts are those of the last blocks. The early blocks are the first in which as many records are live as
    may be; where the stream ends before, what is kept is not told.
    """
    grouper, rounds, clock = Grouper(GroupSettings(live=live)), iter(Rounds(pool)), _Clock()
    costs: list[float] = []
    total = articles // block
    with threadpool_limits(limits=1), clock.running():
        for done in range(1, total + 1):
            if done == total - BLOCKS + 1:
                clock.seconds.clear()
            costs.append(_place(grouper, list(islice(rounds, block)), clock) / block)
            if done * block == live or done % max(1, total // 10) == 0:
                yield {"measure": "resident memory in MB", "articles": done * block, "value": _resident()}
    late = statistics.median(costs[-BLOCKS:])
    yield {"measure": "articles a second", "articles": total * block, "live": live, "value": round(1 / late, 1)}
    early = costs[-(-live // block) :][:BLOCKS]
    if len(early) == BLOCKS < total - live // block:
        cost = statistics.median(early)
        figures = {"early ms": _ms(cost), "late ms": _ms(late), "cost ratio": round(late / cost, 3)}
        yield {"measure": "speed kept", "articles": total * block, "value": round(cost / late, 3), **figures}
    placed = min(BLOCKS, total) * block
    yield {"measure": "ms an article", **{part: _ms(taken / placed) for part, taken in clock.seconds.items()}}


class Rounds:
    """A stream without end: reports again and again, each time as news of its own."""

    def __init__(self, pool: Sequence[Traits], common_words: int = _COMMON_WORDS) -> None:
        self._pool = pool
        self._words = _commonest((traits.words for traits in pool), common_words)
        self._names = _commonest((traits.names for traits in pool), _COMMON_NAMES)
        days = [traits.day for traits in pool if traits.day] or [0]
        self._days = 7 * ((max(days) - min(days)) // 7 + 1)

    def __iter__(self) -> Iterator[Traits]:
        for number in count():
            for traits in self._pool:
                yield self._told_anew(traits, number)

    def _told_anew(self, traits: Traits, number: int) -> Traits:
        """A report as the round of that number has it; round 0 has it as it is."""
        if not number:
            return traits
        mask, days = _mask(number), number * self._days
        return replace(
            traits,
            ref=f"{traits.ref}-{number}",
            record=f"{traits.record}-{number}",
            day=traits.day and traits.day + days,
            words=_renumbered(traits.words, mask, self._words),
            lead=_renumbered(traits.lead, mask, self._words),
            marks=_renumbered(traits.marks, mask, self._words),
            names=_renumbered(traits.names, mask, self._names),
            figures=frozenset(figure ^ mask for figure in traits.figures),
            years=frozenset(year + days // 365 for year in traits.years),
            told=replace(
                traits.told,
                days=tuple(
                    replace(day, first=_later(day.first, days), last=_later(day.last, days)) for day in traits.told.days
                ),
                published=traits.told.published and _later(traits.told.published, days),
            ),
            passages=tuple(
                replace(one, day=one.day + days, words=tuple(word ^ mask for word in one.words))
                for one in traits.passages
            ),
        )


def _commonest(packed: Iterator[tuple[bytes, bytes]], most: int) -> NDArray[np.bool_]:
    """Which keys are among those that most records have."""
    counts: Counter[int] = Counter()
    for one in packed:
        counts.update(unpacked(one)[0].tolist())
    common = np.zeros(BUCKETS, bool)
    common[[0, *(key for key, _ in counts.most_common(most))]] = True
    return common


def _mask(number: int) -> int:
    """Bits by which keys differ in a round: those of other rounds are spread over all keys (Fibonacci hashing)."""
    return int((number * 2_654_435_761) % (1 << 32)) * BUCKETS >> 32


def _renumbered(packed: tuple[bytes, bytes], mask: int, common: NDArray[np.bool_]) -> tuple[bytes, bytes]:
    keys, weights = unpacked(packed)
    fresh, first = np.unique(np.where(common[keys], keys, keys ^ np.uint32(mask)), return_index=True)
    return fresh.astype(np.uint32).tobytes(), weights[first].tobytes()


def _later(day: date, days: int) -> date:
    return date.fromordinal(min(day.toordinal() + days, date.max.toordinal()))


class _Clock:
    """Seconds of processor time that the parts of placing took."""

    def __init__(self) -> None:
        self.seconds: dict[str, float] = defaultdict(float)
        self._inside = False

    @contextmanager
    def running(self) -> Iterator[None]:
        """Let the parts be timed, what one calls of another with it."""
        with ExitStack() as stack:
            for part, owner, name in _PARTS:
                stack.enter_context(patch.object(owner, name, self._timed(part, getattr(owner, name))))
            yield

    def _timed(self, part: str, called: Callable[..., Any]) -> Callable[..., Any]:
        @wraps(called)
        def timed(*given: Any, **named: Any) -> Any:
            if self._inside:
                return called(*given, **named)
            self._inside, begun = True, time.process_time()
            try:
                return called(*given, **named)
            finally:
                self._inside = False
                self.seconds[part] += time.process_time() - begun

        return timed


def _place(grouper: Grouper, some: Sequence[Traits], clock: _Clock) -> float:
    """Place some records; the seconds that it took, without those for taking the changes."""
    placing = 0.0
    parts = sum(taken for part, taken in clock.seconds.items() if part not in (_REST, _TAKING))
    for first in range(0, len(some), _CHANGES):
        begun = time.process_time()
        for traits in some[first : first + _CHANGES]:
            grouper.place(traits)
        placed = time.process_time()
        grouper.changes()
        placing += placed - begun
        clock.seconds[_TAKING] += time.process_time() - placed
    parts -= sum(taken for part, taken in clock.seconds.items() if part not in (_REST, _TAKING))
    clock.seconds[_REST] += placing + parts
    return placing


def _ms(seconds: float) -> float:
    return round(1000 * seconds, 3)


def _resident() -> float:
    """Memory that this process has now; where the system does not tell, the most that it had."""
    try:
        pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1])
    except OSError:
        return round(getrusage(RUSAGE_SELF).ru_maxrss / 1024, 1)
    return round(pages * 4096 / 1e6, 1)
