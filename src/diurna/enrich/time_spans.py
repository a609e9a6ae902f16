"""Forms of time with a unit: durations, what is so long ago, deictic weeks and years, quarters, and what recurs."""

import re

from diurna.enrich.time_calendar import step
from diurna.enrich.time_scene import Form, Reading, Scene, form
from diurna.enrich.time_words import NUMBER, ORDINALS, UNITS, mod_of, number_of

__all__ = ["HALF_FORMS", "QUARTER_FORMS", "SET_FORMS", "UNIT_FORMS", "duration"]

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
_EDGE = r"(?P<edge>early|earlier|late|later|mid|(?:the )?(?:very )?(?:end|beginning|start|middle|close) of)"
_ORDINAL = r"(?P<nth>first|second|third|fourth|final|1st|2nd|3rd|4th)"


_HALVES = {"Y": "6M", "TH": "30M", "TM": "30S"}


def _unit_of(words: str) -> tuple[str, int]:
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


_DAYS = {"TS": 1 / 86400, "TM": 1 / 1440, "TH": 1 / 24, "D": 1.0, "WE": 7.0, "W": 7.0, "M": 30.4375, "Q": 91.3125,
         "Y": 365.25}  # fmt: skip


# ---- so long, so long ago

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
_NUMBERLESS = {"a", "an", "another", "one"}
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


def _each(unit: str) -> tuple[float, str, int]:
    return 1, UNITS[unit.lower()][0], 1


def _read_length(found: re.Match[str], scene: Scene) -> Reading | None:
    letter, times = _unit_of(found["unit"])
    words, way, rel = found["number"].lower(), (found["way"] or "").lower(), (found["rel"] or "").lower()
    first = words.split()[0]
    count: float | None = (
        1
        if (first in _NUMBERLESS and len(words.split()) == 1) or "further" in words or "full" in words
        else number_of(words)
    )
    if found["half"] and count is not None:
        count += 0.5
    mod = mod_of(found["qual2"] or found["qual"]) or ("APPROX" if found["so"] or "couple" in words else "")
    start, end = found.start(), found.end()
    unit = found["unit"]
    if unit.lower() == "quarters" and words in ("one", "three") and not rel:
        return Reading(start, end, "", "")
    if unit[0].isupper() and unit[1:].islower() and not found.group()[0].islower() and words not in ("a", "an"):
        return Reading(start, end, "", "")
    if words in _NUMBERLESS and (unit[-1:] == "s" or (words != "one" and "-" in found.group())):
        return None
    if words == "one" and unit == "day" and not way and not rel and _MODAL.search(scene.before(start)):
        return Reading(start, end, "DATE", "FUTURE_REF")
    if (
        not rel
        and not way
        and unit[-1:] != "s"
        and words not in _NUMBERLESS
        and not found["qual"]
        and not found["period"]
    ):
        start = found.start("number")
    if found["a_day"]:
        return Reading(start, end, "SET", duration(*_each(found["a_day"])))
    if words in ("a", "an") and not way and not rel:
        if (
            found.group()[-1:].lower() != "s"
            and _RATE.search(scene.before(start))
            and not _NOT_RATE.search(scene.before(start))
        ):
            return Reading(start, end, "SET", duration(1, letter, times))
        if letter == "Q":
            return Reading(start, end, "", "")
        if letter in ("D", "TS", "WE") and not re.search(
            r"\b(?:for|in|within|over|than|last\w*|took|takes?|about)\s$", scene.before(start)
        ):
            return None
        if letter == "TM" and found["unit"].lower().startswith("min"):
            return None
    if letter == "TS" and words in ("a", "one", "another"):
        return None
    if way == "old":
        if letter == "Y" or _PEOPLE.match(scene.after(end, 16)):
            return Reading(start, end, "", "")
        way = ""
    if letter == "Y" and re.match(r"(?:s old\b|\sold\b|\sof age\b)", scene.after(end, 12)):
        return Reading(start, end, "", "")
    if way in ("ago", "hence", "from now"):
        return _from_anchor(found, scene, count, mod)
    if way in ("earlier", "previously", "before", "later", "after", "afterward", "afterwards"):
        if way in ("before", "after", "previously") and not re.match(
            r"\s*(?:[.,;!?]|$|and\b|but\b)", scene.after(end, 8)
        ):
            end = found.end("unit") if not found["half"] else found.end("half")
        elif count is not None or letter:
            return _from_spoken(found, scene, count, mod)
    leads = 0.0
    if rel and count is not None:
        forward = "next" in rel or "coming" in rel
        if forward or any(word in rel for word in ("last", "past")):
            leads = _DAYS[letter] * times * count * (1 if forward else -1)
    return Reading(
        start, end, "DURATION", duration(count, letter, times), mod, scene.anchor if leads else "", leads=leads
    )


