"""What a speaker is reported to have said: sentences of articles, newest first, each with its event."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime

from msgspec import Struct
from msgspec.structs import replace

from diurna.model import Article, Claim, Report
from diurna.publish.article_lines import title_words
from diurna.publish.blocks import Anchor, Item
from diurna.publish.excerpts import count_words, first_words
from diurna.publish.paths import site_path
from diurna.publish.readings import Readings
from diurna.publish.site_settings import SiteSettings
from diurna.publish.understood import Understood
from diurna.publish.understood_words import FORCES, quoted, span_text
from diurna.publish.wording import counted, one_line
from diurna.store.understood import SpeaksIn

__all__ = ["SameText", "SpokenLine", "spoken_lines"]

_LONGEST = 240
"""Characters of a sentence that are shown, where the site does not show articles whole."""

_HEADLINE = 16
"""Words of a headline that a line has room for."""


class SameText(Struct, frozen=True, omit_defaults=True, forbid_unknown_fields=True):
    """Outlet that has the same sentence, and the page of its article."""

    outlet: str
    page: str


class SpokenLine(Struct, frozen=True, kw_only=True, omit_defaults=True, forbid_unknown_fields=True):
    """Sentence of an article that tells what somebody said, word for word: its claims, the chain from the outlet to the
    origin, how it is said, and the event that it is of.

    `page` is that of the article; `day` and `at` are when that was published, as far as it is known. `more` other
    statements of the article are not quoted. `also` are outlets that have the same sentence.
    """

    claims: tuple[str, ...]
    sentence: str
    chain: tuple[str, ...]
    force: str
    mode: str = ""
    cue: str = ""
    negated: bool = False
    hedged: bool = False
    article: str
    title: str
    page: str
    outlet: str
    language: str = ""
    day: date | None = None
    at: datetime | None = None
    event: str = ""
    headline: str = ""
    event_page: str = ""
    other_event: str = ""
    more: int = 0
    also: tuple[SameText, ...] = ()

    def item(self) -> Item:
        """As a reader meets it."""
        doubts = ("not" if self.negated else "", "hedged" if self.hedged else "")
        how = ", ".join(filter(None, (FORCES.get(self.force, self.force), self.mode, *doubts)))
        told = f"{how}: “{self.cue}”" if self.cue else how
        outlet = "" if self.outlet in self.chain[:1] else self.outlet
        clock = f"{self.at:%H:%M} UTC" if self.at else ""
        more = f"{counted(self.more, 'more statement')} in the article" if self.more else ""
        headline = first_words(self.headline, _HEADLINE)
        return Item(
            anchor=Anchor(self.sentence, self.page, self.title, self.language),
            day=self.day,
            label=" ← ".join(self.chain),
            note="; ".join(filter(None, (told, outlet, clock, more, self.other_event))),
            tags=(Anchor(headline, self.event_page),) if self.event else (),
            tags_title="Event" if self.event else "",
            folded=tuple(Anchor(other.outlet, other.page) for other in self.also),
            folded_title=f"The same in {counted(len(self.also), 'other article')}" if self.also else "",
        )


def spoken_lines(
    entity: str, spoken: Sequence[SpeaksIn], readings: Readings, site: SiteSettings
) -> tuple[SpokenLine, ...]:
    """What an entity (its id) says in reports, newest first; a sentence that several have stands once, as in the one
    that was published first.
    """
    known = readings.articles([one.report.current for one in spoken])
    found = [
        line
        for one in spoken
        if (article := known.get(one.report.current)) is not None
        and (understood := readings.understood(article, one.report)) is not None
        for line in _within_words(list(_lines(f"entity:{entity}", one.report, understood, readings)), site)
    ]
    return _once(found)


def _lines(entity: str, report: Report, understood: Understood, readings: Readings) -> Iterable[SpokenLine]:
    article = readings.articles([report.current])[report.current]
    events = {f"event:{event.id}": event for event, _ in readings.places(report)}
    outlet, page = readings.publisher(report)[0], site_path(report.permalink)
    published = article.published
    for claims in understood.said_by(entity):
        first = max(claims, key=lambda claim: sum(span.end - span.start for span in claim.content))
        spoken = understood.events.get(first.id)
        event = events.get(spoken.event) if spoken is not None else None
        yield SpokenLine(
            claims=tuple(f"claim:{claim.id}" for claim in claims),
            sentence=_sentence(first, article),
            chain=tuple(one_line(voice.words) for voice in first.chain),
            force=first.force,
            mode=first.mode,
            cue=span_text(article.text, first.cue),
            negated=first.negated,
            hedged=first.hedged,
            article=f"article:{report.id}",
            title=title_words(report, article),
            page=page,
            outlet=one_line(outlet),
            language=article.language,
            day=report.day,
            at=published.time if published is not None and published.granularity != "day" else None,
            event=f"event:{event.id}" if event is not None else "",
            headline=one_line(event.headline) if event is not None else "",
            event_page=site_path(event.permalink) if event is not None else "",
            other_event=spoken.words if spoken is not None and not spoken.event else "",
        )


def _sentence(claim: Claim, article: Article) -> str:
    """The sentence of a claim; of one that is too long to be shown what is said in it."""
    sentence = one_line(article.text[claim.sentence.start : claim.sentence.end])
    return sentence if len(sentence) <= _LONGEST or not claim.content else span_text(article.text, claim.content)


def _within_words(lines: list[SpokenLine], site: SiteSettings) -> list[SpokenLine]:
    """The first of an article's sentences, up to so many words of a publisher's text; at least one, cut where it is
    long.
    """
    if site.full_text:
        return lines
    shown: list[SpokenLine] = []
    left = site.statement_words
    for line in lines:
        left -= count_words(line.sentence)
        if shown and left < 0:
            break
        shown.append(replace(line, sentence=quoted(first_words(line.sentence, max(1, site.statement_words)), _LONGEST)))
    more = len(lines) - len(shown)
    return [*shown[:-1], replace(shown[-1], more=more)] if more else shown


def _once(lines: Sequence[SpokenLine]) -> tuple[SpokenLine, ...]:
    """Lines of which none has the sentence of another: of those with one sentence that which was published first."""
    same: dict[str, list[int]] = {}
    for place, line in enumerate(lines):
        same.setdefault(line.sentence, []).append(place)
    kept = []
    for places in same.values():
        first = min(places, key=lambda place: (*_published(lines[place]), -place))
        others = {lines[place].page: SameText(lines[place].outlet, lines[place].page) for place in reversed(places)}
        others.pop(lines[first].page)
        kept.append((first, replace(lines[first], also=tuple(others.values()))))
    return tuple(line for _, line in sorted(kept, key=lambda pair: (_newest_first(pair[1]), pair[0])))


def _newest_first(line: SpokenLine) -> tuple[int, float]:
    """By day and time; what has no time comes last in its day, and what has no day at the end."""
    return -line.day.toordinal() if line.day else 0, -line.at.timestamp() if line.at else 0.0


def _published(line: SpokenLine) -> tuple[bool, str, str]:
    day = line.day.isoformat() if line.day else ""
    return not day, day, line.at.isoformat() if line.at else f"{day}T99"
