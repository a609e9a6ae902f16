"""What `diurna check` tells: a record names one that is not there, or something is not as it should be."""

from diurna.errors import problem
from diurna.model import Problem

__all__ = ["REBUILD", "RESTORE", "fault", "missing"]

REBUILD = "run `diurna rebuild`, then check again"
RESTORE = "restore a backup with `diurna restore`; add the same input again to fill what it lacks"


def missing(where: str, what: str) -> Problem:
    """Tell that a record names one that is not there."""
    return fault(
        "A record names one that is not there.", where, f"no {what}", what, f"{REBUILD}; if it stays, {RESTORE}"
    )


def fault(what: str, where: str, received: str, allowed: str, next_step: str) -> Problem:
    """Tell that something is not as it should be."""
    return problem(what, where, received=received, allowed=allowed, next_step=next_step, severity="error")
