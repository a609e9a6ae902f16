"""Small values that records are made of. None of them has an identity of its own."""

from datetime import date, datetime

from msgspec import Struct

__all__ = [
    "Author",
    "Candidate",
    "Change",
    "Citation",
    "Dating",
    "Dropped",
    "Image",
    "Interval",
    "Lede",
    "Member",
    "Naming",
    "Paragraph",
    "Quantity",
    "Reason",
    "Span",
    "Tag",
    "Timex",
    "Topic",
    "Voice",
    "When",
    "Where",
    "Wikilink",
]


class Span(Struct, frozen=True, order=True):
    """Piece of a text: `text[start:end]`, counted in Unicode code points."""

    start: int
    end: int


class Wikilink(Struct, frozen=True):
    """Link from an entry's text to an encyclopedia page.

    `target` is the page's title without section, underscores or surrounding space; `site` the interwiki or language
    prefix, empty for the same wiki; `shown` the words that carry the link: `text[start:end]`.
    """

    start: int
    end: int
    target: str
    shown: str
    section: str = ""
    site: str = ""


class Citation(Struct, frozen=True):
    """Source that an entry cites: its URL, the publisher as named there, and whose report it carried.

    `(''AFP'' via ''France 24'')` gives publisher `AFP` and via `France 24`.
    """

    url: str
    publisher: str = ""
    via: str = ""
    title: str = ""


class Topic(Struct, frozen=True):
    """One level of an entry's topic path; a line may name several topics, each a link."""

    text: str
    links: tuple[Wikilink, ...] = ()


class Image(Struct, frozen=True):
    """Picture that a page shows as its own: where it lies, and the capture that holds its bytes if we have them."""

    url: str
    caption: str = ""
    credit: str = ""
    alt: str = ""
    width: int | None = None
    height: int | None = None
    capture: str | None = None


class Author(Struct, frozen=True):
    """One name of a byline. `kind`: `person`, `agency`, `desk` (an outlet's own staff) or `organisation`."""

    name: str
    kind: str = "person"


class Dating(Struct, frozen=True):
    """When a publisher says that an article was published or changed, where it says so, and how sure that is.

    `time` is in UTC; of a `day`, a `minute` or a `second` (`granularity`) it is the beginning. `found` names the place
    (`json-ld datePublished`, `meta article:published_time`, `time element`, `address`, `text`, `feed pubDate`, …),
    `written` is what stood there, `sureness` goes from 0 to 1. The time of fetching is never one. `day` is the day on
    the publisher's own calendar, where that is known to be another than that of `time`.
    """

    time: datetime
    granularity: str
    found: str
    written: str
    sureness: float
    day: date | None = None

    @property
    def calendar_day(self) -> date:
        """The day on the publisher's calendar, as far as it is known; else in UTC."""
        return self.day or self.time.date()


class Paragraph(Struct, frozen=True):
    """Block of an article's text. `kind`: `paragraph`, `heading`, `quote` or `item` (of a list)."""

    text: str
    kind: str = "paragraph"


class Dropped(Struct, frozen=True):
    """Block of a page that is no part of its article, and why.

    `reason`: `advert`, `newsletter`, `related`, `comments`, `consent`, `share`, `navigation`, `caption`, `byline`,
    `boilerplate` (recurs on the publisher's pages), …; `because` is what said so: a rule, a class name, a count.
    """

    text: str
    reason: str
    because: str = ""


class Interval(Struct, frozen=True):
    """Time with its granularity: the half-open interval `[start, end)` in UTC, either end unknown as None."""

    start: datetime | None
    end: datetime | None
    granularity: str


class Timex(Struct, frozen=True, omit_defaults=True):
    """Time expression in the terms of TIMEX3 (ISO 24617-1).

    `type`: `DATE`, `TIME`, `DURATION` or `SET`; `value` such as `2017-05-22`, `2017-W21`, `2017-05-22TMO`, `P3D`,
    `PAST_REF`; `mod` such as `APPROX`, `MORE_THAN`, `START`. `anchor` says what it was resolved against: `published`,
    `dateline`, `spoken` (the time just spoken of), `itself` (a full date), or empty where nothing was needed.
    """

    type: str
    value: str
    mod: str = ""
    anchor: str = ""


