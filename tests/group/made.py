"""Items of a curated day, and the states of its list, for the tests of grouping; in our own words."""

from collections.abc import Sequence
from datetime import UTC, date, datetime

import msgspec

from diurna.model import Citation, Entry, Revision, Topic, Wikilink, entry_id, make_id

DAY = date(2017, 5, 21)
YNA, KBS, WIRE = "https://yna.example/2017/launch", "https://kbs.example/news/1", "https://wire.example/a1"


def item(
    text: str, links: Sequence[str] = (), urls: Sequence[str] = (), *, category: str = "", topics: Sequence[str] = ()
) -> Entry:
    """An item of the day; each link is shown where the text has its words, else at the beginning."""
    places = [(max(text.find(name), 0), name) for name in links]
    entry = Entry(
        id="",
        day=DAY,
        text=text,
        category=category,
        topics=tuple(Topic(topic) for topic in topics),
        links=tuple(Wikilink(at, at + len(name), name, name) for at, name in places),
        citations=tuple(Citation(url) for url in urls),
    )
    return msgspec.structs.replace(entry, id=entry_id(entry))


def state(number: int, *entries: Entry, curator: str = "wiki.example", day: date = DAY) -> Revision:
    """The n-th state of a list's day, published at n o'clock."""
    return Revision(
        id=make_id("revision", curator, str(number)),
        curator=curator,
        day=day,
        capture=f"c{number}",
        entries=tuple(entry.id for entry in entries),
        page="Current events/2017 May 21",
        number=number,
        available=datetime(2017, 5, 21, number, tzinfo=UTC),
    )
