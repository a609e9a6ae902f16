"""Words that times are written with: months, weekdays, units, parts of the day, feasts and numbers."""

import re

__all__ = [
    "DAY_PARTS",
    "HOLIDAYS",
    "MONTHS",
    "NUMBER",
    "ORDINALS",
    "SEASONS",
    "UNITS",
    "WEEKDAYS",
    "YEAR_IN_WORDS",
    "any_of",
    "at_part",
    "mod_of",
    "number_of",
    "year_in_words",
]

_MONTH_NAMES = "january february march april may june july august september october november december"
MONTHS: dict[str, int] = {name: number for number, name in enumerate(_MONTH_NAMES.split(), 1)}
MONTHS |= {name[:3]: number for name, number in MONTHS.items()} | {"sept": 9}

_DAY_NAMES = "monday tuesday wednesday thursday friday saturday sunday"
WEEKDAYS: dict[str, int] = {name: number for number, name in enumerate(_DAY_NAMES.split())}
WEEKDAYS |= {name[:3]: number for name, number in WEEKDAYS.items()} | {"tues": 1, "thur": 3, "thurs": 3}

# Letter of ISO 8601 durations, with T before those of the clock, and how many of it the unit is.
UNITS: dict[str, tuple[str, int]] = {
    "second": ("TS", 1), "sec": ("TS", 1), "minute": ("TM", 1), "min": ("TM", 1), "hour": ("TH", 1), "hr": ("TH", 1),
    "day": ("D", 1), "night": ("D", 1), "week": ("W", 1), "fortnight": ("W", 2), "weekend": ("WE", 1),
    "month": ("M", 1), "quarter": ("Q", 1), "semester": ("M", 6), "year": ("Y", 1), "yr": ("Y", 1),
    "decade": ("Y", 10), "century": ("Y", 100), "centurie": ("Y", 100), "millennium": ("Y", 1000),
}  # fmt: skip

SEASONS = {"spring": "SP", "summer": "SU", "fall": "FA", "autumn": "FA", "winter": "WI",
           "springtime": "SP", "summertime": "SU", "wintertime": "WI"}  # fmt: skip

DAY_PARTS = {"morning": "MO", "dawn": "MO", "daybreak": "MO", "sunrise": "MO", "afternoon": "AF", "evening": "EV",
             "dusk": "EV", "sunset": "EV", "night": "NI", "overnight": "NI", "nightfall": "EV",
             "lunchtime": "MI", "midday": "12:00", "noon": "12:00", "midnight": "24:00"}  # fmt: skip

# Month and day, or weekday of a month (1 is Monday; -1 the last), or days from Easter Sunday.
HOLIDAYS: dict[str, tuple[str, int, int, int]] = {
    "new year's day": ("fixed", 1, 1, 0), "new years day": ("fixed", 1, 1, 0), "new year's": ("fixed", 1, 1, 0),
    "martin luther king day": ("weekday", 1, 0, 3), "groundhog day": ("fixed", 2, 2, 0),
    "valentine's day": ("fixed", 2, 14, 0), "presidents' day": ("weekday", 2, 0, 3),
    "presidents day": ("weekday", 2, 0, 3), "st. patrick's day": ("fixed", 3, 17, 0),
    "april fools' day": ("fixed", 4, 1, 0),
    "anzac day": ("fixed", 4, 25, 0), "may day": ("fixed", 5, 1, 0),
    "mother's day": ("weekday", 5, 6, 2), "memorial day": ("weekday", 5, 0, -1), "flag day": ("fixed", 6, 14, 0),
    "father's day": ("weekday", 6, 6, 3), "juneteenth": ("fixed", 6, 19, 0), "canada day": ("fixed", 7, 1, 0),
    "independence day": ("fixed", 7, 4, 0), "bastille day": ("fixed", 7, 14, 0), "labor day": ("weekday", 9, 0, 1),
    "columbus day": ("weekday", 10, 0, 2), "halloween": ("fixed", 10, 31, 0), "all saints' day": ("fixed", 11, 1, 0),
    "guy fawkes night": ("fixed", 11, 5, 0), "armistice day": ("fixed", 11, 11, 0),
    "remembrance day": ("fixed", 11, 11, 0), "veterans day": ("fixed", 11, 11, 0),
    "thanksgiving": ("weekday", 11, 3, 4), "thanksgiving day": ("weekday", 11, 3, 4),
    "election day": ("election", 11, 1, 1), "christmas": ("fixed", 12, 25, 0), "christmas day": ("fixed", 12, 25, 0),
    "christmas eve": ("fixed", 12, 24, 0), "boxing day": ("fixed", 12, 26, 0), "new year's eve": ("fixed", 12, 31, 0),
    "easter": ("easter", 0, 0, 0), "easter sunday": ("easter", 0, 0, 0), "easter monday": ("easter", 0, 0, 1),
    "palm sunday": ("easter", 0, 0, -7), "good friday": ("easter", 0, 0, -2), "ash wednesday": ("easter", 0, 0, -46),
    "holy thursday": ("easter", 0, 0, -3), "shrove tuesday": ("easter", 0, 0, -47), "mardi gras": ("easter", 0, 0, -47),
    "ascension day": ("easter", 0, 0, 39), "pentecost": ("easter", 0, 0, 49), "whit monday": ("easter", 0, 0, 50),
}  # fmt: skip

