"""Words that are a time by themselves: today, yesterday, now, recently, once, the past, the near future, that day."""

import re

from diurna.enrich.times.scene import Form, Reading, Scene, form
from diurna.enrich.times.words import MONTHS, WEEKDAYS, any_of, at_part, mod_of

__all__ = ["ADVERB_FORMS"]

_DAY = form(
    r"(?:(?P<edge>early|earlier|late|later) )?(?:(?P<part0>noon|midnight|midday) )?(?P<word>today|yesterday"
    r"|tomorrow|the day before yesterday|the day after tomorrow)"
    r"(?:(?:[’']s)? (?:early |late |mid-?)?(?P<part>morning|afternoon|evening|night|noon|midnight))?"
)
_SHIFTS = {"today": 0, "yesterday": -1, "tomorrow": 1, "the day before yesterday": -2, "the day after tomorrow": 2}


# Papers and programmes: "USA Today", "VOA Today".
_TODAY = re.compile(r"\b(?:[A-Z]{2,5}|Psychology|Business|Russia|India|Christianity)\s$")
# "the youth of today", "today's world": an age, and no day.
_AGE = (
    r"(?:world|society|youth|youngsters|children|kids|teens|teenagers|young|generations?|standards|adults|women|men"
    r"|parents|students|computers|technology|cars|homes|leaders|people|families|consumers)\b"
)
_OF_OUR_AGE = re.compile(rf"[’']s\s(?:[a-z]+\s)?{_AGE}")
_AGE_OF = re.compile(rf"\b{_AGE}\sof\s$|\b(?:many|most|some|all)\sof\s$")


def _is_our_age(found: re.Match[str], scene: Scene) -> bool:
    """Whether the word stands for our times, or the times to come: "today's youth", "the cars of tomorrow"."""
    if _OF_OUR_AGE.match(scene.after(found.end("word"), 30)):
        return True
    return _AGE_OF.search(scene.before(found.start(), 24)) is not None


def _read_day(found: re.Match[str], scene: Scene) -> Reading | None:
    word = " ".join(found["word"].lower().split())
    if found["word"][0].isupper() and re.match(r"\s(?:Show|FM)\b", scene.after(found.end(), 6)):
        return None
    if word == "today" and _TODAY.search(scene.before(found.start(), 12)) and found["word"][0].isupper():
        return None
    if word in ("today", "tomorrow") and _is_our_age(found, scene):
        return None
    value, mod = scene.relative(_SHIFTS[word], "D"), mod_of(found["edge"])
    part = found["part"] or found["part0"]
    if part:
        return Reading(found.start(), found.end(), "TIME", at_part(value, part), mod, scene.anchor)
    return Reading(found.start(), found.end(), "DATE", value, mod, scene.anchor)


_PRESENT = form(
    r"(?P<word>(?:right |just |even |until |by )?now|currently|nowadays|presently|these days|at present"
    r"|at the moment|at this moment|the present(?: (?:day|time))?|this (?:crucial |very )?moment)"
)
_PAST = form(
    r"(?P<word>(?:more |most |very |until |only )?recently|lately|formerly|the (?:recent |distant |near )?past"
    r"|long ago|in recent times|not (?:so |that |too )?long ago|some time ago|a (?:long |short )?(?:while"
    r"|time) ago|moments ago|the good old days)"
)
_FUTURE = form(
    r"(?P<word>(?:very )?soon|the (?:near |immediate |not-too-distant |distant )?future|(?:in )?future|shortly"
    r"|one day|some day|someday|in due course|a later date)"
)
_SPOKEN = form(r"(?P<word>then|that day)")
_TIME = form(r"(?P<qual>some|a short|a) (?P<word>time|while)")


_NOT_NOW = re.compile(r"-|\sand\sthen\b")
# "Now, what does that mean?", "Now for the weather": no time but a turn of the talk.
_TURN = re.compile(r",|\sfor\b|\sthen\b")
_PAST_SOMETHING = re.compile(
    r"[\s-](?!(?:and|or|but|when|has|had|have|was|were|is|as|in|to|of|with|that|by|it|he|she|they|we)\b)\w"
)
_WENT = re.compile(r"\b(?:way|walked|drove|went|ran|rolled|squeezed|slipped)\s$")


def _read_present(found: re.Match[str], scene: Scene) -> Reading | None:
    words = " ".join(found["word"].lower().split())
    start, end = found.span("word")
    after = scene.after(end, 10)
    if words.endswith("now"):
        if found["word"] == "Now" and _TURN.match(after):
            return None
        if _NOT_NOW.match(after) or scene.before(start, 1) in ("-", "‑"):
            return None
        start = end - 3
    if words == "the present" and re.match(r"\s[a-z]+\s(?:is|was|were)\b", after):
        return None
    return Reading(start, end, "DATE", "PRESENT_REF")


