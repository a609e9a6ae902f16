"""Where an HTML page stands in its site, and how it writes links, languages and days from there.

Every function returns markup that is safe to put into a page as it is; addresses that nobody should follow come out as
words. Pages have hundreds of links, so addresses are resolved once and kept.
"""

import re
from datetime import date
from functools import lru_cache
from html import escape

from diurna.publish.blocks import Anchor
from diurna.publish.wording import MONTHS, WEEKDAYS

__all__ = ["Place", "blank_leaf", "host", "leaf", "written_day"]

RIGHT_TO_LEFT = frozenset(("ar", "arc", "ckb", "dv", "fa", "he", "ks", "ps", "sd", "ug", "ur", "yi"))
OUT = ' rel="nofollow noopener external"'

_SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:")
_OUTSIDE = re.compile(r"https?://[^\x00-\x20\x7f/\\?#][^\x00-\x1f\x7f]*", re.IGNORECASE)
_INSIDE = re.compile(r"(?![/\\])[^\x00-\x20\x7f\\]+")
# A host may end a page's path (`source/point.md`), so no ending here is a top-level domain.
_FILE = re.compile(r"\.(?:atom|csv|feed\.json|gif|html|jpe?g|json|jsonl|opml|png|svg|txt|webp|xml|xsd)$")


@lru_cache(maxsize=32768)
def _resolved(href: str) -> tuple[bool, str]:
    """Whether an address leads out of the site, and how it is written: from the site's root, or in full; escaped."""
    if _SCHEME.match(href):
        return True, escape(href.replace(" ", "%20")) if _OUTSIDE.fullmatch(href) else ""
    if not _INSIDE.fullmatch(href):
        return False, ""
    path, mark, fragment = href.partition("#")
    if ".." in path.split("/"):
        return False, ""
    if path and not _FILE.search(path):
        path = f"{path}index.html" if path.endswith("/") else f"{path}.html"
    return False, escape(f"{path}{mark}{fragment}")


class Place:
    """A page's place in its site, from which its links and languages are written."""

    __slots__ = ("language", "path", "root")

    def __init__(self, path: str, language: str) -> None:
        self.path = path
        self.root = "../" * path.count("/") or "./"
        self.language = language

    def url(self, href: str) -> str:
        """Address as this page must write it, escaped; empty where nobody should follow it."""
        outside, url = _resolved(href)
        return url if outside or not url or url.startswith("#") else self.root + url

    def to(self, href: str, rel: str = "") -> str:
        """Attributes of a link to an address, or nothing."""
        url = self.url(href)
        if not url:
            return ""
        if _resolved(href)[0]:
            return f' href="{url}"{OUT}'
        return f' href="{url}" rel="{rel}"' if rel else f' href="{url}"'

    def lang(self, language: str) -> str:
        """Attributes of text in a language that is not the site's."""
        if not language or language == self.language:
            return ""
        direction = ' dir="rtl"' if language.partition("-")[0].lower() in RIGHT_TO_LEFT else ""
        return f' lang="{escape(language)}"{direction}'

    def link(self, anchor: Anchor, rel: str = "") -> str:
        """An anchor: a link where it leads somewhere, words where it does not."""
        to = self.to(anchor.href, rel) if anchor.href else ""
        more = self.lang(anchor.language) if anchor.language else ""
        if anchor.title:
            more += f' title="{escape(anchor.title)}"'
        if to:
            return f"<a{to}{more}>{escape(anchor.text)}</a>"
        return f"<span{more}>{escape(anchor.text)}</span>" if more else escape(anchor.text)


@lru_cache(maxsize=4096)
def written_day(day: date) -> str:
    """A day in a list: `22 May 2017`."""
    return f'<time datetime="{day.isoformat()}">{day.day} {MONTHS[day.month - 1]} {day.year}</time>'


@lru_cache(maxsize=4096)
def leaf(day: date) -> str:
    """A day as a leaf of an almanac: weekday, a large number, month and year."""
    return (
        f'<time datetime="{day.isoformat()}"><span class="weekday">{WEEKDAYS[day.weekday()]}</span> '
        f'<span class="number">{day.day}</span> <span class="month">{MONTHS[day.month - 1]} {day.year}</span></time>'
    )


def blank_leaf(day: date) -> str:
    """A leaf without a day, for what was only seen on one."""
    return f'<span class="weekday">Day unknown</span> <span class="month">seen {written_day(day)}</span>'


@lru_cache(maxsize=8192)
def host(href: str) -> str:
    """Host that an address leads to, as a reader checks it before following: plain text; empty for the site's own."""
    if not _OUTSIDE.fullmatch(href):
        return ""
    name = re.split(r"[/?#]", href.partition("://")[2], maxsplit=1)[0].rpartition("@")[2].lower()
    return name.removeprefix("www.")
