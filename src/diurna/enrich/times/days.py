"""Forms of days and months: "May 22, 2017", "22nd of May", "early Monday", "last October", "the 22nd"."""

import re
from datetime import date

from diurna.enrich.times.calendar import day_of, first_day, step
from diurna.enrich.times.scene import Form, Reading, Scene, form
from diurna.enrich.times.words import (
    MONTHS,
    WEEKDAYS,
    YEAR_IN_WORDS,
    any_of,
    at_part,
    mod_of,
    year_in_words,
)

__all__ = [
    "EDGE",
    "MONTH_FORMS",
    "THE_DAY_FORMS",
    "WEEKDAY_FORMS",
    "date_at",
    "nearest",
    "year_of",
]

EDGE = r"(?P<edge>early|earlier|late|later|mid|around|about|(?:the )?(?:very )?(?:end|beginning|start|middle|close) of)"
_REL = r"(?P<rel>(?:this|the) (?:past|coming|following|previous)|this|last|next|past|each|every|the)"
_LONG_MONTHS = {name for name in MONTHS if len(name) > 4 or name in ("may", "june", "july")}
_MONTH = rf"(?P<month>{any_of(_LONG_MONTHS)}|{any_of(set(MONTHS) - _LONG_MONTHS)}(?!\w)\.?)"
_DAY = (
    r"(?P<day>[0-3]?\d)(?:st|nd|rd|th)?(?![\d%]|:\d|[.,]\d|-(?:year|day|month|week|hour)| ?(?:percent|million"
    r"|billion|a\.?m|p\.?m))"
)
_WEEKDAY = rf"(?P<weekday>{any_of(WEEKDAYS)})"
_YEAR = rf"(?:,? ?(?:of |in )?(?P<year>\d{{4}}|[’']\d\d|{YEAR_IN_WORDS})(?![\d,-]\d))"
_PART = r"(?: (?:early |late )?(?P<part>morning|afternoon|evening|night|noon|midnight))"

_MONTH_DAY = form(
    rf"(?:{_WEEKDAY}\.?(?P<early>{_PART.replace('part', 'part0')})?,? (?:the )?)?(?:{EDGE}[ -])?(?:(?P<rel>last"
    rf"|next|this) )?{_MONTH}[ -](?:the )?{_DAY}{_YEAR}?"
    rf"{_PART}?"
)
_DAY_MONTH = form(
    rf"(?:{_WEEKDAY}\.?,? )?(?:{EDGE} )?(?:the )?{_DAY}(?: |-)?(?:of )?(?:(?P<rel>last|next"
    rf"|this) )?{_MONTH}(?:-(?P<year2>\d\d(?:\d\d)?)|{_YEAR})?{_PART}?"
)
_MONTH_ALONE = form(
    rf"(?:{EDGE}[ -])?(?:{_REL} )?(?:{EDGE.replace('edge', 'edge2')}[ -])?{_MONTH}{_YEAR}?(?P<of> (?:of"
    rf" )?(?:this|last|next|that) year)?"
)
_WEEKDAY_ALONE = form(
    rf"(?:(?P<edge>early|earlier|late|later|the (?:early|small|late) hours of) (?:on )?)?(?:(?P<rel>(?:this"
    rf"|the) (?:past|coming|following|previous|next)|this|last|next|past|coming|that|each|every|the) )?"
    rf"(?:(?P<part0>morning|noon|midnight|midday|afternoon|evening) )?(?:early |late )?{_WEEKDAY}(?P<plural>s)?"
    r"(?: (?P<early>early |late |mid-?)?(?P<part>mornings?|afternoons?|evenings?|nights?|noon|midnight|at noon"
    r"|at midnight))?"
)
_THE_DAY = form(r"the (?P<day>[1-3]?\d)(?:st|nd|rd|th)(?: of (?P<of>the|this|last|next) month)?")


def year_of(words: str | None) -> int | None:
    """Year that four digits, an apostrophe and two, or words stand for."""
    if not words:
        return None
    if words[0].isalpha():
        return year_in_words(words)
    digits = words.strip("’'")
    number = int(digits)
    return number if len(digits) > 2 else number + (1900 if number >= 30 else 2000)


