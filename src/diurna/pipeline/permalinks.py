"""Addresses of records: given once, and never to another."""

from datetime import date

from diurna.model import Permalink
from diurna.store.interface import Facts
from diurna.text import slugify

__all__ = ["Permalinks"]

_LONGEST = 80


class Permalinks:
    """Gives permalinks. One that is new had none before, unless the views are being computed again (`replaying`)."""

    def __init__(self, facts: Facts) -> None:
        self._facts = facts
        self.replaying = False

    def give(self, path: str, ref: str) -> str:
        """The address of a record: the one given before, else this path, numbered where another record has it."""
        facts = self._facts
        given = facts.about(Permalink, ref) if self.replaying else []
        if given:
            return given[0].id
        candidate, number = path, 1
        while candidate.endswith("/index") or not facts.append(Permalink(id=candidate, ref=ref)):
            number += 1
            suffix = f"-{number}"
            candidate = path[: len(path) - max(0, len(path.rpartition("/")[2]) + len(suffix) - _LONGEST)].rstrip("-")
            candidate += suffix
        return candidate

    def for_event(self, identifier: str, day: date, words: str) -> str:
        """The address of an event, by the day that it is filed under and its first headline."""
        return self.give(f"/news/{day:%Y/%m/%d}/{slugify(words)}", f"event:{identifier}")

    def of_event(self, identifier: str) -> str:
        """The address that an event (its id) was given; empty where it has none."""
        given = self._facts.about(Permalink, f"event:{identifier}")
        return given[0].id if given else ""
