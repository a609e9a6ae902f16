"""Sections of pages that list events: of days, months, years, entities, topics, categories and sources."""

from calendar import Calendar
from collections.abc import Iterable
from datetime import date
from itertools import groupby
from typing import ClassVar

from msgspec import Struct

from diurna.model import Event
from diurna.publish.bar import stands_out
from diurna.publish.blocks import Anchor, Block, Cell, Group, Groups, Item, Items, Notice, Paragraphs, Table, Tags
from diurna.publish.event_lines import EventGroup, EventLine, PageName, event_line, group_events
from diurna.publish.materials import DaysMaterial, SpanMaterial, SubjectMaterial
from diurna.publish.page import Section
from diurna.publish.paths import day_path, month_path, site_path, year_path
from diurna.publish.place_names import country_name
from diurna.publish.wording import MONTHS, WEEKDAYS, counted, one_line

__all__ = [
    "LISTED",
    "LISTED_OF_YEAR",
    "Chronicle",
    "Companions",
    "Day",
    "Days",
    "Frequency",
    "Month",
    "Months",
    "OtherYears",
    "Subject",
    "Withdrawn",
    "YearEvents",
    "Years",
    "chronicle",
    "companions",
    "day_events",
    "day_withdrawn",
    "days_of_month",
    "latest_days",
    "month_calendar",
    "months_of_year",
    "other_years",
    "subject",
    "years",
]

LISTED = 200
"""Events that the page of an entity, topic, category or source lists; with more it leads to a page for each year."""

LISTED_OF_YEAR = 5000
"""Events that a page of one year lists: no page may grow without end. Past it the page says how many it leaves out."""

_WEEK = tuple(day[:3] for day in WEEKDAYS)


class Frequency(Struct, frozen=True, kw_only=True, omit_defaults=True, forbid_unknown_fields=True):
    """Page with the number of events behind it; of a publisher also that of its articles, its kind and its country."""

    name: str
    page: str
    events: int
    articles: int = 0
    kind: str = ""
    country: str = ""

    def item(self) -> Item:
        """As a reader meets it."""
        amounts = [counted(self.events)] if self.events or not self.articles else []
        amounts += [counted(self.articles, "article")] if self.articles else []
        what = [word for word in (self.kind, country_name(self.country) if self.country else "") if word]
        return Item(Anchor(self.name, self.page), note=", ".join([*amounts, *what]))


# ---------------------------------------------------------------------------------------------------- days


class Day(Section, frozen=True, kw_only=True, tag="day"):
    """What happened on a day, by category and topic."""

    title: ClassVar[str] = "Events"

    day: date
    groups: tuple[EventGroup, ...]

    def blocks(self) -> tuple[Block, ...]:
        """Headlines as cards under their categories and topics."""
        return (Groups(tuple(group.group() for group in self.groups)),)


def day_events(material: DaysMaterial) -> Day | None:
    """Current events of a day."""
    day, events = material.days[0]
    groups = group_events(_standing_out(events, material), material.directory)
    return Day(day=day, groups=groups) if groups else None


class Withdrawn(Section, frozen=True, kw_only=True, tag="withdrawn"):
    """What lists told of a day and then took back."""

    title: ClassVar[str] = "Withdrawn"

    events: tuple[EventLine, ...]

    def blocks(self) -> tuple[Block, ...]:
        """Headlines, marked."""
        return (Items(tuple(event.item(dated=False) for event in self.events)),)


def day_withdrawn(material: DaysMaterial) -> Withdrawn | None:
    """Withdrawn events of a day."""
    lines = tuple(event_line(event) for _, events in material.days for event in events if event.status == "withdrawn")
    return Withdrawn(events=lines) if lines else None


class DayGroup(Struct, frozen=True, kw_only=True, omit_defaults=True, forbid_unknown_fields=True):
    """Day among others: its events grouped by category, or in one list; `also_reported` are on its page alone."""

    day: date
    page: str
    groups: tuple[EventGroup, ...] = ()
    events: tuple[EventLine, ...] = ()
    also_reported: int = 0


class Days(Section, frozen=True, kw_only=True, tag="days"):
    """Several days with their events."""

    title: ClassVar[str] = "Days"

    days: tuple[DayGroup, ...]

    def blocks(self) -> tuple[Block, ...]:
        """Days as headings, with what happened under them."""
        return (Groups(tuple(map(self._group, self.days)), style="cards" if self.days[0].groups else "plain"),)

    @staticmethod
    def _group(day: DayGroup) -> Group:
        items = tuple(event.item(dated=False) for event in day.events)
        if day.also_reported:
            items += (Item(Anchor(f"{counted(day.also_reported, 'event')} also reported", day.page)),)
        return Group(Anchor(_words(day.day), day.page), items, tuple(group.group() for group in day.groups))


