"""Whether a count is of all of an event, or of a part: of children, of some among them, of the last ones found."""

import re

from diurna.model import Claim
from diurna.reconcile.attributes import group_of

__all__ = ["scope_of"]

_SOME = re.compile(
    r"\b(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|half|most|some|many|several|all|none|\d[\d,]*)\s"
    r"(?:out\s)?of\s(?:(?:the|its|their|his|her)\s)?(?:[\w’'-]+[’']s?\s)?$",
    re.IGNORECASE,
)


def scope_of(claim: Claim, attribute: str, words: str, ahead: str, behind: str) -> str:
    """Whom a count is of: the group of people, or what part; empty for all of an event.

    `attribute` is the name by which the claim is aligned, `words` those of the figure and of what it is about, `ahead`
    and `behind` the rest of its sentence. "The whole" is all of which another count is a part ("six of its |
    11 carriages"); "earlier" is what is only compared with.
    """
    counted = claim.quantity.counted if claim.quantity is not None else ""
    words = f"{counted} {words} {_part_of(behind)}"
    if claim.attribute.endswith(" before"):
        return "earlier"
    if _LONG_SINCE.match(ahead) or (claim.attribute.endswith(" in total") and _SINCE.search(ahead + behind)):
        return "over a longer time"
    if _SOME.search(ahead):
        return "the whole"
    if _AMONG_AFTER.match(behind):
        return _part(group_of(attribute, words) or counted)
    if _AMONG.search(ahead):
        return group_of(attribute, words) or _part(counted)
    if _LONE.search(words) and not _PART_CUE.search(f"{ahead} {behind}"):
        return ""  # of one woman it is told that she was one, and not that the toll is of women
    return group_of(attribute, words) or (_part(counted) if _OF_THEM.search(f"{words} {behind[:9]}") else "")


def _part(counted: str) -> str:
    """A part that is known by what it counts: two cleaners among the dead."""
    return f"some of them ({counted})" if counted else "some of them"


_LONG_SINCE = re.compile(r"\W*Since\s(?!then\b)")
_SINCE = re.compile(r"\bsince\b(?! then)", re.IGNORECASE)
_AMONG = re.compile(
    r"\b(?:among (?:them|whom|the dead|the injured)[,:]?|including|of (?:them|whom),?|the last|a further)\s"
    r"(?:at least |about |some )?$",
    re.IGNORECASE,
)
_AMONG_AFTER = re.compile(r"(?:\s[\w’'-]+){0,3}\s(?:is|are|was|were) among (?:the|those|them|\d+)\b")
_LONE = re.compile(r"\b(?:[Oo]ne|[Aa]n?|1) \w+\b")
_PART_CUE = re.compile(r"\b(?:including|among|of them|of whom|\d+)\b", re.IGNORECASE)
_OF_THEM = re.compile(r"\bof (?:them|whom)\b(?!\s(?:were|was|are|is|had|have|has|died|later|seriously|critically))")
_PART = re.compile(r"\s(?:of (?:them|the \w+|whom)\s)?(?:(?:are|were|is|was)\s)?(\w+)")


def _part_of(behind: str) -> str:
    """Whom a number is of that stands before them: "two | of them children", "two of the dead | are children"."""
    found = _PART.match(behind)
    return found[1] if found is not None else ""
