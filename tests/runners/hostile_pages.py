"""Pages that kill or hang the process that reads them, unless it is the one that made them."""

import os
import time
from multiprocessing import parent_process
from pathlib import Path
from typing import Any

READ = "DIURNA_TEST_READ"
"""Variable with the path of a file that is there once an endless page is read."""


class Deadly(bytes):
    """Content that ends the process of a worker."""

    def strip(self, *_: Any) -> bytes:
        if parent_process() is not None:
            os._exit(7)
        return super().strip()


class Endless(bytes):
    """Content that a worker never comes to an end with."""

    def strip(self, *_: Any) -> bytes:
        if parent_process() is not None:
            Path(os.environ[READ]).touch()
        while parent_process() is not None:
            time.sleep(1)
        return super().strip()