def nearest(days: list[date | None], today: date, direction: int) -> date | None:
    """The day meant among those that lie before and after the anchor.

    The tense decides, unless the day it points to is ten months off and another lies within two: nobody says
    "Nov. 2" in October of the November before. Without a tense the nearest is meant.
    """
    known = [day for day in days if day]
    past = max((day for day in known if day <= today), default=None)
    future = min((day for day in known if day >= today), default=None)
    if past is None or future is None or past == future:
        return past or future
    back, ahead = (today - past).days, (future - today).days
    if direction < -1 or (direction < 0 and not (back > 300 and ahead < 60)):
        return past
    if direction > 0 and not (ahead > 300 and back < 60):
        return future
    return past if back <= ahead else future


def _month_of(found: re.Match[str]) -> int:
    return MONTHS[found["month"].lower().rstrip(".")]


def _day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


_CAPITAL_MONTHS = frozenset(
    ["may", "march", "sep", "dec", "mar", "jan", "oct", "jun", "apr", "aug", "nov", "feb", "jul"]
)


def _read_dated(found: re.Match[str], scene: Scene) -> Reading | None:
    word = found["month"].rstrip(".")
    if word.islower() and word in _CAPITAL_MONTHS:
        return None
    month, day = MONTHS[word.lower()], int(found["day"])
    start, end = found.span()
    named = found.groupdict()
    year = year_of(named.get("year") or named.get("year2"))
    if (year is None and re.match(r",?\d{3}", scene.after(end, 4))) or day == 0:
        return None
    if _day(year or 2000, month, day) is None:  # 30 February: no time at all
        return Reading(start, end, "", "")
    if year is not None:
        value, anchor = f"{year:04}-{month:02}-{day:02}", "itself"
    elif scene.today is None:
        value, anchor = f"XXXX-{month:02}-{day:02}", ""
    else:
        known = _without_year(found, scene, month, day)
        if known is None:
            return None
        value, anchor = day_of(known), scene.anchor
    part = named.get("part") or named.get("part0")
    mod = mod_of(found["edge"])
    if part:
        return Reading(start, end, "TIME", at_part(value, part), mod, anchor)
    return Reading(start, end, "DATE", value, mod, anchor)


def _without_year(found: re.Match[str], scene: Scene, month: int, day: int) -> date | None:
    """The day meant by "May 22", in the year that tense, nearness and a weekday before it tell."""
    today = scene.today or date(2000, 1, 1)
    reach = 4 if (month, day) == (2, 29) else 1
    days = [_day(today.year + shift, month, day) for shift in range(-reach, reach + 1)]
    weekday = WEEKDAYS.get((found.groupdict().get("weekday") or "").lower().rstrip("."))
    if weekday is not None:
        days = [each for each in days if each and each.weekday() == weekday] or days
    rel = (found["rel"] or "").lower()
    return nearest(days, today, {"last": -1, "next": 1}.get(rel) or scene.direction(*found.span()))


def date_at(scene: Scene, start: int) -> str:
    """Value of the date that is written at a position, empty where none is."""
    for pattern in (_MONTH_DAY, _DAY_MONTH):
        found = pattern.match(scene.text, start)
        reading = _read_dated(found, scene) if found else None
        if reading is not None:
            return reading.value
    iso = re.match(r"\d{4}-\d\d-\d\d", scene.after(start, 10))
    return iso.group() if iso else ""


_BEFORE_MONTH = re.compile(
    r"\b(?:in|since|until|till|by|of|from|to|through|between|and|or|before|after|during|for|about|around|than|on"
    r"|last|next|this"
    r"|early|late|mid|late-|early-|mid-|each|every|past|with|when|but|versus|compared|toward|towards|into"
    r"|between|as|via)[\s-]$",
    re.IGNORECASE,
)
_NAME_BEFORE = re.compile(r"[A-Z][\w’'.]*\s$")
# Names and verbs too; the short forms are months only with a full stop or more words of a date.
_DOUBTFUL = frozenset({"may", "march", "april", "june", "august"})
_SHORT_MONTHS = frozenset(MONTHS) - _LONG_MONTHS
_IN_AUGUST = re.compile(r"\b(?:in|since|until|by|late|early)\s$")
_HER_OWN = re.compile(r"[’']s\s(?:government|cabinet|team|office|speech|party|deal|plan|aides)|\sand\sher\b")
_MARCHING = re.compile(r"\s(?:on|against|through|to)\s")
_NO_MARCH_OF_PEOPLE = re.compile(r"\s(?!(?:for|on|of|to|against|in|was|through)\b)[a-z]")
_AFTER_FIRST_WORD = re.compile(r"(?:^|[.!?\n]\s*)\w+\s$")


