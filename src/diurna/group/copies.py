"""Which articles are one text: a wire report at several publishers, edited lightly or cut.

Candidates share a band of their signatures (`diurna.group.shingles`) and are compared word by word
(`diurna.group.likeness`); who published them when has its say too.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime, timedelta

from msgspec import Struct

from diurna.group.likeness import CopySettings, Likeness, compare_texts, read_text
from diurna.group.shingles import Signature, signature
from diurna.model import Article, Dating, Judgement, Reason, make_id

__all__ = [
    "COMPONENT",
    "CopySettings",
    "Signature",
    "WireOrigin",
    "copy_groups",
    "judge_copy",
    "origin_of",
    "signature",
]

COMPONENT = "copies/1"


class WireOrigin(Struct, frozen=True):
    """Which of several copies the text comes from, and whose it is.

    `article` is the id of the agency's own page, or of the earliest copy; `agency` is whom the copies credit, empty
    where none does; `because` says why this article.
    """

    article: str
    agency: str
    because: str


def judge_copy(article: Article, candidates: Sequence[Article], settings: CopySettings) -> Judgement | None:
    """Say of which candidate an article's text is a copy, the most alike first, the earlier given first among equals.

    Candidates shall be founders, articles that are themselves no copy: then copies of copies cannot drift away.
    """
    text = read_text(article, settings)
    best: tuple[float, Article, Likeness] | None = None
    for candidate in candidates:
        if candidate.id == article.id:
            continue
        likeness = compare_texts(text, read_text(candidate, settings), settings)
        if likeness is None or not _is_plausible(likeness, article, candidate, settings):
            continue
        if best is None or likeness.share > best[0]:
            best = (likeness.share, candidate, likeness)
    if best is None:
        return None
    score, founder, likeness = best
    agency = _shared_agency(article, founder)
    credit = (Reason("credit", agency, 0.0),) if agency else ()
    subject, other = f"article:{article.id}", f"article:{founder.id}"
    return Judgement(
        id=make_id("judgement", subject, "copy", other, COMPONENT),
        subject=subject,
        verdict="copy",
        object=other,
        by=COMPONENT,
        value=agency,
        score=score,
        reasons=(*likeness.reasons(), *credit),
    )


def copy_groups(judgements: Iterable[Judgement]) -> tuple[tuple[str, ...], ...]:
    """Groups of article ids that are one text, the founder first, the copies in the order of their judgements.

    Only `copy` verdicts are looked at; a copy of a copy belongs to the founder of that one.
    """
    founders: dict[str, str] = {}
    groups: dict[str, list[str]] = {}
    for judgement in judgements:
        if judgement.verdict != "copy":
            continue
        copy, founder = judgement.subject.partition(":")[2], judgement.object.partition(":")[2]
        founder = founders.get(founder, founder)
        if copy in founders or copy == founder:
            continue
        founders[copy] = founder
        groups.setdefault(founder, [founder]).append(copy)
        for later in groups.pop(copy, [copy])[1:]:
            founders[later] = founder
            groups[founder].append(later)
    return tuple(map(tuple, groups.values()))


def origin_of(copies: Sequence[Article], agencies: Mapping[str, str]) -> WireOrigin:
    """Where the text of several copies, given in order of arrival, comes from.

    It is the page of the agency that most of them credit; else the earliest published, the first to arrive where days
    are all that is known; else the first to arrive. `agencies` gives the name that is credited for the publishers that
    are agencies.

    Raises:
        ValueError: there are no copies.
    """
    if not copies:
        raise ValueError("an origin needs at least one article")
    credits = Counter(name for article in copies for name in dict.fromkeys(article.agencies))
    own = [(article, agencies.get(article.publisher, article.publisher)) for article in copies]
    for name, count in credits.most_common():
        for article, publisher in own:
            if publisher.casefold() == name.casefold():
                return WireOrigin(article.id, name, f"{name}'s own; credited by {count} of {len(copies)}")
    credited = next((name for name, _ in credits.most_common(1)), "")
    for article, _ in own:
        if article.publisher in agencies:
            name = agencies[article.publisher]
            if not credited:
                return WireOrigin(article.id, name, f"{name}'s own")
    dated = [(article, article.published) for article in copies if article.published is not None]
    if not dated:
        return WireOrigin(copies[0].id, credited, "first to arrive; none has a date")
    surely = min(_end(dating) for _, dating in dated)
    article, dating = next((article, dating) for article, dating in dated if dating.time < surely)
    return WireOrigin(article.id, credited, f"earliest published: {_shown(dating)}")


def _is_plausible(likeness: Likeness, one: Article, other: Article, settings: CopySettings) -> bool:
    """Whether texts so much alike are copies, given who published them when.

    An outlet fills in its own forms day by day, so there the figures must agree and the days be near; of short texts
    (`There were five grain ships loading at Portland`) the days must be the same.
    """
    days = 0
    if one.published is not None and other.published is not None:
        days = abs((one.published.time.date() - other.published.time.date()).days)
    near = days <= settings.days_apart
    if one.publisher and one.publisher.casefold() == other.publisher.casefold():
        if days and likeness.of < settings.min_words:
            return False
        return near and not likeness.strange and likeness.share >= settings.same_outlet_words
    return near or likeness.identical


def _end(dating: Dating) -> datetime:
    return dating.time + {"day": timedelta(days=1), "minute": timedelta(minutes=1)}.get(
        dating.granularity, timedelta(seconds=1)
    )


def _shown(dating: Dating) -> str:
    return dating.time.date().isoformat() if dating.granularity == "day" else dating.time.isoformat()


def _shared_agency(article: Article, other: Article) -> str:
    """The agency that both credit, or else the first that one of them does."""
    shared = [name for name in article.agencies if name in other.agencies]
    return next(iter([*shared, *article.agencies, *other.agencies]), "")
