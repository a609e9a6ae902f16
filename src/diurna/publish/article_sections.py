"""Sections of an article's page: what it is and says of itself, an excerpt, who else has the text, what cites it."""

import re
from datetime import datetime
from typing import ClassVar

from msgspec import Struct

from diurna.publish.article_lines import AuthorLine, DatingLine, ReportLine, author_line, dating_line, moment_words
from diurna.publish.blocks import (
    Anchor,
    Block,
    Fact,
    Facts,
    Figure,
    Item,
    Items,
    Notice,
    Paragraphs,
    Passage,
    Prose,
)
from diurna.publish.claim_decisions import decided_words
from diurna.publish.event_lines import EventLine, event_line
from diurna.publish.event_sections import Cover
from diurna.publish.excerpts import excerpt
from diurna.publish.marked_text import MarkLine, key_of, marked_passages, marks_of
from diurna.publish.materials import ArticleMaterial
from diurna.publish.page import Section
from diurna.publish.paths import outside_url
from diurna.publish.place_names import language_name
from diurna.publish.wording import counted, one_line
from diurna.text import LONGEST_LEDE, cut_at_sentence

__all__ = [
    "ArticleHead",
    "Citers",
    "Copies",
    "Corrections",
    "Excerpt",
    "FullText",
    "KeyPoints",
    "LeadImage",
    "Particulars",
    "article_head",
    "citers",
    "copies",
    "corrections",
    "key_points",
    "lead_image",
    "particulars",
    "text",
]

_LONGEST_ADDRESS = 72
_TIME = re.compile(r"\b\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\+00:00")
_MOST_COPIES = 200
"""Outlets that are listed: a wire report may stand at hundreds, and each of them has a page like this."""


class Part(Struct, frozen=True, kw_only=True, omit_defaults=True, forbid_unknown_fields=True):
    """Line of a section as data."""


# ---------------------------------------------------------------------------------------------------- the article


class ArticleHead(Section, frozen=True, kw_only=True, tag="article"):
    """The article itself: its reference, its state, and its opening words. `url` is where it stands at its publisher.

    `status` is `current`, `withdrawn` or `erased`; then `decided_by`, `decided` and `because` tell of the decision. One
    that is not `whole` is known by a summary alone.
    """

    leading: ClassVar[bool] = True

    article: str
    headline: str
    permalink: str
    status: str
    whole: bool
    url: str = ""
    publisher: str = ""
    lede: str = ""
    language: str = ""
    decided_by: str = ""
    decided: datetime | None = None
    because: str = ""

    def blocks(self) -> tuple[Block, ...]:
        """A notice where it was taken out or only a summary is known; its lede, and the way to the original."""
        shown: list[Block] = []
        if self.status != "current":
            shown.append(Notice(self.status, self._decision()))
        elif not self.whole:
            shown.append(Notice("summary", "Only a summary of this article is known here."))
        original = Anchor(f"Read it at {self.publisher}", self.url) if self.url and self.status == "current" else None
        if self.lede:
            shown.append(Paragraphs((self.lede,), source=original, role="lede", language=self.language))
        elif original is not None:
            shown.append(Paragraphs((), source=original))
        return tuple(shown)

    def _decision(self) -> str:
        who = self.decided_by or "Somebody"
        when = f" on {moment_words(self.decided, 'day')}" if self.decided else ""
        why = f", saying: {self.because.rstrip('.')}" if self.because else ""
        what = "had this article erased" if self.status == "erased" else "took this article out of the chronicle"
        left = "Nothing of it is kept but its address." if self.status == "erased" else "Nothing of its text is shown."
        return f"{who} {what}{when}{why}. {left}"


