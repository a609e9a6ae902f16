"""Head and sections become a page: what leads stands under the title, the rest has headings, machines get all of it."""

from collections.abc import Iterable

from msgspec import structs

from diurna.model import Origin
from diurna.publish.blocks import Anchor, Block
from diurna.publish.jsonld import json_ld
from diurna.publish.page import Page, Section, ShownSection
from diurna.publish.paths import licence_url, outside_url
from diurna.publish.site_settings import SiteSettings
from diurna.publish.wording import one_line
from diurna.text import cut_at_sentence

__all__ = ["ALL_EVENTS", "assemble", "provenance", "shortened"]

ALL_EVENTS = Anchor("All events", "index")
"""Feed of the whole chronicle."""

_DESCRIPTION = 200


def assemble(head: Page, data: tuple[Section, ...], site: SiteSettings) -> Page:
    """Put sections into a page that has its head, and say in JSON-LD what it is."""
    lead: list[Block] = []
    shown: list[ShownSection] = []
    for section in data:
        blocks = section.blocks()
        if section.leading:
            lead += blocks
        elif blocks:
            shown.append(ShownSection(str(section.__struct_config__.tag), section.title, blocks))
    page = structs.replace(head, lead=tuple(lead), sections=tuple(shown), data=data)
    return page if page.redirect else structs.replace(page, json_ld=json_ld(page, site))


def provenance(origins: Iterable[Origin]) -> tuple[str | Anchor, ...]:
    """Lines at the foot of a page: the list's page with its revision, and its licence."""
    lines: dict[str | Anchor, None] = {}
    for origin in origins:
        where = one_line(f"{origin.page}, {origin.curator}" if origin.page else f"the list {origin.curator}")
        revision = f", revision {origin.number}" if origin.number is not None else ""
        lines.setdefault(Anchor(f"From {where}{revision}", outside_url(origin.url)))
    for origin in origins:
        if origin.licence:
            notice = f"Text by the contributors to {one_line(origin.curator)}, under {one_line(origin.licence)}"
            lines.setdefault(Anchor(notice, licence_url(origin.licence)))
    return tuple(lines)


def shortened(text: str) -> str:
    """Text as a page's description: one line of at most 200 characters, cut at a sentence’s end or a word’s."""
    return cut_at_sentence(text, _DESCRIPTION)
