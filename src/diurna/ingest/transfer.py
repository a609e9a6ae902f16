"""One request over HTTP, bounded in time, size and speed, to an address that was checked."""

import asyncio
from types import TracebackType

import aiohttp
from msgspec import Struct
from yarl import URL

from diurna.ingest.content_coding import CODINGS, BombError, CodingError, Unpacker
from diurna.ingest.encodings import printable
from diurna.ingest.fetch_settings import FetchSettings
from diurna.ingest.network import Guard, RequestError, failure_of, is_final

__all__ = ["Ask", "Reply", "Transfer"]

_READ = (200, 203)
_TYPES = ("text/", "image/", "application/xhtml+xml")
_APPLICATIONS = {"xml", "json", "rss", "atom", "rdf", "feed", "x-rss", "x-atom", "gzip", "x-gzip", "octet-stream"}
_ACCEPT = "text/html, application/xhtml+xml, application/xml;q=0.9, application/json;q=0.9, */*;q=0.5"


class Ask(Struct, frozen=True):
    """One request: the address, what we have of it, and how many bytes are read.

    A body longer than `most` is refused, or `cut` there.
    """

    url: URL
    most: int
    etag: str = ""
    last_modified: str = ""
    cut: bool = False


class Reply(Struct, frozen=True):
    """What a server answered: status, the headers that we look at, and for a status of 200 the body."""

    status: int
    media_type: str = ""
    location: str = ""
    etag: str = ""
    last_modified: str = ""
    retry_after: str = ""
    date: str = ""
    cache_control: str = ""
    expires: str = ""
    received: int = 0
    body: bytes = b""