class Quantity(Struct, frozen=True, omit_defaults=True):
    """Number with its unit and bounds, as far as the text gives them; `lower` and `upper` are inclusive.

    `unit` is singular and in words (`kilometre`, `percent`, `US dollar`), empty for a plain count, of which `counted`
    names the things in the text's words (`people`, `NHS trusts`). `modifier` is how the text qualifies the number:
    `about`, `more than`, `at least`, `nearly`, `up to`, …; `digits` are the significant figures as written: 310 has
    two, 310.0 four.
    """

    value: float | None
    unit: str
    lower: float | None = None
    upper: float | None = None
    digits: int | None = None
    modifier: str = ""
    counted: str = ""


class Naming(Struct, frozen=True, omit_defaults=True):
    """Entity that mentions of a document may name: its reference, canonical name, kind, and ids elsewhere."""

    ref: str
    name: str
    kind: str
    ids: tuple[str, ...] = ()


class Voice(Struct, frozen=True, omit_defaults=True):
    """One link of an attribution chain: who is speaking, in the text's words, where, and which entity that is.

    `kind`: `outlet` (the publisher itself), `person`, `organisation`, `place` (a government by its capital),
    `document`, `group` (officials, witnesses) or `unnamed` (reports say). `span` is None where the text does not name
    the voice there.
    """

    words: str
    kind: str = ""
    span: Span | None = None
    ref: str = ""


class Candidate(Struct, frozen=True, omit_defaults=True):
    """One reading of an ambiguous mention: what it may be, how well that fits (0 to 1), and why it was thought of."""

    ref: str
    score: float
    because: str = ""


class Reason(Struct, frozen=True):
    """One ground of a score: its kind (`entity`, `topic`, `word`, …), what was shared, and its share of the score.

    `count` of `total` events had it when the score was made; both None where counting says nothing.
    """

    kind: str
    name: str
    weight: float
    count: int | None = None
    total: int | None = None
    ref: str = ""


class Tag(Struct, frozen=True, order=True):
    """Entity as an event carries it: reference, name, and role (`linked` in its text, `topic` above it)."""

    ref: str
    name: str
    role: str = "linked"


class Lede(Struct, frozen=True):
    """Opening words of an event, and who wrote them."""

    text: str
    publisher: str
    url: str


class Member(Struct, frozen=True):
    """Record that belongs to an event, and the judgement that says so."""

    ref: str
    judgement: str


class Change(Struct, frozen=True):
    """What happened to an event between two revisions of its list.

    `kind` is `added`, `edited`, `withdrawn`, `restored`, `renamed`, `merged`, `parted`, `retracted`; `filed` (now under
    the day `after`, not under `before`, by the rule `reason`); `came` or `went` (the reports that `reason` names, from
    the event at `before` or to that at `after`, on later evidence). `available` is the revision's time where known,
    `by` the page revision (`Portal:…@123`), the person or the component.
    """

    kind: str
    available: datetime | None
    by: str
    before: str = ""
    after: str = ""
    reason: str = ""
    day: date | None = None


class When(Struct, frozen=True, omit_defaults=True):
    """When an event happened, as its members tell: from one day to another, both included.

    `precision`: `hour`, `day`, `week`, `month` or `year`; `rule` is that of the words that decided (`act`, `said`,
    `dateline`, `published`, `list`, …); `mentions` are those words, of all members that agree. `announced` is the day
    of the first report, `listed` that of a curated list, None where there is none.
    """

    first: date
    last: date
    precision: str
    rule: str
    mentions: tuple[str, ...] = ()
    announced: date | None = None
    listed: date | None = None


class Where(Struct, frozen=True, omit_defaults=True):
    """Where an event happened, as its members tell: an entity with its name.

    `precision`: `place` (a building, a river), `city`, `region` or `country`; `mentions` are the words that say so.
    """

    ref: str
    name: str
    precision: str
    rule: str
    mentions: tuple[str, ...] = ()
