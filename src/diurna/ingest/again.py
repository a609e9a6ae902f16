"""Captures that are read again from the archive."""

from diurna.ingest.arrivals import Arrival
from diurna.ingest.recognise import HEAD_BYTES, recognise
from diurna.model import Capture

__all__ = ["arrival_of"]


def arrival_of(capture: Capture, content: bytes) -> Arrival:
    """Make an arrival of kept bytes: their form is told as it was when they came."""
    name = "page.html" if capture.media_type.startswith("text/html") else capture.answered
    form = recognise(content[:HEAD_BYTES], name)
    return Arrival(capture=capture, content=content, form=form, where=capture.answered)
