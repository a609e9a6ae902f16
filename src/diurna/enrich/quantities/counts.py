"""What is counted: the words after a number that name the things, and whether "one" and "no" count anything."""

from diurna.enrich.quantities.numbers import WORD, Pieces
from diurna.enrich.quantities.words import CARDINALS, NONE_OF, STOPS, word_set

__all__ = ["counted_after", "looks_plural", "none_counted", "one_counts"]

_MOST_WORDS = 6
_IRREGULAR = word_set(
    """people men women children police troops cattle feet teeth mice geese sheep lives wives knives wolves aircraft
    spacecraft helicopters personnel staff crew media data criteria phenomena bacteria fish deer swine species
    series crossroads policemen servicemen fishermen gunmen congressmen firefighters policewomen servicewomen
    clergymen businessmen spokesmen folk youths livestock poultry alumni fungi dead wounded injured missing homeless
    sick hospitalised hospitalized"""
)
_COLLECTIVE = word_set("""staff police crew media data personnel aircraft helicopter livestock rescue""")
_NO_PLURALS = ("ss", "us", "is", "'s")
_SINGULAR_S = word_set(
    """its was has does says this goes plus gas bus news lens chaos texas as us yes always perhaps"""
)
# Nouns that a name of the counted things may begin with though they end in s: "sports fans", "arms dealers".
_FIRST_IN_S = word_set("""sports arms customs communications operations news savings goods systems sales states""")
_BETWEEN = word_set("""more other others additional further extra different separate new old further""")
_DROPPED = word_set("""most very so-called at least such of the those these them our his her its their all""")


def looks_plural(word: str) -> bool:
    """Whether a word in lower case has the form of a plural."""
    if word in _IRREGULAR:
        return True
    return len(word) > 2 and word.endswith("s") and not word.endswith(_NO_PLURALS) and word not in _SINGULAR_S


def counted_after(pieces: Pieces, end: int, value: float | None, tags: list[str] | None = None) -> tuple[int, int, int]:
    """Pieces of the words that name what is counted, and where the phrase ends; three times `end` where none do.

    `tags` are Penn Treebank tags of the pieces, where a tagger ran; else word forms decide: the phrase ends with the
    first plural, and where none comes, nothing is named.
    """
    at = end
    lower, kind = pieces.lower, pieces.kind
    if lower[at] == "of":
        at += 1
        if lower[at] in ("them", "us", "you", "whom", "which"):
            return end, end, end
    while lower[at] in _DROPPED or (
        lower[at] in ("more", "other", "additional", "further", "extra", "total") and at - end < 4
    ):
        if lower[at] == "of" and at > end + 1:
            return end, end, end
        at += 1
    first, head, noun = at, -1, -1
    while at - first < _MOST_WORDS and kind[at] == WORD:
        word = lower[at]
        acronym = pieces.text[at].isupper() and kind[at + 1] == WORD and not pieces.text[at + 1].isupper()
        if (
            (word in STOPS and not (acronym and len(word) > 1))
            or word in CARDINALS
            or (word.endswith("ly") and len(word) > 4 and head < 0 and at > first)
        ):
            break
        tag = tags[at] if tags else ""
        if tag and not tag.startswith(("NN", "JJ", "VBN", "VBG", "CD")) and not looks_plural(word):
            break
        if tag.startswith("NN"):
            noun = at
        if looks_plural(word) and not acronym and not (word in _FIRST_IN_S and looks_plural(lower[at + 1])):
            head = at + (word in _COLLECTIVE and looks_plural(lower[at + 1]) and lower[at + 1] not in STOPS)
            break
        at += 1
        if lower[at] in ("'", "’") and lower[at + 1] == "s" and pieces.glued(at) and pieces.glued(at + 1):
            at += 2
        elif lower[at] in ("-", "'", "’") and pieces.glued(at) and kind[at + 1] == WORD and pieces.glued(at + 1):
            at += 1
    if head < 0 and noun >= 0 and value != 1:
        head = noun
    if head >= 0:
        return first, head + 1, head + 1
    part = value is not None and 0 < value < 1
    if at > first and (part or (value == 1 and lower[end] != "of")):
        last = _singular_head(pieces, first, at, tags)
        return first, last, last
    return end, end, end