def _is_month(found: re.Match[str], scene: Scene) -> bool:
    """Whether a bare "May", "March" or "April" is the month, and no verb, surname or given name."""
    word = found["month"]
    low = word.lower().rstrip(".")
    if low not in _DOUBTFUL and low not in _SHORT_MONTHS:
        return word[0].isupper() or len(low) > 5
    before = scene.before(found.start("month"), 24)
    if word[0].islower():  # names are not written so
        return low in ("april", "june") or (
            low == "august" and _IN_AUGUST.search(before) is not None and not found["rel"]
        )
    named = _NAME_BEFORE.search(before) is not None and _BEFORE_MONTH.search(before) is None
    rel = (found["rel"] or "the").lower()
    if rel != "the" or found["edge"]:
        return True
    if found["year"] or found["of"] or found["edge2"]:
        return not named or found["year"] is not None or found["rel"] is not None
    if low in _SHORT_MONTHS and not word.endswith("."):
        return False
    after = scene.after(found.end(), 24)
    if _BEFORE_MONTH.search(before):
        return not (low == "march" and _MARCHING.match(after)) and _HER_OWN.match(after) is None
    return _is_bare_month(low, found["rel"] is not None, before, after)


def _is_bare_month(low: str, the: bool, before: str, after: str) -> bool:
    """The same where no preposition helps: "the March accession", but not "the March for Life"."""
    if low == "may":
        return the and re.match(r"\s[a-z]", after) is not None
    if low == "march":
        named = _NAME_BEFORE.search(before) is not None and _AFTER_FIRST_WORD.search(before) is None
        return the and not named and _NO_MARCH_OF_PEOPLE.match(after) is not None
    if re.match(r"\s[A-Z]", after) or (after.startswith(("'s ", "’s ")) and not the):
        return False
    return _NAME_BEFORE.search(before) is None or _AFTER_FIRST_WORD.search(before) is not None


def _read_month(found: re.Match[str], scene: Scene) -> Reading | None:
    if not _is_month(found, scene):
        return None
    month, year = _month_of(found), year_of(found["year"])
    rel = " ".join((found["rel"] or "").lower().split())
    mod = mod_of(found["edge"] or found["edge2"])
    start, end = found.start(), found.end()
    if rel in ("each", "every"):
        return Reading(start, end, "SET", f"XXXX-{month:02}", mod)
    if rel == "the" and not mod:
        start = found.start("month")
    if year is not None:
        return Reading(start, end, "DATE", f"{year:04}-{month:02}", mod, "itself")
    if scene.today is None:
        return Reading(start, end, "DATE", f"XXXX-{month:02}", mod)
    now = scene.today.year
    of = (found["of"] or "").lower()
    if of:
        if "that" in of:
            spoken = first_day(scene.spoken) if scene.spoken else None
            return Reading(start, end, "DATE", f"{(spoken.year if spoken else now):04}-{month:02}", mod, "spoken")
        number = now + (1 if "next" in of else -1 if "last" in of else 0)
    else:
        number = _year_of_month(month, rel, scene, found)
    return Reading(start, end, "DATE", f"{number:04}-{month:02}", mod, scene.anchor)


def _year_of_month(month: int, rel: str, scene: Scene, found: re.Match[str]) -> int:
    today = scene.today or date(2000, 1, 1)
    word = rel.split()[-1] if rel else ""
    if word == "last" or word in ("past", "previous"):
        return today.year - (month >= today.month)
    if word in ("next", "coming", "following"):
        return today.year + (month <= today.month)
    if word == "this":
        return today.year
    direction = scene.direction(found.start(), found.end())
    if month == today.month:
        return today.year
    back, ahead = (today.month - month) % 12, (month - today.month) % 12
    # Of a September that is a year gone, August's papers say "last September", whatever the tense.
    if direction > -2 and (ahead <= 2 or direction == 0):
        direction = 1 if ahead <= 2 else -1
    if direction < 0:
        return today.year - (month > today.month)
    return today.year + (month < today.month) - (1 if back == 1 and month < today.month else 0)


