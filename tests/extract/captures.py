"""Captures that tests of extractors hand in beside their bytes."""

from datetime import UTC, datetime

from diurna.model import Capture

__all__ = ["OBSERVED", "capture_of"]

OBSERVED = datetime(2017, 6, 1, 12, tzinfo=UTC)


def capture_of(content: bytes, url: str = "https://n.example/feeds/all.xml", media_type: str = "") -> Capture:
    """A capture of these bytes, observed on 1 June 2017."""
    return Capture(
        id="capture0",
        asked=url,
        answered=url,
        media_type=media_type,
        digest="digest",
        size=len(content),
        via="web",
        observed=OBSERVED,
    )
