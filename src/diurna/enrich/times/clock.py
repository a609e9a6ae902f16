"""Forms of the clock and the parts of a day: "5:59 a.m. local time", "0530 GMT", "noon Thursday", "this evening"."""

import re
from datetime import UTC, date, timedelta, timezone, tzinfo

from diurna.enrich.times.days import date_at
from diurna.enrich.times.scene import Form, Reading, Scene, form
from diurna.enrich.times.words import MONTHS, WEEKDAYS, any_of, at_part, mod_of, number_of

__all__ = ["CLOCK_FORMS", "LOCAL", "OCLOCK_FORMS", "PART_FORMS", "PAST_FORMS", "STAMP_FORMS", "zone_of"]

# Minutes east of Greenwich; zones of letters that mean several places are read as news agencies use them.
_ZONES = {
    "gmt": 0, "utc": 0, "ut": 0, "z": 0, "wet": 0, "bst": 60, "cet": 60, "west": 60, "cest": 120, "eet": 120,
    "sast": 120, "cat": 120, "eest": 180, "msk": 180, "trt": 180, "eat": 180, "gst": 240, "pkt": 300, "ist": 330,
    "npt": 345, "ict": 420, "wib": 420, "hkt": 480, "sgt": 480, "myt": 480, "pht": 480, "awst": 480, "jst": 540,
    "kst": 540, "acst": 570, "aest": 600, "acdt": 630, "aedt": 660, "nzst": 720, "nzdt": 780, "est": -300,
    "edt": -240, "cst": -360, "cdt": -300, "mst": -420, "mdt": -360, "pst": -480, "pdt": -420, "akst": -540,
    "akdt": -480, "hst": -600, "ast": -240, "adt": -180, "nst": -210, "brt": -180, "art": -180, "clt": -240,
}  # fmt: skip
LOCAL = "local"
_AMERICAN = {"et": -300, "ct": -360, "mt": -420, "pt": -480, "eastern": -300, "central": -360, "mountain": -420,
             "pacific": -480}  # fmt: skip


def zone_of(name: str, day: date | None) -> tzinfo | None:
    """Time zone that letters or words behind a time name; `ET` and its like by the season of the day."""
    plain = re.sub(r"\s+(?:standard|daylight)?\s*time$|\.", "", name.lower().strip("() ")).strip()
    if plain in _AMERICAN:
        if "standard" in name.lower() or day is None:
            minutes = _AMERICAN[plain]
        else:
            minutes = _AMERICAN[plain] + 60 * ("daylight" in name.lower() or _american_summer(day))
        return timezone(timedelta(minutes=minutes))
    if plain.startswith("greenwich"):
        return UTC
    offset = re.fullmatch(r"(?:gmt|utc)?\s?([+-])(\d\d?)(?::?(\d\d))?", plain)
    if offset:
        minutes = int(offset[2]) * 60 + int(offset[3] or 0)
        return timezone(timedelta(minutes=-minutes if offset[1] == "-" else minutes)) if minutes <= 840 else None
    return timezone(timedelta(minutes=_ZONES[plain])) if plain in _ZONES else None


def _american_summer(day: date) -> bool:
    """Whether American summer time is kept: by the laws of 1966, 1986 and 2005."""
    if day.year < 1967 or day.year > 9998:
        return False
    month, nth = (3, 2) if day.year >= 2007 else (4, 1) if day.year >= 1987 else (4, 5)
    first = _sunday(day.year, month, nth)
    last = _sunday(day.year, 11, 1) if day.year >= 2007 else _sunday(day.year, 10, 5)
    return first <= day < last


def _sunday(year: int, month: int, nth: int) -> date:
    """The nth Sunday of a month, the last where it has no fifth."""
    first = date(year, month, 1)
    day = first + timedelta(days=(6 - first.weekday()) % 7 + 7 * (nth - 1))
    return day if day.month == month else day - timedelta(days=7)


