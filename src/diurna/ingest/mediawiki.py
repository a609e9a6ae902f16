"""Pages of a MediaWiki site, fetched by its action API with revision id and time.

Follows https://www.mediawiki.org/wiki/API:Etiquette: requests in series, maxlag, a User-Agent that names a contact.
"""

import asyncio
import hashlib
from collections.abc import AsyncIterator, Iterable, Iterator, Mapping
from datetime import datetime
from typing import Any
from urllib.parse import parse_qs, unquote, urlencode, urljoin, urlsplit

import lxml.etree
import lxml.html
import msgspec
from msgspec import Struct

from diurna.errors import problem
from diurna.ingest.answers import ApiAnswer, ApiPage, ApiRevision
from diurna.ingest.arrivals import Arrival, PageVersion, Way, capture_of
from diurna.ingest.days import day_of_title
from diurna.ingest.encodings import printable
from diurna.ingest.network import Answer, Client, Manners, RequestError
from diurna.ingest.settings import IngestSettings
from diurna.ingest.wikis import site_of, version_url
from diurna.model import Problem

__all__ = ["Wanted", "fetch", "fetch_page", "fetch_pages"]

_NO_SUCH_REVISION = {"nosuchrevid", "badid_rvstartid"}
_BY_SA_4 = "creativecommons.org/licenses/by-sa/4.0"


class Wanted(Struct, frozen=True):
    """A wiki page to fetch: its latest revision, or with `since` all revisions after that one, oldest first."""

    url: str
    since: int | None = None


def fetch_page(
    url: str,
    settings: IngestSettings,
    observed: datetime,
    since: int | None = None,
    manners: Manners | None = None,
) -> list[Arrival | Problem]:
    """Fetch one page of a wiki: its latest revision, or all revisions after `since`."""
    return list(fetch([Wanted(url, since)], settings, observed, manners))


def fetch(
    wanted: Iterable[Wanted], settings: IngestSettings, observed: datetime, manners: Manners | None = None
) -> Iterator[Arrival | Problem]:
    """Fetch pages of wikis one after the other, each wiki's API looked for once."""
    with asyncio.Runner() as runner:
        pages = fetch_pages(wanted, settings, observed, manners)
        try:
            while True:
                try:
                    thing = runner.run(_next(pages))
                except StopAsyncIteration:
                    return
                yield thing
        finally:
            runner.run(_close(pages))


async def _next(pages: AsyncIterator[Arrival | Problem]) -> Arrival | Problem:
    return await anext(pages)


async def _close(pages: Any) -> None:
    await pages.aclose()


async def fetch_pages(
    wanted: Iterable[Wanted], settings: IngestSettings, observed: datetime, manners: Manners | None = None
) -> AsyncIterator[Arrival | Problem]:
    """Fetch pages of wikis in the order given. A page that cannot be had is a problem, and the next one follows.

    Once a host did not answer at all its other pages are left for another time, in one problem.
    """
    async with Client(settings, manners or Manners(), observed) as client:
        apis: dict[str, str] = {}
        left: dict[str, int] = {}
        for want in wanted:
            host = urlsplit(want.url).netloc
            if host in left:
                left[host] += 1
                continue
            fetching = _Fetching(client, settings, observed, want, apis)
            try:
                async for thing in fetching.run():
                    yield thing
            except RequestError as failed:
                yield problem(
                    failed.what,
                    printable(want.url),
                    received=failed.received,
                    allowed=failed.allowed,
                    next_step=failed.next_step,
                    severity="error",
                )
                if failed.unreachable:
                    left[host] = 0
        for host, count in left.items():
            if count:
                yield problem(
                    "The other pages of a host that does not answer were not asked for.",
                    printable(host),
                    received=f"{count:,} pages",
                    allowed="pages of a host that answers",
                    next_step="run the command again later",
                    severity="error",
                )


class _Page(Struct, frozen=True):
    """What an address says of the page it means, in the API's own parameters; `script` is the wiki's API, if told."""

    parameters: dict[str, str]
    script: str


