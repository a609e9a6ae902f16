"""A writer for tests that kill it: adds capture after capture and says which are kept, as `diurna add` does."""

import sys
from pathlib import Path

from diurna.model import Capture, Permalink
from diurna.store.archive import Archive
from diurna.store.sqlite import SqliteStore
from tests.store.made import capture_of

BATCH = 3


def content_of(number: int) -> bytes:
    """Bytes of the n-th capture; every seventh is large, so that kills fall into its writing too."""
    return f"capture {number}\n".encode() * (20_000 if number % 7 == 0 else 40)


def main(folder: Path) -> None:
    """Write until killed; a line is printed for each capture once its transaction has ended."""
    store, archive = SqliteStore(folder / "chronicle.db"), Archive(folder / "archive")
    while True:
        with store.writing():
            archive.trim(store.facts.last(Capture))
            first = store.facts.count(Capture)
            for number in range(first, first + BATCH):
                content = content_of(number)
                capture = archive.keep(capture_of(content, f"{number}"), content)
                store.facts.append(capture)
                store.facts.append(Permalink(id=f"/{number}", ref=f"capture:{capture.id}"))
            archive.seal()
        for number in range(first, first + BATCH):
            sys.stdout.write(f"{number}\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main(Path(sys.argv[1]))
