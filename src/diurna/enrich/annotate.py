"""An article's text is understood: the taggers run over it, and what they found becomes mentions and claims."""

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime

import msgspec
from msgspec.structs import replace
from spacy.tokens import Doc

from diurna.enrich.claims.chains import chains
from diurna.enrich.entities.resolver import KnownName, Resolution, Resolved, resolve
from diurna.enrich.found import Figure, Name, Statement
from diurna.enrich.pipelines import Pipelines
from diurna.enrich.reuse import Overlap, moved_claims, moved_mentions, overlap
from diurna.enrich.settings import EnrichSettings
from diurna.enrich.task import COMPONENT, Annotated, Like, Task, annotation_id
from diurna.errors import problem
from diurna.model import Annotation, Article, Claim, Mention, Naming, Problem, Span, Voice, make_id

__all__ = ["Annotator"]

_PIECE = 100_000
"""Characters that are read at once; a piece of news of that length takes 100 MB."""

_NO_NAMES = ("time", "quantity")


class Annotator:
    """Understands articles one at a time: what is found depends on the article and its task alone.

    Raises:
        ConfigurationError: the language model that the settings name is not installed, or is none.
    """

    def __init__(self, settings: EnrichSettings) -> None:
        self._settings = settings
        self._pipelines = Pipelines(settings)

    def annotate(self, task: Task) -> Annotated:
        """What was understood of an article; with a text much like it, only what is new in it is read.

        A long text is read in pieces; which entity a name is, is decided in the whole of it.
        """
        article = task.article
        text = article.text
        end = _end(text, self._settings.longest)
        problems = (_too_long(article, len(text), end),) if end < len(text) else ()
        taken, like = _Read([], []), ""
        rest: tuple[Span, ...] = (Span(0, len(text)),)
        if task.like is not None:
            shared = overlap(task.like.article, article)
            if shared.share >= self._settings.like_share:
                taken, rest, like = _taken(task.like, shared), shared.rest, task.like.annotation.id
        pieces = [piece for span in rest for piece in _pieces(text, Span(span.start, min(span.end, end)))]
        heard = _heard((mention.text, mention.kind) for mention in taken.mentions if mention.kind not in _NO_NAMES)
        reads = []
        for piece in pieces:
            reads.append(self._read(task, text, piece, heard))
            if len(pieces) > 1:
                heard |= _heard((text[name.span.start : name.span.end], name.kind) for name in reads[-1].names)
        reads = self._resolved(task, text[:end], taken, reads)
        return Annotated(_annotation(task, [taken, *reads], like), problems)

    def _read(self, task: Task, text: str, piece: Span, heard: dict[str, str]) -> "_Read":
        """What a piece of a text says, at its place in the whole; `heard` are the names that stand in the others."""
        part = text[piece.start : piece.end]
        names = {"": tuple(KnownName(words, "", words, kind) for words, kind in heard.items()), **task.known}
        with self._pipelines.bounded():
            doc = self._pipelines.read(part, task.article.language, _anchor(task.article), names)
            found = _Read(
                [*_timed(doc, part), *_measured(doc, part)], _claims(doc, part, task.outlet), doc._.diurna_names
            )
        return found.moved(piece.start) if piece.start else found

    def _resolved(self, task: Task, text: str, taken: "_Read", reads: list["_Read"]) -> list["_Read"]:
        """What was read, with the entities that its names are. What was taken over helps to tell who is meant."""
        new = [name for read in reads for name in read.names]
        held = [Name(one.span, one.kind) for one in taken.mentions if one.kind not in _NO_NAMES]
        names = sorted([*new, *(name for name in held if name.span.end <= len(text))], key=lambda name: name.span)
        published = task.article.published
        day = published.calendar_day if published is not None else None
        resolution = resolve(text, names, task.known, self._settings.entities, day)
        meant = _Meant(names, resolution, text)
        of = {name.span: resolved for name, resolved in zip(names, resolution.resolved, strict=True)}
        namings = {known.ref: known for known in resolution.namings}
        for read in reads:
            named = [_named(name, of[name.span], text) for name in read.names]
            read.mentions += named
            read.claims = [replace(claim, chain=tuple(map(meant.by, claim.chain))) for claim in read.claims]
            refs = {candidate.ref for mention in named for candidate in mention.candidates}
            read.namings = [namings[ref] for ref in sorted(refs)]
        return reads


