"""Events of articles and entries in a chronicle: any history of them, in any batches, is rebuilt to the same."""

import shutil
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path
from tempfile import mkdtemp

import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from diurna.cli.check import check_chronicle
from diurna.components import Settings
from diurna.enrich.task import Annotated
from diurna.ingest import Arrival
from diurna.model import Event, Judgement, Report, make_id
from diurna.pipeline import Outcome
from diurna.runners import Chronicle
from diurna.runners.annotators import Annotators
from tests.made_articles import BRIDGE, FERRY, MARKET, check_same, everything, page_of, reports
from tests.made_lists import OBSERVED, arrival, page

FERRY_TOO = (
    "The ferry Aurora with 212 people on board ran aground outside Northport harbour on Sunday morning.",
    "Tugs were beside the ship within forty minutes and all passengers came ashore by noon, the harbour office said.",
    "The hull is to be looked at by divers on Monday before the Aurora can be towed to Southport.",
)
FERRY_LATER = (*FERRY, "Two of the crew were hurt, a doctor said.")
TEXTS = [FERRY, FERRY_TOO, FERRY_LATER, BRIDGE, MARKET]
TITLES = [
    "Ferry Aurora runs aground outside Northport",
    "Ferry Aurora aground off Northport with 212 on board",
    "Two hurt as ferry Aurora runs aground at Northport",
    "Eastville opens rebuilt bridge over the Orle",
    "Strawberries sell out in Westbay",
]
SAYS = "The ferry Aurora runs aground outside the harbour of [[Northport]] with 212 people on board."
PLAIN = "[run]\nworkers = 1\n"


def address(number: int) -> str:
    return f"https://paper{number}.example/a/{number}"


def told(number: int, text: int, hour: int = 6, *, title: str = "") -> Arrival:
    """A page of the n-th paper with one of the texts."""
    published = f"2017-05-21T{hour:02}:00:00Z"
    observed = OBSERVED + timedelta(minutes=hour)
    return page_of(address(number), title or TITLES[text], TEXTS[text], observed, published=published)


def listed(name: str, *papers: int) -> Arrival:
    """A list of the day with the ferry's item, which cites some papers' pages."""
    cited = " ".join(f"[{address(paper)} (Paper {paper})]" for paper in papers)
    return arrival(page(f"{SAYS} {cited}"), "portal", f"{name}.wiki")


def judged(number: int, subject: str, verdict: str, thing: str) -> Judgement:
    return Judgement(
        id=make_id("judgement", str(number)),
        subject=subject,
        verdict=verdict,
        object=thing,
        by="person:Ida",
        made=datetime(2017, 6, 2, 12, number % 60, tzinfo=UTC),
    )


class Shared(Annotators):
    """Annotators that outlive a chronicle, since loading a language takes long."""

    def close(self) -> None:
        """Go on."""


@pytest.fixture(scope="module")
def annotators() -> Iterator[Annotators]:
    made = Shared(Settings().enrich, 1)
    yield made
    Annotators.close(made)


@pytest.fixture
def chronicle(tmp_path: Path, annotators: Annotators) -> Iterator[Chronicle]:
    with opened(tmp_path / "chronicle", annotators) as made:
        yield made


def opened(folder: Path, annotators: Annotators) -> Chronicle:
    if not folder.exists():
        Chronicle.create(folder, PLAIN)
    chronicle = Chronicle(folder, clock=lambda: OBSERVED)
    chronicle.annotators = annotators
    return chronicle


def add(chronicle: Chronicle, *arrivals: Arrival) -> None:
    chronicle.add(arrivals)
    chronicle.understand()


def report_at(chronicle: Chronicle, number: int) -> Report:
    return next(report for report in reports(chronicle) if report.url == address(number))


def home(chronicle: Chronicle, number: int) -> str:
    """The event of a paper's page; empty where it has none."""
    return chronicle.pipeline.grouping._membership.report_home(report_at(chronicle, number).id) or ""


def event(chronicle: Chronicle, number: int) -> Event:
    found = chronicle.store.views.event(home(chronicle, number))
    assert found is not None
    return found


def live(chronicle: Chronicle) -> list[tuple[int, bytes, bytes]]:
    chronicle.store.refresh()
    return chronicle.store.learned.live()


def check(chronicle: Chronicle) -> None:
    """Everything is sound, and a rebuild changes nothing."""
    faults = list(check_chronicle(chronicle, lambda *_: None))
    assert faults == []
    views, facts, kept = everything(chronicle), list(chronicle.store.facts.scan()), live(chronicle)
    digest = chronicle.digest()
    chronicle.rebuild()
    check_same(views, everything(chronicle))
    assert chronicle.digest() == digest
    assert list(chronicle.store.facts.scan()) == facts
    assert live(chronicle) == kept