_ONES = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen "
    "sixteen seventeen eighteen nineteen"
)
_TENS = "twenty thirty forty fifty sixty seventy eighty ninety"
_CARDINALS: dict[str, int] = {word: value for value, word in enumerate(_ONES.split())}
_CARDINALS |= {word: value * 10 for value, word in enumerate(_TENS.split(), 2)}
_SCALES = {"dozen": 12, "hundred": 100, "thousand": 1000, "million": 1_000_000}
_ORDINAL_WORDS = (
    "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth "
    "fourteenth fifteenth sixteenth seventeenth eighteenth nineteenth twentieth twenty-first"
)
ORDINALS: dict[str, int] = {word: value for value, word in enumerate(_ORDINAL_WORDS.split(), 1)}
ORDINALS |= {"1st": 1, "2nd": 2, "3rd": 3, "4th": 4}


def any_of(words: object) -> str:
    """Regular expression for any of the words, the longest first."""
    return "(?:" + "|".join(sorted((re.escape(str(word)) for word in words), key=len, reverse=True)) + ")"  # type: ignore[attr-defined]


_WORD = any_of([*_CARDINALS, *_SCALES])
_SOME = (
    r"(?:a\s)?couple(?:\sof)?(?:\smore)?|(?:a\s|the\s)?few|(?:a\s)?half(?:[\s-]an?)?|several|many|some|dozens\sof|"
    r"hundreds\sof|thousands\sof|(?:a\s|any\s)?number\sof|scores\sof|countless"
)
# `2½`, `1,200`, `six and a half`, `a hundred`, `twenty-four`, `a couple of`
NUMBER = (
    rf"(?:\d{{1,3}}(?:,\d{{3}})+|\d{{1,6}}(?:\.\d{{1,3}})?(?:[\s-]\d/\d|[½¼¾])?|"
    rf"(?:an?[\s-](?=hundred|thousand|dozen|million))?{_WORD}(?:[\s-](?:and[\s-])?{_WORD}){{0,5}}"
    rf"(?:[\s-]and[\s-]a[\s-]half)?|{_SOME})"
)


_UNDER_TEN = r"(?:one|two|three|four|five|six|seven|eight|nine)"
# `nineteen ninety-four`, `two thousand and six`: behind a month or season.
YEAR_IN_WORDS = (
    rf"(?:(?:eighteen|nineteen|twenty)[\s-](?:oh[\s-]{_UNDER_TEN}|ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen"
    rf"|seventeen|eighteen|nineteen|(?:twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety)(?:[\s-]{_UNDER_TEN})?)"
    rf"|two\sthousand(?:\s(?:and\s)?(?:{_UNDER_TEN}|ten|eleven|twelve))?)"
)


