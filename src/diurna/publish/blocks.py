"""What a page is made of, as a reader meets it. Every section comes down to these few blocks, which every format
renders.

Addresses inside a site are paths from its root without leading slash or extension (`news/2017/05/22/slug`,
`news/2017/05/index`); the renderer of a format makes them relative and adds its extension. Anything with a scheme is a
link out of the site. All text is plain text: the renderer makes it inert.
"""

from datetime import date, datetime

from msgspec import Struct

__all__ = [
    "Anchor",
    "Block",
    "Cell",
    "Chart",
    "Charts",
    "Edit",
    "EditedPart",
    "Edits",
    "Fact",
    "Facts",
    "Figure",
    "Group",
    "Groups",
    "Item",
    "Items",
    "Mark",
    "Measure",
    "Notice",
    "Paragraphs",
    "Passage",
    "Piece",
    "Prose",
    "Switches",
    "Table",
    "Tags",
]


class Anchor(Struct, frozen=True):
    """Words that lead somewhere; without `href` they only stand there."""

    text: str
    href: str = ""
    title: str = ""
    language: str = ""


class Paragraphs(Struct, frozen=True, tag=True):
    """Running text. `source` is who wrote it, `role` is `lede`, `note` or empty."""

    texts: tuple[str, ...]
    source: Anchor | None = None
    role: str = ""
    language: str = ""


class Item(Struct, frozen=True):
    """One line of a list: what it is, where it leads, and what stands small beside it.

    `label` comes before the text (a publisher, `edited`), `note` after it; `tags` are named by `tags_title`
    (“Context”); `details` are plain sentences that a reader may unfold, under `details_title`; `status` is `current`,
    `withdrawn` or `merged`; `before` and `after` show an edit;
    `folded` are others of the same kind, which are counted under `folded_title` and may be unfolded.
    """

    anchor: Anchor
    day: date | None = None
    label: str = ""
    note: str = ""
    tags: tuple[Anchor, ...] = ()
    tags_title: str = ""
    details: tuple[str, ...] = ()
    details_title: str = ""
    status: str = "current"
    before: str = ""
    after: str = ""
    folded: tuple[Anchor, ...] = ()
    folded_title: str = ""


class Items(Struct, frozen=True, tag=True):
    """List of items. `style`: `plain`, `cards` (events with a headline), `sources`, `related` or `changes`."""

    items: tuple[Item, ...]
    ordered: bool = False
    style: str = "plain"


class Group(Struct, frozen=True):
    """Heading with the items under it; groups nest (category, topic, nearer topic)."""

    anchor: Anchor
    items: tuple[Item, ...] = ()
    groups: tuple["Group", ...] = ()


class Groups(Struct, frozen=True, tag=True):
    """Items under nested headings. `level` is the depth of the outermost heading below the section's own."""

    groups: tuple[Group, ...]
    style: str = "cards"


class Figure(Struct, frozen=True, tag=True):
    """Picture: `src` is a file of this site, or empty, and then `href` is shown as a plain link."""

    src: str
    alt: str
    caption: str = ""
    credit: str = ""
    href: str = ""
    width: int | None = None
    height: int | None = None


class Quotation(Struct, frozen=True):
    """Sentence as it was printed, with the words that matter in it, and where it stands."""

    before: str
    words: str
    after: str
    source: Anchor
    note: str = ""


class Measure(Struct, frozen=True):
    """Value as it was printed, and what it is in a system of units, where it is not in that one; a `time` in UTC."""

    text: str
    metric: str = ""
    imperial: str = ""
    time: datetime | None = None


class Cell(Struct, frozen=True):
    """Cell of a table; the first of a row may have an `anchor`, by which other pages lead to the row.

    With `opens`, a reader unfolds the sentences that it rests on. `values`, with the words `after` them, are what its
    text says, for those who choose units; `when` stands behind the text.
    """

    text: str
    href: str = ""
    mark: str = ""
    anchor: str = ""
    opens: tuple[Quotation, ...] = ()
    values: tuple[Measure, ...] = ()
    after: str = ""
    when: datetime | None = None


class Table(Struct, frozen=True, tag=True):
    """Table with a caption and a header row; `style` `calendar` makes a month of days, with counts as notes."""

    caption: str
    head: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]
    style: str = ""


class Switches(Struct, frozen=True, tag=True):
    """Choice of the units and times in which a section is read; `zone` is that of the event's `place`, if known."""

    units: bool = True
    times: bool = True
    zone: str = ""
    place: str = ""


class Chart(Struct, frozen=True):
    """Picture of values: its Vega-Lite specification, and what it shows in words."""

    title: str
    description: str
    spec: str
    note: str = ""


class Charts(Struct, frozen=True, tag=True):
    """Pictures that stand beside each other."""

    charts: tuple[Chart, ...]


class Tags(Struct, frozen=True, tag=True):
    """Words that lead to entities, topics, days; `numbers`, if given, goes with each."""

    anchors: tuple[Anchor, ...]
    numbers: tuple[int, ...] = ()


class Fact(Struct, frozen=True):
    """Line of a list of facts: the term, its values, what is said small about them, and the page that says so."""

    term: str
    values: tuple[Anchor, ...]
    note: str = ""
    basis: Anchor | None = None


class Facts(Struct, frozen=True, tag=True):
    """What is known of one thing, term by term."""

    facts: tuple[Fact, ...]


class Piece(Struct, frozen=True):
    """Words of a text and what they are: `kinds` such as `person`, `time` or `content` (of a statement).

    `note` says it in words, for those who point at it; `href` leads to the page of what is named.
    """

    text: str
    kinds: tuple[str, ...] = ()
    note: str = ""
    href: str = ""


class Passage(Struct, frozen=True):
    """Passage of a text; `kind`: `paragraph`, `heading`, `quote` or `item` of a list. `pieces` are its marked words."""

    text: str
    kind: str = "paragraph"
    pieces: tuple[Piece, ...] = ()


class Prose(Struct, frozen=True, tag=True):
    """Text of others with its headings, quotes and lists. `key` names the kinds of marks in it, if there are any."""

    passages: tuple[Passage, ...]
    language: str = ""
    key: tuple[str, ...] = ()


class Mark(Struct, frozen=True, omit_defaults=True, forbid_unknown_fields=True):
    """Words of a changed text that stayed (`same`), went (`removed`), came (`added`) or are left out (`gap`)."""

    kind: str
    text: str = ""


class EditedPart(Struct, frozen=True):
    """Part of a text that changed, word by word."""

    label: str
    marks: tuple[Mark, ...]


class Edit(Struct, frozen=True):
    """State of a text: when it was seen, what is said small of it, and what differs from the state before."""

    when: str
    note: str = ""
    parts: tuple[EditedPart, ...] = ()


class Edits(Struct, frozen=True, tag=True):
    """States of one text, oldest first."""

    edits: tuple[Edit, ...]
    language: str = ""


class Notice(Struct, frozen=True, tag=True):
    """Something the reader must know before the rest: withdrawn, merged, fictional. `kind` is that word."""

    kind: str
    text: str
    link: Anchor | None = None


Block = Paragraphs | Items | Groups | Figure | Table | Switches | Charts | Tags | Facts | Prose | Edits | Notice
