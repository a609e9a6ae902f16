"""What a page is about in the words of schema.org, as JSON-LD that no text can break out of.

A page is a `WebPage`. An event's page has an `Event` as its main entity (schema.org, "an event happening at a certain
time and location"); it is no `NewsArticle`, for nobody of ours reported it. What it cites, its reports among it, is its
`citation`, the list it was made from is what it `isBasedOn`, its entities are what it is `about`. A page about an
article has that `NewsArticle`, which is its publisher's and stands at its address, as its main entity; that is `about`
the event that it is in, and `mentions` those that it tells of in passing.
"""

from typing import Any, TypeVar

import msgspec

from diurna.publish.article_events import InEvent, TellsOf
from diurna.publish.article_lines import AuthorLine, DatingLine
from diurna.publish.article_sections import ArticleHead, Copies, FullText, LeadImage, Particulars
from diurna.publish.event_lines import EventLine
from diurna.publish.event_occasion import Occasion
from diurna.publish.event_reports import Reports
from diurna.publish.event_sections import Context, Cover, Filing, Happening, Sources
from diurna.publish.finding_sections import Findings
from diurna.publish.list_sections import Subject
from diurna.publish.page import Page, Section
from diurna.publish.paths import licence_url, outside_url, relative_path
from diurna.publish.site_settings import SiteSettings

__all__ = ["json_ld"]

S = TypeVar("S", bound=Section)

_ENCODER = msgspec.json.Encoder()
_COLLECTIONS = frozenset(
    (
        "day",
        "month",
        "year",
        "years",
        "contexts",
        "topics",
        "categories",
        "sources",
        "articles",
        "category",
        "source",
        "topic",
        "entity",
    )
)
_INERT = str.maketrans({"<": "\\u003c", ">": "\\u003e", "&": "\\u0026", "\u2028": "\\u2028", "\u2029": "\\u2029"})


def json_ld(page: Page, site: SiteSettings) -> str:
    """A page's JSON-LD: ASCII-safe for HTML, with `<`, `>`, `&` and the line separators of JavaScript escaped."""
    about: dict[str, Any] = {
        "@context": "https://schema.org",
        "@type": _type(page.kind),
        "url": _url(page.path, page, site),
        "name": page.title,
        "description": page.description,
        "inLanguage": page.language or site.language,
        "isPartOf": {"@type": "WebSite", "name": site.title, "url": _url("index", page, site)},
    }
    if page.breadcrumbs:
        about["breadcrumb"] = {
            "@type": "BreadcrumbList",
            "itemListElement": [
                {
                    "@type": "ListItem",
                    "position": nth,
                    "name": anchor.text,
                    "item": _url(anchor.href, page, site) if anchor.href else None,
                }
                for nth, anchor in enumerate(page.breadcrumbs, 1)
            ],
        }
    if (happening := _find(page, Happening)) is not None:
        about["mainEntity"] = _event(page, happening, site)
        about["citation"] = _citations(page)
        about["mentions"] = _claims(page, site)
    elif (head := _find(page, ArticleHead)) is not None and head.status == "current":
        about["mainEntity"] = _article(page, head, site)
    elif (subject := _find(page, Subject)) is not None:
        kind = "Organization" if page.kind == "source" else "Thing"
        about["about"] = {"@type": kind, "name": subject.name, "alternateName": list(subject.aliases)}
    about["isBasedOn"] = [url for origin in page.origins if (url := outside_url(origin.url))]
    about["license"] = _one([url for origin in page.origins if (url := licence_url(origin.licence))])
    return _ENCODER.encode(_without_empty(about)).decode().translate(_INERT)


def _type(kind: str) -> str:
    if kind in _COLLECTIONS:
        return "CollectionPage"
    return {"about": "AboutPage", "search": "SearchResultsPage"}.get(kind, "WebPage")


def _event(page: Page, happening: Happening, site: SiteSettings) -> dict[str, Any]:
    """The event: name, time, place, picture, and the entities it is about."""
    context, filing, cover = _find(page, Context), _find(page, Filing), _find(page, Cover)
    occasion = _find(page, Occasion)
    place = filing.place if filing else ""
    starts = happening.happened or (occasion.expected if occasion else None)
    return {
        "@type": "Event",
        "name": happening.headline,
        "description": happening.lede,
        "startDate": starts.isoformat() if starts else None,
        "location": {"@type": "Place", "name": place} if place else None,
        "image": (_address(cover.file, page, site) if cover.file else cover.url) if cover else None,
        "about": [
            {"@type": "Thing", "name": line.name, "url": _url(line.page, page, site) if line.page else None}
            for line in (context.entities if context else ())
        ],
    }


