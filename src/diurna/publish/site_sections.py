"""Sections of the site's own pages: lists of subjects, search, what this chronicle is, and how machines read it."""

from typing import ClassVar

from msgspec import Struct
from msgspec.structs import replace

from diurna.publish.blocks import Anchor, Block, Cell, Items, Paragraphs, Table, Tags
from diurna.publish.list_sections import Frequency
from diurna.publish.materials import SiteMaterial
from diurna.publish.page import Section
from diurna.publish.paths import FIXED_PATHS, SCHEMA_PATH, category_path, outside_url, site_path, topic_path
from diurna.publish.wording import one_line
from diurna.store.interface import Companion

__all__ = [
    "Addresses",
    "Citing",
    "Feeds",
    "Files",
    "Holdings",
    "Licence",
    "Listing",
    "Purpose",
    "TopSources",
    "TopTopics",
    "Ways",
    "addresses",
    "citing",
    "feeds",
    "files",
    "holdings",
    "licence",
    "listing",
    "purpose",
    "top_sources",
    "top_topics",
    "ways",
]


class Part(Struct, frozen=True, kw_only=True, omit_defaults=True, forbid_unknown_fields=True):
    """Line of a section as data."""


# ---------------------------------------------------------------------------------------------------- lists


class Listing(Section, frozen=True, kw_only=True, tag="listing"):
    """Entities, topics, categories or sources with most events."""

    title: ClassVar[str] = "Most events first"

    kind: str
    subjects: tuple[Frequency, ...]

    def blocks(self) -> tuple[Block, ...]:
        """Names, with the number of their events."""
        return (Items(tuple(line.item() for line in self.subjects)),)


def listing(material: SiteMaterial) -> Listing | None:
    """The subjects of one kind that have most events."""
    lines = tuple(_described(frequency(material.kind, found), found, material) for found in material.subjects)
    return Listing(kind=material.kind, subjects=lines) if lines else None


def _described(line: Frequency, found: Companion, material: SiteMaterial) -> Frequency:
    """Line of a publisher with its articles, its kind and its country; others as they are."""
    known = material.descriptions.get(found.id)
    if known is None:
        return line
    articles = material.tally.by_source.get(found.id, 0)
    return replace(line, articles=articles, kind=one_line(known.kind), country=one_line(known.country))


class TopTopics(Section, frozen=True, kw_only=True, tag="top_topics"):
    """Topics that most events stand under."""

    title: ClassVar[str] = "Topics"

    topics: tuple[Frequency, ...]

    def blocks(self) -> tuple[Block, ...]:
        """Names, with the number of their events."""
        return (_tags(self.topics),)


def top_topics(material: SiteMaterial) -> TopTopics | None:
    """Topics of the front page."""
    lines = tuple(frequency("topic", found) for found in material.topics)
    return TopTopics(topics=lines) if lines else None


class TopSources(Section, frozen=True, kw_only=True, tag="top_sources"):
    """Publishers that are cited most."""

    title: ClassVar[str] = "Most cited"

    sources: tuple[Frequency, ...]

    def blocks(self) -> tuple[Block, ...]:
        """Names, with the number of their events."""
        return (_tags(self.sources),)


def top_sources(material: SiteMaterial) -> TopSources | None:
    """Publishers of the about page."""
    lines = tuple(frequency("source", found) for found in material.sources)
    return TopSources(sources=lines) if lines else None


def frequency(kind: str, found: Companion) -> Frequency:
    """Line of a subject: where the page of an entity, topic, category or source lies, and how many events it has."""
    if kind == "category":
        page = category_path(found.id)
    elif kind == "topic":
        page = topic_path(found.permalink)
    else:
        page = site_path(found.permalink)
    return Frequency(name=one_line(found.name), page=page, events=found.count)


class Ways(Section, frozen=True, kw_only=True, tag="ways"):
    """Lists that lead everywhere."""

    title: ClassVar[str] = "Lists"

    pages: tuple[str, ...]

    def blocks(self) -> tuple[Block, ...]:
        """Links to the lists."""
        return (Tags(tuple(Anchor(page.capitalize(), FIXED_PATHS[page]) for page in self.pages)),)


def ways(_: SiteMaterial) -> Ways:
    """Ways into the chronicle that need no search."""
    return Ways(pages=("years", "contexts", "topics", "categories", "sources", "articles"))


# ---------------------------------------------------------------------------------------------------- about


class Purpose(Section, frozen=True, kw_only=True, tag="purpose"):
    """What a chronicle is, in the program's own words; the same on every site."""

    leading: ClassVar[bool] = True

    texts: tuple[str, ...]

    def blocks(self) -> tuple[Block, ...]:
        """A few sentences."""
        return (Paragraphs(self.texts),)


