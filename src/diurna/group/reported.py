"""What an event's reports tell of it: when and where it happened, its best headline and lede, its pictures and names.

Nothing is made up: the headline of an event that no list has is the title of one of its reports, and says of which.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import date

from msgspec import Struct
from msgspec.structs import replace

from diurna.group.category import CategoryGuess, CategorySettings, CategoryText, guess_category
from diurna.group.occasion import (
    Vote,
    entry_told,
    filing_day,
    reported_days,
    settle_when,
    settle_where,
    to_the_day,
    told_occasions,
)
from diurna.model import (
    Annotation,
    Article,
    Citation,
    Entry,
    Image,
    Lede,
    Member,
    Report,
    Tag,
    When,
    Where,
)
from diurna.text import first_sentence

__all__ = ["Reported", "Telling", "cover_of", "report_on"]

_NAMES = 10
"""Names that an event of reports carries: those that its reports begin with, not all that they mention."""

_OPENING = 400
_READ = 24
"""Reports that are asked when, where and what kind of event it was: the first, copies left out."""


class Telling(Struct, frozen=True):
    """A report in an event: what it is, what was read from it, and the judgement that puts it there.

    `family` names the copies that it is one of; `picture` is the capture of its lead image.
    """

    report: Report
    article: Article
    annotation: Annotation
    judgement: str
    family: str
    picture: str | None = None


class Reported(Struct, frozen=True, kw_only=True):
    """What the reports of an event tell of it. `day` is the one that it is filed under by the rule `filed`."""

    headline: str
    headline_of: str
    language: str
    day: date
    filed: str
    happened: date | None
    occurred: When | None
    located: Where | None
    lede: Lede | None
    cover: Image | None
    citations: tuple[Citation, ...]
    entities: tuple[Tag, ...]
    category: CategoryGuess | None
    members: tuple[Member, ...]
    independent: int
    current: bool


def report_on(tellings: Sequence[Telling], entries: Sequence[Entry], settings: CategorySettings) -> Reported:
    """Sum up what reports, in the order they came, tell of an event, beside entries of lists."""
    shown = [telling for telling in tellings if telling.report.status == "current"] or list(tellings)
    first = list({telling.family: telling for telling in reversed(shown)}.values())[::-1][:_READ]
    votes = [Vote(told_occasions(one.article, one.annotation), one.family) for one in first]
    votes += [Vote(entry_told(entry), f"entry:{entry.id}") for entry in entries]
    occurred = settle_when(votes)
    reported = [*reported_days(votes), *(day for one in shown if (day := one.report.day) is not None)]
    day, rule = filing_day(occurred, reported) or (_first_seen(tellings), "seen")
    best = _best(first)
    guess = None if entries else guess_category([_text(one.article) for one in first], settings)
    return Reported(
        headline=best.article.title or _first_words(best.article),
        headline_of=f"article:{best.report.id}",
        language=best.annotation.language or best.article.language,
        day=day,
        filed=rule,
        happened=occurred.first if occurred is not None and rule != "reported" and to_the_day(occurred) else None,
        occurred=occurred,
        located=settle_where(votes),
        lede=_lede(best, first),
        cover=cover_of((one.article, one.picture) for one in (best, *shown)),
        citations=tuple(Citation(one.report.url, one.article.publisher, title=one.article.title) for one in shown),
        entities=_entities(first, best),
        category=guess,
        members=tuple(Member(f"article:{one.report.id}", one.judgement) for one in tellings),
        independent=_independent(shown),
        current=any(one.report.status == "current" for one in tellings),
    )


def _first_seen(tellings: Sequence[Telling]) -> date:
    """The day on which the first version of a report was seen; that of all of them, for a day should not move on."""
    return min((one.report.versions[0].available.date() for one in tellings if one.report.versions), default=date.min)


def cover_of(articles: Iterable[tuple[Article, str | None]]) -> Image | None:
    """The first picture of articles, each with the capture of its lead image.

    One whose bytes we have comes before one that can only be linked.
    """
    for article, capture in sorted(articles, key=lambda pair: pair[1] is None):
        image = article.image
        if image is not None:
            credit = image.credit or article.publisher
            return replace(image, credit=credit, capture=capture)
    return None


def _best(tellings: Sequence[Telling]) -> Telling:
    """The report that speaks for all: whole, with a title, in the language of most, sharing most names with the others.

    Of equals the first.
    """
    languages = Counter(one.annotation.language for one in tellings)
    names = Counter(name for one in tellings for name in _named(one))

    def worth(one: Telling) -> tuple[bool, bool, bool, int, float]:
        own = _named(one)
        central = sum(names[name] - 1 for name in own) / len(own) if own else 0.0
        report = one.report.genre == "report"
        return (
            report,
            one.article.whole,
            bool(one.article.title),
            languages[one.annotation.language],
            round(central, 3),
        )

    return max(reversed(tellings), key=worth)


def _named(telling: Telling) -> set[str]:
    """Entities that a report begins with."""
    mentions = telling.annotation.mentions
    return {one.candidates[0].ref for one in mentions if one.sure and one.candidates and one.span.start < _OPENING}


def _entities(tellings: Sequence[Telling], best: Telling) -> tuple[Tag, ...]:
    """Entities that the best report begins with, and of several reports at least two."""
    counts = Counter(name for one in tellings for name in _named(one))
    least = 2 if len(tellings) > 1 else 1
    known = {naming.ref: naming.name for naming in best.annotation.namings}
    mentions = sorted(best.annotation.mentions, key=lambda mention: mention.span)
    order = dict.fromkeys(mention.candidates[0].ref for mention in mentions if mention.sure and mention.candidates)
    own = _named(best)
    chosen = [ref for ref in order if ref in own and counts[ref] >= least and ref in known]
    return tuple(Tag(ref, known[ref]) for ref in chosen[:_NAMES])


def _lede(best: Telling, tellings: Sequence[Telling]) -> Lede | None:
    for one in (best, *tellings):
        text = one.article.lede.strip() or next((block.text for block in one.article.paragraphs), "").strip()
        if text and one.article.language == best.article.language:
            return Lede(text, one.article.publisher, one.report.url)
    return None


def _independent(tellings: Sequence[Telling]) -> int:
    """Texts that are no copies of each other, of different publishers."""
    families: dict[str, str] = {}
    for one in tellings:
        families.setdefault(one.family, one.report.host)
    return len(set(families.values()))


def _text(article: Article) -> CategoryText:
    paragraphs = tuple(block.text for block in article.paragraphs[:8])
    return CategoryText(article.title, article.lede, paragraphs, article.language)


def _first_words(article: Article) -> str:
    return first_sentence(article.text) or first_sentence(article.lede) or "Untitled"
