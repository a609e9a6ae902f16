"""Words that times are made of, the forms that each may stand in, and the words that may begin an expression."""

import re
from collections.abc import Iterable
from itertools import accumulate

from diurna.enrich.times.adverbs import ADVERB_FORMS
from diurna.enrich.times.clock import CLOCK_FORMS, OCLOCK_FORMS, PART_FORMS, PAST_FORMS, STAMP_FORMS
from diurna.enrich.times.days import MONTH_FORMS, THE_DAY_FORMS, WEEKDAY_FORMS
from diurna.enrich.times.feasts import ANNIVERSARY_FORMS, HOLIDAY_FORMS, SEASON_FORMS
from diurna.enrich.times.lengths import LENGTH_FORMS, SET_FORMS
from diurna.enrich.times.periods import PERIOD_FORMS
from diurna.enrich.times.quarters import HALF_FORMS, QUARTER_FORMS, YEAR_END_FORMS
from diurna.enrich.times.scene import Form
from diurna.enrich.times.words import HOLIDAYS, MONTHS, SEASONS, UNITS, WEEKDAYS
from diurna.enrich.times.years import CENTURY_FORMS, DECADE_FORMS, FISCAL_FORMS, NUMERIC_FORMS, YEAR_FORMS

__all__ = ["Lexemes", "first_lead", "forms_at"]

Forms = tuple[Form, ...]

_FOUR_DIGITS: Forms = (*STAMP_FORMS, *YEAR_FORMS, *QUARTER_FORMS)
_ONE_OR_TWO: Forms = (*CLOCK_FORMS, *NUMERIC_FORMS, *THE_DAY_FORMS)


_SETS = "hourly daily nightly weekly fortnightly biweekly monthly bimonthly annually yearly biannually"
_PARTS = (
    "noon midnight midday morning afternoon evening dawn dusk lunchtime tonight overnight mornings afternoons evenings "
    "night nights daybreak sunrise sunset nightfall"
)
_ADVERBS = (
    "today yesterday tomorrow now currently nowadays presently days present moment recently lately formerly past ago "
    "soon future shortly someday day date course then time while"
)
_YEARS_IN_WORDS = (
    "twenties thirties forties fifties sixties seventies eighties nineties nineteen eighteen seventeen two twenty year"
)


def _table() -> dict[str, Forms]:
    feasts = {piece for name in HOLIDAYS for piece in re.findall(r"[a-z]+", name)} - {"s", "day", "all", "st", "new"}
    units = [word + end for word in UNITS for end in ("", "s")]
    rows: list[tuple[Iterable[str], Forms]] = [
        (MONTHS, MONTH_FORMS),
        ([*WEEKDAYS, *(name + "s" for name in WEEKDAYS)], WEEKDAY_FORMS),
        (SEASONS, SEASON_FORMS),
        ([*feasts, "year"], HOLIDAY_FORMS),
        ([*units, "centuries", "period"], (*YEAR_END_FORMS, *LENGTH_FORMS, *PERIOD_FORMS)),
        (("century", "centuries", "millennium"), CENTURY_FORMS),
        (("half",), HALF_FORMS),
        (("clock",), OCLOCK_FORMS),
        (("past", "quarter", "minutes"), PAST_FORMS),
        (_SETS.split(), SET_FORMS),
        (_PARTS.split(), PART_FORMS),
        (_ADVERBS.split(), ADVERB_FORMS),
        (_YEARS_IN_WORDS.split(), DECADE_FORMS),
        (("anniversary",), ANNIVERSARY_FORMS),
        (("fiscal",), FISCAL_FORMS),
        (("year",), YEAR_FORMS),
    ]
    table: dict[str, Forms] = {}
    for words, forms in rows:
        for word in words:
            table[word] = tuple(dict.fromkeys((*table.get(word, ()), *forms)))
    return table


_TRIGGERS = _table()