_ADJECTIVE_ENDS = ("al", "ous", "ful", "ive", "ic", "able", "ible", "ese", "ian", "ish", "less", "ary", "ent", "ant")
_NOUNS_ANYWAY = word_set(
    """official student agent patient parent president client accident incident resident elephant restaurant servant
    hospital animal criminal rival trial festival general arrival critic clinic topic traffic library salary
    politician physician musician civilian student continent apartment document event element moment department
    consultant plant giant militant assistant percent statement government investment detective table cable"""
)


def _singular_head(pieces: Pieces, first: int, end: int, tags: list[str] | None) -> int:
    """Where the name of one thing ends: at its first word that has not the form of an adjective."""
    at = first
    if tags and tags[first]:
        while at < end and not tags[at].startswith("NN"):
            at += 1
        while at + 1 < end and tags[at + 1].startswith("NN"):
            at += 1
        return min(at + 1, end)
    while at + 1 < end and (
        pieces.lower[at + 1] == "-"
        or pieces.lower[at] == "-"
        or (pieces.lower[at].endswith("ed") and at == first)
        or (pieces.lower[at] not in _NOUNS_ANYWAY and pieces.lower[at].endswith(_ADJECTIVE_ENDS))
        or pieces.lower[at]
        in ("new", "old", "young", "big", "large", "small", "senior", "major", "lone", "single", "rare")
        or pieces.text[at].isupper()
    ):
        at += 1
    return at + 1


_NOT_ONE_BEFORE = word_set(
    """no any some every each this the which another only last first next big good bad such not very what new old
    little former latter ' ’ right wrong same my your his her our their every day no"""
)
_NOT_ONE_AFTER = word_set("""another day thing side way hand point time such more night reason else can may""")


def one_counts(pieces: Pieces, index: int) -> bool:
    """Whether "one" at a piece counts: "one man", "one of the soldiers", but not "no one", "the one", "one day"."""
    before = pieces.lower[index - 1] if index else ""
    after = pieces.lower[index + 1]
    if before == "only" and index > 1 and pieces.lower[index - 2] not in _NOT_ONE_BEFORE:
        before = pieces.lower[index - 2]
    if before in _NOT_ONE_BEFORE:
        return False
    if after == "-":
        return pieces.lower[index + 2] not in ("on", "sided", "off", "way", "to")
    if pieces.kind[index + 1] != WORD or after in _NOT_ONE_AFTER:
        return False
    if after == "of":
        return pieces.lower[index + 2] in (
            "the",
            "those",
            "these",
            "its",
            "his",
            "her",
            "their",
            "our",
            "them",
        ) and not any(
            word in ("most", "biggest", "best", "largest", "worst", "last", "few", "main", "first")
            or (word.endswith("est") and len(word) > 5)
            for word in pieces.lower[index + 3 : index + 7]
        )
    if after.endswith("ed") and pieces.kind[index + 2] != WORD:
        return False
    return after not in STOPS or after in ("more", "other")


def none_counted(pieces: Pieces, index: int) -> tuple[int, int] | None:
    """Pieces of what "no" at a piece counts none of: "no civilian casualties", and None where it counts nothing."""
    for at in range(index + 1, index + 5):
        word = pieces.lower[at]
        if pieces.kind[at] != WORD or (word in STOPS and word not in ("other", "more")):
            return None
        if word in NONE_OF:
            return (index + 1, at + 1) if pieces.lower[at + 1] not in ("-", "'", "’") else None
        if looks_plural(word):
            return None
    return None
