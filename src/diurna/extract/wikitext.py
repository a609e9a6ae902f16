"""Curated days from portal wikitext, in all the forms that such pages have had: what stood on a day, in its order."""

import re
from datetime import date

from msgspec import Struct

from diurna.errors import problem
from diurna.extract.days_named import heading_day, heading_year, wrapper_day
from diurna.extract.page_lines import Line, Wrapper, page_lines
from diurna.extract.portal import DayList, Footnotes
from diurna.extract.wikitext_text import LONGEST, read_passage
from diurna.model import Entry, Problem

__all__ = ["PortalDay", "PortalReading", "read_days"]

# Problems told of one page; the rest are counted.
MOST_PROBLEMS = 1000

_BULLET = re.compile(r"([*#:;]*[*#])(?![*#:;])\s*")
_GOES_ON = re.compile(r"([*#]*)(:+)\s*")
_HEADING = re.compile(r"(={1,6})\s*(.*?)\s*=+\s*$")
_BOLD = re.compile(r"('{3}|'{5})(?!')(.+?)\1[:\s]*$")
_TABLE = re.compile(r"\{\||\|\}|\|-|\|\+|!|-{4}")
_TRANSCLUDED = re.compile(r"\{\{\s?:?(portal:[^{}|]*/[^{}|]*)\}\}", re.IGNORECASE)
_REDIRECT = re.compile(r"#[^\W\d_]{4,}\s*:?\s*\[\[")
_LOWEST = 7  # level of headings made by `;` or by bold type, below those made by `=`


class PortalDay(Struct, frozen=True):
    """One day of a list, with its entries in the order of the page."""

    day: date
    entries: tuple[Entry, ...]


class PortalReading(Struct, frozen=True):
    """What a page held: its days, and what was wrong with it."""

    days: tuple[PortalDay, ...]
    problems: tuple[Problem, ...]


def read_days(wikitext: str, where: str, fallback: date | None = None) -> PortalReading:
    """Read the days that a portal page holds. Nothing in the page makes it fail; what it cannot take it tells.

    `where` names the page in problems (`where:LINE`). `fallback` is the day that the page's title or file name gives;
    it counts only where the text names none.
    """
    page = _Page(where, fallback)
    for line in page_lines(wikitext):
        if isinstance(line, Wrapper):
            page.wrapper(line)
        else:
            page.line(line)
    days = page.days()
    if not days and not page.problems:
        page.problems.append(_no_portal(wikitext, where))
    problems = page.problems
    if len(problems) > MOST_PROBLEMS:
        more = len(problems) - MOST_PROBLEMS
        problems = problems[:MOST_PROBLEMS]
        problems.append(
            problem(
                "more problems than are told",
                where,
                received=f"{more:,} more",
                allowed=f"{MOST_PROBLEMS:,} problems of one page",
                next_step="mend those told, then add the page again",
                severity="notice",
            )
        )
    return PortalReading(days, tuple(problems))


class _Section(Struct):
    """Part of a page that speaks of one day; `refused` where the day it names does not exist."""

    bullets: DayList
    day: date | None = None
    refused: bool = False


