"""What the sample articles are made of: outlets, events, agency texts and articles, as `stories/*.toml` tell them."""

from __future__ import annotations

import re
import tomllib
from datetime import date, datetime
from pathlib import Path

import msgspec
from msgspec import Struct

__all__ = ["KINDS", "MARK", "Block", "Claim", "Content", "Event", "Outlet", "Sample", "Text", "fail", "read_content"]

MARK = "Fictional: place and body are invented for Diurna's samples."
"""The line that every page about invented places and bodies shows."""

KINDS = ("report", "briefing", "live blog", "review", "spam", "opinion")
"""What a page is; briefings, live blogs, reviews and spam are about no single event."""

_KINDS = {"## ": "heading", "> ": "quote", "- ": "item"}
_LINK = re.compile(r"\[\[(.+?)\]\]")
_SENTENCE = re.compile(r"(?<=[.!?])([\"'”’»]?) +(?=[\"'“„«¿¡‘(]?[A-ZÄÖÜÁÉÍÓÚÑ0-9])")
_GOES_ON = re.compile(r"(?:\b(?:U\.S|U\.N|a\.m|p\.m|Mr|No|St)|\(Tidewire\) -|\(Halyard\) -)\.$")
_GERMAN_DATE = re.compile(
    r"\b\d{1,2}\. (?:Januar|Februar|März|April|Mai|Juni|Juli|August|September|Oktober|November|Dezember)\b"
)
_VALUE = re.compile(r"(~|>=|<=|>|<)?(-?\d+(?:\.\d+)?)(?:\.\.(-?\d+(?:\.\d+)?))?")


