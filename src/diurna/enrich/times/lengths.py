"""Forms of a length of time ("three days", "two weeks ago", "for years") and of what recurs ("twice a week")."""

import re

from msgspec import Struct

from diurna.enrich.times.calendar import step
from diurna.enrich.times.quarters import year_before
from diurna.enrich.times.scene import Form, Reading, Scene, form
from diurna.enrich.times.words import NUMBER, UNITS, mod_of, number_of

__all__ = ["DAYS_IN", "LENGTH_FORMS", "SET_FORMS", "duration"]

_UNIT = (
    r"(?P<unit>seconds?|secs|minutes?|mins?|hours?|hrs?|days?|nights?|weekends?|weeks?|fortnights?|months?|quarters?"
    r"|semesters?|years?|yrs?|decades?|century|centuries|millennium)"
)
_QUAL = (
    r"(?P<qual>(?:no |not )?(?:more|less|fewer|longer|greater) than|up to|at (?:the )?(?:least|most)|as (?:many"
    r"|much|long) as"
    r"|about|around|approximately|roughly|nearly|almost|over(?! the| its)|under|just under|close to"
    r"|an? (?:estimated)|some|exceeding)"
)
_HALVES = {"Y": "6M", "TH": "30M", "TM": "30S"}


def unit_of(words: str) -> tuple[str, int]:
    word = words.lower()
    return UNITS.get(word) or UNITS.get(word.rstrip("s")) or UNITS.get(word.removesuffix("ies") + "y") or ("D", 1)


def duration(count: float | None, letter: str, times: int) -> str:
    """TIMEX3 value of a length of time: `P3D`, `PT24H`, `P1.5Y`, `PXM`."""
    clock = letter.startswith("T")
    unit = letter[-1] if clock else "D" if letter == "WE" else letter
    if count is None:
        number = "X"
        unit = {10: "DE", 100: "CE"}.get(times, unit) if unit == "Y" else unit
    else:
        count = count * times * (2 if letter == "WE" else 1)
        if count % 1 == 0.5 and letter in _HALVES:
            whole = f"{int(count)}{unit}" if count >= 1 else ""
            return f"P{'T' if clock else ''}{whole}{_HALVES[letter]}"
        number = f"{count:.12g}"
    return f"P{'T' if clock else ''}{number}{unit}"


DAYS_IN = {"TS": 1 / 86400, "TM": 1 / 1440, "TH": 1 / 24, "D": 1.0, "WE": 7.0, "W": 7.0, "M": 30.4375, "Q": 91.3125,
         "Y": 365.25}  # fmt: skip


_LENGTH = form(
    rf"(?:{_QUAL} )?(?:(?P<rel>(?:the )?(?:last|past|previous|next|coming|following|first|final|latest"
    rf"|preceding)) |the |its )?"
    rf"(?:{_QUAL.replace('qual', 'qual2')} )?"
    rf"(?P<number>an?(?: (?:further|additional|extra|full|whole|entire))?|another|one|{NUMBER})"
    r"(?:(?: |-)(?:more|full|consecutive|straight|additional|extra|long|trading|business|working|calendar|fiscal|whole"
    r"|solid|other|further|to \w+|or \w+))?"
    rf"[ -]{_UNIT}(?:[ -]long)?(?P<half> and a half)?(?P<so> or (?:so|two))?"
    r"(?P<period> period)?(?: an? (?P<a_day>day|week|month|year))?"
    r"(?:(?: |-)(?P<way>ago|earlier|previously|before|later|hence|afterwards?|from now|after|old))?"
)
_OPEN = form(
    r"(?:(?P<rel>(?:the )?(?:recent|past|last|coming|next|previous|early|late|following|future)|the|over the) )?"
    r"(?P<unit>minutes|hours|days|weeks|months|years|decades|centuries|quarters|nights|weekends)"
    r"(?: (?P<way>ago|earlier|later))?"
)
_PEOPLE = re.compile(
    r"\s?(?:baby|babies|infants?|girls?|boys?|sons?|daughters?|child(?:ren)?|twins?|grand\w+|puppy)\b", re.IGNORECASE
)
_MODAL = re.compile(r"\b(?:will|would|could|may|might|can|shall)\s$")
_ONE = frozenset({"a", "an", "another", "one"})
_ARTICLE = frozenset({"a", "an"})
_RATE = re.compile(
    r"(?:\b\d[\d.,]*%?|\w{2,}[^s\W]s[’']?|percent|million|billion|thousand|hundred|once|twice|times|people|much"
    r"|hours|half"
    r"|cents|%)\s$",
    re.IGNORECASE,
)
_NOT_RATE = re.compile(
    r"\b(?:was|is|has|his|this|lasts?|as|takes|its|for|in|within|after|of|about|over|than|least|less|more|just"
    r"|only|does"
    r"|versus|minus|thus|always|perhaps|plus|across|us)\s$",
    re.IGNORECASE,
)


