"""Published sites as tests look at them: chronicles to publish, and every file of a site by its path."""

from collections.abc import Iterable
from datetime import UTC, datetime
from pathlib import Path

from diurna.ingest import read
from diurna.publish.journal import HOUSEKEEPING
from diurna.publish.site import publish_site
from diurna.runners import Chronicle
from tests.made_lists import html

SAMPLES = Path(__file__).parents[2] / "samples" / "days"
OBSERVED = datetime(2026, 1, 1, tzinfo=UTC)
SETTINGS = '[chronicle]\ntitle = "Acta"\nbase_url = "https://acta.example/"\n'
LAUNCH_PAGE = html(
    "https://yna.example/launch", "Missile", "It flew for half an hour.", "https://yna.example/launch.jpg"
)


def tree(site: Path) -> dict[str, bytes]:
    """Every file of a site by its path, with a mark for every folder; what publishing keeps for itself is left out."""
    found = {}
    for path in site.rglob("*"):
        name = path.relative_to(site).as_posix()
        if name.split("/")[0] != HOUSEKEEPING:
            found[name] = path.read_bytes() if path.is_file() else b"a folder"
    return found


def differing(one: dict[str, bytes], other: dict[str, bytes]) -> list[str]:
    """Paths of what two sites do not share."""
    return sorted(path for path in one.keys() | other.keys() if one.get(path) != other.get(path))


def published(folder: Path, site: Path, **options: int | bool) -> dict[str, bytes]:
    """Publish a chronicle and look at the site."""
    publish_site(folder, site, workers=1, **options)  # type: ignore[arg-type]
    return tree(site)


def new_chronicle(folder: Path, settings: str = SETTINGS) -> Chronicle:
    """An empty chronicle that knows the address of its site."""
    Chronicle.create(folder, settings)
    return Chronicle(folder, clock=lambda: OBSERVED)


def add_files(chronicle: Chronicle, paths: Iterable[Path], list_name: str = "") -> None:
    """Add files, each as a command of its own would."""
    for path in paths:
        chronicle.add(read(str(path), chronicle.settings.ingest, OBSERVED), list_name)
