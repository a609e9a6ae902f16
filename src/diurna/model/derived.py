"""Derived records: what a component or a person made of primary ones, keyed by inputs and component version."""

from datetime import UTC, datetime, time

from msgspec import Struct

from diurna.model.parts import (
    Author,
    Candidate,
    Dating,
    Dropped,
    Image,
    Interval,
    Naming,
    Paragraph,
    Quantity,
    Reason,
    Span,
    Timex,
    Voice,
)
from diurna.model.primary import Entry

__all__ = ["Annotation", "Article", "Claim", "Judgement", "Mention", "Problem", "entry_article"]


class Article(Struct, frozen=True, kw_only=True):
    """What an extractor made of a capture, or of one item of it. `component` is `name/version`.

    `paragraphs` are the running text, without title, key points and captions. `agencies` are those that byline or text
    credit. An article that is not `whole` has only the summary that a feed gave. `epoch` says how many of the
    publisher's pages had taught which blocks recur, when this one was read; `dropped` is what was left out, and why.
    """

    id: str
    capture: str
    component: str
    url: str = ""
    canonical: str = ""
    title: str = ""
    lede: str = ""
    paragraphs: tuple[Paragraph, ...] = ()
    key_points: tuple[str, ...] = ()
    byline: tuple[Author, ...] = ()
    agencies: tuple[str, ...] = ()
    publisher: str = ""
    section: str = ""
    tags: tuple[str, ...] = ()
    published: Dating | None = None
    modified: Dating | None = None
    language: str = ""
    image: Image | None = None
    whole: bool = True
    epoch: int = 0
    dropped: tuple[Dropped, ...] = ()

    @property
    def text(self) -> str:
        """The running text, its blocks parted by an empty line; spans of mentions and claims count in it."""
        return "\n\n".join(paragraph.text for paragraph in self.paragraphs)


class Mention(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """Span of an article or entry that names an entity, a time or a quantity, with its normal form.

    `kind`: `person`, `organisation`, `place`, `event`, `work`, `group` (nationalities, faiths, parties' followers),
    `product`, `law`, `time` or `quantity`; of the normal forms the one of its kind is set. `candidates` are best first;
    the first is meant where it is `sure`, else the mention stays ambiguous.
    """

    id: str
    of: str
    span: Span
    text: str
    kind: str
    candidates: tuple[Candidate, ...] = ()
    sure: bool = False
    timex: Timex | None = None
    interval: Interval | None = None
    quantity: Quantity | None = None


class Claim(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """Who says what: a statement with its source, cue and content, or a figure that somebody gives.

    Spans lie in the text of the article `of`; those of `source`, `cue` and `content` may lie in pieces. `chain` runs
    from the nearest speaker (the outlet) to the origin. `kind`: `statement` or `figure`. `mode`: `direct`, `indirect`
    or `mixed`; `force`: `states`, `claims`, `denies`, `warns`, `believes`, `asks`, `orders`, `promises`, `wants`, ….
    Of a figure, `attribute` names what is measured (`killed`, `distance flown`, …), `subject` are the words for what it
    is measured of, `measured` the span of its quantity or time, `within` the id of the statement that it is part of.
    """

    id: str
    of: str
    kind: str
    sentence: Span
    source: tuple[Span, ...] = ()
    cue: tuple[Span, ...] = ()
    content: tuple[Span, ...] = ()
    chain: tuple[Voice, ...] = ()
    mode: str = ""
    force: str = "states"
    negated: bool = False
    hedged: bool = False
    attribute: str = ""
    subject: tuple[Span, ...] = ()
    measured: Span | None = None
    quantity: Quantity | None = None
    interval: Interval | None = None
    within: str = ""


def entry_article(entry: Entry) -> Article:
    """An entry as a text to be understood: its words, written on its day. It has the entry's id."""
    written = datetime.combine(entry.day, time(), UTC)
    return Article(
        id=entry.id,
        capture="",
        component="",
        published=Dating(written, "day", "list", entry.day.isoformat(), 1.0),
        language=entry.language,
        paragraphs=(Paragraph(entry.text),),
    )


class Annotation(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """What was understood of one article, or of one entry: its mentions and claims, and the entities that its mentions
    may name.

    `component` is `enrich/version`; `language` that of the article as it was read, empty where none was told. Mentions
    and claims are in the order of the text. `like` names the annotation of a copy's origin that this was taken from.
    """

    id: str
    of: str
    component: str
    language: str = ""
    mentions: tuple[Mention, ...] = ()
    claims: tuple[Claim, ...] = ()
    namings: tuple[Naming, ...] = ()
    like: str = ""


class Judgement(Struct, frozen=True, kw_only=True):
    """Recorded decision: `subject` `verdict` `object`, as in entry:… `belongs` event:…. Retracted, never deleted.

    `by` is `component/version` or `person:NAME`; a person's outranks any component's. Verdicts: `belongs`, `apart`,
    `same`, `renamed` (with `value`), `copy` (an article's text is another's; `value` names the agency it came from),
    `withdrawn` (a capture is shown no more), `erased` (nor kept), `retracted` (the object is another judgement). `made`
    is a person's time; a component's judgement follows from records alone and has none.
    """

    id: str
    subject: str
    verdict: str
    object: str
    by: str
    value: str = ""
    score: float | None = None
    reasons: tuple[Reason, ...] = ()
    note: str = ""
    made: datetime | None = None

    @property
    def by_person(self) -> bool:
        """Whether a person made it."""
        return self.by.startswith("person:")


class Problem(Struct, frozen=True, kw_only=True):
    """Bad input, told: what is wrong, where, what was received, what is allowed, and what to do next.

    `where` is `file:line` or a URL or a reference; `severity` is `notice` (taken, but look), `warning` (part was left
    out) or `error` (nothing of it was taken).
    """

    id: str
    what: str
    where: str
    received: str
    allowed: str
    next_step: str
    severity: str = "warning"
    capture: str | None = None