def latest_days(material: DaysMaterial) -> Days | None:
    """The last days of the chronicle, newest first, as their own pages show them."""
    shown = ((day, group_events(_standing_out(events, material), material.directory)) for day, events in material.days)
    days = tuple(DayGroup(day=day, page=day_path(day), groups=groups) for day, groups in shown if groups)
    return Days(days=days) if days else None


def days_of_month(material: DaysMaterial) -> Days | None:
    """The days of a month, oldest first, with their headlines."""
    shown = ((day, _current(events), _standing_out(events, material)) for day, events in material.days)
    days = tuple(
        DayGroup(
            day=day,
            page=day_path(day),
            events=tuple(map(event_line, standing)),
            also_reported=len(current) - len(standing),
        )
        for day, current, standing in shown
        if current
    )
    return Days(days=days) if days else None


# ---------------------------------------------------------------------------------------------------- months, years


class Month(Section, frozen=True, kw_only=True, tag="month"):
    """How many events each day of a month has."""

    title: ClassVar[str] = "Calendar"

    year: int
    month: int
    days: tuple[Frequency, ...]

    def blocks(self) -> tuple[Block, ...]:
        """A calendar that leads to the days."""
        known = {int(day.name[-2:]): day for day in self.days}
        weeks = Calendar().monthdayscalendar(self.year, self.month)
        rows = tuple(tuple(self._cell(number, known.get(number)) for number in week) for week in weeks)
        return (Table(f"{MONTHS[self.month - 1]} {self.year}", _WEEK, rows, style="calendar"),)

    @staticmethod
    def _cell(number: int, day: Frequency | None) -> Cell:
        if day is None:
            return Cell(str(number) if number else "")
        return Cell(str(number), day.page, counted(day.events))


def month_calendar(material: SpanMaterial) -> Month | None:
    """The calendar of a month."""
    if material.year is None or material.month is None:
        return None
    days = tuple(Frequency(name=day.isoformat(), page=day_path(day), events=count) for day, count in material.counts)
    return Month(year=material.year, month=material.month, days=days)


class Months(Section, frozen=True, kw_only=True, tag="months"):
    """How many events each month of a year has."""

    title: ClassVar[str] = "Months"

    year: int
    months: tuple[Frequency, ...]

    def blocks(self) -> tuple[Block, ...]:
        """A table that leads to the months."""
        return (_table(f"Months of {self.year}", "Month", self.months),)


def months_of_year(material: SpanMaterial) -> Months | None:
    """The months of a year that have events."""
    if material.year is None:
        return None
    months = groupby(material.counts, key=lambda pair: pair[0].month)
    lines = tuple(
        Frequency(name=MONTHS[month - 1], page=month_path(material.year, month), events=sum(count for _, count in days))
        for month, days in months
    )
    return Months(year=material.year, months=lines)


class Years(Section, frozen=True, kw_only=True, tag="years"):
    """How many events each year has."""

    title: ClassVar[str] = "Years"

    years: tuple[Frequency, ...]

    def blocks(self) -> tuple[Block, ...]:
        """A table that leads to the years."""
        return (_table("Years of the chronicle", "Year", self.years),)


def years(material: SpanMaterial) -> Years | None:
    """The years that have events, newest first."""
    found = groupby(material.counts, key=lambda pair: pair[0].year)
    lines = [
        Frequency(name=f"{year:04}", page=year_path(year), events=sum(count for _, count in days))
        for year, days in found
    ]
    return Years(years=tuple(reversed(lines))) if lines else None


# ---------------------------------------------------------------------------------------------------- subjects


class Subject(Section, frozen=True, kw_only=True, tag="subject"):
    """Entity, topic, category or source: its reference, names, and how many events (a source also: articles) it has.

    `aliases` are the words it was shown with; `host` is where a source publishes; with `year` the page is about that
    alone.
    """

    leading: ClassVar[bool] = True

    ref: str
    name: str
    page: str
    events: int
    articles: int = 0
    year: int | None = None
    kind: str = ""
    aliases: tuple[str, ...] = ()
    ids: tuple[str, ...] = ()
    host: str = ""

    def blocks(self) -> tuple[Block, ...]:
        """How many events, other names, where it publishes."""
        amounts = [counted(self.events)] if self.events or not self.articles else []
        amounts += [counted(self.articles, "article")] if self.articles else []
        lines = [", ".join(amounts) + (f" in {self.year}" if self.year else "") + "."]
        if self.aliases:
            lines.append(f"Also shown as: {', '.join(self.aliases)}.")
        if self.ids:
            lines.append(f"Elsewhere: {', '.join(self.ids)}.")
        source = Anchor(self.host, f"https://{self.host}/") if _is_host(self.host) else None
        return (Paragraphs(tuple(lines), source=source, role="note"),)