_ZONE = (
    r"(?P<zone>(?:Eastern|Central|Mountain|Pacific|Greenwich)(?: Standard| Daylight| Mean)?(?: Time)?"
    r"|(?:GMT|UTC) ?[+-]\d{1,2}(?::?\d\d)?|(?-i:[A-Z]{2,4}T|UTC|MSK|WIB|ET|CT|PT|MT|Z)\b)"
)
_ON = (
    rf"(?:,? (?:on |late |early )?(?P<day>(?:this |last |next"
    rf" )?{any_of([name for name in WEEKDAYS if name.endswith('day')])}"
    rf"|(?:this|yesterday|tomorrow) (?:morning|afternoon|evening)|last night|tonight|today|yesterday"
    rf"|tomorrow)(?![’']?\w)(?: (?P<part_of_day>morning|afternoon|evening|night)(?![’']?\w))?)?"
    rf"(?:,? (?:on )?(?P<date>{any_of(MONTHS)}\.? [0-3]?\d(?:st|nd|rd|th)?(?:,? \d{{4}})?"
    rf"|[0-3]?\d(?:st|nd|rd|th)? {any_of(MONTHS)}\.?(?:,? \d{{4}})?|\d{{4}}-\d\d-\d\d)(?!\w))?"
)
_HALF = r"(?P<half>[ap]\. ?m\b\.?|[ap]m\b)"
# "3 p.m. (0600 GMT)": the second says what the first leaves open.
_ALSO = r"(?: ?[(/](?P<also>[0-2]?\d:?[0-5]\d) ?(?:GMT|UTC)\)?(?=\W|$))?"
_ALSO_LAST = _ALSO.replace("<also>", "<also2>")
_LOCAL = r"(?P<local>local time|\(?local\)?|(?-i:[A-Z])\w{1,24}(?: (?-i:[A-Z])\w{1,24})? time(?= |[.,;)]))"
_CLOCK = form(
    r"(?:(?P<edge>about|around|approximately|shortly (?:before|after)|just (?:before|after)|before|after) )?"
    r"(?:(?P<hour>[0-2]?\d)(?:[:.h](?P<minute>[0-5]\d)(?::(?P<second>[0-5]\d))?)?)"
    rf"(?: ?{_HALF}| (?P<oclock>o[’']clock)(?: (?:in the |at )(?P<part>morning|afternoon|evening"
    rf"|night))?| ?(?P<hours>hours|hrs))?"
    rf"(?:,? \(?(?:{_ZONE}|{_LOCAL})\)?)?{_ALSO}{_ON}{_ALSO_LAST}"
)
_MILITARY = form(
    rf"(?P<hour>[01]\d|2[0-4])(?P<minute>[0-5]\d)(?P<second>(?!))?(?P<half>(?!))?(?: ?(?P<hours>hours|hrs"
    rf"|h)(?: (?:{_ZONE}|{_LOCAL.replace('local>', 'local2>')}))?"
    rf"| ?{_ZONE.replace('<zone>', '<zone2>')}| {_LOCAL}){_ON}{_ALSO_LAST}"
)
_NOON = form(
    rf"(?:(?P<edge>about|around|shortly (?:before|after)|just (?:before|after)|before"
    rf"|after) )?(?:12 )?(?P<noon>noon|midnight|midday)(?:,? \(?(?:{_ZONE}|{_LOCAL})\)?)?{_ALSO}{_ON}{_ALSO_LAST}"
)
_ISO = form(
    r"(?P<iso>\d{4}-\d\d-\d\d)(?:T| )(?P<hour>[0-2]\d):(?P<minute>[0-5]\d)(?::(?P<second>[0-5]\d)"
    r"(?:[.,]\d+)?)?(?:(?P<zone>Z|[+-]\d\d:?\d\d))?"
)


_DAY_WORDS = frozenset(["today", "yesterday", "tomorrow", "tonight", "night", "morning", "afternoon", "evening"])


