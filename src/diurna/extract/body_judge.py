"""Which blocks of a page are its article's text: evidence from markup, place and second opinions, weighed and added up.

The weights are those of a logistic regression, learned as `body_weights` says.
"""

import math
import re
from collections import Counter
from collections.abc import Mapping

from msgspec import Struct

from diurna.extract.body_blocks import Block, Container, Page
from diurna.extract.body_names import REASONS

__all__ = ["Judged", "evidence", "judge_blocks", "spaceless"]

_DENSE = re.compile("[\u0e00-\u0e7f\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")  # scripts that part words seldom or never
_ENDS = re.compile(r"[.!?…。！？:;\"”»“)']$")
_TEXT_TAGS = frozenset(("p", "li", "h1", "h2", "h3", "h4", "h5", "h6", "blockquote", "dt", "dd"))
_NOT_TEXT = frozenset(REASONS) - {"byline", "caption", "paywall"}
# Largest share of a page's sentences that a container may hold whose names say that it is no text: where it holds more,
# the names are of the page's layout (`has-sidebar`). Comments and lists of teasers are often longer than the article.
_MOST_NAMED = {"comments": 0.9, "related": 0.75}
_MOST_NAMED_ELSE = 0.5
_MOST_CAPTION = 600  # characters in a container named so; more is the text of a page whose layout uses the word
_MENU = -5.0  # score of blocks that are not weighed
_FEW = 25  # characters
_BOXES = frozenset(("div", "section", "aside", "form", "details", "fieldset"))
_SEEN = frozenset(("header", "figure", "form"))
_COMPARED = 40  # characters at both ends of a block that are looked for in a second opinion
_LEAST_LINKED_BODY = 300  # characters of `articleBody` that count as more than a teaser


class Judged(Struct, eq=False):
    """Block with what was found against it: reasons of its containers, each with the name that gave it, and its score.

    The score is in log-odds: above 0 it is more likely than not part of the text. `heard` is the share of second
    opinions that have it, `box` the order of a small box in the text that it stands in, -1 for none.
    """

    block: Block
    marks: dict[str, str]
    in_main: bool
    score: float = 0.0
    heard: float = 0.0
    box: int = -1


class _Places(Struct):
    """Where on the page the article's sentences stand; `flat` is whether most lie right below the main container."""

    main: Container
    above: frozenset[int]
    core: Counter[int]
    total: int
    first: int
    last: int
    heading: int
    flat: bool


def spaceless(text: str) -> str:
    """Text without white space, in which two extractions of one page can be compared."""
    return "".join(text.split())


def judge_blocks(page: Page, opinions: Mapping[str, str], body: str, weights: Mapping[str, float]) -> list[Judged]:
    """Weigh every block of a page. `opinions` are texts that others made of it, `body` is its `articleBody`."""
    judged, rows = evidence(page, opinions, body)
    base = weights[""]
    for item, row in zip(judged, rows, strict=True):
        found = sum([weights[name] * value for name, value in row.items() if name in weights])
        item.score = round(base + found, 4) if row else _MENU
    return judged


def evidence(page: Page, opinions: Mapping[str, str], body: str) -> tuple[list[Judged], list[dict[str, float]]]:
    """What speaks for and against each block, by name, zeros left out; nothing for what needs no weighing."""
    voices = {f"says_{name}": spaceless(text) for name, text in opinions.items()}
    marks = _marks(page)
    heard = _heard(page, voices)
    places = _places(page, marks, heard)
    written = spaceless(body) if len(body) > _LEAST_LINKED_BODY else ""
    times = Counter(block.text for block in page.blocks)
    judged: list[Judged] = []
    rows: list[dict[str, float]] = []
    known: dict[int, _Place] = {}
    for at, block in enumerate(page.blocks):
        if marks[at] and _is_menu(block, marks[at]):
            judged.append(Judged(block, marks[at], in_main=False))
            rows.append({})
            continue
        row: dict[str, float] = {f"named_{name}": 1.0 for name in marks[at]}
        if heard:
            row |= heard[at]
        _add_words(block, row)
        place = _add_place(block, places, known, row)
        _add_order(at, page.blocks, marks, places, row)
        if times[block.text] > 1:
            row["twice"] = 1.0
        if written:
            row["linked_body"] = 1.0 if spaceless(block.text[: 2 * _COMPARED])[:_COMPARED] in written else -1.0
        share = sum(heard[at].values()) / len(heard[at]) if heard else 0.0
        judged.append(Judged(block, marks[at], place.inside, heard=share, box=place.box))
        rows.append(row)
    return judged, rows