class _Read:
    """What was found in one piece of a text. `within` of a figure names a statement by its number in `claims`."""

    def __init__(self, mentions: list[Mention], claims: list[Claim], names: tuple[Name, ...] = ()) -> None:
        self.mentions = mentions
        self.claims = claims
        self.names = names
        self.namings: list[Naming] = []

    def moved(self, by: int) -> "_Read":
        """The same, further on in the text."""
        everything = Overlap((0,), (1 << 62,), (by,), (), 1.0)
        return _Read(
            moved_mentions(tuple(self.mentions), everything),
            moved_claims(tuple(self.claims), everything),
            tuple(Name(Span(name.span.start + by, name.span.end + by), name.kind) for name in self.names),
        )


class _Meant:
    """Names of which it is sure whom they mean, in the order of the text."""

    def __init__(self, names: Sequence[Name], resolution: Resolution, text: str) -> None:
        self._text = text
        sure = [(name.span, one) for name, one in zip(names, resolution.resolved, strict=True) if one.sure]
        found = sorted((span, one.candidates[0].ref) for span, one in sure if one.candidates)
        self._starts = [span.start for span, _ in found]
        self._found = found

    def by(self, voice: Voice) -> Voice:
        """A voice with the entity that is named in its words: the last, which titles and organisations stand before."""
        if voice.span is None or voice.ref or voice.kind in ("group", "unnamed", "outlet"):
            return voice
        for at in range(bisect_left(self._starts, voice.span.end) - 1, -1, -1):
            span, ref = self._found[at]
            if span.start < voice.span.start:
                break
            owns = span.end < voice.span.end and self._text[span.end : span.end + 2] in ("'s", "’s")
            if span.end <= voice.span.end and not owns:  # Moon's adviser is not Moon
                return replace(voice, ref=ref)
        return voice


def _heard(names: Iterable[tuple[str, str]]) -> dict[str, str]:
    """Words that name something, with its kind: names as written, and persons' last names."""
    heard: dict[str, str] = {}
    for words, kind in names:
        heard.setdefault(words, kind)
        if kind == "person" and " " in words:
            heard.setdefault(words.rsplit(" ", 1)[1], kind)
    return heard


