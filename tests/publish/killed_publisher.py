"""A publisher for tests that kill it: it kills itself, really, before its n-th step on the disk."""

import os
import signal
import sys
from pathlib import Path

from diurna.publish.site import publish_site

STEPS = frozenset(("open", "os.mkdir", "os.rename", "os.remove", "os.rmdir", "shutil.rmtree"))


def main(folder: Path, site: Path, last: int) -> None:
    """Publish, with SIGKILL before step `last`; the number of steps done is printed if it ends before."""
    done = 0
    house = str(site)

    def watch(event: str, arguments: tuple[object, ...]) -> None:
        nonlocal done
        if event in STEPS and str(arguments[0]).startswith(house):
            done += 1
            if done == last:
                os.kill(os.getpid(), signal.SIGKILL)

    sys.addaudithook(watch)
    publish_site(folder, site, workers=1)
    sys.stdout.write(f"{done}\n")


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]), int(sys.argv[3]))
