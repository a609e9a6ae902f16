"""On which day the thing happened that an article opens with, read from the times that stand there.

News says what happened first and when it did beside it. So the times of the opening count, the earlier the more, and
what stands around them tells their part: the act itself, the day somebody spoke of it, a day to come, background.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, timedelta

from msgspec import Struct
from msgspec.structs import replace

from diurna.group.begun import began, goes_on_since
from diurna.group.opening import HEADING, OPENING, Opening
from diurna.model import Annotation, Mention

__all__ = ["WRITING", "ToldDay", "ToldPart", "ToldTimes", "act_days", "by_age", "told_days"]


class ToldDay(Struct, frozen=True):
    """Day or longer time, both ends included, on which an article's news happened, as far as one of its words tells.

    `precision`: `hour`, `day`, `week`, `month` or `year`; `weight` from 0 to 1. `rule` says what chose it: `act`,
    `said` (when somebody spoke), `attributed` (", police said on Monday."), `named` ("Sunday's launch"), `clause`
    (behind "after", "who"), `ahead`, `since`, `began` ("its fifth day", "have been out since Monday"), `dateline`,
    `published`, `list`.
    """

    first: date
    last: date
    precision: str
    weight: float
    rule: str
    mentions: tuple[str, ...] = ()


class ToldPart(Struct, frozen=True):
    """What is told of a day that no calendar can place: a weekday (`XXXX-WXX-5`), a day of the year (`XXXX-05-14`)."""

    value: str
    weight: float
    rule: str
    mentions: tuple[str, ...] = ()


class ToldTimes(Struct, frozen=True):
    """Days on which an article's news happened, best first, what is known of days that can't be placed, and the day
    that a dateline gives for its writing, None where there is no dateline to believe.
    """

    days: tuple[ToldDay, ...] = ()
    parts: tuple[ToldPart, ...] = ()
    written: date | None = None


# Shares of a told day, by where and how it is told. Set by hand, and held against the days of events of the project's
# own samples, and of FA-KES, where they are by crowd workers and nearly always those of writing.
_BY_SENTENCE = (1.0, 0.8, 0.7, 0.55, 0.5, 0.4, 0.4, 0.3)
_BY_RULE = {
    "act": 0.9,
    "clause": 0.6,
    "said": 0.5,
    "named": 0.33,
    "attributed": 0.4,
    "dateline": 0.45,
    "published": 0.4,
    "ahead": 0.2,
    "since": 0.1,
    "began": 0.7,
}
_BY_PRECISION = {"hour": 1.0, "day": 1.0, "week": 0.5, "month": 0.35, "year": 0.1}
# How far back news reaches: a share for each number of days before it was written.
_BY_AGE = ((1, 1.0), (2, 0.85), (3, 0.7), (7, 0.55), (31, 0.3), (366, 0.15))
_OLD = 0.08
# The share where nobody says when an article was written, by judgement: full for a date that has its weekday, which is
# how news dates itself, the least for what lies this many days before a later time that the article names.
_UNDATED = 0.8
_LONG_AGO = 183
_WEEKDAY = "XXXX-WXX-"
_WEEKDAY_TOO = re.compile(r"(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day\b.*\d{4}", re.DOTALL)
# The day after is a time zone's, or one that was only looked forward to.
_TOMORROW = 0.4
_GRANULARITY = {
    "second": "hour",
    "minute": "hour",
    "hour": "hour",
    "part of day": "day",
    "day": "day",
    "weekend": "week",
    "week": "week",
    "month": "month",
    "season": "month",
    "quarter": "month",
    "half": "year",
    "year": "year",
}
_DAY = re.compile(r"(\d{4}-\d\d-\d\d)(?:T(\d\d)?|$)")
_PART = re.compile(r"XXXX-(?:WXX-[1-7]|\d\d-\d\d)(?=T|$)")

_SAYING = (
    r"(?:said|says|told|announced|announces|reported|reports|declared|confirmed|added|warned|tweeted|stated|wrote|denied"
    r"|claimed|acknowledged|insisted|argued|revealed|disclosed|published|issued)"
)
_LEAD = r"(?:\s(?:on|late|early|earlier|in|the|this|last|at|about|around))*\s*[\"“‘'(,]?$"
_SAID_BEFORE = re.compile(rf"\b{_SAYING}(?:\s[\w.’'-]+){{0,4}}?{_LEAD}")
_SAID_AFTER = re.compile(rf"^,?\s(?:also\s|again\s)?{_SAYING}\b")
_DIGIT = re.compile(r"\d")
_SINCE = re.compile(
    r"\b(?:[Ss]ince|[Uu]ntil|[Tt]ill|[Ff]rom|[Bb]etween|[Tt]hrough|[Bb]efore|[Bb]y|dated|back|as\sof|end(?:ed|ing|s)"
    rf"|(?:week|month|quarter|year|days|period)\sto){_LEAD}"
)
# "before dawn on Sunday" is on Sunday.
_HOUR_BEFORE = re.compile(r"\b(?:before|after|by)\s$")
_AHEAD = re.compile(
    r"\b(?:will|shall|would|could|might|may|(?:is|are|be|was|were)\s(?:to|due|set|scheduled|expected|planned|slated)|plans?\sto"
    r"|(?:expected|scheduled|planned|due)\s(?:to|for|on)|upcoming)\b[^;.]*$"
)
_CLAUSE = re.compile(
    r"\b(?:who|which|whose|after|before|when|where|following|amid"
    r"|despite|ahead\sof|because)\b[^,;]{0,36}$",
    re.IGNORECASE,
)
_NAMED_AFTER = re.compile(r"^(?:['’]s?\s\w|\s(?:morning|night|evening|afternoon)['’]s\s\w)")
# "its test of a day earlier had failed": the time belongs to a noun, of which something else is told.
_VERB_AFTER = re.compile(r"^\s(?:had|has|have|was|were|is|are)\s")
_ENDS = re.compile(r"^[\s.”\"’')]*$")
_WRITTEN = re.compile(
    r"(?:\b(?:published|updated|posted|first|modified|created|date|released?|issued|amended|aktualisiert|veröffentlicht"
    r"|publicado|actualizado|publié)\b\W*(?:on|at|of|am|el|le)?\W*)$",
    re.IGNORECASE,
)
_NOT_WRITTEN = re.compile(r"\b(?:printed|accessed|retrieved|archived|copyright)\b\W*(?:on|at)?\W*$", re.IGNORECASE)
# "the Jan. 6 riot": a date that an act goes by is not the day of the news.
_NAMING_BEFORE = re.compile(
    r"(?:\b(?:the|an?|its|their|his|her|that|those)|['’]s?)\s(?:deadly\s|fatal\s)?$", re.IGNORECASE
)
_NOUN_AFTER = re.compile(r"^,?\s(?!(?:at|in|on|and|when|as|was|were|is|to|that)\b)[a-z]")
_BYNAME = frozenset(("9/11", "7/7"))
_GOES_ON = re.compile(r",?\s(?:was|is|has|had|marks|marked|saw|will)\b")
_AFTER_DATELINE = re.compile(r"^[\s.,]*(?:\d{4})?\s*(?:\([^)\n]{1,40}\)|[-–—/|]|\n|$)")


def told_days(opening: Opening, annotation: Annotation) -> ToldTimes:
    """Days on which the news of an article happened, best first, and what else its times tell."""
    times = list(_with_rules(annotation, opening))
    written, heading = _written(opening, times)
    newest = written or _newest(times)
    referred = _referred_to(times)
    tomorrows = _tomorrows(opening, [mention for mention, _ in times], written)
    days: dict[tuple[date, date], ToldDay] = {}
    parts: dict[str, ToldPart] = {}
    for mention, rule in times:
        if written is None and _hangs(mention) and _first(mention) in referred:
            continue
        weight = _by_sentence(opening.sentence(mention.span.start))
        told = _interval(mention) or _placed(mention, rule, written)
        if told is not None:
            first, last, precision = told
            if first == last and first == tomorrows:
                first = last = first + timedelta(days=7)
            if rule != "dateline":
                part = _by_calendar(rule, first, last, written)
                share = by_age(last, written) if written is not None else _by_newest(mention, last, newest)
                weight *= _BY_RULE[part] * _BY_PRECISION[precision] * share
                _add(days, ToldDay(first, last, precision, weight, part, (mention.id,)))
        elif mention.timex is not None and (found := _PART.match(mention.timex.value)):
            weight *= _BY_RULE[rule]
            known = parts.get(found.group())
            if known is None or known.weight < weight:
                parts[found.group()] = ToldPart(found.group(), round(weight, 3), rule, (mention.id,))
    if written is not None:
        rule = "dateline" if heading else "published"
        _add(days, ToldDay(written, written, "day", _BY_RULE[rule], rule, (heading,) if heading else ()))
    for day in list(_begun(opening, days.values(), written)):
        _add(days, day)
    told_apart = [_beside_weekdays(day, parts.values()) if written is None else day for day in days.values()]
    best = sorted(told_apart, key=lambda day: (-day.weight, day.first, day.last))
    return ToldTimes(
        tuple(ToldDay(d.first, d.last, d.precision, round(d.weight, 3), d.rule, d.mentions) for d in best),
        tuple(sorted(parts.values(), key=lambda part: (-part.weight, part.value))),
        written if heading else None,
    )


def _begun(opening: Opening, days: Iterable[ToldDay], written: date | None) -> Iterator[ToldDay]:
    """Days from which an opening counts those of what goes on, as sure as the day that it counts to."""
    near = [day for day in days if day.first == day.last and (not written or 0 <= (written - day.last).days <= _LATELY)]
    if not near:
        return
    today = min(near, key=lambda day: (-day.weight, day.first))
    for first, last in began(opening, today.last):
        yield ToldDay(first, last, "day" if first == last else "week", today.weight, "began", today.mentions)


_LATELY = 3
"""Days between the day that is counted and that of the report."""


def act_days(opening: Opening, annotation: Annotation) -> Iterator[tuple[Mention, date, date, str]]:
    """Times of a text on which something happened or will, not those when somebody spoke: first and last day, and the
    rule that tells of what (`act`, `ahead`, `clause`, `named`).
    """
    dated = [(mention, _rule(mention, opening)) for mention in _times(annotation, len(opening.text))]
    written, _ = _written(opening, dated)
    for mention, rule in dated:
        told = _interval(mention) or _placed(mention, rule, written)
        if told is not None and rule in ("act", "ahead", "clause", "named"):
            yield mention, told[0], told[1], rule


def _written(opening: Opening, times: Sequence[tuple[Mention, str]]) -> tuple[date | None, str]:
    """Day on which an article was written, where it was written, and the mention that says so: its dateline's or, far
    from that, its publisher's.
    """
    for mention, rule in times:
        told = _interval(mention) if rule == "dateline" else None
        if told is not None and told[0] == told[1]:
            day, published = told[0], opening.published
            if published is None or abs((published - day).days) <= _SAME_ISSUE:
                return day, mention.id
    return opening.published, ""


_SAME_ISSUE = 2
"""Days between dateline and publication that a time zone and a night's printing explain."""


