"""Placing new wordings of a curated day: into the event they are of, or into a new one."""

from diurna.group.lineage import COMPONENT as LINEAGE
from diurna.group.lineage import LineageSettings, match_entries
from diurna.group.lists import DayLists
from diurna.group.membership import Membership, founded_by
from diurna.model import Entry, Judgement, Revision, make_id
from diurna.store.interface import Facts

__all__ = ["Placing"]

FOUNDING = "founding/1"
KEYED = "key/1"


class Placing:
    """Proposes judgements on the entries of a revision; the caller keeps them."""

    def __init__(self, facts: Facts, membership: Membership, lists: DayLists, settings: LineageSettings) -> None:
        self._facts = facts
        self._membership = membership
        self._lists = lists
        self._settings = settings

    def is_another_list(
        self, revision: Revision, entries: list[Entry], new: list[Entry], judgements: list[Judgement]
    ) -> bool:
        """Whether a state without number shares nothing with the one before it, so that both can hardly be one list."""
        before = self._lists.whole(revision.curator, revision.day)
        return (
            revision.whole
            and revision.number is None
            and bool(before)
            and min(len(entries), len(before[-1].entries)) >= 3
            and len(new) == len(entries)
            and all(judgement.by == FOUNDING for judgement in judgements)
        )

    def place(self, revision: Revision, new: list[Entry], standing: set[str]) -> list[Judgement]:
        """Judgements that put new wordings into the events they are of, or found events for them."""
        matches = {}
        if revision.whole and new:
            missing: dict[str, dict[str, Entry]] = {}
            known = [entry for other in self._lists.whole(revision.curator, revision.day) for entry in other.entries]
            for identifier, entry in self._facts.get_many(Entry, known).items():
                event = self._membership.event_of(identifier)
                if event is not None and event not in standing:
                    missing.setdefault(event, {})[identifier] = entry
            candidates = [(event, list(wordings.values())) for event, wordings in missing.items()]
            found = match_entries(new, candidates, self._settings)
            matches = {match.entry: match for match in found}
        judgements = []
        for entry in new:
            match = matches.get(entry.id)
            event = match.event if match else self.keyed_event(revision) or founded_by(entry.id)
            by = LINEAGE if match else FOUNDING if event == founded_by(entry.id) else KEYED
            judgements.append(
                Judgement(
                    id=make_id("judgement", entry.id, "belongs", event, by),
                    subject=f"entry:{entry.id}",
                    verdict="belongs",
                    object=f"event:{event}",
                    by=by,
                    score=match.score if match else None,
                    reasons=match.reasons if match else (),
                )
            )
        return judgements

    def keyed_event(self, revision: Revision) -> str | None:
        """Id of the event that the list's own keys stand for; None where they are new, or there are none."""
        for key in (*revision.keys, *revision.withdrawn):
            for judgement in self._membership.judgements(f"key:{revision.curator}|{key}"):
                return judgement.object.partition(":")[2]
        return None

    def key_judgements(self, revision: Revision, events: list[str]) -> list[Judgement]:
        """Judgements that tie the list's own keys to the event that its line told of when it first came."""
        if not events or self.keyed_event(revision) is not None:
            return []
        return [
            Judgement(
                id=make_id("judgement", revision.curator, key, events[0], KEYED),
                subject=f"key:{revision.curator}|{key}",
                verdict="belongs",
                object=f"event:{events[0]}",
                by=KEYED,
            )
            for key in revision.keys
        ]
