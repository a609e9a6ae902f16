"""Why a report is where it is: the list that cites it, the text that it shares, the report that it is most like."""

from datetime import datetime

from msgspec import Struct

from diurna.group.feature_words import feature_words
from diurna.model import Article, Event, Judgement, Report
from diurna.publish.article_lines import ReportLine, moment_words
from diurna.publish.blocks import Item
from diurna.publish.excerpts import first_words
from diurna.publish.why_words import percent
from diurna.publish.wording import one_line

__all__ = ["FeatureLine", "Standing", "WhyLine", "passage_of", "why_line", "with_why"]


_LEAST = 0.005
"""What a feature must give to be told to readers; data have all."""


class FeatureLine(Struct, frozen=True, omit_defaults=True, forbid_unknown_fields=True):
    """Ground on which two records were joined, by its key and in words, and what it gave to the log of the odds."""

    name: str
    gave: float
    words: str = ""


class WhyLine(Struct, frozen=True, kw_only=True, omit_defaults=True, forbid_unknown_fields=True):
    """The judgement that puts a report into an event.

    `kind`: `alike` (then `mate` is what it is most like, `probability` how surely both tell of one event, and
    `features` what speaks for and against it; reports are one event where the mean over their pairs is `bar` at least),
    `copy` (its text is that of `mate`), `cited` (a list's item cites it),
    `founded` (the event began with it; then `mate` is in another), `passage` (one sentence of it tells of the event) or
    `decided` (a person said so). `mate_title` is empty where `mate` is no report; of one in another event only its host
    is told, as `mate_publisher`.
    """

    kind: str
    judgement: str
    mate: str = ""
    mate_title: str = ""
    mate_page: str = ""
    mate_publisher: str = ""
    probability: float | None = None
    bar: float | None = None
    features: tuple[FeatureLine, ...] = ()
    by: str = ""
    made: datetime | None = None
    note: str = ""

    def sentences(self) -> tuple[str, ...]:
        """As a reader meets it."""
        match self.kind:
            case "decided":
                when = f" on {moment_words(self.made, 'day')}" if self.made else ""
                told = f"{self.by or 'Somebody'} put it here{when}"
                return (f"{told}, saying: {self.note}" if self.note else told,)
            case "cited":
                return ("The list’s item on this event cites it",)
            case "copy":
                return (f"It shares its text with {self._mate()}",)
            case "founded" if not self.mate:
                return ("The event began with it: nothing before it was like it",)
            case "passage":
                return ("One of its sentences names the day of this event and what it is about",)
        sure = f": {percent(self.probability)} sure that both tell of one event" if self.probability is not None else ""
        grounds = (_feature_words(feature) for feature in self.features if abs(feature.gave) >= _LEAST)
        began = "The event began with it. Most like it was" if self.kind == "founded" else "It is most like"
        return (f"{began} {self._mate()}{sure}", *self._bar_words(), *grounds)

    def _bar_words(self) -> tuple[str, ...]:
        """What a report needs to be in an event, which one that is most like another may have without being sure."""
        if self.bar is None:
            return ()
        return (
            f"Reports are one event where their pairs are {percent(self.bar)} sure on average, over those that are "
            "most alike; that one pair is more or less sure does not decide alone",
        )

    def _mate(self) -> str:
        if self.mate.startswith("entry:"):
            return "the list’s item"
        if self.kind == "founded":
            return f"a report of {self.mate_publisher}" if self.mate_publisher else "another report"
        if not self.mate_title:
            return "a report that was taken out"
        return f"“{self.mate_title}” ({self.mate_publisher})" if self.mate_publisher else f"“{self.mate_title}”"


def _feature_words(line: FeatureLine) -> str:
    sign = "+" if line.gave > 0 else "−"
    return f"{sign}{abs(line.gave):.2f} {'for' if line.gave > 0 else 'against'}: {line.words or line.name}"


class Standing(Struct, frozen=True, kw_only=True):
    """Report of an event with what puts it there; `sentence` is what it says of the event in passing."""

    report: Report
    article: Article
    line: ReportLine
    judgement: Judgement
    why: WhyLine
    sentence: str = ""


def why_line(
    judgement: Judgement, event: Event, mate: Report | None, line: ReportLine | None, bar: float | None = None
) -> WhyLine:
    """A judgement on where a report belongs, for readers; `mate` is the report that its reasons name, `line` how pages
    list it while it is current, `bar` what the pairs of an event’s reports need on average.

    Of a mate in another event nothing is told that may change, for that would change no page of this one.
    """
    identifier = f"judgement:{judgement.id}"
    if judgement.by_person:
        return WhyLine(
            kind="decided",
            judgement=identifier,
            by=one_line(judgement.by.removeprefix("person:")),
            made=judgement.made,
            note=one_line(judgement.note),
        )
    first = judgement.reasons[0] if judgement.reasons else None
    if first is None or first.kind not in ("feature", "copy", "cited", "passage"):
        return WhyLine(kind="founded", judgement=identifier)
    if first.kind in ("cited", "passage"):
        return WhyLine(kind=first.kind, judgement=identifier)
    copied = first.kind == "copy"
    inside = any(member.ref == first.ref for member in event.members)
    if not copied and not inside:
        line = None
    features = tuple(
        FeatureLine(one.name, one.weight, feature_words(one.name)) for one in judgement.reasons if one.kind == "feature"
    )
    return WhyLine(
        kind="copy" if copied else "alike" if inside else "founded",
        judgement=identifier,
        mate=first.ref,
        mate_title=line.title if line is not None else "",
        mate_page=line.page if line is not None else "",
        mate_publisher=line.publisher if line is not None else mate.host if mate is not None else "",
        probability=None if copied else judgement.score,
        bar=bar if inside and not copied and judgement.score is not None else None,
        features=features,
    )


def with_why(item: Item, why: WhyLine) -> Item:
    """A line of a list with the grounds for it, which a reader may unfold."""
    return Item(
        anchor=item.anchor,
        day=item.day,
        label=item.label,
        note=item.note,
        tags=item.tags,
        tags_title=item.tags_title,
        details=why.sentences(),
        details_title="Why here",
        status=item.status,
    )


def passage_of(judgement: Judgement, versions: list[Article], words: int) -> str:
    """The sentence by which a report tells of an event, cut at so many words; empty where its versions differ there."""
    start, dash, end = judgement.value.partition("-")
    if not (dash and start.isdecimal() and end.isdecimal()) or words <= 0:
        return ""
    told = {one_line(article.text[int(start) : int(end)]) for article in versions}
    return first_words(told.pop(), words) if len(told) == 1 else ""
