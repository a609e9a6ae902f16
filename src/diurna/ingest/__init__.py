"""Ingest: bytes as they come from files, exports, wikis and web archives become captures; nothing is extracted."""

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

from diurna.ingest.arrivals import Arrival, PageVersion
from diurna.ingest.encodings import decode_text
from diurna.ingest.files import read_path
from diurna.ingest.recognise import recognise
from diurna.ingest.settings import IngestSettings
from diurna.model import Problem

__all__ = [
    "Arrival",
    "IngestSettings",
    "PageVersion",
    "decode_text",
    "read",
    "read_path",
    "recognise",
]


def read(source: str, settings: IngestSettings, observed: datetime) -> Iterator[Arrival | Problem]:
    """Read a file, a folder or a wiki page's address, and yield captures with their bytes, and problems."""
    if source.lower().startswith(("http://", "https://")):
        from diurna.ingest.mediawiki import Wanted, fetch  # only those who ask a wiki wait for aiohttp

        yield from fetch([Wanted(source)], settings, observed)
    else:
        yield from read_path(Path(source), settings, observed)
