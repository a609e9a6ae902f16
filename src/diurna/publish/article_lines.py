"""Lines about articles, as several pages show them: the article in a list, who wrote it, when it was published."""

from datetime import date, datetime

from msgspec import Struct

from diurna.model import Article, Author, Dating, Report
from diurna.publish.blocks import Anchor, Fact, Item
from diurna.publish.paths import site_path
from diurna.publish.wording import MONTHS, one_line
from diurna.text import first_sentence

__all__ = [
    "AuthorLine",
    "DatingLine",
    "ReportLine",
    "author_line",
    "dating_line",
    "moment_day",
    "moment_words",
    "report_line",
    "title_words",
]

_SURE, _LIKELY = 0.85, 0.6
"""From these on a date counts as stated, and as likely: linked data alone are right in 0.90, what a search of the page
finds in 0.70 of pages (`diurna.extract.dates`)."""

_PLACES = {
    "json-ld": ("stated in", "the page's linked data"),
    "meta": ("stated in", "the page's metadata"),
    "itemprop": ("stated in", "the page's microdata"),
    "abbr": ("stated in", "the page's microformat"),
    "feed": ("stated in", "the publisher's feed"),
    "sitemap": ("stated in", "the publisher's sitemap"),
    "news": ("stated in", "the publisher's news sitemap"),
    "time": ("stated in", "a time element of the page"),
    "address": ("read from", "its address"),
    "text": ("read in", "the text of the page"),
    "title": ("read in", "the title of the page"),
    "script": ("read in", "the data of the page's programs"),
    "htmldate": ("found in", "the page by a search for dates"),
    "guess": ("found in", "the page by a search for anything like a date"),
}


class AuthorLine(Struct, frozen=True, omit_defaults=True, forbid_unknown_fields=True):
    """Name of a byline; `kind` is `person`, `agency`, `desk` or `organisation`."""

    name: str
    kind: str


def author_line(author: Author) -> AuthorLine:
    """A name of a byline as pages carry it."""
    return AuthorLine(one_line(author.name), author.kind)


class DatingLine(Struct, frozen=True, kw_only=True, omit_defaults=True, forbid_unknown_fields=True):
    """Time that a publisher gives: of a `day`, a `minute` or a `second`; where it stood, as what, and how sure."""

    time: datetime
    granularity: str
    found: str
    written: str
    sureness: float

    def fact(self, term: str) -> Fact:
        """As a reader meets it."""
        return Fact(term, (Anchor(moment_words(self.time, self.granularity)),), note=self.said())

    def said(self) -> str:
        """Where the time was found and how sure it is, in words."""
        verb, place = _PLACES.get(self.found.partition(" ")[0], ("found in", one_line(self.found) or "the page"))
        if self.sureness >= _SURE:
            return f"{verb} {place}"
        return f"likely: {verb} {place}" if self.sureness >= _LIKELY else f"a guess: {verb} {place}"


def dating_line(dating: Dating | None) -> DatingLine | None:
    """A dating as pages carry it."""
    if dating is None:
        return None
    return DatingLine(
        time=dating.time,
        granularity=dating.granularity,
        found=one_line(dating.found),
        written=one_line(dating.written),
        sureness=dating.sureness,
    )


def moment_words(time: datetime, granularity: str = "minute") -> str:
    """A time as a reader meets it: `22 May 2017`, or with its hour where that is known."""
    day = moment_day(time.date())
    return day if granularity == "day" else f"{day}, {time:%H:%M} UTC"


def moment_day(day: date) -> str:
    """A day as a reader meets it: `22 May 2017`."""
    return f"{day.day} {MONTHS[day.month - 1]} {day.year}"


class ReportLine(Struct, frozen=True, kw_only=True, omit_defaults=True, forbid_unknown_fields=True):
    """Article as other pages list it. `day` is that of publication, where known; `origin` names the outlet or the
    agency whose text it has, where that is another's."""

    article: str
    title: str
    page: str
    publisher: str
    day: date | None = None
    origin: str = ""
    language: str = ""

    def named(self) -> Anchor:
        """Its publisher and its title, leading to its page."""
        return Anchor(f"{self.publisher}: {self.title}" if self.publisher else self.title, self.page, "", self.language)

    def item(self, *, named: bool = True, dated: bool = True) -> Item:
        """As a reader meets it, with its publisher and its day unless the page has said them already."""
        copied = f"text from {self.origin}" if self.origin else ""
        return Item(
            anchor=Anchor(self.title, self.page, language=self.language),
            day=self.day if dated else None,
            note=", ".join(filter(None, (self.publisher if named else "", copied))),
        )


def title_words(report: Report, article: Article | None) -> str:
    """What pages call an article: its title, or the words that it begins with."""
    opening = (first_sentence(article.text) or first_sentence(article.lede)) if article is not None else ""
    return one_line(report.title) or opening or "Untitled article"


def report_line(report: Report, article: Article | None, publisher: str, origin: str) -> ReportLine:
    """What any page may show of an article that is current."""
    return ReportLine(
        article=f"article:{report.id}",
        title=title_words(report, article),
        page=site_path(report.permalink),
        publisher=one_line(publisher),
        day=report.day,
        origin=one_line(origin),
        language=article.language if article is not None else "",
    )
