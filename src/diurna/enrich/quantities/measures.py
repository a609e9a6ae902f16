"""Units and currencies beside a number: before it (`US$`, `Rs.`, `USD`) and after it (`km`, `miles per hour`)."""

from msgspec import Struct

from diurna.enrich.quantities.currencies import CODES, LOWER_CODES, NOUNS, PREFIXED, SIGNS
from diurna.enrich.quantities.numbers import DIGITS, WORD, Pieces, Read
from diurna.enrich.quantities.units import ABBREVIATIONS, SPELLINGS, UNITS
from diurna.enrich.quantities.words import SCALES, SHORT_SCALES, word_set

__all__ = ["MONEY", "Measure", "is_money", "money_before", "rate_after", "unit_after"]


class Measure(Struct, frozen=True):
    """Unit that was read: pieces `first` to before `end`, and the scale that stood with it (`bn`)."""

    unit: str
    first: int
    end: int
    scale: float = 1.0


MONEY = frozenset([*SIGNS.values(), *PREFIXED.values(), *NOUNS.values(), *CODES.values(), "pound sterling"])
# Codes that are English words where all is written in capitals.
_WORDS_TOO = word_set("ALL TOP TRY CUP MOP SOS GEL BAM PEN MAD AMD")
_PAYING = word_set(
    """pay pays paid paying cost costs fine fined price priced prices worth earn earned earning spend spent spending
    sold sell buy bought bid charge charged raise raised donated donation owe owed salary wage wages budget fee fees
    cash money stole stolen ransom reward bounty compensation damages debt profit profits revenue income loan loaned
    sterling bonus grant fund funds funding invest invested investment bail ticket tickets rent saving savings loss
    losses sales pounds"""
)
_RATE_NOUNS = word_set(
    """share day week month year hour minute second night barrel ounce pound ton tonne gallon litre liter kilogram kilo
    head person piece unit mile kilometre kilometer square acre hectare bushel bottle ticket dose game season page
    seat room household family quarter metre meter gram gramme capita copy item child word vote visit plate annum
    decade pop shot bag case box pack packet patient student pupil worker employee inhabitant resident user
    subscriber customer carton sheet flight trip ride plane vehicle car"""
)
_PEOPLE_RATES = word_set("mile kilometre kilometer metre meter foot inch")


def is_money(unit: str) -> bool:
    """Whether a unit is a currency, maybe per something."""
    return unit.partition(" per ")[0] in MONEY


def money_before(pieces: Pieces, first: int) -> Measure | None:
    """The currency that stands before a number: `$`, `US$`, `c $`, `Rs.`, `USD`, `dollar`."""
    at = first - 1
    if at < 0:
        return None
    sign = pieces.text[at]
    if sign in SIGNS:
        if sign == "¢":
            return None
        if sign == "$" and at:
            return _dollars_before(pieces, at)
        if sign == "¥" and at and pieces.lower[at - 1] == "cn" and pieces.glued(at):
            return Measure("Chinese yuan", at - 1, first)
        return Measure(SIGNS[sign], at, first)
    word = pieces.lower[at]
    if word == "." and at and pieces.lower[at - 1] in ("rs", "fr", "sfr", "us"):
        at, word = at - 1, pieces.lower[at - 1]
    if pieces.kind[at] != WORD:
        return None
    name = {"rs": "rupee", "re": "rupee", "rm": "Malaysian ringgit", "rp": "Indonesian rupiah", "sfr": "Swiss franc"}
    if word in name and (word != "re" or pieces.text[at] == "Re"):
        return Measure(name[word], at, first)
    taken = at > 0 and pieces.kind[at - 1] == DIGITS and not pieces.glued(first)  # of "10 USD 20"
    return None if taken else _code(pieces, at, at, first) or _noun_before(pieces, at, first)