def test_reports_on_one_event_meet_and_others_do_not(chronicle: Chronicle) -> None:
    add(chronicle, told(1, 0), told(2, 3))
    add(chronicle, told(3, 1), told(4, 4))
    assert home(chronicle, 1) == home(chronicle, 3)
    assert len({home(chronicle, number) for number in (1, 2, 4)}) == 3
    check(chronicle)


@pytest.mark.parametrize("first", ["entry", "articles"])
def test_entry_and_the_reports_it_cites_are_one_event(chronicle: Chronicle, first: str) -> None:
    arrivals = [listed("day", 1, 4), told(1, 0), told(2, 1), told(4, 4)]
    for each in arrivals if first == "entry" else [*arrivals[1:], arrivals[0]]:
        add(chronicle, each)
    assert home(chronicle, 1) == home(chronicle, 2) == home(chronicle, 4)
    assert [member.ref.partition(":")[0] for member in event(chronicle, 1).members].count("entry") == 1
    assert event(chronicle, 1).headline.startswith("The ferry Aurora runs aground")
    check(chronicle)


def test_copy_is_where_its_text_is(chronicle: Chronicle) -> None:
    add(chronicle, told(1, 0), told(2, 0, 7), told(3, 0, 8))
    assert home(chronicle, 1) == home(chronicle, 2) == home(chronicle, 3)
    check(chronicle)


def test_report_that_is_alone_can_be_taken_out_of_its_own_event(chronicle: Chronicle) -> None:
    add(chronicle, told(1, 4))
    founded = home(chronicle, 1)
    chronicle.decide([judged(1, f"article:{report_at(chronicle, 1).id}", "apart", f"event:{founded}")])
    assert home(chronicle, 1) not in ("", founded)
    check(chronicle)


def test_new_version_at_an_address_keeps_the_event_and_another_story_leaves_it(chronicle: Chronicle) -> None:
    add(chronicle, told(1, 0), told(2, 1))
    before = home(chronicle, 1)
    add(chronicle, told(2, 2, 9))
    assert home(chronicle, 2) == before
    add(chronicle, told(2, 4, 12))
    assert home(chronicle, 2) != before
    check(chronicle)


@pytest.mark.parametrize("which", [1, 2])
def test_withdrawn_report_is_counted_no_more(chronicle: Chronicle, which: int) -> None:
    add(chronicle, told(1, 0), told(2, 1))
    ref = f"article:{report_at(chronicle, which).id}"
    chronicle.decide([judged(1, ref, "withdrawn", ref)])
    check(chronicle)
    add(chronicle, told(3, 2, 9))
    check(chronicle)


@pytest.mark.parametrize("which", [1, 2])
def test_nothing_of_an_erased_report_is_live(chronicle: Chronicle, which: int) -> None:
    add(chronicle, told(1, 0), told(2, 1))
    ref = f"article:{report_at(chronicle, which).id}"
    chronicle.erase(judged(1, ref, "erased", ref))
    assert all(ref.encode() not in traits for _, traits, _ in live(chronicle))
    check(chronicle)
    add(chronicle, told(3, 2, 9))
    check(chronicle)


@pytest.mark.parametrize("which", [1, 2, 3])
def test_detached_report_has_an_event_of_its_own_and_the_others_stay(chronicle: Chronicle, which: int) -> None:
    add(chronicle, told(1, 0), told(2, 1), told(3, 2))
    before = home(chronicle, which)
    others = [number for number in (1, 2, 3) if number != which]
    assert {home(chronicle, number) for number in others} == {before}
    ref = f"article:{report_at(chronicle, which).id}"
    chronicle.decide([judged(1, ref, "apart", f"event:{before}")])
    assert home(chronicle, which) not in ("", before)
    assert {home(chronicle, number) for number in others} == {before}
    check(chronicle)
    said = judged(1, ref, "apart", f"event:{before}")
    chronicle.decide([judged(2, f"judgement:{said.id}", "retracted", f"judgement:{said.id}")])
    assert home(chronicle, which) == before
    check(chronicle)


def test_detached_copy_has_an_event_of_its_own(chronicle: Chronicle) -> None:
    add(chronicle, told(1, 0), told(2, 0, 7))
    before, ref = home(chronicle, 1), f"article:{report_at(chronicle, 2).id}"
    assert home(chronicle, 2) == before
    chronicle.decide([judged(1, ref, "apart", f"event:{before}")])
    assert home(chronicle, 2) not in ("", before)
    check(chronicle)


