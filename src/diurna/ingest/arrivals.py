"""What arrives at Diurna's door: captured bytes, what form they have, and which wiki page they are a version of."""

from datetime import date, datetime
from urllib.parse import quote

from msgspec import Struct

from diurna.ingest.bundles import Budget
from diurna.ingest.encodings import decode_text
from diurna.ingest.settings import IngestSettings
from diurna.model import Capture, content_digest, make_id

__all__ = ["Arrival", "PageVersion", "Reading", "Way", "capture_of"]


class PageVersion(Struct, frozen=True, kw_only=True):
    """One version of a wiki page. `site` is the wiki's host; `number` its revision id; `available` the revision's time.

    A file that only names its day has a version whose other fields are empty.
    """

    site: str = ""
    title: str = ""
    url: str = ""
    number: int | None = None
    available: datetime | None = None
    licence: str = ""
    day: date | None = None


class Arrival(Struct, frozen=True, kw_only=True):
    """Capture with its bytes, on the way to an extractor.

    `form` is `portal` (wikitext of curated days), `entries` or `articles` (JSON lines of them), `page` (HTML), `feed`
    (RSS, Atom, RDF or JSON Feed), `sitemap`, `opml`, `addresses` (one a line) or `picture`. `where` names the input for
    problems; `first_line` is the line of it that the content begins at, counted from 1. Of a JSON document of articles,
    which arrives as lines, it is the number of the article.
    """

    capture: Capture
    content: bytes
    form: str
    where: str
    first_line: int = 1
    page: PageVersion | None = None

    @property
    def text(self) -> str:
        """The content as text, as `decode_text` reads it."""
        return decode_text(self.content)


class Way(Struct, frozen=True, kw_only=True):
    """How bytes came: the address asked and the one that answered, their media type, the means, and the times."""

    asked: str
    answered: str
    media_type: str
    via: str
    observed: datetime
    available: datetime | None = None


def capture_of(content: bytes, way: Way) -> Capture:
    """Make the capture of some bytes.

    Its id follows from the answering address and the bytes, so the same thing got twice, or once from an export and
    once from the wiki itself, is one capture. The archive's place is left open.
    """
    digest = content_digest(content)
    return Capture(
        id=make_id("capture", way.answered, digest),
        asked=way.asked,
        answered=way.answered,
        media_type=way.media_type,
        digest=digest,
        size=len(content),
        via=way.via,
        observed=way.observed,
        available=way.available,
    )


class Reading(Struct, frozen=True, kw_only=True):
    """One input being read: its name as messages show it, its address, the settings and the clock.

    `depth` counts the archives that it lies in, and `budget` is what all that lies packed in the input may cost.
    """

    where: str
    address: str
    settings: IngestSettings
    observed: datetime
    budget: Budget
    depth: int = 0

    def member(self, name: str) -> "Reading":
        """The reading of a file in this archive; its address is the archive's, `!/` and its name."""
        return Reading(
            where=f"{self.where}!/{name}",
            address=f"{self.address}!/{quote(name)}",
            settings=self.settings,
            observed=self.observed,
            depth=self.depth + 1,
            budget=self.budget,
        )

    def way(self, media_type: str, via: str) -> Way:
        """How the bytes of this input itself came."""
        return Way(asked=self.address, answered=self.address, media_type=media_type, via=via, observed=self.observed)
