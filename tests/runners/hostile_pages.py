"""Pages that kill or hang the process that reads them, unless it is the one that made them."""

import os
import time
from multiprocessing import parent_process
from typing import Any


class Deadly(bytes):
    """Content that ends the process of a worker."""

    def strip(self, *_: Any) -> bytes:
        if parent_process() is not None:
            os._exit(7)
        return super().strip()


class Endless(bytes):
    """Content that a worker never comes to an end with."""

    def strip(self, *_: Any) -> bytes:
        while parent_process() is not None:
            time.sleep(1)
        return super().strip()