def test_moved_report_stays_whatever_comes_until_it_is_retracted(chronicle: Chronicle) -> None:
    add(chronicle, told(1, 0), told(2, 3), told(3, 4))
    ref, target = f"article:{report_at(chronicle, 2).id}", home(chronicle, 3)
    own = home(chronicle, 2)
    said = judged(1, ref, "belongs", f"event:{target}")
    chronicle.decide([said])
    assert home(chronicle, 2) == target
    add(chronicle, told(2, 3, 9, title="Bridge in Eastville opens again"))
    assert home(chronicle, 2) == target
    check(chronicle)
    chronicle.decide([judged(2, f"judgement:{said.id}", "retracted", f"judgement:{said.id}")])
    assert home(chronicle, 2) == own
    check(chronicle)


def test_report_that_is_kept_out_of_an_event_it_is_not_in_stays(chronicle: Chronicle) -> None:
    add(chronicle, told(1, 0), told(2, 1), told(3, 4))
    one, other = (f"article:{report_at(chronicle, number).id}" for number in (1, 2))
    shared, strange = home(chronicle, 1), home(chronicle, 3)
    chronicle.decide([judged(1, other, "apart", f"event:{shared}")])
    alone = home(chronicle, 2)
    assert alone not in (shared, strange)
    # Each is most like the other, and would follow it if it were placed anew.
    for number, ref in ((2, one), (3, other)):
        chronicle.decide([judged(number, ref, "apart", f"event:{strange}")])
    assert (home(chronicle, 1), home(chronicle, 2)) == (shared, alone)
    check(chronicle)


def test_copies_go_where_a_person_moves_their_text(chronicle: Chronicle) -> None:
    add(chronicle, told(1, 0), told(2, 0, 7), told(3, 4))
    target = home(chronicle, 3)
    chronicle.decide([judged(1, f"article:{report_at(chronicle, 1).id}", "belongs", f"event:{target}")])
    assert home(chronicle, 1) == home(chronicle, 2) == target
    check(chronicle)


def test_merged_events_stay_merged_for_what_comes_later(chronicle: Chronicle) -> None:
    add(chronicle, told(1, 0), told(2, 3))
    ferry, bridge = home(chronicle, 1), home(chronicle, 2)
    said = judged(1, f"event:{bridge}", "same", f"event:{ferry}")
    chronicle.decide([said])
    add(chronicle, told(3, 3, 9, title="Eastville: rebuilt bridge over the Orle is open"), told(4, 1, 10))
    assert {home(chronicle, number) for number in (1, 2, 3, 4)} == {ferry}
    check(chronicle)
    chronicle.decide([judged(2, f"judgement:{said.id}", "retracted", f"judgement:{said.id}")])
    assert home(chronicle, 1) == home(chronicle, 4) == ferry
    assert home(chronicle, 2) == home(chronicle, 3) == bridge
    check(chronicle)


def test_history_tells_what_later_evidence_moved(chronicle: Chronicle) -> None:
    add(chronicle, told(1, 0), told(2, 1))
    apart = [judged(1, f"article:{report_at(chronicle, 2).id}", "apart", f"event:{home(chronicle, 1)}")]
    chronicle.decide(apart)
    assert [change.kind for change in event(chronicle, 1).changes] == ["detached"]  # what people did is told as theirs
    older, newer = home(chronicle, 1), home(chronicle, 2)
    membership = chronicle.pipeline.grouping._membership
    moves = Judgement(
        id=make_id("judgement", "late"),
        subject=f"article:{report_at(chronicle, 1).id}",
        verdict="belongs",
        object=f"event:{newer}",
        by="stream/1",
    )
    with chronicle.writing():
        chronicle.pipeline._keep_placed([moves], Outcome())
    assert home(chronicle, 1) == newer
    came, left = event(chronicle, 1).changes[-1], chronicle.store.views.event(older)
    assert left is not None
    assert (came.kind, came.before, came.by, came.reason) == ("came", left.permalink, "stream/1", f"“{TITLES[0]}”")
    assert (left.status, left.changes[-1].kind) == ("merged", "went")
    assert left.changes[-1].after == event(chronicle, 1).permalink == left.into
    assert [later.id for _, later in membership.moves_of(report_at(chronicle, 1).id)] == [moves.id]
    views = everything(chronicle)
    chronicle.rebuild()
    check_same(views, everything(chronicle))


def fail(chronicle: Chronicle, waiting: Sequence[Annotated]) -> None:
    """Keep what was understood, and stop before it is durable."""
    with chronicle.writing():
        for annotated in waiting:
            chronicle.pipeline.keep_understood(annotated)
        raise RuntimeError


