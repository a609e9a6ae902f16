"""Polite and guarded HTTP: one request at a time, retried with growing pauses, never to addresses it must not reach."""

import asyncio
import ipaddress
import random
import socket
import ssl
from collections.abc import Awaitable, Callable, Iterable
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from types import TracebackType
from urllib.parse import urljoin, urlsplit

import aiohttp
from aiohttp.abc import AbstractResolver, ResolveResult
from aiohttp.resolver import ThreadedResolver
from msgspec import Struct
from yarl import URL

from diurna.ingest.settings import IngestSettings

__all__ = ["Answer", "Client", "Guard", "Manners", "RequestError", "failure_of", "is_final", "is_public", "retry_after"]

_RETRIED = {429, 500, 502, 503, 504}
_REDIRECTS = {301, 302, 303, 307, 308}
_NAT64 = ipaddress.ip_network("64:ff9b::/96")
# The only part of IPv6 that is given out: https://www.iana.org/assignments/ipv6-address-space. Others carry addresses
# of IPv4 (::/96, ::ffff:0:0:0/96, 64:ff9b:1::/48) or have a use inside networks.
_IPV6_GIVEN_OUT = ipaddress.ip_network("2000::/3")
_RELAYS_6TO4 = ipaddress.ip_network("192.88.99.0/24")
# Longer ones need not be served: RFC 9110, 4.1.
_MAX_URL = 8_000
_EVERYWHERE = ("0.0.0.0/0", "::/0")


class RequestError(Exception):
    """No usable answer came: what happened, what was received, what is allowed, what to do.

    `unreachable`: the host did not answer at all, however often it was tried. `passing`: one more try may go better.
    """

    def __init__(self, what: str, *, received: str, allowed: str, next_step: str) -> None:
        super().__init__(what)
        self.unreachable = self.passing = False
        self.what, self.received, self.allowed, self.next_step = what, received, allowed, next_step


def _utc_now() -> datetime:
    return datetime.now(UTC)


class Manners(Struct, frozen=True):
    """How a client waits: `sleep` pauses, `jitter` gives a random number from 0 to 1, `clock` the time.

    Tests pass their own.
    """

    sleep: Callable[[float], Awaitable[None]] = asyncio.sleep
    jitter: Callable[[], float] = random.random
    clock: Callable[[], datetime] = _utc_now


class Answer(Struct, frozen=True):
    """What a server answered: the address after redirects, the status, the headers we look at, and the body."""

    url: str
    status: int
    media_type: str
    retry_after: str
    date: str
    body: bytes


def is_public(address: str) -> bool:
    """Whether an IP address belongs to the public internet, also inside the forms that carry IPv4 in IPv6."""
    try:
        ip = ipaddress.ip_address(address.partition("%")[0])
    except ValueError:
        return False
    if isinstance(ip, ipaddress.IPv6Address):
        inner = ip.ipv4_mapped or ip.sixtofour or (ip.teredo[1] if ip.teredo else None)
        if ip in _NAT64:
            inner = ipaddress.IPv4Address(int(ip) & 0xFFFFFFFF)
        if inner is None:
            return ip in _IPV6_GIVEN_OUT and ip.is_global and not ip.is_multicast
        ip = inner
    return ip.is_global and not ip.is_multicast and ip not in _RELAYS_6TO4


def retry_after(value: str, date: str, now: datetime) -> float | None:
    """Read a Retry-After header in seconds; one that names a time is held against the server's own Date."""
    if value.strip().isdecimal():
        return float(value)
    try:
        until = parsedate_to_datetime(value)
        since = parsedate_to_datetime(date) if date else now
        return max(0.0, (until.astimezone(UTC) - since.astimezone(UTC)).total_seconds())
    except (ValueError, TypeError, IndexError, OverflowError):
        return None


class _NotPublicError(OSError):
    """A name leads to an address that must not be reached."""


