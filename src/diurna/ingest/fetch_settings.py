"""What fetching from the web may be told: how many hosts at once, how politely, how much, how often."""

import ipaddress

from msgspec import Struct

from diurna import __version__
from diurna.errors import ConfigurationError

__all__ = ["FetchSettings"]

_MIB = 1 << 20
_DAY = 86_400.0


class FetchSettings(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Settings of `fetch`. Sizes are in bytes, times in seconds.

    Attributes:
        user_agent: Name given to every server; it should name a contact.
        robots_name: Name by which robots.txt addresses us (a product token of RFC 9309).
        time_limit: Longest time one update fetches; what is not done then stays due.
        max_hosts: Hosts that are asked at the same time; each has one request at a time.
        delay: Pause between two requests to a host whose robots.txt names no Crawl-delay.
        max_delay: Longest Crawl-delay that is kept to; a longer one counts as this.
        robots_age: Time after which robots.txt is asked for again (RFC 9309: 24 hours at most).
        max_robots_bytes: Bytes of robots.txt that are read (RFC 9309: 500 KiB at least); the rest is not seen.
        max_robots_wildcards: Most rules with wildcards, among those of robots.txt that concern us; a host with more is
            left alone. 2,000 of them take 0.03 s for an address of 2,000 characters, 10,000 take 0.14 s.
        connect_timeout: Longest wait for a connection, the host's name looked up included.
        answer_timeout: Longest wait for the head of an answer, from the connection on.
        read_timeout: Longest silence within a body.
        timeout: Longest time for one request as a whole.
        min_speed: Bytes per second below which a body is given up, once `slow_after` has passed.
        slow_after: Time a body is given before its speed counts.
        max_bytes: Largest body, packed and unpacked.
        max_sitemap_bytes: Largest sitemap (the protocol allows 50 MiB: https://www.sitemaps.org/protocol.html).
        max_ratio: Most bytes that one compressed byte may become, once a body has `ratio_from` bytes. Made-up
            sitemaps of 50,000 numbered addresses reached 48 (gzip) and 116 (brotli); zeros reach 1,026 and 388,000.
        ratio_from: Unpacked bytes before which the ratio is not looked at.
        max_header_bytes: Longest line of an answer's head.
        max_headers: Most lines of an answer's head.
        max_redirects: Redirects that one request follows.
        retries: Further tries of a request in one update after a fault that may pass.
        backoff: Upper bound of the first pause of a host after a fault; it doubles with every fault.
        max_wait: Longest pause within one update; a server that asks for more is left for a later one.
        max_retry_after: Longest Retry-After that is kept to.
        failures_to_open: Faults in a row (no connection, broken off, status 5xx) after which a host counts as dead.
        open_for: Time a dead host is left alone; it doubles with every further fault.
        max_open: Longest time a dead host is left alone.
        batch_bytes: Bytes after which what came is handed over to be kept.
        batch_seconds: Time after which what came is handed over to be kept.
        max_held_bytes: Bytes that may wait to be kept before no new request is begun.
        allow_addresses: Networks on this machine or near it that may be asked, such as `127.0.0.0/8`.
        min_interval: Shortest time between two visits to a feed.
        max_interval: Longest time between two visits to a feed that answers, and longest pause after failures.
        first_interval: Time between the first two visits to a feed.
        spread: Largest share of an interval that is added, by the feed's address, so that feeds fall due one by one.
    """

    user_agent: str = f"Diurna/{__version__} (chronicle of the news; contact: see fetch.user_agent in diurna.toml)"
    robots_name: str = "Diurna"
    time_limit: float = 600.0
    max_hosts: int = 32
    delay: float = 1.0
    max_delay: float = 30.0
    robots_age: float = _DAY
    max_robots_bytes: int = 500 << 10
    max_robots_wildcards: int = 2_000
    connect_timeout: float = 10.0
    answer_timeout: float = 20.0
    read_timeout: float = 15.0
    timeout: float = 60.0
    min_speed: float = 1_000.0
    slow_after: float = 5.0
    max_bytes: int = 16 * _MIB
    max_sitemap_bytes: int = 50 * _MIB
    max_ratio: int = 200
    ratio_from: int = _MIB
    max_header_bytes: int = 16 << 10
    max_headers: int = 128
    max_redirects: int = 5
    retries: int = 2
    backoff: float = 2.0
    max_wait: float = 60.0
    max_retry_after: float = 7 * _DAY
    failures_to_open: int = 3
    open_for: float = 3_600.0
    max_open: float = 2 * _DAY
    batch_bytes: int = 8 * _MIB
    batch_seconds: float = 2.0
    max_held_bytes: int = 64 * _MIB
    allow_addresses: tuple[str, ...] = ()
    min_interval: float = 900.0
    max_interval: float = 2 * _DAY
    first_interval: float = 3_600.0
    spread: float = 0.1

    def __post_init__(self) -> None:
        """Refuse networks that are none, and limits that would let nothing through."""
        for network in self.allow_addresses:
            try:
                ipaddress.ip_network(network)
            except ValueError as error:
                raise ConfigurationError(
                    f"fetch.allow_addresses: {network!r} is no network ({error}); write one such as 127.0.0.0/8"
                ) from error
        for name in ("max_hosts", "time_limit", "timeout", "failures_to_open", "min_interval", "max_bytes"):
            if getattr(self, name) <= 0:
                raise ConfigurationError(
                    f"fetch.{name} is {getattr(self, name)!r}, which lets nothing through; raise it"
                )
        if self.max_interval < self.min_interval:
            raise ConfigurationError("fetch.max_interval is shorter than fetch.min_interval; make it longer")
