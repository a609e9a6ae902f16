"""Tables of the SQLite store."""

from sqlalchemy import (
    Boolean,
    Column,
    Float,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Table,
    UniqueConstraint,
    text,
)

__all__ = [
    "ARTICLE_SEARCH_TABLE",
    "SCHEMA_VERSION",
    "SEARCH_TABLE",
    "VIEW_TABLES",
    "alias",
    "annotated",
    "band",
    "block",
    "citing",
    "entity",
    "event",
    "event_source",
    "event_tag",
    "fact",
    "feed",
    "host",
    "lead_picture",
    "list_name",
    "live",
    "mentioned",
    "meta",
    "naming",
    "one_with",
    "page",
    "pair",
    "part",
    "picture",
    "posting",
    "publisher",
    "reading",
    "report",
    "source",
    "spoken",
    "unread",
    "version",
    "wanted",
]

SCHEMA_VERSION = 5
"""Raised with each change of the tables; `migrations` takes a store from n to n + 1."""

metadata = MetaData()

meta = Table("meta", metadata, Column("key", String, primary_key=True), Column("value", String, nullable=False))

fact = Table(
    "fact",
    metadata,
    Column("seq", Integer, primary_key=True),
    Column("kind", String, nullable=False),
    Column("id", String, nullable=False),
    Column("about", String, nullable=False),
    Column("body", LargeBinary, nullable=False),
    UniqueConstraint("kind", "id"),
    Index("fact_about", "kind", "about"),
    sqlite_autoincrement=True,
)

event = Table(
    "event",
    metadata,
    Column("id", String, primary_key=True),
    Column("rank", Integer, nullable=False, unique=True),
    Column("permalink", String, nullable=False, unique=True),
    Column("day", String, nullable=False),
    Column("category", String, nullable=False),
    Column("status", String, nullable=False),
    Column("parent", String, nullable=False),
    Column("body", LargeBinary, nullable=False),
    Index("event_day", "day", "rank"),
    Index("event_category", "category", "day", "rank"),
    Index("event_parent", "parent"),
)

entity = Table(
    "entity",
    metadata,
    Column("id", String, primary_key=True),
    Column("name", String, nullable=False),
    Column("permalink", String, nullable=False, unique=True),
)

alias = Table(
    "alias",
    metadata,
    Column("entity", String, ForeignKey("entity.id"), primary_key=True),
    Column("words", String, primary_key=True),
    Column("nth", Integer, nullable=False),
    sqlite_with_rowid=False,
)

source = Table(
    "source",
    metadata,
    Column("id", String, primary_key=True),
    Column("name", String, nullable=False),
    Column("permalink", String, nullable=False, unique=True),
    Column("host", String, nullable=False),
)

# `day` and `rank` stand here as well, so that "the newest events of X" is one walk along an index.
event_tag = Table(
    "event_tag",
    metadata,
    Column("event", String, ForeignKey("event.id"), primary_key=True),
    Column("entity", String, ForeignKey("entity.id"), primary_key=True),
    Column("role", String, primary_key=True),
    Column("day", String, nullable=False),
    Column("rank", Integer, nullable=False),
    Index("event_tag_newest", "entity", "day", "rank"),
    sqlite_with_rowid=False,
)

event_source = Table(
    "event_source",
    metadata,
    Column("event", String, ForeignKey("event.id"), primary_key=True),
    Column("source", String, ForeignKey("source.id"), primary_key=True),
    Column("day", String, nullable=False),
    Column("rank", Integer, nullable=False),
    Index("event_source_newest", "source", "day", "rank"),
    sqlite_with_rowid=False,
)

# What pages cited by events say of themselves, by the key of their address (`text.url_key`).
reading = Table(
    "reading",
    metadata,
    Column("address", String, primary_key=True),
    Column("article", String, nullable=False),
    sqlite_with_rowid=False,
)

picture = Table(
    "picture",
    metadata,
    Column("address", String, primary_key=True),
    Column("capture", String, nullable=False),
    sqlite_with_rowid=False,
)

