"""Putting a new state of a site in the place of the old one, so that a kill at any moment leaves one of the two.

Changed files are written to a stage first. A journal then names them; once it is on the disk the change will happen:
whoever comes next finishes it. Without a journal the stage is thrown away, and nothing has happened.
"""

import os
import shutil
from collections.abc import Iterable
from pathlib import Path

import msgspec
from msgspec import Struct

from diurna.errors import DiurnaError

__all__ = ["HOUSEKEEPING", "Journal", "Staged"]

HOUSEKEEPING = ".diurna"
"""Folder in the site that holds its state, the stage and the journal; nothing in it is part of the site."""


class Staged(Struct, frozen=True):
    """Change of a site: files to put in place, in this order, files to take away, and the state that then holds."""

    replace: tuple[str, ...]
    remove: tuple[str, ...]
    state: str


class Journal:
    """Stage and journal of one site. Call `recover` before anything else."""

    def __init__(self, site: Path) -> None:
        self.site = site
        self.stage = site / HOUSEKEEPING / "stage"
        self._journal = site / HOUSEKEEPING / "journal.json"
        self._state = site / HOUSEKEEPING / "state.json"

    def recover(self) -> bool:
        """Finish or undo what an earlier run left; True when it was finished."""
        finished = False
        if self._journal.exists():
            self._apply(msgspec.json.decode(self._journal.read_bytes(), type=Staged))
            finished = True
        shutil.rmtree(self.stage, ignore_errors=True)
        return finished

    def state(self) -> bytes | None:
        """What `commit` was last given as state; None for a new site."""
        return self._state.read_bytes() if self._state.exists() else None

    def put(self, path: str, content: bytes) -> bool:
        """Stage a file of the site; False when the site has it so already."""
        if _same(f"{self.site}/{path}", content):
            return False
        target = f"{self.stage}/{path}"
        try:
            file = open(target, "wb")
        except FileNotFoundError:
            Path(target).parent.mkdir(parents=True, exist_ok=True)
            file = open(target, "wb")
        with file:
            file.write(content)
        return True

    def commit(self, replace: Iterable[str], remove: Iterable[str], state: bytes) -> None:
        """Put staged files in place: leaves first, then pages that list them, the search index and feeds last.

        Raises:
            OSError: nothing has happened: the disk is full, or may not be written to.
            DiurnaError: a file could not be put in place; the next run goes on from there.
        """
        staged = Staged(tuple(sorted(set(replace), key=_order)), tuple(sorted(set(remove))), state.decode())
        # Folders take room too, so they are there before the journal promises anything.
        for folder in sorted({path.rpartition("/")[0] for path in staged.replace}):
            (self.site / folder).mkdir(parents=True, exist_ok=True)
        os.sync()
        _write_durably(self._journal, msgspec.json.encode(staged))
        self._apply(staged)

    def abandon(self) -> None:
        """Give back the room of what was staged, after a fault; what a journal names stays for the next run."""
        if not self._journal.exists():
            shutil.rmtree(self.stage, ignore_errors=True)

    def _apply(self, staged: Staged) -> None:
        try:
            for path in staged.replace:
                source, target = self.stage / path, self.site / path
                if source.exists():
                    target.parent.mkdir(parents=True, exist_ok=True)
                    source.replace(target)
            for path in staged.remove:
                (self.site / path).unlink(missing_ok=True)
                self._drop_empty_folders(path)
            _write_durably(self._state, staged.state.encode())
            self._journal.unlink()
        except OSError as error:
            raise DiurnaError(
                f"{self.site}: a file of the site could not be put in place ({error}). "
                "Look at permissions and free space, then run `diurna publish` again: it goes on from here."
            ) from error
        shutil.rmtree(self.stage, ignore_errors=True)

    def _drop_empty_folders(self, path: str) -> None:
        for folder in (self.site / path).parents:
            if folder == self.site:
                return
            if folder.is_dir():  # an earlier run may have come so far
                if any(folder.iterdir()):
                    return
                folder.rmdir()


def _same(path: str, content: bytes) -> bool:
    try:
        if os.stat(path).st_size != len(content):
            return False
        with open(path, "rb") as file:
            return file.read() == content
    except OSError:
        return False


def _order(path: str) -> tuple[int, str]:
    name = path.rpartition("/")[2]
    if path in {"index.html", "search/index.json", "sitemap.xml"}:
        return 3, path
    if name.endswith((".atom", ".feed.json")):
        return 2, path
    return (1 if name.startswith("index.") else 0), path


def _write_durably(path: Path, content: bytes) -> None:
    beside = path.with_name(path.name + ".new")
    with beside.open("wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    beside.replace(path)
    folder = os.open(path.parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)
