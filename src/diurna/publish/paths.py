"""Where pages lie: paths from the site's root without leading slash or extension, and addresses made from them."""

import re
from datetime import date
from functools import lru_cache
from urllib.parse import quote, urlsplit

from anyascii import anyascii

from diurna.model import Image, make_id

__all__ = [
    "FIXED_PATHS",
    "SCHEMA_PATH",
    "category_path",
    "day_path",
    "image_path",
    "licence_url",
    "month_path",
    "outside_url",
    "relative_path",
    "said_path",
    "site_path",
    "topic_path",
    "year_path",
]

FIXED_PATHS = {
    "front": "index",
    "years": "news/index",
    "contexts": "context/index",
    "topics": "topic/index",
    "categories": "category/index",
    "sources": "source/index",
    "articles": "article/index",
    "search": "search",
    "about": "about",
    "api": "api",
}
"""Pages that every site has once. No slug of an event, entity, topic or source may be `index`: that name is taken."""

SCHEMA_PATH = "schema/page"
"""Where the definitions of a page's data lie, as `.json` (JSON Schema) and `.xsd`."""

_LONGEST_SLUG = 80
_PICTURES = {"jpg": "jpg", "jpeg": "jpg", "png": "png", "webp": "webp"}
_OUTSIDE = re.compile(r"https?://[^\s/\\?#@\x00-\x20][^\s\x00-\x1f\x7f]*", re.IGNORECASE)
_CREATIVE_COMMONS = re.compile(r"CC[ -](BY(?:-NC)?(?:-SA|-ND)?)[ -](\d\.\d)", re.IGNORECASE)
# What no URL may hold (RFC 3986, 2), most of which would end a link in one format or another.
_UNSAFE = re.compile(r"[\x00-\x20\x7f\"<>\\^`{|}\u0085\u2028\u2029]")


@lru_cache(maxsize=8192)
def day_path(day: date) -> str:
    """Path of a day's page: `news/2017/05/22/index`."""
    return f"news/{day.year:04}/{day.month:02}/{day.day:02}/index"


def month_path(year: int, month: int) -> str:
    """Path of a month's page: `news/2017/05/index`."""
    return f"news/{year:04}/{month:02}/index"


def year_path(year: int) -> str:
    """Path of a year's page: `news/2017/index`."""
    return f"news/{year:04}/index"


def site_path(permalink: str) -> str:
    """Path of a permalink's page: `/news/2017/05/22/slug` lies at `news/2017/05/22/slug`."""
    return permalink.lstrip("/")


def topic_path(permalink: str) -> str:
    """Path of an entity's page as a topic: that of `/context/slug` is `topic/slug`."""
    return f"topic/{permalink.rpartition('/')[2]}" if permalink else ""


def said_path(path: str, month: str) -> str:
    """Path of the page of what an entity, whose page is at `path`, says in a month: `context/slug/said/2017-05`."""
    return f"{path}/said/{month or 'undated'}"


@lru_cache(maxsize=1024)
def category_path(name: str) -> str:
    """Path of a category's page, from its name alone.

    `Law and crime` gives `category/law-and-crime`. A name that its slug does not spell out, such as `Law and Crime` or
    `政治`, gets six characters of a digest behind it, so that two categories never share a page.
    """
    slug = re.sub(r"[^a-z0-9]+", "-", anyascii(name).lower()).strip("-")[:_LONGEST_SLUG].strip("-")
    spelled = slug.replace("-", " ")
    if name == spelled[:1].upper() + spelled[1:] and slug and slug != "index":
        return f"category/{slug}"
    return f"category/{slug or 'category'}-{make_id('category', name)[:6]}"


def image_path(image: Image) -> str:
    """Path of a picture's file in the site, with extension; empty where no capture holds its bytes."""
    if not image.capture:
        return ""
    extension = image.url.partition("?")[0].partition("#")[0].rpartition(".")[2].lower()
    return f"images/{image.capture}.{_PICTURES.get(extension, 'jpg')}"


def relative_path(path: str, target: str) -> str:
    """Address of one file of the site as another writes it: from `news/index` to `context/x` it is `../context/x`."""
    return "../" * path.count("/") + target


@lru_cache(maxsize=8192)
def outside_url(url: str) -> str:
    """A web address that may be linked, with what is unsafe in it percent-encoded; empty where it is none."""
    url = url.strip()
    if not _OUTSIDE.fullmatch(url) or not _is_split(url):
        return ""
    return _UNSAFE.sub(lambda found: quote(found.group(), safe=""), url)


def licence_url(licence: str) -> str:
    """Address of a licence's text: by its name if it is one of Creative Commons, else itself if it is an address."""
    found = _CREATIVE_COMMONS.fullmatch(licence.strip())
    if found:
        terms, version = found.groups()
        return f"https://creativecommons.org/licenses/{terms.lower()}/{version}/"
    return outside_url(licence)


def _is_split(url: str) -> bool:
    try:
        return bool(urlsplit(url).hostname)
    except ValueError:
        return False
