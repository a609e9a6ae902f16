"""Times of a text: every expression with its TIMEX3 value and its interval, by rules over words.

A text is read once from left to right. Only words that times are made of (`month`, `Monday`, `noon`, a number) are
looked at: before each, the words that may begin an expression are walked over, and the forms of that kind of word are
tried from there. What was read is what the next "a week earlier" counts from.
"""

import re
from datetime import UTC, date, datetime, timedelta, tzinfo
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from msgspec import Struct
from spacy.language import Language
from spacy.tokens import Doc

from diurna.enrich.found import Time
from diurna.enrich.time_adverbs import ADVERB_FORMS
from diurna.enrich.time_calendar import first_day, interval_of
from diurna.enrich.time_clock import CLOCK_FORMS, PART_FORMS, zone_of
from diurna.enrich.time_days import HOLIDAY_FORMS, MONTH_FORMS, SEASON_FORMS, THE_DAY_FORMS, WEEKDAY_FORMS
from diurna.enrich.time_scene import Form, Reading, Scene
from diurna.enrich.time_spans import HALF_FORMS, QUARTER_FORMS, SET_FORMS, UNIT_FORMS
from diurna.enrich.time_words import HOLIDAYS, MONTHS, SEASONS, UNITS, WEEKDAYS
from diurna.enrich.time_years import CENTURY_FORMS, DECADE_FORMS, FISCAL_FORMS, YEAR_FORMS
from diurna.model import Interval, Span, Timex

__all__ = ["Times", "TimesSettings", "find_times", "make_times"]


