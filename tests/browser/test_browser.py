"""The site as a reader has it: in a browser, on a phone and a wide screen, with a keyboard, and without its network."""

import hashlib
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest

from tests.browser.chromium import Browser
from tests.browser.pages import pages_of
from tests.sample_site import CHINESE

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.timeout(300)]

AXE = Path(__file__).parent / "axe" / "axe.min.js"
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
WIDTHS = (320, 768, 1440)
TOLD = "document.getElementById('search-status').textContent"
FOUND = "Array.from(document.querySelectorAll('#search-results a'), link => link.textContent)"


@pytest.fixture(scope="module")
def pages(sample_site: Path) -> dict[str, str]:
    found = pages_of(sample_site)
    assert set(found) >= {"event", "day", "month", "year", "entity", "topic", "category", "source", "redirect"}
    assert set(found) >= {f"event with {part}" for part in ("a long word", "changes", "cover", "nested", "parent")}
    assert set(found) >= {"article", "articles", "article with copies", "article with versions", "source with articles"}
    assert set(found) >= {f"article with {part}" for part in ("statements", "named", "times")}
    assert set(found) >= {"withdrawn event", "withdrawn article", "entity with articles"}
    return found


@pytest.fixture(autouse=True)
def ordinary(browser: Browser) -> None:
    """Each test begins with an ordinary window."""
    browser.resize(1440)
    browser.prefer()


def faults_of(browser: Browser) -> list[Any]:
    """What axe finds wrong with the page: rule, help, and the first places."""
    tags = ", ".join(f"'{rule}'" for rule in RULES)
    run = f"axe.run({{runOnly: {{type: 'tag', values: [{tags}]}}}})"
    told = "v => [v.id, v.help, v.nodes.slice(0, 3).map(n => [n.html.slice(0, 160), n.failureSummary])]"
    browser.evaluate(AXE.read_text(encoding="utf-8"))
    found: list[Any] = browser.evaluate(f"{run}.then(result => result.violations.map({told}))")
    return found


def test_axe_is_the_one_that_was_vendored() -> None:
    digest, name = (AXE.parent / "axe.sha256").read_text(encoding="ascii").split()
    assert (name, digest) == (AXE.name, hashlib.sha256(AXE.read_bytes()).hexdigest())


@pytest.mark.parametrize("width", WIDTHS)
def test_every_kind_of_page_is_accessible_fits_and_is_quiet(
    browser: Browser, address: str, pages: dict[str, str], width: int
) -> None:
    wrong: dict[str, Any] = {}
    for kind, page in pages.items():
        browser.resize(width)
        browser.open(address + (page if kind != "redirect" else "about.html"))
        said, asked = browser.complaints(), browser.requests()
        room = browser.evaluate("[document.documentElement.scrollWidth, document.documentElement.clientWidth]")
        faults = faults_of(browser)
        if said or faults or room[0] > room[1] or any(not request.startswith(address) for request in asked):
            wrong[f"{kind}: {page}"] = (said, faults, room, asked)
    assert wrong == {}


def test_dark_pages_are_accessible_too(browser: Browser, address: str, pages: dict[str, str]) -> None:
    browser.prefer(prefers_color_scheme="dark")
    wrong = {}
    kinds = ("front", "day", "month", "event with changes", "withdrawn event", "search", "api", "article with named")
    for kind in kinds:
        browser.open(address + pages[kind])
        if faults := faults_of(browser):
            wrong[kind] = faults
    assert wrong == {}


def test_text_at_twice_its_size_does_not_overflow(browser: Browser, address: str, pages: dict[str, str]) -> None:
    browser.resize(640)
    wrong = {}
    for kind, page in pages.items():
        browser.open(address + (page if kind != "redirect" else "about.html"))
        browser.evaluate("document.documentElement.style.fontSize = '200%'")
        room = browser.evaluate("[document.documentElement.scrollWidth, document.documentElement.clientWidth]")
        if room[0] > room[1]:
            wrong[kind] = room
    assert wrong == {}


def test_merged_event_leads_on(browser: Browser, address: str, pages: dict[str, str]) -> None:
    browser.open(address + pages["redirect"])
    browser.wait_for(f"!location.href.endsWith({pages['redirect']!r}) && document.readyState === 'complete'")
    assert browser.evaluate("document.querySelector('h1').textContent") == CHINESE


def test_cover_image_is_shown(browser: Browser, address: str, pages: dict[str, str]) -> None:
    browser.open(address + pages["event with cover"])
    shown = "Array.from(document.images, image => [image.naturalWidth, image.naturalHeight])"
    assert browser.evaluate(shown) == [[64, 40]]


