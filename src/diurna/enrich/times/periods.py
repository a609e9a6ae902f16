"""Forms of a period near the anchor or the time just spoken of: "this week", "last year", "that day", "the weekend"."""

import re

from diurna.enrich.times.calendar import first_day, step, week_of
from diurna.enrich.times.days import WEEKDAY_FORMS
from diurna.enrich.times.feasts import HOLIDAY_FORMS
from diurna.enrich.times.lengths import DAYS_IN, duration
from diurna.enrich.times.quarters import quarter_at, reported_period
from diurna.enrich.times.scene import Form, Reading, Scene, form
from diurna.enrich.times.words import UNITS, mod_of

__all__ = ["PERIOD_FORMS"]

_EDGE = r"(?P<edge>early|earlier|late|later|mid|(?:the )?(?:very )?(?:end|beginning|start|middle|close) of)"
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
    r"\s(?:of|when|that|in\swhich|after|before|to\scome|he|she|they|it|we|I|his|her|their)\b|-|\s\d|\s(?:ended|ending"
    r"|earlier)"
)
_BACK = {"last", "past", "the last", "the past", "this past"}
_ON = {"next", "coming", "this coming", "the next", "the coming"}


_FROM_SPOKEN = {
    "that": 0, "that same": 0, "that very": 0, "the same": 0, "the following": 1, "the previous": -1,
    "the preceding": -1, "the prior": -1, "previous": -1,
}  # fmt: skip
# "the past year" is the twelve months up to now, "last year" the one before this.
_STRETCHES = {"the past": -1, "past": -1, "this past": -1, "the last": -1, "the next": 1, "the coming": 1}
_OWN_YEARS = frozenset({"fiscal", "financial", "business", "school", "academic", "tax"})


def _read_deictic(found: re.Match[str], scene: Scene) -> Reading | None:
    rel = " ".join(found["rel"].lower().split())
    word = found["unit"].lower()
    start, end = found.span()
    if word == "period":
        return reported_period(rel, found, scene)
    if word == "night":
        return None
    edge = "end of" if found["tail"] or found["tail2"] else found["edge"]
    mod = mod_of(edge) if edge else ("APPROX" if found["so"] else "")
    letter, times = UNITS[word]
    dated = (found["kind"] or "").lower() not in _OWN_YEARS
    if rel == "the":
        return _the_unit(found, scene, mod, dated)
    if letter == "Q":
        return quarter_at(rel, found, scene)
    shift = 1 if (rel, letter) == ("the next", "D") else _FROM_SPOKEN.get(rel)
    if rel == "the next" and letter in "WMY" and times == 1 and not found["so"]:
        shift = None if _IN_THE_NEXT.search(scene.before(start, 14)) else 1  # "In 2014 he won; the next year he lost"
    if shift is not None:
        value, anchor = scene.from_spoken(shift * times, letter)
        return Reading(start, end, "DATE", _wide(value, times), mod, anchor, dated)
    if rel in _STRETCHES and letter != "WE" and (times > 1 or rel in ("the past", "the next", "past")):
        leads = DAYS_IN[letter] * times * _STRETCHES[rel]
        if times == 1 and letter in "WMQY":  # the year's value, and the twelve months that end or begin now
            value = scene.relative(round(_STRETCHES[rel]), letter)
            return Reading(start, end, "DATE", value, mod, scene.anchor, leads=leads)
        if not mod or found["so"]:
            return Reading(start, end, "DURATION", duration(1, letter, times), mod, scene.anchor, leads=leads)
    if rel == "the last" and letter in "WMQY" and times == 1 and _OVER_THE.search(scene.before(start, 8)):
        leads = -DAYS_IN[letter]  # "for the last week": the seven days that end now
        return Reading(start, end, "DATE", scene.relative(-1, letter), mod, scene.anchor, leads=leads)
    count = -1 if rel in _BACK else 1 if rel in _ON else 0
    if letter == "D":
        if rel not in ("this", "this very") or re.match(r"\sand\sage", scene.after(end, 10)):
            return None
        return Reading(start, end, "DATE", scene.relative(0, "D"), mod, scene.anchor)
    if letter == "WE" and count == 0:
        return Reading(start, end, "DATE", _weekend(scene, start, end), mod, scene.anchor)
    if (letter == "M" and times > 1) or (rel == "the new" and letter != "Y"):
        return None
    return Reading(start, end, "DATE", _wide(scene.relative(count * times, letter), times), mod, scene.anchor, dated)


