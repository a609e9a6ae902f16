"""Names for a task that kill or hang the process which looks something up in them, unless it made them itself."""

import os
import time
from collections.abc import Iterator
from multiprocessing import parent_process
from typing import Any

__all__ = ["Deadly", "Endless"]


class _Hostile(dict[str, tuple[Any, ...]]):
    def strike(self) -> None:
        raise NotImplementedError

    def get(self, key: str, default: Any = None) -> Any:
        self.strike()
        return super().get(key, default)

    def __getitem__(self, key: str) -> tuple[Any, ...]:
        self.strike()
        return super().__getitem__(key)

    def __contains__(self, key: object) -> bool:
        self.strike()
        return super().__contains__(key)

    def __iter__(self) -> Iterator[str]:
        self.strike()
        return super().__iter__()

    def values(self) -> Any:
        self.strike()
        return super().values()


class Deadly(_Hostile):
    """Names that end the process which looks something up in them."""

    def strike(self) -> None:
        if parent_process() is not None:
            os._exit(7)


class Endless(_Hostile):
    """Names in which a process never comes to an end."""

    def strike(self) -> None:
        while parent_process() is not None:
            time.sleep(1)
