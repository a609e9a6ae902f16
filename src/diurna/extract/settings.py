"""What a reader of web pages may be told: how thorough it is, and how much of a page it looks at."""

from typing import Literal

from msgspec import Struct

__all__ = ["ExtractSettings"]

_MIB = 1 << 20


class ExtractSettings(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Settings of `extract` for pages.

    Attributes:
        thoroughness: `quality` asks trafilatura for a second opinion on every block; `bulk` judges each block by the
            page's own markup alone, several times as fast.
        most_bytes: Bytes of a page that are parsed.
        most_elements: Elements of a page that are walked. Of 1,120 saved pages none had more than 25,000.
        most_opinion_elements: Elements beyond which a page gets no second opinion, since its cost grows faster than
            the page.
        least_text: Characters of running text below which a page counts as none of an article, unless it says by
            itself that it is one.
    """

    thoroughness: Literal["quality", "bulk"] = "quality"
    most_bytes: int = 4 * _MIB
    most_elements: int = 60_000
    most_opinion_elements: int = 12_000
    least_text: int = 140