_TAKES_DAY = re.compile(r"\b(?:for|in|within|over|than|last\w*|took|takes?|about)\s$")
_AGED = re.compile(r"s?\sold\b|\sof\sage\b")
_SENTENCE_GOES_ON = re.compile(r"\s*(?:[.,;!?]|$|and\b|but\b)")


class _Length(Struct, frozen=True):
    """What a length says: its count (None: left open), unit, qualifier, and the words around them."""

    count: float | None
    letter: str
    times: int
    mod: str
    words: str
    way: str
    rel: str

    @property
    def value(self) -> str:
        return duration(self.count, self.letter, self.times)


def _length_of(found: re.Match[str]) -> _Length:
    words = found["number"].lower()
    letter, times = unit_of(found["unit"])
    whole = words in _ONE or re.search(r"\b(?:further|additional|extra|full|whole|entire)$", words)
    count = 1 if whole else number_of(words)
    if found["half"] and count is not None:
        count += 0.5
    mod = mod_of(found["qual2"] or found["qual"]) or ("APPROX" if found["so"] or "couple" in words else "")
    return _Length(count, letter, times, mod, words, (found["way"] or "").lower(), (found["rel"] or "").lower())


def _is_length(found: re.Match[str], length: _Length, scene: Scene) -> bool:
    """Whether it is no fraction ("three quarters"), title ("60 Minutes") or person's age."""
    unit = found["unit"]
    if unit.lower() == "quarters" and length.words in ("one", "three") and not length.rel:
        return False
    if unit[0].isupper() and unit[1:].islower() and not found.group()[0].islower() and length.words not in _ARTICLE:
        return False
    if length.way == "old" and (length.letter == "Y" or _PEOPLE.match(scene.after(found.end(), 16))):
        return False
    if length.letter == "Q" and length.words in _ARTICLE:
        return False
    return not (length.letter == "Y" and _AGED.match(scene.after(found.end(), 12)))


def _read_length(found: re.Match[str], scene: Scene) -> Reading | None:
    length = _length_of(found)
    start, end = found.span()
    unit, words, way = found["unit"], length.words, length.way
    if words in _ONE and (unit[-1:] == "s" or (words != "one" and "-" in found.group())):
        return None
    if length.letter == "TS" and words in _ONE:
        return None
    if not _is_length(found, length, scene):
        return Reading(start, end, "", "")
    if words == "one" and unit == "day" and not way and not length.rel and _MODAL.search(scene.before(start)):
        return Reading(start, end, "DATE", "FUTURE_REF")
    if found["a_day"]:  # "24 hours a day"
        return Reading(start, end, "SET", duration(1, *UNITS[found["a_day"].lower()]))
    if way in ("ago", "hence", "from now"):
        return _from_anchor(length, scene, (start, end))
    if way in ("earlier", "later", "afterward", "afterwards") or (
        way and way != "old" and _SENTENCE_GOES_ON.match(scene.after(end, 8))
    ):
        return _from_spoken(length, scene, (start, end))
    if way in ("before", "after", "previously"):
        end = found.end("half") if found["half"] else found.end("unit")
    if words in _ARTICLE and not length.rel and not way:
        return _read_one(length, scene, (start, end))
    if unit[-1:] != "s" and words not in _ONE and not (length.rel or way or found["qual"] or found["period"]):
        start = found.start("number")  # "the eight-year war"
    leads = _leads(length)
    return Reading(start, end, "DURATION", length.value, length.mod, scene.anchor if leads else "", leads=leads)


