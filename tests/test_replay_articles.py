"""Any history of articles gives the same chronicle: at once or in halves, by one process or two, or rebuilt."""

import shutil
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from tempfile import mkdtemp

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from diurna.components import RunSettings, Settings
from diurna.ingest import Arrival
from diurna.model import Judgement, Source
from diurna.runners import Chronicle, workers
from diurna.runners.workers import Workers
from tests.made_articles import (
    BOX,
    BRIDGE,
    FERRY,
    MARKET,
    about_report,
    check_same,
    everything,
    feed_of,
    learned,
    lines_of,
    page_of,
)
from tests.made_lists import OBSERVED, arrival, page

HOSTS = ["coast.example", "m.coast.example", "north.example"]
TEXTS = [FERRY, (*FERRY, "Two of the crew were hurt, a doctor said."), FERRY[:2], BRIDGE, MARKET, (*MARKET, BOX)]
TITLES = ["Ferry Aurora runs aground", "Ship stuck off Northport", "Bridge opens", "Strawberries sell out"]
Work = Arrival | Judgement | Source

PLACES = st.tuples(st.sampled_from(HOSTS), st.integers(0, 3))
PAGES = st.tuples(
    st.just("page"), PLACES, st.sampled_from(TEXTS), st.sampled_from(TITLES), st.integers(0, 3), st.none() | PLACES
)
FEEDS = st.tuples(st.just("feed"), st.lists(PLACES, min_size=1, max_size=3), st.integers(0, 3))
LINES = st.tuples(st.just("lines"), st.lists(st.tuples(PLACES, st.sampled_from(TEXTS)), min_size=1, max_size=3))
CITATIONS = st.tuples(st.just("cited"), st.lists(PLACES, min_size=1, max_size=2), st.integers(0, 3))
DECISIONS = st.tuples(st.sampled_from(["withdrawn", "erased", "retracted"]), st.integers(0, 9))
SOURCES = st.tuples(st.just("source"), st.sampled_from(HOSTS[::2]), st.sampled_from(["Coast", "North Post"]))
STEPS = st.lists(PAGES | PAGES | PAGES | FEEDS | LINES | CITATIONS | DECISIONS | SOURCES, min_size=2, max_size=12)


def address(place: tuple[str, int]) -> str:
    return f"https://{place[0]}/a/{place[1]}"


def arrival_of(number: int, step: tuple[object, ...]) -> Arrival | None:
    match step:
        case ("page", tuple() as place, tuple() as text, str() as title, int() as hour, canonical):
            said = {"published": f"2017-05-21T{hour:02}:00:00Z"} if hour else {}
            if canonical:
                said["canonical"] = address(canonical)  # type: ignore[arg-type]
            observed = OBSERVED + timedelta(minutes=number * 7 % 60)
            return page_of(address(place), title, text, observed, **said)
        case ("feed", list() as places, int() as hour):
            date = f"Sun, 21 May 2017 0{hour}:30:00 GMT" if hour else ""
            items = [(address(place), TITLES[place[1]], f"Summary {place[1]}.", date) for place in places]
            return feed_of("https://coast.example/feed", *items)
        case ("lines", list() as articles):
            told = [{"title": TITLES[p[1]], "url": address(p), "text": "\n\n".join(text)} for p, text in articles]
            return lines_of(f"{number}.jsonl", *told)
        case ("cited", list() as places, int() as text):
            cited = " ".join(f"[{address(place)} (Paper)]" for place in places)
            return arrival(page(f"Event {text} near [[Northport]]. {cited}"), "portal", f"{number}.wiki")
    return None


def decision_of(chronicle: Chronicle, number: int, step: tuple[object, ...]) -> Judgement | None:
    """What a person would decide about the reports there are now."""
    verdict, which = str(step[0]), int(str(step[1]))
    if verdict == "retracted":
        made = [fact for _, fact in chronicle.store.facts.scan(Judgement) if isinstance(fact, Judgement)]
        open_ = [fact for fact in made if fact.verdict == "withdrawn"]
        if not open_:
            return None
        subject = f"judgement:{open_[which % len(open_)].id}"
        return Judgement(
            id=f"r{number}",
            subject=subject,
            verdict=verdict,
            object=subject,
            by="person:Ida",
            made=datetime(2017, 6, 3, tzinfo=UTC),
        )
    reports = list(chronicle.store.views.scan_reports())
    return about_report(number, reports[which % len(reports)].id, verdict) if reports else None


def work_of(chronicle: Chronicle, number: int, step: tuple[object, ...]) -> Work | None:
    if step[0] == "source":
        return Source(id="", host=str(step[1]), name=str(step[2]))
    return decision_of(chronicle, number, step) if len(step) == 2 and step[0] != "lines" else arrival_of(number, step)


def do(chronicle: Chronicle, work: Iterable[Work]) -> None:
    """Do work; arrivals that follow each other come in one call."""
    waiting: list[Arrival] = []
    for each in work:
        if isinstance(each, Arrival):
            waiting.append(each)
            continue
        chronicle.add(waiting)
        waiting = []
        if isinstance(each, Source):
            with chronicle.writing():
                chronicle.describe(each)
        elif each.verdict == "erased":
            chronicle.erase(each)
        else:
            chronicle.decide([each])
    chronicle.add(waiting)


class TwoProcesses(Workers):
    """Workers that outlive a chronicle, since starting them takes long."""

    def close(self) -> None:
        """Go on."""


@pytest.fixture(scope="module")
def two() -> Iterator[Workers]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(workers, "_ALONE", 0)
        both = TwoProcesses(Settings(run=RunSettings(workers=2)), 2)
        yield both
        Workers.close(both)


def opened(folder: Path, workers: Workers | None = None) -> Chronicle:
    if not folder.exists():
        Chronicle.create(folder, "[run]\nworkers = 1\n")
    chronicle = Chronicle(folder, clock=lambda: OBSERVED)
    chronicle.workers = workers or chronicle.workers
    return chronicle


@pytest.mark.slow
@settings(max_examples=12, deadline=None)
@given(steps=STEPS, cut=st.integers(0, 9))
def test_halves_two_processes_and_a_rebuild_change_nothing(
    two: Workers, steps: list[tuple[object, ...]], cut: int
) -> None:
    folder = Path(mkdtemp())
    try:
        done: list[Work] = []
        with opened(folder / "whole") as chronicle:
            for number, step in enumerate(steps, 1):
                work = work_of(chronicle, number, step)
                if work is not None:
                    do(chronicle, [work])
                    done.append(work)
            views, taught = everything(chronicle), learned(chronicle)
            known, digest = list(chronicle.store.facts.scan()), chronicle.digest()
            chronicle.rebuild()
            assert chronicle.digest() == digest
            check_same(views, everything(chronicle))
            assert list(chronicle.store.facts.scan()) == known
            assert learned(chronicle) == taught
            assert chronicle.store.check() == []
        with opened(folder / "halves", two) as chronicle:
            do(chronicle, done[:cut])
        with opened(folder / "halves", two) as chronicle:
            do(chronicle, done[cut:])
            check_same(views, everything(chronicle))
            assert learned(chronicle) == taught
            assert list(chronicle.store.facts.scan()) == known
    finally:
        shutil.rmtree(folder)