class Guard:
    """Which addresses may be reached: public ones, and those of the networks that the configuration allows."""

    def __init__(self, allowed: Iterable[str] = (), remedy: str = "") -> None:
        self._allowed = [ipaddress.ip_network(network) for network in allowed]
        self._remedy = remedy or "give a public address"

    def admits(self, address: str) -> bool:
        """Whether an IP address may be reached."""
        if is_public(address):
            return True
        try:
            ip = ipaddress.ip_address(address.partition("%")[0])
        except ValueError:
            return False
        return any(ip.version == network.version and ip in network for network in self._allowed)

    def check(self, url: str) -> URL:
        """Refuse what no resolver sees: other schemes, and hosts written as addresses, as the client reads them.

        Raises:
            RequestError: the address must not be asked for.
        """
        if len(url) > _MAX_URL:
            raise _refused("The address is too long.", f"{len(url):,} characters", f"{_MAX_URL:,} characters")
        try:
            parts = URL(url)
        except ValueError:
            raise _refused("The address is none.", url, "http:// or https:// with a host") from None
        host = parts.host or ""
        if parts.scheme not in {"http", "https"} or not host:
            raise _refused("Only web addresses are fetched.", url, "http:// or https:// with a host")
        if parts.user is not None or parts.password is not None:
            raise _refused("The address holds a user name.", host, "addresses without credentials")
        # Such a host is never resolved. Numbers that are no plain address (2130706433, 127.1) count as not public.
        literal = ":" in host or host.replace(".", "").isdigit()
        if literal and not self.admits(host):
            raise self.refusal(host)
        return parts

    def refusal(self, received: str) -> RequestError:
        """Tell that an address must not be reached."""
        return RequestError(
            "The address lies on this machine or in a local network.",
            received=received,
            allowed="public addresses",
            next_step=self._remedy,
        )

    def resolver(self) -> AbstractResolver:
        """A resolver that gives only addresses that may be reached."""
        return _GuardedResolver(self)


class _GuardedResolver(AbstractResolver):
    """Resolves names and gives only admitted addresses; the connection goes to the very addresses that were checked."""

    def __init__(self, guard: Guard | None = None) -> None:
        self._inner = ThreadedResolver()
        self._guard = guard or Guard()

    async def resolve(
        self, host: str, port: int = 0, family: socket.AddressFamily = socket.AF_INET
    ) -> list[ResolveResult]:
        """Addresses of a host; a name with any address that is not admitted is refused as a whole."""
        results = await self._inner.resolve(host, port, family)
        for result in results:
            if not self._guard.admits(result["host"]):
                raise _NotPublicError(f"{host} leads to {result['host']}")
        return results

    async def close(self) -> None:
        """Nothing is held."""
        await self._inner.close()


