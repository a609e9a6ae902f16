"""What a time expression is read against: the anchor's day, the time just spoken of, the tense of the clause."""

import re
from collections import deque
from collections.abc import Callable
from datetime import date, datetime, timedelta, tzinfo
from itertools import islice

from msgspec import Struct

from diurna.enrich.times.calendar import coarse, end_day, first_day, step

__all__ = ["Form", "Reading", "Scene", "form"]

# A space between words of one expression: it may be the end of a line, but not of a paragraph.
_SPACE = r"(?:[ \t\u00a0\u202f]{1,2}|[ \t]?\r?\n[ \t]?(?!\s))"


class Reading(Struct, frozen=True):
    """Expression as it was read: its span, the terms of TIMEX3, and whether the calendar gives its interval.

    `type` is empty for words that were read and are no time, so that nothing else is seen in them. `dated` is false
    where the value names a period that lies differently for everyone: a fiscal year. Of a duration that leads to the
    anchor or away from it, `leads` is its signed length in days. `zone` is the time zone as written; where that is only
    "local time", `local` with the place, if one is named. `since` and `until` are the values that an interval of
    several begins and ends with.
    """

    start: int
    end: int
    type: str
    value: str
    mod: str = ""
    anchor: str = ""
    dated: bool = True
    leads: float = 0.0
    zone: str = ""
    since: str = ""
    until: str = ""


class Form(Struct, frozen=True):
    """Way to write a time: its pattern, and what reads a match. A reader may find that it is no time after all.

    A form is tried only where one of the words that it `needs` stands near; none needed means always.
    """

    pattern: re.Pattern[str]
    read: Callable[[re.Match[str], "Scene"], Reading | None]
    needs: frozenset[str] = frozenset()


def form(pattern: str) -> re.Pattern[str]:
    """Compile a form; a blank in it stands for the space between two words, the end of a line included."""
    spaced = pattern.replace("[ -]", "(?: |-)").replace("\\ ", " ").replace(" ", _SPACE)
    return re.compile(spaced + r"(?!\w)", re.IGNORECASE)


_FUTURE = (
    r"(?:(?-i:will|may)|would|shall|to|can|must|should|might)(?: \w+ly| not| also| still| then| never| only"
    r"| now)? be(?: \w+ly)? \w+"
    r"|(?-i:will|may)|won[’']t|shall|[’']ll|would|should|must|might|going to"
    r"|(?:is|are|be|was|were|been) (?:to|due|set|slated|likely|poised|bound|forecast)"
    r"|(?:expect|schedul|plann?|hop|intend|promis|project|predict|anticipat|decid|refus|offer|vow|agre|want|need"
    r"|prepar|aim|ask|urg|order|propos|ready|threaten)"
    r"(?:e?s|ed|e|ing)? (?:[\w’']+ )?(?:to|for|on)|scheduled|expected|slated|planned|planning|plans|due"
    r"|expires?|payable"
    r"|(?:takes|comes|goes|gets) (?:effect|place|into|under)|kicks off"
    r"|effective|upcoming|resumes?|begins|starts|opens|ends|meets|deadline|redeemable|matur\w+"
)
_PAST = (
    r"was|were|had|did(?:n[’']t)?|been|said|told|went|came|took|made|began|met|won|lost|fell|rose|died|got|left|held|sent"
    r"|put|found"
    r"|gave|saw|became|led|ran|spoke|struck|hit|cut|shot|fled|ago|quit|broke|brought|bought|sold|paid|wrote|grew|read"
    r"|(?<!\bthe )(?<!\ba )set(?! to\b| for\b| of\b)"
    r"|(?<!\bthe )(?<!\ba )(?<!\ban )(?!(?:need|indeed|hundred|speed|feed|seed|proceed|exceed|succeed|breed"
    r"|united|embed|unspecified|unidentified|unnamed|undisclosed|unexpected)\b)\w{2,}ed"
)
_CUE = re.compile(rf"\b(?:(?P<future>{_FUTURE})|(?P<past>{_PAST}))\b".replace(" ", r"\s"), re.IGNORECASE)
_BREAK = re.compile(r"(?<=\w\w\w)[.!?][\"”’')]*\s+(?=[A-Z“\"‘`])|[;\n]\s*\n|\n\n")
# In small letters: a sentence that begins with "By Monday" may tell of the past.
_AHEAD = re.compile(
    r"\b(?:until|till|by|as\s(?:early|soon|late)\sas|no\slater\sthan|starting|beginning|effective|payable|due|before)"
    r"(?:\s(?:the|on|in|late|early|mid|at|end|of|about|around))*\s$"
)
_BEFORE = re.compile(r"\bbefore(?:\s(?:the|on|in|late|early|mid|end|of|about|around))*\s$")
_SINCE = re.compile(r"\b[Ss]ince(?:\s(?:the|late|early|mid|at|end|of|about|around))*\s$")
# What "by Monday" belongs to is over where the verb is a pluperfect ("had filed by Monday"); so is "not until".
_OVER = re.compile(
    r"\bhad\s(?:not\s|n[’']t\s|\w+ly\s)?(?!(?:until|till|by|to|no|the|an?|agreed|promised|planned|hoped|vowed)\b)"
    r"|\b(?:did|was|were|had)(?:\snot|n[’']t)\b"
)
# "had been due to expire on Friday", "originally scheduled for Friday": what was to come then.
_WAS_TO_COME = re.compile(
    r"\b(?:had\s(?:\w+ly\s)?been|originally|initially|previously)\s(?:\w+ly\s)?(?:due|scheduled|expected|planned"
    r"|slated|set|supposed)\b"
)
_EXTENDED = re.compile(r"\b(?:extend|prolong|renew)\w*\s[^.;]{0,60}\bthrough\s$")
_UNKNOWN = {"D": "XXXX-XX-XX", "W": "XXXX-WXX", "WE": "XXXX-WXX-WE", "M": "XXXX-XX", "Q": "XXXX-QX"}
# Least length of a value that tells the day, week, month or quarter.
_FINE = {"D": 10, "W": 8, "WE": 8, "M": 7, "Q": 7, "Y": 4}
_REACH = 110
# A time so near to the beginning of its sentence stands before the verb: "On Tuesday, ministers will meet".
_OPENING = 16


