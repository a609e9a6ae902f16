"""Publishing a chronicle into a directory: only what changed is written, and it appears all at once or not at all."""

import hashlib
import os
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from functools import lru_cache
from multiprocessing import get_context
from pathlib import Path

import msgspec
from filelock import FileLock, Timeout
from msgspec import Struct

from diurna import __version__
from diurna.errors import DiurnaError, StoreBusy
from diurna.publish.build_said import all_said
from diurna.publish.html import STATIC
from diurna.publish.journal import HOUSEKEEPING, Journal
from diurna.publish.paths import (
    FIXED_PATHS,
    SCHEMA_PATH,
    category_path,
    day_path,
    month_path,
    site_path,
    topic_path,
    year_path,
)
from diurna.publish.render import Rendered, Renderer
from diurna.publish.ripples import with_ripples
from diurna.publish.schema import json_schema, xsd_schema
from diurna.publish.search_files import put_search
from diurna.publish.site_settings import SiteSettings
from diurna.publish.sitemap import SitemapLine, render_opensearch, render_robots, render_sitemaps
from diurna.runners import Chronicle
from diurna.store.interface import Views

__all__ = ["Published", "publish_site"]

Progress = Callable[[str, int, int], None]
"""Hears of the stage of the work (`pages`, `search`, …), how much of it is done, and of how much."""

_FOLDERS = ("article", "category", "context", "images", "news", "schema", "search", "source", "static", "topic")
"""Folders of a site in which every file is ours."""

_CHUNK = 100
_ALL = 2**31
_WORTH_PROCESSES = 600
"""Pages below which starting processes costs more than it saves: one takes about a second to start."""


class Published(Struct, frozen=True):
    """What publishing came to: pages looked at, files written, left as they were, and removed."""

    path: str
    pages: int
    written: int
    unchanged: int
    removed: int
    digest: str


class _State(Struct, frozen=True):
    """What a site was made from: program, configuration and chronicle, and the last change it shows.

    `moment` tells that change from one that a copy of the chronicle has under its number.
    """

    recipe: str
    chronicle: str
    sequence: int
    moment: str = ""

    def leads_to(self, now: "_State", views: Views) -> bool:
        """Whether what changed since is known; not so for a chronicle that was brought back from before, or for a copy
        of it that went its own way since.
        """
        same = (self.recipe, self.chronicle) == (now.recipe, now.chronicle)
        return same and self.sequence <= now.sequence and self.moment == views.moment(self.sequence)


def publish_site(
    folder: Path,
    target: Path,
    *,
    workers: int | None = None,
    full: bool = False,
    progress: Progress = lambda *_: None,
) -> Published:
    """Bring the site in `target` up to date with the chronicle in `folder`; `full` looks at every page again.

    Raises:
        StoreBusy: another process is publishing there.
        DiurnaError: the directory cannot be written, or holds something that is no site of Diurna.
    """
    with Chronicle(folder, read_only=True) as chronicle:
        lock = _claim(target)
        try:
            with lock:
                return _publish(chronicle, target, workers, full, progress)
        except Timeout:
            raise StoreBusy(f"{target}: another process is publishing there. Try again when it has ended.") from None
        except OSError as error:
            raise DiurnaError(
                f"{target}: the site could not be written ({error}) and is as it was before. "
                "Look at free space and permissions, then run `diurna publish` again."
            ) from error


def _claim(target: Path) -> FileLock:
    """The lock of a site's folder, which is made if it is not there; a folder that holds anything else is refused."""
    house = target / HOUSEKEEPING
    try:
        target.mkdir(parents=True, exist_ok=True)
        foreign = not house.exists() and any(target.iterdir())
        if not foreign:
            house.mkdir(exist_ok=True)
    except OSError as error:
        why = f"{target}: no site can be written there ({error.strerror})."
        raise DiurnaError(f"{why} Choose another folder.") from error
    if foreign:
        why = f"{target}: this folder is not empty and holds no site of Diurna."
        raise DiurnaError(f"{why} Choose an empty or new one.")
    return FileLock(house / "lock", timeout=0)


