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
        most_elements: Elements of a page that are walked. The largest of the bench's 1,120 pages has 9,985.
        most_opinion_elements: Elements beyond which a page gets no second opinion, since its cost grows faster than
            the page: 200,000 elements cost trafilatura 30 seconds and 500 MB.
        most_opinion_text: Characters of text beyond which a page gets none; the bench's longest page has 488,108.
        least_text: Characters of running text below which a page counts as none of an article, unless it says by
            itself that it is one.
        agencies: News agencies that the registry lacks, by the names that reports credit them with.
    """

    thoroughness: Literal["quality", "bulk"] = "quality"
    most_bytes: int = 4 * _MIB
    most_elements: int = 40_000
    most_opinion_elements: int = 12_000
    most_opinion_text: int = 600_000
    least_text: int = 140
    agencies: tuple[str, ...] = ()