def _is_menu(block: Block, marks: dict[str, str]) -> bool:
    """Whether a block is a link or a few words in a container that is named as no text: it needs no weighing."""
    return not _NOT_TEXT.isdisjoint(marks) and (block.link_share > 0.6 or len(block.text) <= _FEW)


def _marks(page: Page) -> list[dict[str, str]]:
    """Reasons that the names around each block give, from inside out, those of the page's layout left out."""
    total = page.containers[0].good or 1
    known: dict[int, dict[str, str]] = {}
    for container in page.containers:  # outer ones come first
        above = known[container.up.order] if container.up is not None else {}
        reason = container.named.reason
        if reason == "caption" and container.chars > _MOST_CAPTION and container.tag != "figcaption":
            reason = ""
        if reason and container.good <= _MOST_NAMED.get(reason, _MOST_NAMED_ELSE) * total:
            above = {reason: container.named.because} | {name: why for name, why in above.items() if name != reason}
        known[container.order] = above
    return [known[block.within.order] for block in page.blocks]


def _heard(page: Page, voices: Mapping[str, str]) -> list[dict[str, float]]:
    """How much of each block the second opinions have: its beginning and its end are looked for."""
    if not voices:
        return []
    found: list[dict[str, float]] = []
    for block in page.blocks:
        text = spaceless(block.text)
        start, end = text[:_COMPARED], text[-_COMPARED:]
        found.append({name: ((start in voice) + (end in voice)) / 2 for name, voice in voices.items()})
    return found


def _places(page: Page, marks: list[dict[str, str]], heard: list[dict[str, float]]) -> _Places:
    core: Counter[int] = Counter()
    total = 0
    sound: list[int] = []
    for at, block in enumerate(page.blocks):
        if not block.good or not _NOT_TEXT.isdisjoint(marks[at]):
            continue
        length = len(block.text) // (2 if block.kind in ("item", "cell") else 1)
        if heard:
            length = round(length * (0.2 + sum(heard[at].values()) / len(heard[at])))
        sound.append(at)
        total += length
        for container in block.within.chain():
            core[container.order] += length
    main = page.containers[0]
    for container in page.containers:
        if container.depth > main.depth and core[container.order] * 2 >= total > 0:
            main = container
    direct = sum(
        len(page.blocks[at].text)
        for at in sound
        if page.blocks[at].within.up is main or (page.blocks[at].within is main)
    )
    inside = [at for at in sound if any(container is main for container in page.blocks[at].within.chain())]
    return _Places(
        main=main,
        above=frozenset(container.order for container in main.chain()),
        core=core,
        total=total or 1,
        first=inside[0] if inside else -1,
        last=inside[-1] if inside else -1,
        flat=direct * 2 >= sum(len(page.blocks[at].text) for at in inside),
        heading=next((at for at, block in enumerate(page.blocks) if block.within.tag == "h1"), -1),
    )


def _add_words(block: Block, row: dict[str, float]) -> None:
    text, length = block.text, len(block.text)
    words = length // 2 if _DENSE.search(text) else text.count(" ") + 1
    row["words"] = min(math.log1p(words), 5.0)
    if words < 5:
        row["few_words"] = 1.0
    elif words >= 20:
        row["many_words"] = 1.0
    if block.linked:
        share = row["linked"] = min(block.link_share, 1.0)
        if share > 0.6:
            row["mostly_linked"] = 1.0
        if words >= 12:
            row["linked_sentence"] = share
    if block.bold:
        row["bold"] = min(block.bold / length, 1.0)
    if _ENDS.search(text):
        row["ends"] = 1.0
    digits = sum(map(str.isdigit, text[:100])) if words < 20 else 0
    if digits:
        row["digits"] = digits / min(length, 100)
    if text.isupper():
        row["capitals"] = 1.0
    if block.kind != "paragraph":
        row[f"is_{block.kind}"] = 1.0
    if block.within.tag == "h1":
        row["is_title"] = 1.0


