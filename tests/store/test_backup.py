"""Backups: what comes back, and what is refused before anything appears."""

import io
import shutil
import tarfile
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import msgspec
import pytest

from diurna.errors import ConfigurationError, DiurnaError, StoreTooNew
from diurna.model import Capture, Judgement, content_digest, make_id
from diurna.store import backup as backups
from diurna.store.archive import Archive
from diurna.store.backup import CORRECTIONS, MANIFEST, Backup, Manifest, restore_backup, write_backup
from diurna.store.sqlite import SqliteStore

MADE = datetime(2024, 1, 1, tzinfo=UTC)
DECISION = Judgement(
    id="j1", subject="event:a", verdict="renamed", object="event:a", by="person:Ada", value="B", made=MADE
)


def keep(folder: Path, store: SqliteStore, content: bytes) -> Capture:
    archive = Archive(folder / "archive")
    url = f"https://a.example/{content_digest(content)[:6]}"
    capture = Capture(
        id=make_id("capture", content),
        asked=url,
        answered=url,
        media_type="text/plain",
        digest=content_digest(content),
        size=len(content),
        via="file",
        observed=MADE,
    )
    with store.writing():
        kept = archive.keep(capture, content)
        archive.seal()
        store.facts.append(kept)
    archive.close()
    return kept


@pytest.fixture
def home(tmp_path: Path) -> Path:
    folder = tmp_path / "home"
    folder.mkdir()
    (folder / "diurna.toml").write_text("[chronicle]\ntitle = 'T'\n", encoding="utf-8")
    with SqliteStore(folder / "chronicle.db") as store:
        keep(folder, store, b"one" * 1000)
        keep(folder, store, b"two" * 1000)
        with store.writing():
            store.facts.append(DECISION)
    return folder


def back_up(home: Path, target: Path) -> Manifest:
    with SqliteStore(home / "chronicle.db", read_only=True) as store:
        return write_backup(Backup(home, store, home / "archive"), target, MADE, "config")


def members(path: Path) -> dict[str, bytes]:
    with tarfile.open(path) as tar:
        return {member.name: (tar.extractfile(member) or io.BytesIO()).read() for member in tar}


def write_tar(path: Path, contents: dict[str, bytes], *, kinds: dict[str, bytes] | None = None) -> Path:
    with tarfile.open(path, "w") as tar:
        for name, content in contents.items():
            told = tarfile.TarInfo(name)
            told.size, told.type = len(content), (kinds or {}).get(name, tarfile.REGTYPE)
            told.linkname = "/etc/passwd" if told.type in (tarfile.SYMTYPE, tarfile.LNKTYPE) else ""
            tar.addfile(told, io.BytesIO(content))
    return path


def test_backup_holds_everything_and_its_digests(home: Path, tmp_path: Path) -> None:
    manifest = back_up(home, tmp_path / "b.tar")
    held = members(tmp_path / "b.tar")
    assert set(held) == {"diurna.toml", "archive/diurna-00001.warc.gz", "chronicle.db", CORRECTIONS, MANIFEST}
    assert msgspec.json.decode(held[MANIFEST], type=Manifest) == manifest
    assert msgspec.json.decode(held[CORRECTIONS], type=Judgement) == DECISION
    assert {stored.path for stored in manifest.files} == set(held) - {MANIFEST}


def test_restored_folder_is_the_one_that_was_backed_up(home: Path, tmp_path: Path) -> None:
    back_up(home, tmp_path / "b.tar.zst")
    restore_backup(tmp_path / "b.tar.zst", tmp_path / "deep" / "back")
    back = tmp_path / "deep" / "back"
    assert (back / "diurna.toml").read_bytes() == (home / "diurna.toml").read_bytes()
    with SqliteStore(back / "chronicle.db") as store:
        captures = [capture for _, capture in store.facts.scan(Capture) if isinstance(capture, Capture)]
        assert [Archive(back / "archive").read(capture) for capture in captures] == [b"one" * 1000, b"two" * 1000]
        assert store.facts.get(Judgement, "j1") == DECISION
    assert sorted(path.name for path in tmp_path.iterdir()) == ["b.tar.zst", "deep", "home"]


def test_what_a_killed_writer_left_in_the_archive_stays_behind(home: Path, tmp_path: Path) -> None:
    archive = home / "archive" / "diurna-00001.warc.gz"
    whole = archive.read_bytes()
    archive.write_bytes(whole + b"half a record")
    (home / "archive" / "diurna-00002.warc.gz").write_bytes(b"another half")
    back_up(home, tmp_path / "b.tar")
    held = members(tmp_path / "b.tar")
    assert held["archive/diurna-00001.warc.gz"] == whole
    assert "archive/diurna-00002.warc.gz" not in held


def test_archive_that_lacks_bytes_gives_no_backup(home: Path, tmp_path: Path) -> None:
    archive = home / "archive" / "diurna-00001.warc.gz"
    archive.write_bytes(archive.read_bytes()[:-1])
    with pytest.raises(DiurnaError, match="bytes"):
        back_up(home, tmp_path / "b.tar")
    archive.unlink()
    with pytest.raises(DiurnaError, match="is missing"):
        back_up(home, tmp_path / "b.tar")
    assert sorted(path.name for path in tmp_path.iterdir()) == ["home"]


