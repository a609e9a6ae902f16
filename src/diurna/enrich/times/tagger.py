"""Times of a text: every expression with its TIMEX3 value and its interval, by rules over words.

A text is read once from left to right. Only words that times are made of (`month`, `Monday`, `noon`, a number) are
looked at: before each, the words that may begin an expression are walked over, and the forms of that kind of word are
tried from there. What was read is what the next "a week earlier" counts from.
"""

import re
from datetime import UTC, date, datetime, timedelta, tzinfo
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from spacy.language import Language
from spacy.tokens import Doc

import diurna.enrich.extensions  # noqa: F401  # it declares what documents carry
from diurna.enrich.found import Time
from diurna.enrich.settings import TimesSettings
from diurna.enrich.times.calendar import first_day, interval_of
from diurna.enrich.times.clock import LOCAL, zone_of
from diurna.enrich.times.scene import Reading, Scene
from diurna.enrich.times.triggers import Lexemes, first_lead, forms_at
from diurna.enrich.times.words import MONTHS
from diurna.enrich.times.zones import zone_of_dateline, zone_of_place
from diurna.model import Interval, Span, Timex

__all__ = ["Times", "TimesSettings", "find_times", "make_times"]


def find_times(text: str, published: datetime | None, settings: TimesSettings | None = None) -> tuple[Time, ...]:
    """Time expressions of a text in its order; none overlaps another."""
    settings = settings or TimesSettings()
    return tuple(_find(text, published, settings, _zone_named(settings.zone)))


def _find(text: str, published: datetime | None, settings: TimesSettings, zone: tzinfo | None) -> list[Time]:
    now = published
    if now is not None and (now.hour or now.minute or now.second):  # at midnight it is a day, everywhere the same
        now = now.astimezone(zone or UTC).replace(tzinfo=UTC)
    scene = Scene(text, now, zone, settings.month_first)
    _take_dateline(scene)
    lexemes = Lexemes(text)
    times: list[Time] = []
    done = 0
    for at in lexemes.triggers:
        if lexemes.starts[at] < done:
            continue
        reading = _read_at(at, lexemes, scene, done)
        if reading is None:
            continue
        done = max(done, reading.end)
        if reading.type and not _is_title(reading, text):
            scene.note(reading)
            times.append(_time_of(reading, scene))
    return times


def _read_at(at: int, lexemes: Lexemes, scene: Scene, done: int) -> Reading | None:
    """The longest expression that covers a word."""
    first = first_lead(at, done, lexemes)
    forms = forms_at(at, first, lexemes)
    best: Reading | None = None
    reach, end = lexemes.starts[at], lexemes.end(at)
    for begin in range(first, at + 1) if forms else ():
        start = lexemes.starts[begin]
        if start > done and len(lexemes.words[begin]) == 2 and scene.text[start - 1] in "'’‘`":
            start -= 1  # '98
        for each in forms:
            found = each.pattern.match(scene.text, start)
            if found is None or found.end() <= reach:
                continue
            reading = each.read(found, scene)
            if reading is not None and reading.end > reach and (reading.end >= end or not reading.type):
                best, reach = reading, reading.end
    return best


_TITLE = re.compile(
    r"[“\"'‘`](?:This|Last|Next)\s(?:Week|Year|Day|Night|Month|Weekend)\b|[“\"'‘`][^\n\"”’']{0,16}\b[A-Z][a-z]*,?[\"”’']"
)


def _is_title(reading: Reading, text: str) -> bool:
    """Whether the words are a name in quotation marks: ABC's "This Week"."""
    first = max(0, reading.start - 1)
    return text[first] in "\"“‘'`" and _TITLE.match(text[first : reading.end + 2]) is not None


def _time_of(reading: Reading, scene: Scene) -> Time:
    end = reading.end
    if scene.text[end - 1] == ")" and "(" not in scene.text[reading.start : end]:
        end -= 1
    return Time(
        Span(reading.start, end),
        Timex(reading.type, reading.value, reading.mod, reading.anchor),
        _interval(reading, scene),
    )


def _interval(reading: Reading, scene: Scene) -> Interval | None:
    if not reading.dated or reading.type == "SET":
        return None
    if reading.since or reading.until:
        start, end = interval_of(reading.since or reading.value, scene.zone), interval_of(reading.until, scene.zone)
        return Interval(start.start, end.end, "year") if start and end else None
    if reading.leads or reading.type == "DURATION":
        return _leading(reading, scene) if reading.leads else None
    return interval_of(reading.value, _zone_at(reading, scene))


_CLOCK = re.compile(r"T\d")


def _zone_at(reading: Reading, scene: Scene) -> tzinfo | None:
    """Zone that a value counts in: the one written with it, else for a time of the clock that of the dateline's place.

    News gives times as they are kept where it reports from, unless it says otherwise.
    """
    if not reading.zone.startswith(LOCAL) and reading.zone:
        return zone_of(reading.zone, first_day(reading.value))
    if not _CLOCK.search(reading.value):
        return scene.zone
    place = reading.zone.removeprefix(LOCAL).strip()
    if place:
        return zone_of_place(place)
    return _zone_behind(reading, scene) or zone_of_dateline(scene.text) or (None if reading.zone else scene.zone)