def _by_calendar(rule: str, first: date, last: date, written: date | None) -> str:
    """A rule set right by the calendar: what lies ahead can't have happened, what is over isn't to come."""
    if written is not None and (first - written).days > 1:
        return "ahead"
    return "act" if rule == "ahead" and written is not None and last <= written else rule


def _placed(mention: Mention, rule: str, written: date | None) -> tuple[date, date, str] | None:
    """A weekday or a day of the year, placed by the day of writing that only the text's head gives."""
    part = _PART.match(mention.timex.value) if mention.timex else None
    if part is None or written is None:
        return None
    try:
        if part.group().startswith(_WEEKDAY):
            back = (written.isoweekday() - int(part.group()[9])) % 7
            day = written + timedelta(days=7 - back if rule == "ahead" and back else -back)
        else:
            month, of_month = int(part.group()[5:7]), int(part.group()[8:10])
            years = (written.year - 1, written.year, written.year + 1)
            day = min((date(year, month, of_month) for year in years), key=lambda day: abs((day - written).days))
    except (ValueError, OverflowError):
        return None
    return day, day, "day"


def _tomorrows(opening: Opening, times: Sequence[Mention], written: date | None) -> date | None:
    """The day six days back that a weekday was taken for, where it is tomorrow's: written on Saturday night of what
    befell on Sunday, where the sun had risen already. Of a Sunday six days past, writers say that it was last Sunday.
    """
    if not opening.late or written is None or written.toordinal() <= _SIX_DAYS:
        return None
    day = written - timedelta(days=_SIX_DAYS)
    for mention in times:
        told, said = _interval(mention), mention.text.casefold()
        if told is not None and told[0] == told[1] == day and _WEEKDAYS[day.weekday()] in said:
            return None if "last" in said or any(sign.isdigit() for sign in said) else day
    return None