def _on_day(found: re.Match[str], scene: Scene) -> tuple[str, str]:
    """Value and anchor of the day that a time of the clock belongs to."""
    named = found.groupdict()
    if named.get("iso"):
        return named["iso"], "itself"
    if named.get("date"):
        value = date_at(scene, found.start("date"))
        if value:
            return value, "itself" if re.search(r"\d{4}", named["date"]) else scene.anchor
    words = (named.get("day") or "").lower()
    if words and words.split()[-1] in _DAY_WORDS:
        return scene.relative({"yesterday": -1, "tomorrow": 1, "last": -1}.get(words.split()[0], 0), "D"), scene.anchor
    if words:
        weekday = WEEKDAYS[words.split()[-1]]
        direction = {"last": -1, "next": 1}.get(words.split()[0]) or scene.direction(*found.span())
        day = scene.week_day(weekday, direction)
        return (day.isoformat() if day else f"XXXX-WXX-{weekday + 1}"), scene.anchor if day else ""
    spoken = re.match(r"\d{4}-\d\d-\d\d", scene.spoken)
    if spoken and found.start() - scene.spoken_end < 300:
        return spoken.group(), "spoken"
    return scene.relative(0, "D"), scene.anchor


_EDGES = {
    "about": "APPROX", "around": "APPROX", "approximately": "APPROX", "shortly before": "BEFORE",
    "just before": "BEFORE", "shortly after": "AFTER", "just after": "AFTER",
}  # fmt: skip
_HALVES = frozenset({"morning", "afternoon", "evening", "night"})
_LATE_PARTS = frozenset({"afternoon", "evening", "night"})


def _edge(found: re.Match[str], first: str) -> tuple[int, str]:
    """Where a time begins, and its modifier: "before noon" is noon."""
    words = " ".join((found["edge"] or "").lower().split())
    return (found.start(first), "") if words in ("before", "after") else (found.start(), _EDGES.get(words, ""))


def _zone(found: re.Match[str]) -> tuple[str, str]:
    """Zone as written (`local` and a place, if one is named, for local time), and the time in Greenwich behind it."""
    named = found.groupdict()
    zone = named.get("zone") or named.get("zone2") or ""
    local = named.get("local") or named.get("local2") or ""
    if local:  # "local time", or a place's: "Seoul time"
        place = local.rpartition(" ")[0]
        zone = f"{LOCAL} {place}" if place and place.lower().strip("(") != "local" else LOCAL
    return zone, named.get("also") or named.get("also2") or ""


def _hour(found: re.Match[str]) -> int | None:
    """Hour from 0 to 24, None for one that no clock shows."""
    named = found.groupdict()
    hour, half = int(found["hour"]), (named.get("half") or "").lower()
    # "At 7 tonight" tells the half of the day, "at 7 p.m. this evening" does not need it; 19:00 has none.
    behind = "" if half else (named.get("day") or "").lower().replace("tonight", "night").rpartition(" ")[2]
    behind = (named.get("part_of_day") or "").lower() or behind
    part = (named.get("part") or (behind if behind in _HALVES and 1 <= hour <= 12 else "")).lower()
    if half or part:
        if not 1 <= hour <= 12:
            return None
        return hour % 12 + 12 * (half.startswith("p") or part in _LATE_PARTS)
    return hour if hour < 24 or (hour == 24 and not int(found["minute"] or 0)) else None


def _read_clock(found: re.Match[str], scene: Scene) -> Reading | None:
    named = found.groupdict()
    zone, also = _zone(found)
    sure = named.get("half") or named.get("oclock") or named.get("iso") or zone or also
    if not sure and not (named.get("hours") and found["minute"]) and not _plain_clock(found, scene):
        return None
    hour = _hour(found)
    if hour is None or re.search(r"\d[:.,]$", scene.before(found.start(), 2)):
        return None
    start, mod = _edge(found, "hour") if "edge" in named else (found.start(), "")
    day, anchor = _on_day(found, scene)
    value = f"{day.partition('T')[0]}T{hour:02}:{found['minute'] or '00'}"
    if named.get("second"):
        value += f":{named['second']}"
    value = _of_greenwich(value, found, also)
    return Reading(start, found.end(), "TIME", value, mod, anchor, zone=_offset(value, zone, also))


