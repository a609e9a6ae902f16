"""How bad input, wrong configuration and faults are told."""

from diurna.model import Problem, make_id

__all__ = ["ConfigurationError", "DiurnaError", "StoreBusy", "StoreTooNew", "problem"]


class DiurnaError(Exception):
    """Fault that stops a command; its text says what, where, what was expected and what to do."""

    exit_code = 1


class ConfigurationError(DiurnaError):
    """The configuration or the call is wrong."""

    exit_code = 2


class StoreBusy(DiurnaError):
    """Another process is writing to the chronicle."""

    exit_code = 4


class StoreTooNew(DiurnaError):
    """The store was written by a later version of Diurna."""

    exit_code = 5


def problem(
    what: str, where: str, *, received: str, allowed: str, next_step: str, severity: str = "warning"
) -> Problem:
    """Make a `Problem` whose id follows from its content; what was received is cut at 200 characters."""
    received = received if len(received) <= 200 else received[:199] + "…"
    return Problem(
        id=make_id("problem", what, where, received),
        what=what,
        where=where,
        received=received,
        allowed=allowed,
        next_step=next_step,
        severity=severity,
    )
