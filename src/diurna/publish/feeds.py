"""What readers follow, as Atom and as JSON Feed: the newest events of the chronicle, of an entity, a topic or a
category, and the newest articles, all or of one source.

An entry's id is a tag URI (RFC 4151) made of the site's authority and its permalink, so it stays when a headline
changes or the site gets another scheme. `updated` is the time of the event's last change where known, else the day it
is filed under, at midnight; of an article the last time that its publisher gives. No feed holds the time at which it
was written. Where the site does not know its address, links are relative to the feed's own file.
"""

from collections.abc import Sequence
from datetime import UTC, datetime, time
from itertools import islice
from typing import Any

import msgspec
from msgspec import Struct

from diurna.model import Article, Dating, Event, Ref, Report
from diurna.publish.article_lines import ReportLine
from diurna.publish.bar import stands_out
from diurna.publish.build_subjects import known_subject
from diurna.publish.data import inert_json, xml_text
from diurna.publish.materials import Directory
from diurna.publish.paths import FIXED_PATHS, outside_url, relative_path, site_path
from diurna.publish.site_settings import SiteSettings
from diurna.publish.why_words import unknown_day_words
from diurna.publish.wording import one_line
from diurna.store.interface import Views

__all__ = ["FED", "NEWEST", "Feed", "FeedEntry", "build_feed", "render_atom", "render_json_feed"]

FED = frozenset(("entity", "topic", "category", "source"))
"""Kinds of subject that can be followed, besides `front` for all events and `articles` for all articles."""

NEWEST = 50
_LOOKED_AT = 1000
_LOOKED_AT_OF_SUBJECT = 200
"""Newest events that are looked at for a feed; most may be told by one source alone, and have no place in it."""
_SINCE = "2026"
"""Date part of our tag URIs: a time at which the naming rule existed (RFC 4151, 2.1)."""
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


class FeedEntry(Struct, frozen=True, kw_only=True):
    """Event or article as a feed tells it. `page` is its path here, `cited` where it was reported; an article that
    nothing dates has no `published`."""

    page: str
    title: str
    summary: str
    updated: datetime
    published: datetime | None = None
    language: str = ""
    cited: tuple[str, ...] = ()
    terms: tuple[str, ...] = ()
    author: str = ""


class Feed(Struct, frozen=True, kw_only=True):
    """What can be followed, newest first. `path` is that of its page; the files are `.atom` and `.feed.json`."""

    title: str
    path: str
    entries: tuple[FeedEntry, ...]


def build_feed(ref: str, views: Views, site: SiteSettings, directory: Directory | None = None) -> Feed | None:
    """Feed of `front` (all events), `articles`, `entity:ID`, `topic:ID`, `category:NAME` or (its articles)
    `source:ID`; None where nothing can be followed."""
    directory = directory or Directory(views)
    if ref == "front":
        newest_events = views.recent_events(_LOOKED_AT)
        entries = tuple(map(_of_event, _standing_out(newest_events, site)))
        return Feed(title=site.title, path=FIXED_PATHS["front"], entries=entries)
    if ref == "articles":
        newest = directory.readings.tally().newest[:NEWEST]
        title = f"Articles · {site.title}"
        return Feed(title=title, path=FIXED_PATHS["articles"], entries=_of_reports(newest, directory))
    kind, _, identifier = ref.partition(":")
    if kind not in FED:
        return None
    what = Ref(kind, identifier)
    if kind == "source":
        entries = _of_reports(views.reports_of(identifier, NEWEST), directory)
    else:
        events = views.events_with(what, limit=_LOOKED_AT_OF_SUBJECT)
        entries = tuple(map(_of_event, _standing_out(events, site)))
        if not events and kind == "entity":  # there is no event of it: articles name it
            entries = _of_reports(views.reports_naming(identifier, NEWEST), directory)
        if not events and kind != "entity":
            return None
    known = known_subject(what, views)
    if known is None or (not entries and kind == "source"):
        return None
    return Feed(title=f"{one_line(known.name)} · {site.title}", path=known.path, entries=entries)


def _standing_out(events: Sequence[Event], site: SiteSettings) -> list[Event]:
    """The newest events that a list has or enough sources report."""
    return list(islice((event for event in events if stands_out(event, site)), NEWEST))


def render_atom(feed: Feed, site: SiteSettings) -> bytes:
    """Write a feed as Atom 1.0 (RFC 4287)."""
    own = f"{feed.path}.atom"
    parts = [
        '<?xml version="1.0" encoding="UTF-8"?>\n<feed xmlns="http://www.w3.org/2005/Atom"'
        f' xml:lang="{_attribute(site.language)}">\n',
        _element("id", _tag(feed.path, site)),
        _element("title", feed.title),
        _element("subtitle", site.tagline) if site.tagline else "",
        _element("updated", _instant(max((entry.updated for entry in feed.entries), default=_EPOCH))),
        f"<author>{_element('name', site.title)}</author>\n",
        _link("self", _address(own, feed, site), "application/atom+xml"),
        _link("alternate", _address(f"{feed.path}.html", feed, site), "text/html"),
        f"<generator{_version(site)}>Diurna</generator>\n",
        *(_entry(entry, feed, site) for entry in feed.entries[:NEWEST]),
        "</feed>\n",
    ]
    return "".join(parts).encode("utf-8", "replace")


