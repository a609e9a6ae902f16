"""The whole way, from saved pages to published event pages: where the time goes, and how soon one more is shown.

The pages are the project's own samples, told again and again as other news of the same days (`bench/retold_pages.py`)
and saved as files. They are short, about 150 words an article, so understanding them takes less than articles of full
length do (`python -m bench enrichment` measures those). They come day by day, are all taken in by this process, and
published. Then, the process being warm, one more report on an event that has others is added, understood, grouped and
published, and its event's page in the site is asked for it; several times, each with another report.

    python -m bench whole-way [--articles N] [--folder FOLDER]

10,000 articles take some ten minutes. In a FOLDER that is named chronicle and site stay, and later runs go on from
there. Seconds are those of the clock on the wall, with the processor's beside them.
"""

import statistics
import tempfile
import time
from collections import defaultdict
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from functools import wraps
from itertools import islice
from pathlib import Path
from typing import Any
from unittest.mock import patch

from msgspec import Struct
from threadpoolctl import threadpool_limits  # type: ignore[import-untyped]

from bench.chronicles import OBSERVED
from bench.retold_pages import RetoldPage, retold_pages, rounds_for
from diurna.group.membership import Membership
from diurna.ingest import read
from diurna.model import Article
from diurna.pipeline.events import Events
from diurna.pipeline.grouping import Grouping
from diurna.publish.paths import site_path
from diurna.publish.site import publish_site
from diurna.runners import Chronicle, annotators, workers

__all__ = ["Clock", "measure_whole_way"]

MORE = 7
"""Reports that are added one by one in the end; the median counts."""

HELD_BACK = 60
"""Reports that the first pages are without, so that some are left to add."""

_ALONE = "[run]\nworkers = 1\n\n[publish]\nworkers = 1\n"
"""One process, so that its time is all the time."""

_LONG = 3
"""Reports that an event has for one of them to be held back."""

_PAGES, _MORE = "pages", "more"

_SAMPLE = 1000
"""Articles whose words are counted."""

_READING, _UNDERSTANDING, _GROUPING = "reading and extracting", "understanding", "grouping"
_KEEPING, _VIEWS, _PUBLISHING = "keeping", "views of events", "publishing"
_PHASES = (_READING, _UNDERSTANDING, _GROUPING, _VIEWS, _KEEPING, _PUBLISHING)
_CALLS: tuple[tuple[str, Any, str], ...] = (
    (_READING, workers, "_read"),
    (_UNDERSTANDING, annotators, "_read"),
    (_GROUPING, Grouping, "place_report"),
    (_GROUPING, Grouping, "cited_by"),
    (_GROUPING, Grouping, "keep"),
    (_VIEWS, Events, "refresh"),
)
"""What is timed by itself; the rest of adding and understanding is keeping: archive, facts, reports, commits."""


def measure_whole_way(articles: int, folder: Path | None = None, more: int = MORE) -> Iterator[dict[str, Any]]:
    """Rows of figures: milliseconds an article for what a chronicle lacks of so many, then seconds from adding one more
    to its event's page that shows it.
    """
    with ExitStack() as stack:
        stack.enter_context(threadpool_limits(limits=1))
        if folder is None:
            folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="diurna-whole-way-")))
        if not (folder / "chronicle").exists():
            Chronicle.create(folder / "chronicle", _ALONE)
        clock = Clock()
        chronicle = stack.enter_context(Chronicle(folder / "chronicle"))
        stack.enter_context(clock.running())
        way = _Way(chronicle, folder, clock)
        yield from way.take_many(articles)
        yield from way.take_more(more)


class _Soon(Struct, frozen=True):
    """What became of one more report: seconds by phase, of the wall and of the processor, how many reports its event
    has now, and whether the page of the event shows it.
    """

    seconds: dict[str, float]
    processor: float
    reports: int
    shown: bool


