"""What grouping compares of an article or an entry: words, names, figures and times, as small arrays.

Traits follow from one article and its annotation alone, so any process can make them; they are kept with the article
and are all that the stream of articles needs to know of it.
"""

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Mapping
from datetime import date
from math import fsum, log
from typing import Any

import numpy as np
from msgspec import Struct
from msgspec.structs import replace
from numpy.typing import NDArray

from diurna.group.occasion import Told, entry_told, told_occasions
from diurna.group.terms import key_of, stem, stems
from diurna.group.when import ToldDay
from diurna.model import Annotation, Article, Entry, Mention, entity_id

__all__ = ["Leading", "Passage", "Traits", "traits_of_article", "traits_of_entry", "unpacked"]

OPENING = 600
"""Characters in which an article says what it is about: its lede and the sentences after it."""

_BODY = 6_000
_PASSAGES = 12
_AFTER = 4
"""Sentences after one that names a day which may go on about that."""
_LEADING = 6
_SHORTEST_NAME = 3
_SURE = 0.5
_IN_TITLE, _IN_OPENING = 4, 1
_SENTENCE = re.compile(r"(?<=[.!?])\s+|\n+")
_ENDS = (".", "!", "?", "…", "。", '"', "”", "’", "»", ")")
_MARK = re.compile(r"\b(?:[^\W\d_a-zß-öø-ÿ]\w{2,}|\d{2,})")
_YEAR = re.compile(r"\b(?:19[89]|20[0-3])\d\b")
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
_WEEKDAYS = {f"{name}day": at for at, name in enumerate(("mon", "tues", "wednes", "thurs", "fri", "satur", "sun"))}


class Passage(Struct, frozen=True):
    """Sentence of an article's body that names a day: what else it tells of may be another event.

    `day` is the day's ordinal, `start` and `end` the sentence in the article's text, `words` the keys of its stems;
    `after` those of the sentences that follow, up to the next that names a day, and of the others on that day.
    """

    day: int
    start: int
    end: int
    words: tuple[int, ...]
    after: tuple[int, ...] = ()


Leading = tuple[tuple[int, float], ...]
"""Names of one kind: keys of their last words ("Obama" of "Barack Obama Jr"), and the share that each has in them."""


class Traits(Struct, frozen=True, kw_only=True):
    """Traits of one record. `ref` is `article:…` (a report's id) or `entry:…`; `record` the id of what was read.

    `words` of the whole text, those of its title and opening (`lead`), `names` (entities) and `marks` (words that most
    languages write alike: capitalised ones, and numbers) hold keys (`terms.key_of`, unsigned 32 bits) and the weights
    that go with them (32-bit floats). `people` and `places` are those that it opens with, `town` is where it
    happened. `outlet` is
    its publisher's host. `day` is when it was published, or came, as an ordinal, 0 where nothing says so; `weekdays`
    has a bit for each weekday in its opening.
    """

    ref: str
    record: str
    outlet: str
    language: str
    day: int
    words: tuple[bytes, bytes]
    lead: tuple[bytes, bytes]
    names: tuple[bytes, bytes]
    marks: tuple[bytes, bytes]
    people: Leading = ()
    places: Leading = ()
    town: Leading = ()
    figures: frozenset[int] = frozenset()
    years: frozenset[int] = frozenset()
    weekdays: int = 0
    told: Told = Told()
    passages: tuple[Passage, ...] = ()

    @property
    def is_entry(self) -> bool:
        """Whether it is an entry of a curated day."""
        return self.ref.startswith("entry:")