def purpose(material: SiteMaterial) -> Purpose:
    """What this site is."""
    return Purpose(
        texts=(
            "This is a chronicle of events, made by a program from lists that people edit and from articles that it "
            "reads. Each event has a page with a permanent address, the sources that its lists cite, the changes of "
            "its wording, and related events with the context they share.",
            "Each article that was read has a page too: what its publisher says of it, where its date was found and "
            "how sure that is, who else has its text, and what was changed after it was published. Its text stays at "
            "its publisher, but for an excerpt."
            if not material.site.full_text
            else "Each article that was read has a page too: its text, what its publisher says of it, where its date "
            "was found and how sure that is, who else has its text, and what was changed after it was published.",
            "Headlines and topics are the lists' own words. Links between events are computed: a rare entity that two "
            "events share counts for more than a common one, and each link shows its grounds.",
            "An event that a list takes back keeps its page, which says so; so does an article that somebody takes "
            "out. Old addresses lead to the page that took "
            "their place.",
        )
    )


class Holdings(Section, frozen=True, kw_only=True, tag="holdings"):
    """How much the chronicle holds; nothing that depends on how its input was cut into files."""

    title: ClassVar[str] = "Holdings"

    events: int
    days: int
    entries: int
    entities: int
    sources: int
    revisions: int
    articles: int = 0

    def blocks(self) -> tuple[Block, ...]:
        """A table of counts."""
        counts = (
            ("Events", self.events),
            ("Days", self.days),
            ("Entries", self.entries),
            ("Contexts", self.entities),
            ("Sources", self.sources),
            ("Revisions of lists", self.revisions),
            *((("Articles", self.articles),) if self.articles else ()),
        )
        return (
            Table("What this chronicle holds", ("Kind", "Number"), tuple((Cell(k), Cell(f"{n:,}")) for k, n in counts)),
        )


def holdings(material: SiteMaterial) -> Holdings | None:
    """Counts of the about page."""
    counts = material.counts
    if counts is None:
        return None
    return Holdings(
        events=counts.events,
        days=counts.days,
        entries=counts.entries,
        entities=counts.entities,
        sources=counts.sources,
        revisions=counts.revisions,
        articles=material.tally.articles,
    )


class Citing(Section, frozen=True, kw_only=True, tag="citing"):
    """What a paper needs to name this chronicle exactly."""

    title: ClassVar[str] = "How to cite"

    name: str
    url: str = ""
    version: str = ""
    chronicle: str = ""
    configuration: str = ""

    def blocks(self) -> tuple[Block, ...]:
        """The digests, and a line to copy."""
        facts = (
            ("Chronicle digest", self.chronicle),
            ("Diurna version", self.version),
            ("Configuration digest", self.configuration),
        )
        rows = tuple((Cell(name), Cell(value)) for name, value in facts if value)
        cited = [self.name]
        cited += [f"{name.lower()} {value}" for name, value in facts[::2] if value]
        cited += [f"made with Diurna {self.version}"] if self.version else []
        cited += [self.url] if self.url else []
        line = Paragraphs((f"Cite as: {', '.join(cited)}.",))
        return (Table("What names this chronicle", ("Name", "Value"), rows), line) if rows else (line,)


def citing(material: SiteMaterial) -> Citing:
    """How to cite this chronicle."""
    site = material.site
    return Citing(
        name=site.title,
        url=outside_url(site.base_url),
        version=site.version,
        chronicle=site.chronicle_digest,
        configuration=site.configuration_digest,
    )


class Licence(Section, frozen=True, kw_only=True, tag="licence"):
    """Under what terms the texts stand."""

    title: ClassVar[str] = "Licence"

    texts: tuple[str, ...]

    def blocks(self) -> tuple[Block, ...]:
        """A few sentences."""
        return (Paragraphs(self.texts),)


def licence(material: SiteMaterial) -> Licence:
    """Terms of the site, and where those of a page stand."""
    own = (f"This site: {material.site.licence}.",) if material.site.licence else ()
    return Licence(
        texts=(
            *own,
            "A page made from a list names the list's page, its revision and its licence at its foot; the text stands "
            "under that licence. Articles that are cited belong to their publishers; this site links to them.",
        )
    )


# ---------------------------------------------------------------------------------------------------- api


class FileLine(Part, frozen=True, kw_only=True):
    """Form in which every page can be had."""

    extension: str
    media_type: str
    holds: str
    definition: str = ""


class Files(Section, frozen=True, kw_only=True, tag="files"):
    """The forms of every page: the same address with another extension."""

    title: ClassVar[str] = "Every page in four forms"

    files: tuple[FileLine, ...]

    def blocks(self) -> tuple[Block, ...]:
        """A table, leading to the definitions."""
        rows = tuple(
            (
                Cell(f".{line.extension}"),
                Cell(line.media_type),
                Cell(line.holds),
                Cell(line.definition, line.definition),
            )
            for line in self.files
        )
        return (
            Table("Files of a page", ("Extension", "Media type", "What it holds", "Definition"), rows),
            Paragraphs(
                (
                    "Addresses inside JSON and XML are paths from the site's root without leading slash or extension. "
                    "Empty fields are left out. JSON and XML name a section by its tag, and carry the same fields.",
                )
            ),
        )


