"""The article's text in a web page: its paragraphs in order, its key points, and what was left out, with reasons."""

import re

from lxml import etree
from msgspec import Struct

from diurna.extract.body_blocks import Block, Page, walk_page
from diurna.extract.body_judge import Judged, judge_blocks
from diurna.extract.body_opinions import ask
from diurna.extract.body_prompts import prompt_reason
from diurna.extract.body_weights import BULK, QUALITY
from diurna.extract.clean_text import clean_text
from diurna.extract.linked_data import same_name
from diurna.extract.settings import ExtractSettings
from diurna.model import Dropped, Paragraph

__all__ = ["Body", "Known", "read_body"]

_LONGEST_DROPPED = 200
# Trafilatura's patterns and its looks at what lies above take time quadratic in these (18 seconds for 14,000 paragraphs
# in 200 divisions). The most that a page of the bench has: 1,019 characters in the class and id of one element, 63,159
# in all of them, and 333,030 for its elements times their depth.
_LONGEST_NAME = 1_500
_MOST_NAMES = 150_000
_MOST_DEPTH = 400_000
_MOST_DROPPED = 60
_TOLD = frozenset(("comments", "related", "newsletter", "advert", "caption"))  # left-outs told wherever they stand
_LONGEST_FURNITURE = 300  # characters of a title or a name
_BY = re.compile(r"^\W*(?:by|von|par|por|di|door|text|words)\b[:\s]\s*", re.IGNORECASE)
_SCANT = 140  # characters; less than this is no article's text
_LITTLE = 500  # characters; a page with no more text than this is all text, if no block of it stands out
_MOST_BOX = 1_500  # characters in a box that asks for input
_IN_BOX = "in a box that offers or asks"
_OFFERS = frozenset(("advert", "newsletter"))
_ASKING = frozenset(("comments", "newsletter", "consent", "share"))
_MOST_POINTS = 10
_POINT = (25, 400)  # characters of one key point
_POINTS_NAMED = re.compile(
    r"key-?points?|highlights?|takeaways?|bullets?|summary|in-?short|at-?a-?glance|tl-?dr|article-?summary|on-?a-?glance|"
    r"das-?wichtigste|kurz-?(?:gefasst|zusammen)|points-?cl[eé]s|claves",
    re.IGNORECASE,
)
_POINTS_HEADED = re.compile(
    r"(?:the )?(?:key (?:points|takeaways|facts|findings)|highlights|(?:story|article) highlights|takeaways|"
    r"in (?:short|brief)|"
    r"at a glance|summary|what (?:we know|you need to know)|das wichtigste(?: in kürze)?|kurz gefasst|auf einen blick|"
    r"l['’]essentiel|points clés|las claves|lo esencial|in breve|w skrócie)\W*",
    re.IGNORECASE,
)


class Body(Struct, frozen=True):
    """Text of an article as its page gives it, and the page's blocks, from which the lead picture's words are taken.

    `starts` is the number of blocks before the first of the text, `heard` whether the second
    opinions could be had where they were asked for.
    """

    paragraphs: tuple[Paragraph, ...]
    key_points: tuple[str, ...]
    dropped: tuple[Dropped, ...]
    page: Page
    captions: tuple[Judged, ...] = ()
    starts: int = 0
    heard: bool = True


class Known(Struct, frozen=True):
    """What is known of an article before its text is looked for.

    `furniture` are title and names of authors, outlet and section in the form of `same_name`: a block with nothing else
    is no text. `linked_body` is the text that the page's linked data gives as the article's, if any.
    """

    furniture: frozenset[str] = frozenset()
    linked_body: str = ""


