"""Files that appear when all of them is written, and not before."""

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

__all__ = ["swapped_in"]


@contextmanager
def swapped_in(file: Path) -> Iterator[BinaryIO]:
    """A stream whose content becomes the file when all of it is written, and not before."""
    with tempfile.NamedTemporaryFile(dir=file.absolute().parent, prefix=".diurna-", delete=False) as stream:
        written = Path(stream.name)
        try:
            yield stream  # type: ignore[misc]  # a wrapper of the very stream
            stream.flush()
            os.fsync(stream.fileno())
            written.chmod(0o644)
            written.replace(file)
        except BaseException:
            written.unlink(missing_ok=True)
            raise
