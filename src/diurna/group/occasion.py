"""When and where an event happened: what each member tells of it, and what its members agree on.

An article tells of days and places with weights (`told_occasions`). An event's are voted on by its members, where
copies of one text have one vote (`settle_when`, `settle_where`). Whether two articles can tell of one day is a feature
of the score that pairs them (`clash`, `same`).
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, timedelta
from functools import cached_property
from math import fsum

from msgspec import Struct

from diurna.group.opening import opening_of
from diurna.group.when import WRITING, ToldDay, ToldPart, by_age, told_days
from diurna.group.where import ToldPlace, is_worldwide, told_places
from diurna.model import Annotation, Article, Entry, When, Where

__all__ = [
    "Told",
    "ToldDay",
    "ToldPart",
    "ToldPlace",
    "Vote",
    "clash",
    "entry_told",
    "filing_day",
    "reported_days",
    "same",
    "settle_when",
    "settle_where",
    "to_the_day",
    "told_occasions",
]


class Told(Struct, frozen=True, dict=True):
    """What one member tells of when and where its news happened, best first.

    `parts` are days that no calendar can place; `published` is the day on its publisher's calendar, `written` that of
    its dateline; `listed` the day under which a curated list has it. What is `worldwide` has no one place.
    """

    days: tuple[ToldDay, ...] = ()
    parts: tuple[ToldPart, ...] = ()
    places: tuple[ToldPlace, ...] = ()
    published: date | None = None
    listed: date | None = None
    written: date | None = None
    worldwide: bool = False

    @cached_property
    def spans(self) -> tuple[tuple[int, int, float, float], ...]:
        """Of each day the ordinals of its first and last, its weight, and how much it tells that another is it too."""
        return tuple(
            (day.first.toordinal(), day.last.toordinal(), day.weight, 1 - _TAIL[day.precision]) for day in self.days
        )

    @cached_property
    def leading(self) -> tuple[tuple[int, int, float, int], ...]:
        """The best day, and those nearly as good, none where the best is but a guess: ordinals of the first and
        the last, weight, and days of leeway.
        """
        least = max(_GUESS, 0.8 * self.days[0].weight) if self.days else 0.0
        return tuple(
            (day.first.toordinal(), day.last.toordinal(), day.weight, _LEEWAY.get(day.rule, 0))
            for day in self.days
            if day.weight >= least
        )

    @property
    def reported(self) -> date | None:
        """The day of the report: its dateline's or its publisher's, of both the earlier; None where nothing tells."""
        return min((day for day in (self.published, self.written) if day is not None), default=None)


class Vote(Struct, frozen=True):
    """A member of an event with what it tells; `family` names the copies that it is one of, which have one vote."""

    told: Told
    family: str


def told_occasions(article: Article, annotation: Annotation) -> Told:
    """When and where that happened which an article opens with."""
    opening = opening_of(article)
    times = told_days(opening, annotation)
    places, worldwide = told_places(opening, annotation), is_worldwide(opening)
    return Told(times.days, times.parts, places, opening.published, written=times.written, worldwide=worldwide)


def entry_told(entry: Entry) -> Told:
    """What a curated entry tells: the day of the list that it stands on."""
    day = ToldDay(entry.day, entry.day, "day", 0.95, "list")
    return Told(days=(day,), listed=entry.day)


_GUESS = 0.2
# Share of a vote that a day of writing has, or one that is only referred to: three reports of the day after don't
# outvote one that says when it happened.
_SHARES = {"published": 0.3, "dateline": 0.3, "named": 0.3}
_MISDATED = 366
# Share of a day by how long before the first report it lies: what is past a week is mostly background. Of 8 days told
# to the day that the openings of 624 dated articles of AllSides would be filed under 20 days back or more, none was
# that of the news.
_PAST = ((7, 1.0), (31, 0.4), (_MISDATED, 0.2))
# What an article without a day must say of one: that it is the act's, in one of the first three sentences where it is
# told to the day, and in the first where it lacks its weekday or is a month. Of 10 days that 855 undated articles of
# AllSides named first, one that these bounds keep out was that of the news.
_ACTS = ("act", "clause", "said", "attributed", "list")
_LEAST = {"hour": 0.6, "day": 0.6, "week": 0.25, "month": 0.25, "year": 0.25}
# Weekdays say little, one in seven agrees: where a date is wanting, 8 % of the pairs of one event of ECB+ name none in
# common, 34 % of the others of its topic.
_WEEKDAY = 0.3
_TAIL = {"hour": 0.0, "day": 0.0, "week": 0.5, "month": 0.75, "year": 0.9}
# Rules that say when somebody wrote, which is near the day of the act but need not be it: days of leeway.
_LEEWAY = {"published": 2, "dateline": 2, "said": 1, "list": 1}


def same(one: Told, other: Told) -> float:
    """How surely two articles tell of one day (0 to 1); 0 where either is silent on it."""
    best = 0.0
    for first, last, weight, sharp in one.spans:
        for begin, end, mass, keen in other.spans:
            if first <= end and begin <= last:
                found = min(weight, mass) * sharp * keen
                if found > best:
                    best = found
    if one.parts and other.parts:
        for part in one.parts:
            for like in other.parts:
                if part.value == like.value:
                    best = max(best, _WEEKDAY * min(part.weight, like.weight))
    return best


def clash(one: Told, other: Told, alike: float | None = None) -> float:
    """How surely two articles tell of different days (0 to 1); 0 where either is silent or they may mean one day.

    `alike` is how surely they tell of one, where that is known.
    """
    ours, theirs = one.leading, other.leading
    if not ours or not theirs:
        return _weekdays_clash(one, other)
    most = 0.0
    for first, last, weight, leeway in ours:
        for begin, end, mass, leave in theirs:
            gap = max(first - end, begin - last) - max(leeway, leave)
            if gap <= 0:
                return 0.0
            found = weight * mass * (0.5 if gap == 1 else 1.0)  # a day's difference may be a time zone's
            if found > most:
                most = found
    return max(0.0, most - (same(one, other) if alike is None else alike))


def _weekdays_clash(one: Told, other: Told) -> float:
    """A weekday against another, or against a date's: weak, since articles on one event name several days."""
    if not one.parts and not other.parts:
        return 0.0
    ours, theirs = _weekdays(one), _weekdays(other)
    if not ours or not theirs or ours.keys() & theirs.keys():
        return 0.0
    return _WEEKDAY * (max(ours.values()) * max(theirs.values()))


