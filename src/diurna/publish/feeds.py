"""What readers follow: the newest events of the chronicle, of an entity, a topic or a category, as Atom and as JSON
Feed.

An entry's id is a tag URI (RFC 4151) made of the site's authority and the event's permalink, so it stays when a
headline changes or the site gets another scheme. `updated` is the time of the event's last change where known, else its
date at midnight; no feed holds the time at which it was written. Where the site does not know its address, links are
relative to the feed's own file.
"""

from datetime import UTC, datetime, time
from typing import Any

import msgspec
from msgspec import Struct

from diurna.model import Event, Ref
from diurna.publish.build_subjects import known_subject
from diurna.publish.data import inert_json, xml_text
from diurna.publish.paths import FIXED_PATHS, outside_url, relative_path, site_path
from diurna.publish.site_settings import SiteSettings
from diurna.publish.wording import one_line
from diurna.store.interface import Views

__all__ = ["FED", "NEWEST", "Feed", "build_feed", "render_atom", "render_json_feed"]

FED = frozenset(("entity", "topic", "category"))
"""Kinds of subject that can be followed, besides `front` for all events."""

NEWEST = 50
_SINCE = "2026"
"""Date part of our tag URIs: a time at which the naming rule existed (RFC 4151, 2.1)."""
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


class Feed(Struct, frozen=True, kw_only=True):
    """Events to follow, newest first. `path` is that of their page; the files are `.atom` and `.feed.json`."""

    title: str
    path: str
    events: tuple[Event, ...]


def build_feed(ref: str, views: Views, site: SiteSettings) -> Feed | None:
    """Feed of `front` (all events), `entity:ID`, `topic:ID` or `category:NAME`; None where nothing can be followed."""
    if ref == "front":
        return Feed(title=site.title, path=FIXED_PATHS["front"], events=tuple(views.recent_events(NEWEST)))
    kind, _, identifier = ref.partition(":")
    if kind not in FED:
        return None
    what = Ref(kind, identifier)
    events = tuple(views.events_with(what, limit=NEWEST))
    known = known_subject(what, views)
    if known is None or (not events and kind != "entity"):
        return None
    return Feed(title=f"{one_line(known.name)} · {site.title}", path=known.path, events=events)


def render_atom(feed: Feed, site: SiteSettings) -> bytes:
    """Write a feed as Atom 1.0 (RFC 4287)."""
    own = f"{feed.path}.atom"
    parts = [
        '<?xml version="1.0" encoding="UTF-8"?>\n<feed xmlns="http://www.w3.org/2005/Atom"'
        f' xml:lang="{_attribute(site.language)}">\n',
        _element("id", _tag(feed.path, site)),
        _element("title", feed.title),
        _element("subtitle", site.tagline) if site.tagline else "",
        _element("updated", _instant(max(map(_updated, feed.events), default=_EPOCH))),
        f"<author>{_element('name', site.title)}</author>\n",
        _link("self", _address(own, feed, site), "application/atom+xml"),
        _link("alternate", _address(f"{feed.path}.html", feed, site), "text/html"),
        f"<generator{_version(site)}>Diurna</generator>\n",
        *(_entry(event, feed, site) for event in feed.events[:NEWEST]),
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
        "items": [_item(event, feed, site) for event in feed.events[:NEWEST]],
    }
    return inert_json(msgspec.json.encode({key: value for key, value in content.items() if value != ""})) + b"\n"


# ---------------------------------------------------------------------------------------------------- entries


def _entry(event: Event, feed: Feed, site: SiteSettings) -> str:
    """An event as an Atom entry; what it cites are its related links."""
    page = site_path(event.permalink)
    language = f' xml:lang="{_attribute(event.language)}"' if event.language else ""
    cited = dict.fromkeys(url for citation in event.citations if (url := outside_url(citation.url)))
    parts = [
        f"<entry{language}>\n",
        _element("id", _tag(page, site)),
        _element("title", one_line(event.headline)),
        _element("published", _instant(_midnight(event))),
        _element("updated", _instant(_updated(event))),
        _link("alternate", _address(f"{page}.html", feed, site), "text/html"),
        *(_link("related", url) for url in cited),
        *(f'<category term="{_attribute(term)}"/>\n' for term in _terms(event)),
        _element("summary", _summary(event)),
        "</entry>\n",
    ]
    return "".join(parts)


def _item(event: Event, feed: Feed, site: SiteSettings) -> dict[str, Any]:
    """An event as an item of a JSON Feed; its first source is its external address."""
    page = site_path(event.permalink)
    cited = [url for citation in event.citations if (url := outside_url(citation.url))]
    item = {
        "id": _tag(page, site),
        "url": _address(f"{page}.html", feed, site),
        "external_url": cited[0] if cited else "",
        "title": one_line(event.headline),
        "content_text": _summary(event),
        "date_published": _instant(_midnight(event)),
        "date_modified": _instant(_updated(event)),
        "tags": _terms(event),
        "language": event.language,
    }
    return {key: value for key, value in item.items() if value not in ("", [])}


def _summary(event: Event) -> str:
    return one_line(event.lede.text if event.lede else event.headline)


def _terms(event: Event) -> list[str]:
    names = (event.category, *(tag.name for tag in event.entities))
    return list(dict.fromkeys(name for name in map(one_line, names) if name))


def _updated(event: Event) -> datetime:
    known = [change.available for change in event.changes if change.available is not None]
    return max(known).astimezone(UTC) if known else _midnight(event)


def _midnight(event: Event) -> datetime:
    return datetime.combine(event.date, time(), UTC)


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