_SIX_DAYS = 6
_WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")


def _times(annotation: Annotation, longest: int = OPENING) -> Iterator[Mention]:
    for mention in annotation.mentions:
        if mention.span.start >= longest:
            return
        if mention.timex is not None and mention.timex.type in ("DATE", "TIME"):
            yield mention


def _by_sentence(number: int) -> float:
    return _BY_SENTENCE[max(0, min(number, len(_BY_SENTENCE) - 1))]


def _with_rules(annotation: Annotation, opening: Opening) -> Iterator[tuple[Mention, str]]:
    """Times with the part that each plays; what stands beside a dateline's day is a part of it."""
    end: int | None = None
    for mention in _times(annotation):
        start = mention.span.start
        beside = end is not None and 0 <= start - end <= _BESIDE and "\n" not in opening.text[end:start]
        rule = "dateline" if beside else _rule(mention, opening)
        end = mention.span.end if rule == "dateline" else None
        yield mention, rule


_BESIDE = 6


def _newest(times: Sequence[tuple[Mention, str]]) -> date | None:
    """The latest time that an article looks back on, where nobody says when it was written: news is not older."""
    told = (_interval(mention) for mention, rule in times if rule not in ("ahead", "since"))
    return max((one[0] for one in told if one is not None), default=None)