def read_body(root: etree._Element, known: Known, settings: ExtractSettings) -> Body:
    """Find the running text of a parsed page. Where it shows none, that of its linked data is taken."""
    body = root.find("body")
    page = walk_page(root if body is None else body, settings.most_elements)
    asked = settings.thoroughness == "quality"
    opinions = ask(root) if asked and _is_usual(page, settings) else {}
    weights = QUALITY if opinions else BULK
    judged = judge_blocks(page, opinions, known.linked_body, weights)
    kept, reasons = _choose(judged, known.furniture)
    points = _key_points(kept)
    for item in points:
        reasons[item.block.order] = ("", "")
    text = [item for item in kept if item.block.order not in reasons]
    captions = [item for item in judged if item.block.kind == "caption" or "caption" in item.marks]
    paragraphs = _paragraphs(text)
    if sum(len(paragraph.text) for paragraph in paragraphs) < _SCANT < len(known.linked_body):
        paragraphs = [Paragraph(line) for raw in known.linked_body.split("\n") if (line := clean_text(raw))]
    return Body(
        paragraphs=tuple(paragraphs),
        key_points=tuple(item.block.text for item in points if item.block.kind == "item"),
        dropped=tuple(_dropped(judged, text, reasons)),
        page=page,
        captions=tuple(captions),
        starts=text[0].block.order if text else 0,
        heard=bool(opinions) or not asked or not page.blocks,
    )


def _is_usual(page: Page, settings: ExtractSettings) -> bool:
    """Whether a page is of a size for which a second opinion costs no more than seconds."""
    return (
        page.whole
        and page.elements <= settings.most_opinion_elements
        and page.written <= settings.most_opinion_text
        and page.longest_name <= _LONGEST_NAME
        and page.names <= _MOST_NAMES
        and page.elements * max(container.depth for container in page.containers) <= _MOST_DEPTH
    )


def _choose(judged: list[Judged], furniture: frozenset[str]) -> tuple[list[Judged], dict[int, tuple[str, str]]]:
    """Blocks that count as text by their score, and by order number what is wrong with some of them nevertheless."""
    kept = [item for item in judged if item.score > 0]
    if sum(len(item.block.text) for item in kept) < _SCANT:
        kept = _rescue(judged) or kept
    reasons: dict[int, tuple[str, str]] = {}
    for item in kept:
        block = item.block
        if len(block.text) <= _LONGEST_FURNITURE and same_name(_BY.sub("", block.text)) in furniture:
            reasons[block.order] = ("", "")
        elif block.kind == "caption" or "caption" in item.marks:
            reasons[block.order] = ("caption", item.marks.get("caption", "caption"))
        elif reason := prompt_reason(block.text):
            reasons[block.order] = (reason, "its wording")
    _leave_boxes(judged, kept, reasons)
    while kept and kept[-1].block.kind == "heading":  # a heading with nothing under it led to something left out
        last = kept.pop()
        reasons.setdefault(last.block.order, ("navigation", "heading without text"))
    return kept, reasons


def _rescue(judged: list[Judged]) -> list[Judged]:
    """Blocks of a page on which next to nothing stands out: what most opinions have, else all of a page with little."""
    heard = [item for item in judged if item.heard >= 0.5 and item.block.link_share <= 0.6]
    if sum(len(item.block.text) for item in heard) >= _SCANT:
        return heard
    if sum(len(item.block.text) for item in judged) <= _LITTLE:
        return [item for item in judged if not item.marks]
    return []


def _leave_boxes(judged: list[Judged], kept: list[Judged], reasons: dict[int, tuple[str, str]]) -> None:
    """Leave out all of a small box that the reader shall fill in or that offers something: a sale, a newsletter."""
    total = sum(len(item.block.text) for item in kept)
    inside: dict[int, list[Judged]] = {}
    for item in kept:
        for container in item.block.within.chain():
            asks = container.fields and container.chars <= _MOST_BOX and container.good * 3 <= total
            if asks and (item.box >= 0 or container.tag == "form"):
                inside.setdefault(container.order, []).append(item)
    # What gives a box away may itself have been left out already.
    offers = {item.box for item in judged if item.box >= 0 and prompt_reason(item.block.text) in _OFFERS}
    for box in sorted(offers):
        inside[box] = [item for item in kept if item.box == box]
    for items in inside.values():
        told = [reasons[item.block.order][0] for item in items if item.block.order in reasons]
        reason = next((name for name in told if name in _ASKING), "advert")
        for item in items:
            if not reasons.get(item.block.order, ("", ""))[0]:
                reasons[item.block.order] = (reason, _IN_BOX)


