"""Bodies that are compressed on the way."""

import gzip
import zlib

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from diurna.ingest.content_coding import CODINGS, BombError, CodingError, Unpacker
from tests.ingest.feed_servers import packed

MANY = 1 << 30


def unpacker(coding: str, most: int = MANY, ratio: int = MANY) -> Unpacker:
    return Unpacker(coding, most, ratio, 0)


def unpack(body: bytes, coding: str, size: int = 1 << 16, **limits: int) -> bytes:
    unpacking = unpacker(coding, **limits)
    whole = b"".join(
        piece for start in range(0, len(body), size) for piece in unpacking.feed(body[start : start + size])
    )
    unpacking.finish()
    assert (unpacking.received, unpacking.unpacked) == (len(body), len(whole))
    return whole


# Lengths about the size of one step, where a decoder may hold something back.
_LENGTHS = st.sampled_from([(256 << 10) - 1, 256 << 10, (256 << 10) + 1, (512 << 10) - 258, 512 << 10])
_CODINGS = st.sampled_from(["gzip", "x-gzip", "deflate", "br", "", "identity"])


@given(st.binary(min_size=1, max_size=300), st.integers(1, 2000) | _LENGTHS, _CODINGS, st.integers(1, 300))
@settings(max_examples=60, deadline=None)
def test_what_was_packed_comes_out(piece: bytes, length: int, coding: str, size: int) -> None:
    content = (piece * (length // len(piece) + 1))[:length]
    size *= 1 + length // 2000
    if coding in {"", "identity"}:
        assert unpack(content, coding, size) == content
    else:
        assert unpack(packed(content, coding.removeprefix("x-")), coding, size) == content


def test_deflate_without_its_head() -> None:
    raw = zlib.compressobj(wbits=-15)
    assert unpack(raw.compress(b"news " * 1000) + raw.flush(), "deflate") == b"news " * 1000


def test_gzip_of_several_members_and_padding() -> None:
    assert unpack(gzip.compress(b"one ") + gzip.compress(b"two") + bytes(512), "gzip", 7) == b"one two"


def test_empty_body() -> None:
    assert unpack(b"", "gzip") == b""


@pytest.mark.parametrize("coding", ["gzip", "deflate", "br"])
def test_damage_is_told(coding: str) -> None:
    body = packed(bytes(range(256)) * 40, coding)
    for broken in (body[: len(body) // 2], b"\xff" * 200, body[:20] + b"\x55" * 60):
        with pytest.raises(CodingError):
            unpack(broken, coding)


@pytest.mark.parametrize("coding", ["zstd", "gzip, gzip", "gzip, br", "compress", "x" * 500])
def test_codings_that_were_not_asked_for(coding: str) -> None:
    assert coding not in CODINGS.split(", ")
    with pytest.raises(CodingError):
        unpacker(coding)


@pytest.mark.parametrize("coding", ["gzip", "deflate", "br"])
def test_bombs_are_stopped_within_their_limit(coding: str) -> None:
    body = packed(bytes(20 << 20), coding)
    for limits in ({"most": 1 << 20}, {"ratio": 100}):
        unpacking, got = unpacker(coding, **limits), 0
        stopped = False
        for start in range(0, len(body), 1024):
            try:
                for piece in unpacking.feed(body[start : start + 1024]):
                    got += len(piece)
            except BombError:
                stopped = True
                break
        assert stopped
        assert got <= (1 << 20)


def test_size_before_unpacking_counts_too() -> None:
    with pytest.raises(BombError):
        unpack(bytes(11), "", most=10)
