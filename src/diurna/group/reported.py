"""What an event's reports tell of it: when and where it happened, its best headline and lede, its pictures and names.

Nothing is made up: the headline of an event that no list has is the title of one of its reports, and says of which.
"""

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import date

from msgspec import Struct
from msgspec.structs import replace

from diurna.group.category import (
    CategoryGuess,
    CategorySettings,
    CategoryText,
    Evidence,
    category_evidence,
    guess_from,
    is_read,
)
from diurna.group.occasion import (
    Told,
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
from diurna.text import LONGEST_LEDE, cut_at_sentence, first_sentence

__all__ = ["Digest", "Reported", "Telling", "cover_of", "digest", "report_on"]

_NAMES = 10
"""Names that an event of reports carries: those that its reports begin with, not all that they mention."""

_OPENING = 400
_READ = 24
"""Reports that are asked when, where and what kind of event it was: the first, copies left out."""


class Digest(Struct, frozen=True, kw_only=True):
    """What an event is told of by an article: read once, however often the event is assembled.

    `headline` is its title or first words, `titled` that it has one; `opens` are the words that it begins with,
    `written` and `read_in` its language as it says and as it was read; `named` entities that it begins with, `tags`
    those of them whose name is known, in order; `evidence` tells of its category, None where its language cannot be
    read.
    """

    headline: str
    titled: bool
    opens: str
    whole: bool
    publisher: str
    title: str
    image: Image | None
    written: str
    read_in: str
    told: Told
    named: frozenset[str]
    tags: tuple[Tag, ...]
    evidence: Evidence | None


class Telling(Struct, frozen=True):
    """A report in an event: what it is, what was read from it, and the judgement that puts it there.

    `family` names the copies that it is one of; `picture` is the capture of its lead image.
    """

    report: Report
    digest: Digest
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


def digest(article: Article, annotation: Annotation, settings: CategorySettings) -> Digest:
    """What an event is told of by an article."""
    mentions = [one for one in annotation.mentions if one.sure and one.candidates]
    named = frozenset(one.candidates[0].ref for one in mentions if one.span.start < _OPENING)
    known = {naming.ref: naming.name for naming in annotation.namings}
    order = dict.fromkeys(one.candidates[0].ref for one in sorted(mentions, key=lambda mention: mention.span))
    text = CategoryText(
        article.title, article.lede, tuple(block.text for block in article.paragraphs[:8]), article.language
    )
    return Digest(
        headline=article.title or _first_words(article),
        titled=bool(article.title),
        opens=_opens(article),
        whole=article.whole,
        publisher=article.publisher,
        title=article.title,
        image=article.image,
        written=article.language,
        read_in=annotation.language,
        told=told_occasions(article, annotation),
        named=named,
        tags=tuple(Tag(ref, known[ref]) for ref in order if ref in named and ref in known),
        evidence=category_evidence(text, settings) if is_read(text, settings) else None,
    )


def report_on(tellings: Sequence[Telling], entries: Sequence[Entry], settings: CategorySettings) -> Reported:
    """Sum up what reports, in the order they came, tell of an event, beside entries of lists."""
    shown = [telling for telling in tellings if telling.report.status == "current"] or list(tellings)
    first = list({telling.family: telling for telling in reversed(shown)}.values())[::-1][:_READ]
    votes = [Vote(one.digest.told, one.family) for one in first]
    votes += [Vote(entry_told(entry), f"entry:{entry.id}") for entry in entries]
    occurred = settle_when(votes)
    reported = [*reported_days(votes), *(day for one in shown if (day := one.report.day) is not None)]
    day, rule = filing_day(occurred, reported) or (_first_seen(tellings), "seen")
    best = _best(first)
    evidence = [given for one in first if (given := one.digest.evidence) is not None]
    guess = None if entries else guess_from(evidence, settings)
    return Reported(
        headline=best.digest.headline,
        headline_of=f"article:{best.report.id}",
        language=best.digest.read_in or best.digest.written,
        day=day,
        filed=rule,
        happened=occurred.first if occurred is not None and rule != "reported" and to_the_day(occurred) else None,
        occurred=occurred,
        located=settle_where(votes),
        lede=_lede(best, first),
        cover=cover_of((one.digest.image, one.digest.publisher, one.picture) for one in (best, *shown)),
        citations=tuple(Citation(one.report.url, one.digest.publisher, title=one.digest.title) for one in shown),
        entities=_entities(first, best),
        category=guess,
        members=tuple(Member(f"article:{one.report.id}", one.judgement) for one in tellings),
        independent=_independent(shown),
        current=any(one.report.status == "current" for one in tellings),
    )


def _first_seen(tellings: Sequence[Telling]) -> date:
    """The day on which the first version of a report was seen; that of all of them, for a day should not move on."""
    return min((one.report.versions[0].available.date() for one in tellings if one.report.versions), default=date.min)


def cover_of(images: Iterable[tuple[Image | None, str, str | None]]) -> Image | None:
    """The first picture of articles: of each its lead image, its publisher, and the capture of the image.

    One whose bytes we have comes before one that can only be linked.
    """
    for image, publisher, capture in sorted(images, key=lambda one: one[2] is None):
        if image is not None:
            return replace(image, credit=image.credit or publisher, capture=capture)
    return None


def _best(tellings: Sequence[Telling]) -> Telling:
    """The report that speaks for all: whole, with a title, dated, in the language of most, sharing most names with the
    others.

    Of equals the first.
    """
    languages = Counter(one.digest.read_in for one in tellings)
    names = Counter(name for one in tellings for name in one.digest.named)

    def worth(one: Telling) -> tuple[bool, bool, bool, bool, int, float]:
        own = one.digest.named
        central = sum(names[name] - 1 for name in own) / len(own) if own else 0.0
        report = one.report.genre == "report"
        return (
            report,
            one.digest.whole,
            one.digest.titled,
            one.report.day is not None,
            languages[one.digest.read_in],
            round(central, 3),
        )

    return max(reversed(tellings), key=worth)


def _entities(tellings: Sequence[Telling], best: Telling) -> tuple[Tag, ...]:
    """Entities that the best report begins with, and of several reports at least two."""
    counts = Counter(name for one in tellings for name in one.digest.named)
    least = 2 if len(tellings) > 1 else 1
    return tuple(tag for tag in best.digest.tags if counts[tag.ref] >= least)[:_NAMES]


def _lede(best: Telling, tellings: Sequence[Telling]) -> Lede | None:
    for one in (best, *tellings):
        if one.digest.opens and one.digest.written == best.digest.written:
            return Lede(one.digest.opens, one.digest.publisher, one.report.url)
    return None


def _independent(tellings: Sequence[Telling]) -> int:
    """Texts that are no copies of each other, of different publishers."""
    families: dict[str, str] = {}
    for one in tellings:
        families.setdefault(one.family, one.report.host)
    return len(set(families.values()))


def _opens(article: Article) -> str:
    """What an article opens with: its lede, or the first block that reads as a sentence; a printer's mark does not."""
    blocks = [article.lede.strip(), *(block.text.strip() for block in article.paragraphs[:_OPENING_BLOCKS])]
    told = [block for block in blocks if block]
    opens = next((block for block in told if _SENTENCE.search(block) and len(block.split()) >= _FEWEST), (*told, "")[0])
    return cut_at_sentence(opens, LONGEST_LEDE)


_OPENING_BLOCKS = 6
_FEWEST = 5
"""Words of a sentence that tells something."""
_SENTENCE = re.compile(r"[.!?…。][\"”’»)]*$")


def _first_words(article: Article) -> str:
    return first_sentence(article.text) or first_sentence(article.lede) or "Untitled"