def _last_verb(before: str, cut: int) -> str:
    """Whether the last cue of a clause is of the `past` or the `future`; empty where it has none."""
    cue = deque(_CUE.finditer(before, cut), maxlen=1)
    return (cue[0].lastgroup or "") if cue else ""


class Scene:
    """The text while it is read, and the times that were read so far.

    `today` is the anchor's day on the writer's calendar; `spoken` the value of the last date or time, `period` that of
    the last quarter, for "a year earlier" in a company's report. Positions count in `text`.
    """

    def __init__(self, text: str, now: datetime | None, zone: tzinfo | None, month_first: bool | None) -> None:
        self.text = text
        self.zone = zone
        self.month_first = month_first
        self.now = now
        self.today: date | None = now.date() if now else None
        self.anchor = "published" if now else ""
        self.spoken = ""
        self.spoken_end = 0
        self.period = ""
        self.period_end = 0
        self.after_period = 0

    def before(self, start: int, reach: int = 40) -> str:
        """Some text before a position."""
        return self.text[max(0, start - reach) : start]

    def after(self, end: int, reach: int = 40) -> str:
        """Some text after a position."""
        return self.text[end : end + reach]

    def direction(self, start: int, end: int) -> int:
        """Whether what happens there is past (-1), to come (1) or cannot be told (0), by the verbs of the clause.

        -2 behind "since", which leaves no doubt.
        """
        before = self.before(start, _REACH)
        if _SINCE.search(before):
            return -2
        cut = 0
        for found in _BREAK.finditer(before):
            cut = found.end()
        if _AHEAD.search(before, cut) or _EXTENDED.search(before, cut):
            if _WAS_TO_COME.search(before, cut):
                return -1
            told = _OVER.search(before, cut) or _BEFORE.search(before, cut)
            return -1 if told and _last_verb(before, cut) == "past" else 1
        cue = deque(_CUE.finditer(before, cut), maxlen=1)
        if not cue and len(before) - cut <= _OPENING:
            after = self.after(end, _REACH)
            stop = _BREAK.search(after)
            cue.extend(islice(_CUE.finditer(after[: stop.start()] if stop else after), 1))
        if not cue:
            return 0
        if _WAS_TO_COME.search(before, cut):
            return -1
        return 1 if cue[0].lastgroup == "future" else -1

    def relative(self, count: int, unit: str) -> str:
        """Value of the unit that lies `count` units from the anchor's; with X where there is no anchor."""
        if self.today is None:
            return _UNKNOWN.get(unit, "XXXX")
        day = step(self.today, count, unit)
        return coarse(day, unit) if day else "XXXX"

    def from_spoken(self, count: int, unit: str) -> tuple[str, str]:
        """Value and anchor of the unit that lies `count` units from the time just spoken of, or else from the anchor.

        A year that was spoken of does not tell which day "the next day" is.
        """
        day = first_day(self.spoken) if self.spoken else None
        if day is None:
            return self.relative(count, unit), self.anchor
        moved = step(day, count, unit) if len(self.spoken) >= _FINE.get(unit, 0) else None
        return (coarse(moved, unit) if moved else _UNKNOWN.get(unit, "XXXX")), "spoken"

    def note(self, reading: Reading) -> None:
        """Keep what was read for what comes after it."""
        if reading.type not in ("DATE", "TIME") or not first_day(reading.value):
            return
        self.spoken, self.spoken_end = reading.value, reading.end
        if re.fullmatch(r"\d{4}-Q\d", reading.value):
            over = end_day(reading.value)
            if reading.anchor != "spoken" and (not self.period or self.today is None or (over and over <= self.today)):
                self.period, self.period_end = reading.value, reading.end

    def week_day(self, weekday: int, direction: int) -> date | None:
        """The weekday nearest before the anchor, or after it; the anchor's own day where it is that weekday."""
        if self.today is None:
            return None
        back = (self.today.weekday() - weekday) % 7
        try:
            return self.today + timedelta(days=7 - back if direction > 0 and back else -back)
        except OverflowError:
            return None