def _offset(value: str, zone: str, also: str) -> str:
    """The zone, or the offset that the time in Greenwich behind a local time gives: "3 p.m. (0600 GMT)"."""
    local = re.search(r"T(\d\d):(\d\d)", value)
    if not also or not local or not (zone == "" or zone.startswith(LOCAL)):
        return zone
    minutes = _ahead(int(local[1]) * 60 + int(local[2]), also)
    return f"UTC{'-' if minutes < 0 else '+'}{abs(minutes) // 60:02}:{abs(minutes) % 60:02}"


def _ahead(local: int, also: str) -> int:
    """Minutes by which a local time (in minutes) is ahead of that in Greenwich, from -11:30 to +12:30."""
    return (local - _minutes(also) + 690) % 1440 - 690


def _minutes(clock: str) -> int:
    digits = clock.replace(":", "").zfill(4)
    return int(digits[:2]) * 60 + int(digits[2:])


def _of_greenwich(value: str, found: re.Match[str], also: str) -> str:
    """The value with the local day, where the day that is named is Greenwich's: "1:40 a.m. (2340 GMT on Sunday)"."""
    named = found.groupdict()
    day, _, clock = value.partition("T")
    if not named.get("also") or not named.get("day") or ")" in found.string[found.end("also") : found.start("day")]:
        return value
    if not re.fullmatch(r"\d{4}-\d\d-\d\d", day):
        return value
    local = _minutes(clock[:5])
    shift = (_minutes(also) + _ahead(local, also)) // 1440
    return f"{(date.fromisoformat(day) + timedelta(days=shift)).isoformat()}T{clock}"


_BEFORE_CLOCK = re.compile(
    r"(?:\b(?:at|by|until|from|since|around|about|before|after|to|between|till)|T)\s$", re.IGNORECASE
)
_SCORE = re.compile(r"\s?(?:win|victory|loss|defeat|ratio|in\sthe\s\d|[-–]\s?\d|\.\d)")


def _plain_clock(found: re.Match[str], scene: Scene) -> bool:
    """Whether "10:30" is a time and no score, verse or ratio."""
    named = found.groupdict()
    if named["minute"] is None or ":" not in found.group():
        return False
    if named.get("day") or named.get("date"):
        return True
    told = _BEFORE_CLOCK.search(scene.before(found.start(), 16))
    return told is not None and not _SCORE.match(scene.after(found.end(), 12))


def _read_noon(found: re.Match[str], scene: Scene) -> Reading | None:
    end = found.end("noon")
    if found["noon"][0].isupper() and not found["day"] and re.match(r"\s[A-Z]", scene.after(end, 4)):
        return None  # the Midnight Express
    if (
        found["noon"][0].isupper()
        and not found["edge"]
        and re.search(r"\b[A-Z][a-z]+\s$", scene.before(found.start(), 12))
    ):
        return None  # High Noon
    day, anchor = _on_day(found, scene)
    start, mod = _edge(found, "noon")
    value = at_part(day, found["noon"])
    return Reading(start, found.end(), "TIME", value, mod, anchor, zone=_offset(value, *_zone(found)))


_PART = form(
    r"(?:(?P<edge>early|late|later|earlier|mid)[ -](?:in )?)?(?P<rel>this|that|the same|last|the following"
    r"|the next|the previous|tomorrow|yesterday|today|every|each|in the|the|all)(?:[’']s)?"
    r"(?: (?P<edge2>early|late|mid)[ -]?)? (?P<part>morning|afternoon|evening|night|dawn|dusk|overnight|lunchtime)s?"
    r"(?: of (?P<of>that day|the same day))?"
)
_MID = form(r"(?P<edge>mid|early|late)[ -](?P<part>morning|afternoon|evening)(?: (?P<day>yesterday|today|tomorrow))?")
_NIGHTS = form(r"(?P<word>tonight|overnight)")


