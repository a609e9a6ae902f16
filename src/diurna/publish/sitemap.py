"""What search engines and browsers ask a site for: sitemaps, robots.txt and the description of its search.

All of them need absolute addresses (sitemaps.org protocol 0.9; OpenSearch 1.1), so a site that does not know its own
has only a robots.txt that allows everything.
"""

from collections.abc import Iterable
from datetime import date

from msgspec import Struct

from diurna.publish.data import xml_text
from diurna.publish.site_settings import SiteSettings

__all__ = ["LARGEST", "SitemapLine", "render_opensearch", "render_robots", "render_sitemaps"]

LARGEST = 50_000
"""URLs that one file may hold (sitemaps.org protocol)."""

_NAMESPACE = "http://www.sitemaps.org/schemas/sitemap/0.9"
_HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n'


class SitemapLine(Struct, frozen=True, order=True):
    """Page as search engines are told of it: its file from the site's root, and when it last changed, if known."""

    file: str
    changed: date | None = None


def render_sitemaps(lines: Iterable[SitemapLine], site: SiteSettings) -> dict[str, bytes]:
    """Files of the sitemap by name: the index `sitemap.xml`, and one file or more for each year, for articles and for
    all other pages.

    Pages of events and days go by their year, so that a new day changes one file and the index. Redirects don't belong
    in it. Empty where the site does not know its address.
    """
    if not site.root:
        return {}
    groups: dict[str, list[SitemapLine]] = {}
    for line in sorted(lines, key=lambda line: line.file):
        groups.setdefault(_group(line.file), []).append(line)
    files: dict[str, bytes] = {}
    index: list[tuple[str, date | None]] = []
    for group, members in sorted(groups.items()):
        for number, start in enumerate(range(0, len(members), LARGEST), 1):
            name = f"sitemap-{group}-{number}.xml"
            some = members[start : start + LARGEST]
            files[name] = _file("urlset", "url", [(line.file, line.changed) for line in some], site)
            index.append((name, max((line.changed for line in some if line.changed), default=None)))
    files["sitemap.xml"] = _file("sitemapindex", "sitemap", index, site)
    return files


def render_robots(site: SiteSettings) -> bytes:
    """Write robots.txt (RFC 9309): everything may be read, and where the sitemap lies, if the site knows."""
    lines = ["User-agent: *", "Allow: /"]
    if site.root:
        lines += ["", f"Sitemap: {site.root}sitemap.xml"]
    return ("\n".join(lines) + "\n").encode()


def render_opensearch(site: SiteSettings) -> bytes:
    """Write the OpenSearch 1.1 description by which a browser searches the site; empty where it has no address."""
    if not site.root:
        return b""
    root = xml_text(site.root).replace('"', "&quot;")
    lines = [
        f'{_HEAD}<OpenSearchDescription xmlns="http://a9.com/-/spec/opensearch/1.1/">',
        f"<ShortName>{xml_text(site.title[:16])}</ShortName>",
        f"<Description>{xml_text(f'Search {site.title}'[:1024])}</Description>",
        f'<Url type="text/html" method="get" template="{root}search.html?q={{searchTerms}}"/>',
        f"<Language>{xml_text(site.language)}</Language>",
        "<InputEncoding>UTF-8</InputEncoding>",
        "</OpenSearchDescription>",
    ]
    return ("\n".join(lines) + "\n").encode("utf-8", "replace")


def _group(file: str) -> str:
    parts = file.split("/")
    if parts[0] == "article":
        return "articles"
    return parts[1] if len(parts) > 2 and parts[0] == "news" and parts[1].isdigit() else "pages"


def _file(root: str, element: str, lines: Iterable[tuple[str, date | None]], site: SiteSettings) -> bytes:
    parts = [f'{_HEAD}<{root} xmlns="{_NAMESPACE}">\n']
    for file, changed in lines:
        lastmod = f"<lastmod>{changed.isoformat()}</lastmod>" if changed else ""
        parts.append(f"<{element}><loc>{xml_text(site.root + file)}</loc>{lastmod}</{element}>\n")
    parts.append(f"</{root}>\n")
    return "".join(parts).encode("utf-8", "replace")
