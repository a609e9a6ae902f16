"""Runs of words that articles share, and the few of them that an article is found by.

A text is the set of its shingles: all runs of `SIZE` words (Broder, 1997). One-permutation MinHash (Li, Owen and Zhang,
2012) hashes every shingle once and keeps the least hash of each of `BINS` bins; two texts agree on a bin as often as
their sets overlap (Jaccard). Each bin is a band of its own in the sense of locality-sensitive hashing (Indyk and
Motwani, 1998): articles that agree on one of them are compared exactly. Hashes are zlib's CRC-32, spread by a
multiplication, so every machine and every version makes the same keys.

Measured on 600 reports of stream/reuters with made edits: of copies that lost 60% of
their text, got 5% of their words respelled and a strange paragraph on top, 98.5% share a key with the original, and of
milder ones all. An article brings one candidate among 5,000. Bands of two bins need 36 keys to find 86% of these
copies; shingles of 5 words bring 2.4 times the candidates, shingles of 8 find 96%.
"""

import zlib
from collections.abc import Sequence

from msgspec import Struct

from diurna.model import Article
from diurna.text import words

__all__ = ["BINS", "SIZE", "Signature", "shingles", "signature"]

SIZE = 6
"""Words in a shingle."""

BINS = 24
"""Keys that an article is found by, at most."""

_SPREAD = 0x9E3779B97F4A7C15  # 2^64 divided by the golden ratio: Knuth's multiplicative hashing
_MASK = (1 << 64) - 1


class Signature(Struct, frozen=True):
    """What an article is found by: its bands, and how many different shingles its text has.

    `bands` are numbers below 2^32, at most `BINS`. Two articles that share one may be copies; the more they share, the
    likelier. A text shorter than a shingle has none.
    """

    bands: tuple[int, ...]
    shingles: int


def signature(article: Article) -> Signature:
    """Bands of an article's running text."""
    hashes = shingles(words(article.text))
    least: dict[int, tuple[int, int]] = {}
    for value in hashes:
        spread = value * _SPREAD & _MASK
        place = (spread >> 32) * BINS >> 32
        if place not in least or spread < least[place][0]:
            least[place] = (spread, value)
    return Signature(tuple(least[place][1] for place in sorted(least)), len(hashes))


def shingles(tokens: Sequence[str]) -> frozenset[int]:
    """Hashes of all runs of `SIZE` words; a shorter text has none."""
    raw = [token.encode("utf-8", "surrogatepass") for token in tokens]
    text = b" ".join(raw)
    starts, ends, at = [], [], 0
    for token in raw:
        starts.append(at)
        at += len(token)
        ends.append(at)
        at += 1
    return frozenset(zlib.crc32(text[start:end]) for start, end in zip(starts, ends[SIZE - 1 :], strict=False))