_NAMED_DAY = re.compile(
    r"\b(?:Bloody|Super|Black|Good|Ash|Palm|Easter|Holy|Cyber|Fat|Man|Ruby|Joe|Sheffield|Whit|Maundy|Giving|Red"
    r"|Blue)\s$"
)
_PAPER = re.compile(
    r"\s(?:Times|Mirror|Telegraph|Express|Mail|Post|Herald|Night\s(?:Live|Football|Lights)|Star|People|Club"
    r"|Weekly|Magazine"
    r"|Review|School|Adelaja|Oliseh|World|Sun|Business|Independent|Tribune|Today)\b"
)
_SHORT_DAY = re.compile(
    rf"\.?,?\s(?:\d{{1,2}}(?:st|nd|rd|th)?\s)?{any_of(MONTHS)}\b|\.?\sat\s\d|\.\s[a-z]|\s?[-–/]\s?(?:Mon|Tue|Wed"
    rf"|Thu|Fri|Sat|Sun)",
    re.IGNORECASE,
)


def _read_weekday(found: re.Match[str], scene: Scene) -> Reading | None:
    word = found["weekday"].lower()
    start, end = found.start(), found.end()
    if word not in _FULL and (found["weekday"][0].islower() or not _SHORT_DAY.match(scene.after(end, 10))):
        return None
    if _NAMED_DAY.search(scene.before(found.start("weekday"), 12)) or _PAPER.match(scene.after(end, 16)):
        return None
    weekday = WEEKDAYS[word]
    rel = " ".join((found["rel"] or "").lower().split())
    part = (found["part"] or found["part0"] or "").lower().removeprefix("at ")
    mod = mod_of(found["edge"]) or mod_of((found["early"] or "").strip(" -"))
    if rel == "the":
        start = found.start("part0") if found["part0"] else found.start("weekday")
    if rel in ("each", "every") or found["plural"] or part.endswith("s"):
        value = f"XXXX-WXX-{weekday + 1}"
        return Reading(start, end, "SET", at_part(value, part.rstrip("s")) if part else value)
    day = _weekday_of(weekday, rel, scene, (start, end))
    value, anchor = (day_of(day), scene.anchor) if day else (f"XXXX-WXX-{weekday + 1}", "")
    if part:
        return Reading(start, end, "TIME", at_part(value, part), mod, anchor)
    return Reading(start, end, "DATE", value, mod, anchor)


_FULL = {name for name in WEEKDAYS if name.endswith("day")}


# A sentence or two.
_NEAR = 300
# Hour in UTC from which it is the next day in Japan and Korea.
_EAST = 15
_OWNING = re.compile(r"[’']s\s")
_SOON = re.compile(
    r"\b(?:will|shall|expected|scheduled|planned|upcoming|ahead\sof|before|until|in|at|for)\s(?:[\w’']+\s){0,2}$"
)


def _weekday_of(weekday: int, rel: str, scene: Scene, span: tuple[int, int]) -> date | None:
    today = scene.today
    word = rel.split()[-1] if rel else ""
    if word == "following" and scene.spoken and (spoken := first_day(scene.spoken)):
        return step(spoken, (weekday - spoken.weekday() - 1) % 7 + 1, "D")
    if today is None:
        return None
    spoken = first_day(scene.spoken) if rel == "the previous" and len(scene.spoken) == 10 else None
    if spoken and span[0] - scene.spoken_end < _NEAR:  # "1,200 on Friday, down from 1,400 the previous Friday"
        return step(spoken, -((spoken.weekday() - weekday - 1) % 7 + 1), "D")
    if word in ("last", "past", "previous"):
        return step(today, -((today.weekday() - weekday - 1) % 7 + 1), "D")
    if word in ("next", "coming", "following"):
        return step(today, (weekday - today.weekday() - 1) % 7 + 1, "D")
    if word == "this":
        return step(today, weekday - today.weekday() + (7 if weekday < today.weekday() else 0), "D")
    direction = scene.direction(*span)
    if direction > 0 and _OWNING.match(scene.after(span[1], 3)) and not _SOON.search(scene.before(span[0], 40)):
        direction = -1  # "look for ways to get around Wednesday's ruling"
    tomorrow = step(today, 1, "D")
    if not rel and tomorrow and tomorrow.weekday() == weekday and _has_begun(scene):
        return tomorrow  # nobody calls the day six days ago by its bare name on the eve of the next
    return scene.week_day(weekday, direction)


def _has_begun(scene: Scene) -> bool:
    """Whether the day after that of publication, which counts in UTC, has begun in the east of Asia."""
    return scene.anchor == "published" and scene.now is not None and scene.now.hour >= _EAST