def _read_one(length: _Length, scene: Scene, span: tuple[int, int]) -> Reading | None:
    """`a week`: a rate behind what is counted ("twice a week", "$20 a week"), else a length."""
    before = scene.before(span[0])
    if _RATE.search(before) and not _NOT_RATE.search(before):
        return Reading(*span, "SET", length.value)
    if (length.letter in ("D", "WE") and not _TAKES_DAY.search(before)) or length.letter == "TM":
        return None
    return Reading(*span, "DURATION", length.value, length.mod)


def _leads(length: _Length) -> float:
    """Days from the anchor to the other end of "the last three weeks", signed; 0 of a length that leads nowhere."""
    if length.count is None or not re.search(r"\b(?:last|past|next|coming)$", length.rel):
        return 0.0
    days = DAYS_IN[length.letter] * length.times * length.count
    return days if length.rel.endswith(("next", "coming")) else -days


def _from_anchor(length: _Length, scene: Scene, span: tuple[int, int]) -> Reading:
    """`two weeks ago`, `ten days from now`."""
    count, sign = length.count, -1 if length.way == "ago" else 1
    if count is None:
        return Reading(*span, "DATE", "PAST_REF" if sign < 0 else "FUTURE_REF", length.mod)
    if length.letter.startswith("T"):
        return _clock_away(length, sign * count, scene, span)
    compared = _compared(length, scene, span[0]) if sign < 0 else ""
    if compared:
        return Reading(*span, "DATE", compared, length.mod, "spoken")
    if length.letter == "Y" and count != int(count):
        value = scene.relative(sign * round(count * 12 * length.times), "M")
    else:
        value = scene.relative(sign * round(count * length.times), length.letter)
    if scene.today is not None and value == "XXXX":  # off the calendar
        value = "PAST_REF" if sign < 0 else "FUTURE_REF"
    return Reading(*span, "DATE", value, length.mod, scene.anchor)


def _compared(length: _Length, scene: Scene, start: int) -> str:
    """The quarter meant by "a year ago" in a company's report, empty where none is meant."""
    return year_before(scene, start) if (length.letter, length.times, length.count) == ("Y", 1, 1) else ""