def article_head(material: ArticleMaterial) -> ArticleHead:
    """The article of an article's page."""
    report, article = material.report, material.article
    decision = next((made for made, taken_back in material.decisions if not taken_back), None)
    gone = report.status != "current"
    return ArticleHead(
        article=f"article:{report.id}",
        headline="" if report.status == "erased" else one_line(report.title),
        permalink=report.permalink,
        status=report.status,
        whole=article.whole if article is not None else any(version.whole for version in report.versions),
        url=outside_url(report.url),
        publisher=material.publisher,
        lede=cut_at_sentence(article.lede, LONGEST_LEDE) if article is not None else "",
        language=article.language if article is not None else "",
        decided_by=_person(decision.by) if gone and decision else "",
        decided=decision.made if gone and decision else None,
        because=one_line(decision.note) if gone and decision else "",
    )


class Particulars(Section, frozen=True, kw_only=True, tag="particulars"):
    """What the article says of itself, with where each date was found and how sure it is.

    `source` is the path of its publisher's page here, `host` the publisher's. `credits` are agencies that its text
    credits and its byline does not name.
    """

    title: ClassVar[str] = "Particulars"

    publisher: str
    host: str
    source: str = ""
    byline: tuple[AuthorLine, ...] = ()
    credits: tuple[str, ...] = ()
    published: DatingLine | None = None
    modified: DatingLine | None = None
    section_name: str = ""
    tags: tuple[str, ...] = ()
    language: str = ""
    url: str = ""
    taken_out: bool = False

    def blocks(self) -> tuple[Block, ...]:
        """A list of facts; a date that nothing tells is said to be unknown, of one taken out none is told."""
        lines = [Fact("Publisher", (Anchor(self.publisher, self.source),))]
        for kind, term in (("person", "By"), ("desk", "Desk"), ("organisation", "From"), ("agency", "Agency")):
            names = tuple(Anchor(author.name) for author in self.byline if author.kind == kind)
            lines += [Fact(term, names)] if names else []
        lines += [Fact("Credits", tuple(map(Anchor, self.credits)))] if self.credits else []
        unknown = Fact("Published", (Anchor("unknown"),), note="no date was found on the page or in a feed")
        if not self.taken_out:
            lines.append(self.published.fact("Published") if self.published else unknown)
        lines += [self.modified.fact("Modified")] if self.modified else []
        lines += [Fact("Section", (Anchor(self.section_name),))] if self.section_name else []
        lines += [Fact("Tags", tuple(map(Anchor, self.tags)))] if self.tags else []
        lines += [Fact("Language", (Anchor(language_name(self.language)),))] if self.language else []
        lines += [Fact("Original", (Anchor(_shown_address(self.url), self.url),))] if self.url else []
        return (Facts(tuple(lines)),)


def particulars(material: ArticleMaterial) -> Particulars:
    """Names, dates and filing of an article; of one that was taken out only whose it is."""
    report, article = material.report, material.article
    if article is None:
        return Particulars(
            publisher=material.publisher,
            host=report.host,
            source=material.source,
            url=outside_url(report.url),
            taken_out=True,
        )
    named = {author.name.casefold() for author in article.byline}
    return Particulars(
        publisher=material.publisher,
        host=report.host,
        source=material.source,
        byline=tuple(map(author_line, article.byline)),
        credits=tuple(one_line(name) for name in article.agencies if name.casefold() not in named),
        published=dating_line(article.published),
        modified=dating_line(article.modified),
        section_name=one_line(article.section),
        tags=tuple(tag for tag in map(one_line, article.tags) if tag),
        language=article.language,
        url=outside_url(report.url),
    )


def _shown_address(url: str) -> str:
    """An address as a reader checks it: without its scheme, and not endless."""
    shown = url.partition("://")[2].removeprefix("www.").rstrip("/")
    return shown if len(shown) <= _LONGEST_ADDRESS else f"{shown[: _LONGEST_ADDRESS - 1]}…"


def _person(by: str) -> str:
    return one_line(by.removeprefix("person:"))


# ---------------------------------------------------------------------------------------------------- its text


class KeyPoints(Section, frozen=True, kw_only=True, tag="key_points"):
    """The summary in points that stands above many articles."""

    title: ClassVar[str] = "Key points"

    points: tuple[str, ...]
    language: str = ""

    def blocks(self) -> tuple[Block, ...]:
        """The points as a list."""
        return (Prose(tuple(Passage(point, "item") for point in self.points), self.language),)


