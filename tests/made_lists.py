"""Lists of a day made by hand, as they arrive, and a look at all that a chronicle's views hold."""

import json
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

from sqlalchemy import text

from diurna.ingest import Arrival, PageVersion
from diurna.ingest.arrivals import Way, capture_of
from diurna.model import Judgement, make_id
from diurna.runners import Chronicle
from diurna.store.schema import VIEW_TABLES

OBSERVED = datetime(2017, 6, 1, tzinfo=UTC)
LAUNCH = "[[North Korea]] fires a missile from [[Pukchang]]. [https://yna.example/launch (''Yonhap'')]"
LAUNCH_EDITED = (
    "[[North Korea]] fires a missile from [[Pukchang]]; it flies 500 km. [https://yna.example/launch (''Yonhap'')]"
)
QUAKE = "An earthquake near [[Tabriz]] kills two. [https://irna.example/quake (IRNA)]"
VOTE = "[[Switzerland]] votes to leave nuclear power. [https://abc.example/swiss ([[ABC News]])]"
POPE = "[[Pope Francis]] names five new [[cardinals]]. [https://cns.example/five (CNS)]"
PROTEST = "Thousands march in [[Caracas]]. [https://wire.example/caracas (Wire)]"


def new_chronicle(folder: Path) -> Chronicle:
    """An empty chronicle."""
    Chronicle.create(folder, "")
    return Chronicle(folder, clock=lambda: OBSERVED)


def page(*lines: str, day: str = "2017|05|21") -> str:
    """Wikitext of a day; a line without bullet is an item."""
    items = [line if line.startswith((";", "*")) else f"*{line}" for line in lines]
    return "\n".join([f"{{{{Current events header|{day}}}}}", *items])


def arrival(content: str, form: str, address: str, *, media_type: str = "text/plain", **fields: object) -> Arrival:
    """Some text that has arrived from an address."""
    raw = content.encode()
    way = Way(asked=address, answered=address, media_type=media_type, via="file", observed=OBSERVED)
    return Arrival(capture=capture_of(raw, way), content=raw, form=form, where=address, **fields)  # type: ignore[arg-type]


def state(number: int, *lines: str, site: str = "wiki.example") -> Arrival:
    """The n-th revision of the day's page on a wiki, published at n minutes past noon."""
    version = PageVersion(
        site=site,
        title="Portal:Current events/2017 May 21",
        url=f"https://{site}/?oldid={number}",
        number=number,
        available=datetime(2017, 5, 21, 12, number, tzinfo=UTC),
    )
    return arrival(page(*lines), "portal", version.url, page=version)


def saved(name: str, *lines: str) -> Arrival:
    """A file of wikitext that nothing dates."""
    return arrival(page(*lines), "portal", name)


def lines(name: str, *objects: dict[str, object]) -> Arrival:
    """A file of entries as JSON lines."""
    return arrival("\n".join(json.dumps(each) for each in objects), "entries", name)


def html(address: str, title: str, description: str, image: str = "") -> Arrival:
    """A saved page that says what it is about."""
    picture = f'<meta property="og:image" content="{image}">' if image else ""
    content = (
        f'<html><head><title>{title}</title><meta property="og:title" content="{title}">{picture}'
        f'<meta property="og:description" content="{description}"></head><body><p>{description}</p></body></html>'
    )
    return arrival(content, "page", address, media_type="text/html")


def judged(number: int, subject: str, verdict: str, target: str, value: str = "") -> Judgement:
    """The n-th decision of a person."""
    return Judgement(
        id=make_id("judgement", str(number)),
        subject=subject,
        verdict=verdict,
        object=target,
        by="person:Ida",
        value=value,
        made=datetime(2017, 6, 2, 12, number % 60, tzinfo=UTC),
    )


def contents(chronicle: Chronicle) -> dict[str, list[tuple[object, ...]]]:
    """Every row of every view."""
    chronicle.store.refresh()
    connection = chronicle.store._connection
    names = [*(table.name for table in VIEW_TABLES), "event_text"]
    rows = {name: connection.execute(text(f"SELECT * FROM {name}")).all() for name in names}  # noqa: S608  (our own names)
    return {name: sorted((tuple(row) for row in found), key=repr) for name, found in rows.items()}


def take(chronicle: Chronicle, arrivals: Sequence[Arrival], list_name: str = "") -> None:
    """Add arrivals, each in a transaction of its own."""
    for each in arrivals:
        chronicle.add([each], list_name)