def _dollars_before(pieces: Pieces, sign: int) -> Measure:
    """A dollar sign at index `sign`, with the letters before it that say whose dollar."""
    word, at = pieces.lower[sign - 1], sign - 1
    if word == "." and at >= 3 and pieces.lower[at - 1] == "s" and pieces.lower[at - 3] == "u":
        return Measure("US dollar", at - 3, sign + 1)
    glued = pieces.glued(sign)
    if word in PREFIXED and (
        glued or (word in ("us", "c", "hk", "nz", "mex") and pieces.start[sign] == pieces.end[at] + 1)
    ):
        return Measure(PREFIXED[word], at, sign + 1)
    if glued and word.upper() in CODES:
        return Measure(CODES[word.upper()], at, sign + 1)
    return Measure("dollar", sign, sign + 1)


def _code(pieces: Pieces, at: int, first: int, end: int) -> Measure | None:
    """A currency's code at index `at`, maybe with M for millions before it (`MEUR`)."""
    written = pieces.text[at]
    if written in CODES or pieces.lower[at] in LOWER_CODES:
        if written in _WORDS_TOO:
            return None
        return Measure(CODES[written.upper()], first, end)
    if len(written) == 4 and written[0] == "M" and written[1:] in CODES:
        return Measure(CODES[written[1:]], first, end, 1e6)
    return None


def _noun_before(pieces: Pieces, at: int, first: int) -> Measure | None:
    """A noun before digits, as in "dollar 22.5 million" or "sen 100,000"."""
    word = pieces.lower[at]
    if word not in ("dollar", "rupees", "euro", "yen", "sen", "rupee", "peso", "naira", "usd"):
        return None
    if pieces.kind[first] != DIGITS or pieces.start[first] != pieces.end[at] + 1:
        return None
    return Measure(NOUNS.get(word, "dollar"), at, first)


def unit_after(pieces: Pieces, read: Read, *, money: str = "") -> Measure | None:
    """The unit or currency after a number, with its scale; `money` is the currency already seen before it."""
    end = read.end
    hyphen = pieces.lower[end] == "-"
    at = end + hyphen
    if pieces.lower[at] in ("(", "{", "[", "<") and pieces.lower[at + 2] in (")", "}", "]", ">"):
        inner = ABBREVIATIONS.get(pieces.text[at + 1])
        return Measure(inner, at, at + 3) if inner else None
    glued = pieces.glued(at) and not hyphen
    scale = 1.0
    if read.written == "digits" and read.scale == 1.0:
        scale, at = _short_scale(pieces, at, money, glued=glued)
    found = _money_after(pieces, read, at) or (None if money else _unit(pieces, read, at, glued=glued, hyphen=hyphen))
    if found is None:
        if scale == 1.0:
            return Measure(money, end, end) if money else None
        return Measure(money, end, at, scale)
    factor = SCALES.get(pieces.lower[found.end]) if found.unit in MONEY and read.scale * scale == 1.0 else None
    after = found.end + (factor is not None)
    if money and found.unit.rpartition(" ")[2] != money.rpartition(" ")[2]:
        return Measure(money, end, at if scale != 1.0 else end, scale)  # of "RMB 10 USD 20" the second is another sum
    return Measure(money or found.unit, end, after, scale * (factor or 1.0) * found.scale)


def _short_scale(pieces: Pieces, at: int, money: str, *, glued: bool) -> tuple[float, int]:
    """`bn` after any number; `m`, `k`, `b`, `t` after money, or before a currency or things that are counted."""
    word = pieces.lower[at]
    factor = SHORT_SCALES.get(word)
    if factor is None or (pieces.glued(at + 1) and pieces.kind[at + 1] == DIGITS):
        return 1.0, at
    if word in ("bn", "tn", "mn", "mln", "bln", "trn"):
        return factor, at + 1
    if money and (glued or word not in ("t", "l", "b")):
        return factor, at + 1
    follows = pieces.lower[at + 1]
    if follows in NOUNS or (pieces.text[at + 1] in CODES and pieces.text[at + 1] not in _WORDS_TOO):
        return factor, at + 1
    if glued and word in ("m", "k") and pieces.start[at + 1] == pieces.end[at] + 1 and pieces.kind[at + 1] == WORD:
        things = follows in ("people", "users", "households", "jobs", "children", "tonnes", "tons", "barrels", "votes")
        things = things or follows in ("viewers", "customers", "subscribers", "followers", "members", "copies", "homes")
        if things or (word == "k" and follows.endswith("s")):
            return factor, at + 1
    return 1.0, at


