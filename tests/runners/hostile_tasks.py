"""Names for a task that end the process which looks something up in them, unless it made them itself."""

import os
from collections.abc import Iterator
from multiprocessing import parent_process
from typing import Any

__all__ = ["Deadly"]


class Deadly(dict[str, tuple[Any, ...]]):
    """Names that end the process of an annotator."""

    def get(self, key: str, default: Any = None) -> Any:
        _strike()
        return super().get(key, default)

    def __getitem__(self, key: str) -> tuple[Any, ...]:
        _strike()
        return super().__getitem__(key)

    def __contains__(self, key: object) -> bool:
        _strike()
        return super().__contains__(key)

    def __iter__(self) -> Iterator[str]:
        _strike()
        return super().__iter__()

    def values(self) -> Any:
        _strike()
        return super().values()


def _strike() -> None:
    if parent_process() is not None:
        os._exit(7)