class _Place(Struct):
    """Where a container stands: what it inherits from those around it."""

    inside: bool
    steps: int  # down from the main container
    away: int  # up from the main container to the nearest that holds both
    body: int  # containers since one whose names say that it is the article's text
    tags: frozenset[str]
    box: int  # order of a box of little text among the main container's paragraphs that it stands in, else -1


def _is_box(container: Container, places: _Places) -> bool:
    return places.flat and container.tag in _BOXES and places.core[container.order] * 7 <= places.total


def _place_of(container: Container, places: _Places, known: dict[int, _Place]) -> _Place:
    path: list[Container] = []
    at: Container | None = container
    while at is not None and at.order not in known:
        path.append(at)
        at = at.up
    place = known[at.order] if at is not None else _Place(False, 0, places.main.depth, 99, frozenset(), box=-1)
    for box in reversed(path):
        tags = place.tags
        if box.tag == "article" or (box.tag in _SEEN and places.core[box.order] * 2 <= places.total):
            tags |= {f"in_{box.tag}"}
        inside = place.inside or box is places.main
        place = _Place(
            inside=inside,
            steps=place.steps + 1 if place.inside else 0,
            away=max(places.main.depth - box.depth, 0) if box.order in places.above else place.away,
            body=0 if box.named.body else place.body + 1,
            tags=tags,
            box=box.order if place.box < 0 and place.inside and _is_box(box, places) else place.box,
        )
        known[box.order] = place
    return place


def _add_place(block: Block, places: _Places, known: dict[int, _Place], row: dict[str, float]) -> _Place:
    within, core, total = block.within, places.core, places.total
    place = known.get(within.order) or _place_of(within, places, known)
    if place.inside:
        row["in_main"] = 1.0
        row["steps"] = float(min(place.steps, 6))
    else:
        row["away"] = float(min(place.away, 6))
    if place.box >= 0:
        row["in_box"] = 1.0
    if place.body < 6:
        row["named_body"] = 1.0
    for tag in place.tags:
        row[tag] = 1.0
    parent = within.up or within if within.tag in _TEXT_TAGS else within
    above = parent.up or parent
    for name, container in (("parent", parent), ("above", above)):
        row[f"{name}_core"] = core[container.order] / total
        row[f"{name}_linked"] = min(container.linked / (container.chars or 1), 1.0)
        if container.controls and core[container.order] * 3 <= total:
            row[f"{name}_controls"] = 1.0
    row["parent_good"] = parent.good / (parent.chars or 1)
    return place


def _add_order(
    at: int, blocks: list[Block], marks: list[dict[str, str]], places: _Places, row: dict[str, float]
) -> None:
    if at < places.heading:
        row["before_title"] = 1.0
    if places.first >= 0:
        if at < places.first:
            row["before"] = 1.0
            row["before_by"] = min(places.first - at, 10) / 10
        elif at > places.last:
            row["after"] = 1.0
            row["after_by"] = min(at - places.last, 10) / 10
        else:
            row["between"] = 1.0
    for name, beside in (("previous", at - 1), ("next", at + 1)):
        if not 0 <= beside < len(blocks):
            row[f"{name}_none"] = 1.0
            continue
        other = blocks[beside]
        if other.good and _NOT_TEXT.isdisjoint(marks[beside]):
            row[f"{name}_good"] = 1.0
        row[f"{name}_linked"] = min(other.link_share, 1.0)
        if len(other.text) < 40:
            row[f"{name}_short"] = 1.0
        if other.within.up is blocks[at].within.up:
            row[f"{name}_beside"] = 1.0