class _Way:
    """A chronicle and its site, to which saved pages are added."""

    def __init__(self, chronicle: Chronicle, folder: Path, clock: "Clock") -> None:
        self._chronicle = chronicle
        self._folder = folder
        self._clock = clock

    def take_many(self, articles: int) -> Iterator[dict[str, Any]]:
        """Bring the chronicle to about so many articles: whole rounds of pages, but those that are held back."""
        facts = self._chronicle.store.facts
        before = facts.count(Article)
        if before >= articles:
            return
        pages = list(retold_pages(range(rounds_for(articles))))
        held = {page.name: number for number, page in enumerate(_held_back(pages))}
        for page in pages:
            number = held.get(page.name)
            _save(page, self._folder / (_PAGES if number is None else f"{_MORE}/{number:02}"))
        self._take(self._folder / _PAGES)
        count = facts.count(Article)
        texts = (fact.text for _, fact in facts.scan(Article) if isinstance(fact, Article))
        words = [len(text.split()) for text in islice(texts, _SAMPLE)]
        wall, processor = self._clock.wall, self._clock.processor
        yield {
            "measure": "the whole way",
            "articles": count,
            "taken in": count - before,
            "words an article": round(statistics.mean(words)),
            "events": self._chronicle.store.views.counts().events,
            "articles a second": round((count - before) / sum(wall.values()), 2),
            "of processor time": round((count - before) / sum(processor.values()), 2),
        }
        for measure, seconds in (("ms an article", wall), ("ms of processor time an article", processor)):
            parts = {phase: round(1000 * seconds[phase] / (count - before), 2) for phase in _PHASES}
            yield {"measure": measure, "articles": count, **parts}

    def take_more(self, more: int) -> Iterator[dict[str, Any]]:
        """Add reports that were held back, one by one; the first makes the process warm, and is told apart.

        A report that grouping leaves alone in an event is no measure of this, and is passed over.
        """
        count = self._chronicle.store.facts.count(Article)
        soon = (
            one for path in sorted((self._folder / _MORE).rglob("*.html")) if (one := self._take_one(path)).reports > 1
        )
        first = next(soon, None)
        if first is not None:
            yield _told("one more, the first", count, [first])
        taken = list(islice(soon, more))
        if taken:
            yield _told("one more", count, taken)

    def _take_one(self, path: Path) -> _Soon:
        self._take(path)
        path.unlink()
        wall, processor = dict(self._clock.wall), sum(self._clock.processor.values())
        views = self._chronicle.store.views
        report = max(views.scan_reports(), key=lambda one: one.rank)
        home = Membership(self._chronicle.store.facts).report_home(report.id)
        event = views.event(home) if home is not None else None
        if event is None:
            return _Soon(wall, processor, 0, shown=False)
        html = (self._folder / "site" / f"{site_path(event.permalink)}.html").read_text(encoding="utf-8")
        reports = sum(member.ref.startswith("article:") for member in event.members)
        return _Soon(wall, processor, reports, shown=f"{site_path(report.permalink)}.html" in html)

    def _take(self, path: Path) -> None:
        """Add, understand, group and publish; the clock then has what each phase took."""
        self._clock.clear()
        with self._clock.phase(_KEEPING):
            self._chronicle.add(read(str(path), self._chronicle.settings.ingest, OBSERVED))
            self._chronicle.understand()
        with self._clock.phase(_PUBLISHING):
            publish_site(self._chronicle.folder, self._folder / "site", workers=1)


def _told(measure: str, count: int, taken: list[_Soon]) -> dict[str, Any]:
    """Medians of some reports, with the longest of all."""
    wall = [sum(one.seconds.values()) for one in taken]
    return {
        "measure": measure,
        "articles": count,
        "reports": len(taken),
        "shown": sum(one.shown for one in taken),
        "seconds": round(statistics.median(wall), 3),
        "longest": round(max(wall), 3),
        "of processor time": round(statistics.median(one.processor for one in taken), 3),
        **{phase: round(statistics.median(one.seconds[phase] for one in taken), 3) for phase in _PHASES},
    }


def _held_back(pages: list[RetoldPage]) -> list[RetoldPage]:
    """The last page of some events that have several, each event in another round while there are rounds."""
    events: defaultdict[tuple[str, int], list[RetoldPage]] = defaultdict(list)
    for page in pages:
        if page.event and page.own:
            events[page.event, page.round].append(page)
    labels = sorted({label for (label, _), found in events.items() if len(found) >= _LONG})
    rounds = 1 + max(page.round for page in pages)
    around = ((number, number + number // len(labels)) for number in range(HELD_BACK))
    chosen = dict.fromkeys((labels[one % len(labels)], other % rounds) for one, other in around)
    return [max(events[label, at], key=lambda page: page.name) for label, at in chosen]


def _save(page: RetoldPage, folder: Path) -> None:
    path = folder / page.name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(page.content)


class Clock:
    """Seconds of the wall and of the processor that each phase took, without those that it called."""

    def __init__(self) -> None:
        self.wall: defaultdict[str, float] = defaultdict(float)
        self.processor: defaultdict[str, float] = defaultdict(float)
        self._inside: list[str] = []
        self._since = (0.0, 0.0)

    def clear(self) -> None:
        """Begin again."""
        self.wall.clear()
        self.processor.clear()

    @contextmanager
    def running(self) -> Iterator[None]:
        """Let what is timed by itself be timed."""
        with ExitStack() as stack:
            for phase, owner, name in _CALLS:
                stack.enter_context(patch.object(owner, name, self._timed(phase, getattr(owner, name))))
            yield

    @contextmanager
    def phase(self, name: str) -> Iterator[None]:
        """Time goes to this phase until it ends, or another begins in it."""
        self._turn()
        self._inside.append(name)
        try:
            yield
        finally:
            self._turn()
            self._inside.pop()

    def _turn(self) -> None:
        now = (time.perf_counter(), time.process_time())
        if self._inside:
            self.wall[self._inside[-1]] += now[0] - self._since[0]
            self.processor[self._inside[-1]] += now[1] - self._since[1]
        self._since = now

    def _timed(self, phase: str, called: Callable[..., Any]) -> Callable[..., Any]:
        @wraps(called)
        def timed(*given: Any, **named: Any) -> Any:
            with self.phase(phase):
                return called(*given, **named)

        return timed