_LEAD_WORDS = (
    "small the a an of each every this that last next past previous coming following same recent first second third "
    "fourth fifth sixth seventh eighth ninth tenth final end beginning start middle close early earlier late "
    "later mid more less than at least most about around approximately roughly nearly almost over under just up "
    "to no not couple few several half many dozen dozens and only full fiscal current latest year one two three "
    "four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen "
    "nineteen twenty thirty forty fifty sixty seventy eighty ninety hundred thousand another some any once twice "
    "thrice times per other very whole entire preceding prior new right long short crucial near immediate "
    "foreseeable distant too even until by in all day before after on shortly quarter years s estimated "
    "consecutive straight trading business corresponding comparable additional extra further number million score "
    "scores hundreds thousands o circa exceeding as much monday tuesday wednesday thursday friday saturday sunday "
    "yesterday today tomorrow st nd rd th latter these hours good easter christmas palm ash boxing memorial labor "
    "independence election thanksgiving veterans columbus mother father valentine guy fawkes martin luther king all "
    "saints"
)
_LEADS = frozenset(_LEAD_WORDS.split())
# Of these no expression has more than three before its trigger: "2 1/2 years".
_STRONG = frozenset([*MONTHS, *WEEKDAYS])
_MOST_LEADS = 9

_BEHIND = "of am pm a p o st nd rd th s h hrs hours gmt utc local noon last"
_BEHIND_NUMBER = frozenset([*MONTHS, *_BEHIND.split()])
_DIGITS = frozenset("0123456789")
_MARKS_BEHIND = frozenset(":/-.’'h")
_MARKS_BEFORE = frozenset("’'‘`")

_LEXEME = re.compile(r"([^\W\d_]+|\d+)")
_GAP = re.compile(r"[ \t\u00a0]{0,2}[-–,.'’‘/]?[ \t\u00a0]{0,2}\n?[ \t]?")


class Lexemes:
    """Words and numbers of a text: in lower case, where each starts, and which of them may belong to a time."""

    __slots__ = ("starts", "text", "triggers", "words")

    def __init__(self, text: str) -> None:
        lower = text.lower()
        if len(lower) != len(text):  # some capitals become two characters
            lower = "".join(character.lower()[0] for character in text)
        self.text = text
        # Gaps and words in turn: a word starts where the pieces before it end.
        pieces = _LEXEME.split(lower)
        self.words = pieces[1::2]
        self.starts = list(accumulate(map(len, pieces)))[:-1:2]
        self.triggers = [at for at, word in enumerate(self.words) if word in _TRIGGERS or word[0] in _DIGITS]

    def end(self, at: int) -> int:
        """Where a word ends."""
        return self.starts[at] + len(self.words[at])


def forms_at(at: int, first: int, lexemes: Lexemes) -> list[Form]:
    """Forms that a word may stand in, `first` being the first word before it that may begin an expression."""
    words = lexemes.words
    forms = _TRIGGERS.get(words[at])
    if forms is None:
        forms = _number_forms(at, lexemes)
    near = words[first : at + 4]
    return [each for each in forms if not each.needs or not each.needs.isdisjoint(near)]


def _number_forms(at: int, lexemes: Lexemes) -> Forms:
    """Forms that begin with digits; none for numbers that what stands around them shows to be no time."""
    words, text = lexemes.words, lexemes.text
    start, end = lexemes.starts[at], lexemes.end(at)
    if len(words[at]) == 4:
        return _FOUR_DIGITS
    if len(words[at]) > 2:
        return ()
    if (text[end : end + 1] in _MARKS_BEHIND and text[end + 1 : end + 2]) or text[start - 1 : start] in _MARKS_BEFORE:
        return _ONE_OR_TWO
    if at + 1 < len(words) and words[at + 1] in _BEHIND_NUMBER:
        return _ONE_OR_TWO
    if not MONTHS.keys().isdisjoint(words[at + 2 : at + 4]):
        return THE_DAY_FORMS  # "3 to 5 June"
    return THE_DAY_FORMS if not MONTHS.keys().isdisjoint(words[max(0, at - 6) : at]) else ()


def first_lead(at: int, done: int, lexemes: Lexemes) -> int:
    """The first of the words before a word that may begin its expression, none of them before `done`."""
    words, starts = lexemes.words, lexemes.starts
    first, strong = at, 0
    while first > 0 and at - first < _MOST_LEADS and starts[first - 1] >= done:
        word = words[first - 1]
        if word not in _LEADS or word in _STRONG:
            strong += 1
            if strong > 3 or not (word in _STRONG or (word[0] in _DIGITS and len(word) <= 6)):
                break
        end = starts[first - 1] + len(word)
        if lexemes.text[end : starts[first]] != " " and not _GAP.fullmatch(lexemes.text, end, starts[first]):
            break
        first -= 1
    return first
