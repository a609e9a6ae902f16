"""Events of one kind are told apart by their day and place, however alike the words; clashing figures part nothing."""

from collections.abc import Sequence
from datetime import UTC, datetime

import pytest

from diurna.enrich.annotate import Annotator
from diurna.enrich.settings import EnrichSettings
from diurna.enrich.task import Task
from diurna.group.stream import Grouper, GroupSettings
from diurna.group.traits import traits_of_article
from diurna.model import Article, Dating, Paragraph

Told = tuple[str, str, str]
"""Day of publication, title and text of a report."""

MARKET = [
    (
        "2019-03-04",
        "Car bomb kills nine at Qasra market",
        "A car bomb killed nine people at the fish market in Qasra on Monday morning, the city police said. Thirty "
        "people were wounded when the vehicle exploded beside the stalls at about 8am. No group claimed the attack.",
    ),
    (
        "2019-03-04",
        "Nine dead in Qasra market bombing",
        "At least nine people died on Monday when a car exploded at a fish market in Qasra, officials said. Hospitals "
        "in the city took in some thirty wounded.",
    ),
]
STATION = [
    (
        "2019-03-08",
        "Bomb kills six at Qasra bus station",
        "A bomb killed six people at the bus station in Qasra on Friday morning, the city police said, four days "
        "after an attack on the fish market. Twenty people were wounded when the device exploded beside a ticket "
        "office at about 8am. No group claimed the attack.",
    ),
    (
        "2019-03-08",
        "Six dead as Qasra bus station is bombed",
        "Six people died on Friday when a bomb exploded at the main bus station in Qasra, officials said. Hospitals "
        "took in twenty wounded.",
    ),
]
FINAL = [
    (
        "2018-05-12",
        "Northport win cup final against Westbay",
        "Northport won the Orle Cup on Saturday, beating Westbay 2-1 in the final at the River Ground. Captain Ivo "
        "Tarn scored both goals in the second half before 31,000 spectators.",
    ),
    (
        "2018-05-13",
        "Tarn brace gives Northport the Orle Cup",
        "Two goals by Ivo Tarn gave Northport a 2-1 victory over Westbay in Saturday’s final of the Orle Cup at the "
        "River Ground.",
    ),
]
NEXT_FINAL = [
    (
        "2019-05-11",
        "Northport beat Westbay again in cup final",
        "Northport won the Orle Cup on Saturday for the second year running, beating Westbay 3-0 in the final at the "
        "River Ground. Goalkeeper Ana Lund saved two penalties before 30,000 spectators.",
    ),
    (
        "2019-05-12",
        "Lund saves two as Northport keep the Orle Cup",
        "Ana Lund saved two penalties on Saturday as Northport beat Westbay 3-0 in the final of the Orle Cup at the "
        "River Ground.",
    ),
]
AARHUS = [
    (
        "2020-02-03",
        "Fire destroys six buses at depot in Aarhus",
        "A fire destroyed six buses at a depot in Aarhus on Monday morning, the fire service said. Nobody was hurt "
        "when the flames spread from a workshop.",
    )
]
PORTO = [
    (
        "2020-02-03",
        "Fire destroys five buses at depot in Porto",
        "A fire destroyed five buses at a depot in Porto on Monday morning, the fire service said. Nobody was hurt "
        "when the flames spread from a washing hall.",
    )
]
HALCYON = [
    (
        "2019-06-03",
        "Ferry sinks off Cape Sorrow, 12 dead",
        "Twelve people drowned when the ferry Halcyon sank off Cape Sorrow on Monday, the coast guard said. Another "
        "40 were rescued by fishing boats.",
    ),
    (
        "2019-06-03",
        "At least 31 dead as ferry Halcyon goes down",
        "At least 31 people died when the ferry Halcyon sank off Cape Sorrow on Monday, the seamen’s union said. The "
        "union said that 25 were rescued.",
    ),
    (
        "2019-06-04",
        "Halcyon: minister speaks of 19 dead",
        "The transport minister said on Tuesday that 19 people had died when the ferry Halcyon sank off Cape Sorrow "
        "on Monday. The union speaks of 31.",
    ),
]


@pytest.fixture(scope="module")
def annotator() -> Annotator:
    return Annotator(EnrichSettings())


def events_of(annotator: Annotator, told: Sequence[Told]) -> list[str | None]:
    """The event of each report, once all have come."""
    grouper, refs = Grouper(GroupSettings()), []
    for number, (day, title, text) in enumerate(told):
        time = datetime.fromisoformat(day).replace(hour=9, tzinfo=UTC)
        article = Article(
            id=f"a{number}",
            capture="c",
            component="made/1",
            publisher=f"paper{number}.example",
            url=f"https://paper{number}.example/1",
            title=title,
            paragraphs=tuple(Paragraph(f"{sentence}.") for sentence in text.removesuffix(".").split(". ")),
            language="en",
            published=Dating(time, "minute", "json-ld datePublished", day, 0.95),
        )
        annotation = annotator.annotate(Task(article=article, outlet=article.publisher, known={})).annotation
        traits = traits_of_article(article, annotation, time.date())
        grouper.place(traits)
        refs.append(traits.ref)
    return [grouper.event_of(ref) for ref in refs]


@pytest.mark.parametrize(
    ("one", "other"),
    [(MARKET, STATION), (FINAL, NEXT_FINAL), (AARHUS, PORTO)],
    ids=["two attacks on one town in a week", "one fixture a year apart", "one day, two towns"],
)
def test_events_of_one_kind_stay_apart(annotator: Annotator, one: list[Told], other: list[Told]) -> None:
    events = events_of(annotator, [*one, *other])
    assert len(set(events[: len(one)])) == 1
    assert len(set(events[len(one) :])) == 1
    assert events[0] != events[-1]


def test_reports_that_differ_in_their_figures_are_of_one_event(annotator: Annotator) -> None:
    assert len(set(events_of(annotator, HALCYON))) == 1
