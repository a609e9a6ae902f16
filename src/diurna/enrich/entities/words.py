"""Sets of words that rules about names go by, written as a line of prose."""

__all__ = ["word_set"]


def word_set(line: str) -> frozenset[str]:
    """The words of a line."""
    return frozenset(line.split())
