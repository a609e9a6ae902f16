"""An article's text is understood: the taggers run over it, and what they found becomes mentions and claims."""

from collections.abc import Iterable, Sequence
from datetime import datetime

import msgspec
from msgspec.structs import replace
from spacy.tokens import Doc

from diurna.enrich.claims.chains import chains
from diurna.enrich.entities.resolver import Resolution, resolve
from diurna.enrich.found import Figure, Name, Statement
from diurna.enrich.pipelines import Pipelines
from diurna.enrich.reuse import Overlap, moved_claims, moved_mentions, overlap
from diurna.enrich.settings import EnrichSettings
from diurna.enrich.task import COMPONENT, Annotated, Like, Task, annotation_id
from diurna.errors import problem
from diurna.model import Annotation, Article, Candidate, Claim, Mention, Naming, Problem, Span, Voice, make_id

__all__ = ["Annotator"]


class Annotator:
    """Understands articles one at a time: what is found depends on the article and its task alone.

    Raises:
        ConfigurationError: the language model that the settings name is not installed, or is none.
    """

    def __init__(self, settings: EnrichSettings) -> None:
        self._settings = settings
        self._pipelines = Pipelines(settings)

    def annotate(self, task: Task) -> Annotated:
        """What was understood of an article; with a text much like it, only what is new in it is read."""
        problems: list[Problem] = []
        article = task.article
        shared = overlap(task.like.article, article) if task.like is not None else None
        if task.like is None or shared is None or shared.share < self._settings.like_share:
            read = self._read(task, article.text, 0, problems)
            return Annotated(_annotation(article, [read], ""), tuple(problems))
        pieces = [self._read(task, article.text[rest.start : rest.end], rest.start, problems) for rest in shared.rest]
        return Annotated(
            _annotation(article, [_taken(task.like, shared), *pieces], task.like.annotation.id), tuple(problems)
        )

    def _read(self, task: Task, text: str, offset: int, problems: list[Problem]) -> "_Read":
        longest = self._settings.longest
        if len(text) > longest:
            cut = max(text.rfind("\n", 0, longest), text.rfind(" ", 0, longest), longest // 2)
            problems.append(_too_long(task.article, len(text), cut))
            text = text[:cut]
        doc = self._pipelines.read(text, task.article.language, _anchor(task.article), task.known)
        names: tuple[Name, ...] = doc._.diurna_names
        published = task.article.published
        day = published.calendar_day if published is not None else None
        resolution = resolve(text, names, task.known, self._settings.entities, day)
        mentions = [*_named(names, resolution, text), *_timed(doc, text), *_measured(doc, text)]
        claims = _claims(doc, text, task.outlet, _meant(names, resolution))
        read = _Read(mentions, claims, list(resolution.namings))
        return read.moved(offset) if offset else read


class _Read:
    """What was found in one piece of a text. `within` of a figure names a statement by its number in `claims`."""

    def __init__(self, mentions: list[Mention], claims: list[Claim], namings: list[Naming]) -> None:
        self.mentions = mentions
        self.claims = claims
        self.namings = namings

    def moved(self, by: int) -> "_Read":
        """The same, further on in the text."""
        everything = Overlap((0,), (1 << 62,), (by,), (), 1.0)
        return _Read(
            moved_mentions(tuple(self.mentions), everything),
            moved_claims(tuple(self.claims), everything),
            self.namings,
        )


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
    return _Read(mentions, claims, [known for known in annotation.namings if known.ref in refs])


def _annotation(article: Article, pieces: Sequence[_Read], like: str) -> Annotation:
    of = f"article:{article.id}"
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


def _named(names: Sequence[Name], resolution: Resolution, text: str) -> list[Mention]:
    return [
        Mention(
            id="",
            of="",
            span=name.span,
            text=text[name.span.start : name.span.end],
            kind=name.kind,
            candidates=resolved.candidates,
            sure=resolved.sure,
        )
        for name, resolved in zip(names, resolution.resolved, strict=True)
    ]


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


def _meant(names: Sequence[Name], resolution: Resolution) -> list[tuple[Span, Candidate]]:
    """Names of which it is sure whom they mean, in the order of the text."""
    found = zip(names, resolution.resolved, strict=True)
    return sorted((name.span, one.candidates[0]) for name, one in found if one.sure and one.candidates)


def _claims(doc: Doc, text: str, outlet: str, known: Sequence[tuple[Span, Candidate]]) -> list[Claim]:
    """Statements with their chains, then figures; a figure names its statement by number."""
    statements: tuple[Statement, ...] = doc._.diurna_statements
    figures: tuple[Figure, ...] = doc._.diurna_figures
    voices = [tuple(_who(voice, known) for voice in chain) for chain in chains(doc, outlet)]
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
        for statement, chain in zip(statements, voices, strict=True)
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


def _who(voice: Voice, known: Sequence[tuple[Span, Candidate]]) -> Voice:
    """A voice with the entity that is named in its words: the last, which titles and organisations stand before."""
    if voice.span is None or voice.ref or voice.kind in ("group", "unnamed", "outlet"):
        return voice
    span = voice.span
    inside = [one for place, one in known if span.start <= place.start and place.end <= span.end]
    return replace(voice, ref=inside[-1].ref) if inside else voice


def _too_long(article: Article, length: int, read: int) -> Problem:
    return problem(
        "The article is longer than what is read for names, times, figures and claims; the rest was left out.",
        article.canonical or article.url,
        received=f"{length:,} characters",
        allowed=f"{read:,} characters were read",
        next_step="raise enrich.longest in diurna.toml, then run `diurna reprocess enrich`",
    )
