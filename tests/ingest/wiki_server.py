"""A wiki on 127.0.0.1 that answers as MediaWiki's action API does, with faults on order."""

import asyncio
import hashlib
import threading
from collections.abc import Callable
from types import TracebackType

from aiohttp import web

Fault = Callable[[web.Request], web.StreamResponse]


class WikiServer:
    """Pages with revisions; `faults` are answered first, one to a request of the API."""

    def __init__(self, script_path: str = "/w") -> None:
        self.pages: dict[str, list[tuple[int, str]]] = {}
        self.redirects: dict[str, str] = {}
        self.faults: list[Fault] = []
        self.requests: list[web.Request] = []
        self.batch = 50
        self.delay = 0.0
        self.rights = {
            "url": "https://creativecommons.org/licenses/by-sa/4.0/deed.en",
            "text": "Attribution-ShareAlike",
        }
        self.script_path = script_path
        self.url = ""
        self._loop = asyncio.new_event_loop()
        self._started = threading.Event()
        self._thread = threading.Thread(target=self._run)

    def __enter__(self) -> "WikiServer":
        self._thread.start()
        self._started.wait(10)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join(10)

    @property
    def queries(self) -> list[dict[str, str]]:
        """What the API was asked, page by page; the question who it is left out."""
        return [dict(request.query) for request in self.requests if request.query.get("prop")]

    def _run(self) -> None:
        asyncio.set_event_loop(self._loop)
        app = web.Application()
        app.router.add_get(self.script_path + "/api.php", self._api)
        app.router.add_get("/elsewhere", self._elsewhere)
        app.router.add_get("/{page:.*}", self._page)
        runner = web.AppRunner(app, shutdown_timeout=0.1)
        self._loop.run_until_complete(runner.setup())
        site = web.TCPSite(runner, "127.0.0.1", 0)
        self._loop.run_until_complete(site.start())
        self.url = f"http://127.0.0.1:{runner.addresses[0][1]}"
        self._started.set()
        self._loop.run_forever()
        self._loop.run_until_complete(runner.cleanup())
        self._loop.close()

    async def _page(self, request: web.Request) -> web.Response:
        if request.path.endswith("api.php"):
            return web.Response(status=404, text="no")
        link = f'<link rel="EditURI" type="application/rsd+xml" href="{self.script_path}/api.php?action=rsd">'
        return web.Response(
            text=f"<!DOCTYPE html><html><head>{link}</head><body>A page</body>", content_type="text/html"
        )

    async def _elsewhere(self, request: web.Request) -> web.Response:
        return web.Response(text="<!DOCTYPE html><p>No wiki here</p>", content_type="text/html")

    async def _api(self, request: web.Request) -> web.StreamResponse:
        self.requests.append(request)
        if self.faults:
            return self.faults.pop(0)(request)
        await asyncio.sleep(self.delay)
        query: dict[str, object] = {
            "general": {"base": f"{self.url}/wiki/Main_Page", "generator": "MediaWiki 1.43"},
            "rightsinfo": self.rights,
        }
        body: dict[str, object] = {"query": query}
        if request.query.get("prop") == "revisions":
            body |= self._revisions(request, query)
        response = web.json_response(body)
        response.enable_compression()
        return response

    def _revisions(self, request: web.Request, query: dict[str, object]) -> dict[str, object]:
        asked = request.query
        if "revids" in asked:
            number = int(asked["revids"])
            for title, revisions in self.pages.items():
                for revision in revisions:
                    if revision[0] == number:
                        query["pages"] = [{"title": title, "revisions": [self._revision(*revision)]}]
                        return {}
            query["badrevids"] = {asked["revids"]: {"revid": number, "missing": True}}
            return {}
        title = asked["titles"]
        if "|" in title:
            query["pages"] = [{"title": title, "invalid": True, "invalidreason": "a bad title"}]
            return {}
        if title in self.redirects and "redirects" in asked:
            query["redirects"] = [{"from": title, "to": self.redirects[title]}]
            title = self.redirects[title]
        if title not in self.pages:
            query["pages"] = [{"ns": 100, "title": title, "missing": True}]
            return {}
        revisions = self.pages[title]
        if "rvstartid" not in asked:
            query["pages"] = [{"title": title, "revisions": [self._revision(*revisions[-1])]}]
            return {"batchcomplete": True}
        if int(asked["rvstartid"]) not in [number for number, _ in revisions]:
            return {"query": None, "error": {"code": "nosuchrevid", "info": "There is no revision with that ID."}}
        start = int(asked.get("rvcontinue", asked["rvstartid"]))
        later = [revision for revision in revisions if revision[0] >= start]
        query["pages"] = [{"title": title, "revisions": [self._revision(*each) for each in later[: self.batch]]}]
        more = {"continue": {"rvcontinue": str(later[self.batch][0]), "continue": "||"}} if later[self.batch :] else {}
        return dict(more)

    @staticmethod
    def _revision(number: int, text: str) -> dict[str, object]:
        return {
            "revid": number,
            "parentid": number - 1,
            "timestamp": f"2017-05-22T10:{number % 60:02}:00Z",
            "sha1": hashlib.sha1(text.encode(), usedforsecurity=False).hexdigest(),
            "slots": {"main": {"contentmodel": "wikitext", "contentformat": "text/x-wiki", "content": text}},
        }
