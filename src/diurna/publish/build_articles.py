"""Page of an article, or one that says it was taken out; and the list of the newest articles."""

from collections.abc import Iterable

from msgspec.structs import replace

from diurna.model import Article, Event, Image, Report
from diurna.pipeline.reports import urls_of
from diurna.publish.assemble import assemble, shortened
from diurna.publish.blocks import Anchor
from diurna.publish.event_members import mate_of
from diurna.publish.excerpts import count_words
from diurna.publish.materials import ArticleMaterial, Directory, Place, SiteMaterial
from diurna.publish.membership_lines import passage_of, why_line
from diurna.publish.page import Page
from diurna.publish.paths import FIXED_PATHS, image_path, site_path
from diurna.publish.readings import TextFamily
from diurna.publish.sections import ARTICLE_SECTIONS, ARTICLES_SECTIONS, make_sections
from diurna.publish.site_settings import SiteSettings
from diurna.publish.wording import counted, one_line
from diurna.store.interface import Views
from diurna.text import url_key

__all__ = ["addresses_of", "build_article", "build_articles", "lead_picture"]

_ALL_ARTICLES = Anchor("All articles", FIXED_PATHS["articles"])
_ARTICLES = Anchor("Articles", FIXED_PATHS["articles"])


def build_article(identifier: str, views: Views, site: SiteSettings, directory: Directory) -> Page | None:
    """Page of an article (by its report's id); None where there is no such article."""
    report = views.report(identifier)
    if report is None:
        return None
    readings = directory.readings
    known = readings.articles([version.article for version in report.versions])
    article = known.get(report.current) if report.status == "current" else None
    publisher, source = readings.publisher(report)
    shown = article is not None
    family = readings.family(report) if shown else TextFamily((report,))
    places = _places(report, list(known.values()), views, site, directory) if shown else ()
    told = {place.event.id for place in places}
    material = ArticleMaterial(
        report=report,
        article=article,
        publisher=publisher,
        source=source,
        versions=tuple((one, known[one.article]) for one in report.versions if shown and one.article in known),
        family=family,
        copies=readings.lines(family.reports) if len(family.reports) > 1 else (),
        events=tuple(event for event in _citing(report, known.values(), views) if event.id not in told),
        decisions=readings.decisions(report),
        picture=lead_picture(article, views) if article is not None else "",
        site=site,
        understood=readings.understood(article, report) if article is not None else None,
        places=places,
    )
    return assemble(_head(material), make_sections(ARTICLE_SECTIONS, material), site)


def build_articles(_: str, views: Views, site: SiteSettings, directory: Directory) -> Page:
    """The newest articles, by day."""
    tally = directory.readings.tally()
    material = SiteMaterial(site=site, tally=tally, newest=directory.readings.lines(tally.newest))
    amount = counted(tally.articles, "article")
    head = Page(
        kind="articles",
        path=FIXED_PATHS["articles"],
        title="Articles",
        description=f"{amount} of {counted(len(tally.by_source), 'publisher')}.",
        feeds=(_ALL_ARTICLES,),
    )
    return assemble(head, make_sections(ARTICLES_SECTIONS, material), site)


def addresses_of(report: Report, articles: Iterable[Article]) -> list[str]:
    """Keys of the addresses by which a report may be cited, in a fixed order."""
    urls = {url for article in articles for url in urls_of(article) if url}
    return sorted({report.address, *map(url_key, urls)})


def lead_picture(article: Article, views: Views) -> str:
    """File of an article's lead image in the site; empty where no capture holds its bytes."""
    image = article.image
    if image is None:
        return ""
    capture = image.capture or views.picture(url_key(image.url))
    return image_path(Image(image.url, capture=capture))


def _citing(report: Report, articles: Iterable[Article], views: Views) -> tuple[Event, ...]:
    """Events that cite a report, in order of arrival; those that were merged into others are told there."""
    found = dict.fromkeys(event for address in addresses_of(report, articles) for event in views.citing(address))
    events = views.events(list(found)).values() if found else ()
    return tuple(sorted((event for event in events if event.status != "merged"), key=lambda event: event.rank))


def _places(
    report: Report, versions: list[Article], views: Views, site: SiteSettings, directory: Directory
) -> tuple[Place, ...]:
    """The events that an article tells of; all sentences together have as many words as its statements may have."""
    readings, left = directory.readings, site.statement_words
    found = []
    for event, judgement in readings.places(report):
        if judgement.verdict == "tells":
            sentence = passage_of(judgement, versions, left)
            left -= count_words(sentence)
            found.append(Place(event=event, judgement=judgement, sentence=sentence))
            continue
        mate = views.report(mate_of(judgement)) if mate_of(judgement) else None
        line = readings.lines([mate])[0] if mate is not None and mate.status == "current" else None
        found.append(Place(event=event, judgement=judgement, why=why_line(judgement, event, mate, line)))
    return tuple(found)


def _head(material: ArticleMaterial) -> Page:
    report, article = material.report, material.article
    title = one_line(report.title) or "Untitled article"
    publisher = Anchor(one_line(material.publisher), material.source)
    head = Page(
        kind="article",
        path=site_path(report.permalink),
        title="Erased article" if report.status == "erased" else title,
        breadcrumbs=(_ARTICLES, publisher),
        feeds=(publisher,) if article is not None else (),
    )
    if article is None:
        return replace(head, description=f"An article of {publisher.text} that was taken out of this chronicle.")
    return replace(head, language=article.language, description=shortened(article.lede or title), day=report.day)
