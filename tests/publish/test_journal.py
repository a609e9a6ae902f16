"""A site changes all at once or not at all, whenever the publisher is killed, and whatever the disk does."""

import contextlib
import errno
import os
import random
import shutil
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from filelock import FileLock

from diurna.errors import DiurnaError, StoreBusy
from diurna.publish.journal import HOUSEKEEPING, Journal
from diurna.publish.site import publish_site
from diurna.runners import Chronicle
from tests.made_lists import LAUNCH, LAUNCH_EDITED, POPE, QUAKE, VOTE, judged, state, take
from tests.publish.published import differing, new_chronicle, published, tree

DAY = date(2017, 5, 21)
ROOT = Path(__file__).parents[2]
STEPS = ("replace", "rename", "unlink", "mkdir", "rmdir", "fsync", "sync")


class Killed(BaseException):
    """Stands for a kill: nothing that runs afterwards may depend on handlers."""


class Change:
    """A chronicle in two states, with the site of the first, and both sites as they are when made anew."""

    def __init__(self, folder: Path) -> None:
        self.chronicle = folder / "chronicle"
        self.site = folder / "site"
        self.first = folder / "first"
        with new_chronicle(self.chronicle) as chronicle:
            take(chronicle, [state(1, ";Disasters", f"*{QUAKE}", ";Conflicts", "*[[Crisis]]", f"**{LAUNCH}")])
            self.old = published(self.chronicle, self.first)
            take(
                chronicle,
                [state(2, ";Conflicts", "*[[Crisis]]", f"**{LAUNCH_EDITED}", f"**{VOTE}"), state(3, POPE, VOTE)],
            )
            found = {event.headline[:4]: event for event in chronicle.store.views.events_on(DAY)}
            merge = judged(1, f"event:{found['Pope'].id}", "same", f"event:{found['Swit'].id}")
            chronicle.decide([merge])
        self.new = published(self.chronicle, folder / "second")
        self.begin()

    def begin(self) -> None:
        """Put the first site back."""
        shutil.rmtree(self.site, ignore_errors=True)
        shutil.copytree(self.first, self.site)

    def is_whole(self) -> None:
        """Each file is the old one or the new one."""
        for path, content in tree(self.site).items():
            assert content in (self.old.get(path), self.new.get(path), b"a folder"), path
        for path in self.old.keys() & self.new.keys():
            assert (self.site / path).exists(), path

    def is_finished(self) -> None:
        """The next publisher leaves the site that a clean run gives."""
        publish_site(self.chronicle, self.site, workers=1)
        assert differing(tree(self.site), self.new) == []
        assert not (self.site / HOUSEKEEPING / "journal.json").exists()
        assert not (self.site / HOUSEKEEPING / "stage").exists()


@pytest.fixture(scope="module")
def changed(tmp_path_factory: pytest.TempPathFactory) -> Change:
    change = Change(tmp_path_factory.mktemp("change"))
    removed, added = change.old.keys() - change.new.keys(), change.new.keys() - change.old.keys()
    assert removed
    assert added
    return change


@pytest.fixture
def change(changed: Change) -> Change:
    changed.begin()
    return changed


def interrupt(monkeypatch: pytest.MonkeyPatch, at: int, fault: Callable[[], BaseException]) -> Callable[[], int]:
    """Raise at the n-th step that changes the disk; the number of steps so far is answered when asked."""
    done = 0

    def wrapped(function: Callable[..., Any]) -> Callable[..., Any]:
        def step(*arguments: Any, **named: Any) -> Any:
            nonlocal done
            done += 1
            if done == at:
                raise fault()
            return function(*arguments, **named)

        return step

    for name in STEPS:
        monkeypatch.setattr(os, name, wrapped(getattr(os, name)))
    monkeypatch.setattr(shutil, "rmtree", wrapped(shutil.rmtree))
    return lambda: done


# ---------------------------------------------------------------------------------------------------- kills


