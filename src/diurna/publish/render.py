"""Rendering a share of a site's pages: from a page's reference to its files in every format."""

import re
from collections.abc import Callable, Iterable
from datetime import date
from pathlib import Path

import msgspec
from msgspec import Struct

from diurna.errors import DiurnaError
from diurna.model import Capture, Permalink, Ref
from diurna.publish.build import build_page, chrome_of, year_refs
from diurna.publish.build_articles import lead_picture
from diurna.publish.data import render_json, render_xml
from diurna.publish.event_sections import Cover
from diurna.publish.feeds import FED, build_feed, render_atom, render_json_feed
from diurna.publish.html import render_html
from diurna.publish.journal import Journal
from diurna.publish.list_sections import LISTED
from diurna.publish.markdown import render_markdown
from diurna.publish.materials import Directory
from diurna.publish.page import Page
from diurna.publish.paths import (
    FIXED_PATHS,
    category_path,
    day_path,
    image_path,
    month_path,
    said_path,
    site_path,
    topic_path,
    year_path,
)
from diurna.publish.site_settings import SiteSettings
from diurna.store.archive import Archive
from diurna.store.interface import Store
from diurna.text import url_key

__all__ = ["FEED_SUFFIXES", "PAGE_SUFFIXES", "Rendered", "Renderer", "path_of"]

_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ufffe\uffff]")
"""What no text shows, and what a browser or a terminal might obey."""

PAGE_SUFFIXES = (".html", ".md", ".json", ".xml")
FEED_SUFFIXES = (".atom", ".feed.json")


class Rendered(Struct):
    """What became of some pages: files staged, files to remove, and files that were already so."""

    staged: list[str] = []
    removed: list[str] = []
    unchanged: list[str] = []
    pages: int = 0

    def add(self, other: "Rendered") -> None:
        """Count another share in."""
        self.staged += other.staged
        self.removed += other.removed
        self.unchanged += other.unchanged
        self.pages += other.pages


