"""Views: computed from facts and judgements, thrown away and made again by `diurna rebuild`."""

from datetime import date, datetime

from msgspec import Struct

from diurna.model.ids import make_id
from diurna.model.parts import Change, Citation, Image, Lede, Member, Quantity, Reason, Tag, Topic, When, Where

__all__ = ["Entity", "Event", "Finding", "Link", "Origin", "Report", "Stated", "Story", "Version", "entity_id"]


def entity_id(name: str, site: str = "") -> str:
    """Identifier of the entity that a wikilink's target (on a wiki's page, or another's) or a plain name stands for."""
    return make_id("entity", site, name)


class Entity(Struct, frozen=True, kw_only=True):
    """What mentions name. `aliases` are the words it was shown with, `ids` its names elsewhere (`wikidata:Q423`)."""

    id: str
    name: str
    kind: str = ""
    permalink: str = ""
    aliases: tuple[str, ...] = ()
    ids: tuple[str, ...] = ()


class Origin(Struct, frozen=True):
    """List page that an event's entry stands on: list, page, its address, revision number and licence."""

    curator: str
    page: str = ""
    url: str = ""
    number: int | None = None
    licence: str = ""


class Event(Struct, frozen=True, kw_only=True):
    """Something that happened, as its members tell it.

    `day` is the one it is filed under now, by the rule `filed`: `list`, `happened`, `reported`, or `seen` where nothing
    tells a day; that of its permalink is the first, and never moves. `happened` is the day it happened, None where
    nothing tells it to the day. `status`: `current`, `withdrawn` (its list took it back), or `merged` (then `into` is
    the permalink it redirects to). `rank` counts events by arrival, from 1.

    `headline_of` names the report whose title the headline is, empty where an entry or a person gave it. `sureness` is
    that of a guessed category, for which `category_words` speak; None where a list gives it. `independent` counts
    reports that are no copies of each other, of different publishers. `also` are reports on something else that tell
    of it too. `decided` are ids of people's judgements that concern it, `moved` those of judgements by which later
    evidence brought a report here from another event, or took it to one.
    """

    id: str
    rank: int
    permalink: str
    day: date
    headline: str
    filed: str = ""
    happened: date | None = None
    language: str = ""
    status: str = "current"
    into: str = ""
    lede: Lede | None = None
    cover: Image | None = None
    headline_of: str = ""
    occurred: When | None = None
    located: Where | None = None
    category: str = ""
    sureness: float | None = None
    category_words: tuple[str, ...] = ()
    topics: tuple[Topic, ...] = ()
    entities: tuple[Tag, ...] = ()
    citations: tuple[Citation, ...] = ()
    members: tuple[Member, ...] = ()
    also: tuple[Member, ...] = ()
    independent: int = 0
    decided: tuple[str, ...] = ()
    moved: tuple[str, ...] = ()
    parent: str = ""
    changes: tuple[Change, ...] = ()
    origins: tuple[Origin, ...] = ()


class Version(Struct, frozen=True):
    """One state of a report: the article read from it, and its capture.

    `available` orders versions: when the capture was made, where it says so or we fetched it; of a file, when the page
    says that it was changed or published; else `observed`, when we had it.
    """

    article: str
    capture: str
    available: datetime
    observed: datetime
    whole: bool = True


class Report(Struct, frozen=True, kw_only=True):
    """What one publisher has at one address: an article in all its versions, oldest first.

    `address` is the `url_key` of the page; `host` stands for its publisher, `source` for that publisher's page. `day`
    is when it was published, None where nothing says. `copy_of` is the report whose text it has (itself where it is the
    origin of copies), `agency` who wrote that text. `status`: `current`, `withdrawn` or `erased`. `rank` counts reports
    by arrival, from 1. `genre` is what kind of piece it is (`report`, `briefing`, `live`, `opinion`, …), and
    `genre_because` what says so.
    """

    id: str
    rank: int
    address: str
    permalink: str
    host: str
    source: str
    title: str
    url: str = ""
    day: date | None = None
    versions: tuple[Version, ...] = ()
    copy_of: str = ""
    agency: str = ""
    status: str = "current"
    genre: str = "report"
    genre_because: str = ""

    @property
    def current(self) -> str:
        """Id of the article that is shown: the newest whole version, else the newest."""
        whole = [version for version in self.versions if version.whole] or self.versions
        return whole[-1].article if whole else ""


class Stated(Struct, frozen=True, kw_only=True):
    """One statement of a finding: claim `claim` of the article `report` (a report's id), published `at`; of an entry
    (`kind`), `report` is its id.

    `words` are those that give the value, at `start` of their `sentence` (in code points); `origin` is on whose word it
    rests, with its `role`: `party`, `bystander`, `reporter` (an outlet in its own name), empty where nothing tells.
    `voices` are those of its chain behind the outlet, nearest first. `lower` and `upper` bound what the words may mean,
    in the finding's `unit` (of a time, in seconds since 1970 UTC), inclusive, None for open. `outlier` tells that it
    looks mistyped. `genre` is told of a piece of opinion or satire. `quantity` is the figure as printed, in its unit.
    """

    claim: str
    report: str
    outlet: str
    words: str
    origin: str
    voices: tuple[str, ...] = ()
    at: datetime | None = None
    lower: float | None = None
    upper: float | None = None
    denied: bool = False
    outlier: bool = False
    kind: str = "article"
    role: str = ""
    sentence: str = ""
    start: int = 0
    genre: str = ""
    quantity: Quantity | None = None


class Step(Struct, frozen=True, kw_only=True):
    """Statement that changed what is known of one question: its claim, when it was published, and the state after it,
    with the rule that gave that.
    """

    claim: str
    at: datetime | None
    state: str
    rule: str


class Finding(Struct, frozen=True, kw_only=True):
    """For one attribute of one event: what is stated of it and by whom, in the order of publication, and the state.

    Its id is that of its first claim. `about` are the words for what it is measured of, `group` whom a count is of,
    where that is not all. `kind` is `number`, `time` or `words`; `unit` the one that bounds are given in, empty for
    counts. `state` follows from `rule` (`R1` to `R8`). `origins` are those that the statements rest on, in the order in
    which they spoke. `history` are the statements that changed something.
    """

    id: str
    event: str
    attribute: str
    about: str
    group: str
    kind: str
    unit: str
    state: str
    rule: str
    statements: tuple[Stated, ...]
    origins: tuple[str, ...]
    history: tuple[Step, ...] = ()

    @property
    def reports(self) -> int:
        """How many reports state it."""
        return len({stated.report for stated in self.statements})


class Link(Struct, frozen=True, kw_only=True):
    """Event to event: the entities they share, the score, and its reasons. `kind`: `context` so far."""

    source: str
    target: str
    kind: str
    score: float
    context: tuple[Tag, ...] = ()
    reasons: tuple[Reason, ...] = ()


class Story(Struct, frozen=True, kw_only=True):
    """Chain of events over time."""

    id: str
    name: str
    events: tuple[str, ...] = ()