_IN_PLACE = re.compile(
    r"(?:\s(?:on\s)?[A-Z][a-z]{2,5}day)?(?:\s(?:morning|afternoon|evening|night))?,?\sin\s"
    r"(?P<place>[A-Z][\w.’'-]{1,20}(?:\s[A-Z][\w.’'-]{1,20}){0,2})"
)

_NAMED = re.compile(
    r"\s\(?(?P<zone>(?:Eastern|Central|Mountain|Pacific|Greenwich)\s(?:Standard|Daylight|Mean)\sTime)\b"
)


def _zone_behind(reading: Reading, scene: Scene) -> tzinfo | None:
    """Zone of the place that a time of the clock is told for: "4 p.m. Sunday in New York"."""
    after = "" if reading.zone else scene.after(reading.end, 90)
    if named := _NAMED.match(after):
        return zone_of(named["zone"], first_day(reading.value))
    found = _IN_PLACE.match(after)
    return zone_of_place(found["place"].rstrip(".,")) if found is not None else None


_GRANULARITY = {"Y": "year", "M": "month", "W": "week", "D": "day", "Q": "quarter"}


def _leading(reading: Reading, scene: Scene) -> Interval | None:
    """The stretch of time that ends or begins at the anchor: "the past 24 hours"."""
    if scene.now is None:
        return None
    clock = reading.value.startswith("PT")
    now = scene.now if clock else scene.now.replace(hour=0, minute=0, second=0, microsecond=0)
    try:
        other = now + timedelta(days=reading.leads)
        if not clock:
            other = other.replace(hour=0, minute=0, second=0, microsecond=0)
        start, end = sorted((other, now))
        zone = scene.zone or UTC
        letter = reading.value[-1]
        if clock:
            granularity = {"H": "hour", "M": "minute", "S": "second"}[letter]
        else:
            named = interval_of(reading.value) if reading.type == "DATE" else None
            granularity = named.granularity if named else _GRANULARITY.get(letter, "year")
        return Interval(
            start.replace(tzinfo=zone).astimezone(UTC), end.replace(tzinfo=zone).astimezone(UTC), granularity
        )
    except (OverflowError, ValueError):
        return None


_DATELINE = re.compile(
    r"\s{0,9}[A-Z][^\n()]{1,60}?,\s(?P<date>(?P<month>[A-Z][a-z]{2,8})\.?\s(?P<day>\d{1,2})(?:,\s(?P<year>\d{4}))?)\s?"
    r"(?:\([^()\n]{1,40}\)\s?)?(?:--|[—–_-])"
)
# A story is printed some days after the date of its dateline, hardly more.
_DATELINE_DAYS = 8
# East of Greenwich the day of the dateline has begun before that of publication, which counts in UTC.
_DAY_AHEAD = -1


def _take_dateline(scene: Scene) -> None:
    """Anchor the text at its dateline's day, where it begins with one that fits the time of publication."""
    found = _DATELINE.match(scene.text)
    month = MONTHS.get(found["month"].lower()) if found else None
    if found is None or month is None:
        return
    years = [int(found["year"])] if found["year"] else []
    if not years and scene.today:
        years = [scene.today.year, scene.today.year - 1]
    for year in years:
        try:
            day = date(year, month, int(found["day"]))
        except ValueError:
            continue
        since = (scene.today - day).days if scene.today else 1
        if since == _DAY_AHEAD or 0 < since <= _DATELINE_DAYS:
            scene.today, scene.now, scene.anchor = day, datetime(day.year, day.month, day.day, tzinfo=UTC), "dateline"
            return


def _zone_named(name: str) -> tzinfo | None:
    if not name:
        return None
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError) as fault:
        message = f"diurna_times: the tz database has no zone {name!r}; write one like 'Asia/Seoul', or leave it empty"
        raise ValueError(message) from fault


class Times:
    """Pipeline component that finds the times of a document and leaves them on `doc._.diurna_times`."""

    def __init__(self, settings: TimesSettings) -> None:
        self.settings = settings
        self._zone = _zone_named(settings.zone)

    def __call__(self, doc: Doc) -> Doc:
        """Read the document's text against `doc._.diurna_published`."""
        times = tuple(_find(doc.text, doc._.diurna_published, self.settings, self._zone))
        doc._.diurna_times = times
        spans = []
        for time in times:
            span = doc.char_span(time.span.start, time.span.end, label=time.timex.type, alignment_mode="expand")
            if span is not None:
                spans.append(span)
        doc.spans["diurna_times"] = spans
        return doc


@Language.factory(
    "diurna_times",
    assigns=["doc._.diurna_times", "doc.spans"],
    requires=[],
    default_config={"zone": "", "month_first": None},
)
def make_times(nlp: Language, name: str, zone: str, month_first: bool | None) -> Times:
    """Make the tagger of time expressions for a pipeline."""
    return Times(TimesSettings(zone=zone, month_first=month_first))