class Renderer:
    """Writes the files of pages, as one process does for its share."""

    def __init__(self, store: Store, archive: Archive, site: SiteSettings, journal: Journal) -> None:
        self._store = store
        self._archive = archive
        self._site = site
        self._journal = journal
        self._chrome = chrome_of(site)
        self._directory = Directory(store.views, store)
        self._crowded = store.views.crowded(LISTED)
        self._has_pictures = (journal.site / "images").is_dir()

    @property
    def site(self) -> Path:
        """Folder of the site."""
        return self._journal.site

    def render(self, refs: Iterable[str], progress: Callable[[], None] = lambda: None) -> Rendered:
        """Stage all files of these pages that differ from what the site has."""
        done = Rendered()
        for ref in refs:
            if not self._one(ref, done):
                self._take_away(ref, done)
            progress()
        return done

    def _one(self, ref: str, done: Rendered) -> bool:
        """Stage the files of a page; False where there is no such page any more."""
        page = build_page(ref, self._store.views, self._site, self._directory)
        if page is None:
            return False
        if page.kind in ("event", "article", "redirect"):
            self._picture(page, done)
        self._page(page, done)
        self._feed(ref, page.path, done)
        done.pages += 1
        self._years(ref, page.path, done)
        return True

    def _years(self, ref: str, path: str, done: Rendered) -> None:
        """The pages of a subject's years stand in a folder named as its page, where one page does not hold all."""
        folder = self._journal.site / path
        stood = {file.name[:4] for file in folder.iterdir() if file.is_file()} if folder.is_dir() else set()
        years = set()
        if stood or ref.replace("topic:", "entity:", 1) in self._crowded:
            years = {year[-4:] for year in year_refs(ref, self._store.views) if self._one(year, done)}
        for year in sorted(stood - years):
            done.removed += self._standing(f"{path}/{year}", PAGE_SUFFIXES)

    def _page(self, page: Page, done: Rendered) -> None:
        contents = (
            _CONTROL.sub("\ufffd", render_html(page, self._chrome)).encode("utf-8", "replace"),
            _CONTROL.sub("\ufffd", render_markdown(page)).encode("utf-8", "replace"),
            render_json(page),
            render_xml(page),
        )
        for suffix, content in zip(PAGE_SUFFIXES, contents, strict=True):
            self.put(page.path + suffix, content, done)

    def _feed(self, ref: str, path: str, done: Rendered) -> None:
        feed = build_feed(ref, self._store.views, self._site, self._directory)
        if feed is not None:
            self.put(feed.path + ".atom", render_atom(feed, self._site), done)
            self.put(feed.path + ".feed.json", render_json_feed(feed, self._site), done)
        elif ref.startswith(("source:", "topic:")):  # its articles were taken out, or it is another topic now
            done.removed += self._standing(path, FEED_SUFFIXES)

    def _picture(self, page: Page, done: Rendered) -> None:
        """Stage a page's picture, where its bytes were captured; take away one that nobody shows any more."""
        path = next((section.file for section in page.data if isinstance(section, Cover)), "")
        before = self._cover_before(page.path)
        if before and before != path and not self._is_shown(before):
            done.removed += self._standing(before, ("",))
        if not path:
            return
        if (self._journal.site / path).exists():
            done.unchanged.append(path)
            return
        capture = self._store.facts.get(Capture, _capture_of(path))
        if capture is not None:
            self.put(path, self._archive.read(capture), done)

    def _cover_before(self, path: str) -> str:
        """Picture that the site's page of an event or article shows now; empty where it shows none of ours."""
        if not self._has_pictures:
            return ""
        try:
            page = msgspec.json.decode((self._journal.site / f"{path}.json").read_bytes(), type=_PageBefore)
        except (OSError, msgspec.DecodeError):
            return ""
        return next((section.file for section in page.sections if section.file.startswith("images/")), "")

    def _is_shown(self, path: str) -> bool:
        capture = self._store.facts.get(Capture, _capture_of(path))
        if capture is None:
            return False
        views = self._store.views
        events = views.events(views.citing(url_key(capture.answered)))
        shown = (event.cover for event in events.values() if event.status != "merged" and event.cover)
        return any(image_path(cover) == path for cover in shown) or self._is_lead(path)

    def _is_lead(self, path: str) -> bool:
        """Whether an article's page shows a picture; goes through all of them, for nothing tells it otherwise."""
        views, articles = self._store.views, self._directory.readings.articles
        current = (report.current for report in views.scan_reports() if report.status == "current")
        return any(lead_picture(found, views) == path for one in current for found in articles([one]).values())

    def put(self, path: str, content: bytes, done: Rendered) -> None:
        """Stage one file if the site has it otherwise.

        Raises:
            DiurnaError: it cannot be written, as when the disk is full; the site is as it was.
        """
        try:
            staged = self._journal.put(path, content)
        except OSError as error:
            raise DiurnaError(
                f"{path}: cannot be written ({error.strerror}). The site is as it was before. "
                "Look at free space and permissions, then run `diurna publish` again."
            ) from error
        (done.staged if staged else done.unchanged).append(path)

    def _take_away(self, ref: str, done: Rendered) -> None:
        path = path_of(ref, self._store)
        suffixes = (*PAGE_SUFFIXES, *(FEED_SUFFIXES if ref.partition(":")[0] in FED else ()))
        if path:
            done.removed += self._standing(path, suffixes)

    def _standing(self, path: str, suffixes: Iterable[str]) -> list[str]:
        """Those of a page's files that the site has."""
        return [path + suffix for suffix in suffixes if (self._journal.site / (path + suffix)).exists()]


class _SectionBefore(Struct):
    file: str = ""


class _PageBefore(Struct):
    sections: list[_SectionBefore] = []


def _capture_of(picture: str) -> str:
    """Id of the capture whose bytes a picture's file holds: it is named by it."""
    return picture.rpartition("/")[2].partition(".")[0]


def path_of(ref: str, store: Store) -> str:
    """Where a page lies or lay, from its reference; empty for one that never had a place."""
    if ref in FIXED_PATHS:
        return FIXED_PATHS[ref]
    kind, _, name = ref.partition(":")
    match kind:
        case "day":
            return day_path(date.fromisoformat(name))
        case "month":
            return month_path(int(name[:4]), int(name[5:7]))
        case "year":
            return year_path(int(name))
        case "category":
            return category_path(name)
        case "said":
            entity, _, month = name.partition("/")
            page = path_of(f"entity:{entity}", store)
            return said_path(page, month) if page else ""
    owner = "entity" if kind == "topic" else kind
    given = store.facts.about(Permalink, str(Ref(owner, name)))
    if not given:
        return ""
    return topic_path(given[0].id) if kind == "topic" else site_path(given[0].id)
