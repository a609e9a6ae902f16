"""News agencies that an article credits as its origin, in dateline, byline or closing line; who is quoted is none."""

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache

from msgspec import Struct

from diurna.model import Author

__all__ = ["credited_agencies"]

_FIRST = 3  # paragraphs in which a dateline may stand
_LAST = 4  # paragraphs in which a closing credit may stand
_LONGEST_CREDIT = 300
_MOST_WORDS_BEFORE = 10
_DASHES = r"(?:\s*(?:[-–—―−]{1,3}|\.\s?[-–—]))"
# Words in small letters that datelines hold: `Rio de Janeiro, 22 de mayo (EFE)`.
_SMALL_WORDS = "de da do del di la le al el of the and und y et e am im an der den a. d. vom dem s. i."
_SMALL = frozenset(_SMALL_WORDS.split())
_MONTH = re.compile(r"[^\W\d_]{3,9}\.?")

_CONTRIBUTED = (
    r"(?:has |have )?(?:also )?(?:contributed|provided|collaborated|ha contribuido|hat|haben|a contribué|ont contribué)"
)
_BEFORE_CREDIT = (
    r"(?:with|additional) (?:reporting|material|input|information|contributions?) (?:by|from)|with (?:files|inputs?|"
    r"agencies|agency inputs?|wire reports|reports?) ?(?:by|from|in)?|(?:information|material|reporting) (?:from|by)|"
    r"reported by|source\s?s?|via|courtesy(?: of)?|with|from|by|copyright|©|\(c\)|"
    r"quellen?|mit (?:material|informationen|agenturmaterial|inhalten)(?: (?:von|der|des))?"
    r"(?: (?:nachrichtenagentur(?:en)?|agenturen))?|"
    r"mit|von|nach|in zusammenarbeit mit(?: der)?|avec|source|selon|par|d['’]après|fuentes?|con información de|con|por|"
    r"fonti?|bron(?:nen)?|met|kilde|källa|źródło|источник|来源|來源|출처|redaktion"
)


# Someone in brackets before a dash, then a new sentence.
_DATELINE = re.compile(
    rf"(?P<place>[^()\[\]]{{0,100}})\((?P<credit>[A-Z][\w.&’' -]{{1,30}})\){_DASHES}\s(?=[A-Z\d\"“‘'«])"
)


class _Patterns(Struct, frozen=True):
    """What finds the credits of one list of names."""

    by_alias: dict[str, str]
    name: re.Pattern[str]
    dateline: re.Pattern[str]
    opening: re.Pattern[str]
    sources: re.Pattern[str]
    closing: tuple[re.Pattern[str], ...]
    whole: re.Pattern[str]


def credited_agencies(
    paragraphs: Sequence[str], byline: tuple[Author, ...], names: Mapping[str, str]
) -> tuple[str, ...]:
    """Names of the agencies that an article says it comes from, in the order in which it names them.

    `names` gives for every alias (`AFP`, `Agence France-Presse`) the name to return. What stands in capitals counts as
    its alias does; otherwise case matters, so that `ap` is no agency. Who has none of these names is credited only by a
    dateline at the very beginning: `PORT AVERIL, May 18 (Some Wire) -`.
    """
    if not names:
        return ()
    patterns = _patterns(tuple(names.items()))
    found: dict[str, None] = {}
    for author in byline:
        for alias in patterns.name.findall(author.name) if author.kind != "person" else ():
            found.setdefault(patterns.by_alias[_key(alias)])
    for text in paragraphs[:_FIRST]:
        for credit in _opening_credits(text, patterns):
            _note(credit, patterns, found)
        if not found and (unknown := _DATELINE.match(text)) and _is_dateline(unknown["place"]):
            found[unknown["credit"].strip()] = None
    for text in paragraphs[-_LAST:]:
        for credit in _closing_credits(text, patterns):
            _note(credit, patterns, found)
    return tuple(found)


def _note(credit: str, patterns: _Patterns, found: dict[str, None]) -> None:
    for alias in patterns.name.findall(credit):
        found.setdefault(patterns.by_alias[_key(alias)])


def _opening_credits(text: str, patterns: _Patterns) -> Iterator[str]:
    text = text[:_LONGEST_CREDIT].strip()
    found = patterns.dateline.match(text)
    if found and _is_place(found["place"]):
        yield found["credit"]
        return
    found = patterns.opening.match(text)
    if (found and _is_place(found["place"])) or (found := patterns.whole.fullmatch(text)):
        yield found["credit"]


