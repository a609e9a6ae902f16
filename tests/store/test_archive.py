"""The archive: bytes come back as they went in, places are right, damage is told, what no store knows is cut off."""

import gzip
import io
import random
from pathlib import Path
from tempfile import mkdtemp

import msgspec
import pytest
from fastwarc.warc import ArchiveIterator, WarcRecordType
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from diurna.errors import DiurnaError
from diurna.model import Capture
from diurna.store import archive as archive_module
from diurna.store.archive import Archive
from tests.store.made import capture_of


def keep(archive: Archive, *contents: bytes) -> list[Capture]:
    kept = [archive.keep(capture_of(content, f"{number}"), content) for number, content in enumerate(contents)]
    archive.seal()
    return kept


@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.binary(max_size=300), max_size=4))
def test_bytes_come_back(tmp_path: Path, contents: list[bytes]) -> None:
    archive = Archive(tmp_path)
    for capture, content in zip(keep(archive, *contents), contents, strict=True):
        assert archive.read(capture) == content
    archive.close()


def test_other_programs_read_it(tmp_path: Path) -> None:
    archive = Archive(tmp_path)
    keep(archive, b"one", b"two")
    archive.close()
    content = (tmp_path / "diurna-00001.warc.gz").read_bytes()
    assert b"WARC/1" in gzip.decompress(content)
    assert [record.reader.read() for record in ArchiveIterator(io.BytesIO(content))] == [b"one", b"two"]


def test_same_captures_give_the_same_archive(tmp_path: Path) -> None:
    for name in ("a", "b"):
        archive = Archive(tmp_path / name)
        keep(archive, b"one", b"two")
        archive.close()
    assert (tmp_path / "a" / "diurna-00001.warc.gz").read_bytes() == (
        tmp_path / "b" / "diurna-00001.warc.gz"
    ).read_bytes()


def test_it_goes_on_where_it_ended(tmp_path: Path) -> None:
    first = Archive(tmp_path)
    (one,) = keep(first, b"one")
    first.close()
    second = Archive(tmp_path)
    (two,) = keep(second, b"two")
    assert (two.archive, two.offset) == (one.archive, one.length)
    assert [second.read(capture) for capture in (one, two)] == [b"one", b"two"]
    second.close()