class Transfer:
    """HTTP without memory: GET only, no redirects followed, no cookies, no proxies from the environment."""

    def __init__(self, settings: FetchSettings) -> None:
        self._settings = settings
        self.guard = Guard(
            settings.allow_addresses, "if the server is yours, name its network in fetch.allow_addresses"
        )
        self._session = aiohttp.ClientSession(
            connector=aiohttp.TCPConnector(
                resolver=self.guard.resolver(), limit=settings.max_hosts, limit_per_host=1, keepalive_timeout=10.0
            ),
            timeout=aiohttp.ClientTimeout(
                total=settings.timeout, connect=settings.connect_timeout, sock_read=settings.read_timeout
            ),
            headers={"User-Agent": settings.user_agent, "Accept-Encoding": CODINGS, "Accept": _ACCEPT},
            cookie_jar=aiohttp.DummyCookieJar(),
            trust_env=False,
            auto_decompress=False,
            read_bufsize=64 << 10,
            max_line_size=settings.max_header_bytes,
            max_field_size=settings.max_header_bytes,
            max_headers=settings.max_headers,
        )

    async def __aenter__(self) -> "Transfer":
        """Open."""
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Close all connections."""
        await self._session.close()

    async def get(self, ask: Ask) -> Reply:
        """Make one request.

        Raises:
            RequestError: no usable answer came; `unreachable` says that the host may be dead.
        """
        settings = self._settings
        headers = {}
        if ask.etag:
            headers["If-None-Match"] = ask.etag
        if ask.last_modified:
            headers["If-Modified-Since"] = ask.last_modified
        answering = asyncio.timeout(settings.connect_timeout + settings.answer_timeout)
        loop = asyncio.get_running_loop()
        try:
            async with answering:
                # ssl=True: certificates are verified.
                response = await self._session.get(ask.url, headers=headers, allow_redirects=False, ssl=True)
            try:
                return await self._read(response, ask, loop.time())
            finally:
                response.release()  # which closes the connection where the body was not read to its end
        except (aiohttp.ClientError, ValueError, TimeoutError, OSError) as error:
            limit = f"{settings.timeout:g} s (fetch.timeout)"
            if isinstance(error, TimeoutError) and answering.expired():
                limit = f"{settings.answer_timeout:g} s (fetch.answer_timeout)"
            elif isinstance(error, aiohttp.ConnectionTimeoutError):
                limit = f"{settings.connect_timeout:g} s (fetch.connect_timeout)"
            elif isinstance(error, aiohttp.SocketTimeoutError):
                limit = f"{settings.read_timeout:g} s (fetch.read_timeout)"
            failure = failure_of(error, str(ask.url), self.guard, limit)
            failure.unreachable = not is_final(error)
            # A head that is none, and a body that outlasts its time, would be the same again.
            failure.passing = failure.unreachable and not (
                isinstance(error, aiohttp.ClientResponseError)
                or (isinstance(error, TimeoutError) and not isinstance(error, aiohttp.ServerTimeoutError))
            )
            raise failure from error

    async def _read(self, response: aiohttp.ClientResponse, ask: Ask, begun: float) -> Reply:
        head = response.headers
        unpacker = None
        body = b""
        if response.status in _READ:
            self._check_head(response, ask)
            unpacker = self._unpacker(response, ask)
            body = await self._body(response, ask, unpacker, begun)
        return Reply(
            status=response.status,
            media_type=printable(head.get("Content-Type", "")[:200]),
            location=head.get("Location", ""),
            etag=_returnable(head.get("ETag", "")),
            last_modified=_returnable(head.get("Last-Modified", "")),
            retry_after=head.get("Retry-After", "")[:100],
            date=head.get("Date", "")[:100],
            cache_control=head.get("Cache-Control", "")[:1000],
            expires=head.get("Expires", "")[:100],
            received=0 if unpacker is None else unpacker.received,
            body=body,
        )

    def _check_head(self, response: aiohttp.ClientResponse, ask: Ask) -> None:
        length = response.content_length
        if length is not None and length > ask.most and not ask.cut:
            raise _too_large(f"{length:,} bytes announced", ask.most)
        media_type = response.headers.get("Content-Type", "").partition(";")[0].strip().lower()
        if media_type and not ask.cut and not _is_read(media_type):
            raise RequestError(
                "The server sends something of a kind that is not read.",
                received=printable(media_type[:100]),
                allowed="HTML, XML, JSON, plain text and pictures",
                next_step="check the address",
            )

    def _unpacker(self, response: aiohttp.ClientResponse, ask: Ask) -> Unpacker:
        settings = self._settings
        try:
            return Unpacker(
                response.headers.get("Content-Encoding", ""), ask.most, settings.max_ratio, settings.ratio_from
            )
        except CodingError as error:
            raise _damaged(str(error)) from error

    async def _body(self, response: aiohttp.ClientResponse, ask: Ask, unpacker: Unpacker, begun: float) -> bytes:
        settings, loop = self._settings, asyncio.get_running_loop()
        pieces: list[bytes] = []
        try:
            async for block in response.content.iter_any():
                pieces += unpacker.feed(block)
                taken = loop.time() - begun
                if taken > settings.slow_after and unpacker.received < settings.min_speed * taken:
                    raise _too_slow(unpacker.received, taken, settings)
            unpacker.finish()
        except CodingError as error:
            raise _damaged(str(error)) from error
        except BombError as error:
            if ask.cut:
                return b"".join(pieces)
            raise _too_large(str(error), ask.most) from error
        return b"".join(pieces)


def _returnable(value: str) -> str:
    """A value of the head that is kept and sent back; empty where it cannot be."""
    return value if len(value) <= 1000 and value.isascii() and value.isprintable() else ""


def _is_read(media_type: str) -> bool:
    if media_type.startswith(_TYPES):
        return True
    family, _, name = media_type.partition("/")
    return family in {"application", "binary"} and (name in _APPLICATIONS or name.endswith(("+xml", "+json")))


def _too_large(received: str, most: int) -> RequestError:
    return RequestError(
        "The answer is too large.",
        received=received,
        allowed=f"at most {most:,} bytes (fetch.max_bytes, fetch.max_sitemap_bytes), unpacked within fetch.max_ratio",
        next_step="check the address, or raise the limit",
    )


def _damaged(received: str) -> RequestError:
    return RequestError(
        "The answer cannot be unpacked.",
        received=received,
        allowed=f"a body as it is, or packed with one of {CODINGS}",
        next_step="try again later; if it stays so, tell the site",
    )


def _too_slow(received: int, seconds: float, settings: FetchSettings) -> RequestError:
    failure = RequestError(
        "The server sends too slowly.",
        received=f"{received:,} bytes in {seconds:.0f} s",
        allowed=f"{settings.min_speed:g} bytes a second after {settings.slow_after:g} s (fetch.min_speed)",
        next_step="try again later",
    )
    failure.unreachable = True
    return failure