def _money_after(pieces: Pieces, read: Read, at: int) -> Measure | None:
    text, lower = pieces.text[at], pieces.lower[at]
    if text in SIGNS and not (pieces.kind[at + 1] == DIGITS and pieces.glued(at + 1) and not pieces.glued(at)):
        return Measure(SIGNS[text], at, at + 1)
    if pieces.kind[at] != WORD:
        return None
    if lower == "u" and pieces.lower[at + 1] == "." and pieces.lower[at + 2] == "s" and pieces.lower[at + 3] == ".":
        noun = pieces.lower[at + 4] if at + 4 < len(pieces.lower) else ""
        return Measure(f"US {noun.rstrip('s')}", at, at + 5) if noun.rstrip("s") in ("dollar", "cent") else None
    code = None if pieces.glued(at + 1) and pieces.kind[at + 1] == DIGITS else _code(pieces, at, at, at + 1)
    if code is not None:
        return Measure("US dollar", at, at + 2) if pieces.text[at + 1] == "$" else code
    if lower in PREFIXED and pieces.text[at + 1] == "$" and pieces.glued(at + 1) and pieces.kind[at + 2] != DIGITS:
        return Measure(PREFIXED[lower], at, at + 2)
    for length in (4, 3, 2, 1):
        words = " ".join(pieces.lower[at : at + length])
        name = NOUNS.get(words)
        if name is not None and not _no_money(pieces, read, at, words):
            return Measure(name, at, at + length)
    if lower in ("pound", "pounds") and _pounds_are_money(pieces, read, at):
        return Measure("British pound", at, at + 1)
    if lower == "p" and pieces.glued(at) and not pieces.glued(at + 1):
        return Measure("penny", at, at + 1)
    return None


def _no_money(pieces: Pieces, read: Read, at: int, word: str) -> bool:
    """Whether a noun that may name money does something else here: "14 won", "two real reasons", "three marks"."""
    if word == "won":
        return read.scale < 1e3 and (read.value or 0) < 500
    if word in ("real", "rand", "lei", "lev", "sen", "sol", "gold", "dong", "kip", "mao", "leu"):
        return (read.value or 0) < 10 and read.scale == 1.0 and pieces.kind[at + 1] == WORD
    return word == "sterling"


def _pounds_are_money(pieces: Pieces, read: Read, at: int) -> bool:
    if pieces.lower[at - 1] == "-" or pieces.lower[at + 1] in ("of", "heavier", "lighter", "overweight"):
        return False
    if pieces.lower[at + 1] in ("(", "sterling") and pieces.text[at + 2] in SIGNS:
        return True
    if read.scale >= 1e6:
        return True
    before = pieces.lower[max(0, read.first - 9) : read.first]
    return any(word in _PAYING for word in before)


_MARKS = {'"': "inch", "″": "inch", "”": "inch", "'": "foot", "′": "foot", "’": "foot"}
# Abbreviations that are words or letters of other use: they count right after the digits, or before a blank.
_GLUED_ONLY = word_set("in a h s t b l L g K C F N V J W bar st pt mi mb MP Pa um")
_SPACED_TOO = word_set("m g l L t h s mi pt W V MP mb")