def _page_of(url: str) -> _Page:
    """Read which page of a wiki an address means."""
    parts = urlsplit(_without_mobile(url))
    query = parse_qs(parts.query)
    path = parts.path
    script = ""
    if path.endswith("/index.php") or "/index.php/" in path:
        script = f"{parts.scheme}://{parts.netloc}{path.partition('/index.php')[0]}/api.php"
    for name, parameter in (("oldid", "revids"), ("curid", "pageids")):
        if (value := query.get(name, [""])[0]).isdecimal():
            return _Page({parameter: value}, script)
    if "title" in query:
        title = query["title"][0]
    elif "/index.php/" in path:
        title = path.partition("/index.php/")[2]
    elif script:
        title = ""  # the main page
    elif path.startswith(("/wiki/", "/w/")):
        title = path.partition("/")[2].partition("/")[2]
    else:
        title = path.lstrip("/")
    title = unquote(title).replace("_", " ").strip() if "title" not in query else title.replace("_", " ").strip()
    return _Page({"titles": title, "redirects": "1"}, script)


def _without_mobile(url: str) -> str:
    """Mobile hosts of Wikimedia's wikis serve the same pages: en.m.wikipedia.org, m.mediawiki.org."""
    parts = urlsplit(url)
    labels = parts.netloc.split(".")
    if len(labels) >= 4 and labels[1] == "m":
        return parts._replace(netloc=".".join(labels[:1] + labels[2:])).geturl()
    if labels[0] == "m" and labels[1:] in (["mediawiki", "org"], ["wikidata", "org"]):
        return parts._replace(netloc=".".join(["www", *labels[1:]])).geturl()
    return url