def test_headline_is_found_by_its_words(browser: Browser, address: str) -> None:
    browser.open(f"{address}search.html")
    browser.evaluate("document.getElementById('search-input').focus()")
    browser.write("Ringling Barnum last show")
    assert "Ringling Bros" in browser.wait_for(FOUND + ".join()")
    assert browser.complaints() == []
    assert all(request.startswith(address) for request in browser.requests())


@pytest.mark.parametrize(("query", "words"), [("Pukguksong-2", "Pukguksong"), ("Kang Kyung-wha", "President Moon")])
def test_event_is_found_by_its_context(browser: Browser, address: str, query: str, words: str) -> None:
    browser.open(f"{address}search.html?q={quote(query)}")
    assert words in browser.wait_for(FOUND + ".join()")


@pytest.mark.parametrize("query", ["弹道导弹", "朝鲜", CHINESE, "导"])
def test_chinese_is_found_by_any_part(browser: Browser, address: str, query: str) -> None:
    browser.open(f"{address}search.html?q={quote(query)}")
    assert CHINESE in browser.wait_for(f"({FOUND}.length || null) && {FOUND}.join()")


def test_article_is_found_and_marked_as_one(browser: Browser, address: str) -> None:
    browser.open(f"{address}search.html?q={quote('ferry Port Selm')}&kind=article")
    assert "Port Selm" in browser.wait_for(FOUND + ".join()")
    assert "article" in browser.evaluate(TOLD)
    notes = "Array.from(document.querySelectorAll('#search-results .note'), note => note.textContent)"
    assert all(note.startswith("Article, ") for note in browser.evaluate(notes))
    assert faults_of(browser) == []


def test_search_that_finds_nothing_says_so(browser: Browser, address: str) -> None:
    browser.open(f"{address}search.html?q=xyzzyplugh")
    assert "Nothing found" in browser.wait_for(f"{TOLD}.includes('found') && {TOLD}")
    assert faults_of(browser) == []


def test_found_events_are_accessible_and_lead_to_their_pages(browser: Browser, address: str) -> None:
    browser.resize(320)
    browser.open(f"{address}search.html?q=missile")
    browser.wait_for(FOUND + ".length")
    assert faults_of(browser) == []
    assert browser.evaluate("document.documentElement.scrollWidth") == 320
    target = browser.evaluate("document.querySelector('#search-results a').href")
    browser.open(target)
    assert "missile" in browser.evaluate("document.body.textContent").lower()


def test_skip_link_is_first_and_leads_to_the_content(browser: Browser, address: str, pages: dict[str, str]) -> None:
    browser.open(address + pages["day"])
    browser.press("Tab")
    assert browser.evaluate("document.activeElement.className") == "skip"
    box = browser.evaluate("(box => [box.top >= 0, box.height > 10])(document.activeElement.getBoundingClientRect())")
    assert box == [True, True], "it is seen while it has the focus"
    browser.press("Enter")
    assert browser.evaluate("document.activeElement.id") == "content"
    browser.press("Tab")
    assert browser.evaluate("document.getElementById('content').contains(document.activeElement)")


@pytest.mark.parametrize("kind", ["front", "event", "article", "month", "search", "api"])
def test_focus_is_seen_on_everything_that_takes_it(
    browser: Browser, address: str, pages: dict[str, str], kind: str
) -> None:
    browser.open(address + pages[kind])
    look = """(() => { const e = document.activeElement, s = getComputedStyle(e), b = e.getBoundingClientRect();
        return [e.tagName + ' ' + e.textContent.slice(0, 60),
                s.outlineStyle !== 'none' && parseFloat(s.outlineWidth) >= 2 && b.width > 0 && b.height > 0,
                e === document.body]; })()"""
    unseen, stops = [], 0
    for _ in range(60):
        browser.press("Tab")
        name, seen, ended = browser.evaluate(look)
        if ended:
            break
        stops += 1
        if not seen:
            unseen.append(name)
    assert stops > 10
    assert unseen == []


def test_no_page_needs_scripts(browser: Browser, address: str, pages: dict[str, str]) -> None:
    browser.call("Emulation.setScriptExecutionDisabled", value=True)
    try:
        for kind in ("front", "event", "article with versions", "month", "entity", "search"):
            browser.open(address + pages[kind])
            links = "Array.from(document.querySelectorAll('main a, nav a'), link => link.getAttribute('href')).length"
            assert browser.evaluate(links) > 7
            assert browser.evaluate("document.querySelector('h1').textContent")
        assert browser.evaluate("document.querySelector('noscript p').getBoundingClientRect().height") > 10
    finally:
        browser.call("Emulation.setScriptExecutionDisabled", value=False)