class Client:
    """HTTP client for wikis' APIs: GET only, redirects checked one by one, answers limited in size and time."""

    def __init__(self, settings: IngestSettings, manners: Manners, now: datetime) -> None:
        self._settings = settings
        self._manners = manners
        self._now = now
        self._guard = Guard(
            _EVERYWHERE if settings.allow_private_addresses else (),
            "if the wiki is yours, set ingest.allow_private_addresses",
        )
        connector = aiohttp.TCPConnector(resolver=self._guard.resolver(), limit_per_host=1)
        self._session = aiohttp.ClientSession(
            connector=connector,
            timeout=aiohttp.ClientTimeout(total=settings.timeout),
            headers={"User-Agent": settings.user_agent, "Accept-Encoding": "gzip"},
            cookie_jar=aiohttp.DummyCookieJar(),
            trust_env=False,
        )

    async def __aenter__(self) -> "Client":
        """Open."""
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Close all connections."""
        await self._session.close()

    async def get(self, url: str, lagging: Callable[[Answer], bool] = lambda _: False) -> Answer:
        """Get an address, trying again after faults that may pass and while `lagging` says the server asks us to wait.

        Raises:
            RequestError: no answer came, or the server goes on asking us to wait.
        """
        settings, failure = self._settings, None
        for turn in range(settings.retries + 1):
            asked: float | None = None
            try:
                answer = await self._follow(url)
            except (aiohttp.ClientError, TimeoutError, OSError) as error:
                failure = failure_of(error, url, self._guard, f"{settings.timeout:g} s (ingest.timeout)")
                if is_final(error):
                    raise failure from error
                failure.unreachable = True
            else:
                if answer.status not in _RETRIED and not lagging(answer):
                    return answer
                asked = retry_after(answer.retry_after, answer.date, self._now)
                failure = RequestError(
                    "The server asks us to come back later.",
                    received=f"status {answer.status}" + (f", Retry-After: {answer.retry_after}" if asked else ""),
                    allowed=f"an answer within {settings.retries + 1} tries, pauses of at most {settings.max_wait:g} s",
                    next_step="run the command again later; what is already here stays",
                )
            if turn == settings.retries or (asked is not None and asked > settings.max_wait):
                break
            # Full jitter: https://aws.amazon.com/blogs/architecture/exponential-backoff-and-jitter/
            pause = self._manners.jitter() * min(settings.max_wait, settings.backoff * 2.0**turn)
            await self._manners.sleep((asked or 0.0) + pause)
        raise failure or RuntimeError("no try was made")

    async def _follow(self, url: str) -> Answer:
        """Get an address through its redirects."""
        for _ in range(self._settings.max_redirects + 1):
            checked = self._guard.check(url)
            # ssl=True: certificates are verified.
            async with self._session.get(checked, allow_redirects=False, ssl=True) as response:
                if response.status in _REDIRECTS and (location := response.headers.get("Location")):
                    target = urljoin(url, location)
                    if urlsplit(url).scheme == "https" and urlsplit(target).scheme == "http":
                        raise _refused("The server redirects from https to http.", target, "https stays https")
                    url = target
                    continue
                return Answer(
                    url=url,
                    status=response.status,
                    media_type=response.content_type,
                    retry_after=response.headers.get("Retry-After", ""),
                    date=response.headers.get("Date", ""),
                    body=await self._body(response),
                )
        raise _refused(
            "The server redirects too often.", url, f"at most {self._settings.max_redirects} (ingest.max_redirects)"
        )

    async def _body(self, response: aiohttp.ClientResponse) -> bytes:
        blocks, size, most = [], 0, self._settings.max_answer_bytes
        async for block in response.content.iter_chunked(64 << 10):
            blocks.append(block)
            size += len(block)
            if size > most:
                response.close()
                raise RequestError(
                    "The answer is too large.",
                    received=f"more than {most:,} bytes",
                    allowed=f"at most {most:,} bytes (ingest.max_answer_bytes)",
                    next_step="check the address, or raise the limit",
                )
        return b"".join(blocks)


def _refused(what: str, received: str, allowed: str) -> RequestError:
    return RequestError(what, received=received, allowed=allowed, next_step="check the address")


def is_final(error: BaseException) -> bool:
    """Whether trying again would give the same."""
    certificate = isinstance(error, aiohttp.ClientConnectorCertificateError | aiohttp.ClientConnectorSSLError)
    address = isinstance(error, aiohttp.InvalidURL | aiohttp.NonHttpUrlClientError)
    return certificate or address or _private_behind(error) is not None


def _private_behind(error: BaseException | None) -> _NotPublicError | None:
    while error is not None:
        if isinstance(error, _NotPublicError):
            return error
        inner = error.os_error if isinstance(error, aiohttp.ClientConnectorError) else None
        error = inner if isinstance(inner, _NotPublicError) else error.__cause__
    return None


def failure_of(error: BaseException, url: str, guard: Guard, limit: str) -> RequestError:
    """Tell what went wrong on the way to an address; `limit` names the longest time and its setting."""
    host = urlsplit(url).netloc
    if private := _private_behind(error):
        return guard.refusal(str(private))
    if isinstance(error, aiohttp.ClientConnectorCertificateError | aiohttp.ClientConnectorSSLError | ssl.SSLError):
        return RequestError(
            "The server cannot prove who it is (TLS).",
            received=str(error),
            allowed="a certificate valid for the host",
            next_step="check the host's name and this machine's clock and certificates",
        )
    if isinstance(error, TimeoutError):
        return RequestError(
            "The server did not answer in time.",
            received=f"nothing whole from {host} in {limit.partition(' (')[0]}",
            allowed=f"an answer in {limit}",
            next_step="try again later",
        )
    return RequestError(
        "The server could not be reached, or broke off.",
        received=str(error) or type(error).__name__,
        allowed="an answer over HTTP",
        next_step="check the address and the network, then try again",
    )