@pytest.mark.parametrize("name", ["b.tar", "b.tar.gz", "b.tar.zst"])
def test_cut_or_changed_backup_is_refused_or_comes_back_sound(home: Path, tmp_path: Path, name: str) -> None:
    made = back_up(home, tmp_path / name)
    content = (tmp_path / name).read_bytes()
    step = len(content) // 12
    damaged = {f"cut{end}": content[:end] for end in range(0, len(content), step)}
    for place in range(0, len(content), step):
        damaged[f"changed{place}"] = content[:place] + bytes([content[place] ^ 0x55]) + content[place + 1 :]
    refused = 0
    for word, damage in damaged.items():
        (tmp_path / name).write_bytes(damage)
        try:
            restore_backup(tmp_path / name, tmp_path / word)
        except DiurnaError:
            refused += 1
            assert not (tmp_path / word).exists()
        else:  # only padding was lost, or a field of a header that says nothing about the content
            with SqliteStore(tmp_path / word / "chronicle.db") as store:
                assert (store.check(), store.views.digest()) == ([], made.chronicle)
    assert refused > len(damaged) // 2
    assert not [path for path in tmp_path.iterdir() if path.name.startswith(".")]


def changed(contents: dict[str, bytes], name: str, content: bytes) -> dict[str, bytes]:
    return {**contents, name: content}


def before_manifest(contents: dict[str, bytes], name: str) -> dict[str, bytes]:
    rest = {key: value for key, value in contents.items() if key != MANIFEST}
    return {**rest, name: b"owned", MANIFEST: contents[MANIFEST]}


@pytest.mark.parametrize(
    ("forge", "says"),
    [
        (lambda held: changed(held, "diurna.toml", b"x"), "is not the file"),
        (lambda held: {name: held[name] for name in held if name != "chronicle.db"}, "is missing"),
        (lambda held: {name: held[name] for name in held if name != MANIFEST}, "cut off"),
        (lambda held: changed(held, MANIFEST, b"{}"), "manifest cannot be read"),
        (lambda held: before_manifest(held, "extra.txt"), "is not the file"),
        (lambda held: before_manifest(held, "../owned"), "no backup has"),
        (lambda held: before_manifest(held, "/owned"), "no backup has"),
        (lambda held: before_manifest(held, "archive/../../owned"), "no backup has"),
        (lambda held: before_manifest(held, "archive\\..\\owned"), "no backup has"),
        (lambda held: {**held, "late.txt": b"x"}, "behind the manifest"),
    ],
)
def test_forged_backup_leaves_nothing_behind(
    home: Path, tmp_path: Path, forge: Callable[[dict[str, bytes]], dict[str, bytes]], says: str
) -> None:
    back_up(home, tmp_path / "b.tar")
    forged = write_tar(tmp_path / "forged.tar", forge(members(tmp_path / "b.tar")))
    with pytest.raises(DiurnaError, match=says):
        restore_backup(forged, tmp_path / "back")
    assert sorted(path.name for path in tmp_path.iterdir()) == ["b.tar", "forged.tar", "home"]


@pytest.mark.parametrize("kind", [tarfile.SYMTYPE, tarfile.LNKTYPE, tarfile.FIFOTYPE, tarfile.DIRTYPE])
def test_links_and_devices_are_refused(home: Path, tmp_path: Path, kind: bytes) -> None:
    back_up(home, tmp_path / "b.tar")
    forged = write_tar(tmp_path / "f.tar", {"trap": b"", **members(tmp_path / "b.tar")}, kinds={"trap": kind})
    with pytest.raises(DiurnaError, match="no backup has"):
        restore_backup(forged, tmp_path / "back")


def test_store_of_a_later_version_is_not_restored(home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    back_up(home, tmp_path / "b.tar")
    monkeypatch.setattr("diurna.store.sqlite.SCHEMA_VERSION", 0)
    monkeypatch.setattr("diurna.store.schema.SCHEMA_VERSION", 0)
    with pytest.raises(StoreTooNew):
        restore_backup(tmp_path / "b.tar", tmp_path / "back")
    assert not (tmp_path / "back").exists()


def test_backup_of_a_later_format_is_told(home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    manifest = back_up(home, tmp_path / "b.tar")
    later = msgspec.structs.replace(manifest, format=backups.FORMAT + 1)
    held = changed(members(tmp_path / "b.tar"), MANIFEST, msgspec.json.encode(later))
    with pytest.raises(DiurnaError, match="newer Diurna"):
        restore_backup(write_tar(tmp_path / "later.tar", held), tmp_path / "back")


def test_nothing_is_overwritten(home: Path, tmp_path: Path) -> None:
    back_up(home, tmp_path / "b.tar")
    with pytest.raises(ConfigurationError, match="here already"):
        back_up(home, tmp_path / "b.tar")
    full = tmp_path / "full"
    full.mkdir()
    restore_backup(tmp_path / "b.tar", full)
    with pytest.raises(ConfigurationError, match="not an empty folder"):
        restore_backup(tmp_path / "b.tar", full)
    with pytest.raises(ConfigurationError, match="not an empty folder"):
        restore_backup(tmp_path / "b.tar", tmp_path / "b.tar")
    with pytest.raises(ConfigurationError, match="no such file"):
        restore_backup(tmp_path / "nothing", tmp_path / "back")


def test_full_disk_is_told_before_it_is_full(home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    back_up(home, tmp_path / "b.tar")
    usage = shutil.disk_usage(tmp_path)
    monkeypatch.setattr(shutil, "disk_usage", lambda _: usage._replace(free=10))
    with pytest.raises(DiurnaError, match="more than are free"):
        restore_backup(tmp_path / "b.tar", tmp_path / "back")
    assert not (tmp_path / "back").exists()
