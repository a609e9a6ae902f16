"""Bodies that servers compress on the way (Content-Encoding), unpacked as they come, within limits."""

import importlib
import importlib.util
import zlib
from collections.abc import Iterator
from typing import Any, Protocol

__all__ = ["CODINGS", "BombError", "CodingError", "Unpacker"]

# Several of our libraries bring it, but none has to.
_BROTLI: Any = importlib.import_module("brotli") if importlib.util.find_spec("brotli") else None

CODINGS = "gzip, deflate" if _BROTLI is None else "gzip, deflate, br"

_FAULTS: tuple[type[Exception], ...] = (zlib.error,) if _BROTLI is None else (zlib.error, _BROTLI.error)

_STEP = 256 << 10


class CodingError(Exception):
    """A body is not compressed as its head says, or is damaged."""


class BombError(Exception):
    """A body would become too large, or grows faster than text does."""


class _Decoder(Protocol):
    """What zlib and brotli offer, made alike: give bytes, then take results piece by piece until none are left."""

    def unpack(self, data: bytes) -> Iterator[bytes]: ...

    @property
    def whole(self) -> bool: ...


class _Zlib:
    """gzip, of any number of members, and deflate in its two readings (RFC 9110, 8.4.1)."""

    def __init__(self, gzip: bool) -> None:
        self._gzip = gzip
        self._inner = zlib.decompressobj(wbits=31) if gzip else None
        self._begun = False

    @property
    def whole(self) -> bool:
        return not self._begun or (self._inner is not None and self._inner.eof)

    def unpack(self, data: bytes) -> Iterator[bytes]:
        if self._inner is None:
            # Servers send deflate with zlib's two bytes of head, as the standard says, or without.
            headed = data[0] & 0x0F == 8 and (len(data) < 2 or (data[0] << 8 | data[1]) % 31 == 0)
            self._inner = zlib.decompressobj(wbits=15 if headed else -15)
        self._begun = True
        piece = b""
        # A full piece may leave some of its bytes inside, even when all of the data has gone in.
        while data or len(piece) == _STEP:
            if self._inner.eof:
                if not self._gzip or not data.startswith(b"\x1f"):
                    return  # padding after the end is left unread, as browsers do
                self._inner = zlib.decompressobj(wbits=31)
            piece = self._inner.decompress(data, _STEP)
            yield piece
            data = self._inner.unused_data if self._inner.eof else self._inner.unconsumed_tail


class _Brotli:
    def __init__(self) -> None:
        self._inner = _BROTLI.Decompressor()
        self._begun = False

    @property
    def whole(self) -> bool:
        return not self._begun or bool(self._inner.is_finished())

    def unpack(self, data: bytes) -> Iterator[bytes]:
        self._begun = True
        if self._inner.is_finished():
            return
        piece = self._inner.process(data, output_buffer_limit=_STEP)
        yield piece
        # As above: a full piece may leave some of its bytes inside.
        while not self._inner.is_finished() and (len(piece) >= _STEP or not self._inner.can_accept_more_data()):
            piece = self._inner.process(b"", output_buffer_limit=_STEP)
            yield piece


class Unpacker:
    """One body's bytes, counted before and after they are unpacked.

    `most` bounds both sizes; `ratio` bounds how many bytes one byte becomes, once there are `ratio_from`.
    """

    def __init__(self, coding: str, most: int, ratio: int, ratio_from: int) -> None:
        names = [name.strip().lower() for name in coding.split(",")]
        names = [name for name in names if name not in {"", "identity"}]
        if len(names) > 1 or (names and names[0] not in {"gzip", "x-gzip", "deflate", "br"}):
            raise CodingError(f"Content-Encoding: {coding[:80]}")
        if names == ["br"] and _BROTLI is None:
            raise CodingError("Content-Encoding: br, which was not asked for")
        self._decoder: _Decoder | None = None
        if names:
            self._decoder = _Brotli() if names == ["br"] else _Zlib(gzip="gzip" in names[0])
        self._most, self._ratio, self._ratio_from = most, ratio, ratio_from
        self.received = self.unpacked = 0

    def feed(self, data: bytes) -> Iterator[bytes]:
        """Unpack the bytes that came next.

        Raises:
            CodingError: they cannot be unpacked.
            BombError: a limit is passed; what was yielded before lies within it.
        """
        self.received += len(data)
        if self.received > self._most:
            raise BombError(f"more than {self._most:,} bytes")
        if self._decoder is None:
            self.unpacked += len(data)
            yield data
            return
        try:
            for piece in self._decoder.unpack(data) if data else ():
                self.unpacked += len(piece)
                if self.unpacked > self._most:
                    raise BombError(f"more than {self._most:,} bytes, unpacked from {self.received:,}")
                if self.unpacked > self._ratio_from and self.unpacked > self._ratio * self.received:
                    raise BombError(f"{self.unpacked:,} bytes and more, unpacked from {self.received:,}")
                yield piece
        except _FAULTS as error:
            raise CodingError(str(error)) from error

    def finish(self) -> None:
        """Make sure that the body is whole.

        Raises:
            CodingError: the compressed stream breaks off.
        """
        if self._decoder is not None and not self._decoder.whole:
            raise CodingError("the compressed stream ends in the middle")
