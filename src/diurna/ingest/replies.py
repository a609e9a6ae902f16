"""What a server's answer to a job means: something new, nothing new, or a problem."""

import re
from collections.abc import Sequence
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from pathlib import PurePosixPath

import msgspec
from yarl import URL

from diurna.errors import problem
from diurna.ingest.arrivals import Arrival, Way, capture_of
from diurna.ingest.content_coding import BombError, CodingError, Unpacker
from diurna.ingest.encodings import printable
from diurna.ingest.fetch_settings import FetchSettings
from diurna.ingest.fetched import Job
from diurna.ingest.network import RequestError
from diurna.ingest.recognise import COMPRESSED, HEAD_BYTES, recognise, refusal
from diurna.ingest.transfer import Reply
from diurna.model import Problem

__all__ = ["arrival_of", "fresh_for", "most_of", "problem_of", "refused_status"]

_TAKEN = {"feed", "sitemap", "opml", "addresses", "articles", "entries", "page", "portal", "picture"}
_FILES = {"export", "warc", "zip", "tar", *COMPRESSED}
# Feeds and sitemaps are often broken at their beginning; whoever reads them says whether anything is left.
_DOUBTFUL = {"xml", "text", "json"}
_MAX_AGE = re.compile(r"(?:^|[\s,])(?:s-maxage|max-age)\s*=\s*\"?(\d{1,9})", re.IGNORECASE)
_NEVER = re.compile(r"(?:^|[\s,])(?:no-cache|no-store)\b", re.IGNORECASE)

_STATUS = {
    401: ("The server asks for a name and a password.", "pages that all may read", "take the address out"),
    402: ("The server asks to be paid.", "pages that all may read", "take the address out"),
    403: ("The server refuses to answer us.", "pages that all may read", "ask the site, or take the address out"),
    404: ("The server has no such page.", "a page that exists", "check the address"),
    410: ("The page is gone for good.", "a page that exists", "take the address out"),
    451: ("The server may not show the page, for legal reasons.", "pages that all may read", "take the address out"),
}


def problem_of(failure: RequestError, where: str, more: str = "") -> Problem:
    """Tell of a request that failed; `more` is added to what can be done."""
    return problem(
        failure.what,
        printable(where),
        received=printable(failure.received),
        allowed=failure.allowed,
        next_step=failure.next_step + more,
        severity="error",
    )


def refused_status(status: int) -> RequestError:
    """What a status means that brings no content and asks for no further try."""
    what, allowed, next_step = _STATUS.get(
        status, ("The server gives no content.", "status 200 with content", "check the address")
    )
    return RequestError(what, received=f"status {status}", allowed=allowed, next_step=next_step)


def fresh_for(reply: Reply) -> float | None:
    """Seconds for which an answer may be called fresh (RFC 9111, 4.2.1); None where nothing says so."""
    if _NEVER.search(reply.cache_control):
        return None
    if found := _MAX_AGE.search(reply.cache_control):
        return float(found[1])
    if not reply.expires or not reply.date:
        return None
    try:
        until, since = parsedate_to_datetime(reply.expires), parsedate_to_datetime(reply.date)
        return max(0.0, (until.astimezone(UTC) - since.astimezone(UTC)).total_seconds())
    except (ValueError, TypeError, IndexError, OverflowError):
        return None


def arrival_of(
    job: Job, reply: Reply, addresses: Sequence[str], observed: datetime, settings: FetchSettings
) -> Arrival | Problem:
    """Make what arrived of an answer; `addresses` runs from the one asked to the one that answered."""
    where = printable(job.url)
    content, media_type = reply.body, reply.media_type
    kind = recognise(content[:HEAD_BYTES], _name(addresses[-1], media_type))
    if kind == "gzip":
        try:
            content = _unpack(content, job, settings)
        except (CodingError, BombError) as error:
            return problem(
                "The compressed file cannot be read.",
                where,
                received=str(error),
                allowed=f"gzip of at most {most_of(job, settings):,} bytes, unpacked by at most {settings.max_ratio}",
                next_step="check the address",
                severity="error",
            )
        kind = recognise(content[:HEAD_BYTES], _name(addresses[-1].removesuffix(".gz"), ""))
    form = _form(kind, job, media_type)
    if form in _FILES:
        return problem(
            "A file of this kind is not fetched.",
            where,
            received=form,
            allowed="pages, feeds and sitemaps",
            next_step="download it, and add the file",
            severity="error",
        )
    if form not in _TAKEN:
        return refusal(form, where)
    way = Way(
        asked=job.url,
        answered=addresses[-1],
        media_type=media_type or _TYPES.get(form, ""),
        via="web",
        observed=observed,
    )
    capture = msgspec.structs.replace(capture_of(content, way), redirects=tuple(addresses[1:-1]))
    return Arrival(capture=capture, content=content, form=form, where=where)


_TYPES = {"page": "text/html", "feed": "application/xml", "sitemap": "application/xml"}


def most_of(job: Job, settings: FetchSettings) -> int:
    """Largest body that is read for a job."""
    return settings.max_sitemap_bytes if job.kind == "sitemap" else settings.max_bytes


def _unpack(content: bytes, job: Job, settings: FetchSettings) -> bytes:
    unpacker = Unpacker("gzip", most_of(job, settings), settings.max_ratio, settings.ratio_from)
    whole = b"".join(unpacker.feed(content))
    unpacker.finish()
    return whole


def _name(address: str, media_type: str) -> str:
    """A file's name for content from the web: its type says more than its address."""
    kind = media_type.partition(";")[0].strip().lower()
    if kind in {"text/html", "application/xhtml+xml"}:
        return "page.html"
    path = URL(address).path
    return PurePosixPath(path).name or "page.html"


def _form(kind: str, job: Job, media_type: str) -> str:
    if job.kind in {"feed", "sitemap"} and kind in _DOUBTFUL:
        return job.kind
    # Lists of curated days do not come as HTML; a page without a root element may look like one.
    if kind == "portal" and "html" in media_type.lower():
        return "page"
    return kind