def _unit(pieces: Pieces, read: Read, at: int, *, glued: bool, hyphen: bool) -> Measure | None:
    text, lower = pieces.text[at], pieces.lower[at]
    if lower == "%":
        return Measure("percent", at, at + 1)
    if text in _MARKS and pieces.lower[at + 1] in ("long", "tall", "wide", "deep", "thick", "high"):
        return Measure(_MARKS[text], at, at + 1)
    if text in ("°", "º", "˚"):
        letter = pieces.text[at + 1]
        if letter in ("C", "F", "c", "f"):
            name = "degree Celsius" if letter in "Cc" else "degree Fahrenheit"
            return Measure(name, at, at + 2)
        spelled = SPELLINGS.get(letter.lower(), "")
        return Measure(spelled, at, at + 2) if spelled.startswith("degree ") else Measure("degree", at, at + 1)
    if lower in ("percentage", "basis") and pieces.lower[at + 1] == "-":
        name = {"point": f"{lower} point", "points": f"{lower} point"}.get(pieces.lower[at + 2], "")
        return Measure(name, at, at + 3) if name else None
    longest = _longest(pieces, at)
    if longest is not None:
        return _with_kind(pieces, read, longest, hyphen=hyphen)
    if pieces.kind[at] != WORD and text not in ABBREVIATIONS:
        return None
    if glued and text in ("C", "F") and not (pieces.glued(at + 1) and pieces.kind[at + 1] == DIGITS):
        return Measure("degree Celsius" if text == "C" else "degree Fahrenheit", at, at + 1)
    return _abbreviated(pieces, at, glued=glued, hyphen=hyphen)


def _longest(pieces: Pieces, at: int) -> Measure | None:
    """The longest spelling of a unit in words: "miles", "square miles", "kilometres per hour"."""
    lower = pieces.lower
    if lower[at] not in _FIRST:
        return None
    for length in (4, 3, 2, 1):
        words = " ".join(lower[at : at + length])
        name = SPELLINGS.get(words)
        if name is None and length == 3 and lower[at + 1] == "-":
            name = SPELLINGS.get(f"{lower[at]} {lower[at + 2]}")
        if name is not None:
            return Measure(name, at, at + length)
    return None


_FIRST = frozenset(words.partition(" ")[0].partition("-")[0] for words in SPELLINGS)
_NOT_UNITS = word_set("second minute cup yard mole pint foot bit knot mach gray tesla atmosphere")


def _with_kind(pieces: Pieces, read: Read, found: Measure, *, hyphen: bool) -> Measure | None:
    """The unit, told apart from what shares its word: degrees of heat, years of age, seconds that are ordinals."""
    unit, end, lower = found.unit, found.end, pieces.lower
    single = lower[end - 1] == unit and not hyphen and (read.value or 0) > 1
    if single and unit in _NOT_UNITS:
        return None
    if unit == "bar" and lower[end] in ("and", "in", "of", "owner", "owners"):
        return None
    if unit == "degree":
        if lower[end] in ("c", "f") and not (lower[end + 1] == "'" and pieces.glued(end + 1)):
            return Measure("degree Celsius" if lower[end] == "c" else "degree Fahrenheit", found.first, end + 1)
        if lower[end] == "." and SPELLINGS.get(lower[end + 1], "").startswith("degree "):
            return Measure(SPELLINGS[lower[end + 1]], found.first, end + 2)
        if lower[end] == "kelvin":
            return Measure("kelvin", found.first, end + 1)
        return found
    if UNITS[unit].kind == "time" and unit in ("day", "week", "month", "year"):
        return _age(pieces, found)
    return found


def _age(pieces: Pieces, found: Measure) -> Measure:
    """Years that are an age: "five years old", "45-year-old", "three years of age"."""
    lower, end = pieces.lower, found.end
    at = end + (lower[end] == "-")
    if lower[at] in ("old", "olds"):
        return Measure(f"{found.unit} of age", found.first, at + 1)
    if lower[end] == "of" and lower[end + 1] == "age":
        return Measure(f"{found.unit} of age", found.first, end + 2)
    return found


