"""A crowd of hosts with feeds, as one update meets them: most are good, some slow, some dead, some hostile."""

from collections.abc import Callable

from tests.ingest.feed_servers import (
    RSS,
    FeedHost,
    FeedServers,
    Handler,
    answer,
    bomb,
    drip,
    endless,
    in_turn,
    raw,
    redirect,
    slow,
    versioned,
)

PER_HOST = 4
_BOMB = 20 << 20

PAGE = "<!DOCTYPE html><html><head><title>{title}</title></head><body><p>{title}, told in full.</p></body></html>"


class Crowd:
    """Feeds by what is to be expected of them; `pages` lie behind the good ones. Slow hosts take a `pause`."""

    def __init__(self, servers: FeedServers, dead: int, pause: float) -> None:
        self._pause = pause
        self.good: list[str] = []
        self.bad: list[str] = []
        self.forbidden: list[str] = []
        self.pages: dict[str, str] = {}
        good = self._good
        ways: list[Callable[[FeedHost], None]] = [good, good, good, good, self._slow, self._hostile]
        for number, host in enumerate(servers.hosts):
            ways[number % len(ways)](host)
        self.bad += [f"{servers.dead(number)}/{feed}" for number in range(dead) for feed in range(PER_HOST)]

    @property
    def feeds(self) -> list[str]:
        return [*self.good, *self.bad, *self.forbidden]

    def _offer(self, host: FeedHost, number: int, wrap: Callable[[Handler], Handler] = lambda inner: inner) -> None:
        title = f"Report {number} of {host.address}"
        page = host.feed(f"/page/{number}", wrap(answer(PAGE.format(title=title), "text/html")))
        feed = host.feed(f"/feed/{number}", wrap(versioned(RSS.format(title=title, link=page), f'"{number}"')))
        self.good.append(feed)
        self.pages[feed] = page

    def _good(self, host: FeedHost) -> None:
        host.robots = "User-agent: *\nDisallow: /private\n"
        host.forbidden = ("/private",)
        for number in range(PER_HOST - 1):
            self._offer(host, number)
        self.forbidden.append(host.feed("/private/feed"))

    def _slow(self, host: FeedHost) -> None:
        host.robots = slow(self._pause, answer(f"User-agent: *\nCrawl-delay: {self._pause}\n", "text/plain"))
        for number in range(PER_HOST):
            self._offer(host, number, lambda inner: slow(self._pause, inner))

    def _hostile(self, host: FeedHost) -> None:
        """Each such host has another of the packs."""
        packs: list[list[Handler]] = [
            [
                drip(),
                raw(b"HTTP/1.1 200 OK\r\n", *[b"X: y\r\n"] * 400, every=0.1),
                endless(),
                answer(b"%PDF-1.7", "text/html"),
            ],
            [bomb("gzip", _BOMB), bomb("deflate", _BOMB), bomb("br", _BOMB), raw(b"\x00 nonsense\r\n\r\n")],
            [
                redirect("/feed/0"),
                redirect("file:///etc/passwd"),
                redirect("http://10.0.0.1/"),
                redirect("http://[::1]/"),
            ],
            [answer("", status=429, Retry_After="3600")] * PER_HOST,
            [answer("", status=500)] * PER_HOST,
        ]
        turn = int(host.address.rpartition(".")[2]) // 6 % (len(packs) + 2)
        if turn == len(packs):
            host.robots = answer("", status=503)
        elif turn == len(packs) + 1:
            host.robots = "User-agent: Diurna\nDisallow: /\n"
        if turn >= len(packs):
            host.forbidden = ("/feed",)
            self.forbidden += [host.feed(f"/feed/{number}") for number in range(PER_HOST)]
            return
        self.bad += [host.feed(f"/feed/{number}", handler) for number, handler in enumerate(packs[turn])]
        if turn == 3:
            # One that asks to wait for a second, and then gives.
            host.feed("/feed/0", in_turn(answer("", status=429, Retry_After="1"), answer(RSS)))


def seen_by(servers: FeedServers) -> dict[str, int]:
    """What the hosts say of the manners of who asked them."""
    return {
        "requests": sum(len(host.seen) for host in servers.hosts),
        "most requests at once at one host": max(host.most_at_once for host in servers.hosts),
        "requests that robots.txt forbids": sum(len(host.trespasses) for host in servers.hosts),
    }
