"""A chronicle of two items of a list and seven articles, which tell of a ferry, a bridge, and many things at once."""

from pathlib import Path

from diurna.ingest import Arrival
from diurna.runners import Chronicle
from tests.made_articles import lines_of
from tests.made_lists import OBSERVED, arrival

GROUNDED = "https://coast.example/1"
SAFE = "https://north.example/2"
DIVERS = "https://island.example/3"
OPENED = "https://north.example/4"
TRAFFIC = "https://coast.example/5"
BRIEFING = "https://coast.example/6"
YEAR_BEFORE = "https://coast.example/7"
ITEM = "Eastville opens its rebuilt bridge over the river Orle to traffic"

ARTICLES: dict[str, tuple[str, str, tuple[str, ...]]] = {
    GROUNDED: (
        "2017-05-22",
        "Ferry Aurora runs aground off Northport with 212 people on board",
        (
            "The ferry Aurora ran aground outside the harbour of Northport early on Sunday with 212 people on board, "
            "the coast guard said.",
            "Tugs reached the ship within forty minutes, and all passengers were brought ashore by noon.",
            "Divers will look at the hull on Monday before anybody decides whether the ship can be towed to Southport.",
        ),
    ),
    SAFE: (
        "2017-05-22",
        "Passengers safe after ferry Aurora hits rocks near Northport",
        (
            "All 212 passengers of the ferry Aurora are safe after the ship hit rocks near Northport on Sunday.",
            "The coast guard sent three tugs, and the harbour of Northport was closed to other ships until evening.",
            "A spokesman said that the Aurora had left Southport at five o'clock and lost its way in fog.",
        ),
    ),
    DIVERS: (
        "2017-05-23",
        "Divers examine hull of grounded ferry Aurora",
        (
            "Divers began to examine the hull of the ferry Aurora on Monday, a day after it ran aground off Northport "
            "with 212 people on board.",
            "The coast guard of Northport wants to know whether the ship can be towed to Southport this week.",
        ),
    ),
    OPENED: (
        "2017-05-22",
        "Eastville opens rebuilt bridge over the Orle",
        (
            "Workers in Eastville opened the rebuilt bridge over the river Orle on Saturday, four years after a flood "
            "had torn away two of its piers.",
            "The town paid 9 million crowns for it, a third more than its council had expected.",
        ),
    ),
    TRAFFIC: (
        "2017-05-22",
        "Bridge over the Orle carries traffic again in Eastville",
        (
            "Buses and cars crossed the river Orle in Eastville on Saturday for the first time in four years, over a "
            "bridge rebuilt for 9 million crowns.",
            "A flood had torn away two piers of the old bridge over the Orle.",
        ),
    ),
    BRIEFING: (
        "2017-05-22",
        "Morning briefing: ferry, bridge, strawberries",
        (
            "The ferry Aurora ran aground outside Northport on Sunday with 212 people on board.",
            "Eastville opened its bridge over the Orle.",
            "Strawberries are early in Westbay.",
        ),
    ),
    YEAR_BEFORE: (
        "2016-05-22",
        "Ferry Aurora runs aground off Northport with 180 people on board",
        (
            "The ferry Aurora ran aground on a sandbank off Northport on Sunday with 180 people on board, the coast "
            "guard said.",
            "The ship came free with the tide and reached Southport two hours late.",
        ),
    ),
}


def article(address: str) -> Arrival:
    """An article as it comes."""
    published, title, paragraphs = ARTICLES[address]
    said: dict[str, object] = {"title": title, "url": address, "paragraphs": list(paragraphs), "language": "en"}
    return lines_of(f"{address[-1]}.jsonl", {**said, "published": f"{published}T06:00:00Z"})


def items() -> Arrival:
    """A list with an item on the bridge, which cites an article, and another item."""
    content = (
        f'{{"date": "2017-05-20", "text": "{ITEM}", "entities": ["Eastville", "Orle"], "id": "bridge", '
        f'"sources": [{{"url": "{TRAFFIC}", "publisher": "Coast"}}]}}\n'
        '{"date": "2017-05-20", "text": "Eastville mourns the last ferryman of the Orle", "entities": ["Eastville"], '
        '"id": "ferryman"}\n'
    )
    return arrival(content, "entries", "file:items.jsonl", media_type="application/jsonl")


def make_chronicle(folder: Path) -> None:
    """Add the items and the articles, one after the other."""
    Chronicle.create(folder, "[run]\nworkers = 1\n")
    with Chronicle(folder, clock=lambda: OBSERVED) as chronicle:
        chronicle.add([items()])
        for address in ARTICLES:
            chronicle.add([article(address)])
            chronicle.understand()