def _weekdays(told: Told) -> dict[int, float]:
    days: dict[int, float] = {}
    for part in told.parts:
        if part.value.startswith(_WEEKDAY_VALUE):
            day = int(part.value[9])
            days[day] = max(days.get(day, 0.0), part.weight)
    for named in told.days:
        if named.first == named.last:
            day = named.first.isoweekday()
            days[day] = max(days.get(day, 0.0), named.weight)
    return days


def settle_when(votes: Sequence[Vote]) -> When | None:
    """When an event happened, by the votes of its members; None where none of them says.

    What words say of the act outweighs the days on which members were written, which lie behind it. A day long before
    the first report is background, and so, where nothing tells when anything was written, is all that is not told as
    the act itself near the beginning.
    """
    reported = _first_report(reported_days(votes))
    listed = min((vote.told.listed for vote in votes if vote.told.listed), default=None)
    known = reported or listed
    ballots: dict[tuple[date, date], dict[str, tuple[float, ToldDay]]] = {}
    for vote in votes:
        undated = vote.told.reported is None and vote.told.listed is None
        for day in (*vote.told.days, *_weekdays_placed(vote.told, reported)):
            say = _say(day) * _fresh(day, known, undated=undated)
            ballot = ballots.setdefault((day.first, day.last), {})
            if say > 0 and (vote.family not in ballot or _heavier((say, day), ballot[vote.family])):
                ballot[vote.family] = (say, day)
    if known is None:
        ballots = {span: ballot for span, ballot in ballots.items() if any(_tells(*one) for one in ballot.values())}
    ballots = {span: ballot for span, ballot in ballots.items() if ballot}
    if not ballots:
        return None
    best = min(ballots, key=lambda span: (-_sum(say for say, _ in ballots[span].values()), span))
    _, chosen = max(ballots[best].values(), key=lambda one: (one[0], one[1].rule, one[1].precision))
    told = [
        (day, vote)
        for vote in votes
        for day in (*vote.told.days, *_weekdays_placed(vote.told, reported))
        if (day.first, day.last) == best
    ]
    return When(
        *best,
        chosen.precision,
        chosen.rule,
        tuple(dict.fromkeys(mention for day, _ in told for mention in day.mentions)),
        reported,
        listed,
    )


