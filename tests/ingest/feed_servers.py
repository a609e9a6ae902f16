"""Many hosts on addresses of 127.0.0.0/8, one port: good ones, slow ones, dead ones and hostile ones."""

import asyncio
import functools
import gzip
import importlib
import socket
import threading
import time
import zlib
from collections.abc import Awaitable, Callable
from types import TracebackType

from aiohttp import web

Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]

RSS = (
    '<?xml version="1.0" encoding="UTF-8"?>\n<rss version="2.0"><channel><title>{title}</title>'
    "<link>{link}</link><description>News</description><item><title>{title} today</title><link>{link}</link>"
    "</item></channel></rss>\n"
)


class FeedHost:
    """One host: what it answers by path, and what it saw."""

    def __init__(self, servers: "FeedServers", address: str) -> None:
        self._servers, self.address = servers, address
        self.robots: str | Handler | None = None
        self.paths: dict[str, Handler] = {}
        self.forbidden: tuple[str, ...] = ()
        self.seen: list[tuple[float, web.Request]] = []
        self.trespasses: list[str] = []
        self.at_once = self.most_at_once = 0

    @property
    def name(self) -> str:
        """The host as its state is kept."""
        return f"{self.address}:{self._servers.port}"

    def url(self, path: str) -> str:
        return f"http://{self.name}{path}"

    def asked(self, path: str) -> list[web.Request]:
        """The requests for a path."""
        return [request for _, request in self.seen if request.path == path]

    @property
    def paths_asked(self) -> list[str]:
        return [request.path for _, request in self.seen]

    def feed(self, path: str, handler: Handler | None = None) -> str:
        """Offer something under a path; a small feed, if nothing is said."""
        self.paths[path] = handler or answer(RSS.format(title=f"Feed {path}", link=self.url(path)))
        return self.url(path)

    async def handle(self, request: web.Request) -> web.StreamResponse:
        self.seen.append((time.monotonic(), request))
        self.at_once += 1
        self.most_at_once = max(self.most_at_once, self.at_once)
        if request.path.startswith(self.forbidden or "nothing"):
            self.trespasses.append(request.path)
        try:
            if request.path == "/robots.txt" and "/robots.txt" not in self.paths:
                if callable(self.robots):
                    return await self.robots(request)
                return web.Response(status=404) if self.robots is None else web.Response(text=self.robots)
            if request.path not in self.paths:
                return web.Response(status=404)
            return await self.paths[request.path](request)
        except ConnectionError:
            return web.Response(status=500)
        finally:
            self.at_once -= 1


class FeedServers:
    """Hosts on 127.0.0.0/8 in a thread of their own."""

    def __init__(self, count: int = 4, start: int = 1) -> None:
        self.port = 0
        self.hosts = [
            FeedHost(self, f"127.0.{(start + number) // 200}.{(start + number) % 200 + 1}") for number in range(count)
        ]
        self._loop = asyncio.new_event_loop()
        self._started = threading.Event()
        self._thread = threading.Thread(target=self._run)

    def __enter__(self) -> "FeedServers":
        self._thread.start()
        assert self._started.wait(10)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join(10)

    def dead(self, number: int = 0) -> str:
        """An address of a host that nobody listens on."""
        return f"http://127.9.0.{number + 1}:{self.port}"

    def _run(self) -> None:
        asyncio.set_event_loop(self._loop)
        self._loop.run_until_complete(self._serve())
        self._started.set()
        self._loop.run_forever()
        self._loop.run_until_complete(self._runner.cleanup())
        self._loop.close()

    async def _serve(self) -> None:
        by_address = {host.address: host for host in self.hosts}

        async def handle(request: web.BaseRequest) -> web.StreamResponse:
            transport = request.transport
            assert transport is not None
            return await by_address[transport.get_extra_info("sockname")[0]].handle(request)  # type: ignore[arg-type]

        server = web.Server(handle, handler_cancellation=True)
        self._runner = web.ServerRunner(server, shutdown_timeout=0.1)
        await self._runner.setup()
        for host in self.hosts:
            site = web.TCPSite(self._runner, host.address, self.port)
            await site.start()
            self.port = self.port or self._runner.addresses[0][1]


def answer(text: str | bytes, media_type: str = "application/rss+xml", status: int = 200, **headers: str) -> Handler:
    """The same answer to everyone; `_` stands for `-` in the names of headers."""
    body = text.encode() if isinstance(text, str) else text
    told = {name.replace("_", "-"): value for name, value in headers.items()}

    async def handle(request: web.Request) -> web.StreamResponse:
        return web.Response(body=body, status=status, headers={"Content-Type": media_type} | told)

    return handle


def redirect(to: str, status: int = 302) -> Handler:
    return answer("moved", "text/html", status, Location=to)


def in_turn(*handlers: Handler) -> Handler:
    """One answer after the other; the last one stays."""
    left = list(handlers)

    async def handle(request: web.Request) -> web.StreamResponse:
        return await (left.pop(0) if len(left) > 1 else left[0])(request)

    return handle


def versioned(text: str, etag: str) -> Handler:
    """Content with an ETag, 304 for who has it."""

    async def handle(request: web.Request) -> web.StreamResponse:
        if request.headers.get("If-None-Match") == etag:
            return web.Response(status=304, headers={"ETag": etag})
        return web.Response(text=text, content_type="application/rss+xml", headers={"ETag": etag})

    return handle


def slow(seconds: float, inner: Handler) -> Handler:
    """Answers late."""

    async def handle(request: web.Request) -> web.StreamResponse:
        await asyncio.sleep(seconds)
        return await inner(request)

    return handle


def drip(every: float = 0.05) -> Handler:
    """A byte now and then, for ever."""

    async def handle(request: web.Request) -> web.StreamResponse:
        response = web.StreamResponse(headers={"Content-Type": "text/html"})
        await response.prepare(request)
        while True:
            await response.write(b"<")
            await asyncio.sleep(every)

    return handle


def endless() -> Handler:
    """As much as the client takes, for ever."""

    async def handle(request: web.Request) -> web.StreamResponse:
        response = web.StreamResponse(headers={"Content-Type": "text/html"})
        await response.prepare(request)
        while True:
            await response.write(b"<p>All work and no play.</p>\n" * 1000)

    return handle


@functools.cache
def packed(content: bytes, coding: str) -> bytes:
    """Content as a server packs it; brotli is one of the test's own needs."""
    if coding == "br":
        return bytes(importlib.import_module("brotli").compress(content, quality=5))
    return gzip.compress(content, 9) if coding == "gzip" else zlib.compress(content, 9)


def bomb(coding: str, size: int) -> Handler:
    """Zeros, packed as the head says."""
    return answer(packed(bytes(size), coding), "text/html", Content_Encoding=coding)


def raw(*pieces: bytes, every: float = 0.0) -> Handler:
    """Bytes as they are, without a server's manners; then the connection is closed."""

    async def handle(request: web.Request) -> web.StreamResponse:
        transport = request.transport
        assert transport is not None
        for piece in pieces:
            transport.write(piece)
            await asyncio.sleep(every)
        transport.close()
        await asyncio.sleep(10)
        raise ConnectionResetError

    return handle


def mute() -> socket.socket:
    """A listener that takes connections and never says a word; its name gives host and port."""
    listener = socket.socket()
    listener.bind(("127.8.0.1", 0))
    listener.listen(16)
    return listener
