"""Faults of a list whose items go wrong in the same way by the thousand: each kind is told once, with its count."""

from msgspec import Struct
from msgspec.structs import replace

from diurna.errors import problem
from diurna.extract.clean_text import clean_text
from diurna.model import Capture, Problem

__all__ = ["Faults", "source_of"]


def source_of(capture: Capture) -> str:
    """Where captured bytes came from, as a message names it."""
    return capture.answered or capture.asked or f"capture:{capture.id}"


class _Fault(Struct):
    received: str
    allowed: str
    next_step: str
    severity: str
    count: int = 1


class Faults:
    """What was wrong with one list, by kind, in the order in which the kinds first appeared."""

    def __init__(self, capture: Capture, where: str = "") -> None:
        self.capture = capture
        self.where = where or source_of(capture)
        self._kinds: dict[str, _Fault] = {}

    def tell(self, what: str, received: str, allowed: str, next_step: str, severity: str = "warning") -> None:
        """Count one fault; the first of its kind is shown."""
        if what in self._kinds:
            self._kinds[what].count += 1
        else:
            self._kinds[what] = _Fault(clean_text(received[:200]), allowed, next_step, severity)

    def problems(self) -> tuple[Problem, ...]:
        """One problem for each kind."""
        return tuple(self._problem(what, fault) for what, fault in self._kinds.items())

    def _problem(self, what: str, fault: _Fault) -> Problem:
        more = f" (and {fault.count - 1:,} more)" if fault.count > 1 else ""
        told = problem(
            what,
            self.where,
            received=fault.received[: 200 - len(more)] + more,
            allowed=fault.allowed,
            next_step=fault.next_step,
            severity=fault.severity,
        )
        return replace(told, capture=self.capture.id)