def render_json_feed(feed: Feed, site: SiteSettings) -> bytes:
    """Write a feed as JSON Feed 1.1."""
    content: dict[str, Any] = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": feed.title,
        "description": site.tagline,
        "home_page_url": _address(f"{feed.path}.html", feed, site),
        "feed_url": _address(f"{feed.path}.feed.json", feed, site),
        "language": site.language,
        "authors": [{"name": site.title}],
        "items": [_item(entry, feed, site) for entry in feed.entries[:NEWEST]],
    }
    return inert_json(msgspec.json.encode({key: value for key, value in content.items() if value != ""})) + b"\n"


# ---------------------------------------------------------------------------------------------------- entries


def _entry(entry: FeedEntry, feed: Feed, site: SiteSettings) -> str:
    """An event or article as an Atom entry; what it cites, or where it stands, are its related links."""
    language = f' xml:lang="{_attribute(entry.language)}"' if entry.language else ""
    parts = [
        f"<entry{language}>\n",
        _element("id", _tag(entry.page, site)),
        _element("title", entry.title),
        f"<author>{_element('name', entry.author)}</author>\n" if entry.author else "",
        _element("published", _instant(entry.published)) if entry.published else "",
        _element("updated", _instant(entry.updated)),
        _link("alternate", _address(f"{entry.page}.html", feed, site), "text/html"),
        *(_link("related", url) for url in entry.cited),
        *(f'<category term="{_attribute(term)}"/>\n' for term in entry.terms),
        _element("summary", entry.summary),
        "</entry>\n",
    ]
    return "".join(parts)


def _item(entry: FeedEntry, feed: Feed, site: SiteSettings) -> dict[str, Any]:
    """An event or article as an item of a JSON Feed; its first source is its external address."""
    item = {
        "id": _tag(entry.page, site),
        "url": _address(f"{entry.page}.html", feed, site),
        "external_url": entry.cited[0] if entry.cited else "",
        "title": entry.title,
        "content_text": entry.summary,
        "date_published": _instant(entry.published) if entry.published else "",
        "date_modified": _instant(entry.updated),
        "authors": [{"name": entry.author}] if entry.author else [],
        "tags": list(entry.terms),
        "language": entry.language,
    }
    return {key: value for key, value in item.items() if value not in ("", [])}


def _of_event(event: Event) -> FeedEntry:
    cited = dict.fromkeys(url for citation in event.citations if (url := outside_url(citation.url)))
    return FeedEntry(
        page=site_path(event.permalink),
        title=one_line(event.headline),
        summary=_summary(event),
        published=_midnight(event),
        updated=_updated(event),
        language=event.language,
        cited=tuple(cited),
        terms=tuple(_terms(event)),
    )


def _summary(event: Event) -> str:
    lede = one_line(event.lede.text if event.lede else event.headline)
    return f"{lede} {unknown_day_words(event.day)}" if event.filed == "seen" else lede


def _of_reports(reports: Sequence[Report], directory: Directory) -> tuple[FeedEntry, ...]:
    known = directory.readings.articles([report.current for report in reports])
    lines = directory.readings.lines(reports)
    pairs = zip(reports, lines, strict=True)
    return tuple(_of_article(report, line, known[report.current]) for report, line in pairs if report.current in known)


def _of_article(report: Report, line: ReportLine, article: Article) -> FeedEntry:
    """An article by its lede alone; its last change is the publisher's, or else when this state of it was seen."""
    dated = [dating.time for dating in (article.published, article.modified) if isinstance(dating, Dating)]
    url = outside_url(report.url)
    return FeedEntry(
        page=line.page,
        title=line.title,
        summary=one_line(article.lede) or line.title,
        published=article.published.time.astimezone(UTC) if article.published else None,
        updated=max(dated, default=report.versions[-1].available).astimezone(UTC),
        language=line.language,
        cited=(url,) if url else (),
        terms=tuple(dict.fromkeys(tag for tag in map(one_line, article.tags) if tag)),
        author=line.publisher,
    )


def _terms(event: Event) -> list[str]:
    names = (event.category, *(tag.name for tag in event.entities))
    return list(dict.fromkeys(name for name in map(one_line, names) if name))


def _updated(event: Event) -> datetime:
    known = [change.available for change in event.changes if change.available is not None]
    return max(known).astimezone(UTC) if known else _midnight(event)


def _midnight(event: Event) -> datetime:
    return datetime.combine(event.day, time(), UTC)


def _instant(moment: datetime) -> str:
    return moment.replace(microsecond=0).isoformat().replace("+00:00", "Z")


# ---------------------------------------------------------------------------------------------------- addresses, XML


def _tag(path: str, site: SiteSettings) -> str:
    return f"tag:{site.naming_authority},{_SINCE}:/{path}"


def _address(file: str, feed: Feed, site: SiteSettings) -> str:
    return f"{site.root}{file}" if site.root else relative_path(feed.path, file)


def _attribute(text: str) -> str:
    return xml_text(one_line(text)).replace('"', "&quot;")


def _element(name: str, text: str) -> str:
    return f"<{name}>{xml_text(text)}</{name}>\n"


def _link(rel: str, href: str, media_type: str = "") -> str:
    kind = f' type="{media_type}"' if media_type else ""
    return f'<link rel="{rel}"{kind} href="{_attribute(href)}"/>\n'


def _version(site: SiteSettings) -> str:
    return f' version="{_attribute(site.version)}"' if site.version else ""