@pytest.mark.slow
def test_kill_at_every_step_of_the_commit_leaves_old_or_new_and_is_made_good(
    change: Change, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as patch:
        steps = interrupt(patch, 0, Killed)
        publish_site(change.chronicle, change.site, workers=1)
    total = steps()
    assert total > len(differing(change.old, change.new)) // 2
    for at in range(1, total + 1, max(1, total // 24)):
        change.begin()
        with monkeypatch.context() as patch:
            interrupt(patch, at, Killed)
            with pytest.raises(Killed):
                publish_site(change.chronicle, change.site, workers=1)
        change.is_whole()
        change.is_finished()


def test_every_step_of_a_small_change(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    site = tmp_path / "site"
    old = {"kept.html": b"old", "index.html": b"old", "old/gone.html": b"old"}
    new = {"kept.html": b"old", "index.html": b"new", "a/deep/new.html": b"new"}

    def files() -> dict[str, bytes]:
        return {path: content for path, content in tree(site).items() if content != b"a folder"}

    def change() -> None:
        journal = Journal(site)
        journal.recover()
        for name in ("index.html", "a/deep/new.html"):
            journal.put(name, b"new")
        journal.commit(["index.html", "a/deep/new.html"], ["old/gone.html"], b"1")

    for at in range(1, 100):
        shutil.rmtree(site, ignore_errors=True)
        for name, content in old.items():
            (site / name).parent.mkdir(parents=True, exist_ok=True)
            (site / name).write_bytes(content)
        (site / HOUSEKEEPING).mkdir()
        try:
            with monkeypatch.context() as patch:
                interrupt(patch, at, Killed)
                change()
            break
        except Killed:
            promised = (site / HOUSEKEEPING / "journal.json").exists() or Journal(site).state() == b"1"
            Journal(site).recover()
            assert files() == (new if promised else old), at
            assert not Journal(site).recover(), "what is finished is not done again"
            change()
            assert files() == new
            assert not (site / "old").exists()
    assert at > 10, "there were steps to be killed at"
    assert files() == new


@pytest.mark.slow
def test_publisher_really_killed(change: Change) -> None:
    command = [sys.executable, "-m", "tests.publish.killed_publisher", str(change.chronicle), str(change.site)]
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join([str(ROOT), str(ROOT / "src")])}

    def publish(last: int) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [*command, str(last)], cwd=ROOT, env=environment, capture_output=True, text=True, check=False
        )

    total = int(publish(0).stdout)
    for at in random.Random(20170522).sample(range(1, total), 3):
        change.begin()
        assert publish(at).returncode == -signal.SIGKILL, at
        change.is_whole()
        change.is_finished()


# ---------------------------------------------------------------------------------------------------- disks


def full() -> OSError:
    return OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))


@pytest.mark.parametrize("at", [1, 5, 40])
def test_full_disk_while_pages_are_written_leaves_the_site_as_it_was(
    change: Change, monkeypatch: pytest.MonkeyPatch, at: int
) -> None:
    put, done = Journal.put, 0

    def failing(journal: Journal, path: str, content: bytes) -> bool:
        nonlocal done
        done += 1
        if done == at:
            raise full()
        return put(journal, path, content)

    with monkeypatch.context() as patch:
        patch.setattr(Journal, "put", failing)
        with pytest.raises(DiurnaError, match=r"No space left.*as it was before"):
            publish_site(change.chronicle, change.site, workers=1)
    assert differing(tree(change.site), change.old) == []
    assert not (change.site / HOUSEKEEPING / "stage").exists(), "room was given back"
    change.is_finished()


