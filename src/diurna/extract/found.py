"""Pages that a feed, a sitemap or a list of addresses leads to, before anybody has fetched them."""

from msgspec import Struct

from diurna.model import Dating

__all__ = ["Found", "ListingSettings"]

_MIB = 1 << 20


class Found(Struct, frozen=True, kw_only=True):
    """Address of a page, and what was said of it where it stood.

    `source` is the address of the feed or list; `whole` whether that already gave the whole text. `modified` is when
    the page was changed last, which says nothing of when it was published.
    """

    url: str
    title: str = ""
    published: Dating | None = None
    modified: Dating | None = None
    source: str = ""
    whole: bool = False
    publisher: str = ""
    language: str = ""
    tags: tuple[str, ...] = ()


class ListingSettings(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Sitemaps, OPML files and lists of addresses.

    Attributes:
        max_bytes: Bytes of one list that are read. The sitemap protocol allows 50 MB.
        max_addresses: Addresses that are taken from one list. The sitemap protocol allows 50,000.
    """

    max_bytes: int = 50 * _MIB
    max_addresses: int = 50_000
