"""Sections that list articles: of a publisher, of the front page, and the newest of all; and what a publisher is."""

from datetime import date
from itertools import groupby
from typing import ClassVar

from msgspec import Struct

from diurna.publish.article_lines import ReportLine, moment_day
from diurna.publish.blocks import Anchor, Block, Fact, Facts, Group, Groups, Item, Items, Notice, Paragraphs
from diurna.publish.materials import SiteMaterial, SubjectMaterial
from diurna.publish.page import Section
from diurna.publish.paths import FIXED_PATHS, outside_url
from diurna.publish.place_names import country_name, language_name
from diurna.publish.wording import counted, one_line

__all__ = [
    "Articles",
    "ArticlesByDay",
    "DayOfArticles",
    "FrontArticles",
    "NamedIn",
    "Publisher",
    "articles_by_day",
    "articles_of_front",
    "articles_of_source",
    "named_in",
    "publisher",
]

_FRONT_ARTICLES = 30


class Publisher(Section, frozen=True, kw_only=True, tag="publisher"):
    """What is known of a publisher; the `…_basis` are addresses of pages that say so, for what the registry says."""

    title: ClassVar[str] = "Publisher"

    host: str
    home: str = ""
    country: str = ""
    country_basis: str = ""
    language: str = ""
    language_basis: str = ""
    kind: str = ""
    kind_basis: str = ""

    def blocks(self) -> tuple[Block, ...]:
        """A list of facts, each with its basis."""
        languages = tuple(Anchor(language_name(code)) for code in self.language.split(", ") if code)
        lines = (
            ("Home", (Anchor(self.home.partition("://")[2].rstrip("/"), self.home),) if self.home else (), ""),
            ("Country", (Anchor(country_name(self.country)),) if self.country else (), self.country_basis),
            ("Language", languages, self.language_basis),
            ("Kind", (Anchor(self.kind),) if self.kind else (), self.kind_basis),
        )
        facts = tuple(
            Fact(term, values, basis=Anchor("basis", basis, f"Where this is stated: {term.lower()}") if basis else None)
            for term, values, basis in lines
            if values
        )
        return (Facts(facts),) if facts else ()


def publisher(material: SubjectMaterial) -> Publisher | None:
    """What is known of the publisher that a source's page is about."""
    known = material.description
    if known is None or material.year is not None:
        return None
    basis = {field: outside_url(page) for field, page in known.basis}
    return Publisher(
        host=known.host,
        home=outside_url(known.home),
        country=one_line(known.country),
        country_basis=basis.get("country", ""),
        language=one_line(known.language),
        language_basis=basis.get("language", ""),
        kind=one_line(known.kind),
        kind_basis=basis.get("kind", ""),
    )


class Articles(Section, frozen=True, kw_only=True, tag="articles"):
    """Newest articles of a publisher; `left_out` older ones are not listed."""

    title: ClassVar[str] = "Articles"

    articles: tuple[ReportLine, ...]
    left_out: int = 0

    def blocks(self) -> tuple[Block, ...]:
        """Dated titles, with a word where the text is another's."""
        shown: tuple[Block, ...] = (Items(tuple(line.item(named=False) for line in self.articles)),)
        return (*shown, *_left_out(self.left_out))


class NamedIn(Articles, frozen=True, kw_only=True, tag="named_in"):
    """Newest articles that name an entity; `left_out` older ones are not listed."""

    title: ClassVar[str] = "Named in articles"

    def blocks(self) -> tuple[Block, ...]:
        """Dated titles with their publishers."""
        return (Items(tuple(line.item() for line in self.articles)), *_left_out(self.left_out))


def named_in(material: SubjectMaterial) -> NamedIn | None:
    """The newest articles that name an entity."""
    if not material.reports or material.ref.kind != "entity":
        return None
    return NamedIn(articles=material.reports, left_out=max(0, material.articles - len(material.reports)))


def articles_of_source(material: SubjectMaterial) -> Articles | None:
    """The newest articles of a source."""
    if not material.reports or material.year is not None or material.ref.kind != "source":
        return None
    return Articles(articles=material.reports, left_out=max(0, material.articles - len(material.reports)))


class FrontArticles(Section, frozen=True, kw_only=True, tag="front_articles"):
    """How many articles there are, of how many publishers; where no event is told, the newest of them."""

    title: ClassVar[str] = "Articles"

    articles: int
    publishers: int
    newest: tuple[ReportLine, ...] = ()

    def blocks(self) -> tuple[Block, ...]:
        """A line that leads to all of them."""
        told = f"{counted(self.articles, 'article')} of {counted(self.publishers, 'publisher')}"
        shown: list[Block] = [Items((Item(Anchor(told, FIXED_PATHS["articles"])),))]
        if self.newest:
            shown.append(Items(tuple(line.item() for line in self.newest), style="cards"))
        return tuple(shown)


def articles_of_front(material: SiteMaterial) -> FrontArticles | None:
    """Articles on the front page."""
    tally = material.tally
    if not tally.articles:
        return None
    newest = material.newest[:_FRONT_ARTICLES]
    return FrontArticles(articles=tally.articles, publishers=len(tally.by_source), newest=newest)


class DayOfArticles(Struct, frozen=True, kw_only=True, omit_defaults=True, forbid_unknown_fields=True):
    """Articles that were published on one day; without `day` those that nothing dates."""

    articles: tuple[ReportLine, ...]
    day: date | None = None


class ArticlesByDay(Section, frozen=True, kw_only=True, tag="articles_by_day"):
    """The newest articles by day of publication, undated ones last; `left_out` are not listed."""

    title: ClassVar[str] = "Newest first"

    days: tuple[DayOfArticles, ...]
    left_out: int = 0

    def blocks(self) -> tuple[Block, ...]:
        """Days as headings, with what was published on them; a word where there is none."""
        if not self.days:
            return (Paragraphs(("No article has been read yet.",)),)
        return (Groups(tuple(map(self._group, self.days))), *_left_out(self.left_out))

    @staticmethod
    def _group(day: DayOfArticles) -> Group:
        name = moment_day(day.day) if day.day else "Undated"
        return Group(Anchor(name), tuple(line.item(dated=False) for line in day.articles))


def articles_by_day(material: SiteMaterial) -> ArticlesByDay:
    """The newest articles of the chronicle."""
    days = groupby(material.newest, key=lambda line: line.day)
    listed = tuple(DayOfArticles(day=day, articles=tuple(lines)) for day, lines in days)
    return ArticlesByDay(days=listed, left_out=max(0, material.tally.articles - len(material.newest)))


def _left_out(number: int) -> tuple[Notice, ...]:
    if not number:
        return ()
    told = f"These are the newest; {counted(number, 'article')} before them are not listed here."
    return (Notice("excerpt", told, Anchor("Search finds them.", FIXED_PATHS["search"])),)