def _publish(chronicle: Chronicle, target: Path, workers: int | None, full: bool, progress: Progress) -> Published:
    journal = Journal(target)
    journal.recover()
    views = chronicle.store.views
    state = _State(_recipe(chronicle), chronicle.store.identity, views.sequence(), views.moment(views.sequence()))
    before = _read_state(journal)
    fresh = full or before is None or not before.leads_to(state, views)
    since = 0 if fresh or before is None else before.sequence
    refs = views.touched(since)
    if not fresh:  # else every page is looked at
        refs = with_ripples(refs, chronicle.store, target)
    site = _site_settings(chronicle)
    done = Rendered()
    # What the about page counts may change where nothing else does: a list's revision that says the same again.
    refs = [*refs, *FIXED_PATHS] if refs or fresh else ["about"]
    refs = [*refs, *all_said(views)] if fresh else refs
    try:
        renderer = Renderer(chronicle.store, chronicle.archive, site, journal)
        finished = 0
        for share, size in _shares(chronicle, renderer, refs, _workers(chronicle, workers, len(refs))):
            done.add(share)
            finished += size
            progress("pages", finished, len(refs))
        if len(refs) > 1:
            progress("search", 0, 1)
            put_search(chronicle.store, refs, renderer, done, fresh=fresh)
            progress("search", 1, 1)
            _site_files(views, site, renderer, done)
            done.removed += _left_over(target, {*done.staged, *done.unchanged}, fresh)
        done.staged = sorted(set(done.staged))  # two events may show one picture
        done.removed = sorted({*done.removed} - {*done.staged, *done.unchanged})
        if done.staged or done.removed or before != state:
            progress("files in place", 0, 1)
            journal.commit(done.staged, done.removed, msgspec.json.encode(state))
            progress("files in place", 1, 1)
    except BaseException:
        journal.abandon()
        raise
    return Published(
        path=str(target),
        pages=done.pages,
        written=len(done.staged),
        unchanged=len(done.unchanged),
        removed=len(done.removed),
        digest=site.chronicle_digest,
    )


def _read_state(journal: Journal) -> _State | None:
    raw = journal.state()
    try:
        return msgspec.json.decode(raw, type=_State) if raw else None
    except msgspec.DecodeError:
        return None


@lru_cache(maxsize=1)
def _program_digest() -> str:
    """Name of what turns views into pages: a digest over the code, templates and scripts of this package."""
    state = hashlib.sha256(__version__.encode())
    here = Path(__file__).parent
    for path in sorted(here.rglob("*")):
        if path.suffix in {".py", ".html", ".css", ".js", ".svg"}:
            state.update(path.relative_to(here).as_posix().encode() + b"\0" + path.read_bytes())
    return state.hexdigest()[:16]


def _recipe(chronicle: Chronicle) -> str:
    return f"{_program_digest()}-{chronicle.settings_digest()}"


def _site_settings(chronicle: Chronicle) -> SiteSettings:
    said = chronicle.settings.chronicle
    return SiteSettings(
        title=said.title,
        tagline=said.tagline,
        base_url=said.base_url,
        language=said.language,
        licence=said.licence,
        version=__version__,
        chronicle_digest=chronicle.digest(),
        configuration_digest=chronicle.settings_digest(),
        excerpt_words=chronicle.settings.publish.excerpt_words,
        statement_words=chronicle.settings.publish.statement_words,
        full_text=chronicle.settings.publish.full_text,
        front_sources=chronicle.settings.publish.front_sources,
        front_outlets=chronicle.settings.publish.front_outlets,
        bar=chronicle.settings.group.bar,
    )


# ---------------------------------------------------------------------------------------------------- pages