def _clock_away(length: _Length, count: float, scene: Scene, span: tuple[int, int]) -> Reading:
    """`three hours ago`: to the minute or hour where the anchor has a time of day, else to the day."""
    if scene.now is None:
        return Reading(*span, "TIME", "XXXX-XX-XXTXX:XX", length.mod)
    minutes = scene.now.hour * 60 + scene.now.minute + round(count * DAYS_IN[length.letter] * 1440)
    day = step(scene.now.date(), minutes // 1440, "D")
    if day is None:
        return Reading(*span, "TIME", "XXXX-XX-XXTXX:XX", length.mod)
    hour, minute = divmod(minutes % 1440, 60)
    known = bool(scene.now.hour or scene.now.minute)
    clock = f"{hour:02}" + ("" if length.letter == "TH" else f":{minute:02}") if known else "XX:XX"
    return Reading(*span, "TIME", f"{day.isoformat()}T{clock}", length.mod, scene.anchor)


def _from_spoken(length: _Length, scene: Scene, span: tuple[int, int]) -> Reading:
    """`a week earlier`, `two days later`: counted from the time just spoken of."""
    later = length.way in ("later", "after", "afterward", "afterwards")
    if length.letter.startswith("T") or length.count is None:
        return Reading(*span, "DURATION", length.value, length.mod)
    compared = "" if later else _compared(length, scene, span[0])
    if compared:
        return Reading(*span, "DATE", compared, length.mod, "spoken")
    steps = round(length.count * length.times)
    # Counted from a day, "a week earlier" is a day; "a week ago" is a week.
    unit, steps = ("D", 7 * steps) if length.letter == "W" else (length.letter, steps)
    value, anchor = scene.from_spoken(steps if later else -steps, unit)
    return Reading(*span, "DATE", value, length.mod, anchor)


_BEFORE_OPEN = re.compile(
    r"\b(?:for|within|in|after|over|during|of|follow\w*|took|takes?|taking|spen[dt]|lasts?|lasted|last|by"
    r"|through|until)\s$",
    re.IGNORECASE,
)


_OTHER_HOURS = re.compile(r"\b(?:early|small|late|rush|peak|office|opening|visiting|working|business|school)\s$")


def _read_open(found: re.Match[str], scene: Scene) -> Reading | None:
    letter, times = unit_of(found["unit"])
    way, rel = (found["way"] or "").lower(), (found["rel"] or "").lower()
    if way == "ago":
        return Reading(found.start(), found.end(), "DATE", "PAST_REF")
    if _OTHER_HOURS.search(scene.before(found.start("unit"), 12)):
        return None
    told = rel or way or re.match(r"\s(?:of|before|after)\s", scene.after(found.end(), 8))
    if not told and not _BEFORE_OPEN.search(scene.before(found.start(), 14)):
        return None
    if found["unit"][0].isupper() and not rel:
        return None
    if (letter == "Q" and rel in ("", "the")) or (letter == "D" and found["unit"].lower() == "nights" and not rel):
        return None
    if re.match(r"(?:-|\sold\b|\sof\sage\b)", scene.after(found.end(), 10)):
        return None
    if rel.removeprefix("the ") in ("coming", "future"):
        return Reading(found.start(), found.end(), "DATE", "FUTURE_REF")
    if rel.startswith("over"):
        return Reading(found.end("rel") - 3, found.end(), "DURATION", duration(None, letter, times))
    return Reading(found.start(), found.end(), "DURATION", duration(None, letter, times))


_EVERY = form(
    rf"(?:(?:once|twice|thrice|{NUMBER} times) )?(?P<each>every|each|per)(?P<other> other)?"
    rf"(?: (?P<number>{NUMBER}))? {_UNIT}"
)
_TIMES = form(rf"(?:once|twice|thrice|{NUMBER} times)[ -]an?[ -]{_UNIT}")
_LONG = form(r"(?P<word>day|week|month|year|hour|decade|night|century)(?P<many>s)?-long")
_ADVERB = form(
    r"(?P<word>hourly|daily|nightly|weekly|fortnightly|biweekly|monthly|bimonthly|annually|yearly|biannually"
    r"|biennially)"
)
_ADVERB_VALUES = {
    "hourly": "PT1H", "daily": "P1D", "nightly": "P1D", "weekly": "P1W", "fortnightly": "P2W", "biweekly": "P2W",
    "monthly": "P1M", "bimonthly": "P2M", "annually": "P1Y", "yearly": "P1Y", "biannually": "P6M",
    "biennially": "P2Y",
}  # fmt: skip


def _read_every(found: re.Match[str], scene: Scene) -> Reading | None:
    letter, times = unit_of(found["unit"])
    count = 2.0 if found["other"] else number_of(found["number"]) if found["number"] else 1.0
    if letter == "TS":
        return None
    if found["each"].lower() == "per" and scene.before(found.start(), 8).rstrip().endswith(
        ("miles", "km", "kilometres")
    ):
        return None
    return Reading(found.start(), found.end(), "SET", duration(count, letter, times))


def _read_long(found: re.Match[str], scene: Scene) -> Reading:
    letter, times = UNITS[found["word"].lower()]
    return Reading(found.start(), found.end(), "DURATION", duration(None if found["many"] else 1, letter, times))


def _read_times(found: re.Match[str], scene: Scene) -> Reading:
    letter, times = unit_of(found["unit"])
    return Reading(found.start(), found.end(), "SET", duration(1, letter, times))


def _read_adverb(found: re.Match[str], scene: Scene) -> Reading | None:
    word = found["word"]
    if re.match(r"\s[A-Z]", scene.after(found.end(), 3)):  # a newspaper: "the daily Granma"
        return None
    if word[0].isupper() and re.search(r"[A-Za-z]\s$", scene.before(found.start(), 3)):
        return None
    return Reading(found.start(), found.end(), "SET", _ADVERB_VALUES[word.lower()])


_OPEN_WORDS = frozenset(["minutes", "hours", "days", "weeks", "months", "years", "decades", "centuries", "quarters"])

LENGTH_FORMS = (
    Form(_EVERY, _read_every, frozenset({"every", "each", "per"})),
    Form(_TIMES, _read_times, frozenset({"once", "twice", "thrice", "times"})),
    Form(_LONG, _read_long, frozenset({"long"})),
    Form(_LENGTH, _read_length),
    Form(_OPEN, _read_open, _OPEN_WORDS),
)
SET_FORMS = (Form(_ADVERB, _read_adverb),)
