"""A page of the chronicle before it has a format: every renderer gets this one record."""

from datetime import date
from typing import ClassVar

from msgspec import Struct

from diurna.model import Origin
from diurna.publish.blocks import Anchor, Block

__all__ = ["Page", "Section", "ShownSection"]


class Section(Struct, frozen=True, kw_only=True, omit_defaults=True, forbid_unknown_fields=True, tag_field="section"):
    """Part of a page as data: its fields are what JSON and XML carry, its blocks what HTML and Markdown show.

    A section is a subclass with a `tag`; `sections.py` lists the builders that make them. One that is `leading` has no
    heading and stands right under the page's title. One without blocks is shown to machines only. Defaults are None, 0,
    "" or (): what is one such object is left out of JSON.
    """

    leading: ClassVar[bool] = False
    title: ClassVar[str] = ""

    def blocks(self) -> tuple[Block, ...]:
        """What a reader sees of it; nothing, unless a section says otherwise."""
        return ()


class ShownSection(Struct, frozen=True):
    """Part of a page with a heading of its own; `name` is its address on the page (`related`)."""

    name: str
    title: str
    blocks: tuple[Block, ...]


class Page(Struct, frozen=True, kw_only=True):
    """What a page says, in the order it says it.

    `kind` is event, article, day, month, year, entity, topic, category, source, front, years, contexts, topics,
    categories, sources, articles, search, about, api or redirect; `path` is where it lies from the site's root, without
    extension; `title` is its one headline. An event of which nothing tells the day is `undated`, and its `day` the one
    it was first seen on. `data` are the sections as machines get them, `origins` the lists it comes from. `json_ld` is
    JSON text with `<`, `>` and `&` escaped; `redirect` is the path of the page that this one sends its reader to.
    """

    kind: str
    path: str
    title: str
    language: str = ""
    description: str = ""
    day: date | None = None
    undated: bool = False
    breadcrumbs: tuple[Anchor, ...] = ()
    previous: Anchor | None = None
    next: Anchor | None = None
    lead: tuple[Block, ...] = ()
    sections: tuple[ShownSection, ...] = ()
    feeds: tuple[Anchor, ...] = ()
    provenance: tuple[str | Anchor, ...] = ()
    json_ld: str = ""
    redirect: str = ""
    data: tuple[Section, ...] = ()
    origins: tuple[Origin, ...] = ()
