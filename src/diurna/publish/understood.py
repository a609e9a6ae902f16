"""An annotation with what pages need beside it: which entity each name stands for now, and where that has its page."""

from collections.abc import Mapping

from diurna.enrich.entities.merging import Merges
from diurna.enrich.entities.speakers import sentences_of_speakers
from diurna.model import Annotation, Claim, Mention, Naming
from diurna.publish.claim_events import NOWHERE, SpokenOf
from diurna.publish.paths import site_path
from diurna.store.interface import Views

__all__ = ["Understood"]


class Understood:
    """What was understood of one article, as people's decisions have it."""

    def __init__(
        self, annotation: Annotation, views: Views, merges: Merges, events: Mapping[str, SpokenOf] = NOWHERE
    ) -> None:
        self.annotation = annotation
        self.events = events
        """Of which event each claim speaks, by its id."""
        self._views = views
        self._merges = merges
        self._named = {known.ref: known for known in annotation.namings}
        self._pages: dict[str, str] = {}

    def meant(self, mention: Mention) -> str:
        """Reference of the entity that a mention stands for; empty where that is not sure."""
        if not mention.sure or not mention.candidates:
            return ""
        return self._merges.stands_for(mention.candidates[0].ref, mention.text)

    def said_by(self, ref: str) -> list[list[Claim]]:
        """Claims that an entity makes or passes on, sentence by sentence, in the order of the text."""
        return list(sentences_of_speakers(self.annotation, self._merges.stands_for).get(ref, {}).values())

    def naming(self, ref: str, mention: Mention) -> Naming:
        """What is known of an entity that a mention stands for."""
        identifier = ref.partition(":")[2]
        known = self._named.get(ref) or self._views.naming(identifier)
        if known is not None:
            return known
        listed = self._views.entity(identifier)
        return Naming(ref, listed.name if listed is not None else mention.text, mention.kind)

    def page(self, ref: str) -> str:
        """Path of an entity's page; empty where it has none."""
        if ref not in self._pages:
            identifier = ref.partition(":")[2]
            self._pages[ref] = site_path(self._views.entity_pages([identifier]).get(identifier, ""))
        return self._pages[ref]