def traits_of_article(article: Article, annotation: Annotation, day: date | None) -> Traits:
    """Traits of an article; `day` is when it was published, or came, None where nothing says so."""
    text = article.text[:_BODY]
    title = article.title or _SENTENCE.split(text, maxsplit=1)[0][:200]
    opening = " ".join([title, article.lede, text[:OPENING]])
    names, figures = _named(annotation)
    told = told_occasions(article, annotation)
    years = {int(year) for year in _YEAR.findall(text)}
    return _traits(
        _Texts(title, " ".join([article.lede, text[:OPENING]]), text),
        ref=f"article:{article.id}",
        record=article.id,
        outlet=article.publisher,
        language=annotation.language or article.language,
        day=day.toordinal() if day is not None else 0,
        names=_packed(names),
        people=_leading("person", title, annotation),
        places=_leading("place", title, annotation),
        town=_town(told),
        figures=figures,
        years=frozenset(years),
        weekdays=_weekdays(opening, told),
        told=_without_mentions(told),
        passages=_passages(article.text[: 4 * _BODY], annotation),
    )


def traits_of_entry(entry: Entry) -> Traits:
    """Traits of an entry: it says in one sentence what an article says in many, and names by links."""
    links = [*entry.links, *(link for topic in entry.topics for link in topic.links)]
    names = Counter({key_of(f"entity:{entity_id(link.target, link.site)}"): 1 for link in links})
    return _traits(
        _Texts("", entry.text, ""),
        ref=f"entry:{entry.id}",
        record=entry.id,
        outlet="",
        language=entry.language,
        day=entry.day.toordinal(),
        names=_packed(names),
        years=frozenset({entry.day.year}),
        weekdays=1 << entry.day.weekday(),
        told=entry_told(entry),
    )


class _Texts(Struct, frozen=True):
    title: str
    opening: str
    body: str


def _traits(texts: _Texts, **rest: Any) -> Traits:
    title, opening, body = stems(texts.title), stems(texts.opening), stems(texts.body)
    everything: Counter[str] = Counter(body or opening)
    lead: Counter[str] = Counter(opening)
    for word in title:
        everything[word] += _IN_TITLE
        lead[word] += 2
    for word in opening if body else ():
        everything[word] += _IN_OPENING
    return Traits(
        words=_packed(_keyed(everything)),
        lead=_packed(_keyed(lead)),
        marks=_packed(_keyed(Counter(_marks(f"{texts.title} {texts.opening} {texts.body}")))),
        **rest,
    )


def _marks(text: str) -> list[str]:
    return [stem(mark.casefold()) for mark in _MARK.findall(text)]


def _keyed(counts: Mapping[str, int]) -> dict[int, int]:
    keyed: dict[int, int] = {}
    for word, count in counts.items():
        key = key_of(word)
        keyed[key] = max(count, keyed.get(key, 0))
    return keyed


def _packed(counts: Mapping[int, int]) -> tuple[bytes, bytes]:
    """Keys and the logarithms of their counts. Key 0, of no weight, stands in each, so that none is empty."""
    keys = np.fromiter((0, *sorted(counts)), np.uint32, len(counts) + 1)
    weights = np.fromiter((0.0, *(1 + log(counts[key]) for key in sorted(counts))), np.float32, len(counts) + 1)
    return keys.tobytes(), weights.tobytes()


def _named(annotation: Annotation) -> tuple[Counter[int], frozenset[int]]:
    """Names with their counts, and the figures."""
    names: Counter[int] = Counter()
    figures = set()
    for mention in annotation.mentions:
        if mention.kind == "time":
            continue
        if mention.quantity is None:
            names[key_of(mention.candidates[0].ref if mention.candidates else mention.text.casefold())] += 1
        elif mention.quantity.value is not None:
            figures.add(key_of(f"{mention.quantity.value:g} {mention.quantity.unit or mention.quantity.counted}"))
    return names, frozenset(figures)


