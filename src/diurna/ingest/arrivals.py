"""What arrives at Diurna's door: captured bytes, what form they have, and which wiki page they are a version of."""

from datetime import date, datetime

from msgspec import Struct

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

    `form` is `portal` (wikitext of curated days), `entries` (JSON lines), `page` (HTML) or `picture`. `where` names
    the input for problems; `first_line` is the line of it that the content begins at, counted from 1.
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
    """One input being read: its name as messages show it, its address, the settings and the clock."""

    where: str
    address: str
    settings: IngestSettings
    observed: datetime

    def way(self, media_type: str, via: str) -> Way:
        """How the bytes of this input itself came."""
        return Way(asked=self.address, answered=self.address, media_type=media_type, via=via, observed=self.observed)
