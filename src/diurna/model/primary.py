"""Primary records: what came in, as it came. Appended, never changed, never lost."""

from datetime import date, datetime

from msgspec import Struct

from diurna.model.ids import make_id
from diurna.model.parts import Citation, Topic, Wikilink

__all__ = ["Capture", "Entry", "Permalink", "Revision", "Source", "entry_id"]


class Source(Struct, frozen=True, kw_only=True):
    """Publisher, as the user of a chronicle describes it; the newest description of a `host` counts.

    `host` is its main domain. `kind`: agency, newspaper, broadcaster, government, state media, …; empty where unknown.
    """

    id: str
    host: str
    name: str
    home: str = ""
    country: str = ""
    language: str = ""
    kind: str = ""


class Capture(Struct, frozen=True, kw_only=True):
    """Bytes as they came: where they were asked for, what answered, and where the archive keeps them.

    `digest` is SHA-256 of the bytes (base 32); `size` counts bytes; `observed` is when we got them, `available` when
    the world had them (a revision's time, WARC-Date), None where nothing says; `via` how they came (`file`, `api`,
    `export`, `warc`, `jsonl`, `archive`, `web`). `redirects` are the addresses that led from `asked` to `answered`.
    `archive`, `offset` and `length` locate the WARC record.
    """

    id: str
    asked: str
    answered: str
    media_type: str
    digest: str
    size: int
    via: str
    observed: datetime
    available: datetime | None = None
    redirects: tuple[str, ...] = ()
    archive: str = ""
    offset: int = 0
    length: int = 0


class Entry(Struct, frozen=True, kw_only=True):
    """One item of a curated day, in one wording.

    `text` is clean; spans of `links` lie in it. `topics` runs from the widest to the nearest. `parent` is the entry
    this one is nested under. The same item in another wording is another entry; a judgement says that both are one
    event.
    """

    id: str
    day: date
    text: str
    category: str = ""
    topics: tuple[Topic, ...] = ()
    links: tuple[Wikilink, ...] = ()
    citations: tuple[Citation, ...] = ()
    parent: str | None = None
    language: str = ""


class Revision(Struct, frozen=True, kw_only=True):
    """One state of a curated day: the entries that stood on it, in order.

    `curator` names the list (`en.wikipedia.org`, or the name given on the way in); `page`, `url` and `number` the wiki
    page and its revision id where there is one; `available` when this state was published. A `whole` revision lists all
    of its day, so what it leaves out was withdrawn; one that is not whole speaks only of its own entries: `keys` are
    the list's own ids of them (same length as `entries`, or empty), `withdrawn` the keys it takes back.
    """

    id: str
    curator: str
    day: date
    capture: str
    entries: tuple[str, ...]
    page: str = ""
    url: str = ""
    number: int | None = None
    available: datetime | None = None
    licence: str = ""
    whole: bool = True
    keys: tuple[str, ...] = ()
    withdrawn: tuple[str, ...] = ()


class Permalink(Struct, frozen=True, kw_only=True):
    """Address given once and for good: `/news/YYYY/MM/DD/slug` of an event, `/context/slug` of an entity, ….

    `id` is the path.
    """

    id: str
    ref: str


def entry_id(entry: Entry) -> str:
    """Identifier of an entry: a digest of its day and of all that a reader sees of it, whatever list carried it."""
    fields = [entry.day.isoformat(), entry.category, entry.text]
    for topic in entry.topics:
        fields += ["topic", topic.text, *(link.target for link in topic.links)]
    for link in entry.links:
        fields += ["link", str(link.start), str(link.end), link.site, link.target, link.section]
    for citation in entry.citations:
        fields += ["citation", citation.url, citation.publisher, citation.via, citation.title]
    return make_id("entry", *fields)