def _claims(page: Page, site: SiteSettings) -> list[dict[str, Any]]:
    """Statements on the event: what was printed, on whose word, and the article that it appears in."""
    found = _find(page, Findings)
    said = [(line, one) for line in (found.findings if found else ()) for one in line.statements if one.sentence]
    return [
        {
            "@type": "Claim",
            "name": line.name,
            "text": one.sentence,
            "author": {"@type": "Thing", "name": one.origin},
            "datePublished": one.at.isoformat() if one.at is not None else None,
            "appearance": {
                "@type": "CreativeWork",
                "publisher": {"@type": "Organization", "name": one.outlet},
                "url": _url(one.page, page, site) if one.page else None,
            },
        }
        for line, one in said[:_MOST_CLAIMS]
    ]


_MOST_CLAIMS = 50


def _article(page: Page, head: ArticleHead, site: SiteSettings) -> dict[str, Any]:
    """The article, at its publisher's address; its text only where the page shows it, its origin where it is a copy."""
    facts, copies = _find(page, Particulars), _find(page, Copies)
    picture, text = _find(page, LeadImage), _find(page, FullText)
    image = (_address(picture.file, page, site) if picture.file else picture.url) if picture else None
    origin = next((line for line in copies.copies if line.article == copies.origin), None) if copies else None
    told: dict[str, Any] = {
        "@type": "NewsArticle",
        "headline": head.headline,
        "description": head.lede,
        "url": head.url,
        "inLanguage": head.language,
        "image": image,
        "articleBody": "\n\n".join(line.text for line in text.passages) if text else None,
        "about": _told_event(own.event, page, site) if (own := _find(page, InEvent)) else None,
        "mentions": [_told_event(line.event, page, site) for line in passing.events]
        if (passing := _find(page, TellsOf))
        else None,
    }
    if facts is not None:
        told |= {
            "datePublished": _dated(facts.published),
            "dateModified": _dated(facts.modified),
            "author": [_author(author) for author in facts.byline],
            "publisher": {"@type": "NewsMediaOrganization", "name": facts.publisher, "url": f"https://{facts.host}/"},
            "articleSection": facts.section_name,
            "keywords": list(facts.tags),
            "creditText": ", ".join(facts.credits),
        }
    if origin is not None and origin.article != head.article:
        told["isBasedOn"] = {"@type": "NewsArticle", "name": origin.title, "url": _url(origin.page, page, site)}
    return told


def _told_event(line: EventLine, page: Page, site: SiteSettings) -> dict[str, str]:
    """An event that has a page of its own."""
    day = {"startDate": line.happened.isoformat()} if line.happened else {}
    return {"@type": "Event", "name": line.headline, **day, "url": _url(line.page, page, site)}


def _author(author: AuthorLine) -> dict[str, str]:
    return {"@type": "Person" if author.kind == "person" else "Organization", "name": author.name}


def _dated(dating: DatingLine | None) -> str:
    if dating is None:
        return ""
    return dating.time.date().isoformat() if dating.granularity == "day" else dating.time.isoformat()


def _citations(page: Page) -> list[dict[str, Any]]:
    cited, told = _find(page, Sources), _find(page, Reports)
    listed = {line.url for line in cited.sources} if cited else set()
    reported = [
        {
            "@type": "NewsArticle",
            "name": line.report.title,
            "url": line.url,
            "datePublished": line.published.isoformat() if line.published else None,
            "publisher": {"@type": "NewsMediaOrganization", "name": line.report.publisher},
        }
        for line in (told.reports if told else ())
        if line.url not in listed
    ]
    return reported + [
        {
            "@type": "CreativeWork",
            "name": line.title,
            "url": line.url,
            "publisher": {"@type": "Organization", "name": line.publisher} if line.publisher else None,
        }
        for line in (cited.sources if cited else ())
    ]


def _find(page: Page, kind: type[S]) -> S | None:
    return next((section for section in page.data if isinstance(section, kind)), None)


def _url(path: str, page: Page, site: SiteSettings) -> str:
    return _address(f"{path}.html", page, site)


def _address(file: str, page: Page, site: SiteSettings) -> str:
    """Absolute address of a file where the site knows its own, else relative to the page."""
    return f"{site.root}{file}" if site.root else relative_path(page.path, file)


def _one(values: list[str]) -> Any:
    unique = list(dict.fromkeys(values))
    return unique[0] if len(unique) == 1 else unique


def _without_empty(value: Any) -> Any:
    """Leave out what has nothing to say."""
    if isinstance(value, dict):
        kept = {key: _without_empty(item) for key, item in value.items()}
        return {key: item for key, item in kept.items() if item not in (None, "", [], {})}
    if isinstance(value, list):
        return [_without_empty(item) for item in value]
    return value