def _by_newest(mention: Mention, last: date, newest: date | None) -> float:
    if newest is not None and (newest - last).days > _LONG_AGO:
        return _OLD
    return 1.0 if _WEEKDAY_TOO.search(mention.text) else _UNDATED


def _referred_to(times: Sequence[tuple[Mention, str]]) -> set[date]:
    """Days that are only referred to, by all of their times that do not take the day from another."""
    rules: dict[date, set[str]] = {}
    for mention, rule in times:
        day = _first(mention)
        if day is not None and not _hangs(mention):
            rules.setdefault(day, set()).add(rule)
    return {day for day, found in rules.items() if found <= _REFERRING}


_REFERRING = {"named", "since", "ahead"}


def _hangs(mention: Mention) -> bool:
    """Whether a time of day ("at dawn") takes its day from another time: where that is background, so is this."""
    return mention.timex is not None and mention.timex.type == "TIME" and mention.timex.anchor != "itself"


def _beside_weekdays(day: ToldDay, parts: Iterable[ToldPart]) -> ToldDay:
    """A day of an article that says of the act itself on which weekday it was, and of another: background."""
    heaviest = max(
        (part for part in parts if part.value.startswith(_WEEKDAY)), key=lambda part: part.weight, default=None
    )
    if heaviest is None or heaviest.weight < day.weight or day.rule == "dateline":
        return day
    if day.first == day.last and heaviest.value == f"{_WEEKDAY}{day.first.isoweekday()}":
        return day
    return replace(day, weight=day.weight * _OLD)