def _closing_credits(text: str, patterns: _Patterns) -> Iterator[str]:
    text = text.strip()
    end = text[-_LONGEST_CREDIT:]
    if len(text) <= _LONGEST_CREDIT and (found := patterns.sources.fullmatch(text) or patterns.whole.fullmatch(text)):
        yield found["credit"]
        return
    for pattern in patterns.closing:
        if found := pattern.search(end):
            yield found["credit"]


def _is_place(text: str) -> bool:
    """Whether words before an agency's name are those of a dateline: names of places and days, no sentence."""
    words = re.findall(r"[^\s,/|()]+", text)
    if len(words) > _MOST_WORDS_BEFORE:
        return False
    small = [word for word in words if word[0].islower() and word.casefold() not in _SMALL]
    dated = any(word[:1].isdigit() for word in words)
    return len(small) <= (1 if dated else 0) and not any(word.endswith(("!", "?")) for word in words)


def _is_dateline(place: str) -> bool:
    """Whether words are surely those of a dateline: none, a city in capitals, or a place with a day."""
    words = re.findall(r"[^\s,/|()]+", place)
    sure = not words or words[0].isupper() or any(word[:1].isdigit() for word in words)
    return sure and _is_place(place)


def _key(alias: str) -> str:
    return " ".join(alias.casefold().split())


@lru_cache(maxsize=8)
def _patterns(names: tuple[tuple[str, str], ...]) -> _Patterns:
    by_alias = {_key(alias): name for pair in names for alias, name in (pair, (pair[1], pair[1]))}
    written = {alias for pair in names for alias in pair if alias.strip()}
    written |= {alias.upper() for alias in written}
    either = "|".join(re.escape(alias) for alias in sorted(written, key=lambda alias: (-len(alias), alias)))
    name = rf"(?:[Tt]he )?(?<![\w@.#-])(?:{either})(?![\w@]|\.[a-z]|['’]s\b)"
    others = r"(?:\s?[/,&+|;–-]\s?|\s(?:and|und|et|y|e|with|mit|avec|con)\s)"
    beside = rf"(?:{others}[\w.]{{2,12}}){{0,2}}"  # offices and signs: `dpa/lno`, `AFP, mb`
    some = rf"{name}(?:{others}{name}){{0,5}}"
    end = r"\s*[.)\]]*\s*$"
    return _Patterns(
        by_alias=by_alias,
        name=re.compile(rf"(?<![\w@.#-])({either})(?![\w@]|\.[a-z])"),
        dateline=re.compile(
            rf"(?P<place>[^()\[\]]{{0,100}})[(\[](?P<credit>(?:[\w.]{{2,12}}{others})?{some})(?:{beside}|[^()]{{0,30}})[)\]]"
            r"(?!\s*[a-zß-ÿ,;])"
        ),
        opening=re.compile(rf"(?P<place>[^()\[\]]{{0,80}}?)[\s/,|·:–—-]*(?P<credit>{some})\s?{_DASHES}\s"),
        sources=re.compile(
            r"(?i:sources?|quellen?|fuentes?|fonti?|bron(?:nen)?|kilde[rn]?|källa|źródło|источник|来源|來源)"
            r"\s?[:：]\s?(?P<credit>.{2,150})"
        ),
        closing=(
            re.compile(rf"[(\[](?:{_BEFORE_CREDIT})?:?\s?(?P<credit>{some}){beside}[)\]]\.?$"),
            re.compile(rf"(?:\s[-–—―]{{1,2}}\s?|\.\s?/\s?)(?P<credit>{some}){end}"),
            re.compile(rf"(?P<credit>{some})(?: [\w’'. ,]{{0,80}}?)? {_CONTRIBUTED}\b[^.]{{0,80}}{end}"),
            re.compile(
                rf"(?i:(?:with|additional) (?:reporting|material|files|input|information)(?: by| from)?|"
                rf"information from|mit material|con información)\b[^.]{{0,80}}?(?P<credit>{some}){beside}{end}"
            ),
            re.compile(
                rf"(?i:originally (?:published|appeared)|first (?:published|appeared)|copyright|©|\(c\))[^.]{{0,60}}?"
                rf"(?P<credit>{some})"
            ),
        ),
        whole=re.compile(
            rf"[(\[*_–—-]*\s?(?:(?i:{_BEFORE_CREDIT})\b[\s:/-]{{0,3}}+(?:\d{{4}}\s)?){{0,3}}+"
            rf"(?P<credit>(?:[\w.]{{2,12}}/)?{some}){beside}(?:{others}(?i:agencies|agenturen|agences|agencias))?[)\]*_.]*"
        ),
    )