def key_points(material: ArticleMaterial) -> KeyPoints | None:
    """Key points of an article."""
    article = material.article
    points = tuple(point for point in map(one_line, article.key_points) if point) if article is not None else ()
    return KeyPoints(points=points, language=article.language) if article is not None and points else None


class LeadImage(Cover, frozen=True, kw_only=True, tag="lead_image"):
    """Picture that stands with the article at its publisher. `file` lies in this site; else there is only a link."""

    title: ClassVar[str] = "Lead image"

    def blocks(self) -> tuple[Block, ...]:
        """The picture, or a plain link to it."""
        return (Figure(self.file, self.alt, self.caption, self.credit, self.url, self.width, self.height),)


def lead_image(material: ArticleMaterial) -> LeadImage | None:
    """Lead image of an article."""
    image = material.article.image if material.article is not None else None
    if image is None:
        return None
    url = outside_url(image.url)
    if not url and not material.picture and not image.caption:
        return None
    return LeadImage(
        url=url,
        file=material.picture,
        alt=one_line(image.alt),
        caption=one_line(image.caption),
        credit=one_line(image.credit),
        width=image.width,
        height=image.height,
    )


class PassageLine(Part, frozen=True, kw_only=True):
    """Block of a text: `kind` is `paragraph`, `heading`, `quote` or `item`."""

    text: str
    kind: str


class Excerpt(Section, frozen=True, kw_only=True, tag="excerpt"):
    """The first words of the running text, beyond the lede; `words` is how many of how many the whole text has."""

    title: ClassVar[str] = "Excerpt"

    texts: tuple[str, ...]
    words: int
    of_words: int
    language: str = ""
    marks: tuple[MarkLine, ...] = ()

    def blocks(self) -> tuple[Block, ...]:
        """A few sentences, with what was understood of them, and how much more there is."""
        more = f"{self.words:,} of {counted(self.of_words, 'word')}; the whole text is at its publisher."
        whole = "This is all of its text."
        note = Paragraphs((more if self.words < self.of_words else whole,), role="note")
        shown = marked_passages(map(Passage, self.texts), self.marks)
        return (Prose(shown, self.language, key_of(self.marks)), note)


class FullText(Section, frozen=True, kw_only=True, tag="full_text"):
    """The whole running text, where the chronicle is configured to show it."""

    title: ClassVar[str] = "Text"

    passages: tuple[PassageLine, ...]
    language: str = ""
    marks: tuple[MarkLine, ...] = ()

    def blocks(self) -> tuple[Block, ...]:
        """The text with its headings, quotes and lists, and what was understood of it."""
        shown = marked_passages((Passage(line.text, line.kind) for line in self.passages), self.marks)
        return (Prose(shown, self.language, key_of(self.marks)),)


def text(material: ArticleMaterial) -> Excerpt | FullText | None:
    """The article's text, as far as this site shows it."""
    article = material.article
    if article is None or not article.paragraphs:
        return None
    if material.site.full_text:
        lines = tuple(PassageLine(text=one_line(found.text), kind=found.kind) for found in article.paragraphs)
        marks = marks_of([line.text for line in lines], article, material.understood)
        return FullText(passages=lines, language=article.language, marks=marks)
    shown = excerpt(article, material.site.excerpt_words)
    if not shown.texts:
        return None
    return Excerpt(
        texts=shown.texts,
        words=shown.words,
        of_words=shown.of_words,
        language=article.language,
        marks=marks_of(shown.texts, article, material.understood),
    )


# ---------------------------------------------------------------------------------------------------- copies


