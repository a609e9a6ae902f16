"""Pages of days, months and years, and the list of years."""

from calendar import monthrange
from datetime import date

from diurna.publish.assemble import ALL_EVENTS, assemble
from diurna.publish.blocks import Anchor
from diurna.publish.day_disputes import findings_of_events
from diurna.publish.materials import DaysMaterial, Directory, SpanMaterial
from diurna.publish.page import Page
from diurna.publish.paths import FIXED_PATHS, day_path, month_path, year_path
from diurna.publish.sections import (
    DAY_SECTIONS,
    MONTH_DAYS,
    MONTH_SECTIONS,
    YEAR_SECTIONS,
    YEARS_SECTIONS,
    make_sections,
)
from diurna.publish.site_settings import SiteSettings
from diurna.publish.wording import MONTHS, counted
from diurna.store.interface import Views

__all__ = ["build_day", "build_month", "build_year", "build_years", "day_words"]

_YEARS = Anchor("Years", FIXED_PATHS["years"])


def day_words(day: date) -> str:
    """A day as a heading says it: `22 May 2017`."""
    return f"{day.day} {MONTHS[day.month - 1]} {day.year}"


def build_day(iso: str, views: Views, site: SiteSettings, directory: Directory) -> Page | None:
    """Page of a day; None where nothing is filed under it."""
    day = date.fromisoformat(iso)
    events = tuple(views.events_on(day))
    if not events:
        return None
    before, after = views.day_beside(day, -1), views.day_beside(day, +1)
    current = sum(event.status == "current" for event in events)
    head = Page(
        kind="day",
        path=day_path(day),
        title=day_words(day),
        description=f"{day_words(day)}: {counted(current)}.",
        day=day,
        breadcrumbs=(_year(day.year), Anchor(MONTHS[day.month - 1], month_path(day.year, day.month))),
        previous=Anchor(day_words(before), day_path(before)) if before else None,
        next=Anchor(day_words(after), day_path(after)) if after else None,
        feeds=(ALL_EVENTS,),
    )
    readings = directory.readings
    beside = readings.tally().round_ups.get(day, ())
    kinds = (report.genre for report in beside)
    material = DaysMaterial(
        days=((day, events),),
        directory=directory,
        site=site,
        round_ups=tuple(zip(readings.lines(beside), kinds, strict=True)),
        findings=findings_of_events(events, views, directory, site),
    )
    return assemble(head, make_sections(DAY_SECTIONS, material), site)


def build_month(iso: str, views: Views, site: SiteSettings, directory: Directory) -> Page | None:
    """Page of a month (`2017-05`): its calendar, and its days with their headlines."""
    first = date.fromisoformat(f"{iso}-01")
    counts = tuple(views.days(iso))
    if not counts:
        return None
    year, month = first.year, first.month
    before = views.day_beside(first, -1)
    after = views.day_beside(first.replace(day=monthrange(year, month)[1]), +1)
    name = f"{MONTHS[month - 1]} {year}"
    head = Page(
        kind="month",
        path=month_path(year, month),
        title=name,
        description=f"{name}: {counted(sum(count for _, count in counts))}.",
        day=first,
        breadcrumbs=(_year(year),),
        previous=_month(before) if before else None,
        next=_month(after) if after else None,
        feeds=(ALL_EVENTS,),
    )
    days = DaysMaterial(
        days=tuple((day, tuple(views.events_on(day))) for day, _ in counts), directory=directory, site=site
    )
    data = make_sections(MONTH_SECTIONS, SpanMaterial(year=year, month=month, counts=counts))
    return assemble(head, data + make_sections(MONTH_DAYS, days), site)


def build_year(iso: str, views: Views, site: SiteSettings, _: Directory) -> Page | None:
    """Page of a year: its months."""
    year = int(iso)
    counts = tuple(views.days(f"{year:04}"))
    if not counts:
        return None
    before, after = views.day_beside(date(year, 1, 1), -1), views.day_beside(date(year, 12, 31), +1)
    head = Page(
        kind="year",
        path=year_path(year),
        title=str(year),
        description=f"{year}: {counted(sum(count for _, count in counts))}.",
        day=date(year, 1, 1),
        breadcrumbs=(_YEARS,),
        previous=_year(before.year) if before else None,
        next=_year(after.year) if after else None,
        feeds=(ALL_EVENTS,),
    )
    return assemble(head, make_sections(YEAR_SECTIONS, SpanMaterial(year=year, month=None, counts=counts)), site)


def build_years(_: str, views: Views, site: SiteSettings, __: Directory) -> Page:
    """The list of years."""
    data = make_sections(YEARS_SECTIONS, SpanMaterial(year=None, month=None, counts=tuple(views.days())))
    head = Page(kind="years", path=FIXED_PATHS["years"], title="Years", description=f"Years of {site.title}.")
    return assemble(head, data, site)


def _year(year: int) -> Anchor:
    return Anchor(str(year), year_path(year))


def _month(day: date) -> Anchor:
    return Anchor(f"{MONTHS[day.month - 1]} {day.year}", month_path(day.year, day.month))
