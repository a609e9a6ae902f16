"""What people correct about entities: two that are one, and words that name another than they were taken for."""

from typing import TYPE_CHECKING

from diurna.cli.correct import Wish, decided
from diurna.enrich.entities.merging import Merges, apart_ref
from diurna.errors import ConfigurationError
from diurna.group.membership import Membership
from diurna.model import Judgement, Ref

if TYPE_CHECKING:
    from diurna.runners import Chronicle

__all__ = ["is_known", "merge_entity", "name_of", "split_entity"]


def is_known(chronicle: "Chronicle", identifier: str) -> bool:
    """Whether lists or articles name an entity (its id), or a person has made one of its name."""
    views = chronicle.store.views
    return views.has_entity(identifier) or views.naming(identifier) is not None


def name_of(chronicle: "Chronicle", identifier: str) -> str:
    """Name of an entity (its id), as lists or else articles have it; empty where neither does."""
    entity, known = chronicle.store.views.entity(identifier), chronicle.store.views.naming(identifier)
    return entity.name if entity is not None else known.name if known is not None else ""


def merge_entity(chronicle: "Chronicle", ref: Ref, wish: Wish) -> list[Judgement]:
    """Make an entity one with another: whatever names the first names the second from then on."""
    if len(wish.others) != 1 or wish.others[0].kind != "entity":
        raise ConfigurationError("an entity is merged into one other entity; give its reference or its name.")
    into = wish.others[0]
    merges = Merges(Membership(chronicle.store.facts).judgements)
    if ref == into:
        raise ConfigurationError(f"{ref} cannot be merged into itself; give two entities.")
    if merges.stands_for(str(ref)) == merges.stands_for(str(into)):
        raise ConfigurationError(
            f"{ref} and {into} are one already; `diurna correct list {ref}` has the decision. Nothing was changed."
        )
    return [decided(str(ref), "same", str(into), wish)]


def split_entity(chronicle: "Chronicle", ref: Ref, wish: Wish) -> list[Judgement]:
    """Let words name another entity than the one they were taken for: one that is given, or one of their own."""
    words = " ".join(wish.text.split())
    if not words:
        raise ConfigurationError(
            f"say which words are not {name_of(chronicle, ref.id) or ref}: "
            f'`diurna correct split {ref} "the words" [OTHER]`.'
        )
    if len(wish.others) > 1 or any(other.kind != "entity" for other in wish.others):
        raise ConfigurationError("words are parted to one other entity; give its reference or its name.")
    other = str(wish.others[0]) if wish.others else str(ref)
    target = other if other != str(ref) else apart_ref(str(ref), words)
    if Merges(Membership(chronicle.store.facts).judgements).stands_for(str(ref), words) == target:
        raise ConfigurationError(f"“{words}” names {target} already where it was taken for {ref}; nothing was changed.")
    return [decided(str(ref), "apart", other, wish, words)]