def _read_part(found: re.Match[str], scene: Scene) -> Reading | None:
    rel, part = " ".join(found["rel"].lower().split()), found["part"].lower()
    start, end = found.start(), found.end()
    mod = mod_of(found["edge"] or found["edge2"])
    if rel in ("every", "each"):
        return Reading(start, end, "SET", at_part("XXXX-XX-XX", part))
    if rel in ("that", "the same", "the following", "the next", "the previous") or found["of"]:
        count = 1 if rel in ("the following", "the next") else -1 if rel == "the previous" else 0
        value, anchor = scene.from_spoken(count, "D")
        return Reading(start, end, "TIME", at_part(value, part), mod, anchor)
    if rel in ("in the", "the", "all"):
        if rel != "in the" or re.match(r"\sof\b", scene.after(end, 4)):
            return None
        value, anchor = scene.from_spoken(0, "D")
        return Reading(start + 3, end, "TIME", at_part(value, part), mod, anchor)
    days = {"this": 0, "today": 0, "last": -1, "yesterday": -1, "tomorrow": 1}[rel]
    return Reading(start, end, "TIME", at_part(scene.relative(days, "D"), part), mod, scene.anchor)


def _read_mid(found: re.Match[str], scene: Scene) -> Reading:
    days = {"yesterday": -1, "tomorrow": 1}.get((found["day"] or "").lower(), 0)
    value, anchor = (scene.relative(days, "D"), scene.anchor) if found["day"] else scene.from_spoken(0, "D")
    return Reading(found.start(), found.end(), "TIME", at_part(value, found["part"]), mod_of(found["edge"]), anchor)


_HOURS = r"(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve)"
_IN_WORDS = form(
    rf"(?:(?P<edge>about|around|approximately|shortly (?:before|after)|just (?:before|after)|before|after) )?"
    rf"(?:(?P<past>half|quarter) (?P<side>past|to) )?(?P<hour>{_HOURS}) o[’']clock"
    rf"(?: (?:in the |at )(?P<part>morning|afternoon|evening|night))?(?:,? \(?(?:{_ZONE}|{_LOCAL})\)?)?{_ON}"
)
_IN_THE_PART = form(
    rf"(?P<hour>{_HOURS}|1?\d(?:[:.](?P<minute>[0-5]\d))?) (?:in the (?P<part>morning|afternoon|evening)|at night){_ON}"
)
_HOUR = 60
_COUNTED = r"(?:[1-5]?\d|five|ten|twelve|eight|nine|seven|six|eleven|fifteen|eighteen|twenty(?:-\w+)?)"
_PAST = form(
    rf"(?:(?P<edge>about|around|approximately|shortly (?:before|after)|just (?:before|after)|before|after) )?"
    rf"(?:an? )?(?P<past>half|quarter|{_COUNTED} minutes|(?:five|ten|twenty|twenty-five)(?= past)) (?P<side>past|to)"
    rf" (?:(?P<hour>{_HOURS})|(?P<noon>noon|midnight))(?! (?:hours|minutes|years|months|days|weeks|people|per|times)\b)"
    r"(?: o[’']clock)?(?: (?:in the |at )(?P<part>morning|afternoon|evening|night))?"
    rf"(?:,? \(?(?:{_ZONE}|{_LOCAL})\)?)?{_ON}"
)
_AT_CLOCK = re.compile(r"\b(?:at|by|until|till|from|since|around|about|before|after|to|between|and)\s$", re.IGNORECASE)


