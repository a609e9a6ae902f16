"""Which event a record belongs to: components propose, people decide, and what was retracted does not count."""

from itertools import pairwise

from diurna.model import Judgement, make_id
from diurna.store.interface import Facts

__all__ = ["Membership", "apart_event", "founded_by", "founded_by_report"]

_KEPT = 100_000
"""Subjects whose judgements are held in memory."""


def founded_by(entry: str) -> str:
    """Identifier of the event that an entry (its id) founds when it belongs to none."""
    return make_id("event", entry)


def founded_by_report(report: str) -> str:
    """Identifier of the event that a report (its id) founds."""
    return make_id("event", "article", report)


def apart_event(report: str) -> str:
    """Identifier of the event of a report (its id) that was taken out of the one that it founded."""
    return make_id("event", "apart", f"article:{report}")


class Membership:
    """Reads judgements. With a `horizon` it sees only those that had arrived by that number, as a replay must."""

    def __init__(self, facts: Facts) -> None:
        self._facts = facts
        self._arrived: dict[str, list[tuple[int, Judgement]]] = {}
        self.horizon: int | None = None

    def note(self, number: int, judgement: Judgement) -> None:
        """Take note of a judgement that has just arrived."""
        if judgement.subject in self._arrived:
            self._arrived[judgement.subject].append((number, judgement))

    def forget(self) -> None:
        """Drop what is held in memory."""
        self._arrived.clear()

    def judgements(self, subject: str) -> list[Judgement]:
        """Judgements about a subject (`entry:…`, `event:…`, `key:…`) that stand, in order of arrival."""
        return [
            judgement for judgement in self.ever(subject) if not (judgement.by_person and self._retracted(judgement))
        ]

    def ever(self, subject: str) -> list[Judgement]:
        """Judgements about a subject, those that were taken back too."""
        arrived = self._about(subject)
        if self.horizon is None or not arrived or arrived[-1][0] <= self.horizon:
            return [judgement for _, judgement in arrived]
        return [judgement for number, judgement in arrived if self._seen(number)]

    def judgement_of(self, entry: str) -> Judgement | None:
        """The judgement that puts an entry (its id) where it is: the last of a person, else the first of a
        component.
        """
        standing = self.judgements(f"entry:{entry}")
        by_people = [judgement for judgement in standing if judgement.by_person]
        if by_people:
            return by_people[-1]
        return next((judgement for judgement in standing if judgement.verdict == "belongs"), None)

    def event_of(self, entry: str) -> str | None:
        """Id of the event an entry belongs to, before merges; None for an entry nobody has placed."""
        judgement = self.judgement_of(entry)
        if judgement is None:
            return None
        if judgement.verdict == "apart":
            return founded_by(entry)
        return judgement.object.partition(":")[2]

    def report_judgement(self, report: str) -> Judgement | None:
        """The judgement that puts a report (its id) where it is: the last of a person that says so, else the last of a
        component that no person spoke against; None for one that nobody has placed.
        """
        by_people: list[Judgement] = []
        placed: list[Judgement] = []
        for one in self.judgements(f"article:{report}"):
            if one.verdict in ("belongs", "apart"):
                (by_people if one.by_person else placed).append(one)
        if not by_people:
            return placed[-1] if placed else None
        if by_people[-1].verdict == "belongs":
            return by_people[-1]
        barred = {one.object for one in by_people if one.verdict == "apart"}
        return next((one for one in reversed(placed) if one.object not in barred), None)

    def report_event(self, report: str) -> str | None:
        """Id of the event a report belongs to, before merges; None for one that nobody has placed."""
        judgement = self.report_judgement(report)
        return judgement.object.partition(":")[2] if judgement is not None else None

    def report_home(self, report: str) -> str | None:
        """Id of the event whose page shows a report, after merges."""
        event = self.report_event(report)
        return self.merged_into(event) if event is not None else None

    def told_in(self, report: str) -> list[Judgement]:
        """The judgements that a report tells of other events too, one for each event."""
        told = [one for one in self.judgements(f"article:{report}") if one.verdict == "tells"]
        return list({one.object: one for one in told}.values())

    def moves_of(self, report: str) -> list[tuple[Judgement, Judgement]]:
        """Where components moved a report (its id) on later evidence: the judgement before, and the one that did.

        What follows from a person's decision, or from its retraction, is none.
        """
        about = [(number, one) for number, one in self._about(f"article:{report}") if self._seen(number)]
        by_people = [number for number, one in about if one.by_person]
        for _, one in about:
            if one.by_person:
                by_people += [number for number, _ in self._about(f"judgement:{one.id}") if self._seen(number)]
        placed = [(number, one) for number, one in about if one.verdict == "belongs" and not one.by_person]
        return [
            (earlier, later)
            for (first, earlier), (second, later) in pairwise(placed)
            if earlier.object != later.object and not any(first < number < second for number in by_people)
        ]

    def merged_into(self, event: str) -> str:
        """Id of the event that an event is one with, following merges to their end; its own where there is none.

        Merges that run in a circle end at the least id in it.
        """
        path = [event]
        while True:
            merges = [judgement for judgement in self.judgements(f"event:{path[-1]}") if judgement.verdict == "same"]
            target = merges[-1].object.partition(":")[2] if merges else path[-1]
            if target in path:
                return min(path[path.index(target) :])
            path.append(target)

    def home_of(self, entry: str) -> str | None:
        """Id of the event whose page shows an entry, after merges."""
        event = self.event_of(entry)
        return self.merged_into(event) if event is not None else None

    def _about(self, subject: str) -> list[tuple[int, Judgement]]:
        arrived = self._arrived.get(subject)
        if arrived is None:
            if len(self._arrived) >= _KEPT:
                self._arrived.clear()
            arrived = self._arrived[subject] = self._facts.arrivals(Judgement, subject)
        return arrived

    def _seen(self, number: int) -> bool:
        return self.horizon is None or number <= self.horizon

    def _retracted(self, judgement: Judgement) -> bool:
        """Whether somebody took a person's judgement back; only those can be."""
        return any(self._seen(number) for number, _ in self._about(f"judgement:{judgement.id}"))