# "Most recently last October", "as recently as May": the time is the one behind it.
_DATED_BEHIND = re.compile(
    rf"\s(?:as\s)?(?:in\s|on\s|at\s)?(?:early\s|late\s)?(?:last|this|yesterday|today|(?:19|20)\d\d"
    rf"|{any_of(name for name in (*MONTHS, *WEEKDAYS) if len(name) > 3)})\b",
    re.IGNORECASE,
)


def _read_past(found: re.Match[str], scene: Scene) -> Reading | None:
    words = " ".join(found["word"].lower().split())
    start, end = found.span("word")
    if words.endswith(" past") and (
        _PAST_SOMETHING.match(scene.after(end, 14)) or _WENT.search(scene.before(start, 20))
    ):
        return None
    if words.endswith("recently") and _DATED_BEHIND.match(scene.after(end, 24)):
        return None
    if words.startswith(("until ", "only ")):
        start += words.index(" ") + 1
    return Reading(start, end, "DATE", "PAST_REF")


# What a word for the future must not stand before, and must stand behind.
_NO_FUTURE_AFTER = {
    "soon": re.compile(r"\s(?:as|after|to\sbe|enough)\b|-|er\b"),
    "shortly": re.compile(r"\s(?:before|after|thereafter|afterwards?)\b"),
    "one day": re.compile(r"\s(?:after|before|later|earlier)\b"),
    "future": re.compile(r"(?![.,;])"),
    "in future": re.compile(r"(?![.,;])"),
    "the future": re.compile(r"\s(?:king|queen|president|wife|husband)\b|s\b"),
}
_FUTURE_BEHIND = {
    "soon": re.compile(r"(?<!\bas\s)(?<!\btoo\s)(?<!\bso\s)(?<!\bhow\s)(?<!\bno\s)$", re.IGNORECASE),
    "shortly": re.compile(r"\b(?:will|shall|would|to)\b", re.IGNORECASE),
    "one day": re.compile(r"\b(?:will|would|could|may|might|can)\s$"),
}


def _read_future(found: re.Match[str], scene: Scene) -> Reading | None:
    words = " ".join(found["word"].lower().split())
    start, end = found.span("word")
    wrong, right = _NO_FUTURE_AFTER.get(words), _FUTURE_BEHIND.get(words)
    if (wrong and wrong.match(scene.after(end, 14))) or (right and not right.search(scene.before(start, 20))):
        return None
    if words.endswith("soon") and scene.direction(start, end) <= 0:
        return None
    return Reading(start + 3 if words.startswith("in ") else start, end, "DATE", "FUTURE_REF")


def _read_spoken(found: re.Match[str], scene: Scene) -> Reading | None:
    words = " ".join(found["word"].lower().split())
    start = found.start()
    before = scene.before(start, 12)
    if words == "then" and not re.search(r"\b(?:until|till|by)\s$", before, re.IGNORECASE):
        return None
    day = re.match(r"\d{4}(?:-[0-9A-Z-]+)?", scene.spoken)
    if not scene.spoken or day is None:
        return Reading(start, found.end(), "DATE", "PAST_REF")
    return Reading(start, found.end(), "DATE", scene.spoken.partition("T")[0], "", "spoken")


def _read_time(found: re.Match[str], scene: Scene) -> Reading | None:
    """`for some time`, `for a while`: a length that nobody gives."""
    qual, word = found["qual"].lower(), found["word"].lower()
    if qual != "some" and word == "time":
        return None
    if not re.search(
        r"\b(?:for|after|within|took|take|takes)(?:\squite|\ssuch)?\s$", scene.before(found.start(), 16), re.IGNORECASE
    ):
        return None
    return Reading(found.start(), found.end(), "DURATION", "PXX")


_DAYS = frozenset({"today", "yesterday", "tomorrow"})
_PRESENTS = frozenset({"now", "currently", "nowadays", "presently", "these", "present", "moment"})
_PASTS = frozenset({"recently", "lately", "formerly", "past", "ago", "recent", "old"})
_FUTURES = frozenset({"soon", "future", "shortly", "one", "some", "someday", "course", "later"})

ADVERB_FORMS = (
    Form(_DAY, _read_day, _DAYS),
    Form(_PRESENT, _read_present, _PRESENTS),
    Form(_PAST, _read_past, _PASTS),
    Form(_FUTURE, _read_future, _FUTURES),
    Form(_SPOKEN, _read_spoken, frozenset({"then", "that"})),
    Form(_TIME, _read_time, frozenset({"some", "while"})),
)
