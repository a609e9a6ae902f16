"""When that began which goes on: a strike that "entered its fifth day on Friday" began on Monday.

What goes on is one event, filed under the day it began; reports of its later days tell that day by counting.
"""

import re
from collections.abc import Iterator
from datetime import date, timedelta

from diurna.group.opening import Opening

__all__ = ["began", "goes_on_since"]

_NUMBERS = ("two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")
_ORDINALS = (
    "second 2nd zweiten zweite segundo segunda",
    "third 3rd dritten dritte tercer tercera",
    "fourth 4th vierten vierte cuarto cuarta",
    "fifth 5th fünften fünfte quinto quinta",
    "sixth 6th sechsten sechste sexto sexta",
    "seventh 7th siebten siebte séptimo séptima",
    "eighth 8th achten achte octavo octava",
    "ninth 9th neunten neunte noveno novena",
    "tenth 10th zehnten zehnte décimo décima",
)
_NTH = {word: number for number, words in enumerate(_ORDINALS, start=2) for word in words.split()}
_NTH |= {word: number for number, word in enumerate(_NUMBERS, start=2)}
_WEEKS = ("week", "woche", "semana")
# "the second week of May" and "every third day" count nothing that goes on; "the third day this month" need not.
_COUNTED = re.compile(
    rf"\b(?<!every )(?<!each )(?<!jeden )(?<!cada )(?:(?P<nth>{'|'.join(' '.join(_ORDINALS).split())})"
    r"\s(?:straight\s|consecutive\s|successive\s|full\s)?(?P<unit>day|night|week|tag|nacht|woche|día|noche|semana)"
    rf"|day\s(?P<number>\d\d?|{'|'.join(_NUMBERS)}))\b"
    r"(?!\s(?:of|in)\s(?:the\s)?(?:month|year|season|quarter|(?-i:[A-Z]))|\s(?:this|des|del)\s(?:month|week|year|monats|mes))",
    re.IGNORECASE,
)
_GOING = re.compile(
    r"(?:\bha(?:s|ve|d)|['’](?:s|ve|d))\s(?:now\s|all\s)?(?:been|stayed|remained)\b[^,;.]{0,60}\bsince\b[^,;.]{0,16}$"
)
_SENTENCES = 3
_FURTHEST = 21
"""Days back that are counted; what goes on for longer than three weeks is a time, not an event."""


def goes_on_since(before: str) -> bool:
    """Whether the words before a time tell that something has gone on since then."""
    return _GOING.search(before) is not None


def began(opening: Opening, today: date) -> Iterator[tuple[date, date]]:
    """First and last day on which that may have begun which an opening counts the days or weeks of, counted back from
    the day that it speaks of.
    """
    last = opening.lede + _SENTENCES
    text = opening.text[: opening.starts[last] if last < len(opening.starts) else None]
    for part in (opening.title, text):
        for found in _COUNTED.finditer(part):
            counted = (found["nth"] or found["number"]).casefold()
            nth = _NTH[counted] if counted in _NTH else int(counted)
            length = 7 if (found["unit"] or "").casefold() in _WEEKS else 1
            if nth > 1 and (nth - 1) * length <= _FURTHEST:
                day = today - timedelta(days=(nth - 1) * length)
                yield day - timedelta(days=length - 1), day