class _Page:
    """Page while it is read: the sections found so far, and what decides where the next line belongs."""

    def __init__(self, where: str, fallback: date | None) -> None:
        self.where = where
        self.fallback = fallback
        self.problems: list[Problem] = []
        self.wrapped = False
        self.sections = [_Section(DayList(where))]
        self._year = fallback.year if fallback else None
        self._level = 0  # of the heading that named the day, 0 where a wrapper or nothing did

    @property
    def current(self) -> DayList:
        return self.sections[-1].bullets

    def wrapper(self, wrapper: Wrapper) -> None:
        """Begin the day that a wrapper names; a closing one ends nothing, for what follows may still be the day's."""
        self.wrapped = True
        if wrapper.closes:
            return
        named = wrapper_day(wrapper)
        if isinstance(named, str):
            self._refuse(named, wrapper.line)
        elif named is not None:
            self._begin(named)
            self._level = 0

    def line(self, line: Line) -> None:
        """Take one line."""
        text = line.text.strip()
        if line.cut:
            self._tell("comment is not closed", f":{line.number}", text, "<!-- … -->", "close it", "notice")
        if not text or (line.number == 1 and _REDIRECT.match(text)):
            self.current.blank()
        elif found := _BULLET.match(text):
            self.current.bullet(len(found[1]), text[found.end() :], line.number)
        elif found := _GOES_ON.match(text):
            self.current.goes_on(len(found[1]), text[found.end() :], line.number)
        elif len(text) <= LONGEST and (heading := _heading(text)) is not None:
            self._heading(heading, line)
        elif not _TABLE.match(text):
            source = text.rpartition("|")[2] if text.startswith("|") else text
            self.current.paragraph(source, line.number)

    def days(self) -> tuple[PortalDay, ...]:
        """Make the entries of all days, in the order in which the page first names them."""
        self._place_undated()
        footnotes: Footnotes = {}
        for section in self.sections:
            section.bullets.read(footnotes)
        entries: dict[date, dict[str, Entry]] = {}
        for section in self.sections:
            if section.day is not None and not section.refused:
                blank = Entry(id="", day=section.day, text="")
                made = section.bullets.entries(blank, footnotes)
                entries.setdefault(section.day, {}).update({entry.id: entry for entry in made})
            self.problems += section.bullets.problems if section.day is not None else []
        for day, found in entries.items():
            if not found:
                self._tell(
                    "day without items", "", day.isoformat(), "items with sources", "look whether that is so", "notice"
                )
        self._compare_with_fallback(list(entries))
        return tuple(PortalDay(day, tuple(found.values())) for day, found in entries.items())

    # ------------------------------------------------------------------------------------------ days

    def _heading(self, heading: tuple[int, str], line: Line) -> None:
        level, source = heading
        passage = read_passage(source, f"{self.where}:{line.number}")
        if passage.citations:
            self.current.paragraph(line.text, line.number)
            return
        named = heading_day(passage.text, self._year)
        if isinstance(named, str):
            self._refuse(named, line.number)
            self._level = level
        elif named is not None:
            self._begin(named)
            self._level = level
        elif (year := heading_year(passage.text)) is not None:
            self._year = year
        elif level < self._level:
            # A heading above those of days: what follows speaks of no day.
            self.sections.append(_Section(DayList(self.where)))
            self._level = 0
        elif passage.text:
            self.current.heading(passage.text, line.number)

    def _begin(self, day: date) -> None:
        self._year = day.year
        if self.sections[-1].day != day or self.sections[-1].refused:
            self.sections.append(_Section(DayList(self.where), day))

    def _refuse(self, named: str, line: int) -> None:
        self._tell(
            "no such day",
            f":{line}",
            named,
            "a day of the calendar",
            "correct the date and add the page again",
            "error",
        )
        self.sections.append(_Section(DayList(self.where), refused=True))

    def _place_undated(self) -> None:
        """Give what stands under no date the fallback day; where other parts have one, leave it out and say so."""
        dated = any(section.day is not None or section.refused for section in self.sections)
        for section in self.sections:
            if (
                section.day is not None
                or section.refused
                or not (section.bullets.lines or (self.wrapped and not dated))
            ):
                continue
            if dated:
                self._tell(
                    "lines that belong to no day left out", "", f"{section.bullets.lines} lines",
                    "bullets under the day's header", "move them there",
                )  # fmt: skip
            elif self.fallback is not None:
                section.day = self.fallback
                dated = True
            else:
                self._tell(
                    "page names no day", "", "no date",
                    "{{Current events|year=…|month=…|day=…}}, or a file named YYYY-MM-DD",
                    "add a header, or name the file after its day", "error",
                )  # fmt: skip
                return

    def _compare_with_fallback(self, days: list[date]) -> None:
        if self.fallback is None or not days or self.fallback in days:
            return
        named = ", ".join(day.isoformat() for day in days[:3])
        self._tell(
            "text names another day than title or file name, the text's is taken", "",
            f"{named} in the text, {self.fallback.isoformat()} in the name", "one and the same day", "correct one",
            "notice",
        )  # fmt: skip

    def _tell(self, what: str, line: str, received: str, *rest: str) -> None:
        allowed, next_step, severity = (*rest, "warning")[:3]
        where = self.where + (line or ":1")
        self.problems.append(
            problem(what, where, received=received, allowed=allowed, next_step=next_step, severity=severity)
        )


def _heading(text: str) -> tuple[int, str] | None:
    """Level and mark-up of a heading: `== … ==`, `; …`, or a line all in bold; None of any other line."""
    if text[0] == ";":
        return _LOWEST, text.lstrip(";: ")
    if text[0] == "=" and (found := _HEADING.match(text)):
        return len(found[1]), found[2]
    if text.startswith("'''") and (found := _BOLD.match(text)) and "'''" not in found[2]:
        return _LOWEST, found[2]
    return None


def _no_portal(wikitext: str, where: str) -> Problem:
    pages = [found[1].strip() for found in _TRANSCLUDED.finditer(wikitext[:200_000])][:3]
    next_step = (
        f"it only shows other pages: add those ({', '.join(pages)}, …)"
        if pages
        else "add pages of a Current Events portal"
    )
    return problem(
        "no portal page",
        f"{where}:1",
        received=wikitext[:80],
        allowed="{{Current events…}} around a list whose items begin with *",
        next_step=next_step,
        severity="error",
    )
