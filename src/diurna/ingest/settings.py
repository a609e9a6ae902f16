"""What a reader of days, exports and wikis may be told: limits, manners on the network, names of days."""

import re

from msgspec import Struct

from diurna import __version__
from diurna.errors import ConfigurationError

__all__ = ["IngestSettings"]

_STEM = r"(?:[^:/]+:)?[^:/]+/"
_MIB = 1 << 20


class IngestSettings(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Settings of `ingest`. Sizes are in bytes, times in seconds.

    Attributes:
        max_text_bytes: Largest portal page that is read, as a file or as one revision of an export.
        max_page_bytes: Largest HTML page that is read, as a file or as one record of a WARC.
        max_feed_bytes: Largest feed, sitemap or OPML file that is read. A sitemap may have 50 MiB, its protocol says.
        max_line_bytes: Longest line of a JSON lines file or a list of addresses that is read, and largest article of a
            JSON file.
        chunk_lines: Most lines that one capture of entries, articles or addresses holds.
        chunk_bytes: Size at which such a capture is closed; a longer line stands alone.
        max_ratio: Most bytes that one compressed byte may become. Synthetic histories (200 revisions of 10 KB) reached
            25 (bzip2), 39 (gzip) and 66 (zstd, level 19), and longer days reach more with zstd; a bzip2 bomb reaches
            880,000, a gzip bomb 1,028. It holds for each compressed form, and for all that is unpacked from one archive
            together.
        ratio_from: Decompressed bytes before which the ratio is not looked at.
        max_total_bytes: Most decompressed bytes that are read from one file.
        max_nesting: Compressed forms that may lie in one another, and archives (ZIP, tar, WACZ) that may.
        max_members: Most files of one archive that are looked at, those of archives in it included.
        max_spool_bytes: Most bytes that are put into a temporary file, where what lies packed in an archive must be
            read with jumps: a WARC or a ZIP archive in a compressed tar archive.
        max_restarts: Damaged places of one WARC or tar archive after which the rest is given up.
        max_revisits: Pages of a WARC whose places are remembered, so that revisits of them can be read; the oldest are
            forgotten first. One takes about 250 bytes of memory.
        title_patterns: Regular expressions, one of which the whole title of a curated day matches, with the groups
            `year`, `month` (a number or a month's name) and `day`.
        licence: Licence of pages from exports, and of wikis that say CC BY-SA 4.0 or nothing; others are quoted.
        user_agent: Name given to the wikis that are asked; they want it to name a contact.
        timeout: Longest wait for one answer.
        max_wait: Longest pause before a request is tried again; a server that asks for more is left alone.
        retries: Further tries after a fault that may pass.
        backoff: Upper bound of the first pause; it doubles with every try.
        maxlag: Lag of the wiki's database beyond which it shall refuse us.
        max_answer_bytes: Largest answer that is read.
        max_redirects: Redirects that one request follows.
        max_revisions: Most revisions of one page fetched in one go.
        allow_private_addresses: Whether wikis on this machine and in local networks may be asked.
    """

    max_text_bytes: int = 32 * _MIB
    max_page_bytes: int = 32 * _MIB
    max_feed_bytes: int = 64 * _MIB
    max_line_bytes: int = 32 * _MIB
    chunk_lines: int = 1_000
    chunk_bytes: int = _MIB
    max_ratio: int = 500
    ratio_from: int = 64 * _MIB
    max_total_bytes: int = 256 << 30
    max_nesting: int = 2
    max_members: int = 1_000_000
    max_spool_bytes: int = 4 << 30
    max_restarts: int = 100
    max_revisits: int = 100_000
    title_patterns: tuple[str, ...] = (
        _STEM + r"(?P<year>\d{4})[ _](?P<month>[^\W\d_]+)[ _](?P<day>\d{1,2})",
        _STEM + r"(?P<year>\d{4})[-/.年](?P<month>\d{1,2})[-/.月](?P<day>\d{1,2})日?",
        _STEM + r"(?P<day>\d{1,2})\.?[ _](?:de )?(?P<month>[^\W\d_]+)[ _](?:de )?(?P<year>\d{4})",
    )
    licence: str = "CC BY-SA 4.0"
    user_agent: str = f"Diurna/{__version__} (chronicle of curated days; contact: see user_agent in diurna.toml)"
    timeout: float = 30.0
    max_wait: float = 120.0
    retries: int = 5
    backoff: float = 1.0
    maxlag: int = 5
    max_answer_bytes: int = 32 * _MIB
    max_redirects: int = 5
    max_revisions: int = 500
    allow_private_addresses: bool = False

    def __post_init__(self) -> None:
        """Refuse patterns that cannot name a day."""
        for pattern in self.title_patterns:
            try:
                groups = re.compile(pattern).groupindex
            except re.error as error:
                raise ConfigurationError(
                    f"ingest.title_patterns: {pattern!r} is no regular expression: {error}"
                ) from error
            if missing := {"year", "month", "day"} - set(groups):
                raise ConfigurationError(
                    f"ingest.title_patterns: {pattern!r} lacks the groups {', '.join(sorted(missing))}; "
                    "write (?P<year>…), (?P<month>…) and (?P<day>…)"
                )
