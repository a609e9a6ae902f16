"""Saved pages of made-up outlets, as they arrive: a report with two states, its copies, and one that nothing dates."""

from diurna.ingest import Arrival
from tests.made_lists import arrival

__all__ = ["FERRY_PAGE", "coast_pages", "saved_article"]

FERRY_PAGE = "https://clarion.example/2017/05/21/ferry"
_FERRY = (
    "A ferry with forty people on board ran aground off Port Selm on Sunday afternoon, the harbour office said.",
    "Two passengers were hurt when the ferry hit a sand bank that had moved after the storms of the last winter.",
    "The harbour master said that divers would look for a leak below the water line before the evening tide.",
    "The line has run between Port Selm and the island since the old bridge was closed for repairs in March.",
)


def saved_article(
    address: str, title: str, paragraphs: tuple[str, ...], *, published: str = "", modified: str = ""
) -> Arrival:
    """A page with linked data that says what it is."""
    dates = "".join(
        f', "{name}": "{value}"' for name, value in (("datePublished", published), ("dateModified", modified)) if value
    )
    data = f'{{"@context": "https://schema.org", "@type": "NewsArticle", "headline": "{title}"{dates}}}'
    text = "".join(f"<p>{paragraph}</p>" for paragraph in paragraphs)
    content = (
        f'<html lang="en"><head><title>{title}</title><meta property="og:title" content="{title}">'
        f'<meta property="og:description" content="{paragraphs[0]}"><link rel="canonical" href="{address}">'
        f'<script type="application/ld+json">{data}</script></head>'
        f"<body><article><h1>{title}</h1>{text}</article></body></html>"
    )
    return arrival(content, "page", address, media_type="text/html")


def coast_pages() -> list[Arrival]:
    """Five pages: two states of one article, two copies of its text, and a page that gives no date."""
    third = _FERRY[0].replace("forty", "43"), *_FERRY[1:], "Tugs pulled the ferry free at high tide on Monday."
    address = "https://{}.example/coast/ferry"
    return [
        saved_article(FERRY_PAGE, "Ferry runs aground off Port Selm", _FERRY, published="2017-05-21T15:00:00Z"),
        saved_article(address.format("ledger"), "Ferry stuck off Port Selm", _FERRY, published="2017-05-21T17:00:00Z"),
        saved_article(
            address.format("herald"), "Two hurt as ferry hits sand bank", _FERRY, published="2017-05-21T18:00:00Z"
        ),
        saved_article(
            FERRY_PAGE,
            "Ferry freed off Port Selm",
            third,
            published="2017-05-21T15:00:00Z",
            modified="2017-05-22T09:30:00Z",
        ),
        saved_article(
            "https://undated.example/tides",
            "How the tides of Port Selm are measured",
            (
                "A float in a shaft beside the mole has drawn the line of the tides on paper for ninety years.",
                "Every Friday a clerk of the harbour office changes the roll and compares its clock with the church's.",
            ),
        ),
    ]