def test_full_file_is_followed_by_another(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(archive_module, "_ROLL_BYTES", 700)
    archive = Archive(tmp_path)
    contents = [bytes([number]) * 5 for number in range(9)]
    kept = keep(archive, *contents)
    assert len({capture.archive for capture in kept}) > 2
    assert [archive.read(capture) for capture in kept] == contents
    third = next(capture for capture in kept if capture.archive == "diurna-00003.warc.gz")
    archive.trim(third)
    known = kept[: kept.index(third) + 1]
    assert [archive.read(capture) for capture in known] == contents[: len(known)]
    assert max(path.name for path in tmp_path.iterdir()) == third.archive
    assert (tmp_path / third.archive).stat().st_size == third.offset + third.length
    archive.close()


def test_what_no_store_knows_is_cut_off(tmp_path: Path) -> None:
    archive = Archive(tmp_path)
    one, two = keep(archive, b"one", b"two")
    archive.trim(one)
    assert archive.read(one) == b"one"
    with pytest.raises(DiurnaError, match="cannot be read"):
        archive.read(two)
    (three,) = keep(archive, b"three")
    assert three.offset == two.offset
    assert archive.read(three) == b"three"
    archive.trim(None)
    orphans = [path.suffix for path in tmp_path.iterdir()]
    assert orphans == [".orphan"], "a store that was lost must not take its archive along"


def test_damage_is_told(tmp_path: Path) -> None:
    archive = Archive(tmp_path)
    one, two = keep(archive, b"one" * 50, b"two" * 50)
    archive.close()
    path = tmp_path / one.archive
    whole = path.read_bytes()
    for place in range(one.length + 12, one.length + two.length, 3):
        path.write_bytes(whole[:place] + bytes([whole[place] ^ 0xFF]) + whole[place + 1 :])
        try:
            assert archive.read(two) == b"two" * 50
        except DiurnaError as error:
            assert "diurna check" in str(error)  # noqa: PT017  (some bits, such as the gzip header's, change nothing)
        assert archive.read(one) == b"one" * 50
    path.write_bytes(whole[: one.length + 30])
    with pytest.raises(DiurnaError, match="byte"):
        archive.read(two)
    path.unlink()
    with pytest.raises(DiurnaError, match="byte 0"):
        archive.read(one)


def test_exchanged_bytes_are_told(tmp_path: Path) -> None:
    archive = Archive(tmp_path / "a")
    (one,) = keep(archive, b"one")
    archive.close()
    other = Archive(tmp_path / "a" / "..")
    member = archive_module.pack(one, b"two")
    (tmp_path / "diurna-00001.warc.gz").write_bytes(member)
    moved = msgspec.structs.replace(one, length=len(member))
    with pytest.raises(DiurnaError, match="not those that were kept"):
        other.read(moved)


# ---------------------------------------------------------------------------------------------------- erasing


@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(sizes=st.lists(st.integers(0, 3000), min_size=1, max_size=4), which=st.integers(0, 3))
def test_erased_bytes_leave_a_tombstone_of_their_length_and_all_others_in_place(
    tmp_path: Path, sizes: list[int], which: int
) -> None:
    folder = Path(mkdtemp(dir=tmp_path))
    archive = Archive(folder)
    contents = [random.Random(size + place).randbytes(size) for place, size in enumerate(sizes)]
    kept = keep(archive, *contents)
    gone = kept[which % len(kept)]
    size = (folder / gone.archive).stat().st_size
    assert [archive.is_erased(capture) for capture in kept] == [False] * len(kept)
    assert archive.erase(gone)
    assert not archive.erase(gone), "there is nothing left to overwrite"
    assert (folder / gone.archive).stat().st_size == size
    assert [archive.is_erased(capture) for capture in kept] == [capture == gone for capture in kept]
    with pytest.raises(DiurnaError, match="were erased by a correction"):
        archive.read(gone)
    rest = [(capture, content) for capture, content in zip(kept, contents, strict=True) if capture != gone]
    assert [archive.read(capture) for capture, _ in rest] == [content for _, content in rest]
    packed = (folder / gone.archive).read_bytes()
    tomb = packed[gone.offset : gone.offset + gone.length]
    assert b"Content-Length: 0" in gzip.decompress(tomb)
    stranger = msgspec.structs.replace(capture_of(b"stranger"), length=gone.length)
    assert tomb == archive_module._tombstone(stranger), "its length is all that is left of what it stands for"
    found = ArchiveIterator(io.BytesIO(packed), record_types=WarcRecordType.resource)
    assert [record.reader.read() for record in found] == [content for _, content in rest]
    more = archive.keep(capture_of(b"more", "more"), b"more")
    assert archive.read(more) == b"more"
    archive.trim(more)
    assert archive.is_erased(gone)
    archive.close()


@pytest.mark.parametrize("size", [124, 160, 65_658, 65_659, 65_660, 65_782, 65_783, 65_784, 131_318, 131_319, 200_000])
def test_tombstone_of_any_length_is_gzip(size: int) -> None:
    tomb = archive_module._tombstone(msgspec.structs.replace(capture_of(b"x"), length=size))
    assert len(tomb) == size
    assert {record.content_length for record in ArchiveIterator(io.BytesIO(tomb))} == {0}


def test_erasing_what_is_not_there_is_nothing(tmp_path: Path) -> None:
    archive = Archive(tmp_path)
    (one,) = keep(archive, b"one")
    archive.close()
    (tmp_path / one.archive).unlink()
    assert (archive.erase(one), archive.is_erased(one)) == (False, False)


def test_record_packed_elsewhere_is_the_same_record(tmp_path: Path) -> None:
    capture = capture_of(b"one" * 100)
    kept = []
    for name, packed in (("a", b""), ("b", archive_module.pack(capture, b"one" * 100))):
        archive = Archive(tmp_path / name)
        kept.append(archive.keep(capture, b"one" * 100, packed))
        archive.close()
        assert archive.read(kept[-1]) == b"one" * 100
    assert kept[0] == kept[1]
    assert (tmp_path / "a" / kept[0].archive).read_bytes() == (tmp_path / "b" / kept[0].archive).read_bytes()