def by_age(last: date, written: date) -> float:
    """Share of a day in what may be the news, by how long before the day of writing it lies."""
    age = (written - last).days
    if age < 0:
        return _TOMORROW
    return next((share for days, share in _BY_AGE if age <= days), _OLD)


def _add(days: dict[tuple[date, date], ToldDay], day: ToldDay) -> None:
    """Join what several words say of one day: the weight of either being right, the rule of the heavier one.

    That somebody wrote on the day is a rule of its own only where nothing else is told of it.
    """
    known = days.get((day.first, day.last))
    if known is not None:
        heavier = max(known, day, key=lambda each: (each.rule not in WRITING, each.weight))
        precision = "hour" if "hour" in (known.precision, day.precision) else heavier.precision
        weight = 1 - (1 - known.weight) * (1 - day.weight)
        day = ToldDay(day.first, day.last, precision, weight, heavier.rule, (known.mentions + day.mentions)[:_KEPT])
    days[day.first, day.last] = day


_KEPT = 8
WRITING = ("published", "dateline")
"""Rules by which a day is that of writing, and the news before it or on it."""


def _rule(mention: Mention, opening: Opening) -> str:
    """The part that a time plays in its sentence."""
    start, end = mention.span.start, mention.span.end
    before, after = opening.around(start, end)
    if _NOT_WRITTEN.search(before[-30:]):
        return "since"
    if opening.alone(start, end) or (start <= HEADING and _heads(before, after)) or _WRITTEN.search(before[-30:]):
        return "dateline"
    hour_before = mention.timex is not None and mention.timex.type == "TIME" and _HOUR_BEFORE.search(before)
    if not hour_before and _SINCE.search(before):
        return "began" if goes_on_since(before) else "since"
    if _NAMED_AFTER.match(after) or before.endswith(("of ", "of last ")) or _goes_by(mention, before, after):
        return "named"
    if _SAID_BEFORE.search(before):
        return "attributed" if "," in before and _ENDS.match(after) else "said"
    if _SAID_AFTER.match(after):
        return "said"
    if _VERB_AFTER.match(after) and before.rstrip():
        return "named"
    if _AHEAD.search(before):
        return "ahead"
    return "clause" if not hour_before and _CLAUSE.search(before) else "act"


def _goes_by(mention: Mention, before: str, after: str) -> bool:
    """Whether a date is the name of what happened on it, or stands before a noun as one."""
    if mention.text in _BYNAME:
        return True
    before += "the " if mention.text.startswith("the ") else ""
    dated = mention.timex is not None and mention.timex.type == "DATE" and _DIGIT.search(mention.text) is not None
    return dated and _NOUN_AFTER.match(after) is not None and _NAMING_BEFORE.search(before) is not None


def _heads(before: str, after: str) -> bool:
    """Whether a time stands at the head of the text, before its first sentence: `SEOUL, May 14 (Agency) - `."""
    letters = before.split("(")[0]
    if not before.strip():
        return _GOES_ON.match(after) is None
    return letters[:4].isupper() and _AFTER_DATELINE.match(after) is not None


def _first(mention: Mention) -> date | None:
    told = _interval(mention)
    return told[0] if told is not None else None


def _interval(mention: Mention) -> tuple[date, date, str] | None:
    """First and last day of a time on the writer's calendar, with how precise it is; None where it can't be placed."""
    timex, interval = mention.timex, mention.interval
    if timex is None or interval is None:
        return None
    found = _DAY.match(timex.value)
    try:
        if found is not None:
            day = date.fromisoformat(found.group(1))
            return day, day, "hour" if found.group(2) else "day"
        precision = _GRANULARITY.get(interval.granularity)
        if interval.start is None or interval.end is None or precision is None:
            return None
        first, last = interval.start.date(), (interval.end - timedelta(microseconds=1)).date()
    except (ValueError, OverflowError):
        return None
    return first, max(first, last), precision
