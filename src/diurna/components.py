"""The one list of parts: what each does, its version, its settings, what it reads and what it writes."""

from msgspec import Struct, field

from diurna.enrich.settings import EnrichSettings
from diurna.enrich.task import COMPONENT as ENRICH
from diurna.extract.boilerplate import BoilerplateSettings
from diurna.extract.feed import COMPONENT as FEED
from diurna.extract.feed import FeedSettings
from diurna.extract.found import ListingSettings
from diurna.extract.page import COMPONENT as PAGE
from diurna.extract.settings import ExtractSettings
from diurna.group.category import CategorySettings
from diurna.group.copies import COMPONENT as COPIES
from diurna.group.copies import CopySettings
from diurna.group.lineage import COMPONENT as LINEAGE
from diurna.group.lineage import LineageSettings
from diurna.group.stream import COMPONENT as STREAM
from diurna.group.stream import GroupSettings
from diurna.ingest import IngestSettings
from diurna.ingest.fetch_settings import FetchSettings
from diurna.relate.neighbours import COMPONENT as RELATED
from diurna.relate.neighbours import RelateSettings

__all__ = [
    "COMPONENTS",
    "ChronicleSettings",
    "Component",
    "CuratedSettings",
    "PublishSettings",
    "RunSettings",
    "Settings",
]


class Component(Struct, frozen=True):
    """One part: its stage, its name with version, the nouns it reads and the noun it writes."""

    stage: str
    name: str
    reads: tuple[str, ...]
    writes: str


COMPONENTS = (
    Component("ingest", "ingest/1", (), "Capture"),
    Component("extract", "portal/1", ("Capture",), "Entry"),
    Component("extract", PAGE, ("Capture",), "Article"),
    Component("extract", FEED, ("Capture",), "Article"),
    Component("enrich", ENRICH, ("Article", "Entry"), "Annotation"),
    Component("group", COPIES, ("Article",), "Judgement"),
    Component("group", LINEAGE, ("Entry", "Revision"), "Judgement"),
    Component("group", STREAM, ("Article", "Annotation", "Entry"), "Judgement"),
    Component("relate", RELATED, ("Event",), "Link"),
)


class ChronicleSettings(Struct, frozen=True, forbid_unknown_fields=True):
    """What the chronicle is called, and where it will stand on the web.

    Attributes:
        title: Name on every page.
        tagline: One line under the name.
        language: Language of the pages' own words and of headlines that name none (BCP 47). Only `en` has words so far.
        base_url: Address the site will have, such as `https://example.org/chronicle/`; feeds and the sitemap need it.
        licence: What others may do with this chronicle, shown on the about page; lists keep their own licences.
    """

    title: str = "A Diurna chronicle"
    tagline: str = "What happened, when, and who says so"
    language: str = "en"
    base_url: str = ""
    licence: str = ""


class CuratedSettings(Struct, frozen=True, forbid_unknown_fields=True):
    """Lists of days kept by editors.

    Attributes:
        list_name: Name of the list that files belong to when neither they nor the command say.
        licence: Licence of those files, shown on their pages; empty for your own.
    """

    list_name: str = "local"
    licence: str = ""


class RunSettings(Struct, frozen=True, forbid_unknown_fields=True):
    """How much of the machine is used.

    Attributes:
        workers: Processes that read pages and understand articles; 0 takes one for each core, up to 8. The result is
            the same for any number.
    """

    workers: int = 0


class PublishSettings(Struct, frozen=True, forbid_unknown_fields=True):
    """How the site is written.

    Attributes:
        workers: Processes that render pages; 0 takes one for each core, up to 8.
        excerpt_words: Words of an article's running text that its page shows, besides its lede.
        statement_words: Words of what an article says that others say, which its page quotes as statements.
        full_text: Show the whole text of articles. Only for texts that you may publish.
        front_sources: Independent sources that an event which no list has needs to stand on the front page, in feeds,
            and among the main events of its day. Others stand in a list beside them.
        front_outlets: Hosts of publishers whose report alone suffices for that.
    """

    workers: int = 0
    excerpt_words: int = 60
    statement_words: int = 60
    full_text: bool = False
    front_sources: int = 2
    front_outlets: tuple[str, ...] = ()


class Settings(Struct, frozen=True, forbid_unknown_fields=True):
    """All of `diurna.toml`."""

    chronicle: ChronicleSettings = field(default_factory=ChronicleSettings)
    curated: CuratedSettings = field(default_factory=CuratedSettings)
    ingest: IngestSettings = field(default_factory=IngestSettings)
    fetch: FetchSettings = field(default_factory=FetchSettings)
    extract: ExtractSettings = field(default_factory=ExtractSettings)
    feeds: FeedSettings = field(default_factory=FeedSettings)
    listings: ListingSettings = field(default_factory=ListingSettings)
    boilerplate: BoilerplateSettings = field(default_factory=BoilerplateSettings)
    enrich: EnrichSettings = field(default_factory=EnrichSettings)
    copies: CopySettings = field(default_factory=CopySettings)
    lineage: LineageSettings = field(default_factory=LineageSettings)
    group: GroupSettings = field(default_factory=GroupSettings)
    category: CategorySettings = field(default_factory=CategorySettings)
    related: RelateSettings = field(default_factory=RelateSettings)
    run: RunSettings = field(default_factory=RunSettings)
    publish: PublishSettings = field(default_factory=PublishSettings)