def _is_host(name: str) -> bool:
    """Whether a publisher's name is one of the web: publishers that have no address go by other names."""
    return "." in name and not name.replace(".", "").isdigit()


def subject(material: SubjectMaterial) -> Subject:
    """What a page of an entity, topic, category or source is about."""
    entity = material.entity
    total = sum(count for year, count in material.years if material.year in (None, year))
    return Subject(
        ref=str(material.ref),
        name=one_line(material.name),
        page=material.path,
        events=total,
        articles=material.articles if material.year is None else 0,
        year=material.year,
        kind=entity.kind if entity else "",
        aliases=tuple(map(one_line, entity.aliases)) if entity else (),
        ids=entity.ids if entity else (),
        host=material.host,
    )


class YearEvents(Struct, frozen=True, kw_only=True, omit_defaults=True, forbid_unknown_fields=True):
    """Events of one year."""

    year: int
    events: tuple[EventLine, ...]


class Chronicle(Section, frozen=True, kw_only=True, tag="chronicle"):
    """Events in time, newest first, by year; `left_out` older ones are not listed here."""

    title: ClassVar[str] = "Events"

    years: tuple[YearEvents, ...]
    left_out: int = 0

    def blocks(self) -> tuple[Block, ...]:
        """Years as headings, with dated headlines."""
        groups = tuple(map(self._group, self.years))
        shown: tuple[Block, ...] = (Groups(groups),)
        if not self.left_out:
            return shown
        return (
            *shown,
            Notice("excerpt", f"These are the newest; {counted(self.left_out)} before them are not listed here."),
        )

    @staticmethod
    def _group(year: YearEvents) -> Group:
        return Group(
            Anchor(f"{year.year:04}", year_path(year.year)), tuple(event.item(dated=True) for event in year.events)
        )


def chronicle(material: SubjectMaterial) -> Chronicle | None:
    """Events of an entity, topic, category or source."""
    if not material.events:
        return None
    total = sum(count for year, count in material.years if material.year in (None, year))
    found = groupby(material.events, key=lambda event: event.day.year)
    listed = tuple(YearEvents(year=year, events=tuple(map(event_line, events))) for year, events in found)
    return Chronicle(years=listed, left_out=max(0, total - len(material.events)))


class OtherYears(Section, frozen=True, kw_only=True, tag="by_year"):
    """Pages of the same subject for single years, where one page does not hold all."""

    title: ClassVar[str] = "By year"

    years: tuple[Frequency, ...]

    def blocks(self) -> tuple[Block, ...]:
        """Years, each leading to its page."""
        return (
            Tags(tuple(Anchor(year.name, year.page) for year in self.years), tuple(year.events for year in self.years)),
        )


def other_years(material: SubjectMaterial) -> OtherYears | None:
    """Pages of single years, newest first."""
    if sum(count for _, count in material.years) <= LISTED:
        return None
    lines = tuple(
        Frequency(name=f"{year:04}", page=f"{material.path}/{year:04}", events=count) for year, count in material.years
    )
    return OtherYears(years=lines[::-1])


class Companions(Section, frozen=True, kw_only=True, tag="companions"):
    """Entities that share most events with this one."""

    title: ClassVar[str] = "Appears with"

    entities: tuple[Frequency, ...]

    def blocks(self) -> tuple[Block, ...]:
        """Their names, with the number of events shared."""
        anchors = tuple(PageName(line.name, line.page).anchor() for line in self.entities)
        return (Tags(anchors, tuple(line.events for line in self.entities)),)


def companions(material: SubjectMaterial) -> Companions | None:
    """With whom an entity appears."""
    lines = tuple(
        Frequency(name=one_line(other.name), page=site_path(other.permalink), events=other.count)
        for other in material.companions
    )
    return Companions(entities=lines) if lines else None


# ---------------------------------------------------------------------------------------------------- inner parts


def _current(events: Iterable[Event]) -> list[Event]:
    return [event for event in events if event.status == "current"]


def _standing_out(events: Iterable[Event], material: DaysMaterial) -> list[Event]:
    return [event for event in _current(events) if stands_out(event, material.site)]


def _words(day: date) -> str:
    return f"{WEEKDAYS[day.weekday()]}, {day.day} {MONTHS[day.month - 1]} {day.year}"


def _table(caption: str, first: str, lines: tuple[Frequency, ...]) -> Table:
    rows = tuple((Cell(line.name, line.page), Cell(f"{line.events:,}")) for line in lines)
    return Table(caption, (first, "Events"), rows)