def _key_points(kept: list[Judged]) -> list[Judged]:
    """The list of key points at the head of an article, with its heading; empty if it has none."""
    for start, item in enumerate(kept[:12]):
        if item.block.kind != "item":
            continue
        around = _list_of(item.block)
        points = [other for other in kept[start:] if other.block.kind == "item" and _list_of(other.block) == around]
        texts = [point.block for point in points]
        if not 2 <= len(texts) <= _MOST_POINTS or any(not _POINT[0] <= len(block.text) <= _POINT[1] for block in texts):
            return []
        if any(block.link_share > 0.8 for block in texts):
            return []
        before = kept[:start]
        headed = bool(before) and bool(_POINTS_HEADED.fullmatch(before[-1].block.text))
        names = " ".join(container.named.names for container in [*item.block.within.chain()][:4])
        named = bool(_POINTS_NAMED.search(names))
        said = sum(len(other.block.text) for other in before if other.block.kind == "paragraph")
        rest = sum(len(other.block.text) for other in kept[start:] if other.block.kind == "paragraph")
        if headed or named or (said <= 60 and rest > sum(len(block.text) for block in texts)):
            return [*before[-1:], *points] if headed else points
        return []
    return []


def _list_of(block: Block) -> int:
    for container in block.within.chain():
        if container.tag in ("ul", "ol", "dl"):
            return container.order
    return -1


def _paragraphs(items: list[Judged]) -> list[Paragraph]:
    found: list[Paragraph] = []
    row = -1
    for item in items:
        block = item.block
        kind = block.kind if block.kind in ("heading", "quote", "item") else "paragraph"
        if block.kind == "cell":
            at = next((box.order for box in block.within.chain() if box.tag == "tr"), -1)
            if at == row and found:
                found[-1] = Paragraph(f"{found[-1].text} | {block.text}", "paragraph")
                continue
            row = at
        found.append(Paragraph(block.text, kind))
    return found


def _dropped(judged: list[Judged], text: list[Judged], reasons: dict[int, tuple[str, str]]) -> list[Dropped]:
    """What was left out in the midst of the text, around it, and behind it; a site's own menus are not listed."""
    if not text:
        return []
    kept = {item.block.order for item in text}
    first, last = text[0].block.order, text[-1].block.order
    found: list[Dropped] = []
    for item in judged:
        block = item.block
        if block.order in kept:
            continue
        near = first <= block.order <= last or item.in_main or block.order in reasons
        if not near and _TOLD.isdisjoint(item.marks):
            continue
        reason, because = reasons.get(block.order) or _why(item)
        if not reason or not (near or reason in _TOLD):
            continue
        if found and (found[-1].reason, found[-1].because) == (reason, because):
            joined = f"{found[-1].text} / {block.text}"
            found[-1] = Dropped(_cut(joined), reason, because)
        elif len(found) < _MOST_DROPPED:
            found.append(Dropped(_cut(block.text), reason, because))
    return found


def _why(item: Judged) -> tuple[str, str]:
    """The reason nearest to a block, else what its words say, else its links."""
    for reason, because in item.marks.items():
        return ("consent" if reason == "paywall" else "navigation" if reason == "hidden" else reason), because
    if reason := prompt_reason(item.block.text):
        return reason, "its wording"
    if item.block.link_share > 0.6:
        return "related" if len(item.block.text) > 30 else "navigation", f"{item.block.link_share:.0%} of it are links"
    return "navigation", f"score {item.score:.1f}"


def _cut(text: str) -> str:
    return text if len(text) <= _LONGEST_DROPPED else text[: _LONGEST_DROPPED - 1] + "…"