class TimesSettings(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Settings of `diurna_times`.

    Attributes:
        zone: Time zone of the publisher as the tz database names it ("Asia/Seoul"). Empty: days count in UTC, and a
            time of the clock without a zone is known to its day only.
        month_first: Whether 5/6/2017 is in May; None says so of dates with slashes only.
    """

    zone: str = ""
    month_first: bool | None = None


_NUMBER_FORMS = (*CLOCK_FORMS, *YEAR_FORMS, *THE_DAY_FORMS, *QUARTER_FORMS)
_TRIGGERS: dict[str, tuple[Form, ...]] = {}


def _on(words: object, forms: tuple[Form, ...]) -> None:
    for word in words:  # type: ignore[attr-defined]
        _TRIGGERS[word] = tuple(dict.fromkeys((*_TRIGGERS.get(word, ()), *forms)))


_on(MONTHS, MONTH_FORMS)
_on(WEEKDAYS, WEEKDAY_FORMS)
_on(SEASONS, SEASON_FORMS)
_on({name.replace("’", "'").split("'")[0].split(".")[0].split()[-1] for name in HOLIDAYS}, HOLIDAY_FORMS)
_on({name.split("'")[0].split(".")[0].split()[0] for name in HOLIDAYS}, HOLIDAY_FORMS)
_on([word + end for word in UNITS for end in ("", "s")], UNIT_FORMS)
_on(("centuries", "period", "periods"), UNIT_FORMS)
_on(("century", "centuries", "millennium"), CENTURY_FORMS)
_on(("half",), HALF_FORMS)
_on(
    "hourly daily nightly weekly fortnightly biweekly monthly bimonthly annually yearly biannually biennially".split(),
    SET_FORMS,
)
_on(
    "noon midnight midday morning afternoon evening dawn dusk lunchtime tonight overnight mornings afternoons evenings".split(),
    PART_FORMS,
)
_on(("night", "nights"), PART_FORMS)
_on(
    "today yesterday tomorrow now currently nowadays presently days present moment recently lately previously formerly past ago soon future shortly someday day date then time while point".split(),
    ADVERB_FORMS,
)
_on(
    "twenties thirties forties fifties sixties seventies eighties nineties nineteen eighteen seventeen two twenty".split(),
    DECADE_FORMS,
)
_on(("fiscal", "fy"), FISCAL_FORMS)
_on(("year",), (*DECADE_FORMS, *YEAR_FORMS))

_LEADS = frozenset(
    "the a an of each every this that last next past previous coming following same recent first second third fourth fifth sixth "
    "seventh eighth ninth tenth final end beginning start middle close early earlier late later mid more less than at least most "
    "about around approximately roughly nearly almost over under just up to no not couple few several half many dozen dozens and "
    "only full fiscal current latest year one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen "
    "sixteen seventeen eighteen nineteen twenty thirty forty fifty sixty seventy eighty ninety hundred thousand another some any "
    "once twice thrice times per other very whole entire preceding prior new right long short crucial near immediate foreseeable "
    "distant too even until by in all day before after on shortly quarter years s estimated consecutive straight trading business "
    "corresponding comparable good old additional extra further number million score scores circa exceeding as much monday tuesday wednesday "
    "thursday friday saturday sunday yesterday today tomorrow most st nd rd th latter these".split()
)  # fmt: skip
_LEXEME = re.compile(r"[^\W\d_]+|\d+")
_GAP = re.compile(r"[ \t\u00a0]{0,2}[-–,.'’‘/]?[ \t\u00a0]{0,2}\n?[ \t]?")
_MOST_LEADS = 9
_DIGITS = frozenset("0123456789")


class _Lexemes(Struct):
    """Words and numbers of a text: in lower case, where each starts and ends."""

    words: list[str]
    starts: list[int]
    ends: list[int]


def _lex(text: str) -> _Lexemes:
    lower = text.lower()
    if len(lower) != len(text):  # some capitals become two characters
        lower = "".join(character.lower()[0] for character in text)
    words = _LEXEME.findall(lower)
    starts = [found.start() for found in _LEXEME.finditer(lower)]
    return _Lexemes(words, starts, [start + len(word) for start, word in zip(starts, words, strict=True)])


def find_times(text: str, published: datetime | None, settings: TimesSettings | None = None) -> tuple[Time, ...]:
    """Time expressions of a text in its order; none overlaps another."""
    settings = settings or TimesSettings()
    return tuple(_find(text, published, settings, _zone_named(settings.zone)))


def _find(text: str, published: datetime | None, settings: TimesSettings, zone: tzinfo | None) -> list[Time]:
    now = published.astimezone(zone or UTC).replace(tzinfo=None) if published is not None else None
    scene = Scene(text, now, zone, settings.month_first)
    _take_dateline(scene)
    lexemes = _lex(text)
    times: list[Time] = []
    done = 0
    starts, words = lexemes.starts, lexemes.words
    for at, word in enumerate(words):
        if word not in _TRIGGERS and not (word[0] in _DIGITS and len(word) <= 4):
            continue
        if starts[at] < done:
            continue
        forms = _TRIGGERS.get(word, _NUMBER_FORMS)
        reading, passed = _read_at(at, forms, lexemes, scene, done)
        done = max(done, passed)
        if reading is not None and reading.type and not _is_title(reading, text):
            scene.note(reading)
            times.append(_time_of(reading, scene))
    return times


def _read_at(
    at: int, forms: tuple[Form, ...], lexemes: _Lexemes, scene: Scene, done: int
) -> tuple[Reading | None, int]:
    """The longest expression that covers a word, from the first word before it that may begin one."""
    first = at
    while first > 0 and at - first < _MOST_LEADS:
        before = first - 1
        if lexemes.starts[before] < done:
            break
        word = lexemes.words[before]
        if word not in _LEADS and not (word.isdigit() and len(word) <= 6):
            break
        if not _GAP.fullmatch(scene.text, lexemes.ends[before], lexemes.starts[first]):
            break
        first = before
    best: Reading | None = None
    for begin in range(first, at + 1):
        start = lexemes.starts[begin]
        if start > done and scene.text[start - 1] in "'’‘`" and lexemes.words[begin].isdigit():
            start -= lexemes.ends[begin] - start == 2
        for each in forms:
            found = each.pattern.match(scene.text, start)
            if found is None or found.end() <= max(lexemes.starts[at], best.end if best else 0):
                continue
            reading = each.read(found, scene)
            if reading is None or (reading.type and reading.end < lexemes.ends[at]):
                continue
            if best is None or reading.end > best.end:
                best = reading
    return best, best.end if best else done


_TITLE = re.compile(r"[“\"'‘`][^\n\"”’']{0,16}\b[A-Z][a-z]*,?[\"”’']")


def _is_title(reading: Reading, text: str) -> bool:
    """Whether the words are a name in quotation marks: ABC's "This Week"."""
    first = max(0, reading.start - 1)
    return text[first] in "\"“‘'`" and _TITLE.fullmatch(text[first : reading.end + 2].strip()) is not None


def _time_of(reading: Reading, scene: Scene) -> Time:
    return Time(
        Span(reading.start, reading.end),
        Timex(reading.type, reading.value, reading.mod, reading.anchor),
        _interval(reading, scene),
    )


def _interval(reading: Reading, scene: Scene) -> Interval | None:
    if not reading.dated or reading.type == "SET":
        return None
    if reading.since or reading.until:
        start, end = interval_of(reading.since or reading.value, scene.zone), interval_of(reading.until, scene.zone)
        return Interval(start.start, end.end, "year") if start and end else None
    if reading.type == "DURATION":
        return _leading(reading, scene) if reading.leads else None
    zone = scene.zone
    if reading.zone:
        zone = None if reading.zone == "local" else zone_of(reading.zone, first_day(reading.value))
    return interval_of(reading.value, zone)


_GRANULARITY = {"Y": "year", "M": "month", "W": "week", "D": "day", "Q": "quarter"}


def _leading(reading: Reading, scene: Scene) -> Interval | None:
    """The stretch of time that ends or begins at the anchor: "the past 24 hours"."""
    if scene.now is None:
        return None
    clock = reading.value.startswith("PT")
    now = scene.now if clock else datetime(scene.now.year, scene.now.month, scene.now.day)
    try:
        other = now + timedelta(days=reading.leads)
        if not clock:
            other = datetime(other.year, other.month, other.day)
        start, end = sorted((other, now))
        zone = scene.zone or UTC
        letter = reading.value[-1]
        granularity = {"H": "hour", "M": "minute", "S": "second"}[letter] if clock else _GRANULARITY.get(letter, "year")
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
        if scene.today is None or 0 < (scene.today - day).days <= _DATELINE_DAYS:
            scene.today, scene.now, scene.anchor = day, datetime(day.year, day.month, day.day), "dateline"
            return


def _zone_named(name: str) -> tzinfo | None:
    if not name:
        return None
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError) as fault:
        message = f"diurna_times: zone {name!r} is no time zone of the tz database; write one like 'Asia/Seoul', or leave it empty"
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
