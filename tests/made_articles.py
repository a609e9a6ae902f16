"""Saved pages, feeds and lines of articles made by hand, as they arrive, and a look at all that views hold of them."""

import json
from collections.abc import Sequence
from datetime import UTC, datetime
from html import escape

from msgspec.structs import replace
from sqlalchemy import text

from diurna.ingest import Arrival
from diurna.model import Judgement, Report, make_id
from diurna.runners import Chronicle
from tests.made_lists import arrival, contents

FERRY = (
    "The ferry Aurora ran aground outside the harbour of Northport early on Sunday with 212 people on board.",
    "Tugs reached the ship within forty minutes, and all passengers were brought ashore by noon, the harbour office "
    "said in a statement.",
    "Divers will look at the hull on Monday before anybody decides whether the ship can be towed to Southport.",
)
BRIDGE = (
    "Workers in Eastville opened the rebuilt bridge over the river Orle on Saturday, four years after a flood had "
    "torn away two of its piers.",
    "The crossing shortens the way to the hospital by eleven kilometres, and buses use it from this week on.",
    "The town paid 9 million crowns for it, a third more than its council had expected in the first plan.",
)
MARKET = (
    "Traders at the weekly market of Westbay sold out of early strawberries by eight o'clock, the guild of gardeners "
    "said on Friday.",
    "A cold spring had held the harvest back by two weeks, so that most growers brought only a few crates.",
    "Prices stood at six crowns a pound, and the guild expects them to fall by half before the month is over.",
)
BOX = "Support local reporting from the coast: become a member today and read every story without a limit."


def page_of(
    address: str, title: str, paragraphs: Sequence[str], observed: datetime | None = None, **said: str
) -> Arrival:
    """A saved page with an article; it may say when it was `published` and `modified`, and its `canonical` address."""
    head = [f"<title>{escape(title)}</title>", f'<meta property="og:title" content="{escape(title)}">']
    head += ['<meta property="og:type" content="article">']
    for name in ("published", "modified"):
        if name in said:
            head.append(f'<meta property="article:{name}_time" content="{said[name]}">')
    if "canonical" in said:
        head.append(f'<link rel="canonical" href="{said["canonical"]}">')
    body = "".join(f"<p>{escape(paragraph)}</p>" for paragraph in paragraphs)
    content = (
        f'<!DOCTYPE html><html lang="en"><head>{"".join(head)}</head>'
        f"<body><article><h1>{escape(title)}</h1>{body}</article></body></html>"
    )
    made = arrival(content, "page", address, media_type="text/html")
    return made if observed is None else replace(made, capture=replace(made.capture, observed=observed))


def feed_of(address: str, *items: tuple[str, str, str, str]) -> Arrival:
    """An RSS feed; items are link, title, summary and date (none where empty)."""
    told = "".join(
        f"<item><title>{escape(title)}</title><link>{escape(link)}</link><description>{escape(summary)}</description>"
        + (f"<pubDate>{date}</pubDate>" if date else "")
        + "</item>"
        for link, title, summary, date in items
    )
    content = (
        f'<?xml version="1.0" encoding="UTF-8"?><rss version="2.0"><channel><title>Feed</title><link>{address}</link>'
        f"<description>News</description>{told}</channel></rss>"
    )
    return arrival(content, "feed", address, media_type="application/rss+xml")


def lines_of(name: str, *articles: dict[str, object]) -> Arrival:
    """A file of articles as JSON lines."""
    content = "".join(json.dumps(article) + "\n" for article in articles)
    return arrival(content, "articles", f"file:{name}", media_type="application/jsonl")


def many(count: int) -> list[Arrival]:
    """Articles of one publisher, on different subjects, each with the same box."""
    subjects = ["Ferries", "Bridges", "Markets", "Schools", "Forests", "Bakeries", "Museums"]
    titles = ["Quays close", "Spans crack", "Prices jump", "Pupils march", "Oaks fall", "Ovens cool", "Halls open"]
    return [
        page_of(
            f"https://coast.example/{subject.lower()}",
            titles[number],
            [
                f"{subject} were the subject of a long evening at the town hall of place number {number * 7 + 3}.",
                f"Nobody had asked for {subject.lower()} before, an engineer of district {number * 13 + 5} said.",
                BOX,
            ],
        )
        for number, subject in enumerate(subjects[:count])
    ]


def reports(chronicle: Chronicle) -> list[Report]:
    """All reports, in order of arrival."""
    chronicle.store.refresh()
    return list(chronicle.store.views.scan_reports())


def everything(chronicle: Chronicle) -> dict[str, list[tuple[object, ...]]]:
    """Every row of every view, the searchable texts of articles too."""
    held = contents(chronicle)
    rows = chronicle.store._connection.execute(text("SELECT rowid, * FROM article_text")).all()
    return {**held, "article_text": sorted(tuple(row) for row in rows)}


def learned(chronicle: Chronicle) -> dict[str, list[tuple[object, ...]]]:
    """Every row of what was learned from articles."""
    chronicle.store.refresh()
    connection = chronicle.store._connection
    tables = {name: connection.execute(text(f"SELECT * FROM {name}")).all() for name in ("block", "publisher", "band")}  # noqa: S608  (our own names)
    return {name: sorted(tuple(row) for row in rows) for name, rows in tables.items()}


def check_same(one: dict[str, list[tuple[object, ...]]], other: dict[str, list[tuple[object, ...]]]) -> None:
    """Compare views table by table, so that a failure names the one that differs."""
    assert one.keys() == other.keys()
    for table, rows in one.items():
        assert other[table] == rows, table


def about_report(number: int, report: str, verdict: str) -> Judgement:
    """The n-th decision of a person, about a report."""
    return Judgement(
        id=make_id("judgement", str(number)),
        subject=f"article:{report}",
        verdict=verdict,
        object=f"article:{report}",
        by="person:Ida",
        made=datetime(2017, 6, 2, 12, number % 60, tzinfo=UTC),
    )