def files(_: SiteMaterial) -> Files:
    """Forms of a page."""
    return Files(
        files=(
            FileLine(extension="html", media_type="text/html", holds="the page, with schema.org data in JSON-LD"),
            FileLine(extension="md", media_type="text/markdown", holds="the page as CommonMark"),
            FileLine(
                extension="json",
                media_type="application/json",
                holds="the page as data",
                definition=f"{SCHEMA_PATH}.json",
            ),
            FileLine(
                extension="xml", media_type="application/xml", holds="the same data", definition=f"{SCHEMA_PATH}.xsd"
            ),
        )
    )


class AddressLine(Part, frozen=True, kw_only=True):
    """Family of pages: how their addresses are made, and one that exists."""

    pages: str
    pattern: str
    example: str = ""


class Addresses(Section, frozen=True, kw_only=True, tag="addresses"):
    """Where pages lie."""

    title: ClassVar[str] = "Addresses"

    addresses: tuple[AddressLine, ...]

    def blocks(self) -> tuple[Block, ...]:
        """A table with examples."""
        rows = tuple(
            (Cell(line.pages), Cell(line.pattern), Cell(line.example, line.example)) for line in self.addresses
        )
        return (Table("Where pages lie", ("Page", "Address", "Example"), rows),)


def addresses(material: SiteMaterial) -> Addresses:
    """Families of pages with an example each, where there is one."""
    event = material.example
    page = site_path(event.permalink) if event else ""
    day = page.rpartition("/")[0]
    month, year = day.rpartition("/")[0], day.rpartition("/")[0].rpartition("/")[0]
    category = category_path(event.category) if event and event.category else ""
    topic = topic_path(material.topics[0].permalink) if material.topics else ""
    source = site_path(material.sources[0].permalink) if material.sources else ""
    subject = site_path(material.subjects[0].permalink) if material.subjects else ""
    lines = (
        ("Event", "news/YYYY/MM/DD/slug", page),
        ("Day", "news/YYYY/MM/DD/index", f"{day}/index" if day else ""),
        ("Month", "news/YYYY/MM/index", f"{month}/index" if month else ""),
        ("Year", "news/YYYY/index", f"{year}/index" if year else ""),
        ("Context", "context/slug", subject),
        ("What a context says in a month", "context/slug/said/YYYY-MM", ""),
        ("Topic", "topic/slug", topic),
        ("Category", "category/slug", category),
        ("Source", "source/slug", source),
        ("Article", "article/publisher/slug", material.newest[0].page if material.newest else ""),
    )
    return Addresses(addresses=tuple(AddressLine(pages=name, pattern=how, example=one) for name, how, one in lines))


class Feeds(Section, frozen=True, kw_only=True, tag="feeds"):
    """What can be followed, and how."""

    title: ClassVar[str] = "Feeds"

    feeds: tuple[AddressLine, ...]

    def blocks(self) -> tuple[Block, ...]:
        """A table with examples."""
        rows = tuple((Cell(line.pages), Cell(line.pattern), Cell(line.example, line.example)) for line in self.feeds)
        note = (
            "Each feed has the newest 50 events or articles; of an article it has the lede. An entry's id stays when "
            "its headline changes. Where the site does not know its own address, links in a feed are relative to the "
            "feed's file."
        )
        return (Table("Feeds", ("Of", "Address", "Example"), rows), Paragraphs((note,)))


def feeds(_: SiteMaterial) -> Feeds:
    """Feeds of the site."""
    return Feeds(
        feeds=(
            AddressLine(pages="All events, as Atom", pattern="index.atom", example="index.atom"),
            AddressLine(pages="All events, as JSON Feed", pattern="index.feed.json", example="index.feed.json"),
            AddressLine(pages="A context", pattern="context/slug.atom, context/slug.feed.json"),
            AddressLine(pages="A topic", pattern="topic/slug.atom, topic/slug.feed.json"),
            AddressLine(pages="A category", pattern="category/slug.atom, category/slug.feed.json"),
            AddressLine(pages="Articles of a source", pattern="source/slug.atom, source/slug.feed.json"),
            AddressLine(pages="All articles", pattern="article/index.atom, article/index.feed.json"),
        )
    )


def _tags(lines: tuple[Frequency, ...]) -> Tags:
    return Tags(tuple(Anchor(line.name, line.page) for line in lines), tuple(line.events for line in lines))