class _Fetching:
    """One page being fetched."""

    def __init__(
        self, client: Client, settings: IngestSettings, observed: datetime, want: Wanted, apis: dict[str, str]
    ) -> None:
        self._client = client
        self._settings = settings
        self._observed = observed
        self._want = want
        self._apis = apis
        self._where = printable(want.url)

    async def run(self) -> AsyncIterator[Arrival | Problem]:
        """Yield the page's revisions, oldest first."""
        try:
            page = _page_of(self._want.url)
        except ValueError:
            yield self._tell("The address is none.", self._want.url, "http:// or https:// with a host", "check it")
            return
        if not any(page.parameters.get(name) for name in ("titles", "revids", "pageids")):
            yield self._tell(
                "The address names no page.", "no title", "the address of one page", "copy a page's address"
            )
            return
        api = await self._find_api(page)
        if api is None:
            yield self._tell(
                "No MediaWiki was found at this address.",
                "no api.php that answers as MediaWiki's does",
                "a page of a MediaWiki site; saved pages come in as files",
                "check the address, or save the page and add the file",
            )
            return
        async for thing in self._revisions(api, page):
            yield thing

    # -------------------------------------------------------------------------------- the API's address

    async def _find_api(self, page: _Page) -> str | None:
        """Try the API beside index.php, the one that the page itself names, then the usual places."""
        url = _without_mobile(self._want.url)
        host = "{0.scheme}://{0.netloc}".format(urlsplit(url))
        if host in self._apis:
            return self._apis[host]
        candidates = [page.script] if page.script else []
        tried: set[str] = set()
        for source in ("given", "page", "usual"):
            if source == "page":
                candidates = [await self._edit_uri(url)]
            elif source == "usual":
                candidates = [host + "/w/api.php", host + "/api.php"]
            for api in candidates:
                if api and api not in tried and await self._answers(api):
                    self._apis[host] = api
                    return api
                tried.add(api)
        return None

    async def _edit_uri(self, url: str) -> str:
        """The API that a page names in `<link rel="EditURI">` (Really Simple Discovery); empty where it names none."""
        answer = await self._client.get(url)
        if answer.media_type not in {"text/html", "application/xhtml+xml"} or not answer.body.strip():
            return ""
        try:
            links = lxml.html.document_fromstring(answer.body).xpath("//link[@rel='EditURI']/@href")
        except (lxml.etree.LxmlError, ValueError):
            return ""
        return urljoin(answer.url, str(links[0])).partition("?")[0] if isinstance(links, list) and links else ""

    async def _answers(self, api: str) -> bool:
        answer = await self._get(api, {"meta": "siteinfo", "siprop": "general"})
        return answer is not None and answer.query is not None and answer.query.general is not None

    async def _get(self, api: str, parameters: Mapping[str, str | int]) -> ApiAnswer | None:
        """Ask the API; None where what answers is no MediaWiki."""
        fixed = {"action": "query", "format": "json", "formatversion": "2", "maxlag": str(self._settings.maxlag)}
        answer = await self._client.get(f"{api}?{urlencode({**fixed, **parameters})}", _lags)
        if answer.status == 403:
            raise RequestError(
                "The server refuses us.",
                received="status 403",
                allowed="an answer",
                next_step="name a contact in ingest.user_agent: wikis refuse programs that do not say whose they are",
            )
        if answer.status != 200:
            return None
        try:
            return msgspec.json.decode(answer.body, type=ApiAnswer)
        except (msgspec.DecodeError, UnicodeDecodeError):
            return None

    # -------------------------------------------------------------------------------- revisions

    async def _revisions(self, api: str, page: _Page) -> AsyncIterator[Arrival | Problem]:
        """Walk through the API's answers, up to `max_revisions`."""
        asked = {
            **page.parameters,
            "prop": "revisions",
            "rvprop": "ids|timestamp|content|sha1",
            "rvslots": "main",
            "meta": "siteinfo",
            "siprop": "general|rightsinfo",
        }
        since = self._want.since
        if since is not None and "revids" not in asked:
            asked |= {"rvstartid": str(since), "rvdir": "newer", "rvlimit": "max"}
        count, more = 0, dict[str, str | int]()
        told: set[str] = set()
        base = licence = ""
        while True:
            answer = await self._get(api, {**asked, **more})
            if answer is None:
                yield self._tell(
                    "The wiki's answer cannot be read.", "no JSON of the API", "the API's JSON", "try later"
                )
                return
            if answer.error is not None and since is not None and answer.error.code in _NO_SUCH_REVISION:
                yield self._lost(since)
                since, more = None, {}
                asked = {name: value for name, value in asked.items() if name not in {"rvstartid", "rvdir", "rvlimit"}}
                continue
            for complaint in self._complaints(answer):
                if complaint.id not in told:
                    told.add(complaint.id)
                    yield complaint
            query = answer.query
            if query is None or answer.error is not None:
                return
            base = query.general.base if query.general else base
            licence = self._licence(query.rightsinfo.url, query.rightsinfo.text) if query.rightsinfo else licence
            for found in query.pages:
                for revision in found.revisions:
                    if revision.revid == since:
                        continue
                    if count == self._settings.max_revisions:
                        yield self._capped()
                        return
                    count += 1
                    for thing in self._arrive(revision, found, base, licence or self._settings.licence):
                        yield thing
            if not answer.continuation or answer.continuation == more:
                return
            more = answer.continuation

    def _complaints(self, answer: ApiAnswer) -> Iterator[Problem]:
        if answer.error is not None:
            received = f"{answer.error.code}: {answer.error.info}"
            yield self._tell("The wiki refused the request.", received, "a page that all may read", "see what it says")
        query = answer.query
        if query is None:
            return
        for link in query.interwiki:
            yield self._tell(
                "The title leads to another wiki.", link.title, "a page of this wiki", "give that wiki's own address"
            )
        for redirect in query.redirects:
            yield problem(
                "The page redirects; its target was taken.",
                self._where,
                received=printable(f"{redirect.source} → {redirect.target}"),
                allowed="a page or a redirect",
                next_step="nothing, if the target is the day you meant",
                severity="notice",
            )
        gone = [page.title for page in query.pages if page.missing]
        for title in gone + [f"revision {number}" for number in query.badrevids]:
            yield self._tell("The wiki has no such page.", printable(title), "a page that exists", "check the title")
        for page in query.pages:
            if page.invalid or page.special:
                received = page.invalidreason or f"{page.title} is made by the wiki itself"
                yield self._tell(
                    "The title names no page.", printable(received), "a page of wikitext", "check the title"
                )

    def _arrive(self, revision: ApiRevision, page: ApiPage, base: str, licence: str) -> Iterator[Arrival | Problem]:
        url = version_url(base, page.title, revision.revid)
        slot = revision.slots.main if revision.slots else revision
        received = ""
        if slot.texthidden or revision.texthidden or revision.suppressed:
            received = "a text that the wiki's administrators hid"
        elif slot.content is None:
            received = "no text"
        elif slot.contentmodel != "wikitext":
            received = f"content of the model {slot.contentmodel}"
        elif len(slot.content) > self._settings.max_text_bytes:
            received = f"{len(slot.content):,} characters"
        if received or slot.content is None:
            yield problem(
                "The revision cannot be taken.",
                url or self._where,
                received=received,
                allowed=f"wikitext of at most {self._settings.max_text_bytes:,} bytes",
                next_step="the revision was left out, others were taken",
                severity="notice",
            )
            return
        content = slot.content.encode("utf-8", "surrogatepass").decode("utf-8", "replace").encode()
        found = hashlib.sha1(content, usedforsecurity=False).hexdigest()
        if revision.sha1 and revision.sha1 != found and (revision.slots is None or len(revision.roles) < 2):
            yield problem(
                "The revision's text does not have the checksum that the wiki names.",
                url or self._where,
                received=found,
                allowed=revision.sha1,
                next_step="it was taken as it is; if it reads oddly, fetch it again",
                severity="notice",
            )
        version = PageVersion(
            site=site_of(base) or (urlsplit(self._want.url).hostname or ""),
            title=page.title,
            url=url,
            number=revision.revid,
            available=revision.timestamp,
            licence=licence,
            day=day_of_title(page.title, self._settings.title_patterns),
        )
        way = Way(
            asked=self._want.url,
            answered=url or self._want.url,
            media_type="text/x-wiki",
            via="api",
            observed=self._observed,
            available=revision.timestamp,
        )
        yield Arrival(
            capture=capture_of(content, way), content=content, form="portal", where=url or self._where, page=version
        )

    # -------------------------------------------------------------------------------- words

    def _licence(self, url: str, text: str) -> str:
        return self._settings.licence if _BY_SA_4 in url else text or url

    def _tell(self, what: str, received: str, allowed: str, next_step: str) -> Problem:
        return problem(what, self._where, received=received, allowed=allowed, next_step=next_step, severity="error")

    def _capped(self) -> Problem:
        return problem(
            "The page has more new revisions than are fetched in one go.",
            self._where,
            received=f"more than {self._settings.max_revisions:,}",
            allowed=f"{self._settings.max_revisions:,} (ingest.max_revisions)",
            next_step="run `diurna update` again to fetch those that follow",
            severity="notice",
        )

    def _lost(self, since: int) -> Problem:
        return problem(
            "The wiki no longer has the revision we knew; only its latest one was fetched.",
            self._where,
            received=f"no revision {since}",
            allowed="a revision the wiki has",
            next_step="changes made in between can be had from an export with the full history",
            severity="notice",
        )


def _lags(answer: Answer) -> bool:
    """Whether the wiki asks us to wait, which it says with status 200."""
    if answer.status != 200 or b'"error"' not in answer.body[:4096]:
        return False
    try:
        error = msgspec.json.decode(answer.body, type=ApiAnswer).error
    except (msgspec.DecodeError, UnicodeDecodeError):
        return False
    return error is not None and error.code in {"maxlag", "ratelimited", "readonly"}