def _read_in_words(found: re.Match[str], scene: Scene) -> Reading | None:
    """`four o'clock`, `4 in the morning`; on the clock of twelve hours, and before noon where nothing tells."""
    named = found.groupdict()
    middle = {"noon": "twelve", "midnight": "0"}.get((named.get("noon") or "").lower(), "")
    digits, _, minutes = (found["hour"] or middle).replace(".", ":").partition(":")
    hour = int(number_of(digits) or 0)
    part = (named["part"] or ("night" if found.group().lower().endswith("night") else "")).lower()
    if not (1 <= hour <= 12 or middle) or (
        "edge" not in named and not _AT_CLOCK.search(scene.before(found.start(), 10))
    ):
        return None
    minute = int(minutes or 0)
    if part:
        late = part in _LATE_PARTS and not (part == "night" and (hour == 12 or hour < 5))
        hour = hour % 12 + 12 * late
    if named.get("past"):
        words = named["past"].lower().split()[0]
        quarter = {"half": 30, "quarter": 15}.get(words) or int(number_of(words) or 0)
        if quarter >= _HOUR or (named["side"].lower() == "to" and words == "half"):
            return None
        hour, minute = (hour, quarter) if named["side"].lower() == "past" else ((hour - 1) % 24, 60 - quarter)
    start, mod = _edge(found, "past" if named.get("past") else "hour") if "edge" in named else (found.start(), "")
    day, anchor = _on_day(found, scene)
    value = f"{day.partition('T')[0]}T{hour:02}:{minute:02}"
    return Reading(start, found.end(), "TIME", value, mod, anchor, zone=_zone(found)[0])


_DAWN = form(rf"(?P<part>dawn|dusk|daybreak|sunrise|sunset|nightfall){_ON}")
_AT_DAWN = re.compile(r"\b(?:at|before|after|by|until|till|since|around|from)\s(?:the\s)?$", re.IGNORECASE)


def _read_dawn(found: re.Match[str], scene: Scene) -> Reading | None:
    """`at dawn`, `before sunset on Friday`: of the day named with it or just spoken of; but no "dawn of an era"."""
    if not _AT_DAWN.search(scene.before(found.start(), 14)) or re.match(
        r"\s(?:of|to|[A-Z])|-", scene.after(found.end(), 4)
    ):
        return None
    day, anchor = _on_day(found, scene)
    return Reading(found.start(), found.end(), "TIME", at_part(day, found["part"]), "", anchor)


# What is "overnight" by its kind, and not last night.
_OVERNIGHT_KIND = re.compile(
    r"\s(?:deliver\w*|messenger|mail|shipping|shipments?|couriers?|stays?|trains?|bus|flights?|trips?|success\w*"
    r"|sensation|rates?|money|repos?|repurchase|matched|system|deposits?|loans?|lending|confinement|bag|guests?)\b"
)


def _read_night(found: re.Match[str], scene: Scene) -> Reading | None:
    if _OVERNIGHT_KIND.match(scene.after(found.end(), 14)):
        return None
    if found["word"][0].isupper() and re.match(r"\sShow", scene.after(found.end(), 6)):
        return None
    past = found["word"].lower() == "overnight" and scene.direction(*found.span()) <= 0  # the night that is over
    return Reading(found.start(), found.end(), "TIME", scene.relative(-past, "D") + "TNI", "", scene.anchor)


_DAWNS = frozenset({"dawn", "dusk", "daybreak", "sunrise", "sunset", "nightfall"})
STAMP_FORMS = (Form(_ISO, _read_clock), Form(_MILITARY, _read_clock))
CLOCK_FORMS = (Form(_IN_THE_PART, _read_in_words, frozenset({"in", "at"})), Form(_CLOCK, _read_clock))
OCLOCK_FORMS = (Form(_IN_WORDS, _read_in_words, frozenset({"o"})),)
PAST_FORMS = (Form(_PAST, _read_in_words, frozenset({"past", "to"})),)
PART_FORMS = (
    Form(_NOON, _read_noon, frozenset({"noon", "midnight", "midday"})),
    Form(_PART, _read_part),
    Form(_MID, _read_mid, frozenset({"mid", "early", "late"})),
    Form(_IN_THE_PART, _read_in_words, frozenset({"in", "at"})),
    Form(_DAWN, _read_dawn, _DAWNS),
    Form(_NIGHTS, _read_night, frozenset({"tonight", "overnight"})),
)
