"""The SQLite file itself: kills, full disks, damage, versions, copies."""

import os
import random
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from diurna.errors import DiurnaError, StoreBusy, StoreTooNew
from diurna.model import Capture, Entry, Permalink
from diurna.store.archive import Archive
from diurna.store.schema import SCHEMA_VERSION
from diurna.store.sqlite import SqliteStore
from tests.store.killed_writer import BATCH, content_of
from tests.store.made import DAY, capture_of, event_of, linked, put

ROOT = Path(__file__).parents[2]


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "chronicle.db"


def entry(number: int, text: str = "") -> Entry:
    return Entry(id=f"e{number}", day=DAY, text=text)


# ---------------------------------------------------------------------------------------------------- kills


@pytest.mark.slow
def test_killed_writer_loses_nothing_it_had_acknowledged(tmp_path: Path) -> None:
    chance = random.Random(20170522)
    acknowledged = 0
    for _ in range(4):
        process = subprocess.Popen(
            [sys.executable, "-m", "tests.store.killed_writer", str(tmp_path)],
            cwd=ROOT,
            env=os.environ | {"PYTHONPATH": os.pathsep.join(path for path in sys.path if path)},
            stdout=subprocess.PIPE,
            text=True,
        )
        assert process.stdout is not None
        first = process.stdout.readline()
        time.sleep(chance.uniform(0, 0.25))
        process.send_signal(signal.SIGKILL)
        said = [first, *process.stdout.readlines()]
        process.stdout.close()
        assert process.wait() == -signal.SIGKILL
        numbers = [int(line) for line in said if line.endswith("\n")]
        assert numbers == list(range(numbers[0], numbers[-1] + 1))
        assert numbers[0] >= acknowledged
        acknowledged = numbers[-1] + 1
        check_kept(tmp_path, acknowledged)
    assert acknowledged > 4 * BATCH


def check_kept(folder: Path, acknowledged: int) -> None:
    archive = Archive(folder / "archive")
    with SqliteStore(folder / "chronicle.db") as store:
        assert store.check() == []
        captures = [record for _, record in store.facts.scan(Capture) if isinstance(record, Capture)]
        assert len(captures) >= acknowledged
        assert len(captures) % BATCH == 0
        assert store.facts.count(Permalink) == len(captures)
        for number, capture in enumerate(captures):
            assert archive.read(capture) == content_of(number)
        with store.writing():
            archive.trim(store.facts.last(Capture))
    last = captures[-1]
    assert (folder / "archive" / last.archive).stat().st_size == last.offset + last.length


# ---------------------------------------------------------------------------------------------------- full disks


def test_full_store_is_told_and_keeps_what_was_there(path: Path) -> None:
    with SqliteStore(path) as store:
        with store.writing():
            store.facts.append(entry(0, "kept"))
            store.views.put_event(event_of(1, "kept"))
        pages = store._connection.exec_driver_sql("PRAGMA page_count").scalar_one()
        store._connection.exec_driver_sql(f"PRAGMA max_page_count = {pages + 20}")
        with pytest.raises(DiurnaError, match="free space") as told, store.writing():  # noqa: PT012  (until it is full)
            for number in range(1, 100):
                store.facts.append(entry(number, "x" * 9000))
        assert not isinstance(told.value, StoreBusy)
        assert store.facts.count(Entry) == 1
        assert store.check() == []
        store._connection.exec_driver_sql("PRAGMA max_page_count = 1000000")
        with store.writing():
            store.facts.append(entry(1, "room again"))
        assert store.facts.count(Entry) == 2


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    folder = tmp_path / "disk"
    folder.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", "size=1m", "tmpfs", str(folder)]
    if os.geteuid() != 0 or subprocess.run(mount, check=False, capture_output=True).returncode:
        pytest.skip("NOT TESTED: a disk of 1 MB can be mounted by root only; full disks were only simulated")
    yield folder
    subprocess.run(["umount", str(folder)], check=True)


def test_full_disk_is_told_and_keeps_what_was_acknowledged(small_disk: Path) -> None:
    archive, kept = Archive(small_disk / "archive"), 0
    store = SqliteStore(small_disk / "chronicle.db")
    with pytest.raises(DiurnaError, match="free space"):  # noqa: PT012  (until it is full)
        while kept < 1000:
            with store.writing():
                archive.trim(store.facts.last(Capture))
                content = random.Random(kept).randbytes(40_000)
                store.facts.append(archive.keep(capture_of(content), content))
                archive.seal()
            kept += 1
    assert kept > 2
    archive.close()
    store.close()
    subprocess.run(["mount", "-o", "remount,size=4m", str(small_disk)], check=True)
    with SqliteStore(small_disk / "chronicle.db") as again:
        assert again.check() == []
        captures = [record for _, record in again.facts.scan(Capture) if isinstance(record, Capture)]
        assert len(captures) == kept
        for number, capture in enumerate(captures):
            assert archive.read(capture) == random.Random(number).randbytes(40_000)


# ---------------------------------------------------------------------------------------------------- versions


def test_store_of_a_newer_version_is_left_alone(path: Path) -> None:
    SqliteStore(path).close()
    connection = sqlite3.connect(path)
    connection.execute(f"PRAGMA user_version = {SCHEMA_VERSION + 1}")
    connection.close()
    before = path.read_bytes()
    for read_only in (False, True):
        with pytest.raises(StoreTooNew, match=rf"schema {SCHEMA_VERSION + 1}.*schemas up to {SCHEMA_VERSION}\b"):
            SqliteStore(path, read_only=read_only)
    assert path.read_bytes() == before