def _leading(kind: str, title: str, annotation: Annotation) -> Leading:
    """Names of a kind that an article opens with: those of the title, and those that it comes back to, count more."""
    counts: Counter[str] = Counter()
    opening = set()
    for mention in annotation.mentions:
        name = _last_word(mention.text) if mention.kind == kind else ""
        if name:
            counts[name] += 1
            if mention.span.start < OPENING:
                opening.add(name)
    heading = set(stems(title))
    found = {key_of(name): 1 + log(counts[name]) + (name in heading) for name in opening}
    best = sorted(found.items(), key=lambda one: (-one[1], one[0]))[:_LEADING]
    total = fsum(weight for _, weight in best)
    return tuple((key, round(weight / total, 4)) for key, weight in best)


def _town(told: Told) -> Leading:
    """The town, or what may be one, where it happened, if the article says so surely; none where it names several."""
    best = [place for place in told.places if place.precision in ("city", "place")][:2]
    if not best or best[0].weight < _SURE or (len(best) > 1 and best[1].weight > _SURE * best[0].weight):
        return ()
    word = _last_word(best[0].name.partition(",")[0])
    return ((key_of(word), 1.0),) if word else ()


def _last_word(name: str) -> str:
    found = stems(name.removesuffix("'s").removesuffix("’s"))
    return next((word for word in reversed(found) if len(word) >= _SHORTEST_NAME), "")


def _weekdays(text: str, told: Told) -> int:
    bits = 0
    for day in told.days:
        if day.rule == "began" and day.first == day.last:
            bits |= 1 << day.first.weekday()
    for word in text.casefold().split():
        number = _WEEKDAYS.get(word.strip(".,;:!?'\"’”“()"))
        if number is not None:
            bits |= 1 << number
    return bits


def _without_mentions(told: Told) -> Told:
    """What an article tells of its day, as far as comparing needs it: the best days, without their mentions."""
    days = tuple(ToldDay(day.first, day.last, day.precision, round(day.weight, 3), day.rule) for day in told.days[:4])
    parts = tuple(type(part)(part.value, round(part.weight, 3), part.rule) for part in told.parts[:4])
    return Told(days, parts, (), told.published, told.listed)


def _passages(text: str, annotation: Annotation) -> tuple[Passage, ...]:
    """Sentences that name a day; the first for each day, with what follows on all of them. A line without an end
    ("Updated: 14 May | Desk") is none.
    """
    times = [mention for mention in annotation.mentions if _named_day(mention) is not None]
    if not times:
        return ()
    ends = [found.start() for found in _SENTENCE.finditer(text)] + [len(text)]
    found: dict[int, Passage] = {}
    naming = sorted(mention.span.start for mention in times)
    at, start = 0, 0
    for mention in sorted(times, key=lambda mention: mention.span):
        while at < len(ends) and ends[at] < mention.span.end:
            start, at = ends[at], at + 1
        day = _named_day(mention)
        if at >= len(ends) or day is None or len(found) >= _PASSAGES:
            break
        sentence = text[start : ends[at]].rstrip()
        if not sentence.endswith(_ENDS):
            continue
        keys = tuple(sorted({key_of(word) for word in stems(sentence)}))
        following = bisect_right(naming, ends[at])
        until = naming[following] if following < len(naming) else len(text)
        rest = text[ends[at] : ends[min(at + _AFTER, len(ends) - 1)]][: max(0, until - ends[at])]
        after = {key_of(word) for word in stems(rest)}
        first = found.get(day)
        if first is None:
            found[day] = Passage(day, start, ends[at], keys, tuple(sorted(after)))
        else:  # it says more of that day further down
            found[day] = replace(first, after=tuple(sorted(after.union(first.after, keys))))
    return tuple(found.values())


def _named_day(mention: Mention) -> int | None:
    value = mention.timex.value if mention.timex is not None else ""
    if not _DAY.match(value):
        return None
    try:
        return date.fromisoformat(value[:10]).toordinal()
    except ValueError:
        return None


def unpacked(packed: tuple[bytes, bytes]) -> tuple[NDArray[np.uint32], NDArray[np.float32]]:
    """Keys and weights as arrays."""
    return np.frombuffer(packed[0], np.uint32), np.frombuffer(packed[1], np.float32)
