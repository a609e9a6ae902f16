"""Forms of feasts, seasons and anniversaries: "Easter Monday", "last summer", "on the 38th anniversary"."""

import re
from datetime import date, timedelta

from diurna.enrich.times.calendar import day_of, holiday
from diurna.enrich.times.days import EDGE, nearest, year_of
from diurna.enrich.times.scene import Form, Reading, Scene, form
from diurna.enrich.times.words import HOLIDAYS, ORDINALS, SEASONS, YEAR_IN_WORDS, any_of, mod_of

__all__ = ["ANNIVERSARY_FORMS", "HOLIDAY_FORMS", "SEASON_FORMS"]

_FEAST = form(
    rf"(?:(?:{EDGE}) )?(?:(?P<rel>this|last|next|every|each)"
    rf" )?(?P<name>{any_of(HOLIDAYS).replace(chr(39), '[’' + chr(39) + ']')})"
    rf"(?:,? (?P<year>(?:19|20)\d\d))?(?P<week> (?:week|weekend))?"
)
_SEASON = form(
    rf"(?:{EDGE}[ -](?:in )?)?(?:(?P<rel>this(?: past| coming)?|last|next|past|that|the (?:past|coming|previous"
    rf"|following)|the|every|each|in) )?"
    rf"(?:{EDGE.replace('edge', 'edge2')}[ -])?(?P<season>{any_of(SEASONS)})(?:(?: of)? (?P<year>(?:19"
    rf"|20)\d\d|{YEAR_IN_WORDS}))?(?P<of> of (?:this|last|next) year)?"
)


def _read_feast(found: re.Match[str], scene: Scene) -> Reading | None:
    words = found["name"]
    name = words.lower().replace("’", "'")
    if not words[0].isupper() or (
        name in ("easter", "christmas") and re.match(r"\s(?:Island|Rising|Carol)", scene.after(found.end(), 10))
    ):
        return None
    if name == "new year's" and not re.search(
        r"\b(?:on|before|after|since|until|by|for|at|over|this|last)\s$", scene.before(found.start(), 8), re.IGNORECASE
    ):
        return None
    rel = (found["rel"] or "").lower()
    mod = mod_of(found["edge"])
    if rel in ("every", "each"):
        kind, month, day, _ = HOLIDAYS[name]
        return Reading(found.start(), found.end(), "SET", f"XXXX-{month:02}-{day:02}" if kind == "fixed" else "P1Y")
    if found["year"]:
        known, anchor = holiday(name, int(found["year"])), "itself"
    elif scene.today is None:
        kind, month, day, _ = HOLIDAYS[name]
        value = f"XXXX-{month:02}-{day:02}" if kind == "fixed" else "XXXX-XX-XX"
        return Reading(found.start(), found.end(), "DATE", value, mod)
    else:
        today, anchor = scene.today, scene.anchor
        direction = {"last": -1, "next": 1}.get(rel) or scene.direction(found.start(), found.end())
        known = nearest([holiday(name, today.year + shift) for shift in (-1, 0, 1)], today, direction)
    if known is None:
        return None
    value = day_of(known)
    if found["week"]:
        year, week, _ = known.isocalendar()
        value = f"{year:04}-W{week:02}" + ("-WE" if found["week"].strip().lower() == "weekend" else "")
    return Reading(found.start(), found.end(), "DATE", value, mod, anchor)


def _read_season(found: re.Match[str], scene: Scene) -> Reading | None:
    word = found["season"]
    rel = " ".join((found["rel"] or "").lower().split())
    after = scene.after(found.end(), 14)
    start, end = found.start(), found.end()
    mod = mod_of(found["edge"] or found["edge2"])
    if rel == "in":
        start, rel = found.start("edge2") if found["edge2"] else found.start("season"), "in"
    if word.lower() in ("fall", "spring") and not (
        found["year"]
        or found["of"]
        or mod
        or (rel and rel != "the" and rel != "in")
        or (rel and re.match(r"\s?(?:[.,;]|of\b|and\b|when\b|to\b|semester)", after))
    ):
        return None
    if not (rel or found["year"] or mod) or (re.match(r"\s[A-Z][a-z]", after) and word[0].isupper()):
        return None
    if (
        re.match(r"-|\s(?:in|of|from|to|by|below|over|short|apart)\s", after)
        and word.lower() in ("fall", "spring")
        and not found["year"]
        and rel in ("the", "this", "in")
        and not re.match(r"\sof\s\d", after)
    ):
        return None
    season = SEASONS[word.lower()]
    if rel in ("every", "each"):
        return Reading(start, end, "SET", f"XXXX-{season}")
    if found["year"]:
        return Reading(start, end, "DATE", f"{year_of(found['year']):04}-{season}", mod, "itself")
    if scene.today is None:
        return Reading(start, end, "DATE", f"XXXX-{season}", mod)
    return Reading(
        start,
        end,
        "DATE",
        f"{_year_of_season(season, rel + (found['of'] or '').lower(), scene, (start, end)):04}-{season}",
        mod,
        scene.anchor,
    )


def _year_of_season(season: str, rel: str, scene: Scene, span: tuple[int, int]) -> int:
    today = scene.today or date(2000, 1, 1)
    first = {"SP": 3, "SU": 6, "FA": 9, "WI": 12}[season]
    year = today.year - (1 if season == "WI" and today.month <= 2 else 0)
    begun, over = (today.month >= first or year < today.year), today >= date(year, first, 1) + timedelta(days=91)
    if "last" in rel or "past" in rel or "previous" in rel:
        return year if over else year - 1
    if "next" in rel or "coming" in rel or "following" in rel:
        return year + 1 if begun else year
    if "this" in rel:
        return year
    direction = scene.direction(*span)
    if direction < 0 and not begun:
        return year - 1
    return year + 1 if direction > 0 and over else year


_ANNIVERSARY = form(rf"the (?:\d{{1,4}}(?:st|nd|rd|th)|{any_of(ORDINALS)}) anniversary")


def _read_anniversary(found: re.Match[str], scene: Scene) -> Reading | None:
    """`on the 38th anniversary`: the day just named ("today, the 38th anniversary"), else one left open."""
    before = scene.before(found.start(), 12)
    beside = scene.spoken and found.start() - scene.spoken_end <= 3 and "," in before
    if not beside and not re.search(r"\bon\s$", before, re.IGNORECASE):
        return None
    day = scene.spoken.partition("T")[0] if beside else ""
    value, anchor = (day, "spoken") if len(day) == 10 else ("XXXX-XX-XX", "")
    return Reading(found.start(), found.end(), "DATE", value, "", anchor)


HOLIDAY_FORMS = (Form(_FEAST, _read_feast),)
ANNIVERSARY_FORMS = (Form(_ANNIVERSARY, _read_anniversary),)
SEASON_FORMS = (Form(_SEASON, _read_season),)