class Copies(Section, frozen=True, kw_only=True, tag="copies"):
    """Outlets that have the text, in order of arrival: where it comes from, and what says so.

    `origin` is the reference of the article that the text comes from, `agency` whom the copies credit.
    """

    title: ClassVar[str] = "Copies"

    article: str
    outlets: int
    copies: tuple[ReportLine, ...]
    origin: str = ""
    agency: str = ""
    because: str = ""
    left_out: int = 0

    def blocks(self) -> tuple[Block, ...]:
        """How many outlets, whose text it is, and each of them."""
        origin = next((line for line in self.copies if line.article == self.origin), None)
        told = [f"{counted(self.outlets, 'outlet')}, 1 origin."]
        if origin is not None and origin.article == self.article:
            told.append(f"The text comes from this article ({self.because}).")
        elif origin is not None:
            told.append(f"The text comes from {origin.publisher} ({self.because}).")
        if self.agency and (origin is None or origin.publisher != self.agency):
            told.append(f"It credits {self.agency}.")
        if self.left_out:
            told.append(f"{counted(self.left_out, 'more outlet')} not listed.")
        return (Paragraphs((" ".join(told),)), Items(tuple(map(self._item, self.copies)), style="sources"))

    def _item(self, line: ReportLine) -> Item:
        here = line.article == self.article
        notes = ("this article" if here else "", "the origin" if line.article == self.origin else "")
        anchor = Anchor(line.title, "" if here else line.page, language=line.language)
        return Item(anchor, day=line.day, label=line.publisher, note=", ".join(filter(None, notes)))


def copies(material: ArticleMaterial) -> Copies | None:
    """Who else has an article's text."""
    family = material.family
    if material.article is None or len(family.reports) < 2:
        return None
    return Copies(
        article=f"article:{material.report.id}",
        outlets=family.outlets,
        copies=material.copies[:_MOST_COPIES],
        origin=f"article:{family.origin}" if family.origin else "",
        agency=one_line(family.agency),
        because=_TIME.sub(lambda time: moment_words(datetime.fromisoformat(time.group())), one_line(family.because)),
        left_out=max(0, len(material.copies) - _MOST_COPIES),
    )


# ---------------------------------------------------------------------------------------------------- what cites it


class Citers(Section, frozen=True, kw_only=True, tag="citers"):
    """Events of the chronicle that cite the article."""

    title: ClassVar[str] = "Cited for"

    events: tuple[EventLine, ...]

    def blocks(self) -> tuple[Block, ...]:
        """Their headlines."""
        return (Items(tuple(event.item(dated=True) for event in self.events), style="cards"),)


def citers(material: ArticleMaterial) -> Citers | None:
    """Events that cite an article."""
    lines = tuple(map(event_line, material.events))
    return Citers(events=lines) if lines else None


class CorrectionLine(Part, frozen=True, kw_only=True):
    """What a person decided of the article, when and why, and who took it back."""

    kind: str
    by: str
    made: datetime | None = None
    reason: str = ""
    taken_back_by: str = ""
    taken_back: datetime | None = None


class Corrections(Section, frozen=True, kw_only=True, tag="corrections"):
    """People's decisions about the article, as they were made."""

    title: ClassVar[str] = "Corrections"

    corrections: tuple[CorrectionLine, ...]

    def blocks(self) -> tuple[Block, ...]:
        """What was decided, when and by whom."""
        return (Items(tuple(map(self._item, self.corrections)), style="changes"),)

    @staticmethod
    def _item(line: CorrectionLine) -> Item:
        back = f"taken back by {line.taken_back_by}" if line.taken_back_by else ""
        when = f" on {moment_words(line.taken_back, 'day')}" if line.taken_back else ""
        note = "; ".join(filter(None, (line.by, line.reason, f"{back}{when}")))
        return Item(Anchor(moment_words(line.made) if line.made else "undated"), label=line.kind, note=note)


def corrections(material: ArticleMaterial) -> Corrections | None:
    """What people decided of an article."""
    lines = tuple(
        CorrectionLine(
            kind=made.verdict,
            by=_person(made.by),
            made=made.made,
            reason="; ".join(filter(None, (decided_words(made), one_line(made.note)))),
            taken_back_by=_person(taken_back.by) if taken_back else "",
            taken_back=taken_back.made if taken_back else None,
        )
        for made, taken_back in material.decisions
    )
    return Corrections(corrections=lines) if lines else None