class Outlet(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Made-up publisher: its host, the markup its pages have, and the words that recur on them."""

    host: str
    name: str
    kind: str
    language: str
    template: str
    path: str
    zone: str
    byline: str
    smart: bool = False
    encoding: str = "utf-8"
    declared: str = "utf-8"
    dated_to: str = "minute"
    recurring: list[str] = []
    noise: dict[str, str] = {}


class Event(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What articles tell of: an item of the sample days (`entry` is how its text begins), or something else."""

    day: date
    headline: str
    entry: str = ""
    fictional: bool = False


class Text(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Agency text that several outlets carry; the agency need not have a page of its own.

    `follows` names the earlier text that this one took the place of.
    """

    agency: str
    body: str
    follows: str = ""
    claims: str = ""


class Edits(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What an outlet did to an agency's text. Numbers count the text's blocks from 1; `insert` goes behind one."""

    drop: list[int] = []
    replace: list[tuple[str, str]] = []
    insert: list[tuple[int, str]] = []
    lead: str = ""


class Sample(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One saved page: where it stood, what it says, and what is true of it.

    `undated` pages show no date; `recurs` names the form that the outlet fills in again and again.
    """

    outlet: str
    slug: str
    title: str
    published: datetime
    section: str
    modified: datetime | None = None
    version: int = 1
    undated: bool = False
    event: str = ""
    also: list[str] = []
    kind: str = "report"
    recurs: str = ""
    fictional: bool = False
    text: str = ""
    edits: Edits = Edits()
    role: str = "copy"
    credited: bool = True
    body: str = ""
    lede: str = ""
    claims: str = ""
    key_points: list[str] = []
    correction: str = ""
    caption: str = ""
    credit: str = ""
    byline: str = ""
    tags: list[str] = []
    declared: str = ""
    broken_data: bool = False
    note: str = ""


class Block(Struct, frozen=True):
    """Paragraph, heading, quote or item of a list; `marked` still has its links in double brackets."""

    kind: str
    marked: str
    number: int = 0

    @property
    def text(self) -> str:
        """The block as a reader sees it."""
        return _LINK.sub(r"\1", self.marked)


class Claim(Struct, frozen=True, kw_only=True):
    """Who says what in one sentence. Of figures: what is measured, the value or its bounds, and the unit."""

    fragment: str
    chain: list[str]
    force: str
    attribute: str = ""
    value: float | None = None
    lower: float | None = None
    upper: float | None = None
    approximate: bool = False
    unit: str = ""
    event: str = ""


class Content(Struct, frozen=True, kw_only=True):
    """All that was written for the samples."""

    outlets: dict[str, Outlet]
    events: dict[str, Event]
    texts: dict[str, Text]
    articles: list[Sample]

    def outlet(self, sample: Sample) -> Outlet:
        """The outlet of an article."""
        return self.outlets[sample.outlet]

    def file(self, sample: Sample) -> str:
        """Path of the saved page under `samples/`."""
        version = f"~{sample.version}" if sample.version > 1 else ""
        return f"articles/{self.outlet(sample).host}/{sample.slug}{version}.html"

    def url(self, sample: Sample) -> str:
        """Address that the page was saved from."""
        outlet = self.outlet(sample)
        path = outlet.path.format(slug=sample.slug, section=sample.section, date=sample.published)
        return f"https://{outlet.host}{path}"

    def blocks(self, sample: Sample) -> list[Block]:
        """The running text of an article, edits done, in the quotation marks of its outlet."""
        found = _edited(self.texts[sample.text], sample) if sample.text else _blocks(sample.body)
        return [Block(b.kind, self.typed(sample, b.marked), b.number) for b in found]

    def typed(self, sample: Sample, text: str) -> str:
        """Straight quotation marks and apostrophes as the outlet sets them."""
        return _smart(text) if self.outlet(sample).smart else text

    def claims(self, sample: Sample) -> list[tuple[str, Claim]]:
        """The claims of an article, each with its sentence: its own, and those of the text that it carries.

        An own claim stands for the text's claim about the same attribute in the same block, or of the same words.
        """
        blocks = self.blocks(sample)
        own = [self._placed(sample, blocks, claim) for claim in _claims(sample.claims)]
        if not sample.text:
            return [(sentence, claim) for _, sentence, claim in own]
        said = {(number, claim.attribute or claim.fragment) for number, _, claim in own}
        text = _blocks(self.texts[sample.text].body)
        kept = []
        for claim in _claims(self.texts[sample.text].claims):
            number = next((b.number for b in text if claim.fragment in b.text), 0)
            fragment = claim.fragment
            for old, new in sample.edits.replace:
                fragment = fragment.replace(old, new)
            again = (number, claim.attribute or self.typed(sample, fragment)) in said
            if again or number in sample.edits.drop:
                continue
            if claim.attribute and re.findall(r"\d+", fragment) != re.findall(r"\d+", claim.fragment):
                fail(sample, f"an edit changed the figure in {fragment!r}: state the claim anew")
            kept.append(self._placed(sample, blocks, msgspec.structs.replace(claim, fragment=fragment)))
        return [(sentence, claim) for _, sentence, claim in kept + own]

    def _placed(self, sample: Sample, blocks: list[Block], claim: Claim) -> tuple[int, str, Claim]:
        fragment = self.typed(sample, claim.fragment)
        found = [(b.number, s) for b in blocks for s in _sentences(b.text) if fragment in s]
        if len(found) != 1:
            fail(sample, f"{len(found)} sentences hold {fragment!r}; expected one")
        number, sentence = found[0]
        return number, sentence, msgspec.structs.replace(claim, fragment=fragment)


def fail(sample: Sample, what: str) -> None:
    """Stop over content that contradicts itself."""
    raise SystemExit(f"samples: {sample.outlet}/{sample.slug}: {what}")


def read_content(folder: Path) -> Content:
    """Read `outlets.toml` and the stories of a folder."""
    outlets = msgspec.convert(_toml(folder / "outlets.toml"), dict[str, Outlet])
    events: dict[str, Event] = {}
    texts: dict[str, Text] = {}
    articles: list[Sample] = []
    for path in sorted((folder / "stories").glob("*.toml")):
        told = _toml(path)
        events |= msgspec.convert(told.get("events", {}), dict[str, Event])
        texts |= msgspec.convert(told.get("texts", {}), dict[str, Text])
        articles += msgspec.convert(told.get("articles", []), list[Sample])
    return Content(outlets=outlets, events=events, texts=texts, articles=articles)


def _toml(path: Path) -> dict[str, object]:
    return tomllib.loads(path.read_text(encoding="utf-8"))


def _blocks(body: str) -> list[Block]:
    found: list[Block] = []
    for piece in body.strip().split("\n\n"):
        lines = piece.strip().splitlines()
        if lines[0].startswith("- "):
            found += [Block("item", line.removeprefix("- ").strip(), len(found) + n) for n, line in enumerate(lines, 1)]
            continue
        kind = _KINDS.get(piece[:3] if piece.startswith("##") else piece[:2], "paragraph")
        joined = " ".join(line.strip() for line in lines)
        mark = next((m for m, k in _KINDS.items() if k == kind), "")
        found.append(Block(kind, joined.removeprefix(mark), len(found) + 1))
    return found


def _edited(text: Text, sample: Sample) -> list[Block]:
    edits, blocks = sample.edits, _blocks(text.body)
    out = [Block("paragraph", added) for behind, added in edits.insert if behind == 0]
    unused = {old for old, _ in edits.replace}
    for block in blocks:
        if block.number not in edits.drop:
            marked = block.marked
            for old, new in edits.replace:
                if old in marked:
                    unused.discard(old)
                marked = marked.replace(old, new)
            out.append(Block(block.kind, marked, block.number))
        out += [Block("paragraph", added) for behind, added in edits.insert if behind == block.number]
    if unused:
        fail(sample, f"edits found nothing to replace: {sorted(unused)}")
    if any(behind > len(blocks) for behind, _ in edits.insert) or any(n > len(blocks) for n in edits.drop):
        fail(sample, f"edits name a block past the last, {len(blocks)}")
    if edits.lead:
        out[0] = Block(out[0].kind, edits.lead + out[0].marked, out[0].number)
    return out


def _claims(lines: str) -> list[Claim]:
    return [_claim(line) for line in lines.strip().splitlines() if line.strip() and not line.startswith("#")]


def _claim(line: str) -> Claim:
    """One line: `fragment | speaker < whom it cites | force | attribute | value | unit | event`."""
    cells = [cell.strip() for cell in line.split("|")] + [""] * 4
    fragment, chain, force, attribute, value, unit, event = cells[:7]
    claim = Claim(
        fragment=fragment,
        chain=[name.strip() for name in chain.split(" < ") if name.strip()],
        force=force or "states",
        attribute=attribute,
        unit=unit,
        event=event,
    )
    if not value:
        return claim
    match = _VALUE.fullmatch(value)
    if not match:
        raise SystemExit(f"samples: {value!r} is no value, in: {line}")
    sign, first, last = match[1], float(match[2]), match[3]
    if last:
        return msgspec.structs.replace(claim, lower=first, upper=float(last))
    # `>` and `<` stand for "more than" and "less than"; the bound is the nearest figure that was said.
    if sign in {">", ">="}:
        return msgspec.structs.replace(claim, lower=first)
    if sign in {"<", "<="}:
        return msgspec.structs.replace(claim, upper=first)
    return msgspec.structs.replace(claim, value=first, approximate=sign == "~")


def _sentences(text: str) -> list[str]:
    """Sentences of a paragraph; a full stop behind an abbreviation or a German date ends none."""
    out: list[str] = []
    start = 0
    dates = {match.start() + match[0].index(" ") for match in _GERMAN_DATE.finditer(text)}
    for match in _SENTENCE.finditer(text):
        if match.start() not in dates and not _GOES_ON.search(text[start : match.start()]):
            out.append(text[start : match.end()].strip())
            start = match.end()
    return [*out, text[start:].strip()]


def _smart(text: str) -> str:
    text = re.sub(r"(^|[\s(\[—-])\"", r"\1“", text).replace('"', "”")
    return re.sub(r"(^|[\s(\[—“-])'", r"\1‘", text).replace("'", "’")