def _from_anchor(found: re.Match[str], scene: Scene, count: float | None, mod: str) -> Reading:
    letter, times = _unit_of(found["unit"])
    back = (found["way"] or "").lower() == "ago"
    start, end = found.start(), found.end()
    if count is None:
        return Reading(start, end, "DATE", "PAST_REF" if back else "FUTURE_REF", mod)
    if letter in ("TS", "TM", "TH"):
        return _clock_away(found, scene, -count if back else count, mod)
    if letter == "Y" and back and times == 1 and count == 1:
        compared = _year_before(scene, start)
        if compared:
            return Reading(start, end, "DATE", compared, mod, "spoken")
    steps = round(count * times * (1 if letter != "Y" or count == int(count) else 12))
    unit = letter if letter != "Y" or count == int(count) else "M"
    value = scene.relative(-steps if back else steps, unit)
    if scene.today is not None and value == "XXXX":  # before the calendar
        return Reading(start, end, "DATE", "PAST_REF" if back else "FUTURE_REF", mod)
    return Reading(start, end, "DATE", value, mod, scene.anchor)


def _clock_away(found: re.Match[str], scene: Scene, count: float, mod: str) -> Reading:
    letter, _ = _unit_of(found["unit"])
    start, end = found.start(), found.end()
    if scene.now is None:
        return Reading(start, end, "TIME", "XXXX-XX-XXTXX:XX", mod)
    days = step(scene.now.date(), int(count * _DAYS[letter]), "D")
    if days is None or not (scene.now.hour or scene.now.minute):
        return Reading(start, end, "TIME", f"{days or 'XXXX-XX-XX'}TXX:XX", mod, scene.anchor)
    minutes = scene.now.hour * 60 + scene.now.minute + round(count * _DAYS[letter] * 1440)
    day = step(scene.now.date(), minutes // 1440, "D")
    if day is None:
        return Reading(start, end, "TIME", "XXXX-XX-XXTXX:XX", mod)
    hour, minute = divmod(minutes % 1440, 60)
    value = f"{day.isoformat()}T{hour:02}" + ("" if letter == "TH" else f":{minute:02}")
    return Reading(start, end, "TIME", value, mod, scene.anchor)


def _from_spoken(found: re.Match[str], scene: Scene, count: float | None, mod: str) -> Reading:
    letter, times = _unit_of(found["unit"])
    later = (found["way"] or "").lower() in ("later", "after", "afterward", "afterwards")
    start, end = found.start(), found.end()
    if letter in ("TS", "TM", "TH") or count is None:
        return Reading(start, end, "DURATION", duration(count, letter, times), mod)
    if letter == "Y" and times == 1 and count == 1 and not later:
        compared = _year_before(scene, start)
        if compared:
            return Reading(start, end, "DATE", compared, mod, "spoken")
    value, anchor = scene.from_spoken(round(count * times) * (1 if later else -1), letter)
    return Reading(start, end, "DATE", value, mod, anchor)


# A company's report compares a quarter with that of the year before, in the paragraph at hand.
_REPORT_REACH = 700


def _year_before(scene: Scene, start: int, times: int = 1) -> str:
    """The quarter a year before the one that is being reported, empty where none is."""
    if not scene.period or start - scene.period_end > times * _REPORT_REACH:
        return ""
    year, quarter = scene.period.split("-")
    return f"{int(year) - 1:04}-{quarter}"


_BEFORE_OPEN = re.compile(
    r"\b(?:for|within|in|after|over|during|of|follow\w*|took|takes?|taking|spen[dt]|lasts?|lasted|last|by"
    r"|through|until)\s$",
    re.IGNORECASE,
)


def _read_open(found: re.Match[str], scene: Scene) -> Reading | None:
    letter, times = _unit_of(found["unit"])
    way, rel = (found["way"] or "").lower(), (found["rel"] or "").lower()
    if way == "ago":
        return Reading(found.start(), found.end(), "DATE", "PAST_REF")
    if not rel and not way and not _BEFORE_OPEN.search(scene.before(found.start(), 14)):
        if not re.match(r"\s(?:of|before|after)\s", scene.after(found.end(), 8)):
            return None
    if found["unit"][0].isupper() and not rel:
        return None
    if (letter == "Q" and rel in ("", "the")) or (letter == "D" and found["unit"].lower() == "nights" and not rel):
        return None
    if re.match(r"(?:-|\sold\b|\sof\sage\b)", scene.after(found.end(), 10)):
        return None
    if rel.startswith("over"):
        return Reading(found.end("rel") - 3, found.end(), "DURATION", duration(None, letter, times))
    return Reading(found.start(), found.end(), "DURATION", duration(None, letter, times))


# ---- this week, last year, the following month, that day

_DEICTIC = form(
    rf"(?:{_EDGE}[ -])?(?P<rel>this(?: past| coming| very| same)?|last|next|past|coming|previous|that(?: same| very)?"
    r"|(?:the )(?:same|following|next|previous|preceding|prior|past|last|coming|current|present|latest|new|full"
    r"|whole|entire)"
    r"|the current|the|each of the)"
    r" (?:(?P<kind>fiscal|calendar|financial|business|school|academic|tax|corresponding|comparable) )?"
    r"(?P<unit>day|night|week|weekend|fortnight|month|quarter|semester|year|decade|century|millennium|period)"
    r"(?:[’']s (?P<tail>end|start)|-(?P<tail2>end))?(?P<so> or (?:so|two))?"
)
_AFTER_THE = re.compile(
    r"\s(?:of|when|that|in\swhich|after|before|to\scome|he|she|they|it|we|I|his|her|their)\b|-|\s(?:ended|ending"
    r"|earlier)"
)
_BACK = {"last", "past", "the last", "the past", "this past"}
_ON = {"next", "coming", "this coming", "the next", "the coming"}


def _read_deictic(found: re.Match[str], scene: Scene) -> Reading | None:
    rel = " ".join(found["rel"].lower().split())
    word = found["unit"].lower()
    start, end = found.start(), found.end()
    edge = "end of" if found["tail"] or found["tail2"] else found["edge"]
    mod = mod_of(edge) if edge else ("APPROX" if found["so"] else "")
    if word == "period":
        return _of_period(rel, found, scene)
    if word == "night":
        return None
    letter, times = UNITS[word]
    dated = (found["kind"] or "").lower() not in ("fiscal", "financial", "business", "school", "academic", "tax")
    if rel == "the":
        return _the_unit(found, scene, mod, dated)
    if letter == "Q":
        return _quarter_at(rel, found, scene)
    if rel in ("that", "that same", "that very", "the same", "the following", "the previous", "the preceding", "the prior",
               "previous") or (rel == "the next" and letter == "D"):  # fmt: skip
        count = (
            1
            if rel in ("the following", "the next")
            else -1
            if rel.split()[-1] in ("previous", "preceding", "prior")
            else 0
        )
        if letter == "D" and count == 0 and rel.endswith("same") and not scene.spoken:
            return None
        value, anchor = scene.from_spoken(count * times, letter)
        return Reading(start, end, "DATE", _wide(value, times), mod, anchor, dated)
    if (
        rel in ("the last", "the past", "past", "the next", "the coming", "this past")
        and (times > 1 or rel in ("the past", "the next", "past"))
        and letter not in ("WE",)
    ):
        leads = _DAYS[letter] * times * (1 if rel in ("the next", "the coming") else -1)
        if not mod or found["so"]:
            return Reading(start, end, "DURATION", duration(1, letter, times), mod, scene.anchor, leads=leads)
    count = -1 if rel in _BACK else 1 if rel in _ON else 0
    if letter == "D":
        if rel not in ("this", "this very") or re.match(r"\sand\sage", scene.after(end, 10)):
            return None
        return Reading(start, end, "DATE", scene.relative(0, "D"), mod, scene.anchor)
    if letter == "WE" and count == 0 and scene.today is not None:
        return Reading(start, end, "DATE", _weekend(scene, start, end), mod, scene.anchor)
    if letter == "M" and times > 1:
        return None
    if rel == "the new" and letter != "Y":
        return None
    value = scene.relative(count * times, letter if letter != "W" or times == 1 else "W")
    return Reading(start, end, "DATE", _wide(value, times), mod, scene.anchor, dated)


def _wide(value: str, times: int) -> str:
    """Cut a year's value down to its decade or century."""
    return value[: {10: 3, 100: 2}.get(times, len(value))] if value[:1].isdigit() else value


def _weekend(scene: Scene, start: int, end: int) -> str:
    """The weekend meant: the last one, unless it has begun or the clause looks ahead."""
    if scene.today is None:
        return "XXXX-WXX-WE"
    ahead = scene.today.weekday() >= 5 or scene.direction(start, end) > 0 or "this" in scene.text[start:end].lower()
    return scene.relative(0 if ahead else -1, "WE")


def _the_unit(found: re.Match[str], scene: Scene, mod: str, dated: bool) -> Reading | None:
    """`the week`, `the year`: the anchor's, unless more words say which one is meant."""
    word = found["unit"].lower()
    letter, times = UNITS[word]
    start, end = found.start(), found.end()
    after = scene.after(end, 14)
    if letter == "WE":
        return Reading(start, end, "DATE", _weekend(scene, start, end), mod, scene.anchor)
    if letter == "Y" and re.match(r"\s(?:ended|ending|to|that|which)\b", after):
        return Reading(start, end, "DURATION", "P1Y", mod)
    if letter == "D":
        side = re.match(r"\s(before|after)\b", after)
        if side is None:
            return None
        if re.match(r"\s(?:before\syesterday|after\stomorrow)", scene.after(end, 20)):
            return None
        value, anchor = scene.from_spoken(1 if side[1] == "after" else -1, "D")
        return Reading(start, end, "DATE", value, mod, anchor)
    if letter == "Q":
        return _quarter_at("the", found, scene)
    if times > 1 or (_AFTER_THE.match(after) and not mod):
        return None
    return Reading(start, end, "DATE", scene.relative(0, letter), mod, scene.anchor, dated)


def _current_quarter(scene: Scene, start: int) -> str:
    """The quarter being reported; else the last that is over."""
    if scene.period and start - scene.period_end <= 4 * _REPORT_REACH:
        return scene.period
    return scene.relative(-1, "Q")


def _quarter_at(rel: str, found: re.Match[str], scene: Scene) -> Reading:
    start, end = found.start(), found.end()
    if rel in ("the current", "this"):
        value = scene.relative(0, "Q")
    elif rel in ("next", "the next", "the coming", "the following", "coming"):
        value = scene.relative(1, "Q")
    elif rel in ("last", "previous", "the previous", "the prior", "the preceding", "the last"):
        value = scene.relative(-1, "Q")
    else:
        value = _current_quarter(scene, start)
    return Reading(start, end, "DATE", value, "", scene.anchor)


def _of_period(rel: str, found: re.Match[str], scene: Scene) -> Reading | None:
    """`the latest period`: in a company's report only."""
    start, end = found.start(), found.end()
    if not scene.period:
        return None
    if rel in ("the latest", "the current"):
        return Reading(start, end, "DATE", scene.period, "", "spoken")
    if (found["kind"] or "").lower() in ("corresponding", "comparable"):
        tail = re.match(r"\s(?:last\syear|a\syear\s(?:ago|earlier))", scene.after(end, 16))
        return Reading(
            start, end + (tail.end() if tail else 0), "DATE", _year_before(scene, start) or "XXXX-QX", "", "spoken"
        )
    return None


# ---- quarters and halves

_QUARTER = form(
    r"(?:(?:(?P<rel>this|last|next) year[’']s|(?:the|its|a)(?: (?P<ago>year-(?:ago|earlier)))?) )?(?:(?P<year>\d{4}) )?"
    rf"(?P<fiscal>fiscal[ -])?{_ORDINAL}[ -](?P<fiscal2>fiscal[ -])?quarter"
    r"(?: (?:of )?(?:fiscal )?(?P<year2>\d{4})| of (?P<rel2>this|last|next|the) year)?(?P<ago2>,? a year (?:ago"
    r"|earlier))?"
)
_YEAR_AGO = form(
    r"(?:the )?year-(?:ago|earlier)(?: (?:third |second |first |fourth )?(?:period|quarter|month|half))"
    r"|year-(?:ago|earlier)|(?:the )?quarter,? a year (?:ago|earlier)"
    r"|last year[’']s (?:quarter|period)"
)
_YEAR_PERIOD = form(r"(?:the )?(?P<year>(?:19|20)\d\d) (?P<word>period|quarter|fiscal year|season|calendar year)")
_END = form(
    r"year(?:-|[’']s | )end|(?:the )?end of (?:the|this) (?P<unit>year|month|week)|(?P<unit2>month|quarter)-end"
)
_HALF = form(
    r"(?:the )?(?P<nth>first|second|latter)[ -]half(?: of (?:(?P<year>\d{4})|(?P<rel>this|last|next|the) year))?"
)


def _read_quarter(found: re.Match[str], scene: Scene) -> Reading:
    nth = found["nth"].lower()
    quarter = 4 if nth == "final" else ORDINALS.get(nth, 1)
    start = found.start()
    if re.match(r"its\b|a\s", found.group(), re.IGNORECASE):
        start = found.start("nth") if not found["fiscal"] else found.start("fiscal")
    elif "-" in scene.text[found.start("nth") : found.end()] and found.group().lower().startswith("the"):
        start += 4
    fiscal = found["fiscal"] or found["fiscal2"]
    year = found["year"] or found["year2"]
    rel = (found["rel"] or found["rel2"] or "").lower()
    anchor = "itself" if year else scene.anchor
    if not year:
        if scene.today is None:
            return Reading(start, found.end(), "DATE", f"XXXX-Q{quarter}")
        number = scene.today.year
        if rel in ("last", "next"):
            number += 1 if rel == "next" else -1
        elif not rel:
            now = (scene.today.month + 2) // 3
            if quarter > now and scene.direction(start, found.end()) <= 0:
                number -= 1
            elif quarter < now - 1 and scene.direction(start, found.end()) > 0:
                number += 1
        if found["ago"] or found["ago2"]:
            number -= 1
        year = f"{number:04}"
    return Reading(start, found.end(), "DATE", f"{year}-Q{quarter}", "", anchor, not fiscal)


def _read_year_ago(found: re.Match[str], scene: Scene) -> Reading:
    value = _year_before(scene, found.start(), 3 if re.search(r"period|quarter", found.group()) else 1)
    if value:
        return Reading(found.start(), found.end(), "DATE", value, "", "spoken")
    return Reading(found.start(), found.end(), "DATE", scene.relative(-1, "Y"), "", scene.anchor)


def _read_year_period(found: re.Match[str], scene: Scene) -> Reading:
    year, word = found["year"], found["word"].lower()
    if word in ("period", "quarter") and scene.period and found.start() - scene.period_end <= 2 * _REPORT_REACH:
        return Reading(found.start(), found.end(), "DATE", f"{year}-{scene.period[-2:]}", "", "spoken")
    if word == "season":
        return Reading(found.start(), found.end("year"), "DATE", year, "", "itself")
    return Reading(found.start(), found.end(), "DATE", year, "", "itself", "fiscal" not in word)


def _read_end(found: re.Match[str], scene: Scene) -> Reading:
    letter = UNITS[(found["unit"] or found["unit2"] or "year").lower()][0]
    return Reading(found.start(), found.end(), "DATE", scene.relative(0, letter), "END", scene.anchor)


def _read_half(found: re.Match[str], scene: Scene) -> Reading | None:
    half = 1 if found["nth"].lower() == "first" else 2
    rel, year = (found["rel"] or "").lower(), found["year"]
    if not rel and not year:
        return None
    if not year:
        if scene.today is None:
            return Reading(found.start(), found.end(), "DATE", f"XXXX-H{half}")
        year = f"{scene.today.year + (1 if rel == 'next' else -1 if rel == 'last' else 0):04}"
    return Reading(
        found.start(), found.end(), "DATE", f"{year}-H{half}", "", "itself" if found["year"] else scene.anchor
    )


# ---- what recurs

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
    letter, times = _unit_of(found["unit"])
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
    letter, times = _unit_of(found["unit"])
    return Reading(found.start(), found.end(), "SET", duration(1, letter, times))


def _read_adverb(found: re.Match[str], scene: Scene) -> Reading | None:
    word = found["word"]
    if re.match(r"\s[A-Z]", scene.after(found.end(), 3)):  # a newspaper: "the daily Granma"
        return None
    if word[0].isupper() and re.search(r"[A-Za-z]\s$", scene.before(found.start(), 3)):
        return None
    return Reading(found.start(), found.end(), "SET", _ADVERB_VALUES[word.lower()])


_DEICTIC_WORDS = frozenset(["this", "last", "next", "past", "coming", "previous", "that", "the", "each"])
_OPEN_WORDS = frozenset(
    ["minutes", "hours", "days", "weeks", "months", "years", "decades", "centuries", "quarters", "nights", "weekends"]
)

UNIT_FORMS = (
    Form(_QUARTER, _read_quarter, frozenset({"quarter"})),
    Form(_YEAR_AGO, _read_year_ago, frozenset({"ago", "earlier", "quarter", "period"})),
    Form(_END, _read_end, frozenset({"end"})),
    Form(_EVERY, _read_every, frozenset({"every", "each", "per"})),
    Form(_TIMES, _read_times, frozenset({"once", "twice", "thrice", "times"})),
    Form(_LONG, _read_long, frozenset({"long"})),
    Form(_LENGTH, _read_length),
    Form(_DEICTIC, _read_deictic, _DEICTIC_WORDS),
    Form(_OPEN, _read_open, _OPEN_WORDS),
)
QUARTER_FORMS = (
    Form(_QUARTER, _read_quarter, frozenset({"quarter"})),
    Form(_YEAR_PERIOD, _read_year_period, frozenset({"period", "quarter", "year", "season"})),
)
HALF_FORMS = (Form(_HALF, _read_half),)
SET_FORMS = (Form(_ADVERB, _read_adverb),)