def test_full_disk_at_every_step_of_the_commit_is_told_and_made_good(
    change: Change, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as patch:
        steps = interrupt(patch, 0, full)
        publish_site(change.chronicle, change.site, workers=1)
    total = steps()
    for at in range(1, total + 1, max(1, total // 12)):
        change.begin()
        with monkeypatch.context() as patch:
            interrupt(patch, at, full)
            with contextlib.suppress(DiurnaError):  # what throws old stages away goes on without room
                publish_site(change.chronicle, change.site, workers=1)
        change.is_whole()
        change.is_finished()


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A disk of 400 kB."""
    mounted = tmp_path / "disk"
    mounted.mkdir()
    made = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=400k", "tmpfs", str(mounted)], capture_output=True, check=False
    )
    if made.returncode:
        pytest.skip("needs the right to mount a file system")
    yield mounted
    subprocess.run(["umount", str(mounted)], check=True)


def test_disk_that_is_really_full(change: Change, small_disk: Path) -> None:
    site = small_disk / "site"
    (small_disk / "ballast").write_bytes(b"x" * 300_000)
    with pytest.raises(DiurnaError, match="No space left"):
        publish_site(change.chronicle, site, workers=1)
    assert not [path for path, content in tree(site).items() if content != b"a folder"]
    (small_disk / "ballast").unlink()
    subprocess.run(["mount", "-o", "remount,size=8m", str(small_disk)], check=True)
    publish_site(change.chronicle, site, workers=1)
    assert differing(tree(site), change.new) == []


# ---------------------------------------------------------------------------------------------------- whose folder


def test_second_publisher_is_told_that_it_is_busy(change: Change) -> None:
    with FileLock(change.site / HOUSEKEEPING / "lock"), pytest.raises(StoreBusy, match="another process"):
        publish_site(change.chronicle, change.site)
    assert differing(tree(change.site), change.old) == []
    change.is_finished()


def test_two_processes_at_once_give_one_site(change: Change) -> None:
    command = [sys.executable, "-m", "tests.publish.killed_publisher", str(change.chronicle), str(change.site), "0"]
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join([str(ROOT), str(ROOT / "src")])}
    options: dict[str, Any] = {"cwd": ROOT, "env": environment, "stdout": subprocess.DEVNULL, "stderr": subprocess.PIPE}
    running = [subprocess.Popen(command, text=True, **options) for _ in range(3)]
    told = [process.communicate(timeout=60)[1] for process in running]
    assert all(not text or "StoreBusy" in text for text in told)
    assert any(process.returncode == 0 for process in running)
    assert differing(tree(change.site), change.new) == []


def test_foreign_folder_is_refused_and_not_touched(change: Change, tmp_path: Path) -> None:
    (tmp_path / "letters").write_text("dear")
    with pytest.raises(DiurnaError, match="holds no site of Diurna"):
        publish_site(change.chronicle, tmp_path)
    assert tree(tmp_path) == {"letters": b"dear"}
    with pytest.raises(DiurnaError, match="no site can be written there"):
        publish_site(change.chronicle, tmp_path / "letters")


def test_site_of_another_chronicle_is_fully_renewed(change: Change, tmp_path: Path) -> None:
    (change.site / "CNAME").write_text("acta.example")
    with new_chronicle(tmp_path / "other") as chronicle:
        take(chronicle, [state(1, POPE)])
    site = published(tmp_path / "other", change.site)
    assert site.pop("CNAME") == b"acta.example"
    assert differing(site, published(tmp_path / "other", tmp_path / "anew")) == []
    assert change.old.keys() - site.keys()


def test_site_of_another_configuration_is_fully_renewed(change: Change, tmp_path: Path) -> None:
    folder = tmp_path / "chronicle"
    shutil.copytree(change.chronicle, folder)
    (folder / "diurna.toml").write_text('[chronicle]\ntitle = "Elsewhere"\n')
    site = published(folder, change.site)
    assert differing(site, published(folder, tmp_path / "anew")) == []
    assert "sitemap.xml" in change.old
    assert "sitemap.xml" not in site


def test_chronicle_brought_back_from_before_renews_the_site(change: Change, tmp_path: Path) -> None:
    folder = tmp_path / "chronicle"
    shutil.copytree(change.chronicle, folder)
    site = published(folder, tmp_path / "site")
    with Chronicle(folder) as chronicle:
        take(chronicle, [state(4, POPE, VOTE, QUAKE)])
    assert differing(published(folder, tmp_path / "site"), site)
    assert differing(published(change.chronicle, tmp_path / "site"), site) == []


def test_whole_look_mends_what_others_broke(change: Change) -> None:
    site = published(change.chronicle, change.site)
    (change.site / "index.html").write_text("broken")
    (change.site / "news" / "stray.html").write_text("stray")
    (change.site / "robots.txt").unlink()
    assert differing(published(change.chronicle, change.site), site) == ["index.html", "news/stray.html", "robots.txt"]
    assert differing(published(change.chronicle, change.site, full=True), site) == []


def test_state_that_cannot_be_read_makes_the_site_anew(change: Change) -> None:
    (change.site / HOUSEKEEPING / "state.json").write_text("{")
    change.is_finished()