def test_empty_file_becomes_a_store(path: Path) -> None:
    path.touch()
    with SqliteStore(path) as store:
        assert store.facts.count(Entry) == 0


def test_store_that_is_not_there_is_not_made_by_reading(path: Path) -> None:
    with pytest.raises(DiurnaError, match="diurna init"):
        SqliteStore(path, read_only=True)
    assert not path.exists()


def test_two_that_open_a_new_store_at_once_agree(path: Path) -> None:
    program = (
        "import sys; from pathlib import Path; from diurna.store.sqlite import SqliteStore; "
        "SqliteStore(Path(sys.argv[1])).close()"
    )
    environment = os.environ | {"PYTHONPATH": os.pathsep.join(path for path in sys.path if path)}
    started = [subprocess.Popen([sys.executable, "-c", program, str(path)], env=environment) for _ in range(3)]
    assert [process.wait() for process in started] == [0, 0, 0]


# ---------------------------------------------------------------------------------------------------- damage


@pytest.mark.parametrize("content", [b"not a store at all, but a letter" * 200, b"SQLite format 3\0" + b"\xff" * 8000])
def test_file_that_is_no_store_is_told(path: Path, content: bytes) -> None:
    path.write_bytes(content)
    with pytest.raises(DiurnaError, match=r"no store of Diurna, or it is damaged.*diurna restore"):
        SqliteStore(path)
    assert path.read_bytes() == content


def damage(path: Path) -> None:
    """Overwrite the later half, where rows are."""
    content = path.read_bytes()
    half = len(content) // 8192 * 4096
    path.write_bytes(content[:half] + b"\xa5" * (len(content) - half))


def test_damaged_page_is_told_and_check_names_it(path: Path) -> None:
    with SqliteStore(path) as store, store.writing():
        for number in range(300):
            store.facts.append(entry(number, "x" * 2000))
    damage(path)
    with SqliteStore(path) as store:
        with pytest.raises(DiurnaError, match=r"damaged.*diurna restore"):
            list(store.facts.scan())
        assert store.check() != []
        with pytest.raises(DiurnaError, match="damaged"), store.writing():
            store.facts.append(entry(300))


def test_record_changed_by_another_program_is_told(path: Path) -> None:
    with SqliteStore(path) as store, store.writing():
        store.facts.append(entry(1))
    connection = sqlite3.connect(path)
    connection.execute("UPDATE fact SET body = ?", (b'{"id": 5}',))
    connection.commit()
    connection.close()
    with SqliteStore(path) as store, pytest.raises(DiurnaError, match="stored entry cannot be read"):
        store.facts.get(Entry, "e1")


def test_check_names_a_row_that_points_nowhere(path: Path) -> None:
    with SqliteStore(path) as store:
        put(store, event_of(1, "Moon speaks", entities=linked("Moon")))
    connection = sqlite3.connect(path)
    connection.execute("DELETE FROM entity")
    connection.commit()
    connection.close()
    with SqliteStore(path) as store:
        assert any("event_tag points at a row of entity" in fault for fault in store.check())


def test_another_program_that_holds_the_file_makes_it_busy(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("diurna.store.sqlite._BUSY_MILLISECONDS", 50)
    with SqliteStore(path) as store:
        connection = sqlite3.connect(path, isolation_level=None)
        connection.execute("BEGIN IMMEDIATE")
        with pytest.raises(StoreBusy), store.writing():
            pytest.fail("two writers at once")
        connection.execute("ROLLBACK")
        connection.close()
        with store.writing():
            store.facts.append(entry(1))


# ---------------------------------------------------------------------------------------------------- copies, names


def test_copy_is_a_whole_store_of_the_same_identity(path: Path, tmp_path: Path) -> None:
    copy = tmp_path / "copy.db"
    with SqliteStore(path) as store:
        put(store, event_of(1, "Moon speaks"))
        store.copy_to(copy)
        with store.writing():
            store.facts.append(entry(1))
        with SqliteStore(copy) as other:
            assert other.views.digest() == store.views.digest()
            assert other.identity == store.identity
            assert other.facts.count(Entry) == 0
            assert other.check() == []


def test_two_stores_have_two_identities(tmp_path: Path) -> None:
    with SqliteStore(tmp_path / "one.db") as one, SqliteStore(tmp_path / "two.db") as two:
        assert one.identity != two.identity


@pytest.mark.parametrize("name", ["a b.db", "50%.db", "what?.db", "a#b.db", "büro.db", "x;y@z:1.db"])
def test_file_may_have_any_name(tmp_path: Path, name: str) -> None:
    with SqliteStore(tmp_path / name) as store, store.writing():
        store.facts.append(entry(1))
    assert (tmp_path / name).stat().st_size > 0


def test_writing_is_durable_and_readers_are_not_blocked(path: Path) -> None:
    with SqliteStore(path) as store:
        pragmas = {
            name: store._connection.exec_driver_sql(f"PRAGMA {name}").scalar_one()
            for name in ("journal_mode", "synchronous", "foreign_keys")
        }
    assert pragmas == {"journal_mode": "wal", "synchronous": 2, "foreign_keys": 1}