def _wide(value: str, times: int) -> str:
    """Cut a year's value down to its decade or century."""
    return value[: {10: 3, 100: 2}.get(times, len(value))] if value[:1].isdigit() else value


def _weekend(scene: Scene, start: int, end: int) -> str:
    """The weekend meant: the last one, unless it has begun or the clause looks ahead."""
    if scene.today is None:
        return "XXXX-WXX-WE"
    ahead = scene.today.weekday() >= 5 or scene.direction(start, end) > 0 or "this" in scene.text[start:end].lower()
    return scene.relative(0 if ahead else -1, "WE")


# "Late in the day before ...": there the day is no day before another.
_IN_THE_NEXT = re.compile(
    r"\b(?:in|into|over|within|during|for|of|through|throughout|until|by|least|early|late|later)\s$", re.IGNORECASE
)
_OVER_THE = re.compile(r"\b(?:for|over|within)\s$", re.IGNORECASE)
_IN_THE = re.compile(r"\b[Ii]n\s$")
# "He had won the year before."
_SIDE_OF_SPOKEN = re.compile(r"\s(?P<way>before|after)(?=[.,;:!?]|$)")
_TO_DAY = re.compile(r"\s(?P<way>before|after|of)\s(?:on\s)?")


def _day_at(scene: Scene, start: int) -> Reading | None:
    """The day that is written at a position: "Oct. 12", "last Tuesday", "Easter Sunday"."""
    for each in (*WEEKDAY_FORMS, *HOLIDAY_FORMS):
        found = each.pattern.match(scene.text, start)
        reading = each.read(found, scene) if found else None
        if reading is not None and reading.type == "DATE" and len(reading.value) == 10:
            return reading
    return None


def _by_day(found: re.Match[str], scene: Scene, letter: str) -> Reading | None:
    """`the day before last Tuesday`, `the week of March 6`."""
    way = _TO_DAY.match(scene.after(found.end(), 12))
    if way is None or (way["way"] == "of") != (letter == "W"):
        return None
    if letter == "D" and _IN_THE.search(scene.before(found.start(), 4)):
        return None
    named = _day_at(scene, found.end() + way.end())
    day = first_day(named.value) if named else None
    if named is None or day is None:
        return None
    if letter == "W":
        return Reading(found.start(), named.end, "DATE", week_of(day), "", named.anchor)
    other = step(day, 1 if way["way"] == "after" else -1, "D")
    return Reading(found.start(), named.end, "DATE", other.isoformat(), "", named.anchor) if other else None


def _the_unit(found: re.Match[str], scene: Scene, mod: str, dated: bool) -> Reading | None:
    """`the week`, `the year`: the anchor's, unless more words say which one is meant."""
    word = found["unit"].lower()
    letter, times = UNITS[word]
    start, end = found.start(), found.end()
    after = scene.after(end, 14)
    if letter == "WE":
        return Reading(start, end, "DATE", _weekend(scene, start, end), mod, scene.anchor)
    side = _SIDE_OF_SPOKEN.match(after) if letter in "WMY" and times == 1 and scene.spoken else None
    if side:
        value, anchor = scene.from_spoken(1 if side["way"] == "after" else -1, letter)
        return Reading(start, end + side.end("way"), "DATE", value, mod, anchor)
    if letter in "DW" and (dated_by := _by_day(found, scene, letter)):
        return dated_by
    if letter == "Y" and re.match(r"\s(?:ended|ending|to|that|which)\b", after):
        return Reading(start, end, "DURATION", "P1Y", mod)
    if letter == "D":
        side = re.match(r"\s(before|after)\b", after)
        if side is None or _IN_THE.search(scene.before(start, 4)):
            return None
        if re.match(r"\s(?:before\syesterday|after\stomorrow)", scene.after(end, 20)):
            return None
        value, anchor = scene.from_spoken(1 if side[1] == "after" else -1, "D")
        return Reading(start, end, "DATE", value, mod, anchor)
    if letter == "Q":
        return quarter_at("the", found, scene)
    if times > 1 or (_AFTER_THE.match(after) and not mod):
        return None
    return Reading(start, end, "DATE", scene.relative(0, letter), mod, scene.anchor, dated)


PERIOD_FORMS = (
    Form(
        _DEICTIC,
        _read_deictic,
        frozenset(["this", "last", "next", "past", "coming", "previous", "that", "the", "each"]),
    ),
)