def _read_the_day(found: re.Match[str], scene: Scene) -> Reading | None:
    """`the 22nd`: of the month just spoken of, and only where "on" or "of the month" say that it is a day."""
    of = (found["of"] or "").lower()
    if not of and not re.search(r"\b(?:[Oo]n|[Uu]ntil|[Bb]y|[Ss]ince|[Ff]rom|to)\s$", scene.before(found.start(), 8)):
        return None
    if (
        not of
        and re.match(r"[\s-]\w", scene.after(found.end(), 3))
        and not re.match(
            r"\s(?:and|when|but|as|at|in|of|after|before|for|with|that|to|he|she|they|by|was|were|had|it|we)\b",
            scene.after(found.end(), 10),
        )
    ):
        return None
    base = first_day(scene.spoken) if scene.spoken and not of else scene.today
    if base is not None and of in ("last", "next"):
        base = step(base, -1 if of == "last" else 1, "M")
    known = _day(base.year, base.month, int(found["day"])) if base else None
    if known is None:
        return None if base else Reading(found.start(), found.end(), "DATE", f"XXXX-XX-{int(found['day']):02}")
    return Reading(
        found.start(), found.end(), "DATE", day_of(known), "", "spoken" if scene.spoken and not of else scene.anchor
    )


_AND_DAY = form(r"(?P<day>[1-3]?\d)(?:st|nd|rd|th)?(?:,? (?P<year>(?:19|20)\d\d))?")
_AFTER_DATE = re.compile(
    rf"\b(?P<month>{any_of(MONTHS)})\.?\s\d{{1,2}}(?:st|nd|rd|th)?(?:,\s\d{{1,2}}){{0,3}}(?:,?\s(?:and|or|to"
    rf"|through|until)\s|,\s|\s?[-–]\s?)$",
    re.IGNORECASE,
)


def _read_and_day(found: re.Match[str], scene: Scene) -> Reading | None:
    """The second of "April 24 and 25"."""
    before = _AFTER_DATE.search(scene.before(found.start(), 40))
    spoken = first_day(scene.spoken) if scene.spoken else None
    if before is None or spoken is None or spoken.month != MONTHS[before["month"].lower()]:
        return None
    if re.match(
        r"\s?%|[.,:]\d|\s(?:percent|per\scent|million|billion|people|men|women|others|a\.?m|p\.?m)\b",
        scene.after(found.end(), 10),
    ):
        return None
    if before.group().endswith(", ") and not re.match(r",\s\d|,?\s(?:and|or)\s\d", scene.after(found.end(), 8)):
        return None
    known = _day(int(found["year"]) if found["year"] else spoken.year, spoken.month, int(found["day"]))
    return Reading(found.start(), found.end(), "DATE", day_of(known), "", scene.anchor) if known else None


_DAY_TO = form(
    rf"(?P<day>[1-3]?\d)(?:st|nd|rd|th)?(?= ?(?:to|and|or|until|through|[-–]) ?[0-3]?\d(?:st|nd|rd|th)? (?:of )?"
    rf"(?P<month>{any_of(_LONG_MONTHS)}|{any_of(set(MONTHS) - _LONG_MONTHS)}\.?)(?: (?P<year>(?:19|20)\d\d))?(?!\w))"
)


def _read_day_to(found: re.Match[str], scene: Scene) -> Reading | None:
    """The first of "3 to 5 June"."""
    month, day = MONTHS[found["month"].lower().rstrip(".")], int(found["day"])
    if found["month"][0].islower() or re.search(r"[\d.,:$]$", scene.before(found.start(), 1)):
        return None
    if found["year"]:
        known, anchor = _day(int(found["year"]), month, day), "itself"
    elif scene.today is None:
        return Reading(found.start(), found.end(), "DATE", f"XXXX-{month:02}-{day:02}") if 0 < day < 32 else None
    else:
        days = [_day(scene.today.year + shift, month, day) for shift in (-1, 0, 1)]
        known, anchor = nearest(days, scene.today, scene.direction(*found.span())), scene.anchor
    return Reading(found.start(), found.end(), "DATE", day_of(known), "", anchor) if known else None


MONTH_FORMS = (Form(_MONTH_DAY, _read_dated), Form(_DAY_MONTH, _read_dated), Form(_MONTH_ALONE, _read_month))
WEEKDAY_FORMS = (Form(_MONTH_DAY, _read_dated), Form(_DAY_MONTH, _read_dated), Form(_WEEKDAY_ALONE, _read_weekday))
THE_DAY_FORMS = (
    Form(_DAY_MONTH, _read_dated),
    Form(_DAY_TO, _read_day_to),
    Form(_AND_DAY, _read_and_day),
    Form(_THE_DAY, _read_the_day),
)
