"""Words of a text as grouping compares them: stems, and the small numbers that stand for them."""

from importlib import resources
from zlib import crc32

from diurna.text import words

__all__ = ["BUCKETS", "COMMON", "key_of", "stem", "stems"]

BUCKETS = 1 << 22
"""Numbers that words are told by. Two of a million different words share one in four times out of five by chance, but
two of the 300 in an article hardly ever: what is compared are whole articles."""

_SUFFIXES = (("sses", "ss"), ("ies", "y"), ("ing", ""), ("ed", ""), ("s", ""))
_LEAST = 4

COMMON = frozenset(
    word
    for line in (resources.files(__package__) / "common_words.txt").read_text(encoding="utf-8").splitlines()
    if not line.startswith("#")
    for word in line.split()
)
"""Words that stand in so many reports that they tell nothing, before any were counted, of four languages."""


def stem(word: str) -> str:
    """A word without the endings that English inflects it by; short words stay as they are."""
    for suffix, left in _SUFFIXES:
        if word.endswith(suffix) and len(word) - len(suffix) >= _LEAST:
            if suffix == "s" and word.endswith(("ss", "us", "is")):
                return word
            return word[: len(word) - len(suffix)] + left
    return word


def stems(text: str) -> list[str]:
    """Stems of a text's words, in order."""
    return [stem(word) for word in words(text)]


def key_of(word: str) -> int:
    """The number that stands for a word."""
    return crc32(word.encode("utf-8", "surrogatepass")) % (BUCKETS - 1) + 1
