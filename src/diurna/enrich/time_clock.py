"""Forms of the clock and the parts of a day: "5:59 a.m. local time", "0530 GMT", "noon Thursday", "this evening"."""

import re
from datetime import UTC, date, timedelta, timezone, tzinfo

from diurna.enrich.time_days import date_at
from diurna.enrich.time_scene import Form, Reading, Scene, form
from diurna.enrich.time_words import MONTHS, WEEKDAYS, any_of, at_part, mod_of

__all__ = ["CLOCK_FORMS", "PART_FORMS", "STAMP_FORMS", "zone_of"]

# Minutes east of Greenwich; zones of letters that mean several places are read as news agencies use them.
_ZONES = {
    "gmt": 0, "utc": 0, "ut": 0, "z": 0, "wet": 0, "bst": 60, "cet": 60, "west": 60, "cest": 120, "eet": 120,
    "sast": 120, "cat": 120, "eest": 180, "msk": 180, "trt": 180, "eat": 180, "gst": 240, "pkt": 300, "ist": 330,
    "npt": 345, "ict": 420, "wib": 420, "hkt": 480, "sgt": 480, "myt": 480, "pht": 480, "awst": 480, "jst": 540,
    "kst": 540, "acst": 570, "aest": 600, "acdt": 630, "aedt": 660, "nzst": 720, "nzdt": 780, "est": -300,
    "edt": -240, "cst": -360, "cdt": -300, "mst": -420, "mdt": -360, "pst": -480, "pdt": -420, "akst": -540,
    "akdt": -480, "hst": -600, "ast": -240, "adt": -180, "nst": -210, "brt": -180, "art": -180, "clt": -240,
}  # fmt: skip
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
    rf"|today|yesterday|tomorrow)(?![’']?\w))?"
    rf"(?:,? (?:on )?(?P<date>{any_of(MONTHS)}\.? [0-3]?\d(?:st|nd|rd|th)?(?:,? \d{{4}})?"
    rf"|[0-3]?\d(?:st|nd|rd|th)? {any_of(MONTHS)}\.?(?:,? \d{{4}})?|\d{{4}}-\d\d-\d\d)(?!\w))?"
)
_HALF = r"(?P<half>[ap]\. ?m\b\.?|[ap]m\b)"
# "3 p.m. (0600 GMT)": the second says what the first leaves open.
_ALSO = r"(?: ?[(/](?P<also>[0-2]?\d:?[0-5]\d) ?(?:GMT|UTC)\)?(?=\W|$))?"
_LOCAL = r"(?P<local>local time|\(?local\)?|(?:[A-Z]\w+ )time(?= |[.,;)]))"
_CLOCK = form(
    r"(?:(?P<edge>about|around|approximately|shortly (?:before|after)|just (?:before|after)|before|after) )?"
    r"(?:(?P<hour>[0-2]?\d)(?:[:.h](?P<minute>[0-5]\d)(?::(?P<second>[0-5]\d))?)?)"
    rf"(?: ?{_HALF}| (?P<oclock>o[’']clock)(?: (?:in the |at )(?P<part>morning|afternoon|evening"
    rf"|night))?| ?(?P<hours>hours|hrs))?"
    rf"(?:,? \(?(?:{_ZONE}|{_LOCAL})\)?)?{_ALSO}{_ON}"
)
_MILITARY = form(
    rf"(?P<hour>[01]\d|2[0-4])(?P<minute>[0-5]\d)(?P<second>(?!))?(?P<half>(?!))?(?: ?(?P<hours>hours|hrs"
    rf"|h)(?: (?:{_ZONE}|{_LOCAL.replace('local>', 'local2>')}))?"
    rf"| ?{_ZONE.replace('<zone>', '<zone2>')}){_ON}"
)
_NOON = form(
    rf"(?:(?P<edge>about|around|shortly (?:before|after)|just (?:before|after)|before"
    rf"|after) )?(?:12 )?(?P<noon>noon|midnight|midday)(?:,? \(?(?:{_ZONE}|{_LOCAL})\)?)?{_ALSO}{_ON}"
)
_ISO = form(
    r"(?P<iso>\d{4}-\d\d-\d\d)(?:T| )(?P<hour>[0-2]\d):(?P<minute>[0-5]\d)(?::(?P<second>[0-5]\d)"
    r"(?:[.,]\d+)?)?(?:(?P<zone>Z|[+-]\d\d:?\d\d))?"
)


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
    if words in ("today", "yesterday", "tomorrow"):
        return scene.relative({"today": 0, "yesterday": -1, "tomorrow": 1}[words], "D"), scene.anchor
    if words:
        weekday = WEEKDAYS[words.split()[-1]]
        direction = {"last": -1, "next": 1}.get(words.split()[0]) or scene.direction(*found.span())
        day = scene.week_day(weekday, direction)
        return (day.isoformat() if day else f"XXXX-WXX-{weekday + 1}"), scene.anchor if day else ""
    spoken = re.match(r"\d{4}-\d\d-\d\d", scene.spoken)
    if spoken and found.start() - scene.spoken_end < 300:
        return spoken.group(), "spoken"
    return scene.relative(0, "D"), scene.anchor


