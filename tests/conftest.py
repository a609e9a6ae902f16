"""What tests of several folders share: the sample site, and whether there is a browser to look at it."""

import os
import shutil
from pathlib import Path

import pytest
from filelock import FileLock

from tests.sample_site import build_sample_site

CHROMIUM = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome", "chrome"))), None)
REQUIRED = bool(os.environ.get("DIURNA_REQUIRE_BROWSER"))
_ABSENT = "no Chromium was found on the PATH"


@pytest.fixture(scope="session")
def sample_site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Folder of the published sample site; made once, whichever of several test processes comes first."""
    base = tmp_path_factory.getbasetemp()
    folder = (base.parent if os.environ.get("PYTEST_XDIST_WORKER") else base) / "sample-site"
    with FileLock(f"{folder}.lock"):
        if not folder.exists():
            unfinished = folder.with_suffix(".unfinished")
            shutil.rmtree(unfinished, ignore_errors=True)
            build_sample_site(unfinished)
            unfinished.rename(folder)
    return folder / "site"


@pytest.fixture(scope="session")
def chromium() -> str:
    """The browser's program; without one, tests that need it are skipped, or fail where it is required."""
    if CHROMIUM is None:
        if REQUIRED:
            pytest.fail(f"{_ABSENT}, and DIURNA_REQUIRE_BROWSER is set. Install chromium.")
        pytest.skip(_ABSENT)
    return CHROMIUM


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Say loudly that nobody looked at the site in a browser."""
    missed = [report for report in terminalreporter.stats.get("skipped", ()) if _ABSENT in str(report.longrepr)]
    if missed:
        terminalreporter.section("BROWSER TESTS WERE NOT RUN", sep="!", red=True, bold=True)
        terminalreporter.line(
            f"{len(missed)} tests of the site in a browser were skipped: {_ABSENT}. Install chromium to run them."
        )