citing = Table(
    "citing",
    metadata,
    Column("address", String, primary_key=True),
    Column("event", String, ForeignKey("event.id"), primary_key=True),
    Column("rank", Integer, nullable=False),
    Index("citing_event", "event"),
    sqlite_with_rowid=False,
)

# `event` is the rank of the event that has the feature, `rank` how many events were known when it was first seen to.
posting = Table(
    "posting",
    metadata,
    Column("feature", String, primary_key=True),
    Column("nth", Integer, primary_key=True),
    Column("event", Integer, nullable=False),
    Column("rank", Integer, nullable=False),
    sqlite_with_rowid=False,
)

# Each pair stands twice, once from either side; the reasons only where event < other.
pair = Table(
    "pair",
    metadata,
    Column("event", String, primary_key=True),
    Column("other", String, primary_key=True),
    Column("score", Float, nullable=False),
    Column("gap", Integer, nullable=False),
    Column("shown", Boolean, nullable=False),
    Column("reasons", LargeBinary),
    Index("pair_best", "event", text("score DESC"), "gap", "other"),
    sqlite_with_rowid=False,
)

# What one publisher has at one address. `family` is the report that copies of one text are gathered under.
report = Table(
    "report",
    metadata,
    Column("id", String, primary_key=True),
    Column("rank", Integer, nullable=False, unique=True),
    Column("permalink", String, nullable=False, unique=True),
    Column("source", String, nullable=False),
    Column("day", String, nullable=False),
    Column("status", String, nullable=False),
    Column("family", String, nullable=False),
    Column("body", LargeBinary, nullable=False),
    Index("report_source", "source", "day", "rank"),
    Index("report_day", "day", "rank"),
    Index("report_family", "family", "rank"),
)

version = Table(
    "version",
    metadata,
    Column("article", String, primary_key=True),
    Column("report", String, nullable=False),
    Index("version_report", "report"),
    sqlite_with_rowid=False,
)

# Reports by the key of their lead picture's address.
lead_picture = Table(
    "lead_picture",
    metadata,
    Column("report", String, primary_key=True),
    Column("address", String, nullable=False),
    Index("lead_picture_address", "address"),
    sqlite_with_rowid=False,
)

# Articles that nobody has tried to understand yet, by their arrival number.
unread = Table(
    "unread",
    metadata,
    Column("number", Integer, primary_key=True),
    Column("article", String, nullable=False),
    Index("unread_article", "article"),
)

annotated = Table(
    "annotated",
    metadata,
    Column("article", String, primary_key=True),
    Column("annotation", String, nullable=False),
    sqlite_with_rowid=False,
)

# Where mentions and claims stand.
part = Table(
    "part",
    metadata,
    Column("id", String, primary_key=True),
    Column("article", String, nullable=False),
    Index("part_article", "article"),
    sqlite_with_rowid=False,
)

# Entities that articles name; those that have a page stand in `entity` too.
naming = Table(
    "naming",
    metadata,
    Column("id", String, primary_key=True),
    Column("name", String, nullable=False),
    Column("kind", String, nullable=False),
    Column("ids", String, nullable=False),
    sqlite_with_rowid=False,
)

# `counted` where the report names the entity as people decided; else its words were parted from it, or it is another.
mentioned = Table(
    "mentioned",
    metadata,
    Column("entity", String, primary_key=True),
    Column("report", String, primary_key=True),
    Column("day", String, nullable=False),
    Column("rank", Integer, nullable=False),
    Column("counted", Boolean, nullable=False),
    Index("mentioned_newest", "entity", "day", "rank"),
    Index("mentioned_report", "report"),
    sqlite_with_rowid=False,
)

# In how many sentences of a report an entity speaks; `month` is `2017-05`, empty where nothing dates the report.
spoken = Table(
    "spoken",
    metadata,
    Column("entity", String, primary_key=True),
    Column("report", String, primary_key=True),
    Column("month", String, nullable=False),
    Column("day", String, nullable=False),
    Column("rank", Integer, nullable=False),
    Column("sentences", Integer, nullable=False),
    Index("spoken_newest", "entity", "day", "rank"),
    Index("spoken_report", "report"),
    sqlite_with_rowid=False,
)