def _abbreviated(pieces: Pieces, at: int, *, glued: bool, hyphen: bool) -> Measure | None:
    text = pieces.text[at]
    after = pieces.text[at + 1]
    if pieces.glued(at + 1) and pieces.kind[at + 1] == DIGITS:
        # "24703m2" is an area, "24703L202" a code.
        squared = ABBREVIATIONS.get(text + after)
        ends = not pieces.glued(at + 2) or pieces.kind[at + 2] not in (WORD, DIGITS)
        return Measure(squared, at, at + 2) if squared and ends else None
    if text in ("yo", "YO") or (text in ("y", "Y") and after == "/" and pieces.lower[at + 2] == "o"):
        return Measure("year of age", at, at + (1 if len(text) > 1 else 3))
    name = ABBREVIATIONS.get(text)
    if text in ("km", "kms", "m", "mi") and after == "/" and pieces.lower[at + 2] in ("h", "hr", "s", "sec", "hour"):
        return Measure(f"{name} per {'second' if pieces.lower[at + 2].startswith('s') else 'hour'}", at, at + 3)
    if name is None:
        return None
    if text in _GLUED_ONLY or len(text) == 1:
        alone = text in _SPACED_TOO and not hyphen and after not in ("'", "’") and not pieces.text[at + 1].istitle()
        if not glued and not alone:
            return None
        if not glued and text in ("t", "s", "h", "l") and pieces.kind[at + 1] == WORD:
            return None
    return Measure(name, at, at + 1)


def rate_after(pieces: Pieces, found: Measure) -> Measure:
    """The unit with what it is per: "barrels a day", "$70-a-share", "people per square kilometre", "$5/barrel"."""
    lower, end, unit = pieces.lower, found.end, found.unit
    hyphen = lower[end] == "-"
    at = end + hyphen
    link = lower[at]
    if link == "of" and unit:
        later = _rate_past_things(pieces, end)
        return found if later is None else Measure(_joined(unit, later[0]), found.first, later[1], found.scale)
    if link == "/" and pieces.kind[at + 1] == WORD:
        below = ABBREVIATIONS.get(pieces.text[at + 1]) or SPELLINGS.get(lower[at + 1])
        below = below or (lower[at + 1] if lower[at + 1] in _RATE_NOUNS else None)
        return Measure(_joined(unit, below), found.first, at + 2, found.scale) if below else found
    if link not in ("a", "an", "per", "each", "every"):
        return found
    at += 1
    at += lower[at] == "-"
    noun = lower[at]
    if link == "per":
        longest = _longest(pieces, at)
        if longest is not None:
            return Measure(_joined(unit, longest.unit), found.first, longest.end, found.scale)
        if noun in _RATE_NOUNS:
            noun = "year" if noun == "annum" else noun
            return Measure(_joined(unit, noun), found.first, at + 1, found.scale)
        if pieces.kind[at] == WORD and unit:
            return Measure(f"{unit} per {noun}", found.first, at + 1, found.scale)
        return found
    if noun not in _RATE_NOUNS or (noun in _PEOPLE_RATES and link != "per"):
        return found
    if link in ("each", "every") and noun not in ("day", "week", "month", "year", "hour"):
        return found
    if noun == "second" and unit not in ("metre", "foot", "kilometre", "mile", "megabit", "kilobit"):
        return found
    if UNITS.get(unit) and UNITS[unit].kind in ("time", "age") and noun in ("year", "month") and unit == noun:
        return found
    if lower[at + 1] in ("earlier", "ago", "later", "before", "after", "old", "-", "from"):
        return found  # "$1.17 billion a year earlier"
    return Measure(_joined(unit, SPELLINGS.get(noun, noun)), found.first, at + 1, found.scale)


def _rate_past_things(pieces: Pieces, end: int) -> tuple[str, int] | None:
    """What a measure is per where its things stand between: "tons of copper a year"; with the piece after it."""
    for at in range(end + 1, end + 5):
        word, noun = pieces.lower[at], pieces.lower[at + 1]
        if word in ("a", "an", "per") and at > end + 1:
            later = pieces.lower[at + 2] in ("earlier", "ago", "later", "before", "after")
            return (noun, at + 2) if noun in _RATE_TIMES and not later else None
        if pieces.kind[at] != WORD or word in ("the", "in", "to", "from", "on", "a"):
            return None
    return None


_RATE_TIMES = word_set("second minute hour day night week month year")


def _joined(unit: str, below: str) -> str:
    joined = f"{unit} per {below}" if unit else f"per {below}"
    return SPELLINGS.get(joined, joined)