def _workers(chronicle: Chronicle, asked: int | None, pages: int) -> int:
    wanted = chronicle.settings.publish.workers if asked is None else asked
    return 1 if pages < _WORTH_PROCESSES else wanted or min(8, os.cpu_count() or 1)


def _shares(
    chronicle: Chronicle, renderer: Renderer, refs: Sequence[str], workers: int
) -> Iterator[tuple[Rendered, int]]:
    chunks = [refs[start : start + _CHUNK] for start in range(0, len(refs), _CHUNK)]
    if workers == 1:
        for chunk in chunks:
            yield renderer.render(chunk), len(chunk)
        return
    begin = (chronicle.folder, _site_settings(chronicle), renderer.site)
    with ProcessPoolExecutor(workers, get_context("spawn"), initializer=_begin_share, initargs=begin) as pool:
        for chunk, share in zip(chunks, pool.map(_render_share, chunks), strict=True):
            yield share, len(chunk)


_renderer: Renderer | None = None


def _begin_share(folder: Path, site: SiteSettings, target: Path) -> None:
    """Open the chronicle in a process of its own."""
    global _renderer  # noqa: PLW0603  # one renderer for the life of a worker process
    chronicle = Chronicle(folder, read_only=True)
    _renderer = Renderer(chronicle.store, chronicle.archive, site, Journal(target))


def _render_share(refs: Sequence[str]) -> Rendered:
    if _renderer is None:
        raise RuntimeError("a process was asked to render before it opened the chronicle")
    return _renderer.render(refs)


# ---------------------------------------------------------------------------------------------------- other files


def _site_files(views: Views, site: SiteSettings, renderer: Renderer, done: Rendered) -> None:
    """Styles, scripts, schemas, sitemap, robots.txt and the description of the search."""
    for path in sorted(STATIC.iterdir()):
        renderer.put(f"static/{path.name}", path.read_bytes(), done)
    renderer.put(f"{SCHEMA_PATH}.json", json_schema(), done)
    renderer.put(f"{SCHEMA_PATH}.xsd", xsd_schema(), done)
    renderer.put("robots.txt", render_robots(site), done)
    description = render_opensearch(site)
    if description:
        renderer.put("opensearch.xml", description, done)
    if site.root:
        for name, content in render_sitemaps(_sitemap(views), site).items():
            renderer.put(name, content, done)


def _left_over(target: Path, standing: set[str], fresh: bool) -> Iterator[str]:
    """Files that the site no longer has: of the sitemap, and after a look at everything in all folders that are ours.

    Other files beside them (`CNAME`, `.well-known`) are somebody else's, and stay.
    """
    yield from (path.name for path in target.glob("sitemap*.xml") if path.name not in standing)
    if not fresh:
        return
    if (target / "opensearch.xml").exists() and "opensearch.xml" not in standing:
        yield "opensearch.xml"
    for folder in _FOLDERS:
        for at, _, names in os.walk(target / folder):
            here = Path(at).relative_to(target).as_posix()
            yield from (path for name in names if (path := f"{here}/{name}") not in standing)


def _sitemap(views: Views) -> Iterator[SitemapLine]:
    yield from (SitemapLine(f"{path}.html") for path in FIXED_PATHS.values())
    yield from (SitemapLine(f"{site_path(permalink)}.html") for permalink in views.permalinks())
    shown = (report for report in views.scan_reports() if report.status == "current")
    yield from (SitemapLine(f"{site_path(report.permalink)}.html") for report in shown)
    days = [day for day, _ in views.days()]
    spans = [day_path(day) for day in days]
    spans += dict.fromkeys(month_path(day.year, day.month) for day in days)
    spans += dict.fromkeys(year_path(day.year) for day in days)
    spans += [category_path(category.name) for category in views.most_frequent("category", limit=_ALL)]
    spans += [topic_path(topic.permalink) for topic in views.most_frequent("entity", role="topic", limit=_ALL)]
    yield from (SitemapLine(f"{path}.html") for path in spans)
