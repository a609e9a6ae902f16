"""The stores that the conformance suite runs on. Another kind of store joins by a line in `OPENERS`."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from diurna.store.interface import Store
from diurna.store.sqlite import SqliteStore

OPENERS: dict[str, Callable[[Path], Store]] = {"sqlite": lambda folder: SqliteStore(folder / "chronicle.db")}

Opener = Callable[[], Store]


@pytest.fixture(params=sorted(OPENERS))
def opened(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Opener]:
    """Opens one store, as often as it is called, as so many processes would."""
    stores: list[Store] = []

    def opener() -> Store:
        stores.append(OPENERS[request.param](tmp_path))
        return stores[-1]

    yield opener
    for store in stores:
        store.close()


@pytest.fixture
def store(opened: Opener) -> Store:
    """An empty store."""
    return opened()
