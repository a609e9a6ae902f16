"""What people and lists say of records, which stands above any score."""

from typing import Protocol

__all__ = ["NOTHING_COMPELLED", "Compelled"]


class Compelled(Protocol):
    """What people and lists say of records (by reference)."""

    def anchor(self, ref: str) -> str:
        """The event that a record surely belongs to; empty where nobody says."""
        ...

    def never(self, ref: str) -> frozenset[str]:
        """Events that a record does not belong to."""
        ...

    def by_person(self, ref: str) -> bool:
        """Whether a person says where a record belongs, or does not."""
        ...


class _Nothing:
    def anchor(self, ref: str) -> str:
        return ""

    def never(self, ref: str) -> frozenset[str]:
        return frozenset()

    def by_person(self, ref: str) -> bool:
        return False


NOTHING_COMPELLED: Compelled = _Nothing()
"""Nobody says anything."""