# Entities that people said are one with another.
one_with = Table(
    "one_with",
    metadata,
    Column("entity", String, primary_key=True),
    Column("into", String, nullable=False),
    Index("one_with_into", "into"),
    sqlite_with_rowid=False,
)

# Words that lists use for an entity, by their comparable key; `since` is the arrival number that taught them.
list_name = Table(
    "list_name",
    metadata,
    Column("key", String, primary_key=True),
    Column("entity", String, primary_key=True),
    Column("words", String, primary_key=True),
    Column("name", String, nullable=False),
    Column("since", Integer, nullable=False),
    sqlite_with_rowid=False,
)

# ------------------------------------------------------------------------------------------------ learned state

# How many different articles of a publisher had a key (of a block of text, say): up to its last closed epoch, and since
# then. `epoch` is the one it was last seen in.
block = Table(
    "block",
    metadata,
    Column("publisher", String, primary_key=True),
    Column("key", String, primary_key=True),
    Column("pages", Integer, nullable=False),
    Column("since", Integer, nullable=False),
    Column("epoch", Integer, nullable=False),
    sqlite_with_rowid=False,
)

publisher = Table(
    "publisher",
    metadata,
    Column("id", String, primary_key=True),
    Column("pages", Integer, nullable=False),
    Column("since", Integer, nullable=False),
    Column("epoch", Integer, nullable=False),
    sqlite_with_rowid=False,
)

# Bands of the articles' MinHash signatures.
band = Table(
    "band",
    metadata,
    Column("key", Integer, primary_key=True),
    Column("article", String, primary_key=True),
    Index("band_article", "article"),
    sqlite_with_rowid=False,
)

# Records that new ones are grouped with: what they are compared by, and what was found of their neighbours since.
live = Table(
    "live",
    metadata,
    Column("slot", Integer, primary_key=True),
    Column("traits", LargeBinary, nullable=False),
    Column("state", LargeBinary, nullable=False),
)

# ------------------------------------------------------------------------------------------------ schedule

feed = Table(
    "feed",
    metadata,
    Column("url", String, primary_key=True),
    Column("source", String, nullable=False),
    Column("due", String, nullable=False),
    Column("body", LargeBinary, nullable=False),
    Index("feed_due", "due"),
    sqlite_with_rowid=False,
)

wanted = Table(
    "wanted",
    metadata,
    Column("url", String, primary_key=True),
    Column("due", String, nullable=False),
    Column("body", LargeBinary, nullable=False),
    Index("wanted_due", "due"),
    sqlite_with_rowid=False,
)

host = Table(
    "host",
    metadata,
    Column("name", String, primary_key=True),
    Column("body", LargeBinary, nullable=False),
    sqlite_with_rowid=False,
)

page = Table(
    "page",
    metadata,
    Column("ref", String, primary_key=True),
    Column("touched", Integer, nullable=False),
    Index("page_touched", "touched"),
    sqlite_with_rowid=False,
)

VIEW_TABLES = (
    unread,
    annotated,
    part,
    naming,
    mentioned,
    spoken,
    one_with,
    list_name,
    citing,
    reading,
    picture,
    version,
    lead_picture,
    report,
    pair,
    posting,
    event_tag,
    event_source,
    alias,
    entity,
    source,
    event,
)
"""Views in an order in which they can be emptied; pages stay, so that a site learns what is gone."""

SEARCH_TABLE = """
CREATE VIRTUAL TABLE event_text USING fts5(
    headline, lede, names, tokenize = "unicode61 remove_diacritics 2 categories 'L* N* M* Co'"
)
"""


ARTICLE_SEARCH_TABLE = """
CREATE VIRTUAL TABLE article_text USING fts5(
    title, lede, body, tokenize = "unicode61 remove_diacritics 2 categories 'L* N* M* Co'"
)
"""