def _weekdays_placed(told: Told, reported: date | None) -> list[ToldDay]:
    """The weekdays that a report without a day names, as those before the day on which the others reported."""
    if told.reported is not None or told.listed is not None or reported is None:
        return []
    placed = []
    for part in told.parts:
        if part.value.startswith(_WEEKDAY_VALUE) and part.rule in _ACTS:
            day = reported - timedelta(days=(reported.isoweekday() - int(part.value[9])) % 7)
            placed.append(ToldDay(day, day, "day", part.weight, part.rule, part.mentions))
    return placed


_WEEKDAY_VALUE = "XXXX-WXX-"


def reported_days(votes: Iterable[Vote]) -> list[date]:
    """The days on which members reported, as their publishers or their datelines have it."""
    return [day for vote in votes if (day := vote.told.reported) is not None]


def _say(day: ToldDay) -> float:
    return day.weight * _SHARES.get(day.rule, 1.0)


def _heavier(one: tuple[float, ToldDay], other: tuple[float, ToldDay]) -> bool:
    return (one[0], one[1].rule, one[1].precision) > (other[0], other[1].rule, other[1].precision)


def _fresh(day: ToldDay, known: date | None, *, undated: bool) -> float:
    """Share of a day in what may be the news of an event first reported on a known day; none for what is long past, or
    came after it.
    """
    if known is None:
        return 1.0
    if (day.first - known).days > 1 and day.rule != "ahead":
        return 0.0
    if (age := (known - day.last).days) <= 0:
        return 1.0
    share = by_age(day.last, known) if undated else 1.0
    return share * next((part for days, part in _PAST if age <= days), 0.0)


def _tells(say: float, day: ToldDay) -> bool:
    """Whether a day is told surely enough where nothing tells when it was reported."""
    return day.rule in _ACTS and say >= _LEAST[day.precision]


def _sum(weights: Iterable[float]) -> float:
    """Sum that the order of its parts doesn't change."""
    return round(fsum(weights), 9)