def year_in_words(words: str) -> int | None:
    """Year that words like those of `YEAR_IN_WORDS` stand for."""
    first, *rest = words.lower().replace("-", " ").split()
    if first == "two":
        return 2000 + int(number_of(" ".join(rest[1:])) or 0)
    century, number = number_of(first), number_of(" ".join(word for word in rest if word != "oh"))
    return None if century is None or number is None else int(century * 100 + number)


def at_part(value: str, part: str) -> str:
    """A day's value with a part of the day put to it: `2017-05-22TMO`, `2017-05-22T12:00`."""
    return f"{value.partition('T')[0]}T{DAY_PARTS[' '.join(part.lower().split())]}"


_FRACTIONS = {"½": 0.5, "¼": 0.25, "¾": 0.75, "1/2": 0.5, "1/4": 0.25, "3/4": 0.75, "1/3": 1 / 3, "2/3": 2 / 3}

_MODS = (
    (re.compile(r"(?:more|longer|greater)\sthan|over|exceeding|beyond|upwards\sof", re.IGNORECASE), "MORE_THAN"),
    (re.compile(r"(?:less|fewer|shorter)\sthan|under|nearly|almost|just\sunder|not\squite"
                r"|close\sto", re.IGNORECASE), "LESS_THAN"),
    (re.compile(r"(?:no|not)\s(?:more|longer)\sthan|up\sto|at\s(?:the\s)?most|as\s(?:many|much"
                r"|long)\sas|within", re.IGNORECASE),
     "EQUAL_OR_LESS"),
    (re.compile(r"(?:no|not)\s(?:less|fewer)\sthan|at\s(?:the\s)?least", re.IGNORECASE), "EQUAL_OR_MORE"),
    (re.compile(r"about|around|approximately|some|roughly|circa|an?\s(?:estimated)|or\sso"
                r"|more\sor\sless|couple", re.IGNORECASE),
     "APPROX"),
    (re.compile(r"early|earlier|the\s(?:early|small)\shours\sof|(?:the\s)?(?:very\s)?(?:beginning|start|outset)\sof"
                r"|top\sof", re.IGNORECASE), "START"),
    (re.compile(r"late|later|the\slate\shours\sof|(?:the\s)?(?:very\s)?(?:end|close)\sof", re.IGNORECASE), "END"),
    (re.compile(r"mid|middle|(?:the\s)?middle\sof", re.IGNORECASE), "MID"),
)  # fmt: skip


def mod_of(words: str | None) -> str:
    """TIMEX3 modifier that qualifying words stand for, empty where they stand for none."""
    if not words:
        return ""
    words = " ".join(words.split()).strip(" -")
    return next((mod for pattern, mod in _MODS if pattern.fullmatch(words)), "")


def number_of(words: str) -> float | None:
    """Number that digits or words stand for; None where they leave it open ("several")."""
    words = " ".join(words.lower().replace("-", " ").split())
    if words[:1].isdigit():
        return _of_digits(words)
    if "couple" in words:
        return 2
    if words.startswith(("half", "a half")):
        return 0.5
    total = part = 0
    seen = False
    for word in words.split():
        if word in _CARDINALS:
            part, seen = part + _CARDINALS[word], True
        elif word in _SCALES:
            scale = _SCALES[word]
            part, seen = max(part, 1) * scale, True
            if scale >= 1000:
                total, part = total + part, 0
        elif word not in ("a", "an", "and", "half", "of"):
            return None
    if not seen:
        return None
    return total + part + (0.5 if words.endswith("half") else 0)


def _of_digits(words: str) -> float | None:
    whole, _, rest = words.partition(" ")
    extra = _FRACTIONS.get(rest, 0.0)
    if whole[-1] in _FRACTIONS:
        whole, extra = whole[:-1], _FRACTIONS[whole[-1]]
    try:
        return float(whole.replace(",", "")) + extra
    except ValueError:
        return None
