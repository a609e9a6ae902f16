"""Saved pages of the sample articles: each outlet's own markup around the text, with all that surrounds news."""

from __future__ import annotations

import html
import json
import re
from datetime import datetime
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup
from msgspec import Struct

from samples.make.content import MARK, Block, Content, Sample

__all__ = ["page_bytes", "templates"]

_LINK = re.compile(r"\[\[(.+?)\]\]")
_SPANISH = ["ENE", "FEB", "MAR", "ABR", "MAY", "JUN"]


class Part(Struct, frozen=True):
    """Piece of the running text as a template takes it: one block, or the items of a list."""

    kind: str
    html: Markup
    items: list[Markup]


def templates(folder: Path) -> Environment:
    """The outlets' templates."""
    env = Environment(
        loader=FileSystemLoader(folder),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    env.filters["json"] = lambda value: Markup(json.dumps(value, ensure_ascii=False).replace("<", "\\u003c"))  # noqa: S704 -- for script elements
    env.filters["us"] = lambda time: _clock(time, "%B {d}, %Y")
    env.filters["british"] = lambda time: _clock(time, "%A {d} %B %Y")
    env.filters["short"] = lambda time: _clock(time, "{d} %B %Y")
    env.filters["twelve"] = lambda time: f"{(time.hour + 11) % 12 + 1}:{time:%M} {'a.m.' if time.hour < 12 else 'p.m.'}"
    env.filters["spanish"] = lambda time: f"{time.day} {_SPANISH[time.month - 1]} {time.year} - {time:%H:%M}"
    return env


def _clock(time: datetime, form: str) -> str:
    return time.strftime(form).replace("{d}", str(time.day))


def page_bytes(content: Content, sample: Sample, env: Environment) -> bytes:
    """The page as it was saved, in the encoding of its outlet; letters outside it become references."""
    outlet = content.outlet(sample)
    blocks = content.blocks(sample)
    text = env.get_template(f"{outlet.template}.html").render(
        a=sample,
        o=outlet,
        n={name: content.typed(sample, words) for name, words in outlet.noise.items()},
        title=content.typed(sample, sample.title),
        lede=content.typed(sample, sample.lede) or blocks[0].text,
        url=content.url(sample),
        home=f"https://{outlet.host}",
        parts=_parts(blocks),
        plain=[block.text for block in blocks],
        points=[content.typed(sample, point) for point in sample.key_points],
        caption=content.typed(sample, sample.caption),
        credit=content.typed(sample, sample.credit),
        correction=content.typed(sample, sample.correction),
        recurring=[content.typed(sample, paragraph) for paragraph in outlet.recurring],
        byline=sample.byline or outlet.byline,
        declared=sample.declared or outlet.declared,
        mark=MARK if sample.fictional else "",
        related=_related(content, sample),
        image=f"https://{outlet.host}/media/{sample.published:%Y/%m}/{sample.slug}",
    )
    return text.encode(outlet.encoding, "xmlcharrefreplace")


def _parts(blocks: list[Block]) -> list[Part]:
    parts: list[Part] = []
    for block in blocks:
        if block.kind == "item" and parts and parts[-1].kind == "list":
            parts[-1].items.append(_linked(block))
        elif block.kind == "item":
            parts.append(Part("list", Markup(), [_linked(block)]))
        else:
            parts.append(Part(block.kind, _linked(block), []))
    return parts


def _linked(block: Block) -> Markup:
    """HTML of a block; names in double brackets link to the outlet's page of a topic."""
    escaped = html.escape(block.marked, quote=False)
    return Markup(_LINK.sub(lambda m: f'<a href="/topics/{_slug(m[1])}">{m[1]}</a>', escaped))  # noqa: S704 -- escaped above


def _slug(name: str) -> str:
    return re.sub(r"[^a-z0-9]+", "-", name.lower()).strip("-")


def _related(content: Content, sample: Sample) -> list[dict[str, str]]:
    """Titles and addresses of the outlet's other articles, those that come next in the content first."""
    own = [a for a in content.articles if a.outlet == sample.outlet and a.version == 1]
    slugs = [a.slug for a in own]
    here = slugs.index(sample.slug)
    others = own[here + 1 :] + own[:here]
    return [{"title": content.typed(a, a.title), "url": content.url(a), "section": a.section} for a in others[:5]]
