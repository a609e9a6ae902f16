"""Which day a title or a file name speaks of: `Portal:Current events/2017 May 22`, `20170522.wiki`."""

import re
from datetime import date
from functools import lru_cache
from urllib.parse import unquote

__all__ = ["MONTHS", "day_of_name", "day_of_title", "names_a_day"]

# Months as the titles of portals in these languages write them (genitive where the language uses it in dates).
_NAMES = {
    "en": "january february march april may june july august september october november december",
    "en short": "jan feb mar apr may jun jul aug sep oct nov dec",
    "de": "januar februar märz april mai juni juli august september oktober november dezember",
    "fr": "janvier février mars avril mai juin juillet août septembre octobre novembre décembre",
    "es": "enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre",
    "pt": "janeiro fevereiro março abril maio junho julho agosto setembro outubro novembro dezembro",
    "it": "gennaio febbraio marzo aprile maggio giugno luglio agosto settembre ottobre novembre dicembre",
    "nl": "januari februari maart april mei juni juli augustus september oktober november december",
    "sv": "januari februari mars april maj juni juli augusti september oktober november december",
    "ru": "января февраля марта апреля мая июня июля августа сентября октября ноября декабря",
    "uk": "січня лютого березня квітня травня червня липня серпня вересня жовтня листопада грудня",
    "pl": "stycznia lutego marca kwietnia maja czerwca lipca sierpnia września października listopada grudnia",
    "tr": "ocak şubat mart nisan mayıs haziran temmuz ağustos eylül ekim kasım aralık",
    "id": "januari februari maret april mei juni juli agustus september oktober november desember",
}
MONTHS: dict[str, int] = {
    name: number for names in _NAMES.values() for number, name in enumerate(names.split(), start=1)
}

_IN_NAMES = (
    re.compile(r"(?<!\d)(?P<year>[12]\d{3})(?P<gap>[-_. ]?)(?P<month>\d{2})(?P=gap)(?P<day>\d{2})(?!\d)"),
    re.compile(r"(?<!\d)(?P<year>[12]\d{3})[-_. ]+(?P<month>[^\W\d_]+)[-_. ]+(?P<day>\d{1,2})(?!\d)"),
    re.compile(r"(?<!\d)(?P<day>\d{1,2})[-_. ]+(?P<month>[^\W\d_]+)[-_. ]+(?P<year>[12]\d{3})(?!\d)"),
    re.compile(r"(?<!\d)(?P<year>[12]\d{3})/(?P<month>\d{1,2})/(?P<day>\d{1,2})(?!\d)"),
)


def _month(text: str) -> int | None:
    return int(text) if text.isdecimal() else MONTHS.get(text.casefold())


def _date(match: re.Match[str]) -> date | None:
    month = _month(match["month"])
    if month is None:
        return None
    try:
        return date(int(match["year"]), month, int(match["day"]))
    except ValueError:
        return None


@lru_cache(maxsize=8)
def _compiled(patterns: tuple[str, ...]) -> tuple[re.Pattern[str], ...]:
    return tuple(re.compile(pattern) for pattern in patterns)


def names_a_day(title: str, patterns: tuple[str, ...]) -> bool:
    """Whether a page's title has the form of a curated day, be it a day that no calendar has."""
    matches = (pattern.fullmatch(title) for pattern in _compiled(patterns))
    return any(match is not None and _month(match["month"]) is not None for match in matches)


def day_of_title(title: str, patterns: tuple[str, ...]) -> date | None:
    """Read the day in a page's title; None where it has none, or none that exists."""
    for pattern in _compiled(patterns):
        if (match := pattern.fullmatch(title)) and (day := _date(match)):
            return day
    return None


def day_of_name(name: str) -> date | None:
    """Read the day in a file's name, its last part first: `2017-05-22.wiki`, `2017/05/22.wiki`, `20170522`."""
    path = unquote(name).replace("\\", "/")
    for text in (path.rpartition("/")[2], path):
        for pattern in _IN_NAMES:
            for match in pattern.finditer(text):
                if day := _date(match):
                    return day
    return None
