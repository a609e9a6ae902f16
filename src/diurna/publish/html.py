"""The chronicle as a reader sees it in a browser: one page record in, one HTML document out.

Every address is relative, so a site works under any prefix and from a folder. The frame is a Jinja template, compiled
once; what it calls safe was written by `html_blocks` and its like, which escape. No page carries a script or a style of
its own, and its policy forbids both; the search, and pages that can be read in other units, have one of the site's.
"""

import re
from functools import lru_cache
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from msgspec import Struct

from diurna.publish.blocks import Anchor, Block, Figure, Switches, Table, Tags
from diurna.publish.html_blocks import render_blocks, render_sections
from diurna.publish.html_place import Place, blank_leaf, leaf
from diurna.publish.page import Page, ShownSection
from diurna.publish.paths import day_path

__all__ = ["STATIC", "Chrome", "render_html"]

STATIC = Path(__file__).parent / "static"  # what a site carries in its folder `static`
FORMATS = (("md", "text/markdown", "Markdown"), ("json", "application/json", "JSON"), ("xml", "application/xml", "XML"))
POLICY = "default-src 'none'; img-src 'self' data:; style-src 'self'; form-action 'self'; base-uri 'none'"
SWITCH_POLICY = f"{POLICY}; script-src 'self'"
SEARCH_POLICY = f"{POLICY}; script-src 'self'; connect-src 'self'"

_WIDE = re.compile(r"[\u1100-\u11ff\u2e80-\u9fff\uac00-\ud7af\uf900-\ufaff\uff00-\uff60]")


class Chrome(Struct, frozen=True, kw_only=True):
    """What surrounds every page of a site: its name, where it will stand (empty if unknown), its ways in."""

    title: str
    tagline: str = ""
    base_url: str = ""
    language: str = "en"
    version: str = ""
    nav: tuple[Anchor, ...] = ()


_environment = Environment(
    loader=FileSystemLoader(Path(__file__).parent / "templates"),
    autoescape=True,
    auto_reload=False,
    trim_blocks=True,
    lstrip_blocks=True,
    undefined=StrictUndefined,
)


def render_html(page: Page, chrome: Chrome) -> str:
    """Write a page as an HTML document; the same page and chrome give the same bytes."""
    place = Place(page.path, chrome.language)
    base = chrome.base_url.rstrip("/")
    switched = any(isinstance(block, Switches) for section in page.sections for block in section.blocks)
    frame = {
        "page": page,
        "chrome": chrome,
        "root": place.root,
        "policy": SEARCH_POLICY if page.kind == "search" else SWITCH_POLICY if switched else POLICY,
        "switched": switched,
        "masthead": _masthead(chrome, place.root, page.path if page.path in _ways_in(chrome) else ""),
        "title_size": _size(page.title),
        "language": place.lang(page.language),
    }
    if page.redirect:
        target = "" if "://" in page.redirect else place.url(page.redirect)
        address = f"{base}/{page.redirect}.html" if base and target else ""
        lead = render_blocks(page.lead, 2, place)
        return _environment.get_template("redirect.html").render(frame, target=target, address=address, lead=lead)
    main, side = _parted(page)
    picture = _first_picture(page)
    return _environment.get_template("page.html").render(
        frame,
        FORMATS=FORMATS,
        address=f"{base}/{page.path}.html" if base else "",
        name=page.path.rpartition("/")[2],
        picture=f"{base}/{picture}" if base and picture else "",
        json_ld=page.json_ld.replace("<", "\\u003c"),
        leaf=_leaf(page, place),
        breadcrumbs=[place.link(anchor) for anchor in page.breadcrumbs],
        lead=render_blocks(page.lead, 2, place),
        main=render_sections(main, place),
        side=render_sections(side, place),
        previous=_turn(page.previous, "prev", place),
        next=_turn(page.next, "next", place),
        feeds=[
            (place.url(f"{feed.href}.atom"), place.url(f"{feed.href}.feed.json"), feed.text)
            for feed in page.feeds
            if place.url(feed.href)
        ],
        provenance=[place.link(Anchor(line) if isinstance(line, str) else line) for line in page.provenance],
    )


def _leaf(page: Page, place: Place) -> str:
    """The day of an event, leading to its page; that of an article only says when it was published."""
    if page.day is None or page.kind not in ("event", "article"):
        return ""
    to = place.to(day_path(page.day)) if page.kind == "event" else ""
    shown = blank_leaf(page.day) if page.undated else leaf(page.day)
    return f"<a{to}>{shown}</a>" if to else f"<span>{shown}</span>"


def _turn(anchor: Anchor | None, rel: str, place: Place) -> tuple[str, str] | None:
    """Address and link of the page before or after this one."""
    return (place.url(anchor.href), place.link(anchor, rel)) if anchor else None


@lru_cache(maxsize=16)
def _ways_in(chrome: Chrome) -> frozenset[str]:
    return frozenset(anchor.href for anchor in chrome.nav)


@lru_cache(maxsize=256)
def _masthead(chrome: Chrome, root: str, current: str) -> str:
    """Name and ways in of a site, as pages of one depth write them; `current` is the way that the page itself is."""
    place = Place("x/" * root.count("../"), chrome.language)
    nav = [(place.to(anchor.href), anchor.text, anchor.href == current) for anchor in chrome.nav]
    return _environment.get_template("masthead.html").render(chrome=chrome, root=root, nav=nav)


def _size(title: str) -> str:
    """Class of a headline by the room it takes: a sentence of 400 characters is not set like a name."""
    room = len(title) + len(_WIDE.findall(title))
    return "short" if room <= 48 else "medium" if room <= 120 else "long" if room <= 240 else "endless"


def _belongs_aside(block: Block) -> bool:
    """Blocks that stand beside a page's text on wide screens: words to go on with, and a small calendar."""
    return isinstance(block, Tags) or (isinstance(block, Table) and block.style == "calendar")


def _parted(page: Page) -> tuple[list[ShownSection], list[ShownSection]]:
    """Sections for the main column and for the side; pages of calendars, and of one sort of section, have no side."""
    if page.kind in ("month", "year", "years"):
        return list(page.sections), []
    main: list[ShownSection] = []
    side: list[ShownSection] = []
    for section in page.sections:
        (side if section.blocks and all(map(_belongs_aside, section.blocks)) else main).append(section)
    return (main, side) if main or page.lead else (side, [])


def _first_picture(page: Page) -> str:
    """File of the first picture on a page, for those who show a preview of a link."""
    for section in page.sections:
        for block in section.blocks:
            if isinstance(block, Figure) and block.src:
                return block.src
    return ""