def test_batch_that_fails_leaves_the_stream_as_it_was(tmp_path: Path, annotators: Annotators) -> None:
    second = [told(3, 1), told(4, 4), listed("day", 3)]

    def whole(chronicle: Chronicle) -> None:
        add(chronicle, told(1, 0), told(2, 3))
        add(chronicle, *second)

    def broken(chronicle: Chronicle) -> None:
        add(chronicle, told(1, 0), told(2, 3))
        chronicle.add(second)
        before = live(chronicle)
        waiting = list(chronicle.annotators.read(chronicle._planned(chronicle._waiting()), 2))
        with pytest.raises(RuntimeError):
            fail(chronicle, waiting)
        assert live(chronicle) == before
        chronicle.understand()

    held = []
    for number, history in enumerate((whole, broken)):
        with opened(tmp_path / str(number), annotators) as chronicle:
            history(chronicle)
            check(chronicle)
            held.append((everything(chronicle), live(chronicle), list(chronicle.store.facts.scan())))
    check_same(held[0][0], held[1][0])
    assert held[0][1:] == held[1][1:]


# ------------------------------------------------------------------------------------------------ any history

PAGES = st.tuples(st.just("page"), st.integers(0, 5), st.integers(0, len(TEXTS) - 1), st.integers(1, 20))
LISTS = st.tuples(st.just("list"), st.lists(st.integers(0, 5), max_size=2, unique=True), st.integers(0, 1))
DECISIONS = st.tuples(
    st.sampled_from(["apart", "belongs", "same", "withdrawn", "erased", "retracted"]),
    st.integers(0, 5),
    st.integers(0, 5),
)
STEPS = st.lists(PAGES | PAGES | PAGES | LISTS | DECISIONS, min_size=3, max_size=10)
Work = Arrival | Judgement


def decision_of(chronicle: Chronicle, number: int, step: tuple[object, ...]) -> Judgement | None:
    """What a person would decide about what there is now."""
    verdict, one, other = str(step[0]), int(str(step[1])), int(str(step[2]))
    found = reports(chronicle)
    if verdict == "retracted":
        made = [fact for _, fact in chronicle.store.facts.scan(Judgement) if isinstance(fact, Judgement)]
        open_ = [fact for fact in made if fact.by_person and fact.verdict not in ("erased", "retracted")]
        if not open_:
            return None
        ref = f"judgement:{open_[one % len(open_)].id}"
        return judged(number, ref, verdict, ref)
    homes = [chronicle.pipeline.grouping._membership.report_home(report.id) for report in found]
    events = list(dict.fromkeys(home for home in homes if home))
    if not events:
        return None
    if verdict == "same":
        here, there = events[one % len(events)], events[other % len(events)]
        return judged(number, f"event:{here}", verdict, f"event:{there}") if here != there else None
    ref = f"article:{found[one % len(found)].id}"
    if verdict in ("withdrawn", "erased"):
        return judged(number, ref, verdict, ref)
    if verdict == "apart":
        own = homes[one % len(found)]
        return judged(number, ref, verdict, f"event:{own}") if own else None
    return judged(number, ref, verdict, f"event:{events[other % len(events)]}")


def work_of(chronicle: Chronicle, number: int, step: tuple[object, ...]) -> Work | None:
    match step:
        case ("page", int() as paper, int() as text, int() as hour):
            return told(paper, text, hour)
        case ("list", list() as papers, int() as which):
            return listed(f"list{which}", *papers)
    return decision_of(chronicle, number, step)


def do(chronicle: Chronicle, work: Sequence[Work]) -> None:
    for each in work:
        if isinstance(each, Arrival):
            add(chronicle, each)
        elif each.verdict == "erased":
            chronicle.erase(each)
        else:
            chronicle.decide([each])


@pytest.mark.slow
@settings(max_examples=4, phases=[Phase.explicit, Phase.generate], deadline=None)
@given(steps=STEPS, cut=st.integers(0, 9))
def test_halves_and_a_rebuild_change_nothing(annotators: Annotators, steps: list[tuple[object, ...]], cut: int) -> None:
    folder = Path(mkdtemp())
    try:
        done: list[Work] = []
        with opened(folder / "whole", annotators) as chronicle:
            for number, step in enumerate(steps, 1):
                work = work_of(chronicle, number, step)
                if work is not None:
                    do(chronicle, [work])
                    done.append(work)
            check(chronicle)
            views, kept, known = everything(chronicle), live(chronicle), list(chronicle.store.facts.scan())
        for part in (done[:cut], done[cut:]):
            with opened(folder / "halves", annotators) as chronicle:
                do(chronicle, part)
        with opened(folder / "halves", annotators) as chronicle:
            check_same(views, everything(chronicle))
            assert live(chronicle) == kept
            assert list(chronicle.store.facts.scan()) == known
    finally:
        shutil.rmtree(folder)