def _first_report(published: Sequence[date]) -> date | None:
    """Day of the first report; a date long before the middle one is taken for a mistake."""
    days = sorted(published)
    return next((day for day in days if (days[len(days) // 2] - day).days <= _LONGEST), None)


_LONGEST = 90
"""Days by which the first report of an event comes before the middle one at most: an event takes in reports for 60."""


_FINER = 0.4
"""Share of a country's votes with which a town in it is taken: news names the country again and again."""
_WIDE = 1 / 3
# Least weight of a place in one member, and the share of the best place's votes from which another one elsewhere makes
# the place doubtful. Of 242 articles of FA-KES 170 are placed in the right province and 39 elsewhere in Syria or
# abroad; when any place that was named counted, 163 and 45.
_SURE = {("in", ""): 0.2, ("dateline", ""): 0.35, ("head", "city"): 0.5}
_RIVAL = 0.75


def settle_where(votes: Sequence[Vote]) -> Where | None:
    """Where an event happened, by the votes of its members; None where none of them says, or where they disagree.

    A place counts that a member says something happened in; that it is named, however often, makes it none. Of a
    country and a town in it the town is taken, where enough members have it. What is told to be worldwide has no place.
    """
    families = {vote.family for vote in votes if vote.told.listed is None}
    if len({vote.family for vote in votes if vote.told.worldwide}) > _WIDE * len(families):
        return None
    ballots: dict[str, dict[str, ToldPlace]] = {}
    for vote in votes:
        for place in vote.told.places:
            ballot = ballots.setdefault(place.ref, {})
            if vote.family not in ballot or ballot[vote.family].weight < place.weight:
                ballot[vote.family] = place
    ballots = {ref: ballot for ref, ballot in ballots.items() if any(map(_is_located, ballot.values()))}
    if not ballots:
        return None
    sums = {
        ref: _sum(place.weight for place in ballot.values() if _is_located(place)) for ref, ballot in ballots.items()
    }
    best = min(sums, key=lambda ref: (-sums[ref], ref))
    whole = next(iter(ballots[best].values())).name
    if _surest(ballots[best]).precision in _WHOLE:
        inside = {ref for ref, ballot in ballots.items() if any(place.within == whole for place in ballot.values())}
        finer = [ref for ref in inside if sums[ref] >= _FINER * sums[best]]
        finer += [ref for ref in sums.keys() - inside if _is_town(ballots[ref]) and sums[ref] >= _RIVAL * sums[best]]
        best = min(finer, key=lambda ref: (-sums[ref], ref), default=best)
    chosen = _surest(ballots[best])
    if _doubtful(chosen, best, ballots, sums):
        return None
    told = [place for vote in votes for place in vote.told.places if place.ref == best]
    mentions = dict.fromkeys(mention for place in told for mention in place.mentions)
    return Where(best, chosen.name, chosen.precision, chosen.rule, tuple(mentions))


def _surest(ballot: Mapping[str, ToldPlace]) -> ToldPlace:
    return max(ballot.values(), key=lambda place: (place.weight, place.rule))


def _is_town(ballot: Mapping[str, ToldPlace]) -> bool:
    return _surest(ballot).precision not in _WHOLE


def _is_located(place: ToldPlace) -> bool:
    """Whether a member says that it happened in a place: a dateline alone only says where somebody wrote."""
    least = _SURE.get((place.rule, place.precision), _SURE.get((place.rule, ""), 1.0))
    return place.weight >= least


def _doubtful(
    chosen: ToldPlace, best: str, ballots: Mapping[str, Mapping[str, ToldPlace]], sums: Mapping[str, float]
) -> bool:
    """Whether another country, or a town elsewhere, has nearly as many votes as the place that was chosen."""
    for ref, ballot in ballots.items():
        other = next(iter(ballot.values()))
        related = chosen.name in (other.within, other.name) or other.name == chosen.within
        beside = bool(chosen.within) and chosen.within == other.within
        elsewhere = ref != best and not related and not beside and other.precision in _WHOLE
        if elsewhere and chosen.precision in _WHOLE and sums[ref] >= _RIVAL * sums[best]:
            return True
    return False


_WHOLE = ("country", "region")


def filing_day(when: When | None, reported_days: Sequence[date]) -> tuple[date, str] | None:
    """Day under which an event is filed, and the rule that gave it; None where nothing tells a day.

    `list`: a curated list's own day. `happened`: the day it happened, where a member says so to the day. `reported`:
    the day of the first report, also of what is told less exactly, and of what is still to come a day or more after
    that. Where nothing tells a day, an event is filed under the day it was first `seen`.
    """
    reported = _first_report(reported_days) or (when.announced if when else None)
    if when is not None and when.listed is not None:
        return when.listed, "list"
    if when is not None and to_the_day(when) and (reported is None or (when.first - reported).days <= 1):
        return when.first, "happened"
    return (reported, "reported") if reported else None


def to_the_day(when: When) -> bool:
    """Whether words tell the day of the act, not a longer time, nor when somebody wrote of it or expects it."""
    return when.precision in ("hour", "day") and when.rule not in (*WRITING, "ahead", "since")