_EDGES = {"about": "APPROX", "around": "APPROX", "approximately": "APPROX", "before": "BEFORE", "after": "AFTER",
          "shortly before": "BEFORE", "just before": "BEFORE", "shortly after": "AFTER", "just after": "AFTER"}  # fmt: skip


def _read_clock(found: re.Match[str], scene: Scene) -> Reading | None:
    named = found.groupdict()
    half = (named.get("half") or "").lower()
    zone = named.get("zone") or named.get("zone2") or ""
    local = named.get("local") or named.get("local2")
    oclock, hours = named.get("oclock"), named.get("hours")
    if not (half or zone or local or oclock or (hours and named["minute"]) or named.get("iso")):
        if not _plain_clock(found, scene):
            return None
    if hours and not zone and not local and named["minute"] is None:
        return None
    hour, minute = int(named["hour"]), named["minute"]
    if re.search(r"\d[:.,]$", scene.before(found.start(), 2)):
        return None
    if half or oclock:
        if not 1 <= hour <= 12 and half and hour > 12:
            return None
        late = half.startswith("p") or (named.get("part") or "").lower() in ("afternoon", "evening", "night")
        hour = hour % 12 + (12 if late and not (oclock and hour == 12) else 0) if half or named.get("part") else hour
    if hour > 24 or (hour == 24 and int(minute or 0)):
        return None
    start = found.start()
    edge = " ".join((named.get("edge") or "").lower().split())
    if edge in ("before", "after"):
        start, edge = found.start("hour"), ""
    value, anchor = _on_day(found, scene)
    clock = f"T{hour:02}:{minute or '00'}" + (f":{named['second']}" if named.get("second") else "")
    end = found.end()
    if (
        half.endswith(".")
        and not zone
        and not local
        and not named.get("day")
        and not named.get("date")
        and re.match(r"\s+[A-Z]|\s*$", scene.after(end, 4))
    ):
        end = found.end()
    return Reading(
        start,
        end,
        "TIME",
        value.partition("T")[0] + clock,
        _EDGES.get(edge, ""),
        anchor,
        zone=_zone(zone, local, value),
    )


def _zone(zone: str, local: str | None, value: str) -> str:
    if not zone:
        return "local" if local else ""
    return zone


def _plain_clock(found: re.Match[str], scene: Scene) -> bool:
    """Whether "10:30" is a time and no score, verse or ratio."""
    named = found.groupdict()
    if named["minute"] is None or ":" not in found.group():
        return False
    if named.get("day") or named.get("date"):
        return True
    before = scene.before(found.start(), 16)
    return bool(
        re.search(
            r"(?:\b(?:at|by|until|from|since|around|about|before|after|to|between|till)"
            r"|\bat\sabout|T)\s$",
            before,
            re.IGNORECASE,
        )
    ) and not re.match(r"\s?(?:win|victory|loss|defeat|ratio|in\sthe\s\d|[-–]\s?\d|\.\d)", scene.after(found.end(), 12))


def _read_noon(found: re.Match[str], scene: Scene) -> Reading | None:
    if (
        found["noon"][0].isupper()
        and re.match(r"\s[A-Z]|\sExpress", scene.after(found.end("noon"), 4))
        and not found["day"]
    ):
        return None
    value, anchor = _on_day(found, scene)
    edge = " ".join((found["edge"] or "").lower().split())
    start = found.start()
    if edge in ("before", "after"):
        start, edge = found.start("noon"), ""
    return Reading(
        start,
        found.end(),
        "TIME",
        at_part(value, found["noon"]),
        _EDGES.get(edge, ""),
        anchor,
        zone=_zone(found["zone"] or "", found["local"], value),
    )


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


def _read_night(found: re.Match[str], scene: Scene) -> Reading | None:
    if found["word"][0].isupper() and re.match(r"\sShow", scene.after(found.end(), 6)):
        return None
    return Reading(found.start(), found.end(), "TIME", scene.relative(0, "D") + "TNI", "", scene.anchor)


STAMP_FORMS = (Form(_ISO, _read_clock), Form(_MILITARY, _read_clock))
CLOCK_FORMS = (Form(_CLOCK, _read_clock),)
PART_FORMS = (
    Form(_NOON, _read_noon, frozenset({"noon", "midnight", "midday"})),
    Form(_PART, _read_part),
    Form(_MID, _read_mid, frozenset({"mid", "early", "late"})),
    Form(_NIGHTS, _read_night, frozenset({"tonight", "overnight"})),
)