def _end(text: str, longest: int) -> int:
    """Where reading ends: with the whole text, or with the last paragraph or word within the limit."""
    if len(text) <= longest:
        return len(text)
    return max(text.rfind("\n", 0, longest), text.rfind(" ", 0, longest), longest // 2)


def _pieces(text: str, span: Span) -> Iterator[Span]:
    """A part of a text in pieces that are read by themselves, cut between paragraphs, sentences or words."""
    start = span.start
    while span.end - start > _PIECE:
        least, most = start + _PIECE // 2, start + _PIECE
        ends = (text.rfind(gap, least, most) + len(gap) for gap in ("\n\n", "\n", ". ", " ") if gap in text[least:most])
        cut = next(ends, most)
        yield Span(start, cut)
        start = cut
    if start < span.end:
        yield Span(start, span.end)


def _taken(like: Like, shared: Overlap) -> _Read:
    """What is taken over from another text."""
    annotation = like.annotation
    places = {claim.id: str(number) for number, claim in enumerate(annotation.claims)}
    numbered = tuple(replace(claim, within=places.get(claim.within, "")) for claim in annotation.claims)
    kept = [(number, moved[0]) for number, claim in enumerate(numbered) if (moved := moved_claims((claim,), shared))]
    there = {str(number): str(place) for place, (number, _) in enumerate(kept)}
    claims = [replace(claim, within=there.get(claim.within, "")) for _, claim in kept]
    mentions = moved_mentions(annotation.mentions, shared)
    refs = {candidate.ref for mention in mentions for candidate in mention.candidates}
    read = _Read(mentions, claims)
    read.namings = [known for known in annotation.namings if known.ref in refs]
    return read


def _annotation(task: Task, pieces: Sequence[_Read], like: str) -> Annotation:
    article, of = task.article, task.of
    mentions = [
        replace(mention, of=of, id=make_id("mention", article.id, *_places([mention.span]), mention.kind))
        for piece in pieces
        for mention in piece.mentions
    ]
    claims: dict[str, Claim] = {}
    for piece in pieces:
        ids = [_claim_id(article, claim) for claim in piece.claims]
        for identifier, claim in zip(ids, piece.claims, strict=True):
            within = ids[int(claim.within)] if claim.within else ""
            claims.setdefault(identifier, replace(claim, of=of, id=identifier, within=within))
    namings = {known.ref: known for piece in reversed(pieces) for known in piece.namings}
    annotation = Annotation(
        id="",
        of=of,
        component=COMPONENT,
        language=article.language,
        mentions=tuple(sorted({one.id: one for one in mentions}.values(), key=lambda one: (one.span, one.kind))),
        claims=tuple(sorted(claims.values(), key=_in_text)),
        namings=tuple(namings[ref] for ref in sorted(namings)),
        like=like,
    )
    return replace(annotation, id=annotation_id(annotation, msgspec.json.encode(annotation)))


def _in_text(claim: Claim) -> tuple[Span, bool, Span, str]:
    """Place of a claim among others: by sentence, statements first, by where what is said or measured begins."""
    pieces = claim.content or claim.cue or ((claim.measured,) if claim.measured is not None else ())
    first = min(pieces) if pieces else claim.sentence
    return (claim.sentence, claim.kind != "statement", claim.measured or first, claim.id)


def _claim_id(article: Article, claim: Claim) -> str:
    spans = (*claim.source, Span(0, 0), *claim.cue, Span(0, 0), *claim.content, *claim.subject)
    measured = _places([claim.measured]) if claim.measured is not None else ()
    return make_id("claim", article.id, claim.kind, claim.attribute, *_places(spans), *measured)


def _places(spans: Iterable[Span]) -> tuple[str, ...]:
    return tuple(str(place) for span in spans for place in (span.start, span.end))


def _anchor(article: Article) -> datetime | None:
    """When an article was published, on its publisher's own calendar: what "Monday" in it is held against."""
    dated = article.published
    if dated is None:
        return None
    day = dated.calendar_day
    return dated.time.replace(year=day.year, month=day.month, day=day.day)


def _named(name: Name, resolved: Resolved, text: str) -> Mention:
    return Mention(
        id="",
        of="",
        span=name.span,
        text=text[name.span.start : name.span.end],
        kind=name.kind,
        candidates=resolved.candidates,
        sure=resolved.sure,
    )


def _timed(doc: Doc, text: str) -> list[Mention]:
    return [
        Mention(
            id="",
            of="",
            span=time.span,
            text=text[time.span.start : time.span.end],
            kind="time",
            timex=time.timex,
            interval=time.interval,
        )
        for time in doc._.diurna_times
    ]


def _measured(doc: Doc, text: str) -> list[Mention]:
    return [
        Mention(
            id="",
            of="",
            span=number.span,
            text=text[number.span.start : number.span.end],
            kind="quantity",
            quantity=number.quantity,
        )
        for number in doc._.diurna_quantities
    ]


def _trimmed(span: Span, text: str) -> Span:
    """A span without white space at its ends, such as the line ends behind a paragraph's last sentence."""
    words = text[span.start : span.end]
    start = span.start + len(words) - len(words.lstrip())
    return Span(start, max(start, span.start + len(words.rstrip())))


def _claims(doc: Doc, text: str, outlet: str) -> list[Claim]:
    """Statements with their chains, then figures; a figure names its statement by number."""
    statements: tuple[Statement, ...] = doc._.diurna_statements
    figures: tuple[Figure, ...] = doc._.diurna_figures
    claims = [
        Claim(
            id="",
            of="",
            kind="statement",
            sentence=_trimmed(statement.sentence, text),
            source=statement.source,
            cue=statement.cue,
            content=statement.content,
            chain=chain,
            mode=statement.mode,
            force=statement.force,
            negated=statement.negated,
            hedged=statement.hedged,
        )
        for statement, chain in zip(statements, chains(doc, outlet), strict=True)
    ]
    own = (Voice(outlet, "outlet"),) if outlet else ()
    for figure in figures:
        within = figure.statement
        inside = claims[within] if within is not None else None
        claims.append(
            Claim(
                id="",
                of="",
                kind="figure",
                sentence=_trimmed(figure.sentence, text),
                source=inside.source if inside else (),
                cue=inside.cue if inside else (),
                chain=inside.chain if inside else own,
                mode=inside.mode if inside else "",
                force=inside.force if inside else "states",
                negated=figure.negated,
                hedged=figure.hedged or (inside.hedged if inside else False),
                attribute=figure.attribute,
                subject=figure.subject,
                measured=figure.measured,
                quantity=figure.quantity,
                interval=figure.interval,
                within=str(within) if within is not None else "",
            )
        )
    return claims


def _too_long(article: Article, length: int, read: int) -> Problem:
    return problem(
        "The article is longer than what is read for names, times, figures and claims; the rest was left out.",
        article.canonical or article.url,
        received=f"{length:,} characters",
        allowed=f"{read:,} characters were read",
        next_step="raise enrich.longest in diurna.toml, then run `diurna reprocess enrich`",
    )
