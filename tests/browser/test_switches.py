"""What is stated of an event, read in other units and times: by keyboard, on a phone, in the dark."""

from collections.abc import Iterator
from datetime import UTC, datetime
from urllib.request import urlopen

import pytest

from diurna.publish.finding_charts import charts_of
from diurna.publish.finding_sections import Findings, finding_lines
from diurna.publish.html import STATIC, Chrome, render_html
from diurna.publish.page import Page, ShownSection
from tests.browser.chromium import Browser
from tests.browser.conftest import serving
from tests.browser.test_browser import faults_of
from tests.publish.test_finding_charts import FLIGHT, TOLL, finding, stated

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.timeout(120)]

LAUNCHED = datetime(2017, 5, 13, 20, 27, tzinfo=UTC).timestamp()
LAUNCH = finding(
    stated("5.27 a.m.", "Seoul", LAUNCHED, LAUNCHED + 60),
    stated("2027 GMT", "Tokyo", LAUNCHED, LAUNCHED + 60),
    attribute="time of launch",
    kind="time",
    unit="",
    state="agreed",
    rule="R7",
)
CONVERTED = "Array.from(document.querySelectorAll('.converted'), one => one.parentNode.textContent)"
REPORTED = "document.querySelector('td time').textContent"


@pytest.fixture(scope="module")
def page(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Address of a page with pictures and switches, on a server of its own."""
    folder = tmp_path_factory.mktemp("switches")
    found = (FLIGHT, TOLL, LAUNCH)
    section = Findings(findings=finding_lines(found, {}), charts=charts_of(found), zone="Asia/Seoul", place="Seoul")
    shown = ShownSection("findings", section.title, section.blocks())
    made = Page(kind="event", path="news", title="A missile is fired", sections=(shown,), data=(section,))
    (folder / "news.html").write_text(render_html(made, Chrome(title="Acta")), encoding="utf-8")
    (folder / "static").mkdir()
    for path in STATIC.iterdir():
        (folder / "static" / path.name).write_bytes(path.read_bytes())
    with serving(folder) as address:
        yield f"{address}news.html"


def test_units_and_times_are_chosen_with_the_keyboard_and_kept(browser: Browser, page: str) -> None:
    browser.open(page)
    assert browser.evaluate(CONVERTED) == []
    browser.evaluate("document.querySelector('.switches input[name=units]').focus()")
    browser.press("ArrowRight")
    assert browser.evaluate(CONVERTED) == ["310 miles (= 499 kilometres)"]
    browser.press("ArrowRight")
    assert browser.evaluate(CONVERTED) == ["more than 400 km (= more than 250 miles)", "1,000 km (= 620 miles)"]
    browser.evaluate("document.querySelector('.switches input[value=\"Asia/Seoul\"]').click()")
    browser.open(page)
    assert browser.evaluate(CONVERTED)[-1] == "2027 GMT (= 14 May 2017, 05:27 GMT+9)"
    assert browser.evaluate(REPORTED) == "14 May 2017, 17:00 GMT+9"
    browser.evaluate("document.querySelectorAll('.switches input[value=\"\"]').forEach(one => one.click())")
    assert browser.evaluate(CONVERTED) == []
    assert browser.evaluate(REPORTED) == "2017-05-14 08:00 UTC"
    assert browser.complaints() == []
    assert all(request.startswith(page.removesuffix("news.html")) for request in browser.requests())


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [320, 1440])
def test_pictures_and_switches_are_accessible_and_fit(browser: Browser, page: str, width: int, scheme: str) -> None:
    browser.resize(width)
    browser.prefer(prefers_color_scheme=scheme)
    browser.open(page)
    assert browser.evaluate("document.querySelectorAll('.charts svg[role=img] > title').length") == 3
    room = browser.evaluate("[document.documentElement.scrollWidth, document.documentElement.clientWidth]")
    faults = faults_of(browser)
    browser.prefer()  # last: links take a moment to their new colours
    assert room[0] <= room[1]
    assert faults == []


def test_a_page_without_a_script_shows_what_was_printed_and_no_switches(page: str) -> None:
    with urlopen(page) as answer:
        html = answer.read().decode()
    assert '<div class="switches" hidden>' in html
    assert "converted" not in html
    assert "(= " not in html
