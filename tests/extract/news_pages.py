"""Small pages of news that tests of the page's reader are about."""

from __future__ import annotations

import html
import json
from datetime import UTC, datetime

from diurna.extract.page import PageReading, read_page
from diurna.model import Article, Capture

__all__ = ["URL", "article", "capture", "ld", "meta", "news", "reading"]

URL = "https://www.coastpost.test/world/2017/05/22/launch-report"


def capture(url: str = URL) -> Capture:
    seen = datetime(2024, 1, 1, tzinfo=UTC)
    return Capture(id="c1", asked=url, answered=url, media_type="", digest="d", size=0, via="file", observed=seen)


def reading(head: str, body: str = "", url: str = URL) -> PageReading:
    page = f'<!DOCTYPE html><html lang="en"><head><meta charset="utf-8">{head}</head><body>{body}</body></html>'
    return read_page(page.encode(), capture(url))


def article(head: str, body: str = "", url: str = URL) -> Article:
    taken = reading(head, body, url).article
    assert taken is not None
    return taken


def ld(*values: object) -> str:
    return "".join(f'<script type="application/ld+json">{json.dumps(value)}</script>' for value in values)


def news(**fields: object) -> dict[str, object]:
    return {"@context": "https://schema.org", "@type": "NewsArticle", "headline": "Missile lands in the sea", **fields}


def meta(**fields: str) -> str:
    return "".join(
        f'<meta property="{name.replace("_", ":", 1)}" content="{html.escape(value)}">'
        for name, value in fields.items()
    )
